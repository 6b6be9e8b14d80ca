"""Owns the `check` command: every mistake of a course or of single files, for people and for editors.

Never mends a file, and never finds a mistake itself.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

from game.authoring import (
    Diagnostic,
    Entry,
    Library,
    as_form,
    compare_quotations,
    in_order,
    load_course,
    load_file,
    render,
)

CLEAN: Final = 0
MISTAKES: Final = 1
CANNOT_RUN: Final = 2

JSON_FORMAT: Final = 1
"""The version of what `--json` prints."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One file and what was found in it. `scenario` is its id; None for a course or a source."""

    file: str
    scenario: str | None
    mistakes: tuple[Diagnostic, ...]


class CannotCheck(Exception):
    """Raised where what was asked for is not there: a wrong name on the command line."""


def check(paths: Sequence[Path], course: Path, *, as_json: bool, strict: bool, source: Path | None, out: TextIO) -> int:
    """Check the files and folders named, or the whole course if none is, and print what was found to `out`.

    A file in a course's folder is checked with its course, any other with the defaults. `source` is a text with
    which each quotation is compared. Returns 0 if all is well, 1 if there are errors (with `strict`: or warnings),
    2 if something named is not there.
    """
    try:
        notes = _notes(source) if source else None
        checked = _unique(one for path in paths or [course] for one in _checked(_shown(path), _shown(course), notes))
    except CannotCheck as error:
        print(error, file=out)
        return CANNOT_RUN
    print(_as_json(checked) if as_json else _as_text(checked), file=out)
    severities = {mistake.severity for one in checked for mistake in one.mistakes}
    return MISTAKES if "error" in severities or (strict and severities) else CLEAN


def _shown(path: Path) -> Path:
    """The path as short as it can be told: from the current folder, if it lies below."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return path
    return path if relative.startswith("..") else Path(relative)


def _notes(source: Path) -> str:
    try:
        return source.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise CannotCheck(f"The source text {source} cannot be read: {reason}.") from None


def _unique(checked: Iterable[Checked]) -> list[Checked]:
    """Each file once, however often it was named."""
    return list({one.file: one for one in checked}.values())


def _checked(path: Path, course: Path, notes: str | None) -> Iterator[Checked]:
    if path.is_dir():
        yield from _library(load_course(path), notes)
        return
    if not os.path.lexists(path):
        raise CannotCheck(f"There is no file or folder {path}.")
    folder = path.parent
    if not (_same(folder, course) or (folder / "course.yaml").is_file()):
        yield _entry(load_file(path))
        return
    whole = {Path(one.file).name: one for one in _library(load_course(folder), notes)}
    yield whole.get(path.name) or _entry(load_file(path, load_course(folder)))


def _same(folder: Path, course: Path) -> bool:
    return folder.exists() and course.exists() and folder.samefile(course)


def _library(library: Library, notes: str | None) -> Iterator[Checked]:
    """The course's own files, then its scenarios."""
    differing = compare_quotations(library, notes) if notes is not None else ()
    if notes is not None and library.source_path is None:
        raise CannotCheck(f"The course in {library.folder} has no source to compare with the text.")
    told = [*library.course_mistakes, *differing]
    for file in dict.fromkeys([*_own_files(library), *(mistake.place.file for mistake in told)]):
        yield Checked(file, None, in_order(mistake for mistake in told if mistake.place.file == file))
    for entry in library.entries:
        yield _entry(entry)


def _own_files(library: Library) -> Iterator[str]:
    course = library.folder / "course.yaml"
    if course.is_file():
        yield course.as_posix()
    if library.source_path:
        yield library.source_path.as_posix()


def _entry(entry: Entry) -> Checked:
    return Checked(entry.path.as_posix(), entry.id, entry.mistakes)


# what is printed


def _as_json(checked: Sequence[Checked]) -> str:
    files = [
        {
            "file": one.file,
            "scenario": one.scenario,
            "mistakes": [as_form(mistake) for mistake in one.mistakes],
            "proof": None,
        }
        for one in checked
    ]
    return json.dumps({"format": JSON_FORMAT, "files": files}, ensure_ascii=False, indent=1)


def _as_text(checked: Sequence[Checked]) -> str:
    mistakes = [mistake for one in checked for mistake in one.mistakes]
    return "\n\n".join([*(render(mistake) for mistake in mistakes), _closing(checked, mistakes)])


def _closing(checked: Sequence[Checked], mistakes: Sequence[Diagnostic]) -> str:
    files = _count(len(checked), "file")
    if not mistakes:
        return f"{files}, no mistakes."
    errors = sum(mistake.severity == "error" for mistake in mistakes)
    kinds = [(errors, "error"), (len(mistakes) - errors, "warning")]
    told = " and ".join(_count(number, what) for number, what in kinds if number)
    return f"{told} in {sum(bool(one.mistakes) for one in checked)} of {files}."


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
