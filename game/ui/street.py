"""Owns how a street is drawn: its pavement and road, the bank behind it, name plates, boards, the mark of a plot.

Never lays out, never knows what stands on it. Houses, trees and lamps are parts of the kit, drawn as any part is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

import pygame

from game.ui import theme
from game.ui.tree import Rect, Thing

if TYPE_CHECKING:
    from game.ui.paint import Painter

CANVAS: Final = 640
"""The width of a house's canvas, in which the measures of its pavement are given."""

BANDS: Final = ((theme.SLAB_SH, 0, 6), (theme.SLAB, 6, 30), (theme.KERB, 30, 41), (theme.GUTTER, 41, 48))
"""The bands from the wall to the road: colour, upper and lower edge."""

SLABS: Final = (6, 30)
JOINTS: Final = ((40, 28), (120, 112), (200, 195), (280, 278), (360, 362), (440, 445), (520, 528), (600, 612))
"""The upper and lower ends of the joints between the slabs: how far down, and how far from the canvas's left edge."""

DASHES: Final = 4
"""Dashes of the line in the middle of the road, for the width of a house."""

BEYOND: Final = 12
"""Logical pixels by which a road goes on below."""

BUSH: Final = 18
"""Logical height of a hedge."""


def _pavement(painter: Painter, thing: Thing) -> None:
    """Pavement, kerb and road across the window, as the houses have them: `detail` is the left edge of one and its
    width, so that slabs and kerb go on where the houses end. The road goes on a little below, as a page scrolls a
    little past its end."""
    fill, rect = painter.surface.fill, thing.rect
    left, wide = map(int, thing.detail.split())
    size = wide / CANVAS
    fill(theme.ROAD, Rect(rect.x, rect.y, rect.w, rect.h + painter.metrics.u(BEYOND)))
    for colour, top, bottom in BANDS:
        y = rect.y + round(top * size)
        fill(colour, Rect(rect.x, y, rect.w, rect.y + round(bottom * size) - y))
    middle = rect.y + (round(BANDS[-1][2] * size) + rect.h) // 2
    for x in range(left % wide - wide, rect.right, wide):
        for dash in range(DASHES):
            fill(theme.KERB, Rect(x + dash * wide // DASHES, middle, wide // DASHES // 2, max(2, round(7 * size))))
        for upper, lower in JOINTS:
            line = (x + upper * size, rect.y + SLABS[0] * size), (x + lower * size, rect.y + SLABS[1] * size)
            pygame.draw.line(painter.surface, theme.SLAB_JOINT, *line, max(1, round(3 * size)))


def _bank(painter: Painter, thing: Thing) -> None:
    """The slope between a street and the one below it, with a hedge along the road, a little over its edge."""
    u, rect = painter.metrics.u, thing.rect
    painter.surface.fill(theme.GRASS, rect)
    painter.surface.fill(theme.HEDGE, Rect(rect.x, rect.y, rect.w, u(BUSH)))
    for place, x in enumerate(range(rect.x, rect.right + u(BUSH), max(1, u(BUSH)))):
        pygame.draw.circle(painter.surface, theme.HEDGE, (x, rect.y + u(3 * (place % 3))), u(BUSH) * 2 // 3)


def _board(painter: Painter, thing: Thing) -> None:
    """The board in front of a house, with a corner that points up at its door."""
    u, rect = painter.metrics.u, thing.rect
    painter.box(rect, u(14), theme.PAPER, shadow=u(6))
    x, tip = rect.centre[0], u(11)
    pygame.draw.polygon(painter.surface, theme.PAPER, [(x - tip, rect.y + 1), (x, rect.y - tip), (x + tip, rect.y + 1)])


def _plate(painter: Painter, thing: Thing) -> None:
    """The plate with a street's name."""
    u = painter.metrics.u
    painter.box(thing.rect, u(7), theme.TEAL_DK)
    painter.box(thing.rect.grown(-max(2, u(2.5))), u(5), theme.CARD)


def _plot(painter: Painter, thing: Thing) -> None:
    """The mark of a house with its board, while one of the things named by `detail` (a line each) has the focus, or
    the mouse."""
    u, rect, keys = painter.metrics.u, thing.rect, thing.detail.split("\n")
    if painter.focus in keys:
        painter.frame(rect, u(18), theme.TEAL_DK, max(6, u(9)))
        painter.frame(rect.grown(-max(1, u(1.5))), u(17), theme.AMBER, max(4, u(6)))
    elif painter.hover in keys:
        painter.frame(rect, u(18), theme.TEAL_DK, max(2, u(3)))


STREET: Final[Mapping[str, Callable[[Painter, Thing], None]]] = {
    "pavement": _pavement,
    "bank": _bank,
    "board": _board,
    "plate": _plate,
    "plot": _plot,
}
"""How each look of a street is drawn."""
