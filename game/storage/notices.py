"""Owns how trouble with the user's folder is told. Never touches the folder, and never decides what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

NOTICES: Final[Mapping[str, str]] = {
    "locked": (
        "Another program is using {path}. Runs kept before may not be shown just now. "
        "You can go on: what you do is saved as soon as the file is free."
    ),
    "full": (
        "The disk is full, so nothing more can be saved in {path}. "
        "You can go on: what you do is saved once there is room."
    ),
    "unwritable": (
        "Nothing can be saved in {path}. You can go on, but what you do now may be gone when you close Upstream."
    ),
    "newer": (
        "{path} was made by a newer Upstream, and is left as it is. "
        "You can go on, but what you do now is gone when you close Upstream. "
        "The newer Upstream can open the file."
    ),
    "damaged": (
        "{path} was damaged and could not be read. It was put aside as {aside}, "
        "and a new file takes its place. Runs kept before are not shown."
    ),
    "stuck": (
        "{path} is damaged, and could not be put aside. "
        "You can go on, but what you do now is gone when you close Upstream. "
        "Move the file away to begin a new one."
    ),
    "empty": "{path} was empty. If runs were kept in it, they are lost. New ones are kept as usual.",
    "part": "One or more runs in {path} could not be read, and are left out.",
    "caught-up": "{path} can be used again. All you did is saved.",
    "not-deleted": ("{path} could not be deleted. Perhaps another window has it open: close that, and delete again."),
}
"""What a person reads, by key. `{path}` and `{aside}` are places on the disk."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know about what is kept. `key` is one of `NOTICES`."""

    key: str
    path: Path
    aside: Path | None = None

    @property
    def text(self) -> str:
        """The notice in words."""
        return NOTICES[self.key].format(path=self.path, aside=self.aside)


class Trouble(Exception):
    """Raised inside this package when the file cannot be used. `key` is one of `NOTICES`."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key
