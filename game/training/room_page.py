"""Owns what a step of a session may show: the projector's page, and the presenter's. Never moves, draws or counts.

The page holds what may be seen and nothing else, so whoever draws all of it leaks nothing: no number but how many have
voted, and no role, before the reveal (`../shared/design/room.md`, 4). A quotation is the source's, or its gloss.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from game.story import Line
from game.training.debriefing import Shown, quotation
from game.training.room_parts import CALLS, Asked, Column, Spot, Step
from game.training.room_told import (
    Option,
    Reveal,
    branch_in_words,
    happened_in_words,
    noticed_in_words,
    option_of,
    options_of,
    reveal_of,
    step_title,
    would_in_words,
)
from game.words import say

if TYPE_CHECKING:
    from game.training.room import Room

MINUTE: Final = 60

SECONDS: Final[Mapping[Step, int]] = {
    Step.EXPERIENCE: 2 * MINUTE,
    Step.SILENT: 45,
    Step.DISCUSS: 2 * MINUTE,
    Step.OTHERS: 3 * MINUTE,
    Step.BARRIERS: 3 * MINUTE,
    Step.MONDAY: 2 * MINUTE,
}
"""The time a step is given at first: the workshop's own for its activities, else `../shared/design/room.md`, 4."""

_ACTIVITIES: Final[Mapping[Step, tuple[str, str]]] = {
    Step.WELCOME: ("ACT-1", "ACT-1a"),
    Step.EXPERIENCE: ("ACT-2", "ACT-2b"),
    Step.OTHERS: ("ACT-4", "ACT-4a"),
    Step.BARRIERS: ("ACT-3", "ACT-3a"),
}
"""Steps that are the workshop's own activities: the idea that says it in plain words, and its quotation."""

_ROLES_ARE_NOT_PEOPLE: Final = "PL-01a"

_GATHERED: Final[Mapping[Step, tuple[Column, ...]]] = {
    Step.BARRIERS: ("barriers", "ideas"),
    Step.MONDAY: ("monday",),
    Step.CLOSE: ("monday",),
}


@dataclass(frozen=True, slots=True)
class RoomPage:
    """A page of the projector. What a step does not show is empty or None.

    `words` are paragraphs, `lines` are the scene's with their speakers' ids, `seconds` is the time to set a timer to.
    `voted` and `of` say how many have voted, of how many (None where nobody counted). `columns` are gathered lines.
    """

    step: Step
    title: str
    words: tuple[str, ...] = ()
    passage: str = ""
    place: str = ""
    when: str = ""
    lines: tuple[Line, ...] = ()
    options: tuple[Option, ...] = ()
    seconds: int = 0
    voted: int | None = None
    of: int | None = None
    reveal: Reveal | None = None
    quotation: Shown | None = None
    columns: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def with_phones(self) -> RoomPage:
        """The page where phones are on: where cards are called for, so are they."""
        return replace(self, words=(say(f"room.says-phones.{self.step}"),)) if self.step in CALLS else self

    @property
    def voted_words(self) -> str:
        """How many have voted, in words; empty where that is not shown."""
        if self.voted is None:
            return ""
        if self.of is None:
            return say("room.voted", voted=self.voted)
        return say("room.voted-of", voted=self.voted, of=self.of)


# ---- the projector ----------------------------------------------------------


def page_of(room: Room) -> RoomPage:
    """All that may be shown of the step that the room shows."""
    return _PAGES[room.step](room, room.spot)


def _activity(room: Room, spot: Spot) -> RoomPage:
    """An activity of the workshop: what it is in plain words, with its quotation where the course has it."""
    idea = room.course.source.ideas.get(_ACTIVITIES[spot.step][0])
    words = [idea.says if idea else say(f"room.says.{spot.step}")]
    if spot.step is Step.WELCOME:
        words += [say("room.not-a-test"), say("room.roles")]
    quotation = next(iter(quoted_at(room, spot)), None)
    title = room.scenario.title if spot.step is Step.WELCOME else step_title(spot.step)
    return RoomPage(
        spot.step,
        title,
        tuple(words),
        seconds=SECONDS.get(spot.step, 0),
        quotation=quotation,
        columns=_columns(room, spot.step),
    )


def _scene(room: Room, spot: Spot) -> RoomPage:
    page = room.scene(spot)[spot.page]
    you = (room.scenario.you,) if not spot.number and not spot.page and room.scenario.you else ()
    return RoomPage(spot.step, room.scenario.title, you, page.passage, page.place, page.when, page.lines)


def _asked_at(room: Room, spot: Spot) -> Asked:
    return room.decisions[spot.number - 1]


def _decision(room: Room, spot: Spot) -> RoomPage:
    """A step of an open decision: the question, the options, one sentence of what to do, and how many have voted."""
    asked, step = _asked_at(room, spot), spot.step
    again = step is Step.SHOW_AGAIN
    voting = again or step in (Step.SILENT, Step.SHOW)
    votes = asked.second if again else asked.first
    return RoomPage(
        step,
        asked.ask,
        (say(f"room.says.{step}"),) if step is not Step.QUESTION else (),
        place=asked.story.where[0],
        when=asked.story.where[1],
        options=options_of(asked),
        seconds=SECONDS.get(step, 0),
        voted=votes.tally.total if voting else None,
        of=room.headcount if voting else None,
    )


def _revealed(room: Room, spot: Spot) -> RoomPage:
    asked, roles = _asked_at(room, spot), spot.step is Step.ROLES
    quotation = next(iter(quoted_at(room, spot)), None)
    uncounted = () if roles or not asked.last.tally.empty else (say("room.not-counted"),)
    words = (say("room.says.roles"),) if roles else uncounted
    options = options_of(asked)
    return RoomPage(
        spot.step, asked.ask, words, options=options, reveal=reveal_of(asked, roles=roles), quotation=quotation
    )


def _branch(room: Room, spot: Spot) -> RoomPage:
    asked = _asked_at(room, spot)
    chosen, _ = asked.settled(room.headcount)
    options = (option_of(asked, chosen),) if chosen else _tied(room, asked)
    return RoomPage(spot.step, asked.ask, (branch_in_words(asked, room.headcount),), options=options)


def _tied(room: Room, asked: Asked) -> tuple[Option, ...]:
    leading = asked.last.tally.leading(room.headcount)
    return tuple(option for option in options_of(asked) if option.id in leading) or options_of(asked)


def _what_if(room: Room, spot: Spot) -> RoomPage:
    """A page of another branch, marked as such."""
    asked = _asked_at(room, spot)
    after, pages = asked.story.choose(spot.choice), room.scene(spot)
    page = pages[spot.page] if pages else None
    words = [say("room.says.what-if")]
    last = spot.page + 1 >= len(pages)
    if last and after.ending:
        words.append(say("debrief.other-ended", title=after.ending.title))
    if last:
        words.append(say("room.would"))
    voted = asked.votes(asked.what_if_round(spot.choice)).tally.total
    return RoomPage(
        spot.step,
        step_title(spot.step),
        tuple(words),
        page.passage if page else "",
        page.place if page else "",
        page.when if page else "",
        page.lines if page else (),
        (option_of(asked, spot.choice),),
        voted=voted if last and voted else None,
        of=room.headcount if last and voted else None,
    )


def _would(room: Room, spot: Spot) -> RoomPage:
    """How many would go to the branch that was looked at."""
    asked = _asked_at(room, spot)
    words = would_in_words(asked.votes(asked.what_if_round(spot.choice)))
    return RoomPage(spot.step, step_title(spot.step), (words,), options=(option_of(asked, spot.choice),))


def _ending(room: Room, spot: Spot) -> RoomPage:
    passage, ending = room.story.passage, room.story.ending
    place, when = room.story.where
    if ending:
        words = happened_in_words(ending.happened)
        return RoomPage(spot.step, ending.title, words, passage.id, ending.place or place, when)
    if passage.todo:
        words = (say("play.todo", todo=passage.todo),)
    else:
        words = (say("play.stuck") if room.story.stuck else say("room.stopped"),)
    return RoomPage(spot.step, step_title(spot.step), words, passage.id, place, when)


def _debrief(room: Room, spot: Spot) -> RoomPage:
    """A quotation with its source; then the three prompts, the second filled with the room's own numbers."""
    quotes = debrief_quotes(room)
    if spot.page < len(quotes):
        view = (say("debrief.his-view", author=room.course.source.author),)
        return RoomPage(spot.step, say("debrief.says"), view, quotation=quotes[spot.page])
    place = spot.page - len(quotes)
    prompts: tuple[tuple[str, ...], ...] = (
        (say("room.prompt-feel"),),
        noticed_in_words(room.decisions),
        (say("room.prompt-keep"),),
    )
    words = prompts[place]
    columns = _columns_of(room, ("plus", "delta")) if place == 2 else ()
    return RoomPage(spot.step, step_title(spot.step), words, columns=columns)


def _closing(room: Room, spot: Spot) -> RoomPage:
    words = [say(f"room.says.{spot.step}")]
    if spot.step is Step.MONDAY and room.scenario.debrief.one_thing:
        words.append(room.scenario.debrief.one_thing)
    columns = _columns(room, spot.step)
    return RoomPage(spot.step, step_title(spot.step), tuple(words), seconds=SECONDS.get(spot.step, 0), columns=columns)


def _columns(room: Room, step: Step) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return _columns_of(room, _GATHERED.get(step, ()))


def _columns_of(room: Room, columns: tuple[Column, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (say(f"room.column.{column}"), tuple(line.told for line in room.lines if line.column == column))
        for column in columns
    )


_PAGES: Final[Mapping[Step, Callable[[Room, Spot], RoomPage]]] = {
    Step.WELCOME: _activity,
    Step.EXPERIENCE: _activity,
    Step.SCENE: _scene,
    Step.QUESTION: _decision,
    Step.SILENT: _decision,
    Step.SHOW: _decision,
    Step.DISCUSS: _decision,
    Step.SHOW_AGAIN: _decision,
    Step.REVEAL: _revealed,
    Step.ROLES: _revealed,
    Step.BRANCH: _branch,
    Step.WHAT_IF: _what_if,
    Step.WOULD: _would,
    Step.ENDING: _ending,
    Step.DEBRIEF: _debrief,
    Step.OTHERS: _activity,
    Step.BARRIERS: _activity,
    Step.MONDAY: _closing,
    Step.CLOSE: _closing,
}


# ---- quotations -------------------------------------------------------------


def debrief_quotes(room: Room) -> tuple[Shown, ...]:
    """The one or two quotations of the debrief, the ending's first, none twice."""
    ending = room.story.ending
    ids = dict.fromkeys((ending.quotes if ending else ()) + room.scenario.debrief.quotes)
    found = (quotation(room.course.source, id, spoken=room.spoken) for id in ids)
    return tuple(dict.fromkeys(shown for shown in found if shown))[:2]


def quoted_at(room: Room, spot: Spot) -> tuple[Shown, ...]:
    """The quotation that a page shows, if it shows one."""
    if spot.step is Step.DEBRIEF:
        return debrief_quotes(room)[spot.page : spot.page + 1]
    id = _ROLES_ARE_NOT_PEOPLE if spot.step is Step.ROLES else _ACTIVITIES.get(spot.step, ("", ""))[1]
    shown = quotation(room.course.source, id, spoken=room.spoken) if id else None
    return (shown,) if shown and shown.quoted else ()
