"""The options give nothing away: a player who cannot see the story cannot pick the leader from the wording."""

from __future__ import annotations

import math
from collections import Counter
from itertools import permutations
from statistics import mean

from game.authoring.reading import words
from game.story import Choice

from .routes import Asked, choices, decisions, list_of, moves, scenarios

LOADED = {
    "always", "bluntly", "every", "fully", "genuinely", "honestly", "immediately", "just", "kindly", "must", "never",
    "only", "properly", "really", "simply", "straight", "together", "true", "truly",
}  # fmt: skip
"""Absolutes and words that take sides."""

SMALL = {
    "a", "an", "and", "are", "as", "at", "be", "by", "do", "for", "from", "go", "has", "have", "he", "her", "him",
    "his", "how", "if", "in", "is", "it", "its", "of", "on", "one", "or", "out", "she", "so", "that", "the", "their",
    "them", "then", "they", "this", "to", "up", "what", "when", "where", "who", "why", "will", "with", "you", "your",
}  # fmt: skip
"""Words that join others."""


def length(choice: Choice) -> int:
    """How many words an option has."""
    return len(words(choice.text))


def lower(text: str) -> list[str]:
    """The words of a text in small letters."""
    return [word.lower() for word in words(text)]


def leans(choice: Choice) -> str:
    """The role that a choice has more of; empty where it has as much of both."""
    manager, leader = choice.scores.manager, choice.scores.leader
    return "leader" if leader > manager else "manager" if manager > leader else ""


def is_longest(asked: Asked) -> bool:
    """Whether the leader's option has more words than each of the others."""
    others = [choice for choice in asked.decision.choices if choice.id != asked.leaders.id]
    return length(asked.leaders) > max(map(length, others))


def test_the_leaders_option_is_seldom_the_longest() -> None:
    longest = [asked for asked in decisions() if is_longest(asked)]

    assert len(longest) <= 0.40 * len(decisions()), list_of(longest)


def test_the_leaders_option_is_never_the_longest_three_times_running() -> None:
    for one in scenarios():
        run = [is_longest(asked) for asked in decisions() if asked.scenario is one]
        assert (True, True, True) not in zip(run, run[1:], run[2:], strict=False), one.id


def test_the_options_of_a_decision_are_about_equally_long() -> None:
    spread = {asked: [length(choice) for choice in asked.decision.choices] for asked in decisions()}
    uneven = [f"{asked}: {lengths} words" for asked, lengths in spread.items() if max(lengths) - min(lengths) > 4]

    assert not uneven, list_of(uneven)


def test_strong_options_of_both_roles_are_equally_long_on_average() -> None:
    leader = mean(length(choice) for _, choice in choices() if choice.scores.leader == 2)
    manager = mean(length(choice) for _, choice in choices() if choice.scores.manager == 2)

    assert abs(leader - manager) <= 0.05 * max(leader, manager), f"{leader:.2f} and {manager:.2f} words"


def test_every_option_has_eight_to_sixteen_words() -> None:
    off = [f"{where}: {length(choice)} words" for where, choice in choices() if not 8 <= length(choice) <= 16]

    assert not off, list_of(off)


def test_the_leaders_option_stands_first_second_and_third_about_equally_often() -> None:
    place = {asked: asked.decision.choices.index(asked.leaders) for asked in decisions()}
    counts = [list(place.values()).count(number) for number in range(3)]
    expected = len(decisions()) / 3
    squares = sum((count - expected) ** 2 / expected for count in counts)

    told = list_of(f"{number + 1}: {asked}" for asked, number in place.items())
    assert all(0.25 <= count / len(decisions()) <= 0.42 for count in counts), told
    assert squares < 5.99, "chi-square with two degrees of freedom, p of .05"


def test_every_decision_has_three_options() -> None:
    assert {len(asked.decision.choices) for asked in decisions()} == {3}


def test_the_words_of_an_option_do_not_say_which_is_the_leaders() -> None:
    """Naive Bayes on the words of the options, taught on all scenarios but one, guesses in the one left out."""
    guessed = [
        asked
        for one in scenarios()
        for asked in decisions()
        if asked.scenario is one and _guess(asked, [other for other in decisions() if other.scenario is not one])
    ]

    assert len(guessed) <= 0.45 * len(decisions()), list_of(guessed)


def _guess(asked: Asked, taught: list[Asked]) -> bool:
    """Whether the option that sounds most like the leader's in `taught` is the leader's in `asked`."""
    leaders: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for one in taught:
        for choice in one.decision.choices:
            (leaders if choice.id == one.leaders.id else others).update(set(lower(choice.text)))
    all_words = len(set(leaders) | set(others))

    def sounds(choice: Choice) -> float:
        return sum(
            math.log((leaders[word] + 1) / (leaders.total() + all_words))
            - math.log((others[word] + 1) / (others.total() + all_words))
            for word in set(lower(choice.text))
        )

    return max(asked.decision.choices, key=sounds).id == asked.leaders.id


def test_no_loaded_word_stands_in_an_option() -> None:
    loaded = [f"{where}: {word}" for where, choice in choices() for word in lower(choice.text) if word in LOADED]

    assert not loaded, list_of(loaded)


def test_no_word_seen_six_times_is_more_than_twice_as_common_in_one_role() -> None:
    seen: dict[str, Counter[str]] = {"leader": Counter(), "manager": Counter()}
    options = Counter(leans(choice) for _, choice in choices())
    for _, choice in choices():
        if role := leans(choice):
            seen[role].update(set(lower(choice.text)) - SMALL)
    tells = [
        f"{word}: {seen[one][word]} of {options[one]} options of the {one}, {seen[two][word]} of {options[two]}"
        for one, two in permutations(seen)
        for word in seen[one]
        if seen[one][word] + seen[two][word] >= 6
        and seen[one][word] / options[one] > 2 * seen[two][word] / options[two]
    ]

    assert not tells, list_of(tells)


def test_no_option_beats_both_others_on_trust_patience_and_quality() -> None:
    best = [
        f"{asked}: {one.id}"
        for asked in decisions()
        for one in asked.decision.choices
        if all(_beats(one, other) for other in asked.decision.choices if other.id != one.id)
    ]

    assert not best, list_of(best)


def test_hardly_any_option_beats_another_on_trust_patience_and_quality() -> None:
    pairs = [(asked, *pair) for asked in decisions() for pair in permutations(asked.decision.choices, 2)]
    beaten = [f"{asked}: {one.id} beats {other.id}" for asked, one, other in pairs if _beats(one, other)]

    assert len(beaten) <= 0.05 * len(pairs) / 2, list_of(beaten)


def _beats(one: Choice, other: Choice) -> bool:
    mine, theirs = moves(one), moves(other)
    return mine != theirs and all(a >= b for a, b in zip(mine, theirs, strict=True))


def test_every_choice_has_a_reason_of_four_to_twenty_five_words() -> None:
    off = [f"{where}: {choice.why!r}" for where, choice in choices() if not 4 <= len(words(choice.why)) <= 25]

    assert not off, list_of(off)


def test_no_reason_says_the_option_over_again() -> None:
    said_twice = [
        f"{where}: {choice.why}"
        for where, choice in choices()
        if len(_telling(choice.why) & _telling(choice.text)) > len(_telling(choice.why)) / 2
    ]

    assert not said_twice, list_of(said_twice)


def _telling(text: str) -> set[str]:
    return set(lower(text)) - SMALL
