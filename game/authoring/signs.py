"""Owns slips with signs that mean something at the start of a text, colons and their spaces. Never mends indents."""

from __future__ import annotations

import re
from typing import Final

from game.authoring.diagnostics import told
from game.authoring.draft import Anatomy, Draft, anatomy, indent_of
from game.authoring.nodes import NO_NAME, Fault
from game.authoring.quoting import in_quotes
from game.authoring.schema import FIELD_NAMES
from game.authoring.slips import Found, end_in_flow, is_nested_value, span_on

_COLON: Final = re.compile(r":(?= |$)")
_GLUED_COLON: Final = re.compile(r"\s*(?:- +)*([a-z_]+):(?=[^\s:/])")
_GLUED_DASH: Final = re.compile(r"\s*-(?=[A-Za-z\"'{\[])")
_GLUED_BRACKET: Final = re.compile(r"(?<=[{,\s])([a-z_]+):(?=[\[{,])")
_SIGNS_BEFORE_FIELD: Final = re.compile(r"\s*(?P<signs>[*&!%@`|>?,]\s*)+(?P<name>[a-z][\w-]*):(?: |$)")
_BLOCK: Final = re.compile(r"[|>][-+0-9]*")
"""How a text of several lines is opened."""

_SPECIAL: Final = "*&!%@`|>?,"


def special_start(draft: Draft, fault: Fault, line: int) -> Found | None:
    """A text that begins with a sign of YAML's own."""
    start, end = _special_value(draft, fault, line)
    value = draft.lines[line][start:end]
    if not value:
        return None
    sign, better = value[0], in_quotes(value)
    if start == indent_of(draft.lines[line]):
        return _stray_sign(draft, line, start) or _no_text(draft, line, start, sign)
    draft.disarm(line, start, end)
    message = f"A text cannot begin with {sign} unless it is in quotes. Write: {told(better)}"
    return Found("E147", span_on(line, start, end), message, better)


def _stray_sign(draft: Draft, line: int, start: int) -> Found | None:
    """A sign before a field's name, where none can be."""
    field = _SIGNS_BEFORE_FIELD.match(draft.lines[line])
    if field is None:
        return None
    name = field.end("signs")
    text = draft.lines[line]
    draft.replace(line, start, " " * (name - start))
    to = min(draft.levels(line), key=lambda level: abs(level - name), default=start)
    if to != name:
        to = to if abs(to - name) <= 2 else start
        draft.lines[line] = " " * to + text[name:]
        draft.moves.setdefault(line, []).append((0, to - name))
    message = f"'{text[start:name].strip()}' stands before '{field['name']}'. Take it away."
    return Found("E147", span_on(line, start, name), message, "")


def _no_text(draft: Draft, line: int, start: int, sign: str) -> Found:
    end = len(draft.lines[line].rstrip())
    draft.leave_out(line)
    return Found(
        "E147", span_on(line, start, end), f"A line cannot begin with {sign}. Put it in quotes, or take it away."
    )


def _special_value(draft: Draft, fault: Fault, line: int) -> tuple[int, int]:
    """Where the text lies that begins with a sign of YAML's own; an empty part where there is none."""
    text = draft.lines[line]
    parts = anatomy(text)
    if parts.value[:1] in ("[", "{"):
        if _text_after_brackets(parts.value) or fault.problem == NO_NAME:
            return parts.value_start, parts.value_end
        for at_line, column in (fault.opened[1:], (fault.line, fault.column)):
            if at_line == line and text[column : column + 1] in tuple(_SPECIAL[:7]):
                return column, end_in_flow(text, column)
    elif parts.value[:1] and parts.value[0] in _SPECIAL and not _BLOCK.fullmatch(parts.value):
        return parts.value_start, parts.value_end
    return 0, 0


def _text_after_brackets(value: str) -> bool:
    """Whether a group in brackets at the start of a value is followed by further words."""
    depth = 0
    for column, sign in enumerate(value):
        depth += (sign in "[{") - (sign in "]}")
        if depth == 0:
            rest = value[column + 1 :].strip()
            return bool(rest) and rest[0] not in ":]},#"
    return False


def glued(draft: Draft, fault: Fault, line: int) -> Found | None:
    """A dash or a colon with no space after it."""
    in_brackets = (
        _GLUED_BRACKET.search(draft.lines[line]) if "flow" in fault.opened[0] or ":" in fault.problem else None
    )
    if in_brackets and in_brackets[1] in FIELD_NAMES:
        at, better = in_brackets.end(), f"{in_brackets[1]}: {draft.lines[line][in_brackets.end()]}"
        draft.insert(line, at, " ")
        message = f"A space is missing after the colon. Write: {told(better)}"
        return Found("E146", span_on(line, in_brackets.start(1), at + 1), message, better)
    for number in dict.fromkeys((line, fault.opened[1], draft.above(line))):
        if number is None:
            continue
        text = draft.lines[number]
        colon = _GLUED_COLON.match(text)
        if colon and colon[1] in FIELD_NAMES:
            end = len(text.rstrip())
            better = f"{colon[1]}: {text[colon.end() : end]}"
            draft.insert(number, colon.end(), " ")
            message = f"A space is missing after the colon. Write: {told(better)}"
            return Found("E146", span_on(number, colon.start(1), end), message, better)
        dash = _GLUED_DASH.match(text)
        if dash:
            draft.insert(number, dash.end(), " ")
            better = f"- {text[dash.end() :].strip()}"
            message = f"A space is missing after the dash. Write: {told(better)}"
            return Found("E146", span_on(number, dash.end() - 1, len(text.rstrip())), message, better)
    return None


def missing_colon(draft: Draft, fault: Fault, line: int) -> Found | None:
    """A field's name with no colon after it."""
    number = fault.opened[1] if "simple key" in fault.opened[0] else draft.above(line)
    if number is None or not ("simple key" in fault.opened[0] or is_nested_value(fault)):
        return None
    parts = anatomy(draft.lines[number])
    field = parts.value.split(" ", 1)[0]
    alone = field == parts.value and re.fullmatch(r"[A-Za-z][\w-]*", field)
    opens = indent_of(draft.lines[number]) < draft.indent_below(number)
    if parts.key or not (field in FIELD_NAMES or (alone and opens)):
        return None
    start, end = parts.value_start, parts.value_end
    better = f"{field}:{draft.lines[number][start + len(field) : end]}"
    draft.insert(number, start + len(field), ":")
    message = f"A colon is missing after '{field}'. Write: {told(better)}"
    return Found("E152", span_on(number, start, end), message, better)


def colon_in_text(draft: Draft, fault: Fault, line: int) -> Found | None:
    """A colon and a space inside a text without quotes."""
    text = draft.lines[line]
    parts = anatomy(text)
    start, end = parts.value_start, parts.value_end
    if parts.value[:1] in ("[", "{"):
        if "flow" not in fault.opened[0] or fault.opened[1] != line or text[fault.column : fault.column + 1] != ":":
            return None
        start, end = _text_around(text, fault.column)
    elif not is_nested_value(fault):
        return None
    elif parts.key and fault.column < start:
        if not parts.value or parts.key in FIELD_NAMES:
            return None
        start = parts.start
    value = text[start:end]
    if not _COLON.search(value):
        return None
    better = in_quotes(value)
    draft.disarm(line, start, end)
    if start == parts.indent:
        message = "A colon and a space stand inside a text that goes on from the line above. Put all of it in quotes."
        return Found("E142", span_on(line, start, end), message)
    message = f"A colon and a space inside a text need quotes around it. Write: {told(_with_key(parts, start, better))}"
    return Found("E142", span_on(line, start, end), message, better)


def _with_key(parts: Anatomy, start: int, value: str) -> str:
    """The line as it can be pasted, without its indent."""
    if start != parts.value_start:
        return value
    return f"{'- ' if parts.start > parts.indent else ''}{parts.key + ': ' if parts.key else ''}{value}"


def _text_around(text: str, column: int) -> tuple[int, int]:
    """The text inside brackets that holds the colon at `column`: from the field's own colon to the next comma."""
    before = max((found.end() for found in re.finditer(r"[\[{,]\s*(?:[\w-]+:\s+)?", text[:column])), default=0)
    return before, end_in_flow(text, column)
