"""A second explorer, written straight from the rules of the format with plain dicts, and slow on purpose.

Nothing here comes from the engine but the shape of a story: not its steps, not its states, not its sums.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from game.story import Choice, Condition, Effect, Goto, Line, Passage, Scenario, Text, When

Place = tuple[Any, ...]
"""A state: what it is ("decision", "ending", "todo", "stuck", "dead end"), its passage, and all it remembers."""

Road = tuple[tuple[int, ...], tuple[str, ...]]
"""A list of choices: by their places among all choices of their decisions, and by their ids."""


class TooLarge(Exception):
    """Raised where a story has too many states for brute force."""


@dataclass
class Been:
    """What one step came by."""

    end: Place
    passages: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    meters: list[dict[str, int]] = field(default_factory=list)
    seen: Any = None  # what a player sees of it


@dataclass
class Edge:
    choice: Choice
    place: int
    been: Been


class Brute:
    """Everything there is to know about a small story."""

    def __init__(self, scenario: Scenario, most: int) -> None:
        self.scenario = scenario
        self.looked: dict[tuple[int, int], set[bool]] = defaultdict(set)
        self.memory: dict[Place, tuple[dict[str, bool], dict[str, int], frozenset[tuple[str, str]]]] = {}
        facts = dict.fromkeys(scenario.facts, False)
        self.first = self.enter(scenario.start, facts, {id: m.start for id, m in scenario.meters.items()}, frozenset())
        self.roads: dict[Place, Road] = {self.first.end: ((), ())}
        self.edges: dict[Place, list[Edge]] = {}
        waiting = {self.first.end}
        while waiting:  # one choice further each time
            after: dict[Place, Road] = {}
            for place in waiting:
                self.edges[place] = list(self.leave(place))
                for edge in self.edges[place]:
                    if edge.been.end not in self.roads:
                        road = self.along(place, edge)
                        after[edge.been.end] = min(road, after.get(edge.been.end, road))
            self.roads |= after
            waiting = set(after)
            if len(self.roads) > most:
                raise TooLarge

    # -- play --

    def holds(self, condition: Condition | None, facts: dict[str, bool], meters: dict[str, int]) -> bool:
        """Python reads the little language just as it is meant; here only, where the text is our own."""
        if condition is None:
            return True
        holds = bool(eval(condition.text, {}, {**facts, **meters}))
        self.looked[condition.at].add(holds)
        return holds

    def apply(self, effects: tuple[Effect, ...], facts: dict[str, bool], meters: dict[str, int]) -> None:
        for effect in effects:
            if self.holds(effect.condition, facts, meters):
                facts.update(dict.fromkeys(effect.set, True))
                facts.update(dict.fromkeys(effect.clear, False))
                for name, by in effect.change:
                    meter = self.scenario.meters[name]
                    meters[name] = max(meter.least, min(meter.most, meters[name] + by))

    def way(self, goto: Goto, facts: dict[str, bool], meters: dict[str, int]) -> str:
        return next(way.to for way in goto if self.holds(way.condition, facts, meters))

    def told(self, text: Text, facts: dict[str, bool], meters: dict[str, int]) -> Iterator[Line]:
        for part in text:
            if isinstance(part, When):
                chosen = part.then if self.holds(part.condition, facts, meters) else part.otherwise
                yield from self.told(chosen, facts, meters)
            else:
                yield part

    def offered(self, passage: Passage, facts: Any, meters: Any, used: frozenset[tuple[str, str]]) -> list[Choice]:
        assert passage.decision
        return [
            choice
            for choice in passage.decision.choices
            if (passage.id, choice.id) not in used and self.holds(choice.condition, facts, meters)
        ]

    def enter(self, id: str, facts: dict[str, bool], meters: dict[str, int], used: frozenset[tuple[str, str]]) -> Been:
        been, before = Been(()), []
        while True:
            passage = self.scenario.passages[id]
            self.apply(passage.effects, facts, meters)
            now = (id, dict(facts), dict(meters))
            if now in before:
                been.end = ("dead end", id)
                been.seen = self.seen(been, "stuck")
                return been
            before.append(now)
            been.passages.append(id)
            been.meters.append(dict(meters))
            been.lines += self.told(passage.text, facts, meters)
            if not passage.goto:
                return self.stopped(been, passage, facts, meters, used)
            id = self.way(passage.goto, facts, meters)

    def stopped(
        self,
        been: Been,
        passage: Passage,
        facts: dict[str, bool],
        meters: dict[str, int],
        used: frozenset[tuple[str, str]],
    ) -> Been:
        kind = "ending" if passage.ending else "todo" if passage.todo else "decision"
        last: Any = (kind, passage.id)
        if passage.decision:
            texts = [choice.text for choice in self.offered(passage, facts, meters, used)]
            kind = kind if texts else "stuck"
            last = (passage.decision.ask, texts)
        been.end = (kind, passage.id, tuple(facts.items()), tuple(meters.items()), used)
        been.seen = self.seen(been, last)
        self.memory[been.end] = (facts, meters, used)
        return been

    def seen(self, been: Been, last: Any) -> Any:
        return [(line.speaker, line.expression, line.text) for line in been.lines], last

    def leave(self, place: Place) -> Iterator[Edge]:
        if place[0] != "decision":
            return
        passage = self.scenario.passages[place[1]]
        assert passage.decision
        facts, meters, used = self.memory[place]
        for choice in self.offered(passage, facts, meters, used):
            facts_, meters_ = dict(facts), dict(meters)
            self.apply(choice.effects, facts_, meters_)
            taken = used | {(passage.id, choice.id)} if choice.once else used
            been = self.enter(self.way(choice.goto, facts_, meters_), facts_, meters_, taken)
            yield Edge(choice, passage.decision.choices.index(choice), been)

    # -- roads --

    def along(self, place: Place, edge: Edge) -> Road:
        places, ids = self.roads[place]
        return (*places, edge.place), (*ids, edge.choice.id)

    def steps(self) -> Iterator[tuple[Road, Been]]:
        """Every step there is, with a shortest road along it, and of those the first in the file."""
        yield ((), ()), self.first
        for place, edges in self.edges.items():
            for edge in edges:
                yield self.along(place, edge), edge.been

    # -- what lies ahead --

    def ahead(self, wanted: Iterable[Place]) -> set[Place]:
        """The states from which one of these can be reached, themselves included."""
        found = set(wanted)
        grown = True
        while grown:
            before = {place for place, edges in self.edges.items() if any(edge.been.end in found for edge in edges)}
            grown = not before <= found
            found |= before
        return found

    def on_a_loop(self, place: Place) -> bool:
        return any(place in self.after(edge.been.end) for edge in self.edges[place])

    def after(self, place: Place) -> set[Place]:
        found, waiting = {place}, [place]
        while waiting:
            for edge in self.edges[waiting.pop()]:
                if edge.been.end not in found:
                    found.add(edge.been.end)
                    waiting.append(edge.been.end)
        return found

    def ends_at(self, passage: str) -> set[Place]:
        return {place for place in self.roads if place[0] == "ending" and place[1] == passage}

    # -- numbers --

    def routes(self, ending: str) -> int | None:
        """The lists of choices to an ending, counted length by length."""
        ends = self.ends_at(ending)
        ahead = self.ahead(ends)
        if any(self.on_a_loop(place) for place in ahead):
            return None
        lists, total = {self.first.end: 1}, 0
        while lists:
            total += sum(number for place, number in lists.items() if place in ends)
            longer: dict[Place, int] = defaultdict(int)
            for place, number in lists.items():
                for edge in self.edges[place]:
                    if edge.been.end in ahead:
                        longer[edge.been.end] += number
            lists = longer
        return total

    def chance(self, ending: str) -> Fraction:
        """The chance to be absorbed at an ending: the linear equations of all states ahead of it, solved exactly."""
        ends = self.ends_at(ending)
        ahead = self.ahead(ends)
        rows: dict[Place, tuple[dict[Place, Fraction], Fraction]] = {}
        for place in ahead - ends:
            part = Fraction(1, len(self.edges[place]))
            row, known = defaultdict(Fraction), Fraction(0)
            for edge in self.edges[place]:
                if edge.been.end in ends:
                    known += part
                elif edge.been.end in ahead:
                    row[edge.been.end] += part
            rows[place] = dict(row), known
        if self.first.end in ends:
            return Fraction(1)
        return solved(rows, self.first.end) if self.first.end in rows else Fraction(0)

    def roles(self, ending: str, role: str) -> tuple[int, float]:
        """The least and the most of a role; what still grows after as many rounds as there are states has no end."""
        least: dict[Place, float] = {self.first.end: 0}
        most: dict[Place, float] = {self.first.end: 0}
        size = len(self.roads)
        for round_ in range(2 * size + 1):
            for place, edge, score in self.scored(role):
                to = edge.been.end
                if place in least:
                    least[to] = min(least.get(to, math.inf), least[place] + score)
                    grown = most[place] + score
                    if grown > most.get(to, -1):
                        most[to] = math.inf if round_ >= size else grown
        ends = self.ends_at(ending)
        return int(min(least[place] for place in ends)), max(most[place] for place in ends)

    def scored(self, role: str) -> list[tuple[Place, Edge, int]]:
        return [
            (place, edge, getattr(edge.choice.scores, role)) for place, edges in self.edges.items() for edge in edges
        ]

    def meters_at(self, ending: str) -> list[dict[str, int]]:
        return [dict(place[3]) for place in self.ends_at(ending)]

    # -- what can be told apart --

    def apart(self) -> set[tuple[Place, Place]]:
        """The pairs of states that some list of choices tells apart: the table filled until nothing is added."""
        places = list(self.roads)
        apart = {(one, other) for one in places for other in places if self.shows(one) != self.shows(other)}
        grown = True
        while grown:
            grown = False
            for one in places:
                for other in places:
                    if (one, other) not in apart and any(
                        (a.been.end, b.been.end) in apart
                        for a, b in zip(self.edges[one], self.edges[other], strict=True)
                    ):
                        apart.add((one, other))
                        grown = True
        return apart

    def shows(self, place: Place) -> list[Any]:
        return [edge.been.seen for edge in self.edges[place]]

    def mattering(self) -> set[str]:
        """The passages whose decision changes something that is told, offered or ended later."""
        apart = self.apart()
        return {
            place[1]
            for place, edges in self.edges.items()
            for one in edges
            for other in edges
            if one.been.seen != other.been.seen or (one.been.end, other.been.end) in apart
        }


def solved(rows: dict[Place, tuple[dict[Place, Fraction], Fraction]], wanted: Place) -> Fraction:
    """The value of `wanted`, where each value is a sum of shares of others and something known."""
    left = dict(rows)
    for place in [place for place in rows if place != wanted]:
        row, known = left.pop(place)
        self_share = 1 - row.pop(place, Fraction(0))
        row, known = {other: share / self_share for other, share in row.items()}, known / self_share
        for other, (theirs, their_known) in left.items():
            share = theirs.pop(place, None)
            if share:
                for to, part in row.items():
                    theirs[to] = theirs.get(to, Fraction(0)) + share * part
                left[other] = theirs, their_known + share * known
    row, known = left[wanted]
    return known / (1 - row.get(wanted, Fraction(0)))
