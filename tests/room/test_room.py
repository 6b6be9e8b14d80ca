"""A session as a trainer leads it: each step, what is shown, what is counted, what is decided, and what is told."""

from __future__ import annotations

import pytest

from game.authoring import Library
from game.story import Course, Ending, Line, Passage, Scenario
from game.training import NotNow, Room, Step, Unclear, clean_words
from tests.room.rooms import SMALL, strings, to_step
from tests.story.making import ends, story_of


def scenario(library: Library, id: str = "late-again") -> Scenario:
    entry = library.entry(id)
    assert entry is not None
    assert entry.scenario is not None
    return entry.scenario


@pytest.fixture
def opened(library: Library) -> Room:
    """Late again, with 24 people in the room."""
    return Room.open(library.course, scenario(library), headcount=24)


def small(headcount: int | None = None) -> Room:
    return Room.open(Course(), SMALL, headcount=headcount)


# ---- the steps


def test_a_session_goes_from_the_welcome_to_the_close(opened: Room) -> None:
    room, steps = opened, [opened.step]
    while not room.over:
        room = room.next()
        if room.step is not steps[-1]:
            steps.append(room.step)
    decision = ["scene", "question", "silent", "show", "discuss", "show-again", "reveal", "roles", "branch"]
    closing = ["scene", "ending", "debrief", "others", "barriers", "monday", "close"]
    assert [str(step) for step in steps] == ["welcome", "experience", *(decision * 4), *closing]


def test_the_workshops_activities_open_and_close_it_with_their_minutes(opened: Room) -> None:
    welcome = opened.shown
    assert welcome.title == "Late again"
    assert welcome.quotation is not None
    assert welcome.quotation.words.startswith("In this workshop we'll think about")
    experience = opened.next().shown
    assert experience.seconds == 120
    assert experience.quotation is not None
    assert "not from books or articles" in experience.quotation.words
    others = to_step(opened, Step.OTHERS).shown
    assert (others.seconds, others.quotation) == (180, None)  # its words want a warning; the gloss stands in
    assert others.words == ("Three minutes, new groups: what is the difference between the two roles?",)
    barriers = to_step(opened, Step.BARRIERS).shown
    assert barriers.seconds == 180
    assert [name for name, _ in barriers.columns] == ["Barriers", "Ideas"]


def test_a_course_without_the_workshop_has_the_activities_in_words_of_its_own() -> None:
    assert small().shown.words[0].startswith("What is the difference between the role of manager")
    assert to_step(small(), Step.BARRIERS).shown.words == ("Three minutes, in small groups. What has got in your way?",)


def test_the_question_stands_with_its_letters_and_no_scores(opened: Room) -> None:
    page = to_step(opened, Step.QUESTION).shown
    assert page.title == "What do you do first?"
    assert [(option.letter, option.id) for option in page.options] == [
        ("A", "office"),
        ("B", "drive"),
        ("C", "ask-marcus"),
    ]
    assert page.voted is None


def test_while_people_vote_only_how_many_have_voted_is_shown(opened: Room) -> None:
    room = to_step(opened, Step.SHOW).entered("12 A 9 B")
    assert room.shown.voted_words == "21 of 24 have voted"
    assert room.headcount_is(None).shown.voted_words == "21 have voted"
    assert not any("12" in text for text in strings(room.shown))
    assert room.next().shown.voted_words == ""
    assert room.notes.counts is not None
    assert room.notes.counts.heads == (12, 9, 0)


def test_the_reveal_shows_before_and_after_and_the_roles_come_second(opened: Room) -> None:
    room = to_step(opened, Step.SHOW).entered("12 A 9 B 3 C")
    room = to_step(room, Step.SHOW_AGAIN).entered("8 A 9 B 6 C")
    reveal = room.next().shown.reveal
    assert reveal is not None
    assert [(row.before.heads, row.after and row.after.heads, row.change, row.role) for row in reveal.rows] == [
        (12, 8, -4, ""),
        (9, 9, 0, ""),
        (3, 6, 3, ""),
    ]
    assert reveal.totals == (24, 23)
    assert [row.before.percent for row in reveal.rows] == [50, 38, 13]
    assert reveal.moves == ("A lost 4.", "C gained 3.")
    roles = room.next().next().shown
    assert roles.reveal is not None
    assert [row.role for row in roles.reveal.rows] == ["manager-like", "leader-like", "both roles"]
    assert roles.quotation is not None
    assert roles.quotation.words == "Remember I'm talking roles not people."


def test_phones_tell_who_moved_and_cards_are_told_apart() -> None:
    room = to_step(small(30), Step.SHOW)
    room = room.ballots({f"t{n}": "knock" if n < 6 else "ring" for n in range(10)}).entered("3 A")
    room = to_step(room, Step.SHOW_AGAIN)
    room = room.ballots({f"t{n}": "knock" if n < 2 else "ring" for n in range(9)} | {"t-late": "wait"}).entered("2 A")
    reveal = room.next().shown.reveal
    assert reveal is not None
    assert reveal.totals == (13, 12)
    assert reveal.moves == (
        "Of 9 who voted twice by phone, 5 stayed.",
        "4 went from A to C.",
        "3 more voted by card, or only once.",
    )


def test_who_moved_is_not_told_of_four_phones() -> None:
    room = to_step(small(), Step.SHOW).ballots({f"t{n}": "knock" for n in range(4)})
    room = to_step(room, Step.SHOW_AGAIN).ballots({f"t{n}": "ring" for n in range(4)}).next()
    assert room.shown.reveal is not None
    assert room.shown.reveal.moves == ("A lost 4.", "C gained 4.")


def test_a_short_session_may_reveal_after_one_round() -> None:
    room = to_step(small(), Step.SHOW).entered("4 A 2 B").reveal_now()
    reveal = room.shown.reveal
    assert reveal is not None
    assert reveal.totals == (6,)
    assert reveal.moves == ()
    assert reveal.rows[0].after is None
    assert to_step(room, Step.BRANCH).shown.words == ("We go with A. 4 of 6 chose it.",)


def test_nothing_can_be_revealed_before_the_cards_were_called_for() -> None:
    for step in (Step.WELCOME, Step.SCENE, Step.QUESTION, Step.SILENT, Step.BRANCH):
        with pytest.raises(NotNow):
            to_step(small(), step).reveal_now()


# ---- the branch


def branch(first: str, second: str = "") -> Room:
    room = to_step(small(12), Step.SHOW)
    room = to_step(room.entered(first) if first else room, Step.SHOW_AGAIN)
    return to_step(room.entered(second) if second else room, Step.BRANCH)


def test_the_most_votes_of_the_second_round_decide() -> None:
    room = branch("5 A 1 B", "2 A 4 B")
    assert room.shown.words == ("We go with B. 4 of 6 chose it.",)
    assert room.next().story.path == ("wait",)


def test_the_first_round_decides_where_nobody_voted_again() -> None:
    assert branch("5 A 1 B").shown.words == ("We go with A. 5 of 6 chose it.",)


def test_a_tie_is_the_trainers_to_decide_and_told_as_such() -> None:
    room = branch("", "3 A 3 C 1 B")
    assert room.shown.words == ("A tie between A and C. The trainer decides.",)
    assert [option.letter for option in room.shown.options] == ["A", "C"]
    assert room.notes.hint == "It is yours to decide. Next takes A."
    decided = room.decide("ring")
    assert decided.shown.words == ("It was a tie. The trainer decided: C.",)
    assert decided.next().story.path == ("ring",)
    assert decided.next().decisions[0].why == "tie"


def test_a_clicker_alone_goes_on_at_a_tie_by_two_presses_and_tells_it() -> None:
    room = branch("", "3 A 3 C").next()
    assert room.step is Step.BRANCH
    assert room.shown.words == ("It was a tie. The trainer decided: A.",)
    assert room.next().step is Step.SCENE


def test_a_round_that_was_not_counted_is_not_told_as_if_everybody_had_gone() -> None:
    room = to_step(to_step(small(12), Step.SHOW).entered("5 A 1 B"), Step.REVEAL)
    assert room.shown.reveal is not None
    assert room.shown.reveal.totals == (6,)
    assert [row.after for row in room.shown.reveal.rows] == [None, None, None]
    assert room.shown.reveal.moves == ()
    late = to_step(to_step(small(12), Step.SHOW_AGAIN).entered("5 A 1 B"), Step.REVEAL)
    assert late.shown.reveal is not None
    assert (late.shown.reveal.totals, late.shown.reveal.moves) == ((6,), ())
    assert [(row.before.heads, row.after) for row in late.shown.reveal.rows] == [(5, None), (1, None), (0, None)]


def test_where_nothing_was_counted_it_is_said_once_and_there_is_no_table_of_noughts() -> None:
    room = to_step(small(12), Step.REVEAL)
    assert room.shown.words == ("No votes were counted this time.",)
    assert to_step(to_step(small(12), Step.SHOW).entered("5 A"), Step.REVEAL).shown.words == ()


def test_nobody_voted_and_the_trainer_decides() -> None:
    room = branch("")
    assert room.shown.words == ("No votes were counted. The trainer decides.",)
    assert room.decide("wait").shown.words == ("The trainer’s choice: B.",)


def test_the_trainer_may_take_another_branch_and_it_is_told() -> None:
    room = branch("", "5 A 1 B").decide("ring")
    assert room.shown.words == ("The trainer’s choice: C.",)
    assert room.next().decisions[0].why == "trainer"
    assert room.decide("knock").shown.words == ("We go with A. 5 of 6 chose it.",)


def test_a_branch_is_decided_at_its_step_and_only_among_what_is_on_offer() -> None:
    with pytest.raises(NotNow):
        to_step(small(), Step.REVEAL).decide("knock")
    with pytest.raises(NotNow):
        branch("1 A").next().decide("ring")
    with pytest.raises(ValueError, match="not on offer"):
        branch("1 A").decide("tea")


# ---- what if


def test_what_if_shows_the_next_most_chosen_branch_and_changes_nothing() -> None:
    room = branch("", "5 A 1 B 2 C")
    assert room.other_branches == ("ring", "wait")
    looked = room.what_if()
    assert looked.shown.title == "What if?"
    assert looked.shown.words == ("What if? The story itself stays as it is.", "Would you go there?")
    assert [line.text for line in looked.shown.lines] == ["The hall is long.", "Nobody comes."]
    assert [option.letter for option in looked.shown.options] == ["C"]
    assert (looked.story, looked.story.facts) == (room.story, ())
    assert looked.back_to_the_road().shown == room.shown
    again = looked.back_to_the_road().what_if()
    assert [option.letter for option in again.shown.options] == ["B"]
    assert again.back_to_the_road().next().story.meters == {"trust": 6, "patience": 3}


def test_what_if_may_be_asked_after_the_branch_was_seen_and_at_the_end() -> None:
    room = branch("", "5 A").next()
    assert room.step is Step.SCENE
    assert room.what_if("ring").back_to_the_road().spot == room.spot
    ending = to_step(room, Step.ENDING)
    looked = ending.what_if()
    assert "It would have ended here: The end at out" in looked.shown.words
    assert looked.next().step is Step.ENDING


def test_there_is_no_what_if_while_a_decision_is_open() -> None:
    for step in (Step.WELCOME, Step.QUESTION, Step.SHOW, Step.REVEAL):
        with pytest.raises(NotNow):
            to_step(small(), step).what_if()
    with pytest.raises(NotNow):
        branch("", "5 A").what_if("knock")  # the branch that is taken


# ---- counting


def test_a_count_is_typed_as_it_is_called_out() -> None:
    room = to_step(small(), Step.SHOW)
    for typed in ("12 A 9 B 3 C", "12a 9b 3c", "A 12, B 9, C 3", "c=3; a=12; b=9", "  3C12A9B "):
        assert room.entered(typed).notes.counts.heads == (12, 9, 3)  # type: ignore[union-attr]


def test_letters_that_are_not_typed_keep_their_count() -> None:
    room = to_step(small(), Step.SHOW).entered("12 A 9 B").entered("4 C 10 A")
    assert room.notes.counts is not None
    assert room.notes.counts.heads == (10, 9, 4)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "Type how many for each letter, such as 12 A 9 B 3 C."),
        ("   ", "Type how many for each letter, such as 12 A 9 B 3 C."),
        ("12 A 9", "‘9’ stands alone. Type a number and a letter, such as 12 A."),
        ("12 D", "There is no choice ‘D’ here. The letters are A, B, C."),
        ("12 A 3 A", "A is there twice."),
        ("lots A", "How many for A? ‘LOTS’ is not a number."),
        ("12000 A", "12000 is too many. A count goes up to 9999."),
        ("-3 A", "The sign ‘-’ does not belong in a count."),
        ("３ A", "The sign ‘３’ does not belong in a count."),
        ("12 A 9 É", "The sign ‘é’ does not belong in a count."),
    ],
)
def test_a_count_that_cannot_be_read_says_why_and_changes_nothing(typed: str, reason: str) -> None:
    with pytest.raises(Unclear) as unclear:
        to_step(small(), Step.SHOW).entered(typed)
    assert unclear.value.reason == reason


def test_taps_add_and_take_away_and_never_go_below_nothing() -> None:
    room = to_step(small(), Step.SHOW).add("knock").add("knock").add("ring", -1)
    assert room.notes.counts is not None
    assert room.notes.counts.heads == (2, 0, 0)
    room = room.add("knock", -5)
    assert room.notes.counts is not None
    assert room.notes.counts.total == 0


def test_cards_tables_and_phones_add_up() -> None:
    room = to_step(small(), Step.SHOW).entered("2 A").count("knock", 3, table="3").entered("4 B", table="5")
    room = room.ballots({"t1": "knock", "t2": {"ring": 3, "knock": 4}, "t3": "tea"})
    tally = room.notes.counts
    assert tally is not None
    assert (tally.cards, tally.tables, tally.phones) == ((2, 0, 0), (3, 4, 0), (5, 0, 3))
    assert tally.heads == (10, 4, 3)


def test_if_phones_fail_their_votes_stay_and_the_rest_is_entered_by_hand() -> None:
    room = to_step(small(), Step.SILENT).ballots({"t1": "knock", "t2": "ring"}).next().entered("5 A")
    assert room.notes.counts is not None
    assert room.notes.counts.heads == (6, 0, 1)


def test_a_hall_is_guessed_in_words_and_shown_in_words() -> None:
    room = to_step(small(400), Step.SHOW).entered("most C, some A, few B")
    room = to_step(room, Step.SHOW_AGAIN).guess("half", "knock").guess("half", "ring").next()
    reveal = room.shown.reveal
    assert reveal is not None
    assert [(row.before.words, row.after and row.after.words) for row in reveal.rows] == [
        ("some", "half"),
        ("few", "0"),
        ("most", "half"),
    ]
    assert to_step(room, Step.BRANCH).shown.words == ("A tie between A and C. The trainer decides.",)
    assert to_step(to_step(small(400), Step.SHOW).entered("most C"), Step.BRANCH).shown.words == (
        "We go with C. Most chose it.",
    )


def test_a_guess_is_one_of_those_not_counted() -> None:
    """40 phones for A and a hall of 360 of which most are for B: B leads. With 50 people in all, A does."""
    phones = {f"t{n}": "knock" for n in range(40)}
    for people, leads in ((400, "wait"), (50, "knock")):
        room = to_step(small(people), Step.SHOW).ballots(phones).guess("most", "wait")
        assert room.decisions[0].first.tally.leading(people) == (leads,)


def test_a_count_takes_the_place_of_a_guess_and_a_guess_of_a_count() -> None:
    room = to_step(small(), Step.SHOW).guess("most", "knock").count("knock", 7)
    assert room.notes.counts is not None
    assert (room.notes.counts.heads, room.notes.counts.guesses) == ((7, 0, 0), ("", "", ""))
    room = room.guess("few", "knock")
    assert room.notes.counts is not None
    assert (room.notes.counts.heads, room.notes.counts.guesses) == ((0, 0, 0), ("few", "", ""))


def test_the_first_count_may_be_put_right_while_people_talk_and_the_second_until_the_branch() -> None:
    room = to_step(small(), Step.DISCUSS).entered("5 A")
    room = to_step(room, Step.REVEAL).entered("4 B")
    asked = room.decisions[0]
    assert (asked.first.tally.heads, asked.second.tally.heads) == ((5, 0, 0), (0, 4, 0))
    for step in (Step.WELCOME, Step.SCENE, Step.BRANCH, Step.ENDING):
        with pytest.raises(NotNow):
            to_step(small(), step).entered("4 B")


def test_nothing_is_counted_while_looking_back_but_phones_are_heard() -> None:
    room = to_step(small(), Step.SHOW_AGAIN).back().back()
    assert (room.step, room.counting, room.open_round) == (Step.SHOW, 0, 2)
    with pytest.raises(NotNow):
        room.count("knock", 4)
    assert room.ballots({"t1": "knock"}).to_front().shown.voted == 1
    assert room.notes.warnings == ("You are looking back. Next goes on to where you were.",)


def test_phones_are_not_heard_while_voting_is_closed() -> None:
    for step in (Step.WELCOME, Step.DISCUSS, Step.REVEAL, Step.BRANCH, Step.CLOSE):
        room = to_step(small(), step)
        assert room.open_round == 0
        assert room.ballots({"t1": "knock"}) == room


@pytest.mark.parametrize("heads", [-1, 10_000])
def test_a_count_that_none_can_be_is_refused(heads: int) -> None:
    with pytest.raises(ValueError, match="a count is 0 to 9999"):
        to_step(small(), Step.SHOW).count("knock", heads)


def test_a_choice_that_is_not_on_offer_is_refused() -> None:
    with pytest.raises(ValueError, match="'tea' is not on offer here"):
        to_step(small(), Step.SHOW).count("tea", 1)


# ---- back, and looking


def test_back_shows_each_earlier_page_and_next_comes_back_to_the_present(opened: Room) -> None:
    room = to_step(to_step(opened, Step.SHOW).entered("3 A"), Step.REVEAL)
    pages = []
    looked = room
    while looked.at:
        looked = looked.back()
        pages.append(looked.step)
    assert pages[:5] == [Step.SHOW_AGAIN, Step.DISCUSS, Step.SHOW, Step.SILENT, Step.QUESTION]
    assert pages[-1] is Step.WELCOME
    assert looked.back() == looked
    while not looked.at_front:
        looked = looked.next()
    assert looked == room


def test_looking_back_to_the_vote_shows_no_counts_even_after_the_reveal(opened: Room) -> None:
    room = to_step(to_step(opened, Step.SHOW).entered("13 A 2 B"), Step.REVEAL).back().back().back()
    assert room.step is Step.SHOW
    assert room.shown.reveal is None
    assert room.shown.voted_words == "15 of 24 have voted"
    assert not any("13" in text for text in strings(room.shown))


# ---- scenes


def test_a_scene_is_told_a_few_lines_to_a_page_under_the_storys_name(opened: Room) -> None:
    room = to_step(opened, Step.SCENE)
    assert room.shown.words == ("You are the team leader at Wren Lane, eight months in.",)
    assert (room.shown.place, room.shown.when) == ("kitchen-rain", "Tuesday, 8.31")
    for page in room.scene(room.spot):
        assert sum(-(-len(line.text) // 38) + bool(line.speaker) for line in page.lines) <= 9


def test_a_line_longer_than_a_page_is_broken_between_words() -> None:
    long = " ".join(f"word{n}" for n in range(200))
    room = to_step(Room.open(Course(), story_of(ends("end", long))), Step.SCENE)
    pages = room.scene(room.spot)
    assert len(pages) > 3
    assert " ".join(line.text for page in pages for line in page.lines) == long


def test_a_page_of_a_scene_shows_where_and_when_its_lines_are_told() -> None:
    told = (Line("Hello."), Line("Then the pool.", place="pool", when="Noon"), Line("Splash."))
    story = story_of(Passage("end", told, place="hall", when="Monday", ending=Ending("Home")))
    room = to_step(Room.open(Course(), story), Step.SCENE)
    pages = [(page.place, page.when, len(page.lines)) for page in room.scene(room.spot)]
    assert pages == [("hall", "Monday", 1), ("pool", "Noon", 2)]
    assert (room.shown.place, room.shown.when) == ("hall", "Monday")
    room = room.next()
    assert (room.shown.place, room.shown.when) == ("pool", "Noon")


# ---- the end


def walked(room: Room, first: str, second: str) -> Room:
    """The whole story with the same counts at each decision."""
    while not room.over:
        if room.step is Step.SHOW:
            room = room.entered(first)
        if room.step is Step.SHOW_AGAIN:
            room = room.entered(second)
        room = room.next()
    return room


def test_the_debrief_shows_quotations_then_asks_with_the_rooms_own_numbers(opened: Room) -> None:
    room = to_step(walked(opened, "14 A 6 B 4 C", "4 A 6 B 14 C"), Step.CLOSE)
    pages = []
    while room.step is not Step.ENDING:
        room = room.back()
        if room.step is Step.DEBRIEF:
            pages.insert(0, room.shown)
    assert [page.title for page in pages] == ["The workshop says", "The workshop says", *["Thinking it over"] * 3]
    assert all(page.quotation and page.quotation.author == "Tony Osgood" for page in pages[:2])
    assert pages[2].words == ("How did it feel to decide? Say it in a word or two.",)
    assert pages[3].words == (
        "“What do you do first?”",
        "A: See Joy now, note the time, and fix two o’clock to talk.",
        "I noticed that A went from 14 to 4.",
        "I think something in the talk did that. What was it?",
    )
    assert [name for name, _ in pages[4].columns] == ["What went well", "What we would do differently"]


def test_the_prompt_is_filled_from_the_decision_where_most_moved() -> None:
    room = to_step(small(), Step.SHOW).entered("4 A 4 B")
    room = to_step(to_step(room, Step.SHOW_AGAIN).entered("5 A 3 B"), Step.SHOW, 2)
    room = room.ballots({f"t{n}": "sit" for n in range(9)})
    room = to_step(room, Step.SHOW_AGAIN, 2).ballots({f"t{n}": "stand" if n < 7 else "sit" for n in range(9)})
    room = to_step(room, Step.DEBRIEF).next()
    assert room.shown.words[1:4] == (
        "A: I choose sit.",
        "B: I choose stand.",
        "I noticed that 7 of us went from A to B.",
    )


@pytest.mark.parametrize(
    ("first", "second", "noticed"),
    [
        ("AAAAAAAA", "BBBBBBBA", "I noticed that 7 of us went from A to B."),
        ("AAAAAAAA", "BBBAAAAA", "I noticed that a few of us went from A to B."),
        ("AAABBBAB", "BBBAAAAB", "I noticed that a few of us went from A to B."),  # as many back
        ("AAABBBAB", "AAABBBAB", "I noticed that the talk did not change the count."),
        ("AAA", "BBB", "I noticed that some votes changed."),
    ],
)
def test_the_prompt_with_phones_singles_out_nobody(first: str, second: str, noticed: str) -> None:
    ids = {"A": "knock", "B": "wait"}
    room = to_step(small(), Step.SILENT).ballots({f"t{at}": ids[letter] for at, letter in enumerate(first)})
    room = to_step(room, Step.SHOW_AGAIN).ballots({f"t{at}": ids[letter] for at, letter in enumerate(second)})
    room = to_step(room, Step.DEBRIEF).next()
    assert noticed in room.shown.words


@pytest.mark.parametrize(
    ("first", "second", "noticed"),
    [
        ("4 A", "4 A", "I noticed that the talk did not change the count."),
        ("4 A", "0 A", "I noticed that we did not count twice."),
    ],
)
def test_the_prompt_never_invents_a_move(first: str, second: str, noticed: str) -> None:
    room = walked(small(), first, second)
    while room.step is not Step.DEBRIEF or room.spot.page != 1:
        room = room.back()
    assert room.shown.words[0] == noticed


def test_lines_are_gathered_in_their_columns_and_can_be_taken_away() -> None:
    room = to_step(small(), Step.BARRIERS)
    room = room.note("barriers", "  No time\nto talk ").note("ideas", "Ask first").note("barriers", "\u202e\u200b\x00")
    assert room.shown.columns == (("Barriers", ("No time to talk",)), ("Ideas", ("Ask first",)))
    assert room.unnote(0).shown.columns == (("Barriers", ()), ("Ideas", ("Ask first",)))
    with pytest.raises(IndexError):
        room.unnote(2)
    with pytest.raises(KeyError):
        room.note("verdicts", "x")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Ça va?", "Ça va?"),
        ("a\u202eb\u200bc\x1b[31m", "abc[31m"),
        ("Z\u0300\u0301\u0302\u0303\u0304al", "Z\u0300\u0301al"),
        ("<b>=1+1</b>", "<b>=1+1</b>"),
        ("x" * 500, "x" * 280),
        ("\ud800 lone", "lone"),
    ],
)
def test_words_are_cleaned_before_anybody_sees_them(said: str, shown: str) -> None:
    assert clean_words(said) == shown


def test_one_thing_on_monday_is_the_scenarios_and_the_rooms(opened: Room) -> None:
    page = to_step(opened.note("monday", "Ask Marcus"), Step.MONDAY).shown
    assert page.words == ("What is one thing that you will do on Monday?", "Name the dates. Then ask what changed.")
    assert page.columns == (("One thing on Monday", ("Ask Marcus",)),)


def test_a_trainer_out_of_time_closes_the_story_and_the_session_is_whole(opened: Room) -> None:
    room = to_step(opened, Step.DISCUSS).finish()
    assert (room.step, room.shown.words) == (Step.ENDING, ("We leave the story here.",))
    room = room.next()
    while room.step is Step.DEBRIEF and room.shown.quotation:
        room = room.next()
    assert room.next().shown.words[0] == "I noticed that we did not decide in this story."
    assert to_step(room, Step.CLOSE).over
    assert room.finish() == room


def test_quotations_shown_so_far_are_known_in_order(opened: Room) -> None:
    assert len(opened.quotations) == 1
    room = to_step(opened, Step.ROLES)
    assert [quoted.words[:20] for quoted in room.quotations] == [
        "In this workshop we'",
        "Two minutes, small g",
        "Remember I'm talking",
    ]
    assert room.back().quotations == room.quotations


def test_strong_words_are_shown_only_where_they_are_wanted(library: Library) -> None:
    for spoken in (False, True):
        room = Room.open(library.course, scenario(library), spoken=spoken)
        quotation = to_step(room, Step.OTHERS).shown.quotation
        assert (quotation is not None) == spoken


# ---- the presenter


def test_the_presenter_sees_what_comes_next_and_what_to_ask(opened: Room) -> None:
    room = to_step(opened, Step.DISCUSS)
    assert room.notes.title == "Talk it over"
    assert room.notes.next == "Show once more"
    assert len(room.notes.questions) == 2
    assert ("T", "30 seconds more") in room.notes.keys
    assert to_step(opened, Step.CLOSE).notes.next == ""


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("20 A 4 B", "83 % chose the same. Keep it short, or ask the groups to speak for another choice."),
        ("12 A 9 B 3 C", "The room is split. Give it three full minutes."),
        ("15 A 9 B", "Two minutes will do."),
    ],
)
def test_the_hint_is_about_the_spread(opened: Room, typed: str, hint: str) -> None:
    assert to_step(opened, Step.SHOW).entered(typed).notes.hint == hint


def test_more_votes_than_people_are_told_to_the_presenter_only(opened: Room) -> None:
    room = to_step(opened, Step.SHOW).entered("25 A")
    assert room.notes.warnings == ("25 have voted, and 24 are in the room.",)
    assert "25 have voted, and 24 are in the room." not in list(strings(room.shown))


def test_time_adds_up_by_step_and_decision() -> None:
    room = to_step(small(), Step.DISCUSS).spent(90).spent(35)
    room = to_step(room, Step.DISCUSS, 2).spent(60)
    assert (room.seconds(Step.DISCUSS, 1), room.seconds(Step.DISCUSS, 2)) == (125, 60)
    with pytest.raises(ValueError, match="time does not run back"):
        room.spent(-1)


def test_a_headcount_below_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        small(-1)


# ---- tables


def test_tables_under_five_votes_are_not_told_apart() -> None:
    room = to_step(small(), Step.SHOW).entered("6 A", table="1").entered("3 B 4 C", table="2").entered("4 A", table="3")
    reveal = to_step(room, Step.REVEAL).shown.reveal
    assert reveal is not None
    assert reveal.tables == (("2", (0, 3, 4)), ("", (10, 0, 0)))  # table 1 hides table 3, which would be the rest alone


def test_tables_of_five_and_more_are_told_in_their_order() -> None:
    room = to_step(small(), Step.SHOW)
    for table in ("10", "9", "2"):
        room = room.entered("5 A", table=table)
    assert room.decisions[0].first.by_table == (("2", (5, 0, 0)), ("9", (5, 0, 0)), ("10", (5, 0, 0)))
