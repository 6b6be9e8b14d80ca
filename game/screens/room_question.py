"""Owns the projector's pages of a decision that is open: the question, the silent choice, the cards, the talk. Shows no
number but how many have voted.
"""

from __future__ import annotations

from collections.abc import Sequence

from game.screens.room_slide import Leaf, Slide, clock, options, paper, voted_words
from game.screens.room_type import Block, height, laid, packed, spread, tall, words
from game.ui import Rect, Thing
from game.words import say


def question(slide: Slide) -> list[Leaf]:
    """The question, and its options below it."""
    return _asked(slide, [words(slide.m, slide.shown.title, "room-ask", slide.width, slide.high)], 0)


def silent(slide: Slide) -> list[Leaf]:
    """The options, a quiet ring, and what to do. The question goes first where there is no room for it."""
    m = slide.m
    side = tall(m, 92) if slide.now.left else 0
    wide = slide.width - side - m.u(20)
    do = [block for text in slide.shown.words for block in words(m, text, "room-name", wide, slide.high)]
    ask = words(m, slide.shown.title, "room-bold", wide, slide.high)
    voted = _voted(slide, "room-soft", wide)
    return _asked(slide, [[*do, *ask, *voted], [*do, *voted], voted or do, []], side)


def show(slide: Slide) -> list[Leaf]:
    """Three, two, one; then a dark page with the options and nothing else, so that people look at each other."""
    m = slide.m
    if not slide.now.down:
        kept = [Block((), m.line_height("room-night"))]  # the options stay where they are when a count is told
        return _asked(slide, [_voted(slide, "room-night", slide.width) or kept, []], 0, night=True)
    ground = Thing("decoration", "", m.window, look="night")
    says = [block for text in slide.shown.words for block in words(m, text, "room-night", slide.width, slide.high)]
    digit = m.text(str(slide.now.down), "room-night-count", Rect(0, 0, slide.width, 0))
    top = slide.edge + height(says)
    digit = digit.moved((m.width - digit.rect.w) // 2, top + (m.height - slide.edge - top - digit.rect.h) // 2)
    return [(ground, *laid(says, slide.x, slide.edge), digit)]


def discuss(slide: Slide) -> list[Leaf]:
    """What to talk about, for how long, and the options: with a smaller clock where there is no room for both.

    Where not even that is room enough, the talk goes without them; beside a band, without what it is about, but
    with how people sit.
    """
    m, left = slide.m, slide.now.left
    offered = options(slide)
    who = [say(f"present.box-{left.who}")] if left else []
    says = slide.shown.words
    timed = clock(slide, tall(m, 158), digits=True) if left else Block((), 0)
    small = _small_clock(slide) if left else Block((), 0)
    heads = [((*who, *says), timed), (says, timed), ((*who, *says), small), (who if m.taken else says, small)]
    for told, time in heads:
        side = max((thing.rect.right for thing in time.things), default=0)
        wide = slide.width - side - m.u(24)
        head = [
            block
            for text in told
            for block in words(m, text, "room-soft" if text in who else "room-name", wide, slide.high)
        ]
        above = max(height(head), time.high)
        if above + tall(m, 20) + height(offered) + slide.last <= slide.high:
            top = slide.edge + above + tall(m, 20)
            things = [paper(slide), *laid(head, slide.x, slide.edge), *time.at(m.width - slide.x - side, slide.edge)]
            return [(*things, *spread(offered, slide.x, top, m.height - slide.last - slide.edge - top))]
    return [_talk(slide, who)]


def _small_clock(slide: Slide) -> Block:
    """What is left in minutes and seconds, as high as a line, with its ring before it."""
    m, left = slide.m, slide.now.left
    assert left is not None
    side = m.line_height("room-bold") * 3 // 4
    told = m.text(left.words, "room-bold", Rect(side + tall(m, 12), 0, slide.width, 0), role="status")
    mark = clock(slide, side, digits=False)
    return Block((*mark.at(0, (told.rect.h - side) // 2), told), told.rect.h)


def _talk(slide: Slide, who: Sequence[str]) -> Leaf:
    """A talk without its options: what it is about, and a clock as large as may be."""
    m, left = slide.m, slide.now.left
    big = round(min(m.height * 0.56, m.width * 0.4)) if left else 0
    wide = slide.width - big - m.u(30)
    sits = [block for text in who for block in words(m, text, "room-soft", wide, slide.high)]
    asks = [block for text in slide.shown.words for block in words(m, text, "room-ask", wide, slide.high)]
    things = [paper(slide), *spread([*sits, *asks], slide.x, slide.edge, slide.high - tall(m, 66))]
    if big:
        things += clock(slide, big, digits=True).at(m.width - slide.x - big, (m.height - big) // 2 - tall(m, 20))
    return tuple(things)


def _asked(slide: Slide, heads: Sequence[Sequence[Block]], side: int, *, night: bool = False) -> list[Leaf]:
    """The options below the first head that leaves them room, with a ring of that side at the upper right.

    Where none does, the first head has a leaf of its own, and the options as many as they need.
    """
    m, offered = slide.m, options(slide, night=night)
    ground = Thing("decoration", "", m.window, look="night") if night else paper(slide)
    for head in heads:
        above = max(height(head), side)
        gap = tall(m, 20) if above else 0
        if above + gap + height(offered) > slide.high:
            continue
        top = slide.edge + above + gap
        things = [ground, *laid(head, slide.x, slide.edge)]
        if side:
            things += clock(slide, side, digits=False).at(m.width - slide.x - side, slide.edge)
        return [(*things, *spread(offered, slide.x, top, m.height - slide.edge - top))]
    parts = packed(offered, slide.high)
    head = [block for block in heads[0] if block.things]
    if head:
        joined = packed([*head, *offered], slide.high)
        if side or len(joined) > len(parts):  # a leaf of its own: the options are seen together
            first = (ground, *spread(head, slide.x, slide.edge, slide.high))
            return [first, *((ground, *laid(leaf, slide.x, slide.edge)) for leaf in parts)]
        parts = joined
    return [(ground, *laid(leaf, slide.x, slide.edge)) for leaf in parts]


def _voted(slide: Slide, style: str, width: int) -> list[Block]:
    """How many have voted, and that one can by phone: in one paragraph, as there is little room."""
    return words(slide.m, voted_words(slide), style, width, slide.high)
