"""Owns the first screen: the course by its arcs, what each story is about, and where the player is in it."""

from __future__ import annotations

from functools import partial
from typing import Final

from game.authoring import Entry
from game.screens.frame import MARGIN, Make, bar, make, room
from game.screens.opening import begin, resume
from game.screens.services import Services
from game.storage import Save
from game.story import Scenario, Story
from game.ui import Event, Flow, Meaning, Metrics, Move, Page, Push, Rect, Thing
from game.words import say

COLUMNS: Final = 3
PICTURE: Final = 128
"""Logical height of the picture on a scenario's card."""


class HomeScreen:
    """The course. Built anew each time one comes home, so it shows what is kept now."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.saves = services.records.all_unfinished()
        self.played = {attempt.scenario for attempt in services.records.attempts()}
        self.news: tuple[str, ...] = ()

    def page(self, metrics: Metrics) -> Page:
        m = metrics
        self.news += self.services.news()  # not before it is seen: another screen may lie over this one
        top = bar(
            m,
            say("title"),
            (),
            [("settings", say("home.settings"), self._settings), ("close", say("home.leave"), self._leave)],
        )
        margin = m.u(MARGIN + 20 if m.roomy else 16)
        content = Flow(m, margin, top.rect.bottom + m.u(24 if m.roomy else 14), m.width - 2 * margin)
        content.heading(self.services.course.title or say("title"), "display")
        content.text(say("subtitle"), "lead")
        for sentence in self.news:
            self._note(content, sentence)
        if any(mistake.severity == "error" for mistake in self.services.library.course_mistakes):
            self._course_mistakes(content)
        for title, entries in self._arcs():
            content.gap(18)
            content.heading(title, "heading")
            content.gap(8)
            self._cards(content, entries)
        if not self.services.library.entries:
            content.gap(20)
            content.text(say("home.nothing", folder=self.services.library.folder))
        content.gap(20)
        view = Rect(0, top.rect.bottom, m.width, m.height - top.rect.bottom)
        course = content.group(view, name=self.services.course.title, key="course", scrolls=True)
        root = Thing("page", say("title"), m.window, children=(room(m, "upstream"), course, top))
        return Page(root, focus=self._first(), soon=self._soon())

    def handle(self, event: Event) -> Move:
        return self._settings() if event is Meaning.MENU else None

    # ---- what may be done ---------------------------------------------------

    def _settings(self) -> Move:
        from game.screens.settings import SettingsScreen

        return Push(SettingsScreen(self.services))

    def _leave(self) -> Move:
        from game.ui import Quit

        return Quit()

    def _mistakes(self, entry: Entry | None) -> Move:
        from game.screens.mistakes import MistakesScreen

        if entry is None:
            library = self.services.library
            return Push(MistakesScreen("course.yaml", library.course_mistakes))
        return Push(MistakesScreen(entry.path.name, entry.mistakes))

    def _again(self, scenario: Scenario) -> Move:
        from game.screens.sure import SureScreen

        return Push(SureScreen("menu.restart", partial(begin, self.services, scenario)))

    def _first(self) -> str:
        """Where the focus begins: the story one is in, or the first that can be played."""
        entries = [entry for _, group in self._arcs() for entry in group if entry.scenario]
        begun = [entry for entry in entries if entry.id in self.saves]
        return f"play-{(begun or entries)[0].id}" if entries else ""

    # ---- what is seen -------------------------------------------------------

    def _soon(self) -> tuple[str, ...]:
        """The room where the first story begins."""
        first = next((entry.scenario for entry in self.services.library.entries if entry.scenario), None)
        place = first.places.get(first.passages[first.start].place) if first else None
        return (place.picture or place.id,) if place else ()

    def _arcs(self) -> list[tuple[str, tuple[Entry, ...]]]:
        entries = {entry.id: entry for entry in self.services.library.entries}
        arcs = [
            (arc.title, tuple(entries.pop(id) for id in arc.scenarios if id in entries))
            for arc in self.services.course.arcs
        ]
        if entries:
            arcs.append((say("home.other") if arcs else "", tuple(entries.values())))
        return [arc for arc in arcs if arc[1]]

    def _note(self, content: Flow, sentence: str) -> None:
        content.gap(12)
        pad = content.m.u(16)
        inner = Flow(content.m, content.x + pad, content.y + pad, content.width - 2 * pad)
        inner.text(sentence, "small-ink", role="status")
        rect = Rect(content.x, content.y, content.width, inner.y + pad - content.y)
        content.add(Thing("status", sentence, rect, look="note", children=tuple(inner.things)))

    def _course_mistakes(self, content: Flow) -> None:
        content.gap(12)
        content.text(say("home.course-mistakes"), "attention", role="status")
        content.gap(8)
        content.button(say("home.see-mistakes"), partial(self._mistakes, None), key="course-mistakes", icon="mend")

    def _cards(self, content: Flow, entries: tuple[Entry, ...]) -> None:
        """The scenarios side by side where there is room, all in a row as high as the highest."""
        m = content.m
        columns = COLUMNS if m.roomy and m.scale < 1.2 else 2 if m.roomy else 1
        gap = m.u(20)
        width = (content.width - gap * (columns - 1)) // columns
        for first in range(0, len(entries), columns):
            row = entries[first : first + columns]
            made = [
                self._card(m, entry, content.x + i * (width + gap), content.y, width) for i, entry in enumerate(row)
            ]
            high = max(flow.y for flow, _ in made) - content.y + m.u(34)
            foot = max(feet.y for _, feet in made)
            for (flow, feet), entry in zip(made, row, strict=True):
                drop = content.y + high - foot - m.u(18)
                rect = Rect(flow.x - m.u(18), content.y, width, high + foot)
                things = (*flow.things, *(thing.moved(0, drop + foot) for thing in feet.things))
                content.things.append(Thing("group", entry.title or entry.id, rect, look="card", children=things))
            content.y += high + foot + gap

    def _card(self, m: Metrics, entry: Entry, x: int, y: int, width: int) -> tuple[Flow, Flow]:
        """A scenario's card: what stands on it, and the buttons that go to its foot."""
        pad = m.u(18)
        flow = Flow(m, x + pad, y + pad, width - 2 * pad)
        if entry.scenario and m.roomy:
            start = entry.scenario.passages[entry.scenario.start]
            place = entry.scenario.places.get(start.place)
            name = (place.picture or place.id) if place else entry.id
            rect = Rect(flow.x, flow.y, flow.width, m.u(PICTURE))
            flow.add(Thing("decoration", "", rect, look="picture", detail=name))
            flow.gap(12)
        flow.heading(entry.title or entry.id, "title")
        if entry.scenario is None:
            flow.text(say("home.broken"), "attention")
        else:
            flow.text(entry.scenario.summary)
            flow.gap(8)
            flow.row([partial(self._state, m, entry), partial(self._minutes, m, entry)], gap=16)
        feet = Flow(m, x + pad, 0, width - 2 * pad)
        feet.row(self._buttons(m, entry))
        return flow, feet

    def _state(self, m: Metrics, entry: Entry, rect: Rect) -> Thing:
        """New, begun or played: an icon and a word."""
        save = self.saves.get(entry.id)
        icon, words = ("new", say("home.new"))
        if save:
            icon, words = "begun", say("home.begun", number=self._number(entry, save))
        elif entry.id in self.played:
            icon, words = "done", say("home.played")
        px = round(m.line_height("small") * 0.9)
        text = m.text(words, "small", Rect(rect.x + px + m.u(8), rect.y, max(1, rect.w - px - m.u(8)), 0))
        sign = Thing("decoration", "", Rect(rect.x, rect.y, px, m.line_height("small")), look="sign", detail=icon)
        whole = Rect(rect.x, rect.y, text.rect.right - rect.x, text.rect.h)
        return Thing("status", words, whole, key=f"state-{entry.id}", children=(sign, text))

    def _minutes(self, m: Metrics, entry: Entry, rect: Rect) -> Thing:
        minutes = entry.scenario.minutes if entry.scenario else 0
        return m.text(say("home.minutes", minutes=minutes), "small", rect)

    def _number(self, entry: Entry, save: Save) -> int:
        assert entry.scenario is not None
        story, _ = Story.replay_as_far(entry.scenario, save.choices)
        return len(story.path) + (0 if story.over else 1)

    def _buttons(self, m: Metrics, entry: Entry) -> list[Make]:
        scenario, save = entry.scenario, self.saves.get(entry.id)
        if scenario is None:
            return [
                make(m, say("home.see-mistakes"), partial(self._mistakes, entry), key=f"mend-{entry.id}", icon="mend")
            ]
        if save is None:
            press = partial(begin, self.services, scenario)
            return [make(m, say("home.play"), press, key=f"play-{entry.id}", look="primary", icon="next")]
        go_on = partial(resume, self.services, scenario, save)
        return [
            make(m, say("home.resume"), go_on, key=f"play-{entry.id}", look="primary", icon="next"),
            make(m, say("home.again"), partial(self._again, scenario), key=f"again-{entry.id}"),
        ]
