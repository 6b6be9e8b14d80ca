"""Owns where each character of a value stands in the file, through quotes, escapes and folds. Never reads files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from game.authoring.nodes import Scalar

Spot = tuple[int, int]
"""A line and a column, both from 1."""

_ESCAPES: Final = {"x": 2, "u": 4, "U": 8}
"""Digits that follow these letters after a backslash."""


def places_of(lines: Sequence[str], scalar: Scalar) -> list[Spot]:
    """The place of each character of the scalar's text. Where the length differs from the text's, do not rely on it."""
    if scalar.style in ("|", ">"):
        return list(_block(lines, scalar))[: len(scalar.text)]
    return list(_folded(lines, scalar))


def _block(lines: Sequence[str], scalar: Scalar) -> Iterator[Spot]:
    end = scalar.end_line - (scalar.end_column == 1)
    body = range(scalar.line, min(end, len(lines)))
    indents = [len(lines[n]) - len(lines[n].lstrip(" ")) for n in body if lines[n].strip()]
    indent = min(indents, default=0)
    for number in body:
        for column in range(indent, len(lines[number]) + 1):
            yield number + 1, column + 1


def _folded(lines: Sequence[str], scalar: Scalar) -> Iterator[Spot]:
    """Plain and quoted values: one line break counts as a space, each further one as itself."""
    quoted = 1 if scalar.style else 0
    breaks: list[Spot] = []
    for number in range(scalar.line, min(scalar.end_line, len(lines)) + 1):
        line = lines[number - 1]
        start = scalar.column - 1 + quoted if number == scalar.line else len(line) - len(line.lstrip(" \t"))
        stop = scalar.end_column - 1 - quoted if number == scalar.end_line else len(line.rstrip(" \t"))
        if breaks and start < stop:
            yield from breaks if len(breaks) == 1 else breaks[1:]
            breaks = []
        yield from _on_one_line(line, number, start, stop, scalar.style)
        breaks.append((number, len(line) + 1))


def _on_one_line(line: str, number: int, start: int, stop: int, style: str) -> Iterator[Spot]:
    while start < stop:
        yield number, start + 1
        if style == '"' and line[start] == "\\":
            start += 1 + _ESCAPES.get(line[start + 1 : start + 2], 0)
        elif style == "'" and line[start] == "'":
            start += 1
        start += 1
