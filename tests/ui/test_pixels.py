"""Real pixels of the real window: the focus is seen, pictures fill the window, letters are sharp, still is still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pygame
import pytest

from game.storage import Settings
from game.ui import Rect, theme
from tests.pilot import Pilot

Open = Callable[..., Pilot]


@pytest.fixture
def open_at(tmp_path: Path) -> Iterator[Open]:
    """Opens the window at a size and a text size."""
    opened: list[Pilot] = []

    def opener(size: tuple[int, int] = (1280, 720), text_size: int = 100, scenario: str = "late-again") -> Pilot:
        settings = Settings(welcomed=True, text_size=text_size)
        folder = tmp_path / f"{len(opened)}"
        opened.append(Pilot(folder, folder / "desk", size=size, settings=settings, scenario=scenario))
        return opened[-1]

    yield opener
    for pilot in opened:
        pilot.close()


def _colours(pilot: Pilot, rect: Rect) -> set[str]:
    pilot.look()
    surface = pilot.window.surface
    area = rect.meet(Rect(0, 0, *surface.get_size()))
    return {
        "#{:02x}{:02x}{:02x}".format(*surface.get_at((x, y))[:3])
        for x in range(area.x, area.right)
        for y in range(area.y, area.bottom)
    }


def _focused(pilot: Pilot) -> Rect:
    thing = pilot.page.find(pilot.stage.focus)
    assert thing is not None
    return thing.rect


@pytest.mark.parametrize("size", [(1280, 720), (1024, 600), (1920, 1080)])
@pytest.mark.parametrize("text_size", [100, 200])
def test_the_ring_is_on_screen_around_what_has_the_focus_and_nowhere_else(
    open_at: Open, size: tuple[int, int], text_size: int
) -> None:
    pilot = open_at(size, text_size)
    pilot.press("end")
    rects = [thing.rect for thing in pilot.page.focusables() if thing.role == "choice"]
    for _ in range(len(rects)):
        pilot.press("down")
        ring = _focused(pilot)
        gap = pilot.stage.metrics.u(4)
        x, y = ring.centre
        assert pilot.pixel(ring.x - gap, y) == theme.AMBER
        assert pilot.pixel(x, ring.bottom - 1 + gap) == theme.AMBER
        assert pilot.pixel(x, ring.bottom - 3) == theme.TEAL_DK
        for thing in pilot.page.focusables():
            view = pilot.page.scroller()
            assert view is not None
            if thing.role == "choice" and thing.rect != ring and thing.rect.grown(gap).within(view.rect):
                assert pilot.pixel(thing.rect.x - gap, thing.rect.centre[1]) != theme.AMBER


def test_a_fresh_decision_has_no_ring_anywhere(open_at: Open) -> None:
    pilot = open_at()
    pilot.press("end")
    view = pilot.page.scroller()
    assert view is not None
    assert theme.AMBER not in _colours(pilot, view.rect)


def test_a_focused_button_in_the_bar_changes_its_whole_ground(open_at: Open) -> None:
    pilot = open_at()
    pilot.until(lambda: pilot.focused == "Menu", "tab")
    rect = _focused(pilot)
    assert pilot.pixel(rect.x + 4, rect.centre[1]) == theme.AMBER


def test_the_letters_of_a_choice_stand_out_from_its_ground_focused_or_not(open_at: Open) -> None:
    pilot = open_at()
    pilot.press("end")
    thing = next(thing for thing in pilot.page.focusables() if thing.role == "choice")
    at_rest = _colours(pilot, thing.rect)
    assert {theme.INK, theme.CARD} <= at_rest
    pilot.press("down")
    focused = _colours(pilot, thing.rect)
    assert {theme.CARD, theme.TEAL_DK} <= focused
    assert theme.INK not in {pilot.pixel(thing.rect.x + 2, thing.rect.centre[1])}


def test_the_mouse_over_a_choice_shows_but_does_not_move_the_focus(open_at: Open) -> None:
    pilot = open_at()
    pilot.press("end", "down")
    choices = [thing for thing in pilot.page.focusables() if thing.role == "choice"]
    pilot.point(*choices[1].rect.centre)
    assert pilot.pixel(choices[1].rect.right - 8, choices[1].rect.centre[1]) == theme.TEAL_TINT
    assert pilot.stage.focus == choices[0].key
    pilot.point(2, 400)
    assert pilot.pixel(choices[1].rect.right - 8, choices[1].rect.centre[1]) == theme.CARD


MARK = "#ff00ff"


def _mark(pilot: Pilot) -> None:
    pilot.look()
    pilot.window.surface.set_at((3, 3), MARK)


def _marked(pilot: Pilot) -> bool:
    return pilot.window.surface.get_at((3, 3))[:3] == (255, 0, 255)


@pytest.mark.parametrize("scenario", ["", "late-again"])
def test_a_still_screen_is_not_drawn_again(open_at: Open, scenario: str) -> None:
    pilot = open_at(scenario=scenario)
    _mark(pilot)
    pilot.point(400, 70).look()
    pilot.point(401, 70).look()
    pilot.press("f5", "z").look()
    pygame.event.post(pygame.event.Event(pygame.WINDOWENTER))
    pilot.turn().look()
    assert _marked(pilot)
    pygame.event.post(pygame.event.Event(pygame.WINDOWEXPOSED))
    pilot.turn().look()
    assert not _marked(pilot)


def test_a_key_that_changes_something_draws_the_page_again(open_at: Open) -> None:
    pilot = open_at()
    _mark(pilot)
    pilot.press("right").look()
    assert not _marked(pilot)


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768), (3440, 1440), (640, 400)])
def test_the_room_fills_the_window_to_its_corners(open_at: Open, size: tuple[int, int]) -> None:
    pilot = open_at(size)
    width, height = size
    pilot.look()
    for x in (0, width - 1):
        for y in (height // 5, height // 2, height - 1):
            assert pilot.pixel(x, y) not in ("#000000", theme.PAPER), (x, y)
    strip = Rect(0, height // 5, width, 1)
    assert len(_colours(pilot, strip)) > 5


def test_letters_are_set_at_real_pixels_not_scaled_up(open_at: Open) -> None:
    small, large = open_at((960, 540)), open_at((1920, 1080))
    line = small.page.find("line-1")
    big = large.page.find("line-1")
    assert line is not None
    assert big is not None
    small.look()
    large.look()
    scaled = pygame.transform.smoothscale_by(small.window.surface.subsurface(line.rect), 2)
    real = large.window.surface.subsurface(big.rect)
    assert _edges(real) > 1.3 * _edges(scaled)


def _edges(surface: pygame.Surface) -> float:
    """How steep the edges are: the mean of the largest steps between neighbours, 0 to 255."""
    width, height = surface.get_size()
    steps = sorted(
        (
            abs(surface.get_at((x, y))[1] - surface.get_at((x + 1, y))[1])
            for y in range(0, height, 2)
            for x in range(width - 1)
        ),
        reverse=True,
    )
    most = steps[: max(1, len(steps) // 50)]
    return sum(most) / len(most)


@pytest.mark.parametrize("size", [(1024, 600), (1920, 1080), (700, 700)])
def test_a_window_dragged_to_another_size_is_laid_out_anew_and_keeps_its_place(
    open_at: Open, size: tuple[int, int]
) -> None:
    pilot = open_at()
    pilot.press("right")
    line = pilot.page.find("line-2")
    assert line is not None
    pilot.resize(*size)
    assert pilot.window.surface.get_size() == size
    assert pilot.page.root.rect == Rect(0, 0, *size)
    after = pilot.page.find("line-2")
    assert after is not None
    assert after.name == line.name
    assert pilot.pixel(size[0] - 1, size[1] - 1) != "#000000"


def test_while_the_edge_is_dragged_the_last_picture_is_stretched(open_at: Open) -> None:
    pilot = open_at()
    pilot.look()
    pilot.window._window.size = (1000, 600)
    pilot.pump()
    assert pilot.window.surface.get_size() == (1000, 600)
    seen = pilot.window.surface.get_at((500, 5))
    assert all(abs(a - b) < 12 for a, b in zip(seen, pygame.Color(theme.TEAL_DK), strict=True))
    assert pilot.stage.metrics.width == 1280
