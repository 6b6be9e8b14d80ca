"""Owns a session in a room as plain data, so that it can be kept and gone on with. Never writes a file.

The trainer's side is all here: pages, hand counts, branches, notes, times. What phones said is not: it has a journal of
its own, and comes back from there (`Room.voted`). The law: `taken_up(kept(room))` is the room without its phones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, get_args

from game.story import ChoiceNotOffered, Course, Scenario, Story
from game.training.room import NotNow, Room
from game.training.room_parts import COLUMNS, WOULD, Asked, Note, Spent, Spot, Step, Why
from game.training.room_votes import Votes


class CannotGoOn(Exception):
    """Raised where what was kept is no session of this scenario as it is now."""


def kept(room: Room) -> Mapping[str, Any]:
    """The session as plain data for JSON, without what phones said."""
    return {
        "spoken": room.spoken,
        "headcount": room.headcount,
        "path": list(room.story.path),
        "trail": [[spot.step.value, spot.number, spot.page, spot.choice] for spot in room.trail],
        "at": room.at,
        "decisions": [
            {
                "first": _kept_votes(asked.first),
                "second": _kept_votes(asked.second),
                "again": asked.again,
                "own": asked.own,
                "chosen": asked.chosen,
                "why": asked.why,
                "what_ifs": list(asked.what_ifs),
                "would": [[id, _kept_votes(votes)] for id, votes in asked.would],
            }
            for asked in room.decisions
        ],
        "lines": [[note.column, note.words, note.said] for note in room.lines],
        "times": [[spent.step.value, spent.number, spent.seconds] for spent in room.times],
    }


def taken_up(course: Course, scenario: Scenario, told: Mapping[str, Any]) -> Room:
    """The session again, each page of which can be shown. Raises `CannotGoOn` where the data does not allow it.

    `scenario` is the one that was kept, as it was: whoever calls this has compared the digests.
    """
    try:
        room = _room(course, scenario, told)
        for at in range(len(room.trail)):
            page = replace(room, at=at)
            page.shown, page.notes  # noqa: B018  # raises here, where it can be told, and not on the wall
    except (ChoiceNotOffered, LookupError, ArithmeticError, ValueError, TypeError, AttributeError, NotNow) as error:
        raise CannotGoOn(f"{type(error).__name__}: {error}") from error
    return room


def _room(course: Course, scenario: Scenario, told: Mapping[str, Any]) -> Room:
    path = [str(choice) for choice in told["path"]]
    room = Room.open(course, scenario, headcount=_whole(told["headcount"]), spoken=told["spoken"] is True)
    trail = tuple(Spot(Step(step), int(number), int(page), str(choice)) for step, number, page, choice in told["trail"])
    return replace(
        room,
        story=Story.replay(scenario, path),
        trail=trail,
        at=range(len(trail))[int(told["at"])],
        decisions=tuple(
            _asked(Story.replay(scenario, path[:taken]), decision) for taken, decision in enumerate(told["decisions"])
        ),
        lines=tuple(
            Note(COLUMNS[COLUMNS.index(column)], str(words), int(said)) for column, words, said in told["lines"]
        ),
        times=tuple(Spent(Step(step), int(number), int(seconds)) for step, number, seconds in told["times"]),
    )


def _asked(story: Story, told: Mapping[str, Any]) -> Asked:
    ids = tuple(choice.id for choice in story.choices)
    whys = get_args(Why)
    return Asked(
        story,
        _votes(ids, told["first"]),
        _votes(ids, told["second"]),
        again=told["again"] is True,
        own=_one_of(ids, told["own"]),
        chosen=_one_of(ids, told["chosen"]),
        why=whys[whys.index(told["why"])],
        what_ifs=tuple(ids[ids.index(id)] for id in told["what_ifs"]),
        would=tuple((ids[ids.index(id)], _votes(WOULD, votes)) for id, votes in told["would"]),
    )


def _one_of(ids: Sequence[str], told: str) -> str:
    """One of the choices, or none of them yet. Raises ValueError for anything else."""
    return ids[ids.index(told)] if told else ""


def _kept_votes(votes: Votes) -> Mapping[str, Any]:
    return {
        "cards": [[table, [[id, heads] for id, heads in split]] for table, split in votes.cards],
        "guesses": [[id, share] for id, share in votes.guesses],
    }


def _votes(ids: tuple[str, ...], told: Mapping[str, Any]) -> Votes:
    """The hand counts, put in as they were at first: what none can be raises ValueError."""
    votes = Votes(ids)
    for table, split in told["cards"]:
        for id, heads in split:
            votes = votes.counted(id, int(heads), str(table))
    for id, share in told["guesses"]:
        votes = votes.guessed(share, id)
    return votes


def _whole(told: Any) -> int | None:
    return None if told is None else int(told)
