"""Owns one look over the states of a story for its craft report: what is told where, and how long roads take.

Never walks routes one by one, as they multiply and states do not. Where a story has too many states, or loops,
it says so, and the roads are sampled by play at random from a stated seed.
"""

from __future__ import annotations

import random
from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from game.authoring.reading import words
from game.story import Line, Machine, Passage, Proof, Reach, Scenario, State, Text, When, prove

STATES: Final = 20_000
"""States looked at for one scenario; with more, its figures rest on the file as it is written and on a sample."""

SEED: Final = 1
STEPS: Final = 20_000
"""Choices taken at random, in all, where roads are sampled."""

ENOUGH: Final = 30
"""Sampled roads that say something."""


@lru_cache(maxsize=100_000)
def count_words(text: str) -> int:
    """How many words a text has. Many figures ask it of the same texts."""
    return len(words(text))


@dataclass(frozen=True, slots=True)
class Roads:
    """How long the roads to the endings are: words read and decisions taken, on average, and both ends in minutes.

    Each road counts once; in a sample, as often as random play takes it.
    """

    words: float
    decisions: float
    least: float
    most: float
    sampled: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """What was seen of one scenario.

    `told` has the least and the most words of each passage that can be entered. `offered` has the fewest choices
    on offer at a decision. `silent` are passages that a choice leads to and that then tell nothing.
    Where not all states were seen (`whole` is False), `told` goes by the file, conditions aside.
    """

    scenario: Scenario
    proof: Proof
    reach: Reach
    told: Mapping[str, tuple[int, int]]
    offered: Mapping[str, int]
    silent: frozenset[str]
    costs: array[int]
    opening: int

    @property
    def whole(self) -> bool:
        return self.reach.whole

    def roads(self, minutes: Callable[[int, int], float]) -> Roads | None:
        """How long the roads are; `minutes` says how long so many words and decisions take. None where none ends."""
        order = _order(self.reach) if self.whole else None
        return _sampled(self.reach.machine, minutes) if order is None else _all_roads(self, order, minutes)


def walk(scenario: Scenario, bound: int = STATES) -> Walk:
    """Look at the states of a scenario, up to about `bound` of them."""
    proof = prove(scenario, bound)
    assert proof.reach is not None  # a proof made here carries what it was drawn from
    seen = _Seen(proof.reach)
    seen.run()
    told = seen.told if proof.reach.whole else {id: _as_written(one) for id, one in scenario.passages.items()}
    return Walk(scenario, proof, proof.reach, told, seen.offered, frozenset(seen.silent), seen.costs, seen.opening)


class _Seen:
    """Gathers what a walk says, state by state."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self.told: dict[str, tuple[int, int]] = {}
        self.offered: dict[str, int] = {}
        self.silent: set[str] = set()
        self.costs = array("q")
        self.opening = 0
        self._lengths = {
            id(line): count_words(line.text)
            for passage in reach.scenario.passages.values()
            for line in lines_in(passage.text)
        }
        self._choices = {
            passage.id: {choice.id: count_words(choice.text) for choice in passage.decision.choices}
            for passage in reach.scenario.passages.values()
            if passage.decision
        }

    def run(self) -> None:
        reach, machine = self.reach, self.reach.machine
        self.opening = sum(map(self._enter, machine.begin().visits))
        for number in range(len(reach.first) - 1):
            edges, state = reach.edges(number), reach.states[number]
            if not edges:
                continue
            self.offered[state.passage] = min(len(edges), self.offered.get(state.passage, len(edges)))
            steps = list(machine.steps(state))
            lengths = self._choices[state.passage]
            options = sum(lengths[choice] for choice, _ in steps)
            for _, step in steps:
                told = [self._enter(visit) for visit in step.visits]
                if not told[0]:
                    self.silent.add(step.visits[0].passage)
                self.costs.append(options + sum(told))

    def _enter(self, visit: State) -> int:
        told = sum(self._lengths[id(line)] for line in self.reach.machine.lines(visit))
        least, most = self.told.get(visit.passage, (told, told))
        self.told[visit.passage] = min(least, told), max(most, told)
        return told


def lines_in(text: Text) -> Iterator[Line]:
    """Every line as it is written, the conditional ones included."""
    for part in text:
        if isinstance(part, When):
            yield from lines_in(part.then)
            yield from lines_in(part.otherwise)
        else:
            yield part


def _as_written(passage: Passage) -> tuple[int, int]:
    """The least and the most words a passage can tell, whatever holds."""
    return _words(passage.text, min), _words(passage.text, max)


def _words(text: Text, pick: Callable[[int, int], int]) -> int:
    return sum(
        pick(_words(part.then, pick), _words(part.otherwise, pick))
        if isinstance(part, When)
        else count_words(part.text)
        for part in text
    )


def _order(reach: Reach) -> list[int] | None:
    """The states with each after all that it leads to; None where a way leads round."""
    order: list[int] = []
    entered = bytearray(len(reach.states))
    done = bytearray(len(reach.states))
    waiting = [(0, iter(reach.after(0)))]
    entered[0] = 1
    while waiting:
        number, after = waiting[-1]
        to = next(after, None)
        if to is None:
            waiting.pop()
            done[number] = 1
            order.append(number)
        elif not entered[to]:
            entered[to] = 1
            waiting.append((to, iter(reach.after(to))))
        elif not done[to]:
            return None
    return order


@dataclass(slots=True)
class _Ahead:
    """All roads from a state to an ending, added up."""

    roads: int = 0
    words: int = 0
    decisions: int = 0
    least: float = float("inf")
    most: float = float("-inf")

    def join(self, ahead: _Ahead, cost: int, minutes: float) -> None:
        """Add the roads that a choice leads to: one decision more, so many words more."""
        self.roads += ahead.roads
        self.words += ahead.words + cost * ahead.roads
        self.decisions += ahead.decisions + ahead.roads
        self.least = min(self.least, ahead.least + minutes)
        self.most = max(self.most, ahead.most + minutes)


def _all_roads(walk: Walk, order: list[int], minutes: Callable[[int, int], float]) -> Roads | None:
    reach, passages = walk.reach, walk.scenario.passages
    known: dict[int, _Ahead] = {}
    for number in order:
        here = known[number] = _Ahead()
        if passages[reach.states[number].passage].ending:
            here.roads, here.least, here.most = 1, 0.0, 0.0
        for edge in reach.edges(number):
            here.join(known[reach.to[edge]], walk.costs[edge], minutes(walk.costs[edge], 1))
    start = known[0]
    if not start.roads:
        return None
    opening = minutes(walk.opening, 0)
    return Roads(
        walk.opening + start.words / start.roads,
        start.decisions / start.roads,
        start.least + opening,
        start.most + opening,
    )


def _sampled(machine: Machine, minutes: Callable[[int, int], float]) -> Roads | None:
    """Roads as random play takes them, from the seed `SEED`; None where too few came to an end."""
    dice, left = random.Random(SEED), STEPS
    found: list[tuple[int, int]] = []
    while left > 0:
        road, steps = _random_road(machine, dice, left)
        left -= max(1, steps)
        if road:
            found.append(road)
    if len(found) < ENOUGH:
        return None
    lengths = [minutes(*road) for road in found]
    told, taken = (sum(column) / len(found) for column in zip(*found, strict=True))
    return Roads(told, taken, min(lengths), max(lengths), len(found))


def _random_road(machine: Machine, dice: random.Random, most: int) -> tuple[tuple[int, int] | None, int]:
    """The words and decisions of one road to an ending, if it comes to one, and the choices it took."""
    step, told, taken = machine.begin(), 0, 0
    passages = machine.scenario.passages
    while True:
        told += sum(count_words(line.text) for visit in step.visits for line in machine.lines(visit))
        offered = () if step.stuck else machine.offered(step.at)
        if not offered or taken == most:
            return ((told, taken) if passages[step.at.passage].ending else None), taken
        told += sum(count_words(choice.text) for choice in offered)
        after = machine.take(step.at, dice.choice(offered).id)
        assert after is not None  # it was on offer
        step, taken = after, taken + 1
