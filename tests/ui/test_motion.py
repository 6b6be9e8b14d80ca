"""Laws of how one page becomes the next: it begins where the old one was, and ends as the new one is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.ui import Metrics, Page
from game.ui.motion import eased, motion
from tests.ui.conftest import Look, fonts

AWAY = 36


@pytest.fixture(scope="module")
def pages(looks: tuple[Look, ...]) -> list[Page]:
    """A page of every kind, and many of the stories, in their order."""
    metrics = Metrics(1280, 720, 1.0, fonts())
    return [look.screen.page(metrics) for look in looks[:120]]


def test_a_page_does_not_move_to_itself(pages: list[Page]) -> None:
    assert [motion(page, page, (page.focus, page.focus), AWAY) for page in pages] == [None] * len(pages)


def test_a_movement_ends_where_the_next_page_is(pages: list[Page]) -> None:
    moved = 0
    for before, after in pairwise(pages):
        way = motion(before, after, (before.focus, after.focus), AWAY)
        if way is None:
            continue
        moved += 1
        for thing in after.root.children:
            assert way.at(thing, 1.0) == thing
    assert moved > 60


def test_who_stays_begins_where_they_stood(pages: list[Page]) -> None:
    for before, after in pairwise(pages):
        way = motion(before, after, ("", ""), AWAY)
        old = {thing.key: thing for thing in before.root.children if thing.look == "person"}
        for thing in after.root.children:
            if way is not None and thing.look == "person" and thing.key in old:
                start = way.at(thing, 0.0).rect
                assert (start.x, start.bottom) == (old[thing.key].rect.x, old[thing.key].rect.bottom)


@given(st.floats(-1, 2), st.floats(-1, 2))
def test_the_way_is_never_left_and_never_goes_back(one: float, other: float) -> None:
    assert 0.0 <= eased(one) <= 1.0
    assert (eased(one) <= eased(other)) or one > other
    assert (eased(0.0), eased(1.0)) == (0.0, 1.0)
