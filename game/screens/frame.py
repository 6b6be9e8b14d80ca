"""Owns what the screens' pages have in common: the bar at the top, the sheet with its foot. Never what they say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from game.screens.staging import cover
from game.ui import Flow, Metrics, Page, Rect, Thing, button
from game.words import say

Make = Callable[[Rect], Thing]
"""A thing that is made once its place is known."""

BAR: Final = 56
MARGIN: Final = 28
PADDING: Final = 30
SHEET: Final = 860
"""Logical width of a sheet at text size 100 %: 45 to 70 characters a line."""


@dataclass(frozen=True, slots=True)
class Sign:
    """An icon with words, in the bar."""

    icon: str
    words: str


def make(
    m: Metrics,
    words: str,
    press: Callable[[], object],
    *,
    key: str,
    look: str = "quiet",
    icon: str = "",
    disabled: bool = False,
    chosen: bool = False,
) -> Make:
    """A button to be put wherever a row has room for it."""
    return lambda rect: button(m, words, press, rect, key=key, look=look, icon=icon, disabled=disabled, chosen=chosen)


def answer(m: Metrics, words: str, press: Callable[[], object], key: str, chosen: bool) -> Make:
    """One of a few answers: said to be chosen by its outline and by a tick, not by colour alone."""
    return lambda rect: button(
        m, words, press, rect, key=key, icon="done" if chosen else "", chosen=chosen, role="option"
    )


def bar(
    m: Metrics, title: str, signs: Sequence[Sign] = (), buttons: Sequence[tuple[str, str, Callable[[], object]]] = ()
) -> Thing:
    """The bar: a title, signs as far as there is room, and buttons at the right as (icon, words, press).

    Where the window is narrow or the text large, a button keeps its icon only (its name is still read out).
    """
    height = max(m.u(BAR), m.line_height("bar") + m.u(20))
    rect = Rect(0, 0, m.width, height)
    wide = m.width / m.scale > m.u(1100)
    right = m.width - m.u(MARGIN - 10)
    made: list[Thing] = []
    for icon, words, press in reversed(buttons):
        thing = button(m, words if wide else "", press, Rect(0, 0, m.width, 0), key=words, look="bar-button", icon=icon)
        right -= thing.rect.w
        made.insert(0, thing.moved(right, (height - thing.rect.h) // 2))
        right -= m.u(4)
    left = m.u(MARGIN)
    room = right - left - m.u(12)
    heading = m.text(_fitting(m, title, "bar-title", room), "bar-title", Rect(left, 0, max(1, room), 0), role="heading")
    heading = heading.moved(0, (height - heading.rect.h) // 2)
    told = _signs(m, signs, heading.rect.right + m.u(24), right - m.u(12), height)
    return Thing("group", title, rect, key="bar", look="bar", children=(heading, *told, *made))


def _signs(m: Metrics, signs: Sequence[Sign], left: int, right: int, height: int) -> list[Thing]:
    """As many of the signs as fit, the first first."""
    things: list[Thing] = []
    px = round(m.line_height("bar") * 0.72)
    for sign in signs:
        width = px + m.u(8) + m.width_of(sign.words, "bar")
        if left + width > right:
            break
        icon = Rect(left, (height - px) // 2, px, px)
        things.append(Thing("decoration", "", icon, look="sign", detail=sign.icon, value="#f2b544"))
        words = m.text(sign.words, "bar", Rect(icon.right + m.u(8), 0, width, 0))
        things.append(words.moved(0, (height - words.rect.h) // 2))
        left += width + m.u(22)
    return things


def _fitting(m: Metrics, words: str, style: str, width: int) -> str:
    """The words, cut with an ellipsis where they are wider than there is room."""
    if m.width_of(words, style) <= width:
        return words
    while words and m.width_of(words + "…", style) > width:
        words = words[:-1]
    return words.rstrip() + "…"


def sheet(
    m: Metrics,
    build: Callable[[Flow], None],
    foot: Sequence[Make],
    *,
    top: Thing,
    ground: Thing | None = None,
    focus: str = "",
    confirm: Callable[[], object] | None = None,
    width: float = SHEET,
    view: str = "sheet",
) -> Page:
    """A page with one card in the middle: what `build` puts into it (it scrolls where it must) and buttons below.

    `view` names what scrolls; a page of another view begins at its top. `ground` is the picture behind
    the card; the river, where there is none.
    """
    pad = m.u(PADDING)
    wide = sheet_width(m, width)
    x = (m.width - wide) // 2
    above, below = top.rect.bottom + m.u(20 if m.roomy else 10), m.u(20 if m.roomy else 10)
    content = Flow(m, x + pad, above + m.u(24), wide - 2 * pad)
    build(content)
    tallest = m.height - above - below
    footing = Flow(m, x + pad, 0, wide - 2 * pad)
    footing.row(foot)
    foot_h = footing.y + m.u(36)
    wanted = content.y - above + m.u(20) + foot_h
    if wanted > tallest:
        _more(footing)
    high = min(tallest, wanted)
    spare = max(0, (tallest - high) // 3)
    card = Rect(x, above + spare, wide, high)
    port = Rect(x + m.u(4), card.y + m.u(8), wide - m.u(8), high - foot_h - m.u(8))
    inside = Thing(
        "group", "", port, key=view, scrolls=True, children=tuple(thing.moved(0, spare) for thing in content.things)
    )
    feet = tuple(thing.moved(0, card.bottom - foot_h + m.u(14)) for thing in footing.things)
    rule = Rect(card.x + pad, card.bottom - foot_h, wide - 2 * pad, max(1, m.u(1.5)))
    line = Thing("decoration", "", rect=rule, look="rule")
    paper = Thing("group", "", card, key="card", look="card")
    children = (ground or room(m, "upstream"), top, paper, inside, line, *feet)
    return Page(Thing("page", top.name, m.window, children=children), focus=focus, confirm=confirm)


def sheet_width(m: Metrics, width: float) -> int:
    """How wide a card of this logical width is in the window, in real pixels."""
    return min(m.width - 2 * m.u(MARGIN if m.roomy else 12), round(m.u(width) * max(1.0, m.scale * 0.85)))


def _more(footing: Flow) -> None:
    """Say at the foot's right end that the card goes on, where there is room to say it."""
    m, last = footing.m, footing.things[-1].rect
    hint = m.text(say("sheet.more"), "small", Rect(0, 0, footing.width, 0))
    x = footing.x + footing.width - hint.rect.w
    if x > last.right + m.u(16):
        footing.things.append(hint.moved(x, last.y + (last.h - hint.rect.h) // 2))


def room(m: Metrics, picture: str) -> Thing:
    """A picture behind everything that says nothing by itself, its middle kept whatever the window's shape."""
    whole = Thing("decoration", "", cover(m.window), look="room", detail=picture)
    return Thing("decoration", "", m.window, key="ground", clips=True, children=(whole,))
