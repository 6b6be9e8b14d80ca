"""Owns how a proof is told: as plain values for other tools, in one line, and as a table. Never proves anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from game.authoring import Diagnostic, Entry
from game.story import Claim, EndingFacts, Proof, Range

LARGEST_NUMBER: Final = 2**53
"""Past it a number is printed as a string of digits: other languages read numbers as floats."""

LONGEST_NUMBER: Final = 15
"""Digits up to which a number of roads is told in full."""

Form = dict[str, object]
"""Plain values, for JSON."""


@dataclass(frozen=True, slots=True)
class Proved:
    """A scenario's file with all its mistakes, and its proof; None where it cannot be read as a scenario."""

    entry: Entry
    proof: Proof | None
    mistakes: tuple[Diagnostic, ...]


# ---- plain values -----------------------------------------------------------


def proof_form(proof: Proof) -> Form:
    """The proof as plain values, its claims left out: `claim_form` gives them one by one."""
    return {
        "complete": proof.complete,
        "states": proof.states,
        "routes": routes_form(proof.routes),
        "claims": [],
        "endings": {id: ending_form(ending) for id, ending in proof.endings.items()},
        "manager": list(proof.manager),
        "leader": list(proof.leader),
        "meters": {meter: list(reach) for meter, reach in proof.meters.items()},
    }


def claim_form(claim: Claim) -> Form:
    """One claim as plain values; `choices` is null where there is no list to show."""
    choices = claim.choices
    return {
        "claim": claim.claim,
        "about": claim.about,
        "verdict": claim.verdict,
        "choices": None if choices is None else list(choices),
    }


def ending_form(ending: EndingFacts) -> Form:
    """What is certain of one ending, as plain values."""
    return {
        "routes": routes_form(ending.routes),
        "random": ending.random,
        "shortest": list(ending.shortest),
        "manager": list(ending.manager),
        "leader": list(ending.leader),
        "meters": {meter: list(reach) for meter, reach in ending.meters.items()},
    }


def routes_form(routes: int | None) -> int | str | None:
    """A number of routes, as a string of digits where it is large."""
    return routes if routes is None or routes <= LARGEST_NUMBER else str(Decimal(routes))


# ---- in words ---------------------------------------------------------------


def summary(proved: Proved, bound: int) -> str:
    """The proof in one line. `bound` is the number of states that were allowed."""
    id, proof = proved.entry.id, proved.proof
    if proof is None:
        return f"{id}: not proved, because it cannot be read yet."
    endings = _endings(proved, proof)
    if proof.interrupted:
        return f"{id}: stopped after {proof.states:,} states, so not all is proved: {endings} so far."
    if not proof.complete:
        return f"{id}: more than {bound:,} states, so not all is proved: {endings} so far."
    return f"{id}: proved over {counted(proof.states, 'state')}: {_safety(proof)}, {roads(proof.routes)}, {endings}."


def _safety(proof: Proof) -> str:
    """Whether a player can get stuck."""
    wrong = {claim.claim for claim in proof.claims if claim.verdict == "disproved"}
    if "way-on" in wrong:
        return "a player can get stuck"
    return "a player can go round without end" if "ending-in-reach" in wrong else "nobody gets stuck"


def _endings(proved: Proved, proof: Proof) -> str:
    scenario = proved.entry.scenario
    written = sum(bool(passage.ending) for passage in scenario.passages.values()) if scenario else 0
    if len(proof.endings) == written:
        return counted(written, "ending")
    return f"{len(proof.endings)} of {counted(written, 'ending')}"


def roads(routes: int | None) -> str:
    """A number of roads to an ending, in words."""
    return "roads without end" if routes is None else "no road" if not routes else counted(routes, "road")


def counted(number: int, what: str) -> str:
    """So many of something; where they are too many to read, about how many."""
    digits = Decimal(number).adjusted() + 1
    told = f"{number:,}" if digits <= LONGEST_NUMBER else f"about 10^{digits - 1}"
    return f"{told} {what}{'' if number == 1 else 's'}"


def span(reach: Range) -> str:
    """A range in words."""
    least, most = reach
    if least is None:
        return "not known"
    return f"{least} or more" if most is None else f"{least}" if least == most else f"{least} to {most}"


def percent(chance: float | None) -> str:
    """A share of random play, to a tenth of a per cent."""
    if chance is None:
        return "not known"
    return "less than 0.1 %" if 0 < chance < 0.001 else f"{100 * chance:.1f} %"


def table(proof: Proof) -> str:
    """Every ending with its roads, its share of random play and its ranges; then a shortest road to each."""
    rows = [["ending", "roads", "random", "manager", "leader", *proof.meters]]
    for id, ending in proof.endings.items():
        numbers = [_roads(ending.routes), percent(ending.random), span(ending.manager), span(ending.leader)]
        rows.append([id, *numbers, *(span(ending.meters[meter]) for meter in proof.meters)])
    overall = [_roads(proof.routes), "", span(proof.manager), span(proof.leader)]
    rows.append(["anywhere", *overall, *(span(reach) for reach in proof.meters.values())])
    shortest = [f"  {id}: {', '.join(ending.shortest) or '(at once)'}" for id, ending in proof.endings.items()]
    return "\n".join([*_aligned(rows), *(["  A shortest road to each:", *shortest] if shortest else [])])


def _roads(routes: int | None) -> str:
    return "no end" if routes is None else counted(routes, "").strip().removesuffix("s").strip()


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows in columns, the first to the left and the others to the right."""
    wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        cells = [first.ljust(wide[0]), *(cell.rjust(width) for cell, width in zip(others, wide[1:], strict=True))]
        yield f"  {'  '.join(cells)}".rstrip()
