"""The craft report: each figure on a story that gives something away and on one that does not, counted by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from game.authoring import load_course, load_text
from game.authoring.craft import CraftReport, craft, craft_of_course, craft_report
from game.authoring.craft_figures import Figure, Spot
from game.authoring.craft_options import chance_of
from game.authoring.craft_telling import as_form, as_text
from game.story import (
    Choice,
    Course,
    Decision,
    Effect,
    Ending,
    Fact,
    Idea,
    Line,
    Outcome,
    Passage,
    Quotation,
    Roles,
    Scenario,
    Source,
    Way,
)
from tests.strategies import scenarios

LEADER, MANAGER, BOTH = (0, 2), (2, 0), (1, 1)

Option = dict[str, Any]


def option(text: str, roles: tuple[int, int] = (0, 0), **fields: Any) -> Option:
    """A choice, and the roles (manager, leader) it scores in."""
    return {"text": text, "scores": dict(zip(("manager", "leader"), roles, strict=True)), **fields}


def so_long(count: int) -> str:
    """An option of so many words."""
    return " ".join(["the"] * count)


def asked(lengths: Sequence[int], roles: Sequence[tuple[int, int]] = (LEADER, MANAGER, BOTH)) -> list[Option]:
    """A decision whose options have these lengths and these roles."""
    return [option(so_long(count), role) for count, role in zip(lengths, roles, strict=True)]


def yaml(*decisions: list[Option], endings: str = "", **head: Any) -> str:
    """A story that asks these decisions in turn, each option on a line of its own; options are called a, b, c."""
    lines = ["title: A small story", *(f"{key}: {json.dumps(value)}" for key, value in head.items()), "passages:"]
    for number, options in enumerate(decisions, start=1):
        after = f"p{number + 1}" if number < len(decisions) else "end"
        lines += [f"  p{number}:", "    text: Then this.", "    decision:", "      ask: What now?"]
        calls = next((one["calls"] for one in options if "calls" in one), None)
        lines += [f"      calls_for: {json.dumps(calls)}"] if calls else []
        lines.append("      choices:")
        for name, one in zip("abcdef", options, strict=False):
            fields = {"id": name, "goto": after} | {key: value for key, value in one.items() if key != "calls"}
            lines.append(f"        - {json.dumps(fields)}")
    lines.append(endings or "  end: {text: It ends., ending: {title: The end}}")
    return "\n".join(lines)


def story(text: str) -> Scenario:
    entry = load_text(text)
    assert entry.scenario, entry.mistakes
    return entry.scenario


def figure(id: str, *decisions: list[Option], **head: Any) -> Figure:
    return craft(story(yaml(*decisions, **head))).figure(id)


def where(figure: Figure) -> list[tuple[str, int, str]]:
    """The places that miss a figure: what they are about, their line, and what is off."""
    return [(spot.about, spot.line, spot.detail) for spot in figure.spots]


# ---- A: options ---------------------------------------------------------------------


def test_a_leaders_option_that_is_the_longest_three_times_in_four_gives_itself_away() -> None:
    decisions = [asked((12, 10, 10)), asked((12, 11, 10)), asked((12, 12, 12)), asked((12, 10, 9))]
    found = figure("A1", *decisions)

    assert (found.verdict, found.value) == ("missed", "3 of 4 (75 %)")
    assert where(found) == [
        ("p1 > a", 8, "12 words, the next 10"),
        ("p2 > a", 16, "12 words, the next 11"),
        ("p4 > a", 32, "12 words, the next 10"),
    ]


def test_a_leaders_option_that_is_the_longest_once_in_four_does_not() -> None:
    found = figure("A1", asked((12, 10, 10)), asked((12, 12, 10)), asked((9, 12, 10)), asked((10, 12, 9)))

    assert (found.verdict, found.value, found.spots) == ("met", "1 of 4 (25 %)", ())


def test_the_longest_three_times_running_gives_it_away_however_many_decisions_follow() -> None:
    found = figure("A1", *[asked((12, 10, 10))] * 3, *[asked((10, 12, 10))] * 6)

    assert (found.verdict, found.value) == ("missed", "3 of 9 (33 %)")
    assert found.numbers["run"] == 3


def test_decisions_without_one_leaders_option_are_not_counted() -> None:
    two_lead = asked((12, 10, 10), (LEADER, LEADER, MANAGER))
    none_leads = asked((12, 10, 10), (MANAGER, MANAGER, (0, 0)))
    found = figure("A1", two_lead, none_leads, *[asked((10, 12, 10))] * 2)

    assert found.verdict == "not judged"
    assert found.note == ("2 of the decisions can be counted, those with one option that leads most. It takes 3.")


def test_options_of_uneven_length_are_told_with_their_lengths() -> None:
    found = figure("A2", asked((5, 12, 9)), asked((8, 12, 10)))

    assert (found.verdict, found.value) == ("missed", "At most 7 apart in words.")
    assert where(found) == [("p1", 5, "words: a 5, b 12, c 9")]


def test_options_four_words_apart_are_balanced() -> None:
    found = figure("A2", asked((8, 12, 10)))

    assert (found.verdict, found.numbers["spread"]) == ("met", 4)


def test_strong_options_of_one_role_must_not_be_longer_on_average() -> None:
    found = figure("A2", *[asked((10, 11, 10))] * 10)

    assert found.verdict == "missed"
    assert found.value == "At most 1 apart in words. Strong options have 10.0 words (leader) and 11.0 (manager)."
    assert found.numbers["apart"] == pytest.approx(1 / 11)
    assert figure("A2", *[asked((10, 11, 10))] * 9).verdict == "met", "nine are too few for a mean"
    assert figure("A2", *[asked((20, 21, 20))] * 10).verdict == "met", "1 of 21 is within 5 %"


@pytest.mark.parametrize(
    ("counts", "chance"),
    [([0, 4, 0], 3 / 81), ([1, 2, 1], 1.0), ([2, 2, 0], 45 / 81), ([5, 5, 4], 1.0), ([0, 0, 200], 0.0)],
)
def test_the_chance_of_places_is_counted_out(counts: list[int], chance: float) -> None:
    """Of 81 ways to place four options, 3 put all in one place, 24 three of them, and 18 two and two."""
    assert chance_of(counts) == pytest.approx(chance)


def test_a_leaders_option_that_always_stands_second_gives_itself_away() -> None:
    found = figure("A3", *[asked((10, 10, 10), (MANAGER, LEADER, BOTH))] * 4)

    assert (found.verdict, found.value) == ("missed", "0 first, 4 second, 0 third")
    assert [spot.about for spot in found.spots] == ["p1 > b", "p2 > b", "p3 > b", "p4 > b"]


def test_a_leaders_option_that_stands_in_every_place_does_not() -> None:
    first, second = asked((10, 10, 10)), asked((10, 10, 10), (MANAGER, LEADER, BOTH))
    third = asked((10, 10, 10), (MANAGER, BOTH, LEADER))

    assert figure("A3", first, second, third, second).value == "1 first, 2 second, 1 third"
    assert figure("A3", first, second, third, second).verdict == "met"
    assert figure("A3", second, second, second).verdict == "not judged"


def test_from_twelve_decisions_on_each_place_needs_a_quarter() -> None:
    first, second = asked((10, 10, 10)), asked((10, 10, 10), (MANAGER, LEADER, BOTH))
    third = asked((10, 10, 10), (MANAGER, BOTH, LEADER))

    assert figure("A3", *[first] * 5, *[second] * 5, *[third] * 2).verdict == "missed"
    assert figure("A3", *[first] * 5, *[second] * 4, *[third] * 3).verdict == "met"


def numbered(number: int, *said: str) -> list[Option]:
    """A decision whose options share no word with any other's, but for what each `said`."""
    roles = (LEADER, MANAGER, BOTH)
    return [
        option(f"{more} x{number}{name}".strip(), role) for name, more, role in zip("abc", said, roles, strict=True)
    ]


def test_a_word_that_only_leaders_say_is_found_by_a_guess() -> None:
    found = figure("A4", *(numbered(number, "listen", "", "") for number in range(10)))

    assert (found.verdict, found.value) == ("missed", "10 of 10 (100 %)")
    assert found.note == "Words that tell most: “listen”."
    assert found.spots[0] == Spot("story", "p1 > a", 8, "listen x0a")


def test_words_that_all_options_say_tell_nothing() -> None:
    found = figure("A4", *(numbered(number, "listen", "listen", "listen") for number in range(10)))

    assert (found.verdict, found.value) == ("met", "0 of 10 (0 %)")


def test_a_guess_by_words_needs_ten_decisions() -> None:
    assert figure("A4", *(numbered(number, "listen", "", "") for number in range(9))).verdict == "not judged"


def test_of_several_scenarios_one_is_left_out_at_a_time() -> None:
    one = story(yaml(*(numbered(number, "listen", "", "") for number in range(5))))
    other = story(yaml(*(numbered(number, "", "listen", "") for number in range(5, 10))))

    assert craft_of_course(Course(), [one, one]).figure("A4").value == "10 of 10 (100 %)"
    assert craft_of_course(Course(), [one, other]).figure("A4").value == "0 of 10 (0 %)"


def test_a_loaded_word_that_one_role_alone_says_twice_is_told() -> None:
    found = figure(
        "A5",
        [option("You just write it down.", MANAGER), option("You sit with her.", LEADER)],
        [option("You just ring the office.", MANAGER), option("You ring her mum.", LEADER)],
    )

    assert (found.verdict, found.value) == ("missed", "just")
    assert where(found) == [("p1 > a", 8, "“just” stands in 0 of 2 leader options and 2 of 2 manager ones")]


def test_a_loaded_word_that_both_roles_say_is_not() -> None:
    found = figure(
        "A5",
        [option("You just write it down.", MANAGER), option("You sit with her.", LEADER)],
        [option("You just ring the office.", MANAGER), option("You just ring her mum.", LEADER)],
    )

    assert (found.verdict, found.value) == ("met", "none")


def test_a_plain_word_seen_six_times_must_not_be_more_than_twice_as_common_in_one_role() -> None:
    rota, people = option("Look at the rota.", MANAGER), option("Look at the people.", LEADER)
    both = option("Look at the rota.", LEADER)

    assert figure("A5", *[[rota, people]] * 6).value == "people, rota"
    assert figure("A5", *[[rota, both]] * 3, *[[rota, people]] * 3).value == "none", "6 of 6 is twice 3 of 6"
    assert figure("A5", *[[rota, people]] * 5).value == "none"


def moved(**by: int) -> Option:
    return option(so_long(10), effects=[{"change": by, "because": "It was so."}] if by else [])


def test_an_option_that_beats_all_others_is_better_all_round() -> None:
    found = figure("A6", [moved(trust=1), moved(), moved(patience=-1)])

    assert (found.verdict, found.value) == ("missed", "1 beat all others, 3 of 3 pairs beaten")
    assert where(found) == [("p1 > a", 8, "beats every other option"), ("p1 > b", 9, "beats ‘c’")]


def test_options_that_each_cost_something_beat_none() -> None:
    found = figure("A6", [moved(trust=1, patience=-1), moved(patience=1, quality=-1), moved(quality=1, trust=-1)])

    assert (found.verdict, found.value) == ("met", "0 beat all others, 0 of 3 pairs beaten")


def test_each_option_needs_a_reason_of_four_words_that_does_not_say_it_again() -> None:
    found = figure(
        "A7",
        [
            option("Write the time on the sheet."),
            option("Ring her mum this morning.", why="You ring her mum."),
            option("Wait until she is done.", why="Let her be."),
            option("Send her home with pay.", why="Nobody works well on no sleep."),
        ],
    )

    assert (found.verdict, found.value) == ("missed", "1 of 4 (25 %)")
    assert where(found) == [
        ("p1 > a", 8, "no reason yet"),
        ("p1 > b", 9, "says the option over again"),
        ("p1 > c", 10, "words: 3"),
    ]


def test_options_of_eight_to_sixteen_words_are_long_enough() -> None:
    assert figure("A8", asked((8, 16, 12))).verdict == "met"

    found = figure("A8", asked((7, 17, 12)))
    assert (found.verdict, found.value) == ("missed", "words: 7 to 17")
    assert where(found) == [("p1 > a", 8, "words: 7"), ("p1 > b", 9, "words: 17")]


# ---- C: choices matter --------------------------------------------------------------

SAID = {"said": "You said it.", "wrote": "You wrote it."}

TOLD = """\
  end:
    text:
      - It ends.
      - if: said
        text: [You said it then.]
      - if: wrote
        text: [You wrote it then.]
    ending: {title: The end}"""


def sets(*facts: str) -> Option:
    return option(so_long(10), effects=[{"set": list(facts)}] if facts else [])


def test_options_that_do_the_same_are_told() -> None:
    found = figure("C1", [sets("said"), sets("said"), sets("wrote")], facts=SAID, endings=TOLD)

    assert (found.verdict, found.value) == ("missed", "2 of 3 (67 %)")
    assert where(found) == [("p1 > b", 10, "does the same as ‘a’")]


def test_a_decision_after_which_the_same_follows_is_told() -> None:
    either = "  end: {text: [It ends., {if: said or wrote, text: [So it was.]}], ending: {title: The end}}"
    found = figure("C1", [sets("said"), sets("wrote")], facts=SAID, endings=either)

    assert where(found) == [("p1", 6, "whatever is chosen, the same follows")]


def test_options_that_set_facts_that_are_told_matter() -> None:
    decision = [sets("said"), sets("wrote"), sets()]

    assert figure("C1", decision, facts=SAID, endings=TOLD).value == "3 of 3 (100 %)"
    assert figure("C2", decision, facts=SAID, endings=TOLD).value == "never read: 0"
    assert figure("C5", decision[:2], facts=SAID, endings=TOLD).value == "2 of 2 (100 %)"


def test_a_fact_that_is_never_read_and_a_first_option_that_is_never_told_of_are_told() -> None:
    head = {"facts": SAID, "endings": "  end: {text: [It ends., {if: said, text: [So.]}], ending: {title: The end}}"}
    unread, forgotten = (figure(id, [sets("said"), sets("wrote")], **head) for id in ("C2", "C5"))

    assert where(unread) == [("p1 > b", 10, "You wrote it.")]
    assert unread.spots[0].words == "wrote"
    assert where(forgotten) == [("p1 > b", 10, "")]
    assert (unread.verdict, forgotten.verdict, forgotten.value) == ("missed", "missed", "1 of 2 (50 %)")


def test_a_passage_that_nobody_can_come_to_is_told() -> None:
    lost = "  end: {text: It ends., ending: {title: The end}}\n  attic: {text: Dust., ending: {title: Dust}}"
    found = figure("C3", [sets()], endings=lost)

    assert found.verdict == "missed"
    assert where(found) == [
        ("attic", 10, "nobody can come here"),
        ("attic", 10, "nobody can come to this ending"),
    ]
    assert figure("C3", [sets()]).value == "passages: 2, endings: 1"
    assert figure("C3", [sets()]).verdict == "met"


TWO_ENDS = """\
  end: {text: It ends., ending: {title: The end, tone: good}}
  gone: {text: She left., ending: {title: Gone, tone: bad}}"""


def goes(to: str, roles: tuple[int, int] = (0, 0)) -> Option:
    return option(so_long(10), roles, goto=to)


def test_an_ending_that_two_in_three_come_to_takes_over() -> None:
    found = figure("C4", [goes("end"), goes("end"), goes("gone")], endings=TWO_ENDS)

    assert (found.verdict, found.value) == ("missed", "33 to 67 %")
    assert where(found) == [("end", 11, "67 % of runs")]
    assert figure("C4", [goes("end"), goes("gone")], endings=TWO_ENDS).verdict == "met"


def test_an_ending_that_fewer_than_one_in_twenty_come_to_is_told() -> None:
    often = [[goes(f"p{number + 2}"), goes(f"p{number + 2}"), goes("gone")] for number in range(5)]
    found = figure("C4", *often, [goes("end"), *[goes("gone")] * 2], endings=TWO_ENDS)

    assert found.numbers["least"] == pytest.approx((2 / 3) ** 5 / 3)
    assert [detail for _, _, detail in where(found)] == ["4 % of runs", "96 % of runs"]


def test_a_first_option_after_which_nothing_can_be_gained_cannot_be_mended() -> None:
    found = figure("C6", [goes("p2"), goes("gone")], [goes("end"), goes("gone")], endings=TWO_ENDS)

    assert (found.verdict, found.value) == ("missed", "1 of 2 (50 %)")
    assert where(found) == [("p1 > b", 9, "")]
    assert figure("C6", [goes("p2"), goes("p2")], [goes("end"), goes("gone")], endings=TWO_ENDS).verdict == "met"


# ---- R: roles -----------------------------------------------------------------------


def test_most_decisions_need_an_option_with_both_roles() -> None:
    torn, whole = asked((10, 10), (LEADER, MANAGER)), asked((10, 10), (LEADER, BOTH))

    assert figure("R1", torn, torn, whole).value == "1 of 3 (33 %)"
    assert [spot.about for spot in figure("R1", torn, torn, whole).spots] == ["p1", "p2"]
    assert figure("R1", torn, whole, whole).verdict == "met"


def calling(manager: int, leader: int) -> list[Option]:
    return [option(so_long(10), LEADER, calls={"manager": manager, "leader": leader}), option(so_long(10), MANAGER)]


def test_a_story_in_which_no_moment_calls_for_the_manager_is_told() -> None:
    found = figure("R2", calling(0, 2), calling(1, 2))

    assert (found.verdict, found.value, len(found.spots)) == ("missed", "0 of 2 (0 %)", 2)
    assert figure("R2", calling(0, 2), calling(1, 1)).verdict == "met"


def test_from_ten_moments_on_three_in_five_may_call_for_the_manager() -> None:
    assert figure("R2", *[calling(1, 1)] * 6, *[calling(0, 2)] * 4).verdict == "met"
    assert figure("R2", *[calling(1, 1)] * 7, *[calling(0, 2)] * 3).verdict == "missed"


def test_roles_of_which_one_is_always_the_others_want_are_a_see_saw() -> None:
    see_saw = asked((10, 10, 10), (LEADER, MANAGER, BOTH))
    free = asked((10, 10, 10, 10), (LEADER, MANAGER, (2, 2), (0, 0)))

    assert (figure("R3", *[see_saw] * 10).verdict, figure("R3", *[see_saw] * 10).value) == ("missed", "−1.00")
    assert (figure("R3", *[free] * 10).verdict, figure("R3", *[free] * 10).value) == ("met", "+0.00")
    assert figure("R3", *[see_saw] * 9).verdict == "not judged", "27 options are too few"


def test_leading_that_is_always_good_for_quality_of_life_is_scored_twice() -> None:
    led = option(so_long(10), LEADER, effects=[{"change": {"quality": 1, "patience": -1}}])
    kept = option(so_long(10), MANAGER, effects=[{"change": {"patience": 1}}])
    found = figure("R4", *[[led, kept]] * 15)

    assert (found.verdict, found.value) == ("missed", "+1.00 with quality of life, +1.00 with patience")

    crossed = [led, kept, option(so_long(10), LEADER), option(so_long(10), MANAGER)]
    crossed[2]["effects"] = [{"change": {"patience": 1}}]
    crossed[3]["effects"] = [{"change": {"quality": 1, "patience": -1}}]
    assert figure("R4", *[crossed] * 8).value == "+0.00 with quality of life, +0.00 with patience"


def ending(leader: str, manager: str, both: str) -> Scenario:
    """A story of one decision, and where each role leads."""
    options = [goes(to, roles) for to, roles in ((leader, LEADER), (manager, MANAGER), (both, BOTH))]
    return story(yaml(options, endings=TWO_ENDS))


def of_course(id: str, *stories: Scenario) -> Figure:
    return craft_of_course(Course(), stories).figure(id)


def test_styles_of_play_are_judged_over_six_scenarios() -> None:
    ill, well = ending("gone", "end", "end"), ending("end", "gone", "end")

    assert of_course("R5", *[ill] * 6).value == "6 of 6"
    assert of_course("R5", *[ill] * 6).verdict == "missed"
    assert of_course("R5", *[ill] * 2, *[well] * 4).verdict == "met"
    assert of_course("R6", *[ill] * 2, *[well] * 4).value == "2 of 6"
    assert of_course("R6", *[ill] * 2, *[well] * 4).verdict == "met"
    assert of_course("R6", *[well] * 6).verdict == "missed"
    assert of_course("R5", *[ill] * 5).note == "It takes 6 scenarios to say how often."


def test_both_hands_that_end_badly_are_told() -> None:
    found = craft(ending("end", "end", "gone")).figure("R7")

    assert (found.verdict, found.value) == ("missed", "poor endings: 1")
    assert found.spots == (Spot("story", "gone", 12, "Gone", "bad"),)
    assert craft(ending("gone", "gone", "end")).figure("R7").verdict == "met"


def test_endings_that_are_all_good_or_all_bad_are_told() -> None:
    found = craft(ending("end", "gone", "end")).figure("R8")
    mixed = TWO_ENDS.replace("bad", "mixed-bad")

    assert (found.verdict, found.value, where(found)[1]) == ("missed", "0 of 2 (0 %)", ("gone", 12, "bad"))
    assert figure("R8", [goes("end"), goes("gone")], endings=mixed).value == "1 of 2 (50 %)"
    assert figure("R8", [goes("end"), goes("gone")], endings=mixed).verdict == "met"


# ---- W: words and people -------------------------------------------------------------


def told(*lines: str, **fields: str) -> Scenario:
    """A story of one passage, an ending, that tells these lines."""
    rest = "".join(f"{key}: {value}\n" for key, value in fields.items())
    text = "".join(f"      - {line}\n" for line in lines)
    end = "{title: The end, happened: {person: Joy went home.}}"
    return story(f"title: The cat sat.\n{rest}passages:\n  a:\n    text:\n{text}    ending: {end}\n")


def test_the_reading_grade_is_that_of_all_words_together() -> None:
    """54 words of one syllable each in 10 sentences: 0.39 x 5.4 + 11.8 - 15.59."""
    found = craft(told(*["The cat sat on the mat."] * 8)).figure("W1")

    assert found.numbers["story"] == pytest.approx(0.39 * 5.4 + 11.8 - 15.59)
    assert (found.verdict, found.value) == ("met", "grade -1.7")


def test_the_sentences_that_drag_are_told_the_heaviest_first() -> None:
    hard = "Accessible organisational communication necessitates considerable responsibility."
    found = craft(told(*["The cat sat on the mat."] * 8, *[hard] * 4, "It rained.")).figure("W1")

    assert found.verdict == "missed"
    assert [(spot.line, spot.words, spot.detail) for spot in found.spots[:4]] == [
        (line, hard, "6 words; it makes the grade higher") for line in (13, 14, 15, 16)
    ]
    assert len(found.spots) == 5


def test_a_text_of_a_few_words_has_no_grade() -> None:
    assert craft(told("The cat sat on the mat.")).figure("W1").note == (
        "A text of fewer than 40 words is too short for a grade."
    )


def test_a_sentence_of_twenty_six_words_is_told_with_its_place() -> None:
    found = craft(told(f"{so_long(26)}.", "It was so.")).figure("W2")

    assert (found.verdict, found.value) == ("missed", "14.5 words on average, 1 of more than 25")
    assert where(found) == [("a", 5, "words: 26")]
    assert craft(told(f"{so_long(23)}.", "It was so.")).figure("W2").value == "13.0 words on average, 0 of more than 25"


def test_passages_are_counted_as_players_meet_them_and_not_as_they_stand_in_the_file() -> None:
    head = f"""\
title: T
facts: {{said: You said it.}}
passages:
  a:
    text: {so_long(40)}
    decision:
      ask: What now?
      choices:
        - {{id: say, text: Say it., effects: [{{set: said}}], goto: b}}
        - {{id: wait, text: Wait., goto: b}}
  b:
    text:
      - if: said
        text: [{so_long(45)}]
      - if: not said
        text: [{so_long(46)}]
"""
    found = craft(story(f"{head}    goto: c\n  c: {{text: {so_long(60)}, ending: {{title: E}}}}\n")).figure("W3")

    assert (found.verdict, found.value, found.note) == ("met", "words: 40 to 60", "")

    found = craft(story(f"{head}    goto: c\n  c: {{text: {so_long(131)}, ending: {{title: E}}}}\n")).figure("W3")
    assert where(found) == [("c", 18, "words: 131")]
    assert found.note == "Passages that may tell more than 60 words, and take two pages on a projector: 1."


def test_a_passage_of_thirty_nine_words_is_too_short_and_a_full_card_too_long() -> None:
    long = {"opened": so_long(40), "closed": so_long(41)}
    found = figure(
        "W3",
        [option("Say it.", debrief=long), option("Wait.")],
        endings=f"  end: {{text: {so_long(60)}, ending: {{title: E}}}}",
    )

    assert where(found) == [("p1", 3, "words: 2"), ("p1 > a", 8, "words on its debrief card: 81")]


def test_a_word_that_makes_less_of_people_is_told_and_one_that_may_is_for_people() -> None:
    found = craft(told("The service users and a non-verbal man.", "His case was packed.")).figure("W4")

    assert (found.verdict, found.value) == ("missed", "2 to leave out, 1 to look at")
    assert where(found) == [
        ("a", 5, "leave out “service users”"),
        ("a", 5, "leave out “non-verbal”"),
        ("a", 6, "“case”: does it speak of people?"),
    ]


def test_what_a_character_says_is_for_people_to_look_at() -> None:
    found = craft(told("joy: He is kicking off.", cast="{joy: {name: Joy}}")).figure("W4")

    assert found.verdict == "looked at by people"
    assert where(found) == [("a", 6, "“kicking off” is said by a character: does the debrief take it up?")]
    assert craft(told("Marcus shouts. The caseload is full.")).figure("W4").verdict == "met"


def test_how_many_lines_each_person_says_is_told_and_left_to_people() -> None:
    found = craft(told("joy: Hello.", "joy: Bye.", cast="{joy: {name: Joy}}")).figure("W5")

    assert (found.verdict, found.value) == ("looked at by people", "Lines said: joy 2.")


def test_an_ending_that_names_nobody_is_told() -> None:
    named = craft(told("joy: Hello.", cast="{joy: {name: Joy}}")).figure("W6")
    nameless = craft(told("joyce: Hello.", cast="{joyce: {name: Joyce}}")).figure("W6")

    assert (named.verdict, named.value) == ("met", "1 of 1 (100 %)")
    assert nameless.spots == (Spot("story", "a", 4, "Joy went home.", "names nobody of the cast"),)


# ---- F, G: debrief and time ----------------------------------------------------------

QUOTES = {
    "I-1a": Quotation("I-1a", "Ask first.", "I-1"),
    "I-2a": Quotation("I-2a", "Ask, damn it.", "I-2", language="mild"),
    "I-3a": Quotation("I-3a", so_long(46), "I-3"),
}
SOURCE = Source(
    ideas={
        f"I-{number}": Idea(f"I-{number}", f"idea-{number}", says, quotes=(QUOTES[f"I-{number}a"],))
        for number, says in ((1, "Ask first."), (2, "Ask."), (3, "Wait."))
    },
    quotes=QUOTES,
)


def citing(cited: str, *quotes: str) -> Scenario:
    """A story of one decision whose choices cite the first of these, and whose debrief cites the others."""
    one = story(yaml([option("Say it."), option("Wait.")]))
    passage = one.passages["p1"]
    assert passage.decision
    choices = tuple(replace(choice, debrief=Outcome(quote=cited)) for choice in passage.decision.choices)
    decided = replace(passage, decision=replace(passage.decision, choices=choices))
    return replace(one, passages={**one.passages, "p1": decided}, debrief=replace(one.debrief, quotes=quotes))


def test_ideas_that_no_scenario_cites_are_told_for_a_course_alone() -> None:
    course = Course(source=SOURCE)
    found = craft_of_course(course, [citing("I-1a", "I-2a"), citing("I-1a")]).figure("F2")

    assert (found.verdict, found.value) == ("missed", "2 of 3 (67 %)")
    assert found.spots == (Spot("", "I-3", 0, "Wait."),)
    assert craft_of_course(course, [citing("I-1a", "I-2a"), citing("I-3a")]).figure("F2").verdict == "met"
    assert craft(citing("I-1a"), course).figure("F2").note == "It is judged over a whole course."


def test_three_ideas_in_five_are_to_be_met_again() -> None:
    course = Course(source=SOURCE)
    twice, once = [citing("I-1a", "I-2a"), citing("I-2a", "I-1a")], [citing("I-1a", "I-2a"), citing("I-1a")]

    assert craft_of_course(course, twice).figure("F3").value == "2 of 3 (67 %)"
    assert craft_of_course(course, twice).figure("F3").verdict == "met"
    assert craft_of_course(course, once).figure("F3").verdict == "missed"


def test_a_debrief_with_one_quotation_and_a_long_quotation_are_told() -> None:
    assert craft(citing("I-1a", "I-2a"), Course(source=SOURCE)).figure("F4").verdict == "met"
    assert craft(citing("I-1a", "I-2a")).figure("F4").note == "No source of quotations is at hand."
    found = craft(citing("I-3a"), Course(source=SOURCE)).figure("F4")

    assert where(found) == [
        ("end", 10, "quotations after this ending: 1"),
        ("p1 > a", 8, "words: 46"),
        ("p1 > b", 9, "words: 46"),
    ]


def test_a_hard_quotation_needs_clean_words_or_a_gloss() -> None:
    assert craft_of_course(Course(source=SOURCE), [citing("I-1a")]).figure("F5").value == "1 to stand in for"
    assert craft_of_course(Course(source=SOURCE), [citing("I-1a")]).figure("F5").verdict == "met"

    bare = replace(SOURCE, ideas={**SOURCE.ideas, "I-2": replace(SOURCE.ideas["I-2"], says="")})
    found = craft_of_course(Course(source=bare), [citing("I-1a")]).figure("F5")
    assert (found.verdict, where(found)) == ("missed", [("I-2a", 0, "Ask, damn it.")])


def test_word_for_word_is_left_to_the_check_with_the_source() -> None:
    assert craft(citing("I-1a"), Course(source=SOURCE)).figure("F1").note == (
        "It needs the source’s text: check --source FILE."
    )


def test_words_of_blame_are_told_where_the_debrief_shows_them() -> None:
    blaming = option("Say it.", debrief={"opened": "You should have asked.", "closed": "The door was shut."})
    kind = option("Wait.", debrief={"opened": "Joy had time.", "closed": "The door was shut."})

    assert where(figure("F6", [blaming, kind])) == [("p1 > a", 8, "“should have”")]
    assert figure("F6", [kind, kind]).verdict == "met"


def test_a_debrief_needs_two_open_questions() -> None:
    one_open = {"questions": ["Who was asked?", "Was it fair?"]}
    two_open = {"questions": ["Who was asked?", "In this run, what was fair?"]}
    found = figure("F7", [moved()], debrief=one_open)

    assert where(found) == [
        ("debrief", 0, "open questions: 1"),
        ("debrief", 0, "not an open question: begin with what, who, which, when, where, why or how"),
    ]
    assert found.spots[1].words == "Was it fair?"
    assert figure("F7", [moved()], debrief=two_open).verdict == "met"


def test_a_decision_with_one_choice_on_offer_has_no_other_road() -> None:
    silent = "  end: {text: [{if: said, text: [So.]}], ending: {title: The end}}"

    assert where(figure("F8", [sets()])) == [("p1", 3, "only one choice is on offer to some players")]
    assert where(figure("F8", [sets("said"), sets()], facts={"said": "S."}, endings=silent)) == [
        ("end", 11, "a choice leads here, and nothing is told")
    ]
    assert figure("F8", [sets(), sets()]).verdict == "met"


def lasting(words: int, minutes: int) -> Figure:
    """A story of so many words before its one decision: two options of ten words, and an ending of ten."""
    end = f"  end: {{text: {so_long(10)}, ending: {{title: The end}}}}"
    text = yaml(asked((10, 10), (LEADER, MANAGER)), endings=end, minutes=minutes)
    return craft(story(text.replace("Then this.", so_long(words)))).figure("G")


def test_the_minutes_are_words_decisions_and_the_debrief() -> None:
    """850 words at 170 a minute, one decision of 40 seconds, and two and a half minutes: 8.17."""
    found = lasting(820, minutes=9)

    assert found.numbers["story"] == pytest.approx(850 / 170 + 40 / 60 + 2.5)
    assert (found.verdict, found.value) == ("met", "8 on average (8); the file says 9")


def test_minutes_that_are_two_off_are_told_and_so_are_too_few() -> None:
    assert where(lasting(820, minutes=10)) == [("minutes", 0, "about 8 minutes; the file says 10")]
    assert where(lasting(310, minutes=5)) == [("minutes", 0, "about 5 minutes; 8 to 15 suit one alone")]


def test_the_minutes_of_a_story_with_a_loop_come_from_a_sample_and_say_so() -> None:
    found = figure("G", [goes("p1"), goes("end")], endings=TWO_ENDS)

    assert found.note.startswith("From ")
    assert found.note.endswith(" roads taken at random (seed 1), as there are too many to add up.")
    assert found.numbers["story"] == pytest.approx(2.5 + 2 * (2 / 3 + 22 / 170), rel=0.1), "two decisions on average"


# ---- players who do not read the story -----------------------------------------------

CALLED = {"calls": {"manager": 0, "leader": 2}}
GOOD_END, BAD_END = {"goto": "end"}, {"goto": "gone"}


def played(*options: Option) -> CraftReport:
    return craft(story(yaml([options[0] | CALLED, *options[1:]], endings=TWO_ENDS)))


def test_a_story_that_the_longest_politest_option_wins_is_told() -> None:
    report = played(
        option("Write it down and send it.", MANAGER, **BAD_END),
        option("Please sit down with her, listen and share a pot of tea.", LEADER, **GOOD_END),
        option("Ring the office now.", BOTH, **BAD_END),
    )
    found = report.figure("N")

    assert (found.verdict, found.value) == ("missed", "2 of 5 runs do as well as the expert")
    assert found.spots == (
        Spot("story", "end", 12, "The end", "Always the longest option: good"),
        Spot("story", "end", 12, "The end", "Always the politest: good"),
    )
    assert [(play.player, play.path, play.tone, play.as_well) for play in report.plays] == [
        ("expert", ("b",), "good", False),
        ("longest", ("b",), "good", True),
        ("shortest", ("c",), "bad", False),
        ("first", ("a",), "bad", False),
        ("last", ("c",), "bad", False),
        ("polite", ("b",), "good", True),
    ]
    first = report.plays[3]
    assert (first.manager.taken, first.manager.on_offer) == (2, 2)
    assert (first.leader.taken, first.leader.on_offer) == (0, 2)
    assert (first.fit.taken, first.fit.on_offer) == (0, 2)


def test_a_story_that_has_to_be_read_is_not() -> None:
    report = played(
        option("Please write it all down and ask the office.", MANAGER, **BAD_END),
        option("Sit down with her for a bit.", LEADER, **GOOD_END),
        option("Ring the office now.", BOTH, **BAD_END),
    )

    assert (report.figure("N").verdict, report.figure("N").value) == ("met", "0 of 5 runs do as well as the expert")


def test_a_good_ending_alone_is_not_as_well_as_the_expert() -> None:
    report = played(option(so_long(9), MANAGER, **GOOD_END), option(so_long(8), LEADER, **GOOD_END))

    assert [play.player for play in report.plays if play.as_well] == ["shortest", "last"]


def test_a_player_who_goes_round_for_ever_comes_to_no_ending() -> None:
    report = craft(story(yaml([goes("p1"), goes("end")], endings=TWO_ENDS)))
    first = next(play for play in report.plays if play.player == "first")

    assert (first.path, first.ending, first.tone, first.ended) == (("a",), "", None, "comes to no ending")


# ---- what cannot be judged ------------------------------------------------------------


def test_a_story_of_one_passage_is_judged_as_far_as_it_goes() -> None:
    report = craft(told("It ends."))

    assert report.figure("A2").note == "Nothing is decided."
    assert report.figure("R2").note == "No decision says what its moment calls for."
    assert report.figure("R7").note == "No option scores in a role."
    assert report.figure("F2").note == "No source of quotations is at hand."
    assert "Players who do not read" not in as_text(report)


def test_a_course_without_scenarios_is_judged_in_nothing() -> None:
    report = craft_of_course(Course(title="Empty"), [])

    assert {figure.note for figure in report.figures} == {"There is no scenario that can be played."}
    assert as_text(report).splitlines()[:3] == [
        "Craft of “Empty”",
        "These figures are advice. None of them keeps a story from being played.",
        "",
    ]
    assert "Nothing could be judged." in as_text(report)


GERMAN = "Der Mann steht seit acht Uhr mit seiner Tasche auf dem Rücken im Flur und wartet auf seine Betreuerin."
GREEK = "Ο άντρας στέκεται στο διάδρομο από τις οκτώ με την τσάντα του στην πλάτη και περιμένει."
CHINESE = "从八点起他就背着游泳包站在走廊里等着。"


@pytest.mark.parametrize(
    ("line", "not_measured", "measured", "note"),
    [
        (GERMAN, ("A5", "W1", "W4", "F6", "F7"), ("W2", "W3", "G"), "does not seem to be English"),
        (GREEK, ("A5", "W1", "W2", "W4", "F6", "F7"), ("W3", "G"), "in another alphabet"),
        (CHINESE, ("A1", "A7", "A8", "W1", "W2", "W3", "G"), ("C3", "W6"), "no spaces between words"),
    ],
)
def test_what_means_nothing_in_another_language_is_not_judged(
    line: str, not_measured: tuple[str, ...], measured: tuple[str, ...], note: str
) -> None:
    report = craft(told(*[line] * 4))

    for id in not_measured:
        assert report.figure(id).verdict == "not judged", id
        assert note in report.figure(id).note
    assert all(report.figure(id).verdict != "not judged" for id in measured)


def large(passages: int, facts: int) -> Scenario:
    """A story of so many decisions, of three choices each, with more states than can be looked at."""
    made = {}
    for number in range(passages):
        choices = tuple(
            Choice(
                name,
                f"Do the thing that is called {name} with the people at number {number}.",
                (Way(f"p{number + 1}"),),
                scores=Roles(*roles),
                effects=(Effect(set=(f"f{number % facts}",)),) if name == "a" else (),
            )
            for name, roles in (("a", LEADER), ("b", MANAGER), ("c", BOTH))
        )
        lines = tuple(Line(f"This is line {line} of the passage that is number {number}.") for line in range(5))
        made[f"p{number}"] = Passage(f"p{number}", lines, decision=Decision("What now?", choices, Roles(1, 1)))
    made[f"p{passages}"] = Passage(f"p{passages}", (Line("It ends."),), ending=Ending("The end"))
    return Scenario("large", "Large", "p0", made, facts={f"f{n}": Fact(f"f{n}") for n in range(facts)})


def test_ten_thousand_passages_are_judged_and_it_says_what_was_not_looked_at() -> None:
    report = craft(large(10_000, facts=12))

    assert report.figure("C3").note.startswith("The story is large. It was looked at as far as 200")
    assert report.figure("W3").note == "Counted as the file is written, conditions aside, as the story is large."
    assert report.figure("A3").value == "10000 first, 0 second, 0 third"
    assert report.figure("G").verdict == "not judged"


@settings(max_examples=40, deadline=None)
@given(scenarios())
def test_every_story_has_a_report_that_can_be_told(one: Scenario) -> None:
    report = craft(one)

    ids = [figure.id for figure in report.figures]
    assert len(set(ids)) == len(ids)
    assert all(not figure.spots for figure in report.figures if figure.verdict in ("met", "not judged"))
    assert json.loads(json.dumps(as_form(report))) == as_form(report)
    assert as_text(report).startswith("Craft of “")


# ---- how it is told -------------------------------------------------------------------


def test_what_misses_comes_first_with_its_places_and_what_holds_in_one_line_each() -> None:
    lines = as_text(craft(story(yaml(asked((5, 12, 9)), asked((8, 12, 10)))))).splitlines()

    missed = lines.index("A2  Options are about equally long: At most 7 apart in words.")
    assert lines[missed + 1 : missed + 3] == [
        "    Aim: At most 4 words between the longest and the shortest of a decision. "
        "Strong options of both roles within 5 % of each other on average.",
        "    line 5  p1  “What now?” (words: a 5, b 12, c 9)",
    ]
    holds = next(number for number, line in enumerate(lines) if line.startswith("Holds"))
    assert missed < holds
    assert "A6  " not in "\n".join(lines[:holds])
    assert [line for line in lines[holds:] if line.startswith("W4")] == [
        "W4  No word makes less of people             0 to leave out, 0 to look at"
    ]
    assert any(line.startswith("B1  Blind options") and "at most 45 %" in line for line in lines)
    assert lines[-6].split() == [
        "The",
        "expert",
        "“The",
        "end”",
        "(mixed)",
        "manager",
        "2",
        "of",
        "4",
        "leader",
        "2",
        "of",
        "4",
    ]


def test_more_than_ten_places_are_counted_in_the_text_and_all_are_in_the_form() -> None:
    report = craft(story(yaml(*[asked((3, 3, 3))] * 4)))

    text = as_text(report)
    assert "    and 2 more" in text
    form = next(figure for figure in as_form(report)["figures"] if figure["figure"] == "A8")
    assert len(form["places"]) == 12
    assert form["places"][0] == {
        "scenario": "story",
        "about": "p1 > a",
        "line": 8,
        "words": "the the the",
        "detail": "words: 3",
    }


def test_a_course_is_told_as_a_whole_and_a_file_by_itself(tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / f"{name}.yaml").write_text(yaml(asked((5, 12, 9))), "utf-8")
    (tmp_path / "broken.yaml").write_text("title: [", "utf-8")
    library = load_course(tmp_path)

    (whole,) = craft_report(library)
    assert (whole.title, whole.scenarios, whole.whole) == ("Upstream", ("first", "second"), True)
    assert "    second, line 5  p1  “What now?” (words: a 5, b 12, c 9)" in as_text(whole)
    assert craft_report(library, [tmp_path])[0].whole

    (one,) = craft_report(library, [tmp_path / "second.yaml", tmp_path / "broken.yaml"])
    assert (one.title, one.scenarios, one.whole) == ("A small story", ("second",), False)
