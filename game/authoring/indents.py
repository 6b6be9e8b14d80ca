"""Owns slips with how far in a line stands: tabs, columns, fields among items. Never looks inside a value."""

from __future__ import annotations

from collections.abc import Iterator

from game.authoring.diagnostics import Span, told
from game.authoring.draft import Anatomy, Draft, anatomy, indent_of
from game.authoring.nodes import Fault
from game.authoring.quoting import in_quotes
from game.authoring.schema import FIELD_NAMES
from game.authoring.slips import Found, is_nested_value, span_on


def further_in(draft: Draft, fault: Fault, line: int) -> Found | None:
    """A field that stands further in than the text above it, so that it would be part of that text."""
    parts, above = anatomy(draft.lines[line]), draft.above(line)
    if not (is_nested_value(fault) and parts.key and above is not None and fault.column < parts.value_start):
        return None
    over = anatomy(draft.lines[above])
    if parts.key not in FIELD_NAMES and not parts.is_item:
        return None
    if over.key and over.key not in FIELD_NAMES and over.value and not over.is_item and parts.indent > over.indent:
        return _text_beside_fields(draft, above, over)
    to = over.start if over.key else over.indent
    if not over.value or to >= parts.indent:
        return None
    draft.indent(line, to)
    message = (
        f"'{told(parts.key)}' stands further in than the line above, which makes it part of '{told(over.value)}'. "
        f"Let it begin in column {to + 1}."
    )
    return Found("E144", span_on(line, parts.start, parts.start + len(parts.key)), message)


def _text_beside_fields(draft: Draft, line: int, parts: Anatomy) -> Found:
    """A name, such as a passage's, with text on its line and fields below it."""
    draft.replace(line, parts.value_start, " " * len(parts.value))
    message = f"'{told(parts.key)}' has text beside it and fields below it. Put the text into a field, or take it away."
    return Found("E121", span_on(line, parts.value_start, parts.value_end), message)


def stray_text(draft: Draft, fault: Fault, line: int) -> Found | None:
    """A text without a field, which swallows the field on the line below it."""
    above = draft.above(line)
    if not (is_nested_value(fault) or "<document start>" in fault.problem) or above is None:
        return None
    parts, text = anatomy(draft.lines[line]), anatomy(draft.lines[above])
    alone = text.indent == parts.indent or draft.above(above) is None
    if text.key or text.is_item or not parts.key or not alone:
        return None
    draft.leave_out(above)
    message = "This text belongs to no field. Give it a field or a dash, or move it further in than the line above."
    return Found("E148", span_on(above, text.indent, text.value_end), message)


def list_on_the_line(draft: Draft, fault: Fault, line: int) -> Found | None:
    """A list that begins on the line of its field's name."""
    parts = anatomy(draft.lines[line])
    if "sequence entries are not allowed" not in fault.problem or not parts.value.startswith("- "):
        return None
    start, end = parts.value_start, parts.value_end
    draft.disarm(line, start, end)
    message = "A list begins on the line below its field's name, each item with a dash. Or put the text in quotes."
    return Found("E144", span_on(line, start, end), message, in_quotes(parts.value))


def bad_indent(draft: Draft, fault: Fault, line: int) -> Found | None:
    """A line that begins in a column in which nothing around it begins."""
    parts = anatomy(draft.lines[line])
    if "block" not in fault.opened[0] or fault.line != line or fault.column > parts.start:
        return None
    levels = sorted(set(draft.levels(line)))
    if not levels or not (parts.key or parts.is_item):
        return None
    if parts.indent in levels:
        return _wrong_company(draft, line, parts, levels)
    to = min(levels, key=lambda level: (abs(level - parts.indent), -level))
    near = (*[level for level in levels if level < parts.indent][-1:], *[n for n in levels if n > parts.indent][:1])
    columns = " or ".join(str(level + 1) for level in near)
    draft.indent(line, to)
    message = (
        f"This line begins in column {parts.indent + 1}. The lines it could belong with begin in column {columns}."
    )
    return Found("E144", _begin(line, parts), message)


def _wrong_company(draft: Draft, line: int, parts: Anatomy, levels: list[int]) -> Found:
    """A field among the items of a list, or an item among fields."""
    deeper = [level for level in levels if level > parts.indent]
    if parts.is_item:
        message = "A list item stands among fields. Move it further in, below the field it belongs to."
        draft.leave_out(line)
    elif deeper:
        message = (
            f"A field stands among the items of a list. Let it begin in column {deeper[0] + 1} to belong to the item."
        )
        draft.indent(line, deeper[0])
    else:
        message = "A field stands among the items of a list. Move it to where the fields around the list begin."
        draft.leave_out(line)
    return Found("E144", _begin(line, parts), message)


def _begin(line: int, parts: Anatomy) -> Span:
    return span_on(line, parts.indent, parts.start + len(parts.key) if parts.key else parts.indent + 1)


def tabs(draft: Draft) -> Iterator[int]:
    """The lines (from 0) that begin with a tab, blank ones and comments left aside."""
    for number, text in enumerate(draft.lines):
        indent = text[: indent_of(text)]
        if "\t" in indent and text.strip() and not text.lstrip().startswith("#"):
            yield number


def tab_slip(draft: Draft, lines: list[int]) -> Found:
    """The first of these lines told, with the number of the others."""
    text = draft.lines[lines[0]]
    more = f" So do {len(lines) - 1} other lines." if len(lines) > 2 else " So does another." if len(lines) > 1 else ""
    message = f"This line begins with a tab.{more} Use spaces: how far in a line stands says what it belongs to."
    return Found("E143", span_on(lines[0], text.index("\t"), indent_of(text)), message)
