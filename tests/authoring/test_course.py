"""Folders as trainers keep them: order, broken files, a course that is broken itself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from game.authoring import Library, check_source_text, load_course, load_file, render
from game.story import DEFAULT_METERS


def story(title: str, extra: str = "") -> str:
    return f"title: {title}\n{extra}passages:\n  a:\n    text: Hm.\n    ending: {{title: End}}\n"


def write(folder: Path, **files: str) -> Library:
    for name, text in files.items():
        (folder / f"{name.replace('_', '-')}.yaml").write_text(text, "utf-8")
    return load_course(folder)


def told(library: Library) -> list[str]:
    mistakes = [*library.course_mistakes, *(one for entry in library.entries for one in entry.mistakes)]
    return [f"{Path(one.place.file).name}:{one.place.line}:{one.place.column} {one.code}" for one in mistakes]


def test_a_folder_without_a_course_file_is_its_scenarios_by_name(tmp_path: Path) -> None:
    library = write(tmp_path, the_visit=story("The visit"), late_again=story("Late again"))

    assert [(entry.id, entry.title) for entry in library.entries] == [
        ("late-again", "Late again"),
        ("the-visit", "The visit"),
    ]
    assert told(library) == []
    assert library.course.meters == DEFAULT_METERS


def test_arcs_give_the_order_and_the_rest_comes_after_with_a_warning(tmp_path: Path) -> None:
    library = write(
        tmp_path,
        course="title: C\narcs:\n  - {title: One, scenarios: [the-visit, late-again]}\n",
        a_first=story("First"),
        late_again=story("Late again"),
        the_visit=story("The visit"),
    )

    assert [entry.id for entry in library.entries] == ["the-visit", "late-again", "a-first"]
    assert told(library) == ["a-first.yaml:1:1 W309"]
    assert library.entries[2].scenario is not None
    assert library.course.arcs[0].scenarios == ("the-visit", "late-again")


def test_a_broken_file_takes_no_other_down(tmp_path: Path) -> None:
    library = write(tmp_path, broken="title: [\n", late_again=story("Late again"), empty="")

    entries = {entry.id: entry for entry in library.entries}
    assert entries["late-again"].mistakes == ()
    assert entries["late-again"].minutes == 10
    assert entries["broken"].scenario is None
    assert (entries["broken"].title, entries["broken"].summary, entries["broken"].minutes) == ("broken", "", None)
    assert [one.code for one in entries["empty"].mistakes] == ["E164"]


def test_an_entry_is_found_by_its_id(tmp_path: Path) -> None:
    library = write(tmp_path, late_again=story("Late again"))

    entry = library.entry("late-again")
    assert entry is not None
    assert entry.title == "Late again"
    assert library.entry("nobody") is None


def test_a_scenario_uses_what_the_course_lends(tmp_path: Path) -> None:
    library = write(
        tmp_path,
        course=(
            "people: {joy: {name: Joy}, angela: {name: Angela}}\n"
            "meters: {calm: {label: Calm, max: 6}}\n"
            "places: {pool: {name: The pool, alt: Blue water.}}\n"
        ),
        swim=(
            "title: Swim\ncast: {joy: , marcus: {name: Marcus}}\nplaces: {hall: {name: Hall}}\n"
            "passages:\n  a:\n    place: pool\n    effects: {change: {calm: +1}}\n"
            "    text:\n      - joy: In you go.\n      - marcus: Cold!\n    goto: b\n"
            "  b: {place: hall, text: Home., ending: {title: End}}\n"
        ),
    )

    assert told(library) == []
    scenario = library.entries[0].scenario
    assert scenario is not None
    assert scenario.cast == ("joy", "marcus")
    assert list(scenario.people) == ["joy", "angela", "marcus"]
    assert list(scenario.meters) == ["calm"]
    assert list(scenario.places) == ["pool", "hall"]


def test_without_a_cast_whoever_speaks_is_in_it(tmp_path: Path) -> None:
    text = "title: T\npassages:\n  a:\n    text:\n      - joy: Hello.\n    ending: {title: End}\n"
    library = write(tmp_path, course="people: {angela: {name: Angela}, joy: {name: Joy}}\n", hello=text)

    assert told(library) == []
    assert library.entries[0].scenario is not None
    assert library.entries[0].scenario.cast == ("joy",)


def test_a_course_that_cannot_be_read_leaves_its_scenarios_playable(tmp_path: Path) -> None:
    library = write(
        tmp_path,
        course="just some words\n",
        late_again=story("Late again", "cast: [joy]\n").replace(
            "    text: Hm.\n", "    text:\n      - joy: Hm.\n      - if: calm > 3\n        text: Quiet.\n"
        ),
    )

    assert told(library) == ["course.yaml:1:1 E165"]
    scenario = library.entries[0].scenario
    assert scenario is not None
    assert scenario.people["joy"].name == "Joy"
    assert scenario.meters["calm"].start == 5


def test_a_person_with_a_slip_is_still_known_to_the_scenarios(tmp_path: Path) -> None:
    library = write(
        tmp_path, course="people: {joy: {about: Support}}\n", late_again=story("Late again", "cast: [joy]\n")
    )

    assert told(library) == ["course.yaml:1:10 E120", "late-again.yaml:2:8 W303"]


def test_two_files_of_one_name_are_told(tmp_path: Path) -> None:
    (tmp_path / "late-again.yml").write_text(story("Old"))
    library = write(tmp_path, late_again=story("Late again"))

    assert [entry.title for entry in library.entries] == ["Late again"]
    assert told(library) == ["late-again.yml:1:1 E117"]


def test_a_file_that_ends_in_yml_is_a_scenario_too(tmp_path: Path) -> None:
    (tmp_path / "late-again.yml").write_text(story("Late again"))

    assert [(entry.id, entry.title) for entry in load_course(tmp_path).entries] == [("late-again", "Late again")]


def test_what_editors_and_systems_leave_behind_is_no_scenario(tmp_path: Path) -> None:
    for name in ("._late-again.yaml", ".#late-again.yaml", "late-again.yaml~", "late-again.yaml.swp", "notes.txt"):
        (tmp_path / name).write_text("?")

    assert load_course(tmp_path).entries == ()


@pytest.mark.parametrize("name", ["Late again.yaml", "2-late.yaml", "Zoé.yaml"])
def test_a_file_whose_name_is_no_id_is_told_and_not_played(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(story("Late again"))

    entry = load_file(tmp_path / name)

    assert [one.code for one in entry.mistakes] == ["E119"]
    assert entry.scenario is None


@pytest.mark.parametrize("name", ["../notes.yaml", "/etc/passwd", "a/b.yaml", "..\\\\notes.yaml", "C:notes.yaml", ".."])
def test_a_source_outside_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    library = write(tmp_path, course=f'source: "{name}"\n')

    assert told(library) == ["course.yaml:1:9 E119"]


def test_an_arc_cannot_name_its_way_out_of_the_folder(tmp_path: Path) -> None:
    library = write(tmp_path, course="arcs:\n  - {title: One, scenarios: [../secret]}\n")

    assert told(library) == ["course.yaml:2:30 E112"]


def test_a_broken_source_does_not_blame_the_scenarios_that_cite_it(tmp_path: Path) -> None:
    library = write(
        tmp_path,
        course="source: source.yaml\n",
        source="ideas: [\n",
        late_again=story("Late again") + "debrief: {quotes: [PL-06a]}\n",
    )

    assert told(library) == ["source.yaml:1:8 E145"]
    assert library.entries[0].scenario is not None


def test_quotations_are_found_by_id_and_know_their_idea(tmp_path: Path) -> None:
    source = (
        "title: Notes\nthemes: {roles: Roles}\nideas:\n  PL-01:\n    name: ask\n    theme: roles\n    says: Ask.\n"
        "    quotes:\n      PL-01a: {text: 'Ask them why.', line: 3, language: mild, care: true}\n"
    )
    library = write(tmp_path, course="source: source.yaml\n", source=source)

    quote = library.course.source.quotes["PL-01a"]
    assert (quote.text, quote.idea, quote.line, quote.clean) == ("Ask them why.", "PL-01", 3, False)
    assert library.course.source.ideas["PL-01"].quotes == (quote,)


def test_a_quotation_is_compared_word_for_word_with_white_space_folded(tmp_path: Path) -> None:
    source = (
        "ideas:\n  PL-01:\n    name: ask\n    says: Ask.\n    quotes:\n"
        "      PL-01a: {text: Ask them why.}\n      PL-01b: {text: Ask them when.}\n"
    )
    library = write(tmp_path, course="source: source.yaml\n", source=source)

    differing = check_source_text(library.course.source, "First:\nask, then. Ask   them\n why. The end.")

    assert [quote.id for quote in differing] == ["PL-01b"]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_that_leads_nowhere_is_told_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "lost.yaml").symlink_to(tmp_path / "nobody.yaml")
    library = write(tmp_path, late_again=story("Late again"))

    assert told(library) == ["lost.yaml:1:1 E160"]


def test_the_shipped_course_loads_without_an_error(library: Library) -> None:
    errors = [render(one) for one in library.course_mistakes]

    assert errors == []
    assert [entry.id for entry in library.entries] == ["late-again", "who-decides", "the-visit"]
