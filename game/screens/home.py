"""Owns the first screen: the course as a street of homes, arc by arc, with what each story is about and where the
player is in it. Where the houses stand is the terrace's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import count
from typing import Final, NamedTuple

from game.authoring import Entry
from game.screens.frame import Make, bar, make
from game.screens.opening import begin, resume
from game.screens.services import Services
from game.screens.staging import cover
from game.screens.terrace import Plot, State, ground, street
from game.storage import Save
from game.story import Scenario, Story
from game.ui import Event, Flow, Meaning, Metrics, Move, Page, Push, Rect, Thing
from game.words import say

LEVEL: Final = 0.848
SKY: Final = 0.35
"""Where the pavement is in the picture of the town, and how far down it is sky alone, as parts of its height."""

AHEAD: Final = 3
"""Stories whose first pages are drawn ahead."""


class Condition(NamedTuple):
    """Where the player is in a story: the state of its house, the icon and the words for it."""

    state: State
    icon: str
    words: str


class HomeScreen:
    """The course. Built anew each time one comes home, so it shows what is kept now."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.saves = services.records.all_unfinished()
        self.played = {attempt.scenario for attempt in services.records.attempts()}
        self.conditions = {entry.id: self._condition(entry) for entry in services.library.entries}
        self.left = bool(services.rooms.left())
        self.news: tuple[str, ...] = (say("home.left"),) if self.left else ()

    def page(self, metrics: Metrics) -> Page:
        m = metrics
        self.news += self.services.news()  # not before it is seen: another screen may lie over this one
        top = bar(
            m,
            say("title"),
            (),
            [
                *([("group", say("home.group"), self._group)] if self._first() else []),
                ("settings", say("home.settings"), self._settings),
                ("close", say("home.leave"), self._leave),
            ],
        )
        arcs = self._arcs()
        at = ground(m, max((len(entries) for _, entries in arcs), default=0))
        content = Flow(m, at.x, top.rect.bottom + m.u(8), at.width)
        self._masthead(content)
        for sentence in self.news:
            self._note(content, sentence)
        if any(mistake.severity == "error" for mistake in self.services.library.course_mistakes):
            self._course_mistakes(content)
        if not arcs:
            content.gap(20)
            content.text(say("home.nothing", folder=self.services.library.folder))
        street(content, at, self._plots(m, arcs), m.height)
        view = Rect(0, top.rect.bottom, m.width, m.height - top.rect.bottom)
        course = content.group(view, name=self.services.course.title, key="course", scrolls=True)
        root = Thing("page", say("title"), m.window, children=(self._ground(m, content), course, top))
        first = say("home.group") if self.left else self._first()
        return Page(root, focus=first, soon=partial(self._soon, m), tone="river")

    def handle(self, event: Event) -> Move:
        return self._settings() if event is Meaning.MENU else None

    # ---- what may be done ---------------------------------------------------

    def _settings(self) -> Move:
        from game.screens.settings import SettingsScreen

        return Push(SettingsScreen(self.services))

    def _group(self) -> Move:
        from game.screens.room_start import GroupScreen

        return Push(GroupScreen(self.services))

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

    def _soon(self, m: Metrics) -> Iterator[Page]:
        """The first pages of the stories, the first of them first."""
        from game.screens.play import PlayScreen

        for entry in self.services.library.entries[:AHEAD]:
            if entry.scenario:
                yield PlayScreen(self.services, Story.begin(entry.scenario), None).page(m)

    def _arcs(self) -> list[tuple[str, tuple[Entry, ...]]]:
        entries = {entry.id: entry for entry in self.services.library.entries}
        arcs = [
            (arc.title, tuple(entries.pop(id) for id in arc.scenarios if id in entries))
            for arc in self.services.course.arcs
        ]
        if entries:
            arcs.append((say("home.other") if arcs else "", tuple(entries.values())))
        return [arc for arc in arcs if arc[1]]

    def _ground(self, m: Metrics, content: Flow) -> Thing:
        """The town behind the houses: its pavement as near to that of the first row as leaves sky behind the title."""
        town = cover(m.window, None, m.window)
        line = next((thing.rect.y for thing in content.things if thing.look == "pavement"), m.height)
        title = next(thing.rect.bottom for thing in content.things if thing.role == "heading")
        up = min(town.y + round(LEVEL * town.h) - line, town.y + round(SKY * town.h) - title - m.u(16))
        picture = Thing("decoration", "", town.moved(0, -max(0, up)), look="room", detail="street")
        return Thing("decoration", "", m.window, key="ground", clips=True, children=(picture,))

    def _masthead(self, content: Flow) -> None:
        """The course's title, and what it asks: at the right on the same line where there is room, else below."""
        m = content.m
        title = content.heading(self.services.course.title or say("title"), "display")
        asks = m.text(say("subtitle"), "lead", Rect(content.x, content.y, content.width, 0))
        left = content.x + content.width - asks.rect.w
        if left > title.rect.right + m.u(40):
            asks = asks.moved(left - asks.rect.x, -asks.rect.h - m.u(4))
        content.add(asks)

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

    def _plots(self, m: Metrics, arcs: list[tuple[str, tuple[Entry, ...]]]) -> list[tuple[str, list[Plot]]]:
        """The plots of each arc, numbered through the course."""
        place = count()
        return [(title, [self._plot(m, entry, next(place)) for entry in entries]) for title, entries in arcs]

    def _plot(self, m: Metrics, entry: Entry, place: int) -> Plot:
        buttons = self._buttons(m, entry)
        told = [entry.title or entry.id]
        if entry.scenario is None:
            told.append(say("home.broken"))
        else:
            told += [self.conditions[entry.id].words, say("home.minutes", minutes=entry.scenario.minutes)]
        name = " ".join(words if words[-1] in ".?!…" else f"{words}." for words in told)
        keys = tuple(button(Rect(0, 0, m.width, 0)).key for button in buttons)
        return Plot(place, self.conditions[entry.id].state, name, keys, partial(self._write, entry), buttons)

    def _write(self, entry: Entry, board: Flow) -> None:
        """The words on a scenario's board."""
        board.heading(entry.title or entry.id, "title")
        if entry.scenario is None:
            board.text(say("home.broken"), "attention")
            return
        board.text(entry.scenario.summary)
        board.gap(4)
        self._signs(board, entry, entry.scenario)

    def _signs(self, board: Flow, entry: Entry, scenario: Scenario) -> None:
        """The state, and how long it takes: side by side where there is room, else the one below the other."""
        m, area = board.m, Rect(board.x, board.y, board.width, 0)
        state = board.add(self._state(m, entry, area))
        minutes = m.text(say("home.minutes", minutes=scenario.minutes), "small", area)
        x = state.rect.right + m.u(16)
        beside = x + minutes.rect.w <= board.x + board.width
        board.add(minutes.moved(x - board.x, 0) if beside else minutes.moved(0, state.rect.h))

    def _condition(self, entry: Entry) -> Condition:
        """Where the player is; a scenario that cannot be played is as if nobody had been there."""
        save = self.saves.get(entry.id)
        if entry.scenario is None:
            return Condition("new", "new", say("home.new"))
        if save:
            return Condition("begun", "begun", say("home.begun", number=self._number(entry.scenario, save)))
        if entry.id in self.played:
            return Condition("played", "done", say("home.played"))
        return Condition("new", "new", say("home.new"))

    def _state(self, m: Metrics, entry: Entry, rect: Rect) -> Thing:
        """New, begun or played: an icon and a word."""
        _, icon, words = self.conditions[entry.id]
        px = round(m.line_height("small") * 0.9)
        text = m.text(words, "small", Rect(rect.x + px + m.u(8), rect.y, max(1, rect.w - px - m.u(8)), 0))
        sign = Thing("decoration", "", Rect(rect.x, rect.y, px, m.line_height("small")), look="sign", detail=icon)
        whole = Rect(rect.x, rect.y, text.rect.right - rect.x, text.rect.h)
        return Thing("status", words, whole, key=f"state-{entry.id}", children=(sign, text))

    def _number(self, scenario: Scenario, save: Save) -> int:
        """The decision that a run was left at."""
        story, _ = Story.replay_as_far(scenario, save.choices)
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
