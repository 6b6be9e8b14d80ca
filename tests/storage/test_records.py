"""What is kept comes back; what is not wanted is gone; a machine that keeps nothing is not written to."""

from __future__ import annotations

import getpass
import platform
import sqlite3
import tempfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.storage import Records, Save, Settings, write_trace
from game.training import Attempt

from .conftest import MORNING, MakeAttempt, MakeSave, Open


def everything_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


# Keeping and reading back


def test_a_run_kept_is_read_back_by_the_next_start(open_records: Open, make_save: MakeSave) -> None:
    open_records().keep(make_save(choices=4))

    assert open_records().unfinished("late-again") == make_save(choices=4)


def test_each_step_takes_the_place_of_the_one_before(open_records: Open, make_save: MakeSave) -> None:
    records = open_records()
    for choices in range(5):
        records.keep(make_save(choices=choices))

    assert records.unfinished("late-again") == make_save(choices=4)


def test_the_newest_of_several_unfinished_runs_is_offered(open_records: Open, make_save: MakeSave) -> None:
    records = open_records()
    records.keep(make_save("later", minutes=9))
    records.keep(make_save("earlier", minutes=1))
    records.keep(make_save("elsewhere", scenario="the-visit"))

    assert records.unfinished("late-again") == make_save("later", minutes=9)
    assert records.all_unfinished() == {
        "late-again": make_save("later", minutes=9),
        "the-visit": make_save("elsewhere", scenario="the-visit"),
    }
    assert records.unfinished("who-decides") is None


def test_of_two_runs_changed_at_the_same_moment_the_one_kept_last_is_offered(
    open_records: Open, make_save: MakeSave
) -> None:
    records = open_records()
    for run in ("b", "a", "c", "a"):
        records.keep(make_save(run))

    kept = records.unfinished("late-again")
    assert kept is not None
    assert kept.run == "a"


def test_a_forgotten_run_gives_way_to_the_one_before_it(open_records: Open, make_save: MakeSave) -> None:
    records = open_records()
    records.keep(make_save("first", minutes=1))
    records.keep(make_save("second", minutes=2))
    records.forget("second")

    assert records.unfinished("late-again") == make_save("first", minutes=1)


def test_a_run_finished_and_kept_becomes_an_attempt(
    open_records: Open, make_save: MakeSave, make_attempt: MakeAttempt
) -> None:
    records = open_records()
    records.keep(make_save())
    records.finish(make_attempt(), keep=True)

    assert open_records().unfinished("late-again") is None
    assert open_records().attempts() == (make_attempt(),)


def test_attempts_come_in_the_order_they_were_finished(open_records: Open, make_attempt: MakeAttempt) -> None:
    records = open_records()
    third, first = make_attempt("c", minutes=30), make_attempt("a", minutes=10)
    second = make_attempt("b", scenario="the-visit", minutes=20)
    for attempt in (third, first, second):
        records.finish(attempt, keep=True)

    assert records.attempts() == (first, second, third)
    assert records.attempts("late-again") == (first, third)


def test_endings_seen_are_those_of_kept_attempts_at_that_scenario(
    open_records: Open, make_attempt: MakeAttempt
) -> None:
    records = open_records()
    records.finish(make_attempt("a", "swim"), keep=True)
    records.finish(make_attempt("b", "gone"), keep=True)
    records.finish(make_attempt("c", "fair-line"), keep=False)
    records.finish(make_attempt("d", "welcome", scenario="the-visit"), keep=True)

    assert records.seen_endings("late-again") == {"swim", "gone"}


def test_a_run_finished_again_takes_the_place_of_its_first_attempt(
    open_records: Open, make_attempt: MakeAttempt
) -> None:
    records = open_records()
    records.finish(make_attempt(ending="gone"), keep=True)
    records.finish(make_attempt(ending="swim"), keep=True)

    assert records.seen_endings("late-again") == {"swim"}


def test_a_run_the_player_did_not_want_kept_leaves_no_trace_in_the_file(
    open_records: Open, folder: Path, make_attempt: MakeAttempt
) -> None:
    secret = "nobody-is-to-know"
    records = open_records()
    records.finish(make_attempt("other"), keep=True)
    records.keep(Save("run-1", "late-again", "edition-1", (secret,) * 40, 0, MORNING, MORNING))
    records.finish(make_attempt(), keep=False)
    records.close()

    assert records.attempts() == (make_attempt("other"),)
    records.close()
    assert [path.name for path in folder.iterdir()] == ["upstream.db"]
    assert secret.encode() not in (folder / "upstream.db").read_bytes()


ids = st.text(st.characters(exclude_categories=()))
"""Any ids, even from a file name that is not valid Unicode."""

moments = st.datetimes(
    timezones=st.none()
    | st.builds(timezone, st.integers(-23 * 60, 23 * 60).map(lambda minutes: timedelta(minutes=minutes)))
)
saves = st.builds(
    Save,
    run=ids,
    scenario=ids,
    digest=ids,
    choices=st.lists(ids, max_size=5).map(tuple),
    shown=st.integers(0, 2**31),
    began=moments,
    changed=moments,
)
attempts = st.builds(
    Attempt,
    run=ids,
    scenario=ids,
    digest=ids,
    choices=st.lists(ids, max_size=5).map(tuple),
    ending=ids,
    began=moments,
    finished=moments,
    felt=ids,
)


@settings(deadline=None, max_examples=60)
@given(save=saves, attempt=attempts)
def test_what_is_written_is_what_is_read_whatever_the_ids(save: Save, attempt: Attempt) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        records = Records.open(folder, lambda: MORNING)
        records.finish(attempt, keep=True)
        records.keep(save)
        records.close()

        again = Records.open(folder, lambda: MORNING)
        assert again.unfinished(save.scenario) == save
        assert again.all_unfinished() == {save.scenario: save}
        assert again.attempts(attempt.scenario) == (attempt,)
        again.forget(save.run)
        assert again.all_unfinished() == {}
        assert again.notices == ()
        again.close()


# A machine where nothing is kept


def test_a_fresh_machine_is_not_written_to(open_records: Open, folder: Path, make_attempt: MakeAttempt) -> None:
    records = open_records()

    assert records.settings() == Settings()
    assert records.unfinished("late-again") is None
    assert records.attempts() == ()
    assert records.seen_endings("late-again") == frozenset()
    assert records.size() == 0
    records.forget("run-1")
    records.finish(make_attempt(), keep=False)
    records.change(Settings())
    records.delete_everything()
    records.close()
    assert not folder.parent.exists()
    assert records.notices == ()


def test_the_file_is_made_with_the_first_thing_to_keep(open_records: Open, folder: Path, make_save: MakeSave) -> None:
    records = open_records()
    records.keep(make_save())
    records.close()

    assert everything_in(folder) == ["upstream.db"]
    assert records.size() == (folder / "upstream.db").stat().st_size
    assert records.where == folder


def test_the_file_says_whose_it_is_and_in_which_format(open_records: Open, folder: Path, make_save: MakeSave) -> None:
    records = open_records()
    records.keep(make_save())
    records.close()

    head = (folder / "upstream.db").read_bytes()[:100]
    assert head[68:72] == b"UPST"
    assert int.from_bytes(head[60:64], "big") == 1


def test_the_file_holds_what_was_handed_in_and_nothing_of_the_person_or_the_machine(
    open_records: Open, folder: Path, make_save: MakeSave, make_attempt: MakeAttempt
) -> None:
    records = open_records()
    records.keep(make_save("unfinished-run"))
    records.finish(make_attempt("finished-run"), keep=True)
    records.close()

    connection = sqlite3.connect(folder / "upstream.db")
    columns = [name for (name,) in connection.execute("SELECT name FROM pragma_table_info('unfinished')")]
    columns += [name for (name,) in connection.execute("SELECT name FROM pragma_table_info('attempt')")]
    rows = connection.execute("SELECT * FROM unfinished").fetchall()
    rows += connection.execute("SELECT * FROM attempt").fetchall()
    connection.close()
    assert set(columns) == {
        *("run", "scenario", "digest", "choices", "shown", "began", "changed", "ending", "finished", "felt")
    }
    moments_written = {"2026-11-23T08:31:00+00:00", "2026-11-23T08:43:00+00:00"}
    assert {value for row in rows for value in row} == {
        *("unfinished-run", "finished-run", "late-again", "edition-1", "swim", "heavy", 3),
        *('["choice-0", "choice-1"]', '["office", "ask"]', *moments_written),
    }
    written = (folder / "upstream.db").read_bytes()
    for telling in (str(Path.home()), str(folder), platform.node(), f"{getpass.getuser()}@"):
        assert telling.encode() not in written


def test_a_file_of_the_first_format_is_still_read(
    open_records: Open, folder: Path, make_save: MakeSave, make_attempt: MakeAttempt
) -> None:
    folder.mkdir(parents=True)
    connection = sqlite3.connect(folder / "upstream.db")
    connection.executescript(Path(__file__).with_name("format-1.sql").read_text(encoding="utf-8"))
    connection.close()

    records = open_records()
    assert records.unfinished("late-again") == make_save("unfinished-run")
    assert records.attempts() == (make_attempt("finished-run"),)
    assert records.settings() == Settings(text_size=150, keep_runs=True)
    assert records.notices == ()


def test_a_disk_without_a_log_beside_the_file_is_as_safe(open_records: Open, folder: Path, make_save: MakeSave) -> None:
    (folder / "upstream.db-shm").mkdir(parents=True)
    records = open_records()
    records.keep(make_save())
    records.keep(make_save(choices=7))

    written_without_a_log = 1
    assert (folder / "upstream.db").read_bytes()[18] == written_without_a_log
    assert open_records().unfinished("late-again") == make_save(choices=7)
    assert records.notices == ()


def test_closing_twice_and_going_on_afterwards_does_no_harm(open_records: Open, make_save: MakeSave) -> None:
    records = open_records()
    records.keep(make_save())
    records.close()
    records.close()

    assert records.unfinished("late-again") == make_save()


# Deleting everything


def test_deleting_everything_leaves_nothing_on_the_disk(
    open_records: Open, folder: Path, tmp_path: Path, temporary_folder: Path, make_save: MakeSave
) -> None:
    folder.mkdir(parents=True)
    (folder / "upstream.db").write_text("not records")
    records = open_records()
    records.keep(make_save())
    records.change(Settings(spoken=True))
    write_trace(folder, "the trace", MORNING)
    (tmp_path / "file").write_text("")
    write_trace(tmp_path / "file", "the trace of a start without a folder", MORNING)
    assert {"upstream.db", "upstream.db-wal", "upstream-damaged-2026-11-23-1.db"} <= set(everything_in(folder))

    records.delete_everything()

    assert not folder.exists()
    assert list(temporary_folder.iterdir()) == []
    assert records.settings() == Settings()
    assert records.unfinished("late-again") is None
    assert records.size() == 0
    assert [notice.key for notice in records.notices] == ["damaged"]


def test_after_deleting_everything_a_new_file_is_made_only_when_there_is_something_to_keep(
    open_records: Open, folder: Path, make_save: MakeSave
) -> None:
    records = open_records()
    records.keep(make_save("old"))
    records.delete_everything()
    records.forget("old")
    assert not folder.exists()

    records.keep(make_save("new"))
    assert open_records().all_unfinished() == {"late-again": make_save("new")}


def test_deleting_everything_leaves_what_somebody_else_put_there(
    open_records: Open, folder: Path, make_save: MakeSave
) -> None:
    records = open_records()
    records.keep(make_save())
    (folder / "notes.txt").write_text("mine")
    (folder / "upstream-damaged-2026-11-23-1.db").mkdir()
    records.delete_everything()

    assert everything_in(folder) == ["notes.txt", "upstream-damaged-2026-11-23-1.db"]
    assert [notice.text for notice in records.notices] == [
        f"{folder / 'upstream-damaged-2026-11-23-1.db'} could not be deleted. "
        "Perhaps another window has it open: close that, and delete again."
    ]


def test_a_clock_without_a_time_zone_is_as_good(folder: Path) -> None:
    began = datetime(2026, 11, 23, 8, 31)
    records = Records.open(folder, lambda: began)
    records.keep(Save("a", "late-again", "", (), 0, began, began + timedelta(minutes=1)))
    records.keep(Save("b", "late-again", "", (), 0, began, began))
    records.keep(Save("c", "late-again", "", (), 0, began.replace(tzinfo=UTC), began.replace(tzinfo=UTC)))

    kept = records.unfinished("late-again")
    records.close()
    assert kept == Save("a", "late-again", "", (), 0, began, began + timedelta(minutes=1))


@pytest.mark.parametrize("column", ["choices", "shown", "began", "digest"])
def test_a_run_that_cannot_be_read_is_left_out_and_said(
    open_records: Open, folder: Path, make_save: MakeSave, column: str
) -> None:
    records = open_records()
    records.keep(make_save("whole"))
    records.keep(make_save("spoilt", minutes=5))
    records.close()
    connection = sqlite3.connect(folder / "upstream.db")
    connection.execute(f"UPDATE unfinished SET {column} = X'FF7B' WHERE run = 'spoilt'")
    connection.commit()
    connection.close()

    records = open_records()
    assert records.all_unfinished() == {"late-again": make_save("whole")}
    assert records.unfinished("late-again") == make_save("whole")
    assert [notice.text for notice in records.notices] == [
        f"One or more runs in {folder / 'upstream.db'} could not be read, and are left out."
    ]
