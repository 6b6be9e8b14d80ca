"""Where things are kept, and the traces of crashes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from game.storage import data_folder, write_trace

from .conftest import MORNING


def test_the_environment_can_name_the_folder(tmp_path: Path) -> None:
    assert data_folder({"UPSTREAM_DATA": str(tmp_path / "here")}) == tmp_path / "here"


def test_a_tilde_in_the_named_folder_is_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))

    assert data_folder({"UPSTREAM_DATA": "~/training"}) == tmp_path / "training"


def test_a_named_folder_stays_the_same_when_the_program_moves_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert data_folder({"UPSTREAM_DATA": "stick/upstream"}) == tmp_path / "stick" / "upstream"


@pytest.mark.parametrize("environ", [{}, {"UPSTREAM_DATA": ""}, {"UPSTREAM_DATA": "  "}])
def test_else_it_is_the_systems_own_place_for_a_programs_data(environ: dict[str, str]) -> None:
    folder = data_folder(environ)

    assert folder.name == "Upstream"
    assert folder.is_absolute()
    assert "Roaming" not in folder.parts


def test_a_trace_is_written_and_its_place_is_told(folder: Path) -> None:
    written = write_trace(folder, "Traceback: caf\u00e9 \udce9", MORNING)

    assert written == folder / "traces" / "upstream-trace-2026-11-23-083100.txt"
    assert written.read_text(encoding="utf-8") == "Traceback: caf\u00e9 \\udce9"


def test_two_crashes_in_one_second_leave_two_traces(folder: Path) -> None:
    first = write_trace(folder, "first", MORNING)
    second = write_trace(folder, "second", MORNING)

    assert (first.read_text(), second.read_text()) == ("first", "second")


def test_the_ten_newest_traces_are_kept(folder: Path) -> None:
    for minute in range(13):
        write_trace(folder, f"trace {minute}", MORNING + timedelta(minutes=minute // 2))

    kept = sorted(path.read_text() for path in (folder / "traces").iterdir())
    assert kept == sorted(f"trace {minute}" for minute in range(3, 13))


def test_the_trace_just_written_is_kept_even_where_the_clock_was_put_back(folder: Path) -> None:
    for minute in range(12):
        write_trace(folder, "earlier", MORNING + timedelta(minutes=minute))
    written = write_trace(folder, "now", MORNING - timedelta(days=365))

    assert written.read_text() == "now"
    assert len(list((folder / "traces").iterdir())) == 10


def test_where_the_folder_cannot_be_written_the_trace_goes_to_the_temporary_folder(
    tmp_path: Path, temporary_folder: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    written = write_trace(tmp_path / "file", "the trace", MORNING)

    assert written.parent == temporary_folder
    assert written.read_text() == "the trace"
