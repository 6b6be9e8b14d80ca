"""Every route through the scenarios that are shipped: what the tests of the stories walk on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import game
from game.authoring import Library, load_course
from game.story import Choice, Decision, Line, Scenario, Story, Text, Visit, When

FOLDER = Path(game.__file__).parents[1] / "scenarios"
METERS = ("trust", "patience", "quality")


@dataclass(frozen=True, slots=True)
class Route:
    """One way from the start to an ending, and the chance that a player who picks at random takes it."""

    story: Story
    chance: Fraction

    @property
    def ending(self) -> str:
        return self.story.passage.id

    @property
    def visits(self) -> tuple[Visit, ...]:
        return tuple(visit for step in self.story.steps for visit in step.visits)

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for visit in self.visits for line in visit.lines)

    def __str__(self) -> str:
        return " > ".join((*self.story.path, self.ending))


@dataclass(frozen=True, slots=True)
class Asked:
    """One decision of a scenario, with the passage where it is met."""

    scenario: Scenario
    passage: str
    decision: Decision

    def __str__(self) -> str:
        return f"{self.scenario.id}: {self.passage}"

    @property
    def leaders(self) -> Choice:
        """The choice with the most of the leader role; among equals, the one with least of the manager role."""
        return max(self.decision.choices, key=lambda choice: (choice.scores.leader, -choice.scores.manager))


@cache
def library() -> Library:
    """The course as it is shipped."""
    return load_course(FOLDER)


@cache
def scenarios() -> tuple[Scenario, ...]:
    """Every scenario of the course, in its order."""
    return tuple(entry.scenario for entry in library().entries if entry.scenario)


def scenario(id: str) -> Scenario:
    """The scenario of this id."""
    return next(one for one in scenarios() if one.id == id)


@cache
def routes(scenario: Scenario) -> tuple[Route, ...]:
    """Every route, in the order of the choices."""
    return tuple(_routes(Story.begin(scenario), Fraction(1)))


def _routes(story: Story, chance: Fraction) -> Iterator[Route]:
    if story.over:
        yield Route(story, chance)
    for choice in story.choices:
        yield from _routes(story.choose(choice.id), chance / len(story.choices))


@cache
def decisions() -> tuple[Asked, ...]:
    """Every decision of the course, in the order of the files."""
    return tuple(
        Asked(one, passage.id, passage.decision)
        for one in scenarios()
        for passage in one.passages.values()
        if passage.decision
    )


def choices() -> Iterator[tuple[str, Choice]]:
    """Every choice of the course, with words that say where it is."""
    for asked in decisions():
        for choice in asked.decision.choices:
            yield f"{asked} > {choice.id}", choice


def moves(choice: Choice) -> tuple[int, int, int]:
    """What a choice does at once to trust, patience and quality of life."""
    changes = [change for effect in choice.effects for change in effect.change]
    trust, patience, quality = (sum(by for meter, by in changes if meter == name) for name in METERS)
    return trust, patience, quality


def written(text: Text) -> Iterator[Line]:
    """Every line of a passage as it is written, the conditional ones included."""
    for part in text:
        if isinstance(part, When):
            yield from written(part.then)
            yield from written(part.otherwise)
        else:
            yield part


def conditions(text: Text) -> Iterator[When]:
    """Every condition on a passage's lines."""
    for part in text:
        if isinstance(part, When):
            yield part
            yield from conditions(part.then)
            yield from conditions(part.otherwise)


def list_of(missing: Iterable[object]) -> str:
    """What misses a figure, one to a line, the first twenty of them: a failing test's message."""
    told = [str(one) for one in missing]
    return "".join(f"\n  {one}" for one in told[:20]) + (f"\n  and {len(told) - 20} more" if len(told) > 20 else "")
