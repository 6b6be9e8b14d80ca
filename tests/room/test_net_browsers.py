"""Fifty real browsers in one room: they join, vote, change their minds, fall asleep, reload and open a second tab.

One Chromium with fifty contexts, so that no two share a cookie. What the room counts is what their pages say.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from game.net import Joined, Trouble, counted
from tests.room.opened import FIRST, OPTIONS, SECOND, OpenRoom

CHROMIUM = shutil.which("chromium")
BROWSERS = 50
PATIENCE = 60_000
"""Milliseconds after which a page that does not follow has failed; fifty browsers share two processors here."""


@pytest.fixture
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no chromium here; .ci/run installs it")
    with sync_playwright() as playwright:
        yield (browser := playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"]))
        browser.close()


def _choose(page: Page, choice: int) -> None:
    page.get_by_role("button").nth(choice).click()


def _votes(page: Page, choice: int) -> None:
    """The page says that this is its vote."""
    told = f"Your vote: {'ABC'[choice]}. You can change it until the trainer closes."
    expect(page.locator("#said")).to_have_text(told, timeout=PATIENCE)


def _all_see(pages: list[Page], words: str) -> None:
    for page in pages:
        expect(page.get_by_role("heading")).to_have_text(words, timeout=PATIENCE)
        assert "already" not in page.locator("body").inner_text().lower()


def test_fifty_browsers_decide_twice_and_each_page_says_what_the_room_counts(chromium: Browser) -> None:
    with OpenRoom() as room:
        contexts = [chromium.new_context(viewport={"width": 320, "height": 568}) for _ in range(BROWSERS)]
        pages = [context.new_page() for context in contexts]
        failed: list[str] = []
        for page in pages:
            page.set_default_timeout(PATIENCE)
            page.on("pageerror", lambda error: failed.append(str(error)))
            page.goto(room.opened.typed, wait_until="commit")
        _all_see(pages, "You are in. Nothing to do yet.")
        assert room.phones.standing.phones == BROWSERS

        room.ask(question="What now?")
        _all_see(pages, "What now?")
        first = [number % 3 for number in range(BROWSERS)]
        for page, choice in zip(pages, first, strict=True):
            _choose(page, choice)
        for number in range(0, BROWSERS, 5):  # these change their minds
            first[number] = (first[number] + 1) % 3
            _choose(pages[number], first[number])
        for page, choice in zip(pages, first, strict=True):
            _votes(page, choice)

        room.show("talk", question="Why?", options=OPTIONS, round=FIRST)
        for page in pages[:10]:
            page.reload(wait_until="commit")
        _all_see(pages, "Talk. You will vote again.")

        for context in contexts[10:20]:  # these are away while the second vote opens
            context.set_offline(True)
        room.ask(SECOND, question="And now?", before=FIRST)
        _all_see(pages[:10] + pages[20:], "And now?")
        for context in contexts[10:20]:
            context.set_offline(False)
        _all_see(pages, "And now?")
        second = [(number // 2) % 3 for number in range(BROWSERS)]
        for context in contexts[30:35]:
            context.set_offline(True)
        for page, choice in zip(pages, second, strict=True):
            _choose(page, choice)
        for context in contexts[30:35]:
            context.set_offline(False)
        others = [context.new_page() for context in contexts[40:45]]  # a second tab, in which they change their minds
        for number, other in enumerate(others, 40):
            other.set_default_timeout(PATIENCE)
            other.goto(room.opened.typed, wait_until="commit")
            _votes(other, second[number])
            second[number] = (second[number] + 1) % 3
            _choose(other, second[number])
        for page, choice in zip([*pages, *others], [*second, *second[40:45]], strict=True):
            _votes(page, choice)

        room.show("reveal", question="Look who moved.", options=OPTIONS, round=SECOND, before=FIRST)
        _all_see([*pages, *others], "Look up at the big screen.")
        for page, before, after in zip(pages, first, second, strict=True):
            expect(page.locator(".mine")).to_have_text(
                [f"Before: {'ABC'[before]}: {OPTIONS[before].words}", f"After: {'ABC'[after]}: {OPTIONS[after].words}"],
                timeout=PATIENCE,
            )
        ballots = counted({}, room.drained())
        for round, choices in ((FIRST, first), (SECOND, second)):
            assert Counter(vote.heads.index(1) for vote in ballots[round].values()) == Counter(choices)
        assert len([fact for fact in room.facts if isinstance(fact, Joined)]) == BROWSERS
        assert not [fact for fact in room.facts if isinstance(fact, Trouble)]
        assert failed == []
        for context in contexts:
            context.close()
