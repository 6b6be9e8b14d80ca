"""Owns what the trainer writes while a room is led: a count of cards, a line that somebody said, a table to be freed.
Values; they never show anything.

A count can be tapped or typed. On an empty line a choice's letter is one card more, with Shift one fewer; anything else
begins a line such as `12 A 9 B 3 C`, or `most A some B` for a hall, which Enter or Next takes. `T3` begins the count of
table 3, `T` goes back to the whole room.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from game.net import AtTable
from game.screens.room_lobby import Naming
from game.training import Column, Room, Unclear

LONGEST: Final = 280
"""Letters in a line, as in a note (`room_parts.LONGEST_NOTE`)."""

_TABLE: Final = re.compile(r"\s*t\s*(\d{0,3})(?=\s|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Counting:
    """An open count: the line so far, the table it is for ("" is the room), and why the last line was not taken."""

    line: str = ""
    table: str = ""
    reason: str = ""

    def typed(self, room: Room, text: str, *, shift: bool) -> tuple[Room, Counting]:
        """What a letter does: a card more or fewer, or a letter more on the line."""
        place = "abcdefghi".find(text.lower()) if len(text) == 1 else -1
        if not self.line and 0 <= place < len(room.counted):
            return room.add(room.counted[place], -1 if shift else 1, self.table), replace(self, reason="")
        return room, replace(self, line=(self.line + text).lstrip()[:LONGEST], reason="")

    def rubbed(self) -> Counting:
        """One letter less."""
        return replace(self, line=self.line[:-1], reason="")

    def taken(self, room: Room) -> tuple[Room, Counting]:
        """The line is taken, and empty again; where it is unclear it stays as it is, with the reason."""
        table, line = self.table, self.line
        named = _TABLE.match(line)
        if named:
            table, line = named[1], line[named.end() :].strip()
        if line:
            try:
                room = room.entered(line, table)
            except Unclear as unclear:
                return room, replace(self, reason=unclear.reason)
        return room, Counting(table=table)


@dataclass(frozen=True, slots=True)
class Noting:
    """An open line for what somebody said, and the column it goes to; `columns` are those on offer."""

    columns: tuple[Column, ...]
    column: Column
    line: str = ""

    def typed(self, text: str) -> Noting:
        """A letter more."""
        return replace(self, line=(self.line + text)[:LONGEST])

    def rubbed(self) -> Noting:
        """A letter less."""
        return replace(self, line=self.line[:-1])

    def turned(self) -> Noting:
        """The next column."""
        place = self.columns.index(self.column) + 1
        return replace(self, column=self.columns[place % len(self.columns)])

    def taken(self, room: Room) -> tuple[Room, Noting]:
        """The line is noted, and empty again for the next."""
        return room.note(self.column, self.line), replace(self, line="")


@dataclass(frozen=True, slots=True)
class Freeing:
    """An open line for the table that is to be freed; `tables` are those with a phone when it was opened.

    A number that is only proposed goes when another is typed.
    """

    tables: tuple[AtTable, ...]
    line: str = ""
    proposed: bool = False

    @classmethod
    def of(cls, tables: tuple[AtTable, ...]) -> Freeing:
        """The line with the first table that two phones said in it, if there is one."""
        return cls(tables, next((str(each.table) for each in tables if each.phones > 1), ""), proposed=True)

    def typed(self, text: str) -> Freeing:
        """A digit more."""
        digits = "".join(sign for sign in text if sign.isascii() and sign.isdecimal())
        return replace(self, line=(("" if self.proposed else self.line) + digits)[:2], proposed=False)

    def rubbed(self) -> Freeing:
        """A digit less."""
        return replace(self, line=self.line[:-1], proposed=False)


@dataclass(frozen=True, slots=True)
class Heads:
    """An open line for how many people are in the room: digits, four at the most."""

    line: str = ""

    def typed(self, text: str) -> Heads:
        """A digit more; no other sign is taken."""
        digits = "".join(sign for sign in text if sign.isascii() and sign.isdecimal())
        return Heads((self.line + digits)[:4])

    def rubbed(self) -> Heads:
        """A digit less."""
        return Heads(self.line[:-1])


Entry = Counting | Noting | Heads | Naming | Freeing
"""An open line, whatever it is for."""
