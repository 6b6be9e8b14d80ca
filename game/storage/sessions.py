"""Owns the files of a session in a room: written anew after each step, so that a crash leaves what was done.

A file is written beside its place and then put there at once, so that whoever opens it finds it whole. Another
session's files are never touched. Never decides what is in them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Final

UNFINISHED: Final = ".part"
"""What is added to a file's name while it is written."""


class SessionFiles:
    """The files of one session in `folder`: one name, and an ending for each kind (`.html`, `.md`, `.csv`).

    The name is taken at the first write; a number is added where another session has it. `taken` is the name of a
    session that is gone on with: its files are this session's.
    """

    def __init__(self, folder: Path, name: str, taken: str = "") -> None:
        self._folder = folder
        self._name = name
        self.taken = taken
        """The name that was taken; empty before the first write."""
        self._written: dict[str, bytes] = {}

    def write(self, contents: Mapping[str, str]) -> Path:
        """Write the contents, by their endings, and return the first one's path. What did not change is left alone.

        Raises OSError where the folder cannot be made or written; what was written before is still there then.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        name = self.taken or self._take(tuple(contents))
        for ending, content in contents.items():
            data = content.encode("utf-8")
            if self._written.get(ending) != data:
                put(self._folder / f"{name}{ending}", data)
                self._written[ending] = data
        return self._folder / f"{name}{next(iter(contents))}"

    def _take(self, endings: tuple[str, ...]) -> str:
        """The first name that is free with all endings; its first file is made, so that nobody else takes it."""
        for number in count(1):
            name = self._name if number == 1 else f"{self._name}-{number}"
            paths = [self._folder / f"{name}{ending}" for ending in endings]
            if any(os.path.lexists(path) for path in paths):
                continue
            try:
                paths[0].open("xb").close()
            except FileExistsError:
                continue
            self.taken = name
            return name
        raise AssertionError("count never ends")


def put(path: Path, data: bytes) -> None:
    """Put a file there whole, or leave what is there. Raises OSError."""
    part = path.with_name(path.name + UNFINISHED)
    part.write_bytes(data)
    os.replace(part, path)
