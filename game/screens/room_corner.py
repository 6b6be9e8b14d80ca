"""Owns the small code for who comes late: where on a projector's page there is room for it. Never covers a word, a
picture or a person; where nothing is free it is not shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Final

from game.net import Opened, code_of
from game.screens.room_join import drawn, spelt
from game.screens.room_type import height, laid, tall, words
from game.ui import Metrics, Rect, Thing
from game.words import say

SIDES: Final = (0.36, 0.3, 0.25, 0.2)
"""The code's side as a part of the window's height."""


def cornered(m: Metrics, root: Thing, opened: Opened) -> Thing:
    """The page with the code and its address in a corner that is free; the page as it is where none is."""
    taken = list(_taken(root))
    edge = tall(m, 14)
    for card in _cards(m, opened):
        w, h = card[0].rect.w, card[0].rect.h
        for x, y in product((m.width - edge - w, edge), (m.height - edge - h, edge)):
            spot = Rect(x, y, w, h)
            if spot.within(m.window) and not any(_meet(spot.grown(edge), other) for other in taken):
                return replace(root, children=(*root.children, *(thing.moved(x, y) for thing in card)))
    return root


def _cards(m: Metrics, opened: Opened) -> Iterator[list[Thing]]:
    """White cards with the code and the address, the larger code first; the address below it, and beside it."""
    code, pad = code_of(opened.typed), tall(m, 10)
    modules = sorted({max(2, round(m.height * part) // code.size) for part in SIDES}, reverse=True)
    for module, way, beside in product(modules, spelt(opened), (False, True)):
        side = module * code.size
        said = words(m, way, "room-bold", m.width, m.height)
        wide, high = said[0].things[0].rect.w, height(said)
        size = (side + wide + pad, max(side, high)) if beside else (max(side, wide + 2 * pad), side + high)
        place = (side, (size[1] - high) // 2) if beside else ((size[0] - wide) // 2, side - pad)
        ground = Thing("decoration", "", Rect(0, 0, *size), key="corner-card", look="plain", detail="#ffffff")
        at = Rect(0 if beside else (size[0] - side) // 2, (size[1] - side) // 2 if beside else 0, side, side)
        name = say("phones.code", address=opened.typed)
        yield [ground, drawn(code, at, name, "corner"), *laid(said, *place)]


def _taken(root: Thing) -> Iterator[Rect]:
    """Where there is something on the page already; calm paper is nothing."""
    for thing in root.walk():
        if thing is root or (thing.key == "ground" and thing.look == "plain"):
            continue
        if thing.text is not None:
            yield Rect(thing.rect.x, thing.rect.y, thing.rect.w, max(thing.rect.h, thing.text.height))
        elif thing.look:
            yield thing.rect


def _meet(one: Rect, other: Rect) -> bool:
    shared = one.meet(other)
    return shared.w > 0 and shared.h > 0
