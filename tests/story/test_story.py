"""A run in progress: begin, choose, undo, replay."""

from __future__ import annotations

import dataclasses

import pytest

from game.story import ChoiceNotOffered, Ending, Line, Passage, Scenario, Story, Way
from tests.story.making import asks, choice, do, ends, leads, story_of


@pytest.fixture
def house() -> Scenario:
    """Two decisions and two endings; `ask` can be done once, and leads back."""
    return story_of(
        asks(
            "hall",
            choice("ask", "hall", once=True, effects=[do(set=["asked"], trust=+1)]),
            choice("drive", "car", effects=[do(patience=-1)]),
            told=["Marcus has his bag on."],
        ),
        leads("car", "pool", told=["The wipers are going."]),
        asks("pool", choice("swim", "wet"), choice("watch", "dry", when="asked")),
        ends("wet"),
        ends("dry"),
    )


def test_a_story_begins_at_the_first_decision(house: Scenario) -> None:
    story = Story.begin(house)

    assert story.passage.id == "hall"
    assert (story.path, story.facts, story.meters) == ((), (), {"trust": 5, "patience": 3})
    assert [choice.id for choice in story.choices] == ["ask", "drive"]


def test_a_scenario_may_start_at_a_passage_that_is_not_its_first(house: Scenario) -> None:
    assert Story.begin(dataclasses.replace(house, start="car")).passage.id == "pool"


def test_choosing_gives_the_next_story_and_leaves_the_old_one_as_it_was(house: Scenario) -> None:
    before = Story.begin(house)
    after = before.choose("ask")

    assert (before.path, before.facts, before.meters["trust"]) == ((), (), 5)
    assert [choice.id for choice in before.choices] == ["ask", "drive"]
    assert (after.path, after.facts, after.meters["trust"]) == (("ask",), ("asked",), 6)
    assert [choice.id for choice in after.choices] == ["drive"]


def test_one_story_can_go_on_in_two_ways(house: Scenario) -> None:
    pool = Story.replay(house, ["ask", "drive"])

    swam, watched = pool.choose("swim"), pool.choose("watch")

    assert swam.passage.id == "wet"
    assert watched.passage.id == "dry"
    assert pool.passage.id == "pool"


def test_a_story_cannot_be_changed(house: Scenario) -> None:
    story = Story.begin(house)

    with pytest.raises(dataclasses.FrozenInstanceError):
        story.taken = "drive"  # type: ignore[misc]
    with pytest.raises(TypeError):
        story.state[0] = "pool"  # type: ignore[index]
    story.meters["trust"] = 99  # type: ignore[index]
    assert story.meters["trust"] == 5


def test_a_choice_that_is_not_offered_names_those_that_are(house: Scenario) -> None:
    with pytest.raises(ChoiceNotOffered) as caught:
        Story.begin(house).choose("swim")

    assert str(caught.value) == "'swim' is not offered here. On offer: ask, drive."
    assert (caught.value.choice, caught.value.offered) == ("swim", ("ask", "drive"))


def test_at_an_ending_nothing_is_on_offer(house: Scenario) -> None:
    with pytest.raises(ChoiceNotOffered, match=r"^'swim' is not offered here\. On offer: nothing\.$"):
        Story.replay(house, ["drive", "swim", "swim"])


def test_the_passages_entered_since_the_last_choice_are_told_in_order(house: Scenario) -> None:
    story = Story.replay(house, ["drive"])

    assert [visit.passage.id for visit in story.visits] == ["car", "pool"]
    assert [line.text for line in story.visits[0].lines] == ["The wipers are going."]


def test_undo_gives_back_the_story_before_the_last_choice(house: Scenario) -> None:
    before = Story.replay(house, ["ask"])

    assert before.choose("drive").undo() == before
    assert before.undo() == Story.begin(house)


def test_undo_at_the_start_is_the_start(house: Scenario) -> None:
    start = Story.begin(house)

    assert start.undo() is start


def test_the_steps_are_every_story_from_the_start(house: Scenario) -> None:
    story = Story.replay(house, ["ask", "drive", "watch"])

    assert [step.path for step in story.steps] == [(), ("ask",), ("ask", "drive"), ("ask", "drive", "watch")]


def test_replay_takes_the_same_choices(house: Scenario) -> None:
    story = Story.begin(house).choose("ask").choose("drive")

    assert Story.replay(house, story.path) == story
    assert Story.replay(house, iter(story.path)).state == story.state


def test_replay_stops_at_the_first_choice_that_is_not_on_offer(house: Scenario) -> None:
    with pytest.raises(ChoiceNotOffered) as caught:
        Story.replay(house, ["drive", "watch", "swim"])

    assert (caught.value.choice, caught.value.offered) == ("watch", ("swim",))


def test_replay_as_far_as_it_goes_gives_the_rest_back(house: Scenario) -> None:
    story, left = Story.replay_as_far(house, ["drive", "watch", "swim"])

    assert story.path == ("drive",)
    assert left == ("watch", "swim")


def test_replay_as_far_as_it_goes_leaves_nothing_over_where_all_fits(house: Scenario) -> None:
    story, left = Story.replay_as_far(house, ["ask", "drive", "watch"])

    assert (story.passage.id, left) == ("dry", ())


def test_two_stories_are_equal_when_the_same_choices_were_taken_in_the_same_scenario(house: Scenario) -> None:
    other_house = dataclasses.replace(house)

    assert len({Story.replay(house, ["ask"]), Story.replay(house, ["ask"]), Story.begin(house)}) == 2
    assert Story.begin(house) != Story.begin(other_house)
    assert Story.begin(house) != "hall"


def test_a_story_says_where_it_stands_when_it_is_printed(house: Scenario) -> None:
    assert repr(Story.replay(house, ["drive"])) == "Story('small', path=('drive',), at='pool')"


def test_a_run_of_thousands_of_choices_can_be_undone_to_the_start() -> None:
    scenario = story_of(
        asks("hub", choice("up", "hub", effects=[do(trust=+1)]), choice("down", "hub", effects=[do(trust=-1)]))
    )
    path = ("up", "down", "down") * 2000

    story = Story.replay(scenario, path)
    assert story.path == path
    assert len(story.steps) == 6001
    assert story == Story.replay(scenario, path)
    assert hash(story) == hash(Story.replay(scenario, path))

    for _ in path:
        story = story.undo()
    assert story == Story.begin(scenario)


def test_a_thousand_passages_in_a_row_are_one_step() -> None:
    row = [leads(f"p{number}", f"p{number + 1}") for number in range(1000)]

    story = Story.begin(story_of(*row, ends("p1000")))

    assert len(story.visits) == 1001
    assert story.over


def test_a_run_is_where_and_when_it_was_last_said_to_be() -> None:
    moved = Line("Then the pool.", place="pool", when="Noon")
    hall = Passage("hall", (Line("Hello."), moved, Line("Splash.")), place="hall", when="Monday", goto=(Way("later"),))
    later = Passage("later", (Line("Later."),), when="Night", decision=asks("x", choice("on", "home")).decision)
    home = Passage("home", (Line("Home."),), ending=Ending("Home"))
    story = Story.begin(story_of(hall, later, home))

    assert story.visits[0].where() == (("hall", "Monday"), ("hall", "Monday"), ("pool", "Noon"), ("pool", "Noon"))
    assert story.where == ("pool", "Night")
    assert story.choose("on").where == ("pool", "Night")
