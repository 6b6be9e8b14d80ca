"""Owns how much one phone, one address and everybody together may ask for. Never remembers an address for long.

The figures are those of 3.6 in `room.md`. Addresses live in memory only, are never written, and go when they are idle.
A room behind one router has one address for all: for an address that most phones share, its limits are lifted. Where
some sit behind a second router, its limits grow with the phones that are in, and more of them are let in bit by bit.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits; times are in seconds, rates in requests a second."""

    phone_rate: float = 5.0
    phone_burst: float = 10.0
    address_rate: float = 30.0
    address_burst: float = 60.0
    address_phones: int = 3
    address_connections: int = 24
    address_joins: float = 0.5
    """New phones a second from an address that has its three, where the room sits behind routers."""
    joins_rate: float = 300.0
    streams: int = 2
    texts: int = 20
    body: int = 2048
    form: int = 3072
    """The most bytes of a body sent without script, where a letter of many writings takes nine."""
    patience: float = 10.0
    beat: float = 20.0
    silence: float = 60.0
    awake: float = 15.0
    """For so many seconds after it last asked, a phone without a stream counts as awake."""
    most_phones: int | None = None
    """At most so many phones; None leaves it to the number of files that may be open."""


@dataclass(slots=True)
class Bucket:
    """So many at once, and so many a second after that."""

    rate: float
    burst: float
    last: float
    level: float = field(init=False)

    def __post_init__(self) -> None:
        self.level = self.burst

    def holds(self, now: float, cost: float = 1.0) -> bool:
        """Whether one more may pass at this moment. `now` is in seconds and never falls."""
        self.level = min(self.burst, self.level + (now - self.last) * self.rate)
        self.last = now
        return self.level >= cost

    def takes(self, now: float, cost: float = 1.0) -> bool:
        """The same, and it is counted if so."""
        passes = self.holds(now, cost)
        self.level -= cost if passes else 0.0
        return passes


MOST_TIMES: Final = 4.0
"""How often an address may have its limits at most, however many phones are behind it."""


class Addresses:
    """What each address asked for, and how many phones and connections it has."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._asked: dict[str, Bucket] = {}
        self._knocks: dict[str, Bucket] = {}
        self._joins: dict[str, Bucket] = {}
        self._phones: dict[str, str] = {}
        self._holds: Counter[str] = Counter()
        self._connections: Counter[str] = Counter()

    def is_shared(self, address: str) -> bool:
        """Whether most phones come from this address, as behind a router; nobody is refused while nobody is in."""
        return not self._phones or self._holds[address] * 2 > len(self._phones)

    def takes(self, address: str, now: float) -> bool:
        """Whether one more request from there is answered."""
        return self._passes(self._asked, address, now)

    def _passes(self, buckets: dict[str, Bucket], address: str, now: float) -> bool:
        bucket = buckets.get(address)
        if bucket is None:
            bucket = buckets[address] = Bucket(self._rules.address_rate, self._rules.address_burst, now)
        return bucket.takes(now, 1 / self._times(address)) or self.is_shared(address)

    def _times(self, address: str) -> float:
        """How often this address may have its limits: each phone that is in brings a tenth more."""
        return min(MOST_TIMES, 1 + self._holds[address] / 10)

    def takes_phone(self, address: str, now: float) -> bool:
        """Whether one more new phone from there is let in now."""
        if self._holds[address] < self._rules.address_phones or self.is_shared(address):
            return True
        joins = self._joins.setdefault(address, Bucket(self._rules.address_joins, 1, now))
        return self.behind_routers and joins.takes(now)

    @property
    def behind_routers(self) -> bool:
        """Whether phones share addresses: who is not let in now will be."""
        return len(self._phones) >= 2 * len(self._holds)

    def seen(self, address: str, phone: str) -> None:
        """Remember where a phone was last seen."""
        was = self._phones.get(phone)
        if was == address:
            return
        if was is not None:
            self._holds[was] -= 1
            if not self._holds[was]:
                del self._holds[was]
        self._phones[phone] = address
        self._holds[address] += 1

    def connected(self, address: str, now: float) -> bool:
        """Count one more connection; whether it may stay. One that may not is still to be told by `gone`.

        New connections are as many a second as requests: what is refused here was not even read.
        """
        self._connections[address] += 1
        most = self._rules.address_connections * self._times(address)
        few = self._connections[address] <= most or self.is_shared(address)
        return self._passes(self._knocks, address, now) and few

    def gone(self, address: str) -> None:
        """Count one connection less."""
        self._connections[address] -= 1
        if self._connections[address] <= 0:
            del self._connections[address]

    def forget_idle(self, now: float) -> None:
        """Let go of addresses that have long not asked."""
        full = self._rules.address_burst / self._rules.address_rate
        for buckets in (self._asked, self._knocks, self._joins):
            for address in [one for one, bucket in buckets.items() if now - bucket.last > full]:
                del buckets[address]
