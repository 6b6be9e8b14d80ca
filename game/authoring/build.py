"""Owns the way from a file's nodes to a scenario, a course or a source. Never stops at the first mistake.

Names are gathered before anything that cites them is read, so the order of fields in a file does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from game.authoring.diagnostics import Diagnostic, Span, in_order
from game.authoring.digest import digest
from game.authoring.kinds import read
from game.authoring.nodes import Items, Node, Pairs, Scalar
from game.authoring.reader import Reader
from game.authoring.records import read_record
from game.authoring.schema import (
    COURSE_FIELDS,
    FILE,
    IDEA,
    METER,
    PERSON,
    PLACE,
    PRACTICE,
    QUOTATION,
    SCENARIO,
    SCENARIO_FIELDS,
    SOURCE_FIELDS,
    THEME,
    Group,
    Record,
    Table,
)
from game.authoring.source import Document
from game.story import (
    DEFAULT_METERS,
    Course,
    DebriefNotes,
    Fact,
    Idea,
    Line,
    Meter,
    Passage,
    Person,
    Place,
    Quotation,
    Scenario,
    Source,
    Text,
)

Spans = Mapping[tuple[str, str], Span]
"""Where each name was given: by what it is called ("fact") and its id ("noted")."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a course lends to its scenarios.

    `open` are groups some of whose names could not be read: no scenario is blamed for naming one that is missing.
    `unlisted` are groups that nobody listed at all.
    """

    course: Course = field(default_factory=Course)
    open: frozenset[Group] = frozenset()
    unlisted: frozenset[Group] = frozenset({QUOTATION, PRACTICE})


@dataclass(frozen=True, slots=True)
class BuiltScenario:
    """A scenario, or None where it cannot be played, with every mistake found and where each name was given."""

    scenario: Scenario | None
    mistakes: tuple[Diagnostic, ...]
    spans: Spans


@dataclass(frozen=True, slots=True)
class BuiltCourse:
    """As much of a course as could be read. `source` is the name of the source's file, empty where it has none."""

    course: Course
    source: str
    open: frozenset[Group]
    mistakes: tuple[Diagnostic, ...]
    spans: Spans


@dataclass(frozen=True, slots=True)
class BuiltSource:
    """As much of a source as could be read."""

    source: Source
    complete: bool
    mistakes: tuple[Diagnostic, ...]
    spans: Spans


def build_scenario(document: Document, id: str, shelf: Shelf) -> BuiltScenario:
    """The scenario that the file tells, with the course's people, places and meters at hand."""
    course = shelf.course
    lent: dict[Group, Iterable[str]] = {
        PERSON: course.people,
        PLACE: course.places,
        METER: course.meters,
        PRACTICE: course.practice,
        QUOTATION: course.source.quotes,
        IDEA: course.source.ideas,
    }
    reader = Reader(document, lent, shelf.open, shelf.unlisted)
    reader.looks = {id: person.looks for id, person in course.people.items()}
    values = _read_file(reader, SCENARIO_FIELDS)
    if values is not None:
        _not_both(reader, values, course)
    mistakes = in_order(reader.mistakes())
    if values is None or any(mistake.unreadable for mistake in mistakes):
        return BuiltScenario(None, mistakes, reader.spans)
    return BuiltScenario(_scenario(id, values, course, reader), mistakes, reader.spans)


def _scenario(id: str, values: dict[str, Any], course: Course, reader: Reader) -> Scenario:
    passages: dict[str, Passage] = values["passages"]
    named: dict[str, Person | None] = values.get("cast", {})
    own = {name: person for name, person in named.items() if person is not None}
    scenario = Scenario(
        id=id,
        title=values["title"],
        start=values.get("start", next(iter(passages))),
        passages=passages,
        summary=values.get("summary", ""),
        you=values.get("you", ""),
        minutes=values.get("minutes", 10),
        people={**course.people, **own, **_assumed(reader, PERSON, lambda name: Person(name, name.capitalize()))},
        cast=tuple(named) if "cast" in values else tuple(dict.fromkeys(_speakers(passages))),
        places={**course.places, **values.get("places", {}), **_assumed(reader, PLACE, Place)},
        facts={name: Fact(name, says) for name, says in values.get("facts", {}).items()},
        meters={
            **course.meters,
            **values.get("meters", {}),
            **_assumed(reader, METER, lambda name: Meter(name, name.capitalize())),
        },
        debrief=values.get("debrief", DebriefNotes()),
    )
    return replace(scenario, digest=digest(scenario))


def _assumed(reader: Reader, group: Group, make: Any) -> dict[str, Any]:
    return {name: make(name) for name in reader.assumed.get(group, ())}


def _speakers(passages: Mapping[str, Passage]) -> Iterator[str]:
    for passage in passages.values():
        yield from _speaking(passage.text)


def _speaking(text: Text) -> Iterator[str]:
    for line in text:
        if isinstance(line, Line):
            if line.speaker:
                yield line.speaker
        else:
            yield from _speaking((*line.then, *line.otherwise))


def _not_both(reader: Reader, values: dict[str, Any], course: Course) -> None:
    """Facts and meters share their names: a condition could not tell them apart."""
    for name in values.get("facts", {}):
        if name in course.meters or name in values.get("meters", {}):
            message = f"'{name}' is the name of a meter already. Give the fact another name."
            reader.tell("E117", reader.spans["fact", name], message)


def build_course(document: Document, scenarios: Iterable[str], files: Iterable[str]) -> BuiltCourse:
    """The course that the file describes, its source left empty.

    `scenarios` are the ids and `files` the names of the files beside it.
    """
    reader = Reader(document, {SCENARIO: scenarios, FILE: files})
    values = _read_file(reader, COURSE_FIELDS)
    lent = (PERSON, PLACE, METER, PRACTICE)
    if values is None or document.guessed:
        reader.open.update(lent)
    if values is None and document.mistakes:
        reader.open.add(QUOTATION)
    values = values or {}
    _once_in_arcs(reader, document.root)
    course = Course(
        title=values.get("title", ""),
        arcs=values.get("arcs", ()),
        people=values.get("people", {}),
        places=values.get("places", {}),
        meters=values.get("meters", dict(DEFAULT_METERS)),
        practice=values.get("practice", {}),
    )
    return BuiltCourse(
        course, values.get("source", ""), frozenset(reader.open), in_order(reader.mistakes()), reader.spans
    )


def _once_in_arcs(reader: Reader, root: Node | None) -> None:
    """Each scenario has one place in the course."""
    first: dict[str, int] = {}
    for arc in _items(_child(root, "arcs")):
        for item in {one.text: one for one in _items(_child(arc, "scenarios")) if isinstance(one, Scalar)}.values():
            if item.text in first:
                message = f"'{item.text}' is in an arc already, on line {first[item.text]}. Name it once."
                reader.tell("W311", item.span, message)
            first.setdefault(item.text, item.line)


def _child(node: Node | None, name: str) -> Node | None:
    pairs = node.pairs if isinstance(node, Pairs) else []
    return next((value for key, value in pairs if key.text == name), None)


def _items(node: Node | None) -> list[Node]:
    return node.items if isinstance(node, Items) else []


def build_source(document: Document) -> BuiltSource:
    """The source that the file holds."""
    reader = Reader(document)
    if _child(document.root, "themes") is None:
        reader.open.add(THEME)
    values = _read_file(reader, SOURCE_FIELDS)
    mistakes = in_order(reader.mistakes())
    complete = values is not None and not document.guessed and not {IDEA, QUOTATION} & reader.open
    values = values or {}
    ideas = {id: _with_quotes(idea) for id, idea in values.get("ideas", {}).items()}
    source = Source(
        title=values.get("title", ""),
        author=values.get("author", ""),
        kind=values.get("kind", ""),
        themes=values.get("themes", {}),
        ideas=ideas,
        quotes={quote.id: quote for idea in ideas.values() for quote in idea.quotes},
    )
    return BuiltSource(source, complete, mistakes, reader.spans)


def _with_quotes(idea: Idea) -> Idea:
    """The idea with its quotations as they are kept: each knows the idea it belongs to."""
    read_so_far: Any = idea.quotes
    quotes: Iterable[Quotation] = read_so_far.values() if isinstance(read_so_far, dict) else ()
    return replace(idea, quotes=tuple(replace(quote, idea=idea.id) for quote in quotes))


# the file as a whole


def _read_file(reader: Reader, record: Record) -> dict[str, Any] | None:
    """The file's fields by name, or None where it has not the shape of such a file at all."""
    root = reader.document.root
    if root is None:
        return None
    if not isinstance(root, Pairs):
        what = "a list" if isinstance(root, Items) else "plain text"
        first = next(one.name for one in record.fields if one.name != "format")
        message = f"The file is {what}. A {record.noun} begins with a field, such as '{first}:'"
        reader.tell("E165", root.span, message)
        return None
    _gather(reader, root, record)
    values: dict[str, Any] | None = read_record(reader, root, record, root.span, "", read)
    return values


def _gather(reader: Reader, root: Pairs, record: Record) -> None:
    """Take note of every name the file gives, before anything in it is read."""
    written = {key.text for key, _ in root.pairs}
    seen: set[str] = set()
    for key, value in root.pairs:
        name = (
            key.text if key.text in record.by_name else reader.nearest(key.text, f"{record.noun} field", record.by_name)
        )
        if name != key.text and name in written:
            continue
        if name is None or name in seen:
            continue
        seen.add(name)
        kind = record.by_name[name].kind
        if isinstance(kind, Table):
            _gather_table(reader, value, kind.group)
        if name == "cast":
            _gather_cast(reader, value)
        if name == "ideas" and isinstance(value, Pairs):
            for _, idea in value.pairs:
                _gather_table(reader, _child(idea, "quotes") or Pairs(0, 0, True), QUOTATION)
    if "cast" not in seen and record is SCENARIO_FIELDS:
        reader.speakers = set(reader.names.get(PERSON, ()))


def _gather_table(reader: Reader, node: Node, group: Group) -> None:
    if isinstance(node, Pairs):
        reader.declare(group, (key.text for key, _ in node.pairs))
        return
    if isinstance(node, Items):
        reader.declare(group, (item.text for item in node.items if isinstance(item, Scalar)))
    elif not (isinstance(node, Scalar) and node.blank):
        reader.open.add(group)


def _gather_cast(reader: Reader, node: Node) -> None:
    """Who may speak: everyone named in the cast, and whoever was meant by a name that is not known."""
    keys = [key for key, _ in node.pairs] if isinstance(node, Pairs) else _items(node) or [node]
    names = [key.text for key in keys if isinstance(key, Scalar) and key.text]
    people = reader.names.get(PERSON, {})
    unknown = [] if isinstance(node, Pairs) else [name for name in names if name not in people]
    meant = [reader.nearest(name, PERSON.noun, people) for name in unknown]
    reader.speakers = {*names, *(name for name in meant if name)}
    for key, value in node.pairs if isinstance(node, Pairs) else ():
        if isinstance(value, Pairs):
            looks = _child(value, "looks")
            reader.looks[key.text] = [look.text for look in [*_items(looks), looks] if isinstance(look, Scalar)]
    if not names:
        reader.speakers = set(people)
