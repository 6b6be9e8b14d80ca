"""Owns the pause menu. Never ends a run: the place is kept whatever is chosen."""

from __future__ import annotations

from functools import partial

from game.screens.frame import bar, make, sheet
from game.screens.services import Run, Services
from game.story import Story
from game.ui import Event, Flow, Home, Meaning, Metrics, Move, Page, Pop, Push, Quit
from game.words import say


class MenuScreen:
    """Pause. The run goes on where it was."""

    def __init__(self, services: Services, story: Story, run: Run | None) -> None:
        self.services = services
        self.story = story
        self.run = run

    def page(self, metrics: Metrics) -> Page:
        m = metrics
        foot = [make(m, say("menu.go-on"), Pop, key="go-on", look="primary")]
        return sheet(m, self._build, foot, top=bar(m, say("menu.title")), focus="go-on", confirm=Pop, width=620)

    def handle(self, event: Event) -> Move:
        return Pop() if event in (Meaning.MENU, Meaning.STEP_BACK) else None

    def _build(self, content: Flow) -> None:
        content.heading(say("menu.title"), "title")
        content.text(say("menu.kept"), "soft")
        content.gap(12)
        rows = (
            ("restart", "menu.restart", self._restart),
            ("settings", "menu.settings", self._settings),
            ("group", "menu.group", self._group),
            ("home", "menu.home", Home),
            ("leave", "menu.leave", Quit),
        )
        for key, words, press in rows:
            content.button(say(words), press, key=key)
            content.gap(12)
        content.text(say("menu.keys"), "small")

    def _restart(self) -> Move:
        from game.screens.opening import begin
        from game.screens.sure import SureScreen

        anew = partial(begin, self.services, self.story.scenario, kept=self.run is not None)
        return anew() if self.run is None else Push(SureScreen("menu.restart", anew))

    def _group(self) -> Move:
        from game.screens.room_start import lead

        return Home(lead(self.services, self.story.scenario))

    def _settings(self) -> Move:
        from game.screens.settings import SettingsScreen

        return Push(SettingsScreen(self.services))
