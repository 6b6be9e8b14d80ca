"""Owns the projector's pages of words and of what was gathered: activities, the debrief, Monday, the close. Never lets
a line in: what it shows is on the page already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from game.screens.room_slide import Leaf, Slide, body, quotation, texts, topped
from game.screens.room_type import TEAL_DK, Block, height, laid, tall, words
from game.training import Step
from game.ui import Rect, Thing
from game.words import say


def told(slide: Slide) -> list[Leaf]:
    """A page of words and a quotation: an activity, a prompt, the close. Larger where it fills one leaf only."""
    if slide.now.phones and slide.shown.columns and slide.shown.step is not Step.CLOSE:
        slide = replace(slide, shown=replace(slide.shown, words=(*slide.shown.words, say("present.send"))))
    prompt = slide.shown.step is Step.DEBRIEF and slide.shown.quotation is None
    quoted = quotation(slide, slide.shown.quotation)
    larger = texts(slide, [*body(slide, "room-ask" if prompt else "room-choice"), *quoted])
    leaves = larger if len(larger) == 1 else texts(slide, [*body(slide), *quoted])
    return leaves + _columns(slide) if gathers(slide) else leaves


def gathers(slide: Slide) -> bool:
    """Whether lines are on the page, or are about to be."""
    return bool(slide.shown.columns) and (slide.now.gathering or any(lines for _, lines in slide.shown.columns))


def _columns(slide: Slide) -> list[Leaf]:
    """What was gathered, column by column, on as many leaves as it takes; the newest lines are on the last."""
    head, top, low = topped(slide)
    leaves = _side_by_side(slide, slide.shown.columns, head, top, low)
    filled = tuple(column for column in slide.shown.columns if column[1])
    if len(leaves) > 1 and filled != slide.shown.columns:  # an empty column makes way for long ones
        return _side_by_side(slide, filled, head, top, low)
    return leaves


def _side_by_side(
    slide: Slide, columns: tuple[tuple[str, tuple[str, ...]], ...], head: Sequence[Thing], top: int, low: int
) -> list[Leaf]:
    m = slide.m
    gap = m.u(36)
    wide = (slide.width - gap * (len(columns) - 1)) // len(columns)
    filled: list[list[Leaf]] = []
    for place, (name, lines) in enumerate(columns):
        x = slide.x + place * (wide + gap)
        y = top
        titles: list[Thing] = []
        if name != slide.shown.title:
            title = m.text(name, "room-name", Rect(x, top, wide, 0), role="heading")
            rule = Rect(x, title.rect.bottom + tall(m, 4), wide, max(2, tall(m, 3)))
            titles = [title, Thing("decoration", "", rule, look="plain", detail=TEAL_DK)]
            y = rule.bottom + tall(m, 10)
        parts = _parted([block for line in lines for block in _line(slide, line, wide, low - y)], low - y)
        filled.append([(*titles, *laid(part, x, y)) for part in parts])
    most = max(map(len, filled))
    return [
        (*head, *(thing for parts in filled for thing in parts[max(0, len(parts) - most + leaf)]))
        for leaf in range(most)
    ]


def _parted(blocks: Sequence[Block], high: int) -> list[list[Block]]:
    """Blocks in parts no higher than this, where one block alone is not; the last is as full as may be.

    One empty part for no blocks.
    """
    parts: list[list[Block]] = [[]]
    for block in reversed(blocks):
        if parts[0] and height([block, *parts[0]]) > high:
            parts.insert(0, [])
        parts[0].insert(0, block)
    return parts


def _line(slide: Slide, line: str, wide: int, high: int) -> list[Block]:
    """A gathered line after a dot; in parts where it is higher than that."""
    m = slide.m
    inset = tall(m, 34)
    parts = [
        replace(part, things=part.at(inset, 0)) for part in words(m, line, "room-words", wide - inset, high, gap=10)
    ]
    dot = tall(m, 14)
    mark = Thing(
        "decoration", "", Rect(0, m.line_height("room-words") // 2 - dot // 2, dot, dot), look="plain", detail=TEAL_DK
    )
    return [replace(part, things=(*([] if place else [mark]), *part.things)) for place, part in enumerate(parts)]
