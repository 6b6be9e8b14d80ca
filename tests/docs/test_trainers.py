"""The trainer's guide holds: its commands run, its keys are the window's, its quotations exact, its minutes add up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Final

import pygame
import pytest

from game.app import main
from game.authoring import Library
from game.authoring.reading import measure, sentences, words
from game.story import Line, Scenario, explore
from game.training import Room, Step, roads
from game.ui.events import Meaning, Pick, meaning

from .making import ROOT

GUIDE: Final = ROOT / "docs" / "trainers.md"
TEXT: Final = GUIDE.read_text("utf-8")
COMMANDS: Final = sorted(set(re.findall(r"`upstream ([^`]+)`", TEXT)))

STATES: Final = 50_000

CALM: Final = 130 / 60
"""Words in a second, read aloud at a calm pace."""

SHORT: Final = 60
"""Seconds of a decision the short way besides reading and timers: one show and count, the roles, what was chosen."""

IN_FULL: Final = 260
"""The same in full: two shows and counts, who moved, the roles, what was chosen, and two minutes to talk."""

PRESSED: Final[Mapping[str, int]] = {
    "Page Down": pygame.K_PAGEDOWN,
    "Page Up": pygame.K_PAGEUP,
    "Right": pygame.K_RIGHT,
    "Left": pygame.K_LEFT,
    "Space": pygame.K_SPACE,
    "Home": pygame.K_HOME,
    "End": pygame.K_END,
    "Esc": pygame.K_ESCAPE,
    "`.`": pygame.K_PERIOD,
}
"""The keys of the guide that are not named after what they write."""

MEANT: Final[Mapping[str, Meaning | Pick]] = {
    "Page Down": Meaning.PAGE_DOWN,
    "Right": Meaning.FORWARD,
    "Space": Meaning.CONFIRM,
    "Page Up": Meaning.PAGE_UP,
    "Left": Meaning.STEP_BACK,
    "`.`": Meaning.BLANK,
    "B": Meaning.BLANK,
    "W": Meaning.WHITE,
    "H": Meaning.HANDS,
    "T": Meaning.TEXT_SIZE,  # in a room: the timer
    "Shift T": Meaning.LESS,
    "R": Meaning.RHYTHM,
    "N": Meaning.NOTE,
    "Shift N": Meaning.NOTE_AWAY,
    "O": Meaning.OVERLAY,  # in a room: the other branch
    "V": Meaning.REVEAL,
    "Home": Meaning.TOP,
    "End": Meaning.SKIP,
    "J": Meaning.JOIN,
    "A": Meaning.ADDRESS,
    "L": Meaning.LOG,  # in a room: lock
    "E": Meaning.HOST_NAME,
    "U": Meaning.ROUTER,
    "Shift U": Meaning.ROUTER_ANEW,
    "Q": Meaning.CODE,
    "C": Meaning.CORNER,
    "M": Meaning.MAP,  # in a room: let words through
    "Shift M": Meaning.REFUSE,
    "S": Meaning.SAME,
    "G": Meaning.TABLES,
    "Shift G": Meaning.FREE,
    "P": Meaning.PICTURE,  # in a room: the presenter's window
    "Shift P": Meaning.OTHER_WINDOW,
    "1": Pick(1),
    "2": Pick(2),
    "3": Pick(3),
    "4": Pick(4),
    "Esc": Meaning.MENU,
    "Ctrl Q": Meaning.CLOSE,
}
"""What the window takes each key of the guide for."""


def part(heading: str) -> str:
    """What stands under a heading of the guide, up to the next one."""
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", TEXT, re.M | re.S)
    assert found, heading
    return found[1]


def rows(heading: str) -> list[list[str]]:
    """The cells of the table under a heading, without its head."""
    lines = [line.strip("|").split("|") for line in part(heading).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line] for line in lines[2:]]


def prose(*, tables: bool = False) -> Iterator[str]:
    """What the guide says in its own words: no headings, comments or quotations; the cells of tables if asked for."""
    whole = re.sub(r"^(<!--.*-->|>.*|#.*)$", "", TEXT, flags=re.M)
    for paragraph in re.split(r"\n\n|\n(?=- |\d+\. |\|)", whole):
        if paragraph.startswith("|") and not tables:
            continue
        for told in paragraph.split("|") if paragraph.startswith("|") else [paragraph]:
            plain = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", " ".join(told.split()))
            plain = re.sub(r"`[^`]*`", "Word", plain).replace("*", "")
            if words(plain):
                yield re.sub(r"^(- |\d+\. )", "", plain)


def told_in(scenario: Scenario) -> Iterator[str]:
    """The questions of a scenario: of its decisions, to talk about, and of its debrief."""
    for passage in scenario.passages.values():
        if passage.decision:
            yield from (passage.decision.ask, *passage.decision.discuss)
    yield from scenario.debrief.questions


@pytest.fixture(scope="module")
def stories(library: Library) -> dict[str, Scenario]:
    """The stories that come with Upstream, by title."""
    return {entry.scenario.title: entry.scenario for entry in library.entries if entry.scenario}


# commands and keys


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_guide_is_one(command: str, library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    name, scenario, *options = command.split()
    offered = printed(capsys, "--help")
    if name == "rehearse" and not re.search(r"^    rehearse ", offered, re.M):
        pytest.skip("`rehearse` is being made")

    assert re.search(rf"^    {name} ", offered, re.M)
    assert library.entry(scenario) is not None
    helped = printed(capsys, name, "--help")
    for option in options:
        assert not option.startswith("-") or re.search(rf"(?<![\w-]){option}\b", helped), option


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The help that is printed."""
    with pytest.raises(SystemExit):
        main(list(arguments))
    return capsys.readouterr().out


def test_the_pack_holds_what_the_guide_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    [command] = [command for command in COMMANDS if command.startswith("pack ")]

    assert main(command.split()) == 0

    page = (tmp_path / command.split()[-1]).read_text("utf-8")
    contents = re.findall(r'^<li><a href="#\w+">(.*?)</a>', page, re.M)
    assert contents[-1] == "The story on paper"
    assert f"its last part, *{contents[-1]}*" in " ".join(TEXT.split())
    assert "The debrief cards" in contents
    assert "one for the room, with the cards, and one for you" in page


def test_every_key_of_the_guide_means_what_the_window_takes_it_for() -> None:
    told = rows("The keys")
    named = [key for row in told for key in re.split(", ", row[0])]
    named += re.findall(r"\bShift [A-Z]\b", " ".join(row[1] for row in told))

    assert sorted(named) == sorted(MEANT)
    assert {key: meaning(press(key)) for key in named} == dict(MEANT)


def press(key: str) -> pygame.Event:
    """The event of a key that goes down, as pygame sends it."""
    held = {"Shift": pygame.KMOD_SHIFT, "Ctrl": pygame.KMOD_CTRL}
    *before, last = key.split(" ") if key not in PRESSED else [key]
    code = PRESSED.get(last) or ord(last.lower())
    return pygame.Event(pygame.KEYDOWN, key=code, mod=held[before[0]] if before else 0, scancode=0, unicode="")


# a decision, as the room goes


def at_show(scenario: Scenario, library: Library) -> Room:
    """A room at the first show of cards."""
    room = Room.open(library.course, scenario)
    while room.step is not Step.SHOW:
        room = room.next()
    return room


def test_the_counts_of_the_guide_can_be_typed(stories: dict[str, Scenario], library: Library) -> None:
    room = at_show(stories["Late again"], library)
    counts = [typed for typed in re.findall(r"`([^`]+)`", TEXT) if re.fullmatch(r"(\w+ [A-D] ?){2,}", typed)]
    assert counts == ["12 A 9 B 3 C", "most A some B"]

    first, second = (room.entered(typed).decisions[-1].first.tally for typed in counts)

    assert first.heads == (12, 9, 3)
    assert second.guesses == ("most", "some", "")


def test_the_steps_of_a_decision_come_as_the_guide_says(stories: dict[str, Scenario], library: Library) -> None:
    said = re.findall(r"^\d+\. \*\*(.*?)\.\*\*", part("One decision, step by step"), re.M)
    room = at_show(stories["Late again"], library).entered("1 A 2 B")
    walked = [spot.step for spot in room.trail]
    while room.step is not Step.BRANCH:
        room = room.next()
        walked.append(room.step)
    walked.append(room.what_if().step)

    assert list(zip(said, list(dict.fromkeys(walked))[2:], strict=True)) == [
        ("Scene", Step.SCENE),
        ("Question", Step.QUESTION),
        ("Alone", Step.SILENT),
        ("Show your choice", Step.SHOW),
        ("Talk", Step.DISCUSS),
        ("Show once more", Step.SHOW_AGAIN),
        ("Before and after", Step.REVEAL),
        ("The two roles", Step.ROLES),
        ("What was chosen", Step.BRANCH),
        ("What if", Step.WHAT_IF),
    ]


def test_the_short_way_of_the_guide_takes_the_one_count(stories: dict[str, Scenario], library: Library) -> None:
    room = at_show(stories["Late again"], library).entered("1 A 2 B")

    while room.step is not Step.BRANCH:
        room = room.next()
    room = room.next()

    assert room.story.path == ("drive",)
    assert (room.decisions[0].chosen, room.decisions[0].why) == ("drive", "most")


# the words of others


def test_the_words_of_the_workshop_are_exact_and_all_its_activities_are_there(library: Library) -> None:
    quoted = re.findall(r"^<!-- quote: ([\w-]+) -->\n> (.*)$", TEXT, re.M)

    assert len(quoted) == len(re.findall(r"^>", TEXT, re.M))
    assert {id: text for id, text in quoted} == {id: library.course.source.quotes[id].text for id, _ in quoted}
    activities = {id for id in library.course.source.quotes if id.startswith("ACT-")}
    assert activities <= {id for id, _ in quoted}


def test_every_question_that_the_guide_takes_from_a_story_is_in_it(stories: dict[str, Scenario]) -> None:
    asked = [question for story in stories.values() for question in told_in(story)]
    listed = re.findall(r'^- "(.*)"$', part("What to ask"), re.M)

    assert len(listed) >= 4
    assert [question for question in listed if question not in asked] == []
    for minutes in ("45", "90"):
        for question in re.findall(r'"([^"]+)", (?:in full|short)', part(f"A script for {minutes} minutes")):
            assert question in told_in(stories["Late again"]), question


def test_the_table_of_stories_tells_them_as_they_are(stories: dict[str, Scenario]) -> None:
    told = {row[0].strip("*"): row for row in rows("The week before")}

    assert set(told) == set(stories)
    for title, (_, decisions, _, question) in told.items():
        known = roads(explore(stories[title], STATES))
        range_ = f"{known.fewest}" if known.fewest == known.most else f"{known.fewest} to {known.most}"
        assert decisions == range_, title
        assert question.strip('"') in told_in(stories[title])


def test_the_hour_that_the_guide_names_is_the_storys(stories: dict[str, Scenario]) -> None:
    lines = [
        line.text
        for passage in stories["Late again"].passages.values()
        for line in passage.text
        if isinstance(line, Line)
    ]

    assert "at twenty to nine" in TEXT
    assert any("8.40" in line for line in lines)


# minutes


@pytest.mark.parametrize("minutes", [45, 90])
def test_the_minutes_of_a_script_add_up(minutes: int) -> None:
    told = rows(f"A script for {minutes} minutes")
    begins = [60 * int(row[0].split(":")[0]) + int(row[0].split(":")[1]) for row in told]
    lengths = [int(row[1]) for row in told]

    assert begins[0] == 0
    assert [later - earlier for earlier, later in pairwise([*begins, minutes])] == lengths


@pytest.mark.parametrize("minutes", [45, 90])
def test_the_minutes_of_a_script_are_enough_to_read_aloud_and_for_the_timers(
    minutes: int, stories: dict[str, Scenario], library: Library
) -> None:
    """On the road with most words: each decision with the scene that follows it, the first with its own scene too."""
    needed = read_aloud(stories["Late again"], library)
    told = [row for row in rows(f"A script for {minutes} minutes") if re.search(r'^"', row[2])]
    assert len(told) == len(needed)
    for (reading, timers), (_, given, what, _) in zip(needed, told, strict=True):
        whole = reading + (sum(timers) + IN_FULL if "in full" in what else timers[0] + SHORT)
        assert whole <= 60 * int(given), (what, whole)


def read_aloud(scenario: Scenario, library: Library) -> list[tuple[float, list[int]]]:
    """For each decision of the longest road: seconds of reading, and the timers that run, as the program has them."""
    roads_taken: list[list[tuple[float, list[int]]]] = []
    for taken in range(3):
        room = Room.open(library.course, scenario)
        found: list[tuple[float, list[int]]] = []
        before = 0.0
        while room.step is not Step.ENDING:
            page = room.shown
            told = sum(len(line.text.split()) for line in page.lines) / CALM
            if room.step is Step.QUESTION:
                told = len(f"{page.title} {' '.join(option.text for option in page.options)}".split()) / CALM
                found.append((before + told, []))
                before = 0.0
            elif found:
                found[-1] = (found[-1][0] + told, [*found[-1][1], *([page.seconds] if page.seconds else [])])
            else:
                before += told
            if room.step is Step.BRANCH:
                room = room.decide(room.decisions[-1].choices[taken].id)
            room = room.next()
        roads_taken.append(found)
    return [max(column, key=lambda entry: entry[0]) for column in zip(*roads_taken, strict=True)]


@pytest.mark.parametrize("minutes", [45, 90])
def test_the_activities_have_the_minutes_that_the_workshop_gives_them(minutes: int, library: Library) -> None:
    quotes = library.course.source.quotes
    given = {"ACT-2": quotes["ACT-2b"].text, "ACT-3": quotes["ACT-3a"].text, "ACT-4": quotes["ACT-4a"].text}
    numbers = {"2": "two minutes", "3": "three minutes"}
    told = {
        found[1]: row[1]
        for row in rows(f"A script for {minutes} minutes")
        if (found := re.search(r"`(ACT-\d)`", row[2]))
    }

    assert set(told) == {"ACT-1", *given}
    for activity, words_of in given.items():
        assert numbers[told[activity]] in words_of.lower()


# the guide as a text


def test_the_guide_reads_as_easily_as_a_scenario() -> None:
    reading = measure(prose())

    assert reading.words > 3000
    assert reading.grade <= 6.0
    assert reading.mean_sentence <= 13


def test_no_sentence_of_the_guide_is_long() -> None:
    assert [one for line in prose(tables=True) for one in sentences(line) if len(words(one)) > 25] == []


def test_every_link_leads_somewhere() -> None:
    headings = {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in re.findall(r"^#+ (.*)$", TEXT, re.M)}

    for link in re.findall(r"\]\(([^)]+)\)", TEXT):
        path, _, anchor = link.partition("#")
        assert not path or (GUIDE.parent / path).exists(), link
        assert not anchor or anchor in headings, link
