"""What the tests of storage share: a clock, a folder, saves, and windows in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import game
from game.storage import Records, Save
from game.training import Attempt

MORNING = datetime(2026, 11, 23, 8, 31, tzinfo=UTC)
OTHER_WINDOW = Path(__file__).with_name("other_window.py")
CHECKOUT = Path(game.__file__).parents[1]

Window = Callable[..., "subprocess.Popen[str]"]
MakeSave = Callable[..., Save]
MakeAttempt = Callable[..., Attempt]
Open = Callable[[], Records]


@pytest.fixture(autouse=True)
def temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for temporary files, for this test alone."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of all that is kept, on a machine where Upstream never ran."""
    return tmp_path / "data" / "Upstream"


@pytest.fixture
def open_records(folder: Path) -> Iterator[Open]:
    """Opens the records as a start of the program does."""
    opened: list[Records] = []

    def opener() -> Records:
        opened.append(Records.open(folder, lambda: MORNING))
        return opened[-1]

    yield opener
    for records in opened:
        records.close()


@pytest.fixture
def make_save() -> MakeSave:
    """An unfinished run with as many choices as asked for, changed as many minutes after it began."""

    def make(run: str = "run-1", choices: int = 2, scenario: str = "late-again", minutes: int = 0) -> Save:
        taken = tuple(f"choice-{number}" for number in range(choices))
        return Save(run, scenario, "edition-1", taken, 3, MORNING, MORNING + timedelta(minutes=minutes))

    return make


@pytest.fixture
def make_attempt() -> MakeAttempt:
    """A finished run."""

    def make(run: str = "run-1", ending: str = "swim", scenario: str = "late-again", minutes: int = 12) -> Attempt:
        finished = MORNING + timedelta(minutes=minutes)
        return Attempt(run, scenario, "edition-1", ("office", "ask"), ending, MORNING, finished, "heavy")

    return make


@pytest.fixture
def window() -> Iterator[Window]:
    """Starts another process that does what `other_window.py` says by that name."""
    started: list[subprocess.Popen[str]] = []

    def start(doing: str, *details: object) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, str(OTHER_WINDOW), doing, *map(str, details)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def hear(process: subprocess.Popen[str]) -> str:
    """The next line the other window says."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def tell(process: subprocess.Popen[str]) -> None:
    """Have the other window go on."""
    assert process.stdin is not None
    process.stdin.write("go on\n")
    process.stdin.flush()
