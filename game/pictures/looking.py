"""Owns looking a whole kit over: all that is amiss in its sources, each with its file. Never mends or draws."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from game.pictures.compose import Unmade
from game.pictures.kit import BUST, CANVAS, Fault, Kit
from game.pictures.lint import faults
from game.pictures.moments import HOURS, Moment

EXPRESSIONS: Final = ("neutral", "warm", "concerned", "thinking", "firm", "tired", "upset")
"""What somebody can look like."""

MIDDLE: Final = (CANVAS[0] // 8, CANVAS[0] * 7 // 8)
"""From where to where across a place is seen in every window, 4:3 or very wide: the middle three quarters."""


def review(kit: Kit, names: frozenset[str] = frozenset()) -> tuple[Fault, ...]:
    """All that is amiss in the kit, or in these places, people and parts of it; nothing where all is well."""

    def asked(name: str) -> bool:
        return not names or name in names

    found = [
        *(fault for path in kit.sources() if asked(path.stem) for fault in _source(path)),
        *(fault for name in kit.places() if asked(name) for fault in _place(kit, name)),
        *(fault for name in kit.people() if asked(name) for fault in _person(kit, name)),
    ]
    return tuple(dict.fromkeys(found))


def _source(path: Path) -> Iterator[Fault]:
    try:
        root = ET.fromstring(path.read_text(encoding="utf-8"))
    except (ET.ParseError, UnicodeDecodeError, OSError) as error:
        yield Fault(path, f"It cannot be read as SVG: {error}.")
        return
    yield from (Fault(path, says) for says in faults(root))


def _place(kit: Kit, name: str) -> Iterator[Fault]:
    path = kit.path_of("places", f"{name}.svg")
    for hour in HOURS:
        yield from _flat(path, lambda hour=hour: kit.place(name, Moment(hour)))  # type: ignore[misc]
    clue = kit.clue(name)
    if clue is not None and not (MIDDLE[0] <= clue.x and clue.x + clue.w <= MIDDLE[1] and clue.h <= CANVAS[1] / 2):
        yield Fault(path, f"data-clue, what must be seen, lies outside the middle: {MIDDLE[0]} to {MIDDLE[1]} across.")


def _person(kit: Kit, name: str) -> Iterator[Fault]:
    path = kit.path_of("people", f"{name}.json")
    for expression in EXPRESSIONS:
        yield from _flat(path, lambda expression=expression: kit.person(name, expression))  # type: ignore[misc]
    for look, says in kit.looks(name).items():
        yield from _flat(path, lambda look=look: kit.person(name, "neutral", [look]))  # type: ignore[misc]
        if not says:
            yield Fault(path, f'Its look "{look}" has no words for those who cannot see the picture.')
    if not kit.says(name):
        yield Fault(path, 'It has no "says": one sentence for those who cannot see the picture.')
    face = kit.face(name)
    if face is None or not (face.x >= 0 and face.y >= 0 and face.x + face.w <= BUST[0] and face.y + face.h <= BUST[1]):
        yield Fault(path, 'The face is not on the canvas: see "anchors", "head".')


def _flat(path: Path, make: Callable[[], str]) -> Iterator[Fault]:
    try:
        svg = make()
    except Unmade as error:
        yield Fault(path, error.reason)
        return
    yield from (Fault(path, says) for says in faults(ET.fromstring(svg)))
