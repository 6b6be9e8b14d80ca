"""Plain words, short passages, people who are people, and a time that is true."""

from __future__ import annotations

import re
from statistics import mean

import pytest

from game.authoring.craft_walk import lines_in
from game.authoring.craft_words import debrief_texts, story_lines
from game.authoring.reading import words
from game.story import Line, Visit

from .routes import Route, decisions, figure, library, list_of, places, routes, scenario, scenarios
from .sketches import ROUTES

LOOKED_AT: dict[str, str] = {}
"""Texts in which a word to look at was looked at and found to mean something else, each with its meaning."""

JUDGES = ("leader", "manager", "leadership", "management")

SUPPORTED = {"late-again": "marcus", "who-decides": "dev", "the-visit": "eileen"}
"""The person whose life each story is about."""

ACTS = {
    "late-again": [
        ("hall", "marcus: Never liked eight."),
        ("what-now", "The door opens a little way, and Marcus puts his head in."),
        ("thursday", "His ideas are eleven o’clock, and cake."),
    ],
    "who-decides": [
        ("friday", "dev: Every week. They pay in chips. I want someone with me on the bus home."),
        ("talk", "dev: I’ll be quiet. I’m only loud for chips."),
        ("a-good-plan-for-someone-else", "So I asked the Fleece to move me."),
    ],
    "the-visit": [
        ("two-hours", "eileen: It’s York, then Malton, then a bus. Who’s writing this down?"),
        ("nadia-comes", "She sits down on the suitcase, in the middle of the hall."),
        ("the-plan-that-went-to-whitby", "eileen: Whitby. What do you think I packed for?"),
    ],
}
"""What a person supported says or does on the page, as it is told there."""

TURNS_ON = {
    "late-again": ("the-eleven-oclock-swim", {"asked_marcus"}),
    "who-decides": ("thursdays-set", {"dev_in"}),
    "the-visit": ("the-plan-that-went-to-whitby", {"rescue", "trip_ready"}),
}
"""An ending that is met only where a person supported was asked, and the facts (one is enough) that say so."""

FAIR = {
    "late-again": [
        ("angela", "I gave a man at Beech House his for three. What do I tell him?"),
        ("lorraine", "I don’t mind covering. I mind not knowing."),
    ],
    "who-decides": [
        ("lorraine", "It’s always us who bend."),
        ("angela", "I have six of these to send, and people do like to be paid."),
    ],
    "the-visit": [
        ("paul", "That’s sixty jobs, and I told the board 90."),
        ("nadia", "I’ve a home to see at one, and I can only mark what I see."),
    ],
}
"""One line of fair reasoning by the person on the other side."""


def told(visit: Visit) -> int:
    """The words that a visit to a passage tells."""
    return sum(len(words(line.text)) for line in visit.lines)


def as_told(line: Line) -> str:
    """A line as an author writes it."""
    return f"{line.speaker}: {line.text}" if line.speaker else line.text


@pytest.mark.parametrize("id", ROUTES)
def test_each_scenario_reads_at_grade_six_or_below(id: str) -> None:
    assert figure("W1").numbers[id] <= 6, places(figure("W1"))


@pytest.mark.parametrize("id", ROUTES)
def test_sentences_are_thirteen_words_or_fewer_on_average(id: str) -> None:
    assert figure("W2").numbers[id] <= 13


def test_no_sentence_has_more_than_twenty_five_words() -> None:
    assert figure("W2").numbers["long"] == 0, places(figure("W2"))


def test_no_line_is_more_than_one_screen_can_hold() -> None:
    long = [
        f"{one.id}: {line.about}: {line.text}"
        for one in scenarios()
        for line in story_lines(one)
        if len(words(line.text)) > 32
    ]

    assert not long, list_of(long)


@pytest.mark.parametrize("id", ROUTES)
def test_each_passage_tells_forty_to_ninety_words_in_any_state_and_each_card_of_the_debrief_eighty_at_most(
    id: str,
) -> None:
    """An ending tells sixty to a hundred and thirty."""
    assert figure("W3", id).verdict == "met", places(figure("W3", id))


@pytest.mark.parametrize("id", ROUTES)
def test_each_ending_tells_sixty_to_a_hundred_and_thirty_words_and_on_most_routes_a_hundred_at_most(id: str) -> None:
    lengths = {route: told(route.story.visits[-1]) for route in routes(scenario(id))}
    off = [f"{count} words: {route}" for route, count in lengths.items() if not 60 <= count <= 130]
    long = [f"{count} words: {route}" for route, count in lengths.items() if count > 100]

    assert not off, list_of(off)
    assert len(long) < len(lengths) / 2, list_of(long)


@pytest.mark.parametrize("id", ROUTES)
def test_the_words_of_each_passage_are_counted_as_they_are_told_on_the_routes(id: str) -> None:
    counts = [told(visit) for route in routes(scenario(id)) for visit in route.visits]

    assert [figure("W3", id).numbers[end] for end in ("least", "most")] == [min(counts), max(counts)]


def test_the_texts_around_the_story_are_short() -> None:
    course = library().course
    long = [
        f"{one.id}: {text.text}" for one in scenarios() for text in debrief_texts(one) if len(words(text.text)) > 20
    ]
    long += [f"{one.id}: {one.summary}" for one in scenarios() if len(words(one.summary)) > 30]
    long += [f"{one.id}: {one.debrief.one_thing}" for one in scenarios() if len(words(one.debrief.one_thing)) > 10]
    long += [person.about for person in course.people.values() if len(words(person.about)) > 6]

    assert not long, list_of(long)


def test_no_text_has_a_word_that_makes_less_of_people() -> None:
    assert figure("W4").numbers["never"] == 0, places(figure("W4"))


def test_every_word_that_wants_looking_at_was_looked_at() -> None:
    assert {spot.words for spot in figure("W4").spots} == LOOKED_AT.keys(), places(figure("W4"))


def test_the_story_never_says_which_role_is_played_but_for_a_job_title() -> None:
    titles = re.compile(r"\b(?:team leader|area manager)\b", re.IGNORECASE)
    found = [
        f"{one.id}: {line.about}: {line.text}"
        for one in scenarios()
        for line in story_lines(one)
        if any(word in titles.sub("", line.text).lower() for word in JUDGES)
    ]

    assert not found, list_of(found)


@pytest.mark.parametrize("id", ACTS)
def test_a_person_supported_acts_on_the_page_at_least_twice(id: str) -> None:
    said = {
        (passage.id, as_told(line)) for passage in scenario(id).passages.values() for line in lines_in(passage.text)
    }
    missing = [act for act in ACTS[id] if not any(act[0] == passage and act[1] in text for passage, text in said)]

    assert not missing, list_of(missing)
    assert len(ACTS[id]) >= 2


@pytest.mark.parametrize("id", TURNS_ON)
def test_an_ending_turns_on_what_a_person_supported_was_asked(id: str) -> None:
    ending, facts = TURNS_ON[id]
    without = [route for route in routes(scenario(id)) if route.ending == ending and not facts & {*route.story.facts}]

    assert not without, list_of(without)
    assert any(facts & {*route.story.facts} for route in routes(scenario(id)) if route.ending == ending)


@pytest.mark.parametrize("id", SUPPORTED)
def test_the_person_the_story_is_about_speaks_on_every_route(id: str) -> None:
    silent = [route for route in routes(scenario(id)) if not _speaks(route, SUPPORTED[id])]

    assert not silent, list_of(silent)


def _speaks(route: Route, person: str) -> bool:
    return any(line.speaker == person for line in route.lines)


def test_each_ending_says_what_happened_in_a_named_persons_life() -> None:
    numbers = figure("W6").numbers

    assert numbers["named"] == numbers["endings"] == 14, places(figure("W6"))


def test_each_ending_says_what_happened_to_the_team_and_the_organisation() -> None:
    silent = [
        passage.id
        for one in scenarios()
        for passage in one.passages.values()
        if passage.ending and not (passage.ending.happened.team and passage.ending.happened.organisation)
    ]

    assert not silent, list_of(silent)


@pytest.mark.parametrize("id", FAIR)
def test_the_person_on_the_other_side_has_a_fair_reason(id: str) -> None:
    said = [(line.speaker, line.text) for passage in scenario(id).passages.values() for line in lines_in(passage.text)]
    missing = [fair for fair in FAIR[id] if not any(fair[0] == who and fair[1] in text for who, text in said)]

    assert not missing, list_of(missing)


def test_no_two_passages_of_a_scenario_open_alike() -> None:
    for one in scenarios():
        opening = [words(next(lines_in(passage.text)).text)[:2] for passage in one.passages.values()]
        alike = {" ".join(first) for first in opening if opening.count(first) > 1}
        assert not alike, f"{one.id}: {alike}"


@pytest.mark.parametrize("id", ROUTES)
def test_the_minutes_on_the_cover_are_the_minutes_it_takes(id: str) -> None:
    taken = figure("G", id).numbers[id]

    assert scenario(id).minutes == round(taken)
    assert 8 <= scenario(id).minutes <= 15


@pytest.mark.parametrize("id", ROUTES)
def test_the_minutes_are_those_of_its_routes_on_average(id: str) -> None:
    assert figure("G", id).numbers[id] == pytest.approx(mean(_minutes(route) for route in routes(scenario(id))))


def _minutes(route: Route) -> float:
    """Reading at 170 words a minute, 40 seconds for each decision, two and a half minutes for the debrief."""
    offered = [word for step in route.story.steps for choice in step.choices for word in words(choice.text)]
    story = sum(told(visit) for visit in route.visits)
    return (story + len(offered)) / 170 + len(route.story.path) * 40 / 60 + 2.5


def test_every_decision_gives_a_room_something_to_talk_about() -> None:
    silent = [
        f"{asked.scenario.id}: {asked.passage}"
        for asked in decisions()
        if not any(text.endswith("?") for text in asked.decision.discuss)
    ]

    assert not silent, list_of(silent)
