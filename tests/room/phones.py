"""Simulated phones: HTTP spoken byte by byte over real sockets, so that a test can also speak it badly.

`Phone` is one visitor with a cookie of their own. It is used by the tests of the server and by `tests/bench/phones.py`.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Reply(NamedTuple):
    """An answer: its status, its head with lower-case names, and its body."""

    status: int
    head: Mapping[str, str]
    body: bytes

    @property
    def state(self) -> dict[str, Any]:
        """The body as the phone's script reads it."""
        state: dict[str, Any] = json.loads(self.body)
        return state


async def head_of(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    """The status and the head of an answer."""
    raw = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    head: dict[str, str] = {}
    for line in raw[1:]:
        name, _, value = line.partition(":")
        if name:
            head[name.lower()] = value.strip()
    return int(raw[0].split()[1]), head


async def reply_from(reader: asyncio.StreamReader) -> Reply:
    """A whole answer."""
    status, head = await head_of(reader)
    length = int(head.get("content-length", "0"))
    return Reply(status, head, await reader.readexactly(length))


@dataclass(eq=False)
class Phone:
    """One phone at an address such as 127.0.0.1:8765; `local` is the address it comes from."""

    host: str
    port: int
    local: str | None = None
    cookie: str = ""
    seen: bytearray = field(default_factory=bytearray)
    """Every byte that came back, where `recording`."""
    recording: bool = False
    _line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    @property
    def origin(self) -> str:
        """What a browser on the room's page calls its origin."""
        return f"http://{self.host}:{self.port}"

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A new connection."""
        local = (self.local, 0) if self.local else None
        return await asyncio.open_connection(self.host, self.port, local_addr=local)

    def head(self, method: str, path: str, more: Mapping[str, str | None] | None = None) -> bytes:
        """A request's head; a header whose value is None is left out."""
        lines: dict[str, str | None] = {"Host": f"{self.host}:{self.port}"}
        if self.cookie:
            lines["Cookie"] = self.cookie
        if method == "POST":
            lines |= {"Origin": self.origin, "Content-Type": "application/json"}
        lines |= more or {}
        told = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value is not None)
        return f"{method} {path} HTTP/1.1\r\n{told}\r\n".encode("latin-1")

    async def ask(self, method: str, path: str, body: bytes = b"", **more: str | None) -> Reply:
        """Ask on the phone's line, which is opened anew where it was closed. Header names have _ for -."""
        head = {name.replace("_", "-"): value for name, value in more.items()}
        if method == "POST":
            head.setdefault("Content-Length", str(len(body)))
        for fresh in (False, True):
            if self._line is None or fresh:
                self.hang_up()
                self._line = await self.connect()
            reader, writer = self._line
            try:
                writer.write(self.head(method, path, head) + body)
                reply = await reply_from(reader)
                break
            except (ConnectionError, asyncio.IncompleteReadError):
                if fresh:
                    raise
        if reply.head.get("connection") == "close":
            self.hang_up()
        if self.recording:
            self.seen += repr(reply.head).encode() + reply.body
        if found := re.match(r"upstream=[0-9a-f]{32}", reply.head.get("set-cookie", "")):
            self.cookie = found[0]
        return reply

    async def post(self, path: str, fields: object, **more: str | None) -> Reply:
        """Post fields as the script does."""
        return await self.ask("POST", path, json.dumps(fields).encode(), **more)

    async def form(self, path: str, body: str, **more: str | None) -> Reply:
        """Post a form as a browser without script does."""
        kind = "application/x-www-form-urlencoded"
        return await self.ask("POST", path, body.encode(), Content_Type=kind, **more)

    async def join(self, code: str) -> Reply:
        """Come in."""
        return await self.post("/j", {"code": code})

    async def choose(self, round: str, choice: int, sent: int | None = None) -> Reply:
        """Vote."""
        fields: dict[str, Any] = {"round": round, "choice": choice}
        return await self.post("/v", fields if sent is None else {**fields, "sent": sent})

    async def state(self) -> dict[str, Any]:
        """What the phone is to show now."""
        return (await self.ask("GET", "/s")).state

    async def events(self) -> AsyncIterator[dict[str, Any]]:
        """Every state that is sent, until the room hangs up or the caller stops."""
        reader, writer = await self.connect()
        try:
            writer.write(self.head("GET", "/e"))
            status, _ = await head_of(reader)
            if status != 200:
                raise ConnectionError(status)
            async for data in chunks(reader):
                if self.recording:
                    self.seen += data
                for line in data.split(b"\n"):
                    if line.startswith(b"data: {"):
                        yield json.loads(line[6:])
        finally:
            writer.close()

    def hang_up(self) -> None:
        """Drop the phone's line."""
        if self._line is not None:
            self._line[1].close()
            self._line = None


async def chunks(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """The parts of a chunked body."""
    while True:
        try:
            size = int(await reader.readline() or b"0", 16)
            if not size:
                return
            yield await reader.readexactly(size)
            await reader.readexactly(2)
        except (ConnectionError, asyncio.IncompleteReadError):
            return


def texts(state: Mapping[str, Any]) -> str:
    """All words of a state, as a person reads them."""
    words = []
    for block in state["blocks"]:
        if block["is"] == "says":
            words.append(block["text"])
        told = (
            " ".join(str(part.get(name, "")) for name in ("letter", "text", "label")) for part in block.get("parts", ())
        )
        words.extend(map(str.strip, told))
    return "\n".join([*words, state["said"]])
