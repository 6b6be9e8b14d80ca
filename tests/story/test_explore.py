"""Questions about every state: roads to a passage, and how random play would end."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest

from game.story import Passage, Story, ending_mix, route_to
from tests.story.making import asks, choice, do, ends, leads, story_of

FORK = story_of(
    asks(
        "first",
        choice("left", "second", effects=[do(set=["noted"])]),
        choice("right", "second"),
        choice("leave", "gone"),
    ),
    asks(
        "second",
        choice("ask", ("told", "noted"), "gone"),
        choice("wait", "gone"),
        choice("push", "gone", when="not noted"),
    ),
    ends("told"),
    ends("gone"),
)


def brute_force(story: Story) -> dict[str, Fraction]:
    """How random play would end, by playing every run."""
    if story.over:
        return {story.passage.id: Fraction(1)}
    total: Counter[str] = Counter()
    for choice_ in story.choices:
        for ending, chance in brute_force(story.choose(choice_.id)).items():
            total[ending] += chance / len(story.choices)  # type: ignore[assignment]
    return dict(total)  # type: ignore[arg-type]


def test_the_mix_of_endings_is_the_chance_of_each_for_a_player_who_picks_at_random() -> None:
    # left and right a third each, then ask or wait, and from right push too: told is 1/3 * 1/2
    assert ending_mix(Story.begin(FORK)) == pytest.approx({"told": 1 / 6, "gone": 5 / 6})


def test_the_mix_of_endings_is_that_of_brute_force_from_every_place() -> None:
    for path in ([], ["left"], ["right"], ["leave"], ["left", "ask"]):
        story = Story.replay(FORK, path)
        assert ending_mix(story) == pytest.approx({end: float(chance) for end, chance in brute_force(story).items()})


def test_at_an_ending_the_mix_is_that_ending() -> None:
    assert ending_mix(Story.replay(FORK, ["left", "ask"])) == {"told": 1.0}


def test_a_passage_still_to_be_written_has_its_share() -> None:
    scenario = story_of(
        asks("start", choice("a", "later"), choice("b", "end")), Passage("later", todo="…"), ends("end")
    )

    assert ending_mix(Story.begin(scenario)) == {"later": 0.5, "end": 0.5}


def test_runs_that_get_stuck_keep_their_share() -> None:
    scenario = story_of(
        asks("start", choice("a", "end"), choice("b", "round"), choice("c", "shut"), choice("d", "end")),
        leads("round", "round"),
        asks("shut", choice("never", "end", when="noted")),
        ends("end"),
    )

    assert ending_mix(Story.begin(scenario)) == {"end": 0.5}


@pytest.mark.parametrize("path", [["b"], ["c"]])
def test_a_run_that_is_stuck_has_no_ending_before_it(path: list[str]) -> None:
    scenario = story_of(
        asks("start", choice("b", "round"), choice("c", "shut")),
        leads("round", "and-round"),
        leads("and-round", "round"),
        asks("shut", choice("never", "round", when="noted")),
    )

    assert ending_mix(Story.replay(scenario, path)) == {}


def test_a_hub_that_can_be_gone_round_for_ever_has_its_mix_all_the_same() -> None:
    scenario = story_of(
        asks("hub", choice("again", "hub"), choice("leave", "end"), choice("on", "hall")),
        asks("hall", choice("back", "hub"), choice("stay", "told")),
        ends("end"),
        ends("told"),
    )

    # from the hub, h = 1/3 h + 1/3 + 1/3 * 1/2 h: out by the end with 2/3
    assert ending_mix(Story.begin(scenario)) == pytest.approx({"end": 2 / 3, "told": 1 / 3})
    assert ending_mix(Story.replay(scenario, ["on"])) == pytest.approx({"end": 1 / 3, "told": 2 / 3})


def test_a_knot_of_loops_too_large_to_work_out_hides_the_mix() -> None:
    row = [asks(f"p{number}", choice("on", f"p{number + 1}"), choice("back", "p0")) for number in range(2_001)]
    scenario = story_of(*row, ends("p2001"))

    assert ending_mix(Story.begin(scenario)) is None
    assert ending_mix(Story.replay(scenario, ["on"] * 2_001)) == {"p2001": 1.0}


def test_a_hub_whose_questions_are_asked_once_hides_nothing() -> None:
    scenario = story_of(
        asks(
            "hub",
            choice("who", "hub", once=True, effects=[do(set=["noted"])]),
            choice("why", "hub", once=True),
            choice("leave", ("told", "noted"), "gone"),
        ),
        ends("told"),
        ends("gone"),
    )
    story = Story.begin(scenario)

    assert ending_mix(story) == pytest.approx({end: float(chance) for end, chance in brute_force(story).items()})


def test_more_states_than_the_bound_hide_the_mix() -> None:
    assert ending_mix(Story.begin(FORK), bound=2) is None


def test_the_mix_of_a_story_of_a_thousand_decisions_is_found() -> None:
    row = [asks(f"p{number}", choice("on", f"p{number + 1}"), choice("off", "end")) for number in range(1000)]
    scenario = story_of(*row, ends("p1000"), ends("end"))

    assert ending_mix(Story.begin(scenario)) == pytest.approx({"end": 1.0, "p1000": 0.0})


def test_a_road_to_a_passage_is_a_shortest_one_and_really_leads_there() -> None:
    assert route_to(FORK, "first") == ()
    assert route_to(FORK, "gone") == ("leave",)
    assert route_to(FORK, "told") == ("left", "ask")
    assert Story.replay(FORK, route_to(FORK, "told") or ()).passage.id == "told"


def test_a_road_to_a_passage_that_is_left_by_goto_is_found() -> None:
    scenario = story_of(asks("start", choice("on", "hall")), leads("hall", "end"), ends("end"))

    assert route_to(scenario, "hall") == ("on",)


def test_of_two_roads_as_short_the_first_in_the_file_is_given() -> None:
    scenario = story_of(asks("start", choice("b", "end"), choice("a", "end")), ends("end"))

    assert route_to(scenario, "end") == ("b",)


def test_a_road_may_need_a_round_to_make_its_condition_hold() -> None:
    scenario = story_of(
        asks("hub", choice("warm", "hub", effects=[do(trust=+1)]), choice("ask", "end", when="trust >= 9")),
        ends("end"),
    )

    assert route_to(scenario, "end") == ("warm", "warm", "warm", "warm", "ask")


def test_there_is_no_road_to_a_passage_that_nothing_leads_to() -> None:
    scenario = story_of(asks("start", choice("on", ("never", "noted"), "end")), ends("never"), ends("end"))

    assert route_to(scenario, "never") is None


def test_a_search_that_is_cut_short_finds_no_road() -> None:
    row = [asks(f"p{number}", choice("on", f"p{number + 1}")) for number in range(20)]
    scenario = story_of(*row, ends("p20"))

    assert route_to(scenario, "p20", bound=5) is None
    assert route_to(scenario, "p20") == ("on",) * 20
