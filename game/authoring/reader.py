"""Owns what is shared while one file is read: known names, mistakes found, places noted. Never reads a file itself.

A cause hides its consequences: names that a mistake may have taken away are not missed, and fields that
stood on a line that could not be read are not missed either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from game.authoring.diagnostics import Diagnostic, Span, did_you_mean, nearest, told
from game.authoring.nodes import Items, Node, Pairs, Scalar, Unreadable
from game.authoring.schema import (
    FACT,
    IDEA,
    METER,
    PASSAGE,
    PERSON,
    PLACE,
    PRACTICE,
    QUOTATION,
    SCENARIO,
    THEME,
    Group,
    Record,
)
from game.authoring.source import Document
from game.story import WORDS

MOST_COMPARED: Final = 60_000
"""Names compared in one file to find the nearest; enough for people, and a bound for machines."""

_WORD: Final = re.compile(r"[\w-]+")
_GIVEN: Final = re.compile(r"\s*([\w-]+):(?:\s|$)")

_ON_TRUST: Final = frozenset({PERSON, PLACE, METER, FACT, PASSAGE, SCENARIO, THEME})
"""Where names may be missing through no fault of this file, names of these groups are taken as they are.
Those of the others are left out: nothing could be shown for them."""

Names = dict[Group, dict[str, None]]


class Reader:
    """One file on its way from nodes to values.

    `open` are groups some of whose names could not be read; `unlisted` those that nobody ever listed,
    as a loose file has no quotations. `assumed` are the names taken on trust, `misspelled` those given in a spelling
    that is told; what was meant for one of them is not told again. `looks` are those of each speaker, where known.
    """

    def __init__(
        self,
        document: Document,
        names: Mapping[Group, Iterable[str]] | None = None,
        open_: Iterable[Group] = (),
        unlisted: Iterable[Group] = (),
    ) -> None:
        self.document = document
        self.names: Names = {group: dict.fromkeys(known) for group, known in (names or {}).items()}
        self.open = set(open_)
        self.unlisted = frozenset(unlisted)
        self.misspelled: set[str] = set()
        self.speakers: Collection[str] = ()
        self.looks: dict[str, Collection[str]] = {}
        self.assumed: dict[Group, dict[str, None]] = {}
        self.spans: dict[tuple[str, str], Span] = {}
        self.inside: list[tuple[Record, str]] = []
        self.found: list[Diagnostic] = []
        self._unlisted_seen: dict[Group, list[tuple[str, Span]]] = {}
        self._searches: dict[tuple[str, str], str | None] = {}
        self._left = MOST_COMPARED
        self._lost = _words_on(document)
        self._slips: dict[int, list[tuple[int, int]]] = {}
        for slip in document.mistakes:
            place = slip.place
            end = place.end_column if place.end_line == place.line else 10**9
            self._slips.setdefault(place.line, []).append((place.column, end))

    # telling

    def tell(self, code: str, span: Span, message: str, suggestion: str | None = None) -> None:
        """Note a mistake, unless it stands on a line that was lost to another."""
        if span.line not in self.document.hidden and not self._told(span):
            self.found.append(self.document.diagnostic(code, span, message, suggestion))

    def _told(self, span: Span) -> bool:
        """Whether the very characters were told as a slip of punctuation: what they seem to mean follows from it."""
        slips = self._slips.get(span.line, ())
        return any(start < span.end_column and span.column < end for start, end in slips)

    def mistakes(self) -> list[Diagnostic]:
        """Every mistake found, those of the file's structure included."""
        for group, seen in self._unlisted_seen.items():
            name, span = seen[0]
            more = f" (and {len(seen) - 1} more)" if len(seen) > 1 else ""
            message = f"{_UNLISTED[group]} '{told(name)}'{more} cannot be looked up, and will not be shown."
            self.tell("W310", span, message)
        return [*self.document.mistakes, *self.found]

    def subject(self) -> str:
        """What is being read, to open a sentence with."""
        record, id = self.inside[-1]
        return f"{record.noun.capitalize()} '{told(id)}'" if id else f"This {record.noun}"

    def passage(self) -> str:
        """The id of the passage being read; empty outside."""
        return next((id for record, id in reversed(self.inside) if record.noun == PASSAGE.noun), "")

    def damaged(self, node: Node) -> bool:
        """Whether a part of it stood on a line that was lost."""
        if not self.document.guessed or not isinstance(node, Pairs | Items):
            return False
        end = node.end_line
        while end < len(self.document.lines) and (
            end + 1 in self.document.guessed or not self.document.lines[end].strip()
        ):
            end += 1
        return any(node.line <= line <= end for line in self.document.guessed)

    # text

    def scalar(self, node: Node, label: str, at: Span, expected: str) -> Scalar | None:
        """The node if it is text that is not empty; else None, and told."""
        if isinstance(node, Scalar):
            if node.text.strip():
                return node
            self.empty(node, label, at)
        else:
            self.wrong_shape(node, label, expected)
        return None

    def empty(self, node: Node, label: str, at: Span) -> None:
        """Tell that nothing was written."""
        blank = isinstance(node, Scalar) and (node.blank or node.style in ("|", ">"))
        if not (blank and self._lost_below(at.line)):
            self.tell("E122", at if blank else node.span, f"'{told(label)}' is empty. Write it, or leave it out.")

    def _lost_below(self, line: int) -> bool:
        """Whether what stood on the next line could not be read."""
        lines = self.document.lines
        while line < len(lines) and not lines[line].strip():
            line += 1
        return line + 1 in self.document.guessed

    def wrong_shape(self, node: Node, label: str, expected: str) -> None:
        """Tell that a value is of another shape than the field needs."""
        if not isinstance(node, Unreadable):
            self.tell("E121", node.span, f"'{told(label)}' needs {expected}; {_found(node)} stands here.")

    # names

    def declare(self, group: Group, names: Iterable[str]) -> None:
        """Take names as known before anything that cites them is read, however they are spelled."""
        known = self.names.setdefault(group, {})
        for name in names:
            known[name] = None
            if not re.fullmatch(group.spelling, name):
                known[well_spelled(name, group)] = None
                self.misspelled.add(name)

    def new_name(self, key: Scalar, group: Group) -> str:
        """The name given here. Its spelling is told where it cannot be a name."""
        name = key.text
        if name in WORDS:
            self.tell("E116", key.span, f"'{name}' is a word of the story language. Choose another name.")
        elif not re.fullmatch(group.spelling, name):
            self._misspelled(key, group)
        return name

    def _misspelled(self, key: Scalar, group: Group) -> None:
        better = well_spelled(key.text, group)
        fits = re.fullmatch(group.spelling, better) and better not in WORDS
        signs = "_ (no hyphen: a condition would read it as minus)" if group in (FACT, METER) else "- or _"
        rule = f"lower case letters, digits and {signs}, beginning with a letter"
        near = better if fits and better != key.text else None
        self.tell(
            "E115", key.span, f"'{told(key.text)}' cannot be a name. Names have {rule}.{did_you_mean(near)}", near
        )

    def name(self, group: Group, node: Scalar, label: str) -> str | None:
        """The name if it is known, or can be taken on trust; else None, and told. `label` is the field that has it."""
        name = node.text
        if name in self.names.get(group, ()):
            return name
        if group in self.unlisted:
            self._unlisted_seen.setdefault(group, []).append((name, node.span))
            return None
        if group in self.open or name in self._lost:
            if group not in _ON_TRUST:
                return None
            self.assumed.setdefault(group, {})[name] = None
            return name
        self._unknown(group, name, node.span, label)
        return None

    def _unknown(self, group: Group, name: str, span: Span, label: str) -> None:
        says = f"'{label}' {'leads to' if label in ('goto', 'to') else 'names'} '{told(name)}'"
        if group is QUOTATION and name in self.names.get(IDEA, ()):
            near = next((one for one in self.names[QUOTATION] if one.startswith(name)), None)
            message = f"'{name}' is an idea. Name one of its quotations.{did_you_mean(near)}"
        elif "," in name:
            near = "[" + ", ".join(part.strip() for part in name.split(",")) + "]"
            message = f"{says}, and that is not one name. Write several as a list: {told(near)}"
        else:
            near = self.nearest(name, group.noun, self.names.get(group, ()))
            if near in self.misspelled:
                return
            message = f"{says}, and no {group.noun} has that name.{did_you_mean(near)}"
        self.tell(group.unknown, span, message, near)

    def nearest(self, name: str, sort: str, names: Iterable[str]) -> str | None:
        """The nearest of the names; looked up once, and not without end."""
        key = (sort, name)
        if key not in self._searches:
            known = tuple(names)
            self._left -= len(known)
            if self._left < 0:
                return None
            self._searches[key] = nearest(name, known)
        return self._searches[key]

    def lost(self, name: str) -> bool:
        """Whether the name may have been given on a line that could not be read."""
        return name in self._lost


_UNLISTED: Final[Mapping[Group, str]] = {
    QUOTATION: "There is no source beside this file, so the quotation",
    PRACTICE: "There is no list of practices beside this file, so the practice",
}


def well_spelled(name: str, group: Group) -> str:
    """The name as its group would spell it, as far as that can be guessed."""
    spelled = re.sub("['’]", "", name)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode().strip().lower()
    joined = re.sub(r"[^a-z0-9_-]+", "-", plain).strip("-")
    return joined.replace("-", "_") if group in (FACT, METER) else joined


def _found(node: Node) -> str:
    if isinstance(node, Items):
        return "a list"
    if isinstance(node, Pairs):
        return "a group of fields"
    return "nothing" if isinstance(node, Scalar) and node.blank else "text"


def _words_on(document: Document) -> frozenset[str]:
    """Words on lines that were lost; and then every name given anywhere, for it may not have been where it seems."""
    if not document.guessed:
        return frozenset()
    lost = (document.lines[number - 1] for number in document.guessed if number <= len(document.lines))
    names = (found[1] for line in document.lines if (found := _GIVEN.match(line)))
    return frozenset((*(word for line in lost for word in _WORD.findall(line)), *names))
