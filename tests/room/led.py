"""A session that is led in a process of its own, to be killed: `python led.py FOLDER ADDRESS`, then one key a
line.

After each line it tells where the session stands: the step, the decision, and both rounds in heads.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

from game.screens.room_screen import RoomScreen
from tests.room.leading import Leader

leader = Leader(Path(sys.argv[1]), address=sys.argv[2])
for line in sys.stdin:
    if key := line.strip():
        leader.press(key)
    leader.wait(0)
    screen = leader.pilot.stage.screen
    if not isinstance(screen, RoomScreen):
        print(type(screen).__name__, flush=True)
        continue
    asked, opened = screen.lead.room.latest, screen.lead.line.opened
    heads = [list(votes.tally.heads) for votes in (asked.first, asked.second)] if asked else []
    where = f"{opened.port} {opened.code}" if opened else "0 -"
    print(screen.lead.room.step.value, len(screen.lead.room.decisions), where, *heads, sep="|", flush=True)
