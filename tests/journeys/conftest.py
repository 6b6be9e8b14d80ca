"""What the journeys share: a pilot at a window of its own, and small courses written for a test."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Protocol

import pytest

from game.authoring import Library, load_course
from game.storage import Settings
from tests.pilot import Pilot

WELCOMED: Final = Settings(welcomed=True)

KETTLE: Final = """\
format: 1
title: The kettle
summary: Ann wants tea, and the kettle is cold.
you: You are on shift.
cast: {ann: {name: Ann, about: Lives here}}
passages:
  kitchen:
    when: Monday, 8.00
    text:
      - The kettle is cold.
      - ann: Is there tea?
    decision:
      ask: What do you do first?
      choices:
        - {id: fill, text: Fill the kettle., goto: tea, scores: {manager: 1, leader: 1}}
        - {id: ask, text: Ask what she would like., goto: talk, scores: {leader: 2}}
  tea:
    text: [The water runs., It is hot soon.]
    goto: table
  talk:
    text:
      - ann: Cocoa.
      - She gets the tin herself.
    goto: table
  table:
    text: [You both sit down.]
    decision:
      ask: And then?
      choices:
        - {id: stay, text: Stay a while., goto: warm}
        - {id: leave, text: Go to the office., goto: cold}
  warm:
    text: [The cups are empty.]
    ending: {title: Two cups, happened: {person: Ann drank it warm.}}
  cold:
    text: [The tea goes cold.]
    ending: {title: One cup, happened: {person: Ann drank alone.}}
debrief:
  questions: [What would you do?]
  one_thing: Ask first.
"""
"""A small story: two decisions, four routes, two endings."""


class Start(Protocol):
    """Opens the window, as a start of the program does."""

    def __call__(
        self,
        *,
        course: Path | None = None,
        library: Library | None = None,
        size: tuple[int, int] = (1280, 720),
        settings: Settings | None = WELCOMED,
        scenario: str = "",
        clock: Callable[[], float] = time.monotonic,
    ) -> Pilot: ...


@pytest.fixture
def data(data_folder_of_the_test: Path) -> Path:
    """The folder of all that is kept, not there yet."""
    return data_folder_of_the_test


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """The folder where documents are saved, not there yet."""
    return tmp_path / "documents"


@pytest.fixture
def start(data: Path, desk: Path) -> Iterator[Start]:
    """Opens windows on the same folder, one after another or side by side, and closes what is left open.

    `settings` are those an earlier start left; None where what is kept already is to stay as it is.
    """
    opened: list[Pilot] = []

    def open_one(
        *,
        course: Path | None = None,
        library: Library | None = None,
        size: tuple[int, int] = (1280, 720),
        settings: Settings | None = WELCOMED,
        scenario: str = "",
        clock: Callable[[], float] = time.monotonic,
    ) -> Pilot:
        if course is not None:
            library = load_course(course)
        pilot = Pilot(data, desk, library=library, size=size, settings=settings, scenario=scenario, clock=clock)
        opened.append(pilot)
        return pilot

    yield open_one
    for pilot in opened:
        pilot.close()


@pytest.fixture
def kettle(tmp_path: Path) -> Path:
    """A course folder with one small story in it."""
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "kettle.yaml").write_text(KETTLE, encoding="utf-8")
    return folder
