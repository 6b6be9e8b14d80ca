"""Owns the wiring: reads the command line, builds each part once, starts the window or a tool. Decides nothing else."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from game.words import say

if TYPE_CHECKING:
    from game.authoring import Entry, Library
    from game.pictures import Kit
    from game.screens.services import Services
    from game.storage import Records, Settings
    from game.story import Arrival, Scenario
    from game.ui import Event, Move, Screen, Stage, Window

STATES: Final = 200_000
"""States looked at to find how players come to a passage, and for a map or a pack."""

WRONG: Final = 2
"""The exit code for wrong use of a command."""

PROVED: Final = 2_000_000
"""States of a story that `check` looks at, where nothing else is asked for."""

STUMBLES: Final = 3
"""Stumbles in a row after which the window closes instead of saying sorry again."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 well, 1 the author's mistake, 2 wrong use of the command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = _parser().parse_args(argv)
    command = COMMANDS[arguments.command or "play"]
    try:
        return command(arguments)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader left; nothing more to say
        return 0
    except Exception as error:  # the one catch-all: no traceback ever reaches a user
        print(say("start.stumbled", path=_trace(error)), file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--course", type=Path, default=argparse.SUPPRESS, metavar="FOLDER", help="the folder with the scenarios"
    )
    parser = argparse.ArgumentParser(
        prog="upstream",
        description="Play short stories about practice leadership, and think them over.",
        epilog="With no command, the window opens.",
        parents=[shared],
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    play = commands.add_parser("play", parents=[shared], help="open the window, at a scenario if one is named")
    play.add_argument("scenario", nargs="?", help="a scenario's id, or a file")
    play.add_argument("--at", metavar="PASSAGE", help="begin at this passage, by a real road to it")
    led = commands.add_parser("room", parents=[shared], help="lead a group through a scenario, with a projector")
    led.add_argument("scenario", help="a scenario's id, or a file")
    led.add_argument("--people", type=_count, metavar="N", help="how many people are in the room")
    led.add_argument(
        "--two-windows", action="store_true", help="open your own window too where there is one display, for a call"
    )
    led.add_argument("--address", default="", metavar="IP", help="where phones are let in; else the likeliest address")
    tell = commands.add_parser("tell", parents=[shared], help="play in the terminal, or print a transcript")
    tell.add_argument("scenario", help="a scenario's id, or a file")
    tell.add_argument("--choices", metavar="A,B,C", help="print the transcript of this run and its debrief")
    tell.add_argument("--spoken", action="store_true", help="show the quotations as they were spoken, strong words too")
    packed = commands.add_parser("pack", parents=[shared], help="make a scenario into one page to print")
    packed.add_argument("scenario", help="a scenario's id, or a file")
    packed.add_argument("-o", dest="to", type=Path, required=True, metavar="FILE.html", help="the file to write")
    packed.add_argument("--spoken", action="store_true", help="show the quotations as they were spoken")
    played = commands.add_parser("rehearse", parents=[shared], help="lead a room of made-up people, for practice")
    played.add_argument("scenario", help="a scenario's id, or a file")
    played.add_argument("--people", type=_people, metavar="N", default=24, help="how many people, 24 if not said")
    played.add_argument("--seed", type=int, metavar="N", default=1, help="which people; the same number, the same ones")
    played.add_argument("-o", dest="to", type=Path, metavar="FILE", help="write the report: .html, .md, .csv or .json")
    beside = commands.add_parser("rooms", parents=[shared], help="lay the reports of sessions side by side")
    beside.add_argument("reports", nargs="+", type=Path, metavar="REPORT.json", help="what a session left")
    beside.add_argument("-o", dest="to", type=Path, required=True, metavar="FILE.html", help="the file to write")
    drawn = commands.add_parser("map", parents=[shared], help="draw a scenario as a picture or a page")
    drawn.add_argument("scenario", help="a scenario's id, or a file")
    drawn.add_argument(
        "-o", dest="to", type=Path, metavar="FILE", help="FILE.svg or FILE.html; else the SVG is printed"
    )
    new = commands.add_parser("new", parents=[shared], help="make a scenario to begin from")
    new.add_argument("id", metavar="ID", help="its id and its file's name: small letters, digits and -")
    new.add_argument("--schema", default="", metavar="FILE", help="name this schema in its first line, for editors")
    schema = commands.add_parser("schema", parents=[shared], help="make a JSON Schema of the format, for editors")
    schema.add_argument("file", nargs="?", choices=("scenario", "course", "source"), default="scenario", help="of what")
    schema.add_argument("-o", dest="to", type=Path, metavar="FILE.json", help="the file to write; else it is printed")
    pictures = commands.add_parser("art", parents=[shared], help="look the drawings over, and make pictures of them")
    pictures.add_argument("names", nargs="*", metavar="NAME", help="places, people and parts; else all")
    pictures.add_argument("-o", dest="to", type=Path, metavar="FOLDER", help="write flat SVG and a contact sheet there")
    check = commands.add_parser("check", parents=[shared], help="tell every mistake in scenario files")
    check.add_argument("paths", nargs="*", type=Path, metavar="FILE or FOLDER", help="or an id; else the whole course")
    check.add_argument("--json", action="store_true", help="print one JSON object, for editors")
    check.add_argument("--strict", action="store_true", help="warnings count as errors")
    check.add_argument("--source", type=Path, metavar="TEXT", help="compare the quotations with this text")
    check.add_argument("--craft", action="store_true", help="show how the options, words and roles are balanced")
    check.add_argument("--proof", action="store_true", help="show each proof at length: endings, roads, ranges")
    check.add_argument("--against", type=Path, metavar="OLD", help="say what moved since this edition, a file or an id")
    check.add_argument("--states", type=_count, metavar="N", default=PROVED, help="states looked at before giving up")
    return parser


def _count(text: str) -> int:
    """A number from the command line that is at least 1."""
    if not text.isdecimal() or not text.isascii() or not 0 < len(text.lstrip("0")) < 19:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number above 0.")
    return int(text)


def _people(text: str) -> int:
    """How many people a rehearsal has, from the command line."""
    from game.tools.rehearse import MOST_PEOPLE

    number = _count(text)
    if number > MOST_PEOPLE:
        raise argparse.ArgumentTypeError(f"A room holds {MOST_PEOPLE} people at most, not {number}.")
    return number


def shipped(name: str) -> Path:
    """A folder that comes with the program (`scenarios`, `assets`): inside the installed package, or the checkout."""
    package = Path(__file__).parent
    inside = package / "shipped" / name
    return inside if inside.is_dir() else package.parent / name


def _course(arguments: argparse.Namespace) -> Path:
    return getattr(arguments, "course", None) or shipped("scenarios")


def _data() -> Path:
    from game.storage import data_folder

    return data_folder(os.environ)


def _trace(error: BaseException) -> Path:
    """Write what went wrong to a file, and say which."""
    import traceback

    from game.storage import write_trace

    return write_trace(_data(), "".join(traceback.format_exception(error)), datetime.now())


def _check(arguments: argparse.Namespace) -> int:
    from game.tools.check import Asked, check

    asked = Asked(
        as_json=arguments.json,
        strict=arguments.strict,
        source=arguments.source,
        states=arguments.states,
        table=arguments.proof,
        craft=arguments.craft,
        against=arguments.against,
        records=_records,
    )
    return check(arguments.paths, _course(arguments), asked, sys.stdout, progress=sys.stderr)


def _tell(arguments: argparse.Namespace) -> int:
    from game.tools.tell import tell

    found = _playable(arguments)
    if isinstance(found, int):
        return found
    library, scenario = found
    choices = None if arguments.choices is None else [part.strip() for part in arguments.choices.split(",")]
    return tell(
        library.course,
        scenario,
        None if choices is None else [choice for choice in choices if choice],
        records=lambda: _records(),
        now=datetime.now,
        spoken=arguments.spoken,
        read=sys.stdin,
        out=sys.stdout,
    )


def _playable(arguments: argparse.Namespace) -> tuple[Library, Scenario] | int:
    """The course and the scenario that was named; the exit code where it cannot be played, which is told."""
    named = _named(arguments)
    if isinstance(named, int):
        return named
    return (named.library, named.entry.scenario) if named.entry.scenario else 1


def _map(arguments: argparse.Namespace) -> int:
    from game.story import prove
    from game.tools.map import map_story

    found = _playable(arguments)
    if isinstance(found, int):
        return found
    library, scenario = found
    proof = prove(scenario, STATES)
    return map_story(scenario, proof, to=arguments.to, course=library.course, out=sys.stdout)


def _pack(arguments: argparse.Namespace) -> int:
    from io import StringIO

    from game.story import prove
    from game.tools.map import map_story
    from game.tools.pack import pack

    found = _playable(arguments)
    if isinstance(found, int):
        return found
    library, scenario = found
    picture = StringIO()
    drawn = map_story(scenario, prove(scenario, STATES), to=None, course=library.course, out=picture)
    map_svg = picture.getvalue() if drawn == 0 else ""  # a story too large for a map goes without
    return pack(scenario, library.course, map_svg=map_svg, spoken=arguments.spoken, to=arguments.to, out=sys.stdout)


def _rehearse(arguments: argparse.Namespace) -> int:
    from game.tools.rehearse import rehearse

    found = _playable(arguments)
    if isinstance(found, int):
        return found
    library, scenario = found
    today = datetime.now().date()
    people, seed = arguments.people, arguments.seed
    return rehearse(library.course, scenario, people, seed, to=arguments.to, on=today, out=sys.stdout)


def _rooms(arguments: argparse.Namespace) -> int:
    from game.tools.rooms import rooms

    return rooms(arguments.reports, arguments.to, sys.stdout)


def _records() -> Records:
    from game.storage import Records

    return Records.open(_data(), datetime.now)


def _new(arguments: argparse.Namespace) -> int:
    from game.tools.new import new_scenario

    folder = getattr(arguments, "course", None) or Path()
    return new_scenario(arguments.id, folder, sys.stdout, schema=arguments.schema, command=_command())


def _schema(arguments: argparse.Namespace) -> int:
    from game.tools.schema import schema

    return schema(arguments.file, arguments.to, sys.stdout)


def _art(arguments: argparse.Namespace) -> int:
    from game.tools.art import art

    def draw(prints: Sequence[tuple[str, str, int, int]]) -> bytes:
        from game.ui import contact_sheet

        return contact_sheet(prints, shipped("assets") / "fonts")

    return art(_kit(_course(arguments)), arguments.names, arguments.to, draw, sys.stdout)


def _kit(course: Path) -> Kit:
    """The drawing kit: a course's own pictures before those that come with the program."""
    from game.pictures import Kit

    own = course / "art"
    return Kit(*([own] if own.is_dir() else []), shipped("assets") / "art")


def _command() -> str:
    """How this program was called, to be typed again."""
    called = sys.argv[0]
    return f"python {called}" if called.endswith(".py") else called


def _library(folder: Path) -> Library | None:
    from game.authoring import load_course

    if not folder.is_dir():
        print(say("start.no-course", folder=folder), file=sys.stderr)
        return None
    return load_course(folder)


@dataclass(frozen=True, slots=True)
class Named:
    """A scenario that was named, by its id or (`file`) as a file, with the course it belongs to."""

    library: Library
    entry: Entry
    file: bool = False


def _named(arguments: argparse.Namespace) -> Named | int:
    """What was named on the command line; the exit code where there is none, which is told.

    A file belongs to the course in its own folder; without one, to the course given with `--course`, or to none.
    """
    library = _library(_course(arguments))
    if library is None:
        return WRONG
    entry = library.entry(arguments.scenario)
    path = Path(arguments.scenario)
    if entry is not None:
        named = Named(library, entry)
    elif path.suffix in (".yaml", ".yml") or path.exists():
        named = _file(path, library if getattr(arguments, "course", None) else None)
    else:
        return _unknown(arguments.scenario, library)
    if named.entry.scenario is None:
        print(say("tell.broken", name=arguments.scenario, path=named.entry.path), file=sys.stderr)
    return named


def _file(path: Path, given: Library | None) -> Named:
    from game.authoring import Library, load_course, load_file
    from game.story import Course

    library = load_course(path.parent) if (path.parent / "course.yaml").is_file() else given
    listed = next((entry for entry in library.entries if entry.path.name == path.name), None) if library else None
    if library is not None and listed is not None and library.folder == path.parent:
        return Named(library, listed, file=True)
    return Named(library or Library(path.parent, Course()), load_file(path, library), file=True)


def _unknown(name: str, library: Library) -> int:
    from game.authoring import nearest

    names = [entry.id for entry in library.entries]
    near = nearest(name, names)
    hint = say("tell.nearest", name=near) if near else ""
    print(say("tell.no-scenario", name=name, nearest=hint, names=", ".join(names)), file=sys.stderr)
    return WRONG


# ---- the window -------------------------------------------------------------


def _play(arguments: argparse.Namespace) -> int:
    problem = _pygame_problem()
    if problem:
        print(say(problem), file=sys.stderr)
        return WRONG
    if not getattr(arguments, "scenario", None):
        library = _library(_course(arguments))
        return WRONG if library is None else _show(library, None, None)
    named = _named(arguments)
    if isinstance(named, int):
        return named
    at = arguments.at or ""
    ways = _ways(named.entry, at)
    if ways is None:
        return WRONG
    return _show(named.library, named.entry, Following(at, ways) if at or named.file else None)


@dataclass(frozen=True, slots=True)
class Following:
    """A file that is played while it is written: the passage to begin at, and the ways in which one comes there."""

    at: str = ""
    ways: tuple[Arrival, ...] = ()


def _ways(entry: Entry | None, at: str | None) -> tuple[Arrival, ...] | None:
    """How players really come to the passage named with `--at`; None, and a sentence, where nobody does."""
    if not at or entry is None or entry.scenario is None:
        return ()
    from game.authoring import nearest
    from game.story import arrivals, explore

    if at not in entry.scenario.passages:
        near = nearest(at, list(entry.scenario.passages))
        hint = say("tell.nearest", name=near) if near else ""
        print(say("start.no-passage", passage=at, scenario=entry.id, nearest=hint), file=sys.stderr)
        return None
    ways = arrivals(explore(entry.scenario, STATES), at)
    if not ways:
        print(say("start.no-way", passage=at), file=sys.stderr)
    return ways or None


@dataclass(frozen=True, slots=True)
class Opened:
    """An open window with the course in it: the parts that belong together, built once and wired."""

    window: Window
    stage: Stage
    services: Services

    def run(self) -> None:
        """Stay until the window is closed; then let go of the records and the window."""
        try:
            self.window.run(self.stage, guard(self.stage, self.services))
        finally:
            self.close()

    def close(self) -> None:
        """Let go of a session that is led, the records and the window."""
        self.services.lay_down()
        self.services.records.close()
        self.window.close()


def open_window(
    library: Library,
    records: Records,
    *,
    desk: Path,
    size: tuple[int, int] | None = None,
    entry: Entry | None = None,
    choices: tuple[str, ...] = (),
    following: Following | None = None,
    group: Group | None = None,
    now: Callable[[], datetime] = datetime.now,
    clock: Callable[[], float] = time.monotonic,
) -> Opened:
    """Open the window on the course, or at one scenario after `choices`. Raises `NoWindow` where there can be none.

    `following` opens the scenario as a live preview of its file, `group` leads a room through it.

    `desk` is the folder where documents are saved; `size` is the window's first size in points, None to fit the
    screen; `now` is the clock on the wall, `clock` the seconds that movement is timed by.
    """
    from game.screens.services import Services
    from game.ui import Stage, Window

    settings = records.settings()
    kit = _kit(library.folder)
    window = Window(
        say("title"), shipped("assets"), kit=kit, size=size, text_scale=settings.text_size / 100, clock=clock
    )
    stage = Stage(lambda: home(services), window.metrics)
    services = Services(
        library,
        records,
        now,
        lambda changed: _apply(window, stage, changed),
        desk,
        kit,
        window.photograph,
        window.sound.play,
        window,
    )
    stage.everywhere, stage.hear = everywhere(services), window.sound.play
    _apply(window, stage, settings)
    if entry is not None and following is not None:
        follow(stage, services, entry, following)
    elif entry is not None and entry.scenario is not None and group is not None:
        from game.screens.room_start import opened

        services.address = group.address
        window.apart = window.apart or group.two_windows
        window.paired = True if group.two_windows else None
        stage.start(opened(services, entry.scenario, group.people))
    else:
        stage.start(*first_screens(services, entry, choices))
    return Opened(window, stage, services)


def follow(stage: Stage, services: Services, entry: Entry, following: Following) -> None:
    """Show a live preview of the entry's file on the stage, and have it look at the file from now on."""
    from game.screens.preview import PreviewScreen, WhichScreen
    from game.ui import Home, Stay

    def show(way: Arrival | None) -> Move:
        preview = PreviewScreen(services, entry, way.choices if way else (), following.at)
        stage.pulse = lambda: (Home(preview) if stage.screen is not preview else Stay()) if preview.look() else None
        return Home(preview)

    ways = following.ways
    if len(ways) > 1 and entry.scenario is not None:
        stage.start(WhichScreen(following.at, ways, entry.scenario, show))
        return
    stage.start()
    stage.carry_out(show(ways[0] if ways else None))


@dataclass(frozen=True, slots=True)
class Group:
    """A group that is led: how many people there are (None: not counted), and whether two windows are wanted anyway.

    `address` is where phones are let in; empty to choose among this computer's own.
    """

    people: int | None = None
    two_windows: bool = False
    address: str = ""


def _room(arguments: argparse.Namespace) -> int:
    problem = _pygame_problem()
    if problem:
        print(say(problem), file=sys.stderr)
        return WRONG
    named = _named(arguments)
    if isinstance(named, int):
        return named
    if named.entry.scenario is None:
        return 1
    return _show(named.library, named.entry, None, Group(arguments.people, arguments.two_windows, arguments.address))


def _show(library: Library, entry: Entry | None, following: Following | None, group: Group | None = None) -> int:
    """Open the window on the course, or on one scenario, and stay until it is closed."""
    from game.storage import desk
    from game.ui import NoWindow

    try:
        opened = open_window(
            library,
            _records(),
            desk=desk(os.environ),
            size=_size(os.environ),
            entry=entry,
            following=following,
            group=group,
        )
    except NoWindow as none:
        first = entry or (library.entries[0] if library.entries else None)
        print(
            say("start.no-window", reason=none.reason, command=_command(), scenario=first.id if first else "SCENARIO"),
            file=sys.stderr,
        )
        return WRONG
    opened.run()
    return 0


def home(services: Services) -> Screen:
    """The first screen."""
    from game.screens.home import HomeScreen

    return HomeScreen(services)


def first_screens(services: Services, entry: Entry | None, choices: tuple[str, ...]) -> list[Screen]:
    """What lies over the first screen at the start: the welcome on a first run, a scenario where one is named."""
    from game.screens.mistakes import MistakesScreen
    from game.screens.opening import resumed
    from game.screens.play import PlayScreen
    from game.screens.welcome import WelcomeScreen
    from game.story import Story

    if entry is None:
        return [] if services.settings.welcomed else [WelcomeScreen(services)]
    if entry.scenario is None:
        return [MistakesScreen(entry.path.name, entry.mistakes)]
    save = services.records.unfinished(entry.id)
    if save and not choices:
        return [resumed(services, entry.scenario, save)]
    story = Story.replay(entry.scenario, choices)
    return [PlayScreen(services, story, services.begin(), shown=1)]


def everywhere(services: Services) -> Callable[[Event], Move]:
    """What means the same on every screen: text size, full screen, close."""
    from game.ui import TEXT_SIZES, Meaning, Quit, Stay

    def larger(by: int, around: bool = False) -> Stay:
        place = TEXT_SIZES.index(services.settings.text_size) + by
        place = place % len(TEXT_SIZES) if around else max(0, min(len(TEXT_SIZES) - 1, place))
        services.change(text_size=TEXT_SIZES[place])
        return Stay()

    def full() -> Stay:
        services.change(full_screen=not services.settings.full_screen)
        return Stay()

    acts: Mapping[Event, Callable[[], Move]] = {
        Meaning.TEXT_SIZE: lambda: larger(1, around=True),
        Meaning.LARGER: lambda: larger(1),
        Meaning.SMALLER: lambda: larger(-1),
        Meaning.FULL_SCREEN: full,
        Meaning.CLOSE: Quit,
    }

    def act(event: Event) -> Move:
        found = acts.get(event)
        return found() if found else None

    return act


def _apply(window: Window, stage: Stage, settings: Settings) -> None:
    """Bring the window in line with the settings."""
    window.set_text_scale(settings.text_size / 100)
    window.set_full_screen(settings.full_screen)
    window.moves, window.sounds = not settings.reduce_motion, settings.sound
    stage.resize(window.metrics)


def guard(stage: Stage, services: Services) -> Callable[[Callable[[], None]], None]:
    """Runs a turn of the loop; where it stumbles, writes the trace and shows a kind page in place of the screen.

    A session that was led is let go of, so that it can be gone on with. After `STUMBLES` in a row the error goes on
    to `main`.
    """
    from game.screens.oops import OopsScreen

    fallen = 0

    def turn(step: Callable[[], None]) -> None:
        nonlocal fallen
        try:
            step()
            fallen = 0
        except Exception as error:
            fallen += 1
            if fallen >= STUMBLES:
                raise
            services.lay_down()
            stage.start(OopsScreen(_trace(error), kept=services.records.safe()))

    return turn


def _size(environ: Mapping[str, str]) -> tuple[int, int] | None:
    """The window's first size, from UPSTREAM_WINDOW such as 1280x720; None to fit the screen."""
    width, _, height = environ.get("UPSTREAM_WINDOW", "").partition("x")
    return (int(width), int(height)) if width.isdigit() and height.isdigit() else None


def _pygame_problem() -> str:
    """The key of a sentence where pygame is missing, or there twice (both distributions share one folder)."""
    from importlib.util import find_spec

    if find_spec("pygame") is None:
        return "start.no-pygame"
    folder = Path(str(find_spec("pygame").origin)).parent.parent  # type: ignore[union-attr]
    old = [path for path in folder.glob("pygame-*.dist-info")]
    return "start.two-pygames" if old and list(folder.glob("pygame_ce-*.dist-info")) else ""


COMMANDS: Final[Mapping[str, Callable[[argparse.Namespace], int]]] = {
    "play": _play,
    "tell": _tell,
    "art": _art,
    "check": _check,
    "map": _map,
    "new": _new,
    "pack": _pack,
    "rehearse": _rehearse,
    "rooms": _rooms,
    "room": _room,
    "schema": _schema,
}
"""Each command and what it does."""
