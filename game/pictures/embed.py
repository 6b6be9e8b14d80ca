"""Owns a picture as part of a web page: one plain SVG put in line, whole or cut to a head. Never draws, never fetches.

In a page all pictures share one space of ids, so each picture gets a mark of its own before every id.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html import escape

from game.pictures.compose import SPACE
from game.pictures.kit import Box

_LINK = re.compile(r"url\(#([^)]+)\)")


def inline(svg: str, mark: str, says: str, *, view: Box | None = None) -> str:
    """A plain SVG as an element of a web page: read out as `says`, its ids after `mark`, cut to `view` if given."""
    root = ET.fromstring(svg)
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{SPACE}}}")
        for name, value in list(element.attrib.items()):
            if name == "id":
                element.set(name, f"{mark}-{value}")
            elif "url(#" in value:
                element.set(name, _LINK.sub(rf"url(#{mark}-\1)", value))
    box = " ".join(f"{number:g}" for number in view) if view else root.get("viewBox", "0 0 100 100")
    inner = "".join(ET.tostring(child, encoding="unicode") for child in root)
    return framed(inner, box, says)


def framed(shapes: str, box: str, says: str) -> str:
    """SVG elements as one element of a web page that is read out as `says`; silent where that is empty."""
    told = f'role="img" aria-label="{escape(says)}"' if says else 'aria-hidden="true"'
    return f'<svg viewBox="{box}" {told}>{shapes}</svg>'


def head(face: Box) -> Box:
    """The square around a face that a round portrait shows."""
    side = face.h * 1.75
    return Box(face.x + face.w / 2 - side / 2, face.y + face.h / 2 - side * 0.52, side, side)
