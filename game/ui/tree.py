"""Owns the one tree of what is on screen: things with a role, a name, a state and a rectangle. Never draws.

A screen lays its page out as a tree; drawing, focus, the mouse, the tests, speech and screen readers all read
that one tree, so what is seen, said and pressed cannot differ. Rectangles are real pixels of the window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from game.ui.layout import Metrics

Role = Literal[
    "page", "group", "heading", "text", "button", "choice", "option", "image", "meter", "status", "list", "decoration"
]


class Rect(NamedTuple):
    """A rectangle in real pixels: left, top, width, height."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        return self.x + self.w

    @property
    def bottom(self) -> int:
        return self.y + self.h

    @property
    def centre(self) -> tuple[int, int]:
        return self.x + self.w // 2, self.y + self.h // 2

    def holds(self, x: int, y: int) -> bool:
        """Whether the point lies inside."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def within(self, other: Rect) -> bool:
        """Whether it lies wholly inside the other."""
        return self.x >= other.x and self.y >= other.y and self.right <= other.right and self.bottom <= other.bottom

    def grown(self, by: int) -> Rect:
        """Larger (or with a negative amount smaller) on every side."""
        return Rect(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)

    def moved(self, dx: int, dy: int) -> Rect:
        return Rect(self.x + dx, self.y + dy, self.w, self.h)

    def meet(self, other: Rect) -> Rect:
        """The part both share; no width or height where they share none."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        return Rect(x, y, max(0, min(self.right, other.right) - x), max(0, min(self.bottom, other.bottom) - y))

    def join(self, other: Rect) -> Rect:
        """The least rectangle that holds both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Rect(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)


class Run(NamedTuple):
    """Some letters of one face on one line; `x` counts from the line's left edge, in real pixels."""

    text: str
    face: str
    x: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text already broken into lines and measured. Sizes in real pixels."""

    lines: tuple[tuple[Run, ...], ...]
    style: str
    px: int
    step: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing on screen.

    `name` is what is read out; `value` what it stands at; `look` how it is drawn (a row of the painter's table);
    `detail` what the look needs to know (a picture's name, a colour). `key` names it for focus, and stays the same
    while the thing stays. A thing with `press` can be focused and pressed. One that `stands_for` others, by their keys,
    is no stop for the keyboard: the mouse presses the first of them by it (a house, for the button below), and it is
    brought into view with them. What a thing that `clips` holds is seen and pressed only inside it.
    """

    role: Role
    name: str
    rect: Rect
    key: str = ""
    look: str = ""
    detail: str = ""
    value: str = ""
    text: Paragraph | None = None
    disabled: bool = False
    chosen: bool = False
    scrolls: bool = False
    clips: bool = False
    stands_for: tuple[str, ...] = ()
    press: Callable[[], object] | None = field(default=None, compare=False)
    children: tuple[Thing, ...] = ()

    @property
    def focusable(self) -> bool:
        return self.press is not None and not self.disabled

    def moved(self, dx: int, dy: int) -> Thing:
        """The same thing and all within it, elsewhere."""
        return replace(
            self,
            rect=self.rect.moved(dx, dy),
            children=tuple(child.moved(dx, dy) for child in self.children),
        )

    def walk(self) -> Iterator[Thing]:
        """This thing and everything within it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Page:
    """A whole screen, laid out: its tree, where focus begins (a key, or nowhere), and what Confirm does there.

    `soon` lays out the pages that may come next, one at a time, so that their pictures can be drawn while somebody
    reads. `tone` names the sound of the place; None keeps the one that is heard. Where it `rings`, it has a bell, which
    is heard though sounds are off.
    `takes` is asked before anything else what an event means here (a map is dragged, and the arrows move it); where it
    answers None the event goes on as ever. `follows` is told the key that gets the focus; the page is laid out anew.
    Where the page `types`, keys write and mean nothing else. After `ticks` seconds it is told so (`Ticked`): a page
    with a clock on it. `beside` lays out what a second window shows, where one is open.
    """

    root: Thing
    focus: str = ""
    confirm: Callable[[], object] | None = field(default=None, compare=False)
    confirm_anywhere: bool = False
    soon: Callable[[], Iterator[Page]] | None = field(default=None, compare=False)
    tone: str | None = None
    rings: bool = False
    takes: Callable[[object], object] | None = field(default=None, compare=False)
    follows: Callable[[str], object] | None = field(default=None, compare=False)
    types: bool = False
    ticks: float | None = field(default=None, compare=False)
    beside: Callable[[Metrics], Page] | None = field(default=None, compare=False)

    def focusables(self) -> tuple[Thing, ...]:
        """What can be focused, in order."""
        return tuple(thing for thing in self.root.walk() if thing.focusable)

    def find(self, key: str) -> Thing | None:
        """The thing of that key, if it is on the page."""
        return next((thing for thing in self.root.walk() if thing.key == key), None)

    def at(self, x: int, y: int) -> Thing | None:
        """The thing to press at a point: the last drawn there, and inside the view if it scrolls."""
        found = _at(self.root, x, y)
        return self.find(found.stands_for[0]) if found and found.stands_for else found

    def around(self, thing: Thing) -> Rect:
        """Where a thing is, and what stands for it: what is best seen while it has the focus."""
        standing = (other.rect for other in self.root.walk() if thing.key in other.stands_for)
        return next((rect.join(thing.rect) for rect in standing), thing.rect)

    def scroller(self) -> Thing | None:
        """The part that scrolls, if one does."""
        return next((thing for thing in self.root.walk() if thing.scrolls), None)


def _at(thing: Thing, x: int, y: int) -> Thing | None:
    if (thing.scrolls or thing.clips) and not thing.rect.holds(x, y):
        return None
    for child in reversed(thing.children):
        found = _at(child, x, y)
        if found is not None:
            return found
    return thing if (thing.focusable or thing.stands_for) and thing.rect.holds(x, y) else None


def content_bottom(thing: Thing) -> int:
    """The lowest pixel of anything within, scrolled or not."""
    return max((inner.rect.bottom for child in thing.children for inner in child.walk()), default=thing.rect.y)
