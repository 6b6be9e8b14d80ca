"""A whole session at the real window: no phones, no network, a clicker, a count (design note `room.md`, 5: 1 to 3)."""

from __future__ import annotations

import random
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from html import escape
from pathlib import Path

import pygame
import pytest

from game.authoring import Library
from game.storage import Settings
from game.training import Asked, Room, Step, session_as_html, session_from_json, session_report
from game.words import say
from tests.displays import PATIENCE
from tests.pilot import shipped_course
from tests.room.leading import CLICKER, STEPS, Leader, sockets

SCENARIOS = tuple(entry.id for entry in shipped_course().entries)
FIRST, SECOND = "12 A 9 B 3 C", "4 A 16 B 2 C"
HIDDEN = frozenset({Step.QUESTION, Step.SILENT, Step.SHOW, Step.DISCUSS, Step.SHOW_AGAIN})

ROOT = Path(__file__).parents[2]

Lead = Callable[..., Leader]


@pytest.fixture
def lead(tmp_path: Path) -> Iterator[Lead]:
    """Opens a session, and closes what is left open."""
    led: list[Leader] = []

    def begin(scenario: str = "late-again", **how: object) -> Leader:
        led.append(Leader(tmp_path / str(len(led)), scenario, **how))  # type: ignore[arg-type]
        return led[-1]

    yield begin
    for leader in led:
        leader.close()


def fitting(line: str, asked: Asked) -> str:
    """A count of the choices that are on offer, where there may be fewer than three."""
    return " ".join(line.split()[: 2 * len(asked.choices)])


def heads(line: str, asked: Asked) -> tuple[int, ...]:
    """The heads of that count for each choice."""
    counted = [int(part) for part in fitting(line, asked).split()[::2]]
    return tuple(counted + [0] * (len(asked.choices) - len(counted)))


def count_where_due(leader: Leader, first: str = FIRST, second: str = SECOND) -> None:
    """Count the cards, once at each showing."""
    room = leader.room
    if room.step in (Step.SHOW, Step.SHOW_AGAIN) and room.at_front and not leader.lead.times.cards:
        assert room.latest is not None
        votes = room.latest.second if room.step is Step.SHOW_AGAIN else room.latest.first
        if votes.tally.empty:
            leader.count(fitting(first if room.step is Step.SHOW else second, room.latest))


def finished(leader: Leader) -> bool:
    return leader.room.over and leader.lead.leaf == leader.lead.leaves - 1


# ---- 1: no phones and no Wi-Fi ----------------------------------------------


def test_a_socket_would_be_seen() -> None:
    with sockets() as opened, socket.socket():
        assert opened == ["socket.__new__"]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_whole_session_by_clicker_and_count_makes_a_whole_report_and_no_socket(
    lead: Lead, library: Library, scenario: str
) -> None:
    with sockets() as opened:
        leader = lead(scenario)
        for number in range(STEPS):
            if finished(leader):
                break
            count_where_due(leader)
            if number % 7 == 3:
                leader.press("page up", ".", ".", "page down")
            leader.press("page down")
        assert opened == []
    assert finished(leader)
    entry = library.entry(scenario)
    assert entry is not None
    assert entry.scenario is not None
    told = leader.report()
    assert entry.scenario.title in told
    assert len(leader.room.decisions) == len(leader.room.story.path)
    for asked in leader.room.decisions:
        assert asked.ask in told
        rounds = heads(FIRST, asked), heads(SECOND, asked)
        assert (asked.first.tally.heads, asked.second.tally.heads) == rounds
        assert (asked.chosen, asked.why) == (asked.choices[1].id, "most")
        for counted in rounds:
            for one in counted:
                assert f"{one} ({(200 * one + sum(counted)) // (2 * sum(counted))} %)" in told
    ending = leader.room.story.ending
    assert ending is not None
    assert ending.title in told
    assert entry.scenario.digest in told
    assert say("session.unfinished") not in told
    assert session_from_json(leader.report(".json")) == session_report(leader.room, leader.time.date())
    page, table = leader.report(".html"), leader.report(".csv").splitlines()
    for number, asked in enumerate(leader.room.decisions, start=1):
        assert page.count(f"<h2>{escape(say('session.decision', number=number, ask=asked.ask))}</h2>") == 1
        for letter, first, second in zip("ABCD", heads(FIRST, asked), heads(SECOND, asked), strict=False):
            assert any(row.startswith(f"option,{number},{letter},{first},{second},") for row in table)


def test_the_report_is_whole_after_each_step_as_far_as_it_goes(lead: Lead) -> None:
    leader = lead("late-again")
    for _ in range(60):
        count_where_due(leader)
        if leader.room.decisions:
            expected = session_as_html(session_report(leader.room, leader.time.date()))
            assert leader.report(".html") == expected
        leader.press("page down")
    assert not list(leader.desk.glob("*.part"))


KILLED = """
import os, signal, sys
from pathlib import Path
os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
from game.training import Step
from tests.room.leading import Leader
leader = Leader(Path(sys.argv[1]))
leader.next_step(Step.SHOW).count("12 A 9 B 3 C")
leader.next_step(Step.SHOW_AGAIN).press("h").write("4 A 16 B").press("return")
os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
"""


def test_a_program_that_is_killed_leaves_what_was_done(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert ended.returncode != 0
    assert "Error" not in ended.stderr
    [path] = (tmp_path / "desk").glob("*.md")
    told = path.read_text(encoding="utf-8")
    for words in ("What do you do first?", "12 (50 %)", "4 (20 %)", "16 (80 %)", say("session.unfinished")):
        assert words in told


def test_a_second_session_on_the_same_day_writes_its_own_files(tmp_path: Path) -> None:
    leader = Leader(tmp_path / "one")
    leader.next_step(Step.QUESTION)
    before = leader.report()
    leader.press("ctrl q", "return")
    leader.close()
    again = Leader(tmp_path / "one")
    again.pilot.click("Begin anew")
    again.next_step(Step.QUESTION).next_step(Step.SHOW).count(FIRST)
    assert len(list(again.desk.glob("*.html"))) == 2
    assert min(again.desk.glob("*.md"), key=lambda path: len(path.name)).read_text(encoding="utf-8") == before
    again.close()


def test_end_closes_the_session_on_its_last_page_and_nothing_of_it_is_kept(lead: Lead, tmp_path: Path) -> None:
    leader = lead(two_windows=True)
    leader.press("n").write("No time").press("return", "escape")
    leader.press("end", "return").next_step(Step.CLOSE)
    assert "Thank them. The report is saved. Press End to close the session." in leader.beside()
    leader.press("end")
    assert "Close this session? Enter: yes. Any other key: no." in leader.beside()
    assert list(tmp_path.rglob("rooms/*.json"))
    leader.press("return")
    assert "What would you do on a real Tuesday?" in leader.pilot.words()
    assert not list(tmp_path.rglob("rooms/*"))


def test_a_line_that_is_taken_away_is_gone_from_the_report_also_before_the_first_decision(lead: Lead) -> None:
    leader = lead()
    leader.press("n").write("sue was hit").press("return")
    assert "sue was hit" in leader.report()
    leader.press("escape", "shift n")
    assert "Take this line away: “sue was hit”?" in leader.seen()
    leader.press("return")
    for ending in (".html", ".md", ".csv", ".json"):
        assert "sue was hit" not in leader.report(ending)


def test_where_the_report_cannot_be_written_it_is_said_and_the_session_goes_on(lead: Lead) -> None:
    leader = lead(two_windows=True)
    leader.desk.write_text("a file where the folder should be")
    leader.next_step(Step.QUESTION).press("page down")
    assert "The report could not be saved" in leader.beside()
    assert leader.room.step is Step.SILENT


# ---- 2: the clicker hurts nobody --------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_random_keys_of_a_clicker_end_nothing_lose_nothing_and_skip_nothing(lead: Lead, seed: int) -> None:
    rng = random.Random(seed)
    leader = lead(SCENARIOS[seed % len(SCENARIOS)])
    key = ""
    for number in range(2_500):
        count_where_due(leader)
        key = key if key and rng.random() < 0.3 else rng.choice(CLICKER)
        if rng.random() < 0.25:
            key = "page down"
        leader.press(key)
        assert leader.pilot.stage.running
        if number % 40 == 0:
            assert_back_and_on_is_the_same_picture(leader)
    assert_nothing_was_skipped_or_lost(leader.room)


def assert_nothing_was_skipped_or_lost(room: Room) -> None:
    """Every decision that was left went through all its steps, with the counts as they were entered."""
    steps = [spot.step for spot in room.trail]
    order = [Step.QUESTION, Step.SILENT, Step.SHOW, Step.DISCUSS, Step.SHOW_AGAIN, Step.REVEAL, Step.ROLES, Step.BRANCH]
    for number, asked in enumerate(room.decisions, start=1):
        walked = [spot.step for spot in room.trail if spot.number == number and spot.step in order]
        assert walked == order[: len(walked)]
        if asked.chosen:
            assert walked == order
            assert asked.first.tally.heads == heads(FIRST, asked)
            assert asked.second.tally.heads == heads(SECOND, asked)
    assert steps[0] is Step.WELCOME


def assert_back_and_on_is_the_same_picture(leader: Leader) -> None:
    """From wherever it stands: Back and then Next shows the same pixels."""
    lead = leader.lead
    if lead.asking:
        leader.press("escape")
    if lead.blank:
        leader.press(".")
    if lead.times.cards:
        leader.press("page down")
    if (leader.room.at, lead.leaf) == (0, 0):
        return
    before, spot = leader.picture(), (leader.room.at, lead.leaf)
    leader.press("page up", "page down")
    assert (leader.room.at, lead.leaf) == spot
    assert leader.picture() == before


def test_back_and_next_show_the_same_picture_at_every_page_of_a_session(lead: Lead) -> None:
    leader = lead("late-again")
    while not finished(leader):
        count_where_due(leader)
        assert_back_and_on_is_the_same_picture(leader)
        leader.press("page down")


def test_escape_asks_and_a_second_press_goes_away_again(lead: Lead) -> None:
    leader = lead()
    before = leader.picture()
    leader.press("escape")
    assert "Fill the screen? Enter: yes. Any other key: no." in leader.seen()
    leader.press("escape")
    assert leader.picture() == before
    leader.press("f5")
    assert leader.picture() == before
    leader.press("escape", "f5")  # the same button of a clicker, twice
    assert leader.picture() == before
    leader.press("escape", "page down")
    assert leader.room.at == 0
    assert leader.picture() == before


def test_only_a_second_press_ends_it(lead: Lead) -> None:
    leader = lead()
    leader.press("ctrl q")
    assert "Leave this session?" in leader.seen()
    leader.press("page down")
    assert "Leave this session?" not in leader.seen()
    leader.press("ctrl q", "ctrl q")
    assert not leader.pilot.stage.running


def test_enter_after_the_question_leads_to_the_start_page(lead: Lead) -> None:
    leader = lead()
    leader.press("ctrl q", "return")
    assert leader.pilot.shows("Late again", "With a group")


def test_a_blank_screen_is_blank_and_the_first_key_only_brings_the_page_back(lead: Lead) -> None:
    leader = lead()
    page = leader.picture()
    leader.press(".")
    assert set(leader.picture()) == {0}
    leader.press("page down")
    assert leader.picture() == page
    leader.press("w")
    assert set(leader.picture()) == {255}
    leader.press("w")
    assert leader.picture() == page


# ---- 3: nobody sees numbers early -------------------------------------------


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_no_count_and_no_label_is_seen_before_the_reveal(lead: Lead, scenario: str) -> None:
    leader = lead(scenario, people=300)
    for _ in range(STEPS):
        if finished(leader):
            break
        count_where_due(leader, "137 A 91 B 43 C", "77 A 151 B 42 C")
        if leader.room.step in HIDDEN:
            assert_nothing_early(leader.seen())
            leader.press("p")
            told = leader.seen().partition("The report: ")[0]  # its name may hold any number
            assert_nothing_early(told)
            leader.press("p")
        leader.press("page down")
    assert finished(leader)


def assert_nothing_early(seen: str) -> None:
    told = re.sub(r"\d+ of 300 have voted|\d+ in all", "", seen)
    for number in ("137", "91", "43", "77", "151", "42", "%"):
        assert not re.search(rf"(?<!\d){number}(?!\d)", told), (number, told)
    for label in ("manager-like", "leader-like", "both roles"):
        assert label not in told


@pytest.mark.parametrize("step", [Step.SHOW, Step.SHOW_AGAIN])
def test_what_is_typed_is_masked_on_one_screen(lead: Lead, step: Step) -> None:
    leader = lead()
    leader.next_step(step).press("h").write("12 A 9")
    assert "Counting, hidden: ••••••" in leader.seen()
    assert "12" not in leader.seen()
    leader.write("9").press("return")
    assert "That was not clear. Type it again, such as 12 A 9 B. Esc closes." in leader.seen()
    assert "99" not in leader.seen()


def test_a_hidden_line_that_was_not_clear_is_typed_anew(lead: Lead) -> None:
    leader = lead()
    leader.next_step(Step.SHOW).press("h").write("3").press("return").write("5 A 2 B").press("return", "escape")
    assert re.search(r"\b7 of \d+ have voted", leader.seen())


def test_a_clicker_leaves_a_hidden_line_that_was_not_clear(lead: Lead) -> None:
    leader = lead()
    leader.next_step(Step.SHOW).press("h").write("3").press("page down")
    assert "That was not clear." in leader.seen()
    leader.press("page down")
    assert "Counting, hidden" not in leader.seen()
    leader.press("page down")
    assert leader.room.step is Step.DISCUSS


# ---- the count --------------------------------------------------------------


def test_the_key_that_opens_a_count_is_not_part_of_it(lead: Lead) -> None:
    leader = lead(two_windows=True).next_step(Step.SHOW).press("h")
    assert leader.lead.entry is not None
    assert leader.lead.entry.line == ""
    assert "Count the cards" in leader.beside()


def test_letters_add_cards_and_with_shift_take_them_away(lead: Lead) -> None:
    leader = lead().next_step(Step.SHOW).press("h").write("aaabC")
    assert leader.room.latest is not None
    assert leader.room.latest.first.tally.heads == (3, 1, 0)
    leader.write("A")
    assert leader.room.latest.first.tally.heads == (2, 1, 0)


def test_while_the_count_is_open_b_is_a_card_and_only_the_full_stop_blanks(lead: Lead) -> None:
    leader = lead().next_step(Step.SHOW).press("h", "b")
    assert leader.room.latest is not None
    assert leader.room.latest.first.tally.heads == (0, 1, 0)
    leader.press(".")
    assert set(leader.picture()) == {0}


def test_a_hall_is_guessed_and_told_as_guessed(lead: Lead) -> None:
    leader = lead(people=500).next_step(Step.SHOW).count("most A some B")
    leader.next_step(Step.SHOW_AGAIN).count("some A most B").next_step(Step.REVEAL)
    assert leader.pilot.shows("Before After", "most", "some", "–")
    assert "0 (0 %)" not in leader.seen()
    leader.next_step(Step.BRANCH)
    assert leader.pilot.shows("We go with B. Most chose it.")


def test_a_clicker_alone_counts_nothing_and_the_wall_says_that_and_shows_no_noughts(lead: Lead) -> None:
    leader = lead().next_step(Step.REVEAL)
    assert leader.pilot.shows("What do you do first?", "No votes were counted this time.", "See Joy now")
    assert "0 (0 %)" not in leader.seen()
    leader.next_step(Step.BRANCH)
    assert "No votes were counted. The trainer decides." in leader.seen()


def test_where_only_the_second_round_was_counted_the_wall_shows_one_round(lead: Lead) -> None:
    leader = lead().next_step(Step.SHOW_AGAIN).count("4 A 16 B").next_step(Step.REVEAL)
    assert leader.pilot.shows("Votes: 20", "4 (20 %)", "16 (80 %)")
    assert "Before" not in leader.seen()
    assert leader.seen().count("0 (0 %)") == 1  # nobody chose C


def test_tables_are_counted_one_by_one_and_add_up(lead: Lead) -> None:
    leader = lead().next_step(Step.SHOW).press("h").write("t3 4 A 2 B").press("return")
    leader.write("t5 1 A 5 C").press("return").write("t").press("return").write("2 B").press("return")
    assert leader.room.latest is not None
    assert leader.room.latest.first.tally.heads == (5, 4, 5)


def test_how_many_people_are_here_is_asked_before_the_story(lead: Lead) -> None:
    leader = lead(people=None).press("h").write("31").press("return")
    assert leader.room.headcount == 31
    leader.next_step(Step.SHOW).count("12 A 9 B 3 C")
    assert "24 of 31 have voted" in leader.seen()


@pytest.mark.parametrize(
    ("step", "key", "told"),
    [
        (Step.SCENE, "v", "There is no count to show now."),
        (Step.MONDAY, "end", "The story is over. Next goes on."),
    ],
)
def test_a_key_that_does_nothing_here_says_so(lead: Lead, step: Step, key: str, told: str) -> None:
    leader = lead(two_windows=True).next_step(step)
    assert told in leader.press(key).beside()
    assert leader.room.step is step


def test_next_takes_a_count_and_stays_on_the_page(lead: Lead) -> None:
    leader = lead().next_step(Step.SHOW).count(FIRST)
    assert leader.room.step is Step.SHOW
    assert leader.lead.entry is None
    assert leader.room.latest is not None
    assert leader.room.latest.first.tally.heads == (12, 9, 3)


# ---- the branch and the other road ------------------------------------------


def test_a_tie_is_the_trainers_to_decide_and_told_as_such(lead: Lead) -> None:
    leader = lead().next_step(Step.SHOW).count("8 A 8 C").next_step(Step.SHOW_AGAIN).count("8 A 8 C")
    leader.next_step(Step.BRANCH)
    assert "A tie between A and C. The trainer decides." in leader.seen()
    leader.press("3")
    assert "It was a tie. The trainer decided: C." in leader.seen()


def test_the_trainers_own_choice_is_told_as_such(lead: Lead) -> None:
    leader = lead().next_step(Step.SHOW).count(FIRST).next_step(Step.BRANCH).press("2")
    assert "The trainer’s choice: B." in leader.seen()
    leader.press("page down")
    assert leader.room.story.path == ("drive",)


def test_what_if_shows_another_branch_and_comes_back_to_the_road(lead: Lead) -> None:
    leader = lead().next_step(Step.SHOW).count(FIRST).next_step(Step.BRANCH)
    before = leader.room.story
    leader.press("o")
    assert "What if we had taken B?" in leader.seen()
    leader.press("o")
    assert "What if we had taken C?" in leader.seen()
    leader.next_step(Step.BRANCH)
    assert leader.room.story is before


# ---- notes ------------------------------------------------------------------


def test_what_the_room_says_is_written_down_and_appears_large(lead: Lead) -> None:
    leader = lead()
    leader.press("end", "return").next_step(Step.BARRIERS).press("n").write("No time. Ever!").press("return")
    leader.press("tab").write("Ask Dev").press("return", "escape")
    assert leader.pilot.shows("Barriers", "No time. Ever!", "Ideas", "Ask Dev")
    leader.press("shift n", "return")
    assert "Ask Dev" not in leader.seen()
    assert leader.room.lines[0].words == "No time. Ever!"


def test_any_line_can_be_taken_away_and_nothing_goes_by_a_slip(lead: Lead) -> None:
    leader = lead()
    leader.press("end", "return").next_step(Step.BARRIERS).press("n")
    for words in ("No time", "No car", "No say"):
        leader.write(words).press("return")
    leader.press("escape", "shift n", "shift n")
    assert "Take this line away: “No car”?" in leader.seen()
    leader.press("page down")
    assert [line.words for line in leader.room.lines] == ["No time", "No car", "No say"]
    assert leader.room.step is Step.BARRIERS
    leader.press("shift n", "shift n", "shift n", "shift n", "shift n", "return")
    assert [line.words for line in leader.room.lines] == ["No time", "No say"]


def test_of_many_lines_none_is_lost_to_the_wall(lead: Lead) -> None:
    leader = lead()
    leader.press("end", "return").next_step(Step.BARRIERS).press("n")
    lines = [f"Line {number} of what gets in the way here" for number in range(1, 31)]
    for line in lines:
        leader.write(line).press("return")
    assert lines[-1] in leader.seen()
    leader.press("escape")
    seen = ""
    for _ in range(STEPS):
        seen += leader.seen()
        if leader.lead.leaf == 0:
            break
        leader.press("page up")
    assert [line for line in lines if line not in seen] == []


# ---- time -------------------------------------------------------------------


def test_the_bell_is_heard_though_sounds_are_off_and_nothing_else_is(lead: Lead) -> None:
    leader = lead()
    assert not leader.pilot.services.settings.sound
    leader.next_step(Step.DISCUSS).wait(91)
    bell = pygame.mixer.Sound(ROOT / "assets" / "sounds" / "bell.ogg").get_raw()
    channels = map(pygame.mixer.Channel, range(pygame.mixer.get_num_channels()))
    assert [playing.get_raw() == bell for channel in channels if (playing := channel.get_sound())] == [True]


def test_the_time_never_closes_anything_rings_softly_and_asks_to_finish(lead: Lead) -> None:
    leader = lead()
    heard: list[str] = []
    leader.pilot.services.hear = heard.append
    leader.next_step(Step.DISCUSS)
    assert "2:00" in leader.seen()
    leader.wait(89)
    assert "0:31" in leader.seen()
    assert heard == []
    leader.wait(1.5)
    assert heard == ["bell"]
    leader.wait(20)
    assert leader.pilot.shows("0:10", "Finish your sentence.")
    leader.wait(60)
    assert heard == ["bell", "bell"]
    assert "0:00" in leader.seen()
    assert leader.room.step is Step.DISCUSS


def test_when_the_time_is_up_the_wall_says_so_and_nothing_closes(lead: Lead) -> None:
    leader = lead().next_step(Step.DISCUSS).wait(120)
    assert leader.pilot.shows("0:00", "Time. Finish your sentence.")
    leader.wait(600)
    assert leader.pilot.shows("Talk in your group", "Time. Finish your sentence.")
    assert "Time." not in leader.press("t").seen()
    leader.wait(31)
    assert leader.pilot.shows("Time. Finish your sentence.")


def test_nobody_is_hurried_in_a_silence_and_once_lines_are_gathered_the_wall_has_room_for_them(lead: Lead) -> None:
    leader = lead().next_step(Step.SILENT).wait(300)
    assert "Time." not in leader.seen()
    leader = lead().next_step(Step.SILENT).press("end", "return").next_step(Step.BARRIERS).wait(181)
    assert leader.pilot.shows("Time. Finish your sentence.")
    leader.press("n")
    assert "Time." not in leader.seen()
    leader.write("Two forms").press("return", "escape")
    assert leader.pilot.shows("Two forms")
    assert "Time." not in leader.seen()


def test_t_gives_thirty_seconds_and_shift_t_takes_them(lead: Lead) -> None:
    leader = lead().next_step(Step.DISCUSS).press("t")
    assert "2:30" in leader.seen()
    leader.press("shift t", "shift t")
    assert "1:30" in leader.seen()
    leader.wait(200).press("t")
    assert "0:30" in leader.seen()


def test_one_two_four_all_goes_from_box_to_box(lead: Lead) -> None:
    leader = lead().next_step(Step.DISCUSS).press("r", "r")
    assert leader.pilot.shows("Alone", "1:00")
    leader.wait(61)
    assert leader.pilot.shows("In pairs", "1:59")
    leader.wait(120)
    assert leader.pilot.shows("In fours", "3:59")
    leader.wait(240)
    assert leader.pilot.shows("All together", "4:59")


def test_the_time_given_to_a_talk_is_in_the_report(lead: Lead) -> None:
    leader = lead().next_step(Step.DISCUSS).wait(150).press("page down")
    assert leader.room.seconds(Step.DISCUSS, 1) == 150


def test_a_page_moves_only_while_a_time_runs(lead: Lead) -> None:
    leader = lead()
    assert leader.pilot.window._patience() is None
    leader.next_step(Step.DISCUSS)
    assert leader.pilot.window._patience() is not None
    leader.wait(300)
    assert leader.pilot.window._patience() is None


def test_the_cards_are_called_for_by_a_count_down(lead: Lead) -> None:
    leader = lead().next_step(Step.SILENT).press("page down")
    assert leader.pilot.shows("3", "Three, two, one, show.")
    leader.wait(1.2)
    assert "2" in leader.seen()
    leader.wait(2)
    assert "Three" not in leader.seen()
    assert leader.room.step is Step.SHOW


# ---- as the program really runs ---------------------------------------------


@pytest.mark.parametrize("text_size", [100, 200])
def test_a_session_with_movement_and_any_text_size_goes_to_its_end_in_the_programs_own_loop(
    lead: Lead, text_size: int
) -> None:
    leader = lead("the-visit", settings=Settings(welcomed=True, text_size=text_size), two_windows=True)
    leader.pilot.services.now = datetime.now
    for _ in range(STEPS):
        if finished(leader):
            break
        leader.pilot.press("page down").turn_without_waiting()
        leader.pilot.window.prepare(leader.pilot.stage)
    assert finished(leader)


def test_the_loop_wakes_for_the_clock_by_itself(lead: Lead) -> None:
    leader = lead().next_step(Step.DISCUSS)
    began = leader.time
    leader.time = began + timedelta(seconds=59.99)
    leader.wait(0)
    assert "1:01" in leader.seen()
    leader.time = began + timedelta(seconds=60.01)
    leader.until(lambda: "1:00" in leader.seen())
