"""The story on paper: turning from number to number is playing the story, word for word, on every road."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings

from game.story import Reach, Scenario, Story, prove
from game.training import MOST, Booklet, Entry, Roads, booklet, letter, roads
from tests.properties.walks import WALKS, walked
from tests.shipped.routes import routes
from tests.shipped.routes import scenarios as shipped
from tests.story.making import asks, choice, do, ends, leads, only_if, story_of
from tests.strategies import scenarios

FEW = 300
"""States of a random story that are looked at here."""


def reach(scenario: Scenario, bound: int = 50_000) -> Reach:
    found = prove(scenario, bound).reach
    assert found is not None
    return found


def paper(scenario: Scenario) -> Booklet:
    made = booklet(reach(scenario))
    assert made is not None
    return made


def known(scenario: Scenario) -> Roads:
    return roads(reach(scenario))


def turned(made: Booklet, path: tuple[str, ...]) -> list[Entry]:
    """The entries that a reader comes to who begins at 1 and turns to these options' numbers."""
    entries = [made.entry(1)]
    for taken in path:
        entries.append(made.entry(next(turn.to for turn in entries[-1].turns if turn.choice.id == taken)))
    return entries


def read(entry: Entry) -> tuple[object, ...]:
    """All that an entry says."""
    passage = entry.passage
    ask = passage.decision.ask if passage.decision and entry.turns else ""
    offered = tuple((turn.choice.id, turn.choice.text) for turn in entry.turns)
    told = tuple((one.passage.when, one.passage.place, one.lines) for one in entry.told)
    return told, ask, offered, passage.ending, passage.todo, entry.stuck


def played(story: Story) -> tuple[object, ...]:
    """The same of a step of the story itself."""
    decision = story.passage.decision
    offered = tuple((choice.id, choice.text) for choice in story.choices)
    told = tuple((visit.passage.when, visit.passage.place, visit.lines) for visit in story.visits)
    ask = decision.ask if decision and offered else ""
    return told, ask, offered, story.ending, story.passage.todo, story.stuck


def same(made: Booklet, story: Story) -> None:
    """The road of this story reads the same on paper, at every step."""
    for entry, step in zip(turned(made, story.path), story.steps, strict=True):
        assert read(entry) == played(step)


# the law


@pytest.mark.parametrize("scenario", shipped(), ids=lambda one: one.id)
def test_every_road_of_a_shipped_story_reads_the_same_on_paper(scenario: Scenario) -> None:
    made = paper(scenario)

    for route in routes(scenario):
        same(made, route.story)


@settings(max_examples=200, deadline=None)
@given(scenarios(), WALKS)
def test_any_walk_through_any_story_reads_the_same_on_paper(scenario: Scenario, walk: list[int]) -> None:
    made = booklet(reach(scenario, FEW))
    assume(made is not None)
    assert made is not None

    same(made, walked(scenario, walk))


@settings(max_examples=100, deadline=None)
@given(scenarios())
def test_any_booklet_is_numbered_from_1_without_a_gap_and_every_number_is_turned_to(scenario: Scenario) -> None:
    made = booklet(reach(scenario, FEW))
    assume(made is not None)
    assert made is not None

    assert [entry.number for entry in made.entries] == list(range(1, len(made.entries) + 1))
    found, waiting = {1}, [1]
    while waiting:
        for turn in made.entry(waiting.pop()).turns:
            if turn.to not in found:
                found.add(turn.to)
                waiting.append(turn.to)
    assert len(found) == len(made.entries)


@settings(max_examples=100, deadline=None)
@given(scenarios())
def test_no_two_entries_of_any_booklet_say_the_same_and_lead_to_the_same(scenario: Scenario) -> None:
    made = booklet(reach(scenario, FEW))
    assume(made is not None)
    assert made is not None

    said = [(entry.passage.id, read(entry), tuple(turn.to for turn in entry.turns)) for entry in made.entries]
    assert len({repr(one) for one in said}) == len(said)


# numbers


@pytest.mark.parametrize("scenario", shipped(), ids=lambda one: one.id)
def test_no_shipped_entry_stands_next_to_one_that_it_leads_to(scenario: Scenario) -> None:
    for before, after in pairwise(paper(scenario).entries):
        assert after.number not in {turn.to for turn in before.turns}
        assert before.number not in {turn.to for turn in after.turns}


@pytest.mark.parametrize("scenario", shipped(), ids=lambda one: one.id)
def test_the_numbers_are_the_same_each_time(scenario: Scenario) -> None:
    assert paper(scenario) == paper(scenario)


def test_another_edition_of_the_story_is_shuffled_another_way() -> None:
    one = shipped()[0]

    def order(scenario: Scenario) -> list[str]:
        return [repr(entry.told) for entry in paper(scenario).entries]

    other = order(replace(one, digest="another"))
    assert sorted(other) == sorted(order(one))
    assert other[0] == order(one)[0]
    assert other != order(one)


def test_the_endings_are_not_the_last_numbers() -> None:
    for scenario in shipped():
        entries = paper(scenario).entries
        half = [entry for entry in entries[: len(entries) // 2] if entry.passage.ending]
        assert len(half) > len([entry for entry in entries if entry.passage.ending]) / 4


def test_there_is_no_entry_0_and_none_after_the_last() -> None:
    made = paper(story_of(ends("end")))

    assert made.entry(1).passage.id == "end"
    for number in (0, 2, -1):
        with pytest.raises(IndexError):
            made.entry(number)


# what shares a number, and what does not


def test_what_no_line_ever_tells_apart_shares_a_number() -> None:
    talk = asks("talk", choice("on", "end"), told=["They talk."])
    hall = asks("hall", choice("a", "talk", effects=[do(set=["noted"], trust=+1)]), choice("b", "talk"))

    made = paper(story_of(hall, talk, ends("end", "The end.")))

    assert len(made.entries) == 3
    first = made.entry(1)
    assert first.turns[0].to == first.turns[1].to


def test_what_a_line_remembers_much_later_has_numbers_of_its_own_all_the_way() -> None:
    hall = asks("hall", choice("a", "one", effects=[do(set=["noted"])]), choice("b", "one"))
    one = asks("one", choice("on", "two"), told=["One."])
    two = asks("two", choice("on", "end"), told=["Two."])
    scenario = story_of(hall, one, two, ends("end", only_if("noted", "You noted it.", otherwise=["You did not."])))

    made = paper(scenario)

    assert len(made.entries) == 7
    assert [line.text for line in turned(made, ("a", "on", "on"))[-1].told[0].lines] == ["You noted it."]
    assert [line.text for line in turned(made, ("b", "on", "on"))[-1].told[0].lines] == ["You did not."]


def test_an_entry_tells_the_passages_on_the_way_and_two_ways_to_one_place_are_two_entries() -> None:
    hall = asks("hall", choice("a", "car"), choice("b", "end"))
    made = paper(story_of(hall, leads("car", "end", told=["In the car."]), ends("end", "The end.")))

    (car,) = turned(made, ("a",))[1:]
    (short,) = turned(made, ("b",))[1:]

    assert [one.passage.id for one in car.told] == ["car", "end"]
    assert [one.passage.id for one in short.told] == ["end"]
    assert car.number != short.number


def test_a_hub_offers_less_each_time_and_a_letter_stays_with_its_option() -> None:
    hub = asks(
        "hub", choice("ask", "hub", once=True), choice("look", "hub", once=True), choice("go", "end"), told=["Well?"]
    )
    made = paper(story_of(hub, ends("end")))

    letters = [[turn.letter for turn in entry.turns] for entry in turned(made, ("ask", "look", "go"))]

    assert letters == [["A", "B", "C"], ["B", "C"], ["C"], []]


def test_a_loop_leads_back_to_a_number_that_was_there() -> None:
    hall = asks("hall", choice("wait", "hall"), choice("go", "end"), told=["Still here."])
    made = paper(story_of(hall, ends("end")))

    assert [entry.number for entry in turned(made, ("wait", "wait"))] == [1, 1, 1]


def test_a_place_with_no_way_on_is_an_entry_that_says_so() -> None:
    hall = asks("hall", choice("a", "round"))
    made = paper(story_of(hall, leads("round", "round", told=["Round again."]), ends("end")))

    last = turned(made, ("a",))[-1]

    assert (last.stuck, last.turns) == (True, ())
    assert [line.text for line in last.told[0].lines] == ["Round again."]


@pytest.mark.parametrize(("place", "is_"), [(0, "A"), (3, "D"), (25, "Z"), (26, "27")])
def test_letters(place: int, is_: str) -> None:
    assert letter(place) == is_


# too large for paper


def many_endings(deep: int) -> Scenario:
    """A story that remembers each of so many decisions to the end: 2 to the power of `deep` ways to end."""
    from game.authoring import load_text

    facts = "".join(f"  f{number}: Fact {number}.\n" for number in range(deep))
    asked = "".join(
        f"  p{number}:\n    decision:\n      ask: Which?\n      choices:\n"
        f"        - {{id: a, text: This., effects: [{{set: [f{number}]}}], goto: p{number + 1}}}\n"
        f"        - {{id: b, text: That., goto: p{number + 1}}}\n"
        for number in range(deep)
    )
    lines = "".join(f"      - {{if: f{number}, text: Fact {number}.}}\n" for number in range(deep))
    text = f"title: Many\nfacts:\n{facts}passages:\n{asked}  p{deep}:\n    text:\n{lines}    ending: {{title: End}}\n"
    entry = load_text(text)
    assert entry.scenario is not None, entry.mistakes
    return entry.scenario


def test_a_story_of_more_entries_than_anyone_can_turn_to_has_no_booklet() -> None:
    assert len(paper(many_endings(9)).entries) == 2**10 - 1 <= MOST
    assert booklet(reach(many_endings(10))) is None


def test_a_story_that_was_not_looked_at_whole_has_no_booklet() -> None:
    assert booklet(reach(many_endings(5), bound=10)) is None


# roads


def test_the_roads_of_a_story_are_known() -> None:
    hall = asks("hall", choice("a", "car"), choice("b", "end"), told=["Two words."])
    car = asks("car", choice("c", "end"), told=["One two three four."])

    found = known(story_of(leads("start", "hall"), hall, car, ends("end")))

    assert [(road.decision, road.choice, road.through) for road in found.all] == [
        ("", "", ("start", "hall")),
        ("hall", "a", ("car",)),
        ("hall", "b", ("end",)),
        ("car", "c", ("end",)),
    ]
    assert (found.fewest, found.most, found.words, found.whole) == (1, 2, round(6 / 4), True)


def test_a_loop_has_no_most_decisions() -> None:
    found = known(story_of(asks("hall", choice("wait", "hall"), choice("go", "end")), ends("end")))

    assert (found.fewest, found.most) == (1, None)


def test_a_story_that_only_ends_has_no_decisions() -> None:
    found = known(story_of(ends("end", "It is over.")))

    assert (found.fewest, found.most, found.words) == (0, 0, 3)


@settings(max_examples=100, deadline=None)
@given(scenarios(), WALKS)
def test_every_step_of_any_walk_is_one_of_the_roads(scenario: Scenario, walk: list[int]) -> None:
    found = roads(reach(scenario, FEW))
    assume(found.whole)
    all = {(road.decision, road.choice, road.through) for road in found.all}

    for step in walked(scenario, walk).steps:
        through = tuple(state.passage for state in step.states)
        assert (step.before.passage.id if step.before else "", step.taken, through) in all
