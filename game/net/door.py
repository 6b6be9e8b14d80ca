"""Owns the connections: how many there may be, how long one may take to ask, and to take in. Never what is asked.

The library's own words about a request it cannot read would carry an address or parts of the request, so they are ours.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from aiohttp.web import BaseRequest, RequestHandler, Server, StreamResponse

from game.net import gate
from game.net.limits import Rules
from game.net.pages import FILES
from game.net.porch import Caller, Turns
from game.net.server import Service, refusal

HEAD: Final = 8192
"""The most bytes in one line of a request's head."""

HEADERS_AT_MOST: Final = 64

LOOKS: Final = 4
"""How often in the time that somebody may take it is looked whether they took it."""

SILENT: Final = logging.getLogger("upstream.phones")
SILENT.addHandler(logging.NullHandler())
SILENT.propagate = False
"""Where the library's own messages go: they hold addresses, so nobody keeps them."""


class Line(RequestHandler):
    """One connection on which somebody asks."""

    __slots__ = ("address", "asked", "stuck")

    address: str
    asked: bool
    """Whether its first request is over: who was let through has had a turn."""
    stuck: float | None
    """Since when it has taken nothing in, in the loop's seconds."""

    def handle_error(
        self,
        request: BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,  # noqa: ARG002  # the library's own signature
        message: str | None = None,  # noqa: ARG002
    ) -> StreamResponse:
        """Refuse what cannot be read, with a constant body."""
        if request.writer.output_size > 0:
            raise ConnectionError
        return refusal(status)


class Door(Server):
    """All connections of one service: each a `Caller` until a request is there, and a `Line` from then on."""

    head = HEAD

    def __init__(self, service: Service, rules: Rules, most: int) -> None:
        """At most so many connections stand at a time. Call it in the running loop."""
        super().__init__(self._answer, handler_cancellation=True)
        self._service = service
        self._patience = rules.patience
        self._silence = rules.silence
        self._most = most
        self._loop = asyncio.get_running_loop()
        self._turns = Turns()
        self._strangers: dict[Caller | Line, asyncio.Transport] = {}
        """Connections of which no phone that is in has been heard, the oldest first."""
        self._standing: dict[Caller | Line, asyncio.Transport] = {}

    def __call__(self) -> Caller:  # type: ignore[override]  # the library asks for any protocol
        return Caller(self, self._turns, self._loop.time())

    async def watch(self) -> None:
        """Hang up on whoever takes too long to ask, or to take in what was said. Runs until cancelled."""
        while True:
            await asyncio.sleep(min(self._patience, self._silence) / LOOKS)
            now = self._loop.time()
            for one, transport in list(self._standing.items()):
                if self._is_too_slow(one, transport, now):
                    transport.abort()

    def _is_too_slow(self, one: Caller | Line, transport: asyncio.Transport, now: float) -> bool:
        if isinstance(one, Caller):
            return not one.ready and now - one.since > self._patience
        if not transport.get_write_buffer_size():
            one.stuck = None
            return False
        one.stuck = now if one.stuck is None else one.stuck
        return now - one.stuck > self._silence

    # who is at the door

    def knocked(self, caller: Caller) -> None:
        """Take in a connection. Where there are too many, the stranger who has stood there longest is hung up on."""
        self._standing[caller] = self._strangers[caller] = caller.transport
        if not self._service.addresses.connected(caller.address, self._loop.time()):
            caller.transport.abort()
        elif len(self._standing) > self._most:
            self._strangers.pop(next(iter(self._strangers))).abort()

    def is_known(self, token: str) -> bool:
        """Whether a phone with this token is in, and has not come to the door too often; this time is counted."""
        return self._service.is_welcome(token)

    def enter(self, caller: Caller, *, known: bool) -> None:
        """A request is there: from now on the connection is the library's."""
        transport = caller.transport
        self._forget(caller)
        line = self._line(caller.address)
        self._standing[line] = transport
        if not known:
            self._strangers[line] = transport
        transport.set_protocol(line)
        line.connection_made(transport)
        transport.resume_reading()
        line.data_received(caller.said)

    def left(self, caller: Caller) -> None:
        """Count a connection less."""
        self._forget(caller)
        self._service.addresses.gone(caller.address)

    def connection_lost(self, handler: RequestHandler, exc: BaseException | None = None) -> None:
        """Count a connection less."""
        super().connection_lost(handler, exc)
        assert isinstance(handler, Line)
        self._forget(handler)
        self._service.addresses.gone(handler.address)

    def _forget(self, one: Caller | Line) -> None:
        self._standing.pop(one, None)
        self._strangers.pop(one, None)

    def _line(self, address: str) -> Line:
        # Until its head is whole, a request counts as idle: the time to keep an idle line open is the time to ask.
        line = Line(
            self,
            loop=self._loop,
            access_log=None,  # type: ignore[arg-type]  # None is the documented way to have none
            logger=SILENT,
            keepalive_timeout=self._patience,
            timeout_ceil_threshold=self._patience,
            lingering_time=0,
            auto_decompress=False,
            max_line_size=HEAD,
            max_field_size=HEAD,
            max_headers=HEADERS_AT_MOST,
        )
        line.address, line.asked, line.stuck = address, False, None
        return line

    async def _answer(self, request: BaseRequest) -> StreamResponse:
        line = request.protocol
        assert isinstance(line, Line)
        known = self._service.is_in(gate.token_in(request)) and request.path not in FILES
        if known:
            self._strangers.pop(line, None)
        elif line.asked and not await self._turns.turn():  # what costs no phone anything has to wait, too
            return refusal(429)
        line.asked = True
        return await self._service.answer(request)

    async def shutdown(self, timeout: float | None = None) -> None:
        """Hang up on everybody."""
        for one, transport in list(self._standing.items()):
            if isinstance(one, Caller):
                transport.abort()
        await super().shutdown(timeout)
