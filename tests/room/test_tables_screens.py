"""Two phones at one table, as a trainer meets it at the real window: what the own page says, and Shift G."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from game.training import Step
from tests.room.leading import CLICKER, Leader
from tests.room.phones import Phone, texts
from tests.room.test_going_on import HERE, Led
from tests.room.test_join import led, opened

WARNED: Final = "Table 3 has two phones. The first one counts. Is it at that table? If not, Shift G frees the table."
FREED: Final = "Table 3 is free. Its phones say their table again."
TAKEN_BACK: Final = "What it said in this vote is taken back. Votes before it stay."


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Leader]:
    """With a window of the trainer's own, phones on, one for each table."""
    made = led(tmp_path, two_windows=True)
    made.press("j", "t", "j")
    yield made
    made.lead.line.close()
    made.close()


class Crowd:
    """The joker, who is at table 3, and the phone of the people who sit there."""

    def __init__(self, port: int, code: str, host: str = "127.0.0.1") -> None:
        self.joker, self.table = Phone(host, port), Phone(host, port)
        self._code = code

    def at_three(self) -> None:
        """The joker first; the others are turned away."""

        async def walk() -> None:
            for phone, people in ((self.joker, 9), (self.table, 6)):
                await phone.join(self._code)
                await phone.post("/v", {"table": 3, "people": people})

        self._run(walk)

    def vote(self, round: str, joker: int, table: int) -> tuple[int, int]:
        """What each is answered."""
        told: list[int] = []

        async def walk() -> None:
            for phone, choice in ((self.joker, joker), (self.table, table)):
                told.append((await phone.choose(round, choice)).status)

        self._run(walk)
        return told[0], told[1]

    def sits(self) -> str:
        """The people of table 3 say it again; what their phone shows then."""
        told: list[str] = []

        async def walk() -> None:
            told.append(texts((await self.table.post("/v", {"table": 3, "people": 6})).state))

        self._run(walk)
        return told[0]

    def _run(self, walk: Callable[[], object]) -> None:
        async def whole() -> None:
            await walk()  # type: ignore[misc]
            for phone in (self.joker, self.table):
                phone.hang_up()
            await asyncio.sleep(0)  # one turn of the loop, in which the lines are closed

        asyncio.run(whole())


def voted(leader: Leader, round: int = 1) -> tuple[int, ...]:
    asked = leader.room.decisions[-1]
    return asked.votes(round).tally.heads


def crowd_of(leader: Leader) -> Crowd:
    return Crowd(opened(leader).port, opened(leader).code)


def test_two_phones_at_a_table_are_told_in_words_and_shift_g_frees_it(pair: Leader) -> None:
    pair.next_step(Step.SHOW)
    crowd = crowd_of(pair)
    crowd.at_three()
    assert crowd.vote("1-1", 0, 1) == (200, 409)
    pair.until(lambda: WARNED in pair.beside() and voted(pair) == (9, 0, 0))
    assert "Table 3" not in pair.seen()
    pair.press("shift g")
    assert "Free which table? Type its number, then Enter. 3|" in pair.beside()
    assert "Tables with a phone, and people there: 3 (9)." in pair.beside()
    pair.press("return")
    assert f"{FREED} {TAKEN_BACK}" in pair.beside()
    pair.until(lambda: voted(pair) == (0, 0, 0) and WARNED not in pair.beside())
    assert "This phone speaks for table 3, 6 people." in crowd.sits()
    assert crowd.vote("1-1", 0, 1) == (409, 200)
    pair.until(lambda: voted(pair) == (0, 6, 0))


def test_a_vote_that_is_over_stays_as_it_was_counted(pair: Leader) -> None:
    pair.next_step(Step.SHOW)
    crowd = crowd_of(pair)
    crowd.at_three()
    crowd.vote("1-1", 0, 1)
    pair.until(lambda: WARNED in pair.beside() and voted(pair) == (9, 0, 0))
    pair.next_step(Step.DISCUSS).press("shift g").write("3").press("return")
    assert FREED in pair.beside()
    assert TAKEN_BACK not in pair.beside()
    pair.next_step(Step.SHOW_AGAIN)
    crowd.sits()
    assert crowd.vote("1-2", 0, 1) == (409, 200)
    pair.until(lambda: voted(pair, 2) == (0, 6, 0))
    assert voted(pair) == (9, 0, 0)


def test_a_number_that_is_typed_takes_the_place_of_the_one_proposed(pair: Leader) -> None:
    crowd = crowd_of(pair.next_step(Step.QUESTION))
    crowd.at_three()
    pair.until(lambda: WARNED in pair.beside())
    pair.press("shift g").write("12")
    assert "Free which table? Type its number, then Enter. 12|" in pair.beside()
    pair.press("return")
    assert "No phone speaks for table 12. Any phone may say it now." in pair.beside()
    pair.until(lambda: WARNED in pair.beside())


@pytest.mark.parametrize("key", CLICKER)
def test_no_key_of_a_clicker_frees_a_table(pair: Leader, key: str) -> None:
    crowd = crowd_of(pair.next_step(Step.SHOW))
    crowd.at_three()
    crowd.vote("1-1", 0, 1)
    pair.until(lambda: WARNED in pair.beside() and voted(pair) == (9, 0, 0))
    pair.press("shift g", key, key)
    assert FREED not in pair.beside()
    assert crowd.vote("1-1", 1, 1)[1] == 409
    assert pair.lead.line.standing.tables[0].people == 9


def test_with_one_screen_the_question_is_in_its_foot(tmp_path: Path) -> None:
    leader = led(tmp_path)
    leader.press("j", "t", "j").next_step(Step.SHOW)
    crowd_of(leader).at_three()
    leader.until(lambda: any(each.phones == 2 for each in leader.lead.line.standing.tables))
    assert "two phones" not in leader.seen()
    leader.press("p")
    assert WARNED in leader.seen()
    leader.press("p", "shift g")
    assert "Free which table? 3" in leader.seen()
    leader.press("return")
    assert f"{FREED} {TAKEN_BACK}" in leader.seen()
    leader.lead.line.close()
    leader.close()


def test_where_no_phone_speaks_for_a_table_there_is_none_to_free(tmp_path: Path) -> None:
    leader = led(tmp_path, two_windows=True)
    leader.press("j", "j", "shift g")
    assert "Phones do not speak for tables. J, then T, lets them." in leader.beside()
    leader.lead.line.close()
    leader.close()


def test_a_table_that_was_freed_is_free_after_kill_9(tmp_path: Path) -> None:
    led = Led(tmp_path)
    opened = led.stands("j")
    led.press("t")
    led.press("j")
    led.to(Step.SHOW)
    crowd = Crowd(opened.port, opened.code, HERE)
    crowd.at_three()
    crowd.vote("1-1", 0, 1)
    while led.stands().first != (9, 0, 0):
        pass
    led.press("shift g")
    led.press("3")
    led.press("return")
    while led.stands().first != (0, 0, 0):
        pass
    [journal] = (tmp_path / "data" / "rooms").glob("*.phones")
    while '"barred": 3' not in journal.read_text(encoding="utf-8"):
        led.press()
    led.kill()
    led = Led(tmp_path)
    led.press()
    assert led.stands("return").first == (0, 0, 0)
    assert crowd.vote("1-1", 0, 1) == (409, 409)
    assert "This phone speaks for table 3, 6 people." in crowd.sits()
    assert crowd.vote("1-1", 0, 1) == (409, 200)
    while led.stands().first != (0, 6, 0):
        pass
    led.kill()
