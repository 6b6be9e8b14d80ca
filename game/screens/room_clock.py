"""Owns the time a room is given: how much of it is left, and when a bell is due. A value; it never closes anything,
never moves on by itself, and never draws.

The boxes of 1-2-4-All and of pairs, the colour at 30 s and the words at 10 s are those of the design note `room.md`,
1c and 4a.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil
from typing import Final, Literal

SOON: Final = 30
"""Seconds left from which the ring is amber, and a bell is heard once."""

LAST: Final = 10
"""Seconds left from which people are asked to finish their sentence."""

MORE: Final = 30
"""Seconds that one press adds or takes."""

Rhythm = Literal["free", "pairs", "one-two-four"]


@dataclass(frozen=True, slots=True)
class Box:
    """One piece of time: how people sit in it (a key of `room.box-…`), and how long it is, in seconds."""

    who: str
    seconds: int


RHYTHMS: Final[Mapping[Rhythm, tuple[Box, ...]]] = {
    "free": (Box("groups", 120),),
    "pairs": (Box("alone", 60), Box("pairs", 120)),
    "one-two-four": (Box("alone", 60), Box("pairs", 120), Box("fours", 240), Box("all", 300)),
}
"""How a discussion can be cut up. `free` is two minutes in groups; every press of T makes it what one likes."""


@dataclass(frozen=True, slots=True)
class Left:
    """What is left at a moment: the box one is in, its seconds left (rounded up) and its length, and whether that was
    all."""

    who: str
    seconds: int
    of: int
    over: bool = False

    @property
    def words(self) -> str:
        """Minutes and seconds, as a clock has them."""
        return f"{self.seconds // 60}:{self.seconds % 60:02}"


@dataclass(frozen=True, slots=True)
class Clock:
    """Time that runs since `began`, box after box. `quiet` rings at its end only: nobody is startled in a silence."""

    began: datetime
    boxes: tuple[Box, ...]
    quiet: bool = False

    def elapsed(self, now: datetime) -> float:
        """Seconds since it began; never below 0, should the computer's clock be put back."""
        return max(0.0, (now - self.began).total_seconds())

    def left(self, now: datetime) -> Left:
        """What is left."""
        gone = self.elapsed(now)
        for box in self.boxes:
            if gone < box.seconds:
                return Left(box.who, ceil(box.seconds - gone), box.seconds)
            gone -= box.seconds
        return Left(self.boxes[-1].who, 0, self.boxes[-1].seconds, over=True)

    def longer(self, now: datetime, by: int) -> Clock:
        """The clock with so many seconds more (or fewer) in the box one is in; after its end, in the last one."""
        gone, last = int(self.elapsed(now)), len(self.boxes) - 1
        for place, box in enumerate(self.boxes):
            if gone < box.seconds or place == last:
                seconds = max(gone, max(gone, box.seconds) + by)
                return replace(self, boxes=(*self.boxes[:place], Box(box.who, seconds), *self.boxes[place + 1 :]))
            gone -= box.seconds
        return self

    def bells(self, now: datetime) -> int:
        """How many bells were due until now: each box's end, and (where not `quiet`) 30 s before it."""
        gone, end, due = self.elapsed(now), 0, 0
        for box in self.boxes:
            end += box.seconds
            due += gone >= end
            due += not self.quiet and box.seconds > SOON and gone >= end - SOON
        return due

    def ticks(self, now: datetime) -> float | None:
        """Seconds until it looks different; None when it is over."""
        if self.left(now).over:
            return None
        gone = self.elapsed(now)
        return max(0.02, int(gone) + 1 - gone + 0.005)
