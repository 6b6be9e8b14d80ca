"""Owns pictures as pixels: places, people, parts, boxes, icons, each drawn at its own size. Never knows a story.

A picture is asked for by a key, drawn once, and kept while there is room. What a page may need next is drawn ahead by
one thread, so that nobody waits for it: pygame lets go of Python's lock while it draws SVG. Where a picture cannot be
made, a calm ground in the palette stands in: a wall, a floor and light, chosen by the place's name, so that each
place keeps its own.
"""

from __future__ import annotations

import ctypes
import io
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.pictures import BUST, Kit, Unmade, head, moment_of
from game.ui.theme import FACES, GROUNDS, ICONS, INK_SOFT, PAPER, PEOPLE, TEAL_TINT
from game.ui.tree import Page, Thing

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

KEPT: Final = 56_000_000
"""Bytes of pictures kept drawn: six rooms at 1920 x 1080 and the people in them."""

ROOMS: Final = 5
"""Rooms that are kept in a window so large that they take more than that: this one, and those of the next choices."""

VEIL: Final = 46
"""How much paper lies over a room to push it behind the words, of 255 (18 %)."""

THIN_VEIL: Final = 22
"""The same in the evening and at night (9 %): more would be like fog."""

ROUGH: Final = 800
"""Pixels wide above which a place is worth showing roughly first: below it is drawn within two frames."""

AHEAD: Final = 24
"""Pictures drawn ahead at the most: those of the pages that may come next."""

SHEET_WIDE: Final = 1980
"""Pixels that a contact sheet is wide: four places, or nine people."""

_SVG: Final = '<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}">{body}</svg>'


def give_back() -> None:
    """Have glibc give a picture's memory back to the system when it is let go: by default it learns to keep it.

    Saves 40 MB after three stories at 1920 x 1080. Elsewhere nothing is done.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").mallopt(_MMAP_THRESHOLD, 1 << 20)


_MMAP_THRESHOLD: Final = -3
"""glibc's number for `M_MMAP_THRESHOLD`; setting it ends the learning."""


class Key(NamedTuple):
    """What a picture is asked for by: the look it has on a page, what that look shows, and its size in real pixels."""

    look: str
    detail: str
    value: str
    w: int
    h: int


class Art:
    """Every picture on screen, each drawn once for a size and then kept while there is room."""

    def __init__(self, kit: Kit) -> None:
        give_back()
        self.kit = kit
        self._kept: OrderedDict[tuple[object, ...], pygame.Surface | None] = OrderedDict()
        self._bytes = 0
        self._most = KEPT
        self._lock = Lock()
        self._hand: ThreadPoolExecutor | None = None
        self._drawing: dict[Key, Future[None]] = {}
        self._rough: dict[Key, pygame.Surface] = {}
        self._awaited: list[Future[None]] = []

    @property
    def awaited(self) -> bool:
        """Whether a picture that is shown roughly is being drawn."""
        return bool(self._awaited)

    def arrived(self) -> bool:
        """Whether a picture that was shown roughly has come since this was last asked.

        It is asked for, and not told by an event from the thread: SDL wakes a window for one that may be gone by then.
        """
        done = [coming for coming in self._awaited if coming.done()]
        self._awaited = [coming for coming in self._awaited if coming not in done]
        return any(not coming.cancelled() for coming in done)

    def picture(self, key: Key, *, patient: bool = True) -> pygame.Surface | None:
        """The picture of a key: kept, drawn ahead, or drawn now. None for somebody who has no portrait.

        Without patience a large place that is not there yet is given roughly, at a third of its size and stretched,
        while the thread draws it; `arrived` tells when it is there.
        """
        if not patient and key.look in ("room", "picture") and key.w > ROUGH and key not in self._kept:
            return self._roughly(key)
        self._rough.pop(key, None)
        coming = self._drawing.pop(key, None)
        if coming is not None and not coming.cancel():
            coming.result()
        return self._kept_or(key, lambda: _drawn(self.kit, key))

    def _roughly(self, key: Key) -> pygame.Surface | None:
        if key not in self._rough:
            small = _drawn(self.kit, key._replace(w=key.w // 3, h=key.h // 3))
            self._rough = {} if small is None else {key: pygame.transform.smoothscale(small, (key.w, key.h))}
            for other, coming in list(self._drawing.items()):
                if other != key and coming.cancel():
                    del self._drawing[other]
            if key not in self._drawing:
                self._drawing[key] = self._helper().submit(self._ahead, key)
            self._awaited.append(self._drawing[key])
        return self._rough.get(key)

    def soon(self, keys: Iterable[Key]) -> None:
        """Draw these ahead, the first first, in place of those asked for before; as many as `AHEAD`."""
        wanted = [key for key in dict.fromkeys(keys) if key not in self._kept][:AHEAD]
        for key, coming in list(self._drawing.items()):
            if coming.done() or (key not in wanted and coming.cancel()):
                del self._drawing[key]
        for key in wanted:
            if key not in self._drawing:
                self._drawing[key] = self._helper().submit(self._ahead, key)

    def ready(self) -> None:
        """Wait until all that is drawn ahead is there. For measuring and for tests."""
        for coming in list(self._drawing.values()):
            if not coming.cancelled():
                coming.result()

    def close(self) -> None:
        """Let go of the thread that draws ahead."""
        if self._hand is not None:
            self._hand.shutdown(wait=True, cancel_futures=True)
            self._hand = None

    def box(self, radius: int, fill: str, outline: str, thick: int, shadow: int) -> pygame.Surface:
        """A small rounded box to be cut in nine: corners with `radius`, one pixel of each edge between them."""
        key = ("box", radius, fill, outline, thick, shadow)
        return self._surely(key, lambda: _box(radius, fill, outline, thick, shadow))

    def icon(self, name: str, px: int, colour: str) -> pygame.Surface:
        """An icon, `px` wide and high."""
        key = ("icon", name, px, colour)
        return self._surely(key, lambda: _icon(name, px, colour))

    def disc(self, px: int, fill: str, ring: str) -> pygame.Surface:
        """A round ground for a name, `px` wide and high, with a ring."""
        key = ("disc", px, fill, ring)
        return self._surely(key, lambda: _disc(px, fill, ring))

    def _helper(self) -> ThreadPoolExecutor:
        if self._hand is None:
            from concurrent.futures import ThreadPoolExecutor  # here, as the first frame does not need it

            self._hand = ThreadPoolExecutor(1, "drawing-ahead")
        return self._hand

    def _ahead(self, key: Key) -> None:
        self._kept_or(key, lambda: _drawn(self.kit, key))

    def _surely(self, key: tuple[object, ...], draw: Callable[[], pygame.Surface]) -> pygame.Surface:
        picture = self._kept_or(key, draw)
        assert picture is not None
        return picture

    def _kept_or(self, key: tuple[object, ...], draw: Callable[[], pygame.Surface | None]) -> pygame.Surface | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        picture = draw()
        with self._lock:
            self._most = max(self._most, ROOMS * _weight(picture))
            if key not in self._kept:
                self._kept[key] = picture
                self._bytes += _weight(picture)
            while self._bytes > self._most and len(self._kept) > 1:
                self._bytes -= _weight(self._kept.popitem(last=False)[1])
        return picture


def pictured(page: Page) -> list[Key]:
    """The keys of all pictures on a page."""
    return [key_of(thing) for thing in page.root.walk() if thing.look in DRAWN]


def key_of(thing: Thing) -> Key:
    """The key of a thing that is a picture."""
    return Key(thing.look, thing.detail, thing.value, thing.rect.w, thing.rect.h)


def _drawn(kit: Kit, key: Key) -> pygame.Surface | None:
    return DRAWN[key.look](kit, key)


def _room(kit: Kit, key: Key) -> pygame.Surface:
    """A place behind people and words: a veil of paper lies over it."""
    surface = _place(kit, key)
    name, _, when = key.detail.partition("|")
    veil = pygame.Surface(surface.get_size())
    veil.fill(PAPER)
    veil.set_alpha(THIN_VEIL if kit.hour(name, moment_of(when)) in ("evening", "night") else VEIL)
    surface.blit(veil, (0, 0))
    return surface


def _place(kit: Kit, key: Key) -> pygame.Surface:
    """A place that fills the size, its middle kept. `detail` is its picture and, behind `|`, when it is."""
    name, _, when = key.detail.partition("|")
    size = key.w, key.h
    try:
        svg = kit.place(name, moment_of(when))
        return _draw(_sized(svg, size, "slice")).convert()
    except (Unmade, pygame.error):
        return _ground(name, size)


def _person(kit: Kit, key: Key) -> pygame.Surface | None:
    """Somebody, as a bust that fills the size. `value` holds the expression, and looks, `away` or `flip` behind it."""
    expression, *how = key.value.split() or ["neutral"]
    looks = [word for word in how if word not in ("away", "flip")]
    try:
        svg = kit.person(key.detail, expression, looks, away="away" in how)
        surface = _draw(_sized(svg, (key.w, key.h), "meet")).convert_alpha()
    except (Unmade, pygame.error):
        return None
    return pygame.transform.flip(surface, True, False) if "flip" in how else surface


def _portrait(kit: Kit, key: Key) -> pygame.Surface | None:
    """Somebody's head in a round frame."""
    face = kit.face(key.detail)
    if face is None:
        return None
    left, top, side, _ = head(face)
    scale = key.w / side
    bust = Key("person", key.detail, key.value, round(BUST[0] * scale), round(BUST[1] * scale))
    whole = _person(kit, bust)
    if whole is None:
        return None
    surface = _disc(key.w, TEAL_TINT, TEAL_TINT)
    seen = pygame.Surface((key.w, key.w), pygame.SRCALPHA)
    seen.blit(surface, (0, 0))
    seen.blit(whole, (round(-left * scale), round(-top * scale)))
    seen.blit(_disc(key.w, "#ffffff", "#ffffff"), (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    return seen


def _part(kit: Kit, key: Key) -> pygame.Surface | None:
    """A part of the kit by itself. `detail` is its name, `value` its moods and words, as `begun door=#0b3e44`."""
    given = key.value.split()
    words = dict(pair.split("=", 1) for pair in given if "=" in pair)
    moods = frozenset(mood for mood in given if "=" not in mood)
    try:
        return _draw(_sized(kit.part(key.detail, moods, words), (key.w, key.h), "meet")).convert_alpha()
    except (Unmade, pygame.error):
        return None


DRAWN: Final[Mapping[str, Callable[[Kit, Key], pygame.Surface | None]]] = {
    "room": _room,
    "picture": _place,
    "person": _person,
    "portrait": _portrait,
    "part": _part,
}
"""How the picture of each look is drawn."""


def person_colour(name: str) -> str:
    """The ground for a person without a portrait: always the same for the same person."""
    return PEOPLE[zlib.crc32(name.encode()) % len(PEOPLE)]


def _weight(picture: pygame.Surface | None) -> int:
    return 0 if picture is None else picture.get_width() * picture.get_height() * picture.get_bytesize()


def _draw(svg: str) -> pygame.Surface:
    return pygame.image.load(io.BytesIO(svg.encode()), "picture.svg")


def _sized(svg: str, size: tuple[int, int], fit: str) -> str:
    """The picture with its size in pixels: `slice` fills it and keeps the middle, `meet` stands at its lower edge."""
    head, rest = svg.split(">", 1)
    keep = "xMidYMid slice" if fit == "slice" else "xMidYMax meet"
    return f'{head} width="{size[0]}" height="{size[1]}" preserveAspectRatio="{keep}">{rest}'


def _ground(name: str, size: tuple[int, int]) -> pygame.Surface:
    """Wall, floor and the light of a window: flat, one light from the left, nothing that asks to be looked at."""
    w, h = size
    turn = zlib.crc32(name.encode())
    wall, low, floor, light = GROUNDS[turn % len(GROUNDS)]
    rail, base = round(h * 0.56), round(h * 0.82)
    left = round(w * (0.10 + 0.05 * (turn // 7 % 4)))
    pane, tall = round(h * 0.26), round(h * 0.36)
    top = round(h * 0.13)
    glass = f'width="{pane - h // 40}" height="{tall - h // 30}" fill="#cfe5ea"'
    body = (
        f'<rect width="{w}" height="{h}" fill="{wall}"/>'
        f'<path d="M{left} {top} h{2 * pane} l{round(h * 0.5)} {h} h{-2 * pane} Z" fill="{light}" fill-opacity="0.55"/>'
        f'<rect y="{rail}" width="{w}" height="{h - rail}" fill="{low}"/>'
        f'<rect y="{rail}" width="{w}" height="{max(2, h // 90)}" fill="{light}"/>'
        f'<rect y="{base}" width="{w}" height="{h - base}" fill="{floor}" fill-opacity="0.75"/>'
        f'<rect y="{base}" width="{w}" height="{max(2, h // 70)}" fill="{light}"/>'
        f'<rect x="{left}" y="{top}" width="{2 * pane}" height="{tall}" rx="{h // 90}" fill="{light}"/>'
        f'<rect x="{left + h // 60}" y="{top + h // 60}" {glass}/>'
        f'<rect x="{left + pane + h // 120}" y="{top + h // 60}" {glass}/>'
    )
    return _draw(_SVG.format(w=w, h=h, body=body)).convert()


def _box(radius: int, fill: str, outline: str, thick: int, shadow: int) -> pygame.Surface:
    """The shadow is seven boxes of ink at 3.5 %, each a little smaller, as light falls from the upper left."""
    margin = margin_of(shadow)
    side = 2 * radius + 2 + 2 * margin
    inner = 2 * radius + 2
    layers = []
    for step in range(7 if shadow else 0):
        grow = round(shadow * (1.6 - step * 0.27), 2)
        layers.append(
            f'<rect x="{margin - grow}" y="{margin - grow + shadow * 0.5}" width="{inner + 2 * grow}" '
            f'height="{inner + 2 * grow}" rx="{max(0, radius + grow)}" fill="#17252e" fill-opacity="0.035"/>'
        )
    half = thick / 2
    layers.append(
        f'<rect x="{margin + half}" y="{margin + half}" width="{inner - thick}" height="{inner - thick}" '
        f'rx="{max(0, radius - half)}" fill="{fill}" stroke="{outline or "none"}" stroke-width="{thick}"/>'
    )
    return _draw(_SVG.format(w=side, h=side, body="".join(layers))).convert_alpha()


def contact_sheet(prints: Iterable[tuple[str, str, int, int]], fonts: Path) -> bytes:
    """Pictures beside each other with words under them, as a PNG file's bytes: (words, SVG, width, height) each."""
    pygame.font.init()
    font = pygame.font.Font(str(fonts / FACES["regular"]), 15)
    rows: list[list[tuple[str, str, int, int]]] = []
    for each in prints:
        if not rows or sum(w + 12 for _, _, w, _ in rows[-1]) + each[2] > SHEET_WIDE or rows[-1][0][3] != each[3]:
            rows.append([])
        rows[-1].append(each)
    sheet = pygame.Surface((SHEET_WIDE, 12 + sum(row[0][3] + 32 for row in rows)))
    sheet.fill(PAPER)
    y = 12
    for row in rows:
        x = 12
        for words, svg, w, h in row:
            sheet.blit(_draw(_sized(svg, (w, h), "meet")), (x, y))
            sheet.blit(font.render(words, True, INK_SOFT), (x, y + h + 2))
            x += w + 12
        y += row[0][3] + 32
    file = io.BytesIO()
    pygame.image.save(sheet, file, "sheet.png")
    return file.getvalue()


def margin_of(shadow: int) -> int:
    """How far a box's shadow reaches beyond it, in real pixels."""
    return int(shadow * 2.2 + 2) if shadow else 0


def _icon(name: str, px: int, colour: str) -> pygame.Surface:
    return _draw(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{px}" height="{px}" viewBox="0 0 24 24">'
        f'<path d="{ICONS[name]}" fill="none" stroke="{colour}" stroke-width="2" '
        f'stroke-linecap="round" stroke-linejoin="round"/></svg>'
    ).convert_alpha()


def _disc(px: int, fill: str, ring: str) -> pygame.Surface:
    c, thick = px / 2, max(2, px // 24)
    body = (
        f'<circle cx="{c}" cy="{c}" r="{c - 1}" fill="{ring}"/>'
        f'<circle cx="{c}" cy="{c}" r="{c - 1 - thick}" fill="{fill}"/>'
    )
    return _draw(_SVG.format(w=px, h=px, body=body)).convert_alpha()
