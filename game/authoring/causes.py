"""Owns which mistake lies behind what nobody can come to, so that each is told once. Never finds a place in a file.

A condition that never varies may hide a passage; the passage may hold the only effect that sets a fact; and so on.
What is told is where such a chain begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from game.authoring.reasons import Looking, Looks
from game.story import Choice, Condition, Effect, Goto, Passage, Proof, Reach, Scenario, Text, When

Kind = Literal["lines", "effect", "way", "choice"]

Cause = int | str
"""A condition by its identity, or a passage by its id."""

ELSEWHERE: Final[Cause] = ""
"""A cause that is told by another check."""


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """A condition where it stands. `ways` is the list it is part of, `outer` the condition on the lines around it."""

    condition: Condition
    passage: str
    kind: Kind
    choice: Choice | None = None
    ways: Goto = ()
    when: When | None = None
    outer: Condition | None = None

    @property
    def about(self) -> str:
        """As the proof names it."""
        line, column = self.condition.at
        return f"{self.passage}:{line}:{column}"

    @property
    def place(self) -> int:
        """Of a way: its place in the list."""
        return next(place for place, way in enumerate(self.ways) if way.condition is self.condition)

    @property
    def to(self) -> str:
        """Of a way: where it leads."""
        return self.ways[self.place].to


def sites(passage: Passage) -> Iterator[Site]:
    """Every condition of a passage."""
    yield from _in_text(passage.id, passage.text, None)
    yield from _in_effects(passage.id, passage.effects, None)
    yield from _in_ways(passage.id, passage.goto, None)
    for choice in passage.decision.choices if passage.decision else ():
        if choice.condition:
            yield Site(choice.condition, passage.id, "choice", choice)
        yield from _in_effects(passage.id, choice.effects, choice)
        yield from _in_ways(passage.id, choice.goto, choice)


def _in_text(passage: str, text: Text, outer: Condition | None) -> Iterator[Site]:
    for part in text:
        if isinstance(part, When):
            yield Site(part.condition, passage, "lines", when=part, outer=outer)
            yield from _in_text(passage, (*part.then, *part.otherwise), part.condition)


def _in_effects(passage: str, effects: tuple[Effect, ...], choice: Choice | None) -> Iterator[Site]:
    for effect in effects:
        if effect.condition:
            yield Site(effect.condition, passage, "effect", choice)


def _in_ways(passage: str, ways: Goto, choice: Choice | None) -> Iterator[Site]:
    for way in ways:
        if way.condition:
            yield Site(way.condition, passage, "way", choice, ways)


def roads(passage: Passage) -> Iterator[tuple[Choice | None, Goto, int]]:
    """Every way out of a passage: the choice it belongs to, its list, and its place in the list."""
    choices = passage.decision.choices if passage.decision else ()
    for choice, ways in ((None, passage.goto), *((choice, choice.goto) for choice in choices)):
        for place in range(len(ways)):
            yield choice, ways, place


@dataclass(frozen=True, slots=True)
class Setter:
    """An effect that sets a fact, and the choice it belongs to, if any."""

    passage: str
    choice: Choice | None
    effect: Effect


def setters(scenario: Scenario, fact: str) -> Iterator[Setter]:
    """Every effect that sets it."""
    for passage in scenario.passages.values():
        yield from (Setter(passage.id, None, effect) for effect in passage.effects if fact in effect.set)
        for choice in passage.decision.choices if passage.decision else ():
            yield from (Setter(passage.id, choice, effect) for effect in choice.effects if fact in effect.set)


class Causes:
    """The conditions that never vary and the passages that nobody comes to, and which of them brought about which.

    `linked` are the passages that some way leads to, conditions left aside; the others are told by another check.
    """

    def __init__(self, proof: Proof, reach: Reach, linked: Mapping[str, None]) -> None:
        self.reach = reach
        self.linked = linked
        self.scenario = reach.scenario
        constant = {claim.about for claim in proof.claims if (claim.claim, claim.verdict) == CONSTANT}
        passages = self.scenario.passages
        standing = [site for id in passages if id in reach.passages for site in sites(passages[id])]
        self.sites = {id(site.condition): site for site in standing if site.about in constant}
        never = {claim.about for claim in proof.claims if (claim.claim, claim.verdict) == NEVER}
        self.unreached = [id for id in passages if id in linked and id in never]
        self._conditions = [site.condition for site in self.sites.values()]

    @cached_property
    def looks(self) -> Mapping[int, Looks]:
        """What the conditions that never vary met."""
        return Looking(self.reach, self._conditions).all() if self._conditions else {}

    @cached_property
    def true_at_times(self) -> set[str]:
        """Facts that are true in some state."""
        facts = 0
        for state in self.reach.states:
            facts |= state.facts
        return {name for place, name in enumerate(self.scenario.facts) if facts >> place & 1}

    # ---- what lies behind ---------------------------------------------------

    @cached_property
    def behind(self) -> Mapping[Cause, set[Cause]]:
        """What lies directly behind each."""
        unreached = set(self.unreached)
        found: dict[Cause, set[Cause]] = {node: set(self._behind_condition(self.sites[node])) for node in self.sites}
        for passage in self.scenario.passages.values():
            if passage.id in self.linked:
                for choice, ways, place in roads(passage):
                    to = ways[place].to
                    if to in unreached:
                        found.setdefault(to, set()).update(self._behind_way(passage, choice, ways, place))
        return {node: causes - {node} for node, causes in found.items()}

    def roots(self) -> dict[Cause, None]:
        """The causes that nothing lies behind, in the order of the file; of causes in a circle, the first."""
        nodes: list[Cause] = [*self.sites, *self.unreached]
        roots = {node for node in nodes if not self.behind.get(node)}
        hidden = self._after([ELSEWHERE, *roots], set())
        for node in nodes:
            if node not in roots and node not in hidden:
                roots.add(node)
                hidden |= self._after([node], hidden)
        return dict.fromkeys(node for node in nodes if node in roots)

    def after(self, node: Cause) -> set[Cause]:
        """All that it lies behind, at any distance."""
        return self._after([node], set())

    def _after(self, nodes: list[Cause], known: set[Cause]) -> set[Cause]:
        """All that these lie behind, but for what is known."""
        found: set[Cause] = set()
        waiting = list(nodes)
        while waiting:
            new = self._before.get(waiting.pop(), set()) - found - known
            found |= new
            waiting += new
        return found

    @cached_property
    def _before(self) -> Mapping[Cause, set[Cause]]:
        """What each lies directly behind."""
        found: dict[Cause, set[Cause]] = {}
        for node, causes in self.behind.items():
            for cause in causes:
                found.setdefault(cause, set()).add(node)
        return found

    def _behind_way(self, passage: Passage, choice: Choice | None, ways: Goto, place: int) -> Iterator[Cause]:
        """Why a way is never taken."""
        if passage.id not in self.reach.passages:
            yield passage.id
        elif not self._offered(passage, choice):
            yield from self._refusing(choice)
        else:
            condition = ways[place].condition
            closed = [way.condition for way in ways[:place] if way.condition and self._always(way.condition)]
            if closed:
                yield id(closed[0])
            elif condition and id(condition) in self.sites:
                yield id(condition)

    def _behind_condition(self, site: Site) -> Iterator[Cause]:
        looks = self.looks[id(site.condition)]
        if looks.holds is None:
            yield from self._behind_unlooked(site)
            return
        reason = looks.reason()
        for fact in reason.facts if reason else ():
            if fact not in self.true_at_times:
                yield from self._behind_fact(fact)

    def _behind_unlooked(self, site: Site) -> Iterator[Cause]:
        """Why a condition is never looked at."""
        passage = self.scenario.passages[site.passage]
        if site.kind != "choice" and not self._offered(passage, site.choice):
            yield from self._refusing(site.choice)
        elif site.outer is not None and id(site.outer) in self.sites:
            yield id(site.outer)
        elif site.kind == "way":
            closed = [way.condition for way in site.ways[: site.place] if way.condition and self._always(way.condition)]
            yield from (id(condition) for condition in closed[:1])

    def _behind_fact(self, fact: str) -> Iterator[Cause]:
        """Why a fact is never set. Where nothing sets it, another check tells that."""
        found = list(setters(self.scenario, fact))
        if not found:
            yield ELSEWHERE
        for setter in found:
            passage = self.scenario.passages[setter.passage]
            if setter.passage not in self.linked:
                yield ELSEWHERE
            elif setter.passage not in self.reach.passages:
                yield setter.passage
            elif not self._offered(passage, setter.choice):
                yield from self._refusing(setter.choice)
            elif setter.effect.condition and id(setter.effect.condition) in self.sites:
                yield id(setter.effect.condition)

    def _offered(self, passage: Passage, choice: Choice | None) -> bool:
        return choice is None or (passage.id, choice.id) in self.reach.offered

    def _refusing(self, choice: Choice | None) -> Iterator[Cause]:
        if choice and choice.condition and id(choice.condition) in self.sites:
            yield id(choice.condition)

    def _always(self, condition: Condition) -> bool:
        return id(condition) in self.sites and self.looks[id(condition)].holds is True


CONSTANT: Final = ("condition-varies", "disproved")
NEVER: Final = ("passage-reached", "disproved")
