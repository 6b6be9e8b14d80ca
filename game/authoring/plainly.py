"""Owns telling a scenario's parts in plain words: conditions, effects, a whole passage. Never lays out or shows.

Used where a story is read and not played: on the map, and in what stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from game.story import (
    AllOf,
    AnyOf,
    Choice,
    Condition,
    Course,
    Effect,
    FactIs,
    Goto,
    MeterIs,
    Not,
    Passage,
    Roles,
    Scenario,
    Text,
    Tree,
    When,
)
from game.words import say

SHORT: Final = 24
"""Letters up to which a fact's own sentence stands for it in a short place; past it its name does."""

OPENING: Final = 60
"""Letters of a passage's first line that stand for its title."""

_EMPHASIS: Final = re.compile(r"\*(?=\S)([^*\n]+?)(?<=\S)\*")

_COMPARED: Final[Mapping[str, str]] = {
    "<=": "map.at-most",
    ">=": "map.at-least",
    "<": "map.below",
    ">": "map.above",
    "==": "map.exactly",
    "!=": "map.other-than",
}

_TURNED: Final[Mapping[str, str]] = {"<=": ">", ">=": "<", "<": ">=", ">": "<=", "==": "!=", "!=": "=="}


def role_sign(scores: Roles) -> str:
    """Which role a choice steps into, by its scores: "manager", "leader", "both" or "neither"."""
    if scores.manager and scores.leader:
        return "both"
    return "manager" if scores.manager else "leader" if scores.leader else "neither"


def unmarked(text: str) -> str:
    """An author's words without the marks of emphasis, on one line."""
    return " ".join(_EMPHASIS.sub(r"\1", text).split())


def passage_title(passage: Passage, most: int = OPENING) -> str:
    """What a passage is called where it is not played: its question, its ending's title, or its opening words.

    Past `most` letters it is cut at a word, with an ellipsis.
    """
    if passage.decision:
        words = passage.decision.ask
    elif passage.ending:
        words = passage.ending.title
    else:
        words = passage.todo or next(_openings(passage.text), passage.id)
    words = unmarked(words)
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"


def _openings(text: Text) -> Iterator[str]:
    """What a passage may open with: the lines that are always told, then those under conditions."""
    yield from (part.text for part in text if not isinstance(part, When))
    yield from (words for part in text if isinstance(part, When) for words in _openings(part.then))


# ---- conditions -------------------------------------------------------------


def condition_in_words(condition: Condition, scenario: Scenario, *, short: bool = False) -> str:
    """A condition as one would say it: "warned and trust is 4 or less".

    A fact is told by its own sentence, in quotes; with `short`, only where that is short, and else by its name.
    """
    return _Plain(scenario, short).tell(condition.tree)


@dataclass(frozen=True, slots=True)
class _Plain:
    """Turns the parts of a condition into words."""

    scenario: Scenario
    short: bool

    def tell(self, tree: Tree, *, inside: bool = False) -> str:
        """The words for a part; in brackets where it stands inside another and joins several."""
        match tree:
            case FactIs(fact):
                return self._fact(fact)
            case MeterIs(meter, compare, number):
                return self._meter(meter, compare, number)
            case Not(part):
                return self._not(part, inside)
            case AllOf(parts):
                words = say("map.and").join(self.tell(part, inside=True) for part in parts)
            case AnyOf(parts):
                words = say("map.or").join(self.tell(part, inside=True) for part in parts)
        return f"({words})" if inside else words

    def _fact(self, fact: str) -> str:
        words = fact_in_words(fact, self.scenario)
        name = fact.replace("_", " ")
        return name if words == name or (self.short and len(words) > SHORT) else say("map.quoted", words=words)

    def _meter(self, meter: str, compare: str, number: int) -> str:
        name = meter.replace("_", " ") if self.short else unmarked(self.scenario.meters[meter].label)
        name = f"the {name[4:]}" if name.startswith("The ") else name  # it stands within a sentence
        return say(_COMPARED[compare], meter=name, number=number)

    def _not(self, part: Tree, inside: bool) -> str:
        match part:
            case Not(again):
                return self.tell(again, inside=inside)
            case MeterIs(meter, compare, number):
                return self._meter(meter, _TURNED[compare], number)
            case AnyOf(parts) if all(isinstance(one, FactIs) for one in parts):
                facts = [self.tell(one) for one in parts]
                if len(facts) == 2:
                    return say("map.neither-nor", one=facts[0], other=facts[1])
                return say("map.none-of", facts=", ".join(facts))
        return say("map.not", words=self.tell(part, inside=True))


# ---- a passage, told --------------------------------------------------------

Kind = Literal["line", "if", "effect", "ask", "choice", "role", "why", "way", "end", "todo"]


@dataclass(frozen=True, slots=True)
class Told:
    """One piece of a passage in words. `depth` is how many conditions it stands under; `who` speaks, if somebody does.

    `choice` is the id of the choice it belongs to, empty for what belongs to the passage.
    """

    kind: Kind
    text: str
    depth: int = 0
    who: str = ""
    choice: str = ""


def passage_told(passage: Passage, scenario: Scenario, course: Course | None = None) -> tuple[Told, ...]:
    """A whole passage as an author wrote it, in reading order: every line, with its conditions in words.

    With the `course`, the practice of each choice is told too, by its label.
    """
    return tuple(_told(passage, scenario, course or Course()))


def passage_where(passage: Passage, scenario: Scenario) -> str:
    """When and where a passage happens; its id where it does not say."""
    place = scenario.places.get(passage.place)
    return unmarked(" · ".join(filter(None, [passage.when, place.name if place else ""]))) or passage.id


def _told(passage: Passage, scenario: Scenario, course: Course) -> Iterator[Told]:
    yield from _effects(passage.effects, scenario)
    yield from _lines(passage.text, scenario, 0)
    yield from _way_on(passage, scenario, course)


def _lines(text: Text, scenario: Scenario, depth: int) -> Iterator[Told]:
    for part in text:
        if not isinstance(part, When):
            person = scenario.people.get(part.speaker)
            yield Told("line", part.text, depth, person.name if person else "")
            continue
        yield Told("if", say("map.if", words=condition_in_words(part.condition, scenario)), depth)
        yield from _lines(part.then, scenario, depth + 1)
        if part.otherwise:
            yield Told("if", say("map.else"), depth)
            yield from _lines(part.otherwise, scenario, depth + 1)


def _way_on(passage: Passage, scenario: Scenario, course: Course) -> Iterator[Told]:
    if passage.decision:
        yield Told("ask", passage.decision.ask)
        for choice in passage.decision.choices:
            yield from _choice(choice, scenario, course)
    elif passage.ending:
        ending = passage.ending
        yield Told("end", ending.title)
        yield Told("role", say(f"map.tone-{ending.tone}"))
        happened = ending.happened
        yield from (Told("effect", text) for text in (happened.person, happened.team, happened.organisation) if text)
    elif passage.todo:
        yield Told("todo", say("map.todo", words=passage.todo))
    else:
        yield from (Told("way", words) for words in _ways(passage.goto, scenario))


def _choice(choice: Choice, scenario: Scenario, course: Course) -> Iterator[Told]:
    def piece(kind: Kind, text: str, depth: int = 0) -> Told:
        return Told(kind, text, depth, "", choice.id)

    yield piece("choice", choice.text)
    yield piece("role", scores_in_words(choice.scores))
    if choice.condition:
        yield piece("if", say("map.offered-if", words=condition_in_words(choice.condition, scenario)))
    if choice.once:
        yield piece("if", say("map.once"))
    labels = [course.practice[name].label for name in choice.practice if name in course.practice]
    if labels:
        yield piece("why", say("map.practice", labels=", ".join(labels)))
    if choice.why:
        yield piece("why", say("map.why", words=choice.why))
    for effect in _effects(choice.effects, scenario):
        yield piece("effect", effect.text, effect.depth)
    for words in _ways(choice.goto, scenario):
        yield piece("way", words)


def scores_in_words(scores: Roles) -> str:
    """A choice's role and its two scores, each by itself."""
    sign = say(f"map.role-{role_sign(scores)}")
    return say("map.scores", role=sign, manager=scores.manager, leader=scores.leader)


def _ways(goto: Goto, scenario: Scenario) -> Iterator[str]:
    for place, way in enumerate(goto):
        to = passage_title(scenario.passages[way.to])
        if way.condition:
            words = condition_in_words(way.condition, scenario)
            yield say("map.way-if", words=words, to=to)
        else:
            yield say("map.way-otherwise" if place else "map.way", to=to)


def _effects(effects: tuple[Effect, ...], scenario: Scenario) -> Iterator[Told]:
    for effect in effects:
        depth = 0
        if effect.condition:
            yield Told("effect", say("map.if", words=condition_in_words(effect.condition, scenario)))
            depth = 1
        yield from (Told("effect", words, depth) for words in _changes(effect, scenario))


def fact_in_words(fact: str, scenario: Scenario) -> str:
    """A fact's own sentence without its full stop; its name where it has none."""
    return unmarked(scenario.facts[fact].says).rstrip(".") or fact.replace("_", " ")


def _changes(effect: Effect, scenario: Scenario) -> Iterator[str]:
    yield from (say("map.effect-set", fact=fact_in_words(fact, scenario)) for fact in effect.set)
    yield from (say("map.effect-clear", fact=fact_in_words(fact, scenario)) for fact in effect.clear)
    for meter, by in effect.change:
        label = unmarked(scenario.meters[meter].label)
        key = "map.effect-up" if by > 0 else "map.effect-down" if by < 0 else "map.effect-same"
        yield " ".join(filter(None, [say(key, label=label, by=abs(by)), effect.because]))
