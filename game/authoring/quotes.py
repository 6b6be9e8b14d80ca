"""Owns slips with quotes: left open, closed too early, a backslash inside. Never looks at another sign."""

from __future__ import annotations

import re

from game.authoring.diagnostics import told
from game.authoring.draft import Draft, anatomy, indent_of
from game.authoring.nodes import SWALLOWED, Fault, Scalar
from game.authoring.quoting import in_quotes
from game.authoring.slips import QUOTES, STRUCTURE, Found, end_in_flow, last_of_text, span_on


def unclosed_quote(draft: Draft, fault: Fault, line: int) -> Found | None:
    """A quote that is never closed, or by chance by a later one."""
    start = _open_quote(draft, fault)
    if start is None:
        return None
    line, column = start
    text = draft.lines[line]
    last = last_of_text(draft, line)
    end = len(text.rstrip())
    closers = re.search(r"[\]}, ]*$", text[:end]) if anatomy(text).value[:1] in ("[", "{") else None
    end = closers.start() if closers else end
    quote = text[column]
    better = text[column:end] + quote
    if last == line:
        draft.insert(line, end, quote)
    else:
        draft.lines[last] = draft.lines[last].rstrip() + quote
    more = f": {told(better)}" if last == line else "."
    message = f"This quote is never closed. Close it at the end of the text{more}"
    return Found("E140", span_on(line, column, end), message, better if last == line else None)


def _open_quote(draft: Draft, fault: Fault) -> tuple[int, int] | None:
    """Where the quote stands that was left open, if that is what went wrong."""
    what, line, column = fault.opened
    if "quoted" in what and "escape" not in fault.problem and "hex" not in fault.problem:
        return line, column
    if fault.problem == SWALLOWED:
        return fault.line, fault.column
    text = fault.text
    if text and text.style in QUOTES and text.line < text.end_line == fault.line + 1:
        return (text.line - 1, text.column - 1) if swallows(draft.lines, text) else None
    return None


def swallows(lines: list[str], text: Scalar) -> bool:
    """Whether a quoted text holds what looks like further fields or items: a sign that a quote was left open."""
    first = anatomy(lines[text.line - 1])
    depth = first.start if text.column - 1 > first.start else first.indent
    below = lines[text.line : text.end_line]
    return any(indent_of(line) <= depth and STRUCTURE.match(line) for line in below)


def backslash(draft: Draft, fault: Fault, _line: int) -> Found | None:
    """A backslash in double quotes that means nothing."""
    if "escape" not in fault.problem and "hex" not in fault.problem:
        return None
    column = draft.lines[fault.line].rfind("\\", 0, fault.column + 1)
    if column < 0:
        return None
    sign = draft.lines[fault.line][column : column + 2]
    draft.replace(fault.line, column, "/")
    message = (
        f"'{sign}' means nothing in double quotes. Use single quotes around the text, or write the backslash twice."
    )
    return Found("E153", span_on(fault.line, column, column + 2), message, "\\" + sign)


def early_quote(draft: Draft, fault: Fault, line: int) -> Found | None:
    """A quote that closes before the text ends."""
    text = fault.text
    if text and text.style in QUOTES and text.line < text.end_line == line + 1 and fault.line == line:
        end = text.end_column - 2
        draft.replace(line, end + 1, " " * (len(draft.lines[line]) - end - 1))
        message = f"This quote closes the text that begins on line {text.line}, and more text follows."
        return Found("E141", span_on(line, end, end + 1), message)
    parts = anatomy(draft.lines[line])
    start, end = parts.value_start, parts.value_end
    if parts.value[:1] in ("[", "{"):
        flow = _early_in_flow(draft.lines[line], start)
        if flow is None:
            return None
        start, end = flow
    elif not _closes_early(parts.value):
        return None
    value = draft.lines[line][start:end]
    better = in_quotes(_meant(value))
    draft.disarm(line, start, end)
    message = f"The quote closes before the text ends. Write: {told(better)}"
    return Found("E141", span_on(line, start, end), message, better)


def _closes_early(value: str) -> bool:
    end = _closing(value, 0)
    return end is not None and bool(value[end + 1 :].strip()) and not value[end + 1 :].lstrip().startswith("#")


def _closing(text: str, start: int) -> int | None:
    """Where the quote that opens at `start` is closed; None if nowhere, or if no quote opens there."""
    quote = text[start : start + 1]
    if quote not in ("'", '"') or not quote:
        return None
    pattern = r"'(?:[^']|'')*'(?!')" if quote == "'" else r'"(?:[^"\\]|\\.)*"'
    found = re.compile(pattern).match(text, start)
    return found.end() - 1 if found else None


def _early_in_flow(text: str, start: int) -> tuple[int, int] | None:
    """The quoted part inside brackets after whose quote the text goes on, to its likely end."""
    for opening in re.finditer(r"(?<=[\[{,:])\s*(?=[\"'])", text[start:]):
        column = start + opening.end()
        end = _closing(text, column)
        if end is None:
            return None
        if re.match(r"\s*(?:[,\]}:]|$)", text[end + 1 :]):
            continue
        closers = [close.start() for close in re.finditer(rf"{text[column]}(?=\s*(?:[,\]}}]|$))", text)]
        return column, closers[-1] + 1 if closers and closers[-1] > end else end_in_flow(text, end + 1)
    return None


def _meant(value: str) -> str:
    """The text an author meant who wrote a quote too many or too few."""
    quote = value[0]
    if len(value) > 1 and value.endswith(quote) and value.count(quote) != 2:
        return value[1:-1]
    closing = _closing(value, 0) or 0
    if quote == "'" and value[closing + 1 : closing + 2].isalpha():
        return value[1:]
    return value
