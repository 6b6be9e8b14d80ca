"""Owns the file of records: its format, what is in it, and what is wrong with it. Never tells a person.

One SQLite file. A write is one transaction, so a process killed at any moment leaves whole records behind.
Importing this module imports sqlite3, so it is imported only when there is a file, or something to keep.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from game.storage.notices import Trouble
from game.storage.save import Save
from game.storage.settings import READERS, Settings, settings_as_numbers, settings_from

if TYPE_CHECKING:
    from game.training import Attempt

APPLICATION: Final = 0x55505354
"""Marks the file as ours: "UPST"."""

FORMAT: Final = 1
"""The number of the format this Upstream writes, and the newest it can read."""

TABLES: Final[Mapping[str, Mapping[str, str]]] = {
    "unfinished": {
        "run": "TEXT UNIQUE NOT NULL",
        "scenario": "TEXT NOT NULL",
        "digest": "TEXT NOT NULL",
        "choices": "TEXT NOT NULL",
        "shown": "INTEGER NOT NULL",
        "began": "TEXT NOT NULL",
        "changed": "TEXT NOT NULL",
    },
    "attempt": {
        "run": "TEXT UNIQUE NOT NULL",
        "scenario": "TEXT NOT NULL",
        "digest": "TEXT NOT NULL",
        "choices": "TEXT NOT NULL",
        "ending": "TEXT NOT NULL",
        "began": "TEXT NOT NULL",
        "finished": "TEXT NOT NULL",
        "felt": "TEXT NOT NULL",
    },
    "setting": {"name": "TEXT UNIQUE NOT NULL", "value": "INTEGER"},
}
"""Each table's columns. `choices` is a JSON list, a moment is ISO 8601, a setting a whole number or nothing.

Whoever changes this raises `FORMAT`, and has files of the format before read as they are.
"""

# Text goes in as bytes and is called text by SQLite: a file's name, and so a scenario's id, may hold
# characters that are not valid Unicode, and must come back as it was.
_TEXT: Final = "CAST(? AS TEXT)"
_KEEP: Final = f"INSERT OR REPLACE INTO unfinished VALUES ({_TEXT}, {_TEXT}, {_TEXT}, {_TEXT}, ?, {_TEXT}, {_TEXT})"
_FINISH: Final = f"INSERT OR REPLACE INTO attempt VALUES ({', '.join([_TEXT] * 8)})"
_DISCARD: Final = f"DELETE FROM attempt WHERE run = {_TEXT}"
_FORGET: Final = f"DELETE FROM unfinished WHERE run = {_TEXT}"
_SET: Final = f"INSERT OR REPLACE INTO setting VALUES ({_TEXT}, ?)"
_ENDINGS: Final = f"SELECT run, ending FROM attempt WHERE scenario = {_TEXT}"

_TROUBLES: Final[Mapping[int, str]] = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_PROTOCOL: "locked",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_TOOBIG: "damaged",
    sqlite3.SQLITE_FULL: "full",
}

_Row = tuple[Any, ...]
_Kept = TypeVar("_Kept")


class Database:
    """The file of records, held open. Its methods raise `Trouble`; after that it is only good for `close`."""

    __slots__ = ("_connection", "_identity", "_path", "_patience")

    def __init__(self, path: Path, patience: float) -> None:
        """Hold the file at `path`, made where it is missing. `patience`: seconds to wait for another."""
        self._path = path
        self._patience = patience
        with _troubles():
            if path.is_dir() or _has_lost_all_but_its_log(path):
                raise Trouble("damaged")
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._connection = self._connected()
        self._identity = _identity(path)

    def look(self, *, make: bool) -> bool:
        """Whether the file holds records. Where it is empty, `make` begins it. Raises `Trouble`.

        The whole structure is gone through, once: damage found here can be told before anybody relies on it.
        """
        with _troubles():
            begun = self._was_begun()
            if not begun and not make:
                return False
            if not begun:
                self._ask_for_log()
            if not self._log_works():
                self._do_without_log()
            if not begun:
                self._begin()
            self._set_manners()
            return True

    def has_moved(self) -> bool:
        """Whether the file was deleted or put aside, by another window say, while it was held open."""
        return self._identity is None or _identity(self._path) != self._identity

    def be_patient(self, seconds: float) -> None:
        """Wait so long for another window from now on."""
        self._patience = seconds
        self._ask(f"PRAGMA busy_timeout = {int(seconds * 1000)}")

    def write(
        self, runs: Mapping[str, Save | None], attempts: Mapping[str, Attempt | None], settings: Settings | None
    ) -> None:
        """Write all of it or, raising `Trouble`, nothing. A run or an attempt that is None is removed."""
        with _troubles(), self._transaction():
            for run, save in runs.items():
                if save is None:
                    self._connection.execute(_FORGET, (_encoded(run),))
                else:
                    self._connection.execute(_KEEP, _row_of_save(save))
            for run, attempt in attempts.items():
                if attempt is None:
                    self._connection.execute(_DISCARD, (_encoded(run),))
                else:
                    self._connection.execute(_FINISH, _row_of_attempt(attempt))
            if settings is not None:
                numbers = settings_as_numbers(settings).items()
                self._connection.executemany(_SET, [(_encoded(name), value) for name, value in numbers])

    def unfinished(self) -> list[Save | None]:
        """Every unfinished run, the last written last; None for one that cannot be read."""
        return self._rows("SELECT * FROM unfinished ORDER BY rowid", _save)

    def attempts(self) -> list[Attempt | None]:
        """Every attempt, the last written last; None for one that cannot be read."""
        return self._rows("SELECT * FROM attempt ORDER BY rowid", _attempt)

    def endings(self, scenario: str) -> dict[str, str]:
        """The ending of each attempt at a scenario, by its run; quicker than the attempts, for a list of scenarios."""
        with _troubles():
            rows = self._connection.execute(_ENDINGS, (_encoded(scenario),)).fetchall()
        return dict(pair for row in rows if (pair := _read(row, _run_and_ending)) is not None)

    def settings(self) -> Settings:
        """The settings; the default for each that is not there or cannot be read."""
        with _troubles():
            rows = self._connection.execute("SELECT name, value FROM setting").fetchall()
        known = {_encoded(name): name for name in READERS}
        return settings_from({known[name]: value for name, value in rows if name in known})

    def empty(self) -> None:
        """Remove every record, and its traces in the file, for the case that the file cannot be deleted."""
        with _troubles():
            with self._transaction():
                for table in TABLES:
                    self._connection.execute(f"DELETE FROM {table}")
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Let go of the file. Closing twice does no harm."""
        self._connection.close()

    def _connected(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=self._patience, isolation_level=None)
        connection.text_factory = bytes
        return connection

    def _ask(self, question: str) -> Any:
        row = self._connection.execute(question).fetchone()
        return None if row is None else row[0]

    def _was_begun(self) -> bool:
        """As `_is_begun`, all at one moment: another window may be making the file just now."""
        try:
            with self._transaction("DEFERRED"):
                return self._is_begun()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
                raise
            raise Trouble("damaged") from error  # the questions are sound, so the file is not

    def _is_begun(self) -> bool:
        """Whether the file is ours, whole, and of a format we read; False where it is empty."""
        application, number = self._ask("PRAGMA application_id"), self._ask("PRAGMA user_version")
        anything = self._ask("SELECT count(*) FROM sqlite_master")
        if not (application or number or anything):
            return False
        if application == APPLICATION and number > FORMAT:
            raise Trouble("newer")
        ours = application == APPLICATION and number == FORMAT
        if not (ours and self._has_the_tables() and self._ask("PRAGMA quick_check(1)") == b"ok"):
            raise Trouble("damaged")
        return True

    def _has_the_tables(self) -> bool:
        for table, columns in TABLES.items():
            found = self._connection.execute(f"PRAGMA table_info({table})").fetchall()
            if [name for _, name, *_ in found] != [name.encode() for name in columns]:
                return False
        return True

    def _begin(self) -> None:
        """Write the empty format. Where another window does the same, only one finds the file empty."""
        with self._transaction():
            if self._is_begun():
                return
            for table, columns in TABLES.items():
                listed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
                self._connection.execute(f"CREATE TABLE {table} ({listed})")
            self._connection.execute(f"PRAGMA application_id = {APPLICATION}")
            self._connection.execute(f"PRAGMA user_version = {FORMAT}")

    def _ask_for_log(self) -> None:
        """Have each write go to a log beside the file (WAL), which is fast and never holds up a reader."""
        try:
            self._ask("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not _may_pass(error):  # where it may, another window is asking for the same
                raise

    def _log_works(self) -> bool:
        """Whether the file can be written to as it is: some shared disks grant a log that cannot be used."""
        patience = self._patience
        self.be_patient(0)
        try:
            with self._transaction():
                return True
        except sqlite3.OperationalError as error:
            return _may_pass(error)
        finally:
            self.be_patient(patience)

    def _do_without_log(self) -> None:
        """Go back to the default journal: slower and as safe. A file that may only be read stays as it is."""
        self._connection.close()
        self._connection = self._connected()
        # Held for this window alone, the log can be given up without the memory that windows share.
        for step in ("locking_mode = EXCLUSIVE", "journal_mode = DELETE", "locking_mode = NORMAL"):
            with suppress(sqlite3.OperationalError):
                self._ask(f"PRAGMA {step}")

    def _set_manners(self) -> None:
        if self._ask("PRAGMA journal_mode") == b"wal":
            self._ask("PRAGMA synchronous = NORMAL")  # safe with a log, and no step waits for the disk
        self._ask("PRAGMA secure_delete = ON")  # what a player did not want kept is overwritten

    @contextmanager
    def _transaction(self, kind: str = "IMMEDIATE") -> Iterator[None]:
        self._connection.execute(f"BEGIN {kind}")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def _rows(self, question: str, read: Callable[[_Row], _Kept]) -> list[_Kept | None]:
        with _troubles():
            rows = self._connection.execute(question).fetchall()
        return [_read(row, read) for row in rows]


@contextmanager
def _troubles() -> Iterator[None]:
    """Turn what SQLite and the system raise into `Trouble`; a mistake in this program stays what it is."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is None:
            raise
        raise Trouble(_TROUBLES.get(code & 0xFF, "unwritable")) from error
    except UnicodeDecodeError as error:  # SQLite's own message quotes rubbish from the file
        raise Trouble("damaged") from error
    except OSError as error:
        raise Trouble("full" if error.errno == errno.ENOSPC else "unwritable") from error


def _may_pass(error: sqlite3.Error) -> bool:
    return _TROUBLES.get(error.sqlite_errorcode & 0xFF) in ("locked", "full")


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return (found.st_dev, found.st_ino)


def _has_lost_all_but_its_log(path: Path) -> bool:
    """Whether the file is empty but has a log, which SQLite would throw away.

    The log is looked for first: a window that makes the file just now has it filled before there is a log.
    """
    return os.path.lexists(f"{path}-wal") and path.exists() and path.stat().st_size == 0


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _decoded(kept: bytes) -> str:
    return kept.decode("utf-8", "surrogatepass")


def _encoded_choices(choices: tuple[str, ...]) -> bytes:
    return _encoded(json.dumps(choices, ensure_ascii=False))


def _row_of_save(save: Save) -> _Row:
    return (
        *map(_encoded, (save.run, save.scenario, save.digest)),
        _encoded_choices(save.choices),
        save.shown,
        *(_encoded(moment.isoformat()) for moment in (save.began, save.changed)),
    )


def _row_of_attempt(attempt: Attempt) -> _Row:
    return (
        *map(_encoded, (attempt.run, attempt.scenario, attempt.digest)),
        _encoded_choices(attempt.choices),
        _encoded(attempt.ending),
        *(_encoded(moment.isoformat()) for moment in (attempt.began, attempt.finished)),
        _encoded(attempt.felt),
    )


def _read(row: _Row, read: Callable[[_Row], _Kept]) -> _Kept | None:
    try:
        return read(row)
    except (ValueError, RecursionError):
        return None


def _save(row: _Row) -> Save:
    run, scenario, digest, choices, shown, began, changed = row
    if type(shown) is not int or shown < 0:
        raise ValueError
    return Save(_text(run), _text(scenario), _text(digest), _choices(choices), shown, _moment(began), _moment(changed))


def _attempt(row: _Row) -> Attempt:
    from game.training import Attempt  # here, because all of training comes with it, and a start may not need it

    run, scenario, digest, choices, ending, began, finished, felt = row
    return Attempt(
        run=_text(run),
        scenario=_text(scenario),
        digest=_text(digest),
        choices=_choices(choices),
        ending=_text(ending),
        began=_moment(began),
        finished=_moment(finished),
        felt=_text(felt),
    )


def _run_and_ending(row: _Row) -> tuple[str, str]:
    run, ending = row
    return _text(run), _text(ending)


def _text(kept: object) -> str:
    if not isinstance(kept, bytes):
        raise ValueError
    return _decoded(kept)


def _choices(kept: object) -> tuple[str, ...]:
    read = json.loads(_text(kept))
    if not isinstance(read, list) or not all(isinstance(choice, str) for choice in read):
        raise ValueError
    return tuple(read)


def _moment(kept: object) -> datetime:
    return datetime.fromisoformat(_text(kept))
