"""Owns the player's settings and what each may be. Never writes them down, and never applies them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

TEXT_SIZES: Final = (100, 125, 150, 175, 200)
"""The sizes text may have, in per cent."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How one person likes to play. `keep_runs` is None until they have been asked.

    Raises ValueError where `text_size` is none of `TEXT_SIZES`.
    """

    text_size: int = 100
    spoken: bool = False
    keep_runs: bool | None = None
    full_screen: bool = False
    welcomed: bool = False
    reduce_motion: bool = False
    sound: bool = False

    def __post_init__(self) -> None:
        if self.text_size not in TEXT_SIZES:
            raise ValueError(f"text_size is {self.text_size}, and must be one of {TEXT_SIZES}")


def _size(kept: object) -> int:
    if type(kept) is int and kept in TEXT_SIZES:
        return kept
    raise ValueError


def _yes_or_no(kept: object) -> bool:
    if type(kept) is int and kept in (0, 1):
        return bool(kept)
    raise ValueError


def _if_asked(kept: object) -> bool | None:
    return None if kept is None else _yes_or_no(kept)


READERS: Final[Mapping[str, Callable[[object], Any]]] = {
    "text_size": _size,
    "spoken": _yes_or_no,
    "keep_runs": _if_asked,
    "full_screen": _yes_or_no,
    "welcomed": _yes_or_no,
    "reduce_motion": _yes_or_no,
    "sound": _yes_or_no,
}
"""How each setting is read back; a reader raises ValueError for what cannot be meant."""


def settings_from(kept: Mapping[str, object]) -> Settings:
    """The settings that were kept: whole numbers by name, None where nobody was asked yet.

    A value that is missing, unknown or damaged is the default, each on its own.
    """
    read: dict[str, Any] = {}
    for name, reader in READERS.items():
        try:
            read[name] = reader(kept[name])
        except (KeyError, ValueError):
            continue
    return Settings(**read)


def settings_as_numbers(settings: Settings) -> dict[str, int | None]:
    """The settings as they are kept; `settings_from` reads them back."""
    values = {name: getattr(settings, name) for name in READERS}
    return {name: None if value is None else int(value) for name, value in values.items()}
