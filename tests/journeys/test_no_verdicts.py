"""Between the first line and the ending nothing is judged: no score, no meter, no colour, no praise, no blame."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

import pytest

from game.screens.play import PlayScreen
from game.screens.services import Run, Services
from game.story import Scenario, Story
from game.ui import Metrics, Page, Type
from tests.journeys.conftest import Start
from tests.pilot import Pilot, shipped_course, words_of

SCENARIOS: Final = [entry.id for entry in shipped_course().entries]

VERDICTS: Final = (
    r"manager[- ]like",
    r"leader[- ]like",
    r"(manager|leader) role",
    r"\bscores?\b",
    r"\bpoints?:",
    r"\b\d+ points?\b",
    r"\bcorrect\b",
    r"\bwell done\b",
    r"\bgood choice\b",
    r"\bbest (choice|answer)\b",
    r"\bon offer\b",
    r"\bprofile\b",
    r"\bomni-dexterous\b",
    r"\boff-road\b",
    r"\bstraight road\b",
    r"\bpassing through\b",
    r"\bthe team.s trust\b",
    r"\bthe organisation.s patience\b",
    r"\bquality of life\b",
    r"(^|\s)[+−-]\d",
    r"\b\d+ ?/ ?\d+\b",
    r"\b(rose|fell)\. ",
)
"""What would tell a player how a choice was rated. The question a story itself asks is the author's own."""

JUDGING_LOOKS: Final = {"share", "square", "quote", "tint"}


def _scenario(id: str) -> Scenario:
    entry = shipped_course().entry(id)
    assert entry is not None
    assert entry.scenario is not None
    return entry.scenario


def _stories(scenario: Scenario) -> Iterator[Story]:
    """A story for every state that a player can be in."""
    first = Story.begin(scenario)
    seen, waiting = {first.state}, [first]
    while waiting:
        story = waiting.pop()
        yield story
        for choice in story.choices:
            after = story.choose(choice.id)
            if after.state not in seen:
                seen.add(after.state)
                waiting.append(after)


def _pages(pilot: Pilot, scenario: Scenario) -> Iterator[Page]:
    services: Services = pilot.services
    type_: Type = pilot.stage.metrics.type
    metrics = Metrics(1280, 720, 1.0, type_)
    for story in _stories(scenario):
        screen = PlayScreen(services, story, Run("run", datetime(2026, 11, 23, 9)), shown=1)
        for shown in range(1, max(2, len(screen.lines) + 1)):
            screen.shown = shown
            yield screen.page(metrics)


@pytest.mark.parametrize("id", SCENARIOS)
def test_no_page_of_a_story_says_or_shows_how_a_choice_was_rated(start: Start, id: str) -> None:
    pilot = start(scenario=id)
    rated = re.compile("|".join(VERDICTS), re.IGNORECASE)
    found: set[str] = set()
    count = 0
    for page in _pages(pilot, _scenario(id)):
        count += 1
        for thing in page.root.walk():
            assert thing.role != "meter"
            assert thing.look not in JUDGING_LOOKS
            for words in (thing.name, thing.value, words_of(thing)):
                if rated.search(words):
                    found.add(words)
    assert count > 500
    assert found == set()


@pytest.mark.parametrize("id", SCENARIOS)
def test_the_choices_of_a_decision_look_alike_but_for_their_numbers_and_words(start: Start, id: str) -> None:
    pilot = start(scenario=id)
    for page in _pages(pilot, _scenario(id)):
        choices = [thing for thing in page.focusables() if thing.role == "choice"]
        assert len({(one.look, one.value, one.chosen, one.disabled, one.rect.w) for one in choices}) <= 1
        assert [one.detail for one in choices] == [str(number) for number in range(1, len(choices) + 1)]


@pytest.mark.parametrize("id", SCENARIOS)
def test_the_page_after_a_choice_has_the_same_frame_whichever_choice_was_taken(start: Start, id: str) -> None:
    looks = set()
    for number in "123":
        pilot = start(scenario=id)
        pilot.press("end", number)
        bar = [thing for thing in pilot.page.root.walk() if thing.look in ("sign", "bar", "bar-button", "primary")]
        looks.add(frozenset((thing.look, thing.value) for thing in bar))
    assert len(looks) == 1


def test_the_ending_is_named_without_a_grade(start: Start, kettle: Path) -> None:
    pilot = start(course=kettle, scenario="kettle")
    pilot.press("end", "1", "end", "2", "right")
    assert pilot.shows("The end of this road", "One cup")
    assert not re.search(r"\b(good|bad|mixed|fail|pass)", pilot.words(), re.IGNORECASE)
