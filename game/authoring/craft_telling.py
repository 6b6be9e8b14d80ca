"""Owns how a craft report is told: as text for people, as plain values for editors. Works out no figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from game.authoring.craft import CraftReport
from game.authoring.craft_figures import Figure, Spot, Verdict
from game.authoring.craft_players import Play
from game.training import Share
from game.words import say

MOST_PLACES: Final = 10
"""Places told for one figure in text; the form has all."""

LONGEST: Final = 90
"""Characters of an author's words that are told in text."""

AFTER: Final[tuple[Verdict, ...]] = ("met", "looked at by people", "not judged")
"""What is told after the misses, in this order."""


def as_text(report: CraftReport) -> str:
    """The report for people: what misses, with its places; then what holds, in one line each."""
    parts = [say("craft.title", title=report.title), say("craft.advice"), ""]
    parts.append(_heading(report))
    for figure in report.missed:
        parts += ["", *_missed(figure, report.whole)]
    for verdict in AFTER:
        parts += _section(verdict, [one for one in report.figures if one.verdict == verdict], report.whole)
    parts += _players(report)
    return "\n".join(part.rstrip() for part in parts)


def _heading(report: CraftReport) -> str:
    if report.missed:
        return say("craft.missed", count=len(report.missed))
    return say("craft.missed-none" if any(one.verdict == "met" for one in report.figures) else "craft.judged-none")


def _missed(figure: Figure, whole: bool) -> Iterator[str]:
    yield f"{figure.id:<4}{_named(figure)}"
    yield f"    {say('craft.aim', target=figure.target)}"
    if figure.note:
        yield f"    {figure.note}"
    yield from _places(figure.spots, whole)


def _named(figure: Figure) -> str:
    return f"{figure.name}: {figure.value}" if figure.value else figure.name


def _section(verdict: Verdict, figures: Sequence[Figure], whole: bool) -> Iterator[str]:
    """One line for each figure, with its places where people are to look at some."""
    if not figures:
        return
    width = max(len(figure.name) for figure in figures)
    yield from ("", say(f"craft.{verdict.replace(' ', '-')}", count=len(figures)))
    for figure in figures:
        aim = figure.target if verdict == "looked at by people" else ""
        told = ". ".join(text.rstrip(".") for text in (aim, figure.value, figure.note) if text)
        yield f"{figure.id:<4}{figure.name:<{width}}  {told}"
        yield from _places(figure.spots, whole)


def _places(spots: Sequence[Spot], whole: bool) -> Iterator[str]:
    rows = [(_where(spot, whole), spot.about, _said(spot)) for spot in spots[:MOST_PLACES]]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(2)]
    for where, about, said in rows:
        cells = (f"{where:<{widths[0]}}", f"{about:<{widths[1]}}", said)
        yield "    " + "  ".join(cell for cell in cells if cell.strip())
    if len(spots) > MOST_PLACES:
        yield f"    {say('craft.more', count=len(spots) - MOST_PLACES)}"


def _where(spot: Spot, whole: bool) -> str:
    scenario = spot.scenario if whole else ""
    line = say("craft.line", line=spot.line) if spot.line else ""
    return ", ".join(filter(None, (scenario, line)))


def _said(spot: Spot) -> str:
    words = " ".join(spot.words.split())
    words = f"“{words[:LONGEST].rstrip()}…”" if len(words) > LONGEST else f"“{words}”" if words else ""
    return " ".join(filter(None, (words, f"({spot.detail})" if words and spot.detail else spot.detail)))


def _players(report: CraftReport) -> Iterator[str]:
    """The expert's run and the naive players'; of a course, only those of players who do as well."""
    plays = [play for play in report.plays if play.path and (not report.whole or play.as_well)]
    if not plays:
        return
    yield from ("", say("craft.players"))
    rows = [_row(play, report.whole) for play in plays]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "    " + "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))


def _row(play: Play, whole: bool) -> tuple[str, ...]:
    return (
        f"{play.scenario}: {play.name}" if whole else play.name,
        play.ended,
        say("craft.player.manager", share=_share(play.manager)),
        say("craft.player.leader", share=_share(play.leader)),
        say("craft.player.fit", share=_share(play.fit)) if play.fit.on_offer else "",
        say("craft.player.as-well") if play.as_well else "",
    )


def _share(share: Share) -> str:
    return say("craft.player.share", taken=share.taken, offer=share.on_offer)


def as_form(report: CraftReport) -> dict[str, Any]:
    """The report as plain values, ready for JSON. Keys may be added; these stay."""
    return {
        "title": report.title,
        "scenarios": list(report.scenarios),
        "whole": report.whole,
        "figures": [_figure(figure) for figure in report.figures],
        "players": [_play(play) for play in report.plays],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "figure": figure.id,
        "name": figure.name,
        "verdict": figure.verdict,
        "value": figure.value,
        "target": figure.target,
        "numbers": dict(figure.numbers),
        "note": figure.note,
        "places": _forms(figure.spots),
    }


def _forms(spots: Iterable[Spot]) -> list[dict[str, Any]]:
    return [
        {"scenario": one.scenario, "about": one.about, "line": one.line, "words": one.words, "detail": one.detail}
        for one in spots
    ]


def _play(play: Play) -> dict[str, Any]:
    return {
        "scenario": play.scenario,
        "player": play.player,
        "choices": list(play.path),
        "ending": play.ending,
        "tone": play.tone,
        "manager": [play.manager.taken, play.manager.on_offer],
        "leader": [play.leader.taken, play.leader.on_offer],
        "fit": [play.fit.taken, play.fit.on_offer],
        "as_well": play.as_well,
    }
