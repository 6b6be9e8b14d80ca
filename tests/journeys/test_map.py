"""Walking about on the map of a story in the real window: keys, mouse, and a passage read beside it."""

from __future__ import annotations

import re

import pygame
import pytest

from game.screens.map import MapScreen, road_through
from game.story import Ending, Line, Passage, Scenario, Story, prove
from game.ui import Push, Rect, Thing, theme, visible
from tests.journeys.conftest import Start
from tests.pilot import Pilot

RUN = ("drive", "hear-marcus", "plan", "warn")


@pytest.fixture
def pilot(start: Start) -> Pilot:
    """The window after a run, with the road through the story on screen."""
    pilot = start(size=(1920, 1080))
    story = Story.replay(scenario_of(pilot), RUN)
    pilot.stage.carry_out(Push(road_through(story, pilot.services.course)))
    return pilot.look()


def scenario_of(pilot: Pilot, id: str = "late-again") -> Scenario:
    entry = pilot.services.library.entry(id)
    assert entry is not None
    assert entry.scenario is not None
    return entry.scenario


def spot(pilot: Pilot, passage: str) -> Thing:
    thing = pilot.page.find(f"passage:{passage}")
    assert thing is not None
    return thing


def beside(pilot: Pilot) -> str:
    """What stands in the panel."""
    view = pilot.page.scroller()
    assert view is not None
    return " ".join(thing.name for thing in view.walk() if thing.text)


def drag(pilot: Pilot, start: tuple[int, int], to: tuple[int, int]) -> None:
    for kind, pos, held in (
        (pygame.MOUSEMOTION, start, 0),
        (pygame.MOUSEBUTTONDOWN, start, 1),
        (pygame.MOUSEMOTION, to, 1),
        (pygame.MOUSEBUTTONUP, to, 0),
        (pygame.MOUSEMOTION, to, 0),
    ):
        where = {"buttons": (held, 0, 0), "rel": (1, 1)} if kind == pygame.MOUSEMOTION else {"button": 1}
        pygame.event.post(pygame.event.Event(kind, pos=pos, touch=False, **where))
    pilot.pump()


def test_the_whole_map_is_seen_at_first_with_the_road_that_was_taken(pilot: Pilot) -> None:
    assert pilot.shows("Your road through it: Late again", "What do you do first?", "The eleven o’clock swim", "27 %")
    view = spot(pilot, "kitchen").rect
    window = Rect(0, 0, 1920, 1080)
    for passage in scenario_of(pilot).passages:
        assert spot(pilot, passage).rect.within(window)
    assert pilot.words().count("your choice") == 4
    assert view.w > 0


def test_tab_goes_from_passage_to_passage_and_each_is_read_beside_the_map(pilot: Pilot) -> None:
    assert pilot.stage.focus == "passage:kitchen"
    assert "Is Joy coming?" in beside(pilot)
    pilot.press("tab")
    assert pilot.stage.focus == "passage:arrives"
    told = beside(pilot)
    assert told.startswith("Tuesday, 8.40 · Wren Lane, hallway Passage arrives")
    assert "Drive Marcus to the pool yourself, and see Joy when you are back. your choice" in told
    assert "leader-like (manager 0, leader 1)" in told
    assert "The organisation's patience falls by 1. Angela rang you at nine and got no answer." in told
    pilot.press("shift tab")
    assert "Is Joy coming?" in beside(pilot)


def test_every_passage_can_be_come_to_with_tab_and_is_then_in_view(pilot: Pilot) -> None:
    pilot.press("plus", "plus", "plus", "plus")
    seen = set()
    for _ in range(len(pilot.page.focusables())):
        pilot.press("tab")
        if pilot.stage.focus.startswith("passage:"):
            seen.add(pilot.stage.focus.removeprefix("passage:"))
            focused, map_ = pilot.page.find(pilot.stage.focus), pilot.page.find("map")
            assert focused is not None
            assert map_ is not None
            assert focused.rect.w > map_.rect.w or focused.rect.within(map_.rect)
    assert seen == set(scenario_of(pilot).passages)


def test_a_click_on_a_passage_or_on_one_of_its_choices_shows_it_and_moves_nothing(pilot: Pilot) -> None:
    before = spot(pilot, "friday").rect
    pilot.click_at(*before.centre)
    assert "What do you send her?" in beside(pilot)
    assert spot(pilot, "friday").rect == before
    where = next(line.rect for line in pilot.lines() if line.words.startswith("Leave the dates in your bag"))
    pilot.click_at(*where.centre)
    assert "How do you start?" in beside(pilot)


def test_dragging_and_the_arrow_keys_move_the_map(pilot: Pilot) -> None:
    before = spot(pilot, "two-oclock").rect
    drag(pilot, before.centre, (before.centre[0] - 120, before.centre[1] + 45))
    assert spot(pilot, "two-oclock").rect == before.moved(-120, 45)
    pilot.press("right", "down")
    moved = spot(pilot, "two-oclock").rect
    assert moved.x < before.x - 120
    assert moved.y < before.y + 45
    pilot.press("left", "up")
    assert spot(pilot, "two-oclock").rect == before.moved(-120, 45)
    pilot.point(400, 700)
    assert spot(pilot, "two-oclock").rect == before.moved(-120, 45)


def test_plus_minus_and_the_wheel_go_nearer_and_farther_and_home_shows_it_all(pilot: Pilot) -> None:
    before = spot(pilot, "two-oclock").rect
    pilot.press("plus")
    assert spot(pilot, "two-oclock").rect.w == pytest.approx(before.w * 1.25, abs=4)
    pilot.press("minus")
    assert spot(pilot, "two-oclock").rect == before
    pilot.point(*before.centre).wheel(-3)
    near = spot(pilot, "two-oclock").rect
    assert near.w > before.w * 1.3
    assert near.centre == pytest.approx(before.centre, abs=3)
    pilot.press("home")
    assert spot(pilot, "two-oclock").rect == before
    pilot.click("Nearer").click("See it all")
    assert spot(pilot, "two-oclock").rect == before


def test_the_wheel_over_the_passage_scrolls_it_and_leaves_the_map(pilot: Pilot) -> None:
    pilot.press("tab")
    before, shown = spot(pilot, "arrives").rect, pilot.words()
    pilot.point(1800, 700).wheel(6)
    assert spot(pilot, "arrives").rect == before
    assert pilot.words() != shown


def test_words_too_small_to_read_are_left_out_and_come_back(pilot: Pilot) -> None:
    pilot.press(*["minus"] * 2)
    pilot.resize(640, 400).press("home")
    assert not any(thing.name.startswith("See Joy now") for thing in visible(pilot.page) if thing.role == "text")
    pilot.press(*["plus"] * 6)
    assert any(thing.text for thing in visible(pilot.page) if thing.look == "text")


def test_esc_goes_back_to_where_one_came_from(pilot: Pilot) -> None:
    assert isinstance(pilot.screen, MapScreen)
    pilot.press("escape")
    assert not isinstance(pilot.screen, MapScreen)


@pytest.mark.parametrize("size", [(1024, 600), (1280, 720), (1920, 1080), (1024, 768)])
@pytest.mark.parametrize("scenario", ["late-again", "who-decides", "the-visit"])
def test_words_of_choices_can_be_read_when_the_map_opens(start: Start, size: tuple[int, int], scenario: str) -> None:
    pilot = start(size=size)
    story = scenario_of(pilot, scenario)
    pilot.stage.carry_out(Push(MapScreen(story, prove(story))))
    letters = [thing.text.px for thing in pilot.page.root.walk() if thing.text and thing.text.style == "map-words"]
    assert letters
    assert min(letters) >= 10


def test_the_map_keeps_to_the_colours_of_the_window(pilot: Pilot) -> None:
    shapes = pilot.page.find("map")
    assert shapes is not None
    colours = {value for value in vars(theme).values() if isinstance(value, str) and value.startswith("#")}
    assert set(re.findall(r"#[0-9a-f]{6}", shapes.detail)) <= colours


def test_a_story_too_large_for_the_window_is_refused_kindly(start: Start) -> None:
    pilot = start()
    passages = {f"p{n}": Passage(f"p{n}", (Line("On."),), ending=Ending("End")) for n in range(401)}
    large = Scenario("large", "Large", "p0", passages)
    pilot.stage.carry_out(Push(MapScreen(large, prove(large))))
    assert pilot.shows("This story has 401 passages, too many for a map in the window.")
    pilot.press("tab", "plus", "home", "right", "escape")
    assert not isinstance(pilot.screen, MapScreen)


def test_the_focus_is_framed_in_amber_on_screen(pilot: Pilot) -> None:
    rect = spot(pilot, "kitchen").rect
    edge = {pilot.pixel(rect.centre[0], y) for y in range(rect.y - 12, rect.y + 1)}
    assert "#f2b544" in edge
    pilot.press("tab")
    assert "#f2b544" not in {pilot.pixel(rect.centre[0], y) for y in range(rect.y - 12, rect.y + 1)}
