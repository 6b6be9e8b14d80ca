"""Owns how a mistake is told: its place, its words, its excerpt, its form for editors. Never finds one.

One form for every mistake, from a slip in the YAML to a story nobody can end.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from game.authoring.codes import CODES, Severity

WIDEST: Final = 100
"""Columns of a line that an excerpt shows; what is left out is marked with an ellipsis."""

TAB: Final = "    "
"""How a tab is shown."""

LONGEST_NAME: Final = 60
"""Characters of an author's words that a message repeats."""

_RISKY: Final = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Unicode categories that could garble a terminal."""


class Span(NamedTuple):
    """From a line and column up to, not including, another; all count from 1, columns in characters."""

    line: int
    column: int
    end_line: int
    end_column: int


TOP: Final = Span(1, 1, 1, 1)
"""The beginning of a file: where mistakes of a whole file are told."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which file. `file` is the path as people should read it."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake, told once. `excerpt` is its line of the file, as written.

    `suggestion` is what could stand in place of the marked characters; None where nothing is near.
    """

    code: str
    place: Place
    message: str
    suggestion: str | None = None
    excerpt: str | None = None

    @property
    def rule(self) -> str:
        """The rule's name, such as `unknown-passage`."""
        return CODES[self.code].rule

    @property
    def severity(self) -> Severity:
        """`error` where it must be mended, `warning` where the story plays all the same."""
        return CODES[self.code].severity

    @property
    def unreadable(self) -> bool:
        """Whether the file cannot be read as a scenario because of it."""
        return self.code.startswith("E1")


def in_order(mistakes: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The mistakes from the top of the file to its end, nothing twice."""
    return tuple(sorted(dict.fromkeys(mistakes), key=_order))


def _order(mistake: Diagnostic) -> tuple[int, int, str, str]:
    return mistake.place.line, mistake.place.column, mistake.code, mistake.message


def as_form(mistake: Diagnostic) -> dict[str, object]:
    """The mistake as plain values, for JSON. The keys are a promise to other tools."""
    place = mistake.place
    return {
        "code": mistake.code,
        "rule": mistake.rule,
        "severity": mistake.severity,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "message": mistake.message,
        "suggestion": mistake.suggestion,
    }


def render(mistake: Diagnostic) -> str:
    """The mistake as a person reads it: place and rule, what is wrong, the line with carets under the fault."""
    place = mistake.place
    head = f"{place.file}:{place.line}:{place.column}  {mistake.code} {mistake.rule}"
    told = [head, *(f"  {line}" for line in mistake.message.split("\n"))]
    if mistake.excerpt is not None:
        last = place.end_column if place.end_line == place.line else len(mistake.excerpt) + 1
        shown, carets = excerpt(mistake.excerpt, place.column, last)
        told += [f"{place.line:>6} | {shown}".rstrip(), f"{'':>6} | {carets}"]
    return "\n".join(told)


def excerpt(line: str, column: int, end: int) -> tuple[str, str]:
    """The line as shown and the carets below it. Tabs and wide characters count as the columns they fill."""
    start = min(column, len(line) + 1) - 1
    stop = max(start + 1, min(end - 1, len(line)))
    cells = [_cell(character) for character in line[: stop + WIDEST]]
    before = _fitting(cells[:start][::-1], WIDEST - 20)
    after = _fitting(cells[start:], WIDEST - sum(len_of(cell) for cell in cells[start - before : start]))
    shown = cells[start - before : start + after]
    left = "…" if before < start else ""
    right = "…" if start + after < len(line) else ""
    indent = len_of(left) + sum(len_of(cell) for cell in shown[:before])
    width = sum(len_of(cell) for cell in shown[before : before + stop - start])
    return left + "".join(shown) + right, " " * indent + "^" * max(1, width)


def _fitting(cells: list[str], room: int) -> int:
    """How many of these fit into so many columns."""
    for number, cell in enumerate(cells):
        room -= len_of(cell)
        if room < 0:
            return number
    return len(cells)


def _cell(character: str) -> str:
    if character == "\t":
        return TAB
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(character) in _RISKY else character


def len_of(text: str) -> int:
    """Columns that the text fills in a terminal."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def told(text: str) -> str:
    """An author's words made fit to stand in a message: on one line, not long, nothing that garbles."""
    flat = " ".join(text.split())
    safe = "".join(_cell(character) for character in flat[: LONGEST_NAME + 1])
    return safe if len(safe) <= LONGEST_NAME else safe[: LONGEST_NAME - 1] + "…"


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name that was probably meant, or None where none is near."""
    by_fold = {_fold(other): other for other in sorted(names, reverse=True)}
    near = difflib.get_close_matches(_fold(name[:LONGEST_NAME]), by_fold, n=1, cutoff=0.6)
    return by_fold[near[0]] if near else None


def _fold(name: str) -> str:
    return name.casefold().replace("-", "_").replace(" ", "_")


def did_you_mean(near: str | None) -> str:
    """The question that ends a message, with its leading space; empty where nothing is near."""
    return f" Did you mean '{near}'?" if near else ""
