"""Owns the page where a story ends: its title, and the way to thinking it over. Never says how good it was."""

from __future__ import annotations

from game.screens.frame import bar, make, sheet
from game.screens.play import PlayScreen, setting
from game.screens.services import Run, Services
from game.story import Story
from game.ui import Event, Flow, Meaning, Metrics, Move, Page, Push, Swap
from game.words import say


class EndingScreen:
    """The end of a run."""

    def __init__(self, services: Services, story: Story, run: Run | None) -> None:
        self.services = services
        self.story = story
        self.run = run

    def page(self, metrics: Metrics) -> Page:
        m, scenario = metrics, self.story.scenario
        foot = [
            make(m, say("play.back"), self.back, key="back", icon="back"),
            make(m, say("ending.on"), self.on, key="on", look="primary", icon="next"),
        ]
        ground = setting(self.story, None)[0][1]
        return sheet(m, self._build, foot, top=bar(m, scenario.title), ground=ground, focus="on", confirm=self.on)

    def handle(self, event: Event) -> Move:
        if event is Meaning.STEP_BACK:
            return self.back()
        if event is Meaning.FORWARD:
            return self.on()
        if event is Meaning.MENU:
            from game.screens.menu import MenuScreen

            return Push(MenuScreen(self.services, self.story, self.run))
        return None

    def back(self) -> Move:
        """Back to the story's last line."""
        return Swap(PlayScreen(self.services, self.story, self.run, shown=10_000))

    def on(self) -> Move:
        """To the debrief."""
        from game.screens.debrief import DebriefScreen

        return Swap(DebriefScreen(self.services, self.story, self.run))

    def _build(self, content: Flow) -> None:
        ending = self.story.ending
        content.text(say("ending.the-end"), "soft")
        content.gap(4)
        content.heading(ending.title if ending else self.story.passage.todo, "display")
