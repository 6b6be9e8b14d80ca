"""Owns who and what is seen while a story is told: the place in its light, who stands where, who looks at whom.
Never draws, never says a word, and knows nothing of choices.

A scene lasts as long as the place and the day stay the same. Whoever speaks in it comes in and stays: the first at the
left, the second at the right, a third in the place of the one who has been silent longer. A new passage, and a line
with which the time changes, keep only those who speak before the next of these: the others have gone. Whoever speaks
from afar is seen in a round frame for as long as nobody else speaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final, Literal

from game.pictures import BUST, CANVAS, Box, Kit
from game.story import Line, Person, Story, Visit
from game.ui import Metrics, Rect, Thing

Side = Literal["left", "right"]

SIDES: Final[tuple[Side, ...]] = ("left", "right")

TALL: Final = 0.72
"""The height of somebody, as a part of the window's, where the window is wide."""

WIDE: Final = 0.44
"""The same as a part of the window's width, where it is narrow."""

STANDS: Final = 0.17
"""Where the top of somebody's canvas is, as a part of the window's height."""

STRIP: Final = 0.2
"""The least part of the window's height in which the place is seen above large text."""

FORWARD: Final = 10
"""Logical pixels by which who speaks stands higher than who listens."""


@dataclass(frozen=True, slots=True)
class Told:
    """One line as it is told: the line, and the passage it belongs to."""

    line: Line
    visit: Visit


@dataclass(frozen=True, slots=True)
class Shot:
    """What a place looks like at some time: its name, its picture, its description, and the author's words for when."""

    name: str = ""
    picture: str = ""
    alt: str = ""
    when: str = ""

    @property
    def detail(self) -> str:
        """The shot as the painter takes it."""
        return f"{self.picture}|{self.when}"


@dataclass(frozen=True, slots=True)
class Figure:
    """Somebody in the scene: at which side, with what expression and looks, whether they speak now, or were the last
    to, and whether they are not in the room but on the telephone or in a letter."""

    person: Person
    side: Side
    expression: str
    speaks: bool
    latest: bool = False
    afar: bool = False
    looks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment of a story as it is seen."""

    shot: Shot
    figures: tuple[Figure, ...] = ()

    @property
    def speaker(self) -> Person | None:
        """Who speaks now, if somebody does."""
        return next((figure.person for figure in self.figures if figure.speaks), None)

    @property
    def last(self) -> Figure | None:
        """Who spoke last in the scene, if anybody has."""
        return next((figure for figure in self.figures if figure.latest), None)


def scene(story: Story, told: Sequence[Told], shown: int) -> Scene:
    """The scene at line `shown` (from 1) of a story's present step, whose lines are `told`."""
    past = [Told(line, visit) for step in story.steps[:-1] for visit in step.visits for line in visit.lines]
    lines = [*past, *told[: max(0, shown)]]
    shots = list(_shots(story, lines))
    shot = shots[-1] if shots else shot_at(story)
    start = len(shots)
    while start and _same(shots[start - 1], shot):
        start -= 1
    return Scene(shot, _figures(story, lines[start:]))


def shot_at(story: Story) -> Shot:
    """Where and when a run stands."""
    return _shot(story, *story.where)


def last_shot(story: Story) -> Shot:
    """What a story ends with: its ending's own picture, or where its last passage happens."""
    shot = shot_at(story)
    ending = story.ending
    return _shot(story, ending.place, shot.when) if ending and ending.place else shot


def _shot(story: Story, place: str, when: str) -> Shot:
    found = story.scenario.places.get(place)
    return Shot(found.name, found.picture or found.id, found.alt, when) if found else Shot(picture=place, when=when)


def _shots(story: Story, lines: Sequence[Told]) -> Iterator[Shot]:
    place, when = "", ""
    visit: Visit | None = None
    for told in lines:
        if told.visit != visit:
            visit = told.visit
            place, when = visit.where(place, when)[0]
        place, when = told.line.place or place, told.line.when or when
        yield _shot(story, place, when)


def _same(one: Shot, other: Shot) -> bool:
    """Whether two shots are of one scene: the same room of the same house, on the same day."""
    return one.name == other.name and (one.name != "" or one.picture == other.picture) and _day(one) == _day(other)


def _day(shot: Shot) -> str:
    return shot.when.partition(",")[0] if "," in shot.when else ""


def _figures(story: Story, lines: Sequence[Told]) -> tuple[Figure, ...]:
    places: dict[Side, str] = {}
    last: dict[str, int] = {}
    for number, told in enumerate(lines):
        line, who = told.line, told.line.speaker
        if number and (told.visit != lines[number - 1].visit or line.when):
            stay = _speakers(told)
            places = {side: person for side, person in places.items() if person in stay}
            last = {person: spoke for person, spoke in last.items() if person in stay}
        if not who:
            continue
        last[who] = number
        if who not in places.values() and not line.afar:
            free: list[Side] = [side for side in SIDES if side not in places]
            places[free[0] if free else min(places, key=lambda side: last[places[side]])] = who
    now = lines[-1].line.speaker if lines else ""
    latest = max(last, key=lambda who: last[who], default="")
    if latest and lines[last[latest]].line.afar:
        places["right" if "left" in places else "left"] = latest
    spoke = {who: lines[number].line for who, number in last.items()}
    return tuple(
        Figure(
            story.scenario.people[who],
            side,
            spoke[who].expression,
            who == now,
            who == latest,
            spoke[who].afar,
            spoke[who].looks,
        )
        for side, who in sorted(places.items())
    )


def _speakers(told: Told) -> set[str]:
    """Who speaks in a passage from this line on, before the time changes again."""
    lines, now = told.visit.lines, (told.line.at, told.line.speaker)
    here = next((place for place, line in enumerate(lines) if (line.at, line.speaker) == now), 0)
    rest = takewhile(lambda line: not line.when, lines[here + 1 :])
    return {line.speaker for line in (told.line, *rest)}


# ---- where it is on the page ------------------------------------------------


def ground(kit: Kit, shot: Shot, area: Rect, free: Rect) -> Thing:
    """The place behind everything, over `area`, moved so that its clue is seen within `free` as far as it can be."""
    whole = cover(area, kit.clue(shot.picture), free)
    picture = Thing("decoration", "", whole, look="room", detail=shot.detail)
    role: Literal["image", "decoration"] = "image" if shot.alt else "decoration"
    return Thing(role, shot.alt, area, key="ground", clips=True, children=(picture,))


def cover(area: Rect, clue: Box | None = None, free: Rect | None = None) -> Rect:
    """Where a picture of the canvas's shape lies: over the area, its clue as near the middle of `free` as may be."""
    scale = max(area.w / CANVAS[0], area.h / CANVAS[1])
    w, h = max(area.w, round(CANVAS[0] * scale)), max(area.h, round(CANVAS[1] * scale))
    x, y = area.x + (area.w - w) // 2, area.y + (area.h - h) // 2
    if clue is not None and free is not None:
        x = free.x + free.w // 2 - round((clue.x + clue.w / 2) * scale)
        y = free.y + free.h // 2 - round((clue.y + clue.h / 2) * scale)
    return Rect(
        max(area.right - w, min(area.x, x)),
        max(area.bottom - h, min(area.y, y)),
        w,
        h,
    )


def seen(box: Box, picture: Rect) -> Rect:
    """Where a box of the canvas is on the page, in a picture that lies there."""
    scale = picture.w / CANVAS[0]
    return Rect(
        round(picture.x + box.x * scale), round(picture.y + box.y * scale), round(box.w * scale), round(box.h * scale)
    )


def height(m: Metrics) -> int:
    """How tall somebody's canvas is in this window, in real pixels."""
    return round(min(TALL * (m.height + m.taken), WIDE * m.width))


EDGE: Final = -8
"""Where somebody's canvas begins, in logical pixels from the window's edge: its outer tenth is empty."""

BODY: Final = 0.92
"""How far across somebody's canvas their body reaches, as a part of its width."""


def reach(m: Metrics, tall: int) -> int:
    """How far from the window's edge somebody so tall reaches into it, in real pixels."""
    return m.u(EDGE) + round(tall * BUST[0] / BUST[1] * BODY)


def fitting(m: Metrics, wide: int) -> int:
    """How tall somebody may be to reach no farther into the window than that."""
    return int((wide - m.u(EDGE)) / BODY * BUST[1] / BUST[0])


def chin(kit: Kit, figures: Sequence[Figure]) -> float:
    """How far down the canvas the lowest face reaches, as a part of its height; 0 where there is none."""
    faces = [kit.face(figure.person.portrait) for figure in figures]
    return max((face.y + face.h for face in faces if face), default=0.0) / BUST[1]


def people(m: Metrics, kit: Kit, figures: Sequence[Figure], *, top: int, tall: int, floor: int) -> list[Thing]:
    """The figures as things, with the upper edge of their canvas at `top`, so `tall`. Who has no portrait is a name
    on a round ground between there and `floor`."""
    return [_figure(m, kit, figure, figures, top, tall, floor) for figure in figures]


def _figure(m: Metrics, kit: Kit, figure: Figure, figures: Sequence[Figure], top: int, tall: int, floor: int) -> Thing:
    person = figure.person
    wide = round(tall * BUST[0] / BUST[1])
    edge = m.u(EDGE)
    x = edge if figure.side == "left" else m.width - wide - edge
    says = kit.says(person.portrait, figure.looks)
    name = f"{person.name}, {figure.expression}. {says}" if says else f"{person.name}, {figure.expression}"
    key = f"person-{person.id}"
    if figure.afar or not kit.has_person(person.portrait):
        inner = m.u(20)
        side = max(m.u(48), min(round(wide * 0.66), floor - top, reach(m, tall) - inner))
        left = max(inner, min(m.u(EDGE) + (wide - side) // 2, reach(m, tall) - side))
        left = left if figure.side == "left" else m.width - side - left
        frame = Rect(left, top + max(0, (floor - top - side) // 2), side, side)
        if not kit.has_person(person.portrait):
            return Thing("image", name, frame, key=key, look="named", detail=person.name)
        shown = " ".join((figure.expression, *figure.looks))
        return Thing("image", name, frame, key=key, look="portrait", detail=person.portrait, value=shown)
    lift = m.u(FORWARD) if not figure.speaks and any(other.speaks for other in figures) else 0
    how = [figure.expression, *figure.looks]
    how += ["flip"] if figure.side == "right" else []
    how += ["away"] if lift else []
    rect = Rect(x, top + lift, wide, tall)
    return Thing("image", name, rect, key=key, look="person", detail=person.portrait, value=" ".join(how))
