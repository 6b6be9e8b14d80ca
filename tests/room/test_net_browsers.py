"""Fifty real browsers in one room: they join, vote, change their minds, fall asleep, reload and open a second tab.

One Chromium with fifty contexts, so that no two share a cookie. What the room counts is what their pages say.
"""

from __future__ import annotations

from collections import Counter

from playwright.sync_api import Browser, Page, expect

from game.net import Joined, Trouble, counted
from tests.displays import PATIENCE
from tests.room.opened import FIRST, OPTIONS, SECOND, OpenRoom

BROWSERS = 50


def _choose(page: Page, choice: int) -> None:
    page.get_by_role("button").nth(choice).click()


def _votes(page: Page, choice: int) -> None:
    """The page says that this is its vote."""
    told = f"Your vote: {'ABC'[choice]}. You can change it until the trainer closes."
    expect(page.locator("#said")).to_have_text(told)


def _all_see(pages: list[Page], words: str) -> None:
    for page in pages:
        expect(page.get_by_role("heading")).to_have_text(words)
        assert "already" not in page.locator("body").inner_text().lower()


class Fifty:
    """Fifty phones as their owners see them."""

    def __init__(self, chromium: Browser, room: OpenRoom) -> None:
        self._contexts = [chromium.new_context(viewport={"width": 320, "height": 568}) for _ in range(BROWSERS)]
        self._address = room.opened.typed
        self.failed: list[str] = []
        self.pages = [self.tab(number) for number in range(BROWSERS)]

    def tab(self, number: int) -> Page:
        """A new tab on this phone, with the page in it."""
        page = self._contexts[number].new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("pageerror", lambda error: self.failed.append(str(error)))
        page.goto(self._address, wait_until="commit")
        return page

    def offline(self, numbers: range, off: bool) -> None:
        """Take these phones off the network, or bring them back."""
        for number in numbers:
            self._contexts[number].set_offline(off)

    def choose(self, choices: list[int], numbers: range = range(BROWSERS)) -> None:
        for number in numbers:
            _choose(self.pages[number], choices[number])

    def say(self, choices: list[int]) -> None:
        """Each page says that this is its vote."""
        for page, choice in zip(self.pages, choices, strict=True):
            _votes(page, choice)

    def close(self) -> None:
        for context in self._contexts:
            context.close()


def test_fifty_browsers_decide_twice_and_each_page_says_what_the_room_counts(chromium: Browser) -> None:
    with OpenRoom() as room:
        fifty = Fifty(chromium, room)
        _all_see(fifty.pages, "You are in. Nothing to do yet.")
        first = _first_round(room, fifty)
        room.show("talk", question="Why?", options=OPTIONS, round=FIRST)
        for page in fifty.pages[:10]:
            page.reload(wait_until="commit")
        _all_see(fifty.pages, "Talk. You will vote again.")
        second = _second_round(room, fifty)
        room.show("reveal", question="Look who moved.", options=OPTIONS, round=SECOND, before=FIRST)
        _all_see(fifty.pages, "Look up at the big screen.")
        for page, before, after in zip(fifty.pages, first, second, strict=True):
            expect(page.locator(".mine")).to_have_text(
                [f"Before: {'ABC'[before]}. {OPTIONS[before].words}", f"After: {'ABC'[after]}. {OPTIONS[after].words}"],
            )
        ballots = counted({}, room.drained())
        for round, choices in ((FIRST, first), (SECOND, second)):
            assert Counter(vote.heads.index(1) for vote in ballots[round].values()) == Counter(choices)
        assert len([fact for fact in room.facts if isinstance(fact, Joined)]) == BROWSERS
        assert not [fact for fact in room.facts if isinstance(fact, Trouble)]
        assert fifty.failed == []
        fifty.close()


def _first_round(room: OpenRoom, fifty: Fifty) -> list[int]:
    """All vote, and every fifth phone changes its mind."""
    room.ask(question="What now?")
    _all_see(fifty.pages, "What now?")
    choices = [number % 3 for number in range(BROWSERS)]
    fifty.choose(choices)
    changed = range(0, BROWSERS, 5)
    for number in changed:
        choices[number] = (choices[number] + 1) % 3
    fifty.choose(choices, changed)
    fifty.say(choices)
    return choices


def _second_round(room: OpenRoom, fifty: Fifty) -> list[int]:
    """Ten are away while it opens, five are away while they vote, and five change their minds in a second tab."""
    fifty.offline(range(10, 20), True)
    room.ask(SECOND, question="And now?", before=FIRST)
    _all_see(fifty.pages[:10] + fifty.pages[20:], "And now?")
    fifty.offline(range(10, 20), False)
    _all_see(fifty.pages, "And now?")
    choices = [number // 2 % 3 for number in range(BROWSERS)]
    fifty.offline(range(30, 35), True)
    fifty.choose(choices)
    fifty.offline(range(30, 35), False)
    for number in range(40, 45):
        tab = fifty.tab(number)
        _votes(tab, choices[number])
        choices[number] = (choices[number] + 1) % 3
        _choose(tab, choices[number])
        _votes(tab, choices[number])
    fifty.say(choices)
    return choices
