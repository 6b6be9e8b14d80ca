"""Owns where the drawings of a debrief go: faces, the road of a run, a fork of it, the square with its bars. Never
draws, and never works out what happened.

Each drawing is an image whose name says all that it shows; the words beside it are things of their own, so that they
are measured, wrapped and tested like any text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from game.pictures import CANVAS, Fork, Kit, Stop, Track
from game.screens.staging import Shot
from game.training import Act, Debrief, Face, Share, corner_names, road_in_words, share_in_words, square_in_words
from game.ui import Flow, Metrics, Rect, Thing, plain
from game.words import say

ACROSS: Final = 168
"""Logical pixels that a decision of the road must have for the road to go across; with less it goes down."""

END: Final = 150
"""The same for the end of the road and its title."""

SIDE: Final = 300
"""Logical pixels of the square's side."""


# ---- people and places ------------------------------------------------------


def portrait(kit: Kit, face: Face, rect: Rect) -> Thing:
    """Somebody's head in a round frame, or their name on a round ground where there is no picture of them."""
    person = face.person
    says = kit.says(person.portrait)
    name = f"{person.name}, {face.expression}. {says}".strip() if says else f"{person.name}, {face.expression}"
    if kit.face(person.portrait) is None:
        return Thing("image", name, rect, look="named", detail=person.name)
    return Thing("image", name, rect, look="portrait", detail=person.portrait, value=face.expression)


def beside(content: Flow, kit: Kit, face: Face | None, side: int) -> Flow:
    """A column to the right of somebody's portrait, or of the room for one. `stacked` closes it."""
    if face is not None:
        content.things.append(portrait(kit, face, Rect(content.x, content.y, side, side)))
    indent = side + content.m.u(20)
    return Flow(content.m, content.x + indent, content.y, content.width - indent)


def stacked(content: Flow, inner: Flow, least: int = 0) -> None:
    """Put a column's things into the one around it; level by their middles with what is `least` high beside them."""
    spare = max(0, least - (inner.y - content.y))
    content.things += [thing.moved(0, spare // 2) for thing in inner.things]
    content.y = max(inner.y, content.y + least)


def faces(content: Flow, kit: Kit, there: Sequence[Face], side: int) -> None:
    """Portraits in a row, each with its name behind it; they wrap."""
    m = content.m
    x, y = content.x, content.y
    for face in there:
        line = m.line_height("small-bold")
        wide = side + m.u(8) + m.width_of(face.person.name, "small-bold")
        if x > content.x and x + wide > content.x + content.width:
            x, y = content.x, y + max(side, line) + m.u(8)
        content.things.append(portrait(kit, face, Rect(x, y, side, side)))
        left = x + side + m.u(8)
        room = max(1, content.x + content.width - left)
        name = m.text(face.person.name, "small-bold", Rect(left, 0, room, 0))
        content.things.append(name.moved(0, y + max(0, (side - name.rect.h) // 2)))
        x += wide + m.u(20)
        content.y = max(content.y, y + max(side, name.rect.h))


def view(kit: Kit, shot: Shot, rect: Rect) -> Thing | None:
    """A small picture of a place; None where there is none of it."""
    if not kit.has_place(shot.picture):
        return None
    return Thing("image" if shot.alt else "decoration", shot.alt, rect, look="picture", detail=shot.detail)


def view_height(width: int) -> int:
    """How high a picture of a place is at a width."""
    return round(width * CANVAS[1] / CANVAS[0])


# ---- the road ---------------------------------------------------------------


def shortened(m: Metrics, words: str, style: str, width: int, most: int) -> str:
    """The words in at most so many lines of that width, cut at a word where they are longer."""

    def fits(text: str) -> bool:
        return len(m.type.paragraph(text, style, m.px(style), width).lines) <= most

    words = plain(words)
    kept = words.split()
    if fits(words):
        return words
    while len(kept) > 1 and not fits(f"{' '.join(kept)} …"):
        kept.pop()
    return f"{' '.join(kept).rstrip('.,;:')} …"


def road(content: Flow, told: Debrief, opens: str) -> None:
    """The run as a road: a stop for each decision, what was chosen on it, what was not on branches, and its end.

    `opens` is the key of the button that a click on the road presses.
    """
    m = content.m
    pitch = (content.width - m.u(END)) // max(1, len(told.acts))
    across = m.roomy and pitch >= m.u(ACROSS)
    laid = _across(content, told, pitch) if across else _down(content, told)
    first = min((thing.rect.y for thing in laid.words), default=content.y)
    rect = Rect(content.x, min(first, content.y), content.width, laid.bottom - content.y)
    content.add(
        Thing(
            "image",
            " ".join(road_in_words(told)),
            rect,
            key="drawn-road",
            look="road",
            detail=laid.track.written(),
            stands_for=(opens,),
            children=tuple(laid.words),
        )
    )


@dataclass(frozen=True, slots=True)
class _Laid:
    """A road laid out: its track from the drawing's corner, its words on the page, and where it ends on the page."""

    track: Track
    words: list[Thing]
    bottom: int


def _radius(m: Metrics) -> int:
    """The radius of a stop, whose number is in small letters."""
    return round(m.px("small") * 0.9)


def _across(content: Flow, told: Debrief, pitch: int) -> _Laid:
    """From left to right: what was chosen above the road, what was not on branches below it."""
    m, r = content.m, _radius(content.m)
    gap = m.u(16)
    chosen = [_words(m, act.chosen, "small-bold", pitch - gap, 4) for act in told.acts]
    end = _words(m, told.ending, "bold", content.width - pitch * len(told.acts), 3)
    high = max(thing.rect.h for thing in (*chosen, end))
    y = content.y + high + m.u(10) + r
    words: list[Thing] = []
    stops: list[Stop] = []
    bottom = y + r
    for place, (act, took) in enumerate(zip(told.acts, chosen, strict=True)):
        left = content.x + place * pitch
        x = left + r
        words.append(took.moved(left, y - r - m.u(10) - took.rect.h))
        branches, low = _branches(m, act, x, y + r + m.u(14), m.u(26), pitch - r - gap)
        words += [thing for _, thing in branches]
        stops.append(
            Stop(x - content.x, y - content.y, tuple((a - content.x, b - content.y) for (a, b), _ in branches))
        )
        bottom = max(bottom, low)
    left = content.x + pitch * len(told.acts)
    words.append(end.moved(left, y - r - m.u(10) - end.rect.h))
    return _Laid(Track(tuple(stops), (left + r - content.x, y - content.y), r), words, bottom)


def _down(content: Flow, told: Debrief) -> _Laid:
    """From the top down: what was chosen beside each stop, what was not on branches below it."""
    m, r = content.m, _radius(content.m)
    x, y = content.x + r, content.y
    aside = round(r * 1.8)
    left = x + aside + max(m.u(10), r // 2)
    words: list[Thing] = []
    stops: list[Stop] = []

    def beside(text: str, style: str) -> int:
        """Set words beside a stop; where the stop's middle is."""
        nonlocal y
        thing = _words(m, text, style, content.x + content.width - left, 9).moved(left, y)
        step = m.line_height(style)
        if step < 2 * r:
            thing = thing.moved(0, (2 * r - step) // 2)
        words.append(thing)
        middle = thing.rect.y + step // 2
        y = max(thing.rect.bottom, middle + r)
        return middle

    for act in told.acts:
        middle = beside(act.chosen, "bold")
        y += m.u(8)
        branches, y = _branches(m, act, x + aside, y, round(r * 1.4), content.x + content.width - x - aside)
        words += [thing for _, thing in branches]
        ends = tuple((a - content.x, b - content.y) for (a, b), _ in branches)
        stops.append(Stop(x - content.x, middle - content.y, ends))
        y += m.u(18)
    middle = beside(told.ending, "heading")
    return _Laid(Track(tuple(stops), (x - content.x, middle - content.y), r, aside), words, y)


def _branches(
    m: Metrics, act: Act, x: int, y: int, out: int, width: int
) -> tuple[list[tuple[tuple[int, int], Thing]], int]:
    """The roads left at a decision, off a line down at `x`: where each ends, with its words; and how far down they
    reach."""
    branches: list[tuple[tuple[int, int], Thing]] = []
    behind = out + round(_radius(m) * 0.34) + m.u(8)
    for other in act.others:
        thing = _words(m, other, "small", width - behind, 3).moved(x + behind, y)
        branches.append(((x + out, y + m.line_height("small") // 2), thing))
        y = thing.rect.bottom + m.u(10)
    return branches, y


def _words(m: Metrics, words: str, style: str, width: int, most: int) -> Thing:
    return m.text(shortened(m, words, style, max(1, width), most), style, Rect(0, 0, max(1, width), 0))


# ---- a fork -----------------------------------------------------------------


def fork(
    m: Metrics, number: int, rect: Rect, start: tuple[int, int], own: tuple[int, int], other: tuple[int, int]
) -> Thing:
    """One decision as a fork in `rect`: from `start` the road taken goes to `own`, the one not taken to `other`."""
    r = _radius(m)
    places = [(x - rect.x, y - rect.y) for x, y in (start, own, other)]
    parts = Fork(number, places[0], places[1], places[2], r)
    return Thing("decoration", "", rect, look="fork", detail=parts.written())


def fork_height(m: Metrics) -> int:
    """How high a fork is above two columns."""
    return 2 * _radius(m) + m.u(38)


# ---- the square -------------------------------------------------------------


def roles(content: Flow, told: Debrief) -> None:
    """The square with the run's line on it, and bars and words for the roles: side by side where both fit."""
    m = content.m
    radius = round(m.px("small") * 0.7)
    side = max(m.u(SIDE), 16 * radius)
    wide = _named_width(m, side)
    aside = wide + m.u(48)
    if m.roomy and aside + m.u(280) <= content.width:
        column = Flow(m, content.x + aside, content.y, content.width - aside)
        _square(content, told, side, radius, named=True)
        _bars(column, told)
        _corners(column, told)
        content.things += column.things
        content.y = max(content.y, column.y)
        return
    _square(content, told, min(side, content.width), radius, named=wide <= content.width)
    content.gap(20)
    _bars(content, told)
    _corners(content, told)


def _corners(content: Flow, told: Debrief) -> None:
    """The words of the corners the run is in or near, and that roles are not people."""
    content.gap(6)
    for name, says, _ in told.corners:
        content.text(f"{name}. {says}")
    if len(told.corners) > 1:
        content.text(say("debrief.near-middle"), "small")
    content.gap(10)
    content.text(say("square.legend"), "small")
    if told.not_people:
        content.gap(10)
        content.text(f"“{told.not_people}” {told.author}", "small")


def _bars(content: Flow, told: Debrief) -> None:
    """A bar for each role, with what was taken of what was on offer."""
    rows: tuple[tuple[str, Share], ...] = (
        (say("debrief.manager"), told.profile.manager),
        (say("debrief.leader"), told.profile.leader),
    )
    m = content.m
    for label, share in rows:
        words = f"{label}: {share_in_words(share)}"
        content.text(words, "small-ink")
        content.gap(4)
        rect = Rect(content.x, content.y, min(content.width, m.u(420)), m.u(22))
        content.add(Thing("meter", words, rect, look="share", detail=str(share.part), value=share_in_words(share)))
        content.gap(14)


def _named_width(m: Metrics, side: int) -> int:
    """How wide the square is with the names beside its corners."""
    upper_left, upper_right, lower_left, lower_right = (m.width_of(name, "small") + 2 for name in corner_names())
    return max(upper_left, lower_left) + m.u(10) + side + m.u(10) + max(upper_right, lower_right)


def _square(content: Flow, told: Debrief, side: int, radius: int, *, named: bool) -> None:
    """The square with the names of its corners: beside them, or where that is too wide above and below."""
    m, line = content.m, content.m.line_height("small")
    names = corner_names()
    if named:
        left = max(m.width_of(name, "small") + 2 for name in (names[0], names[2])) + m.u(10)
        rect = Rect(content.x + left, content.y, side, side)
        words = [_beside(m, name, rect, place) for place, name in enumerate(names)]
    else:
        rect = Rect(content.x, content.y + 2 * line + m.u(4), side, side)
        rows = (content.y, content.y + line, rect.bottom + m.u(4), rect.bottom + m.u(4) + line)
        words = [
            _level(m, name, Rect(content.x, y, content.width, 0), side, right=place % 2 == 1)
            for place, (name, y) in enumerate(zip(names, rows, strict=True))
        ]
    places = " ".join(f"{across:.4f},{up:.4f}" for across, up in (point.place for point in told.points))
    content.things.append(
        Thing(
            "image",
            square_in_words(told),
            rect,
            key="square",
            look="square",
            detail=places,
            value=str(radius),
            children=tuple(words),
        )
    )
    content.y = max(rect.bottom, *(thing.rect.bottom for thing in words))


def _beside(m: Metrics, name: str, rect: Rect, place: int) -> Thing:
    """A corner's name beside the square: at the left or the right, at its top or its bottom."""
    width = m.width_of(name, "small") + 2
    x = rect.right + m.u(10) if place % 2 else rect.x - m.u(10) - width
    y = rect.bottom - m.line_height("small") if place > 1 else rect.y
    return m.text(name, "small", Rect(x, y, width, 0))


def _level(m: Metrics, name: str, room: Rect, side: int, *, right: bool) -> Thing:
    """A corner's name on a line of its own, at the square's left or right edge."""
    thing = m.text(name, "small", room)
    return thing.moved(max(0, min(room.w, side) - thing.rect.w), 0) if right else thing
