"""Owns the graph of every state a player can be in, and what was seen on the way. Draws no conclusions from it.

States are explored breadth first with choices in the file's order, so the first list of choices that leads to a
state is a shortest one, and of those the first in the file. Numbers stand for states; edges lie in flat arrays,
so that a million states fit into a few hundred megabytes.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from game.story.conditions import Condition, Test
from game.story.machine import Machine, Meters, State, Step
from game.story.scenario import Choice, Line, Passage, Scenario, Text, When

BOUND: Final = 2_000_000
"""States looked at before giving up, where nothing else is said."""

REPORT_EVERY: Final = 4096
"""States between two calls of a watcher."""

Where = tuple[int, str]
"""How a thing was come by: the number of a state, and the choice taken there; no choice where the state shows it."""

START: Final[Where] = (0, "")

Range = tuple[int | None, int | None]
"""The least and the most. None for a most that has no end, and where it is not known."""


class Span:
    """The least and the most that each meter was."""

    __slots__ = ("least", "most")

    def __init__(self, meters: Meters) -> None:
        self.least = self.most = meters

    def hold(self, meters: Meters) -> None:
        """Make it wide enough for these."""
        self.least = tuple(map(min, self.least, meters))
        self.most = tuple(map(max, self.most, meters))

    def of(self, scenario: Scenario) -> dict[str, Range]:
        return dict(zip(scenario.meters, zip(self.least, self.most, strict=True), strict=True))


@dataclass(slots=True)
class Reach:
    """Every state met, how each was come by, and where each choice leads. The walk began at state 0.

    `stuck` holds the numbers of states with no way on. Edges of state n are `to[first[n]:first[n + 1]]`, and
    `taken` gives each edge's choice by its place in the decision. `passages`, `offered` and `lines` say where each
    was first met; `differs` has, for a decision, a state in which two choices show something else at once.
    `whole` is False where the bound was hit or the walk was interrupted: then the last states have no edges.
    """

    scenario: Scenario
    machine: Machine
    answers: dict[int, int] = field(default_factory=dict)
    states: list[State] = field(default_factory=list)
    came_from: array[int] = field(default_factory=lambda: array("i"))
    came_by: array[int] = field(default_factory=lambda: array("i"))
    first: array[int] = field(default_factory=lambda: array("i", [0]))
    to: array[int] = field(default_factory=lambda: array("i"))
    taken: array[int] = field(default_factory=lambda: array("i"))
    stuck: dict[int, None] = field(default_factory=dict)
    passages: dict[str, Where] = field(default_factory=dict)
    offered: dict[tuple[str, str], int] = field(default_factory=dict)
    lines: dict[int, Where] = field(default_factory=dict)
    meters: Span | None = None
    differs: dict[str, int] = field(default_factory=dict)
    whole: bool = False
    interrupted: bool = False

    def path(self, number: int) -> tuple[str, ...]:
        """A shortest list of choices to the state of that number; of those as short, the first in the file."""
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
        return (*self.path(number), choice) if choice else self.path(number)

    def edges(self, number: int) -> range:
        """The places of a state's edges in `to` and `taken`."""
        return range(self.first[number], self.first[number + 1])

    def after(self, number: int) -> array[int]:
        """The states that a state's choices lead to, in the order of the choices."""
        return self.to[self.first[number] : self.first[number + 1]]


def explore(
    scenario: Scenario, bound: int = BOUND, watch: Callable[[int], None] | None = None, until: str = ""
) -> Reach:
    """Meet every state, up to about `bound` of them; no more once the passage `until` is entered.

    `watch` is told now and then how many were met. An interrupt (Ctrl-C) ends the walk, and what was met is kept.
    """
    answers: dict[int, int] = {}
    machine = Machine(scenario, lambda condition, test: _listening(answers, id(condition), test))
    walk = _Walk(Reach(scenario, machine, answers))
    try:
        walk.run(machine.begin(), bound, watch, until)
    except KeyboardInterrupt:
        walk.reach.interrupted = True
    return walk.reach


def explore_from(machine: Machine, step: Step, bound: int) -> Reach:
    """Meet every state that can come after this step. Notes only the states and where their choices lead."""
    walk = _Walk(Reach(machine.scenario, machine), noting=False)
    walk.run(step, bound)
    return walk.reach


class _Walk:
    """The walk over the states. Holds what is only needed while it goes on."""

    def __init__(self, reach: Reach, *, noting: bool = True) -> None:
        self.reach = reach
        self.noting = noting
        self.numbers: dict[object, int] = {}
        self.telling: dict[str, _Telling] = {}
        self.places: dict[str, dict[str, int]] = {}
        for id, passage in reach.scenario.passages.items():
            if any(isinstance(part, When) for part in passage.text):
                self.telling[id] = _Telling(passage)
            if passage.decision:
                self.places[id] = {choice.id: place for place, choice in enumerate(passage.decision.choices)}

    def run(self, start: Step, bound: int, watch: Callable[[int], None] | None = None, until: str = "") -> None:
        reach = self.reach
        self._entered(start, START)
        number = 0
        while number < len(reach.states):
            if len(reach.states) > bound or until in reach.passages:
                return
            if watch is not None and number % REPORT_EVERY == 0:
                watch(len(reach.states))
            self._leave(number)
            number += 1
        reach.whole = True

    def _leave(self, number: int) -> None:
        """Take every choice on offer in a state."""
        reach = self.reach
        passage = reach.states[number].passage
        places = self.places.get(passage)
        if places and number not in reach.stuck:
            steps = []
            for choice, step in reach.machine.steps(reach.states[number]):
                reach.to.append(self._entered(step, (number, choice)))
                reach.taken.append(places[choice])
                steps.append((choice, step))
            if self.noting:
                self._note_offer(passage, steps, number)
        reach.first.append(len(reach.to))

    def _note_offer(self, passage: str, steps: Sequence[tuple[str, Step]], number: int) -> None:
        """Note what a decision offered, and whether its choices show something else at once."""
        reach = self.reach
        for choice, _ in steps:
            if (passage, choice) not in reach.offered:
                reach.offered[passage, choice] = number
        if passage not in reach.differs and len(steps) > 1 and self._differ([step for _, step in steps]):
            reach.differs[passage] = number

    def _entered(self, step: Step, where: Where) -> int:
        """Note what a step came by, and give the number of the state it ends in."""
        key: object = step.at
        if step.stuck and step.at.passage not in self.places:
            key = step.at.passage  # a dead end of gotos: one for each passage where it closes
        number = self.numbers.get(key)
        if self.noting and (number is None or len(step.visits) > 1 or step.stuck):
            self._note(step, where)
        if number is None:
            number = self.numbers[key] = len(self.reach.states)
            self._add(step, where)
        return number

    def _add(self, step: Step, where: Where) -> None:
        reach, (number, choice) = self.reach, where
        reach.came_from.append(number)
        reach.came_by.append(self.places[reach.states[number].passage][choice] if choice else 0)
        reach.states.append(step.at)
        if step.stuck:
            reach.stuck[len(reach.states) - 1] = None

    def _note(self, step: Step, where: Where) -> None:
        """Note the passages that a step entered, how the meters stood, and the lines that were told."""
        reach = self.reach
        if reach.meters is None:
            reach.meters = Span(step.visits[0].meters)
        for visit in step.visits:
            reach.meters.hold(visit.meters)
            if visit.passage not in reach.passages:
                reach.passages[visit.passage] = where
            if visit.passage in self.telling:
                self._tell(visit, where)

    def _tell(self, visit: State, where: Where) -> None:
        """Note the lines that are told, until all of the passage's have been and its conditions have varied."""
        reach, telling = self.reach, self.telling[visit.passage]
        for line in reach.machine.lines(visit):
            if id(line) not in reach.lines:
                reach.lines[id(line)] = where
                telling.lines.discard(id(line))
        if not telling.lines and all(reach.answers.get(condition) == BOTH for condition in telling.conditions):
            del self.telling[visit.passage]

    def _differ(self, steps: Sequence[Step]) -> bool:
        """Whether what is told, offered or ended next is not the same for all of these steps."""
        first, *others = steps
        shown = told(self.reach.machine, first)
        return any(told(self.reach.machine, other) != shown for other in others)


class _Telling:
    """Of a passage with conditional lines: the lines not told yet, and the conditions on them."""

    __slots__ = ("conditions", "lines")

    def __init__(self, passage: Passage) -> None:
        self.lines = {id(line) for line in lines_of(passage.text)}
        self.conditions = [id(condition) for condition in conditions_of(passage.text)]


def told(machine: Machine, step: Step) -> tuple[object, ...]:
    """What a player sees of a step: the lines, then what is asked and offered, or how it ends, or that it is stuck.

    No names of choices, no pictures, no scores.
    """
    lines = tuple((line.speaker, line.expression, line.text) for visit in step.visits for line in machine.lines(visit))
    passage = machine.scenario.passages[step.at.passage]
    if passage.decision:
        return lines, passage.decision.ask, tuple(choice.text for choice in machine.offered(step.at))
    return lines, step.stuck or passage.id


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
