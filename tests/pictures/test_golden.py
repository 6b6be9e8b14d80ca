"""Six pages as they are drawn, held against the pictures that the README shows: `docs/pictures/`.

A page fails where more than one pixel in two hundred differs by more than 24 levels: another version of a font or of
the renderer moves fewer, and a thing that is gone or moved many more. What was drawn instead lies in
`tests/pictures/failed/`. After a change that is meant, `UPDATE_GOLDEN=1 pytest tests/pictures/test_golden.py` draws
them anew: look at each of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pygame
import pytest

from game.storage import Settings
from tests.pilot import Pilot

GOLDEN: Final = Path(__file__).parents[2] / "docs" / "pictures"
FAILED: Final = Path(__file__).parent / "failed"

LEVELS: Final = 24
MOST: Final = 0.005

Open = Callable[..., Pilot]


def home(open_: Open) -> Pilot:
    return open_()


def told(open_: Open) -> Pilot:
    return open_(scenario="late-again", choices=["ask-marcus"]).press("space")


def decision(open_: Open) -> Pilot:
    return open_(scenario="the-visit").press("end", "space", "end", "down", "down")


def ending(open_: Open) -> Pilot:
    choices = ["the-plan", "say-why", "ask-eileen", "the-gaps"]
    return open_(scenario="the-visit", choices=choices).press("end", "right")


def road(open_: Open) -> Pilot:
    pilot = open_(scenario="who-decides", choices=["forty-minutes", "everyone", "go-round", "say-it-back", "decide"])
    return pilot.press("end", "right").until(lambda: pilot.shows("Your road"), "right")


def roles(open_: Open) -> Pilot:
    pilot = open_(scenario="late-again", choices=["office", "dates", "two-ideas", "hold-back"])
    return pilot.press("end", "right").until(lambda: pilot.shows("The roles in this run"), "right")


PAGES: Final = (home, told, decision, ending, road, roles)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_a_page_is_drawn_as_the_readme_shows_it(page: Callable[[Open], Pilot], tmp_path: Path) -> None:
    def open_(scenario: str = "", choices: tuple[str, ...] = ()) -> Pilot:
        settings = Settings(welcomed=True, keep_runs=False)
        return Pilot(tmp_path / "data", tmp_path / "desk", settings=settings, scenario=scenario, choices=choices)

    pilot = page(open_)
    pilot.look()
    drawn = pilot.window.surface.copy()
    pilot.close()
    path = GOLDEN / f"{page.__name__}.png"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        pygame.image.save(drawn, path)
    apart = _apart(pygame.image.load(path), drawn)
    if apart > MOST:
        FAILED.mkdir(exist_ok=True)
        pygame.image.save(drawn, FAILED / path.name)
    assert apart <= MOST, f"{apart:.1%} of {path.name} is drawn otherwise; see {FAILED / path.name}"


def test_a_picture_with_something_gone_is_noticed() -> None:
    whole = pygame.image.load(GOLDEN / "decision.png")
    spoilt = whole.copy()
    spoilt.fill("#cc2222", (600, 300, 120, 60))
    assert _apart(whole, whole) == 0
    assert _apart(whole, spoilt) > MOST


def test_the_readme_shows_these_pictures_and_no_other() -> None:
    readme = (GOLDEN.parents[1] / "README.md").read_text("utf-8")
    shown = {line.partition("](")[2].partition(")")[0] for line in readme.splitlines() if line.startswith("![")}
    assert shown
    assert shown <= {f"docs/pictures/{page.__name__}.png" for page in PAGES}


def _apart(one: pygame.Surface, other: pygame.Surface) -> float:
    """The part of the pixels that differ by more than `LEVELS`."""
    assert one.get_size() == other.get_size()
    a, b = (_plain(picture) for picture in (one, other))
    near = pygame.mask.from_threshold(a, (0, 0, 0), (LEVELS + 1, LEVELS + 1, LEVELS + 1, 255), b)
    return 1 - near.count() / (one.get_width() * one.get_height())


def _plain(picture: pygame.Surface) -> pygame.Surface:
    """The picture with three colours and nothing to see through."""
    plain = pygame.Surface(picture.get_size(), depth=32)
    plain.blit(picture, (0, 0))
    return plain
