"""Owns what the presenter sees of a step and the room does not: what to do, counts, questions, a hint, keys.

Never moves, draws or counts; never shown on the projector.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from game.training.room_parts import CALLS, FIRST_WHAT_IF, HIDDEN, Asked, Step
from game.training.room_told import Option, option_of, options_of, step_title, would_options
from game.training.room_votes import Tally
from game.words import say

if TYPE_CHECKING:
    from game.training.room import Room

ALIKE: Final = 80
"""Per cent of votes for one choice from which a room is of one mind (adapted from peer instruction)."""

SPLIT: Final = 50
"""Per cent of votes for the first choice up to which a room is split."""


@dataclass(frozen=True, slots=True)
class RoomNotes:
    """What the presenter sees: what to do and say, what comes next, questions, counts, a hint, warnings, keys.

    `counts` is the round that is counted or was counted last, with `options` in the same order.
    """

    title: str
    do: str
    next: str
    questions: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    counts: Tally | None = None
    round: int = 0
    hint: str = ""
    warnings: tuple[str, ...] = ()
    keys: tuple[tuple[str, str], ...] = ()


_KEYS: Final[Mapping[Step, tuple[str, ...]]] = {
    Step.SILENT: ("count", "time"),
    Step.SHOW: ("count",),
    Step.DISCUSS: ("time", "count"),
    Step.SHOW_AGAIN: ("count",),
    Step.BRANCH: ("branch", "what-if"),
    Step.SCENE: ("what-if",),
    Step.WHAT_IF: ("count", "what-if"),
    Step.WOULD: ("what-if",),
    Step.REVEAL: ("tables",),
    Step.ROLES: ("tables",),
    Step.ENDING: ("what-if",),
    Step.DEBRIEF: ("note",),
    Step.EXPERIENCE: ("time",),
    Step.OTHERS: ("time",),
    Step.BARRIERS: ("note", "time"),
    Step.MONDAY: ("note", "time"),
}
"""Keys that do something at a step, besides Next and Back: each a sentence of `room.key.…`."""

_PHONED: Final = CALLS | {Step.WELCOME, Step.SILENT}
"""Steps at which there is something else to do where phones are on."""

_LETTERS: Final[Mapping[str, str]] = {
    "count": "H",
    "time": "T",
    "branch": "1–4",
    "what-if": "O",
    "note": "N",
    "tables": "G",
}


def notes_of(room: Room) -> RoomNotes:
    """What the presenter sees of the step that the room shows."""
    step, asked = room.step, room.decision
    ahead = room.trail[room.at + 1].step if not room.at_front else room.next().step
    counted = _counted(room, asked)
    return RoomNotes(
        title=step_title(step),
        do=do_of(step),
        next="" if room.over else step_title(ahead),
        questions=_questions(room, asked),
        options=_options(asked, counted[1]) if asked and counted else (),
        counts=counted[0] if counted else None,
        round=counted[1] if counted else 0,
        hint=_hint(room, asked),
        warnings=tuple(_warnings(room, counted[0] if counted else None)),
        keys=tuple((_LETTERS[key], say(f"room.key.{key}")) for key in _keys(room)),
    )


def do_of(step: Step, *, phones: bool = False) -> str:
    """What the presenter does at a step; where `phones` are on, they and cards are spoken of."""
    return say(f"room.do-phones.{step}" if phones and step in _PHONED else f"room.do.{step}")


def _counted(room: Room, asked: Asked | None) -> tuple[Tally, int] | None:
    """The tally of the round that the shown step is about, and which round that is."""
    if asked is not None and room.step in (Step.WHAT_IF, Step.WOULD):
        number = asked.what_if_round(room.spot.choice)
        return asked.votes(number).tally, number
    if asked is None or room.step not in HIDDEN | {Step.REVEAL, Step.ROLES, Step.BRANCH}:
        return None
    if room.step not in HIDDEN or room.step is Step.SHOW_AGAIN:
        return (asked.second.tally, 2) if asked.again else (asked.first.tally, 1)
    return asked.first.tally, 1


def _options(asked: Asked, round: int) -> tuple[Option, ...]:
    """What is counted in a round, with the letters of its cards."""
    if round < FIRST_WHAT_IF:
        return options_of(asked)
    return would_options()


def _keys(room: Room) -> Iterator[str]:
    """What there is to press at the shown step: nothing that would show nothing."""
    for key in _KEYS.get(room.step, ()):
        reveal = room.shown.reveal
        if key != "tables" or (reveal is not None and reveal.tables):
            yield key


def _questions(room: Room, asked: Asked | None) -> tuple[str, ...]:
    """Questions for the room: the decision's own while it is talked about, the scenario's own in the debrief."""
    if room.step is Step.DEBRIEF:
        return room.scenario.debrief.questions
    decision = asked.story.passage.decision if asked and room.step is not Step.SCENE else None
    return decision.discuss if decision else ()


def _hint(room: Room, asked: Asked | None) -> str:
    """A hint for the presenter: on the spread of the first votes (never on what is right), or on what Next takes."""
    if asked is None:
        return ""
    if room.step is Step.BRANCH and not asked.settled(room.headcount)[0]:
        return say("room.next-takes", letter=option_of(asked, asked.proposal(room.headcount)).letter)
    if room.step not in (Step.SHOW, Step.DISCUSS) or not asked.first.tally.total:
        return ""
    most = max(asked.first.tally.percents)
    if most >= ALIKE:
        return say("room.hint-alike", percent=most)
    return say("room.hint-split") if most <= SPLIT else say("room.hint-between")


def _warnings(room: Room, tally: Tally | None) -> Iterator[str]:
    if tally and room.headcount is not None and tally.total > room.headcount:
        yield say("room.too-many", voted=tally.total, of=room.headcount)
    if not room.at_front:
        yield say("room.looking-back")
