"""The `art` command, as somebody who draws uses it: what it says, what it writes, what it refuses."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from io import BytesIO
from pathlib import Path

import pygame
import pytest

from game.app import main, shipped
from game.pictures import EXPRESSIONS, HOURS, Kit

KIT = Kit(shipped("assets") / "art")


def test_everything_that_comes_with_the_program_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["art"]) == 0
    counts = f"{len(KIT.places())} places, {len(KIT.people())} people, {len(KIT.parts())} parts"
    assert capsys.readouterr().out == f"{counts}: all well.\n"


def test_a_place_and_a_person_are_written_flat_with_a_contact_sheet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "pictures"
    assert main(["art", "kitchen", "joy", "-o", str(to)]) == 0
    names = {f"kitchen-{hour}.svg" for hour in HOURS} | {
        f"joy-{expression}.svg" for expression in (*EXPRESSIONS, "coat", "wet")
    }
    assert {path.name for path in to.iterdir()} == names | {"contact-sheet.png"}
    assert f"{len(names)} pictures and contact-sheet.png are in {to}." in capsys.readouterr().out
    for name in names:
        tags = {str(shape.tag).rpartition("}")[2] for shape in ET.parse(to / name).iter()}
        assert not tags & {"include", "title", "text"}
    sheet = pygame.image.load(BytesIO((to / "contact-sheet.png").read_bytes()), "sheet.png")
    assert sheet.get_width() == 1980
    colours = {tuple(sheet.get_at((x, y))) for x in range(0, 1980, 9) for y in range(0, sheet.get_height(), 9)}
    assert len(colours) > 100


def test_a_name_that_nobody_knows_is_told_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["art", "kichen"]) == 2
    out = capsys.readouterr().out
    assert out.startswith("There is no place, person or part called 'kichen'.\nPlaces: ")
    assert "kitchen" in out
    assert "People: angela, dev, eileen" in out


def test_what_is_amiss_in_a_courses_own_pictures_is_told_with_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    art = tmp_path / "art"
    for folder in ("places", "people", "parts"):
        (art / folder).mkdir(parents=True)
    place = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1920 1080" data-clue="1700 100 200 100">{}</svg>'
    (art / "places" / "shed.svg").write_text(place.format('<text>Shed</text><rect fill="{mud}"/>'))
    (art / "places" / "torn.svg").write_text("<svg")
    (art / "people" / "mo.json").write_text('{"name": "Mo", "tokens": {}, "layers": ["nobody"]}')

    assert main(["art", "shed", "torn", "mo", "--course", str(tmp_path)]) == 1

    out = capsys.readouterr().out
    shed = art / "places" / "shed.svg"
    assert f"{shed}\n  <text> is not drawn. Draw it with shapes.\n" in out
    assert f"{shed}\n  There is no colour or word called 'mud' here.\n" in out
    assert f"{shed}\n  data-clue, what must be seen, lies outside the middle: 240 to 1680 across.\n" in out
    assert f"{art / 'places' / 'torn.svg'}\n  It cannot be read as SVG: " in out
    mo = art / "people" / "mo.json"
    assert f"{mo}\n  mo.json is not as it should be: 'anchors'.\n" in out
    assert f'{mo}\n  It has no "says": one sentence for those who cannot see the picture.\n' in out
    assert out.splitlines()[-1].startswith("To be mended: ")
    assert "Traceback" not in out


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert main(["art", "joy", "-o", str(tmp_path / "file")]) == 1
    assert f"Nothing was written to {tmp_path / 'file'}: " in capsys.readouterr().out
