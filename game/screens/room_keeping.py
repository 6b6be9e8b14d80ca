"""Owns keeping a session so that it can be gone on with after a crash or a break, and reading it again.
Never decides what the report says, and never leads.

What the trainer did is written anew at each step, before phones see that step; what phones say goes to their journal
as it comes. Both are gone once the session has been brought to its end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from game.net import Phones, read
from game.screens.room_phones import PhoneLine
from game.storage import KeptRoom, LeftRoom
from game.story import Course, Scenario
from game.training import CannotGoOn, Room, Step, kept, taken_up
from game.words import say

FORMAT: Final = 1
"""The format of what is kept; another one is not gone on with."""


class Journal:
    """The journal of a session's phones, which is made when there is something to keep."""

    def __init__(self, files: KeptRoom) -> None:
        self._files = files

    def append(self, data: bytes) -> None:
        """Keep this. Raises OSError."""
        self._files.journal().append(data)


class Keeping:
    """One session, kept. `began` is when it was opened; `said` is what went wrong with keeping it, or empty."""

    def __init__(self, files: KeptRoom, scenario: Scenario, began: datetime) -> None:
        self.said = ""
        self._files = files
        self._about = {"format": FORMAT, "scenario": scenario.id, "digest": scenario.digest, "began": began.isoformat()}
        self._last: Mapping[str, Any] = {}

    def keep(self, room: Room, line: PhoneLine, report: str) -> None:
        """Keep the session as it stands; `report` is the name of its report. Nothing is kept of a first page alone."""
        if len(room.trail) == 1 and line.opened is None:
            return
        told = {**self._about, "report": report, "phones": line.switched, "room": kept(room)}
        if told == self._last:
            return
        try:
            self._files.keep(told)
        except OSError as error:
            self.said = say("present.not-kept-on", reason=error.strerror or str(error))
        else:
            self.said, self._last = "", told

    def phones(self, before: bytes = b"") -> Phones:
        """The phones of this session, closed; `before` is the journal of what they said."""
        return Phones(journal=Journal(self._files), kept=read(before))

    def leave(self, room: Room) -> None:
        """Let go of the session: for good where it was at its end, else so that it can be gone on with."""
        if room.present.step is Step.CLOSE:
            self._files.close()
        else:
            self._files.let_go()

    def let_go(self) -> None:
        """Let go of the session, so that it can be gone on with."""
        self._files.let_go()


@dataclass(frozen=True, slots=True)
class Left:
    """A session that can be gone on with, read again: all of it but what phones said."""

    room: Room
    began: datetime
    report: str
    phones: Mapping[str, Any]


def left_of(course: Course, scenario: Scenario, found: LeftRoom) -> Left:
    """The session that was left. Raises `CannotGoOn` where it is damaged, or its scenario is another now."""
    told = found.told
    if told.get("format") != FORMAT or told.get("digest") != scenario.digest:
        raise CannotGoOn("another edition of the scenario or of the program")
    try:
        room, began = taken_up(course, scenario, told["room"]), datetime.fromisoformat(told["began"])
        return Left(room, began, str(told["report"]), dict(told["phones"]))
    except (LookupError, ValueError, TypeError, AttributeError) as error:
        raise CannotGoOn(str(error)) from error
