"""Whatever happens to the file, a run goes on, nothing kept is overwritten, and the player is told."""

from __future__ import annotations

import os
import random
import sqlite3
import stat
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from game.storage import Records, Save, Settings
from game.training import Attempt

from .conftest import MORNING, MakeSave, Open, Window, hear, tell

posix = pytest.mark.skipif(sys.platform == "win32", reason="this way of breaking a disk is not there on Windows")


def keys(records: Records) -> list[str]:
    return [notice.key for notice in records.notices]


def texts(records: Records) -> list[str]:
    return [notice.text for notice in records.notices]


@pytest.fixture
def good_file(open_records: Open, folder: Path, make_save: MakeSave) -> Path:
    """A file with a run and settings in it, closed."""
    records = open_records()
    records.keep(make_save("earlier"))
    records.change(Settings(spoken=True))
    records.close()
    return folder / "upstream.db"


# Damaged


def _random_bytes(path: Path) -> None:
    path.write_bytes(random.Random(7).randbytes(20_000))


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _head_only(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:60])


def _text_file(path: Path) -> None:
    path.write_text("Shopping list: milk, bread.\n" * 200)


def _all_zeros(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def _spoilt_inside(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[4096:4200] = random.Random(7).randbytes(104)
    path.write_bytes(whole)


def _another_programs(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()


def _a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "inside.txt").write_text("mine")


DAMAGE = (
    _random_bytes,
    _truncated,
    _head_only,
    _text_file,
    _all_zeros,
    _spoilt_inside,
    _another_programs,
    _a_folder,
)


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_put_aside_a_new_one_begun_and_it_is_said(
    open_records: Open, good_file: Path, make_save: MakeSave, damage: Callable[[Path], None]
) -> None:
    damage(good_file)
    aside = good_file.with_name("upstream-damaged-2026-11-23-1.db")
    before = None if good_file.is_dir() else good_file.read_bytes()

    records = open_records()
    assert texts(records) == [
        f"{good_file} was damaged and could not be read. It was put aside as {aside}, "
        "and a new file takes its place. Runs kept before are not shown."
    ]
    assert not good_file.exists()
    assert (aside / "inside.txt").read_text() == "mine" if before is None else aside.read_bytes() == before

    records.keep(make_save("new"))
    assert open_records().all_unfinished() == {"late-again": make_save("new")}
    assert keys(records) == ["damaged"]


def test_no_damaged_file_is_ever_overwritten(open_records: Open, good_file: Path) -> None:
    for number in (1, 2, 3):
        good_file.write_text(f"damage {number}")
        open_records().close()
    (good_file.parent / "upstream-damaged-2026-11-23-4.db-wal").write_text("an older log")
    good_file.write_text("damage 5")
    open_records().close()

    aside = {path.name: path.read_text() for path in good_file.parent.iterdir()}
    assert aside == {
        "upstream-damaged-2026-11-23-1.db": "damage 1",
        "upstream-damaged-2026-11-23-2.db": "damage 2",
        "upstream-damaged-2026-11-23-3.db": "damage 3",
        "upstream-damaged-2026-11-23-4.db-wal": "an older log",
        "upstream-damaged-2026-11-23-5.db": "damage 5",
    }


@pytest.mark.parametrize("left", [b"", b"damaged too"])
def test_the_log_of_a_damaged_file_goes_with_it(
    open_records: Open, window: Window, good_file: Path, left: bytes
) -> None:
    folder = good_file.parent
    other = window("hold_open", folder, "their-run")
    hear(other)
    other.kill()
    other.wait()
    log = (folder / "upstream.db-wal").read_bytes()
    assert log
    (folder / "upstream.db").write_bytes(left)

    records = open_records()
    assert keys(records) == ["damaged"]
    aside = folder / "upstream-damaged-2026-11-23-1.db"
    assert aside.read_bytes() == left
    assert Path(f"{aside}-wal").read_bytes() == log
    assert not (folder / "upstream.db").exists()
    assert not (folder / "upstream.db-wal").exists()


def test_an_empty_file_is_used_and_it_is_said(open_records: Open, good_file: Path, make_save: MakeSave) -> None:
    good_file.write_bytes(b"")

    records = open_records()
    assert texts(records) == [
        f"{good_file} was empty. If runs were kept in it, they are lost. New ones are kept as usual."
    ]
    records.keep(make_save("new"))
    assert open_records().all_unfinished() == {"late-again": make_save("new")}


def test_a_damaged_file_put_in_its_place_while_the_window_is_open_does_not_stop_the_run(
    open_records: Open, good_file: Path, make_save: MakeSave
) -> None:
    records = open_records()
    assert records.unfinished("late-again") == make_save("earlier")
    copy = good_file.with_name("copy")
    _random_bytes(copy)
    copy.replace(good_file)
    records.keep(make_save("now", choices=3))
    records.keep(make_save("now", choices=4))
    records.close()

    assert keys(records) == ["damaged"]
    assert open_records().unfinished("late-again") == make_save("now", choices=4)


save_now = Save("now", "late-again", "edition-1", ("office",), 1, MORNING, MORNING + timedelta(days=400_000))
attempt_now = Attempt("then", "late-again", "edition-1", ("office",), "swim", MORNING, MORNING)


def _bytes_of_a_good_file() -> bytes:
    with tempfile.TemporaryDirectory() as name:
        records = Records.open(Path(name), lambda: MORNING)
        for number in range(30):
            records.keep(Save(f"run-{number}", "late-again", "e", ("choice",) * 60, 1, MORNING, MORNING))
        records.finish(attempt_now, keep=True)
        records.change(Settings(spoken=True))
        records.close()
        return (Path(name) / "upstream.db").read_bytes()


GOOD = _bytes_of_a_good_file()


@settings(deadline=None, max_examples=150)
@given(
    keep=st.integers(1, len(GOOD)),
    spoilt=st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=40)), max_size=6),
)
def test_however_a_file_is_spoilt_the_next_run_is_kept_and_nothing_stops_the_game(
    keep: int, spoilt: list[tuple[int, bytes]]
) -> None:
    whole = bytearray(GOOD)
    for start, rubbish in spoilt:
        whole[start : start + len(rubbish)] = rubbish
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "upstream.db").write_bytes(whole[:keep])
        records = Records.open(folder, lambda: MORNING)
        records.settings()
        records.all_unfinished()
        records.attempts()
        records.seen_endings("late-again")
        records.keep(save_now)
        records.finish(attempt_now, keep=True)
        records.change(Settings(welcomed=True))
        records.close()
        assume(keys(records) != ["newer"])

        again = Records.open(folder, lambda: MORNING)
        assert again.unfinished("late-again") == save_now
        assert attempt_now in again.attempts()
        assert again.settings().welcomed
        assert keys(again) in ([], ["part"])
        again.delete_everything()
        assert not folder.exists()
        folder.mkdir()


# Newer


def test_a_file_of_a_newer_format_is_left_alone_and_refused_kindly(
    open_records: Open, good_file: Path, make_save: MakeSave
) -> None:
    connection = sqlite3.connect(good_file)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA user_version = 2")
    connection.close()
    before = good_file.read_bytes()

    records = open_records()
    records.keep(make_save("now"))
    records.change(Settings(welcomed=True))
    assert records.unfinished("late-again") == make_save("now")
    assert records.settings() == Settings(welcomed=True)
    records.close()

    assert texts(records) == [
        f"{good_file} was made by a newer Upstream, and is left as it is. "
        "You can go on, but what you do now is gone when you close Upstream. "
        "The newer Upstream can open the file."
    ]
    assert good_file.read_bytes() == before
    assert [path.name for path in good_file.parent.iterdir()] == ["upstream.db"]


# Cannot be written


def test_a_file_where_the_folder_should_be_never_stops_a_run(
    open_records: Open, folder: Path, make_save: MakeSave
) -> None:
    folder.parent.mkdir()
    folder.write_text("in the way")

    records = open_records()
    records.keep(make_save(choices=1))
    records.keep(make_save(choices=2))
    records.change(Settings(spoken=True))

    assert texts(records) == [
        f"Nothing can be saved in {folder / 'upstream.db'}. "
        "You can go on, but what you do now may be gone when you close Upstream."
    ]
    assert records.unfinished("late-again") == make_save(choices=2)
    assert records.settings() == Settings(spoken=True)
    records.delete_everything()
    records.close()
    assert folder.read_text() == "in the way"


def test_once_the_folder_can_be_made_everything_waiting_is_written(
    open_records: Open, folder: Path, make_save: MakeSave
) -> None:
    folder.parent.mkdir()
    folder.write_text("in the way")
    records = open_records()
    records.keep(make_save("a"))
    records.change(Settings(spoken=True))
    folder.unlink()
    records.keep(make_save("b", minutes=1))

    assert keys(records) == ["unwritable", "caught-up"]
    assert open_records().unfinished("late-again") == make_save("b", minutes=1)
    records.forget("b")
    assert open_records().unfinished("late-again") == make_save("a")
    assert open_records().settings() == Settings(spoken=True)


@posix
def test_a_folder_that_may_not_be_written_to_never_stops_a_run(window: Window) -> None:
    # Outside the folders of this test run, which only their owner may enter.
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        os.chmod(name, stat.S_IRUSR | stat.S_IXUSR | stat.S_IROTH | stat.S_IXOTH)
        other = window("ordinary_user", name, "their-run")

        assert hear(other) == "unwritable"
        assert hear(other) == "their-run"
        assert os.listdir(name) == []
        os.chmod(name, stat.S_IRWXU)


@posix
def test_a_disk_without_room_never_stops_a_run_and_it_is_written_once_there_is_room(
    open_records: Open, window: Window, good_file: Path
) -> None:
    other = window("small_disk", good_file.parent, "their-run")

    assert hear(other) in ("unwritable", "full")
    assert hear(other) in ("unwritable caught-up", "full caught-up")
    other.wait()
    kept = open_records().unfinished("late-again")
    assert kept is not None
    assert (kept.run, kept.shown) == ("their-run", 2)


# Locked


def test_a_locked_file_never_stops_a_run_and_the_newest_step_is_written_once_it_is_free(
    open_records: Open, window: Window, good_file: Path, make_save: MakeSave
) -> None:
    records = open_records()
    other = window("lock", good_file.parent, "writing")
    assert hear(other) == "locked"

    for choices in range(1, 6):  # the file is free only when the other is told so, below
        records.keep(make_save("now", choices=choices, minutes=1))
    assert texts(records) == [
        f"Another program is using {good_file}. Runs kept before may not be shown just now. "
        "You can go on: what you do is saved as soon as the file is free."
    ]
    assert records.unfinished("late-again") == make_save("now", choices=5, minutes=1)
    assert open_records().unfinished("late-again") == make_save("earlier")

    tell(other)
    assert hear(other) == "free"
    records.keep(make_save("another", minutes=2))
    assert texts(records)[1:] == [f"{good_file} can be used again. All you did is saved."]
    again = open_records()
    assert again.unfinished("late-again") == make_save("another", minutes=2)
    again.forget("another")
    assert again.unfinished("late-again") == make_save("now", choices=5, minutes=1)


def test_a_run_finished_again_while_the_file_is_locked_has_its_new_ending(
    open_records: Open, window: Window, good_file: Path
) -> None:
    records = open_records()
    records.finish(replace(attempt_now, ending="gone"), keep=True)
    other = window("lock", good_file.parent, "writing")
    hear(other)
    records.finish(attempt_now, keep=True)

    assert records.seen_endings("late-again") == {"swim"}
    assert records.seen_endings("the-visit") == frozenset()
    assert records.attempts() == (attempt_now,)


def test_closing_the_window_writes_what_waited_for_a_locked_file(
    open_records: Open, window: Window, good_file: Path, make_save: MakeSave
) -> None:
    records = open_records()
    other = window("lock", good_file.parent, "writing")
    hear(other)
    records.keep(make_save("now", minutes=1))
    tell(other)
    hear(other)
    records.close()

    assert open_records().unfinished("late-again") == make_save("now", minutes=1)


def test_a_file_locked_against_reading_is_opened_once_it_is_free(
    open_records: Open, window: Window, good_file: Path, make_save: MakeSave
) -> None:
    other = window("lock", good_file.parent, "everything")
    hear(other)
    records = open_records()
    assert keys(records) == ["locked"]
    assert records.unfinished("late-again") is None
    assert records.settings() == Settings()
    records.keep(make_save("now", minutes=-5))
    assert records.unfinished("late-again") == make_save("now", minutes=-5)

    tell(other)
    hear(other)
    assert records.unfinished("late-again") == make_save("earlier")
    assert records.settings() == Settings(spoken=True)
    records.close()
    assert keys(records) == ["locked", "caught-up"]
