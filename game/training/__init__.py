"""Owns what was learned from a run: attempt, profile, debrief, report. Pure; never reads, writes or draws."""

from game.training.attempt import Attempt
from game.training.debriefing import (
    CARDS,
    Debrief,
    Moment,
    OtherRoad,
    Shown,
    asked_words,
    debrief,
    excerpt,
    other_road,
    quotation,
)
from game.training.paper import MOST, Booklet, Entry, Road, Roads, booklet, letter, roads
from game.training.report import (
    debrief_as_text,
    moment_rows,
    moment_title,
    run_as_html,
    run_as_text,
)
from game.training.scoring import Profile, Share, Taken, decisions, profile

__all__ = [
    "CARDS",
    "MOST",
    "Attempt",
    "Booklet",
    "Debrief",
    "Entry",
    "Moment",
    "OtherRoad",
    "Profile",
    "Road",
    "Roads",
    "Share",
    "Shown",
    "Taken",
    "asked_words",
    "booklet",
    "debrief",
    "debrief_as_text",
    "decisions",
    "excerpt",
    "letter",
    "moment_rows",
    "moment_title",
    "other_road",
    "profile",
    "quotation",
    "roads",
    "run_as_html",
    "run_as_text",
]
