"""Laws of breaking text into lines, over any words: nothing lost, nothing too wide, no marks left."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.ui import Type, plain
from game.ui.tree import Paragraph

LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "S"), exclude_characters="*")
WORDS = st.text(LETTERS | st.sampled_from("aeiouxyzWMil"), min_size=1, max_size=30)
TEXTS = st.lists(WORDS | WORDS.map(lambda word: f"*{word}*") | st.just("\n"), max_size=25).map(" ".join)
WIDTHS = st.integers(min_value=1, max_value=900)
SIZES = st.sampled_from([15, 18, 24, 44])


def _told(paragraph: Paragraph) -> list[str]:
    return [" ".join(run.text for run in line) for line in paragraph.lines]


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _widest(type_: Type, paragraph: Paragraph) -> list[tuple[str, int]]:
    return [
        (run.text, run.x + type_.width(run.text, run.face, paragraph.px))  # type: ignore[arg-type]
        for line in paragraph.lines
        for run in line
    ]


def test_no_letter_is_lost_and_their_order_stays(type_: Type) -> None:
    @settings(deadline=None, max_examples=200)
    @given(TEXTS, WIDTHS, SIZES)
    def law(text: str, width: int, px: int) -> None:
        paragraph = type_.paragraph(text, "body", px, width)
        assert _squeezed("".join(_told(paragraph))) == _squeezed(plain(text))

    law()


def test_words_stay_whole_where_each_fits_on_a_line(type_: Type) -> None:
    @settings(deadline=None, max_examples=200)
    @given(TEXTS, SIZES)
    def law(text: str, px: int) -> None:
        width = max((type_.width(word, "semibold", px) for word in plain(text).split()), default=1) + 40
        told = _told(type_.paragraph(text, "body", px, width))
        assert " ".join(told).split() == plain(text).split()

    law()


def test_no_line_is_wider_than_the_width_unless_it_is_a_single_letter(type_: Type) -> None:
    @settings(deadline=None, max_examples=200)
    @given(TEXTS, WIDTHS, SIZES)
    def law(text: str, width: int, px: int) -> None:
        for words, end in _widest(type_, type_.paragraph(text, "body", px, width)):
            assert end <= width or len(words) == 1

    law()


def test_the_paragraph_says_its_own_measure(type_: Type) -> None:
    @settings(deadline=None, max_examples=100)
    @given(TEXTS, WIDTHS, SIZES)
    def law(text: str, width: int, px: int) -> None:
        paragraph = type_.paragraph(text, "body", px, width)
        assert paragraph.height == paragraph.step * len(paragraph.lines)
        assert paragraph.width == max((end for _, end in _widest(type_, paragraph)), default=0)
        assert paragraph.step >= px

    law()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("She *does* mind.", "She does mind."),
        ("*All of it*", "All of it"),
        ("un*believ*able", "unbelievable"),
        ("*Really?*”", "Really?”"),
        ("two * three * four", "two * three * four"),
        ("a lone * star", "a lone * star"),
        ("**", "**"),
        ("*one* and *two*", "one and two"),
    ],
)
def test_marks_of_emphasis_are_gone_and_other_stars_stay(type_: Type, written: str, read: str) -> None:
    paragraph = type_.paragraph(written, "body", 22, 2000)
    assert plain(written) == read
    assert " ".join(_told(paragraph)).split() == read.split()


def test_emphasis_is_set_in_italic_and_nothing_else_is(type_: Type) -> None:
    paragraph = type_.paragraph("She *does not* mind.", "body", 22, 2000)
    assert [(run.text, run.face) for run in paragraph.lines[0]] == [
        ("She", "regular"),
        ("does not", "italic"),
        ("mind.", "regular"),
    ]


def test_emphasis_inside_a_word_leaves_no_gap(type_: Type) -> None:
    one, two = type_.paragraph("un*believ*able", "body", 22, 2000), type_.paragraph("unbelievable", "body", 22, 2000)
    assert abs(one.width - two.width) < 12


def test_a_long_path_is_broken_inside_its_one_word(type_: Type) -> None:
    path = "/home/somebody/.local/share/Upstream/traces/upstream-trace-2026-11-23-083100.txt"
    paragraph = type_.paragraph(path, "small-ink", 17, 240)
    assert len(paragraph.lines) > 1
    assert "".join(_told(paragraph)) == path


def test_larger_text_takes_more_room(type_: Type) -> None:
    text = "Marcus has been standing in the hall since eight, with his swimming bag on his back."
    heights = [type_.paragraph(text, "body", px, 400).height for px in (18, 22, 33, 44)]
    assert heights == sorted(set(heights))
