"""Whole runs of the shipped scenarios, told to the letter, one file each: `<scenario>/<route>.txt`.

The lines `> choice-id` of a file are the choices taken; all else must come out the same. The last line is the share
of each role. After a change to a scenario, `UPDATE_GOLDEN=1 pytest tests/playthroughs` tells the files anew: read
what changed as you would read the story. A new route needs a file with its `> ` lines alone.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from game.authoring import Library
from game.story import Scenario, Story, transcript
from game.training import profile

HERE = Path(__file__).parent
ROUTES = sorted(HERE.glob("*/*.txt"))


def choices(told: str) -> list[str]:
    """The choices that a file drives."""
    return [line.removeprefix("> ") for line in told.splitlines() if line.startswith("> ")]


def played(library: Library, route: Path) -> Story:
    return Story.replay(scenario(library, route.parent.name), choices(route.read_text(encoding="utf-8")))


def scenario(library: Library, id: str) -> Scenario:
    entry = library.entry(id)
    assert entry is not None
    assert entry.scenario is not None
    return entry.scenario


def told(story: Story) -> str:
    shares = profile(story)
    manager, leader = shares.manager, shares.leader
    return (
        f"{transcript(story)}\n# manager {manager.taken}/{manager.on_offer}  leader {leader.taken}/{leader.on_offer}\n"
    )


@pytest.mark.parametrize("route", ROUTES, ids=[f"{route.parent.name}/{route.stem}" for route in ROUTES])
def test_a_run_is_told_as_it_was(library: Library, route: Path) -> None:
    story = played(library, route)

    if os.environ.get("UPDATE_GOLDEN"):
        route.write_text(told(story), encoding="utf-8", newline="\n")

    assert told(story) == route.read_text(encoding="utf-8")
    assert story.ending is not None


def test_every_shipped_scenario_has_its_best_and_its_worst_route_and_one_more(library: Library) -> None:
    routes: dict[str, set[str]] = {entry.id: set() for entry in library.entries}
    for route in ROUTES:
        routes[route.parent.name].add(route.stem)

    for names in routes.values():
        assert names >= {"best", "worst"}
        assert len(names) >= 3


def test_every_ending_of_every_shipped_scenario_is_reached_by_a_route(library: Library) -> None:
    reached = {(route.parent.name, played(library, route).passage.id) for route in ROUTES}
    endings = {
        (entry.id, passage.id)
        for entry in library.entries
        for passage in scenario(library, entry.id).passages.values()
        if passage.ending
    }

    assert reached == endings


def test_the_worst_route_does_not_end_as_the_best(library: Library) -> None:
    for entry in library.entries:
        best, worst = (played(library, HERE / entry.id / f"{name}.txt") for name in ("best", "worst"))
        assert best.ending is not None
        assert worst.ending is not None
        assert best.ending.tone in ("good", "mixed-good")
        assert worst.ending.tone in ("bad", "mixed-bad")
