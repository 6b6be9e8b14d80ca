"""Owns what is kept of the phones while a session runs, so that a crash loses nothing that was acknowledged.

Never a name, an address or what kind of phone it is. Lines of JSON, each whole or not there at all. Where they are
kept, and that they go when the session is closed, is for whoever hands a `Journal` in.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final, Protocol

FORMAT: Final = 1
"""The format of the lines; a file that says a later one is not read."""


@dataclass(frozen=True, slots=True)
class OpenLine:
    """The session was opened at this port with this code."""

    port: int
    code: str
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """This token belongs to the phone with this number."""

    token: str
    phone: int


@dataclass(frozen=True, slots=True)
class TableLine:
    """This phone speaks for a table, or no longer does; `claims`, `freed` and `barred` are what a `Guest` has."""

    phone: int
    table: int | None
    people: int
    claims: int | None = None
    freed: int | None = None
    barred: int | None = None


@dataclass(frozen=True, slots=True)
class VoteLine:
    """What this phone says in this round, in heads for each option; no heads: what it said was taken back."""

    phone: int
    round: str
    heads: tuple[int, ...]
    sent: int
    table: int | None = None


@dataclass(frozen=True, slots=True)
class TextLine:
    """Words from this phone."""

    number: int
    phone: int
    round: str
    words: str


@dataclass(frozen=True, slots=True)
class SettledLine:
    """The trainer has approved or deleted these words; they do not wait again."""

    number: int


Line = OpenLine | PhoneLine | TableLine | VoteLine | TextLine | SettledLine

KINDS: Final[dict[str, type[Line]]] = {
    "open": OpenLine,
    "phone": PhoneLine,
    "table": TableLine,
    "vote": VoteLine,
    "text": TextLine,
    "settled": SettledLine,
}
_NAMES: Final = {kind: name for name, kind in KINDS.items()}
_FIELDS: Final = {kind: tuple(field.name for field in fields(kind)) for kind in _NAMES}


class Journal(Protocol):
    """Where lines are kept. `append` returns once they would survive the end of the program; it may raise OSError."""

    def append(self, data: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class Kept:
    """What a journal tells: where phones found the room, and every line in order."""

    port: int
    code: str
    lines: tuple[Line, ...]


def written(lines: Iterable[Line]) -> bytes:
    """The lines as they are kept."""
    return b"".join(
        json.dumps({"is": _NAMES[type(line)], **_fields(line)}, ensure_ascii=False).encode() + b"\n" for line in lines
    )


def read(data: bytes) -> Kept | None:
    """What a journal tells; None where it is not one, or is of a later format.

    A line that a crash cut short is left out: nobody was told that it was kept.
    """
    lines = [line for text in data.split(b"\n") if (line := _line(text)) is not None]
    opened = [line for line in lines if isinstance(line, OpenLine)]
    if not opened or opened[-1].format > FORMAT or not opened[-1].code:
        return None
    settled = {line.number for line in lines if isinstance(line, SettledLine)}
    left = (line for line in lines if not (isinstance(line, TextLine) and line.number in settled))
    return Kept(opened[-1].port, opened[-1].code, tuple(left))


def _fields(line: Line) -> dict[str, Any]:
    return {name: getattr(line, name) for name in _FIELDS[type(line)]}


def _line(text: bytes) -> Line | None:
    try:
        told: dict[str, Any] = json.loads(text)
        kind = KINDS[told.pop("is")]
        if "heads" in told:
            told["heads"] = tuple(told["heads"])
        return kind(**told)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


class Writer:
    """Hands lines to a journal in a thread of its own, many at once, so that a slow disk holds up nobody's tap."""

    def __init__(self, journal: Journal, loop: asyncio.AbstractEventLoop, failed: Callable[[OSError], None]) -> None:
        self._journal = journal
        self._loop = loop
        self._failed = failed
        self._waiting: list[tuple[bytes, asyncio.Future[None] | None]] = []
        self._more = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    def keep(self, lines: Sequence[Line]) -> asyncio.Future[None]:
        """Keep the lines; what is returned is done once they are on the disk, or once that has failed and was told."""
        done: asyncio.Future[None] = self._loop.create_future()
        with self._more:
            self._waiting.append((written(lines), done))
            self._more.notify()
        return done

    def close(self) -> None:
        """Write what is left and end the thread."""
        with self._more:
            self._closed = True
            self._more.notify()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._more:
                self._more.wait_for(lambda: self._waiting or self._closed)
                batch, self._waiting = self._waiting, []
                if not batch:
                    return
            self._write(batch)

    def _write(self, batch: Sequence[tuple[bytes, asyncio.Future[None] | None]]) -> None:
        try:
            self._journal.append(b"".join(data for data, _ in batch))
        except OSError as error:
            self._failed(error)
        self._loop.call_soon_threadsafe(_resolve, [done for _, done in batch if done is not None])


def _resolve(done: Iterable[asyncio.Future[None]]) -> None:
    for future in done:
        if not future.done():
            future.set_result(None)
