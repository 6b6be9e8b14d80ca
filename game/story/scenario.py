"""Owns the shape of a story: courses, scenarios, passages, choices, endings. Never reads a file, plays or scores.

Everything here is a frozen value. A `Scenario` that reaches this module has been checked:
its names resolve and its text is what the author wrote, untouched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from game.story.conditions import Condition

Tone = Literal["good", "mixed-good", "mixed", "mixed-bad", "bad"]
"""What an ending gained and lost; never shown as a grade."""

Expression = Literal["neutral", "warm", "concerned", "thinking", "firm", "tired", "upset"]
"""How a person looks while speaking."""

At = tuple[int, int]
"""Line and column in the author's file, both from 1; (0, 0) where there was no file."""

NOWHERE: Final[At] = (0, 0)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the story. `portrait` names a picture; empty where there is none.

    `looks` are words for how they may be seen beside their expression, as the portrait knows them: `coat`, `wet`.
    """

    id: str
    name: str
    about: str = ""
    portrait: str = ""
    looks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage happens: a picture by name, and the words for those who cannot see it."""

    id: str
    name: str = ""
    picture: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Meter:
    """A consequence counted in whole numbers, kept between `least` and `most`."""

    id: str
    label: str
    least: int = 0
    most: int = 10
    start: int = 5


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the story can remember, true or false; `says` puts it in words."""

    id: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Roles:
    """An amount of each role, 0 to 2. Counted apart and never added together."""

    manager: int = 0
    leader: int = 0


@dataclass(frozen=True, slots=True)
class Effect:
    """What changes: facts set, facts cleared, meters changed, in this order.

    Its `condition` is looked at when its turn comes. `because` is the short reason for the debrief.
    """

    set: tuple[str, ...] = ()
    clear: tuple[str, ...] = ()
    change: tuple[tuple[str, int], ...] = ()
    because: str = ""
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a passage: narration where `speaker` is empty, else speech by that person's id.

    Who speaks from `afar` is not in the room: on the telephone, in a letter. `looks` are those of the speaker's that
    hold now. With a `place` or `when` the scene changes: from this line on it happens there and then.
    """

    text: str
    speaker: str = ""
    expression: Expression = "neutral"
    afar: bool = False
    looks: tuple[str, ...] = ()
    place: str = ""
    when: str = ""
    at: At = field(default=NOWHERE, compare=False)

    @property
    def cuts(self) -> bool:
        """Whether the scene changes with it."""
        return bool(self.place or self.when)


@dataclass(frozen=True, slots=True)
class When:
    """Lines that are told only when a condition holds, and those told otherwise."""

    condition: Condition
    then: Text
    otherwise: Text = ()


Text = tuple[Line | When, ...]
"""The lines of a passage, some of them conditional."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way on: the passage it leads to, and when. The last way of a list has no condition."""

    to: str
    condition: Condition | None = None


Goto = tuple[Way, ...]
"""Ways in order; the first whose condition holds is taken."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the debrief says of a choice: what it opened, what it closed, and a quotation's id."""

    opened: str = ""
    closed: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that may be done. `why` is the reason a decent person might do it."""

    id: str
    text: str
    goto: Goto
    condition: Condition | None = None
    once: bool = False
    scores: Roles = Roles()
    practice: tuple[str, ...] = ()
    why: str = ""
    effects: tuple[Effect, ...] = ()
    debrief: Outcome = Outcome()
    at: At = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Decision:
    """A question with its choices. `calls_for` is what the moment asks, shown only in the debrief."""

    ask: str
    choices: tuple[Choice, ...]
    calls_for: Roles | None = None
    contested: bool = False
    discuss: tuple[str, ...] = ()
    at: At = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Happened:
    """What became of a person, the team and the organisation, in the words of the story."""

    person: str = ""
    team: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a run. `place` names its picture; empty where it is the passage's own."""

    title: str
    tone: Tone = "mixed"
    happened: Happened = Happened()
    quotes: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the story with exactly one way on: `decision`, `goto`, `ending` or `todo`."""

    id: str
    text: Text = ()
    place: str = ""
    when: str = ""
    effects: tuple[Effect, ...] = ()
    decision: Decision | None = None
    goto: Goto = ()
    ending: Ending | None = None
    todo: str = ""
    at: At = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class DebriefNotes:
    """What a scenario's author gives the debrief."""

    moments: int = 2
    quotes: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    one_thing: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Scenario:
    """One story, whole and checked. Two scenarios are the same only if they are one object.

    `digest` names this edition: it changes when anything that a run depends on changes.
    `people`, `places`, `facts` and `meters` are all that the story can name, the course's included.
    """

    id: str
    title: str
    start: str
    passages: Mapping[str, Passage]
    summary: str = ""
    you: str = ""
    minutes: int = 10
    people: Mapping[str, Person] = field(default_factory=dict)
    cast: tuple[str, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    meters: Mapping[str, Meter] = field(default_factory=dict)
    debrief: DebriefNotes = DebriefNotes()
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """The source's own words, word for word, and why one might not show them.

    `language` is "strong", "mild" or empty; `care` marks what wants a warning first.
    `sic`: a slip kept as printed. `part`: cut from a longer sentence. `list`: a bullet. `activity`: done in the room.
    """

    id: str
    text: str
    idea: str
    line: int = 0
    language: Literal["", "mild", "strong"] = ""
    care: bool = False
    sic: bool = False
    part: bool = False
    list: bool = False
    activity: bool = False

    @property
    def clean(self) -> bool:
        """Whether it may be shown in clean language."""
        return not self.language and not self.care


@dataclass(frozen=True, slots=True)
class Idea:
    """One idea of the source: its plain-words gloss (`says`), its quotations, and where research is more careful."""

    id: str
    name: str
    says: str
    theme: str = ""
    research: str = ""
    quotes: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """What the course is built on: an author's ideas and words."""

    title: str = ""
    author: str = ""
    kind: str = ""
    themes: Mapping[str, str] = field(default_factory=dict)
    ideas: Mapping[str, Idea] = field(default_factory=dict)
    quotes: Mapping[str, Quotation] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Practice:
    """A dimension a choice may be tagged with."""

    id: str
    label: str
    looks_like: str = ""


@dataclass(frozen=True, slots=True)
class Arc:
    """A part of the course: a title and the ids of its scenarios, in order."""

    title: str
    scenarios: tuple[str, ...]


DEFAULT_METERS: Final[Mapping[str, Meter]] = {
    "trust": Meter("trust", "The team's trust"),
    "patience": Meter("patience", "The organisation's patience"),
    "quality": Meter("quality", "Quality of life"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """What several scenarios share: title, order, people, places, meters, practice, source."""

    title: str = ""
    arcs: tuple[Arc, ...] = ()
    people: Mapping[str, Person] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    meters: Mapping[str, Meter] = field(default_factory=lambda: dict(DEFAULT_METERS))
    practice: Mapping[str, Practice] = field(default_factory=dict)
    source: Source = field(default_factory=Source)
