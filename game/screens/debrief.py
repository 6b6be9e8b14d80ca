"""Owns showing a debrief, card by card, and what may be done after it. Never works anything out about the run.

Reactions first, the profile last and small; no red and green, no count of right answers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from game.screens.frame import Make, Sign, answer, bar, make, sheet
from game.screens.opening import begin, rewind
from game.screens.play import setting
from game.screens.services import Run, Services
from game.storage import save_document
from game.story import Story
from game.training import (
    CARDS,
    Moment,
    Shown,
    debrief,
    decisions,
    excerpt,
    moment_rows,
    moment_title,
    run_as_html,
    run_as_text,
)
from game.ui import Event, Flow, Home, Meaning, Metrics, Move, Page, Push, Rect, Stay, Swap, Thing
from game.words import say

WIDE: Final = 1120
"""Logical width of a card with two roads side by side."""

FEELINGS: Final = ("comfortable", "mixed", "uncomfortable")


@dataclass(frozen=True, slots=True)
class _Card:
    """One page of the debrief: its number among the six cards, how it is built, and how wide it is."""

    number: int
    build: Callable[[Flow], None]
    wide: bool = False


class DebriefScreen:
    """The debrief of one finished run. `place` is the page on screen, from 0."""

    def __init__(self, services: Services, story: Story, run: Run | None) -> None:
        self.services = services
        self.story = story
        self.run = run
        self.told = debrief(services.course, story, spoken=services.settings.spoken)
        self.place = 0
        self.felt = ""
        self.saved = ""
        self._asking = services.settings.keep_runs is None
        self.cards = self._cards()

    def page(self, metrics: Metrics) -> Page:
        m, card, last = metrics, self.cards[self.place], self.place == len(self.cards) - 1
        foot: list[Make] = [make(m, say("debrief.back"), self.back, key="back", icon="back")]
        if last:
            foot.append(make(m, say("debrief.home"), Home, key="home", look="primary"))
        else:
            foot.append(make(m, say("debrief.next"), self.forward, key="next", look="primary", icon="next"))
        signs = [Sign("log", say("debrief.card", number=card.number, count=CARDS))]
        top = bar(m, f"{say('debrief.title')}: {self.told.title}", signs, [("menu", say("play.menu"), self.menu)])
        ground = setting(self.story, None)[0][1]
        return sheet(
            m,
            card.build,
            foot,
            top=top,
            ground=ground,
            focus="home" if last else "next",
            confirm=None if last else self.forward,
            width=WIDE if card.wide and m.roomy else 860,
            view=f"card-{self.place}",
        )

    def handle(self, event: Event) -> Move:
        acts: dict[Event, Callable[[], Move]] = {
            Meaning.STEP_BACK: self.back,
            Meaning.FORWARD: self.forward,
            Meaning.MENU: self.menu,
            Meaning.LOG: self.whole,
        }
        act = acts.get(event)
        return act() if act else None

    # ---- what may be done ---------------------------------------------------

    def forward(self) -> Move:
        """The next card. At the last, the run is over: kept if the player wants that, and no longer unfinished."""
        if self.place == len(self.cards) - 1:
            return None
        self.place += 1
        if self.place == len(self.cards) - 1:
            self.services.finish(self.run, self.story, self.felt)
        return self._news()

    def back(self) -> Move:
        """The card before; from the first, the story's ending."""
        if self.place == 0:
            from game.screens.ending import EndingScreen

            return Swap(EndingScreen(self.services, self.story, self.run))
        self.place -= 1
        return Stay()

    def menu(self) -> Move:
        from game.screens.menu import MenuScreen

        return Push(MenuScreen(self.services, self.story, self.run))

    def whole(self) -> Move:
        """The whole run, to read."""
        from game.screens.log import LogScreen

        return Push(LogScreen(self.story, 10_000))

    def rewind(self, story: Story) -> Move:
        """Play on from an earlier decision. This run is over, and kept if the player wants runs kept."""
        self.services.finish(self.run, self.story, self.felt)
        return rewind(self.services, story, kept=self.run is not None)

    def again(self) -> Move:
        """Play from the start."""
        return begin(self.services, self.story.scenario, kept=self.run is not None)

    def road(self) -> Move:
        """The map of the story with this run laid over it, and the roads not taken."""
        from game.screens.map import road_through

        return Push(road_through(self.story, self.services.course))

    def feel(self, feeling: str) -> Move:
        """One tap: how it was."""
        self.felt = feeling
        return Stay()

    def keep(self, yes: bool) -> Move:
        """Whether finished runs are kept from now on."""
        self.services.change(keep_runs=yes)
        return self._news()

    def save(self, ending: str) -> Move:
        """Write the run and its debrief to a file among the player's documents, and say where."""
        write = run_as_html if ending == ".html" else run_as_text
        name = f"upstream-{self.story.scenario.id}-{self.services.now():%Y-%m-%d}"
        try:
            path = save_document(self.services.desk, name, ending, write(self.told, self.story))
        except OSError as error:
            self.saved = say("debrief.not-saved", reason=error.strerror or str(error))
        else:
            self.saved = say("debrief.saved", path=path)
        return Stay()

    def _news(self) -> Move:
        news = self.services.news()
        if news:
            from game.screens.notice import NoticeScreen

            return Push(NoticeScreen(news))
        return Stay()

    # ---- the cards ----------------------------------------------------------

    def _cards(self) -> tuple[_Card, ...]:
        moments = [
            _Card(3, partial(self._moment, place, moment), wide=True) for place, moment in enumerate(self.told.moments)
        ]
        cards = [_Card(1, self._how), _Card(2, self._happened), *moments]
        if self.told.says:
            cards.append(_Card(4, self._says))
        cards += [_Card(5, self._over_to_you), _Card(6, self._one_thing), _Card(6, self._next)]
        return tuple(cards)

    def _how(self, content: Flow) -> None:
        content.heading(say("debrief.felt"), "title")
        content.text(say("debrief.felt-ask"), "soft")
        content.gap(14)
        row = [
            answer(content.m, say(f"debrief.{feeling}"), partial(self.feel, feeling), feeling, self.felt == feeling)
            for feeling in FEELINGS
        ]
        content.row(row)
        if self.felt:
            content.gap(12)
            content.text(say("debrief.felt-thanks"), "soft", role="status")

    def _happened(self, content: Flow) -> None:
        content.heading(say("debrief.happened"), "title")
        content.text(self.told.ending, "soft")
        for label, text in self.told.happened:
            content.gap(14)
            _labelled(content, label, text)

    def _moment(self, place: int, moment: Moment, content: Flow) -> None:
        content.heading(moment_title(place), "title")
        content.text(f"{say('debrief.decision', number=moment.number)}. {moment.ask}", "soft")
        content.gap(12)
        if not content.m.roomy:
            self._own_road(content, moment)
            content.gap(16)
            self._other_road(content, moment)
            return
        gap = content.m.u(36)
        half = (content.width - gap) // 2
        left = Flow(content.m, content.x, content.y, half)
        self._own_road(left, moment)
        right = Flow(content.m, content.x + half + gap, content.y, half)
        self._other_road(right, moment)
        for side in (left, right):
            content.things += side.things
        content.y = max(left.y, right.y)

    def _own_road(self, content: Flow, moment: Moment) -> None:
        for label, text in moment_rows(moment):
            _labelled(content, label, text)
            content.gap(8)
        if moment.quote and not content.m.roomy:
            _quotation(content, moment.quote)

    def _other_road(self, content: Flow, moment: Moment) -> None:
        if moment.other:
            pad = content.m.u(18)
            inner = Flow(content.m, content.x + pad, content.y + pad, content.width - 2 * pad)
            inner.heading(say("debrief.other"))
            inner.text(moment.other.choice.text, "bold")
            inner.gap(8)
            inner.text(say("debrief.other-led"), "small")
            for line in excerpt(moment.other.visit.lines):
                inner.gap(4)
                if line.speaker:
                    inner.text(self.story.scenario.people[line.speaker].name, "small-bold")
                inner.text(line.text, "body")
            if moment.other.ending:
                inner.gap(8)
                inner.text(say("debrief.other-ended", title=moment.other.ending), "bold")
            rect = Rect(content.x, content.y, content.width, inner.y + pad - content.y)
            content.add(Thing("group", say("debrief.other"), rect, look="tint", children=tuple(inner.things)))
            content.gap(14)
        if moment.quote and content.m.roomy:
            _quotation(content, moment.quote)
        before = decisions(self.story)[moment.number - 1].at
        content.gap(6)
        content.button(say("debrief.rewind"), partial(self.rewind, before), key=f"rewind-{moment.number}")

    def _says(self, content: Flow) -> None:
        content.heading(say("debrief.says"), "title")
        content.gap(8)
        for shown in self.told.says:
            _quotation(content, shown)
            content.gap(16)
        content.text(say("debrief.his-view", author=self.told.author), "soft")

    def _over_to_you(self, content: Flow) -> None:
        content.heading(say("debrief.over-to-you"), "title")
        for question in self.told.questions:
            content.gap(12)
            content.text(question, "lead")

    def _one_thing(self, content: Flow) -> None:
        content.heading(say("debrief.one-thing"), "title")
        if self.told.one_thing:
            content.gap(4)
            content.text(self.told.one_thing, "display")
        content.text(say("debrief.try-it"), "soft")
        if self._asking:
            content.gap(16)
            self._keep_asked(content)
        content.gap(18)
        content.rule()
        content.gap(14)
        self._profile(content)

    def _keep_asked(self, content: Flow) -> None:
        keep, m = self.services.settings.keep_runs, content.m
        content.text(say("debrief.keep-ask"), "bold")
        content.gap(8)
        content.row(
            [
                answer(m, say("debrief.keep-yes"), partial(self.keep, True), "keep-yes", keep is True),
                answer(m, say("debrief.keep-no"), partial(self.keep, False), "keep-no", keep is False),
            ]
        )
        content.gap(4)
        content.text(say("debrief.keep-later"), "small")

    def _profile(self, content: Flow) -> None:
        """Two bars and a point on a square, small, with the words that the roles are not people."""
        m, shares = content.m, self.told.profile
        content.heading(say("debrief.profile"), "small-bold")
        content.gap(6)
        side = max(m.u(120), 2 * m.line_height("small"))
        beside = m.roomy and _square_width(m, side) <= content.width // 2
        left = Flow(m, content.x, content.y, content.width // 2 if beside else content.width)
        for label, share in ((say("debrief.manager"), shares.manager), (say("debrief.leader"), shares.leader)):
            words = f"{label}: {say('debrief.share', taken=share.taken, offer=share.on_offer)}"
            left.text(words, "small-ink")
            left.gap(2)
            rect = Rect(left.x, left.y, min(left.width, m.u(300)), m.u(14))
            left.add(Thing("meter", words, rect, look="share", detail=str(share.part), value=f"{share.part:.0%}"))
            left.gap(8)
        for name, says, _ in self.told.corners:
            left.text(f"{name}. {says}", "small-ink")
        if len(self.told.corners) > 1:
            left.text(say("debrief.near-middle"), "small")
        if self.told.not_people:
            left.gap(6)
            left.text(f"“{self.told.not_people}” {self.told.author}", "small")
        content.things += left.things
        right = Flow(m, content.x + content.width // 2 if beside else content.x, content.y if beside else left.y, 0)
        _square(right, self.told.profile.manager.part, self.told.profile.leader.part, side, content)
        content.y = max(left.y, right.y)

    def _next(self, content: Flow) -> None:
        m = content.m
        content.heading(say("debrief.what-next"), "title")
        content.text(say("debrief.what-next-says"), "soft")
        content.gap(12)
        for taken in decisions(self.story):
            decision = taken.at.passage.decision
            words = say("debrief.from", number=taken.number, ask=decision.ask if decision else "")
            content.button(words, partial(self.rewind, taken.at), key=f"from-{taken.number}")
            content.gap(10)
        content.row(
            [
                make(m, say("home.again"), self.again, key="again"),
                make(m, say("debrief.whole"), self.whole, key="whole"),
                make(m, say("map.your-road"), self.road, key="road"),
                make(m, say("debrief.save-text"), partial(self.save, ".txt"), key="save-text"),
                make(m, say("debrief.save-html"), partial(self.save, ".html"), key="save-html"),
            ]
        )
        if self.saved:
            content.gap(10)
            content.text(self.saved, "small-ink", role="status", key="saved")


def _labelled(content: Flow, label: str, text: str) -> None:
    content.text(label, "small-bold")
    content.text(text)


def _quotation(content: Flow, shown: Shown) -> None:
    """The words with who said them, then what they mean in plain words; a band of plum at the left."""
    m = content.m
    inner = Flow(m, content.x + m.u(20), content.y, content.width - m.u(20))
    if shown.quoted:
        inner.text(f"“{shown.words}”", "quote")
        inner.text(shown.author, "small-bold")
        inner.gap(4)
    inner.text(say("debrief.plainly"), "small-bold")
    inner.text(shown.gloss)
    if shown.research:
        inner.gap(4)
        inner.text(say("debrief.research"), "small-bold")
        inner.text(shown.research)
    rect = Rect(content.x, content.y, content.width, inner.y - content.y)
    content.add(Thing("group", say("debrief.says"), rect, look="quote", children=tuple(inner.things)))


def _square_width(m: Metrics, side: int) -> int:
    """How wide the square is with the names at its corners."""
    left = max(m.width_of(say(f"corner.{name}"), "small") for name in ("straight-road", "passing-through"))
    right = max(m.width_of(say(f"corner.{name}"), "small") for name in ("omni-dexterous", "off-road"))
    return left + m.u(10) + side + m.u(10) + right + 2


def _square(flow: Flow, manager: float, leader: float, side: int, content: Flow) -> None:
    """The square with its four corners named: manager upwards, leader to the right."""
    m = flow.m
    names = {
        (0, 0): say("corner.straight-road"),
        (1, 0): say("corner.omni-dexterous"),
        (0, 1): say("corner.passing-through"),
        (1, 1): say("corner.off-road"),
    }
    widest = max(m.width_of(names[0, row], "small") for row in (0, 1))
    x = flow.x + widest + m.u(10)
    line = m.line_height("small")
    rect = Rect(x, flow.y, side, side)
    words = f"{say('debrief.manager')} {manager:.0%}, {say('debrief.leader')} {leader:.0%}"
    children = []
    for (column, row), name in names.items():
        width = m.width_of(name, "small") + 2
        left = x - m.u(10) - width if column == 0 else rect.right + m.u(10)
        room = content.x + content.width - left
        children.append(m.text(name, "small", Rect(left, rect.bottom - line if row else rect.y, max(width, room), 0)))
    content.things.append(
        Thing("image", words, rect, key="square", look="square", detail=f"{leader} {manager}", children=tuple(children))
    )
    flow.y = rect.bottom
