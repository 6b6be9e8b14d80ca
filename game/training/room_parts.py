"""Owns the parts a session in a room is made of: its steps, the pages it has shown, its decisions, its notes.

Never moves from one to the next (`room.py` does), and never says what may be shown (`room_page.py` does).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import Final, Literal

from game.story import Choice, Line, Roles, Story
from game.training.room_votes import Votes
from game.words import say


class Step(StrEnum):
    """What the room is doing. The order is `../shared/design/room.md`, section 4; the activities are the workshop's."""

    WELCOME = "welcome"
    EXPERIENCE = "experience"
    SCENE = "scene"
    QUESTION = "question"
    SILENT = "silent"
    SHOW = "show"
    DISCUSS = "discuss"
    SHOW_AGAIN = "show-again"
    REVEAL = "reveal"
    ROLES = "roles"
    BRANCH = "branch"
    WHAT_IF = "what-if"
    WOULD = "would"
    ENDING = "ending"
    DEBRIEF = "debrief"
    OTHERS = "others"
    BARRIERS = "barriers"
    MONDAY = "monday"
    CLOSE = "close"


VOTED: Final = frozenset({Step.QUESTION, Step.SILENT, Step.SHOW, Step.DISCUSS})
"""Steps at which a hand count belongs to the first round. Phones are open at all but the last."""

HIDDEN: Final = VOTED | {Step.SHOW_AGAIN}
"""Steps of an open decision at which no number may be seen but how many have voted."""

CALLS: Final = frozenset({Step.SHOW, Step.SHOW_AGAIN})
"""Steps at which cards are called for, and phones too where there are some."""

WOULD: Final = ("yes", "no")
"""What may be said of another branch, at a what-if: would you go there? On cards A is yes, and B is no."""

FIRST_WHAT_IF: Final = 3
"""The number of the round that is about the first choice as a what-if; those of the others follow in their order."""

Column = Literal["barriers", "ideas", "monday", "plus", "delta"]

COLUMNS: Final[tuple[Column, ...]] = ("barriers", "ideas", "monday", "plus", "delta")

Why = Literal["", "most", "tie", "trainer"]
"""Why a branch was taken: most votes, a tie that the trainer decided, the trainer's own choice; "" while open."""

LONGEST_NOTE: Final = 280
"""Letters of a note, as of a text from a phone (`../shared/design/room.md`, 4b)."""

ROWS: Final = 9
"""Rows of a scene on one page of the projector: 12 of the smallest letters a back row can read, less the heading."""

LETTERS: Final = 38
"""Letters to such a row on the narrowest projector (1024 x 768)."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A page that was shown: its step, its decision from 1 (or how many were taken before a scene), which page of it.

    `choice` is the other branch of a what-if.
    """

    step: Step
    number: int = 0
    page: int = 0
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One decision of the main road: the story as it stood there, both rounds, and what came of it.

    `again` says whether a second round was held. `own` is what the trainer named, `chosen` what was taken. `would` is
    what was said of branches that were only looked at.
    """

    story: Story
    first: Votes
    second: Votes
    again: bool = False
    own: str = ""
    chosen: str = ""
    why: Why = ""
    what_ifs: tuple[str, ...] = ()
    would: tuple[tuple[str, Votes], ...] = ()

    @property
    def ask(self) -> str:
        """The question."""
        decision = self.story.passage.decision
        return decision.ask if decision else ""

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What was on offer, in the file's order: A, B, C, D."""
        return self.story.choices

    @property
    def twice(self) -> bool:
        """Whether a second round was held and counted."""
        return self.again and not self.second.tally.empty

    @property
    def last(self) -> Votes:
        """The round that counts: the second where anybody voted in it, else the first."""
        return self.second if self.twice else self.first

    @property
    def late(self) -> bool:
        """Whether only the second round was counted."""
        return self.twice and self.first.tally.empty

    @property
    def held(self) -> tuple[Votes, ...]:
        """The rounds to be told: both where both were counted, else the one that was; the first where none was."""
        return (self.first, self.second) if self.twice and not self.late else (self.last,)

    @property
    def rounds(self) -> int:
        """The number of the last round that there could be."""
        return FIRST_WHAT_IF + len(self.choices) - 1

    def what_if_round(self, choice_id: str) -> int:
        """The number of the round that asks who would go to that branch. Raises ValueError where it is not on offer."""
        return FIRST_WHAT_IF + self.first.choices.index(choice_id)

    def votes(self, round: int) -> Votes:
        """The votes of a round: 1, 2, or one of a what-if. Raises IndexError for a number that is none."""
        if round < FIRST_WHAT_IF:
            return (self.first, self.second)[round - 1]
        return dict(self.would).get(self.first.choices[round - FIRST_WHAT_IF], Votes(WOULD))

    def with_votes(self, round: int, votes: Votes) -> Asked:
        """The decision with these votes in a round. Raises IndexError for a number that is none."""
        if round < FIRST_WHAT_IF:
            return replace(self, first=votes) if round == 1 else replace(self, second=votes)
        said = dict(self.would) | {self.first.choices[round - FIRST_WHAT_IF]: votes}
        return replace(self, would=tuple((id, said[id]) for id in self.first.choices if id in said))

    def settled(self, headcount: int | None) -> tuple[str, Why]:
        """What is taken and why: the trainer's word before the most votes. Nothing at a tie that nobody has decided."""
        if self.chosen:
            return self.chosen, self.why
        leading = self.last.tally.leading(headcount)
        if self.own:
            tie = len(leading) > 1 and self.own in leading
            return self.own, "tie" if tie else "most" if (self.own,) == leading else "trainer"
        return (leading[0], "most") if len(leading) == 1 else ("", "")

    def proposal(self, headcount: int | None) -> str:
        """What Next takes where the votes do not decide: the first in the file's order of those that lead, or of all.

        It is no lot and no hidden rule: the page says that it is the trainer's to decide, and what Next would take.
        """
        leading = self.last.tally.leading(headcount)
        return leading[0] if leading else self.choices[0].id


@dataclass(frozen=True, slots=True)
class Note:
    """A line that the room said, in its column; `said` is by how many, where several said the same."""

    column: Column
    words: str
    said: int = 1

    @property
    def told(self) -> str:
        """The line as it is shown: with how often it was said, if that was more than once."""
        return self.words if self.said < 2 else say("room.said-often", words=self.words, times=self.said)


@dataclass(frozen=True, slots=True)
class Spent:
    """Time given to a step, in seconds, as the trainer's timer told it."""

    step: Step
    number: int
    seconds: int


@dataclass(frozen=True, slots=True)
class ScenePage:
    """What one page of a scene tells: lines of one passage, its place's id and its time."""

    passage: str
    place: str
    when: str
    lines: tuple[Line, ...]


def scene_pages(story: Story, opening: str = "") -> tuple[ScenePage, ...]:
    """What was told since the last choice, a few lines to a page. A passage begins a page, and so does a line with
    which the scene changes; a passage without lines has none.

    How much a page takes is counted in letters (`ROWS`, `LETTERS`), as nothing is measured here. `opening` is what
    stands over the first lines.
    """
    pages: list[ScenePage] = []
    place, when = story.before.where if story.before else ("", "")
    for visit in story.visits:
        place, when = visit.where(place, when)[0]
        for lines in _filled(visit.lines, 0 if pages else _rows(opening)):
            place, when = lines[0].place or place, lines[0].when or when
            pages.append(ScenePage(visit.passage.id, place, when, lines))
    return tuple(pages)


def _filled(lines: tuple[Line, ...], rows: int) -> tuple[tuple[Line, ...], ...]:
    """The lines on pages, the first of which has some rows taken."""
    pages: list[list[Line]] = []
    for line in (part for whole in lines for part in _broken(whole)):
        tall = _rows(line.text) + bool(line.speaker)
        if not pages or rows + tall > ROWS or line.cuts:
            rows = 0 if pages else rows
            pages.append([])
        pages[-1].append(line)
        rows += tall
    return tuple(map(tuple, pages))


def _rows(text: str) -> int:
    """The rows that a text takes, counted in letters."""
    return -(-len(text) // LETTERS)


def _broken(line: Line) -> list[Line]:
    """A line that fills more than a page, as several."""
    most = (ROWS - 1) * LETTERS
    text, parts = line.text, []
    while len(text) > most:
        cut = text.rfind(" ", 1, most)
        cut = cut if cut > 0 else most
        parts.append(text[:cut])
        text = text[cut:].lstrip(" ")
    first, *rest = [*parts, text]
    return [replace(line, text=first), *(replace(line, text=part, place="", when="") for part in rest)]


def role_of(scores: Roles) -> Literal["manager", "leader", "both", "neither"]:
    """Which role a choice is more like. A choice may be both, and that is no grade."""
    if scores.manager == scores.leader:
        return "both" if scores.manager else "neither"
    return "manager" if scores.manager > scores.leader else "leader"


def clean_words(words: str, most: int = LONGEST_NOTE) -> str:
    """Words as they may be shown: one line, without control, zero-width and direction signs, accents kept to two.

    (`../shared/design/room.md`, 3.6.) Empty where nothing readable is left.
    """
    shown = "".join(
        sign if _seen(sign) else " " if sign.isspace() else "" for sign in unicodedata.normalize("NFC", words)
    )
    kept = []
    for marks, signs in groupby(shown, key=lambda sign: unicodedata.category(sign).startswith("M")):
        kept.append("".join(list(signs)[: 2 if marks else None]))
    return " ".join("".join(kept).split())[:most].strip()


def _seen(sign: str) -> bool:
    return unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
