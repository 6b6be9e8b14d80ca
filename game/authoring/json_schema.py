"""Owns the format as a JSON Schema, made from the field tables, for editors with YAML support. Never judges a story.

Draft 7, the draft that yaml-language-server (VS Code, Neovim, JetBrains and others) reads in every version. Messages
in an author's words stand under `errorMessage` and `patternErrorMessage`, which that server shows and others pass over.

It tells the shape: missing and unknown fields, wrong kinds, numbers out of range, empty texts. Names that lead nowhere,
conditions, bounds of meters and the story itself are for `check`. An editor types plain values by YAML 1.2, so a text
may come as a number or as true; a number in quotes is a number here, as it is when the file is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from game.authoring.fields import takes
from game.authoring.schema import (
    AFAR,
    EXPRESSIONS,
    FILES,
    LARGEST_NUMBER,
    METER,
    OUTCOME,
    PASSAGE,
    PERSON,
    PERSON_FIELDS,
    SCENE,
    SPELLING,
    WAY,
    WAYS_ON,
    WHEN,
    Amounts,
    Cast,
    Field,
    FileName,
    Group,
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
from game.story import WORDS

DRAFT: Final = "http://json-schema.org/draft-07/schema#"

Shape = dict[str, Any]
"""A schema, or a part of one."""

_ARRAY: Final[Shape] = {"type": "array"}
_OBJECT: Final[Shape] = {"type": "object"}
_NAME_RULE: Final = (
    "Names are lower case letters, digits, - and _, and begin with a letter. Facts and meters have no -."
)
_FILE_NAME: Final = r'^(?![.\s])[^/\\:*?"<>|\x00]*[^/\\:*?"<>|\x00\s]$'
_TRUE_OR_FALSE: Final = r"^\s*([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[Yy][Ee][Ss]|[Nn][Oo])\s*$"


def schema_of(file: str = "scenario") -> Shape:
    """The schema of one sort of file (`scenario`, `course` or `source`) as plain values. Raises `KeyError` for another.

    Whatever it refuses, `check` tells as an error.
    """
    making = _Making()
    whole = making.record(FILES[file])
    return {"$schema": DRAFT, "title": f"An Upstream {file}", **whole, "definitions": making.definitions}


class _Making:
    """One schema while it is made: what is used more than once, or within itself, becomes a definition."""

    def __init__(self) -> None:
        self.definitions: dict[str, Shape] = {}

    def of(self, kind: Kind) -> Shape:
        """The schema of a kind of field."""
        return _SHAPES[kind.__class__](self, kind)

    def defined(self, name: str, make: Callable[[], Shape]) -> Shape:
        """A reference to the definition of that name, made when it is first needed."""
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name].update(make())
        return {"$ref": f"#/definitions/{name}"}

    def named(self, record: Record) -> Shape:
        """A reference to a record, by its noun; a choice and a scenario each have a debrief."""
        name = "debrief of a choice" if record is OUTCOME else record.noun
        return self.defined(name.replace(" ", "-"), lambda: self.record(record))

    def record(self, record: Record) -> Shape:
        """An object with the record's fields and no others."""
        shape: Shape = {
            "type": "object",
            "properties": {field.name: self.field(field) for field in record.fields},
            "additionalProperties": False,
        }
        if record.required:
            shape["required"] = [field.name for field in record.required]
        return {**shape, **_BETWEEN.get(record.noun, {})}

    def field(self, field: Field) -> Shape:
        """A field's schema with its help."""
        default = f" If left out: {field.default}." if field.default else ""
        return {**self.of(field.kind), "description": f"{field.help}{default}\n\nTakes {takes(field.kind)}."}


_BETWEEN: Final[Mapping[str, Shape]] = {
    "passage": {
        "oneOf": [
            {"required": [way], "errorMessage": f"A passage needs one way on: {', '.join(WAYS_ON)}."} for way in WAYS_ON
        ]
    },
    "effect": {
        "anyOf": [
            {"required": [what], "errorMessage": "An effect changes something: set, clear or change."}
            for what in ("set", "clear", "change")
        ]
    },
}
"""What must hold between the fields of a record, by its noun. How a meter's bounds fit is for `check`."""


def _choose(if_: Shape, then: Shape, else_: Shape) -> Shape:
    """One schema or another, by the shape of what stands there, so that only the one that was meant tells its mistakes.

    Wrapped in an `anyOf`, because an editor that completes a field's name looks for that, and writes the colon too.
    """
    return {"anyOf": [{"if": if_, "then": then, "else": else_}]}


def _text(making: _Making, _kind: Kind | None = None) -> Shape:
    """Text that is not empty. No `type` for text: an editor would offer `true` and `false` wherever it may be typed."""
    return making.defined(
        "text",
        lambda: _choose(
            {"type": ["object", "array", "null"]},
            {"type": "string", "errorMessage": "Text is due here."},
            {"pattern": r"\S", "patternErrorMessage": "This is empty. Write it, or leave it out."},
        ),
    )


def _whole(_making: _Making, kind: Whole) -> Shape:
    due = f"Due here: {takes(kind)}."
    return {
        "type": ["integer", "string"],
        "minimum": kind.least,
        "maximum": kind.most,
        "pattern": digits(kind.least, kind.most),
        "errorMessage": due,
        "patternErrorMessage": due,
    }


def digits(least: int, most: int) -> str:
    """A pattern for whole numbers from `least` to `most`, as they stand in quotes: with a sign, or noughts before."""
    above = rf"(?!0*(?:{_up_to(least - 1)})\s*$)" if least > 0 else ""
    below = "-0+" if least == 0 else f"-0*(?:{_up_to(-least)})" if least < 0 else ""
    whole = rf"\+?{above}0*(?:{_up_to(most)})"
    return rf"^\s*(?:{whole}{'|' + below if below else ''})\s*$"


def _up_to(most: int) -> str:
    """A pattern for whole numbers from 0 to `most`, without noughts before: digit for digit, the smaller ones first."""
    text = str(most)
    shorter = [f"[0-9]{{1,{len(text) - 1}}}"] if len(text) > 1 else []
    smaller = [
        f"{text[:place]}[0-{int(digit) - 1}][0-9]{{{len(text) - place - 1}}}"
        for place, digit in enumerate(text)
        if digit != "0"
    ]
    return "|".join([*shorter, *smaller, text])


def _yes_no(_making: _Making, _kind: YesNo) -> Shape:
    due = "Due here: true or false."
    return {
        "type": ["boolean", "string"],
        "pattern": _TRUE_OR_FALSE,
        "errorMessage": due,
        "patternErrorMessage": due,
    }


def _one_of(_making: _Making, kind: OneOf) -> Shape:
    return {"enum": list(kind.names)}


def _name(making: _Making, kind: NewName | Named) -> Shape:
    group = kind.group
    return making.defined(
        f"name-of-{group.noun}",
        lambda: {"type": "string", "pattern": _spelling(group), "patternErrorMessage": _NAME_RULE},
    )


def _spelling(group: Group) -> str:
    return f"^(?!(?:{'|'.join(sorted(WORDS))})$){group.spelling}$"


def _file_name(_making: _Making, kind: FileName) -> Shape:
    return {"type": "string", "pattern": _FILE_NAME, "patternErrorMessage": f"Due here: {takes(kind)}."}


def _test(_making: _Making, kind: Test) -> Shape:
    due = f"Due here: {takes(kind)}, such as noted and trust >= 5."
    return {"type": "string", "pattern": r"\S", "errorMessage": due, "patternErrorMessage": due}


def _lines(making: _Making, _kind: Lines) -> Shape:
    return making.defined(
        "lines",
        lambda: _choose(_ARRAY, {"items": making.defined("line", lambda: _line(making))}, _text(making)),
    )


def _line(making: _Making) -> Shape:
    """Narration, speech, lines with a condition or another scene. Which of these is meant is seen by its fields."""
    only_text = {"properties": {"text": {}}, "additionalProperties": False, "required": ["text"]}
    conditional = {"anyOf": [{"required": ["if"]}, {"required": ["else"]}, only_text]}
    changing = {"required": ["text"], "anyOf": [{"required": ["place"]}, {"required": ["when"]}]}
    spoken = making.defined("speech", lambda: _speech(making))
    fields = _choose(conditional, making.named(WHEN), _choose(changing, making.named(SCENE), spoken))
    return _choose(_OBJECT, fields, _text(making))


def _speech(making: _Making) -> Shape:
    expressions = "|".join(EXPRESSIONS)
    return {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "propertyNames": {
            "pattern": rf"^\s*{SPELLING}\s*(?:,\s*(?:{expressions})\s*(?:,\s*{SPELLING}\s*)*)?(?:,\s*{AFAR}\s*)?$",
            "patternErrorMessage": "Speech opens with a person's name, and perhaps a comma and one of: "
            f"{', '.join(EXPRESSIONS)}, {AFAR}. Put narration with a colon in quotes.",
        },
        "additionalProperties": _text(making),
        "description": "What somebody says.",
    }


def _ways(making: _Making, _kind: Ways) -> Shape:
    return making.defined(
        "ways",
        lambda: _choose(_ARRAY, {"minItems": 1, "items": making.named(WAY)}, _name(making, Named(PASSAGE))),
    )


def _cast(making: _Making, _kind: Cast) -> Shape:
    person = {"anyOf": [making.named(PERSON_FIELDS), {"type": "null"}]}
    declared = {"propertyNames": _name(making, NewName(PERSON)), "additionalProperties": person}
    return _choose(_OBJECT, declared, _some(making, Some(Named(PERSON))))


def _some(making: _Making, kind: Some) -> Shape:
    array: Shape = {"type": "array", "items": making.of(kind.of)}
    if kind.least:
        array["minItems"] = kind.least
    if kind.most is not None:
        array["maxItems"] = kind.most
    return _choose(_ARRAY, array, making.of(kind.of)) if kind.alone else array


def _table(making: _Making, kind: Table) -> Shape:
    value = making.of(kind.of)
    shape: Shape = {
        "type": "object",
        "propertyNames": _name(making, NewName(kind.group)),
        "additionalProperties": {"anyOf": [value, {"type": "null"}]} if kind.blank else value,
    }
    if kind.least:
        shape["minProperties"] = kind.least
    return shape


def _amounts(making: _Making, _kind: Amounts) -> Shape:
    return {
        "type": "object",
        "propertyNames": _name(making, Named(METER)),
        "additionalProperties": making.of(Whole(-LARGEST_NUMBER, LARGEST_NUMBER)),
    }


_SHAPES: Final[Mapping[type, Callable[[_Making, Any], Shape]]] = {
    Words: _text,
    FileName: _file_name,
    Whole: _whole,
    YesNo: _yes_no,
    OneOf: _one_of,
    NewName: _name,
    Named: _name,
    Test: _test,
    Lines: _lines,
    Ways: _ways,
    Cast: _cast,
    Some: _some,
    Table: _table,
    Amounts: _amounts,
    Record: lambda making, kind: making.named(kind),
}
"""The schema of each kind of field."""
