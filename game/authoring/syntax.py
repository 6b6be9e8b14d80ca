"""Owns slips in the YAML, told in an author's words, and how each is mended in memory. Never reads a meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from game.authoring.diagnostics import Span
from game.authoring.nodes import Fault, Shorthand


class Found(NamedTuple):
    """A mistake without its file: code, span, message, suggestion."""

    code: str
    span: Span
    message: str
    suggestion: str | None = None


class Draft:
    """The lines of a file while its slips are mended. Remembers what moved and what was lost.

    `guessed` are lines (from 1) that had to be left out or guessed at.
    """

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.guessed: set[int] = set()
        self.moved: dict[int, tuple[int, int]] = {}

    def column(self, line: int, column: int) -> int:
        """A column (from 1) of a line (from 1) as it was before mending."""
        start, by = self.moved.get(line, (0, 0))
        return max(start, column - by) if column > start else column

    def leave_out(self, line: int) -> None:
        """Blank a line (from 0) that nothing else can mend."""
        self.lines[line] = ""
        self.guessed.add(line + 1)

    def mend_tabs(self) -> list[Found]:
        return []


def find_slip(draft: Draft, fault: Fault) -> Found | None:
    line = min(fault.line, len(draft.lines) - 1)
    while line > 0 and not draft.lines[line].strip():
        line -= 1
    text = draft.lines[line]
    if not text.strip():
        return None
    draft.leave_out(line)
    start = len(text) - len(text.lstrip())
    return Found("E148", Span(line+1, start+1, line+1, len(text)+1), "This line cannot be read.")


def shorthand_slip(draft: Draft, mark: Shorthand) -> Found:
    return Found("E149", Span(mark.line+1, mark.column+1, mark.line+1, mark.column+2), "x")
