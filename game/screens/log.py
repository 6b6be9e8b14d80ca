"""Owns the log: all that was said so far, and what was chosen. Never plays on from there."""

from __future__ import annotations

from game.screens.frame import bar, make, sheet
from game.story import Line, Story
from game.ui import Event, Flow, Meaning, Metrics, Move, Page, Pop
from game.words import say


class LogScreen:
    """What was said. `shown` is how many lines of the last step have been told."""

    def __init__(self, story: Story, shown: int) -> None:
        self.story = story
        self.shown = shown

    def page(self, metrics: Metrics) -> Page:
        m = metrics
        return sheet(
            m,
            self._build,
            [make(m, say("log.close"), Pop, key="close", look="primary")],
            top=bar(m, say("log.title")),
            focus="close",
            confirm=Pop,
        )

    def handle(self, event: Event) -> Move:
        return Pop() if event in (Meaning.MENU, Meaning.LOG, Meaning.STEP_BACK) else None

    def _build(self, content: Flow) -> None:
        content.heading(self.story.scenario.title, "title")
        if self.story.scenario.you:
            content.text(self.story.scenario.you, "soft")
        steps = self.story.steps
        for step in steps:
            if step.taken:
                told_choice(content, step)
            left = self.shown if step is steps[-1] else None
            told_step(content, step, left)


def told_choice(content: Flow, step: Story) -> None:
    """The choice that led to a step, as it was worded."""
    assert step.before is not None
    decision = step.before.passage.decision
    chosen = next(choice for choice in step.before.choices if choice.id == step.taken)
    content.gap(14)
    if decision:
        content.text(decision.ask, "bold")
    content.text(say("log.you-chose"), "small-bold")
    content.text(chosen.text, "body")


def told_step(content: Flow, step: Story, left: int | None = None) -> None:
    """The lines of a step, at most `left` of them, each with who said it."""
    for visit in step.visits:
        lines = visit.lines if left is None else visit.lines[:left]
        if left is not None:
            left -= len(lines)
        if lines and visit.passage.when:
            content.gap(14)
            content.text(visit.passage.when, "small-bold", role="heading")
        for line in lines:
            if line.when:
                content.gap(14)
                content.text(line.when, "small-bold", role="heading")
            content.gap(6)
            told_line(content, step, line)


def told_line(content: Flow, story: Story, line: Line) -> None:
    """One line, with the speaker's name above it."""
    if line.speaker:
        content.text(story.scenario.people[line.speaker].name, "small-bold")
    content.text(line.text, "body")
