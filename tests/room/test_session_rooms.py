"""Sessions laid side by side from the files they left, as a trainer does it in the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.app import main


@pytest.fixture
def left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The reports that two rooms left."""
    paths = [str(tmp_path / f"room-{seed}.json") for seed in (1, 2)]
    for seed, path in enumerate(paths, start=1):
        assert main(["rehearse", "late-again", "--seed", str(seed), "--people", "30", "-o", path]) == 0
    capsys.readouterr()
    return paths


def test_two_rooms_become_one_page(left: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    to = tmp_path / "rooms.html"
    assert main(["rooms", *left, "-o", str(to)]) == 0
    assert capsys.readouterr().out == f"2 sessions side by side: {to}\n"
    page = to.read_text(encoding="utf-8")
    assert page.count("<h1>How several rooms decided</h1>") == 1
    assert page.count("Room 2") >= 4
    assert "Ask Marcus what he wants now" in page
    again = tmp_path / "again.html"
    assert main(["rooms", *left, "-o", str(again)]) == 0
    assert again.read_bytes() == to.read_bytes()


def test_a_file_that_is_no_report_is_told(left: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    to = tmp_path / "rooms.html"
    for content in (b"{}", b"\xff\xfe", b""):
        other = tmp_path / "other.json"
        other.write_bytes(content)
        assert main(["rooms", left[0], str(other), "-o", str(to)]) == 1
        assert capsys.readouterr().out.startswith(f"This is not the report of a session: {other}. ")
    assert not to.exists()


def test_a_file_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gone = tmp_path / "gone.json"
    assert main(["rooms", str(gone), "-o", str(tmp_path / "rooms.html")]) == 2
    assert capsys.readouterr().out == f"{gone} could not be read: No such file or directory.\n"


def test_a_page_that_cannot_be_written_is_told(
    left: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "nowhere" / "rooms.html"
    assert main(["rooms", *left, "-o", str(to)]) == 2
    assert capsys.readouterr().out == f"The page could not be written to {to}: No such file or directory.\n"
    assert main(["rooms", *left, "-o", str(tmp_path / "rooms.txt")]) == 2
    assert "give it a name that ends in .html, not 'rooms.txt'." in capsys.readouterr().out
