"""Pictures as pixels: kept while there is room, drawn ahead, and shown roughly to somebody who will not wait."""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest

from game.app import shipped
from game.pictures import Kit
from game.ui.art import KEPT, Art, Key, give_back

ROOM = Key("room", "car_leaflet|Tuesday, 8.44", "", 1280, 720)
JOY = Key("person", "joy", "warm", 320, 400)


@pytest.fixture
def art() -> Iterator[Art]:
    """The pictures of a window that shows nothing."""
    pygame.display.init()
    window = pygame.Window("pictures", (64, 64))
    window.get_surface()
    pictures = Art(Kit(shipped("assets") / "art"))
    yield pictures
    pictures.close()
    window.destroy()


def pixels(picture: pygame.Surface | None) -> bytes:
    assert picture is not None
    return pygame.image.tobytes(picture, "RGBA")


def test_a_place_that_is_not_there_yet_is_shown_roughly_and_then_whole(art: Art) -> None:
    rough = pixels(art.picture(ROOM, patient=False))
    assert pixels(art.picture(ROOM, patient=False)) in (rough, pixels(art.picture(ROOM)))
    art.ready()
    whole = pixels(art.picture(ROOM, patient=False))
    assert whole == pixels(art.picture(ROOM)) != rough
    assert len(whole) == len(rough)
    assert art.arrived()
    assert not art.awaited
    assert not art.arrived(), "it is told once"


def test_what_was_asked_for_ahead_is_there_and_is_the_same(art: Art) -> None:
    art.soon([ROOM, JOY, JOY])
    art.ready()
    ahead = pixels(art.picture(ROOM)), pixels(art.picture(JOY))
    other = Art(art.kit)
    assert ahead == (pixels(other.picture(ROOM)), pixels(other.picture(JOY)))


def test_somebody_turned_round_is_their_own_reflection(art: Art) -> None:
    left, right = art.picture(JOY), art.picture(JOY._replace(value="warm flip"))
    assert left is not None
    assert right is not None
    assert pixels(pygame.transform.flip(left, True, False)) == pixels(right)


def test_nobody_is_drawn_for_a_name_that_has_no_portrait(art: Art) -> None:
    assert art.picture(JOY._replace(detail="nobody")) is None
    assert art.picture(Key("portrait", "nobody", "warm", 90, 90)) is None


def test_a_place_that_nobody_drew_has_a_calm_ground_of_its_own(art: Art) -> None:
    one, other = (pixels(art.picture(ROOM._replace(detail=f"{name}|"))) for name in ("attic", "cellar"))
    assert one == pixels(Art(art.kit).picture(ROOM._replace(detail="attic|")))
    assert one != other


def test_no_more_is_kept_than_there_is_room_for(art: Art) -> None:
    give_back()
    for minute in range(20):
        art.picture(ROOM._replace(detail=f"car|Tuesday, 8.{minute + 10}", w=1920, h=1080))
    assert 0 < art._bytes <= KEPT
    assert sum(picture.get_width() * picture.get_height() * 4 for picture in art._kept.values() if picture) <= KEPT
