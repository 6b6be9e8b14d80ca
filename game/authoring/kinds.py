"""Owns how each kind of field is read from its node, and how a wrong one is told. Never knows where a file lies.

READ is the table: one function for each kind. Each takes the reader, the node, the kind, the field's name and
the span to blame where nothing was written; it returns the value, or None once it has told why there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from game.authoring.diagnostics import Span, did_you_mean, nearest, told
from game.authoring.nodes import Items, Node, Pairs, Scalar
from game.authoring.quoting import in_quotes
from game.authoring.reader import Reader
from game.authoring.records import read_record
from game.authoring.schema import (
    FILE,
    LARGEST_NUMBER,
    METER,
    Amounts,
    Cast,
    FileName,
    Kind,
    Lines,
    Named,
    NewName,
    OneOf,
    Record,
    Some,
    Table,
    Test,
    Ways,
    Whole,
    Words,
    YesNo,
)
from game.authoring.telling import read_cast, read_condition, read_lines, read_ways

Read = Callable[[Reader, Node, Any, str, Span], Any]

_WHOLE: Final = re.compile(r"[+-]?[0-9]+")
_IN_WORDS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_TRUE_OR_FALSE: Final[Mapping[str, bool]] = {"true": True, "yes": True, "false": False, "no": False}
_OTHER_YES: Final = {"on": "true", "y": "true", "t": "true", "1": "true", "off": "false", "n": "false", "0": "false"}


def read(reader: Reader, node: Node, kind: Kind, label: str, at: Span) -> Any:
    """The value of a node as this kind of field; None where it is wrong, and told."""
    return READ[kind.__class__](reader, node, kind, label, at)


def _words(reader: Reader, node: Node, _kind: Words, label: str, at: Span) -> str | None:
    if node.__class__ is Scalar:
        text = node.text.rstrip("\n") if node.style in ("|", ">") else node.text
        if text and not text.isspace():
            return text
    if isinstance(node, Pairs) and len(node.pairs) == 1 and isinstance(node.pairs[0][1], Scalar):
        _colon_in_text(reader, node.pairs[0][0], node.pairs[0][1])
        return None
    text_node = reader.scalar(node, label, at, "text")
    return text_node.text if text_node else None


def _colon_in_text(reader: Reader, before: Scalar, after: Scalar) -> None:
    whole = f"{before.text}: {after.text}".rstrip()
    span = Span(before.line, before.column, after.end_line, after.end_column)
    better = in_quotes(whole)
    message = f"A colon and a space split this text. Put it in quotes: {told(better)}"
    reader.tell("E142", span, message, better)


def _file_name(reader: Reader, node: Node, _kind: FileName, label: str, at: Span) -> str | None:
    text = reader.scalar(node, label, at, "the name of a file")
    if text is None:
        return None
    name = text.text
    if name != name.strip() or re.search(r'[/\\:*?"<>|\x00]', name) or name.startswith("."):
        message = (
            f"'{told(name)}' is not the name of a file in this folder. Put the file here and write its name alone."
        )
        reader.tell("E119", text.span, message)
        return None
    return reader.name(FILE, text, label)


def _whole(reader: Reader, node: Node, kind: Whole, label: str, at: Span) -> int | None:
    due = f"a whole number from {kind.least} to {kind.most}" if kind.least < kind.most else f"the number {kind.most}"
    text = reader.scalar(node, label, at, due)
    if text is None:
        return None
    written = text.text.strip()
    if not _WHOLE.fullmatch(written):
        near = str(_IN_WORDS.index(written.lower())) if written.lower() in _IN_WORDS else None
        message = f"'{label}' needs {due}; '{told(written)}' is not a whole number.{did_you_mean(near)}"
        reader.tell("E123", text.span, message, near)
        return None
    number = int(written) if len(written) < 20 else kind.most + 1
    if label == "format" and number > kind.most:
        message = (
            f"The file is of format {told(written)}, and this program reads format {kind.most}. Get a newer Upstream."
        )
        reader.tell("E128", text.span, message)
        return None
    if not kind.least <= number <= kind.most:
        reader.tell("E124", text.span, f"'{label}' needs {due}; {told(written)} is not.")
        return None
    return number


def _yes_no(reader: Reader, node: Node, _kind: YesNo, label: str, at: Span) -> bool | None:
    text = reader.scalar(node, label, at, "true or false")
    if text is None:
        return None
    written = text.text.strip().lower()
    value = _TRUE_OR_FALSE.get(written)
    if value is None:
        near = _OTHER_YES.get(written) or nearest(written, _TRUE_OR_FALSE)
        message = f"'{label}' needs true or false; '{told(text.text)}' is neither.{did_you_mean(near)}"
        reader.tell("E125", text.span, message, near)
    return value


def _one_of(reader: Reader, node: Node, kind: OneOf, label: str, at: Span) -> str | None:
    choices = ", ".join(kind.names)
    text = reader.scalar(node, label, at, f"one of: {choices}")
    if text is None:
        return None
    if text.text in kind.names:
        return text.text
    near = nearest(text.text, kind.names)
    message = f"'{told(text.text)}' is no {label}. There are: {choices}.{did_you_mean(near)}"
    reader.tell("E114", text.span, message, near)
    return None


def _new_name(reader: Reader, node: Node, kind: NewName, label: str, at: Span) -> str | None:
    key = reader.scalar(node, label, at, "a name")
    if key is None:
        return None
    place = (kind.group.noun, f"{reader.passage()}.{key.text}")
    if place in reader.spans:
        first = reader.spans[place].line
        message = f"There is a {kind.group.noun} '{told(key.text)}' on line {first} already. Give each its own name."
        reader.tell("E117", key.span, message)
    reader.spans.setdefault(place, key.span)
    return reader.new_name(key, kind.group)


def _named(reader: Reader, node: Node, kind: Named, label: str, at: Span) -> str | None:
    text = reader.scalar(node, label, at, f"the name of a {kind.group.noun}")
    if text is None:
        return None
    return reader.name(kind.group, text, label)


def _some(reader: Reader, node: Node, kind: Some, label: str, at: Span) -> tuple[Any, ...] | None:
    if not isinstance(node, Items):
        return _one_alone(reader, node, kind, label, at)
    if len(node.items) < kind.least:
        reader.tell("E122", node.span, f"'{label}' is empty. Write at least one.")
        return None
    if kind.most is not None and len(node.items) > kind.most:
        span = node.items[kind.most].span
        message = f"'{label}' has {len(node.items)}, and {kind.most} is the most. Keep the ones that matter."
        reader.tell("E126", span, message)
    values = [read(reader, item, kind.of, label, at if _is_text(item) else _anchor(item)) for item in node.items]
    if isinstance(kind.of, Named):
        _told_again(reader, node.items, label)
    return tuple(value for value in values if value is not None)


def _one_alone(reader: Reader, node: Node, kind: Some, label: str, at: Span) -> tuple[Any, ...] | None:
    if isinstance(node, Scalar) and node.blank:
        reader.empty(node, label, at)
        return None
    if not kind.alone:
        reader.wrong_shape(node, label, "a list, each item on a line that begins with '- '")
        return None
    value = read(reader, node, kind.of, label, at)
    return None if value is None else (value,)


def _told_again(reader: Reader, items: list[Node], label: str) -> None:
    seen: set[str] = set()
    for item in items:
        if isinstance(item, Scalar):
            if item.text in seen:
                message = f"'{told(item.text)}' stands in '{label}' twice. Once is enough."
                reader.tell("W311", item.span, message, "")
            seen.add(item.text)


def _anchor(node: Node) -> Span:
    """Where to tell of a thing in a list: at its id, or where it begins."""
    if isinstance(node, Pairs):
        return next((value.span for key, value in node.pairs if key.text == "id" and _is_text(value)), node.span)
    return node.span


def _is_text(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.blank


def _table(reader: Reader, node: Node, kind: Table, label: str, at: Span) -> dict[str, Any] | None:
    if not isinstance(node, Pairs):
        if isinstance(node, Scalar) and node.blank:
            reader.empty(node, label, at)
        else:
            reader.wrong_shape(node, label, f"names, each with a colon: '{kind.example}'")
        return None
    if len(node.pairs) < kind.least:
        reader.tell("E122", node.span, f"'{label}' is empty. Write at least one {kind.group.noun}.")
    return dict(_entries(reader, node, kind))


def _entries(reader: Reader, node: Pairs, kind: Table) -> Iterator[tuple[str, Any]]:
    group, code = kind.group, kind.blank
    for key, value in node.pairs:
        name = reader.new_name(key, group)
        first = reader.spans.setdefault((group.noun, name), key.span)
        if first != key.span:
            message = f"There is a {group.noun} '{told(name)}' on line {first.line} already. Give each its own name."
            reader.tell("E117", key.span, message)
        if isinstance(value, Scalar) and value.blank and code:
            reader.tell(code, key.span, f"The {group.noun} '{told(name)}' has no words yet.")
            entry = ""
        elif isinstance(kind.of, Record):
            entry = read_record(reader, value, kind.of, key.span, name, read)
        else:
            entry = read(reader, value, kind.of, name, key.span)
        if first == key.span and entry is not None:
            yield name, entry


def _amounts(reader: Reader, node: Node, _kind: Amounts, label: str, at: Span) -> tuple[tuple[str, int], ...] | None:
    if not isinstance(node, Pairs):
        if isinstance(node, Scalar) and node.blank:
            reader.empty(node, label, at)
        else:
            reader.wrong_shape(node, label, "each meter with its number: {trust: +1}")
        return None
    amounts: dict[str, int] = {}
    number = Whole(-LARGEST_NUMBER, LARGEST_NUMBER)
    for key, value in node.pairs:
        meter = reader.name(METER, key, label)
        amount = read(reader, value, number, key.text, key.span)
        if meter in amounts:
            reader.tell("E118", key.span, f"'{meter}' stands in this '{label}' twice. Put the numbers together.")
        elif meter is not None and amount is not None:
            amounts[meter] = amount
    return tuple(amounts.items())


def _record(reader: Reader, node: Node, kind: Record, label: str, at: Span) -> Any:
    return read_record(reader, node, kind, at, "", read, label)


def _lines(reader: Reader, node: Node, _kind: Lines, label: str, at: Span) -> Any:
    return read_lines(reader, node, label, at, read)


def _ways(reader: Reader, node: Node, _kind: Ways, label: str, at: Span) -> Any:
    return read_ways(reader, node, label, at, read)


def _test(reader: Reader, node: Node, _kind: Test, label: str, at: Span) -> Any:
    return read_condition(reader, node, label, at)


def _cast(reader: Reader, node: Node, _kind: Cast, label: str, at: Span) -> Any:
    return read_cast(reader, node, label, at, read)


READ: Final[Mapping[type, Read]] = {
    Words: _words,
    FileName: _file_name,
    Whole: _whole,
    YesNo: _yes_no,
    OneOf: _one_of,
    NewName: _new_name,
    Named: _named,
    Test: _test,
    Lines: _lines,
    Ways: _ways,
    Cast: _cast,
    Some: _some,
    Table: _table,
    Amounts: _amounts,
    Record: _record,
}
"""How each kind of field is read."""
