"""Owns what moved between two editions of a scenario: endings, numbers, mistakes, runs that were kept.

Never finds a mistake or proves anything itself, and never changes what is kept.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from game.authoring import Diagnostic, as_form
from game.story import EndingFacts, Proof, Scenario, Story
from game.tools.proofs import Form, Proved, counted, ending_form, percent, roads, routes_form, span

EXACT: Final = 1e-9
"""Chances that differ by less are the same."""

Value = int | float | tuple[int | None, int | None] | None


@dataclass(frozen=True, slots=True)
class Moved:
    """A number that is not what it was. `ending` is empty where it is of the whole story."""

    ending: str
    what: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Stop:
    """Where kept runs would now stop early: at this passage, before this choice. `runs` is how many."""

    passage: str
    choice: str
    ended: bool
    runs: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What moved from `old` to `new`. `runs` is how many kept runs fitted the old edition; `stops` where they end now.

    `gone` and `arrived` are endings that players come to only in the old, or only in the new.
    """

    old: Proved
    new: Proved
    gone: tuple[str, ...]
    arrived: tuple[str, ...]
    moved: tuple[Moved, ...]
    went: tuple[Diagnostic, ...]
    came: tuple[Diagnostic, ...]
    runs: int
    stops: tuple[Stop, ...]


def compare(old: Proved, new: Proved, runs: Iterable[Sequence[str]] = ()) -> Comparison:
    """What moved between two editions. `runs` are the choices of the runs that are kept of this scenario."""
    before = old.proof.endings if old.proof else {}
    after = new.proof.endings if new.proof else {}
    both = old.proof is not None and new.proof is not None
    fitting, stops = _stops(old.entry.scenario, new.entry.scenario, runs)
    return Comparison(
        old,
        new,
        tuple(id for id in before if id not in after) if both else (),
        tuple(id for id in after if id not in before) if both else (),
        tuple(_moved(old.proof, new.proof)) if old.proof and new.proof else (),
        _only(old.mistakes, new.mistakes),
        _only(new.mistakes, old.mistakes),
        fitting,
        stops,
    )


def _moved(old: Proof, new: Proof) -> Iterator[Moved]:
    yield from _differing("", _of_story(old), _of_story(new))
    for id in old.endings:
        if id in new.endings:
            yield from _differing(id, _of_ending(old.endings[id]), _of_ending(new.endings[id]))


def _of_story(proof: Proof) -> Mapping[str, Value]:
    return {"routes": proof.routes, "manager": proof.manager, "leader": proof.leader, **proof.meters}


def _of_ending(ending: EndingFacts) -> Mapping[str, Value]:
    numbers: dict[str, Value] = {"random": ending.random, "routes": ending.routes}
    return {**numbers, "manager": ending.manager, "leader": ending.leader, **ending.meters}


def _differing(ending: str, before: Mapping[str, Value], after: Mapping[str, Value]) -> Iterator[Moved]:
    for what in {**before, **after}:
        was, now = before.get(what), after.get(what)
        if was != now and not _nearly(was, now):
            yield Moved(ending, what, was, now)


def _nearly(was: Value, now: Value) -> bool:
    return isinstance(was, float) and isinstance(now, float) and math.isclose(was, now, rel_tol=0, abs_tol=EXACT)


def _only(these: Sequence[Diagnostic], others: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Mistakes of these that the others have not, wherever they stand in the file."""
    left = Counter(map(_same, others))
    only = []
    for mistake in these:
        if left[_same(mistake)]:
            left[_same(mistake)] -= 1
        else:
            only.append(mistake)
    return tuple(only)


def _same(mistake: Diagnostic) -> tuple[str, str]:
    """What makes two mistakes the same one, though lines were written above it."""
    return mistake.code, re.sub(r"\bline \d+", "line", mistake.message)


def _stops(old: Scenario | None, new: Scenario | None, runs: Iterable[Sequence[str]]) -> tuple[int, tuple[Stop, ...]]:
    """How many runs fit the old edition, and where those end early in the new."""
    if old is None or new is None:
        return 0, ()
    fitting, stops = 0, Counter[tuple[str, str, bool]]()
    for run in runs:
        if Story.replay_as_far(old, run)[1]:
            continue
        fitting += 1
        story, left = Story.replay_as_far(new, run)
        if left:
            stops[story.passage.id, left[0], story.over] += 1
    return fitting, tuple(Stop(*where, number) for where, number in stops.items())


# ---- told -------------------------------------------------------------------


def comparison_form(comparison: Comparison) -> Form:
    """The comparison as plain values, for JSON."""
    return {
        "old": comparison.old.entry.path.as_posix(),
        "new": comparison.new.entry.path.as_posix(),
        "endings": {
            "gone": list(comparison.gone),
            "new": {id: ending_form(comparison.new.proof.endings[id]) for id in comparison.arrived}
            if comparison.new.proof
            else {},
        },
        "moved": [
            {"ending": one.ending or None, "what": one.what, "before": _form(one.before), "after": _form(one.after)}
            for one in comparison.moved
        ],
        "mistakes": {
            "gone": [as_form(mistake) for mistake in comparison.went],
            "new": [as_form(mistake) for mistake in comparison.came],
        },
        "runs": {
            "kept": comparison.runs,
            "stop": [
                {"passage": stop.passage, "choice": stop.choice, "ended": stop.ended, "runs": stop.runs}
                for stop in comparison.stops
            ],
        },
    }


def _form(value: Value) -> object:
    if isinstance(value, int):
        return routes_form(value)
    return list(value) if isinstance(value, tuple) else value


def comparison_text(comparison: Comparison) -> str:
    """The comparison in words."""
    old, new = comparison.old, comparison.new
    lines = [f"{new.entry.path.as_posix()} against {old.entry.path.as_posix()}:", *_numbers(comparison)]
    for label, mistakes in (("gone", comparison.went), ("new", comparison.came)):
        lines += [f"  A mistake is {label}: {_place(mistake)}" for mistake in mistakes]
    if not comparison.went and not comparison.came:
        lines.append("  No mistake has come or gone.")
    return "\n".join([*lines, *_runs(comparison)])


def _numbers(comparison: Comparison) -> Iterator[str]:
    if comparison.old.proof is None or comparison.new.proof is None:
        broken = comparison.new if comparison.new.proof is None else comparison.old
        yield f"  {broken.entry.path.as_posix()} cannot be read yet, so their endings cannot be compared."
        return
    yield from (f"  The ending '{id}' is gone." for id in comparison.gone)
    for id in comparison.arrived:
        ending = comparison.new.proof.endings[id]
        yield f"  The ending '{id}' is new: {roads(ending.routes)}, {percent(ending.random)} of random play."
    for id in dict.fromkeys(one.ending for one in comparison.moved):
        what = f"The ending '{id}'" if id else "The whole story"
        moves = "; ".join(_move(one) for one in comparison.moved if one.ending == id)
        yield f"  {what}: {moves}."
    if not (comparison.gone or comparison.arrived or comparison.moved):
        yield "  No ending, road, chance or range has moved."


def _move(moved: Moved) -> str:
    tell = _TOLD.get(moved.what, _span)
    label = {"routes": "", "random": "random play "}.get(moved.what, f"{moved.what} ")
    return f"{label}{tell(moved.before)} → {tell(moved.after)}"


def _span(value: Value) -> str:
    return span(value) if isinstance(value, tuple) else "not there"


def _routes(value: Value) -> str:
    return roads(value if isinstance(value, int) else None)


def _chance(value: Value) -> str:
    return percent(value if isinstance(value, float) else None)


_TOLD: Final[Mapping[str, Callable[[Value], str]]] = {"routes": _routes, "random": _chance}


def _place(mistake: Diagnostic) -> str:
    return f"{mistake.code} {mistake.rule}, line {mistake.place.line}. {mistake.message}"


def _runs(comparison: Comparison) -> Iterator[str]:
    """What becomes of the runs that are kept on this computer."""
    stopping = sum(stop.runs for stop in comparison.stops)
    if not comparison.runs:
        yield "  No run of it is kept on this computer."
    elif not stopping:
        yield f"  {counted(comparison.runs, 'run')} kept on this computer: all still go through."
    else:
        yield f"  {counted(comparison.runs, 'run')} kept on this computer: {stopping} would now stop early."
    for stop in comparison.stops:
        why = "where the story now ends" if stop.ended else f"where '{stop.choice}' is not offered any more"
        yield f"    {counted(stop.runs, 'run')} at '{stop.passage}', {why}."
