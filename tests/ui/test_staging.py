"""What must be seen while a story is told is seen: no face and no clue is covered, in every window and text size.

Only rectangles are looked at, over every line of every state of every shipped scenario.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest

from game.app import shipped
from game.pictures import BUST, CANVAS, Box, Kit
from game.screens.play import PlayScreen
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
    wrong = [f"{look.name}: {problem}" for look in _stories(looks) for problem in _covered(look, metrics)]
    assert wrong[:12] == []


def test_faces_and_clues_are_there_to_be_covered(looks: tuple[Look, ...], type_: Type) -> None:
    pages = [look.screen.page(Metrics(1280, 720, 1.0, type_)) for look in _stories(looks)]
    assert sum(bool(list(_faces(page))) for page in pages) > len(pages) / 3
    assert sum(_clue(page) is not None for page in pages) > len(pages) / 2


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
    shot = next((thing for thing in ground.walk() if thing.look == "room"), None)
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
