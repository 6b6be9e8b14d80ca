"""Two phones at one table, over real sockets: who counts, what each is told, and what the trainer's freeing changes.

The joker has said table 3, and the people at table 3 are turned away.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from game.net import AtTable, Rules, Seated, counted, read
from game.storage import JournalFile
from tests.displays import PATIENCE
from tests.room.opened import FIRST, SECOND, OpenRoom
from tests.room.phones import Phone, texts

TAKEN = (
    "Table 3 has a phone already, and one is enough. Is the number right? "
    "If that phone is not at your table, tell the trainer."
)
FREED = "The trainer has freed table 3. Say your table again."
KEPT = "Table 3 is kept for another phone. Is it your table? Then tell the trainer."
ASKED = "Which table is this phone for?"

EASY = Rules(phone_burst=1000)


@pytest.fixture
def room() -> Iterator[OpenRoom]:
    with OpenRoom(rules=EASY) as opened:
        yield opened


async def _in(room: OpenRoom) -> Phone:
    phone = room.phone()
    await phone.join(room.code)
    return phone


async def _says(phone: Phone, table: int, people: int = 6) -> dict[str, Any]:
    return (await phone.post("/v", {"table": table, "people": people})).state


def _free(room: OpenRoom, table: int) -> None:
    """The trainer frees a table, and the room has heard of it."""
    before = len([fact for fact in room.drained() if isinstance(fact, Seated)])
    room.phones.free(table)
    room.until(lambda: len([fact for fact in room.facts if isinstance(fact, Seated)]) > before)


def _heads(room: OpenRoom, round: str) -> dict[str, tuple[int, ...]]:
    """What counts in a round, by phone."""
    return {name: vote.heads for name, vote in counted({}, room.drained()).get(round, {}).items() if vote.heads}


async def _tables(room: OpenRoom, *wanted: AtTable) -> None:
    """Ask for things until the trainer's page knows the tables so."""
    async with asyncio.timeout(PATIENCE):
        while room.phones.standing.tables != wanted:
            await room.phone().ask("GET", "/page.css")


async def _joker_first(room: OpenRoom) -> tuple[Phone, Phone]:
    """The joker is at table 3 and has voted for it; the people of table 3 are turned away."""
    joker, table = await _in(room), await _in(room)
    room.ask(tables=True)
    await _says(joker, 3, 20)
    assert (await joker.choose(FIRST, 0)).status == 200
    assert (await _says(table, 3))["said"] == TAKEN
    return joker, table


def test_a_phone_that_is_turned_away_is_told_what_to_do_and_the_trainer_sees_two_phones(room: OpenRoom) -> None:
    async def walk() -> None:
        joker, table = await _joker_first(room)
        await _tables(room, AtTable(3, 20, 2))
        told = await table.state()
        assert texts(told).startswith(ASKED)
        assert told["said"] == TAKEN, "a page that is loaded anew says it too"
        assert (await table.choose(FIRST, 1)).status == 409
        assert "This phone speaks for table 3, 20 people." in texts(await joker.state())
        await _says(table, 4)
        await _tables(room, AtTable(3, 20, 1), AtTable(4, 6, 1))

    room.run(walk())


def test_a_freed_table_goes_to_the_phone_that_was_turned_away_and_votes_once(room: OpenRoom) -> None:
    async def walk() -> None:
        joker, table = await _joker_first(room)
        assert _heads(room, FIRST) == {"1": (20, 0, 0)}
        _free(room, 3)
        assert _heads(room, FIRST) == {}
        for phone in (joker, table):
            state = await phone.state()
            assert texts(state).startswith(ASKED)
            assert state["said"] == f"{FREED} Then vote again."
        assert (await joker.choose(FIRST, 0)).status == 409
        assert (await _says(joker, 3, 20))["said"] == KEPT, "however fast it is"
        assert "This phone speaks for table 3, 6 people." in texts(await _says(table, 3))
        assert (await _says(joker, 3, 20))["said"] == KEPT
        await _tables(room, AtTable(3, 6, 1))
        assert (await table.choose(FIRST, 1)).status == 200
        sits = await _says(joker, 9, 1)
        assert sits["said"] == "Agree on one choice, or say how many are for each. You can change it."

    room.run(walk())
    assert _heads(room, FIRST) == {"2": (0, 6, 0)}


def test_what_was_said_in_a_vote_that_is_over_stays(room: OpenRoom) -> None:
    async def walk() -> None:
        joker, table = await _joker_first(room)
        room.show("talk", question="Why?", round=FIRST, tables=True)
        _free(room, 3)
        state = await table.state()
        assert state["said"] == FREED
        await _says(table, 3)
        room.ask(SECOND, before=FIRST, tables=True)
        assert (await table.choose(SECOND, 2)).status == 200
        assert (await joker.choose(SECOND, 0)).status == 409

    room.run(walk())
    assert _heads(room, FIRST) == {"1": (20, 0, 0)}
    assert _heads(room, SECOND) == {"2": (0, 0, 6)}


def test_a_vote_that_comes_once_more_after_its_table_was_freed_does_not_count(room: OpenRoom) -> None:
    async def walk() -> None:
        phone = await _in(room)
        room.ask(tables=True)
        await _says(phone, 3)
        assert (await phone.choose(FIRST, 0, 5)).status == 200
        _free(room, 3)
        await _says(phone, 3)
        late = await phone.choose(FIRST, 0, 5)
        assert (late.status, late.state["said"]) == (
            409,
            "Agree on one choice, or say how many are for each. You can change it.",
        )
        assert _heads(room, FIRST) == {}
        assert (await phone.choose(FIRST, 2, late.state["sent"] + 1)).status == 200

    room.run(walk())
    assert _heads(room, FIRST) == {"1": (0, 0, 6)}


def test_a_table_with_one_phone_is_freed_to_say_its_heads_anew(room: OpenRoom) -> None:
    async def walk() -> None:
        phone = await _in(room)
        room.ask(tables=True)
        await _says(phone, 3, 16)
        _free(room, 3)
        await _tables(room)
        assert (await phone.state())["said"] == f"{FREED} Then vote again."
        assert "This phone speaks for table 3, 6 people." in texts(await _says(phone, 3, 6))

    room.run(walk())
    assert [(fact.table, fact.people) for fact in room.drained() if isinstance(fact, Seated)] == [
        (3, 16),
        (None, 0),
        (3, 6),
    ]


def test_freed_once_more_it_turns_round(room: OpenRoom) -> None:
    """The trainer freed the table of the honest phone: pressing the same key again mends it."""

    async def walk() -> None:
        honest, joker = await _in(room), await _in(room)
        room.ask(tables=True)
        await _says(honest, 3)
        await _says(joker, 3)
        _free(room, 3)
        await _says(joker, 3)
        assert (await _says(honest, 3))["said"] == KEPT
        _free(room, 3)
        assert (await _says(joker, 3))["said"] == KEPT
        assert "This phone speaks for table 3, 6 people." in texts(await _says(honest, 3))

    room.run(walk())


def test_a_table_that_nobody_took_after_all_is_anybodys_when_freed_again(room: OpenRoom) -> None:
    async def walk() -> None:
        joker, _ = await _joker_first(room)
        _free(room, 3)
        assert (await _says(joker, 3))["said"] == KEPT
        _free(room, 3)
        assert "This phone speaks for table 3, 6 people." in texts(await _says(joker, 3))

    room.run(walk())


def test_a_phone_whose_table_was_taken_over_while_it_slept_is_told_when_it_wakes() -> None:
    async def walk(room: OpenRoom) -> None:
        honest, joker = await _in(room), await _in(room)
        room.ask(tables=True)
        await _says(honest, 3)
        while "This phone speaks for table 3" not in texts(await _says(joker, 3, 9)):
            pass  # until the room has noticed that nobody listens there
        await _tables(room, AtTable(3, 9, 1))
        assert (await honest.state())["said"] == TAKEN
        async with aclosing(honest.events()) as awake, aclosing(joker.events()) as on:
            await anext(awake)
            await anext(on)
            await _tables(room, AtTable(3, 9, 2))
            _free(room, 3)
            assert (await anext(awake))["said"] == f"{FREED} Then vote again.", "it is told without asking"
            assert (await anext(on))["said"] == f"{FREED} Then vote again."
            assert (await _says(joker, 3))["said"] == KEPT
            assert "This phone speaks for table 3, 6 people." in texts(await _says(honest, 3))

    with OpenRoom(rules=Rules(awake=0.0, phone_burst=1000)) as room:
        room.run(walk(room))


ASKS: tuple[tuple[str, str, dict[str, Any]], ...] = tuple(
    (method, path, fields)
    for method, path in (("POST", "/v"), ("POST", "/j"), ("POST", "/f"), ("POST", "/free"), ("DELETE", "/v"))
    for fields in (
        {"free": 3},
        {"freed": 3},
        {"table": 3, "free": True},
        {"table": 3, "people": 6, "freed": 3},
        {"table": 3, "people": 0},
        {"table": None, "people": 6},
        {"table": -3, "people": 6},
        {"table": 3, "people": 6, "barred": None},
        {"table": "3; free", "people": 6},
    )
)


@pytest.mark.parametrize(("method", "path", "fields"), ASKS)
def test_no_phone_can_free_a_table(room: OpenRoom, method: str, path: str, fields: dict[str, Any]) -> None:
    async def walk() -> None:
        honest, joker = await _in(room), await _in(room)
        room.ask(tables=True)
        await _says(honest, 3)
        assert (await honest.choose(FIRST, 1)).status == 200
        refused = await joker.post(path, fields) if method == "POST" else await joker.ask(method, path)
        assert 400 <= refused.status < 500
        assert "Your vote: B." in (await honest.state())["said"]
        assert "This phone speaks for table 3, 6 people." in texts(await honest.state())

    room.run(walk())
    assert _heads(room, FIRST) == {"1": (0, 6, 0)}


def test_after_a_crash_it_is_as_the_trainer_left_it(tmp_path: Path) -> None:
    journal = tmp_path / "kept" / "session.journal"

    async def before(room: OpenRoom) -> tuple[Phone, Phone]:
        joker, table = await _joker_first(room)
        _free(room, 3)
        await _says(joker, 3)  # what is kept is kept in order: the freeing is on the disk, too
        return joker, table

    async def after(room: OpenRoom, joker: Phone, table: Phone) -> None:
        joker, table = room.phone(cookie=joker.cookie), room.phone(cookie=table.cookie)
        room.ask(tables=True)
        assert (await joker.state())["said"] == KEPT
        assert (await table.state())["said"] == f"{FREED} Then vote again."
        assert (await _says(joker, 3))["said"] == KEPT
        assert "This phone speaks for table 3, 6 people." in texts(await _says(table, 3))

    file = JournalFile(journal)
    with OpenRoom(journal=file, rules=EASY) as room:
        phones = room.run(before(room))
        kept = read(journal.read_bytes())  # what a program finds that comes after a kill
    file.close()
    assert kept is not None
    with OpenRoom(kept=kept, rules=EASY) as room:
        assert _heads(room, FIRST) == {}
        room.run(after(room, *phones))
