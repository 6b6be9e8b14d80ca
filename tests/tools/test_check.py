"""The `check` command: what it prints for people and for editors, and its exit codes."""

from __future__ import annotations

import io
import json
import signal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.authoring import load_course, prove_entry
from game.story import Story
from game.tools.check import Asked, check
from game.tools.progress import Progress
from tests.strategies import scenario_texts

GOOD = "title: Late again\npassages:\n  a:\n    text: Hm.\n    ending: {title: End}\n"
BAD = GOOD.replace("ending:", "goto: b\n    endign:")
ODD = GOOD + "  b: {text: Nobody comes here., ending: {title: Never}}\n"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "scenarios"
    folder.mkdir()
    (folder / "course.yaml").write_text("title: C\nsource: notes.yaml\n")
    (folder / "notes.yaml").write_text(
        "ideas:\n  AB-1:\n    name: ask\n    says: Ask.\n    quotes:\n      AB-1a: {text: Ask them why.}\n"
    )
    (folder / "late-again.yaml").write_text(GOOD)
    return folder


def run(*paths: Path, course: Path, **asked: Any) -> tuple[int, str]:
    out = io.StringIO()
    code = check(paths, course, Asked(**asked), out)
    return code, out.getvalue()


PROVED = "late-again: proved over 1 state: nobody gets stuck, 1 road, 1 ending.\n"


def test_a_course_without_mistakes_says_so(course: Path) -> None:
    assert run(course=course) == (0, f"{PROVED}\n3 files, no mistakes.\n")


def test_a_single_file_without_mistakes_says_so(course: Path) -> None:
    assert run(course / "late-again.yaml", course=course) == (0, f"{PROVED}\n1 file, no mistakes.\n")


def test_mistakes_are_told_file_by_file_with_a_closing_count(course: Path) -> None:
    (course / "late-again.yaml").write_text(BAD)
    (course / "the-visit.yaml").write_text(ODD)

    code, printed = run(course=course)

    assert code == 1
    assert printed == (
        "scenarios/late-again.yaml:5:11  E104 unknown-passage\n"
        "  'goto' leads to 'b', and no passage has that name.\n"
        "     5 |     goto: b\n"
        "       |           ^\n"
        "\n"
        "scenarios/late-again.yaml:6:5  E101 unknown-field\n"
        "  A passage has no field 'endign'. Did you mean 'ending'?\n"
        "     6 |     endign: {title: End}\n"
        "       |     ^^^^^^\n"
        "\n"
        "scenarios/the-visit.yaml:6:3  W301 unreached-passage\n"
        "  Nothing leads to passage 'b', so nobody can get there.\n"
        "     6 |   b: {text: Nobody comes here., ending: {title: Never}}\n"
        "       |   ^\n"
        "\n"
        "late-again: not proved, because it cannot be read yet.\n"
        "the-visit: proved over 1 state: nobody gets stuck, 1 road, 1 of 2 endings.\n"
        "\n"
        "2 errors and 1 warning in 2 of 4 files.\n"
    )


def test_a_warning_alone_is_well_unless_strict(course: Path) -> None:
    (course / "the-visit.yaml").write_text(ODD)

    code, printed = run(course=course)

    assert code == 0
    assert printed.endswith("\n1 warning in 1 of 4 files.\n")
    assert run(course=course, strict=True)[0] == 1


def test_a_story_in_which_a_player_gets_stuck_is_an_error(course: Path) -> None:
    (course / "late-again.yaml").write_text("title: Round\npassages:\n  a: {text: Hm., goto: a}\n")

    code, printed = run(course=course)

    assert code == 1
    assert "E202 endless-goto" in printed


def test_editors_get_one_object_with_the_keys_they_were_promised(course: Path) -> None:
    (course / "late-again.yaml").write_text(GOOD.replace("ending", "endign"))

    code, printed = run(course=course, as_json=True)

    assert code == 1
    assert json.loads(printed) == {
        "format": 1,
        "files": [
            {"file": "scenarios/course.yaml", "scenario": None, "mistakes": [], "proof": None},
            {"file": "scenarios/notes.yaml", "scenario": None, "mistakes": [], "proof": None},
            {
                "file": "scenarios/late-again.yaml",
                "scenario": "late-again",
                "mistakes": [
                    {
                        "code": "E101",
                        "rule": "unknown-field",
                        "severity": "error",
                        "line": 5,
                        "column": 5,
                        "end_line": 5,
                        "end_column": 11,
                        "message": "A passage has no field 'endign'. Did you mean 'ending'?",
                        "suggestion": "ending",
                    }
                ],
                "proof": None,
            },
        ],
    }


def test_a_file_in_the_course_is_checked_with_its_course_and_a_loose_one_with_the_defaults(
    course: Path, tmp_path: Path
) -> None:
    citing = GOOD + "debrief: {quotes: [AB-1a]}\n"
    (course / "late-again.yaml").write_text(citing)
    (tmp_path / "loose.yaml").write_text(citing)

    code, printed = run(course / "late-again.yaml", tmp_path / "loose.yaml", course=course)

    assert code == 0
    assert "scenarios/late-again.yaml" not in printed
    assert "loose.yaml:6:20  W310 not-looked-up" in printed
    assert printed.endswith("1 warning in 1 of 2 files.\n")
    assert printed.count("nobody gets stuck") == 2


def test_a_file_in_another_course_is_checked_with_that_one(course: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "course.yaml").write_text("people: {sam: {name: Sam}}\n")
    (other / "hello.yaml").write_text(GOOD.replace("text: Hm.", "text:\n      - sam: Hm."))

    assert run(other / "hello.yaml", course=course) == (
        0,
        "hello: proved over 1 state: nobody gets stuck, 1 road, 1 ending.\n\n1 file, no mistakes.\n",
    )


def test_the_course_file_can_be_checked_by_itself(course: Path) -> None:
    (course / "course.yaml").write_text("titel: C\n")

    code, printed = run(course / "course.yaml", course=course)

    assert code == 1
    assert "scenarios/course.yaml:1:1  E101 unknown-field" in printed


def test_a_folder_is_checked_as_a_course(course: Path, tmp_path: Path) -> None:
    assert run(course, course=tmp_path) == (0, f"{PROVED}\n3 files, no mistakes.\n")


def test_a_file_named_twice_is_told_once(course: Path) -> None:
    path = course / "late-again.yaml"

    assert run(path, path, course=course) == (0, f"{PROVED}\n1 file, no mistakes.\n")


def test_a_name_that_is_not_there_is_wrong_use(course: Path) -> None:
    code, printed = run(Path("nobody.yaml"), course=course)

    assert code == 2
    assert printed == "There is no file or folder nobody.yaml, and no scenario of that name.\n"


def test_a_course_folder_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    code, printed = run(course=Path("nowhere"))

    assert code == 2
    assert printed == "There is no file or folder nowhere, and no scenario of that name.\n"


def test_quotations_are_compared_with_the_source_text(course: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("Ask them\nwhy.")
    assert run(course=course, source=notes) == (0, f"{PROVED}\n3 files, no mistakes.\n")

    notes.write_text("Ask them when.")
    code, printed = run(course=course, source=notes)

    assert code == 1
    assert printed.startswith(
        "scenarios/notes.yaml:6:7  E135 quotation-differs\n"
        "  The words of 'AB-1a' are not in the source text. Copy them from it, word for word.\n"
    )


def test_a_source_text_that_cannot_be_read_is_wrong_use(course: Path, tmp_path: Path) -> None:
    code, printed = run(course=course, source=tmp_path / "nobody.txt")

    assert code == 2
    assert printed.startswith("The source text ")
    assert printed.endswith(" cannot be read: No such file or directory.\n")


def test_a_source_text_without_a_source_is_wrong_use(course: Path, tmp_path: Path) -> None:
    (course / "course.yaml").write_text("title: C\n")
    (tmp_path / "notes.txt").write_text("Ask.")

    code, printed = run(course=course, source=tmp_path / "notes.txt")

    assert code == 2
    assert printed == "The course in scenarios has no source to compare with the text.\n"


# ---- proofs -----------------------------------------------------------------

SHIPPED = Path(__file__).parents[2] / "scenarios"

FORK = """title: Late again
passages:
  kitchen:
    text: Marcus is in the hall.
    decision:
      ask: What first?
      choices:
        - {id: office, text: See Joy., scores: {manager: 2}, effects: [{change: {trust: -1}}], goto: home}
        - {id: drive, text: Drive Marcus., scores: {leader: 1}, goto: swim}
        - {id: wait, text: Wait., goto: home}
  home:
    text: [Joy goes home., {if: trust < 5, text: She says nothing., else: She says goodbye.}]
    goto: end
  end: {text: Good night., ending: {title: Home}}
  swim: {text: Marcus swims., ending: {title: The swim}}
"""


def test_the_shipped_course_is_proved_has_nothing_to_mend_and_says_so_in_a_line_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(SHIPPED.parent)

    code, printed = run(course=SHIPPED, strict=True)

    assert code == 0
    assert printed == (
        "late-again: proved over 121 states: nobody gets stuck, 81 roads, 4 endings.\n"
        "who-decides: proved over 172 states: nobody gets stuck, 115 roads, 5 endings.\n"
        "the-visit: proved over 121 states: nobody gets stuck, 81 roads, 5 endings.\n"
        "\n"
        "5 files, no mistakes.\n"
    )


def test_the_table_shows_every_ending_with_its_roads_chance_and_ranges(course: Path) -> None:
    (course / "late-again.yaml").write_text(FORK)

    code, printed = run(Path("late-again"), course=course, table=True)

    assert code == 0
    assert printed == (
        "scenarios/late-again.yaml:14:3  W319 ending-too-likely\n"
        "  66.7 % of random play ends here, so the other endings are hard to come by.\n"
        "    14 |   end: {text: Good night., ending: {title: Home}}\n"
        "       |   ^^^\n"
        "\n"
        "late-again: proved over 4 states: nobody gets stuck, 3 roads, 2 endings.\n"
        "  ending    roads  random  manager  leader   trust  patience  quality\n"
        "  end           2  66.7 %   0 to 2       0  4 to 5         5        5\n"
        "  swim          1  33.3 %        0       1       5         5        5\n"
        "  anywhere      3           0 to 2  0 to 1  4 to 5         5        5\n"
        "  A shortest road to each:\n"
        "  end: office\n"
        "  swim: drive\n"
        "\n"
        "1 warning in 1 of 1 file.\n"
    )


def test_a_story_that_goes_round_has_roads_without_end(course: Path) -> None:
    (course / "late-again.yaml").write_text(FORK.replace("text: Wait., goto: home", "text: Wait., goto: kitchen"))

    printed = run(Path("late-again"), course=course, table=True)[1]

    assert "late-again: proved over 3 states: nobody gets stuck, roads without end, 2 endings.\n" in printed
    assert "  end       no end  50.0 %" in printed


@pytest.mark.parametrize(
    ("ways", "line"),
    [
        ("goto: [{to: hall, if: trust < 5}, {to: end}]", "a player can get stuck, 2 roads, 2 endings"),
        ("goto: hall", "a player can get stuck, 1 road, 1 of 2 endings"),
    ],
)
def test_the_line_says_where_a_player_can_get_stuck(course: Path, ways: str, line: str) -> None:
    hall = "  hall: {text: The hall., goto: hall}\n"
    (course / "late-again.yaml").write_text(
        FORK.replace("    goto: end\n", f"    {ways}\n").replace("  end:", hall + "  end:")
    )

    assert f": {line}.\n" in run(Path("late-again"), course=course)[1]


def test_the_line_says_where_a_player_can_go_round_without_end(course: Path) -> None:
    choices = "[{id: a, text: A, goto: hall}, {id: b, text: B, goto: hall}]"
    hall = f"  hall: {{text: Hm., decision: {{ask: And?, choices: {choices}}}}}"
    (course / "late-again.yaml").write_text(
        FORK.replace("goto: swim}", "goto: hall}").replace("  swim:", f"{hall}\n  swim:")
    )

    code, printed = run(Path("late-again"), course=course)

    assert code == 1
    assert "E204 no-ending-ahead" in printed
    assert "late-again: proved over 4 states: a player can go round without end, 2 roads, 1 of 2 endings.\n" in printed


def test_a_bound_that_is_hit_is_a_warning_and_the_line_says_how_far_it_came(course: Path) -> None:
    (course / "late-again.yaml").write_text(FORK)

    code, printed = run(Path("late-again"), course=course, states=1)

    assert code == 0
    assert printed == (
        "scenarios/late-again.yaml:1:1  W321 not-all-proved\n"
        "  A player can be in more than 1 different states, and no more were looked at. "
        "What was not seen by then is not decided.\n"
        "     1 | title: Late again\n"
        "       | ^\n"
        "\n"
        "late-again: more than 1 states, so not all is proved: 2 endings so far.\n"
        "\n"
        "1 warning in 1 of 1 file.\n"
    )
    assert run(Path("late-again"), course=course, states=1, strict=True)[0] == 1


def as_json(course: Path, *paths: Path, **asked: Any) -> dict[str, Any]:
    form = json.loads(run(*paths, course=course, as_json=True, **asked)[1])
    assert isinstance(form, dict)
    return form


def test_editors_get_the_proof_with_the_keys_they_were_promised(course: Path) -> None:
    (course / "late-again.yaml").write_text(FORK)

    form = as_json(course, Path("late-again"))

    assert form["format"] == 1
    assert list(form) == ["format", "files"]
    (file,) = form["files"]
    assert list(file) == ["file", "scenario", "mistakes", "proof"]
    assert [mistake["code"] for mistake in file["mistakes"]] == ["W319"]
    proof = file["proof"]
    assert proof.pop("claims")[:3] == [
        {"claim": "way-on", "about": "kitchen", "verdict": "proved", "choices": None},
        {"claim": "way-on", "about": "home", "verdict": "proved", "choices": None},
        {"claim": "passage-reached", "about": "kitchen", "verdict": "proved", "choices": []},
    ]
    ends = [proof["endings"][id].pop("random") for id in ("end", "swim")]
    assert ends == pytest.approx([2 / 3, 1 / 3], abs=1e-9)
    assert proof == {
        "complete": True,
        "states": 4,
        "routes": 3,
        "endings": {
            "end": {
                "routes": 2,
                "shortest": ["office"],
                "manager": [0, 2],
                "leader": [0, 0],
                "meters": {"trust": [4, 5], "patience": [5, 5], "quality": [5, 5]},
            },
            "swim": {
                "routes": 1,
                "shortest": ["drive"],
                "manager": [0, 0],
                "leader": [1, 1],
                "meters": {"trust": [5, 5], "patience": [5, 5], "quality": [5, 5]},
            },
        },
        "manager": [0, 2],
        "leader": [0, 1],
        "meters": {"trust": [4, 5], "patience": [5, 5], "quality": [5, 5]},
    }


CLAIMS = {
    "way-on": ["kitchen", "home"],
    "passage-reached": ["kitchen", "home", "end", "swim"],
    "choice-offered": ["kitchen.office", "kitchen.drive", "kitchen.wait"],
    "line-shown": ["home:12:50", "home:12:75"],
    "ending-reached": ["end", "swim"],
    "condition-varies": ["home:12:33"],
    "decision-matters": ["kitchen"],
    "ending-in-reach": ["kitchen"],
}


def test_every_kind_of_claim_is_told_of_everything_it_is_about(course: Path) -> None:
    (course / "late-again.yaml").write_text(FORK)

    claims = as_json(course, Path("late-again"))["files"][0]["proof"]["claims"]

    assert {kind: [one["about"] for one in claims if one["claim"] == kind] for kind in CLAIMS} == CLAIMS
    assert all(list(one) == ["claim", "about", "verdict", "choices"] for one in claims)
    for one in claims:
        existence = one["claim"].endswith(("-reached", "-offered", "-shown"))
        assert (one["choices"] is not None) == (existence and one["verdict"] == "proved")


def test_lists_of_choices_in_the_shipped_course_replay_in_the_game() -> None:
    form = as_json(SHIPPED)
    library = load_course(SHIPPED)
    proved = {file["scenario"]: file["proof"] for file in form["files"] if file["scenario"]}

    assert [file["proof"] for file in form["files"] if not file["scenario"]] == [None, None]
    for entry in library.entries:
        assert entry.scenario is not None
        for claim in proved[entry.id]["claims"]:
            if claim["choices"] is not None:
                assert Story.replay(entry.scenario, claim["choices"]).path == tuple(claim["choices"])
        for id, ending in proved[entry.id]["endings"].items():
            assert Story.replay(entry.scenario, ending["shortest"]).passage.id == id
        assert sum(ending["random"] for ending in proved[entry.id]["endings"].values()) == pytest.approx(1, abs=1e-9)


def test_what_has_no_end_is_null_and_what_is_not_decided_has_no_numbers(course: Path) -> None:
    round_and_round = "text: Wait., scores: {leader: 1}, goto: kitchen"
    (course / "late-again.yaml").write_text(FORK.replace("text: Wait., goto: home", round_and_round))

    proof = as_json(course, Path("late-again"))["files"][0]["proof"]
    cut = as_json(course, Path("late-again"), states=1)["files"][0]["proof"]

    assert (proof["routes"], proof["endings"]["swim"]["routes"]) == (None, None)
    assert (proof["manager"], proof["leader"]) == ([0, 2], [0, None])
    assert cut["complete"] is False
    assert (cut["routes"], cut["manager"], cut["meters"]["trust"]) == (None, [None, None], [None, None])
    assert cut["endings"]["swim"]["random"] is None
    assert "not decided" in {claim["verdict"] for claim in cut["claims"]}


def row_of(decisions: int) -> str:
    """A story of so many decisions in a row, with two choices each."""
    passages = "".join(
        f"  p{number}: {{text: Hm., decision: {{ask: And?, choices: [{{id: a, text: A, goto: p{number + 1}}}, "
        f"{{id: b, text: B, goto: p{number + 1}}}]}}}}\n"
        for number in range(decisions)
    )
    return f"title: Row\npassages:\n{passages}  p{decisions}: {{text: End., ending: {{title: End}}}}\n"


@pytest.mark.parametrize(
    ("decisions", "routes", "told"),
    [
        (53, 2**53, "about 10^15 roads"),
        (54, str(2**54), "about 10^16 roads"),
        (400, str(2**400), "about 10^120 roads"),
    ],
)
def test_more_roads_than_a_float_can_count_are_a_string_of_digits(
    course: Path, decisions: int, routes: object, told: str
) -> None:
    (course / "late-again.yaml").write_text(row_of(decisions))

    proof = as_json(course, Path("late-again"))["files"][0]["proof"]

    assert proof["routes"] == routes
    assert proof["endings"][f"p{decisions}"]["routes"] == routes
    assert f"nobody gets stuck, {told}, 1 ending.\n" in run(Path("late-again"), course=course)[1]


def test_a_scenario_can_be_named_by_its_id(course: Path) -> None:
    assert run(Path("late-again"), course=course) == (0, f"{PROVED}\n1 file, no mistakes.\n")


# ---- waiting ------------------------------------------------------------------

LARGE = """title: Large
meters: {a: {label: A, max: 900, start: 0}, b: {label: B, max: 900, start: 0}, c: {label: C, max: 900, start: 0}}
passages:
  hall:
    text: Hm.
    decision:
      ask: What first?
      choices:
        - {id: a, text: A, effects: [{change: {a: +1}}], goto: hall}
        - {id: b, text: B, effects: [{change: {b: +1}}], goto: hall}
        - {id: c, text: C, effects: [{change: {c: +1}}], goto: hall}
        - {id: on, text: On, goto: home}
  home: {text: Home., ending: {title: Home}}
"""


class Terminal(io.StringIO):
    """What is written to a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_long_proof_shows_how_far_it_is_after_a_second_and_wipes_it() -> None:
    terminal, seconds = Terminal(), iter([0.0, 0.5, 1.2, 1.25, 1.5])
    progress = Progress("late-again", 2_000_000, terminal, lambda: next(seconds))

    for states in (1, 4_097, 409_600, 1_000_000):
        progress.watch(states)
    progress.wipe()

    assert terminal.getvalue().split("\r") == [
        "",
        "late-again  [....................]  4,097 of at most 2,000,000 states",
        "late-again  [##########..........]  1,000,000 of at most 2,000,000 states",
        " " * 73,
        "",
    ]


class Impatient(Terminal):
    """A terminal at which someone presses Ctrl-C when the bar comes."""

    def write(self, text: str) -> int:
        if not self.getvalue():
            super().write(text)
            signal.raise_signal(signal.SIGINT)
        return super().write(text)


def test_who_interrupts_is_told_what_is_known_by_then(course: Path) -> None:
    (course / "large.yaml").write_text(LARGE)
    out, terminal = io.StringIO(), Impatient()

    code = check([Path("late-again"), Path("large"), course], course, Asked(), out, progress=terminal)

    assert code == 130
    assert "large  [" in terminal.getvalue()
    first, stopped, _, closing, _, last = out.getvalue().splitlines()
    assert first == "late-again: proved over 1 state: nobody gets stuck, 1 road, 1 ending."
    assert stopped.startswith("large: stopped after ")
    assert stopped.endswith(" states, so not all is proved: 1 ending so far.")
    assert (closing, last) == ("2 files, no mistakes.", "Interrupted: what is known so far is above.")


def test_who_interrupts_gets_a_whole_object_too(course: Path) -> None:
    (course / "late-again.yaml").write_text(LARGE)
    out = io.StringIO()

    assert check([Path("late-again")], course, Asked(as_json=True), out, progress=Impatient()) == 130

    proof = json.loads(out.getvalue())["files"][0]["proof"]
    assert proof["complete"] is False
    assert proof["states"] > 1_000


def test_nothing_is_shown_of_a_short_proof_or_away_from_a_terminal(course: Path) -> None:
    terminal, file = Terminal(), io.StringIO()
    seconds = iter([0.0, 5.0, 6.0])
    away = Progress("late-again", 100, file, lambda: next(seconds))
    away.watch(50)
    away.wipe()

    assert check([], course, Asked(), io.StringIO(), progress=terminal) == 0
    assert (terminal.getvalue(), file.getvalue()) == ("", "")


# ---- laws -----------------------------------------------------------------------


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(text=scenario_texts(), states=st.sampled_from([1, 7, 500]))
def test_any_scenario_is_checked_in_both_forms(course: Path, text: str, states: int) -> None:
    (course / "late-again.yaml").write_text(text, encoding="utf-8", newline="\n")

    code, printed = run(Path("late-again"), course=course, states=states, table=True)
    form = as_json(course, Path("late-again"), states=states)

    entry = load_course(course).entry("late-again")
    assert entry is not None
    assert code == int(any(mistake.severity == "error" for mistake in prove_entry(entry, states)[1]))
    assert printed.endswith((" of 1 file.\n", "1 file, no mistakes.\n"))
    (file,) = form["files"]
    assert len(file["mistakes"]) == len(prove_entry(entry, states)[1])
    assert file["proof"]["states"] >= 1


# ---- craft --------------------------------------------------------------------


SHIPPED = Path(__file__).resolve().parents[2] / "scenarios"


def test_the_craft_report_of_one_scenario_stands_below_its_proof() -> None:
    code, printed = run(Path("late-again"), course=SHIPPED, craft=True)
    assert code == 0
    assert printed.index("late-again: proved over 121 states") < printed.index("Craft of “Late again”")
    assert "A8  Options are short and not too short              words: 12 to 15" in printed
    assert printed.endswith("1 file, no mistakes.\n")


def test_editors_get_the_craft_report_of_the_whole_course() -> None:
    form = json.loads(run(course=SHIPPED, craft=True, as_json=True)[1])
    figures = {figure["figure"]: figure["verdict"] for figure in form["craft"][0]["figures"]}
    assert figures["A1"] == "met"
    assert figures["R4"] == "missed"
