"""Owns what was learned from a run: attempt, profile, debrief, report. Pure; never reads, writes or draws."""

from game.training.attempt import Attempt
from game.training.debriefing import (
    CARDS,
    Act,
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
from game.training.drawn import corner_names, road_in_words, share_in_words, square_in_words
from game.training.faces import AFTER, Face, face_of, heard, named
from game.training.paper import MOST, Booklet, Entry, Road, Roads, booklet, letter, roads
from game.training.report import (
    Pictures,
    debrief_as_text,
    moment_rows,
    moment_title,
    run_as_html,
    run_as_text,
)
from game.training.scoring import Point, Profile, Share, Taken, decisions, points, profile

__all__ = [
    "AFTER",
    "CARDS",
    "MOST",
    "Act",
    "Attempt",
    "Booklet",
    "Debrief",
    "Entry",
    "Face",
    "Moment",
    "OtherRoad",
    "Pictures",
    "Point",
    "Profile",
    "Road",
    "Roads",
    "Share",
    "Shown",
    "Taken",
    "asked_words",
    "booklet",
    "corner_names",
    "debrief",
    "debrief_as_text",
    "decisions",
    "excerpt",
    "face_of",
    "heard",
    "letter",
    "moment_rows",
    "moment_title",
    "named",
    "other_road",
    "points",
    "profile",
    "quotation",
    "road_in_words",
    "roads",
    "run_as_html",
    "run_as_text",
    "share_in_words",
    "square_in_words",
]
