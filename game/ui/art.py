"""Owns pictures: places, boxes, icons, drawn from SVG at the size they are shown. Never knows a story.

A picture is looked up by name in the art folder. Where there is none, a calm ground in the palette stands in:
a wall, a floor and light, chosen by the place's name, so that each place keeps its own.
"""

from __future__ import annotations

import io
import zlib
from collections import OrderedDict
from pathlib import Path
from typing import Final

import pygame

from game.ui.theme import GROUNDS, ICONS, PEOPLE

KEPT: Final = 48_000_000
"""Bytes of pictures kept drawn: a dozen rooms at 1280 x 720, or five at 1920 x 1080."""

_SVG: Final = '<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}">{body}</svg>'


class Art:
    """Every picture on screen, each drawn once for a size and then kept while there is room."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: OrderedDict[tuple[object, ...], pygame.Surface] = OrderedDict()
        self._bytes = 0

    def place(self, name: str, size: tuple[int, int]) -> pygame.Surface:
        """The room of that name filling `size`, or the calm ground of that name."""
        key = ("place", name, size)
        return self._kept_or(key, lambda: self._room(name, size))

    def has_place(self, name: str, size: tuple[int, int]) -> bool:
        """Whether the room is drawn already."""
        return ("place", name, size) in self._kept

    def person(self, name: str, expression: str, height: int) -> pygame.Surface | None:
        """The portrait of that name with that expression, so high; its neutral one, or None, where there is none."""
        for wanted in (f"{name}_{expression}", f"{name}_neutral"):
            path = self._folder / "people" / f"{wanted}.svg"
            if name and path.is_file():
                return self._kept_or(("person", wanted, height), lambda path=path: _portrait(path, height))
        return None

    def box(self, radius: int, fill: str, outline: str, thick: int, shadow: int) -> pygame.Surface:
        """A small rounded box to be cut in nine: corners with `radius`, one pixel of each edge between them."""
        key = ("box", radius, fill, outline, thick, shadow)
        return self._kept_or(key, lambda: _box(radius, fill, outline, thick, shadow))

    def icon(self, name: str, px: int, colour: str) -> pygame.Surface:
        """An icon, `px` wide and high."""
        key = ("icon", name, px, colour)
        return self._kept_or(key, lambda: _icon(name, px, colour))

    def disc(self, px: int, fill: str, ring: str) -> pygame.Surface:
        """A round ground for a name, `px` wide and high, with a ring."""
        key = ("disc", px, fill, ring)
        return self._kept_or(key, lambda: _disc(px, fill, ring))

    def _kept_or(self, key: tuple[object, ...], draw: object) -> pygame.Surface:
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        assert callable(draw)
        picture: pygame.Surface = draw()
        self._kept[key] = picture
        self._bytes += _weight(picture)
        while self._bytes > KEPT and len(self._kept) > 1:
            self._bytes -= _weight(self._kept.popitem(last=False)[1])
        return picture

    def _room(self, name: str, size: tuple[int, int]) -> pygame.Surface:
        path = self._folder / "places" / f"{name}.svg"
        if name and path.is_file():
            return _filling(path.read_text(encoding="utf-8"), size)
        return _ground(name, size)


def person_colour(name: str) -> str:
    """The ground for a person without a portrait: always the same for the same person."""
    return PEOPLE[zlib.crc32(name.encode()) % len(PEOPLE)]


def _weight(picture: pygame.Surface) -> int:
    return picture.get_width() * picture.get_height() * picture.get_bytesize()


def _draw(svg: str) -> pygame.Surface:
    return pygame.image.load(io.BytesIO(svg.encode()), "picture.svg")


def _filling(svg: str, size: tuple[int, int]) -> pygame.Surface:
    """A picture that fills the size, its middle kept, whatever the window's shape."""
    head, rest = svg.split(">", 1)
    sized = f'{head} width="{size[0]}" height="{size[1]}" preserveAspectRatio="xMidYMid slice">{rest}'
    return _draw(sized).convert()


def _portrait(path: Path, height: int) -> pygame.Surface:
    return pygame.image.load_sized_svg(str(path), (10 * height, height)).convert_alpha()


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
