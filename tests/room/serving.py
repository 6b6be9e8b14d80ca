"""A program with a vote open, to be killed: `python serving.py JOURNAL` tells its port and code."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from game.net import Option, Phones, RoundView, read
from game.storage import JournalFile

path = Path(sys.argv[1])
kept = read(path.read_bytes()) if path.exists() else None
phones = Phones(journal=JournalFile(path), kept=kept, port=0)
options = tuple(Option(letter, f"The way {letter}") for letter in "ABC")
phones.show(RoundView(1, "vote", "What now?", options, None, True, "r:1"))
opened = phones.start("127.0.0.1")
print(opened.port, opened.code, flush=True)
threading.Event().wait()
