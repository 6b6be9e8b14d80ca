"""Who is to be seen beside the words of a debrief."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.authoring import Library
from game.story import Ending, Expression, Line, Passage, Person, Scenario, Story, Tone
from game.training import AFTER, Face, debrief, face_of, heard, named
from tests.story.making import asks, choice, ends, leads, story_of

JOY, MARCUS = Person("joy", "Joy"), Person("marcus", "Marcus")
SMALL = story_of(ends("end"))


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Joy starts at nine.", JOY),
        ("Marcus waits, and Joy is late.", MARCUS),
        ("Joy is late, and Marcus waits.", JOY),
        ("Nobody can find Marcus’s bag.", MARCUS),
        ("It is Joy's file.", JOY),
        ("(Joy) and *Marcus*", JOY),
        ("*Marcus* swims.", MARCUS),
        ("The team is enjoying Joyce’s cake.", None),
        ("A joy to see.", None),
        ("Staff swapped most of the shifts by phone.", None),
        ("", None),
    ],
)
def test_a_sentence_names_the_first_of_the_cast_whose_name_stands_in_it_as_a_word(
    text: str, who: Person | None
) -> None:
    assert named(SMALL, text) == who


def test_of_two_names_that_begin_at_one_place_the_longer_is_meant() -> None:
    people = {"sam": Person("sam", "Sam"), "sam-2": Person("sam-2", "Sam Brown")}
    scenario = replace(SMALL, people=people, cast=("sam", "sam-2"))

    assert named(scenario, "Then Sam Brown came.") == people["sam-2"]
    assert named(scenario, "Then Sam came.") == people["sam"]


def test_only_the_cast_is_named_and_nobody_by_an_empty_name() -> None:
    assert named(replace(SMALL, cast=("joy",)), "Marcus waits.") is None
    assert named(replace(SMALL, people={"joy": Person("joy", " ")}, cast=("joy",)), "Joy waits.") is None


@pytest.mark.parametrize(
    ("tone", "look"),
    [
        ("good", "warm"),
        ("mixed-good", "warm"),
        ("mixed", "thinking"),
        ("mixed-bad", "concerned"),
        ("bad", "tired"),
    ],
)
def test_people_look_as_fits_the_ending_s_tone(tone: Tone, look: Expression) -> None:
    story = Story.begin(story_of(Passage("end", ending=Ending("The end", tone))))

    assert face_of(story, "Joy stays.") == Face(JOY, look)
    assert face_of(story, "Nobody stays.") is None


def test_no_tone_makes_a_face_that_scolds_or_mocks() -> None:
    assert set(AFTER.values()) <= {"neutral", "warm", "thinking", "concerned", "tired"}


def test_at_a_passage_still_to_be_written_people_look_as_ever() -> None:
    assert face_of(Story.begin(story_of(Passage("later", todo="Rota."))), "Joy stays.") == Face(JOY, "neutral")


def test_who_spoke_since_the_choice_before_is_heard_once_each_as_they_looked_last() -> None:
    first = leads("first", "hall", told=[("marcus", "Is Joy coming?"), ("joy", "Sorry."), "Rain."])
    hall = asks("hall", choice("a", "end"), choice("b", "end"))
    hall = replace(hall, text=(Line("Not eight.", "marcus", "upset"),))
    scenario: Scenario = story_of(first, hall, ends("end", ("joy", "Tea?")))

    assert heard(Story.begin(scenario)) == (Face(MARCUS, "upset"), Face(JOY, "neutral"))
    assert heard(Story.replay(scenario, ["a"])) == (Face(JOY, "neutral"),)


def test_every_person_that_the_shipped_endings_tell_of_has_a_face(library: Library) -> None:
    told = 0
    for entry in library.entries:
        assert entry.scenario is not None
        for passage in entry.scenario.passages.values():
            if passage.ending:
                told += 1
                assert named(entry.scenario, passage.ending.happened.person) is not None
    assert told == 14


def test_what_happened_in_the_worked_example_is_told_of_marcus_joy_and_angela(library: Library) -> None:
    entry = library.entry("late-again")
    assert entry is not None
    assert entry.scenario is not None
    story = Story.replay(entry.scenario, ["ask-marcus", "mum", "two-ideas", "hold-back"])
    faces = [face_of(story, text) for _, text in debrief(library.course, story, spoken=False).happened]

    assert [(face.person.name, face.expression) for face in faces if face] == [
        ("Marcus", "warm"),
        ("Joy", "warm"),
        ("Angela", "warm"),
    ]
