"""A session with phones at the real window: who has voted, the votes by table, the branch not taken, words."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from game.net import Adapter, Phones, Wrote
from game.screens.room_phones import PhoneLine
from game.training import Step
from tests.room.leading import STILL, Leader
from tests.room.phones import Phone, texts
from tests.room.test_phone_screens import gone, joined

HERE = (Adapter("Wi-Fi", "127.0.0.1"),)


def led(tmp: Path, *, people: int | None = 24, two_windows: bool = True, **more: Any) -> Leader:
    made = Leader(tmp, people=people, two_windows=two_windows, **more)
    made.lead.line = PhoneLine(find=lambda: HERE, make=lambda: Phones(port=0))
    return made


@pytest.fixture
def leader(tmp_path: Path) -> Iterator[Leader]:
    made = led(tmp_path)
    yield made
    made.lead.line.close()
    made.close()


def vote(leader: Leader, round: str, choices: list[int], phones: list[Phone] | None = None) -> list[Phone]:
    """Phones vote, each as soon as it is asked; new ones come in where none are handed in."""

    async def walk() -> list[Phone]:
        here = phones or [await joined(leader) for _ in choices]
        for phone, choice in zip(here, choices, strict=True):
            while (await phone.choose(round, choice)).status != 200:
                await asyncio.sleep(0)
        for phone in here:
            await gone(phone)
        return here

    return asyncio.run(walk())


def write(leader: Leader, *lines: tuple[str, str]) -> None:
    """Phones send these lines to their columns, and they wait."""

    async def walk() -> None:
        phone = await joined(leader)
        for column, words in lines:
            while (await phone.post("/v", {"round": column, "text": words})).status != 200:
                await asyncio.sleep(0)
        await gone(phone)

    asyncio.run(walk())
    leader.until(lambda: len(leader.lead.line.gathered.waiting) == len(lines))
    leader.pilot.look()


def test_the_trainer_is_told_how_many_have_voted_and_when_nearly_all_have(leader: Leader) -> None:
    leader.press("j", "j").next_step(Step.SILENT)
    vote(leader, "1-1", [0, 1, 2])
    leader.until(lambda: "3 of 24 have voted. Phones: 3 in the room" in leader.beside())
    assert "Hint" not in leader.beside()
    leader.count("10 A 9 B")
    assert "Hint: 22 of 24 have voted. You can go on." in leader.beside()
    assert "22 of 24 have voted. With a phone: tap your choice." in leader.seen()
    leader.next_step(Step.SHOW)
    assert "Hint: 22 of 24 have voted. Next closes the vote." in leader.beside()
    assert "Hint" not in leader.seen()


def test_where_nobody_counted_heads_it_is_told_of_phones_and_cards(tmp_path: Path) -> None:
    leader = led(tmp_path, people=None)
    leader.press("j", "j").next_step(Step.SHOW)
    phones = vote(leader, "1-1", [0, 1])

    async def silent() -> Phone:
        phone = await joined(leader)
        await gone(phone)
        return phone

    asyncio.run(silent())
    leader.until(lambda: "2 of 3 have voted. Phones: 3 in the room" in leader.beside())
    leader.count("5 C")
    assert "7 of 8 have voted." in leader.beside()
    assert len(phones) == 2
    leader.lead.line.close()
    leader.close()


def test_if_phones_fail_what_they_said_stays_and_the_rest_is_counted_by_hand(leader: Leader) -> None:
    leader.press("j", "j").next_step(Step.SILENT)
    vote(leader, "1-1", [0, 0, 2])
    leader.until(lambda: "3 of 24 have voted" in leader.seen())
    assert leader.lead.line.phones is not None
    leader.lead.line.phones.close()
    leader.next_step(Step.SHOW).count("4 A 1 B").next_step(Step.REVEAL)
    assert "Votes: 8" in leader.seen()
    assert "6 (75 %)" in leader.seen()


# ---- by table ----------------------------------------------------------------


def by_table(leader: Leader) -> Leader:
    leader.next_step(Step.SHOW).press("h").write("T1 3 A 4 B").press("return").write("T2 2 A 1 B").press("return")
    leader.write("T3 6 C").press("page down").next_step(Step.SHOW_AGAIN)
    leader.press("h").write("T1 1 A 6 B").press("return").write("T2 3 B").press("return").write("T3 6 C")
    return leader.press("page down").next_step(Step.REVEAL)


def test_g_shows_the_votes_by_table_and_none_below_five_apart(leader: Leader) -> None:
    by_table(leader)
    assert "G: show the count by table" in leader.beside()
    while leader.lead.leaf + 1 < leader.lead.leaves:
        assert "Table 1" not in leader.seen()
        leader.press("page down")
    at = leader.room.at
    leader.press("g")
    assert leader.seen() == "By table, as you chose last A B C Table 1 1 6 0 All others 0 3 6"
    assert "By table, as you chose last" in leader.beside()
    leader.press("page down")
    assert "By table" not in leader.seen()
    assert leader.room.at == at
    assert "Table 2" not in leader.report()


def test_by_table_the_letters_are_as_high_as_the_back_row_needs(leader: Leader) -> None:
    by_table(leader).press("g")
    root = leader.pilot.page.root
    heights = [thing.rect.h / len(thing.text.lines) for thing in root.walk() if thing.text and thing.name]
    assert heights
    assert min(heights) >= 0.04 * 720 / 0.7  # a line is at least its capitals' height and what stands above and below


def test_g_says_so_where_there_is_nothing_to_show_by_table(leader: Leader) -> None:
    leader.next_step(Step.SHOW).press("g")
    assert "There is no count by table to show here. A table needs five votes." in leader.beside()
    leader.count("20 A 4 B").next_step(Step.REVEAL)
    assert "G: show" not in leader.beside()


# ---- the branch not taken ----------------------------------------------------


def test_how_many_would_go_there_is_on_the_wall_after_next(leader: Leader) -> None:
    leader.press("j", "j").next_step(Step.SHOW).count("5 A 9 B").next_step(Step.BRANCH).press("o")
    round = leader.lead.line._view.round
    vote(leader, round, [0, 0, 0, 0, 1])
    leader.until(lambda: leader.room.decisions[0].votes(3).tally.total == 5)
    while "Would you go there?" not in leader.seen():
        leader.press("page down")
    leader.press("h").write("ab").press("escape")
    assert "7 of 24 have voted. With a phone: tap your choice." in leader.seen()
    assert "5 of 7" not in leader.seen()
    assert "Would you go there? A 5 B 2" in " ".join(leader.beside().split())
    leader.next_step(Step.WOULD)
    assert "5 of 7 would go there." in leader.seen()
    leader.press("page down")
    assert leader.room.step is Step.BRANCH
    assert "What if A: 5 of 7 would go there." in leader.report()


def test_on_the_one_screen_the_count_of_the_other_branch_is_masked(tmp_path: Path) -> None:
    leader = led(tmp_path, two_windows=False)
    leader.next_step(Step.SHOW).count("5 A 9 B").next_step(Step.BRANCH).press("o").count("7 A 8 B").press("p")
    assert "Would you go there?" in leader.seen()
    assert "A •• B ••" in leader.seen()
    assert "15 in all" in leader.seen()
    leader.close()


# ---- words -------------------------------------------------------------------


def to_barriers(leader: Leader) -> Leader:
    return leader.press("j", "j", "end", "return").next_step(Step.BARRIERS)


@pytest.mark.parametrize("text_size", [100, 200])
def test_words_that_wait_are_seen_whole_in_a_small_window(tmp_path: Path, text_size: int) -> None:
    made = led(tmp_path, size=(1024, 600), settings=replace(STILL, text_size=text_size))
    line = " ".join(["Nobody asks the night shift"] * 10)
    try:
        write(to_barriers(made), ("ideas", line))
        assert f"From a phone, for “Ideas”: “{line}” M: show it to the room." in made.beside()
        second = made.pilot.window.second
        assert second is not None
        assert second.page is not None
        [told] = [thing for thing in second.page.root.walk() if line in thing.name and thing.text]
        assert told.text is not None
        assert told.text.style == "bold"
        assert told.rect.bottom <= second.metrics.height
    finally:
        made.lead.line.close()
        made.close()


def test_approved_words_are_on_the_wall_at_once_in_the_column_they_were_sent_to(leader: Leader) -> None:
    to_barriers(leader)
    assert "With a phone: send a line." in leader.seen()
    write(leader, ("ideas", "Ask the night shift"), ("barriers", "The rota is full"))
    assert "From a phone, for “Ideas”: “Ask the night shift” M: show it to the room." in leader.beside()
    assert "Ask the night shift" not in leader.seen()
    leader.press("m", "m")
    assert "Barriers The rota is full Ideas Ask the night shift" in leader.seen()


def test_s_counts_words_to_the_line_that_says_the_same(leader: Leader) -> None:
    to_barriers(leader).press("n").write("No time").press("return").write("The rota is full").press("return", "escape")
    write(leader, ("barriers", "rota full"), ("barriers", "Nobody asks"))
    leader.press("s")
    assert "“rota full” Does this line say the same: “The rota is full”?" in leader.beside()
    assert "rota full”" not in leader.seen()
    leader.press("s")
    assert "Does this line say the same: “No time”?" in leader.beside()
    leader.press("s", "return")
    assert "The rota is full (2 times)" in leader.seen()
    leader.press("s", "escape")
    assert [line.words for line in leader.lead.line.gathered.waiting] == ["Nobody asks"]
    assert "- The rota is full (2 times)" in leader.report()


def test_with_one_screen_words_are_seen_once_the_trainer_says_that_the_room_does_not(tmp_path: Path) -> None:
    leader = led(tmp_path, two_windows=False)
    line = leader.lead.line
    line.gathered = line.gathered.received([Wrote(1, "barriers", "The rota is full"), Wrote(2, "ideas", "Ask Sam")])
    for key in ("m", "shift m", "s"):
        leader.press(key)
        assert "The room sees this screen. Turn the projector’s picture off, then press Enter." in leader.seen()
        leader.press("page down")
        assert "rota" not in leader.seen()
    assert len(line.gathered.waiting) == 2
    leader.press("m", "return")
    assert "Only for you. The room’s picture must be off." in leader.seen()
    assert "“The rota is full”" in leader.seen()
    leader.press("m")
    assert "“Ask Sam”" in leader.seen()
    leader.press("shift m")
    assert "No words wait. Press any key, and then let the room see the screen again." in leader.seen()
    leader.press("page down")
    assert "Now let the room see the screen again." in leader.seen()
    assert leader.room.step is Step.WELCOME
    assert [note.words for note in leader.room.lines] == ["The rota is full"]
    leader.close()


def test_the_clicker_takes_words_that_only_the_trainer_sees_off_the_screen(tmp_path: Path) -> None:
    for number, key in enumerate(("page down", "page up", ".", "escape", "f5")):
        leader = led(tmp_path / str(number), two_windows=False)
        line = leader.lead.line
        line.gathered = line.gathered.received([Wrote(1, "barriers", "The rota is full")])
        leader.press("m", "return")
        assert "The rota is full" in leader.seen()
        leader.press(key, key)
        assert ("The rota is full" in leader.seen()) == (key == "f5")  # F5 means nothing here
        assert line.gathered.waiting
        leader.close()


def test_a_phone_is_told_what_to_do_with_a_step_that_it_came_late_to(leader: Leader) -> None:
    leader.press("j", "j").next_step(Step.SHOW).count("5 A 9 B").next_step(Step.SCENE)

    async def late() -> str:
        phone = await joined(leader)
        told = texts(await phone.state())
        await gone(phone)
        return told

    told = asyncio.run(late())
    assert told.startswith("The story goes on\n“What do you do first?”\nWe go with B. Most chose it.")
