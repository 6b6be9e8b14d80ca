"""What holds of the debrief of every run."""

from __future__ import annotations

from hypothesis import given

from game.story import Course, Scenario, Story
from game.training import debrief, debrief_as_text, decisions, other_road, profile, run_as_html, run_as_text
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
