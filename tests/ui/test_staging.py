"""What must be seen while a story is told is seen: no face and no clue is covered, in every window and text size.

Only rectangles are looked at, over every line of every state of every shipped scenario.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest

from game.app import shipped
from game.authoring import Library
from game.pictures import BUST, CANVAS, Box, Kit
from game.screens.play import PlayScreen
from game.screens.staging import Scene, Told, scene
from game.screens.view import ViewScreen
from game.story import Story
from game.ui import Metrics, Page, Rect, Thing, Type
from tests.ui.conftest import Look

SIZES: Final = ((1024, 600), (1280, 720), (1366, 768), (1920, 1080), (3440, 1440), (1024, 768))
SCALES: Final = (1.0, 1.5, 2.0)

KIT: Final = Kit(shipped("assets") / "art")

HEAD: Final = Box(0.25, 0.02, 0.5, 0.54)
SHOULDERS: Final = Box(0.09, 0.56, 0.82, 0.44)
"""What of a bust's canvas is not seen through, as parts of its width and height."""


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: f"{round(scale * 100)}%")
def test_no_face_and_no_clue_is_covered(
    looks: tuple[Look, ...], type_: Type, size: tuple[int, int], scale: float
) -> None:
    metrics = Metrics(*size, scale, type_)
    alone = [look for look in looks if isinstance(look.screen, ViewScreen)]
    wrong = [f"{look.name}: {problem}" for look in _stories(looks) + alone for problem in _covered(look, metrics)]
    assert wrong[:12] == []


def test_faces_and_clues_are_there_to_be_covered(looks: tuple[Look, ...], type_: Type) -> None:
    pages = [look.screen.page(Metrics(1280, 720, 1.0, type_)) for look in _stories(looks)]
    assert sum(bool(list(_faces(page))) for page in pages) > len(pages) / 3
    assert sum(_clue(page) is not None for page in pages) > len(pages) / 2


def test_the_picture_alone_shows_the_clue_of_every_place_that_has_one(looks: tuple[Look, ...], type_: Type) -> None:
    pages = [look.screen.page(Metrics(1024, 600, 2.0, type_)) for look in looks if isinstance(look.screen, ViewScreen)]
    shots = [thing.detail.partition("|")[0] for page in pages for thing in page.root.walk() if thing.look == "picture"]
    assert len(pages) > 100
    assert sum(_clue(page) is not None for page in pages) == sum(KIT.clue(shot) is not None for shot in shots)


@pytest.mark.parametrize(("size", "scale"), [((1024, 768), 1.5), ((1024, 600), 1.5)])
def test_large_text_leaves_the_place_in_view_at_a_decision_where_that_costs_no_scrolling(
    looks: tuple[Look, ...], type_: Type, size: tuple[int, int], scale: float
) -> None:
    m = Metrics(*size, scale, type_)
    pages = [look.screen.page(m) for look in _stories(looks)]
    asked = [page for page in pages if page.find("ask")]
    seen = [page for page in asked if _clue(page)]
    assert len(asked) > 10
    assert bool(seen) == (size == (1024, 768))
    for page in seen:
        view = next(thing for thing in page.root.walk() if thing.scrolls)
        assert all(thing.rect.bottom <= view.rect.bottom for thing in view.children)


# ---- who is there, and how they look ------------------------------------------


def _seen(library: Library, id: str, path: str, words: str) -> Scene:
    """The scene at the line of a run that begins with these words."""
    entry = library.entry(id)
    assert entry is not None
    assert entry.scenario is not None
    story = Story.replay(entry.scenario, path.split())
    told = tuple(Told(line, visit) for visit in story.visits for line in visit.lines)
    shown = next(place for place, one in enumerate(told, start=1) if one.line.text.startswith(words))
    return scene(story, told, shown)


LOOKS: Final = (
    ("late-again", "", "Sorry. Sorry", {"joy": ("wet",)}),
    ("late-again", "", "Is Joy coming?", {"marcus": ("bag",)}),
    ("late-again", "office", "By two minutes", {"joy": ("wet",)}),
    ("late-again", "office", "Too late now", {"marcus": ()}),
    ("late-again", "drive", "Are we all right?", {"joy": ()}),
    ("late-again", "drive", "I know what this is about", {"joy": ("coat",)}),
    ("late-again", "drive", "On the shelf is the tin", {"joy": ("coat",)}),
    ("late-again", "drive mum", "Joy looks at the tin", {"joy": ("coat",)}),
    ("late-again", "drive mum", "She forgets the gas", {"joy": ()}),
    ("late-again", "office mum", "Her coat stays on", {"joy": ("coat",)}),
    ("late-again", "office mum plan warn", "Who is it today?", {"marcus": ("bag",)}),
    ("late-again", "office mum plan invite", "I still need something", {"angela": ("coat",)}),
    ("the-visit", "the-notes say-why friday", "Who asked me?", {"eileen": ("coat",)}),
    ("the-visit", "the-notes say-why friday", "She sits down on the suitcase", {}),
    ("the-visit", "the-notes say-why ask-eileen", "Nadia moves her car", {}),
)


@pytest.mark.parametrize(("id", "path", "words", "there"), LOOKS)
def test_people_wear_what_the_story_says_and_are_gone_when_it_says_so(
    library: Library, id: str, path: str, words: str, there: dict[str, tuple[str, ...]]
) -> None:
    assert {each.person.id: each.looks for each in _seen(library, id, path, words).figures} == there


TO_WHITBY: Final = "the-plan say-why ask-eileen the-gaps"

PLACES: Final = (
    ("late-again", "office", "By then it is nearly nine", "hallway_wet|Tuesday, 8.57"),
    ("late-again", "office", "The time sheet lies", "office_tin_sheet|Tuesday, 2.00"),
    ("late-again", "drive", "Marcus’s towel is drying", "office_tin_towel|Tuesday, 2.00"),
    ("late-again", "drive mum", "The kettle goes on", "office_tin_towel|Tuesday, 2.05"),
    ("late-again", "ask-marcus", "Marcus’s leaflet is", "office_tin_leaflet|Tuesday, 2.00"),
    ("the-visit", "the-notes say-why friday", "She sits down on", "hallway_sits|Thursday, 8.55"),
    ("the-visit", "the-notes say-why ask-eileen", "Nadia moves her car", "hallway_cleared|Thursday, 9.10"),
    (
        "the-visit",
        "the-plan say-why ask-eileen the-gaps",
        "There is a stick of rock",
        "hallway_rock|The next Wednesday, 8.40",
    ),
    (
        "the-visit",
        "the-plan say-why ask-eileen the-gaps",
        "The council’s letter",
        "hallway_rock|The next Wednesday, 8.40",
    ),
    ("the-visit", "the-notes say-why ask-eileen the-gaps", "It was five before", "station|Thursday, 5.00"),
    ("who-decides", "forty-minutes everyone take-a-vote say-it-back decide", "On the 14th", "kitchen_grid|The 14th"),
    ("who-decides", "forty-minutes staff-team go-round", "Overhead, the singing", "kitchen_grid|Ten minutes left"),
)


@pytest.mark.parametrize(("id", "path", "words", "shot"), PLACES)
def test_the_picture_shows_what_the_line_tells(library: Library, id: str, path: str, words: str, shot: str) -> None:
    assert _seen(library, id, path, words).shot.detail == shot


# ---- looking --------------------------------------------------------------------


def _stories(looks: tuple[Look, ...]) -> list[Look]:
    return [look for look in looks if isinstance(look.screen, PlayScreen) and not look.name.startswith("stops")]


def _covered(look: Look, m: Metrics) -> Iterator[str]:
    page = look.screen.page(m)
    over = [thing for thing in page.root.children if thing.look in ("card", "pill", "bar")]
    for name, face in _faces(page):
        if not face.within(m.window):
            yield f"the face of {name} is not wholly in the window: {tuple(face)}"
        yield from (f"the face of {name} is under {thing.look}" for thing in over if _meet(face, thing.rect))
    faces = list(_faces(page))
    yield from (f"{a} stands before the face of {b}" for a, b in _crowded(page, faces))
    clue = _clue(page)
    if clue is None:
        return
    if not clue.within(m.window):
        yield f"the clue is not wholly in the window: {tuple(clue)}"
    yield from (
        f"the clue {tuple(clue)} is under {thing.look} {tuple(thing.rect)}" for thing in over if _meet(clue, thing.rect)
    )
    for person in _people(page):
        if any(_meet(clue, part) for part in _solid(person)):
            yield f"the clue {tuple(clue)} is behind {person.name.split(',')[0]} {tuple(person.rect)}"


def _people(page: Page) -> list[Thing]:
    return [thing for thing in page.root.children if thing.look in ("person", "portrait", "named")]


def _faces(page: Page) -> Iterator[tuple[str, Rect]]:
    for person in _people(page):
        name = person.name.split(",")[0]
        face = KIT.face(person.detail)
        if person.look != "person" or face is None:
            yield name, person.rect
            continue
        x = BUST[0] - face.x - face.w if "flip" in person.value else face.x
        yield name, _scaled(Box(x / BUST[0], face.y / BUST[1], face.w / BUST[0], face.h / BUST[1]), person.rect)


def _crowded(page: Page, faces: list[tuple[str, Rect]]) -> Iterator[tuple[str, str]]:
    for person in _people(page):
        who = person.name.split(",")[0]
        yield from (
            (who, name) for name, face in faces if name != who and any(_meet(face, part) for part in _solid(person))
        )


def _solid(person: Thing) -> list[Rect]:
    if person.look != "person":
        return [person.rect]
    return [_scaled(part, person.rect) for part in (HEAD, SHOULDERS)]


def _clue(page: Page) -> Rect | None:
    """Where the clue is on the page; None where the place has none, or is not shown."""
    ground = next(thing for thing in page.root.children if thing.key == "ground")
    shot = next((thing for thing in ground.walk() if thing.look in ("room", "picture")), None)
    clue = KIT.clue(shot.detail.partition("|")[0]) if shot else None
    if shot is None or clue is None:
        return None
    return _scaled(Box(clue.x / CANVAS[0], clue.y / CANVAS[1], clue.w / CANVAS[0], clue.h / CANVAS[1]), shot.rect)


def _scaled(part: Box, whole: Rect) -> Rect:
    left, top = round(whole.x + part.x * whole.w), round(whole.y + part.y * whole.h)
    return Rect(left, top, round(part.w * whole.w), round(part.h * whole.h))


def _meet(one: Rect, other: Rect) -> bool:
    shared = one.meet(other)
    return shared.w > 1 and shared.h > 1
