"""The back row can read it: every page of every session that comes with the program, at three sizes of a projector
(design note `room.md`, 5: 11).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

import pygame
import pytest

from game.app import _kit, shipped
from game.authoring import load_course
from game.pictures import Kit
from game.screens.room_clock import Box, Left
from game.screens.room_projector import Now, projected
from game.training import NotNow, Room, Step
from game.ui import Metrics, Rect, Thing, Type, theme
from game.ui.art import Art
from game.ui.paint import Painter
from tests.ui.test_contrast import contrast

SIZES = ((1024, 768), (1280, 720), (1920, 1080))
SCENARIOS = ("late-again", "who-decides", "the-visit")
CHOOSING = frozenset({Step.QUESTION, Step.SILENT, Step.SHOW, Step.SHOW_AGAIN})

LINES = (
    "No time to talk on a shift, as the agency staff change every week",
    "The rota is made somewhere else",
    "Nobody asks the night staff what they saw",
    "Ask Dev",
)


@lru_cache(maxsize=1)
def type_() -> Type:
    pygame.font.init()
    return Type(shipped("assets") / "fonts")


WITH_PHONES = (Step.SILENT, Step.SHOW, Step.SHOW_AGAIN, Step.WHAT_IF, Step.DEBRIEF, Step.BARRIERS, Step.MONDAY)
"""Steps at which a phone can do something, which the page says where phones are on."""


@lru_cache(maxsize=1)
def kit() -> Kit:
    return _kit(shipped("scenarios"))


@lru_cache(maxsize=8)
def rooms(scenario: str, pick: int) -> tuple[Room, ...]:
    """A room at every page of a session, looking at every other branch, always taking the choice of that place."""
    library = load_course(shipped("scenarios"))
    entry = library.entry(scenario)
    assert entry is not None
    assert entry.scenario is not None
    room = Room.open(library.course, entry.scenario, headcount=24)
    seen = [room]
    for _ in range(400):
        if room.over:
            break
        room = _noted(_counted(room).next(), pick)
        seen.append(room)
    return tuple(seen)


def _counted(room: Room) -> Room:
    if room.step is Step.SHOW:
        return room.entered("12 A 9 B 3 C")
    if room.step is Step.WHAT_IF:
        return room.entered("11 A 9 B")
    if room.step is Step.SHOW_AGAIN:
        room = room.entered("4 A 16 B 2 C")
        for table in range(1, 13):
            room = room.entered("3 A 2 B 1 C", str(table))
    return room


def _noted(room: Room, pick: int) -> Room:
    """What a trainer does besides Next: decide, look at the other branches, write down what is said."""
    if room.may_decide and room.latest is not None and not room.latest.own:
        room = room.decide(room.latest.choices[pick % len(room.latest.choices)].id)
        try:
            return room.what_if()
        except NotNow:
            return room
    if room.step in (Step.BARRIERS, Step.MONDAY) and not any(line.column == "monday" for line in room.lines):
        for line in LINES:
            room = room.note("monday" if room.step is Step.MONDAY else "barriers", line).note("ideas", line)
    return room


def pages(room: Room, m: Metrics) -> Iterator[Thing]:
    """Every leaf of the page, with each look the time gives it."""
    seconds = room.shown.seconds
    looks = [Now()]
    if seconds:
        looks = [Now(Left("groups", seconds, seconds)), Now(Left("fours", 9, seconds))]
    if room.step in (Step.SHOW, Step.SHOW_AGAIN):
        looks.append(Now(down=3))
    if room.step is Step.REVEAL:
        looks.append(Now(tables=True))
    if room.step in WITH_PHONES:
        looks.append(replace(looks[0], phones=True))
    for now in looks:
        shown = projected(m, kit(), room, 0, now)
        yield shown.root
        for leaf in range(1, shown.leaves):
            yield projected(m, kit(), room, leaf, now).root


def texts(root: Thing) -> list[Thing]:
    return [thing for thing in root.walk() if thing.text is not None]


def cases() -> Iterator[tuple[str, int, tuple[int, int]]]:
    for scenario in SCENARIOS:
        for pick in range(3):
            for size in SIZES:
                yield scenario, pick, size


@pytest.mark.parametrize(("scenario", "pick", "size"), list(cases()))
def test_everything_is_inside_the_window_and_nothing_lies_upon_another(
    scenario: str, pick: int, size: tuple[int, int]
) -> None:
    m = Metrics(*size, 1.0, type_())
    for room in rooms(scenario, pick):
        for root in pages(room, m):
            found = texts(root)
            assert found
            for thing in found:
                assert thing.rect.within(root.rect), (room.spot, thing.name, thing.rect)
            for place, one in enumerate(found):
                for other in found[place + 1 :]:
                    assert not _meets(_letters(one), _letters(other)), (room.spot, one.name, other.name)


def _letters(thing: Thing) -> Rect:
    """Where a thing's letters are: its lines, in the middle of its box."""
    text = thing.text
    assert text is not None
    top = thing.rect.y + (thing.rect.h - text.height) // 2
    return Rect(thing.rect.x, top, min(thing.rect.w, text.width), text.height)


def _meets(one: Rect, other: Rect) -> bool:
    shared = one.meet(other)
    return shared.w > 0 and shared.h > 0


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_capitals_are_four_per_cent_of_the_height_and_five_in_a_choice(scenario: str, size: tuple[int, int]) -> None:
    m = Metrics(*size, 1.0, type_())
    for room in rooms(scenario, 1):
        options = {one.text for one in room.shown.options} if room.step in CHOOSING else set()
        for root in pages(room, m):
            for thing in texts(root):
                assert thing.text is not None
                tall = capital(thing)
                assert tall >= 0.04 * m.height, (room.spot, thing.name)
                if thing.name in options or (thing.look == "badge" and room.step in CHOOSING):
                    assert tall >= 0.05 * m.height, (room.spot, thing.name)


def capital(thing: Thing) -> int:
    """How high an H is in the face and size that a thing is set in, in real pixels, as the font itself tells."""
    assert thing.text is not None
    font = type_().font(theme.STYLES[thing.text.style].face, thing.text.px)
    [letter] = font.metrics("H")
    assert letter is not None
    return letter[3] - letter[2]


@pytest.mark.parametrize("size", SIZES)
def test_a_scene_has_twelve_rows_at_the_most(size: tuple[int, int]) -> None:
    m = Metrics(*size, 1.0, type_())
    for scenario in SCENARIOS:
        for room in rooms(scenario, 0):
            if room.step in (Step.SCENE, Step.WHAT_IF):
                for root in pages(room, m):
                    assert sum(len(thing.text.lines) for thing in texts(root) if thing.text) <= 12


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_letters_stand_out_from_what_is_drawn_behind_them(scenario: str) -> None:
    """The pixel beside each text's first line, as painted, is at least 7:1 from its letters."""
    m = Metrics(1280, 720, 1.0, type_())
    pygame.display.init()
    window = pygame.Window("layout", (m.width, m.height))
    surface, art = window.get_surface(), Art(kit())
    for room in rooms(scenario, 1):
        for root in pages(room, m):
            Painter(m, art, surface)._thing(root)
            for thing in texts(root):
                assert thing.text is not None
                letters = _letters(thing)
                ground = "#{:02x}{:02x}{:02x}".format(*surface.get_at((max(0, letters.x - 1), letters.y + 2))[:3])
                if thing.look == "badge":
                    ground = thing.detail
                colour = theme.STYLES[thing.text.style].colour
                assert contrast(colour, ground) >= 7, (room.spot, thing.name, colour, ground)
    art.close()
    window.destroy()


@pytest.mark.parametrize(("letters", "ground"), theme.ROOM_PAIRS)
def test_every_pair_for_the_room_is_at_least_seven_to_one(letters: str, ground: str) -> None:
    assert contrast(letters, ground) >= 7


def test_four_long_options_fill_more_leaves_and_get_no_smaller() -> None:
    """A course of somebody's own may offer more than ours do."""
    room = next(room for room in rooms("late-again", 0) if room.step is Step.SHOW)
    m = Metrics(640, 480, 1.0, type_())
    for root in pages(room, m):
        for thing in texts(root):
            assert thing.rect.within(root.rect), thing.name
            assert capital(thing) >= 0.04 * m.height


def test_a_ring_is_amber_from_thirty_seconds_on() -> None:
    room = next(room for room in rooms("late-again", 0) if room.step is Step.DISCUSS)
    m = Metrics(1280, 720, 1.0, type_())
    rings = [
        next(thing.detail for thing in projected(m, kit(), room, 0, Now(left)).root.walk() if thing.look == "drawing")
        for left in (Left("groups", 31, 120), Left("groups", 30, 120))
    ]
    assert theme.AMBER not in rings[0]
    assert theme.AMBER in rings[1]
    assert Box("alone", 1).seconds == 1
