"""Owns the line that says how far a long proof has come. Writes to a terminal and nowhere else, and wipes it after."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, TextIO

PATIENCE: Final = 1.0
"""Seconds before anything is shown."""

EVERY: Final = 0.1
"""Seconds between two changes of the line."""

WIDE: Final = 20
"""Characters of the bar."""


class Progress:
    """How many states of one scenario were met, out of those allowed. `out` is written to if it is a terminal."""

    def __init__(self, name: str, bound: int, out: TextIO | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._name = name
        self._bound = max(1, bound)
        self._out = out if out is not None and out.isatty() else None
        self._clock = clock
        self._next = clock() + PATIENCE
        self._shown = 0

    def watch(self, states: int) -> None:
        """Show that so many were met."""
        now = self._clock()
        if self._out is None or now < self._next:
            return
        self._next = now + EVERY
        full = min(WIDE, WIDE * states // self._bound)
        line = f"{self._name}  [{'#' * full}{'.' * (WIDE - full)}]  {states:,} of at most {self._bound:,} states"
        self._out.write(f"\r{line.ljust(self._shown)}")
        self._out.flush()
        self._shown = len(line)

    def wipe(self) -> None:
        """Take the line away."""
        if self._out is not None and self._shown:
            self._out.write(f"\r{' ' * self._shown}\r")
            self._out.flush()
            self._shown = 0
