"""Measures loading and the engine. Prints figures; asserts nothing.

python tests/bench/engine.py
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from game.app import shipped
from game.authoring import load_course, load_file
from game.story import Story

PASSAGES = 10_000


def large(passages: int) -> str:
    """A valid scenario of so many passages, each with a decision of three choices."""
    parts = ["title: Large\nfacts: {f: A fact.}\npassages:\n"]
    for number in range(passages):
        after = [min(passages, number + step) for step in (1, 2, 3)]
        parts.append(
            f"  p{number}:\n    text:\n      - Line one of the passage, with some words in it.\n      - Line two.\n"
        )
        parts.append("    decision:\n      ask: What now?\n      choices:\n")
        for choice, to in zip("abc", after, strict=True):
            parts.append(
                f"        - id: {choice}\n          text: Take the way {choice} and see.\n"
                "          scores: {leader: 1}\n"
                f"          effects: [{{change: {{trust: +1}}}}, {{set: [f], if: trust > 3}}]\n          goto: p{to}\n"
            )
    parts.append(f"  p{passages}:\n    text: The end.\n    ending: {{title: The end}}\n")
    return "".join(parts)


def main() -> None:
    loads = []
    for _ in range(9):
        began = time.perf_counter()
        library = load_course(shipped("scenarios"))
        loads.append((time.perf_counter() - began) * 1000)
    print(f"the shipped course loads in {statistics.median(loads):.0f} ms (first time {loads[0]:.0f} ms)")

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.yaml"
        path.write_text(large(PASSAGES))
        began = time.perf_counter()
        entry = load_file(path)
        took = time.perf_counter() - began
        size = path.stat().st_size / 1e6
        print(f"{PASSAGES} passages ({size:.1f} MB) load in {took:.2f} s, {len(entry.mistakes)} mistakes")

    for entry in library.entries:
        assert entry.scenario is not None
        dice = random.Random(1)
        story, steps = Story.begin(entry.scenario), 0
        began = time.perf_counter()
        while steps < 200_000:
            story = Story.begin(entry.scenario) if story.over else story.choose(dice.choice(story.choices).id)
            steps += 1
        took = time.perf_counter() - began
        print(f"{entry.id}: {steps / took:,.0f} engine steps a second in random play")


if __name__ == "__main__":
    main()
