"""The rules of play where two readers could differ: one test for each."""

from __future__ import annotations

import pytest

from game.story import ChoiceNotOffered, Passage, Story
from tests.story.making import asks, choice, do, ends, leads, only_if, story_of


def ids(story: Story) -> tuple[str, ...]:
    """What is on offer."""
    return tuple(choice.id for choice in story.choices)


def entered(story: Story) -> tuple[str, ...]:
    """The passages entered since the last choice."""
    return tuple(visit.passage.id for visit in story.visits)


def said(story: Story) -> tuple[str, ...]:
    """The lines told since the last choice."""
    return tuple(line.text for visit in story.visits for line in visit.lines)


# arriving


def test_effects_on_arrival_happen_at_the_start_too() -> None:
    story = Story.begin(story_of(asks("start", choice("on", "end"), effects=[do(trust=+2)]), ends("end")))

    assert story.meters["trust"] == 7


def test_effects_on_arrival_happen_before_the_passages_text_and_its_way_on() -> None:
    story = Story.begin(
        story_of(
            leads(
                "start",
                ("noticed", "noted"),
                "missed",
                told=[only_if("noted", "She saw it.", otherwise=["She did not."])],
                effects=[do(set=["noted"])],
            ),
            ends("noticed"),
            ends("missed"),
        )
    )

    assert said(story) == ("She saw it.",)
    assert entered(story) == ("start", "noticed")


def test_effects_on_arrival_happen_before_it_is_seen_what_is_on_offer() -> None:
    story = Story.begin(
        story_of(
            asks("start", choice("ask", "end", when="noted"), choice("go", "end"), effects=[do(set=["noted"])]),
            ends("end"),
        )
    )

    assert ids(story) == ("ask", "go")


def test_effects_on_arrival_happen_every_time_a_passage_is_entered() -> None:
    story = Story.begin(story_of(asks("hub", choice("again", "hub"), effects=[do(trust=-1)])))

    assert story.meters["trust"] == 4
    assert story.choose("again").choose("again").meters["trust"] == 2


def test_effects_on_arrival_happen_in_a_passage_that_is_left_by_goto() -> None:
    story = Story.begin(
        story_of(
            leads("first", "second", effects=[do(trust=+1)]),
            leads("second", "end", effects=[do(trust=+1)]),
            ends("end", effects=[do(trust=+1)]),
        )
    )

    assert [visit.state.meters[0] for visit in story.visits] == [6, 7, 8]


# one effect


def after(*effects: object) -> Story:
    """The story after one choice with these effects."""
    passages = asks("start", choice("on", "end", effects=effects)), ends("end")  # type: ignore[arg-type]
    return Story.begin(story_of(*passages)).choose("on")


def test_an_effect_sets_then_clears_then_changes() -> None:
    story = after(do(set=["noted", "why"], clear=["noted"], trust=+1))

    assert story.facts == ("why",)
    assert story.meters["trust"] == 6


def test_a_later_effect_can_set_what_an_earlier_one_cleared() -> None:
    assert after(do(set=["noted"]), do(clear=["noted"]), do(set=["noted"])).facts == ("noted",)


def test_setting_a_fact_twice_is_as_setting_it_once() -> None:
    assert after(do(set=["noted", "noted"]), do(set=["noted"])).facts == ("noted",)


def test_clearing_a_fact_that_is_not_true_does_nothing() -> None:
    assert after(do(clear=["noted", "noted"])).facts == ()


def test_the_if_of_an_effect_is_looked_at_when_its_turn_comes() -> None:
    story = after(do(set=["noted"]), do(when="noted", set=["why"]), do(when="not noted", set=["asked"]))

    assert story.facts == ("noted", "why")


def test_the_if_of_an_effect_sees_the_meters_as_the_effects_before_it_left_them() -> None:
    story = after(do(trust=-4), do(when="trust <= 1", set=["why"]), do(when="trust == 5", set=["asked"]))

    assert story.facts == ("why",)


def test_the_if_of_an_effect_is_looked_at_before_its_own_set() -> None:
    assert after(do(when="noted", set=["noted"], trust=+1)).meters["trust"] == 5


def test_an_effect_whose_if_does_not_hold_does_nothing_at_all() -> None:
    story = after(do(when="noted", set=["why"], trust=-3))

    assert (story.facts, story.meters["trust"]) == ((), 5)


# meters


def test_a_meter_is_kept_within_its_bounds_after_each_change() -> None:
    assert after(do(trust=+20), do(trust=-3)).meters["trust"] == 7
    assert after(do(patience=-20), do(patience=+1)).meters["patience"] == -1


def test_a_meter_starts_where_it_says() -> None:
    assert Story.begin(story_of(ends("end"))).meters == {"trust": 5, "patience": 3}


# goto on a choice


def test_goto_on_a_choice_is_looked_at_after_the_choices_effects() -> None:
    story = Story.begin(
        story_of(
            asks("start", choice("on", ("told", "noted"), "not-told", effects=[do(set=["noted"])])),
            ends("told"),
            ends("not-told"),
        )
    )

    assert entered(story.choose("on")) == ("told",)


def test_goto_on_a_choice_is_looked_at_before_effects_on_arrival() -> None:
    story = Story.begin(
        story_of(
            asks("start", choice("on", ("told", "noted"), "not-told")),
            ends("told", effects=[do(set=["noted"])]),
            ends("not-told", effects=[do(set=["noted"])]),
        )
    )

    assert entered(story.choose("on")) == ("not-told",)


def test_the_first_way_whose_condition_holds_is_taken() -> None:
    story = Story.begin(
        story_of(
            leads("start", ("low", "trust < 5"), ("middle", "trust == 5"), ("also", "trust >= 5"), "last"),
            *map(ends, ["low", "middle", "also", "last"]),
        )
    )

    assert entered(story) == ("start", "middle")


# once


def test_a_once_choice_is_not_offered_again_for_the_whole_run() -> None:
    story = Story.begin(
        story_of(
            asks("hub", choice("ask", "away", once=True), choice("leave", "end")),
            asks("away", choice("back", "hub")),
            ends("end"),
        )
    )

    back = story.choose("ask").choose("back")

    assert ids(story) == ("ask", "leave")
    assert ids(back) == ("leave",)
    with pytest.raises(ChoiceNotOffered):
        back.choose("ask")


def test_once_is_per_choice_of_a_decision_even_where_two_decisions_use_one_id() -> None:
    story = Story.begin(
        story_of(
            asks("first", choice("ask", "second", once=True)),
            asks("second", choice("ask", "first", once=True), choice("leave", "end")),
            ends("end"),
        )
    )

    assert ids(story.choose("ask")) == ("ask", "leave")
    assert story.choose("ask").choose("ask").stuck


def test_a_once_choice_is_on_offer_again_after_it_is_undone() -> None:
    story = Story.begin(story_of(asks("hub", choice("ask", "hub", once=True), choice("leave", "end")), ends("end")))

    assert ids(story.choose("ask").undo()) == ("ask", "leave")


# offers


def test_choices_are_offered_in_the_files_order() -> None:
    story = Story.begin(
        story_of(
            asks("start", choice("c", "end"), choice("a", "end"), choice("x", "end", when="noted"), choice("b", "end")),
            ends("end"),
        )
    )

    assert ids(story) == ("c", "a", "b")


def test_a_choice_whose_condition_fails_is_not_offered() -> None:
    scenario = story_of(
        asks(
            "start",
            choice("note", "start", effects=[do(set=["noted"])]),
            choice("ask", "end", when="noted"),
        ),
        ends("end"),
    )
    story = Story.begin(scenario)

    assert ids(story) == ("note",)
    assert ids(story.choose("note")) == ("note", "ask")


# lines


def test_lines_under_a_condition_are_told_in_their_place_and_may_hold_others() -> None:
    text = ["One.", only_if("trust == 5", "Two.", only_if("noted", "No.", otherwise=["Three."])), ("joy", "Four.")]

    (visit,) = Story.begin(story_of(ends("end", *text))).visits

    assert [line.text for line in visit.lines] == ["One.", "Two.", "Three.", "Four."]
    assert [line.speaker for line in visit.lines] == ["", "", "", "joy"]


# stuck


def test_gotos_that_come_back_in_the_same_state_are_stuck_and_nothing_is_told_twice() -> None:
    scenario = story_of(
        asks("start", choice("on", "in")),
        leads("in", "round", told=["In."]),
        leads("round", "and-round", told=["Round."]),
        leads("and-round", "round", told=["And round."]),
    )

    story = Story.begin(scenario).choose("on")

    assert entered(story) == ("in", "round", "and-round")
    assert story.stuck
    assert not story.over
    assert ids(story) == ()
    assert story.undo() == Story.begin(scenario)


def test_gotos_that_come_back_in_another_state_go_on() -> None:
    story = Story.begin(
        story_of(
            leads("wait", ("gone", "trust == 0"), "wait", effects=[do(trust=-2)]),
            ends("gone"),
        )
    )

    assert entered(story) == ("wait", "wait", "wait", "gone")
    assert not story.stuck


def test_gotos_that_go_on_until_a_meter_can_move_no_further_are_stuck_there() -> None:
    story = Story.begin(story_of(leads("wait", "wait", effects=[do(trust=-2)])))

    assert [visit.state.meters[0] for visit in story.visits] == [3, 1, 0]
    assert story.stuck


def test_a_start_that_leads_to_itself_is_stuck_at_once() -> None:
    story = Story.begin(story_of(leads("start", "start")))

    assert entered(story) == ("start",)
    assert (story.stuck, story.over, story.ending) == (True, False, None)


def test_a_decision_that_offers_nothing_is_stuck() -> None:
    story = Story.begin(story_of(asks("start", choice("ask", "end", when="noted")), ends("end")))

    assert story.stuck
    assert not story.over
    with pytest.raises(ChoiceNotOffered) as caught:
        story.choose("ask")
    assert str(caught.value) == "'ask' is not offered here. On offer: nothing."


# the end


def test_an_ending_ends() -> None:
    story = Story.begin(story_of(ends("end")))

    assert story.over
    assert not story.stuck
    assert story.ending is not None
    assert story.ending.title == "The end at end"
    assert ids(story) == ()


def test_a_passage_still_to_be_written_ends_the_run_and_is_no_ending() -> None:
    story = Story.begin(
        story_of(asks("start", choice("on", "later")), Passage("later", todo="Angela comes and looks at the rota."))
    ).choose("on")

    assert story.over
    assert not story.stuck
    assert story.ending is None
    assert story.passage.todo == "Angela comes and looks at the rota."


def test_what_a_choice_scores_changes_nothing_in_the_story() -> None:
    def played(manager: int) -> Story:
        scenario = story_of(asks("start", choice("on", "end", manager=manager)), ends("end"))
        return Story.begin(scenario).choose("on")

    assert played(0).state == played(2).state
