"""The first page as a street: every story a house that one can enter, with the keys and with the mouse."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from game.storage import Settings
from game.ui import Rect, Thing
from tests.journeys.conftest import KETTLE, Start
from tests.journeys.test_when_something_is_wrong import BROKEN
from tests.pilot import Pilot

KEPT = Settings(welcomed=True, keep_runs=True)

TO_THE_END = ("return", "end", "1", "end", "1", "right")
"""From the first page to the ending of the story that has the focus."""


def _course(folder: Path, stories: int, arcs: int = 1) -> Path:
    """A course of so many stories, in so many arcs."""
    folder.mkdir(exist_ok=True)
    names = [f"s{number:02d}" for number in range(1, stories + 1)]
    for number, name in enumerate(names, 1):
        text = KETTLE.replace("title: The kettle", f"title: The kettle {number}").replace(
            "is cold", f"is cold {number}"
        )
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    size = -(-stories // arcs)
    told = "".join(
        f"  - {{title: Street {place + 1}, scenarios: [{', '.join(names[place * size : (place + 1) * size])}]}}\n"
        for place in range(arcs)
    )
    (folder / "course.yaml").write_text(f"format: 1\ntitle: Tea\narcs:\n{told}", encoding="utf-8")
    return folder


def _houses(pilot: Pilot) -> list[Thing]:
    return [thing for thing in pilot.page.root.walk() if thing.look == "part" and thing.detail.startswith("house_")]


def _plot(pilot: Pilot, story: str) -> Thing:
    """The house of a story with its board, as they are on the page."""
    return next(thing for thing in pilot.page.root.walk() if any(key.endswith(f"-{story}") for key in thing.stands_for))


def _house(pilot: Pilot, story: str) -> Thing:
    return next(thing for thing in _plot(pilot, story).walk() if thing.look == "part")


def _in_view(pilot: Pilot, rect: Rect) -> bool:
    view = pilot.page.scroller()
    assert view is not None
    return rect.within(view.rect)


# ---- entering ---------------------------------------------------------------


def test_a_click_on_a_house_enters_its_story(start: Start) -> None:
    pilot = start()
    pilot.click_at(*_house(pilot, "the-visit").rect.centre)
    assert pilot.stage.screen.story.scenario.id == "the-visit"  # type: ignore[attr-defined]


def test_a_click_on_a_house_that_was_entered_before_goes_on_there(start: Start, kettle: Path) -> None:
    pilot = start(course=kettle)
    pilot.press("return", "end", "2", "right").leave()
    again = start(course=kettle, settings=None)
    again.click_at(*_house(again, "kettle").rect.centre)
    assert again.shows("You are where you left off.", "She gets the tin herself.")


def test_a_click_on_the_words_before_a_house_enters_too_and_the_second_button_still_does_what_it_says(
    start: Start, kettle: Path
) -> None:
    pilot = start(course=kettle)
    pilot.press("return", "end", "2", "right").leave()
    again = start(course=kettle, settings=None)
    again.click("Start again")
    assert again.shows("This begins the story anew.")
    again.press("escape")
    words = next(line for line in again.lines() if line.words.startswith("Ann wants tea"))
    again.click_at(*words.rect.centre)
    assert again.shows("She gets the tin herself.")


def test_a_click_beside_the_houses_does_nothing(start: Start, kettle: Path) -> None:
    pilot = start(course=kettle)
    before = pilot.words()
    house = _house(pilot, "kettle").rect
    pilot.click_at(house.right + 20, house.centre[1]).click_at(house.x - 20, house.centre[1]).click_at(20, 710)
    assert pilot.words() == before


def test_enter_on_the_focused_story_enters_it(start: Start) -> None:
    pilot = start()
    pilot.press("tab", "return")
    assert pilot.stage.screen.story.scenario.id == "who-decides"  # type: ignore[attr-defined]


def test_each_house_is_one_stop_for_the_keys_and_two_once_it_was_entered(start: Start, tmp_path: Path) -> None:
    course = _course(tmp_path / "course", 3)
    pilot = start(course=course)
    assert pilot.pressable()[:3] == ["Play", "Play", "Play"]
    pilot.press("tab", "return", "right").leave()
    again = start(course=course, settings=None)
    assert again.pressable()[:4] == ["Play", "Go on", "Start again", "Play"]
    assert again.focused == "Go on"
    again.press("tab")
    assert again.focused == "Start again"
    again.press("tab", "tab")
    assert again.focused == "With a group"
    again.press("tab")
    assert again.focused == "Settings"


def test_what_has_the_focus_is_read_out_with_the_name_of_its_story_its_state_and_its_length(
    start: Start, kettle: Path
) -> None:
    pilot = start(course=kettle)
    assert _plot(pilot, "kettle").name == "The kettle. New. About 10 minutes."
    assert pilot.stage.focus in _plot(pilot, "kettle").stands_for
    shipped = start()
    assert _plot(shipped, "who-decides").name.startswith("Who decides Thursdays? New. About ")


def test_the_mouse_over_a_house_shows_on_its_button_and_does_not_move_the_focus(start: Start) -> None:
    pilot = start()
    pilot.point(*_house(pilot, "the-visit").rect.centre)
    assert pilot.stage.hover == "play-the-visit"
    assert pilot.stage.focus == "play-late-again"


# ---- where one is -----------------------------------------------------------


def test_a_house_shows_that_its_story_is_new_begun_or_played_and_the_board_says_so(start: Start, kettle: Path) -> None:
    pilot = start(course=kettle, settings=KEPT)
    assert _house(pilot, "kettle").value.split()[0] == "new"
    assert pilot.shows("New", "About 10 minutes")
    pilot.press("return", "right").leave()

    begun = start(course=kettle, settings=None)
    assert _house(begun, "kettle").value.split()[0] == "begun"
    assert begun.shows("Begun. You are at decision 1.", "About 10 minutes", "Go on", "Start again")
    begun.press(*TO_THE_END)
    begun.until(lambda: "What next?" in begun.whole(), "right")
    begun.click("Back to the start page")

    assert _house(begun, "kettle").value.split()[0] == "played"
    assert begun.shows("Played", "About 10 minutes", "Play")
    begun.press("return", "right").leave()
    again = start(course=kettle, settings=None)
    assert _house(again, "kettle").value.split()[0] == "begun"
    assert again.shows("Begun. You are at decision 1.")


def test_a_scenario_with_mistakes_is_a_house_with_its_door_shut_that_leads_to_the_mistakes(
    start: Start, kettle: Path
) -> None:
    (kettle / "broken.yaml").write_text(BROKEN, encoding="utf-8")
    pilot = start(course=kettle)
    assert _house(pilot, "broken").value.split()[0] == "new"
    assert _plot(pilot, "broken").name == "broken. This scenario has mistakes. The others still play."
    pilot.click_at(*_house(pilot, "broken").rect.centre)
    assert "mistakes in broken.yaml" in pilot.whole()


# ---- courses of every length ------------------------------------------------


@pytest.mark.parametrize("stories", [1, 3, 7, 40])
def test_every_house_of_a_course_can_be_entered_with_the_keys(start: Start, tmp_path: Path, stories: int) -> None:
    pilot = start(course=_course(tmp_path / "course", stories, 2 if stories > 3 else 1))
    assert len(_houses(pilot)) == stories
    for number in range(1, stories + 1):
        assert pilot.stage.focus == f"play-s{number:02d}"
        assert _in_view(pilot, _plot(pilot, f"s{number:02d}").rect)
        assert pilot.shows(f"The kettle {number}")
        pilot.press("down")
    for number in range(stories, 0, -1):
        pilot.until(lambda key=f"play-s{number:02d}": pilot.stage.focus == key, "up")
        assert _in_view(pilot, _plot(pilot, f"s{number:02d}").rect)
    pilot.until(lambda: pilot.stage.focus == f"play-s{stories:02d}", "tab").press("return")
    assert pilot.shows(f"The kettle is cold {stories}.")


@pytest.mark.parametrize("stories", [1, 3, 7, 40])
def test_every_house_of_a_course_can_be_entered_with_the_mouse(start: Start, tmp_path: Path, stories: int) -> None:
    pilot = start(course=_course(tmp_path / "course", stories))
    last = f"s{stories:02d}"
    for _ in range(200):
        if _in_view(pilot, _house(pilot, last).rect):
            break
        pilot.wheel(1)
    pilot.click_at(*_house(pilot, last).rect.centre)
    assert pilot.shows(f"The kettle is cold {stories}.")


def test_the_streets_bear_the_names_of_the_arcs_in_their_order(start: Start, tmp_path: Path) -> None:
    pilot = start(course=_course(tmp_path / "course", 7, 3))
    read = pilot.whole()
    assert read.index("Street 1") < read.index("The kettle 3") < read.index("Street 2")
    assert read.index("Street 2") < read.index("The kettle 4") < read.index("Street 3") < read.index("The kettle 7")


def test_neighbours_differ_in_their_fronts_and_doors(start: Start, tmp_path: Path) -> None:
    pilot = start(course=_course(tmp_path / "course", 12))
    houses = [(thing.detail, thing.value) for thing in _houses(pilot)]
    assert len(set(houses)) == 12
    for (front, door), (next_front, next_door) in pairwise(houses):
        assert front != next_front
        assert door != next_door


def test_a_course_without_a_scenario_is_a_town_without_houses_to_enter_and_says_why(
    start: Start, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    pilot = start(course=empty)
    assert pilot.shows(f"There is no scenario in this folder yet: {empty}")
    assert _houses(pilot) == []
    assert pilot.pressable() == ["Settings", "Close Upstream"]


def test_with_large_text_the_words_come_first_and_the_house_can_still_be_pressed(start: Start) -> None:
    pilot = start(settings=Settings(welcomed=True, text_size=200))
    house = _house(pilot, "late-again")
    title = next(line for line in pilot.lines() if line.words == "Late again")
    assert title.rect.right < house.rect.x
    assert house.rect.w < pilot.stage.metrics.width // 2
    pilot.click_at(*house.rect.centre)
    assert pilot.stage.screen.story.scenario.id == "late-again"  # type: ignore[attr-defined]
