"""Owns the projector's pages of what was counted: before and after side by side, who moved, the votes by table. Never
counts: all of it is the reveal's, which tells no group too small to be told apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from game.screens.room_moved import who_moved
from game.screens.room_slide import Leaf, Slide, body, eased, options, paper, texts
from game.screens.room_type import (
    INK,
    TEAL_DK,
    TRACK,
    Block,
    arrow,
    badge,
    height,
    onwards,
    packed,
    tall,
    words,
)
from game.training import Cell, Reveal, RevealRow
from game.ui import Rect, Thing
from game.words import say

WAS: Final = "#4b8087"
"""A bar of the first round: paler than that of the second, which is what counts."""


def reveal(slide: Slide) -> list[Leaf]:
    """Before and after, side by side for each option; who moved follows."""
    shown = slide.shown.reveal
    assert shown is not None
    m = slide.m
    if slide.shown.words:  # nothing was counted: a table of noughts would say that nobody had a view
        return texts(slide, [*body(slide, "room-ask"), *options(slide)])
    head = [_headings(slide, shown)]
    full = [_row(slide, row, told=True) for row in shown.rows]
    rows = full if height([*head, *full]) <= slide.high else [_row(slide, row, told=False) for row in shown.rows]
    ask = words(m, slide.shown.title, "room-bold", slide.width, slide.high)
    first = [*ask, *head, *rows] if height([*ask, *head, *rows]) <= slide.high else [*head, *rows]
    leaves: list[Leaf] = [(paper(slide), *eased(slide, leaf)) for leaf in packed(first, slide.high)]
    return leaves + who_moved(slide, shown.who) if shown.who else leaves


@dataclass(frozen=True, slots=True)
class _Halves:
    """Where before and after stand on a row: their left edges, their width, where the change is.

    `number` is the width of the widest number: all bars are drawn to one scale.
    """

    before: int
    after: int
    wide: int
    change: int
    number: int


def _halves(slide: Slide) -> _Halves:
    m = slide.m
    left = m.line_height("room-letter") + tall(m, 18)
    rows = slide.shown.reveal.rows if slide.shown.reveal else ()
    most = max([88, *(abs(row.change) for row in rows)])
    between, change = tall(m, 84), m.width_of(say("present.fewer", heads=most), "room-bold") + tall(m, 62)
    wide = (slide.width - left - between - change) // 2
    cells = [cell for row in rows for cell in (row.before, row.after) if cell is not None]
    told = [say("present.cell", heads=88, percent=88), *(_cell_words(cell) for cell in cells)]
    number = max(m.width_of(words, "room-bold") for words in told)
    return _Halves(left, left + wide + between, wide, left + 2 * wide + between, number)


def _cell_words(cell: Cell) -> str:
    return cell.words if cell.guess else say("present.cell", heads=cell.heads, percent=cell.percent)


def _headings(slide: Slide, shown: Reveal) -> Block:
    """What the halves are, with how many voted in each; where a hall was guessed at, without."""
    m, at = slide.m, _halves(slide)
    keys = ("present.before", "present.after") if len(shown.totals) > 1 else ("present.once",)
    things = [
        m.text(say(f"{key}-guess" if guess else key, total=total), "room-soft", Rect(x, 0, at.wide + tall(m, 70), 0))
        for key, total, guess, x in zip(keys, shown.totals, _guessed(shown), (at.before, at.after), strict=False)
    ]
    return Block(tuple(things), max(thing.rect.h for thing in things), tall(m, 4))


def _guessed(shown: Reveal) -> tuple[bool, bool]:
    """Whether the hall was guessed at, in the one round and in the other."""
    after = [row.after for row in shown.rows if row.after]
    return any(row.before.guess for row in shown.rows), any(cell.guess for cell in after)


def _row(slide: Slide, row: RevealRow, *, told: bool) -> Block:
    """An option with its two rounds; its words above them where there is room."""
    m, at, shown = slide.m, _halves(slide), slide.shown.reveal
    assert shown is not None
    first, second = _guessed(shown)
    line = m.line_height("room-bold")
    mark = badge(m, row.option.letter, Rect(0, 0, m.line_height("room-letter"), m.line_height("room-letter")))
    things = [mark]
    y = 0
    if told:
        text = m.text(row.option.text, "room-words", Rect(at.before, 0, slide.width - at.before, 0))
        things.append(text)
        y = text.rect.h + tall(m, 2)
    things += _cell(slide, row.before, at.before, y, at, TEAL_DK if row.after is None else WAS, guessed=first)
    if row.after is not None:
        gap = at.after - at.before - at.wide
        things.append(onwards(Rect(at.before + at.wide + gap // 4, y, gap // 2, line), INK))
        things += _cell(slide, row.after, at.after, y, at, TEAL_DK, guessed=second)
        if not (first or second):
            things += _change(slide, row.change, at.change, y)
    return Block(tuple(things), max(y + line, mark.rect.h), tall(m, 12))


def _cell(slide: Slide, cell: Cell, x: int, y: int, at: _Halves, colour: str, *, guessed: bool) -> list[Thing]:
    """One round of an option: a bar, and its number in words. A dash where others were guessed, and this one not."""
    m = slide.m
    if guessed and not (cell.guess or cell.heads):
        return [m.text(say("present.not-guessed"), "room-bold", Rect(x, y, at.wide, 0))]
    line = m.line_height("room-bold")
    text = m.text(_cell_words(cell), "room-bold", Rect(x, y, at.wide, 0))
    room = at.wide - at.number - tall(m, 14)
    if room < tall(m, 40) or cell.guess:
        return [text]
    bar = Rect(x, y + line // 5, room, line - 2 * (line // 5))
    full = Rect(bar.x, bar.y, round(bar.w * cell.percent / 100), bar.h)
    things = [Thing("decoration", "", bar, look="plain", detail=TRACK)]
    if full.w:
        things.append(Thing("decoration", "", full, look="plain", detail=colour))
    return [*things, text.moved(room + tall(m, 14), 0)]


def _change(slide: Slide, change: int, x: int, y: int) -> list[Thing]:
    """An arrow and by how many; a line across where nobody came or went."""
    m = slide.m
    line, side = m.line_height("room-bold"), tall(m, 38)
    at = Rect(x + tall(m, 14), y + (line - side) // 2, side, side)
    way = (change > 0) - (change < 0)
    told = say("present.more", heads=change) if change > 0 else say("present.fewer", heads=-change)
    if not change:
        return [arrow(at, 0, INK)]
    return [arrow(at, way, INK), m.text(told, "room-bold", Rect(at.right + tall(m, 8), y, slide.width, 0))]


def by_table(slide: Slide) -> list[Leaf]:
    """The tables that may be told apart, a row each, with their heads for each letter; all others are one row."""
    shown = slide.shown.reveal
    assert shown is not None
    m = slide.m
    title = words(m, say("present.by-table"), "room-title", slide.width, slide.high)
    side = m.line_height("room-letter")
    names = [say("present.table", table=name) if name else say("present.other-tables") for name, _ in shown.tables]
    left = max(m.width_of(name, "room-bold") for name in names) + tall(m, 40)
    step = min((slide.width - left) // max(1, len(slide.shown.options)), tall(m, 200))
    at = [left + place * step for place in range(len(slide.shown.options))]
    marks = [badge(m, one.letter, Rect(x, 0, side, side)) for one, x in zip(slide.shown.options, at, strict=True)]
    head = [*title, Block(tuple(marks), side, tall(m, 16))]
    rows = [
        _table(slide, name, [(count, x + side // 2) for count, x in zip(heads, at, strict=True)])
        for name, (_, heads) in zip(names, shown.tables, strict=True)
    ]
    room = slide.high - height(head) - tall(m, 16)
    return [(paper(slide), *eased(slide, [*head, *leaf])) for leaf in packed(rows, room)]


def _table(slide: Slide, name: str, counts: Sequence[tuple[int, int]]) -> Block:
    """One table's heads, each below the middle of its letter."""
    m = slide.m
    things = [m.text(name, "room-bold", Rect(0, 0, slide.width, 0))]
    for count, middle in counts:
        told = m.text(str(count), "room-bold", Rect(0, 0, slide.width, 0))
        things.append(told.moved(middle - told.rect.w // 2, 0))
    return Block(tuple(things), m.line_height("room-bold"), tall(m, 12))
