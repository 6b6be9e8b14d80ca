"""Measures movement in the real window at 1920x1080: frames, the change of a passage, memory. Asserts nothing.

    python tests/bench/frames.py

Needs Xvfb. Plays the three stories in the program's own loop, with movement on, pressing a key as soon as the pictures
of the next pages are drawn ahead, and prints: the time of a frame while something moves, the time from a key to the
first picture of the next page, and the memory at the end. The last line is a player who presses on without a pause.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SIZE = (1920, 1080)


def main() -> None:
    if "--here" in sys.argv:
        measure(hurried="--hurried" in sys.argv)
        return
    read, write = os.pipe()
    xvfb = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1920x1080x24"], pass_fds=[write], stderr=subprocess.DEVNULL
    )
    os.close(write)
    env = {**os.environ, "DISPLAY": ":" + os.read(read, 16).decode().strip(), "PYTHONPATH": str(ROOT)}
    env.pop("SDL_VIDEODRIVER", None)
    try:
        for extra in ([], ["--hurried"]):
            subprocess.run([sys.executable, __file__, "--here", *extra], env=env, check=True)
    finally:
        xvfb.terminate()
        xvfb.wait()


def measure(*, hurried: bool) -> None:
    import pygame

    from game.app import open_window, shipped
    from game.authoring import load_course
    from game.storage import Records, Settings

    frames: list[float] = []
    changes: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        records = Records.open(Path(folder) / "data", datetime.now)
        records.change(Settings(welcomed=True))
        opened = open_window(load_course(shipped("scenarios")), records, desk=Path(folder) / "desk", size=SIZE)
        window, stage, services = opened.window, opened.stage, opened.services
        window.draw(stage)
        from game.screens.play import PlayScreen
        from game.story import Story
        from game.ui import Home

        for entry in services.library.entries:
            assert entry.scenario is not None
            for first in range(3):
                stage.carry_out(Home(PlayScreen(services, Story.begin(entry.scenario), services.begin())))
                window.draw(stage)
                while isinstance(stage.screen, PlayScreen):
                    screen = stage.screen
                    if not hurried:
                        window.prepared(stage)
                    number = (first + len(screen.story.path)) % 3
                    key = pygame.K_1 + number if screen.deciding and screen.story.choices else pygame.K_RIGHT
                    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key, mod=0, unicode="", scancode=0))
                    began = time.perf_counter()
                    window.pump(stage)
                    if stage.changed:
                        window.show(stage)
                    changes.append(time.perf_counter() - began)
                    while window.moving and not hurried:
                        began = time.perf_counter()
                        window._step()
                        frames.append(time.perf_counter() - began)
                        time.sleep(max(0.0, 1 / 60 - frames[-1]))
        memory = int(Path("/proc/self/status").read_text().split("VmRSS:")[1].split()[0]) / 1024
        opened.close()
    if frames:
        told("frame while something moves", frames)
    told("key to the next page, without a pause" if hurried else "key to the next page, pictures ready", changes)
    print(f"memory after nine runs of three stories {memory:6.0f} MiB")


def told(what: str, times: list[float]) -> None:
    times.sort()
    middle, most = times[len(times) // 2] * 1000, times[-1] * 1000
    p95 = times[round(len(times) * 0.95) - 1] * 1000
    print(f"{what:40} median {middle:5.1f} ms   p95 {p95:5.1f} ms   most {most:5.1f} ms   ({len(times)})")


if __name__ == "__main__":
    main()
