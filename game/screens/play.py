"""Owns playing a story: one line after another, the decision, stepping back. Never scores and never judges.

Nothing on this screen shows a score, a meter or a verdict. At a new decision no choice has the focus, so a key
pressed once too often chooses nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from game.screens.frame import MARGIN, PADDING, Make, Sign, bar, make, room, sheet
from game.screens.services import Run, Services
from game.story import Line, Story, Visit
from game.ui import Event, Flow, Home, Meaning, Metrics, Move, Page, Push, Rect, Stay, Swap, Thing, content_bottom
from game.words import say

CARD: Final = 0.55
"""The part of the window that a decision's card takes, where there is room for a person beside it."""

ROOMS: Final = 4
"""Rooms drawn ahead; no more than are kept."""

PANEL: Final = 1120
"""Logical width of the panel where a line is told."""


@dataclass(frozen=True, slots=True)
class Told:
    """One line as it is told: the line, and the passage it belongs to."""

    line: Line
    visit: Visit


class PlayScreen:
    """A run in progress. `shown` is how many lines of the present step have been told, from 1."""

    def __init__(self, services: Services, story: Story, run: Run | None, *, shown: int = 1, note: str = "") -> None:
        self.services = services
        self.run = run
        self.note = note
        self._stand(story, shown)

    @property
    def deciding(self) -> bool:
        """Whether the last line is told, so that the decision (or the end) is on screen."""
        return self.shown >= len(self.lines)

    def page(self, metrics: Metrics) -> Page:
        if not self.deciding:
            return self._telling(metrics)
        if self.story.stuck or self.story.passage.todo:
            return self._stopped(metrics)
        if self.story.choices:
            return self._decision(metrics)
        return self._telling(metrics)

    def handle(self, event: Event) -> Move:
        acts: dict[Event, Callable[[], Move]] = {
            Meaning.STEP_BACK: self.back,
            Meaning.FORWARD: self.forward,
            Meaning.SKIP: self.skip,
            Meaning.MENU: self.menu,
            Meaning.LOG: self.log,
        }
        act = acts.get(event)
        return act() if act else None

    # ---- what may be done ---------------------------------------------------

    def forward(self) -> Move:
        """The next line; at the end of the story, the ending."""
        if self.deciding:
            return self._over() if self.story.ending else None
        self.shown += 1
        return self._moved()

    def skip(self) -> Move:
        """Straight to the decision, for somebody who knows the lines."""
        if self.deciding:
            return None
        self.shown = len(self.lines)
        return self._moved()

    def back(self) -> Move:
        """One line back; from a step's first line, back to the decision before it. As far as the start."""
        if self.shown > 1:
            self.shown -= 1
        elif self.story.before is not None:
            self._stand(self.story.undo())
        else:
            return None
        return self._moved()

    def choose(self, choice_id: str) -> Move:
        """Take a choice."""
        self._stand(self.story.choose(choice_id), 1)
        return self._moved()

    def menu(self) -> Move:
        from game.screens.menu import MenuScreen

        return Push(MenuScreen(self.services, self.story, self.run))

    def log(self) -> Move:
        from game.screens.log import LogScreen

        return Push(LogScreen(self.story, self.shown))

    def _over(self) -> Move:
        from game.screens.ending import EndingScreen

        return Swap(EndingScreen(self.services, self.story, self.run))

    def _moved(self) -> Move:
        self.note = ""
        self.services.keep(self.run, self.story, self.shown)
        news = self.services.news()
        if news:
            from game.screens.notice import NoticeScreen

            return Push(NoticeScreen(news))
        return Stay()

    def _stand(self, story: Story, shown: int | None = None) -> None:
        """Stand at a story; without `shown`, at its last line."""
        self.story = story
        self.lines = tuple(Told(line, visit) for visit in story.visits for line in visit.lines)
        last = max(1, len(self.lines))
        self.shown = last if shown is None else max(1, min(shown, last))

    # ---- what is seen -------------------------------------------------------

    @property
    def _told(self) -> Told | None:
        return self.lines[self.shown - 1] if self.lines else None

    def _bar(self, m: Metrics) -> Thing:
        place, when = setting(self.story, self._told)
        signs = [Sign("place", place[0])] if place[0] else []
        signs += [Sign("clock", when)] if when else []
        number = len(self.story.path) + 1
        signs += [Sign("begun", say("play.decision", number=number))] if self.story.choices else []
        return bar(
            m,
            self.story.scenario.title,
            signs,
            [("log", say("play.log"), self.log), ("menu", say("play.menu"), self.menu)],
        )

    def _ground(self, m: Metrics) -> Thing:
        place, _ = setting(self.story, self._told)
        return room(m, place[1], place[2])

    def _soon(self) -> tuple[str, ...]:
        """The rooms that may come next: of the lines still to be told and, at the decision, of each choice's road."""
        scenario = self.story.scenario
        visits = [told.visit for told in self.lines[self.shown :]]
        if len(self.lines) - self.shown < 2:
            visits += [visit for choice in self.story.choices for visit in self.story.choose(choice.id).visits]
        ids = dict.fromkeys(visit.passage.place for visit in visits if visit.passage.place)
        return tuple(scenario.places[id].picture or id for id in ids if id in scenario.places)[:ROOMS]

    def _foot(self, m: Metrics) -> Make:
        first = self.shown == 1 and self.story.before is None
        return make(m, say("play.back"), self.back, key="back", icon="back", disabled=first)

    def _telling(self, m: Metrics) -> Page:
        """A line on a panel at the bottom, and who says it above."""
        told, top = self._told, self._bar(m)
        person = self._speaker(told)
        wide = min(m.width - 2 * m.u(MARGIN if m.roomy else 12), round(m.u(PANEL) * max(1.0, m.scale * 0.8)))
        x, pad = (m.width - wide) // 2, m.u(36 if m.roomy else 22)
        content = Flow(m, x + pad, 0, wide - 2 * pad)
        self._noted(content)
        if person:
            content.text(person[1], "small")
        if told:
            content.text(told.line.text, "lead", key=f"line-{self.shown}")
        foot = self._panel_foot(m, x + pad, wide - 2 * pad)
        foot_h = content_bottom(foot) + m.u(14)
        head = m.u(30 if person else 24) + (m.line_height("pill") // 2 if person else 0)
        above = max(m.u(48), m.line_height("pill") // 2 + m.u(28))  # room for the name on the panel's upper edge
        high = min(m.height - top.rect.bottom - above, head + max(content.y, m.u(70)) + m.u(12) + foot_h)
        panel = Rect(x, m.height - high - m.u(20 if m.roomy else 8), wide, high)
        view = Rect(panel.x + m.u(4), panel.y + head, wide - m.u(8), high - head - foot_h)
        lines = tuple(thing.moved(0, view.y) for thing in content.things)
        children = [self._ground(m), top]
        children += self._figure(Rect(x, top.rect.bottom, wide, panel.y - top.rect.bottom))
        children.append(Thing("group", "", panel, look="card"))
        if person:
            children.append(_pill(m, person[0], panel))
        children.append(
            Thing("group", "", view, key=f"told-{len(self.story.path)}-{self.shown}", scrolls=True, children=lines)
        )
        children.append(foot.moved(0, panel.bottom - foot_h))
        root = Thing("page", self.story.scenario.title, m.window, children=tuple(children))
        return Page(root, focus="continue", confirm=self.forward, confirm_anywhere=True, soon=self._soon())

    def _panel_foot(self, m: Metrics, x: int, width: int) -> Thing:
        """Back at the left, Continue at the right with its keys before it where there is room."""
        back = self._foot(m)(Rect(x, 0, width, 0))
        words = say("play.continue")
        on = make(m, words, self.forward, key="continue", look="primary", icon="next")(Rect(x, 0, width, 0))
        on = on.moved(width - on.rect.w, 0)
        things = [back, on]
        hint = m.text(say("play.hint-continue"), "small", Rect(0, 0, width, 0))
        if back.rect.right + hint.rect.w + m.u(40) < on.rect.x:
            things.insert(1, hint.moved(on.rect.x - hint.rect.w - m.u(20), (on.rect.h - hint.rect.h) // 2))
        return Thing("group", "", Rect(x, 0, width, on.rect.h), children=tuple(things))

    def _decision(self, m: Metrics) -> Page:
        """The last line, the question and the choices on a card; who spoke stands beside it where there is room."""
        top, person = self._bar(m), self._speaker(self._told)
        margin = m.u(MARGIN if m.roomy else 12)
        wide = round(m.width * CARD) if m.roomy else m.width - 2 * margin
        x, pad = m.width - wide - margin, m.u(PADDING if m.roomy else 18)
        above = top.rect.bottom + m.u(20 if m.roomy else 10)
        content = Flow(m, x + pad, above + m.u(20), wide - 2 * pad)
        self._question(content, person)
        foot = Flow(m, x + pad, 0, wide - 2 * pad)
        tallest, wanted = m.height - above - m.u(12), content.y - above + m.u(14)
        foot.row([self._foot(m), partial(self._hint, m)])
        foot_h = foot.y + m.u(20)
        if wanted + foot_h > tallest:
            more = say("sheet.more")
            foot.things[1:] = [m.text(more, "small", foot.things[1].rect)]
        high = min(tallest, wanted + foot_h)
        card = Rect(x, above, wide, high)
        view = Rect(x + m.u(4), above + m.u(6), wide - m.u(8), high - foot_h - m.u(6))
        children = [self._ground(m), top]
        if m.roomy:
            children += self._figure(Rect(0, top.rect.bottom, x, m.height - top.rect.bottom))
        children += [
            Thing("group", "", card, look="card"),
            Thing(
                "group", "", view, key=f"decision-{len(self.story.path)}", scrolls=True, children=tuple(content.things)
            ),
            *(thing.moved(0, card.bottom - foot_h + m.u(8)) for thing in foot.things),
        ]
        root = Thing("page", self.story.scenario.title, m.window, children=tuple(children))
        return Page(root, soon=self._soon())

    def _question(self, content: Flow, person: tuple[str, str] | None) -> None:
        told, decision = self._told, self.story.passage.decision
        assert decision is not None
        self._noted(content)
        if person:
            content.heading(person[0], "name")
            content.text(person[1], "small")
            content.gap(4)
        if told:
            content.text(told.line.text, key="last-line")
            content.gap(12)
            content.rule()
            content.gap(12)
        content.text(decision.ask, "bold", role="heading", key="ask")
        for number, choice in enumerate(self.story.choices, start=1):
            content.gap(12)
            key = f"choice-{len(self.story.path) + 1}-{choice.id}"  # a choice met again at the next decision is new
            content.choice(number, choice.text, partial(self.choose, choice.id), key=key)

    def _noted(self, content: Flow) -> None:
        """A note where there is one; on the first line of all, who one is in this story."""
        first = self.shown == 1 and self.story.before is None
        note = self.note or (self.story.scenario.you if first else "")
        if note:
            content.text(note, "small-bold", role="status")
            content.gap(6)

    def _hint(self, m: Metrics, rect: Rect) -> Thing:
        return m.text(say("play.hint-choose", first=1, last=len(self.story.choices)), "small", rect)

    def _stopped(self, m: Metrics) -> Page:
        """Nothing goes on from here: a slip of the author's, or a passage still to be written."""
        todo = self.story.passage.todo
        words = say("play.todo", todo=todo) if todo else say("play.stuck")

        def build(content: Flow) -> None:
            told = self._told
            if told:
                content.text(told.line.text)
                content.gap(14)
            content.text(words, "bold", role="status")

        foot = [
            make(m, say("play.stuck-back"), self.back, key="back", icon="back"),
            make(m, say("play.home"), Home, key="home", look="primary"),
        ]
        return sheet(m, build, foot, top=self._bar(m), ground=setting(self.story, self._told)[0][1], focus="back")

    def _speaker(self, told: Told | None) -> tuple[str, str] | None:
        if told is None or not told.line.speaker:
            return None
        person = self.story.scenario.people[told.line.speaker]
        return person.name, person.about

    def _figure(self, room: Rect) -> list[Thing]:
        """Who speaks, somewhere in this room; nobody where nobody does."""
        told = self._told
        if told is None or not told.line.speaker:
            return []
        person = self.story.scenario.people[told.line.speaker]
        look = Thing("image", person.name, room, look="person", detail=person.portrait, value=told.line.expression)
        return [look]


def _pill(m: Metrics, name: str, panel: Rect) -> Thing:
    paragraph = m.type.paragraph(name, "pill", m.px("pill"), panel.w)
    rect = Rect(panel.x + m.u(28), 0, paragraph.width + m.u(40), paragraph.height + m.u(10))
    return Thing("text", name, rect.moved(0, panel.y - rect.h // 2), key="speaker", look="pill", text=paragraph)


def setting(story: Story, told: Told | None) -> tuple[tuple[str, str, str], str]:
    """Where and when a line is told: (place's name, picture, words for it) and the time.

    A passage that names no place, or no time, is where and when the one before it was.
    """
    places = story.scenario.places
    place, when = "", ""
    for visit in _before(story, told):
        place = place or visit.passage.place
        when = when or visit.passage.when
        if place and when:
            break
    found = places.get(place)
    return ((found.name, found.picture or found.id, found.alt) if found else ("", place, "")), when


def _before(story: Story, told: Told | None) -> tuple[Visit, ...]:
    """The passages from this line's back to the start, the nearest first."""
    here = story.visits
    place = next((i for i, visit in enumerate(here) if told and visit == told.visit), len(here) - 1)
    earlier = [visit for step in story.steps[:-1] for visit in step.visits]
    return tuple(reversed([*earlier, *here[: place + 1]]))
