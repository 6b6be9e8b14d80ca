"""The joker at table 3: whatever is sent, the others' votes are taken in time and stay what they are.

The tricks are those of `hostile.py`. The joker comes from an address of their own, and again from that of the others.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import aclosing, suppress

import pytest

from game.net import Rules, Trouble, counted
from game.net.server import HEADERS, ROUTES
from game.words import say
from tests.displays import PATIENCE
from tests.room.hostile import TRICKS
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
        async with asyncio.timeout(PATIENCE):
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
    "one byte too many in a form": (
        {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": "3073"},
        413,
    ),
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
    "two choices": b'{"round":"kitchen:1","choice":0,"choice":1}',
    "a prototype": b'{"round":"kitchen:1","choice":0,"__proto__":{"choice":1}}',
    "a constructor": b'{"round":"kitchen:1","choice":0,"constructor":{"prototype":{}}}',
    "digits of another script": '{"round":"kitchen:1","choice":"\u0661"}'.encode(),
    "a byte order mark": b'\xef\xbb\xbf{"round":"kitchen:1","choice":0}',
    "UTF-16": '{"round":"kitchen:1","choice":0}'.encode("utf-16"),
    "a time that is no number": b'{"round":"kitchen:1","choice":0,"sent":NaN}',
    "an endless time": b'{"round":"kitchen:1","choice":0,"sent":1e999}',
    "a time below none": b'{"round":"kitchen:1","choice":0,"sent":-1}',
    "a vote and words": b'{"round":"kitchen:1","choice":0,"text":"Tea"}',
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


def _get(more: bytes = b"", path: bytes = b"/", version: bytes = b"1.1") -> bytes:
    return b"GET %s HTTP/%s\r\nHost: HERE\r\n%s\r\n" % (path, version, more)


def _vote(more: bytes, body: bytes = b"{}") -> bytes:
    head = b"POST /v HTTP/1.1\r\nHost: HERE\r\nOrigin: http://HERE\r\nContent-Type: application/json\r\n"
    return head + b"Cookie: MINE\r\n" + more + b"\r\n" + body


SECOND_REQUEST = _get()
CHUNKED = b"Transfer-Encoding: chunked\r\n"
UNREADABLE: dict[str, tuple[bytes, int]] = {
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64), 400),
    "no HTTP": (b"<script>alert(1)</script> / HTTP/1.1\r\n\r\n", 400),
    "HTTP/0.9": (b"GET /\r\n\r\n", 400),
    "HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    "HTTP/9.9": (_get(version=b"9.9"), 400),
    "a head of 20 kB in one line": (_get(b"X: " + b"a" * 20_000 + b"\r\n"), 400),
    "a head of 20 kB in lines": (_get((b"X: " + b"a" * 4000 + b"\r\n") * 5), 431),
    "500 heads": (_get(b"X: y\r\n" * 500), 400),
    "a long address": (_get(path=b"/" + b"a" * 20_000), 400),
    "a whole address": (_get(path=b"http://evil.example/"), 400),
    "an address of ours, whole": (_get(path=b"http://HERE/"), 400),
    "a proxy": (b"CONNECT evil.example:80 HTTP/1.1\r\nHost: HERE\r\n\r\n", 400),
    "control signs in the address": (_get(path=b"/\x01"), 400),
    "a folded head": (_get(b"X: a\r\n b\r\n"), 400),
    "a space before the colon": (_get(b"X : a\r\n"), 400),
    "bare line feeds": (_get().replace(b"\r\n", b"\n"), 400),
    "a bare return": (_get(b"X: a\rb\r\n"), 400),
    "a nought": (_get(b"X: a\0b\r\n"), 400),
    "two hosts": (_get(b"Host: HERE\r\n"), 400),
    "a body nobody asked for": (_get(b"Content-Length: 3\r\n") + b"abc", 400),
    "chunks nobody asked for": (_get(CHUNKED) + b"0\r\n\r\n", 400),
    "another protocol": (_get(b"Connection: Upgrade\r\nUpgrade: websocket\r\n"), 400),
    "a length and chunks": (_vote(b"Content-Length: 5\r\n" + CHUNKED, b"0\r\n\r\n"), 400),
    "chunks and a length": (_vote(CHUNKED + b"Content-Length: 5\r\n", b"0\r\n\r\n"), 400),
    "chunks": (_vote(CHUNKED, b"2\r\n{}\r\n0\r\n\r\n"), 411),
    "chunks that are none": (_vote(b"Transfer-Encoding: xchunked\r\n"), 400),
    "a chunk beyond measure": (_vote(CHUNKED, b"F" * 20 + b"\r\n"), 400),
    "a chunk of a terabyte": (_vote(CHUNKED, b"FFFFFFFFFF\r\n" + b"a" * 1000), 411),
    "two lengths": (_vote(b"Content-Length: 2\r\nContent-Length: 0\r\n"), 400),
    "a length below none": (_vote(b"Content-Length: -1\r\n"), 400),
    "a length beyond measure": (_vote(b"Content-Length: 99999999999999999999999\r\n"), 400),
    "two origins": (_vote(b"Content-Length: 2\r\nOrigin: http://evil.example\r\n"), 403),
    "two kinds": (_vote(b"Content-Length: 2\r\nContent-Type: text/plain\r\n"), 400),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_no_browser_sends_gets_one_constant_answer_and_the_line_is_closed(room: OpenRoom, what: str) -> None:
    """Nothing that comes after it on the same line is a request: nothing can be smuggled in behind another."""
    data, status = UNREADABLE[what]

    async def walk() -> bytes:
        phone = room.phone()
        await phone.join(room.code)
        reader, writer = await phone.connect()
        here, mine = phone.origin.removeprefix("http://").encode(), phone.cookie.encode()
        writer.write((data + SECOND_REQUEST).replace(b"HERE", here).replace(b"MINE", mine))
        told = await _until_closed(reader)
        writer.close()
        return told

    head, _, body = room.run(walk()).partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0].split()[1] == str(status)
    assert body.decode() == say("phone.refused")
    assert {f"{name}: {value}" for name, value in HEADERS.items()} <= set(lines)
    assert not any(isinstance(fact, Trouble) for fact in room.drained())


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
        began = time.monotonic()
        statuses = [(await phone.ask("GET", "/s")).status for _ in range(40)]
        seconds = time.monotonic() - began
        assert statuses[:10] == [200] * 10
        assert set(statuses) <= {200, 429}
        assert statuses.count(200) <= 10 + 5 * seconds

    room.run(walk())


@pytest.mark.parametrize("local", [JOKER, None], ids=["from elsewhere", "from the same router"])
@pytest.mark.parametrize("trick", TRICKS)
def test_the_others_votes_are_taken_meanwhile_and_stay_what_they_are(trick: str, local: str | None) -> None:
    async def walk(room: OpenRoom) -> None:
        phones = [room.phone(local=f"127.0.0.{number + 10}" if local else None) for number in range(HONEST)]
        for phone in phones:
            assert (await phone.join(room.code)).status == 200
        joker = room.phone(local=local)
        await joker.join(room.code)
        room.ask()
        playing = asyncio.create_task(TRICKS[trick](joker, room.code))
        for turn in range(TURNS):
            for number, phone in enumerate(phones):
                assert (await phone.choose(FIRST, (number + turn) % 3)).status == 200
        playing.cancel()
        with suppress(asyncio.CancelledError):
            await playing

    with OpenRoom(rules=Rules(phone_burst=100)) as room:
        room.run(walk(room))
        votes = counted({}, room.drained())[FIRST]
    honest = {str(number + 1): (number + TURNS - 1) % 3 for number in range(HONEST)}
    assert {phone: vote.heads.index(1) for phone, vote in votes.items() if phone in honest} == honest
    assert set(votes) <= {*honest, str(HONEST + 1)}, "nobody else has a vote"
    assert not any(isinstance(fact, Trouble) for fact in room.facts)


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
        async with asyncio.timeout(PATIENCE):
            while more := await reader.read(65536):
                data += more
    return data


def test_who_takes_too_long_to_ask_is_hung_up_on() -> None:
    async def walk(room: OpenRoom) -> None:
        phone = room.phone()
        while not phone.cookie:  # on a busy machine, this one too may be slow to ask
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                await phone.join(room.code)
        assert await told(phone, b"") == b""
        assert await told(phone, b"POST /v HTTP/1.1\r\nHost: ") == b""
        half = phone.head("POST", "/v", {"Content-Length": "40"}) + b"{"
        answers = [b""]
        while not answers[-1] and len(answers) < 100:  # nor is the head of this one sure to come in time
            answers.append(await told(phone, half))
        assert answers[-1].startswith(b"HTTP/1.1 408")

    async def told(phone: Phone, asked: bytes) -> bytes:
        reader, writer = await phone.connect()
        writer.write(asked)
        answer = await _until_closed(reader)
        writer.close()
        return answer

    with OpenRoom(rules=Rules(patience=0.2)) as room:
        room.run(walk(room))


async def _until_hung_up(writer: asyncio.StreamWriter) -> None:
    """Go on until the other side is seen to have gone; what it sent is not read."""
    async with asyncio.timeout(PATIENCE):
        while not writer.transport.is_closing():
            writer.write(b"\r\n")
            await asyncio.sleep(0)


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
        await _until_hung_up(writer)
        writer.close()
        assert (await phone.choose(FIRST, 0)).status == 200, "its vote does not hang on that line"

    with OpenRoom(rules=Rules(beat=0.05, silence=0.1)) as room:
        room.run(walk(room))


def test_who_asks_for_much_and_reads_nothing_is_hung_up_on_too() -> None:
    async def walk(room: OpenRoom) -> None:
        phone = room.phone()
        _, writer = await phone.connect()
        writer.transport.pause_reading()  # type: ignore[attr-defined]
        writer.write(phone.head("GET", "/page.js") * 2000)
        await _until_hung_up(writer)
        writer.close()
        assert (await phone.join(room.code)).status == 200

    with OpenRoom(rules=Rules(silence=0.1)) as room:
        room.run(walk(room))


def test_a_time_beyond_all_time_shuts_nobody_out_of_their_own_vote(room: OpenRoom) -> None:
    async def walk() -> None:
        phone = room.phone()
        await phone.join(room.code)
        room.ask()
        assert (await phone.choose(FIRST, 0, sent=2**53)).status == 200
        assert (await phone.form("/v", "round=kitchen%3A1&choice=1")).status == 303
        told = int(float((await phone.state())["sent"]))  # as a phone's script reads numbers
        assert (await phone.choose(FIRST, 2, sent=int(float(told) + 1.0))).status == 200

    room.run(walk())
    assert counted({}, room.drained())[FIRST]["1"].heads == (0, 0, 1)


def test_a_line_shows_signs_of_life() -> None:
    async def walk(room: OpenRoom) -> None:
        phone = room.phone()
        await phone.join(room.code)
        reader, writer = await phone.connect()
        writer.write(phone.head("GET", "/e"))
        async with asyncio.timeout(PATIENCE):
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
        joined = [await room.phone(local=JOKER).join(room.code) for _ in range(5)]
        assert [reply.status for reply in joined] == [200, 200, 200, 403, 403]
        told = "Three phones have come in from here. Go back to the page that you had, or show a card."
        assert joined[3].state["said"] == told

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
