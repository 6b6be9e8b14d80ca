"""Owns keeping a session's report while it goes on, and the sentences that tell where it is: shortly while a room is
led, in full at its end. Never decides what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from game.storage import SessionFiles
from game.training import Room
from game.words import say

Render = Callable[[Room], Mapping[str, str]]
"""A session as files: what is in each, by its ending. The first is the one that people are told of."""


class Report:
    """The files of one session. They begin with the first decision or note: before it there is nothing to tell."""

    def __init__(self, files: SessionFiles, render: Render) -> None:
        self._files = files
        self._render = render
        self.said = self.in_full = ""

    @property
    def name(self) -> str:
        """The name of its files, without ending; empty before there are any."""
        return self._files.taken

    def keep(self, room: Room) -> None:
        """Write the session as it stands. Where that cannot be done it is said, and the session goes on."""
        if not (room.decisions or room.lines or self.name):  # once there are files, what was taken away goes from them
            return
        try:
            path = self._files.write(self._render(room))
        except OSError as error:
            self.said = self.in_full = say("present.not-kept", reason=error.strerror or str(error))
        else:
            self.said = say("present.kept", file=path.name, folder=path.parent.name or path.parent)
            self.in_full = say("present.kept-at", path=path)
