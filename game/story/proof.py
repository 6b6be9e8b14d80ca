"""Owns what can be said for certain about a story, over every state that any player can be in. Never samples.

Each claim is proved, disproved with a shortest list of choices that shows it (and which replays), or not decided,
where the bound on states was hit. Ranges, routes and chances are exact, or None where a loop makes them endless.
"""

from __future__ import annotations

import heapq
import math
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from game.story.reach import (
    BOTH,
    BOUND,
    Reach,
    conditions_in,
    explore,
    in_layers,
    lines_of,
    told,
)
from game.story.scenario import Passage, Scenario, When

KNOT: Final = 2_000
"""States of one knot of loops up to which the chances through it are worked out."""

Verdict = Literal["proved", "disproved", "not decided"]

Range = tuple[int | None, int | None]
"""The least and the most; None for a most that a loop can raise for ever, or where not decided."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that is so or not. `choices` is a shortest list that shows it, where there is one to show."""

    claim: str
    about: str
    verdict: Verdict
    choices: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class EndingFacts:
    """What is certain of one ending. `routes` and `random` are None where a loop, or the bound, hides them."""

    routes: int | None
    random: float | None
    shortest: tuple[str, ...]
    manager: Range
    leader: Range
    meters: Mapping[str, Range]


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that is certain of a story. `complete` is False where the bound on states was hit."""

    complete: bool
    states: int
    routes: int | None
    claims: tuple[Claim, ...]
    endings: Mapping[str, EndingFacts]
    manager: Range
    leader: Range
    meters: Mapping[str, Range]
    scored_loop: tuple[str, ...] | None = None
    reach: Reach | None = field(default=None, compare=False, repr=False)


def prove(scenario: Scenario, bound: int = BOUND, watch: Callable[[int], None] | None = None) -> Proof:
    """Explore the scenario and say what is certain. `watch` is told now and then how many states were met."""
    reach = explore(scenario, bound, watch)
    sweep = _Sweep(reach) if reach.whole else None
    endings = {
        id: _ending(reach, sweep, id)
        for id, passage in scenario.passages.items()
        if passage.ending and id in reach.passages
    }
    return Proof(
        complete=reach.whole,
        states=len(reach.states),
        routes=_total([ending.routes for ending in endings.values()]) if sweep else None,
        claims=tuple(_claims(reach, sweep)),
        endings=endings,
        manager=_whole_range([ending.manager for ending in endings.values()]),
        leader=_whole_range([ending.leader for ending in endings.values()]),
        meters=_meters(scenario, reach.meters) if sweep else dict.fromkeys(scenario.meters, (None, None)),
        scored_loop=_scored_loop(reach, sweep),
        reach=reach,
    )


# ---- claims -----------------------------------------------------------------


def _claims(reach: Reach, sweep: _Sweep | None) -> Iterator[Claim]:
    yield from _ways_on(reach)
    yield from _passages_reached(reach)
    yield from _choices_offered(reach)
    yield from _lines_shown(reach)
    yield from _endings_reached(reach)
    yield from _conditions_vary(reach)
    yield from _decisions_matter(reach)
    yield from _endings_in_reach(reach, sweep)


def _holds_nowhere(reach: Reach) -> Verdict:
    """The verdict on something that was never met: it cannot be, or the bound came first."""
    return "disproved" if reach.whole else "not decided"


def _holds_so_far(reach: Reach) -> Verdict:
    """The verdict on something that nothing speaks against."""
    return "proved" if reach.whole else "not decided"


def _going_on(reach: Reach) -> Iterator[Passage]:
    """Reached passages that something should follow."""
    return (p for p in reach.scenario.passages.values() if (p.decision or p.goto) and p.id in reach.passages)


def _ways_on(reach: Reach) -> Iterator[Claim]:
    stuck: dict[str, int] = {}
    for number in reach.stuck:
        stuck.setdefault(reach.states[number].passage, number)
    for passage in _going_on(reach):
        found = stuck.get(passage.id)
        if found is None:
            yield Claim("way-on", passage.id, _holds_so_far(reach))
        else:
            yield Claim("way-on", passage.id, "disproved", reach.path(found))


def _passages_reached(reach: Reach) -> Iterator[Claim]:
    for id in reach.scenario.passages:
        where = reach.passages.get(id)
        if where is None:
            yield Claim("passage-reached", id, _holds_nowhere(reach))
        else:
            yield Claim("passage-reached", id, "proved", reach.path_by(where))


def _choices_offered(reach: Reach) -> Iterator[Claim]:
    for passage in reach.scenario.passages.values():
        for choice in passage.decision.choices if passage.decision else ():
            about, number = f"{passage.id}.{choice.id}", reach.offered.get((passage.id, choice.id))
            if number is None:
                yield Claim("choice-offered", about, _holds_nowhere(reach))
            else:
                yield Claim("choice-offered", about, "proved", reach.path(number))


def _lines_shown(reach: Reach) -> Iterator[Claim]:
    for passage in reach.scenario.passages.values():
        conditional = [part for part in passage.text if isinstance(part, When)]
        lines = [line for part in conditional for line in lines_of((part,))]
        shared = {line.at[0] for line in lines if sum(other.at[0] == line.at[0] for other in lines) > 1}
        for line in lines:
            place = f"{line.at[0]}:{line.at[1]}" if line.at[0] in shared else f"{line.at[0]}"
            where = reach.lines.get(id(line))
            if where is None:
                yield Claim("line-shown", f"{passage.id}:{place}", _holds_nowhere(reach))
            else:
                yield Claim("line-shown", f"{passage.id}:{place}", "proved", reach.path_by(where))


def _endings_reached(reach: Reach) -> Iterator[Claim]:
    for passage in reach.scenario.passages.values():
        if passage.ending:
            where = reach.passages.get(passage.id)
            if where is None:
                yield Claim("ending-reached", passage.id, _holds_nowhere(reach))
            else:
                yield Claim("ending-reached", passage.id, "proved", reach.path_by(where))


def _conditions_vary(reach: Reach) -> Iterator[Claim]:
    for passage in reach.scenario.passages.values():
        for condition in conditions_in(passage):
            line, column = condition.at
            varies = reach.answers.get(id(condition), 0) == BOTH
            yield Claim(
                "condition-varies", f"{passage.id}:{line}:{column}", "proved" if varies else _holds_nowhere(reach)
            )


def _decisions_matter(reach: Reach) -> Iterator[Claim]:
    waiting = [p.id for p in reach.scenario.passages.values() if p.decision and p.id not in reach.differs]
    later = _later_difference(reach, waiting) if waiting and reach.whole else {}
    for passage in reach.scenario.passages.values():
        if passage.decision:
            number = reach.differs.get(passage.id, later.get(passage.id))
            yield Claim(
                "decision-matters",
                passage.id,
                _holds_nowhere(reach) if number is None else "proved",
                None if number is None else reach.path(number),
            )


def _later_difference(reach: Reach, passages: list[str]) -> dict[str, int]:
    """For these decisions, a state in which two choices lead to something else further on."""
    alike = _Alike(reach)
    found: dict[str, int] = {}
    wanted = set(passages)
    for number, state in enumerate(reach.states):
        if state.passage in wanted and state.passage not in found:
            first, *others = reach.edges(number) or [0]
            if not all(alike.same(reach.to[first], reach.to[other]) for other in others):
                found[state.passage] = number
    return found


class _Alike:
    """Which states no list of choices could ever tell apart.

    After Hopcroft and Karp (1971): take two states as one, follow each choice from both, and take where it leads as
    one too, until something told, offered or ended differs, or nothing new is left.
    """

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self.proved: dict[int, int] = {}
        self.seen: dict[int, list[object]] = {}

    def same(self, one: int, other: int) -> bool:
        """Whether the two look the same for ever."""
        supposed: dict[int, int] = {}
        waiting = [(one, other)]
        while waiting:
            one, other = (self._stands_for(number, supposed) for number in waiting.pop())
            if one == other:
                continue
            if self._shows(one) != self._shows(other):
                return False
            supposed[other] = one
            waiting += zip(self._next(one), self._next(other), strict=True)
        self.proved |= supposed
        return True

    def _stands_for(self, number: int, supposed: dict[int, int]) -> int:
        while True:
            after = supposed.get(number, self.proved.get(number))
            if after is None:
                return number
            number = after

    def _shows(self, number: int) -> list[object]:
        """What is told after each choice from here."""
        found = self.seen.get(number)
        if found is None:
            machine, state = self.reach.machine, self.reach.states[number]
            open_ = number not in self.reach.stuck
            found = [(choice, told(machine, step)) for choice, step in machine.steps(state)] if open_ else []
            self.seen[number] = found
        return found

    def _next(self, number: int) -> list[int]:
        return [self.reach.to[edge] for edge in self.reach.edges(number)]


def _endings_in_reach(reach: Reach, sweep: _Sweep | None) -> Iterator[Claim]:
    lost: dict[str, int] = {}
    if sweep:
        for number, ends in enumerate(sweep.ends):
            if not ends:
                lost.setdefault(reach.states[number].passage, number)
    for passage in _going_on(reach):
        if not passage.decision:
            continue
        found = lost.get(passage.id)
        if found is None:
            yield Claim("ending-in-reach", passage.id, _holds_so_far(reach))
        else:
            yield Claim("ending-in-reach", passage.id, "disproved", reach.path(found))


# ---- ranges, routes, chances ------------------------------------------------


@dataclass(slots=True)
class _AtEnding:
    """What the runs to one ending add up to."""

    least: list[int]
    most: list[float]
    routes: int | None = 0
    chances: list[float] = field(default_factory=list)
    meters: set[tuple[int, ...]] = field(default_factory=set)


class _Sweep:
    """One sweep over all states from the start to the endings. Only the front of the sweep is kept."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self.endings: dict[str, _AtEnding] = {}
        self.ends = bytearray(len(reach.states))
        self.scored: int | None = None
        self._scores = {
            passage.id: [(choice.scores.manager, choice.scores.leader) for choice in passage.decision.choices]
            for passage in reach.scenario.passages.values()
            if passage.decision
        }
        self._least: dict[int, tuple[int, int]] = {0: (0, 0)}
        self._most: dict[int, tuple[float, float]] = {0: (0, 0)}
        self._routes: dict[int, int | None] = {0: 1}
        self._chance: dict[int, float] = {0: 1.0}
        order = array("l")
        knots: dict[int, int] = {}
        for layer in in_layers(reach):
            self._through(layer)
            order.extend(layer)
            knots[len(order) - 1] = len(layer)
            if len(layer) == 1:
                del knots[len(order) - 1]
        self._backwards(order, knots)

    def _through(self, layer: list[int]) -> None:
        to, edges = self.reach.to, self.reach.edges(layer[0])
        if len(layer) == 1 and not any(to[edge] == layer[0] for edge in edges):
            self._on(layer[0], edges)
            return
        self._knot(layer)
        knot = set(layer)
        for number in layer:
            self._on(number, [edge for edge in self.reach.edges(number) if to[edge] not in knot], inside=True)

    def _on(self, number: int, edges: Sequence[int], *, inside: bool = False) -> None:
        """Hand what is known of a state on along these edges, and let it go. Inside a knot the chances went before."""
        reach = self.reach
        least, most = self._least.pop(number), self._most.pop(number)
        routes, chance = self._routes.pop(number), self._chance.pop(number, 0.0)
        state = reach.states[number]
        scores = self._scores.get(state.passage)
        if scores is None:
            if reach.scenario.passages[state.passage].ending:
                self._ended(state.passage, state.meters, least, most, routes, chance)
            return
        part = chance / len(edges) if edges else 0.0
        counts, chances = self._routes, self._chance
        for edge in edges:
            after = reach.to[edge]
            manager, leader = scores[reach.taken[edge]]
            self._raise(after, (least[0] + manager, least[1] + leader), (most[0] + manager, most[1] + leader))
            before = counts.get(after, 0)
            counts[after] = None if before is None or routes is None else before + routes
            if not inside:
                chances[after] = chances.get(after, 0.0) + part

    def _raise(self, number: int, least: tuple[int, int], most: tuple[float, float]) -> None:
        known = self._least.get(number)
        if known is None:
            self._least[number], self._most[number] = least, most
            return
        high = self._most[number]
        self._least[number] = min(known[0], least[0]), min(known[1], least[1])
        self._most[number] = max(high[0], most[0]), max(high[1], most[1])

    def _ended(
        self,
        ending: str,
        meters: tuple[int, ...],
        least: tuple[int, int],
        most: tuple[float, float],
        routes: int | None,
        chance: float,
    ) -> None:
        at = self.endings.get(ending)
        if at is None:
            at = self.endings[ending] = _AtEnding(list(least), list(most))
        at.least = [min(one, other) for one, other in zip(at.least, least, strict=True)]
        at.most = [max(one, other) for one, other in zip(at.most, most, strict=True)]
        at.routes = None if at.routes is None or routes is None else at.routes + routes
        at.chances.append(chance)
        at.meters.add(meters)

    # -- knots of loops --

    def _knot(self, knot: list[int]) -> None:
        """States that lead round to each other: the least by the cheapest way in and round, the most without end."""
        members = set(knot)
        inner = {
            number: [
                (self.reach.to[edge], self._scores[self.reach.states[number].passage][self.reach.taken[edge]])
                for edge in self.reach.edges(number)
                if self.reach.to[edge] in members
            ]
            for number in knot
        }
        managers = self._cheapest(inner, 0)
        leaders = self._cheapest(inner, 1)
        entered = [self._most[number] for number in knot if number in self._most]
        most = []
        for role in (0, 1):
            scores = any(scored[role] for edges in inner.values() for _, scored in edges)
            most.append(math.inf if scores else max(high[role] for high in entered))
            if scores and self.scored is None:
                self.scored = min(n for n, edges in inner.items() if any(scored[role] for _, scored in edges))
        self._through_knot(knot, members)
        for number in knot:
            self._least[number] = managers[number], leaders[number]
            self._most[number] = most[0], most[1]
            self._routes[number] = None

    def _cheapest(self, inner: Mapping[int, list[tuple[int, tuple[int, int]]]], role: int) -> dict[int, int]:
        """The least score of a role at each state of a knot (Dijkstra, from every way in)."""
        best = {number: self._least[number][role] for number in inner if number in self._least}
        waiting = [(score, number) for number, score in best.items()]
        heapq.heapify(waiting)
        while waiting:
            score, number = heapq.heappop(waiting)
            if score > best[number]:
                continue
            for after, scored in inner[number]:
                if score + scored[role] < best.get(after, 1 << 62):
                    best[after] = score + scored[role]
                    heapq.heappush(waiting, (best[after], after))
        return best

    def _through_knot(self, knot: list[int], members: set[int]) -> None:
        """The chances that leave a knot, by taking its states out one at a time.

        After Grassmann, Taksar and Heyman (1985): nothing is subtracted, so nothing is lost to rounding.
        """
        reach = self.reach
        outside = [reach.to[edge] for number in knot for edge in reach.edges(number) if reach.to[edge] not in members]
        if len(knot) > KNOT or any(math.isnan(self._chance.get(number, 0.0)) for number in knot):
            self._chance |= dict.fromkeys(outside, math.nan)
            return
        out = {number: self._shares(number) for number in knot}
        into = _turned_round(out)
        arriving = {number: self._chance.pop(number, 0.0) for number in knot}
        for number in sorted(knot, key=lambda one: len(into[one]) * len(out[one])):
            ways = _take_out(number, out, into)
            for after, share in ways.items():
                if after in out:
                    arriving[after] += arriving[number] * share
                else:
                    self._chance[after] = self._chance.get(after, 0.0) + arriving[number] * share

    def _shares(self, number: int) -> dict[int, float]:
        """Where a random player goes from a state, and how likely."""
        edges = self.reach.edges(number)
        shares: dict[int, float] = {}
        for edge in edges:
            after = self.reach.to[edge]
            shares[after] = shares.get(after, 0.0) + 1 / len(edges)
        return shares

    def _backwards(self, order: array[int], knots: Mapping[int, int]) -> None:
        """From which states an ending can be reached. `knots` gives how many states of the order end in a knot there."""
        reach, ends = self.reach, self.ends
        place = len(order) - 1
        while place >= 0:
            layer = order[place - knots.get(place, 1) + 1 : place + 1]
            place -= len(layer)
            for number in layer:
                passage = reach.scenario.passages[reach.states[number].passage]
                if passage.ending or passage.todo or any(ends[reach.to[edge]] for edge in reach.edges(number)):
                    for member in layer:
                        ends[member] = 1
                    break


def _turned_round(out: Mapping[int, Mapping[int, float]]) -> dict[int, set[int]]:
    """For each state of a knot, those of it that lead there."""
    into: dict[int, set[int]] = {number: set() for number in out}
    for number, ways in out.items():
        for after in ways:
            if after in into:
                into[after].add(number)
    return into


def _take_out(number: int, out: dict[int, dict[int, float]], into: dict[int, set[int]]) -> dict[int, float]:
    """Lead every way into a state past it, and give its ways on, its own loop spread over them."""
    ways = out.pop(number)
    ways.pop(number, None)
    leaving = math.fsum(ways.values())
    ways = {after: part / leaving for after, part in ways.items()}
    for before in into.pop(number) - {number}:
        part = out[before].pop(number)
        for after, share in ways.items():
            out[before][after] = out[before].get(after, 0.0) + part * share
            if after in out:
                into[after].add(before)
    for after in ways:
        if after in out:
            into[after].discard(number)
    return ways


def _ending(reach: Reach, sweep: _Sweep | None, id: str) -> EndingFacts:
    scenario, shortest = reach.scenario, reach.path_by(reach.passages[id])
    if sweep is None:
        unknown = (None, None)
        return EndingFacts(None, None, shortest, unknown, unknown, dict.fromkeys(scenario.meters, unknown))
    at = sweep.endings[id]
    chance = math.fsum(at.chances)
    return EndingFacts(
        at.routes,
        None if math.isnan(chance) else chance,
        shortest,
        _range(at.least[0], at.most[0]),
        _range(at.least[1], at.most[1]),
        _meters(scenario, at.meters),
    )


def _range(least: int, most: float) -> Range:
    return least, None if math.isinf(most) else int(most)


def _meters(scenario: Scenario, seen: set[tuple[int, ...]]) -> dict[str, Range]:
    return {
        meter: (min(values[place] for values in seen), max(values[place] for values in seen))
        for place, meter in enumerate(scenario.meters)
    }


def _whole_range(ranges: list[Range]) -> Range:
    """The range over all endings."""
    if not ranges or any(least is None for least, _ in ranges):
        return None, None
    most = [high for _, high in ranges]
    return (
        min(least for least, _ in ranges if least is not None),
        None if None in most else max(high for high in most if high is not None),
    )


def _total(routes: list[int | None]) -> int | None:
    return None if None in routes else sum(number for number in routes if number is not None)


def _scored_loop(reach: Reach, sweep: _Sweep | None) -> tuple[str, ...] | None:
    """A shortest list of choices to where a loop can raise a role's score for ever, if one can."""
    return reach.path(sweep.scored) if sweep and sweep.scored is not None else None
