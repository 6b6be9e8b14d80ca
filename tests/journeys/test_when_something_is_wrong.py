"""Mistakes in files, stories that stop, and a program that stumbles: told kindly, with nothing lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from game.authoring import Library, load_course
from game.storage import Records
from tests.journeys.conftest import KETTLE, Start

BROKEN = """\
format: 1
title: Broken
passages:
  start:
    text: [Rain.]
    goto: kitchn
  kitchen:
    text: [Tea.]
    ending: {titel: The end}
"""


def test_a_broken_scenario_is_listed_with_its_mistakes_and_the_others_play(start: Start, kettle: Path) -> None:
    (kettle / "broken.yaml").write_text(BROKEN, encoding="utf-8")
    pilot = start(course=kettle)
    assert pilot.shows("This scenario has mistakes. The others still play.", "The kettle")
    pilot.click("See what to mend")
    read = pilot.whole()
    assert "mistakes in broken.yaml" in read
    assert "Line 6, column 11" in read
    assert "kitchn" in read
    assert "kitchen" in read
    assert "Line 9" in read
    assert "titel" in read
    pilot.press("escape")
    pilot.click("Play")
    assert pilot.shows("The kettle is cold.")


def test_a_file_that_is_no_yaml_at_all_is_listed_too(start: Start, kettle: Path) -> None:
    (kettle / "notes.yaml").write_text('title: "not closed\npassages:\n', encoding="utf-8")
    (kettle / "bytes.yaml").write_bytes(b"\xff\xfe\x00broken")
    pilot = start(course=kettle)
    assert pilot.whole().count("This scenario has mistakes.") == 2
    pilot.press("return")
    assert pilot.shows("The kettle is cold.")


def test_a_course_file_with_mistakes_is_told_on_the_first_page(start: Start, kettle: Path) -> None:
    (kettle / "course.yaml").write_text("format: 1\ntitel: Tea\n", encoding="utf-8")
    pilot = start(course=kettle)
    assert pilot.shows("The course file has mistakes.", "The kettle")
    pilot.click("See what to mend")
    assert "titel" in pilot.whole()
    pilot.click("Back to the start page")
    assert pilot.shows("The course file has mistakes.")


def test_a_course_without_a_scenario_says_so_and_can_be_closed(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    pilot = start(course=folder)
    assert pilot.shows("There is no scenario in this folder yet:")
    assert str(folder).replace(" ", "") in pilot.words().replace(" ", "")
    pilot.press("return", "down", "space", "escape", "escape").leave()


STUCK = """\
format: 1
title: The lift
facts: {key: You have the key.}
passages:
  hall:
    text: [The lift is here.]
    decision:
      ask: Now?
      choices:
        - {id: wait, text: Wait., goto: dark}
        - {id: stairs, text: Take the stairs., goto: roof}
        - {id: later, text: Come back later., goto: unwritten}
  dark:
    text: [The light goes out.]
    decision:
      ask: What now?
      choices:
        - {id: open, text: Open the door., goto: roof, if: key}
  roof:
    text: [You can see the sea.]
    ending: {title: The roof}
  unwritten:
    text: [It is Tuesday.]
    todo: What Dev says about the lift
"""


def _lift(tmp_path: Path) -> Path:
    folder = tmp_path / "lift"
    folder.mkdir()
    (folder / "lift.yaml").write_text(STUCK, encoding="utf-8")
    return folder


def test_a_story_that_gets_stuck_says_whose_slip_it_is_and_leads_back(start: Start, tmp_path: Path) -> None:
    pilot = start(course=_lift(tmp_path), scenario="lift")
    assert pilot.shows("The lift is here.")
    pilot.press("1")
    assert pilot.shows("The light goes out.", "The story stops here.", "a slip in the scenario, not in your play")
    pilot.press("return")
    assert pilot.shows("Now?", "Take the stairs.")
    pilot.press("2", "right")
    assert pilot.shows("The roof")


def test_a_part_still_to_be_written_says_what_is_to_happen_and_leads_back_or_home(start: Start, tmp_path: Path) -> None:
    pilot = start(course=_lift(tmp_path), scenario="lift")
    pilot.press("3")
    assert pilot.shows("This part is still to be written: What Dev says about the lift")
    pilot.press("left")
    assert pilot.shows("Now?")
    pilot.press("3").click("Back to the start page")
    assert pilot.shows("Begun.")


def _that_stumbles(folder: Path) -> Library:
    """The kettle's story, with nobody in it whom the second line could belong to: its page cannot be laid out."""
    library = load_course(folder)
    entry = library.entries[0]
    assert entry.scenario is not None
    return replace(library, entries=(replace(entry, scenario=replace(entry.scenario, people={})),))


def test_a_page_that_cannot_be_shown_gives_way_to_a_kind_one_with_the_trace_in_a_file(
    start: Start, kettle: Path, data: Path
) -> None:
    pilot = start(library=_that_stumbles(kettle), scenario="kettle")
    assert pilot.shows("The kettle is cold.")
    pilot.press("right")
    assert pilot.shows("Something went wrong", "It was not you.", "Your run is kept up to your last choice.")
    [trace] = (data / "traces").iterdir()
    assert "KeyError: 'ann'" in trace.read_text(encoding="utf-8")
    assert str(trace).replace(" ", "") in pilot.whole().replace(" ", "")
    pilot.press("return")
    assert pilot.shows("The kettle", "Begun.")
    assert pilot.stage.running


def test_a_stumble_loses_no_choice(start: Start, kettle: Path, data: Path) -> None:
    words = KETTLE.replace("- ann: Is there tea?", "- Tea, says Ann.")
    (kettle / "kettle.yaml").write_text(words, encoding="utf-8")
    pilot = start(library=_that_stumbles(kettle), scenario="kettle")
    pilot.press("end", "2")
    assert pilot.shows("Something went wrong")
    kept = Records.open(data, datetime.now).unfinished("kettle")
    assert kept is not None
    assert kept.choices == ("ask",)
    pilot.leave()
    mended = start(course=kettle, settings=None)
    mended.press("return")
    assert mended.shows("Cocoa.")


def test_the_kind_page_can_close_the_program(start: Start, kettle: Path) -> None:
    pilot = start(library=_that_stumbles(kettle), scenario="kettle")
    pilot.press("right").look()
    pilot.press("tab").look()
    assert pilot.focused == "Close Upstream"
    pilot.press("return")
    assert not pilot.stage.running
