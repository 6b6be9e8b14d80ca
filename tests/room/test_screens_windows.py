"""Two windows: the room sees the page, the trainer sees notes and counts, and what is closed is only closed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from game.training import Step
from tests.room.leading import Leader


@pytest.fixture
def leader(tmp_path: Path) -> Iterator[Leader]:
    """A session with a window of the trainer's own."""
    led = Leader(tmp_path, two_windows=True)
    yield led
    led.close()


def test_counts_are_in_the_trainers_window_and_not_in_the_rooms(leader: Leader) -> None:
    leader.next_step(Step.SHOW).press("h").write("12 A 9 B 3 C")
    assert "12 A 9 B 3 C" in leader.beside()
    assert "Counting" not in leader.seen()
    leader.press("return", "escape")
    assert "24 of 24 have voted" in leader.seen()
    assert "12" not in leader.seen()
    assert "A 12 B 9 C 3" in leader.beside()
    assert "Hint: The room is split. Give it three full minutes." in leader.beside()


def test_it_says_what_to_do_what_to_ask_and_what_comes_next(leader: Leader) -> None:
    leader.next_step(Step.QUESTION)
    assert "Read the question and every choice aloud." in leader.beside()
    assert "Who is waiting in this hall, and who gets to say how long?" in leader.beside()
    assert "Next: Choose alone" in leader.beside()


def test_where_the_report_is_takes_little_room_until_the_end_and_is_told_in_full_there(leader: Leader) -> None:
    leader.next_step(Step.SHOW).count("12 A 9 B").next_step(Step.BRANCH)
    [path] = leader.desk.glob("*.html")
    assert f"The report: {path.name}, in desk." in leader.beside()
    assert str(path) not in leader.beside()
    while leader.room.step is not Step.CLOSE:
        leader.press("page down")
    assert f"Thereport:{path}" in leader.beside().replace(" ", "")  # on as many lines as it takes


def test_on_the_screen_now_is_what_is_on_the_screen_now(leader: Leader) -> None:
    """The count down, the time, and the columns while a line is written."""
    leader.next_step(Step.SILENT).press("page down")
    assert "Card to your chest. Three, two, one, show. 3" in leader.beside()
    leader.next_step(Step.DISCUSS)
    assert leader.beside().count("2:00") == 2  # in the bar, and in the picture of the page
    leader.press("end", "return").next_step(Step.BARRIERS).press("n")
    assert "Barriers Ideas" in leader.beside()


def test_with_one_display_that_the_room_sees_too_it_is_masked(tmp_path: Path) -> None:
    leader = Leader(tmp_path)
    leader.press("shift p").next_step(Step.SHOW).press("h").write("12 A 9 B 3 C").press("return", "escape")
    assert "A •• B •• C ••" in leader.beside()
    assert "Hint" not in leader.beside()
    assert "12" not in leader.beside()
    leader.next_step(Step.SHOW_AGAIN).count("4 A 16 B 2 C")
    assert "Next:" not in leader.beside()
    leader.next_step(Step.REVEAL)
    assert "A 4 B 16 C 2" in leader.beside()
    leader.close()


def _in_second(leader: Leader, kind: int, **values: object) -> None:
    second = leader.pilot.window.second
    assert second is not None
    pygame.event.post(pygame.event.Event(kind, window=second.window, **values))
    leader.pilot.pump().look()


def test_a_press_with_the_mouse_in_it_does_what_the_key_does(leader: Leader) -> None:
    second = leader.pilot.window.second
    assert second is not None
    assert second.page is not None
    on = second.page.find("next")
    assert on is not None
    _in_second(leader, pygame.MOUSEBUTTONDOWN, pos=on.rect.centre, button=1, touch=False)
    assert leader.lead.leaf == 1


def test_cards_are_counted_with_the_mouse_too(leader: Leader) -> None:
    leader.next_step(Step.SHOW).press("h")
    for key in ("count-A-more", "count-A-more", "count-C-more", "count-A-fewer"):
        second = leader.pilot.window.second
        assert second is not None
        assert second.page is not None
        thing = second.page.find(key)
        assert thing is not None
        _in_second(leader, pygame.MOUSEBUTTONDOWN, pos=thing.rect.centre, button=1, touch=False)
    assert leader.room.latest is not None
    assert leader.room.latest.first.tally.heads == (1, 0, 1)


def test_closing_it_closes_it_alone(leader: Leader) -> None:
    _in_second(leader, pygame.WINDOWCLOSE)
    assert leader.pilot.window.second is None
    assert leader.pilot.stage.running
    leader.press("shift p")
    assert leader.pilot.window.second is not None


def test_it_goes_when_the_session_is_left(leader: Leader) -> None:
    leader.press("ctrl q", "return")
    assert leader.pilot.shows("With a group")
    assert leader.pilot.window.second is None


def test_a_blank_screen_is_blank_for_the_room_only(leader: Leader) -> None:
    leader.press(".")
    assert set(leader.picture()) == {0}
    assert "The screen is blank" in leader.beside()
    assert "Say what this is and what it is not." in leader.beside()


def test_a_line_is_taken_away_while_the_rooms_screen_is_black(leader: Leader) -> None:
    leader.press("end", "return").next_step(Step.BARRIERS)
    leader.press("n").write("Somebody shouts at people").press("return", "escape", ".", "shift n")
    assert "Take this line away: “Somebody shouts at people”?" in leader.beside()
    assert set(leader.picture()) == {0}
    leader.press("return")
    assert set(leader.picture()) == {0}
    assert "Somebody shouts" not in leader.beside() + leader.report()
