"""Files that nobody should have written: too large, too deep, of another sort, not there. A mistake, never a crash."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import pytest

from game.authoring import load_course, load_file, load_text, render
from tests.work import calls

STORY = "title: Late again\npassages:\n  kitchen:\n    text: The bus has gone.\n    ending: {title: Gone}\n"


def told(path: Path) -> list[str]:
    return [render(mistake).replace(path.parent.as_posix() + "/", "") for mistake in load_file(path).mistakes]


def test_a_file_of_fifty_megabytes_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)
    tracemalloc.start()
    try:
        assert told(path) == [
            "large.yaml:1:1  E161 too-large\n  The file has 50 MB, and 16 MB is the most. Make several scenarios of it."
        ]
        assert tracemalloc.get_traced_memory()[1] < 16 * 1024 * 1024
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "{[a]: "])
def test_ten_thousand_levels_are_told_and_do_not_crash(opening: str) -> None:
    entry = load_text("passages: \n  " + opening * 10_000)

    assert entry.scenario is None
    assert entry.mistakes[0].code in ("E145", "E147", "E151")


def test_ten_thousand_levels_of_lines_are_told_and_do_not_crash() -> None:
    text = "".join(f"{' ' * depth}a{depth}:\n" for depth in range(2_000))

    assert [mistake.code for mistake in load_text(text).mistakes] == ["E151"]


def test_a_folder_with_a_scenarios_name_is_told(tmp_path: Path) -> None:
    (tmp_path / "late.yaml").mkdir()

    assert told(tmp_path / "late.yaml") == [
        "late.yaml:1:1  E160 cannot-open\n  This is a folder. Name a file that ends in '.yaml'."
    ]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert told(tmp_path / "nobody.yaml") == [
        "nobody.yaml:1:1  E160 cannot-open\n  There is no file here. Look at the spelling of its name."
    ]


def test_a_name_with_a_null_in_it_is_told(tmp_path: Path) -> None:
    assert [mistake.code for mistake in load_file(tmp_path / "a\0b.yaml").mistakes] == ["E119", "E160"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the system lets this user read everything")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "closed.yaml"
    path.write_text(STORY)
    path.chmod(0)

    assert told(path) == [
        "closed.yaml:1:1  E160 cannot-open\n  You are not allowed to read this file on this computer."
    ]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_links_that_lead_round_in_a_circle_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to(tmp_path / "b.yaml")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "a.yaml")

    assert "E160 cannot-open\n  The file cannot be opened: " in told(tmp_path / "a.yaml")[0]


@pytest.mark.skipif(os.name == "nt", reason="there is no such file there")
def test_a_device_is_not_read() -> None:
    assert "This is not an ordinary file." in [one.message for one in load_file(Path("/dev/zero")).mistakes]


def test_a_byte_order_mark_of_utf_8_is_fine() -> None:
    assert load_text(b"\xef\xbb\xbf" + STORY.encode()).mistakes == ()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_unicode_encodings_are_told_kindly(encoding: str) -> None:
    entry = load_text(STORY.encode(encoding))

    assert [mistake.code for mistake in entry.mistakes] == ["E162"]
    assert entry.mistakes[0].message == (
        "The file is saved as UTF-16 or UTF-32, which some editors call 'Unicode'. Save it as UTF-8 in your editor."
    )


def test_a_byte_that_is_not_utf_8_is_told_with_its_line_and_value() -> None:
    mistakes = load_text(STORY.replace("bus", "café").encode("latin-1")).mistakes

    assert [render(one) for one in mistakes] == [
        "story.yaml:4:18  E162 not-utf-8\n"
        "  The file is not UTF-8: byte 57, on this line, is 0xE9. In the old Windows encoding it is 'é'. "
        "Save the file as UTF-8 in your editor.\n"
        "     4 |     text: The café has gone.\n"
        "       |                  ^"
    ]


def test_mistakes_behind_a_byte_that_is_not_utf_8_are_told_too() -> None:
    text = STORY.replace("bus", "café").replace("ending", "endign")

    assert [one.code for one in load_text(text.encode("latin-1")).mistakes] == ["E162", "E101"]


def test_each_control_character_is_told_at_its_place() -> None:
    mistakes = load_text(STORY.replace("The bus", "The\0 bus\x1b")).mistakes

    assert [(one.code, one.place.line, one.place.column) for one in mistakes] == [("E163", 4, 14), ("E163", 4, 19)]
    assert mistakes[1].message == "A character that cannot be seen stands here (U+001B). Delete it."


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_sort_of_line_ending_counts_the_same(end: str) -> None:
    mistakes = load_text(STORY.replace("ending", "endign").replace("\n", end)).mistakes

    assert [(one.code, one.place.line, one.place.column) for one in mistakes] == [("E101", 5, 5)]


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029"])
def test_signs_that_no_editor_takes_for_a_line_break_are_none(sign: str) -> None:
    text = STORY.replace("The bus", f"The{sign}bus: it").replace("ending", "endign")

    mistakes = load_text(text).mistakes

    assert [(one.code, one.place.line, one.place.column) for one in mistakes] == [("E142", 4, 11), ("E101", 5, 5)]
    entry = load_text(STORY.replace("The bus", f"The{sign}bus"))
    assert entry.scenario is not None
    assert entry.scenario.passages["kitchen"].text[0].text == f"The{sign}bus has gone."  # type: ignore[union-attr]


def test_a_folder_that_does_not_exist_is_a_mistake_of_the_course(tmp_path: Path) -> None:
    library = load_course(tmp_path / "nowhere")

    assert [one.message for one in library.course_mistakes] == [
        "There is no such folder. Look at the spelling of its name."
    ]
    assert library.entries == ()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    path = tmp_path / "late.yaml"
    path.write_text(STORY)

    assert [one.message for one in load_course(path).course_mistakes] == [
        "This is a file. Name the folder that holds the course."
    ]


def test_many_unknown_names_are_all_told_and_what_was_meant_is_not_looked_for_without_end() -> None:
    passages = "".join(f"  passage-{n}:\n    text: Hm.\n    goto: pasage-{n}\n" for n in range(3_000))

    entry = load_text(f"title: Many\npassages:\n{passages}")

    assert len(entry.mistakes) == 3_000
    meant = ["Did you mean 'passage-" in mistake.message for mistake in entry.mistakes]
    assert meant == [True] * 20 + [False] * 2_980


def _long(passages: int) -> str:
    """A story of so many passages, one after the other."""
    passage = "  p{0}:\n    text:\n{1}    goto: p{2}\n"
    lines = "      - The kitchen is quiet, and the clock says half past eight. Somebody has left a mug.\n" * 6
    told = "".join(passage.format(n, lines, n + 1) for n in range(passages))
    return f"title: Long\npassages:\n{told}  p{passages}:\n    ending: {{title: End}}\n"


def test_ten_thousand_passages_load() -> None:
    entry = load_text(_long(10_000))

    assert entry.mistakes == ()
    assert entry.scenario is not None
    assert len(entry.scenario.passages) == 10_001


def test_twice_as_many_passages_are_twice_the_work_and_not_four_times() -> None:
    one, two = _long(1_000), _long(2_000)

    assert calls(lambda: load_text(two)) < 2.2 * calls(lambda: load_text(one))
