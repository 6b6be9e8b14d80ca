"""Owns laying sessions side by side: the reports that rooms left, made into one page. Never changes a report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from game.training import NotAReport, SessionReport, session_from_json, sessions_as_html
from game.words import say


def rooms(reports: Sequence[Path], to: Path, out: TextIO) -> int:
    """Write a page with the sessions of these `.json` reports beside one another, in the order given.

    Exit code 1 where a file is no session's report, 2 where one cannot be read or the page cannot be written; which
    one and why is told, and then nothing is written.
    """
    if to.suffix != ".html":
        out.write(say("session.not-html", name=to.name) + "\n")
        return 2
    read: list[SessionReport] = []
    for path in reports:
        try:
            read.append(session_from_json(path.read_text(encoding="utf-8")))
        except OSError as error:
            out.write(say("session.not-read", path=path, reason=error.strerror or str(error)) + "\n")
            return 2
        except (NotAReport, UnicodeDecodeError):
            out.write(say("session.no-report", path=path) + "\n")
            return 1
    try:
        to.write_text(sessions_as_html(read), encoding="utf-8", newline="\n")
    except OSError as error:
        out.write(say("session.not-written", path=to, reason=error.strerror or str(error)) + "\n")
        return 2
    out.write(say("session.side-written", count=len(read), path=to) + "\n")
    return 0
