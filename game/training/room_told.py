"""Owns what a decision of a room comes to in words: both rounds side by side, who moved, and why a branch was taken.

Projector, presenter and report say the same. Never decides when any of it may be shown (`room_page.py` does).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from game.story import Happened, Roles
from game.training.paper import letter
from game.training.room_parts import WOULD, Asked, Step, role_of
from game.training.room_votes import FEWEST, Moved, Votes, moved
from game.words import say

_EMPHASIS: Final = re.compile(r"\*(?=\S)([^*\n]+?)(?<=\S)\*")
_BRANCHED: Final = {"most": "room.why-most", "tie": "room.why-tie", "trainer": "room.why-trainer"}


@dataclass(frozen=True, slots=True)
class Option:
    """A choice as a room sees it: its letter and its words. `id` is for whoever counts."""

    letter: str
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One choice in one round: heads, per cent of that round, and the guess at a hall ("" where it was counted)."""

    heads: int
    percent: int
    guess: str = ""

    @property
    def words(self) -> str:
        """The number, or the guess as it was said."""
        return guess_in_words(self.guess, self.heads) if self.guess else str(self.heads)


@dataclass(frozen=True, slots=True)
class RevealRow:
    """One choice, before and after. Where there was one round it is `before`, and `after` is None.

    `role` is "" until it is shown.
    """

    option: Option
    before: Cell
    after: Cell | None
    role: str = ""

    @property
    def change(self) -> int:
        """What it gained or lost between the rounds, in heads."""
        return self.after.heads - self.before.heads if self.after else 0


@dataclass(frozen=True, slots=True)
class WhoMoved:
    """Who moved, of those who voted `twice` by phone: from which letter to which and how many, the most first.

    `stayed` of them voted the same twice. `apart` more are in the second round, by card or only there.
    """

    twice: int
    stayed: int
    ways: tuple[tuple[str, str, int], ...]
    apart: int


@dataclass(frozen=True, slots=True)
class Reveal:
    """Both rounds side by side, how many voted in each, who moved in sentences, and the tables told apart.

    A round that nobody counted is not told as one: people did not all move to nowhere, nor come from there. `who` is
    who moved where phones tell it of enough of them. `late` says that the one round is that after the talk.
    """

    rows: tuple[RevealRow, ...]
    totals: tuple[int, ...]
    moves: tuple[str, ...]
    tables: tuple[tuple[str, tuple[int, ...]], ...] = ()
    late: bool = False
    who: WhoMoved | None = None


def guess_in_words(guess: str, heads: int) -> str:
    """A guess at a hall, and the heads that were counted besides."""
    words = say(f"room.guess.{guess}")
    return say("room.guess-and", words=words, heads=heads) if heads else words


def step_title(step: Step) -> str:
    """What a step is called."""
    return say(f"room.step.{step}")


def options_of(asked: Asked) -> tuple[Option, ...]:
    """The choices of a decision with their letters, in the file's order."""
    return tuple(Option(letter(place), choice.id, choice.text) for place, choice in enumerate(asked.choices))


def would_options() -> tuple[Option, ...]:
    """What may be said of another branch, with the letters of its cards."""
    return tuple(Option(letter(place), id, say(f"room.{id}")) for place, id in enumerate(WOULD))


def option_of(asked: Asked, choice_id: str) -> Option:
    """One choice of a decision with its letter."""
    return next(option for option in options_of(asked) if option.id == choice_id)


def role_words(scores: Roles) -> str:
    """Which role a choice is more like, in words."""
    return say(f"map.role-{role_of(scores)}")


def reveal_of(asked: Asked, *, roles: bool) -> Reveal:
    """Both rounds of a decision side by side. `roles` adds which role each choice is more like."""
    held = [votes.tally for votes in asked.held]
    rounds = [tuple(map(Cell, tally.heads, tally.percents, tally.guesses)) for tally in held]
    compared = len(held) > 1
    rows = tuple(
        RevealRow(
            option,
            rounds[0][place],
            rounds[1][place] if compared else None,
            role_words(asked.choices[place].scores) if roles else "",
        )
        for place, option in enumerate(options_of(asked))
    )
    totals = tuple(tally.total for tally in held)
    told = moved(asked.first, asked.second) if compared else None
    who = _who_moved(asked, told) if told else None
    moves = tuple(_who_in_words(who) if who else _change_in_words(asked, told) if told else ())
    return Reveal(rows, totals, moves, asked.last.by_table, late=asked.late, who=who)


def _who_moved(asked: Asked, told: Moved) -> WhoMoved | None:
    letters = {option.id: option.letter for option in options_of(asked)}
    ways = tuple((letters[one], letters[other], heads) for one, other, heads in told.went)
    return WhoMoved(told.twice, told.stayed, ways, sum(told.second_only)) if told.matrix else None


def _who_in_words(who: WhoMoved) -> Iterator[str]:
    """Who moved, one way after the other."""
    yield say("room.stayed", heads=who.stayed, twice=who.twice)
    for one, other, heads in who.ways:
        yield say("room.went", heads=heads, one=one, other=other)
    if who.apart:
        yield say("room.apart", heads=who.apart)


def _change_in_words(asked: Asked, told: Moved) -> Iterator[str]:
    """What each choice gained and lost, where it is not told who moved."""
    for option, change in zip(options_of(asked), told.change, strict=True):
        if change:
            yield say("room.gained" if change > 0 else "room.lost", letter=option.letter, heads=abs(change))


def branch_in_words(asked: Asked, headcount: int | None) -> str:
    """What was chosen and why: the most votes, a tie that the trainer decided, the trainer's own choice, or not yet."""
    chosen, why = asked.settled(headcount)
    tally = asked.last.tally
    if not chosen:
        leading = [option.letter for option in options_of(asked) if option.id in tally.leading(headcount)]
        if not leading:
            return say("room.no-votes")
        return say("room.tie", letters=listed(leading))
    option = option_of(asked, chosen)
    if why == "most" and not any(tally.guesses):
        return say("room.why-most-of", letter=option.letter, heads=tally.of(chosen), total=tally.total)
    return say(_BRANCHED[why], letter=option.letter)


def would_in_words(votes: Votes) -> str:
    """How many would go to a branch that was only looked at. Of too few it is said that they are too few."""
    tally = votes.tally
    if any(tally.guesses):
        told = zip(votes.choices, tally.heads, tally.guesses, strict=True)
        said = [(id, guess_in_words(guess, heads) if guess else str(heads)) for id, heads, guess in told]
        return " ".join(say(f"room.would-{id}", words=words) for id, words in said if words != "0")
    if tally.total < FEWEST:
        return say("room.would-few")
    return say("room.would-count", heads=tally.of("yes"), total=tally.total)


def listed(words: Sequence[str]) -> str:
    """Words as a list: "A", "A and B", "A, B and C"."""
    return f"{', '.join(words[:-1])}{say('map.and')}{words[-1]}" if len(words) > 1 else "".join(words)


def happened_in_words(happened: Happened) -> tuple[str, ...]:
    """What followed at an ending, for whom; what the author left out is left out."""
    told = (
        (say("debrief.person"), happened.person),
        (say("debrief.team"), happened.team),
        (say("debrief.organisation"), happened.organisation),
    )
    return tuple(say("room.happened", who=who, what=what) for who, what in told if what)


def noticed_in_words(decisions: Sequence[Asked]) -> tuple[str, ...]:
    """What the room's numbers show, as something noticed and something asked; of the decision that moved most.

    Fewer than `FEWEST` who moved are told without their number: nobody is to feel looked at.
    """
    closed = [asked for asked in decisions if asked.chosen]
    if not closed:
        return (say("room.noticed-nothing"), say("room.ask-nothing"))
    moves = tuple(_moved(closed))
    most = max(moves, key=lambda move: (_many(move[1]), -move[0]), default=None)
    if most is None or not _many(most[1]):
        return (say("room.noticed-still" if moves else "room.noticed-once"), say("room.ask-still"))
    number, told = most
    asked = closed[number - 1]
    return (say("room.noticed-at", ask=asked.ask), *_noticed(asked, told), say("room.ask-moved"))


def _noticed(asked: Asked, told: Moved) -> Iterator[str]:
    """Who moved most at a decision, or what grew or shrank most where it is not known who moved; before it, the words
    of the choices it is about, as nobody knows their letters by now."""
    options = {option.id: option for option in options_of(asked)}

    def named(*ids: str) -> Iterator[str]:
        return (say("room.noticed-choice", letter=options[id].letter, text=options[id].text) for id in ids)

    if told.went and told.went[0][2] > 1:  # never one person, who would have to answer for it
        one, other, heads = told.went[0]
        key = "room.noticed-went" if heads >= FEWEST else "room.noticed-few"
        yield from named(one, other)
        yield say(key, heads=heads, one=options[one].letter, other=options[other].letter)
        return
    if min(sum(told.before), sum(told.after)) < FEWEST or not any(told.change):
        yield say("room.noticed-small")
        return
    place = max(range(len(told.change)), key=lambda place: (abs(told.change[place]), -place))
    before, after, id = told.before[place], told.after[place], told.choices[place]
    yield from named(id)
    yield say("room.noticed-grew", letter=options[id].letter, before=before, after=after)


def _many(told: Moved) -> int:
    """How much was moved: heads that went from one choice to another, else what all choices gained and lost."""
    return 2 * sum(heads for _, _, heads in told.went) or sum(map(abs, told.change))


def _moved(closed: list[Asked]) -> Iterator[tuple[int, Moved]]:
    """Who moved at each decision that was voted on twice by count."""
    for number, asked in enumerate(closed, start=1):
        if asked.again and asked.first.tally.total and asked.second.tally.total:
            yield number, moved(asked.first, asked.second)


def plain(text: str) -> str:
    """An author's words without the marks of emphasis."""
    return _EMPHASIS.sub(r"\1", text)
