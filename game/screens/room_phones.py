"""Owns the line between a session and its phones: whether it is open, and what phones said put into the session.
Opens nothing before it is asked to; never counts, and lets no words through that the trainer has not approved.

Phones follow the present, wherever the trainer looks back to. What they say is added to the cards by the room itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from game.net import (
    Adapter,
    Ballots,
    CannotListen,
    Gathered,
    Opened,
    Phones,
    Reached,
    RoundView,
    Seated,
    Standing,
    Trouble,
    Voted,
    adapters,
    after,
    counted,
)
from game.screens.room_views import view_of
from game.screens.room_words import column_of
from game.training import Room
from game.words import say


@dataclass(slots=True)
class PhoneLine:
    """The phones of one session, closed at first. `find` lists the adapters, `make` makes the phones ready."""

    find: Callable[[], tuple[Adapter, ...]] = adapters
    make: Callable[[], Phones] = Phones
    phones: Phones | None = None
    adapter: Adapter | None = None
    tables: bool = False
    gathered: Gathered = field(default_factory=Gathered)
    name: str = ""
    reached: str = ""
    trouble: str = ""
    _seated: dict[str, int] = field(default_factory=dict)
    _judged: list[int] = field(default_factory=list)
    _ballots: Ballots = field(default_factory=dict)
    _view: RoundView = field(default_factory=lambda: RoundView(0, "wait"))

    @property
    def opened(self) -> Opened | None:
        """Where phones find the room; None while nothing is open."""
        return self.phones.opened if self.phones else None

    @property
    def standing(self) -> Standing:
        """How many phones are in, as of a moment ago."""
        return self.phones.standing if self.phones else Standing()

    @property
    def heads(self) -> int:
        """How many people the tables' phones say they speak for."""
        return sum(self._seated.values())

    @property
    def switched(self) -> Mapping[str, str | bool]:
        """How the phones are switched, as `switch` takes it. No address is in it, but an adapter's name and ours."""
        return {
            "open": self.opened is not None,
            "adapter": self.adapter.name if self.adapter else "",
            "name": self.name,
            "tables": self.tables,
            "locked": self.standing.locked,
        }

    def switch(self, told: Mapping[str, object]) -> None:
        """Switch the phones as they were before the session was cut off."""
        self.tables = told.get("tables") is True
        self.name = str(told.get("name", ""))
        if told.get("open") is True:
            self.open(str(told.get("adapter", "")))
        if told.get("locked") is True:
            self.lock()

    def open(self, adapter: str = "") -> None:
        """Let phones in, on the adapter of that name, or else on the address that they are likeliest to reach.

        `trouble` says where that cannot be.
        """
        if self.opened is not None:
            return
        found = self.find()
        named = [one for one in found if one.name == adapter]
        self.adapter = (*named, *found)[0] if found else None
        if self.adapter is None:
            self.trouble = say("phones.no-network")
            return
        self.phones = self.phones or self.make()
        self._listen()

    def next_address(self) -> None:
        """Listen on the next adapter's address instead; a name that was typed goes. With none yet, look again."""
        if self.phones is None:
            self.open()
            return
        self.adapter = after(self.find(), self.adapter)
        self.name = ""
        if self.adapter is not None:
            self._listen()

    def named(self, name: str) -> None:
        """Show this host name in place of the address; "" shows the address again."""
        self.name = name
        if self.opened is not None:
            self._listen()

    def lock(self) -> None:
        """Let nobody new in, or do again."""
        if self.phones is not None:
            self.phones.lock(not self.standing.locked)

    def one_for_a_table(self) -> None:
        """From now on each phone speaks for a table, or for one person again."""
        self.tables = not self.tables

    def free(self, table: int) -> None:
        """The phones that said this table must say theirs again."""
        if self.phones is not None:
            self.phones.free(table)

    def show(self, room: Room) -> None:
        """Show phones what they may see of the session now, if that is another thing than before."""
        if self.phones is None:
            return
        view = replace(view_of(room, tables=self.tables), rev=self._view.rev)
        if view != self._view:
            self._view = replace(view, rev=view.rev + 1)
            self.phones.show(self._view)

    def heard(self, room: Room) -> Room:
        """The session with what phones have said since put into it; the same one where that changes nothing."""
        if self.phones is None:
            return room
        facts = self.phones.drain()
        self._ballots = counted(self._ballots, facts)
        self.gathered = self.gathered.received(facts)
        for fact in facts:
            if isinstance(fact, Reached) and fact.address in self._ways:
                self.reached = fact.address
            if isinstance(fact, Seated):
                self._seated[fact.phone] = fact.people
            if isinstance(fact, Trouble):
                self.trouble = say("phones.not-kept" if fact.what == "journal" else "phones.trouble")
        for name in dict.fromkeys(fact.round for fact in facts if isinstance(fact, Voted)):
            room = self._put(room, name)
        return room

    def _put(self, room: Room, name: str) -> Room:
        """The session with what phones say in the round of this name; a round it does not know changes nothing."""
        number, _, round = name.partition("-")
        if not number.isdecimal() or not round.isdecimal() or not 0 < int(number) <= len(room.decisions):
            return room
        asked = room.decisions[int(number) - 1]
        if not 0 < int(round) <= asked.rounds:
            return room
        said = self._ballots[name]
        ids = asked.votes(int(round)).choices
        heads = {phone: _heads(vote, ids) for phone, vote in said.items()}
        named = {phone: str(vote.table) for phone, vote in said.items() if vote.table is not None}
        return room.voted(int(number), int(round), heads, named)

    def approve(self, room: Room) -> Room:
        """The session with the oldest waiting words in it, under the column they were asked for."""
        if not self.gathered.waiting:
            return room
        line = self.gathered.waiting[0]
        self.gathered = self.gathered.approve(line.number)
        self._judged.append(line.number)
        return room.note(column_of(line), line.words)

    def merge(self, room: Room, index: int) -> Room:
        """The session with the oldest waiting words counted to the line at this place, which says the same."""
        if not self.gathered.waiting:
            return room
        self.delete()
        return room.same(index)

    def delete(self) -> None:
        """Take the oldest waiting words away, unseen."""
        if self.gathered.waiting:
            number = self.gathered.waiting[0].number
            self.gathered = self.gathered.delete(number)
            self._judged.append(number)

    def settle(self) -> None:
        """The session is kept with all that was judged: after a crash those words do not wait again."""
        while self.phones is not None and self._judged:
            self.phones.settle(self._judged.pop(0))

    def close(self, *, over: bool = True) -> None:
        """Close every socket. Phones are told that the session is over; else they go on trying to come back."""
        if self.phones is not None:
            self.phones.close(over=over)

    def _listen(self) -> None:
        assert self.phones is not None
        assert self.adapter is not None
        try:
            self.phones.start(self.adapter.address, name=self.name)
        except CannotListen as error:
            self.trouble = say("phones.cannot", address=error.host, reason=error.reason)
        else:
            self.trouble = self.reached = ""

    @property
    def _ways(self) -> tuple[str, ...]:
        """What a phone may have been told to open now: the name or the address, with the port."""
        if self.opened is None or self.adapter is None:
            return ()
        return tuple(f"{host}:{self.opened.port}" for host in (self.opened.host, self.adapter.address))


def _heads(vote: Voted, ids: Sequence[str]) -> dict[str, int]:
    return {id: heads for id, heads in zip(ids, vote.heads, strict=False) if heads}
