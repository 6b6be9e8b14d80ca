"""Owns every field of the format, once: name, kind, default, help in an author's words. Never reads a file.

The reader, the author's guide and an editor's schema are all made from these tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, get_args

from game.story import (
    Arc,
    Choice,
    DebriefNotes,
    Decision,
    Effect,
    Ending,
    Expression,
    Happened,
    Idea,
    Meter,
    Outcome,
    Passage,
    Person,
    Place,
    Practice,
    Quotation,
    Roles,
    Tone,
    Way,
    When,
)

VERSION: Final = 1
"""The newest format this program reads."""

LARGEST_NUMBER: Final = 1_000_000
"""How far a meter's bounds, and a change of it, may go either way."""

SPELLING: Final = r"[a-z][a-z0-9_-]*"
NO_HYPHEN: Final = r"[a-z][a-z0-9_]*"
SOURCE_SPELLING: Final = r"[A-Za-z][A-Za-z0-9_-]*"


@dataclass(frozen=True, slots=True)
class Group:
    """Names of one sort: what one is called, how it is spelled, and the mistake of naming one that is not there."""

    noun: str
    unknown: str
    spelling: str = SPELLING


PASSAGE: Final = Group("passage", "E104")
PERSON: Final = Group("person", "E102")
FACT: Final = Group("fact", "E105", NO_HYPHEN)
METER: Final = Group("meter", "E106", NO_HYPHEN)
PLACE: Final = Group("place", "E108")
PRACTICE: Final = Group("practice", "E109")
QUOTATION: Final = Group("quotation", "E110", SOURCE_SPELLING)
IDEA: Final = Group("idea", "E110", SOURCE_SPELLING)
THEME: Final = Group("theme", "E111")
SCENARIO: Final = Group("scenario", "E112")
FILE: Final = Group("file", "E112")
CHOICE: Final = Group("choice", "E117")


@dataclass(frozen=True, slots=True)
class Words:
    """Text."""


@dataclass(frozen=True, slots=True)
class FileName:
    """The name of a file in the same folder."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `least` to `most`."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class YesNo:
    """True or false."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few words."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewName:
    """A name given here, unlike any beside it."""

    group: Group


@dataclass(frozen=True, slots=True)
class Named:
    """The name of something that is declared elsewhere."""

    group: Group


@dataclass(frozen=True, slots=True)
class Test:
    """A condition."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a passage."""


@dataclass(frozen=True, slots=True)
class Ways:
    """A passage to go to, or a list of ways with conditions."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is in the scenario: a list of the course's people, or people declared here."""


@dataclass(frozen=True, slots=True)
class Some:
    """A list. `most` where there may not be any number; `alone` where one may stand without the list."""

    of: Kind
    least: int = 0
    most: int | None = None
    alone: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """Names of a group, each with what belongs to it. `example` is one entry, as an author would write it.

    `blank` is the mistake of a name with nothing after it, where that is less than an error.
    """

    group: Group
    of: Kind
    example: str
    least: int = 0
    blank: str = ""


@dataclass(frozen=True, slots=True)
class Amounts:
    """Meters, each with the number to add to it."""


@dataclass(frozen=True, slots=True)
class Record:
    """Fields that belong together, and the value made of them.

    `named` and `placed` say whether the value wants its own id and its line and column.
    """

    noun: str
    makes: Any
    fields: tuple[Field, ...]
    named: bool = False
    placed: bool = False
    by_name: Mapping[str, Field] = field(init=False)
    required: tuple[Field, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {one.name: one for one in self.fields})
        object.__setattr__(self, "required", tuple(one for one in self.fields if one.required))


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, what may stand in it, and help for an author.

    `into` is its name in the value that is made; `default` says in words what holds where it is left out.
    """

    name: str
    kind: Kind
    help: str
    required: bool = False
    default: str = ""
    into: str = ""

    @property
    def key(self) -> str:
        """The field's name in the value."""
        return self.into or self.name


Kind = (
    Words
    | FileName
    | Whole
    | YesNo
    | OneOf
    | NewName
    | Named
    | Test
    | Lines
    | Ways
    | Cast
    | Some
    | Table
    | Amounts
    | Record
)

EXPRESSIONS: Final[tuple[str, ...]] = get_args(Expression)

AFAR: Final = "afar"
"""Behind a speaker and a comma: they are not in the room, but on the telephone or in a letter."""
TONES: Final[tuple[str, ...]] = get_args(Tone)

_WORDS: Final = Words()
_LIST: Final = Some(_WORDS)
_FORMAT: Final = Field("format", Whole(1, VERSION), "The version of this format.", default="1")
_IF: Final = Field("if", Test(), "When it holds. Facts and meters, with and, or, not and brackets.", into="condition")

PERSON_FIELDS: Final = Record(
    "person",
    Person,
    (
        Field("name", _WORDS, "The name as it is shown.", required=True),
        Field("about", _WORDS, "Who this is, in a few words."),
        Field("portrait", _WORDS, "The name of a portrait.", default="no portrait"),
        Field("looks", Some(_WORDS), "Words for how the portrait may look too, as coat or wet.", default="none"),
    ),
    named=True,
)

PLACE_FIELDS: Final = Record(
    "place",
    Place,
    (
        Field("name", _WORDS, "What the place is called on screen."),
        Field("picture", _WORDS, "The name of a picture.", default="no picture"),
        Field("alt", _WORDS, "The picture in words, for those who cannot see it."),
    ),
    named=True,
)

METER_FIELDS: Final = Record(
    "meter",
    Meter,
    (
        Field("label", _WORDS, "What the meter is called on screen.", required=True),
        Field("min", Whole(-LARGEST_NUMBER, LARGEST_NUMBER), "The least it can be.", default="0", into="least"),
        Field("max", Whole(-LARGEST_NUMBER, LARGEST_NUMBER), "The most it can be.", default="10", into="most"),
        Field("start", Whole(-LARGEST_NUMBER, LARGEST_NUMBER), "Where it starts.", default="5"),
    ),
    named=True,
)

PRACTICE_FIELDS: Final = Record(
    "practice",
    Practice,
    (
        Field("label", _WORDS, "What this kind of practice is called.", required=True),
        Field("looks_like", _WORDS, "What one would see."),
    ),
    named=True,
)

ROLES: Final = Record(
    "amount of each role",
    Roles,
    (
        Field("manager", Whole(0, 2), "How much of the manager role, 0 to 2.", default="0"),
        Field("leader", Whole(0, 2), "How much of the leader role, 0 to 2.", default="0"),
    ),
)

EFFECT: Final = Record(
    "effect",
    Effect,
    (
        Field("set", Some(Named(FACT)), "Facts that become true."),
        Field("clear", Some(Named(FACT)), "Facts that become false."),
        Field("change", Amounts(), "Meters, and how much to add to each."),
        Field("because", _WORDS, "The short reason the debrief gives."),
        _IF,
    ),
)

WAY: Final = Record(
    "way",
    Way,
    (Field("to", Named(PASSAGE), "The passage it leads to.", required=True), _IF),
)

WHEN: Final = Record(
    "conditional line",
    When,
    (
        Field("if", Test(), "When these lines are told.", required=True, into="condition"),
        Field("text", Lines(), "The lines told when it holds.", required=True, into="then"),
        Field("else", Lines(), "The lines told when it does not.", into="otherwise"),
    ),
)

SCENE: Final = Record(
    "change of scene",
    dict,
    (
        Field("place", Named(PLACE), "Where it happens from here on.", default="where it was"),
        Field("when", _WORDS, "When it happens from here on.", default="when it was"),
        Field("text", Lines(), "The lines it begins with.", required=True),
    ),
)

OUTCOME: Final = Record(
    "debrief",
    Outcome,
    (
        Field("opened", _WORDS, "What the choice made possible."),
        Field("closed", _WORDS, "What it made harder."),
        Field("quote", Named(QUOTATION), "A quotation of the source, by its id."),
    ),
)

CHOICE_FIELDS: Final = Record(
    "choice",
    Choice,
    (
        Field("id", NewName(CHOICE), "Its own name within the decision. Saves and votes use it.", required=True),
        Field("text", _WORDS, "What the player reads and picks.", required=True),
        Field("goto", Ways(), "The passage it leads to, or a list of ways.", required=True),
        Field("if", Test(), "When it is offered.", default="always", into="condition"),
        Field("once", YesNo(), "True: not offered again once it was taken.", default="false"),
        Field("scores", ROLES, "How much of each role it takes.", default="0 of each"),
        Field("practice", Some(Named(PRACTICE), most=2), "What kind of practice it is. Two at most."),
        Field("why", _WORDS, "Why a decent person might do it."),
        Field("effects", Some(EFFECT), "What it changes."),
        Field("debrief", OUTCOME, "What the debrief says of it."),
    ),
    placed=True,
)

DECISION: Final = Record(
    "decision",
    Decision,
    (
        Field("ask", _WORDS, "The question.", required=True),
        Field("choices", Some(CHOICE_FIELDS, least=1, alone=False), "What may be done, in order.", required=True),
        Field("calls_for", ROLES, "What the moment asks of each role. Only the debrief shows it."),
        Field("contested", YesNo(), "True where people disagree on purpose.", default="false"),
        Field("discuss", _LIST, "Questions for a room."),
    ),
    placed=True,
)

ENDING: Final = Record(
    "ending",
    Ending,
    (
        Field("title", _WORDS, "What the ending is called.", required=True),
        Field("tone", OneOf(TONES), "What was gained and lost. Never shown as a grade.", default="mixed"),
        Field("place", Named(PLACE), "Its own picture, shown with its title.", default="the passage's place"),
        Field(
            "happened",
            Record(
                "account of what happened",
                Happened,
                (
                    Field("person", _WORDS, "What became of the person."),
                    Field("team", _WORDS, "What became of the team."),
                    Field("organisation", _WORDS, "What became of the organisation."),
                ),
            ),
            "What became of a person, the team and the organisation.",
        ),
        Field("quotes", Some(Named(QUOTATION)), "Quotations of the source, by their ids."),
    ),
)

WAYS_ON: Final = ("decision", "goto", "ending", "todo")
"""A passage has exactly one of these."""

PASSAGE_FIELDS: Final = Record(
    "passage",
    Passage,
    (
        Field("place", Named(PLACE), "Where it happens."),
        Field("when", _WORDS, "Day and time, as shown."),
        Field("effects", Some(EFFECT), "What changes on arrival, before the text."),
        Field("text", Lines(), "The lines of the story."),
        Field("decision", DECISION, "A way on: a question with choices."),
        Field("goto", Ways(), "A way on: the passage that follows, or a list of ways."),
        Field("ending", ENDING, "A way on: the story ends here."),
        Field("todo", _WORDS, "While writing: what is to happen here."),
    ),
    named=True,
    placed=True,
)

DEBRIEF: Final = Record(
    "debrief",
    DebriefNotes,
    (
        Field("moments", Whole(0, 20), "How many decisions it looks at closely.", default="2"),
        Field("quotes", Some(Named(QUOTATION)), "Quotations of the source, by their ids."),
        Field("questions", _LIST, "Questions to think over."),
        Field("one_thing", _WORDS, "One thing to take away."),
    ),
)

SCENARIO_FIELDS: Final = Record(
    "scenario",
    dict,
    (
        _FORMAT,
        Field("title", _WORDS, "The scenario's title.", required=True),
        Field("summary", _WORDS, "What it is about, in a sentence or two."),
        Field("you", _WORDS, "Who the player is."),
        Field("minutes", Whole(1, 240), "About how long it takes.", default="10"),
        Field("cast", Cast(), "Who is in it.", default="whoever speaks"),
        Field(
            "facts",
            Table(FACT, _WORDS, "why: Joy told you why.", blank="W308"),
            "What the story can remember, each in words.",
        ),
        Field("meters", Table(METER, METER_FIELDS, "calm: {label: Calm}"), "Meters of its own, beside the course's."),
        Field(
            "places", Table(PLACE, PLACE_FIELDS, "pool: {name: The pool}"), "Places of its own, beside the course's."
        ),
        Field("start", Named(PASSAGE), "Where it begins.", default="the first passage"),
        Field(
            "passages",
            Table(PASSAGE, PASSAGE_FIELDS, "kitchen: {text: Hello., goto: hall}", least=1),
            "The story, passage by passage.",
            required=True,
        ),
        Field("debrief", DEBRIEF, "What its author gives the debrief."),
    ),
)

QUOTATION_FIELDS: Final = Record(
    "quotation",
    partial(Quotation, idea=""),
    (
        Field("text", _WORDS, "The words, exactly as in the source.", required=True),
        Field("line", Whole(0, LARGEST_NUMBER), "The line of the source they stand on."),
        Field("language", OneOf(("strong", "mild")), "How strong the language is.", default="clean"),
        Field("care", YesNo(), "True where a warning should come first.", default="false"),
        Field("sic", YesNo(), "True where a slip was kept as printed.", default="false"),
        Field("part", YesNo(), "True where it is cut from a longer sentence.", default="false"),
        Field("list", YesNo(), "True where it is an item of a list.", default="false"),
        Field("activity", YesNo(), "True where it is done in the room.", default="false"),
    ),
    named=True,
)

IDEA_FIELDS: Final = Record(
    "idea",
    Idea,
    (
        Field("name", _WORDS, "A short name.", required=True),
        Field("theme", Named(THEME), "The theme it belongs to."),
        Field("says", _WORDS, "The idea in plain words.", required=True),
        Field("research", _WORDS, "Where research is more careful than the source, in one sentence."),
        Field(
            "quotes",
            Table(QUOTATION, QUOTATION_FIELDS, "AB-1a: {text: The words.}"),
            "Its quotations, each with an id.",
        ),
    ),
    named=True,
)

SOURCE_FIELDS: Final = Record(
    "source",
    dict,
    (
        _FORMAT,
        Field("title", _WORDS, "The source's title."),
        Field("author", _WORDS, "Who wrote it."),
        Field("kind", _WORDS, "What it is: notes, a book, a talk."),
        Field("themes", Table(THEME, _WORDS, "roles: Roles and people"), "Themes, each in words."),
        Field(
            "ideas",
            Table(IDEA, IDEA_FIELDS, "AB-1: {name: ask-why, says: Ask why.}"),
            "Ideas with their quotations.",
            required=True,
        ),
    ),
)

ARC: Final = Record(
    "arc",
    Arc,
    (
        Field("title", _WORDS, "The arc's title.", required=True),
        Field("scenarios", Some(Named(SCENARIO)), "Its scenarios, in order.", required=True),
    ),
)

COURSE_FIELDS: Final = Record(
    "course",
    dict,
    (
        _FORMAT,
        Field("title", _WORDS, "The course's title."),
        Field("source", FileName(), "The file with the ideas and quotations."),
        Field("arcs", Some(ARC, alone=False), "The parts of the course, with their scenarios in order."),
        Field("people", Table(PERSON, PERSON_FIELDS, "joy: {name: Joy}"), "People whom several scenarios share."),
        Field(
            "meters",
            Table(METER, METER_FIELDS, "calm: {label: Calm}"),
            "The consequences that are counted.",
            default="three meters",
        ),
        Field(
            "practice",
            Table(PRACTICE, PRACTICE_FIELDS, "include: {label: Includes people}"),
            "Kinds of practice a choice may be tagged with.",
        ),
        Field("places", Table(PLACE, PLACE_FIELDS, "pool: {name: The pool}"), "Places that several scenarios share."),
    ),
)

FILES: Final[Mapping[str, Record]] = {
    "scenario": SCENARIO_FIELDS,
    "course": COURSE_FIELDS,
    "source": SOURCE_FIELDS,
}
"""The three sorts of file and their fields."""

FIELD_NAMES: Final[frozenset[str]] = frozenset(
    {
        one.name
        for record in (ROLES, EFFECT, WAY, WHEN, OUTCOME, CHOICE_FIELDS, DECISION, ENDING, PASSAGE_FIELDS, DEBRIEF)
        for one in record.fields
    }
    | {
        one.name
        for record in (*FILES.values(), PERSON_FIELDS, PLACE_FIELDS, METER_FIELDS, ARC)
        for one in record.fields
    }
)
"""Every field there is, to tell a slip of punctuation from a text."""
