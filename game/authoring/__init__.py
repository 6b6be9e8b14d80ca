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

if TYPE_CHECKING:
    from game.authoring.chances import visit_chances
    from game.authoring.craft import CraftReport, craft_report
    from game.authoring.craft_telling import as_form as craft_as_form
    from game.authoring.craft_telling import as_text as craft_as_text
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
    from game.authoring.fields import FieldRow, FieldTable, field_tables
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
    from game.authoring.json_schema import schema_of
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
    from game.authoring.template import new_scenario_text, right_id

__all__ = [
    "CODES",
    "FILLS",
    "MOST_PASSAGES",
    "OUTLINE",
    "SIGNS",
    "SMALLEST",
    "STYLES",
    "Box",
    "CraftReport",
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
    "craft_as_form",
    "craft_as_text",
    "craft_report",
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

_LATER: Final = {
    "craft_as_form": ("craft_telling", "as_form"),
    "craft_as_text": ("craft_telling", "as_text"),
    "visit_chances": ("chances", "visit_chances"),
    "CraftReport": ("craft", "CraftReport"),
    "craft_report": ("craft", "craft_report"),
    "FILLS": ("drawing", "FILLS"),
    "OUTLINE": ("drawing", "OUTLINE"),
    "SIGNS": ("drawing", "SIGNS"),
    "box_shape": ("drawing", "box_shape"),
    "letters_of": ("drawing", "letters_of"),
    "outline_shape": ("drawing", "outline_shape"),
    "roads_shape": ("drawing", "roads_shape"),
    "sign_shape": ("drawing", "sign_shape"),
    "FieldRow": ("fields", "FieldRow"),
    "FieldTable": ("fields", "FieldTable"),
    "field_tables": ("fields", "field_tables"),
    "MOST_PASSAGES": ("graph", "MOST_PASSAGES"),
    "SMALLEST": ("graph", "SMALLEST"),
    "STYLES": ("graph", "STYLES"),
    "Box": ("graph", "Box"),
    "Lettering": ("graph", "Lettering"),
    "Road": ("graph", "Road"),
    "StoryMap": ("graph", "StoryMap"),
    "TooLarge": ("graph", "TooLarge"),
    "chance_in_words": ("graph", "chance_in_words"),
    "map_of_story": ("graph", "map_of_story"),
    "passage_key": ("graph", "passage_key"),
    "schema_of": ("json_schema", "schema_of"),
    "Told": ("plainly", "Told"),
    "condition_in_words": ("plainly", "condition_in_words"),
    "fact_in_words": ("plainly", "fact_in_words"),
    "passage_title": ("plainly", "passage_title"),
    "passage_told": ("plainly", "passage_told"),
    "passage_where": ("plainly", "passage_where"),
    "unmarked": ("plainly", "unmarked"),
    "prove_entry": ("proving", "prove_entry"),
    "new_scenario_text": ("template", "new_scenario_text"),
    "right_id": ("template", "right_id"),
}
"""Names that the first frame does not need, each with its module and its name there: read when first asked for."""


def __getattr__(name: str) -> object:
    """One of those names, from its module."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, inner = _LATER[name]
    return getattr(import_module(f"game.authoring.{module}"), inner)
