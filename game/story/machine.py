"""Owns the rules of play over plain values: states in, states out. Never keeps a run or knows words.

`Machine` compiles a scenario once; `Story` and `explore` both step through it, so a proof and a game
cannot disagree. The rules are those of the author's guide ("The rules, where two readers could differ").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from game.story.conditions import Condition, Test, compile_condition
from game.story.scenario import Choice, Effect, Goto, Line, Passage, Scenario, Text, When

LONGEST_STEP: Final = 100_000
"""Passages one choice may lead through by `goto` alone; past it the step counts as stuck."""

Meters = tuple[int, ...]


class State(NamedTuple):
    """Where a player is: passage, facts (one bit each), meters in order, `once` choices taken (one bit each)."""

    passage: str
    facts: int
    meters: Meters
    used: int


class Step(NamedTuple):
    """Where one choice led: the passages entered, each as it was on arrival, and whether no way on is left.

    `at` is where it ends: the last visit or, where gotos close a circle, the first state that was met again.
    """

    visits: tuple[State, ...]
    stuck: bool
    at: State


class _Effect(NamedTuple):
    test: Test | None
    set: int
    keep: int
    change: tuple[tuple[int, int, int, int], ...]  # meter's place, by, least, most


class _Choice(NamedTuple):
    choice: Choice
    test: Test | None
    once: int
    effects: tuple[_Effect, ...]
    ways: tuple[tuple[Test | None, str], ...]


class _Passage(NamedTuple):
    passage: Passage
    effects: tuple[_Effect, ...]
    ways: tuple[tuple[Test | None, str], ...]
    choices: tuple[_Choice, ...]
    always: bool  # every choice is offered every time


class Machine:
    """A scenario, ready to be stepped through. Holds no run and never changes."""

    __slots__ = ("_compiled", "_fact_places", "_meter_places", "_passages", "_watch", "scenario")

    def __init__(self, scenario: Scenario, watch: Callable[[Condition, Test], Test] | None = None) -> None:
        """`watch` may wrap the test of each condition, to see what it answers."""
        self.scenario = scenario
        self._watch = watch
        self._fact_places = {name: place for place, name in enumerate(scenario.facts)}
        self._meter_places = {name: place for place, name in enumerate(scenario.meters)}
        self._compiled: dict[int, Test] = {}
        once = _bits()
        self._passages = {id: self._passage(passage, once) for id, passage in scenario.passages.items()}

    def begin(self) -> Step:
        """The first step: the start passage, entered as any other."""
        start = tuple(meter.start for meter in self.scenario.meters.values())
        return self._arrive(self.scenario.start, 0, start, 0)

    def offered(self, state: State) -> tuple[Choice, ...]:
        """The choices on offer in `state`, in the file's order; none where there is no decision."""
        return tuple(choice.choice for choice in self._offered(state))

    def take(self, state: State, choice_id: str) -> Step | None:
        """The step that the choice leads to, or None where it is not on offer."""
        for choice in self._offered(state):
            if choice.choice.id == choice_id:
                return self._take(state, choice)
        return None

    def steps(self, state: State) -> Iterator[tuple[str, Step]]:
        """Each choice on offer with the step it leads to."""
        for choice in self._offered(state):
            yield choice.choice.id, self._take(state, choice)

    def lines(self, state: State) -> tuple[Line, ...]:
        """What the passage tells in this state: its lines, with the conditional ones settled."""
        return tuple(self._settle(self._passages[state.passage].passage.text, state))

    def facts(self, state: State) -> tuple[str, ...]:
        """The names of the facts that are true, in the file's order."""
        return tuple(name for name, place in self._fact_places.items() if state.facts >> place & 1)

    def holds(self, condition: Condition, state: State) -> bool:
        """Whether a condition of this scenario holds in `state`."""
        return self._test(condition)(state.facts, state.meters)

    def applied(self, effects: tuple[Effect, ...], state: State) -> tuple[tuple[Effect, ...], State]:
        """Which of these effects take place in `state`, and the state after them. For telling what changed."""
        done = []
        for effect in effects:
            compiled = self._effect(effect)
            if compiled.test is None or compiled.test(state.facts, state.meters):
                done.append(effect)
                facts, meters = _apply((compiled,), state.facts, state.meters)
                state = state._replace(facts=facts, meters=meters)
        return tuple(done), state

    def _offered(self, state: State) -> tuple[_Choice, ...]:
        passage = self._passages[state.passage]
        if passage.always:
            return passage.choices
        _, facts, meters, used = state
        return tuple(
            choice
            for choice in passage.choices
            if not used & choice.once and (choice.test is None or choice.test(facts, meters))
        )

    def _take(self, state: State, choice: _Choice) -> Step:
        facts, meters = _apply(choice.effects, state.facts, state.meters)
        return self._arrive(_first(choice.ways, facts, meters), facts, meters, state.used | choice.once)

    def _arrive(self, id: str, facts: int, meters: Meters, used: int) -> Step:
        """Enter a passage, and go on by `goto` until a decision, an ending, or the same state again."""
        visits: list[State] = []
        seen: set[State] = set()
        while True:
            passage = self._passages[id]
            if passage.effects:
                facts, meters = _apply(passage.effects, facts, meters)
            state = State(id, facts, meters, used)
            if not passage.ways:
                visits.append(state)
                stuck = not passage.always and bool(passage.choices) and not self._offered(state)
                return Step(tuple(visits), stuck, state)
            if state in seen or len(visits) == LONGEST_STEP:
                return Step(tuple(visits), True, state)
            visits.append(state)
            seen.add(state)
            id = _first(passage.ways, facts, meters)

    def _settle(self, text: Text, state: State) -> Iterator[Line]:
        for part in text:
            if isinstance(part, When):
                holds = self.holds(part.condition, state)
                yield from self._settle(part.then if holds else part.otherwise, state)
            else:
                yield part

    def _passage(self, passage: Passage, once: Iterator[int]) -> _Passage:
        choices = passage.decision.choices if passage.decision else ()
        return _Passage(
            passage,
            tuple(map(self._effect, passage.effects)),
            self._ways(passage.goto),
            tuple(self._choice(choice, once) for choice in choices),
            not any(choice.once or choice.condition for choice in choices),
        )

    def _choice(self, choice: Choice, once: Iterator[int]) -> _Choice:
        return _Choice(
            choice,
            None if choice.condition is None else self._test(choice.condition),
            next(once) if choice.once else 0,
            tuple(map(self._effect, choice.effects)),
            self._ways(choice.goto),
        )

    def _ways(self, goto: Goto) -> tuple[tuple[Test | None, str], ...]:
        return tuple((None if way.condition is None else self._test(way.condition), way.to) for way in goto)

    def _effect(self, effect: Effect) -> _Effect:
        meters = self.scenario.meters
        return _Effect(
            None if effect.condition is None else self._test(effect.condition),
            sum(1 << self._fact_places[name] for name in set(effect.set)),
            ~sum(1 << self._fact_places[name] for name in set(effect.clear)),
            tuple((self._meter_places[name], by, meters[name].least, meters[name].most) for name, by in effect.change),
        )

    def _test(self, condition: Condition) -> Test:
        test = self._compiled.get(id(condition))
        if test is None:
            test = compile_condition(condition, self._fact_places, self._meter_places)
            if self._watch is not None:
                test = self._watch(condition, test)
            self._compiled[id(condition)] = test
        return test


def _bits() -> Iterator[int]:
    bit = 1
    while True:
        yield bit
        bit <<= 1


def _first(ways: tuple[tuple[Callable[[int, Meters], bool] | None, str], ...], facts: int, meters: Meters) -> str:
    """Where the first way leads whose condition holds; the last has none, as loading has made sure."""
    for test, to in ways:
        if test is None or test(facts, meters):
            return to
    raise ValueError("the last way of a goto must have no condition")


def _apply(effects: tuple[_Effect, ...], facts: int, meters: Meters) -> tuple[int, Meters]:
    """Facts and meters after the effects, in order; each meter kept within its bounds at once."""
    for test, set_, keep, change in effects:
        if test is None or test(facts, meters):
            facts = (facts | set_) & keep
            if change:
                values = list(meters)
                for place, by, least, most in change:
                    values[place] = min(most, max(least, values[place] + by))
                meters = tuple(values)
    return facts, meters
