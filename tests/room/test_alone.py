"""The whole session in a room with no way out: the code on the wall is read, phones on another machine go where it
says, vote twice, and the report is there (design note `room.md`, 5: 10).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.displays import PATIENCE

ALONE = Path(__file__).with_name("alone.py")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of it."""
    if shutil.which("ip") is None or shutil.which("unshare") is None or os.geteuid() != 0:
        pytest.skip("a network namespace needs root and iproute2")
    wire = ["unshare", "--net", "ip", "link", "add", "wlan0", "type", "veth", "peer", "name", "air"]
    tried = subprocess.run(wire, capture_output=True, text=True)
    if "Operation not" in tried.stderr or "RTNETLINK" in tried.stderr:
        pytest.skip(f"no network namespace can be made here: {tried.stderr}")
    assert tried.returncode == 0, tried.stderr
    run = ["unshare", "--net", sys.executable, str(ALONE), "room", str(tmp_path_factory.mktemp("alone"))]
    done = subprocess.run(run, capture_output=True, text=True, timeout=5 * PATIENCE)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_the_code_on_the_wall_is_the_adapters_own_address_and_is_read_from_the_back(told: dict[str, Any]) -> None:
    assert told["way out"] is False
    assert re.fullmatch(r"http://192\.168\.44\.2:\d+/[A-Z]{4}", told["read"])
    assert told["far"] == [told["read"]]
    assert told["read"] in told["wall"]


def test_phones_come_in_by_what_the_code_says(told: dict[str, Any]) -> None:
    assert told["joined"] == [[200, 200]] * 8
    assert "8 phones of 24 people." in told["wall"]
    assert re.search(r"A phone has reached 192\.168\.44\.2:\d+", told["wall"])


def test_two_rounds_are_taken_revealed_and_played(told: dict[str, Any]) -> None:
    letters = ["A", "A", "A", "A", "A", "B", "B", "C"], ["B", "B", "B", "A", "A", "B", "B", "C"]
    for answers, chosen in zip((told["first"], told["second"]), letters, strict=True):
        assert answers == [f"Your vote: {letter}. You can change it until the trainer closes." for letter in chosen]
    for words in ("5 (63 %) 2 (25 %)", "2 (25 %) 5 (63 %)"):
        assert words in told["reveal"]
    assert told["moved"].startswith("Who moved A B 3 5 stayed Of 8 who voted twice by phone.")
    assert "We go with B. 5 of 8 chose it." in told["branch"]


def test_it_ends_and_leaves_its_report_and_no_phone_waits(told: dict[str, Any]) -> None:
    assert told["running"] is False
    assert told["ended"] == ["gone"] * 8
    assert "| 5 (63 %) | 2 (25 %) | 3 fewer |" in told["report"]
    assert "192.168" not in told["report"]
