"""Owns QR codes as values, for whoever draws them. Never draws one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

QUIET: Final = 4
"""The empty modules around a code: four, as ISO/IEC 18004 asks."""


@dataclass(frozen=True, slots=True)
class Code:
    """The modules of a QR code, row by row, True for dark; the quiet border is part of it."""

    rows: tuple[tuple[bool, ...], ...]

    @property
    def size(self) -> int:
        """How many modules a side has, the quiet border with them."""
        return len(self.rows)


@lru_cache(maxsize=4)
def code_of(text: str) -> Code:
    """The QR code that says this text, with the middle error correction: it stands a stain, and stays coarse.

    Raises ValueError where the text is too long for any code.
    """
    import segno  # here, because it is needed only once phones are asked for

    made = segno.make_qr(text, error="m", boost_error=False)
    return Code(tuple(tuple(bool(module) for module in row) for row in made.matrix_iter(border=QUIET)))


def wifi_code(network: str, password: str) -> Code:
    """The QR code that joins a phone to the trainer's own router; an empty password means an open network."""
    from segno.helpers import make_wifi_data

    return code_of(make_wifi_data(ssid=network, password=password or None, security="WPA" if password else None))
