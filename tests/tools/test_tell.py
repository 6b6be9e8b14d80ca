"""Playing in the terminal: the program as a process of its own, with what is typed and what is printed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.displays import PATIENCE

CHECKOUT = Path(__file__).parents[2]
SWIM = "ask-marcus,mum,two-ideas,hold-back"
START = "What do you do first?"
TALK = "How do you start?"
CHOOSE = "Type a number and press Enter. B steps back, L shows all that was said, Q leaves.\n> "
KEPT = "Your place is kept. Type the same command to go on.\n"
RESUME = "You are at decision {} of an unfinished run. Press Enter to go on, or type N to start again.\n"

LETTERS = """
title: Letters
passages:
  hall:
    text: The hall.
    decision:
      ask: Which door?
      choices:
        - {id: a, text: Go through the first door., goto: office}
        - {id: b, text: Go through the second door., goto: pool}
  office:
    text: The office.
    decision:
      ask: And now?
      choices:
        - {id: b, text: Go on to the pool., goto: pool}
        - {id: q, text: Go back to the hall., goto: hall}
        - {id: shut, text: Try the shut door., goto: shut}
        - {id: later, text: Wait and see., goto: later}
  pool: {text: The pool., ending: {title: At the pool}}
  later: {text: It is late., todo: Angela comes and looks at the rota.}
  shut:
    text: The door is shut.
    decision:
      ask: What now?
      choices:
        - {id: open, text: Open it., if: trust > 9, goto: pool}
"""

WORKSHOP = """
title: Notes
author: A. Nother
ideas:
  A-1:
    name: ask
    says: Ask first.
    quotes:
      A-1a: {text: "Ask, damn it.", language: mild}
"""

CITING = "title: The end\npassages:\n  end: {text: The end., ending: {title: The end, quotes: [A-1a]}}\n"

BROKEN = "title: Broken\npassages:\n  hall: {text: The hall., goto: nowhere}\n"


def run(*arguments: str, typed: str | bytes = "") -> subprocess.CompletedProcess[str]:
    """Run the program to its end; `typed` is all that is typed, with the end of input after it."""
    done = subprocess.run(
        [sys.executable, "main.py", *arguments],
        cwd=CHECKOUT,
        input=typed if isinstance(typed, bytes) else typed.encode(),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def tell(*arguments: str, typed: str | bytes = "") -> str:
    """What is printed where all goes well."""
    done = run("tell", *arguments, typed=typed)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A small course: one scenario whose choices are called by single letters, and a broken one."""
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "letters.yaml").write_text(LETTERS, encoding="utf-8")
    (folder / "broken.yaml").write_text(BROKEN, encoding="utf-8")
    return folder


def small(course: Path, *arguments: str, typed: str | bytes = "") -> str:
    return tell("letters", "--course", str(course), *arguments, typed=typed)


# the run of a list of choices


def test_a_list_of_choices_prints_that_run_its_ending_and_its_debrief() -> None:
    told = tell("late-again", "--choices", SWIM)

    assert told.startswith("Late again\n\n[kitchen] Tuesday, 8.31\nThe kitchen clock says 8.31.")
    for line in (
        "> ask-marcus",
        "> hold-back",
        "= The eleven o’clock swim",
        "What happened",
        "A person: Marcus swims at eleven on Tuesdays, an hour he chose.",
        "The first moment that mattered",
        "The workshop says",
        "    Tony Osgood",
        "Over to you",
        "Manager role: 3 of 8 on offer",
        "Leader role: 7 of 7 on offer",
        "Off-road. In this run you went to look for the better view.",
    ):
        assert line in told.split("\n")


def test_a_list_of_choices_may_have_spaces_and_a_comma_too_many() -> None:
    assert tell("late-again", "--choices", " ask-marcus, mum,, two-ideas ,hold-back,") == tell(
        "late-again", "--choices", SWIM
    )


def test_a_list_of_choices_keeps_nothing(data_folder_of_the_test: Path) -> None:
    tell("late-again", "--choices", SWIM)

    assert not data_folder_of_the_test.exists()


def test_a_choice_that_is_not_offered_is_told_with_those_that_are() -> None:
    done = run("tell", "late-again", "--choices", "ask-marcus,swim,plan")

    assert done.returncode == 1
    assert "> ask-marcus" in done.stdout
    assert done.stdout.endswith("\n'swim' is not offered at 'two-oclock'. On offer: mum, dates, hear-marcus.\n")
    assert "What happened" not in done.stdout


def test_a_list_that_goes_on_after_the_ending_is_told_so() -> None:
    done = run("tell", "late-again", "--choices", f"{SWIM},swim")

    assert done.returncode == 1
    assert done.stdout.endswith(
        "= The eleven o’clock swim\n\nThe story ended before 'swim'. Leave it out.\n",
    )


@pytest.mark.parametrize(
    ("choices", "offered"), [("ask-marcus", "mum, dates, hear-marcus"), ("", "office, drive, ask-marcus")]
)
def test_a_list_that_stops_before_an_ending_is_told_what_is_on_offer_next(choices: str, offered: str) -> None:
    done = run("tell", "late-again", "--choices", choices)

    assert done.returncode == 1
    assert done.stdout.endswith(f"\nThe choices stop before an ending. On offer next: {offered}.\n")


@pytest.mark.parametrize("choices", ["a,shut", "a,shut,open"])
def test_a_list_that_leads_where_nothing_is_on_offer_is_told_so(course: Path, choices: str) -> None:
    done = run("tell", "letters", "--course", str(course), "--choices", choices)

    assert done.returncode == 1
    assert done.stdout.endswith("\nThe story stops here: no choice is on offer. That is a slip in the scenario.\n")


def test_a_run_to_a_passage_still_to_be_written_is_a_whole_run(course: Path) -> None:
    assert "\n= Angela comes and looks at the rota.\n" in small(course, "--choices", "a,later")


def test_a_file_outside_the_course_is_told_by_its_path(course: Path) -> None:
    assert tell(str(course / "letters.yaml"), "--choices", "b").startswith("Letters\n\n[hall]\nThe hall.\n")


def test_quotations_are_clean_unless_they_are_wanted_as_spoken(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text("title: Small\nsource: workshop.yaml\n", encoding="utf-8")
    (tmp_path / "workshop.yaml").write_text(WORKSHOP, encoding="utf-8")
    (tmp_path / "end.yaml").write_text(CITING, encoding="utf-8")

    clean = tell("end", "--course", str(tmp_path), "--choices", "")
    spoken = tell("end", "--course", str(tmp_path), "--choices", "", "--spoken")

    assert "The workshop says\n-----------------\nIn plain words: Ask first.\n" in clean
    assert (
        "The workshop says\n-----------------\n“Ask, damn it.”\n    A. Nother\nIn plain words: Ask first.\n" in spoken
    )
    assert "damn" not in clean


# wrong use


def test_an_unknown_scenario_is_told_with_the_nearest_name_and_all_there_are() -> None:
    done = run("tell", "late-agian", "--choices", "office")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "There is no scenario 'late-agian' here. Did you mean 'late-again'? "
        "There are: late-again, who-decides, the-visit.\n"
    )


def test_a_name_that_is_near_none_is_told_with_all_there_are() -> None:
    done = run("tell", "xyzzy")

    assert done.returncode == 2
    assert done.stderr == "There is no scenario 'xyzzy' here. There are: late-again, who-decides, the-visit.\n"


def test_a_scenario_with_mistakes_is_not_played_and_says_how_to_see_them(course: Path) -> None:
    done = run("tell", "broken", "--course", str(course), "--choices", "a")

    path = course / "broken.yaml"
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"'broken' has mistakes and cannot be played. Run 'check {path}' to see what to mend.\n"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = run("tell", "late-again", "--course", str(tmp_path / "nowhere"))

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"There is no folder '{tmp_path / 'nowhere'}'.\n"


def test_no_scenario_at_all_is_wrong_use() -> None:
    done = run("tell")

    assert done.returncode == 2
    assert "the following arguments are required: scenario" in done.stderr


# playing


def test_a_story_is_played_by_number_to_its_ending_and_debrief() -> None:
    told = tell("late-again", typed="3\n1\n3\n3\n\n")

    assert told.startswith("\nLate again\n\nYou are the team leader at Wren Lane, eight months in.\n")
    assert "\nTuesday, 8.31 · Wren Lane, kitchen\nThe kitchen clock says 8.31." in told
    assert (
        "\nWhat do you do first?\n"
        "1. See Joy now, note the time, and fix two o’clock to talk.\n"
        "2. Drive Marcus to the pool yourself, and see Joy when you are back.\n"
        "3. Ask Marcus what he wants now, while Joy takes over from Lorraine.\n"
        "\n" + CHOOSE
    ) in told
    assert "\nThe end of this road\nThe eleven o’clock swim\n" in told
    assert "Manager role: 3 of 8 on offer" in told
    assert told.endswith("\nPress Enter to leave, or type B to go back to the last decision.\n> ")


def test_a_story_may_be_played_by_the_choices_names() -> None:
    assert tell("late-again", typed="ask-marcus\nmum\ntwo-ideas\nhold-back\n\n") == tell(
        "late-again", typed="3\n1\n3\n3\n\n"
    )


def test_b_steps_back_to_the_last_decision_from_the_next_and_from_the_ending(course: Path) -> None:
    told = small(course, typed="1\nb\n2\nB\n1\nq\n")

    assert told.count("\nThe office.\n") == 2
    assert told.count("\nWhich door?\n") == 3
    assert told.count("At the pool") == 1
    assert told.endswith(KEPT)


def test_b_at_the_start_says_that_this_is_the_start(course: Path) -> None:
    told = small(course, typed="b\nq\n")

    assert "\nThis is the start.\n" in told
    assert told.count("Which door?") == 2


def test_l_shows_all_that_was_said(course: Path) -> None:
    told = small(course, typed="1\nl\nq\n")

    assert (
        "[hall]\nThe hall.\n\nWhich door?\n"
        "  - a: Go through the first door.\n  - b: Go through the second door.\n"
        "> a\n\n[office]\nThe office.\n"
    ) in told


def test_q_leaves_and_the_place_is_kept(course: Path) -> None:
    assert small(course, typed="1\nQ\n").endswith(KEPT)


@pytest.mark.parametrize("typed", ["", "1\n"])
def test_the_end_of_input_leaves_as_q_does(course: Path, typed: str) -> None:
    assert small(course, typed=typed).endswith(KEPT)


def test_the_end_of_input_at_the_ending_leaves(course: Path) -> None:
    assert small(course, typed="2\n").endswith("type B to go back to the last decision.\n> ")


def test_nonsense_is_said_to_be_none_of_these_and_asked_again(course: Path) -> None:
    nonsense = ["x", "0", "3", "-1", "1.5", "1 2", "²", "one", "office", "; rm -rf /", "🙂", "1" * 5000]

    told = small(course, typed="\n".join([*nonsense, "1", "q", ""]))

    for typed in nonsense:
        assert f"\n'{typed}' is none of these. Type a number from 1 to 2, or B, L or Q.\n> " in told
    assert "\nThe office.\n" in told


def test_what_is_typed_in_another_encoding_is_nonsense_and_no_crash(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8:strict")

    told = small(course, typed=b"caf\xe9\n1\nq\n")

    assert "is none of these. Type a number from 1 to 2, or B, L or Q.\n" in told
    assert "The office." in told


def test_a_blank_line_tells_the_step_again(course: Path) -> None:
    assert small(course, typed="\nq\n").count("Which door?") == 2


def test_b_and_q_step_back_and_leave_even_where_a_choice_is_called_so(course: Path) -> None:
    told = small(course, typed="1\nb\n1\nq\n")

    assert told.count("Which door?") == 2
    assert told.endswith(KEPT)


def test_where_nothing_is_on_offer_one_can_step_back(course: Path) -> None:
    told = small(course, typed="1\n3\nb\nq\n")

    assert (
        "\nThe story stops here: no choice is on offer. That is a slip in the scenario.\n"
        "\nPress Enter to leave, or type B to go back to the last decision.\n> "
    ) in told
    assert told.count("And now?") == 2


def test_where_nothing_is_on_offer_enter_leaves(course: Path) -> None:
    assert small(course, typed="1\n3\n\n").endswith("go back to the last decision.\n> ")


def test_a_passage_still_to_be_written_says_so(course: Path) -> None:
    assert "\nThis part is still to be written: Angela comes and looks at the rota.\n" in small(
        course, typed="1\n4\n\n"
    )


# the kept place


def test_the_next_start_goes_on_where_the_last_one_left(course: Path) -> None:
    small(course, typed="1\nq\n")

    told = small(course, typed="\n1\n\n")

    assert told.startswith("\nLetters\n\n" + RESUME.format(2) + "> \nThe office.\n")
    assert "At the pool" in told


def test_the_kept_place_follows_a_step_back(course: Path) -> None:
    small(course, typed="1\nb\nq\n")

    assert RESUME.format(1) in small(course, typed="\nq\n")


def test_n_starts_again_and_lets_go_of_the_kept_place(course: Path) -> None:
    small(course, typed="1\nq\n")

    assert "> \nThe hall.\n" in small(course, typed=" N \nq\n")
    assert "unfinished" not in small(course, typed="q\n")


def test_a_word_that_begins_with_n_does_not_throw_the_kept_place_away(course: Path) -> None:
    small(course, typed="1\nq\n")

    assert "> \nThe office.\n" in small(course, typed="next\nq\n")


def test_each_scenario_keeps_its_own_place(course: Path) -> None:
    tell("late-again", typed="3\nq\n")

    assert "unfinished" not in small(course, typed="q\n")
    assert RESUME.format(2) in tell("late-again", typed="\nq\n")


def test_a_run_that_came_to_its_end_is_not_gone_on_with(course: Path) -> None:
    small(course, typed="2\n\n")

    assert "unfinished" not in small(course, typed="q\n")


def test_a_run_that_was_gone_on_with_and_came_to_its_end_is_not_gone_on_with_again(course: Path) -> None:
    small(course, typed="1\nq\n")
    small(course, typed="\n1\n\n")

    assert "unfinished" not in small(course, typed="q\n")


def test_a_scenario_that_was_changed_goes_on_from_the_last_place_that_fits(course: Path) -> None:
    small(course, typed="1\n2\n1\nq\n")
    changed = LETTERS.replace("{id: q, text: Go back to the hall., goto: hall}", "{id: r, text: Stay., goto: office}")
    (course / "letters.yaml").write_text(changed, encoding="utf-8")

    told = small(course, typed="\nq\n")

    assert RESUME.format(2) in told
    assert (
        "This scenario was changed since you played. It goes on from the last place that still fits.\n\nThe office.\n"
    ) in told


# killed


@pytest.fixture
def player() -> Iterator[subprocess.Popen[bytes]]:
    """Late again, being played."""
    process = subprocess.Popen(
        [sys.executable, "main.py", "tell", "late-again"],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    yield process
    process.kill()
    process.communicate()


def until(process: subprocess.Popen[bytes], words: str) -> None:
    """Read what is printed until these words have come."""
    assert process.stdout is not None
    heard = b""
    while words.encode() not in heard:
        more = os.read(process.stdout.fileno(), 4096)
        assert more, heard.decode()
        heard += more


def type_(process: subprocess.Popen[bytes], typed: str) -> None:
    assert process.stdin is not None
    process.stdin.write(typed.encode())
    process.stdin.flush()


def test_a_run_that_was_killed_in_the_middle_goes_on_from_the_last_choice(player: subprocess.Popen[bytes]) -> None:
    until(player, START)
    type_(player, "3\n")
    until(player, TALK)
    player.kill()
    assert player.wait() != 0

    told = tell("late-again", typed="\n1\n3\n3\n\n")

    assert RESUME.format(2) in told
    assert "Marcus’s leaflet is on the desk" in told
    assert "The eleven o’clock swim" in told
    assert "Manager role: 3 of 8 on offer" in told
