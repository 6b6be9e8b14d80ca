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
from game.net.views import AtTable, Fact, Joined, Seated, Voted, Wrote

HIGHEST: Final = 2**53
"""The highest whole number that a phone's script can tell apart."""


@dataclass(slots=True)
class Guest:
    """One phone: its number in order of joining, its table if it speaks for one, and what it said.

    `claims` is a table that it said, but another phone speaks for. `freed` is the one that the trainer freed under it,
    until it says one again. `barred` is the one that it cannot take back, as the trainer freed it for another phone.
    """

    number: int
    table: int | None = None
    people: int = 0
    claims: int | None = None
    freed: int | None = None
    barred: int | None = None
    votes: dict[str, tuple[int, ...]] = field(default_factory=dict)
    sent: int = 0
    texts: dict[str, list[str]] = field(default_factory=dict)
    version: int = 0
    """Grows with every change, so that a phone knows whether it has seen the newest."""

    @property
    def name(self) -> str:
        """What the room calls this phone; nothing in it tells whose it is."""
        return str(self.number)


Done = tuple[Sequence[Line], Sequence[Fact]]
"""What is to be kept of something, and what the main thread is told of it."""


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

    def seats(self, token: str, table: int, people: int, left: Iterable[int], round: str = "") -> Done:
        """Let a phone speak for a table; a phone that has `left` it is followed, its votes with it.

        Where the table has another phone, or was freed for one, it is only claimed: look at `table`. `left` are the
        numbers of phones that may be followed. A phone that leaves a table takes back what it said in `round`.
        """
        guest = self.guests[token]
        holder = next((key for key, each in self.guests.items() if each.table == table and key != token), None)
        followed = self.guests[holder] if holder else None
        if guest.barred == table or (followed and followed.number not in set(left)):
            guest.claims = table
            guest.version += 1
            return _placed(guest)
        taken = _taken_back(guest, round) if guest.table not in (None, table) else ((), ())
        swapped: list[Line] = []
        if holder and followed:
            self.guests[token], self.guests[holder] = followed, guest
            guest.barred, followed.barred = followed.barred, guest.barred  # that is the phone's, and not the table's
            guest.table, guest.people, guest.claims, guest.freed = None, 0, table, None
            newest = max(guest.version, followed.version) + 1
            guest.version = followed.version = newest  # for neither page is this an old state
            swapped = [PhoneLine(key, self.guests[key].number) for key in (holder, token)]
        sitting = self.guests[token]
        sitting.table, sitting.people, sitting.claims, sitting.freed = table, people, None, None
        sitting.version += 1
        lines, facts = _placed(*([guest] if followed else []), sitting)
        return (*taken[0], *swapped, *lines), (*taken[1], *facts)

    def frees(self, table: int, round: str) -> Done:
        """Free a table: the phones that speak for it or claim it say a table again; in `round` it has not voted.

        Where another phone claims it, the one that spoke for it cannot take it back, until it is freed once more.
        """
        said = [each for each in self.guests.values() if table in (each.table, each.claims, each.barred)]
        holder = next((each for each in said if each.table == table), None)
        taken = _taken_back(holder, round) if holder else ((), ())
        claimed = any(each.claims == table for each in said)
        for each in said:
            if each.barred == table and (claimed or not holder):
                each.barred = None
            if each.claims == table:
                each.claims = None
            if each is holder:
                each.table, each.people, each.barred = None, 0, table if claimed else each.barred
            if each.table is None:
                each.freed = table
            each.version += 1
        lines, facts = _placed(*said)
        return (*taken[0], *lines), (*taken[1], *facts)

    def tables(self, asleep: Iterable[int]) -> tuple[AtTable, ...]:
        """Each table that a phone speaks for or claims, by number. Phones that claim one count while they are awake."""
        away = set(asleep)
        people: dict[int, int] = {}
        phones: dict[int, int] = {}
        for each in self.guests.values():
            if each.table is not None:
                people[each.table] = each.people
            claims = None if each.claims == each.barred or each.number in away else each.claims
            for table in {each.table, claims}:
                if table is not None:
                    phones[table] = phones.get(table, 0) + 1
        return tuple(AtTable(table, people.get(table, 0), count) for table, count in sorted(phones.items()))

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
            case TableLine(number, table, people, claims, freed, barred):
                if guest := self._numbered.get(number):
                    guest.table, guest.people = table, people
                    guest.claims, guest.freed, guest.barred = claims, freed, barred
                    self.facts.append(Seated(guest.name, table, people))
            case VoteLine(number, round, heads, sent, table):
                if guest := self._numbered.get(number):
                    guest.votes[round], guest.sent = heads, max(sent, guest.sent)
                    if not heads:
                        del guest.votes[round]
                    self.facts.append(Voted(guest.name, round, heads, table, sent))
            case TextLine(said, number, round, words):
                self.said = max(said, self.said)
                if guest := self._numbered.get(number):
                    guest.texts.setdefault(round, []).append(words)
                    self.facts.append(Wrote(said, round, words))


def _placed(*guests: Guest) -> Done:
    """Where these phones are at now."""
    lines = [TableLine(one.number, one.table, one.people, one.claims, one.freed, one.barred) for one in guests]
    return lines, [Seated(one.name, one.table, one.people) for one in guests]


def _taken_back(guest: Guest, round: str) -> Done:
    """What a phone said in this round no longer counts, however late it comes once more."""
    if guest.votes.pop(round, None) is None:
        return (), ()
    guest.sent = min(guest.sent + 1, HIGHEST)
    line = VoteLine(guest.number, round, (), guest.sent, guest.table)
    return [line], [Voted(guest.name, round, (), guest.table, guest.sent)]
