"""The drawings of a run in a document: what they say in words, and the shapes in the page, read as a browser would."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise
from typing import Final

import pytest

from game.app import shipped
from game.authoring import Library
from game.pictures import Box, Kit, Moment, head, inline
from game.story import Course, Happened, Story
from game.training import Debrief, Pictures, debrief, road_in_words, run_as_html, square_in_words
from tests.story.making import asks, choice, ends, story_of
from tests.training.test_documents import Read, swim

STRONG: Final = "#0b3e44"
KIT: Final = Kit(shipped("assets") / "art")


@pytest.fixture(scope="module")
def story(library: Library) -> Story:
    return swim(library)


@pytest.fixture(scope="module")
def told(library: Library, story: Story) -> Debrief:
    return debrief(library.course, story, spoken=False)


@pytest.fixture(scope="module")
def page(told: Debrief, story: Story) -> str:
    """The run's page with every picture the shipped kit can give it."""
    heads = {}
    for id in ("marcus", "joy", "angela"):
        box = KIT.face(id)
        assert box is not None
        heads[id] = inline(KIT.person(id, "warm"), f"head-{id}", id.title(), view=head(box))
    return run_as_html(told, story, Pictures(inline(KIT.place("pool", Moment()), "place", "The pool"), heads))


def drawings(page: str) -> dict[str, ET.Element]:
    """Each SVG of a page by what it is read out as; those that are silent by their place."""
    found = [ET.fromstring(svg) for svg in re.findall(r"<svg .*?</svg>", page, re.DOTALL)]
    return {svg.get("aria-label", f"silent {place}"): svg for place, svg in enumerate(found)}


def words_in(svg: ET.Element) -> list[str]:
    return ["".join(text.itertext()) for text in svg.iter("text")]


# ---- in words ---------------------------------------------------------------


def test_the_road_says_every_choice_that_was_taken_and_every_one_that_was_not(told: Debrief) -> None:
    words = road_in_words(told)

    assert words[2:4] == (
        "Decision 2. You chose: Leave the dates in your bag and ask her how her mum is.",
        "Not taken: Lay out the four dates and ask what has changed since May. "
        "Ask her to hear how Marcus missed out, then agree on next time.",
    )
    assert words[-1] == "The end: The eleven o’clock swim"
    assert len(words) == 9


def test_where_nothing_else_was_on_offer_the_road_says_nothing_of_roads_left() -> None:
    only = Story.replay(story_of(asks("hall", choice("a", "end")), ends("end")), ["a"])

    assert road_in_words(debrief(Course(), only, spoken=False)) == (
        "Decision 1. You chose: I choose a.",
        "The end: The end at end",
    )


def test_the_square_says_its_corners_and_each_point_of_the_run(told: Debrief) -> None:
    words = square_in_words(told)

    for corner in ("the straight road upper left", "omni-dexterous upper right", "passing through lower left"):
        assert corner in words
    assert words.endswith(
        "After decision 1: manager role 1 of 2 on offer, leader role 1 of 1 on offer. "
        "After decision 2: manager role 1 of 4 on offer, leader role 3 of 3 on offer. "
        "After decision 3: manager role 2 of 6 on offer, leader role 5 of 5 on offer. "
        "After decision 4: manager role 3 of 8 on offer, leader role 7 of 7 on offer."
    )


# ---- on the page ------------------------------------------------------------


def test_the_page_with_its_pictures_fetches_nothing_and_runs_nothing(page: str) -> None:
    assert not re.search(r"https?:|//|@import|<script|<link|<img|<iframe|<style[^>]+|\bon\w+=", page)
    assert set(re.findall(r"url\((.)", page)) <= {"#"}
    assert not {"src", "href", "style", "xlink:href"} & set(Read(page).attributes)
    assert (Read(page).open, Read(page).crossed) == ([], [])


def test_no_two_things_on_the_page_share_an_id_and_every_link_finds_its_own(page: str) -> None:
    ids = re.findall(r'\bid="([^"]+)"', page)

    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", page)) <= set(ids)
    assert all(id.startswith(("place-", "head-")) for id in ids)


def test_the_page_with_its_pictures_is_under_a_megabyte(page: str) -> None:
    assert len(page.encode()) < 1_000_000


def test_the_page_prints_without_its_ground(page: str) -> None:
    printed = page[page.index("@media print") :]

    assert "background: #fff" in printed
    assert "break-inside: avoid" in page


def test_the_ending_s_picture_stands_before_what_happened_and_is_read_out(page: str) -> None:
    pool = drawings(page)["The pool"]

    assert pool.get("viewBox") == "0 0 1920 1080"
    assert len(list(pool.iter())) > 50
    assert page.index("<figure class=ending>") < page.index("<h2>What happened</h2>")


def test_a_face_stands_beside_what_happened_to_each_who_is_named(page: str) -> None:
    rows = re.findall(
        r'<div class=person><div class=face><svg [^>]*aria-label="(\w+)".*?<dd>(.*?)</dd>', page, re.DOTALL
    )

    assert rows == [
        ("Marcus", "Marcus swims at eleven on Tuesdays, an hour he chose."),
        ("Joy", "Joy starts at nine and is on time, and Lorraine is paid to stay."),
        ("Angela", "Angela has agreed until October, and is not sure about you."),
    ]
    face = KIT.face("marcus")
    assert face is not None
    x, y, side, tall = map(float, drawings(page)["Marcus"].get("viewBox", "").split())
    assert side == pytest.approx(tall)
    assert x < face.x
    assert y < face.y
    assert x + side > face.x + face.w
    assert y + side > face.y + face.h


def test_without_pictures_the_page_has_the_same_words_and_its_drawings(told: Debrief, story: Story, page: str) -> None:
    plain = run_as_html(told, story)

    assert Read(plain).text == Read(page).text
    assert "class=face>" not in plain
    assert "class=ending>" not in plain
    assert len(drawings(plain)) == 4


def test_only_those_whose_picture_is_there_have_a_face(story: Story, told: Debrief) -> None:
    page = run_as_html(told, story, Pictures(heads={"joy": "<svg viewBox='0 0 1 1'></svg>"}))

    assert page.count("<div class=face>") == 1
    assert "<dt>A person</dt><dd>Marcus swims" in page


def test_the_road_on_the_page_holds_every_word_and_a_stop_for_each_decision(page: str, told: Debrief) -> None:
    road = drawings(page)[" ".join(road_in_words(told))]
    words = " ".join(words_in(road))

    for act in told.acts:
        assert act.chosen in words
        for other in act.others:
            assert other in words
    assert told.ending in words
    assert [word for word in words_in(road) if word.isdigit()] == ["1", "2", "3", "4"]
    broken = [path for path in road.iter("path") if path.get("stroke-dasharray")]
    whole = [path for path in road.iter("path") if not path.get("stroke-dasharray")]
    assert (len(broken), len(whole)) == (8, 4)
    thin, thick = ({float(path.get("stroke-width", "")) for path in paths} for paths in (broken, whole))
    assert max(thin) * 3 < min(thick)


def test_the_letters_of_the_road_lie_within_it_and_not_over_each_other(page: str, told: Debrief) -> None:
    road = drawings(page)[" ".join(road_in_words(told))]
    _, _, wide, high = map(float, road.get("viewBox", "").split())
    lines = [
        (float(text.get("x", "")), float(text.get("y", "")), "".join(text.itertext())) for text in road.iter("text")
    ]
    said = sorted(line for line in lines if not line[2].isdigit())

    assert all(x >= 0 and x + 9.2 * len(words) <= wide and 12 <= y <= high for x, y, words in said), said
    heights = sorted(y for _, y, _ in said)
    assert all(below - above >= 20 for above, below in pairwise(heights))


def test_the_square_on_the_page_names_its_corners_and_ends_where_the_profile_is(page: str, told: Debrief) -> None:
    square = drawings(page)[square_in_words(told)]

    corners = ["The straight road", "Omni-dexterous", "Passing through", "Off-road"]
    assert words_in(square) == ["1", "2", "3, 4", *corners]
    marks = [rect for rect in square.iter("rect") if rect.get("fill") == STRONG]
    assert len(marks) == 1
    middle = float(marks[0].get("y", "")) + float(marks[0].get("height", "")) / 2
    edge = 12 * 1.35 + 12 * 0.14
    assert middle == pytest.approx(300 - edge - (300 - 2 * edge) * 3 / 8, abs=0.1)


def test_a_bar_on_the_page_is_filled_by_the_share_of_what_was_on_offer(page: str) -> None:
    text = Read(page).text
    assert "Manager role: 3 of 8 on offer" in text
    assert "Leader role: 7 of 7 on offer" in text
    bars = [svg for name, svg in drawings(page).items() if name.startswith("silent")]
    filled = [float(rect.get("width", "")) for svg in bars for rect in svg.iter("rect") if rect.get("fill") == STRONG]
    assert filled == [360 * 3 / 8, 360]


def test_a_run_without_decisions_has_no_road_and_no_square() -> None:
    none = Story.begin(story_of(ends("end", happened=Happened("Joy stays."))))
    page = run_as_html(debrief(Course(), none, spoken=False), none)

    assert "Your road" not in page
    assert "<figure" not in page


def test_an_author_s_words_stay_words_in_a_drawing() -> None:
    nasty = 'A "quoted" & <b>bold</b> title'
    scenario = story_of(asks("hall", choice("a", "end")), ends("end"))
    story = Story.replay(scenario, ["a"])
    told = debrief(Course(), story, spoken=False)
    page = run_as_html(replace(told, ending=nasty), story)

    assert "<b>bold" not in page
    assert any(nasty in "".join(svg.itertext()) for svg in drawings(page).values())


# ---- a picture in line ------------------------------------------------------

GRADED = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><defs><linearGradient id="sky">'
    '<stop offset="0%" stop-color="#ffffff"/></linearGradient></defs>'
    '<rect width="10" height="10" fill="url(#sky)"/></svg>'
)


def test_two_pictures_in_one_page_keep_their_own_ids() -> None:
    one, other = inline(GRADED, "one", "Sky"), inline(GRADED, "other", "")

    assert 'id="one-sky"' in one
    assert 'fill="url(#one-sky)"' in one
    assert 'fill="url(#other-sky)"' in other
    assert 'role="img" aria-label="Sky"' in one
    assert 'aria-hidden="true"' in other
    assert "xmlns" not in one + other


def test_a_picture_can_be_cut_to_a_part_of_it() -> None:
    assert inline(GRADED, "sky", "", view=Box(1, 2, 3.5, 4)).startswith('<svg viewBox="1 2 3.5 4"')


def test_what_a_picture_is_read_out_as_is_never_markup() -> None:
    assert 'aria-label="A &quot;sky&quot; &lt;b&gt;"' in inline(GRADED, "sky", 'A "sky" <b>')
