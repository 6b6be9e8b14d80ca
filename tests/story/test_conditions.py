"""The little language of `if:`: what it means, and what is said where it is written wrongly."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from game.story import COMPARISONS, ConditionError, Story, parse_condition
from tests.story.making import FACTS, METERS, ends, only_if, story_of

SHORT_STORY = "Something is missing at the end of the condition."
A_FACT = "'{0}' is a fact: true or false. Write '{0}' or 'not {0}'."
CHAIN = "One comparison at a time. Write two with 'and', such as 'trust > 2 and trust < 4'."
COMPARE_TRUST = "'trust' is a meter. Compare it with a number, such as 'trust >= 5'."
TOO_DEEP = "More than 50 brackets stand inside one another."

MISTAKES = [
    # what is written, kind, message, the part at fault
    ("", "empty", "The condition is empty. Name a fact, or compare a meter.", ""),
    ("   ", "empty", "The condition is empty. Name a fact, or compare a meter.", "   "),
    ("notde", "unknown-name", "'notde' is neither a fact nor a meter here.", "notde"),
    ("why or Noted", "unknown-name", "'Noted' is neither a fact nor a meter here.", "Noted"),
    ("asked-marcus", "unknown-name", "'asked-marcus' is neither a fact nor a meter here.", "asked-marcus"),
    ("turst >= 4", "unknown-name", "'turst' is neither a fact nor a meter here.", "turst"),
    ("noted == true", "fact-compared", A_FACT.format("noted"), "noted == true"),
    ("why >= 1", "fact-compared", A_FACT.format("why"), "why >= 1"),
    ("why ==", "fact-compared", A_FACT.format("why"), "why =="),
    ("trust", "meter-alone", COMPARE_TRUST, "trust"),
    ("noted and not trust", "meter-alone", COMPARE_TRUST, "trust"),
    ("trust >= patience", "meter-not-number", "Compare 'trust' with a whole number, such as 'trust >= 4'.", "patience"),
    ("trust <", "meter-not-number", "Compare 'trust' with a whole number, such as 'trust < 4'.", "<"),
    ("trust == noted", "meter-not-number", "Compare 'trust' with a whole number, such as 'trust == 4'.", "noted"),
    ("trust >= four", "meter-not-number", "Compare 'trust' with a whole number, such as 'trust >= 4'.", "four"),
    ("trust >= 4.5", "meter-not-number", "Compare 'trust' with a whole number, such as 'trust >= 4'.", "4.5"),
    ("trust >= -4.", "meter-not-number", "Compare 'trust' with a whole number, such as 'trust >= 4'.", "-4."),
    ("4th and noted", "character", "'4th' does not belong in a condition.", "4th"),
    ("5", "number-alone", "A number alone says nothing. Compare a meter with it.", "5"),
    ("noted and 5 or why", "number-alone", "A number alone says nothing. Compare a meter with it.", "5"),
    ("4 >= trust", "number-alone", "Put the meter first: 'trust <= 4'.", "4 >= trust"),
    ("4 < trust", "number-alone", "Put the meter first: 'trust > 4'.", "4 < trust"),
    ("4 == trust and why", "number-alone", "Put the meter first: 'trust == 4'.", "4 == trust"),
    ("trust >= 1000000001", "not-whole", "This number is too large.", "1000000001"),
    ("trust >= -99999999999999999999", "not-whole", "This number is too large.", "-99999999999999999999"),
    ("2 < trust <= 4", "chain", CHAIN, "<="),
    ("trust > 2 < 4", "chain", CHAIN, "<"),
    ("trust = 4", "single-equals", "Write '==' to compare.", "="),
    ("noted = why", "single-equals", "Write '==' to compare.", "="),
    ("trust + 1 >= 4", "arithmetic", "A condition cannot add. Compare one meter with one whole number.", "+"),
    ("trust - 1 >= 4", "arithmetic", "A condition cannot take away. Compare one meter with one whole number.", "-"),
    ("trust * 2 >= 4", "arithmetic", "A condition cannot multiply. Compare one meter with one whole number.", "*"),
    ("trust / 2 >= 4", "arithmetic", "A condition cannot divide. Compare one meter with one whole number.", "/"),
    ("noted & why", "character", "Write 'and'.", "&"),
    ("noted || why", "character", "Write 'or'.", "|"),
    ("!noted", "character", "Write 'not'.", "!"),
    ("noted, why", "character", "',' does not belong in a condition.", ","),
    ("noted and why()", "missing", "'and' or 'or' is missing before '('.", "("),
    ("if noted", "character", "Leave the word 'if' out: the condition begins after it.", "if"),
    ("noted and else", "character", "'else' has a line of its own, under the 'if'.", "else"),
    ("true", "character", "Name a fact. 'true' alone always holds, so leave the 'if' out.", "true"),
    ("not false", "character", "Name a fact. 'false' alone never holds.", "false"),
    ("(noted or why", "bracket", "This bracket is never closed.", "("),
    ("noted)", "bracket", "This bracket closes, and none was opened.", ")"),
    ("()", "bracket", "This bracket closes, and nothing stands before it.", ")"),
    ("noted and", "missing", SHORT_STORY, "d"),
    ("noted and not  ", "missing", SHORT_STORY, "t"),
    ("(", "missing", SHORT_STORY, "("),
    ("and noted", "missing", "'and' joins two conditions. One of them is missing.", "and"),
    ("noted or or why", "missing", "'or' joins two conditions. One of them is missing.", "or"),
    ("noted why", "missing", "'and' or 'or' is missing before 'why'.", "why"),
    ("noted AND why", "missing", "'and' or 'or' is missing before 'AND'.", "AND"),
    ("noted 4", "missing", "'and' or 'or' is missing before '4'.", "4"),
    ("noted (why)", "missing", "'and' or 'or' is missing before '('.", "("),
    ("(noted why)", "missing", "'and' or 'or' is missing before 'why'.", "why"),
    (">= 4", "missing", "A meter is missing before '>='.", ">="),
    ("(trust >= 4) < 5", "missing", "A meter is missing before '<'.", "<"),
    ("(" * 51 + "noted" + ")" * 51, "too-deep", TOO_DEEP, "noted"),
    ("not " * 51 + "noted", "too-deep", TOO_DEEP, "noted"),
]


@pytest.mark.parametrize(("text", "kind", "message", "fault"), MISTAKES, ids=[text[:20] for text, *_ in MISTAKES])
def test_what_is_wrong_with_a_condition_is_said_at_the_part_at_fault(
    text: str, kind: str, message: str, fault: str
) -> None:
    with pytest.raises(ConditionError) as caught:
        parse_condition(text, FACTS, METERS)

    error = caught.value
    assert (error.kind, error.message, str(error)) == (kind, message, message)
    assert text[error.start : error.end] == fault


def test_of_two_equal_signs_of_a_mistake_the_right_one_is_marked() -> None:
    with pytest.raises(ConditionError) as caught:
        parse_condition("noted and and why", FACTS, METERS)

    assert (caught.value.start, caught.value.end) == (10, 13)


def test_an_unknown_name_is_handed_on_so_that_the_nearest_can_be_suggested() -> None:
    with pytest.raises(ConditionError) as caught:
        parse_condition("not turst >= 4", FACTS, METERS)

    assert caught.value.name == "turst"


def test_fifty_brackets_are_still_read() -> None:
    assert told("(" * 50 + "trust == 5" + ")" * 50)


def test_a_long_row_of_ands_and_ors_is_read_however_long_it_is() -> None:
    assert told(" or ".join(["noted"] * 5000 + ["trust == 5"]))


def told(condition: str) -> bool:
    """Whether a line with this condition is told at the start: no fact is true, trust is 5 and patience 3."""
    scenario = story_of(ends("end", only_if(condition, "It holds.", otherwise=["It does not."])))
    (line,) = Story.begin(scenario).visits[0].lines
    return {"It holds.": True, "It does not.": False}[line.text]


@pytest.mark.parametrize("compare", COMPARISONS)
@pytest.mark.parametrize("number", [4, 5, 6])
def test_every_comparison_means_what_it_means_in_arithmetic(compare: str, number: int) -> None:
    assert told(f"trust {compare} {number}") is eval(f"5 {compare} {number}")


def test_the_comparisons_are_these_six() -> None:
    assert set(COMPARISONS) == {"<", "<=", ">", ">=", "==", "!="}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("trust >= 5", True),
        ("trust>=5", True),
        ("  trust  >=  +5  ", True),
        ("trust >= -5", True),
        ("patience > -2", True),
        ("not noted", True),
        ("not not noted", False),
        ("not trust >= 5", False),  # `not` takes the whole comparison
        ("trust == 5 or noted and noted", True),  # `and` binds before `or`
        ("(trust == 5 or noted) and noted", False),
        ("not noted and noted", False),  # `not` binds before `and`
        ("not (noted and noted)", True),
        ("not noted or noted", True),
        ("noted or not (why or trust < 5)", True),
    ],
)
def test_precedence_is_not_then_and_then_or_and_brackets_change_it(text: str, holds: bool) -> None:
    assert told(text) is holds


def test_a_condition_lists_the_names_it_reads_once_each_in_order() -> None:
    condition = parse_condition("why and (trust < 3 or not why) and noted", FACTS, METERS)

    assert condition.names() == ("why", "trust", "noted")
    assert condition.text == "why and (trust < 3 or not why) and noted"


parts = st.sampled_from(["noted", "why"]) | st.builds(
    "{} {} {}".format, st.sampled_from(["trust", "patience"]), st.sampled_from(sorted(COMPARISONS)), st.integers(-3, 9)
)
conditions = st.recursive(
    parts,
    lambda inner: (
        st.builds("not {}".format, inner)
        | st.builds("({})".format, inner)
        | st.builds("{} and {}".format, inner, inner)
        | st.builds("{} or {}".format, inner, inner)
    ),
    max_leaves=8,
)


@given(conditions)
def test_a_condition_holds_just_when_plain_reading_says_so(text: str) -> None:
    condition = parse_condition(text, FACTS, METERS)
    scenario = story_of(ends("end", only_if(text, "It holds.")))
    machine, start = Story.begin(scenario).machine, Story.begin(scenario).state

    for noted, why, trust, patience in itertools.product([0, 1], [0, 1], [0, 4, 10], [-2, 0, 8]):
        state = start._replace(facts=noted | why << 1, meters=(trust, patience))
        plain = eval(text, {"noted": bool(noted), "why": bool(why), "trust": trust, "patience": patience})
        assert machine.holds(condition, state) is plain


WORDS = ["noted", "trust", "x", "and", "or", "not", "(", ")", "<", "=", "4", "4.5", "-", "&", "’"]


@given(st.lists(st.sampled_from(WORDS)))
@example([])
def test_whatever_is_written_is_read_or_refused_with_a_place_inside_it(words: list[str]) -> None:
    text = " ".join(words)

    error = refusal(text)

    if error is not None:
        assert 0 <= error.start <= error.end <= len(text)
        assert error.message.endswith(".")


def refusal(text: str) -> ConditionError | None:
    """Why it is refused; None where it is read."""
    try:
        parse_condition(text, FACTS, METERS)
    except ConditionError as error:
        return error
    return None
