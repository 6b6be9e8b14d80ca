"""Owns the page by which phones come in: the code, the address, and what is promised. Never opens anything."""

from __future__ import annotations

from typing import Final

from game.net import Code, code_of
from game.screens.room_phones import PhoneLine
from game.screens.room_type import INK, PAPER, SIDE, laid, tall, words
from game.ui import Metrics, Rect, Thing
from game.words import say

CODE: Final = 0.62
"""The code's side as a part of the window's height: read from ten times as far (design note `room.md`, 1d)."""


def joining(m: Metrics, line: PhoneLine) -> Thing:
    """The join page in this window."""
    opened = line.opened
    ground = Thing("decoration", "", m.window, key="ground", look="plain", detail=PAPER)
    x, edge = m.u(SIDE), tall(m, 24)
    if opened is None:
        told = words(m, line.trouble or say("phones.closed"), "room-words", m.width - 2 * x, m.height - 2 * edge)
        return Thing("page", say("phones.join"), m.window, children=(ground, *laid(told, x, edge)))
    code = code_of(opened.typed)
    module = max(2, min(round(m.height * CODE), (m.width - 3 * x) // 2) // code.size)
    side = module * code.size
    square = Rect(x, (m.height - side) // 2, side, side)
    picture = Thing("image", say("phones.code", address=opened.typed), square, key="code", look="drawing")
    left = square.right + x
    width = m.width - left - x
    title = words(m, say("phones.join"), "room-title", width, m.height)
    said = [
        *title,
        *words(m, opened.typed, "room-bold", width, m.height, key="address"),
        *words(m, say("phones.promise"), "room-words", width, m.height),
        *words(m, _standing(line), "room-bold", width, m.height, key="phones"),
        *(words(m, say("phones.reached"), "room-words", width, m.height) if line.reached else []),
        *(words(m, line.trouble, "room-words", width, m.height) if line.trouble else []),
    ]
    things = (ground, _drawn(picture, code, module), *laid(said, left, edge))
    return Thing("page", say("phones.join"), m.window, children=things)


def _standing(line: PhoneLine) -> str:
    standing = line.standing
    told = say("phones.one-in") if standing.phones == 1 else say("phones.in", count=standing.phones)
    told += f" {say('phones.full')}" if standing.full else ""
    told += f" {say('phones.tables')}" if line.tables else ""
    return f"{told} {say('phones.locked')}" if standing.locked else told


def _drawn(thing: Thing, code: Code, module: int) -> Thing:
    """The code's dark modules as one path, each a whole number of pixels, on white."""
    dark = "".join(
        f"M{x * module} {y * module}h{module}v{module}h{-module}z"
        for y, row in enumerate(code.rows)
        for x, on in enumerate(row)
        if on
    )
    side = code.size * module
    svg = f'<rect width="{side}" height="{side}" fill="#ffffff"/><path d="{dark}" fill="{INK}"/>'
    return Thing(thing.role, thing.name, thing.rect, key=thing.key, look=thing.look, detail=svg)
