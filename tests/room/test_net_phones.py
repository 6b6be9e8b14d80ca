"""Phones in the room, over real sockets: joining, voting, coming back, tables, words; what each of them is shown."""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import aclosing, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.net import CannotListen, Gathered, Joined, Phones, Reached, RoundView, Rules, Voted, Wrote, counted, read
from game.storage import JournalFile
from tests.displays import PATIENCE
from tests.room.opened import FIRST, OPTIONS, SECOND, OpenRoom
from tests.room.phones import Phone, texts


@pytest.fixture
def room() -> Iterator[OpenRoom]:
    with OpenRoom() as opened:
        yield opened


async def _in(room: OpenRoom, **given: Any) -> Phone:
    phone = room.phone(**given)
    assert (await phone.join(room.code)).status == 200
    return phone


async def _next(phone: Phone) -> dict[str, Any]:
    async with aclosing(phone.events()) as events:
        return await anext(events)


def test_nothing_is_opened_before_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []

    class Watched(socket.socket):
        def __init__(self, *arguments: Any, **more: Any) -> None:
            made.append(arguments)
            super().__init__(*arguments, **more)

    monkeypatch.setattr(socket, "socket", Watched)
    running = set(threading.enumerate())
    phones = Phones(port=0)
    phones.show(RoundView(1, "wait"))
    phones.lock(True)
    assert phones.drain() == ()
    phones.close()
    assert made == []
    assert set(threading.enumerate()) <= running
    phones.start("127.0.0.1")
    phones.close()
    assert made != []
    assert set(threading.enumerate()) <= running


def test_a_whole_decision_on_one_phone(room: OpenRoom) -> None:
    async def walk() -> None:
        phone = await _in(room)
        assert texts(await phone.state()).startswith("You are in. Nothing to do yet.\nLook up at the big screen.")
        began = time.monotonic()
        room.ask(seconds=45)
        state = await phone.state()
        seconds = time.monotonic() - began
        assert texts(state) == (
            "What do you do first?\nA Call Marcus into the office now.\nB Ask Marcus over tea what happened.\n"
            "C Look at the rota dates first.\nChoose alone. You can change it."
        )
        assert round(45 - seconds) <= state["left"] <= 45
        acknowledged = await phone.choose(FIRST, 1)
        assert acknowledged.status == 200
        assert acknowledged.state["said"] == "Your vote: B. You can change it until the trainer closes."
        assert [part["on"] for part in acknowledged.state["blocks"][1]["parts"]] == [False, True, False]
        room.ask(open=False)
        late = await phone.choose(FIRST, 0)
        assert late.status == 409
        assert late.state["said"] == "Your vote: B. Voting is closed."
        room.show("talk", question="Why might somebody choose differently?", options=OPTIONS, round=FIRST)
        state = await phone.state()
        assert texts(state) == (
            "Talk. You will vote again.\nWhy might somebody choose differently?\n"
            "Your first choice: B. Ask Marcus over tea what happened.\n"
        )
        assert state["dim"]
        room.ask(SECOND, before=FIRST)
        state = await phone.state()
        assert "Your first choice: B" in texts(state)
        assert not any(part["on"] for part in state["blocks"][2]["parts"]), "nothing is chosen beforehand"
        await phone.choose(SECOND, 2)
        room.show("reveal", question="Look who moved.", options=OPTIONS, round=SECOND, before=FIRST)
        assert texts(await phone.state()) == (
            "Look up at the big screen.\nLook who moved.\nBefore: B. Ask Marcus over tea what happened.\n"
            "After: C. Look at the rota dates first.\nOnly you see this.\n"
        )
        room.show("end")
        state = await phone.state()
        assert texts(state) == "Thank you.\nYou can close this page.\n"
        assert state["over"]

    room.run(walk())
    room.drained()
    votes = [fact for fact in room.facts if isinstance(fact, Voted)]
    assert votes == [Voted("1", FIRST, (0, 1, 0), None, 1), Voted("1", SECOND, (0, 0, 1), None, 2)]


def test_the_last_choice_stands_however_posts_overtake_one_another(room: OpenRoom) -> None:
    async def walk() -> None:
        phone = await _in(room)
        room.ask()
        assert (await phone.choose(FIRST, 0, sent=10)).status == 200
        assert (await phone.choose(FIRST, 2, sent=12)).status == 200
        overtaken = await phone.choose(FIRST, 1, sent=11)
        assert overtaken.status == 409
        assert overtaken.state["said"].startswith("Your vote: C.")
        assert (await phone.choose(FIRST, 2, sent=12)).status == 200, "the same again is as welcome"

    room.run(walk())
    ballots = counted({}, room.drained())
    assert {phone: vote.heads for phone, vote in ballots[FIRST].items()} == {"1": (0, 0, 1)}


STEPS: list[tuple[str, dict[str, Any], str]] = [
    ("wait", {}, "You are in."),
    ("vote", {"question": "What?", "options": OPTIONS, "open": True, "round": FIRST}, "Choose alone."),
    ("vote", {"question": "What?", "options": OPTIONS, "round": FIRST}, "Voting is closed."),
    ("talk", {"question": "Why?", "options": OPTIONS, "round": FIRST}, "Talk. You will vote again."),
    ("vote", {"question": "Now?", "options": OPTIONS, "open": True, "round": SECOND, "before": FIRST}, "Choose alone."),
    ("reveal", {"options": OPTIONS, "round": SECOND, "before": FIRST}, "Before: no vote\nAfter: no vote"),
    ("gather", {"question": "What is in the way?", "open": True, "round": "barriers"}, "No names of people"),
    ("end", {}, "You can close this page."),
]
"""Each step with what a phone is shown that has not voted."""


async def _sees(phone: Phone, words: str) -> None:
    """The first page that is asked for shows this, and so does the stream; nobody is told that they are in already."""
    page = (await phone.ask("GET", "/")).body.decode()
    assert words.split("\n")[0] in page
    assert "already" not in page.lower()
    assert words in texts(await _next(phone))


def test_people_come_late_and_come_back_at_every_step() -> None:
    async def walk(room: OpenRoom) -> None:
        early = await _in(room)
        for step, shown, words in STEPS:
            room.show(step, **shown)
            late = await _in(room)
            again = room.phone(cookie=early.cookie)  # a reload: nothing is kept but the cookie
            for phone in (early, again, late):
                await _sees(phone, words)
            assert (await again.join(room.code)).status == 200, "who scans the code again is who they were"
            assert again.cookie == early.cookie

    with OpenRoom(rules=Rules(phone_burst=100)) as room:  # one phone, reloaded more often than a person can
        room.run(walk(room))
        assert room.drained().count(Joined("1")) == 1, "who comes back is not new"
    assert len([fact for fact in room.facts if isinstance(fact, Joined)]) == 1 + len(STEPS)


@pytest.mark.parametrize(
    "number", range(len(STEPS)), ids=[f"{step} {given.get('round', '')}" for step, given, _ in STEPS]
)
def test_after_a_restart_at_any_step_the_first_page_is_the_right_one(number: int, tmp_path: Path) -> None:
    step, shown, words = STEPS[number]
    told = words.replace("Choose alone.", "Your vote: C.") if shown.get("round") == FIRST else words
    told = told.replace("Voting is closed.", "Your vote: C. Voting is closed.")
    told = told.replace("Before: no vote", "Before: C. Look at the rota dates first.")

    async def before(room: OpenRoom) -> tuple[Phone, Phone]:
        voted, silent = await _in(room), await _in(room)
        room.ask()
        assert (await voted.choose(FIRST, 2)).status == 200
        room.show(step, **shown)
        return voted, silent

    async def after(room: OpenRoom, cookies: list[str]) -> None:
        voted, silent = (room.phone(cookie=cookie) for cookie in cookies)
        await _sees(voted, told)
        await _sees(silent, words)
        await _sees(await _in(room), words)

    file = JournalFile(tmp_path / "journal")
    with OpenRoom(journal=file) as room:
        cookies = [phone.cookie for phone in room.run(before(room))]
        opened = room.opened
        room.phones.close(over=False)
    file.close()
    kept = read((tmp_path / "journal").read_bytes())
    again = OpenRoom(kept=kept)
    again.phones.show(RoundView(1, step, **shown))  # before it is open: no phone sees anything else first
    with again:
        assert again.opened == opened
        again.run(after(again, cookies))
        assert [fact for fact in again.drained() if isinstance(fact, Joined)] == [Joined("1"), Joined("2"), Joined("3")]


def test_the_newest_line_wins_silently_and_a_vote_reaches_the_other_tab(room: OpenRoom) -> None:
    async def walk() -> None:
        phone = await _in(room)
        lines = [phone.events() for _ in range(3)]
        for line in lines:
            await anext(line)
        room.ask()
        assert [state async for state in lines[0]] == [], "the oldest of three was hung up, without a word"
        assert "Choose alone." in texts(await anext(lines[1]))
        assert "Choose alone." in texts(await anext(lines[2]))
        await phone.choose(FIRST, 0)
        assert "Your vote: A." in texts(await anext(lines[1]))
        assert "Your vote: A." in texts(await anext(lines[2]))
        for line in lines:
            await line.aclose()

    room.run(walk())


def test_a_phone_that_polls_is_told_what_is_new_and_nothing_else(room: OpenRoom) -> None:
    async def walk() -> None:
        phone = await _in(room)
        state = await phone.state()
        assert (await phone.ask("GET", f"/s?rev={state['rev']}")).status == 204
        room.ask()
        newer = await phone.ask("GET", f"/s?rev={state['rev']}")
        assert newer.status == 200
        assert "Choose alone." in texts(newer.state)

    room.run(walk())


def test_without_script_forms_do_all_of_it(room: OpenRoom) -> None:
    async def walk() -> None:
        phone = room.phone()
        page = await phone.ask("GET", f"/{room.code}")
        assert b'action="/j"' in page.body
        assert f'value="{room.code}"'.encode() in page.body
        assert (await phone.form("/j", f"code={room.code.lower()}")).head["location"] == "/"
        room.ask()
        voted = await phone.form("/v", "round=kitchen%3A1&choice=1")
        assert (voted.status, voted.head["location"]) == (303, "/")
        page = await phone.ask("GET", "/")
        assert b"Your vote: B. You can change it until the trainer closes." in page.body
        room.show("gather", question="What is in the way?", open=True, round="barriers")
        assert (await phone.form("/v", "round=barriers&text=Rotas+%E2%80%93+always")).status == 303
        assert b"Sent. The trainer reads it before anybody else does." in (await phone.ask("GET", "/")).body

    room.run(walk())
    assert Wrote(1, "barriers", "Rotas – always") in room.drained()


def test_a_wrong_code_and_a_locked_room_let_nobody_new_in(room: OpenRoom) -> None:
    async def walk() -> None:
        early = await _in(room)
        stranger = room.phone()
        slip = (await stranger.ask("GET", "/zzzz")).body.decode()
        assert "Those are not the letters of this room. Look at the big screen again." in slip
        assert f'data-join="{room.code}"' in (await stranger.ask("GET", f"/{room.code.lower()}")).body.decode()
        refused = await stranger.join("ZZZZ")
        assert refused.status == 403
        assert refused.state["said"] == "Those are not the letters of this room. Look at the big screen again."
        assert (await stranger.ask("GET", "/s")).status == 401
        room.phones.lock(True)
        refused = await stranger.join(room.code)
        assert refused.status == 403
        assert refused.state["said"] == "The trainer has locked the room. Ask to be let in, then tap Join."
        assert b"The trainer has locked the room." in (await stranger.form("/j", f"code={room.code}")).body
        assert (await early.ask("GET", "/s")).status == 200, "who is in may always come back"
        assert (await early.join(room.code)).status == 200
        room.phones.lock(False)
        assert (await stranger.join(room.code)).status == 200

    room.run(walk())


def test_a_full_room_says_so() -> None:
    async def walk(room: OpenRoom) -> None:
        for _ in range(2):
            await _in(room)
        refused = await room.phone().join(room.code)
        assert refused.status == 403
        assert refused.state["said"] == "The room is full. Please show a card, or share a phone."

    with OpenRoom(rules=Rules(most_phones=2)) as room:
        room.run(walk(room))


def test_one_phone_for_a_table_speaks_in_heads(room: OpenRoom) -> None:
    async def walk() -> None:
        phone = await _in(room)
        room.ask(tables=True)
        assert texts(await phone.state()).startswith("Which table is this phone for?")
        assert (await phone.choose(FIRST, 0)).status == 409, "no vote before the table is known"
        seated = await phone.post("/v", {"table": "3", "people": "7"})
        assert "This phone speaks for table 3, 7 people." in texts(seated.state)
        whole = await phone.choose(FIRST, 0)
        assert whole.state["said"] == "Your vote: A. You can change it until the trainer closes."
        split = await phone.post("/v", {"round": FIRST, "h0": 4, "h1": "0", "h2": 3})
        assert split.state["said"] == "Your vote: A 4, C 3. You can change it until the trainer closes."
        many = await phone.post("/v", {"round": FIRST, "h0": 4, "h1": 4, "h2": 0})
        assert (many.status, many.state["said"]) == (400, "At least one person, and no more than the 7 at your table.")

    room.run(walk())
    votes = [(fact.heads, fact.table) for fact in room.drained() if isinstance(fact, Voted)]
    assert votes == [((7, 0, 0), 3), ((4, 0, 3), 3)]


def test_a_table_has_one_voice_and_a_dead_phone_is_followed_by_another() -> None:
    async def walk(room: OpenRoom) -> None:
        dead, other = await _in(room), await _in(room)
        room.ask(tables=True)
        await dead.post("/v", {"table": 3, "people": 6})
        await dead.choose(FIRST, 1)
        async with aclosing(dead.events()) as awake:
            await anext(awake)
            taken = await other.post("/v", {"table": 3, "people": 6})
            assert taken.status == 400
            assert taken.state["said"].startswith("Table 3 has a phone already, and one is enough.")
        follows = taken
        while follows.status == 400:  # until the room has noticed that the first has hung up
            follows = await other.post("/v", {"table": 3, "people": 5})
        assert follows.state["said"] == "Your vote: B. You can change it until the trainer closes."
        await other.choose(FIRST, 2)
        assert texts(await dead.state()).startswith("Which table is this phone for?")

    with OpenRoom(rules=Rules(awake=0.0, phone_burst=1000)) as room:
        room.run(walk(room))
        ballots = counted({}, room.drained())
    assert [vote.heads for vote in ballots[FIRST].values()] == [(0, 0, 5)]


def test_in_a_locked_room_the_table_of_a_sleeping_phone_is_not_followed_by_another() -> None:
    async def walk(room: OpenRoom) -> None:
        asleep, joker = await _in(room), await _in(room)
        room.ask(tables=True)
        await asleep.post("/v", {"table": 3, "people": 6})
        await asleep.choose(FIRST, 1)
        room.phones.lock(True)
        refused = await joker.post("/v", {"table": 3, "people": 20})
        assert refused.status == 400
        assert refused.state["said"].startswith("Table 3 has a phone already, and one is enough.")
        assert "This phone speaks for table 3, 6 people." in texts(await asleep.state())

    with OpenRoom(rules=Rules(awake=0.0, phone_burst=1000)) as room:
        room.run(walk(room))
        ballots = counted({}, room.drained())
    assert [vote.heads for vote in ballots[FIRST].values()] == [(0, 6, 0)]


def test_words_wait_for_the_trainer_and_the_same_words_are_sent_once(room: OpenRoom) -> None:
    async def walk() -> None:
        phone, other = await _in(room), await _in(room)
        room.show("gather", question="What is in the way?", open=True, round="barriers")
        for _ in range(2):
            sent = await phone.post("/v", {"round": "barriers", "text": "The  rota\u202e is\u200b full"})
        assert sent.state["said"] == "Sent. The trainer reads it before anybody else does."
        long = await phone.post("/v", {"round": "barriers", "text": "e" * 281})
        assert long.state["said"].startswith("That is more than 280 letters.")
        room.show("gather", question="What helps?", round="ideas")
        assert (await other.post("/v", {"round": "ideas", "text": "Tea"})).status == 409
        for reply in (await other.ask("GET", "/"), await other.ask("GET", "/s")):
            assert b"rota" not in reply.body

    room.run(walk())
    gathered = Gathered().received(room.drained())
    assert [line.words for line in gathered.waiting] == ["The rota is full"]
    assert gathered.approved == ()
    approved = gathered.approve(1)
    assert ([line.words for line in approved.approved], approved.waiting) == (["The rota is full"], ())


def test_fifty_phones_are_told_no_number_before_the_reveal(room: OpenRoom) -> None:
    """Every byte to every phone, from the opening of the first vote on, whatever the others do."""
    views = [
        {"step": "vote", "open": True, "round": FIRST},
        {"step": "vote", "open": False, "round": FIRST},
        {"step": "talk", "open": False, "round": FIRST},
        {"step": "vote", "open": True, "round": SECOND, "before": FIRST},
        {"step": "vote", "open": False, "round": SECOND, "before": FIRST},
    ]

    async def listen(phone: Phone) -> None:
        async with aclosing(phone.events()) as events:
            async for state in events:
                if state["over"]:
                    return

    async def walk() -> list[Phone]:
        phones = [await _in(room, recording=True) for _ in range(50)]
        listening = [asyncio.create_task(listen(phone)) for phone in phones]
        for view in views:
            room.show(question="What do you do first?", options=OPTIONS, **view)
            for number, phone in enumerate(phones):
                if view["open"]:
                    await phone.choose(str(view["round"]), 0 if number < 31 else 2)
                await phone.ask("GET", "/s")
                await phone.ask("GET", "/")
        room.show("end")
        await asyncio.gather(*listening)
        return phones

    for number, phone in enumerate(room.run(walk())):
        own = "A" if number < 31 else "C"
        sent = phone.seen.decode()
        assert len(sent) > 10_000
        for told in ("31", "19", "62", "38", "50", "%", "leader", "manager", "score"):
            words = " ".join(_words(sent))
            assert told not in words, f"phone {number} was told {told}"
        letters = {word[len("Your vote: ")] for word in _words(sent) if word.startswith("Your vote: ")}
        assert letters == {own}


def _words(sent: str) -> Iterator[str]:
    """Every text that a phone was sent: in JSON, and between the tags of HTML."""
    import re

    yield from re.findall(r'"(?:text|said|label|look|send|fold)":"([^"]*)"', sent)
    yield from (found.strip() for found in re.findall(r">([^<>{}]+)<", sent))


def test_the_port_stays_the_same_and_a_busy_one_gives_way_to_the_next() -> None:
    taken = socket.create_server(("127.0.0.1", 0))
    with taken, OpenRoom(port=taken.getsockname()[1]) as room:
        assert room.opened.port > taken.getsockname()[1]
        assert room.opened.typed == f"http://127.0.0.1:{room.opened.port}/{room.code}"


def test_an_address_that_is_not_ours_is_told_and_the_room_can_be_opened_elsewhere() -> None:
    phones = Phones(port=0)
    with pytest.raises(CannotListen) as told:
        phones.start("203.0.113.7")
    assert told.value.host == "203.0.113.7"
    assert phones.opened is None
    assert phones.start("127.0.0.1").host == "127.0.0.1"
    phones.close()


def test_the_address_is_changed_while_the_room_is_open(room: OpenRoom) -> None:
    async def reach(address: str, port: int) -> int:
        phone = Phone(address, port)
        try:
            return (await phone.ask("GET", "/")).status
        finally:
            phone.hang_up()

    moved = room.phones.start("127.0.0.2")
    assert moved.port == room.opened.port
    assert asyncio.run(reach("127.0.0.2", moved.port)) == 200
    with pytest.raises(ConnectionError):
        asyncio.run(reach("127.0.0.1", room.opened.port))
    with pytest.raises(CannotListen):
        room.phones.move("203.0.113.7")
    assert asyncio.run(reach("127.0.0.2", moved.port)) == 200, "where it cannot go it stays"
    named = room.phones.move("127.0.0.2", name="room.example")
    assert named.typed == f"http://room.example:{moved.port}/{room.code}"


def test_the_first_phone_of_another_machine_passes_the_check_before_the_day(room: OpenRoom) -> None:
    async def walk() -> None:
        await room.phone().ask("GET", "/")  # the trainer's own laptop says nothing about the network
        assert not any(isinstance(fact, Reached) for fact in room.drained())
        await room.phone(local="127.0.0.9").ask("GET", f"/{room.code}")

    room.run(walk())
    assert Reached(f"127.0.0.1:{room.opened.port}") in room.drained()


def test_who_is_awake_is_known(room: OpenRoom) -> None:
    async def walk() -> None:
        phone = await _in(room)
        async with aclosing(phone.events()) as events:
            await anext(events)
            assert (room.phones.standing.phones, room.phones.standing.awake) == (1, 1)

    room.run(walk())


def test_phones_are_told_when_the_session_is_closed() -> None:
    async def walk(room: OpenRoom) -> list[dict[str, Any]]:
        phone = await _in(room)
        async with aclosing(phone.events()) as events:
            await anext(events)
            closing = asyncio.get_running_loop().run_in_executor(None, room.phones.close)
            states = [state async for state in events]
            await closing
            return states

    with OpenRoom() as room:
        states = room.run(walk(room))
    assert [texts(state) for state in states] == ["Thank you.\nYou can close this page.\n"]
    with pytest.raises(ConnectionError):
        room.run(room.phone().ask("GET", "/"))


def test_closing_hangs_up_on_those_too_who_are_at_the_door_at_that_moment() -> None:
    """Three hundred lines knock while the server's thread is busy; it hears of them and of the end in one instant."""
    stands, goes_on = threading.Event(), threading.Event()

    def wake() -> None:
        if phones.opened is not None:
            stands.set()
            goes_on.wait(PATIENCE)

    phones = Phones(port=0, wake=wake)
    opened = phones.start("127.0.0.1")
    phones.show(RoundView(1, "wait"))
    assert stands.wait(PATIENCE)
    closing = threading.Thread(target=phones.close)
    closing.start()
    lines = [socket.create_connection((opened.host, opened.port)) for _ in range(300)]
    goes_on.set()
    closing.join()
    for line in lines:
        with line, suppress(ConnectionError):
            line.settimeout(PATIENCE)
            assert line.recv(1) == b""


def test_when_two_rooms_are_closed_in_the_order_they_were_opened_in_threads_take_turns_as_before() -> None:
    before = sys.getswitchinterval()
    with OpenRoom() as one:
        assert sys.getswitchinterval() < before
        other = OpenRoom().__enter__()
    assert one.phones.opened is None
    other.phones.close()
    assert sys.getswitchinterval() == before


def test_switched_off_and_on_again_the_same_phones_are_in(room: OpenRoom) -> None:
    async def come_back(phone: Phone) -> str:
        return texts(await phone.state())

    async def walk() -> Phone:
        phone = await _in(room)
        room.ask()
        await phone.choose(FIRST, 2)
        return phone

    phone = room.run(walk())
    room.phones.close()
    assert room.phones.opened is None
    assert room.phones.start("127.0.0.1") == room.opened
    assert "Your vote: C." in room.run(come_back(phone))
    assert room.run(_in(room)).cookie != phone.cookie
    assert [fact for fact in room.drained() if isinstance(fact, Joined)] == [Joined("1"), Joined("2")]


VOTES = st.lists(
    st.builds(
        Voted,
        st.sampled_from("123"),
        st.sampled_from(["one", "two"]),
        st.lists(st.integers(0, 8), min_size=3, max_size=3).map(tuple),
        st.none(),
        st.integers(0, 9),
    )
)


@given(VOTES, st.integers(0, 20))
def test_ballots_are_the_same_however_often_they_are_drained(votes: list[Voted], cut: int) -> None:
    at_once = counted({}, votes)
    assert counted(counted({}, votes[:cut]), votes[cut:]) == at_once
    assert counted(at_once, ()) == at_once
    for name, ballots in at_once.items():
        for phone, vote in ballots.items():
            mine = [each for each in votes if (each.round, each.phone) == (name, phone)]
            assert vote.sent == max(each.sent for each in mine)
            assert vote == [each for each in mine if each.sent == vote.sent][-1]
