"""Playing a story to its end and thinking it over: by keys, by mouse, with a clicker, forwards and back."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest

from game.authoring import load_course
from game.storage import Settings
from game.story import Scenario, Story, route_to
from tests.journeys.conftest import Start
from tests.pilot import Pilot, at_first_decision, shipped_course


def _endings() -> list[tuple[str, str]]:
    return [
        (entry.id, passage.id)
        for entry in shipped_course().entries
        if entry.scenario
        for passage in entry.scenario.passages.values()
        if passage.ending
    ]


def _story(scenario: str, ending: str) -> Story:
    """The shortest run to an ending."""
    found = _scenario(scenario)
    route = route_to(found, ending)
    assert route is not None
    return Story.replay(found, route)


def _scenario(id: str) -> Scenario:
    entry = shipped_course().entry(id)
    assert entry is not None
    assert entry.scenario is not None
    return entry.scenario


def _title(scenario: str, ending: str) -> str:
    found = _scenario(scenario).passages[ending].ending
    assert found is not None
    return found.title


def _by_number(pilot: Pilot, number: int) -> None:
    pilot.press(str(number))


def _by_arrows(pilot: Pilot, number: int) -> None:
    pilot.press(*["down"] * number, "return")


def _by_arrows_upwards(pilot: Pilot, number: int) -> None:
    pilot.press(*["up"] * (len(pilot.choices()) - number + 1), "space")


def _by_tab(pilot: Pilot, number: int) -> None:
    wanted = pilot.choices()[number - 1]
    pilot.until(lambda: pilot.focused == wanted, "tab").press("return")


def _by_tab_backwards(pilot: Pilot, number: int) -> None:
    wanted = pilot.choices()[number - 1]
    pilot.until(lambda: pilot.focused == wanted, "shift tab").press("space")


WAYS: tuple[Callable[[Pilot, int], None], ...] = (
    _by_number,
    _by_arrows,
    _by_tab,
    _by_arrows_upwards,
    _by_tab_backwards,
)
"""Every way to take a choice with keys."""


def _at_ending(pilot: Pilot) -> bool:
    return pilot.shows("The end of this road")


def _tell(pilot: Pilot, *keys: str) -> None:
    """Read on to the next decision or the end of the story."""
    turns = cycle(keys)
    for _ in range(300):
        if pilot.choices() or _at_ending(pilot):
            return
        pilot.press(next(turns))
    raise AssertionError(pilot.words())


def _number_of(story: Story, choice: str) -> int:
    return [offered.id for offered in story.choices].index(choice) + 1


@pytest.mark.parametrize(("scenario", "ending"), _endings())
def test_a_new_player_reaches_every_ending_by_keys_alone_and_reads_the_debrief(
    start: Start, scenario: str, ending: str
) -> None:
    pilot = start(settings=None)
    pilot.press("return")
    place = [entry.id for entry in shipped_course().entries].index(scenario)
    pilot.press(*["tab"] * place, "return")
    ways = cycle(WAYS)
    for step in _story(scenario, ending).steps[1:]:
        _tell(pilot, "space", "return", "right")
        assert step.before is not None
        next(ways)(pilot, _number_of(step.before, step.taken))
    _tell(pilot, "space", "return", "right")

    assert pilot.shows("The end of this road", _title(scenario, ending))
    pilot.press("return")
    seen = [pilot.whole()]
    while "What next?" not in pilot.whole():
        assert len(seen) < 12
        pilot.press("return")
        seen.append(pilot.whole())
    debrief = " ".join(seen)
    for heading in ("How was that?", "What happened", "A moment that mattered", "The workshop says", "One thing"):
        assert heading.split("A moment")[0] in debrief
    assert "1 of 6" in seen[0]
    assert "6 of 6" in seen[-1]
    assert pilot.focused == "Back to the start page"
    pilot.press("return")
    assert pilot.shows("The day job")


@pytest.mark.parametrize(("scenario", "ending"), _endings()[::3])
def test_a_player_with_a_mouse_alone_plays_to_an_ending_and_through_the_debrief(
    start: Start, scenario: str, ending: str
) -> None:
    pilot = start(settings=None, size=(1024, 600))
    pilot.click("Begin")
    while not pilot.shows(_scenario(scenario).title):
        pilot.wheel(1)
    _click_play(pilot, scenario)
    for step in _story(scenario, ending).steps[1:]:
        while not pilot.choices():
            pilot.click("Continue")
        assert step.before is not None
        pilot.click(next(offered.text for offered in step.before.choices if offered.id == step.taken))
    while not _at_ending(pilot):
        pilot.click("Continue")
    assert pilot.shows(_title(scenario, ending))
    pilot.click("Think it over")
    pilot.click("Mixed")
    assert pilot.shows("Thank you. It is for you alone.")
    while "What next?" not in pilot.whole():
        pilot.click("Next")
    pilot.click("Back to the start page")
    assert pilot.shows("The day job")


def _click_play(pilot: Pilot, scenario: str) -> None:
    for _ in range(50):
        thing = pilot.page.find(f"play-{scenario}")
        assert thing is not None
        if thing.rect.bottom < pilot.stage.metrics.height:
            pilot.click_at(*thing.rect.centre)
            return
        pilot.wheel(1)
    raise AssertionError("The wheel never reached it.")


def test_a_click_anywhere_on_the_picture_goes_on_but_at_a_decision_does_nothing(start: Start) -> None:
    pilot = start(scenario="late-again")
    before = pilot.words()
    pilot.click_at(640, 200)
    assert pilot.words() != before
    pilot.press("end")
    decision = pilot.words()
    pilot.click_at(100, 690)
    assert pilot.words() == decision


@pytest.mark.parametrize("button", [2, 3])
def test_the_other_mouse_buttons_choose_nothing(start: Start, button: int) -> None:
    pilot = start(scenario="late-again")
    pilot.press("end")
    before = pilot.words()
    thing = next(thing for thing in pilot.page.focusables() if thing.role == "choice")
    pilot.click_at(*thing.rect.centre, button=button)
    assert pilot.words() == before


@pytest.mark.parametrize(("scenario", "ending"), _endings()[::4])
@pytest.mark.parametrize("key", ["backspace", "left"])
def test_stepping_back_from_an_ending_shows_the_same_pages_as_far_as_the_start(
    start: Start, scenario: str, ending: str, key: str
) -> None:
    pilot = start(scenario=scenario)
    way = [pilot.words()]
    for step in (*_story(scenario, ending).steps[1:], None):
        while not (pilot.choices() or _at_ending(pilot)):
            pilot.press("right")
            way.append(pilot.words())
        if step is not None and step.before is not None:
            pilot.press(str(_number_of(step.before, step.taken)))
            way.append(pilot.words())
    assert _at_ending(pilot)

    back = [pilot.words()]
    for _ in way[1:]:
        pilot.press(key)
        back.append(pilot.words())
    assert back == way[::-1]
    pilot.press(key)
    assert pilot.words() == way[0]


def test_what_was_seen_before_a_choice_is_seen_again_after_another_choice_is_taken(start: Start, kettle: Path) -> None:
    pilot = start(course=kettle, scenario="kettle")
    pilot.press("end", "1", "end")
    assert pilot.shows("You both sit down.")
    pilot.press("left", "left", "left")
    assert pilot.shows("What do you do first?")
    pilot.press("2")
    assert pilot.shows("Cocoa.")
    assert not pilot.shows("The water runs.")


def test_the_log_shows_all_that_was_said_so_far_and_what_was_chosen(start: Start, kettle: Path) -> None:
    pilot = start(course=kettle, scenario="kettle")
    pilot.press("l")
    assert "The kettle is cold." in pilot.whole()
    assert "Is there tea?" not in pilot.whole()
    pilot.press("l", "end", "2", "right")
    here = pilot.words()
    pilot.click("What was said")
    read = pilot.whole()
    parts = ("The kettle is cold.", "Ann", "Is there tea?", "You chose", "Ask what she would like.", "Cocoa.")
    places = [read.index(part) for part in parts]
    assert places == sorted(places)
    assert "She gets the tin herself." in read
    assert "You both sit down." not in read
    pilot.press("escape")
    assert pilot.words() == here


@pytest.mark.parametrize("scenario", [entry.id for entry in shipped_course().entries])
def test_the_log_of_a_whole_run_has_every_line_that_was_told(start: Start, scenario: str) -> None:
    story = _story(scenario, next(ending for id, ending in _endings() if id == scenario))
    pilot = start(scenario=scenario)
    for step in story.steps[1:]:
        assert step.before is not None
        pilot.press("end", str(_number_of(step.before, step.taken)))
    _tell(pilot, "right")
    pilot.press("left", "l")
    read = pilot.whole()
    for step in story.steps:
        for visit in step.visits:
            for line in visit.lines:
                assert line.text.replace("*", "") in read


def test_escape_opens_and_closes_the_menu_on_every_page_of_a_run_and_ends_nothing(start: Start, kettle: Path) -> None:
    pilot = start(course=kettle, scenario="kettle")
    pages = ("right", "2", "right", "right", "1", "right", "right", "right", "right", "right", "right", "right")
    for key in ("", *pages):
        if key:
            pilot.press(key)
        here = pilot.words()
        pilot.press("escape")
        assert pilot.shows("Pause", "Your place is kept.")
        pilot.press("escape")
        assert pilot.words() == here
        assert pilot.stage.running
    assert pilot.shows("Thinking it over")


@pytest.mark.parametrize("way_out", ["escape", "return", "backspace", "page down"])
def test_the_menu_is_left_without_losing_the_place(start: Start, kettle: Path, way_out: str) -> None:
    pilot = start(course=kettle, scenario="kettle")
    pilot.press("end", "1", "right")
    here = pilot.words()
    pilot.press("escape", way_out)
    assert pilot.words() == here


def test_a_clicker_plays_on_and_back_and_its_start_button_only_opens_and_closes_the_menu(
    start: Start, kettle: Path
) -> None:
    pilot = start(course=kettle, scenario="kettle")
    pilot.press("page down")
    assert pilot.choices()
    pilot.press("page down", "page down")
    assert pilot.shows("What do you do first?")
    pilot.press("page up")
    assert pilot.shows("The kettle is cold.")
    first = pilot.words()
    pilot.press("page up", "f5")
    assert pilot.words() == first
    pilot.press("escape")
    assert pilot.shows("Pause")
    pilot.press("f5", "escape")
    assert pilot.words() == first
    pilot.press("page down", "1", "page down", "page down", "1", "page down")
    assert _at_ending(pilot)
    pilot.press("page down")
    assert pilot.shows("How was that?")
    pilot.press("page down", "page down", "page up")
    assert pilot.shows("What happened")


@pytest.mark.parametrize("key", ["space", "return", "right", "end", "page down", "page up", "home", "f5"])
def test_a_key_pressed_once_too_often_at_a_fresh_decision_chooses_nothing(start: Start, key: str) -> None:
    pilot = start(scenario="late-again")
    pilot.press("end")
    assert pilot.focused == ""
    offered = pilot.choices()
    pilot.press(key)
    if key == "page up":
        pilot.until(lambda: bool(pilot.choices()), "right")
    assert pilot.choices() == offered
    assert pilot.focused not in offered


@pytest.mark.parametrize("key", ["space", "return"])
def test_leaning_on_a_key_never_takes_a_choice(start: Start, key: str) -> None:
    pilot = start(scenario="late-again")
    pilot.press(*[key] * 80)
    if not pilot.choices():  # the log lies over it
        pilot.press("escape")
    assert pilot.choices() == [choice.text for choice in at_first_decision("late-again").choices]


def test_after_a_choice_is_picked_by_number_or_by_mouse_continue_has_the_focus(start: Start) -> None:
    pilot = start(scenario="late-again")
    pilot.press("end", "1")
    assert pilot.focused == "Continue"
    pilot.press("end").click(pilot.choices()[0])
    assert pilot.focused == "Continue"


def test_a_decision_come_back_to_has_no_focus_either(start: Start, kettle: Path) -> None:
    pilot = start(course=kettle, scenario="kettle")
    pilot.press("end", "down", "return")
    pilot.press("left")
    assert pilot.shows("What do you do first?")
    assert pilot.focused == ""


HUB = """\
format: 1
title: Round and round
passages:
  hub:
    text: [Sam waits.]
    decision:
      ask: What do you say?
      choices:
        - {id: ask, text: Ask how he is., goto: again}
        - {id: stop, text: Say goodbye., goto: over}
  again:
    text: [He is well.]
    decision:
      ask: And now?
      choices:
        - {id: ask, text: Ask once more., goto: hub}
        - {id: stop, text: Say goodbye now., goto: over}
  over:
    text: [He waves.]
    ending: {title: Goodbye}
"""


def test_no_choice_has_the_focus_where_one_decision_follows_straight_on_another(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "hub"
    folder.mkdir()
    (folder / "hub.yaml").write_text(HUB, encoding="utf-8")
    assert load_course(folder).entries[0].scenario is not None
    pilot = start(course=folder, scenario="hub")
    pilot.press("down", "return")
    assert pilot.shows("And now?")
    assert pilot.focused == ""
    pilot.press("return")
    assert pilot.shows("And now?")


@pytest.mark.parametrize("number", [1, 2, 3])
def test_on_a_french_keyboard_the_number_keys_pick_the_choice_printed_on_them(start: Start, number: int) -> None:
    pilot = start(scenario="late-again")
    pilot.press("end")
    picked = pilot.choices()[number - 1]
    written = {1: "&", 2: "é", 3: '"'}[number]
    pilot.strike(ord(written), unicode=written, scancode=29 + number)
    pilot.press("l")
    assert picked in pilot.whole()


def test_a_number_that_no_choice_has_does_nothing(start: Start) -> None:
    pilot = start(scenario="late-again")
    pilot.press("end")
    before = pilot.words()
    pilot.press("4", "9", "0")
    assert pilot.words() == before


def test_each_page_of_the_debrief_begins_at_its_top_even_after_the_one_before_was_read_to_its_end(
    start: Start,
) -> None:
    pilot = start(scenario="late-again", size=(1024, 600), settings=Settings(welcomed=True, text_size=200))
    for number in "1111":
        pilot.press("end", number)
    pilot.until(lambda: pilot.shows("How was that?"), "right")
    for _ in range(6):
        pilot.press("right")
        top = pilot.lines()[2].words
        pilot.wheel(50)
        pilot.press("right", "left")
        assert pilot.lines()[2].words == top


def test_keys_struck_faster_than_pages_are_drawn_are_each_answered_by_the_page_they_met(
    start: Start, kettle: Path
) -> None:
    slow, fast = start(course=kettle, scenario="kettle"), start(course=kettle, scenario="kettle")
    keys = ["end", "down", "return", "left", "return", "return", "escape", "down", "return"]
    for key in keys:
        slow.press(key).look()
    fast.press(*keys)
    assert fast.words() == slow.words()


LARGE = Settings(welcomed=True, keep_runs=False, text_size=200)


@pytest.mark.parametrize("way", ["p", "The picture"])
@pytest.mark.parametrize("back", ["p", "escape", "space", "left", "Back to the story"])
def test_with_large_text_the_picture_of_a_decision_is_one_key_away_and_one_key_back(
    start: Start, way: str, back: str
) -> None:
    pilot = start(scenario="late-again", settings=LARGE, size=(1024, 600)).press("end")
    before = pilot.words()
    assert pilot.shows("What do you do first?", "P shows the picture")

    pilot.press(way) if way == "p" else pilot.click(way)

    drawn = [(thing.look, thing.detail) for thing in pilot.page.root.walk() if thing.look in ("picture", "person")]
    assert drawn == [("picture", "hallway_arrives|Tuesday, 8.40"), ("person", "joy")]
    assert not pilot.shows("What do you do first?")
    pilot.click(back) if back[0] == "B" else pilot.press(back)
    assert pilot.words() == before


def test_the_picture_can_be_seen_alone_at_any_line(start: Start) -> None:
    pilot = start(scenario="late-again")
    assert not pilot.press("p").shows("The kitchen clock says 8.31.")
    assert pilot.press("space").shows("The kitchen clock says 8.31.")
