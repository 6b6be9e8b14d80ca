"""Owns reading a file: its bytes, its lines, its nodes, and every mistake met on the way. Never judges a meaning.

A slip in the YAML is told and mended in memory, so that the mistakes after it are told in the same run.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from game.authoring.diagnostics import TOP, Diagnostic, Place, Span, told
from game.authoring.draft import Draft, indent_of
from game.authoring.indents import tab_slip, tabs
from game.authoring.nodes import (
    FAST_PARSER,
    PURE_PARSER,
    STRAY_SIGN,
    SWALLOWED,
    TOO_DEEP,
    Fault,
    Items,
    Node,
    Pairs,
    Parsed,
    Scalar,
    read_nodes,
)
from game.authoring.places import places_of
from game.authoring.quotes import swallows
from game.authoring.slips import Found
from game.authoring.syntax import find_slip, shorthand

LARGEST: Final = 16 * 1024 * 1024
"""Bytes of the largest file that is read."""

MOST_REPAIRS: Final = 50
"""Slips in the YAML that are mended in one run."""

MOST_REREAD: Final = 16 * 1024 * 1024
"""Characters read again after mending, so that a large file does not take minutes."""

_LINE_BREAK: Final = re.compile("\r\n|\n|\r")
_CONTROL: Final = re.compile("[^\t\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML does not allow in a file, line breaks apart."""

_NOT_A_BREAK: Final = str.maketrans({"\x85": "\ue085", "\u2028": "\ue028", "\u2029": "\ue029"})
_BREAK_AGAIN: Final = str.maketrans({"\ue085": "\x85", "\ue028": "\u2028", "\ue029": "\u2029", "\ue03f": "?"})
"""YAML takes these for line breaks and editors do not; they wear a mask while the parser counts lines."""

_QUESTION: Final = re.compile(r"(?<=\S)\?")
"""The parser in Python alone stumbles over a question mark at the end of a word inside brackets."""


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read: its lines, its nodes, and what was wrong before anybody asked for its meaning.

    `guessed` are the lines whose meaning was lost to a mistake; what stands on the `hidden` ones is not to be judged.
    """

    file: str
    lines: Sequence[str] = ()
    root: Node | None = None
    mistakes: tuple[Diagnostic, ...] = ()
    guessed: frozenset[int] = frozenset()
    hidden: frozenset[int] = frozenset()

    def diagnostic(self, code: str, span: Span, message: str, suggestion: str | None = None) -> Diagnostic:
        """A mistake of this file, with its line as excerpt."""
        if self.lines and span.line > len(self.lines):  # the end of the file, on a line after the last
            end = len(self.lines[-1]) + 1
            span = Span(len(self.lines), end, len(self.lines), end)
        excerpt = self.lines[span.line - 1] if self.lines else None
        return Diagnostic(code, Place(self.file, *span), message, suggestion, excerpt)

    def part(self, scalar: Scalar, start: int, end: int) -> Span:
        """Where the characters `start` to `end` (from 0) of a value stand in the file, quotes and folds counted."""
        places = places_of(self.lines, scalar)
        if len(places) != len(scalar.text) or not 0 <= start < len(places):
            return scalar.span
        first, last = places[start], places[max(start, min(end, len(places)) - 1)]
        return Span(first[0], first[1], last[0], last[1] + 1)


class _CannotRead(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def read_document(path: Path, shown: str) -> Document:
    """Read a file. `shown` is its name in messages. Never raises: what cannot be read is a mistake."""
    try:
        data = _bytes(path)
    except _CannotRead as error:
        return Document(shown, mistakes=(Diagnostic(error.code, Place(shown, *TOP), error.message),))
    return parse_document(data, shown)


def _bytes(path: Path) -> bytes:
    try:
        about = os.stat(path)
        if stat.S_ISDIR(about.st_mode):
            raise _CannotRead("E160", "This is a folder. Name a file that ends in '.yaml'.")
        if not stat.S_ISREG(about.st_mode):
            raise _CannotRead("E160", "This is not an ordinary file.")
        if about.st_size > LARGEST:
            raise _too_large(about.st_size)
        with open(path, "rb") as stream:
            data = stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise _CannotRead("E160", "There is no file here. Look at the spelling of its name.") from None
    except PermissionError:
        raise _CannotRead("E160", "You are not allowed to read this file on this computer.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _CannotRead("E160", f"The file cannot be opened: {told(reason)}.") from None
    if len(data) > LARGEST:
        raise _too_large(len(data))
    return data


def _too_large(size: int) -> _CannotRead:
    return _CannotRead(
        "E161",
        f"The file has {-(-size // 2**20)} MB, and {LARGEST // 2**20} MB is the most. Make several scenarios of it.",
    )


def parse_document(data: bytes | str, shown: str, parser: Any = FAST_PARSER) -> Document:
    """Read a file's bytes or text. Never raises: what cannot be read is a mistake, and the rest goes on."""
    text, found = _decoded(data) if isinstance(data, bytes) else (data, [])
    lines = _LINE_BREAK.split(text.removeprefix("\ufeff"))
    found += _control_characters(lines)
    draft = Draft([_CONTROL.sub("\ufffd", line) for line in lines] if found else list(lines))
    root, slips = _parsed(draft, parser)
    found += slips
    if isinstance(root, Scalar) and root.blank:
        root = None  # a file of nothing but '---'
    if root is None and not found:
        found.append(Found("E164", TOP, _empty(lines)))
    plain = Document(shown, lines)
    mistakes = tuple(plain.diagnostic(*slip) for slip in found)
    return Document(shown, lines, root, mistakes, frozenset(draft.guessed), frozenset(draft.hidden))


def _decoded(data: bytes) -> tuple[str, list[Found]]:
    """The bytes as text. A file in another encoding is told, and read on as well as it goes."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), [Found("E162", TOP, _OTHER_UNICODE)]
    if data[:_PROBE].count(0) * 3 > len(data[:_PROBE]):
        encoding = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
        return data.decode(encoding, "replace"), [Found("E162", TOP, _OTHER_UNICODE)]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        start = error.start
    line = len(_LINE_BREAK.split(data[:start].decode("utf-8")))
    before = _LINE_BREAK.split(data[:start].decode("utf-8"))[-1].removeprefix("\ufeff")
    span = Span(line, len(before) + 1, line, len(before) + 2)
    meant = data[start : start + 1].decode("cp1252", "replace")
    guess = f" In the old Windows encoding it is '{meant}'." if meant.isprintable() and meant != "\ufffd" else ""
    message = (
        f"The file is not UTF-8: byte {start + 1}, on this line, is 0x{data[start]:02X}.{guess} "
        "Save the file as UTF-8 in your editor."
    )
    return data.decode("cp1252", "replace"), [Found("E162", span, message)]


_PROBE: Final = 200
"""Bytes looked at for zeros: every other one is zero where each letter takes two."""

_OTHER_UNICODE: Final = (
    "The file is saved as UTF-16 or UTF-32, which some editors call 'Unicode'. Save it as UTF-8 in your editor."
)
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""The longer ones first: one begins like another."""


def _control_characters(lines: Sequence[str]) -> Iterator[Found]:
    for number, line in enumerate(lines, 1):
        for character in _CONTROL.finditer(line):
            column = character.start() + 1
            sign = f"U+{ord(character[0]):04X}"
            message = f"A character that cannot be seen stands here ({sign}). Delete it."
            yield Found("E163", Span(number, column, number, column + 1), message)


def _empty(lines: Sequence[str]) -> str:
    if any(line.strip() for line in lines):
        return "The file holds nothing but comments. Begin with 'title:'."
    return "The file is empty. Begin with 'title:'."


def _parsed(draft: Draft, parser: Any) -> tuple[Node | None, list[Found]]:
    """The nodes, after as many slips as can be told and mended in one run."""
    found = _without_tabs(draft, parser)
    left = MOST_REREAD
    for _ in range(MOST_REPAIRS):
        text = "\n".join(draft.lines)
        try:
            parsed = read_nodes(_masked(text, parser), parser)
            _nothing_hidden(draft, parsed)
        except Fault as fault:
            slip = find_slip(draft, fault)
            found += [slip] if slip else []
            left -= len(text)
            if fault.problem == TOO_DEEP or left < 0:
                return None, found
            continue
        found += [slip for sign in parsed.shorthand if (slip := shorthand(draft, sign))]
        _put_right(parsed.root, draft, unmask=parser is PURE_PARSER or _masked(text, parser) is not text)
        return parsed.root, found
    return None, found


def _nothing_hidden(draft: Draft, parsed: Parsed) -> None:
    """Raise `Fault` for what the parser does not mind: a sign before a field, and a quote left open.

    An open quote may be closed by a later one by chance, with all between them lost as text.
    """
    for sign in parsed.shorthand:
        if not draft.lines[sign.line][: sign.column].strip():
            raise Fault(STRAY_SIGN, sign.line, sign.column)
    for text in parsed.folded:
        if swallows(draft.lines, text):
            raise Fault(SWALLOWED, text.line - 1, text.column - 1)


def _without_tabs(draft: Draft, parser: Any) -> list[Found]:
    """Tabs within a line become spaces. Tabs that indent are told, and taken to be as wide as lets most be read."""
    if not any("\t" in line for line in draft.lines):
        return []
    lines = list(tabs(draft))
    found = [tab_slip(draft, lines)] if lines else []
    draft.lines = [_tabs_within(line) for line in draft.lines]
    if lines:
        draft.blamed.update(lines)
        if any(line.startswith(" ") for line in draft.lines):
            draft.guess(lines)
        plain = list(draft.lines)
        width = max(_TAB_WIDTHS, key=lambda width: _readable(plain, lines, width, parser))
        for number in lines:
            draft.widen(number, width)
    return found


_TAB_WIDTHS: Final = (4, 8, 2, 6)


def _tabs_within(line: str) -> str:
    depth = indent_of(line)
    return line[:depth] + line[depth:].replace("\t", " ")


def _readable(lines: list[str], with_tabs: list[int], width: int, parser: Any) -> int:
    """How far the text can be read with tabs so wide."""
    draft = Draft(list(lines))
    for number in with_tabs:
        draft.widen(number, width)
    try:
        read_nodes(_masked("\n".join(draft.lines), parser), parser)
    except Fault as fault:
        return fault.line
    return len(lines)


def _masked(text: str, parser: Any) -> str:
    """The text with masks on signs that the parser would take for others; the very text where there are none."""
    if parser is PURE_PARSER:
        text = _QUESTION.sub("\ue03f", text)
    if text.isascii() or not any(sign in text for sign in ("\x85", "\u2028", "\u2029")):
        return text
    return text.translate(_NOT_A_BREAK)


def _put_right(root: Node | None, draft: Draft, unmask: bool) -> None:
    """Take the masks off again, and count the columns as they were before anything was mended."""
    if not unmask and not draft.moved:
        return
    waiting: list[Node] = [root] if root else []
    while waiting:
        node = waiting.pop()
        node.column = draft.column(node.line, node.column)
        if isinstance(node, Scalar):
            node.end_column = draft.column(node.end_line, node.end_column)
            node.text = node.text.translate(_BREAK_AGAIN)
        elif isinstance(node, Pairs):
            waiting += [part for pair in node.pairs for part in pair]
        elif isinstance(node, Items):
            waiting += node.items
