"""Owns how things look: colours, sizes, faces, spaces. Never measures, draws or knows a screen.

Contrast of each pair in use is at least 4.5:1 for text and 3:1 for outlines (WCAG 2.2, AA); tests compute it.
Colour never carries a meaning alone: focus changes fill, ring and text together, and states have words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Face = Literal["regular", "semibold", "italic", "title"]

FACES: Final[Mapping[Face, str]] = {
    "regular": "AtkinsonHyperlegibleNext-Regular.ttf",
    "semibold": "AtkinsonHyperlegibleNext-SemiBold.ttf",
    "italic": "AtkinsonHyperlegibleNext-Italic.ttf",
    "title": "Lexend-SemiBold.ttf",
}

INK: Final = "#17252e"
INK_SOFT: Final = "#43545e"
PAPER: Final = "#fbf7f0"
CARD: Final = "#ffffff"
LINE: Final = "#d9d0c2"
CONTROL: Final = "#75848c"
TEAL: Final = "#11585e"
TEAL_DK: Final = "#0b3e44"
TEAL_TINT: Final = "#e4f0ef"
AMBER: Final = "#f2b544"
AMBER_TINT: Final = "#fdf1d8"
CLAY: Final = "#a83f27"
PLUM: Final = "#6b3f69"
NIGHT: Final = "#0d1519"

TEXT_PAIRS: Final = (
    (INK, PAPER),
    (INK, CARD),
    (INK, AMBER),
    (INK, AMBER_TINT),
    (INK, TEAL_TINT),
    (INK_SOFT, AMBER_TINT),
    (INK_SOFT, TEAL_TINT),
    (TEAL_DK, AMBER_TINT),
    (INK_SOFT, PAPER),
    (INK_SOFT, CARD),
    (TEAL_DK, PAPER),
    (TEAL_DK, CARD),
    (TEAL_DK, TEAL_TINT),
    (TEAL_TINT, TEAL_DK),
    (CARD, TEAL_DK),
    (CLAY, PAPER),
    (PLUM, PAPER),
    (PLUM, AMBER_TINT),
    (CARD, NIGHT),
    (AMBER, NIGHT),
)
"""Every pair of a text's colour and its ground that the screens use."""

ROOM_PAIRS: Final = (
    (INK, PAPER),
    (INK, CARD),
    (INK, AMBER_TINT),
    (INK, AMBER),
    (INK_SOFT, PAPER),
    (INK_SOFT, CARD),
    (TEAL_DK, PAPER),
    (TEAL_DK, CARD),
    (PLUM, PAPER),
    (CARD, TEAL_DK),
    (CARD, NIGHT),
    (AMBER, NIGHT),
)
"""The pairs that a projector shows to a room: at least 7:1, as a projector washes colours out."""

OUTLINE_PAIRS: Final = ((CONTROL, PAPER), (CONTROL, CARD), (AMBER, TEAL_DK))
"""Every outline or sign that must be seen to use a thing, and its ground."""

GROUNDS: Final = (
    ("#f2e6d0", "#e6d6b9", "#c9925e", "#f9f0df"),
    ("#dfe9e4", "#c7d8cf", "#8fb09e", "#eef4f0"),
    ("#d9e8ea", "#bdd5d9", "#6ba5a9", "#edf5f6"),
    ("#efe0d6", "#e0c8b8", "#cf6a4b", "#f8eee7"),
    ("#ece2ec", "#d6c5d6", "#96698f", "#f6f0f6"),
)
"""Calm grounds for places without a picture: wall, its lower part, floor, light."""

SLAB: Final = "#d6ccba"
SLAB_SH: Final = "#beb8aa"
SLAB_JOINT: Final = "#bdb19c"
KERB: Final = "#e4dccc"
GUTTER: Final = "#8d969b"
ROAD: Final = "#4f6874"
GRASS: Final = "#b7d1a8"
HEDGE: Final = "#4c7a54"
"""The street of *Home*, in the colours of its houses."""

PEOPLE: Final = ("#0b3e44", "#6b3f69", "#8c3a22", "#5b4a16", "#2f5140", "#35516b")
"""Grounds for the name of a person without a portrait; white on each is at least 7:1."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """A way to set text: face, logical size (at 1280 x 720), colour, line height as a part of the size.

    What a `back_row` must read is sized by the window's height alone, whatever its width and the text size.
    """

    face: Face
    size: int
    colour: str
    leading: float = 1.42
    back_row: bool = False


STYLES: Final[Mapping[str, TextStyle]] = {
    "body": TextStyle("regular", 22, INK),
    "soft": TextStyle("regular", 22, INK_SOFT),
    "bold": TextStyle("semibold", 22, INK),
    "small": TextStyle("regular", 17, INK_SOFT),
    "small-ink": TextStyle("regular", 17, INK),
    "small-bold": TextStyle("semibold", 17, TEAL_DK),
    "lead": TextStyle("regular", 24, INK),
    "name": TextStyle("title", 24, TEAL_DK),
    "heading": TextStyle("title", 22, TEAL_DK, 1.35),
    "title": TextStyle("title", 28, TEAL_DK, 1.3),
    "display": TextStyle("title", 40, TEAL_DK, 1.25),
    "quote": TextStyle("regular", 24, PLUM),
    "bar-title": TextStyle("semibold", 17, CARD),
    "bar": TextStyle("regular", 17, TEAL_TINT),
    "pill": TextStyle("title", 22, CARD),
    "button": TextStyle("semibold", 20, CARD),
    "quiet": TextStyle("semibold", 20, TEAL_DK),
    "chip": TextStyle("semibold", 22, TEAL_DK),
    "attention": TextStyle("semibold", 20, CLAY),
    "code": TextStyle("regular", 17, INK),
    "map-name": TextStyle("regular", 17, INK_SOFT),
    "map-ask": TextStyle("semibold", 17, INK),
    "map-words": TextStyle("regular", 17, INK),
    "map-sign": TextStyle("semibold", 17, TEAL_DK),
    "map-ending": TextStyle("title", 17, TEAL_DK),
    "map-band-name": TextStyle("regular", 17, TEAL_TINT),
    "map-band-ask": TextStyle("semibold", 17, CARD),
    "room-words": TextStyle("regular", 44, INK, 1.22, True),
    "room-soft": TextStyle("regular", 44, INK_SOFT, 1.2, True),
    "room-bold": TextStyle("semibold", 44, INK, 1.18, True),
    "room-name": TextStyle("semibold", 44, TEAL_DK, 1.18, True),
    "room-quote": TextStyle("regular", 44, PLUM, 1.25, True),
    "room-ask": TextStyle("semibold", 55, INK, 1.16, True),
    "room-title": TextStyle("title", 58, TEAL_DK, 1.2, True),
    "room-display": TextStyle("title", 84, TEAL_DK, 1.15, True),
    "room-choice": TextStyle("regular", 55, INK, 1.12, True),
    "room-letter": TextStyle("title", 55, CARD, 1.12, True),
    "room-number": TextStyle("title", 55, INK, 1.12, True),
    "room-clock": TextStyle("title", 120, TEAL_DK, 1.1, True),
    "room-night": TextStyle("regular", 44, CARD, 1.2, True),
    "room-night-choice": TextStyle("regular", 55, CARD, 1.12, True),
    "room-night-count": TextStyle("title", 260, AMBER, 1.1, True),
}
"""A back row reads capitals of 4 % of the window's height, in a choice 5 % (design note `room.md`, 1d): 44 and 55."""

BODY_FLOOR: Final = 18
"""Real pixels below which body text never goes, whatever the window."""

SMALL_FLOOR: Final = 15

TARGET: Final = 44
"""The least height of anything to press, in logical pixels (WCAG 2.2, 2.5.5)."""

TEXT_SIZES: Final = (100, 125, 150, 175, 200)
"""Text sizes on offer, in percent."""

ICONS: Final[Mapping[str, str]] = {
    "text": "M3 19 L8 5 L13 19 M5 14 H11 M15 19 L18.5 10 L22 19 M16.3 16 H20.7",
    "log": "M6 3 H18 V21 H6 Z M9 8 H15 M9 12 H15 M9 16 H13",
    "menu": "M4 7 H20 M4 12 H20 M4 17 H20",
    "clock": "M12 3 A9 9 0 1 0 12 21 A9 9 0 1 0 12 3 Z M12 7 V12 L15.5 14",
    "place": "M12 21 C7 15 5 12 5 9 A7 7 0 0 1 19 9 C19 12 17 15 12 21 Z "
    "M12 7 A2.4 2.4 0 1 0 12 11.8 A2.4 2.4 0 1 0 12 7 Z",
    "next": "M8 5 L15 12 L8 19",
    "back": "M16 5 L9 12 L16 19",
    "close": "M6 6 L18 18 M18 6 L6 18",
    "down": "M5 9 L12 16 L19 9",
    "done": "M4 12.5 L10 18.5 L20 6.5",
    "begun": "M12 3 A9 9 0 1 0 12 21 A9 9 0 1 0 12 3 Z M10 8.5 L15.5 12 L10 15.5 Z",
    "new": "M12 4 L14.4 9.4 L20.2 10 L15.8 13.9 L17.1 19.6 L12 16.6 L6.9 19.6 L8.2 13.9 L3.8 10 L9.6 9.4 Z",
    "mend": "M12 3 L22 20 H2 Z M12 9 V14 M12 17 V17.2",
    "quote": "M9 6 C6 7 5 9.5 5 13 V18 H10 V12 H7.5 M18 6 C15 7 14 9.5 14 13 V18 H19 V12 H16.5",
    "nearer": "M12 5 V19 M5 12 H19",
    "farther": "M5 12 H19",
    "whole": "M4 9 V4 H9 M15 4 H20 V9 M20 15 V20 H15 M9 20 H4 V15",
    "view": "M3 5 H21 V19 H3 Z M3 16.5 L8.5 11 L13.5 16 L16.5 13 L21 17 M15.5 8.2 A1.3 1.3 0 1 0 15.6 8.2",
    "picture": "M3 8 H7.5 L9.5 5 H14.5 L16.5 8 H21 V19 H3 Z M12 9.6 A3.6 3.6 0 1 0 12 16.8 A3.6 3.6 0 1 0 12 9.6 Z",
    "group": "M8.5 5 A3 3 0 1 0 8.5 11 A3 3 0 1 0 8.5 5 Z M2.5 19 C2.5 15.5 5 14 8.5 14 C12 14 14.5 15.5 14.5 19 "
    "M16 5.5 A2.6 2.6 0 0 1 16 10.7 M17 14 C19.8 14.3 21.5 16 21.5 19",
    "settings": "M4 7 H20 M4 12 H20 M4 17 H20 M9 4.8 V9.2 M15 9.8 V14.2 M7 14.8 V19.2",
}
"""Icons on a grid of 24, one path each, stroke 2, round."""
