"""Owns the lines of a file while its slips are mended in memory: what moved, what was lost. Never tells a mistake."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from game.authoring.diagnostics import Span

_ANATOMY: Final = re.compile(
    r"(?P<indent> *)(?P<dashes>(?:- +)*)"
    r"(?:(?P<key>\"[^\"]*\"|'[^']*'|[A-Za-z][\w-]*(?:, *[a-z]+)?):(?: +|$))?"
    r"(?P<value>.*?)(?P<comment> +#.*|^#.*)?$"
)

Moves = dict[int, list[tuple[int, int]]]
"""For each line (from 0): from which column on its characters moved, and by how many."""

LOOKALIKES: Final[Mapping[int, str]] = str.maketrans(
    {
        '"': "”",
        "'": "’",
        ":": "꞉",
        "#": "＃",
        "[": "［",
        "]": "］",
        "{": "｛",
        "}": "｝",
        ",": "‚",
        "*": "＊",
        "&": "＆",
        "!": "！",
        "|": "｜",
        ">": "＞",
        "%": "％",
        "@": "＠",
        "`": "‵",
        "?": "？",
        "\\": "＼",
    }
)
"""Each sign that means something to YAML, and one as wide that means nothing: mending so moves no column."""


@dataclass(frozen=True, slots=True)
class Anatomy:
    """A line taken apart: how far in it begins, its dashes, a field's name, and where its value lies. Counts from 0."""

    indent: int
    start: int
    key: str
    value_start: int
    value: str

    @property
    def value_end(self) -> int:
        """Just after the value."""
        return self.value_start + len(self.value)

    @property
    def is_item(self) -> bool:
        """Whether it opens an item of a list."""
        return self.start > self.indent or self.value == "-"


def anatomy(line: str) -> Anatomy:
    """A line taken apart, as if it did not continue the line above it."""
    found = _ANATOMY.match(line)
    assert found is not None
    value = found["value"].rstrip()
    return Anatomy(len(found["indent"]), found.end("dashes"), found["key"] or "", found.start("value"), value)


class Draft:
    """The lines while they are mended. Lines and columns count from 0 here, but in `guessed` from 1.

    `guessed` are lines whose meaning was lost, `hidden` those and the ones below them, which seem to say something
    else now; `blamed` those about which something was told. On the `unsure` lines (from 0) the structure is a guess,
    and a fault most likely follows from the one told.
    """

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.guessed: set[int] = set()
        self.blamed: set[int] = set()
        self.hidden: set[int] = set()
        self.unsure = range(0)
        self.moves: Moves = {}

    @property
    def moved(self) -> bool:
        """Whether any column changed."""
        return bool(self.moves)

    def column(self, line: int, column: int) -> int:
        """A column of a line (both from 1) as it was before anything was mended."""
        return _column(self.moves, line, column)

    def moves_so_far(self) -> Moves:
        """What has moved until now."""
        return {line: list(moves) for line, moves in self.moves.items()}

    def leave_out(self, line: int) -> None:
        """Blank a line that nothing else can mend, and what belongs under it, which has lost its place."""
        depth = indent_of(self.lines[line])
        for number in range(line, len(self.lines)):
            text = self.lines[number]
            if number > line and text.strip() and indent_of(text) <= depth:
                break
            self.lines[number] = ""
            self.guess([number])

    def guess(self, lines: Iterable[int]) -> None:
        """Note that the meaning of these lines is a guess."""
        for line in lines:
            self.guessed.add(line + 1)
            self.hidden.add(line + 1)

    def insert(self, line: int, at: int, text: str) -> None:
        """Put text into a line."""
        before = self.lines[line]
        self.lines[line] = before[:at] + text + before[at:]
        self.moves.setdefault(line, []).append((at, len(text)))

    def replace(self, line: int, start: int, text: str) -> None:
        """Put text in place of as many characters."""
        before = self.lines[line]
        self.lines[line] = before[:start] + text + before[start + len(text) :]

    def disarm(self, line: int, start: int, end: int) -> None:
        """Make plain text of a part of a line, whatever signs it holds."""
        text = self.lines[line][start:end].translate(LOOKALIKES)
        self.replace(line, start, re.sub(r"^-(?= |$)", "–", text))

    def indent(self, line: int, to: int) -> None:
        """Move a line so that it begins in another column, with its neighbours of the same sort and what is below."""
        depth = indent_of(self.lines[line])
        item = anatomy(self.lines[line]).is_item
        below = 0
        for number in range(line, len(self.lines)):
            text = self.lines[number]
            parts = anatomy(text)
            if text.strip() and parts.indent == depth and parts.is_item == item:
                below = parts.start if item else depth + 1 if not parts.value else 10**9
            elif text.strip() and parts.indent < below:
                break
            self._shift(number, to - depth)

    def _shift(self, number: int, by: int) -> None:
        text = self.lines[number]
        if not text.strip():
            return
        depth = max(0, indent_of(text) + by)
        self.moves.setdefault(number, []).append((0, depth - indent_of(text)))
        self.lines[number] = " " * depth + text.lstrip(" ")

    def widen(self, number: int, width: int) -> None:
        """Spaces in place of the tabs that indent a line."""
        text = self.lines[number]
        depth = indent_of(text)
        spaces = " " * sum(width if sign == "\t" else 1 for sign in text[:depth])
        self.moves.setdefault(number, []).append((0, len(spaces) - depth))
        self.lines[number] = spaces + text[depth:]

    def above(self, line: int) -> int | None:
        """The nearest line above that is neither blank nor a comment."""
        for number in range(line - 1, -1, -1):
            text = self.lines[number].strip()
            if text and not text.startswith("#"):
                return number
        return None

    def entry_end(self, line: int) -> int:
        """Where the part of the file around a line ends: before the next passage, or what else stands as far out."""
        levels = sorted(set(self.levels(line)))
        depth = levels[1] if len(levels) > 1 else 0
        for number in range(line + 1, len(self.lines)):
            if self.lines[number].strip() and indent_of(self.lines[number]) <= depth:
                return number
        return len(self.lines)

    def indent_below(self, line: int) -> int:
        """How far in the next line is that is not blank; -1 at the end."""
        below = (text for text in self.lines[line + 1 :] if text.strip())
        return next((indent_of(text) for text in below), -1)

    def levels(self, line: int) -> list[int]:
        """Columns in which the lines above began that are still open: where this line could begin."""
        levels: list[int] = []
        limit = 10**9
        for number in range(line - 1, -1, -1):
            text = self.lines[number]
            if not text.strip() or text.lstrip().startswith("#") or indent_of(text) >= limit:
                continue
            parts = anatomy(text)
            if parts.is_item and parts.key:
                levels.append(parts.start)
            levels.append(parts.indent)
            limit = parts.indent
            if not limit:
                break
        return levels


def original(span: Span, moves: Moves) -> Span:
    """A span as it was before these moves."""
    return Span(
        span.line,
        _column(moves, span.line, span.column),
        span.end_line,
        _column(moves, span.end_line, span.end_column),
    )


def _column(moves: Moves, line: int, column: int) -> int:
    for start, by in reversed(moves.get(line - 1, ())):
        if column > start:
            column = max(start + 1, column - by)
    return column


def indent_of(line: str) -> int:
    """Spaces and tabs before the first other character."""
    return len(line) - len(line.lstrip(" \t"))
