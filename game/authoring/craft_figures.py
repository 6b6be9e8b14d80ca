"""Owns the parts of a craft report: a figure, the places that miss it, and what figures are worked out from.

Never judges a story: the rules stand in the other modules named after a family of figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import Final, Literal, NamedTuple

from game.authoring.craft_walk import Walk, lines_in, walk
from game.authoring.reading import words
from game.story import Choice, Course, Decision, Passage, Scenario
from game.words import say

Verdict = Literal["met", "missed", "looked at by people", "not judged"]
"""`looked at by people`: no program can say. `not judged`: it could, but not here, and the note says why."""


class Language(IntEnum):
    """What can be measured in a text, each with all that stands above it."""

    UNSPACED = 0
    """Nothing: words are not set apart by spaces, as in Chinese, Japanese, Thai."""
    SPACED = 1
    """Words, but not sentences: another alphabet."""
    LATIN = 2
    """Sentences, but neither syllables nor lists of words: another language."""
    ENGLISH = 3


COMMON: Final = frozenset(
    {
        "a", "an", "and", "are", "as", "at", "be", "by", "do", "for", "from", "go", "has", "have", "he", "her",
        "him", "his", "how", "if", "in", "is", "it", "its", "of", "on", "one", "or", "out", "she", "so", "that",
        "the", "their", "them", "then", "they", "this", "to", "up", "what", "when", "where", "who", "why",
        "will", "with", "you", "your",
    }
)  # fmt: skip
"""Words that join others. About four in ten words of English are among them; of German or Spanish, one in twenty."""

FEW_WORDS: Final = 40
"""Below it a text is too short for a reading grade, or to say which language it is in."""

_ENGLISH: Final = 0.15
_ELSEWHERE: Final = 0.2
_ENOUGH: Final = 20_000
"""Letters looked at to tell the language."""

_UNSPACED: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_OTHER: Final = re.compile("[^\\W\\d_\u0041-\u024f\u1e00-\u1eff]")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that misses a figure. `about` is `passage` or `passage > choice`; `line` is 0 where there is no file.

    `words` are the author's, `detail` says what is off about them.
    """

    scenario: str
    about: str
    line: int = 0
    words: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a report. `value` is it in words; `numbers` are what the value and the verdict rest on."""

    id: str
    verdict: Verdict
    value: str = ""
    numbers: Mapping[str, float] = field(default_factory=dict)
    spots: tuple[Spot, ...] = ()
    note: str = ""

    @property
    def name(self) -> str:
        """What it is about, in a few plain words."""
        return say(f"craft.{self.id}")

    @property
    def target(self) -> str:
        """What it ought to be, in words."""
        return say(f"craft.{self.id}.target")


class Written(NamedTuple):
    """A text that an author wrote, and where. `speaker` is empty where nobody in the story says it."""

    scenario: str
    about: str
    line: int
    text: str
    speaker: str = ""

    def spot(self, detail: str = "", said: str = "") -> Spot:
        """The place of this text; `said` is the part of it that is meant, where it is not the whole."""
        return Spot(self.scenario, self.about, self.line, said or self.text, detail)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """One decision of a scenario, with the passage where it is met. It is equal to itself alone.

    `leads` is the choice with the most of the leader role; among equals, the one with least of the manager role. None
    where nothing leads, or two choices do alike: then there is no one option to give away.
    """

    scenario: Scenario
    passage: str
    decision: Decision
    leads: Choice | None

    @property
    def choices(self) -> tuple[Choice, ...]:
        return self.decision.choices

    def written(self, choice: Choice) -> Written:
        """A choice's words with their place."""
        return Written(self.scenario.id, f"{self.passage} > {choice.id}", choice.at[0], choice.text)

    def spot(self, choice: Choice, detail: str = "") -> Spot:
        return self.written(choice).spot(detail)

    def asking(self, detail: str = "") -> Spot:
        """The place of the decision itself."""
        return Spot(self.scenario.id, self.passage, self.decision.at[0], self.decision.ask, detail)


def _leads(choices: tuple[Choice, ...]) -> Choice | None:
    best = max(map(_leading, choices))
    leaders = [choice for choice in choices if _leading(choice) == best]
    return leaders[0] if best[0] and len(leaders) == 1 and len(choices) > 1 else None


def _leading(choice: Choice) -> tuple[int, int]:
    return choice.scores.leader, -choice.scores.manager


@dataclass(frozen=True, eq=False)  # no slots: what is worked out once is kept in the object
class Subject:
    """What a report is about: one scenario, or (`whole`) all that a course holds."""

    scenarios: tuple[Scenario, ...]
    course: Course
    whole: bool

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """Every decision that offers something, in the order of the files."""
        return tuple(
            Asked(one, passage.id, passage.decision, _leads(passage.decision.choices))
            for one in self.scenarios
            for passage in one.passages.values()
            if passage.decision and passage.decision.choices
        )

    @cached_property
    def options(self) -> tuple[tuple[Asked, Choice], ...]:
        """Every choice with its decision."""
        return tuple((asked, choice) for asked in self.asked for choice in asked.choices)

    @cached_property
    def scored(self) -> bool:
        """Whether any choice scores in a role."""
        return any(choice.scores.manager or choice.scores.leader for _, choice in self.options)

    @cached_property
    def walks(self) -> tuple[Walk, ...]:
        """Each scenario's states, looked at once."""
        return tuple(map(walk, self.scenarios))

    @cached_property
    def language(self) -> Language:
        """What can be measured in all that these scenarios say."""
        return language_of(text for one in self.scenarios for text in _story(one))

    @property
    def endings(self) -> Iterator[tuple[Scenario, Passage]]:
        return ((one, passage) for one in self.scenarios for passage in one.passages.values() if passage.ending)


def _story(one: Scenario) -> Iterator[str]:
    for passage in one.passages.values():
        yield from (line.text for line in lines_in(passage.text))
        if passage.decision:
            yield from (choice.text for choice in passage.decision.choices)


def language_of(texts: Iterable[str]) -> Language:
    """What can be measured in these texts. Short Latin ones count as English."""
    sample, length = [], 0
    for text in texts:
        sample.append(text)
        length += len(text)
        if length > _ENOUGH:
            break
    told = "\n".join(sample)
    letters = sum(map(str.isalpha, told))
    if len(_UNSPACED.findall(told)) > _ELSEWHERE * letters:
        return Language.UNSPACED
    if len(_OTHER.findall(told)) > _ELSEWHERE * letters:
        return Language.SPACED
    said = lower(told)
    common = sum(word in COMMON for word in said)
    return Language.ENGLISH if len(said) < FEW_WORDS or common >= _ENGLISH * len(said) else Language.LATIN


def lower(text: str) -> tuple[str, ...]:
    """The words of a text in small letters."""
    return tuple(word.lower() for word in words(text))


def telling(text: str) -> set[str]:
    """The words of a text that carry its meaning, each once."""
    return set(lower(text)) - COMMON


# ---- figures made short -------------------------------------------------------


def judged(
    id: str,
    holds: bool,
    value: str,
    numbers: Mapping[str, float],
    spots: Iterable[Spot] = (),
    note: str = "",
) -> Figure:
    """A figure that is met or missed. One that is met keeps no places."""
    return Figure(id, "met" if holds else "missed", value, numbers, () if holds else tuple(spots), note)


def not_judged(id: str, why: str, value: str = "", numbers: Mapping[str, float] | None = None) -> Figure:
    """A figure that cannot be judged here, and why."""
    return Figure(id, "not judged", value, numbers or {}, note=why)


def share(count: float, of: int) -> str:
    """`5 of 14 (36 %)`."""
    return say("craft.share", count=f"{count:g}", of=of, percent=percent(count / of))


def ends(least: int, most: int) -> str:
    """`40 to 90`; one number where both ends are the same."""
    return f"{least}" if least == most else say("craft.range", least=least, most=most)


def percent(part: float) -> int:
    return round(100 * part)
