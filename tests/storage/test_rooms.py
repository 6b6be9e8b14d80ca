"""Sessions that are not at their end, as files: whole, locked while they are led, gone when they are closed."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from game.storage import KEPT_DAYS, KeptRooms, Records

NOW = datetime(2026, 11, 29, 10, 0)


@pytest.fixture
def rooms(tmp_path: Path) -> KeptRooms:
    return KeptRooms(tmp_path, lambda: NOW)


def stood(path: Path, when: datetime) -> None:
    """The session last stood then."""
    os.utime(path, (when.timestamp(), when.timestamp()))


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_nothing_is_made_before_there_is_something_to_keep(rooms: KeptRooms, tmp_path: Path) -> None:
    assert rooms.left() == {}
    rooms.begin("late-again").let_go()
    assert files(tmp_path) == []


def test_what_was_left_is_found_with_its_journal(rooms: KeptRooms, tmp_path: Path) -> None:
    kept = rooms.begin("late-again")
    kept.keep({"scenario": "late-again", "at": 1})
    kept.keep({"scenario": "late-again", "at": 2})
    kept.journal().append(b"one\n")
    kept.journal().append(b"two\n")
    assert rooms.left() == {}, "it is led"
    kept.let_go()
    left = rooms.left()["late-again"]
    assert (left.told["at"], left.phones) == (2, b"one\ntwo\n")
    for path in (tmp_path / "rooms").glob("*.phones"):
        assert path.stat().st_mode & 0o077 == 0, "for this user alone"


def test_of_two_of_one_story_the_newest_is_found_and_both_are_put_away(rooms: KeptRooms, tmp_path: Path) -> None:
    for at in (1, 2):
        kept = rooms.begin("late-again")
        kept.keep({"scenario": "late-again", "at": at})
        kept.let_go()
    first, second = sorted((tmp_path / "rooms").glob("*.json"))
    stood(first, NOW - timedelta(hours=1))
    stood(second, NOW - timedelta(hours=2))
    assert rooms.left()["late-again"].told["at"] == 1
    rooms.put_away("the-visit")
    assert len(rooms.left()) == 1
    rooms.put_away("late-again")
    assert files(tmp_path) == []


def test_one_is_taken_up_once(rooms: KeptRooms) -> None:
    kept = rooms.begin("late-again")
    kept.keep({"scenario": "late-again"})
    assert rooms.take_up("late-again") is None
    kept.let_go()
    taken = rooms.take_up("late-again")
    assert taken is not None
    assert rooms.take_up("late-again") is None
    taken[0].close()
    assert rooms.take_up("late-again") is None


def test_a_closed_session_leaves_no_file(rooms: KeptRooms, tmp_path: Path) -> None:
    kept = rooms.begin("late-again")
    kept.keep({"scenario": "late-again"})
    kept.journal().append(b'{"is":"phone","token":"0123456789abcdef"}\n')
    kept.close()
    assert files(tmp_path) == []


def test_what_was_left_too_long_ago_goes(rooms: KeptRooms, tmp_path: Path) -> None:
    for days in (KEPT_DAYS - 1, KEPT_DAYS + 1):
        kept = rooms.begin(f"story-{days}")
        kept.keep({"scenario": f"story-{days}"})
        kept.let_go()
        [path] = (tmp_path / "rooms").glob(f"story-{days}-*.json")
        stood(path, NOW - timedelta(days=days))
    assert list(rooms.left()) == ["story-6"]
    assert [name for name in files(tmp_path) if name.startswith("story-8")] == []


def test_it_counts_as_kept_and_goes_with_everything_else(rooms: KeptRooms, tmp_path: Path) -> None:
    records = Records.open(tmp_path, lambda: NOW)
    before = records.size()
    kept = rooms.begin("late-again")
    kept.keep({"scenario": "late-again", "words": "x" * 900})
    kept.let_go()
    assert records.size() - before > 900
    records.delete_everything()
    assert files(tmp_path) == []
    records.close()
