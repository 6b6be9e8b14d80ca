"""Measures phones in the room: joining, voting, revealing, coming back. Prints figures; asserts nothing.

python tests/bench/phones.py [500 2000] [--burn 25] [--joker]

The room runs here: the server's thread beside a window of 1920 x 1080 at 60 frames a second, with a journal on disk.
The phones run in a second process on the same machine. `--burn` makes every frame cost so many milliseconds of Python.
`--joker` runs it four times: alone; with a hostile client that does all of `tests/room/hostile.py` at once to another
room on this machine, which takes as much of its processors; with the same client in this room, at an address of their
own; and at the address of all phones, as behind one router. Then it prints what that changed. The targets are those of
3.8 in `room.md`; times are milliseconds.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import queue
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

from tests.room.hostile import TRICKS
from tests.room.phones import Phone, Reply

ROUND = "kitchen:1"
"""The round of the hostile client's votes, too."""

JOKERS = {"alone": "", "next door": "127.0.0.2", "elsewhere": "127.0.0.2", "same address": "127.0.0.1"}
"""Where the hostile client comes from, if one does. The one next door is at work on another room of this machine: what
that changes is the machine's doing, and not the room's."""

OPTIONS = ("Call Marcus into the office now.", "Ask Marcus over tea.", "Look at the dates first.", "Say nothing today.")

HOUR = 3600.0
"""A vote that says it was sent longer ago than this is the joker's: it counts `sent` from 1."""


def told(name: str, seconds: Sequence[float]) -> str:
    """One line of figures, which is printed, too."""
    if not seconds:
        print(f"  {name:<28} nothing", flush=True)
        return ""
    p95, p99 = (
        (statistics.quantiles(seconds, n=100)[at - 1] for at in (95, 99)) if len(seconds) > 1 else (seconds[0],) * 2
    )
    figures = (f"{1000 * each:7.1f}" for each in (statistics.median(seconds), p95, p99, max(seconds)))
    line = f"  {name:<28} " + "  ".join(
        f"{at} {each}" for at, each in zip(("p50", "p95", "p99", "max"), figures, strict=True)
    )
    print(line, flush=True)
    return line


# ---- the phones, in a process of their own


class Load:
    """So many phones, one event stream each."""

    def __init__(self, port: int, code: str, count: int) -> None:
        self.code = code
        self.phones = [Phone("127.0.0.1", port) for _ in range(count)]
        self.listening: dict[Phone, asyncio.Task[None]] = {}
        self.failed = 0
        self.pages: list[float] = []
        self.joins: list[float] = []
        self.said: dict[Phone, int] = {}
        self.heard: dict[Phone, asyncio.Queue[tuple[float, dict[str, object]]]] = {}

    async def listen(self, phone: Phone) -> None:
        """Follow the room, as the page does: come back when the line drops."""
        while True:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                async for state in phone.events():
                    self.heard[phone].put_nowait((time.monotonic(), state))
            await asyncio.sleep(0.5 * (0.5 + random.random()))

    async def state(self, phone: Phone) -> tuple[float, dict[str, object]]:
        return await self.heard[phone].get()

    def follow(self, phone: Phone) -> None:
        self.heard[phone] = asyncio.Queue()
        self.listening[phone] = asyncio.create_task(self.listen(phone))

    async def join(self, phone: Phone) -> float:
        """Everything a browser asks for, until the first state is there."""
        began = time.monotonic()
        for path in (f"/{self.code}", "/page.css", "/page.js"):
            assert (await phone.ask("GET", path)).status == 200
        self.pages.append(time.monotonic() - began)
        asked = time.monotonic()
        assert (await self.patiently(lambda: phone.join(self.code), 0.5)).status == 200
        self.joins.append(time.monotonic() - asked)
        self.follow(phone)
        at, _ = await self.state(phone)
        phone.hang_up()
        return at - began

    async def patiently(self, ask: Callable[[], Awaitable[Reply]], wait: float) -> Reply:
        """Ask again as the page does, where the room says that there is too much at the moment."""
        for tries in itertools.count(1):
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                reply = await ask()
                if reply.status != 429:
                    return reply
            await asyncio.sleep(min(8, wait * tries) * (0.5 + random.random()))
        raise AssertionError

    async def vote(self, phone: Phone) -> float:
        began = time.monotonic()
        choice = random.randrange(len(OPTIONS))
        reply = await self.patiently(lambda: phone.choose(ROUND, choice, sent=int(began * 1e6)), 0.3)
        assert reply.status == 200, reply.status
        self.said[phone] = choice
        phone.hang_up()
        return time.monotonic() - began

    async def drop_and_return(self, phone: Phone) -> float:
        self.listening[phone].cancel()
        await asyncio.gather(self.listening[phone], return_exceptions=True)
        await asyncio.sleep(random.random())
        began = time.monotonic()
        self.follow(phone)
        at, state = await self.state(phone)
        assert "Your vote: " in str(state["said"]), "the vote is intact"
        return at - began

    async def each(self, what: Callable[[Phone], Awaitable[float]], over: float) -> list[float]:
        """Have every phone do this, spread evenly over so many seconds; what fails is counted."""

        async def one(number: int, phone: Phone) -> float | None:
            await asyncio.sleep(over * number / len(self.phones))
            try:
                return await asyncio.wait_for(what(phone), 30)
            except (ConnectionError, AssertionError, KeyError, TimeoutError, asyncio.IncompleteReadError, OSError):
                self.failed += 1
                return None

        done = await asyncio.gather(*(one(number, phone) for number, phone in enumerate(self.phones)))
        return [seconds for seconds in done if seconds is not None]

    async def shown(self, word: str) -> list[float]:
        """Ask the room for the next view, and wait until every phone has it; it holds the moment it was shown."""
        for states in self.heard.values():
            while not states.empty():
                states.get_nowait()
        print(word, flush=True)

        async def one(phone: Phone) -> float:
            while True:
                at, state = await asyncio.wait_for(self.state(phone), 30)
                said = json.dumps(state["blocks"])
                if f"{word} at " in said:
                    return at - float(said.partition(f"{word} at ")[2].partition("!")[0])

        return list(await asyncio.gather(*(one(phone) for phone in self.heard)))


async def run_load(port: int, code: str, count: int) -> None:
    """The whole visit of all phones."""
    load = Load(port, code, count)
    first = await load.each(load.join, 10)
    told("page and its files", load.pages)
    told("join to ack", load.joins)
    told("page to first state (10 s)", first)
    await load.shown("ask")
    print("burst", flush=True)
    told("vote to ack, all at once", await load.each(load.vote, 0))
    print("burst-over", flush=True)
    told("vote to ack, within 1 s", await load.each(load.vote, 1))
    print("votes-over", flush=True)
    told("drop and return (1 s)", await load.each(load.drop_and_return, 0))
    print("back", flush=True)
    told("reveal to each phone", await load.shown("reveal"))
    tally = [list(load.said.values()).count(choice) for choice in range(len(OPTIONS))]
    print(f"  failures {load.failed} of {5 * count}; votes as acknowledged {tally}", flush=True)
    for task in load.listening.values():
        task.cancel()
    await asyncio.gather(*load.listening.values(), return_exceptions=True)


async def run_joker(port: int, code: str, local: str) -> None:
    """A hostile client, until it is ended. In a room its work is another machine's."""
    os.nice(19)
    joker = Phone("127.0.0.1", port, local)
    with suppress(ConnectionError, asyncio.IncompleteReadError):
        await joker.join(code)
    await asyncio.gather(*(trick(joker, code) for trick in TRICKS.values()))


# ---- the room


class Figures:
    """What is measured in the room's process."""

    def __init__(self) -> None:
        self.screens: dict[str, list[float]] = {"": []}
        self.frames: list[float] = []
        self.phase = ""
        self.p95: dict[str, float] = {}

    def note(self, line: str) -> None:
        """Remember what a line of figures says."""
        if found := re.match(r"  (.+?) +p50.*p95 +([0-9.]+)", line):
            self.p95[found[1]] = float(found[2])


def run_room(count: int, burn: float, joker: str) -> Figures:
    """Open the room, have the phones come, and print the figures; `joker` is one of `JOKERS`."""
    import psutil
    import pygame

    from game.net import Option, Phones, RoundView, Voted, counted
    from game.storage import JournalFile

    load = os.getloadavg()[0]
    print(
        f"{count} phones, {joker}{f', {burn:.0f} ms of Python in every frame' if burn else ''}; load average {load:.1f}"
    )
    pygame.display.init()
    pygame.font.init()
    surface = pygame.display.set_mode((1920, 1080))
    font = pygame.font.Font(None, 80)
    memory = psutil.Process().memory_info().rss
    options = tuple(Option("ABCD"[number], words) for number, words in enumerate(OPTIONS))
    with tempfile.TemporaryDirectory() as folder:
        file = JournalFile(Path(folder) / "session.journal")
        phones = Phones(journal=file, port=0)
        opened = phones.start("127.0.0.1")
        command = [sys.executable, __file__, "--port", str(opened.port)]
        child = subprocess.Popen([*command, "--load", opened.code, str(count)], stdout=subprocess.PIPE, text=True)
        mean = started(joker, opened.port, opened.code, Path(folder))
        lines: queue.Queue[str] = queue.Queue()
        assert child.stdout is not None
        threading.Thread(target=lambda: [lines.put(line.rstrip()) for line in child.stdout or ()], daemon=True).start()
        figures, ballots, rev, most, last = Figures(), {}, 0, memory, time.monotonic()
        clock = pygame.time.Clock()
        while child.poll() is None or not lines.empty():
            while not lines.empty():
                line = lines.get()
                if line in ("ask", "reveal"):
                    rev += 1
                    step = {"ask": "vote", "reveal": "reveal"}[line]
                    said = f"{line} at {time.monotonic()}!"
                    phones.show(RoundView(rev, step, said, options, None, line == "ask", ROUND))
                elif line.startswith("  "):
                    print(line)
                    figures.note(line)
                else:
                    figures.phase = line
                    figures.screens.setdefault(line, [])
            facts = phones.drain()
            ballots = counted(ballots, facts) if facts else ballots
            if facts:
                surface.fill("white")
                words = f"{len(ballots.get(ROUND, ()))} of {phones.standing.phones} have voted"
                surface.blit(font.render(words, True, "black"), (100, 500))
            until = time.perf_counter() + burn / 1000
            while time.perf_counter() < until:
                pass
            pygame.display.flip()
            now = time.monotonic()
            waited = (now - fact.sent / 1e6 for fact in facts if isinstance(fact, Voted))
            figures.screens[figures.phase] += [seconds for seconds in waited if seconds < HOUR]
            figures.frames.append(now - last)
            clock.tick(60)
            last = time.monotonic()
            if len(figures.frames) % 30 == 0:
                most = max(most, psutil.Process().memory_info().rss)
        figures.note(told("vote to screen, all at once", figures.screens.get("burst", [])))
        figures.note(told("vote to screen, within 1 s", figures.screens.get("burst-over", [])))
        figures.note(told("frame, work without waiting", figures.frames[60:]))
        votes = [vote.heads.index(1) for vote in ballots.get(ROUND, {}).values()]
        tally = [votes.count(choice) for choice in range(len(OPTIONS))]
        own = " (the joker has one, as everybody)" if joker in ("elsewhere", "same address") else ""
        print(f"  votes in the room {tally}{own}; memory +{(most - memory) / 2**20:.0f} MiB")
        print(f"  phones {phones.standing.phones}; load average {os.getloadavg()[0]:.1f}")
        for each in mean:
            each.kill()
            each.wait()
        phones.close()
        file.close()
    pygame.quit()
    return figures


def started(joker: str, port: int, code: str, folder: Path) -> list[subprocess.Popen[str]]:
    """The hostile client, if there is one, and the room next door where that is what it is at work on."""
    processes = []
    if joker == "next door":
        serving = [sys.executable, str(Path(__file__).parents[1] / "room" / "serving.py"), str(folder / "next.journal")]
        env = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
        processes.append(subprocess.Popen(serving, stdout=subprocess.PIPE, text=True, env=env))
        assert processes[0].stdout is not None
        told, code = processes[0].stdout.readline().split()
        port = int(told)
    if local := JOKERS[joker]:
        trick = [sys.executable, __file__, "--port", str(port), "--trick", code, local]
        processes.append(subprocess.Popen(trick, stderr=subprocess.DEVNULL, text=True))
    return processes


def run_jokers(count: int, burn: float) -> None:
    """The same room without and with a hostile client, and what that changed for everybody else."""
    alone, *others = (run_room(count, burn, joker).p95 for joker in JOKERS)
    print(f"{count} phones, what the joker changed at p95")
    for name, before in alone.items():
        changes = (
            f"{joker} {p95[name]:6.1f} ({p95[name] - before:+6.1f}, x{p95[name] / max(before, 0.1):5.1f})"
            for joker, p95 in zip(list(JOKERS)[1:], others, strict=True)
            if name in p95
        )
        print(f"  {name:<28} alone {before:6.1f}  " + "  ".join(changes), flush=True)


def main() -> None:
    wanted = argparse.ArgumentParser()
    wanted.add_argument("counts", type=int, nargs="*", default=[500, 2000])
    wanted.add_argument("--burn", type=float, default=0.0)
    wanted.add_argument("--joker", action="store_true")
    wanted.add_argument("--port", type=int)
    wanted.add_argument("--load", metavar="CODE")
    wanted.add_argument("--trick", nargs=2, metavar=("CODE", "ADDRESS"))
    asked = wanted.parse_args()
    if asked.load:
        asyncio.run(run_load(asked.port, asked.load, asked.counts[0]))
    elif asked.trick:
        asyncio.run(run_joker(asked.port, *asked.trick))
    else:
        for count in asked.counts:
            if asked.joker:
                run_jokers(count, asked.burn)
            else:
                run_room(count, asked.burn, "alone")


if __name__ == "__main__":
    main()
