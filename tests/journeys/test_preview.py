"""An author writes with the game open beside the editor: what she saves is what she sees."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.app import Following
from game.authoring import load_course
from game.screens.preview import PreviewScreen
from game.story import arrivals, explore
from tests.pilot import Pilot


@pytest.fixture
def preview(kettle: Path, data: Path, tmp_path: Path) -> Iterator[Pilot]:
    """The kettle story, opened as a live preview."""
    pilot = following(kettle, data, tmp_path)
    yield pilot
    pilot.close()


def following(course: Path, data: Path, desk: Path, at: str = "") -> Pilot:
    """A pilot at a live preview of the kettle story."""
    library = load_course(course)
    scenario = library.entries[0].scenario
    ways = arrivals(explore(scenario), at) if at and scenario else ()
    return Pilot(data, desk, library=library, scenario="kettle", following=Following(at, ways))


def save(course: Path, old: str, new: str) -> None:
    """Save the file with a change, as an editor does that writes a new file and renames it."""
    path = course / "kettle.yaml"
    text = path.read_text()
    assert old in text
    beside = course / ".kettle.yaml.new"
    beside.write_text(text.replace(old, new))
    os.replace(beside, path)


def seen(pilot: Pilot) -> Pilot:
    """Let the preview look at its file, as it does ten times a second."""
    pilot.window._pulse_at = None
    pilot.window.beat(pilot.stage)
    return pilot


def proved(pilot: Pilot) -> Pilot:
    """Wait until the proof in the background is done."""
    screen = pilot.stage.screen
    assert isinstance(screen, PreviewScreen)
    seen(pilot)
    assert screen.proving is not None
    screen.proving.join()
    return seen(pilot)


def test_a_saved_change_is_told_at_once_at_the_same_place(preview: Pilot, kettle: Path) -> None:
    preview.press("right")
    assert preview.shows("Is there tea?")
    save(kettle, "Is there tea?", "Is there any tea?")
    assert seen(preview).shows("Is there any tea?", "Changed: kitchen.")


def test_a_file_that_was_not_saved_changes_nothing(preview: Pilot) -> None:
    proved(preview)
    preview.look()
    assert not seen(preview).stage.changed


def test_the_choices_taken_stay_taken_as_far_as_they_fit(preview: Pilot, kettle: Path) -> None:
    preview.press("end", "2", "end")
    assert preview.shows("And then?")
    save(kettle, "You both sit down.", "You both sit down at last.")
    assert seen(preview).shows("You both sit down at last.", "And then?")
    save(kettle, "id: ask", "id: ask-her")
    assert seen(preview).shows("The kettle is cold.", "Your choices no longer all fit")


def test_new_and_gone_passages_are_named(preview: Pilot, kettle: Path) -> None:
    save(kettle, "goto: warm}", "goto: hot}")
    save(kettle, "  warm:\n", "  hot:\n")
    assert seen(preview).shows("New: hot. Gone: warm. Changed: table.")


def test_while_the_file_is_broken_the_last_good_story_stays_with_the_mistake_over_it(
    preview: Pilot, kettle: Path
) -> None:
    preview.press("right")
    save(kettle, "goto: warm}", "goto: wram}")
    assert seen(preview).shows(
        "The file has mistakes (1). The last good story stays until they are mended.",
        "'goto' leads to 'wram', and no passage has that name. Did you mean 'warm'?",
        "Is there tea?",
    )
    preview.press("end", "2")
    assert preview.shows("Cocoa.")
    save(kettle, "goto: wram}", "goto: warm}")
    assert seen(preview).shows("Cocoa.")
    assert not preview.shows("The file has mistakes")


def test_every_mistake_is_a_click_away(preview: Pilot, kettle: Path) -> None:
    save(kettle, "goto: warm}", "goto: wram}")
    seen(preview).click("What to mend (1)")
    assert preview.shows("One mistake in kettle.yaml")
    preview.press("escape")
    assert preview.shows("Preview of kettle.yaml")


def test_a_proof_that_comes_when_the_file_is_broken_by_now_takes_no_mistake_away(preview: Pilot, kettle: Path) -> None:
    save(kettle, "goto: warm}", "goto: wram}")  # the first look begins a proof of the story as it was, and sees this
    proved(preview).click("What to mend (1)")
    assert preview.shows("One mistake in kettle.yaml", "'goto' leads to 'wram'")
    preview.press("escape")
    assert preview.shows("The file has mistakes (1).", "Proved over all 4 states")


def test_a_file_that_was_broken_from_the_start_plays_as_soon_as_it_is_mended(
    kettle: Path, data: Path, tmp_path: Path
) -> None:
    save(kettle, "goto: warm}", "goto: wram}")
    pilot = following(kettle, data, tmp_path)
    assert pilot.shows("One mistake in kettle.yaml")
    save(kettle, "goto: wram}", "goto: warm}")
    assert seen(pilot).shows("The kettle is cold.")
    pilot.close()


def test_the_proof_follows_in_the_background(preview: Pilot, kettle: Path) -> None:
    assert proved(preview).shows("Proved over all 4 states: nobody gets stuck")
    save(kettle, "text: Stay a while., goto: warm}", 'text: Stay a while., goto: warm, if: "trust > 10"}')
    seen(preview)
    assert proved(preview).shows("No player can come to the ending 'warm'.")


def test_the_authors_view_shows_what_players_never_see(preview: Pilot) -> None:
    preview.press("end", "1", "end", "o")
    assert preview.shows("passage: table", "choices: fill", "scores: manager 1, leader 1", "meters: trust 5")
    preview.press("o")
    assert not preview.shows("scores: manager 1")


def test_the_map_opens_with_the_road_taken(preview: Pilot) -> None:
    proved(preview).press("end", "1", "m")
    assert preview.shows("Your road through it")


def test_the_ending_and_the_debrief_stay_inside_the_preview(preview: Pilot, kettle: Path) -> None:
    preview.press("end", "1", "end", "1", "end", "right")
    assert preview.shows("Preview of kettle.yaml", "Two cups")
    preview.press("return")
    assert preview.shows("Preview of kettle.yaml", "How was that?")
    save(kettle, "title: Two cups", "title: Two warm cups")
    seen(preview).press("right")
    assert preview.shows("Preview of kettle.yaml", "Two warm cups")


def test_a_preview_keeps_no_run(preview: Pilot) -> None:
    preview.press("end", "1", "end", "1", "end", "right", "return", *["right"] * 9)
    assert preview.services.records.all_unfinished() == {}
    assert preview.services.records.attempts() == ()


def test_at_a_passage_that_players_come_to_in_one_way_it_opens_there(kettle: Path, data: Path, tmp_path: Path) -> None:
    pilot = following(kettle, data, tmp_path, at="talk")
    assert pilot.shows("at passage table", "Cocoa.")
    pilot.close()


def test_at_a_passage_that_players_come_to_in_several_states_there_is_a_list_to_pick_from(
    kettle: Path, data: Path, tmp_path: Path
) -> None:
    save(kettle, "goto: talk, scores", "goto: talk, effects: [{change: {trust: +1}}], scores")
    pilot = following(kettle, data, tmp_path, at="table")
    assert pilot.shows("Which way to 'table'?", "After fill", "After ask", "trust 6")
    pilot.click("After ask")
    assert pilot.shows("You both sit down.")
    pilot.press("o")
    assert pilot.shows("choices: ask", "trust 6")
    pilot.close()


def test_deleting_the_file_leaves_the_story_on_screen(preview: Pilot, kettle: Path) -> None:
    (kettle / "kettle.yaml").unlink()
    assert seen(preview).shows("The kettle is cold.")
