"""What is heard: nothing until somebody asks, then the place one is in, and never a word of a missing device."""

from __future__ import annotations

import pytest
from pygame import mixer

from game.storage import Settings
from tests.journeys.conftest import Start

LOUD = Settings(welcomed=True, sound=True)


@pytest.fixture(autouse=True)
def silent_device(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sound device that plays to nobody."""
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")


def test_nothing_is_heard_until_somebody_asks_for_it(start: Start) -> None:
    pilot = start(scenario="late-again").look()
    pilot.press("space", "end", "down", "1").look()
    assert mixer.get_init() is None
    assert not pilot.services.settings.sound


def test_sound_is_switched_on_in_the_settings_and_stays_on(start: Start) -> None:
    pilot = start()
    pilot.click("Settings")
    assert "Quiet sounds" in pilot.whole()
    pilot.until(lambda: pilot.stage.focus == "sound", "tab").press("return").look()
    assert pilot.services.settings.sound
    assert pilot.window.sound.on
    assert mixer.get_init() is not None
    pilot.close()
    assert mixer.get_init() is None
    again = start(settings=None).look()
    assert again.window.sound.on
    assert again.window.sound._wanted == "river"


def test_each_place_has_its_own_tone_and_a_menu_keeps_it(start: Start) -> None:
    pilot = start(scenario="late-again", settings=LOUD).look()
    sound = pilot.window.sound
    assert sound._wanted == "kitchen"
    pilot.press("escape").look()
    assert sound._wanted == "kitchen"
    pilot.press("escape").until(lambda: pilot.shows("Wren Lane, hallway"), "right")
    assert sound._wanted == "hallway"
    pilot.press("end", "2").look()
    assert sound._wanted == "car"


def test_a_machine_without_a_device_starts_and_says_nothing(
    start: Start, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "nonsense")
    capfd.readouterr()
    pilot = start(scenario="late-again", settings=LOUD).look()
    pilot.press("space", "end", "down", "1").look()
    assert pilot.shows("Wren Lane, office")
    assert mixer.get_init() is None
    assert capfd.readouterr() == ("", "")
