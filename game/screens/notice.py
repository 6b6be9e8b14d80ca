"""Owns a notice that must not be missed: something about what is kept. Never decides anything."""

from __future__ import annotations

from collections.abc import Sequence

from game.screens.frame import bar, make, sheet
from game.ui import Event, Flow, Meaning, Metrics, Move, Page, Pop
from game.words import say


class NoticeScreen:
    """A few sentences and a way on."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = tuple(sentences)

    def page(self, metrics: Metrics) -> Page:
        m = metrics
        foot = [make(m, say("play.continue"), Pop, key="on", look="primary")]
        return sheet(m, self._build, foot, top=bar(m, say("title")), focus="on", confirm=Pop)

    def handle(self, event: Event) -> Move:
        return Pop() if event is Meaning.MENU else None

    def _build(self, content: Flow) -> None:
        for sentence in self.sentences:
            content.text(sentence, role="status")
            content.gap(10)
