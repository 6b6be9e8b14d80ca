"""Owns words from phones on their way to the wall: waiting until the trainer approves each one. Never shows any.

There is no way to approve them all at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from game.net.views import Fact, Wrote


@dataclass(frozen=True, slots=True)
class Gathered:
    """What waits for the trainer alone, oldest first, and what was approved, as the room may see it."""

    waiting: tuple[Wrote, ...] = ()
    approved: tuple[Wrote, ...] = ()

    def received(self, facts: Iterable[Fact]) -> Gathered:
        """With the words among these facts waiting too; words that are here already are not doubled."""
        known = {line.number for line in (*self.waiting, *self.approved)}
        new = tuple(fact for fact in facts if isinstance(fact, Wrote) and fact.number not in known)
        return replace(self, waiting=(*self.waiting, *new))

    def approve(self, number: int) -> Gathered:
        """With these words let through. Raises KeyError where they do not wait."""
        line = self._waits(number)
        return Gathered(self._without(number), (*self.approved, line))

    def delete(self, number: int) -> Gathered:
        """Without these words, waiting or approved: not wanted, or another line says the same. Raises KeyError."""
        if all(line.number != number for line in (*self.waiting, *self.approved)):
            raise KeyError(number)
        return Gathered(self._without(number), tuple(line for line in self.approved if line.number != number))

    def _waits(self, number: int) -> Wrote:
        for line in self.waiting:
            if line.number == number:
                return line
        raise KeyError(number)

    def _without(self, number: int) -> tuple[Wrote, ...]:
        return tuple(line for line in self.waiting if line.number != number)
