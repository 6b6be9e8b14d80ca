"""Owns how things are shown: window, tree, layout, drawing, input. pygame lives here; stories do not."""

import game.ui.sdl  # noqa: F401  # first of all: SDL reads it when pygame is imported
from game.ui.art import contact_sheet
from game.ui.events import Click, Event, Meaning, Pick, Point, Resized, Scroll, Ticked, Typed
from game.ui.layout import Flow, Metrics, button, choice
from game.ui.screen import Home, Move, Pop, Push, Quit, Screen, Stage, Stay, Swap, visible
from game.ui.text import Type, plain
from game.ui.theme import TEXT_SIZES
from game.ui.tree import Page, Paragraph, Rect, Run, Thing, content_bottom
from game.ui.window import NoWindow, Window

__all__ = [
    "TEXT_SIZES",
    "Click",
    "Event",
    "Flow",
    "Home",
    "Meaning",
    "Metrics",
    "Move",
    "NoWindow",
    "Page",
    "Paragraph",
    "Pick",
    "Point",
    "Pop",
    "Push",
    "Quit",
    "Rect",
    "Resized",
    "Run",
    "Screen",
    "Scroll",
    "Stage",
    "Stay",
    "Swap",
    "Thing",
    "Ticked",
    "Type",
    "Typed",
    "Window",
    "button",
    "choice",
    "contact_sheet",
    "content_bottom",
    "plain",
    "visible",
]
