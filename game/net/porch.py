"""Owns the first moment of a connection: phones that are in go straight through, strangers wait for their turn.

A stranger costs next to nothing until a whole request is there, and then a few of them are let through in each turn of
the loop. So whoever floods the room delays other strangers, and not a vote. Never reads more than a head, and never
answers: what is let through is answered, and refused, by the server.
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Callable
from typing import Final, Protocol

STARTS: Final = (b"GET /", b"POST /")
"""How a request begins that is worth waiting for; anything else is let through as it is, to be refused."""

TOKEN: Final = re.compile(rb"upstream=([0-9a-f]{32})")

AT_ONCE: Final = 8
"""How many strangers are let through in one turn of the loop."""

WAITING: Final = 2048
"""How many strangers may wait for their turn."""

CHUNK: Final = 4096
MOST: Final = 32_768
"""How many bytes of a stranger who waits are kept, about; no request of a phone has more than 4 kB."""


class Keeper(Protocol):
    """Who decides at the door."""

    head: int
    """The most bytes that are waited for."""

    def knocked(self, caller: Caller) -> None:
        """Somebody is there."""

    def is_known(self, token: str) -> bool:
        """Whether a phone with this token is in, and has not come to the door too often; this time is counted."""

    def enter(self, caller: Caller, *, known: bool) -> None:
        """A request is there: answer it."""

    def left(self, caller: Caller) -> None:
        """Somebody hung up before they were let through."""


class Caller(asyncio.BufferedProtocol):
    """A connection that has not said enough to be let through."""

    __slots__ = ("_keeper", "_turns", "address", "ready", "said", "since", "transport")

    def __init__(self, keeper: Keeper, turns: Turns, now: float) -> None:
        self._keeper = keeper
        self._turns = turns
        self.since = now
        self.said = b""
        self.address = ""
        self.ready = False
        """Whether a request is there, and waits for its turn."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport: asyncio.Transport = transport
        peer = transport.get_extra_info("peername")
        self.address = peer[0] if peer else ""
        self._keeper.knocked(self)

    def get_buffer(self, sizehint: int) -> bytearray:  # noqa: ARG002  # the library's own signature
        return self._turns.buffer

    def buffer_updated(self, nbytes: int) -> None:
        self.said += self._turns.buffer[:nbytes]
        if self.ready:
            if len(self.said) > MOST:  # until then it goes on listening: whoever has gone is let go
                self.transport.pause_reading()
        elif not self._is_cut_short():
            self._knows_what_it_wants()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # the library's own signature
        self._keeper.left(self)

    def _knows_what_it_wants(self) -> None:
        self.ready = True
        found = TOKEN.search(self.said)
        if found is not None and self._keeper.is_known(found[1].decode()):
            self._keeper.enter(self, known=True)
        elif not self._turns.put(self._let_through):
            self.transport.abort()

    def _let_through(self) -> bool:
        if self.transport.is_closing():
            return False
        self._keeper.enter(self, known=False)
        return True

    def _is_cut_short(self) -> bool:
        """Whether this is the beginning of a request whose head is not whole."""
        if len(self.said) > self._keeper.head or b"\r\n\r\n" in self.said:
            return False
        return any(self.said.startswith(start[: len(self.said)]) for start in STARTS)


class Turns:
    """Who waits to be served: first come, first served, a few in each turn of the loop."""

    def __init__(self) -> None:
        self.buffer = bytearray(CHUNK)
        """What is read at a time; it is taken out at once, so one is enough for all."""
        self._waiting: deque[Callable[[], bool]] = deque()
        self._pump: asyncio.Task[None] | None = None

    def put(self, go: Callable[[], bool]) -> bool:
        """Call this when it is its turn; False where too many wait. It says whether it still wanted its turn."""
        if len(self._waiting) >= WAITING:
            return False
        self._waiting.append(go)
        if self._pump is None or self._pump.done():
            self._pump = asyncio.ensure_future(self._run())
        return True

    async def turn(self) -> bool:
        """Wait for a turn; False, at once, where too many wait."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if not self.put(lambda: _resolve(done)):
            return False
        await done
        return True

    async def _run(self) -> None:
        while self._waiting:
            served = 0
            while self._waiting and served < AT_ONCE:
                served += self._waiting.popleft()()
            await asyncio.sleep(0)


def _resolve(done: asyncio.Future[None]) -> bool:
    if done.done():
        return False
    done.set_result(None)
    return True
