"""Owns what phones are shown of a session at each step: a question, an own choice, what the room is doing. It has no
place for a count, a role or a score.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from game.net import Option, RoundView
from game.training import (
    PROMPTS,
    Asked,
    Column,
    Room,
    Step,
    debrief_quotes,
    option_of,
    options_of,
    step_title,
    would_options,
)
from game.training import Option as Told
from game.words import say

_GATHERED: Final[Mapping[Step, tuple[Column, ...]]] = {
    Step.DEBRIEF: ("plus", "delta"),
    Step.BARRIERS: ("barriers", "ideas"),
    Step.MONDAY: ("monday",),
}
"""Steps at which phones may send a line, and the columns that it may go to; the debrief at its last page only."""


def view_of(room: Room, *, tables: bool = False) -> RoundView:
    """What phones may see of a session now; its `rev` is 0. It has no place for a count, a role or a score."""
    front = room.to_front()
    return replace(_VIEWS[front.step](front), tables=tables and front.step in _FOR_TABLES)


def _welcome(_room: Room) -> RoundView:
    return RoundView(0, "wait")


def _activity(room: Room) -> RoundView:
    """A talk in groups: what it is about."""
    return RoundView(0, "wait", step_title(room.step), words=(say(f"room.says.{room.step}"),))


def _scene(room: Room) -> RoundView:
    """A part of the story; after a decision, what that was."""
    asked = room.latest
    if asked is None or not asked.chosen:
        return RoundView(0, "wait", step_title(room.step), words=(say("phone.listen"),))
    return RoundView(0, "wait", say("phone.goes-on"), words=(*_decided(asked, room.headcount), say("phone.listen")))


def _decided(asked: Asked, headcount: int | None) -> tuple[str, ...]:
    """A decision that was taken: its question, and the branch by its letter and its words."""
    chosen, why = asked.settled(headcount)
    option = option_of(asked, chosen)
    return (
        say("phone.decided", ask=asked.ask),
        say(f"room.why-{why}", letter=option.letter),
        say("phone.choice", letter=option.letter, words=option.text),
    )


def _asked(room: Room) -> RoundView:
    asked, number = room.decisions[-1], 2 if room.step is Step.SHOW_AGAIN else 1
    before = _round(room, 1) if number == 2 else ""
    options = _options(options_of(asked))
    return RoundView(0, "vote", asked.ask, options, open=True, round=_round(room, number), before=before)


def _talk(room: Room) -> RoundView:
    asked = room.decisions[-1]
    return RoundView(0, "talk", asked.ask, _options(options_of(asked)), round=_round(room, 1))


def _reveal(room: Room) -> RoundView:
    """The wall tells the counts; a phone, what it said itself; not of a first round that nobody counted."""
    asked = room.decisions[-1]
    number, before = (2, "" if asked.late else _round(room, 1)) if asked.again else (1, "")
    options = _options(options_of(asked))
    return RoundView(0, "reveal", asked.ask, options, round=_round(room, number), before=before)


def _branch(room: Room) -> RoundView:
    asked = room.decisions[-1]
    if asked.settled(room.headcount)[0]:
        return RoundView(0, "wait", step_title(room.step), words=_decided(asked, room.headcount))
    return RoundView(
        0, "wait", step_title(room.step), words=(say("phone.decided", ask=asked.ask), say("phone.decides"))
    )


def _what_if(room: Room) -> RoundView:
    """Another branch: whoever likes may say if they would go there. Afterwards, what this phone said."""
    asked, choice = room.decisions[-1], room.spot.choice
    option = option_of(asked, choice)
    words = [say("phone.what-if", letter=option.letter, words=option.text)]
    opens = room.step is Step.WHAT_IF
    if opens:
        words.append(say("phone.if-you-like"))
    return RoundView(
        0,
        "vote" if opens else "reveal",
        say("room.would"),
        _options(would_options()),
        open=opens,
        round=_round(room, asked.what_if_round(choice)),
        words=tuple(words),
    )


def _ending(room: Room) -> RoundView:
    return RoundView(0, "wait", room.shown.title, words=(say("phone.over"),))


def _debrief(room: Room) -> RoundView:
    """A prompt of the debrief. The one with the room's numbers is on the wall alone."""
    page = room.spot.page - len(debrief_quotes(room))
    if page == PROMPTS - 1:
        return _gather(room)
    words = "phone.read" if page < 0 else ("room.prompt-feel", "phone.think")[page]
    return RoundView(0, "wait", step_title(room.step), words=(say(words),))


def _gather(room: Room) -> RoundView:
    columns = _GATHERED[room.step]
    question = say("room.prompt-keep" if room.step is Step.DEBRIEF else f"room.says.{room.step}")
    return RoundView(0, "gather", question, open=True, round=columns[0], columns=columns if len(columns) > 1 else ())


def _close(_room: Room) -> RoundView:
    return RoundView(0, "end")


_VIEWS: Final[Mapping[Step, Callable[[Room], RoundView]]] = {
    Step.WELCOME: _welcome,
    Step.EXPERIENCE: _activity,
    Step.SCENE: _scene,
    Step.QUESTION: _asked,
    Step.SILENT: _asked,
    Step.SHOW: _asked,
    Step.DISCUSS: _talk,
    Step.SHOW_AGAIN: _asked,
    Step.REVEAL: _reveal,
    Step.ROLES: _reveal,
    Step.BRANCH: _branch,
    Step.WHAT_IF: _what_if,
    Step.WOULD: _what_if,
    Step.ENDING: _ending,
    Step.DEBRIEF: _debrief,
    Step.OTHERS: _activity,
    Step.BARRIERS: _gather,
    Step.MONDAY: _gather,
    Step.CLOSE: _close,
}
"""What phones show at each step."""

_FOR_TABLES: Final = frozenset(Step) - {Step.DEBRIEF, Step.OTHERS, Step.BARRIERS, Step.MONDAY, Step.CLOSE}
"""Steps at which a phone that speaks for a table is asked for which. Words are anybody's."""


def _options(told: tuple[Told, ...]) -> tuple[Option, ...]:
    return tuple(Option(option.letter, option.text) for option in told)


def _round(room: Room, number: int) -> str:
    """The name of a round of the latest decision: the same whenever the session stands there."""
    return f"{len(room.decisions)}-{number}"
