"""Owns what the screens may use: the library, the records, the window's settings, the clock. Never shows anything."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from game.authoring import Library
from game.pictures import Kit
from game.storage import KeptRooms, Records, Save, Settings
from game.story import Course, Story
from game.ui import Page


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a scenario: its id, and when it began. Says nothing of who plays."""

    id: str
    began: datetime


class Windows(Protocol):
    """The windows that a room is led with. `pair`: whether there are two. `private`: whether nobody but the one who
    leads sees the second. `projected`: whether the room has a display of its own."""

    @property
    def pair(self) -> bool: ...

    @property
    def private(self) -> bool: ...

    @property
    def projected(self) -> bool: ...

    def swap(self) -> None:
        """Let the two windows change displays."""
        ...

    def toggle(self) -> None:
        """Open the second window, or close it."""
        ...


class OneWindow:
    """There is one window, and everyone sees it."""

    pair = private = projected = False

    def swap(self) -> None:
        """There is nothing to change."""

    def toggle(self) -> None:
        """There is no other."""


@dataclass(slots=True)
class Services:
    """What screens share. `apply` brings the window in line with changed settings; `desk` is where files are saved.

    `pictures` knows what places and people look like; `photograph` makes a page into a PNG file's bytes. `hear` lets
    a sound be heard, by its name; `windows` are what a room is led with. `lay_down` lets go of the session that is led,
    if one is, so that it can be gone on with. `address` is where phones are let in, if the trainer named it.
    `filled` is whether the window fills the screen while a session lasts; None where that is as the settings say.
    """

    library: Library
    records: Records
    now: Callable[[], datetime]
    apply: Callable[[Settings], None]
    desk: Path
    pictures: Kit = field(default_factory=Kit)
    photograph: Callable[[Page], bytes] = lambda _: b""
    hear: Callable[[str], None] = lambda _: None
    windows: Windows = field(default_factory=OneWindow)
    lay_down: Callable[[], None] = lambda: None
    address: str = ""
    filled: bool | None = None
    _told: int = field(default=0)

    @property
    def course(self) -> Course:
        return self.library.course

    @property
    def rooms(self) -> KeptRooms:
        """The sessions in a room that were not brought to their end."""
        return KeptRooms(self.records.where, self.now)

    @property
    def settings(self) -> Settings:
        return self.records.settings()

    def change(self, **values: object) -> None:
        """Change settings, keep them, and bring the window in line."""
        settings = replace(self.settings, **values)  # type: ignore[arg-type]
        self.records.change(settings)
        self.fill(self.filled)

    @property
    def full(self) -> bool:
        """Whether the window fills the screen now."""
        return self.settings.full_screen if self.filled is None else self.filled

    def fill(self, filled: bool | None) -> None:
        """Fill the screen or not, and leave the settings as they are; None goes back to what they say."""
        self.filled = filled
        self.apply(replace(self.settings, full_screen=self.full))

    def news(self) -> tuple[str, ...]:
        """What the records have to say that was not told yet (a locked file, a damaged one set aside)."""
        notices = self.records.notices[self._told :]
        self._told += len(notices)
        return tuple(notice.text for notice in notices)

    def begin(self) -> Run:
        """A new run."""
        return Run(os.urandom(16).hex(), self.now())

    def keep(self, run: Run | None, story: Story, shown: int) -> None:
        """Keep the run as it stands, so that closing or killing the program loses nothing. A preview has no run."""
        if run is None:
            return
        scenario = story.scenario
        self.records.keep(Save(run.id, scenario.id, scenario.digest, story.path, shown, run.began, self.now()))

    def finish(self, run: Run | None, story: Story, felt: str) -> None:
        """The run is over. The attempt is stored only if the player wants runs kept."""
        if run is None:
            return
        from game.training import Attempt  # here, as the first frame does not need it

        attempt = Attempt(
            run.id,
            story.scenario.id,
            story.scenario.digest,
            story.path,
            story.passage.id,
            run.began,
            self.now(),
            felt,
        )
        self.records.finish(attempt, keep=bool(self.settings.keep_runs))
