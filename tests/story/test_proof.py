"""What is proved of small stories, worked out by hand, and of those that are shipped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

import pytest

from game.authoring import Library, load_text
from game.story import BOUND, Choice, Meter, Passage, Proof, Scenario, Story, prove
from tests.story.making import asks, choice, do, ends, leads, only_if, story_of

Shown = tuple[str, tuple[str, ...] | None]
"""A verdict and its list of choices."""


def claims(proof: Proof, kind: str) -> dict[str, Shown]:
    """The claims of one kind: what each is about, its verdict and its list."""
    return {claim.about: (claim.verdict, claim.choices) for claim in proof.claims if claim.claim == kind}


def verdicts(proof: Proof, kind: str) -> list[str]:
    return [verdict for verdict, _ in claims(proof, kind).values()]


def with_trust(scenario: Scenario, least: int, most: int, start: int) -> Scenario:
    """The same story with another meter of trust."""
    return replace(scenario, meters=dict(scenario.meters) | {"trust": Meter("trust", "Trust", least, most, start)})


# ---- way-on -----------------------------------------------------------------


def test_a_story_that_always_goes_on_is_proved_to() -> None:
    scenario = story_of(asks("start", choice("on", "hall")), leads("hall", "end"), ends("end"))

    assert claims(prove(scenario), "way-on") == {"start": ("proved", None), "hall": ("proved", None)}


def test_a_decision_that_offers_nothing_is_shown_by_a_shortest_list() -> None:
    scenario = story_of(
        asks("start", choice("round", "start", effects=[do(trust=1)]), choice("on", "door")),
        asks("door", choice("open", "end", when="trust >= 7")),
        ends("end"),
    )
    proof = prove(scenario)

    assert claims(proof, "way-on") == {"start": ("proved", None), "door": ("disproved", ("on",))}
    assert Story.replay(scenario, ["on"]).stuck


def test_a_hub_whose_questions_run_out_leaves_a_player_stuck() -> None:
    scenario = story_of(asks("hub", choice("who", "hub", once=True), choice("why", "hub", once=True)), ends("end"))
    proof = prove(scenario)

    assert claims(proof, "way-on") == {"hub": ("disproved", ("who", "why"))}
    assert proof.states == 4


def test_gotos_that_close_a_circle_are_told_at_the_first_passage_that_comes_again() -> None:
    scenario = story_of(
        asks("start", choice("in", "lane"), choice("out", "end")),
        leads("lane", "square"),
        leads("square", "mill"),
        leads("mill", "square"),
        ends("end"),
    )
    proof = prove(scenario)

    assert claims(proof, "way-on") == {
        "start": ("proved", None),
        "lane": ("proved", None),
        "square": ("disproved", ("in",)),
        "mill": ("proved", None),
    }
    assert proof.states == 3  # the decision, the ending, the dead end


def test_a_dead_end_of_gotos_is_one_state_for_each_passage_where_it_closes() -> None:
    scenario = story_of(
        asks(
            "start",
            choice("warm", "start", effects=[do(trust=1)]),
            choice("left", "mill"),
            choice("right", "square"),
        ),
        leads("square", "mill"),
        leads("mill", "square"),
    )
    proof = prove(scenario)

    assert proof.states == 6 + 2  # trust 5 to 10 at the start; closing at the mill, closing at the square
    assert claims(proof, "way-on")["mill"] == ("disproved", ("left",))
    assert claims(proof, "way-on")["square"] == ("disproved", ("right",))


def test_gotos_that_come_round_until_a_meter_stops_close_at_its_bound() -> None:
    scenario = story_of(
        leads("start", ("end", "patience == 9"), "round"),
        leads("round", "start", effects=[do(trust=1)]),
        ends("end"),
    )
    proof = prove(scenario)

    assert claims(proof, "way-on")["round"] == ("disproved", ())  # trust stands at 10 there first
    assert proof.meters["trust"] == (5, 10)
    assert proof.states == 1


def test_gotos_that_come_round_until_a_meter_lets_them_out_are_no_dead_end() -> None:
    scenario = story_of(
        leads("start", ("end", "trust == 10"), "round"),
        leads("round", "start", effects=[do(trust=1)]),
        ends("end"),
    )
    proof = prove(scenario)

    assert verdicts(proof, "way-on") == ["proved", "proved"]
    assert proof.endings["end"].random == 1


def test_nothing_is_claimed_of_the_way_on_from_where_nobody_comes() -> None:
    scenario = story_of(asks("start", choice("on", "end")), leads("attic", "attic"), ends("end"))

    assert claims(prove(scenario), "way-on") == {"start": ("proved", None)}


# ---- what can be reached ----------------------------------------------------


def test_a_passage_that_is_only_passed_through_is_reached() -> None:
    scenario = story_of(asks("start", choice("on", "hall")), leads("hall", "end"), ends("end"), ends("attic"))

    assert claims(prove(scenario), "passage-reached") == {
        "start": ("proved", ()),
        "hall": ("proved", ("on",)),
        "end": ("proved", ("on",)),
        "attic": ("disproved", None),
    }


def test_of_two_lists_as_short_the_first_in_the_file_is_given() -> None:
    scenario = story_of(
        asks("start", choice("z", "one"), choice("a", "two")),
        asks("one", choice("round", "start"), choice("on", "end")),
        asks("two", choice("on", "end")),
        ends("end"),
    )

    assert claims(prove(scenario), "ending-reached") == {"end": ("proved", ("z", "on"))}
    assert prove(scenario).endings["end"].shortest == ("z", "on")


def test_an_ending_that_no_run_can_come_to_is_disproved_and_its_condition_is_never_true() -> None:
    text = """
title: Never
facts: {kept: You kept a secret.}
passages:
  start:
    text: Morning.
    decision:
      ask: What now?
      choices:
        - {id: warm, text: Be warm., effects: [{change: {trust: +1}}], goto: door}
        - {id: wait, text: Wait., goto: door}
  door:
    text: The door.
    goto:
      - {to: never, if: kept}
      - {to: well, if: trust > 5}
      - {to: end}
  never: {text: A secret., ending: {title: Never}}
  well: {text: Well., ending: {title: Well}}
  end: {text: The end., ending: {title: The end}}
"""
    scenario = load_text(text).scenario
    assert scenario is not None
    proof = prove(scenario)

    assert claims(proof, "ending-reached") == {
        "never": ("disproved", None),
        "well": ("proved", ("warm",)),
        "end": ("proved", ("wait",)),
    }
    assert claims(proof, "condition-varies") == {"door:15:25": ("disproved", None), "door:16:24": ("proved", None)}
    assert list(proof.endings) == ["well", "end"]


def test_a_choice_is_offered_where_its_list_leads() -> None:
    scenario = story_of(
        asks(
            "hub",
            choice("warm", "hub", effects=[do(trust=2)]),
            choice("ask", "end", when="trust >= 8"),
            choice("tell", "end", when="noted"),
        ),
        ends("end"),
    )

    assert claims(prove(scenario), "choice-offered") == {
        "hub.warm": ("proved", ()),
        "hub.ask": ("proved", ("warm", "warm")),
        "hub.tell": ("disproved", None),
    }


LINES = """
title: Lines
facts: {noted: You noted it., why: You know why.}
passages:
  start:
    text: Morning.
    decision:
      ask: What now?
      choices:
        - {id: note, text: Note it., effects: [{set: noted}], goto: later}
        - {id: wait, text: Wait., goto: later}
  later:
    text:
      - Noon.
      - if: noted
        text:
          - The sheet is there.
          - if: why
            text: You know why.
        else: [The desk is clear.]
      - {if: noted, text: [Yes.], else: [No.]}
    ending: {title: The end}
"""


def test_a_conditional_line_is_named_by_its_place_in_the_file_and_by_its_column_where_others_stand_beside_it() -> None:
    scenario = load_text(LINES).scenario
    assert scenario is not None

    assert claims(prove(scenario), "line-shown") == {
        "later:17": ("proved", ("note",)),
        "later:19": ("disproved", None),
        "later:20": ("proved", ("wait",)),
        "later:21:28": ("proved", ("note",)),
        "later:21:42": ("proved", ("wait",)),
    }
    assert claims(prove(scenario), "condition-varies") == {
        "later:15:13": ("proved", None),
        "later:18:17": ("disproved", None),
        "later:21:14": ("proved", None),
    }


# ---- conditions -------------------------------------------------------------


def varying(*passages: Passage) -> list[str]:
    return [claim.verdict for claim in prove(story_of(*passages)).claims if claim.claim == "condition-varies"]


def test_a_condition_is_only_looked_at_where_none_before_it_held() -> None:
    start = asks("start", choice("warm", "door", effects=[do(trust=5, set=["noted"])]), choice("wait", "door"))

    assert varying(start, leads("door", ("end", "noted"), ("end", "trust > 5"), "end"), ends("end")) == [
        "proved",
        "disproved",  # wherever trust is above five, it was noted
    ]


def test_a_condition_on_an_effect_is_looked_at_when_its_turn_comes() -> None:
    first = [do(trust=1), do(set=["noted"], when="trust > 5")]
    second = [do(set=["noted"], when="trust > 5"), do(trust=1)]

    assert varying(asks("start", choice("on", "end", effects=first)), ends("end")) == ["disproved"]
    assert varying(asks("start", choice("on", "end", effects=second)), ends("end")) == ["disproved"]
    assert varying(asks("s", choice("on", "s", effects=second), choice("off", "e")), ends("e")) == ["proved"]


def test_a_line_within_a_line_is_only_looked_at_where_the_outer_is_told() -> None:
    nested = only_if("noted", "The sheet.", only_if("noted", "It is still there."))
    start = asks("start", choice("note", "end", effects=[do(set=["noted"])]), choice("wait", "end"))

    assert varying(start, ends("end", nested)) == ["proved", "disproved"]


def test_a_condition_that_nobody_looks_at_is_never_true_nor_false() -> None:
    assert varying(asks("start", choice("on", "end")), ends("end"), ends("attic", only_if("noted", "Dust."))) == [
        "disproved"
    ]


def test_a_choice_that_was_taken_is_not_asked_for_its_condition_again() -> None:
    hub = asks(
        "hub",
        choice("ask", "hub", once=True, when="not asked", effects=[do(set=["asked"])]),
        choice("leave", "end"),
    )

    assert varying(hub, ends("end")) == ["disproved"]


def test_conditions_are_told_in_the_order_of_the_file() -> None:
    scenario = load_text("""
title: Order
facts: {noted: You noted it.}
passages:
  start:
    effects: [{set: noted, if: not noted}]
    text: [{if: noted, text: [The sheet.]}]
    goto: [{to: end, if: noted}, {to: end}]
  end: {text: The end., ending: {title: The end}}
""").scenario
    assert scenario is not None

    assert list(claims(prove(scenario), "condition-varies")) == ["start:6:32", "start:7:17", "start:8:26"]


# ---- decision-matters -------------------------------------------------------


def mattering(*passages: Passage) -> dict[str, Shown]:
    return claims(prove(story_of(*passages)), "decision-matters")


def room(id: str, ask: str, *to: str) -> Passage:
    """A decision that looks as all do that ask the same and offer as many ways."""
    made = asks(id, *(choice("abcd"[number], way) for number, way in enumerate(to)))
    assert made.decision
    return replace(made, decision=replace(made.decision, ask=ask))


def test_a_decision_whose_choices_only_score_differently_does_not_matter() -> None:
    start = asks("start", choice("a", "end", manager=2), choice("b", "end", leader=2))

    assert mattering(start, ends("end")) == {"start": ("disproved", None)}


def test_a_decision_matters_where_another_line_is_told_much_later() -> None:
    start = asks("start", choice("a", "hall", effects=[do(set=["noted"])]), choice("b", "hall"))
    hall = asks("hall", choice("on", "room"))
    room = asks("room", choice("on", "end"))

    assert mattering(start, hall, room, ends("end", only_if("noted", "The sheet.")))["start"] == ("proved", None)
    assert mattering(start, hall, room, ends("end", only_if("why", "The sheet.")))["start"] == ("disproved", None)


def test_a_decision_matters_where_something_else_is_offered_later() -> None:
    start = asks("start", choice("a", "hall", effects=[do(set=["noted"])]), choice("b", "hall"))
    hall = asks("hall", choice("on", "end"), choice("tell", "end", when="noted"))

    assert mattering(start, hall, ends("end"))["start"] == ("proved", None)


def test_a_decision_matters_where_it_ends_elsewhere_in_the_same_words() -> None:
    start = asks("start", choice("a", "one"), choice("b", "two"))

    assert mattering(start, ends("one", "It is over."), ends("two", "It is over.")) == {"start": ("proved", None)}


def test_a_decision_matters_where_somebody_else_says_the_same() -> None:
    start = asks("start", choice("a", "one"), choice("b", "two"))
    one, two = (leads(id, "end", told=[(who, "Come in.")]) for id, who in (("one", "joy"), ("two", "marcus")))

    assert mattering(start, one, two, ends("end")) == {"start": ("proved", None)}
    assert mattering(start, one, replace(two, text=one.text), ends("end")) == {"start": ("disproved", None)}


def test_a_decision_between_roads_that_look_the_same_for_ever_does_not_matter() -> None:
    # two rooms of other names: the same is told, asked and offered in both, round and round, and one end lies ahead
    start = asks("start", choice("a", "red"), choice("b", "blue"))
    rooms = room("red", "What now?", "blue", "end"), room("blue", "What now?", "red", "end")

    assert mattering(start, *rooms, ends("end")) == {
        "start": ("disproved", None),
        "red": ("proved", None),
        "blue": ("proved", None),
    }


@pytest.mark.parametrize(("condition", "verdict"), [("noted", "proved"), ("why", "disproved")])
def test_a_difference_a_thousand_decisions_away_is_found(condition: str, verdict: str) -> None:
    last = ends("end", only_if(condition, "The sheet."))
    start = asks("start", choice("a", "p0", effects=[do(set=["noted"])]), choice("b", "p0"))

    row = [room(f"p{number}", "And now?", f"p{number + 1}") for number in range(1_000)]

    assert mattering(start, *row, replace(last, id="p1000"))["start"] == (verdict, None)


def gate(first: str, second: str) -> list[Passage]:
    """A choice between two long rows of rooms that look the same, and end in two passages."""
    rows = [
        room(f"{side}{number}", "And now?", f"{side}{number + 1}" if number < 310 else last)
        for side, last in (("left", first), ("right", second))
        for number in range(311)
    ]
    return [room("gate", "Where to?", "left0", "right0"), *rows]


def test_far_away_rooms_differ_where_their_choices_lead_to_the_same_two_places_the_other_way_round() -> None:
    rooms = [
        room("one", "Well?", "p", "q"),
        room("two", "Well?", "q", "p"),
        room("p", "Then?", "good"),
        room("q", "Then?", "bad"),
    ]

    assert mattering(*gate("one", "two"), *rooms, ends("good"), ends("bad"))["gate"] == ("proved", None)
    assert mattering(*gate("one", "one"), *rooms, ends("good"), ends("bad"))["gate"] == ("disproved", None)


def test_far_away_rooms_differ_where_most_that_look_like_them_lead_elsewhere() -> None:
    rooms = [
        room("x", "And now?", "a"),
        room("y", "And now?", "b1"),
        room("z", "And now?", "a"),
        room("a", "Hm?", "p"),
        *(room(id, "Hm?", "q") for id in ("b1", "b2", "b3")),
        room("p", "Well?", "good", "z", "b2", "b3"),
        room("q", "Well?", "bad", "z", "b2", "b3"),
    ]

    assert mattering(*gate("x", "y"), *rooms, ends("good"), ends("bad"))["gate"] == ("proved", None)
    assert mattering(*gate("x", "z"), *rooms, ends("good"), ends("bad"))["gate"] == ("disproved", None)


def test_a_story_that_looks_the_same_everywhere_matters_by_how_long_it_goes_on() -> None:
    rooms = [
        room(f"p{number}", "And now?", *(f"p{min(400, number + step)}" for step in (1, 2))) for number in range(400)
    ]
    found = mattering(*rooms, ends("p400"))

    assert list(found.values()) == [("proved", None)] * 399 + [("disproved", None)]


def test_a_decision_with_one_choice_does_not_matter() -> None:
    assert mattering(asks("start", choice("on", "end")), ends("end")) == {"start": ("disproved", None)}


# ---- ending-in-reach --------------------------------------------------------


def test_a_loop_without_a_way_out_has_no_ending_in_reach() -> None:
    scenario = story_of(
        asks("start", choice("in", "pit"), choice("out", "end")),
        asks("pit", choice("left", "den"), choice("right", "den")),
        asks("den", choice("back", "pit")),
        ends("end"),
    )
    proof = prove(scenario)

    assert claims(proof, "ending-in-reach") == {
        "start": ("proved", None),
        "pit": ("disproved", ("in",)),
        "den": ("disproved", ("in", "left")),
    }
    assert verdicts(proof, "way-on") == ["proved"] * 3
    assert proof.endings["end"].random == 0.5


def test_a_passage_still_to_be_written_is_an_end_in_reach_but_no_ending() -> None:
    scenario = story_of(
        asks("start", choice("a", "later", manager=2), choice("b", "end", leader=1)),
        Passage("later", todo="More."),
        ends("end"),
    )
    proof = prove(scenario)

    assert claims(proof, "ending-in-reach") == {"start": ("proved", None)}
    assert claims(proof, "way-on") == {"start": ("proved", None)}
    assert list(proof.endings) == ["end"]
    assert (proof.states, proof.routes, proof.endings["end"].random) == (3, 1, 0.5)
    assert (proof.manager, proof.leader) == ((0, 0), (1, 1))


# ---- routes and chances -----------------------------------------------------


def test_two_choices_to_the_same_place_are_two_routes_and_stuck_runs_are_none() -> None:
    scenario = story_of(
        asks("start", choice("a", "end"), choice("b", "end"), choice("c", "shut"), choice("d", "ring")),
        asks("shut", choice("never", "end", when="noted")),
        leads("ring", "ring"),
        ends("end"),
    )
    proof = prove(scenario)

    assert proof.routes == proof.endings["end"].routes == 2
    assert proof.endings["end"].random == 0.5  # what gets stuck keeps its share


def test_a_loop_hides_the_routes_of_the_endings_behind_it_alone() -> None:
    scenario = story_of(
        asks("start", choice("away", "away"), choice("in", "hub")),
        asks("hub", choice("again", "hub"), choice("leave", "end"), choice("trap", "pit")),
        asks("pit", choice("round", "pit")),
        ends("end"),
        ends("away"),
    )
    proof = prove(scenario)

    assert {id: facts.routes for id, facts in proof.endings.items()} == {"end": None, "away": 1}
    assert proof.routes is None
    # from the hub: out or into the pit with the same chance, however often one goes round
    assert proof.endings["end"].random == pytest.approx(1 / 4, abs=1e-15)


def test_a_loop_that_no_ending_lies_behind_hides_no_routes() -> None:
    scenario = story_of(
        asks("start", choice("in", "pit", manager=1), choice("out", "end")),
        asks("pit", choice("round", "pit", manager=2)),
        ends("end"),
    )
    proof = prove(scenario)

    assert proof.routes == 1
    assert (proof.manager, proof.scored_loop) == ((0, 0), None)


def test_a_hub_of_questions_asked_once_has_its_routes_counted() -> None:
    questions = [choice(id, "hub", once=True) for id in ("who", "why", "when")]
    proof = prove(story_of(asks("hub", *questions, choice("leave", "end")), ends("end")))

    # any of the questions in any order, then leave: 1 + 3 + 6 + 6
    assert proof.routes == 16
    assert proof.states == 8 + 8  # which were asked, at the hub and at the end
    assert proof.endings["end"].random == pytest.approx(1, abs=1e-15)


def test_routes_of_thousands_of_digits_are_exact() -> None:
    length = 8_000
    row = [asks(f"p{number}", *(choice(id, f"p{number + 1}") for id in "abcdefg")) for number in range(length)]
    proof = prove(story_of(*row, ends(f"p{length}")))

    assert proof.routes == 7**length
    assert proof.routes.bit_length() > 22_000
    assert claims(proof, "ending-reached") == {f"p{length}": ("proved", ("a",) * length)}


def ruin(least: int, most: int, start: int, *others: str) -> Scenario:
    """A player goes up and down the meter of trust at random until it is at one of its ends."""
    return with_trust(
        story_of(
            asks(
                "hub",
                choice("up", "door", effects=[do(trust=1)]),
                choice("down", "door", effects=[do(trust=-1)]),
                *(choice(other, "gone") for other in others),
            ),
            leads("door", ("top", f"trust == {most}"), ("bottom", f"trust == {least}"), "hub"),
            ends("top"),
            ends("bottom"),
            ends("gone"),
        ),
        least,
        most,
        start,
    )


@pytest.mark.parametrize(("most", "start"), [(10, 3), (100, 37), (1_500, 2)])
def test_the_chance_to_come_out_of_a_knot_is_exact_however_long_a_player_walks_about_in_it(
    most: int, start: int
) -> None:
    # the gambler's ruin: the chance to reach the top first is start / most
    proof = prove(ruin(0, most, start))

    assert proof.endings["top"].random == pytest.approx(start / most, abs=1e-12)
    assert proof.endings["bottom"].random == pytest.approx(1 - start / most, abs=1e-12)


def test_the_chance_to_come_out_of_a_knot_with_many_ways_out_is_exact() -> None:
    # h(t) = (h(t - 1) + h(t + 1)) / 4, h(0) = 0, h(120) = 1; with h(1) = x all others follow
    h = [Fraction(0), Fraction(1)]
    while len(h) <= 120:
        h.append(4 * h[-1] - h[-2])
    proof = prove(ruin(0, 120, 118, "leave", "go"))

    assert proof.endings["top"].random == pytest.approx(float(h[118] / h[120]), abs=1e-12)
    assert proof.endings["bottom"].random == pytest.approx(0, abs=1e-12)
    assert sum(facts.random or 0 for facts in proof.endings.values()) == pytest.approx(1, abs=1e-12)


def test_a_knot_that_hardly_ever_lets_go_still_lets_go() -> None:
    # the right choice of two, fifteen hundred times in a row: the chance to do it at once is too small for a float
    length = 1_500
    row = [asks(f"p{number}", choice("on", f"p{number + 1}"), choice("back", "p0")) for number in range(length)]
    proof = prove(story_of(*row, ends(f"p{length}")))

    assert proof.endings[f"p{length}"].random == pytest.approx(1, abs=1e-12)


def test_a_knot_of_more_than_two_thousand_states_is_not_decided() -> None:
    inside, too_large = prove(ruin(0, 2_001, 5)), prove(ruin(0, 2_002, 5))

    assert inside.endings["top"].random == pytest.approx(5 / 2_001, abs=1e-12)
    assert (too_large.endings["top"].random, too_large.endings["bottom"].random) == (None, None)
    assert too_large.complete
    assert too_large.endings["top"].shortest == ("up",) * 1_997


def test_an_ending_before_a_knot_too_large_keeps_its_chance() -> None:
    scenario = ruin(0, 3_000, 5)
    first = asks("first", choice("away", "gone"), choice("in", "hub"))
    proof = prove(replace(scenario, start="first", passages={"first": first} | dict(scenario.passages)))

    assert proof.endings["gone"].random == 0.5
    assert proof.endings["top"].random is None


# ---- ranges -----------------------------------------------------------------


def test_roles_have_their_exact_range_over_runs_to_endings() -> None:
    scenario = story_of(
        asks(
            "one", choice("a", "two", manager=2), choice("b", "two", leader=1), choice("c", "shut", manager=2, leader=2)
        ),
        asks("two", choice("a", "well", manager=1), choice("b", "ill", leader=2), choice("c", "ill", manager=2)),
        asks("shut", choice("never", "ill", when="noted", manager=2)),
        ends("well"),
        ends("ill"),
    )
    proof = prove(scenario)

    assert (proof.endings["well"].manager, proof.endings["well"].leader) == ((1, 3), (0, 1))
    assert (proof.endings["ill"].manager, proof.endings["ill"].leader) == ((0, 4), (0, 3))
    assert (proof.manager, proof.leader) == ((0, 4), (0, 3))


def test_a_loop_that_scores_one_role_hides_the_most_of_that_role_alone() -> None:
    scenario = story_of(
        asks("start", choice("on", "hub", leader=1)),
        asks("hub", choice("again", "hub", manager=1), choice("leave", "end", leader=2), choice("stay", "end")),
        ends("end"),
    )
    proof = prove(scenario)

    assert (proof.manager, proof.leader) == ((0, None), (1, 3))
    assert proof.scored_loop == ("on",)


def test_a_loop_that_scores_nothing_changes_nothing() -> None:
    scenario = story_of(
        asks("hub", choice("again", "hub"), choice("leave", "end", manager=1)),
        ends("end"),
    )
    proof = prove(scenario)

    assert (proof.manager, proof.scored_loop) == ((1, 1), None)


def test_the_least_goes_the_cheapest_way_through_a_knot() -> None:
    scenario = story_of(
        asks("a", choice("straight", "c", manager=2), choice("round", "b"), choice("stay", "a", leader=1)),
        asks("b", choice("on", "c", manager=1), choice("back", "a")),
        asks("c", choice("leave", "end", leader=1), choice("back", "a")),
        ends("end"),
    )
    proof = prove(scenario)

    assert proof.manager == (1, None)
    assert proof.leader == (1, None)
    assert proof.scored_loop == ()


def test_a_loop_that_scores_after_the_last_chance_of_an_ending_does_not_count_for_it() -> None:
    scenario = story_of(
        asks("start", choice("early", "early", manager=2), choice("on", "hub")),
        asks("hub", choice("again", "hub", manager=1), choice("leave", "late")),
        ends("early"),
        ends("late"),
    )
    proof = prove(scenario)

    assert proof.endings["early"].manager == (2, 2)
    assert proof.endings["late"].manager == (0, None)
    assert proof.manager == (0, None)


def test_a_loop_that_scores_before_a_passage_still_to_be_written_is_no_scored_loop() -> None:
    scenario = story_of(
        asks("start", choice("on", "hub"), choice("leave", "end")),
        asks("hub", choice("again", "hub", manager=1), choice("leave", "later")),
        Passage("later", todo="More."),
        ends("end"),
    )
    proof = prove(scenario)

    assert (proof.manager, proof.scored_loop) == ((0, 0), None)


def test_meters_count_at_every_passage_entered_and_in_an_ending_as_they_stand_there() -> None:
    scenario = story_of(
        asks("start", choice("up", "hall", effects=[do(trust=4)]), choice("down", "end", effects=[do(patience=-9)])),
        leads("hall", "end", effects=[do(trust=9)]),
        ends("end", effects=[do(trust=-2, when="trust == 10")]),
        # on the way up trust is 9 after the choice, 10 in the hall (clamped), 8 at the end
    )
    proof = prove(scenario)

    assert proof.meters == {"trust": (5, 10), "patience": (-2, 3)}
    assert proof.endings["end"].meters == {"trust": (5, 8), "patience": (-2, 3)}


def test_effects_on_arrival_at_the_start_come_first() -> None:
    scenario = story_of(asks("start", choice("on", "end"), effects=[do(trust=-4)]), ends("end"))

    assert prove(scenario).meters["trust"] == (1, 1)


def test_a_story_without_endings_has_no_ranges() -> None:
    proof = prove(story_of(asks("pit", choice("round", "pit"))))

    assert (proof.routes, proof.endings, proof.manager, proof.leader) == (0, {}, (None, None), (None, None))
    assert proof.complete


# ---- cut short --------------------------------------------------------------


ROW = story_of(*(asks(f"p{number}", choice("a", f"p{number + 1}")) for number in range(30)), ends("p30"))


def test_where_the_bound_is_hit_what_was_not_met_is_not_decided() -> None:
    proof = prove(ROW, bound=10)

    assert (proof.complete, proof.interrupted, proof.routes, proof.endings) == (False, False, None, {})
    assert proof.meters == {"trust": (None, None), "patience": (None, None)}
    assert (proof.manager, proof.leader) == ((None, None), (None, None))
    assert claims(proof, "passage-reached")["p3"] == ("proved", ("a", "a", "a"))
    assert claims(proof, "passage-reached")["p29"] == ("not decided", None)
    assert claims(proof, "way-on") == {f"p{number}": ("not decided", None) for number in range(30)}
    assert claims(proof, "ending-in-reach") == {f"p{number}": ("not decided", None) for number in range(30)}
    assert claims(proof, "decision-matters")["p0"] == ("not decided", None)


def test_as_many_states_as_the_bound_are_all_met() -> None:
    assert prove(ROW, bound=31).complete
    assert not prove(ROW, bound=30).complete


SHUT = asks("shut", choice("never", "p30", when="noted"))


def test_what_was_found_before_the_bound_stays_found() -> None:
    scenario = story_of(asks("start", choice("on", "shut"), choice("off", "p0")), SHUT, *ROW.passages.values())
    proof = prove(scenario, bound=10)

    assert not proof.complete
    assert claims(proof, "way-on")["shut"] == ("disproved", ("on",))


def test_an_interrupt_hands_back_what_is_known_so_far() -> None:
    large = with_trust(ruin(0, 20_000, 10_000), 0, 20_000, 10_000)

    def interrupt(states: int) -> None:
        if states > 5_000:
            raise KeyboardInterrupt

    proof = prove(large, BOUND, interrupt)

    assert (proof.interrupted, proof.complete) == (True, False)
    assert 5_000 < proof.states < 20_000
    assert claims(proof, "passage-reached")["hub"] == ("proved", ())
    assert claims(proof, "ending-reached")["top"] == ("not decided", None)


def test_a_watcher_is_told_how_many_states_were_met_and_they_grow() -> None:
    told: list[int] = []
    proof = prove(ruin(0, 20_000, 10_000), watch=told.append)

    assert told[0] == 1
    assert told == sorted(told)
    assert len(told) >= 3
    assert told[-1] <= proof.states


# ---- what is shipped --------------------------------------------------------


SHIPPED = {"late-again": (81, 121), "who-decides": (115, 172), "the-visit": (81, 121)}
"""Routes and states."""


@pytest.mark.parametrize("id", SHIPPED)
def test_everything_is_proved_of_the_shipped_scenarios(library: Library, id: str) -> None:
    (scenario,) = [entry.scenario for entry in library.entries if entry.id == id]
    assert scenario is not None
    proof = prove(scenario)

    assert (proof.routes, proof.states, proof.complete) == (*SHIPPED[id], True)
    assert [claim for claim in proof.claims if claim.verdict != "proved"] == []
    assert {claim.claim for claim in proof.claims} == {
        "way-on",
        "passage-reached",
        "choice-offered",
        "line-shown",
        "ending-reached",
        "condition-varies",
        "decision-matters",
        "ending-in-reach",
    }


@pytest.mark.parametrize("id", SHIPPED)
def test_the_numbers_of_the_shipped_scenarios_are_those_of_playing_every_route(library: Library, id: str) -> None:
    (scenario,) = [entry.scenario for entry in library.entries if entry.id == id]
    assert scenario is not None
    proof = prove(scenario)
    routes = list(played(Story.begin(scenario), Fraction(1)))

    assert {story.passage.id for story, _ in routes} == set(proof.endings)
    for ending, facts in proof.endings.items():
        there = [(story, chance) for story, chance in routes if story.passage.id == ending]
        assert facts.routes == len(there)
        assert facts.random == pytest.approx(float(sum(chance for _, chance in there)), abs=1e-9)
        assert len(facts.shortest) == min(len(story.path) for story, _ in there)
        assert (facts.manager, facts.leader) == (roles(there, "manager"), roles(there, "leader"))
        assert facts.meters == {
            meter: (min(story.meters[meter] for story, _ in there), max(story.meters[meter] for story, _ in there))
            for meter in scenario.meters
        }


def played(story: Story, chance: Fraction) -> Iterable[tuple[Story, Fraction]]:
    """Every run to an ending, and its chance in random play."""
    if story.ending:
        yield story, chance
    for one in story.choices:
        yield from played(story.choose(one.id), chance / len(story.choices))


def roles(there: list[tuple[Story, Fraction]], role: str) -> tuple[int, int]:
    totals = [sum(getattr(taken.scores, role) for taken in choices_taken(story)) for story, _ in there]
    return min(totals), max(totals)


def choices_taken(story: Story) -> list[Choice]:
    before, after = story.steps[:-1], story.steps[1:]
    return [one for at, then in zip(before, after, strict=True) for one in at.choices if one.id == then.taken]
