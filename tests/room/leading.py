"""Owns leading a session as a trainer does, at the real window: a clicker, a count, a look at the screen. Asserts
nothing but that what was waited for came about.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Final

import pygame

from game.app import Group
from game.screens.room_leading import Leading
from game.screens.room_screen import RoomScreen
from game.storage import Settings
from game.training import Room, Step
from tests.displays import PATIENCE
from tests.pilot import NAMES, Pilot, words_of

STILL: Final = Settings(welcomed=True, reduce_motion=True)

STEPS: Final = 400
"""Presses after which a session that should be over is not."""

_opened: list[str] = []


def _note(event: str, _arguments: tuple[object, ...]) -> None:
    if event.startswith("socket."):
        _opened.append(event)


sys.addaudithook(_note)  # for good: Python takes none away


@contextmanager
def sockets() -> Iterator[list[str]]:
    """The sockets that are made meanwhile, as Python's own audit tells of them."""
    _opened.clear()
    yield _opened


class Leader:
    """A trainer at the window. The clock stands still until it is told to go on."""

    def __init__(
        self,
        tmp: Path,
        scenario: str = "late-again",
        *,
        people: int | None = 24,
        size: tuple[int, int] = (1280, 720),
        two_windows: bool = False,
        address: str = "127.0.0.1",
        settings: Settings = STILL,
    ) -> None:
        self.desk = tmp / "desk"
        self.time = datetime.now()
        self.pilot = Pilot(
            tmp / "data",
            self.desk,
            size=size,
            settings=settings,
            scenario=scenario,
            group=Group(people, two_windows, address),
            now=lambda: self.time,
        )
        self.pilot.look()

    @property
    def screen(self) -> RoomScreen:
        """The screen that leads, whatever lies over it."""
        screen = self.pilot.stage.screen
        assert isinstance(screen, RoomScreen)
        return screen

    @property
    def lead(self) -> Leading:
        """The session that it leads, and how it is looked at."""
        return self.screen.lead

    @property
    def room(self) -> Room:
        return self.lead.room

    def press(self, *keys: str) -> Leader:
        """Press keys: names, or single signs that write themselves."""
        for key in keys:
            if key == ".":
                self.pilot.strike(pygame.K_PERIOD, unicode=".", scancode=55)
            else:
                self.pilot.press(key)
        self.pilot.look()
        return self

    def write(self, text: str) -> Leader:
        """Type a text, key by key."""
        for sign in text:
            mod = pygame.KMOD_LSHIFT if sign.isupper() else 0
            key = ord(sign.lower()) if sign.isascii() else 0
            self.pilot._post(pygame.KEYDOWN, key=key, mod=mod, unicode=sign, scancode=0)
            self.pilot._post(pygame.TEXTINPUT, text=sign)
            self.pilot._post(pygame.KEYUP, key=key, mod=mod, unicode=sign, scancode=0)
            self.pilot.pump()
        self.pilot.look()
        return self

    def count(self, typed: str) -> Leader:
        """Enter a count as a trainer does: H, the line, Next."""
        return self.press("h").write(typed).press("page down")

    def next_step(self, step: Step) -> Leader:
        """Next, until that step is shown whole: the count down to the cards is over."""
        for _ in range(STEPS):
            if self.room.step is step and not self.lead.times.cards:
                return self
            self.press("page down")
        raise AssertionError(f"{step} never came; the room is at {self.room.step}")

    def until(self, claim: Callable[[], bool]) -> Leader:
        """Turn the program's own loop until it is so."""
        end = monotonic() + PATIENCE
        while not claim():
            assert monotonic() < end, f"It never came. On screen: {self.seen()} Beside: {self.beside()}"
            self.pilot.turn()
        return self

    def wait(self, seconds: float) -> Leader:
        """Let time go by, and let the program look at the clock as its own loop does."""
        self.time += timedelta(seconds=seconds)
        self.pilot.window._tick_at = 0.0
        self.pilot.window.beat(self.pilot.stage)
        self.pilot.look()
        return self

    def seen(self) -> str:
        """All the words on the projector, in reading order, as far as they are inside the window."""
        return self.pilot.words()

    def beside(self) -> str:
        """All the words of the second window; empty where it is not open."""
        second = self.pilot.window.second
        if second is None or second.page is None:
            return ""
        return " ".join(words_of(thing) for thing in second.page.root.walk() if thing.text)

    def picture(self) -> bytes:
        """The projector's pixels."""
        self.pilot.look()
        return pygame.image.tobytes(self.pilot.window.surface, "RGB")

    def report(self, ending: str = ".md") -> str:
        """The report on the desk, as it is now."""
        [path] = self.desk.glob(f"*{ending}")
        return path.read_text(encoding="utf-8")

    def close(self) -> None:
        self.pilot.close()


CLICKER: Final = ("page up", "page down", ".", "b", "f5", "escape")
"""What a clicker sends: back, on, blank (two ways), and its start and stop button in turn."""

assert all(key in NAMES or len(key) == 1 for key in CLICKER)
