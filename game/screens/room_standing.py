"""Owns what the presenter is told of the phones, in sentences: how many are in and how many have voted, and what waits.
Never a word on what they chose.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from game.screens.room_phones import PhoneLine
from game.training import Room, Step
from game.words import say

NEARLY: Final = 90
"""Per cent of the room from which nearly all have voted."""

CROWDED: Final = 3
"""Tables with more than one phone that are named at a time; when one is seen to, the next is."""

_NEARLY: Final[Mapping[Step, str]] = {
    Step.SILENT: "present.nearly-on",
    Step.SHOW: "present.nearly",
    Step.SHOW_AGAIN: "present.nearly",
}
"""What Next does where nearly all have voted by phone."""


def standing(line: PhoneLine, people: int | None) -> str:
    """How many phones are in, of how many people; that the room is full or locked; that phones speak for tables.

    A line for each.
    """
    state, tables = line.standing, line.tables
    one = "-one" if state.phones == 1 else ""
    of = say(f"lobby.people{'-one' if people == 1 else ''}", people=people)
    kind = "lobby.in" if people is None else "lobby.tables" if tables else "lobby.phones"
    told = say(f"{kind}{one}", count=state.phones, heads=line.heads, of=of)
    sentences = [
        told,
        say("phones.full") if state.full else "",
        say("phones.tables") if tables else "",
        say("phones.locked") if state.locked else "",
    ]
    return "\n".join(filter(None, sentences))


def too_many(line: PhoneLine, people: int | None) -> str:
    """What the presenter is warned of: more phones than people, or more heads where phones speak for tables."""
    if people is None or line.opened is None:
        return ""
    if line.tables:
        return say("lobby.too-many-heads", heads=line.heads, people=people) if line.heads > people else ""
    phones = line.standing.phones
    return say("lobby.too-many", phones=phones, people=people) if phones > people else ""


def two_phones(line: PhoneLine) -> str:
    """What the presenter is warned of where phones speak for tables: tables that more than one of them said."""
    crowded = [each for each in line.standing.tables if each.phones > 1] if line.tables and line.opened else []
    if not crowded:
        return ""
    words = {2: say("lobby.two"), 3: say("lobby.three")}
    told = [say("lobby.two-phones", table=t.table, phones=words.get(t.phones, t.phones)) for t in crowded[:CROWDED]]
    return " ".join([*told, say("lobby.two-phones-do")])


def from_phones(line: PhoneLine, room: Room, *, private: bool) -> tuple[str, ...]:
    """How many phones are in and have voted, what troubles them, and that words wait, where the room would see them."""
    if line.opened is None:
        return ()
    told = [say("present.phones", phones=line.standing.phones, awake=line.standing.awake)]
    if room.open_round:
        voted, of = _share(line, room)
        told[0] = f"{say('present.voted', words=say('room.voted-of', voted=voted, of=of))} {told[0]}"
    if line.tables:
        told[0] = f"{told[0]} {say('present.phones-tables')}"
    if line.trouble:
        told.append(line.trouble)
    waiting = line.gathered.waiting
    if waiting and not private:
        told.append(say("phones.wait", count=len(waiting)))
    return tuple(told)


def nearly(line: PhoneLine, room: Room) -> str:
    """A hint where phones are on and nearly all have voted; it says nothing of what they said."""
    key = _NEARLY.get(room.step, "")
    if not key or line.opened is None or not room.at_front:
        return ""
    voted, of = _share(line, room)
    return say(key, voted=voted, of=of) if voted and 100 * voted >= NEARLY * of else ""


def _share(line: PhoneLine, room: Room) -> tuple[int, int]:
    """How many have voted in the open round, and of how many: the headcount, or else the phones and the cards."""
    assert room.latest is not None
    tally = room.latest.votes(room.open_round).tally
    phones = line.heads if line.tables else line.standing.phones
    here = phones + sum(tally.cards) + sum(tally.tables) if room.headcount is None else room.headcount
    return tally.total, max(tally.total, here)
