"""A session with phones that goes on by one act for each line on its standard input, to be killed: `python killed.py
FOLDER`. After each act it prints what was voted so far, as JSON. At the end of its input it closes as a trainer does.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
sys.path.insert(0, str(Path(__file__).parents[2]))

from game.training import Step
from tests.room.crowd import Crowd
from tests.room.leading import Leader


def acts(leader: Leader, crowd: Crowd) -> Iterator[Callable[[], object]]:
    """One press or one vote after another, through the whole story."""

    def vote(second: bool) -> None:
        number = len(leader.room.decisions)
        choices = [(guest + number + second) % 3 for guest in range(len(crowd.guests))]
        crowd.vote(f"{number}-{1 + second}", choices)

        def heard() -> bool:
            asked = leader.room.latest
            assert asked is not None
            return (asked.second if second else asked.first).tally.total >= len(crowd.guests)

        crowd.leader.until(heard)

    while not leader.room.over:
        step = leader.room.step
        if step in (Step.SHOW, Step.SHOW_AGAIN) and not leader.lead.times.cards:
            yield lambda step=step: vote(step is Step.SHOW_AGAIN)  # type: ignore[misc]
            yield lambda: leader.count("12 A 9 B")
            yield lambda: leader.count("3 C")
        if step is Step.BARRIERS:
            yield lambda: leader.press("n").write("No time").press("page down")
        yield lambda: leader.press("page down")


def told(leader: Leader) -> list[list[int]]:
    """The heads of each round so far."""
    return [list(votes.tally.heads) for asked in leader.room.decisions for votes in (asked.first, asked.second)]


def main(folder: Path) -> None:
    leader = Leader(folder, two_windows=True)
    leader.press("j")
    with Crowd(leader) as crowd:
        crowd.join(6)
        leader.press("j")
        secrets: list[Any] = [guest.phone.cookie.removeprefix("upstream=") for guest in crowd.guests]
        print(json.dumps(secrets), flush=True)
        going = acts(leader, crowd)
        for _ in sys.stdin:
            act = next(going, None)
            if act is None:
                break
            act()
            print(json.dumps(told(leader)), flush=True)
    leader.press("end", "return").next_step(Step.CLOSE).press("ctrl q", "ctrl q")
    leader.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
