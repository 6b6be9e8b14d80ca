"""Owns how a picture is put together: parts, places and people as layered SVG with named colours, made into one
plain SVG that pygame draws rightly. Never draws, and never finds a file by itself.

What a source may hold beside plain SVG:

- `{name}` in an attribute: a colour of the palette, or a word that the including picture gave.
- `<include part="mug" x="10" y="20" s="1.2" flip="yes" body="{clay}"/>`: a part, moved, sized, turned over; every other
  attribute is a word for that part alone. `data-body="{teal}"` on a part's root is its word where none is given.
- `<include place="hallway"/>` and `<include person="joy" expression="warm"/>`: a whole place, or somebody.
- `only="evening night"` and `unless="rain"` on any shape: drawn (or not) at those hours and moods.
- `lit="yes"`: keeps its colours at any hour: the sky, a lamp, a screen.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

SPACE: Final = "http://www.w3.org/2000/svg"
DEEP: Final = 12
"""How far pictures may lie within pictures."""

_WORD: Final = re.compile(r"\{([\w-]+)\}")
_HEX: Final = re.compile(r"#[0-9a-fA-F]{6}\b")
_PAINTS: Final = ("fill", "stroke", "stop-color")
_PLACING: Final = ("x", "y", "s", "rot", "flip", "only", "unless", "moods", "lit")

ET.register_namespace("", SPACE)


class Unmade(Exception):
    """Raised where a picture cannot be put together. `reason` says why, in a whole sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


Find = Callable[[str, str], ET.Element]
"""Finds the source of (kind, name); a fresh element each time. Raises `Unmade` where there is none."""

Layers = Callable[[str, str], tuple[list[ET.Element], Mapping[str, str]]]
"""The layers of (person, expression), as includes, and the words they are drawn with."""


@dataclass(frozen=True, slots=True)
class Grade:
    """The light of an hour over all colours: each is mixed with `tint` by `part` (0 to 1)."""

    tint: str = "#ffffff"
    part: float = 0.0

    def over(self, colour: str) -> str:
        """The colour in this light."""
        if not self.part:
            return colour
        pairs = zip(_parts(colour), _parts(self.tint), strict=True)
        return "#" + "".join(f"{round(own + (light - own) * self.part):02x}" for own, light in pairs)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a picture is drawn with: words and colours by name, the hour and moods that hold, the light."""

    words: Mapping[str, str]
    moods: frozenset[str] = frozenset()
    grade: Grade = Grade()


@dataclass(slots=True)
class Composer:
    """Puts pictures together. `find` gives sources, `layers` gives people."""

    find: Find
    layers: Layers
    _made: int = field(default=0)

    def picture(self, root: ET.Element, setting: Setting, given: Mapping[str, str] | None = None) -> str:
        """One plain SVG: no includes, no words, no titles. `given` goes before its own words. Raises `Unmade`."""
        self._made = 0
        root, setting = _own(root, setting, given)
        box = root.get("viewBox") or f"0 0 {root.get('width', '100')} {root.get('height', '100')}"
        made = ET.Element(f"{{{SPACE}}}svg", {"viewBox": box})
        made.extend(self._children(root, setting, lit=False, depth=0))
        return ET.tostring(made, encoding="unicode")

    def person(self, name: str, expression: str, setting: Setting, box: str) -> str:
        """Somebody as one plain SVG, with the canvas `box`; their looks are the setting's moods. Raises `Unmade`."""
        self._made = 0
        made = ET.Element(f"{{{SPACE}}}svg", {"viewBox": box})
        made.extend(self._somebody(name, expression, setting, depth=0))
        return ET.tostring(made, encoding="unicode")

    def _children(self, parent: ET.Element, setting: Setting, *, lit: bool, depth: int) -> list[ET.Element]:
        made = []
        for child in parent:
            if not isinstance(child.tag, str) or _tag(child) in ("title", "desc") or not _shown(child, setting.moods):
                continue
            lights = lit or child.get("lit") == "yes"
            if _tag(child) == "include":
                made.append(self._include(child, setting, lit=lights, depth=depth + 1))
            else:
                made.append(self._shape(child, setting, lit=lights, depth=depth))
        return made

    def _shape(self, shape: ET.Element, setting: Setting, *, lit: bool, depth: int) -> ET.Element:
        made = ET.Element(shape.tag)
        for name, value in shape.attrib.items():
            if name in ("only", "unless", "lit") or name.startswith("data-"):
                continue
            worded = said(value, setting.words)
            if name in _PAINTS and not lit:
                worded = _HEX.sub(lambda found: setting.grade.over(found[0]), worded)
            made.set(name, worded)
        made.extend(self._children(shape, setting, lit=lit, depth=depth))
        return made

    def _include(self, node: ET.Element, setting: Setting, *, lit: bool, depth: int) -> ET.Element:
        if depth > DEEP:
            raise Unmade("A picture holds itself, by one include or several.")
        given = {name: said(value, setting.words) for name, value in node.attrib.items()}
        kind = next((kind for kind in ("part", "place", "person") if kind in given), "")
        if not kind:
            raise Unmade("An include names no part, no place and no person.")
        name = given.pop(kind)
        group = ET.Element(f"{{{SPACE}}}g", _placed(given))
        extra = {key: value for key, value in given.items() if key not in _PLACING}
        inner = replace(
            setting,
            words={**setting.words, **extra},
            moods=setting.moods | frozenset(given.get("moods", "").split()),
            grade=Grade() if lit else setting.grade,
        )
        if kind == "person":
            group.extend(self._somebody(name, extra.get("expression", "neutral"), inner, depth=depth))
            return group
        root, inner = _own(self.find(kind, name), inner, given=extra)
        self._made += 1
        _prefixed(root, f"{name}{self._made}-")
        group.extend(self._children(root, inner, lit=lit, depth=depth))
        return group

    def _somebody(self, name: str, expression: str, setting: Setting, *, depth: int) -> list[ET.Element]:
        layers, words = self.layers(name, expression)
        own = {"gaze": "0", **setting.words, **words, "expression": expression}
        inner = replace(setting, words=own)
        worn = (layer for layer in layers if _shown(layer, inner.moods))
        return [self._include(layer, inner, lit=False, depth=depth + 1) for layer in worn]


def said(text: str, words: Mapping[str, str]) -> str:
    """The text with each `{word}` in its place; a word may stand for another. Raises `Unmade` for one unknown."""
    for _ in range(DEEP):
        if "{" not in text:
            return text
        text = _WORD.sub(lambda found: _word(found[1], words), text)
    raise Unmade(f"The words in '{text}' go round in a circle.")


def _word(name: str, words: Mapping[str, str]) -> str:
    if name not in words:
        raise Unmade(f"There is no colour or word called '{name}' here.")
    return words[name]


def _own(root: ET.Element, setting: Setting, given: Mapping[str, str] | None = None) -> tuple[ET.Element, Setting]:
    """The source with its own words and moods taken up; a word that was given goes before its own."""
    words = dict(setting.words)
    moods = setting.moods
    for name, value in root.attrib.items():
        if not name.startswith("data-"):
            continue
        if name == "data-moods":
            moods |= frozenset(value.split())
        elif name[5:] not in (given or {}):
            words[name[5:]] = value
    return root, replace(setting, words=words, moods=moods)


def _placed(given: Mapping[str, str]) -> dict[str, str]:
    try:
        x, y, size = (float(given.get(key, default)) for key, default in (("x", 0), ("y", 0), ("s", 1)))
    except ValueError:
        raise Unmade("An include's x, y and s are numbers.") from None
    move = f"translate({x:g} {y:g})"
    if "rot" in given:
        move += f" rotate({given['rot']})"
    if "flip" in given or size != 1:
        move += f" scale({-size if 'flip' in given else size:g} {size:g})"
    return {"transform": move}


def _shown(element: ET.Element, moods: frozenset[str]) -> bool:
    only, unless = element.get("only"), element.get("unless")
    return (only is None or bool(moods & set(only.split()))) and not (unless and moods & set(unless.split()))


def _prefixed(root: ET.Element, before: str) -> None:
    """Give each id within a beginning of its own, so that two parts never share one."""
    ids = {found for element in root.iter() if (found := element.get("id"))}
    for element in root.iter():
        if element.get("id"):
            element.set("id", before + element.get("id", ""))
        for name, value in element.attrib.items():
            link = re.fullmatch(r"url\(#(.+)\)", value)
            if link and link[1] in ids:
                element.set(name, f"url(#{before}{link[1]})")


def _tag(element: ET.Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]
