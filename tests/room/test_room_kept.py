"""A session put away as plain data and taken up again is the same session, whatever was done in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.story import Course
from game.training import CannotGoOn, Room, Step, kept, taken_up
from tests.room.rooms import SMALL, Played, sessions, to_step
from tests.strategies import scenarios


def _again(room: Room) -> Room:
    return taken_up(room.course, room.scenario, json.loads(json.dumps(kept(room))))


def _phones_too(room: Room, before: Room) -> Room:
    """What phones said put in again, as their journal does."""
    for number, asked in enumerate(before.decisions, 1):
        for round in (1, 2, *(asked.what_if_round(id) for id, _ in asked.would)):
            votes = asked.votes(round)
            said = {token: dict(ballot.split) for token, ballot in votes.phones}
            room = room.voted(number, round, said, {token: ballot.table for token, ballot in votes.phones})
    return room


@given(sessions(scenarios()))
def test_a_session_taken_up_again_is_the_same_session(session: Played) -> None:
    room = session.room
    again = _phones_too(_again(room), room)
    assert (again.trail, again.at, again.lines, again.times) == (room.trail, room.at, room.lines, room.times)
    assert again.headcount == room.headcount
    assert again.story.path == room.story.path
    for one, other in zip(again.decisions, room.decisions, strict=True):
        assert replace(one, story=other.story) == other
        assert (one.story.path, one.story.passage) == (other.story.path, other.story.passage)
    assert again.shown == room.shown
    assert again.notes == room.notes
    assert again.next().shown == room.next().shown


@given(sessions(scenarios()))
def test_what_phones_said_is_not_in_what_is_kept(session: Played) -> None:
    assert "token-" not in json.dumps(kept(session.room))


def _session() -> Room:
    room = to_step(Room.open(Course(), SMALL, headcount=20), Step.SILENT).count("ring", 3, "2").guess("most", "wait")
    room = to_step(room, Step.BRANCH).what_if().next().note("ideas", "Ask first")
    return to_step(room, Step.SILENT, 2).count("sit", 4)


_WRONG: Mapping[str, Any] = {
    "path": ["nobody"],
    "trail": [["no-such-step", 0, 0, ""]],
    "at": 4000,
    "decisions": [{}],
    "lines": [["no such column", "Hello"]],
    "times": [[1]],
    "headcount": -4,
}


@pytest.mark.parametrize("field", _WRONG)
def test_what_was_damaged_is_told_apart(field: str) -> None:
    with pytest.raises(CannotGoOn):
        taken_up(Course(), SMALL, {**kept(_session()), field: _WRONG[field]})


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(kept(_session()))), _JSON)
def test_whatever_is_found_it_is_a_session_or_it_is_told(field: str, found: object) -> None:
    try:
        room = taken_up(Course(), SMALL, {**kept(_session()), field: found})
    except CannotGoOn:
        return
    assert room.shown.title or room.shown.words


def test_a_vote_heard_of_after_its_round_counts_in_that_round() -> None:
    room = to_step(Room.open(Course(), SMALL), Step.SILENT).ballots({"1": "ring"})
    room = to_step(room, Step.SHOW_AGAIN).ballots({"1": "knock"})
    late = to_step(room, Step.REVEAL).voted(1, 1, {"1": "ring", "2": "wait"})
    asked = late.latest
    assert asked is not None
    assert asked.first.tally.heads == (0, 1, 1)
    assert asked.second.tally.heads == (1, 0, 0)
    assert late.voted(9, 1, {"1": "ring"}) == late
