"""Owns what all slips of punctuation share: how one is told, and what lines look like. Knows no slip itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from game.authoring.diagnostics import Span
from game.authoring.draft import Draft, anatomy, indent_of
from game.authoring.nodes import Fault


class Found(NamedTuple):
    """A mistake without its file: code, span, message, suggestion."""

    code: str
    span: Span
    message: str
    suggestion: str | None = None


Slip = Callable[[Draft, Fault, int], Found | None]
"""Looks at a fault and the line (from 0) it is on. Tells and mends the slip it knows, or returns None."""

STRUCTURE: Final = re.compile(r"\s*(?:-(?: |$)|[a-z][\w-]*(?:, *[a-z]+)?:(?: |$))")
"""How a line of fields or of a list begins."""

QUOTES: Final = ("'", '"')


def span_on(line: int, start: int, end: int) -> Span:
    """A span within a line; counts from 0."""
    return Span(line + 1, start + 1, line + 1, max(start, end) + 1)


def last_of_text(draft: Draft, line: int) -> int:
    """The last line of a text that runs over several, judged by how far in they stand."""
    depth = anatomy(draft.lines[line]).start
    last = line
    for number in range(line + 1, len(draft.lines)):
        text = draft.lines[number]
        if not text.strip() or indent_of(text) <= depth or STRUCTURE.match(text):
            break
        last = number
    return last


def end_in_flow(text: str, start: int) -> int:
    """Where a text inside brackets ends: before the next comma or closing bracket."""
    found = re.compile(r"\s*(?:,|\]|\}|$)").search(text, start)
    return found.start() if found else len(text)


def is_nested_value(fault: Fault) -> bool:
    """Whether the parser met a colon where none can be."""
    return "mapping values are not allowed" in fault.problem
