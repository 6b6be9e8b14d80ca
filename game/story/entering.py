"""Owns the ways a passage can be entered: each state a player can be in there, by a shortest road. Never plays.

An author who opens a story in the middle stands where a player could really be, never with facts and meters unset.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from game.story.machine import State, Step
from game.story.reach import START, Reach, Where


@dataclass(frozen=True, slots=True)
class Arrival:
    """One state in which a passage is entered, and a shortest list of choices that leads there."""

    choices: tuple[str, ...]
    state: State


def arrivals(reach: Reach, passage: str, most: int = 100) -> tuple[Arrival, ...]:
    """Up to `most` different states in which `passage` is entered, the nearest first."""
    found: dict[State, Where] = {}
    for where, step in _steps(reach):
        for visit in step.visits:
            if visit.passage == passage:
                found.setdefault(visit, where)
        if len(found) >= most:
            break
    return tuple(Arrival(reach.path_by(where), state) for state, where in list(found.items())[:most])


def _steps(reach: Reach) -> Iterator[tuple[Where, Step]]:
    """Every step there is, in the order in which states were met."""
    yield START, reach.machine.begin()
    for number, state in enumerate(reach.states):
        if number not in reach.stuck:
            for choice, step in reach.machine.steps(state):
                yield (number, choice), step
