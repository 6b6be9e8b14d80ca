"""Owns how many files and sockets this program may have open. Never opens one.

macOS gives 256, and then half of 500 phones get no answer at all (measured, `room.md` 3.1).
"""

from __future__ import annotations

import sys
from typing import Final

WANTED: Final = 8192
"""Enough for 2,000 phones with two connections each while they all come back at once."""

RESERVED: Final = 64
"""Left for the program itself: fonts, sounds, the records, the window."""


def raise_limit() -> int | None:
    """Ask the system for `WANTED` open files, and return what it allows; None where there is no such limit."""
    if sys.platform == "win32":
        return None
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if soft == resource.RLIM_INFINITY or soft >= most:
        return WANTED if soft == resource.RLIM_INFINITY else soft
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    except (OSError, ValueError):
        return soft
    return most


def room_for(limit: int | None) -> tuple[int, int]:
    """How many phones may join and how many connections may stand, under this limit of open files."""
    if limit is None:
        limit = WANTED
    return max(1, (limit - RESERVED) // 2), max(2, limit - RESERVED)
