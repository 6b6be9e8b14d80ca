"""Walks through a story, whatever it offers."""

from __future__ import annotations

from hypothesis import strategies as st

from game.story import Scenario, Story

WALKS = st.lists(st.integers(0, 5), max_size=12)
"""Which of the choices on offer is taken at each step, counted round where there are fewer."""


def walked(scenario: Scenario, walk: list[int]) -> Story:
    """The story at the end of a walk; the walk stops where nothing is on offer."""
    story = Story.begin(scenario)
    for step in walk:
        if story.choices:
            story = story.choose(story.choices[step % len(story.choices)].id)
    return story
