"""The `check` command: what it prints for people and for editors, and its exit codes."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from game.tools.check import check

GOOD = "title: Late again\npassages:\n  a:\n    text: Hm.\n    ending: {title: End}\n"
BAD = GOOD.replace("ending:", "goto: b\n    endign:")
ODD = GOOD + "  b: {text: Nobody comes here., ending: {title: Never}}\n"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "scenarios"
    folder.mkdir()
    (folder / "course.yaml").write_text("title: C\nsource: notes.yaml\n")
    (folder / "notes.yaml").write_text(
        "ideas:\n  AB-1:\n    name: ask\n    says: Ask.\n    quotes:\n      AB-1a: {text: Ask them why.}\n"
    )
    (folder / "late-again.yaml").write_text(GOOD)
    return folder


def run(
    *paths: Path, course: Path, as_json: bool = False, strict: bool = False, source: Path | None = None
) -> tuple[int, str]:
    out = io.StringIO()
    code = check(paths, course, as_json=as_json, strict=strict, source=source, out=out)
    return code, out.getvalue()


def test_a_course_without_mistakes_says_so(course: Path) -> None:
    assert run(course=course) == (0, "3 files, no mistakes.\n")


def test_a_single_file_without_mistakes_says_so(course: Path) -> None:
    assert run(course / "late-again.yaml", course=course) == (0, "1 file, no mistakes.\n")


def test_mistakes_are_told_file_by_file_with_a_closing_count(course: Path) -> None:
    (course / "late-again.yaml").write_text(BAD)
    (course / "the-visit.yaml").write_text(ODD)

    code, printed = run(course=course)

    assert code == 1
    assert printed == (
        "scenarios/late-again.yaml:5:11  E104 unknown-passage\n"
        "  'goto' leads to 'b', and no passage has that name.\n"
        "     5 |     goto: b\n"
        "       |           ^\n"
        "\n"
        "scenarios/late-again.yaml:6:5  E101 unknown-field\n"
        "  A passage has no field 'endign'. Did you mean 'ending'?\n"
        "     6 |     endign: {title: End}\n"
        "       |     ^^^^^^\n"
        "\n"
        "scenarios/the-visit.yaml:6:3  W301 unreached-passage\n"
        "  Nothing leads to passage 'b', so nobody can get there.\n"
        "     6 |   b: {text: Nobody comes here., ending: {title: Never}}\n"
        "       |   ^\n"
        "\n"
        "2 errors and 1 warning in 2 of 4 files.\n"
    )


def test_a_warning_alone_is_well_unless_strict(course: Path) -> None:
    (course / "the-visit.yaml").write_text(ODD)

    code, printed = run(course=course)

    assert code == 0
    assert printed.endswith("\n1 warning in 1 of 4 files.\n")
    assert run(course=course, strict=True)[0] == 1


def test_a_story_in_which_a_player_gets_stuck_is_an_error(course: Path) -> None:
    (course / "late-again.yaml").write_text("title: Round\npassages:\n  a: {text: Hm., goto: a}\n")

    code, printed = run(course=course)

    assert code == 1
    assert "E202 endless-goto" in printed


def test_editors_get_one_object_with_the_keys_they_were_promised(course: Path) -> None:
    (course / "late-again.yaml").write_text(GOOD.replace("ending", "endign"))

    code, printed = run(course=course, as_json=True)

    assert code == 1
    assert json.loads(printed) == {
        "format": 1,
        "files": [
            {"file": "scenarios/course.yaml", "scenario": None, "mistakes": [], "proof": None},
            {"file": "scenarios/notes.yaml", "scenario": None, "mistakes": [], "proof": None},
            {
                "file": "scenarios/late-again.yaml",
                "scenario": "late-again",
                "mistakes": [
                    {
                        "code": "E101",
                        "rule": "unknown-field",
                        "severity": "error",
                        "line": 5,
                        "column": 5,
                        "end_line": 5,
                        "end_column": 11,
                        "message": "A passage has no field 'endign'. Did you mean 'ending'?",
                        "suggestion": "ending",
                    }
                ],
                "proof": None,
            },
        ],
    }


def test_a_file_in_the_course_is_checked_with_its_course_and_a_loose_one_with_the_defaults(
    course: Path, tmp_path: Path
) -> None:
    citing = GOOD + "debrief: {quotes: [AB-1a]}\n"
    (course / "late-again.yaml").write_text(citing)
    (tmp_path / "loose.yaml").write_text(citing)

    code, printed = run(course / "late-again.yaml", tmp_path / "loose.yaml", course=course)

    assert code == 0
    assert "scenarios/late-again.yaml" not in printed
    assert "loose.yaml:6:20  W310 not-looked-up" in printed
    assert printed.endswith("1 warning in 1 of 2 files.\n")


def test_a_file_in_another_course_is_checked_with_that_one(course: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "course.yaml").write_text("people: {sam: {name: Sam}}\n")
    (other / "hello.yaml").write_text(GOOD.replace("text: Hm.", "text:\n      - sam: Hm."))

    assert run(other / "hello.yaml", course=course) == (0, "1 file, no mistakes.\n")


def test_the_course_file_can_be_checked_by_itself(course: Path) -> None:
    (course / "course.yaml").write_text("titel: C\n")

    code, printed = run(course / "course.yaml", course=course)

    assert code == 1
    assert "scenarios/course.yaml:1:1  E101 unknown-field" in printed


def test_a_folder_is_checked_as_a_course(course: Path, tmp_path: Path) -> None:
    assert run(course, course=tmp_path) == (0, "3 files, no mistakes.\n")


def test_a_file_named_twice_is_told_once(course: Path) -> None:
    path = course / "late-again.yaml"

    assert run(path, path, course=course) == (0, "1 file, no mistakes.\n")


def test_a_name_that_is_not_there_is_wrong_use(course: Path) -> None:
    code, printed = run(Path("nobody.yaml"), course=course)

    assert code == 2
    assert printed == "There is no file or folder nobody.yaml.\n"


def test_a_course_folder_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    code, printed = run(course=Path("nowhere"))

    assert code == 2
    assert printed == "There is no file or folder nowhere.\n"


def test_quotations_are_compared_with_the_source_text(course: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("Ask them\nwhy.")
    assert run(course=course, source=notes) == (0, "3 files, no mistakes.\n")

    notes.write_text("Ask them when.")
    code, printed = run(course=course, source=notes)

    assert code == 1
    assert printed.startswith(
        "scenarios/notes.yaml:6:7  E135 quotation-differs\n"
        "  The words of 'AB-1a' are not in the source text. Copy them from it, word for word.\n"
    )


def test_a_source_text_that_cannot_be_read_is_wrong_use(course: Path, tmp_path: Path) -> None:
    code, printed = run(course=course, source=tmp_path / "nobody.txt")

    assert code == 2
    assert printed.startswith("The source text ")
    assert printed.endswith(" cannot be read: No such file or directory.\n")


def test_a_source_text_without_a_source_is_wrong_use(course: Path, tmp_path: Path) -> None:
    (course / "course.yaml").write_text("title: C\n")
    (tmp_path / "notes.txt").write_text("Ask.")

    code, printed = run(course=course, source=tmp_path / "notes.txt")

    assert code == 2
    assert printed == "The course in scenarios has no source to compare with the text.\n"
