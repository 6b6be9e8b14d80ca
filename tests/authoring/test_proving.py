"""What the proof adds to a file's mistakes: each at its cause, nothing passed over, nothing told without reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.authoring import Diagnostic, load_course, load_file, load_text, prove_entry, render
from tests.strategies import scenario_texts

ROOT = Path(__file__).parents[2]
COURSE = load_course(ROOT / "scenarios")
FOR_MISTAKES = ROOT / "tests" / "mistakes"


def told(name: str) -> str:
    """The only mistake that the proof finds in a file of the corpus, without its code."""
    entry = load_file(FOR_MISTAKES / "scenarios" / f"{name}.yaml", load_course(FOR_MISTAKES / "course"))
    (mistake,) = set(prove_entry(entry)[1]) - set(entry.mistakes)
    return mistake.message


# ---- the reason -------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "nothing-offered",
            "A player can come here with nothing to choose: 'ask' needs 'noted', 'tea' needs 'noted and trust > 5'. "
            "A shortest run that shows it: wait.",
        ),
        (
            "nothing-offered-once",
            "A player can come here with nothing to choose: 'tea' was taken before, 'ask' needs 'noted'. "
            "A shortest run that shows it: wait, tea.",
        ),
        (
            "endless-goto-with-a-condition",
            "These passages lead round in a circle, with nothing to decide: 'hall' to 'porch' to 'hall'. "
            "The way out to 'home', on line 29, needs 'noted'. A shortest run that shows it: wait.",
        ),
        (
            "no-ending-ahead",
            "From here no ending can be reached, whatever is chosen. Choice 'leave', on line 31, needs 'noted', "
            "and here 'noted' is never true. A shortest run that shows it: wait.",
        ),
        (
            "no-ending-behind-a-condition",
            "Whatever a player does, no ending is reached. Choice 'leave', on line 33, is never offered: "
            "its condition never holds. Here 'trust' is 0 to 10.",
        ),
        (
            "passage-never-reached",
            "The way to 'garden' is never taken: its condition never holds. Here 'trust' is 4 to 6. "
            "So nobody comes to passage 'garden'.",
        ),
        (
            "passage-never-reached-after-a-way-that-is-always-taken",
            "The way to 'home' is always taken: its condition always holds. Here 'trust' is 4 to 6. "
            "So nobody comes to passage 'garden'.",
        ),
        (
            "passage-never-reached-between-two",
            "The way to 'swim' is always taken: its condition always holds. "
            "Past the ways before it, 'noted' is never true. So nobody comes to passage 'porch'.",
        ),
        (
            "choice-never-offered",
            "Choice 'swim' is never offered: its condition never holds. Here 'trust' is 4 to 6.",
        ),
        (
            "line-never-told",
            "These lines are never told: their condition never holds. Here 'trust' is 4 to 6.",
        ),
        (
            "line-never-told-under-else",
            "These lines are always told: their condition always holds. Those under 'else' never are. "
            "Here 'trust' is 4 to 6.",
        ),
        (
            "ending-never-reached",
            "The way to 'swim' is never taken: its condition never holds. Here 'trust' is 4 to 6. "
            "So nobody comes to the ending 'swim'.",
        ),
        (
            "ending-never-reached-where-a-fact-is-lost",
            "The way to 'swim' is never taken: its condition never holds. "
            "Here, where 'noted' is true, 'asked' is never true. So nobody comes to the ending 'swim'.",
        ),
        (
            "ending-never-reached-far-on",
            "Choice 'ask' is never offered: its condition never holds. Here 'trust' is 4 to 6. "
            "So nobody comes to the ending 'swim'.",
        ),
        (
            "condition-never-varies",
            "This effect always takes place: its condition always holds. Here 'trust' is always 6.",
        ),
        ("nothing-to-decide", "Whatever is chosen here, the same is told, offered and ended later."),
        (
            "nothing-to-decide-one-at-a-time",
            "There is never more than one choice on offer here, so there is nothing to decide.",
        ),
        (
            "scored-loop",
            "From here a player can go round and score each time, without end. A shortest run that shows it: office.",
        ),
        ("ending-too-likely", "75.0 % of random play ends here, so the other endings are hard to come by."),
        (
            "ending-too-rare",
            "Only 2.1 % of random play ends here, so hardly anyone will see it. "
            "A shortest run to it: office, tea, talk, pool.",
        ),
    ],
)
def test_a_mistake_says_what_is_so_and_why(name: str, message: str) -> None:
    assert told(name) == message


STORY = """title: Late again
facts: FACTS
passages:
  kitchen:
    text: Marcus is in the hall.
    decision:
      ask: What first?
      choices:
        - {id: office, text: See Joy., effects: [{set: [noted], change: {trust: +2}}], goto: hall}
        - {id: wait, text: Wait., effects: [{set: [asked]}], goto: hall}
  hall:
    text:
      - {if: noted, text: The sheet., else: No sheet.}
      - {if: asked, text: The list., else: No list.}
    goto:
WAYS
      - {to: home}
  home: {text: Joy goes home., ending: {title: Home}}
  swim: {text: Marcus swims., ending: {title: The swim}}
"""


def with_ways(*conditions: str, facts: str = "noted: You noted it., asked: You asked.") -> tuple[Diagnostic, ...]:
    """The mistakes of a story with these conditions on ways to its second ending."""
    ways = "\n".join(f'      - {{to: swim, if: "{condition}"}}' for condition in conditions)
    entry = load_text(STORY.replace("FACTS", f"{{{facts}}}").replace("WAYS", ways))
    assert entry.scenario is not None, entry.mistakes
    return prove_entry(entry)[1]


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ("trust == 6", "Here 'trust' is 5 or 7."),
        ("trust > 7", "Here 'trust' is 5 to 7."),
        ("noted and trust < 7", "Here, where 'noted' is true, 'trust' is always 7."),
        ("not noted and trust > 5", "Here, where 'noted' is not true, 'trust' is always 5."),
        ("trust > 5 and not (noted or asked)", "Here, where 'noted' is not true, 'asked' is always true."),
        ("not (noted or asked)", "Here, where 'noted' is not true, 'asked' is always true."),
        ("quality < 5 or (patience > 5 and noted)", "Here 'quality' is always 5, and 'patience' is always 5."),
        ("not (quality >= 5)", "Here 'quality' is always 5."),
    ],
)
def test_the_reason_tells_what_facts_and_meters_really_were(condition: str, reason: str) -> None:
    (mistake,) = with_ways(condition)

    assert mistake.message == (
        f"The way to 'swim' is never taken: its condition never holds. {reason} So nobody comes to the ending 'swim'."
    )
    assert (mistake.code, mistake.place.line, mistake.place.column) == ("W315", 16, 24)
    assert mistake.place.end_column == 26 + len(condition)


def test_a_fact_that_is_set_on_other_roads_is_told_with_where_it_is_set() -> None:
    entry = load_text(
        STORY.replace("FACTS", "{noted: You noted it., asked: You asked.}")
        .replace("WAYS", "      - {to: swim, if: noted}")
        .replace("{to: home}", "{to: porch}")
        + "  porch:\n    text:\n      - {if: noted, text: The sheet again.}\n    goto: home\n"
    )

    (mistake,) = prove_entry(entry)[1]

    assert mistake.message == (
        "These lines are never told: their condition never holds. Here 'noted' is never true. "
        "'noted' is set by choice 'office' of 'kitchen', and on no road from there is it still true here."
    )


# ---- one cause, one mistake --------------------------------------------------


def test_two_closed_ways_to_one_ending_are_two_causes_and_the_ending_is_told_once() -> None:
    assert [mistake.code for mistake in with_ways("trust > 7", "trust < 5")] == ["W315", "W316"]


def test_a_fact_that_nothing_sets_hides_the_ways_it_closes() -> None:
    mistakes = with_ways("warned and trust > 5", facts="noted: You noted it., asked: You asked., warned: You warned.")

    assert [mistake.code for mistake in mistakes] == ["W305"]


def test_what_lies_behind_a_closed_way_is_not_told() -> None:
    text = """title: Late again
facts: {noted: You noted it., told: You told her., heard: You heard.}
passages:
  kitchen:
    text: Marcus is in the hall.
    decision:
      ask: What first?
      choices:
        - {id: office, text: See Joy., effects: [{set: [noted]}], goto: hall}
        - {id: wait, text: Wait., goto: hall}
  hall:
    text: [{if: noted, text: The sheet., else: No sheet.}]
    goto: [{to: attic, if: trust > 5}, {to: porch}]
  attic:
    text: [{if: heard, text: You hear it again.}]
    effects: [{set: [told]}]
    decision:
      ask: And now?
      choices:
        - {id: ask, text: Ask., if: trust > 9, effects: [{set: [heard]}], goto: porch}
        - {id: go, text: Go., goto: porch}
  porch:
    text: [{if: heard, text: You remember.}]
    goto: [{to: swim, if: told}, {to: home}]
  home: {text: Joy goes home., ending: {title: Home}}
  swim: {text: Marcus swims., ending: {title: The swim}}
"""

    (mistake,) = prove_entry(load_text(text))[1]

    assert (mistake.code, mistake.place.line) == ("W312", 13)
    assert mistake.message == (
        "The way to 'attic' is never taken: its condition never holds. Here 'trust' is always 5. "
        "So nobody comes to the ending 'swim'."
    )


def test_facts_that_wait_for_each_other_are_told_once() -> None:
    text = STORY.replace("FACTS", "{noted: You noted it., asked: You asked., one: One., two: Two.}").replace(
        "WAYS", "      - {to: swim, if: one and two}"
    )
    circle = "effects: [{set: [one], if: two}, {set: [two], if: one}]"
    entry = load_text(text.replace("  hall:\n", f"  hall:\n    {circle}\n"))

    mistakes = prove_entry(entry)[1]

    assert [(mistake.code, mistake.place.line) for mistake in mistakes] == [("W316", 12)]


def test_an_ending_nobody_comes_to_hides_that_the_others_are_likely() -> None:
    assert [mistake.code for mistake in with_ways("trust > 9")] == ["W315"]


def test_an_unfinished_story_is_not_told_how_likely_its_endings_are_or_that_a_decision_changes_nothing() -> None:
    text = """title: Late again
passages:
  kitchen:
    text: Marcus is in the hall.
    decision:
      ask: What first?
      choices:
        - {id: office, text: See Joy., goto: later}
        - {id: wait, text: Wait., goto: later}
  later: {text: It gets late., todo: What Joy says}
"""

    assert [mistake.code for mistake in prove_entry(load_text(text))[1]] == ["W302"]


def test_a_first_scenario_with_one_ending_has_nothing_to_mend() -> None:
    entry = load_text("title: Late again\npassages:\n  a: {text: Hm., ending: {title: End}}\n")

    assert prove_entry(entry)[1] == ()


# ---- what cannot be said ------------------------------------------------------


@pytest.mark.parametrize("states", [1, 40, 100])
def test_a_bound_that_is_hit_is_told_once_and_nothing_is_told_that_is_not_decided(states: int) -> None:
    for entry in COURSE.entries:
        proof, mistakes = prove_entry(entry, states)

        assert proof is not None
        assert not proof.complete
        (mistake,) = mistakes
        assert (mistake.code, mistake.place.line, mistake.place.column) == ("W321", 1, 1)
        assert mistake.message == (
            f"A player can be in more than {states} different states, and no more were looked at. "
            "What was not seen by then is not decided."
        )


def test_what_was_seen_before_the_bound_is_told_all_the_same() -> None:
    entry = load_file(FOR_MISTAKES / "scenarios" / "nothing-offered.yaml", load_course(FOR_MISTAKES / "course"))

    assert [mistake.code for mistake in prove_entry(entry, 2)[1]] == ["W321", "E203"]


def test_a_file_that_cannot_be_read_has_no_proof_and_its_own_mistakes() -> None:
    entry = load_text("title: Late again\npassages:\n  a: {text: Hm., goto: b}\n")

    assert prove_entry(entry) == (None, entry.mistakes)


def test_a_watcher_is_told_how_far_it_is() -> None:
    seen: list[int] = []

    prove_entry(COURSE.entries[0], watch=seen.append)

    assert seen
    assert seen[0] == 1


# ---- laws ---------------------------------------------------------------------


@pytest.mark.parametrize("entry", COURSE.entries, ids=lambda entry: entry.id)
def test_a_shipped_scenario_is_proved_and_has_nothing_to_mend(entry: object) -> None:
    from game.authoring import Entry

    assert isinstance(entry, Entry)
    proof, mistakes = prove_entry(entry)

    assert mistakes == ()
    assert proof is not None
    assert proof.complete
    assert {claim.verdict for claim in proof.claims} == {"proved"}


TOLD_SOMEHOW = ("way-on", "passage-reached", "choice-offered", "line-shown", "ending-reached", "condition-varies")


@settings(max_examples=200, deadline=None)
@given(scenario_texts())
def test_nothing_that_is_disproved_is_passed_over_and_nothing_is_told_twice(text: str) -> None:
    entry = load_text(text)
    proof, mistakes = prove_entry(entry, 3_000)

    assert proof is not None
    wrong = [claim for claim in proof.claims if claim.verdict == "disproved" and claim.claim in TOLD_SOMEHOW]
    assert not wrong or mistakes
    assert len({(mistake.code, mistake.place) for mistake in mistakes}) == len(mistakes)
    assert set(entry.mistakes) <= set(mistakes)
    stuck = [claim for claim in proof.claims if claim.claim in ("way-on", "ending-in-reach")]
    if any(claim.verdict == "disproved" for claim in stuck):
        assert "error" in {mistake.severity for mistake in mistakes}
    for mistake in mistakes:
        assert render(mistake)
        assert (mistake.place.line, mistake.place.column) <= (mistake.place.end_line, mistake.place.end_column)


@settings(max_examples=60, deadline=None)
@given(scenario_texts(can_stick=False))
def test_a_story_in_which_nobody_can_get_stuck_has_no_errors(text: str) -> None:
    proof, mistakes = prove_entry(load_text(text), 3_000)

    assert proof is not None
    if proof.complete and not any(c.claim == "ending-in-reach" and c.verdict == "disproved" for c in proof.claims):
        assert [mistake for mistake in mistakes if mistake.severity == "error"] == []


@pytest.mark.parametrize("entry", COURSE.entries, ids=lambda entry: entry.id)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_shipped_scenario_with_a_line_lost_is_proved_or_told(entry: object, data: st.DataObject) -> None:
    from game.authoring import Entry

    assert isinstance(entry, Entry)
    lines = entry.path.read_text("utf-8").splitlines(keepends=True)
    place = data.draw(st.integers(0, len(lines) - 1))
    del lines[place : place + data.draw(st.integers(1, 12))]

    changed = load_text("".join(lines), library=COURSE)
    proof, mistakes = prove_entry(changed)

    assert (proof is None) == any(mistake.unreadable for mistake in mistakes)
    assert set(changed.mistakes) <= set(mistakes)
