"""Owns the projector's page of who moved between two rounds: from which letter to which, how many, who stayed. Never
counts; where too few voted by phone there is no `WhoMoved`, and so no such page.
"""

from __future__ import annotations

from typing import Final

from game.screens.room_slide import Leaf, Slide, eased, paper
from game.screens.room_type import INK, TEAL_DK, Block, arrow, badge, height, onwards, packed, tall, words
from game.training import WhoMoved
from game.ui import Rect, Thing
from game.words import say

COLUMN: Final = 4
"""Ways that stand one below the other; more of them stand in two columns, or three where they have room."""


def who_moved(slide: Slide, who: WhoMoved) -> list[Leaf]:
    """The ways that people went, the most taken first, each as two letters and a number; then who stayed."""
    m = slide.m
    title = m.text(say("present.who-moved"), "room-title", Rect(0, 0, slide.width, 0), role="heading")
    head = Block((title,), title.rect.h)
    rows = [*_ways(slide, who), _stayed(slide, who)]
    leaves = packed(rows, slide.high - head.high - tall(m, 20))
    return [(paper(slide), *eased(slide, [head, *leaf])) for leaf in leaves]


def _ways(slide: Slide, who: WhoMoved) -> list[Block]:
    """A row for each way, or for two or three of them; all bars are drawn to one scale."""
    m = slide.m
    gap = m.u(48)
    number = max((m.width_of(str(heads), "room-ask") for _, _, heads in who.ways), default=0)
    least = 3 * m.line_height("room-letter") + 4 * tall(m, 16) + number
    most = max(1, (slide.width + gap) // (least + gap))
    abreast = min(most, -(-len(who.ways) // COLUMN)) or 1
    wide = (slide.width - gap * (abreast - 1)) // abreast
    cells = [_way(slide, way, wide, number, who.ways[0][2]) for way in who.ways]
    return [
        Block(
            tuple(cell.moved(place * (wide + gap), 0) for place, cell in enumerate(cells[first : first + abreast])),
            cells[first].rect.h,
            tall(m, 14),
        )
        for first in range(0, len(cells), abreast)
    ]


def _way(slide: Slide, way: tuple[str, str, int], wide: int, number: int, most: int) -> Thing:
    """From one letter to another, how many, and a bar of that; told in a sentence to who cannot see it."""
    m, (one, other, heads) = slide.m, way
    side, gap = m.line_height("room-letter"), tall(m, 16)
    first = badge(m, one, Rect(0, 0, side, side))
    between = Rect(side + gap, side // 4, side, side // 2)
    second = badge(m, other, Rect(between.right + gap, 0, side, side))
    told = m.text(str(heads), "room-ask", Rect(second.rect.right + 2 * gap, 0, wide, 0))
    told = told.moved(number - told.rect.w, (side - told.rect.h) // 2)
    things = [first, onwards(between, INK), second, told]
    room = wide - told.rect.right - gap
    if room >= tall(m, 40):
        bar = Rect(told.rect.right + gap, side // 4, max(1, round(room * heads / most)), side - 2 * (side // 4))
        things.append(Thing("decoration", "", bar, look="plain", detail=TEAL_DK))
    return Thing(
        "group", say("room.went", heads=heads, one=one, other=other), Rect(0, 0, wide, side), children=(*things,)
    )


def _stayed(slide: Slide, who: WhoMoved) -> Block:
    """How many stayed, below a rule; then of how many that is, and who is not among them."""
    m = slide.m
    side = m.line_height("room-letter")
    rule = Thing("decoration", "", Rect(0, 0, slide.width, max(2, tall(m, 3))), look="plain", detail=TEAL_DK)
    y = rule.rect.bottom + tall(m, 12)
    mark = arrow(Rect(0, y, side, side), 0, INK)
    told = m.text(say("present.stayed", heads=who.stayed), "room-ask", Rect(side + tall(m, 16), y, slide.width, 0))
    of = say("present.of-twice", twice=who.twice)
    of = f"{of} {say('room.apart', heads=who.apart)}" if who.apart else of
    below = words(m, of, "room-soft", slide.width, slide.high)
    things = [rule, mark, told, *below[0].at(0, told.rect.bottom + tall(m, 6))]
    high = told.rect.bottom + tall(m, 6) + height(below[:1])
    named = say("room.stayed", heads=who.stayed, twice=who.twice)
    return Block((Thing("group", named, Rect(0, 0, slide.width, high), children=tuple(things)),), high, tall(m, 22))
