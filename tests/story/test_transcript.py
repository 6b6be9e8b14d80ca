"""A run as plain text, to the letter."""

from __future__ import annotations

from game.story import Line, Passage, Story, spoken, transcript
from tests.story.making import asks, choice, do, ends, leads, only_if, story_of


def test_a_transcript_is_the_whole_run_with_the_choices_that_drove_it() -> None:
    scenario = story_of(
        leads("hall", "office", told=["Marcus is in the hall.", ("marcus", "Is Joy coming?")], when="Tuesday, 8.31"),
        asks(
            "office",
            choice("note", "office", once=True, effects=[do(set=["noted"])]),
            choice("ask", "pool"),
            choice("warn", "pool", when="trust <= 2"),
            told=[only_if("noted", "It says 8.40.", otherwise=["The sheet is blank."])],
        ),
        ends("pool", ("joy", "Eleven, then.")),
    )

    assert transcript(Story.replay(scenario, ["note", "ask"])) == (
        "[hall] Tuesday, 8.31\n"
        "Marcus is in the hall.\n"
        "Marcus: Is Joy coming?\n"
        "\n"
        "[office]\n"
        "The sheet is blank.\n"
        "\n"
        "What now, at office?\n"
        "  - note: I choose note.\n"
        "  - ask: I choose ask.\n"
        "> note\n"
        "\n"
        "[office]\n"
        "It says 8.40.\n"
        "\n"
        "What now, at office?\n"
        "  - ask: I choose ask.\n"
        "> ask\n"
        "\n"
        "[pool]\n"
        "Joy: Eleven, then.\n"
        "\n"
        "= The end at pool\n"
    )


def test_an_unfinished_run_ends_with_what_is_on_offer() -> None:
    story = Story.begin(story_of(asks("hall", choice("on", "end")), ends("end")))

    assert transcript(story) == "[hall]\n\nWhat now, at hall?\n  - on: I choose on.\n"


def test_a_passage_still_to_be_written_says_what_is_to_come() -> None:
    story = Story.begin(story_of(Passage("later", todo="Angela looks at the rota.")))

    assert transcript(story) == "[later]\n\n= Angela looks at the rota.\n"


def test_a_run_that_is_stuck_stops_after_what_was_told() -> None:
    scenario = story_of(asks("hall", choice("on", "round")), leads("round", "round", told=["Round we go."]))

    assert transcript(Story.replay(scenario, ["on"])) == (
        "[hall]\n\nWhat now, at hall?\n  - on: I choose on.\n> on\n\n[round]\nRound we go.\n"
    )


def test_a_decision_that_offers_nothing_asks_nothing() -> None:
    story = Story.begin(story_of(asks("hall", choice("on", "end", when="noted"), told=["It is quiet."]), ends("end")))

    assert transcript(story) == "[hall]\nIt is quiet.\n"


def test_speech_has_the_speakers_name_before_it_and_narration_has_none() -> None:
    scenario = story_of(ends("end"))

    assert spoken(scenario, Line("Not eight.", "marcus", "firm")) == "Marcus: Not eight."
    assert spoken(scenario, Line("He thinks some more.")) == "He thinks some more."
