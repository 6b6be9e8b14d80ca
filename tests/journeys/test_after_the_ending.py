"""What can be done once a run is over: play on from a decision, read it all, save it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.conftest import Start
from tests.pilot import Pilot


def _at_last_card(pilot: Pilot) -> Pilot:
    """Play the kettle's story to "Two cups" and read its debrief to the last card."""
    pilot.press("end", "1", "end", "1", "right")
    assert pilot.shows("Two cups")
    return pilot.until(lambda: "What next?" in pilot.whole(), "right")


def test_going_back_to_a_decision_from_the_last_card_leads_to_another_ending(start: Start, kettle: Path) -> None:
    pilot = _at_last_card(start(course=kettle, scenario="kettle"))
    pilot.click("From decision 2: And then?")
    assert pilot.shows("And then?", "Stay a while.")
    assert pilot.focused == ""
    pilot.press("2", "right")
    assert pilot.shows("One cup")


def test_going_back_to_a_moment_from_its_card_leads_to_another_ending(start: Start, kettle: Path) -> None:
    pilot = start(course=kettle, scenario="kettle")
    pilot.press("end", "1", "end", "1", "right", "right")
    pilot.until(lambda: "And then?" in pilot.whole() and "Go back to this moment" in pilot.whole(), "right")
    pilot.click("Go back to this moment")
    assert pilot.shows("And then?")
    pilot.press("2", "right")
    assert pilot.shows("One cup")


def test_the_run_taken_up_from_a_decision_remembers_the_way_there(start: Start, kettle: Path) -> None:
    pilot = _at_last_card(start(course=kettle, scenario="kettle"))
    pilot.click("From decision 2: And then?").press("l")
    assert "Fill the kettle." in pilot.whole()
    pilot.press("escape", *["left"] * 9)
    assert pilot.shows("The kettle is cold.")


def test_the_whole_run_can_be_read_from_the_last_card_and_left_again(start: Start, kettle: Path) -> None:
    pilot = _at_last_card(start(course=kettle, scenario="kettle"))
    pilot.click("Read the whole run")
    for words in ("The kettle is cold.", "Fill the kettle.", "Stay a while.", "The cups are empty."):
        assert words in pilot.whole()
    pilot.press("escape")
    assert "What next?" in pilot.whole()


@pytest.mark.parametrize(("button", "ending"), [("Save as text", ".txt"), ("Save as a web page", ".html")])
def test_a_run_is_saved_to_the_documents_and_never_over_another(
    start: Start, kettle: Path, desk: Path, button: str, ending: str
) -> None:
    pilot = _at_last_card(start(course=kettle, scenario="kettle"))
    pilot.click(button)
    [first] = desk.iterdir()
    assert first.suffix == ending
    assert f"Saved: {first}".replace(" ", "") in pilot.words().replace(" ", "")
    before = first.read_bytes()
    text = before.decode("utf-8")
    for words in ("The kettle", "Is there tea?", "Fill the kettle.", "Two cups", "What would you do?", "Ask first."):
        assert words in text
    pilot.click(button)
    saved = sorted(desk.iterdir())
    assert len(saved) == 2
    assert first.read_bytes() == before
    second = next(path for path in saved if path != first)
    assert second.read_bytes() == before
    assert str(second).replace(" ", "") in pilot.words().replace(" ", "")


@pytest.mark.parametrize("button", ["Save as text", "Save as a web page"])
def test_a_folder_that_cannot_be_written_says_so_and_the_debrief_goes_on(
    start: Start, kettle: Path, desk: Path, button: str
) -> None:
    desk.write_text("a file where the folder should be", encoding="utf-8")
    pilot = _at_last_card(start(course=kettle, scenario="kettle"))
    pilot.click(button)
    assert pilot.shows("It could not be saved.")
    assert "What next?" in pilot.whole()
    assert desk.read_text(encoding="utf-8") == "a file where the folder should be"


def test_play_again_from_the_last_card_begins_at_the_first_line(start: Start, kettle: Path) -> None:
    pilot = _at_last_card(start(course=kettle, scenario="kettle"))
    pilot.click("Start again")
    assert pilot.shows("The kettle is cold.")


def test_how_it_felt_can_be_told_with_a_number_key_and_changed(start: Start, kettle: Path) -> None:
    pilot = start(course=kettle, scenario="kettle")
    pilot.press("end", "1", "end", "1", "right", "right")
    pilot.press("2")
    mixed = pilot.page.find("mixed")
    assert mixed is not None
    assert mixed.chosen
    pilot.press("1")
    mixed = pilot.page.find("mixed")
    assert mixed is not None
    assert not mixed.chosen


def test_the_first_card_steps_back_to_the_ending(start: Start, kettle: Path) -> None:
    pilot = start(course=kettle, scenario="kettle")
    pilot.press("end", "1", "end", "1", "right")
    ending = pilot.words()
    pilot.press("right", "left")
    assert pilot.words() == ending
