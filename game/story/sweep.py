"""Owns the numbers of a story: routes, chances and the range of each role, per ending, and where no ending is ahead.

One sweep over all states from the start to the endings. Exact, loops included: what a loop makes endless is None.
"""

from __future__ import annotations

import heapq
import math
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from game.story.knots import in_layers, leaving
from game.story.reach import Range, Reach, Span

KNOT: Final = 2_000
"""States of one knot of loops up to which the chances through it are worked out."""

OVER: Final = 1
"""A run can still come to an ending, or to a passage that is still to be written."""

ENDED: Final = 2
"""A run can still come to an ending."""

Score = tuple[int, int]
"""So much of manager, so much of leader."""

NONE: Final[Score] = (0, 0)

ROLES: Final = (0, 1)
"""The places of manager and leader in a score."""


@dataclass(slots=True)
class Runs:
    """What the runs to a state or an ending add up to.

    `routes` is None where a loop makes them endless. `most` is infinite where one that scores does. `chance` is not a
    number where a knot was too large to say.
    """

    least: Score
    most: tuple[float, float]
    routes: int | None
    chance: float
    meters: Span | None = None

    def join(self, runs: Runs, score: Score, chance: float) -> None:
        """Add other runs, which come here by so much of each role and with this chance."""
        (manager, leader), (least, most) = score, (runs.least, runs.most)
        self.least = min(self.least[0], least[0] + manager), min(self.least[1], least[1] + leader)
        self.most = max(self.most[0], most[0] + manager), max(self.most[1], most[1] + leader)
        self.routes = None if self.routes is None or runs.routes is None else self.routes + runs.routes
        self.chance += chance

    def after(self, score: Score, chance: float) -> Runs:
        """These runs, taken on by so much of each role and with this chance."""
        least = self.least[0] + score[0], self.least[1] + score[1]
        return Runs(least, (self.most[0] + score[0], self.most[1] + score[1]), self.routes, chance)

    @property
    def ranges(self) -> tuple[Range, Range]:
        """Of manager and leader."""
        manager, leader = (None if math.isinf(most) else int(most) for most in self.most)
        return (self.least[0], manager), (self.least[1], leader)


class Sweep:
    """The sweep and what came of it. The reach must be whole.

    `endings` has the runs to each passage where a run is over. `ahead` says of each state whether one is still ahead
    (`OVER`, `ENDED`). `scoring` is the first state of a loop that raises a role's greatest total for ever.
    """

    def __init__(self, reach: Reach) -> None:
        self.endings: dict[str, Runs] = {}
        self.ahead = bytearray(len(reach.states))
        self.scoring: int | None = None
        self._reach = reach
        self._front: dict[int, Runs] = {0: Runs(NONE, (0, 0), 1, 1.0)}
        self._scores = {
            passage.id: [(choice.scores.manager, choice.scores.leader) for choice in passage.decision.choices]
            for passage in reach.scenario.passages.values()
            if passage.decision
        }
        self._scoring: list[int] = []
        order = _Order()
        for layer in in_layers(reach.first, reach.to):
            order.add(layer)
            self._through(layer)
        self._look_ahead(order)
        self.scoring = min((number for number in self._scoring if self.ahead[number] & ENDED), default=None)

    def _through(self, layer: list[int]) -> None:
        """Hand what is known of a layer on, and let it go: only the front of the sweep is kept."""
        number, edges = layer[0], self._reach.edges(layer[0])
        if len(layer) > 1 or number in self._reach.after(number):
            self._through_knot(layer)
            return
        runs = self._front.pop(number)
        if edges:
            self._hand_on(number, edges, runs, runs.chance / len(edges))
        else:
            self._end(number, runs)

    def _hand_on(self, number: int, edges: Iterable[int], runs: Runs, chance: float) -> None:
        reach, front = self._reach, self._front
        scores = self._scores[reach.states[number].passage]
        for edge in edges:
            after, score = reach.to[edge], scores[reach.taken[edge]]
            known = front.get(after)
            if known is None:
                front[after] = runs.after(score, chance)
            else:
                known.join(runs, score, chance)

    def _end(self, number: int, runs: Runs) -> None:
        state = self._reach.states[number]
        passage = self._reach.scenario.passages[state.passage]
        if not (passage.ending or passage.todo):
            return
        self.ahead[number] = OVER | ENDED if passage.ending else OVER
        known = self.endings.get(passage.id)
        if known is None:
            self.endings[passage.id] = runs
            runs.meters = Span(state.meters)
        else:
            known.join(runs, NONE, runs.chance)
            if known.meters:
                known.meters.hold(state.meters)

    def _look_ahead(self, order: _Order) -> None:
        """From which states a run can still be over, the last layers first."""
        reach, ahead = self._reach, self.ahead
        for layer in order.backwards():
            seen = 0
            for number in layer:
                seen |= ahead[number]
                for after in reach.after(number):
                    seen |= ahead[after]
            for number in layer:
                ahead[number] = seen

    def _through_knot(self, numbers: list[int]) -> None:
        """The least by the cheapest way in and round; the most without end where a loop scores; routes without end."""
        knot = _Knot(self._reach, self._scores, numbers)
        entered = {number: self._front.pop(number) for number in knot.numbers if number in self._front}
        cheapest = [
            knot.cheapest({number: runs.least[role] for number, runs in entered.items()}, role) for role in ROLES
        ]
        scoring = [knot.scoring(role) for role in ROLES]
        manager, leader = (
            max(runs.most[role] for runs in entered.values()) if scoring[role] is None else math.inf for role in ROLES
        )
        self._scoring += [number for number in scoring if number is not None]
        for number in knot.numbers:
            runs = Runs((cheapest[0][number], cheapest[1][number]), (manager, leader), None, 0.0)
            self._hand_on(number, knot.ways_out(number), runs, 0.0)
        for after, chance in knot.leaving({number: runs.chance for number, runs in entered.items()}).items():
            self._front[after].chance += chance


class _Knot:
    """States that lead round to each other."""

    def __init__(self, reach: Reach, scores: Mapping[str, Sequence[Score]], numbers: list[int]) -> None:
        self.numbers = sorted(numbers)
        self._members = set(numbers)
        self._reach = reach
        self._scores = scores

    def ways_out(self, number: int) -> list[int]:
        """The edges of a state that leave the knot."""
        return [edge for edge in self._reach.edges(number) if self._reach.to[edge] not in self._members]

    def _ways_round(self, number: int, role: int) -> Iterator[tuple[int, int]]:
        """Where a state leads within the knot, and what of a role that scores."""
        reach = self._reach
        scores = self._scores[reach.states[number].passage]
        for edge in reach.edges(number):
            if reach.to[edge] in self._members:
                yield reach.to[edge], scores[reach.taken[edge]][role]

    def scoring(self, role: int) -> int | None:
        """The first state where a way round scores, if one does. Every way within a knot is part of a loop."""
        return next((n for n in self.numbers if any(score for _, score in self._ways_round(n, role))), None)

    def cheapest(self, entered: Mapping[int, int], role: int) -> dict[int, int]:
        """The least score of a role at each state, from every way in. After Dijkstra (1959)."""
        best = dict(entered)
        waiting = [(total, number) for number, total in entered.items()]
        heapq.heapify(waiting)
        while waiting:
            total, number = heapq.heappop(waiting)
            if total > best[number]:
                continue
            for after, score in self._ways_round(number, role):
                if after not in best or total + score < best[after]:
                    best[after] = total + score
                    heapq.heappush(waiting, (total + score, after))
        return best

    def leaving(self, arriving: Mapping[int, float]) -> dict[int, float]:
        """The chances that leave the knot, by where they go to; not a number where the knot is too large to say."""
        reach = self._reach
        if len(self.numbers) > KNOT or any(map(math.isnan, arriving.values())):
            outside = [reach.to[edge] for number in self.numbers for edge in self.ways_out(number)]
            return dict.fromkeys(outside, math.nan)
        shares: dict[int, dict[int, float]] = {number: {} for number in self.numbers}
        for number, ways in shares.items():
            after = reach.after(number)
            for to in after:
                ways[to] = ways.get(to, 0.0) + 1 / len(after)
        return leaving(shares, arriving)


class _Order:
    """The states in the order of the sweep, to be gone through backwards."""

    def __init__(self) -> None:
        self._numbers = array("i")
        self._knots: dict[int, int] = {}  # the states of a knot, by the place where it ends

    def add(self, layer: Sequence[int]) -> None:
        self._numbers.extend(layer)
        if len(layer) > 1:
            self._knots[len(self._numbers)] = len(layer)

    def backwards(self) -> Iterator[Sequence[int]]:
        """The layers, the last first."""
        end = len(self._numbers)
        while end:
            size = self._knots.get(end, 1)
            yield self._numbers[end - size : end]
            end -= size
