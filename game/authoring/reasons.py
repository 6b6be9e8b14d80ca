"""Owns why a condition never holds, or always does: what its facts and meters were each time it was looked at.

Never judges whether that is a mistake, and tells it in the author's own words for facts and meters.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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

_Test = Callable[[int, tuple[int, ...]], bool]

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


class Looking:
    """Walks a story's states and notes what some of its conditions meet. Made once: it compiles the whole story."""

    def __init__(self, reach: Reach, conditions: Iterable[Condition]) -> None:
        self._reach = reach
        self.looks = {id(condition): Looks(condition) for condition in conditions}
        self._machine = Machine(reach.scenario, self._watch)
        passages = reach.scenario.passages.values()
        self._telling = {passage.id for passage in passages if any(isinstance(part, When) for part in passage.text)}

    def _watch(self, condition: Condition, test: _Test) -> _Test:
        return _noting(self.looks.get(id(condition)), self._reach.scenario, test)

    def all(self) -> Mapping[int, Looks]:
        """What the conditions, by their identity, met in every step of the story."""
        self._note(self._machine.begin().visits)
        self._walk(range(len(self._reach.states)))
        return self.looks

    def there(self, conditions: Collection[Condition], numbers: Iterable[int]) -> Mapping[int, Looks]:
        """What these conditions met in the steps from these states alone."""
        for condition in conditions:
            looks = self.looks[id(condition)]
            looks.seen.clear()
            looks.cut = False
        self._walk(numbers)
        return self.looks

    def _walk(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            for _, step in self._machine.steps(self._reach.states[number]):
                self._note(step.visits)

    def _note(self, visits: tuple[State, ...]) -> None:
        """Have the lines told too, where some have conditions; effects and ways were looked at already."""
        for visit in visits:
            if visit.passage in self._telling:
                self._machine.lines(visit)


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


# ---- why --------------------------------------------------------------------


def _plain(tree: Tree, positive: bool = True) -> Tree:
    """The same condition, or its opposite, with every `not` directly before a fact."""
    match tree:
        case FactIs():
            return tree if positive else Not(tree)
        case MeterIs(meter, compare, number):
            return tree if positive else MeterIs(meter, _TURNED[compare], number)
        case Not(part):
            return _plain(part, not positive)
        case AllOf(parts) | AnyOf(parts):
            joined = isinstance(tree, AllOf) == positive
            plain = tuple(_plain(part, positive) for part in parts)
            return AllOf(plain) if joined else AnyOf(plain)


class _Why:
    """Says why a condition, made plain, holds in none of the looks."""

    def __init__(self, condition: Condition) -> None:
        self.place = {name: place for place, name in enumerate(condition.names())}

    def holds(self, tree: Tree, look: Look) -> bool:
        """Whether it holds in this look."""
        match tree:
            case FactIs(fact):
                return bool(look[self.place[fact]])
            case MeterIs(meter, compare, number):
                return COMPARISONS[compare](look[self.place[meter]], number)
            case Not(part):
                return not self.holds(part, look)
            case AllOf(parts):
                return all(self.holds(part, look) for part in parts)
            case AnyOf(parts):
                return any(self.holds(part, look) for part in parts)

    def never(self, tree: Tree, looks: Sequence[Look]) -> Reason | None:
        """Why it holds in none of these, or None where it does in one."""
        if any(self.holds(tree, look) for look in looks):
            return None
        match tree:
            case FactIs(fact):
                return Reason(f"'{fact}' is never true", (fact,))
            case MeterIs(meter, _, number):
                return Reason(self._range(meter, number, [look[self.place[meter]] for look in looks]))
            case Not(part):
                return Reason(f"{_words(part)} is always true")
            case AllOf(parts):
                return self._not_together(parts[:MOST_PARTS], looks)
            case AnyOf(parts):
                reasons = [reason for part in parts if (reason := self.never(part, looks))]
                words = ", and ".join(dict.fromkeys(reason.words for reason in reasons))
                return Reason(words, tuple(fact for reason in reasons for fact in reason.facts))

    def _range(self, meter: str, number: int, values: Sequence[int]) -> str:
        least, most = min(values), max(values)
        if least == most:
            return f"'{meter}' is always {least}"
        if least < number < most:
            met = sorted(set(values))
            if len(met) > MOST_LISTED:
                return f"'{meter}' is never {number}"
            return f"'{meter}' is {', '.join(map(str, met[:-1]))} or {met[-1]}"
        return f"'{meter}' is {least} to {most}"

    def _not_together(self, parts: Sequence[Tree], looks: Sequence[Look]) -> Reason | None:
        """One part that never holds; else two that never do at once; else that all never do."""
        for part in parts:
            if reason := self.never(part, looks):
                return reason
        facts_first = sorted(parts, key=lambda part: not isinstance(part, FactIs | Not))
        for one, other in permutations(facts_first, 2):
            where = [look for look in looks if self.holds(one, look)]
            if reason := self.never(other, where):
                return Reason(f"where {_words(one)} {_holds(one)}, {reason.words}")
        return Reason("its parts are never all true at once")


def _holds(tree: Tree) -> str:
    match tree:
        case FactIs():
            return "is true"
        case Not():
            return "is not true"
    return "holds"


def _words(tree: Tree) -> str:
    """A part of a condition in quotes, as an author would write it; of a `not`, the fact alone."""
    return f"'{_written(tree.part if isinstance(tree, Not) else tree)}'"


def _written(tree: Tree) -> str:
    match tree:
        case FactIs(fact):
            return fact
        case MeterIs(meter, compare, number):
            return f"{meter} {compare} {number}"
        case Not(part):
            return f"not {_written(part)}"
        case AllOf(parts) | AnyOf(parts):
            word = " and " if isinstance(tree, AllOf) else " or "
            return word.join(_bracketed(part) for part in parts)


def _bracketed(tree: Tree) -> str:
    return f"({_written(tree)})" if isinstance(tree, AllOf | AnyOf) else _written(tree)
