"""Owns the craft report: every figure that a story's craft is held to, with the places that miss it.

Advice, never a verdict on an author: no figure here keeps a story from being played, or a build from passing. What
only people can say (tests with readers, a villain's fairness) is named and left to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from game.authoring import craft_debrief as f
from game.authoring import craft_matter as c
from game.authoring import craft_options as a
from game.authoring import craft_roles as r
from game.authoring import craft_words as w
from game.authoring.course import Library
from game.authoring.craft_figures import Figure, Language, Subject, not_judged
from game.authoring.craft_players import Play, naive_players, plays_of
from game.authoring.craft_time import time_taken
from game.story import Course, Scenario
from game.words import say


@dataclass(frozen=True, slots=True)
class CraftReport:
    """The figures of one scenario, or (`whole`) of a course's scenarios together.

    `plays` has the expert's run and each naive player's, scenario by scenario.
    """

    title: str
    scenarios: tuple[str, ...]
    whole: bool
    figures: tuple[Figure, ...]
    plays: tuple[Play, ...]

    def figure(self, id: str) -> Figure:
        """The figure of that id, such as `A1`. Raises `KeyError` for one there is not."""
        for one in self.figures:
            if one.id == id:
                return one
        raise KeyError(id)

    @property
    def missed(self) -> tuple[Figure, ...]:
        return tuple(one for one in self.figures if one.verdict == "missed")


class Row(NamedTuple):
    """A figure: its id, how it is worked out, and what it needs to be able to measure in the text."""

    id: str
    work_out: Callable[[Subject], Figure]
    needs: Language = Language.UNSPACED


def for_people(id: str, _: Subject) -> Figure:
    """A figure that no program can say."""
    return Figure(id, "looked at by people")


FIGURES: Final = (
    Row("A1", a.longest, Language.SPACED),
    Row("A2", a.balance, Language.SPACED),
    Row("A3", a.position),
    Row("A4", a.word_tells, Language.SPACED),
    Row("A5", a.tone_tells, Language.ENGLISH),
    Row("A6", a.dominance),
    Row("A7", a.reasons, Language.SPACED),
    Row("A8", a.option_length, Language.SPACED),
    *(Row(f"B{number}", partial(for_people, f"B{number}")) for number in range(1, 10)),
    Row("C1", c.options_matter),
    Row("C2", c.facts_read),
    Row("C3", c.reachable),
    Row("C4", c.random_play),
    Row("C5", c.echo),
    Row("C6", c.recovery),
    Row("R1", r.both_roles),
    Row("R2", r.called_for),
    Row("R3", r.see_saw),
    Row("R4", r.not_consequences),
    Row("R5", r.leaders_meet_poor),
    Row("R6", r.managers_meet_good),
    Row("R7", r.both_hands),
    Row("R8", r.mixed_endings),
    Row("W1", w.grade, Language.ENGLISH),
    Row("W2", w.sentence_length, Language.LATIN),
    Row("W3", w.on_screen, Language.SPACED),
    Row("W4", w.word_list, Language.ENGLISH),
    Row("W5", w.who_acts),
    Row("W6", w.named_ends),
    Row("W7", partial(for_people, "W7")),
    Row("F1", f.word_for_word),
    Row("F2", f.ideas_met),
    Row("F3", f.ideas_met_again),
    Row("F4", f.quotes_shown),
    Row("F5", f.clean_words),
    Row("F6", f.shame_words, Language.ENGLISH),
    Row("F7", f.open_questions, Language.ENGLISH),
    Row("F8", f.other_roads),
    Row("G", time_taken, Language.SPACED),
)
"""Every figure, in the order in which a report tells them; the naive players come after them."""


def craft(scenario: Scenario, course: Course | None = None) -> CraftReport:
    """The craft report of one scenario. `course` lends the source that quotations are looked up in."""
    return _report(scenario.title, Subject((scenario,), course or Course(), whole=False))


def craft_of_course(course: Course, scenarios: Iterable[Scenario]) -> CraftReport:
    """The craft report of these scenarios together; several figures say something only over many."""
    return _report(course.title, Subject(tuple(scenarios), course, whole=True))


def craft_report(library: Library, paths: Iterable[Path] = ()) -> tuple[CraftReport, ...]:
    """One report for each file named, in the course's order; for the course as a whole where none is named.

    Files with errors have none: what cannot be played has no craft yet. A course in which nothing can be played has
    a report that says so of every figure.
    """
    wanted = {path.resolve() for path in paths}
    if not wanted or library.folder.resolve() in wanted:
        return (craft_of_course(library.course, (entry.scenario for entry in library.entries if entry.scenario)),)
    return tuple(
        craft(entry.scenario, library.course)
        for entry in library.entries
        if entry.scenario and entry.path.resolve() in wanted
    )


def _report(title: str, subject: Subject) -> CraftReport:
    plays = tuple(play for one in subject.scenarios for play in plays_of(one))
    figures = [_worked_out(row, subject) for row in FIGURES]
    if subject.scenarios:
        figures.append(naive_players(subject, plays))
    ids = tuple(one.id for one in subject.scenarios)
    return CraftReport(title or say("title"), ids, subject.whole, tuple(figures), plays)


def _worked_out(row: Row, subject: Subject) -> Figure:
    if not subject.scenarios:
        return not_judged(row.id, say("craft.no-scenario"))
    if subject.language < row.needs:
        return not_judged(row.id, say(f"craft.language.{subject.language.name.lower()}"))
    return row.work_out(subject)
