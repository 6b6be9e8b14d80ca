"""Owns what a finished run leaves behind. Never plays, scores or keeps anything.

The record of a run is the list of choices taken: transcript, scores and debrief are all worked out
from the scenario and the choices, so an attempt holds nothing else that could disagree with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Attempt:
    """One run that came to its end.

    `run` is the run's own id, and says nothing of who played. `scenario` and `digest` name the story and
    its edition; `choices` are the ids of the choices taken, in order, and `ending` is the id of the passage
    they led to. `felt` is what the player said it was like, or empty where they said nothing.
    """

    run: str
    scenario: str
    digest: str
    choices: tuple[str, ...]
    ending: str
    began: datetime
    finished: datetime
    felt: str = ""
