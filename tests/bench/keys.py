"""Measures the time from a key press to changed pixels, in the real loop. Prints figures; asserts nothing.

    python tests/bench/keys.py        (needs a display, or SDL_VIDEODRIVER=dummy)

A key is posted, the event is handled, the page is laid out, drawn and shown. Three kinds of key: one that moves the
focus, one that tells the next line, one that chooses.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pygame

from game import app
from game.authoring import load_course
from game.storage import Records
from game.ui import Stage, Window


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for size in ((1280, 720), (1920, 1080)):
            measure(Path(folder), size)


def measure(folder: Path, size: tuple[int, int]) -> None:
    library = load_course(app.shipped("scenarios"))
    records = Records.open(folder, datetime.now)
    opened = app.open_window(library, records, desk=folder, size=size)
    window, stage, services = opened.window, opened.stage, opened.services
    times: dict[str, list[float]] = {"focus": [], "line": [], "choice": []}
    for scenario in library.entries:
        for _ in range(12):
            stage.start(*app.first_screens(services, scenario, ()))
            window.draw(stage)
            window.prepared(stage)
            while type(stage.screen).__name__ == "PlayScreen":
                screen = stage.screen
                deciding = screen.deciding and bool(screen.story.choices)  # type: ignore[attr-defined]
                if deciding:
                    times["focus"].append(press(window, stage, pygame.K_DOWN))
                kind, key = ("choice", pygame.K_1 + len(times["choice"]) % 3) if deciding else ("line", pygame.K_SPACE)
                times[kind].append(press(window, stage, key))
            services.finish(stage.screen.run, stage.screen.story, "")  # type: ignore[attr-defined]
    for kind, taken in times.items():
        taken.sort()
        p95 = taken[round(len(taken) * 0.95) - 1]
        middle = statistics.median(taken)
        print(
            f"{size[0]}x{size[1]} key to pixels, {kind:7} median {middle:5.1f} ms   p95 {p95:5.1f} ms   of {len(taken)}"
        )
    opened.close()


def press(window: Window, stage: Stage, key: int) -> float:
    """Milliseconds from posting the key to the page shown."""
    began = time.perf_counter()
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key, mod=0, unicode="", scancode=0))
    window.pump(stage)
    if stage.changed:
        window.show(stage)
    took = (time.perf_counter() - began) * 1000
    window.prepared(stage)  # as the loop does while somebody reads
    return took


if __name__ == "__main__":
    main()
