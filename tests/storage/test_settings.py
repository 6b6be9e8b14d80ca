"""Settings come back; a damaged one is the default, and takes no other with it."""

from __future__ import annotations

import sqlite3
from dataclasses import fields
from pathlib import Path

import pytest

from game.storage import TEXT_SIZES, Settings

from .conftest import Open

CHANGED = Settings(
    text_size=175, spoken=True, keep_runs=False, full_screen=True, welcomed=True, reduce_motion=True, sound=True
)


NAMES = [field.name for field in fields(Settings)]


def test_every_setting_is_read_back_by_the_next_start(open_records: Open) -> None:
    assert all(getattr(CHANGED, name) != getattr(Settings(), name) for name in NAMES)
    open_records().change(CHANGED)

    assert open_records().settings() == CHANGED


def test_a_person_who_was_not_asked_yet_is_still_not_asked(open_records: Open) -> None:
    open_records().change(Settings(welcomed=True))

    assert open_records().settings().keep_runs is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text_size", "110"),
        ("text_size", "'large'"),
        ("text_size", "NULL"),
        ("text_size", "1000000000000"),
        ("spoken", "2"),
        ("keep_runs", "'yes'"),
        ("full_screen", "0.5"),
        ("welcomed", "X'00FF'"),
        ("reduce_motion", "NULL"),
    ],
)
def test_a_damaged_setting_is_the_default_and_the_others_stay(
    open_records: Open, folder: Path, name: str, value: str
) -> None:
    records = open_records()
    records.change(CHANGED)
    records.close()
    connection = sqlite3.connect(folder / "upstream.db")
    connection.execute(f"UPDATE setting SET value = {value} WHERE name = ?", (name,))
    connection.execute("INSERT INTO setting VALUES ('from_another_edition', 7)")
    connection.commit()
    connection.close()

    read = open_records().settings()
    assert getattr(read, name) == getattr(Settings(), name)
    others = [field for field in NAMES if field != name]
    assert [getattr(read, field) for field in others] == [getattr(CHANGED, field) for field in others]


def test_text_comes_in_five_sizes_only() -> None:
    assert TEXT_SIZES == (100, 125, 150, 175, 200)
    with pytest.raises(ValueError, match="text_size is 110"):
        Settings(text_size=110)


@pytest.mark.parametrize("size", TEXT_SIZES)
def test_each_size_of_text_is_read_back(open_records: Open, size: int) -> None:
    open_records().change(Settings(text_size=size))

    assert open_records().settings() == Settings(text_size=size)
