"""Pages move on their way to the next: shortly, never waited for, not at all where that is wanted; then they rest."""

from __future__ import annotations

import pygame
import pytest

from game.screens.play import PlayScreen
from game.storage import Settings
from game.ui.art import pictured
from game.ui.window import FRAME
from tests.journeys.conftest import Start
from tests.pilot import Pilot


class Clock:
    """Seconds that stand still but for what a test lets go by: however busy the machine is, a movement is not over."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pilot(start: Start, clock: Clock) -> Pilot:
    """At the first line of a story, drawn and still."""
    return start(scenario="late-again", clock=clock).look()


def pixels(pilot: Pilot) -> bytes:
    return pygame.image.tobytes(pilot.window.surface, "RGB")


def at_rest(pilot: Pilot) -> bytes:
    """The page as it is drawn when nothing moves."""
    pilot.window.draw(pilot.stage)
    return pixels(pilot)


def until_still(pilot: Pilot, clock: Clock) -> int:
    """Turn the program's own loop until nothing moves and every picture is whole; how many turns that took."""
    turns = 0
    while pilot.stage.changed or pilot.window.moving or pilot.window._art.awaited:
        clock.seconds += FRAME
        pilot.turn()
        turns += 1
    return turns


def test_somebody_comes_in_and_then_the_page_is_still(pilot: Pilot, clock: Clock) -> None:
    before = pixels(pilot)
    pilot.press("space")  # Marcus speaks
    pilot.window.show(pilot.stage)
    on_the_way = pixels(pilot)
    assert pilot.window.moving
    turns = until_still(pilot, clock)
    after = pixels(pilot)
    assert turns >= 2
    assert len({before, on_the_way, after}) == 3
    assert after == at_rest(pilot)


def test_a_still_page_waits_for_ever(pilot: Pilot, clock: Clock) -> None:
    pilot.press("space")
    until_still(pilot, clock)
    assert pilot.window._patience() is None
    assert not pilot.stage.changed


def test_a_change_of_place_moves_too(pilot: Pilot, clock: Clock) -> None:
    pilot.until(lambda: pilot.services is not None and "hallway" in pilot.words(), "right")
    pilot.press("left").look()
    assert "kitchen" in pilot.words()
    pilot.press("right")
    pilot.window.show(pilot.stage)
    assert pilot.window.moving
    until_still(pilot, clock)
    assert pixels(pilot) == at_rest(pilot)


def test_the_focus_glides_to_the_next_choice(pilot: Pilot, clock: Clock) -> None:
    pilot.press("end", "down").look()
    pilot.press("down")
    pilot.window.show(pilot.stage)
    assert pilot.window.moving
    assert pilot.focused.startswith("Drive Marcus")
    until_still(pilot, clock)
    assert pixels(pilot) == at_rest(pilot)


def test_nothing_waits_for_a_movement_to_be_over(pilot: Pilot) -> None:
    screen = pilot.stage.screen
    assert isinstance(screen, PlayScreen)
    for line in range(2, 5):
        pilot.press("space")
        pilot.window.show(pilot.stage)
        assert screen.shown == line
    pilot.press("end", "1")
    assert screen.story.path == ("office",)


def test_a_key_that_does_nothing_ends_a_movement(pilot: Pilot) -> None:
    pilot.press("space")
    pilot.window.show(pilot.stage)
    assert pilot.window.moving
    pilot.press("m")
    assert not pilot.window.moving
    pilot.turn_without_waiting()
    assert pixels(pilot) == at_rest(pilot)


def test_nothing_moves_for_somebody_who_wants_it_still(start: Start) -> None:
    pilot = start(scenario="late-again", settings=Settings(welcomed=True, reduce_motion=True)).look()
    for key in ("space", "space", "end", "down", "1"):
        pilot.window.prepared(pilot.stage)
        pilot.press(key)
        pilot.window.show(pilot.stage)
        assert not pilot.window.moving
        assert pixels(pilot) == at_rest(pilot)


def test_movement_is_switched_off_in_the_settings_and_stays_off(start: Start) -> None:
    pilot = start()
    pilot.click("Settings").click("None")
    assert pilot.services.settings.reduce_motion
    assert not pilot.window.moves
    pilot.close()
    assert not start(settings=None).window.moves


def test_what_comes_next_is_drawn_before_it_is_needed(pilot: Pilot) -> None:
    art = pilot.window._art
    for key in ("space", "space", "space", "space", "space", "end", "2", "space", "end", "1", "end", "3", "end"):
        pilot.look()
        pilot.window.prepared(pilot.stage)
        pilot.press(key)
        missing = [name for name in pictured(pilot.stage.page()) if name not in art._kept]
        assert missing == [], key
