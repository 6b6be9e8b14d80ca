"""Owns which states no list of choices could ever tell apart. Knows what a player sees, and nothing of scores.

What counts is what is told, offered and ended after each choice, for ever. Names of choices and passages, pictures
and scores are not seen.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Final

from game.story.reach import Reach, told

SOON: Final = 300
"""Pairs of states that are compared for a name before all states are: most differences lie near."""

TRIES: Final = 5
"""Names that may fail to be settled in this way, before it is left alone: then all states have to be compared."""


def told_apart(reach: Reach, sets: Mapping[str, Sequence[set[int]]]) -> set[str]:
    """The names under which some set holds states that a list of choices can tell apart. The reach must be whole.

    It looks near by first. Where that does not settle it, all states ahead are put into classes.
    """
    seen = _Seen(reach)
    found: set[str] = set()
    left: dict[str, Sequence[set[int]]] = {}
    for name, some in sets.items():
        if len(left) < TRIES and _soon(reach, seen, some):
            found.add(name)
        else:
            left[name] = some
    if left:
        kind = _Partition(reach, seen, _ahead(reach, (n for some in left.values() for one in some for n in one))).kind
        found |= {name for name, some in left.items() if any(len({kind[n] for n in one}) > 1 for one in some)}
    return found


class _Seen:
    """What is seen after each choice of a state, as numbers."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self._known: dict[int, tuple[int, ...]] = {}
        self._numbers: dict[object, int] = {}

    def after(self, number: int) -> tuple[int, ...]:
        known = self._known.get(number)
        if known is None:
            machine, numbers = self._reach.machine, self._numbers
            known = self._known[number] = tuple(
                numbers.setdefault(told(machine, step), len(numbers))
                for _, step in machine.steps(self._reach.states[number])
            )
        return known


def _soon(reach: Reach, seen: _Seen, sets: Iterable[set[int]]) -> bool:
    """Whether a few choices tell states of some set apart."""
    pairs = ((first, other) for first, *others in sets for other in others)
    waiting = deque(islice(pairs, SOON // 2))
    met = set(waiting)
    while waiting and len(met) < SOON:
        one, other = waiting.popleft()
        if seen.after(one) != seen.after(other):
            return True
        for pair in zip(reach.after(one), reach.after(other), strict=True):
            if pair[0] != pair[1] and pair not in met:
                met.add(pair)
                waiting.append(pair)
    return False


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
    """States in classes: in the end, two are in one class just when nothing tells them apart.

    After Hopcroft (1971): split the states by what is seen next, then by where each choice leads, the smaller part
    of every split first. n states take n log n steps. `kind` is the number of a state's class; -1 for states left out.
    """

    def __init__(self, reach: Reach, seen: _Seen, ahead: list[int]) -> None:
        self.kind = array("i", [-1]) * len(reach.states)
        self.members: list[set[int]] = []
        self.before = _Before(reach, ahead)
        self._begin(seen, ahead)
        self._waiting = set(range(len(self.members)))
        while self._waiting:
            self._split_by(self._waiting.pop())

    def _begin(self, seen: _Seen, ahead: list[int]) -> None:
        """Put together the states whose choices show the same next."""
        classes: dict[tuple[int, ...], int] = {}
        for number in ahead:
            kind = classes.setdefault(seen.after(number), len(classes))
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
