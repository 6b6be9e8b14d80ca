"""What an author's words for a time say to a clock and to the light."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.pictures import HOURS, Moment, moment_of


@pytest.mark.parametrize(
    ("when", "clock", "hour"),
    [
        ("Tuesday, 8.31", (8, 31), "morning"),
        ("Tuesday, 2.00", (2, 0), "day"),
        ("Friday, 4.55", (4, 55), "day"),
        ("The third Thursday, 6.30", (6, 30), "evening"),
        ("A Tuesday in July, 11.00", (11, 0), "day"),
        ("Monday, 18:05", (18, 5), "evening"),
        ("Monday, 8.15 pm", (8, 15), "evening"),
        ("Monday, 6.10 am", (6, 10), "morning"),
        ("Ten to four", (3, 50), "day"),
        ("Half past nine", (9, 30), "morning"),
        ("Quarter to one", (12, 45), "day"),
        ("Twenty past 7", (7, 20), "morning"),
        ("Eight o’clock, one hour left", (8, 0), "morning"),
        ("Eight o'clock at night", (8, 0), "night"),
        ("Thursday evening, 9.00", (9, 0), "evening"),
        ("After breakfast", None, "morning"),
        ("Half an hour in", None, "day"),
        ("The next Wednesday, and after", None, "day"),
        ("Version 2.75", None, "day"),
        ("", None, "day"),
    ],
)
def test_words_for_a_time_are_understood(when: str, clock: tuple[int, int] | None, hour: str) -> None:
    assert moment_of(when) == Moment(hour, clock)  # type: ignore[arg-type]


def test_the_hands_of_a_clock_stand_where_they_do_on_a_wall() -> None:
    assert Moment("morning", (8, 30)).hands == (255.0, 180.0)
    assert Moment("day", (15, 0)).hands == (90.0, 0.0)
    assert Moment("night", (0, 45)).hands == (22.5, 270.0)


@given(st.text(max_size=60))
def test_any_words_have_a_light_and_a_clock_or_none(when: str) -> None:
    moment = moment_of(when)
    assert moment.hour in HOURS
    hour_hand, minute_hand = moment.hands
    assert 0 <= hour_hand < 360
    assert 0 <= minute_hand < 360


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from(".:"))
def test_every_time_written_in_figures_is_read(hours: int, minutes: int, sign: str) -> None:
    assert moment_of(f"Tuesday, {hours}{sign}{minutes:02}").clock == (hours, minutes)
