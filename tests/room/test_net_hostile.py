"""The joker at table 3: whatever is sent, the others' votes are taken in time and stay what they are.

The table of `../shared/design/room.md`, section 5, 8. The joker comes from an address of their own, as in a room.
"""

from __future__ import annotations

import asyncio
import gzip
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import aclosing, suppress

import pytest

from game.net import Rules, Trouble, counted
from game.net.server import HEADERS, ROUTES
from game.words import say
from tests.room.opened import FIRST, OPTIONS, OpenRoom
from tests.room.phones import Phone, Reply, head_of, reply_from

JOKER = "127.0.0.66"
HONEST, TURNS = 12, 30


@pytest.fixture
def room() -> Iterator[OpenRoom]:
    with OpenRoom() as opened:
        yield opened


async def _raw(phone: Phone, data: bytes) -> Reply | None:
    """Send bytes on a new line; what came back, or None where the line was closed without a word."""
    reader, writer = await phone.connect()
    try:
        with suppress(ConnectionError):
            writer.write(data)
            await writer.drain()
        async with asyncio.timeout(5):
            return await reply_from(reader)
    except (ConnectionError, asyncio.IncompleteReadError):
        return None
    finally:
        writer.close()


BAD_HEADS: dict[str, tuple[dict[str, str | None], int]] = {
    "no length": ({"Content-Length": None}, 411),
    "two kinds of length": ({"Content-Length": None, "Transfer-Encoding": "chunked"}, 411),
    "a length that is no number": ({"Content-Length": "+2"}, 400),
    "ten megabytes": ({"Content-Length": "10000000"}, 413),
    "one byte too many": ({"Content-Length": "2049"}, 413),
    "packed": ({"Content-Encoding": "gzip"}, 415),
    "plain text": ({"Content-Type": "text/plain"}, 415),
    "a file upload": ({"Content-Type": "multipart/form-data; boundary=x"}, 415),
    "no origin": ({"Origin": None}, 403),
    "another site": ({"Origin": "http://evil.example"}, 403),
    "nowhere": ({"Origin": "null"}, 403),
    "another scheme": ({"Origin": "https://127.0.0.1"}, 403),
    "another host": ({"Host": "evil.example"}, 421),
    "no host": ({"Host": None}, 400),
    "another port": ({"Host": "127.0.0.1:1"}, 421),
}


@pytest.mark.parametrize("what", BAD_HEADS)
def test_a_head_that_is_not_right_is_refused_before_its_body_is_read(room: OpenRoom, what: str) -> None:
    async def walk() -> None:
        phone = room.phone()
        await phone.join(room.code)
        room.ask()
        more, status = BAD_HEADS[what]
        head = phone.head("POST", "/v", {"Content-Length": "2", **more})
        reply = await _raw(phone, head + (b"" if more.get("Content-Length", "") is None else b"{}"))
        assert reply is not None
        assert reply.status == status
        assert reply.body.decode() == say("phone.refused")

    room.run(walk())


BAD_BODIES: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"{",
    "not UTF-8": b'{"round":"kitchen:1","choice":"\xff\xfe"}',
    "deep": b"[" * 2048,
    "a list": b"[]",
    "a number": b"1",
    "an unknown key": b'{"round":"kitchen:1","choice":0,"step":"reveal"}',
    "no choice": b'{"round":"kitchen:1"}',
    "no round": b'{"choice":0}',
    "a choice that is not there": b'{"round":"kitchen:1","choice":3}',
    "a choice below none": b'{"round":"kitchen:1","choice":-1}',
    "half a choice": b'{"round":"kitchen:1","choice":0.5}',
    "a truth": b'{"round":"kitchen:1","choice":true}',
    "endless": b'{"round":"kitchen:1","choice":1e999}',
    "not a number": b'{"round":"kitchen:1","choice":NaN}',
    "long digits": b'{"round":"kitchen:1","choice":' + b"9" * 1900 + b"}",
    "a list of choices": b'{"round":"kitchen:1","choice":[0]}',
    "a round that is no text": b'{"round":{},"choice":0}',
    "heads without tables": b'{"round":"kitchen:1","h0":5,"h1":0,"h2":0}',
    "a time beyond time": b'{"round":"kitchen:1","choice":0,"sent":99999999999999999999}',
    "half a surrogate": b'{"round":"kitchen:1","text":"\\ud800"}',
}


@pytest.mark.parametrize("what", BAD_BODIES)
def test_a_body_that_is_not_right_changes_nothing(room: OpenRoom, what: str) -> None:
    async def walk() -> None:
        phone = room.phone()
        await phone.join(room.code)
        room.ask()
        reply = await phone.ask("POST", "/v", BAD_BODIES[what])
        assert reply.status in (400, 409)
        assert (await phone.choose(FIRST, 1)).status == 200

    room.run(walk())
    assert [vote.heads for vote in counted({}, room.drained())[FIRST].values()] == [(0, 1, 0)]
    assert not any(isinstance(fact, Trouble) for fact in room.facts)


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64),
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 20_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: y\r\n" % number for number in range(500)) + b"\r\n",
        b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n\r\n",
        b"<script>alert(1)</script> / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    ids=["TLS", "a head of 20 kB", "500 heads", "a long address", "no HTTP", "a smuggled request"],
)
def test_what_cannot_be_read_is_answered_with_a_constant(room: OpenRoom, data: bytes) -> None:
    reply = room.run(_raw(room.phone(), data))
    assert reply is not None
    assert reply.status == 400
    assert reply.body.decode() == say("phone.refused")
    assert {name: reply.head[name.lower()] for name in HEADERS} == dict(HEADERS)


def test_nothing_a_trainer_does_can_be_asked_for() -> None:
    assert set(ROUTES) == {
        ("GET", "/"),
        ("GET", "/page.js"),
        ("GET", "/page.css"),
        ("GET", "/s"),
        ("GET", "/e"),
        ("POST", "/j"),
        ("POST", "/v"),
    }


def test_other_ways_of_asking_are_refused(room: OpenRoom) -> None:
    async def walk() -> None:
        phone = room.phone()
        for method in ("PUT", "DELETE", "OPTIONS", "PATCH", "HEAD", "TRACE"):
            reader, writer = await phone.connect()
            writer.write(phone.head(method, "/v"))
            assert (await head_of(reader))[0] == 405
            writer.close()
        for path in ("/admin", "/v", "/page/index.html", "/../words.py", "/%2e%2e/words.py", "//", "/s/"):
            assert (await phone.ask("GET", path)).status in (401, 404)

    room.run(walk())


def test_a_guessed_token_is_nobody(room: OpenRoom) -> None:
    async def walk() -> None:
        room.ask()
        for cookie in ("upstream=" + "0" * 32, "upstream=", "upstream=x; upstream=" + "f" * 32, "x" * 4000):
            phone = room.phone(cookie=cookie)
            assert (await phone.choose(FIRST, 0)).status == 401
            assert (await phone.ask("GET", "/e")).status == 401

    room.run(walk())
    assert counted({}, room.drained()) == {}


def test_every_answer_has_the_same_careful_head(room: OpenRoom) -> None:
    async def walk() -> None:
        phone = room.phone()
        replies = [
            await phone.ask("GET", path) for path in ("/", "/page.js", "/page.css", "/s", f"/{room.code}", "/no")
        ]
        replies.append(await phone.join(room.code))
        replies.append(await phone.ask("GET", "/s"))
        for reply in replies:
            assert {name: reply.head[name.lower()] for name in HEADERS} == dict(HEADERS)
            assert "access-control-allow-origin" not in reply.head
        assert replies[-2].head["set-cookie"].endswith("; HttpOnly; Path=/; SameSite=Strict")

    room.run(walk())


def test_one_phone_may_ask_five_times_a_second_and_is_then_told_to_wait(room: OpenRoom) -> None:
    async def walk() -> None:
        phone = room.phone()
        await phone.join(room.code)
        statuses = [(await phone.ask("GET", "/s")).status for _ in range(40)]
        assert statuses[:10] == [200] * 10
        assert 20 <= statuses.count(429) <= 30

    room.run(walk())


# each trick goes on until it is cancelled


async def _slow_readers(joker: Phone) -> None:
    lines = [await joker.connect() for _ in range(20)]
    for _, writer in lines:
        with suppress(ConnectionError):
            writer.write(joker.head("GET", "/page.js") * 200)
    try:
        await asyncio.Event().wait()
    finally:
        for _, writer in lines:
            writer.close()


async def _thousand_connections(joker: Phone) -> None:
    held = []
    try:
        while True:
            with suppress(OSError):
                held.append((await joker.connect())[1])
            if len(held) >= 1000:
                held.pop(0).close()
    finally:
        for writer in held:
            writer.close()


async def _half_requests(joker: Phone) -> None:
    lines = []
    try:
        while True:
            with suppress(ConnectionError):
                _, writer = await joker.connect()
                lines.append(writer)
                writer.write(b"POST /v HTTP/1.1\r\nHost: ")
            if len(lines) > 500:
                lines.pop(0).close()
            await asyncio.sleep(0)
    finally:
        for writer in lines:
            writer.close()


def _again(data: Callable[[Phone], bytes]) -> Callable[[Phone], Awaitable[None]]:
    async def trick(joker: Phone) -> None:
        while True:
            with suppress(ConnectionError, TimeoutError):
                await _raw(joker, data(joker))

    return trick


BOMB = gzip.compress(bytes(50_000_000), 9)
TRICKS: dict[str, Callable[[Phone], Awaitable[None]]] = {
    "slow readers": _slow_readers,
    "1,000 connections": _thousand_connections,
    "half requests": _half_requests,
    "10 MB": _again(lambda joker: joker.head("POST", "/v", {"Content-Length": "10000000"}) + bytes(10_000_000)),
    "a gzip bomb": _again(
        lambda joker: joker.head("POST", "/v", {"Content-Encoding": "gzip", "Content-Length": str(len(BOMB))}) + BOMB
    ),
    "heads of 20 kB": _again(lambda joker: joker.head("GET", "/", {"X": "a" * 20_000})),
    "deep JSON": _again(lambda joker: joker.head("POST", "/v", {"Content-Length": "2048"}) + b"[" * 2048),
    "bad UTF-8": _again(lambda joker: joker.head("POST", "/v", {"Content-Length": "4"}) + b"\xff\xfe\xff\xfe"),
    "wrong hosts": _again(lambda joker: joker.head("GET", "/", {"Host": "evil.example"})),
    "new phones": _again(lambda joker: joker.head("POST", "/j", {"Content-Length": "15"}) + b'{"code":"AAAA"}'),
    "guessed tokens": _again(lambda joker: joker.head("GET", "/s", {"Cookie": "upstream=" + "a" * 32})),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_the_others_votes_are_taken_meanwhile_and_stay_what_they_are(trick: str) -> None:
    async def walk(room: OpenRoom) -> list[float]:
        phones = [room.phone(local=f"127.0.0.{number + 10}") for number in range(HONEST)]
        for phone in phones:
            assert (await phone.join(room.code)).status == 200
        joker = room.phone(local=JOKER)
        await joker.join(room.code)
        room.ask()
        playing = asyncio.create_task(TRICKS[trick](joker))
        waits = []
        for turn in range(TURNS):
            for number, phone in enumerate(phones):
                began = time.perf_counter()
                reply = await phone.choose(FIRST, (number + turn) % 3)
                waits.append(time.perf_counter() - began)
                assert reply.status == 200
        playing.cancel()
        with suppress(asyncio.CancelledError):
            await playing
        return waits

    with OpenRoom(rules=Rules(phone_burst=100)) as room:
        waits = room.run(walk(room))
        votes = counted({}, room.drained())[FIRST]
    assert [vote.heads.index(1) for vote in votes.values()] == [(number + TURNS - 1) % 3 for number in range(HONEST)]
    assert not any(isinstance(fact, Trouble) for fact in room.facts)
    assert statistics.quantiles(waits, n=20)[-1] < 0.3, f"others waited {max(waits) * 1000:.0f} ms"


def test_a_phone_that_reads_nothing_holds_up_nobody(room: OpenRoom) -> None:
    async def walk() -> None:
        stuck, quick = room.phone(), room.phone()
        await stuck.join(room.code)
        await quick.join(room.code)
        reader, writer = await stuck.connect()
        writer.write(stuck.head("GET", "/e"))
        await head_of(reader)
        long = "Tea. " * 400
        async with aclosing(quick.events()) as events:
            await anext(events)
            for _ in range(300):
                view = room.show("vote", question=long, options=OPTIONS, open=True, round=FIRST)
                state = await anext(events)
                while int(state["rev"].split(".")[1]) < view.rev:
                    state = await anext(events)
        writer.close()

    room.run(walk())


async def _until_closed(reader: asyncio.StreamReader) -> bytes:
    """All that comes until the line is closed, politely or not."""
    data = b""
    with suppress(ConnectionError):
        async with asyncio.timeout(10):
            while more := await reader.read(65536):
                data += more
    return data


def test_who_takes_too_long_to_ask_is_hung_up_on() -> None:
    async def walk(room: OpenRoom) -> None:
        phone = room.phone()
        await phone.join(room.code)
        for asked, answer in (
            (b"", b""),
            (b"POST /v HTTP/1.1\r\nHost: ", b""),
            (phone.head("POST", "/v", {"Content-Length": "40"}) + b"{", b"HTTP/1.1 408"),
        ):
            reader, writer = await phone.connect()
            writer.write(asked)
            assert (await _until_closed(reader)).startswith(answer)
            writer.close()

    with OpenRoom(rules=Rules(patience=0.2)) as room:
        room.run(walk(room))


def test_a_phone_that_takes_nothing_in_is_hung_up_on_in_the_end() -> None:
    async def walk(room: OpenRoom) -> None:
        phone = room.phone()
        await phone.join(room.code)
        reader, writer = await phone.connect()
        writer.write(phone.head("GET", "/e"))
        await head_of(reader)
        writer.transport.pause_reading()  # type: ignore[attr-defined]  # it is a transport that reads, too
        for _ in range(400):
            room.show("vote", question="Tea. " * 4000, options=OPTIONS, open=True, round=FIRST)
        while phone.cookie.removeprefix("upstream=") in room.phones._service.streams:  # type: ignore[union-attr]
            await asyncio.sleep(0)
        writer.transport.resume_reading()  # type: ignore[attr-defined]
        await _until_closed(reader)
        writer.close()
        assert (await phone.choose(FIRST, 0)).status == 200, "its vote does not hang on that line"

    with OpenRoom(rules=Rules(beat=0.05, silence=0.1)) as room:
        room.run(walk(room))


def test_a_line_shows_signs_of_life() -> None:
    async def walk(room: OpenRoom) -> None:
        phone = room.phone()
        await phone.join(room.code)
        reader, writer = await phone.connect()
        writer.write(phone.head("GET", "/e"))
        async with asyncio.timeout(10):
            await reader.readuntil(b"event: beat\ndata: 1\n\n")
        writer.close()

    with OpenRoom(rules=Rules(beat=0.05)) as room:
        room.run(walk(room))


def test_only_a_few_lines_may_stand_from_one_address_unless_the_room_shares_it() -> None:
    async def walk(room: OpenRoom) -> None:
        for number in range(4):
            await room.phone(local=f"127.0.0.{number + 10}").join(room.code)
        joker = room.phone(local=JOKER)
        lines = [await joker.connect() for _ in range(40)]
        closed = 0
        for reader, writer in lines:
            writer.write(joker.head("GET", "/page.css"))
            try:
                await head_of(reader)
            except (ConnectionError, asyncio.IncompleteReadError):
                closed += 1
            writer.close()
        assert closed == 40 - 24

    with OpenRoom() as room:
        room.run(walk(room))


def test_one_address_gets_three_phones_unless_the_room_shares_it() -> None:
    async def walk(room: OpenRoom) -> None:
        for number in range(8):
            assert (await room.phone(local=f"127.0.0.{number + 10}").join(room.code)).status == 200
        joined = [(await room.phone(local=JOKER).join(room.code)).status for _ in range(5)]
        assert joined == [200, 200, 200, 429, 429]

    async def behind_a_router(room: OpenRoom) -> None:
        joined = [(await room.phone(local=JOKER).join(room.code)).status for _ in range(60)]
        assert joined == [200] * 60

    with OpenRoom() as room:
        room.run(walk(room))
    with OpenRoom() as room:
        room.run(behind_a_router(room))


def test_no_address_and_no_kind_of_phone_is_left_anywhere(
    room: OpenRoom, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    async def walk() -> None:
        phone = room.phone(local=JOKER)
        await phone.ask("GET", "/", User_Agent="TellTale/1.0")
        await _raw(phone, b"\x00\x01\x02 nonsense\r\n\r\n")
        await phone.join(room.code)
        room.ask()
        await phone.choose(FIRST, 0)

    caplog.set_level(0)
    room.run(walk())
    told = repr(room.drained()) + caplog.text + "".join(capfd.readouterr())
    assert JOKER not in told
    assert "TellTale" not in told
