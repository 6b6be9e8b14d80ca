"""The debrief: its quotations, its questions, the other road, and no word of blame."""

from __future__ import annotations

import pytest

from game.authoring.craft_debrief import quotations_cited
from game.authoring.reading import words
from game.training import debrief, decisions, other_road

from .routes import decisions as every_decision
from .routes import figure, library, list_of, places, routes, scenario, scenarios
from .sketches import ROUTES


def test_every_quotation_cited_is_in_the_source_and_clean() -> None:
    quotes = library().course.source.quotes
    off = [
        f"{where.scenario}: {where.about}: {id}"
        for one in scenarios()
        for where, id in quotations_cited(one)
        if id not in quotes or not quotes[id].clean
    ]

    assert not off, list_of(off)


@pytest.mark.parametrize("id", ROUTES)
def test_each_debrief_has_two_to_four_quotations_none_twice(id: str) -> None:
    off, numbers = [], figure("F4", id).numbers
    for route in routes(scenario(id)):
        told = debrief(library().course, route.story, spoken=False)
        shown = [quote.words for quote in (*told.says, *(moment.quote for moment in told.moments)) if quote]
        off += [f"{len(shown)}: {route}"] * (not 2 <= numbers["least"] <= len(shown) <= numbers["most"] <= 4)
        off += [f"twice: {route}"] * (len(set(shown)) < len(shown))
        off += [f"long: {route}" for quote in shown if len(quote.split()) > 45]

    assert not off, list_of(off)


def test_no_debrief_has_a_word_of_blame() -> None:
    assert figure("F6").numbers["found"] == 0, places(figure("F6"))


def test_every_choice_says_what_it_opened_and_what_it_closed() -> None:
    silent = [
        f"{asked.scenario.id}: {asked.passage} > {choice.id}"
        for asked in every_decision()
        for choice in asked.choices
        if not (choice.debrief.opened and choice.debrief.closed)
    ]

    assert not silent, list_of(silent)


def test_every_change_has_a_reason() -> None:
    silent = [
        f"{asked.scenario.id}: {asked.passage} > {choice.id}"
        for asked in every_decision()
        for choice in asked.choices
        for effect in choice.effects
        if effect.change and not effect.because
    ]

    assert not silent, list_of(silent)


@pytest.mark.parametrize("id", ROUTES)
def test_each_debrief_asks_two_open_questions_and_one_of_them_is_about_the_players_own_work(id: str) -> None:
    questions = scenario(id).debrief.questions

    assert figure("F7", id).numbers["fewest"] == len(questions) >= 2, places(figure("F7", id))
    assert any("where you work" in question for question in questions)


@pytest.mark.parametrize("id", ROUTES)
def test_each_debrief_leaves_one_thing_to_try_in_ten_words_or_fewer(id: str) -> None:
    assert 1 <= len(words(scenario(id).debrief.one_thing)) <= 10


def test_every_decision_has_another_road_with_words_of_its_own() -> None:
    assert figure("F8").numbers["without"] == 0, places(figure("F8"))


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
