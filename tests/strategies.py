"""Owns random scenarios that are valid, for laws that must hold of every story. Never draws a broken one.

`scenario_texts` gives the YAML an author might have written, `scenarios` the scenario made of it. They hold loops
and hubs, `once`, conditions on choices, ways, lines and effects, and meters at their bounds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st

from game.authoring import load_text
from game.story import Scenario

PEOPLE = ("joy", "marcus", "sam-2")
METERS = ("trust", "patience", "quality")
EXPRESSIONS = ("neutral", "warm", "concerned", "thinking", "firm", "tired", "upset")
COMPARES = ("<", "<=", ">", ">=", "==", "!=")
TONES = ("good", "mixed-good", "mixed", "mixed-bad", "bad")

TEXTS = (
    "Joy comes in at 8.40.",
    "no",
    "8.30",
    "Late again: part 2",
    "*Late* again # not a comment",
    "“Come in,” she says.",
    'She said "no" and it\'s fine.',
    "- a dash, [brackets] and {braces}",
    "Ça va? Ολα καλά. 漢字 שלום 🙂",
    " two  spaces ",
    "back\\slash",
    "A line\u2028that an editor does not break",
)
"""Text as an author might write it, some of it hard on a reader of YAML."""


def scenarios(*, can_stick: bool = True, most_passages: int = 7) -> st.SearchStrategy[Scenario]:
    """Valid scenarios. With `can_stick` false, every state offers a choice and no loop of gotos closes."""
    return scenario_texts(can_stick=can_stick, most_passages=most_passages).map(_built)


def _built(text: str) -> Scenario:
    entry = load_text(text)
    assert entry.scenario is not None, (entry.mistakes, text)
    return entry.scenario


@st.composite
def scenario_texts(draw: st.DrawFn, *, can_stick: bool = True, most_passages: int = 7) -> str:
    """Valid scenarios as YAML."""
    return as_yaml(_Author(draw, can_stick).scenario(most_passages))


def as_yaml(value: Any, depth: int = 0) -> str:
    """Plain values as YAML: mappings and lists as blocks, texts in double quotes."""
    indent = "  " * depth
    if isinstance(value, dict) and value:
        return "".join(f"{indent}{key}:{_below(entry, depth)}" for key, entry in value.items())
    if isinstance(value, list) and value:
        return "".join(f"{indent}-{_below(entry, depth)}" for entry in value)
    return f"{indent}{json.dumps(value, ensure_ascii=False)}\n"


def _below(value: Any, depth: int) -> str:
    if isinstance(value, dict | list) and value:
        return "\n" + as_yaml(value, depth + 1)
    return " " + as_yaml(value)


class _Author:
    """Writes one scenario. Draws small numbers only: strategies made anew for each draw would take most of the time."""

    def __init__(self, draw: st.DrawFn, can_stick: bool) -> None:
        self.draw = draw
        self.can_stick = can_stick
        self.passages: list[str] = []
        self.facts: list[str] = []
        self.meters = list(METERS)

    # drawing

    def number(self, least: int, most: int) -> int:
        return self.draw(st.integers(least, most))

    def one_in(self, number: int) -> bool:
        return self.number(0, number - 1) == number - 1

    def pick(self, options: Sequence[Any]) -> Any:
        return options[self.number(0, len(options) - 1)]

    def some(self, options: Sequence[Any], least: int = 0) -> list[Any]:
        """So many different ones, in any order."""
        chosen = [self.pick(options) for _ in range(self.number(least, min(len(options), least + 2)))]
        return list(dict.fromkeys(chosen))

    def optional(self, **fields: Callable[[], Any]) -> dict[str, Any]:
        return {name.rstrip("_"): make() for name, make in fields.items() if self.one_in(3)}

    def words(self) -> str:
        return str(self.pick(TEXTS))

    # parts

    def scenario(self, most_passages: int) -> dict[str, Any]:
        self.passages = [f"p{number}" for number in range(self.number(1, most_passages))]
        self.facts = [f"fact_{number}" for number in range(self.number(0, 4))]
        own = {name: self.meter() for name in self.some(("calm", "time_left"))}
        self.meters += own
        fields: dict[str, Any] = {
            "title": self.words(),
            "cast": {person: {"name": self.words()} for person in PEOPLE},
            "facts": {fact: self.words() for fact in self.facts},
            "meters": own,
            "passages": {id: self.passage(number) for number, id in enumerate(self.passages)},
        }
        return fields | self.optional(start=lambda: self.pick(self.passages if self.can_stick else self.passages[:1]))

    def meter(self) -> dict[str, Any]:
        least = self.number(-3, 3)
        most = least + self.number(0, 4)
        return {"label": self.words(), "min": least, "max": most, "start": self.number(least, most)}

    def passage(self, number: int) -> dict[str, Any]:
        passage = self.optional(when=self.words, effects=self.effects)
        passage["text"] = self.words() if self.one_in(4) else [self.line() for _ in range(self.number(0, 3))]
        makers = {
            "decision": self.decision,
            "goto": lambda: self.goto(0 if self.can_stick else number + 1),
            "ending": self.ending,
            "todo": self.words,
        }
        last = number == len(self.passages) - 1
        possible = ("ending", "todo") if last and not self.can_stick else ("decision", "decision", *makers)
        way_on = self.pick(possible)
        return passage | {way_on: makers[way_on]()}

    def line(self) -> Any:
        if not self.one_in(3):
            return self.spoken()
        told = [self.spoken() for _ in range(self.number(1, 2))]
        if self.one_in(3):
            told.append({"if": self.condition(), "text": self.words()})
        return {"if": self.condition(), "text": told} | self.optional(else_=lambda: [self.spoken()])

    def spoken(self) -> Any:
        who = self.pick(("", *PEOPLE))
        mood = f", {self.pick(EXPRESSIONS)}" if who and self.one_in(2) else ""
        return {who + mood: self.words()} if who else self.words()

    def condition(self, depth: int = 0) -> str:
        form = self.pick(("fact", "meter", "not", "and", "or")[: 5 if depth < 2 else 2])
        if form == "fact" and self.facts:
            return str(self.pick(self.facts))
        if form == "not":
            return f"not ({self.condition(depth + 1)})"
        if form in ("and", "or"):
            return f"({self.condition(depth + 1)} {form} {self.condition(depth + 1)})"
        return f"{self.pick(self.meters)} {self.pick(COMPARES)} {self.number(-2, 11)}"

    def effects(self) -> list[dict[str, Any]]:
        return [self.effect() for _ in range(self.number(0, 2))]

    def effect(self) -> dict[str, Any]:
        effect: dict[str, Any] = {"change": {meter: self.number(-12, 12) for meter in self.some(self.meters, 1)}}
        if self.facts:
            effect |= self.optional(set=lambda: self.some(self.facts, 1), clear=lambda: self.pick(self.facts))
        return effect | self.optional(because=self.words, if_=self.condition)

    def goto(self, first: int = 0) -> Any:
        passages = self.passages[first:]
        if self.one_in(2):
            return self.pick(passages)
        others = [{"to": self.pick(passages), "if": self.condition()} for _ in range(self.number(0, 2))]
        return [*others, {"to": self.pick(passages)}]

    def ending(self) -> dict[str, Any]:
        happened = self.optional(person=self.words, team=self.words, organisation=self.words)
        return {"title": self.words(), "tone": self.pick(TONES), "happened": happened}

    def decision(self) -> dict[str, Any]:
        choices = [self.choice(id, number) for number, id in enumerate(self.some("abcd", 1))]
        return self.optional(calls_for=self.roles, contested=lambda: self.one_in(2)) | {
            "ask": self.words(),
            "choices": choices,
        }

    def choice(self, id: str, number: int) -> dict[str, Any]:
        choice = {"id": id, "text": self.words(), "goto": self.goto()}
        choice |= self.optional(scores=self.roles, why=self.words, effects=self.effects)
        if number or self.can_stick:  # else the first is always offered
            choice |= self.optional(if_=self.condition, once=lambda: self.one_in(2))
        return choice

    def roles(self) -> dict[str, int]:
        return self.optional(manager=lambda: self.number(0, 2), leader=lambda: self.number(0, 2))
