"""Owns the projector's pages of what comes of a decision: which role each option is more like, and the branch that is
taken. Never decides it.
"""

from __future__ import annotations

from dataclasses import replace

from game.screens.room_slide import Leaf, Slide, body, eased, options, paper, quotation, texts
from game.screens.room_type import Block, height, option, packed, spread, tall, words
from game.training import RevealRow
from game.ui import Rect


def roles(slide: Slide) -> list[Leaf]:
    """Which role each option is more like; then that roles are not people."""
    shown = slide.shown.reveal
    assert shown is not None
    rows = [_role(slide, row) for row in shown.rows]
    ask = words(slide.m, slide.shown.title, "room-bold", slide.width, slide.high)
    rows = [*ask, *rows] if height([*ask, *rows]) <= slide.high else rows
    rest = [*body(slide, "room-ask"), *quotation(slide, slide.shown.quotation)]
    leaves = packed(rows, slide.high) + packed(rest, slide.high)
    return [
        (paper(slide), *(eased(slide, leaf) if leaf[0] in rows else spread(leaf, slide.x, slide.edge, slide.high)))
        for leaf in leaves
    ]


def _role(slide: Slide, row: RevealRow) -> Block:
    m = slide.m
    made = option(m, row.option.letter, row.option.text, slide.width, style="room-words")
    left = m.line_height("room-letter") + tall(m, 18)
    role = m.text(row.role, "room-name", Rect(left, made.high + tall(m, 2), slide.width - left, 0))
    return Block((*made.things, role), role.rect.bottom, tall(m, 22))


def branch(slide: Slide) -> list[Leaf]:
    """What was chosen and why, and that choice."""
    m = slide.m
    says = [block for text in slide.shown.words for block in words(m, text, "room-ask", slide.width, slide.high)]
    blocks = [*says, *(replace(block, gap=tall(m, 30)) for block in options(slide))]
    return texts(slide, blocks)
