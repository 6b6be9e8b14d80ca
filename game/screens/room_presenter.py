"""Owns the presenter's page of a session: what the room sees and what comes next, what to do and ask, counts, time,
keys. Never shows a count before its reveal where the room could see this page (`masked`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from game.pictures import Kit
from game.screens.frame import make
from game.screens.room_clock import SOON, Left
from game.screens.room_entry import Counting, Entry, Freeing, Heads, Noting
from game.screens.room_lobby import Naming
from game.screens.room_projector import projected
from game.screens.room_slide import Now
from game.screens.room_type import AMBER, TEAL_DK, Block, badge, height, laid, literal, ring
from game.training import FIRST_WHAT_IF, Room, RoomNotes, Step, do_of
from game.ui import Flow, Metrics, Rect, Thing
from game.words import say

ALONE: Final = Now()
"""A page of the projector with nothing besides."""

MASK: Final = "••"
LARGEST: Final = 1.5
"""The largest text size of this page: beyond it too little would fit."""

MASKED: Final = 8
"""Dots for a line that is hidden, at the most: how long it is says something too, and there is one row for it."""

HIDDEN: Final = frozenset({Step.QUESTION, Step.SILENT, Step.SHOW, Step.DISCUSS, Step.SHOW_AGAIN, Step.WHAT_IF})
"""Steps at which no count may reach the room."""

_OF_DECISION: Final = HIDDEN | {Step.REVEAL, Step.ROLES, Step.BRANCH, Step.WOULD}
"""Steps of which it is told which decision they are about."""


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press with the mouse: its words with their key, and what it does."""

    key: str
    words: str
    press: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Desk:
    """What the presenter's page shows besides the room.

    `asked` is a question that waits for Enter. `told` are sentences about the program: where the report is, what a key
    could not do. `screen` is the projector's size in real pixels, `leaf` and `leaves` what of the step it shows, and
    `now` what else. `hint` is on the phones' votes, without a word on what they say. `warned` is what must not be
    overlooked. `judged` are the words from a phone that wait, and what can be done with them. `seen` and `door` are
    there while phones are let in: what the room sees then, in a window, and the notes in place of the step's, in a
    width and height.
    """

    left: Left | None
    entry: Entry | None
    asked: str
    told: tuple[str, ...]
    masked: bool
    blank: bool
    screen: tuple[int, int]
    leaf: int
    leaves: int
    buttons: tuple[Button, ...]
    counters: tuple[Callable[[int], object], ...]
    warned: tuple[str, ...] = ()
    seen: Callable[[Metrics], Thing] | None = None
    door: Callable[[Metrics, int, int], list[Block]] | None = None
    hint: str = ""
    now: Now = ALONE
    judged: tuple[str, ...] = ()


def presented(m: Metrics, kit: Kit, room: Room, desk: Desk) -> Thing:
    """The presenter's page in this window."""
    m = replace(m, scale=min(m.scale, LARGEST))
    notes = room.notes
    pad = m.u(20)
    top = _bar(m, room, notes, desk)
    foot = _buttons(m, desk, pad)
    low = m.height - (foot[0].rect.h + 2 * m.u(14)) if foot else m.height - pad
    first = top.rect.bottom + m.u(14)
    left_w = round((m.width - 3 * pad) * 0.42)
    right = Rect(2 * pad + left_w, first, m.width - 3 * pad - left_w, low - first)
    shots = _shots(m, kit, room, desk, Rect(pad, first, left_w, low - first))
    blocks = _fitting(_notes(m, room, notes, desk, right), right.h)
    ground = Thing("decoration", "", m.window, key="ground", look="plain", detail="#fbf7f0")
    line = (low - foot[0].rect.y + m.u(12)) if foot else 0
    children = (ground, top, *shots, *laid(blocks, right.x, right.y), *(thing.moved(0, line) for thing in foot))
    return Thing("page", say("present.title"), m.window, children=children)


def _bar(m: Metrics, room: Room, notes: RoomNotes, desk: Desk) -> Thing:
    """Where one is, and the time at the right."""
    high = m.u(64)
    title = say("present.step", step=notes.title, leaf=desk.leaf + 1, leaves=desk.leaves)
    title = title if desk.leaves > 1 else notes.title
    told = m.text(title, "pill", Rect(m.u(20), 0, m.width // 2, 0), role="heading")
    things = [told.moved(0, (high - told.rect.h) // 2)]
    number = room.spot.number
    if number and room.step in _OF_DECISION:
        of = m.text(say("present.decision", number=number), "bar", Rect(0, 0, m.width // 3, 0))
        things.append(of.moved(things[0].rect.right + m.u(20), (high - of.rect.h) // 2))
    if desk.blank:
        said = m.text(say("present.is-blank"), "bar-title", Rect(0, 0, m.width // 3, 0), role="status")
        things.append(said.moved(m.width * 11 // 20, (high - said.rect.h) // 2))
    if desk.left:
        things += _time(m, desk.left, high)
    return Thing("group", notes.title, Rect(0, 0, m.width, high), look="bar", children=tuple(things))


def _time(m: Metrics, left: Left, high: int) -> list[Thing]:
    """The time that is left, with its ring."""
    clock = m.text(left.words, "pill", Rect(0, 0, m.width // 4, 0), role="status")
    x = m.width - m.u(20) - clock.rect.w
    side = m.u(40)
    part = left.seconds / left.of if left.of else 0.0
    colour = AMBER if left.seconds <= SOON else "#ffffff"
    mark = ring(Rect(x - side - m.u(12), (high - side) // 2, side, side), part, colour, "#11585e")
    return [mark, clock.moved(x, (high - clock.rect.h) // 2)]


def _shots(m: Metrics, kit: Kit, room: Room, desk: Desk, area: Rect) -> list[Thing]:
    """Small pictures of what the room sees and of what comes next; the next only where the room cannot see it."""
    wide, high = desk.screen
    label = m.line_height("small-bold") + m.u(4)
    tall = min(round(area.w * high / wide), (area.h - 2 * label - m.u(16)) * 5 // 9)
    seen = desk.seen or partial(_step, kit=kit, room=room, leaf=desk.leaf, now=desk.now)
    things = _shot(m, seen, say("present.seen"), Rect(area.x, area.y, round(tall * wide / high), tall), area.w)
    if desk.masked and room.step in HIDDEN:
        return things
    y = things[-1].rect.bottom + m.u(12)
    left = area.bottom - y - label
    small = min(left, round(area.w * 0.8 * high / wide))
    if small < m.u(90):
        return things
    ahead, leaf = (room, desk.leaf + 1) if desk.leaf + 1 < desk.leaves else (room.next(), 0)
    if desk.seen:  # the step itself lies below
        ahead, leaf = room, desk.leaf
    elif ahead is room and leaf == 0:
        return things
    words = say("present.next", next=ahead.notes.title)
    coming = partial(_step, kit=kit, room=ahead, leaf=leaf)
    return [*things, *_shot(m, coming, words, Rect(area.x, y, round(small * wide / high), small), area.w)]


def _step(m: Metrics, *, kit: Kit, room: Room, leaf: int, now: Now = ALONE) -> Thing:
    return projected(m, kit, room, leaf, now).root


def _shot(m: Metrics, page: Callable[[Metrics], Thing], label: str, rect: Rect, wide: int) -> list[Thing]:
    """A page of the projector, laid out as small as this, in a frame; its label may be so wide."""
    told = m.text(label, "small-bold", Rect(rect.x, rect.y, wide, 0))
    y = told.rect.bottom + m.u(4)
    shown = page(Metrics(rect.w, rect.h, 1.0, m.type))
    inside = tuple(child.moved(rect.x, y) for child in shown.children)
    frame = Rect(rect.x, y, rect.w, rect.h)
    edge = Thing("decoration", "", frame.grown(m.u(2)), look="plain", detail=TEAL_DK)
    return [told, edge, Thing("group", label, frame, clips=True, children=inside)]


# ---- notes ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Note:
    """A block of the notes, and how soon it goes where there is too little room: the highest `rank` first.

    What is `less` comes in its place then, where there is such a thing.
    """

    rank: int
    block: Block
    less: _Note | None = None


def _fitting(notes: Sequence[_Note], high: int) -> list[Block]:
    """The notes that have room one below the other: the least important is left out first, or the last of such."""
    kept = list(notes)
    while len(kept) > 1 and height([note.block for note in kept]) > high:
        place = max(range(len(kept)), key=lambda place: (kept[place].rank, place))
        less = kept[place].less
        kept[place : place + 1] = [less] if less else []
    return [note.block for note in kept]


def _notes(m: Metrics, room: Room, notes: RoomNotes, desk: Desk, area: Rect) -> list[_Note]:
    """What to do and ask, each with how soon it may be left out. While cards are counted, not what is counted."""
    width = area.w
    found = [_Note(0, _noted(m, desk.asked, width))] if desk.asked else []
    found += [_Note(1, _noted(m, warning, width)) for warning in (*notes.warnings, *desk.warned)]
    if desk.entry is not None:
        found += _entry(m, desk.entry, desk.masked, width)
    if desk.judged:
        found.append(_Note(2, _noted(m, desk.judged[0], width, *desk.judged[1:])))
    if desk.door is not None:
        blocks = desk.door(m, width, area.h - height([note.block for note in found]))
        blocks += [_words(m, sentence, "small-ink", width) for sentence in desk.told]
        return [*found, *(_Note(place + 2, block) for place, block in enumerate(blocks))]
    do = do_of(room.step, phones=desk.now.phones)
    found.append(_Note(3, _words(m, do, "name", width)))
    if desk.hint:
        found.append(_Note(4, _words(m, say("present.hint", hint=desk.hint), "body", width)))
    masked = desk.masked and notes.round > 0
    aside = room.step is Step.WHAT_IF and desk.entry is None and notes.counts is not None and notes.counts.empty
    if notes.counts is not None and not aside:
        found.append(_count(m, notes, desk, masked, width))
    if notes.hint and not masked:
        found.append(_Note(6, _words(m, say("present.hint", hint=notes.hint), "body", width)))
    found += [_Note(7, _words(m, question, "body", width, dot=True)) for question in notes.questions]
    found += [_Note(8, _words(m, sentence, "small-ink", width)) for sentence in desk.told]
    keys = [(key, does) for key, does in notes.keys if key != "O" or room.other_branches]
    if keys:
        told = " ".join(say("present.key", letter=key, does=does) for key, does in keys)
        found.append(_Note(9, _words(m, told, "small-ink", width)))
    return [*found, _Note(10, _words(m, say("present.more-keys"), "small", width))]


def _words(m: Metrics, text: str, style: str, width: int, *, dot: bool = False) -> Block:
    inset = m.u(22) if dot else 0
    told = m.text(text, style, Rect(inset, 0, width - inset, 0))
    side = m.u(8)
    mark = Thing(
        "decoration",
        "",
        Rect(m.u(4), (m.line_height(style) - side) // 2, side, side),
        look="plain",
        detail=TEAL_DK,
    )
    return Block((mark, told) if dot else (told,), told.rect.h, m.u(10))


def _noted(m: Metrics, text: str, width: int, *more: str) -> Block:
    """A sentence on a tinted ground, and what can be done about it in smaller letters."""
    pad = m.u(12)
    told = [m.text(text, "bold", Rect(pad, pad, width - 2 * pad, 0), role="status")]
    for words in more:
        told.append(m.text(words, "small-ink", Rect(pad, told[-1].rect.bottom + m.u(4), width - 2 * pad, 0)))
    rect = Rect(0, 0, width, told[-1].rect.bottom + pad)
    return Block((Thing("status", text, rect, look="note", children=tuple(told)),), rect.h, m.u(12))


def _entry(m: Metrics, entry: Entry, masked: bool, width: int) -> list[_Note]:
    """The open line: what it is for, what was typed so far, and why it was not taken; its keys where there is room."""
    told = entry_words(entry, masked=masked)
    short = [(words, style) for words, style in told if style != "small-ink"]
    return [_Note(6, _line(m, entry, told, width), _Note(0, _line(m, entry, short, width)))]


def _line(m: Metrics, entry: Entry, told: Sequence[tuple[str, str]], width: int) -> Block:
    pad = m.u(14)
    flow = Flow(m, pad, pad, width - 2 * pad)
    for words, style in told:
        if isinstance(entry, Naming) and style == "body":
            for thing in literal(m, words, style, width - 2 * pad).at(pad, flow.y):
                flow.add(thing)
        else:
            flow.text(words, style)
    rect = Rect(0, 0, width, flow.y + pad)
    return Block((Thing("group", "", rect, look="note", children=tuple(flow.things)),), rect.h, m.u(12))


def entry_words(entry: Entry, *, masked: bool) -> list[tuple[str, str]]:
    """What is said of an open line, each sentence with its style."""
    if isinstance(entry, Noting):
        told = [(say("present.note", column=say(f"room.column.{entry.column}")), "bold"), (f"{entry.line}|", "body")]
        return [*told, (say("present.note-keys"), "small-ink")]
    if isinstance(entry, Heads):
        return [(say("present.heads"), "bold"), (f"{entry.line}|", "body")]
    if isinstance(entry, Freeing):
        told = [(say("present.free"), "bold"), (f"{entry.line}|", "body"), (say("present.free-keys"), "small-ink")]
        named = [say("present.free-table", table=each.table, people=each.people) for each in entry.tables]
        return [*told, (say("present.free-tables", tables=", ".join(named)), "small-ink")] if named else told
    if isinstance(entry, Naming):
        told = [(entry.asks, "bold"), (f"{entry.line}|", "body")]
        told += [(entry.reason, "attention")] if entry.reason else []
        kept = "" if entry.what == "name" else say("lobby.not-kept")
        return [*told, (f"{say('lobby.line-keys')} {kept}", "small-ink")]
    line = "•" * min(len(entry.line), MASKED) if masked else entry.line
    where = say("present.count-table", table=entry.table) if entry.table else say("present.count")
    told = [(where, "bold"), (f"{line}|", "body")]
    if entry.reason:
        told.append((say("present.again") if masked else entry.reason, "attention"))
    return [*told, (say("present.count-keys"), "small-ink")]


def _count(m: Metrics, notes: RoomNotes, desk: Desk, masked: bool, width: int) -> _Note:
    """The counts; while they are open, with buttons as far as there is room, and they are the last to go."""
    whole = _counts(m, notes, desk, masked, width)
    if not isinstance(desk.entry, Counting):
        return _Note(5, whole)
    return _Note(2, whole, _Note(0, _counts(m, notes, replace(desk, counters=()), masked, width)))


def _counts(m: Metrics, notes: RoomNotes, desk: Desk, masked: bool, width: int) -> Block:
    """The count of each letter with a button to add and to take; masked where the room could see it."""
    tally = notes.counts
    assert tally is not None
    side = max(m.u(44), m.line_height("title"), m.line_height("quiet") + 2 * m.u(8))
    named = say("room.would") if notes.round >= FIRST_WHAT_IF else say("present.round", round=notes.round)
    told = m.text(named, "small-bold", Rect(0, 0, width, 0))
    things: list[Thing] = [told]
    y = told.rect.bottom + m.u(6)
    x = 0
    for place, option in enumerate(notes.options):
        number = say(f"room.guess.{tally.guesses[place]}") if tally.guesses[place] else str(tally.heads[place])
        shown = m.text(MASK if masked else number, "title", Rect(0, 0, width, 0))
        mark = badge(m, option.letter, Rect(x, y, side, side), TEAL_DK, "pill")
        here = [mark, shown.moved(mark.rect.right + m.u(10), y + (side - shown.rect.h) // 2)]
        edge = here[-1].rect.right + m.u(10)
        for by, press in _adding(desk, place):
            key = f"count-{option.letter}-{'more' if by > 0 else 'fewer'}"
            named = say("present.add" if by > 0 else "present.take", letter=option.letter)
            button = make(m, named, press, key=key)(Rect(edge, y, width, 0))
            here.append(button)
            edge = button.rect.right + m.u(6)
        if edge > width and x:
            dx, dy = -x, side + m.u(8)
            here = [thing.moved(dx, dy) for thing in here]
            y, edge = y + dy, edge + dx
        things += here
        x = edge + m.u(18)
    high = y + side
    if any(tally.guesses) and not tally.total:
        return Block(tuple(things), high, m.u(12))
    total = say("present.total", total=tally.total)
    last = m.text(total, "small-ink", Rect(0, high + m.u(6), width, 0))
    return Block((*things, last), last.rect.bottom, m.u(12))


def _adding(desk: Desk, place: int) -> Sequence[tuple[int, Callable[[], object]]]:
    """Buttons for a count that is open: one more, one fewer."""
    if not isinstance(desk.entry, Counting) or place >= len(desk.counters):
        return ()
    count = desk.counters[place]
    return [(1, lambda: count(1)), (-1, lambda: count(-1))]


def _buttons(m: Metrics, desk: Desk, pad: int) -> list[Thing]:
    flow = Flow(m, pad, 0, m.width - 2 * pad)
    flow.row([make(m, button.words, button.press, key=button.key) for button in desk.buttons], gap=8)
    if not flow.things:
        return []
    return [Thing("group", "", Rect(pad, 0, m.width - 2 * pad, flow.y), key="keys", children=tuple(flow.things))]
