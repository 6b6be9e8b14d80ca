"""Owns who is to be seen beside the words of a debrief, and with what expression. Never shows anybody.

A face bears the tone of what it stands beside. It never mocks and never scolds: of the expressions there are, only
the quiet ones are taken here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from game.story import Expression, Person, Scenario, Story, Tone


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody to be seen: the person, and how they look."""

    person: Person
    expression: Expression


AFTER: Final[Mapping[Tone, Expression]] = {
    "good": "warm",
    "mixed-good": "warm",
    "mixed": "thinking",
    "mixed-bad": "concerned",
    "bad": "tired",
}
"""How people look after an ending of each tone."""


def named(scenario: Scenario, text: str) -> Person | None:
    """The first of the cast to be named in a text, as a word of its own; None where nobody is."""
    cast = [scenario.people[id] for id in scenario.cast]
    there = [(place, -len(person.name), person) for person in cast if (place := _place(person.name, text)) >= 0]
    return min(there, key=lambda one: one[:2])[2] if there else None


def _place(name: str, text: str) -> int:
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) if name.strip() else None
    return found.start() if found else -1


def face_of(story: Story, text: str) -> Face | None:
    """Whom a sentence about a finished run names, as they look after its ending."""
    person = named(story.scenario, text)
    return Face(person, AFTER[story.ending.tone] if story.ending else "neutral") if person else None


def heard(story: Story) -> tuple[Face, ...]:
    """Who spoke on the way to where a story stands, since the choice before: the first first, each as they looked
    last."""
    looks: dict[str, Expression] = {}
    for visit in story.visits:
        looks.update((line.speaker, line.expression) for line in visit.lines if line.speaker)
    return tuple(Face(story.scenario.people[who], look) for who, look in looks.items())
