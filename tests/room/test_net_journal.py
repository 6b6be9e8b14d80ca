"""A vote that said "received" is never lost: the program is killed in earnest, and goes on where it was."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.net import Trouble, Voted, Wrote, counted, read
from game.net.journal import Line, OpenLine, PhoneLine, SettledLine, TableLine, TextLine, VoteLine, written
from game.storage import JournalFile
from tests.room.opened import FIRST, OpenRoom
from tests.room.phones import Phone, texts

SERVING = Path(__file__).with_name("serving.py")
CHECKOUT = Path(__file__).parents[2]
PHONES = 24


class Serving:
    """The program in a process of its own."""

    def __init__(self, journal: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(SERVING), str(journal)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        )
        port, self.code = self._out.readline().split()
        self.port = int(port)

    @property
    def _out(self) -> IO[str]:
        assert self._process.stdout is not None
        return self._process.stdout

    def kill(self) -> None:
        """kill -9: nothing is said, and nothing is tidied up."""
        self._process.kill()
        self._process.wait()
        self._out.close()


class Votes:
    """What the phones sent and what was acknowledged; the program is killed at a given number of acknowledgements."""

    def __init__(self) -> None:
        self.acknowledged: dict[Phone, int] = {}
        self.sent: dict[Phone, list[int]] = {}
        self.left = 0

    async def vote(self, phone: Phone, seed: int, kill: Callable[[], None]) -> None:
        """Choose again and again until the program is dead."""
        choices = random.Random(seed)
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                choice = choices.randrange(3)
                self.sent[phone].append(choice)
                reply = await phone.choose("r:1", choice)
                if reply.status != 200:  # too fast for one person: it was not taken
                    self.sent[phone].remove(choice)
                    continue
                self.acknowledged[phone] = choice
                self.sent[phone].clear()
                self.left -= 1
                if self.left == 0:
                    kill()


def test_the_last_acknowledged_choice_of_each_phone_outlives_kill_9_again_and_again(tmp_path: Path) -> None:
    journal = tmp_path / "session.journal"
    dice = random.Random(5)
    serving = Serving(journal)
    port, code = serving.port, serving.code
    phones = [Phone("127.0.0.1", port) for _ in range(PHONES)]
    votes = Votes()

    async def live(serving: Serving) -> None:
        for phone in phones:
            if not phone.cookie:
                await phone.join(code)
        await asyncio.gather(*(votes.vote(phone, dice.randrange(99), serving.kill) for phone in phones))
        for phone in phones:
            phone.hang_up()
        await asyncio.sleep(0)  # one turn of the loop, in which the lines are closed

    for _ in range(6):
        votes.sent = {phone: [] for phone in phones}
        votes.left = dice.randrange(1, 200)
        asyncio.run(live(serving))
        kept = read(journal.read_bytes())
        assert kept is not None
        _holds(kept.lines, phones, votes)
        serving = Serving(journal)
        assert (serving.port, serving.code) == (port, code), "the same address and the same letters"

    async def look_again() -> list[str]:
        said = []
        for phone in phones:
            said.append(texts(await phone.state()))
            phone.hang_up()
        return said

    said = asyncio.run(look_again())
    serving.kill()
    assert all("Your vote: " in words for words in said), "every token is still known"


def _holds(lines: tuple[Line, ...], phones: list[Phone], votes: Votes) -> None:
    """What is kept of each phone is its last acknowledged choice, or the one on its way when the program died."""
    numbers = {line.token: line.phone for line in lines if isinstance(line, PhoneLine)}
    kept = {line.phone: line.heads.index(1) for line in lines if isinstance(line, VoteLine)}
    assert len(set(numbers.values())) == len(phones), "nobody counts twice"
    for phone in phones:
        stands = kept.get(numbers[phone.cookie.removeprefix("upstream=")])
        if phone in votes.acknowledged:
            assert stands in (votes.acknowledged[phone], *votes.sent[phone])
        if stands is not None:
            votes.acknowledged[phone] = stands


def test_a_session_goes_on_with_its_facts_its_address_and_its_tables(tmp_path: Path) -> None:
    journal = tmp_path / "kept" / "session.journal"

    async def before(room: OpenRoom) -> Phone:
        phone = room.phone()
        await phone.join(room.code)
        room.ask(tables=True)
        await phone.post("/v", {"table": 4, "people": 6})
        await phone.post("/v", {"round": FIRST, "h0": 4, "h1": 2, "h2": 0})
        room.show("gather", question="?", open=True, round="barriers", tables=True)
        for words in ("Rotas", "No time"):
            await phone.post("/v", {"round": "barriers", "text": words})
        return phone

    file = JournalFile(journal)
    with OpenRoom(journal=file) as room:
        phone = room.run(before(room))
        room.phones.settle(1)
        old = room.opened
        vote = next(fact for fact in room.drained() if isinstance(fact, Voted))
    file.close()
    assert journal.stat().st_mode & 0o777 == 0o600

    kept = read(journal.read_bytes())
    file = JournalFile(journal)
    with OpenRoom(journal=file, kept=kept) as room:
        assert room.opened == old
        assert counted({}, room.drained()) == {FIRST: {"1": vote}}
        assert [fact for fact in room.facts if isinstance(fact, Wrote)] == [Wrote(2, "barriers", "No time")]
        room.ask(tables=True)
        again = room.phone(cookie=phone.cookie)
        assert "Your vote: A 4, B 2." in texts(room.run(again.state()))
    file.close()


class FullDisk:
    """A journal on a disk that is full."""

    def append(self, _data: bytes) -> None:
        raise OSError(28, "No space left on device")


def test_a_full_disk_is_told_to_the_trainer_and_the_room_goes_on() -> None:
    async def walk(room: OpenRoom) -> None:
        phone = room.phone()
        await phone.join(room.code)
        room.ask()
        assert (await phone.choose(FIRST, 1)).status == 200

    with OpenRoom(journal=FullDisk()) as room:
        room.run(walk(room))
        told = [fact for fact in room.drained() if isinstance(fact, Trouble)]
        assert "No space left on device" in repr(told)
        assert [vote.heads for vote in counted({}, room.facts)[FIRST].values()] == [(0, 1, 0)]


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_NUMBER = st.integers(1, 9)
_LINES: st.SearchStrategy[list[Line]] = st.lists(
    st.one_of(
        st.builds(PhoneLine, st.text("0123456789abcdef", min_size=32, max_size=32), _NUMBER),
        st.builds(TableLine, _NUMBER, st.none() | _NUMBER, _NUMBER),
        st.builds(VoteLine, _NUMBER, _TEXT, st.lists(st.integers(0, 8)).map(tuple), _NUMBER, st.none() | _NUMBER),
        st.builds(TextLine, _NUMBER, _NUMBER, _TEXT, _TEXT),
    ),
    max_size=12,
)
OPENED = OpenLine(8765, "ACDE")


@given(_LINES)
def test_what_is_written_is_read_again(lines: list[Line]) -> None:
    kept = read(written([OPENED, *lines]))
    assert kept is not None
    assert (kept.port, kept.code, kept.lines) == (8765, "ACDE", (OPENED, *lines))


@given(_LINES, st.integers(0, 400))
def test_a_journal_cut_anywhere_gives_every_whole_line(lines: list[Line], cut: int) -> None:
    first = written([OPENED])
    data = written(lines)[:cut]
    kept = read(first + data)
    assert kept is not None
    whole = data.count(b"\n")
    assert kept.lines[1 : 1 + whole] == tuple(lines[:whole])
    assert len(kept.lines) - 1 in (whole, whole + 1)


@given(st.binary(max_size=200))
def test_whatever_lies_there_is_read_without_an_error(data: bytes) -> None:
    assert read(data) is None or data


def test_a_line_cut_short_spoils_no_line_after_it(tmp_path: Path) -> None:
    path = tmp_path / "session.journal"
    path.write_bytes(written([OPENED]) + b'{"is":"vote","pho')
    file = JournalFile(path)
    file.append(written([SettledLine(3)]))
    file.close()
    kept = read(path.read_bytes())
    assert kept is not None
    assert kept.lines == (OPENED, SettledLine(3))


@pytest.mark.parametrize(
    "line", ['{"is":"open","port":1,"code":"ACDE","format":2}', '{"is":"open","port":1,"code":""}']
)
def test_a_later_format_is_not_read(line: str) -> None:
    assert read(line.encode()) is None
