"""Owns playing a story in a terminal, for a screen reader, a remote session or a trainer's notes. Never opens a window.

With a list of choices it prints that run, its ending and its debrief, and stops.
"""

from __future__ import annotations

import os
import textwrap
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from io import TextIOWrapper
from typing import Final, TextIO
from uuid import uuid4

from game.storage import Records, Save
from game.story import ChoiceNotOffered, Course, Scenario, Story, transcript
from game.story import spoken as spoken_line
from game.training import Attempt, debrief, debrief_as_text
from game.words import say

WIDEST: Final = 80
_LONGEST_NUMBER: Final = 10  # digits; no decision has so many choices, and Python refuses very long numbers


def tell(
    course: Course,
    scenario: Scenario,
    choices: Sequence[str] | None,
    *,
    records: Callable[[], Records],
    now: Callable[[], datetime],
    spoken: bool,
    read: TextIO,
    out: TextIO,
) -> int:
    """Play `scenario` by typing, or print the run of `choices`. Exit code 1 where the choices do not make a run."""
    if choices is not None:
        return _told(course, scenario, choices, spoken, out)
    if isinstance(read, TextIOWrapper):
        read.reconfigure(errors="replace")  # what is typed in another encoding is nonsense, and no crash
    return _Told(course, scenario, records(), now, spoken, read, out).play()


def _told(course: Course, scenario: Scenario, choices: Sequence[str], spoken: bool, out: TextIO) -> int:
    story, problem = Story.begin(scenario), ""
    for choice in choices:
        if not story.choices:
            problem = say("tell.stuck") if story.stuck else say("tell.too-long", choice=choice)
            break
        try:
            story = story.choose(choice)
        except ChoiceNotOffered as error:
            problem = say("tell.not-offered", choice=choice, passage=story.passage.id, offered=", ".join(error.offered))
            break
    out.write(f"{scenario.title}\n\n{transcript(story)}")
    if not problem and story.stuck:
        problem = say("tell.stuck")
    if not problem and not story.over:
        problem = say("tell.too-short", offered=", ".join(choice.id for choice in story.choices))
    if problem:
        out.write(f"\n{problem}\n")
        return 1
    out.write(debrief_as_text(debrief(course, story, spoken=spoken), story))
    return 0


class _Told:
    """One run in the terminal. Its place is kept after every step, as in the window."""

    def __init__(
        self,
        course: Course,
        scenario: Scenario,
        records: Records,
        now: Callable[[], datetime],
        spoken: bool,
        read: TextIO,
        out: TextIO,
    ) -> None:
        self.course = course
        self.scenario = scenario
        self.records = records
        self.now = now
        self.spoken = spoken or records.settings().spoken
        self.read = read
        self.out = out
        self.run = uuid4().hex
        self.began = now()

    def play(self) -> int:
        self._say(self.scenario.title)
        self._say(self.scenario.you)
        self._notices()
        story = self._opened()
        while True:
            self._step(story)
            after = self._asked(story)
            if after is None:
                return 0
            story = after
            self._keep(story)

    def _opened(self) -> Story:
        """The start, or the unfinished run if there is one and it is wanted."""
        save = self.records.unfinished(self.scenario.id)
        if save is None:
            return Story.begin(self.scenario)
        story, left = Story.replay_as_far(self.scenario, save.choices)
        self._say(say("tell.resume", number=len(story.path) + (0 if story.over else 1)))
        if self._line().lower() == "n":
            self.records.forget(save.run)
            return Story.begin(self.scenario)
        self.run, self.began = save.run, save.began
        if left:
            self._say(say("play.changed"))
        return story

    def _step(self, story: Story) -> None:
        """What was told since the last choice."""
        for visit in story.visits:
            self._where(visit.passage.when, visit.passage.place)
            for line in visit.lines:
                if line.when:
                    self._where(line.when, line.place)
                self._say(spoken_line(self.scenario, line), space=False)

    def _where(self, when: str, place: str) -> None:
        """When and where it happens now."""
        found = self.scenario.places.get(place)
        self.out.write("\n")
        self._say(" · ".join(filter(None, [when, found.name if found else ""])), space=False)

    def _asked(self, story: Story) -> Story | None:
        """The story after what the player typed; None where they left."""
        if story.over:
            return self._over(story)
        if story.stuck:
            self._say(say("tell.stuck"))
            return self._back_or_leave(story)
        decision = story.passage.decision
        assert decision is not None
        self._say(decision.ask)
        for number, choice in enumerate(story.choices, start=1):
            self._say(f"{number}. {choice.text}", space=False)
        self._say(say("tell.choose"))
        while True:
            typed = self._line()
            if typed.lower() in ("b", "l", "q", ""):  # these first: a choice may be called so
                return self._after(story, typed.lower())
            picked = _picked(story, typed)
            if picked:
                return story.choose(picked)
            self._say(say("tell.not-one", typed=typed, last=len(story.choices)))

    def _after(self, story: Story, typed: str) -> Story | None:
        """Back, the log, or leave; anything else tells the step again."""
        if typed == "q" or self._ended:
            self._say(say("tell.left"))
            return None
        if typed == "b" and story.before is None:
            self._say(say("tell.start"))
        if typed == "l":
            self.out.write(f"\n{transcript(story)}")
        return story.undo() if typed == "b" else story

    def _over(self, story: Story) -> Story | None:
        if story.ending:
            self._say(say("ending.the-end"))
            self._say(story.ending.title, space=False)
        else:
            self._say(say("play.todo", todo=story.passage.todo))
        self.out.write(debrief_as_text(debrief(self.course, story, spoken=self.spoken), story))
        self._finish(story)
        return self._back_or_leave(story)

    def _back_or_leave(self, story: Story) -> Story | None:
        """The story before the last choice where that is asked for; else None."""
        self._say(say("tell.again"))
        return story.undo() if self._line().lower() == "b" else None

    _ended = False

    def _line(self) -> str:
        """What was typed; at the end of the input, nothing, and the run is left."""
        self.out.write(say("tell.prompt"))
        self.out.flush()
        line = self.read.readline()
        self._ended = not line
        return line.strip()

    def _say(self, words: str, *, space: bool = True) -> None:
        """Print a paragraph, wrapped to the terminal where there is one."""
        if not words:
            return
        width = min(WIDEST, os.get_terminal_size(self.out.fileno()).columns) if self.out.isatty() else 0
        told = textwrap.fill(words, width) if width > 10 else words
        self.out.write(f"\n{told}\n" if space else f"{told}\n")
        self.out.flush()

    def _keep(self, story: Story) -> None:
        scenario = self.scenario
        self.records.keep(Save(self.run, scenario.id, scenario.digest, story.path, 1, self.began, self.now()))
        self._notices()

    def _finish(self, story: Story) -> None:
        scenario = self.scenario
        attempt = Attempt(self.run, scenario.id, scenario.digest, story.path, story.passage.id, self.began, self.now())
        self.records.finish(attempt, keep=bool(self.records.settings().keep_runs))
        self._notices()

    _told = 0

    def _notices(self) -> None:
        notices: Iterable[str] = [notice.text for notice in self.records.notices[self._told :]]
        self._told = len(self.records.notices)
        for text in notices:
            self._say(text)


def _picked(story: Story, typed: str) -> str:
    """The id of the choice that was typed, by number or by id; empty where it is neither."""
    ids = [choice.id for choice in story.choices]
    if typed.isdecimal() and len(typed) < _LONGEST_NUMBER and 1 <= int(typed) <= len(ids):
        return ids[int(typed) - 1]
    return typed if typed in ids else ""
