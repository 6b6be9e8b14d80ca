"""Owns the pages by which phones come in: the code, the address, what is promised, and what helps when nobody comes.
Never opens anything, and knows nothing of the session but how many people there are.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from game.net import QUIET, Code, Opened, code_of, ladder, wifi_code
from game.screens.room_lobby import Lobby, Router
from game.screens.room_phones import PhoneLine
from game.screens.room_standing import standing
from game.screens.room_type import INK, PAPER, SIDE, TEAL_DK, Block, band, height, laid, literal, tall, words
from game.ui import TEXT_SIZES, Metrics, Rect, Thing
from game.words import say

CODE: Final = 0.6
"""The least side of the code as a part of the window's height: read from ten times as far (`room.md`, 1d)."""

LARGE: Final = 0.8
"""The most that it takes, where there is room."""

PRINT: Final = "body"
"""What the trainer reads at the one screen there is, and the rest of the room need not."""

KEYS: Final = "small-ink"

STRIP: Final = 0.13
"""The part of the window's height that its keys take at the most."""

Beside = Callable[[int], Sequence[list[Block]]]
"""The words beside a code in a width: all of them, then fewer and fewer."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """All that the way in shows.

    `foot` is what the one screen says of what the trainer does, `typed` a line to be shown as it is. `alone` says that
    there is only that one, so that what helps the trainer is on it too. `platform` is what `sys.platform` says.
    """

    line: PhoneLine
    lobby: Lobby
    people: int | None
    now: datetime
    foot: str = ""
    typed: str = ""
    alone: bool = False
    platform: str = sys.platform

    @property
    def help(self) -> tuple[str, ...]:
        """The ladder, where it is due."""
        opened = self.line.opened
        if opened is None or not self.lobby.stuck(self.line, self.now):
            return ()
        steps = ladder(self.platform, opened.port)
        return tuple(say("lobby.step", number=place + 1, step=step) for place, step in enumerate(steps))


def joining(m: Metrics, entrance: Entrance) -> Thing:
    """What is on the wall while phones are let in."""
    opened, lobby = entrance.line.opened, entrance.lobby
    foot = band(m, entrance.foot, entrance.typed)
    low = (foot[0].rect.y if foot else m.height) - tall(m, 24)
    if opened is None:
        told = words(m, entrance.line.trouble or say("phones.closed"), "room-words", m.width - 2 * m.u(SIDE), low)
        things = laid(told, m.u(SIDE), tall(m, 24))
    elif lobby.face == "code":
        things = _large(m, opened, lobby, low)
    elif lobby.face == "wifi" and lobby.router:
        things = _router(m, lobby.router, low)
    else:
        things = _page(m, entrance, opened, low)
    ground = Thing("decoration", "", m.window, key="ground", look="plain", detail=PAPER)
    return Thing("page", say("phones.join"), m.window, children=(ground, *things, *foot))


# ---- the pages --------------------------------------------------------------


def _page(m: Metrics, entrance: Entrance, opened: Opened, low: int) -> list[Thing]:
    """The code, and beside it the address, what is promised, and who is in; then what helps the trainer."""
    line, lobby, steps = entrance.line, entrance.lobby, entrance.help if entrance.alone else ()
    strip = _strip(m, entrance) if entrance.alone and not steps else []
    low -= height(strip) + tall(m, 10) if strip else 0
    title = say("lobby.open") if lobby.router else say("phones.join")

    def beside(width: int) -> list[list[Block]]:
        head, address = _title(m, title, width), _address(m, opened, width)
        people = words(m, standing(line, entrance.people), "room-bold", width, m.height, key="phones")
        news = _reached(m, line.reached, width) if line.reached else []
        news += words(m, line.trouble, "room-words", width, m.height)
        promise = words(m, say("phones.promise"), "room-words", width, m.height)
        if steps:
            room = low - tall(m, 24 + 28)
            ways: list[tuple[list[Block], list[Block]]] = [
                ([*head, *address], people),
                (address, people),
                (address, []),
            ]
            helped = [_steps(m, steps, width, room - height([*above, *below])) for above, below in ways]
            made = [[*above, *told, *below] for (above, below), told in zip(ways, helped, strict=True) if told]
            return [*made, address]
        ends = [*promise, *people, *news], [*people, *news]
        return [[*head, *address, *end] for end in ends] + [[*address, *end] for end in (ends[1], news, [])]

    name = say("phones.code", address=opened.typed)
    things = _with_words(m, code_of(opened.typed), name, beside, low, least=bool(steps))
    return [*things, *laid(strip, m.u(SIDE), low + tall(m, 10))]


def _title(m: Metrics, title: str, width: int) -> list[Block]:
    """The title on one line, if need be in smaller letters, which the back row still reads."""
    style = "room-title" if m.width_of(title, "room-title") <= width else "room-name"
    return words(m, title, style, width, m.height)


def _router(m: Metrics, router: Router, low: int) -> list[Thing]:
    """The code that joins a phone to the router's Wi-Fi, and the same in words."""

    def beside(width: int) -> list[list[Block]]:
        told = [
            *_title(m, say("lobby.wifi"), width),
            *words(m, say("lobby.wifi-network"), "room-soft", width, m.height),
            replace(literal(m, router.network, "room-bold", width), gap=0),
        ]
        if router.password:
            told += words(m, say("lobby.wifi-password"), "room-soft", width, m.height)
            told.append(replace(literal(m, router.password, "room-bold", width), gap=0))
        else:
            told += words(m, say("lobby.wifi-no-password"), "room-words", width, m.height)
        return [[*told, *words(m, say("lobby.wifi-stay"), "room-words", width, m.height)], told]

    code = wifi_code(router.network, router.password)
    return _with_words(m, code, say("lobby.wifi-code", network=router.network), beside, low, steady=True)


def _large(m: Metrics, opened: Opened, lobby: Lobby, low: int) -> list[Thing]:
    """The code as large as the window allows, and below it what it says."""
    top, wide = tall(m, 10), m.width - 2 * m.u(SIDE)
    router = lobby.router if lobby.of_router else None
    code = wifi_code(router.network, router.password) if router else code_of(opened.typed)
    name = say("lobby.wifi-code", network=router.network) if router else say("phones.code", address=opened.typed)
    below = [literal(m, router.network, "room-bold", wide)] if router else _address(m, opened, wide)
    module = max(2, min(m.width, low - top - height(below) - tall(m, 4)) // code.size)
    side = module * code.size
    things = [drawn(code, Rect((m.width - side) // 2, top, side, side), name)]
    y = top + side + tall(m, 4)
    for block in below:
        x = (m.width - max(thing.rect.w for thing in block.things)) // 2
        things += block.at(x, y)
        y += block.high
    return things


def _with_words(
    m: Metrics, code: Code, name: str, beside: Beside, low: int, *, least: bool = False, steady: bool = False
) -> list[Thing]:
    """A code at the left with words beside it: the most words that fit, and then the largest code, or the `least`.

    Where words are `steady`, no larger code breaks them onto more lines.
    """
    top, spots = tall(m, 24), _spots(m, code, low)
    tries = [(spot, beside(m.width - spot.right - m.u(SIDE))) for spot in (spots[-1:] if least else spots)]
    if steady:
        tries = [one for one in tries if height(one[1][0]) <= height(tries[-1][1][0])]
    ranks = range(len(tries[0][1]))
    fitting = ((spot, said[rank]) for rank in ranks for spot, said in tries if height(said[rank]) <= low - top)
    spot, blocks = next(fitting, (tries[-1][0], tries[-1][1][-1]))
    first = min(spot.y + QUIET * (spot.h // code.size), low - height(blocks))
    return [drawn(code, spot, name), *laid(blocks, spot.right, max(top, first))]


def _spots(m: Metrics, code: Code, low: int) -> list[Rect]:
    """Where the code may lie, the largest first; the empty modules around it are the page's margin."""
    least = max(1, min(-(-round(m.height * CODE) // code.size), low // code.size))
    most = max(least, min(round(m.height * LARGE), low, round((m.width - 2 * m.u(SIDE)) * 0.55)) // code.size)
    sides = [module * code.size for module in range(most, least - 1, -1)]
    xs = [max(0, m.u(SIDE) - QUIET * (side // code.size)) for side in sides]
    return [Rect(x, max(0, (low - side) // 2), side, side) for x, side in zip(xs, sides, strict=True)]


def spelt(opened: Opened) -> tuple[str, str, str]:
    """The address as it is typed: on one line, on two, and on three, broken where a person would."""
    host, end = f"http://{opened.host}", f":{opened.port}/{opened.code}"
    return host + end, f"{host}\n{end}", f"http://\n{opened.host}\n{end}"


def _address(m: Metrics, opened: Opened, width: int) -> list[Block]:
    ways = spelt(opened)
    fits = (way for way in ways if all(m.width_of(part, "room-bold") <= width for part in way.split("\n")))
    return words(m, next(fits, ways[-1]), "room-bold", width, m.height, key="address")


def _strip(m: Metrics, entrance: Entrance) -> list[Block]:
    """The adapter and the keys of this page, in small print."""
    adapter = entrance.line.adapter
    on = f"{adapter.name}. " if adapter else ""
    width = m.width - 2 * m.u(SIDE)
    told = on + say("lobby.keys").replace("\n", " ")
    made = [words(scale, told, KEYS, width, m.height) for scale in _scales(m)]
    return next((blocks for blocks in made if height(blocks) <= m.height * STRIP), made[-1])


def _steps(m: Metrics, steps: Sequence[str], width: int, high: int) -> list[Block]:
    """The ladder, in the largest small print that fits; nothing where none does."""
    for scale in _scales(m):
        for style in (PRINT, KEYS):
            blocks = words(scale, say("lobby.stuck"), "bold" if style == PRINT else "small-bold", width, m.height)
            blocks += [block for step in steps for block in words(scale, step, style, width, m.height, gap=6)]
            if height(blocks) <= high:
                return blocks
    return []


def _scales(m: Metrics) -> Iterator[Metrics]:
    """The window with its text size, and with ever smaller ones down to the smallest."""
    yield m
    for percent in reversed(TEXT_SIZES):
        if percent / 100 < m.scale:
            yield replace(m, scale=percent / 100)


def _reached(m: Metrics, address: str, width: int, style: str = "room-bold") -> list[Block]:
    """A tick, and the address that a phone used."""
    side = m.line_height(style) * 3 // 4
    left = side + side // 3
    spelt = address if m.width_of(address, style) <= width - left else address.replace(":", "\n:")
    told = words(m, say("phones.reached", address=spelt), style, width - left, m.height, key="reached")
    line = f"M{side * 0.1} {side * 0.55} L{side * 0.4} {side * 0.85} L{side * 0.92} {side * 0.15}"
    shape = f'<path d="{line}" fill="none" stroke="{TEAL_DK}" stroke-width="{side * 0.16}"/>'
    box = Rect(0, (m.line_height(style) - side) // 2, side, side)
    tick = Thing("image", say("phones.tick"), box, key="tick", look="drawing", detail=shape)
    first, *rest = [replace(block, things=block.at(left, 0)) for block in told]
    return [replace(first, things=(tick, *first.things)), *rest]


# ---- the presenter's page ---------------------------------------------------


def at_door(m: Metrics, width: int, high: int, entrance: Entrance) -> list[Block]:
    """What the presenter's page says while phones are let in: how it stands, what to try, the keys."""
    line, adapter = entrance.line, entrance.line.adapter
    opened, steps = line.opened, entrance.help
    blocks = words(m, say("lobby.title"), "bold", width, m.height)
    if line.reached:
        blocks += _reached(m, line.reached, width, "bold")
    elif opened is not None and not steps:
        blocks += words(m, say("lobby.try"), "body", width, m.height)
    if opened is not None:
        named = say("lobby.on", adapter=adapter.name if adapter else "", address=opened.typed)
        blocks += words(m, named, "small-ink", width, m.height, gap=8)
        blocks += words(m, standing(line, entrance.people), "bold", width, m.height, gap=8)
    blocks += words(m, line.trouble, "body", width, m.height)
    if steps:
        blocks += _steps(m, steps, width, high - height(blocks) - tall(m, 14))
    keys = say("lobby.keys")
    listed = [block for key in keys.split("\n") for block in words(m, key, "small-ink", width, m.height, gap=4)]
    if height([*blocks, *listed]) > high:
        listed = words(m, keys.replace("\n", " "), "small-ink", width, m.height)
    return [*blocks, replace(listed[0], gap=tall(m, 14)), *listed[1:]]


# ---- drawing ----------------------------------------------------------------


def drawn(code: Code, rect: Rect, name: str, key: str = "code") -> Thing:
    """The code's dark modules as one path, each a whole number of pixels; what lies behind it must be light."""
    module = rect.w // code.size
    dark = "".join(
        f"M{x * module} {y * module}h{module}v{module}h{-module}z"
        for y, row in enumerate(code.rows)
        for x, on in enumerate(row)
        if on
    )
    return Thing("image", name, rect, key=key, look="drawing", detail=f'<path d="{dark}" fill="{INK}"/>')
