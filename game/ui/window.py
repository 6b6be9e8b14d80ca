"""Owns the window and its loop: events in, pages out, movement and sleep between. Never knows what a page is about.

The loop draws only when something changed or is on its way, and sleeps inside SDL until there is an event, so a
still screen costs nothing. `pygame.event.wait` looks at the queue every millisecond and so uses more than 1 % of a
core; SDL's own wait blocks in the system. Where SDL's library cannot be found beside pygame, the loop looks every
8 ms.
"""

from __future__ import annotations

import ctypes
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pygame

from game.pictures import Kit
from game.ui.art import Art, Key, pictured
from game.ui.events import Event, Meaning, Resized, Ticked, Typed, meaning, writes
from game.ui.layout import Metrics
from game.ui.motion import AWAY, SECONDS, Motion, eased, motion
from game.ui.paint import Painter, photograph
from game.ui.screen import Stage
from game.ui.second import Second, displays, place
from game.ui.sound import Sound
from game.ui.text import Type
from game.ui.tree import Page

SMALLEST: Final = (640, 400)
SETTLED: Final = 0.12
"""Seconds after the last change of size until the page is laid out anew; until then the old picture is stretched."""

PULSE: Final = 0.1
"""Seconds between two looks of a page that follows a file."""

FRAME: Final = 1 / 60
"""Seconds for one picture of a movement."""

LOOK_EVERY: Final = 0.008
"""Seconds between looks at the queue where SDL's own wait is not to be had."""


class NoWindow(Exception):
    """Raised when no window can be opened here. `reason` is SDL's own."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Window:
    """One window. `text_scale` is 1.0 to 2.0. Raises `NoWindow` where none can be opened.

    `moves` says whether pages move on their way to the next, `sounds` whether anything is heard. `paired` says whether
    a second window is wanted for what a page has `beside` it; None where two displays decide. `apart` says that
    nobody else sees that window, though there is one display (in a call, one window is shared). `clock` tells seconds,
    and never goes back.
    """

    def __init__(
        self,
        title: str,
        assets: Path,
        *,
        kit: Kit | None = None,
        size: tuple[int, int] | None = None,
        text_scale: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        _forgive_x11()
        try:
            pygame.display.init()
            pygame.font.init()
            self._window = pygame.Window(title, size or _fitting(), resizable=True, allow_high_dpi=True)
            self._window.minimum_size = SMALLEST
            self._surface = self._window.get_surface()
        except pygame.error as error:
            raise NoWindow(str(error)) from None
        self._type = Type(assets / "fonts")
        self._art = Art(kit or Kit(assets / "art"))
        self._clock = clock
        self.moves = False
        self.sounds = False
        self.sound = Sound(assets / "sounds")
        self._shown: _Shown | None = None
        self._moving: _Moving | None = None
        self._ahead: _Ahead | None = None
        self._layer: pygame.Surface | None = None
        self._text_scale = text_scale
        self._full = False
        self._wait = _waiter()
        self._resized_at: float | None = None
        self._last: pygame.Surface | None = None
        self._pulse_at: float | None = None
        self._tick_at: float | None = None
        self._writing = self._shift = False
        self._title = title
        self._second: Second | None = None
        self._front = 1
        self.paired: bool | None = None
        self.apart = False

    @property
    def metrics(self) -> Metrics:
        """The window's size and text, for layout."""
        width, height = self._surface.get_size()
        return Metrics(width, height, self._text_scale, self._type)

    @property
    def surface(self) -> pygame.Surface:
        """What is on screen, in real pixels."""
        return self._surface

    def set_text_scale(self, scale: float) -> None:
        """Text size, 1.0 to 2.0; the stage must be resized after it."""
        self._text_scale = scale

    def set_full_screen(self, full: bool) -> None:
        """Fill the screen, or go back to a window."""
        if full == self._full:
            return
        self._full = full
        if full:
            self._window.set_fullscreen(desktop=True)
        else:
            self._window.set_windowed()

    # ---- the second window ----------------------------------------------

    @property
    def second(self) -> Second | None:
        """The second window, while it is open."""
        return self._second

    @property
    def pair(self) -> bool:
        """Whether a page that has something `beside` it is shown in two windows."""
        return displays() > 1 if self.paired is None else self.paired

    @property
    def private(self) -> bool:
        """Whether what is in the second window is seen by the one who leads alone."""
        return self.pair and (self.apart or displays() > 1)

    @property
    def projected(self) -> bool:
        """Whether the room has a display of its own."""
        return self.pair and displays() > 1

    def toggle(self) -> None:
        """Open the second window, or close it."""
        self.paired = not self.pair

    def swap(self) -> None:
        """Let the two windows change displays. Nothing where there is one display or one window."""
        if self._second is None or displays() < 2:
            return
        self._front = 1 - self._front
        self._to(self._front)
        place(self._second.window, 1 - self._front)

    def _to(self, display: int) -> None:
        """Put the first window on a display, and fill that one where it filled the other."""
        full = self._full
        self.set_full_screen(False)
        place(self._window, display)
        self.set_full_screen(full)

    def _beside(self, page: Page) -> None:
        """Show what lies beside the page in the second window, which is open only for that."""
        if page.beside is None or not self.pair:
            self._alone()
            return
        if self._second is None:
            try:
                self._second = Second(self._title, 1 - self._front, self._type, self._art)
            except pygame.error:  # one window does as well
                self.paired = False
                return
            if displays() > 1:
                self._to(self._front)
        self._second.text_scale = self._text_scale
        self._second.show(page.beside(self._second.metrics))

    def _alone(self) -> None:
        if self._second is not None:
            self._second.close()
            self._second = None

    def _in_second(self, stage: Stage, second: Second, event: pygame.Event) -> bool:
        """Act on what happened to the second window, or on a press in it. Whether there is no more to do."""
        if event.type == pygame.WINDOWCLOSE:
            stage.handle(Meaning.OTHER_WINDOW)
        elif event.type == pygame.WINDOWSIZECHANGED:
            second.resized()
            stage.changed = True
        elif event.type == pygame.MOUSEBUTTONDOWN and event.button == pygame.BUTTON_LEFT:
            thing = second.at(event.pos)
            if thing is not None:
                stage.press(thing)
        elif event.type in (pygame.WINDOWEXPOSED, pygame.WINDOWRESTORED):
            stage.changed = True
        return event.type not in (pygame.KEYDOWN, pygame.KEYUP, pygame.TEXTINPUT)

    def draw(self, stage: Stage, *, patient: bool = True) -> None:
        """Draw the stage's page as it is at rest, and show it; without patience, as far as it is there at once."""
        stage.changed = False
        self._moving = None
        page = stage.page()
        self._ahead = None
        self._shown = _Shown(page, self.metrics, stage.focus)
        self._painter(stage.focus, stage.hover, patient=patient).page(page)
        self._window.flip()
        self._after(page)

    def _after(self, page: Page) -> None:
        """What follows when a page is seen: what lies beside it, when it changes by itself, how its place sounds."""
        self._beside(page)
        self._tick_at = None if page.ticks is None else self._clock() + page.ticks
        self._sounds_like(page)

    def _sounds_like(self, page: Page) -> None:
        """Let the page's place be heard, after it is seen: opening a device takes as long as the system likes."""
        self.sound.switch(self.sounds or page.rings)
        if not self.sounds:
            self.sound.tone("")
        elif page.tone is not None:
            self.sound.tone(page.tone)

    def photograph(self, page: Page) -> bytes:
        """The page as a PNG file's bytes, with all that scrolls laid open."""
        return photograph(page, self.metrics, self._art)

    def _painter(self, focus: str, hover: str = "", *, patient: bool = True) -> Painter:
        return Painter(self.metrics, self._art, self._surface, focus, hover, patient=patient)

    def show(self, stage: Stage) -> None:
        """Draw what changed: begin the movement to the new page where something moves, else draw it at rest."""
        before, page, focus = self._shown, stage.page(), stage.focus
        way = None
        if self.moves and before is not None and before.metrics == self.metrics:
            way = motion(before.page, page, (before.focus, focus), self.metrics.u(AWAY))
        if way is None:
            self.draw(stage, patient=before is None)
            return
        stage.changed = False
        self._ahead = None
        self._shown = _Shown(page, self.metrics, focus)
        layer = self._clear_layer()
        if way.coming:
            Painter(self.metrics, self._art, layer, focus).coming(way)
        self._moving = _Moving(way, layer, focus, self._clock() - FRAME)
        self._step()
        self._after(page)

    def _clear_layer(self) -> pygame.Surface:
        """A surface of the window's size that one can see through: always the same one."""
        size = self._surface.get_size()
        if self._layer is None or self._layer.get_size() != size:
            self._layer = pygame.Surface(size, pygame.SRCALPHA)
        self._layer.fill((0, 0, 0, 0))
        return self._layer

    def _step(self) -> None:
        """Draw the next picture of a movement; the last one is the page at rest."""
        moving = self._moving
        assert moving is not None
        moving.drawn = self._clock()
        part = eased((moving.drawn - moving.began) / SECONDS)
        painter = self._painter(moving.focus, patient=False)
        if part >= 1.0:
            self._moving = None
            painter.page(moving.way.after)
        else:
            painter.between(moving.way, part, moving.layer)
        self._window.flip()

    @property
    def moving(self) -> bool:
        """Whether something is on its way."""
        return self._moving is not None

    def run(self, stage: Stage, guard: Callable[[Callable[[], None]], None]) -> None:
        """Show the stage until it is left. `guard` runs each turn and deals with what goes wrong in it."""
        while stage.running:
            guard(lambda: self._turn(stage))

    def _turn(self, stage: Stage) -> None:
        if stage.changed and self._resized_at is None:
            self.show(stage)
        elif self._moving is not None:
            self._step()
        if self._moving is None:
            self.prepare(stage)
        self._wait(self._patience())
        self.pump(stage)
        if self._resized_at is not None and self._clock() - self._resized_at >= SETTLED:
            self._settle(stage)
        self.beat(stage)

    def prepare(self, stage: Stage) -> None:
        """Have the pictures of the pages that may come next drawn, for as long as nobody presses anything."""
        if stage.changed:
            return
        page = stage.page()
        if self._ahead is None:
            self._ahead = _Ahead(page.soon() if page.soon else iter(()), pictured(page))
        while not pygame.event.peek():
            coming = next(self._ahead.pages, None)
            if coming is None:
                return
            self._ahead.keys += pictured(coming)
            self._art.soon(self._ahead.keys)

    def prepared(self, stage: Stage) -> None:
        """Have all that may come next drawn, and wait for it. For measuring and for tests."""
        self.prepare(stage)
        self._art.ready()

    def beat(self, stage: Stage) -> None:
        """Tell the page that its time is over, and ask the stage's pulse, if it has one and it is time."""
        if self._tick_at is not None and self._clock() >= self._tick_at:
            self._tick_at = None
            stage.handle(Ticked())
        if stage.pulse is None:
            self._pulse_at = None
        elif self._pulse_at is None or self._clock() >= self._pulse_at:
            self._pulse_at = self._clock() + PULSE
            stage.carry_out(stage.pulse())

    def pump(self, stage: Stage) -> None:
        """Give the stage every event that waits; a picture that has come whole is shown."""
        if self._art.arrived():
            stage.changed = True
        for event in pygame.event.get():
            if self._second is not None and self._second.owns(event) and self._in_second(stage, self._second, event):
                continue
            meant = self._meant(stage, event)
            if event.type in (pygame.KEYDOWN, pygame.MOUSEBUTTONDOWN):
                self._rest(stage)
            if isinstance(meant, Resized):
                self._resizing(stage)
            elif meant is Meaning.REDRAW:
                stage.changed = True
            elif meant is not None and stage.running:
                stage.handle(meant)

    def _meant(self, stage: Stage, event: pygame.Event) -> Event | None:
        """What an event means on the page as it is. A letter goes with its key: what a key wrote that opened a line to
        write on is not written there."""
        if event.type == pygame.KEYDOWN:
            self._writing = stage.running and stage.page().types
            self._shift = bool(event.mod & pygame.KMOD_SHIFT)
            if self._writing and writes(event):
                return None
        if event.type == pygame.TEXTINPUT:
            return Typed(event.text, self._shift) if self._writing and event.text else None
        return meaning(event, self._ratio())

    def _rest(self, stage: Stage) -> None:
        """A key ends a movement: what follows is drawn as it is."""
        if self._moving is not None:
            self._moving = None
            stage.changed = True

    def _patience(self) -> float | None:
        """Seconds the loop may sleep: for ever, but for what is on its way: a movement, a picture, a resize, a time."""
        if self._moving is not None:
            return max(0.001, FRAME - (self._clock() - self._moving.drawn))
        if self._resized_at is None:
            next_look = [moment for moment in (self._pulse_at, self._tick_at) if moment is not None]
            next_look += [self._clock() + FRAME] if self._art.awaited else []
            return max(0.001, min(next_look) - self._clock()) if next_look else None
        return max(0.001, SETTLED - (self._clock() - self._resized_at))

    def _ratio(self) -> float:
        return self._surface.get_width() / max(1, self._window.size[0])

    def _resizing(self, stage: Stage) -> None:
        """While the edge is dragged, show the last picture stretched; the page follows when it rests.

        The window's own surface is empty by now, so that picture is drawn once more beside it.
        """
        self._moving = None
        if self._last is None:
            old = stage.metrics
            self._last = pygame.Surface((old.width, old.height))
            Painter(old, self._art, self._last, stage.focus, stage.hover).page(stage.page())
        self._surface = self._window.get_surface()
        self._surface.blit(pygame.transform.smoothscale(self._last, self._surface.get_size()), (0, 0))
        self._window.flip()
        self._resized_at = self._clock()

    def _settle(self, stage: Stage) -> None:
        self._resized_at = self._last = None
        self._surface = self._window.get_surface()
        stage.resize(self.metrics)

    def close(self) -> None:
        """Take the window away."""
        self._alone()
        self.sound.close()
        self._art.close()
        self._window.destroy()
        pygame.quit()


@dataclass(frozen=True, slots=True)
class _Shown:
    """The page on screen, for which window, and where the focus was."""

    page: Page
    metrics: Metrics
    focus: str


@dataclass(slots=True)
class _Ahead:
    """The pages that may come next, as far as they are not laid out yet, and the pictures that they need."""

    pages: Iterator[Page]
    keys: list[Key]


@dataclass(slots=True)
class _Moving:
    """A movement under way: what is shown anew, drawn once; when it began and when it was last drawn, in seconds."""

    way: Motion
    layer: pygame.Surface
    focus: str
    began: float
    drawn: float = 0.0


def _fitting() -> tuple[int, int]:
    """A first size that fits the desktop: 1280 x 720 and its like, at most four fifths of the screen."""
    sizes = pygame.display.get_desktop_sizes()
    wide, high = sizes[0] if sizes else (1280, 800)
    k = min(wide * 0.8 / 1280, high * 0.8 / 720)
    k = max(k, min(1.0, wide / 1280, high * 0.92 / 720))
    return max(SMALLEST[0], round(1280 * k)), max(SMALLEST[1], round(720 * k))


def _forgive_x11() -> None:
    """Before the first window: have X11 pass over what is asked of a window that has gone, where there is X11.

    By default its library ends the process. What wakes SDL's loop goes to the server on a line of its own, and when a
    window is closed on a busy machine it may come there after the window was taken away. SDL puts its own handler
    before the one that it finds. That must be C, and have nothing to say; a function without arguments does.
    """
    if sys.platform.startswith("linux"):
        with suppress(OSError, AttributeError):
            library = ctypes.CDLL("libX11.so.6")
            library.XSetErrorHandler(library.XSupportsLocale)


def _waiter() -> Callable[[float | None], None]:
    """A function that sleeps until an event waits or the seconds are over (None: as long as it likes)."""
    wait = _sdl_wait()
    if wait is None:
        return _look_now_and_then
    return lambda seconds: _sleep_in_sdl(wait, seconds)


def _sleep_in_sdl(wait: Callable[[None, int], int], seconds: float | None) -> None:
    wait(None, 1_000 if seconds is None else max(1, round(seconds * 1000)))


def _look_now_and_then(seconds: float | None) -> None:
    end = None if seconds is None else time.monotonic() + seconds
    while not pygame.event.peek() and (end is None or time.monotonic() < end):
        time.sleep(LOOK_EVERY)


def _sdl_wait() -> Callable[[None, int], int] | None:
    """SDL_WaitEventTimeout of the very library that pygame uses, or None where it is not found."""
    package = Path(pygame.__file__).parent
    found = [
        *package.parent.glob("pygame_ce.libs/libSDL2-2*.so*"),
        *package.glob("SDL2.dll"),
        *package.glob(".dylibs/libSDL2-2*.dylib"),
    ]
    for path in found:
        try:
            function = ctypes.CDLL(str(path)).SDL_WaitEventTimeout
        except (OSError, AttributeError):
            continue
        function.argtypes, function.restype = [ctypes.c_void_p, ctypes.c_int], ctypes.c_int
        return function
    return None
