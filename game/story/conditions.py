"""Owns the little language of `if:`. Parses once, compiles to a function, and never runs Python.

The language (the author's guide, "Conditions"): `and`, `or`, `not`, brackets; a fact's name;
a meter compared with one whole number. Nothing else, so a story stays finite and can be proved.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

Test = Callable[[int, tuple[int, ...]], bool]
"""Facts (one bit each) and meters (in order) in, whether the condition holds out."""

WORDS: Final = frozenset({"true", "false", "and", "or", "not", "if", "else"})
"""Words of the language: no fact, meter, passage or person may be called so."""

COMPARISONS: Final[Mapping[str, Callable[[int, int], bool]]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
}

DEEPEST: Final = 50
"""Brackets and `not`s inside one another; more than anyone can read."""

LARGEST: Final = 1_000_000_000
"""A meter never comes near it; it keeps numbers short enough to print."""

_TOKEN: Final = re.compile(
    r"\s*(?:(?P<number>[+-]?\d+(?![\w.]))|(?P<name>[^\W\d]\w*(?:-[^\W\d]\w*)*)"
    r"|(?P<compare><=|>=|==|!=|<|>)|(?P<bracket>[()])|(?P<other>[+-]?\d[\w.]*|\S))"
)


@dataclass(frozen=True, slots=True)
class FactIs:
    """Holds when the fact is true."""

    fact: str


@dataclass(frozen=True, slots=True)
class MeterIs:
    """Holds when the comparison of the meter with the number is true."""

    meter: str
    compare: str
    number: int


@dataclass(frozen=True, slots=True)
class Not:
    """Holds when its part does not."""

    part: Tree


@dataclass(frozen=True, slots=True)
class All:
    """Holds when each part does (`and`)."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Holds when some part does (`or`)."""

    parts: tuple[Tree, ...]


Tree = FactIs | MeterIs | Not | All | Any


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as it was written, and what it means. `at` is its line and column in the author's file."""

    text: str
    tree: Tree
    at: tuple[int, int] = field(default=(0, 0), compare=False)

    def names(self) -> tuple[str, ...]:
        """Every fact and meter it reads, in order, each once."""
        return tuple(dict.fromkeys(_names(self.tree)))


class ConditionError(Exception):
    """Raised when an `if:` cannot be read. `start` and `end` are the characters at fault, from 0.

    `kind` says which way it went wrong: empty, unknown-name, fact-compared, meter-alone, meter-not-number,
    number-alone, not-whole, chain, single-equals, arithmetic, character, bracket, missing, too-deep.
    """

    def __init__(self, kind: str, message: str, start: int, end: int, name: str = "") -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.start = start
        self.end = end
        self.name = name
        """The unknown name, where that is the mistake; the caller suggests the nearest right one."""


def parse_condition(
    text: str, facts: Collection[str], meters: Collection[str], at: tuple[int, int] = (0, 0)
) -> Condition:
    """Read `text` as a condition over these facts and meters. Raises `ConditionError` at the first fault."""
    parser = _Parser(text, facts, meters)
    tree = parser.any_of(0)
    parser.finish()
    return Condition(text, tree, at)


def compile_condition(condition: Condition, facts: Mapping[str, int], meters: Mapping[str, int]) -> Test:
    """The condition as a fast function. `facts` and `meters` give each name its place."""
    return _compile(condition.tree, facts, meters)


def _compile(tree: Tree, facts: Mapping[str, int], meters: Mapping[str, int]) -> Test:
    match tree:
        case FactIs(fact):
            bit = 1 << facts[fact]
            return lambda true, _: bool(true & bit)
        case MeterIs(meter, compare, number):
            place, holds = meters[meter], COMPARISONS[compare]
            return lambda _, values: holds(values[place], number)
        case Not(part):
            test = _compile(part, facts, meters)
            return lambda true, values: not test(true, values)
        case All(parts):
            tests = tuple(_compile(part, facts, meters) for part in parts)
            return lambda true, values: all(test(true, values) for test in tests)
        case Any(parts):
            tests = tuple(_compile(part, facts, meters) for part in parts)
            return lambda true, values: any(test(true, values) for test in tests)


def _names(tree: Tree) -> list[str]:
    match tree:
        case FactIs(fact):
            return [fact]
        case MeterIs(meter):
            return [meter]
        case Not(part):
            return _names(part)
        case All(parts) | Any(parts):
            return [name for part in parts for name in _names(part)]


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


class _Parser:
    """Reads one condition from left to right. One method for each kind of part."""

    def __init__(self, text: str, facts: Collection[str], meters: Collection[str]) -> None:
        self.text = text
        self.facts = facts
        self.meters = meters
        self.tokens = [_token(found) for found in _TOKEN.finditer(text)]
        self.next = 0
        if not self.tokens:
            raise ConditionError("empty", "The condition is empty. Name a fact, or compare a meter.", 0, len(text))

    def any_of(self, depth: int) -> Tree:
        parts = [self.all_of(depth)]
        while self._take("or"):
            parts.append(self.all_of(depth))
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def all_of(self, depth: int) -> Tree:
        parts = [self.part(depth)]
        while self._take("and"):
            parts.append(self.part(depth))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def part(self, depth: int) -> Tree:
        token = self._peek()
        if token is None:
            end = len(self.text.rstrip())
            raise ConditionError("missing", "Something is missing at the end of the condition.", max(0, end - 1), end)
        if depth > DEEPEST:
            raise ConditionError(
                "too-deep", f"More than {DEEPEST} brackets stand inside one another.", token.start, token.end
            )
        if self._take("not"):
            return Not(self.part(depth + 1))
        if token.text == "(":
            return self._bracket(token, depth)
        self.next += 1
        if token.kind == "number":
            raise self._number_first(token)
        if token.kind != "name" or token.text in WORDS:
            raise _misplaced(token)
        return self._named(token)

    def finish(self) -> None:
        token = self._peek()
        if token is None:
            return
        if token.text == ")":
            raise ConditionError("bracket", "This bracket closes, and none was opened.", token.start, token.end)
        if token.kind in ("name", "number") or token.text == "(":
            raise ConditionError("missing", f"'and' or 'or' is missing before '{token.text}'.", token.start, token.end)
        raise _misplaced(token)

    def _bracket(self, opening: _Token, depth: int) -> Tree:
        self.next += 1
        tree = self.any_of(depth + 1)
        if self._take(")"):
            return tree
        token = self._peek()
        if token is not None:
            self.finish()
        raise ConditionError("bracket", "This bracket is never closed.", opening.start, opening.end)

    def _named(self, name: _Token) -> Tree:
        after = self._peek()
        if after is not None and after.kind == "compare":
            self.next += 1
            return self._comparison(name, after)
        if after is not None and after.text in "=+-*/":
            raise _misplaced(after)
        if name.text in self.facts:
            return FactIs(name.text)
        if name.text in self.meters:
            raise ConditionError(
                "meter-alone",
                f"'{name.text}' is a meter. Compare it with a number, such as '{name.text} >= 5'.",
                name.start,
                name.end,
            )
        raise self._unknown(name)

    def _comparison(self, name: _Token, compare: _Token) -> Tree:
        number = self._peek()
        if name.text in self.facts:
            raise ConditionError(
                "fact-compared",
                f"'{name.text}' is a fact: true or false. Write '{name.text}' or 'not {name.text}'.",
                name.start,
                compare.end if number is None else number.end,
            )
        if name.text not in self.meters:
            raise self._unknown(name)
        if number is None or number.kind != "number":
            at = compare if number is None else number
            raise ConditionError(
                "meter-not-number",
                f"Compare '{name.text}' with a whole number, such as '{name.text} {compare.text} 4'.",
                at.start,
                at.end,
            )
        self.next += 1
        value = int(number.text) if len(number.text) < 12 else LARGEST + 1  # Python refuses very long numbers
        if abs(value) > LARGEST:
            raise ConditionError("not-whole", "This number is too large.", number.start, number.end)
        chain = self._peek()
        if chain is not None and chain.kind == "compare":
            raise _chained(name.text, chain)
        return MeterIs(name.text, compare.text, value)

    def _number_first(self, number: _Token) -> ConditionError:
        compare = self._peek()
        meter = self.tokens[self.next + 1] if self.next + 1 < len(self.tokens) else None
        if compare is None or compare.kind != "compare" or meter is None or meter.kind != "name":
            return ConditionError(
                "number-alone", "A number alone says nothing. Compare a meter with it.", number.start, number.end
            )
        chain = self.tokens[self.next + 2] if self.next + 2 < len(self.tokens) else None
        if chain is not None and chain.kind == "compare":
            return _chained(meter.text, chain)
        turned = compare.text.translate(str.maketrans("<>", "><"))
        return ConditionError(
            "number-alone",
            f"Put the meter first: '{meter.text} {turned} {number.text}'.",
            number.start,
            meter.end,
        )

    def _unknown(self, name: _Token) -> ConditionError:
        return ConditionError(
            "unknown-name", f"'{name.text}' is neither a fact nor a meter here.", name.start, name.end, name.text
        )

    def _peek(self) -> _Token | None:
        return self.tokens[self.next] if self.next < len(self.tokens) else None

    def _take(self, text: str) -> bool:
        token = self._peek()
        if token is None or token.text != text:
            return False
        self.next += 1
        return True


def _token(found: re.Match[str]) -> _Token:
    kind = found.lastgroup or "other"
    return _Token(kind, found[kind], found.start(kind), found.end(kind))


def _chained(meter: str, chain: _Token) -> ConditionError:
    return ConditionError(
        "chain",
        f"One comparison at a time. Write two with 'and', such as '{meter} > 2 and {meter} < 4'.",
        chain.start,
        chain.end,
    )


def _misplaced(token: _Token) -> ConditionError:
    kind, message = _MISPLACED.get(token.text, ("character", f"'{token.text}' does not belong in a condition."))
    if token.kind == "compare":
        kind, message = "missing", f"A meter is missing before '{token.text}'."
    return ConditionError(kind, message, token.start, token.end)


_MISPLACED: Final[Mapping[str, tuple[str, str]]] = {
    "and": ("missing", "'and' joins two conditions. One of them is missing."),
    "or": ("missing", "'or' joins two conditions. One of them is missing."),
    "not": ("missing", "'not' stands before a fact, a comparison or a bracket."),
    "if": ("character", "Leave the word 'if' out: the condition begins after it."),
    "else": ("character", "'else' has a line of its own, under the 'if'."),
    "true": ("character", "Name a fact. 'true' alone always holds, so leave the 'if' out."),
    "false": ("character", "Name a fact. 'false' alone never holds."),
    ")": ("bracket", "This bracket closes, and nothing stands before it."),
    "=": ("single-equals", "Write '==' to compare."),
    "+": ("arithmetic", "A condition cannot add. Compare one meter with one whole number."),
    "-": ("arithmetic", "A condition cannot take away. Compare one meter with one whole number."),
    "*": ("arithmetic", "A condition cannot multiply. Compare one meter with one whole number."),
    "/": ("arithmetic", "A condition cannot divide. Compare one meter with one whole number."),
    "&": ("character", "Write 'and'."),
    "|": ("character", "Write 'or'."),
    "!": ("character", "Write 'not'."),
}
