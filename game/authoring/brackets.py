"""Owns slips with brackets: left open, closed twice, a comma missing. Never looks at texts outside them."""

from __future__ import annotations

from typing import Final

from game.authoring.draft import Draft, anatomy
from game.authoring.nodes import Fault
from game.authoring.slips import STRUCTURE, Found, end_in_flow, last_of_text, span_on

_CLOSER: Final = {"[": "]", "{": "}"}
_OPENER: Final = {"]": "[", "}": "{"}


def bracket(draft: Draft, fault: Fault, line: int) -> Found | None:
    """A bracket that closes nothing, or that is never closed."""
    text = draft.lines[line]
    sign = text[fault.column : fault.column + 1] if fault.line == line else ""
    if sign in _OPENER and text.count(sign) > text.count(_OPENER[sign]) and not _is_mismatch(text, sign):
        draft.replace(line, fault.column, " ")
        message = f"This {sign} closes something that was never opened. Take it away, or put the text in quotes."
        return Found("E145", span_on(line, fault.column, fault.column + 1), message, "")
    return _open_bracket(draft, fault, line, sign) if "flow" in fault.opened[0] else None


def bracket_above(draft: Draft, fault: Fault, line: int) -> Found | None:
    """A bracket left open on the line above fields or a list, whatever went wrong there; or on the file's last line."""
    at_end = fault.line > line or fault.column >= len(draft.lines[line])
    number = line if at_end else draft.above(line) if STRUCTURE.match(draft.lines[line]) else None
    if number is None:
        return None
    parts = anatomy(draft.lines[number])
    sign = parts.value[:1]
    if sign not in _CLOSER or parts.value.count(sign) <= parts.value.count(_CLOSER[sign]):
        return None
    draft.lines[number] = draft.lines[number].rstrip().rstrip(",") + _CLOSER[sign]
    return _never_closed(number, parts.value_start, sign)


def _never_closed(line: int, column: int, sign: str) -> Found:
    message = f"This {sign} is never closed. Put a {_CLOSER[sign]} at its end."
    return Found("E145", span_on(line, column, column + 1), message)


def _is_mismatch(text: str, sign: str) -> bool:
    """Whether it probably stands for the other closing bracket, which is missing on the line."""
    other = "}" if sign == "]" else "]"
    return text.count(other) < text.count(_OPENER[other])


def _open_bracket(draft: Draft, fault: Fault, line: int, here: str) -> Found | None:
    _, opened, column = fault.opened
    sign = draft.lines[opened][column : column + 1]
    if sign not in _CLOSER:
        return None
    closer = _CLOSER[sign]
    if here in _OPENER and here != closer:
        draft.guess([line])
        draft.replace(line, fault.column, closer)
        message = f"A {here} stands here, and a {sign} was opened on line {opened + 1}. A {closer} is missing."
        return Found("E145", span_on(line, fault.column, fault.column + 1), message)
    if line == opened and fault.line == line:
        return None
    last = min(last_of_text(draft, opened), max(opened, line - 1))
    draft.lines[last] = draft.lines[last].rstrip().rstrip(",") + closer
    return _never_closed(opened, column, sign)


def missing_comma(draft: Draft, fault: Fault, line: int) -> Found | None:
    """Inside brackets, something follows where a comma is due."""
    if "flow" not in fault.opened[0] or fault.line != line:
        return None
    start, end = fault.column, end_in_flow(draft.lines[line], fault.column)
    draft.leave_out(line)
    message = "A comma is missing before this, or the text needs quotes around it."
    return Found("E148", span_on(line, start, max(end, start + 1)), message)
