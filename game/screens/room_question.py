"""Owns the projector's pages of a decision that is open: the question, the silent choice, the cards, the talk. Shows no
number but how many have voted.
"""

from __future__ import annotations

from collections.abc import Sequence

from game.screens.room_sheet import Leaf, Sheet, clock, options, paper, voted_words
from game.screens.room_type import Block, height, laid, packed, spread, tall, words
from game.ui import Rect, Thing
from game.words import say


def question(sheet: Sheet) -> list[Leaf]:
    """The question, and its options below it."""
    return _asked(sheet, [words(sheet.m, sheet.shown.title, "room-ask", sheet.width, sheet.high)], 0)


def silent(sheet: Sheet) -> list[Leaf]:
    """The options, a quiet ring, and what to do. The question goes first where there is no room for it."""
    m = sheet.m
    side = tall(m, 92) if sheet.now.left else 0
    wide = sheet.width - side - m.u(20)
    do = [block for text in sheet.shown.words for block in words(m, text, "room-name", wide, sheet.high)]
    ask = words(m, sheet.shown.title, "room-bold", wide, sheet.high)
    voted = _voted(sheet, "room-soft", wide)
    return _asked(sheet, [[*do, *ask, *voted], [*do, *voted], voted or do, []], side)


def show(sheet: Sheet) -> list[Leaf]:
    """Three, two, one; then a dark page with the options and nothing else, so that people look at each other."""
    m = sheet.m
    if not sheet.now.down:
        kept = [Block((), m.line_height("room-night"))]  # the options stay where they are when a count is told
        return _asked(sheet, [_voted(sheet, "room-night", sheet.width) or kept, []], 0, night=True)
    ground = Thing("decoration", "", m.window, look="night")
    says = [block for text in sheet.shown.words for block in words(m, text, "room-night", sheet.width, sheet.high)]
    digit = m.text(str(sheet.now.down), "room-night-count", Rect(0, 0, sheet.width, 0))
    top = sheet.edge + height(says)
    digit = digit.moved((m.width - digit.rect.w) // 2, top + (m.height - sheet.edge - top - digit.rect.h) // 2)
    return [(ground, *laid(says, sheet.x, sheet.edge), digit)]


def discuss(sheet: Sheet) -> list[Leaf]:
    """What to talk about, for how long, and the options: with a smaller clock where there is no room for both.

    Where not even that is room enough, the talk goes without them; beside a band, without what it is about, but
    with how people sit.
    """
    m, left = sheet.m, sheet.now.left
    offered = options(sheet)
    who = [say(f"present.box-{left.who}")] if left else []
    says = sheet.shown.words
    timed = clock(sheet, tall(m, 158), digits=True) if left else Block((), 0)
    small = _small_clock(sheet) if left else Block((), 0)
    heads = [((*who, *says), timed), (says, timed), ((*who, *says), small), (who if m.taken else says, small)]
    for told, time in heads:
        side = max((thing.rect.right for thing in time.things), default=0)
        wide = sheet.width - side - m.u(24)
        head = [
            block
            for text in told
            for block in words(m, text, "room-soft" if text in who else "room-name", wide, sheet.high)
        ]
        above = max(height(head), time.high)
        if above + tall(m, 20) + height(offered) + sheet.last <= sheet.high:
            top = sheet.edge + above + tall(m, 20)
            things = [paper(sheet), *laid(head, sheet.x, sheet.edge), *time.at(m.width - sheet.x - side, sheet.edge)]
            return [(*things, *spread(offered, sheet.x, top, m.height - sheet.last - sheet.edge - top))]
    return [_talk(sheet, who)]


def _small_clock(sheet: Sheet) -> Block:
    """What is left in minutes and seconds, as high as a line, with its ring before it."""
    m, left = sheet.m, sheet.now.left
    assert left is not None
    side = m.line_height("room-bold") * 3 // 4
    told = m.text(left.words, "room-bold", Rect(side + tall(m, 12), 0, sheet.width, 0), role="status")
    mark = clock(sheet, side, digits=False)
    return Block((*mark.at(0, (told.rect.h - side) // 2), told), told.rect.h)


def _talk(sheet: Sheet, who: Sequence[str]) -> Leaf:
    """A talk without its options: what it is about, and a clock as large as may be."""
    m, left = sheet.m, sheet.now.left
    big = round(min(m.height * 0.56, m.width * 0.4)) if left else 0
    wide = sheet.width - big - m.u(30)
    sits = [block for text in who for block in words(m, text, "room-soft", wide, sheet.high)]
    asks = [block for text in sheet.shown.words for block in words(m, text, "room-ask", wide, sheet.high)]
    things = [paper(sheet), *spread([*sits, *asks], sheet.x, sheet.edge, sheet.high - tall(m, 66))]
    if big:
        things += clock(sheet, big, digits=True).at(m.width - sheet.x - big, (m.height - big) // 2 - tall(m, 20))
    return tuple(things)


def _asked(sheet: Sheet, heads: Sequence[Sequence[Block]], side: int, *, night: bool = False) -> list[Leaf]:
    """The options below the first head that leaves them room, with a ring of that side at the upper right.

    Where none does, the first head has a leaf of its own, and the options as many as they need.
    """
    m, offered = sheet.m, options(sheet, night=night)
    ground = Thing("decoration", "", m.window, look="night") if night else paper(sheet)
    for head in heads:
        above = max(height(head), side)
        gap = tall(m, 20) if above else 0
        if above + gap + height(offered) > sheet.high:
            continue
        top = sheet.edge + above + gap
        things = [ground, *laid(head, sheet.x, sheet.edge)]
        if side:
            things += clock(sheet, side, digits=False).at(m.width - sheet.x - side, sheet.edge)
        return [(*things, *spread(offered, sheet.x, top, m.height - sheet.edge - top))]
    parts = packed(offered, sheet.high)
    head = [block for block in heads[0] if block.things]
    if head:
        joined = packed([*head, *offered], sheet.high)
        if side or len(joined) > len(parts):  # a leaf of its own: the options are seen together
            first = (ground, *spread(head, sheet.x, sheet.edge, sheet.high))
            return [first, *((ground, *laid(leaf, sheet.x, sheet.edge)) for leaf in parts)]
        parts = joined
    return [(ground, *laid(leaf, sheet.x, sheet.edge)) for leaf in parts]


def _voted(sheet: Sheet, style: str, width: int) -> list[Block]:
    """How many have voted, and that one can by phone: in one paragraph, as there is little room."""
    return words(sheet.m, voted_words(sheet), style, width, sheet.high)
