"""Owns what an author wrote: the files, their mistakes, the scenarios made of them. Never plays, scores or shows."""

from importlib import import_module
from typing import TYPE_CHECKING, Final

from game.authoring.build import Shelf
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
from game.authoring.fields import FieldRow, FieldTable, field_tables
from game.authoring.json_schema import schema_of
from game.authoring.template import new_scenario_text, right_id

if TYPE_CHECKING:
    from game.authoring.chances import visit_chances
    from game.authoring.drawing import (
        FILLS,
        OUTLINE,
        SIGNS,
        box_shape,
        letters_of,
        outline_shape,
        roads_shape,
        sign_shape,
    )
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
    from game.authoring.plainly import (
        Told,
        condition_in_words,
        fact_in_words,
        passage_title,
        passage_told,
        passage_where,
        unmarked,
    )
    from game.authoring.proving import prove_entry

__all__ = [
    "CODES",
    "FILLS",
    "MOST_PASSAGES",
    "OUTLINE",
    "SIGNS",
    "SMALLEST",
    "STYLES",
    "Box",
    "Diagnostic",
    "Entry",
    "FieldRow",
    "FieldTable",
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
    "field_tables",
    "in_order",
    "letters_of",
    "load_course",
    "load_file",
    "load_text",
    "map_of_story",
    "nearest",
    "new_scenario_text",
    "outline_shape",
    "passage_key",
    "passage_title",
    "passage_told",
    "passage_where",
    "prove_entry",
    "render",
    "right_id",
    "roads_shape",
    "schema_of",
    "sign_shape",
    "unmarked",
    "visit_chances",
]

_MAPS: Final = {
    "chances": ("visit_chances",),
    "drawing": (
        "FILLS",
        "OUTLINE",
        "SIGNS",
        "box_shape",
        "letters_of",
        "outline_shape",
        "roads_shape",
        "sign_shape",
    ),
    "graph": (
        "MOST_PASSAGES",
        "SMALLEST",
        "STYLES",
        "Box",
        "Lettering",
        "Road",
        "StoryMap",
        "TooLarge",
        "chance_in_words",
        "map_of_story",
        "passage_key",
    ),
    "plainly": (
        "Told",
        "condition_in_words",
        "fact_in_words",
        "passage_title",
        "passage_told",
        "passage_where",
        "unmarked",
    ),
    "proving": ("prove_entry",),
}
"""What maps and proofs need, by module: read when first asked for, as it takes 20 ms that the first frame has not."""


def __getattr__(name: str) -> object:
    """One of those names, from its module."""
    for module, names in _MAPS.items():
        if name in names:
            return getattr(import_module(f"game.authoring.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
