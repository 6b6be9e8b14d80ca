"""Owns the checks of a whole story, one function for each rule. Never looks at how its file is written.

CHECKS is the table. A check takes the scenario and yields what it found; places are looked up afterwards.
Each tells a fact about the story, never a matter of taste.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from game.authoring.diagnostics import TOP, Diagnostic, Span
from game.authoring.build import Spans
from game.authoring.source import Document
from game.story import Scenario

CHECKS = ()

def check(scenario, spans, document):
    return ()
