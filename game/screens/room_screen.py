"""Owns leading a session in a room: what each key does to the room, the leaf that is shown, the time, what is written.
Never scores, never shows a number early, never ends by itself; no key of a clicker ends it.

The projector's page is the window's own; the presenter's page lies beside it, in a second window where there is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from game.screens.room_clock import MORE, RHYTHMS, Box, Clock, Left, Rhythm
from game.screens.room_corner import cornered
from game.screens.room_entry import Counting, Freeing, Noting
from game.screens.room_join import Entrance, at_door, joining
from game.screens.room_keeping import Keeping
from game.screens.room_lobby import Lobby, Naming, too_many, two_phones
from game.screens.room_phones import PhoneLine, likest
from game.screens.room_presenter import HIDDEN, Button, Desk, Entry, Heads, entry_words, presented
from game.screens.room_projector import Now, Projected, blank, projected
from game.screens.room_report import Report
from game.screens.room_words import waiting_lines, waiting_words
from game.screens.services import Services
from game.training import COLUMNS, Column, Room, Step
from game.ui import Event, Home, Meaning, Metrics, Move, Page, Pick, Quit, Stay, Thing, Ticked, Typed
from game.words import say

DOWN: Final = 3
"""Seconds counted down before the cards are shown."""

PHONES: Final = 0.25
"""Seconds between two looks at what phones have said."""

NEARLY: Final = 90
"""Per cent of the room from which nearly all have voted."""

_NEARLY: Final[Mapping[Step, str]] = {
    Step.SILENT: "present.nearly-on",
    Step.SHOW: "present.nearly",
    Step.SHOW_AGAIN: "present.nearly",
}
"""What Next does where nearly all have voted by phone."""

BLACK: Final = "#000000"
WHITE: Final = "#ffffff"

_GATHERING: Final[Mapping[Step, Column]] = {Step.BARRIERS: "barriers", Step.MONDAY: "monday", Step.DEBRIEF: "plus"}
"""The column that a note goes to first; elsewhere it is an idea."""

_CARDS: Final = frozenset({Step.SHOW, Step.SHOW_AGAIN})
_BREAKS: Final = frozenset({Meaning.NEXT, Meaning.PREVIOUS, Meaning.UP, Meaning.DOWN})
"""What means nothing here: there is nothing to focus."""


class RoomScreen:
    """A session in progress. `room` is all that was done; the rest is how it is looked at now."""

    def __init__(self, services: Services, room: Room, report: Report, line: PhoneLine, keeping: Keeping) -> None:
        self.services = services
        self.room = room
        self.report = report
        self.line = line
        self.keeping = keeping
        self.lobby = Lobby()
        self.looking = False
        self.likest = 0
        self.older = 0
        self.tables_at = -1
        self.leaf = 0
        self.leaves = 1
        self.clock: Clock | None = None
        self.clock_at = -1
        self.rhythm: Rhythm = "free"
        self.rung = 0
        self.cards: Clock | None = None
        self.entry: Entry = None
        self.asking = ""
        self.blank = ""
        self.inline = False
        self.told = ""
        self._screen = (1280, 720)
        services.lay_down = self._laid_down
        if room.at_front and room.at:
            self._set_clock()  # gone on with: the time of this page begins anew
        if services.windows.projected:
            services.fill(True)  # a frame and a desktop on the wall help nobody
        self._kept()

    # ---- what is seen -------------------------------------------------------

    def page(self, metrics: Metrics) -> Page:
        self._screen = (metrics.width, metrics.height)
        shown = self._projected(metrics)
        if self.inline and not self.services.windows.pair:
            root = presented(metrics, self.services.pictures, self.room, self._desk(masked=True))
        elif self.looking:
            root = waiting_words(metrics, self.line.gathered, self._question())
        elif self.blank:
            root = blank(metrics, self.blank)
        elif self.lobby.faces:
            root = joining(metrics, self._entrance(alone=not self.services.windows.pair))
        else:
            root = self._with_corner(metrics, shown.root)
        return Page(
            root,
            soon=partial(self._soon, metrics),
            tone=shown.tone,
            rings=True,
            takes=self._takes,
            types=self.entry is not None,
            ticks=self._ticks(),
            beside=self._beside,
        )

    def handle(self, event: Event) -> Move:  # noqa: ARG002  # everything is taken by the page
        """Nothing comes here."""
        return None

    def _projected(self, m: Metrics) -> Projected:
        down = self._down()
        now = Now(
            self._left() if self.clock_at == self.room.at else None,
            down,
            "" if self.services.windows.pair or self.inline else self._foot(),
            isinstance(self.entry, Noting),
            self.line.opened is not None,
            self.tables_at == self.room.at,
        )
        shown = projected(m, self.services.pictures, self.room, self.leaf, now)
        self.leaf, self.leaves = shown.leaf, shown.leaves
        return shown

    def _entrance(self, *, alone: bool = False) -> Entrance:
        """The way in for phones; for all to see where `alone` there is no window but that one."""
        foot = self._foot() if alone else ""
        typed = f"{self.entry.line}|" if alone and not self.asking and isinstance(self.entry, Naming) else ""
        return Entrance(self.line, self.lobby, self.room.headcount, self.services.now(), foot, typed, alone)

    def _with_corner(self, m: Metrics, root: Thing) -> Thing:
        opened = self.line.opened
        if opened is None or not self.lobby.corner or self.line.standing.locked:
            return root
        return cornered(m, root, opened)

    def _beside(self, m: Metrics) -> Page:
        masked = not self.services.windows.private
        return Page(presented(m, self.services.pictures, self.room, self._desk(masked=masked)))

    def _soon(self, m: Metrics) -> Iterator[Page]:
        """The page that Next shows, so that its pictures are there in time."""
        ahead = self.room.next()
        if ahead is not self.room:
            yield Page(projected(m, self.services.pictures, ahead, 0, Now()).root)

    def _foot(self) -> str:
        """What the one screen says of what the trainer does; nothing that was counted is among it."""
        if self.asking:
            return self._question()
        if isinstance(self.entry, Counting):
            told = [words for words, style in entry_words(self.entry, masked=True) if style in ("body", "attention")]
            return say("present.counting", line=" ".join(told).replace("|", ""))
        if isinstance(self.entry, Noting):
            return say("present.noting", column=say(f"room.column.{self.entry.column}"), line=self.entry.line)
        if isinstance(self.entry, Naming):
            return f"{self.entry.reason} {self.entry.asks}".strip()
        if isinstance(self.entry, Freeing):
            return say("present.free-line", line=self.entry.line)
        return say("present.heads-line", line=self.entry.line) if isinstance(self.entry, Heads) else self.told

    def _desk(self, *, masked: bool) -> Desk:
        return Desk(
            self._left(),
            self.entry,
            self._question(),
            tuple(part for part in (self.told, *self._from_phones(), self.report.said, self.keeping.said) if part),
            masked and self.room.step in HIDDEN,
            bool(self.blank),
            self._screen,
            self.leaf,
            self.leaves,
            self._buttons(),
            tuple(partial(self._tapped, id) for id in self.room.counted),
            tuple(filter(None, [two_phones(self.line), too_many(self.line, self.room.headcount)])),
            partial(joining, entrance=self._entrance()) if self.lobby.faces else None,
            partial(at_door, entrance=self._entrance()) if self.lobby.joining else None,
            self._nearly(),
            Now(phones=self.line.opened is not None, tables=self.tables_at == self.room.at),
        )

    def _from_phones(self) -> tuple[str, ...]:
        """What the presenter is told of the phones: how many are in, and the words that wait, if nobody else sees."""
        if self.line.opened is None:
            return ()
        told = [say("present.phones", phones=self.line.standing.phones, awake=self.line.standing.awake)]
        if self.room.open_round:
            voted, of = self._share()
            told[0] = f"{say('present.voted', words=say('room.voted-of', voted=voted, of=of))} {told[0]}"
        if self.line.tables:
            told[0] = f"{told[0]} {say('present.phones-tables')}"
        if self.line.trouble:
            told.append(self.line.trouble)
        waiting = self.line.gathered.waiting
        if waiting and self.services.windows.private:
            told.append(" ".join(waiting_lines(self.line.gathered)))
        elif waiting:
            told.append(say("phones.wait", count=len(waiting)))
        return tuple(told)

    def _share(self) -> tuple[int, int]:
        """How many have voted in the open round, and of how many: the headcount, or else the phones and the cards."""
        assert self.room.latest is not None
        tally = self.room.latest.votes(self.room.open_round).tally
        phones = self.line.heads if self.line.tables else self.line.standing.phones
        here = phones + sum(tally.cards) + sum(tally.tables) if self.room.headcount is None else self.room.headcount
        return tally.total, max(tally.total, here)

    def _nearly(self) -> str:
        """A hint where phones are on and nearly all have voted; it says nothing of what they said."""
        key = _NEARLY.get(self.room.step, "")
        if not key or self.line.opened is None or not self.room.at_front:
            return ""
        voted, of = self._share()
        return say(key, voted=voted, of=of) if voted and 100 * voted >= NEARLY * of else ""

    def _buttons(self) -> tuple[Button, ...]:
        made = [
            Button("back", say("present.button-back"), partial(self._takes, Meaning.PAGE_UP)),
            Button("next", say("present.button-next"), partial(self._takes, Meaning.PAGE_DOWN)),
            Button("blank", say("present.button-blank"), partial(self._takes, Meaning.BLANK)),
            Button("hands", say("present.button-count"), partial(self._takes, Meaning.HANDS)),
            Button("time", say("present.button-time"), partial(self._takes, Meaning.TEXT_SIZE)),
            Button("note", say("present.button-note"), partial(self._takes, Meaning.NOTE)),
            Button("join", say("present.button-join"), partial(self._takes, Meaning.JOIN)),
        ]
        if self.room.step is Step.DISCUSS:
            made.append(Button("rhythm", say("present.button-rhythm"), partial(self._takes, Meaning.RHYTHM)))
        if self.room.shown.reveal and self.room.shown.reveal.tables:
            made.append(Button("tables", say("present.button-tables"), self._tables))
        if self.line.opened and self.line.tables:
            made.append(Button("free", say("present.button-free"), partial(self._takes, Meaning.FREE)))
        if self.room.other_branches:
            made.append(Button("what-if", say("present.button-what-if"), partial(self._takes, Meaning.OVERLAY)))
        return tuple(made)

    # ---- time ---------------------------------------------------------------

    def _left(self) -> Left | None:
        return self.clock.left(self.services.now()) if self.clock else None

    def _down(self) -> int:
        """What is counted down to the cards: 3, 2, 1, and then 0."""
        if self.cards is None or self.room.step not in _CARDS or not self.room.at_front:
            return 0
        return self.cards.left(self.services.now()).seconds

    def _ticks(self) -> float | None:
        now = self.services.now()
        running = [clock.ticks(now) for clock in (self.clock, self.cards) if clock]
        running += [PHONES] if self.line.opened else []
        return min((seconds for seconds in running if seconds is not None), default=None)

    def _tick(self) -> Move:
        now = self.services.now()
        heard = self.line.heard(self.room)
        if heard != self.room:
            self.room = heard
            self._kept()
        if self.clock:
            due = self.clock.bells(now)
            if due > self.rung:
                self.services.hear("bell")
            self.rung = due
        if self.cards and self.cards.left(now).over:
            self.cards = None
        return Stay()

    def _set_clock(self) -> None:
        """The time of the page that is at the front now, from its beginning."""
        seconds, step, now = self.room.shown.seconds, self.room.step, self.services.now()
        self.rung, self.clock_at = 0, self.room.at
        self.clock = Clock(now, (Box("alone" if step is Step.SILENT else "groups", seconds),), step is Step.SILENT)
        if step is Step.DISCUSS:
            self.clock = Clock(now, RHYTHMS[self.rhythm])
        if not seconds:
            self.clock = None
        self.cards = Clock(now, (Box("all", DOWN),), quiet=True) if step in _CARDS else None

    def _more(self, by: int) -> Move:
        now = self.services.now()
        if self.clock is None or self.clock_at != self.room.at:
            if by > 0 and self.room.at_front:
                self.clock, self.clock_at, self.rung = Clock(now, (Box("groups", by),)), self.room.at, 0
            return Stay()
        self.clock = self.clock.longer(now, by)
        self.rung = self.clock.bells(now)
        return Stay()

    def _next_rhythm(self) -> Move:
        if self.room.step is Step.DISCUSS and self.room.at_front:
            names = list(RHYTHMS)
            self.rhythm = names[(names.index(self.rhythm) + 1) % len(names)]
            self.clock, self.clock_at, self.rung = Clock(self.services.now(), RHYTHMS[self.rhythm]), self.room.at, 0
            self.told = say(f"present.rhythm-{self.rhythm}")
        return Stay()

    # ---- what a key does ----------------------------------------------------

    def _takes(self, event: object) -> Move:
        """Act on an event; None where it is not a key's (the mouse), or means the same on every screen."""
        if isinstance(event, Ticked):
            return self._tick()
        if isinstance(event, Typed):
            return self._typed(event)
        if isinstance(event, Pick):
            return self._pick(event.number)
        if not isinstance(event, Meaning):
            return None
        if self.asking:
            return self._answered(event)
        if event not in _ACTS and event not in _BREAKS:
            return None
        if self.looking and event not in _JUDGES:
            self.looking, self.told = False, say("phones.looked")
            return Stay()
        if self.blank and event not in _SEES_BLANK:
            self.blank = ""
            return Stay()
        self.told = ""
        if self.entry is not None and event in _WRITING:
            return _WRITING[event](self)
        return _ACTS[event](self) if event in _ACTS else Stay()

    def _next(self) -> Move:
        """The next leaf, or the next page; while the cards are counted down, that ends."""
        if self.lobby.faces:
            self.lobby = self.lobby.on()
            return Stay()
        if self._down():
            self.cards = None
            return Stay()
        if self.leaf + 1 < self.leaves:
            self.leaf += 1
            return Stay()
        if self.tables_at == self.room.at:
            return self._tables()
        front, before = self.room.at_front, self.room
        if front and self.clock and self.clock_at == self.room.at:
            self.room = self.room.spent(round(self.clock.elapsed(self.services.now())))
        self.room = self.room.next()
        if self.room.at == before.at and self.room.decisions == before.decisions:
            self.room = before  # the last page
            return Stay()
        self.leaf = 0 if self.room.at != before.at else self.leaf
        if front and self.room.at != before.at:
            self._set_clock()
        return self._kept()

    def _back(self) -> Move:
        if self.lobby.faces:
            self.lobby = self.lobby.back()
        elif self.leaf > 0:
            self.leaf -= 1
        elif self.tables_at == self.room.at:
            return self._tables()
        elif self.room.at > 0:
            self.room, self.leaf = self.room.back(), -1
        return Stay()

    def _tables(self) -> Move:
        """G: after the reveal, the votes by table; once more, or Next, takes that page away."""
        reveal = self.room.shown.reveal
        if self.lobby.faces:
            return Stay()
        if reveal is None or not reveal.tables:
            self.told = say("present.no-tables")
            return Stay()
        self.tables_at, self.leaf = -1 if self.tables_at == self.room.at else self.room.at, 0
        return Stay()

    # ---- phones -------------------------------------------------------------

    def _join(self) -> Move:
        """J: let phones in, and show how; once more takes that page away. Phones stay on."""
        if not self.lobby.joining:
            self.line.open()
        self.lobby = self.lobby.turned(self.services.now())
        return self._kept()

    def _address(self) -> Move:
        if self.lobby.joining:
            self.line.next_address()
            self.lobby = self.lobby.tried(self.services.now())
        return self._kept()

    def _code(self) -> Move:
        """Q: the code as large as the window, and back."""
        if self.line.opened is None:
            self.told = say("lobby.off")
        else:
            self.lobby = self.lobby.large()
        return Stay()

    def _corner(self) -> Move:
        """C: the small code for who comes late, or none."""
        if self.line.opened is None:
            self.told = say("lobby.off")
            return Stay()
        self.lobby = replace(self.lobby, corner=not self.lobby.corner)
        shown = "corner-locked" if self.line.standing.locked else "corner-on"
        self.told = say(f"lobby.{shown if self.lobby.corner else 'corner-off'}")
        return Stay()

    def _router(self) -> Move:
        """U, on the join page: the code of the trainer's own router, and back; it is typed the first time."""
        if self.lobby.joining and self.lobby.router:
            self.lobby = self.lobby.on_router()
            return Stay()
        return self._router_anew()

    def _router_anew(self) -> Move:
        self.entry = self.lobby.asked() if self.lobby.joining else self.entry
        return Stay()

    def _host_name(self) -> Move:
        """E, on the join page: a host name in place of the address."""
        self.entry = Naming("name", self.line.name) if self.lobby.joining else self.entry
        return Stay()

    def _lock(self) -> Move:
        self.line.lock()
        if self.line.opened:
            self.told = say("present.locked" if self.line.standing.locked else "present.unlocked")
        return self._kept()

    def _time_or_tables(self) -> Move:
        """T: more time; on the join page, one phone for each table."""
        if not self.lobby.joining:
            return self._more(MORE)
        self.line.one_for_a_table()
        return self._kept()

    def _free(self) -> Move:
        """Shift G: free a table that a phone speaks for; which one, is typed."""
        if self.line.opened is None or not self.line.tables:
            self.told = say("present.no-free")
        else:
            self.entry = Freeing.of(self.line.standing.tables)
        return Stay()

    def _freed(self, entry: Freeing) -> Move:
        """The phones that said this table say theirs again, and in an open vote it has not voted."""
        table, self.entry = int(entry.line), None
        spoken_for = any(each.table == table and each.people for each in self.line.standing.tables)
        self.line.free(table)
        told = [say("present.freed" if spoken_for else "present.freed-none", table=table)]
        told += [say("present.freed-vote")] if spoken_for and self.room.open_round else []
        self.told = " ".join(told)
        return Stay()

    def _approve(self) -> Move:
        """M: let the oldest words from phones through to the room. The trainer alone sees them first."""
        if self._may_judge():
            self.room = self.line.approve(self.room)
            self._show_lines()
            return self._kept()
        return Stay()

    def _refuse(self) -> Move:
        """Shift M: take the oldest words from phones away."""
        if self._may_judge():
            self.line.delete()
            return self._kept()
        return Stay()

    def _same(self) -> Move:
        """S: the oldest words from phones say the same as a line on the wall; which one, is asked."""
        if self._may_judge():
            if not self.room.lines:
                self.told = say("phones.no-line")
                return Stay()
            self.likest = 0
            return self._ask("same")
        return Stay()

    def _may_judge(self) -> bool:
        """Whether words wait that the trainer alone sees. Where the room would see them too, that is asked first."""
        if not self.line.gathered.waiting:
            self.told = say("phones.nothing-waits")
        elif self.services.windows.private or self.looking:
            return True
        else:
            self._ask("words")
        return False

    def _look(self) -> Move:
        """The room's picture is off: show the words that wait on the one screen there is."""
        self.looking, self.inline, self.blank = True, False, ""
        return Stay()

    def _merge(self) -> Move:
        self.room = self.line.merge(self.room, self._likest())
        self._show_lines()
        return self._kept()

    def _show_lines(self) -> None:
        """Turn to the leaf with what was gathered, where this step has one."""
        self.leaf = -1 if self.room.step in _GATHERING else self.leaf

    def _likest(self) -> int:
        """The place of the line that is proposed as saying the same."""
        places = likest(self.room, self.line.gathered.waiting[0])
        return places[self.likest % len(places)]

    def _front(self) -> Move:
        if not self.room.at_front:
            self.room, self.leaf = self.room.to_front(), 0
        return Stay()

    def _blanks(self, colour: str) -> Move:
        self.blank = "" if self.blank else colour
        return Stay()

    def _pick(self, number: int) -> Move:
        """1 to 4: the trainer's own choice of the branch, or the answer to a tie."""
        asked = self.room.latest
        if self.asking or self.blank or self.lobby.faces or self.looking or not self.room.may_decide:
            return Stay()
        if asked is None or number > len(asked.choices):
            return Stay()
        self.room = self.room.decide(asked.choices[number - 1].id)
        return self._kept()

    def _what_if(self) -> Move:
        if self.lobby.faces:
            return Stay()
        if not self.room.other_branches:
            self.told = say("present.no-what-if")
            return Stay()
        self.room, self.leaf = self.room.what_if(), 0
        self._set_clock()
        return self._kept()

    def _hands(self) -> Move:
        """Open the count of the cards; on the join page and before the first decision, that of the people."""
        if self.lobby.joining or not (self.room.counting or self.room.decisions):
            self.entry = Heads()
        elif self.room.counting:
            self.entry = Counting()
        else:
            self.told = say("present.no-count")
        return Stay()

    def _note(self) -> Move:
        self.entry = Noting(COLUMNS, _GATHERING.get(self.room.step, "ideas"))
        self._show_lines()
        return Stay()

    def _note_away(self) -> Move:
        """Shift N: which line goes is asked, the newest first."""
        if not self.room.lines:
            self.told = say("present.no-line")
            return Stay()
        self.older = 0
        return self._ask("away")

    def _line_asked(self) -> int:
        """The place of the line that is asked about: so many before the newest, and then round again."""
        return len(self.room.lines) - 1 - self.older % len(self.room.lines)

    def _take_away(self) -> Move:
        self.room = self.room.unnote(self._line_asked())
        self._show_lines()
        return self._kept()

    def _windows(self) -> Move:
        """P: the two windows change places; with one window, the presenter's page comes and goes in it, masked."""
        if self.services.windows.pair:
            self.services.windows.swap()
        else:
            self.inline = not self.inline
        return Stay()

    def _other_window(self) -> Move:
        self.services.windows.toggle()
        self.inline = False
        return Stay()

    # ---- what wants a second thought ---------------------------------------

    def _ask(self, what: str) -> Move:
        if what == "finish" and self.room.present.step is Step.CLOSE:
            what = "quit"  # the story is left already: what can end now is the session
        if (what == "reveal" and not self.room.may_reveal) or (what == "finish" and self.room.finish() == self.room):
            return Stay()
        self.asking, self.entry = what, None
        return Stay()

    def _question(self) -> str:
        if self.asking == "full":
            return say("present.ask-window" if self.services.full else "present.ask-full")
        if self.asking == "same":
            words = self.line.gathered.waiting[0].words
            return say("present.ask-same", words=words, line=self.room.lines[self._likest()].words)
        if self.asking == "away":
            return say("present.ask-away", line=self.room.lines[self._line_asked()].words)
        if self.asking == "quit" and self.room.present.step is Step.CLOSE:
            return say("present.ask-close")
        return say(f"present.ask-{self.asking}") if self.asking else ""

    def _answered(self, event: Meaning) -> Move:
        """Enter means yes. Ctrl+Q a second time closes the program. Anything else means no, and does nothing more."""
        what = self.asking
        if event is Meaning.REDRAW:
            return None
        if event is Meaning.FULL_SCREEN:
            return self._full()
        if what == "same" and event is Meaning.SAME:
            self.likest += 1
            return Stay()
        if what == "away" and event is Meaning.NOTE_AWAY:
            self.older += 1
            return Stay()
        self.asking = ""
        if what == "quit" and event is Meaning.CLOSE:
            self._leave()
            return Quit()
        if event is Meaning.CLOSE:
            return self._ask("quit")
        return _YES[what](self) if event is Meaning.CONFIRM else Stay()

    def _full(self) -> Move:
        self.services.fill(not self.services.full)
        return Stay()

    def _home(self) -> Move:
        self._leave()
        return Home()

    def _leave(self) -> None:
        self.line.close()
        self.keeping.leave(self.room)
        self.services.lay_down = lambda: None
        self.services.fill(None)

    def _laid_down(self) -> None:
        """The program has stumbled over this session: let go of it, so that it can be gone on with."""
        self.line.close(over=False)
        self.keeping.let_go()
        self.services.lay_down = lambda: None
        self.services.fill(None)

    def _reveal(self) -> Move:
        self.room, self.leaf = self.room.reveal_now(), 0
        self._set_clock()
        return self._kept()

    def _finish(self) -> Move:
        self.room, self.leaf = self.room.finish(), 0
        self._set_clock()
        return self._kept()

    # ---- writing ------------------------------------------------------------

    def _typed(self, event: Typed) -> Move:
        if isinstance(self.entry, (Noting, Naming)) or (isinstance(self.entry, Freeing) and event.text != "."):
            self.entry = self.entry.typed(event.text)
            return Stay()
        if event.text == ".":
            return self._blanks(BLACK)
        if isinstance(self.entry, Heads):
            digits = "".join(sign for sign in event.text if sign.isascii() and sign.isdecimal())
            self.entry = Heads((self.entry.line + digits)[:4])
        elif isinstance(self.entry, Counting):
            if not self.room.counting:
                self.entry = None
                return Stay()
            self.room, self.entry = self.entry.typed(self.room, event.text, shift=event.shift)
            return self._kept()
        return Stay()

    def _tapped(self, choice_id: str, by: int) -> Move:
        """The mouse: one card more or fewer."""
        if isinstance(self.entry, Counting) and self.room.counting:
            self.room = self.room.add(choice_id, by, self.entry.table)
            return self._kept()
        return Stay()

    def _rub(self) -> Move:
        if isinstance(self.entry, (Counting, Noting, Naming, Freeing)):
            self.entry = self.entry.rubbed()
        elif isinstance(self.entry, Heads):
            self.entry = Heads(self.entry.line[:-1])
        return Stay()

    def _take(self) -> Move:
        """Enter: take the line, and stay for the next; on an empty line, close."""
        entry = self.entry
        if isinstance(entry, Naming):
            return self._take_line(entry)
        if entry is None or not entry.line:
            self.entry = None
            return Stay()
        if isinstance(entry, Freeing):
            return self._freed(entry)
        if isinstance(entry, Heads):
            self.room, self.entry = self.room.headcount_is(int(entry.line)), None
        else:
            self.room, self.entry = entry.taken(self.room)
            if isinstance(entry, Noting):
                self._show_lines()
        return self._kept()

    def _take_and_close(self) -> Move:
        """Next: take the line and close it; stay where it was unclear. The page stays too. Only Enter frees a table."""
        if isinstance(self.entry, Naming):
            return self._take_line(self.entry)
        if isinstance(self.entry, Freeing):
            return self._close()
        if self.entry is not None and self.entry.line:
            self._take()
        unclear = isinstance(self.entry, Counting) and self.entry.reason
        if not unclear:
            self.entry = None
        return Stay()

    def _take_line(self, line: Naming) -> Move:
        """A line of the way in is taken, the next one opened; one that is not right stays, with the reason."""
        line = line.judged()
        if line.reason:
            self.entry = line
        elif line.what == "name":
            self.entry = None
            self.line.named(line.host)
            self.lobby = self.lobby.tried(self.services.now())
        else:
            self.lobby, self.entry = self.lobby.taken(line)
        return self._kept()

    def _close(self) -> Move:
        self.entry = None
        return Stay()

    def _column(self) -> Move:
        if isinstance(self.entry, Noting):
            self.entry = self.entry.turned()
        return Stay()

    def _kept(self) -> Move:
        """Keep the report and the session as they stand, after each step, and then show phones what they may see."""
        self.report.keep(self.room)
        self.keeping.keep(self.room, self.line, self.report.name)
        self.line.settle()  # only now: a crash in between shows words twice, and loses none
        self.line.show(self.room)
        return Stay()


_ACTS: Final[Mapping[Meaning, Callable[[RoomScreen], Move]]] = {
    Meaning.PAGE_DOWN: RoomScreen._next,
    Meaning.FORWARD: RoomScreen._next,
    Meaning.CONFIRM: RoomScreen._next,
    Meaning.PAGE_UP: RoomScreen._back,
    Meaning.STEP_BACK: RoomScreen._back,
    Meaning.TOP: RoomScreen._front,
    Meaning.BLANK: lambda screen: screen._blanks(BLACK),
    Meaning.WHITE: lambda screen: screen._blanks(WHITE),
    Meaning.TEXT_SIZE: RoomScreen._time_or_tables,
    Meaning.JOIN: RoomScreen._join,
    Meaning.ADDRESS: RoomScreen._address,
    Meaning.CODE: RoomScreen._code,
    Meaning.CORNER: RoomScreen._corner,
    Meaning.ROUTER: RoomScreen._router,
    Meaning.ROUTER_ANEW: RoomScreen._router_anew,
    Meaning.HOST_NAME: RoomScreen._host_name,
    Meaning.LOG: RoomScreen._lock,
    Meaning.MAP: RoomScreen._approve,
    Meaning.REFUSE: RoomScreen._refuse,
    Meaning.SAME: RoomScreen._same,
    Meaning.TABLES: RoomScreen._tables,
    Meaning.FREE: RoomScreen._free,
    Meaning.LESS: lambda screen: screen._more(-MORE),
    Meaning.RHYTHM: RoomScreen._next_rhythm,
    Meaning.HANDS: RoomScreen._hands,
    Meaning.NOTE: RoomScreen._note,
    Meaning.NOTE_AWAY: RoomScreen._note_away,
    Meaning.OVERLAY: RoomScreen._what_if,
    Meaning.PICTURE: RoomScreen._windows,
    Meaning.OTHER_WINDOW: RoomScreen._other_window,
    Meaning.MENU: lambda screen: screen._ask("full"),
    Meaning.CLOSE: lambda screen: screen._ask("quit"),
    Meaning.FULL_SCREEN: RoomScreen._full,
    Meaning.SKIP: lambda screen: screen._ask("finish"),
    Meaning.REVEAL: lambda screen: screen._ask("reveal"),
}
"""What each meaning does while nothing is written."""

_WRITING: Final[Mapping[Meaning, Callable[[RoomScreen], Move]]] = {
    Meaning.CONFIRM: RoomScreen._take,
    Meaning.PAGE_DOWN: RoomScreen._take_and_close,
    Meaning.FORWARD: RoomScreen._take_and_close,
    Meaning.PAGE_UP: RoomScreen._take_and_close,
    Meaning.STEP_BACK: RoomScreen._rub,
    Meaning.MENU: RoomScreen._close,
    Meaning.NEXT: RoomScreen._column,
}
"""What each meaning does while there is an open line."""

_YES: Final[Mapping[str, Callable[[RoomScreen], Move]]] = {
    "full": RoomScreen._full,
    "quit": RoomScreen._home,
    "finish": RoomScreen._finish,
    "reveal": RoomScreen._reveal,
    "words": RoomScreen._look,
    "same": RoomScreen._merge,
    "away": RoomScreen._take_away,
}
"""What Enter does where something was asked."""

_JUDGES: Final = frozenset({Meaning.MAP, Meaning.REFUSE, Meaning.SAME, Meaning.CLOSE, Meaning.REDRAW})
"""What acts on words that only the trainer sees; any other key shows the room's page again, and does nothing more."""

_SEES_BLANK: Final = frozenset({Meaning.BLANK, Meaning.WHITE, Meaning.CLOSE, Meaning.REDRAW, Meaning.FULL_SCREEN})
"""What acts though the screen is blank; any other key brings the page back first, and does nothing more."""
