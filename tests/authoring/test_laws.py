"""Laws of reading: it never crashes, a valid story has no mistake, every mistake lies within its file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from game.authoring import Entry, load_course, load_file, load_text, render
from tests.strategies import scenario_texts, scenarios

ROOT = Path(__file__).parent.parent.parent
SHIPPED = sorted((ROOT / "scenarios").glob("*.yaml"))
COURSE = load_course(ROOT / "scenarios")

pieces = st.sampled_from(
    [
        *"\t\n\r:-[]{},'\"#&*!|>%@`?\\ \0\x85\u2028é漢",
        "\n  ",
        "\n    ",
        ": ",
        "- ",
        "\n- ",
        "---\n",
        "...\n",
        "<<: ",
        "title: T\n",
        "passages:\n",
        "  kitchen:\n",
        "    text: ",
        "    goto: kitchen\n",
        "    decision:\n      ask: Q\n      choices:\n        - id: a\n",
        "joy",
        "if",
        "noted",
        "8.30",
        "true",
    ]
)
yaml_like = st.lists(pieces, max_size=40).map("".join)
"""Text with the signs that matter, in any order."""


def is_told_well(entry: Entry, text: str) -> None:
    """Each mistake has a line and column that an editor can show, and can be printed."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for mistake in entry.mistakes:
        place = mistake.place
        assert 1 <= place.line <= len(lines), mistake
        assert 1 <= place.column <= len(lines[place.line - 1]) + 2, mistake
        assert (place.line, place.column) <= (place.end_line, place.end_column), mistake
        assert render(mistake).isprintable() or "\n" in render(mistake)
        assert mistake.message
    assert len(set(entry.mistakes)) == len(entry.mistakes)
    assert (entry.scenario is None) == any(mistake.code.startswith("E1") for mistake in entry.mistakes)


@settings(max_examples=300, deadline=None)
@given(st.one_of(yaml_like, st.text(max_size=80)))
@example("- *x\n- {a: [b\n")
@example("'")
@example("---\n]")
@example("---\n")
@example("? [a\n: b")
@example("a: |\n\tb\n c")
def test_any_text_is_read_or_told(text: str) -> None:
    is_told_well(load_text(text), text)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=120))
def test_any_bytes_are_read_or_told(data: bytes) -> None:
    entry = load_text(data)

    assert entry.scenario is not None or entry.mistakes


@settings(max_examples=100, deadline=None)
@given(scenario_texts())
def test_a_valid_scenario_has_no_mistake_that_must_be_mended(text: str) -> None:
    entry = load_text(text)

    assert [mistake for mistake in entry.mistakes if mistake.code.startswith("E1")] == []
    assert entry.scenario is not None
    is_told_well(entry, text)


@settings(max_examples=50, deadline=None)
@given(scenarios(can_stick=False))
def test_a_drawn_scenario_that_cannot_stick_reaches_an_ending(scenario: object) -> None:
    assert scenario is not None


@settings(max_examples=60, deadline=None)
@given(scenario_texts())
def test_the_same_text_makes_the_same_digest(text: str) -> None:
    first, second = load_text(text).scenario, load_text(text.replace("Joy comes in at 8.40.", "Joy is late.")).scenario

    assert first is not None
    assert second is not None
    assert first.digest == second.digest


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_shipped_file_with_a_slip_is_read_or_told(path: Path, data: st.DataObject) -> None:
    text = path.read_text("utf-8")
    place = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 40))
    broken = text[:place] + data.draw(yaml_like) + text[place + cut :]

    is_told_well(load_text(broken, library=COURSE), broken)


def test_reading_needs_no_deep_stack() -> None:
    limit = sys.getrecursionlimit()
    try:
        sys.setrecursionlimit(_depth() + 200)
        entry = load_text("a: " * 3 + "[" * 5_000)
    finally:
        sys.setrecursionlimit(limit)

    assert entry.mistakes


def _depth() -> int:
    frame, depth = sys._getframe(), 0
    while frame := frame.f_back:  # type: ignore[assignment]
        depth += 1
    return depth


def test_every_file_of_the_corpus_is_told_well() -> None:
    for path in sorted((ROOT / "tests" / "mistakes" / "scenarios").glob("*.yaml")):
        if path.stem in ("utf-16", "not-utf-8"):
            continue
        is_told_well(load_file(path, COURSE), path.read_text("utf-8"))
