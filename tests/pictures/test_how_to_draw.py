"""What the page about drawing shows can be drawn as it stands, and looks well."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from game.app import main, shipped
from game.authoring.reading import measure
from game.pictures import EXPRESSIONS, Kit, Moment

PAGE = (shipped("assets") / "art" / "README.md").read_text("utf-8")
FILES = dict(re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```", PAGE, re.S))


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course with the page's drawings in its own folder."""
    for name, text in FILES.items():
        path = tmp_path / "art" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_the_room_and_the_person_of_the_page_are_well(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert set(FILES) == {"places/shed.svg", "people/mo.json"}
    assert main(["art", "shed", "mo", "-o", str(course / "pictures"), "--course", str(course)]) == 0
    assert capsys.readouterr().out.endswith(": all well.\n")
    assert len(list((course / "pictures").glob("*.svg"))) == 4 + len(EXPRESSIONS)


def test_the_room_has_its_clue_its_sound_and_its_light(course: Path) -> None:
    kit = Kit(course / "art", shipped("assets") / "art")
    assert kit.clue("shed") == (600, 200, 200, 200)
    assert kit.tone("shed") == "garden"
    assert kit.says("mo") == "A man of 34 with short dark hair and a green hoodie."
    lamp = 'fill="#ffdf9e"'
    assert lamp in kit.place("shed", Moment("evening"))
    assert lamp not in kit.place("shed", Moment("day"))


def test_the_page_reads_easily() -> None:
    prose = re.sub(r"```.*?```", "", PAGE, flags=re.S)
    lines = [line for line in prose.splitlines() if line and line[0] not in "|#<"]
    text = re.sub(r"`[^`]*`|\*\*|^- ", "x", " ".join(lines), flags=re.M)
    assert measure([text]).grade <= 6.5
