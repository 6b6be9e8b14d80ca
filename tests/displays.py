"""Owns a display that nobody looks at, for a real window of the program, and real keys for it. Asserts nothing but that
what was waited for came about.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from typing import Final

import pytest

PATIENCE: Final = 120
"""Seconds until something that should have come about has not, on a machine that has much else to do. Only a test that
fails waits so long.
"""


@pytest.fixture
def display() -> Iterator[str]:
    """A display that nobody looks at, on a number that is free."""
    for tool in ("Xvfb", "xdotool"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed, so there is no display to open a real window on")
    reading, writing = os.pipe()
    server = subprocess.Popen(  # without -noreset it begins anew under the program when whoever looked has gone
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x720x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    try:
        if not number:
            pytest.skip("Xvfb did not start here")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def press(display: str, *keys: str) -> None:
    """Real key presses, to the window under the pointer."""
    environ = {**os.environ, "DISPLAY": display}
    subprocess.run(["xdotool", "mousemove", "640", "100", "key", "--delay", "40", *keys], env=environ, check=True)


def colours(display: str, x: int, y: int, w: int = 1, h: int = 1) -> set[str]:
    """The colours on the display in a box, as #rrggbb, read by another program."""
    if shutil.which("import") is None:
        pytest.skip("ImageMagick's import is not installed, so the display cannot be read")
    told = subprocess.run(
        ["import", "-display", display, "-window", "root", "-crop", f"{w}x{h}+{x}+{y}", "-depth", "8", "rgb:-"],
        capture_output=True,
        check=True,
    ).stdout
    return {f"#{told[place : place + 3].hex()}" for place in range(0, len(told), 3)}


def until(done: Callable[[], bool], again: Callable[[], None] = lambda: None) -> None:
    """Ask again and again until it is done."""
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, "It never came about."
        again()
