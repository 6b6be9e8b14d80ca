"""The values behind the screens: the clock and the open line."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.screens.room_clock import RHYTHMS, SOON, Box, Clock
from game.screens.room_entry import Counting
from game.training import Room, Step
from tests.room.test_screens_layout import rooms

NOON = datetime(2026, 11, 25, 12, 0)
BOXES = st.lists(st.integers(1, 400).map(lambda seconds: Box("groups", seconds)), min_size=1, max_size=4).map(tuple)
MOMENTS = st.floats(0, 2_000)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


@given(boxes=BOXES, seconds=MOMENTS)
def test_what_is_left_and_what_is_gone_make_the_whole(boxes: tuple[Box, ...], seconds: float) -> None:
    clock, whole = Clock(NOON, boxes), sum(box.seconds for box in boxes)
    left = clock.left(at(seconds))
    assert left.over == (seconds >= whole) or abs(seconds - whole) < 1e-5
    assert 0 <= left.seconds <= left.of
    if len(boxes) == 1 and not left.over:
        assert abs(left.seconds - (whole - seconds)) <= 1


@given(boxes=BOXES, one=MOMENTS, other=MOMENTS)
def test_bells_only_add_up(boxes: tuple[Box, ...], one: float, other: float) -> None:
    clock = Clock(NOON, boxes)
    earlier, later = sorted((one, other))
    assert clock.bells(at(earlier)) <= clock.bells(at(later))
    assert clock.bells(at(0)) == 0
    rings = sum(1 + (box.seconds > SOON) for box in boxes)
    assert clock.bells(at(10_000)) == rings


@given(boxes=BOXES, seconds=MOMENTS)
def test_thirty_seconds_more_are_thirty_seconds_more(boxes: tuple[Box, ...], seconds: float) -> None:
    clock = Clock(NOON, boxes)
    before, after = clock.left(at(seconds)), clock.longer(at(seconds), 30).left(at(seconds))
    assert abs(after.seconds - (before.seconds + 30)) <= 1
    assert not after.over


@given(boxes=BOXES, seconds=MOMENTS)
def test_taking_time_away_never_makes_more_of_it(boxes: tuple[Box, ...], seconds: float) -> None:
    clock = Clock(NOON, boxes)
    shorter = clock.longer(at(seconds), -30)
    assert sum(box.seconds for box in shorter.boxes) <= max(seconds + 1e-5, sum(box.seconds for box in boxes))
    assert shorter.elapsed(at(seconds)) == clock.elapsed(at(seconds))


@given(boxes=BOXES, seconds=MOMENTS)
def test_it_looks_different_only_when_it_says(boxes: tuple[Box, ...], seconds: float) -> None:
    clock = Clock(NOON, boxes)
    ticks = clock.ticks(at(seconds))
    assert (ticks is None) == clock.left(at(seconds)).over
    if ticks is not None:
        assert 0 < ticks <= 1.01


def test_a_clock_that_was_put_back_does_not_give_more_than_all() -> None:
    clock = Clock(NOON, RHYTHMS["free"])
    assert clock.left(NOON - timedelta(hours=1)).seconds == 120


def counted() -> Room:
    """A room at the showing of the cards, with nothing counted."""
    room = next(room for room in rooms("late-again") if room.step is Step.SHOW)
    assert room.latest is not None
    assert room.latest.first.tally.empty
    return room


@pytest.mark.parametrize(
    ("line", "heads"),
    [
        ("12 A 9 B 3 C", (12, 9, 3)),
        ("12a 9b 3c", (12, 9, 3)),
        ("3 C", (0, 0, 3)),
        ("t4 5 A", (5, 0, 0)),
        ("T4 5A 1B", (5, 1, 0)),
    ],
)
def test_a_line_is_taken(line: str, heads: tuple[int, ...]) -> None:
    room, entry = Counting(line).taken(counted())
    assert room.latest is not None
    assert room.latest.first.tally.heads == heads
    assert (entry.line, entry.reason) == ("", "")


@pytest.mark.parametrize("line", ["12", "12 Z", "12 A 3 A", "A B", "many A", "1000000 A", "?"])
def test_an_unclear_line_stays_with_the_reason_and_changes_nothing(line: str) -> None:
    before = counted()
    room, entry = Counting(line).taken(before)
    assert room == before
    assert entry.line == line
    assert entry.reason


@given(text=st.text(max_size=60))
def test_whatever_is_typed_is_taken_or_refused_and_never_breaks(text: str) -> None:
    room, entry = counted(), Counting()
    for sign in text:
        room, entry = entry.typed(room, sign, shift=False)
    room, entry = entry.taken(room)
    assert bool(entry.reason) == bool(entry.line)
