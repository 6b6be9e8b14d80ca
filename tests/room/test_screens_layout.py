"""The back row can read it: every page of every session that comes with the program, at three sizes of a projector
(design note `room.md`, 5: 11).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, lru_cache

import pygame
import pytest

from game.app import _kit, shipped
from game.authoring import load_course
from game.pictures import Kit
from game.screens.room_clock import Box, Left
from game.screens.room_moved import who_moved
from game.screens.room_projector import projected
from game.screens.room_slide import Now, Slide
from game.screens.room_type import TRACK
from game.story import lines_of
from game.training import Room, RoomPage, Spot, Step
from game.ui import Metrics, Rect, Thing, Type, theme
from game.ui.art import Art
from game.ui.paint import Painter
from tests.pilot import shipped_course
from tests.room.rooms import to_step
from tests.ui.test_contrast import contrast

SIZES = ((1024, 768), (1280, 720), (1920, 1080))
SCENARIOS = tuple(entry.id for entry in shipped_course().entries)
CHOOSING = frozenset({Step.QUESTION, Step.SILENT, Step.SHOW, Step.SHOW_AGAIN})

LINES = (
    "No time to talk on a shift, as the agency staff change every week",
    "The rota is made somewhere else",
    "Nobody asks the night staff what they saw",
    "Ask Dev",
)


@lru_cache(maxsize=1)
def type_() -> Type:
    pygame.font.init()
    return Type(shipped("assets") / "fonts")


@pytest.fixture(autouse=True, scope="module")
def fonts() -> Iterator[None]:
    """Fonts of one module's own: a window that was closed before has taken the others with it."""
    type_.cache_clear()
    yield
    type_.cache_clear()
    pygame.quit()


WITH_PHONES = (Step.SILENT, Step.SHOW, Step.SHOW_AGAIN, Step.WHAT_IF, Step.DEBRIEF, Step.BARRIERS, Step.MONDAY)
"""Steps at which a phone can do something, which the page says where phones are on."""


@lru_cache(maxsize=1)
def kit() -> Kit:
    return _kit(shipped("scenarios"))


Votes = Callable[[Room, int], Room]


def typed(first: str, second: str) -> Votes:
    """Cards that are counted: one line in each round, as far as there are choices for it."""

    def counted(room: Room, round: int) -> Room:
        line = (first, second)[round]
        asked = room.latest
        assert asked is not None
        fits = " ".join(line.split()[: 2 * len(asked.choices)])
        return room.entered(fits) if fits else room

    return counted


def by_phone(room: Room, round: int) -> Room:
    """Sixty phones at five tables, some of them for a whole table; most change their minds."""
    asked = room.latest
    assert asked is not None
    ids = [choice.id for choice in asked.choices]
    said = {f"{phone:02}": ids[(phone * (1 + round) + phone // 7) % len(ids)] for phone in range(60)}
    shared = {"70": {ids[0]: 4, ids[-1]: 3}, "71": {ids[round]: 8}}
    return room.ballots({**said, **shared}, {phone: str(int(phone) % 5 + 1) for phone in (*said, "70", "71")})


def by_table(room: Room, round: int) -> Room:
    """Cards that are counted at twelve tables, and some in the room."""
    asked = room.latest
    assert asked is not None
    first, *rest = (choice.id for choice in asked.choices)
    for table in range(1, 13):
        for place, choice in enumerate((first, *rest)):
            room = room.count(choice, (3 - place + table * round) % 7 + 2, str(table))
    return room.count(first, 7)


VOTES: tuple[Votes, ...] = (
    typed("12 A 9 B 3 C", "4 A 16 B 2 C"),
    by_phone,
    typed("most A some B", "half A half B"),
    by_table,
    typed("", ""),
    typed("9999 A 9998 B 1 C", "1 A 9999 B 9999 C"),
    typed("8 A 8 B", ""),
)
"""How a room may have voted: by card, by phone, in a hall that is guessed at, at tables, not at all, in a stadium."""


@cache
def rooms(scenario: str) -> tuple[Room, ...]:
    """A room at every page that a session of this story can show: every road, every other branch, all manner of votes.

    Of roads that come to the same facts by the same words, one is walked. Another test holds that no line is left out.
    """
    library = load_course(shipped("scenarios"))
    entry = library.entry(scenario)
    assert entry is not None
    assert entry.scenario is not None
    found: dict[tuple[Spot, RoomPage], Room] = {}
    been: set[object] = set()

    def walked(room: Room) -> None:
        found.setdefault((replace(room.spot, number=0), room.shown), room)

    def go(room: Room) -> None:
        """Walk on to the next branch or to the end, and then take every choice there."""
        while not room.over and not (room.step is Step.BRANCH and room.at_front):
            walked(room)
            if room.step in (Step.SHOW, Step.SHOW_AGAIN):
                vote = VOTES[(len(been) + len(room.decisions)) % len(VOTES)]
                room = vote(room, int(room.step is Step.SHOW_AGAIN))
                walked(room)
            room = _noted(room).next()
        walked(room)
        if room.over:
            return
        assert room.latest is not None
        for choice in room.latest.choices:
            taken = room.decide(choice.id)
            walked(taken)
            for other in taken.other_branches[:1]:
                aside = taken.what_if(other)
                while aside.step in (Step.WHAT_IF, Step.WOULD):
                    walked(aside)
                    aside = aside.entered("11 A 9 B") if aside.step is Step.WHAT_IF else aside
                    walked(aside)
                    aside = aside.next()
            after = taken.next()
            where = (after.story.passage.id, after.story.facts, after.story.visits)
            if where not in been:
                been.add(where)
                go(after)

    go(Room.open(library.course, entry.scenario, headcount=24, spoken=scenario == SCENARIOS[0]))
    return tuple(found.values())


def _noted(room: Room) -> Room:
    """The room with what was said written down."""
    if room.step in (Step.BARRIERS, Step.MONDAY) and not any(line.column == "monday" for line in room.lines):
        for line in LINES:
            room = room.note("monday" if room.step is Step.MONDAY else "barriers", line).note("ideas", line)
    if room.step is Step.DEBRIEF and not room.lines:
        room = room.note("plus", LINES[0]).note("delta", LINES[1])
    return room


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_pages_that_are_looked_over_are_all_that_a_story_can_tell(scenario: str) -> None:
    """Every line of every passage, every option, every ending, and every step of a session."""
    seen = rooms(scenario)
    passages = seen[0].scenario.passages.values()
    told = "".join("".join(line.text.split()) for room in seen for line in room.shown.lines)
    for passage in passages:
        for line in lines_of(passage.text):
            assert "".join(line.text.split()) in told, (passage.id, line.text)
    offered = {choice.text for passage in passages if passage.decision for choice in passage.decision.choices}
    assert offered == {option.text for room in seen if room.step is Step.QUESTION for option in room.shown.options}
    endings = {passage.ending.title for passage in passages if passage.ending}
    assert endings == {room.shown.title for room in seen if room.step is Step.ENDING}
    assert {room.step for room in seen} == set(Step)


def pages(room: Room, m: Metrics) -> Iterator[Thing]:
    """Every leaf of the page, with each look the time gives it."""
    seconds = room.shown.seconds
    looks = [Now()]
    if seconds:
        looks = [Now(Left("groups", seconds, seconds)), Now(Left("fours", 9, seconds))]
    if room.step in (Step.SHOW, Step.SHOW_AGAIN):
        looks += [Now(down=3), Now(down=3, phones=True)]
    if room.step is Step.REVEAL:
        looks.append(Now(tables=True))
    if room.step in WITH_PHONES:
        looks.append(replace(looks[0], phones=True))
    if room.shown.columns:
        looks.append(replace(looks[0], gathering=True))
    for now in looks:
        shown = projected(m, kit(), room, 0, now)
        yield shown.root
        for leaf in range(1, shown.leaves):
            yield projected(m, kit(), room, leaf, now).root


def texts(root: Thing) -> list[Thing]:
    return [thing for thing in root.walk() if thing.text is not None]


Laid = tuple[Metrics, list[tuple[Room, Thing]]]


@pytest.fixture(scope="module", params=[(scenario, size) for scenario in SCENARIOS for size in SIZES], ids=str)
def laid(request: pytest.FixtureRequest) -> Laid:
    """Every page of a story, laid out for a projector of one size."""
    scenario, size = request.param
    m = Metrics(*size, 1.0, type_())
    return m, [(room, root) for room in rooms(scenario) for root in pages(room, m)]


def test_everything_is_inside_the_window_and_nothing_lies_upon_another(laid: Laid) -> None:
    for room, root in laid[1]:
        found = texts(root)
        assert found
        for thing in found:
            assert thing.rect.within(root.rect), (room.spot, thing.name, thing.rect)
        for place, one in enumerate(found):
            for other in found[place + 1 :]:
                assert not _meets(_letters(one), _letters(other)), (room.spot, one.name, other.name)


ASKED = (
    "Counting, hidden: ••••••••",
    "Leave the story here, and go to the end? Enter: yes. Any other key: no.",
    f"Take this line away: “{LINES[0]} and then …”? Enter: yes. Shift N: an older one. Any other key: no.",
)
"""What a band at the foot may say, on one line and on more."""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_band_at_the_foot_covers_no_words(scenario: str, size: tuple[int, int]) -> None:
    """Where something is asked on the one screen there is, the page makes room, and its leaf is still its leaf."""
    m = Metrics(*size, 1.0, type_())
    for place, room in enumerate(rooms(scenario)):
        left = Left("groups", 75, 120) if room.shown.seconds else None
        bare = projected(m, kit(), room, 0, Now(left))
        asked = ASKED[place % len(ASKED)]
        for leaf in range(bare.leaves):
            shown = projected(m, kit(), room, leaf, Now(left, foot=asked))
            assert (shown.leaf, shown.leaves) == (leaf, bare.leaves)
            *page, band = texts(shown.root)
            assert band.name == asked
            assert page
            for thing in page:
                assert _letters(thing).bottom <= band.rect.y, (room.spot, leaf, thing.name)


@pytest.mark.parametrize("size", SIZES[1:])
@pytest.mark.parametrize("asked", ["", *ASKED])
def test_a_talk_keeps_its_options_and_its_time_whatever_is_asked(size: tuple[int, int], asked: str) -> None:
    m = Metrics(*size, 1.0, type_())
    for scenario in SCENARIOS:
        for room in rooms(scenario):
            if room.step is Step.DISCUSS:
                root = projected(m, kit(), room, 0, Now(Left("groups", 75, 120), foot=asked)).root
                told = [thing.name for thing in texts(root)]
                assert {option.text for option in room.shown.options} <= set(told), (scenario, room.shown.title)
                assert "1:15" in told


def test_a_band_covers_nothing_of_lines_as_long_as_they_may_be() -> None:
    line = "No time to talk on a shift, as the agency staff change every week and the rota is made by others. " * 3
    room = to_step(rooms(SCENARIOS[0])[0].finish(), Step.BARRIERS)
    for _ in range(12):
        room = room.note("barriers", line[:280]).note("ideas", line[:280])
    for size in SIZES:
        m = Metrics(*size, 1.0, type_())
        for left in (None, Left("groups", 75, 180)):
            now = Now(left, foot=ASKED[2])
            for leaf in range(projected(m, kit(), room, 0, now).leaves):
                *page, band = texts(projected(m, kit(), room, leaf, now).root)
                assert all(_letters(thing).bottom <= band.rect.y for thing in page)


def test_the_options_stay_where_they_are_when_a_count_is_told() -> None:
    """Nothing jumps on the wall between the cards and their count."""
    m = Metrics(1280, 720, 1.0, type_())
    for scenario in SCENARIOS:
        room = next(room for room in rooms(scenario) if room.step is Step.SHOW and room.shown.voted == 0)
        before, after = (
            [thing.rect for thing in texts(projected(m, kit(), one, 0, Now()).root) if thing.look == "badge"]
            for one in (room, room.entered("9 A 8 B"))
        )
        assert before == after


def test_with_phones_the_count_down_says_what_applies_to_phones_and_to_cards() -> None:
    m = Metrics(1280, 720, 1.0, type_())
    for step, told in (
        (Step.SHOW, "Phones: tap your choice. Cards: three, two, one, show."),
        (Step.SHOW_AGAIN, "Once more, by phone or by card: three, two, one. You may have changed your mind."),
    ):
        room = next(room for room in rooms(SCENARIOS[0]) if room.step is step)
        for phones in (True, False):
            said = [thing.name for thing in texts(projected(m, kit(), room, 0, Now(down=3, phones=phones)).root)]
            assert (told in said) is phones


def test_before_and_after_are_drawn_to_one_scale() -> None:
    """A long number does not make its bar shorter than the others."""
    m = Metrics(1280, 720, 1.0, type_())
    room = next(room for room in rooms(SCENARIOS[0]) if room.step is Step.SHOW and room.shown.voted == 0)
    room = to_step(room.entered("250 A 180 B 7 C"), Step.SHOW_AGAIN).entered("9 A 1340 B 7 C")
    root = projected(m, kit(), to_step(room, Step.REVEAL), 0, Now()).root
    tracks = [thing.rect for thing in root.walk() if thing.detail == TRACK]
    assert len(tracks) == 6
    assert {track.w for track in tracks} == {tracks[0].w}
    assert tracks[0].w > 0.12 * m.width


def phoned(first: str, second: str) -> Room:
    """A room at its reveal in which each phone says a letter in each round."""
    room = next(room for room in rooms(SCENARIOS[0]) if room.step is Step.SHOW and room.shown.voted == 0)
    assert room.latest is not None
    ids = {letter: choice.id for letter, choice in zip("ABC", room.latest.choices, strict=False)}
    for step, said in ((Step.SHOW, first), (Step.SHOW_AGAIN, second)):
        room = to_step(room, step).ballots({f"{phone:02}": ids[letter] for phone, letter in enumerate(said)})
    return to_step(room, Step.REVEAL)


@pytest.mark.parametrize("size", SIZES)
def test_who_moved_is_a_page_of_two_letters_and_a_number_for_each_way_and_stayed_apart(size: tuple[int, int]) -> None:
    m = Metrics(*size, 1.0, type_())
    room = phoned("AAAAAABBBCC", "CCCCAABACBC")
    shown = projected(m, kit(), room, -1, Now())
    assert shown.leaves == 2
    told = texts(shown.root)
    assert [thing.name for thing in told if thing.role == "heading"] == ["Who moved"]
    ways = [("A", "C", "4"), ("B", "A", "1"), ("B", "C", "1"), ("C", "B", "1")]
    seen = [thing.name for thing in told]
    assert seen == ["Who moved", *(part for way in ways for part in way), "4 stayed", "Of 11 who voted twice by phone."]
    rows = [thing for thing in shown.root.walk() if thing.role == "group"]
    assert [row.name for row in rows] == [
        "4 went from A to C.",
        "1 went from B to A.",
        "1 went from B to C.",
        "1 went from C to B.",
        "Of 11 who voted twice by phone, 4 stayed.",
    ]
    bars = [thing.rect.w for row in rows[:-1] for thing in row.children if thing.look == "plain"]
    assert len(bars) == 4
    assert [round(4 * bar / bars[0]) for bar in bars] == [4, 1, 1, 1]


@pytest.mark.parametrize("size", SIZES[1:])
def test_every_way_there_can_be_is_on_the_one_page_with_who_stayed(size: tuple[int, int]) -> None:
    """Also with four choices: twelve ways."""
    m = Metrics(*size, 1.0, type_())
    pairs = [(a, b) for a in "ABC" for b in "ABC"]
    room = phoned("".join(a for a, _ in pairs) * 12, "".join(b for _, b in pairs) * 12)
    reveal = room.shown.reveal
    assert reveal is not None
    assert reveal.who is not None
    four = tuple((a, b, 100 - place) for place, (a, b) in enumerate((a, b) for a in "ABCD" for b in "ABCD" if a != b))
    for ways in (reveal.who.ways, four):
        who = replace(reveal.who, ways=ways, apart=12)
        leaves = who_moved(Slide(m, kit(), room, room.shown, Now()), who)
        assert len(leaves) == 1
        found = [thing for one in leaves[0] for thing in one.walk() if thing.text is not None]
        assert len([thing for thing in found if thing.look == "badge"]) == 2 * len(ways)
        assert all(thing.rect.within(m.window) for thing in found)
        for place, one in enumerate(found):
            assert not any(_meets(_letters(one), _letters(other)) for other in found[place + 1 :])


def test_of_four_phones_no_page_says_who_moved() -> None:
    m = Metrics(1280, 720, 1.0, type_())
    for said, leaves in (("AABB", 1), ("AABBC", 2)):
        assert projected(m, kit(), phoned(said, said[::-1]), 0, Now()).leaves == leaves


def _letters(thing: Thing) -> Rect:
    """Where a thing's letters are: its lines, in the middle of its box."""
    text = thing.text
    assert text is not None
    top = thing.rect.y + (thing.rect.h - text.height) // 2
    return Rect(thing.rect.x, top, min(thing.rect.w, text.width), text.height)


def _meets(one: Rect, other: Rect) -> bool:
    shared = one.meet(other)
    return shared.w > 0 and shared.h > 0


def test_capitals_are_four_per_cent_of_the_height_and_five_in_a_choice(laid: Laid) -> None:
    m = laid[0]
    for room, root in laid[1]:
        options = {one.text for one in room.shown.options} if room.step in CHOOSING else set()
        for thing in texts(root):
            tall = capital(thing)
            assert tall >= 0.04 * m.height, (room.spot, thing.name)
            if thing.name in options or (thing.look == "badge" and room.step in CHOOSING):
                assert tall >= 0.05 * m.height, (room.spot, thing.name)


def capital(thing: Thing) -> int:
    """How high an H is in the face and size that a thing is set in, in real pixels, as the font itself tells."""
    assert thing.text is not None
    return _capital(theme.STYLES[thing.text.style].face, thing.text.px)


@cache
def _capital(face: theme.Face, px: int) -> int:
    [letter] = type_().font(face, px).metrics("H")
    assert letter is not None
    return letter[3] - letter[2]


def test_a_scene_has_twelve_rows_at_the_most(laid: Laid) -> None:
    for room, root in laid[1]:
        if room.step in (Step.SCENE, Step.WHAT_IF):
            assert sum(len(thing.text.lines) for thing in texts(root) if thing.text) <= 12


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_letters_stand_out_from_what_is_drawn_behind_them(scenario: str) -> None:
    """The pixels at the corners of each text's letters, as painted, are at least 7:1 from its letters."""
    m = Metrics(1280, 720, 1.0, type_())
    pygame.display.init()
    window = pygame.Window("layout", (m.width, m.height))
    surface, art = window.get_surface(), Art(kit())
    looked: set[object] = set()
    for room in rooms(scenario):
        told = room.step in (Step.SCENE, Step.WHAT_IF)  # the same panel over the same place, whatever is told on it
        page = (room.step, room.shown.place) if told else room.shown
        if page in looked:
            continue
        looked.add(page)
        for root in pages(room, m):
            Painter(m, art, surface)._thing(root)
            for thing in texts(root):
                assert thing.text is not None
                colour = theme.STYLES[thing.text.style].colour
                for ground in grounds(surface, thing):
                    assert contrast(colour, ground) >= 7, (room.spot, thing.name, colour, ground)
    art.close()
    window.destroy()


def grounds(surface: pygame.Surface, thing: Thing) -> set[str]:
    """What lies behind a text: the colours at the corners of its letters, or that of its badge."""
    if thing.look == "badge":
        return {thing.detail}
    letters = _letters(thing)
    wide, high = surface.get_size()
    across = (max(0, letters.x - 1), min(wide - 1, letters.right))
    down = (letters.y + 1, min(high - 1, letters.bottom - 2))
    return {"#{:02x}{:02x}{:02x}".format(*surface.get_at((x, y))[:3]) for x in across for y in down}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_nothing_is_told_by_colour_alone(scenario: str) -> None:
    """Pages that look different look different without their colours too: in words, or in shapes."""
    m = Metrics(1280, 720, 1.0, type_())
    met: dict[object, object] = {}
    for room in rooms(scenario):
        for root in pages(room, m):
            things = list(root.walk())
            bare = tuple(
                (thing.rect, thing.look, _COLOUR.sub("", str(thing.detail)), _lines(thing)) for thing in things
            )
            coloured = tuple((thing.detail, thing.text) for thing in things)
            assert met.setdefault(bare, coloured) == coloured, room.spot


_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b")


def _lines(thing: Thing) -> object:
    return None if thing.text is None else tuple("".join(run.text for run in line) for line in thing.text.lines)


@pytest.mark.parametrize(("letters", "ground"), theme.ROOM_PAIRS)
def test_every_pair_for_the_room_is_at_least_seven_to_one(letters: str, ground: str) -> None:
    assert contrast(letters, ground) >= 7


def test_four_long_options_fill_more_leaves_and_get_no_smaller() -> None:
    """A course of somebody's own may offer more than ours do."""
    room = next(room for room in rooms(SCENARIOS[0]) if room.step is Step.SHOW)
    m = Metrics(640, 480, 1.0, type_())
    for root in pages(room, m):
        for thing in texts(root):
            assert thing.rect.within(root.rect), thing.name
            assert capital(thing) >= 0.04 * m.height


def test_a_ring_is_amber_from_thirty_seconds_on() -> None:
    room = next(room for room in rooms(SCENARIOS[0]) if room.step is Step.DISCUSS)
    m = Metrics(1280, 720, 1.0, type_())
    rings = [
        next(thing.detail for thing in projected(m, kit(), room, 0, Now(left)).root.walk() if thing.look == "drawing")
        for left in (Left("groups", 31, 120), Left("groups", 30, 120))
    ]
    assert theme.AMBER not in rings[0]
    assert theme.AMBER in rings[1]
    assert Box("alone", 1).seconds == 1
