"""Measures the proof. Prints figures; asserts nothing.

python tests/bench/proof.py [PASSAGES ...]
"""

from __future__ import annotations

import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from game.app import shipped
from game.authoring import load_course
from game.story import (
    BOUND,
    Choice,
    Condition,
    Decision,
    Effect,
    Ending,
    Fact,
    Line,
    Meter,
    Passage,
    Roles,
    Scenario,
    Way,
    When,
    parse_condition,
    prove,
)

SIZES = (1_250, 2_500, 5_000, 10_000)
"""Passages of the stories measured; each has three choices at a passage and about a hundred states to a passage."""

METERS = {id: Meter(id, id, most=7, start=4) for id in ("trust", "patience")}
FACTS = {"told": Fact("told", "Somebody told you.")}
REACH = 12
"""How far ahead a choice leads at most, in passages."""

MiB = 1024  # of the kilobytes that getrusage speaks of


def condition(text: str) -> Condition:
    return parse_condition(text, FACTS, METERS)


def large(passages: int) -> Scenario:
    """A story that always goes on: every passage a decision of three choices that move two meters."""
    dice = random.Random(passages)
    made = {f"p{number}": wandering(number, passages, dice) for number in range(passages)}
    made["door"] = Passage(
        "door", goto=(Way("well", condition("trust >= 6")), Way("fair", condition("told")), Way("ill"))
    )
    made |= {id: Passage(id, ending=Ending(id)) for id in ("well", "fair", "ill")}
    return Scenario("large", "Large", "p0", made, facts=FACTS, meters=METERS)


def wandering(number: int, passages: int, dice: random.Random) -> Passage:
    def ahead() -> str:
        to = number + dice.randint(1, REACH)
        return f"p{to}" if to < passages else "door"

    choices = (
        Choice("warm", "Be warm.", (Way(ahead()),), effects=(moves(trust=1),), scores=Roles(leader=1)),
        Choice("firm", "Be firm.", (Way(ahead()),), effects=(moves(patience=1, trust=-1),), scores=Roles(manager=2)),
        Choice("wait", "Wait.", (Way(ahead(), condition("trust > 3")), Way(ahead())), effects=(moves(patience=-1),)),
    )
    text = (Line(f"This is passage {number}."), When(condition("told"), (Line("You were told."),)))
    effects = (Effect(set=("told",), condition=condition("patience == 7")),) if number % 10 == 0 else ()
    return Passage(f"p{number}", text, effects=effects, decision=Decision("What now?", choices))


def alike(passages: int) -> Scenario:
    """The hard case for `decision-matters`: all passages look the same; only how long it goes on tells them apart."""

    def to(number: int) -> tuple[Way, ...]:
        return (Way(f"p{min(number, passages)}"),)

    made = {
        f"p{number}": Passage(
            f"p{number}",
            (Line("It goes on."),),
            decision=Decision(
                "What now?", tuple(Choice(id, f"{id}.", to(number + step)) for step, id in enumerate("abc", 1))
            ),
        )
        for number in range(passages)
    }
    made[f"p{passages}"] = Passage(f"p{passages}", ending=Ending("The end"))
    return Scenario("alike", "Alike", "p0", made)


def rounds(passages: int) -> Scenario:
    """Knots of loops: every passage may be gone back from to the one before, within chapters of ten."""
    made: dict[str, Passage] = {}
    for number in range(passages):
        to, back = f"p{number + 1}", f"p{number - (1 if number % 10 else 0)}"
        choices = (
            Choice("on", "On.", (Way(to),), effects=(moves(trust=1),)),
            Choice("back", "Back.", (Way(back),), effects=(moves(trust=-1),)),
            Choice("wait", "Wait.", (Way(to),), effects=(moves(patience=1),)),
        )
        made[f"p{number}"] = Passage(
            f"p{number}", (Line(f"Passage {number}."),), decision=Decision("What now?", choices)
        )
    made[f"p{passages}"] = Passage(f"p{passages}", ending=Ending("The end"))
    return Scenario("rounds", "Rounds", "p0", made, meters=METERS)


def again(passages: int) -> Scenario:
    """One knot of nearly all states: the large story, from one end of which a player may begin again."""
    scenario = large(passages)
    choices = Choice("again", "Begin again.", (Way("p0"),)), Choice("enough", "Enough.", (Way("fair"),))
    ill = Passage("ill", (Line("It went ill."),), decision=Decision("What now?", choices))
    return replace(scenario, passages=dict(scenario.passages) | {"ill": ill})


def moves(**change: int) -> Effect:
    return Effect(change=tuple(change.items()))


STORIES: dict[str, Callable[[int], Scenario]] = {"large": large, "again": again, "alike": alike, "rounds": rounds}


def one(kind: str, passages: int) -> None:
    """Prove one story and print what it took of one core. In a process of its own, so that the peak is its own."""
    scenario = STORIES[kind](passages)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MiB
    began = time.process_time()
    proof = prove(scenario, bound=10 * BOUND)
    took = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MiB
    undecided = sum(claim.verdict == "not decided" for claim in proof.claims)
    print(
        f"{kind:7}{passages:7,} passages{proof.states:11,} states{took:8.2f} s{proof.states / took:10,.0f} states/s"
        f"{peak:7,.0f} MiB at most ({before:,.0f} of them the story and Python)"
        f"{len(proof.claims):8,} claims, {undecided} not decided",
        flush=True,
    )


def main() -> None:
    for entry in load_course(shipped("scenarios")).entries:
        assert entry.scenario is not None
        times = []
        for _ in range(9):
            began = time.perf_counter()
            states = prove(entry.scenario).states
            times.append((time.perf_counter() - began) * 1000)
        print(f"{entry.id}: {states} states in {statistics.median(times):.1f} ms (first time {times[0]:.1f} ms)")
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    for kind in STORIES:
        for size in sizes:
            subprocess.run([sys.executable, __file__, kind, str(size)], check=True)


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] in STORIES:
        one(sys.argv[1], int(sys.argv[2]))
    else:
        main()
