"""The debrief: its quotations, its questions, the other road, and no word of blame."""

from __future__ import annotations

import re

import pytest

from game.authoring.reading import words
from game.story import Scenario
from game.training import debrief, decisions, other_road

from .routes import decisions as every_decision
from .routes import library, list_of, routes, scenario, scenarios
from .sketches import ROUTES
from .test_prose import debrief_texts

SHAME = (
    "wrong", "wrongly", "fail", "failed", "failure", "should have", "should not have", "bad manager", "you are a",
    "unfortunately", "correct", "incorrect", "mistake", "blame", "sadly", "poor", "good leader", "right answer",
)  # fmt: skip

OPEN = re.compile(r"(?:^|, |\. )(?:What|Who|Whose|Which|When|Where|Why|How)\b.*\?$")
"""An open question: no yes or no answers it."""


def cited(one: Scenario) -> list[tuple[str, str]]:
    """Every quotation that a scenario cites, with where."""
    found = [(f"{one.id}: debrief", id) for id in one.debrief.quotes]
    for passage in one.passages.values():
        where = f"{one.id}: {passage.id}"
        found += [(where, id) for id in passage.ending.quotes] if passage.ending else []
        decided = passage.decision.choices if passage.decision else ()
        found += [(where, choice.debrief.quote) for choice in decided if choice.debrief.quote]
    return found


def test_every_quotation_cited_is_in_the_source_and_clean() -> None:
    quotes = library().course.source.quotes
    off = [
        f"{where}: {id}" for one in scenarios() for where, id in cited(one) if id not in quotes or not quotes[id].clean
    ]

    assert not off, list_of(off)


@pytest.mark.parametrize("id", ROUTES)
def test_each_debrief_has_two_to_four_quotations_none_twice(id: str) -> None:
    off = []
    for route in routes(scenario(id)):
        told = debrief(library().course, route.story, spoken=False)
        shown = [quote.words for quote in (*told.says, *(moment.quote for moment in told.moments)) if quote]
        off += [f"{len(shown)}: {route}"] * (not 2 <= len(shown) <= 4)
        off += [f"twice: {route}"] * (len(set(shown)) < len(shown))
        off += [f"long: {route}" for quote in shown if len(quote.split()) > 45]

    assert not off, list_of(off)


def test_no_debrief_has_a_word_of_blame() -> None:
    found = [
        f"{where}: {text}"
        for one in scenarios()
        for where, text in debrief_texts(one)
        if any(re.search(rf"\b{word}\b", text, re.IGNORECASE) for word in SHAME)
    ]

    assert not found, list_of(found)


def test_every_choice_says_what_it_opened_and_what_it_closed() -> None:
    silent = [
        f"{asked} > {choice.id}"
        for asked in every_decision()
        for choice in asked.decision.choices
        if not (choice.debrief.opened and choice.debrief.closed)
    ]

    assert not silent, list_of(silent)


def test_every_change_has_a_reason() -> None:
    silent = [
        f"{asked} > {choice.id}"
        for asked in every_decision()
        for choice in asked.decision.choices
        for effect in choice.effects
        if effect.change and not effect.because
    ]

    assert not silent, list_of(silent)


@pytest.mark.parametrize("id", ROUTES)
def test_each_debrief_asks_two_open_questions_and_one_of_them_is_about_the_players_own_work(id: str) -> None:
    questions = scenario(id).debrief.questions
    closed = [question for question in questions if not OPEN.search(question)]

    assert not closed, list_of(closed)
    assert len(questions) >= 2
    assert any("where you work" in question for question in questions)


@pytest.mark.parametrize("id", ROUTES)
def test_each_debrief_leaves_one_thing_to_try_in_ten_words_or_fewer(id: str) -> None:
    assert 1 <= len(words(scenario(id).debrief.one_thing)) <= 10


@pytest.mark.parametrize("id", ROUTES)
def test_every_decision_on_every_route_has_another_road_with_words_of_its_own(id: str) -> None:
    without = set()
    for route in routes(scenario(id)):
        for taken in decisions(route.story):
            road = other_road(taken)
            if road is None or not road.visit.lines:
                without.add(f"{taken.at.passage.id} > {taken.choice.id}")

    assert not without, list_of(sorted(without))


@pytest.mark.parametrize("id", ROUTES)
def test_the_other_road_leads_through_the_role_that_was_less_taken(id: str) -> None:
    for route in routes(scenario(id)):
        for taken in decisions(route.story):
            road = other_road(taken)
            assert road is not None
            mine, theirs = taken.choice.scores, road.choice.scores
            if mine.leader != mine.manager:
                leading = mine.leader > mine.manager
                assert (theirs.manager > mine.manager) if leading else (theirs.leader >= mine.leader)
