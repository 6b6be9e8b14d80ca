"""Owns the figures A1 to A8: whether the options of a decision give away which of them is the leader's.

Never looks at the story around them: a player who cannot see it should not be able to tell.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import permutations, product
from operator import ge
from statistics import mean
from typing import Final

from game.authoring.craft_figures import (
    COMMON,
    Asked,
    Figure,
    Spot,
    Subject,
    ends,
    judged,
    lower,
    not_judged,
    share,
    telling,
)
from game.authoring.craft_walk import count_words
from game.story import Choice
from game.words import say

METERS: Final = ("trust", "patience", "quality")
"""The meters that are compared: of an author's own, nobody can tell whether more is better."""

LOADED: Final = frozenset(
    {
        "always", "bluntly", "every", "fully", "genuinely", "honestly", "immediately", "just", "kindly", "must",
        "never", "only", "properly", "really", "simply", "straight", "together", "true", "truly",
    }
)  # fmt: skip
"""Absolutes and words that take sides."""

LONGEST: Final = 0.40
SPREAD: Final = 4
APART: Final = 0.05
GUESSED: Final = 0.45
PLACES: Final = (0.25, 0.42)
CHANCE: Final = 0.05
TELLS_FROM: Final = 6
LOADED_FROM: Final = 2
BEATEN: Final = 0.05
REASON: Final = (4, 25)
OPTION: Final = (8, 16)

FEW: Final = 3
"""Fewer decisions than this have no share worth telling."""

FEW_PLACES: Final = 4
"""Three decisions of three options stand in one place by chance one time in nine; four, one in twenty-seven."""

MANY_PLACES: Final = 12
"""From here on each place can hold a quarter to two fifths of the leader's options; below it chance alone is asked."""

FEW_GUESSES: Final = 10
"""Decisions below which a guess by words has too little to learn from."""

FEW_STRONG: Final = 10
"""Options of a role below which their mean length is left alone: one word more or less would be over the 5 %."""

_EXACT: Final = 60
"""Decisions up to which the chance of their places is counted out; beyond it the chi-square curve is close enough."""

LEADER: Final = "leader"
MANAGER: Final = "manager"


def length(choice: Choice) -> int:
    """How many words an option has."""
    return count_words(choice.text)


def leans(choice: Choice) -> str:
    """The role that a choice has more of; empty where it has as much of both."""
    manager, leader = choice.scores.manager, choice.scores.leader
    return LEADER if leader > manager else MANAGER if manager > leader else ""


def moves(choice: Choice) -> tuple[int, ...]:
    """What a choice does at once to trust, patience and quality of life, its conditions aside."""
    changes = [change for effect in choice.effects for change in effect.change]
    return tuple(sum(by for meter, by in changes if meter == name) for name in METERS)


def led(subject: Subject) -> list[tuple[Asked, Choice]]:
    """The decisions that have one leader's option, with it."""
    return [(asked, asked.leads) for asked in subject.asked if asked.leads]


# ---- A1, A2, A8: length ---------------------------------------------------------


def longest(subject: Subject) -> Figure:
    """A1: how often the leader's option has more words than each of the others."""
    decisions = led(subject)
    if len(decisions) < FEW:
        return _too_few("A1", len(decisions), FEW)
    found = {asked: leader for asked, leader in decisions if length(leader) > _next(asked, leader)}
    run = max(_runs(subject, found), default=0)
    spots = (
        asked.spot(leader, say("craft.A1.spot", count=length(leader), next=_next(asked, leader)))
        for asked, leader in found.items()
    )
    part = len(found) / len(decisions)
    numbers = {"longest": len(found), "decisions": len(decisions), "share": part, "run": run}
    return judged("A1", part <= LONGEST and run < 3, share(len(found), len(decisions)), numbers, spots)


def _next(asked: Asked, leader: Choice) -> int:
    """The words of the longest of the other options."""
    return max(length(choice) for choice in asked.choices if choice is not leader)


def _runs(subject: Subject, found: Mapping[Asked, Choice]) -> Iterator[int]:
    """How many decisions of one scenario in a row have it, counted at each decision."""
    run, before = 0, None
    for asked in subject.asked:
        run = run + 1 if asked in found and asked.scenario is before else int(asked in found)
        before = asked.scenario
        yield run


def balance(subject: Subject) -> Figure:
    """A2: how far apart the lengths of a decision's options are, and the mean lengths of strong ones."""
    if not subject.asked:
        return _no_decision("A2")
    spread = {asked: _spread(asked) for asked in subject.asked}
    strong = {role: [length(one) for _, one in subject.options if getattr(one.scores, role) == 2] for role in _ROLES}
    means = {role: mean(lengths) for role, lengths in strong.items() if len(lengths) >= FEW_STRONG}
    apart = abs(means[LEADER] - means[MANAGER]) / max(means.values()) if len(means) == 2 else 0.0
    most = max(spread.values())
    value = say("craft.A2.value", count=most)
    if len(means) == 2:
        value += " " + say("craft.A2.means", leader=f"{means[LEADER]:.1f}", manager=f"{means[MANAGER]:.1f}")
    spots = (asked.asking(_lengths(asked)) for asked, words in spread.items() if words > SPREAD)
    return judged("A2", most <= SPREAD and apart <= APART, value, {"spread": most, "apart": apart, **means}, spots)


_ROLES: Final = (LEADER, MANAGER)


def _spread(asked: Asked) -> int:
    lengths = [length(choice) for choice in asked.choices]
    return max(lengths) - min(lengths)


def _lengths(asked: Asked) -> str:
    return say("craft.A2.spot", counts=", ".join(f"{choice.id} {length(choice)}" for choice in asked.choices))


def option_length(subject: Subject) -> Figure:
    """A8: the words of each option."""
    if not subject.options:
        return _no_decision("A8")
    lengths = [length(choice) for _, choice in subject.options]
    least, most = OPTION
    spots = [
        asked.spot(choice, say("craft.words", count=length(choice)))
        for asked, choice in subject.options
        if not least <= length(choice) <= most
    ]
    value = say("craft.A8.value", count=ends(min(lengths), max(lengths)))
    return judged("A8", not spots, value, {"least": min(lengths), "most": max(lengths)}, spots)


# ---- A3: place --------------------------------------------------------------------


def position(subject: Subject) -> Figure:
    """A3: how often the leader's option stands first, second and third, where there are three options.

    The chance is that of places at least as uneven (by chi-square) if each were drawn alike.
    """
    three = [(asked, leader) for asked, leader in led(subject) if len(asked.choices) == 3]
    if len(three) < FEW_PLACES:
        return _too_few("A3", len(three), FEW_PLACES)
    places = [asked.choices.index(leader) for asked, leader in three]
    counts = [places.count(place) for place in range(3)]
    chance = chance_of(counts)
    least, most = PLACES
    even = len(three) < MANY_PLACES or all(least <= count / len(three) <= most for count in counts)
    usual = counts.index(max(counts))
    spots = (asked.spot(leader) for (asked, leader), place in zip(three, places, strict=True) if place == usual)
    numbers = {"first": counts[0], "second": counts[1], "third": counts[2], "chance": chance}
    value = say("craft.A3.value", first=counts[0], second=counts[1], third=counts[2])
    return judged("A3", even and chance > CHANCE, value, numbers, spots)


def chance_of(counts: list[int]) -> float:
    """The chance of three counts at least as far from even as these, if each of the three were as likely."""
    of = sum(counts)
    off = _off(counts)
    if of > _EXACT:
        return math.exp(-off / 2)  # chi-square with two degrees of freedom
    ways = sum(
        math.comb(of, a) * math.comb(of - a, b)
        for a, b in product(range(of + 1), repeat=2)
        if a + b <= of and _off([a, b, of - a - b]) >= off - 1e-9
    )
    return float(ways / 3**of)


def _off(counts: list[int]) -> float:
    even = sum(counts) / len(counts)
    return sum((count - even) ** 2 / even for count in counts)


# ---- A4, A5: words ----------------------------------------------------------------


def word_tells(subject: Subject) -> Figure:
    """A4: how often naive Bayes on the words of the options finds the leader's, in what it was not taught on.

    One scenario is left out at a time; where there is only one, one decision. Words count once an option, with one
    added to each count (Laplace). A guess between options that sound alike finds nothing.
    """
    decisions = led(subject)
    if len(decisions) < FEW_GUESSES:
        return _too_few("A4", len(decisions), FEW_GUESSES)
    heard = _Heard(decisions)
    groups: dict[object, list[Asked]] = {}
    one = len({asked.scenario for asked, _ in decisions}) == 1
    for asked, _ in decisions:
        groups.setdefault(asked if one else asked.scenario, []).append(asked)
    found = [asked for group in groups.values() for asked in heard.without(group)]
    part = len(found) / len(decisions)
    numbers = {"guessed": len(found), "decisions": len(decisions), "share": part}
    spots = [asked.spot(asked.leads) for asked in found if asked.leads]
    said = ", ".join(f"“{word}”" for word in heard.most_telling())
    note = say("craft.A4.note", words=said) if part > GUESSED and said else ""
    return judged("A4", part <= GUESSED, share(len(found), len(decisions)), numbers, spots, note)


class _Heard:
    """The words of the leader's options, and of all others. What is left out is taken from the counts again."""

    def __init__(self, decisions: Iterable[tuple[Asked, Choice]]) -> None:
        self.words = {id(choice): set(lower(choice.text)) for asked, _ in decisions for choice in asked.choices}
        self.leaders: Counter[str] = Counter()
        self.others: Counter[str] = Counter()
        for asked, _ in decisions:
            self._count(asked, self.leaders, self.others)
        self.known = len({*self.leaders, *self.others})
        self.said = self.leaders.total(), self.others.total()

    def without(self, group: list[Asked]) -> Iterator[Asked]:
        """The decisions of a group that are found out by the words of all others."""
        leaders, others = Counter[str](), Counter[str]()
        for asked in group:
            self._count(asked, leaders, others)
        gone = sum(leaders[w] + others[w] == self.leaders[w] + self.others[w] for w in {*leaders, *others})
        known = self.known - gone
        of_leaders = self.said[0] - leaders.total() + known
        of_others = self.said[1] - others.total() + known

        def sounds(choice: Choice) -> float:
            return sum(
                math.log((self.leaders[word] - leaders[word] + 1) / of_leaders)
                - math.log((self.others[word] - others[word] + 1) / of_others)
                for word in sorted(self.words[id(choice)])
            )

        for asked in group:
            heard = {choice.id: sounds(choice) for choice in asked.choices}
            if asked.leads and all(heard[asked.leads.id] > heard[id] for id in heard if id != asked.leads.id):
                yield asked

    def most_telling(self, most: int = 5) -> list[str]:
        """Words that leaders' options say most more often than others, for each time they are said."""
        apart = {
            word: count / (count + self.others[word] / 2)
            for word, count in self.leaders.items()
            if count >= LOADED_FROM and word not in COMMON
        }
        tells = [word for word, part in apart.items() if part > 2 / 3]
        return sorted(tells, key=lambda word: (-self.leaders[word] * apart[word], word))[:most]

    def _count(self, asked: Asked, leaders: Counter[str], others: Counter[str]) -> None:
        for choice in asked.choices:
            (leaders if choice is asked.leads else others).update(self.words[id(choice)])


def tone_tells(subject: Subject) -> Figure:
    """A5: words that one role says and the other hardly ever.

    A word that is seen six times must not be more than twice as common in the options of one role; a loaded word
    (`LOADED`) that is seen twice must not be said by one role only.
    """
    options = {role: [one for one in subject.options if leans(one[1]) == role] for role in _ROLES}
    if not all(options.values()):
        return not_judged("A5", say("craft.one-role"))
    seen = {role: Counter(word for _, one in found for word in set(lower(one.text))) for role, found in options.items()}
    tells = [
        (word, role)
        for role, other in (_ROLES, _ROLES[::-1])
        for word in sorted(seen[role])
        if _tells(word, seen[role][word], seen[other][word], len(options[role]) / len(options[other]))
    ]
    spots = [_tell(word, role, options, seen) for word, role in tells]
    value = ", ".join(word for word, _ in tells) or say("craft.none")
    return judged("A5", not tells, value, {"tells": len(tells)}, spots)


def _tells(word: str, here: int, there: int, options: float) -> bool:
    """`options` is how many options this role has for each of the other's."""
    if word in LOADED and here >= LOADED_FROM and not there:
        return True
    return word not in COMMON and here + there >= TELLS_FROM and here > 2 * there * options


def _tell(
    word: str, role: str, options: Mapping[str, list[tuple[Asked, Choice]]], seen: Mapping[str, Counter[str]]
) -> Spot:
    asked, choice = next(one for one in options[role] if word in lower(one[1].text))
    counts = {f"{one}s": f"{seen[one][word]}" for one in _ROLES} | {one: f"{len(options[one])}" for one in _ROLES}
    return asked.spot(choice, say("craft.A5.spot", word=word, **counts))


# ---- A6: nothing is best all round --------------------------------------------------


def dominance(subject: Subject) -> Figure:
    """A6: options that are at least as good as another for trust, patience and quality of life, and better for one."""
    if not any(any(moves(choice)) for _, choice in subject.options):
        return not_judged("A6", say("craft.A6.still"))
    pairs = sum(math.comb(len(asked.choices), 2) for asked in subject.asked)
    beaten = [(asked, one, other) for asked in subject.asked for one, other in _beaten(asked)]
    wins = Counter((asked, one.id) for asked, one, _ in beaten)
    best = {(asked, id) for (asked, id), count in wins.items() if count == len(asked.choices) - 1}
    spots = [
        asked.spot(one, say("craft.A6.spot", other=other.id))
        for asked, one, other in beaten
        if (asked, one.id) not in best
    ]
    spots = [asked.spot(one, say("craft.A6.best")) for asked, one in subject.options if (asked, one.id) in best] + spots
    numbers = {"best": len(best), "beaten": len(beaten), "pairs": pairs}
    value = say("craft.A6.value", best=len(best), beaten=len(beaten), pairs=pairs)
    return judged("A6", not best and len(beaten) <= BEATEN * pairs, value, numbers, spots)


def _beaten(asked: Asked) -> Iterator[tuple[Choice, Choice]]:
    """Each option with each that it beats."""
    moved = [(choice, moves(choice)) for choice in asked.choices]
    for (one, mine), (other, theirs) in permutations(moved, 2):
        if mine != theirs and all(map(ge, mine, theirs)):
            yield one, other


# ---- A7: reasons --------------------------------------------------------------------


def reasons(subject: Subject) -> Figure:
    """A7: a reason of 4 to 25 words for each option; it must not say the option over again.

    It does where more than half of the words that carry its meaning are the option's.
    """
    if not subject.options:
        return _no_decision("A7")
    off = [(asked, choice, _off_reason(choice)) for asked, choice in subject.options]
    spots = [asked.written(choice).spot(why, choice.why) for asked, choice, why in off if why]
    good = len(off) - len(spots)
    return judged("A7", not spots, share(good, len(off)), {"reasons": good, "options": len(off)}, spots)


def _off_reason(choice: Choice) -> str:
    count, (least, most) = count_words(choice.why), REASON
    if not count:
        return say("craft.A7.none")
    if not least <= count <= most:
        return say("craft.words", count=count)
    said = telling(choice.why)
    return say("craft.A7.again") if len(said & telling(choice.text)) > len(said) / 2 else ""


def _no_decision(id: str) -> Figure:
    return not_judged(id, say("craft.no-decision"))


def _too_few(id: str, count: int, needed: int) -> Figure:
    return not_judged(id, say("craft.few-leaders", count=count, needed=needed))
