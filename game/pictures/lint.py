"""Owns what pygame's SVG renderer draws wrongly, and says so of a picture. Never draws and never mends.

Each rule was found by drawing the feature with pygame's own renderer beside a complete one.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Final

_DRAWN: Final = {
    *("svg", "g", "defs", "title", "desc", "include"),
    *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
    *("linearGradient", "radialGradient", "stop"),
}
_REFUSED: Final = {
    *("class", "style", "clip-path", "mask", "filter"),
    *("visibility", "paint-order", "href", "mix-blend-mode"),
}
_COLOUR: Final = re.compile(r"(#[0-9a-fA-F]{6}|none|\{[\w-]+\}|url\(#[\w-]+\))$")
_LINK: Final = re.compile(r"url\(#(.+)\)")
_TURN: Final = re.compile(r"[QqTt][^A-Za-z]*[Ss]")


def faults(root: ET.Element) -> tuple[str, ...]:
    """What would be drawn wrongly in this picture or part, a sentence each; nothing where all is well."""
    told: list[str] = []
    defined: set[str] = set()
    for element in root.iter():
        tag = str(element.tag).rsplit("}", 1)[-1]
        told += _of_tag(tag, element, root)
        for name, value in element.attrib.items():
            told += _of_attribute(tag, name.rsplit("}", 1)[-1], value, defined)
        if tag in ("linearGradient", "radialGradient"):
            defined.add(element.get("id", ""))
            told += _of_gradient(element)
    return tuple(dict.fromkeys(told))


def _of_tag(tag: str, element: ET.Element, root: ET.Element) -> list[str]:
    told = []
    if tag not in _DRAWN:
        told.append(f"<{tag}> is not drawn. Draw it with shapes.")
    if tag == "svg" and element is not root:
        told.append("An <svg> inside an <svg> is not drawn. Use <g> or <include>.")
    if tag == "g" and "opacity" in element.attrib:
        told.append("opacity on a <g> is applied to each shape, and overlaps show. Put it on single shapes.")
    if tag == "path" and _TURN.search(element.get("d", "")):
        told.append("In a path, S straight after Q or T is drawn as another curve. Write C.")
    return told


def _of_attribute(tag: str, name: str, value: str, defined: set[str]) -> list[str]:
    told = []
    if name in _REFUSED:
        told.append(f"{name}=… on <{tag}> is left out or drawn differently. Write plain attributes.")
    if name in ("fill", "stroke", "stop-color") and tag != "include" and not _COLOUR.match(value):
        told.append(f"{name}={value!r} on <{tag}>: write colours as #rrggbb or as {{a word of the palette}}.")
    link = _LINK.match(value)
    if link and tag == "g":
        told.append("A gradient on a <g> is not drawn. Set it on each shape.")
    if link and link[1] not in defined:
        told.append(f"The gradient '{link[1]}' must stand before what uses it.")
    return told


def _of_gradient(gradient: ET.Element) -> list[str]:
    if gradient.get("gradientUnits") == "userSpaceOnUse":
        return []
    placed = [gradient.get(key) for key in ("x1", "y1", "x2", "y2", "cx", "cy", "r")]
    if all(value is None or value.endswith("%") for value in placed):
        return []
    return [f"The gradient '{gradient.get('id')}' needs gradientUnits=\"userSpaceOnUse\", or percentages."]
