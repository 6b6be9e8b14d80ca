"""Owns what a key, a mouse or a clicker meant. Turns pygame's events into ours; never acts on them.

A clicker sends Page Down and Page Up, and its start button sends F5 and Esc in turn: so Esc only ever opens or
closes the pause menu, and never ends anything.

Where a page takes text (`Page.types`), a key that writes a letter means that letter (`Typed`) and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

import pygame


class Meaning(Enum):
    """What somebody wants, whichever way they said it."""

    NEXT = auto()
    PREVIOUS = auto()
    DOWN = auto()
    UP = auto()
    CONFIRM = auto()
    FORWARD = auto()
    STEP_BACK = auto()
    SKIP = auto()
    MENU = auto()
    LOG = auto()
    MAP = auto()
    PICTURE = auto()
    OVERLAY = auto()
    TEXT_SIZE = auto()
    LARGER = auto()
    SMALLER = auto()
    FULL_SCREEN = auto()
    PAGE_DOWN = auto()
    PAGE_UP = auto()
    TOP = auto()
    NEARER = auto()
    FARTHER = auto()
    CLOSE = auto()
    REDRAW = auto()
    HANDS = auto()
    NOTE = auto()
    NOTE_AWAY = auto()
    BLANK = auto()
    WHITE = auto()
    LESS = auto()
    OTHER_WINDOW = auto()
    RHYTHM = auto()
    JOIN = auto()
    ADDRESS = auto()
    REFUSE = auto()
    SAME = auto()
    TABLES = auto()
    FREE = auto()
    REVEAL = auto()
    CODE = auto()
    CORNER = auto()
    ROUTER = auto()
    ROUTER_ANEW = auto()
    HOST_NAME = auto()
    START = auto()


@dataclass(frozen=True, slots=True)
class Pick:
    """A number key: the choice of that number, from 1."""

    number: int


@dataclass(frozen=True, slots=True)
class Point:
    """The mouse is over this place, in real pixels; `held` while its main button is down."""

    x: int
    y: int
    held: bool = False


@dataclass(frozen=True, slots=True)
class Click:
    """The main button went down at this place, in real pixels."""

    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Scroll:
    """The wheel turned: notches, downwards positive."""

    notches: float


@dataclass(frozen=True, slots=True)
class Resized:
    """The window has a new size."""


@dataclass(frozen=True, slots=True)
class Typed:
    """Something was written, while the page takes text; `shift` while that key was held."""

    text: str
    shift: bool = False


@dataclass(frozen=True, slots=True)
class Ticked:
    """The time is over that a page gave in `ticks`."""


Event = Meaning | Pick | Point | Click | Scroll | Resized | Typed | Ticked

KEYS: Final[Mapping[int, Meaning]] = {
    pygame.K_DOWN: Meaning.DOWN,
    pygame.K_UP: Meaning.UP,
    pygame.K_RETURN: Meaning.CONFIRM,
    pygame.K_KP_ENTER: Meaning.CONFIRM,
    pygame.K_SPACE: Meaning.CONFIRM,
    pygame.K_RIGHT: Meaning.FORWARD,
    pygame.K_LEFT: Meaning.STEP_BACK,
    pygame.K_BACKSPACE: Meaning.STEP_BACK,
    pygame.K_END: Meaning.SKIP,
    pygame.K_ESCAPE: Meaning.MENU,
    pygame.K_MENU: Meaning.MENU,
    pygame.K_l: Meaning.LOG,
    pygame.K_m: Meaning.MAP,
    pygame.K_o: Meaning.OVERLAY,
    pygame.K_p: Meaning.PICTURE,
    pygame.K_t: Meaning.TEXT_SIZE,
    pygame.K_F11: Meaning.FULL_SCREEN,
    pygame.K_PAGEDOWN: Meaning.PAGE_DOWN,
    pygame.K_PAGEUP: Meaning.PAGE_UP,
    pygame.K_HOME: Meaning.TOP,
    pygame.K_PLUS: Meaning.NEARER,
    pygame.K_EQUALS: Meaning.NEARER,
    pygame.K_KP_PLUS: Meaning.NEARER,
    pygame.K_MINUS: Meaning.FARTHER,
    pygame.K_KP_MINUS: Meaning.FARTHER,
    pygame.K_h: Meaning.HANDS,
    pygame.K_n: Meaning.NOTE,
    pygame.K_b: Meaning.BLANK,
    pygame.K_PERIOD: Meaning.BLANK,
    pygame.K_KP_PERIOD: Meaning.BLANK,
    pygame.K_w: Meaning.WHITE,
    pygame.K_r: Meaning.RHYTHM,
    pygame.K_j: Meaning.JOIN,
    pygame.K_a: Meaning.ADDRESS,
    pygame.K_v: Meaning.REVEAL,
    pygame.K_q: Meaning.CODE,
    pygame.K_c: Meaning.CORNER,
    pygame.K_u: Meaning.ROUTER,
    pygame.K_e: Meaning.HOST_NAME,
    pygame.K_s: Meaning.SAME,
    pygame.K_g: Meaning.TABLES,
    pygame.K_F5: Meaning.START,  # of a clicker; it begins nothing, and takes back what its Esc asked
}

SHIFT_KEYS: Final[Mapping[int, Meaning]] = {
    pygame.K_t: Meaning.LESS,
    pygame.K_n: Meaning.NOTE_AWAY,
    pygame.K_m: Meaning.REFUSE,
    pygame.K_p: Meaning.OTHER_WINDOW,
    pygame.K_u: Meaning.ROUTER_ANEW,
    pygame.K_g: Meaning.FREE,
}
"""Keys that mean something else with Shift."""

CONTROL_KEYS: Final[Mapping[int, Meaning]] = {
    pygame.K_PLUS: Meaning.LARGER,
    pygame.K_EQUALS: Meaning.LARGER,
    pygame.K_KP_PLUS: Meaning.LARGER,
    pygame.K_MINUS: Meaning.SMALLER,
    pygame.K_KP_MINUS: Meaning.SMALLER,
    pygame.K_q: Meaning.CLOSE,
    pygame.K_w: Meaning.CLOSE,
}

_PLAIN: Final[Mapping[int, Event]] = {
    pygame.QUIT: Meaning.CLOSE,
    pygame.WINDOWCLOSE: Meaning.CLOSE,
    pygame.WINDOWEXPOSED: Meaning.REDRAW,
    pygame.WINDOWRESTORED: Meaning.REDRAW,
    pygame.WINDOWSIZECHANGED: Resized(),
}


def meaning(event: pygame.Event, ratio: float = 1.0) -> Event | None:
    """What a pygame event means, or None. `ratio`: real pixels for one point of the mouse (more than 1 on Retina)."""
    if event.type == pygame.KEYDOWN:
        return _key(event)
    if event.type == pygame.MOUSEMOTION:
        return Point(round(event.pos[0] * ratio), round(event.pos[1] * ratio), bool(event.buttons[0]))
    if event.type == pygame.MOUSEBUTTONDOWN and event.button == pygame.BUTTON_LEFT:
        return Click(round(event.pos[0] * ratio), round(event.pos[1] * ratio))
    if event.type == pygame.MOUSEWHEEL:
        return Scroll(-getattr(event, "precise_y", event.y))
    return _PLAIN.get(event.type)


def _key(event: pygame.Event) -> Event | None:
    if event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META):
        return CONTROL_KEYS.get(event.key)
    if event.key == pygame.K_TAB:
        return Meaning.PREVIOUS if event.mod & pygame.KMOD_SHIFT else Meaning.NEXT
    if event.mod & pygame.KMOD_ALT:
        return Meaning.FULL_SCREEN if event.key == pygame.K_RETURN else None
    number = _number(event)
    if number:
        return Pick(number)
    if event.mod & pygame.KMOD_SHIFT and event.key in SHIFT_KEYS:
        return SHIFT_KEYS[event.key]
    return KEYS.get(event.key) or _PLACES.get(int(getattr(event, "scancode", 0)))


_PLACES: Final[Mapping[int, Meaning]] = {pygame.KSCAN_PERIOD: Meaning.BLANK}
"""Keys by where they lie on the board: a clicker blanks with the full stop's, whatever the layout writes there."""


def writes(event: pygame.Event) -> bool:
    """Whether a key that went down writes something. What it writes comes by itself, as text."""
    held = event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META | pygame.KMOD_ALT)
    third = event.mod & pygame.KMOD_MODE or (event.mod & pygame.KMOD_CTRL and event.mod & pygame.KMOD_ALT)  # AltGr
    return bool(event.unicode) and event.unicode.isprintable() and (not held or bool(third))


def _number(event: pygame.Event) -> int:
    """The number key's number, also where the layout writes something else there unshifted (AZERTY); else 0."""
    key, place = int(event.key), int(getattr(event, "scancode", 0))
    if pygame.K_1 <= key <= pygame.K_9:
        return key - pygame.K_1 + 1
    if pygame.K_KP_1 <= key <= pygame.K_KP_9:
        return key - pygame.K_KP_1 + 1
    if pygame.KSCAN_1 <= place <= pygame.KSCAN_9:
        return place - pygame.KSCAN_1 + 1
    return 0
