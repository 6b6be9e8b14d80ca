"""Owns what is kept of sessions in a room that have not come to their end, so that a crash loses nothing of them.

Each is two files: the session as it stands, written anew at each step, and the journal of its phones, which only
grows. Both go when the session is closed, and `KEPT_DAYS` after its last step. A session is locked while it is led, so
that no other window takes it up. Never decides what is in them; a journal holds no name and no address.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from game.storage.folders import ROOMS
from game.storage.sessions import put

if TYPE_CHECKING:
    from filelock import BaseFileLock

KEPT_DAYS: Final = 7
"""Days after which a session that nobody went on with is gone."""

STANDS: Final = ".json"
PHONES: Final = ".phones"
LOCK: Final = ".lock"


class JournalFile:
    """A journal in one file. Each append is on the disk when it returns. Used from one thread at a time."""

    def __init__(self, path: Path) -> None:
        """Open the file to add to it, and make it if need be, readable by this user alone. Raises OSError."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        size = os.fstat(self._handle).st_size
        if size:
            os.lseek(self._handle, size - 1, os.SEEK_SET)
            if os.read(self._handle, 1) != b"\n":  # cut short by a crash: what comes next begins a line of its own
                os.write(self._handle, b"\n")

    def append(self, data: bytes) -> None:
        """Add whole lines and wait for the disk. Raises OSError."""
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._handle, rest) :]
        os.fsync(self._handle)

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._handle)


class KeptRoom:
    """What is kept of one session while it is led, at `path` without an ending. The first `keep` makes it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock: BaseFileLock | None = None
        self._journal: JournalFile | None = None

    def keep(self, told: Mapping[str, Any]) -> None:
        """Write the session as it stands, whole or not at all. Raises OSError; what was there before stays then."""
        self.take()
        put(_at(self._path, STANDS), json.dumps(told, ensure_ascii=False).encode())

    def journal(self) -> JournalFile:
        """The journal of its phones, open to add to. Raises OSError."""
        self.take()
        if self._journal is None:
            self._journal = JournalFile(_at(self._path, PHONES))
        return self._journal

    def take(self) -> bool:
        """Lock it for this window; whether it is this window's now. Raises OSError."""
        if self._lock is None:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = _locked(self._path)
        return self._lock is not None

    def let_go(self) -> None:
        """Leave it on the disk, to be gone on with. Twice does no harm."""
        if self._journal is not None:
            self._journal.close()
        if self._lock is not None:
            self._lock.release()
        self._journal = self._lock = None

    def close(self) -> None:
        """The session is closed: nothing of it stays, tokens least of all. What cannot be deleted now goes later."""
        self.let_go()
        for ending in (PHONES, STANDS, LOCK):
            try:
                _at(self._path, ending).unlink(missing_ok=True)
            except OSError:
                continue


@dataclass(frozen=True, slots=True)
class LeftRoom:
    """A session that was not brought to its end: what it told when it last stood, and when that was."""

    scenario: str
    told: Mapping[str, Any]
    changed: datetime
    phones: bytes = field(repr=False)
    path: Path = field(repr=False)


class KeptRooms:
    """The sessions kept in `folder`, the folder of all that is kept. `now` is the clock."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self._folder = folder / ROOMS
        self._now = now

    def begin(self, scenario: str) -> KeptRoom:
        """A new session of this scenario; nothing is made yet. The name in use is the first that is free."""
        stem, number = f"{scenario}-{self._now():%Y-%m-%d-%H%M%S}", 1
        while any(_at(path := self._folder / f"{stem}-{number}", end).exists() for end in (STANDS, PHONES, LOCK)):
            number += 1
        return KeptRoom(path)

    def left(self) -> Mapping[str, LeftRoom]:
        """The newest session of each scenario that was left and is led by nobody now, by the scenario's id.

        Those that were left longer than `KEPT_DAYS` ago go. One that cannot be read is passed over. Never raises.
        """
        found: dict[str, LeftRoom] = {}
        for path in self._paths():
            kept = KeptRoom(path)
            try:
                if not kept.take():
                    continue
                changed = datetime.fromtimestamp(_at(path, STANDS).stat().st_mtime)
                if self._now() - changed > timedelta(days=KEPT_DAYS):
                    kept.close()
                    continue
                room = _read(path, changed)
            except (OSError, ValueError, KeyError, TypeError):
                continue
            finally:
                kept.let_go()
            if room.scenario not in found or found[room.scenario].changed <= changed:
                found[room.scenario] = room
        return found

    def take_up(self, scenario: str) -> tuple[KeptRoom, LeftRoom] | None:
        """The session of this scenario, this window's now, as it stands; None where another window has it, or it is
        gone. Raises OSError.
        """
        left = self.left().get(scenario)
        kept = KeptRoom(left.path) if left else None
        if left is None or kept is None or not kept.take():
            return None
        return kept, _read(left.path, left.changed)

    def put_away(self, scenario: str) -> None:
        """Nothing stays of the sessions of this scenario that were left."""
        while (room := self.left().get(scenario)) is not None:
            KeptRoom(room.path).close()
            if _at(room.path, STANDS).exists():
                return  # it cannot be deleted

    def _paths(self) -> Iterator[Path]:
        try:
            yield from sorted(path.with_suffix("") for path in self._folder.glob(f"*{STANDS}"))
        except OSError:
            return


def _at(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _read(path: Path, changed: datetime) -> LeftRoom:
    told = json.loads(_at(path, STANDS).read_bytes())
    phones = _at(path, PHONES)
    return LeftRoom(str(told["scenario"]), told, changed, phones.read_bytes() if phones.exists() else b"", path)


def _locked(path: Path) -> BaseFileLock | None:
    """The lock of a session, taken; None where another window has it."""
    from filelock import FileLock, Timeout  # here, as only a room needs it

    lock = FileLock(_at(path, LOCK), blocking=False)
    try:
        lock.acquire()
    except Timeout:
        return None
    return lock
