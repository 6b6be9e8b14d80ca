"""Owns the first-run page: what this is, what is kept, and that it is not a test. Shown once."""

from __future__ import annotations

from game.screens.frame import bar, make, room, sheet
from game.screens.services import Services
from game.ui import Event, Flow, Meaning, Metrics, Move, Page, Pop
from game.words import say


class WelcomeScreen:
    """Four short paragraphs and a way in."""

    def __init__(self, services: Services) -> None:
        self.services = services

    def page(self, metrics: Metrics) -> Page:
        m = metrics
        foot = [make(m, say("welcome.begin"), self.begin, key="begin", look="primary", icon="next")]
        return sheet(
            m,
            self._build,
            foot,
            top=bar(m, say("title")),
            ground=room(m, "upstream"),
            focus="begin",
            confirm=self.begin,
        )

    def handle(self, event: Event) -> Move:
        return self.begin() if event in (Meaning.MENU, Meaning.FORWARD) else None

    def begin(self) -> Move:
        """On to the course; this page is not shown again."""
        self.services.change(welcomed=True)
        return Pop()

    def _build(self, content: Flow) -> None:
        content.heading(say("welcome.title"), "display")
        content.text(say("subtitle"), "lead")
        for key in ("what", "roles", "not-a-test", "kept"):
            content.gap(12)
            content.text(say(f"welcome.{key}"))
