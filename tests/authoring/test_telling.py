"""How a mistake looks: place, code, words, the line with carets under the fault."""

from __future__ import annotations

import json

import pytest

from game.authoring import Diagnostic, Place, as_form, load_text, render


def mistake(line: str, column: int, end: int, number: int = 47) -> Diagnostic:
    return Diagnostic("E104", Place("late-again.yaml", number, column, number, end), "Mend it.", "friendly", line)


def carets(line: str, column: int, end: int) -> tuple[str, str]:
    *_, shown, below = render(mistake(line, column, end)).split("\n")
    return shown, below


def test_a_mistake_is_told_as_the_format_promises() -> None:
    text = (
        "title: Late again\npassages:\n  kitchen:\n    text: The bus has gone.\n    goto: freindly\n"
        "  friendly:\n    text: A warm room.\n    ending: {title: Home}\n"
    )

    first, *_ = load_text(text, "late-again").mistakes

    assert render(first) == (
        "late-again.yaml:5:11  E104 unknown-passage\n"
        "  'goto' leads to 'freindly', and no passage has that name. Did you mean 'friendly'?\n"
        "     5 |     goto: freindly\n"
        "       |           ^^^^^^^^"
    )


def test_editors_get_the_keys_they_were_promised() -> None:
    form = as_form(mistake("    goto: freindly", 11, 19))

    assert json.loads(json.dumps(form)) == {
        "code": "E104",
        "rule": "unknown-passage",
        "severity": "error",
        "line": 47,
        "column": 11,
        "end_line": 47,
        "end_column": 19,
        "message": "Mend it.",
        "suggestion": "friendly",
    }


def test_line_numbers_of_any_length_stand_in_one_column() -> None:
    rendered = render(mistake("    goto: freindly", 11, 19, number=123456))

    assert rendered.endswith("123456 |     goto: freindly\n       |           ^^^^^^^^")


def test_a_tab_counts_as_the_columns_it_fills() -> None:
    assert carets("\tgoto: here", 8, 12) == ("    47 |     goto: here", "       |           ^^^^")


def test_wide_characters_count_twice_so_that_the_caret_sits_right() -> None:
    assert carets("漢字: here", 5, 9) == ("    47 | 漢字: here", "       |       ^^^^")
    assert carets("a: 漢字", 4, 6) == ("    47 | a: 漢字", "       |    ^^^^")


def test_combining_marks_take_no_room() -> None:
    assert carets("cafe\u0301: here", 8, 12) == ("    47 | cafe\u0301: here", "       |       ^^^^")


def test_a_fault_past_the_end_of_a_line_still_has_a_caret() -> None:
    assert carets("text:", 6, 6) == ("    47 | text:", "       |      ^")


def test_a_long_line_is_cut_around_the_fault() -> None:
    shown, below = carets("a" * 500 + "fault" + "b" * 500, 501, 506)

    assert len(shown) <= 9 + 100 + 2
    assert shown.startswith("    47 | …aaa")
    assert shown.endswith("bbb…")
    assert shown[below.index("^") : below.rindex("^") + 1] == "fault"


def test_a_long_line_is_not_cut_before_a_fault_at_its_start() -> None:
    shown, below = carets("fault" + "b" * 500, 1, 6)

    assert shown.startswith("    47 | faultbbb")
    assert shown.endswith("b…")
    assert below == "       | ^^^^^"


def test_characters_that_garble_a_terminal_are_shown_as_one_sign() -> None:
    shown, _ = carets("a: \x1b[31m\u202eb", 1, 2)

    assert shown == "    47 | a: \N{REPLACEMENT CHARACTER}[31m\N{REPLACEMENT CHARACTER}b"


def test_a_mistake_without_a_line_is_told_without_an_excerpt() -> None:
    told = render(Diagnostic("E160", Place("x.yaml", 1, 1, 1, 1), "There is no file here."))

    assert told == "x.yaml:1:1  E160 cannot-open\n  There is no file here."


@pytest.mark.parametrize(
    ("written", "meant"), [("freindly", "friendly"), ("Friendly", "friendly"), ("friend-ly", "friendly"), ("xyz", None)]
)
def test_the_nearest_name_is_suggested_and_no_far_one(written: str, meant: str | None) -> None:
    text = f"title: T\npassages:\n  a:\n    goto: {written}\n  friendly:\n    ending: {{title: Home}}\n"

    first, *_ = load_text(text).mistakes

    assert first.suggestion == meant
    assert ("Did you mean" in first.message) == (meant is not None)


def test_a_very_long_name_is_shortened_in_the_message() -> None:
    text = f"title: T\npassages:\n  a:\n    goto: {'x' * 500}\n"

    first, *_ = load_text(text).mistakes

    assert first.message == f"'goto' leads to '{'x' * 59}…', and no passage has that name."
