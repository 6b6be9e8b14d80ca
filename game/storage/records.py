"""Owns what is kept between one start and the next: runs, attempts, settings. Never plays or shows.

This package alone writes to the user's folder, and all of it is on this machine. Nothing says who played.
A disk that cannot be used never stops a run: the records go on in memory, say so in `notices`, and write what
is waiting as soon as that works. Use one `Records` for a folder, from one thread; other windows are welcome.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from game.storage.folders import FILE, ROOMS, TRACES, kept_files, set_aside, temporary_traces
from game.storage.notices import Notice, Trouble
from game.storage.save import Save
from game.storage.settings import Settings

if TYPE_CHECKING:
    from game.storage.database import Database
    from game.training import Attempt

PATIENCE: Final = 0.25
"""Seconds to wait for another window's write."""

IMPATIENCE: Final = 0.02
"""Seconds to wait once waiting was in vain, until the file is free again: each step would be held up."""

_Answer = TypeVar("_Answer")


@dataclass(slots=True)
class _Waiting:
    """What is not on the disk yet, the newest of each. A run or an attempt that is None is to be removed."""

    runs: dict[str, Save | None] = field(default_factory=dict)
    attempts: dict[str, Attempt | None] = field(default_factory=dict)
    settings: Settings | None = None

    def put(self, run: str, save: Save | None) -> None:
        """Have `save` be the last word on this run."""
        self.runs.pop(run, None)
        self.runs[run] = save

    def is_worth_a_file(self) -> bool:
        """Whether there is anything to keep, where so far there is no file."""
        saves = any(save is not None for save in self.runs.values())
        attempts = any(attempt is not None for attempt in self.attempts.values())
        return saves or attempts or self.settings not in (None, Settings())


class Records:
    """What is kept in one folder. Made with `Records.open`; no method raises because of the disk."""

    __slots__ = ("_database", "_folder", "_notices", "_now", "_path", "_refused", "_troubles", "_waiting")

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self._folder = folder
        self._path = folder / FILE
        self._now = now
        self._database: Database | None = None
        self._waiting = _Waiting()
        self._notices: tuple[Notice, ...] = ()
        self._troubles: set[str] = set()
        self._refused = False

    @classmethod
    def open(cls, folder: Path, now: Callable[[], datetime]) -> Records:
        """The records kept in `folder`. Never raises; what went wrong is in `notices`.

        `now` is the clock; a damaged file that is put aside has the day in its name.
        Nothing is written where there is nothing yet: the file is made with the first thing to keep.
        """
        records = cls(folder, now)
        records._use(False, lambda _: None, None)
        if os.path.isfile(records._path) and _size(records._path) == 0:
            records._say("empty")
        return records

    @property
    def where(self) -> Path:
        """The folder that holds all that is kept."""
        return self._folder

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What a person should be told, in the order it came up. It only grows."""
        return self._notices

    def safe(self) -> bool:
        """Whether all there is to keep is on the disk."""
        return not (self._waiting.runs or self._waiting.attempts or self._waiting.settings)

    def size(self) -> int:
        """How much is kept, in bytes, with set-aside files and traces."""
        return sum(_size(path) for path in kept_files(self._folder))

    def keep(self, save: Save) -> None:
        """Keep an unfinished run as it now is; once this returns, a crash of the program does not lose it.

        Of two windows with the same run, the last to write wins.
        """
        self._waiting.put(save.run, save)
        self._write()

    def forget(self, run: str) -> None:
        """Remove an unfinished run, if there is one by this id."""
        self._waiting.put(run, None)
        self._write()

    def finish(self, attempt: Attempt, keep: bool) -> None:
        """Remove the unfinished run, and store the attempt if the player wants it kept.

        The same run finished once more, after going back, takes the place of its first attempt; where it is not to
        be kept now, the first goes too.
        """
        self._waiting.put(attempt.run, None)
        self._waiting.attempts.pop(attempt.run, None)
        self._waiting.attempts[attempt.run] = attempt if keep else None
        self._write()

    def change(self, settings: Settings) -> None:
        """Keep the settings."""
        self._waiting.settings = settings
        self._write()

    def unfinished(self, scenario: str) -> Save | None:
        """The newest unfinished run of this scenario, by when it changed; None where there is none."""
        return self.all_unfinished().get(scenario)

    def all_unfinished(self) -> Mapping[str, Save]:
        """The newest unfinished run of each scenario that has one, by the scenario's id."""
        none: list[Save | None] = []
        read = self._use(False, lambda database: database.unfinished(), none)
        runs = {save.run: save for save in self._readable(read)}
        for run, waiting in self._waiting.runs.items():
            runs.pop(run, None)
            if waiting is not None:
                runs[run] = waiting
        in_order = sorted(runs.values(), key=lambda save: _instant(save.changed))
        return {save.scenario: save for save in in_order}

    def attempts(self, scenario: str | None = None) -> tuple[Attempt, ...]:
        """Every attempt kept, or those at one scenario, in the order they were finished."""
        none: list[Attempt | None] = []
        read = self._use(False, lambda database: database.attempts(), none)
        attempts = {attempt.run: attempt for attempt in self._readable(read)} | self._waiting.attempts
        wanted = (attempt for attempt in attempts.values() if attempt and scenario in (None, attempt.scenario))
        return tuple(sorted(wanted, key=lambda attempt: _instant(attempt.finished)))

    def seen_endings(self, scenario: str) -> frozenset[str]:
        """The ids of the endings that kept attempts at this scenario came to."""
        none: dict[str, str] = {}
        endings = self._use(False, lambda database: database.endings(scenario), none)
        waiting = self._waiting.attempts
        kept = {ending for run, ending in endings.items() if run not in waiting}
        return frozenset(
            kept | {attempt.ending for attempt in waiting.values() if attempt and attempt.scenario == scenario}
        )

    def settings(self) -> Settings:
        """The settings as last changed; the default for each that is not kept or cannot be read."""
        if self._waiting.settings is not None:
            return self._waiting.settings
        return self._use(False, lambda database: database.settings(), Settings())

    def delete_everything(self) -> None:
        """Leave nothing on the disk: records, settings, damaged files, rooms, traces. Then all goes on, empty.

        Another window may have the file open. It is emptied first, so nothing can be read where the system
        does not let it be deleted; what stays is said in `notices`.
        """
        self._waiting = _Waiting()
        self._use(False, lambda database: database.empty(), None, quiet=True)
        self._leave()
        self._refused = False
        self._troubles.clear()
        for path in (*kept_files(self._folder), *temporary_traces()):
            try:
                path.unlink(missing_ok=True)
            except OSError:
                self._say("not-deleted", path)
        for folder in (self._folder / ROOMS, self._folder / TRACES, self._folder):
            try:
                folder.rmdir()
            except OSError:
                continue  # it was never made, or holds something that is not ours

    def close(self) -> None:
        """Write what is still waiting, if that works now, and let go of the file. Twice does no harm."""
        self._write()
        self._leave()

    def _write(self) -> None:
        if self._waiting == _Waiting():
            return
        make = self._waiting.is_worth_a_file()
        if not make and not os.path.lexists(self._path):
            self._waiting = _Waiting()  # nothing is kept, so there is nothing to remove
            return
        waiting = self._waiting

        def write(database: Database) -> bool:
            database.write(waiting.runs, waiting.attempts, waiting.settings)
            return True

        if self._use(make, write, False):
            self._waiting = _Waiting()
            self._recover()

    def _use(self, make: bool, work: Callable[[Database], _Answer], otherwise: _Answer, quiet: bool = False) -> _Answer:
        """What `work` answers; `otherwise` where there is no file, or it cannot be used, which is said."""
        for _ in range(2):  # once more where a damaged file was put aside
            try:
                database = self._reach(make)
                return otherwise if database is None else work(database)
            except Trouble as trouble:
                if quiet or not self._overcome(trouble.key):
                    break
        return otherwise

    def _reach(self, make: bool) -> Database | None:
        """The file, open; None where there is none, or it is not for us. Raises `Trouble`."""
        if self._database is not None and self._database.has_moved():
            self._leave()
        if self._refused or (self._database is None and not make and not os.path.lexists(self._path)):
            return None
        if self._database is None:
            from game.storage.database import Database  # here, because sqlite3 takes long to import

            self._database = Database(self._path, IMPATIENCE if self._troubles else PATIENCE)
            if not self._database.look(make=make):
                self._leave()
        return self._database

    def _overcome(self, key: str) -> bool:
        """Do what can be done about trouble, and say it. Whether it is worth trying again."""
        if key == "damaged":
            return self._begin_anew()
        self._leave()
        self._refused = key == "newer"
        self._say_once(key)
        return False

    def _begin_anew(self) -> bool:
        """Put a damaged file aside. Whether that is done, by another window perhaps."""
        if self._database is not None and self._database.has_moved():
            return True
        for _ in range(2):
            try:
                aside = set_aside(self._path, self._now().date())
            except OSError:
                self._leave()  # some systems do not move a file that is open
                continue
            # Moved while it was open, so that closing it does not fold its log into it.
            self._leave()
            self._say("damaged", aside=aside)
            return True
        self._refused = True
        self._say_once("stuck")
        return False

    def _recover(self) -> None:
        """Note that the file can be written to again, where it could not."""
        if self._troubles and self._database is not None:
            self._database.be_patient(PATIENCE)
            self._troubles.clear()
            self._say("caught-up")

    def _leave(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def _say_once(self, key: str) -> None:
        if key not in self._troubles:
            self._troubles.add(key)
            self._say(key)

    def _say(self, key: str, path: Path | None = None, aside: Path | None = None) -> None:
        self._notices += (Notice(key, path or self._path, aside),)

    def _readable(self, rows: list[_Answer | None]) -> list[_Answer]:
        readable = [row for row in rows if row is not None]
        if len(readable) < len(rows) and not any(notice.key == "part" for notice in self._notices):
            self._say("part")
        return readable


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def _instant(moment: datetime) -> timedelta:
    """Where a moment is in time, so that moments with and without a time zone can be put in order."""
    return moment.replace(tzinfo=None) - datetime(1970, 1, 1) - (moment.utcoffset() or timedelta())
