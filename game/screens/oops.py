"""Owns what is shown when the program itself stumbles. Never hides it, and never blames the player."""

from __future__ import annotations

from pathlib import Path

from game.screens.frame import bar, make, sheet
from game.ui import Event, Flow, Home, Meaning, Metrics, Move, Page, Quit
from game.words import say


class OopsScreen:
    """Sorry, what is kept, and the file that says what happened."""

    def __init__(self, trace: Path | None, *, kept: bool) -> None:
        self.trace = trace
        self.kept = kept

    def page(self, metrics: Metrics) -> Page:
        m = metrics
        foot = [
            make(m, say("oops.home"), Home, key="home", look="primary"),
            make(m, say("oops.leave"), Quit, key="leave"),
        ]
        return sheet(m, self._build, foot, top=bar(m, say("title")), focus="home", confirm=Home)

    def handle(self, event: Event) -> Move:
        return Home() if event is Meaning.MENU else None

    def _build(self, content: Flow) -> None:
        content.heading(say("oops.title"), "title")
        content.gap(8)
        content.text(say("oops.sorry" if self.kept else "oops.not-kept"))
        if self.trace:
            content.gap(12)
            content.text(say("oops.trace"), "soft")
            content.text(str(self.trace), "small-ink", key="trace")
