"""Owns fonts and the breaking of text into lines. Never decides where a line goes or what it says.

Text is set at the window's real pixels, never scaled up. `*emphasis*` is set in italic.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from functools import lru_cache
from pathlib import Path
from typing import Final

import pygame

from game.ui.theme import FACES, STYLES, Face
from game.ui.tree import Paragraph, Run

RENDERED: Final = 1200
"""Lines of text kept drawn; about 20 MB at most at 1920 x 1080."""

_EMPHASIS: Final = re.compile(r"\*(?=\S)([^*\n]+?)(?<=\S)\*")


class Type:
    """Fonts and measured text. One for a window; nothing in it depends on a screen."""

    def __init__(self, fonts: Path) -> None:
        self._fonts = fonts
        self._open: dict[tuple[str, int], pygame.font.Font] = {}
        self._drawn: OrderedDict[tuple[str, str, int, str], pygame.Surface] = OrderedDict()
        self._set = lru_cache(maxsize=2000)(self._break)

    def font(self, face: Face, px: int) -> pygame.font.Font:
        """The font of a face at a height in real pixels, opened once."""
        key = (face, px)
        if key not in self._open:
            self._open[key] = pygame.font.Font(str(self._fonts / FACES[face]), px)
        return self._open[key]

    def width(self, text: str, face: Face, px: int) -> int:
        """Width of the letters in real pixels."""
        return self.font(face, px).size(text)[0]

    def paragraph(self, text: str, style: str, px: int, width: int) -> Paragraph:
        """`text` broken into lines of at most `width` real pixels. A word wider than that is broken too."""
        return self._set(text, style, px, max(1, width))

    def drawn(self, text: str, face: Face, px: int, colour: str) -> pygame.Surface:
        """The letters as a picture, kept for the next frame."""
        key = (text, face, px, colour)
        found = self._drawn.get(key)
        if found is None:
            found = self._drawn[key] = self.font(face, px).render(text, True, colour)
            if len(self._drawn) > RENDERED:
                self._drawn.popitem(last=False)
        else:
            self._drawn.move_to_end(key)
        return found

    def _break(self, text: str, style: str, px: int, width: int) -> Paragraph:
        setting = STYLES[style]
        lines: list[tuple[Run, ...]] = []
        for written in text.split("\n"):
            lines += self._lines(_words(written, setting.face), px, width)
        step = round(self.font(setting.face, px).get_height() / 1.3 * setting.leading)
        widest = max((self._end(line, px) for line in lines), default=0)
        return Paragraph(tuple(lines), style, px, step, widest, step * len(lines))

    def _lines(self, words: list[tuple[str, Face]], px: int, width: int) -> list[tuple[Run, ...]]:
        lines: list[tuple[Run, ...]] = []
        line: list[tuple[str, Face]] = []
        for word in words:
            for piece in self._pieces(word, px, width):
                longer = [*line, piece]
                if line and self._end(self._runs(longer, px), px) > width:
                    lines.append(self._runs(line, px))
                    longer = [piece]
                line = longer
        return [*lines, self._runs(line, px)]

    def _pieces(self, word: tuple[str, Face], px: int, width: int) -> list[tuple[str, Face]]:
        """A word, or its pieces where it is wider than a line (a file's path, say)."""
        text, face = word
        if self.width(text, face, px) <= width or len(text) < 2:
            return [word]
        pieces: list[tuple[str, Face]] = []
        while text:
            fits = next(
                (n for n in range(len(text), 1, -1) if self.width(text[:n], face, px) <= width),
                1,
            )
            pieces.append((text[:fits], face))
            text = text[fits:]
        return pieces

    def _runs(self, words: list[tuple[str, Face]], px: int) -> tuple[Run, ...]:
        """Neighbours of one face set together, so that letters keep their kerning."""
        runs: list[Run] = []
        x = 0
        for text, face in words:
            if runs and runs[-1].face == face:
                runs[-1] = runs[-1]._replace(text=f"{runs[-1].text} {text}")
                continue
            if runs:
                x = self._end(tuple(runs), px) + self.width(" ", face, px)
            runs.append(Run(text, face, x))
        return tuple(runs)

    def _end(self, line: tuple[Run, ...], px: int) -> int:
        if not line:
            return 0
        last = line[-1]
        return last.x + self.width(last.text, last.face, px)  # type: ignore[arg-type]


def _words(text: str, face: Face) -> list[tuple[str, Face]]:
    """The words of one line, each with its face; an emphasis that joins a word without a space stays with it."""
    words: list[tuple[str, Face]] = []
    place = 0
    for found in _EMPHASIS.finditer(text):
        before = text[place : found.start()]
        words += [(word, face) for word in before.split()]
        after = re.match(r"\S*", text[found.end() :])
        tail = after[0] if after else ""
        inner = found[1].split()
        inner[-1] += tail
        if before and not before[-1].isspace():
            inner[0] = words.pop()[0] + inner[0]
        words += [(word, "italic") for word in inner]
        place = found.end() + len(tail)
    return words + [(word, face) for word in text[place:].split()]


def plain(text: str) -> str:
    """The text without its marks of emphasis: what is read out."""
    return _EMPHASIS.sub(r"\1", text)
