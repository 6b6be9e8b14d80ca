"""Owns the map of a story in the window: moving about on it, and reading a passage beside it. Never lays it out.

A map is the story told all at once: with a run laid over it, it belongs after the run and not before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from game.authoring import (
    OUTLINE,
    STYLES,
    Box,
    Lettering,
    Road,
    StoryMap,
    Told,
    box_shape,
    chance_in_words,
    map_of_story,
    outline_shape,
    passage_key,
    passage_told,
    passage_where,
    roads_shape,
)
from game.screens.frame import PADDING, bar
from game.story import Course, Proof, Scenario, Story, prove
from game.ui import (
    Click,
    Event,
    Flow,
    Meaning,
    Metrics,
    Move,
    Page,
    Paragraph,
    Point,
    Pop,
    Rect,
    Run,
    Scroll,
    Stay,
    Thing,
)
from game.words import say

MOST_SHOWN: Final = 400
"""Passages up to which a map is shown here: laying out more would keep people waiting."""

STATES: Final = 20_000
"""States looked at for a map that somebody waits for; past them no chances are told."""

SIDE: Final = 0.34
"""The part of the window that the passage beside the map takes; where it is narrow, it lies below and takes half."""

READING: Final = 13.0
"""Real pixels of the words of a choice, at text size 100 %, that a map opens with at least where it can."""

LEGIBLE: Final = 7.0
"""Real pixels below which words are left out: they would be a grey line."""

EDGE: Final = 14.0
"""Space kept free around a whole map, in its units."""

NEARER: Final = 1.25
"""How much nearer one press of + brings the map, and the buttons."""

WHEEL: Final = 1.12
"""The same for a notch of the wheel."""

NEAREST: Final = 4.0
"""Real pixels for a unit of the map beyond which one cannot go nearer, in a window of 1280 x 720."""

STEP: Final = 90
"""Logical pixels that an arrow key moves the map."""


def road_through(story: Story, course: Course | None = None) -> MapScreen:
    """The map of a story with a run laid over it: "Your road through it"."""
    return MapScreen(story.scenario, prove(story.scenario, STATES), story.path, course)


@dataclass(slots=True)
class _Sight:
    """What is seen of a map: the middle of the view in the map's units, and real pixels for one of them."""

    x: float
    y: float
    k: float


class MapScreen:
    """The map of a scenario. `route` is the choices of a run to be laid over it, None for the bare map."""

    def __init__(
        self, scenario: Scenario, proof: Proof, route: Sequence[str] | None = None, course: Course | None = None
    ) -> None:
        self.scenario = scenario
        self.proof = proof
        self.route = tuple(route) if route is not None else None
        self.course = course
        self.reading = scenario.start
        self._view = Rect(0, 0, 1, 1)
        self._map: StoryMap | None = None
        self._laid_out_for: tuple[int, int, float] | None = None
        self._sight = _Sight(0.0, 0.0, 1.0)
        self._u = 1.0
        self._pointer = (0, 0)
        self._drag: tuple[int, int] | None = None

    # ---- the page -----------------------------------------------------------

    def page(self, metrics: Metrics) -> Page:
        m = metrics
        self._u = m.k
        title = say("map.your-road") if self.route is not None else say("map.title")
        buttons: list[tuple[str, str, Callable[[], object]]] = [
            ("farther", say("map.farther"), partial(self._zoom, 1 / NEARER)),
            ("nearer", say("map.nearer"), partial(self._zoom, NEARER)),
            ("whole", say("map.fit"), self.fit),
            ("back", say("map.leave"), Pop),
        ]
        top = bar(m, f"{title}: {self.scenario.title}", (), buttons)
        self._view, side = _halves(m, top.rect.bottom)
        if len(self.scenario.passages) > MOST_SHOWN:
            return Page(Thing("page", top.name, m.window, children=(top, *self._refused(m, self._view))))
        self._lay_out(m)
        return Page(
            Thing("page", top.name, m.window, children=(top, self._drawn(m), *self._panel(m, side))),
            focus=passage_key(self.reading),
            takes=self._take,
            follows=self._follow,
        )

    def handle(self, event: Event) -> Move:
        return Pop() if event is Meaning.MENU else None

    def _refused(self, m: Metrics, view: Rect) -> list[Thing]:
        content = Flow(m, view.x + m.u(PADDING), view.y + m.u(PADDING), m.width - 2 * m.u(PADDING))
        content.text(say("map.large-here", passages=len(self.scenario.passages)), "lead")
        return content.things

    def _drawn(self, m: Metrics) -> Thing:
        """The map as far as it is in view: one drawing, a thing to focus for each passage, and the words."""
        boxes = [box for box in self.map.boxes if self._seen(box)]
        roads = [road for road in self.map.roads if self._near(road)]
        left, top = self._place(0.0, 0.0)
        place = f"translate({left - self._view.x:.1f} {top - self._view.y:.1f}) scale({self._sight.k:.4f})"
        read = self.map.box(passage_key(self.reading))
        shapes = [roads_shape(roads, routed=self.map.routed), *map(box_shape, boxes)]
        drawing = f'<g transform="{place}">{"".join(shapes)}{outline_shape(read) if read else ""}</g>'
        spots = [self._spot(box) for box in self.map.passages()]
        words = [line for box in boxes for line in self._words(m, box)]
        return Thing(
            "group",
            say("map.title"),
            self._view,
            key="map",
            look="drawing",
            detail=drawing,
            clips=True,
            children=(*spots, *words),
        )

    def _spot(self, box: Box) -> Thing:
        return Thing(
            "button",
            box.name,
            self._rect(box).grown(round(OUTLINE * self._sight.k)),
            key=box.key,
            look="spot",
            chosen=box.passage == self.reading,
            press=partial(self.read, box.passage),
        )

    def _words(self, m: Metrics, box: Box) -> list[Thing]:
        if STYLES["name"].size * self._sight.k < LEGIBLE:
            return []
        return [self._line(m, box, line) for line in box.lines]

    def _line(self, m: Metrics, box: Box, line: Lettering) -> Thing:
        """One line of a box, at the size the map has now."""
        style = STYLES[line.style]
        band = "band-" if box.kind == "decision" and box.reached else ""
        name = f"map-{band}{line.style if not band or line.style in ('name', 'ask') else 'name'}"
        x, y = self._place(box.x + line.x, box.y + line.y)
        px, step = int(style.size * self._sight.k), round(style.line * self._sight.k)
        width = m.type.width(line.text, style.face, px)
        letters = Paragraph(((Run(line.text, style.face, 0),),), name, px, step, width, step)
        rect = Rect(x - width if line.end else x, y, max(1, width), step)
        return Thing("text", line.text, rect, look="text", text=letters)

    def _panel(self, m: Metrics, side: Rect) -> list[Thing]:
        """The passage that is being read, in full: it scrolls by itself."""
        pad = m.u(20)
        content = Flow(m, side.x + pad, side.y + m.u(16), side.w - 2 * pad)
        self._told(content)
        content.gap(20)
        inside = Thing(
            "group",
            say("map.panel"),
            Rect(side.x + m.u(4), side.y + m.u(4), side.w - m.u(8), side.h - m.u(8)),
            key=f"panel-{self.reading}",
            scrolls=True,
            children=tuple(content.things),
        )
        return [Thing("group", "", side, look="panel"), inside]

    def _told(self, content: Flow) -> None:
        passage = self.scenario.passages[self.reading]
        box = self.map.box(passage_key(self.reading))
        content.heading(passage_where(passage, self.scenario))
        content.text(say("map.passage-id", id=passage.id), "small")
        for piece in passage_told(passage, self.scenario, self.course):
            self._piece(content, piece)
        if box is not None and not box.reached:
            content.gap(10)
            content.text(say("map.lost"), "small-bold")
        elif box is not None and box.chance is not None:
            content.gap(10)
            content.text(say("map.chance-run", share=chance_in_words(box.chance)), "small")
        content.gap(16)
        content.rule()
        content.gap(10)
        content.text(say("map.keys"), "small")

    def _piece(self, content: Flow, piece: Told) -> None:
        """One piece of a passage; what stands under a condition is set in."""
        gap, style = _SET[piece.kind]
        content.gap(gap)
        indent = min(piece.depth, 3) * content.m.u(18)
        inner = Flow(content.m, content.x + indent, content.y, content.width - indent)
        if piece.who:
            inner.text(piece.who, "small-bold")
        inner.text(piece.text, style)
        if piece.kind == "choice" and self._chose(piece.choice):
            inner.text(say("map.chosen"), "small-bold")
        content.things += inner.things
        content.y = inner.y

    def _chose(self, choice: str) -> bool:
        return any(box.taken for box in self.map.boxes if (box.passage, box.choice) == (self.reading, choice))

    # ---- what may be done ---------------------------------------------------

    def read(self, passage: str) -> Move:
        """Show a passage in full beside the map."""
        self.reading = passage
        return Stay()

    def fit(self) -> Move:
        """See the whole map."""
        self._sight = self._whole()
        return Stay()

    def _take(self, event: object) -> Move:
        """What an event means on the map, before it means anything elsewhere."""
        match event:
            case Point(x, y, held):
                return self._point(x, y, held)
            case Click(x, y):
                return self._click(x, y)
            case Scroll(notches) if self._view.holds(*self._pointer):
                return self._zoom(WHEEL**-notches, self._pointer)
            case Meaning.NEARER:
                return self._zoom(NEARER)
            case Meaning.FARTHER:
                return self._zoom(1 / NEARER)
            case Meaning.TOP:
                return self.fit()
            case Meaning() if event in _ARROWS:
                across, down = _ARROWS[event]
                return self._move(across * STEP * self._u, down * STEP * self._u)
        return None

    def _follow(self, key: str) -> None:
        """The focus came to a thing: if it is a passage, read it, and move the map so far that it is seen."""
        box = self.map.box(key)
        if box is None:
            return
        self.reading = box.passage
        rect, view = self._rect(box), self._view.grown(-round(24 * self._u))
        across = min(0, rect.x - view.x) or max(0, min(rect.right - view.right, rect.x - view.x))
        down = min(0, rect.y - view.y) or max(0, min(rect.bottom - view.bottom, rect.y - view.y))
        self._move(across, down)

    def _point(self, x: int, y: int, held: bool) -> Move:
        self._pointer = (x, y)
        if self._drag is None or not held:
            self._drag = None
            return None
        from_x, from_y = self._drag
        self._drag = (x, y)
        return self._move(from_x - x, from_y - y)

    def _click(self, x: int, y: int) -> Move:
        """On the map: take hold of it and, where there is a box, read its passage."""
        if not self._view.holds(x, y):
            return None
        self._drag = self._pointer = (x, y)
        box = next((box for box in reversed(self.map.boxes) if self._rect(box).holds(x, y)), None)
        return self.read(box.passage) if box else Stay()

    def _move(self, across: float, down: float) -> Move:
        """Move what is seen by so many real pixels; some of the map stays in view."""
        sight = self._sight
        sight.x = min(self.map.width, max(0.0, sight.x + across / sight.k))
        sight.y = min(self.map.height, max(0.0, sight.y + down / sight.k))
        return Stay()

    def _zoom(self, by: float, about: tuple[int, int] | None = None) -> Move:
        """Nearer or farther, keeping one place of the map where it is: the middle, or where the mouse is."""
        sight = self._sight
        least, most = self._whole().k * 0.6, NEAREST * max(1.0, self._u)
        k = max(min(least, sight.k), min(max(most, sight.k), sight.k * by))
        x, y = about or self._view.centre
        middle_x, middle_y = self._view.centre
        sight.x += (x - middle_x) * (1 / sight.k - 1 / k)
        sight.y += (y - middle_y) * (1 / sight.k - 1 / k)
        sight.k = k
        return self._move(0, 0)

    # ---- where things are ---------------------------------------------------

    @property
    def map(self) -> StoryMap:
        """The map as it is laid out for this window."""
        assert self._map is not None, "the page is laid out first"
        return self._map

    def _lay_out(self, m: Metrics) -> None:
        """Lay the map out for this window: to be seen whole if its words can be read then, else as wide as the view."""
        asked = (self._view.w, self._view.h, m.scale)
        if self._laid_out_for == asked:
            return
        self._laid_out_for = asked
        reading = READING * m.scale / STYLES["words"].size
        self._map = self._map_for(m, (self._view.w, self._view.h))
        self._sight = self._whole()
        if self._sight.k < reading * 0.92:
            self._map = self._map_for(m, (self._view.w, 5 * self._view.h))
            k = min(reading, max(reading * 0.8, self._view.w / (self._map.width + 2 * EDGE)))
            self._sight = _Sight(self._map.width / 2, self._view.h / 2 / k - EDGE, k)
            self._follow(passage_key(self.reading))

    def _map_for(self, m: Metrics, page: tuple[float, float]) -> StoryMap:
        def measure(words: str, style: str) -> float:
            return m.type.width(words, STYLES[style].face, 80) * STYLES[style].size / 80 * 1.02

        return map_of_story(self.scenario, self.proof, measure, route=self.route, page=page)

    def _whole(self) -> _Sight:
        """All of the map, as large as it can be."""
        wide, high = self.map.width + 2 * EDGE, self.map.height + 2 * EDGE
        k = min(self._view.w / wide, self._view.h / high)
        return _Sight(self.map.width / 2, self.map.height / 2, min(k, NEAREST))

    def _place(self, x: float, y: float) -> tuple[int, int]:
        """A place of the map in the window, in real pixels."""
        middle_x, middle_y = self._view.centre
        return round(middle_x + (x - self._sight.x) * self._sight.k), round(
            middle_y + (y - self._sight.y) * self._sight.k
        )

    def _rect(self, box: Box) -> Rect:
        x, y = self._place(box.x, box.y)
        right, bottom = self._place(box.x + box.width, box.y + box.height)
        return Rect(x, y, max(1, right - x), max(1, bottom - y))

    def _seen(self, box: Box) -> bool:
        shared = self._rect(box).meet(self._view)
        return bool(shared.w and shared.h)

    def _near(self, road: Road) -> bool:
        """Whether some of a road may be in view."""
        xs, ys = [x for x, _ in road.curve], [y for _, y in road.curve]
        left, top = self._place(min(xs) - 5, min(ys) - 5)
        right, bottom = self._place(max(xs) + 5, max(ys) + 5)
        shared = Rect(left, top, max(1, right - left), max(1, bottom - top)).meet(self._view)
        return bool(shared.w and shared.h)


def _halves(m: Metrics, top: int) -> tuple[Rect, Rect]:
    """The place of the map and that of the passage beside it, or below it where the window is narrow."""
    if m.roomy:
        side = round(m.width * SIDE)
        return Rect(0, top, m.width - side, m.height - top), Rect(m.width - side, top, side, m.height - top)
    below = (m.height - top) // 2
    return Rect(0, top, m.width, m.height - top - below), Rect(0, m.height - below, m.width, below)


_ARROWS: Final = {
    Meaning.UP: (0, -1),
    Meaning.DOWN: (0, 1),
    Meaning.STEP_BACK: (-1, 0),
    Meaning.FORWARD: (1, 0),
}
"""Which way each arrow key moves what is seen."""

_SET: Final = {
    "line": (8, "body"),
    "if": (10, "small-bold"),
    "effect": (4, "small"),
    "ask": (16, "heading"),
    "choice": (14, "bold"),
    "role": (2, "small-bold"),
    "why": (4, "small-ink"),
    "way": (4, "small"),
    "end": (16, "heading"),
    "todo": (10, "body"),
}
"""The space before each kind of piece, in logical pixels, and how it is set."""
