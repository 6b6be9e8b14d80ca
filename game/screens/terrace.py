"""Owns where houses stand: side by side on one pavement, a board before each; or words first, where text is large.

Never knows what a house stands for: it is given a plot for each, and how its board is filled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Final, Literal

from game.screens.frame import MARGIN, Make
from game.ui import Flow, Metrics, Rect, Thing

State = Literal["new", "begun", "played"]

CANVAS: Final = (640, 420)
"""The canvas of a house."""

PAVEMENT: Final = 48
"""How high the pavement is on that canvas."""

COLUMNS: Final = 4
"""Houses in a row at the most."""

WIDE: Final = 396
"""The most that a house is wide, in logical pixels; larger text makes it wider."""

LINE: Final = 14
"""The least width of a board's lines, as a multiple of the height of its letters."""

PAD: Final = 14
FOOT: Final = 11
CARD_PAD: Final = 14
GAP: Final = 7
"""Logical pixels between a board's edge and its words, below its buttons, and between a plot's edge and its board;
the least real ones between a card's edge and its words."""

ABOVE: Final = 8
BELOW: Final = 10
TIP: Final = 3
MARK: Final = 6
"""Logical pixels above the name of a street, below its boards, from the kerb to a board, and above a house with the
mark of the focus."""

FRONTS: Final = ("house_a", "house_b", "house_c", "house_d")

DOORS: Final = (
    ("teal", "teal_sh"),
    ("mustard", "mustard_sh"),
    ("plum", "plum_sh"),
    ("clay", "clay_sh"),
    ("leaf_dk", "sage_deep"),
)
"""Colours of the kit's palette for a door and its shadow. No factor in common with the fronts, so that all meet."""

WALLS: Final = ((), ("wall_sh", "wall_dk"), ("sage_lt", "sage_sh"))
"""The same for walls; the first are a front's own."""

GREEN: Final = (("tree_round", (380, 470), 0.86), ("lamp_post", (300, 570), 0.66))
"""What stands beside the houses in turn: a part, its canvas, how high it is as a part of a house's height."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A house with its board: its place in the course (from 0), its state, and what is read out for both.

    `keys` are those of its buttons, the main one first; `write` puts the words on the board.
    """

    place: int
    state: State
    name: str
    keys: tuple[str, ...]
    write: Callable[[Flow], None]
    buttons: Sequence[Make]


@dataclass(frozen=True, slots=True)
class Ground:
    """The part of the window that is built on: its left edge, the width of a plot, how many stand in a row (none:
    words first)."""

    x: int
    wide: int
    columns: int

    @property
    def width(self) -> int:
        return self.wide * max(1, self.columns)


def ground(m: Metrics, longest: int) -> Ground:
    """Where a street of rows with `longest` houses at the most is built, in the middle of the window."""
    margin = m.u(MARGIN + 4 if m.roomy else 16)
    width = m.width - 2 * margin
    least = _least(m) + 2 * m.u(PAD + GAP)
    columns = min(width // least, COLUMNS, max(2, longest)) if m.roomy else 0
    if columns < 2:
        return Ground(margin, width, 0)
    wide = min(width // columns, max(m.u(WIDE), least))
    return Ground((m.width - wide * columns) // 2, wide, columns)


def street(content: Flow, at: Ground, arcs: Sequence[tuple[str, Sequence[Plot]]], bottom: int) -> None:
    """Add the streets of all arcs to the content, each under its name. What is short lies at the `bottom`."""
    if not at.columns:
        _words_first(content, arcs)
        return
    start = len(content.things)
    for title, plots in arcs:
        for first in range(0, len(plots), at.columns):
            _strip(content, at, "" if first else title, plots[first : first + at.columns])
    down = max(0, bottom - content.y)
    content.things[start:] = [thing.moved(0, down) for thing in content.things[start:]]
    content.y += down


# ---- side by side -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Lines:
    """The heights of a row, in real pixels: where houses, pavement and boards begin, where boards and road end."""

    roofs: int
    pavement: int
    boards: int
    feet: int
    end: int


def _strip(content: Flow, at: Ground, title: str, plots: Sequence[Plot]) -> None:
    """One row of houses, with the slope behind it, the name of its street, and what grows at its sides."""
    m, above, begins = content.m, content.y, len(content.things)
    lower = any(thing.look == "pavement" for thing in content.things)
    content.gap(ABOVE)
    if title:
        _plate(content, title)
        content.gap(MARK + 2)
    boards = [_board(m, plot, at.wide - 2 * m.u(GAP)) for plot in plots]
    lines = _lines(m, at, content.y, max(board.h for board in boards))
    if lower:
        slope = Rect(0, above, m.width, lines.pavement - above)
        content.things.insert(begins, Thing("decoration", "", slope, look="bank"))
    road = Rect(0, lines.pavement, m.width, lines.end - lines.pavement)
    content.add(Thing("decoration", "", road, look="pavement", detail=f"{at.x} {at.wide}"))
    if lower:
        content.things += _green(m, at, len(plots), lines)
    for place, (plot, board) in enumerate(zip(plots, boards, strict=True)):
        content.add(_plot(m, plot, board, at.x + place * at.wide, at.wide, lines))


def _lines(m: Metrics, at: Ground, roofs: int, deep: int) -> _Lines:
    """Where the lines of a row are that begins at `roofs`, with boards so `deep`."""
    tall, high = (round(at.wide * part / CANVAS[0]) for part in (CANVAS[1], PAVEMENT))
    boards = roofs + tall + m.u(TIP)
    return _Lines(roofs, roofs + tall - high, boards, boards + deep, boards + deep + m.u(BELOW))


def _plate(content: Flow, title: str) -> None:
    """The name of a street on its plate."""
    m = content.m
    pad = m.u(12)
    words = m.text(
        title, "heading", Rect(content.x + pad, content.y + m.u(3), content.width - 2 * pad, 0), role="heading"
    )
    rect = Rect(content.x, content.y, words.rect.w + 2 * pad, words.rect.h + 2 * m.u(3))
    content.add(Thing("group", "", rect, look="plate", children=(words,)))


@dataclass(frozen=True, slots=True)
class _Filled:
    """What is on a board, from its upper left corner: the words, the buttons at the foot; and how high it is."""

    words: tuple[Thing, ...]
    feet: tuple[Thing, ...]
    h: int


def _board(m: Metrics, plot: Plot, wide: int) -> _Filled:
    pad = m.u(PAD)
    words = Flow(m, pad, m.u(8), wide - 2 * pad)
    plot.write(words)
    words.gap(6)
    feet = Flow(m, pad, 0, wide - 2 * pad)
    feet.row(plot.buttons)
    return _Filled(tuple(words.things), tuple(feet.things), words.y + feet.y + m.u(FOOT))


def _plot(m: Metrics, plot: Plot, board: _Filled, x: int, wide: int, lines: _Lines) -> Thing:
    """A house, its board as high as the highest of the row, and the mark around both."""
    whole = Rect(x, lines.roofs, wide, lines.feet - lines.roofs)
    place = Rect(x + m.u(GAP), lines.boards, wide - 2 * m.u(GAP), lines.feet - lines.boards)
    foot = place.bottom - m.u(FOOT) - max(thing.rect.bottom for thing in board.feet)
    things = (
        *(thing.moved(place.x, place.y) for thing in board.words),
        *(thing.moved(place.x, foot) for thing in board.feet),
    )
    children = (
        _house(plot, Rect(x, lines.roofs, wide, lines.boards - m.u(TIP) - lines.roofs)),
        Thing("group", "", place, look="board", children=things),
        _mark(plot, Rect(x, whole.y - m.u(MARK), wide, whole.h + m.u(MARK))),
    )
    return _named(plot, whole, children)


def _named(plot: Plot, rect: Rect, children: tuple[Thing, ...]) -> Thing:
    """A plot as one thing: the mouse presses its main button anywhere on it."""
    return Thing("group", plot.name, rect, key=f"plot-{plot.place}", stands_for=plot.keys, children=children)


def _mark(plot: Plot, rect: Rect) -> Thing:
    """What is seen around a plot while one of its buttons has the focus."""
    return Thing("decoration", "", rect, look="plot", detail="\n".join(plot.keys))


def _house(plot: Plot, rect: Rect) -> Thing:
    """The house at its place; which front and door it has follows from its place in the course."""
    value = f"{plot.state} {_painted('door', DOORS, plot.place)} {_painted('wall', WALLS, plot.place // len(FRONTS))}"
    return Thing("decoration", "", rect, look="part", detail=FRONTS[plot.place % len(FRONTS)], value=value.strip())


def _painted(what: str, colours: Sequence[tuple[str, ...]], place: int) -> str:
    """What a house is given anew, as the kit's words for a thing and its shadow."""
    pair = colours[place % len(colours)]
    return " ".join(f"{what}{end}={{{name}}}" for end, name in zip(("", "_sh"), pair, strict=False))


def _green(m: Metrics, at: Ground, plots: int, lines: _Lines) -> list[Thing]:
    """Trees and lamps where no house stands, as far as there is room: at both sides, outwards from the houses. Behind
    the first row is the town."""
    tall, foot = lines.pavement - lines.roofs, lines.pavement + (lines.boards - lines.pavement) // 4
    built = at.x + plots * at.wide
    sides = ((at.x, -1, at.x), (built, 1, m.width - built))
    things = []
    for edge, way, room in sides:
        used = 0
        for name, canvas, part in cycle(GREEN):
            h = round(tall * part)
            w = round(h * canvas[0] / canvas[1])
            if used + w > room:
                break
            x = edge + used if way > 0 else edge - used - w
            things.append(Thing("decoration", "", Rect(x, foot - h, w, h), look="part", detail=name))
            used += w + m.u(8)
    return things


# ---- words first ------------------------------------------------------------


def _words_first(content: Flow, arcs: Sequence[tuple[str, Sequence[Plot]]]) -> None:
    """One card below another, with the house at its right where there is room beside the words."""
    for title, plots in arcs:
        content.gap(ABOVE)
        if title:
            _plate(content, title)
            content.gap(8)
        for plot in plots:
            _card(content, plot)
            content.gap(16)


def _card(content: Flow, plot: Plot) -> None:
    m = content.m
    pad = max(m.u(PAD + MARK + 2), CARD_PAD)
    wide = min(content.width // 3, m.u(WIDE))
    beside = content.width - wide - 3 * pad >= _least(m)
    inner = Flow(m, content.x + pad, content.y + pad, content.width - 2 * pad - (wide + pad if beside else 0))
    plot.write(inner)
    inner.gap(10)
    inner.row(plot.buttons)
    tall = round(wide * CANVAS[1] / CANVAS[0]) if beside else 0
    rect = Rect(content.x, content.y, content.width, max(inner.y - content.y, tall + pad) + pad)
    house = [_house(plot, Rect(rect.right - pad - wide, rect.bottom - pad - tall, wide, tall))] if beside else []
    card = Thing("group", "", rect, look="card", children=(*house, *inner.things))
    content.add(_named(plot, rect, (card, _mark(plot, rect))))


def _least(m: Metrics) -> int:
    """The least width of a board's lines in real pixels."""
    return LINE * m.px("body")
