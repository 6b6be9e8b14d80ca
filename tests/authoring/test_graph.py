"""The map of a story: everything is on it once, nothing lies over anything, roads join what the story joins."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings

from game.authoring import (
    MOST_PASSAGES,
    STYLES,
    Box,
    Library,
    Road,
    StoryMap,
    TooLarge,
    condition_in_words,
    load_text,
    map_of_story,
    passage_told,
    visit_chances,
)
from game.story import Ending, Line, Passage, Proof, Scenario, Story, prove
from tests.strategies import scenarios

SHIPPED = ("late-again", "who-decides", "the-visit")
A3 = (1142.0, 734.0)

HUB = """
title: The hub
facts: {key: You have the key., met: You met Sam.}
passages:
  hall:
    text: A long hall.
    decision:
      ask: Whom do you ask?
      choices:
        - {id: sam, text: Ask Sam., goto: sam, once: true, scores: {leader: 1}}
        - {id: wait, text: Wait a while., goto: hall, scores: {manager: 1}}
        - id: both
          text: Ask both.
          goto: [{to: roof, if: key and trust <= 4}, {to: sam}]
          scores: {manager: 1, leader: 2}
        - {id: go, text: Go up., if: met, goto: roof}
  sam:
    text: Sam says no.
    effects: [{set: met}]
    goto: hall
  cellar:
    text: Nobody comes here.
    decision:
      ask: And now?
      choices:
        - {id: up, text: Go up., goto: roof}
  roof:
    text: The sea.
    ending: {title: On the roof, tone: mixed-good}
"""
"""A hub with loops of every kind, a way under a condition, and a passage that cannot be reached."""


def measure(words: str, style: str) -> float:
    """Every letter as wide as half its size, and a little more."""
    return len(words) * STYLES[style].size * 0.52


def map_of(scenario: Scenario, **how: object) -> StoryMap:
    return map_of_story(scenario, prove(scenario, 5_000), measure, **how)  # type: ignore[arg-type]


def scenario_of(text: str) -> Scenario:
    entry = load_text(text)
    assert entry.scenario is not None, entry.mistakes
    return entry.scenario


@pytest.fixture(params=SHIPPED)
def shipped(request: pytest.FixtureRequest, library: Library) -> Scenario:
    entry = library.entry(request.param)
    assert entry is not None
    assert entry.scenario is not None
    return entry.scenario


# ---- laws ---------------------------------------------------------------------


def problems(drawn: StoryMap) -> Iterator[str]:
    """All that is wrong with a layout, whatever the story."""
    yield from _not_on_it_once(drawn)
    yield from _out_of_place(drawn)
    yield from _wrong_roads(drawn)
    yield from _through_boxes(drawn)


def _not_on_it_once(drawn: StoryMap) -> Iterator[str]:
    wanted = []
    for passage in drawn.scenario.passages.values():
        wanted.append((passage.id, ""))
        wanted += [(passage.id, choice.id) for choice in passage.decision.choices] if passage.decision else []
    found = [(box.passage, box.choice) for box in drawn.boxes if box.kind != "way"]
    if sorted(found) != sorted(wanted):
        yield f"on the map: {sorted(found)}, in the story: {sorted(wanted)}"
    if len({box.key for box in drawn.boxes}) != len(drawn.boxes):
        yield "two boxes share a key"


def _out_of_place(drawn: StoryMap) -> Iterator[str]:
    for box in drawn.boxes:
        right, bottom = box.x + box.width, box.y + box.height
        if min(box.x, box.y) < -0.01 or right > drawn.width + 0.01 or bottom > drawn.height + 0.01:
            yield f"{box.key} lies outside the map"
        for line in box.lines:
            width = measure(line.text, line.style)
            left = line.x - width if line.end else line.x
            if left < 0 or left + width > box.width or line.y + STYLES[line.style].line > box.height:
                yield f"{line.text!r} sticks out of {box.key}"
    for one, other in combinations(drawn.boxes, 2):
        if _over(one, other):
            yield f"{one.key} lies over {other.key}"


def _over(one: Box, other: Box) -> bool:
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return across > 0.01 and down > 0.01


def _wrong_roads(drawn: StoryMap) -> Iterator[str]:
    boxes = {box.key: box for box in drawn.boxes}
    joined = {(road.start, road.end) for road in drawn.roads}
    if joined != _ways(drawn.scenario) or len(joined) != len(drawn.roads):
        yield f"roads {sorted(joined ^ _ways(drawn.scenario))} are missing or too many"
    for road in drawn.roads:
        start, end = boxes[road.start], boxes[road.end]
        (x, y), (to_x, to_y) = road.curve[0], road.curve[-1]
        if abs(y - start.y - start.height) > 0.01 or not start.x <= x <= start.x + start.width:
            yield f"{road.start} > {road.end} does not set out from the foot of its box"
        if abs(to_y - end.y) > 0.01 or not end.x <= to_x <= end.x + end.width:
            yield f"{road.start} > {road.end} does not come in at the top of its box"
        if not road.back and start.y + start.height > end.y:
            yield f"{road.start} > {road.end} leads up and does not say so"


def _ways(scenario: Scenario) -> set[tuple[str, str]]:
    """The roads there should be, read straight from the story."""
    roads = set()
    for passage in scenario.passages.values():
        here = f"passage:{passage.id}"
        leads = [(here, passage.goto)]
        for choice in passage.decision.choices if passage.decision else ():
            roads.add((here, f"choice:{passage.id}.{choice.id}"))
            leads.append((f"choice:{passage.id}.{choice.id}", choice.goto))
        for start, goto in leads:
            for place, way in enumerate(goto):
                between = f"way:{start}:{place}"
                roads |= {(start, between), (between, f"passage:{way.to}")} if len(goto) > 1 else set()
                roads |= {(start, f"passage:{way.to}")} if len(goto) == 1 else set()
    return roads


def _through_boxes(drawn: StoryMap) -> Iterator[str]:
    """No road runs through a box, not even one that it joins: it sets out from an edge and comes in at one."""
    for road in drawn.roads:
        xs, ys = [x for x, _ in road.curve], [y for _, y in road.curve]
        near = [
            box
            for box in drawn.boxes
            if box.x < max(xs) and box.x + box.width > min(xs) and box.y < max(ys) and box.y + box.height > min(ys)
        ]
        for x, y in _along(road) if near else ():
            for box in near:
                if box.x + 1 < x < box.x + box.width - 1 and box.y + 1 < y < box.y + box.height - 1:
                    yield f"{road.start} > {road.end} runs through {box.key} at {x:.0f}, {y:.0f}"


def _along(road: Road) -> Iterator[tuple[float, float]]:
    """Points along a road, close enough together that no box is stepped over."""
    points = road.curve
    for place in range(0, len(points) - 1, 3):
        a, b, c, d = points[place : place + 4]
        for step in range(13):
            t = step / 12
            s = 1 - t
            yield (
                s**3 * a[0] + 3 * s * s * t * b[0] + 3 * s * t * t * c[0] + t**3 * d[0],
                s**3 * a[1] + 3 * s * s * t * b[1] + 3 * s * t * t * c[1] + t**3 * d[1],
            )


@settings(max_examples=25, deadline=None)
@given(scenarios(most_passages=9))
def test_every_story_is_laid_out_whole_with_nothing_over_anything(scenario: Scenario) -> None:
    assert list(problems(map_of(scenario))) == []


def test_so_are_the_shipped_stories_at_every_width(shipped: Scenario) -> None:
    for page in (None, A3, (800.0, 1200.0), (1267.0, 996.0), (400.0, 4000.0)):
        assert list(problems(map_of(shipped, page=page))) == []


def test_so_is_a_hub_with_loops_of_every_kind() -> None:
    assert list(problems(map_of(scenario_of(HUB)))) == []


@settings(max_examples=8, deadline=None)
@given(scenarios())
def test_the_same_story_always_gives_the_same_map(scenario: Scenario) -> None:
    assert map_of(scenario, page=A3) == map_of(scenario, page=A3)


# ---- the shipped stories --------------------------------------------------------


def test_no_two_roads_of_a_shipped_story_cross(shipped: Scenario) -> None:
    drawn = map_of(shipped, page=A3)
    segments = [
        (road, one, other) for road in drawn.roads for points in [list(_along(road))] for one, other in pairwise(points)
    ]
    crossing = [
        (a.start, a.end, b.start, b.end)
        for (a, *first), (b, *second) in combinations(segments, 2)
        if a.end != b.end and _cross(first, second)
    ]
    assert crossing == []


def _cross(first: list[tuple[float, float]], second: list[tuple[float, float]]) -> bool:
    def side(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    (a, b), (c, d) = first, second
    return side(a, b, c) * side(a, b, d) < -1e-6 and side(c, d, a) * side(c, d, b) < -1e-6


def test_the_choices_of_a_decision_hang_side_by_side_straight_under_it(shipped: Scenario) -> None:
    drawn = map_of(shipped, page=A3)
    for stub in (road for road in drawn.roads if road.stub):
        assert len({round(x, 3) for x, _ in stub.curve}) == 1


# ---- what it says ---------------------------------------------------------------


def words_of(box: Box | None) -> list[str]:
    assert box is not None
    return [line.text for line in box.lines]


def test_boxes_say_what_the_story_says() -> None:
    drawn = map_of(scenario_of(HUB))
    assert words_of(drawn.box("passage:hall")) == ["hall", "Whom do you ask?"]
    assert words_of(drawn.box("choice:hall.sam")) == ["leader-like", "Ask Sam.", "Offered once."]
    assert words_of(drawn.box("choice:hall.wait")) == ["manager-like", "Wait a while."]
    assert words_of(drawn.box("choice:hall.both")) == ["both roles", "Ask both."]
    assert words_of(drawn.box("choice:hall.go")) == ["neither role", "Go up.", "Offered if “You met Sam”."]
    assert words_of(drawn.box("way:choice:hall.both:0")) == ["1. if “You have the key” and trust", "is 4 or less"]
    assert words_of(drawn.box("way:choice:hall.both:1")) == ["otherwise"]
    assert words_of(drawn.box("passage:roof")) == ["On the roof", "100 %", "more gained than lost"]


def test_what_cannot_be_reached_says_so() -> None:
    drawn = map_of(scenario_of(HUB))
    lost = {box.key for box in drawn.boxes if not box.reached}
    assert lost == {"passage:cellar", "choice:cellar.up"}
    for box in drawn.boxes:
        assert ("cannot be reached" in words_of(box)) == (not box.reached)
        assert ("cannot be reached" in box.name) == (not box.reached)


def test_a_long_text_is_cut_at_a_word_and_its_whole_is_still_named(library: Library) -> None:
    entry = library.entry("late-again")
    assert entry is not None
    assert entry.scenario is not None
    box = map_of(entry.scenario).box("passage:kitchen")
    assert box is not None
    assert box.lines[-1].text.endswith("…")
    assert box.name.startswith("The kitchen clock says 8.31. Marcus has been standing in the hall since eight, with")


@pytest.mark.parametrize(
    ("condition", "short", "whole"),
    [
        ("met", "“You met Sam”", "“You met Sam”"),
        ("far", "far", "“You went all the way up to the roof”"),
        (
            "met and trust <= 4",
            "“You met Sam” and trust is 4 or less",
            "“You met Sam” and the team's trust is 4 or less",
        ),
        ("not met", "not “You met Sam”", "not “You met Sam”"),
        ("not trust < 3", "trust is 3 or more", "the team's trust is 3 or more"),
        ("not (met or far)", "neither “You met Sam” nor far", None),
        ("not (met or far or late_in)", "none of “You met Sam”, far, late in", None),
        ("not (met and far)", "not (“You met Sam” and far)", None),
        ("not (not met)", "“You met Sam”", None),
        ("far and (met or trust > 2)", "far and (“You met Sam” or trust is above 2)", None),
        ("far or met and trust != 2", "far or (“You met Sam” and trust is not 2)", None),
        ("trust >= 5 and trust == 5", "trust is 5 or more and trust is 5", None),
    ],
)
def test_conditions_are_told_in_words(condition: str, short: str, whole: str | None) -> None:
    scenario = scenario_of(
        f"""
title: Words
facts: {{met: You met Sam., far: You went all the way up to the roof., late_in: You came in too late that day.}}
passages:
  start:
    text: [{{if: {condition}, text: Told.}}]
    goto: [{{to: end, if: {condition}}}, {{to: end}}]
  end: {{ending: {{title: The end}}}}
"""
    )
    parsed = scenario.passages["start"].goto[0].condition
    assert parsed is not None
    assert condition_in_words(parsed, scenario, short=True) == short
    if whole is not None:
        assert condition_in_words(parsed, scenario) == whole


def test_a_passage_is_told_whole_with_its_conditions_scores_and_reasons(library: Library) -> None:
    entry = library.entry("late-again")
    assert entry is not None
    assert entry.scenario is not None
    told = passage_told(entry.scenario.passages["two-oclock"], entry.scenario, library.course)
    words = [piece.text for piece in told]
    assert "If “You drove Marcus to the pool yourself”:" in words
    assert "Marcus’s towel is drying on the back of your chair." in words
    assert "leader-like (manager 0, leader 2)" in words
    assert "Practice: Is there, Goes upstream" in words
    assert any(text.startswith("Why a decent person might: ") for text in words)
    assert any(text.startswith("The team's trust rises by 1. ") for text in words)
    assert "From now on: Joy told you all of it." in words


# ---- how likely it is ------------------------------------------------------------


def brute(scenario: Scenario, story: Story, share: float, seen: frozenset[str], found: dict[str, float]) -> None:
    """Follow every run there is, and add up where each comes by."""
    seen |= {state.passage for state in story.states}
    if not story.choices or story.stuck:
        for passage in seen:
            found[passage] = found.get(passage, 0.0) + share
        return
    for choice in story.choices:
        brute(scenario, story.choose(choice.id), share / len(story.choices), seen, found)


def test_the_chances_of_a_shipped_story_are_those_of_all_its_runs(shipped: Scenario) -> None:
    proof, found = prove(shipped), dict[str, float]()
    brute(shipped, Story.begin(shipped), 1.0, frozenset(), found)
    assert visit_chances(shipped, proof) == pytest.approx(found, abs=1e-12)
    for ending, facts in proof.endings.items():
        assert found[ending] == pytest.approx(facts.random)


def test_a_passage_on_a_loop_counts_once_for_a_run_that_comes_by_twice() -> None:
    """From the hall a run picks Sam, waiting, or both; only after Sam it may go up, or wait, or ask both again."""
    scenario = scenario_of(HUB)
    chances = visit_chances(scenario, prove(scenario))
    assert chances["hall"] == 1
    assert chances["sam"] == pytest.approx(1)
    assert chances["roof"] == pytest.approx(1)
    assert "cellar" not in chances or chances["cellar"] == 0


@settings(max_examples=15, deadline=None)
@given(scenarios(most_passages=5))
def test_a_chance_is_never_more_than_all_and_agrees_with_the_proof_at_the_endings(scenario: Scenario) -> None:
    proof = prove(scenario, 3_000)
    chances = visit_chances(scenario, proof)
    assert all(0 <= chance <= 1 for chance in chances.values())
    for ending, facts in proof.endings.items():
        if ending in chances and facts.random is not None:
            assert chances[ending] == pytest.approx(facts.random, abs=1e-6)


# ---- a run laid over it -----------------------------------------------------------


def test_the_road_of_a_run_is_marked_and_no_other(library: Library) -> None:
    entry = library.entry("late-again")
    assert entry is not None
    assert entry.scenario is not None
    drawn = map_of(entry.scenario, route=("drive", "hear-marcus", "plan", "warn"))
    assert drawn.routed
    taken = [box.key for box in sorted(drawn.boxes, key=lambda box: box.y) if box.taken]
    assert taken == [
        "passage:kitchen",
        "passage:arrives",
        "choice:arrives.drive",
        "passage:pool",
        "passage:the-stairs",
        "passage:two-oclock",
        "choice:two-oclock.hear-marcus",
        "passage:closed",
        "passage:what-now",
        "choice:what-now.plan",
        "passage:friday",
        "choice:friday.warn",
        "passage:thursday",
        "way:passage:thursday:0",
        "passage:on-time-and-gone",
    ]
    roads = {(road.start, road.end) for road in drawn.roads if road.taken}
    assert roads == set(pairwise(taken))
    assert "your choice" in words_of(drawn.box("choice:arrives.drive"))
    assert "your choice" not in words_of(drawn.box("choice:arrives.office"))


@settings(max_examples=10, deadline=None)
@given(scenarios())
def test_the_road_of_any_run_is_all_of_one_piece(scenario: Scenario) -> None:
    story = Story.begin(scenario)
    while story.choices and not story.stuck and len(story.path) < 6:
        story = story.choose(story.choices[-1].id)
    drawn = map_of(scenario, route=story.path)
    taken = {box.key for box in drawn.boxes if box.taken}
    assert {state.passage for step in story.steps for state in step.states} == {
        box.passage for box in drawn.boxes if box.taken
    }
    reached = {f"passage:{scenario.start}"}
    while True:
        more = {road.end for road in drawn.roads if road.taken and road.start in reached} - reached
        if not more:
            break
        reached |= more
    assert reached == taken


# ---- bounds -----------------------------------------------------------------------


def test_a_story_with_too_many_passages_is_refused_kindly() -> None:
    passages = {f"p{n}": Passage(f"p{n}", (Line("On."),), ending=Ending("End")) for n in range(MOST_PASSAGES + 1)}
    scenario = Scenario("large", "Large", "p0", passages)
    nothing = Proof(False, 0, None, (), {}, (None, None), (None, None), {})
    with pytest.raises(TooLarge) as refused:
        map_of_story(scenario, nothing, measure)
    assert str(refused.value) == "This story has 10001 passages. A map holds at most 10000."
