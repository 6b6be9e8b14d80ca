"""Owns a run in progress as a value: begin, choose, undo, replay. Never changes, scores, saves or draws.

The record of a run is the list of choices taken (`Story.path`). All else is worked out from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from game.story.machine import Machine, State
from game.story.scenario import Choice, Ending, Line, Passage, Scenario


class ChoiceNotOffered(Exception):
    """Raised when a choice is not on offer. `offered` lists the ids that are."""

    def __init__(self, choice: str, offered: tuple[str, ...]) -> None:
        self.choice = choice
        self.offered = offered
        super().__init__(f"'{choice}' is not offered here. On offer: {', '.join(offered) or 'nothing'}.")


@dataclass(frozen=True, slots=True)
class Visit:
    """One passage, entered: its place in the story and the lines it tells this time."""

    passage: Passage
    lines: tuple[Line, ...]
    state: State

    def where(self, place: str = "", when: str = "") -> tuple[tuple[str, str], ...]:
        """The place's id and the time at its beginning, then at each of its lines; what it does not say stays as it
        was before it."""
        now = (self.passage.place or place, self.passage.when or when)
        found = [now]
        for line in self.lines:
            now = (line.place or now[0], line.when or now[1])
            found.append(now)
        return tuple(found)


@dataclass(frozen=True, slots=True, eq=False)
class Story:
    """A run in progress. Every step is a new `Story`; the old one stays as it was.

    A story stands at a decision, at an ending, at a `todo`, or nowhere to go (`stuck`, the author's mistake).
    Two stories are equal when the same choices were taken in the same scenario.
    """

    machine: Machine
    states: tuple[State, ...]
    stuck: bool
    before: Story | None = None
    taken: str = ""

    @classmethod
    def begin(cls, scenario: Scenario) -> Story:
        """The story at its first decision (or ending), with the passages that lead there."""
        machine = _machine(scenario)
        step = machine.begin()
        return cls(machine, step.visits, step.stuck)

    @classmethod
    def replay(cls, scenario: Scenario, path: Iterable[str]) -> Story:
        """The story after these choices. Raises `ChoiceNotOffered` at the first that is not on offer."""
        story = cls.begin(scenario)
        for choice in path:
            story = story.choose(choice)
        return story

    @classmethod
    def replay_as_far(cls, scenario: Scenario, path: Iterable[str]) -> tuple[Story, tuple[str, ...]]:
        """The story after as many of these choices as still fit, and the choices that are left over."""
        story, left = cls.begin(scenario), list(path)
        while left:
            try:
                story = story.choose(left[0])
            except ChoiceNotOffered:
                break
            del left[0]
        return story, tuple(left)

    def choose(self, choice_id: str) -> Story:
        """The story after this choice. Raises `ChoiceNotOffered`, which lists what was on offer."""
        step = self.machine.take(self.states[-1], choice_id)
        if step is None:
            raise ChoiceNotOffered(choice_id, tuple(choice.id for choice in self.choices))
        return Story(self.machine, step.visits, step.stuck, self, choice_id)

    def undo(self) -> Story:
        """The story before the last choice; itself at the start."""
        return self if self.before is None else self.before

    @property
    def scenario(self) -> Scenario:
        return self.machine.scenario

    @property
    def state(self) -> State:
        return self.states[-1]

    @property
    def passage(self) -> Passage:
        """The passage where it stands."""
        return self.scenario.passages[self.state.passage]

    @property
    def visits(self) -> tuple[Visit, ...]:
        """The passages entered since the last choice, in order."""
        passages = self.scenario.passages
        return tuple(Visit(passages[state.passage], self.machine.lines(state), state) for state in self.states)

    @property
    def where(self) -> tuple[str, str]:
        """The place's id and the time where the run stands: those told last, in this step or an earlier one."""
        place, when = self.before.where if self.before else ("", "")
        for visit in self.visits:
            place, when = visit.where(place, when)[-1]
        return place, when

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What is on offer, in the file's order; none at an ending."""
        return self.machine.offered(self.state)

    @property
    def ending(self) -> Ending | None:
        """The ending it stands at, if it does."""
        return self.passage.ending

    @property
    def over(self) -> bool:
        """Whether the run has ended: at an ending, or at a passage still to be written."""
        return bool(self.passage.ending or self.passage.todo)

    @property
    def steps(self) -> tuple[Story, ...]:
        """Every story from the start to this one."""
        steps: list[Story] = []
        story: Story | None = self
        while story is not None:
            steps.append(story)
            story = story.before
        return tuple(reversed(steps))

    @property
    def path(self) -> tuple[str, ...]:
        """The choices taken, in order: the record of the run."""
        return tuple(story.taken for story in self.steps[1:])

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that are true now."""
        return self.machine.facts(self.state)

    @property
    def meters(self) -> Mapping[str, int]:
        """Each meter's value now."""
        return dict(zip(self.scenario.meters, self.state.meters, strict=True))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Story):
            return NotImplemented
        return self.scenario is other.scenario and self.path == other.path

    def __hash__(self) -> int:
        return hash((id(self.scenario), self.path))

    def __repr__(self) -> str:
        return f"Story({self.scenario.id!r}, path={self.path!r}, at={self.state.passage!r})"


@lru_cache(maxsize=8)
def _machine(scenario: Scenario) -> Machine:
    """Each edition of a scenario is compiled once (a scenario is its own key)."""
    return Machine(scenario)
