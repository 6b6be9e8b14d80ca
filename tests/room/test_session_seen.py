"""The report of a session in a real browser: on a desk, on a phone, on A4, and with axe."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from game.app import main

DESK, PHONE = 1280, 390


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A report, and two rooms of four side by side."""
    folder = tmp_path_factory.mktemp("reports")
    report, rooms = folder / "report.html", folder / "rooms.html"
    assert main(["rehearse", "late-again", "-o", str(report)]) == 0
    kept = [str(folder / f"room-{seed}.json") for seed in range(1, 5)]
    for seed, path in enumerate(kept, start=1):
        assert main(["rehearse", "late-again", "--seed", str(seed), "-o", path]) == 0
    assert main(["rooms", *kept, "-o", str(rooms)]) == 0
    return {"report": report, "rooms": rooms}


def opened(chromium: Browser, path: Path, width: int) -> Page:
    """The page at a width; it asks for nothing but itself."""
    page = chromium.new_page(viewport={"width": width, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    assert asked == [path.as_uri()]
    return page


@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize("name", ["report", "rooms"])
def test_it_fits_and_pleases_axe(chromium: Browser, pages: dict[str, Path], name: str, width: int) -> None:
    page = opened(chromium, pages[name], width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()


def test_a_screen_reader_hears_each_number_with_its_option_and_its_round(
    chromium: Browser, pages: dict[str, Path]
) -> None:
    page = opened(chromium, pages["report"], DESK)
    first = page.get_by_role("table").first
    assert first.get_by_role("columnheader").all_inner_texts() == [
        "Choice",
        "Before the talk",
        "After the talk",
        "Change",
    ]
    assert first.get_by_role("rowheader").all_inner_texts()[0].startswith("A. See Joy now")
    assert page.get_by_role("img").first.get_attribute("aria-label").startswith("A: before the talk ")  # type: ignore[union-attr]
    assert page.get_by_role("heading", level=1).all_inner_texts() == ["Late again: what a room decided"]
    page.close()


def test_on_paper_no_decision_is_torn_in_two(chromium: Browser, pages: dict[str, Path]) -> None:
    """As A4 is printed: each decision, with its chart, table and lines, is short enough to stand on one page."""
    page = opened(chromium, pages["report"], 680)  # A4 between its margins, in px
    page.emulate_media(media="print")
    sections = page.locator("section").all()
    assert len(sections) == 4
    for section in sections:
        assert section.evaluate("element => getComputedStyle(element).breakInside") == "avoid"
        box = section.bounding_box()
        assert box is not None
        assert box["height"] < 1000  # A4 between its margins
    page.close()


def test_on_paper_two_decisions_stand_on_one_page(chromium: Browser, pages: dict[str, Path]) -> None:
    page = opened(chromium, pages["report"], 680)
    page.emulate_media(media="print")
    tops = [section.bounding_box() for section in page.locator("section").all()]
    assert tops[1] is not None
    assert tops[3] is not None
    assert tops[3]["y"] - tops[1]["y"] < 1000  # the second and the third, with what lies between
    page.close()
