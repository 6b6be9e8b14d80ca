"""Owns the `new` command: a short commented scenario to begin from. Never overwrites a file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, TextIO

from game.authoring import load_course, new_scenario_text, right_id
from game.words import say

WELL: Final = 0
THERE: Final = 1
CANNOT: Final = 2

SCHEMA: Final = "scenario.schema.json"
"""The name under which a schema is looked for beside a new scenario."""


def new_scenario(id: str, folder: Path, out: TextIO, *, schema: str = "", command: str = "upstream") -> int:
    """Write `id`.yaml into the folder, and say on `out` what to do next.

    The file's first line names a schema for editors where `schema` is given (a file as seen from the current folder,
    or a web address), or where a file scenario.schema.json stands in the folder. `command` is how this program is
    called. Returns 0; 1 where such a file is there already, which stays as it is; 2 where the id cannot be one or the
    file cannot be written.
    """
    better = right_id(id)
    if better != id:
        return _said(out, CANNOT, say("new.bad-id", id=id, better=better))
    if not folder.is_dir():
        return _said(out, CANNOT, say("start.no-course", folder=folder))
    path = folder / f"{id}.yaml"
    there = next((one for one in (path, path.with_suffix(".yml")) if os.path.lexists(one)), None)
    if there:
        return _said(out, THERE, say("new.there", path=there))
    library = load_course(folder)
    try:
        _write(path, new_scenario_text(id, library.course.meters, _schema(folder, schema)))
    except FileExistsError:
        return _said(out, THERE, say("new.there", path=path))
    except OSError as error:
        return _said(out, CANNOT, say("new.not-written", path=path, reason=error.strerror or error))
    inside = f" --course {_quoted(folder)}" if (folder / "course.yaml").is_file() else ""
    _said(out, WELL, say("new.written", path=path, named=_quoted(path), command=command, course=inside))
    return _said(out, WELL, say("new.arc", id=id)) if library.course.arcs else WELL


def _quoted(path: Path) -> str:
    """The path as one types it in a terminal."""
    return f'"{path}"' if " " in str(path) else str(path)


def _schema(folder: Path, given: str) -> str:
    """Where the schema is, as an editor looks for it from the folder; empty where there is none."""
    if not given:
        return SCHEMA if (folder / SCHEMA).is_file() else ""
    if "://" in given:
        return given
    try:
        return Path(os.path.relpath(given, folder)).as_posix()
    except ValueError:  # another drive
        return Path(given).resolve().as_posix()


def _write(path: Path, text: str) -> None:
    """Write a file that is not there yet, whole or not at all. Raises `OSError`."""
    new = path.open("x", encoding="utf-8", newline="\n")
    try:
        with new:
            new.write(text)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _said(out: TextIO, code: int, words: str) -> int:
    print(words, file=out)
    return code
