"""The source is whole: every idea, every quotation word for word, and its warnings."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from game.authoring import check_source_text, compare_quotations
from game.story import Quotation
from game.training import quotation

from .routes import library, list_of

IDEAS = {
    "roles": 8,
    "include": 9,
    "upstream": 5,
    "power": 9,
    "grow": 10,
    "values": 11,
    "audit": 6,
    "organisation": 12,
    "workshop": 4,
}
"""How many ideas each theme has; the last theme's are the workshop's own activities."""

FLAGS = {
    "strong": "PL-08d PL-19b PL-41a PL-41d PL-48a PL-67a",
    "mild": "PL-18a PL-31b PL-59d PL-62b PL-66b",
    "care": "PL-03b PL-07b PL-24a PL-47b PL-60d ACT-4a",
    "sic": "PL-03b PL-22a PL-26a PL-41d PL-50b PL-51b PL-57a PL-58a PL-66b PL-70b",
    "part": "PL-02b PL-07b PL-08c PL-19c PL-48b PL-48c PL-63b PL-66a PL-67b PL-68b ACT-3b ACT-4a",
    "list": "PL-01d PL-12c PL-36a PL-54c PL-60f PL-68a PL-69a PL-70a PL-70b",
    "activity": "PL-03a",
}

CURLY = "PL-35a PL-37a PL-38a PL-45a PL-50a PL-50b PL-51b"
"""The quotations whose apostrophes are curly in the notes; all others are straight."""

OVER_A_PAGE = "PL-05a PL-11b PL-22a PL-64c"
"""The quotations that run over a page break in the notes, told in one line here."""

HARD_WORDS = ("shit", "fuck", "arse", "hell", "idiot", "stupid")

SOURCE = library().course.source
QUOTES = tuple(SOURCE.quotes.values())


def flagged(quote: Quotation, flag: str) -> bool:
    """Whether a quotation carries a flag."""
    return quote.language == flag if flag in ("strong", "mild") else bool(getattr(quote, flag))


def test_there_are_seventy_ideas_and_four_activities_each_under_its_theme() -> None:
    assert Counter(idea.theme for idea in SOURCE.ideas.values()) == IDEAS
    assert list(SOURCE.themes) == list(IDEAS)
    assert list(SOURCE.ideas) == [f"PL-{n:02}" for n in range(1, 71)] + [f"ACT-{n}" for n in range(1, 5)]


def test_there_are_a_hundred_and_thirty_nine_quotations_each_under_its_idea() -> None:
    assert len(QUOTES) == 139
    assert all(quote.id.startswith(quote.idea) and quote in SOURCE.ideas[quote.idea].quotes for quote in QUOTES)


def test_the_workshop_and_its_author_are_named() -> None:
    assert (SOURCE.title, SOURCE.author) == ("How To Be A Real Practice Leader", "Tony Osgood")


@pytest.mark.parametrize("flag", FLAGS)
def test_exactly_the_right_quotations_carry_each_flag(flag: str) -> None:
    assert [quote.id for quote in QUOTES if flagged(quote, flag)] == FLAGS[flag].split()


def test_the_quotations_keep_the_apostrophes_of_the_notes() -> None:
    assert [quote.id for quote in QUOTES if "’" in quote.text] == CURLY.split()


def test_a_quotation_over_a_page_break_is_told_in_one_line() -> None:
    assert not [quote.id for quote in QUOTES if "\n" in quote.text]
    assert all(id in SOURCE.quotes for id in OVER_A_PAGE.split())


def test_every_hard_word_is_flagged_as_strong_or_mild() -> None:
    unflagged = [
        quote.id for quote in QUOTES if not quote.language and any(word in quote.text.lower() for word in HARD_WORDS)
    ]

    assert not unflagged, list_of(unflagged)


def test_every_idea_is_told_in_plain_words_without_hard_ones() -> None:
    for idea in SOURCE.ideas.values():
        assert idea.says, idea.id
        assert not [word for word in HARD_WORDS if word in idea.says.lower()], idea.id


def test_each_quotation_with_a_warning_gives_way_to_clean_words_or_to_the_gloss() -> None:
    for quote in QUOTES:
        if not quote.clean:
            shown = quotation(SOURCE, quote.id, spoken=False)
            assert shown is not None
            assert shown.gloss
            assert shown.words != quote.text, quote.id
            assert not [word for word in HARD_WORDS if word in shown.words.lower()], quote.id


def test_no_quotation_has_more_than_forty_five_words_but_the_earthquake() -> None:
    long = [quote.id for quote in QUOTES if len(quote.text.split()) > 45]

    assert long == ["PL-67a"]


def test_every_quotation_stands_in_the_notes_word_for_word() -> None:
    named = os.environ.get("UPSTREAM_NOTES")
    if not named:
        pytest.skip("set UPSTREAM_NOTES to the file of the workshop's notes to compare the quotations with it")
    notes = Path(named).read_text(encoding="utf-8")

    assert not check_source_text(SOURCE, notes)
    assert not compare_quotations(library(), notes)


def test_every_quotations_line_is_where_it_begins_in_the_notes() -> None:
    named = os.environ.get("UPSTREAM_NOTES")
    if not named:
        pytest.skip("set UPSTREAM_NOTES to the file of the workshop's notes to compare the quotations with it")
    lines = Path(named).read_text(encoding="utf-8").split("\n")
    off = [quote.id for quote in QUOTES if not _begins(lines, quote)]

    assert not off, list_of(off)


def _begins(lines: list[str], quote: Quotation) -> bool:
    from_here = " ".join(" ".join(lines[quote.line - 1 : quote.line + 2]).split())
    return " ".join(quote.text.split()) in from_here and quote.text[:12] in lines[quote.line - 1]
