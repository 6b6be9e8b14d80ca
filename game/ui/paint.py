"""Owns drawing the tree: one function for each look, at rest and on the way to the next page. Never lays out, never
decides what is on screen."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import pygame

from game.ui import theme
from game.ui.art import Art, key_of, margin_of, person_colour
from game.ui.charts import CHARTS
from game.ui.layout import Metrics
from game.ui.motion import PEOPLE, Motion
from game.ui.street import STREET
from game.ui.theme import STYLES
from game.ui.tree import Page, Paragraph, Rect, Thing, content_bottom

OPAQUE: Final = 255


@dataclass(slots=True)
class Painter:
    """Draws pages on one window. `focus` and `hover` are the keys of the things that have them.

    One without patience shows a place roughly where drawing it would keep somebody waiting.
    """

    metrics: Metrics
    art: Art
    surface: pygame.Surface
    focus: str = ""
    hover: str = ""
    alpha: int = OPAQUE
    patient: bool = True
    ringless: bool = False
    _scrolled: int = 0

    def page(self, page: Page) -> None:
        """Draw the whole page."""
        self.surface.fill(theme.PAPER)
        self._thing(page.root)

    def between(self, motion: Motion, part: float, coming: pygame.Surface) -> None:
        """Draw a page on its way, when `part` of the way (0 to 1, eased) is over. `coming` holds what is shown anew."""
        self.surface.fill(theme.PAPER)
        self._scrolled = round(motion.scrolled * (1 - part))
        self.ringless = motion.ring is not None
        people = [place for place, thing in enumerate(motion.after.root.children) if thing.look in PEOPLE]
        for place, thing in enumerate(motion.after.root.children):
            if place in motion.coming:
                continue
            self._on_the_way(motion, thing, part)
            if place == (people[-1] if people else 0):
                self._leaving(motion, part)
        coming.set_alpha(round(OPAQUE * part))
        self.surface.blit(coming, (0, 0))
        if motion.ring is not None:
            old, new = motion.ring
            rect = Rect(*(round(a + (b - a) * part) for a, b in zip(old, new, strict=True)))
            u = self.metrics.u
            self.frame(rect.grown(u(6)), u(18), theme.AMBER, max(3, u(4)))
        self._scrolled, self.ringless = 0, False

    def coming(self, motion: Motion) -> None:
        """Draw what is shown anew, and nothing else, on a surface that one can see through."""
        for place in sorted(motion.coming):
            self._thing(motion.after.root.children[place])

    def _on_the_way(self, motion: Motion, thing: Thing, part: float) -> None:
        if thing.look in PEOPLE and thing.key not in motion.before:
            self._faded(motion.at(thing, part), part)
            return
        placed = motion.at(thing, part)
        self._thing(placed)
        was = motion.was(thing)
        if was is not None:
            self._faded(was.moved(placed.rect.x - was.rect.x, placed.rect.bottom - was.rect.bottom), 1 - part)
        if thing.key == "ground" and motion.ground is not None:
            self._faded(motion.ground, 1 - part)

    def _leaving(self, motion: Motion, part: float) -> None:
        for thing in motion.left:
            self._faded(motion.leaving(thing, part), 1 - part)

    def _faded(self, thing: Thing, part: float) -> None:
        self.alpha = round(OPAQUE * part)
        self._thing(thing)
        self.alpha = OPAQUE

    def picture(self, thing: Thing) -> bool:
        """Draw the picture that a thing is. Whether there is one."""
        found = self.art.picture(key_of(thing), patient=self.patient)
        if found is not None:
            self.show(found, thing.rect[:2])
        return found is not None

    def show(self, picture: pygame.Surface, at: tuple[int, int]) -> None:
        """Put a picture there, as far as one sees through what is drawn now."""
        if self.alpha == OPAQUE:
            self.surface.blit(picture, at)
            return
        picture.set_alpha(self.alpha)
        self.surface.blit(picture, at)
        picture.set_alpha(OPAQUE)

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
            placed = child.moved(0, self._scrolled) if thing.scrolls and self._scrolled else child
            if placed.rect.bottom > thing.rect.y and placed.rect.y < thing.rect.bottom:
                self._thing(placed)
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
        """The focus ring: amber outside a white gap. None while it is on its way here."""
        if self.ringless:
            return
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


def _night(painter: Painter, thing: Thing) -> None:
    painter.surface.fill(theme.NIGHT, thing.rect)


def _plain(painter: Painter, thing: Thing) -> None:
    """A plain ground in the colour that `detail` names."""
    painter.surface.fill(thing.detail, thing.rect)


def _badge(painter: Painter, thing: Thing) -> None:
    """A letter in a rounded box; `detail` is the box's colour."""
    painter.box(thing.rect, painter.metrics.u(10), thing.detail or theme.TEAL_DK)
    if thing.text is not None:
        x, y = thing.rect.centre
        painter.words(thing.text, x - thing.text.width // 2, y - thing.text.height // 2)


def _stroke(painter: Painter, thing: Thing) -> None:
    painter.surface.fill(theme.CLAY, thing.rect)


def _picture(painter: Painter, thing: Thing) -> None:
    painter.picture(thing)


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
    """Somebody's portrait, or their name on a round ground where it cannot be drawn; `name` begins with the name."""
    if not painter.picture(thing):
        side = min(thing.rect.w, thing.rect.h)
        x, y = thing.rect.centre
        _on_disc(painter, thing.name.split(".")[0].split(",")[0], Rect(x - side // 2, y - side // 2, side, side))


def _named(painter: Painter, thing: Thing) -> None:
    """Somebody without a portrait: their name, which is `detail`, on a round ground."""
    _on_disc(painter, thing.detail, thing.rect)


def _on_disc(painter: Painter, name: str, rect: Rect) -> None:
    """A person's name, as large as fits, on a round ground of their own."""
    painter.show(painter.art.disc(rect.w, person_colour(name), theme.PAPER), rect[:2])
    kind, tall = painter.metrics.type, rect.w // 4
    px = max(1, min(tall, round(tall * rect.w * 0.7 / max(1, kind.width(name, "title", tall)))))
    letters = kind.drawn(name, "title", px, theme.CARD)
    x, y = rect.centre
    painter.show(letters, (x - letters.get_width() // 2, y - letters.get_height() // 2))


def _sign(painter: Painter, thing: Thing) -> None:
    """An icon by itself; `value` names its colour."""
    painter.icon(thing.detail, thing.rect, thing.rect.w, thing.value or theme.TEAL_DK)


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
    "night": _night,
    "plain": _plain,
    "badge": _badge,
    "room": _picture,
    "picture": _picture,
    "portrait": _person,
    "part": _picture,
    "choice": _choice,
    "primary": _button,
    "quiet": _button,
    "bar-button": _button,
    "pill": _pill,
    "person": _person,
    "named": _named,
    "sign": _sign,
    "quote": _quote,
    "drawing": _drawing,
    "spot": _spot,
    **CHARTS,
    **STREET,
}
"""How each look is drawn."""


def photograph(page: Page, metrics: Metrics, art: Art) -> bytes:
    """A page as a PNG file's bytes, at the window's width and as high as what it scrolls."""
    root = page.root
    scroller = page.scroller()
    more = max(0, content_bottom(scroller) - scroller.rect.bottom) if scroller else 0
    opened = _opened(root, scroller.rect.bottom if scroller else 0, more)
    surface = pygame.Surface((root.rect.w, root.rect.h + more))
    Painter(metrics, art, surface).page(Page(opened))
    file = io.BytesIO()
    pygame.image.save(surface, file, "page.png")
    return file.getvalue()


def _opened(thing: Thing, edge: int, more: int) -> Thing:
    """The thing with `more` pixels of room put in at the height `edge`: what lies across it grows, what lies below
    moves down."""
    if not more:
        return thing
    if thing.rect.y >= edge:
        return thing.moved(0, more)
    grown = thing.rect.bottom >= edge
    rect = Rect(*thing.rect[:3], thing.rect.h + more) if grown else thing.rect
    children = thing.children if thing.scrolls else tuple(_opened(child, edge, more) for child in thing.children)
    return replace(thing, rect=rect, scrolls=False, clips=thing.clips or thing.scrolls, children=children)
