"""What is there tomorrow: the unfinished run, finished runs if they are wanted, and nothing once it is deleted."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from game.storage import Records, Settings
from tests.journeys.conftest import KETTLE, Start
from tests.pilot import Pilot, at_first_decision

TO_THE_END = ("end", "1", "end", "1", "right")
"""From the first line of the kettle's story to its ending's page."""


def _finish(pilot: Pilot, *, answer: str = "") -> None:
    """From the ending's page through the debrief to its last card, answering on the way whether runs are kept."""
    pilot.until(lambda: "One thing" in pilot.whole(), "right")
    if answer:
        pilot.click(answer)
    pilot.until(lambda: "What next?" in pilot.whole(), "right")


def test_closing_the_window_in_the_middle_and_opening_it_again_goes_on_at_the_same_line(start: Start) -> None:
    pilot = start()
    pilot.press("return", "end", "2", "right")
    line = pilot.page.find("line-2")
    assert line is not None
    pilot.leave()

    again = start(settings=None)
    assert again.shows("Begun. You are at decision 2.")
    assert again.focused == "Go on"
    again.press("return")
    assert again.shows("You are where you left off.", line.name)
    again.press("right")
    assert not again.shows("You are where you left off.")


def test_the_run_goes_on_after_several_restarts_and_steps_back_as_far_as_the_start(start: Start, kettle: Path) -> None:
    for keys in (("return", "right"), ("return", "2"), ("return", "right")):
        pilot = start(course=kettle)
        pilot.press(*keys)
        pilot.leave()
    pilot = start(course=kettle)
    pilot.press("return")
    assert pilot.shows("She gets the tin herself.")
    pilot.press(*["left"] * 6)
    assert pilot.shows("The kettle is cold.")
    assert not pilot.shows("Is there tea?")


def test_closing_at_the_ending_or_in_the_debrief_keeps_the_run_until_it_was_thought_over(
    start: Start, kettle: Path
) -> None:
    pilot = start(course=kettle, scenario="kettle")
    pilot.press(*TO_THE_END)
    assert pilot.shows("Two cups")
    pilot.press("right", "right")
    pilot.leave()
    again = start(course=kettle, settings=None)
    again.press("return")
    assert again.shows("The cups are empty.")
    again.press("right")
    assert again.shows("Two cups")


def test_start_again_begins_at_the_first_line_and_the_old_place_is_gone(start: Start, kettle: Path) -> None:
    pilot = start(course=kettle, scenario="kettle")
    pilot.press("end", "2", "right")
    pilot.press("escape").click("Start this story again")
    assert pilot.shows("This begins the story anew. The place you are at is not kept.")
    pilot.click("Keep my place").click("Start this story again").click("Start again")
    assert pilot.shows("The kettle is cold.")
    pilot.leave()
    again = start(course=kettle, settings=None)
    assert again.shows("Begun. You are at decision 1.")
    again.click("Start again").click("Start again")
    assert again.shows("The kettle is cold.")


def test_a_scenario_edited_in_between_goes_on_as_far_as_it_fits_and_says_so(start: Start, kettle: Path) -> None:
    pilot = start(course=kettle, scenario="kettle")
    pilot.press("end", "1", "end", "2")
    assert pilot.shows("The tea goes cold.")
    pilot.leave()
    (kettle / "kettle.yaml").write_text(KETTLE.replace("id: leave", "id: go"), encoding="utf-8")

    again = start(course=kettle, settings=None)
    assert again.shows("Begun. You are at decision 2.")
    again.press("return")
    assert again.shows("This scenario was changed since you played.", "The water runs.")
    again.press("end")
    assert again.shows("And then?")
    again.press("l")
    assert "Fill the kettle." in again.whole()


def test_a_scenario_whose_words_alone_were_edited_goes_on_at_the_same_step_with_the_new_words(
    start: Start, kettle: Path
) -> None:
    pilot = start(course=kettle, scenario="kettle")
    pilot.press("end", "1")
    pilot.leave()
    (kettle / "kettle.yaml").write_text(KETTLE.replace("The water runs.", "The tap coughs."), encoding="utf-8")
    again = start(course=kettle, settings=None)
    again.press("return")
    assert again.shows("The tap coughs.")


def test_a_scenario_that_is_gone_leaves_the_others_as_they_were(start: Start, kettle: Path) -> None:
    start(course=kettle, scenario="kettle").press("end", "1").leave()
    (kettle / "kettle.yaml").rename(kettle / "other.yaml")
    again = start(course=kettle, settings=None)
    assert again.shows("The kettle", "New")


def test_finished_runs_are_asked_about_once_and_kept_only_on_yes(start: Start, kettle: Path, data: Path) -> None:
    pilot = start(course=kettle, scenario="kettle")
    pilot.press(*TO_THE_END)
    _finish(pilot, answer="Keep my runs")
    pilot.click("Back to the start page")
    assert pilot.shows("Played")
    pilot.press("return", *TO_THE_END)
    seen = []
    while "What next?" not in pilot.whole():
        pilot.press("right")
        seen.append(pilot.whole())
    assert "Keep this run on this computer" not in " ".join(seen)
    pilot.leave()
    assert [attempt.ending for attempt in Records.open(data, datetime.now).attempts()] == ["warm", "warm"]
    assert start(course=kettle, settings=None).shows("Played")


@pytest.mark.parametrize("answer", ["Do not keep them", ""])
def test_a_finished_run_is_not_kept_without_a_yes(start: Start, kettle: Path, data: Path, answer: str) -> None:
    pilot = start(course=kettle, scenario="kettle")
    pilot.press(*TO_THE_END)
    _finish(pilot, answer=answer)
    pilot.click("Back to the start page")
    assert pilot.shows("New")
    assert not pilot.shows("Begun")
    pilot.leave()
    kept = Records.open(data, datetime.now)
    assert kept.attempts() == ()
    assert kept.all_unfinished() == {}


def test_going_back_to_change_a_yes_into_a_no_leaves_nothing_of_the_run(start: Start, kettle: Path, data: Path) -> None:
    pilot = start(course=kettle, scenario="kettle")
    pilot.press(*TO_THE_END)
    _finish(pilot, answer="Keep my runs")
    pilot.press("left", "left").click("Do not keep them")
    pilot.press("right", "right")
    pilot.leave()
    assert Records.open(data, datetime.now).attempts() == ()


def test_going_back_from_the_debrief_and_finishing_leaves_no_begun_run_behind(start: Start, kettle: Path) -> None:
    pilot = start(course=kettle, scenario="kettle")
    pilot.press(*TO_THE_END)
    pilot.until(lambda: "Go back to this moment" in pilot.whole(), "right")
    pilot.click("Go back to this moment")
    pilot.until(lambda: pilot.shows("The end of this road"), "1", "end", "right")
    _finish(pilot)
    pilot.click("Back to the start page")
    assert not pilot.shows("Begun")


def test_delete_everything_asks_first_and_no_is_the_answer_with_the_focus(start: Start, data: Path) -> None:
    pilot = start(scenario="late-again")
    pilot.press("end", "1", "escape").click("Settings")
    pilot.click("Delete everything")
    assert pilot.shows("This deletes every unfinished and finished run", "It cannot be undone.")
    assert pilot.focused == "Keep it"
    pilot.press("return")
    assert data.exists()
    assert not pilot.shows("Everything is deleted.")


def test_delete_everything_leaves_nothing(start: Start, kettle: Path, data: Path) -> None:
    pilot = start(course=kettle, settings=Settings(welcomed=True, text_size=125, keep_runs=True))
    pilot.press("return", *TO_THE_END)
    _finish(pilot)
    pilot.click("Play again" if "Play again" in pilot.pressable() else "Start again")
    pilot.press("end", "2", "escape").click("Settings")
    pilot.click("Delete everything").click("Delete it all")
    assert pilot.shows("Everything is deleted.")
    assert not data.exists()
    assert "Nothing is kept yet." in pilot.whole()
    pilot.press("escape").click("Back to the start page")
    assert not pilot.shows("Begun")
    assert not pilot.shows("Played")
    pilot.leave()
    assert not data.exists()
    assert start(course=kettle, settings=None).shows("Before you begin")


def test_two_windows_at_once_each_keep_their_run(start: Start, data: Path) -> None:
    one = start(scenario="late-again")
    two = start(scenario="who-decides", settings=None)
    one.press("end", "1")
    two.press("end", "2")
    one.press("right")
    two.press("right")
    assert one.shows("Late again")
    assert two.shows("Who decides Thursdays?")
    kept = Records.open(data, datetime.now).all_unfinished()
    assert {name: save.choices for name, save in kept.items()} == {
        "late-again": (at_first_decision("late-again").choices[0].id,),
        "who-decides": (at_first_decision("who-decides").choices[1].id,),
    }
    assert start(settings=None).words().count("Begun. You are at decision 2.") == 2


def test_a_window_opened_beside_another_sees_its_settings_and_its_runs(start: Start) -> None:
    one = start(scenario="late-again")
    one.press("end", "1", "t")
    two = start(settings=None)
    assert two.stage.metrics.scale == 1.25
    assert two.shows("Begun. You are at decision 2.")


def test_deleting_everything_in_one_window_does_not_stop_the_run_in_another(start: Start, data: Path) -> None:
    one = start(scenario="late-again")
    one.press("end", "1")
    two = start(settings=None)
    two.press("escape").click("Delete everything").click("Delete it all")
    assert not data.exists()
    one.press("right", "end", "1")
    assert one.shows("Late again")
    kept = Records.open(data, datetime.now).unfinished("late-again")
    assert kept is not None
    assert len(kept.choices) == 2


def test_a_folder_that_cannot_be_written_to_is_told_once_and_the_story_goes_on(start: Start, data: Path) -> None:
    data.write_text("a file where the folder should be", encoding="utf-8")
    pilot = start(settings=None)
    pilot.press("return")
    assert pilot.shows("Nothing can be saved in", "Late again")
    pilot.press("return")
    pilot.until(lambda: bool(pilot.choices()), "return")
    assert pilot.choices() == [choice.text for choice in at_first_decision("late-again").choices]
    pilot.press("1")
    assert not pilot.shows("Nothing can be saved in")


@pytest.mark.parametrize("size", [(1280, 720), (1024, 600), (640, 400)])
def test_the_story_one_is_in_has_the_focus_on_the_first_page_and_is_in_view(
    start: Start, size: tuple[int, int]
) -> None:
    pilot = start(scenario="the-visit", settings=Settings(welcomed=True, text_size=200))
    pilot.press("right").leave()
    again = start(size=size, settings=None)
    assert again.focused == "Go on"
    thing = again.page.find(again.stage.focus)
    view = again.page.scroller()
    assert thing is not None
    assert view is not None
    assert thing.rect.within(view.rect)
    again.press("return")
    assert "The visit" in again.whole()


def test_what_has_the_focus_stays_in_view_when_the_text_grows(start: Start) -> None:
    pilot = start(scenario="late-again", size=(1024, 600))
    pilot.press("end", "up")
    for _ in range(4):
        pilot.press("t")
        thing = pilot.page.find(pilot.stage.focus)
        view = pilot.page.scroller()
        assert thing is not None
        assert view is not None
        assert thing.rect.within(view.rect)
