"""Owns how a run is opened: begun anew, gone on with, or taken up at an earlier decision. Never shows anything."""

from __future__ import annotations

from typing import Final

from game.screens.play import PlayScreen
from game.screens.services import Run, Services
from game.storage import Save
from game.story import Scenario, Story
from game.ui import Home, Move
from game.words import say

LAST: Final = 10_000
"""More lines than any step has: the last one."""


def begin(services: Services, scenario: Scenario, *, kept: bool = True) -> Move:
    """Play from the start. An unfinished run of this scenario gives way to the new one; a preview keeps none."""
    return _open(services, Story.begin(scenario), kept=kept)


def resume(services: Services, scenario: Scenario, save: Save) -> Move:
    """Go on where the run was left. Where the scenario was changed since, as far as the choices still fit."""
    return Home(resumed(services, scenario, save))


def resumed(services: Services, scenario: Scenario, save: Save) -> PlayScreen:
    """The screen of a run that was left, with a note that says where it stands."""
    story, left = Story.replay_as_far(scenario, save.choices)
    run = Run(save.run, save.began)
    if left:
        return PlayScreen(services, story, run, note=say("play.changed"))
    return PlayScreen(services, story, run, shown=save.shown, note=say("play.resumed"))


def rewind(services: Services, story: Story, *, kept: bool = True) -> Move:
    """Play on from an earlier decision, as a run of its own, which takes the place of an unfinished one."""
    return _open(services, story, shown=LAST, kept=kept)


def _open(services: Services, story: Story, *, kept: bool, shown: int = 1) -> Move:
    if not kept:
        return Home(PlayScreen(services, story, None, shown=shown))
    left = services.records.unfinished(story.scenario.id)
    if left is not None:
        services.records.forget(left.run)
    run = services.begin()
    screen = PlayScreen(services, story, run, shown=shown)
    services.keep(run, story, screen.shown)
    return Home(screen)
