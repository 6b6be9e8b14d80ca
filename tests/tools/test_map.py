"""The map as a file: a picture that anything can read, and a page that works offline, scripts or not."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from game.authoring import Library, passage_told, unmarked
from game.story import Course, Scenario, prove
from game.tools.map import map_story
from tests.displays import PATIENCE
from tests.strategies import scenarios

SHIPPED = ("late-again", "who-decides", "the-visit")
SVG = "{http://www.w3.org/2000/svg}"
CHROMIUM = "/usr/bin/chromium"

in_a_browser = pytest.mark.skipif(
    not Path(CHROMIUM).exists(), reason=f"no browser at {CHROMIUM}; the page's script is not tried"
)


@pytest.fixture(params=SHIPPED)
def shipped(request: pytest.FixtureRequest, library: Library) -> Scenario:
    return named(library, request.param)


def named(library: Library, id: str) -> Scenario:
    entry = library.entry(id)
    assert entry is not None
    assert entry.scenario is not None
    return entry.scenario


def drawn(scenario: Scenario, to: Path | None, course: Course | None = None) -> tuple[int, str]:
    """The exit code of the command, and what it printed."""
    out = io.StringIO()
    code = map_story(scenario, prove(scenario, 3_000), to=to, course=course or Course(), out=out)
    return code, out.getvalue()


def words(element: ElementTree.Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


# ---- the picture ----------------------------------------------------------------


def test_the_picture_holds_every_passage_and_every_ending_as_text(shipped: Scenario, library: Library) -> None:
    code, text = drawn(shipped, None, library.course)
    root = ElementTree.fromstring(text)
    assert code == 0
    assert root.tag == f"{SVG}svg"
    boxes = {group.get("data-passage"): group for group in root.iter(f"{SVG}g") if "box" in (group.get("class") or "")}
    assert set(boxes) == set(shipped.passages)
    told = words(root)
    for passage in shipped.passages.values():
        assert passage.ending is None or passage.ending.title in told
        assert passage.decision is None or passage.decision.ask in told


def test_the_picture_says_to_those_who_cannot_see_it_what_it_is(library: Library) -> None:
    root = ElementTree.fromstring(drawn(named(library, "late-again"), None)[1])
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Late again"
    says = root.findtext(f"{SVG}desc") or ""
    assert says.strip() == (
        "A map of the story “Late again”. 17 passages, 12 choices, 4 endings, 81 routes. Read it from the top down."
    )
    named_boxes = [group.findtext(f"{SVG}title") for group in root.iter(f"{SVG}g") if group.get("data-passage")]
    assert "The eleven o’clock swim. more gained than lost. 27 %" in named_boxes


@settings(max_examples=20, deadline=None)
@given(scenarios())
def test_the_picture_of_any_story_is_well_formed(scenario: Scenario) -> None:
    root = ElementTree.fromstring(drawn(scenario, None)[1])
    assert {group.get("data-passage") for group in root.iter(f"{SVG}g") if group.get("data-passage")} == set(
        scenario.passages
    )


def test_a_shipped_story_fits_a3_with_letters_of_nine_points(shipped: Scenario, tmp_path: Path) -> None:
    path = tmp_path / "map.svg"
    code, told = drawn(shipped, path)
    found = re.fullmatch(r"Written: (.*) On a sheet of A3 its smallest letters are ([\d.]+) points high\.\n", told)
    assert code == 0
    assert found is not None, told
    assert found[1] == str(path)
    assert float(found[2]) >= 9
    root = ElementTree.parse(path).getroot()
    assert (root.get("width"), root.get("height")) == ("420mm", "297mm")


def test_a_file_that_is_there_is_written_over_and_one_that_cannot_be_is_told(library: Library, tmp_path: Path) -> None:
    scenario, path = named(library, "late-again"), tmp_path / "map.svg"
    path.write_text("what was here before")
    assert drawn(scenario, path)[0] == 0
    assert path.read_text("utf-8").startswith("<?xml")
    nowhere = tmp_path / "no-folder" / "map.svg"
    assert drawn(scenario, nowhere) == (2, f"The map could not be written to {nowhere}: No such file or directory.\n")


# ---- the page -------------------------------------------------------------------


@pytest.fixture
def page(library: Library, tmp_path: Path) -> str:
    path = tmp_path / "late-again.html"
    assert drawn(named(library, "late-again"), path, library.course)[0] == 0
    return path.read_text("utf-8")


def test_the_page_asks_for_nothing_from_anywhere(page: str) -> None:
    left = page.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert re.findall(r"https?:|//[a-z]|\bsrc=|<link|@import|url\(", left) == []


def test_the_page_tells_every_passage_whole_without_any_script(page: str, library: Library) -> None:
    plain = " ".join(unescape(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<script>.*?</script>", "", page))).split())
    scenario = named(library, "late-again")
    for passage in scenario.passages.values():
        for piece in passage_told(passage, scenario, library.course):
            assert unmarked(piece.text) in plain
    assert "noted : You wrote the time down in front of Joy" in plain
    assert "Random" not in plain
    assert "Of runs at random, 27 % come by here." in plain


def test_every_passage_on_the_page_can_be_reached_and_pressed_with_the_keyboard(page: str, library: Library) -> None:
    pressed = re.findall(r'data-passage="([^"]+)" tabindex="0" role="button" aria-label="([^"]+)"', page)
    assert sorted(id for id, _ in pressed) == sorted(named(library, "late-again").passages)
    assert ".box:focus-visible" in page


def test_the_page_prints_on_the_sheet_it_was_made_for(page: str) -> None:
    assert "@page { size: 420mm 297mm; margin: 14mm; }" in page


def after(page: str, script: str, folder: Path) -> str:
    """The page as the browser has it after its own scripts and then this one."""
    path = folder / "tried.html"
    path.write_text(page.replace("</body>", f"<script>{script}</script></body>"), encoding="utf-8")
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'browser'}"]
    done = subprocess.run([*command, "--dump-dom", path.as_uri()], capture_output=True, timeout=PATIENCE, check=True)
    shutil.rmtree(folder / "browser", ignore_errors=True)
    return done.stdout.decode("utf-8")


def panel(dom: str) -> str:
    """What the panel says; empty while it is shut."""
    found = re.search(r'(?s)<aside id="panel"([^>]*)>(.*?)</aside>', dom)
    assert found is not None
    if "hidden" in found[1]:
        return ""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[2])).split())


BOX = "document.querySelector('[data-passage=two-oclock][tabindex]')"
CLICK = f"{BOX}.dispatchEvent(new MouseEvent('click', {{bubbles: true}}));"
ENTER = f"{BOX}.focus(); {BOX}.dispatchEvent(new KeyboardEvent('keydown', {{key: 'Enter', bubbles: true}}));"
ESCAPE = "document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true}));"
PLUS = "document.getElementById('view').dispatchEvent(new KeyboardEvent('keydown', {key: '+', bubbles: true}));"


@in_a_browser
@pytest.mark.parametrize("act", [CLICK, ENTER], ids=["click", "Enter"])
def test_a_click_or_enter_on_a_passage_shows_its_whole_text(page: str, tmp_path: Path, act: str) -> None:
    told = panel(after(page, act, tmp_path))
    assert told.startswith("Close Tuesday, 2.00 · Wren Lane, office Passage two-oclock")
    assert "If “You drove Marcus to the pool yourself”:" in told
    assert "leader-like (manager 0, leader 2)" in told


@in_a_browser
def test_the_panel_is_shut_at_first_and_again_after_esc(page: str, tmp_path: Path) -> None:
    assert panel(after(page, "", tmp_path)) == ""
    assert panel(after(page, CLICK + ESCAPE, tmp_path)) == ""


@in_a_browser
def test_plus_goes_nearer(page: str, tmp_path: Path) -> None:
    def seen(script: str) -> float:
        found = re.search(r'<svg[^>]* viewBox="([^"]+)"', after(page, script, tmp_path))
        assert found is not None
        return float(found[1].split()[2])

    assert seen(PLUS) == pytest.approx(seen("") * 0.8, rel=1e-3)
