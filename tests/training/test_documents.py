"""A finished run as a document: plain text, and one page that stands alone."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from game.authoring import Library
from game.story import Course, DebriefNotes, Happened, Passage, Scenario, Story, transcript
from game.training import debrief, debrief_as_text, run_as_html, run_as_text
from tests.story.making import asks, choice, ends, leads, story_of

VOID = {"meta", "br"}
FETCHES = re.compile(r"https?:|//|url\(|@import|<script|<link|<img|<iframe|\bsrc\s*=|\bhref\s*=", re.IGNORECASE)


class Read(HTMLParser):
    """An HTML page as a reader finds it: its words in order, and what was opened and never closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.words: list[str] = []
        self.attributes: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [name for name, _ in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)

    def handle_data(self, data: str) -> None:
        if "style" not in self.open and data.strip():
            self.words.append(" ".join(data.split()))

    @property
    def text(self) -> str:
        return " ".join(self.words)


def swim(library: Library) -> Story:
    entry = library.entry("late-again")
    assert entry is not None
    assert entry.scenario is not None
    return Story.replay(entry.scenario, ["ask-marcus", "mum", "two-ideas", "hold-back"])


@pytest.fixture
def text(library: Library) -> str:
    story = swim(library)
    return run_as_text(debrief(library.course, story, spoken=False), story)


@pytest.fixture
def page(library: Library) -> str:
    story = swim(library)
    return run_as_html(debrief(library.course, story, spoken=False), story)


def as_text(scenario: Scenario, path: str = "", course: Course | None = None) -> str:
    story = Story.replay(scenario, path.split())
    return debrief_as_text(debrief(course or Course(), story, spoken=False), story)


def as_page(scenario: Scenario, path: str = "", course: Course | None = None) -> str:
    story = Story.replay(scenario, path.split())
    return run_as_html(debrief(course or Course(), story, spoken=False), story)


# plain text


def test_the_text_opens_with_the_title_and_who_you_are(text: str) -> None:
    assert text.startswith(
        "Late again\n==========\n\nYou are the team leader at Wren Lane, eight months in.\n\n[kitchen] Tuesday, 8.31\n"
    )


def test_the_text_holds_the_whole_transcript_and_the_whole_debrief(text: str, library: Library) -> None:
    story = swim(library)

    assert transcript(story) in text
    assert text.endswith(debrief_as_text(debrief(library.course, story, spoken=False), story))


def test_the_text_has_the_cards_in_order_each_under_its_title(text: str) -> None:
    lines = text.split("\n")
    titles = [before for before, line in pairwise(lines) if line and set(line) == {"-"}]

    assert titles == [
        "What happened",
        "The first moment that mattered",
        "The second moment that mattered",
        "The workshop says",
        "Over to you",
        "One thing",
        "What you did in this run",
        "The roles in this run",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "A person: Marcus swims at eleven on Tuesdays, an hour he chose.",
        "What was good in it: You have known her longer than you have known the pattern.",
        "What the moment asked for: An open ear first, and a clear line. You went to find out. "
        "Here is what that opened.",
        "The other road: Ask her to hear how Marcus missed out, then agree on next time.",
        "It would have led here:",
        "This is the view of Tony Osgood. You may see it another way.",
        "- What would have made this easier where you work?",
        "Name the dates. Then ask what changed.",
        "Try it on your next shift.",
        "3. Have Joy and Marcus bring two ideas each to the team next Thursday. (Includes people)",
        "Manager role: 3 of 8 on offer",
        "Leader role: 7 of 7 on offer",
        "Off-road. In this run you went to look for the better view.",
        "“Remember I'm talking roles not people.” Tony Osgood",
    ],
)
def test_the_text_says(text: str, line: str) -> None:
    assert line in text.split("\n")


def test_what_was_good_in_a_choice_is_said_before_what_it_closed(text: str) -> None:
    first = text[text.index("The first moment that mattered") :]

    assert first.index("What was good in it:") < first.index("What it closed:")


def test_the_road_not_taken_says_how_it_would_have_ended_where_it_ends() -> None:
    told = as_text(
        story_of(asks("hall", choice("a", "end", manager=1), choice("b", "other")), ends("end"), ends("other")), "a"
    )

    assert "It would have ended here: The end at other" in told.split("\n")


def test_a_run_near_the_middle_says_so() -> None:
    hall = asks("hall", choice("a", "end", manager=1), choice("b", "end", manager=2))

    told = as_text(story_of(hall, ends("end")), "a").split("\n")

    assert "Manager role: 1 of 2 on offer" in told
    assert "The straight road. In this run you kept the line clear." in told
    assert "Passing through. In this run a lot went by. Busy day?" in told
    assert "Near the middle. Both texts fit." in told


def test_a_story_without_a_workshop_or_notes_has_no_empty_cards() -> None:
    plain = story_of(Passage("later", todo="Angela looks at the rota."))

    assert as_text(plain) == (
        "\nWhat you did in this run\n------------------------\n"
        "\nThe roles in this run\n---------------------\n"
        "Manager role: 0 of 0 on offer\nLeader role: 0 of 0 on offer\n"
        "Passing through. In this run a lot went by. Busy day?\n"
    )
    page = Read(as_page(plain)).text
    for title in ("What happened", "The workshop says", "This is the view of", "Over to you", "One thing", "Try it on"):
        assert title not in page


# the page


def test_the_page_says_what_the_text_says(page: str, text: str) -> None:
    read = Read(page).text
    debriefing = text[text.index("What happened\n") :]
    for line in filter(None, debriefing.split("\n")):
        for part in re.split(r": | \(|[“”]|^\d+\. |^- |^ +", line):
            words = part.strip().removesuffix(")").rstrip(" :")
            if words and set(words) != {"-"}:
                assert words in read, line


def test_the_page_tells_every_line_and_every_choice_of_the_run(page: str, library: Library) -> None:
    read = Read(page).text

    for step in swim(library).steps:
        for visit in step.visits:
            for line in visit.lines:
                assert " ".join(line.text.split()) in read
    assert read.count("You chose:") == 4
    assert "You chose: Leave the dates in your bag and ask her how her mum is." in read
    assert "Tuesday, 8.31" in read


def test_every_tag_of_the_page_is_closed_where_it_should_be(page: str) -> None:
    read = Read(page)

    assert (read.open, read.crossed) == ([], [])
    assert page.startswith('<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n')
    assert "<title>Late again</title>" in page


def test_the_page_fetches_nothing(page: str) -> None:
    assert not FETCHES.search(page)
    assert not {"src", "href", "style", "onclick", "onload"} & set(Read(page).attributes)


def test_the_page_shows_each_role_as_a_bar_of_what_was_on_offer(page: str) -> None:
    for words in ("Manager role: 3 of 8 on offer", "Leader role: 7 of 7 on offer"):
        assert f"<div class=bar>{words}<svg " in page


def test_the_page_shows_what_an_author_wrote_and_never_runs_it() -> None:
    nasty = "<script>alert('&amp;')</script> & \"so\" on"
    scenario = story_of(
        leads("hall", "ask", told=[nasty, ("joy", nasty)], when=nasty),
        asks("ask", choice("a", "end", why=nasty), choice("b", "end"), told=[]),
        ends("end", nasty, happened=Happened(nasty, nasty, nasty)),
        you=nasty,
        title=nasty,
        debrief=DebriefNotes(questions=(nasty,), one_thing=nasty),
    )

    page = as_page(scenario, "a")

    assert "<script" not in page
    assert "&lt;script&gt;alert(&#x27;&amp;amp;&#x27;)&lt;/script&gt; &amp; &quot;so&quot; on" in page
    read = Read(page)
    assert (read.open, read.crossed) == ([], [])
    assert read.text.count("<script>alert('&amp;')</script> & \"so\" on") >= 11


def test_the_page_of_a_run_near_the_middle_says_so() -> None:
    hall = asks("hall", choice("a", "end", manager=1), choice("b", "end", manager=2))

    assert "Near the middle. Both texts fit." in Read(as_page(story_of(hall, ends("end")), "a")).text


def test_the_page_of_a_story_still_being_written_says_what_is_to_come() -> None:
    page = as_page(story_of(Passage("later", todo="Angela looks at the rota.")))

    assert "<h3>Angela looks at the rota.</h3>" in page


def test_emphasis_is_set_as_emphasis_on_the_page_and_stays_as_written_in_the_text() -> None:
    scenario = story_of(ends("end", "*Open mic* at the Fleece, 2 * 3 < 7."))

    assert "<em>Open mic</em> at the Fleece, 2 * 3 &lt; 7." in as_page(scenario)
    assert "*Open mic* at the Fleece, 2 * 3 < 7." in transcript(Story.begin(scenario))
