"""Lines with more to them than words: another place, another time, and how somebody looks."""

from __future__ import annotations

import pytest

from game.authoring import load_text
from game.story import Line, Story

HEAD = """title: Mo, Ann and Joy
cast: {mo: {name: Mo, looks: [wet, coat]}, ann: {name: Ann, looks: hat}, joy: {name: Joy}}
places: {hall: {name: The hall}, pool: {name: The pool}}
passages:
  start:
    place: hall
    when: Monday, 1.00
    text:
"""
END = "    ending: {title: Home}\n"


def told(*lines: str) -> tuple[Line, ...]:
    entry = load_text(HEAD + "".join(f"      {line}\n" for line in lines) + END)
    assert entry.mistakes == ()
    assert entry.scenario is not None
    (visit,) = Story.begin(entry.scenario).visits
    return visit.lines


def mistakes(line: str) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in load_text(HEAD + f"      {line}\n" + END).mistakes if one.code[0] == "E"]


def test_a_line_may_say_that_it_happens_elsewhere_and_later() -> None:
    first, second, third = told("- In the hall.", '- {place: pool, when: "2.00", text: At the pool.}', "- Still there.")
    assert [(line.place, line.when) for line in (first, second, third)] == [("", ""), ("pool", "2.00"), ("", "")]
    assert second.text == "At the pool."


def test_several_lines_may_follow_a_change_and_the_first_makes_it() -> None:
    first, second = told("- place: pool", "  text:", "    - At the pool.", "    - mo, tired, wet: Cold.")
    assert (first.place, first.when, second.place) == ("pool", "", "")
    assert (second.speaker, second.expression, second.looks) == ("mo", "tired", ("wet",))


def test_the_scene_may_change_under_a_condition() -> None:
    (line,) = told("- {if: not (trust > 9), text: [{place: pool, text: At the pool.}]}")
    assert (line.place, line.text) == ("pool", "At the pool.")


def test_a_place_that_is_not_there_is_told() -> None:
    ((code, message),) = mistakes("- {place: pol, text: At the pool.}")
    assert code == "E108"
    assert "Did you mean 'pool'?" in message


def test_a_change_begins_with_a_line_that_is_always_told() -> None:
    assert mistakes("- {place: pool, text: [{if: trust > 1, text: At the pool.}]}") == [
        (
            "E121",
            "A change of scene begins with a line that is always told. Put the condition round the change.",
        )
    ]


@pytest.mark.parametrize(
    ("written", "how"),
    [
        ("mo", ("neutral", (), False)),
        ("mo, warm", ("warm", (), False)),
        ("mo, warm, wet, coat", ("warm", ("wet", "coat"), False)),
        ("ann, firm, hat, afar", ("firm", ("hat",), True)),
        ("mo, afar", ("neutral", (), True)),
    ],
)
def test_who_speaks_may_look_in_several_ways_at_once(written: str, how: tuple[str, tuple[str, ...], bool]) -> None:
    (line,) = told(f"- {written}: Hello.")
    assert (line.expression, line.looks, line.afar) == how


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("mo, tired, wett", "'wett' is no look that 'mo' has. There are: wet, coat. Did you mean 'wet'?"),
        ("joy, tired, wet", "'wet' is no look that 'joy' has. Give it under 'looks', where the person is declared."),
        ("mo, wet", "'wet' is no expression. There are: neutral, warm, concerned, thinking, firm, tired, upset."),
    ],
)
def test_a_look_that_somebody_does_not_have_is_told(written: str, says: str) -> None:
    assert mistakes(f"- {written}: Hello.") == [("E113", says)]
