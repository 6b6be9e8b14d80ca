"""Owns why a condition never holds, or always does: what its facts and meters were each time it was looked at.

Never judges whether that is a mistake, and tells it in the author's own words for facts and meters.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from typing import Final, NamedTuple

from game.story import (
    COMPARISONS,
    AllOf,
    AnyOf,
    Condition,
    FactIs,
    Machine,
    MeterIs,
    Not,
    Reach,
    Scenario,
    State,
    Step,
    Tree,
    When,
)

MOST_LOOKS: Final = 20_000
"""Different values of a condition's facts and meters that are kept; past it no reason is given."""

MOST_PARTS: Final = 8
"""Parts of a condition that are held against each other in pairs."""

MOST_LISTED: Final = 4
"""Values of a meter that are listed one by one."""

_TURNED: Final[Mapping[str, str]] = {"<=": ">", ">=": "<", "<": ">=", ">": "<=", "==": "!=", "!=": "=="}

Look = tuple[int, ...]
"""What each name of a condition stood at, in order: a fact 0 or 1, a meter its number."""


class Reason(NamedTuple):
    """Why a condition never holds. `facts` are those it would need, and that are never true there."""

    words: str
    facts: tuple[str, ...] = ()


@dataclass(slots=True)
class Looks:
    """What a condition's names stood at, each time it was looked at. `cut`: there was more than is kept."""

    condition: Condition
    seen: set[Look] = field(default_factory=set)
    cut: bool = False

    @property
    def holds(self) -> bool | None:
        """What the condition answered, if it always answered the same; None where it was never looked at."""
        look = next(iter(self.seen), None)
        return None if look is None else _Why(self.condition).holds(self.condition.tree, look)

    def reason(self) -> Reason | None:
        """Why the answer was always the same; None where that cannot be said."""
        holds = self.holds
        if holds is None or self.cut:
            return None
        return _Why(self.condition).never(_plain(self.condition.tree, not holds), sorted(self.seen))


def looks_at(reach: Reach, conditions: Collection[Condition], numbers: Iterable[int] | None = None) -> dict[int, Looks]:
    """What these conditions met, by their identity: in every step of a story, or only in those from some states."""
    looks = {id(condition): Looks(condition) for condition in conditions}
    machine = Machine(reach.scenario, lambda condition, test: _noting(looks.get(id(condition)), reach.scenario, test))
    telling = {
        id for id, passage in reach.scenario.passages.items() if any(isinstance(part, When) for part in passage.text)
    }
    for step in _steps(reach, machine, numbers):
        for visit in step.visits:
            if visit.passage in telling:
                machine.lines(visit)
    return looks


def _steps(reach: Reach, machine: Machine, numbers: Iterable[int] | None) -> Iterator[Step]:
    if numbers is None:
        yield machine.begin()
        numbers = range(len(reach.states))
    for number in numbers:
        for _, step in machine.steps(reach.states[number]):
            yield step


def _noting(looks: Looks | None, scenario: Scenario, test: _Test) -> _Test:
    """The same test, noting what it is shown."""
    if looks is None:
        return test
    bits = {name: 1 << place for place, name in enumerate(scenario.facts)}
    meters = {name: place for place, name in enumerate(scenario.meters)}
    names = looks.condition.names()
    seen = looks.seen

    def noted(facts: int, values: tuple[int, ...]) -> bool:
        look = tuple(int(bool(facts & bits[name])) if name in bits else values[meters[name]] for name in names)
        if len(seen) < MOST_LOOKS:
            seen.add(look)
        elif look not in seen:
            looks.cut = True
        return test(facts, values)

    return noted


class _Test:
    """The type of a compiled condition: facts and meters in, whether it holds out."""

    def __call__(self, facts: int, values: tuple[int, ...], /) -> bool: ...
