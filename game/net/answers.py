"""Owns what happens when a phone says something: a vote, a table's heads, a table, words. Never HTTP, never a total.

Something that comes too late changes nothing. `ANSWERS` is all that a phone can say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any, Final

from game.net import gate
from game.net.box import Box, Guest
from game.net.cleaning import LONGEST, cleaned, length
from game.net.gate import Refused
from game.net.journal import Line
from game.net.limits import Rules
from game.net.sheet import PEOPLE, TABLES, Sheet, own_of, sheet_of
from game.net.views import Fact, RoundView
from game.words import say


@dataclass(frozen=True, slots=True)
class Wrong:
    """It was not taken: a sheet that says why, and what is to be kept of it all the same."""

    sheet: Sheet
    lines: Sequence[Line] = ()


Answered = Sequence[Line] | Wrong | None
"""Lines to keep, where it was taken; what is wrong with it; or None where it came too late."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a phone says: its fields, and the number of this message, the higher the later (None: the latest)."""

    token: str
    guest: Guest
    fields: Mapping[str, Any]
    sent: int | None


@dataclass(slots=True)
class Floor:
    """What the room asks at the moment, and the box that the answers go into.

    `tell` hands a fact to the main thread. `left` gives the numbers of the phones whose table another may follow.
    """

    box: Box
    rules: Rules
    tell: Callable[[Fact], None]
    left: Callable[[], Set[int]]
    view: RoundView = field(default_factory=lambda: RoundView(0, "wait"))

    def chosen(self, said: Said) -> Answered:
        """One choice: one head, or all heads of a table."""
        options = len(self.view.options)
        index = gate.whole(said.fields["choice"], 0, 8)
        if not self._is_open("vote", said):
            return None
        if index >= options:
            raise Refused(400)
        heads = said.guest.people if self.view.tables else 1
        return self._put(said, tuple(heads if each == index else 0 for each in range(options)))

    def split(self, said: Said) -> Answered:
        """A table's heads, shared out."""
        told = {name: gate.whole(value, 0, PEOPLE) for name, value in said.fields.items() if name.startswith("h")}
        if not self._is_open("vote", said):
            return None
        if not self.view.tables or set(told) != {f"h{index}" for index in range(len(self.view.options))}:
            raise Refused(400)
        heads = tuple(told[f"h{index}"] for index in range(len(self.view.options)))
        if not 0 < sum(heads) <= said.guest.people:
            return self._wrong(said, say("phone.too-many", people=said.guest.people))
        return self._put(said, heads)

    def _put(self, said: Said, heads: tuple[int, ...]) -> Answered:
        round = self.view.round
        lines = self.box.votes(said.guest, round, heads, said.sent)
        if lines is not None:
            self.tell(self.box.voted(said.guest, round))
        return lines

    def seated(self, said: Said) -> Answered:
        """Which table this phone speaks for."""
        if not self.view.tables:
            return None
        table, people = gate.whole(said.fields["table"], 1, TABLES), gate.whole(said.fields.get("people"), 1, PEOPLE)
        lines, facts = self.box.seats(said.token, table, people, self.left(), self.voting)
        for fact in facts:
            self.tell(fact)
        guest = self.box.guests[said.token]
        return lines if guest.table == table else Wrong(self._sheet(guest), lines)

    def frees(self, table: int) -> Sequence[Line]:
        """The trainer frees a table. No phone can ask for this: it is none of `ANSWERS`."""
        lines, facts = self.box.frees(table, self.voting)
        for fact in facts:
            self.tell(fact)
        return lines

    def wrote(self, said: Said) -> Answered:
        """Words for the trainer."""
        text = cleaned(gate.words(said.fields["text"]))
        if not self._is_open("gather", said):
            return None
        if length(text) > LONGEST:
            return self._wrong(said, say("phone.too-long", most=LONGEST))
        round = gate.words(said.fields["round"])
        if not text or len(said.guest.texts.get(round, ())) >= self.rules.texts:
            return self._wrong(said, say("phone.nothing-sent"))
        lines, wrote = self.box.writes(said.guest, round, text)
        if wrote is not None:
            self.tell(wrote)
        return lines

    @property
    def voting(self) -> str:
        """The round that is voted in now; "" for none."""
        return self.view.round if self.view.open and self.view.step == "vote" else ""

    def _is_open(self, step: str, said: Said) -> bool:
        view = self.view
        rounds = view.columns or (view.round,)
        here = view.open and view.step == step and gate.words(said.fields.get("round")) in rounds
        return here and not (view.tables and said.guest.table is None)

    def _wrong(self, said: Said, why: str) -> Wrong:
        return Wrong(replace(self._sheet(said.guest), said=why))

    def _sheet(self, guest: Guest) -> Sheet:
        return sheet_of(self.view, own_of(self.view, guest))


ANSWERS: Final[Mapping[str, Callable[[Floor, Said], Answered]]] = {
    "choice": Floor.chosen,
    "heads": Floor.split,
    "table": Floor.seated,
    "text": Floor.wrote,
}
