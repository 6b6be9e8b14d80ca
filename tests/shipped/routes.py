"""The shipped scenarios as their tests look at them: every route, every decision, and the craft report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import game
from game.authoring import Library, load_course
from game.authoring.craft import CraftReport, craft, craft_of_course
from game.authoring.craft_figures import Asked, Figure, Subject
from game.story import Choice, Line, Scenario, Story, Visit

FOLDER = Path(game.__file__).parents[1] / "scenarios"


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
def report(id: str = "") -> CraftReport:
    """The craft report of this scenario, or of the course."""
    return craft(scenario(id), library().course) if id else craft_of_course(library().course, scenarios())


def figure(id: str, scenario: str = "") -> Figure:
    """A figure of the course's craft report, or of a scenario's."""
    return report(scenario).figure(id)


def places(figure: Figure) -> str:
    """Where a figure is missed: a failing test's message."""
    return list_of(figure.spots)


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
    return Subject(scenarios(), library().course, whole=True).asked


def choices() -> Iterator[tuple[str, Choice]]:
    """Every choice of the course, with words that say where it is."""
    for asked in decisions():
        for choice in asked.choices:
            yield f"{asked.scenario.id}: {asked.passage} > {choice.id}", choice


def list_of(missing: Iterable[object]) -> str:
    """What misses a figure, one to a line, the first twenty of them: a failing test's message."""
    told = [str(one) for one in missing]
    return "".join(f"\n  {one}" for one in told[:20]) + (f"\n  and {len(told) - 20} more" if len(told) > 20 else "")
