"""A new scenario: what is written, what is said, and that nothing there is ever lost."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.app import main
from game.authoring import load_course, load_file, load_text, new_scenario_text, right_id
from game.authoring.reading import measure, words
from game.story import Line, Scenario, Story, Text, prove
from game.tools.new import new_scenario

SHIPPED: Final = Path(__file__).parents[2] / "scenarios"


def made(folder: Path, id: str = "late-for-tea", **options: str) -> tuple[int, str]:
    """The exit code, and what was said."""
    out = io.StringIO()
    return new_scenario(id, folder, out, **options), out.getvalue()


def template() -> Scenario:
    """The scenario of a fresh file, as loaded outside any course."""
    scenario = load_text(new_scenario_text("late-for-tea", ["trust"])).scenario
    assert scenario is not None
    return scenario


def test_a_new_scenario_has_no_mistake_and_no_warning(tmp_path: Path) -> None:
    code, _ = made(tmp_path)

    assert code == 0
    assert load_file(tmp_path / "late-for-tea.yaml").mistakes == ()


def test_the_strictest_check_has_nothing_to_say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made(tmp_path)

    assert main(["check", "--strict", str(tmp_path / "late-for-tea.yaml")]) == 0, capsys.readouterr().out


def test_what_to_do_next_is_said(tmp_path: Path) -> None:
    path = tmp_path / "late-for-tea.yaml"

    assert made(tmp_path, command="python main.py")[1] == (
        f"The scenario is written: {path}. Open it in a text editor, and beside it play it:\n"
        f"  python main.py play {path}\n"
        "Each time you save, the story follows. To see what to mend:\n"
        f"  python main.py check {path}\n"
    )


def test_in_a_course_the_command_to_play_it_names_the_course(tmp_path: Path) -> None:
    folder = tmp_path / "Time for tea"
    folder.mkdir()
    (folder / "course.yaml").write_text("meters: {calm: {label: Calm}}\n", "utf-8")

    _, said = made(folder)

    path = folder / "late-for-tea.yaml"
    assert f'\n  upstream play "{path}" --course "{folder}"\n' in said
    assert f'\n  upstream check "{path}"\n' in said


def test_its_title_is_made_of_its_id(tmp_path: Path) -> None:
    made(tmp_path, "who-makes_the-tea")

    entry = load_file(tmp_path / "who-makes_the-tea.yaml")
    assert entry.scenario is not None
    assert entry.scenario.title == "Who makes the tea"


@pytest.mark.parametrize("id", ["no", "null", "yes", "on", "e1", "y", "a"])
def test_words_that_mean_something_to_yaml_make_a_scenario_too(tmp_path: Path, id: str) -> None:
    made(tmp_path, id)

    assert load_file(tmp_path / f"{id}.yaml").mistakes == ()


def test_every_run_comes_to_an_ending() -> None:
    proof = prove(template(), 1000)

    assert proof.complete
    assert {claim.verdict for claim in proof.claims} == {"proved"}
    assert len(proof.endings) == 3


def test_it_teaches_what_a_scenario_can_do() -> None:
    scenario = template()
    choices = [choice for one in scenario.passages.values() if one.decision for choice in one.decision.choices]
    effects = [effect for choice in choices for effect in choice.effects]
    endings = [one.ending for one in scenario.passages.values() if one.ending]

    assert all(choice.why and choice.scores and choice.debrief.opened and choice.debrief.closed for choice in choices)
    assert any(effect.set for effect in effects)
    assert any(effect.change and effect.because for effect in effects)
    assert all(ending.happened.person and ending.happened.team for ending in endings)
    assert scenario.debrief.questions
    assert scenario.debrief.one_thing


def test_its_own_dilemma_gives_nothing_away() -> None:
    choices = Story.begin(template()).choices
    lengths = [len(words(choice.text)) for choice in choices]

    assert len(choices) == 3
    assert max(lengths) - min(lengths) <= 1
    assert {(choice.scores.manager, choice.scores.leader) for choice in choices} == {(2, 0), (1, 1), (0, 2)}


def test_its_notes_say_what_each_part_is() -> None:
    text = new_scenario_text("late-for-tea", ["trust"])
    notes = " ".join(line.partition("#")[2] for line in text.splitlines())

    for part in ("a passage:", "id", "decision", "choice", "role", "a decent person", "facts, and meters with a reason",
                 "the story remembers", "whose condition holds", "what became of people"):  # fmt: skip
        assert part in notes


def test_its_notes_and_its_story_are_easy_to_read() -> None:
    text = new_scenario_text("late-for-tea", ["trust"])
    lines = [line for one in template().passages.values() for line in told(one.text)]
    notes = [line.partition("#")[2] for line in text.splitlines() if "#" in line]

    assert measure(lines).grade <= 6
    assert measure(notes).grade <= 6


def told(text: Text) -> list[str]:
    """Every line of a text, those under a condition too."""
    lines: list[str] = []
    for line in text:
        lines += [line.text] if isinstance(line, Line) else told((*line.then, *line.otherwise))
    return lines


def test_it_fits_the_shipped_course_and_any_other() -> None:
    shipped = load_course(SHIPPED)

    assert load_text(new_scenario_text("tea", shipped.course.meters), "tea", shipped).mistakes == ()
    assert load_text(new_scenario_text("tea")).mistakes == ()


def test_in_a_course_with_other_meters_it_moves_one_of_those(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text("meters: {calm: {label: Calm}}\n", "utf-8")

    made(tmp_path)

    [entry] = load_course(tmp_path).entries
    assert entry.mistakes == ()
    assert "{change: {calm: +1}, because: Ana saw you take the dull half.}" in entry.path.read_text("utf-8")


def test_in_a_course_with_arcs_it_says_where_to_name_it(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text("arcs: [{title: The day job, scenarios: []}]\n", "utf-8")

    code, said = made(tmp_path)

    assert code == 0
    assert said.endswith("\nTo give it a place in the course, add late-for-tea to an arc in course.yaml.\n")


# ids


@pytest.mark.parametrize(
    ("id", "better"),
    [
        ("Late Again!", "late-again"),
        ("late again", "late-again"),
        ("late-again.yaml", "late-again"),
        ("stories/late-again", "late-again"),
        ("Café Été", "cafe-ete"),
        ("Mo's walk", "mos-walk"),
        ("42", "story-42"),
        ("not", "not-story"),
        ("course", "course-story"),
        ("Workshop", "workshop-story"),
        ("con", "con-story"),
        ("日本", "my-scenario"),
        ("", "my-scenario"),
        ("../escape", "escape"),
    ],
)
def test_a_bad_id_is_told_with_a_right_one(tmp_path: Path, id: str, better: str) -> None:
    code, said = made(tmp_path, id)

    assert code == 2
    assert said == (
        f"'{id}' cannot be a scenario's id. An id has small letters, digits and -, begins with a letter, "
        f"and is no name that Upstream needs itself. Take, for one: {better}\n"
    )
    assert list(tmp_path.iterdir()) == []


@given(st.text(max_size=80))
def test_what_is_offered_in_place_of_any_id_can_be_one(name: str) -> None:
    better = right_id(name)

    assert right_id(better) == better
    assert load_text(new_scenario_text(better), better).mistakes == ()


# files


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "late-for-tea.yaml"
    path.write_text("title: My own\n", "utf-8")

    code, said = made(tmp_path)

    assert code == 1
    assert said == f"There is a file {path} already. It stays as it is: take another id, or move the file.\n"
    assert path.read_text("utf-8") == "title: My own\n"


def test_the_same_name_with_the_other_ending_is_taken_too(tmp_path: Path) -> None:
    (tmp_path / "late-for-tea.yml").write_text("title: My own\n", "utf-8")

    assert made(tmp_path)[0] == 1
    assert not (tmp_path / "late-for-tea.yaml").exists()


def test_a_link_that_leads_nowhere_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "late-for-tea.yaml").symlink_to(tmp_path / "elsewhere.yaml")

    assert made(tmp_path)[0] == 1
    assert not (tmp_path / "elsewhere.yaml").exists()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    code, said = made(tmp_path / "nowhere")

    assert code == 2
    assert said == f"There is no folder '{tmp_path / 'nowhere'}'.\n"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder in which nobody can make a file")
def test_what_the_disk_refuses_is_told() -> None:
    code, said = made(Path("/proc"))

    assert code == 2
    assert said.startswith("/proc/late-for-tea.yaml could not be written: ")


# the schema


def first_line(folder: Path) -> str:
    return (folder / "late-for-tea.yaml").read_text("utf-8").splitlines()[0]


def test_without_a_schema_there_is_no_line_for_one(tmp_path: Path) -> None:
    made(tmp_path)

    assert "yaml-language-server" not in (tmp_path / "late-for-tea.yaml").read_text("utf-8")


def test_a_schema_beside_it_is_named_in_the_first_line(tmp_path: Path) -> None:
    (tmp_path / "scenario.schema.json").write_text("{}", "utf-8")

    made(tmp_path)

    assert first_line(tmp_path) == "# yaml-language-server: $schema=scenario.schema.json"
    assert load_file(tmp_path / "late-for-tea.yaml").mistakes == ()


def test_a_schema_that_is_given_is_named_as_seen_from_the_scenario(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "course").mkdir()
    monkeypatch.chdir(tmp_path)

    made(Path("course"), schema="scenario.schema.json")

    assert first_line(tmp_path / "course") == "# yaml-language-server: $schema=../scenario.schema.json"


def test_the_address_of_a_schema_stays_as_it_is(tmp_path: Path) -> None:
    made(tmp_path, schema="https://example.org/scenario.schema.json")

    assert first_line(tmp_path) == "# yaml-language-server: $schema=https://example.org/scenario.schema.json"
