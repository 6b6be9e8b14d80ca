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
from game.training.room import NotNow, Room
from game.training.room_kept import CannotGoOn, kept, taken_up
from game.training.room_notes import RoomNotes
from game.training.room_page import RoomPage
from game.training.room_parts import COLUMNS, Asked, Column, Note, ScenePage, Spent, Spot, Step, Why, clean_words
from game.training.room_told import Cell, Option, Reveal, RevealRow, options_of, role_words, step_title
from game.training.room_votes import FEWEST, SHARES, Moved, Tally, Unclear, Votes, moved
from game.training.scoring import Point, Profile, Share, Taken, decisions, points, profile
from game.training.session import NotAReport, SessionReport, session_as_json, session_from_json, session_report
from game.training.session_page import session_as_html, sessions_as_html
from game.training.session_text import day as day_in_words
from game.training.session_text import session_as_csv, session_as_markdown

__all__ = [
    "AFTER",
    "CARDS",
    "COLUMNS",
    "FEWEST",
    "MOST",
    "SHARES",
    "Act",
    "Asked",
    "Attempt",
    "Booklet",
    "CannotGoOn",
    "Cell",
    "Column",
    "Debrief",
    "Entry",
    "Face",
    "Moment",
    "Moved",
    "NotAReport",
    "NotNow",
    "Note",
    "Option",
    "OtherRoad",
    "Pictures",
    "Point",
    "Profile",
    "Reveal",
    "RevealRow",
    "Road",
    "Roads",
    "Room",
    "RoomNotes",
    "RoomPage",
    "ScenePage",
    "SessionReport",
    "Share",
    "Shown",
    "Spent",
    "Spot",
    "Step",
    "Taken",
    "Tally",
    "Unclear",
    "Votes",
    "Why",
    "asked_words",
    "booklet",
    "clean_words",
    "corner_names",
    "day_in_words",
    "debrief",
    "debrief_as_text",
    "decisions",
    "excerpt",
    "face_of",
    "heard",
    "kept",
    "letter",
    "moment_rows",
    "moment_title",
    "moved",
    "named",
    "options_of",
    "other_road",
    "points",
    "profile",
    "quotation",
    "road_in_words",
    "roads",
    "role_words",
    "run_as_html",
    "run_as_text",
    "session_as_csv",
    "session_as_html",
    "session_as_json",
    "session_as_markdown",
    "session_from_json",
    "session_report",
    "sessions_as_html",
    "share_in_words",
    "square_in_words",
    "step_title",
    "taken_up",
]
