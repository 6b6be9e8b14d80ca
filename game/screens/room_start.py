"""Owns the way into a session with a group: which story, begun anew or gone on with. Never counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial

from game.net import Adapter, adapters
from game.screens.frame import bar, make, sheet
from game.screens.room_keeping import Keeping, Left, left_of
from game.screens.room_leading import Leading
from game.screens.room_phones import PhoneLine
from game.screens.room_report import Report
from game.screens.room_screen import RoomScreen
from game.screens.services import Services
from game.storage import LeftRoom, SessionFiles
from game.story import Scenario
from game.training import (
    CannotGoOn,
    Room,
    day_in_words,
    session_as_csv,
    session_as_html,
    session_as_json,
    session_as_markdown,
    session_report,
    step_title,
)
from game.ui import Event, Flow, Home, Meaning, Metrics, Move, Page, Pop, Stay, Swap
from game.words import say


def lead(services: Services, scenario: Scenario, headcount: int | None = None) -> RoomScreen:
    """The screen that leads a new session of this scenario, from its welcome. One that was left gives way to it."""
    services.rooms.put_away(scenario.id)
    began = services.now()
    room = Room.open(services.course, scenario, headcount=headcount, spoken=services.settings.spoken)
    keeping = Keeping(services.rooms.begin(scenario.id), scenario, began)
    line = PhoneLine(_finder(services), keeping.phones)
    return RoomScreen(Leading(services, room, _report(services, scenario, began), line, keeping))


def go_on(services: Services, scenario: Scenario) -> RoomScreen | None:
    """The screen that goes on with a session that was left, its phones too; None where another window has it.

    Raises `CannotGoOn` where it is damaged or the scenario has changed, OSError where its files cannot be used.
    """
    taken = services.rooms.take_up(scenario.id)
    if taken is None:
        return None
    files, found = taken
    try:
        left = left_of(services.course, scenario, found)
    except CannotGoOn:
        files.let_go()
        raise
    keeping = Keeping(files, scenario, left.began)
    line = PhoneLine(_finder(services), partial(keeping.phones, found.phones))
    line.switch(left.phones)
    report = _report(services, scenario, left.began, left.report)
    return RoomScreen(Leading(services, line.heard(left.room), report, line, keeping))


def opened(services: Services, scenario: Scenario, headcount: int | None = None) -> RoomScreen | LeftScreen:
    """A new session; or, where one was left, the question which of the two it is to be."""
    found = services.rooms.left().get(scenario.id)
    return lead(services, scenario, headcount) if found is None else LeftScreen(services, scenario, found, headcount)


def _finder(services: Services) -> Callable[[], tuple[Adapter, ...]]:
    """What finds the addresses to let phones in at: the one that was named, or this computer's adapters."""
    if services.address:
        return lambda: (Adapter(say("phones.given"), services.address),)
    return adapters


def _report(services: Services, scenario: Scenario, began: datetime, taken: str = "") -> Report:
    files = SessionFiles(services.desk, f"upstream-room-{scenario.id}-{began:%Y-%m-%d}", taken)
    return Report(files, partial(files_of, on=began.date()))


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
        self.left = services.rooms.left()
        self.scenarios = [entry.scenario for entry in services.library.entries if entry.scenario]

    def page(self, metrics: Metrics) -> Page:
        begun = [scenario for scenario in self.scenarios if scenario.id in self.left]
        first = f"lead-{(begun or self.scenarios)[0].id}" if self.scenarios else "back"
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
            found = self.left.get(scenario.id)
            told = say("present.group-decisions", minutes=self._minutes(scenario))
            content.text(say("present.group-left", when=_when(found)) if found else told, "small")
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
        return Swap(opened(self.services, scenario))


class LeftScreen:
    """A session that was left, or cut off: go on with it, or begin anew."""

    def __init__(self, services: Services, scenario: Scenario, found: LeftRoom, headcount: int | None = None) -> None:
        self.services = services
        self.scenario = scenario
        self.found = found
        self.headcount = headcount
        self.trouble = ""
        self.left: Left | None = None
        try:
            self.left = left_of(services.course, scenario, found)
        except CannotGoOn:
            self.trouble = say("left.changed")

    def page(self, metrics: Metrics) -> Page:
        m = metrics
        go_on = [make(m, say("left.go-on"), self._go_on, key="go-on", look="primary")] if self.left else []
        foot = [
            *go_on,
            make(m, say("left.anew"), self._anew, key="anew", look="quiet" if self.left else "primary"),
            make(m, say("present.back-home"), Home, key="back"),
        ]
        first = "go-on" if self.left else "anew"
        return sheet(m, self._build, foot, top=bar(m, say("present.group")), focus=first, width=760)

    def handle(self, event: Event) -> Move:
        return Home() if event in (Meaning.MENU, Meaning.STEP_BACK) else None

    def _build(self, content: Flow) -> None:
        content.heading(self.scenario.title, "title")
        content.text(say("left.when", when=_when(self.found)))
        if self.left:
            room = self.left.room
            step, number = step_title(room.present.step), len(room.decisions)
            content.gap(6)
            content.text(
                say("left.where", step=step, number=number) if number else say("left.early", step=step), "lead"
            )
            content.gap(12)
            content.text(say("left.how"), "soft")
        if self.trouble:
            content.gap(6)
            content.text(self.trouble)
        content.gap(6)
        content.text(say("left.report"), "soft")

    def _go_on(self) -> Move:
        try:
            screen = go_on(self.services, self.scenario)
        except CannotGoOn:
            self.left, self.trouble = None, say("left.changed")
            return Stay()
        except OSError as error:
            self.trouble = say("left.unusable", reason=error.strerror or str(error))
            return Stay()
        if screen is None:
            self.trouble = say("left.elsewhere")
            return Stay()
        return Home(screen)

    def _anew(self) -> Move:
        return Home(lead(self.services, self.scenario, self.headcount))


def _when(found: LeftRoom) -> str:
    """When a session was left, such as "29 November 2026 at 10:42"."""
    return say("left.moment", day=day_in_words(found.changed.date().isoformat()), time=f"{found.changed:%H:%M}")
