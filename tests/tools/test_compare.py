"""`check NEW --against OLD`: what moved between two editions, in words and for editors."""

from __future__ import annotations

import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from game.authoring import load_text, prove_entry
from game.storage import Records, Save
from game.story import Story
from game.tools.check import Asked, check
from game.tools.compare import compare, comparison_form, comparison_text
from game.tools.proofs import Proved
from game.training import Attempt
from tests.strategies import scenario_texts

OLD = """title: Late again
passages:
  kitchen:
    text: Marcus is in the hall.
    decision:
      ask: What first?
      choices:
        - {id: office, text: See Joy., scores: {manager: 2}, goto: home}
        - {id: drive, text: Drive Marcus., scores: {leader: 1}, goto: swim}
        - {id: wait, text: Wait., effects: [{change: {trust: -1}}], goto: porch}
  porch:
    text: It rains.
    decision:
      ask: And now?
      choices:
        - {id: out, text: Go out., goto: swim}
        - {id: stay, text: Stay., goto: home}
  home: {text: Joy goes home., ending: {title: Home}}
  swim: {text: Marcus swims., ending: {title: The swim}}
"""

NEW = (
    OLD.replace("{id: stay, text: Stay., goto: home}", "{id: sit, text: Sit down., goto: bus}")
    .replace("effects: [{change: {trust: -1}}]", "effects: [{change: {trust: -2}}]")
    .replace("{id: office, text: See Joy., scores: {manager: 2}, goto: home}", "{id: ask, text: Ask., goto: swim}")
    .replace("  home: {text: Joy goes home., ending: {title: Home}}", "  bus: {text: Noon., ending: {title: The bus}}")
)

NOON = datetime(2025, 6, 3, 12, 0)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course with the new edition in it, and the old one beside."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "scenarios"
    folder.mkdir()
    (folder / "course.yaml").write_text("title: C\n")
    (folder / "late-again.yaml").write_text(NEW)
    (tmp_path / "Old one.yaml").write_text(OLD)
    return folder


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept"


def records(folder: Path) -> Records:
    return Records.open(folder, lambda: NOON)


def keep(folder: Path, *runs: tuple[str, ...], unfinished: tuple[str, ...] = (), scenario: str = "late-again") -> None:
    """Keep finished runs of these choices, and an unfinished one."""
    book = records(folder)
    for number, choices in enumerate(runs):
        book.finish(Attempt(f"{scenario}-{number}", scenario, "old", choices, "home", NOON, NOON), keep=True)
    if unfinished:
        book.keep(Save("begun", scenario, "old", unfinished, 1, NOON, NOON))
    book.close()


def run(*paths: Path, course: Path, kept: Path, **asked: Any) -> tuple[int, str]:
    out = io.StringIO()
    return check(paths, course, Asked(records=lambda: records(kept), **asked), out), out.getvalue()


def against(text: str, old: str = OLD) -> str:
    """What is told of an edition against the old one."""
    return comparison_text(compare(proved(old), proved(text)))


def proved(text: str) -> Proved:
    entry = load_text(text, "late-again")
    return Proved(entry, *prove_entry(entry))


# ---- told ---------------------------------------------------------------------


def test_what_moved_is_told_with_the_runs_that_would_stop_early(course: Path, kept: Path) -> None:
    keep(kept, ("wait", "stay"), ("wait", "out"), ("office",), ("drive",), ("gone",), unfinished=("wait",))
    keep(kept, ("office",), scenario="who-decides")

    code, printed = run(Path("late-again"), course=course, kept=kept, against=Path("Old one.yaml"))

    assert code == 0
    assert printed == (
        "scenarios/late-again.yaml:19:3  W319 ending-too-likely\n"
        "  83.3 % of random play ends here, so the other endings are hard to come by.\n"
        "    19 |   swim: {text: Marcus swims., ending: {title: The swim}}\n"
        "       |   ^^^^\n"
        "\n"
        "late-again: proved over 5 states: nobody gets stuck, 4 roads, 2 endings.\n"
        "\n"
        "scenarios/late-again.yaml against Old one.yaml:\n"
        "  The ending 'home' is gone.\n"
        "  The ending 'bus' is new: 1 road, 16.7 % of random play.\n"
        "  The whole story: manager 0 to 2 → 0; trust 4 to 5 → 3 to 5.\n"
        "  The ending 'swim': random play 50.0 % → 83.3 %; 2 roads → 3 roads; trust 4 to 5 → 3 to 5.\n"
        "  A mistake is new: W319 ending-too-likely, line 19. "
        "83.3 % of random play ends here, so the other endings are hard to come by.\n"
        "  5 runs kept on this computer: 2 would now stop early.\n"
        "    1 run at 'porch', where 'stay' is not offered any more.\n"
        "    1 run at 'kitchen', where 'office' is not offered any more.\n"
        "\n"
        "1 warning in 1 of 1 file.\n"
    )


def test_the_same_edition_moved_nothing(course: Path, kept: Path) -> None:
    keep(kept, ("drive",))

    code, printed = run(Path("late-again"), course=course, kept=kept, against=course / "late-again.yaml")

    assert code == 0
    assert printed.split("\n\n")[2] == (
        "scenarios/late-again.yaml against scenarios/late-again.yaml:\n"
        "  No ending, road, chance or range has moved.\n"
        "  No mistake has come or gone.\n"
        "  1 run kept on this computer: all still go through."
    )


def test_words_alone_move_nothing_but_may_move_mistakes_down() -> None:
    told = against(
        NEW.replace("Marcus is in the hall.", "Marcus stands in the hall.").replace(
            "title: Late again\n", "title: Late again\nsummary: Joy is late.\n"
        ),
        NEW,
    )

    assert told == (
        "late-again.yaml against late-again.yaml:\n"
        "  No ending, road, chance or range has moved.\n"
        "  No mistake has come or gone.\n"
        "  No run of it is kept on this computer."
    )


def test_a_run_that_goes_past_where_the_story_now_ends_is_told(course: Path, kept: Path) -> None:
    ended = OLD.replace("effects: [{change: {trust: -1}}], goto: porch", "goto: home")
    (course / "late-again.yaml").write_text(ended)
    keep(kept, ("wait", "stay"), ("wait", "out"))

    printed = run(Path("late-again"), course=course, kept=kept, against=Path("Old one.yaml"))[1]

    assert "  2 runs kept on this computer: 2 would now stop early.\n" in printed
    assert "    1 run at 'home', where the story now ends.\n" in printed


def test_a_mistake_that_is_mended_is_gone() -> None:
    told = against(OLD, OLD.replace("{id: stay, text: Stay., goto: home}", "{id: stay, text: Stay., goto: porch}"))

    assert "  The whole story: roads without end → 4 roads.\n" in told
    assert "  A mistake is gone: W319 ending-too-likely, line 19. 66.7 % of random play ends here" in told


def test_an_edition_that_cannot_be_read_is_compared_by_its_mistakes() -> None:
    told = against(OLD.replace("goto: porch", "goto: prch"))

    assert told == (
        "late-again.yaml against late-again.yaml:\n"
        "  late-again.yaml cannot be read yet, so their endings cannot be compared.\n"
        "  A mistake is new: E104 unknown-passage, line 10. "
        "'goto' leads to 'prch', and no passage has that name. Did you mean 'porch'?\n"
        "  No run of it is kept on this computer."
    )


# ---- for editors ----------------------------------------------------------------


def test_editors_get_the_comparison_as_a_key_of_its_own(course: Path, kept: Path) -> None:
    keep(kept, ("wait", "stay"), ("office",), ("drive",))

    code, printed = run(Path("late-again"), course=course, kept=kept, against=Path("Old one.yaml"), as_json=True)

    form = json.loads(printed)
    assert code == 0
    assert list(form) == ["format", "files", "against"]
    told = form["against"]
    assert (told["old"], told["new"]) == ("Old one.yaml", "scenarios/late-again.yaml")
    assert told["endings"]["gone"] == ["home"]
    assert told["endings"]["new"]["bus"]["shortest"] == ["wait", "sit"]
    assert told["moved"][0] == {"ending": None, "what": "manager", "before": [0, 2], "after": [0, 0]}
    assert {(one["ending"], one["what"]) for one in told["moved"]} == {
        (None, "manager"),
        (None, "trust"),
        ("swim", "random"),
        ("swim", "routes"),
        ("swim", "trust"),
    }
    assert [mistake["code"] for mistake in told["mistakes"]["new"]] == ["W319"]
    assert told["mistakes"]["gone"] == []
    assert told["runs"] == {
        "kept": 3,
        "stop": [
            {"passage": "porch", "choice": "stay", "ended": False, "runs": 1},
            {"passage": "kitchen", "choice": "office", "ended": False, "runs": 1},
        ],
    }


# ---- what is named ----------------------------------------------------------------


def test_an_older_edition_outside_the_course_has_its_people_and_places(course: Path, kept: Path) -> None:
    (course / "course.yaml").write_text("title: C\npeople: {joy: {name: Joy}}\n")
    (course / "late-again.yaml").write_text(NEW.replace("text: It rains.", "text: [joy: It rains.]"))
    Path("Old one.yaml").write_text(OLD.replace("text: It rains.", "text: [joy: It rains.]"))

    printed = run(Path("late-again"), course=course, kept=kept, against=Path("Old one.yaml"))[1]

    assert "The ending 'home' is gone." in printed


def test_two_scenarios_of_the_course_can_be_compared_by_their_ids(course: Path, kept: Path) -> None:
    (course / "old.yaml").write_text(OLD)

    assert "The ending 'home' is gone." in run(Path("late-again"), course=course, kept=kept, against=Path("old"))[1]


@pytest.mark.parametrize(
    ("paths", "old", "message"),
    [
        ([], "Old one.yaml", "Name one scenario to compare with the one after --against."),
        (["scenarios"], "Old one.yaml", "Name one scenario to compare with the one after --against."),
        (
            ["scenarios/course.yaml"],
            "Old one.yaml",
            "Name one scenario to compare with the one after --against.",
        ),
        (["late-again"], "nobody.yaml", "There is no file or folder nobody.yaml, and no scenario of that name."),
        (["late-again"], "scenarios", "scenarios is not a scenario to compare with."),
        (["late-again"], "scenarios/course.yaml", "scenarios/course.yaml is not a scenario to compare with."),
    ],
)
def test_what_cannot_be_compared_is_wrong_use(
    course: Path, kept: Path, paths: list[str], old: str, message: str
) -> None:
    if paths == ["scenarios"]:
        (course / "second.yaml").write_text(OLD)

    assert run(*map(Path, paths), course=course, kept=kept, against=Path(old)) == (2, f"{message}\n")


def test_comparing_keeps_nothing_and_changes_nothing_that_is_kept(course: Path, kept: Path) -> None:
    run(Path("late-again"), course=course, kept=kept, against=Path("Old one.yaml"))
    assert not kept.exists()

    keep(kept, ("office",), unfinished=("wait",))
    before = (kept / "upstream.db").read_bytes()
    run(Path("late-again"), course=course, kept=kept, against=Path("Old one.yaml"))

    assert (kept / "upstream.db").read_bytes() == before
    book = records(kept)
    assert [attempt.choices for attempt in book.attempts()] == [("office",)]
    save = book.unfinished("late-again")
    assert save is not None
    assert save.choices == ("wait",)
    book.close()


# ---- laws -------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(scenario_texts(), scenario_texts())
def test_any_two_scenarios_can_be_compared_and_the_way_back_is_the_same_turned_round(one: str, other: str) -> None:
    first, second = proved(one), proved(other)
    assert first.entry.scenario is not None
    story, runs = Story.begin(first.entry.scenario), []
    while story.choices and len(runs) < 5:
        story = story.choose(story.choices[-1].id)
        runs.append(story.path)

    there, back = compare(first, second, runs), compare(second, first)

    assert (there.gone, there.arrived) == (back.arrived, back.gone)
    assert (there.went, there.came) == (back.came, back.went)
    assert {(m.ending, m.what, m.before, m.after) for m in there.moved} == {
        (m.ending, m.what, m.after, m.before) for m in back.moved
    }
    assert there.runs == len(runs)
    assert sum(stop.runs for stop in there.stops) <= there.runs
    assert comparison_text(there)
    assert json.loads(json.dumps(comparison_form(there)))


@settings(max_examples=30, deadline=None)
@given(scenario_texts())
def test_a_scenario_against_itself_moved_nothing(text: str) -> None:
    same = compare(proved(text), proved(text))

    assert (same.gone, same.arrived, same.moved, same.went, same.came) == ((), (), (), (), ())
