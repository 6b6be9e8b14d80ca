"""Owns the big type of a projector: blocks of words, options with their letters, a ring of time, and how blocks fill
one leaf after another. Never knows a step of a session.

Sizes are the theme's `room-…` styles, which depend on the window's height alone. What does not fit on a leaf goes to
the next one: letters never get smaller.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from game.ui import Metrics, Rect, Thing, plain

SIDE: Final = 44
"""Logical pixels kept free at the left and right of a projector's page."""

AMBER: Final = "#f2b544"
TEAL_DK: Final = "#0b3e44"
TRACK: Final = "#d9d0c2"
PAPER: Final = "#fbf7f0"
INK: Final = "#17252e"


@dataclass(frozen=True, slots=True)
class Block:
    """Some things that stay together, laid out from the height 0; `gap` is what is free above them on a leaf."""

    things: tuple[Thing, ...]
    high: int
    gap: int = 0

    def at(self, x: int, y: int) -> tuple[Thing, ...]:
        """The things, there."""
        return tuple(thing.moved(x, y) for thing in self.things)


def tall(m: Metrics, logical: float) -> int:
    """Real pixels for a length in logical units of the window's height, as the styles for the back row have them."""
    return round(logical * (m.height + m.taken) / 720)


def words(m: Metrics, text: str, style: str, width: int, high: int, *, gap: float = 14, key: str = "") -> list[Block]:
    """A paragraph as blocks: one, or as many as it takes where it is higher than `high`."""
    if not text.strip():
        return []
    whole = m.text(text, style, Rect(0, 0, width, 0), key=key)
    paragraph = whole.text
    assert paragraph is not None
    fits = max(1, high // paragraph.step)
    if len(paragraph.lines) <= fits:
        return [Block((whole,), paragraph.height, tall(m, gap))]
    blocks = []
    for start in range(0, len(paragraph.lines), fits):
        lines = paragraph.lines[start : start + fits]
        part = replace(paragraph, lines=lines, height=paragraph.step * len(lines))
        said = " ".join(run.text for line in lines for run in line)
        thing = replace(whole, name=plain(said), rect=Rect(0, 0, whole.rect.w, part.height), text=part)
        blocks.append(Block((thing,), part.height, tall(m, gap)))
    return blocks


def badge(m: Metrics, letter: str, rect: Rect, colour: str = TEAL_DK, style: str = "room-letter") -> Thing:
    """A letter in a box of that colour."""
    paragraph = m.type.paragraph(letter, style, m.px(style), 10_000)
    return Thing("text", letter, rect, look="badge", detail=colour, text=paragraph)


def option(
    m: Metrics, letter: str, text: str, width: int, *, style: str = "room-choice", colour: str = TEAL_DK
) -> Block:
    """An option: its letter in a box at the left, its words beside it."""
    line = m.line_height(style)
    side = max(line, m.line_height("room-letter"))
    gap = tall(m, 18)
    told = m.text(text, style, Rect(side + gap, 0, width - side - gap, 0))
    high = max(side, told.rect.h)
    mark = badge(m, letter, Rect(0, 0, side, side), colour, "room-letter")
    return Block((mark, told.moved(0, (high - told.rect.h) // 2 if told.rect.h < side else 0)), high, tall(m, 16))


def packed(blocks: Sequence[Block], high: int) -> list[list[Block]]:
    """The blocks, as many to a leaf as fit one above the other."""
    leaves: list[list[Block]] = []
    used = 0
    for block in blocks:
        wanted = block.high + (block.gap if leaves and leaves[-1] else 0)
        if not leaves or used + wanted > high:
            leaves.append([])
            used, wanted = 0, block.high
        leaves[-1].append(block)
        used += wanted
    return leaves


def height(blocks: Sequence[Block]) -> int:
    """How high a leaf of these blocks is."""
    return sum(block.high + (block.gap if place else 0) for place, block in enumerate(blocks))


def laid(blocks: Sequence[Block], x: int, y: int) -> list[Thing]:
    """The blocks, one above the other from that place."""
    things: list[Thing] = []
    for place, block in enumerate(blocks):
        y += block.gap if place else 0
        things += block.at(x, y)
        y += block.high
    return things


def spread(blocks: Sequence[Block], x: int, y: int, high: int) -> list[Thing]:
    """The blocks over a height, with the room that is left shared between them (as far as it looks well)."""
    spare = max(0, high - height(blocks))
    more = min(spare // (len(blocks) + 1), max((block.high for block in blocks), default=0) // 2)
    wider = [replace(block, gap=block.gap + more) for block in blocks]
    return laid(wider, x, y + min(spare - more * (len(blocks) - 1), more))


def band(m: Metrics, told: str, typed: str = "") -> list[Thing]:
    """A band at the foot of the window with words on it, and a line as it was typed; nothing where there are none."""
    if not told:
        return []
    x = m.u(SIDE)
    wide = m.width - 2 * x
    said = m.text(told, "room-bold", Rect(0, 0, wide, 0), role="status")
    things = [said.moved((m.width - said.rect.w) // 2, 0)]
    if typed:
        line = literal(m, typed, "room-bold", wide)
        things += line.at((m.width - max(thing.rect.w for thing in line.things)) // 2, said.rect.h)
    high = things[-1].rect.bottom + tall(m, 8)
    rect = Rect(0, m.height - high, m.width, high)
    ground = Thing("decoration", "", rect, look="plain", detail=AMBER)
    return [ground, *(thing.moved(0, rect.y + tall(m, 4)) for thing in things)]


def literal(m: Metrics, text: str, style: str, width: int) -> Block:
    """Words exactly as they are, every sign and space: a password. Broken after a space, or wherever a line is full."""
    things: list[Thing] = []
    y = 0
    while text:
        fits = next((n for n in range(len(text), 1, -1) if m.width_of(text[:n], style) <= width), 1)
        space = text.rfind(" ", 0, fits) + 1
        fits = space if fits < len(text) and space > fits // 2 else fits
        things.append(m.line(text[:fits], style, 0, y))
        text, y = text[fits:], things[-1].rect.bottom
    return Block(tuple(things), y, tall(m, 14))


def ring(rect: Rect, part: float, colour: str, track: str = TRACK) -> Thing:
    """A ring of which `part` (0 to 1) is left, from the top and clockwise."""
    side = min(rect.w, rect.h)
    thick = max(4.0, side * 0.09)
    radius = side / 2 - thick / 2 - 1
    c = side / 2
    shapes = f'<circle cx="{c}" cy="{c}" r="{radius:.1f}" fill="none" stroke="{track}" stroke-width="{thick:.1f}"/>'
    if part >= 0.999:
        shapes += shapes.replace(track, colour)
    elif part > 0:
        angle = 2 * math.pi * part
        x, y = c + radius * math.sin(angle), c - radius * math.cos(angle)
        large = 1 if part > 0.5 else 0
        shapes += (
            f'<path d="M {c:.1f} {c - radius:.1f} A {radius:.1f} {radius:.1f} 0 {large} 1 {x:.1f} {y:.1f}" '
            f'fill="none" stroke="{colour}" stroke-width="{thick:.1f}" stroke-linecap="round"/>'
        )
    return Thing("decoration", "", Rect(rect.x, rect.y, side, side), look="drawing", detail=shapes)


def arrow(rect: Rect, way: int, colour: str) -> Thing:
    """An arrow upwards (1), downwards (-1), or a line across where nothing changed (0)."""
    w, h = rect.w, rect.h
    if way == 0:
        line = f"M {w * 0.15:.1f} {h / 2:.1f} H {w * 0.85:.1f}"
        shapes = f'<path d="{line}" stroke="{colour}" stroke-width="{h * 0.16:.1f}"/>'
    else:
        tip, foot = (h * 0.1, h * 0.9) if way > 0 else (h * 0.9, h * 0.1)
        line = f"M {w / 2:.1f} {tip:.1f} L {w * 0.9:.1f} {foot:.1f} L {w * 0.1:.1f} {foot:.1f} Z"
        shapes = f'<path d="{line}" fill="{colour}"/>'
    return Thing("decoration", "", rect, look="drawing", detail=shapes)


def onwards(rect: Rect, colour: str) -> Thing:
    """An arrow to the right: from before to after."""
    w, h = rect.w, rect.h
    y, head = h / 2, min(w * 0.4, h * 0.45)
    shapes = (
        f'<path d="M {w * 0.04:.1f} {y:.1f} H {w * 0.9:.1f} M {w * 0.94 - head:.1f} {y - head:.1f} L {w * 0.94:.1f} '
        f'{y:.1f} L {w * 0.94 - head:.1f} {y + head:.1f}" fill="none" stroke="{colour}" stroke-width="{h * 0.11:.1f}" '
        f'stroke-linecap="round" stroke-linejoin="round"/>'
    )
    return Thing("decoration", "", rect, look="drawing", detail=shapes)
