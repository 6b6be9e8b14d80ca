"""Who moved, against a count made head by head: rooms of cards, tables and phones in which people come late, pass,
change their minds and share out a table's heads (design note `room.md`, 5: 4).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from game.story import Course
from game.training import FEWEST, Room, Step, session_report
from game.words import say
from tests.room.rooms import SMALL, to_step

CHOICES = ("knock", "wait", "ring")
LETTERS = "ABC"

Said = tuple[str, ...]
"""What a phone says, head by head: one for one person, as many as sit there for a table; none where it passes."""


@dataclass(frozen=True)
class Guest:
    """One phone: its table, and what it says, one saying after the other, in each round. The last one stands."""

    table: str
    first: tuple[Said, ...]
    second: tuple[Said, ...]

    @property
    def before(self) -> Said:
        return self.first[-1] if self.first else ()

    @property
    def after(self) -> Said:
        return self.second[-1] if self.second else ()


@dataclass(frozen=True)
class Evening:
    """A room's two rounds: phones, and the cards of the room ("") and of tables, counted for each choice."""

    guests: tuple[Guest, ...]
    cards: tuple[dict[tuple[str, str], int], dict[tuple[str, str], int]] = field(default=({}, {}))


def _sayings(heads: int) -> st.SearchStrategy[tuple[Said, ...]]:
    one = st.lists(st.sampled_from(CHOICES), min_size=heads, max_size=heads).map(tuple)
    alike = st.sampled_from(CHOICES).map(lambda choice: (choice,) * heads)
    return st.lists(one | alike, max_size=3).map(tuple)


@st.composite
def guests(draw: st.DrawFn) -> Guest:
    heads = draw(st.sampled_from((1, 1, 1, 1, 4, 7)))
    later = heads + (heads > 1 and draw(st.integers(-1, 1)))  # somebody left the table, or sat down at it
    table = draw(st.sampled_from(("", "1", "2", "3")))
    return Guest(table, draw(_sayings(heads)), draw(_sayings(later)))


_CARDS = st.dictionaries(st.tuples(st.sampled_from(CHOICES), st.sampled_from(("", "1", "9"))), st.integers(0, 30))
EVENINGS = st.builds(Evening, st.lists(guests(), max_size=24).map(tuple), st.tuples(_CARDS, _CARDS))


def led(evening: Evening) -> Room:
    """The room led through both rounds. Each saying comes by itself, as phones speak whenever they like."""
    room = to_step(Room.open(Course(), SMALL, headcount=99), Step.SILENT)
    for number, step in enumerate((Step.SHOW, Step.SHOW_AGAIN)):
        room = to_step(room, step)
        said: dict[str, dict[str, int]] = {}
        tables = {f"token-{place:02}": guest.table for place, guest in enumerate(evening.guests) if guest.table}
        for place, saying in _in_turn([guest.second if number else guest.first for guest in evening.guests]):
            said[f"token-{place:02}"] = dict(Counter(saying))
            room = room.ballots(said, tables)
        for (choice, table), heads in evening.cards[number].items():
            room = room.count(choice, heads, table)
    return to_step(room, Step.REVEAL)


def _in_turn(sayings: list[tuple[Said, ...]]) -> Iterator[tuple[int, Said]]:
    """Everybody's first saying, then everybody's second, and so on."""
    for turn in range(3):
        for place, said in enumerate(sayings):
            if turn < len(said):
                yield place, said[turn]


def heads_of(evening: Evening, number: int) -> tuple[int, ...]:
    """The heads of a round for each choice, counted one by one."""
    counted = Counter(head for guest in evening.guests for head in (guest.after if number else guest.before))
    for (choice, _), heads in evening.cards[number].items():
        counted[choice] += heads
    return tuple(counted[choice] for choice in CHOICES)


def told(heads: tuple[int, ...]) -> tuple[int, ...]:
    """The heads of a round as a report tells them: so few that they could be told apart are not told."""
    return heads if sum(heads) >= FEWEST else (0,) * len(heads)


def known(guest: Guest) -> bool:
    """Whether it can be told where each of its heads went: it spoke twice, for as many, and alike in one round."""
    twice = bool(guest.before) and len(guest.before) == len(guest.after)
    return twice and (len(set(guest.before)) == 1 or len(set(guest.after)) == 1)


def went(evening: Evening) -> Counter[tuple[str, str]]:
    """From where to where, of every head of which that is known."""
    return Counter(
        pair
        for guest in evening.guests
        if known(guest)
        for pair in zip(sorted(guest.before), sorted(guest.after), strict=True)
    )


@settings(deadline=None, max_examples=300)
@given(EVENINGS)
def test_the_reveal_and_the_report_tell_what_a_count_head_by_head_gives(evening: Evening) -> None:
    room = led(evening)
    before, after = heads_of(evening, 0), heads_of(evening, 1)
    reveal = room.shown.reveal
    assert reveal is not None
    held = [heads for heads in (before, after) if sum(heads)] or [before]
    assert reveal.totals == tuple(map(sum, held))
    assert [tuple(row.before.heads for row in reveal.rows)] == held[:1]
    assert [tuple(row.after.heads for row in reveal.rows if row.after)] == (held[1:] or [()])
    report = session_report(room, date(2026, 11, 25)).decisions[0]
    assert [tuple(option.before for option in report.options)] == list(map(told, held[:1]))
    assert all((option.after is None) == (len(held) == 1) for option in report.options)
    if len(held) > 1:
        assert tuple(option.after for option in report.options) == told(after)
    few = any(0 < total < FEWEST for total in reveal.totals)
    assert report.moves == (() if few else reveal.moves)


@settings(deadline=None, max_examples=300)
@given(EVENINGS)
def test_who_moved_is_told_of_each_head_that_can_be_followed_and_adds_up_with_the_rest(evening: Evening) -> None:
    room = led(evening)
    before, after = heads_of(evening, 0), heads_of(evening, 1)
    reveal = room.shown.reveal
    assert reveal is not None
    moves = list(reveal.moves)
    followed = went(evening)
    twice = sum(followed.values())
    if not sum(before) or not sum(after):
        assert moves == []
        return
    if twice < FEWEST:
        assert moves == [
            say("room.gained" if new > old else "room.lost", letter=letter, heads=abs(new - old))
            for letter, old, new in zip(LETTERS, before, after, strict=True)
            if new != old
        ]
        return
    stayed = sum(heads for (one, other), heads in followed.items() if one == other)
    assert moves.pop(0) == say("room.stayed", heads=stayed, twice=twice)
    if sum(after) > twice:
        assert moves.pop() == say("room.apart", heads=sum(after) - twice)
    ways = Counter(
        {(LETTERS[CHOICES.index(a)], LETTERS[CHOICES.index(b)]): n for (a, b), n in followed.items() if a != b}
    )
    assert Counter({(m[2], m[3]): int(m[1]) for words in moves if (m := _WENT.fullmatch(words))}) == ways
    assert len(moves) == len(ways)


_WENT = re.compile(
    re.escape(say("room.went", heads=7, one="X", other="Y"))
    .replace("7", r"(\d+)")
    .replace("X", "(.)")
    .replace("Y", "(.)")
)


@settings(deadline=None)
@given(EVENINGS)
def test_a_tie_waits_for_the_trainer_and_most_is_most_heads(evening: Evening) -> None:
    room = to_step(led(evening), Step.BRANCH)
    heads = heads_of(evening, 1) if sum(heads_of(evening, 1)) else heads_of(evening, 0)
    most = [choice for choice, one in zip(CHOICES, heads, strict=True) if one == max(heads) and one]
    asked = room.latest
    assert asked is not None
    assert asked.settled(room.headcount) == ((most[0], "most") if len(most) == 1 else ("", ""))
    if len(most) != 1:
        first = room.next()
        assert first.step is Step.BRANCH
        assert first.latest is not None
        assert first.latest.own == (most[0] if most else CHOICES[0])
