"""The schema for editors and the loader are made from one table, and judge the shape of a file alike.

Alike means two things: what is wrong in shape is underlined, and nothing is underlined that `check` calls well.
"""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any, ClassVar, Final

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from game.authoring import field_tables, load_course, load_text, schema_of
from game.tools.schema import schema

ROOT: Final = Path(__file__).parents[2]
MISTAKES: Final = ROOT / "tests" / "mistakes"
FILES: Final = ("scenario", "course", "source")

SHAPE: Final = frozenset(
    {
        *("E101", "E113", "E114", "E115", "E116", "E120", "E121", "E122", "E123", "E124", "E125", "E126", "E128"),
        *("E130", "E131", "E142", "E164", "E165"),
    }
)
"""Mistakes of shape: unknown, missing, of a wrong kind, out of range, empty, or spelled as no name can be."""

NOT_YAML: Final = re.compile(r"E1[45]\d|E118|E16[0123]")
"""Slips that an editor's own YAML reader tells before any schema is asked."""


class EditorsYaml(yaml.SafeLoader):
    """YAML 1.2 as editors read it: only its own words for nothing, true and false, and numbers; all else is text."""

    yaml_implicit_resolvers: ClassVar[Any] = {}


def fields(loader: EditorsYaml, node: yaml.MappingNode) -> dict[str, Any]:
    """The fields of a mapping by their names as written."""
    return {key.value: loader.construct_object(value, deep=True) for key, value in node.value}


for _tag, _form in {
    "null": r"~|null|Null|NULL|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?",
}.items():
    EditorsYaml.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_form})$"), None)
EditorsYaml.add_constructor("tag:yaml.org,2002:map", fields)
EditorsYaml.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))
EditorsYaml.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(loader.construct_scalar(node)))


def underlined(text: str, file: str = "scenario") -> list[str]:
    """What an editor with the schema would underline, as paths into the file."""
    try:
        data = yaml.load(text.replace("?]", ".]"), EditorsYaml)  # the parser below trips over the two together
    except yaml.YAMLError:
        return ["$"]
    return [error.json_path for error in Draft7Validator(schema_of(file)).iter_errors(data)]


def announced(path: Path) -> set[str]:
    """The codes that a file of the corpus says it brings about."""
    return set(re.findall(r"^# reports ([EW]\d{3})", path.read_text("utf-8", errors="replace"), re.MULTILINE))


def readable(paths: list[Path]) -> list[Path]:
    """The files that are YAML, so that an editor gets as far as the schema."""
    return [path for path in paths if (codes := announced(path)) and not any(map(NOT_YAML.match, codes))]


BROKEN: Final = readable(sorted((MISTAKES / "scenarios").glob("*.yaml")))


@pytest.mark.parametrize("file", FILES)
def test_each_schema_is_one_that_every_version_of_the_yaml_server_reads(file: str) -> None:
    made = schema_of(file)

    Draft7Validator.check_schema(made)
    assert made["$schema"] == "http://json-schema.org/draft-07/schema#"


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios").glob("*.yaml")), ids=lambda path: path.stem)
def test_nothing_is_underlined_in_what_is_shipped(path: Path) -> None:
    file = {"course": "course", "workshop": "source"}.get(path.stem, "scenario")

    assert underlined(path.read_text("utf-8"), file) == []


def alike(lines: list[str], codes: set[str]) -> bool:
    """Whether an editor that underlines these lines and a loader that tells these mistakes are of one mind."""
    errors = {code for code in codes if code.startswith("E1")}
    return bool(errors) if lines else not codes & SHAPE


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_scenario_is_underlined_where_its_shape_is_wrong(path: Path) -> None:
    assert alike(underlined(path.read_text("utf-8")), announced(path))


def test_every_mistake_of_shape_is_among_the_broken_scenarios() -> None:
    told = {code for path in BROKEN for code in announced(path)}

    assert told >= SHAPE - {"E142", "E164"}  # a colon in a text and an empty file are told before the schema is asked


@pytest.mark.parametrize("path", readable(sorted((MISTAKES / "courses").rglob("*.yaml"))), ids=lambda path: path.name)
def test_a_broken_course_is_underlined_where_its_shape_is_wrong(path: Path) -> None:
    file = {"course": "course", "notes": "source", "source": "source"}.get(path.stem, "scenario")

    assert alike(underlined(path.read_text("utf-8"), file), announced(path))


# one thing changed anywhere in a whole scenario


COURSE: Final = load_course(MISTAKES / "course")

WHOLE: Final = """
title: Late again
minutes: 10
cast: [joy, marcus]
facts: {noted: You wrote the time down.}
meters: {calm: {label: Calm, min: 0, max: 9, start: 3}}
places: {pool: {name: The pool, alt: Blue water.}}
start: kitchen
passages:
  kitchen:
    place: pool
    when: Tuesday
    effects: {change: {calm: 1}, because: It is early.}
    text:
      - Marcus is in the hall.
      - joy, tired: The bus has gone.
      - {if: noted, text: [The sheet is there.], else: The desk is clear.}
    decision:
      ask: What first?
      calls_for: {manager: 1, leader: 2}
      contested: true
      discuss: [Who waits.]
      choices:
        - id: office
          text: See Joy now.
          once: false
          scores: {manager: 2}
          why: It is quick.
          effects: [{set: [noted]}]
          debrief: {opened: A line was seen.}
          goto: [{to: hall, if: noted}, {to: home}]
        - {id: wait, text: Wait a while., goto: hall}
  hall: {text: [Joy sits down.], goto: home}
  home:
    text: Joy goes home.
    ending: {title: Home, tone: good, happened: {person: Joy is home.}, quotes: []}
debrief: {moments: 2, questions: [Why.], one_thing: Ask.}
"""

ODD: Final = st.sampled_from(
    [
        *(None, "", " ", "noted", "kitchen", "No Name", "good", "7", "ten", "no"),
        *(0, 1, 3, -1, 2.5, 9_999_999, True),
        *([], {}, ["noted"], [[]], [None], ["a", "b", "c"]),
        *({"text": "Hello."}, {"noted": "Yes."}, {"to": "home"}, {"set": "noted"}, {"joy": "Hello."}, {"manager": 2}),
        {"id": "wait", "text": "Wait.", "goto": "hall"},
    ]
)


def places(data: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in the data, as the keys that lead to it."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [place for key, value in inner for place in ((*here, key), *places(value, (*here, key)))]


def put(data: Any, place: tuple[Any, ...], value: Any) -> Any:
    """The data with another value at a place."""
    if not place:
        return value
    changed = dict(data) if isinstance(data, dict) else list(data)
    changed[place[0]] = put(changed[place[0]], place[1:], value)
    return changed


def without(data: Any, place: tuple[Any, ...]) -> Any:
    """The data without what stands at a place."""
    if len(place) > 1:
        return put(data, place[:1], without(data[place[0]], place[1:]))
    if isinstance(data, dict):
        return {key: value for key, value in data.items() if key != place[0]}
    return [value for number, value in enumerate(data) if number != place[0]]


def renamed(data: Any, place: tuple[Any, ...], name: str) -> Any:
    """The data with another name for a field."""
    if len(place) > 1:
        return put(data, place[:1], renamed(data[place[0]], place[1:], name))
    return {name if key == place[0] else key: value for key, value in data.items()} if isinstance(data, dict) else data


def written(data: Any, indent: int = 0) -> str:
    """The data as an author's file: nothing is written as nothing, and texts stand in quotes."""
    margin = "\n" + " " * indent
    if data is None:
        return ""
    if isinstance(data, dict) and data:
        return "".join(f"{margin}{key}: {written(value, indent + 2)}" for key, value in data.items())
    if isinstance(data, list) and data:
        return "".join(f"{margin}- {written(value, indent + 2)}" for value in data)
    return json.dumps(data)


def judged_alike(data: Any) -> None:
    text = written(data)
    told = {mistake.code for mistake in load_text(text, library=COURSE).mistakes}
    lines = underlined(text)

    assert alike(lines, told), f"underlined: {lines}, told: {sorted(told)}\n{text}"


CHANGES: Final = sorted(places(yaml.load(WHOLE, EditorsYaml)), key=str)


def test_the_whole_scenario_has_no_mistake_of_shape() -> None:
    judged_alike(yaml.load(WHOLE, EditorsYaml))
    assert underlined(WHOLE) == []


@settings(max_examples=400, deadline=None)
@given(place=st.sampled_from(CHANGES), value=ODD)
def test_another_value_anywhere_is_judged_alike_by_editor_and_loader(place: tuple[Any, ...], value: Any) -> None:
    judged_alike(put(yaml.load(WHOLE, EditorsYaml), place, value))


@pytest.mark.parametrize("place", CHANGES, ids=str)
def test_a_field_taken_away_is_judged_alike_by_editor_and_loader(place: tuple[Any, ...]) -> None:
    judged_alike(without(yaml.load(WHOLE, EditorsYaml), place))


@pytest.mark.parametrize("place", [place for place in CHANGES if isinstance(place[-1], str)], ids=str)
def test_a_field_by_another_name_is_judged_alike_by_editor_and_loader(place: tuple[Any, ...]) -> None:
    judged_alike(renamed(yaml.load(WHOLE, EditorsYaml), place, "zebra"))


# what an editor shows


@pytest.mark.parametrize("file", FILES)
def test_the_help_of_every_field_is_shown_by_the_editor(file: str) -> None:
    told = json.dumps(schema_of(file))

    for table in field_tables(file):
        for row in table.rows:
            assert json.dumps(row.help)[1:-1] in told
            assert json.dumps(f"Takes {row.takes}.")[1:-1] in told


# the command


def test_the_schema_is_printed_where_no_file_is_named() -> None:
    out = io.StringIO()

    assert schema("scenario", None, out) == 0
    assert json.loads(out.getvalue()) == schema_of("scenario")


def test_the_schema_is_written_to_the_file_that_is_named(tmp_path: Path) -> None:
    out, path = io.StringIO(), tmp_path / "scenario.schema.json"

    assert schema("scenario", path, out) == 0
    assert json.loads(path.read_text("utf-8")) == schema_of("scenario")
    assert out.getvalue().endswith("\n  # yaml-language-server: $schema=scenario.schema.json\n")


def test_a_scenario_is_never_written_over_by_a_slip_of_the_hand(tmp_path: Path) -> None:
    out, path = io.StringIO(), tmp_path / "late-again.yaml"
    path.write_text("title: Late again\n", "utf-8")

    assert schema("scenario", path, out) == 2
    assert path.read_text("utf-8") == "title: Late again\n"
    assert out.getvalue() == ("A schema is a JSON file: give it a name that ends in .json, not 'late-again.yaml'.\n")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    out, path = io.StringIO(), tmp_path / "nowhere" / "scenario.json"

    assert schema("scenario", path, out) == 2
    assert out.getvalue() == f"The schema could not be written to {path}: No such file or directory.\n"
