"""Owns the drawings of a run as SVG shapes: its road, one fork of it, the square of the two roles, a bar. Never draws,
never measures words and never knows a story.

The window and the web page of a run show the same shapes. Numbers are no shapes, as pygame's SVG has no letters: a
drawing says where they stand, and whoever shows it sets them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Final, NamedTuple

Place = tuple[float, float]

THICK: Final = 0.55
"""The road taken, as a part of a stop's radius; roads left are thin and broken."""

THIN: Final = 0.17
LAST: Final = 1.35
"""The last point of a run on the square, as a part of the others' radius."""


class Inks(NamedTuple):
    """The colours of a drawing: what was done, what was not, the ground, frames, and what is brought out."""

    strong: str
    thin: str
    ground: str
    line: str
    mark: str


class Label(NamedTuple):
    """A few letters of a drawing, the middle of where they stand, and whether they stand on the strong colour."""

    words: str
    x: float
    y: float
    on_strong: bool


class Chart(NamedTuple):
    """A drawing: its shapes as SVG elements, and the letters to set upon them."""

    shapes: str
    labels: tuple[Label, ...] = ()


class Stop(NamedTuple):
    """One decision of a road: where it stands, and where each of the roads left there ends."""

    x: float
    y: float
    left: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Track:
    """A run as a road: its decisions in order, its end, the radius of a stop, and how far beside a stop the roads left
    there turn off (0 where they turn off below it)."""

    stops: tuple[Stop, ...]
    end: Place
    radius: float
    beside: float = 0.0

    def written(self) -> str:
        """The track as text, for a thing's `detail`."""
        return json.dumps([self.stops, self.end, self.radius, self.beside], separators=(",", ":"))


def track_of(written: str) -> Track:
    """The track that `Track.written` gave."""
    stops, end, radius, beside = json.loads(written)
    told = tuple(Stop(x, y, tuple((a, b) for a, b in left)) for x, y, left in stops)
    return Track(told, (end[0], end[1]), radius, beside)


def road(track: Track, inks: Inks) -> Chart:
    """The road taken as a thick line from stop to stop, the roads left as thin broken lines that end in a ring."""
    r = track.radius
    shapes = [_left(stop, place, track, inks) for stop in track.stops for place in stop.left]
    way = [*((stop.x, stop.y) for stop in track.stops), track.end]
    shapes += [_line(one, other, inks.strong, r * THICK) for one, other in pairwise(way)]
    shapes += [_disc(stop.x, stop.y, r, inks.strong, inks.ground, r * 0.14) for stop in track.stops]
    shapes.append(_end(*track.end, r, inks))
    labels = (Label(str(number), stop.x, stop.y, True) for number, stop in enumerate(track.stops, start=1))
    return Chart("".join(shapes), tuple(labels))


def _left(stop: Stop, place: Place, track: Track, inks: Inks) -> str:
    """A road not taken: off to the side or down, round a corner, and on to its ring."""
    (x, y), r = place, track.radius
    trunk, turn = stop.x + track.beside, r * 0.7
    start = f"M{_n(stop.x)} {_n(stop.y)}"
    if track.beside:
        start += f"H{_n(trunk - turn)}Q{_n(trunk)} {_n(stop.y)} {_n(trunk)} {_n(stop.y + turn)}"
    ring = r * 0.34
    path = f"{start}V{_n(y - turn)}Q{_n(trunk)} {_n(y)} {_n(trunk + turn)} {_n(y)}H{_n(x - ring)}"
    return _broken(path, inks.thin, r) + _disc(x, y, ring, inks.ground, inks.thin, r * THIN)


def _end(x: float, y: float, r: float, inks: Inks) -> str:
    """The end of a road: a square, so that it is known from a stop by its shape."""
    side, inner = r * 2, r * 0.9
    return (
        f'<rect x="{_n(x - r)}" y="{_n(y - r)}" width="{_n(side)}" height="{_n(side)}" rx="{_n(r * 0.3)}" '
        f'fill="{inks.strong}"/><rect x="{_n(x - inner / 2)}" y="{_n(y - inner / 2)}" width="{_n(inner)}" '
        f'height="{_n(inner)}" rx="{_n(r * 0.14)}" fill="{inks.mark}"/>'
    )


@dataclass(frozen=True, slots=True)
class Fork:
    """One decision as a fork: its number, where it stands, and where the road taken and the road left end below it."""

    number: int
    start: Place
    own: Place
    other: Place
    radius: float

    def written(self) -> str:
        """The fork as text, for a thing's `detail`."""
        return json.dumps([self.number, self.start, self.own, self.other, self.radius], separators=(",", ":"))


def fork_of(written: str) -> Fork:
    """The fork that `Fork.written` gave."""
    number, start, own, other, radius = json.loads(written)
    return Fork(number, (start[0], start[1]), (own[0], own[1]), (other[0], other[1]), radius)


def fork(parts: Fork, inks: Inks) -> Chart:
    """Two roads from one place: the one taken thick and whole, the other thin and broken with a ring at its end."""
    r, (x, y), ring = parts.radius, parts.start, parts.radius * 0.34
    left = _parting(parts.start, parts.other, r * 0.9, ring)
    taken = _parting(parts.start, parts.own, r * 0.9, r * THICK / 2)
    shapes = (
        _broken(left, inks.thin, r),
        _disc(*parts.other, ring, inks.ground, inks.thin, r * THIN),
        f'<path d="{taken}" fill="none" stroke="{inks.strong}" stroke-width="{_n(r * THICK)}" stroke-linecap="round"/>',
        _disc(x, y, r, inks.strong, inks.ground, r * 0.14),
    )
    return Chart("".join(shapes), (Label(str(parts.number), x, y, True),))


def _parting(start: Place, end: Place, turn: float, short: float) -> str:
    """A road from a fork: aside, round a corner and down to its end, or a little `short` of it. One below goes down."""
    (x, y), (to, bottom) = start, end
    if to == x:
        return f"M{_n(x)} {_n(y)}V{_n(bottom - short)}"
    side = turn if to > x else -turn
    corner = f"H{_n(to - side)}Q{_n(to)} {_n(y)} {_n(to)} {_n(y + turn)}"
    return f"M{_n(x)} {_n(y)}{corner}V{_n(max(y + turn, bottom - short))}"


def square(points: Sequence[Place], side: float, radius: float, inks: Inks) -> Chart:
    """The square of two shares, cut at half by a thin cross, and a run upon it as a line of numbered points.

    A point is (across, up), each 0 to 1. Points that would cover each other share one mark, which stands at the later
    and names both; the last is larger and ringed.
    """
    edge = max(1.0, radius * 0.14)
    half, inner = side / 2, side - 2 * (radius * LAST + edge)
    shapes = [
        f'<rect x="{_n(edge / 2)}" y="{_n(edge / 2)}" width="{_n(side - edge)}" height="{_n(side - edge)}" '
        f'rx="{_n(radius * 0.6)}" fill="{inks.ground}" stroke="{inks.thin}" stroke-width="{_n(edge)}"/>',
        _line((half, edge), (half, side - edge), inks.line, edge),
        _line((edge, half), (side - edge, half), inks.line, edge),
    ]
    places = [((side - inner) / 2 + inner * x, (side + inner) / 2 - inner * y) for x, y in points]
    shapes += [_line(one, other, inks.strong, radius * 0.3) for one, other in pairwise(places) if one != other]
    labels = []
    for numbers, place in _gathered(places, radius, side):
        last = len(places) in numbers
        mark, label = _mark(numbers, place, radius * (LAST if last else 1.0), last, side, inks)
        shapes.append(mark)
        labels.append(label)
    return Chart("".join(shapes), tuple(labels))


def _gathered(places: Sequence[Place], r: float, side: float) -> list[tuple[list[int], Place]]:
    """The numbers of the points and where each mark stands, the last at the end: marks that would cover each other are
    one, at the later's place."""
    groups = [[number] for number in range(1, len(places) + 1)]
    while True:
        marks = [(numbers, places[numbers[-1] - 1]) for numbers in groups]
        met = next((pair for pair in combinations(marks, 2) if _meet(*pair, r, side)), None)
        if met is None:
            return marks
        both = sorted(met[0][0] + met[1][0])
        groups = sorted([numbers for numbers in groups if numbers[0] not in both] + [both], key=lambda one: one[-1])


def _meet(one: tuple[list[int], Place], other: tuple[list[int], Place], r: float, side: float) -> bool:
    """Whether two marks lie over each other by more than a fifth."""
    (x, w), (u, v) = (_across(numbers, place, r, side) for numbers, place in (one, other))
    return abs(x - u) < 0.8 * (w + v) / 2 and abs(one[1][1] - other[1][1]) < 1.6 * r


def _across(numbers: Sequence[int], place: Place, r: float, side: float) -> tuple[float, float]:
    """The middle and the width of a mark, kept within the square."""
    wide = r * 2 + r * 0.62 * (len(_numbers(numbers)) - 1)
    return min(max(place[0], wide / 2), side - wide / 2), wide


def _mark(numbers: Sequence[int], place: Place, r: float, last: bool, side: float, inks: Inks) -> tuple[str, Label]:
    words = _numbers(numbers)
    x, wide = _across(numbers, place, r, side)
    y = place[1]
    fill, ring, thick = (inks.strong, inks.mark, r * 0.22) if last else (inks.ground, inks.strong, r * 0.16)
    shape = (
        f'<rect x="{_n(x - wide / 2 + thick / 2)}" y="{_n(y - r + thick / 2)}" width="{_n(wide - thick)}" '
        f'height="{_n(2 * r - thick)}" rx="{_n(r - thick / 2)}" fill="{fill}" stroke="{ring}" '
        f'stroke-width="{_n(thick)}"/>'
    )
    return shape, Label(words, x, y, last)


def _numbers(numbers: Sequence[int]) -> str:
    """Numbers in few letters: 1 to 4 for a row of three or more, else one after another."""
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{numbers[0]}–{numbers[-1]}"
    return ", ".join(map(str, numbers))


def bar(part: float, width: float, height: float, inks: Inks) -> Chart:
    """A bar filled from the left; `part` is 0 to 1. Its ends are round, and so is the end of what is filled."""
    edge = max(1.0, height * 0.1)
    r, full = height / 2, width * max(0.0, min(1.0, part))
    frame = (
        f'<rect x="{_n(edge / 2)}" y="{_n(edge / 2)}" width="{_n(width - edge)}" height="{_n(height - edge)}" '
        f'rx="{_n(r - edge / 2)}" fill="{inks.ground}" stroke="{inks.thin}" stroke-width="{_n(edge)}"/>'
    )
    if not full:
        return Chart(frame)
    full = max(full, height)
    return Chart(f'{frame}<rect width="{_n(full)}" height="{_n(height)}" rx="{_n(r)}" fill="{inks.strong}"/>')


def _disc(x: float, y: float, r: float, fill: str, ring: str, thick: float) -> str:
    return (
        f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(r - thick / 2)}" fill="{fill}" stroke="{ring}" '
        f'stroke-width="{_n(thick)}"/>'
    )


def _line(one: Place, other: Place, colour: str, thick: float) -> str:
    return (
        f'<path d="M{_n(one[0])} {_n(one[1])}L{_n(other[0])} {_n(other[1])}" fill="none" stroke="{colour}" '
        f'stroke-width="{_n(thick)}" stroke-linecap="round"/>'
    )


def _broken(path: str, colour: str, r: float) -> str:
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{_n(r * THIN)}" '
        f'stroke-dasharray="{_n(r * 0.5)} {_n(r * 0.4)}"/>'
    )


def _n(number: float) -> str:
    """A number of a path, short."""
    return f"{round(number, 2):g}"
