"""What the tests of the interface share: every page there is, each once, without a window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pygame
import pytest

from game.app import shipped
from game.authoring import Entry, Library, load_course
from game.pictures import Kit
from game.screens.debrief import DebriefScreen
from game.screens.ending import EndingScreen
from game.screens.home import HomeScreen
from game.screens.log import LogScreen
from game.screens.menu import MenuScreen
from game.screens.mistakes import MistakesScreen
from game.screens.notice import NoticeScreen
from game.screens.oops import OopsScreen
from game.screens.play import PlayScreen
from game.screens.preview import PreviewScreen
from game.screens.services import Run, Services
from game.screens.settings import SettingsScreen
from game.screens.sure import SureScreen
from game.screens.view import ViewScreen
from game.screens.welcome import WelcomeScreen
from game.storage import NOTICES, Records
from game.story import Scenario, Story
from game.ui import Metrics, Screen, Stay, Type

NOW = datetime(2026, 11, 23, 8, 31, tzinfo=UTC)
RUN = Run("run", NOW)
SAVED = f"Saved: /home/somebody/{'a-long-folder-name-without-a-space' * 2}/upstream-run.html"


@dataclass(frozen=True, slots=True)
class Look:
    """One page: its name for a report, its screen as it stands there, and how many letters it tells if only a line."""

    name: str
    screen: Screen
    tells: int = 0


def fonts() -> Type:
    """The fonts; they need no window, but whoever closes one closes them too."""
    pygame.font.init()
    return Type(shipped("assets") / "fonts")


@pytest.fixture
def type_() -> Type:
    """Fonts of the test's own, whatever was closed before it."""
    return fonts()


@pytest.fixture(scope="session")
def looks(tmp_path_factory: pytest.TempPathFactory, library: Library) -> tuple[Look, ...]:
    """Every page, those that are laid out the same only once. They are found once, and only looked at.

    Stories: each line of each state that a player can be in, found by walking them all. Debriefs: runs that between
    them take every choice and come to every ending, with pictures and (as in a course that has none) without. The
    rest: each screen in each of its states.
    """
    services = _services(tmp_path_factory.mktemp("layout"), library)
    plain = replace(services, pictures=Kit())
    pages = [*_others(tmp_path_factory.mktemp("others"), library)]
    for entry in library.entries:
        if entry.scenario:
            pages += _told(services, entry.scenario)
            pages += _thought_over(services, entry.scenario)
            pages += _thought_over(plain, entry.scenario)
    tight = Metrics(640, 400, 2.0, fonts())
    once = {look.screen.page(tight).root: look for look in pages}
    return tuple(once.values())


def _services(folder: Path, library: Library) -> Services:
    records = Records.open(folder / "data", lambda: NOW)
    return Services(library, records, lambda: NOW, lambda _: None, folder / "desk", Kit(shipped("assets") / "art"))


def _stories(scenario: Scenario) -> Iterator[Story]:
    """A story for every state that a player can be in."""
    first = Story.begin(scenario)
    seen, waiting = {first.state}, [first]
    while waiting:
        story = waiting.pop()
        yield story
        for choice in story.choices:
            after = story.choose(choice.id)
            if after.state not in seen:
                seen.add(after.state)
                waiting.append(after)


def _told(services: Services, scenario: Scenario) -> Iterator[Look]:
    for story in _stories(scenario):
        name = f"{scenario.id} {'/'.join(story.path) or 'start'}"
        lines = [line for visit in story.visits for line in visit.lines]
        for shown in range(1, max(1, len(lines)) + 1):
            tells = len(lines[shown - 1].text) if shown < len(lines) else 0
            screen = PlayScreen(services, story, RUN, shown=shown)
            yield Look(f"{name} line {shown}", screen, tells)
            yield Look(f"{name} line {shown}, the picture", ViewScreen(services.pictures, scenario.title, screen.scene))
        if story.over:
            yield Look(f"{name} ending", EndingScreen(services, story, RUN))
            saved = EndingScreen(services, story, RUN)
            saved.saved = SAVED
            yield Look(f"{name} ending, saved", saved)


def _thought_over(services: Services, scenario: Scenario) -> Iterator[Look]:
    """The debriefs of runs chosen so that each has a choice or an ending that none before it had."""
    covered: set[tuple[str, str]] = set()
    waiting = [Story.begin(scenario)]
    while waiting:
        story = waiting.pop()
        waiting += [story.choose(choice.id) for choice in story.choices]
        taken = {(step.before.passage.id, step.taken) for step in story.steps if step.before}
        taken.add((story.passage.id, ""))
        if not story.over or taken <= covered:
            continue
        covered |= taken
        for place in range(len(DebriefScreen(services, story, RUN).cards)):
            screen = DebriefScreen(services, story, RUN)
            screen.place = place
            if place == 0:
                screen.felt = "uncomfortable"
            screen.saved = SAVED
            screen.pictured = SAVED if place % 2 else ""
            yield Look(f"{scenario.id} {'/'.join(story.path)} card {place + 1}", screen)


def _others(folder: Path, library: Library) -> Iterator[Look]:
    services = _services(folder / "used", library)
    entries = [entry for entry in library.entries if entry.scenario]
    story = _begun(services, entries)
    yield Look("welcome", WelcomeScreen(services))
    yield Look("home, new", HomeScreen(_services(folder / "new", library)))
    yield Look("home, begun and played", HomeScreen(services))
    yield Look("settings", _after(SettingsScreen(services), lambda screen: screen._deleted()))
    yield Look("settings, nothing kept", SettingsScreen(_services(folder / "fresh", library)))
    preview = PreviewScreen(services, entries[0])
    yield Look("preview", preview)
    yield Look("preview, author's view", _after(PreviewScreen(services, entries[1]), lambda screen: screen.toggle()))
    for key in ("settings.spoken", "settings.delete", "menu.restart"):
        yield Look(f"sure, {key}", SureScreen(key, Stay))
    yield Look("menu", MenuScreen(services, story, RUN))
    yield Look("log, long", LogScreen(story, 10_000))
    yield Look("log, short", LogScreen(Story.begin(story.scenario), 1))
    yield Look("oops", OopsScreen(Path("/home/somebody/.local/share/Upstream/traces/upstream-trace-1.txt"), kept=True))
    yield Look("oops, no file", OopsScreen(None, kept=False))
    told = [text.format(path=folder / "upstream.db", aside=folder / "aside.db") for text in NOTICES.values()]
    yield Look("notice, one", NoticeScreen(told[:1]))
    yield Look("notice, many", NoticeScreen(told))
    yield from _wrong(folder)


def _begun(services: Services, entries: list[Entry]) -> Story:
    """One story kept half way, one played; the long run is the answer."""
    one, other = (entry.scenario for entry in entries[:2])
    assert one is not None
    assert other is not None
    half, whole = Story.begin(one), Story.begin(other)
    while whole.choices:
        whole = whole.choose(whole.choices[-1].id)
    services.keep(RUN, half.choose(half.choices[0].id), 2)
    services.change(keep_runs=True)
    services.finish(Run("other", NOW), whole, "mixed")
    return whole


def _wrong(folder: Path) -> Iterator[Look]:
    """A course in which much is wrong: its first page, its mistakes, and where a story stops."""
    course = folder / "course"
    course.mkdir()
    (course / "broken.yaml").write_text(BROKEN, encoding="utf-8")
    (course / "stops.yaml").write_text(STOPS, encoding="utf-8")
    (course / "course.yaml").write_text("format: 1\ntitel: A course\n", encoding="utf-8")
    library = load_course(course)
    services = _services(folder / "wrong", library)
    (folder / "wrong").mkdir()
    (folder / "wrong" / "data").write_text("a file where the folder should be", encoding="utf-8")
    services.change(welcomed=True)
    home = HomeScreen(services)
    home.news = services.news()
    yield Look("home, mistakes", home)
    for entry in library.entries:
        if entry.scenario is None:
            yield Look(f"mistakes of {entry.id}", MistakesScreen(entry.path.name, entry.mistakes))
        else:
            first = Story.begin(entry.scenario)
            for choice in first.choices:
                yield Look(f"stops at {choice.id}", PlayScreen(services, first.choose(choice.id), RUN))
    empty = folder / "empty"
    empty.mkdir()
    yield Look("home, nothing", HomeScreen(_services(folder / "nothing", load_course(empty))))
    for stories, arcs in ((1, 1), (7, 2)):
        library = load_course(course_of(folder / f"{stories} stories", stories, arcs))
        yield Look(f"home, {stories} stories", HomeScreen(_services(folder / f"street of {stories}", library)))


def _after(screen: SettingsScreen, act: Callable[[SettingsScreen], object]) -> SettingsScreen:
    act(screen)
    return screen


def course_of(folder: Path, stories: int, arcs: int) -> Path:
    """A course of so many stories in so many arcs, its words short and long by turns."""
    folder.mkdir()
    names = [f"s{number:02d}" for number in range(1, stories + 1)]
    for number, name in enumerate(names, 1):
        title = f"Story {number}{', which has a title of more than one line' * (number % 2)}"
        summary = f"Somebody is at the door{', and nobody knows who asked them to come' * (number % 4)}."
        told = f"format: 1\ntitle: {title}\nsummary: {summary}\n" + STOPS.split("title: The lift\n")[1]
        (folder / f"{name}.yaml").write_text(told, encoding="utf-8")
    size = -(-stories // arcs)
    rows = [
        f"  - {{title: Street {place + 1}{' of many words' * 6 * place}, "
        f"scenarios: [{', '.join(names[place * size : (place + 1) * size])}]}}\n"
        for place in range(arcs)
    ]
    (folder / "course.yaml").write_text(f"format: 1\ntitle: A course\narcs:\n{''.join(rows)}", encoding="utf-8")
    return folder


BROKEN = """\
format: 1
titel: Broken
passages:
  start:
    text: [Rain.]
    goto: a_passage_with_a_very_long_name_that_is_not_anywhere_in_this_file_at_all
  kitchen:
    text:
      - jo: Tea?
    ending: {titel: The end}
"""

STOPS = """\
format: 1
title: The lift
facts: {key: You have the key.}
passages:
  hall:
    text: [The lift is here.]
    decision:
      ask: Now?
      choices:
        - {id: wait, text: Wait., goto: dark}
        - {id: later, text: Come back later., goto: unwritten}
        - {id: roof, text: Go up., goto: roof}
  dark:
    text: [The light goes out.]
    decision:
      ask: What now?
      choices:
        - {id: open, text: Open the door., goto: roof, if: key}
  unwritten:
    text: [It is Tuesday.]
    todo: What Dev says about the lift, and how long they stand there before anybody comes
  roof:
    text: [You can see the sea.]
    ending: {title: The roof}
"""
