"""A session in the real window, led by real keys: what is counted outlives a kill, a key that is held goes on by one
page, Esc ends nothing, and no socket is there that another computer could reach (design note `room.md`, 5: 1, 2, 12).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from game.training import SessionReport, session_from_json
from game.ui import theme
from tests.displays import PATIENCE, colours, press, until

MAIN: Final = Path(__file__).parents[2] / "main.py"
TO_QUESTION: Final = ("Page_Down",) * 8
"""Presses from the welcome to the first question of *Late again*."""


class Led:
    """The program with a room in its window, and the folder where the report goes."""

    def __init__(self, display: str, desk: Path) -> None:
        self.display, self.desk = display, desk
        environ = {**os.environ, "DISPLAY": display, "SDL_VIDEODRIVER": "x11", "UPSTREAM_DOCUMENTS": str(desk)}
        self.program = subprocess.Popen(
            [sys.executable, str(MAIN), "room", "late-again", "--people", "24"],
            env={**environ, "UPSTREAM_WINDOW": "1280x720"},
            stderr=subprocess.PIPE,
            text=True,
        )

    def press(self, *keys: str) -> None:
        press(self.display, *keys)

    def report(self) -> SessionReport | None:
        """The report as it lies there now."""
        found = list(self.desk.glob("*.json"))
        return session_from_json(found[0].read_text(encoding="utf-8")) if found else None

    def until(self, claim: Callable[[SessionReport], bool]) -> SessionReport:
        """Wait until the report says so."""

        def told() -> bool:
            assert self.program.poll() is None
            report = self.report()
            return report is not None and claim(report)

        until(told)
        report = self.report()
        assert report is not None
        return report

    def until_signs(self, there: bool) -> None:
        """Wait until the signs of the cards are at the left, as when the count down is over; or until they are not."""
        until(lambda: (theme.AMBER in colours(self.display, 0, 0, 320, 720)) is there)

    def reachable(self) -> set[str]:
        """The program's sockets that are of a network, by their numbers in the system."""
        pid = self.program.pid
        links = [os.readlink(path) for path in Path(f"/proc/{pid}/fd").iterdir() if path.is_symlink()]
        own = {link[8:-1] for link in links if link.startswith("socket:[")}
        of_a_network = {
            line.split()[9]
            for kind in ("tcp", "tcp6", "udp", "udp6", "raw", "raw6")
            for line in Path(f"/proc/{pid}/net/{kind}").read_text().splitlines()[1:]
        }
        return own & of_a_network


@pytest.fixture
def led(display: str, tmp_path: Path) -> Iterator[Led]:
    made = Led(display, tmp_path / "desk")
    try:
        until(lambda: b"Upstream" in _windows(display), lambda: _alive(made.program))
        yield made
    finally:
        made.program.kill()
        made.program.communicate()


def _alive(program: subprocess.Popen[str]) -> None:
    assert program.poll() is None, program.stderr and program.stderr.read()


def _windows(display: str) -> bytes:
    search = ["xdotool", "search", "--onlyvisible", "--class", ".", "getwindowname"]
    return subprocess.run(search, env={**os.environ, "DISPLAY": display}, capture_output=True).stdout


def _heads(report: SessionReport) -> list[tuple[list[int], list[int | None]]]:
    return [([one.before for one in told.options], [one.after for one in told.options]) for told in report.decisions]


def test_a_room_that_is_killed_between_two_keys_leaves_all_that_was_counted(led: Led) -> None:
    led.press(*TO_QUESTION)
    led.until(lambda report: bool(report.decisions))
    led.press("Page_Down", "Page_Down")
    led.until_signs(True)
    led.press("Escape", "F5")
    led.press(*_typed("12 A 9 B 3 C"), "Page_Down")
    led.until(lambda report: _heads(report) == [([12, 9, 3], [None] * 3)])
    led.press("Escape", "Escape", "period", "period", "Page_Up", "Page_Down")
    led.press("Page_Down")
    led.until_signs(False)
    led.press("Page_Down")
    led.until_signs(True)
    led.press(*_typed("4 A 16 B 2 C"), "Page_Down")
    led.until(lambda report: _heads(report) == [([12, 9, 3], [4, 16, 2])])
    led.press(*_typed("5 A"))  # and this line was not taken yet
    assert led.reachable() == set()
    led.program.send_signal(signal.SIGKILL)
    led.program.wait(PATIENCE)
    report = led.report()
    assert report is not None
    assert _heads(report) == [([12, 9, 3], [4, 16, 2])]
    [page] = led.desk.glob("*.html")
    assert page.read_text(encoding="utf-8").endswith("</html>\n")


def _typed(line: str) -> list[str]:
    """H, and a count as it is typed."""
    return ["h", *(key.replace(" ", "space") for key in line.lower())]


def test_a_button_that_is_held_goes_on_by_one_page(led: Led) -> None:
    """Held for two seconds, a key repeats fifty times: that would be through the vote, its reveal and the branch."""
    led.press(*TO_QUESTION)
    led.until(lambda report: bool(report.decisions))
    environ = {**os.environ, "DISPLAY": led.display}
    subprocess.run(["xdotool", "keydown", "Page_Down", "sleep", "2", "keyup", "Page_Down"], env=environ, check=True)
    led.press("h", "1", "2", "space", "a", "Page_Down")  # a count is taken while the first vote is open
    report = led.until(lambda report: any(told.options[0].before for told in report.decisions))
    assert _heads(report) == [([12, 0, 0], [None] * 3)]
    assert report.path == ()
