"""The ending and the debrief as something to look at: the picture of the place, faces, the road, and saving them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Final

import pygame
import pytest

from game.screens.map import MapScreen
from game.story import Story
from game.training import debrief, road_in_words, square_in_words
from game.ui import Thing, theme
from tests.journeys.conftest import Start
from tests.pilot import Pilot, at_first_decision, shipped_course

CARDS: Final = (
    "how-was-that",
    "what-happened",
    "road",
    "moment-1",
    "moment-2",
    "over-to-you",
    "one-thing",
    "roles",
    "what-next",
)
"""The cards of the kettle's story, by their names in a file's name."""

SWIM: Final = ("ask-marcus", "mum", "two-ideas", "hold-back")


def _at_the_ending(start: Start, kettle: Path, size: tuple[int, int] = (1280, 720)) -> Pilot:
    pilot = start(course=kettle, scenario="kettle", size=size)
    return pilot.press("end", "1", "end", "1", "right")


def _late_again(start: Start, *, size: tuple[int, int] = (1280, 720)) -> Pilot:
    """The shipped story at its ending, by the road of the worked example."""
    pilot = start(scenario="late-again", size=size)
    for choice in SWIM:
        pilot.press("end")
        ids = [one.id for one in pilot.screen.story.choices]  # type: ignore[attr-defined]
        pilot.press(str(ids.index(choice) + 1))
    pilot.press("end", "right")
    assert pilot.shows("The end of this road", "The eleven o’clock swim")
    return pilot


def _worked_example() -> Story:
    return Story.replay(at_first_decision("late-again").scenario, SWIM)


def _card(pilot: Pilot, words: str) -> Pilot:
    """Read on to the card that says so."""
    return pilot.until(lambda: words in pilot.whole(), "right")


def _look(pilot: Pilot, look: str) -> list[Thing]:
    return [thing for thing in pilot.page.root.walk() if thing.look == look]


def _saved(desk: Path, ending: str = ".png") -> list[Path]:
    return sorted(path for path in desk.glob(f"*{ending}")) if desk.exists() else []


def _colour(picture: pygame.Surface, x: int, y: int) -> str:
    return "#{:02x}{:02x}{:02x}".format(*picture.get_at((x, y))[:3])


# ---- what is seen -----------------------------------------------------------


def test_the_ending_shows_its_own_picture_with_no_veil_and_nobody_over_it(start: Start) -> None:
    pilot = _late_again(start)

    [picture] = _look(pilot, "picture")
    ending = _worked_example().ending
    assert ending is not None
    place = _worked_example().scenario.places[ending.place]
    assert place.picture == "end_eleven"
    assert picture.detail == f"{place.picture}|A Tuesday in July, 11.00"
    assert _look(pilot, "room") == _look(pilot, "person") == _look(pilot, "named") == []
    ground = pilot.page.find("ground")
    assert ground is not None
    assert (ground.role, ground.name) == ("image", place.alt)


def test_what_happened_shows_the_face_of_each_who_is_named_beside_the_words(start: Start) -> None:
    pilot = _card(_late_again(start), "Marcus swims at eleven")

    faces = _look(pilot, "portrait")
    assert [(face.detail, face.value) for face in faces] == [("marcus", "warm"), ("joy", "warm"), ("angela", "warm")]
    assert faces[0].name.startswith("Marcus, warm. ")
    for face, words in zip(faces, ("Marcus swims", "Joy starts", "Angela has"), strict=True):
        line = next(line for line in pilot.lines() if line.words.startswith(words))
        assert face.rect.right < line.rect.x
        assert face.rect.y <= line.rect.y < face.rect.bottom


def test_in_a_course_without_pictures_whoever_is_named_is_a_name_on_a_round_ground(start: Start, kettle: Path) -> None:
    pilot = _card(_at_the_ending(start, kettle), "Ann drank it warm.")

    [face] = _look(pilot, "named")
    assert face.detail == "Ann"
    assert pilot.pixel(face.rect.centre[0], face.rect.y + face.rect.h // 8) in theme.PEOPLE


def test_the_road_shows_each_decision_in_order_and_leads_to_the_map_and_back(start: Start, kettle: Path) -> None:
    pilot = _card(_at_the_ending(start, kettle), "Your road")

    assert pilot.shows("Fill the kettle.", "Ask what she would like.", "Stay a while.", "Go to the office.", "Two cups")
    [road] = _look(pilot, "road")
    assert road.role == "image"
    assert road.name == (
        "Decision 1. You chose: Fill the kettle. Not taken: Ask what she would like. "
        "Decision 2. You chose: Stay a while. Not taken: Go to the office. The end: Two cups"
    )
    pilot.click("See the whole map")
    assert isinstance(pilot.screen, MapScreen)
    pilot.press("escape")
    assert "Your road" in pilot.whole()
    pilot.press("m")
    assert isinstance(pilot.screen, MapScreen)
    pilot.press("escape").click_at(*road.rect.centre)
    assert isinstance(pilot.screen, MapScreen)


def test_a_moment_shows_where_it_was_who_spoke_and_two_roads_from_one_fork(start: Start) -> None:
    pilot = _card(_late_again(start), "The first moment that mattered")

    [where] = _look(pilot, "picture")
    assert where.rect.w < pilot.page.root.rect.w / 3
    decided = _worked_example().steps[1]
    assert where.name == decided.scenario.places[decided.where[0]].alt
    assert {face.detail for face in _look(pilot, "portrait")} == {"joy", "marcus"}
    assert pilot.shows("Marcus", "Joy", "In this run you chose", "The other road")
    [fork] = _look(pilot, "fork")
    own, other = (
        next(thing for thing in pilot.lines() if thing.words == words)
        for words in (
            "In this run you chose",
            "The other road",
        )
    )
    assert fork.rect.bottom <= min(own.rect.y, other.rect.y)


def test_the_square_and_the_bars_come_last_and_say_what_they_show(start: Start) -> None:
    pilot = _late_again(start)
    seen: list[str] = []
    while "What next?" not in pilot.whole():
        seen.append(" ".join(thing.look for thing in pilot.page.root.walk() if thing.look in ("square", "share")))
        pilot.press("right")
    assert seen[-1] == "square share share"
    assert not any(seen[:-1])
    pilot.press("left")
    told = debrief(shipped_course().course, _worked_example(), spoken=False)
    [square] = _look(pilot, "square")
    assert square.name == square_in_words(told)
    assert [(bar.name, bar.value) for bar in _look(pilot, "share")] == [
        ("Manager role: 3 of 8 on offer", "3 of 8 on offer"),
        ("Leader role: 7 of 7 on offer", "7 of 7 on offer"),
    ]
    assert pilot.shows("Remember I'm talking roles not people.", "Off-road. In this run you went to look")
    for corner in ("The straight road", "Omni-dexterous", "Passing through", "Off-road"):
        assert pilot.shows(corner)
    assert "%" not in pilot.words()


def test_a_road_is_read_out_with_all_its_words_though_they_are_cut_on_screen(start: Start) -> None:
    pilot = _card(_late_again(start), "Your road")
    told = debrief(shipped_course().course, _worked_example(), spoken=False)

    [road] = _look(pilot, "road")
    assert road.name == " ".join(road_in_words(told))
    assert any(line.words.endswith("…") for line in pilot.lines())


# ---- saving -----------------------------------------------------------------


def test_the_ending_is_saved_as_a_picture_by_its_key_and_by_its_button(start: Start, kettle: Path, desk: Path) -> None:
    pilot = _at_the_ending(start, kettle)
    pilot.press("p")
    [first] = _saved(desk)
    assert re.fullmatch(r"upstream-kettle-\d{4}-\d\d-\d\d-ending\.png", first.name)
    assert f"Saved: {first}".replace(" ", "") in pilot.words().replace(" ", "")
    pilot.click("Save as a picture")
    assert len(_saved(desk)) == 2
    one, other = (pygame.image.load(path) for path in _saved(desk))
    assert one.get_size() == other.get_size() == (1280, 720)
    assert pygame.image.tobytes(one, "RGB") == pygame.image.tobytes(other, "RGB")


def test_a_saved_ending_is_what_was_on_screen_without_its_buttons(start: Start, desk: Path) -> None:
    pilot = _late_again(start)
    card = pilot.page.find("card")
    button = pilot.page.find("on")
    assert card is not None
    assert button is not None
    here = [(x, y) for x in range(20, 1270, 60) for y in range(80, card.rect.y - 40, 40)]
    on_screen = [pilot.pixel(x, y) for x, y in here]
    assert len(set(on_screen)) > 15
    row = [(x, button.rect.y + 6) for x in range(button.rect.x + 8, button.rect.right - 8)]
    assert {pilot.pixel(x, y) for x, y in row} == {theme.TEAL_DK}
    pilot.press("p")
    [path] = _saved(desk)
    picture = pygame.image.load(path)
    assert [_colour(picture, x, y) for x, y in here] == on_screen
    assert {_colour(picture, x, y) for x, y in row} == {theme.PAPER}


@pytest.mark.parametrize("size", [(1280, 720), (1024, 600), (640, 400)])
def test_every_card_is_saved_as_a_picture_under_a_name_of_its_own(
    start: Start, kettle: Path, desk: Path, size: tuple[int, int]
) -> None:
    pilot = _at_the_ending(start, kettle, size)
    pilot.press("right")
    names = []
    for _ in CARDS:
        before = set(_saved(desk))
        pilot.press("p")
        [path] = set(_saved(desk)) - before
        names.append(re.sub(r".*\d{4}-\d\d-\d\d-", "", path.stem))
        assert pygame.image.load(path).get_width() == size[0]
        assert f"Saved: {path}".replace(" ", "") in pilot.whole().replace(" ", "")
        pilot.press("right")
    assert tuple(names) == CARDS


def test_a_saved_card_is_whole_though_only_part_of_it_is_in_view(start: Start, desk: Path) -> None:
    pilot = _card(_late_again(start, size=(1024, 600)), "The first moment that mattered")
    view = pilot.page.scroller()
    assert view is not None
    low = max(thing.rect.bottom for thing in view.walk())
    assert low > view.rect.bottom
    pilot.press("p")
    [path] = _saved(desk)
    picture = pygame.image.load(path)
    assert picture.get_size()[0] == 1024
    assert low - 120 < picture.get_height() < low + 60
    assert _colour(picture, 512, picture.get_height() - 40) == theme.PAPER


def test_a_saved_card_has_the_answer_that_was_given_and_no_other_button(start: Start, kettle: Path, desk: Path) -> None:
    pilot = _at_the_ending(start, kettle).press("right", "2")
    mixed, other = pilot.page.find("mixed"), pilot.page.find("comfortable")
    assert mixed is not None
    assert other is not None
    pilot.press("p")
    [path] = _saved(desk)
    picture = pygame.image.load(path)
    seen = {_colour(picture, x, y) for x in range(picture.get_width()) for y in range(60, picture.get_height())}
    assert theme.TEAL_TINT in seen
    assert theme.AMBER not in seen
    assert theme.CONTROL not in seen


def test_the_place_of_the_file_is_told_at_the_top_of_the_card_and_gone_on_the_next(
    start: Start, kettle: Path, desk: Path
) -> None:
    pilot = _at_the_ending(start, kettle, (1024, 600))
    _card(pilot, "What next?").press("up", "up", "p")
    assert pilot.shows("Saved:")
    pilot.press("left")
    assert "Saved:" not in pilot.whole()
    assert len(_saved(desk)) == 1


@pytest.mark.parametrize("where", ["The end of this road", "What happened", "Your road"])
def test_a_folder_that_cannot_be_written_is_told_and_nothing_stops(
    start: Start, kettle: Path, desk: Path, where: str
) -> None:
    desk.write_text("a file where the folder should be", encoding="utf-8")
    pilot = _card(_at_the_ending(start, kettle), where)
    pilot.press("p")
    assert pilot.shows("It could not be saved.")
    assert where in pilot.whole()
    pilot.press("right")
    assert "It could not be saved." not in pilot.whole()
    assert desk.read_text(encoding="utf-8") == "a file where the folder should be"


def test_p_saves_nothing_while_the_story_is_told(start: Start, kettle: Path, desk: Path) -> None:
    pilot = start(course=kettle, scenario="kettle")
    before = pilot.words()
    assert pilot.press("p").words() != before
    assert pilot.press("p").words() == before
    assert not desk.exists()


def test_the_saved_page_holds_the_pictures_of_the_run(start: Start, desk: Path) -> None:
    pilot = _card(_late_again(start), "What next?")
    pilot.click("Save as a web page")
    [path] = _saved(desk, ".html")
    page = path.read_text(encoding="utf-8")
    pictures = [ET.fromstring(svg) for svg in re.findall(r"<svg .*?</svg>", page, re.DOTALL)]
    names = [picture.get("aria-label", "") for picture in pictures]
    assert names[:4] == [
        "Marcus floats on his back under the high windows. Joy stands at the side with his towel. "
        "The clock says eleven.",
        "Marcus",
        "Joy",
        "Angela",
    ]
    assert len(pictures) == 8
    assert path.stat().st_size < 1_000_000
    assert not re.search(r"https?:|<script|<img|<link", page)


def test_the_saved_page_of_a_course_without_pictures_has_its_drawings(start: Start, kettle: Path, desk: Path) -> None:
    pilot = _card(_at_the_ending(start, kettle), "What next?")
    pilot.click("Save as a web page")
    [path] = _saved(desk, ".html")
    page = path.read_text(encoding="utf-8")
    assert page.count("<svg ") == 4
    assert "Ann drank it warm." in page
