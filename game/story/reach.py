"""Owns the graph of every state a player can be in, and what was seen on the way. Draws no conclusions from it.

States are explored breadth first with choices in the file's order, so the first list of choices that leads to a
state is a shortest one, and of those the first in the file. Numbers stand for states; edges lie in flat arrays,
so that a million states fit into a few hundred megabytes.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from game.story.conditions import Condition, Test
from game.story.machine import Machine, State, Step
from game.story.scenario import Choice, Line, Passage, Scenario, Text, When

BOUND: Final = 2_000_000
"""States looked at before giving up, where nothing else is said."""

REPORT_EVERY: Final = 4096
"""States between two calls of a watcher."""

Where = tuple[int, str]
"""How a thing was come by: the number of a state and the choice taken there; (-1, "") at the start."""

START: Final[Where] = (-1, "")


@dataclass(slots=True)
class Reach:
    """Every state met, how each was come by, and where each choice leads. `whole` is False where the bound was hit.

    `stuck` holds the numbers of states with no way on. Edges of state n are `to[first[n]:first[n + 1]]`, and
    `taken` gives each edge's choice by its place in the decision.
    """

    scenario: Scenario
    machine: Machine
    states: list[State] = field(default_factory=list)
    came_from: array[int] = field(default_factory=lambda: array("l"))
    came_by: array[int] = field(default_factory=lambda: array("l"))
    first: array[int] = field(default_factory=lambda: array("l", [0]))
    to: array[int] = field(default_factory=lambda: array("l"))
    taken: array[int] = field(default_factory=lambda: array("l"))
    stuck: dict[int, None] = field(default_factory=dict)
    passages: dict[str, Where] = field(default_factory=dict)
    offered: dict[tuple[str, str], int] = field(default_factory=dict)
    lines: dict[int, Where] = field(default_factory=dict)
    meters: set[tuple[int, ...]] = field(default_factory=set)
    differs: dict[str, int] = field(default_factory=dict)
    answers: dict[int, int] = field(default_factory=dict)
    whole: bool = False

    def path(self, number: int) -> tuple[str, ...]:
        """A shortest list of choices to the state of that number."""
        choices: list[str] = []
        while number:
            before = self.came_from[number]
            decision = self.scenario.passages[self.states[before].passage].decision
            assert decision is not None
            choices.append(decision.choices[self.came_by[number]].id)
            number = before
        return tuple(reversed(choices))

    def path_by(self, where: Where) -> tuple[str, ...]:
        """A shortest list of choices that comes by something on the way."""
        number, choice = where
        return () if number < 0 else (*self.path(number), choice)

    def edges(self, number: int) -> range:
        """The places of a state's edges in `to` and `taken`."""
        return range(self.first[number], self.first[number + 1])


def explore(scenario: Scenario, bound: int = BOUND, watch: Callable[[int], None] | None = None) -> Reach:
    """Meet every state, up to `bound` of them. `watch` is told now and then how many were met."""
    walk = _Walk(scenario)
    walk.run(bound, watch)
    return walk.reach


class _Walk:
    """The walk over the states. Holds what is only needed while it goes on."""

    def __init__(self, scenario: Scenario) -> None:
        answers: dict[int, int] = {}
        machine = Machine(scenario, lambda condition, test: _listening(answers, id(condition), test))
        self.reach = Reach(scenario, machine, answers=answers)
        self.numbers: dict[object, int] = {}
        self.telling = {id: passage for id, passage in scenario.passages.items() if _conditional(passage.text)}
        self.places = {
            id: {choice.id: place for place, choice in enumerate(passage.decision.choices)}
            for id, passage in scenario.passages.items()
            if passage.decision
        }

    def run(self, bound: int, watch: Callable[[int], None] | None) -> None:
        reach = self.reach
        self._entered(reach.machine.begin(), START)
        number = 0
        while number < len(reach.states):
            if len(reach.states) > bound:
                return
            if watch is not None and number % REPORT_EVERY == 0:
                watch(len(reach.states))
            self._leave(number)
            number += 1
        reach.whole = True

    def _leave(self, number: int) -> None:
        """Take every choice on offer in a state."""
        reach = self.reach
        state = reach.states[number]
        places = self.places.get(state.passage)
        if places and number not in reach.stuck:
            steps = []
            for choice, step in reach.machine.steps(state):
                reach.to.append(self._entered(step, (number, choice)))
                reach.taken.append(places[choice])
                reach.offered.setdefault((state.passage, choice), number)
                steps.append(step)
            if state.passage not in reach.differs and len(steps) > 1 and self._differ(steps):
                reach.differs[state.passage] = number
        reach.first.append(len(reach.to))

    def _entered(self, step: Step, where: Where) -> int:
        """Note what a step came by, and give the number of the state it ends in."""
        reach = self.reach
        for visit in step.visits:
            reach.meters.add(visit.meters)
            if visit.passage not in reach.passages:
                reach.passages[visit.passage] = where
            if visit.passage in self.telling:
                self._told(visit, where)
        key: object = step.at.passage if step.stuck and not self._decides(step.at) else step.at
        found = self.numbers.get(key)
        if found is None:
            found = self.numbers[key] = len(reach.states)
            reach.states.append(step.at)
            reach.came_from.append(where[0])
            reach.came_by.append(self.places[reach.states[where[0]].passage][where[1]] if where[0] >= 0 else 0)
            if step.stuck:
                reach.stuck[found] = None
        return found

    def _decides(self, state: State) -> bool:
        return self.reach.scenario.passages[state.passage].decision is not None

    def _told(self, visit: State, where: Where) -> None:
        """Note the lines that are told, until all of the passage's have been and its conditions have varied."""
        reach, passage = self.reach, self.telling[visit.passage]
        for line in reach.machine.lines(visit):
            reach.lines.setdefault(id(line), where)
        if all(id(line) in reach.lines for line in lines_of(passage.text)) and all(
            reach.answers.get(id(condition)) == BOTH for condition in conditions_of(passage.text)
        ):
            del self.telling[visit.passage]

    def _differ(self, steps: Sequence[Step]) -> bool:
        """Whether what is told, offered or ended next is not the same for all of these steps."""
        first, *others = (told(self.reach.machine, step) for step in steps)
        return any(other != first for other in others)


def told(machine: Machine, step: Step) -> tuple[object, ...]:
    """What a player sees of a step: the lines, then what is asked and offered, or how it ends."""
    lines = tuple((line.speaker, line.text) for visit in step.visits for line in machine.lines(visit))
    passage = machine.scenario.passages[step.at.passage]
    if passage.decision:
        offer: object = (passage.decision.ask, tuple((c.id, c.text) for c in machine.offered(step.at)))
    else:
        offer = passage.id if passage.ending or passage.todo else ""
    return lines, offer, step.stuck


NO: Final = 1
YES: Final = 2
BOTH: Final = NO | YES


def _listening(answers: dict[int, int], key: int, test: Test) -> Test:
    """The same test, noting what it answers."""

    def listened(facts: int, meters: tuple[int, ...]) -> bool:
        holds = test(facts, meters)
        answers[key] = answers.get(key, 0) | (YES if holds else NO)
        return holds

    return listened


def _conditional(text: Text) -> bool:
    return any(isinstance(part, When) for part in text)


def lines_of(text: Text) -> Iterator[Line]:
    """Every line that some state tells."""
    for part in text:
        if isinstance(part, When):
            yield from lines_of(part.then)
            yield from lines_of(part.otherwise)
        else:
            yield part


def conditions_of(text: Text) -> Iterator[Condition]:
    """Every condition on these lines."""
    for part in text:
        if isinstance(part, When):
            yield part.condition
            yield from conditions_of(part.then)
            yield from conditions_of(part.otherwise)


def conditions_in(passage: Passage) -> Iterator[Condition]:
    """Every condition written in a passage, in the order of the file as far as the fields go."""
    yield from conditions_of(passage.text)
    yield from (effect.condition for effect in passage.effects if effect.condition)
    yield from (way.condition for way in passage.goto if way.condition)
    for choice in passage.decision.choices if passage.decision else ():
        yield from _conditions_of_choice(choice)


def _conditions_of_choice(choice: Choice) -> Iterator[Condition]:
    if choice.condition:
        yield choice.condition
    yield from (effect.condition for effect in choice.effects if effect.condition)
    yield from (way.condition for way in choice.goto if way.condition)


def in_layers(reach: Reach) -> Iterable[list[int]]:
    """The states, each after all that lead to it; states that lead round to each other come together, as one knot."""
    waiting = _counted(reach)
    ready = [] if waiting[0] else [0]
    done = 0
    while ready:
        number = ready.pop()
        done += 1
        yield [number]
        for edge in reach.edges(number):
            after = reach.to[edge]
            waiting[after] -= 1
            if not waiting[after]:
                ready.append(after)
    if done < len(reach.states):
        yield from _knots(reach, waiting)


def _counted(reach: Reach) -> array[int]:
    """How many edges lead to each state."""
    count = array("l", bytes(array("l").itemsize * len(reach.states)))
    for after in reach.to:
        count[after] += 1
    return count


def _knots(reach: Reach, waiting: array[int]) -> Iterator[list[int]]:
    """What the plain sweep could not order, by Tarjan's algorithm without recursion; its order reversed is ours."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    on_stack: set[int] = set()
    stack: list[int] = []
    knots: list[list[int]] = []
    for root in range(len(reach.states)):
        if not waiting[root] or root in index:
            continue
        work = [(root, iter(reach.edges(root)))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            number, edges = work[-1]
            for edge in edges:
                after = reach.to[edge]
                if after not in index:
                    index[after] = low[after] = len(index)
                    stack.append(after)
                    on_stack.add(after)
                    work.append((after, iter(reach.edges(after))))
                    break
                if after in on_stack:
                    low[number] = min(low[number], index[after])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[number])
                if low[number] == index[number]:
                    knot = []
                    while True:
                        member = stack.pop()
                        on_stack.discard(member)
                        knot.append(member)
                        if member == number:
                            break
                    knots.append(knot)
    yield from reversed(knots)
