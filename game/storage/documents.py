"""Owns saving a document where the player asked for one. Never overwrites, and never keeps a copy."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from pathlib import Path


def desk(environ: Mapping[str, str]) -> Path:
    """The folder where documents are saved: `UPSTREAM_DOCUMENTS`, or the user's documents folder."""
    if environ.get("UPSTREAM_DOCUMENTS"):
        return Path(environ["UPSTREAM_DOCUMENTS"])
    from platformdirs import user_documents_path  # here, as the first frame does not need it

    return user_documents_path()


def save_document(folder: Path, name: str, ending: str, content: str | bytes) -> Path:
    """Write a text or a picture to a new file in `folder` and return its path; a number is added where the name is
    taken.

    Raises OSError where the folder cannot be made or written.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    folder.mkdir(parents=True, exist_ok=True)
    for number in count(1):
        path = folder / (f"{name}{ending}" if number == 1 else f"{name}-{number}{ending}")
        try:
            with path.open("xb") as file:
                file.write(data)
        except FileExistsError:
            continue
        return path
    raise AssertionError("count never ends")
