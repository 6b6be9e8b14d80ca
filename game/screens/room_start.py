"""Owns the way into a session with a group: which story, and the screen that leads it. Never counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from game.screens.frame import bar, make, sheet
from game.screens.room_report import Report
from game.screens.room_screen import RoomScreen
from game.screens.services import Services
from game.storage import SessionFiles
from game.story import Scenario
from game.training import (
    Room,
    session_as_csv,
    session_as_html,
    session_as_json,
    session_as_markdown,
    session_report,
)
from game.ui import Event, Flow, Meaning, Metrics, Move, Page, Pop, Swap
from game.words import say


def lead(services: Services, scenario: Scenario, headcount: int | None = None) -> RoomScreen:
    """The screen that leads a session of this scenario, from its welcome."""
    began = services.now()
    room = Room.open(services.course, scenario, headcount=headcount, spoken=services.settings.spoken)
    files = SessionFiles(services.desk, f"upstream-room-{scenario.id}-{began:%Y-%m-%d}")
    return RoomScreen(services, room, Report(files, partial(files_of, on=began.date())))


def files_of(room: Room, on: date) -> Mapping[str, str]:
    """The report of a session as files, by their endings."""
    told = session_report(room, on)
    return {
        ".html": session_as_html(told),
        ".md": session_as_markdown(told),
        ".csv": session_as_csv(told),
        ".json": session_as_json(told),
    }


class GroupScreen:
    """Which story to decide together."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.scenarios = [entry.scenario for entry in services.library.entries if entry.scenario]

    def page(self, metrics: Metrics) -> Page:
        first = f"lead-{self.scenarios[0].id}" if self.scenarios else "back"
        foot = [make(metrics, say("present.back-home"), Pop, key="back")]
        return sheet(metrics, self._build, foot, top=bar(metrics, say("present.group")), focus=first, width=760)

    def handle(self, event: Event) -> Move:
        return Pop() if event in (Meaning.MENU, Meaning.STEP_BACK) else None

    def _build(self, content: Flow) -> None:
        content.heading(say("present.group"), "title")
        content.text(say("present.group-what"))
        content.gap(6)
        content.text(say("present.group-needs"), "soft")
        content.gap(14)
        for scenario in self.scenarios:
            press = partial(self._lead, scenario)
            content.button(scenario.title, press, key=f"lead-{scenario.id}", icon="next")
            content.gap(8)
            content.text(say("present.group-decisions", minutes=self._minutes(scenario)), "small")
            content.gap(10)

    def _minutes(self, scenario: Scenario) -> int:
        """Minutes for the whole session, rounded to five: twelve a decision (design note `room.md`, 4), and twenty
        for its beginning and end."""
        from game.story import Story

        story, decisions = Story.begin(scenario), 0
        while story.choices and decisions < 20:
            story, decisions = story.choose(story.choices[0].id), decisions + 1
        return 5 * round((20 + 12 * decisions) / 5)

    def _lead(self, scenario: Scenario) -> Move:
        return Swap(lead(self.services, scenario))
