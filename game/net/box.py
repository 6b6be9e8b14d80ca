"""Owns the ballot box: which phone said what, for each round. Never a total: sums are worked out by who needs them.

A phone is known by the token in its cookie, never by its connection. One voice per phone and round; the last
one stands. It is used by the server's thread alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from game.net.journal import Kept, Line, PhoneLine, TableLine, TextLine, VoteLine
from game.net.views import Fact, Joined, Seated, Voted, Wrote

HIGHEST: Final = 2**53
"""The highest whole number that a phone's script can tell apart."""


@dataclass(slots=True)
class Guest:
    """One phone: its number in order of joining, its table if it speaks for one, and what it said."""

    number: int
    table: int | None = None
    people: int = 0
    votes: dict[str, tuple[int, ...]] = field(default_factory=dict)
    sent: int = 0
    texts: dict[str, list[str]] = field(default_factory=dict)
    version: int = 0
    """Grows with every change, so that a phone knows whether it has seen the newest."""

    @property
    def name(self) -> str:
        """What the room calls this phone; nothing in it tells whose it is."""
        return str(self.number)


class Taken(Exception):
    """The table has a phone that is awake."""


class Box:
    """All phones and all ballots."""

    def __init__(self, kept: Kept | None = None) -> None:
        self.guests: dict[str, Guest] = {}
        self._numbered: dict[int, Guest] = {}
        self._last = 0
        self.said = 0
        self.facts: list[Fact] = []
        """What is kept from before, as facts."""
        for line in kept.lines if kept else ():
            self._again(line)

    def of(self, token: str | None) -> Guest | None:
        """The phone with this token, if there is one."""
        return self.guests.get(token) if token else None

    def joined(self) -> tuple[str, Guest, Sequence[Line]]:
        """A new phone with a new token of 128 random bits, and what is to be kept of that."""
        token = secrets.token_hex(16)
        guest = Guest(self._last + 1)
        self.guests[token] = self._numbered[guest.number] = guest
        self._last = guest.number
        return token, guest, (PhoneLine(token, guest.number),)

    def votes(self, guest: Guest, round: str, heads: tuple[int, ...], sent: int | None) -> Sequence[Line] | None:
        """Put in what a phone says; None where it said something later already. `sent` None means: this is the latest.

        The same again changes nothing, and is as welcome.
        """
        if sent is not None and sent < guest.sent:
            return None
        guest.sent = min(guest.sent + 1, HIGHEST) if sent is None else sent
        if guest.votes.get(round) != heads:
            guest.votes[round] = heads
            guest.version += 1
        return (VoteLine(guest.number, round, heads, guest.sent, guest.table),)

    def seats(self, token: str, table: int, people: int, asleep: Iterable[int]) -> Sequence[Line]:
        """Let a phone speak for a table; a table's sleeping phone is followed, its votes with it.

        `asleep` are the numbers of phones that are not awake. Raises Taken where the table has a waking phone.
        """
        lines: list[Line] = []
        holder = next((key for key, each in self.guests.items() if each.table == table and key != token), None)
        if holder is not None:
            if self.guests[holder].number not in set(asleep):
                raise Taken
            self.guests[token], self.guests[holder] = self.guests[holder], self.guests[token]
            self.guests[holder].table = None
            newest = max(self.guests[token].version, self.guests[holder].version) + 1
            self.guests[token].version = self.guests[holder].version = newest  # for neither page is this an old state
            lines += [PhoneLine(key, self.guests[key].number) for key in (holder, token)]
            lines.append(TableLine(self.guests[holder].number, None, 0))
        guest = self.guests[token]
        guest.table, guest.people = table, people
        guest.version += 1
        lines.append(TableLine(guest.number, table, people))
        return lines

    def writes(self, guest: Guest, round: str, words: str) -> tuple[Sequence[Line], Wrote | None]:
        """Take in words; the same words from the same phone in the same round are one message, however often sent."""
        written = guest.texts.setdefault(round, [])
        if words in written:
            return (), None
        self.said += 1
        written.append(words)
        guest.version += 1
        return (TextLine(self.said, guest.number, round, words),), Wrote(self.said, round, words)

    def voted(self, guest: Guest, round: str) -> Voted:
        """What a phone says in a round, as a fact."""
        return Voted(guest.name, round, guest.votes[round], guest.table, guest.sent)

    def _again(self, line: Line) -> None:
        """Do again what was kept. The last line about anything stands."""
        match line:
            case PhoneLine(token, number):
                if number not in self._numbered:
                    self._numbered[number] = Guest(number)
                    self._last = max(number, self._last)
                    self.facts.append(Joined(str(number)))
                self.guests[token] = self._numbered[number]
            case TableLine(number, table, people):
                if guest := self._numbered.get(number):
                    guest.table, guest.people = table, people
                    if table is not None:
                        self.facts.append(Seated(guest.name, table, people))
            case VoteLine(number, round, heads, sent, table):
                if guest := self._numbered.get(number):
                    guest.votes[round], guest.sent = heads, max(sent, guest.sent)
                    self.facts.append(Voted(guest.name, round, heads, table, sent))
            case TextLine(said, number, round, words):
                self.said = max(said, self.said)
                if guest := self._numbered.get(number):
                    guest.texts.setdefault(round, []).append(words)
                    self.facts.append(Wrote(said, round, words))
