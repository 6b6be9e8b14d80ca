"""Owns the figure G: how many minutes a scenario takes, against what its file says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from game.authoring.craft_figures import Figure, Spot, Subject, ends, judged, not_judged
from game.authoring.craft_walk import SEED, Roads
from game.story import Scenario
from game.words import say

READING_SPEED: Final = 170
"""Words a minute."""

DECIDING: Final = 40 / 60
DEBRIEFING: Final = 2.5
"""Minutes for a decision, and for the debrief."""

ALONE: Final = (8, 15)
"""Minutes that suit somebody alone, at a break."""

OFF: Final = 1
"""Minutes that the file's number may be off."""


def minutes(words: float, decisions: float) -> float:
    """Minutes for so many words and decisions, the debrief aside."""
    return words / READING_SPEED + decisions * DECIDING


def time_taken(subject: Subject) -> Figure:
    """G: minutes on average over all roads to an ending, each counted once.

    Words at 170 a minute (those of the options on offer too), 40 seconds for each decision, two and a half minutes for
    the debrief. Where the roads are endless or too many, roads as random play takes them.
    """
    found = [(walk.scenario, walk.roads(minutes)) for walk in subject.walks]
    known = [(one, roads) for one, roads in found if roads]
    if len(known) < len(found):
        return not_judged("G", say("craft.G.endless" if any(subject.endings) else "craft.no-ending"))
    taken = {one: _taken(roads) for one, roads in known}
    spots = [spot for one, roads in known for spot in _spots(one, roads)]
    numbers = {one.id: count for one, count in taken.items()}
    if len(known) == 1:
        (one, roads), *_ = known
        value = say("craft.G.value", taken=round(taken[one]), says=one.minutes, ends=_ends(roads))
    else:
        value = say("craft.G.values", ends=ends(round(min(taken.values())), round(max(taken.values()))))
    sampled = sum(roads.sampled for _, roads in known)
    note = say("craft.G.sampled", count=sampled, seed=SEED) if sampled else ""
    return judged("G", not spots, value, numbers, spots, note)


def _taken(roads: Roads) -> float:
    return minutes(roads.words, roads.decisions) + DEBRIEFING


def _ends(roads: Roads) -> str:
    """The shortest and the longest road, in minutes."""
    return ends(round(roads.least + DEBRIEFING), round(roads.most + DEBRIEFING))


def _spots(one: Scenario, roads: Roads) -> Iterator[Spot]:
    taken, (least, most) = round(_taken(roads)), ALONE
    if abs(one.minutes - taken) > OFF:
        yield Spot(one.id, "minutes", detail=say("craft.G.spot", taken=taken, says=one.minutes))
    if not least <= taken <= most:
        yield Spot(one.id, "minutes", detail=say("craft.G.off", taken=taken))
