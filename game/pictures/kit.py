"""Owns the drawing kit: where the palette, parts, places and people lie, and what each of them says of itself.

A kit has one folder or several; what the first has goes before the next, so that a course can bring pictures of its
own and still use every part that comes with the program. Reads files and never writes one; never draws.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple

from game.pictures.compose import SPACE, Composer, Grade, Setting, Unmade
from game.pictures.moments import Hour, Moment

CANVAS: Final = (1920, 1080)
"""The canvas of a place."""

BUST: Final = (800, 1000)
"""The canvas of a person, who is cut off at its lower edge."""

AWAY: Final = 7
"""How far the eyes of somebody who listens are turned towards who speaks, on that canvas."""

HEAD: Final = (252, 176, 270, 372)
"""The face within the space that heads, hair and expressions share: left, top, width, height."""

_FOLDERS: Final = {"part": ("parts", "figures"), "place": ("places",)}


class Box(NamedTuple):
    """A rectangle on a canvas."""

    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a source of the kit: its file, and a whole sentence."""

    path: Path
    says: str


class Kit:
    """The pictures in some folders, the first first. Files are read when asked for, each once."""

    def __init__(self, *folders: Path) -> None:
        self.folders = folders
        self._read: dict[Path, str] = {}
        self._told: dict[str, Mapping[str, str]] = {}
        self._people: dict[str, dict[str, Any]] = {}

    # ---- what there is ------------------------------------------------------

    def places(self) -> tuple[str, ...]:
        """The names of all places, in order."""
        return self._names("places", ".svg")

    def people(self) -> tuple[str, ...]:
        """The names of all people, in order."""
        return self._names("people", ".json")

    def parts(self) -> tuple[str, ...]:
        """The names of all parts of places and figures, in order."""
        return tuple(sorted(self._names("parts", ".svg") + self._names("figures", ".svg")))

    def sources(self) -> tuple[Path, ...]:
        """Every SVG file of the kit, in order."""
        folders = [each / name for each in self.folders for names in _FOLDERS.values() for name in names]
        return tuple(path for folder in folders for path in sorted(folder.glob("*.svg")))

    def path_of(self, folder: str, name: str) -> Path:
        """The file of that name, in the first of the kit's folders that has one; in its first folder where none has."""
        return self._path(folder, name) or self.folders[0] / folder / name

    def has_place(self, picture: str) -> bool:
        """Whether there is a place of that name, or of that name with an hour behind it (`kitchen_evening`)."""
        return self._place(picture, Moment())[0] in self.places()

    def has_person(self, portrait: str) -> bool:
        """Whether there is somebody of that name."""
        return portrait in self._people or self._path("people", f"{portrait}.json") is not None

    # ---- what they look like ------------------------------------------------

    def place(self, picture: str, moment: Moment) -> str:
        """A place as one plain SVG on its canvas, in the light and at the time of a moment.

        `picture` may end with an hour (`kitchen_evening`), which goes before the moment's. Raises `Unmade`.
        """
        return _made(lambda: self._in_this_light(*self._place(picture, moment)))

    def hour(self, picture: str, moment: Moment) -> Hour:
        """The hour whose light lies over a picture at a moment: the one its name ends with, or the moment's."""
        return self._place(picture, moment)[1].hour

    def person(self, portrait: str, expression: str, looks: Iterable[str] = (), *, away: bool = False) -> str:
        """Somebody as one plain SVG on the canvas of busts, with these of their looks; `away` turns the eyes to who
        speaks. Raises `Unmade`."""

        def make() -> str:
            setting = Setting({**self.palette, "gaze": str(AWAY if away else 0)}, frozenset(looks))
            return self._composer().person(portrait, expression, setting, f"0 0 {BUST[0]} {BUST[1]}")

        return _made(make)

    def part(self, name: str, moods: frozenset[str], words: Mapping[str, str]) -> str:
        """A part by itself as one plain SVG, with these moods and words, in the light of day. Raises `Unmade`."""

        def make() -> str:
            setting = Setting({**self.palette, **self._light(Moment())[1], **words}, moods)
            return self._composer().picture(self._source("part", name), setting, words)

        return _made(make)

    # ---- what they say of themselves ----------------------------------------

    def title(self, picture: str) -> str:
        """What a place's title says it shows; empty where it has none, or is not there."""
        return self._says(picture).get("title", "")

    def clue(self, picture: str) -> Box | None:
        """What must be seen in a place: its box on the canvas; None where the place names none, or is not there."""
        try:
            written = self._says(picture).get("data-clue", "")
            return Box(*map(float, written.split())) if written else None
        except (TypeError, ValueError):
            return None

    def tone(self, picture: str) -> str:
        """The name of a place's sound; empty where it has none."""
        return self._says(picture).get("data-tone", "")

    def face(self, portrait: str) -> Box | None:
        """Where somebody's face is on the canvas of busts; None where there is no such person."""
        try:
            x, y, size = self._somebody(portrait)["anchors"]["head"]
            return Box(x + HEAD[0] * size, y + HEAD[1] * size, HEAD[2] * size, HEAD[3] * size)
        except (Unmade, KeyError, TypeError, ValueError):
            return None

    def says(self, portrait: str, looks: Iterable[str] = ()) -> str:
        """What somebody looks like, for those who cannot see them: a sentence, and one for each of these looks that
        they have; empty where there is none."""
        try:
            told = self.looks(portrait)
            says = [str(self._somebody(portrait).get("says", "")), *(told.get(look, "") for look in looks)]
        except Unmade:
            return ""
        return " ".join(filter(None, says))

    def looks(self, portrait: str) -> Mapping[str, str]:
        """The looks that somebody has beside their expressions, each with its sentence; none where nobody is there."""
        try:
            found = self._somebody(portrait).get("looks", {})
        except Unmade:
            return {}
        return {str(look): str(says) for look, says in found.items()} if isinstance(found, dict) else {}

    @cached_property
    def palette(self) -> Mapping[str, str]:
        """The colours of places and people by name."""
        found: dict[str, str] = {}
        for folder in reversed(self.folders):
            path = folder / "palette.json"
            if path.is_file():
                found.update(_json(path, self._text(path)).get("scene", {}))
        return found

    # ---- where it comes from ------------------------------------------------

    def _place(self, picture: str, moment: Moment) -> tuple[str, Moment]:
        """The place's name, and the moment with the hour that the picture's name ends with, if it does."""
        if self._path("places", f"{picture}.svg") is None:
            name, _, hour = picture.rpartition("_")
            if hour in self._lights and self._path("places", f"{name}.svg") is not None:
                return name, Moment(hour, moment.clock)  # type: ignore[arg-type]
        return picture, moment

    @cached_property
    def _lights(self) -> Mapping[str, Mapping[str, str]]:
        for folder in self.folders:
            path = folder / "lights.json"
            if path.is_file():
                return _json(path, self._text(path))
        return {}

    def _says(self, picture: str) -> Mapping[str, str]:
        """What a place's first tag and its title say; nothing where it is not there or cannot be read. Read once."""
        if picture not in self._told:
            try:
                root = self._source("place", self._place(picture, Moment())[0])
                self._told[picture] = {**root.attrib, "title": root.findtext(f"{{{SPACE}}}title", "")}
            except (Unmade, OSError, ValueError):
                self._told[picture] = {}
        return self._told[picture]

    def _in_this_light(self, name: str, moment: Moment) -> str:
        grade, words = self._light(moment)
        hands = dict(zip("hm", (f"{turn:g}" for turn in moment.hands), strict=True))
        setting = Setting({**self.palette, **words, **hands}, frozenset({moment.hour}), grade)
        return self._composer().picture(self._source("place", name), setting)

    def _composer(self) -> Composer:
        """One for each picture: two may be put together at the same time."""
        return Composer(self._source, self._layers)

    def _light(self, moment: Moment) -> tuple[Grade, Mapping[str, str]]:
        words = dict(self._lights.get(moment.hour, {}))
        tint, part = words.pop("tint", "#ffffff"), float(words.pop("part", "0"))
        return Grade(tint, part), words

    def _source(self, kind: str, name: str) -> ET.Element:
        for folder in _FOLDERS[kind]:
            path = self._path(folder, f"{name}.svg")
            if path is not None:
                try:
                    return ET.fromstring(self._text(path))
                except ET.ParseError as error:
                    raise Unmade(f"{path.name} cannot be read as SVG: {error}.") from None
        raise Unmade(f"There is no {kind} called '{name}'.")

    def _somebody(self, portrait: str) -> dict[str, Any]:
        if portrait not in self._people:
            path = self._path("people", f"{portrait}.json")
            if path is None:
                raise Unmade(f"There is nobody called '{portrait}'.")
            self._people[portrait] = _json(path, self._text(path))
        return self._people[portrait]

    def _layers(self, portrait: str, expression: str) -> tuple[list[ET.Element], Mapping[str, str]]:
        """Somebody's layers from the back to the front; `at` names one of their anchors (x, y, size)."""
        spec = self._somebody(portrait)
        try:
            return [_layer(layer, spec["anchors"], expression) for layer in spec["layers"]], spec["tokens"]
        except (KeyError, TypeError, ValueError) as error:
            raise Unmade(f"{portrait}.json is not as it should be: {error}.") from None

    def _path(self, folder: str, name: str) -> Path | None:
        if not name[:1].isalnum() or "/" in name or "\\" in name:
            return None
        return next((path for each in self.folders if (path := each / folder / name).is_file()), None)

    def _names(self, folder: str, ending: str) -> tuple[str, ...]:
        found = {path.stem for each in self.folders for path in (each / folder).glob(f"*{ending}")}
        return tuple(sorted(found))

    def _text(self, path: Path) -> str:
        if path not in self._read:
            self._read[path] = path.read_text(encoding="utf-8")
        return self._read[path]


def _made(make: Callable[[], str]) -> str:
    """What is made; where a source holds something of another kind than is due there, `Unmade`."""
    try:
        return make()
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, OSError) as error:
        raise Unmade(f"A source is not as it should be: {error}.") from None


def _layer(layer: Any, anchors: Mapping[str, Sequence[float]], expression: str) -> ET.Element:
    given = {"part": layer} if isinstance(layer, str) else {key: str(value) for key, value in layer.items()}
    given["part"] = given["part"].replace("{expression}", expression)
    if "at" in given:
        given.update(zip(("x", "y", "s"), map(str, anchors[given.pop("at")]), strict=True))
    return ET.Element("include", given)


def _json(path: Path, text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise Unmade(f"{path.name} cannot be read: {error}.") from None
    if not isinstance(found, dict):
        raise Unmade(f"{path.name} is not a list of names and values.")
    return found
