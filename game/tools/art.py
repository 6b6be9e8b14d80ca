"""Owns the `art` command: looks the drawing kit over, writes flat pictures and a contact sheet. Draws no pixel."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple, TextIO

from game.pictures import BUST, CANVAS, EXPRESSIONS, HOURS, Kit, Moment, Unmade, review
from game.words import say

CLOCK: Final = (10, 10)
"""The time on the clocks of a contact sheet."""

SHEET: Final = "contact-sheet.png"


class Print(NamedTuple):
    """One picture of a contact sheet: what stands under it, the flat SVG, its width and height in pixels."""

    label: str
    svg: str
    w: int
    h: int


Draw = Callable[[Sequence[Print]], bytes]
"""Draws a contact sheet, with the renderer that the game uses, as a PNG file's bytes."""


def art(kit: Kit, names: Sequence[str], to: Path | None, draw: Draw, out: TextIO) -> int:
    """Look the kit over, or only these places, people and parts. With `to`, write each place at each hour and each
    person with each expression as flat SVG into that folder, and a contact sheet of them.

    The exit code: 0 well, 1 something is amiss or the folder cannot be written, 2 a name that nobody knows.
    """
    known = {*kit.places(), *kit.people(), *kit.parts()}
    strange = [name for name in names if name not in known]
    if strange:
        print(
            say("art.unknown", name=strange[0], places=", ".join(kit.places()), people=", ".join(kit.people())),
            file=out,
        )
        return 2
    found = review(kit, frozenset(names))
    for fault in found:
        print(say("art.fault", path=fault.path, says=fault.says), file=out)
    if to is not None and not _written(kit, names, to, draw, out):
        return 1
    counts = {"places": len(kit.places()), "people": len(kit.people()), "parts": len(kit.parts())}
    print(say("art.amiss", count=len(found)) if found else say("art.well", **counts), file=out)
    return 1 if found else 0


def _written(kit: Kit, names: Sequence[str], to: Path, draw: Draw, out: TextIO) -> bool:
    prints = list(_prints(kit, names))
    try:
        to.mkdir(parents=True, exist_ok=True)
        for each in prints:
            (to / f"{each.label}.svg").write_text(each.svg, encoding="utf-8", newline="\n")
        (to / SHEET).write_bytes(draw(prints))
    except OSError as error:
        print(say("art.not-written", path=to, reason=error.strerror or str(error)), file=out)
        return False
    print(say("art.written", count=len(prints), path=to, sheet=SHEET), file=out)
    return True


def _prints(kit: Kit, names: Sequence[str]) -> Iterator[Print]:
    """Each picture that can be made; what cannot is told by the review."""
    for name in (name for name in kit.places() if not names or name in names):
        for hour in HOURS if names else HOURS[1:2]:
            try:
                yield Print(f"{name}-{hour}", kit.place(name, Moment(hour, CLOCK)), CANVAS[0] // 4, CANVAS[1] // 4)
            except Unmade:
                continue
    for name in (name for name in kit.people() if not names or name in names):
        seen = [(expression, expression, ()) for expression in EXPRESSIONS]
        for word, expression, looks in [*seen, *((look, "neutral", (look,)) for look in kit.looks(name))]:
            try:
                yield Print(f"{name}-{word}", kit.person(name, expression, looks), BUST[0] // 4, BUST[1] // 4)
            except Unmade:
                continue
