"""Owns the checks of a whole story, one function for each rule. Never looks at how its file is written.

CHECKS is the table. A check yields what it found by name; the place in the file is looked up afterwards.
Each tells a fact about the story, never a matter of taste.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from game.authoring.diagnostics import TOP, Diagnostic, Span, told
from game.authoring.source import Document
from game.story import Choice, Condition, Effect, Line, Passage, Scenario, Text, When


class Finding(NamedTuple):
    """What a check found: the code, what it is about ("fact", its id), and the message."""

    code: str
    about: tuple[str, str]
    message: str


Check = Callable[[Scenario], Iterator[Finding]]


def check(scenario: Scenario, spans: Mapping[tuple[str, str], Span], document: Document) -> list[Diagnostic]:
    """Every finding of every check, at its place in the scenario's file."""
    return [
        document.diagnostic(finding.code, spans.get(finding.about, TOP), finding.message)
        for one in CHECKS
        for finding in one(scenario)
    ]


# the graph


def leads_to(passage: Passage) -> Iterator[str]:
    """Every passage that may follow directly, conditions left aside."""
    for way in passage.goto:
        yield way.to
    for choice in passage.decision.choices if passage.decision else ():
        for way in choice.goto:
            yield way.to


def reached(scenario: Scenario, start: str = "") -> dict[str, None]:
    """Every passage that some way from the start, or from `start`, leads to, conditions left aside, nearest first."""
    seen = {start or scenario.start: None}
    waiting = [*seen]
    for passage in waiting:
        for to in leads_to(scenario.passages[passage]):
            if to not in seen:
                seen[to] = None
                waiting.append(to)
    return seen


def unreached_passages(scenario: Scenario) -> Iterator[Finding]:
    """Of passages that only lead to one another, the first is told."""
    found = reached(scenario)
    hidden = dict.fromkeys(id for id in scenario.passages if id not in found)
    while hidden:
        led_to = {to for id in hidden for to in leads_to(scenario.passages[id]) if to != id}
        roots = [id for id in hidden if id not in led_to] or [next(iter(hidden))]
        for root in roots:
            yield Finding("W301", ("passage", root), f"Nothing leads to passage '{root}', so nobody can get there.")
        for id in _follow(scenario, roots):
            hidden.pop(id, None)


def _follow(scenario: Scenario, roots: list[str]) -> list[str]:
    seen, waiting = set(roots), list(roots)
    for passage in waiting:
        new = [to for to in dict.fromkeys(leads_to(scenario.passages[passage])) if to not in seen]
        seen.update(new)
        waiting += new
    return waiting


def endless_gotos(scenario: Scenario) -> Iterator[Finding]:
    """Loops of gotos none of which has a condition: whoever comes there never leaves."""
    for loop in endless_loops(scenario):
        yield Finding("E202", ("passage", loop[0]), in_a_circle(loop))


def endless_loops(scenario: Scenario) -> Iterator[list[str]]:
    """The passages of each loop of gotos without a condition, from the one that is come to first."""
    done: set[str] = set()
    for start in reached(scenario):
        road: dict[str, None] = {}
        here = start
        while here not in done and here not in road:
            road[here] = None
            ways = scenario.passages[here].goto
            if len(ways) != 1 or ways[0].condition:
                break
            here = ways[0].to
        else:
            if here in road:
                yield [*road][[*road].index(here) :]
        done.update(road)


def in_a_circle(loop: list[str]) -> str:
    """That these passages lead round to the first."""
    if len(loop) == 1:
        return f"Passage '{loop[0]}' leads to itself, so a player goes round for ever."
    shown = " to ".join(f"'{id}'" for id in (*loop[:4], *(("…",) if len(loop) > 4 else ()), loop[0]))
    return f"These passages lead round in a circle, with nothing to decide: {shown}."


def no_ending(scenario: Scenario) -> Iterator[Finding]:
    """A passage still to be written counts as an ending. An endless loop is told instead, where there is one."""
    ends = any(scenario.passages[id].ending or scenario.passages[id].todo for id in reached(scenario))
    if ends or any(endless_gotos(scenario)):
        return
    written = [id for id, passage in scenario.passages.items() if passage.ending]
    message = f"From here no way leads to an ending: {_names(written)}." if written else "The story has no ending."
    yield Finding("E201", ("passage", scenario.start), f"{message} Write one, and a way that leads to it.")


def _names(ids: list[str]) -> str:
    return ", ".join(f"'{id}'" for id in ids[:5]) + (", …" if len(ids) > 5 else "")


# writing


def todo_passages(scenario: Scenario) -> Iterator[Finding]:
    """Passages still to be written."""
    for passage in scenario.passages.values():
        if passage.todo:
            yield Finding("W302", ("passage", passage.id), f"Still to be written: {told(passage.todo)}")


def silent_cast(scenario: Scenario) -> Iterator[Finding]:
    """People of the cast who neither speak nor are named in any text."""
    lines = [line for passage in scenario.passages.values() for line in _lines(passage.text)]
    speakers = {line.speaker for line in lines}
    words = set(re.findall(r"\w+", " ".join([*(line.text for line in lines), *_other_texts(scenario)])))
    for id in scenario.cast:
        name = scenario.people[id].name
        if id not in speakers and not set(re.findall(r"\w+", name)[:1]) & words:
            message = f"'{id}' is in the cast, and never speaks or is named as '{told(name)}'."
            yield Finding("W303", ("cast", id), message)


def _lines(text: Text) -> Iterator[Line]:
    for line in text:
        if isinstance(line, When):
            yield from _lines((*line.then, *line.otherwise))
        else:
            yield line


def _other_texts(scenario: Scenario) -> Iterator[str]:
    yield from (scenario.title, scenario.summary, scenario.you, *(fact.says for fact in scenario.facts.values()))
    for passage in scenario.passages.values():
        yield passage.when
        if passage.decision:
            yield passage.decision.ask
            for choice in passage.decision.choices:
                yield from (choice.text, choice.why, *(effect.because for effect in choice.effects))
        if passage.ending:
            happened = passage.ending.happened
            yield from (passage.ending.title, happened.person, happened.team, happened.organisation)


# facts


def idle_facts(scenario: Scenario) -> Iterator[Finding]:
    """Facts that are set and never read, read and never set, or neither."""
    read = {name for condition in conditions(scenario) for name in condition.names()}
    set_ = {name for effect in _effects(scenario) for name in effect.set}
    for id in scenario.facts:
        if id not in read:
            never = "No condition reads" if id in set_ else "Nothing sets or reads"
            yield Finding("W304", ("fact", id), f"{never} the fact '{id}', so it changes nothing.")
        elif id not in set_:
            yield Finding("W305", ("fact", id), f"Conditions read the fact '{id}', and no effect sets it.")


def conditions(scenario: Scenario) -> Iterator[Condition]:
    """Every condition of the story, wherever it stands."""
    for passage in scenario.passages.values():
        yield from _in_text(passage.text)
        yield from (way.condition for way in passage.goto if way.condition)
        for choice in _choices(passage):
            yield from (way.condition for way in choice.goto if way.condition)
            yield from (choice.condition,) if choice.condition else ()
    yield from (effect.condition for effect in _effects(scenario) if effect.condition)


def _in_text(text: Text) -> Iterator[Condition]:
    for line in text:
        if isinstance(line, When):
            yield line.condition
            yield from _in_text((*line.then, *line.otherwise))


def _choices(passage: Passage) -> Iterable[Choice]:
    return passage.decision.choices if passage.decision else ()


def _effects(scenario: Scenario) -> Iterator[Effect]:
    for passage in scenario.passages.values():
        yield from passage.effects
        for choice in _choices(passage):
            yield from choice.effects


# decisions


def same_texts(scenario: Scenario) -> Iterator[Finding]:
    """Choices of one decision that read the same."""
    for passage in scenario.passages.values():
        first: dict[str, Choice] = {}
        for choice in _choices(passage):
            other = first.setdefault(" ".join(choice.text.casefold().split()), choice)
            if other is not choice:
                message = f"Choice '{choice.id}' reads the same as '{other.id}' on line {other.at[0]}."
                yield Finding("W306", ("choice", f"{passage.id}.{choice.id}"), message)


def single_choices(scenario: Scenario) -> Iterator[Finding]:
    """Decisions with nothing to decide."""
    for passage in scenario.passages.values():
        if passage.decision and len(passage.decision.choices) == 1:
            choice = passage.decision.choices[0]
            message = f"'{choice.id}' is the only choice of passage '{passage.id}'. Add another, or use 'goto'."
            yield Finding("W307", ("choice", f"{passage.id}.{choice.id}"), message)


CHECKS: Final[tuple[Check, ...]] = (
    endless_gotos,
    no_ending,
    unreached_passages,
    todo_passages,
    silent_cast,
    idle_facts,
    same_texts,
    single_choices,
)
"""Every check of a story, in the order in which they run."""
