"""The report can be handed to the client: it outlives a kill at any step, holds nobody's address, and is the same twice
(design note `room.md`, 5: 12).
"""

from __future__ import annotations

import csv
import json
import random
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any, Final

import pytest

from game.training import Step, session_from_json
from tests.displays import PATIENCE
from tests.room.crowd import AGENT
from tests.room.leading import Leader

KILLED: Final = Path(__file__).with_name("killed.py")
ENDINGS: Final = (".csv", ".html", ".json", ".md")
ROOMS: Final = "rooms"
"""The folder of sessions that can be gone on with."""

KILLS: Final = 5
"""Sessions that are killed, each further on than the one before: from the first question to the end of the story."""


class Led:
    """A session in a program of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.program = subprocess.Popen(
            [sys.executable, str(KILLED), str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.secrets: list[str] = self._line()
        self.told: list[list[int]] = []

    def _line(self) -> Any:
        assert self.program.stdout is not None
        line = self.program.stdout.readline()
        while line and not line.startswith("["):
            line = self.program.stdout.readline()
        return json.loads(line) if line else None

    def order(self) -> None:
        """Have it do one thing more, and do not wait for it."""
        assert self.program.stdin is not None
        self.program.stdin.write("\n")
        self.program.stdin.flush()

    def on(self) -> bool:
        """Have it do one thing more, and wait until it says so; False where it is over."""
        self.order()
        told = self._line()
        self.told = self.told if told is None else told
        return told is not None

    def end(self) -> None:
        """Go to the last page, and leave."""
        assert self.program.stdin is not None
        self.program.stdin.close()
        assert self.program.wait(PATIENCE) == 0
        self.shut()

    def kill(self) -> None:
        """No warning, and no farewell."""
        self.program.kill()
        self.program.wait(PATIENCE)
        self.shut()

    def shut(self) -> None:
        for pipe in (self.program.stdin, self.program.stdout):
            assert pipe is not None
            pipe.close()

    def files(self) -> dict[str, str]:
        return {path.suffix: path.read_bytes().decode() for path in (self.folder / "desk").glob("upstream-room-*")}


def heads(files: dict[str, str]) -> list[list[int]]:
    """The heads of each round that a report tells."""
    report = session_from_json(files[".json"])
    rounds = []
    for decision in report.decisions:
        rounds.append([option.before for option in decision.options])
        rounds.append([option.after or 0 for option in decision.options])
    return rounds


def flat(rounds: list[list[int]]) -> list[int]:
    """All heads, one after the other."""
    return [heads for round in rounds for heads in round]


def assert_whole(files: dict[str, str]) -> None:
    """Each file can be read from its first line to its last."""
    assert files[".html"].startswith("<!doctype html>")
    assert files[".html"].endswith("</html>\n")
    assert files[".md"].startswith("# Late again: what a room decided\n")
    assert {len(row) for row in csv.reader(StringIO(files[".csv"].removeprefix("\ufeff"), newline=""))} == {6}


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_kill_at_any_moment_leaves_the_report_of_all_that_was_done_until_then(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    led = Led(tmp_path)
    for _ in range(dice.randrange(10 + 18 * seed, 28 + 18 * seed)):
        assert led.on()
    before = led.told
    led.order()  # and it is killed in the middle of that
    led.kill()
    files = led.files()
    assert before
    assert set(files) >= set(ENDINGS)
    assert_whole({ending: files[ending] for ending in ENDINGS})
    now = heads(files)
    assert now[: len(before) - 2] == before[:-2]
    assert all(new >= old for new, old in zip(flat(now), flat(before), strict=False))
    assert len(now) in (len(before), len(before) + 2)
    assert_nobody_is_in(tmp_path, led.secrets, going=True)


def test_after_a_session_no_file_anywhere_knows_a_phone(tmp_path: Path) -> None:
    led = Led(tmp_path)
    while len(led.told) < 4:
        assert led.on()
        assert_nobody_is_in(tmp_path, led.secrets, going=True)
    totals = [sum(round) for round in led.told[:2]]
    assert totals == [30, 30]
    led.end()
    assert heads(led.files())[:2] == led.told[:2]
    assert_nobody_is_in(tmp_path, led.secrets, going=False)
    assert len(led.secrets) == 6


def assert_nobody_is_in(folder: Path, secrets: list[str], *, going: bool) -> None:
    """No token, no address and no word of what a phone runs on is in any file.

    While a session is `going`, so that it can go on after a kill, its own files know tokens and where it listens.
    """
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        data, own = path.read_bytes(), going and path.parent.name == ROOMS
        for telling in ("Telltale", AGENT, "Mozilla", "127.0.1.", *([] if own else secrets)):
            assert telling.encode() not in data, (path, telling)
        if not own:
            assert not re.search(rb"(?<![\d.])(127\.0|192\.168|10)\.\d+\.\d+(?![\d.])", data), path


def test_one_session_led_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    told = []
    for name in ("once", "twice"):
        leader = Leader(tmp_path / name)
        leader.next_step(Step.SHOW).count("12 A 9 B 3 C").next_step(Step.SHOW_AGAIN).count("4 A 16 B 2 C")
        leader.next_step(Step.BRANCH).press("o").next_step(Step.BRANCH).next_step(Step.SHOW).count("5 A")
        leader.press("end", "return").next_step(Step.BARRIERS).press("n").write("No time").press("page down")
        leader.press("page up", "home")
        told.append({path.name: path.read_bytes() for path in leader.desk.iterdir()})
        leader.close()
    assert told[0] == told[1]
    assert {Path(name).suffix for name in told[0]} == set(ENDINGS)
