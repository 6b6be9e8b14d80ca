"""Every picture that comes with the program: it is there, has its words, is drawn at every size, and is told apart."""

from __future__ import annotations

import io
from itertools import combinations
from typing import Final

import pygame
import pytest

from game.app import shipped
from game.authoring import Library
from game.pictures import BUST, EXPRESSIONS, HOURS, Kit, Moment
from game.story import Scenario

from .routes import routes

KIT: Final = Kit(shipped("assets") / "art")

SIZES: Final = ((640, 360), (1280, 720), (1920, 1080), (3840, 2160))

TONES: Final = {path.stem for path in (shipped("assets") / "sounds").glob("*.ogg")}


def draw(svg: str, size: tuple[int, int]) -> pygame.Surface:
    """The picture as the game's own renderer draws it."""
    return pygame.image.load_sized_svg(io.BytesIO(svg.encode()), size)


def scenarios(library: Library) -> list[Scenario]:
    return [entry.scenario for entry in library.entries if entry.scenario]


# ---- what the course names is there -------------------------------------------


def test_every_place_has_its_picture_and_its_words(library: Library) -> None:
    places = {place.id: place for scenario in scenarios(library) for place in scenario.places.values()}
    assert len(places) > 40
    assert [id for id, place in places.items() if not KIT.has_place(place.picture)] == []
    assert [id for id, place in places.items() if not place.alt.endswith(".") or not place.name] == []


def test_everybody_has_a_portrait_and_a_sentence_of_looks(library: Library) -> None:
    people = {person.id: person for scenario in scenarios(library) for person in scenario.people.values()}
    assert [id for id, person in people.items() if not KIT.has_person(person.portrait)] == []
    assert [id for id, person in people.items() if not KIT.says(person.portrait).endswith(".")] == []


def test_every_line_is_told_somewhere_and_every_ending_has_a_picture_of_its_own(library: Library) -> None:
    endings = []
    for scenario in scenarios(library):
        for route in routes(scenario):
            where = ("", "")
            for visit in route.visits:
                assert all(place and when for place, when in visit.where(*where)), f"{route} {visit.passage.id}"
                where = visit.where(*where)[-1]
        ends = [passage.ending for passage in scenario.passages.values() if passage.ending]
        endings += [scenario.places[ending.place].picture for ending in ends]
    assert len(endings) == len(set(endings)) == 14


def test_every_look_of_somebody_is_one_that_their_portrait_has(library: Library) -> None:
    people = {person.id: person for scenario in scenarios(library) for person in scenario.people.values()}
    drawn = {person.id: {*KIT.looks(person.portrait)} for person in people.values()}
    assert {id: {*person.looks} for id, person in people.items()} == drawn
    assert sum(map(len, drawn.values())) >= 7


def test_every_look_is_worn_in_some_story(library: Library) -> None:
    worn = {
        (line.speaker, look)
        for scenario in scenarios(library)
        for route in routes(scenario)
        for line in route.lines
        for look in line.looks
    }
    assert worn == {(id, look) for id in library.course.people for look in library.course.people[id].looks}


def test_every_sound_that_a_place_names_is_there() -> None:
    named = {KIT.tone(name) for name in KIT.places()} - {""}
    assert named <= TONES
    assert len(named) >= 10


# ---- they are drawn -----------------------------------------------------------


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", KIT.places())
def test_a_place_is_drawn_at_every_size(name: str, size: tuple[int, int]) -> None:
    picture = draw(KIT.place(name, Moment("day", (8, 31))), size)
    assert picture.get_size() == size
    assert len(_colours(picture)) > 12


@pytest.mark.parametrize("name", KIT.places())
def test_a_place_is_seen_to_be_another_at_night(name: str) -> None:
    if KIT.tone(name) == "pub":
        return  # it has no window, and the same lamps at any hour
    day, night = (draw(KIT.place(name, Moment(hour, (8, 31))), (320, 180)) for hour in ("day", "night"))  # type: ignore[arg-type]
    assert _apart(day, night) > 0.3


@pytest.mark.parametrize("hour", HOURS)
def test_the_clock_in_the_kitchen_shows_the_time(hour: str) -> None:
    early, late = (draw(KIT.place("kitchen", Moment(hour, clock)), (640, 360)) for clock in ((8, 31), (2, 0)))  # type: ignore[arg-type]
    clue = KIT.clue("kitchen")
    assert clue is not None
    box = pygame.Rect(*(round(value / 3) for value in clue))
    assert _apart(early.subsurface(box), late.subsurface(box)) > 0.01
    assert _outside(early, late, box) == 0


# ---- people -------------------------------------------------------------------


@pytest.mark.parametrize("name", KIT.people())
def test_the_seven_expressions_of_somebody_are_told_apart_in_grey(name: str) -> None:
    face = KIT.face(name)
    assert face is not None
    size = 240, 300
    box = pygame.Rect(*(round(value * size[0] / BUST[0]) for value in face))
    faces = {each: _grey(draw(KIT.person(name, each), size)).subsurface(box) for each in EXPRESSIONS}
    alike = {pair: _apart(faces[pair[0]], faces[pair[1]]) for pair in combinations(EXPRESSIONS, 2)}
    assert {pair: apart for pair, apart in alike.items() if apart < 0.012} == {}


@pytest.mark.parametrize("name", [name for name in KIT.people() if KIT.looks(name)])
def test_each_look_of_somebody_is_told_apart_in_grey_and_has_its_words(name: str) -> None:
    size = 240, 300
    seen = {look: _grey(draw(KIT.person(name, "neutral", look.split()), size)) for look in ("", *KIT.looks(name))}
    alike = {pair: _apart(seen[pair[0]], seen[pair[1]]) for pair in combinations(seen, 2)}
    assert {pair: apart for pair, apart in alike.items() if apart < 0.012} == {}
    says = {look: KIT.says(name, look.split()) for look in seen}
    assert all(text.endswith(".") for text in says.values())
    assert len({*says.values()}) == len(says)


@pytest.mark.parametrize("name", KIT.people())
def test_the_eyes_turn_to_who_speaks_and_nothing_else_moves(name: str) -> None:
    size = 400, 500
    ahead, away = (draw(KIT.person(name, "neutral", away=turned), size) for turned in (False, True))
    face = KIT.face(name)
    assert face is not None
    eyes = pygame.Rect(*(round(value / 2) for value in (face.x, face.y + face.h * 0.3, face.w, face.h * 0.4)))
    assert 0 < _apart(ahead, away) < 0.02
    assert _outside(ahead, away, eyes) == 0


def test_everybody_is_told_from_everybody_else_in_grey() -> None:
    size = 200, 250
    people = {name: _grey(draw(KIT.person(name, "neutral"), size)) for name in KIT.people()}
    assert len(people) >= 10
    alike = {pair: _apart(people[pair[0]], people[pair[1]]) for pair in combinations(people, 2)}
    assert {pair: apart for pair, apart in alike.items() if apart < 0.12} == {}


# ---- looking ------------------------------------------------------------------


def _grey(picture: pygame.Surface) -> pygame.Surface:
    ground = pygame.Surface(picture.get_size())
    ground.fill("#dfe6e2")
    ground.blit(picture, (0, 0))
    return pygame.transform.grayscale(ground)


def _colours(picture: pygame.Surface) -> set[tuple[int, ...]]:
    w, h = picture.get_size()
    return {tuple(picture.get_at((x, y))) for x in range(0, w, w // 40) for y in range(0, h, h // 24)}


def _differ(one: pygame.Surface, other: pygame.Surface) -> pygame.mask.Mask:
    """Where two pictures differ by more than 24 levels in a channel."""
    return pygame.mask.from_threshold(_solid(one), (0, 0, 0), (25, 25, 25, 255), _solid(other)).copy()


def _solid(picture: pygame.Surface) -> pygame.Surface:
    ground = pygame.Surface(picture.get_size(), depth=32)
    ground.fill("#dfe6e2")
    ground.blit(picture, (0, 0))
    return ground


def _apart(one: pygame.Surface, other: pygame.Surface) -> float:
    """The part of the pixels that differ."""
    same = _differ(one, other).count()
    w, h = one.get_size()
    return 1 - same / (w * h)


def _outside(one: pygame.Surface, other: pygame.Surface, box: pygame.Rect) -> int:
    """How many pixels differ outside a box."""
    same = _differ(one, other)
    same.invert()
    same.draw(pygame.mask.Mask(box.size, fill=True), box.topleft)
    inside = pygame.mask.Mask(one.get_size())
    inside.draw(pygame.mask.Mask(box.size, fill=True), box.topleft)
    return same.count() - inside.count()
