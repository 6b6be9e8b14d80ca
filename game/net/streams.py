"""Owns the phones that listen. Each has room for the newest state only: a slow one skips and holds up nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Final

from aiohttp.web import BaseRequest, StreamResponse

BEAT: Final = b"event: beat\ndata: 1\n\n"
"""Sent now and then, so that a dead line is noticed on both sides."""


class Stream:
    """One phone that listens."""

    def __init__(self, token: str, request: BaseRequest) -> None:
        self.token = token
        self._request = request
        self._stirred = asyncio.Event()
        self._beat = False
        self._ended = False

    def stir(self, *, beat: bool = False) -> None:
        """There may be something new; with `beat`, send at least a sign of life."""
        self._beat = self._beat or beat
        self._stirred.set()

    def end(self) -> None:
        """Send what is newest, then hang up."""
        self._ended = True
        self._stirred.set()

    def drop(self) -> None:
        """Hang up now."""
        self._ended = True
        if self._request.transport is not None:
            self._request.transport.abort()
        self._stirred.set()

    async def run(self, response: StreamResponse, newest: Callable[[], tuple[str, bytes] | None]) -> None:
        """Send what `newest` gives, whenever it changes, until the phone or the room hangs up."""
        told = ""
        while True:
            self._stirred.clear()
            state = newest()
            data = b""
            if state is not None and state[0] != told:
                told, document = state
                data = b"data: " + document + b"\n\n"
            elif self._beat:
                data = BEAT
            self._beat = False
            if data:
                await response.write(data)
            if self._ended or state is None:
                return
            await self._stirred.wait()


class Streams:
    """All phones that listen; a phone has a few lines at most, and its newest are the ones that count."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._by_token: dict[str, list[Stream]] = {}

    def __iter__(self) -> Iterator[Stream]:
        for streams in list(self._by_token.values()):
            yield from list(streams)

    def __contains__(self, token: str) -> bool:
        return token in self._by_token

    def add(self, stream: Stream) -> None:
        """A phone listens; its oldest line is hung up where it has too many."""
        streams = self._by_token.setdefault(stream.token, [])
        streams.append(stream)
        while len(streams) > self._most:
            streams.pop(0).drop()

    def remove(self, stream: Stream) -> None:
        """A phone no longer listens on this line."""
        streams = self._by_token.get(stream.token, [])
        if stream in streams:
            streams.remove(stream)
        if not streams:
            self._by_token.pop(stream.token, None)

    def stir_others(self, token: str) -> None:
        """Something about this one phone is new. With one line only, the page that said it knows."""
        streams = self._by_token.get(token, ())
        if len(streams) > 1:
            for stream in streams:
                stream.stir()
