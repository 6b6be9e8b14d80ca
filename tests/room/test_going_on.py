"""A session that was cut off is gone on with: the page, the counts, the phones, the report; and nothing of it stays
once it has been brought to its end.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, NamedTuple

import pytest

from game.screens.room_screen import RoomScreen
from game.training import Step
from tests.pilot import Pilot
from tests.room.leading import STILL, Leader
from tests.room.phones import Phone, texts

CHECKOUT = Path(__file__).parents[2]
LEFT_AT = "Decision 1: Talk it over"
HERE = f"127.77.{os.getpid() >> 8 & 255}.{os.getpid() & 255}"
"""An address of this machine where nothing else is: a port there is still free when a session goes on."""


@pytest.fixture
def cut_off(tmp_path: Path) -> Iterator[Path]:
    """The folder of a session that ended with its window, at the discussion of the first decision."""
    leader = Leader(tmp_path)
    leader.next_step(Step.SILENT).count("5 A 3 B").next_step(Step.DISCUSS).press("n").write("Ask first")
    leader.press("return", "escape")
    leader.close()
    return tmp_path


def kept(folder: Path) -> list[str]:
    """The files of sessions that can be gone on with."""
    return sorted(path.name for path in (folder / "data" / "rooms").glob("*"))


def test_a_session_goes_on_where_it_was_cut_off_with_all_that_was_counted(cut_off: Path) -> None:
    leader = Leader(cut_off)
    today = datetime.now()
    assert leader.pilot.shows(f"left on {today.day} {today:%B %Y} at ")
    assert leader.pilot.shows("Late again", LEFT_AT, "All that was counted and noted is still here.")
    leader.press("return")
    assert leader.room.step is Step.DISCUSS
    assert leader.room.headcount == 24
    assert "2:00" in leader.seen()
    leader.next_step(Step.SHOW_AGAIN).count("2 A 6 B").next_step(Step.REVEAL)
    assert "5 (63 %)" in leader.seen()
    assert "2 (25 %)" in leader.seen()
    assert leader.report().count("Ask first") == 1
    assert "5" in leader.report(".csv")
    leader.close()


def test_back_and_on_go_through_the_same_pages_as_before(tmp_path: Path) -> None:
    def pages(leader: Leader) -> list[str]:
        seen = []
        for _ in range(40):
            leader.press("page up")
            seen.append(leader.seen())
        return seen

    leader = Leader(tmp_path)
    leader.next_step(Step.SILENT).count("5 A 3 B").next_step(Step.BRANCH).press("o").next_step(Step.QUESTION)
    before = pages(leader)
    leader.press("home")
    leader.close()
    leader = Leader(tmp_path)
    leader.press("return")
    assert leader.room.step is Step.QUESTION
    assert pages(leader) == before
    leader.close()


def test_a_session_brought_to_its_end_leaves_its_report_and_nothing_else(tmp_path: Path) -> None:
    leader = Leader(tmp_path)
    leader.next_step(Step.SILENT)
    assert any(name.endswith(".json") for name in kept(tmp_path))
    leader.press("j").next_step(Step.CLOSE).press("ctrl q")
    assert "Close this session?" in leader.seen()
    leader.press("return")
    assert kept(tmp_path) == []
    assert leader.pilot.shows("With a group")
    assert not leader.pilot.shows("was not brought to its end")
    leader.close()


def test_a_break_is_no_end(tmp_path: Path) -> None:
    leader = Leader(tmp_path)
    leader.next_step(Step.SILENT).press("ctrl q")
    assert "You can go on with it later." in leader.seen()
    leader.press("return")
    assert leader.pilot.shows("A session with a group was not brought to its end.")
    leader.pilot.press("return").look()
    assert leader.pilot.shows("Not finished. Left on ")
    leader.pilot.press("return").look()
    assert leader.pilot.shows("Decision 1: Choose alone")
    leader.pilot.press("return").look()
    assert leader.room.step is Step.SILENT
    leader.close()


def test_beginning_anew_keeps_the_first_report_and_drops_the_session(cut_off: Path) -> None:
    leader = Leader(cut_off)
    leader.pilot.click("Begin anew")
    assert leader.room.step is Step.WELCOME
    assert kept(cut_off) == []
    leader.next_step(Step.SILENT)
    assert len(list(leader.desk.glob("*.md"))) == 2
    leader.close()


def test_another_window_does_not_take_a_session_that_is_led(tmp_path: Path) -> None:
    leader = Leader(tmp_path)
    leader.next_step(Step.SILENT)
    other = Pilot(tmp_path / "data", tmp_path / "other", settings=STILL)
    assert not other.shows("was not brought to its end")
    other.click("With a group")
    assert not other.shows("Not finished")
    other.close()
    leader.close()


def test_two_windows_that_ask_at_once_do_not_both_get_it(cut_off: Path) -> None:
    one, other = Leader(cut_off), Leader(cut_off)
    one.press("return")
    assert one.room.step is Step.DISCUSS
    other.press("return")
    assert other.pilot.shows("Another window leads this session now.")
    one.press("ctrl q", "return")
    other.press("return")
    assert other.room.step is Step.DISCUSS
    one.close()


def test_a_story_that_was_changed_since_is_begun_anew(cut_off: Path) -> None:
    [path] = (cut_off / "data" / "rooms").glob("*.json")
    told = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**told, "digest": "another"}), encoding="utf-8")
    leader = Leader(cut_off)
    assert leader.pilot.shows("The story or the program has changed since, so you cannot go on with it.")
    assert "Go on" not in leader.pilot.pressable()
    leader.press("return")
    assert leader.room.step is Step.WELCOME
    leader.close()


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"scenario": "late-again"}', b"\xff\xfe", b"null"])
def test_a_damaged_session_takes_nothing_down(cut_off: Path, damage: bytes) -> None:
    [path] = (cut_off / "data" / "rooms").glob("*.json")
    path.write_bytes(damage)
    leader = Leader(cut_off)
    if isinstance(leader.pilot.stage.screen, RoomScreen):
        assert leader.room.step is Step.WELCOME
    else:
        assert leader.pilot.shows("The story or the program has changed since")
    leader.close()


def test_after_a_week_it_is_gone(cut_off: Path) -> None:
    [path] = (cut_off / "data" / "rooms").glob("*.json")
    long_ago = (datetime.now() - timedelta(days=7, minutes=1)).timestamp()
    os.utime(path, (long_ago, long_ago))
    leader = Leader(cut_off)
    assert leader.room.step is Step.WELCOME
    assert kept(cut_off) == []
    leader.close()


def test_delete_everything_takes_it_too(cut_off: Path) -> None:
    pilot = Pilot(cut_off / "data", cut_off / "desk", settings=STILL)
    pilot.services.records.delete_everything()
    assert kept(cut_off) == []
    assert not (cut_off / "data" / "rooms").exists()
    pilot.close()


def test_where_nothing_can_be_kept_it_is_said_and_the_session_goes_on(tmp_path: Path) -> None:
    leader = Leader(tmp_path, two_windows=True)
    (tmp_path / "data" / "rooms").write_text("a file where the folder should be")
    leader.next_step(Step.SILENT).count("5 A")
    assert "If the program closes now, you cannot go on with this session: " in leader.beside()
    leader.press("j")
    opened = leader.lead.line.opened
    assert opened is not None
    phone = Phone("127.0.0.1", opened.port)

    async def vote() -> int:
        assert (await phone.join(opened.code)).status == 200
        status = (await phone.choose("1-1", 1)).status
        phone.hang_up()
        await asyncio.sleep(0)
        return status

    assert asyncio.run(vote()) == 200
    leader.press("j").wait(1)
    assert "Votes cannot be saved. They are counted" in leader.beside()
    leader.next_step(Step.REVEAL)
    assert "5 (83 %)" in leader.seen()
    assert "1 (17 %)" in leader.seen()
    leader.close()


def test_where_the_program_stumbles_the_session_goes_on(tmp_path: Path) -> None:
    leader = Leader(tmp_path)
    leader.next_step(Step.SILENT).count("5 A 3 B").press("j")
    room = leader.lead.room
    leader.lead.room = None  # type: ignore[assignment]  # a fault of the program itself
    leader.pilot.press("page down").look()
    assert leader.pilot.shows("Something went wrong")
    leader.pilot.press("return").look()
    assert leader.pilot.shows("A session with a group was not brought to its end.")
    leader.pilot.click("With a group").click("Late again").press("return").look()
    assert leader.room == room
    assert leader.lead.line.opened is not None
    leader.close()


# ---- killed in earnest


class Stands(NamedTuple):
    """Where a session stands, as its process tells it."""

    step: str
    decisions: int
    port: int
    code: str
    first: tuple[int, ...]
    second: tuple[int, ...]


class Led:
    """A session in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.room.led", str(folder), HERE],
            cwd=CHECKOUT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        )

    def press(self, key: str = "") -> str:
        """Press a key, or only let time go by; what is told then."""
        _pipe(self._process.stdin).write(key + "\n")
        _pipe(self._process.stdin).flush()
        return _pipe(self._process.stdout).readline().strip()

    def stands(self, key: str = "") -> Stands:
        step, decisions, where, *heads = self.press(key).split("|")
        port, code = where.split()
        first, second = (tuple(json.loads(each)) for each in heads) if heads else ((), ())
        return Stands(step, int(decisions), int(port), code, first, second)

    def to(self, step: Step) -> Stands:
        stands = self.stands("page down")
        while stands.step != step.value:
            stands = self.stands("page down")
        return stands

    def kill(self) -> None:
        """kill -9: nothing is said, and nothing is tidied up."""
        self._process.kill()
        self._process.wait()
        _pipe(self._process.stdin).close()
        _pipe(self._process.stdout).close()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


PHONES = 12


class Crowd:
    """Phones that vote again and again while the program is killed under them."""

    def __init__(self, port: int, code: str, seed: int) -> None:
        self.phones = [Phone(HERE, port) for _ in range(PHONES)]
        self.code = code
        self.last: dict[Phone, int] = {}
        self.pending: dict[Phone, int] = {}
        self._dice = random.Random(seed)

    async def vote(self, round: str, most: int, led: Led | None) -> None:
        """All vote in this round; with `led`, the program is killed after so many acknowledgements."""
        left = most

        async def one(phone: Phone, choice: int) -> None:
            nonlocal left
            self.pending[phone] = choice
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                reply = await phone.choose(round, choice)
                if reply.status == 200:
                    self.last[phone] = self.pending.pop(phone)
                    left -= 1
                    if left == 0 and led is not None:
                        led.kill()

        for phone in self.phones:  # all are in before anybody votes, as long as the program is there
            if not phone.cookie:
                assert (await phone.join(self.code)).status == 200
        await asyncio.gather(*(one(phone, self._dice.randrange(3)) for phone in self.phones))
        for phone in self.phones:
            phone.hang_up()
        await asyncio.sleep(0)  # one turn of the loop, in which the lines are closed

    def fits(self, heads: tuple[int, ...]) -> bool:
        """Whether a tally is that of the last acknowledged choices; of those not acknowledged either may stand."""
        sure = [0, 0, 0]
        open_ones = []
        for phone in self.phones:
            if phone in self.pending:
                open_ones.append((self.last.get(phone), self.pending[phone]))
            elif phone in self.last:
                sure[self.last[phone]] += 1
        ways = {tuple(sure)}
        for before, after in open_ones:
            ways = {
                tuple(n + (place == choice) for place, n in enumerate(way))
                for way in ways
                for choice in (before, after)
            }
        return heads[:3] in ways


def test_kill_9_between_acknowledged_votes_loses_none_of_them_and_the_session_goes_on(tmp_path: Path) -> None:
    """The whole program, not only its server: killed at a vote of each round, in several decisions."""
    dice = random.Random(11)
    led = Led(tmp_path)
    led.press("j")
    opened = led.stands("j")
    crowd = Crowd(opened.port, opened.code, 3)
    for decision in (1, 2):
        rounds = {1: Step.SILENT, 2: Step.SHOW_AGAIN}
        for round, step in rounds.items():
            stands = led.to(step)
            crowd.last, crowd.pending = {}, {}
            asyncio.run(crowd.vote(f"{decision}-{round}", dice.randrange(1, PHONES), led))
            led = Led(tmp_path)
            assert led.press() == "LeftScreen"
            again = led.stands("return")
            assert (again.step, again.decisions) == (step.value, decision)
            assert (again.port, again.code) == (opened.port, opened.code), "the same address and the same letters"
            heads = again.first if round == 1 else again.second
            assert crowd.fits(heads), (heads, crowd.last, crowd.pending)
            if round == 2:
                assert again.first == stands.first, "the round before is as it was"
            crowd.pending = {}
            asyncio.run(crowd.vote(f"{decision}-{round}", 0, None))  # everybody says it once more, with the same token
            after = led.stands()
            heads = after.first if round == 1 else after.second
            while sum(heads) < PHONES:
                after = led.stands()
                heads = after.first if round == 1 else after.second
            assert crowd.fits(heads)
            assert sum(heads) == PHONES, "nobody counts twice"
        led.to(Step.BRANCH)
        led.press("1")
    led.kill()
    [report] = (tmp_path / "desk").glob("*.json")
    told = json.loads(report.read_text(encoding="utf-8"))
    assert len(told["decisions"]) == 2


def test_a_phone_is_at_the_right_page_by_itself_after_the_program_was_killed(tmp_path: Path) -> None:
    led = Led(tmp_path)
    opened = led.stands("j")
    phone = Phone(HERE, opened.port)

    async def ask(code: str = "") -> str:
        if code:
            assert (await phone.join(code)).status == 200
        said = texts(await phone.state())
        phone.hang_up()
        await asyncio.sleep(0)
        return said

    asyncio.run(ask(opened.code))
    led.press("j")
    led.to(Step.DISCUSS)
    led.kill()
    led = Led(tmp_path)
    led.press()
    led.press("return")
    assert "Talk" in asyncio.run(ask())
    led.to(Step.SHOW_AGAIN)
    assert "What do you do first?" in asyncio.run(ask())
    led.kill()


def test_words_that_were_judged_are_judged_and_those_that_wait_still_wait_after_a_kill(tmp_path: Path) -> None:
    led = Led(tmp_path)
    opened = led.stands("j")
    led.press("j")
    led.press("end")
    led.press("return")
    led.to(Step.BARRIERS)

    async def write() -> None:
        phone = Phone(HERE, opened.port)
        assert (await phone.join(opened.code)).status == 200
        for words in ("The rota is full", "Nobody asks us", "No car on Fridays"):
            assert (await phone.post("/v", {"round": "barriers", "text": words})).status == 200
        phone.hang_up()
        await asyncio.sleep(0)

    asyncio.run(write())
    led.press()
    for key in ("m", "return", "m", "shift m"):  # the picture is off; the first is let through, the second taken away
        led.press(key)
    [journal] = (tmp_path / "data" / "rooms").glob("*.phones")
    while journal.read_text(encoding="utf-8").count('"settled"') < 2:  # the key that is being pressed may be lost
        led.press()
    led.kill()
    [report] = (tmp_path / "desk").glob("*.md")
    assert "The rota is full" in report.read_text(encoding="utf-8")
    led = Led(tmp_path)
    led.press()
    led.press("return")
    for key in ("m", "return", "m"):
        led.press(key)
    led.press("m")  # nothing waits any more
    led.kill()
    told = report.read_text(encoding="utf-8")
    assert [told.count(words) for words in ("The rota is full", "Nobody asks us", "No car on Fridays")] == [1, 0, 1]
