"""Saving a document where the player asked for one: texts and pictures, and nothing is ever written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.storage import save_document


def test_a_text_is_written_as_utf_8_with_its_line_ends_as_they_are(tmp_path: Path) -> None:
    path = save_document(tmp_path / "new" / "folder", "run", ".txt", "Ça va?\nYes.\n")

    assert path == tmp_path / "new" / "folder" / "run.txt"
    assert path.read_bytes() == "Ça va?\nYes.\n".encode()


def test_a_picture_is_written_byte_for_byte(tmp_path: Path) -> None:
    data = b"\x89PNG\r\n\x1a\n\x00\xff"

    assert save_document(tmp_path, "card", ".png", data).read_bytes() == data


def test_a_name_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    paths = [save_document(tmp_path, "card", ".png", bytes([number])) for number in range(3)]

    assert [path.name for path in paths] == ["card.png", "card-2.png", "card-3.png"]
    assert [path.read_bytes() for path in paths] == [b"\x00", b"\x01", b"\x02"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "desk").write_text("a file", encoding="utf-8")

    with pytest.raises(OSError, match="desk"):
        save_document(tmp_path / "desk", "run", ".txt", "words")
