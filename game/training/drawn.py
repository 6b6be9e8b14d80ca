"""Owns the drawings of a run as they stand in a document: what each says in words, and its SVG for a web page.

The words are the drawing for whoever cannot see it, so they leave nothing out. Never draws, never measures: in a page
the letters are the browser's, and lines are broken by counting.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from textwrap import wrap
from typing import Final

from game.pictures import Chart, Inks, Stop, Track, bar, framed, road, square
from game.training.debriefing import Debrief
from game.training.scoring import Share
from game.words import say

INKS: Final = Inks(strong="#0b3e44", thin="#75848c", ground="#ffffff", line="#d9d0c2", mark="#f2b544")

WIDE: Final = 680
"""Units of a drawing's width in a page; letters are 16 high."""

_LINE: Final = 23
_STOP: Final = 15
_LETTERS: Final = 62
"""Letters to a line of the road: in any common face they fit."""

_TOOK: Final = 'font-weight="600" fill="#17252e"'
_LEFT: Final = 'fill="#43545e"'
_SIDE: Final = 300
_POINT: Final = 12
_BAR: Final = (360, 22)


def road_in_words(told: Debrief) -> tuple[str, ...]:
    """The road of a run, a sentence or two for each decision, and its end."""
    lines = []
    for act in told.acts:
        lines.append(say("road.took", number=act.number, chosen=act.chosen))
        lines += [say("road.left", others=" ".join(act.others))] if act.others else []
    return (*lines, say("road.end", title=told.ending))


def points_in_words(told: Debrief) -> tuple[str, ...]:
    """The line of a run on the square, a sentence for each decision."""
    return tuple(
        say(
            "square.point",
            number=point.number,
            manager=share_in_words(point.manager),
            leader=share_in_words(point.leader),
        )
        for point in told.points
    )


def share_in_words(share: Share) -> str:
    """What was taken of a role, of what was on offer."""
    return say("debrief.share", taken=share.taken, offer=share.on_offer)


def corner_names() -> tuple[str, str, str, str]:
    """The names of the square's corners: upper left, upper right, lower left, lower right."""
    return (
        say("corner.straight-road"),
        say("corner.omni-dexterous"),
        say("corner.passing-through"),
        say("corner.off-road"),
    )


# ---- for a web page ---------------------------------------------------------


def road_svg(told: Debrief) -> str:
    """The road of a run from the top down: what was taken beside each stop, what was left on a branch of it."""
    stops: list[Stop] = []
    words: list[str] = []
    x = y = _STOP + 3.0
    beside = _STOP * 2.0
    aside = x + beside + _STOP * 1.7
    for act in told.acts:
        top = y
        left: list[tuple[float, float]] = []
        y = _set(words, act.chosen, aside, y, _TOOK)
        for other in act.others:
            left.append((aside - 14, y))
            y = _set(words, other, aside, y, _LEFT)
        stops.append(Stop(x, top, tuple(left)))
        y += _LINE / 2
    end = (x, y)
    y = _set(words, told.ending, aside, y, _TOOK)
    chart = road(Track(tuple(stops), end, _STOP, beside), INKS)
    return _page_svg(chart, (0, 0, WIDE, y), " ".join(road_in_words(told)), words)


def _set(words: list[str], text: str, x: float, y: float, kind: str) -> float:
    """Set a text from a line whose middle is at `y`; where the middle of the line after it is."""
    for line in wrap(text.replace("*", ""), _LETTERS) or [""]:
        words.append(f'<text x="{x:g}" y="{y + 5.5:g}" {kind}>{escape(line)}</text>')
        y += _LINE
    return y


def square_svg(told: Debrief) -> str:
    """The square of the two roles with the run's line upon it, its corners named above and below."""
    chart = square([point.place for point in told.points], _SIDE, _POINT, INKS)
    places = ((0, -10, "start"), (_SIDE, -10, "end"), (0, _SIDE + 20, "start"), (_SIDE, _SIDE + 20, "end"))
    words = [
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" {_LEFT}>{escape(name)}</text>'
        for name, (x, y, anchor) in zip(corner_names(), places, strict=True)
    ]
    return _page_svg(chart, (-20, -30, _SIDE + 40, _SIDE + 60), square_in_words(told), words)


def square_in_words(told: Debrief) -> str:
    """All that the square shows: its corners, and the run's line."""
    return " ".join((say("square.says"), *points_in_words(told)))


def bar_svg(share: Share) -> str:
    """A role's share as a bar. Its words stand beside it."""
    return framed(bar(share.part, *_BAR, INKS).shapes, f"0 0 {_BAR[0]} {_BAR[1]}", "")


def _page_svg(chart: Chart, box: tuple[float, float, float, float], says: str, words: Sequence[str]) -> str:
    letters = "".join(
        f'<text x="{label.x:g}" y="{label.y + 5:g}" text-anchor="middle" font-weight="600" '
        f'fill="{INKS.ground if label.on_strong else INKS.strong}">{escape(label.words)}</text>'
        for label in chart.labels
    )
    set_in = '<g font-family="system-ui, sans-serif" font-size="16">'
    shapes = f"{chart.shapes}{set_in}{letters}{''.join(words)}</g>"
    return framed(shapes, " ".join(f"{number:g}" for number in box), says)
