"""What a proof says is what brute force finds, claim by claim and number by number."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from game.story import (
    Choice,
    Claim,
    Condition,
    Decision,
    Line,
    Passage,
    Proof,
    Scenario,
    Story,
    Text,
    Way,
    When,
    prove,
)
from tests.properties.brute import Brute, Road, TooLarge
from tests.properties.windings import windings
from tests.strategies import scenarios

MOST = 90
"""States that brute force puts up with."""

ROLES = ("manager", "leader")

STORIES = st.one_of(windings(), windings(), scenarios(most_passages=5))


def explored(scenario: Scenario) -> Brute:
    try:
        return Brute(scenario, MOST)
    except TooLarge:
        assume(False)
        raise


Expected = dict[tuple[str, str], tuple[str, tuple[str, ...] | None]]
"""For each claim, and what it is about: the verdict and the list of choices."""


class Claims:
    """What the claims should be, from brute force."""

    def __init__(self, brute: Brute) -> None:
        self.brute = brute
        self.scenario = brute.scenario
        self.found: Expected = {}
        self.passages: dict[str, Road] = {}
        self.lines: dict[int, Road] = {}
        self.offered: dict[tuple[str, str], Road] = {}
        self.stuck: dict[str, Road] = {}
        self.lost: dict[str, Road] = {}
        for road, been in brute.steps():
            for passage in been.passages:
                note(self.passages, passage, road)
            for line in been.lines:
                note(self.lines, id(line), road)
        over = brute.ahead(place for place in brute.roads if place[0] in ("ending", "todo"))
        for place, road in brute.roads.items():
            for edge in brute.edges[place]:
                note(self.offered, (place[1], edge.choice.id), road)
            if place[0] in ("stuck", "dead end"):
                note(self.stuck, place[1], road)
            if place not in over:
                note(self.lost, place[1], road)

    def all(self) -> Expected:
        matter = self.brute.mattering()
        for id, passage in self.scenario.passages.items():
            if id in self.passages and (passage.decision or passage.goto):
                self.never("way-on", id, self.stuck.get(id))
            self.once("passage-reached", id, self.passages.get(id))
            if passage.ending:
                self.once("ending-reached", id, self.passages.get(id))
            self.lines_shown(passage)
            for condition in conditions(passage):
                varies = self.brute.looked[condition.at] == {True, False}
                about = f"{id}:{condition.at[0]}:{condition.at[1]}"
                self.found["condition-varies", about] = ("proved" if varies else "disproved", None)
            if passage.decision:
                for choice in passage.decision.choices:
                    self.once("choice-offered", f"{id}.{choice.id}", self.offered.get((id, choice.id)))
                self.found["decision-matters", id] = ("proved" if id in matter else "disproved", None)
                if id in self.passages:
                    self.never("ending-in-reach", id, self.lost.get(id))
        return self.found

    def lines_shown(self, passage: Passage) -> None:
        conditional = [line for part in passage.text if isinstance(part, When) for line in lines((part,))]
        for line in conditional:
            alone = [other.at[0] for other in conditional].count(line.at[0]) == 1
            place = f"{line.at[0]}" if alone else f"{line.at[0]}:{line.at[1]}"
            self.once("line-shown", f"{passage.id}:{place}", self.lines.get(id(line)))

    def once(self, claim: str, about: str, road: Road | None) -> None:
        self.found[claim, about] = ("disproved", None) if road is None else ("proved", road[1])

    def never(self, claim: str, about: str, road: Road | None) -> None:
        self.found[claim, about] = ("proved", None) if road is None else ("disproved", road[1])


def note(roads: dict[Any, Road], key: Any, road: Road) -> None:
    """Keep the shortest road, and of those the first in the file."""
    roads[key] = min(road, roads.get(key, road), key=lambda road: (len(road[0]), road[0]))


def lines(text: Text) -> Iterator[Line]:
    for part in text:
        if isinstance(part, When):
            yield from lines((*part.then, *part.otherwise))
        else:
            yield part


def conditions(passage: Passage) -> list[Condition]:
    """Every condition of a passage, wherever it stands."""
    choices = passage.decision.choices if passage.decision else ()
    bearers: list[Any] = [*passage.effects, *passage.goto, *choices]
    bearers += [bearer for choice in choices for bearer in (*choice.effects, *choice.goto)]
    bearers += whens(passage.text)
    return [bearer.condition for bearer in bearers if bearer.condition]


def whens(text: Text) -> Iterator[When]:
    for part in text:
        if isinstance(part, When):
            yield part
            yield from whens((*part.then, *part.otherwise))


def said(proof: Proof) -> Expected:
    claims = {(claim.claim, claim.about): (claim.verdict, claim.choices) for claim in proof.claims}
    assert len(claims) == len(proof.claims)
    return claims


@settings(max_examples=250)
@given(STORIES)
def test_every_claim_is_what_brute_force_finds_and_shown_by_its_shortest_list(scenario: Scenario) -> None:
    brute = explored(scenario)
    proof = prove(scenario)

    assert proof.complete
    assert proof.states == len(brute.roads)
    assert said(proof) == Claims(brute).all()


@settings(max_examples=250)
@given(STORIES)
def test_every_number_is_what_brute_force_finds(scenario: Scenario) -> None:
    brute = explored(scenario)
    proof = prove(scenario)
    endings = [id for id, passage in scenario.passages.items() if passage.ending and brute.ends_at(id)]

    assert list(proof.endings) == endings
    for id in endings:
        facts = proof.endings[id]
        assert facts.routes == brute.routes(id)
        assert facts.random == pytest.approx(float(brute.chance(id)), abs=1e-12)
        assert (facts.manager, facts.leader) == tuple(span(*brute.roles(id, role)) for role in ROLES)
        assert facts.meters == meters(brute.meters_at(id))
    assert proof.routes == total([brute.routes(id) for id in endings])
    for role, overall in zip(ROLES, (proof.manager, proof.leader), strict=True):
        ranges = [brute.roles(id, role) for id in endings]
        assert overall == (span(min(r[0] for r in ranges), max(r[1] for r in ranges)) if ranges else (None, None))
    assert proof.meters == meters([visit for _, been in brute.steps() for visit in been.meters])
    assert (proof.scored_loop is None) == (None not in (proof.manager[1], proof.leader[1]) or not endings)


def span(least: int, most: float) -> tuple[int, int | None]:
    return least, None if math.isinf(most) else int(most)


def meters(seen: list[dict[str, int]]) -> dict[str, tuple[int, int]]:
    return {name: (min(m[name] for m in seen), max(m[name] for m in seen)) for name in seen[0]}


def total(routes: list[int | None]) -> int | None:
    return None if None in routes else sum(number or 0 for number in routes)


@settings(max_examples=200)
@given(STORIES)
def test_every_list_of_choices_replays_in_the_game_and_shows_what_is_claimed(scenario: Scenario) -> None:
    proof = prove(scenario, bound=3_000)

    for claim in proof.claims:
        if claim.choices is not None:
            assert SHOWS[claim.claim](Story.replay(scenario, claim.choices), claim)
    for id, facts in proof.endings.items():
        assert Story.replay(scenario, facts.shortest).passage.id == id


def entered(story: Story, claim: Claim) -> bool:
    return claim.about in [visit.passage.id for visit in story.visits]


def stands_stuck(story: Story, claim: Claim) -> bool:
    return story.stuck and entered(story, claim)


def offers(story: Story, claim: Claim) -> bool:
    return claim.about in [f"{story.passage.id}.{choice.id}" for choice in story.choices]


def tells(story: Story, claim: Claim) -> bool:
    passage, line, *column = claim.about.split(":")
    return any(
        visit.passage.id == passage and told.at[0] == int(line) and (not column or told.at[1] == int(column[0]))
        for visit in story.visits
        for told in visit.lines
    )


def ends(story: Story, claim: Claim) -> bool:
    return story.ending is not None and story.passage.id == claim.about


def has_no_end(story: Story, claim: Claim) -> bool:
    """No list of choices from here comes to an end."""
    known, waiting = {story.state}, [story]
    while waiting:
        one = waiting.pop()
        if one.over:
            return False
        for choice in one.choices:
            after = one.choose(choice.id)
            if after.state not in known:
                known.add(after.state)
                waiting.append(after)
    return story.passage.id == claim.about


SHOWS = {
    "way-on": stands_stuck,
    "passage-reached": entered,
    "choice-offered": offers,
    "line-shown": tells,
    "ending-reached": ends,
    "ending-in-reach": has_no_end,
}


@given(STORIES, st.integers(0, 12))
def test_a_proof_cut_short_says_less_but_nothing_else(scenario: Scenario, bound: int) -> None:
    whole, cut = prove(scenario, bound=3_000), prove(scenario, bound=bound)

    if cut.complete:
        assert cut == whole
        return
    known = said(whole)
    for about, (verdict, choices) in said(cut).items():
        assert verdict == "not decided" or not whole.complete or (verdict, choices) == known[about]
        assert verdict != "not decided" or choices is None
    assert cut.states > bound
    assert (cut.routes, cut.manager, cut.leader, cut.scored_loop) == (None, (None, None), (None, None), None)
    assert set(cut.meters.values()) == {(None, None)}
    for id, facts in cut.endings.items():
        assert facts.shortest == whole.endings[id].shortest
        assert (facts.routes, facts.random, facts.manager, facts.leader) == (None, None, (None, None), (None, None))


def stretched(scenario: Scenario, first: str, second: str, between: int) -> Scenario:
    """The story behind a gate of two choices, and behind a row of passages on either side that all look the same."""
    gate = decision("gate", ("left", "l0"), ("right", "r0"))
    rows = [
        decision(f"{side}{number}", ("on", f"{side}{number + 1}" if number < between else to))
        for side, to in (("l", first), ("r", second))
        for number in range(between + 1)
    ]
    return replace(scenario, start="gate", passages={p.id: p for p in (gate, *rows)} | dict(scenario.passages))


def decision(id: str, *choices: tuple[str, str]) -> Passage:
    return Passage(id, decision=Decision("What now?", tuple(Choice(name, "Go.", (Way(to),)) for name, to in choices)))


@settings(max_examples=40)
@given(windings(), st.data())
def test_a_difference_is_found_however_far_away_it_lies(scenario: Scenario, data: st.DataObject) -> None:
    first, second = (data.draw(st.sampled_from(sorted(scenario.passages))) for _ in range(2))
    near = Brute(stretched(scenario, first, second, 0), 3_000)
    assume(len(near.roads) <= MOST)
    proof = prove(stretched(scenario, first, second, 310))

    assert said(proof)["decision-matters", "gate"][0] == ("proved" if "gate" in near.mattering() else "disproved")
