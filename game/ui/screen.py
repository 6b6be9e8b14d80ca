"""Owns what a screen is, where it may go next, and the stage that holds the stack. Never knows a story or pygame.

A screen answers with a `Move` and never reaches into the stack; the stage carries it out. A screen is a page (its
tree, laid out from the metrics alone) and what it does with a meaning. Focus, scrolling and the mouse are the
stage's, the same on every page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from game.ui.events import Click, Event, Meaning, Pick, Point, Resized, Scroll, Ticked, Typed
from game.ui.layout import Metrics
from game.ui.tree import Page, Rect, Thing, content_bottom


class Screen(Protocol):
    """One page that people see."""

    def page(self, metrics: Metrics) -> Page:
        """The page, laid out for this window. Called only when something changed; draws nothing."""
        ...

    def handle(self, event: Event) -> Move:
        """Act on what the page's things did not take: step back, the log, the menu."""
        ...


@dataclass(frozen=True, slots=True)
class Push:
    """Lay a screen over this one."""

    screen: Screen


@dataclass(frozen=True, slots=True)
class Pop:
    """Take this screen away and show the one below."""


@dataclass(frozen=True, slots=True)
class Swap:
    """Put another screen in this one's place."""

    screen: Screen


@dataclass(frozen=True, slots=True)
class Home:
    """Take everything away, build the first screen anew, and lay a screen over it if one is given."""

    over: Screen | None = None


@dataclass(frozen=True, slots=True)
class Quit:
    """Close the program."""


@dataclass(frozen=True, slots=True)
class Stay:
    """Something changed here: show the page again."""


Move = Push | Pop | Swap | Home | Quit | Stay | None
"""Where to go next. None: the event meant nothing here."""


RING: Final = 10
"""Logical pixels kept free around what has the focus, for its ring."""


@dataclass(slots=True)
class _Place:
    """A screen on the stack, with the focus and the scroll it had, and which view in which window that was."""

    screen: Screen
    focus: str | None = None
    scroll: int = 0
    view: str = ""
    window: Metrics | None = None


WHEEL: Final = 60
"""Logical pixels for one notch of the wheel, and for an arrow key where there is nothing to focus."""


@dataclass(slots=True)
class Stage:
    """The stack of screens, and what all pages share: focus, scrolling, hover, pressing.

    `pulse`, where there is one, is asked ten times a second: for a page that follows a file.
    `hear` is told of what may be heard: "focus" where the focus moves, "choose" where a choice is taken.
    `everywhere` acts on meanings that mean the same on every screen (text size, full screen, close); it is asked
    after the page. `home` builds the first screen.
    """

    home: Callable[[], Screen]
    metrics: Metrics
    everywhere: Callable[[Event], Move] = lambda _: None
    pulse: Callable[[], Move] | None = None
    hear: Callable[[str], None] = lambda _: None
    hover: str = ""
    changed: bool = True
    running: bool = True
    _stack: list[_Place] = field(default_factory=list)
    _page: Page | None = None
    _stale: bool = True

    @property
    def screen(self) -> Screen:
        """The screen on top."""
        return self._stack[-1].screen

    @property
    def focus(self) -> str:
        """The key of the focused thing; empty where nothing is."""
        self.page()
        return self._stack[-1].focus or ""

    def start(self, *screens: Screen) -> None:
        """Begin with the first screen and these over it."""
        self._stack = [_Place(self.home()), *map(_Place, screens)]
        self._refresh()

    def resize(self, metrics: Metrics) -> None:
        """Lay out anew for another window or text size."""
        self.metrics = metrics
        self._refresh()

    def page(self) -> Page:
        """The page on top, scrolled to where it stands. Laid out once until something changes."""
        if self._page is None or self._stale:
            place = self._stack[-1]
            laid_out = self.screen.page(self.metrics)
            moved = self._enter(laid_out, place)
            keys = {thing.key for thing in laid_out.focusables()}
            if place.focus is None or (place.focus and place.focus not in keys):
                place.focus = laid_out.focus
            self._page = self._scrolled(laid_out, place)
            if moved and self._bring_into_view(self._page, place):
                self._page = self._scrolled(laid_out, place)
            self._stale = False
        return self._page

    def handle(self, event: Event) -> None:
        """Give the page an event and carry out the answer. Laid out first, so that each event meets a page as it is."""
        takes = self.page().takes
        taken = takes(event) if takes else None
        move = taken if isinstance(taken, Move) else None
        if move is None:
            move = self._on_page(event)
        if move is None:
            move = self.screen.handle(event)
        if move is None:
            move = self.everywhere(event)
        self.carry_out(move)

    def press(self, thing: Thing) -> None:
        """Press a thing of the page, or of what a second window shows."""
        self.carry_out(self._press(thing))

    def carry_out(self, move: Move) -> None:
        """Do what a screen answered."""
        match move:
            case None:
                return
            case Push(screen):
                self._stack.append(_Place(screen))
            case Pop():
                if len(self._stack) > 1:
                    self._stack.pop()
            case Swap(screen):
                self._stack[-1] = _Place(screen)
            case Home(over):
                self._stack = [_Place(self.home()), *([_Place(over)] if over else [])]
            case Quit():
                self.running = False
            case Stay():
                pass
        self._refresh()

    def _refresh(self) -> None:
        self._stale = True
        self.changed = True
        self.hover = ""

    def _on_page(self, event: Event) -> Move:
        match event:
            case Point(x, y):
                return self._hover(x, y)
            case Click(x, y):
                return self._click(x, y)
            case Scroll(notches):
                return self._scroll(round(notches * self.metrics.u(WHEEL)))
            case Pick(number):
                return self._pick(number)
            case Resized() | Typed() | Ticked():
                return None
        on_page = _ON_PAGE.get(event)
        return on_page(self) if on_page else None

    def _press(self, thing: Thing | None) -> Move:
        if thing is None or thing.disabled:
            return None
        if thing.role == "choice":
            self.hear("choose")
        return _answer(thing.press)

    def _confirm(self) -> Move:
        page = self.page()
        focused = page.find(self.focus) if self.focus else None
        if focused is not None:
            return self._press(focused)
        if page.confirm is not None:
            return _answer(page.confirm)
        deciding = any(thing.role == "choice" for thing in page.focusables())
        return None if deciding else self._step(1)  # one press too many at a decision does nothing at all

    def _click(self, x: int, y: int) -> Move:
        page = self.page()
        thing = page.at(x, y)
        if thing is not None:
            return self._press(thing)
        return _answer(page.confirm) if page.confirm_anywhere else None

    def _pick(self, number: int) -> Move:
        choices = [thing for thing in self.page().focusables() if thing.role in ("choice", "option")]
        return self._press(choices[number - 1]) if number <= len(choices) else None

    def _hover(self, x: int, y: int) -> Move:
        thing = self.page().at(x, y)
        key = thing.key if thing else ""
        if key != self.hover:
            self.hover = key
            self.changed = True
        return None

    def _step(self, by: int, *, wrap: bool = True) -> Move:
        """Move the focus along the page's things; where there are none, scroll."""
        things = self.page().focusables()
        keys = [thing.key for thing in things]
        if not keys:
            return self._scroll(by * self.metrics.u(WHEEL))
        if self.focus not in keys:
            return self._focus_on(keys[0] if by > 0 else keys[-1])
        place = keys.index(self.focus) + by
        if not wrap and not 0 <= place < len(keys):
            return self._scroll(by * self.metrics.u(WHEEL))
        return self._focus_on(keys[place % len(keys)])

    def _arrow(self, by: int) -> Move:
        """An arrow moves among the choices where the page has some, else among all that can be focused."""
        choices = [thing.key for thing in self.page().focusables() if thing.role == "choice"]
        if not choices:
            return self._step(by, wrap=False)
        if self.focus not in choices:
            return self._focus_on(choices[0] if by > 0 else choices[-1])
        return self._focus_on(choices[(choices.index(self.focus) + by) % len(choices)])

    def _focus_on(self, key: str) -> Move:
        place = self._stack[-1]
        if place.focus != key:
            self.hear("focus")
        place.focus = key
        follows = self.page().follows
        if follows:
            follows(key)
            self._stale = True
        self._stale |= self._bring_into_view(self.page(), place)
        self.changed = True
        return None

    def _bring_into_view(self, page: Page, place: _Place) -> bool:
        """Scroll so that what has the focus is seen with its ring, its beginning first. Whether that was needed."""
        scroller, thing = page.scroller(), page.find(place.focus or "")
        if not (place.focus and scroller and thing and any(inner is thing for inner in scroller.walk())):
            return False
        margin = self.metrics.u(RING)
        around = page.around(thing)
        rect = around if around.h + 2 * margin <= scroller.rect.h else thing.rect
        over = rect.bottom + margin - scroller.rect.bottom
        under = scroller.rect.y - rect.y + margin
        if over > 0:
            place.scroll += min(over, max(0, -under))
        elif under > 0:
            place.scroll -= under
        return over > 0 or under > 0

    def _scroll(self, by: int) -> Move:
        place = self._stack[-1]
        before = place.scroll
        place.scroll += by
        self._stale = True
        self.page()
        if place.scroll != before:
            self.changed = True
        return None

    def _leaf(self, by: int) -> Move:
        """Page Down and Page Up: a view further, or on to what Confirm does where there is no further (a clicker)."""
        scroller = self.page().scroller()
        if scroller is not None:
            before = self._stack[-1].scroll
            self._scroll(by * round(scroller.rect.h * 0.85))
            if self._stack[-1].scroll != before:
                return None
        return _answer(self.page().confirm) if by > 0 else self.screen.handle(Meaning.STEP_BACK)

    def _enter(self, page: Page, place: _Place) -> bool:
        """Where the page shows another view than before, begin at its top, and with its own focus if there was none.

        Whether the view, the window or the text size is another than before.
        """
        scroller = page.scroller()
        view = scroller.key if scroller else ""
        moved = view != place.view or self.metrics != place.window
        if view != place.view:
            place.view, place.scroll, place.focus = view, 0, place.focus or None
        place.window = self.metrics
        return moved

    def _scrolled(self, page: Page, place: _Place) -> Page:
        """The page with its scrolling part moved, and `place.scroll` kept within what there is."""
        scroller = page.scroller()
        if scroller is None:
            return page
        over = content_bottom(scroller) - scroller.rect.bottom
        most = over + self.metrics.u(RING) if over > 0 else 0
        place.scroll = max(0, min(most, place.scroll))
        if not place.scroll:
            return page
        return replace(page, root=_shifted(page.root, place.scroll))


def _answer(press: Callable[[], object] | None) -> Move:
    """What pressing answered: a move, or (where it answered nothing) that the page may look different now."""
    if press is None:
        return None
    answer = press()
    return answer if isinstance(answer, Move) and answer is not None else Stay()


def _shifted(thing: Thing, by: int) -> Thing:
    if thing.scrolls:
        return replace(thing, children=tuple(child.moved(0, -by) for child in thing.children))
    return replace(thing, children=tuple(_shifted(child, by) for child in thing.children))


_ON_PAGE: Final[Mapping[Event, Callable[[Stage], Move]]] = {
    Meaning.NEXT: lambda stage: stage._step(1),
    Meaning.PREVIOUS: lambda stage: stage._step(-1),
    Meaning.DOWN: lambda stage: stage._arrow(1),
    Meaning.UP: lambda stage: stage._arrow(-1),
    Meaning.CONFIRM: Stage._confirm,
    Meaning.PAGE_DOWN: lambda stage: stage._leaf(1),
    Meaning.PAGE_UP: lambda stage: stage._leaf(-1),
    Meaning.TOP: lambda stage: stage._scroll(-1_000_000),
}
"""What each meaning does on every page."""


def visible(page: Page) -> tuple[Thing, ...]:
    """Everything that can be seen: inside the window, and inside the view where it scrolls. For tests and speech."""
    return tuple(_visible(page.root, page.root.rect))


def _visible(thing: Thing, view: Rect) -> list[Thing]:
    seen = [thing] if thing.rect.meet(view).w and thing.rect.meet(view).h else []
    inner = thing.rect.meet(view) if thing.scrolls or thing.clips else view
    return seen + [found for child in thing.children for found in _visible(child, inner)]
