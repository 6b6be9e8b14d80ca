"""Owns loops among numbered states: the order that states come in, and the chances that leave a knot. Knows no story.

A knot is a set of states that lead round to each other (or one that leads to itself). Edges lie in flat arrays:
those of state n are `to[first[n]:first[n + 1]]`.
"""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Iterator, Mapping
from decimal import Context, Decimal, localcontext
from typing import Final

SMALL: Final = 64
"""States of a knot up to which its states are taken out one by one without trying the quicker way."""

ROUNDS: Final = 300
"""Times that a chance is sent round a knot before the other way is taken."""

LEFT: Final = 1e-14
"""The part of a chance that may still be inside a knot when it is let go; answers are wanted to 1e-9."""

Shares = Mapping[int, Mapping[int, float]]
"""For each state of a knot, where a random player goes next, inside and out, and how likely."""


def in_layers(first: array[int], to: array[int]) -> Iterator[list[int]]:
    """The states that state 0 leads to, each after all that lead to it; those of a knot come together.

    States that no loop holds up are put in order by Kahn's algorithm (1962), the rest by Tarjan's (1972).
    """
    waiting = array("i", bytes(array("i").itemsize * (len(first) - 1)))
    for after in to:
        waiting[after] += 1
    ready = [] if waiting[0] else [0]
    done = 0
    while ready:
        number = ready.pop()
        done += 1
        yield [number]
        for after in to[first[number] : first[number + 1]]:
            waiting[after] -= 1
            if not waiting[after]:
                ready.append(after)
    if done < len(waiting):
        search = _Search(first, to)
        for number, held_up in enumerate(waiting):
            if held_up:
                search.down_from(number)
        yield from reversed(search.knots)


class _Search:
    """A search in depth that finds the knots, last first. Keeps its own stack: stories may be very long."""

    def __init__(self, first: array[int], to: array[int]) -> None:
        self.first, self.to = first, to
        self.knots: list[list[int]] = []
        self._met = 0
        self._index = array("i", [-1]) * (len(first) - 1)  # when each state was met; -1 before
        self._low = array("i", self._index)  # the earliest met, among those it leads to and whose knot is open
        self._open: list[int] = []
        self._is_open = bytearray(len(first) - 1)
        self._work: list[tuple[int, Iterator[int]]] = []

    def down_from(self, root: int) -> None:
        """Find the knots of all that `root` leads to, but for what was met before."""
        if self._index[root] < 0:
            self._enter(root)
        while self._work:
            number, afters = self._work[-1]
            after = next(afters, None)
            if after is None:
                self._work.pop()
                self._leave(number)
            elif self._index[after] < 0:
                self._enter(after)
            elif self._is_open[after]:
                self._low[number] = min(self._low[number], self._index[after])

    def _enter(self, number: int) -> None:
        self._index[number] = self._low[number] = self._met
        self._met += 1
        self._open.append(number)
        self._is_open[number] = 1
        self._work.append((number, iter(self.to[self.first[number] : self.first[number + 1]])))

    def _leave(self, number: int) -> None:
        if self._work:
            before = self._work[-1][0]
            self._low[before] = min(self._low[before], self._low[number])
        if self._low[number] == self._index[number]:
            knot: list[int] = []
            while not knot or knot[-1] != number:
                knot.append(self._open.pop())
                self._is_open[knot[-1]] = 0
            self.knots.append(knot)


def leaving(shares: Shares, arriving: Mapping[int, float]) -> dict[int, float]:
    """The chances that leave a knot, by the state outside that they go to; `arriving` are those that enter it.

    What can never leave is in none of them. Exact to rounding, or to `LEFT` for a large knot.
    """
    if all(after in shares for ways in shares.values() for after in ways):
        return {}
    sent = _sent_round(shares, arriving) if len(shares) > SMALL else None
    return _taken_out(shares, arriving) if sent is None else sent


def _sent_round(shares: Shares, arriving: Mapping[int, float]) -> dict[int, float] | None:
    """Send the chances on round and round until hardly any is inside. None where it drains too slowly."""
    inside, outside = {number: arriving.get(number, 0.0) for number in shares}, dict[int, float]()
    enough = LEFT * sum(arriving.values())
    for _ in range(ROUNDS):
        for number, ways in shares.items():
            chance = inside[number]
            if chance:
                inside[number] = 0.0
                for after, share in ways.items():
                    side = inside if after in inside else outside
                    side[after] = side.get(after, 0.0) + chance * share
        if sum(inside.values()) <= enough:
            return outside
    return None


def _taken_out(shares: Shares, arriving: Mapping[int, float]) -> dict[int, float]:
    """Take the states out one at a time, leading every way into one past it, until none is left."""
    with localcontext(Context(prec=28)):
        outside = _Elimination(shares, arriving).run()
        return {number: float(chance) for number, chance in outside.items()}


class _Elimination:
    """After Grassmann, Taksar and Heyman (1985): nothing is subtracted, so nothing is lost to rounding.

    In decimal numbers, whose exponents go further down: the chance to get through a long knot may be smaller than
    any float. The state that makes the fewest new ways is taken out first (Markowitz, 1957).
    """

    def __init__(self, shares: Shares, arriving: Mapping[int, float]) -> None:
        self.out = {number: {after: Decimal(part) for after, part in ways.items()} for number, ways in shares.items()}
        self.into: dict[int, set[int]] = {number: set() for number in shares}
        for number, ways in shares.items():
            for after in ways:
                if after in shares:
                    self.into[after].add(number)
        self.inside = {number: Decimal(chance) for number, chance in arriving.items()}
        self.outside: dict[int, Decimal] = {}
        self.waiting = [(self._cost(number), number) for number in shares]
        heapq.heapify(self.waiting)

    def run(self) -> dict[int, Decimal]:
        while self.waiting:
            cost, number = heapq.heappop(self.waiting)
            if self._cost(number) > cost:
                heapq.heappush(self.waiting, (self._cost(number), number))
            else:
                self._take_out(number)
        return self.outside

    def _cost(self, number: int) -> int:
        return len(self.into[number]) * len(self.out[number])

    def _take_out(self, number: int) -> None:
        ways, before = self.out.pop(number), self.into.pop(number)
        ways.pop(number, None)
        before.discard(number)
        whole = sum(ways.values())
        ways = {after: part / whole for after, part in ways.items()}
        for after in ways.keys() & self.into.keys():
            self.into[after].discard(number)
            self.into[after] |= before
        for one in before:
            theirs = self.out[one]
            part = theirs.pop(number)
            for after, share in ways.items():
                theirs[after] = theirs.get(after, 0) + part * share
        chance = self.inside.pop(number, None)
        if chance:
            for after, share in ways.items():
                side = self.inside if after in self.out else self.outside
                side[after] = side.get(after, Decimal(0)) + chance * share
