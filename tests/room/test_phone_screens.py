"""A session with phones at the real window: the join page and its code, votes on the wall, words let through by M."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest
import zxingcpp

from game.net import Adapter, Phones
from game.screens.room_phones import PhoneLine
from game.training import Step
from tests.room.leading import Leader
from tests.room.phones import Phone, texts


@pytest.fixture
def leader(tmp_path: Path) -> Iterator[Leader]:
    """A trainer with two windows, on this machine's own address."""
    made = Leader(tmp_path, two_windows=True)
    made.lead.line = PhoneLine(find=lambda: (Adapter("Wi-Fi", "127.0.0.1"),), make=lambda: Phones(port=0))
    yield made
    made.lead.line.close()
    made.close()


async def joined(leader: Leader) -> Phone:
    opened = leader.lead.line.opened
    assert opened is not None
    phone = Phone("127.0.0.1", opened.port)
    assert (await phone.join(opened.code)).status == 200
    return phone


async def gone(phone: Phone) -> None:
    """The phone hangs up."""
    phone.hang_up()
    await asyncio.sleep(0)  # one turn of the loop, in which the line is closed


def scanned(leader: Leader) -> list[str]:
    """What a decoder reads from the projector's pixels."""
    grey = pygame.transform.grayscale(leader.pilot.window.surface)
    w, h = grey.get_size()
    rows = bytes(grey.get_at((x, y))[0] for y in range(h) for x in range(w))
    return [found.text for found in zxingcpp.read_barcodes(memoryview(rows).cast("B", (h, w)))]


def test_no_socket_is_there_before_j_and_the_code_says_where_to_go(leader: Leader) -> None:
    assert leader.lead.line.phones is None
    leader.press("j")
    opened = leader.lead.line.opened
    assert opened is not None
    assert scanned(leader) == [opened.typed]
    assert opened.typed in leader.seen()
    assert "No app and no name." in leader.seen()
    code = leader.pilot.page.find("code")
    assert code is not None
    assert code.rect.h >= 0.6 * 720
    leader.press("page down")
    assert "Join with your phone" not in leader.seen()
    assert leader.room.step is Step.WELCOME
    assert leader.lead.line.opened is not None


def test_votes_from_phones_and_cards_are_on_the_wall_as_one_number(leader: Leader) -> None:
    leader.press("j")
    leader.until(lambda: "0 phones of 24 people." in leader.seen())
    leader.press("j").next_step(Step.SILENT)
    phones = asyncio.run(_voted(leader, [0, 0, 2]))
    leader.until(lambda: "3 of 24 have voted" in leader.seen())
    assert "Phones: 3 in the room" in leader.beside()
    leader.next_step(Step.SHOW).count("1 B")
    assert "4 of 24 have voted" in leader.seen()
    leader.next_step(Step.REVEAL)
    assert "2 (50 %)" in leader.seen()
    assert len(phones) == 3


async def _voted(leader: Leader, choices: list[int]) -> list[Phone]:
    phones = [await joined(leader) for _ in choices]
    for phone, choice in zip(phones, choices, strict=True):
        while "What do you do first?" not in texts(await phone.state()):
            await asyncio.sleep(0)
        assert (await phone.choose("1-1", choice)).status == 200
        await gone(phone)
    return phones


def test_words_reach_the_presenter_first_and_the_wall_by_m(leader: Leader) -> None:
    leader.press("j", "j", "end", "return").next_step(Step.BARRIERS)

    async def write() -> None:
        phone = await joined(leader)
        while "What has got in your way?" not in texts(await phone.state()):
            await asyncio.sleep(0)
        assert (await phone.post("/v", {"round": "barriers", "text": "The rota is full"})).status == 200
        await gone(phone)

    asyncio.run(write())
    leader.until(lambda: "The rota is full" in leader.beside())
    assert "The rota is full" not in leader.seen()
    leader.press("m")
    leader.until(lambda: bool(leader.room.lines))
    leader.press("n", "escape")
    assert "The rota is full" in leader.report()


def test_l_locks_the_room(leader: Leader) -> None:
    leader.press("j", "l")
    assert "The room is locked." in leader.seen()
    opened = leader.lead.line.opened
    assert opened is not None
    phone = Phone("127.0.0.1", opened.port)

    async def knock() -> int:
        refused = await phone.join(opened.code)
        await gone(phone)
        return refused.status

    assert asyncio.run(knock()) != 200
