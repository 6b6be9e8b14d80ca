"""Owns drawing what a run looked like: its road, a fork of it, the square of the two roles, a bar. Never lays out, and
never knows what a run is.

The shapes are those of `game.pictures`; here they get the house's colours, their numbers, and real pixels.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pygame

from game.pictures import Chart, Inks, bar, fork, fork_of, road, square, track_of
from game.ui import theme
from game.ui.tree import Rect, Thing

if TYPE_CHECKING:
    from game.ui.paint import Painter

INKS: Final = Inks(theme.TEAL_DK, theme.CONTROL, theme.CARD, theme.LINE, theme.AMBER)

KEPT: Final = 24
"""Drawings kept; a page has two or three."""


def _share(painter: Painter, thing: Thing) -> None:
    """A bar filled from the left; `detail` is the part filled, 0 to 1."""
    _show(painter, thing.rect, bar(float(thing.detail), thing.rect.w, thing.rect.h, INKS))


def _square(painter: Painter, thing: Thing) -> None:
    """The square of the two roles and a run's line on it. `detail` holds the points, as 'across,up across,up', each 0
    to 1; `value` the radius of a point, in real pixels."""
    points = [(float(x), float(y)) for x, y in (place.split(",") for place in thing.detail.split())]
    radius = float(thing.value)
    _show(painter, thing.rect, square(points, thing.rect.w, radius, INKS), radius)


def _road(painter: Painter, thing: Thing) -> None:
    """A run's road; `detail` is its track, in pixels from the thing's upper left corner."""
    track = track_of(thing.detail)
    _show(painter, thing.rect, road(track, INKS), track.radius)


def _fork(painter: Painter, thing: Thing) -> None:
    """One decision as a fork; `detail` is the fork, in pixels from the thing's upper left corner."""
    parts = fork_of(thing.detail)
    _show(painter, thing.rect, fork(parts, INKS), parts.radius)


CHARTS: Final[Mapping[str, Callable[[Painter, Thing], None]]] = {
    "share": _share,
    "square": _square,
    "road": _road,
    "fork": _fork,
}
"""How each look of this kind is drawn."""


def _show(painter: Painter, rect: Rect, chart: Chart, radius: float = 0.0) -> None:
    """Draw the shapes, and the numbers upon them, as high as fits a stop of that radius."""
    painter.show(_drawn(chart.shapes, rect.w, rect.h), rect[:2])
    px = max(1, round(radius * 1.2))
    for label in chart.labels:
        colour = theme.CARD if label.on_strong else theme.TEAL_DK
        letters = painter.metrics.type.drawn(label.words, "semibold", px, colour)
        x, y = rect.x + round(label.x), rect.y + round(label.y)
        painter.show(letters, (x - letters.get_width() // 2, y - letters.get_height() // 2))


@lru_cache(maxsize=KEPT)
def _drawn(shapes: str, w: int, h: int) -> pygame.Surface:
    whole = f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}">{shapes}</svg>'
    return pygame.image.load(io.BytesIO(whole.encode()), "chart.svg")
