"""Owns what can be said for certain about a story, over every state that any player can be in. Never samples.

Each claim is proved, disproved with a shortest list of choices that shows it (and which replays), or not decided,
where the bound on states was hit. Ranges, routes and chances are exact, or None where a loop makes them endless.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from game.story.alike import told_apart
from game.story.reach import (
    BOTH,
    BOUND,
    Range,
    Reach,
    Where,
    conditions_in,
    explore,
    lines_of,
)
from game.story.scenario import Line, Passage, Scenario, When
from game.story.sweep import Sweep

Verdict = Literal["proved", "disproved", "not decided"]

UNKNOWN: Final[Range] = (None, None)


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that is so or not. `claim` names the kind, `about` the passage, choice, line or condition."""

    claim: str
    about: str
    verdict: Verdict
    where: Where | None = field(default=None, compare=False, repr=False)
    reach: Reach | None = field(default=None, compare=False, repr=False)

    @property
    def choices(self) -> tuple[str, ...] | None:
        """A shortest list of choices that shows it, where there is one to show; of those, the first in the file.

        Worked out when asked for: in a long story the lists of all claims together would fill the memory.
        """
        return None if self.where is None or self.reach is None else self.reach.path_by(self.where)


@dataclass(frozen=True, slots=True)
class EndingFacts:
    """What is certain of one ending. `routes` and `random` are None where a loop, or the bound, hides them.

    `random` is the chance that a player who picks at random comes to it; `meters` are as they stand there.
    """

    routes: int | None
    random: float | None
    shortest: tuple[str, ...]
    manager: Range
    leader: Range
    meters: Mapping[str, Range]


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that is certain of a story.

    `complete` is False where the bound on states was hit, or someone `interrupted`: then claims that nothing settled
    yet are not decided, and numbers are None. `endings` has those that were reached. `scored_loop` is a shortest list
    of choices to a loop that raises a role's greatest total for ever on the way to an ending.
    """

    complete: bool
    states: int
    routes: int | None
    claims: tuple[Claim, ...]
    endings: Mapping[str, EndingFacts]
    manager: Range
    leader: Range
    meters: Mapping[str, Range]
    scored_loop: tuple[str, ...] | None = None
    interrupted: bool = False
    reach: Reach | None = field(default=None, compare=False, repr=False)


def prove(scenario: Scenario, bound: int = BOUND, watch: Callable[[int], None] | None = None) -> Proof:
    """Explore the scenario and say what is certain. `watch` is told now and then how many states were met.

    An interrupt (Ctrl-C) is no error: what is known by then is handed back.
    """
    known = _known(explore(scenario, bound, watch))
    reach, sweep = known.reach, known.sweep
    endings = {
        id: _ending(reach, sweep, id)
        for id, passage in scenario.passages.items()
        if passage.ending and id in reach.passages
    }
    return Proof(
        complete=known.complete,
        states=len(reach.states),
        routes=_total([ending.routes for ending in endings.values()]) if sweep else None,
        claims=tuple(claim for claims in CLAIMS for claim in claims(known)),
        endings=endings,
        manager=_over_all([ending.manager for ending in endings.values()]),
        leader=_over_all([ending.leader for ending in endings.values()]),
        meters=reach.meters.of(scenario) if sweep and reach.meters else dict.fromkeys(scenario.meters, UNKNOWN),
        scored_loop=None if sweep is None or sweep.scoring is None else reach.path(sweep.scoring),
        interrupted=reach.interrupted,
        reach=reach,
    )


@dataclass(slots=True)
class _Known:
    """What the claims are drawn from. `later` has the decisions whose difference lies further on; None: not known."""

    reach: Reach
    sweep: Sweep | None = None
    later: set[str] | None = None

    @property
    def complete(self) -> bool:
        return self.sweep is not None and self.later is not None

    @property
    def nowhere(self) -> Verdict:
        """The verdict on what was never met: it cannot be, or the walk ended too early."""
        return "disproved" if self.reach.whole else "not decided"

    @property
    def passages(self) -> Iterator[Passage]:
        return iter(self.reach.scenario.passages.values())

    @property
    def going_on(self) -> Iterator[Passage]:
        """Passages that something follows, but for those that nobody can come to."""
        reach = self.reach
        return (p for p in self.passages if (p.decision or p.goto) and (p.id in reach.passages or not reach.whole))


def _known(reach: Reach) -> _Known:
    known = _Known(reach)
    if reach.whole:
        try:
            known.sweep = Sweep(reach)
            known.later = _matter_later(reach)
        except KeyboardInterrupt:
            reach.interrupted = True
    return known


def _matter_later(reach: Reach) -> set[str]:
    """The decisions at which all choices show the same next, in every state, but not for ever."""
    parted: dict[str, list[set[int]]] = defaultdict(list)
    for number, state in enumerate(reach.states):
        after = reach.after(number)
        if len(after) > 1 and state.passage not in reach.differs and len(set(after)) > 1:
            parted[state.passage].append(set(after))
    return told_apart(reach, parted)


# ---- claims -----------------------------------------------------------------


def _ways_on(known: _Known) -> Iterator[Claim]:
    reach = known.reach
    stuck: dict[str, int] = {}
    for number in reach.stuck:
        stuck.setdefault(reach.states[number].passage, number)
    for passage in known.going_on:
        yield _never("way-on", passage.id, known, stuck.get(passage.id), settled=reach.whole)


def _passages_reached(known: _Known) -> Iterator[Claim]:
    for passage in known.passages:
        yield _once("passage-reached", passage.id, known, known.reach.passages.get(passage.id))


def _choices_offered(known: _Known) -> Iterator[Claim]:
    for passage in known.passages:
        for choice in passage.decision.choices if passage.decision else ():
            number = known.reach.offered.get((passage.id, choice.id))
            yield _once("choice-offered", f"{passage.id}.{choice.id}", known, None if number is None else (number, ""))


def _lines_shown(known: _Known) -> Iterator[Claim]:
    for passage in known.passages:
        lines = [line for part in passage.text if isinstance(part, When) for line in lines_of((part,))]
        to_a_line = Counter(line.at[0] for line in lines)
        for line in lines:
            place = _place(line, alone=to_a_line[line.at[0]] == 1)
            yield _once("line-shown", f"{passage.id}:{place}", known, known.reach.lines.get(id(line)))


def _place(line: Line, alone: bool) -> str:
    """Where a line stands in the file; with its column where others stand on the same line of it."""
    return f"{line.at[0]}" if alone else f"{line.at[0]}:{line.at[1]}"


def _endings_reached(known: _Known) -> Iterator[Claim]:
    for passage in known.passages:
        if passage.ending:
            yield _once("ending-reached", passage.id, known, known.reach.passages.get(passage.id))


def _conditions_vary(known: _Known) -> Iterator[Claim]:
    for passage in known.passages:
        for condition in sorted(conditions_in(passage), key=lambda condition: condition.at):
            line, column = condition.at
            varies = known.reach.answers.get(id(condition)) == BOTH
            about = f"{passage.id}:{line}:{column}"
            yield Claim("condition-varies", about, "proved" if varies else known.nowhere)


def _decisions_matter(known: _Known) -> Iterator[Claim]:
    for passage in known.passages:
        if passage.decision:
            verdict: Verdict = "not decided" if known.later is None else "disproved"
            if passage.id in known.reach.differs or (known.later and passage.id in known.later):
                verdict = "proved"
            yield Claim("decision-matters", passage.id, verdict)


def _endings_in_reach(known: _Known) -> Iterator[Claim]:
    lost: dict[str, int] = {}
    for number, ahead in enumerate(known.sweep.ahead if known.sweep else ()):
        if not ahead:
            lost.setdefault(known.reach.states[number].passage, number)
    for passage in known.going_on:
        if passage.decision:
            yield _never("ending-in-reach", passage.id, known, lost.get(passage.id), settled=known.sweep is not None)


CLAIMS: Final = (
    _ways_on,
    _passages_reached,
    _choices_offered,
    _lines_shown,
    _endings_reached,
    _conditions_vary,
    _decisions_matter,
    _endings_in_reach,
)
"""One function for each kind of claim."""


def _once(claim: str, about: str, known: _Known, where: Where | None) -> Claim:
    """A claim that something happens in some run; `where` shows one."""
    return Claim(claim, about, known.nowhere if where is None else "proved", where, known.reach)


def _never(claim: str, about: str, known: _Known, number: int | None, *, settled: bool) -> Claim:
    """A claim that no state is bad; `number` is a state that is. `settled`: whether all were looked at."""
    if number is not None:
        return Claim(claim, about, "disproved", (number, ""), known.reach)
    return Claim(claim, about, "proved" if settled else "not decided")


# ---- numbers ----------------------------------------------------------------


def _ending(reach: Reach, sweep: Sweep | None, id: str) -> EndingFacts:
    shortest = reach.path_by(reach.passages[id])
    runs = sweep.endings[id] if sweep else None
    if runs is None or runs.meters is None:
        return EndingFacts(None, None, shortest, UNKNOWN, UNKNOWN, dict.fromkeys(reach.scenario.meters, UNKNOWN))
    chance = None if math.isnan(runs.chance) else runs.chance
    return EndingFacts(runs.routes, chance, shortest, *runs.ranges, runs.meters.of(reach.scenario))


def _over_all(ranges: list[Range]) -> Range:
    """The range over all endings."""
    least = [low for low, _ in ranges if low is not None]
    most = [high for _, high in ranges if high is not None]
    return (min(least), max(most) if len(most) == len(ranges) else None) if least else UNKNOWN


def _total(routes: list[int | None]) -> int | None:
    known = [number for number in routes if number is not None]
    return sum(known) if len(known) == len(routes) else None
