"""Owns the report of a session as a value: what a room decided, who moved, what was played, what people said.

It is worked out from the room alone, so two made of one room are the same, and it can be made after every step. It
holds totals and approved lines; never a token, a name, an address or a row for one person. Never writes a file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final, get_args

from game.story import Person
from game.training.debriefing import Shown
from game.training.room import Room
from game.training.room_parts import COLUMNS, Asked, Step, Why
from game.training.room_told import (
    Cell,
    happened_in_words,
    listed,
    option_of,
    options_of,
    plain,
    reveal_of,
    would_in_words,
)
from game.training.room_votes import FEWEST
from game.words import say

FORMAT: Final = 1
"""The edition of the report's own file, for reading it back."""

UNTOLD: Final = "untold"
"""Stands for the heads of a round in which fewer than `FEWEST` voted: so few could be told apart."""

UNSAID: Final = "unsaid"
"""Stands for an option that nothing was said of where the trainer guessed at the hall."""

_TAKES_PART: Final = (Step.QUESTION, Step.SILENT, Step.SHOW, Step.DISCUSS, Step.SHOW_AGAIN, Step.REVEAL, Step.ROLES)


@dataclass(frozen=True, slots=True)
class OptionTold:
    """One option of a decision. `before` and `after` are heads, `…_percent` of that round, `…_guess` a hall's guess.

    `…_guess` is `UNTOLD` where so few voted that their heads are 0 here, or `UNSAID`. Where there was one round it is
    `before`, and `after` is None. `taken` marks the branch that was played.
    """

    id: str
    letter: str
    text: str
    before: int
    before_percent: int
    before_guess: str
    after: int | None
    after_percent: int | None
    after_guess: str
    taken: bool

    @property
    def change(self) -> int | None:
        """What it gained or lost, in heads; None where there was one round, or a guess."""
        if self.after is None or self.before_guess or self.after_guess:
            return None
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class TableTold:
    """A table that may be told apart, and its heads for each option; "" is all the others together."""

    table: str
    heads: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DecisionTold:
    """One decision: both rounds, who moved in sentences, the branch and why, what-ifs, and seconds of talk.

    `would` is, for the letter of a branch that was only looked at, how many said that they would go there, in words.
    `totals` is how many voted in each round that was held. `passage` is the passage's id, to lay sessions side by side.
    `settled` is who decided: "most", "tie" or "trainer", and "" where nothing is decided. `late` says that the one
    round there was is that after the talk.
    """

    number: int
    passage: str
    ask: str
    options: tuple[OptionTold, ...]
    totals: tuple[int, ...]
    moves: tuple[str, ...]
    tables: tuple[TableTold, ...]
    branch: str
    why: str
    what_ifs: tuple[str, ...]
    talked: int
    seconds: int
    settled: Why = ""
    would: tuple[tuple[str, str], ...] = ()
    late: bool = False

    @property
    def taken(self) -> OptionTold | None:
        """The option that was played; None where nothing is decided."""
        return next((option for option in self.options if option.taken), None)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation that was shown: the source's words, or "" where clean language left only its meaning."""

    words: str
    author: str
    gloss: str


@dataclass(frozen=True, slots=True)
class SessionReport:
    """A whole session, or as far as it came. `on` is its date, YYYY-MM-DD; `digest` is the scenario's edition.

    `about` says what the story is about, `cast` who is in it, `followed` what followed for whom at its end, `source`
    what is quoted. `made_up` marks a rehearsal, whose people are nobody.
    `gathered` are the lines of each column in the order they were said. `seconds` is all time that was told by timers.
    """

    title: str
    on: str
    scenario: str
    digest: str
    headcount: int | None
    seconds: int
    decisions: tuple[DecisionTold, ...]
    ending: str
    finished: bool
    quotations: tuple[Quoted, ...]
    gathered: tuple[tuple[str, tuple[str, ...]], ...]
    about: str = ""
    cast: tuple[str, ...] = ()
    followed: tuple[str, ...] = ()
    source: str = ""
    made_up: bool = False

    @property
    def path(self) -> tuple[str, ...]:
        """The letters of the branches that were played, in order."""
        return tuple(option.letter for decision in self.decisions for option in decision.options if option.taken)

    def lines(self, column: str) -> tuple[str, ...]:
        """What was said for a column. Raises KeyError for one that there is not."""
        return dict(self.gathered)[column]


def session_report(room: Room, on: date) -> SessionReport:
    """The report of a session as far as it came, on the day it was held. The same room gives the same report."""
    scenario = room.scenario
    ending = room.story.ending
    closed = any(spot.step is Step.ENDING for spot in room.trail)
    return SessionReport(
        title=plain(scenario.title),
        on=on.isoformat(),
        scenario=scenario.id,
        digest=scenario.digest,
        headcount=room.headcount,
        seconds=sum(spent.seconds for spent in room.times),
        decisions=tuple(_decision(room, number, asked) for number, asked in enumerate(room.decisions, start=1)),
        ending=plain(ending.title) if ending and closed else "",
        finished=any(spot.step is Step.CLOSE for spot in room.trail),
        quotations=tuple(map(_quoted, room.quotations)),
        gathered=tuple(
            (column, tuple(line.told for line in room.lines if line.column == column)) for column in COLUMNS
        ),
        about=plain(scenario.summary),
        cast=tuple(_in_words(scenario.people[id]) for id in scenario.cast if id in scenario.people),
        followed=tuple(map(plain, happened_in_words(ending.happened))) if ending and closed else (),
        source=plain(room.course.source.title),
    )


def _decision(room: Room, number: int, asked: Asked) -> DecisionTold:
    told = reveal_of(asked, roles=False)
    chosen = asked.chosen
    held = [votes.tally for votes in asked.held]
    guessed = [any(tally.guesses) for tally in held]
    few = [0 < tally.total < FEWEST and not guess for tally, guess in zip(held, guessed, strict=True)]
    options = tuple(
        OptionTold(
            id=row.option.id,
            letter=row.option.letter,
            text=plain(row.option.text),
            before=first.heads,
            before_percent=first.percent,
            before_guess=first.guess,
            after=second.heads if second else None,
            after_percent=second.percent if second else None,
            after_guess=second.guess if second else "",
            taken=row.option.id == chosen,
        )
        for row in told.rows
        for first, second in [
            (_told(row.before, few[0], guessed[0]), row.after and _told(row.after, few[-1], guessed[-1]))
        ]
    )
    others = (option_of(asked, id) for id in asked.what_ifs if id != chosen)
    return DecisionTold(
        number=number,
        passage=asked.story.passage.id,
        ask=plain(asked.ask),
        options=options,
        totals=told.totals,
        late=told.late,
        moves=() if any(few) else told.moves,
        tables=tuple(TableTold(table, heads) for table, heads in told.tables),
        branch=next((option.letter for option in options_of(asked) if option.id == chosen), ""),
        why=_why(asked, room.headcount, few[-1]) if chosen else "",
        what_ifs=tuple(option.letter for option in others),
        talked=room.seconds(Step.DISCUSS, number),
        seconds=sum(room.seconds(step, number) for step in _TAKES_PART),
        settled=asked.settled(room.headcount)[1] if chosen else "",
        would=tuple(
            (option_of(asked, id).letter, would_in_words(votes)) for id, votes in asked.would if not votes.tally.empty
        ),
    )


def _in_words(person: Person) -> str:
    words = say("session.person", name=person.name, about=person.about) if person.about else person.name
    return plain(words)


def _told(cell: Cell, few: bool, guessed: bool) -> Cell:
    """A cell as a report may hold it."""
    if few:
        return Cell(0, 0, UNTOLD)
    return replace(cell, guess=cell.guess or UNSAID) if guessed else cell


def _why(asked: Asked, headcount: int | None, few: bool) -> str:
    """Which branch was played and why, as it is told to somebody who was not there."""
    chosen, why = asked.settled(headcount)
    tally, letter = asked.last.tally, option_of(asked, chosen).letter
    leading = listed([option.letter for option in options_of(asked) if option.id in tally.leading(headcount)])
    if why == "most":
        counted = not few and not any(tally.guesses)
        heads, total = tally.of(chosen), tally.total
        return say("session.why-most-of" if counted else "session.why-most", letter=letter, heads=heads, total=total)
    if why == "trainer" and not leading:
        return say("session.why-nobody", letter=letter)
    return say(f"session.why-{why}", letter=letter, letters=leading)


def _quoted(shown: Shown) -> Quoted:
    return Quoted(shown.words, shown.author, shown.gloss)


# ---- kept and read back -----------------------------------------------------


class NotAReport(Exception):
    """Raised where a text is no session's report, or one of an edition that this program does not know."""


def session_as_json(report: SessionReport) -> str:
    """The report as text that `session_from_json` reads back, for sessions to be laid side by side later."""
    return json.dumps({"session": FORMAT, **asdict(report)}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def session_from_json(text: str) -> SessionReport:
    """A report that was kept. Raises `NotAReport`."""
    try:
        kept = json.loads(text)
        if kept.pop("session") != FORMAT:
            raise NotAReport
        return _read(kept)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotAReport from error


def _read(kept: Mapping[str, Any]) -> SessionReport:
    fields = dict(kept)
    fields["decisions"] = tuple(map(_read_decision, fields["decisions"]))
    fields["quotations"] = tuple(Quoted(**quoted) for quoted in fields["quotations"])
    fields["gathered"] = tuple((str(column), _texts(lines)) for column, lines in fields["gathered"])
    for name in ("cast", "followed"):
        fields[name] = _texts(fields.get(name, ()))
    report = SessionReport(**fields)
    date.fromisoformat(report.on)
    words = (report.title, report.scenario, report.digest, report.ending, report.about, report.source)
    if not all(isinstance(text, str) for text in words):
        raise NotAReport
    times = (report.seconds, *(number for told in report.decisions for number in (told.talked, told.seconds)))
    if not all(isinstance(number, int) for number in (report.headcount or 0, *times)):
        raise NotAReport
    if set(COLUMNS) - {column for column, _ in report.gathered}:
        raise NotAReport
    return report


def _read_decision(kept: Mapping[str, Any]) -> DecisionTold:
    fields = dict(kept)
    fields["options"] = tuple(map(_option, fields["options"]))
    fields["tables"] = tuple(TableTold(row["table"], tuple(map(int, row["heads"]))) for row in fields["tables"])
    fields["totals"] = tuple(map(int, fields["totals"]))
    fields["would"] = tuple((str(letter), str(words)) for letter, words in fields.get("would", ()))
    for name in ("moves", "what_ifs"):
        fields[name] = _texts(fields[name])
    if fields.get("settled", "") not in get_args(Why) or not isinstance(fields.get("late", False), bool):
        raise NotAReport
    return DecisionTold(**fields)


def _option(kept: Mapping[str, Any]) -> OptionTold:
    option = OptionTold(**kept)
    counted = (option.before, option.before_percent, option.after or 0, option.after_percent or 0)
    if not all(isinstance(number, int) for number in counted):
        raise NotAReport
    return option


def _texts(texts: Sequence[object]) -> tuple[str, ...]:
    return tuple(map(str, texts))
