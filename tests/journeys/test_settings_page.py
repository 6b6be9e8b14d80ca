"""Settings take effect at once and survive a restart; strong words come only after a warning."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.story import Quotation, Story
from game.training import debrief, debrief_as_text
from tests.journeys.conftest import Start
from tests.pilot import Pilot, shipped_course


def _runs(scenario: str) -> list[Story]:
    """Every route through a scenario."""
    entry = shipped_course().entry(scenario)
    assert entry is not None
    assert entry.scenario is not None
    waiting, over = [Story.begin(entry.scenario)], []
    while waiting:
        story = waiting.pop()
        over += [story] if story.over else []
        waiting += [story.choose(choice.id) for choice in story.choices]
    return over


SCENARIOS = [entry.id for entry in shipped_course().entries]


def _strong() -> list[Quotation]:
    return [quote for quote in shipped_course().course.source.quotes.values() if not quote.clean]


def _settings(pilot: Pilot) -> Pilot:
    return pilot.click("Settings")


def test_the_text_size_changes_at_once_and_survives_a_restart(start: Start) -> None:
    pilot = _settings(start())
    before = pilot.page.find("done")
    pilot.click("200 %")
    after = pilot.page.find("done")
    assert before is not None
    assert after is not None
    assert after.rect.h > before.rect.h
    pilot.leave()
    again = start(settings=None)
    assert again.stage.metrics.scale == 2.0
    assert again.shows("The day job", "Late again")


@pytest.mark.parametrize(
    ("keys", "size"),
    [
        (["t"], 1.25),
        (["t"] * 4, 2.0),
        (["t"] * 5, 1.0),
        (["ctrl plus", "ctrl plus"], 1.5),
        (["ctrl plus", "ctrl minus"], 1.0),
        (["ctrl minus"], 1.0),
        (["ctrl plus"] * 9, 2.0),
    ],
)
def test_keys_change_the_text_size_in_the_middle_of_a_story_and_the_place_stays(
    start: Start, keys: list[str], size: float
) -> None:
    pilot = start(scenario="late-again")
    pilot.press("right")
    line = pilot.page.find("line-2")
    assert line is not None
    pilot.press(*keys)
    assert pilot.stage.metrics.scale == size
    assert pilot.page.find("line-2") is not None
    assert line.name in pilot.whole()


def test_full_screen_is_kept_as_a_setting(start: Start) -> None:
    pilot = start()
    pilot.press("f11")
    pilot.press("f11")
    _settings(pilot)
    off = pilot.page.find("window")
    assert off is not None
    assert off.chosen


def test_the_settings_say_where_things_are_kept_and_how_much(start: Start, data: object) -> None:
    pilot = start(scenario="late-again")
    pilot.press("right", "escape").click("Settings")
    read = pilot.whole().replace(" ", "")
    assert str(data).replace(" ", "") in read
    assert "1unfinishedand0finishedruns" in read


def test_an_option_that_is_chosen_is_marked_by_more_than_colour(start: Start) -> None:
    pilot = _settings(start())
    chosen = [thing for thing in pilot.page.focusables() if thing.chosen]
    assert {thing.name for thing in chosen} >= {"100 %", "Clean", "Off"}
    assert all(thing.detail == "done" for thing in chosen)


def test_as_spoken_warns_first_and_no_keeps_it_clean(start: Start) -> None:
    pilot = _settings(start())
    pilot.click("As spoken")
    assert pilot.shows("it swears", "strong words")
    assert pilot.focused == "Keep them clean"
    pilot.press("return")
    clean = pilot.page.find("clean")
    assert clean is not None
    assert clean.chosen
    assert not pilot.services.settings.spoken


def test_as_spoken_shows_strong_words_in_the_debrief_and_clean_does_not(start: Start, kettle: Path) -> None:
    (kettle / "course.yaml").write_text("format: 1\ntitle: Tea\nsource: talk.yaml\n", encoding="utf-8")
    (kettle / "talk.yaml").write_text(TALK, encoding="utf-8")
    story = kettle / "kettle.yaml"
    story.write_text(story.read_text(encoding="utf-8") + "  quotes: [T-01a]\n", encoding="utf-8")
    pilot = start(course=kettle)
    _settings(pilot).click("As spoken").click("Show them as spoken")
    pilot.press("escape")
    assert "“Never mind the bloody kettle.”" in _read_debrief(pilot)
    pilot.click("Settings").click("Clean")
    pilot.press("escape")
    assert "bloody" not in _read_debrief(pilot)
    pilot.leave()
    again = start(course=kettle)
    read = _read_debrief(again)
    assert "bloody" not in read
    assert "See to the person first." in read


TALK = """\
title: A talk
author: A. Speaker
kind: Talk
themes: {tea: Tea}
ideas:
  T-01:
    name: person-first
    theme: tea
    says: See to the person first.
    quotes:
      T-01a: {text: Never mind the bloody kettle., line: 1, language: strong}
"""


def _read_debrief(pilot: Pilot) -> str:
    """Play the first story from the first page, read its debrief to the last card, and come back."""
    pilot.press("return", "end", "1", "end", "1")
    pilot.until(lambda: pilot.shows("How was that?"), "right")
    seen = []
    while "What next?" not in pilot.whole():
        pilot.press("right")
        seen.append(pilot.whole())
    pilot.press("return")
    return " ".join(seen)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_clean_language_never_shows_a_strong_quotation_in_any_debrief_of_any_route(scenario: str) -> None:
    course = shipped_course().course
    strong = [" ".join(quote.text.split()) for quote in _strong()]
    swearing = ("fuck", "shit", "bullshit", "arse", "bollock", "piss", "crap", "bastard", "damn")
    for run in _runs(scenario):
        told = debrief_as_text(debrief(course, run, spoken=False), run)
        flat = " ".join(told.split())
        assert not [words for words in strong if words in flat]
        assert not [word for word in swearing if word in flat.lower()]
