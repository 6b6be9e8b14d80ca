"""What every test shares: no display, nothing kept outside the test's own folder, and the shipped course."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.displays import display as display  # a fixture

if TYPE_CHECKING:
    from game.authoring import Library

os.environ["SDL_VIDEODRIVER"] = "dummy"  # before pygame is imported anywhere
os.environ["SDL_AUDIODRIVER"] = "dummy"

# A law is no figure: how long an example takes says more of what else the machine does than of the program.
settings.register_profile("upstream", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("upstream")

SHIPPED = Path(__file__).parents[1] / "scenarios"


@pytest.fixture(autouse=True)
def data_folder_of_the_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of all that is kept, for this test alone; processes that the test starts use it too."""
    folder = tmp_path / "upstream-data"
    monkeypatch.setenv("UPSTREAM_DATA", str(folder))
    return folder


@pytest.fixture(scope="session")
def library() -> Library:
    """The course that comes with the program, as loaded."""
    from game.authoring import load_course  # here, so that the tests of stories read no files

    return load_course(SHIPPED)
