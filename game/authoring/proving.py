"""Owns the mistakes that only a proof can find, and how they join those found before. Never proves anything itself.

ERRORS and WARNINGS are the tables: one function for each rule. A cause hides its consequences: where players can get
stuck nothing is said of how often they come to an ending, and what nobody can come to is told where that begins.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final, NamedTuple

from game.authoring.causes import Cause, Causes, Site, setters, sites
from game.authoring.checks import conditions, endless_loops, in_a_circle, leads_to, reached
from game.authoring.course import Entry
from game.authoring.diagnostics import TOP, Diagnostic, Span, in_order
from game.authoring.diagnostics import told as shown
from game.authoring.reasons import Looking
from game.story import BOUND, Choice, Claim, Condition, Decision, Passage, Proof, Reach, State, Story, Way, prove

MOST_LIKELY: Final = 0.6
"""The share of random play that an ending may have before the others are hard to find."""

LEAST_LIKELY: Final = 0.05
"""The share of random play below which hardly anyone sees an ending."""

ROUNDING: Final = 1e-9
"""Chances are exact to this."""

LONGEST_RUN: Final = 12
"""Choices of a list that a message repeats."""

MOST_NAMED: Final = 5
"""Things of one sort that a message names."""

LONGEST_LOOP: Final = 1_000
"""Passages followed to tell a circle of gotos."""

MOST_FOLLOWED: Final = 2_000_000
"""States followed, all told, to find which traps are the same."""


class Found(NamedTuple):
    """What was found: the code, where, and the message."""

    code: str
    span: Span
    message: str


def prove_entry(
    entry: Entry, states: int = BOUND, watch: Callable[[int], None] | None = None
) -> tuple[Proof | None, tuple[Diagnostic, ...]]:
    """Prove a scenario, and tell every mistake of its file: those found on loading and those the proof shows.

    The proof is None where the file cannot be read as a scenario. `states` is the bound on the states looked at,
    `watch` is told now and then how many were met. An interrupt (Ctrl-C) is no error: what is known by then is told.
    """
    if entry.scenario is None:
        return None, entry.mistakes
    proof = prove(entry.scenario, states, watch)
    return proof, in_order([*entry.mistakes, *_mistakes(entry, proof, states)])


def _mistakes(entry: Entry, proof: Proof, states: int) -> list[Diagnostic]:
    if proof.reach is None:
        return []
    told = _Told(entry, proof, proof.reach, states)
    found: list[Found] = []
    try:
        for error in ERRORS:
            found += error(told)
        told.stuck = bool(found) or not told.before.isdisjoint(("E201", "E202"))
        for warning in WARNINGS:
            found += warning(told)
    except KeyboardInterrupt:
        pass  # what was found by then is told
    return [entry.document.diagnostic(one.code, one.span, one.message) for one in found]


class _Told:
    """What the checks look at. `before` are the codes told on loading.

    `named` are the conditions, by identity, that an error has named as its reason; `stuck`: whether there is an error.
    """

    def __init__(self, entry: Entry, proof: Proof, reach: Reach, bound: int) -> None:
        self.entry = entry
        self.proof = proof
        self.reach = reach
        self.bound = bound
        self.before = frozenset(mistake.code for mistake in entry.mistakes)
        self.scenario = reach.scenario
        self.passages = reach.scenario.passages
        self.linked = reached(reach.scenario)
        self.causes = Causes(proof, reach, self.linked)
        self.named: set[int] = set()
        self.stuck = False

    def disproved(self, claim: str) -> Iterator[Claim]:
        """The claims of this kind that are not so."""
        return (one for one in self.proof.claims if one.claim == claim and one.verdict == "disproved")

    def passage(self, id: str) -> Span:
        """Where a passage begins."""
        return self.entry.spans.get(("passage", id), TOP)

    def condition(self, condition: Condition) -> Span:
        """Where a condition stands."""
        line, column = condition.at
        lines = self.entry.document.lines
        text = lines[line - 1][column - 1 :] if 0 < line <= len(lines) else ""
        quotes = 2 * text.startswith(("'", '"'))
        written = text[quotes // 2 :].startswith(condition.text)
        return Span(line, column, line, column + (len(condition.text) + quotes if written else max(1, len(text))))

    @cached_property
    def writing(self) -> bool:
        """Whether a passage that players come to is still to be written."""
        return any(self.passages[id].todo for id in self.reach.passages)

    def several_offered(self, passage: str) -> bool:
        """Whether some state of a decision offers more than one choice."""
        states = enumerate(self.reach.states)
        return any(state.passage == passage and len(self.reach.edges(number)) > 1 for number, state in states)

    @cached_property
    def unheard(self) -> frozenset[str]:
        """Facts that nothing reads, and names whose conditions never vary or are never come to: told already."""
        read = {name for condition in conditions(self.scenario) for name in condition.names()}
        unmet = (passage for id, passage in self.passages.items() if id not in self.reach.passages)
        lost = [site for passage in unmet for site in sites(passage)]
        dumb = (site.condition for site in (*self.causes.sites.values(), *lost))
        return frozenset(self.scenario.facts.keys() - read).union(*(condition.names() for condition in dumb))

    @cached_property
    def roots(self) -> Mapping[Cause, None]:
        """Where chains of causes begin."""
        return self.causes.roots()

    def kept_from(self, root: Cause) -> list[str]:
        """The passages that nobody comes to because of it, among other causes perhaps, in the order of the file."""
        after = self.causes.after(root)
        return [id for id in self.causes.unreached if id in after] if after else []

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of each passage in the file."""
        return {id: place for place, id in enumerate(self.passages)}

    @cached_property
    def looking(self) -> Looking:
        """For what the conditions on ways and choices meet in some of the states."""
        every = (site for passage in self.passages.values() for site in sites(passage))
        return Looking(self.reach, [site.condition for site in every if site.kind in ("way", "choice")])

    @cached_property
    def ending_ahead(self) -> frozenset[str]:
        """The passages from which some way leads to an ending, conditions left aside."""
        before: dict[str, list[str]] = {}
        for passage in self.passages.values():
            for to in leads_to(passage):
                before.setdefault(to, []).append(passage.id)
        found = {id for id, passage in self.passages.items() if passage.ending}
        waiting = list(found)
        for id in waiting:
            new = [other for other in before.get(id, ()) if other not in found]
            found.update(new)
            waiting += new
        return frozenset(found)


# ---- errors -----------------------------------------------------------------


def nothing_offered(told: _Told) -> Iterator[Found]:
    """Decisions at which some player has nothing to choose."""
    for claim in told.disproved("way-on"):
        decision = told.passages[claim.about].decision
        if decision is None or claim.where is None:
            continue
        state = told.reach.states[claim.where[0]]
        if not any((claim.about, choice.id) in told.reach.offered for choice in decision.choices):
            told.named.update(id(choice.condition) for choice in decision.choices if choice.condition)
        why = ", ".join(_refused(told, state, choice) for choice in decision.choices[:MOST_NAMED])
        more = ", …" if len(decision.choices) > MOST_NAMED else ""
        message = f"A player can come here with nothing to choose: {why}{more}.{_run(claim.choices)}"
        yield Found("E203", told.passage(claim.about), message)


def _refused(told: _Told, state: State, choice: Choice) -> str:
    """Why a choice is not on offer."""
    if choice.condition and not told.reach.machine.holds(choice.condition, state):
        return f"'{choice.id}' needs '{shown(choice.condition.text)}'"
    return f"'{choice.id}' was taken before"


def closing_gotos(told: _Told) -> Iterator[Found]:
    """Circles of gotos that close in some state. Those without a condition are told on loading."""
    known = [set(loop) for loop in endless_loops(told.scenario)]
    for claim in told.disproved("way-on"):
        if told.passages[claim.about].decision or claim.where is None:
            continue
        loop, way_out = _circle(told, told.reach.states[claim.where[0]])
        if not any(other.intersection(loop) for other in known):
            known.append(set(loop))
            message = f"{in_a_circle(loop)}{way_out}{_run(claim.choices)}"
            yield Found("E202", told.passage(claim.about), message)


def _circle(told: _Told, state: State) -> tuple[list[str], str]:
    """The passages that lead round from this state, and a way out that is not taken."""
    machine, loop, refused = told.reach.machine, [state.passage], list[Way]()
    while len(loop) <= LONGEST_LOOP:
        ways = told.passages[state.passage].goto
        taken = next(way for way in ways if way.condition is None or machine.holds(way.condition, state))
        refused += ways[: ways.index(taken)]
        state = machine.applied(told.passages[taken.to].effects, state._replace(passage=taken.to))[1]
        if taken.to == loop[0]:
            break
        loop.append(taken.to)
    out = next((way for way in refused if way.to not in loop and way.condition), None)
    if out is None or out.condition is None:
        return loop, ""
    told.named.add(id(out.condition))
    where = f"on line {out.condition.at[0]}"
    return loop, f" The way out to '{out.to}', {where}, needs '{shown(out.condition.text)}'."


def no_ending(told: _Told) -> Iterator[Found]:
    """Stories of which no run comes to an ending. Where players get stuck, that is told instead."""
    ended = told.proof.endings or told.writing or told.reach.stuck
    if ended or not told.proof.complete or "E201" in told.before:
        return
    message = "Whatever a player does, no ending is reached."
    for root, site in told.causes.sites.items():
        if root in told.roots and any(told.passages[id].ending for id in told.kept_from(root)):
            told.named.add(root)
            words = lead(site, told.causes.looks[root].holds, f", on line {site.condition.at[0]},")
            message += f" {words}{_because(told, site)}"
            break
    yield Found("E201", told.passage(told.scenario.start), message)


def traps(told: _Told) -> Iterator[Found]:
    """Places from which no ending can be reached, though there is always something to choose."""
    if not told.proof.complete or not (told.proof.endings or told.writing):
        return
    covered: set[int] = set()
    left = MOST_FOLLOWED
    for claim in sorted(told.disproved("ending-in-reach"), key=lambda claim: claim.where or (0, "")):
        number = claim.where[0] if claim.where else 0
        ahead, is_new = _followed(told.reach, number, covered, left)
        left -= len(ahead)
        if is_new and left > 0:
            why = f"{_gate(told, ahead)}{_run(claim.choices)}"
            message = f"From here no ending can be reached, whatever is chosen.{why}"
            yield Found("E204", told.passage(claim.about), message)
        covered |= ahead


def _followed(reach: Reach, number: int, covered: set[int], most: int) -> tuple[set[int], bool]:
    """The states ahead, and whether they are a trap by themselves: none is stuck or told already."""
    ahead, waiting = {number}, [number]
    is_new = number not in covered and number not in reach.stuck
    while waiting and is_new and len(ahead) < most:
        new = set(reach.after(waiting.pop())) - ahead
        is_new = reach.stuck.keys().isdisjoint(new) and new.isdisjoint(covered)
        ahead |= new
        waiting += new
    return ahead, is_new


def _gate(told: _Told, numbers: Collection[int]) -> str:
    """The first way out of these states that is never open, and why."""
    reach = told.reach
    inside = {reach.states[number].passage for number in numbers}
    for number in numbers:
        for _, step in reach.machine.steps(reach.states[number]):
            inside.update(visit.passage for visit in step.visits)
    there = (site for id in sorted(inside, key=told.order.__getitem__) for site in sites(told.passages[id]))
    out = [site for site in there if any(to not in inside and to in told.ending_ahead for to in _leads(site))]
    if not out:
        return ""
    looks = told.looking.there([site.condition for site in out], numbers)
    for site in out:
        met = looks[id(site.condition)]
        if met.holds is False:
            told.named.add(id(site.condition))
            reason = met.reason()
            why = f", and here {reason.words}" if reason else ", and that never holds here"
            where = f"{subject(site)}, on line {site.condition.at[0]},"
            return f" {where} needs '{shown(site.condition.text)}'{why}."
    return ""


def _leads(site: Site) -> tuple[str, ...]:
    """Where one may get to if the condition holds."""
    if site.kind == "way":
        return (site.to,)
    return tuple(way.to for way in site.choice.goto) if site.kind == "choice" and site.choice else ()


# ---- what nobody can come to ------------------------------------------------


def never_reached(told: _Told) -> Iterator[Found]:
    """What nobody can come to, and conditions that never vary: each told at its cause."""
    blamed: set[str] = set()
    for root in told.roots:
        if isinstance(root, int) and root not in told.named:
            yield _constant(told, told.causes.sites[root], root, blamed)


def _kind(passage: Passage) -> tuple[str, str]:
    return ("the ending", "W315") if passage.ending else ("passage", "W312")


def _constant(told: _Told, site: Site, root: int, blamed: set[str]) -> Found:
    """A condition that never varies, told by the gravest that comes of it."""
    holds = told.causes.looks[root].holds
    hidden = [id for id in told.kept_from(root) if id not in blamed]
    blamed.update(hidden)
    endings = [id for id in hidden if told.passages[id].ending]
    code = CODE_OF.get((site.kind, holds), "W316")
    if site.kind == "lines" and holds and not (site.when and site.when.otherwise):
        code = "W316"
    if site.kind == "way" and hidden:
        directly = [id for id in hidden if root in told.causes.behind[id]] or hidden
        code = _kind(told.passages[directly[0]])[1]
    message = f"{lead(site, holds)}{_because(told, site)}"
    if endings:
        message += f" So nobody comes to the ending{'s' * (len(endings) > 1)} {_names(endings)}."
    elif hidden:
        message += f" So nobody comes to passage {_names(hidden[:1])}."
    return Found(code, told.condition(site.condition), message)


CODE_OF: Final[Mapping[tuple[str, bool | None], str]] = {
    ("choice", False): "W313",
    ("lines", False): "W314",
    ("lines", True): "W314",
}
"""The code of what follows from a condition that never varies, where something else than itself is lost."""


def subject(site: Site) -> str:
    """What stands behind a condition."""
    if site.kind == "way":
        return f"The way to '{site.to}'"
    if site.kind == "choice" and site.choice:
        return f"Choice '{site.choice.id}'"
    return "This effect" if site.kind == "effect" else "These lines"


_LEADS: Final[Mapping[tuple[str, bool | None], str]] = {
    ("way", False): "is never taken: its condition never holds.",
    ("way", True): "is always taken: its condition always holds.",
    ("way", None): "is never taken: one of the ways before it always holds.",
    ("choice", False): "is never offered: its condition never holds.",
    ("choice", True): "needs no condition: it always holds.",
    ("effect", False): "never takes place: its condition never holds.",
    ("effect", True): "always takes place: its condition always holds.",
    ("lines", False): "are never told: their condition never holds.",
    ("lines", True): "are always told: their condition always holds.",
}


def lead(site: Site, holds: bool | None, where: str = "") -> str:
    """What a condition that never varies means for what stands behind it. `where` comes after what that is."""
    words = _LEADS.get((site.kind, holds), "is never looked at.")
    otherwise = site.kind == "lines" and holds and site.when and site.when.otherwise
    return f"{subject(site)}{where} {words}" + (" Those under 'else' never are." if otherwise else "")


def _because(told: _Told, site: Site) -> str:
    """What the facts and meters of a condition really were."""
    reason = told.causes.looks[id(site.condition)].reason()
    if reason is None:
        return ""
    earlier = site.ways[: site.place] if site.kind == "way" else ()
    here = "Past the ways before it," if earlier else "Here," if reason.words.startswith("where ") else "Here"
    words = f" {here} {reason.words}."
    asked = {name for way in earlier if way.condition for name in way.condition.names()}
    for fact in dict.fromkeys(fact for fact in reason.facts if fact not in asked):
        setting = [one for one in setters(told.scenario, fact) if one.passage in told.reach.passages]
        if fact in told.causes.true_at_times and setting:
            where = dict.fromkeys(
                f"choice '{one.choice.id}' of '{one.passage}'" if one.choice else f"passage '{one.passage}'"
                for one in setting
            )
            named = " and ".join(list(where)[:MOST_NAMED])
            words += f" '{fact}' is set by {named}, and on no road from there is it still true here."
    return words


# ---- warnings of the whole --------------------------------------------------


def idle_decisions(told: _Told) -> Iterator[Found]:
    """Decisions after which everything is told, offered and ended alike; not where players get stuck."""
    if told.stuck:
        return
    refusing = {site.choice for site in told.causes.sites.values() if site.kind == "choice"}
    for claim in told.disproved("decision-matters"):
        decision = told.passages[claim.about].decision
        if decision is None or claim.about not in told.reach.passages or len(decision.choices) < 2:
            continue
        hidden = refusing.intersection(decision.choices) or told.unheard.intersection(_changed(decision))
        if hidden or _unwritten(told, claim.about):
            continue
        message = "Whatever is chosen here, the same is told, offered and ended later."
        if not told.several_offered(claim.about):
            message = "There is never more than one choice on offer here, so there is nothing to decide."
        yield Found("W317", told.passage(claim.about), message)


def _changed(decision: Decision) -> set[str]:
    """The facts and meters that the choices change."""
    effects = [effect for choice in decision.choices for effect in choice.effects]
    meters = {name for effect in effects for name, _ in effect.change}
    return meters.union(*((*effect.set, *effect.clear) for effect in effects))


def _unwritten(told: _Told, passage: str) -> bool:
    """Whether some way from here leads to what is still to be written, and so may make a difference one day."""
    return any(told.passages[id].todo for id in reached(told.scenario, passage))


def scored_loops(told: _Told) -> Iterator[Found]:
    """A loop on the way to an ending that scores every time round."""
    if told.proof.scored_loop is not None:
        passage = Story.replay(told.scenario, told.proof.scored_loop).passage.id
        message = "From here a player can go round and score each time, without end."
        yield Found("W318", told.passage(passage), message + _run(told.proof.scored_loop))


def shares(told: _Told) -> Iterator[Found]:
    """Endings that random play hardly ever, or nearly always, comes to. Not while the story is unfinished or stuck."""
    if told.stuck or told.writing:
        return
    whole = all(id in told.proof.endings for id, passage in told.passages.items() if passage.ending)
    for id, ending in told.proof.endings.items():
        chance = ending.random
        if chance is None:
            continue
        if chance < LEAST_LIKELY - ROUNDING:
            words = f"Only {percent(chance)} of random play ends here, so hardly anyone will see it."
            yield Found("W320", told.passage(id), f"{words}{_run(ending.shortest, 'A shortest run to it')}")
        elif chance > MOST_LIKELY + ROUNDING and whole and len(told.proof.endings) > 1:
            words = f"{percent(chance)} of random play ends here, so the other endings are hard to come by."
            yield Found("W319", told.passage(id), words)


def percent(chance: float) -> str:
    """A chance in words, to a tenth of a per cent; a very small one is never told as none."""
    return "less than 0.1 %" if chance < 0.001 else f"{100 * chance:.1f} %"


def bound_hit(told: _Told) -> Iterator[Found]:
    """The bound on states was hit, so that not all is decided."""
    if not told.proof.complete and not told.proof.interrupted:
        words = f"A player can be in more than {told.bound:,} different states, and no more were looked at."
        yield Found("W321", TOP, f"{words} What was not seen by then is not decided.")


Check = Callable[[_Told], Iterable[Found]]

ERRORS: Final[tuple[Check, ...]] = (nothing_offered, closing_gotos, no_ending, traps)
"""What gets players stuck. These run first: their reasons are not told again."""

WARNINGS: Final[tuple[Check, ...]] = (never_reached, idle_decisions, scored_loops, shares, bound_hit)
"""What is odd in a story that plays."""


def _run(choices: Collection[str] | None, label: str = "A shortest run that shows it") -> str:
    if choices is None:
        return ""
    if not choices:
        return " It is so from the very start."
    more = f", and {len(choices) - LONGEST_RUN} more" if len(choices) > LONGEST_RUN else ""
    return f" {label}: {', '.join(list(choices)[:LONGEST_RUN])}{more}."


def _names(ids: Collection[str]) -> str:
    named = [f"'{id}'" for id in list(ids)[:MOST_NAMED]] + ["others"] * (len(ids) > MOST_NAMED)
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
