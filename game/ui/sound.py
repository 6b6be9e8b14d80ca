"""Owns what is heard: the tone of a place, and three small sounds. Never knows a story, and never makes a page wait.

The only code that touches pygame's mixer, which sleeps until `switch`. A machine that cannot play (no device, no mixer,
no file, a device that goes away) goes on in silence and without a word on the terminal.

A tone is decoded in a short-lived thread of its own: that takes 3 to 5 ms on a fast machine, and a frame on a slow one.
Opening the device belongs on the window's thread and takes as long as the system's sound server likes (1 ms to 0.1 s),
so `switch` comes after the first page is shown.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Final

import pygame

if TYPE_CHECKING:
    from pygame import mixer

RATE: Final = 22_050
"""Samples a second, as the files have them: nothing is converted when they are read, and a tone takes 430 kB."""

BUFFER: Final = 1_024
"""Samples that the device asks for at a time: an effect is heard within 50 ms, and a tone costs 0.1 % of a core."""

FADE: Final = 900
"""Milliseconds in which one tone gives way to the next."""

TONES: Final = 4
"""Channels for tones, taken in turn: a tone that fades keeps its own, unless four more come within `FADE`."""

EFFECTS: Final = ("focus", "choose", "bell")
"""Sounds that are heard once. Every other file in the folder is a tone."""


class Sound:
    """What is heard. `folder` holds one OGG file for each sound."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._on = False
        self._wanted = ""
        self._player: _Player | None = None

    @property
    def on(self) -> bool:
        """Whether sound is wanted, whether or not this machine can play it."""
        return self._on

    def switch(self, on: bool) -> None:
        """Begin with the tone that is wanted now, or be silent and let the device go."""
        if on == self._on:
            return
        self._on = on
        if on:
            self._player = _opened(self._folder)
            if self._player is not None:
                self._player.tone(self._wanted)
        elif self._player is not None:
            self._player.close()
            self._player = None

    def tone(self, name: str) -> None:
        """Let the tone of that name take over softly; silence for no name, or for one that is not there."""
        if name != self._wanted:
            self._wanted = name
            if self._player is not None:
                self._player.tone(name)

    def play(self, name: str) -> None:
        """Let one of `EFFECTS` be heard once."""
        if self._player is not None:
            self._player.play(name)

    def close(self) -> None:
        """Be silent and let the device go. Comes before `pygame.quit`, which must not find a tone being decoded."""
        self.switch(False)


class _Player:
    """The open device: its channels, what is decoded, and the thread that decodes what is not."""

    def __init__(self, folder: Path) -> None:
        from pygame import mixer

        mixer.set_num_channels(2 * TONES)
        mixer.set_reserved(TONES)
        self._channels = [mixer.Channel(number) for number in range(TONES)]
        self._effects = {name: _decoded(folder / f"{name}.ogg") for name in EFFECTS}
        self._folder = folder
        self._lock = Lock()  # over everything below, which the thread changes too
        self._encoded = {path.stem for path in folder.glob("*.ogg")} - {*EFFECTS}
        self._tones: dict[str, mixer.Sound | None] = {}
        self._wanted = self._heard = ""
        self._thread: Thread | None = None

    def tone(self, name: str) -> None:
        """Fade to a tone now if it is decoded, and else as soon as it is."""
        with self._lock:
            self._wanted = name
            if name not in self._encoded:
                self._fade()
            elif self._thread is None:
                self._thread = Thread(target=self._decode, name="tone")
                self._thread.start()

    def play(self, name: str) -> None:
        """Play an effect on any channel that is free; where all are busy, enough is heard."""
        effect = self._effects.get(name)
        if effect is not None and _open():
            with suppress(pygame.error):
                effect.play()

    def close(self) -> None:
        """Stop, and let the device go."""
        with self._lock:
            self._wanted = ""
            thread = self._thread
        if thread is not None:
            thread.join()
        with _hushed(), suppress(pygame.error):
            pygame.mixer.quit()

    def _decode(self) -> None:
        """Runs in the thread: decode until what is wanted is decoded, since that may change meanwhile."""
        while True:
            with self._lock:
                name = self._wanted
                if name not in self._encoded:
                    self._fade()
                    self._thread = None
                    return
            tone = _decoded(self._folder / f"{name}.ogg")
            with self._lock:
                self._tones[name] = tone
                self._encoded.discard(name)

    def _fade(self) -> None:
        """Fade to what is wanted. The lock is held."""
        if self._wanted == self._heard or not _open():
            return
        self._heard = self._wanted
        with suppress(pygame.error):
            for channel in self._channels:
                if channel.get_volume():
                    channel.fadeout(FADE)
                else:
                    channel.stop()  # it has only begun, and SDL's mixer fades out nothing that is at volume 0
            tone = self._tones.get(self._wanted)
            if tone is not None:
                self._channels.append(self._channels.pop(0))
                self._channels[-1].play(tone, loops=-1, fade_ms=FADE)


def _opened(folder: Path) -> _Player | None:
    """The device, open, or None where there is none."""
    with _hushed():
        try:
            from pygame import mixer

            mixer.init(RATE, -16, 1, BUFFER, allowedchanges=0)
            _hush_for_good()
            return _Player(folder)
        except (pygame.error, ImportError, NotImplementedError, OSError):  # the third: pygame's word for no mixer
            return None


def _decoded(path: Path) -> mixer.Sound | None:
    """A file's samples, or None where there are none to be had."""
    with suppress(pygame.error, OSError):
        return pygame.mixer.Sound(path) if _open() else None
    return None


def _open() -> bool:
    """Whether the mixer is still there: after somebody's `pygame.quit`, a sound that is played ends the process."""
    return pygame.mixer.get_init() is not None


@contextmanager
def _hushed() -> Iterator[None]:
    """Nothing reaches descriptor 2 meanwhile: libasound writes pages there where it finds no card.

    Where there is no descriptor 2, there is none afterwards; meanwhile it is taken, so that the device cannot get that
    number and be written to.
    """
    kept = None
    with suppress(OSError):
        kept = os.dup(2)
    turned = False
    with suppress(OSError):
        null = os.open(os.devnull, os.O_WRONLY)
        if null != 2:
            os.dup2(null, 2)
            os.close(null)
        turned = True
    try:
        yield
    finally:
        if kept is not None:
            os.dup2(kept, 2)
            os.close(kept)
        elif turned:
            os.close(2)


def _hush_for_good() -> None:
    """On Linux, what SDL and libasound say later of a device that goes away, or is late, is said to nobody.

    libasound calls a handler with its words. One that ignores them must be C, as it is called on the device's own
    thread; a function without arguments does.
    """
    with suppress(OSError, AttributeError):
        for library in _loaded("libSDL2-2"):
            library.SDL_LogSetPriority(_SDL_LOG_CATEGORY_AUDIO, _SDL_NUM_LOG_PRIORITIES)
        for library in _loaded("libasound"):
            library.snd_lib_error_set_handler(library.snd_asoundlib_version)


_SDL_LOG_CATEGORY_AUDIO: Final = 4
_SDL_NUM_LOG_PRIORITIES: Final = 7


def _loaded(name: str) -> list[ctypes.CDLL]:
    """The libraries so called that this process has loaded, where the system tells."""
    maps = Path("/proc/self/maps")
    if not maps.is_file():
        return []
    paths = {line.split(maxsplit=5)[-1] for line in maps.read_text().splitlines() if f"/{name}" in line}
    return [ctypes.CDLL(path) for path in sorted(paths)]
