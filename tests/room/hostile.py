"""The joker at table 3: all that a stranger with a laptop and the code on the wall can send to the phones' server.

`TRICKS` is the whole of it. Each goes on until it is cancelled, as fast as it can, and closes what it opened. Used by
`test_net_hostile.py`, one at a time, and by `tests/bench/phones.py --joker`, all at once. Asserts nothing.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import socket
import struct
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Final

from tests.room.phones import Phone, head_of

Trick = Callable[[Phone, str], Awaitable[None]]
"""A trick takes a phone that is in, whose cookie it may use, and the room's code."""

Writer = asyncio.StreamWriter
GONE: Final = (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError, IndexError)

VOTE: Final = b'{"round":"kitchen:1","choice":2}'
BOMB: Final = gzip.compress(bytes(50_000_000), 9)
NO_LINGER: Final = struct.pack("ii", 1, 0)


def post(phone: Phone, body: bytes, more: Mapping[str, str | None] | None = None, path: str = "/v") -> bytes:
    """A whole POST."""
    return phone.head("POST", path, {"Content-Length": str(len(body)), **(more or {})}) + body


@contextmanager
def held() -> Iterator[deque[Writer]]:
    """Lines that are held open until the end."""
    lines: deque[Writer] = deque()
    try:
        yield lines
    finally:
        for line in lines:
            line.transport.abort()  # what was not sent is not waited for


async def open_line(joker: Phone, lines: deque[Writer], most: int) -> tuple[asyncio.StreamReader, Writer] | None:
    """One more line, the oldest being hung up where there are too many; None where nobody answers."""
    await asyncio.sleep(0)
    while len(lines) >= most:
        oldest = lines.popleft()
        oldest.transport.abort()
    try:
        reader, writer = await joker.connect()
    except OSError:
        return None
    lines.append(writer)
    return reader, writer


def repeated(data: Callable[[Phone, str], bytes]) -> Trick:
    """Send this on a new line, take what comes until the line is closed or half a second is over, again and again."""

    async def trick(joker: Phone, code: str) -> None:
        while True:
            await asyncio.sleep(0)
            with suppress(*GONE):
                reader, writer = await joker.connect()
                try:
                    writer.write(data(joker, code))
                    async with asyncio.timeout(0.5):
                        await writer.drain()
                        await reader.read(65536)
                finally:
                    writer.transport.abort()

    return trick


def pipelined(data: Callable[[Phone, str], bytes]) -> Trick:
    """Ask again and again on one line without waiting for an answer, and read them all."""

    async def trick(joker: Phone, code: str) -> None:
        while True:
            await asyncio.sleep(0)
            with suppress(*GONE):
                reader, writer = await joker.connect()
                try:
                    while not reader.at_eof():
                        writer.write(data(joker, code) * 100)
                        await asyncio.gather(writer.drain(), reader.read(1 << 20))
                finally:
                    writer.transport.abort()

    return trick


def held_open(data: Callable[[Phone, str], bytes], most: int, *, half: bool = False) -> Trick:
    """Hold so many lines open on which this was sent, and read none of what comes; `half` says no more comes."""

    async def trick(joker: Phone, code: str) -> None:
        with held() as lines:
            while True:
                line = await open_line(joker, lines, most)
                if line is None:
                    continue
                line[1].transport.pause_reading()  # type: ignore[attr-defined]  # it is a transport that reads, too
                with suppress(*GONE):
                    line[1].write(data(joker, code))
                    if half:
                        line[1].write_eof()

    return trick


def dripping(first: Callable[[Phone, str], bytes], rest: bytes, most: int) -> Trick:
    """Send the first part at once, and then a byte at a time, on so many lines (slowloris)."""

    async def trick(joker: Phone, code: str) -> None:
        with held() as lines:
            while True:
                for _ in range(most // 10):
                    if line := await open_line(joker, lines, most):
                        line[1].write(first(joker, code))
                for byte in rest:
                    await asyncio.sleep(0.05)  # slowness is the trick
                    for writer in lines:
                        with suppress(*GONE):
                            writer.write(bytes([byte]))

    return trick


async def slow_readers(joker: Phone, code: str) -> None:
    """Ask for more than fits into any buffer, and read nothing."""
    await held_open(lambda phone, _: phone.head("GET", "/page.js") * 200, 50)(joker, code)


async def resets(joker: Phone, _code: str) -> None:
    """Ask, and cut the line in the middle of it."""
    while True:
        await asyncio.sleep(0)
        with suppress(*GONE):
            _, writer = await joker.connect()
            plug: socket.socket = writer.get_extra_info("socket")
            plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
            writer.write(post(joker, VOTE)[: random.randrange(400)])
            writer.transport.abort()


async def streams_never_read(joker: Phone, code: str) -> None:
    """Follow the room on line after line, with every token there is, and read nothing."""
    await held_open(lambda phone, _: phone.head("GET", "/e"), 500)(joker, code)


async def all_who_come(joker: Phone, code: str) -> None:
    """Come in as new phones with the right code, as many as are let in; each listens."""
    body = json.dumps({"code": code}).encode()
    with held() as lines:
        while True:
            line = await open_line(joker, lines, 2000)
            if line is None:
                continue
            with suppress(*GONE):
                line[1].write(post(Phone(joker.host, joker.port), body, path="/j"))
                async with asyncio.timeout(0.5):
                    status, head = await head_of(line[0])
                if status == 200:
                    line[1].write(joker.head("GET", "/e", {"Cookie": head["set-cookie"].partition(";")[0]}))


async def replayed(joker: Phone, _code: str) -> None:
    """Send the same votes again and in the wrong order, with times from the past and from beyond all time."""
    while True:
        await asyncio.sleep(0)
        for sent in (2**53, 5, 1, 2**53, 0, 2**53 + 1, -1, 7):
            with suppress(*GONE):
                await joker.choose("kitchen:1", random.randrange(3), sent)
    # his own vote is his to change; nobody else's may


def chunked(data: bytes) -> Callable[[Phone, str], bytes]:
    return lambda phone, _: phone.head("POST", "/v", {"Transfer-Encoding": "chunked"}) + data


def cookies(number: int) -> Callable[[Phone, str], bytes]:
    return lambda phone, _: phone.head("GET", "/s", {"Cookie": "; ".join(f"c{each}=v" for each in range(number))})


SMUGGLED: Final = b"0\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"

TRICKS: Final[Mapping[str, Trick]] = {
    "1,000 connections": held_open(lambda *_: b"", 1000),
    "slow readers": slow_readers,
    "streams never read": streams_never_read,
    "slow heads": dripping(lambda *_: b"", b"GET /page.js HTTP/1.1\r\n", 500),
    "slow bodies": dripping(lambda phone, _: post(phone, VOTE)[: -len(VOTE)], VOTE[:-1], 500),
    "half requests": held_open(lambda *_: b"POST /v HTTP/1.1\r\nHost: ", 500),
    "half-closed lines": held_open(lambda phone, _: phone.head("GET", "/"), 500, half=True),
    "resets": resets,
    "pages": repeated(lambda phone, _: Phone(phone.host, phone.port).head("GET", "/")),
    "10 MB": repeated(lambda phone, _: phone.head("POST", "/v", {"Content-Length": "10000000"}) + bytes(10_000_000)),
    "10 MB where nothing is asked for": repeated(
        lambda phone, _: phone.head("GET", "/page.css", {"Content-Length": "10000000"}) + bytes(10_000_000)
    ),
    "a gzip bomb": repeated(lambda phone, _: post(phone, BOMB, {"Content-Encoding": "gzip"})),
    "heads of 20 kB": repeated(lambda phone, _: phone.head("GET", "/", {"X": "a" * 20_000})),
    "heads of 400 kB in lines": repeated(
        lambda phone, _: phone.head("GET", "/", {f"X-{number}": "a" * 8000 for number in range(50)})
    ),
    "blank lines": repeated(lambda *_: b"\r\n" * 200_000),
    "many cookies": repeated(cookies(1000)),
    "guessed tokens": repeated(
        lambda phone, _: phone.head("GET", "/s", {"Cookie": f"upstream={random.getrandbits(128):032x}"})
    ),
    "deep JSON": repeated(lambda phone, _: post(phone, b'{"a":' * 400)),
    "bad UTF-8": repeated(lambda phone, _: post(phone, b'{"round":"\xff\xfe\xc0\xaf","choice":1}')),
    "numbers beyond numbers": repeated(
        lambda phone, _: post(phone, b'{"round":"kitchen:1","choice":NaN,"sent":1e999,"choice":-Infinity}')
    ),
    "a polluted prototype": repeated(
        lambda phone, _: post(phone, b'{"__proto__":{"choice":1},"constructor":{"prototype":{}},"round":"kitchen:1"}')
    ),
    "replays": replayed,
    "wrong hosts": repeated(lambda phone, _: phone.head("GET", "/", {"Host": "evil.example"})),
    "wrong origins": repeated(lambda phone, _: post(phone, VOTE, {"Origin": "http://evil.example"})),
    "whole addresses": repeated(lambda phone, _: phone.head("GET", "http://evil.example/s")),
    "two lengths": repeated(lambda phone, _: post(phone, SMUGGLED, {"Transfer-Encoding": "chunked"})),
    "folded heads": repeated(lambda phone, _: post(phone, VOTE, {"X": "a\r\n Content-Length: 0"})),
    "bare line feeds": repeated(lambda phone, _: post(phone, VOTE).replace(b"\r\n", b"\n")),
    "HTTP/0.9": repeated(lambda *_: b"GET /\r\n\r\n"),
    "huge chunks": repeated(chunked(b"FFFFFFFFFFFFFFFE\r\n" + bytes(100_000))),
    "upgrades": repeated(
        lambda phone, _: phone.head("GET", "/e", {"Connection": "Upgrade", "Upgrade": "x"}) + bytes(1_000_000)
    ),
    "pipelined pages": pipelined(lambda phone, _: phone.head("GET", "/")),
    "pipelined votes": pipelined(lambda phone, _: post(phone, VOTE)),
    "wrong codes": repeated(lambda phone, _: post(Phone(phone.host, phone.port), b'{"code":"AAAA"}', path="/j")),
    "all who come": all_who_come,
}
