"""The shipped course loads clean, and its stories go where they were meant to go."""

from __future__ import annotations

from fractions import Fraction

import pytest

from game.authoring.craft_options import moves
from game.authoring.craft_players import NAIVE, STYLES, play
from game.story import Choice

from .routes import FOLDER, figure, library, list_of, places, report, routes, scenario, scenarios
from .sketches import ENDS, ROUTES, SHARES, SKETCHES, TONES


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
    numbers = figure("C4", id).numbers

    assert 0.05 <= numbers["least"] <= numbers["most"] <= 0.60, places(figure("C4", id))
    assert [round(100 * numbers[end]) for end in ("least", "most")] == [
        min(SHARES[id].values()),
        max(SHARES[id].values()),
    ]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("id", ROUTES)
def test_each_style_of_play_ends_where_it_was_meant_to_end(id: str, style: str) -> None:
    assert play(scenario(id), style, STYLES[style]).ending == ENDS[style][id]


def test_play_with_both_hands_never_meets_a_poor_ending() -> None:
    assert {TONES[ending] for ending in ENDS["both-hands"].values()} <= {"good", "mixed-good"}
    assert figure("R7").numbers["poor"] == 0, places(figure("R7"))


def test_the_expert_comes_to_an_ending_with_more_gained_than_lost() -> None:
    endings = {play.scenario: play.tone for play in report().plays if play.player == "expert"}

    assert endings == dict.fromkeys(ROUTES, "mixed-good")


def test_no_player_who_does_not_read_the_story_does_as_well_as_the_expert() -> None:
    assert figure("N").numbers == {"as well": 0, "plays": len(ROUTES) * len(NAIVE)}, places(figure("N"))


def test_each_ending_keeps_its_tone() -> None:
    tones = {
        passage.id: passage.ending.tone for one in scenarios() for passage in one.passages.values() if passage.ending
    }

    assert tones == TONES


def test_at_least_half_of_the_endings_are_mixed() -> None:
    assert figure("R8").numbers["endings"] == len(TONES)
    assert figure("R8").numbers["share"] >= 0.50, places(figure("R8"))


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
