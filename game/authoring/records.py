"""Owns reading fields that belong together, and the rules between them. Never reads a single value itself.

RULES is the table: one function for each record whose fields depend on each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from game.authoring.diagnostics import Span, did_you_mean, told
from game.authoring.nodes import Node, Pairs, Scalar
from game.authoring.quoting import in_quotes
from game.authoring.reader import Reader
from game.authoring.schema import WAYS_ON, Field, Kind, Record

Read = Callable[[Reader, Node, Any, str, Span], Any]
Given = dict[str, Scalar]
"""The fields that were written, each with its name as it stands in the file."""

_ELSEWHERE: Final[Mapping[tuple[str, str], str]] = {
    ("scenario", "people"): "Declare people under 'cast', each with a name.",
    ("scenario", "practice"): "Kinds of practice are declared in course.yaml.",
    ("scenario", "id"): "A scenario's id is the name of its file.",
    ("passage", "id"): "A passage's id is the name before its colon.",
    ("passage", "if"): "Put the condition on the way that leads here.",
    ("passage", "title"): "A passage has no title; an ending has one.",
    ("choice", "then"): "Write 'goto' for the passage it leads to.",
    ("choice", "next"): "Write 'goto' for the passage it leads to.",
    ("passage", "next"): "Write 'goto' for the passage that follows.",
    ("passage", "choices"): "Put 'decision:' above, with 'ask:' and the choices below it.",
}
"""What authors look for where it is not."""


def read_record(reader: Reader, node: Node, record: Record, at: Span, id: str, read: Read, label: str = "") -> Any:
    """The value made of these fields, or None where what it needs is missing.

    `at` is where to tell of the whole, `label` what it is called where it has no id.
    """
    if not isinstance(node, Pairs):
        _not_fields(reader, node, record, id or label or record.noun, at)
        return _stand_in(record, id)
    reader.inside.append((record, id))
    given: Given = {}
    values: dict[str, Any] = {}
    for key, value in node.pairs:
        field = record.by_name.get(key.text) or _meant(reader, node, key, value, record, given)
        if field is None:
            continue
        made = read(reader, value, field.kind, field.name, key.span)
        if field.name in given:
            _twice(reader, key, given[field.name])
        elif made is not None:
            values[field.key] = made
        given.setdefault(field.name, key)
    reader.inside[-1] = (record, id or values.get("id", ""))
    if not reader.damaged(node):
        _missing(reader, record, given, at)
        if record.noun in RULES:
            RULES[record.noun](reader, given, values, at)
    reader.inside.pop()
    return _made(record, values, id, at)


def _made(record: Record, values: dict[str, Any], id: str, at: Span) -> Any:
    for field in record.required:
        if field.key not in values:
            if not record.named:
                return None
            values[field.key] = id
    if record.named:
        values["id"] = id
    if record.placed:
        values["at"] = (at.line, at.column)
    return record.makes(**values)


def _stand_in(record: Record, id: str) -> Any:
    """What keeps a name known whose fields could not be read."""
    return _made(record, {}, id, Span(0, 0, 0, 0)) if record.named else None


def _twice(reader: Reader, key: Scalar, first: Scalar) -> None:
    message = f"'{told(key.text)}' is here twice: the first is on line {first.line}. Keep one of them."
    reader.tell("E118", key.span, message)


def _missing(reader: Reader, record: Record, given: Given, at: Span) -> None:
    for field in record.required:
        if field.name not in given:
            help_ = field.help[:1].lower() + field.help[1:]
            reader.tell("E120", at, f"{reader.subject()} has no '{field.name}'. Add it: {help_}")


def _not_fields(reader: Reader, node: Node, record: Record, label: str, at: Span) -> None:
    if isinstance(node, Scalar) and node.blank:
        reader.empty(node, label, at)
        return
    if isinstance(node, Scalar) and not node.style:
        field, _, rest = node.text.partition(":")
        if rest and field in record.by_name:
            better = f"{field}: {rest}"
            message = f"A space is missing after the colon. Write: {told(better)}"
            reader.tell("E146", node.span, message, better)
            return
    first = next(
        (field.name for field in record.required), "text" if "text" in record.by_name else record.fields[0].name
    )
    reader.wrong_shape(node, label, f"fields below it, such as '{first}:'")


def _meant(reader: Reader, node: Pairs, key: Scalar, value: Node, record: Record, given: Given) -> Field | None:
    """Tell of a field that is not known here. Returns the one that was surely meant, to read on with."""
    name = key.text
    if name == "<<" and not key.style:
        reader.tell("E149", key.span, "'<<' copies fields from elsewhere, and a scenario spells everything out.")
        return None
    if isinstance(value, Scalar) and value.blank and (node.flow or ":" in name):
        _split_text(reader, node, key, record, given)
        return None
    note = _ELSEWHERE.get((record.noun, name)) or _owner(reader, name, record)
    near = None if note else reader.nearest(name, f"{record.noun} field", record.by_name)
    article = "An" if record.noun[0] in "aeio" else "A"
    note = note or did_you_mean(near).strip() or f"It has: {', '.join(record.by_name)}."
    reader.tell("E101", key.span, f"{article} {record.noun} has no field '{told(name)}'. {note}", near)
    if near is None:
        _forgive(record, name, given, key)
    field = record.by_name.get(near or "")
    return None if field is None or field.name in given or near_is_there(node, field.name) else field


def near_is_there(node: Pairs, name: str) -> bool:
    """Whether the right name stands there too, so that the wrong one is one too many and not a slip of it."""
    return any(key.text == name for key, _ in node.pairs)


def _forgive(record: Record, name: str, given: Given, key: Scalar) -> None:
    """A field in the wrong place hides that the right place misses it."""
    for field in record.fields:
        if name in (field.name, *_inner(field.kind)):
            given.setdefault(field.name, key)
    if name in ("next", "then"):
        given.setdefault("goto", key)


def _split_text(reader: Reader, node: Pairs, key: Scalar, record: Record, given: Given) -> None:
    """A name with nothing after it: a comma split a text, or a colon or its space is missing."""
    for sign, missing in ((":", "space"), (" ", "colon")):
        field, _, rest = key.text.partition(sign)
        if rest and field in record.by_name:
            fixed = f"{field}: {rest}"
            given.setdefault(field, key)
            code, where = ("E146", "after the colon") if missing == "space" else ("E152", f"after '{field}'")
            reader.tell(code, key.span, f"A {missing} is missing {where}. Write: {told(fixed)}", fixed)
            return
    after = node.pairs[[name for name, _ in node.pairs].index(key) + 1 :]
    if after and isinstance(after[0][1], Scalar) and after[0][1].blank:
        return  # the last of several commas tells for all
    start = _text_before(node, key) or key
    text = reader.document.lines[key.line - 1][start.column - 1 : key.end_column - 1]
    better = in_quotes(text) if start is not key and start.line == key.line else None
    message = "Inside { } a comma begins a new field. If the text has a comma of its own, put the text in quotes"
    span = Span(start.line, start.column, key.end_line, key.end_column) if better else key.span
    reader.tell("E154", span, f"{message}: {told(better)}" if better else f"{message}.", better)


def _text_before(node: Pairs, key: Scalar) -> Scalar | None:
    """The text that the commas before `key` cut up, if there is one."""
    text: Scalar | None = None
    for name, value in node.pairs:
        if name is key:
            return text
        if isinstance(value, Scalar) and not value.blank:
            text = None if value.style else value
    return None


def _inner(kind: Kind) -> tuple[str, ...]:
    return tuple(kind.by_name) if isinstance(kind, Record) else ()


def _owner(reader: Reader, name: str, record: Record) -> str:
    """Where the field belongs, if that is close by; empty if not."""
    for field in record.fields:
        if name in _inner(field.kind):
            return f"It belongs under '{field.name}'."
    for outer, id in reversed(reader.inside[:-1]):
        if name in outer.by_name:
            return f"It belongs to the {outer.noun}{f' {told(id)!r}' if id else ''}: move it further left."
    return ""


# rules between fields


def _one_way_on(reader: Reader, given: Given, _values: dict[str, Any], at: Span) -> None:
    ways = [name for name, key in given.items() if name in WAYS_ON and key.text == name]
    if not set(WAYS_ON) & set(given):
        message = f"{reader.subject()} has no way on. Give it a 'decision', a 'goto', an 'ending' or a 'todo'."
        reader.tell("E130", at, message)
    for name in ways[1:]:
        message = (
            f"{reader.subject()} has two ways on: '{ways[0]}' (line {given[ways[0]].line}) and '{name}'. Keep one."
        )
        reader.tell("E131", given[name].span, message)


def _changes_something(reader: Reader, given: Given, _values: dict[str, Any], at: Span) -> None:
    if not {"set", "clear", "change"} & set(given):
        reader.tell("E120", at, "This effect changes nothing. Give it 'set', 'clear' or 'change'.")


def _within_bounds(reader: Reader, given: Given, values: dict[str, Any], at: Span) -> None:
    least, most, start = values.get("least", 0), values.get("most", 10), values.get("start", 5)
    if {"min", "max", "start"} & set(given) - {name for name, key in _KEYS.items() if key in values}:
        return
    if least > most:
        reader.tell("E127", at, f"{reader.subject()} has min {least} and max {most}. Let min be the smaller one.")
    elif not least <= start <= most:
        left_out = "" if "start" in given else " (5 where it is left out)"
        message = f"{reader.subject()} starts at {start}{left_out}, outside min {least} and max {most}."
        reader.tell("E127", given["start"].span if "start" in given else at, message)


_KEYS: Final = {"min": "least", "max": "most", "start": "start"}

RULES: Final[Mapping[str, Callable[[Reader, Given, dict[str, Any], Span], None]]] = {
    "passage": _one_way_on,
    "effect": _changes_something,
    "meter": _within_bounds,
}
"""What must hold between the fields of a record."""
