"""From words in a file to a scenario: types by the schema, names, places, and several mistakes at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from game.authoring import Entry, load_file, load_text
from game.story import DEFAULT_METERS, Choice, Effect, Line, Scenario, Way, When

ROOT = Path(__file__).parent.parent.parent

STORY = """\
title: Late again
cast:
  joy: {name: Joy, about: Support worker}
facts:
  noted: You wrote the time down.
passages:
  kitchen:
    when: 8.30
    text:
      - no
      - joy, tired: "The bus: late again."
      - if: noted and trust >= 5
        text: [The sheet is here.]
        else: The desk is clear.
    decision:
      ask: What first?
      calls_for: {leader: +1}
      choices:
        - id: office
          text: See Joy now.
          scores: {manager: "2"}
          once: Yes
          effects:
            - {set: noted, change: {trust: -1, quality: +1}, because: You asked.}
          goto:
            - {to: home, if: not noted}
            - {to: kitchen}
        - {id: wait, text: Wait., goto: home}
  home:
    text: |
      Joy goes home.

      The bus is on time.
    ending: {title: "8:30", tone: mixed-good}
"""


def built(text: str) -> Scenario:
    entry = load_text(text)
    assert entry.mistakes == ()
    assert entry.scenario is not None
    return entry.scenario


def codes(entry: Entry) -> list[tuple[str, int, int]]:
    return [(one.code, one.place.line, one.place.column) for one in entry.mistakes]


def test_the_schema_decides_what_a_word_is() -> None:
    scenario = built(STORY)
    kitchen, home = scenario.passages["kitchen"], scenario.passages["home"]

    assert kitchen.when == "8.30"
    assert kitchen.text[0] == Line("no")
    assert kitchen.text[1] == Line("The bus: late again.", "joy", "tired")
    assert home.ending is not None
    assert (home.ending.title, home.ending.tone) == ("8:30", "mixed-good")
    assert home.text == (Line("Joy goes home.\n\nThe bus is on time."),)


def test_every_part_of_a_choice_is_read() -> None:
    decision = built(STORY).passages["kitchen"].decision
    assert decision is not None
    assert decision.calls_for is not None
    assert (decision.calls_for.manager, decision.calls_for.leader) == (0, 1)
    choice = decision.choices[0]

    assert isinstance(choice, Choice)
    assert (choice.id, choice.once, choice.scores.manager) == ("office", True, 2)
    assert choice.effects == (Effect(set=("noted",), change=(("trust", -1), ("quality", 1)), because="You asked."),)
    assert [way.to for way in choice.goto] == ["home", "kitchen"]
    assert choice.goto[1] == Way("kitchen")
    assert choice.at == (19, 15)


def test_conditions_know_where_they_stand() -> None:
    line = built(STORY).passages["kitchen"].text[2]

    assert isinstance(line, When)
    assert line.condition.text == "noted and trust >= 5"
    assert line.condition.at == (12, 13)
    assert line.otherwise == (Line("The desk is clear."),)


def test_what_is_left_out_has_its_default() -> None:
    scenario = built("title: T\npassages:\n  a: {text: Hm., ending: {title: End}}\n")

    assert (scenario.start, scenario.minutes, scenario.summary) == ("a", 10, "")
    assert scenario.meters == DEFAULT_METERS
    assert scenario.debrief.moments == 2
    assert scenario.passages["a"].ending is not None
    assert scenario.passages["a"].ending.tone == "mixed"


def test_meters_of_a_scenario_are_added_to_those_there_are() -> None:
    scenario = built(
        "title: T\nmeters:\n  calm: {label: Calm, max: 5}\npassages:\n  a: {text: Hm., ending: {title: End}}\n"
    )

    assert list(scenario.meters) == ["trust", "patience", "quality", "calm"]
    assert (scenario.meters["calm"].least, scenario.meters["calm"].most, scenario.meters["calm"].start) == (0, 5, 5)


def test_a_mended_typo_leaves_the_digest_as_it_was() -> None:
    before = built(STORY).digest

    assert built(STORY.replace("See Joy now.", "See Joy at once.")).digest == before
    assert built(STORY.replace("noted and trust >= 5", "noted  and trust>=5")).digest == before
    assert built(STORY.replace('manager: "2"', "manager: 1")).digest == before
    assert len(before) == 16
    assert set(before) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: wait", "id: stay"),
        ("once: Yes", "once: no"),
        ("if: not noted", "if: noted"),
        ("trust: -1", "trust: -2"),
        ("{to: kitchen}", "{to: home}"),
        ("set: noted", "clear: noted"),
    ],
)
def test_whatever_a_run_depends_on_changes_the_digest(old: str, new: str) -> None:
    changed = load_text(STORY.replace(old, new)).scenario

    assert changed is not None
    assert changed.digest != built(STORY).digest


def test_an_optional_field_may_be_named_in_any_order() -> None:
    text = "passages:\n  a: {text: Hm., goto: b}\n  b: {ending: {title: End}}\nfacts: {}\nstart: a\ntitle: T\n"

    assert built(text).start == "a"


def test_several_slips_of_punctuation_and_of_names_are_told_in_one_run() -> None:
    text = STORY.replace("title: Late again", "title: Late again: part 2")
    text = text.replace("ask: What first?", 'ask: "What first?').replace("      - no", "      - *No*")
    text = text.replace("{to: kitchen}", "{to: kitchn}").replace("tone: mixed-good", "tone: mixd")

    assert codes(load_text(text)) == [
        ("E142", 1, 8),
        ("E147", 10, 9),
        ("E140", 16, 12),
        ("E104", 27, 20),
        ("E114", 34, 35),
    ]


def test_a_line_that_was_lost_hides_what_follows_from_it() -> None:
    text = STORY.replace("  home:\n", "  home: [\n")

    assert [code for code, *_ in codes(load_text(text))] == ["E145"]


def test_fifty_slips_are_told_and_the_rest_waits() -> None:
    lines = "".join(f"      - *line {number}* again\n" for number in range(80))
    entry = load_text(STORY.replace("      - no\n", lines))

    assert [one.code for one in entry.mistakes] == ["E147"] * 50


def test_a_condition_in_quotes_over_two_lines_is_blamed_at_the_right_word() -> None:
    text = STORY.replace("if: noted and trust >= 5", "if: 'noted and\n          not ntoed'")

    assert codes(load_text(text)) == [("E107", 13, 15)]


def test_a_condition_with_escapes_is_blamed_at_the_right_word() -> None:
    text = STORY.replace("if: noted and trust >= 5", r'if: "noted \u0061nd ntoed"')

    assert codes(load_text(text)) == [("E107", 12, 29)]


def test_a_condition_in_a_block_is_blamed_at_the_right_word() -> None:
    text = STORY.replace("if: noted and trust >= 5", "if: |\n          noted and ntoed")

    assert codes(load_text(text)) == [("E107", 13, 21)]


def test_the_parser_in_python_alone_tells_the_same(tmp_path: Path) -> None:
    script = tmp_path / "tell.py"
    script.write_text(
        "import json, sys\n"
        "if sys.argv[1] == 'pure':\n"
        "    sys.modules['yaml._yaml'] = None\n"
        "from pathlib import Path\n"
        "from game.authoring import load_file\n"
        "told = {}\n"
        "for path in sorted(Path(sys.argv[2]).glob('*.yaml')):\n"
        "    told[path.name] = [(one.code, one.place.line, one.place.column, one.message, one.suggestion)\n"
        "                       for one in load_file(path).mistakes]\n"
        "print(json.dumps(told))\n"
    )
    folder = ROOT / "tests" / "mistakes" / "scenarios"

    fast, pure = (
        json.loads(
            subprocess.run(
                [sys.executable, str(script), sort, str(folder)],
                capture_output=True,
                check=True,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
            ).stdout
        )
        for sort in ("fast", "pure")
    )

    assert len(fast) > 100
    assert pure == fast


def test_a_scenario_of_the_course_reads_the_same_as_a_loose_file() -> None:
    path = ROOT / "tests" / "mistakes" / "loose" / "not-looked-up.yaml"
    entry = load_file(path)

    assert entry.scenario is not None
    assert entry.scenario.debrief.quotes == ()  # what cannot be looked up is not shown
    assert entry.title == "Late again"
