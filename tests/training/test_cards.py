"""The debrief of a run: what each card says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.authoring import Library
from game.story import (
    Choice,
    Course,
    DebriefNotes,
    Effect,
    Happened,
    Idea,
    Outcome,
    Passage,
    Practice,
    Quotation,
    Roles,
    Scenario,
    Source,
    Story,
)
from game.training import Debrief, Moment, Share, debrief, decisions, excerpt, other_road
from tests.story.making import asks, choice, do, ends, leads, lines, only_if, story_of

NOTHING = Course()


def debriefed(scenario: Scenario, path: str, course: Course = NOTHING, *, spoken: bool = False) -> Debrief:
    return debrief(course, Story.replay(scenario, path.split()), spoken=spoken)


def only_moment(scenario: Scenario, path: str, course: Course = NOTHING) -> Moment:
    (moment,) = debriefed(scenario, path, course).moments
    return moment


# a whole debrief


@pytest.fixture
def swim(library: Library) -> Debrief:
    """Late again, by way of Marcus, Joy's mum, two ideas each, and a warning held back."""
    entry = library.entry("late-again")
    assert entry is not None
    assert entry.scenario is not None
    story = Story.replay(entry.scenario, ["ask-marcus", "mum", "two-ideas", "hold-back"])
    return debrief(library.course, story, spoken=False)


def test_the_worked_example_ends_with_the_swim_at_eleven(swim: Debrief) -> None:
    assert (swim.title, swim.ending) == ("Late again", "The eleven o’clock swim")
    assert swim.happened == (
        ("A person", "Marcus swims at eleven on Tuesdays, an hour he chose."),
        ("The team", "Joy starts at nine and is on time, and Lorraine is paid to stay."),
        ("The organisation", "Angela has agreed until October, and is not sure about you."),
    )


def test_the_worked_example_took_three_of_eight_and_seven_of_seven_and_is_off_road(swim: Debrief) -> None:
    assert swim.profile.manager == Share(3, 8)
    assert swim.profile.leader == Share(7, 7)
    assert [(name, says) for name, says, _ in swim.corners] == [
        ("Off-road", "In this run you went to look for the better view.")
    ]
    assert swim.not_people == "Remember I'm talking roles not people."


def test_the_worked_example_lists_what_was_done_by_its_kind(swim: Debrief) -> None:
    assert [(act.number, act.chosen, act.practice) for act in swim.acts] == [
        (
            1,
            "Ask Marcus what he wants now, while Joy takes over from Lorraine.",
            ("Includes people", "Holds the frame"),
        ),
        (2, "Leave the dates in your bag and ask her how her mum is.", ("Is there", "Goes upstream")),
        (3, "Have Joy and Marcus bring two ideas each to the team next Thursday.", ("Includes people",)),
        (
            4,
            "Send what you know and have agreed, and hold the warning back.",
            ("Guards values", "Keeps true records"),
        ),
    ]


def test_the_worked_example_looks_at_two_moments_and_asks_three_questions(swim: Debrief) -> None:
    assert len(swim.moments) == 2
    assert len(swim.questions) == 3
    assert swim.one_thing == "Name the dates. Then ask what changed."


def test_the_worked_example_quotes_the_ending_first_and_then_the_scenario(swim: Debrief) -> None:
    assert [shown.words for shown in swim.says] == [
        "A practice leader includes people – the team, people using services – in decisions that affect them.",
        "A leader might want to find out why you're often late for work, a manager might tell you your performance "
        "is lacking.",
    ]
    assert swim.author == "Tony Osgood"


# what happened


def test_what_happened_leaves_out_what_the_author_left_out() -> None:
    scenario = story_of(ends("end", happened=Happened(team="Joy stays.")))

    assert debriefed(scenario, "").happened == (("The team", "Joy stays."),)


def test_a_run_that_ends_at_a_passage_still_to_be_written_has_no_happenings() -> None:
    told = debriefed(story_of(Passage("later", todo="Angela looks at the rota.")), "")

    assert (told.ending, told.happened) == ("Angela looks at the rota.", ())


# the moments that mattered

THREE = (
    # from here: left goes on to an even chance of up and down, right is up for sure, so half the chances move
    asks("first", choice("left", "second"), choice("right", "up")),
    # both lead on to the same: nothing moves
    asks("second", choice("near", "third"), choice("far", "third")),
    # all of it moves
    asks("third", choice("rise", "up"), choice("fall", "down")),
    ends("up"),
    ends("down"),
)


@pytest.mark.parametrize(("moments", "numbers"), [(0, []), (1, [3]), (2, [1, 3]), (3, [1, 2, 3]), (9, [1, 2, 3])])
def test_the_moments_are_those_whose_other_roads_change_the_mix_of_endings_most(
    moments: int, numbers: list[int]
) -> None:
    told = debriefed(story_of(*THREE, debrief=DebriefNotes(moments)), "left near rise")

    assert [moment.number for moment in told.moments] == numbers


def test_of_moments_that_weigh_the_same_the_earlier_wins() -> None:
    # at both, all that could follow is another ending than on the other road
    scenario = story_of(
        asks("first", choice("on", "second"), choice("off", "gone")),
        asks("second", choice("rise", "up"), choice("fall", "down")),
        ends("gone"),
        ends("up"),
        ends("down"),
        debrief=DebriefNotes(moments=1),
    )

    assert [moment.number for moment in debriefed(scenario, "on rise").moments] == [1]


def test_where_no_road_changes_the_mix_the_moment_is_where_the_choices_lie_furthest_apart_in_role() -> None:
    def hub(first: Roles, second: Roles) -> Scenario:
        return story_of(
            asks("hall", choice("plain", "hub"), choice("far", "hub", manager=first.manager, leader=first.leader)),
            asks("hub", choice("again", "hub"), choice("go", "end", manager=second.manager, leader=second.leader)),
            ends("end"),
            debrief=DebriefNotes(moments=1),
        )

    assert [moment.number for moment in debriefed(hub(Roles(2, 2), Roles(0, 1)), "plain go").moments] == [1]
    assert [moment.number for moment in debriefed(hub(Roles(0, 1), Roles(2, 2)), "plain go").moments] == [2]


def test_going_round_a_hub_once_more_changes_nothing_so_the_fork_weighs_more() -> None:
    # whoever stays at the hub comes to the same fork in the end; there 2 of 5 chances would move
    scenario = story_of(
        asks("hub", choice("again", "hub"), choice("go", "fork", manager=2, leader=2)),
        asks("fork", choice("sure", "up"), choice("chance", "five")),
        asks("five", *(choice(id, "up") for id in "abc"), *(choice(id, "down") for id in "de")),
        ends("up"),
        ends("down"),
        debrief=DebriefNotes(moments=1),
    )

    assert [moment.number for moment in debriefed(scenario, "go sure").moments] == [2]


# the other road

LEAD = choice("lead", "end", leader=2)


def road(path: str, *choices: Choice) -> str:
    """The other road from a hall with these choices, after the one in `path` was taken."""
    scenario = story_of(asks("hall", *choices), ends("end"))
    (taken,) = decisions(Story.replay(scenario, [path]))
    other = other_road(taken)
    return other.choice.id if other else ""


def test_the_other_road_is_the_choice_strongest_in_the_role_less_taken() -> None:
    manage = choice("manage", "end", manager=2)
    both = choice("both", "end", manager=1, leader=1)
    lead = choice("lead", "end", leader=2)

    assert road("manage", manage, both, lead) == "lead"
    assert road("lead", lead, both, manage) == "manage"


def test_where_neither_role_was_taken_more_the_other_road_is_the_leaders() -> None:
    assert road("both", choice("both", "end", manager=1, leader=1), choice("m", "end", manager=2), LEAD) == "lead"


def test_of_two_other_roads_as_strong_the_one_weaker_in_the_role_taken_is_told() -> None:
    mixed = choice("mixed", "end", manager=1, leader=2)

    assert road("manage", choice("manage", "end", manager=2), mixed, LEAD) == "lead"


def test_of_two_other_roads_that_score_the_same_the_first_in_the_file_is_told() -> None:
    twin = choice("twin", "end", leader=2)

    assert road("manage", choice("manage", "end", manager=2), twin, LEAD) == "twin"


def test_where_nothing_else_was_on_offer_there_is_no_other_road() -> None:
    assert road("on", choice("on", "end"), choice("never", "end", when="noted")) == ""


def test_the_other_road_tells_the_passage_it_leads_to_as_it_would_have_been() -> None:
    scenario = story_of(
        asks("hall", choice("note", "office", manager=2), choice("ask", "car", leader=2, effects=[do(set=["asked"])])),
        ends("office"),
        leads("car", "pool", told=[only_if("asked", "You asked.", otherwise=["You did not."])]),
        ends("pool"),
        debrief=DebriefNotes(moments=1),
    )

    other = only_moment(scenario, "note").other

    assert other is not None
    assert [line.text for line in other.visit.lines] == ["You asked."]
    assert (other.visit.passage.id, other.ending) == ("car", "The end at pool")


def test_an_excerpt_is_the_first_lines_up_to_sixty_words_and_at_least_one() -> None:
    forty, thirty = lines(" ".join(["word"] * 40), " ".join(["word"] * 30))
    hundred = lines(" ".join(["word"] * 100))[0]

    assert excerpt([forty, thirty]) == (forty,)  # type: ignore[list-item]
    assert excerpt([thirty, thirty, thirty]) == (thirty, thirty)  # type: ignore[list-item]
    assert excerpt([hundred, forty]) == (hundred,)  # type: ignore[list-item]
    assert excerpt([]) == ()


# what a moment says


def moment_with(asked: Roles | None, manager: int, leader: int) -> Moment:
    scenario = story_of(
        asks("hall", choice("do", "end", manager=manager, leader=leader), choice("not", "end"), calls_for=asked),
        ends("end"),
        debrief=DebriefNotes(moments=1),
    )
    return only_moment(scenario, "do")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (Roles(1, 0), "A clear line."),
        (Roles(2, 0), "A clear line."),
        (Roles(0, 2), "An open ear."),
        (Roles(2, 1), "A clear line first, and an open ear."),
        (Roles(1, 2), "An open ear first, and a clear line."),
        (Roles(1, 1), "A clear line and an open ear, as much of each."),
        (Roles(2, 2), "A clear line and an open ear, as much of each."),
        (Roles(0, 0), ""),
        (None, ""),
    ],
)
def test_what_the_moment_asked_for_is_said_in_words(asked: Roles | None, words: str) -> None:
    assert moment_with(asked, 0, 0).asked == words


@pytest.mark.parametrize(
    ("asked", "taken", "words"),
    [
        (Roles(2, 1), Roles(2, 0), "The moment needed a line. You drew one."),
        (Roles(2, 1), Roles(1, 1), "The moment needed a line. You drew one."),
        (Roles(2, 1), Roles(0, 1), "You stayed close. What was still unclear when you left the room?"),
        (Roles(2, 0), Roles(0, 0), "The moment needed a line. What would have helped you to draw one?"),
        (Roles(1, 2), Roles(0, 2), "You went to find out. Here is what that opened."),
        (Roles(0, 1), Roles(2, 2), "You went to find out. Here is what that opened."),
        (Roles(1, 2), Roles(2, 1), "You were clear. What did you not get to hear?"),
        (Roles(0, 2), Roles(0, 0), "The moment needed an open ear. What would have made time for it?"),
        (Roles(1, 1), Roles(2, 2), "The moment asked for both hands. You used both."),
        (Roles(2, 2), Roles(2, 0), "Half of it was there. Cross your arms the other way: what is the other half?"),
        (Roles(1, 1), Roles(1, 2), "Half of it was there. Cross your arms the other way: what is the other half?"),
        (Roles(1, 1), Roles(0, 0), "The moment asked for both hands. What would have freed them?"),
        (Roles(0, 0), Roles(2, 0), ""),
        (None, Roles(2, 0), ""),
    ],
)
def test_how_the_choice_met_the_moment_is_said_in_a_sentence_and_never_a_number(
    asked: Roles | None, taken: Roles, words: str
) -> None:
    assert moment_with(asked, taken.manager, taken.leader).fit == words


def test_a_contested_moment_says_that_people_do_not_agree() -> None:
    hall = asks("hall", choice("a", "end"))
    assert hall.decision is not None
    contested = replace(hall, decision=replace(hall.decision, contested=True))

    def words(passage: Passage) -> str:
        return only_moment(story_of(passage, ends("end")), "a").contested

    assert words(contested) == "People who know this work do not agree on what this moment asked for."
    assert words(hall) == ""


def test_a_moment_says_what_was_good_in_the_choice_and_what_it_opened_and_closed() -> None:
    kept = choice("a", "end", why="Marcus has waited longest.", debrief=Outcome("He swam.", "Joy had no word."))

    moment = only_moment(story_of(asks("hall", kept), ends("end")), "a")

    assert (moment.number, moment.ask, moment.chosen) == (1, "What now, at hall?", "I choose a.")
    assert (moment.decent, moment.opened, moment.closed) == (
        "Marcus has waited longest.",
        "He swam.",
        "Joy had no word.",
    )


# what followed


def followed(*effects: Effect, arriving: tuple[Effect, ...] = ()) -> tuple[str, ...]:
    scenario = story_of(asks("hall", choice("a", "end", effects=effects)), ends("end", effects=arriving))
    return only_moment(scenario, "a").followed


def test_what_followed_is_each_meter_that_moved_and_why() -> None:
    assert followed(do(trust=+1, because="Lorraine got away."), do(patience=-2, because="Angela rang.")) == (
        "The team’s trust rose. Lorraine got away.",
        "The organisation’s patience fell. Angela rang.",
    )


def test_what_followed_includes_what_happened_on_the_way_to_the_next_decision() -> None:
    scenario = story_of(
        asks("hall", choice("a", "friday", effects=[do(set=["noted"])])),
        leads("friday", "end", effects=[do(when="noted", trust=-1, because="The sheet was read.")]),
        ends("end", effects=[do(when="trust == 4", patience=+1, because="It was talked over.")]),
    )

    assert only_moment(scenario, "a").followed == (
        "The team’s trust fell. The sheet was read.",
        "The organisation’s patience rose. It was talked over.",
    )


def test_what_did_not_happen_is_not_told() -> None:
    assert followed(do(when="noted", trust=-1, because="The sheet was read.")) == ()


def test_a_change_without_a_reason_is_not_told() -> None:
    assert followed(do(trust=+1)) == ()


def test_a_reason_that_moved_two_meters_is_told_once() -> None:
    assert followed(do(trust=+1, patience=+1, because="It was said aloud.")) == (
        "The team’s trust rose. It was said aloud.",
    )


def test_a_meter_that_was_at_its_bound_is_not_said_to_have_moved() -> None:
    assert followed(do(trust=+5), do(trust=+1, because="Lorraine got away.")) == ("Lorraine got away.",)
    assert followed(do(trust=+5, because="Joy laughed."), do(trust=+1, patience=-1, because="Angela rang.")) == (
        "The team’s trust rose. Joy laughed.",
        "The organisation’s patience fell. Angela rang.",
    )


# the workshop

WORKSHOP = Source(
    author="T. Osgood",
    ideas={"A": Idea("A", "ask", "Ask first."), "B": Idea("B", "be-there", "Be there.", research="It depends.")},
    quotes={
        "Aa": Quotation("Aa", "Ask first, then act.", "A"),
        "Ab": Quotation("Ab", "Ask, damn it.", "A", language="mild"),
        "Ac": Quotation("Ac", "Ask, for God’s sake.", "A", language="strong"),
        "Ba": Quotation("Ba", "Turn up.", "B"),
    },
)


def says(ending: tuple[str, ...], notes: tuple[str, ...]) -> list[tuple[str, str, str]]:
    scenario = story_of(ends("end", quotes=ending), debrief=DebriefNotes(quotes=notes))
    told = debriefed(scenario, "", Course(source=WORKSHOP))
    return [(shown.words, shown.gloss, shown.research) for shown in told.says]


def test_the_workshop_says_one_or_two_things_the_endings_first() -> None:
    assert says(("Ba",), ("Aa", "Ab")) == [
        ("Turn up.", "Be there.", "It depends."),
        ("Ask first, then act.", "Ask first.", ""),
    ]


def test_the_workshop_says_nothing_twice() -> None:
    assert says(("Aa",), ("Aa",)) == [("Ask first, then act.", "Ask first.", "")]
    assert says(("Ab",), ("Ac",)) == [("", "Ask first.", "")]  # in clean language both are the idea alone


def test_a_citation_that_the_source_does_not_have_is_left_out() -> None:
    assert says(("Zz",), ("Aa",)) == [("Ask first, then act.", "Ask first.", "")]


def test_a_moments_quotation_is_clean_unless_spoken_is_asked_for() -> None:
    scenario = story_of(asks("hall", choice("a", "end", debrief=Outcome(quote="Ab"))), ends("end"))
    course = Course(source=WORKSHOP)

    (clean,) = debriefed(scenario, "a", course).moments
    (as_spoken,) = debriefed(scenario, "a", course, spoken=True).moments

    assert clean.quote is not None
    assert (clean.quote.words, clean.quote.gloss) == ("", "Ask first.")
    assert as_spoken.quote is not None
    assert as_spoken.quote.words == "Ask, damn it."


def test_acts_are_named_by_the_courses_labels() -> None:
    course = Course(practice={"hold": Practice("hold", "Holds the frame")})
    scenario = story_of(asks("hall", choice("a", "end", practice=("hold", "unheard-of"))), ends("end"))

    (act,) = debriefed(scenario, "a", course).acts

    assert (act.number, act.ask, act.chosen, act.practice) == (
        1,
        "What now, at hall?",
        "I choose a.",
        ("Holds the frame",),
    )
