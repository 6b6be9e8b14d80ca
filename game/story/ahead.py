"""Owns questions about the states ahead that are asked while a person waits. Never plays for anyone.

They are answered by the walk and the sweep that the proof is made of; see `reach` and `sweep`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from game.story.machine import Step
from game.story.reach import explore, explore_from
from game.story.scenario import Scenario
from game.story.story import Story
from game.story.sweep import Sweep

BOUND: Final = 20_000
"""States looked at before giving up, where a person waits for the answer."""

Mix = Mapping[str, float]
"""The chance of each ending's passage for a player who picks at random from here."""


def route_to(scenario: Scenario, passage: str, bound: int = 10 * BOUND) -> tuple[str, ...] | None:
    """A shortest list of choices that really leads to `passage`; None if none was found within `bound` states."""
    reach = explore(scenario, bound, until=passage)
    if reach.interrupted:
        raise KeyboardInterrupt
    where = reach.passages.get(passage)
    return None if where is None else reach.path_by(where)


def ending_mix(story: Story, bound: int = BOUND) -> Mix | None:
    """How random play would end from `story` on; passages still to be written are endings here.

    A run that gets stuck, or goes round for ever, keeps its share, so the chances may add up to less than 1.
    None where more than `bound` states lie ahead, or so many in one knot of loops that it would take too long.
    """
    reach = explore_from(story.machine, Step((story.state,), story.stuck, story.state), bound)
    if not reach.whole:
        return None
    mix = {ending: runs.chance for ending, runs in Sweep(reach).endings.items()}
    return None if any(map(math.isnan, mix.values())) else mix
