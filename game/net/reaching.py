"""Owns what to try when no phone reaches the room: the ladder of the pre-flight check. Never tries any of it itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from game.words import say

PATIENCE: Final = 30.0
"""Seconds without a phone after which the ladder is shown (`room.md` 3.5, 4)."""

FIREWALLS: Final[Mapping[str, str]] = {
    "win32": "reach.firewall-windows",
    "darwin": "reach.firewall-mac",
}


def ladder(platform: str, port: int) -> tuple[str, ...]:
    """What to check, step by step, the likeliest first. `platform` is what `sys.platform` says; the port is ours."""
    firewall = say(FIREWALLS.get(platform, "reach.firewall-other"), port=port)
    return (
        say("reach.same-network"),
        firewall,
        say("reach.other-address"),
        say("reach.guest-network"),
        say("reach.own-router"),
        say("reach.cards"),
    )
