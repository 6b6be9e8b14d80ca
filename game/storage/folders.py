"""Owns where things are kept on the disk, and the traces of crashes. Never reads what is kept.

Beside the file of records the system keeps others while it is in use (`COMPANIONS`).
They belong to it: without them it may be out of date, and beside another file they would damage it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final

DATA_VARIABLE: Final = "UPSTREAM_DATA"
"""The environment variable that names another folder for all that is kept."""

FILE: Final = "upstream.db"
"""The file of records, in the folder of all that is kept."""

COMPANIONS: Final = ("-wal", "-shm", "-journal")
"""What is added to the file's name for the files beside it."""

TRACES: Final = "traces"
"""The folder of the traces, inside the folder of all that is kept."""

ROOMS: Final = "rooms"
"""The folder of the sessions in a room that are not at their end, inside the folder of all that is kept."""

TRACE_PATTERN: Final = "upstream-trace-*.txt"

NEWEST_TRACES: Final = 10
"""How many traces are kept."""


def data_folder(environ: Mapping[str, str]) -> Path:
    """The folder of all that is kept for this user, on this machine; it need not exist yet.

    `environ` holds the environment variables: UPSTREAM_DATA, where it is set, names the folder (`~` is home).
    Else it is the system's own place for a program's data, the local one, which no network copies about.
    """
    named = environ.get(DATA_VARIABLE, "").strip()
    if named:
        return Path(os.path.abspath(os.path.expanduser(named)))
    from platformdirs import user_data_dir  # here, because it takes longer than the rest of the start

    return Path(user_data_dir("Upstream", appauthor=False, roaming=False))


def write_trace(folder: Path, text: str, now: datetime) -> Path:
    """Write the trace of a crash to a file and return where; the ten newest are kept.

    Where `folder` cannot be written to, the trace goes to the system's folder for temporary files.
    Raises OSError where that cannot be written to either.
    """
    traces = folder / TRACES
    try:
        traces.mkdir(mode=0o700, parents=True, exist_ok=True)
        written = _write_new(traces, text, now)
    except OSError:
        return _write_temporary(text)
    _drop_old_traces(traces, written)
    return written


def kept_files(folder: Path) -> tuple[Path, ...]:
    """Every file of ours in the folder: the records ahead of their companions, damaged ones, rooms, traces."""
    records = folder / FILE
    ours = [path for end in ("", *COMPANIONS) if os.path.lexists(path := Path(f"{records}{end}"))]
    damaged = _listed(folder, f"{records.stem}-damaged-*")
    return (*ours, *damaged, *_listed(folder / ROOMS, "*"), *_listed(folder / TRACES, TRACE_PATTERN))


def temporary_traces() -> tuple[Path, ...]:
    """The traces that had to go to the system's folder for temporary files."""
    import tempfile  # here, because only deleting and a crash without a folder need it

    return _listed(Path(tempfile.gettempdir()), TRACE_PATTERN)


def set_aside(path: Path, day: date) -> Path:
    """Move a damaged file out of the way, beside where it was, and return where it went.

    Nothing is overwritten: the number in the name is the first that is free. Raises OSError.
    """
    number = 1
    while True:
        aside = path.with_name(f"{path.stem}-damaged-{day.isoformat()}-{number}{path.suffix}")
        if not any(os.path.lexists(f"{aside}{end}") for end in ("", *COMPANIONS)):
            break
        number += 1
    # The file itself goes last: what is left where a crash cuts this short is still known to be damaged.
    for end in (*COMPANIONS, ""):
        if os.path.lexists(f"{path}{end}"):
            os.rename(f"{path}{end}", f"{aside}{end}")
    return aside


def _write_new(traces: Path, text: str, now: datetime) -> Path:
    stem = f"upstream-trace-{now:%Y-%m-%d-%H%M%S}"
    number = 1
    while True:
        path = traces / (f"{stem}.txt" if number == 1 else f"{stem}-{number:03}.txt")
        try:
            with open(path, "x", encoding="utf-8", errors="backslashreplace") as file:
                file.write(text)
        except FileExistsError:
            number += 1
            continue
        return path


def _write_temporary(text: str) -> Path:
    import tempfile

    # The name cannot be guessed, so on a shared machine nobody can lay a link in its way.
    handle, name = tempfile.mkstemp(prefix="upstream-trace-", suffix=".txt")
    with open(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(text)
    return Path(name)


def _listed(folder: Path, pattern: str) -> tuple[Path, ...]:
    """The files with such a name, by name without its ending; none where the folder cannot be read."""
    try:
        return tuple(sorted(folder.glob(pattern), key=lambda path: path.stem))
    except OSError:
        return ()


def _drop_old_traces(traces: Path, written: Path) -> None:
    """Delete all but the newest; never the one just written, even where the clock was put back."""
    others = [path for path in _listed(traces, TRACE_PATTERN) if path != written]
    for old in others[: max(0, len(others) - NEWEST_TRACES + 1)]:
        try:
            old.unlink()
        except OSError:
            continue  # another window may be deleting it, or reading it; it goes next time
