"""Pictures as text: the drawing kit, and how a place or a person is put together at a time of day. Never draws."""

from game.pictures.charts import (
    Chart,
    Fork,
    Inks,
    Label,
    Stop,
    Track,
    bar,
    fork,
    fork_of,
    road,
    square,
    track_of,
)
from game.pictures.compose import Unmade
from game.pictures.embed import framed, head, inline
from game.pictures.kit import BUST, CANVAS, Box, Fault, Kit
from game.pictures.lint import faults
from game.pictures.looking import EXPRESSIONS, review
from game.pictures.moments import HOURS, Hour, Moment, moment_of

__all__ = [
    "BUST",
    "CANVAS",
    "EXPRESSIONS",
    "HOURS",
    "Box",
    "Chart",
    "Fault",
    "Fork",
    "Hour",
    "Inks",
    "Kit",
    "Label",
    "Moment",
    "Stop",
    "Track",
    "Unmade",
    "bar",
    "faults",
    "fork",
    "fork_of",
    "framed",
    "head",
    "inline",
    "moment_of",
    "review",
    "road",
    "square",
    "track_of",
]
