"""A room with phones switched on, for a test: real sockets on this machine, and no waiting but for what happens."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, TypeVar

from game.net import Fact, Opened, Option, Phones, RoundView, Shown
from tests.displays import PATIENCE
from tests.room.phones import Phone

OPTIONS = (
    Option("A", "Call Marcus into the office now."),
    Option("B", "Ask Marcus over tea what happened."),
    Option("C", "Look at the rota dates first."),
)
T = TypeVar("T")
FIRST, SECOND = "kitchen:1", "kitchen:2"


class OpenRoom:
    """Phones that are open while the test is inside `with`; the facts of the whole test are in `facts`."""

    def __init__(self, **given: Any) -> None:
        self._stirred = threading.Condition()
        self._news = 0
        self.facts: list[Fact] = []
        self.phones = Phones(**{"port": 0, "wake": self._wake, **given})
        self._rev = 0
        self._made: list[Phone] = []

    def __enter__(self) -> OpenRoom:
        self.opened: Opened = self.phones.start("127.0.0.1")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.phones.close()

    @property
    def code(self) -> str:
        return self.opened.code

    def phone(self, local: str | None = None, **given: Any) -> Phone:
        """A phone that knows where the room is, and has not asked for anything."""
        phone = Phone("127.0.0.1", self.opened.port, local, **given)
        self._made.append(phone)
        return phone

    def run(self, walk: Coroutine[Any, Any, T]) -> T:
        """Let the phones do this, and hang all of them up afterwards."""

        async def whole() -> T:
            try:
                return await walk
            finally:
                for phone in self._made:
                    phone.hang_up()
                await asyncio.sleep(0)  # one turn of the loop, in which the lines are closed

        return asyncio.run(whole())

    def show(self, step: str, **given: Any) -> RoundView:
        """Show a step, and go on once the phones are shown it."""
        self._rev += 1
        view = RoundView(self._rev, step, **given)
        self.phones.show(view)
        self.until(lambda: Shown(view.rev) in self.facts)
        return view

    def ask(self, round: str = FIRST, **given: Any) -> RoundView:
        """Ask the question of the kitchen, and open the vote."""
        shown = {"question": "What do you do first?", "options": OPTIONS, "open": True, "round": round}
        return self.show("vote", **{**shown, **given})

    def until(self, claim: Callable[[], bool]) -> None:
        """Wait for facts until the claim holds."""
        while True:
            with self._stirred:
                seen = self._news
            self.facts += self.phones.drain()
            if claim():
                return
            self._more_than(seen)

    def _more_than(self, seen: int) -> None:
        with self._stirred:
            assert self._stirred.wait_for(lambda: self._news > seen, timeout=PATIENCE), "nothing more happened"

    def drained(self) -> list[Fact]:
        """Every fact so far."""
        self.facts += self.phones.drain()
        return self.facts

    def _wake(self) -> None:
        with self._stirred:
            self._news += 1
            self._stirred.notify_all()
