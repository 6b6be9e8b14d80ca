"""Owns how a map is drawn: its roads and boxes as SVG shapes, without letters. Never sets words or lays out.

One drawing for the window and for files. It keeps to what the window's own renderer knows: paths, rounded boxes,
dashes, transforms, plain colours. Kinds and states differ in shape and line as well as in colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from game.authoring.graph import Box, Kind, Road
from game.authoring.layers import Curve, Point

INK: Final = "#17252e"
INK_SOFT: Final = "#43545e"
PAPER: Final = "#fbf7f0"
CARD: Final = "#ffffff"
LINE: Final = "#d9d0c2"
CONTROL: Final = "#75848c"
TEAL_DK: Final = "#0b3e44"
TEAL_TINT: Final = "#e4f0ef"
PLUM: Final = "#6b3f69"
AMBER: Final = "#f2b544"
AMBER_TINT: Final = "#fdf1d8"


@dataclass(frozen=True, slots=True)
class Fill:
    """How a kind of box is drawn: its ground, its outline, how thick that is, how round its corners are."""

    ground: str
    outline: str
    thick: float
    radius: float


FILLS: Final[Mapping[Kind, Fill]] = {
    "passage": Fill(CARD, CONTROL, 0.8, 5),
    "decision": Fill(TEAL_DK, TEAL_DK, 0.8, 5),
    "choice": Fill(TEAL_TINT, TEAL_TINT, 0.8, 5),
    "way": Fill(PAPER, LINE, 0.9, 9),
    "ending": Fill(AMBER_TINT, CONTROL, 0.8, 15),
    "todo": Fill(PAPER, CONTROL, 0.8, 5),
}
"""The look of each kind of box."""

INKS: Final[Mapping[str, str]] = {
    "name": INK_SOFT,
    "ask": INK,
    "words": INK,
    "sign": TEAL_DK,
    "ending": TEAL_DK,
    "decision": CARD,
}
"""The colour of each style's letters; all letters of a decision have one of their own."""

_SIGNS: Final[Mapping[str, str]] = {
    "role-manager": "M4 4 H20 V20 H4 Z",
    "role-leader": "M12 3 A9 9 0 1 0 12 21 A9 9 0 1 0 12 3 Z",
    "role-both": "M1 7 H11 V17 H1 Z M19 6.5 A5.5 5.5 0 1 0 19 17.5 A5.5 5.5 0 1 0 19 6.5 Z",
    "role-neither": "M4 12 H20",
}
"""The signs of the roles, on a grid of 24: a square, a circle, both, a dash."""

_TONES: Final[Mapping[str, float]] = {
    "tone-bad": 5,
    "tone-mixed-bad": 10.5,
    "tone-mixed": 16,
    "tone-mixed-good": 21.5,
    "tone-good": 27,
}
"""Where the bead of a tone's sign lies on its line, from what was lost at the left to what was gained."""

SIGNS: Final = (*_SIGNS, *_TONES)
"""Every sign there is."""

OUTLINE: Final = 2.5
"""How far the outline of a box that is being read goes beyond it, in the map's units."""

ARROW: Final = 5.0
"""The length of an arrow's head, in the map's units."""


def roads_shape(roads: Iterable[Road], *, routed: bool) -> str:
    """The roads; where a run lies over the map, the road it took thick, with a line down its middle, over the rest."""
    roads = list(roads)
    plain = [road for road in roads if not road.taken]
    taken = [road for road in roads if road.taken]
    return "".join(
        [
            *_strokes((road for road in plain if road.back), PLUM, 0.9 if routed else 1.3),
            *_strokes((road for road in plain if not road.back), CONTROL, 0.9 if routed else 1.3),
            *(_head(road, PLUM if road.back else CONTROL, 1.0) for road in plain),
            *_strokes(taken, TEAL_DK, 5.0),
            *_strokes(taken, AMBER, 1.1, dashes="5 4"),
            *(_head(road, TEAL_DK, 1.7) for road in taken),
        ]
    )


def _strokes(roads: Iterable[Road], colour: str, thick: float, dashes: str = "") -> Iterator[str]:
    """Roads of one colour; where several run together, that part is drawn once, or dashes would fill up."""
    drawn: set[tuple[Point, ...]] = set()
    for road in roads:
        path = _path(road.curve, drawn)
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        if path:
            yield (
                f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{thick}" '
                f'stroke-linecap="{"butt" if dashes else "round"}" stroke-linejoin="round"{dashed}/>'
            )


def _path(curve: Curve, drawn: set[tuple[Point, ...]]) -> str:
    """The pieces of a curve that were not drawn yet, which they now are."""
    pieces = []
    here, pen = curve[0], None
    for piece in zip(curve[1::3], curve[2::3], curve[3::3], strict=True):
        if (here, *piece) not in drawn:
            drawn.add((here, *piece))
            pieces.append("" if pen == here else f"M{_at(here)}")
            pieces.append(f"C{_at(piece[0])} {_at(piece[1])} {_at(piece[2])}")
            pen = piece[2]
        here = piece[2]
    return "".join(pieces)


def _at(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _head(road: Road, colour: str, size: float) -> str:
    """An arrow's head at the road's end; none where a box hangs straight under its own."""
    if road.stub:
        return ""
    x, y = road.curve[-1]
    long, half = ARROW * size, ARROW * size * 0.55
    return f'<path d="M{x:.1f} {y:.1f}L{x - half:.1f} {y - long:.1f}L{x + half:.1f} {y - long:.1f}Z" fill="{colour}"/>'


def box_shape(box: Box) -> str:
    """One box, with the sign of its role or tone.

    What cannot be reached has a dashed outline, what a run took a thick one.
    """
    fill = FILLS[box.kind]
    outline, thick, ground = fill.outline, fill.thick, fill.ground
    dashes = ""
    if box.taken:
        outline, thick = TEAL_DK, 2.2
    if not box.reached:
        outline, dashes, ground = CONTROL, ' stroke-dasharray="4 3"', PAPER
    radius = min(fill.radius, box.height / 2)
    shape = (
        f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" rx="{radius:.1f}" '
        f'fill="{ground}" stroke="{outline}" stroke-width="{thick}"{dashes}/>'
    )
    return shape + (sign_shape(box.sign, box.x + box.sign_at[0], box.y + box.sign_at[1]) if box.sign else "")


def outline_shape(box: Box) -> str:
    """A thick outline around a box: the one that is being read."""
    return (
        f'<rect x="{box.x - 1:.1f}" y="{box.y - 1:.1f}" width="{box.width + 2:.1f}" height="{box.height + 2:.1f}" '
        f'rx="{min(FILLS[box.kind].radius, box.height / 2) + 1:.1f}" fill="none" stroke="{TEAL_DK}" '
        f'stroke-width="{2 * OUTLINE - 2}"/>'
    )


def sign_shape(sign: str, x: float, y: float) -> str:
    """The sign of a role or a tone (a row of `SIGNS`), ten units high, from its upper left corner."""
    pen = f'fill="none" stroke="{TEAL_DK}" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"'
    place = f'transform="translate({x:.1f} {y:.1f}) scale(0.4)"'
    if sign in _SIGNS:
        return f'<path {place} d="{_SIGNS[sign]}" {pen}/>'
    bead = f'<circle {place} cx="{_TONES[sign]}" cy="12" r="5" fill="{TEAL_DK}"/>'
    return f'<path {place} d="M2 12 H30" {pen}/>{bead}'


def letters_of(box: Box, style: str) -> str:
    """The colour of a style's letters in a box."""
    return INKS["decision"] if box.kind == "decision" and box.reached else INKS[style]
