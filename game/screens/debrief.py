"""Owns showing a debrief, card by card, and what may be done after it. Never works anything out about the run.

Reactions first, the profile last; each card is something to look at before it is something to read. No red and green,
no count of right answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from game.pictures import Unmade, head, inline, moment_of
from game.screens import drawings, staging
from game.screens.frame import Make, Sign, answer, bar, make, sheet
from game.screens.opening import begin, rewind
from game.screens.saving import LEFT_OUT, save, still
from game.screens.services import Run, Services
from game.story import Story
from game.training import (
    CARDS,
    Face,
    Moment,
    Pictures,
    Shown,
    debrief,
    decisions,
    excerpt,
    face_of,
    heard,
    moment_rows,
    moment_title,
    run_as_html,
    run_as_text,
)
from game.ui import Event, Flow, Home, Meaning, Metrics, Move, Page, Push, Rect, Stay, Swap, Thing
from game.words import say

WIDE: Final = 1120
"""Logical width of a card with two roads side by side."""

FACE: Final = 104
"""Logical pixels across a portrait beside what happened."""

VIEW: Final = 264
"""The same for the small picture of where a moment was."""

FEELINGS: Final = ("comfortable", "mixed", "uncomfortable")


@dataclass(frozen=True, slots=True)
class _Card:
    """One page of the debrief: its number among the six cards, its name in a file's, how it is built, how wide it is,
    and whether what is pressed on it is part of what it shows."""

    number: int
    name: str
    build: Callable[[Flow], None]
    wide: bool = False
    pressed: bool = False


class DebriefScreen:
    """The debrief of one finished run. `place` is the page on screen, from 0.

    `saved` says where the run was saved, `pictured` where the card's picture was, once they were.
    """

    def __init__(self, services: Services, story: Story, run: Run | None) -> None:
        self.services = services
        self.story = story
        self.run = run
        self.told = debrief(services.course, story, spoken=services.settings.spoken)
        self.place = 0
        self.felt = ""
        self.saved = ""
        self.pictured = ""
        self._metrics: Metrics | None = None
        self._asking = services.settings.keep_runs is None
        self.cards = self._cards()

    def page(self, metrics: Metrics) -> Page:
        m, last = metrics, self.place == len(self.cards) - 1
        self._metrics = m
        foot: list[Make] = [make(m, say("debrief.back"), self.back, key="back", icon="back")]
        if last:
            foot.append(make(m, say("debrief.home"), Home, key="home", look="primary"))
        else:
            foot.append(make(m, say("debrief.next"), self.forward, key="next", look="primary", icon="next"))
        buttons = [("picture", say("debrief.picture"), self.picture), ("menu", say("play.menu"), self.menu)]
        page = sheet(
            m,
            self._build,
            foot,
            top=self._bar(m, buttons),
            ground=self._ground(m.window),
            focus="home" if last else "next",
            confirm=None if last else self.forward,
            width=self._width(m),
            view=f"card-{self.place}",
        )
        return replace(page, soon=partial(self._soon, m))

    def ahead(self, m: Metrics) -> Iterator[Page]:
        """The pages from here on that come next, as far as their pictures are worth having drawn."""
        here = self.place
        for place in range(here, min(here + 2, len(self.cards))):
            screen = DebriefScreen(self.services, self.story, None)
            screen.place = place
            yield screen.page(m)

    def handle(self, event: Event) -> Move:
        acts: dict[Event, Callable[[], Move]] = {
            Meaning.STEP_BACK: self.back,
            Meaning.FORWARD: self.forward,
            Meaning.MENU: self.menu,
            Meaning.LOG: self.whole,
            Meaning.MAP: self.road,
            Meaning.PICTURE: self.picture,
        }
        act = acts.get(event)
        return act() if act else None

    # ---- what may be done ---------------------------------------------------

    def forward(self) -> Move:
        """The next card. At the last, the run is over: kept if the player wants that, and no longer unfinished."""
        if self.place == len(self.cards) - 1:
            return None
        self.place += 1
        self.pictured = ""
        if self.place == len(self.cards) - 1:
            self.services.finish(self.run, self.story, self.felt)
        return self._news()

    def back(self) -> Move:
        """The card before; from the first, the story's ending."""
        if self.place == 0:
            from game.screens.ending import EndingScreen

            return Swap(EndingScreen(self.services, self.story, self.run))
        self.place -= 1
        self.pictured = ""
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
        if ending == ".html":
            content = run_as_html(self.told, self.story, self._pictures())
        else:
            content = run_as_text(self.told, self.story)
        self.saved = save(self.services, self.story, "", ending, content)
        return Stay()

    def picture(self) -> Move:
        """Save the card as a picture: whole, without what is only pressed. Then its top is shown, which says where."""
        if self._metrics is None:
            return None
        self.pictured, m, card = "", self._metrics, self.cards[self.place]
        page = still(
            m, card.build, top=self._bar(m, ()), ground=self._ground, width=self._width(m), pressed=card.pressed
        )
        self.pictured = save(self.services, self.story, card.name, ".png", self.services.photograph(page))
        return Swap(self)

    def _news(self) -> Move:
        news = self.services.news()
        if news:
            from game.screens.notice import NoticeScreen

            return Push(NoticeScreen(news))
        return Stay()

    # ---- around the cards ---------------------------------------------------

    def _bar(self, m: Metrics, buttons: Sequence[tuple[str, str, Callable[[], object]]]) -> Thing:
        signs = [Sign("log", say("debrief.card", number=self.cards[self.place].number, count=CARDS))]
        return bar(m, f"{say('debrief.title')}: {self.told.title}", signs, buttons)

    def _ground(self, area: Rect) -> Thing:
        shot = staging.shot_at(self.story)
        return staging.ground(self.services.pictures, shot, area, area)

    def _width(self, m: Metrics) -> float:
        return WIDE if self.cards[self.place].wide and m.roomy else 860

    def _build(self, content: Flow) -> None:
        if self.pictured:
            content.text(self.pictured, "small-ink", role="status", key="pictured")
            content.gap(10)
        self.cards[self.place].build(content)

    def _soon(self, m: Metrics) -> Iterator[Page]:
        """The next card."""
        pages = self.ahead(m)
        next(pages)
        yield from pages

    def _pictures(self) -> Pictures:
        """The pictures of the run's web page, as far as there are any."""
        kit, shot = self.services.pictures, staging.last_shot(self.story)
        faces = [face for _, text in self.told.happened if (face := face_of(self.story, text))]
        heads = {face.person.id: self._head(face) for face in faces}
        try:
            place = inline(kit.place(shot.picture, moment_of(shot.when)), "place", shot.alt)
        except Unmade:
            place = ""
        return Pictures(place, heads)

    def _head(self, face: Face) -> str:
        """Somebody's head for a web page; empty where there is no picture of them."""
        kit, person = self.services.pictures, face.person
        box = kit.face(person.portrait)
        try:
            whole = kit.person(person.portrait, face.expression)
        except Unmade:
            return ""
        return inline(whole, f"head-{person.id}", person.name, view=head(box)) if box else ""

    # ---- the cards ----------------------------------------------------------

    def _cards(self) -> tuple[_Card, ...]:
        moments = [
            _Card(3, f"moment-{moment.number}", partial(self._moment, place, moment), wide=True)
            for place, moment in enumerate(self.told.moments)
        ]
        cards = [_Card(1, "how-was-that", self._how), _Card(2, "what-happened", self._happened)]
        if self.told.acts:
            cards.append(_Card(2, "road", self._road, wide=True))
        cards += moments
        if self.told.says:
            cards.append(_Card(4, "workshop", self._says))
        cards += [
            _Card(5, "over-to-you", self._over_to_you),
            _Card(6, "one-thing", self._one_thing),
            _Card(6, "roles", self._profile, wide=True),
            _Card(6, "what-next", self._next, pressed=True),
        ]
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
        m = content.m
        content.heading(say("debrief.happened"), "title")
        content.text(self.told.ending, "soft")
        faces = [face_of(self.story, text) for _, text in self.told.happened]
        side = m.u(FACE)
        for face, (label, text) in zip(faces, self.told.happened, strict=True):
            content.gap(18)
            if not any(faces):
                _labelled(content, label, text, "lead")
                continue
            inner = drawings.beside(content, self.services.pictures, face, side)
            _labelled(inner, label, text, "lead")
            drawings.stacked(content, inner, side if face else 0)

    def _road(self, content: Flow) -> None:
        content.heading(say("road.title"), "title")
        content.gap(14)
        drawings.road(content, self.told, "road")
        content.gap(14)
        content.text(say("road.legend"), "small")
        content.gap(12)
        content.button(say("debrief.map"), self.road, key="road", icon="whole")

    def _moment(self, place: int, moment: Moment, content: Flow) -> None:
        m = content.m
        self._where(place, moment, content)
        content.gap(10)
        r = drawings.fork_height(m)
        if not m.roomy:
            self._one_column(moment, content)
            return
        gap = m.u(36)
        half = (content.width - gap) // 2
        top = content.y
        rect = Rect(content.x, top, content.width, r)
        middles = content.x + half // 2, content.x + half + gap + half // 2
        start = rect.centre[0], top + m.u(4) + m.px("small")
        content.add(
            drawings.fork(
                m, moment.number, rect, start, (middles[0], rect.bottom - m.u(8)), (middles[1], rect.bottom - m.u(8))
            )
        )
        left = Flow(m, content.x, content.y, half)
        self._own_road(left, moment)
        right = Flow(m, content.x + half + gap, content.y, half)
        self._other_road(right, moment)
        for side in (left, right):
            content.things += side.things
        content.y = max(left.y, right.y)

    def _one_column(self, moment: Moment, content: Flow) -> None:
        """The road taken, then the road left, with the fork as two rails at the left: one ends with the first, the
        other goes on to the second."""
        m, top = content.m, content.y
        r = m.px("small")
        x = content.x + r
        rail = x + r + m.u(14)
        inner = Flow(m, rail + m.u(20), top, content.x + content.width - rail - m.u(20))
        self._own_road(inner, moment)
        own = inner.y
        inner.gap(18)
        below = inner.y + m.u(30)
        self._other_road(inner, moment)
        rect = Rect(content.x, top, rail + m.u(12) - content.x, max(below, own) + m.u(6) - top)
        content.things.append(drawings.fork(m, moment.number, rect, (x, top + r), (x, own), (rail, below)))
        content.things += inner.things
        content.y = inner.y

    def _where(self, place: int, moment: Moment, content: Flow) -> None:
        """Where it happened, and beside that who spoke there and the question; in a narrow window the question is
        below."""
        m, kit, at = content.m, self.services.pictures, decisions(self.story)[moment.number - 1].at
        rect = Rect(content.x, content.y, m.u(VIEW), drawings.view_height(m.u(VIEW)))
        seen = drawings.view(kit, staging.shot_at(at), rect)
        aside = rect.w + m.u(24) if seen else 0
        column = Flow(m, content.x + aside, content.y, content.width - aside)
        content.things += [seen] if seen else []
        if m.roomy:
            self._asked(column, place, moment)
            column.gap(10)
        drawings.faces(column, kit, heard(at), m.u(60))
        drawings.stacked(content, column, rect.h if seen else 0)
        if not m.roomy:
            content.gap(10)
            self._asked(content, place, moment)

    def _asked(self, content: Flow, place: int, moment: Moment) -> None:
        content.heading(moment_title(place), "title")
        content.text(f"{say('debrief.decision', number=moment.number)}. {moment.ask}", "soft")

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

    def _keep_asked(self, content: Flow) -> None:
        keep, m = self.services.settings.keep_runs, content.m
        inner = Flow(m, content.x, content.y, content.width)
        inner.text(say("debrief.keep-ask"), "bold")
        inner.gap(8)
        inner.row(
            [
                answer(m, say("debrief.keep-yes"), partial(self.keep, True), "keep-yes", keep is True),
                answer(m, say("debrief.keep-no"), partial(self.keep, False), "keep-no", keep is False),
            ]
        )
        inner.gap(4)
        inner.text(say("debrief.keep-later"), "small")
        content.add(inner.group(Rect(content.x, content.y, content.width, inner.y - content.y), key=LEFT_OUT))

    def _profile(self, content: Flow) -> None:
        """The square with the run's line and two bars, the words of its corners, and that roles are not people."""
        content.heading(say("debrief.profile"), "title")
        content.gap(12)
        drawings.roles(content, self.told)

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


def _labelled(content: Flow, label: str, text: str, style: str = "body") -> None:
    content.text(label, "small-bold")
    content.text(text, style)


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
