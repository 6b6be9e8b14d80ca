"""The program as a process: what it prints, how it ends, what it leaves behind, and what a kill does not take."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

import pytest

from game.storage import Records, Settings
from tests.displays import PATIENCE, colours, press, until
from tests.pilot import Pilot, at_first_decision

CHECKOUT: Final = Path(__file__).parents[1]
MAIN: Final = CHECKOUT / "main.py"

FIRST: Final = at_first_decision("late-again").choices
"""What is on offer at the first decision of the first scenario."""

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the program from another folder, with nothing on its standard input unless given."""

    def runner(
        *arguments: str, typed: str = "", python: tuple[str, ...] = (), **environ: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *python, str(MAIN), *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **environ},
            input=typed,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=PATIENCE,
        )

    return runner


def test_help_says_what_the_program_is_and_lists_the_commands(run: Run) -> None:
    done = run("--help")
    assert done.returncode == 0
    assert "Play short stories about practice leadership" in done.stdout
    for command in ("play", "tell", "check"):
        assert f"\n    {command} " in done.stdout
    assert "With no command, the window opens." in done.stdout


def test_a_command_that_is_not_one_is_told_with_those_there_are(run: Run) -> None:
    done = run("chekc")
    assert done.returncode == 2
    assert "chekc" in done.stderr
    assert "check" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [(), ("play",), ("tell", "late-again")])
def test_a_course_folder_that_is_not_there_is_named(run: Run, command: tuple[str, ...]) -> None:
    done = run("--course", "nowhere", *command) if not command else run(*command, "--course", "nowhere")
    assert done.returncode == 2
    assert done.stderr == "There is no folder 'nowhere'.\n"


@pytest.mark.parametrize("command", ["tell", "play"])
def test_an_unknown_scenario_is_told_with_the_nearest_name(run: Run, command: str) -> None:
    done = run(command, "late-agian")
    assert done.returncode == 2
    assert done.stderr.startswith("There is no scenario 'late-agian' here. Did you mean 'late-again'? There are:")
    assert len(done.stderr.splitlines()) == 1


def test_an_unknown_passage_is_told_with_the_nearest_name(run: Run) -> None:
    done = run("play", "late-again", "--at", "kichen")
    assert done.returncode == 2
    assert done.stderr == "There is no passage 'kichen' in 'late-again'. Did you mean 'kitchen'?\n"


@pytest.mark.parametrize("command", [(), ("play",), ("play", "who-decides")])
def test_where_no_window_can_be_opened_one_sentence_says_so_and_offers_the_terminal(
    run: Run, command: tuple[str, ...]
) -> None:
    done = run(*command, SDL_VIDEODRIVER="nonsense")
    assert done.returncode == 2
    offered = command[1] if len(command) > 1 else "late-again"
    assert done.stderr.startswith("No window can be opened here (")
    assert done.stderr.endswith(f"Try the story in the terminal: python {MAIN} tell {offered}\n")
    assert len(done.stderr.splitlines()) == 1


def test_a_choice_that_is_not_offered_is_told_with_those_that_are(run: Run) -> None:
    done = run("tell", "late-again", "--choices", f"{FIRST[0].id},fly")
    assert done.returncode == 1
    assert "'fly' is not offered at" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("check", "--json"),
        ("tell", "late-again", "--choices", FIRST[0].id),
        ("--help",),
        ("play", "nothing-like-it"),
    ],
)
def test_no_command_but_the_window_takes_pygame_along(run: Run, command: tuple[str, ...]) -> None:
    done = run(*command, python=("-X", "importtime"))
    taken = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert "game.app" in taken
    assert not {name for name in taken if name.partition(".")[0] == "pygame"}


def test_check_finds_nothing_to_mend_in_the_shipped_course(run: Run) -> None:
    done = run("check")
    assert done.returncode == 0, done.stdout
    assert done.stderr == ""


def test_two_distributions_of_pygame_are_explained(run: Run, tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "pygame").mkdir(parents=True)
    (site / "pygame" / "__init__.py").write_text("raise ImportError('the two are mixed up')\n", encoding="utf-8")
    for name in ("pygame-2.6.1.dist-info", "pygame_ce-2.5.8.dist-info"):
        (site / name).mkdir()
    done = run(PYTHONPATH=str(site))
    assert done.returncode == 2
    assert done.stderr == (
        "Both pygame and pygame-ce are installed, and they overwrite each other. "
        "Mend it with: pip uninstall pygame pygame-ce, then: pip install pygame-ce\n"
    )


def test_one_distribution_of_pygame_beside_others_of_like_names_is_no_trouble(run: Run, tmp_path: Path) -> None:
    import pygame

    site = tmp_path / "site"
    site.mkdir()
    (site / "pygame").symlink_to(Path(pygame.__file__).parent)
    for name in ("pygame_ce-2.5.8.dist-info", "pygame_menu-4.5.dist-info"):
        (site / name).mkdir()
    done = run(PYTHONPATH=str(site), SDL_VIDEODRIVER="nonsense")
    assert "No window can be opened here" in done.stderr


def test_without_pygame_one_sentence_says_how_to_get_it(run: Run) -> None:
    done = run(python=("-S",))
    assert done.returncode == 2
    assert done.stderr == "The window needs the package pygame-ce. Install it with: pip install pygame-ce\n"


@pytest.mark.parametrize(
    ("command", "typed"),
    [
        (("--help",), ""),
        (("check",), ""),
        (("tell", "late-again", "--choices", FIRST[0].id), ""),
        (("tell", "late-again"), "q\n"),
        (("tell", "late-again"), ""),
    ],
)
def test_nothing_is_written_before_there_is_something_to_keep(
    run: Run, data_folder_of_the_test: Path, command: tuple[str, ...], typed: str
) -> None:
    run(*command, typed=typed)
    assert not data_folder_of_the_test.exists()


def test_a_run_in_the_terminal_is_gone_on_with_in_the_window(
    run: Run, data_folder_of_the_test: Path, tmp_path: Path
) -> None:
    done = run("tell", "late-again", typed="2\nq\n")
    assert done.returncode == 0
    assert "Your place is kept." in done.stdout
    pilot = Pilot(data_folder_of_the_test, tmp_path / "desk", settings=Settings(welcomed=True))
    assert pilot.shows("Begun. You are at decision 2.")
    pilot.close()


# ---- the real window, on a display of its own -----------------------------------


Opener = Callable[[], "subprocess.Popen[str]"]


@pytest.fixture
def open_window(display: str, tmp_path: Path) -> Iterator[Opener]:
    """Starts the program with its window on the display."""
    started: list[subprocess.Popen[str]] = []

    def opener() -> subprocess.Popen[str]:
        environ = {**os.environ, "DISPLAY": display, "SDL_VIDEODRIVER": "x11", "UPSTREAM_WINDOW": "1280x720"}
        process = subprocess.Popen(
            [sys.executable, str(MAIN)], cwd=tmp_path, env=environ, stderr=subprocess.PIPE, text=True
        )
        started.append(process)
        return process

    yield opener
    for process in started:
        process.kill()
        process.communicate()


def test_the_window_really_shows_and_closing_it_before_anything_was_done_keeps_nothing(
    display: str, open_window: Opener, data_folder_of_the_test: Path
) -> None:
    process = open_window()
    until(lambda: (colours(display, 900, 6), colours(display, 225, 360)) == ({"#0b3e44"}, {"#fbf7f0"}))
    press(display, "ctrl+q")
    assert process.wait(PATIENCE) == 0, process.stderr and process.stderr.read()
    assert process.stderr is not None
    assert process.stderr.read() == ""
    assert not data_folder_of_the_test.exists()


def test_a_window_killed_in_the_middle_of_a_story_loses_nothing_that_was_chosen(
    display: str, open_window: Opener, data_folder_of_the_test: Path, tmp_path: Path
) -> None:
    data = data_folder_of_the_test

    def kept() -> tuple[tuple[str, ...], int]:
        save = Records.open(data, datetime.now).unfinished("late-again")
        return (save.choices, save.shown) if save else ((), 0)

    process = open_window()
    until(lambda: colours(display, 900, 6) == {"#0b3e44"})
    press(display, "Return")
    until(lambda: Records.open(data, datetime.now).settings().welcomed)
    press(display, "Return")
    until(lambda: kept() == ((), 1))
    press(display, "End", "2")
    until(lambda: kept() == ((FIRST[1].id,), 1))
    press(display, "space")
    until(lambda: kept() == ((FIRST[1].id,), 2))
    process.send_signal(signal.SIGKILL)
    process.wait(PATIENCE)

    pilot = Pilot(data, tmp_path / "desk")
    assert pilot.shows("Begun. You are at decision 2.")
    pilot.press("return")
    assert pilot.shows("You are where you left off.")
    assert pilot.page.find("line-2") is not None
    pilot.press("l")
    assert FIRST[1].text in pilot.whole()
    pilot.close()
