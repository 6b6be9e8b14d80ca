"""The first minutes: the welcome page, and the way from there into a story."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.conftest import Start
from tests.pilot import at_first_decision, shipped_course


def test_the_first_run_shows_the_welcome_page_and_the_second_does_not(start: Start) -> None:
    first = start(settings=None)
    assert first.shows("Before you begin", "This is not a test.", "Nothing leaves this computer.")
    first.press("return")
    assert not first.shows("Before you begin")
    assert first.shows("Late again", "Who decides Thursdays?", "The visit")
    first.leave()

    second = start(settings=None)
    assert not second.shows("Before you begin")
    assert second.shows("Late again")


@pytest.mark.parametrize("key", ["return", "space", "escape", "right", "page down"])
def test_any_key_that_goes_on_goes_on_from_the_welcome_page(start: Start, key: str) -> None:
    pilot = start(settings=None)
    pilot.press(key)
    assert pilot.shows("Late again")


def test_closing_the_welcome_page_keeps_nothing_and_shows_it_again(start: Start, data: Path) -> None:
    start(settings=None).leave()
    assert not data.exists()
    assert start(settings=None).shows("Before you begin")


def test_a_new_player_presses_enter_until_the_first_decision_and_has_chosen_nothing(start: Start) -> None:
    pilot = start(settings=None)
    pilot.press("return", "return")
    story = at_first_decision("late-again")
    assert pilot.shows(story.visits[0].lines[0].text)
    pilot.until(lambda: bool(pilot.choices()), "return")
    assert story.passage.decision is not None
    assert pilot.shows(story.passage.decision.ask, "Decision 1")


def test_the_first_page_names_each_story_with_its_length_and_says_it_is_new(start: Start) -> None:
    pilot = start()
    for entry in shipped_course().entries:
        assert pilot.shows(entry.title, entry.summary, f"About {entry.minutes} minutes")
    assert pilot.words().count("New") == len(shipped_course().entries)
    assert pilot.focused == "Play"
