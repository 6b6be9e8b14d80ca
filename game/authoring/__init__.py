"""Owns what an author wrote: the files, their mistakes, the scenarios made of them. Never plays, scores or shows."""

from game.authoring.build import Shelf
from game.authoring.chances import visit_chances
from game.authoring.codes import CODES, Rule, Severity
from game.authoring.course import (
    Entry,
    Library,
    check_source_text,
    compare_quotations,
    load_course,
    load_file,
    load_text,
)
from game.authoring.diagnostics import Diagnostic, Place, Span, as_form, excerpt, in_order, nearest, render
from game.authoring.drawing import FILLS, SIGNS, box_shape, ground, letters_of, roads_shape, sign_shape
from game.authoring.graph import (
    MOST_PASSAGES,
    SMALLEST,
    STYLES,
    Box,
    Lettering,
    Road,
    StoryMap,
    TooLarge,
    chance_in_words,
    map_of_story,
    passage_key,
)
from game.authoring.plainly import Told, condition_in_words, fact_in_words, passage_title, passage_told, unmarked

__all__ = [
    "CODES",
    "FILLS",
    "SIGNS",
    "MOST_PASSAGES",
    "SMALLEST",
    "STYLES",
    "Box",
    "Diagnostic",
    "Entry",
    "Lettering",
    "Library",
    "Place",
    "Road",
    "Rule",
    "Severity",
    "Shelf",
    "Span",
    "StoryMap",
    "Told",
    "TooLarge",
    "as_form",
    "box_shape",
    "chance_in_words",
    "check_source_text",
    "compare_quotations",
    "condition_in_words",
    "excerpt",
    "fact_in_words",
    "ground",
    "in_order",
    "letters_of",
    "load_course",
    "load_file",
    "load_text",
    "map_of_story",
    "nearest",
    "passage_key",
    "passage_title",
    "passage_told",
    "render",
    "roads_shape",
    "sign_shape",
    "unmarked",
    "visit_chances",
]
