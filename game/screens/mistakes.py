"""Owns showing an author what to mend in a file. Never mends it, and never stops the others from being played."""

from __future__ import annotations

from collections.abc import Sequence

from game.authoring import Diagnostic
from game.screens.frame import bar, make, sheet
from game.ui import Event, Flow, Meaning, Metrics, Move, Page, Pop
from game.words import say


class MistakesScreen:
    """Every mistake of one file, at its line."""

    def __init__(self, file: str, mistakes: Sequence[Diagnostic]) -> None:
        self.file = file
        self.mistakes = tuple(mistakes)

    def page(self, metrics: Metrics) -> Page:
        m = metrics
        foot = [make(m, say("mistakes.back"), Pop, key="back", look="primary")]
        return sheet(
            m, self._build, foot, top=bar(m, say("mistakes.title")), ground="", focus="back", confirm=Pop, width=1040
        )

    def handle(self, event: Event) -> Move:
        return Pop() if event in (Meaning.MENU, Meaning.STEP_BACK) else None

    def _build(self, content: Flow) -> None:
        count = len(self.mistakes)
        content.heading(say("mistakes.title"), "title")
        content.text(say("mistakes.intro-one" if count == 1 else "mistakes.intro", file=self.file, count=count), "soft")
        for mistake in self.mistakes:
            content.gap(16)
            content.text(say("mistakes.where", line=mistake.line, column=mistake.column, code=mistake.code), "small-bold")
            content.text(mistake.message)
            if mistake.excerpt:
                content.text(mistake.excerpt.strip(), "code")
