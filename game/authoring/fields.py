"""Owns every field of the format in words: for the author's guide, and for the notes that an editor shows.

Never reads a file, and never decides what a field takes: that is `schema`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from game.authoring.schema import (
    FILES,
    PERSON_FIELDS,
    SCENE,
    WAY,
    WHEN,
    Amounts,
    Cast,
    Field,
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


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field as the guide tells it. `default` is empty where nothing stands in for it."""

    name: str
    takes: str
    required: bool
    default: str
    help: str


@dataclass(frozen=True, slots=True)
class FieldTable:
    """The fields of one thing, such as a choice. `under` is where it stands: the fields that lead to it."""

    noun: str
    under: str
    rows: tuple[FieldRow, ...]


def field_tables(file: str) -> tuple[FieldTable, ...]:
    """The tables of one sort of file (`scenario`, `course` or `source`), its own fields first, each thing once."""
    return tuple(_tables(FILES[file], "", set()))


def takes(kind: Kind) -> str:
    """What may stand in a field of this kind, such as `a whole number, 0 to 2`."""
    return _TAKES[kind.__class__](kind)


def _tables(record: Record, under: str, told: set[int]) -> Iterator[FieldTable]:
    told.add(id(record))
    yield FieldTable(record.noun, under, tuple(_row(field) for field in record.fields))
    for field in record.fields:
        here = f"{under} › {field.name}" if under else field.name
        for inner in _records(field.kind):
            if id(inner) not in told:
                yield from _tables(inner, here, told)


def _row(field: Field) -> FieldRow:
    return FieldRow(field.name, takes(field.kind), field.required, field.default, field.help)


def _records(kind: Kind) -> tuple[Record, ...]:
    """The records that stand in a field of this kind."""
    if isinstance(kind, Record):
        return (kind,)
    if isinstance(kind, Some | Table):
        return _records(kind.of)
    return _WITHIN.get(kind.__class__, ())


_WITHIN: Final[Mapping[type, tuple[Record, ...]]] = {Lines: (WHEN, SCENE), Ways: (WAY,), Cast: (PERSON_FIELDS,)}
"""The records of the kinds that have a form of their own."""


def _whole(kind: Whole) -> str:
    return f"a whole number, {kind.least:,} to {kind.most:,}" if kind.least < kind.most else f"{kind.most}"


def _some(kind: Some) -> str:
    least = ", at least one" if kind.least else ""
    most = f", {kind.most} at most" if kind.most is not None else ""
    some = f"{takes(kind.of)}, or a list of them" if kind.alone else f"a list, each with {takes(kind.of)}"
    return f"{some}{least}{most}"


def _table(kind: Table) -> str:
    return f"new names, each with {takes(kind.of)}"


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


_TAKES: Final[Mapping[type, Callable[[Any], str]]] = {
    Words: lambda _: "text",
    FileName: lambda _: "the name of a file in the same folder",
    Whole: _whole,
    YesNo: lambda _: "true or false",
    OneOf: lambda kind: "one of: " + ", ".join(kind.names),
    NewName: lambda kind: f"a new name for the {kind.group.noun}",
    Named: lambda kind: f"the name of {_article(kind.group.noun)}",
    Test: lambda _: "a condition",
    Lines: lambda _: "lines",
    Ways: lambda _: "the name of a passage, or a list of ways",
    Cast: lambda _: "a list of names of the course, or people declared here",
    Some: _some,
    Table: _table,
    Amounts: lambda _: "meters, each with a number to add",
    Record: lambda kind: f"the fields of {_article(kind.noun)}",
}
"""How each kind is put in words."""
