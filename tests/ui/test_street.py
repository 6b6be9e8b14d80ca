"""The street of the first page: houses in a row by their rectangles, their states by their pixels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import combinations, pairwise
from pathlib import Path

import pygame
import pytest

from game.app import shipped
from game.authoring import load_course
from game.pictures import Kit
from game.screens.home import HomeScreen
from game.screens.services import Services
from game.storage import Records, Save, Settings
from game.story import Story
from game.ui import Metrics, Page, Rect, Thing, Type, content_bottom, theme
from tests.pilot import Pilot
from tests.ui.conftest import course_of
from tests.ui.test_layout import SCALES, SIZES

NOW = datetime(2026, 11, 23, 8, 31, tzinfo=UTC)
FRONTS = ("house_a", "house_b", "house_c", "house_d")
STATES = ("new", "begun", "played")

Street = Callable[[int], HomeScreen]


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Street:
    """The first page of a course of so many stories in three arcs, every second one begun; each made once."""
    made: dict[int, HomeScreen] = {}

    def screen(stories: int) -> HomeScreen:
        if stories not in made:
            folder = tmp_path_factory.mktemp("street")
            library = load_course(course_of(folder / "course", stories, min(stories, 3)))
            records = Records.open(folder / "data", lambda: NOW)
            for entry in library.entries[1::2]:
                assert entry.scenario is not None
                begun = Story.begin(entry.scenario).choose("wait")
                records.keep(Save(entry.id, entry.id, entry.scenario.digest, begun.path, 1, NOW, NOW))
            kit = Kit(shipped("assets") / "art")
            made[stories] = HomeScreen(Services(library, records, lambda: NOW, lambda _: None, folder, kit))
        return made[stories]

    return screen


def _all(page: Page, look: str) -> list[Thing]:
    return [thing for thing in page.root.walk() if thing.look == look]


def _houses(page: Page) -> list[Rect]:
    return [thing.rect for thing in _all(page, "part") if thing.detail in FRONTS]


def _rows(rects: list[Rect]) -> list[list[Rect]]:
    """What has one lower edge, from the left to the right; the uppermost row first."""
    return [sorted(rect for rect in rects if rect.bottom == edge) for edge in sorted({rect.bottom for rect in rects})]


# ---- where they stand -------------------------------------------------------


@pytest.mark.parametrize("stories", [1, 2, 3, 7, 40])
@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("size", SIZES)
def test_houses_stand_in_rows_and_every_word_is_on_its_board(
    street: Street, type_: Type, size: tuple[int, int], scale: float, stories: int
) -> None:
    metrics = Metrics(*size, scale, type_)
    page = street(stories).page(metrics)
    plots = [thing for thing in page.root.walk() if thing.stands_for]
    assert len(plots) == stories
    for one, other in combinations(plots, 2):
        assert not _meet(one.rect, other.rect)
    for plot in plots:
        board = next(thing for thing in plot.walk() if thing.look in ("board", "card"))
        for thing in plot.walk():
            assert thing.rect.x >= 0
            assert thing.rect.right <= metrics.width
            if thing.text is not None:
                assert thing.rect.within(board.rect)
    if _all(page, "board"):
        _stand_in_rows(page)
    else:
        assert scale >= 1.5 or size[0] < 700


def _stand_in_rows(page: Page) -> None:
    """Neighbours join and stand on one line, on a pavement that reaches from one side of the window to the other."""
    houses, pavements = _rows(_houses(page)), _all(page, "pavement")
    assert len(pavements) == len(houses)
    for row, pavement in zip(houses, pavements, strict=True):
        assert (pavement.rect.x, pavement.rect.w) == (0, page.root.rect.w)
        assert all(pavement.rect.y < house.bottom < pavement.rect.bottom for house in row)
        assert all(left.right == right.x and left.h == right.h for left, right in pairwise(row))
    for plot in (thing for thing in page.root.walk() if thing.stands_for):
        house, board = (next(each.rect for each in plot.walk() if each.look == look) for look in ("part", "board"))
        assert house.bottom <= board.y
        assert house.x <= board.x < board.right <= house.right
    for above, below in pairwise(pavements):
        assert above.rect.bottom < below.rect.y


def _meet(one: Rect, other: Rect) -> bool:
    shared = one.meet(other)
    return shared.w > 0 and shared.h > 0


@pytest.mark.parametrize("scale", [1.0, 1.25])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("stories", [1, 3])
def test_the_road_reaches_the_lower_edge_of_the_window(
    street: Street, type_: Type, size: tuple[int, int], scale: float, stories: int
) -> None:
    page = street(stories).page(Metrics(*size, scale, type_))
    for pavement in _all(page, "pavement")[-1:]:
        view = page.scroller()
        assert view is not None
        assert pavement.rect.bottom == content_bottom(view) >= view.rect.bottom


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768), (1920, 1080), (1024, 768), (3440, 1440), (1024, 600)])
def test_the_shipped_course_is_seen_whole_without_scrolling(tmp_path: Path, size: tuple[int, int]) -> None:
    pilot = Pilot(tmp_path / "data", tmp_path / "desk", size=size, settings=Settings(welcomed=True))
    view = pilot.page.scroller()
    assert view is not None
    assert content_bottom(view) <= view.rect.bottom
    pilot.press("return", "end", "1", "escape").click("Back to the start page")
    assert pilot.shows("Begun. You are at decision 2.")
    view = pilot.page.scroller()
    assert view is not None
    assert content_bottom(view) <= view.rect.bottom
    pilot.close()


# ---- how they look ----------------------------------------------------------


@pytest.fixture
def pilot(tmp_path: Path) -> Iterator[Pilot]:
    """The window on a course of two stories."""
    library = load_course(course_of(tmp_path / "course", 2, 1))
    opened = Pilot(tmp_path / "data", tmp_path / "desk", library=library, settings=Settings(welcomed=True))
    yield opened
    opened.close()


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768), (3440, 1440)])
def test_the_kerb_goes_on_from_the_houses_to_both_sides_of_the_window(pilot: Pilot, size: tuple[int, int]) -> None:
    if pilot.window.surface.get_size() != size:
        pilot.resize(*size)
    house, other = _houses(pilot.page)
    y = house.bottom - round(house.h * 12 / 420)
    across = (3, house.x - 3, house.x + house.w // 4, other.x + other.w // 4, other.right + 3, size[0] - 20)
    assert {pilot.pixel(x, y) for x in across} == {theme.KERB}


def test_the_house_of_what_has_the_focus_is_marked_and_no_other(pilot: Pilot) -> None:
    left, right = (thing.rect for thing in _all(pilot.page, "plot"))
    assert (_marked(pilot, left), _marked(pilot, right)) == (True, False)
    pilot.press("tab")
    assert (_marked(pilot, left), _marked(pilot, right)) == (False, True)
    pilot.press("tab")
    assert pilot.focused == "With a group"
    assert (_marked(pilot, left), _marked(pilot, right)) == (False, False)


def _marked(pilot: Pilot, plot: Rect) -> bool:
    gap = pilot.stage.metrics.u(4)
    x, y = plot.centre
    edges = ((plot.x + gap, y), (plot.right - 1 - gap, y), (x, plot.y + gap), (x, plot.bottom - 1 - gap))
    found = {pilot.pixel(*edge) == theme.AMBER for edge in edges}
    assert len(found) == 1
    return found.pop()


def _grey(surface: pygame.Surface) -> list[int]:
    """Every third pixel as its lightness alone, 0 to 255."""
    grey = pygame.transform.grayscale(surface)
    width, height = grey.get_size()
    return [grey.get_at((x, y))[0] for x in range(0, width, 3) for y in range(0, height, 3)]


@pytest.mark.parametrize("front", FRONTS)
def test_the_three_states_of_every_front_differ_without_their_colours(pilot: Pilot, front: str) -> None:
    drawn = {}
    for state in STATES:
        surface = pygame.Surface((390, 256))
        surface.fill(theme.SLAB)
        thing = Thing("decoration", "", Rect(0, 0, 390, 256), look="part", detail=front, value=state)
        _draw(pilot, Page(Thing("page", "", Rect(0, 0, 390, 256), children=(thing,))), surface)
        drawn[state] = _grey(surface)
    for one, other in combinations(STATES, 2):
        clearly = sum(abs(a - b) >= 40 for a, b in zip(drawn[one], drawn[other], strict=True))
        assert clearly / len(drawn[one]) > 0.015, (one, other)


def _draw(pilot: Pilot, page: Page, surface: pygame.Surface) -> None:
    painter = pilot.window._painter("")
    painter.surface = surface
    painter.page(page)
