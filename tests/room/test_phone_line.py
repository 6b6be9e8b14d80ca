"""The line between a session and its phones: real phones, real sockets, a real session; nothing early, all added up."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.net import Adapter, Fact, Phones, RoundView, Shown
from game.screens.room_phones import PhoneLine
from game.screens.room_views import view_of
from game.story import Course
from game.training import Room, Step
from tests.displays import PATIENCE
from tests.room.phones import Phone, texts
from tests.room.rooms import SMALL, strings
from tests.room.test_room_laws import ROLES

HERE = (Adapter("Wi-Fi", "127.0.0.1"),)


class Watched(Phones):
    """Phones of which it is known whether they are shown the newest yet."""

    _newest = 0
    _told: tuple[Fact, ...] = ()
    _seen = False

    def show(self, view: RoundView) -> None:
        self._newest, self._seen = view.rev, False
        super().show(view)

    def drain(self) -> tuple[Fact, ...]:
        told, self._told = (*self._told, *super().drain()), ()
        return told

    def up_to_date(self) -> bool:
        """Whether each phone would be shown the newest; what else was told is kept for who drains it."""
        self._told += super().drain()
        self._seen |= Shown(self._newest) in self._told
        return self._seen


class Line(PhoneLine):
    """A line on this machine alone, which can be waited for."""

    def __init__(self) -> None:
        self.news = threading.Semaphore(0)
        self.watched = Watched(port=0, wake=self.news.release)
        super().__init__(find=lambda: HERE, make=lambda: self.watched)

    def until(self, room: Room, claim: Callable[[Room], bool]) -> Room:
        """The session once what phones said makes the claim true."""
        while not claim(room := self.heard(room)):
            assert self.news.acquire(timeout=PATIENCE), "the phones said nothing more"
        return room

    def shown(self, room: Room) -> None:
        """Show phones the session, and go on once each of them would see it."""
        self.show(room)
        while not self.watched.up_to_date():
            assert self.news.acquire(timeout=PATIENCE), "the phones were not shown it"


@pytest.fixture
def line() -> Iterator[Line]:
    made = Line()
    yield made
    made.close()


def at(step: Step, room: Room | None = None) -> Room:
    room = room or Room.open(Course(), SMALL)
    while room.step is not step:
        room = room.next()
    return room


async def phone(line: Line) -> Phone:
    opened = line.opened
    assert opened is not None
    made = Phone("127.0.0.1", opened.port)
    assert (await made.join(opened.code)).status == 200
    return made


def test_nothing_is_open_before_it_is_asked_for(line: Line) -> None:
    room = at(Step.SILENT)
    line.show(room)
    assert line.heard(room) is room
    assert line.opened is None


def test_two_rounds_by_phone_and_card_add_up_and_show_who_moved(line: Line) -> None:
    line.open()
    room = at(Step.SILENT).count("ring", 3)

    async def walk(room: Room) -> Room:
        ann, ben = await phone(line), await phone(line)
        line.shown(room)
        assert "Knock" in texts(await ann.state()) or "knock" in texts(await ann.state())
        for who, choice in ((ann, 0), (ben, 0)):
            assert (await who.choose("1-1", choice)).status == 200
        room = line.until(room, lambda now: now.latest is not None and now.latest.first.tally.total == 5)
        assert (await ben.choose("1-1", 1)).status == 200  # a change of mind: the last one stands
        room = line.until(room, lambda now: _heads(now, 1) == (1, 1, 3))
        room = at(Step.SHOW_AGAIN, room)
        line.shown(room)
        assert (await ann.choose("1-1", 2)).status != 200  # that round is closed
        assert (await ann.choose("1-2", 1)).status == 200
        assert (await ben.choose("1-2", 1)).status == 200
        room = line.until(room.count("ring", 3), lambda now: _heads(now, 2) == (0, 2, 3))
        room = at(Step.REVEAL, room)
        line.shown(room)
        state = texts(await ann.state())
        assert "5" not in state
        assert "%" not in state
        for who in (ann, ben):
            who.hang_up()
        return room

    room = asyncio.run(walk(room))
    assert room.shown.reveal is not None


def _heads(room: Room, number: int) -> tuple[int, ...]:
    asked = room.latest
    assert asked is not None
    return (asked.first if number == 1 else asked.second).tally.heads


def test_words_are_seen_by_the_trainer_first_and_by_the_room_after_that(line: Line) -> None:
    line.open()
    room = at(Step.BARRIERS, Room.open(Course(), SMALL).finish())

    async def walk() -> None:
        ann = await phone(line)
        line.shown(room)
        assert (await ann.post("/v", {"round": "barriers", "text": "Nobody asks us"})).status == 200
        ann.hang_up()

    asyncio.run(walk())
    line.until(room, lambda _: bool(line.gathered.waiting))
    assert room.lines == ()
    told = line.approve(room)
    assert [(note.column, note.words) for note in told.lines] == [("barriers", "Nobody asks us")]
    assert line.gathered.waiting == ()


def test_a_computer_on_no_network_says_so_and_the_cards_go_on() -> None:
    line = PhoneLine(find=lambda: ())
    line.open()
    assert line.trouble == "This computer is on no network that phones can reach. A looks again. Cards always work."
    assert line.opened is None
    line.close()


@given(st.integers(0, 90), st.lists(st.integers(1, 40), min_size=3, max_size=3), st.booleans())
def test_no_view_holds_a_count_or_a_role(pages: int, counts: list[int], aside: bool) -> None:
    room = Room.open(Course(), SMALL)
    for _ in range(pages):
        for id, heads in zip(room.counted, counts, strict=False):
            room = room.count(id, 100 + heads)
        view = view_of(room)
        told = " ".join(strings(view))
        assert not any(str(100 + heads) in told for heads in counts)
        assert not [role for role in ROLES if role in told]
        if view.options:
            assert "manager" not in told
            assert "leader" not in told
        assert view.open == (view.step in ("vote", "gather"))
        looks = aside and room.step is Step.BRANCH and not room.decisions[-1].what_ifs
        room = room.what_if() if looks and room.other_branches else room.next()
