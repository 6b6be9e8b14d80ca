"""A rehearsal: a room of made-up people led through the real session, as a trainer sees it in the terminal."""

from __future__ import annotations

import json
import re
import socket
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.app import main
from game.authoring import Library
from game.story import Course, Scenario
from game.tools.rehearse import rehearse
from game.training import session_from_json
from tests.strategies import scenarios


def rehearsed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["rehearse", *arguments]) == 0
    return capsys.readouterr().out


def test_a_trainer_sees_the_room_page_by_page(capsys: pytest.CaptureFixture[str]) -> None:
    told = rehearsed(capsys, "late-again", "--people", "24")
    assert told.startswith("Rehearsal of “Late again”\n=========================\nPeople: 24. With phones: ")
    titles = re.findall(r"^\[\d+ min\] (.+)$", told, re.M)
    assert [title for place, title in enumerate(titles) if not place or title != titles[place - 1]][:12] == [
        "Welcome",
        "From your experience",
        "The story",
        "The question",
        "Choose alone",
        "Show your choice",
        "Talk it over",
        "Show once more",
        "Before and after",
        "The roles",
        "What we do",
        "What if?",
    ]
    assert titles[-1] == "Thank you"
    assert "  Phones: tap your choice. Cards: three, two, one, show." in told
    assert "You: Wait for the phones. Are there cards too? Count them. Say nothing about the" in told
    assert "You: Wait, and keep it quiet. Phones can vote now." in told
    assert re.search(r"^Only you see: A \d+, B \d+, C \d+$", told, re.M)
    assert "You may ask: " in told
    assert "  Barriers: Two forms for the same thing." in told
    assert all(len(line) <= 80 for line in told.splitlines())


def test_without_phones_a_trainer_is_told_of_cards_alone(capsys: pytest.CaptureFixture[str]) -> None:
    seeds = (rehearsed(capsys, "late-again", "--people", "1", "--seed", f"{seed}") for seed in range(20))
    told = next(told for told in seeds if "With phones: 0." in told)
    assert "You: Count the cards. Say nothing about the numbers." in told
    assert "Phones" not in told.replace("Phones may say if they would go there.", "")


def test_no_count_is_on_the_projector_before_the_reveal(capsys: pytest.CaptureFixture[str]) -> None:
    told = rehearsed(capsys, "the-visit", "--people", "30")
    for page in told.split("\n\n"):
        if page.startswith("[") and page.split("] ")[1].split("\n")[0] in (
            "Choose alone",
            "Show your choice",
            "Talk it over",
        ):
            projected = [line for line in page.splitlines()[1:] if line.startswith("  ")]
            assert not [line for line in projected if re.match(r"  [A-D]  \d", line)]


def test_the_same_seed_gives_the_same_people_and_another_gives_others(capsys: pytest.CaptureFixture[str]) -> None:
    one = rehearsed(capsys, "late-again", "--seed", "7")
    assert rehearsed(capsys, "late-again", "--seed", "7") == one
    assert rehearsed(capsys, "late-again", "--seed", "8") != one


def test_it_opens_no_socket(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    assert "Thank you" in rehearsed(capsys, "who-decides")


@pytest.mark.parametrize(
    ("ending", "begins"),
    [
        (".html", "<!doctype html>"),
        (".md", "# Late again: what a room decided"),
        (".csv", "\ufeffpart,"),
        (".json", "{"),
    ],
)
def test_it_writes_the_report_of_the_session(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, ending: str, begins: str
) -> None:
    to = tmp_path / f"report{ending}"
    told = rehearsed(capsys, "late-again", "--people", "30", "-o", str(to))
    assert told.endswith(f"\nThe report is written: {to}\n")
    assert to.read_bytes().decode("utf-8").startswith(begins)


def test_the_report_has_as_many_votes_as_there_were_people(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    to = tmp_path / "report.json"
    told = rehearsed(capsys, "late-again", "--people", "40", "-o", str(to))
    report = session_from_json(to.read_text(encoding="utf-8"))
    assert report.headcount == 40
    assert len(report.decisions) == 4
    for decision in report.decisions:
        assert all(20 < total <= 40 for total in decision.totals)
        for option in decision.options:
            assert f"  {option.letter}  {option.before} → {option.after}" in told
    assert json.loads(to.read_text(encoding="utf-8"))["scenario"] == "late-again"


def test_its_report_tells_the_time_of_the_timers_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """As a session that is led does: reading and showing cards have no timer."""
    rehearsed(capsys, "late-again", "-o", str(tmp_path / "report.md"))
    report = (tmp_path / "report.md").read_text("utf-8")
    assert "- Time to think and talk: 31 minutes" in report  # 4 + 5 + 6 + 2.5, and 4 times 45 s alone and 150 s of talk


def test_people_say_whether_they_would_go_to_the_branch_that_was_looked_at(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    to = tmp_path / "report.md"
    told = rehearsed(capsys, "late-again", "--people", "30", "-o", str(to))
    pages = told.split("\n\n")
    *_, looked = [page for page in pages if "] What if?\n" in page]
    assert looked.index("The time sheet lies on the desk.") < looked.index("  Would you go there?\n")
    counted = re.search(r"^Only you see: Yes: (\d+)\. No: (\d+)\.$", looked, re.M)
    assert counted is not None
    yes, no = map(int, counted.groups())
    assert yes > 0
    assert no > 0
    assert 15 < yes + no <= 30
    [would] = [page for page in pages if "] Would you go there?\n" in page]
    assert f"  {yes} of {yes + no} would go there." in would
    report = to.read_text(encoding="utf-8")
    assert re.search(rf"^- What if [A-C]: {yes} of {yes + no} would go there\.$", report, re.M)


def test_of_few_people_no_number_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    to = tmp_path / "report.md"
    told = rehearsed(capsys, "late-again", "--people", "4", "-o", str(to))
    assert "Fewer than five have answered. That is too few to show." in told
    assert "would go there." not in to.read_text(encoding="utf-8").replace("I would go there.", "")


def test_a_file_of_another_kind_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["rehearse", "late-again", "-o", str(tmp_path / "report.pdf")]) == 2
    assert capsys.readouterr().out == "The report can be written as .html, .md, .csv, .json, not as 'report.pdf'.\n"


def test_a_report_that_cannot_be_written_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    to = tmp_path / "nowhere" / "report.md"
    assert main(["rehearse", "late-again", "-o", str(to)]) == 2
    assert f"The report could not be written to {to}: No such file or directory." in capsys.readouterr().out


@pytest.mark.parametrize("people", ["0", "-3", "many", "2001"])
def test_a_room_holds_one_to_two_thousand(capsys: pytest.CaptureFixture[str], people: str) -> None:
    with pytest.raises(SystemExit) as left:
        main(["rehearse", "late-again", f"--people={people}"])
    assert left.value.code == 2
    error = capsys.readouterr().err
    assert "A room holds 2000 people at most, not 2001." in error or "is not a whole number above 0." in error


def test_a_scenario_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rehearse", "late-agian"]) == 2
    assert "late-again" in capsys.readouterr().err


@settings(deadline=None)
@given(scenarios(), st.integers(1, 40), st.integers(0, 9))
def test_any_story_can_be_rehearsed_to_its_close(scenario: Scenario, people: int, seed: int) -> None:
    out = StringIO()
    assert rehearse(Course(), scenario, people, seed, to=None, on=date(2026, 11, 25), out=out) == 0
    assert "Thank you" in out.getvalue()


def test_a_keynote_of_two_thousand_is_rehearsed_too(library: Library) -> None:
    entry = library.entry("late-again")
    assert entry is not None
    assert entry.scenario is not None
    out = StringIO()
    assert rehearse(library.course, entry.scenario, 2_000, 3, to=None, on=date(2026, 11, 25), out=out) == 0
    assert re.search(r"Of \d+ who voted twice by phone, \d+ stayed\.", out.getvalue())
