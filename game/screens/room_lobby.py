"""Owns how phones are let in, as it stands now: which page of it is on the wall, since when phones could try, and what
the trainer typed of the router and the host name. Values: they never show anything, and nothing of them reaches a disk.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Literal

from game.net import PATIENCE
from game.screens.room_phones import PhoneLine
from game.words import say

Face = Literal["page", "wifi", "code"]
"""A page of the way in: the join page, the code of the router's Wi-Fi, a code as large as the window allows."""

What = Literal["network", "password", "name"]

LONGEST: Final = 280
"""Letters that a line takes; what is too long for its use is told."""

SSID: Final = 32
"""Bytes in the name of a Wi-Fi network (IEEE 802.11)."""

PASSWORD: Final = (8, 63)
"""Signs in its password: the fewest and the most."""

NAME: Final = 253
"""Signs in a host name, and below how many are in each part between two dots."""
PART: Final = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


@dataclass(frozen=True, slots=True)
class Router:
    """The trainer's own router. Its password is empty where the network is open."""

    network: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Naming:
    """An open line for the router or for a host name; `network` is whose password is asked for."""

    what: What
    line: str = field(default="", repr=False)
    reason: str = ""
    network: str = ""

    @property
    def asks(self) -> str:
        """What is to be typed."""
        return say(f"lobby.{self.what}")

    @property
    def host(self) -> str:
        """The host name that was typed, as browsers send it."""
        return self.line.strip().rstrip(".").lower()

    def typed(self, text: str) -> Naming:
        """A letter more."""
        return replace(self, line=(self.line + text)[:LONGEST], reason="")

    def rubbed(self) -> Naming:
        """A letter less."""
        return replace(self, line=self.line[:-1], reason="")

    def judged(self) -> Naming:
        """The line as it stands, with the reason why it cannot be taken; "" where it can."""
        return replace(self, reason=_REASONS[self.what](self))


def _network(line: Naming) -> str:
    return say("lobby.network-long", most=SSID) if len(line.line.encode()) > SSID else ""


def _password(line: Naming) -> str:
    least, most = PASSWORD
    fits = not line.line or least <= len(line.line) <= most
    return "" if fits else say("lobby.password-length", least=least, most=most)


def _name(line: Naming) -> str:
    if not line.host:
        return ""
    parts = line.host.split(".")
    if len(line.host) > NAME or not all(PART.fullmatch(part) for part in parts):
        return say("lobby.name-signs")
    if parts[-1].isdecimal() and not _is_address(line.host):  # a browser would take it for an address too
        return say("lobby.name-address")
    return ""


def _is_address(host: str) -> bool:
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return False
    return True


_REASONS: Final = {"network": _network, "password": _password, "name": _name}
"""Why a line cannot be taken."""


@dataclass(frozen=True, slots=True)
class Lobby:
    """The way in. `faces` lie one over the other, the last is seen; `since` is when the address could first be tried.

    `corner` says that a small code is wanted on the session's own pages.
    """

    faces: tuple[Face, ...] = ()
    since: datetime | None = None
    router: Router | None = None
    corner: bool = False

    @property
    def face(self) -> Face | None:
        """What is on the wall; None where it is the session."""
        return self.faces[-1] if self.faces else None

    @property
    def joining(self) -> bool:
        """Whether the join page is open, whatever lies over it."""
        return "page" in self.faces

    @property
    def of_router(self) -> bool:
        """Whether the code that is seen is that of the router."""
        return "wifi" in self.faces

    def turned(self, now: datetime) -> Lobby:
        """J: the join page comes, behind the router's where there is one; or all of it goes."""
        if self.joining:
            return replace(self, faces=())
        return replace(self, faces=("page", "wifi") if self.router else ("page",), since=now)

    def large(self) -> Lobby:
        """Q: the code as large as the window allows, or what was there before."""
        return self.on() if self.face == "code" else replace(self, faces=(*self.faces, "code"))

    def on(self) -> Lobby:
        """Next: what lies below comes; at last the session."""
        return replace(self, faces=self.faces[:-1])

    def back(self) -> Lobby:
        """Back: from the join page to the router's, which comes before it."""
        return self.on_router() if self.face == "page" and self.router else self

    def on_router(self) -> Lobby:
        """U: from the join page to the router's, or from there to the join page."""
        return replace(self, faces=("page",) if self.face == "wifi" else ("page", "wifi"))

    def tried(self, now: datetime) -> Lobby:
        """There is another address: phones can try it from now on."""
        return replace(self, since=now)

    def asked(self) -> Naming:
        """The line for the router's network, with what is known of it."""
        return Naming("network", self.router.network if self.router else "")

    def taken(self, line: Naming) -> tuple[Lobby, Naming | None]:
        """A line about the router is taken, and perhaps another one opened. No network: the router is forgotten."""
        if line.what == "password":
            return replace(self, router=Router(line.network, line.line), faces=("page", "wifi")), None
        if not line.line.strip():
            return replace(self, router=None, faces=("page",)), None
        known = self.router.password if self.router and self.router.network == line.line else ""
        return self, Naming("password", known, network=line.line)

    def stuck(self, line: PhoneLine, now: datetime) -> bool:
        """Whether the join page has been open for so long, with nobody there, that help is due."""
        if not self.joining or self.since is None or line.opened is None or line.reached:
            return False
        return (now - self.since).total_seconds() >= PATIENCE
