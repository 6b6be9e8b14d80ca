"""Measures the window beside a bare pygame window, in one run, on a display of its own. Asserts nothing.

    python tests/bench/window.py [ROUNDS]

Needs Xvfb. Starts each program several times and prints the medians: the start to the first full frame of the home
page and of a decision, the processor's share of a still screen, the memory, and the time from a key to changed pixels.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TICKS = os.sysconf("SC_CLK_TCK")
STILL = 10.0

SHOWN = """
import sys, time
sys.argv[1:] = {arguments!r}
sys.path.insert(0, {root!r})
import game.ui.window as window
draw = window.Window.draw
def drawn(self, stage, **how):
    draw(self, stage, **how)
    print("shown", time.time(), flush=True)
window.Window.draw = drawn
from game.app import main
raise SystemExit(main())
"""


def environment(folder: str, display: str) -> dict[str, str]:
    """As an installed program has it: its modules are compiled, in a folder of the bench's own."""
    own = {"DISPLAY": display, "UPSTREAM_DATA": folder, "UPSTREAM_WINDOW": "1280x720", "PYTHONPYCACHEPREFIX": folder}
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | own


def started(command: list[str], env: dict[str, str]) -> tuple[subprocess.Popen[str], float]:
    """The program, and the milliseconds from its start to its first full frame."""
    began = time.time()
    program = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert program.stdout is not None
    for line in program.stdout:
        if line.startswith("shown"):
            return program, (float(line.split()[1]) - began) * 1000
    raise SystemExit(f"{command} showed nothing")


def used(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory(pid: int) -> float:
    """Resident memory in MiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


@cache
def flat_kitchen() -> str:
    """The kitchen as one plain SVG in a file, for the bare window."""
    sys.path.insert(0, str(ROOT))
    from game.pictures import Kit, Moment

    path = Path(tempfile.gettempdir()) / "upstream-bench-kitchen.svg"
    path.write_text(Kit(ROOT / "assets/art").place("kitchen", Moment("morning", (8, 31))), encoding="utf-8")
    return str(path)


def programs() -> dict[str, list[str]]:
    font = str(ROOT / "assets/fonts/AtkinsonHyperlegibleNext-Regular.ttf")
    picture = flat_kitchen()
    shown = {
        "home": [],
        "decision": ["play", "late-again", "--at", "arrives"],
    }
    bare = [sys.executable, str(ROOT / "tests/bench/bare.py"), font, picture]
    return {"bare": bare} | {
        name: [sys.executable, "-c", SHOWN.format(arguments=arguments, root=str(ROOT))]
        for name, arguments in shown.items()
    }


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    read, write = os.pipe()
    xvfb = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1920x1080x24"], pass_fds=[write], stderr=subprocess.DEVNULL
    )
    os.close(write)
    display = ":" + os.read(read, 16).decode().strip()
    try:
        with tempfile.TemporaryDirectory() as folder:
            figures(environment(folder, display), rounds)
    finally:
        xvfb.terminate()
        xvfb.wait()


def figures(env: dict[str, str], rounds: int) -> None:
    starts: dict[str, list[float]] = {name: [] for name in programs()}
    for turn in range(rounds + 1):
        for name, command in programs().items():
            program, took = started(command, env)
            starts[name] += [took] if turn else []  # the first start compiles
            program.kill()
            program.wait()
    floor = statistics.median(starts["bare"])
    for name, times in starts.items():
        middle = statistics.median(times)
        print(
            f"start to the first full frame, {name:9} {middle:7.0f} ms   {middle / floor:4.2f} times the bare window's"
        )
    for name, command in programs().items():
        program, _ = started(command, env)
        time.sleep(2)
        before = used(program.pid)
        time.sleep(STILL)
        share = (used(program.pid) - before) / STILL * 100
        print(f"still screen, {name:9} {share:5.2f} % of a core   memory {memory(program.pid):5.0f} MiB")
        program.kill()
        program.wait()


if __name__ == "__main__":
    main()
