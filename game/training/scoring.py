"""Owns the profile of a run: the share of each role that was taken of what was on offer. Never nets roles off.

Rules (the author's guide, "What is scored"): the roles are counted apart and never summed to one number;
nothing here opens a choice or picks an ending; the profile names the run, not the person.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from game.story import Choice, Roles, Story

CUT: Final = 0.5
"""Half of what was on offer: from here a role is high."""

NEAR: Final = 0.1
"""Within this of a cut, a run is near the middle, and both texts are shown."""

Corner = Literal["straight-road", "off-road", "omni-dexterous", "passing-through"]

_CORNERS: Final[dict[tuple[bool, bool], Corner]] = {
    (True, True): "omni-dexterous",
    (True, False): "straight-road",
    (False, True): "off-road",
    (False, False): "passing-through",
}


@dataclass(frozen=True, slots=True)
class Share:
    """Points of one role taken, of the most that could have been taken at the same decisions."""

    taken: int = 0
    on_offer: int = 0

    @property
    def part(self) -> float:
        """0.0 to 1.0; nothing on offer counts as nothing taken."""
        return self.taken / self.on_offer if self.on_offer else 0.0


@dataclass(frozen=True, slots=True)
class Profile:
    """A run's two shares, and the named corners of the square it is in or near (the one it is in comes first)."""

    manager: Share
    leader: Share
    corners: tuple[Corner, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """Where a run is on the square after a decision: what was taken of each role so far, of what was on offer."""

    number: int
    manager: Share
    leader: Share

    @property
    def place(self) -> tuple[float, float]:
        """The point on the square, each 0 to 1: leader across, manager up."""
        return self.leader.part, self.manager.part


@dataclass(frozen=True, slots=True)
class Taken:
    """One decision of a run: the story as it stood there, the choice taken, and the story after it."""

    number: int
    at: Story
    choice: Choice
    after: Story


def decisions(story: Story) -> tuple[Taken, ...]:
    """Every decision taken on the way to `story`, in order, numbered from 1."""
    steps = story.steps
    return tuple(
        Taken(number, at, next(choice for choice in at.choices if choice.id == after.taken), after)
        for number, (at, after) in enumerate(pairwise(steps), start=1)
    )


def on_offer(choices: tuple[Choice, ...]) -> Roles:
    """The most of each role among these choices (they need not be the same choice)."""
    return Roles(
        max((choice.scores.manager for choice in choices), default=0),
        max((choice.scores.leader for choice in choices), default=0),
    )


def points(story: Story) -> tuple[Point, ...]:
    """The profile so far after each decision of a run, in order: its line on the square.

    The rule (curriculum, 6.2): for each role, the points taken at the decisions so far, of the most that could have
    been taken at those same decisions. So the last point is the profile. A decision met twice counts twice, and so
    does a choice taken twice. As the profile does, a point names the run and not the person (6.1, 6.3): that a run
    moves is no rise and no fall.
    """
    told: list[Point] = []
    manager = leader = Share()
    for taken in decisions(story):
        most = on_offer(taken.at.choices)
        manager = Share(manager.taken + taken.choice.scores.manager, manager.on_offer + most.manager)
        leader = Share(leader.taken + taken.choice.scores.leader, leader.on_offer + most.leader)
        told.append(Point(taken.number, manager, leader))
    return tuple(told)


def profile(story: Story) -> Profile:
    """The profile of a run: where its line on the square ends."""
    last = (Point(0, Share(), Share()), *points(story))[-1]
    return Profile(last.manager, last.leader, _corners(last.manager.part, last.leader.part))


def _corners(manager: float, leader: float) -> tuple[Corner, ...]:
    managers = [manager >= CUT, manager < CUT] if _near(manager) else [manager >= CUT]
    leaders = [leader >= CUT, leader < CUT] if _near(leader) else [leader >= CUT]
    return tuple(_CORNERS[high_manager, high_leader] for high_manager in managers for high_leader in leaders)


def _near(part: float) -> bool:
    return abs(part - CUT) <= NEAR + 1e-9
