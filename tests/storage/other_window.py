"""Another window on the same folder, in a process of its own: tests start it, kill it, and hear it say lines.

python other_window.py DOING DETAIL...
"""

from __future__ import annotations

import itertools
import sqlite3
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from game.storage import Records, Save

MORNING = datetime(2026, 11, 23, 8, 31, tzinfo=UTC)


def _say(what: object) -> None:
    print(what, flush=True)


def _wait() -> None:
    sys.stdin.readline()


def _save(run: str, shown: int) -> Save:
    choices = tuple(f"choice-{number}" for number in range(shown % 50))
    return Save(run, "late-again", "edition-1", choices, shown, MORNING, MORNING)


def keep_on(folder: str, run: str) -> None:
    """Keep the run again and again, and say each number once it is kept."""
    records = Records.open(Path(folder), lambda: MORNING)
    _say("ready")
    for number in itertools.count(1):
        records.keep(_save(run, number))
        _say(number)


def keep_many(folder: str, run: str, times: str) -> None:
    """Wait for the word, keep the run so many times, and say which notices came up."""
    records = Records.open(Path(folder), lambda: MORNING)
    _say("ready")
    _wait()
    for number in range(1, int(times) + 1):
        records.keep(_save(run, number))
    _say(" ".join(notice.key for notice in records.notices))
    records.close()


def hold_open(folder: str, run: str) -> None:
    """Keep a run, and at each word once more, with the window open all the while."""
    records = Records.open(Path(folder), lambda: MORNING)
    for number in itertools.count(1):
        records.keep(_save(run, number))
        _say(number)
        _wait()


def lock(folder: str, how: str) -> None:
    """Lock the file, against writing or against everything, until the word."""
    connection = sqlite3.connect(Path(folder) / "upstream.db", isolation_level=None)
    if how == "everything":
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("UPDATE setting SET value = value")
    _say("locked")
    _wait()
    connection.execute("COMMIT")
    connection.close()
    _say("free")


def small_disk(folder: str, run: str) -> None:
    """Keep a run where no file may grow, then, with room again, once more; say the notices each time."""
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    records = Records.open(Path(folder), lambda: MORNING)
    records.keep(_save(run, 1))
    _say(" ".join(notice.key for notice in records.notices))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    records.keep(_save(run, 2))
    _say(" ".join(notice.key for notice in records.notices))
    records.close()


def ordinary_user(folder: str, run: str) -> None:
    """Keep a run without the rights of the system's owner; say the notices, and what is read back."""
    import os

    import game.storage.database  # noqa: F401  # the rights to import it may be gone in a moment

    if os.geteuid() == 0:
        os.setuid(65534)
    records = Records.open(Path(folder), lambda: MORNING)
    records.keep(_save(run, 1))
    _say(" ".join(notice.key for notice in records.notices))
    kept = records.unfinished("late-again")
    _say(kept.run if kept else "nothing")


DOINGS: dict[str, Callable[..., None]] = {
    doing.__name__: doing for doing in (keep_on, keep_many, hold_open, lock, small_disk, ordinary_user)
}

if __name__ == "__main__":
    DOINGS[sys.argv[1]](*sys.argv[2:])
