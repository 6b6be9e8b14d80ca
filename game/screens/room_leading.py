"""Owns leading a session: all that was done in it, how it is looked at now, and what each key does to both.
Never shows anything, never scores, never ends by itself; no key of a clicker ends it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from game.screens.room_asking import TURNS, Asking, What, question_of
from game.screens.room_clock import MORE
from game.screens.room_entry import Counting, Entry, Freeing, Heads, Noting
from game.screens.room_keeping import Keeping
from game.screens.room_lobby import Lobby, Naming
from game.screens.room_phones import PhoneLine
from game.screens.room_report import Report
from game.screens.room_times import Times
from game.screens.services import Services
from game.training import COLUMNS, Column, Room, Step
from game.ui import Home, Meaning, Move, Pick, Quit, Stay, Ticked, Typed
from game.words import say

BLACK: Final = "#000000"
WHITE: Final = "#ffffff"

_GATHERING: Final[Mapping[Step, Column]] = {Step.BARRIERS: "barriers", Step.MONDAY: "monday", Step.DEBRIEF: "plus"}
"""The column that a note goes to first; elsewhere it is an idea."""

_BREAKS: Final = frozenset({Meaning.NEXT, Meaning.PREVIOUS, Meaning.UP, Meaning.DOWN})
"""What means nothing here: there is nothing to focus."""


class Leading:
    """A session in progress. `room` is all that was done, and the rest is how it is looked at now.

    That is the `leaf`, of so many `leaves` of its page, an open line (`entry`), a question that waits (`asking`), the
    colour of a `blank` screen, the presenter's page in the one window (`inline`), and words from phones in it
    (`looking`). `told` is what a key could not do.
    """

    def __init__(self, services: Services, room: Room, report: Report, line: PhoneLine, keeping: Keeping) -> None:
        self.services = services
        self.room = room
        self.report = report
        self.line = line
        self.keeping = keeping
        self.lobby = Lobby()
        self.times = Times()
        self.leaf = 0
        self.leaves = 1
        self.tables_at = -1
        self.entry: Entry | None = None
        self.asking: Asking | None = None
        self.blank = ""
        self.inline = False
        self.looking = False
        self.told = ""
        services.lay_down = self._laid_down
        if room.at_front and room.at:
            self._begin()  # gone on with: the time of this page begins anew
        if services.windows.projected:
            services.fill(True)  # a frame and a desktop on the wall help nobody
        self._kept()

    @property
    def by_table(self) -> bool:
        """Whether the votes by table are shown."""
        return self.tables_at == self.room.at

    @property
    def question(self) -> str:
        """What waits for Enter; empty where nothing does."""
        return self.asking.words(self.room, self.line.gathered, full=self.services.full) if self.asking else ""

    def takes(self, event: object) -> Move:
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
            return self._answered(self.asking, event)
        if event not in _ACTS and event not in _BREAKS:
            return None
        if self.looking and event not in _JUDGES:
            self.looking, self.told = False, say("phones.looked")
            return Stay()
        if self.blank and event not in _SEES_BLANK and not (event is Meaning.NOTE_AWAY and self.services.windows.pair):
            self.blank = ""
            return Stay()
        self.told = ""
        if self.entry is not None and event in _WRITING:
            return _WRITING[event](self)
        return _ACTS[event](self) if event in _ACTS else Stay()

    def tapped(self, choice_id: str, by: int) -> Move:
        """The mouse: one card more or fewer."""
        if isinstance(self.entry, Counting) and self.room.counting:
            self.room = self.room.add(choice_id, by, self.entry.table)
            return self._kept()
        return Stay()

    # ---- time ---------------------------------------------------------------

    def _tick(self) -> Move:
        heard = self.line.heard(self.room)
        if heard != self.room:
            self.room = heard
            self._kept()
        before, self.times = self.times.rung, self.times.ticked(self.services.now())
        if self.times.rung > before:
            self.services.hear("bell")
        return Stay()

    def _begin(self) -> None:
        """The time of the page that is at the front now begins."""
        self.times = self.times.begun(self.room, self.services.now())

    def _more(self, by: int) -> Move:
        self.times = self.times.longer(self.room, self.services.now(), by)
        return Stay()

    def _next_rhythm(self) -> Move:
        if self.room.step is Step.DISCUSS and self.room.at_front:
            self.times = self.times.turned(self.room, self.services.now())
            self.told = say(f"present.rhythm-{self.times.rhythm}")
        return Stay()

    # ---- from page to page --------------------------------------------------

    def _next(self) -> Move:
        """The next leaf, or the next page; while the cards are counted down, that ends."""
        if self.lobby.faces:
            self.lobby = self.lobby.on()
            return Stay()
        now = self.services.now()
        if self.times.down(self.room, now):
            self.times = self.times.shown()
            return Stay()
        if self.leaf + 1 < self.leaves:
            self.leaf += 1
            return Stay()
        if self.by_table:
            return self._tables()
        front, before = self.room.at_front, self.room
        spent = self.times.spent(self.room, now)
        if spent is not None:
            self.room = self.room.spent(spent)
        self.room = self.room.next()
        if self.room.at == before.at and self.room.decisions == before.decisions:
            self.room = before  # the last page
            return Stay()
        self.leaf = 0 if self.room.at != before.at else self.leaf
        if front and self.room.at != before.at:
            self._begin()
        return self._kept()

    def _back(self) -> Move:
        if self.lobby.faces:
            self.lobby = self.lobby.back()
        elif self.leaf > 0:
            self.leaf -= 1
        elif self.by_table:
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
        self.tables_at, self.leaf = -1 if self.by_table else self.room.at, 0
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

    def _merge(self, asked: Asking) -> Move:
        self.room = self.line.merge(self.room, asked.same(self.room, self.line.gathered))
        self._show_lines()
        return self._kept()

    def _show_lines(self) -> None:
        """Turn to the leaf with what was gathered, where this step has one."""
        self.leaf = -1 if self.room.step in _GATHERING else self.leaf

    # ---- the count, a note, what is seen --------------------------------------

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
        self._begin()
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
        return self._ask("away")

    def _take_away(self, asked: Asking) -> Move:
        self.room = self.room.unnote(asked.away(self.room))
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

    # ---- what wants a second thought -----------------------------------------

    def _ask(self, what: What) -> Move:
        question = question_of(what, self.room)
        if question:
            self.asking, self.entry = question, None
        else:
            self.told = say(f"present.no-{what}")
        return Stay()

    def _answered(self, asked: Asking, event: Meaning) -> Move:
        """Enter means yes. Ctrl+Q a second time closes the program. Anything else means no, and does nothing more."""
        if event is Meaning.REDRAW:
            return None
        if event is Meaning.FULL_SCREEN:
            return self._full()
        if TURNS.get(event) == asked.what:
            self.asking = asked.turned()
            return Stay()
        self.asking = None
        if event is Meaning.CLOSE:
            if asked.what != "quit":
                return self._ask("quit")
            self._leave()
            return Quit()
        return _YES[asked.what](self, asked) if event is Meaning.CONFIRM else Stay()

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
        self._begin()
        return self._kept()

    def _finish(self) -> Move:
        self.room, self.leaf = self.room.finish(), 0
        self._begin()
        return self._kept()

    # ---- writing --------------------------------------------------------------

    def _typed(self, event: Typed) -> Move:
        entry = self.entry
        if event.text == "." and not isinstance(entry, (Noting, Naming)):
            return self._blanks(BLACK)
        if isinstance(entry, Counting):
            return self._counted(entry, event)
        self.entry = entry.typed(event.text) if entry else None
        return Stay()

    def _counted(self, entry: Counting, event: Typed) -> Move:
        if not self.room.counting:
            self.entry = None
            return Stay()
        self.room, self.entry = entry.typed(self.room, event.text, shift=event.shift)
        return self._kept()

    def _rub(self) -> Move:
        self.entry = self.entry.rubbed() if self.entry else None
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
            if isinstance(self.entry, Counting) and self.entry.reason and not self.services.windows.private:
                self.entry = replace(self.entry, line="")  # it is masked: what nobody can read, nobody can mend
            if isinstance(entry, Noting):
                self._show_lines()
        return self._kept()

    def _take_and_close(self) -> Move:
        """Next: take the line and close it; stay where it is unclear. The page stays too. Only Enter frees a table."""
        if isinstance(self.entry, Naming):
            return self._take_line(self.entry)
        if isinstance(self.entry, Freeing):
            return self._close()
        unclear = False
        if self.entry is not None and self.entry.line:
            self._take()
            unclear = isinstance(self.entry, Counting) and bool(self.entry.reason)
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


_ACTS: Final[Mapping[Meaning, Callable[[Leading], Move]]] = {
    Meaning.PAGE_DOWN: Leading._next,
    Meaning.FORWARD: Leading._next,
    Meaning.CONFIRM: Leading._next,
    Meaning.PAGE_UP: Leading._back,
    Meaning.STEP_BACK: Leading._back,
    Meaning.TOP: Leading._front,
    Meaning.BLANK: lambda lead: lead._blanks(BLACK),
    Meaning.WHITE: lambda lead: lead._blanks(WHITE),
    Meaning.TEXT_SIZE: Leading._time_or_tables,
    Meaning.JOIN: Leading._join,
    Meaning.ADDRESS: Leading._address,
    Meaning.CODE: Leading._code,
    Meaning.CORNER: Leading._corner,
    Meaning.ROUTER: Leading._router,
    Meaning.ROUTER_ANEW: Leading._router_anew,
    Meaning.HOST_NAME: Leading._host_name,
    Meaning.LOG: Leading._lock,
    Meaning.MAP: Leading._approve,
    Meaning.REFUSE: Leading._refuse,
    Meaning.SAME: Leading._same,
    Meaning.TABLES: Leading._tables,
    Meaning.FREE: Leading._free,
    Meaning.LESS: lambda lead: lead._more(-MORE),
    Meaning.RHYTHM: Leading._next_rhythm,
    Meaning.HANDS: Leading._hands,
    Meaning.NOTE: Leading._note,
    Meaning.NOTE_AWAY: Leading._note_away,
    Meaning.OVERLAY: Leading._what_if,
    Meaning.PICTURE: Leading._windows,
    Meaning.OTHER_WINDOW: Leading._other_window,
    Meaning.MENU: lambda lead: lead._ask("full"),
    Meaning.CLOSE: lambda lead: lead._ask("quit"),
    Meaning.FULL_SCREEN: Leading._full,
    Meaning.SKIP: lambda lead: lead._ask("finish"),
    Meaning.REVEAL: lambda lead: lead._ask("reveal"),
}
"""What each meaning does while nothing is written."""

_WRITING: Final[Mapping[Meaning, Callable[[Leading], Move]]] = {
    Meaning.CONFIRM: Leading._take,
    Meaning.PAGE_DOWN: Leading._take_and_close,
    Meaning.FORWARD: Leading._take_and_close,
    Meaning.PAGE_UP: Leading._take_and_close,
    Meaning.STEP_BACK: Leading._rub,
    Meaning.MENU: Leading._close,
    Meaning.NEXT: Leading._column,
}
"""What each meaning does while there is an open line."""

_YES: Final[Mapping[What, Callable[[Leading, Asking], Move]]] = {
    "full": lambda lead, _: lead._full(),
    "quit": lambda lead, _: lead._home(),
    "finish": lambda lead, _: lead._finish(),
    "reveal": lambda lead, _: lead._reveal(),
    "words": lambda lead, _: lead._look(),
    "same": Leading._merge,
    "away": Leading._take_away,
}
"""What Enter does where something was asked."""

_JUDGES: Final = frozenset({Meaning.MAP, Meaning.REFUSE, Meaning.SAME, Meaning.CLOSE, Meaning.REDRAW})
"""What acts on words that only the trainer sees; any other key shows the room's page again, and does nothing more."""

_SEES_BLANK: Final = frozenset({Meaning.BLANK, Meaning.WHITE, Meaning.CLOSE, Meaning.REDRAW, Meaning.FULL_SCREEN})
"""What acts though the screen is blank; any other key brings the page back first, and does nothing more. Where the
trainer has a window, Shift N acts too: a line that must go is not shown once more."""
