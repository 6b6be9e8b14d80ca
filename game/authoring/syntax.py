"""Owns slips in the YAML: told in an author's words, and mended in memory so that the rest can be read. Never reads files.

SLIPS is the table: each function looks at one fault and knows one sort of slip. The first that knows it tells it.
The parser's own words are only clues; what is told is worked out from the lines, so that every parser leads to the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from game.authoring.diagnostics import Span, told
from game.authoring.draft import Anatomy, Draft, anatomy, indent_of
from game.authoring.nodes import NO_NAME, SECOND_DOCUMENT, SWALLOWED, TOO_DEEP, Fault, Scalar, Shorthand
from game.authoring.schema import FIELD_NAMES
from game.authoring.quoting import in_quotes


class Found(NamedTuple):
    """A mistake without its file: code, span, message, suggestion."""

    code: str
    span: Span
    message: str
    suggestion: str | None = None


Slip = Callable[[Draft, Fault, int], Found | None]

_STRUCTURE: Final = re.compile(r"\s*(?:-(?: |$)|[a-z][\w-]*(?:, *[a-z]+)?:(?: |$))")
"""How a line of fields or of a list begins."""

_COLON: Final = re.compile(r":(?= |$)")
_GLUED_COLON: Final = re.compile(r"\s*(?:- +)*([a-z_]+):(?=[^\s:/])")
_GLUED_DASH: Final = re.compile(r"\s*-(?=[A-Za-z\"'{\[])")
_LONE_WORD: Final = re.compile(r"\s*(?:- +)*([A-Za-z][\w-]*)\s*$")
_SPECIAL: Final = "*&!%@`|>?,"
_CLOSER: Final = {"[": "]", "{": "}"}


def find_slip(draft: Draft, fault: Fault) -> Found | None:
    """What the fault comes from, mended in the draft. None where it only follows from a slip told before."""
    line = _line(draft, fault)
    before = list(draft.lines)
    for slip in SLIPS:
        found = slip(draft, fault, line)
        if found is None:
            continue
        blamed = found.span.line - 1
        if draft.lines == before:
            draft.leave_out(line)
        if blamed in draft.blamed:
            if line in draft.blamed or blamed == line:
                draft.leave_out(line)
            return None
        draft.blamed.add(blamed)
        return found._replace(span=draft.original(found.span))
    return None
