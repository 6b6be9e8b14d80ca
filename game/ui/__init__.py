"""Owns how things are shown: window, tree, layout, drawing, input. pygame lives here; stories do not."""

import game.ui.sdl  # noqa: F401  # first of all: SDL reads it when pygame is imported
from game.ui.events import Event, Meaning, Pick
from game.ui.layout import Flow, Metrics, button, choice
from game.ui.screen import Home, Move, Pop, Push, Quit, Screen, Stage, Stay, Swap, visible
from game.ui.text import Type, plain
from game.ui.theme import TEXT_SIZES
from game.ui.tree import Page, Rect, Thing, content_bottom
from game.ui.window import NoWindow, Window

__all__ = [
    "TEXT_SIZES",
    "Event",
    "Flow",
    "Home",
    "Meaning",
    "Metrics",
    "Move",
    "NoWindow",
    "Page",
    "Pick",
    "Pop",
    "Push",
    "Quit",
    "Rect",
    "Screen",
    "Stage",
    "Stay",
    "Swap",
    "Thing",
    "Type",
    "Window",
    "button",
    "choice",
    "content_bottom",
    "plain",
    "visible",
]
