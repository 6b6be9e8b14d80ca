"""Owns which states no list of choices could ever tell apart. Knows what a player sees, and nothing of scores.

What counts is what is told, offered and ended after each choice, for ever. Names of choices and passages, pictures
and scores are not seen.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from game.story.reach import Reach, told

Shown = tuple[int, ...]
"""What is seen after each choice of a state, as numbers."""


def kinds(reach: Reach, starts: Iterable[int]) -> array[int]:
    """A number for each state that `starts` lead to: two have the same number just when nothing tells them apart.

    -1 for the other states. The reach must be whole. After Hopcroft (1971): split the states by what is seen next,
    then by where each choice leads, the smaller part of every split first; n states take n log n steps.
    """
    ahead = _ahead(reach, starts)
    return _Partition(reach, ahead).kind


def _ahead(reach: Reach, starts: Iterable[int]) -> list[int]:
    """These states and all that they lead to."""
    met = bytearray(len(reach.states))
    waiting = list(starts)
    ahead = []
    while waiting:
        number = waiting.pop()
        if not met[number]:
            met[number] = 1
            ahead.append(number)
            waiting += reach.after(number)
    return ahead


class _Partition:
    """The states in classes, made finer until it is stable."""

    def __init__(self, reach: Reach, ahead: list[int]) -> None:
        self.kind = array("i", [-1]) * len(reach.states)
        self.members: list[set[int]] = []
        self.before = _Before(reach, ahead)
        self._begin(reach, ahead)
        self._waiting = set(range(len(self.members)))
        while self._waiting:
            self._split_by(self._waiting.pop())

    def _begin(self, reach: Reach, ahead: list[int]) -> None:
        """Put together the states whose choices show the same next."""
        seen: dict[object, int] = {}
        classes: dict[Shown, int] = {}
        machine = reach.machine
        for number in ahead:
            shown = tuple(
                seen.setdefault(told(machine, step), len(seen)) for _, step in machine.steps(reach.states[number])
            )
            kind = classes.setdefault(shown, len(classes))
            if kind == len(self.members):
                self.members.append(set())
            self.members[kind].add(number)
            self.kind[number] = kind

    def _split_by(self, kind: int) -> None:
        """Part every class of which some states, and not all, come to this class by the same choice."""
        for coming in self.before.by_choice(self.members[kind]):
            touched: dict[int, list[int]] = {}
            for number in coming:
                touched.setdefault(self.kind[number], []).append(number)
            for other, some in touched.items():
                if len(some) < len(self.members[other]):
                    self._part(other, some)

    def _part(self, kind: int, some: list[int]) -> None:
        """Make a class of its own of the smaller part."""
        whole, part = self.members[kind], set(some)
        if 2 * len(part) > len(whole):
            part = whole - part
        whole -= part
        new = len(self.members)
        self.members.append(part)
        self._waiting.add(new)
        for number in part:
            self.kind[number] = new


class _Before:
    """Which states lead to a state, and by which of their choices. In flat arrays, as the way forward is."""

    def __init__(self, reach: Reach, ahead: list[int]) -> None:
        self.first = array("i", bytes(array("i").itemsize * (len(reach.states) + 1)))
        for number in ahead:
            for after in reach.after(number):
                self.first[after + 1] += 1
        for number in range(len(reach.states)):
            self.first[number + 1] += self.first[number]
        self.came_from = array("i", bytes(array("i").itemsize * self.first[-1]))
        self.came_by = array("i", self.came_from)
        filled = array("i", self.first)
        for number in ahead:
            for place, after in enumerate(reach.after(number)):
                self.came_from[filled[after]] = number
                self.came_by[filled[after]] = place
                filled[after] += 1

    def by_choice(self, members: Iterable[int]) -> list[list[int]]:
        """The states that lead to one of these, for each place that a choice has among those offered."""
        coming: dict[int, list[int]] = {}
        for member in members:
            for edge in range(self.first[member], self.first[member + 1]):
                coming.setdefault(self.came_by[edge], []).append(self.came_from[edge])
        return list(coming.values())
