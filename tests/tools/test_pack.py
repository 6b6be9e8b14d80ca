"""The trainer's pack: a real file, read as a reader and a printer read it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings

from game.authoring import Library
from game.story import (
    Choice,
    Course,
    DebriefNotes,
    Fact,
    Happened,
    Idea,
    Outcome,
    Quotation,
    Roles,
    Scenario,
    Source,
    Story,
    lines_of,
    spoken,
)
from game.tools.pack import pack
from game.training import quotation
from game.words import say
from tests.displays import PATIENCE
from tests.shipped.routes import library as shipped_library
from tests.shipped.routes import routes, scenario
from tests.shipped.routes import scenarios as shipped
from tests.story.making import asks, choice, do, ends, leads, only_if, story_of
from tests.strategies import scenarios
from tests.training.test_booklet import many_endings

VOID = {"meta", "br", "img"}
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SWEARING = re.compile(r"fuck|\bshit|\barse\b|idiot", re.IGNORECASE)
MAP = (
    '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}">'
    "<style>p {{ display: none }}</style><title>Kitchen</title></svg>\n"
)
WIDE = MAP.format(size="800 400")


@dataclass
class Section:
    """A piece of the page: the words in it, and the pieces of a kind that the tests ask for."""

    id: str
    words: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    ask: str = ""
    turns: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return folded(" ".join(self.words))


class Page(HTMLParser):
    """An HTML page as a reader finds it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str, str]] = []
        self.crossed: list[str] = []
        self.fetched: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.attributes: set[str] = set()
        self.sections: dict[str, Section] = {}
        self.words: list[str] = []
        self.letters: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.attributes |= given.keys()
        self.fetched += [given[name] for name in ("src", "srcset", "data", "poster", "action") if name in given]
        self.links += [given["href"]] if "href" in given else []
        if "id" in given:
            self.ids.append(given["id"])
            self.sections[given["id"]] = Section(given["id"])
        if tag in VOID:
            return
        self.open.append((tag, given.get("class", ""), given.get("id", "")))
        entry = self.entry
        if entry and tag == "span" and given.get("class") == "line":
            entry.lines.append("")
        if entry and tag == "li":
            entry.turns.append(("", "", ""))
        if entry and tag == "a":
            letter, text, _ = entry.turns[-1]
            entry.turns[-1] = (letter, text, given["href"].removeprefix("#n"))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop()[0] != tag:
            self.crossed.append(tag)

    @property
    def entry(self) -> Section | None:
        """The numbered entry that is being read."""
        return next((self.sections[id] for _, kind, id in self.open if kind == "entry"), None)

    def handle_data(self, data: str) -> None:
        if any(tag == "style" for tag, _, _ in self.open):
            return
        self.words.append(data)
        for _, _, id in self.open:
            if id:
                self.sections[id].words.append(data)
        if any(kind == "letter" for _, kind, _ in self.open):
            self.letters.append(data)
        entry = self.entry
        if entry:
            self._in_entry(entry, data)

    def _in_entry(self, entry: Section, data: str) -> None:
        if any(kind == "line" for _, kind, _ in self.open):
            entry.lines[-1] += data
        elif any(kind == "ask" for _, kind, _ in self.open):
            entry.ask += data
        elif entry.turns and self.open[-1][0] == "b":
            letter, text, to = entry.turns[-1]
            entry.turns[-1] = (letter + data, text, to)
        elif entry.turns and any(tag == "span" for tag, _, _ in self.open):
            letter, text, to = entry.turns[-1]
            entry.turns[-1] = (letter, text + data, to)

    @property
    def text(self) -> str:
        return folded(" ".join(self.words))


def folded(text: str) -> str:
    """Text as a browser shows it: spaces folded, the stars of emphasis gone."""
    return " ".join(text.replace("*", "").split())


def made(
    one: Scenario, folder: Path, course: Course | None = None, *, spoken: bool = False, map_svg: str = ""
) -> tuple[str, str]:
    """The pack that is written, and what is said about it."""
    to, out = folder / "pack.html", io.StringIO()
    assert pack(one, course or Course(), map_svg=map_svg, spoken=spoken, to=to, out=out) == 0
    return to.read_text("utf-8"), out.getvalue()


def course() -> Course:
    return shipped_library().course


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    """The packs of all shipped scenarios, read."""
    folder = tmp_path_factory.mktemp("packs")
    return {one.id: Page(made(one, folder, course(), map_svg=WIDE)[0]) for one in shipped()}


EACH = pytest.mark.parametrize("one", shipped(), ids=lambda one: one.id)


# everything is there


@EACH
def test_every_decision_has_a_page_with_its_question_its_options_and_what_to_talk_about(
    one: Scenario, pages: dict[str, Page]
) -> None:
    page = pages[one.id]
    asked = [passage for passage in one.passages.values() if passage.decision]
    for number, passage in enumerate(asked, start=1):
        assert passage.decision is not None
        room = page.sections[f"decision-{number}"].text
        assert folded(passage.decision.ask) in room
        for option in passage.decision.choices:
            assert folded(option.text) in room
        for question in passage.decision.discuss:
            assert folded(question) in page.sections["decisions"].text
            assert folded(question) not in room


@EACH
def test_the_trainer_reads_why_a_decent_person_would_and_what_it_opened_and_closed(
    one: Scenario, pages: dict[str, Page]
) -> None:
    told = pages[one.id].sections["decisions"].text
    for option in every_choice(one):
        for words in (option.why, option.debrief.opened, option.debrief.closed):
            assert folded(words) in told
        for effect in option.effects:
            assert folded(effect.because) in told


@EACH
def test_every_quotation_is_there_in_clean_language_with_its_author(one: Scenario, pages: dict[str, Page]) -> None:
    page = pages[one.id]
    for id in cited(one):
        shown = quotation(course().source, id, spoken=False)
        assert shown is not None
        assert folded(shown.words or shown.gloss) in page.text
        assert folded(shown.gloss) in page.sections["quotes"].text
    assert "by Tony Osgood" in page.sections["quotes"].text
    assert not SWEARING.search(page.text)


@EACH
def test_every_ending_every_person_and_every_fact_is_there(one: Scenario, pages: dict[str, Page]) -> None:
    page = pages[one.id]
    for passage in one.passages.values():
        if passage.ending:
            happened = passage.ending.happened
            for words in (passage.ending.title, happened.person, happened.team, happened.organisation):
                assert folded(words) in page.sections["endings"].text
    for id in one.cast:
        assert folded(one.people[id].name) in page.sections["people"].text
    for fact in one.facts.values():
        assert folded(fact.says) in page.sections["people"].text


@EACH
def test_every_line_of_the_story_is_in_the_pack(one: Scenario, pages: dict[str, Page]) -> None:
    text = pages[one.id].text
    for passage in one.passages.values():
        for line in lines_of(passage.text):
            assert folded(line.text) in text


@EACH
def test_the_debrief_cards_are_there(one: Scenario, pages: dict[str, Page]) -> None:
    cards = pages[one.id].sections["debrief"].text
    assert folded(one.debrief.one_thing) in cards
    for question in one.debrief.questions:
        assert folded(question) in cards
    for words in ("1 How was that?", "2 What happened", "3 Moments that mattered", "4 The workshop says"):
        assert words in cards


def every_choice(one: Scenario) -> list[Choice]:
    return [
        option for passage in one.passages.values() for option in (passage.decision.choices if passage.decision else ())
    ]


def cited(one: Scenario) -> list[str]:
    ending = [id for passage in one.passages.values() if passage.ending for id in passage.ending.quotes]
    return [*(c.debrief.quote for c in every_choice(one) if c.debrief.quote), *ending, *one.debrief.quotes]


def test_the_parts_come_in_order_and_the_contents_lead_to_them(pages: dict[str, Page]) -> None:
    page = pages["late-again"]
    parts = ["running", "people", "map", "decisions", "endings", "debrief", "quotes", "paper"]

    assert [id for id in page.ids if id in parts] == parts
    assert [link for link in page.links if not link.startswith("#n")] == [
        "#running", "#people", "#map", "#decisions", "#decision-1", "#decision-2", "#decision-3", "#decision-4",
        "#endings", "#debrief", "#quotes", "#paper",
    ]  # fmt: skip


def test_the_cover_says_what_it_is_for_whom_how_long_and_that_it_is_never_an_assessment(
    pages: dict[str, Page],
) -> None:
    text = pages["late-again"].text

    assert "A pack for trainers Late again Joy is late for the fourth time" in text
    assert "About 75 minutes in a room. One person alone needs about 10." in text
    assert "4 decisions, 4 endings. 81 different roads through the story." in text
    assert "Never an assessment There is no pass mark and no right letter." in text
    assert "It is not for hiring, probation or appraisal." in text


def test_a_session_is_timed_by_the_words_the_options_and_the_decisions(tmp_path: Path) -> None:
    talk = " ".join(["word"] * 300)
    one = story_of(
        asks("one", choice("a", "two"), choice("b", "end"), told=[talk]),
        asks("two", choice("a", "end"), choice("b", "end"), told=[talk]),
        ends("end", talk),
    )

    running = Page(made(one, tmp_path)[0]).sections["running"].text

    assert "Read Read the story aloud, as far as the question. Show the cards. 3" in running
    assert "A minute each. 2" in running
    assert "In all 14" in running
    assert "1 to 2 decisions, 14 minutes each 14 to 28" in running
    assert "In all 35 to 50" in running


def test_a_story_with_a_loop_takes_so_many_minutes_or_more(tmp_path: Path) -> None:
    page = Page(made(story_of(asks("hall", choice("wait", "hall"), choice("go", "end")), ends("end")), tmp_path)[0])

    assert "About 35 or more minutes in a room." in page.text
    assert "No end of different roads, as some lead back." in page.text


# the cards


@EACH
def test_the_cards_have_letters_and_no_scores(one: Scenario, pages: dict[str, Page]) -> None:
    page = pages[one.id]
    wanted = []
    for number, passage in enumerate((p for p in one.passages.values() if p.decision), start=1):
        assert passage.decision is not None
        count = len(passage.decision.choices)
        wanted += ["A", "B", "C", "D"][:count] + ["?"] * (count % 2)
        room = page.sections[f"decision-{number}"].text
        for words in ("manager", "leader", "Roles", say("pack.why"), say("pack.opened"), say("pack.score-2")):
            assert words not in room.replace("team leader", "").replace("practice leader", ""), room
    assert page.letters == wanted


def test_the_scores_are_words_on_the_page_of_the_trainer(tmp_path: Path) -> None:
    hall = asks(
        "hall", choice("a", "end", manager=2, leader=1), choice("b", "end"), calls_for=Roles(manager=1, leader=2)
    )

    told = Page(made(story_of(hall, ends("end")), tmp_path)[0]).sections["decisions"].text

    assert "manager the heart of it, leader part of it." in told
    assert "manager not in it, leader not in it." in told
    assert "What the moment asked for An open ear first, and a clear line." in told


def test_the_trainer_reads_where_each_option_leads_what_moves_and_what_is_remembered(tmp_path: Path) -> None:
    hall = asks(
        "hall",
        choice(
            "a", ("good", "noted"), "talk", effects=[do(set=["plan"], trust=-2, because="Nobody asked.", when="why")]
        ),
        choice("b", "good", when="trust >= 3 and not (asked or why)", once=True),
    )
    talk = asks("talk", choice("c", "good"))
    one = story_of(hall, talk, ends("good"))
    says = {"why": "Joy told you why.", "asked": "Marcus was asked.", "plan": "There is a plan."}
    facts = {**one.facts, **{name: Fact(name, words) for name, words in says.items()}}

    told = Page(made(replace(one, facts=facts), tmp_path)[0]).sections["decisions"].text

    assert "Next decision 2, “What now, at talk?”" in told
    assert "Next the ending “The end at good”" in told
    assert "What moves If “Joy told you why”: The team’s trust down: Nobody asked." in told
    assert "The story remembers If “Joy told you why”: There is a plan." in told
    neither = "neither “Marcus was asked” nor “Joy told you why”"
    assert f"On offer only if the team’s trust is 3 or more and {neither}. On offer once." in told


def test_the_room_reads_what_always_leads_here_and_what_only_some_roads_tell(tmp_path: Path) -> None:
    hall = asks("hall", choice("a", "car"), choice("b", "bus"), told=["The hall."])
    car = leads("car", "door", told=["In the car you talk."])
    bus = leads("bus", "door", told=["On the bus you wait."])
    door = leads("door", "talk", told=["The door is open.", only_if("asked", "Somebody asked.")])
    talk = asks(
        "talk", choice("c", "end"), told=["You sit down.", only_if("noted", "It is noted.", otherwise=["It is not."])]
    )
    one = story_of(hall, car, bus, door, talk, ends("end"))
    facts = {**one.facts, "noted": Fact("noted", "You wrote it down.")}

    room = Page(made(replace(one, facts=facts), tmp_path)[0]).sections["decision-2"].text

    assert "After A at decision 1: In the car you talk. After B at decision 1: On the bus you wait." in room
    assert "The door is open. On some roads more is told here. You sit down." in room
    assert "If “You wrote it down”: It is noted. If not: It is not. What now, at talk?" in room


def test_an_ending_says_how_many_roads_lead_there_and_one_of_them(pages: dict[str, Page]) -> None:
    endings = pages["late-again"].sections["endings"].text

    counts = [int(count) for count in re.findall(r"(\d+) of the 81 roads end here", endings)]
    assert sum(counts) == 81
    ways = re.findall(
        r"One way here: ([A-C]) at decision 1, ([A-C]) at decision 2, ([A-C]) at decision 3, ([A-C]) at decision 4",
        endings,
    )
    ends_met = []
    for way in ways:
        story = Story.begin(scenario("late-again"))
        for letter in way:
            story = story.choose(story.choices["ABC".index(letter)].id)
        ends_met.append(story.passage.id)
    assert ends_met == [passage.id for passage in scenario("late-again").passages.values() if passage.ending]


# the story in numbers


@EACH
def test_turning_the_printed_numbers_is_playing_the_story_on_every_road(one: Scenario, pages: dict[str, Page]) -> None:
    entries = {id[1:]: found for id, found in pages[one.id].sections.items() if re.fullmatch(r"n\d+", id)}
    for route in routes(one):
        number = "1"
        for step, taken in zip(route.story.steps, (*route.story.path, ""), strict=True):
            entry = entries[number]
            told = [folded(spoken(one, line)) for visit in step.visits for line in visit.lines]
            assert [folded(line) for line in entry.lines] == told
            if step.ending:
                assert folded(entry.ask) == f"The end of this road: {folded(step.ending.title)}"
                assert entry.turns == []
                continue
            assert step.passage.decision is not None
            assert folded(entry.ask) == folded(step.passage.decision.ask)
            assert [folded(text) for _, text, _ in entry.turns] == [folded(offer.text) for offer in step.choices]
            number = next(to for (_, _, to), offer in zip(entry.turns, step.choices, strict=True) if offer.id == taken)


def test_a_story_too_large_for_paper_gets_a_kind_sentence_and_all_the_rest(tmp_path: Path) -> None:
    text, said = made(many_endings(11), tmp_path)
    page = Page(text)

    assert page.sections["paper"].text.endswith("read a road aloud from the pages of the decisions.")
    assert "This story branches too widely for paper" in page.sections["paper"].text
    assert "decision-11" in page.sections
    assert said.startswith("The story is too large for the version on paper. All the rest of the pack is there.\n")


# language


def strong() -> Course:
    """A course whose source swears."""
    quotes = {
        "X-1a": Quotation("X-1a", "They do shit about it.", "X-1", language="strong"),
        "X-1b": Quotation("X-1b", "They ask.", "X-1"),
    }
    idea = Idea("X-1", "ask", "Ask, then act.", quotes=tuple(quotes.values()))
    return Course(source=Source("Notes", "A. Writer", "Talk", {}, {"X-1": idea}, quotes))


def swearing() -> Scenario:
    hall = asks("hall", replace(choice("a", "end"), debrief=Outcome("", "", "X-1a")), choice("b", "end"))
    return story_of(hall, ends("end", quotes=("X-1b",)), debrief=DebriefNotes(quotes=("X-1a",)))


def test_clean_language_is_the_rule_and_gives_plain_words_instead(tmp_path: Path) -> None:
    page = Page(made(swearing(), tmp_path, strong())[0])

    assert "shit" not in page.text
    assert "In plain words: Ask, then act." in page.text
    assert "“They ask.” A. Writer" in page.text
    assert "The quotations in this pack are in clean language." in page.text


def test_as_spoken_it_says_what_was_said_and_warns_on_the_cover(tmp_path: Path) -> None:
    page = Page(made(swearing(), tmp_path, strong(), spoken=True)[0])

    assert "“They do shit about it.” A. Writer" in page.text
    assert "Some have strong words, or touch on hard things such as abuse." in page.text
    assert "Decision 1, option A · Debrief" in page.sections["quotes"].text


def test_a_story_that_quotes_nothing_has_no_such_part(tmp_path: Path) -> None:
    page = Page(made(story_of(asks("hall", choice("a", "end")), ends("end")), tmp_path)[0])

    assert "quotes" not in page.sections
    assert "map" not in page.sections
    assert "in clean language" not in page.text


# the file


@EACH
def test_the_page_is_well_formed_stands_alone_and_leads_only_to_itself(one: Scenario, tmp_path: Path) -> None:
    text, said = made(one, tmp_path, course(), map_svg=WIDE)
    page = Page(text)

    assert (page.open, page.crossed) == ([], [])
    assert len(page.ids) == len(set(page.ids))
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    assert [source.partition(",")[0] for source in page.fetched] == ["data:image/svg+xml;base64"]
    assert not re.search(r"https?:|//|url\(|@import|<script|<link|<iframe|<object", re.sub(r'"data:[^"]*"', "", text))
    assert not {"style", "onclick", "onload"} & page.attributes
    assert said == f"The pack is written: {tmp_path / 'pack.html'}. Open it in a browser and print it on A4.\n"


def test_the_map_lies_down_if_it_is_wide_and_stands_if_it_is_tall(tmp_path: Path) -> None:
    one = story_of(ends("end"))

    assert "size: A4 landscape" in made(one, tmp_path, map_svg=WIDE)[0]
    assert "size: A4 landscape" not in made(one, tmp_path, map_svg=MAP.format(size="400 800"))[0]


def test_what_an_author_wrote_is_shown_and_never_run(tmp_path: Path) -> None:
    nasty = "</style><script>alert('&amp;')</script> & \"so\" on \\22"
    one = story_of(
        leads("hall", "ask", told=[nasty, ("joy", nasty)], when=nasty),
        asks(
            "ask",
            replace(choice("a", "end", why=nasty), text=nasty, debrief=Outcome(nasty, nasty)),
            choice("b", "end", effects=[do(trust=1, because=nasty)]),
            told=[only_if("noted", nasty, otherwise=[nasty])],
        ),
        ends("end", nasty, happened=Happened(nasty, nasty, nasty)),
        you=nasty,
        title=nasty,
        debrief=DebriefNotes(questions=(nasty,), one_thing=nasty),
    )

    text, _ = made(replace(one, summary=nasty, facts={**one.facts, "noted": Fact("noted", nasty)}), tmp_path)
    page = Page(text)

    assert "<script" not in text
    assert text.count("</style>") == 1
    assert (page.open, page.crossed) == ([], [])
    assert page.text.count(nasty) >= 20


@settings(max_examples=25, deadline=None)
@given(scenarios(most_passages=5))
def test_any_story_has_a_pack_that_is_well_formed(tmp_path_factory: pytest.TempPathFactory, one: Scenario) -> None:
    page = Page(made(one, tmp_path_factory.mktemp("any"))[0])

    assert (page.open, page.crossed) == ([], [])
    assert all(link[1:] in page.ids for link in page.links)
    for option in every_choice(one):
        assert folded(option.text) in page.text


def test_the_same_story_makes_the_same_pack_and_any_changed_word_another_edition(tmp_path: Path) -> None:
    one = story_of(asks("hall", choice("a", "end"), told=["The hall."]), ends("end"))
    other_line = story_of(asks("hall", choice("a", "end"), told=["The hallway."]), ends("end"))

    text, _ = made(one, tmp_path)

    assert text == made(one, tmp_path)[0]
    assert len({edition(made(each, tmp_path)[0]) for each in (one, other_line, replace(one, summary="Two."))}) == 3


def edition(text: str) -> str:
    found = re.search(r"Edition ([0-9a-f]{8}):", text)
    assert found
    return found[1]


def test_a_name_that_is_no_web_page_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    story, out = tmp_path / "late-again.yaml", io.StringIO()
    story.write_text("title: Mine\n", "utf-8")

    code = pack(scenario("late-again"), course(), map_svg="", spoken=False, to=story, out=out)

    assert code == 2
    assert out.getvalue() == "A pack is a web page: give it a name that ends in .html, not 'late-again.yaml'.\n"
    assert story.read_text("utf-8") == "title: Mine\n"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    to, out = tmp_path / "nowhere" / "pack.html", io.StringIO()

    code = pack(scenario("late-again"), course(), map_svg="", spoken=False, to=to, out=out)

    assert code == 2
    assert out.getvalue() == f"The pack could not be written to {to}: No such file or directory.\n"


# on paper


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here to print with")
def test_a_browser_prints_it_on_a4_with_the_wide_map_lying_down(tmp_path: Path, library: Library) -> None:
    assert CHROMIUM is not None
    made(scenario("late-again"), tmp_path, library.course, map_svg=WIDE)
    printed = tmp_path / "pack.pdf"

    subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={printed}", str(tmp_path / "pack.html")],
        check=True, capture_output=True, timeout=PATIENCE,
    )  # fmt: skip

    sheets = re.findall(rb"/MediaBox \[0 0 (\d+)[\d.]* (\d+)", printed.read_bytes())
    assert 30 <= len(sheets) <= 80
    assert [sheet for sheet in sheets if sheet != (b"594", b"841")] == [(b"841", b"594")]
