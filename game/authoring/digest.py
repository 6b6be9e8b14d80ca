"""Owns the digest of a scenario: it changes when a run could go another way. Never looks at wording."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from typing import Final

from game.story import Choice, Condition, Effect, Goto, Passage, Scenario

_SPACE: Final = re.compile(r" ?([^\w ]) ?")
"""Space around signs: it means nothing in a condition."""


def digest(scenario: Scenario) -> str:
    """The first 16 hexadecimal digits of SHA-256 over what a run depends on.

    That is: where it starts, passages, choices, ways, conditions, effects, and the facts and meters there are.
    Words, scores and order are left out, so that a mended typo does not disturb a saved run.
    """
    meters = [[one.id, one.least, one.most, one.start] for one in scenario.meters.values()]
    parts: list[object] = [
        scenario.start,
        sorted(scenario.facts),
        sorted(meters),
        [_passage(scenario.passages[id]) for id in sorted(scenario.passages)],
    ]
    text = json.dumps(parts, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:16]


def _passage(passage: Passage) -> list[object]:
    choices = passage.decision.choices if passage.decision else ()
    end = "ending" if passage.ending else "todo" if passage.todo else ""
    return [
        passage.id,
        end,
        _effects(passage.effects),
        _ways(passage.goto),
        sorted((_choice(choice) for choice in choices), key=str),
    ]


def _choice(choice: Choice) -> list[object]:
    return [choice.id, choice.once, _test(choice.condition), _effects(choice.effects), _ways(choice.goto)]


def _effects(effects: Iterable[Effect]) -> list[object]:
    return [[one.set, one.clear, one.change, _test(one.condition)] for one in effects]


def _ways(ways: Goto) -> list[object]:
    return [[way.to, _test(way.condition)] for way in ways]


def _test(condition: Condition | None) -> str:
    return _SPACE.sub(r"\1", " ".join(condition.text.split())) if condition else ""
