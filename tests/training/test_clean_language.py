"""Clean language: for each of the workshop's quotations, what is shown clean and what is shown as spoken."""

from __future__ import annotations

import re

import pytest

from game.authoring import Library
from game.story import Quotation, Source
from game.training import Shown, quotation

CLEAN_PARTS = {
    "PL-08d": "Great support is just support as far as they're concerned …",
    "PL-19b": "They ask lots of questions …",
    "PL-48a": "A practice leader will challenge such things …",
    "PL-66b": "Practice leadership is the key determinant of quality of support, and enabling a capable environment …",
    "PL-67a": "… those who don't often recognise good support when it oozes out of the margins of the care plan "
    "and makes a mess of their desk …",
}
"""What is shown in clean language of the quotations that have a clean part."""

GLOSS_ONLY = {
    "PL-03b", "PL-07b", "PL-18a", "PL-24a", "PL-31b", "PL-41a", "PL-41d", "PL-47b", "PL-59d", "PL-60d", "PL-62b",
    "ACT-4a",
}  # fmt: skip
"""Of these nothing is shown in clean language but the idea in plain words."""

CUT = {
    "PL-02b": "… you know it involves organising things, mentoring, coaching, showing people what to do …",
    "PL-08c": "Great support is just support as far as they're concerned …",
    "PL-63b": "… many of the problems the organisations talk about are put there by the organisation …",
    "PL-68b": "… those so long removed from day to day support that they've lost touch as well as competency …",
    "ACT-3b": "Let's imagine you're here because you're practice leaders …",
}
"""Quotations cut from a longer sentence show where they were cut."""

SWEARING = re.compile(r"fuck|shit|\barse\b|\bhell\b|idiot|stupid", re.IGNORECASE)


@pytest.fixture
def source(library: Library) -> Source:
    return library.course.source


def shown(source: Source, id: str, *, spoken: bool) -> Shown:
    found = quotation(source, id, spoken=spoken)
    assert found is not None
    return found


def strong(quote: Quotation) -> bool:
    return bool(quote.language) or quote.care


def test_the_workshop_has_139_quotations_of_which_these_are_not_clean(source: Source) -> None:
    assert len(source.quotes) == 139
    assert {id for id, quote in source.quotes.items() if strong(quote)} == {*CLEAN_PARTS, *GLOSS_ONLY}


def test_clean_language_shows_no_strong_mild_or_care_flagged_quotation(source: Source) -> None:
    for id, quote in source.quotes.items():
        if strong(quote):
            assert shown(source, id, spoken=False).words != shown(source, id, spoken=True).words
            assert quote.text not in shown(source, id, spoken=False).words


def test_clean_language_never_swears(source: Source) -> None:
    for id in (*source.quotes, *source.ideas):
        words = shown(source, id, spoken=False)
        assert not SWEARING.search(f"{words.words} {words.gloss} {words.research}")


@pytest.mark.parametrize(("id", "words"), CLEAN_PARTS.items())
def test_clean_language_shows_the_clean_part_where_there_is_one(source: Source, id: str, words: str) -> None:
    clean = shown(source, id, spoken=False)

    assert clean.words == words
    assert clean.quoted


@pytest.mark.parametrize("id", sorted(GLOSS_ONLY))
def test_clean_language_shows_the_plain_words_alone_where_no_part_is_clean(source: Source, id: str) -> None:
    clean = shown(source, id, spoken=False)

    assert (clean.words, clean.quoted) == ("", False)
    assert clean.gloss == source.ideas[source.quotes[id].idea].says


def test_a_clean_quotation_is_shown_the_same_in_both(source: Source) -> None:
    for id, quote in source.quotes.items():
        if not strong(quote):
            assert shown(source, id, spoken=False) == shown(source, id, spoken=True)


def test_as_spoken_every_quotation_is_shown_word_for_word(source: Source) -> None:
    for id, quote in source.quotes.items():
        words = shown(source, id, spoken=True).words
        assert words.removeprefix("… ").removesuffix(" …") == " ".join(quote.text.split())
        assert shown(source, id, spoken=True).author == "Tony Osgood"


@pytest.mark.parametrize(("id", "words"), CUT.items())
def test_a_quotation_cut_from_a_longer_sentence_has_an_ellipsis_where_it_was_cut(
    source: Source, id: str, words: str
) -> None:
    assert shown(source, id, spoken=True).words == words


def test_only_a_part_has_an_ellipsis(source: Source) -> None:
    for id, quote in source.quotes.items():
        assert ("…" in shown(source, id, spoken=True).words) is quote.part


def test_every_quotation_comes_with_its_idea_in_plain_words(source: Source) -> None:
    for id, quote in source.quotes.items():
        for spoken in (True, False):
            assert shown(source, id, spoken=spoken).gloss == source.ideas[quote.idea].says


def test_an_idea_may_be_cited_whole_and_shows_its_plain_words(source: Source) -> None:
    idea = shown(source, "PL-18", spoken=True)

    assert (idea.words, idea.gloss) == (
        "",
        "Do not only pull people out of the river. Find out who keeps throwing them in.",
    )


def test_an_id_that_the_source_does_not_have_shows_nothing(source: Source) -> None:
    assert quotation(source, "PL-99z", spoken=True) is None
    assert quotation(Source(), "PL-01a", spoken=True) is None
