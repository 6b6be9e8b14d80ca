"""A whole session on a network with no way out, in two processes that share nothing but that network: `python alone.py
room FOLDER` leads it, and starts `python alone.py phones` on another machine, as far as the network can tell.

Run it in a network namespace of its own. It makes the adapter `wlan0` there. What came of it is printed as JSON.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.displays import PATIENCE
from tests.room.phones import Phone, texts

LAPTOP: Final = "192.168.44.2"
PHONES: Final = tuple(f"192.168.44.{number}" for number in range(10, 18))
FIRST: Final = (0, 0, 0, 0, 0, 1, 1, 2)
SECOND: Final = (1, 1, 1, 0, 0, 1, 1, 2)


def lead(folder: Path) -> None:
    """Lead the first decision of a story with phones alone, from the picture on the wall to the report."""
    from game.training import Step
    from tests.room.leading import Leader
    from tests.room.test_phone_screens import scanned

    told: dict[str, Any] = {"way out": _way_out()}
    ip("link", "set", "lo", "up")
    ip("link", "add", "wlan0", "type", "veth", "peer", "name", "air")
    ip("addr", "add", f"{LAPTOP}/24", "dev", "wlan0")
    phones = subprocess.Popen(
        ["unshare", "--net", sys.executable, __file__, "phones"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert phones.stdin is not None
    assert phones.stdout is not None

    def ask(**what: Any) -> Any:
        assert phones.stdin is not None
        assert phones.stdout is not None
        phones.stdin.write(json.dumps(what) + "\n")
        phones.stdin.flush()
        return json.loads(phones.stdout.readline())

    assert json.loads(phones.stdout.readline()) == "apart"
    ip("link", "set", "air", "netns", str(phones.pid))
    ip("link", "set", "wlan0", "up")
    ask(do="wake")

    leader = Leader(folder, two_windows=True, address="")

    leader.press("j")
    [told["read"]] = scanned(leader)
    told["far"] = _from_the_back(leader)
    told["joined"] = ask(do="join", address=told["read"])
    leader.until(lambda: "8 phones of 24 people." in leader.seen())
    told["wall"] = leader.seen()
    leader.press("j").next_step(Step.SILENT)
    told["first"] = ask(do="vote", round="1-1", choices=FIRST)
    leader.until(lambda: "8 of 24 have voted" in leader.seen())
    leader.next_step(Step.SHOW_AGAIN)
    told["second"] = ask(do="vote", round="1-2", choices=SECOND)
    leader.until(lambda: "8 of 24 have voted" in leader.seen())
    leader.next_step(Step.REVEAL)
    told["reveal"] = leader.seen()
    told["moved"] = leader.press("page down").seen()
    leader.next_step(Step.BRANCH)
    told["branch"] = leader.seen()
    leader.press("page down", "ctrl q", "ctrl q")
    told["ended"] = ask(do="look")
    told["running"] = leader.pilot.stage.running
    leader.close()
    told["report"] = leader.report()
    phones.stdin.close()
    told["phones"] = phones.wait(PATIENCE)
    print(json.dumps(told))


def _from_the_back(leader: Any) -> list[str]:
    """What a decoder reads when the whole wall is a small part of its picture, and a little out of focus."""
    import pygame
    import zxingcpp

    w, h = leader.pilot.window.surface.get_size()
    small = pygame.transform.smoothscale(leader.pilot.window.surface, (w // 4, h // 4))
    soft = pygame.transform.smoothscale(pygame.transform.smoothscale(small, (w // 6, h // 6)), (w // 4, h // 4))
    view = pygame.Surface((1280, 960))
    view.fill("#58504a")
    view.blit(soft, (470, 380))
    grey = pygame.transform.grayscale(view)
    rows = bytes(grey.get_at((x, y))[0] for y in range(960) for x in range(1280))
    return [found.text for found in zxingcpp.read_barcodes(memoryview(rows).cast("B", (960, 1280)))]


def ip(*arguments: str) -> None:
    """Change the network of this namespace."""
    subprocess.run(["ip", *arguments], check=True)


def _way_out() -> bool:
    try:
        socket.create_connection(("192.0.2.1", 80), timeout=1).close()
    except OSError:
        return False
    return True


def visit() -> None:
    """Do what is asked on standard input, with phones on an adapter that was moved here."""
    print(json.dumps("apart"), flush=True)
    asyncio.run(_visit())


async def _visit() -> None:
    phones: list[Phone] = []
    for line in sys.stdin:
        what = json.loads(line)
        print(json.dumps(await DOES[what["do"]](phones, what)), flush=True)


async def _wake(_phones: list[Phone], _what: dict[str, Any]) -> None:
    for address in PHONES:
        ip("addr", "add", f"{address}/24", "dev", "air")
    ip("link", "set", "air", "up")


async def _join(phones: list[Phone], what: dict[str, Any]) -> list[tuple[int, int]]:
    where = urlsplit(what["address"])
    answers = []
    for address in PHONES:
        phone = Phone(where.hostname or "", where.port or 80, address)
        phones.append(phone)
        page = await phone.ask("GET", where.path)
        answers.append((page.status, (await phone.join(where.path.removeprefix("/"))).status))
    return answers


async def _vote(phones: list[Phone], what: dict[str, Any]) -> list[str]:
    told = zip(phones, what["choices"], strict=True)
    return [(await phone.choose(what["round"], choice)).state["said"] for phone, choice in told]


async def _look(phones: list[Phone], _what: dict[str, Any]) -> list[str]:
    answers = []
    for phone in phones:
        try:
            answers.append(texts(await phone.state()))
        except ConnectionError:
            answers.append("gone")
    return answers


DOES: Final[Mapping[str, Callable[[list[Phone], dict[str, Any]], Awaitable[Any]]]] = {
    "wake": _wake,
    "join": _join,
    "vote": _vote,
    "look": _look,
}


if __name__ == "__main__":
    if sys.argv[1] == "room":
        lead(Path(sys.argv[2]))
    else:
        visit()
