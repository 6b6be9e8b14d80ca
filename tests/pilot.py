"""Owns driving the real window as a person does: keys, mouse, wheel, and reading what is on screen. Asserts nothing
about a story.

`Pilot` opens what `game.app` opens, under a display driver that shows nothing, and posts real events to it. What it
reads is what can be seen: the words inside the window, and inside the view where a page scrolls.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import pygame

from game.app import Following, Group, Opened, guard, open_window, shipped
from game.authoring import Library, load_course
from game.storage import Records, Settings
from game.story import Story
from game.ui import Page, Rect, Screen, Thing, visible

NAMES: Final = {
    "return": pygame.K_RETURN,
    "space": pygame.K_SPACE,
    "backspace": pygame.K_BACKSPACE,
    "escape": pygame.K_ESCAPE,
    "tab": pygame.K_TAB,
    "down": pygame.K_DOWN,
    "up": pygame.K_UP,
    "left": pygame.K_LEFT,
    "right": pygame.K_RIGHT,
    "end": pygame.K_END,
    "home": pygame.K_HOME,
    "page down": pygame.K_PAGEDOWN,
    "page up": pygame.K_PAGEUP,
    "f5": pygame.K_F5,
    "f11": pygame.K_F11,
    "menu": pygame.K_MENU,
    "plus": pygame.K_PLUS,
    "minus": pygame.K_MINUS,
}
"""Keys by the names that tests use; a letter or digit is its own name."""

MODIFIERS: Final = {"shift": pygame.KMOD_LSHIFT, "ctrl": pygame.KMOD_LCTRL, "alt": pygame.KMOD_LALT}

SCANCODES: Final = {
    **{key: 40 + place for place, key in enumerate((pygame.K_RETURN, pygame.K_ESCAPE, pygame.K_BACKSPACE))},
    pygame.K_TAB: 43,
    pygame.K_SPACE: 44,
    **{pygame.K_1 + place: 30 + place for place in range(9)},
    **{pygame.K_a + place: 4 + place for place in range(26)},
}
"""Where a key lies on the board, as SDL numbers it; the same whatever the layout prints on it."""

PATIENCE: Final = 400
"""Steps after which something that should end has not."""


class Line(NamedTuple):
    """One line of letters as drawn, and where."""

    words: str
    rect: Rect


@lru_cache(maxsize=1)
def shipped_course() -> Library:
    """The course that comes with the program, read once."""
    return load_course(shipped("scenarios"))


def at_first_decision(scenario: str) -> Story:
    """A shipped scenario's story before anything was chosen."""
    entry = shipped_course().entry(scenario)
    if entry is None or entry.scenario is None:
        raise LookupError(scenario)
    return Story.begin(entry.scenario)


class Pilot:
    """A person at the window. `data` is the folder of all that is kept, `desk` where documents are saved."""

    def __init__(
        self,
        data: Path,
        desk: Path,
        *,
        library: Library | None = None,
        size: tuple[int, int] = (1280, 720),
        settings: Settings | None = None,
        scenario: str = "",
        choices: Sequence[str] = (),
        following: Following | None = None,
        group: Group | None = None,
        now: Callable[[], datetime] = datetime.now,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Open the window on a course (the shipped one, if none is given), as a start of the program does.

        `settings` are kept first, as an earlier start would have left them. `now` is the clock on the wall, `clock` the
        seconds that movement is timed by.
        """
        library = library or shipped_course()
        records = Records.open(data, datetime.now)
        if settings is not None:
            records.change(settings)
        entry = library.entry(scenario)
        self.opened: Opened = open_window(
            library,
            records,
            desk=desk,
            size=size,
            entry=entry,
            choices=tuple(choices),
            following=following,
            group=group,
            now=now,
            clock=clock,
        )
        self.window, self.stage, self.services = self.opened.window, self.opened.stage, self.opened.services
        self._guard = guard(self.stage, self.services)
        self._closed = False
        pygame.event.clear()

    # ---- what a person does -------------------------------------------------

    def press(self, *keys: str) -> Pilot:
        """Press and let go each key in turn: "down", "1", "l", or with modifiers, "shift tab", "ctrl plus"."""
        for key in keys:
            *held, name = key.rsplit(" ", 1) if key.split(" ")[0] in MODIFIERS else (key,)
            code = NAMES[name] if name in NAMES else ord(name)
            mod = sum(MODIFIERS[word] for word in " ".join(held).split())
            self.strike(code, mod=mod, unicode=name if len(name) == 1 else "")
        return self

    def strike(self, key: int, *, mod: int = 0, unicode: str = "", scancode: int | None = None) -> Pilot:
        """One key, as the system reports it: the key's code, what is held, what it writes, where it lies."""
        place = SCANCODES.get(key, 0) if scancode is None else scancode
        self._post(pygame.KEYDOWN, key=key, mod=mod, unicode=unicode, scancode=place)
        if unicode and not mod:
            self._post(pygame.TEXTINPUT, text=unicode)
        self._post(pygame.KEYUP, key=key, mod=mod, unicode=unicode, scancode=place)
        return self.pump()

    def point(self, x: int, y: int) -> Pilot:
        """Move the mouse there."""
        self._post(pygame.MOUSEMOTION, pos=(x, y), rel=(1, 1), buttons=(0, 0, 0), touch=False)
        return self.pump()

    def click_at(self, x: int, y: int, button: int = 1) -> Pilot:
        """Move the mouse there and press a button of it."""
        self.point(x, y)
        self._post(pygame.MOUSEBUTTONDOWN, pos=(x, y), button=button, touch=False)
        self._post(pygame.MOUSEBUTTONUP, pos=(x, y), button=button, touch=False)
        return self.pump()

    def click(self, name: str) -> Pilot:
        """Click what is called so, turning the wheel until it is in view; its beginning is enough."""
        for _ in range(PATIENCE):
            found = self._to_press(name)
            if found is not None:
                return self.click_at(*found.centre)
            before = self.page
            self.wheel(1)
            if self.lines() == _lines(before):
                break
        raise AssertionError(f"Nothing to click is called {name!r}. There is: {self.pressable()}")

    def wheel(self, notches: int) -> Pilot:
        """Turn the wheel; downwards is positive."""
        self._post(pygame.MOUSEWHEEL, x=0, y=-notches, precise_x=0.0, precise_y=float(-notches), flipped=False)
        return self.pump()

    def resize(self, width: int, height: int) -> Pilot:
        """Drag the window to another size and let it settle, in the program's own loop."""
        self.window._window.size = (width, height)
        for _ in range(PATIENCE):
            self._guard(lambda: self.window._turn(self.stage))
            if (self.stage.metrics.width, self.stage.metrics.height) == (width, height):
                return self
        raise AssertionError(f"The page was not laid out for {width} x {height}.")

    def turn(self) -> Pilot:
        """One turn of the program's own loop: draw what changed, wait for an event, act on it."""
        self._guard(lambda: self.window._turn(self.stage))
        return self

    def turn_without_waiting(self) -> Pilot:
        """Draw what changed, as a turn of the loop begins."""
        self._guard(lambda: self.window.show(self.stage))
        return self

    def leave(self) -> None:
        """Close the window with the system's own cross, and let go of everything."""
        self._post(pygame.WINDOWCLOSE)
        self.pump()
        assert not self.stage.running
        self.close()

    def close(self) -> None:
        """Let go of the window and the files, as at the end of the program. Twice does no harm."""
        if not self._closed:
            self._closed = True
            self.opened.close()

    def pump(self) -> Pilot:
        """Have the program act on what was posted, under the same guard as in its loop."""
        self._guard(lambda: self.window.pump(self.stage))
        return self

    # ---- what a person sees -------------------------------------------------

    @property
    def screen(self) -> Screen:
        """The screen on top, drawn."""
        self.look()
        return self.stage.screen

    @property
    def page(self) -> Page:
        """The page on top, drawn."""
        self.look()
        return self.stage.page()

    @property
    def focused(self) -> str:
        """What the thing with the focus is called; empty where nothing has it."""
        thing = self.page.find(self.stage.focus) if self.stage.focus else None
        return thing.name if thing else ""

    def look(self) -> Pilot:
        """Draw, if something changed."""
        for _ in range(3):  # a page that cannot be drawn gives way to another
            if self.stage.changed and self.stage.running:
                self._guard(lambda: self.window.draw(self.stage))
        return self

    def lines(self) -> list[Line]:
        """Every line of letters that can be seen."""
        return _lines(self.page)

    def words(self) -> str:
        """All the words that can be seen, in reading order."""
        return " ".join(line.words for line in self.lines())

    def shows(self, *texts: str) -> bool:
        """Whether each of these can be seen."""
        seen = self.words()
        return all(_spaced(text) in seen for text in texts)

    def whole(self) -> str:
        """All the words of the page, those scrolled out of view too."""
        return " ".join(words_of(thing) for thing in self.page.root.walk() if thing.text)

    def pressable(self) -> list[str]:
        """What can be pressed, in view or not."""
        return [thing.name for thing in self.page.focusables()]

    def choices(self) -> list[str]:
        """The choices on offer, as worded."""
        return [thing.name for thing in self.page.focusables() if thing.role == "choice"]

    def pixel(self, x: int, y: int) -> str:
        """The colour on screen there, as #rrggbb."""
        self.look()
        return "#{:02x}{:02x}{:02x}".format(*self.window.surface.get_at((x, y))[:3])

    # ---- longer ways --------------------------------------------------------

    def until(self, done: Callable[[], bool], *keys: str) -> Pilot:
        """Press the keys again and again until it is done."""
        for _ in range(PATIENCE):
            if done():
                return self
            self.press(*keys)
        raise AssertionError(f"Never came about. On screen: {self.words()}")

    def _to_press(self, name: str) -> Rect | None:
        """Where to press the thing of that name: the part of it that can be seen, if its middle can."""
        page = self.page
        seen = [thing for thing in visible(page) if thing.focusable and thing.name.startswith(name)]
        seen.sort(key=lambda thing: thing.name != name)
        for thing in seen:
            if page.at(*thing.rect.centre) is thing:
                return thing.rect
        return None

    def _post(self, kind: int, **values: Any) -> None:
        pygame.event.post(pygame.event.Event(kind, **values))


def words_of(thing: Thing) -> str:
    """The letters of one thing as drawn, on one line."""
    if thing.text is None:
        return ""
    return " ".join(" ".join(run.text for run in line) for line in thing.text.lines if line)


def _lines(page: Page) -> list[Line]:
    return list(_seen(page.root, page.root.rect))


def _seen(thing: Thing, view: Rect) -> Iterator[Line]:
    """The lines within the view; one that is cut is there where its middle is."""
    if thing.text is not None:
        top = thing.rect.y + (thing.rect.h - thing.text.height) // 2
        for place, line in enumerate(thing.text.lines):
            rect = Rect(thing.rect.x, top + place * thing.text.step, thing.rect.w, thing.text.step)
            if line and view.holds(*rect.centre):
                yield Line(" ".join(run.text for run in line), rect)
    inner = thing.rect.meet(view) if thing.scrolls else view
    for child in thing.children:
        yield from _seen(child, inner)


def _spaced(text: str) -> str:
    return " ".join(text.split())


__all__ = ["Line", "Pilot", "at_first_decision", "shipped_course", "words_of"]
