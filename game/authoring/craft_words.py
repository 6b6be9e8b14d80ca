"""Owns the figures W1 to W7: plain words, short passages, and people who are people.

The reading grade is for English; for other languages the report says what cannot be measured.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from game.authoring.craft_figures import (
    FEW_WORDS,
    Figure,
    Spot,
    Subject,
    Verdict,
    Written,
    ends,
    judged,
    not_judged,
    share,
)
from game.authoring.craft_walk import Walk, count_words, lines_in
from game.authoring.reading import Reading, sentences, syllables, words
from game.story import Choice, Passage, Scenario
from game.words import say

GRADE: Final = 6
MEAN_SENTENCE: Final = 13
SENTENCE: Final = 25
PASSAGE: Final = (40, 90)
ENDING: Final = (60, 130)
PROJECTOR: Final = 60
CARD: Final = 80

DRAGGING: Final = 5
"""Sentences that are told of where the grade is too high."""

NEVER: Final = re.compile(
    r"\b(?:service[ -]users?|non-?verbal|wheelchair[ -]bound|suffer(?:s|ed|ing)? from|special needs|mental age"
    r"|(?:high|low)[ -]functioning|challenging behaviou?rs?|kick(?:s|ed|ing)? off|access(?:es|ed|ing)? the community"
    r"|non-?complian(?:t|ce)|refus(?:es|ed|ing) to engage)\b",
    re.IGNORECASE,
)
"""Words that make less of people. In a character's mouth they may stand, if the debrief takes them up."""

LOOK_AT: Final = re.compile(
    r"\b(?:SUs?|PWS|(?i:client|case|placement|bed|void|package|unit)s?|(?i:feeding|toileting))\b"
)
"""Words that make less of people in one meaning, and nothing of the kind in another."""

_syllables = lru_cache(maxsize=50_000)(syllables)


# ---- what is written, and where -------------------------------------------------------


def story_lines(one: Scenario) -> Iterator[Written]:
    """Every line of story."""
    for passage in one.passages.values():
        for line in lines_in(passage.text):
            yield Written(one.id, passage.id, line.at[0] or passage.at[0], line.text, line.speaker)


def debrief_texts(one: Scenario) -> Iterator[Written]:
    """Every text that the debrief alone shows, the quotations apart."""
    for passage in one.passages.values():
        for choice in passage.decision.choices if passage.decision else ():
            texts = choice.debrief.opened, choice.debrief.closed, *_reasons(choice)
            yield from _written(one, f"{passage.id} > {choice.id}", choice.at[0], *texts)
        if passage.ending:
            happened = passage.ending.happened
            texts = happened.person, happened.team, happened.organisation
            yield from _written(one, passage.id, passage.at[0], *texts)
    yield from _written(one, "debrief", 0, *one.debrief.questions, one.debrief.one_thing)


def all_texts(one: Scenario) -> Iterator[Written]:
    """Every text that a player or a trainer reads, the quotations apart."""
    yield from _written(one, "", 0, one.title, one.summary, one.you)
    for fact in one.facts.values():
        yield from _written(one, f"facts: {fact.id}", 0, fact.says)
    yield from story_lines(one)
    yield from debrief_texts(one)
    for passage in one.passages.values():
        if passage.decision:
            yield from _written(
                one, passage.id, passage.decision.at[0], passage.decision.ask, *passage.decision.discuss
            )
            for choice in passage.decision.choices:
                yield from _written(one, f"{passage.id} > {choice.id}", choice.at[0], choice.text, choice.why)


def _written(one: Scenario, about: str, line: int, *texts: str) -> Iterator[Written]:
    """Those of these texts that say something."""
    return (Written(one.id, about, line, text) for text in texts if text)


def _reasons(choice: Choice) -> Iterator[str]:
    return (effect.because for effect in choice.effects)


class Sentence(NamedTuple):
    """One sentence, where it stands, and its counts."""

    written: Written
    text: str
    words: int
    syllables: int


def sentences_of(texts: Iterable[Written]) -> list[Sentence]:
    """Every sentence of these texts."""
    return [_counted(one, text) for one in texts for text in sentences(one.text)]


def _counted(written: Written, text: str) -> Sentence:
    said = words(text)
    return Sentence(written, text, len(said), sum(map(_syllables, said)))


def reading(told: Iterable[Sentence]) -> Reading:
    """The counts of all these sentences together."""
    told = list(told)
    return Reading(
        sum(one.words for one in told),
        len(told),
        sum(one.syllables for one in told),
        max((one.words for one in told), default=0),
    )


# ---- W1, W2: reading ------------------------------------------------------------------


def grade(subject: Subject) -> Figure:
    """W1: the Flesch-Kincaid grade of each scenario, over all that its author wrote.

    Where it is too high, the sentences without which it would fall most are told of.
    """
    told = {one: sentences_of(all_texts(one)) for one in subject.scenarios}
    readings = {one: reading(found) for one, found in told.items()}
    if min(found.words for found in readings.values()) < FEW_WORDS:
        return not_judged("W1", say("craft.W1.short", needed=FEW_WORDS))
    spots = [
        one.written.spot(say("craft.W1.spot", count=one.words), one.text)
        for scenario, found in readings.items()
        if found.grade > GRADE
        for one in dragging(told[scenario], found)
    ]
    hardest = max(found.grade for found in readings.values())
    numbers = {one.id: found.grade for one, found in readings.items()}
    return judged("W1", hardest <= GRADE, say("craft.W1.value", grade=f"{hardest:.1f}"), numbers, spots)


def dragging(told: list[Sentence], whole: Reading, most: int = DRAGGING) -> list[Sentence]:
    """The sentences without which the grade would be lowest, the heaviest first."""
    return sorted(told, key=lambda one: _without(one, whole))[:most]


def _without(one: Sentence, whole: Reading) -> float:
    return Reading(whole.words - one.words, whole.sentences - 1, whole.syllables - one.syllables).grade


def sentence_length(subject: Subject) -> Figure:
    """W2: words in a sentence of the story on average, and sentences of any text that are too long."""
    means = {one.id: reading(sentences_of(story_lines(one))).mean_sentence for one in subject.scenarios}
    if not any(means.values()):
        return not_judged("W2", say("craft.no-text"))
    long = [one for scenario in subject.scenarios for one in _long(scenario)]
    spots = [one.written.spot(say("craft.words", count=one.words), one.text) for one in long]
    mean = max(means.values())
    value = say("craft.W2.value", mean=f"{mean:.1f}", count=len(long))
    return judged("W2", mean <= MEAN_SENTENCE and not long, value, means | {"long": len(long)}, spots)


def _long(scenario: Scenario) -> Iterator[Sentence]:
    for one in all_texts(scenario):
        if count_words(one.text) > SENTENCE:
            yield from (said for said in sentences_of([one]) if said.words > SENTENCE)


# ---- W3: words on screen --------------------------------------------------------------


def on_screen(subject: Subject) -> Figure:
    """W3: the words of each passage, in every state it can be entered in, and of each card of the debrief.

    The card of a choice has its reason, what it opened and closed, and why things moved; that of an ending, what
    happened. Quotations are not counted.
    """
    spots = [spot for walk in subject.walks for spot in _passages(walk)]
    spots += [spot for one in subject.scenarios for spot in _cards(one)]
    told = [counts for walk in subject.walks for counts in _told(walk).values()]
    if not told:
        return not_judged("W3", say("craft.no-text"))
    fewest, longest = min(least for least, _ in told), max(most for _, most in told)
    wide = sum(most > PROJECTOR for _, most in told)
    notes = [say("craft.W3.projector", count=wide, most=PROJECTOR)] if wide else []
    if not all(walk.whole for walk in subject.walks):
        notes.append(say("craft.W3.as-written"))
    numbers = {"least": fewest, "most": longest, "wide": wide}
    return judged("W3", not spots, say("craft.W3.value", count=ends(fewest, longest)), numbers, spots, " ".join(notes))


def _passages(walk: Walk) -> Iterator[Spot]:
    for id, (least, most) in _told(walk).items():
        passage = walk.scenario.passages[id]
        low, high = ENDING if passage.ending else PASSAGE
        if least < low or most > high:
            yield Spot(walk.scenario.id, id, passage.at[0], detail=say("craft.W3.spot", count=ends(least, most)))


def _told(walk: Walk) -> dict[str, tuple[int, int]]:
    """The words of each passage that is written and can be entered, in the order of the file."""
    return {id: walk.told[id] for id, passage in walk.scenario.passages.items() if id in walk.told and not passage.todo}


def _cards(one: Scenario) -> Iterator[Spot]:
    for passage in one.passages.values():
        for about, line, texts in _shown(passage):
            count = sum(count_words(text) for text in texts)
            if count > CARD:
                yield Spot(one.id, about, line, detail=say("craft.W3.card", count=count))


def _shown(passage: Passage) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    for choice in passage.decision.choices if passage.decision else ():
        texts = choice.why, choice.debrief.opened, choice.debrief.closed, *_reasons(choice)
        yield f"{passage.id} > {choice.id}", choice.at[0], texts
    if passage.ending:
        happened = passage.ending.happened
        yield passage.id, passage.at[0], (happened.person, happened.team, happened.organisation)


# ---- W4: words that make less of people -----------------------------------------------


def word_list(subject: Subject) -> Figure:
    """W4: words that make less of people, and words that may.

    The first miss the figure, unless a character says them: that, and the second, is for people to look at.
    """
    fails, look = [], []
    for text in (text for one in subject.scenarios for text in all_texts(one)):
        for word in _found(NEVER, text.text):
            if text.speaker:
                look.append(text.spot(say("craft.W4.said", word=word)))
            else:
                fails.append(text.spot(say("craft.W4.never", word=word)))
        look += [text.spot(say("craft.W4.look", word=word)) for word in _found(LOOK_AT, text.text)]
    numbers = {"never": len(fails), "look": len(look)}
    value = say("craft.W4.value", never=len(fails), look=len(look))
    verdict: Verdict = "missed" if fails else "looked at by people" if look else "met"
    return Figure("W4", verdict, value, numbers, tuple(fails + look))


def _found(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    return (found[0] for found in pattern.finditer(text))


# ---- W5, W6, W7: people ---------------------------------------------------------------


def who_acts(subject: Subject) -> Figure:
    """W5: for people to look at, with how many lines each of the cast speaks; who is supported, no file says."""
    said = Counter(text.speaker for one in subject.scenarios for text in story_lines(one) if text.speaker)
    value = ", ".join(f"{person} {count}" for person, count in said.most_common())
    return Figure("W5", "looked at by people", say("craft.W5.value", lines=value) if value else "", dict(said))


def named_ends(subject: Subject) -> Figure:
    """W6: endings that say what happened in the life of somebody of the cast, by name."""
    endings = list(subject.endings)
    if not endings:
        return not_judged("W6", say("craft.no-ending"))
    spots = [
        Spot(one.id, passage.id, passage.at[0], passage.ending.happened.person, say("craft.W6.spot"))
        for one, passage in endings
        if passage.ending and not _names_somebody(one, passage.ending.happened.person)
    ]
    good = len(endings) - len(spots)
    return judged("W6", not spots, share(good, len(endings)), {"endings": len(endings), "named": good}, spots)


def _names_somebody(one: Scenario, text: str) -> bool:
    return any(re.search(rf"\b{re.escape(one.people[id].name)}\b", text) for id in one.cast)
