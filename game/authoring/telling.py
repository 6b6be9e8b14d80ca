"""Owns the parts of a story with a form of their own: lines, ways, conditions, the cast. Never reads plain fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from game.authoring.diagnostics import Span, did_you_mean, told
from game.authoring.nodes import Items, Node, Pairs, Scalar, Unreadable
from game.authoring.quoting import in_quotes
from game.authoring.reader import Reader
from game.authoring.records import Read, read_record
from game.authoring.schema import (
    AFAR,
    EXPRESSIONS,
    FACT,
    METER,
    PASSAGE,
    PERSON,
    PERSON_FIELDS,
    SCENE,
    WAY,
    WHEN,
    Named,
    Some,
    Table,
)
from game.story import Condition, ConditionError, Goto, Line, Person, Text, Way, When, parse_condition

_GLUED: Final = re.compile(r"-[^\s\d-]")
"""A dash that was to open a line, and has no space after it."""

_GLUED_NAME: Final = re.compile(r"([a-z][a-z0-9_-]*)(?:, *[a-z]+)?:(?=\S)")
"""A name and a colon with no space after it: speech, if it is somebody's name."""

_MOODS: Final = {
    "worried": "concerned",
    "anxious": "concerned",
    "afraid": "concerned",
    "happy": "warm",
    "smiling": "warm",
    "kind": "warm",
    "sad": "upset",
    "angry": "upset",
    "crying": "upset",
    "thoughtful": "thinking",
    "serious": "firm",
    "calm": "neutral",
    "exhausted": "tired",
}
"""What authors write, and the expression there is."""


def read_lines(reader: Reader, node: Node, label: str, at: Span, read: Read) -> Text | None:
    """The lines of a passage: a list, or one line as plain text."""
    if isinstance(node, Items):
        return tuple(line for item in node.items for line in _line(reader, item, read))
    if isinstance(node, Pairs) and node.pairs:
        message = f"'{label}' is a list of lines. Let each begin with a dash and a space: - {told(_first(node))}"
        reader.tell("E121", node.span, message)
        return None
    text = reader.scalar(node, label, at, "lines, each beginning with '- '")
    return None if text is None else tuple(_narration(reader, text))


def _first(node: Pairs) -> str:
    key, value = node.pairs[0]
    return f"{key.text}: {value.text}" if isinstance(value, Scalar) else f"{key.text}: …"


def _line(reader: Reader, node: Node, read: Read) -> Iterator[Line | When]:
    if isinstance(node, Scalar):
        if not node.text.strip():
            message = "This line is empty. Write it, or take the dash away."
            reader.tell("E122", _dash(node) if node.blank else node.span, message)
        else:
            yield from _narration(reader, node)
    elif isinstance(node, Pairs):
        yield from _fields(reader, node, read)
    elif isinstance(node, Items):
        message = "A list stands where a line is due. Give each line one dash."
        reader.tell("E121", node.span, message)


def _dash(node: Scalar) -> Span:
    return Span(node.line, max(1, node.column - 1), node.line, max(2, node.column))


def _narration(reader: Reader, node: Scalar) -> Iterator[Line]:
    if not node.style and _GLUED.match(node.text):
        better = f"- {reader.document.lines[node.line - 1].strip()[1:]}"
        message = f"A space is missing after the dash. Write: {told(better)}"
        reader.tell("E146", Span(node.line, node.column, node.line, node.column + 1), message, "- ")
    glued = None if node.style else _GLUED_NAME.match(node.text)
    if glued and glued[1] in reader.speakers:
        better = f"{glued[0]} {node.text[glued.end() :]}"
        reader.tell("E146", node.span, f"A space is missing after the colon. Write: - {told(better)}", better)
    text = node.text.rstrip("\n") if node.style in ("|", ">") else node.text
    yield Line(text, at=(node.line, node.column))


def _fields(reader: Reader, node: Pairs, read: Read) -> Iterator[Line | When]:
    names = {key.text for key, _ in node.pairs}
    if names & {"if", "else"} or (names <= {"text"} and names):
        when = read_record(reader, node, WHEN, node.span, "", read)
        if when is not None:
            yield when
        return
    if "text" in names and names & {"place", "when"}:
        yield from _scene(reader, node, read)
        return
    if not node.pairs:
        reader.tell("E122", node.span, "This line is empty. Write it, or take the dash away.")
    if len(node.pairs) > 1:
        key = node.pairs[1][0]
        message = f"Each line has a dash of its own. Write: - {told(key.text)}: …"
        reader.tell("E121", key.span, message)
    for key, value in node.pairs:
        line = _speech(reader, key, value)
        if line is not None:
            yield line


def _scene(reader: Reader, node: Pairs, read: Read) -> Iterator[Line | When]:
    """Lines with which the scene changes: the first of them says so."""
    scene = read_record(reader, node, SCENE, node.span, "", read)
    first, *rest = (scene or {}).get("text", ()) or (None,)
    if isinstance(first, When):
        message = "A change of scene begins with a line that is always told. Put the condition round the change."
        reader.tell("E121", node.span, message)
    elif first is not None:
        yield replace(first, place=scene.get("place", ""), when=scene.get("when", ""))
    yield from rest


def _speech(reader: Reader, key: Scalar, value: Node) -> Line | None:
    speaker, *how = (word.strip() for word in key.text.split(","))
    afar = how[-1:] == [AFAR]
    expression, *looks = how[:-1] if afar and len(how) > 1 else ("",) if afar or not how else how
    known = _speaker(reader, key, speaker, value)
    if (expression or how not in ([], [AFAR])) and expression not in EXPRESSIONS and known:
        _no_expression(reader, key, expression)
        known = False
    known = known and _looks(reader, key, speaker, looks)
    text = reader.scalar(value, key.text, key.span, "what is said, as text") if known else None
    if text is None:
        return None
    at = (key.line, key.column)
    return Line(text.text, speaker, expression or "neutral", afar, tuple(looks), at=at)  # type: ignore[arg-type]


def _looks(reader: Reader, key: Scalar, speaker: str, looks: list[str]) -> bool:
    """Whether the speaker has each of these looks, as far as that is known."""
    if speaker not in reader.looks:
        return True
    for look in looks:
        if look not in reader.looks[speaker]:
            near = reader.nearest(look, "look", reader.looks[speaker])
            has = ", ".join(reader.looks[speaker])
            there = f"There are: {has}." if has else "Give it under 'looks', where the person is declared."
            message = f"'{told(look)}' is no look that '{speaker}' has. {there}{did_you_mean(near)}"
            start = key.text.rfind(look)
            span = reader.document.part(key, start, start + len(look)) if look else key.span
            reader.tell("E113", span, message, near)
            return False
    return True


def _speaker(reader: Reader, key: Scalar, name: str, value: Node) -> bool:
    if name in reader.speakers:
        return True
    if PERSON in reader.open or reader.lost(name):
        reader.assumed.setdefault(PERSON, {})[name] = None
        return True
    span = reader.document.part(key, 0, len(name)) if name else key.span
    if name in reader.names.get(PERSON, ()):
        message = f"'{name}' speaks here and is not in this scenario's cast. Add the name to 'cast'."
        reader.tell("E103", span, message)
        return False
    near = reader.nearest(name, "speaker", reader.speakers)
    whole = f"{key.text}: {value.text}" if isinstance(value, Scalar) else f"{key.text}: …"
    message = (
        f"No one called '{told(name)}' is here.{did_you_mean(near)}\n"
        f"Put the line in quotes if it is narration: - {told(in_quotes(whole))}"
    )
    reader.tell("E103", span, message, near)
    return False


def _no_expression(reader: Reader, key: Scalar, expression: str) -> None:
    start = len(key.text) - len(key.text.partition(",")[2].lstrip())
    span = reader.document.part(key, start, start + len(expression)) if expression else key.span
    near = _MOODS.get(expression.lower()) or reader.nearest(expression, "expression", EXPRESSIONS)
    message = f"'{told(expression)}' is no expression. There are: {', '.join(EXPRESSIONS)}.{did_you_mean(near)}"
    reader.tell("E113", span, message, near)


# ways


def read_ways(reader: Reader, node: Node, label: str, at: Span, read: Read) -> Goto | None:
    """One passage's name, or a list of ways of which the last has no condition."""
    if not isinstance(node, Items):
        to = _destination(reader, node, label, at, read)
        return None if to is None else (Way(to),)
    if not node.items:
        reader.tell("E122", node.span, f"'{label}' is empty. Name a passage.")
        return None
    ways = [_way(reader, item, read) for item in node.items]
    _last_is_open(reader, node, label)
    return tuple(way for way in ways if way is not None)


def _destination(reader: Reader, node: Node, label: str, at: Span, read: Read) -> str | None:
    if isinstance(node, Pairs):
        message = f"'{label}' needs a passage's name, or a list of ways: - {{to: …}}"
        reader.tell("E121", node.span, message)
        return None
    to: str | None = read(reader, node, Named(PASSAGE), label, at)
    return to


def _way(reader: Reader, node: Node, read: Read) -> Way | None:
    if isinstance(node, Scalar) and not node.blank:
        better = f"{{to: {node.text}}}"
        message = f"Each way of a list names its passage with 'to'. Write: {told(better)}"
        reader.tell("E121", node.span, message, better)
        return None
    way: Way | None = read_record(reader, node, WAY, node.span, "", read)
    return way


def _last_is_open(reader: Reader, node: Items, label: str) -> None:
    """Only the last way of a list has no condition: it is taken when no other is."""
    *others, last = [_has_condition(item) for item in node.items]
    if False in others:
        number = others.index(False)
        message = "This way is always taken: it has no 'if'. The ways after it never are. Put it last."
        reader.tell("E133", node.items[number].span, message)
    elif last:
        message = f"The last way of '{label}' has an 'if'. Add one without: what if no condition holds?"
        reader.tell("E132", node.items[-1].span, message)


def _has_condition(node: Node) -> bool | None:
    """None where it cannot be told."""
    if isinstance(node, Pairs):
        return any(key.text == "if" for key, _ in node.pairs)
    return None if isinstance(node, Unreadable) else False


# conditions


def read_condition(reader: Reader, node: Node, label: str, at: Span) -> Condition | None:
    """A condition over the facts and meters that are known."""
    text = reader.scalar(node, label, at, "a condition, such as 'noted and trust >= 5'")
    if text is None:
        return None
    facts, meters = reader.names.get(FACT, {}), reader.names.get(METER, {})
    while True:
        try:
            return parse_condition(text.text, facts, meters, (text.line, text.column))
        except ConditionError as error:
            unknown = error.kind == "unknown-name"
            if unknown and (FACT in reader.open or reader.lost(error.name)):
                return None
            if not unknown or METER not in reader.open or not _is_compared(text.text, error.end):
                _bad_condition(reader, text, error)
                return None
            reader.assumed.setdefault(METER, {})[error.name] = None
            meters = {**meters, error.name: None}


def _is_compared(text: str, end: int) -> bool:
    """Whether a comparison follows a name, so that it is meant as a meter."""
    return text[end:].lstrip()[:1] in tuple("<>=!")


def _bad_condition(reader: Reader, text: Scalar, error: ConditionError) -> None:
    span = reader.document.part(text, error.start, error.end)
    if error.kind != "unknown-name":
        reader.tell("E134", span, error.message)
        return
    names = (*reader.names.get(FACT, ()), *reader.names.get(METER, ()))
    near = reader.nearest(error.name, "fact or meter", names)
    if near in reader.misspelled:
        return
    reader.tell("E107", span, f"{error.message}{did_you_mean(near)}", near)


# the cast


def read_cast(reader: Reader, node: Node, label: str, at: Span, read: Read) -> dict[str, Person | None] | None:
    """Who is in the scenario, in order: None stands for a person of the course."""
    if not isinstance(node, Pairs):
        found = read(reader, node, Some(Named(PERSON)), label, at)
        named = node.items if isinstance(node, Items) else [node]
        reader.spans.update({("cast", one.text): one.span for one in named if isinstance(one, Scalar)})
        return None if found is None else dict.fromkeys(found)
    shared = reader.names.get(PERSON, {})
    own = [(key, value) for key, value in node.pairs if not (_blank(value) and key.text in shared)]
    declared = Pairs(node.line, node.column, node.flow, own, node.end_line)
    people = read(reader, declared, Table(PERSON, PERSON_FIELDS, "joy: {name: Joy}"), label, at)
    reader.spans.update({("cast", key.text): key.span for key, _ in node.pairs})
    return {key.text: people.get(key.text) for key, _ in node.pairs}


def _blank(node: Node) -> bool:
    return isinstance(node, Scalar) and node.blank
