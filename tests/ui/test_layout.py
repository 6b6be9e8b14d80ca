"""Every page at every size of window and text: nothing outside, nothing cut, nothing over another, all in reach.

Only rectangles are looked at; nothing is drawn. Pages that are laid out the same are looked at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations
from typing import Final

import pytest

from game.ui import Meaning, Metrics, Page, Rect, Stage, Thing, Type, content_bottom
from game.ui.events import Scroll
from game.ui.theme import TARGET
from tests.ui.conftest import Look

SIZES: Final = ((1024, 600), (1280, 720), (1366, 768), (1920, 1080), (3440, 1440), (1024, 768), (640, 400))
SCALES: Final = (1.0, 1.5, 2.0)

everywhere = pytest.mark.parametrize(
    ("size", "scale"),
    [(size, scale) for size in SIZES for scale in SCALES],
    ids=lambda value: f"{value[0]}x{value[1]}" if isinstance(value, tuple) else f"{round(value * 100)}%",
)

RUN_OVER: Final = {"room", "picture", "person"}
"""Pictures that may run over the window's edge; what of them must be seen is held by `test_staging`."""

BOXES: Final = {"board", "card", "note", "plate", "tint", "panel", "quote"}


@everywhere
def test_every_page_fits_and_everything_on_it_can_be_reached(
    looks: tuple[Look, ...], type_: Type, size: tuple[int, int], scale: float
) -> None:
    metrics = Metrics(*size, scale, type_)
    wrong: list[str] = []
    for look in _dealt(looks, SIZES.index(size) + SCALES.index(scale)):
        page = look.screen.page(metrics)
        wrong += [f"{look.name}: {problem}" for problem in _problems(page, metrics)]
        wrong += [f"{look.name}: {problem}" for problem in _out_of_reach(look, page, metrics)]
    assert wrong[:12] == []


def _dealt(looks: tuple[Look, ...], turn: int) -> Iterator[Look]:
    """All pages, but of the many that tell one line only every third and the longest of all.

    The turn goes round, so that in the three text sizes each line is looked at once at every size of window.
    """
    lines = [look for look in looks if look.tells]
    longest = sorted(lines, key=lambda look: look.tells, reverse=True)[:40]
    return chain((look for look in looks if not look.tells), lines[turn % 3 :: 3], longest)


def test_pages_of_every_kind_are_looked_at(looks: tuple[Look, ...]) -> None:
    kinds = {type(look.screen).__name__ for look in looks}
    assert kinds == {
        "DebriefScreen",
        "EndingScreen",
        "HomeScreen",
        "LogScreen",
        "MenuScreen",
        "MistakesScreen",
        "NoticeScreen",
        "OopsScreen",
        "PlayScreen",
        "PreviewScreen",
        "SettingsScreen",
        "SureScreen",
        "ViewScreen",
        "WelcomeScreen",
    }
    assert len(looks) > 500


# ---- what can be wrong --------------------------------------------------------


def _problems(page: Page, m: Metrics) -> Iterator[str]:
    scroller = page.scroller()
    within = {id(thing) for thing in scroller.walk()} - {id(scroller)} if scroller else set()
    outside: list[Thing] = []
    inside: list[Thing] = []
    for thing in page.root.walk():
        yield from _badly_made(thing, m)
        (inside if id(thing) in within else outside).append(thing)
    told = [thing for thing in outside if thing.look not in RUN_OVER]
    yield from (f"{_told(thing)} lies outside the window" for thing in told if not thing.rect.within(m.window))
    if scroller:
        yield from _beside(scroller, inside)
        if scroller.rect.h < m.line_height("body") and inside:
            yield f"the view is only {scroller.rect.h} high, less than a line"
        covered = [thing for thing in outside if _matters(thing) and _meet(thing.rect, scroller.rect)]
        yield from (f"{_told(thing)} lies over what scrolls" for thing in covered)
    for group in (outside, inside):
        told = [thing for thing in group if _matters(thing)]
        yield from (f"{_told(a)} lies over {_told(b)}" for a, b in combinations(told, 2) if _over(a, b))
    yield from _not_in_card(scroller, outside)


def _badly_made(thing: Thing, m: Metrics) -> Iterator[str]:
    rect, text = thing.rect, thing.text
    if rect.w <= 0 or rect.h <= 0:
        yield f"{_told(thing)} is empty"
    if text is not None and (text.width > rect.w or text.height > rect.h):
        yield f"{_told(thing)} is larger ({text.width} x {text.height}) than its place ({rect.w} x {rect.h})"
    if text is not None and not any(text.lines):
        yield f"{_told(thing)} has no words"
    if thing.focusable and (rect.h < m.u(TARGET) or rect.w < m.u(TARGET)):
        yield f"{_told(thing)} is too small to press: {rect.w} x {rect.h}, not {m.u(TARGET)}"
    if thing.look in BOXES:
        yield from (f"{_told(child)} sticks out of its box" for child in thing.children if not child.rect.within(rect))


def _beside(scroller: Thing, inside: list[Thing]) -> Iterator[str]:
    view = scroller.rect
    for thing in inside:
        if thing.rect.x < view.x or thing.rect.right > view.right or thing.rect.y < view.y:
            yield f"{_told(thing)} {tuple(thing.rect)} is cut off by the view {tuple(view)}"


def _not_in_card(scroller: Thing | None, outside: list[Thing]) -> Iterator[str]:
    """Where a page has one card, what scrolls and the buttons at its foot lie on it."""
    cards = [thing for thing in outside if thing.look == "card"]
    bar = next((thing.rect for thing in outside if thing.look == "bar"), Rect(0, 0, 0, 0))
    if len(cards) != 1 or scroller is None:
        return
    for thing in (scroller, *outside):
        below = thing.rect.y >= bar.bottom
        if (thing.scrolls or thing.focusable) and below and not thing.rect.within(cards[0].rect):
            yield f"{_told(thing)} does not lie on its card"


def _out_of_reach(look: Look, page: Page, m: Metrics) -> Iterator[str]:
    """What cannot be brought into view with Tab; on a page that does not scroll all of it is in view."""
    scroller = page.scroller()
    if scroller is None or content_bottom(scroller) <= scroller.rect.bottom:
        return
    stage = Stage(lambda: look.screen, m)
    stage.start()
    stage.handle(Meaning.TOP)
    keys = [thing.key for thing in stage.page().focusables()]
    if len(set(keys)) != len(keys):
        yield f"two things share a key: {keys}"
    reached = set()
    for meaning in (*[Meaning.NEXT] * len(keys), *[Meaning.PREVIOUS] * len(keys)):
        stage.handle(meaning)
        reached.add(stage.focus)
        yield from _hidden(stage)
    yield from (f"{key} is never reached" for key in set(keys) - reached)
    stage.handle(Scroll(10_000))
    view = stage.page().scroller()
    if view is not None and content_bottom(view) > view.rect.bottom:
        yield "its end cannot be scrolled to"


def _hidden(stage: Stage) -> Iterator[str]:
    page = stage.page()
    thing, scroller = page.find(stage.focus), page.scroller()
    if thing is None or scroller is None:
        yield f"the focus {stage.focus!r} is nowhere"
        return
    if all(inner is not thing for inner in scroller.walk()):
        return
    view = scroller.rect
    if thing.rect.h <= view.h and not thing.rect.within(view):
        yield f"{_told(thing)} has the focus and is not wholly in view"
    if thing.rect.h > view.h and not view.y <= thing.rect.y < view.bottom:
        yield f"{_told(thing)} has the focus and its beginning is not in view"


def _matters(thing: Thing) -> bool:
    return thing.text is not None or thing.press is not None


def _meet(one: Rect, other: Rect) -> bool:
    shared = one.meet(other)
    return shared.w > 0 and shared.h > 0


def _over(one: Thing, other: Thing) -> bool:
    return _meet(one.rect, other.rect)


def _told(thing: Thing) -> str:
    return f"{thing.role} {(thing.name or thing.key or thing.look)[:40]!r}"
