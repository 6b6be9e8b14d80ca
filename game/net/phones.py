"""Owns the phones as the rest of the program meets them: a thread that is started, shown views, and drained of facts.

No thread and no socket exists before `start`. The server's thread owns the ballot box and takes votes while the window
stands still; the two threads hand each other immutable values and nothing else.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from typing import Final

from aiohttp.web import ServerRunner, SockSite

from game.net.box import Box
from game.net.door import Door
from game.net.files import raise_limit, room_for
from game.net.journal import Journal, Kept, OpenLine, Writer
from game.net.limits import Rules
from game.net.server import Service
from game.net.views import Fact, Joined, Opened, RoundView, Standing, Trouble

PORT: Final = 8765
"""Where the room is by default: always the same, so that a firewall asks once."""

TRIES: Final = 20
"""How many ports are tried, upwards."""

LETTERS: Final = "ACDEFHJKMNPRTUVWXY"
"""What a code is made of: letters that are not taken for one another, nor for digits, on a wall."""

SWITCH: Final = 0.0005
"""Seconds until a busy thread lets the other one run, while phones are on (measured, `room.md` 3.1)."""

CALM: Final = sys.getswitchinterval()
"""The same while they are off: as Python has it, and not as another room has set it that is still open."""

BACKLOG: Final = 1024
"""How many may knock in one instant, strangers too. Whoever finds it full knocks again a second later.

With 4,096, a few phones less wait that second, and all phones wait longer behind a flood from their own router: of four
runs each, the slowest twentieth of votes took 150 to 400 ms with 1,024, and 120 to 800 ms with 4,096.
"""

ACCEPTED: Final = 32
"""How many of them are taken in before anybody else has a turn."""

ON_THE_WAY: Final = 4
"""Turns of the loop from being taken in to standing at the door."""

REFRESH: Final = 0.5
"""Seconds between two looks at who is awake."""


class CannotListen(Exception):
    """No phone can be served at this address."""

    def __init__(self, host: str, reason: str) -> None:
        super().__init__(f"{host}: {reason}")
        self.host = host
        self.reason = reason


class Phones:
    """The phones of one session."""

    def __init__(
        self,
        *,
        journal: Journal | None = None,
        kept: Kept | None = None,
        rules: Rules | None = None,
        port: int = PORT,
        wake: Callable[[], None] | None = None,
    ) -> None:
        """Make ready, and open nothing.

        `journal` keeps what is acknowledged. `kept` is what the journal of a session told that is to go on: same port,
        same code, same tokens, and its votes come as facts. `wake` is called in the server's thread after new facts.
        """
        self._journal = journal
        self._box = Box(kept)
        self._rules = rules or Rules()
        self._port = kept.port if kept else port
        self._code = kept.code if kept else "".join(secrets.choice(LETTERS) for _ in range(4))
        self._wake = wake
        self._facts: deque[Fact] = deque(self._box.facts)
        self._view = RoundView(0, "wait")
        self._standing = Standing()
        self._opened: Opened | None = None
        self._opened_on = ""
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._service: Service | None = None
        self._runner: ServerRunner | None = None
        self._site: SockSite | None = None
        self._plug: socket.socket | None = None
        self._ended: asyncio.Event | None = None
        self._over = True

    @property
    def opened(self) -> Opened | None:
        """Where phones find the room; None while nothing is open."""
        return self._opened

    @property
    def standing(self) -> Standing:
        """How many phones have joined and are awake, as of a moment ago."""
        return self._standing

    def start(self, address: str, *, name: str = "") -> Opened:
        """Open the room on this IPv4 address of this computer, and return where phones find it.

        `name` is a host name to show in place of the address, where the trainer typed one. Where the port is busy, the
        next free one is taken. Raises CannotListen.
        """
        if self._thread is not None:
            return self.move(address, name=name)
        ready: Future[Opened] = Future()
        self._thread = threading.Thread(target=self._run, args=(address, name, ready), name="phones", daemon=True)
        self._thread.start()
        try:
            return ready.result()
        except CannotListen:
            self._join_thread()
            raise

    def move(self, address: str, *, name: str = "") -> Opened:
        """Listen on another address instead, with the same ballot box; phones that are in must join there again.

        Raises CannotListen, and then listens where it did.
        """
        assert self._loop is not None
        return asyncio.run_coroutine_threadsafe(self._listen(address, name), self._loop).result()

    def show(self, view: RoundView) -> None:
        """Show this on all phones. `Shown` comes back as a fact once it is so."""
        self._view = view
        self._call(lambda service: service.show(view))

    def lock(self, locked: bool) -> None:
        """Let nobody new in, or do again. Phones that are in may always come back."""

        def turn(service: Service) -> None:
            service.locked = locked
            self._standing = service.standing()

        self._standing = replace(self._standing, locked=locked)
        self._call(turn)

    def free(self, table: int) -> None:
        """Free a table: the phones that said it must say theirs again, and in an open vote it has not voted."""

        def turn(service: Service) -> None:
            service.free(table)
            self._standing = service.standing()

        self._call(turn)

    def settle(self, number: int) -> None:
        """These words were approved or deleted: after a crash they do not wait again."""
        self._call(lambda service: service.settle(number))

    def drain(self) -> tuple[Fact, ...]:
        """Every fact since the last time, in order."""
        facts = []
        while self._facts:
            facts.append(self._facts.popleft())
        return tuple(facts)

    def close(self, *, over: bool = True) -> None:
        """Close every socket and end the thread. Facts can still be drained.

        With `over`, the phones are told that the session is; else they go on trying to come back. After `start` the
        same phones are in again, with what they said, at the same port.

        The journal stays as it is; whoever handed it in closes it.
        """
        self._over = over
        if self._loop is not None and self._ended is not None:
            self._loop.call_soon_threadsafe(self._ended.set)
        self._join_thread()

    def _call(self, what: Callable[[Service], None]) -> None:
        service = self._service
        if self._loop is not None and service is not None:
            self._loop.call_soon_threadsafe(what, service)

    def _join_thread(self) -> None:
        if self._thread is not None:
            self._thread.join()
        self._thread = self._loop = self._service = self._opened = self._site = self._plug = None
        sys.setswitchinterval(CALM)

    # in the server's thread

    def _run(self, address: str, name: str, ready: Future[Opened]) -> None:
        try:
            asyncio.run(self._serve(address, name, ready))
        except BaseException as error:
            if ready.done():  # nobody waits for it any more: the trainer is told, and goes on with cards
                self._opened = None
                self._tell(Trouble("phones", traceback.format_exc()))
            else:
                ready.set_exception(error)

    async def _serve(self, address: str, name: str, ready: Future[Opened]) -> None:
        phones, connections = room_for(raise_limit())
        rules = replace(self._rules, most_phones=min(phones, self._rules.most_phones or phones))
        loop = asyncio.get_running_loop()
        service = Service(self._code, rules, self._box, self._tell)
        service.show(self._view)
        door = Door(service, rules, connections)
        self._runner = ServerRunner(door, shutdown_timeout=0.2)
        await self._runner.setup()
        self._ended = asyncio.Event()
        self._service = service
        try:
            opened = await self._listen(address, name)
            if self._journal is not None:
                service.writer = Writer(self._journal, loop, self._failed)
                await service.writer.keep((OpenLine(opened.port, opened.code),))
            self._loop = loop
            sys.setswitchinterval(SWITCH)
            ready.set_result(opened)
            await self._until_closed(service, door)
        finally:
            await _turned_away(self._plug)
            await self._runner.cleanup()
            if service.writer is not None:
                service.writer.close()

    async def _until_closed(self, service: Service, door: Door) -> None:
        assert self._ended is not None
        rounds = [asyncio.create_task(service.beat()), asyncio.create_task(door.watch())]
        while not self._ended.is_set():
            self._standing = service.standing()
            try:
                await asyncio.wait_for(self._ended.wait(), REFRESH)
            except TimeoutError:
                continue
        for each in rounds:
            each.cancel()
        if self._over:
            service.show(RoundView(service.floor.view.rev + 1, "end"))
        for stream in service.streams:
            stream.end()
        deadline = asyncio.get_running_loop().time() + REFRESH
        while any(True for _ in service.streams) and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(0.01)
        self._standing = replace(service.standing(), awake=0)

    async def _listen(self, address: str, name: str) -> Opened:
        service, old = self._service, self._site
        assert service is not None
        if old is None or self._opened is None or self._opened_on != address:
            try:
                site, plug = await self._bound(address)
            except OSError as error:
                raise CannotListen(address, error.strerror or str(error)) from error
            if old is not None:
                await _turned_away(self._plug)
                await old.stop()
            self._site, self._plug, self._opened_on = site, plug, address
        assert self._plug is not None
        port = self._plug.getsockname()[1]
        opened = Opened(name or address, port, self._code)
        service.hosts = {f"{host}:{port}" for host in (address, name) if host}
        service.own = {address}
        service.reached = False
        self._opened, self._port = opened, port
        return opened

    async def _bound(self, address: str) -> tuple[SockSite, socket.socket]:
        for port in (*range(self._port, self._port + TRIES), 0) if self._port else (0,):
            plug = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            try:
                return await self._listening(plug, address, port), plug
            except OSError as error:
                plug.close()
                if _is_busy(error) and port:
                    continue
                raise
        raise AssertionError("port 0 is never busy")

    async def _listening(self, plug: socket.socket, address: str, port: int) -> SockSite:
        assert self._runner is not None
        if os.name == "posix":
            plug.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        plug.bind((address, port))
        site = SockSite(self._runner, plug, backlog=ACCEPTED)
        try:
            await site.start()
            plug.listen(BACKLOG)  # the loop takes in as many at once as it was first told: fewer than may knock
        except OSError:
            await site.stop()
            raise
        return site

    def _tell(self, fact: Fact) -> None:
        if isinstance(fact, Joined):
            self._standing = replace(self._standing, phones=self._standing.phones + 1, awake=self._standing.awake + 1)
        self._facts.append(fact)
        if self._wake is not None:
            self._wake()

    def _failed(self, error: OSError) -> None:
        self._tell(Trouble("journal", str(error)))


async def _turned_away(plug: socket.socket | None) -> None:
    """Take nobody in any more at this socket, and wait until whoever was taken in stands at the door.

    Whoever is still on the way there when asyncio stops listening is dropped, and their line is not closed.
    """
    if plug is None:
        return
    with suppress(NotImplementedError):  # on Windows, where the loop takes in one at a time
        asyncio.get_running_loop().remove_reader(plug)
    for _ in range(ON_THE_WAY):
        await asyncio.sleep(0)


def _is_busy(error: OSError) -> bool:
    import errno

    return error.errno in (errno.EADDRINUSE, errno.EACCES)
