"""Owns the shape of an unfinished run. Never writes it down: that is the records' part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Save:
    """A run that has not come to its end.

    `run` is the run's own id, and says nothing of who plays. `scenario` and `digest` name the story and its
    edition; `choices` are the ids of the choices taken, in order. `shown` is how many lines of the present
    step the player has seen, from 0, so that the run goes on at the same page.
    """

    run: str
    scenario: str
    digest: str
    choices: tuple[str, ...]
    shown: int
    began: datetime
    changed: datetime
