"""Owns how a run is opened: begun anew, gone on with, or taken up at an earlier decision. Never shows anything."""

from __future__ import annotations

from game.screens.play import PlayScreen
from game.screens.services import Run, Services
from game.storage import Save
from game.story import Scenario, Story
from game.ui import Home, Move
from game.words import say


def begin(services: Services, scenario: Scenario) -> Move:
    """Play from the start. An unfinished run of this scenario gives way to the new one."""
    return _open(services, Story.begin(scenario))


def resume(services: Services, scenario: Scenario, save: Save) -> Move:
    """Go on where the run was left. Where the scenario was changed since, as far as the choices still fit."""
    return Home(resumed(services, scenario, save))


def resumed(services: Services, scenario: Scenario, save: Save) -> PlayScreen:
    """The screen of a run that was left, with a note that says where it stands."""
    story, left = Story.replay_as_far(scenario, save.choices)
    run = Run(save.run, save.began)
    if left:
        return PlayScreen(services, story, run, note=say("play.changed"))
    same = save.digest == scenario.digest
    return PlayScreen(services, story, run, shown=save.shown if same else 1, note=say("play.resumed"))


def rewind(services: Services, story: Story) -> Move:
    """Play on from an earlier decision, as a run of its own, which takes the place of an unfinished one."""
    return _open(services, story, shown=10_000)


def _open(services: Services, story: Story, shown: int = 1) -> Move:
    kept = services.records.unfinished(story.scenario.id)
    if kept is not None:
        services.records.forget(kept.run)
    run = services.begin()
    screen = PlayScreen(services, story, run, shown=shown)
    services.keep(run, story, screen.shown)
    return Home(screen)
