"""Owns a rehearsal: a room of simulated people, led through the real `Room`, told as it happens. Never opens a window
or a socket.

For a trainer to practise on, and for tests. The people are made up by a seed, so the same rehearsal can be had again.
They lean to one role or the other, are unsure, listen to those beside them, come late and pass. They stand for nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from textwrap import wrap
from typing import Final, TextIO

from game.story import Choice, Course, Scenario, spoken
from game.training import (
    FIRST_WHAT_IF,
    Column,
    RevealRow,
    Room,
    RoomNotes,
    RoomPage,
    SessionReport,
    Step,
    do_of,
    session_as_csv,
    session_as_html,
    session_as_json,
    session_as_markdown,
    session_report,
)
from game.words import say

WIDEST: Final = 80
MOST_PEOPLE: Final = 2_000

GROUP: Final = 4
"""People in a small group: whom one listens to."""

MOST_DECISIONS: Final = 12
"""Decisions after which the trainer closes a story that leads round and round."""

_PHONES: Final = 0.6
_LATE: Final = 0.08
_PASSES: Final = 0.06
_MOVES: Final = 0.35
_SILENT: Final = 0.2
"""How many say nothing where they may say it if they like."""


SECONDS: Final[Mapping[Step, int]] = {
    Step.WELCOME: 120,
    Step.EXPERIENCE: 240,
    Step.SCENE: 25,
    Step.QUESTION: 25,
    Step.SILENT: 45,
    Step.SHOW: 30,
    Step.DISCUSS: 150,
    Step.SHOW_AGAIN: 30,
    Step.REVEAL: 60,
    Step.ROLES: 30,
    Step.BRANCH: 15,
    Step.WHAT_IF: 25,
    Step.WOULD: 20,
    Step.ENDING: 40,
    Step.DEBRIEF: 75,
    Step.OTHERS: 300,
    Step.BARRIERS: 360,
    Step.MONDAY: 150,
    Step.CLOSE: 0,
}
"""About how long a page takes with a real room, in seconds: the minutes of an activity, and hearing what was said."""

KINDS: Final[Mapping[str, Callable[[SessionReport], str]]] = {
    ".html": session_as_html,
    ".md": session_as_markdown,
    ".csv": session_as_csv,
    ".json": session_as_json,
}
"""The kinds of report that a rehearsal can write, by the ending of the file's name."""

_SAID: Final[tuple[tuple[Step, Column, tuple[str, ...]], ...]] = (
    (Step.BARRIERS, "barriers", ("rehearse.barrier-time", "rehearse.barrier-forms", "rehearse.barrier-say")),
    (Step.BARRIERS, "ideas", ("rehearse.idea-ask", "rehearse.idea-shift")),
    (Step.MONDAY, "monday", ("rehearse.monday-ask", "rehearse.monday-watch")),
    (Step.DEBRIEF, "plus", ("rehearse.plus",)),
    (Step.DEBRIEF, "delta", ("rehearse.delta",)),
)


def rehearse(
    course: Course, scenario: Scenario, people: int, seed: int, *, to: Path | None, on: date, out: TextIO
) -> int:
    """Lead `people` simulated people through the scenario and print what happens; with `to`, write the report too.

    Exit code 2 where the file's kind is not known or it cannot be written. The same seed gives the same rehearsal.
    """
    if to is not None and to.suffix not in KINDS:
        out.write(say("rehearse.kind", name=to.name, kinds=", ".join(KINDS)) + "\n")
        return 2
    room = _Rehearsal(scenario, people, seed, out).play(course)
    if to is None:
        return 0
    try:
        to.write_text(KINDS[to.suffix](replace(session_report(room, on), made_up=True)), encoding="utf-8", newline="")
    except OSError as error:
        out.write(say("rehearse.not-written", path=to, reason=error.strerror or str(error)) + "\n")
        return 2
    out.write("\n" + say("rehearse.written", path=to) + "\n")
    return 0


@dataclass(frozen=True, slots=True)
class Pretended:
    """One made-up person: how they lean (0 manager to 1 leader), with a phone or a card, in which group, from when."""

    lean: float
    phone: bool
    group: int
    since: int


def made_up(people: int, chance: Random) -> tuple[Pretended, ...]:
    """So many made-up people. Some come at the second decision."""
    return tuple(
        Pretended(
            lean=min(1.0, max(0.0, chance.gauss(0.5, 0.25))),
            phone=chance.random() < _PHONES,
            group=number // GROUP,
            since=2 if chance.random() < _LATE else 1,
        )
        for number in range(people)
    )


class _Rehearsal:
    """One rehearsal as it is told."""

    def __init__(self, scenario: Scenario, people: int, seed: int, out: TextIO) -> None:
        self.scenario = scenario
        self.chance = Random(seed)
        self.people = made_up(people, self.chance)
        self.seed = seed
        self.out = out
        self.clock = 0
        self.minds: dict[int, str] = {}

    def play(self, course: Course) -> Room:
        """The whole session, page by page; the room as it is at the end."""
        room = Room.open(course, self.scenario, headcount=len(self.people))
        phones = sum(person.phone for person in self.people)
        late = sum(person.since > 1 for person in self.people)
        title = say("rehearse.title", title=self.scenario.title)
        self._say(title)
        self._say("=" * min(len(title), WIDEST))
        self._say(say("rehearse.people", people=len(self.people), phones=phones, cards=len(self.people) - phones))
        if late:
            self._say(say("rehearse.late", late=late))
        self._say(say("rehearse.again", seed=self.seed))
        while True:
            room = self._happens(room)
            self._told(room)
            room = room.spent(SECONDS[room.step]) if room.shown.seconds else room
            self.clock += SECONDS[room.step]
            if room.over:
                return room
            room = self._on(room)

    def _on(self, room: Room) -> Room:
        """What the trainer does next: Next, one look at another branch, and the close of a story without an end."""
        asked = room.latest
        if room.step is Step.BRANCH and len(room.decisions) >= MOST_DECISIONS:
            return room.finish()
        if room.step is Step.BRANCH and asked and not asked.what_ifs and len(room.decisions) == 1:
            return room.what_if() if room.other_branches else room.next()
        return room.next()

    # ---- what people do

    def _happens(self, room: Room) -> Room:
        """What people do at this page, before it is told."""
        if room.step is Step.SHOW:
            self.minds = self._alone(room)
            return self._said(room, self.minds)
        if room.step is Step.SHOW_AGAIN:
            self.minds = self._moved(room)
            return self._said(room, self.minds)
        if room.step is Step.BRANCH:
            return self._decided(room)
        if room.step is Step.WHAT_IF and room.spot.page + 1 == len(room.scene(room.spot)):
            return self._said(room, self._would(room, room.spot.choice))
        for step, column, keys in _SAID:
            if room.step is step and not any(line.column == column for line in room.lines):
                for key in keys:
                    room = room.note(column, say(key))
        return room

    def _alone(self, room: Room) -> dict[int, str]:
        """What each one present would do, by themselves. A few pass."""
        asked = room.latest
        here = len(room.decisions)
        if asked is None:
            return {}
        return {
            number: max(asked.choices, key=lambda choice: self._liked(person, choice)).id
            for number, person in enumerate(self.people)
            if person.since <= here and self.chance.random() >= _PASSES
        }

    def _liked(self, person: Pretended, choice: Choice) -> float:
        scores = choice.scores
        return person.lean * scores.leader + (1 - person.lean) * scores.manager + self.chance.gauss(0, 0.7)

    def _moved(self, room: Room) -> dict[int, str]:
        """What each one would do after the talk: some take up what somebody in their group said."""
        said: dict[int, list[str]] = {}
        for number, choice in self.minds.items():
            said.setdefault(self.people[number].group, []).append(choice)
        minds = {}
        for number, own in (self._alone(room) | self.minds).items():
            heard = said.get(self.people[number].group, [own])
            minds[number] = self.chance.choice(heard) if self.chance.random() < _MOVES else own
        return minds

    def _would(self, room: Room, choice_id: str) -> dict[int, str]:
        """Who would go to a branch that was looked at: those who chose it, and whom it now pleases more than theirs."""
        choices = {choice.id: choice for choice in room.decisions[-1].choices}
        return {
            number: "yes" if own == choice_id or self._prefers(number, choices[choice_id], choices[own]) else "no"
            for number, own in self.minds.items()
            if self.chance.random() >= _SILENT
        }

    def _prefers(self, number: int, one: Choice, other: Choice) -> bool:
        person = self.people[number]
        return self._liked(person, one) > self._liked(person, other)

    def _said(self, room: Room, minds: Mapping[int, str]) -> Room:
        """Phones say it themselves; the trainer counts the cards and types them."""
        said = {f"{number}": choice for number, choice in minds.items() if self.people[number].phone}
        cards = [choice for number, choice in minds.items() if not self.people[number].phone]
        typed = " ".join(f"{cards.count(option.id)} {option.letter}" for option in room.notes.options)
        return room.ballots(said).entered(typed)

    def _decided(self, room: Room) -> Room:
        """At a tie the trainer takes the tied option that fewer chose before the talk, to see a new road."""
        asked = room.latest
        if asked is None or asked.settled(room.headcount)[0]:
            return room
        tied = asked.last.tally.leading(room.headcount) or tuple(choice.id for choice in asked.choices)
        return room.decide(min(tied, key=asked.first.tally.of))

    # ---- what is told

    def _told(self, room: Room) -> None:
        """One page: the time, what the projector shows, what the trainer does, and what only the trainer sees."""
        notes = room.notes
        self._say("")
        self._say(say("rehearse.page", minute=self.clock // 60, title=notes.title))
        phones = any(person.phone for person in self.people)
        for words in self._projected(room.shown.with_phones() if phones else room.shown, notes.title):
            self._say(words, 2)
        self._say(say("rehearse.you", do=do_of(room.step, phones=phones)))
        if room.step in (Step.DISCUSS, Step.DEBRIEF):
            for question in notes.questions:
                self._say(say("rehearse.ask", question=question))
        if notes.counts and not notes.counts.empty and not room.shown.reveal and room.step is not Step.WOULD:
            self._say(say("rehearse.you-see", counts=_counts(notes)))
        if notes.hint:
            self._say(notes.hint)

    def _projected(self, page: RoomPage, title: str) -> Iterator[str]:
        """What the projector shows, in words."""
        yield from ((page.title,) if page.title != title else ())
        above, below = (page.words[:1], page.words[1:]) if page.step is Step.WHAT_IF else (page.words, ())
        yield from above
        yield from (spoken(self.scenario, line) for line in page.lines)
        yield from below
        if page.reveal:
            yield from map(_row, page.reveal.rows)
            yield from page.reveal.moves
        else:
            yield from (say("rehearse.option", letter=option.letter, text=option.text) for option in page.options)
        if page.quotation and page.quotation.quoted:
            yield say("rehearse.quoted", words=page.quotation.words, author=page.quotation.author)
        for column, lines in page.columns:
            yield from (say("rehearse.said", column=column, line=line) for line in lines)
        yield from filter(None, [page.voted_words])

    def _say(self, text: str, indent: int = 0) -> None:
        lead = " " * indent
        for line in wrap(text, WIDEST - indent, break_long_words=False) or [""]:
            self.out.write(f"{lead}{line}\n".replace(f"{lead}\n", "\n"))


def _counts(notes: RoomNotes) -> str:
    """The counts of the round, all added up."""
    heads = notes.counts.heads if notes.counts else ()
    if notes.round >= FIRST_WHAT_IF:  # on this page a letter is the branch
        return " ".join(say(f"room.would-{option.id}", words=n) for option, n in zip(notes.options, heads, strict=True))
    return ", ".join(
        say("rehearse.count", letter=option.letter, heads=number)
        for option, number in zip(notes.options, heads, strict=True)
    )


def _row(row: RevealRow) -> str:
    """One option before and after the talk, or in the one round there was."""
    letter, before = row.option.letter, row.before.words
    if row.after is None:
        return say("rehearse.row-once", letter=letter, before=before, role=row.role).strip()
    return say("rehearse.row", letter=letter, before=before, after=row.after.words, role=row.role).strip()
