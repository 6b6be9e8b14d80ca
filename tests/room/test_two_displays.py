"""A laptop and a projector, in earnest: an X server with two displays, real windows on them, real keys.

Xorg's driver for a card that is not there has as many displays as one asks for; Xvfb has only one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from tests.displays import PATIENCE

MAIN: Final = Path(__file__).parents[2] / "main.py"

CARD: Final = """
Section "ServerFlags"
    Option "AutoAddDevices" "false"
    Option "DontVTSwitch" "true"
EndSection
Section "Device"
    Identifier "card"
    Driver "dummy"
    VideoRam 64000
EndSection
Section "Screen"
    Identifier "screen"
    Device "card"
    DefaultDepth 24
    SubSection "Display"
        Depth 24
        Virtual 4096 2048
    EndSubSection
EndSection
"""

LAPTOP: Final = (0, 0, 1280, 720)
PROJECTOR: Final = (1280, 0, 1024, 768)
"""Where each display begins, and its size. The projector is narrower than the laptop, as many are."""

MODE: Final = ["1280x720", "74.50", "1280", "1344", "1472", "1664", "720", "723", "728", "748"]


QUIET: Final = ("-noreset", "-nolisten", "tcp", "-novtswitch", "-sharevts")


class Placed(NamedTuple):
    """Where a window is, in pixels of both displays together."""

    x: int
    y: int
    w: int
    h: int

    def within(self, display: tuple[int, int, int, int]) -> bool:
        """Whether all of it is on that display."""
        x, y, w, h = display
        return x <= self.x and y <= self.y and self.x + self.w <= x + w and self.y + self.h <= y + h


class Displays:
    """Two displays side by side, and a program that leads a room on them."""

    def __init__(self, name: str, tmp: Path) -> None:
        self.environ = {**os.environ, "DISPLAY": name, "SDL_VIDEODRIVER": "x11", "UPSTREAM_DOCUMENTS": str(tmp)}
        self._run("xrandr", "--newmode", *MODE)
        self._run("xrandr", "--addmode", "DUMMY0", MODE[0])
        self._run("xrandr", "--addmode", "DUMMY1", "1024x768")
        self._run("xrandr", "--output", "DUMMY0", "--mode", MODE[0], "--pos", "0x0", "--primary")
        self._run("xrandr", "--output", "DUMMY1", "--mode", "1024x768", "--pos", "1280x0")
        self._run("xrandr")  # which has the server look at what is plugged in now
        self.program = subprocess.Popen(
            [sys.executable, str(MAIN), "room", "late-again", "--people", "24"],
            cwd=tmp,
            env=self.environ,
            stderr=subprocess.PIPE,
            text=True,
        )

    def _run(self, *command: str) -> str:
        return subprocess.run(command, env=self.environ, capture_output=True, text=True, check=True).stdout

    def keys(self, *keys: str) -> None:
        """Real key presses, to the window under the pointer: the trainer's or the room's, both are the same."""
        self._run("xdotool", "mousemove", "640", "300", "key", "--delay", "60", *keys)

    def windows(self) -> dict[str, Placed]:
        """The program's windows that are seen, by their titles."""
        found = {}
        listed = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--class", "."], env=self.environ, capture_output=True, text=True
        )
        for number in listed.stdout.split():
            title = self._run("xdotool", "getwindowname", number).strip()
            told = dict(
                line.split("=") for line in self._run("xdotool", "getwindowgeometry", "--shell", number).split()
            )
            found[title] = Placed(*(int(told[name]) for name in ("X", "Y", "WIDTH", "HEIGHT")))
        return found

    def are(self, room: tuple[int, int, int, int], trainer: tuple[int, int, int, int]) -> Callable[[], bool]:
        """Whether the room's window is on the one display, and the trainer's on the other."""

        def placed() -> bool:
            windows = self.windows()
            if set(windows) != {ROOM, TRAINER}:
                return False
            return windows[ROOM].within(room) and windows[TRAINER].within(trainer)

        return placed

    def until(self, claim: Callable[[], bool]) -> None:
        """Wait until it is so."""
        end = time.monotonic() + PATIENCE
        while not claim():
            assert self.program.poll() is None, self.program.stderr and self.program.stderr.read()
            assert time.monotonic() < end, self.windows()


ROOM: Final = "Upstream"
TRAINER: Final = "Upstream: Your window"


@pytest.fixture
def displays(tmp_path: Path) -> Iterator[Displays]:
    for tool in ("Xorg", "xrandr", "xdotool"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed, so there are no two displays")
    if os.geteuid() != 0:
        pytest.skip("only root may tell Xorg which card to use")
    config = tmp_path / "two.conf"
    config.write_text(CARD)
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xorg", "-displayfd", str(writing), "-config", str(config), "-logfile", str(tmp_path / "log"), *QUIET],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    try:
        if not number:
            pytest.skip("Xorg has no dummy card here (xserver-xorg-video-dummy)")
        made = Displays(f":{number}", tmp_path)
        yield made
        made.program.kill()
        made.program.communicate()
    finally:
        server.terminate()
        server.wait()


def test_each_window_is_on_its_own_display_and_p_changes_them(displays: Displays) -> None:
    displays.until(displays.are(PROJECTOR, LAPTOP))
    displays.keys("p")
    displays.until(displays.are(LAPTOP, PROJECTOR))
    displays.keys("p")
    displays.until(displays.are(PROJECTOR, LAPTOP))


def test_a_projector_that_is_switched_off_ends_nothing(displays: Displays) -> None:
    displays.until(displays.are(PROJECTOR, LAPTOP))
    displays._run("xrandr", "--output", "DUMMY1", "--off")
    displays.keys("Page_Down", "Page_Down")
    displays._run("xrandr", "--output", "DUMMY1", "--mode", "1024x768", "--pos", "1280x0")
    displays.keys("Page_Down", "p")
    displays.until(displays.are(LAPTOP, PROJECTOR))
    displays.keys("ctrl+q", "ctrl+q")
    assert displays.program.wait(PATIENCE) == 0
    assert displays.program.stderr is not None
    assert displays.program.stderr.read() == ""
