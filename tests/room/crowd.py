"""Owns a crowd of phones beside a session at the real window: they ask over real sockets in a thread of their own, and
keep what they were sent. Asserts nothing but that they were answered.
"""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import Coroutine, Sequence
from types import TracebackType
from typing import Any, Final, TypeVar

from game.net import Adapter, Phones, Rules
from game.screens.room_phones import PhoneLine
from tests.displays import PATIENCE
from tests.room.leading import Leader
from tests.room.phones import Phone, Reply

T = TypeVar("T")

AGENT: Final = "Mozilla/5.0 (Linux; Android 14; Telltale 9) AppleWebKit/537.36"
"""What every phone of a crowd says of itself."""


def line_here() -> PhoneLine:
    """Phones on this machine alone, at whatever port is free. They may ask faster than people can."""
    rules = Rules(phone_rate=500, phone_burst=500)
    return PhoneLine(find=lambda: (Adapter("Wi-Fi", "127.0.0.1"),), make=lambda: Phones(port=0, rules=rules))


class Guest:
    """One phone of the crowd: every document it was sent, by its stream, its polls and its answers, and every page."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.documents: list[dict[str, Any]] = []
        self.pages: list[str] = []
        self.heads: list[tuple[str, dict[str, str]]] = []
        self.stream: asyncio.Task[None] | None = None

    def kept(self, asked: str, reply: Reply) -> Reply:
        self.heads.append((asked, dict(reply.head)))
        if reply.head.get("content-type", "").startswith("application/json") and reply.body:
            self.documents.append(reply.state)
        elif reply.head.get("content-type", "").startswith("text/html"):
            self.pages.append(reply.body.decode())
        return reply

    async def listen(self) -> None:
        async for state in self.phone.events():
            self.documents.append(state)


class Crowd:
    """Phones in the room of a session that has let phones in. Each comes from an address of its own."""

    def __init__(self, leader: Leader) -> None:
        opened = leader.lead.line.opened
        assert opened is not None
        self.leader, self.opened = leader, opened
        self.guests: list[Guest] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="crowd")

    def __enter__(self) -> Crowd:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.do(self._gone())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def do(self, walk: Coroutine[Any, Any, T]) -> T:
        """Let phones do this, and wait until it is done. The window stands still meanwhile."""
        return asyncio.run_coroutine_threadsafe(walk, self._loop).result(PATIENCE)

    def join(self, count: int, *, streams: bool = True) -> list[Guest]:
        """So many more phones come in; with `streams`, each keeps a line open for news."""
        return self.do(self._join(count, streams=streams))

    async def _join(self, count: int, *, streams: bool) -> list[Guest]:
        come = []
        for _ in range(count):
            local = f"127.0.1.{len(self.guests) + 1}"
            guest = Guest(Phone("127.0.0.1", self.opened.port, local))
            self.guests.append(guest)
            come.append(guest)
            phone = guest.phone
            guest.kept("/CODE", await phone.ask("GET", f"/{self.opened.code}", User_Agent=AGENT))
            body = json.dumps({"code": self.opened.code}).encode()
            joined = guest.kept("/j", await phone.ask("POST", "/j", body, User_Agent=AGENT))
            assert joined.status == 200
            if streams:
                guest.stream = asyncio.create_task(guest.listen())
        return come

    def vote(self, round: str, choices: Sequence[int], guests: Sequence[Guest] | None = None) -> None:
        """These phones vote, all at once, and are told that it was received."""

        async def one(guest: Guest, choice: int) -> None:
            assert guest.kept("/v", await guest.phone.choose(round, choice)).status == 200

        async def all_() -> None:
            who = self.guests if guests is None else guests
            await asyncio.gather(*(one(guest, choice) for guest, choice in zip(who, choices, strict=True)))

        self.do(all_())

    def poll(self, guests: Sequence[Guest]) -> None:
        """These phones ask how things stand, as one does whose stream is broken."""

        async def all_() -> None:
            for guest in guests:
                guest.kept("/s", await guest.phone.ask("GET", "/s"))

        self.do(all_())

    def reload(self, guests: Sequence[Guest]) -> None:
        """These phones load the page anew."""

        async def all_() -> None:
            for guest in guests:
                guest.kept("/", await guest.phone.ask("GET", "/"))

        self.do(all_())

    def up_to_date(self, guests: Sequence[Guest] | None = None) -> None:
        """Wait until every phone that listens was sent what the room shows now, and all that was said is heard."""
        who = self.guests if guests is None else guests
        newest = {guest: self.do(guest.phone.state()) for guest in who if guest.stream}
        revs = {guest: state["rev"] for guest, state in newest.items()}
        self.leader.until(lambda: all(guest.documents[-1]["rev"] == rev for guest, rev in revs.items()))

    async def _gone(self) -> None:
        for guest in self.guests:
            guest.phone.hang_up()
            if guest.stream:
                guest.stream.cancel()
        await asyncio.gather(*(guest.stream for guest in self.guests if guest.stream), return_exceptions=True)


def without_marks(document: dict[str, Any]) -> str:
    """A document as it would be sent in any session: without the session's random mark, and the seconds left."""
    told = json.dumps(document, ensure_ascii=False, sort_keys=True)
    return re.sub(r'"left": [^,}]+', '"left": ?', re.sub(r'"rev": "[0-9a-f]+\.', '"rev": "?.', told))
