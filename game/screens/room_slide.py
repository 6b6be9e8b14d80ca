"""Owns what every page of the projector is made from: the slide its leaves are laid out on, its title and time, words,
quotations and options. Never knows which step it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from game.pictures import Kit
from game.screens.room_clock import SOON, Left
from game.screens.room_type import (
    AMBER,
    PAPER,
    SIDE,
    TEAL_DK,
    Block,
    height,
    laid,
    option,
    packed,
    ring,
    spread,
    tall,
    words,
)
from game.training import Room, RoomPage, Shown
from game.ui import Metrics, Rect, Thing
from game.words import say

Leaf = tuple[Thing, ...]
"""What lies on one leaf, the ground first."""


@dataclass(frozen=True, slots=True)
class Now:
    """What a page shows besides what the room says: the time left, the count down to the cards, words at the foot.

    `gathering` shows the columns although they are empty, as somebody is about to speak. `phones` says that phones are
    on, `tables` asks for the votes by table in place of the reveal.
    """

    left: Left | None = None
    down: int = 0
    foot: str = ""
    gathering: bool = False
    phones: bool = False
    tables: bool = False


@dataclass(frozen=True, slots=True)
class Slide:
    """All that the leaves of a step are made from."""

    m: Metrics
    kit: Kit
    room: Room
    shown: RoomPage
    now: Now

    @property
    def x(self) -> int:
        return self.m.u(SIDE)

    @property
    def width(self) -> int:
        return self.m.width - 2 * self.x

    @property
    def edge(self) -> int:
        """What is kept free above and below."""
        return tall(self.m, 24)

    @property
    def high(self) -> int:
        return self.m.height - 2 * self.edge

    @property
    def last(self) -> int:
        """What is kept free at the foot for the words of the last seconds, where no other band is."""
        return tall(self.m, 60) if self.now.left and not self.now.foot else 0


def paper(slide: Slide) -> Thing:
    """The calm ground of a page."""
    return Thing("decoration", "", slide.m.window, key="ground", look="plain", detail=PAPER)


def clock(slide: Slide, side: int, *, digits: bool) -> Block:
    """The ring of what is left; with its minutes and seconds, and how people sit, where asked for."""
    m, left = slide.m, slide.now.left
    assert left is not None
    part = left.seconds / left.of if left.of else 0.0
    colour = AMBER if left.seconds <= SOON else TEAL_DK
    things = [ring(Rect(0, 0, side, side), part, colour)]
    if digits:
        style = "room-title" if side > tall(m, 200) else "room-bold"
        style = "room-clock" if m.width_of(left.words, "room-clock") < side * 0.7 else style
        told = m.text(left.words, style, Rect(0, 0, side, 0), role="status")
        things.append(told.moved((side - told.rect.w) // 2, (side - told.rect.h) // 2))
    return Block(tuple(things), side)


def topped(slide: Slide) -> tuple[list[Thing], int, int]:
    """The page's title, with the time at the upper right where there is some; and from where to where is free below."""
    m = slide.m
    side = tall(m, 176) if slide.now.left else 0
    wide = slide.width - (side + m.u(24) if side else 0)
    title = words(m, slide.shown.title, "room-title", wide, slide.high)
    head = [paper(slide), *laid(title[:1], slide.x, slide.edge)]
    if side:
        head += clock(slide, side, digits=True).at(m.width - slide.x - side, slide.edge)
    return head, slide.edge + max(height(title[:1]), side) + tall(m, 22), m.height - slide.edge - slide.last


def texts(slide: Slide, blocks: Sequence[Block]) -> list[Leaf]:
    """Leaves of words under the page's title."""
    head, top, low = topped(slide)
    leaves: list[Leaf] = [
        (*head, *spread(leaf, slide.x, top, max(0, min(low - top, round((low - top) * 0.86)))))
        if height(leaf) < (low - top) * 0.8
        else (*head, *laid(leaf, slide.x, top))
        for leaf in packed(blocks, low - top)
    ]
    return leaves or [tuple(head)]


def body(slide: Slide, style: str = "room-words") -> list[Block]:
    """The page's paragraphs."""
    m = slide.m
    high = m.height - tall(m, 330)
    return [block for text in slide.shown.words for block in words(m, text, style, slide.width, high, gap=20)]


def quotation(slide: Slide, shown: Shown | None) -> list[Block]:
    """A quotation with its source; where its words may not be shown, what it says in plain words."""
    if shown is None:
        return []
    m, inset = slide.m, tall(slide.m, 26)
    if not shown.quoted:
        return words(m, shown.gloss, "room-words", slide.width, slide.high - tall(m, 200), gap=20)
    told = m.text(f"“{shown.words}”", "room-quote", Rect(inset, 0, slide.width - inset, 0))
    source = m.text(shown.author, "room-soft", Rect(inset, told.rect.bottom + tall(m, 4), slide.width - inset, 0))
    high = source.rect.bottom if shown.author else told.rect.bottom
    band = Thing("decoration", "", Rect(0, 0, tall(m, 8), high), look="quote")
    things = (band, told, source) if shown.author else (band, told)
    return [Block(things, high, tall(m, 26))]


def options(slide: Slide, *, night: bool = False) -> list[Block]:
    """The page's options with their letters; on a dark ground where it is `night`."""
    style, colour = ("room-night-choice", AMBER) if night else ("room-choice", TEAL_DK)
    m, shown = slide.m, slide.shown
    made = [option(m, one.letter, one.text, slide.width, style=style, colour=colour) for one in shown.options]
    return [replace(block, things=_darkened(block.things)) if night else block for block in made]


def _darkened(things: tuple[Thing, ...]) -> tuple[Thing, ...]:
    """A badge on a dark page: its letter is dark on amber."""
    mark, *rest = things
    assert mark.text is not None
    return (replace(mark, text=replace(mark.text, style="room-number")), *rest)


def eased(slide: Slide, leaf: Sequence[Block]) -> list[Thing]:
    """A leaf with a little of the room that is left shared between its blocks."""
    spare = min(max(0, slide.high - height(leaf)) // max(1, len(leaf) + 1), tall(slide.m, 26))
    return laid([replace(block, gap=block.gap + spare) for block in leaf], slide.x, slide.edge + spare // 2)


def voted_words(slide: Slide) -> str:
    """How many have voted where that is told, and that one can by phone."""
    told = say("present.voted", words=slide.shown.voted_words) if slide.shown.voted else ""
    return " ".join(filter(None, [told, say("present.tap") if slide.now.phones else ""]))
