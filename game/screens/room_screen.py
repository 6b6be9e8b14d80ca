"""Owns what is seen of a session that is led: which page lies on the wall, and what the presenter's page is told.
Never acts on a key, and shows no number early.

The projector's page is the window's own; the presenter's page lies beside it, in a second window where there is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from game.screens.room_corner import cornered
from game.screens.room_entry import Counting, Freeing, Heads, Noting
from game.screens.room_join import Entrance, at_door, joining
from game.screens.room_leading import Leading
from game.screens.room_lobby import Naming
from game.screens.room_presenter import HIDDEN, Button, Desk, entry_words, presented
from game.screens.room_projector import Projected, blank, projected
from game.screens.room_slide import Now
from game.screens.room_standing import from_phones, nearly, too_many, two_phones
from game.screens.room_words import waiting_lines, waiting_words
from game.training import Step
from game.ui import Event, Meaning, Metrics, Move, Page, Thing
from game.words import say

PHONES: Final = 0.25
"""Seconds between two looks at what phones have said."""

_BUTTONS: Final = (
    ("back", "present.button-back", Meaning.PAGE_UP),
    ("next", "present.button-next", Meaning.PAGE_DOWN),
    ("blank", "present.button-blank", Meaning.BLANK),
    ("hands", "present.button-count", Meaning.HANDS),
    ("time", "present.button-time", Meaning.TEXT_SIZE),
    ("note", "present.button-note", Meaning.NOTE),
    ("join", "present.button-join", Meaning.JOIN),
    ("rhythm", "present.button-rhythm", Meaning.RHYTHM),
    ("tables", "present.button-tables", Meaning.TABLES),
    ("free", "present.button-free", Meaning.FREE),
    ("what-if", "present.button-what-if", Meaning.OVERLAY),
)
"""Buttons of the presenter's page: their names, their words, and the key that each stands for."""


class RoomScreen:
    """The pages of a session in progress."""

    def __init__(self, lead: Leading) -> None:
        self.lead = lead
        self._screen = (1280, 720)

    def page(self, metrics: Metrics) -> Page:
        lead, pictures = self.lead, self.lead.services.pictures
        pair = lead.services.windows.pair
        self._screen = (metrics.width, metrics.height)
        shown = self._projected(metrics)
        if lead.inline and not pair:
            root = presented(metrics, pictures, lead.room, self._desk(masked=True))
        elif lead.looking:
            root = waiting_words(metrics, lead.line.gathered, lead.question)
        elif lead.blank:
            root = blank(metrics, lead.blank)
        elif lead.lobby.faces:
            root = joining(metrics, self._entrance(alone=not pair))
        else:
            root = self._with_corner(metrics, shown.root)
        return Page(
            root,
            soon=partial(self._soon, metrics),
            tone=shown.tone,
            rings=True,
            takes=lead.takes,
            types=lead.entry is not None,
            ticks=self._ticks(),
            beside=self._beside,
        )

    def handle(self, event: Event) -> Move:  # noqa: ARG002  # everything is taken by the page
        """Nothing comes here."""
        return None

    # ---- on the wall --------------------------------------------------------

    def _now(self) -> Now:
        """What the projector's page shows besides what the room says; but for a band, which the trainer's has not."""
        lead, at = self.lead, self.lead.services.now()
        return Now(
            left=lead.times.left_of(lead.room, at),
            down=lead.times.down(lead.room, at),
            gathering=isinstance(lead.entry, Noting),
            phones=lead.line.opened is not None,
            tables=lead.by_table,
        )

    def _projected(self, m: Metrics) -> Projected:
        """The page of this step; which of its leaves that is, is known once it is laid out."""
        lead = self.lead
        now = replace(self._now(), foot="" if lead.services.windows.pair or lead.inline else self._foot())
        shown = projected(m, lead.services.pictures, lead.room, lead.leaf, now)
        lead.leaf, lead.leaves = shown.leaf, shown.leaves
        return shown

    def _soon(self, m: Metrics) -> Iterator[Page]:
        """The page that Next shows, so that its pictures are there in time."""
        ahead = self.lead.room.next()
        if ahead is not self.lead.room:
            yield Page(projected(m, self.lead.services.pictures, ahead, 0, Now()).root)

    def _entrance(self, *, alone: bool = False) -> Entrance:
        """The way in for phones; for all to see where `alone` there is no window but that one."""
        lead = self.lead
        foot = self._foot() if alone else ""
        typed = f"{lead.entry.line}|" if alone and not lead.asking and isinstance(lead.entry, Naming) else ""
        return Entrance(lead.line, lead.lobby, lead.room.headcount, lead.services.now(), foot, typed, alone)

    def _with_corner(self, m: Metrics, root: Thing) -> Thing:
        line = self.lead.line
        if line.opened is None or not self.lead.lobby.corner or line.standing.locked:
            return root
        return cornered(m, root, line.opened)

    def _foot(self) -> str:
        """What the one screen says of what the trainer does; nothing that was counted is among it."""
        entry = self.lead.entry
        if self.lead.asking:
            return self.lead.question
        if isinstance(entry, Counting):
            told = [words for words, style in entry_words(entry, masked=True) if style in ("body", "attention")]
            return say("present.counting", line=" ".join(told).replace("|", ""))
        if isinstance(entry, Noting):
            return say("present.noting", column=say(f"room.column.{entry.column}"), line=entry.line)
        if isinstance(entry, Naming):
            return f"{entry.reason} {entry.asks}".strip()
        if isinstance(entry, Freeing):
            return say("present.free-line", line=entry.line)
        return say("present.heads-line", line=entry.line) if isinstance(entry, Heads) else self.lead.told

    def _ticks(self) -> float | None:
        running = (self.lead.times.ticks(self.lead.services.now()), PHONES if self.lead.line.opened else None)
        return min((seconds for seconds in running if seconds is not None), default=None)

    # ---- beside it ----------------------------------------------------------

    def _beside(self, m: Metrics) -> Page:
        masked = not self.lead.services.windows.private
        return Page(presented(m, self.lead.services.pictures, self.lead.room, self._desk(masked=masked)))

    def _desk(self, *, masked: bool) -> Desk:
        lead, room, line = self.lead, self.lead.room, self.lead.line
        private = lead.services.windows.private
        phones = from_phones(line, room, private=private)
        kept = lead.report.in_full if room.step is Step.CLOSE else lead.report.said
        warned = (two_phones(line), too_many(line, room.headcount))
        return Desk(
            left=lead.times.left(lead.services.now()),
            entry=lead.entry,
            asked=lead.question,
            told=tuple(part for part in (lead.told, *phones, kept, lead.keeping.said) if part),
            masked=masked and room.step in HIDDEN,
            blank=bool(lead.blank),
            screen=self._screen,
            leaf=lead.leaf,
            leaves=lead.leaves,
            buttons=self._buttons(),
            counters=tuple(partial(lead.tapped, id) for id in room.counted),
            warned=tuple(warning for warning in warned if warning),
            seen=partial(joining, entrance=self._entrance()) if lead.lobby.faces else None,
            door=partial(at_door, entrance=self._entrance()) if lead.lobby.joining else None,
            hint=nearly(line, room),
            now=self._now(),
            judged=waiting_lines(line.gathered) if private else (),
        )

    def _buttons(self) -> tuple[Button, ...]:
        room, line = self.lead.room, self.lead.line
        reveal = room.shown.reveal
        wanted = {
            "rhythm": room.step is Step.DISCUSS,
            "tables": bool(reveal and reveal.tables),
            "free": line.opened is not None and line.tables,
            "what-if": bool(room.other_branches),
        }
        return tuple(
            Button(key, say(words), partial(self.lead.takes, meaning))
            for key, words, meaning in _BUTTONS
            if wanted.get(key, True)
        )
