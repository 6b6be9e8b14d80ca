"""Owns drawing the tree: one function for each look. Never lays out, never decides what is on screen."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import pygame

from game.ui import theme
from game.ui.art import Art, margin_of, person_colour
from game.ui.layout import Metrics
from game.ui.theme import STYLES
from game.ui.tree import Page, Paragraph, Rect, Thing, content_bottom

VEIL: Final = 46
"""How much paper lies over a room to push it behind the words, of 255 (18 %)."""


@dataclass(slots=True)
class Painter:
    """Draws pages on one window. `focus` and `hover` are the keys of the things that have them."""

    metrics: Metrics
    art: Art
    surface: pygame.Surface
    focus: str = ""
    hover: str = ""

    def page(self, page: Page) -> None:
        """Draw the whole page."""
        self.surface.fill(theme.PAPER)
        self._thing(page.root)

    def _thing(self, thing: Thing) -> None:
        draw = LOOKS.get(thing.look)
        if draw is not None:
            draw(self, thing)
        if not (thing.scrolls or thing.clips):
            for child in thing.children:
                self._thing(child)
            return
        self.surface.set_clip(thing.rect)
        for child in thing.children:
            if child.rect.bottom > thing.rect.y and child.rect.y < thing.rect.bottom:
                self._thing(child)
        self.surface.set_clip(None)
        if thing.scrolls:
            self._scrollbar(thing)

    def focused(self, thing: Thing) -> bool:
        return bool(thing.key) and thing.key == self.focus

    def box(self, rect: Rect, radius: int, fill: str, outline: str = "", thick: int = 0, shadow: int = 0) -> None:
        """A rounded box with smooth corners: a small one cut in nine, its corners kept and the rest filled."""
        radius = max(1, min(radius, rect.w // 2 - 1, rect.h // 2 - 1))
        tile = self.art.box(radius, fill, outline, thick, shadow)
        margin = margin_of(shadow)
        edge = radius + margin
        out = rect.grown(margin)
        far = tile.get_width() - edge
        blit, inner = self.surface.blit, Rect(out.x + edge, out.y + edge, out.w - 2 * edge, out.h - 2 * edge)
        for x, from_x in ((out.x, 0), (inner.right, far)):
            for y, from_y in ((out.y, 0), (inner.bottom, far)):
                blit(tile, (x, y), (from_x, from_y, edge, edge))
        stretch = pygame.transform.scale
        if inner.w > 0:
            for y, from_y in ((out.y, 0), (inner.bottom, far)):
                blit(stretch(tile.subsurface((edge, from_y, 1, edge)), (inner.w, edge)), (inner.x, y))
        if inner.h > 0:
            for x, from_x in ((out.x, 0), (inner.right, far)):
                blit(stretch(tile.subsurface((from_x, edge, edge, 1)), (edge, inner.h)), (x, inner.y))
        self.surface.fill(fill, inner)

    def frame(self, rect: Rect, radius: int, colour: str, thick: int) -> None:
        """The outline of a rounded box, with nothing inside it."""
        pygame.draw.rect(self.surface, colour, rect, thick, border_radius=radius)

    def ring(self, rect: Rect, radius: int) -> None:
        """The focus ring: amber outside a white gap."""
        u = self.metrics.u
        self.box(rect.grown(u(6)), radius + u(6), theme.AMBER)
        self.box(rect.grown(u(2)), radius + u(2), theme.CARD)

    def words(self, paragraph: Paragraph, x: int, y: int, colour: str = "") -> None:
        """A paragraph from its upper left corner, in its own colour or another."""
        colour = colour or STYLES[paragraph.style].colour
        kind = self.metrics.type
        lift = (paragraph.step - kind.font(STYLES[paragraph.style].face, paragraph.px).get_height()) // 2
        for line in paragraph.lines:
            for run in line:
                self.surface.blit(kind.drawn(run.text, run.face, paragraph.px, colour), (x + run.x, y + lift))  # type: ignore[arg-type]
            y += paragraph.step

    def icon(self, name: str, rect: Rect, px: int, colour: str) -> None:
        """An icon at the rectangle's left edge, half way up."""
        self.surface.blit(self.art.icon(name, px, colour), (rect.x, rect.y + (rect.h - px) // 2))

    def _scrollbar(self, view: Thing) -> None:
        """A bar at the right says that there is more, and how far down one is."""
        top = min((child.rect.y for child in view.children), default=view.rect.y)
        whole = content_bottom(view) - top
        if whole <= view.rect.h:
            return
        u = self.metrics.u
        track = view.rect.h - 2 * u(12)
        length = min(track, max(u(40), track * view.rect.h // whole))
        place = min(track - length, (track - length) * (view.rect.y - top) // max(1, whole - view.rect.h))
        self.box(Rect(view.rect.right - u(7), view.rect.y + u(12) + place, max(4, u(6)), length), u(3), theme.CONTROL)


def _text(painter: Painter, thing: Thing) -> None:
    if thing.text is not None:
        painter.words(thing.text, thing.rect.x, thing.rect.y)


def _card(painter: Painter, thing: Thing) -> None:
    u = painter.metrics.u
    painter.box(thing.rect, u(18), theme.PAPER, shadow=u(10))


def _note(painter: Painter, thing: Thing) -> None:
    painter.box(thing.rect, painter.metrics.u(12), theme.AMBER_TINT)


def _flat_note(painter: Painter, thing: Thing) -> None:
    painter.surface.fill(theme.AMBER_TINT, thing.rect)


def _tint(painter: Painter, thing: Thing) -> None:
    painter.box(thing.rect, painter.metrics.u(12), theme.TEAL_TINT)


def _panel(painter: Painter, thing: Thing) -> None:
    u = painter.metrics.u
    painter.box(thing.rect, u(12), theme.CARD, theme.LINE, max(1, u(1.5)))


def _bar(painter: Painter, thing: Thing) -> None:
    painter.surface.fill(theme.TEAL_DK, thing.rect)


def _rule(painter: Painter, thing: Thing) -> None:
    painter.surface.fill(theme.LINE, thing.rect)


def _stroke(painter: Painter, thing: Thing) -> None:
    painter.surface.fill(theme.CLAY, thing.rect)


def _room(painter: Painter, thing: Thing) -> None:
    painter.surface.blit(painter.art.place(thing.detail, (thing.rect.w, thing.rect.h)), thing.rect[:2])
    veil = pygame.Surface((thing.rect.w, thing.rect.h))
    veil.fill(theme.PAPER)
    veil.set_alpha(VEIL)
    painter.surface.blit(veil, thing.rect[:2])


def _picture(painter: Painter, thing: Thing) -> None:
    painter.surface.blit(painter.art.place(thing.detail, (thing.rect.w, thing.rect.h)), thing.rect[:2])


def _choice(painter: Painter, thing: Thing) -> None:
    u, rect, focused = painter.metrics.u, thing.rect, painter.focused(thing)
    if focused:
        painter.ring(rect, u(12))
        painter.box(rect, u(12), theme.TEAL_DK)
    else:
        fill = theme.TEAL_TINT if thing.key == painter.hover else theme.CARD
        painter.box(rect, u(12), fill, theme.CONTROL, max(1, u(1.5)))
    assert thing.text is not None
    line = thing.text.step
    chip = round(line * 1.05)
    at = Rect(rect.x + u(16), rect.y + u(13), chip, chip)
    painter.box(at, u(8), theme.AMBER if focused else theme.TEAL_TINT)
    _centred(painter, thing.detail, "chip", at, theme.INK if focused else theme.TEAL_DK)
    top = rect.y + (rect.h - thing.text.height) // 2 if len(thing.text.lines) == 1 else at.y
    painter.words(thing.text, at.right + u(14), top, theme.CARD if focused else theme.INK)


def _centred(painter: Painter, words: str, style: str, rect: Rect, colour: str) -> None:
    m = painter.metrics
    picture = m.type.drawn(words, STYLES[style].face, m.px(style), colour)
    x, y = rect.centre
    painter.surface.blit(picture, (x - picture.get_width() // 2, y - picture.get_height() // 2))


@dataclass(frozen=True, slots=True)
class _Button:
    """The colours of a kind of button: fill and letters at rest, under the mouse, and focused."""

    fill: str
    letters: str
    hover: str
    focus: str
    focus_letters: str
    outline: str = ""


_BUTTONS: Final[Mapping[str, _Button]] = {
    "primary": _Button(theme.TEAL_DK, theme.CARD, theme.TEAL, theme.TEAL_DK, theme.CARD),
    "quiet": _Button(theme.CARD, theme.TEAL_DK, theme.TEAL_TINT, theme.TEAL_DK, theme.CARD, theme.CONTROL),
    "bar-button": _Button(theme.TEAL_DK, theme.TEAL_TINT, theme.TEAL, theme.AMBER, theme.INK),
}


def _button(painter: Painter, thing: Thing) -> None:
    m, rect, kind = painter.metrics, thing.rect, _BUTTONS[thing.look]
    u, focused = m.u, painter.focused(thing)
    if focused and thing.look != "bar-button":
        painter.ring(rect, u(10))
    fill = kind.focus if focused else kind.hover if thing.key == painter.hover else kind.fill
    letters = kind.focus_letters if focused else kind.letters
    if thing.chosen and not focused:
        fill, letters = theme.TEAL_TINT, theme.TEAL_DK
    if thing.disabled:
        fill, letters = theme.PAPER, theme.CONTROL
    outline = "" if focused else kind.outline
    if thing.chosen:
        outline = theme.TEAL_DK
    painter.box(rect, u(10), fill, outline, max(1, u(3 if thing.chosen else 1.5)) if outline else 0)
    x = rect.x + u(10 if thing.look == "bar-button" else 18)
    if thing.detail:
        px = round(m.line_height("bar" if thing.look == "bar-button" else "quiet") * 0.8)
        painter.icon(thing.detail, Rect(x, rect.y, px, rect.h), px, letters)
        x += px + u(8)
    if thing.text is not None:
        painter.words(thing.text, x, rect.y + (rect.h - thing.text.height) // 2, letters)


def _pill(painter: Painter, thing: Thing) -> None:
    painter.box(thing.rect, thing.rect.h // 2, theme.TEAL_DK)
    if thing.text is not None:
        x = thing.rect.x + (thing.rect.w - thing.text.width) // 2
        painter.words(thing.text, x, thing.rect.y + (thing.rect.h - thing.text.height) // 2)


def _person(painter: Painter, thing: Thing) -> None:
    """Who speaks, in the room that the thing has: the portrait, or the name on a round ground where there is none.

    `detail` is the portrait's name, `value` the expression. In a wide room one stands at the left, else in the middle.
    """
    u, rect = painter.metrics.u, thing.rect
    beside = rect.w > rect.h * 1.5
    tall = round(rect.h * 0.95)
    picture = painter.art.person(thing.detail, thing.value, tall)
    if picture is not None:
        x = rect.x + (u(40) if beside else (rect.w - picture.get_width()) // 2)
        painter.surface.blit(picture, (x, rect.bottom - picture.get_height()))
        return
    side = max(u(72), min(u(280), round(rect.h * (0.66 if beside else 0.5)), rect.w))
    x = rect.x + (u(40) if beside else (rect.w - side) // 2)
    _named(painter, thing.name, Rect(x, rect.y + round((rect.h - side) * (0.6 if beside else 0.42)), side, side))


def _named(painter: Painter, name: str, rect: Rect) -> None:
    """A person's name, as large as fits, on a round ground of their own."""
    painter.surface.blit(painter.art.disc(rect.w, person_colour(name), theme.PAPER), rect[:2])
    kind, tall = painter.metrics.type, rect.w // 4
    px = max(1, min(tall, round(tall * rect.w * 0.7 / max(1, kind.width(name, "title", tall)))))
    letters = kind.drawn(name, "title", px, theme.CARD)
    x, y = rect.centre
    painter.surface.blit(letters, (x - letters.get_width() // 2, y - letters.get_height() // 2))


def _sign(painter: Painter, thing: Thing) -> None:
    """An icon by itself; `value` names its colour."""
    painter.icon(thing.detail, thing.rect, thing.rect.w, thing.value or theme.TEAL_DK)


def _share(painter: Painter, thing: Thing) -> None:
    """A bar filled from the left; `detail` is the part filled, 0 to 1."""
    u = painter.metrics.u
    painter.box(thing.rect, thing.rect.h // 2, theme.CARD, theme.CONTROL, max(1, u(1.5)))
    filled = round(thing.rect.w * float(thing.detail))
    if filled >= thing.rect.h:
        painter.box(Rect(thing.rect.x, thing.rect.y, filled, thing.rect.h), thing.rect.h // 2, theme.TEAL_DK)


def _square(painter: Painter, thing: Thing) -> None:
    """The square of the two roles, cut at half, and the run as a point; `detail` is its place, as 'x y' from 0 to 1."""
    u, rect = painter.metrics.u, thing.rect
    painter.box(rect, u(8), theme.CARD, theme.CONTROL, max(1, u(1.5)))
    x, y = rect.centre
    thin = max(1, u(1.5))
    painter.surface.fill(theme.LINE, (x, rect.y + thin, thin, rect.h - 2 * thin))
    painter.surface.fill(theme.LINE, (rect.x + thin, y, rect.w - 2 * thin, thin))
    across, up = map(float, thing.detail.split())
    dot = u(18)
    inner = rect.grown(-dot // 2 - thin)
    at = inner.x + round(inner.w * across) - dot // 2, inner.bottom - round(inner.h * up) - dot // 2
    painter.surface.blit(painter.art.disc(dot, theme.TEAL_DK, theme.AMBER), at)


def _quote(painter: Painter, thing: Thing) -> None:
    """A quotation's ground: a band of plum at the left edge."""
    u, rect = painter.metrics.u, thing.rect
    painter.box(Rect(rect.x, rect.y, max(3, u(5)), rect.h), u(2), theme.PLUM)


def _drawing(painter: Painter, thing: Thing) -> None:
    """A drawing made for this place: `detail` holds its SVG elements, in pixels from the thing's upper left corner."""
    w, h = thing.rect.w, thing.rect.h
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}">'
    picture = pygame.image.load(io.BytesIO(f"{head}{thing.detail}</svg>".encode()), "drawing.svg")
    painter.surface.blit(picture, thing.rect[:2])


def _spot(painter: Painter, thing: Thing) -> None:
    """Something in a drawing that can be focused: drawn there, and framed here while it has the focus or the mouse."""
    u = painter.metrics.u
    if painter.focused(thing):
        painter.frame(thing.rect.grown(u(5)), u(8), theme.AMBER, max(3, u(4)))
        painter.frame(thing.rect.grown(u(1)), u(6), theme.TEAL_DK, max(2, u(2)))
    elif thing.key == painter.hover:
        painter.frame(thing.rect.grown(u(1)), u(6), theme.TEAL_DK, max(1, u(1.5)))


LOOKS: Final[Mapping[str, Callable[[Painter, Thing], None]]] = {
    "text": _text,
    "card": _card,
    "note": _note,
    "note-flat": _flat_note,
    "tint": _tint,
    "panel": _panel,
    "bar": _bar,
    "rule": _rule,
    "stroke": _stroke,
    "room": _room,
    "picture": _picture,
    "choice": _choice,
    "primary": _button,
    "quiet": _button,
    "bar-button": _button,
    "pill": _pill,
    "person": _person,
    "sign": _sign,
    "share": _share,
    "square": _square,
    "quote": _quote,
    "drawing": _drawing,
    "spot": _spot,
}
"""How each look is drawn."""
