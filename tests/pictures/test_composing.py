"""How a picture is put together from parts: words, includes, moods, light. What comes out is read as SVG."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.pictures import Kit, Moment, Unmade, faults, review

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"'
DAY = Moment()


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    """A small kit: a palette, an evening that is half black, and a mug."""
    for folder in ("parts", "figures", "places", "people"):
        (tmp_path / folder).mkdir()
    (tmp_path / "palette.json").write_text('{"scene": {"clay": "#cc6644", "wall": "#ffffff"}}')
    (tmp_path / "lights.json").write_text(
        '{"day": {"sky": "#aaccee"}, "evening": {"tint": "#000000", "part": "0.5", "sky": "#445566"}}'
    )
    write(tmp_path, "parts/mug.svg", f'{HEAD} data-body="{{clay}}"><title>A mug</title><rect fill="{{body}}"/></svg>')
    return Kit(tmp_path)


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def room(kit: Kit, inside: str, *, root: str = "", moment: Moment = DAY, name: str = "room") -> ET.Element:
    write(kit.folders[0], "places/room.svg", f"{HEAD} {root}>{inside}</svg>")
    return ET.fromstring(Kit(*kit.folders).place(name, moment))


def fills(picture: ET.Element) -> list[str]:
    return [fill for shape in picture.iter() if (fill := shape.get("fill"))]


def test_a_word_becomes_its_colour(kit: Kit) -> None:
    assert fills(room(kit, '<rect fill="{wall}"/><rect fill="#123456"/>')) == ["#ffffff", "#123456"]


def test_a_part_is_put_in_its_place_with_its_own_colour_or_another(kit: Kit) -> None:
    picture = room(kit, '<include part="mug" x="10" y="5" s="2"/><include part="mug" flip="yes" body="#000000"/>')
    groups = [group.get("transform") for group in picture]
    assert groups == ["translate(10 5) scale(2 2)", "translate(0 0) scale(-1 1)"]
    assert fills(picture) == ["#cc6644", "#000000"]


def test_titles_are_left_out_and_no_word_is_left(kit: Kit) -> None:
    text = ET.tostring(room(kit, '<title>A room</title><include part="mug"/>'), encoding="unicode")
    assert "title" not in text
    assert "{" not in text.replace("{http", "")


def test_what_belongs_to_an_hour_is_drawn_at_that_hour(kit: Kit) -> None:
    inside = '<rect fill="#111111" only="evening night"/><rect fill="#222222" unless="evening"/>'
    assert fills(room(kit, inside)) == ["#222222"]
    assert fills(room(kit, inside, moment=Moment("evening"))) == ["#080808"]


def test_a_mood_goes_down_into_what_is_included(kit: Kit) -> None:
    write(kit.folders[0], "parts/pane.svg", f'{HEAD}><rect fill="#0000ff" only="rain"/></svg>')
    assert fills(room(kit, '<include part="pane"/>')) == []
    assert fills(room(kit, '<include part="pane" moods="rain"/>')) == ["#0000ff"]
    assert fills(room(kit, '<include part="pane"/>', root='data-moods="rain"')) == ["#0000ff"]


def test_light_lies_over_all_colours_but_the_lit_ones(kit: Kit) -> None:
    inside = '<rect fill="#ffffff"/><rect fill="#ffffff" lit="yes"/><g lit="yes"><rect fill="{sky}"/></g>'
    assert fills(room(kit, inside, moment=Moment("evening"))) == ["#808080", "#ffffff", "#445566"]


def test_a_picture_named_with_an_hour_is_that_place_at_that_hour(kit: Kit) -> None:
    inside = '<rect fill="{sky}" lit="yes"/>'
    assert fills(room(kit, inside, name="room_evening")) == ["#445566"]
    assert Kit(*kit.folders).has_place("room_evening")
    assert not Kit(*kit.folders).has_place("room_noon")


def test_the_clock_gets_the_hands_of_the_time(kit: Kit) -> None:
    write(
        kit.folders[0], "parts/clock.svg", f'{HEAD}><g transform="rotate({{h}})"/><g transform="rotate({{m}})"/></svg>'
    )
    picture = room(kit, '<include part="clock" h="{h}" m="{m}"/>', moment=Moment("morning", (8, 30)))
    assert [group.get("transform") for group in picture[0]] == ["rotate(255)", "rotate(180)"]


def test_two_copies_of_a_part_never_share_an_id(kit: Kit) -> None:
    lamp = '<radialGradient id="glow"/><circle fill="url(#glow)"/>'
    write(kit.folders[0], "parts/lamp.svg", f"{HEAD}>{lamp}</svg>")
    picture = room(kit, '<include part="lamp"/><include part="lamp"/>')
    ids = [shape.get("id") for shape in picture.iter() if shape.get("id")]
    assert len(set(ids)) == 2
    assert fills(picture) == [f"url(#{id})" for id in ids]


def test_a_whole_place_and_somebody_can_stand_in_a_place(kit: Kit) -> None:
    folder = kit.folders[0]
    write(folder, "figures/face_warm.svg", f'{HEAD}><rect fill="{{skin}}"/></svg>')
    person = '{"says": "Somebody.", "anchors": {"head": [1, 2, 3]}, "tokens": {"skin": "#996633"}, '
    write(folder, "people/ann.json", person + '"layers": [{"part": "face_{expression}", "at": "head"}]}')
    write(folder, "places/wall.svg", f'{HEAD}><rect fill="{{wall}}"/></svg>')
    picture = room(kit, '<include place="wall"/><include person="ann" expression="warm" x="4"/>')
    assert fills(picture) == ["#ffffff", "#996633"]
    assert picture[1][0].get("transform") == "translate(1 2) scale(3 3)"


def test_a_courses_own_pictures_go_before_those_that_come_with_the_program(kit: Kit, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "places").mkdir(parents=True)
    write(own, "places/room.svg", f'{HEAD}><include part="mug"/></svg>')
    room(kit, '<rect fill="#111111"/>')
    both = Kit(own, *kit.folders)
    assert fills(ET.fromstring(both.place("room", DAY))) == ["#cc6644"]
    assert both.places() == ("room",)


@pytest.mark.parametrize(
    ("inside", "says"),
    [
        ('<rect fill="{wal}"/>', "There is no colour or word called 'wal' here."),
        ('<include part="cup"/>', "There is no part called 'cup'."),
        ('<include place="room"/>', "A picture holds itself, by one include or several."),
        ('<include x="1"/>', "An include names no part, no place and no person."),
        ('<include part="mug" x="left"/>', "An include's x, y and s are numbers."),
        ('<include person="nobody"/>', "There is nobody called 'nobody'."),
        ("<rect>", "room.svg cannot be read as SVG: mismatched tag: line 1, column 70."),
    ],
)
def test_what_cannot_be_put_together_is_told_in_a_sentence(kit: Kit, inside: str, says: str) -> None:
    with pytest.raises(Unmade) as told:
        room(kit, inside)
    assert told.value.reason == says


@pytest.mark.parametrize(
    ("inside", "says"),
    [
        ("<text>Hello</text>", "<text> is not drawn. Draw it with shapes."),
        ('<rect style="fill:red"/>', "style=… on <rect> is left out or drawn differently. Write plain attributes."),
        ('<rect fill="red"/>', "fill='red' on <rect>: write colours as #rrggbb or as {a word of the palette}."),
        (
            '<g opacity="0.5"/>',
            "opacity on a <g> is applied to each shape, and overlaps show. Put it on single shapes.",
        ),
        ('<rect fill="url(#a)"/>', "The gradient 'a' must stand before what uses it."),
        (
            '<path d="M0 0 Q1 1 2 2 S3 3 4 4"/>',
            "In a path, S straight after Q or T is drawn as another curve. Write C.",
        ),
        (
            '<linearGradient id="a" x1="0" x2="1"/>',
            "The gradient 'a' needs gradientUnits=\"userSpaceOnUse\", or percentages.",
        ),
    ],
)
def test_what_the_renderer_draws_wrongly_is_refused(inside: str, says: str) -> None:
    assert faults(ET.fromstring(f"{HEAD}>{inside}</svg>")) == (says,)


def test_plain_shapes_are_well() -> None:
    inside = (
        '<defs><linearGradient id="a" gradientUnits="userSpaceOnUse" x1="0" x2="9"/></defs>'
        '<path d="M0 0 C1 1 2 2 3 3 S4 4 5 5 Z" fill="url(#a)"/><g transform="rotate(3)"><rect fill="{clay}"/></g>'
    )
    assert faults(ET.fromstring(f"{HEAD}>{inside}</svg>")) == ()


def made_or_told(make: Callable[[], str]) -> str:
    """The picture, read as SVG, or the sentence that says why there is none."""
    try:
        return ET.tostring(ET.fromstring(make()), encoding="unicode")
    except Unmade as told:
        return told.reason


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 999) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(st.sampled_from(("name", "says", "anchors", "tokens", "layers")), JSON, max_size=5),
    st.dictionaries(st.sampled_from(("day", "evening", "scene")), JSON, max_size=2),
)
def test_whatever_a_source_holds_there_is_a_picture_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, person: dict[str, object], light: dict[str, object]
) -> None:
    folder = tmp_path_factory.mktemp("kit")
    for name in ("people", "places"):
        (folder / name).mkdir()
    write(folder, "people/ann.json", json.dumps(person))
    write(folder, "lights.json", json.dumps(light))
    write(folder, "palette.json", json.dumps(light))
    write(folder, "places/room.svg", f'{HEAD} data-clue="1 2"><rect fill="{{wall}}"/></svg>')
    kit = Kit(folder)
    for make in (lambda: kit.person("ann", "warm"), lambda: kit.place("room", Moment("evening"))):
        assert made_or_told(make).endswith((".", ">"))
    assert kit.clue("room") is None
    assert kit.face("ann") is None or len(kit.face("ann") or ()) == 4
    assert isinstance(kit.says("ann"), str)


def test_somebody_wears_what_belongs_to_a_look_and_is_told_so(kit: Kit) -> None:
    for name, colour in (("face_warm", "#010101"), ("shirt", "#020202"), ("parka", "#030303")):
        write(kit.folders[0], f"figures/{name}.svg", f'{HEAD}><rect fill="{colour}"/></svg>')
    layers = [{"part": "shirt", "unless": "coat"}, {"part": "parka", "only": "coat"}, "face_{expression}"]
    ann = {"says": "Ann.", "looks": {"coat": "She has a parka on."}, "tokens": {}, "anchors": {}, "layers": layers}
    write(kit.folders[0], "people/ann.json", json.dumps(ann))
    assert fills(ET.fromstring(kit.person("ann", "warm"))) == ["#020202", "#010101"]
    assert fills(ET.fromstring(kit.person("ann", "warm", ["coat"]))) == ["#030303", "#010101"]
    assert (kit.says("ann"), kit.says("ann", ["coat"])) == ("Ann.", "Ann. She has a parka on.")
    assert [*kit.looks("ann")] == ["coat"]
    inside = '<include person="ann" expression="warm" moods="coat"/>'
    assert fills(room(kit, inside)) == ["#030303", "#010101"]


def test_a_look_without_words_is_a_fault(kit: Kit) -> None:
    write(kit.folders[0], "figures/face.svg", f"{HEAD}></svg>")
    ann = {"says": "Ann.", "looks": {"coat": ""}, "tokens": {}, "anchors": {"head": [0, 0, 1]}, "layers": ["face"]}
    write(kit.folders[0], "people/ann.json", json.dumps(ann))
    told = [fault.says for fault in review(Kit(*kit.folders), frozenset({"ann"}))]
    assert told == ['Its look "coat" has no words for those who cannot see the picture.']
