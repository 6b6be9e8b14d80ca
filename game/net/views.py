"""Owns the values that cross between the room and the phones. Never a socket, and never a count of votes.

A `RoundView` goes in, facts come out. A view has no place for counts, labels or scores, so nothing can leak early.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

STEPS: Final = ("wait", "vote", "talk", "reveal", "gather", "end")
"""What a phone can be asked to show. `vote` and `gather` take an answer while the view is open."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: its letter as on the cards, and its words."""

    letter: str
    words: str


@dataclass(frozen=True, slots=True)
class RoundView:
    """All that phones may know of the room at this moment.

    `rev` grows with every view. `step` is one of `STEPS`. `round` names what is answered, the same after a restart;
    `before` names the round whose choice a phone shows beside this one, "" for none. `seconds` are a hint: nothing
    closes by itself. `tables` says that each phone speaks for a table. `words` stand under the question. `columns` name
    what words may be sent to, where that is more than one thing; each is a round of its own.
    """

    rev: int
    step: str
    question: str = ""
    options: tuple[Option, ...] = ()
    seconds: int | None = None
    open: bool = False
    round: str = ""
    before: str = ""
    tables: bool = False
    words: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Joined:
    """A phone is new in the room."""

    phone: str


@dataclass(frozen=True, slots=True)
class Seated:
    """A phone speaks for a table of so many people, or for none any more."""

    phone: str
    table: int | None
    people: int


@dataclass(frozen=True, slots=True)
class Voted:
    """What a phone says in a round, in heads for each option; the one with the highest `sent` stands.

    No heads: what it said was taken back, as its table was freed.
    """

    phone: str
    round: str
    heads: tuple[int, ...]
    table: int | None
    sent: int


@dataclass(frozen=True, slots=True)
class Wrote:
    """Words from a phone, cleaned, for the trainer alone until they are approved. `number` names them."""

    number: int
    round: str
    words: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A view is what phones see from here on. After it, no vote comes for a round that it closes."""

    rev: int


@dataclass(frozen=True, slots=True)
class Reached:
    """Another machine opened the page by this address: the pre-flight check has passed."""

    address: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something failed that the trainer should know: `what` is "journal", "page" or "phones". `detail` is a trace."""

    what: str
    detail: str


Fact = Joined | Seated | Voted | Wrote | Shown | Reached | Trouble


@dataclass(frozen=True, slots=True)
class Opened:
    """Where phones find the room: the address typed, and what the QR code says."""

    host: str
    port: int
    code: str

    @property
    def typed(self) -> str:
        """The whole address, as it is typed, with `http://` because some browsers add an s."""
        return f"http://{self.host}:{self.port}/{self.code}"


@dataclass(frozen=True, slots=True)
class AtTable:
    """A table: how many people its phone speaks for, and how many phones say that they are its phone."""

    table: int
    people: int
    phones: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How many phones have joined and how many of them are awake now; whether the room is locked or full; the tables
    that were said.
    """

    phones: int = 0
    awake: int = 0
    locked: bool = False
    full: bool = False
    tables: tuple[AtTable, ...] = ()


Ballots = Mapping[str, Mapping[str, Voted]]
"""For each round, what each phone says."""


def counted(ballots: Ballots, facts: Iterable[Fact]) -> Ballots:
    """The ballots with these facts put in: for each round and phone the latest vote stands."""
    rounds = {name: dict(votes) for name, votes in ballots.items()}
    for fact in facts:
        if not isinstance(fact, Voted):
            continue
        votes = rounds.setdefault(fact.round, {})
        standing = votes.get(fact.phone)
        if standing is None or standing.sent <= fact.sent:
            votes[fact.phone] = fact
    return rounds
