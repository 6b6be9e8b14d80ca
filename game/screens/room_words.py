"""Owns how words from phones are shown to the trainer before the room sees them, and which line on the wall they are
like. Never lets any through.

Where the room sees the same screen, they have a page of their own, for when its picture is off.
"""

from __future__ import annotations

from difflib import SequenceMatcher

from game.net import Gathered, Wrote
from game.screens.room_type import PAPER, SIDE, laid, tall, words
from game.training import COLUMNS, Column, Room
from game.ui import Metrics, Thing
from game.words import say


def waiting_lines(gathered: Gathered) -> tuple[str, ...]:
    """The oldest words that wait and what they are for, and what can be done with them; nothing where none wait."""
    if not gathered.waiting:
        return ()
    line = gathered.waiting[0]
    column = say(f"room.column.{column_of(line)}")
    told = say("phones.waiting", column=column, words=line.words)
    return (told, say("phones.judge", count=len(gathered.waiting)))


def waiting_words(m: Metrics, gathered: Gathered, asked: str) -> Thing:
    """The page on the one screen there is, while nobody but the trainer sees it; `asked` waits for Enter."""
    ground = Thing("decoration", "", m.window, key="ground", look="plain", detail=PAPER)
    x, edge = m.u(SIDE), tall(m, 24)
    wide, high = m.width - 2 * x, m.height - 2 * edge
    told = (asked,) if asked else waiting_lines(gathered) or (say("phones.all-judged"),)
    blocks = [
        *words(m, say("phones.only-you"), "room-bold", wide, high),
        *(block for text in told for block in words(m, text, "room-words", wide, high, gap=30)),
    ]
    return Thing("page", say("phones.only-you"), m.window, children=(ground, *laid(blocks, x, edge)))


def likest(room: Room, line: Wrote) -> tuple[int, ...]:
    """The places of all lines on the wall: those of these words' column first, and among them the likest first."""

    def unlike(index: int) -> tuple[bool, float, int]:
        note = room.lines[index]
        alike = SequenceMatcher(None, note.words.casefold(), line.words.casefold()).ratio()
        return note.column != column_of(line), -alike, -index

    return tuple(sorted(range(len(room.lines)), key=unlike))


def column_of(line: Wrote) -> Column:
    """The column that words from a phone were sent to."""
    return next((column for column in COLUMNS if column == line.round), "ideas")
