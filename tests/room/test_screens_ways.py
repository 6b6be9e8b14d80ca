"""The ways into a session with a group: the start page, the pause menu, the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from game.app import main
from game.screens.room_screen import RoomScreen
from tests.pilot import Pilot
from tests.room.leading import STILL


@pytest.fixture
def pilot(tmp_path: Path) -> Iterator[Pilot]:
    """The start page."""
    opened = Pilot(tmp_path / "data", tmp_path / "desk", settings=STILL)
    yield opened
    opened.close()


def test_from_the_start_page_one_chooses_a_story_and_leads_it(pilot: Pilot) -> None:
    pilot.click("With a group")
    assert pilot.shows("Play a story in a room.", "but no network.", "About 70 minutes with a group")
    pilot.click("Who decides Thursdays?")
    assert isinstance(pilot.screen, RoomScreen)
    assert pilot.screen.lead.room.scenario.id == "who-decides"


def test_escape_leads_back_from_the_list_to_the_start_page(pilot: Pilot) -> None:
    pilot.click("With a group").press("escape")
    assert pilot.shows("With a group", "Settings")


def test_from_a_story_the_pause_menu_leads_a_group_through_it_and_the_place_is_kept(tmp_path: Path) -> None:
    pilot = Pilot(tmp_path / "data", tmp_path / "desk", settings=STILL, scenario="late-again")
    pilot.press("end", "escape").click("With a group")
    assert isinstance(pilot.screen, RoomScreen)
    pilot.press("ctrl q", "return")
    assert "Go on" in pilot.pressable()
    pilot.close()


def test_a_session_leaves_no_run_and_no_attempt(pilot: Pilot) -> None:
    pilot.click("With a group").click("Late again")
    for _ in range(30):
        pilot.press("page down")
    pilot.press("ctrl q", "return")
    assert not pilot.services.records.all_unfinished()
    assert not list(pilot.services.records.attempts())


def test_the_command_names_what_there_is_where_a_scenario_is_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["room", "late-agian"]) == 2
    assert "late-again" in capsys.readouterr().err


@pytest.mark.parametrize("people", ["0", "-3", "many"])
def test_how_many_people_there_are_is_a_number_above_nothing(people: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["room", "late-again", f"--people={people}"])
    assert ended.value.code == 2
    assert "is not a whole number above 0" in capsys.readouterr().err
