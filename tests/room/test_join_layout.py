"""The pages of the way in, on the wall and on the presenter's page: read from the back row, by people and by phones.
The small code, which covers nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pygame
import pytest

from game.net import Adapter, Opened, Standing
from game.screens.room_corner import cornered
from game.screens.room_join import Entrance, at_door, joining
from game.screens.room_lobby import Lobby, Naming, Router
from game.screens.room_phones import PhoneLine
from game.screens.room_presenter import presented
from game.training import Step
from game.ui import Metrics, Rect, Thing, theme
from game.ui.art import Art
from game.ui.paint import Painter
from tests.pilot import words_of
from tests.room.test_join import STEPS, STUCK, scanned
from tests.room.test_screens_layout import capital, kit, pages, rooms, type_
from tests.room.test_screens_layout import fonts as fonts  # a fixture
from tests.room.test_screens_presenter import desk, own
from tests.ui.test_contrast import contrast

SIZES = ((1024, 600), (1024, 768), (1280, 720), (1920, 1080))
SMALL_PRINT = frozenset({"body", "bold", "small-ink", "small-bold"})
"""What the trainer reads at the one screen, and the room need not."""


WHERE = Opened("192.168.178.123", 8765, "ACDF")


@pytest.mark.parametrize(
    ("scenario", "size"),
    [
        ("late-again", (1024, 768)),
        ("late-again", (1280, 720)),
        ("late-again", (1920, 1080)),
        ("who-decides", (1280, 720)),
        ("the-visit", (1024, 768)),
    ],
)
def test_the_small_code_covers_no_word_and_nothing_else(scenario: str, size: tuple[int, int]) -> None:
    m = Metrics(*size, 1.0, type_())
    shown = set()
    for room in rooms(scenario):
        for root in pages(room, m):
            page = cornered(m, root, WHERE)
            if page is root:
                continue
            shown.add(room.step)
            card, *rest = page.children[len(root.children) :]
            assert all(thing.rect.within(card.rect) for thing in rest)
            assert card.rect.within(m.window)
            for thing in root.walk():
                calm = thing is root or (thing.key == "ground" and thing.look == "plain")
                if not calm and (thing.text or thing.look):
                    assert not meets(card.rect, thing.rect), (room.spot, thing.name, thing.look)
            for thing in rest:
                if thing.text:
                    assert capital(thing) >= 0.04 * m.height
    assert {Step.ROLES, Step.BRANCH, Step.CLOSE} <= shown
    assert not shown & {Step.SCENE, Step.WHAT_IF, Step.SHOW, Step.SHOW_AGAIN}


@pytest.mark.parametrize("size", [(1024, 768), (1280, 720), (1920, 1080)])
def test_the_small_code_reads_back_wherever_it_is_shown(size: tuple[int, int]) -> None:
    m = Metrics(*size, 1.0, type_())
    pygame.display.init()
    window = pygame.Window("corner", size)
    surface, art = window.get_surface(), Art(kit())
    read = 0
    for room in rooms("late-again"):
        page = cornered(m, next(pages(room, m)), WHERE)
        if found(page, "corner") is not None:
            Painter(m, art, surface)._thing(page)
            assert scanned(surface) == [WHERE.typed], room.spot
            read += 1
    assert read > 10
    art.close()
    window.destroy()


def found(root: Thing, key: str) -> Thing | None:
    """The thing of that key on a page."""
    return next((thing for thing in root.walk() if thing.key == key), None)


def said(root: Thing) -> str:
    """All the words of a page."""
    return " ".join(words_of(thing) for thing in root.walk() if thing.text)


def apart(things: list[Thing]) -> bool:
    """Whether no thing lies upon another."""
    return not any(meets(one.rect, other.rect) for place, one in enumerate(things) for other in things[place + 1 :])


def meets(one: Rect, other: Rect) -> bool:
    shared = one.meet(other)
    return shared.w > 0 and shared.h > 0


# ---- from the back row ------------------------------------------------------


class Standing31(PhoneLine):
    """A line as it is with many phones in, at an address as long as they get."""

    opened = WHERE
    standing = Standing(31, 30)


def faces() -> Iterator[tuple[str, Entrance]]:
    """Every page of the way in, with the most that it says."""
    now = datetime(2026, 11, 25, 10, 0)
    line = Standing31(adapter=Adapter("Local Area Connection* 12", WHERE.host))
    long = Router("The small router of Hallway 2 B!", "correct horse battery staple, and 12 kettles in the staff room")
    page = Entrance(line, Lobby(("page",), since=now), 47, now)
    reached = Standing31(adapter=line.adapter, reached="192.168.178.123:8765")
    for alone in (False, True):
        one = replace(page, alone=alone)
        yield "page", one
        yield "reached", replace(one, line=reached)
        yield "stuck", replace(one, now=now + timedelta(seconds=30))
        yield "router", replace(one, lobby=Lobby(("page", "wifi"), since=now, router=long))
        yield "second", replace(one, lobby=Lobby(("page",), since=now, router=long))
        yield "large", replace(one, lobby=Lobby(("page", "code"), since=now))
        yield "large-router", replace(one, lobby=Lobby(("page", "wifi", "code"), since=now, router=long))
    yield (
        "typing",
        replace(page, alone=True, foot=Naming("password", network=long.network).asks, typed=f"{long.password}|"),
    )


MUST = {
    "page": ("No app and no name.", "31 phones of 47 people."),
    "second": ("No app and no name.", "31 phones of 47 people.", "2 Open the page"),
    "stuck": ("31 phones of 47 people.",),
    "reached": ("31 phones of 47 people.", "A phone has reached 192.168.178.123"),
    "router": ("1 Join the Wi-Fi", "Network:", "Password:", "The small router"),
    "large-router": ("The small router",),
}
"""What each page says, beside the address."""


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", SIZES)
def test_every_page_of_the_way_in_is_read_from_the_back_row(size: tuple[int, int], scale: float) -> None:
    m = Metrics(*size, scale, type_())
    for name, entrance in faces():
        root = joining(m, entrance)
        texts = [thing for thing in root.walk() if thing.text]
        code = found(root, "code")
        assert code is not None
        assert apart([code, *texts]), name
        assert name == "typing" or code.rect.h >= (0.7 if name.startswith("large") else 0.6) * m.height, name
        for thing in [code, *texts]:
            assert thing.rect.within(m.window), (name, thing.name)
            if thing.text is not None and thing.text.style not in SMALL_PRINT:
                assert capital(thing) >= 0.04 * m.height, (name, thing.name)


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", SIZES)
def test_what_a_page_of_the_way_in_must_say_has_room_on_it(size: tuple[int, int], scale: float) -> None:
    m = Metrics(*size, scale, type_())
    for name, entrance in faces():
        words = said(joining(m, entrance))
        if "router" not in name:
            assert WHERE.typed in words.replace("http:// ", "http://").replace(" :", ":"), name
        for sentence in MUST.get(name, ()):
            assert sentence in words, name
        assert (STUCK in words and all(step in words for step in STEPS)) == (name == "stuck" and entrance.alone)


FAR = 157
"""Pixels that a camera has of a code at ten times its side."""


def blurred(surface: pygame.Surface, part: float) -> pygame.Surface:
    """The picture in fewer pixels, a little out of focus."""
    w, h = surface.get_size()
    return pygame.transform.box_blur(pygame.transform.smoothscale(surface, (round(w * part), round(h * part))), 1)


@pytest.mark.parametrize("size", SIZES)
def test_every_code_is_read_back_from_ten_times_its_side(size: tuple[int, int]) -> None:
    """As a camera has it that sees 70 degrees in 1920 pixels; the page's in a quarter of the window's pixels too."""
    m = Metrics(*size, 1.0, type_())
    pygame.display.init()
    window = pygame.Window("code", size)
    surface, art = window.get_surface(), Art(kit())
    for name, entrance in faces():
        root = joining(m, entrance)
        code = found(root, "code")
        assert code is not None
        Painter(m, art, surface)._thing(root)
        [read] = scanned(surface)
        router = (
            "WIFI:T:WPA;S:The small router of Hallway 2 B!;P:correct horse battery staple, and 12 kettles in the staff"
        )
        assert read.startswith(router if "router" in name else WHERE.typed), name
        assert scanned(blurred(surface, FAR / code.rect.w)) == [read], name
        if "router" not in name:
            assert scanned(blurred(surface, 0.25)) == [read], name
    art.close()
    window.destroy()


@pytest.mark.parametrize("size", SIZES)
def test_letters_and_code_stand_out_from_the_page(size: tuple[int, int]) -> None:
    m = Metrics(*size, 1.0, type_())
    pygame.display.init()
    window = pygame.Window("contrast", size)
    surface, art = window.get_surface(), Art(kit())
    for name, entrance in faces():
        root = joining(m, entrance)
        Painter(m, art, surface)._thing(root)
        for thing in root.walk():
            if thing.text is not None:
                at = (max(0, thing.rect.x - 1), thing.rect.y + 2)
                colour = theme.STYLES[thing.text.style].colour
                assert contrast(colour, "#{:02x}{:02x}{:02x}".format(*surface.get_at(at)[:3])) >= 7, (name, thing.name)
        code = found(root, "code")
        assert code is not None
        across = [surface.get_at((x, code.rect.centre[1]))[:3] for x in range(code.rect.x, code.rect.right)]
        light, dark = ("#{:02x}{:02x}{:02x}".format(*colour) for colour in (max(across), min(across)))
        assert contrast(light, dark) >= 7
    art.close()
    window.destroy()


ROUTER = Router("Hallway", "kettle-2026")
LONG = "correct horse battery staple, and 12 kettles in the staff room"


def on_router(password: str) -> Entrance:
    router = replace(ROUTER, password=password)
    now = datetime(2026, 11, 25, 10, 0)
    return Entrance(Standing31(), Lobby(("page", "wifi"), since=now, router=router), 47, now)


@pytest.mark.parametrize("size", SIZES)
def test_the_routers_code_is_as_large_as_a_short_password_lets_it_be(size: tuple[int, int]) -> None:
    m = Metrics(*size, 1.0, type_())
    short, long = (found(joining(m, on_router(password)), "code") for password in (ROUTER.password, LONG))
    assert short is not None
    assert long is not None
    assert short.rect.h > 0.66 * m.height
    assert "kettle-2026" in [thing.name for thing in joining(m, on_router(ROUTER.password)).walk()]
    assert long.rect.h >= 0.6 * m.height


@pytest.mark.parametrize("size", SIZES)
def test_a_long_password_is_broken_where_it_has_a_space_and_none_of_it_is_lost(size: tuple[int, int]) -> None:
    m = Metrics(*size, 1.0, type_())
    lines = [thing.name for thing in joining(m, on_router(LONG)).walk() if thing.text and thing.name.strip() in LONG]
    assert len(lines) > 1
    assert "".join(lines) == LONG
    assert all(line.endswith(" ") for line in lines[:-1])
    unbroken = "x" * 63
    told = [thing.name for thing in joining(m, on_router(unbroken)).walk() if thing.text and "xx" in thing.name]
    assert "".join(told) == unbroken


@pytest.mark.parametrize("size", SIZES)
def test_that_the_room_is_locked_has_a_line_of_its_own(size: tuple[int, int]) -> None:
    class Locked(PhoneLine):
        opened = WHERE
        standing = Standing(31, 30, locked=True)

    now = datetime(2026, 11, 25, 10, 0)
    told = found(joining(Metrics(*size, 1.0, type_()), Entrance(Locked(), Lobby(("page",)), 47, now)), "phones")
    assert told is not None
    assert told.text is not None
    lines = ["".join(run.text for run in line).strip() for line in told.text.lines]
    assert [line for line in lines if line.startswith("The room")]
    assert " ".join(lines) == "31 phones of 47 people. The room is locked."


@pytest.mark.parametrize("size", SIZES)
def test_the_keys_of_the_way_in_are_a_list_where_the_trainers_page_has_room(size: tuple[int, int]) -> None:
    m = Metrics(*size, 1.0, type_())
    entrance = next(entrance for name, entrance in faces() if name == "page")
    told = [thing for block in at_door(m, m.width // 2, m.height * 7 // 10, entrance) for thing in block.things]
    keys = [thing.name for thing in told if thing.name.split(":")[0] in ("A", "E", "U", "Q", "C", "H", "T", "L")]
    assert len(keys) == 8
    assert all(len(thing.text.lines) == 1 for thing in told if thing.name in keys and thing.text)


def test_the_words_move_on_as_the_code_grows() -> None:
    """A window twice as large holds a code twice as large."""
    _, entrance = next(faces())
    sides = []
    for size in ((640, 360), (1280, 720), (2560, 1440)):
        root = joining(Metrics(*size, 1.0, type_()), entrance)
        code = found(root, "code")
        assert code is not None
        sides.append(code.rect.h)
    for one, other in pairwise(sides):
        assert other == pytest.approx(2 * one, rel=0.1)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("size", [(922, 652), *SIZES])
def test_the_presenters_page_holds_what_to_try(size: tuple[int, int], scale: float) -> None:
    m = Metrics(*size, scale, type_())
    room = rooms("late-again")[0]
    for name, entrance in faces():
        if entrance.alone:
            continue
        shown = replace(
            desk(),
            seen=lambda m, entrance=entrance: joining(m, entrance),
            door=lambda m, w, h, entrance=entrance: at_door(m, w, h, entrance),
        )
        texts = own(presented(m, kit(), room, shown))
        for thing in texts:
            assert thing.rect.within(m.window), (name, thing.name, thing.rect)
        assert apart(texts), name
        words = " ".join(map(words_of, texts))
        assert "31 phones of 47 people." in words
        assert (STUCK in words and all(step in words for step in STEPS)) == (name == "stuck")
        assert ("A phone has reached 192.168.178.123:8765" in words) == (name == "reached")


@pytest.mark.parametrize(
    ("platform", "words"),
    [
        (
            "win32",
            "2. In Windows Security, open ‘Firewall & network protection’, then ‘Allow an app through firewall’. "
            "Tick Python for Private and for Public.",
        ),
        (
            "darwin",
            "2. In System Settings, open Network, then Firewall, then Options. Let Python take incoming connections.",
        ),
        (
            "linux",
            "2. Does a firewall on this laptop close port {port}? On Ubuntu, sudo ufw allow {port}/tcp opens it. "
            "On Fedora it is sudo firewall-cmd --add-port={port}/tcp.",
        ),
    ],
)
def test_the_firewall_is_told_of_as_each_system_calls_it(platform: str, words: str) -> None:
    m = Metrics(1280, 720, 1.0, type_())
    [stuck] = [entrance for name, entrance in faces() if name == "stuck" and entrance.alone]
    assert words.format(port=8765) in said(joining(m, replace(stuck, platform=platform)))
