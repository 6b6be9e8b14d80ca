"""Nobody sees numbers early: a session at the real window with fifty phones, from the first vote to its reveal (design
note `room.md`, 5: 3).

Two sessions are led that differ in nothing but what people voted. Until the reveal no phone and no pixel may differ.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from game.training import Step
from game.words import say
from tests.room.crowd import Crowd, line_here, without_marks
from tests.room.leading import Leader
from tests.room.phones import texts

PEOPLE: Final = 300
ROLES: Final = tuple(say(f"map.role-{role}") for role in ("manager", "leader", "both", "neither"))
STEPS: Final = (Step.QUESTION, Step.SILENT, Step.SHOW, Step.DISCUSS, Step.SHOW_AGAIN)

ONE: Final = ((0,) * 22 + (1,) * 11 + (2,) * 5, "137 A 91 B 43 C")
OTHER: Final = ((2,) * 19 + (1,) * 3 + (0,) * 16, "17 A 83 B 171 C")
"""What 38 people voted by phone, and 271 by card: as many in each, and nobody alike."""


class Seen(NamedTuple):
    """What was to be seen until the reveal: pictures and words on the wall; on two phones; on all of them; and the
    wall at the reveal."""

    pictures: list[bytes]
    words: list[str]
    watched: list[list[str]]
    documents: list[str]
    pages: list[str]
    reveal: bytes


@pytest.fixture(scope="module")
def led(tmp_path_factory: pytest.TempPathFactory) -> list[Seen]:
    """Both sessions."""
    tmp = tmp_path_factory.mktemp("led")
    return [_led(tmp / name, *votes) for name, votes in (("one", ONE), ("other", OTHER))]


def _led(tmp: Path, votes: tuple[int, ...], cards: str) -> Seen:
    leader = Leader(tmp, people=PEOPLE, two_windows=True)
    leader.lead.line = line_here()
    leader.press("j")
    try:
        with Crowd(leader) as crowd:
            return _first_decision(leader, crowd, votes, cards)
    finally:
        leader.lead.line.close()
        leader.close()


def _first_decision(leader: Leader, crowd: Crowd, votes: tuple[int, ...], cards: str) -> Seen:
    """Forty phones from the start; ten come late, one of them at each step and the rest in the second round."""
    streaming, polling = crowd.join(1), crowd.join(1, streams=False)
    watched = [*streaming, *polling]
    others = crowd.join(33) + crowd.join(5, streams=False)
    leader.press("j")
    pictures: list[bytes] = []
    words: list[str] = []

    def look() -> None:
        crowd.up_to_date()
        crowd.poll([*polling, others[-1]])
        crowd.reload([others[0], others[-2]])
        pictures.append(leader.picture())
        words.append(" ".join([leader.seen(), *(thing.name for thing in leader.pilot.page.root.walk())]))

    for step in STEPS:
        while leader.room.step is not step:
            leader.press("page down")
            crowd.up_to_date(streaming)  # a phone that is slow is sent the newest alone, and would miss a page
        crowd.join(1)
        look()  # the cards are counted down, where that is so
        leader.next_step(step)
        if step is Step.SILENT:
            crowd.vote("1-1", [0, 0], watched)
            crowd.vote("1-1", votes[::-1], others)
            crowd.vote("1-1", votes, others)  # everybody changes their mind
            crowd.leader.until(lambda: _voted(leader) == 40)
        if step is Step.SHOW:
            leader.count(cards)
        if step is Step.SHOW_AGAIN:
            late = crowd.join(5)
            crowd.vote("1-2", [0, 1], watched)
            crowd.vote("1-2", votes[::-1], others)
            crowd.vote("1-2", [votes[0]] * 5, late)
            leader.count(cards)
            crowd.leader.until(lambda: _voted(leader) == 316)
        look()
    assert len(crowd.guests) == 50
    return Seen(
        pictures,
        words,
        [sorted({without_marks(one) for one in guest.documents}) for guest in watched],
        [texts(document) for guest in crowd.guests for document in guest.documents],
        [page for guest in crowd.guests for page in guest.pages],
        leader.next_step(Step.REVEAL).picture(),
    )


def _voted(leader: Leader) -> int:
    asked = leader.room.latest
    assert asked is not None
    return (asked.second if asked.again else asked.first).tally.total


class Words(HTMLParser):
    """What a page says to somebody who reads it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def test_until_the_reveal_nothing_depends_on_what_anybody_else_voted(led: list[Seen]) -> None:
    one, other = led
    assert one.words == other.words
    assert one.pictures == other.pictures
    assert one.watched == other.watched
    assert one.reveal != other.reveal


def test_until_the_reveal_no_number_is_told_but_how_many_have_voted_and_no_role(led: list[Seen]) -> None:
    for seen in led:
        assert len(seen.documents) > 300
        told = [*seen.documents, *(" ".join(Words(page).said) for page in seen.pages)]
        for words in told:
            assert re.findall(r"\d|%", words) == [], words
        on_the_wall = [re.sub(r"\d+ of 300 have voted", "", words) for words in seen.words]
        assert sum(len(words) != len(was) for words, was in zip(on_the_wall, seen.words, strict=True)) >= 3
        for words in on_the_wall:
            assert re.findall(r"\d+:\d\d|\d+|%", words) in ([], ["3", "3"], ["2:00", "2:00"]), words
        for words in [*told, *seen.words]:
            assert not [role for role in ROLES if role in words]
