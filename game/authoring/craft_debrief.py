"""Owns the figures F1 to F8: the quotations of a debrief, its words, its questions and its other roads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from game.authoring.craft_figures import Figure, Spot, Subject, Written, ends, judged, not_judged, share
from game.authoring.craft_walk import Walk, count_words
from game.authoring.craft_words import debrief_texts
from game.story import Scenario, Source
from game.training import quotation
from game.words import say

QUOTES: Final = (2, 4)
QUOTE: Final = 45
MET_AGAIN: Final = 0.60
QUESTIONS: Final = 2

SHAME: Final = re.compile(
    r"\b(?:wrong|wrongly|fail|failed|failure|should have|should not have|shouldn['’]t have|bad manager|you are a"
    r"|unfortunately|correct|incorrect|mistake|blame|sadly|poor|good leader|right answer)\b",
    re.IGNORECASE,
)
"""Words that tell a player how well they did, or make them small."""

OPEN: Final = re.compile(r"(?:^|, |[.:] )(?:what|who|whose|which|when|where|why|how)\b.*\?$", re.IGNORECASE)
"""An open question: no yes or no answers it."""


def quotations_cited(one: Scenario) -> Iterator[tuple[Written, str]]:
    """Every quotation that a scenario cites, and where."""
    for passage in one.passages.values():
        for choice in passage.decision.choices if passage.decision else ():
            if choice.debrief.quote:
                where = Written(one.id, f"{passage.id} > {choice.id}", choice.at[0], choice.debrief.quote)
                yield where, choice.debrief.quote
        for id in passage.ending.quotes if passage.ending else ():
            yield Written(one.id, passage.id, passage.at[0], id), id
    yield from ((Written(one.id, "debrief", 0, id), id) for id in one.debrief.quotes)


def word_for_word(_: Subject) -> Figure:
    """F1: not for this report; the source's text is not at hand."""
    return not_judged("F1", say("craft.F1.note"))


def ideas_met(subject: Subject) -> Figure:
    """F2: ideas of the source that some scenario of the course cites a quotation of."""
    source = subject.course.source
    if not source.ideas:
        return not_judged("F2", say("craft.no-source"))
    met = set().union(*_ideas(subject)) & source.ideas.keys()
    value, numbers = share(len(met), len(source.ideas)), {"met": len(met), "ideas": len(source.ideas)}
    if not subject.whole:
        return not_judged("F2", say("craft.whole-course"), value, numbers)
    spots = (Spot("", id, words=idea.says) for id, idea in source.ideas.items() if id not in met)
    return judged("F2", len(met) == len(source.ideas), value, numbers, spots)


def ideas_met_again(subject: Subject) -> Figure:
    """F3: ideas that two scenarios or more cite."""
    source = subject.course.source
    if not source.ideas:
        return not_judged("F3", say("craft.no-source"))
    if not subject.whole:
        return not_judged("F3", say("craft.whole-course"))
    cited = list(_ideas(subject))
    again = [id for id in source.ideas if sum(id in ideas for ideas in cited) > 1]
    numbers = {"again": len(again), "ideas": len(source.ideas)}
    good = len(again) >= MET_AGAIN * len(source.ideas)
    return judged("F3", good, share(len(again), len(source.ideas)), numbers)


def _ideas(subject: Subject) -> Iterator[set[str]]:
    """The ideas that each scenario cites."""
    quotes = subject.course.source.quotes
    for one in subject.scenarios:
        yield {quotes[id].idea if id in quotes else id for _, id in quotations_cited(one)}


def quotes_shown(subject: Subject) -> Figure:
    """F4: how many quotations a debrief shows, and how long they are.

    It shows one or two of its ending's and the scenario's, and one for each moment it looks at: as many as the
    scenario says, or as there are decisions on a shortest road to that ending. Where only some choices cite one, both
    ends are told.
    """
    if not subject.course.source.quotes:
        return not_judged("F4", say("craft.no-source"))
    counts = [(walk.scenario, id, _count(walk, id)) for walk in subject.walks for id in _endings(walk.scenario)]
    if not counts:
        return not_judged("F4", say("craft.no-ending"))
    spots = [
        Spot(one.id, id, one.passages[id].at[0], detail=say("craft.F4.spot", count=ends(least, most)))
        for one, id, (least, most) in counts
        if least < QUOTES[0] or most > QUOTES[1]
    ]
    spots += _long(subject)
    least, most = min(low for _, _, (low, _) in counts), max(high for _, _, (_, high) in counts)
    value = say("craft.F4.value", count=ends(least, most))
    return judged("F4", not spots, value, {"least": least, "most": most}, spots)


def _endings(one: Scenario) -> Iterator[str]:
    return (id for id, passage in one.passages.items() if passage.ending)


def _count(walk: Walk, id: str) -> tuple[int, int]:
    """The fewest and the most quotations that a debrief after this ending shows."""
    one, ending = walk.scenario, walk.scenario.passages[id].ending
    cited = {*(ending.quotes if ending else ()), *one.debrief.quotes}
    facts = walk.proof.endings.get(id)
    moments = min(one.debrief.moments, len(facts.shortest)) if facts else one.debrief.moments
    decisions = [passage.decision for passage in one.passages.values() if passage.decision]
    quoted = [bool(choice.debrief.quote) for decision in decisions for choice in decision.choices]
    most = one.debrief.moments if walk.proof.routes is None else min(one.debrief.moments, len(decisions))
    says = min(2, len(cited))
    return says + (moments if quoted and all(quoted) else 0), says + (most if any(quoted) else 0)


def _long(subject: Subject) -> Iterator[Spot]:
    quotes = subject.course.source.quotes
    for one in subject.scenarios:
        for where, id in quotations_cited(one):
            if id in quotes and count_words(quotes[id].text) > QUOTE:
                yield where.spot(say("craft.words", count=count_words(quotes[id].text)))


def clean_words(subject: Subject) -> Figure:
    """F5: quotations with strong words or hard things that have clean words, or a gloss, to stand in for them.

    For a course, all of its source's; for one scenario, those it cites.
    """
    source = subject.course.source
    if not source.quotes:
        return not_judged("F5", say("craft.no-source"))
    cited = [(where, id) for one in subject.scenarios for where, id in quotations_cited(one)]
    if subject.whole:
        cited = [(Written("", id, quote.line, id), id) for id, quote in source.quotes.items()]
    hard = [(where, id) for where, id in cited if id in source.quotes and not source.quotes[id].clean]
    spots = [where.spot(source.quotes[id].text) for where, id in hard if not _stands_in(source, id)]
    return judged("F5", not spots, say("craft.F5.value", count=len(hard)), {"hard": len(hard)}, spots)


def _stands_in(source: Source, id: str) -> bool:
    shown = quotation(source, id, spoken=False)
    return shown is not None and bool(shown.words or shown.gloss)


def shame_words(subject: Subject) -> Figure:
    """F6: words of blame or of a verdict in what the debrief shows."""
    spots = [
        text.spot(say("craft.F6.spot", word=found[0]))
        for one in subject.scenarios
        for text in debrief_texts(one)
        if (found := SHAME.search(text.text))
    ]
    return judged("F6", not spots, say("craft.F6.value", count=len(spots)), {"found": len(spots)}, spots)


def open_questions(subject: Subject) -> Figure:
    """F7: the open questions of each debrief."""
    asked = {one: [text for text in one.debrief.questions if OPEN.search(text)] for one in subject.scenarios}
    fewest = min(map(len, asked.values()))
    spots = (spot for one, found in asked.items() if len(found) < QUESTIONS for spot in _closed(one, found))
    return judged("F7", fewest >= QUESTIONS, say("craft.F7.value", count=fewest), {"fewest": fewest}, spots)


def _closed(one: Scenario, found: Iterable[str]) -> Iterator[Spot]:
    open_ = set(found)
    yield Spot(one.id, "debrief", detail=say("craft.F7.spot", count=len(open_)))
    for text in one.debrief.questions:
        if text not in open_:
            yield Spot(one.id, "debrief", 0, text, say("craft.F7.closed"))


def other_roads(subject: Subject) -> Figure:
    """F8: whether there is always another road to tell of: a second choice on offer, to a passage with words."""
    if not subject.asked:
        return not_judged("F8", say("craft.no-decision"))
    spots = []
    for walk in subject.walks:
        one = walk.scenario
        alone = [id for id, offered in walk.offered.items() if offered < 2]
        spots += [_place(one, id, say("craft.F8.alone")) for id in alone]
        spots += [_place(one, id, say("craft.F8.silent")) for id in one.passages if id in walk.silent]
    note = "" if all(walk.whole for walk in subject.walks) else say("craft.F8.seen")
    return judged("F8", not spots, say("craft.F8.value", count=len(spots)), {"without": len(spots)}, spots, note)


def _place(one: Scenario, id: str, detail: str) -> Spot:
    return Spot(one.id, id, one.passages[id].at[0], detail=detail)
