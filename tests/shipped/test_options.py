"""The options give nothing away: a player who cannot see the story cannot pick the leader from the wording."""

from __future__ import annotations

from game.authoring.craft_figures import lower
from game.authoring.craft_options import LOADED

from .routes import choices, decisions, figure, list_of, places


def test_the_leaders_option_is_seldom_the_longest() -> None:
    longest = figure("A1")

    assert longest.numbers["decisions"] == len(decisions()) == 14
    assert longest.numbers["share"] <= 0.40, places(longest)


def test_the_leaders_option_is_never_the_longest_three_times_running() -> None:
    assert figure("A1").numbers["run"] < 3


def test_the_options_of_a_decision_are_about_equally_long() -> None:
    assert figure("A2").numbers["spread"] <= 4, places(figure("A2"))


def test_strong_options_of_both_roles_are_equally_long_on_average() -> None:
    numbers = figure("A2").numbers

    assert numbers["apart"] <= 0.05, f"{numbers['leader']:.2f} and {numbers['manager']:.2f} words"


def test_every_option_has_eight_to_sixteen_words() -> None:
    numbers = figure("A8").numbers

    assert 8 <= numbers["least"] <= numbers["most"] <= 16, places(figure("A8"))


def test_the_leaders_option_stands_first_second_and_third_about_equally_often() -> None:
    numbers = figure("A3").numbers
    counts = [numbers[place] for place in ("first", "second", "third")]

    assert sum(counts) == len(decisions())
    assert all(0.25 <= count / len(decisions()) <= 0.42 for count in counts), counts
    assert numbers["chance"] > 0.05


def test_every_decision_has_three_options() -> None:
    assert {len(asked.choices) for asked in decisions()} == {3}


def test_the_words_of_an_option_do_not_say_which_is_the_leaders() -> None:
    """Naive Bayes on the words of the options, taught on all scenarios but one, guesses in the one left out."""
    guessed = figure("A4")

    assert guessed.numbers["decisions"] == len(decisions())
    assert guessed.numbers["share"] <= 0.45, places(guessed)


def test_no_loaded_word_stands_in_an_option() -> None:
    loaded = [f"{where}: {word}" for where, choice in choices() for word in lower(choice.text) if word in LOADED]

    assert not loaded, list_of(loaded)


def test_no_word_seen_six_times_is_more_than_twice_as_common_in_one_role() -> None:
    assert figure("A5").numbers["tells"] == 0, places(figure("A5"))


def test_no_option_beats_both_others_on_trust_patience_and_quality() -> None:
    assert figure("A6").numbers["best"] == 0, places(figure("A6"))


def test_hardly_any_option_beats_another_on_trust_patience_and_quality() -> None:
    numbers = figure("A6").numbers

    assert numbers["pairs"] == 3 * len(decisions())
    assert numbers["beaten"] <= 0.05 * numbers["pairs"], places(figure("A6"))


def test_every_choice_has_a_reason_of_four_to_twenty_five_words_that_does_not_say_the_option_over_again() -> None:
    numbers = figure("A7").numbers

    assert numbers["reasons"] == numbers["options"] == 42, places(figure("A7"))
