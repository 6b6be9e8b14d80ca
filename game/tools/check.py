"""Owns the `check` command: every mistake and every proof of a course or of single files, for people and for editors.

Never mends a file, and never finds a mistake itself.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TextIO

from game.authoring import (
    CraftReport,
    Diagnostic,
    Entry,
    Library,
    as_form,
    compare_quotations,
    craft_as_form,
    craft_as_text,
    craft_report,
    in_order,
    load_course,
    load_file,
    load_text,
    prove_entry,
    render,
)
from game.storage import Records
from game.story import BOUND, Course
from game.tools.compare import Comparison, compare, comparison_form, comparison_text
from game.tools.progress import Progress
from game.tools.proofs import Proved, claim_form, counted, proof_form, summary, table

CLEAN: Final = 0
MISTAKES: Final = 1
CANNOT_RUN: Final = 2
INTERRUPTED: Final = 130

JSON_FORMAT: Final = 1
"""The version of what `--json` prints."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One file and what was found in it. `proved` is None for a course or a source."""

    file: str
    mistakes: tuple[Diagnostic, ...]
    proved: Proved | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """How to check. `states` is the bound of each proof, `source` a text with which each quotation is compared.

    With `strict`, warnings count as errors. `table` shows each proof at length, `craft` adds the craft report.
    `against` is an older edition, a file or an id, that the one scenario named is compared with; `records` opens what
    is kept, for the runs in it.
    """

    as_json: bool = False
    strict: bool = False
    source: Path | None = None
    states: int = BOUND
    table: bool = False
    craft: bool = False
    against: Path | None = None
    records: Callable[[], Records] | None = None


class CannotCheck(Exception):
    """Raised where what was asked for is not there: a wrong name on the command line."""


def check(paths: Sequence[Path], course: Path, asked: Asked, out: TextIO, progress: TextIO | None = None) -> int:
    """Check the files, folders and scenarios named, or the whole course if none is, and print what was found to `out`.

    A file in a course's folder is checked with its course, any other with the defaults. How far a long proof has come
    is shown on `progress` if that is a terminal. Returns 0 if all is well, 1 if there are errors (with `strict`: or
    warnings), 2 if something named is not there, 130 if someone interrupted: then what is known by then is printed.
    """
    run = _Run(_shown(course), asked, progress)
    try:
        run.all([_shown(path) for path in paths] or [run.course])
        if asked.against is not None:
            run.compare(paths, _shown(asked.against))
    except CannotCheck as error:
        print(error, file=out)
        return CANNOT_RUN
    except KeyboardInterrupt:
        run.interrupted = True
    for piece in _as_json(run) if asked.as_json else _as_text(run):
        out.write(piece)
    if run.interrupted:
        return INTERRUPTED
    severities = {mistake.severity for one in run.checked.values() for mistake in one.mistakes}
    return MISTAKES if "error" in severities or (asked.strict and severities) else CLEAN


def _shown(path: Path) -> Path:
    """The path as short as it can be told: from the current folder, if it lies below."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return path
    return path if relative.startswith("..") else Path(relative)


@dataclass(slots=True)
class _Run:
    """One run of the command: what it has found so far. Each file is checked once, however often it is named."""

    course: Path
    asked: Asked
    progress: TextIO | None
    checked: dict[str, Checked] = field(default_factory=dict)
    comparison: Comparison | None = None
    interrupted: bool = False
    _libraries: dict[Path, Library] = field(default_factory=dict)
    _notes: str | None = None

    def all(self, paths: Sequence[Path]) -> None:
        """Check everything named. Raises `CannotCheck`."""
        self._notes = _read(self.asked.source) if self.asked.source else None
        for path in paths:
            for one in self._named(path):
                if isinstance(one, Checked):
                    self.checked[one.file] = one
                elif one.path.as_posix() not in self.checked:
                    proved = self._proved(one)
                    self.checked[one.path.as_posix()] = Checked(one.path.as_posix(), proved.mistakes, proved)
                if self.interrupted:
                    return

    def compare(self, paths: Sequence[Path], against: Path) -> None:
        """Compare the one scenario named with an older edition of it. Raises `CannotCheck`."""
        scenarios = [one.proved for one in self.checked.values() if one.proved]
        if len(paths) != 1 or len(scenarios) != 1:
            raise CannotCheck("Name one scenario to compare with the one after --against.")
        if self.interrupted:
            return
        new = scenarios[0]
        old = self._proved(self._older(against, new.entry))
        self.comparison = compare(old, new, self._runs(new.entry.id))

    def crafts(self) -> tuple[CraftReport, ...]:
        """The craft report of the one scenario named, or of each course."""
        entries = [one.proved.entry for one in self.checked.values() if one.proved and one.proved.entry.scenario]
        if len(entries) != 1:
            return tuple(report for library in self._libraries.values() for report in craft_report(library))
        entry = entries[0]
        folder = entry.path.parent
        course = self._library(folder).course if self._has_course(folder) else Course()
        return craft_report(Library(folder, course, (entry,)), (entry.path,))

    def _older(self, path: Path, new: Entry) -> Entry:
        """The older edition. A loose file, whatever it is called, belongs to the course of the new one."""
        if os.path.isfile(path) and not self._has_course(path.parent):
            try:
                text = path.read_bytes()
            except OSError as error:
                raise CannotCheck(f"{path} cannot be read: {error.strerror}.") from None
            library = self._library(new.path.parent) if self._has_course(new.path.parent) else None
            return replace(load_text(text, new.id, library), path=path)
        found = [one for one in self._named(path) if isinstance(one, Entry)]
        if len(found) != 1 or path.is_dir():
            raise CannotCheck(f"{path} is not a scenario to compare with.")
        return found[0]

    def _runs(self, scenario: str) -> list[tuple[str, ...]]:
        """The choices of every run of a scenario that is kept, over or not."""
        if self.asked.records is None:
            return []
        records = self.asked.records()
        unfinished = records.unfinished(scenario)
        runs = [attempt.choices for attempt in records.attempts(scenario)]
        records.close()
        return [*runs, unfinished.choices] if unfinished else runs

    def _proved(self, entry: Entry) -> Proved:
        progress = Progress(entry.id, self.asked.states, self.progress)
        try:
            proof, mistakes = prove_entry(entry, self.asked.states, progress.watch)
        finally:
            progress.wipe()
        self.interrupted = proof is not None and proof.interrupted
        return Proved(entry, proof, mistakes)

    # ---- what is named ------------------------------------------------------

    def _named(self, path: Path) -> Iterator[Checked | Entry]:
        """What a path or an id on the command line stands for."""
        if path.is_dir():
            yield from self._whole(path)
            return
        if not os.path.lexists(path):
            entry = self._library(self.course).entry(str(path)) if self.course.is_dir() else None
            if entry is None:
                raise CannotCheck(f"There is no file or folder {path}, and no scenario of that name.")
            yield entry
            return
        if not self._has_course(path.parent):
            yield load_file(path)
            return
        whole = {Path(_file(one)).name: one for one in self._whole(path.parent)}
        yield whole.get(path.name) or load_file(path, self._library(path.parent))

    def _has_course(self, folder: Path) -> bool:
        return _same(folder, self.course) or (folder / "course.yaml").is_file()

    def _whole(self, folder: Path) -> Iterator[Checked | Entry]:
        """The course's own files, then its scenarios."""
        library = self._library(folder)
        if self._notes is not None and library.source_path is None:
            raise CannotCheck(f"The course in {library.folder} has no source to compare with the text.")
        differing = compare_quotations(library, self._notes) if self._notes is not None else ()
        told = [*library.course_mistakes, *differing]
        for file in dict.fromkeys([*_own_files(library), *(mistake.place.file for mistake in told)]):
            yield Checked(file, in_order(mistake for mistake in told if mistake.place.file == file))
        yield from library.entries

    def _library(self, folder: Path) -> Library:
        if folder not in self._libraries:
            self._libraries[folder] = load_course(folder)
        return self._libraries[folder]


def _read(source: Path) -> str:
    try:
        return source.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise CannotCheck(f"The source text {source} cannot be read: {reason}.") from None


def _same(folder: Path, course: Path) -> bool:
    return folder.exists() and course.exists() and folder.samefile(course)


def _file(one: Checked | Entry) -> str:
    return one.file if isinstance(one, Checked) else one.path.as_posix()


def _own_files(library: Library) -> Iterator[str]:
    course = library.folder / "course.yaml"
    if course.is_file():
        yield course.as_posix()
    if library.source_path:
        yield library.source_path.as_posix()


# ---- what is printed --------------------------------------------------------


def _as_json(run: _Run) -> Iterator[str]:
    """One object, piece by piece: the claims of a long story are too many to hold at once."""
    yield f'{{"format": {JSON_FORMAT}, "files": ['
    for number, one in enumerate(run.checked.values()):
        yield ",\n" if number else "\n"
        yield from _file_as_json(one)
    yield "]"
    if run.comparison:
        yield f',\n"against": {_json(comparison_form(run.comparison))}'
    if run.asked.craft:
        yield f',\n"craft": {_json([craft_as_form(report) for report in run.crafts()])}'
    yield "}\n"


def _file_as_json(one: Checked) -> Iterator[str]:
    form = {
        "file": one.file,
        "scenario": one.proved.entry.id if one.proved else None,
        "mistakes": [as_form(mistake) for mistake in one.mistakes],
    }
    yield f'{_json(form)[:-1]}, "proof": '
    if one.proved is None or one.proved.proof is None:
        yield "null}"
        return
    before, after = _json(proof_form(one.proved.proof)).split('"claims": []', 1)
    yield f'{before}"claims": ['
    for number, claim in enumerate(one.proved.proof.claims):
        yield f"{',' if number else ''}\n {_json(claim_form(claim))}"
    yield f"]{after}}}"


def _json(form: object) -> str:
    return json.dumps(form, ensure_ascii=False)


def _as_text(run: _Run) -> Iterator[str]:
    """The mistakes, what is proved of each scenario, what moved, and the count of it all."""
    checked = list(run.checked.values())
    mistakes = [mistake for one in checked for mistake in one.mistakes]
    proved = [one.proved for one in checked if one.proved]
    told = [_proof_text(one, run.asked) for one in proved]
    parts = [*map(render, mistakes), *([("\n\n" if run.asked.table else "\n").join(told)] if told else [])]
    if run.comparison:
        parts.append(comparison_text(run.comparison))
    if run.asked.craft:
        parts += [craft_as_text(report).rstrip("\n") for report in run.crafts()]
    parts.append(_closing(checked, mistakes))
    if run.interrupted:
        parts.append("Interrupted: what is known so far is above.")
    yield "\n\n".join(parts) + "\n"


def _proof_text(proved: Proved, asked: Asked) -> str:
    line = summary(proved, asked.states)
    return f"{line}\n{table(proved.proof)}" if asked.table and proved.proof else line


def _closing(checked: Sequence[Checked], mistakes: Sequence[Diagnostic]) -> str:
    files = counted(len(checked), "file")
    if not mistakes:
        return f"{files}, no mistakes."
    errors = sum(mistake.severity == "error" for mistake in mistakes)
    kinds = [(errors, "error"), (len(mistakes) - errors, "warning")]
    told = " and ".join(counted(number, what) for number, what in kinds if number)
    return f"{told} in {sum(bool(one.mistakes) for one in checked)} of {files}."
