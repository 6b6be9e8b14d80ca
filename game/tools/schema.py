"""Owns the `schema` command: the format as a JSON Schema, so that an editor can complete and underline.

Never makes the schema itself, and never writes over a file that is not a schema's by its name.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final, TextIO

from game.authoring import schema_of
from game.words import say

WELL: Final = 0
CANNOT: Final = 2


def schema(file: str, path: Path | None, out: TextIO) -> int:
    """Write the schema of one sort of file (`scenario`, `course` or `source`) to `path`, or to `out` where it is None.

    Returns 0, or 2 where the file cannot be written. A path that does not end in .json is refused, so that a slip of
    the hand costs nobody a scenario.
    """
    text = json.dumps(schema_of(file), ensure_ascii=False, indent=1)
    if path is None:
        print(text, file=out)
        return WELL
    if path.suffix.lower() != ".json":
        print(say("schema.not-json", name=path.name), file=out)
        return CANNOT
    try:
        path.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    except OSError as error:
        print(say("schema.not-written", path=path, reason=error.strerror or error), file=out)
        return CANNOT
    print(say("schema.written", path=path, name=path.name, file=file), file=out)
    return WELL
