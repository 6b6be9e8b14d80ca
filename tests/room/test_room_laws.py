"""What must hold of every session in a room, whatever is done in it and in whatever order."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from game.story import Course, Scenario, Story, explore
from game.training import FEWEST, WOULD, Room, Step, Votes, moved, roads
from game.words import say
from tests.room.rooms import Played, numbers, sessions, story_of, strings, votes
from tests.strategies import scenarios

LAW = settings(deadline=None)
ANY = sessions(scenarios())
FORWARD = scenarios(can_stick=False)
ROLES = tuple(say(f"map.role-{role}") for role in ("manager", "leader", "both", "neither"))
ASIDE = (Step.WHAT_IF, Step.WOULD)
BEFORE_THE_REVEAL = {Step.QUESTION, Step.SILENT, Step.SHOW, Step.DISCUSS, Step.SHOW_AGAIN}


@LAW
@given(ANY, st.integers(0, 80))
def test_back_and_then_next_comes_to_the_identical_room(session: Played, pages: int) -> None:
    room = session.room.to_front()
    looked = room
    for _ in range(pages):
        looked = looked.back()
    for _ in range(min(pages, len(room.trail) - 1)):
        looked = looked.next()
    assert looked == room
    assert looked.shown == room.shown


@LAW
@given(ANY)
def test_back_changes_nothing_but_what_is_shown(session: Played) -> None:
    for room in session.rooms:
        earlier = room.back()
        assert (earlier.trail, earlier.decisions, earlier.story) == (room.trail, room.decisions, room.story)
        assert (earlier.lines, earlier.times, earlier.headcount) == (room.lines, room.times, room.headcount)


@LAW
@given(ANY)
def test_no_act_takes_away_a_page_or_a_decision(session: Played) -> None:
    for one, other in zip(session.rooms, session.rooms[1:], strict=False):
        assert other.trail[: len(one.trail)] == one.trail
        assert len(other.decisions) >= len(one.decisions)
        taken = [asked.chosen for asked in one.decisions if asked.chosen]
        assert [asked.chosen for asked in other.decisions if asked.chosen][: len(taken)] == taken


@LAW
@given(ANY)
def test_before_the_reveal_no_number_is_shown_but_how_many_have_voted(session: Played) -> None:
    for room in session.rooms:
        page = room.shown
        if page.step not in BEFORE_THE_REVEAL:
            continue
        told = page.place, page.when, page.title, page.options, page.words
        assert page.reveal is None
        assert page.quotation is None
        assert page.columns == ()
        assert list(numbers(told)) == []
        asked = room.decision
        assert asked is not None
        decision = asked.story.passage.decision
        assert decision is not None
        own = {decision.ask, *asked.story.where, asked.story.passage.id, ""}
        own |= {text for option in page.options for text in (option.letter, option.id, option.text)}
        said = [text for text in strings(page) if text not in own]
        assert set(said) <= {str(page.step), say(f"room.says.{page.step}") if page.words else ""}
        assert not [text for text in strings(page) for role in ROLES if role in text]


@LAW
@given(ANY)
def test_before_the_reveal_the_page_is_the_same_whatever_was_voted(session: Played) -> None:
    """Two rooms in which as many have voted cannot be told apart before the reveal, whatever they voted."""
    for room in session.rooms:
        if room.step not in BEFORE_THE_REVEAL or not room.open_round or not room.at_front:
            continue
        asked = room.decisions[-1]
        number = (asked.first if room.open_round == 1 else asked.second).tally.total
        pages = []
        for id in asked.first.choices:
            bare = room
            for other in asked.first.choices:
                bare = bare.count(other, 0)
            for table in ("1", "2", "3", "4"):
                for other in asked.first.choices:
                    bare = bare.count(other, 0, table)
            pages.append(bare.ballots({}).count(id, min(number, 9_999)).shown)
        assert all(page == room.shown for page in pages if number <= 9_999)


@LAW
@given(ANY)
def test_who_would_go_to_another_branch_is_shown_on_no_page_but_its_own(session: Played) -> None:
    """While it can be said, the wall is the same whatever was said; and afterwards, fewer than five are no number."""
    for room in session.rooms:
        if room.step is Step.WHAT_IF and room.at_front:
            total = room.decisions[-1].votes(room.open_round).tally.total
            emptied = room.ballots({})
            for table in ("", "1", "2", "3", "4"):
                for id in emptied.counted:
                    emptied = emptied.count(id, 0, table)
            for id in emptied.counted:
                assert emptied.count(id, total).shown == room.shown
            assert room.shown.reveal is None
        if room.step is Step.WOULD:
            votes = room.decisions[room.spot.number - 1].votes(
                room.decisions[room.spot.number - 1].what_if_round(room.spot.choice)
            )
            if votes.tally.total < FEWEST and not any(votes.tally.guesses):
                assert room.shown.words == ("Fewer than five have answered. That is too few to show.",)


@LAW
@given(ANY)
def test_what_is_said_of_another_branch_adds_up(session: Played) -> None:
    """Cards, tables' phones with their heads shared out, and single phones, as in any other round."""
    for asked in session.room.decisions:
        for _, said in asked.would:
            cards = sum(heads for _, split in said.cards for _, heads in split)
            phones = sum(heads for _, ballot in said.phones for _, heads in ballot.split)
            assert said.choices == WOULD
            assert said.tally.total == cards + phones


@LAW
@given(ANY)
def test_roles_are_shown_only_as_a_second_reveal(session: Played) -> None:
    for room in session.rooms:
        page = room.shown
        if page.reveal and any(row.role for row in page.reveal.rows):
            assert page.step is Step.ROLES
        if page.reveal:
            assert page.step in (Step.REVEAL, Step.ROLES)


@LAW
@given(ANY)
def test_facts_and_meters_move_along_the_main_road_only(session: Played) -> None:
    for room in session.rooms:
        road = story_of(room)
        assert room.story == road
        assert (room.story.facts, room.story.meters) == (road.facts, road.meters)


@LAW
@given(ANY)
def test_a_tie_is_never_decided_by_the_program(session: Played) -> None:
    for room in session.rooms:
        for asked in room.decisions:
            leading = asked.last.tally.leading(room.headcount)
            if len(leading) != 1 and not asked.own and not asked.chosen:
                assert asked.settled(room.headcount) == ("", "")
            if asked.why == "most":
                assert asked.own in ("", asked.chosen)
            if asked.why in ("tie", "trainer"):
                assert asked.own == asked.chosen


@LAW
@given(ANY)
def test_what_was_decided_is_told_as_what_it_was(session: Played) -> None:
    """Without a change of the headcount between, the reason that was kept is the one the votes give."""
    room = session.room
    if len({one.headcount for one in session.rooms}) > 1:
        return
    for asked in room.decisions:
        leading = asked.last.tally.leading(room.headcount)
        if asked.why == "most":
            assert leading == (asked.chosen,)
        if asked.why == "tie":
            assert asked.chosen in leading
            assert len(leading) > 1
        if asked.why == "trainer":
            assert asked.chosen not in leading


@LAW
@given(ANY)
def test_what_if_comes_back_to_where_it_left(session: Played) -> None:
    for room in session.rooms:
        if not room.other_branches or room.step in ASIDE:
            continue
        looked = room.what_if()
        assert looked.step is Step.WHAT_IF
        assert looked.story == room.story
        back = looked.back_to_the_road()
        assert back.spot == room.spot
        assert back.shown == room.shown
        while looked.step in ASIDE:
            looked = looked.next()
        assert looked.spot == room.spot


@LAW
@given(sessions(FORWARD))
def test_a_session_walks_to_its_close_by_next_alone(session: Played) -> None:
    """Where no road leads round and round; such a story is closed by hand, as the next law says."""
    room, pages = session.room, 0
    if roads(explore(room.scenario, 10_000)).most is None:
        return
    while not room.over:
        room = room.next()
        pages += 1
        assert pages < 2_000
    assert room.at_front
    assert room.next() == room


@LAW
@given(ANY)
def test_whatever_the_story_a_session_can_be_closed_from_everywhere(session: Played) -> None:
    room = session.room.finish()
    pages = 0
    while not room.over:
        room = room.next()
        pages += 1
        assert pages < 2_000
    assert [spot.step for spot in room.trail if spot.step in (Step.OTHERS, Step.BARRIERS, Step.MONDAY, Step.CLOSE)] == [
        Step.OTHERS,
        Step.BARRIERS,
        Step.MONDAY,
        Step.CLOSE,
    ]


@LAW
@given(ANY)
def test_every_page_can_be_shown_and_told_to_the_presenter(session: Played) -> None:
    for room in session.rooms:
        assert room.shown.title is not None
        assert room.notes.do
        assert room.notes.next or room.over
        assert all(isinstance(text, str) for text in strings(room.shown))


@LAW
@given(ANY)
def test_a_token_is_in_nothing_that_is_shown(session: Played) -> None:
    for room in session.rooms:
        assert not [text for text in (*strings(room.shown), *strings(room.notes)) if "token-" in text]
        assert "token-" not in repr(room)


@LAW
@given(scenarios())
def test_scenes_tell_every_line_of_the_road_once(scenario: Scenario) -> None:
    room = Room.open(Course(), scenario)
    while not room.over:
        room = room.next()
        if len(room.decisions) == 20:
            return  # it leads round and round
    spots = [spot for spot in room.trail if spot.step is Step.SCENE]
    told = " ".join(line.text for spot in spots for line in room.scene(spot)[spot.page].lines)
    assert "".join(told.split()) == "".join(_words(room.story).split())


def _words(story: Story) -> str:
    return " ".join(line.text for step in story.steps for visit in step.visits for line in visit.lines)


# ---- tallies and who moved


@LAW
@given(votes())
def test_a_tally_adds_up_cards_tables_and_phones(one: Votes) -> None:
    tally = one.tally
    cards = sum(heads for _, split in one.cards for _, heads in split)
    phones = sum(heads for _, ballot in one.phones for _, heads in ballot.split)
    assert tally.total == cards + phones == sum(tally.cards) + sum(tally.tables) + sum(tally.phones)
    assert tally.heads == tuple(tally.of(id) for id in one.choices)
    assert all(0 <= percent <= 100 for percent in tally.percents)


@LAW
@given(votes(), votes())
def test_who_moved_always_sums(first: Votes, second: Votes) -> None:
    told = moved(first, second)
    assert told.before == first.tally.heads
    assert told.after == second.tally.heads
    assert sum(told.change) == second.tally.total - first.tally.total
    matrix = told.matrix or tuple((0,) * 3 for _ in range(3))
    for place in range(3):
        assert told.before[place] == sum(matrix[place]) + told.first_only[place]
        assert told.after[place] == sum(row[place] for row in matrix) + told.second_only[place]
        assert told.first_only[place] >= 0
        assert told.second_only[place] >= 0
    assert told.twice == told.stayed + sum(heads for _, _, heads in told.went)


@LAW
@given(votes(), votes())
def test_who_moved_is_told_only_of_enough_people(first: Votes, second: Votes) -> None:
    told = moved(first, second)
    assert told.matrix is None or told.twice >= FEWEST
    both = {token for token, _ in first.phones} & {token for token, _ in second.phones}
    if not both:
        assert told.matrix is None


@LAW
@given(votes())
def test_a_round_compared_with_itself_moved_nobody(one: Votes) -> None:
    told = moved(one, one)
    assert not any(told.change)
    assert told.went == ()


@LAW
@given(votes())
def test_no_group_of_fewer_than_five_is_told_apart(one: Votes) -> None:
    rows = one.by_table
    if rows:
        assert sum(sum(heads) for _, heads in rows) == one.tally.total
    for _, heads in rows:
        assert sum(heads) >= FEWEST


@LAW
@given(st.lists(votes(), min_size=2, max_size=5))
def test_what_phones_say_replaces_what_they_said(said: list[Votes]) -> None:
    given_ = said[0]
    for other in said[1:]:
        ballots = {token: dict(ballot.split) for token, ballot in other.phones}
        given_ = given_.with_phones(ballots)
        assert given_.tally.phones == other.tally.phones
        assert given_.cards == said[0].cards
