"""Owns the time of a session's page: the clock that runs at the front, the count down to the cards, the bells that were
rung. A value; it never closes anything, never moves on by itself, and never draws.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from game.screens.room_clock import RHYTHMS, Box, Clock, Left, Rhythm
from game.training import CALLS, Room, Step

DOWN: Final = 3
"""Seconds counted down before the cards are shown."""


@dataclass(frozen=True, slots=True)
class Times:
    """The time of the page `at`, or none; `rung` bells of it are done. `rhythm` is how the next discussion is cut up,
    and `cards` counts down to the cards."""

    clock: Clock | None = None
    at: int = -1
    rung: int = 0
    rhythm: Rhythm = "free"
    cards: Clock | None = None

    def begun(self, room: Room, now: datetime) -> Times:
        """The time of the page that is at the front now, from its beginning."""
        seconds, step = room.shown.seconds, room.step
        boxes = RHYTHMS[self.rhythm] if step is Step.DISCUSS else (Box("groups", seconds),)
        if step is Step.SILENT:
            boxes = (Box("alone", seconds),)
        clock = Clock(now, boxes, step is Step.SILENT) if seconds else None
        cards = Clock(now, (Box("all", DOWN),), quiet=True) if step in CALLS else None
        return replace(self, clock=clock, at=room.at, rung=0, cards=cards)

    def of(self, room: Room) -> Clock | None:
        """The clock of the page that is shown; None where it has none, or another page's runs."""
        return self.clock if self.at == room.at else None

    def left(self, now: datetime) -> Left | None:
        """What is left of the time that runs, whichever page is shown."""
        return self.clock.left(now) if self.clock else None

    def left_of(self, room: Room, now: datetime) -> Left | None:
        """What is left of the time of the page that is shown."""
        clock = self.of(room)
        return clock.left(now) if clock else None

    def spent(self, room: Room, now: datetime) -> int | None:
        """Seconds that the page at the front has had; None where no time runs on it."""
        clock = self.of(room)
        return round(clock.elapsed(now)) if clock and room.at_front else None

    def down(self, room: Room, now: datetime) -> int:
        """What is counted down to the cards: 3, 2, 1, and then 0."""
        if self.cards is None or room.step not in CALLS or not room.at_front:
            return 0
        return self.cards.left(now).seconds

    def shown(self) -> Times:
        """The cards are shown at once."""
        return replace(self, cards=None)

    def ticks(self, now: datetime) -> float | None:
        """Seconds until it looks different; None where nothing runs."""
        running = [clock.ticks(now) for clock in (self.clock, self.cards) if clock]
        return min((seconds for seconds in running if seconds is not None), default=None)

    def ticked(self, now: datetime) -> Times:
        """The same at this moment: `rung` has grown where a bell is due."""
        over = self.cards is not None and self.cards.left(now).over
        return replace(self, rung=self.clock.bells(now) if self.clock else 0, cards=None if over else self.cards)

    def longer(self, room: Room, now: datetime, by: int) -> Times:
        """So many seconds more, or fewer; where no time runs, more of it begins. Its past bells are not rung again."""
        clock = self.of(room)
        if clock is not None:
            clock = clock.longer(now, by)
            return replace(self, clock=clock, rung=clock.bells(now))
        return self._anew(room, now, (Box("groups", by),)) if by > 0 and room.at_front else self

    def turned(self, room: Room, now: datetime) -> Times:
        """The next way to cut a discussion up, from its beginning."""
        names = list(RHYTHMS)
        rhythm = names[(names.index(self.rhythm) + 1) % len(names)]
        return replace(self._anew(room, now, RHYTHMS[rhythm]), rhythm=rhythm)

    def _anew(self, room: Room, now: datetime, boxes: tuple[Box, ...]) -> Times:
        return replace(self, clock=Clock(now, boxes), at=room.at, rung=0)
