"""What holds of every story and every walk through it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from game.story import ChoiceNotOffered, Scenario, Story, ending_mix, route_to, transcript
from tests.properties.naive import Naive
from tests.properties.walks import WALKS, walked
from tests.strategies import scenarios

CHOICES = st.lists(st.sampled_from(["a", "b", "c", "d", "x", ""]), max_size=12)
"""Ids of choices, offered or not."""


def seen(story: Story) -> tuple[object, ...]:
    """All that a player could see or be told of a story."""
    return (
        story.path,
        story.passage.id,
        story.facts,
        dict(story.meters),
        story.choices,
        story.stuck,
        story.over,
        [(visit.passage.id, visit.lines) for visit in story.visits],
    )


@given(scenarios(), WALKS)
def test_a_path_replayed_is_the_same_story(scenario: Scenario, walk: list[int]) -> None:
    story = walked(scenario, walk)
    again = Story.replay(scenario, story.path)

    assert again == story
    assert seen(again) == seen(story)
    assert transcript(again) == transcript(story)


@given(scenarios(), WALKS)
def test_choosing_leaves_the_old_story_as_it_was(scenario: Scenario, walk: list[int]) -> None:
    story = walked(scenario, walk)
    before = seen(story)

    for choice in story.choices:
        story.choose(choice.id)

    assert seen(story) == before


@given(scenarios(), WALKS)
def test_undo_after_choosing_is_where_we_were(scenario: Scenario, walk: list[int]) -> None:
    story = walked(scenario, walk)

    for choice in story.choices:
        assert story.choose(choice.id).undo() == story
        assert seen(story.choose(choice.id).undo()) == seen(story)


@given(scenarios(), CHOICES)
def test_replay_as_far_as_it_goes_never_fails_and_splits_the_list_in_two(scenario: Scenario, path: list[str]) -> None:
    story, left = Story.replay_as_far(scenario, path)

    assert [*story.path, *left] == path
    assert not left or left[0] not in [choice.id for choice in story.choices]


@given(scenarios(), CHOICES)
def test_replay_refuses_just_what_is_not_on_offer_and_says_what_is(scenario: Scenario, path: list[str]) -> None:
    reached, left = Story.replay_as_far(scenario, path)

    error = refusal(scenario, path)

    if not left:
        assert error is None
    else:
        assert error is not None
        assert error.choice == left[0]
        assert error.offered == tuple(choice.id for choice in reached.choices)


def refusal(scenario: Scenario, path: list[str]) -> ChoiceNotOffered | None:
    try:
        Story.replay(scenario, path)
    except ChoiceNotOffered as error:
        return error
    return None


@given(scenarios(), WALKS)
def test_meters_always_lie_within_their_bounds(scenario: Scenario, walk: list[int]) -> None:
    for step in walked(scenario, walk).steps:
        for visit in step.visits:
            for value, meter in zip(visit.state.meters, scenario.meters.values(), strict=True):
                assert meter.least <= value <= meter.most


@given(scenarios(), WALKS, WALKS)
def test_what_is_told_and_offered_depends_on_the_state_alone(
    scenario: Scenario, walk: list[int], other: list[int]
) -> None:
    told: dict[object, object] = {}
    for step in (*walked(scenario, walk).steps, *walked(scenario, other).steps):
        for visit in step.visits:
            assert told.setdefault(visit.state, visit.lines) == visit.lines
        assert told.setdefault((step.state, "offered"), step.choices) == step.choices


@given(scenarios(), WALKS)
def test_a_story_stands_at_choices_or_at_an_end_or_is_stuck_and_never_two_of_them(
    scenario: Scenario, walk: list[int]
) -> None:
    for step in walked(scenario, walk).steps:
        assert [bool(step.choices), step.over, step.stuck].count(True) == 1


@given(scenarios(can_stick=False), WALKS)
def test_a_story_that_cannot_stick_never_does(scenario: Scenario, walk: list[int]) -> None:
    assert not any(step.stuck for step in walked(scenario, walk).steps)


@settings(max_examples=300)
@given(scenarios(), WALKS)
def test_a_naive_engine_written_from_the_rules_agrees_at_every_step(scenario: Scenario, walk: list[int]) -> None:
    story, naive = Story.begin(scenario), Naive(scenario)
    naive.begin()
    for step in [*walk, 0]:
        assert naive.passage == story.passage.id
        assert naive.entered == [visit.passage.id for visit in story.visits]
        assert naive.told == [line.text for visit in story.visits for line in visit.lines]
        assert naive.meters == story.meters
        assert [fact for fact, true in naive.facts.items() if true] == list(story.facts)
        assert naive.stuck == story.stuck
        offered = [] if story.over else naive.offered()
        assert offered == [choice.id for choice in story.choices]
        if offered:
            id = offered[step % len(offered)]
            story = story.choose(id)
            naive.choose(id)


@given(scenarios(), st.data())
def test_a_road_to_a_passage_leads_there_and_no_shorter_walk_does(scenario: Scenario, data: st.DataObject) -> None:
    passage = data.draw(st.sampled_from(sorted(scenario.passages)))
    walk = data.draw(WALKS)
    road = route_to(scenario, passage)
    walked_there = [len(step.path) for step in walked(scenario, walk).steps if enters(step, passage)]

    if road is None:
        assert not walked_there
    else:
        assert enters(Story.replay(scenario, road), passage)
        assert len(road) <= min(walked_there, default=len(road))


def enters(story: Story, passage: str) -> bool:
    return any(visit.passage.id == passage for visit in story.visits)


@given(scenarios(most_passages=5), WALKS)
def test_the_mix_of_endings_is_the_mean_of_the_mixes_after_each_choice(scenario: Scenario, walk: list[int]) -> None:
    story = walked(scenario, walk)
    mix = ending_mix(story)
    after = [ending_mix(story.choose(choice.id)) for choice in story.choices]

    if mix is None:
        assert None in after
        return
    assert 0 <= sum(mix.values()) <= 1 + 1e-9
    for ending in scenario.passages:
        mean = sum(one.get(ending, 0) for one in after if one is not None) / max(1, len(after))
        expected = mean if story.choices else float(story.over and ending == story.passage.id)
        assert abs(mix.get(ending, 0) - expected) < 1e-9
