"""The files of a session: whole at every moment, one name, and nobody else's file touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from game.storage import SessionFiles

CONTENTS = {".html": "<p>one</p>", ".md": "one", ".csv": "1"}


def test_the_files_have_one_name_and_an_ending_each(tmp_path: Path) -> None:
    path = SessionFiles(tmp_path / "desk", "room").write(CONTENTS)
    assert path == tmp_path / "desk" / "room.html"
    assert {file.name: file.read_text() for file in path.parent.iterdir()} == {
        "room.html": "<p>one</p>",
        "room.md": "one",
        "room.csv": "1",
    }


def test_writing_again_writes_the_same_files_anew(tmp_path: Path) -> None:
    files = SessionFiles(tmp_path / "desk", "room")
    files.write(CONTENTS)
    files.write({**CONTENTS, ".md": "two"})
    assert sorted(os.listdir(tmp_path / "desk")) == ["room.csv", "room.html", "room.md"]
    assert (tmp_path / "desk" / "room.md").read_text() == "two"


def test_what_did_not_change_is_left_alone(tmp_path: Path) -> None:
    files = SessionFiles(tmp_path, "room")
    path = files.write(CONTENTS)
    before = path.stat().st_ino
    files.write(CONTENTS)
    assert path.stat().st_ino == before


@pytest.mark.parametrize("taken", ["room.html", "room.md", "room.csv"])
def test_a_name_that_is_taken_in_any_way_gets_a_number(tmp_path: Path, taken: str) -> None:
    (tmp_path / taken).write_text("another session")
    assert SessionFiles(tmp_path, "room").write(CONTENTS) == tmp_path / "room-2.html"
    assert (tmp_path / taken).read_text() == "another session"


def test_whoever_reads_meanwhile_finds_the_old_file_or_the_new_one_whole(tmp_path: Path) -> None:
    files = SessionFiles(tmp_path, "room")
    path = files.write({".html": "a" * 100_000})
    with path.open() as reader:
        files.write({".html": "b" * 100_000})
        assert set(reader.read()) == {"a"}
    assert set(path.read_text()) == {"b"}


def test_what_was_written_stays_where_writing_fails(tmp_path: Path) -> None:
    files = SessionFiles(tmp_path / "desk", "room")
    path = files.write(CONTENTS)
    (tmp_path / "desk" / "room.html.part").mkdir()
    with pytest.raises(OSError, match="room"):
        files.write({**CONTENTS, ".html": "<p>two</p>"})
    assert path.read_text() == "<p>one</p>"
