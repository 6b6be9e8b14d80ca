"""The shipped course loads clean, and its stories go where they were meant to go."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from game.story import Choice, Story

from .routes import FOLDER, library, list_of, moves, routes, scenario, scenarios
from .sketches import ROUTES, SHARES, SKETCHES, STYLES, TONES

Style = Callable[[Choice], tuple[int, int]]

PLAY: dict[str, Style] = {
    "pure leader": lambda choice: (choice.scores.leader, -choice.scores.manager),
    "leaning leader": lambda choice: (choice.scores.leader, choice.scores.manager),
    "both hands": lambda choice: (
        min(choice.scores.manager, choice.scores.leader),
        choice.scores.manager + choice.scores.leader,
    ),
    "leaning manager": lambda choice: (choice.scores.manager, choice.scores.leader),
    "pure manager": lambda choice: (choice.scores.manager, -choice.scores.leader),
}
"""What each style of play looks for in a choice; among equals it takes the first of the file."""


def test_every_file_in_the_folder_is_part_of_the_course() -> None:
    files = {path.stem for path in FOLDER.iterdir()} - {"course", "workshop"}

    assert {entry.id for entry in library().entries} == files == set(ROUTES)


def test_the_course_its_source_and_its_scenarios_have_no_mistakes_and_no_warnings() -> None:
    told = [*library().course_mistakes, *(told for entry in library().entries for told in entry.mistakes)]

    assert not told, list_of(told)


def test_the_scenarios_come_in_the_order_of_the_arc() -> None:
    assert [one.id for one in scenarios()] == ["late-again", "who-decides", "the-visit"]
    assert [arc.title for arc in library().course.arcs] == ["The day job"]


@pytest.mark.parametrize("id", ROUTES)
def test_each_scenario_has_as_many_routes_as_it_was_designed_with(id: str) -> None:
    assert len(routes(scenario(id))) == ROUTES[id]


@pytest.mark.parametrize("id", ROUTES)
def test_every_passage_is_met_on_some_route_and_no_route_is_stuck(id: str) -> None:
    met = {visit.passage.id for route in routes(scenario(id)) for visit in route.visits}
    stuck = [str(route) for route in routes(scenario(id)) if not route.story.ending]

    assert met == set(scenario(id).passages)
    assert not stuck, list_of(stuck)


@pytest.mark.parametrize("id", ROUTES)
def test_play_at_random_meets_each_ending_as_often_as_designed(id: str) -> None:
    share = dict.fromkeys(SHARES[id], Fraction(0))
    for route in routes(scenario(id)):
        share[route.ending] += route.chance

    assert sum(share.values()) == 1
    assert {ending: round(100 * chance) for ending, chance in share.items()} == SHARES[id]


@pytest.mark.parametrize("id", ROUTES)
def test_every_ending_is_likely_enough_to_be_met_and_none_takes_the_story_over(id: str) -> None:
    assert all(5 <= percent <= 60 for percent in SHARES[id].values())


@pytest.mark.parametrize("style", PLAY)
@pytest.mark.parametrize("id", ROUTES)
def test_each_style_of_play_ends_where_it_was_meant_to_end(id: str, style: str) -> None:
    story = Story.begin(scenario(id))
    while not story.over:
        story = story.choose(max(story.choices, key=PLAY[style]).id)

    assert story.passage.id == STYLES[style][id]


@pytest.mark.parametrize("id", ROUTES)
def test_play_with_both_hands_never_meets_a_poor_ending(id: str) -> None:
    assert TONES[STYLES["both hands"][id]] in ("good", "mixed-good")


def test_each_ending_keeps_its_tone() -> None:
    tones = {
        passage.id: passage.ending.tone for one in scenarios() for passage in one.passages.values() if passage.ending
    }

    assert tones == TONES


def test_at_least_half_of_the_endings_are_mixed() -> None:
    mixed = [ending for ending, tone in TONES.items() if tone.startswith("mixed")]

    assert len(mixed) >= len(TONES) / 2


@pytest.mark.parametrize("id", ROUTES)
def test_what_each_moment_calls_for_is_as_designed(id: str) -> None:
    asked = {
        passage.id: (passage.decision.calls_for.manager, passage.decision.calls_for.leader)
        for passage in scenario(id).passages.values()
        if passage.decision and passage.decision.calls_for
    }

    assert asked == {passage: sketched.calls_for for passage, sketched in SKETCHES[id].items()}


@pytest.mark.parametrize("id", ROUTES)
def test_each_choice_keeps_its_scores_its_moves_and_its_facts(id: str) -> None:
    for passage, sketched in SKETCHES[id].items():
        decision = scenario(id).passages[passage].decision
        assert decision is not None
        written = {
            choice.id: ((choice.scores.manager, choice.scores.leader), moves(choice), _facts(choice))
            for choice in decision.choices
        }
        assert written == sketched.choices


def _facts(choice: Choice) -> str:
    return ", ".join(
        fact if effect.condition is None else f"{fact} if {effect.condition.text}"
        for effect in choice.effects
        for fact in effect.set
    )
