"""Owns showing an author what to mend in a file. Never mends it, and never stops the others from being played."""

from __future__ import annotations

from collections.abc import Sequence

from game.authoring import Diagnostic, excerpt
from game.screens.frame import bar, make, sheet
from game.ui import Event, Flow, Meaning, Metrics, Move, Page, Pop, Rect, Thing
from game.words import say


class MistakesScreen:
    """Every mistake of one file, at its line."""

    def __init__(self, file: str, mistakes: Sequence[Diagnostic]) -> None:
        self.file = file
        self.mistakes = tuple(mistakes)

    def page(self, metrics: Metrics) -> Page:
        m = metrics
        foot = [make(m, say("mistakes.back"), Pop, key="back", look="primary")]
        return sheet(m, self._build, foot, top=bar(m, say("mistakes.title")), focus="back", confirm=Pop, width=1040)

    def handle(self, event: Event) -> Move:
        return Pop() if event in (Meaning.MENU, Meaning.STEP_BACK) else None

    def _build(self, content: Flow) -> None:
        count = len(self.mistakes)
        content.heading(say("mistakes.title"), "title")
        content.text(say("mistakes.intro-one" if count == 1 else "mistakes.intro", file=self.file, count=count), "soft")
        for mistake in self.mistakes:
            content.gap(16)
            place = mistake.place
            where = say("mistakes.where", line=place.line, column=place.column, code=mistake.code)
            content.text(where, "small-bold")
            content.text(mistake.message)
            if mistake.excerpt is not None:
                _excerpt(content, mistake)


def _excerpt(content: Flow, mistake: Diagnostic) -> None:
    """The author's own line, with a stroke under the characters at fault; wrapped, without it, where it is too long."""
    m, place = content.m, mistake.place
    end = place.end_column if place.end_line == place.line else len(mistake.excerpt or "") + 1
    shown, carets = excerpt(mistake.excerpt or "", place.column, end)
    start = len(carets) - len(carets.lstrip())
    drop = len(shown) - len(shown.lstrip())
    before, at_fault = shown[drop:start], shown[start : start + carets.count("^")]
    content.gap(4)
    if m.width_of(shown[drop:], "code") > content.width:
        content.text(shown[drop:], "code")
        return
    line = content.add(m.line(shown[drop:], "code", content.x, content.y))
    x = content.x + m.width_of(before, "code")
    stroke = Rect(x, line.rect.bottom - m.u(3), max(m.u(8), m.width_of(at_fault, "code")), max(2, m.u(3)))
    content.add(Thing("decoration", "", stroke, look="stroke"))
