"""Owns the projector's pages of a session: what `room.shown` says, in type that the back row reads. Never counts,
never moves, and draws nothing that the page does not hold.

A step fills one leaf or several; the screen turns them. Where a scene is told the place and its people are seen, and
elsewhere the ground is calm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from game.pictures import BUST, Kit
from game.screens import staging
from game.screens.room_clock import LAST, SOON, Left
from game.screens.room_type import (
    AMBER,
    INK,
    PAPER,
    SIDE,
    TEAL_DK,
    TRACK,
    Block,
    arrow,
    badge,
    band,
    height,
    laid,
    onwards,
    option,
    packed,
    ring,
    spread,
    tall,
    words,
)
from game.screens.staging import Told
from game.story import Story
from game.training import Cell, Reveal, RevealRow, Room, RoomPage, Shown, Step
from game.ui import Metrics, Rect, Thing
from game.words import say

NIGHT: Final = "#0d1519"
WAS: Final = "#4b8087"
"""A bar of the first round: paler than that of the second, which is what counts."""

PANEL: Final = 0.6
"""The part of the window's height that the words of a scene take at the most."""

_CALLED: Final = frozenset({Step.SHOW, Step.SHOW_AGAIN})
"""Steps at which cards are called for, and phones too where there are some."""

Leaf = tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Now:
    """What a page shows besides what the room says: the time left, the count down to the cards, words at the foot.

    `gathering` shows the columns although they are empty, as somebody is about to speak. `phones` says that phones are
    on, `tables` asks for the votes by table in place of the reveal.
    """

    left: Left | None = None
    down: int = 0
    foot: str = ""
    gathering: bool = False
    phones: bool = False
    tables: bool = False


@dataclass(frozen=True, slots=True)
class Projected:
    """A page of the projector: its tree, which leaf of how many it is, and the sound of its place (None: as it was)."""

    root: Thing
    leaf: int
    leaves: int
    tone: str | None = ""


@dataclass(frozen=True, slots=True)
class _Page:
    """All that the leaves of a step are made from."""

    m: Metrics
    kit: Kit
    room: Room
    shown: RoomPage
    now: Now

    @property
    def x(self) -> int:
        return self.m.u(SIDE)

    @property
    def width(self) -> int:
        return self.m.width - 2 * self.x

    @property
    def edge(self) -> int:
        """What is kept free above and below."""
        return tall(self.m, 24)

    @property
    def high(self) -> int:
        return self.m.height - 2 * self.edge

    @property
    def last(self) -> int:
        """What is kept free at the foot for the words of the last seconds, where no other band is."""
        return tall(self.m, 60) if self.now.left and not self.now.foot else 0


def projected(m: Metrics, kit: Kit, room: Room, leaf: int, now: Now) -> Projected:
    """The projector's page in this window. A `leaf` below 0, or beyond the last, is the last."""
    shown = room.shown
    if now.phones and shown.step in _CALLED:
        shown = replace(shown, words=(say(f"present.{shown.step}-phones"),))
    page = _Page(m, kit, room, shown, now)
    leaves = _leaves(replace(page, now=replace(now, foot="")))  # a band that comes and goes turns no leaf
    place = len(leaves) - 1 if leaf < 0 else min(leaf, len(leaves) - 1)
    foot = _foot(page)
    children = [*_above(page, leaves, place, foot), *foot]
    tone = kit.tone(_shot(page).picture) if shown.place else ""
    return Projected(Thing("page", shown.title, m.window, children=tuple(children)), place, len(leaves), tone)


def _leaves(page: _Page) -> list[Leaf]:
    shown = page.shown
    by_table = page.now.tables and shown.reveal is not None and bool(shown.reveal.tables)
    return _by_table(page) if by_table else _LEAVES[shown.step](page)


def _above(page: _Page, leaves: list[Leaf], place: int, foot: Sequence[Thing]) -> Leaf:
    """A leaf that no band covers: as it is where its words end above it, else laid out anew in the room that is left.

    That may take more leaves. Then it is the one as far from the last, as the newest is there.
    """
    if not foot or not any(_ends(thing) > foot[0].rect.y for one in leaves[place] for thing in one.walk()):
        return leaves[place]
    low = foot[0].rect.y
    shorter = replace(page.m, height=low, taken=page.m.taken + page.m.height - low)
    anew = _leaves(replace(page, m=shorter))
    return anew[max(0, len(anew) - len(leaves) + place)]


def _ends(thing: Thing) -> int:
    """Where the words of a thing end; above everything where it has none."""
    return thing.rect.bottom if thing.text is not None else 0


def blank(m: Metrics, colour: str) -> Thing:
    """A page of one colour."""
    ground = Thing("decoration", "", m.window, look="plain", detail=colour)
    return Thing("page", say("present.blank"), m.window, children=(ground,))


def _foot(page: _Page) -> list[Thing]:
    """A band at the foot: what the trainer does on the one screen there is, or that time is nearly up."""
    left, told = page.now.left, page.now.foot
    if not told and left and 0 < left.seconds <= LAST and page.shown.step is not Step.SILENT:
        told = say("present.finish")
    return band(page.m, told)


def _paper(page: _Page) -> Thing:
    return Thing("decoration", "", page.m.window, key="ground", look="plain", detail=PAPER)


# ---- words ------------------------------------------------------------------


def _clock(page: _Page, side: int, *, digits: bool) -> Block:
    """The ring of what is left; with its minutes and seconds, and how people sit, where asked for."""
    m, left = page.m, page.now.left
    assert left is not None
    part = left.seconds / left.of if left.of else 0.0
    colour = AMBER if left.seconds <= SOON else TEAL_DK
    things = [ring(Rect(0, 0, side, side), part, colour)]
    if digits:
        style = "room-title" if side > tall(m, 200) else "room-bold"
        style = "room-clock" if m.width_of(left.words, "room-clock") < side * 0.7 else style
        told = m.text(left.words, style, Rect(0, 0, side, 0), role="status")
        things.append(told.moved((side - told.rect.w) // 2, (side - told.rect.h) // 2))
    return Block(tuple(things), side)


def _texts(page: _Page, blocks: Sequence[Block], *, columns: bool = True) -> list[Leaf]:
    """Leaves of words under the page's title, with the time at the upper right where there is some."""
    m = page.m
    side = tall(m, 176) if page.now.left else 0
    wide = page.width - (side + m.u(24) if side else 0)
    title = words(m, page.shown.title, "room-title", wide, page.high)
    top = page.edge + max(height(title[:1]), side) + tall(m, 22)
    low = m.height - page.edge - page.last
    head = [_paper(page), *laid(title[:1], page.x, page.edge)]
    if side:
        head += _clock(page, side, digits=True).at(m.width - page.x - side, page.edge)
    leaves = [
        (*head, *spread(leaf, page.x, top, max(0, min(low - top, round((low - top) * 0.86)))))
        if height(leaf) < (low - top) * 0.8
        else (*head, *laid(leaf, page.x, top))
        for leaf in packed(blocks, low - top)
    ]
    if columns and _gathers(page):
        leaves += _columns(page, head, top, low)
    return leaves or [tuple(head)]


def _body(page: _Page, style: str = "room-words") -> list[Block]:
    m = page.m
    high = m.height - tall(m, 330)
    return [block for text in page.shown.words for block in words(m, text, style, page.width, high, gap=20)]


def _quotation(page: _Page, shown: Shown | None) -> list[Block]:
    """A quotation with its source; where its words may not be shown, what it says in plain words."""
    if shown is None:
        return []
    m, inset = page.m, tall(page.m, 26)
    if not shown.quoted:
        return words(m, shown.gloss, "room-words", page.width, page.high - tall(m, 200), gap=20)
    told = m.text(f"“{shown.words}”", "room-quote", Rect(inset, 0, page.width - inset, 0))
    source = m.text(shown.author, "room-soft", Rect(inset, told.rect.bottom + tall(m, 4), page.width - inset, 0))
    high = source.rect.bottom if shown.author else told.rect.bottom
    band = Thing("decoration", "", Rect(0, 0, tall(m, 8), high), look="quote")
    things = (band, told, source) if shown.author else (band, told)
    return [Block(things, high, tall(m, 26))]


def _gathers(page: _Page) -> bool:
    return bool(page.shown.columns) and (page.now.gathering or any(lines for _, lines in page.shown.columns))


def _columns(page: _Page, head: Sequence[Thing], top: int, low: int) -> list[Leaf]:
    """What was gathered, column by column, on as many leaves as it takes; the newest lines are on the last."""
    leaves = _side_by_side(page, page.shown.columns, head, top, low)
    filled = tuple(column for column in page.shown.columns if column[1])
    if len(leaves) > 1 and filled != page.shown.columns:  # an empty column makes way for long ones
        return _side_by_side(page, filled, head, top, low)
    return leaves


def _side_by_side(
    page: _Page, columns: tuple[tuple[str, tuple[str, ...]], ...], head: Sequence[Thing], top: int, low: int
) -> list[Leaf]:
    m = page.m
    gap = m.u(36)
    wide = (page.width - gap * (len(columns) - 1)) // len(columns)
    filled: list[list[Leaf]] = []
    for place, (name, lines) in enumerate(columns):
        x = page.x + place * (wide + gap)
        y = top
        titles: list[Thing] = []
        if name != page.shown.title:
            title = m.text(name, "room-name", Rect(x, top, wide, 0), role="heading")
            rule = Rect(x, title.rect.bottom + tall(m, 4), wide, max(2, tall(m, 3)))
            titles = [title, Thing("decoration", "", rule, look="plain", detail=TEAL_DK)]
            y = rule.bottom + tall(m, 10)
        parts = _parted([block for line in lines for block in _line(page, line, wide, low - y)], low - y)
        filled.append([(*titles, *laid(part, x, y)) for part in parts])
    most = max(map(len, filled))
    return [
        (*head, *(thing for parts in filled for thing in parts[max(0, len(parts) - most + leaf)]))
        for leaf in range(most)
    ]


def _parted(blocks: Sequence[Block], high: int) -> list[list[Block]]:
    """Blocks in parts no higher than this, where one block alone is not; the last is as full as may be.

    One empty part for no blocks.
    """
    parts: list[list[Block]] = [[]]
    for block in reversed(blocks):
        if parts[0] and height([block, *parts[0]]) > high:
            parts.insert(0, [])
        parts[0].insert(0, block)
    return parts


def _line(page: _Page, line: str, wide: int, high: int) -> list[Block]:
    """A gathered line after a dot; in parts where it is higher than that."""
    m = page.m
    inset = tall(m, 34)
    parts = [
        replace(part, things=part.at(inset, 0)) for part in words(m, line, "room-words", wide - inset, high, gap=10)
    ]
    dot = tall(m, 14)
    mark = Thing(
        "decoration", "", Rect(0, m.line_height("room-words") // 2 - dot // 2, dot, dot), look="plain", detail=TEAL_DK
    )
    return [replace(part, things=(*([] if place else [mark]), *part.things)) for place, part in enumerate(parts)]


def _told(page: _Page) -> list[Leaf]:
    """A page of words and a quotation: an activity, a prompt, the close. Larger where it fills one leaf only."""
    if page.now.phones and page.shown.columns and page.shown.step is not Step.CLOSE:
        page = replace(page, shown=replace(page.shown, words=(*page.shown.words, say("present.send"))))
    prompt = page.shown.step is Step.DEBRIEF and page.shown.quotation is None
    quotation = _quotation(page, page.shown.quotation)
    larger = _texts(page, [*_body(page, "room-ask" if prompt else "room-choice"), *quotation], columns=False)
    style = ("room-ask" if prompt else "room-choice") if len(larger) == 1 else "room-words"
    return _texts(page, [*_body(page, style), *quotation])


# ---- a decision -------------------------------------------------------------


def _options(page: _Page, *, night: bool = False) -> list[Block]:
    style, colour = ("room-night-choice", AMBER) if night else ("room-choice", TEAL_DK)
    made = [option(page.m, one.letter, one.text, page.width, style=style, colour=colour) for one in page.shown.options]
    return [replace(block, things=_darkened(block.things)) if night else block for block in made]


def _darkened(things: tuple[Thing, ...]) -> tuple[Thing, ...]:
    """A badge on a dark page: its letter is dark on amber."""
    mark, *rest = things
    assert mark.text is not None
    return (replace(mark, text=replace(mark.text, style="room-number")), *rest)


def _asked(page: _Page, heads: Sequence[Sequence[Block]], side: int, *, night: bool = False) -> list[Leaf]:
    """The options below the first head that leaves them room, with a ring of that side at the upper right.

    Where none does, the first head has a leaf of its own, and the options as many as they need.
    """
    m, options = page.m, _options(page, night=night)
    ground = Thing("decoration", "", m.window, look="night") if night else _paper(page)
    for head in heads:
        above = max(height(head), side)
        gap = tall(m, 20) if above else 0
        if above + gap + height(options) > page.high:
            continue
        top = page.edge + above + gap
        things = [ground, *laid(head, page.x, page.edge)]
        if side:
            things += _clock(page, side, digits=False).at(m.width - page.x - side, page.edge)
        return [(*things, *spread(options, page.x, top, m.height - page.edge - top))]
    parts = packed(options, page.high)
    head = [block for block in heads[0] if block.things]
    if head:
        joined = packed([*head, *options], page.high)
        if side or len(joined) > len(parts):  # a leaf of its own: the options are seen together
            first = (ground, *spread(head, page.x, page.edge, page.high))
            return [first, *((ground, *laid(leaf, page.x, page.edge)) for leaf in parts)]
        parts = joined
    return [(ground, *laid(leaf, page.x, page.edge)) for leaf in parts]


def _question(page: _Page) -> list[Leaf]:
    return _asked(page, [words(page.m, page.shown.title, "room-ask", page.width, page.high)], 0)


def _voted(page: _Page, style: str, width: int) -> list[Block]:
    """How many have voted, and that one can by phone: in one paragraph, as there is little room."""
    return words(page.m, _voted_words(page), style, width, page.high)


def _voted_words(page: _Page) -> str:
    told = say("present.voted", words=page.shown.voted_words) if page.shown.voted else ""
    return " ".join(filter(None, [told, say("present.tap") if page.now.phones else ""]))


def _silent(page: _Page) -> list[Leaf]:
    """The options, a quiet ring, and what to do. The question goes first where there is no room for it."""
    m = page.m
    side = tall(m, 92) if page.now.left else 0
    wide = page.width - side - m.u(20)
    do = [block for text in page.shown.words for block in words(m, text, "room-name", wide, page.high)]
    ask = words(m, page.shown.title, "room-bold", wide, page.high)
    voted = _voted(page, "room-soft", wide)
    return _asked(page, [[*do, *ask, *voted], [*do, *voted], voted or do, []], side)


def _show(page: _Page) -> list[Leaf]:
    """Three, two, one; then a dark page with the options and nothing else, so that people look at each other."""
    m = page.m
    if not page.now.down:
        kept = [Block((), m.line_height("room-night"))]  # the options stay where they are when a count is told
        return _asked(page, [_voted(page, "room-night", page.width) or kept, []], 0, night=True)
    ground = Thing("decoration", "", m.window, look="night")
    says = [block for text in page.shown.words for block in words(m, text, "room-night", page.width, page.high)]
    digit = m.text(str(page.now.down), "room-night-count", Rect(0, 0, page.width, 0))
    top = page.edge + height(says)
    digit = digit.moved((m.width - digit.rect.w) // 2, top + (m.height - page.edge - top - digit.rect.h) // 2)
    return [(ground, *laid(says, page.x, page.edge), digit)]


def _discuss(page: _Page) -> list[Leaf]:
    """What to talk about and how long; the options too where there is room."""
    m, left = page.m, page.now.left
    side = tall(m, 158) if left else 0
    wide = page.width - side - m.u(24)
    says = [block for text in page.shown.words for block in words(m, text, "room-name", wide, page.high)]
    who = words(m, say(f"present.box-{left.who}"), "room-soft", wide, page.high) if left else []
    options = _options(page)
    for head in ([*who, *says], says):
        above = max(height(head), side)
        if above + tall(m, 20) + height(options) + page.last <= page.high:
            top = page.edge + above + tall(m, 20)
            things = [_paper(page), *laid(head, page.x, page.edge)]
            if side:
                things += _clock(page, side, digits=True).at(m.width - page.x - side, page.edge)
            return [(*things, *spread(options, page.x, top, m.height - page.last - page.edge - top))]
    big = round(min(m.height * 0.56, m.width * 0.4)) if left else 0
    wide = page.width - big - m.u(30)
    asks = [block for text in page.shown.words for block in words(m, text, "room-ask", wide, page.high)]
    who = words(m, say(f"present.box-{left.who}"), "room-soft", wide, page.high) if left else []
    things = [_paper(page), *spread([*who, *asks], page.x, page.edge, page.high - tall(m, 66))]
    if big:
        things += _clock(page, big, digits=True).at(m.width - page.x - big, (m.height - big) // 2 - tall(m, 20))
    return [tuple(things)]


# ---- after the reveal -------------------------------------------------------


def _reveal(page: _Page) -> list[Leaf]:
    """Before and after, side by side for each option; who moved follows."""
    shown = page.shown.reveal
    assert shown is not None
    m = page.m
    if page.shown.words:  # nothing was counted: a table of noughts would say that nobody had a view
        return _texts(page, [*_body(page, "room-ask"), *_options(page)])
    head = [_headings(page, shown)]
    full = [_row(page, row, told=True) for row in shown.rows]
    rows = full if height([*head, *full]) <= page.high else [_row(page, row, told=False) for row in shown.rows]
    ask = words(m, page.shown.title, "room-bold", page.width, page.high)
    first = [*ask, *head, *rows] if height([*ask, *head, *rows]) <= page.high else [*head, *rows]
    told = tuple(_untold(shown))
    after = words(m, " ".join(told), "room-words", page.width, page.high, gap=10)
    if not after or height([*first, *after]) <= page.high:
        return [(_paper(page), *_eased(page, [*first, *after]))]
    after = [block for sentence in told for block in words(m, sentence, "room-ask", page.width, page.high)]
    leaves = [(_paper(page), *spread(leaf, page.x, page.edge, page.high)) for leaf in packed(after, page.high)]
    return [*((_paper(page), *_eased(page, leaf)) for leaf in packed(first, page.high)), *leaves]


def _untold(shown: Reveal) -> Iterator[str]:
    """Who moved, but for what each row says by its arrow."""
    told = set()
    for row in shown.rows:
        key = "room.gained" if row.change > 0 else "room.lost"
        told.add(say(key, letter=row.option.letter, heads=abs(row.change)))
    return (sentence for sentence in shown.moves if sentence not in told)


def _eased(page: _Page, leaf: Sequence[Block]) -> list[Thing]:
    """A leaf with a little of the room that is left shared between its blocks."""
    spare = min(max(0, page.high - height(leaf)) // max(1, len(leaf) + 1), tall(page.m, 26))
    return laid([replace(block, gap=block.gap + spare) for block in leaf], page.x, page.edge + spare // 2)


@dataclass(frozen=True, slots=True)
class _Halves:
    """Where before and after stand on a row: their left edges, their width, where the change is.

    `number` is the width of the widest number: all bars are drawn to one scale.
    """

    before: int
    after: int
    wide: int
    change: int
    number: int


def _halves(page: _Page) -> _Halves:
    m = page.m
    left = m.line_height("room-letter") + tall(m, 18)
    rows = page.shown.reveal.rows if page.shown.reveal else ()
    most = max([88, *(abs(row.change) for row in rows)])
    between, change = tall(m, 84), m.width_of(say("present.fewer", heads=most), "room-bold") + tall(m, 62)
    wide = (page.width - left - between - change) // 2
    cells = [cell for row in rows for cell in (row.before, row.after) if cell is not None]
    told = [say("present.cell", heads=88, percent=88), *(_cell_words(cell) for cell in cells)]
    number = max(m.width_of(words, "room-bold") for words in told)
    return _Halves(left, left + wide + between, wide, left + 2 * wide + between, number)


def _cell_words(cell: Cell) -> str:
    return cell.words if cell.guess else say("present.cell", heads=cell.heads, percent=cell.percent)


def _headings(page: _Page, shown: Reveal) -> Block:
    """What the halves are, with how many voted in each; where a hall was guessed at, without."""
    m, at = page.m, _halves(page)
    keys = ("present.before", "present.after") if len(shown.totals) > 1 else ("present.once",)
    things = [
        m.text(say(f"{key}-guess" if guess else key, total=total), "room-soft", Rect(x, 0, at.wide + tall(m, 70), 0))
        for key, total, guess, x in zip(keys, shown.totals, _guessed(shown), (at.before, at.after), strict=False)
    ]
    return Block(tuple(things), max(thing.rect.h for thing in things), tall(m, 4))


def _guessed(shown: Reveal) -> tuple[bool, bool]:
    """Whether the hall was guessed at, in the one round and in the other."""
    after = [row.after for row in shown.rows if row.after]
    return any(row.before.guess for row in shown.rows), any(cell.guess for cell in after)


def _row(page: _Page, row: RevealRow, *, told: bool) -> Block:
    """An option with its two rounds; its words above them where there is room."""
    m, at, shown = page.m, _halves(page), page.shown.reveal
    assert shown is not None
    first, second = _guessed(shown)
    line = m.line_height("room-bold")
    mark = badge(m, row.option.letter, Rect(0, 0, m.line_height("room-letter"), m.line_height("room-letter")))
    things = [mark]
    y = 0
    if told:
        text = m.text(row.option.text, "room-words", Rect(at.before, 0, page.width - at.before, 0))
        things.append(text)
        y = text.rect.h + tall(m, 2)
    things += _cell(page, row.before, at.before, y, at, TEAL_DK if row.after is None else WAS, guessed=first)
    if row.after is not None:
        gap = at.after - at.before - at.wide
        things.append(onwards(Rect(at.before + at.wide + gap // 4, y, gap // 2, line), INK))
        things += _cell(page, row.after, at.after, y, at, TEAL_DK, guessed=second)
        if shown.totals[0] and not (first or second):
            things += _change(page, row.change, at.change, y)
    return Block(tuple(things), max(y + line, mark.rect.h), tall(m, 12))


def _cell(page: _Page, cell: Cell, x: int, y: int, at: _Halves, colour: str, *, guessed: bool) -> list[Thing]:
    """One round of an option: a bar, and its number in words. A dash where others were guessed, and this one not."""
    m = page.m
    if guessed and not (cell.guess or cell.heads):
        return [m.text(say("present.not-guessed"), "room-bold", Rect(x, y, at.wide, 0))]
    line = m.line_height("room-bold")
    text = m.text(_cell_words(cell), "room-bold", Rect(x, y, at.wide, 0))
    room = at.wide - at.number - tall(m, 14)
    if room < tall(m, 40) or cell.guess:
        return [text]
    bar = Rect(x, y + line // 5, room, line - 2 * (line // 5))
    full = Rect(bar.x, bar.y, round(bar.w * cell.percent / 100), bar.h)
    things = [Thing("decoration", "", bar, look="plain", detail=TRACK)]
    if full.w:
        things.append(Thing("decoration", "", full, look="plain", detail=colour))
    return [*things, text.moved(room + tall(m, 14), 0)]


def _change(page: _Page, change: int, x: int, y: int) -> list[Thing]:
    """An arrow and by how many; a line across where nobody came or went."""
    m = page.m
    line, side = m.line_height("room-bold"), tall(m, 38)
    at = Rect(x + tall(m, 14), y + (line - side) // 2, side, side)
    way = (change > 0) - (change < 0)
    told = say("present.more", heads=change) if change > 0 else say("present.fewer", heads=-change)
    if not change:
        return [arrow(at, 0, INK)]
    return [arrow(at, way, INK), m.text(told, "room-bold", Rect(at.right + tall(m, 8), y, page.width, 0))]


def _by_table(page: _Page) -> list[Leaf]:
    """The tables that may be told apart, a row each, with their heads for each letter; all others are one row."""
    shown = page.shown.reveal
    assert shown is not None
    m = page.m
    title = words(m, say("present.by-table"), "room-title", page.width, page.high)
    side = m.line_height("room-letter")
    names = [say("present.table", table=name) if name else say("present.other-tables") for name, _ in shown.tables]
    left = max(m.width_of(name, "room-bold") for name in names) + tall(m, 40)
    step = min((page.width - left) // max(1, len(page.shown.options)), tall(m, 200))
    at = [left + place * step for place in range(len(page.shown.options))]
    marks = [badge(m, one.letter, Rect(x, 0, side, side)) for one, x in zip(page.shown.options, at, strict=True)]
    head = [*title, Block(tuple(marks), side, tall(m, 16))]
    rows = [
        _table(page, name, [(count, x + side // 2) for count, x in zip(heads, at, strict=True)])
        for name, (_, heads) in zip(names, shown.tables, strict=True)
    ]
    room = page.high - height(head) - tall(m, 16)
    return [(_paper(page), *_eased(page, [*head, *leaf])) for leaf in packed(rows, room)]


def _table(page: _Page, name: str, counts: Sequence[tuple[int, int]]) -> Block:
    """One table's heads, each below the middle of its letter."""
    m = page.m
    things = [m.text(name, "room-bold", Rect(0, 0, page.width, 0))]
    for count, middle in counts:
        told = m.text(str(count), "room-bold", Rect(0, 0, page.width, 0))
        things.append(told.moved(middle - told.rect.w // 2, 0))
    return Block(tuple(things), m.line_height("room-bold"), tall(m, 12))


def _roles(page: _Page) -> list[Leaf]:
    """Which role each option is more like; then that roles are not people."""
    shown = page.shown.reveal
    assert shown is not None
    rows = [_role(page, row) for row in shown.rows]
    ask = words(page.m, page.shown.title, "room-bold", page.width, page.high)
    rows = [*ask, *rows] if height([*ask, *rows]) <= page.high else rows
    rest = [*_body(page, "room-ask"), *_quotation(page, page.shown.quotation)]
    leaves = packed(rows, page.high) + packed(rest, page.high)
    return [
        (_paper(page), *(_eased(page, leaf) if leaf[0] in rows else spread(leaf, page.x, page.edge, page.high)))
        for leaf in leaves
    ]


def _role(page: _Page, row: RevealRow) -> Block:
    m = page.m
    made = option(m, row.option.letter, row.option.text, page.width, style="room-words")
    left = m.line_height("room-letter") + tall(m, 18)
    role = m.text(row.role, "room-name", Rect(left, made.high + tall(m, 2), page.width - left, 0))
    return Block((*made.things, role), role.rect.bottom, tall(m, 22))


def _branch(page: _Page) -> list[Leaf]:
    """What was chosen and why, and that choice."""
    m = page.m
    says = [block for text in page.shown.words for block in words(m, text, "room-ask", page.width, page.high)]
    blocks = [*says, *(replace(block, gap=tall(m, 30)) for block in _options(page))]
    return _texts(page, blocks)


# ---- the story --------------------------------------------------------------


def _shot(page: _Page) -> staging.Shot:
    found = page.room.scenario.places.get(page.shown.place)
    when = page.shown.when
    if found is None:
        return staging.Shot(picture=page.shown.place, when=when)
    return staging.Shot(found.name, found.picture or found.id, found.alt, when)


def _scene(page: _Page) -> list[Leaf]:
    """A part of the story: the place, who is there, and what is said on a panel below."""
    shot, shown = _shot(page), page.shown
    what_if = shown.step is Step.WHAT_IF
    title = say("present.where", place=shot.name, when=shot.when) if shot.name and shot.when else shot.name or shot.when
    wide = page.width - 2 * page.m.u(28)
    most = round(page.m.height * PANEL)
    blocks: list[Block] = []
    if what_if:
        blocks += [block for one in shown.options for block in words(page.m, one.text, "room-bold", wide, most)]
    else:
        blocks += [block for text in shown.words for block in words(page.m, text, "room-name", wide, most)]
    for line in shown.lines:
        blocks += _spoken(page, line.speaker, line.text, wide, most)
    if what_if:
        blocks += [block for text in shown.words[1:] for block in words(page.m, text, "room-name", wide, most)]
        if say("room.would") in shown.words:
            blocks[-1] = _joined(blocks[-1], words(page.m, _voted_words(page), "room-soft", wide, most))
        title = say("present.what-if", letter=shown.options[0].letter) if shown.options else shown.title
    return _on_panel(page, shot, _band(page, title, amber=what_if), blocks, people=True)


def _joined(block: Block, more: Sequence[Block]) -> Block:
    """A block with more below it that stays on its leaf."""
    things = (*block.things, *laid(more, 0, block.high))
    return Block(things, block.high + height(more), block.gap)


def _spoken(page: _Page, speaker: str, text: str, wide: int, most: int) -> list[Block]:
    """A line; whoever says it is named above it, and stays with its beginning."""
    m = page.m
    blocks = words(m, text, "room-words", wide, most - m.line_height("room-name"), gap=12)
    person = page.room.scenario.people.get(speaker)
    if person is None or not blocks:
        return blocks
    name = m.text(person.name, "room-name", Rect(0, 0, wide, 0))
    first = blocks[0]
    return [Block((name, *first.at(0, name.rect.h)), name.rect.h + first.high, first.gap), *blocks[1:]]


def _band(page: _Page, title: str, *, amber: bool = False) -> list[Thing]:
    """Where and when, at the top; a what-if is marked by its words and its colour."""
    if not title:
        return []
    m = page.m
    told = m.text(title, "room-bold" if amber else "room-night", Rect(page.x, 0, page.width, 0), role="heading")
    rect = Rect(0, 0, m.width, told.rect.h + tall(m, 16))
    ground = Thing("group", "", rect, key="band", look="plain", detail=AMBER if amber else TEAL_DK)
    return [ground, told.moved(0, tall(m, 8))]


def _on_panel(
    page: _Page, shot: staging.Shot, band: list[Thing], blocks: Sequence[Block], *, people: bool
) -> list[Leaf]:
    """Leaves of words on a panel at the bottom, over the place and (where asked for) its people."""
    m = page.m
    pad = tall(m, 18)
    top = band[0].rect.bottom if band else 0
    most = round(m.height * PANEL) - 2 * pad
    leaves = []
    for leaf in packed(blocks, most) or [[]]:
        high = height(leaf) + 2 * pad
        side = m.u(16)  # as wide as the window: nobody who stands behind it is seen to be cut off
        panel = Rect(side, m.height - high - tall(m, 20), m.width - 2 * side, high)
        free = Rect(0, top, m.width, max(1, panel.y - top))
        things = [staging.ground(page.kit, shot, m.window, free)]
        if people:
            things += _people(page, top, panel.y)
        things += band
        if leaf:
            things.append(Thing("group", "", panel, key="panel", look="card"))
            things += laid(leaf, page.x + m.u(28), panel.y + pad)
        leaves.append(tuple(things))
    return leaves


def _people(page: _Page, top: int, floor: int) -> list[Thing]:
    """Who is in the scene, as far as their faces are seen above the panel."""
    m, figures = page.m, staging.scene(*_so_far(page)).figures
    if not figures:
        return []
    room = floor - top - tall(m, 6)
    chin = staging.chin(page.kit, figures) or 0.5
    high = min(round(m.height * 0.86), round(m.width * 0.5), max(round(room / chin), 1))
    if high < m.height * 0.25:
        return []
    wide = round(high * BUST[0] / BUST[1])
    if wide * len(figures) > m.width * 1.1:
        return []
    drop = max(0, round(room - high * 0.94))
    return staging.people(m, page.kit, figures, top=top + min(drop, room), tall=high, floor=floor)


def _so_far(page: _Page) -> tuple[Story, list[Told], int]:
    """The story of the scene that is shown, and its lines up to this page."""
    room, spot = page.room, page.room.spot
    if spot.step is Step.WHAT_IF:
        story = room.decisions[spot.number - 1].story.choose(spot.choice)
    else:
        story = room.story.steps[spot.number]
    visits = {visit.passage.id: visit for visit in story.visits}
    told = [Told(line, visits[part.passage]) for part in room.scene(spot)[: spot.page + 1] for line in part.lines]
    return story, told, len(told)


def _ending(page: _Page) -> list[Leaf]:
    """The ending's picture with its name; then what became of everybody."""
    m = page.m
    shot = _shot(page)
    wide = page.width - 2 * m.u(28)
    most = round(m.height * PANEL)
    told = [block for text in page.shown.words for block in words(m, text, "room-words", wide, most, gap=18)]
    named = words(m, page.shown.title, "room-title", wide, most)
    return [
        *_on_panel(page, shot, [], named, people=False),
        *_on_panel(page, shot, _band(page, page.shown.title), told, people=False),
    ]


_LEAVES: Final[Mapping[Step, Callable[[_Page], list[Leaf]]]] = {
    Step.WELCOME: _told,
    Step.EXPERIENCE: _told,
    Step.SCENE: _scene,
    Step.QUESTION: _question,
    Step.SILENT: _silent,
    Step.SHOW: _show,
    Step.DISCUSS: _discuss,
    Step.SHOW_AGAIN: _show,
    Step.REVEAL: _reveal,
    Step.ROLES: _roles,
    Step.BRANCH: _branch,
    Step.WHAT_IF: _scene,
    Step.WOULD: _branch,
    Step.ENDING: _ending,
    Step.DEBRIEF: _told,
    Step.OTHERS: _told,
    Step.BARRIERS: _told,
    Step.MONDAY: _told,
    Step.CLOSE: _told,
}
"""How each step is shown."""
