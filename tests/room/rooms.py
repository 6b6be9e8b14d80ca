"""Random sessions: a list of acts, each done where it fits, on any scenario. What does not fit is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum

from hypothesis import strategies as st

from game.story import Course, Happened, Scenario, Story
from game.training import NotNow, Room, Step, Votes
from tests.story.making import asks, choice, do, ends, only_if
from tests.story.making import story_of as story_of_passages

LINES = (
    "Not enough time",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "@home and +1 and -2",
    "| a | *b* _c_ [d](http://e.example) `f`",
    "שלום \u202eevil\u202c z\u0300\u0301\u0302\u0303\u0304 a\u200bb",
    "Ça va? 漢字 🙂",
    "\x00\x1b[31m",
)
"""Lines that a room might say, some of them hard on a report."""

SMALL = story_of_passages(
    asks(
        "door",
        choice("knock", "hall", effects=[do(set=["asked"], trust=+1)], leader=2),
        choice("wait", "hall", effects=[do(trust=-1)], manager=1, leader=1),
        choice("ring", "hall", effects=[do(patience=+2)], manager=2),
        told=["You stand at the door.", ("marcus", "Is it Tuesday?")],
    ),
    asks(
        "hall",
        choice("sit", "kitchen", effects=[do(set=["why"])], leader=1),
        choice("stand", "kitchen", manager=1),
        choice("ask", ("out", "asked"), "kitchen", when="trust >= 5", leader=2, manager=2),
        told=["The hall is long.", only_if("asked", ("joy", "You knocked."), otherwise=["Nobody comes."])],
    ),
    asks("kitchen", choice("tea", "out", manager=1), choice("talk", "out", effects=[do(trust=+2)], leader=1)),
    ends("out", "You are out again.", happened=Happened("Marcus swims.", "Joy stays.", "Angela reads.")),
    you="You are new here.",
    title="A door",
)
"""A story of three decisions, with roles, facts and meters; it always ends."""

COMMON = (
    "tie",
    "phones",
    "next",
    "next",
    "next",
    "next",
    "next",
    "next",
    "back",
    "count",
    "phones",
    "decide",
    "what-if",
)
RARE = (
    "add",
    "table",
    "guess",
    "typed",
    "road",
    "note",
    "same",
    "unnote",
    "headcount",
    "spent",
    "reveal",
    "front",
    "finish",
)

ACTS = st.tuples(
    st.sampled_from(COMMON + COMMON + RARE),
    st.integers(0, 40),
    st.integers(0, 40),
)


@dataclass(frozen=True)
class Played:
    """A session as it was played, with every room on the way."""

    rooms: tuple[Room, ...]

    @property
    def room(self) -> Room:
        return self.rooms[-1]


def sessions(scenarios: st.SearchStrategy[Scenario], most: int = 50) -> st.SearchStrategy[Played]:
    """Sessions of any scenario, half of them of one where much is decided."""
    return st.builds(
        played, st.just(SMALL) | scenarios, st.lists(ACTS, min_size=10, max_size=most), st.none() | st.integers(0, 60)
    )


def played(scenario: Scenario, acts: list[tuple[str, int, int]], headcount: int | None = None) -> Played:
    """The session of these acts."""
    rooms = [Room.open(Course(), scenario, headcount=headcount)]
    for act in acts:
        rooms.append(done(rooms[-1], *act))
    return Played(tuple(rooms))


def done(room: Room, act: str, one: int, other: int) -> Room:
    """The room after an act; itself where the act does not fit."""
    try:
        return DOES[act](room, one, other)
    except NotNow:
        return room


def _choice(room: Room, number: int) -> str:
    asked = room.latest
    if asked is None:
        raise NotNow
    return asked.first.choices[number % len(asked.first.choices)]


def _said(room: Room, number: int) -> str:
    """Something that can be counted or said by phone now: a choice, or yes or no to another branch."""
    asked = room.latest
    if asked is None or not (room.counting or room.open_round):
        raise NotNow
    choices = asked.votes(room.counting or room.open_round).choices
    return choices[number % len(choices)]


def _phones(room: Room, one: int, other: int) -> Room:
    """Phones 0 to `one`, each with a vote of its own; some are tables that split their heads, some pass."""
    if not room.open_round:
        return room
    said: dict[str, str | dict[str, int]] = {}
    for phone in range(one):
        turn = (phone * 7 + other) % 11
        if turn == 10:
            continue
        first, second = _said(room, turn), _said(room, turn + phone)
        said[f"token-{phone:02}"] = first if turn % 3 else {first: 1 + turn % 4, second: 2}
    return room.ballots(said, {token: str(int(token[-2:]) % 5) for token in said if token.endswith(("1", "3", "6"))})


def _on(room: Room, one: int, _: int) -> Room:
    """One page on, or a few."""
    for _ in range(1 + one % 6):
        room = room.next()
    return room


def _tie(room: Room, one: int, _: int) -> Room:
    """As many cards for each choice."""
    for id in room.counted:
        room = room.count(id, one % 9)
    return room


DOES: dict[str, Callable[[Room, int, int], Room]] = {
    "next": _on,
    "back": lambda room, _, __: room.back(),
    "front": lambda room, _, __: room.to_front(),
    "count": lambda room, one, other: room.count(_said(room, one), other),
    "add": lambda room, one, other: room.add(_said(room, one), other - 20),
    "table": lambda room, one, other: room.count(_said(room, one), other % 8, table=str(one % 4 + 1)),
    "guess": lambda room, one, other: room.guess(("most", "half", "some", "few")[other % 4], _said(room, one)),
    "typed": lambda room, one, _: room.entered(f"{one} A") if room.counting else room,
    "tie": _tie,
    "phones": _phones,
    "decide": lambda room, one, _: room.decide(_choice(room, one)),
    "what-if": lambda room, one, _: room.what_if(_choice(room, one)) if one % 2 else room.what_if(),
    "road": lambda room, _, __: room.back_to_the_road(),
    "note": lambda room, one, other: room.note(
        ("barriers", "ideas", "monday", "plus", "delta")[one % 5], LINES[other % len(LINES)]
    ),
    "same": lambda room, one, _: room.same(one % len(room.lines)) if room.lines else room,
    "unnote": lambda room, one, _: room.unnote(one % len(room.lines)) if room.lines else room,
    "headcount": lambda room, one, other: room.headcount_is(one if other % 3 else None),
    "spent": lambda room, one, _: room.spent(one),
    "reveal": lambda room, _, __: room.reveal_now(),
    "finish": lambda room, one, _: room.finish() if one > 36 else room,
}


def to_step(room: Room, step: Step, number: int = 0) -> Room:
    """The room walked on to a step; of that decision where one is named."""
    for _ in range(500):
        if room.step is step and (not number or room.spot.number == number):
            return room
        room = room.next()
    raise AssertionError(f"no {step}")


def strings(value: object) -> Iterator[str]:
    """Every string in a value, however deep."""
    if isinstance(value, Enum):
        yield str(value.value)
    elif isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from strings(getattr(value, field.name))
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from strings(key)
            yield from strings(entry)
    elif isinstance(value, tuple | list):
        for entry in value:
            yield from strings(entry)


def numbers(value: object) -> Iterator[int]:
    """Every whole number in a value, however deep."""
    if isinstance(value, bool | Enum):
        return
    if isinstance(value, int):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from numbers(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for entry in value:
            yield from numbers(entry)


@st.composite
def votes(draw: st.DrawFn, choices: tuple[str, ...] = ("a", "b", "c")) -> Votes:
    """One round: cards, tables, and phones of which some are tables."""
    given = Votes(choices)
    for table in ("", "1", "2", "3"):
        for id in choices:
            if draw(st.booleans()):
                given = given.counted(id, draw(st.integers(0, 9)), table)
    said: dict[str, str | dict[str, int]] = {}
    tables: dict[str, str] = {}
    for phone in range(draw(st.integers(0, 14))):
        kind = draw(st.integers(0, 4))
        if kind == 0:
            continue
        token = f"token-{phone}"
        if kind == 1:
            said[token] = {id: draw(st.integers(0, 4)) for id in choices}
        else:
            said[token] = draw(st.sampled_from(choices))
        if draw(st.booleans()):
            tables[token] = draw(st.sampled_from(("1", "2", "4")))
    return given.with_phones(said, tables)


def story_of(room: Room) -> Story:
    """The main road, walked anew by the choices that the decisions say were taken."""
    return Story.replay(room.scenario, [asked.chosen for asked in room.decisions if asked.chosen])
