"""Owns how the room's page is answered over HTTP, in the server's own loop. Never the story, and never a total.

The whole of what can be asked is `ROUTES`. Nothing in it changes a step, closes a vote or shows what others said.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import traceback
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from aiohttp.web import BaseRequest, Response, StreamResponse

from game.net import gate
from game.net.answers import ANSWERS, Floor, Said, Wrong
from game.net.box import HIGHEST, Box, Guest
from game.net.gate import Refused
from game.net.journal import Line, SettledLine, Writer
from game.net.limits import Addresses, Bucket, Rules
from game.net.pages import FILES, Where, as_html, as_json, file, plain, plain_of
from game.net.sheet import Sheet, join_sheet, own_of, sheet_of
from game.net.streams import Stream, Streams
from game.net.views import Fact, Joined, Reached, RoundView, Shown, Standing, Trouble
from game.words import say

HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Server": "Upstream",
}
"""On every answer."""

CODE: Final = re.compile(r"/[A-Za-z]{4}")
"""The address that people type, or a slip of it."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A request, and the token of the phone it comes from where that phone is in."""

    request: BaseRequest
    token: str | None


class Service:
    """The ballot box, the phones that listen, and an answer for every request."""

    def __init__(self, code: str, rules: Rules, box: Box, tell: Callable[[Fact], None]) -> None:
        """`box` may hold phones and ballots from before. `tell` hands a fact to the main thread."""
        self.code = code
        self.hosts: Collection[str] = ()
        self.own: Collection[str] = ()
        """The addresses of this computer: a visit from here says nothing about the network."""
        self.locked = False
        self.most_phones = rules.most_phones or 1
        self.floor = Floor(box, rules, tell, self._left)
        self.writer: Writer | None = None
        self.box = box
        self.streams = Streams(rules.streams)
        self.addresses = Addresses(rules)
        self._rules = rules
        self._tell = tell
        self._epoch = secrets.token_hex(3)
        self._until: float | None = None
        self._joins = Bucket(rules.joins_rate, rules.joins_rate, 0.0)
        self._buckets: dict[str, Bucket] = {}
        self._knocks: dict[str, Bucket] = {}
        self._heard: dict[str, float] = {}
        self.reached = False
        """Whether another machine has opened the page at this address."""

    # what the main thread asks for, in the loop

    def show(self, view: RoundView) -> None:
        """Show this to every phone from now on."""
        self.floor.view = view
        self._until = None if view.seconds is None else self._now() + view.seconds
        self._tell(Shown(view.rev))
        for stream in self.streams:
            stream.stir()

    def settle(self, number: int) -> None:
        """These words were approved or deleted, and need not wait again after a restart."""
        if self.writer:
            self.writer.keep((SettledLine(number),))

    def free(self, table: int) -> None:
        """Free a table, as the trainer asks. Its phones see it once that is kept."""

        def see(_kept: object = None) -> None:
            for stream in self.streams:
                stream.stir()

        lines = self.floor.frees(table)
        if self.writer:
            self.writer.keep(lines).add_done_callback(see)
        else:
            see()

    def standing(self) -> Standing:
        """How many phones there are and how many are awake, and the tables they said."""
        asleep, phones = self._asleep(), len(self.box.guests)
        tables = self.box.tables(asleep)
        return Standing(phones, phones - len(asleep), self.locked, phones >= self.most_phones, tables)

    async def beat(self) -> None:
        """Send signs of life. Runs until cancelled."""
        while True:
            await asyncio.sleep(self._rules.beat)
            for stream in self.streams:
                stream.stir(beat=True)
            self.addresses.forget_idle(self._now())

    # every request

    def is_in(self, token: str | None) -> bool:
        """Whether a phone with this token is in."""
        return self.box.of(token) is not None

    def is_welcome(self, token: str) -> bool:
        """Whether a phone with this token is in, and has not come to the door too often; this time is counted."""
        return self.is_in(token) and self._bucket(self._knocks, token).takes(self._now())

    async def answer(self, request: BaseRequest) -> StreamResponse:
        """Answer a request, whatever it is. Nothing about who asked is written down anywhere."""
        try:
            return await self._answer(request)
        except Refused as refused:
            return refusal(refused.status)
        except (asyncio.CancelledError, ConnectionError):
            raise
        except Exception:
            self._tell(Trouble("page", traceback.format_exc()))
            return refusal(500)

    async def _answer(self, request: BaseRequest) -> StreamResponse:
        gate.check_shape(request)
        gate.check_host(request, self.hosts)
        address = request.remote or ""
        if not self.addresses.takes(address, self._now()):
            raise Refused(429)
        handler = ROUTES.get((request.method, request.path))
        if handler is None and request.method == "GET" and CODE.fullmatch(request.path):
            handler = Service._page
        if handler is None:
            raise Refused(405 if request.method not in ("GET", "POST") else 404)
        token = gate.token_in(request)
        guest = self.box.of(token)
        if token and guest and handler is not Service._file:
            self._take(token)
            self.addresses.seen(address, token)
        return await handler(self, Visit(request, token if guest else None))

    def _take(self, token: str) -> None:
        now = self._now()
        if not self._bucket(self._buckets, token).takes(now):
            raise Refused(429)
        self._heard[token] = now

    def _bucket(self, buckets: dict[str, Bucket], token: str) -> Bucket:
        if token not in buckets:
            buckets[token] = Bucket(self._rules.phone_rate, self._rules.phone_burst, self._now())
        return buckets[token]

    async def _file(self, visit: Visit) -> StreamResponse:
        name, kind = FILES[visit.request.path]
        return Response(body=file(name), content_type=kind, charset="utf-8", headers=HEADERS)

    async def _page(self, visit: Visit) -> StreamResponse:
        self._reach(visit.request)
        guest = self.box.of(visit.token)
        if guest:
            return self._html(self._sheet(guest), guest)
        code = visit.request.path[1:].upper()
        if code not in ("", self.code):
            return page(as_html(join_sheet("", say("phone.wrong-code")), Where("")))
        return page(as_html(join_sheet(code, self._shut()), Where("", join=code)))

    async def _state(self, visit: Visit) -> StreamResponse:
        guest = self._guest(visit.token)
        if visit.request.rel_url.query.get("rev") == self._rev(guest):
            return Response(status=204, headers=HEADERS)
        return document(self._document(guest))

    async def _events(self, visit: Visit) -> StreamResponse:
        token = self._token(visit)
        response = StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
        response.force_close()
        stream = Stream(token, visit.request)
        self.streams.add(stream)
        try:
            await response.prepare(visit.request)
            await stream.run(response, lambda: self._newest(token))
        finally:
            self.streams.remove(stream)
        return response

    async def _join(self, visit: Visit) -> StreamResponse:
        kind, (name, fields) = await self._read(visit.request)
        if name != "code":
            raise Refused(400)
        token, guest = visit.token, self.box.of(visit.token)
        lines: Sequence[Line] = ()
        if token is None or guest is None:
            right = gate.words(fields["code"]).strip().upper() == self.code
            trouble = self._shut() or ("" if right else say("phone.wrong-code"))
            trouble = trouble or self._crowded(visit.request.remote or "")
            if trouble:  # the right letters stay, so that one tap tries again
                return self._answered(kind, join_sheet(self.code if right else "", trouble), None, 403)
            token, guest, lines = self._let_in(visit.request)
        await self._keep(lines)
        response = self._moved() if kind == gate.FORM else document(self._document(guest))
        response.set_cookie("upstream", token, httponly=True, samesite="Strict", path="/")
        return response

    def _let_in(self, request: BaseRequest) -> tuple[str, Guest, Sequence[Line]]:
        if not self._joins.takes(self._now()):
            raise Refused(429)
        address = request.remote or ""
        token, guest, lines = self.box.joined()
        self.addresses.seen(address, token)
        self._heard[token] = self._now()
        self._tell(Joined(guest.name))
        return token, guest, lines

    async def _vote(self, visit: Visit) -> StreamResponse:
        token = self._token(visit)
        kind, (name, fields) = await self._read(visit.request)
        if name not in ANSWERS:
            raise Refused(400)
        guest = self._guest(token)  # asked only now: while the body came, another phone may have taken the table over
        sent = gate.whole(fields["sent"], 0, HIGHEST) if "sent" in fields else None
        answered = ANSWERS[name](self.floor, Said(token, guest, fields, sent))
        if isinstance(answered, Wrong):
            await self._keep(answered.lines)
            return self._answered(kind, answered.sheet, guest, 400)
        if answered is None:
            return self._answered(kind, self._sheet(guest), guest, 409)
        await self._keep(answered)
        self.streams.stir_others(token)
        return self._answered(kind, None, self._guest(token), 200)

    # parts of an answer

    async def _read(self, request: BaseRequest) -> tuple[str, tuple[str, Mapping[str, Any]]]:
        kind = gate.check_head(request, {gate.JSON: self._rules.body, gate.FORM: self._rules.form})
        try:
            async with asyncio.timeout(self._rules.patience):
                body = await request.read()
        except TimeoutError:
            raise Refused(408) from None
        return kind, gate.fields_of(kind, body)

    async def _keep(self, lines: Sequence[Line]) -> None:
        """Wait until this is kept, and what came before it: the first of two equal messages may still be on its way."""
        if self.writer:
            await self.writer.keep(lines)

    def _answered(self, kind: str, sheet: Sheet | None, guest: Guest | None, status: int) -> Response:
        """The answer to a POST: the sheet for the script; a page, or the way to it, for a form."""
        if kind == gate.FORM:
            return self._moved() if sheet is None or status == 409 else self._html(sheet, guest, status)
        if guest is None:
            return document(as_json(plain(sheet or join_sheet("")), Where("0.0.0")), status)
        return document(self._document(guest, sheet), status)

    def _moved(self) -> Response:
        return Response(status=303, headers={**HEADERS, "Location": "/"})

    def _html(self, sheet: Sheet, guest: Guest | None, status: int = 200) -> Response:
        where = self._where(guest) if guest else Where("")
        return page(as_html(sheet, where), status)

    def _document(self, guest: Guest, sheet: Sheet | None = None) -> bytes:
        shown = plain_of(self.floor.view, own_of(self.floor.view, guest)) if sheet is None else plain(sheet)
        return as_json(shown, self._where(guest))

    def _newest(self, token: str) -> tuple[str, bytes] | None:
        guest = self.box.of(token)
        return None if guest is None else (self._rev(guest), self._document(guest))

    def _sheet(self, guest: Guest) -> Sheet:
        return sheet_of(self.floor.view, own_of(self.floor.view, guest))

    def _where(self, guest: Guest) -> Where:
        left = None if self._until is None else max(0, round(self._until - self._now()))
        return Where(self._rev(guest), guest.sent, left, "-")

    def _rev(self, guest: Guest) -> str:
        return f"{self._epoch}.{self.floor.view.rev}.{guest.version}"

    def _token(self, visit: Visit) -> str:
        if visit.token is None:
            raise Refused(401)
        return visit.token

    def _guest(self, token: str | None) -> Guest:
        guest = self.box.of(token)
        if guest is None:
            raise Refused(401)
        return guest

    def _shut(self) -> str:
        """Why nobody can come in at the moment; "" where they can."""
        if self.locked:
            return say("phone.locked")
        return say("phone.full") if len(self.box.guests) >= self.most_phones else ""

    def _crowded(self, address: str) -> str:
        """Why nobody else can come in from this address; "" where they can. Raises Refused where they can later."""
        if self.addresses.takes_phone(address, self._now()):
            return ""
        if self.addresses.behind_routers:
            raise Refused(429)
        return say("phone.many")

    def _asleep(self) -> set[int]:
        now = self._now()
        return {
            guest.number
            for token, guest in self.box.guests.items()
            if token not in self.streams and now - self._heard.get(token, 0.0) >= self._rules.awake
        }

    def _left(self) -> set[int]:
        """The phones whose table another one may follow: none in a locked room, where everybody who came is in."""
        return set() if self.locked else self._asleep()

    def _reach(self, request: BaseRequest) -> None:
        if not self.reached and request.remote not in self.own:
            self.reached = True
            self._tell(Reached(request.headers["Host"]))

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


Handler = Callable[[Service, Visit], Awaitable[StreamResponse]]

ROUTES: Final[Mapping[tuple[str, str], Handler]] = {
    ("GET", "/"): Service._page,
    ("GET", "/page.js"): Service._file,
    ("GET", "/page.css"): Service._file,
    ("GET", "/s"): Service._state,
    ("GET", "/e"): Service._events,
    ("POST", "/j"): Service._join,
    ("POST", "/v"): Service._vote,
}
"""All that can be asked, but for the page under four letters."""


def refusal(status: int) -> Response:
    """A constant answer, after which the line is closed."""
    response = Response(status=status, text=say("phone.refused"), headers=HEADERS)
    response.force_close()
    return response


def document(data: bytes, status: int = 200) -> Response:
    """An answer for the script."""
    return Response(body=data, status=status, content_type="application/json", charset="utf-8", headers=HEADERS)


def page(data: bytes, status: int = 200) -> Response:
    """An answer for a browser."""
    return Response(body=data, status=status, content_type="text/html", charset="utf-8", headers=HEADERS)
