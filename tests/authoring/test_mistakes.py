"""Every mistake by an example: each file says in its first lines what must be reported, and exactly that is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from game.authoring import CODES, Diagnostic, Entry, compare_quotations, load_course, load_file, prove_entry

MISTAKES = Path(__file__).parent.parent / "mistakes"
SCENARIOS = sorted((MISTAKES / "scenarios").glob("*.yaml"))
LOOSE = sorted((MISTAKES / "loose").glob("*.yaml"))
COURSES = sorted(path for path in (MISTAKES / "courses").iterdir() if path.is_dir())

REPORTS = re.compile(
    r"# reports (?P<code>[EW]\d{3}) at (?P<line>\d+):(?P<column>\d+)(?:, suggests(?:: (?P<near>.*)| to delete it))?"
)

WITHOUT_HEADER = {
    "empty-file.yaml": {("E164", 1, 1, None)},
    "utf-16.yaml": {("E162", 1, 1, None)},
}
"""Files that cannot say for themselves what is wrong with them."""

ELSEWHERE = {"E160": "test_bounds.py", "E161": "test_bounds.py", "W321": "test_proving.py"}
"""Mistakes of files that cannot be kept here: too large, or not there."""

Report = tuple[str, int, int, str | None]


def announced(path: Path) -> list[Report]:
    if path.name in WITHOUT_HEADER:
        return sorted(WITHOUT_HEADER[path.name])
    lines = path.read_text("utf-8", errors="replace").splitlines()
    return sorted(_report(found) for line in lines if (found := REPORTS.fullmatch(line)))


def _report(found: re.Match[str]) -> Report:
    near = "" if found[0].endswith("to delete it") else found["near"]
    return found["code"], int(found["line"]), int(found["column"]), near


def mistakes_of(entry: Entry) -> tuple[Diagnostic, ...]:
    """What is told on loading, and what the proof adds."""
    mistakes = prove_entry(entry)[1]
    assert set(entry.mistakes) <= set(mistakes)
    return mistakes


def reported(mistakes: tuple[Diagnostic, ...]) -> list[Report]:
    return sorted((one.code, one.place.line, one.place.column, one.suggestion) for one in mistakes)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_broken_scenario_reports_just_what_it_says(path: Path) -> None:
    library = load_course(MISTAKES / "course")

    entry = load_file(path, library)

    assert reported(mistakes_of(entry)) == announced(path)
    assert announced(path), "the file announces nothing"


@pytest.mark.parametrize("path", LOOSE, ids=lambda path: path.stem)
def test_a_broken_loose_file_reports_just_what_it_says(path: Path) -> None:
    assert reported(mistakes_of(load_file(path))) == announced(path)


@pytest.mark.parametrize("folder", COURSES, ids=lambda path: path.name)
def test_the_files_of_a_broken_course_report_just_what_they_say(folder: Path) -> None:
    library = load_course(folder)
    notes = folder / "notes.txt"
    differing = compare_quotations(library, notes.read_text("utf-8")) if notes.exists() else ()
    mistakes = [*library.course_mistakes, *differing, *(one for entry in library.entries for one in mistakes_of(entry))]

    for path in folder.glob("*.yaml"):
        found = tuple(one for one in mistakes if one.place.file == path.as_posix())
        assert reported(found) == announced(path), path.name
    assert {one.place.file for one in mistakes} <= {path.as_posix() for path in folder.iterdir()}


def test_the_course_for_mistakes_has_none_itself() -> None:
    assert load_course(MISTAKES / "course").course_mistakes == ()


def _codes_with_examples() -> set[str]:
    paths = [*SCENARIOS, *LOOSE, *(path for folder in COURSES for path in folder.glob("*.yaml"))]
    return {code for path in paths for code, *_ in announced(path)}


@pytest.mark.parametrize("code", CODES)
def test_every_sort_of_mistake_has_an_example(code: str) -> None:
    assert code in _codes_with_examples() | set(ELSEWHERE)


@pytest.mark.parametrize("code", CODES)
def test_the_example_in_the_guide_stands_in_a_file_that_reports_it(code: str) -> None:
    example = CODES[code].example
    if example.startswith("("):
        pytest.skip("an example in words")
    paths = [*SCENARIOS, *LOOSE, *(path for folder in COURSES for path in folder.glob("*.yaml"))]
    telling = [path for path in paths if code in {one for one, *_ in announced(path)}]

    assert any(example in path.read_text("utf-8", errors="replace").splitlines() for path in telling)


@pytest.mark.parametrize("code", CODES)
def test_the_table_of_mistakes_is_whole(code: str) -> None:
    rule = CODES[code]

    assert re.fullmatch(r"(E1|E2|W3)\d\d", code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.rule)
    assert all(text.strip().endswith((".", "'")) for text in (rule.title, rule.means, rule.mend))
    assert rule.severity == ("warning" if code.startswith("W") else "error")


def test_no_two_rules_have_the_same_name() -> None:
    names = [rule.rule for rule in CODES.values()]

    assert len(names) == len(set(names))
