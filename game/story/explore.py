"""Owns questions about every state a player can be in. Never plays for anyone, and says when it gave up.

Explores states (passage, facts, meters, `once` choices taken), not routes: routes multiply, states do not.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Final

from game.story.machine import State, Step
from game.story.scenario import Scenario
from game.story.story import Story

BOUND: Final = 20_000
"""States looked at before giving up, where a person waits for the answer."""

Mix = Mapping[str, float]
"""The chance of each ending's passage for a player who picks at random from here."""


def route_to(scenario: Scenario, passage: str, bound: int = 10 * BOUND) -> tuple[str, ...] | None:
    """A shortest list of choices that really leads to `passage`; None if none was found within `bound` states."""
    story = Story.begin(scenario)
    if any(state.passage == passage for state in story.states):
        return ()
    seen = {story.state}
    waiting: deque[tuple[State, tuple[str, ...]]] = deque([(story.state, ())])
    while waiting and len(seen) <= bound:
        state, path = waiting.popleft()
        for choice, step in story.machine.steps(state):
            if any(visit.passage == passage for visit in step.visits):
                return (*path, choice)
            last = step.visits[-1]
            if last not in seen and not step.stuck:
                seen.add(last)
                waiting.append((last, (*path, choice)))
    return None


def ending_mix(story: Story, bound: int = BOUND) -> Mix | None:
    """How random play would end from `story` on. None where a loop or more than `bound` states lie ahead.

    A run that gets stuck keeps its share, so the chances may add up to less than 1.
    """
    if story.stuck:
        return {}
    mixes: dict[State, dict[str, float]] = {}
    open_: set[State] = set()
    stack: list[tuple[State, list[Step] | None]] = [(story.state, None)]
    while stack:
        state, steps = stack.pop()
        if steps is not None:
            mixes[state] = _average([{} if step.stuck else mixes[step.visits[-1]] for step in steps])
            open_.discard(state)
            continue
        if state in mixes:
            continue
        if state in open_ or len(mixes) + len(open_) > bound:
            return None
        if story.scenario.passages[state.passage].decision is None:
            mixes[state] = {state.passage: 1.0}
            continue
        open_.add(state)
        steps = [step for _, step in story.machine.steps(state)]
        stack.append((state, steps))
        stack += [(step.visits[-1], None) for step in steps if not step.stuck]
    return mixes[story.state]


def _average(mixes: list[dict[str, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for mix in mixes:
        for ending, chance in mix.items():
            total[ending] = total.get(ending, 0.0) + chance / len(mixes)
    return total
