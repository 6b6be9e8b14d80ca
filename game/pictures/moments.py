"""Owns what time it is in a picture: the light of the hour and the hands of a clock. Never draws and reads no file.

A passage says when it is in the author's own words (`Tuesday, 8.31`, `Ten to four`, `At night`). What those words
tell is enough to set a clock and to choose a light; where they tell nothing, the picture keeps the light of day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, get_args

Hour = Literal["morning", "day", "evening", "night"]

HOURS: Final[tuple[Hour, ...]] = get_args(Hour)
"""The lights there are."""

_DIGITS: Final = re.compile(r"(?<!\d)(\d{1,2})[.:](\d{2})(?!\d)\s*([ap])?\.?m?\b", re.IGNORECASE)
_NAMES: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_PARTS: Final = {"five": 5, "ten": 10, "quarter": 15, "twenty": 20, "twenty-five": 25, "half": 30}
_NUMBER: Final = "|".join((*_NAMES, r"\d{1,2}"))
_SPOKEN: Final = re.compile(
    rf"\b({'|'.join(_PARTS)})\s+(past|to)\s+({_NUMBER})\b|\b({_NUMBER})\s+o[’']clock", re.IGNORECASE
)
_SAID: Final[tuple[tuple[str, Hour], ...]] = (
    ("night", "night"),
    ("evening", "evening"),
    ("afternoon", "day"),
    ("noon", "day"),
    ("morning", "morning"),
    ("breakfast", "morning"),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """The time in a picture: its light, and the clock's time as hours and minutes, or None where nobody says."""

    hour: Hour = "day"
    clock: tuple[int, int] | None = None

    @property
    def hands(self) -> tuple[float, float]:
        """How far the hour hand and the minute hand are turned from twelve, in degrees; ten past ten by default."""
        hours, minutes = self.clock or (10, 10)
        return (hours % 12) * 30 + minutes / 2, minutes * 6.0


def moment_of(when: str) -> Moment:
    """What an author's words for a time say. With twelve hours on the clock, 7 to 11 are taken as the morning."""
    clock = _clock(when)
    said = next((hour for word, hour in _SAID if word in when.lower()), None)
    if clock is None:
        return Moment(said or "day")
    return Moment(said or _light(*clock, half=_half(when)), clock)


def _clock(when: str) -> tuple[int, int] | None:
    found = _DIGITS.search(when)
    if found and int(found[1]) < 24 and int(found[2]) < 60:
        return int(found[1]), int(found[2])
    spoken = _SPOKEN.search(when)
    if spoken is None:
        return None
    if spoken[4]:
        return _number(spoken[4]), 0
    minutes, hour = _PARTS[spoken[1].lower()], _number(spoken[3])
    return (hour, minutes) if spoken[2].lower() == "past" else ((hour - 1) % 12 or 12, 60 - minutes)


def _number(word: str) -> int:
    return int(word) % 24 if word.isdigit() else _NAMES.index(word.lower()) + 1


def _half(when: str) -> str:
    found = _DIGITS.search(when)
    return (found[3] or "").lower() if found else ""


def _light(hours: int, minutes: int, half: str) -> Hour:
    """The light at a time: with `a` or `p` as it says, above twelve as it is, else by the hours people are up."""
    if hours < 12 and (half == "p" or (not half and 1 <= hours < 7)):
        hours += 12
    past = hours * 60 + minutes
    if past < 5 * 60 or past >= 21 * 60:
        return "night"
    return "morning" if past < 11 * 60 else "day" if past < 18 * 60 else "evening"
