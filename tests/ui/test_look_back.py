"""Real pixels of the ending and the debrief: the place fills the window, the road and the square are drawn where they
say they are."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pygame
import pytest

from game.pictures import moment_of, track_of
from game.screens.debrief import DebriefScreen
from game.screens.ending import EndingScreen
from game.storage import Settings
from game.story import Story
from game.ui import Screen, Swap, Thing, theme
from tests.pilot import Pilot, shipped_course

Open = Callable[..., Pilot]

SWIM: Final = ("ask-marcus", "mum", "two-ideas", "hold-back")
SIZES: Final = ((1024, 600), (1280, 720), (1920, 1080), (1024, 768), (640, 400), (3440, 1440))


@pytest.fixture
def open_at(tmp_path: Path) -> Iterator[Open]:
    """Opens the window at a size and a text size, on a screen of the worked example's run."""
    opened: list[Pilot] = []

    def opener(size: tuple[int, int], text_size: int, card: str = "") -> Pilot:
        folder = tmp_path / f"{len(opened)}"
        settings = Settings(welcomed=True, text_size=text_size)
        pilot = Pilot(folder, folder / "desk", size=size, settings=settings)
        opened.append(pilot)
        pilot.stage.carry_out(Swap(_screen(pilot, card)))
        return pilot

    yield opener
    for pilot in opened:
        pilot.close()


def _screen(pilot: Pilot, card: str) -> Screen:
    entry = shipped_course().entry("late-again")
    assert entry is not None
    assert entry.scenario is not None
    story = Story.replay(entry.scenario, SWIM)
    if not card:
        return EndingScreen(pilot.services, story, None)
    screen = DebriefScreen(pilot.services, story, None)
    screen.place = next(place for place, one in enumerate(screen.cards) if one.name == card)
    return screen


def _only(pilot: Pilot, look: str) -> Thing:
    [thing] = [thing for thing in pilot.page.root.walk() if thing.look == look]
    return thing


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text_size", [100, 200])
def test_the_ending_s_picture_fills_what_the_card_leaves_and_the_title_is_all_in_view(
    open_at: Open, size: tuple[int, int], text_size: int
) -> None:
    pilot = open_at(size, text_size)
    ground, card, bar = pilot.page.find("ground"), pilot.page.find("card"), pilot.page.find("bar")
    assert ground is not None
    assert card is not None
    assert bar is not None
    assert (ground.rect.x, ground.rect.y, ground.rect.w) == (0, bar.rect.bottom, size[0])
    assert ground.rect.bottom == size[1] or ground.rect.bottom < card.rect.y
    assert _only(pilot, "picture").rect.meet(ground.rect) == ground.rect
    assert ground.rect.h >= (size[1] - bar.rect.bottom) * 0.25
    for x in (0, size[0] - 1):
        for y in (ground.rect.y + 1, ground.rect.centre[1], ground.rect.bottom - 1):
            assert pilot.pixel(x, y) not in ("#000000", theme.PAPER)
    assert pilot.shows("The end of this road", "The eleven o’clock swim", "Think it over")


@pytest.mark.parametrize(("size", "text_size"), [((1280, 720), 100), ((1024, 600), 100), ((1920, 1080), 100)])
def test_the_ending_s_card_is_low_at_the_left_and_leaves_more_than_half_of_the_picture(
    open_at: Open, size: tuple[int, int], text_size: int
) -> None:
    pilot = open_at(size, text_size)
    card = pilot.page.find("card")
    assert card is not None
    assert card.rect.x < size[0] * 0.05
    assert card.rect.bottom > size[1] * 0.92
    assert card.rect.y > size[1] * 0.6
    assert card.rect.w * card.rect.h < size[0] * size[1] * 0.2


def test_the_ending_s_picture_is_the_place_itself_with_no_veil_over_it(open_at: Open) -> None:
    pilot = open_at((1280, 720), 100)
    thing, card = _only(pilot, "picture"), pilot.page.find("card")
    assert card is not None
    name, _, when = thing.detail.partition("|")
    svg = pilot.services.pictures.place(name, moment_of(when))
    size = f'width="{thing.rect.w}" height="{thing.rect.h}" preserveAspectRatio="xMidYMid slice"'
    place = pygame.image.load(io.BytesIO(svg.replace(">", f" {size}>", 1).encode()), "place.svg")
    for x in range(5, 1280, 91):
        for y in range(70, card.rect.y - 40, 37):
            drawn = "#{:02x}{:02x}{:02x}".format(*place.get_at((x - thing.rect.x, y - thing.rect.y))[:3])
            assert pilot.pixel(x, y) == drawn, (x, y)


@pytest.mark.parametrize(("size", "text_size"), [((1280, 720), 100), ((1024, 600), 100), ((1280, 720), 200)])
def test_the_road_is_drawn_from_stop_to_stop_in_a_thick_line(
    open_at: Open, size: tuple[int, int], text_size: int
) -> None:
    pilot = open_at(size, text_size, "road")
    road = _only(pilot, "road")
    track = track_of(road.detail)
    assert len(track.stops) == 4
    down = track.stops[0].x == track.stops[1].x
    assert down == (text_size == 200)
    view = pilot.page.scroller()
    assert view is not None
    x, y = round(track.stops[0].x), round(track.stops[0].y)
    step = round(track.radius * 1.6)
    on = (road.rect.x + x, road.rect.y + y + step) if down else (road.rect.x + x + step, road.rect.y + y)
    if view.rect.holds(*on):
        assert pilot.pixel(*on) == theme.TEAL_DK
    if not down:
        for stop, after in zip(track.stops, track.stops[1:], strict=False):
            middle = road.rect.x + round((stop.x + after.x) / 2)
            assert pilot.pixel(middle, road.rect.y + y) == theme.TEAL_DK
        end = road.rect.x + round(track.end[0]), road.rect.y + round(track.end[1])
        assert pilot.pixel(*end) == theme.AMBER


def test_all_of_the_road_is_in_view_at_once_at_1280_by_720(open_at: Open) -> None:
    pilot = open_at((1280, 720), 100, "road")
    view = pilot.page.scroller()
    assert view is not None
    assert _only(pilot, "road").rect.within(view.rect)


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_the_square_is_cut_at_half_and_its_last_point_is_ringed_in_amber(open_at: Open, size: tuple[int, int]) -> None:
    pilot = open_at(size, 100, "roles")
    square = _only(pilot, "square")
    x, y = square.rect.centre
    assert pilot.pixel(x, square.rect.y + square.rect.h // 4) != theme.CARD
    assert pilot.pixel(square.rect.x + square.rect.w // 4, y) != theme.CARD
    assert pilot.pixel(square.rect.x + square.rect.w // 4, square.rect.y + square.rect.h // 4) == theme.CARD
    seen = {
        (pilot.pixel(x, y), y)
        for x in range(square.rect.right - square.rect.w // 5, square.rect.right)
        for y in range(square.rect.y, square.rect.bottom)
    }
    ringed = sorted(y for colour, y in seen if colour == theme.AMBER)
    radius = float(square.value)
    edge = radius * 1.35 + radius * 0.14
    last = square.rect.bottom - edge - (square.rect.h - 2 * edge) * 3 / 8
    assert (ringed[0] + ringed[-1]) / 2 == pytest.approx(last, abs=3)


def test_a_bar_is_filled_as_far_as_its_share(open_at: Open) -> None:
    pilot = open_at((1280, 720), 100, "roles")
    manager, leader = (thing for thing in pilot.page.root.walk() if thing.look == "share")
    y = manager.rect.centre[1]
    assert pilot.pixel(manager.rect.x + round(manager.rect.w * 3 / 8) - 14, y) == theme.TEAL_DK
    assert pilot.pixel(manager.rect.x + round(manager.rect.w * 3 / 8) + 4, y) == theme.CARD
    assert pilot.pixel(leader.rect.right - 14, leader.rect.centre[1]) == theme.TEAL_DK


def test_a_portrait_is_round_and_lies_on_the_card(open_at: Open) -> None:
    pilot = open_at((1280, 720), 100, "what-happened")
    faces = [thing.rect for thing in pilot.page.root.walk() if thing.look == "portrait"]
    assert len(faces) == 3
    for face in faces:
        assert face.w == face.h
        assert pilot.pixel(face.x + 2, face.y + 2) == theme.PAPER
        assert pilot.pixel(*face.centre) not in (theme.PAPER, theme.TEAL_TINT)
