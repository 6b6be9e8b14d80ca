"""The report of a session: read by somebody who was not there, made twice, kept and read back, and never harmful."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.authoring import Library
from game.story import Course, Scenario
from game.training import (
    FEWEST,
    NotAReport,
    Room,
    SessionReport,
    Step,
    session_as_csv,
    session_as_html,
    session_as_json,
    session_as_markdown,
    session_from_json,
    session_report,
    sessions_as_html,
)
from tests.room.rooms import LINES, SMALL, Played, sessions, to_step
from tests.strategies import scenarios

DAY = date(2026, 11, 25)
ANY = sessions(scenarios())


def led(course: Course, scenario: Scenario, first: str = "12 A 9 B 3 C", second: str = "6 A 8 B 10 C") -> Room:
    """A whole session: the same cards at each decision, one look aside, two minutes of talk, some lines."""
    room = Room.open(course, scenario, headcount=24)
    while not room.over:
        if room.step is Step.SHOW:
            room = room.entered(first)
        elif room.step is Step.DISCUSS:
            room = room.spent(125)
        elif room.step is Step.SHOW_AGAIN:
            room = room.entered(second)
        elif room.step is Step.BARRIERS:
            room = room.note("barriers", "No time on shift").note("ideas", "Ask Marcus first")
        elif room.step is Step.MONDAY:
            room = room.note("monday", "Work a shift with Joy").note("plus", "We listened").note("delta", "More time")
        elif room.step is Step.BRANCH and len(room.decisions) == 1 and not room.decisions[0].what_ifs:
            room = room.what_if()
            continue
        room = room.next()
    return room


@pytest.fixture(scope="module")
def told(library: Library) -> SessionReport:
    entry = library.entry("late-again")
    assert entry is not None
    assert entry.scenario is not None
    return session_report(led(library.course, entry.scenario), DAY)


# ---- what it holds


def test_it_tells_what_was_played_when_and_with_how_many(told: SessionReport) -> None:
    assert (told.title, told.on, told.scenario, told.headcount) == ("Late again", "2026-11-25", "late-again", 24)
    assert re.fullmatch(r"[0-9a-f]{16}", told.digest)
    assert told.path == ("C", "C", "C", "C")
    assert told.finished
    assert told.ending
    assert told.seconds == 4 * 125


def test_it_tells_both_rounds_side_by_side_and_who_moved(told: SessionReport) -> None:
    first = told.decisions[0]
    assert first.ask == "What do you do first?"
    assert [(option.letter, option.before, option.after, option.change) for option in first.options] == [
        ("A", 12, 6, -6),
        ("B", 9, 8, -1),
        ("C", 3, 10, 7),
    ]
    assert first.totals == (24, 24)
    assert first.moves == ("A lost 6.", "B lost 1.", "C gained 7.")
    assert (first.branch, first.why) == ("C", "The room went with C: 10 of 24 chose it.")
    assert first.what_ifs == ("B",)
    assert first.talked == 125


def test_it_tells_what_people_said_and_what_was_quoted(told: SessionReport) -> None:
    assert told.lines("barriers") == ("No time on shift",)
    assert told.lines("ideas") == ("Ask Marcus first",)
    assert told.lines("monday") == ("Work a shift with Joy",)
    assert (told.lines("plus"), told.lines("delta")) == (("We listened",), ("More time",))
    assert "Remember I'm talking roles not people." in [quoted.words for quoted in told.quotations]
    assert {quoted.author for quoted in told.quotations} == {"Tony Osgood"}


def test_a_session_that_was_cut_short_is_told_as_far_as_it_came() -> None:
    room = to_step(Room.open(Course(), SMALL), Step.SHOW).entered("4 A 2 B")
    told = session_report(room, DAY)
    assert not told.finished
    assert told.path == ()
    assert told.decisions[0].totals == (6,)
    assert told.decisions[0].options[0].after is None
    page = session_as_html(told)
    assert "This session has not come to its end. This is as far as it went." in page
    assert "This was not decided." in page


def decided(typed: str, again: str, *, own: str = "", headcount: int | None = None) -> SessionReport:
    """The report of one decision: two counts as they are typed, and the trainer's own choice if there is one."""
    room = to_step(Room.open(Course(), SMALL, headcount=headcount), Step.SHOW)
    room = to_step(room.entered(typed) if typed else room, Step.SHOW_AGAIN)
    room = to_step(room.entered(again) if again else room, Step.BRANCH)
    return session_report((room.decide(own) if own else room).next(), DAY)


def test_it_says_why_a_branch_was_played() -> None:
    assert decided("4 A 2 B", "2 A 4 B").decisions[0].why == "The room went with B: 4 of 6 chose it."
    tie = decided("4 A 2 B", "3 A 3 B", own="wait").decisions[0]
    assert tie.why == "It was a tie between A and B. The trainer decided: B."
    own = decided("4 A 2 B", "5 A 1 C", own="ring").decisions[0]
    assert own.why == "Most votes went to A. The trainer chose C."
    assert decided("", "", own="ring").decisions[0].why == "Nobody voted. The trainer chose C."
    hall = decided("most A some B", "some A most B").decisions[0]
    assert hall.why == "The room went with B. It had the most votes."


def test_what_fewer_than_five_chose_is_in_no_document() -> None:
    """One in four would be known to whoever knows the other three; how many voted is told, and what was played."""
    told = decided("1 A 3 B", "2 A 2 B", own="knock")
    assert told.decisions[0].totals == (4, 4)
    assert [(option.before, option.after, option.change) for option in told.decisions[0].options] == [(0, 0, None)] * 3
    markdown = session_as_markdown(told)
    assert "| A. I choose knock. (played) | not shown | not shown |  |" in markdown
    assert "| Voted in all | 4 | 4 |  |" in markdown
    assert "- Where fewer than 5 voted, what they chose is not shown." in markdown
    assert "gained" not in markdown
    assert "- The room went with B. It had the most votes." in session_as_markdown(decided("1 A 2 B", "1 A 2 B"))
    assert ["option", "1", "B", "not shown", "not shown", "I choose wait."] in rows(told)
    assert "<figure>" not in session_as_html(told)
    assert "Where fewer than 5 voted" in session_as_html(told)


def test_a_round_of_fewer_than_five_gives_nobody_away_beside_one_of_more() -> None:
    told = decided("1 A 3 B", "2 A 3 B")
    assert told.decisions[0].moves == ()
    assert "| A. I choose knock. | not shown | 2 (40 %) |  |" in session_as_markdown(told)


def test_a_guess_at_a_hall_is_told_in_its_words() -> None:
    markdown = session_as_markdown(decided("most A some B", "half B some C"))
    assert "| A. I choose knock. | most | not named |  |" in markdown
    assert "| B. I choose wait. (played) | some | half |  |" in markdown
    assert "| Voted in all | a guess at the hall | a guess at the hall |  |" in markdown
    assert "- Where the hall was too big to count, the trainer put it in words: most, half, some or few." in markdown
    assert "%" not in markdown


def test_one_count_is_not_called_before_the_talk() -> None:
    room = to_step(Room.open(Course(), SMALL), Step.SHOW).entered("4 A 2 B").reveal_now()
    told = session_report(to_step(room, Step.BRANCH).next(), DAY)
    markdown = session_as_markdown(told)
    assert "| Choice | Votes |" in markdown
    assert "- The room voted only once." in markdown
    assert "Before the talk" not in markdown + session_as_html(told)
    assert "Where there are two counts" not in markdown


def test_a_count_that_was_held_only_after_the_talk_is_told_as_one_and_where_it_belongs() -> None:
    told = decided("", "4 A 2 B")
    assert told.decisions[0].totals == (6,)
    markdown = session_as_markdown(told)
    assert "| Choice | Votes |" in markdown
    assert "| A. I choose knock. (played) | 4 (67 %) |" in markdown
    assert "- Only the vote after the talk was counted." in markdown
    assert "Before the talk" not in markdown + session_as_html(told)
    assert "0 (0 %) |  |" not in markdown
    assert ["option", "1", "A", "", "4", "I choose knock."] in rows(told)
    assert ["voted", "1", "", "", "6", ""] in rows(told)
    assert session_from_json(session_as_json(told)) == told


def test_somebody_who_was_not_there_reads_what_the_story_was_and_what_came_of_it(told: SessionReport) -> None:
    page = Page(session_as_html(told)).words
    for sentence in (
        "It is neither a test nor an assessment of a person, a team or a home. No choice is the right answer.",
        "The story Joy is late for the fourth time in three weeks.",
        "Who is in it Joy (Support worker, two years here); Marcus (34, lives at Wren Lane, swims); Lorraine",
        "Nobody had to give a name.",
        "How to read the numbers",
        "The report does not say whose they are.",
        "Barriers: what gets in the way No time on shift",
        "From: How To Be A Real Practice Leader.",
        *told.followed,
    ):
        assert sentence in page, sentence
    assert [followed.split(":")[0] for followed in told.followed] == ["A person", "The team", "The organisation"]


# ---- as documents


def test_the_markdown_reads_as_a_report(told: SessionReport) -> None:
    lines = session_as_markdown(told).splitlines()
    assert lines[0] == "# Late again: what a room decided"
    for line in (
        "- Date: 25 November 2026",
        f"- Scenario: late-again, edition {told.digest}",
        "- People in the room: 24",
        "- Time to think and talk: 8 minutes",
        "1. What do you do first? C. Ask Marcus what he wants now, while Joy takes over from Lorraine.",
        f"## How it ended: {told.ending}",
        "- Where there are two counts, people chose alone, talked it over, and chose again.",
        "- Cards tell only how the totals changed. Votes by phone also tell how many went from one choice to another.",
        "## Decision 1. What do you do first?",
        "| Choice | Before the talk | After the talk | Change |",
        "| A. See Joy now, note the time, and fix two o’clock to talk. | 12 (50 %) | 6 (25 %) | 6 fewer |",
        "| Voted in all | 24 | 24 |  |",
        "- A lost 6. B lost 1. C gained 7.",
        "- The room went with C: 10 of 24 chose it.",
        "- The room also looked at what would have followed: B.",
        "- Time to talk: 2 minutes.",
        "| C. Ask Marcus what he wants now, while Joy takes over from Lorraine. (played) "
        "| 3 (13 %) | 10 (42 %) | 7 more |",
        "## What people said",
        "### One thing on Monday: what people want to do first",
        "- Work a shift with Joy",
        "From: How To Be A Real Practice Leader.",
        "> “Remember I'm talking roles not people.”  ",
        "> Tony Osgood",
    ):
        assert line in lines, line


def rows(report: SessionReport) -> list[list[str]]:
    return list(csv.reader(StringIO(session_as_csv(report).removeprefix("\ufeff"), newline="")))


def test_the_csv_has_a_row_for_each_option_and_line(told: SessionReport) -> None:
    table = rows(told)
    assert table[0] == ["part", "decision", "option", "first round", "second round", "words"]
    assert {len(row) for row in table} == {6}
    assert ["option", "1", "C", "3", "10", "Ask Marcus what he wants now, while Joy takes over from Lorraine."] in table
    assert ["voted", "1", "", "24", "24", ""] in table
    assert ["branch", "1", "C", "", "", "The room went with C: 10 of 24 chose it."] in table
    assert ["what if", "1", "B", "", "", ""] in table
    assert ["barriers", "", "", "", "", "No time on shift"] in table
    assert ["digest", "", "", "", "", told.digest] in table


class Page(HTMLParser):
    """What is in a page: its elements, their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.text).split())


ELEMENTS = """html head meta title style body main section h1 h2 h3 p b br dl dt dd ul ol li table thead tbody tr th td
figure figcaption blockquote svg rect text div span"""
SAFE = frozenset(ELEMENTS.split())
"""The elements of a report."""


def test_the_page_has_charts_that_are_told_in_words_too(told: SessionReport) -> None:
    page = Page(session_as_html(told))
    assert page.tags <= SAFE
    labels = [value for name, value in page.attributes if name == "aria-label"]
    assert len(labels) == 4
    assert labels[0] == (
        "A: before the talk 12 (50 %), after it 6 (25 %). B: before the talk 9 (38 %), after it 8 (33 %). "
        "C: before the talk 3 (13 %), after it 10 (42 %)."
    )
    assert "Late again: what a room decided" in page.words
    assert "C. Ask Marcus what he wants now" in page.words
    assert "The pale bar is before the talk, the dark bar below it is after." in page.words


def test_the_bars_are_as_long_as_the_votes(told: SessionReport) -> None:
    figure = session_as_html(told).split("<figure>")[1].split("</figure>")[0]
    wide = [float(width) for width in re.findall(r'<rect [^>]*width="([\d.]+)"', figure)]
    assert [round(12 * width / max(wide)) for width in wide] == [12, 6, 9, 8, 3, 10]


def test_it_fetches_nothing_and_runs_nothing(told: SessionReport) -> None:
    page = session_as_html(told)
    assert "http" not in page
    assert "url(" not in page
    assert "@import" not in page
    assert not [name for name, _ in Page(page).attributes if name.startswith("on") or name in ("src", "href")]


@settings(deadline=None)
@given(ANY)
def test_every_document_of_one_room_has_the_same_bytes_when_made_twice(session: Played) -> None:
    for make in (session_as_html, session_as_markdown, session_as_csv, session_as_json):
        once = make(session_report(session.room, DAY)).encode()
        assert make(session_report(session.room.back(), DAY)).encode() == once


@settings(deadline=None)
@given(ANY)
def test_a_report_can_be_made_after_every_step_and_its_totals_are_the_rooms(session: Played) -> None:
    for room in session.rooms[::5]:
        report = session_report(room, DAY)
        for asked, told in zip(room.decisions, report.decisions, strict=True):
            counted = [tally for tally in (asked.first.tally, asked.second.tally) if not tally.empty]
            held = counted or [asked.first.tally]
            heads = [[option.before for option in told.options], [option.after for option in told.options]]
            assert told.totals == tuple(tally.total for tally in held)
            for tally, of_round in zip(held, heads, strict=False):
                few = 0 < tally.total < FEWEST and not any(tally.guesses)
                assert of_round == ([0] * len(tally.heads) if few else list(tally.heads))
            for table in told.tables:
                assert sum(table.heads) >= FEWEST
        assert session_as_html(report)
        assert session_as_markdown(report)


@settings(deadline=None)
@given(ANY)
def test_no_token_and_nobody_is_in_any_document(session: Played) -> None:
    report = session_report(session.room, DAY)
    for make in (session_as_html, session_as_markdown, session_as_csv, session_as_json):
        assert "token" not in make(report)


@settings(deadline=None)
@given(ANY)
def test_a_report_that_was_kept_reads_back_the_same(session: Played) -> None:
    report = session_report(session.room, DAY)
    assert session_from_json(session_as_json(report)) == report


@pytest.mark.parametrize("text", ["", "[]", "7", "null", "{}", '{"session": 2}', '{"session": 1}', "[" * 100_000])
def test_what_is_no_report_is_told_apart(text: str) -> None:
    with pytest.raises(NotAReport):
        session_from_json(text)


def test_a_report_with_letters_for_numbers_is_none(told: SessionReport) -> None:
    for path, value in (
        (("decisions", 0, "options", 0, "before"), "many"),
        (("decisions", 0, "settled"), "by lot"),
        (("decisions", 0, "talked"), "long"),
        (("headcount",), "many"),
        (("seconds",), None),
        (("about",), 7),
        (("title",), ["Late", "again"]),
    ):
        kept = json.loads(session_as_json(told))
        *way, last = path
        part = kept
        for key in way:
            part = part[key]
        part[last] = value
        with pytest.raises(NotAReport):
            session_from_json(json.dumps(kept))


def test_a_report_of_an_earlier_day_that_told_less_is_read_all_the_same(told: SessionReport) -> None:
    kept = json.loads(session_as_json(told))
    for name in ("about", "cast", "followed", "source", "made_up"):
        del kept[name]
    for decision in kept["decisions"]:
        del decision["settled"]
    read = session_from_json(json.dumps(kept))
    assert read.path == told.path
    assert (read.about, read.followed, read.decisions[0].settled) == ("", (), "")
    assert "3 (13 %), then 10 (42 %), played" in Page(sessions_as_html([read])).words


# ---- what people said can do no harm

NASTY = (
    *LINES,
    '"; DROP TABLE votes; --',
    "</li></ul><img src=x onerror=alert(1)>",
    "&lt;b&gt; &amp; &#x3C;",
    "[click](javascript:alert(1)) ![x](http://e.example/x.png) <http://e.example>",
    "www.e.example http://e.example me@e.example",
    "# Heading",
    "1. one",
    "---",
    "```",
    "+44 20 7946",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "＝1+1",
    "x" * 10_000,
)


def with_lines(*lines: str) -> SessionReport:
    room = to_step(Room.open(Course(), SMALL), Step.BARRIERS)
    for line in lines:
        room = room.note("barriers", line)
    return session_report(room, DAY)


@pytest.mark.parametrize("line", NASTY)
def test_what_people_said_is_only_text_in_the_page(line: str) -> None:
    report = with_lines(line)
    page = Page(session_as_html(report))
    assert page.tags <= SAFE
    for said in report.lines("barriers"):
        assert said in page.words


@pytest.mark.parametrize("line", NASTY)
def test_no_cell_is_a_formula(line: str) -> None:
    report = with_lines(line)
    for row in rows(report):
        for text in row:
            assert not text.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
    said = [row[5].removeprefix("'") for row in rows(report) if row[0] == "barriers"]
    assert said == list(report.lines("barriers"))


@pytest.mark.parametrize("line", NASTY)
def test_what_people_said_is_only_text_in_the_markdown(line: str) -> None:
    """No sign that means something is left without its backslash."""
    report = with_lines(line)
    lines = session_as_markdown(report).splitlines()
    for said in report.lines("barriers"):
        written = lines[lines.index("### Barriers: what gets in the way") + 2].removeprefix("- ")
        assert re.sub(r"\\([^a-z0-9\s])", r"\1", written) == said
        bare = re.sub(r"\\[^a-z0-9\s]", "x", written)
        assert not re.search(r"[`*_\[\]<|~&$@]|://|www\.", bare)
        assert not re.match(r"[#>+=-]|\d+[.)]", bare)


@settings(deadline=None)
@given(st.lists(st.text(), max_size=4))
def test_whatever_is_said_every_document_holds_it_and_nothing_else(lines: list[str]) -> None:
    report = with_lines(*lines)
    assert Page(session_as_html(report)).tags <= SAFE
    table = rows(report)
    assert {len(row) for row in table} == {6}
    assert len([row for row in table if row[0] == "barriers"]) == len(report.lines("barriers"))
    markdown = session_as_markdown(report).split("### Barriers: what gets in the way")
    assert (len(markdown[1].splitlines()) - 2 if len(markdown) > 1 else 0) == len(report.lines("barriers"))
    for text in (session_as_html(report), session_as_markdown(report), session_as_csv(report)):
        text.encode("utf-8")


def test_somebody_who_was_not_there_learns_that_the_people_are_made_up_and_that_the_story_was_left(
    told: SessionReport,
) -> None:
    assert "A group heard this made-up story and decided" in session_as_markdown(told)
    left = "The group left the story before its end."
    assert left not in session_as_markdown(told)
    room = to_step(Room.open(Course(), SMALL, headcount=9), Step.SHOW).entered("1 A 8 C")
    room = to_step(room, Step.BRANCH).next().finish()
    assert left not in session_as_markdown(session_report(room, DAY))  # still open: it says that it goes no further yet
    over = to_step(room, Step.CLOSE)
    assert f"**{left}**" in session_as_markdown(session_report(over, DAY)).splitlines()
    assert left in Page(session_as_html(session_report(over, DAY))).words


# ---- side by side


def test_two_rooms_are_laid_side_by_side() -> None:
    """One went in by knocking, the other rang; the second closed the story before its end."""
    one = session_report(led(Course(), SMALL, "5 A 1 B", "6 A"), DAY)
    other = to_step(Room.open(Course(), SMALL, headcount=9), Step.SHOW).entered("1 A 8 C")
    other = to_step(other, Step.BRANCH).next().finish()
    page = Page(sessions_as_html([one, session_report(other, date(2026, 11, 26))])).words
    assert page.startswith("How several rooms decided")
    assert "Room 1 25 November 2026 24 6 minutes The end at out" in page
    assert "Room 2 26 November 2026 9 not reached" in page
    assert (
        "What each room did Decision Room 1 Room 2 "
        "What now, at door? Here the rooms parted. I choose knock. I choose ring. "
        "What now, at hall? Only room 1 decided here. I choose sit. did not come here "
        "What now, at kitchen? Only room 1 decided here. I choose tea. did not come here"
    ) in page
    assert "What now, at door? Here the rooms parted. Choice Room 1 Room 2" in page
    assert "I choose knock. 5 (83 %), then 6 (100 %), played 1 (11 %)" in page
    assert "I choose ring. 0 (0 %), then 0 (0 %) 8 (89 %), played" in page
    assert "I choose tea. 5 (83 %), then 6 (100 %), played did not come here" in page


def test_side_by_side_it_is_seen_who_decided_and_that_a_room_came_no_further() -> None:
    tie = decided("5 A 1 B", "3 A 3 B", own="knock")
    own = decided("5 A 1 B", "6 A", own="knock")
    other = decided("5 A 1 B", "6 A", own="ring")
    cut = session_report(to_step(Room.open(Course(), SMALL), Step.SHOW).entered("5 A 1 B"), DAY)
    page = Page(sessions_as_html([tie, own, other, cut])).words
    assert "3 (50 %), played: a tie, and the trainer decided 5 (83 %), then 6 (100 %), played 5 (83 %)" in page
    assert "0 (0 %), then 0 (0 %), played: the trainer’s own choice" in page
    assert (
        "What now, at door? Here the rooms parted. I choose knock. I choose knock. I choose ring. not decided" in page
    )
    same = Page(sessions_as_html([tie, own])).words
    assert "What now, at door? All rooms that decided here did the same. I choose knock. I choose knock." in same


def test_rooms_of_different_editions_are_told_as_such(told: SessionReport) -> None:
    page = sessions_as_html([told, replace(told, digest="0" * 16)])
    assert "These rooms did not all play the same edition of the story." in page
    assert f"Edition Room 1 25 November 2026 24 8 minutes {told.ending} {told.digest} Room 2" in Page(page).words
    assert "dition" not in Page(sessions_as_html([told, told])).words


@settings(deadline=None)
@given(st.lists(ANY, min_size=1, max_size=3))
def test_any_sessions_can_be_laid_side_by_side(played: list[Played]) -> None:
    reports = [session_report(session.room, DAY) for session in played]
    page = sessions_as_html(reports)
    assert Page(page).tags <= SAFE
    assert sessions_as_html(reports) == page


def test_no_room_is_ranked_above_another(told: SessionReport) -> None:
    words = Page(sessions_as_html([told, told])).words.lower()
    assert not re.search(r"\b(best|score|winner|wrong|right answer|correct|passed|failed)\b", words)
