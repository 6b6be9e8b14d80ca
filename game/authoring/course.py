"""Owns finding and loading a course: its folder, its files, their order. Never lets a broken file take others down."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from game.authoring.build import BuiltCourse, Shelf, Spans, build_course, build_scenario, build_source
from game.authoring.checks import check
from game.authoring.diagnostics import TOP, Diagnostic, Place, in_order, told
from game.authoring.schema import PRACTICE, QUOTATION, SPELLING, Group
from game.authoring.source import Document, parse_document, read_document
from game.story import Course, Quotation, Scenario, Source

COURSE: Final = "course"
"""The name of the file that describes the course, without its ending."""

ENDINGS: Final = (".yaml", ".yml")
"""How the name of a scenario's file ends."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One scenario of a course, played or not: `scenario` is None where it has mistakes that must be mended first.

    `spans` and `document` (its lines alone) are for telling what a proof finds at its place in the file.
    """

    id: str
    path: Path
    scenario: Scenario | None
    mistakes: tuple[Diagnostic, ...] = ()
    spans: Spans = field(default_factory=dict, compare=False, repr=False)
    document: Document = field(default=Document(""), compare=False, repr=False)

    @property
    def title(self) -> str:
        """The scenario's title; its id where it could not be read."""
        return self.scenario.title if self.scenario else self.id

    @property
    def summary(self) -> str:
        """What it is about; empty where that is not known."""
        return self.scenario.summary if self.scenario else ""

    @property
    def minutes(self) -> int | None:
        """About how long it takes; None where that is not known."""
        return self.scenario.minutes if self.scenario else None


@dataclass(frozen=True, slots=True)
class Library:
    """A course folder as loaded: the course, and its scenarios in the course's order.

    `course_mistakes` are those of course.yaml and of the source.
    """

    folder: Path
    course: Course
    entries: tuple[Entry, ...] = ()
    course_mistakes: tuple[Diagnostic, ...] = ()
    shelf: Shelf = field(default_factory=Shelf)
    source_path: Path | None = None
    source_spans: Spans = field(default_factory=dict)

    def entry(self, id: str) -> Entry | None:
        """The entry of this id, or None."""
        return next((entry for entry in self.entries if entry.id == id), None)


def load_course(folder: Path) -> Library:
    """Load the course in a folder. Never raises: what is wrong is in the library's and the entries' mistakes."""
    try:
        names = sorted(path.name for path in folder.iterdir() if _is_ours(path.name))
    except OSError as error:
        return Library(folder, Course(), course_mistakes=(_no_folder(folder, error),))
    course_file = next((name for name in names if Path(name).stem == COURSE), None)
    stories = [name for name in names if Path(name).stem != COURSE]
    library = _course(folder, course_file, stories) if course_file else Library(folder, Course())
    if library.source_path:
        stories = [name for name in stories if name != library.source_path.name]
    return _with_entries(library, {Path(name).stem: name for name in reversed(stories)}, stories)


def _is_ours(name: str) -> bool:
    """Whether it may be a file of the course; what begins with a dot belongs to editors and systems."""
    return name.endswith(ENDINGS) and not name.startswith(".")


def _with_entries(library: Library, files: Mapping[str, str], stories: Iterable[str]) -> Library:
    arcs = [id for arc in library.course.arcs for id in arc.scenarios if id in files]
    order = dict.fromkeys([*arcs, *sorted(files)])
    entries = tuple(_entry(id, library.folder / files[id], library, not arcs or id in arcs) for id in order)
    twins = tuple(_twin(library.folder, name, files) for name in stories if files[Path(name).stem] != name)
    return replace(library, entries=entries, course_mistakes=(*library.course_mistakes, *twins))


def _twin(folder: Path, name: str, files: Mapping[str, str]) -> Diagnostic:
    other = files[Path(name).stem]
    message = f"'{other}' has the same name, and is the one that is played. Rename one of the two."
    return Diagnostic("E117", Place((folder / name).as_posix(), *TOP), message)


def _no_folder(folder: Path, error: OSError) -> Diagnostic:
    if isinstance(error, FileNotFoundError):
        message = "There is no such folder. Look at the spelling of its name."
    elif isinstance(error, NotADirectoryError):
        message = "This is a file. Name the folder that holds the course."
    elif isinstance(error, PermissionError):
        message = "You are not allowed to read this folder on this computer."
    else:
        message = f"The folder cannot be opened: {told(error.strerror or str(error))}."
    return Diagnostic("E160", Place(folder.as_posix(), *TOP), message)


def _course(folder: Path, name: str, others: list[str]) -> Library:
    path = folder / name
    document = read_document(path, path.as_posix())
    built = build_course(document, [Path(other).stem for other in others], others)
    library = Library(folder, built.course, course_mistakes=built.mistakes, shelf=_shelf(built))
    return _with_source(library, built) if built.source else library


def _shelf(built: BuiltCourse) -> Shelf:
    unlisted = set[Group]()
    if not built.source:
        unlisted.add(QUOTATION)
    if not built.course.practice:
        unlisted.add(PRACTICE)
    return Shelf(built.course, built.open, frozenset(unlisted - built.open))


def _with_source(library: Library, built: BuiltCourse) -> Library:
    path = library.folder / built.source
    read = read_document(path, path.as_posix())
    source = build_source(read)
    course = replace(built.course, source=source.source)
    open_ = built.open if source.complete else built.open | {QUOTATION}
    shelf = replace(library.shelf, course=course, open=frozenset(open_))
    return replace(
        library,
        course=course,
        shelf=shelf,
        course_mistakes=(*built.mistakes, *source.mistakes),
        source_path=path,
        source_spans=source.spans,
    )


def load_file(path: Path, library: Library | None = None) -> Entry:
    """Load one scenario: with a course where it belongs to one, else with the defaults. Never raises."""
    return _entry(path.stem if path.suffix in ENDINGS else path.name, path, library, listed=True)


def load_text(text: str | bytes, id: str = "story", library: Library | None = None) -> Entry:
    """The scenario that a text tells, as if it were the file of that id. Never raises."""
    path = Path(f"{id}.yaml")
    with _uncollected():
        return _built(id, path, parse_document(text, path.as_posix()), library, listed=True)


def _entry(id: str, path: Path, library: Library | None, listed: bool) -> Entry:
    with _uncollected():
        return _built(id, path, read_document(path, path.as_posix()), library, listed)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector of garbage: loading makes none, and it would look through every node again and again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _built(id: str, path: Path, document: Document, library: Library | None, listed: bool) -> Entry:
    built = build_scenario(document, id, library.shelf if library else Shelf())
    misnamed = tuple(_file_name(path, document))
    scenario = None if misnamed else built.scenario
    mistakes = [*built.mistakes, *misnamed]
    if scenario:
        mistakes += check(scenario, built.spans, document)
    if not listed:
        message = f"No arc of the course names '{told(id)}', so it comes after the others. Add it to an arc."
        mistakes.append(document.diagnostic("W309", TOP, message))
    return Entry(id, path, scenario, in_order(mistakes), built.spans, Document(document.file, document.lines))


def _file_name(path: Path, document: Document) -> Iterable[Diagnostic]:
    if path.suffix in ENDINGS and re.fullmatch(SPELLING, path.stem):
        return
    better = re.sub(r"[^a-z0-9_-]+", "-", path.stem.lower()).strip("-0123456789_") or "my-scenario"
    near = f"{better}.yaml"
    message = f"'{told(path.name)}' cannot be a scenario's id. Rename the file, such as '{near}'."
    yield Diagnostic("E119", Place(document.file, *TOP), message, near)


def check_source_text(source: Source, notes: str) -> tuple[Quotation, ...]:
    """The quotations that do not stand in the notes word for word. White space is folded on both sides."""
    folded = " ".join(notes.split())
    return tuple(quote for quote in source.quotes.values() if " ".join(quote.text.split()) not in folded)


def compare_quotations(library: Library, notes: str) -> tuple[Diagnostic, ...]:
    """`check_source_text` of a library's source, each difference told at the quotation's own line."""
    if library.source_path is None:
        return ()
    document = read_document(library.source_path, library.source_path.as_posix())
    differ = check_source_text(library.course.source, notes)
    return tuple(
        document.diagnostic(
            "E135",
            library.source_spans["quotation", quote.id],
            f"The words of '{quote.id}' are not in the source text. Copy them from it, word for word.",
        )
        for quote in differ
    )
