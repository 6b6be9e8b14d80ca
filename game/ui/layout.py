"""Owns where things go: logical units, and columns that flow downwards. Never draws and never knows a story.

Layout is in logical units at 1280 x 720 and comes out in the window's real pixels, so nothing is scaled up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from game.ui.text import Type, plain
from game.ui.theme import BODY_FLOOR, SMALL_FLOOR, STYLES, TARGET
from game.ui.tree import Paragraph, Rect, Role, Run, Thing

LOGICAL: Final = (1280, 720)
NARROW: Final = 1.3
"""Windows narrower than this (width by height) get the layout for large text."""

Press = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Metrics:
    """The window's size in real pixels, the text size (1.0 to 2.0), and the fonts: all that layout depends on.

    `taken` is how much of the window's height something else has above the page; the units stay the window's.
    """

    width: int
    height: int
    scale: float
    type: Type = field(compare=False)
    taken: int = 0

    @property
    def k(self) -> float:
        """Real pixels for one logical unit."""
        return min(self.width / LOGICAL[0], (self.height + self.taken) / LOGICAL[1])

    @property
    def roomy(self) -> bool:
        """Whether there is room for a picture beside the words: text below 150 % and a window that is not narrow."""
        return self.scale < 1.5 and self.width / (self.height + self.taken) > NARROW

    @property
    def window(self) -> Rect:
        return Rect(0, 0, self.width, self.height)

    def u(self, logical: float) -> int:
        """Real pixels for a length in logical units."""
        return round(logical * self.k)

    def px(self, style: str) -> int:
        """The height of a style's letters in real pixels, never below the floor for reading."""
        size = STYLES[style].size
        if STYLES[style].back_row:
            return max(1, -(-size * (self.height + self.taken) // LOGICAL[1]))
        floor = BODY_FLOOR if size >= 20 else SMALL_FLOOR
        return round(max(floor, round(size * self.k)) * self.scale)

    def text(self, words: str, style: str, rect: Rect, *, role: Role = "text", key: str = "") -> Thing:
        """A paragraph at the rectangle's place and width, as high as its lines."""
        paragraph = self.type.paragraph(words, style, self.px(style), rect.w)
        return Thing(
            role,
            plain(words),
            Rect(rect.x, rect.y, min(rect.w, paragraph.width), paragraph.height),
            key=key,
            look="text",
            text=paragraph,
        )

    def line(self, words: str, style: str, x: int, y: int) -> Thing:
        """Words set on one line as they are, with every space: an excerpt of a file."""
        px = self.px(style)
        step, width = self.line_height(style), self.width_of(words, style)
        paragraph = Paragraph(((Run(words, STYLES[style].face, 0),),), style, px, step, width, step)
        return Thing("text", words, Rect(x, y, width, step), look="text", text=paragraph)

    def line_height(self, style: str) -> int:
        """The height of one line of a style in real pixels."""
        return self.type.paragraph("x", style, self.px(style), 10_000).step

    def width_of(self, words: str, style: str) -> int:
        """The width of words set on one line, in real pixels."""
        return self.type.width(words, STYLES[style].face, self.px(style))


class Flow:
    """A column that is filled from top to bottom. `y` is where the next thing goes."""

    def __init__(self, metrics: Metrics, x: int, y: int, width: int) -> None:
        self.m = metrics
        self.x = x
        self.y = y
        self.width = width
        self.things: list[Thing] = []

    def add(self, thing: Thing) -> Thing:
        """Put a thing that is already placed below what is there."""
        self.things.append(thing)
        self.y = max(self.y, thing.rect.bottom)
        return thing

    def gap(self, logical: float) -> None:
        self.y += self.m.u(logical)

    def text(self, words: str, style: str = "body", *, role: Role = "text", key: str = "") -> Thing:
        """A paragraph over the whole width; nothing for empty words."""
        paragraph = self.m.text(words, style, Rect(self.x, self.y, self.width, 0), role=role, key=key)
        return self.add(paragraph) if words.strip() else paragraph

    def heading(self, words: str, style: str = "heading") -> Thing:
        return self.text(words, style, role="heading")

    def rule(self) -> None:
        """A thin line across."""
        rect = Rect(self.x, self.y, self.width, max(1, self.m.u(1.5)))
        self.add(Thing("decoration", "", rect, look="rule"))

    def button(
        self,
        words: str,
        press: Press,
        *,
        key: str,
        look: str = "quiet",
        icon: str = "",
        disabled: bool = False,
        chosen: bool = False,
    ) -> Thing:
        """A button as wide as its words, at the column's left edge; it wraps where the column is too narrow."""
        rect = Rect(self.x, self.y, self.width, 0)
        return self.add(
            button(self.m, words, press, rect, key=key, look=look, icon=icon, disabled=disabled, chosen=chosen)
        )

    def row(self, buttons: Sequence[Callable[[Rect], Thing]], gap: float = 12) -> None:
        """Things side by side, level by their middles; one that does not fit begins a row of its own."""
        rows: list[list[Thing]] = [[]]
        x = self.x
        for make in buttons:
            thing = make(Rect(0, 0, self.width, 0))
            if x > self.x and x + thing.rect.w > self.x + self.width:
                rows.append([])
                x = self.x
            rows[-1].append(thing.moved(x, 0))
            x += thing.rect.w + self.m.u(gap)
        y = bottom = self.y
        for row in rows:
            high = max((thing.rect.h for thing in row), default=0)
            self.things += [thing.moved(0, y + (high - thing.rect.h) // 2) for thing in row]
            bottom = y + high
            y = bottom + self.m.u(gap)
        self.y = max(self.y, bottom)

    def choice(self, number: int, words: str, press: Press, *, key: str) -> Thing:
        """One choice of a decision: its number on a chip, its words, the whole width to press."""
        return self.add(choice(self.m, number, words, press, Rect(self.x, self.y, self.width, 0), key=key))

    def group(self, rect: Rect, *, name: str = "", look: str = "", key: str = "", scrolls: bool = False) -> Thing:
        """All of the column as one thing."""
        return Thing("group", name, rect, key=key, look=look, scrolls=scrolls, children=tuple(self.things))


def button(
    m: Metrics,
    words: str,
    press: Press,
    rect: Rect,
    *,
    key: str,
    look: str = "quiet",
    icon: str = "",
    disabled: bool = False,
    chosen: bool = False,
    role: Role = "button",
) -> Thing:
    """A button at the rectangle's place, at most as wide, as high as its words and never lower than a finger."""
    style = "button" if look == "primary" else "bar" if look == "bar-button" else "quiet"
    pad = m.u(18) if look != "bar-button" else m.u(10)
    sign = round(m.line_height(style) * 0.8) + m.u(8) if icon else 0
    paragraph = m.type.paragraph(words, style, m.px(style), rect.w - 2 * pad - sign) if words else None
    words_w = paragraph.width if paragraph else -m.u(8)
    words_h = paragraph.height if paragraph else 0
    height = max(m.u(TARGET), words_h + 2 * m.u(8))
    return Thing(
        role,
        plain(words) or key,
        Rect(rect.x, rect.y, words_w + 2 * pad + sign, height),
        key=key,
        look=look,
        detail=icon,
        text=paragraph,
        disabled=disabled,
        chosen=chosen,
        press=press,
    )


def choice(m: Metrics, number: int, words: str, press: Press, rect: Rect, *, key: str) -> Thing:
    """A choice: the painter sets the number's chip at the left and the words beside it."""
    chip = round(m.line_height("bold") * 1.05)
    left = m.u(16) + chip + m.u(14)
    paragraph = m.type.paragraph(words, "body", m.px("body"), rect.w - left - m.u(16))
    height = max(m.u(TARGET), max(paragraph.height, chip) + 2 * m.u(13))
    return Thing(
        "choice",
        plain(words),
        Rect(rect.x, rect.y, rect.w, height),
        key=key,
        look="choice",
        detail=str(number),
        text=paragraph,
        press=press,
    )
