"""The ballot box under every order of votes: doubled, overtaken, from two tabs, from a table that changes its phone,
or that the trainer frees.

What stands is what each token was last told stands; and a program that starts again from the journal knows the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from game.net import Ballots, Fact, Kept, counted
from game.net.box import Box
from game.net.journal import Line, OpenLine, VoteLine

ROUNDS = ("1-1", "1-2")
OPEN = ROUNDS[0]
"""The round that is voted in while phones change their tables; the other one is over, and stays as it is."""

HEADS = st.tuples(*[st.integers(0, 3)] * 3)
PHONE = st.integers(0, 4)
TABLE = st.integers(1, 2)

JOIN = st.tuples(st.just("join"))
VOTE = st.tuples(st.just("vote"), PHONE, st.sampled_from(ROUNDS), HEADS, st.none() | st.integers(0, 9))
AGAIN = st.tuples(st.just("again"), st.integers(0, 30))
SEAT = st.tuples(st.just("seat"), PHONE, TABLE, st.integers(1, 8), st.sets(PHONE))
FREE = st.tuples(st.just("free"), TABLE)
ACTS = st.builds(
    lambda first, then: [*first, *then],
    st.lists(JOIN, max_size=4),
    st.lists(st.one_of(JOIN, VOTE, VOTE, AGAIN, SEAT, SEAT, SEAT, FREE), max_size=60)
    | st.lists(st.one_of(VOTE, AGAIN, SEAT, SEAT, FREE), min_size=15, max_size=40),
)

Vote = tuple[str, str, tuple[int, ...], int | None]


@dataclass
class Played:
    """A box, and what each phone was told of its own votes."""

    box: Box = field(default_factory=Box)
    tokens: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=lambda: [OpenLine(8765, "ACDE")])
    facts: list[Fact] = field(default_factory=list)
    posts: list[Vote] = field(default_factory=list)
    told: dict[str, dict[str, tuple[int, ...]]] = field(default_factory=dict)
    """For each token and round, the vote that was acknowledged last; a table's votes go with the table."""
    at: dict[str, int] = field(default_factory=dict)
    """The table of each token that has one."""
    claims: dict[str, int] = field(default_factory=dict)
    barred: dict[str, int] = field(default_factory=dict)

    def join(self) -> None:
        token, _, lines = self.box.joined()
        self.tokens.append(token)
        self.told[token] = {}
        self.lines += lines

    def vote(self, phone: int, round: str, heads: tuple[int, ...], sent: int | None) -> None:
        if self.tokens:
            self.posts.append((self.tokens[phone % len(self.tokens)], round, heads, sent))
            self.again(len(self.posts) - 1)

    def again(self, post: int) -> None:
        """The same post arrives, perhaps once more and much later."""
        if not self.posts:
            return
        token, round, heads, sent = self.posts[post % len(self.posts)]
        guest = self.box.guests[token]
        lines = self.box.votes(guest, round, heads, sent)
        if lines is not None:  # it was acknowledged
            self.lines += lines
            self.facts.append(self.box.voted(guest, round))
            self.told[token][round] = heads

    def seat(self, phone: int, table: int, people: int, asleep: set[int]) -> None:
        if not self.tokens:
            return
        token = self.tokens[phone % len(self.tokens)]
        holder = next((each for each in self.tokens if self.box.guests[each].table == table), token)
        numbers = {self.box.guests[self.tokens[each % len(self.tokens)]].number for each in asleep}
        awake = holder != token and self.box.guests[holder].number not in numbers
        lines, facts = self.box.seats(token, table, people, numbers, OPEN)
        self.lines += lines
        self.facts += facts
        if awake or self.barred.get(token) == table:
            self.claims[token] = table
            return
        if self.at.get(token, table) != table:
            self.told[token].pop(OPEN, None)
        if holder != token:
            self.told[token], self.told[holder] = self.told[holder], self.told[token]
            self.claims[holder] = table
            del self.at[holder]
        self.at[token] = table
        self.claims.pop(token, None)

    def free(self, table: int) -> None:
        lines, facts = self.box.frees(table, OPEN)
        self.lines += lines
        self.facts += facts
        holder = next((token for token, at in self.at.items() if at == table), None)
        claimed = table in self.claims.values()
        if claimed or not holder:
            self.barred = {token: at for token, at in self.barred.items() if at != table}
        if holder:
            self.told[holder].pop(OPEN, None)
            del self.at[holder]
        if holder and claimed:
            self.barred[holder] = table
        self.claims = {token: at for token, at in self.claims.items() if at != table}

    @property
    def says(self) -> dict[str, dict[str, tuple[int, ...]]]:
        """What each token is shown as its own votes."""
        return {token: self.box.guests[token].votes for token in self.tokens}


def played(acts: Sequence[tuple[object, ...]]) -> Played:
    made = Played()
    for name, *arguments in acts:
        getattr(made, str(name))(*arguments)
    return made


def tally(ballots: Ballots, round: str) -> Counter[tuple[int, ...]]:
    return Counter(vote.heads for vote in ballots.get(round, {}).values() if vote.heads)


@settings(deadline=None)
@given(ACTS)
def test_the_final_tally_is_the_last_acknowledged_vote_of_each_token(acts: list[tuple[object, ...]]) -> None:
    made = played(acts)
    assert made.says == made.told
    for round in ROUNDS:
        acknowledged = Counter(said[round] for said in made.told.values() if round in said)
        assert tally(counted({}, made.facts), round) == acknowledged, "what the trainer counts is what phones were told"


@settings(deadline=None)
@given(ACTS)
def test_nobody_counts_twice_and_a_table_has_one_voice(acts: list[tuple[object, ...]]) -> None:
    made = played(acts)
    guests = list(made.box.guests.values())
    assert len({guest.number for guest in guests}) == len(guests) == len(made.tokens)
    tables = [guest.table for guest in guests if guest.table is not None]
    assert len(tables) == len(set(tables))
    for ballots in counted({}, made.facts).values():
        assert len(ballots) <= len(made.tokens)


@settings(deadline=None)
@given(ACTS)
def test_a_phone_is_where_it_was_let_in_and_a_table_votes_once(acts: list[tuple[object, ...]]) -> None:
    made = played(acts)
    guests = {token: made.box.guests[token] for token in made.tokens}
    assert {token: guest.table for token, guest in guests.items() if guest.table} == made.at
    assert {token: guest.claims for token, guest in guests.items() if guest.claims} == made.claims
    assert {token: guest.barred for token, guest in guests.items() if guest.barred} == made.barred
    ballots = [vote for vote in counted({}, made.facts).get(OPEN, {}).values() if vote.heads]
    voted = {vote.table: vote.phone for vote in ballots if vote.table}
    assert len(voted) == sum(1 for vote in ballots if vote.table)
    assert voted.items() <= {guest.table: guest.name for guest in guests.values()}.items()
    named = [(each.table, each.people) for each in made.box.tables(()) if each.people]
    assert named == sorted((guest.table, guest.people) for guest in guests.values() if guest.table)


def test_a_phone_that_cannot_have_its_table_back_cannot_shake_that_off_at_another_one() -> None:
    made = played([("join",), ("join",), ("join",)])
    made.seat(0, 1, 6, set())
    made.seat(1, 1, 6, set())
    made.free(1)
    made.seat(2, 2, 5, set())
    made.seat(0, 2, 5, {2})  # it follows a phone that sleeps, and has its voice from now on
    made.seat(0, 1, 6, set())
    made.seat(2, 1, 6, set())  # and that phone has not got what it had
    first, _, third = (made.box.guests[token] for token in made.tokens)
    assert (first.table, first.barred, first.claims) == (2, 1, 1)
    assert (third.table, third.barred, third.claims) == (1, None, None)


@settings(deadline=None)
@given(ACTS, st.data())
def test_a_program_that_starts_again_at_any_moment_knows_the_same(
    acts: list[tuple[object, ...]], data: st.DataObject
) -> None:
    made = played(acts[: data.draw(st.integers(0, len(acts)))])
    again = Box(Kept(8765, "ACDE", tuple(made.lines)))
    assert again.guests.keys() == made.box.guests.keys()
    for token, guest in again.guests.items():
        before = made.box.guests[token]
        assert (guest.number, guest.votes, guest.sent) == (before.number, before.votes, before.sent)
        assert (guest.table, guest.people) == (before.table, before.people)
        assert (guest.claims, guest.freed, guest.barred) == (before.claims, before.freed, before.barred)
    assert counted({}, again.facts) == counted({}, made.facts)
    made.box = again
    made.facts = list(again.facts)
    for name, *arguments in acts:
        getattr(made, str(name))(*arguments)
    assert made.says == made.told


@given(st.permutations(range(8)), st.lists(st.integers(0, 7), max_size=8))
def test_however_posts_overtake_one_another_the_one_sent_last_stands(order: list[int], doubled: list[int]) -> None:
    """Eight taps of one phone, in any order, some of them twice."""
    made = Played()
    made.join()
    made.posts = [(made.tokens[0], "1-1", (tap, 0, 0), tap) for tap in range(8)]
    for post in (*order, *doubled):
        made.again(post)
    assert made.says[made.tokens[0]] == {"1-1": (7, 0, 0)}
    assert [line.heads for line in made.lines if isinstance(line, VoteLine)][-1] == (7, 0, 0)
