"""Owns what may stay in words that strangers send. Never decides whether they are shown: the trainer does."""

from __future__ import annotations

import unicodedata
from typing import Final

LONGEST: Final = 280
"""The most signs that one message may have, as a reader counts them."""

MARKS: Final = 2
"""How many combining marks one letter keeps; more of them climb over other lines."""

_DROPPED: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_TONES: Final = range(0x1F3FB, 0x1F400)
_FLAGS: Final = range(0x1F1E6, 0x1F200)
_SPACES: Final = frozenset({"Zs", "Zl", "Zp"})
_BLANKS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters by name that show nothing."""


def cleaned(text: str) -> str:
    """One line of plain words: NFC, no control, direction or zero-width signs, few marks, single spaces."""
    kept: list[str] = []
    marks = 0
    for sign in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(sign)
        if sign in "\t\n\r" or kind in _SPACES or sign in _BLANKS:
            kept.append(" ")
            marks = MARKS  # a mark needs a letter to stand on
        elif kind in _DROPPED:
            continue
        elif kind.startswith("M"):
            marks += 1
            if marks <= MARKS and kept:
                kept.append(sign)
        else:
            kept.append(sign)
            marks = 0
    return unicodedata.normalize("NFC", " ".join("".join(kept).split()))


def length(text: str) -> int:
    """How many signs a reader counts: marks and skin tones belong to what they stand on, two letters make a flag."""
    total = flags = 0
    for sign in text:
        if unicodedata.category(sign).startswith("M") or ord(sign) in _TONES:
            continue
        if ord(sign) in _FLAGS:
            flags += 1
            continue
        total += 1
    return total + (flags + 1) // 2
