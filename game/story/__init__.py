"""Owns what can happen: the shape of a story and the rules of play. Never reads files, scores, or shows."""

from importlib import import_module
from typing import TYPE_CHECKING, Final

from game.story.conditions import (
    COMPARISONS,
    WORDS,
    Condition,
    ConditionError,
    FactIs,
    MeterIs,
    Not,
    Tree,
    parse_condition,
)
from game.story.conditions import All as AllOf
from game.story.conditions import Any as AnyOf
from game.story.machine import Machine, State
from game.story.scenario import (
    DEFAULT_METERS,
    NOWHERE,
    Arc,
    At,
    Choice,
    Course,
    DebriefNotes,
    Decision,
    Effect,
    Ending,
    Expression,
    Fact,
    Goto,
    Happened,
    Idea,
    Line,
    Meter,
    Outcome,
    Passage,
    Person,
    Place,
    Practice,
    Quotation,
    Roles,
    Scenario,
    Source,
    Text,
    Tone,
    Way,
    When,
)
from game.story.story import ChoiceNotOffered, Story, Visit
from game.story.transcripts import spoken, transcript

if TYPE_CHECKING:
    from game.story.ahead import Mix, ending_mix, route_to
    from game.story.entering import Arrival, arrivals
    from game.story.proof import Claim, EndingFacts, Proof, Verdict, prove
    from game.story.reach import BOUND, Range, Reach, conditions_in, explore, lines_of

__all__ = [
    "BOUND",
    "COMPARISONS",
    "DEFAULT_METERS",
    "NOWHERE",
    "WORDS",
    "AllOf",
    "AnyOf",
    "Arc",
    "Arrival",
    "At",
    "Choice",
    "ChoiceNotOffered",
    "Claim",
    "Condition",
    "ConditionError",
    "Course",
    "DebriefNotes",
    "Decision",
    "Effect",
    "Ending",
    "EndingFacts",
    "Expression",
    "Fact",
    "FactIs",
    "Goto",
    "Happened",
    "Idea",
    "Line",
    "Machine",
    "Meter",
    "MeterIs",
    "Mix",
    "Not",
    "Outcome",
    "Passage",
    "Person",
    "Place",
    "Practice",
    "Proof",
    "Quotation",
    "Range",
    "Reach",
    "Roles",
    "Scenario",
    "Source",
    "State",
    "Story",
    "Text",
    "Tone",
    "Tree",
    "Verdict",
    "Visit",
    "Way",
    "When",
    "arrivals",
    "conditions_in",
    "ending_mix",
    "explore",
    "lines_of",
    "parse_condition",
    "prove",
    "route_to",
    "spoken",
    "transcript",
]

_LATER: Final = {
    "Mix": "ahead",
    "ending_mix": "ahead",
    "route_to": "ahead",
    "Arrival": "entering",
    "arrivals": "entering",
    "Claim": "proof",
    "EndingFacts": "proof",
    "Proof": "proof",
    "Verdict": "proof",
    "prove": "proof",
    "BOUND": "reach",
    "Range": "reach",
    "Reach": "reach",
    "conditions_in": "reach",
    "explore": "reach",
    "lines_of": "reach",
}
"""Names about all the states of a story, each with its module: read when first asked for, as play needs none."""


def __getattr__(name: str) -> object:
    """One of those names, from its module."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"game.story.{_LATER[name]}"), name)
