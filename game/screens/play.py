"""Owns playing a story: one line after another, the decision, stepping back. Never scores and never judges.

Nothing on this screen shows a score, a meter or a verdict. At a new decision no choice has the focus, so a key
pressed once too often chooses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from game.pictures import CANVAS, Box, Kit
from game.screens import staging
from game.screens.frame import MARGIN, PADDING, Make, Sign, bar, make, room, sheet
from game.screens.services import Run, Services
from game.screens.staging import Figure, Scene, Shot, Told
from game.story import Story
from game.ui import Event, Flow, Home, Meaning, Metrics, Move, Page, Push, Rect, Stay, Swap, Thing, content_bottom
from game.words import say

CARD: Final = 0.55
"""The part of the window that a decision's card takes, where there is room for a person beside it."""

LINES: Final = 2
"""Lines of words that are always seen at once, before the place above them."""

COLUMN: Final = 1048
"""Logical width of the words on the panel where a line is told."""


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
            Meaning.PICTURE: self.view,
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

    def view(self) -> Move:
        """The picture alone, with no words over it."""
        from game.screens.view import ViewScreen

        return Push(ViewScreen(self.services.pictures, self.story.scenario.title, self.scene))

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

    @property
    def scene(self) -> Scene:
        """What is seen while the present line is told."""
        return staging.scene(self.story, self.lines, self.shown)

    def _bar(self, m: Metrics, shot: Shot) -> Thing:
        signs = [Sign("place", shot.name)] if shot.name else []
        signs += [Sign("clock", shot.when)] if shot.when else []
        number = len(self.story.path) + 1
        signs += [Sign("begun", say("play.decision", number=number))] if self.story.choices else []
        buttons = [("log", say("play.log"), self.log), ("menu", say("play.menu"), self.menu)]
        if not m.roomy:  # words may cover the whole picture
            buttons.insert(0, ("view", say("play.view"), self.view))
        return bar(m, self.story.scenario.title, signs, buttons)

    def _soon(self, m: Metrics) -> Iterator[Page]:
        """The pages that may come next: the next lines, the decision, and the first page of each choice's road."""
        last = len(self.lines)
        nearest = dict.fromkeys([self.shown + 1, last, *range(self.shown + 2, self.shown + 4)])
        for shown in (line for line in nearest if self.shown < line <= last):
            yield PlayScreen(self.services, self.story, None, shown=shown).page(m)
        if len(self.lines) - self.shown < 2:
            for choice in self.story.choices:
                yield PlayScreen(self.services, self.story.choose(choice.id), None).page(m)
        if self.deciding and self.story.ending:
            from game.screens.ending import EndingScreen

            yield EndingScreen(self.services, self.story, None).page(m)

    def _foot(self, m: Metrics) -> Make:
        first = self.shown == 1 and self.story.before is None
        return make(m, say("play.back"), self.back, key="back", icon="back", disabled=first)

    def _telling(self, m: Metrics) -> Page:
        """A line on a panel at the bottom; the place above it, and who is there."""
        told, scene = self._told, self.scene
        top, person = self._bar(m, scene.shot), scene.speaker
        x = m.u(MARGIN if m.roomy else 12)
        wide = m.width - 2 * x  # as wide as the window: nobody who stands behind it is seen to be cut off
        column = min(wide - 2 * m.u(22), round(m.u(COLUMN) * max(1.0, m.scale * 0.8)))
        left = x + (wide - column) // 2
        content = Flow(m, left, 0, column)
        self._noted(content)
        if person:
            content.text(person.about, "small")
        if told:
            content.text(told.line.text, "lead", key=f"line-{self.shown}")
        foot = self._panel_foot(m, left, column)
        foot_h = content_bottom(foot) + m.u(14)
        pill = m.line_height("pill") // 2
        head = m.u(30 if person else 24) + (pill if person else 0)
        stage = _Stage(m, self.services.pictures, scene, top.rect.bottom)
        edge = pill + m.u(8) if person else m.u(8)
        room_for_both = m.height - top.rect.bottom - m.u(20 if m.roomy else 8)
        fewest = head + LINES * m.line_height("lead") + foot_h
        above = max(edge, min(stage.least + edge, room_for_both - fewest))
        high = min(room_for_both - above, head + max(content.y, m.u(84)) + m.u(12) + foot_h)
        panel = Rect(x, m.height - high - m.u(20 if m.roomy else 8), wide, high)
        view = Rect(panel.x + m.u(4), panel.y + head, wide - m.u(8), high - head - foot_h)
        lines = tuple(thing.moved(0, view.y) for thing in content.things)
        children = stage.things(panel.y - (pill + m.u(6) if person else m.u(6)), top)
        children.append(Thing("group", "", panel, key="panel", look="card"))
        if person:
            right = any(figure.speaks and figure.side == "right" for figure in scene.figures)
            children.append(_pill(m, person.name, panel, left, right=right and m.roomy))
        children.append(
            Thing("group", "", view, key=f"told-{len(self.story.path)}-{self.shown}", scrolls=True, children=lines)
        )
        children.append(foot.moved(0, panel.bottom - foot_h))
        root = Thing("page", self.story.scenario.title, m.window, children=tuple(children))
        return Page(
            root,
            focus="continue",
            confirm=self.forward,
            confirm_anywhere=True,
            soon=partial(self._soon, m),
            tone=self._tone,
        )

    @property
    def _tone(self) -> str:
        return self.services.pictures.tone(self.scene.shot.picture)

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
        return Thing("group", "", Rect(x, 0, width, on.rect.h), key="foot", children=tuple(things))

    def _decision(self, m: Metrics) -> Page:
        """The last line, the question and the choices on a card; who spoke last is beside it where there is room.

        Where large text takes the whole width, the place is seen above the card if that costs the words nothing.
        """
        scene = self.scene
        top, person = self._bar(m, scene.shot), scene.speaker
        margin = m.u(MARGIN if m.roomy else 12)
        wide = round(m.width * CARD) if m.roomy else m.width - 2 * margin
        x, pad = m.width - wide - margin, m.u(PADDING if m.roomy else 18)
        above = top.rect.bottom + m.u(20 if m.roomy else 10)
        content = Flow(m, x + pad, above + m.u(20), wide - 2 * pad)
        self._question(content, (person.name, person.about) if person else None)
        foot = Flow(m, x + pad, 0, wide - 2 * pad)
        tallest, wanted = m.height - above - m.u(12), content.y - above + m.u(14)
        foot.row([self._foot(m), partial(self._hint, m)])
        foot_h = foot.y + m.u(20)
        if wanted + foot_h > tallest:
            more = say("sheet.more")
            foot.things[1:] = [m.text(more, "small", foot.things[1].rect)]
        high = min(tallest, wanted + foot_h)
        stage = _Stage(m, self.services.pictures, scene, top.rect.bottom)
        drop = tallest - high if not m.roomy and stage.least <= tallest - high else 0
        if not m.roomy and not drop:
            _at_the_end(foot, m.text(say("play.hint-view"), "small", Rect(0, 0, foot.width, 0)))
        card = Rect(x, above + drop, wide, high)
        view = Rect(x + m.u(4), card.y + m.u(6), wide - m.u(8), high - foot_h - m.u(6))
        asked = tuple(thing.moved(0, drop) for thing in content.things)
        children = [
            *(stage.above(card.y, top) if drop else stage.beside(x, top)),
            Thing("group", "", card, key="decision", look="card"),
            Thing("group", "", view, key=f"decision-{len(self.story.path)}", scrolls=True, children=asked),
            *(thing.moved(0, card.bottom - foot_h + m.u(8)) for thing in foot.things),
        ]
        root = Thing("page", self.story.scenario.title, m.window, children=tuple(children))
        return Page(root, soon=partial(self._soon, m), tone=self._tone)

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
        shot = self.scene.shot
        ground = staging.ground(self.services.pictures, shot, m.window, m.window)
        return sheet(m, build, foot, top=self._bar(m, shot), ground=ground, focus="back")


@dataclass(frozen=True, slots=True)
class _Stage:
    """Where the place and the people of a scene are in a window, below the bar's edge `top`."""

    m: Metrics
    kit: Kit
    scene: Scene
    top: int

    @property
    def least(self) -> int:
        """The height below the bar that words leave free, so that neither a face nor the clue is covered."""
        m = self.m
        if not m.roomy:
            return max(round(staging.STRIP * m.height), self._clue_height + m.u(8))
        faces = round(staging.chin(self.kit, self.scene.figures) * staging.height(m)) + m.u(staging.FORWARD)
        clue = self.kit.clue(self.scene.shot.picture)
        if clue is None:
            return faces
        picture = staging.cover(m.window, clue, Rect(0, self.top, m.width, 1))  # the clue as high as it may be
        return max(faces, staging.seen(clue, picture).bottom + m.u(4) - self.top)

    @property
    def _clue_height(self) -> int:
        clue = self.kit.clue(self.scene.shot.picture)
        return round(clue.h * self.m.width / CANVAS[0]) if clue else 0

    def things(self, floor: int, bar: Thing) -> list[Thing]:
        """The place, the bar and everybody, where words begin at `floor`."""
        m = self.m
        free = Rect(0, self.top, m.width, floor - self.top)
        if not m.roomy:
            return self._strip(free, bar, next((figure for figure in self.scene.figures if figure.speaks), None))
        tall, figures = staging.height(m), self.scene.figures
        side = staging.reach(m, tall)
        free = Rect(side, self.top, m.width - 2 * side, floor - self.top)
        chin = round(staging.chin(self.kit, figures) * tall) + m.u(staging.FORWARD)
        top = max(self.top, min(round(staging.STANDS * m.height), floor - chin))
        ground = staging.ground(self.kit, self.scene.shot, m.window, free)
        return [ground, bar, *staging.people(m, self.kit, figures, top=top, tall=tall, floor=floor)]

    def beside(self, right: int, bar: Thing) -> list[Thing]:
        """The place, the bar and, at the left, who spoke last, where a card begins at `right`. Large text needs all.

        Where person, clue and card have no room beside each other, the person is smaller.
        """
        m, gap = self.m, self.m.u(6)
        if not m.roomy:
            return [room(m, ""), bar]
        last = self.scene.last
        figures = (replace(last, side="left"),) if last else ()
        tall = staging.height(m)
        clue = staging.seen(self.kit.clue(self.scene.shot.picture) or Box(0, 0, 0, 0), staging.cover(m.window))
        left = min(staging.reach(m, tall) if figures else 0, right - 2 * gap - clue.w)
        free = Rect(left, self.top, right - gap - left, m.height - self.top)
        ground = staging.ground(self.kit, self.scene.shot, m.window, free)
        tall = self._short_of_the_clue(ground, tall)
        return [ground, bar, *staging.people(m, self.kit, figures, top=m.height - tall, tall=tall, floor=m.height)]

    def above(self, floor: int, bar: Thing) -> list[Thing]:
        """The place above a decision's card that begins at `floor`, the bar, and who spoke last."""
        free = Rect(0, self.top, self.m.width, floor - self.m.u(6) - self.top)
        return self._strip(free, bar, self.scene.last)

    def _short_of_the_clue(self, ground: Thing, tall: int) -> int:
        """How tall somebody at the left may be so as not to stand before the clue."""
        clue = self.kit.clue(self.scene.shot.picture)
        if clue is None:
            return tall
        left = staging.seen(clue, ground.children[0].rect).x
        return min(tall, staging.fitting(self.m, left - self.m.u(6)))

    def _strip(self, free: Rect, bar: Thing, figure: Figure | None) -> list[Thing]:
        """Above large text: a strip of the place, and one of the people, as far as the shoulders."""
        m = self.m
        area = Rect(0, self.top, m.width, free.h + m.u(40))
        speaking = (replace(figure, side="left"),) if figure else ()
        tall = round((free.h - m.u(4)) / max(0.5, staging.chin(self.kit, speaking)))
        ground = staging.ground(self.kit, self.scene.shot, area, free)
        tall = self._short_of_the_clue(ground, tall)
        return [ground, *staging.people(m, self.kit, speaking, top=self.top, tall=tall, floor=free.bottom), bar]


def _at_the_end(foot: Flow, hint: Thing) -> None:
    """Put a hint at the right end of the foot's row, where there is room for it."""
    last, x = foot.things[-1].rect, foot.x + foot.width - hint.rect.w
    if x > last.right + foot.m.u(16):
        foot.things.append(hint.moved(x, last.y + (last.h - hint.rect.h) // 2))


def _pill(m: Metrics, name: str, panel: Rect, left: int, *, right: bool) -> Thing:
    """The speaker's name on the panel's upper edge, at the side where they stand."""
    paragraph = m.type.paragraph(name, "pill", m.px("pill"), panel.w)
    x = left - m.u(20) if m.roomy else panel.x + m.u(22)
    rect = Rect(x, panel.y, paragraph.width + m.u(40), paragraph.height + m.u(10))
    across = panel.right - (x - panel.x) - rect.w - x if right else 0
    return Thing("text", name, rect.moved(across, -(rect.h // 2)), key="speaker", look="pill", text=paragraph)
