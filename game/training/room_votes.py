"""Owns what a room said in one round: votes in heads, their tally, and who moved between two. Never knows a story.

Cards are counted by the trainer, for the room or by table; phones say it themselves, one head each or a table's heads
split. All of them add up. Two rules hold for whatever is told of them (`../shared/design/room.md`, 3.7): a table is
told apart only from `FEWEST` votes on, and so is who moved where.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal, get_args

from game.training.paper import letter
from game.words import say

FEWEST: Final = 5
"""Votes below which a group is not told apart, as its people could be known by them."""

MOST_HEADS: Final = 9_999
"""Heads that one count may have."""

Share = Literal["most", "half", "some", "few"]

SHARES: Final[Mapping[str, int]] = {"most": 75, "half": 50, "some": 25, "few": 10}
"""What a guess at a hall stands for, in per cent of those who were not counted."""

_UNCOUNTED: Final = 100
"""How many a guess is a guess at where the headcount is not known. It only ranks choices, and is never shown."""

Split = tuple[tuple[str, int], ...]
"""Heads for each choice that has any, in the file's order."""


class Unclear(Exception):
    """Raised where a typed count cannot be read. `reason` says why, in a sentence for the trainer."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Tally:
    """One round, added up: for each choice the heads by where they come from, and the guess at a hall (or "")."""

    choices: tuple[str, ...]
    cards: tuple[int, ...]
    tables: tuple[int, ...]
    phones: tuple[int, ...]
    guesses: tuple[str, ...]

    @property
    def heads(self) -> tuple[int, ...]:
        """Heads for each choice, whatever they voted with."""
        return tuple(map(sum, zip(self.cards, self.tables, self.phones, strict=True)))

    @property
    def total(self) -> int:
        """All heads that were counted."""
        return sum(self.heads)

    @property
    def empty(self) -> bool:
        """Whether nobody has voted and nothing was guessed."""
        return not self.total and not any(self.guesses)

    @property
    def percents(self) -> tuple[int, ...]:
        """Each choice's heads in per cent of all, rounded to the nearest."""
        total = self.total
        return tuple((200 * heads + total) // (2 * total) if total else 0 for heads in self.heads)

    def of(self, choice_id: str) -> int:
        """The heads for one choice. Raises ValueError for a choice that is not in it."""
        return self.heads[self.choices.index(choice_id)]

    def weights(self, headcount: int | None) -> tuple[int, ...]:
        """What each choice weighs, in hundredths of a head: its heads, and its guessed part of those not counted."""
        rest = _UNCOUNTED if headcount is None else max(0, headcount - self.total)
        return tuple(
            100 * heads + SHARES.get(guess, 0) * rest for heads, guess in zip(self.heads, self.guesses, strict=True)
        )

    def leading(self, headcount: int | None) -> tuple[str, ...]:
        """The choices that weigh most: one, several at a tie, none where nobody voted. A tie is never broken here."""
        weights = self.weights(headcount)
        most = max(weights, default=0)
        return tuple(id for id, weight in zip(self.choices, weights, strict=True) if weight == most) if most else ()

    def ranked(self, headcount: int | None) -> tuple[str, ...]:
        """All choices, the heaviest first; those that weigh the same in the file's order."""
        weights = dict(zip(self.choices, self.weights(headcount), strict=True))
        return tuple(sorted(self.choices, key=lambda id: -weights[id]))


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one phone says: its heads for each choice, and its table where it named one."""

    split: Split
    table: str = ""


@dataclass(frozen=True, slots=True)
class Votes:
    """One round as it was said. `cards` are hand counts by table ("" is the room), `phones` are ballots by token.

    A token is a random number of this session and says nothing of who holds it; it is never told or written.
    """

    choices: tuple[str, ...]
    cards: tuple[tuple[str, Split], ...] = ()
    guesses: tuple[tuple[str, str], ...] = ()
    phones: tuple[tuple[str, Ballot], ...] = field(default=(), repr=False)

    def counted(self, choice_id: str, heads: int, table: str = "") -> Votes:
        """The votes with this hand count instead of the one before. Raises ValueError for a count that none can be."""
        self._known(choice_id)
        if not 0 <= heads <= MOST_HEADS:
            raise ValueError(f"a count is 0 to {MOST_HEADS}, not {heads}")
        cards = dict(self.cards)
        split = dict(cards.pop(table, ())) | {choice_id: heads}
        kept = self._split(split)
        if kept:
            cards[table] = kept
        guesses = tuple(guess for guess in self.guesses if table or guess[0] != choice_id)
        return replace(self, cards=tuple(sorted(cards.items())), guesses=guesses)

    def hand_count(self, choice_id: str, table: str = "") -> int:
        """The hand count as it stands, of the room or a table."""
        return dict(dict(self.cards).get(table, ())).get(choice_id, 0)

    def guessed(self, share: Share, choice_id: str) -> Votes:
        """The votes with a guess at a hall for this choice, instead of the room's count of it."""
        if share not in SHARES:
            raise ValueError(f"a guess is one of {', '.join(SHARES)}, not '{share}'")
        cleared = self.counted(choice_id, 0)
        guesses = dict(cleared.guesses) | {choice_id: share}
        return replace(cleared, guesses=tuple((id, guesses[id]) for id in self.choices if id in guesses))

    def with_phones(
        self, said: Mapping[str, str | Mapping[str, int]], tables: Mapping[str, str] | None = None
    ) -> Votes:
        """The votes with what phones say now instead of what they said. What is not on offer is left out."""
        named = tables or {}
        alike: dict[tuple[tuple[str, int], ...], Split] = {}  # most phones say one of a few things
        ballots = []
        for token in sorted(said):
            vote = said[token]
            heads = ((vote, 1),) if isinstance(vote, str) else tuple(vote.items())
            split = alike.get(heads)
            if split is None:
                split = alike[heads] = self._split(dict(heads))
            if split:
                ballots.append((token, Ballot(split, named.get(token, ""))))
        return replace(self, phones=tuple(ballots))

    @property
    def tally(self) -> Tally:
        """All of it added up."""
        by_table = [split for table, split in self.cards if table]
        guesses = dict(self.guesses)
        return Tally(
            self.choices,
            self._added([split for table, split in self.cards if not table]),
            self._added(by_table),
            self._added([ballot.split for _, ballot in self.phones]),
            tuple(guesses.get(id, "") for id in self.choices),
        )

    @property
    def by_table(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Each table that may be told apart, with its heads for each choice; the rest together under "".

        A table of fewer than `FEWEST` votes goes with the rest. Where the rest would be as few, the smallest table
        goes with it too, so that nobody can take it from the whole.
        """
        groups: dict[str, list[int]] = {}
        for table, split in [*self.cards, *((ballot.table, ballot.split) for _, ballot in self.phones)]:
            group = groups.setdefault(table, [0] * len(self.choices))
            for id, heads in split:
                group[self.choices.index(id)] += heads
        told = {table: group for table, group in groups.items() if table and sum(group) >= FEWEST}
        rest = [group for table, group in groups.items() if table not in told]
        while told and 0 < sum(map(sum, rest)) < FEWEST:
            smallest = min(told, key=lambda table: (sum(told[table]), table))
            rest.append(told.pop(smallest))
        rows = [(table, tuple(told[table])) for table in sorted(told, key=_table_order)]
        together = tuple(map(sum, zip(*rest, strict=True))) if rest else ()
        return (*rows, ("", together)) if told and any(together) else tuple(rows)

    def _known(self, choice_id: str) -> None:
        if choice_id not in self.choices:
            raise ValueError(f"'{choice_id}' is not on offer here")

    def _split(self, heads: Mapping[str, int]) -> Split:
        """The heads of choices on offer, none below 1 or above `MOST_HEADS`, in the file's order."""
        return tuple((id, min(heads[id], MOST_HEADS)) for id in self.choices if heads.get(id, 0) > 0)

    def _added(self, splits: Iterable[Split]) -> tuple[int, ...]:
        sums = dict.fromkeys(self.choices, 0)
        for split in splits:
            for id, heads in split:
                sums[id] += heads
        return tuple(sums.values())


def _table_order(table: str) -> tuple[int, str]:
    """Tables by number, then by name."""
    return (int(table) if table.isascii() and table.isdecimal() and len(table) < 9 else 10**9, table)


# ---- who moved --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Moved:
    """Who moved between two rounds, in heads for each choice.

    `matrix[a][b]` are the heads that went from choice `a` to choice `b`, from phones that voted twice and whose heads
    are known one by one. It is None where they are fewer than `FEWEST`. Whatever is not in the matrix (cards, who
    came late, who passed, tables that split their heads anew) is in `first_only` and `second_only`.
    So for each choice `before` is its row's sum and `first_only`, `after` its column's and `second_only`.
    """

    choices: tuple[str, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]
    matrix: tuple[tuple[int, ...], ...] | None
    first_only: tuple[int, ...]
    second_only: tuple[int, ...]

    @property
    def change(self) -> tuple[int, ...]:
        """What each choice gained or lost."""
        return tuple(after - before for before, after in zip(self.before, self.after, strict=True))

    @property
    def twice(self) -> int:
        """The heads in the matrix; 0 where there is none."""
        return sum(map(sum, self.matrix)) if self.matrix else 0

    @property
    def stayed(self) -> int:
        """The heads in the matrix that voted the same twice."""
        return sum(row[place] for place, row in enumerate(self.matrix)) if self.matrix else 0

    @property
    def went(self) -> tuple[tuple[str, str, int], ...]:
        """Who went from where to where in the matrix, the largest first, then in the file's order."""
        if not self.matrix:
            return ()
        ways = [
            (self.choices[a], self.choices[b], heads)
            for a, row in enumerate(self.matrix)
            for b, heads in enumerate(row)
            if a != b and heads
        ]
        return tuple(sorted(ways, key=lambda way: -way[2]))


def moved(first: Votes, second: Votes) -> Moved:
    """Who moved between two rounds of the same question. Raises ValueError where the choices differ."""
    if first.choices != second.choices:
        raise ValueError("two rounds of one question have the same choices")
    before, after = first.tally.heads, second.tally.heads
    matrix = _matrix(first, second)
    if sum(map(sum, matrix)) < FEWEST:
        return Moved(first.choices, before, after, None, before, after)
    rows = tuple(map(sum, matrix))
    columns = tuple(map(sum, zip(*matrix, strict=True)))
    return Moved(
        first.choices,
        before,
        after,
        tuple(map(tuple, matrix)),
        tuple(heads - row for heads, row in zip(before, rows, strict=True)),
        tuple(heads - column for heads, column in zip(after, columns, strict=True)),
    )


def _matrix(first: Votes, second: Votes) -> list[list[int]]:
    """From where to where, of phones that voted twice with as many heads, all alike in one of the rounds at least.

    A table that splits its heads in both rounds could have moved in more than one way, so it is left out. So is a phone
    that spoke for another table the second time: those were other people.
    """
    places = {id: place for place, id in enumerate(first.choices)}
    matrix = [[0] * len(places) for _ in places]
    later = dict(second.phones)
    for token, ballot in first.phones:
        again = later.get(token)
        if again is None or ballot.table != again.table or _heads(ballot) != _heads(again):
            continue
        if len(ballot.split) > 1 < len(again.split):
            continue
        for one, heads in ballot.split:
            for other, others in again.split:
                matrix[places[one]][places[other]] += min(heads, others)
    return matrix


def _heads(ballot: Ballot) -> int:
    return sum(heads for _, heads in ballot.split)


# ---- a count as it is typed -------------------------------------------------

_PART: Final = re.compile(r"(\d+|[a-z]+)")
_BETWEEN: Final = re.compile(r"[\s,;:.=]*")


def read_count(typed: str, choices: Sequence[str]) -> tuple[tuple[str, int | Share], ...]:
    """A typed count such as `12 A 9 B 3 C` (or `A 12, B 9`, or `most A some B`): each choice with its heads or share.

    Raises `Unclear` with the reason where it cannot be read in one way only. Letters may be small.
    """
    parts = _parts(typed.lower())
    if not parts:
        raise Unclear(say("room.typed-nothing"))
    letters = {letter(place).lower(): id for place, id in enumerate(choices)}
    by_letter = parts[0] in letters
    found: dict[str, int | Share] = {}
    for place in range(0, len(parts), 2):
        pair = parts[place : place + 2]
        if len(pair) < 2:
            raise Unclear(say("room.typed-alone", part=pair[0].upper()))
        mark, amount = pair if by_letter else pair[::-1]
        _take(found, letters, mark, amount)
    return tuple(found.items())


def _take(found: dict[str, int | Share], letters: Mapping[str, str], mark: str, amount: str) -> None:
    if mark not in letters:
        raise Unclear(say("room.typed-letter", part=mark.upper(), letters=", ".join(letters).upper()))
    if letters[mark] in found:
        raise Unclear(say("room.typed-twice", letter=mark.upper()))
    share = next((share for share in get_args(Share) if share == amount), None)
    if share is None and not amount.isdecimal():
        raise Unclear(say("room.typed-number", letter=mark.upper(), part=amount.upper()))
    if share is None and (len(amount) > 9 or int(amount) > MOST_HEADS):
        raise Unclear(say("room.typed-many", part=amount[:12], most=MOST_HEADS))
    found[letters[mark]] = share or int(amount)


def _parts(typed: str) -> list[str]:
    """The numbers and words of what was typed. Raises `Unclear` at a sign that belongs to neither."""
    parts: list[str] = []
    place = 0
    while place < len(typed):
        gap = _BETWEEN.match(typed, place)
        place = gap.end() if gap else place
        if place == len(typed):
            break
        part = _PART.match(typed, place)
        if part is None or not part[0].isascii():
            raise Unclear(say("room.typed-sign", part=typed[place]))
        parts.append(part[0])
        place = part.end()
    return parts
