"""The drawings of a run as shapes: where stops, roads and points are, and what is never said by colour alone."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import combinations
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.pictures import Chart, Fork, Inks, Stop, Track, bar, fork, fork_of, road, square, track_of

INKS = Inks("#000001", "#000002", "#000003", "#000004", "#000005")
PLACES = st.tuples(st.floats(0, 1), st.floats(0, 1))
RUNS = st.lists(PLACES, min_size=1, max_size=12)


def shapes(chart: Chart) -> list[ET.Element]:
    return list(ET.fromstring(f"<svg>{chart.shapes}</svg>"))


def broken(chart: Chart) -> list[ET.Element]:
    return [shape for shape in shapes(chart) if shape.get("stroke-dasharray")]


def whole(chart: Chart) -> list[ET.Element]:
    return [shape for shape in shapes(chart) if shape.tag == "path" and not shape.get("stroke-dasharray")]


# ---- the road ---------------------------------------------------------------

TRACK = Track((Stop(20, 50, ((60, 90), (60, 130))), Stop(220, 50, ((260, 90),))), (420, 50), 16)


def test_the_road_taken_is_thick_and_whole_and_the_roads_left_are_thin_and_broken() -> None:
    chart = road(TRACK, INKS)

    taken = [path for path in whole(chart) if path.get("stroke") == INKS.strong]
    assert [path.get("d") for path in taken] == ["M20 50L220 50", "M220 50L420 50"]
    assert len(broken(chart)) == 3
    thin = max(float(path.get("stroke-width", "")) for path in broken(chart))
    assert all(float(path.get("stroke-width", "")) > 3 * thin for path in taken)


def test_each_stop_has_its_number_and_the_end_is_another_shape() -> None:
    chart = road(TRACK, INKS)

    assert [(label.words, label.x, label.y) for label in chart.labels] == [("1", 20, 50), ("2", 220, 50)]
    ends = [shape for shape in shapes(chart) if shape.tag == "rect"]
    assert {(float(shape.get("x", "")) + float(shape.get("width", "")) / 2) for shape in ends} == {420}


def test_each_road_left_begins_at_its_stop_and_ends_in_a_ring() -> None:
    chart = road(TRACK, INKS)

    assert [(path.get("d") or "").split("V")[0] for path in broken(chart)] == ["M20 50", "M20 50", "M220 50"]
    rings = {(shape.get("cx"), shape.get("cy")) for shape in shapes(chart) if shape.get("stroke") == INKS.thin}
    assert {("60", "90"), ("60", "130"), ("260", "90")} <= rings


def test_a_road_of_one_decision_without_other_roads_is_a_stop_and_an_end() -> None:
    chart = road(Track((Stop(20, 50),), (120, 50), 16), INKS)

    assert broken(chart) == []
    assert len(whole(chart)) == 1


@given(
    st.lists(
        st.builds(Stop, st.integers(0, 900), st.integers(0, 900), st.tuples(st.tuples(st.integers(), st.integers()))),
        max_size=4,
    ),
    st.integers(1, 40),
)
def test_a_track_is_the_same_after_it_was_written(stops: list[Stop], radius: int) -> None:
    track = Track(tuple(stops), (3, 4), radius, radius / 2)
    assert track_of(track.written()) == track


# ---- a fork -----------------------------------------------------------------

FORK = Fork(3, (300, 20), (100, 80), (500, 80), 16)


def test_a_fork_has_two_roads_from_one_number_that_differ_in_more_than_colour() -> None:
    chart = fork(FORK, INKS)
    [left], [taken] = broken(chart), whole(chart)

    assert (left.get("d") or "").startswith("M300 20H")
    assert (taken.get("d") or "").startswith("M300 20H")
    assert float(taken.get("stroke-width", "")) > 3 * float(left.get("stroke-width", ""))
    assert [(label.words, label.x, label.y) for label in chart.labels] == [("3", 300, 20)]


def test_in_one_column_the_road_taken_goes_straight_down() -> None:
    [taken] = whole(fork(Fork(1, (20, 20), (20, 300), (50, 500), 16), INKS))

    assert re.fullmatch(r"M20 20V29\d(\.\d+)?", taken.get("d") or "")


def test_a_fork_is_the_same_after_it_was_written() -> None:
    assert fork_of(FORK.written()) == FORK


# ---- the square -------------------------------------------------------------


def test_a_square_is_cut_at_half_by_a_cross() -> None:
    cross = [path.get("d") for path in whole(square([(0, 0)], 300, 12, INKS)) if path.get("stroke") == INKS.line]

    assert len(cross) == 2
    assert any((line or "").startswith("M150 ") for line in cross)


@pytest.mark.parametrize(
    ("points", "names"),
    [
        ([(0.0, 0.0)], ["1"]),
        ([(0.0, 0.0), (1.0, 1.0)], ["1", "2"]),
        ([(0.5, 0.5), (0.5, 0.5)], ["1, 2"]),
        ([(0.5, 0.5)] * 4, ["1–4"]),
        ([(0.5, 0.5), (0.0, 1.0), (0.5, 0.5)], ["2", "1, 3"]),
        ([(1.0, 0.5), (1.0, 0.25), (1.0, 1 / 3), (1.0, 0.375)], ["1", "2", "3, 4"]),
    ],
)
def test_points_that_would_cover_each_other_share_one_mark(points: list[tuple[float, float]], names: list[str]) -> None:
    assert [label.words for label in square(points, 300, 12, INKS).labels] == names


def test_manager_is_up_and_leader_is_to_the_right() -> None:
    low, high = square([(0.0, 0.0), (1.0, 1.0)], 300, 12, INKS).labels

    assert low.x < 150 < high.x
    assert high.y < 150 < low.y


@given(RUNS)
def test_every_point_is_named_once_and_every_mark_lies_within_the_square(points: list[tuple[float, float]]) -> None:
    chart = square(points, 300, 12, INKS)
    named: list[int] = []
    for label in chart.labels:
        first, _, last = label.words.partition("–")
        named += range(int(first), int(last) + 1) if last else map(int, label.words.split(", "))

    assert sorted(named) == list(range(1, len(points) + 1))
    for shape in shapes(chart):
        if shape.tag == "rect":
            x, y, w, h = (float(shape.get(key, "")) for key in ("x", "y", "width", "height"))
            assert x >= -0.01
            assert y >= -0.01
            assert x + w <= 300.01
            assert y + h <= 300.01


@given(RUNS)
def test_the_last_point_is_where_the_run_ends_and_the_only_one_brought_out(points: list[tuple[float, float]]) -> None:
    chart = square(points, 300, 12, INKS)
    brought = [label for label in chart.labels if label.on_strong]

    assert brought == [chart.labels[-1]]
    assert re.search(rf"(?<!\d){len(points)}$", brought[0].words)
    edge = 12 * 1.35 + 12 * 0.14
    assert brought[0].y == pytest.approx(300 - edge - (300 - 2 * edge) * points[-1][1], abs=0.01)
    assert sum(shape.get("stroke") == INKS.mark for shape in shapes(chart)) == 1


@given(RUNS)
def test_no_two_marks_stand_on_one_place(points: list[tuple[float, float]]) -> None:
    edge = 12 * 1.35 + 12 * 0.14
    inner = 300 - 2 * edge
    marks = square(points, 300, 12, INKS).labels
    last = [max(map(int, re.findall(r"\d+", label.words))) for label in marks]
    places = [(points[number - 1][0] * inner, points[number - 1][1] * inner) for number in last]

    assert all(dist(one, other) >= 12 * 1.6 for one, other in combinations(places, 2))


# ---- a bar ------------------------------------------------------------------


@pytest.mark.parametrize(("part", "filled"), [(0.5, 200.0), (1.0, 400.0), (0.01, 20.0), (2.0, 400.0)])
def test_a_bar_is_filled_from_the_left(part: float, filled: float) -> None:
    rects = shapes(bar(part, 400, 20, INKS))

    assert float(rects[-1].get("width", "")) == filled
    assert rects[-1].get("fill") == INKS.strong


def test_an_empty_bar_is_only_its_frame() -> None:
    assert len(shapes(bar(0, 400, 20, INKS))) == 1
