"""The profile of a run: what was taken of what was on offer, and the corners of the square."""

from __future__ import annotations

import pytest

from game.story import Passage, Story
from game.training import Point, Profile, Share, decisions, points, profile
from tests.story.making import asks, choice, do, ends, story_of


def run(*passages: Passage, path: str) -> Story:
    return Story.replay(story_of(*passages, ends("end")), path.split())


def shares(story: Story) -> tuple[int, int, int, int]:
    """Manager taken and on offer, leader taken and on offer."""
    result = profile(story)
    return result.manager.taken, result.manager.on_offer, result.leader.taken, result.leader.on_offer


def test_a_share_is_what_was_taken_of_the_most_on_offer_for_each_role_apart() -> None:
    hall = asks(
        "hall",
        choice("note", "end", manager=2),
        choice("ask", "end", manager=1, leader=1),
        choice("sit", "end", leader=2),
    )

    assert shares(run(hall, path="note")) == (2, 2, 0, 2)
    assert shares(run(hall, path="ask")) == (1, 2, 1, 2)
    assert shares(run(hall, path="sit")) == (0, 2, 2, 2)


def test_the_most_on_offer_counts_only_what_was_offered_at_that_visit() -> None:
    hall = asks(
        "hall",
        choice("warn", "end", when="noted", manager=2, leader=2),
        choice("look", "end", manager=1),
    )

    assert shares(run(hall, path="look")) == (1, 1, 0, 0)


def test_a_decision_met_twice_counts_twice_and_so_does_a_choice_taken_twice() -> None:
    hub = asks("hub", choice("ask", "hub", leader=1), choice("go", "end", manager=2))

    assert shares(run(hub, path="ask ask go")) == (2, 6, 2, 3)


def test_a_once_choice_that_was_taken_is_not_on_offer_the_next_time() -> None:
    hub = asks("hub", choice("ask", "hub", once=True, leader=2), choice("go", "end", manager=1))

    assert shares(run(hub, path="ask go")) == (1, 2, 2, 2)


def test_a_run_with_no_decision_has_nothing_on_offer_and_passes_through() -> None:
    result = profile(Story.begin(story_of(ends("end"))))

    assert result == Profile(Share(0, 0), Share(0, 0), ("passing-through",))
    assert result.manager.part == 0


def test_decisions_are_numbered_from_one_with_the_story_before_and_after() -> None:
    story = run(asks("hub", choice("ask", "hub", effects=[do(trust=+1)]), choice("go", "end")), path="ask go")

    first, second = decisions(story)

    assert (first.number, first.choice.id, first.at.path, first.after.path) == (1, "ask", (), ("ask",))
    assert (second.number, second.choice.id, second.at.path, second.after) == (2, "go", ("ask",), story)


def test_a_point_is_the_profile_so_far_after_each_decision() -> None:
    hub = asks("hub", choice("ask", "hub", once=True, leader=2), choice("note", "end", manager=1), choice("go", "end"))

    assert points(run(hub, path="ask note")) == (
        Point(1, Share(0, 1), Share(2, 2)),
        Point(2, Share(1, 2), Share(2, 2)),
    )


def test_a_point_lies_leader_across_and_manager_up() -> None:
    assert Point(1, Share(1, 4), Share(2, 2)).place == (1.0, 0.25)


def test_a_role_that_was_never_on_offer_keeps_a_run_at_the_edge() -> None:
    only = asks("hall", choice("a", "end"), choice("b", "end", manager=2))

    assert [point.place for point in points(run(only, path="b"))] == [(0.0, 1.0)]


def test_a_run_with_no_decision_has_no_points() -> None:
    assert points(Story.begin(story_of(ends("end")))) == ()


def tenths(manager: int, leader: int) -> Story:
    """A run of ten decisions with one point of each role on offer, taking so many of each."""
    row = [
        asks(
            f"p{number}",
            choice("none", f"p{number + 1}"),
            choice("manage", f"p{number + 1}", manager=1),
            choice("lead", f"p{number + 1}", leader=1),
            choice("both", f"p{number + 1}", manager=1, leader=1),
        )
        for number in range(10)
    ]
    names = {(False, False): "none", (True, False): "manage", (False, True): "lead", (True, True): "both"}
    return Story.replay(story_of(*row, ends("p10")), [names[n < manager, n < leader] for n in range(10)])


@pytest.mark.parametrize(
    ("manager", "leader", "corners"),
    [
        (10, 10, ("omni-dexterous",)),
        (7, 7, ("omni-dexterous",)),
        (10, 0, ("straight-road",)),
        (7, 3, ("straight-road",)),
        (0, 10, ("off-road",)),
        (3, 7, ("off-road",)),
        (0, 0, ("passing-through",)),
        (3, 3, ("passing-through",)),
        # at half a role is high; within a tenth of half both sides are named, the one it is in first
        (5, 0, ("straight-road", "passing-through")),
        (6, 0, ("straight-road", "passing-through")),
        (4, 0, ("passing-through", "straight-road")),
        (0, 5, ("off-road", "passing-through")),
        (10, 4, ("straight-road", "omni-dexterous")),
        (4, 10, ("off-road", "omni-dexterous")),
        (5, 5, ("omni-dexterous", "straight-road", "off-road", "passing-through")),
        (6, 4, ("straight-road", "omni-dexterous", "passing-through", "off-road")),
        (4, 4, ("passing-through", "off-road", "straight-road", "omni-dexterous")),
    ],
)
def test_the_corner_is_cut_at_half_and_near_the_middle_both_are_named(
    manager: int, leader: int, corners: tuple[str, ...]
) -> None:
    assert profile(tenths(manager, leader)).corners == corners
