"""Owns the figures C1 to C6: whether what a player chooses matters, and whether a poor start can be mended.

They rest on the states of the story, or on its file alone; never on a walk along every road.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from game.authoring.craft_figures import Asked, Figure, Spot, Subject, ends, judged, not_judged, percent, share
from game.authoring.craft_walk import Walk
from game.story import (
    Choice,
    Effect,
    EndingFacts,
    Passage,
    Reach,
    Scenario,
    Text,
    Tone,
    When,
    conditions_in,
)
from game.words import say

RAREST: Final = 0.05
COMMONEST: Final = 0.60

FAIR: Final[frozenset[Tone]] = frozenset({"good", "mixed-good", "mixed"})
"""Endings in which something was gained and not more was lost."""

CLAIMS: Final = ("way-on", "passage-reached", "ending-reached", "ending-in-reach")
"""What a proof claims of passages and endings, and C3 asks for."""


def names_read(scenario: Scenario) -> set[str]:
    """Every fact and meter that some condition of the story reads."""
    return {
        name for one in scenario.passages.values() for condition in conditions_in(one) for name in condition.names()
    }


def facts_of(choice: Choice) -> set[str]:
    """The facts that a choice can set."""
    return {fact for effect in choice.effects for fact in effect.set}


def options_matter(subject: Subject) -> Figure:
    """C1: whether each option leads elsewhere, or sets a fact or moves a meter that is read, unlike those before it.

    A decision after which the player is told, offered and brought to the same, whatever was chosen, misses it too.
    """
    if not subject.options:
        return not_judged("C1", say("craft.no-decision"))
    spots = [spot for one in subject.scenarios for spot in _alike(subject, one)]
    idle = {
        (walk.scenario.id, claim.about)
        for walk in subject.walks
        for claim in walk.proof.claims
        if claim.claim == "decision-matters" and claim.verdict == "disproved"
    }
    same = [asked.asking(say("craft.C1.idle")) for asked in subject.asked if (asked.scenario.id, asked.passage) in idle]
    good = len(subject.options) - len(spots)
    numbers = {"options": len(subject.options), "matter": good, "idle": len(same)}
    return judged("C1", not spots and not same, share(good, len(subject.options)), numbers, spots + same)


def _alike(subject: Subject, scenario: Scenario) -> Iterator[Spot]:
    read = names_read(scenario)
    for asked in subject.asked:
        if asked.scenario is scenario:
            known: dict[object, Choice] = {}
            for choice in asked.choices:
                first = known.setdefault(_does(choice, read), choice)
                if first is not choice:
                    yield asked.spot(choice, say("craft.C1.spot", other=first.id))


def _does(choice: Choice, read: set[str]) -> object:
    """All that a choice can change for what comes later."""
    effects = tuple(filter(any, (_kept(effect, read) for effect in choice.effects)))
    return choice.goto, effects, choice.id if choice.once else ""


def _kept(effect: Effect, read: set[str]) -> tuple[object, ...]:
    """What of an effect is read; nothing where none of it is."""
    set_, clear = (tuple(sorted(read.intersection(facts))) for facts in (effect.set, effect.clear))
    change = tuple(sorted((meter, by) for meter, by in effect.change if meter in read))
    return (set_, clear, change, effect.condition) if set_ or clear or change else ()


def facts_read(subject: Subject) -> Figure:
    """C2: facts that an effect sets and no condition reads."""
    unread = [spot for one in subject.scenarios for spot in _unread(one)]
    if not any(one.facts for one in subject.scenarios):
        return not_judged("C2", say("craft.C2.no-facts"))
    return judged("C2", not unread, say("craft.C2.value", count=len(unread)), {"unread": len(unread)}, unread)


def _unread(scenario: Scenario) -> Iterator[Spot]:
    told = names_read(scenario)
    for passage in scenario.passages.values():
        for about, line, effects in _effects(passage):
            for fact in (fact for effect in effects for fact in effect.set if fact not in told):
                told.add(fact)
                yield Spot(scenario.id, about, line, fact, scenario.facts[fact].says if fact in scenario.facts else "")


def _effects(passage: Passage) -> Iterator[tuple[str, int, tuple[Effect, ...]]]:
    yield passage.id, passage.at[0], passage.effects
    for choice in passage.decision.choices if passage.decision else ():
        yield f"{passage.id} > {choice.id}", choice.at[0], choice.effects


def reachable(subject: Subject) -> Figure:
    """C3: whether every passage and ending can be reached, and nobody gets stuck; over every state."""
    spots = [spot for walk in subject.walks for spot in _lost(walk)]
    passages = sum(len(one.passages) for one in subject.scenarios)
    endings = sum(1 for _ in subject.endings)
    value = say("craft.C3.value", passages=passages, endings=endings)
    if not spots and not all(walk.whole for walk in subject.walks):
        return not_judged("C3", _too_large(subject), value)
    return judged("C3", not spots and endings > 0, value, {"passages": passages, "endings": endings}, spots)


def _lost(walk: Walk) -> Iterator[Spot]:
    for claim in walk.proof.claims:
        if claim.claim in CLAIMS and claim.verdict == "disproved":
            line = walk.scenario.passages[claim.about].at[0]
            yield Spot(walk.scenario.id, claim.about, line, detail=say(f"craft.C3.{claim.claim}"))


def _too_large(subject: Subject) -> str:
    """The note for figures that need every state, where there are too many."""
    return say("craft.too-large", states=max(walk.proof.states for walk in subject.walks if not walk.whole))


def random_play(subject: Subject) -> Figure:
    """C4: how often a player who picks at random meets each ending."""
    chances = [
        (walk.scenario, id, 0.0 if facts is None else facts.random)
        for walk in subject.walks
        for id, facts in _endings(walk)
    ]
    if not chances:
        return not_judged("C4", say("craft.no-ending"))
    if not all(walk.whole for walk in subject.walks):
        return not_judged("C4", _too_large(subject))
    known = {(one, id): chance for one, id, chance in chances if chance is not None}
    if len(known) < len(chances):
        return not_judged("C4", say("craft.C4.loops"))
    spots = [
        Spot(one.id, id, one.passages[id].at[0], _title(one, id), say("craft.C4.spot", percent=percent(chance)))
        for (one, id), chance in known.items()
        if not RAREST <= chance <= COMMONEST
    ]
    least, most = min(known.values()), max(known.values())
    value = say("craft.C4.value", percent=ends(percent(least), percent(most)))
    return judged("C4", not spots, value, {"least": least, "most": most}, spots)


def _endings(walk: Walk) -> Iterator[tuple[str, EndingFacts | None]]:
    """Every ending of the file; None for one that nobody can come to."""
    for id, passage in walk.scenario.passages.items():
        if passage.ending:
            yield id, walk.proof.endings.get(id)


def _title(scenario: Scenario, id: str) -> str:
    ending = scenario.passages[id].ending
    return ending.title if ending else ""


def echo(subject: Subject) -> Figure:
    """C5: whether a line of an ending, or of a passage after which nothing is decided, tells of each first option.

    It does where its condition reads a fact that the option sets. An option whose own road leads to such a passage
    that no other option of the decision leads to is told of as well.
    """
    firsts = list(_firsts(subject))
    if not firsts:
        return not_judged("C5", say("craft.no-decision"))
    spots = []
    for asked in firsts:
        late = _late(asked.scenario)
        told = _told_in(asked.scenario, late)
        forgotten = (one for one in asked.choices if not facts_of(one) & told and not _own_end(asked, one, late))
        spots += [asked.spot(choice) for choice in forgotten]
    options = sum(len(asked.choices) for asked in firsts)
    good = options - len(spots)
    return judged("C5", not spots, share(good, options), {"options": options, "echoed": good}, spots)


def _firsts(subject: Subject) -> Iterator[Asked]:
    """The first decision that a player of each scenario meets."""
    at = {walk.scenario: walk.reach.states[0].passage for walk in subject.walks}
    return (asked for asked in subject.asked if at[asked.scenario] == asked.passage)


def _told_in(scenario: Scenario, late: set[str]) -> set[str]:
    """The facts that a late line reads."""
    return {name for id in late for when in conditional(scenario.passages[id].text) for name in when.condition.names()}


def _own_end(asked: Asked, choice: Choice, late: set[str]) -> bool:
    """Whether this option leads straight to a late passage that no other option leads to."""
    mine = {way.to for way in choice.goto}
    others = {way.to for other in asked.choices if other is not choice for way in other.goto}
    return mine <= late and not mine & others


def _late(scenario: Scenario) -> set[str]:
    """The passages from which no decision can come any more, conditions aside."""
    before: dict[str, list[str]] = {}
    for passage in scenario.passages.values():
        for way in passage.goto:
            before.setdefault(way.to, []).append(passage.id)
    early = {passage.id for passage in scenario.passages.values() if passage.decision}
    waiting = list(early)
    while waiting:
        found = set(before.get(waiting.pop(), ())) - early
        early |= found
        waiting += found
    return scenario.passages.keys() - early


def conditional(text: Text) -> Iterator[When]:
    """Every part of a text that is told on a condition, those inside others included."""
    for part in text:
        if isinstance(part, When):
            yield part
            yield from conditional(part.then)
            yield from conditional(part.otherwise)


def recovery(subject: Subject) -> Figure:
    """C6: whether an ending in which something was gained is still ahead after each first option."""
    firsts = list(_firsts(subject))
    if not firsts:
        return not_judged("C6", say("craft.no-decision"))
    if not all(walk.whole for walk in subject.walks):
        return not_judged("C6", _too_large(subject))
    fair = {walk.scenario: _fair_ahead(walk.reach) for walk in subject.walks}
    spots = [
        asked.spot(asked.choices[walk.reach.taken[edge]])
        for walk in subject.walks
        for asked in firsts
        if asked.scenario is walk.scenario
        for edge in walk.reach.edges(0)
        if not fair[walk.scenario][walk.reach.to[edge]]
    ]
    options = sum(len(asked.choices) for asked in firsts)
    good = options - len(spots)
    return judged("C6", not spots, share(good, options), {"options": options, "mended": good}, spots)


def _fair_ahead(reach: Reach) -> bytearray:
    """Of each state, whether some road leads on to a fair ending."""
    before: list[list[int]] = [[] for _ in reach.states]
    for number in range(len(reach.states)):
        for to in reach.after(number):
            before[to].append(number)
    ahead = bytearray(len(reach.states))
    waiting = []
    for number, state in enumerate(reach.states):
        ending = reach.scenario.passages[state.passage].ending
        if ending and ending.tone in FAIR:
            ahead[number] = 1
            waiting.append(number)
    while waiting:
        for number in before[waiting.pop()]:
            if not ahead[number]:
                ahead[number] = 1
                waiting.append(number)
    return ahead
