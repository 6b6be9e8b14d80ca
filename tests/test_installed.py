"""The package as a user gets it: built, installed elsewhere, run from another folder, with all it needs inside."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Final, NamedTuple

import pytest

CHECKOUT: Final = Path(__file__).parents[1]

NO_INDEX: Final = ("Could not find a version", "No matching distribution", "ConnectionError", "Failed to establish")
"""What pip says where the build's own requirement cannot be fetched."""


class Installed(NamedTuple):
    """The wheel, the folder it is installed in, and a folder to run it from."""

    wheel: Path
    site: Path
    elsewhere: Path


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel built from this checkout and installed by itself; what it depends on is the interpreter's own."""
    folder = tmp_path_factory.mktemp("installed")
    built = _pip("wheel", str(CHECKOUT), "--no-deps", "--wheel-dir", str(folder / "wheels"))
    if built.returncode and any(sign in built.stdout + built.stderr for sign in NO_INDEX):
        pytest.skip("hatchling, which builds the wheel, cannot be fetched: the package index is out of reach")
    assert built.returncode == 0, built.stdout + built.stderr
    [wheel] = (folder / "wheels").glob("*.whl")
    put = _pip("install", "--no-deps", "--no-index", "--target", str(folder / "site"), str(wheel))
    assert put.returncode == 0, put.stdout + put.stderr
    (folder / "elsewhere").mkdir()
    return Installed(wheel, folder / "site", folder / "elsewhere")


def _pip(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    return subprocess.run(command, capture_output=True, text=True)


def _run(installed: Installed, *command: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*command],
        cwd=installed.elsewhere,
        env={**os.environ, "PYTHONPATH": str(installed.site), "PYTHONIOENCODING": "utf-8", **environ},
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
    )


def _upstream(installed: Installed, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    name = "upstream.exe" if os.name == "nt" else "upstream"
    return _run(installed, str(installed.site / "bin" / name), *arguments, **environ)


def test_scenarios_pictures_and_fonts_are_inside_the_wheel(installed: Installed) -> None:
    names = set(zipfile.ZipFile(installed.wheel).namelist())
    for folder in ("scenarios", "assets"):
        for path in (CHECKOUT / folder).rglob("*"):
            if path.is_file():
                assert f"game/shipped/{path.relative_to(CHECKOUT).as_posix()}" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not {name for name in names if name.startswith(("tests/", "docs/"))}


def test_the_command_tells_a_whole_run_from_another_folder(installed: Installed) -> None:
    from game.story import route_to
    from tests.pilot import shipped_course

    entry = shipped_course().entry("late-again")
    assert entry is not None
    assert entry.scenario is not None
    passage = next(passage for passage in entry.scenario.passages.values() if passage.ending)
    route = route_to(entry.scenario, passage.id)
    assert route is not None
    assert passage.ending is not None
    done = _upstream(installed, "tell", "late-again", "--choices", ",".join(route))
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert f"= {passage.ending.title}" in done.stdout
    assert "Over to you" in done.stdout


def test_the_command_checks_the_shipped_course_from_another_folder(installed: Installed) -> None:
    done = _upstream(installed, "check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""


def test_where_no_window_can_be_opened_the_installed_command_is_the_one_offered(installed: Installed) -> None:
    done = _upstream(installed, SDL_VIDEODRIVER="nonsense")
    assert done.returncode == 2
    assert done.stderr.startswith(
        "No window can be opened here (nonsense not available). Try the story in the terminal: "
    )
    assert done.stderr.endswith("upstream tell late-again\n")


OPEN = """\
import os, sys
from datetime import datetime
from pathlib import Path
import game
from game.app import open_window, shipped
from game.authoring import load_course
from game.storage import Records
assert Path(game.__file__).is_relative_to(sys.argv[1]), game.__file__
opened = open_window(load_course(shipped("scenarios")), Records.open(Path("data"), datetime.now), desk=Path("desk"))
opened.window.draw(opened.stage)
print(*(thing.name for thing in opened.stage.page().root.walk() if thing.text), sep="\\n")
opened.close()
"""


def test_the_installed_window_opens_with_its_own_fonts_and_stories(installed: Installed) -> None:
    done = _run(installed, sys.executable, "-P", "-c", OPEN, str(installed.site), SDL_VIDEODRIVER="dummy")
    assert done.returncode == 0, done.stderr
    assert "Before you begin" in done.stdout
    assert not (installed.elsewhere / "data").exists()
