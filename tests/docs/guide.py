"""Reads the author's guide: its YAML blocks and what each of them claims, its prose, its links.

A comment before a block says what it is:

- `<!-- scenario -->`: a whole scenario, outside any course, without a mistake.
- `<!-- file: FOLDER/NAME -->`: a file of a course that the guide tells in full.
- `<!-- goes in: a choice -->`: a part of such a thing. It is put into a whole one of the shipped course.
- `..., gives E134` or `scenario: E103`: it shows just this mistake.
- `<!-- printed -->`: what `check` prints for the block before.
- `<!-- json -->`: a value that another tool might read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import indent
from typing import Final

from .making import GUIDE

_BLOCK: Final = re.compile(r"(?:<!-- (?P<claim>[^>]*?) -->\n)?```(?P<language>\w*)\n(?P<body>.*?)^```$", re.M | re.S)
_GIVES: Final = re.compile(r"(?:, gives |scenario: )(?P<codes>[EW\d, ]+)$")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the guide: what the comment before it claims, its language, and its text."""

    claim: str
    language: str
    body: str
    line: int

    @property
    def gives(self) -> set[str]:
        """The codes of the mistakes that it shows."""
        found = _GIVES.search(self.claim)
        return set(found["codes"].split(", ")) if found else set()

    @property
    def place(self) -> str:
        """Where a part goes, such as `a choice`; empty for a whole."""
        found = re.match(r"goes in: ([^,]+)", self.claim)
        return found[1] if found else ""

    def __str__(self) -> str:
        return f"line {self.line}"


def text() -> str:
    """The guide as it is kept."""
    return GUIDE.read_text("utf-8")


def blocks(language: str = "") -> list[Block]:
    """The blocks of the guide in a language, or all of them."""
    whole = text()
    found = [
        Block(one["claim"] or "", one["language"], one["body"], whole.count("\n", 0, one.start("body")))
        for one in _BLOCK.finditer(whole)
    ]
    return [block for block in found if language in ("", block.language)]


def prose() -> Iterator[str]:
    """The sentences of the guide in front of the appendices: no blocks, tables, headings or comments."""
    whole = re.sub(r"^<!--.*?-->$", "", _BLOCK.sub("", text().partition("## Appendix A")[0]), flags=re.M)
    for paragraph in re.split(r"\n\n|\n(?=- |\d\. )", whole):
        lines = [line for line in paragraph.splitlines() if not line.startswith(("|", "#"))]
        plain = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", " ".join(lines))
        if plain.strip():
            yield re.sub(r"`[^`]*`", "Word", plain).replace("*", "").removeprefix("- ")


# parts of a scenario, put into a whole one

_HEAD: Final = {
    "title": "title: Late again\n",
    "cast": "cast: [joy, marcus, lorraine]\n",
    "facts": "facts:\n  noted: You wrote it down.\n  why: Joy told you.\n  warned: You gave a warning.\n",
    "start": "",
}
_OTHERS: Final = """\
  hall: {text: The hall., goto: home}
  swim: {text: The pool., ending: {title: The swim}}
  home: {text: Home., ending: {title: Home}}
"""
_CHOICE: Final = {"id": "id: it", "text": "text: Do it.", "goto": "goto: hall"}
_DECISION: Final = {"ask": "ask: What now?", "choices": "choices: [{id: it, text: Do it., goto: hall}]"}


def whole_scenario(part: str, place: str) -> str:
    """A scenario with the part where it goes."""
    if place == "a scenario":
        rest = "".join(text for field, text in _HEAD.items() if not has(part, field))
        return f"{rest}{part}passages:\n  here: {{text: Here., goto: hall}}\n{_OTHERS}"
    if place == "a scenario's passages":
        return f"{''.join(_HEAD.values())}passages:\n{indent(part, '  ')}{_OTHERS}"
    return f"{''.join(_HEAD.values())}passages:\n  here:\n{indent(passage_with(part, place), '    ')}{_OTHERS}"


def passage_with(part: str, place: str) -> str:
    """The fields of a passage with the part where it goes."""
    if place == "a passage":
        on = "" if any(has(part, way) for way in ("decision", "goto", "ending", "todo")) else "goto: home\n"
        return part + on
    if place == "a decision":
        return f"decision:\n{indent(part + filled(part, _DECISION), '  ')}"
    fields = part + filled(part, _CHOICE)
    return f"decision:\n  ask: What now?\n  choices:\n    -\n{indent(fields, '      ')}"


def filled(part: str, fields: dict[str, str]) -> str:
    """Those of the fields that the part does not have itself."""
    return "".join(f"{text}\n" for field, text in fields.items() if not has(part, field))


def has(part: str, field: str) -> bool:
    """Whether the part has the field at its left edge."""
    return re.search(rf"^{field}:", part, re.M) is not None
