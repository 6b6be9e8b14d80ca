"""Windows in processes of their own: killed at any moment, and several at once on one folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.storage import Settings

from .conftest import MakeSave, Open, Window, hear, tell


@pytest.mark.parametrize("steps", [1, 2, 3, 10, 57, 200, 600])
def test_a_window_killed_at_any_moment_loses_no_step_it_had_kept(
    open_records: Open, window: Window, folder: Path, steps: int
) -> None:
    other = window("keep_on", folder, "their-run")
    assert hear(other) == "ready"
    for _ in range(steps):
        hear(other)
    other.kill()
    last = steps
    while line := hear(other):
        last = int(line)

    records = open_records()
    kept = records.unfinished("late-again")
    assert kept is not None
    assert last <= kept.shown <= last + 1
    assert kept.choices == tuple(f"choice-{number}" for number in range(kept.shown % 50))
    assert records.notices == ()


def test_a_window_killed_while_it_makes_the_file_leaves_one_that_can_be_used(
    open_records: Open, window: Window, folder: Path, make_save: MakeSave
) -> None:
    for _ in range(4):
        other = window("keep_on", folder, "their-run")
        assert hear(other) == "ready"
        other.kill()
        other.wait()

        records = open_records()
        records.keep(make_save("mine", minutes=1))
        assert {notice.key for notice in records.notices} <= {"empty"}
        assert open_records().unfinished("late-again") == make_save("mine", minutes=1)
        records.delete_everything()


def test_windows_that_write_at_once_on_a_fresh_machine_keep_every_run(
    open_records: Open, window: Window, folder: Path
) -> None:
    runs = ("one", "two", "three")
    others = [window("keep_many", folder, run, 150) for run in runs]
    for other in others:
        assert hear(other) == "ready"
    for other in others:
        tell(other)
    for other in others:
        hear(other)
        assert other.wait() == 0

    records = open_records()
    found = []
    while kept := records.unfinished("late-again"):
        found.append((kept.run, kept.shown))
        records.forget(kept.run)
    assert sorted(found) == [("one", 150), ("three", 150), ("two", 150)]
    assert records.notices == ()


def test_of_two_windows_with_one_run_the_last_to_write_wins(
    open_records: Open, window: Window, folder: Path, make_save: MakeSave
) -> None:
    other = window("hold_open", folder, "shared")
    hear(other)
    mine = open_records()
    mine.keep(make_save("shared", choices=9))
    assert open_records().unfinished("late-again") == make_save("shared", choices=9)

    tell(other)
    assert hear(other) == "2"
    kept = mine.unfinished("late-again")
    assert kept is not None
    assert kept.shown == 2


def test_everything_can_be_deleted_while_another_window_has_it_open(
    open_records: Open, window: Window, folder: Path, make_save: MakeSave
) -> None:
    other = window("hold_open", folder, "theirs")
    hear(other)
    records = open_records()
    records.keep(make_save("mine"))
    records.change(Settings(spoken=True))

    records.delete_everything()
    said = [notice.key for notice in records.notices]
    assert records.all_unfinished() == {}
    assert records.settings() == Settings()
    assert not folder.exists() or "not-deleted" in said

    # The other window plays on: its next step is kept, in a new file, and so is ours.
    tell(other)
    assert hear(other) == "2"
    kept = records.unfinished("late-again")
    assert kept is not None
    assert (kept.run, kept.shown) == ("theirs", 2)
    records.keep(make_save("mine", minutes=1))
    assert open_records().unfinished("late-again") == make_save("mine", minutes=1)
