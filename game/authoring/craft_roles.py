"""Owns the figures R1 to R8: whether both roles have merit, over decisions, options, styles of play and endings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from statistics import StatisticsError, correlation
from typing import Final

from game.authoring.craft_figures import Asked, Figure, Subject, Written, judged, not_judged, share
from game.authoring.craft_options import FEW, METERS, moves
from game.authoring.craft_players import STYLES, Play, play
from game.story import Tone
from game.words import say

BOTH: Final = 0.60
CALLED: Final = (0.35, 0.60)
SEE_SAW: Final = -0.70
SAME: Final = 0.60
LEADERS_POOR: Final = (0.25, 0.50)
MANAGERS_GOOD: Final = 0.25
MIXED: Final = 0.50

POOR: Final[frozenset[Tone]] = frozenset({"bad", "mixed-bad"})
GOOD: Final[frozenset[Tone]] = frozenset({"good", "mixed-good"})

FEW_CALLS: Final = 10
"""Decisions below which only one is asked for that calls for the manager as much as for the leader."""

FEW_OPTIONS: Final = 30
"""Options below which a correlation says little: a dozen drawn at random come to .5 one time in ten."""

FEW_SCENARIOS: Final = 6
"""Scenarios below which how often a style of play ends well or badly says little."""


def both_roles(subject: Subject) -> Figure:
    """R1: decisions with an option that scores in both roles."""
    if not subject.scored:
        return not_judged("R1", say("craft.no-scores"))
    if len(subject.asked) < FEW:
        return not_judged("R1", say("craft.few-decisions", count=len(subject.asked), needed=FEW))
    without = [
        asked for asked in subject.asked if not any(one.scores.manager and one.scores.leader for one in asked.choices)
    ]
    good, of = len(subject.asked) - len(without), len(subject.asked)
    numbers = {"both": good, "decisions": of, "share": good / of}
    return judged("R1", good / of >= BOTH, share(good, of), numbers, (asked.asking() for asked in without))


def called_for(subject: Subject) -> Figure:
    """R2: decisions whose moment calls for the manager at least as much as for the leader."""
    rated = [asked for asked in subject.asked if asked.decision.calls_for]
    if not rated:
        return not_judged("R2", say("craft.no-calls"))
    called = [asked for asked in rated if _calls_for_manager(asked)]
    part = len(called) / len(rated)
    least, most = CALLED
    within = len(rated) < FEW_CALLS or least <= part <= most
    without = [one for one in subject.scenarios if not any(asked.scenario is one for asked in called)]
    off = [asked for asked in rated if asked.scenario in without or (part > most and asked in called)]
    off += rated if part < least and not off else []
    numbers = {"called": len(called), "decisions": len(rated), "share": part, "without": len(without)}
    spots = (asked.asking() for asked in off)
    return judged("R2", within and not without, share(len(called), len(rated)), numbers, spots)


def _calls_for_manager(asked: Asked) -> bool:
    roles = asked.decision.calls_for
    return roles is not None and roles.manager >= roles.leader


def see_saw(subject: Subject) -> Figure:
    """R3: how manager and leader go together over all options; -1 where one is always the other's want."""
    managers, leaders = _scores(subject)
    return _related("R3", len(managers), {"roles": _together(managers, leaders)}, lambda one: one > SEE_SAW)


def not_consequences(subject: Subject) -> Figure:
    """R4: how leading goes with quality of life, and managing with the organisation's patience."""
    managers, leaders = _scores(subject)
    moved = [moves(choice) for _, choice in subject.options]
    patience, quality = (METERS.index(meter) for meter in ("patience", "quality"))
    found = {
        "quality": _together(leaders, [by[quality] for by in moved]),
        "patience": _together(managers, [by[patience] for by in moved]),
    }
    return _related("R4", len(managers), found, lambda one: one < SAME)


def _scores(subject: Subject) -> tuple[list[int], list[int]]:
    scores = [choice.scores for _, choice in subject.options]
    return [one.manager for one in scores], [one.leader for one in scores]


def _together(one: list[int], other: list[int]) -> float | None:
    """Pearson's correlation; None where there are none to compare, or all are alike."""
    try:
        return correlation(one, other)
    except StatisticsError:
        return None


def _related(id: str, options: int, found: dict[str, float | None], good: Callable[[float], bool]) -> Figure:
    numbers = {name: one for name, one in found.items() if one is not None}
    if len(numbers) < len(found):
        return not_judged(id, say("craft.all-alike"))
    shown = {name: f"{one:+.2f}".replace("-", "−") for name, one in numbers.items()}
    value = say(f"craft.{id}.value", **shown)
    if options < FEW_OPTIONS:
        return not_judged(id, say("craft.few-options", needed=FEW_OPTIONS), value, numbers)
    return judged(id, all(map(good, numbers.values())), value, numbers)


# ---- styles of play -------------------------------------------------------------------


def leaders_meet_poor(subject: Subject) -> Figure:
    """R5: scenarios that end badly for one who always leads."""
    plays = _plays(subject, "pure-leader")
    least, most = LEADERS_POOR
    poor = [one for one in plays if one.tone in POOR]
    return _styled("R5", subject, poor, plays, least <= len(poor) / max(1, len(plays)) <= most, plays)


def managers_meet_good(subject: Subject) -> Figure:
    """R6: scenarios that end well for one who always manages, or manages first and leads second."""
    pure, leaning = _plays(subject, "pure-manager"), _plays(subject, "leaning-manager")
    good = [one for one, other in zip(pure, leaning, strict=True) if one.tone in GOOD or other.tone in GOOD]
    return _styled("R6", subject, good, pure, len(good) >= MANAGERS_GOOD * len(pure), pure)


def both_hands(subject: Subject) -> Figure:
    """R7: scenarios that end badly for one who always uses both hands."""
    if not subject.scored:
        return not_judged("R7", say("craft.no-scores"))
    plays = _plays(subject, "both-hands")
    poor = [one for one in plays if one.tone in POOR]
    return judged(
        "R7", not poor, say("craft.R7.value", count=len(poor)), {"poor": len(poor)}, (one.spot() for one in poor)
    )


def _plays(subject: Subject, style: str) -> list[Play]:
    return [play(one, style, STYLES[style]) for one in subject.scenarios]


def _styled(
    id: str, subject: Subject, found: list[Play], plays: list[Play], holds: bool, shown: Iterable[Play]
) -> Figure:
    value = say("craft.R5.value", count=len(found), of=len(plays))
    numbers = {"scenarios": len(plays), "found": len(found)}
    if not subject.scored:
        return not_judged(id, say("craft.no-scores"))
    if len(plays) < FEW_SCENARIOS:
        return not_judged(id, say("craft.few-scenarios", needed=FEW_SCENARIOS), value, numbers)
    return judged(id, holds, value, numbers, (one.spot() for one in shown))


def mixed_endings(subject: Subject) -> Figure:
    """R8: endings in which something was gained and something lost."""
    tones = [(one, passage, passage.ending.tone) for one, passage in subject.endings if passage.ending]
    if not tones:
        return not_judged("R8", say("craft.no-ending"))
    mixed = [tone for _, _, tone in tones if tone.startswith("mixed")]
    part = len(mixed) / len(tones)
    numbers = {"mixed": len(mixed), "endings": len(tones), "share": part}
    spots = (
        Written(one.id, passage.id, passage.at[0], passage.ending.title).spot(tone)
        for one, passage, tone in tones
        if passage.ending and not tone.startswith("mixed")
    )
    return judged("R8", part >= MIXED, share(len(mixed), len(tones)), numbers, spots)
