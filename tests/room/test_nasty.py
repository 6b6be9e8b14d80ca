"""Nothing embarrassing appears: words from phones, the worst there are, through a session at the real window (design
note `room.md`, 5: 9).
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Final
from urllib.parse import quote_plus

import pytest

from game.training import Step
from tests.pilot import words_of
from tests.room.crowd import Crowd, line_here
from tests.room.leading import Leader
from tests.room.phones import texts
from tests.room.test_session import NASTY, SAFE, Page

MARK: Final = "Zqx"
"""In everything that is sent here, and nowhere else in the program."""

CORPUS: Final = tuple(
    MARK + str(number) + line
    for number, line in enumerate(
        (
            *(line for line in NASTY if len(line) <= 200),
            "<script>parent.location='http://e.example'</script>",
            "</textarea></form><form action=http://e.example><input name=x autofocus onfocus=alert(1)>",
            "{{7*7}} ${7*7} %s {now} {said} &said; \\u003cb\\u003e",
            "\u202e\u2066olleh\u2069 \u200f\u200d\ufeff\u2028line\u2029end\u0085",
            "Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308" * 8,
            "👩‍👩‍👧‍👦🏳️‍🌈🇬🇧🧑🏽‍🦽 \U000e0067\U000e007f \ud7ff\uf8ff\U0010ffff",
            "﷽" * 30,
            "W" * 250,
            "\tx\r\n=HYPERLINK(A1)\r\n\r\n# h",
            "'; DROP TABLE notes; --",
        )
    )
)
FORMULAS: Final = tuple(f"{sign}cmd|' /C {MARK}'!A0" for sign in "=+-@＝＋")
TOO_LONG: Final = MARK + "x" * 10_000

CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


@pytest.fixture
def leader(tmp_path: Path) -> Iterator[Leader]:
    """A trainer with a window of their own, at the page where the room says what gets in the way. Phones are let in."""
    made = Leader(tmp_path, two_windows=True)
    made.lead.line = line_here()
    made.press("j", "j", "end", "return").next_step(Step.BARRIERS)
    yield made
    made.lead.line.close()
    made.close()


def send(crowd: Crowd, lines: tuple[str, ...]) -> None:
    """Each line from a phone of its own, half of them by script and half by the form of a page without script."""
    guests = crowd.join(len(lines), streams=False)

    async def write() -> None:
        for number, (guest, line) in enumerate(zip(guests, lines, strict=True)):
            if number % 2:
                body = f"round=barriers&text={quote_plus(line)}"
                reply = guest.kept("/v", await guest.phone.form("/v", body, Accept="text/html"))
                assert reply.status == 303
            else:
                reply = guest.kept("/v", await guest.phone.post("/v", {"round": "barriers", "text": line}))
                assert reply.status == 200
            guest.kept("/s", await guest.phone.ask("GET", "/s"))
            guest.kept("/", await guest.phone.ask("GET", "/"))

    crowd.do(write())
    crowd.leader.until(lambda: len(crowd.leader.lead.line.gathered.waiting) == len(lines))


def on_the_wall(leader: Leader) -> str:
    """All that is on the projector's page, whether it can be seen or not."""
    root = leader.pilot.page.root
    return " ".join([words_of(thing) + " " + thing.name + " " + str(thing.detail) for thing in root.walk()])


def test_no_words_reach_the_wall_or_the_report_before_the_trainer_lets_them_through(leader: Leader) -> None:
    before, files = leader.picture(), written(leader)
    with Crowd(leader) as crowd:
        send(crowd, CORPUS + FORMULAS)
        for key in ("home", "page up", "page down", "b", "b", "n", "escape", "p"):
            leader.press(key)
            assert MARK not in on_the_wall(leader)
        assert leader.picture() == before
        leader.press("page up", "page down")
        assert MARK in leader.beside()
        assert leader.picture() == before
    assert written(leader) == files


def test_with_one_window_not_even_the_trainers_own_page_shows_them(tmp_path: Path) -> None:
    leader = Leader(tmp_path)
    leader.lead.line = line_here()
    leader.press("j", "j", "end", "return").next_step(Step.BARRIERS)
    with Crowd(leader) as crowd:
        send(crowd, CORPUS[:2])
        leader.press("p")
        assert MARK not in on_the_wall(leader)
        leader.press("m", "p")
        assert MARK not in on_the_wall(leader)
    leader.lead.line.close()
    leader.close()


@pytest.fixture
def approved(leader: Leader) -> Leader:
    """The same room after every line was let through and shown, one by one."""
    with Crowd(leader) as crowd:
        send(crowd, CORPUS + FORMULAS)
        for _ in range(len(CORPUS + FORMULAS)):
            leader.press("m").press("page up", "page down")
            assert leader.pilot.stage.screen is leader.screen  # and not the page that says sorry
            assert_plain(on_the_wall(leader))
        assert len(leader.room.lines) == len(CORPUS + FORMULAS)
        crowd.poll(crowd.guests)
        for guest, own in zip(crowd.guests, CORPUS + FORMULAS, strict=True):
            for document in guest.documents:
                assert set(re.findall(f"{MARK}\\d*", texts(document))) <= set(re.findall(f"{MARK}\\d*", own))
    return leader


def assert_plain(words: str) -> None:
    """Nothing that turns letters round, hides, or climbs over another line."""
    for sign in words:
        assert unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"), repr(sign)
    marks = re.compile("[" + "".join(map(chr, range(0x300, 0x370))) + "]{3}")
    assert not marks.search(words)


def test_what_was_let_through_is_seen_and_can_do_no_harm(approved: Leader) -> None:
    approved.press("n", "escape")
    assert MARK in approved.seen()
    files = written(approved)
    assert set(files) == {".html", ".md", ".csv", ".json"}
    said = [line.words for line in approved.room.lines]

    page = Page(files[".html"])
    assert page.tags <= SAFE
    assert not [name for name, _ in page.attributes if name.startswith("on") or name in ("src", "href", "action")]
    for words in said:
        assert words in page.words

    kept = json.loads(files[".json"])
    assert said == [words for words in strings(kept) if MARK in words]

    for row in csv_rows(files[".csv"]):
        assert len(row) == 6
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋"))
    assert sum(MARK in "".join(row) for row in csv_rows(files[".csv"])) == len(said)

    markdown = files[".md"].split("## Barriers")[1]
    lines = [line.removeprefix("- ") for line in markdown.splitlines() if MARK in line]
    assert [re.sub(r"\\([^a-z0-9\s])", r"\1", line) for line in lines] == said
    for line in lines:
        bare = re.sub(r"\\[^a-z0-9\s]", "x", line)
        assert not re.search(r"[`*_\[\]<|~&$@]|://|www\.", bare)
    for text in files.values():
        assert_plain(re.sub(r"[\n\r\ufeff]", "", text))


def test_ten_thousand_letters_are_not_taken_and_not_half_of_them(leader: Leader) -> None:
    with Crowd(leader) as crowd:
        [guest] = crowd.join(1)

        async def write() -> list[int]:
            statuses = []
            for text in (TOO_LONG, TOO_LONG[:1500]):
                reply = guest.kept("/v", await guest.phone.post("/v", {"round": "barriers", "text": text}))
                statuses.append(reply.status)
            return statuses

        assert crowd.do(write()) == [413, 400]
        leader.pilot.turn()
        assert leader.lead.line.gathered.waiting == ()


class Parsed(HTMLParser):
    """A page's tags with their attributes, and what stands in a script or a style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[str] = []
        self._within = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._within = tag

    def handle_endtag(self, tag: str) -> None:
        self._within = "" if tag == self._within else self._within

    def handle_data(self, data: str) -> None:
        if self._within in ("script", "style") and data.strip():
            self.inline.append(data)


TAGS: Final = """html head meta title link script body main header footer h1 h2 p form input label textarea button b i
span a noscript div section details summary"""
FORM: Final = frozenset(TAGS.split())
"""The elements of the phone's page."""


def test_every_page_at_every_step_has_the_policy_no_code_within_it_and_no_address_outside(tmp_path: Path) -> None:
    leader = Leader(tmp_path, two_windows=True)
    leader.lead.line = line_here()
    leader.press("j")
    with Crowd(leader) as crowd:
        [guest] = crowd.join(1)
        leader.press("j")
        seen = set()
        while not leader.room.over:
            if leader.room.step not in seen:
                seen.add(leader.room.step)
                crowd.up_to_date()
                crowd.reload([guest])
                crowd.poll([guest])
            if leader.room.step is Step.BARRIERS:
                send(crowd, CORPUS[:6])
            leader.press("page down")
        assert len(guest.pages) == len(seen) + 1
        for asked, head in [pair for one in crowd.guests for pair in one.heads]:
            assert head["content-security-policy"] == CSP, asked
            assert head["x-content-type-options"] == "nosniff"
            assert head["cache-control"] == "no-store"
            assert not [name for name in head if name.startswith("access-control")]
        for page in [page for one in crowd.guests for page in one.pages]:
            parsed = Parsed(page)
            assert parsed.inline == []
            assert {tag for tag, _ in parsed.tags} <= FORM
            for _, attributes in parsed.tags:
                assert not [name for name in attributes if name.startswith("on") or name in ("style", "srcdoc")]
                for name in ("src", "href", "action", "formaction"):
                    assert re.fullmatch(r"/[a-z.]*", attributes.get(name) or "/"), attributes
    leader.lead.line.close()
    leader.close()


def written(leader: Leader) -> dict[str, str]:
    """The report's files, by their endings."""
    if not leader.desk.exists():
        return {}
    return {path.suffix: path.read_bytes().decode("utf-8") for path in leader.desk.iterdir()}


def csv_rows(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline="")))


def strings(value: object) -> Iterator[str]:
    """Every string in what JSON holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for entry in value.values():
            yield from strings(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from strings(entry)
