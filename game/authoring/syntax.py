"""Owns the table of slips in the YAML, and which one a fault comes from. Never reads files.

SLIPS is the table: each function looks at one fault and knows one sort of slip. The first that knows it tells it,
and mends it in the draft. The parser's own words are only clues; what is told is worked out from the lines, so that
every parser leads to the same.
"""

from __future__ import annotations

import re
from typing import Final

from game.authoring.brackets import bracket, bracket_above, missing_comma
from game.authoring.diagnostics import told
from game.authoring.draft import Draft, anatomy, indent_of, original
from game.authoring.indents import bad_indent, further_in, list_on_the_line, stray_text
from game.authoring.nodes import SECOND_DOCUMENT, TOO_DEEP, Fault, Shorthand
from game.authoring.quotes import backslash, early_quote, unclosed_quote
from game.authoring.quoting import in_quotes
from game.authoring.signs import colon_in_text, glued, missing_colon, special_start
from game.authoring.slips import Found, Slip, end_in_flow, span_on

_UNSURE: Final = ("E144", "E145", "E148")
"""After these slips it is a guess where the lines below belong."""


def find_slip(draft: Draft, fault: Fault) -> Found | None:
    """What the fault comes from, mended in the draft. None where it only follows from a slip told before."""
    fault = _within(draft, fault)
    line = _line(draft, fault)
    before, moves = list(draft.lines), draft.moves_so_far()
    found = next(found for slip in SLIPS if (found := slip(draft, fault, line)))
    blamed = found.span.line - 1
    follows = found.code in _UNSURE and blamed in draft.unsure
    again = blamed in draft.blamed or follows
    end = draft.entry_end(blamed)
    if draft.lines == before or again:
        draft.leave_out(line)
    if follows:
        draft.guess(draft.unsure)
    elif found.code in _UNSURE:
        draft.unsure = range(blamed, end)
    draft.blamed.add(blamed)
    return None if again else found._replace(span=original(found.span, moves))


def _within(draft: Draft, fault: Fault) -> Fault:
    """The fault with its places within the file: at the end the parser stands on a line after the last."""
    last = len(draft.lines) - 1
    what, line, column = fault.opened
    opened = (what, line, column) if line <= last else (what, last, 0)
    at = (fault.line, fault.column) if fault.line <= last else (last, len(draft.lines[last]))
    return Fault(fault.problem, *at, opened, fault.text)


def _line(draft: Draft, fault: Fault) -> int:
    """The line on which reading stopped; the last one written where it stopped at the end of the file."""
    line = min(fault.opened[1] if "simple key" in fault.opened[0] else fault.line, len(draft.lines) - 1)
    while line > 0 and not draft.lines[line].strip():
        line -= 1
    return line


def _second_document(draft: Draft, fault: Fault, _line: int) -> Found | None:
    if fault.problem != SECOND_DOCUMENT and "<document start>" not in fault.problem:
        return None
    marks = [n for n in range(min(fault.line + 1, len(draft.lines))) if re.match(r"(---|\.\.\.)\s*$", draft.lines[n])]
    if not marks:
        return None
    mark = draft.lines[marks[-1]][:3]
    draft.lines[marks[-1]] = ""
    message = f"'{mark}' ends one document and begins another. A file holds one scenario: take the line away."
    return Found("E150", span_on(marks[-1], 0, 3), message)


def _too_deep(_draft: Draft, fault: Fault, line: int) -> Found | None:
    if fault.problem != TOO_DEEP and "nesting depth" not in fault.problem:  # ours, or a newer parser's own
        return None
    message = "Lists and fields stand too deep inside one another here. Look for brackets too many."
    return Found("E151", span_on(line, fault.column, fault.column + 1), message)


def _unreadable(draft: Draft, fault: Fault, line: int) -> Found:
    text = draft.lines[line].rstrip()
    parts = anatomy(text)
    draft.leave_out(line)
    start = indent_of(text)
    if not parts.key and not parts.is_item and parts.value[:1].isalpha():
        message = "This text belongs to no field. Give it a field or a dash, or move it further in than the line above."
        return Found("E148", span_on(line, start, len(text)), message)
    at_fault = fault.column if fault.line == line and start < fault.column < len(text) else start
    message = "The line cannot be read from here on. Compare it with the lines around it; put texts in quotes."
    return Found("E148", span_on(line, at_fault, max(len(text), at_fault + 1)), message)


SLIPS: Final[tuple[Slip, ...]] = (
    _second_document,
    _too_deep,
    unclosed_quote,
    backslash,
    early_quote,
    bracket_above,
    list_on_the_line,
    special_start,
    glued,
    missing_colon,
    stray_text,
    further_in,
    colon_in_text,
    bracket,
    missing_comma,
    bad_indent,
    _unreadable,
)
"""Every sort of slip, the surest first. The last takes what no other knows."""


def shorthand(draft: Draft, sign: Shorthand) -> Found | None:
    """An anchor, an alias or a tag: not wanted in a scenario, or a text that needs quotes. None for a merge's alias."""
    text = draft.lines[sign.line]
    if text.lstrip(" -").startswith("<<"):
        return None
    parts = anatomy(text)
    end = end_in_flow(text, sign.column) if parts.value[:1] in ("[", "{") else max(parts.value_end, sign.column + 1)
    span = original(span_on(sign.line, sign.column, end), draft.moves)
    value = text[sign.column : end]
    better = in_quotes(value)
    if sign.sign == "*" and not sign.known:
        return Found("E147", span, f"A text cannot begin with * unless it is in quotes. Write: {told(better)}", better)
    if sign.sign == "!" and parts.key in ("if", "and", "or"):
        better = f"not {value[1:].strip()}"
        return Found("E149", span, f"A condition has the word 'not' for that. Write: {told(better)}", better)
    what = {"&": "names a part to copy it", "*": "copies another part", "!": "gives a type"}[sign.sign]
    message = f"{sign.sign} at the start {what}, and a scenario spells everything out. If it is text: {told(better)}"
    return Found("E149", span, message, better)
