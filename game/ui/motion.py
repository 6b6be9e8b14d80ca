"""Owns how one page becomes the next: what comes, goes, moves and changes, and for how long. Never draws.

A page is still; only the way from one to the next moves. Nothing waits for it: the stage is at the new page all the
while, and a key ends the movement. Things are known again by their keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from game.ui.tree import Page, Rect, Thing

SECONDS: Final = 0.2
"""How long a page takes to become the next: long enough to be followed, too short to be waited for."""

AWAY: Final = 36
"""Logical pixels that somebody comes from, or goes to, when they enter or leave."""

PEOPLE: Final = ("person", "named", "portrait")
"""The looks of people."""

_GROUNDS: Final = ("room", "picture")


@dataclass(frozen=True, slots=True)
class Motion:
    """The way from one page to the next.

    `before` holds what stood there, by key; `coming` the keys (and the places among the root's children) of what was
    not there; `left` who goes; `ground` the picture that gives way; `ring` where the focus was and is.
    """

    after: Page
    before: Mapping[str, Thing]
    coming: frozenset[int]
    left: tuple[Thing, ...] = ()
    ground: Thing | None = None
    ring: tuple[Rect, Rect] | None = None
    scrolled: int = 0
    away: int = 0
    moved: frozenset[str] = field(default=frozenset())

    def at(self, thing: Thing, part: float) -> Thing:
        """A thing of the new page where it is when `part` of the way (0 to 1, eased) is over."""
        old = self.before.get(thing.key) if thing.key else None
        rest = 1 - part
        if thing.look in PEOPLE and old is None:
            return thing.moved(round(self._side(thing) * self.away * rest), 0)
        if old is None or thing.key not in self.moved:
            return thing
        if thing.look == "card":
            return replace(thing, rect=_between(old.rect, thing.rect, part))
        return thing.moved(
            round((old.rect.x - thing.rect.x) * rest),
            round((old.rect.bottom - thing.rect.bottom) * rest),
        )

    def leaving(self, thing: Thing, part: float) -> Thing:
        """Somebody who goes, on their way out."""
        return thing.moved(round(self._side(thing) * self.away * part), 0)

    def was(self, thing: Thing) -> Thing | None:
        """How somebody looked on the page before, where they look different now."""
        old = self.before.get(thing.key) if thing.key else None
        if old is None or thing.look not in PEOPLE or (old.detail, old.value) == (thing.detail, thing.value):
            return None
        return old

    def _side(self, thing: Thing) -> int:
        """To which side of the window somebody comes and goes: -1 the left, 1 the right."""
        return -1 if thing.rect.centre[0] < self.after.root.rect.centre[0] else 1


def eased(part: float) -> float:
    """A part of the time (0 to 1) as a part of the way: quick at first, then coming to rest."""
    return 1 - (1 - max(0.0, min(1.0, part))) ** 3


def motion(before: Page, after: Page, focus: tuple[str, str], away: int) -> Motion | None:
    """The way from one page to the next; None where nothing moves. `focus` is the key before and now.

    `away` is how far people come from, in real pixels. Both pages are laid out for the same window.
    """
    old = {thing.key: thing for thing in before.root.children if thing.key}
    children = after.root.children
    coming = frozenset(place for place, thing in enumerate(children) if _comes(thing, old, before, after))
    new = {thing.key: thing for thing in children}
    left = tuple(thing for key, thing in old.items() if thing.look in PEOPLE and key not in new)
    moved = frozenset(
        key for key, thing in new.items() if key in old and thing.look == old[key].look and thing.rect != old[key].rect
    )
    whole = Motion(
        after,
        old,
        coming,
        left,
        _gives_way(before, after),
        _ring(before, after, focus),
        _scrolled(before, after),
        away,
        moved,
    )
    entering = any(thing.look in PEOPLE and thing.key not in old for thing in children)
    changing = any(whole.was(thing) for thing in children)
    still = not (coming or left or moved or entering or changing)
    return None if still and whole.ground is None and whole.ring is None and not whole.scrolled else whole


def _comes(thing: Thing, old: Mapping[str, Thing], before: Page, after: Page) -> bool:
    """Whether something is shown anew: it was not there, or the page is about something else."""
    if thing.look in (*_GROUNDS, *PEOPLE):
        return False
    if thing.key:
        return thing.key not in old
    return _view(before) != _view(after)


def _view(page: Page) -> str:
    scroller = page.scroller()
    return scroller.key if scroller else ""


def _gives_way(before: Page, after: Page) -> Thing | None:
    """The old ground, where the new one is another picture."""
    old, new = _ground(before), _ground(after)
    if (
        old is None
        or new is None
        or [(t.detail, t.rect) for t in _shots(old)] == [(t.detail, t.rect) for t in _shots(new)]
    ):
        return None
    return old


def _ground(page: Page) -> Thing | None:
    return next((thing for thing in page.root.children if thing.key == "ground"), None)


def _shots(ground: Thing) -> list[Thing]:
    return [thing for thing in ground.walk() if thing.look in _GROUNDS]


def _ring(before: Page, after: Page, focus: tuple[str, str]) -> tuple[Rect, Rect] | None:
    """Where the focus was and is, on a page that stays."""
    if not all(focus) or focus[0] == focus[1] or _view(before) != _view(after):
        return None
    old, new = before.find(focus[0]), after.find(focus[1])
    return (old.rect, new.rect) if old and new and after.find(focus[0]) else None


def _scrolled(before: Page, after: Page) -> int:
    """How far the view was scrolled, in real pixels, where both pages have the same view."""
    old, new = before.scroller(), after.scroller()
    if old is None or new is None or old.key != new.key or not (old.children and new.children):
        return 0
    if old.rect != new.rect or old.children[0].name != new.children[0].name:
        return 0
    return old.children[0].rect.y - new.children[0].rect.y


def _between(old: Rect, new: Rect, part: float) -> Rect:
    return Rect(*(round(a + (b - a) * part) for a, b in zip(old, new, strict=True)))
