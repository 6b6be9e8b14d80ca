"""Owns how likely random play is to come by each passage of a proved story. Never plays at random: it works it out.

The chance that a run which picks at random among what is offered enters a passage at least once. Where a run can
enter it only once, that is how often it is entered on average, and one sweep over the states gives it exactly.
A passage on a loop is entered more than once by some runs; for each of those the runs are followed until they first
come by, or end. Endless loops are followed until next to none are left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from game.story import Machine, Passage, Proof, Reach, Scenario

MOST_STATES: Final = 200_000
"""States past which no chances are worked out: nobody waits that long for a map."""

MOST_STEPS: Final = 400_000
"""Steps from state to state spent on one story beyond twice all there are; past it passages on loops have no chance."""

LEFT: Final = 1e-12
"""The part of the runs that may still be on the way when a loop is left alone."""

Step = tuple[float, int, frozenset[str]]
"""How likely a step is, the state it leads to, and the passages entered on the way."""

Note = Callable[[float, frozenset[str]], float]
"""Told the share of all runs that take a step, and the passages it enters; answers how much of it goes on."""


def visit_chances(scenario: Scenario, proof: Proof) -> Mapping[str, float]:
    """The chance of each reached passage, 0 to 1. A passage that is left out was not worked out.

    Nothing is, where the proof hit its bound or the story has more than `MOST_STATES` states.
    """
    reach = proof.reach
    if reach is None or not proof.complete or len(reach.states) > MOST_STATES:
        return {}
    return _Chances(scenario, reach).run()


class _Chances:
    """The steps between all states, and what was spent on following them."""

    def __init__(self, scenario: Scenario, reach: Reach) -> None:
        machine = Machine(scenario)
        self.scenario = scenario
        self.first = frozenset(state.passage for state in machine.begin().visits)
        self.steps = [_steps(machine, reach, number) for number in range(len(reach.states))]
        self.most = MOST_STEPS + 2 * sum(map(len, self.steps))
        self.spent = 0

    def run(self) -> dict[str, float]:
        looping = _on_loops(self.scenario.passages)
        entered = self._entered()
        chances = {passage: chance for passage, chance in entered.items() if passage not in looping}
        for passage in looping:
            chance = self._comes_by(passage) if self.spent < self.most else None
            if chance is not None:
                chances[passage] = chance
        return {passage: min(1.0, chance) for passage, chance in chances.items()}

    def _entered(self) -> dict[str, float]:
        """How often each passage is entered on average; nothing where the loops do not let go."""
        counts: dict[str, float] = defaultdict(float, dict.fromkeys(self.first, 1.0))

        def note(share: float, passages: frozenset[str]) -> float:
            for passage in passages:
                counts[passage] += share
            return share

        return dict(counts) if self._follow(note) else {}

    def _comes_by(self, wanted: str) -> float | None:
        """The share of runs that enter the passage, each stopped where it first does; None where loops hold on."""
        if wanted in self.first:
            return 1.0
        come = 0.0

        def note(share: float, passages: frozenset[str]) -> float:
            nonlocal come
            if wanted in passages:
                come += share
                return 0.0
            return share

        return come if self._follow(note) else None

    def _follow(self, note: Note) -> bool:
        """Send all runs on, step by step, until they are over. `note` is told each step and answers what goes on.

        False where too many are still on the way when the steps are spent.
        """
        runs: dict[int, float] = {0: 1.0}
        while runs:
            after: dict[int, float] = defaultdict(float)
            for number, share in runs.items():
                for part, to, passages in self.steps[number]:
                    left = note(share * part, passages)
                    if left:
                        after[to] += left
                self.spent += len(self.steps[number])
            runs = {number: share for number, share in after.items() if self.steps[number]}
            if sum(runs.values()) < LEFT:
                return True
            if self.spent > self.most:
                return False
        return True


def _steps(machine: Machine, reach: Reach, number: int) -> Sequence[Step]:
    """Where a random player goes from a state; nowhere from an ending or where the run is stuck."""
    if number in reach.stuck:
        return ()
    edges = reach.edges(number)
    taken = (step for _, step in machine.steps(reach.states[number])) if edges else ()
    return [
        (1 / len(edges), reach.to[edge], frozenset(state.passage for state in step.visits))
        for edge, step in zip(edges, taken, strict=True)
    ]


def _on_loops(passages: Mapping[str, Passage]) -> list[str]:
    """The passages that a run might enter twice: those from which a way leads back to them, conditions aside."""
    ways = {id: _ways(passage) for id, passage in passages.items()}
    waiting = dict.fromkeys(passages, 0)
    for to in ways.values():
        for after in to:
            waiting[after] += 1
    # What is left after taking away all that nothing leads to, and all that leads nowhere, again and again.
    left = _trimmed(ways, waiting)
    back: dict[str, set[str]] = {id: set() for id in left}
    for id in left:
        for after in ways[id] & left:
            back[after].add(id)
    left = _trimmed(back, {id: len(ways[id] & left) for id in left})
    return [id for id in passages if id in left]


def _trimmed(ways: Mapping[str, set[str]], waiting: dict[str, int]) -> set[str]:
    left = set(ways)
    ready = [id for id, count in waiting.items() if not count]
    while ready:
        here = ready.pop()
        left.discard(here)
        for after in ways[here]:
            if after in left:
                waiting[after] -= 1
                if not waiting[after]:
                    ready.append(after)
    return left


def _ways(passage: Passage) -> set[str]:
    choices = passage.decision.choices if passage.decision else ()
    return {way.to for goto in (passage.goto, *(choice.goto for choice in choices)) for way in goto}
