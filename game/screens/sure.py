"""Owns the question before something that wants a second thought. Never does it unasked."""

from __future__ import annotations

from collections.abc import Callable

from game.screens.frame import bar, make, sheet
from game.ui import Event, Flow, Meaning, Metrics, Move, Page, Pop, Stay
from game.words import say


class SureScreen:
    """A question before something that wants a second thought. `key` names the words; `yes` is done on yes."""

    def __init__(self, key: str, yes: Callable[[], Move]) -> None:
        self.key = key
        self.yes = yes

    def page(self, metrics: Metrics) -> Page:
        m = metrics
        foot = [
            make(m, say(f"{self.key}-no"), Pop, key="no", look="primary"),
            make(m, say(f"{self.key}-yes"), self._agreed, key="yes"),
        ]
        return sheet(m, self._build, foot, top=bar(m, say("title")), focus="no", width=700)

    def handle(self, event: Event) -> Move:
        return Pop() if event in (Meaning.MENU, Meaning.STEP_BACK) else None

    def _agreed(self) -> Move:
        move = self.yes()
        return Pop() if move is None or isinstance(move, Stay) else move

    def _build(self, content: Flow) -> None:
        content.text(say(f"{self.key}-ask"), "lead")
