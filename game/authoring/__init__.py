"""Owns what an author wrote: the files, their mistakes, the scenarios made of them. Never plays, scores or shows."""

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

__all__ = [
    "CODES",
    "Diagnostic",
    "Entry",
    "Library",
    "Place",
    "Rule",
    "Severity",
    "Shelf",
    "Span",
    "as_form",
    "check_source_text",
    "compare_quotations",
    "excerpt",
    "in_order",
    "load_course",
    "load_file",
    "load_text",
    "nearest",
    "render",
]
