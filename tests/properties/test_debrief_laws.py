"""What holds of the debrief of every run."""

from __future__ import annotations

from hypothesis import given

from game.story import Course, Scenario, Story
from game.training import (
    debrief,
    debrief_as_text,
    decisions,
    other_road,
    points,
    profile,
    road_in_words,
    run_as_html,
    run_as_text,
)
from tests.properties.walks import WALKS, walked
from tests.strategies import scenarios


@given(scenarios(), WALKS)
def test_the_other_road_is_a_replay_of_the_run_so_far_with_another_choice(scenario: Scenario, walk: list[int]) -> None:
    story = walked(scenario, walk)
    for taken in decisions(story):
        other = other_road(taken)
        if other is None:
            assert len(taken.at.choices) == 1
            continue
        assert other.choice.id != taken.choice.id
        replayed = Story.replay(scenario, [*story.path[: taken.number - 1], other.choice.id])
        assert other.visit == replayed.visits[0]
        assert other.ending == (replayed.ending.title if replayed.ending else "")


@given(scenarios(), WALKS)
def test_the_decisions_of_a_run_are_its_choices_in_order(scenario: Scenario, walk: list[int]) -> None:
    story = walked(scenario, walk)
    taken = decisions(story)

    assert tuple(one.choice.id for one in taken) == story.path
    for one in taken:
        assert one.at.choose(one.choice.id) == one.after
        assert one.at == Story.replay(scenario, story.path[: one.number - 1])


@given(scenarios(), WALKS)
def test_a_share_lies_between_nothing_and_all_and_grows_with_the_run(scenario: Scenario, walk: list[int]) -> None:
    before = (0, 0, 0, 0)
    for step in walked(scenario, walk).steps:
        manager, leader = profile(step).manager, profile(step).leader
        now = (manager.taken, manager.on_offer, leader.taken, leader.on_offer)
        assert 0 <= manager.taken <= manager.on_offer
        assert 0 <= leader.taken <= leader.on_offer
        assert all(new >= old for new, old in zip(now, before, strict=True))
        before = now


@given(scenarios(), WALKS)
def test_a_run_has_a_point_for_each_decision_within_the_square_and_the_last_is_its_profile(
    scenario: Scenario, walk: list[int]
) -> None:
    story = walked(scenario, walk)
    told = points(story)

    assert [point.number for point in told] == list(range(1, len(story.path) + 1))
    for point, step in zip(told, story.steps[1:], strict=True):
        assert all(0.0 <= part <= 1.0 for part in point.place)
        so_far = profile(step)
        assert (point.manager, point.leader) == (so_far.manager, so_far.leader)
    if told:
        whole = profile(story)
        assert told[-1].place == (whole.leader.part, whole.manager.part)


@given(scenarios(), WALKS)
def test_the_road_in_words_has_every_choice_that_was_on_offer(scenario: Scenario, walk: list[int]) -> None:
    story = walked(scenario, walk)
    words = " ".join(road_in_words(debrief(Course(), story, spoken=False)))

    for taken in decisions(story):
        assert all(choice.text in words for choice in taken.at.choices)


@given(scenarios(), WALKS)
def test_the_moments_are_decisions_of_the_run_in_order_and_as_many_as_the_author_wants(
    scenario: Scenario, walk: list[int]
) -> None:
    story = walked(scenario, walk)
    numbers = [moment.number for moment in debrief(Course(), story, spoken=False).moments]

    assert numbers == sorted(set(numbers))
    assert len(numbers) == min(len(story.path), scenario.debrief.moments)
    assert set(numbers) <= set(range(1, len(story.path) + 1))


@given(scenarios(), WALKS)
def test_every_run_has_a_debrief_as_text_and_as_a_page(scenario: Scenario, walk: list[int]) -> None:
    story = walked(scenario, walk)
    told = debrief(Course(), story, spoken=False)

    assert run_as_text(told, story).endswith(debrief_as_text(told, story))
    assert run_as_html(told, story).endswith("</body>\n</html>\n")
    assert told == debrief(Course(), Story.replay(scenario, story.path), spoken=False)
