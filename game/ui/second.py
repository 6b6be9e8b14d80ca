"""Owns the second window: what the one who leads a room sees, on a display of their own. Never knows what it shows.

Both windows are drawn and asked by the one loop, in the main thread. The first window shows the stage's page to the
room; what lies `beside` that page is shown here. Nothing here can be focused: the keys mean the same in both windows,
and the mouse presses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.ui.layout import Metrics
from game.ui.paint import Painter
from game.ui.tree import Page, Thing

if TYPE_CHECKING:
    from game.ui.art import Art
    from game.ui.text import Type

SMALLEST: Final = (640, 400)

ASIDE: Final = (24, 56)
"""Where it opens on a display that both windows share, in points: not right upon the first."""

ON_DISPLAY: Final = 0x2FFF0000
"""SDL's `SDL_WINDOWPOS_CENTERED_MASK`: in the middle of the display whose number is added to it."""


def displays() -> int:
    """How many displays there are."""
    return len(pygame.display.get_desktop_sizes())


def place(window: pygame.Window, display: int) -> None:
    """Put a window in the middle of a display, by its number from 0. It is made smaller where it would not fit."""
    wide, high = _room_on(display)
    window.size = (min(window.size[0], wide), min(window.size[1], high))
    window.position = (ON_DISPLAY | display, ON_DISPLAY | display)


def _room_on(display: int) -> tuple[int, int]:
    """How large a window may be there, so that its frame and the system's bars fit too."""
    sizes = pygame.display.get_desktop_sizes()
    wide, high = sizes[display] if display < len(sizes) else (1280, 720)
    return round(wide * 0.9), round(high * 0.85)


class Second:
    """An open second window. `display` is the number of the display it begins on."""

    def __init__(self, title: str, display: int, type: Type, art: Art) -> None:
        wide, high = _room_on(display)
        size = (min(1280, wide), min(720, high))
        self.window = pygame.Window(title, size, resizable=True, allow_high_dpi=True)
        self.window.minimum_size = SMALLEST
        self.surface = self.window.get_surface()
        self._title, self._type, self._art = title, type, art
        self._page: Page | None = None
        self.text_scale = 1.0
        if displays() > 1:
            place(self.window, display)
        else:
            self.window.position = ASIDE

    @property
    def metrics(self) -> Metrics:
        """This window's size, for layout, and the text size of the first one."""
        width, height = self.surface.get_size()
        return Metrics(width, height, self.text_scale, self._type)

    @property
    def page(self) -> Page | None:
        """What was shown last."""
        return self._page

    def owns(self, event: pygame.Event) -> bool:
        """Whether an event happened in this window."""
        return getattr(event, "window", None) is self.window

    def show(self, page: Page) -> None:
        """Draw a page that was laid out for this window. The window is called after it, so that the two are told
        apart where one of them is to be shared."""
        self._page = page
        self.window.title = f"{self._title}: {page.root.name}"
        Painter(self.metrics, self._art, self.surface).page(page)
        self.window.flip()

    def resized(self) -> None:
        """Take the window's new size."""
        self.surface = self.window.get_surface()

    def at(self, pos: tuple[int, int]) -> Thing | None:
        """The thing to press at a place, in the mouse's points."""
        ratio = self.surface.get_width() / max(1, self.window.size[0])
        return self._page.at(round(pos[0] * ratio), round(pos[1] * ratio)) if self._page else None

    def close(self) -> None:
        """Take the window away."""
        self.window.destroy()
