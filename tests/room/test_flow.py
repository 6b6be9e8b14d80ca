"""What phones show at each step of a session, and what they may say: the columns of words, the branch not taken."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest

from game.net import Rules, Wrote
from game.net.sheet import Own, Says, Sheet, sheet_of
from game.screens.room_views import view_of
from game.screens.room_words import likest
from game.story import Course
from game.training import Column, Room, Step, session_as_csv, session_as_html, session_as_markdown, session_report
from game.training import session_as_json as written
from game.training import session_from_json as read
from tests.room.phones import texts
from tests.room.rooms import SMALL, to_step
from tests.room.test_phone_line import Line, Watched, at, line, phone  # noqa: F401  # the fixture
from tests.room.test_session import DAY


def said(sheet: Sheet) -> tuple[str, ...]:
    """The paragraphs of a phone's page, and what it says of itself."""
    return (*(block.text for block in sheet.blocks if isinstance(block, Says)), sheet.said)


def shown(room: Room, **own: object) -> str:
    return "\n".join(said(sheet_of(view_of(room), Own(**{"new": False, **own})))).strip()  # type: ignore[arg-type]


def decided() -> Room:
    return to_step(Room.open(Course(), SMALL), Step.SHOW).entered("2 A 5 B")


STEPS: Mapping[Step, str] = {
    Step.EXPERIENCE: "From your experience\nTwo minutes, in small groups. What does a good leader do? Say it from "
    "experience.",
    Step.SCENE: "The story\nLook at the big screen, and listen.",
    Step.QUESTION: "What now, at door?\nChoose alone. You can change it.",
    Step.DISCUSS: "Talk. You will vote again.\nWhat now, at door?\nYou have not voted yet, and that is all right.",
    Step.BRANCH: "What we do\n“What now, at door?”\nThe trainer decides now.",
    Step.ENDING: "The end at out\nLook up. See how it ended for everyone.",
    Step.OTHERS: "Two roles\nThree minutes, in new groups. What is the difference between the two roles?",
    Step.CLOSE: "Thank you.\nYou can close this page.",
}


@pytest.mark.parametrize("step", STEPS)
def test_no_phone_looks_dead(step: Step) -> None:
    assert shown(to_step(Room.open(Course(), SMALL), step)) == STEPS[step]


def test_what_is_kept_is_said_until_a_phone_has_voted_twice() -> None:
    room = to_step(Room.open(Course(), SMALL), Step.SCENE)
    assert "No app and no name." in shown(room, new=True)
    assert "No app and no name." not in shown(room)


def test_after_a_decision_a_phone_tells_which_it_was_and_what_was_taken() -> None:
    branch = to_step(decided(), Step.BRANCH)
    taken = "“What now, at door?”\nWe go with B. Most chose it.\nB. I choose wait."
    assert shown(branch) == f"What we do\n{taken}"
    scene = branch.next()
    assert scene.step is Step.SCENE
    assert shown(scene) == f"The story goes on\n{taken}\nLook at the big screen, and listen."
    own = branch.decide("ring")
    assert "The trainer’s choice: C.\nC. I choose ring." in shown(own)


def test_each_phone_tells_its_own_before_and_after_in_words() -> None:
    room = to_step(decided(), Step.REVEAL)
    told = shown(room, first=(1, 0, 0), mine=(0, 0, 1))
    assert told == (
        "Look up at the big screen.\nWhat now, at door?\nBefore: A. I choose knock.\nAfter: C. I choose ring.\n"
        "Only you see this."
    )
    table = shown(room, first=(4, 3, 0), mine=(0, 7, 0), table=3, people=7)
    assert "Before: A 4, B 3\nAfter: B. I choose wait." in table


def test_where_only_the_second_round_was_counted_a_phone_tells_the_one_choice_as_the_wall_does() -> None:
    room = to_step(to_step(Room.open(Course(), SMALL), Step.SHOW_AGAIN).entered("2 A 5 B"), Step.REVEAL)
    assert "Your choice: C. I choose ring." in shown(room, mine=(0, 0, 1))
    assert "Before" not in shown(room, mine=(0, 0, 1))


def test_after_one_round_a_phone_tells_the_one_choice() -> None:
    room = decided().reveal_now()
    assert shown(room, mine=(0, 1, 0)) == (
        "Look up at the big screen.\nWhat now, at door?\nYour choice: B. I choose wait.\nOnly you see this."
    )


def test_the_second_vote_begins_with_nothing_chosen_and_the_first_choice_small() -> None:
    room = to_step(decided(), Step.SHOW_AGAIN)
    view = view_of(room)
    sheet = sheet_of(view, Own(first=(0, 1, 0)))
    assert Says("Your first choice: B", "soft") in sheet.blocks
    assert view.open
    assert sheet.said == "Choose alone. You can change it."


def test_the_prompts_of_the_debrief_are_on_the_phone_and_its_numbers_are_not() -> None:
    room = to_step(to_step(decided(), Step.SHOW_AGAIN).entered("6 A 1 B"), Step.DEBRIEF)
    pages = []
    while room.step is Step.DEBRIEF:
        pages.append((shown(room), room.shown.words))
        room = room.next()
    assert [told for told, _ in pages] == [
        "Thinking it over\nHow did it feel to decide? Say it in a word or two.",
        "Thinking it over\nLook at the big screen. What do you make of it?",
        "What went well in how we decided? What would we do differently?",
    ]
    assert "I noticed that A went from 2 to 6." in pages[1][1]


# ---- the branch not taken ----------------------------------------------------


def looked() -> Room:
    """A room that looks at branch A, on the last page of it."""
    room = to_step(decided(), Step.BRANCH).what_if()
    while room.next().step is Step.WHAT_IF:
        room = room.next()
    return room


def test_a_phone_may_say_if_it_would_go_to_the_other_branch() -> None:
    view = view_of(looked())
    assert (view.step, view.open, view.question) == ("vote", True, "Would you go there?")
    assert [(option.letter, option.words) for option in view.options] == [
        ("A", "Yes, I would go there."),
        ("B", "No, I would not."),
    ]
    assert shown(looked()) == (
        "Would you go there?\nWhat if we had taken A? I choose knock.\nSay it if you like.\n"
        "Choose alone. You can change it."
    )


def test_how_many_would_go_there_is_shown_when_the_trainer_goes_on_and_not_before() -> None:
    room = looked().ballots({"1": "yes", "2": "no", "3": {"yes": 4, "no": 3}}).entered("6 A 5 B")
    assert room.shown.voted_words == "20 have voted"
    assert "11" not in "".join(room.shown.words)
    room = room.next()
    assert (room.step, room.shown.words) == (Step.WOULD, ("11 of 20 would go there.",))
    assert shown(room, mine=(1, 0)) == (
        "Look up at the big screen.\nWould you go there?\nWhat if we had taken A? I choose knock.\n"
        "Your choice: A. Yes, I would go there.\nOnly you see this."
    )
    assert room.next().step is Step.BRANCH
    assert room.next().decisions[0].chosen == ""
    assert [asked.last.tally.heads for asked in room.decisions] == [(2, 5, 0)]


def test_where_nobody_said_anything_there_is_no_such_page() -> None:
    assert looked().next().step is Step.BRANCH


def test_of_fewer_than_five_no_number_is_told() -> None:
    room = looked().entered("3 A 1 B").next()
    assert room.shown.words == ("Fewer than five have answered. That is too few to show.",)
    assert "3" not in "".join(room.shown.words)


def test_a_hall_may_be_guessed_here_too() -> None:
    assert looked().entered("most A few B").next().shown.words == ("Yes: most. No: few.",)


def test_the_report_has_it_with_the_what_ifs() -> None:
    report = session_report(looked().entered("11 A 9 B").next(), DAY)
    told = "What if A: 11 of 20 would go there."
    assert told in session_as_markdown(report)
    assert told in session_as_html(report)
    assert "would go there,1,A,,,11 of 20 would go there." in session_as_csv(report)
    assert read(written(report)) == report


# ---- words -------------------------------------------------------------------


def test_a_phone_says_which_column_its_words_go_to(line: Line) -> None:  # noqa: F811
    line.open()
    room = at(Step.BARRIERS, Room.open(Course(), SMALL).finish())

    async def walk() -> None:
        ann = await phone(line)
        line.shown(room)
        assert "Send: this gets in the way\nSend: this is an idea" in texts(await ann.state())
        for column, words in (("barriers", "No time"), ("ideas", "Ask first"), ("monday", "Too soon")):
            reply = await ann.post("/v", {"round": column, "text": words})
            assert (reply.status == 200) == (column != "monday")
        assert texts(await ann.state()).endswith("2 sent. The trainer reads them before anybody else does.")
        ann.hang_up()

    asyncio.run(walk())
    line.until(room, lambda _: len(line.gathered.waiting) == 2)
    told = line.approve(line.approve(room))
    assert [(note.column, note.words) for note in told.lines] == [("barriers", "No time"), ("ideas", "Ask first")]


@pytest.mark.parametrize(
    ("step", "columns"),
    [(Step.DEBRIEF, ("plus", "delta")), (Step.BARRIERS, ("barriers", "ideas")), (Step.MONDAY, ())],
)
def test_each_step_has_its_columns(step: Step, columns: tuple[Column, ...]) -> None:
    room = Room.open(Course(), SMALL).finish()
    while room.step is not step or view_of(room).step != "gather":
        room = room.next()
    assert view_of(room).columns == columns


def test_a_line_that_several_said_is_one_line_with_how_often() -> None:
    room = to_step(Room.open(Course(), SMALL).finish(), Step.BARRIERS)
    room = room.note("ideas", "Our rota is full").note("barriers", "Nobody asks").note("barriers", "The rota is full")
    places = likest(room, Wrote(1, "barriers", "rota is full!"))
    assert [room.lines[place].words for place in places] == ["The rota is full", "Nobody asks", "Our rota is full"]
    room = room.same(places[0]).same(places[0])
    assert room.shown.columns == (
        ("Barriers", ("Nobody asks", "The rota is full (3 times)")),
        ("Ideas", ("Our rota is full",)),
    )
    assert "- The rota is full (3 times)" in session_as_markdown(session_report(room, DAY))
    with pytest.raises(IndexError):
        room.same(3)


# ---- nothing early -----------------------------------------------------------


def test_no_byte_to_a_phone_tells_what_was_voted_not_even_of_the_other_branch(line: Line) -> None:  # noqa: F811
    """All bytes to a phone, head and body, from the question to the page with the answer, and on that page too."""
    often = Rules(phone_rate=500, phone_burst=500)
    line.watched = Watched(port=0, wake=line.news.release, rules=often)
    line.open()
    votes = {Step.SILENT: "733 A 811 B 655 C", Step.SHOW_AGAIN: "677 A 944 B 588 C", Step.WHAT_IF: "866 A 477 B"}
    never = [number for typed in votes.values() for number in typed.split() if number.isdecimal()]
    never += ["2199", "2209", "1343", "%", "manager", "leader"]

    async def walk() -> bytes:
        room = at(Step.QUESTION)
        ann = await phone(line)
        ann.recording = True
        steps = []
        for _ in range(30):
            if room.step in votes:
                room = room.entered(votes[room.step])
            line.shown(room)
            await ann.state()
            await ann.ask("GET", "/")
            steps.append(room.step)
            if room.step is Step.WOULD:
                break
            room = room.what_if() if room.step is Step.BRANCH else room.next()
        assert set(steps) >= set(votes) | {Step.REVEAL, Step.ROLES, Step.BRANCH, Step.WOULD}
        assert room.shown.words == ("866 of 1343 would go there.",)
        ann.hang_up()
        return bytes(ann.seen)

    seen = asyncio.run(walk())
    assert b"Would you go there?" in seen
    assert not [word for word in never if word.encode() in seen]
