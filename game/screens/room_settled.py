"""Owns the projector's pages of what comes of a decision: which role each option is more like, and the branch that is
taken. Never decides it.
"""

from __future__ import annotations

from dataclasses import replace

from game.screens.room_sheet import Leaf, Sheet, body, eased, options, paper, quotation, texts
from game.screens.room_type import Block, height, option, packed, spread, tall, words
from game.training import RevealRow
from game.ui import Rect


def roles(sheet: Sheet) -> list[Leaf]:
    """Which role each option is more like; then that roles are not people."""
    shown = sheet.shown.reveal
    assert shown is not None
    rows = [_role(sheet, row) for row in shown.rows]
    ask = words(sheet.m, sheet.shown.title, "room-bold", sheet.width, sheet.high)
    rows = [*ask, *rows] if height([*ask, *rows]) <= sheet.high else rows
    rest = [*body(sheet, "room-ask"), *quotation(sheet, sheet.shown.quotation)]
    leaves = packed(rows, sheet.high) + packed(rest, sheet.high)
    return [
        (paper(sheet), *(eased(sheet, leaf) if leaf[0] in rows else spread(leaf, sheet.x, sheet.edge, sheet.high)))
        for leaf in leaves
    ]


def _role(sheet: Sheet, row: RevealRow) -> Block:
    m = sheet.m
    made = option(m, row.option.letter, row.option.text, sheet.width, style="room-words")
    left = m.line_height("room-letter") + tall(m, 18)
    role = m.text(row.role, "room-name", Rect(left, made.high + tall(m, 2), sheet.width - left, 0))
    return Block((*made.things, role), role.rect.bottom, tall(m, 22))


def branch(sheet: Sheet) -> list[Leaf]:
    """What was chosen and why, and that choice."""
    m = sheet.m
    says = [block for text in sheet.shown.words for block in words(m, text, "room-ask", sheet.width, sheet.high)]
    blocks = [*says, *(replace(block, gap=tall(m, 30)) for block in options(sheet))]
    return texts(sheet, blocks)
