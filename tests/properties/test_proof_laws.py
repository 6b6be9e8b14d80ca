"""What a proof says is what brute force finds, claim by claim and number by number."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from game.story import Claim, Line, Proof, Scenario, Story, Text, When, prove
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
            conditional = list(lines_below_conditions(passage.text))
            for line in conditional:
                alone = [other.at[0] for other in conditional].count(line.at[0]) == 1
                place = f"{line.at[0]}" if alone else f"{line.at[0]}:{line.at[1]}"
                self.once("line-shown", f"{id}:{place}", self.lines.get(__builtins__["id"](line)))
            if passage.decision:
                for choice in passage.decision.choices:
                    self.once("choice-offered", f"{id}.{choice.id}", self.offered.get((id, choice.id)))
                self.found["decision-matters", id] = ("proved" if id in matter else "disproved", None)
                if id in self.passages:
                    self.never("ending-in-reach", id, self.lost.get(id))
        return self.found
