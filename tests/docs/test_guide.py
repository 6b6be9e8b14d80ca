"""The author's guide holds: every block runs, every table is up to date, every link leads somewhere."""

from __future__ import annotations

import io
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest

from game.app import main
from game.authoring import CODES, Library, compare_quotations, load_course, load_text, prove_entry, render
from game.authoring.reading import measure, sentences, words
from game.story import Line, Scenario, Text, prove
from game.tools.new import new_scenario

from . import guide
from .guide import Block
from .making import COMMAND, GUIDE, fields
from .making import guide as made

ABOUT_THE_FRAME: Final = {"W301", "W303", "W304", "W305", "W307"} | {f"W3{number}" for number in range(12, 22)}
"""Warnings about the scenario that a part is put into, and not about the part."""

ALL: Final = guide.blocks()
YAML: Final = guide.blocks("yaml")
PARTS: Final = [block for block in YAML if block.place and block.place not in ("a source", "a course")]
WHOLE: Final = [block for block in YAML if block.claim.startswith("scenario")]
FILES: Final = [block for block in YAML if block.claim.startswith("file: ")]
SOURCES: Final = [block for block in YAML if block.place == "a source"]


def printed(block: Block, library: Library) -> tuple[set[str], str]:
    """The codes of what is wrong with a block, and how it is printed."""
    if block in WHOLE:
        entry, about_the_frame = load_text(block.body, "late-again"), set[str]()
    else:
        whole = guide.whole_scenario(block.body, block.place)
        entry, about_the_frame = load_text(whole, "late-again", library), ABOUT_THE_FRAME
    mistakes = [one for one in prove_entry(entry)[1] if one.code not in about_the_frame]
    return {one.code for one in mistakes}, "\n\n".join(render(one) for one in mistakes) + "\n"


def test_every_block_of_yaml_says_what_it_is() -> None:
    unsaid = [str(block) for block in YAML if block not in [*PARTS, *WHOLE, *FILES, *SOURCES]]

    assert not unsaid
    assert len(PARTS) > 20
    assert len(WHOLE) >= 3


@pytest.mark.parametrize("block", [*PARTS, *WHOLE], ids=str)
def test_a_block_has_just_the_mistakes_that_it_shows(block: Block, library: Library) -> None:
    codes, told = printed(block, library)

    assert codes == block.gives, told


@pytest.mark.parametrize(("before", "block"), [pair for pair in pairwise(ALL) if pair[1].claim == "printed"], ids=str)
def test_what_the_guide_says_is_printed_is_printed(before: Block, block: Block, library: Library) -> None:
    assert printed(before, library)[1] == block.body


@pytest.mark.parametrize("block", WHOLE, ids=str)
def test_every_whole_scenario_of_the_guide_can_be_played_to_an_ending(block: Block) -> None:
    scenario = load_text(block.body).scenario
    if block.gives:
        return
    assert scenario is not None
    assert_proved(scenario)


def assert_proved(scenario: Scenario) -> None:
    """Nobody gets stuck in it, and everything in it is met by somebody."""
    proof = prove(scenario)
    held = {"way-on", "ending-in-reach", "passage-reached", "choice-offered", "line-shown", "ending-reached"}

    assert [claim for claim in proof.claims if claim.claim in held and claim.verdict != "proved"] == []


@pytest.mark.parametrize("block", SOURCES, ids=str)
def test_a_block_of_a_source_has_no_mistake(block: Block, tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text("source: workshop.yaml\n", "utf-8")
    (tmp_path / "workshop.yaml").write_text(block.body, "utf-8")

    assert load_course(tmp_path).course_mistakes == ()


# the course that is told in full


@pytest.fixture
def told_course(tmp_path: Path) -> Path:
    """The folder of the course in the guide, as its reader would make it."""
    for block in FILES:
        path = tmp_path / block.claim.removeprefix("file: ")
        path.parent.mkdir(exist_ok=True)
        path.write_text(block.body, "utf-8")
    return tmp_path / "tea-course"


def test_the_course_of_the_guide_has_no_mistake(told_course: Path) -> None:
    library = load_course(told_course)

    assert library.course_mistakes == ()
    assert [(entry.id, entry.mistakes) for entry in library.entries] == [("kettle", ())]
    assert library.entries[0].scenario is not None
    assert_proved(library.entries[0].scenario)


def test_the_quotation_of_the_guides_course_can_be_compared(told_course: Path) -> None:
    library = load_course(told_course)

    assert compare_quotations(library, "Tea.\n\nIt is her cup,\nso it is her tea.\n") == ()


def test_a_run_of_the_guides_course_is_told_with_its_quotation(
    told_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["tell", "kettle", "--course", str(told_course), "--choices", "nan-makes-it"]) == 0

    told = capsys.readouterr().out
    assert "= Three cups" in told
    assert "“It is her cup, so it is her tea.”" in told
    assert "No study has looked at tea. Studies on choice find small gains that last." in told
    assert "Time left fell." in told


def test_no_text_of_the_guides_scenarios_is_cut_in_two_by_a_comma(told_course: Path) -> None:
    scenarios = [load_text(block.body).scenario for block in WHOLE]
    scenarios += [entry.scenario for entry in load_course(told_course).entries]
    texts = [text for scenario in scenarios if scenario for text in texts_of(scenario)]

    assert [text for text in texts if text[0].islower()] == []
    assert len(texts) > 10


def texts_of(scenario: Scenario) -> list[str]:
    """Its lines, those under a condition too, and its questions."""
    return [line.text for passage in scenario.passages.values() for line in lines_of(passage.text)] + list(
        scenario.debrief.questions
    )


def lines_of(text: Text) -> list[Line]:
    """Every line of a text, those under a condition too."""
    return [
        line for one in text for line in ([one] if isinstance(one, Line) else lines_of((*one.then, *one.otherwise)))
    ]


# the fifteen minutes, step by step


def test_the_fifteen_minutes_go_as_the_guide_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    said = io.StringIO()
    assert new_scenario("my-first", Path(), said) == 0
    assert "upstream play my-first.yaml" in said.getvalue()
    file = tmp_path / "my-first.yaml"
    fresh = file.read_text("utf-8")
    assert fresh.count("ask: What do you do?") == 1

    file.write_text(fresh.replace("goto: half-past", "goto: half-pass", 1), "utf-8")
    assert main(["check", "my-first.yaml"]) == 1
    assert capsys.readouterr().out.startswith(shown("the fourth step"))

    file.write_text(fresh, "utf-8")
    assert main(["check", "my-first.yaml"]) == 0
    assert capsys.readouterr().out == shown("a fresh file")


def shown(what: str) -> str:
    """What the guide says is printed."""
    [block] = [block for block in ALL if block.claim == f"printed: {what}"]
    return block.body


# the contract for tools


def test_the_json_of_the_guide_has_the_keys_that_are_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [block] = guide.blocks("json")
    told = json.loads(block.body)
    for name, body in (("good", WHOLE[0].body), ("bad", "title: A\npassages:\n  hall: {goto: nowhere}\n")):
        (tmp_path / f"{name}.yaml").write_text(body, "utf-8")

    main(["check", "--json", str(tmp_path / "good.yaml"), str(tmp_path / "bad.yaml")])

    good, bad = json.loads(capsys.readouterr().out)["files"]
    [example] = told["files"]
    assert told.keys() == {"format", "files"}
    assert example.keys() <= bad.keys()
    assert example["mistakes"][0].keys() <= bad["mistakes"][0].keys()
    assert bad["proof"] is None
    if good["proof"] is not None:
        assert example["proof"].keys() <= good["proof"].keys()
        assert example["proof"]["claims"][0].keys() <= {key for one in good["proof"]["claims"] for key in one}
        ending, *_ = good["proof"]["endings"].values()
        assert example["proof"]["endings"]["swim"].keys() <= ending.keys()


# the commands


def helped(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The help that is printed."""
    with pytest.raises(SystemExit):
        main([*arguments, "--help"])
    return capsys.readouterr().out


def test_every_command_and_every_option_is_in_the_guide(capsys: pytest.CaptureFixture[str]) -> None:
    commands = re.findall(r"^    (\w+) ", helped(capsys), re.M)
    assert {"play", "tell", "check"} <= set(commands)

    for command in commands:
        assert f"`upstream {command} " in guide.text(), command
        for option in re.findall(r"(?<![\w-])--\w+", helped(capsys, command)):
            assert f"{option}" in guide.text() or option == "--help", f"{command} {option}"


# the guide as a text


def test_the_tables_of_fields_are_up_to_date() -> None:
    assert fields() in guide.text(), f"The tables of fields are behind the program. Run: {COMMAND}"
    assert made() == guide.text(), f"The guide is behind the program. Run: {COMMAND}"


def test_the_guide_reads_as_easily_as_a_scenario() -> None:
    reading = measure(guide.prose())

    assert reading.grade <= 6.0
    assert reading.mean_sentence <= 13


def test_no_sentence_of_the_guide_is_long() -> None:
    long = [one for line in guide.prose() for one in sentences(line) if len(words(one)) > 25]

    assert not long


def heading_id(heading: str) -> str:
    """How a heading is linked to."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_every_link_leads_somewhere() -> None:
    headings = {heading_id(one) for one in re.findall(r"^#+ (.*)$", guide.text(), re.M)}

    for link in re.findall(r"\]\(([^)]+)\)", guide.text()):
        path, _, anchor = link.partition("#")
        assert not path or (GUIDE.parent / path).exists(), link
        assert not anchor or anchor in headings, link


def test_the_readme_leads_to_the_guide_and_begins_with_a_scenario_that_holds() -> None:
    readme = (GUIDE.parents[1] / "README.md").read_text("utf-8")
    [scenario] = re.findall(r"^```yaml\n(.*?)^```", readme, re.M | re.S)

    assert "(docs/authors.md)" in readme
    assert prove_entry(load_text(scenario, "tea"))[1] == ()


def test_every_code_in_the_guide_is_one() -> None:
    assert set(re.findall(r"\b[EW]\d{3}\b", guide.text())) <= set(CODES)
