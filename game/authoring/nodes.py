"""Owns the nodes of a file: text, fields and lists that remember their line and column. Never gives them a meaning.

YAML gives structure only: every value stays the text that was written, and the schema decides its type.
Built from the parser's events, without recursion, so that neither depth nor size can hurt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import yaml
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from game.authoring.diagnostics import Span

DEEPEST: Final = 40
"""Fields and lists inside one another; a scenario needs about ten."""


@dataclass(slots=True)
class Scalar:
    """A value as text. `style` is the quote or block sign it was written with, empty for plain text.

    Nodes are not changed once the file is read; they are not frozen because a large file has a million of them.
    """

    text: str
    line: int
    column: int
    end_line: int
    end_column: int
    style: str = ""

    @property
    def span(self) -> Span:
        """All of it, quotes included."""
        return Span(self.line, self.column, self.end_line, self.end_column)

    @property
    def blank(self) -> bool:
        """Whether nothing at all was written, not even quotes."""
        return not self.text and not self.style


@dataclass(slots=True)
class Pairs:
    """Fields in the order written, each a name and a value. `flow` where they stand in braces."""

    line: int
    column: int
    flow: bool
    pairs: list[tuple[Scalar, Node]] = field(default_factory=list)
    end_line: int = 0

    @property
    def span(self) -> Span:
        """The first field's name; a whole block would be too much to underline."""
        if self.pairs and not self.flow:
            return self.pairs[0][0].span
        return Span(self.line, self.column, self.line, self.column + 1)


@dataclass(slots=True)
class Items:
    """A list in the order written. `flow` where it stands in square brackets."""

    line: int
    column: int
    flow: bool
    items: list[Node] = field(default_factory=list)
    end_line: int = 0

    @property
    def span(self) -> Span:
        """The sign that opens it."""
        return Span(self.line, self.column, self.line, self.column + 1)


@dataclass(slots=True)
class Unreadable:
    """Where a value stood that was told as a mistake already."""

    line: int
    column: int

    @property
    def span(self) -> Span:
        """Where it began."""
        return Span(self.line, self.column, self.line, self.column + 1)


Node = Scalar | Pairs | Items | Unreadable


class Fault(Exception):
    """Raised where the structure cannot be read on. Lines and columns count from 0, as the parser's do.

    `opened` is where the part began that could not be finished; `text` is the text value read last.
    """

    def __init__(
        self,
        problem: str,
        line: int,
        column: int,
        opened: tuple[str, int, int] = ("", 0, 0),
        text: Scalar | None = None,
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = line
        self.column = column
        self.opened = opened
        self.text = text


@dataclass(frozen=True, slots=True)
class Shorthand:
    """A sign of YAML's own that a scenario does not use: an anchor (&), an alias (*) or a tag (!)."""

    sign: str
    name: str
    line: int
    column: int
    known: bool = False
    """Of an alias: whether there is an anchor of its name."""


TOO_DEEP: Final = "too deep"
SECOND_DOCUMENT: Final = "second document"
NO_NAME: Final = "no name"
SWALLOWED: Final = "swallowed"
STRAY_SIGN: Final = "stray sign"
"""Problems found here and not by the parser: see `Fault`."""


class _PureParser(Reader, Scanner, Parser):
    """The parser in Python alone, for where the one in C is not to be had."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)


def _c_parser() -> Any:
    try:
        from yaml._yaml import CParser
    except ImportError:
        return _PureParser
    return CParser


_QUOTES: Final = ("'", '"')

FAST_PARSER: Final = _c_parser()
PURE_PARSER: Final = _PureParser


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text's nodes, None where it holds nothing; the shorthand met; the quoted texts that run over several lines."""

    root: Node | None
    shorthand: tuple[Shorthand, ...]
    folded: tuple[Scalar, ...]


def read_nodes(text: str, parser: Any = FAST_PARSER) -> Parsed:
    """Read a text's structure. Raises `Fault` at the first fault."""
    builder = _Builder()
    try:
        builder.take_all(parser(text))
    except yaml.MarkedYAMLError as error:
        raise _fault(error, builder.text) from None
    except yaml.YAMLError as error:
        raise Fault(str(error), 0, 0) from None
    return Parsed(builder.root, tuple(builder.shorthand), tuple(builder.folded))


def _fault(error: yaml.MarkedYAMLError, text: Scalar | None) -> Fault:
    at = error.problem_mark or error.context_mark
    opened = error.context_mark
    return Fault(
        error.problem or "",
        at.line if at else 0,
        at.column if at else 0,
        (error.context or "", opened.line, opened.column) if opened else ("", 0, 0),
        text,
    )


class _Builder:
    """Puts nodes together from events. `inside` are the open fields and lists, from the outside in."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.shorthand: list[Shorthand] = []
        self.text: Scalar | None = None
        self.folded: list[Scalar] = []
        self.inside: list[Pairs | Items] = []
        self.keys: list[Node | None] = []
        self.anchors: set[str] = set()
        self.documents = 0
        self.take: Final[Mapping[type[yaml.Event], Callable[[Any], None]]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._pairs,
            yaml.SequenceStartEvent: self._items,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }

    def take_all(self, parser: Any) -> None:
        """Every event to the end of the file."""
        get, take = parser.get_event, self.take
        while (event := get()) is not None and event.__class__ is not yaml.StreamEndEvent:
            handler = take.get(event.__class__)
            if handler:
                handler(event)

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark, event.end_mark
        node = Scalar(event.value, start.line + 1, start.column + 1, end.line + 1, end.column + 1, event.style or "")
        self.text = node
        if event.style in _QUOTES and end.line > start.line:
            self.folded.append(node)
        if event.anchor is None and event.tag is None:
            self._put(node)
        else:
            self._mark(event)
            self._put(Unreadable(node.line, node.column) if event.tag and node.blank else node)

    def _pairs(self, event: Any) -> None:
        self._open(Pairs(event.start_mark.line + 1, event.start_mark.column + 1, bool(event.flow_style)), event)

    def _items(self, event: Any) -> None:
        self._open(Items(event.start_mark.line + 1, event.start_mark.column + 1, bool(event.flow_style)), event)

    def _open(self, node: Pairs | Items, event: Any) -> None:
        if len(self.inside) >= DEEPEST:
            raise Fault(TOO_DEEP, event.start_mark.line, event.start_mark.column)
        if event.anchor is not None or event.tag is not None:
            self._mark(event)
        self._put(node)
        self.inside.append(node)
        self.keys.append(None)

    def _end(self, event: Any) -> None:
        self.keys.pop()
        node, end = self.inside.pop(), event.end_mark
        node.end_line = max(node.line, end.line + (end.column > 0))

    def _alias(self, event: Any) -> None:
        at, name = event.start_mark, event.anchor
        self.shorthand.append(Shorthand("*", name, at.line, at.column, name in self.anchors))
        self._put(Unreadable(at.line + 1, at.column + 1))

    def _mark(self, event: Any) -> None:
        """Note an anchor or a tag. They stand before the value, on its line."""
        at = event.start_mark
        if event.tag is not None:
            self.shorthand.append(Shorthand("!", event.tag, at.line, at.column))
        else:
            self.anchors.add(event.anchor)
            self.shorthand.append(Shorthand("&", event.anchor, at.line, at.column))

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise Fault(SECOND_DOCUMENT, event.start_mark.line, event.start_mark.column)

    def _put(self, node: Node) -> None:
        """Put a finished or freshly opened node into the innermost open field or list."""
        if not self.inside:
            self.root = node
            return
        parent = self.inside[-1]
        if isinstance(parent, Items):
            parent.items.append(node)
            return
        key = self.keys[-1]
        if key is None:
            self.keys[-1] = node
            return
        self.keys[-1] = None
        if isinstance(key, Scalar):
            parent.pairs.append((key, node))
        elif not isinstance(key, Unreadable):
            raise Fault(NO_NAME, key.line - 1, key.column - 1)
