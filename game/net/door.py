"""Owns the connections: how many there may be, and how long one may take to ask. Never what is asked.

The library's own words about a request it cannot read would carry an address or parts of the request, so they are ours.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from aiohttp.web import BaseRequest, RequestHandler, Server, StreamResponse

from game.net.limits import Rules
from game.net.server import Service, refusal

HEAD: Final = 8192
"""The most bytes in one line of a request's head."""

HEADERS_AT_MOST: Final = 64

SILENT: Final = logging.getLogger("upstream.phones")
SILENT.addHandler(logging.NullHandler())
SILENT.propagate = False
"""Where the library's own messages go: they hold addresses, so nobody keeps them."""


class Line(RequestHandler):
    """One connection."""

    __slots__ = ()

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
    """All connections of one service, each a `Line`."""

    def __init__(self, service: Service, rules: Rules, most: int) -> None:
        """At most so many connections stand at a time. Call it in the running loop."""
        super().__init__(service.answer, handler_cancellation=True)
        self._service = service
        self._patience = rules.patience
        self._most = most
        self._from: dict[RequestHandler, str] = {}

    def __call__(self) -> RequestHandler:
        # Until its head is whole, a request counts as idle: the time to keep an idle line open is the time to ask.
        return Line(
            self,
            loop=asyncio.get_running_loop(),
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

    def connection_made(self, handler: RequestHandler, transport: asyncio.Transport) -> None:
        """Take in a connection, or hang up at once where there are too many."""
        super().connection_made(handler, transport)
        peer, now = transport.get_extra_info("peername"), asyncio.get_running_loop().time()
        address = self._from[handler] = peer[0] if peer else ""
        if not self._service.addresses.connected(address, now) or len(self._from) > self._most:
            transport.abort()

    def connection_lost(self, handler: RequestHandler, exc: BaseException | None = None) -> None:
        """Count a connection less."""
        super().connection_lost(handler, exc)
        address = self._from.pop(handler, None)
        if address is not None:
            self._service.addresses.gone(address)
