"""Owns the projector's pages of words and of what was gathered: activities, the debrief, Monday, the close. Never lets
a line in: what it shows is on the page already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from game.screens.room_sheet import Leaf, Sheet, body, quotation, texts, topped
from game.screens.room_type import TEAL_DK, Block, height, laid, tall, words
from game.training import Step
from game.ui import Rect, Thing
from game.words import say


def told(sheet: Sheet) -> list[Leaf]:
    """A page of words and a quotation: an activity, a prompt, the close. Larger where it fills one leaf only."""
    if sheet.now.phones and sheet.shown.columns and sheet.shown.step is not Step.CLOSE:
        sheet = replace(sheet, shown=replace(sheet.shown, words=(*sheet.shown.words, say("present.send"))))
    prompt = sheet.shown.step is Step.DEBRIEF and sheet.shown.quotation is None
    quoted = quotation(sheet, sheet.shown.quotation)
    larger = texts(sheet, [*body(sheet, "room-ask" if prompt else "room-choice"), *quoted])
    style = ("room-ask" if prompt else "room-choice") if len(larger) == 1 else "room-words"
    leaves = texts(sheet, [*body(sheet, style), *quoted])
    return leaves + _columns(sheet) if gathers(sheet) else leaves


def gathers(sheet: Sheet) -> bool:
    """Whether lines are on the page, or are about to be."""
    return bool(sheet.shown.columns) and (sheet.now.gathering or any(lines for _, lines in sheet.shown.columns))


def _columns(sheet: Sheet) -> list[Leaf]:
    """What was gathered, column by column, on as many leaves as it takes; the newest lines are on the last."""
    head, top, low = topped(sheet)
    leaves = _side_by_side(sheet, sheet.shown.columns, head, top, low)
    filled = tuple(column for column in sheet.shown.columns if column[1])
    if len(leaves) > 1 and filled != sheet.shown.columns:  # an empty column makes way for long ones
        return _side_by_side(sheet, filled, head, top, low)
    return leaves


def _side_by_side(
    sheet: Sheet, columns: tuple[tuple[str, tuple[str, ...]], ...], head: Sequence[Thing], top: int, low: int
) -> list[Leaf]:
    m = sheet.m
    gap = m.u(36)
    wide = (sheet.width - gap * (len(columns) - 1)) // len(columns)
    filled: list[list[Leaf]] = []
    for place, (name, lines) in enumerate(columns):
        x = sheet.x + place * (wide + gap)
        y = top
        titles: list[Thing] = []
        if name != sheet.shown.title:
            title = m.text(name, "room-name", Rect(x, top, wide, 0), role="heading")
            rule = Rect(x, title.rect.bottom + tall(m, 4), wide, max(2, tall(m, 3)))
            titles = [title, Thing("decoration", "", rule, look="plain", detail=TEAL_DK)]
            y = rule.bottom + tall(m, 10)
        parts = _parted([block for line in lines for block in _line(sheet, line, wide, low - y)], low - y)
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


def _line(sheet: Sheet, line: str, wide: int, high: int) -> list[Block]:
    """A gathered line after a dot; in parts where it is higher than that."""
    m = sheet.m
    inset = tall(m, 34)
    parts = [
        replace(part, things=part.at(inset, 0)) for part in words(m, line, "room-words", wide - inset, high, gap=10)
    ]
    dot = tall(m, 14)
    mark = Thing(
        "decoration", "", Rect(0, m.line_height("room-words") // 2 - dot // 2, dot, dot), look="plain", detail=TEAL_DK
    )
    return [replace(part, things=(*([] if place else [mark]), *part.things)) for place, part in enumerate(parts)]
