"""Owns saving from a screen: a still picture of a card, and the sentence that tells where a file went. Never decides
what is saved, and never writes by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from game.screens.frame import PADDING, sheet_width
from game.screens.services import Services
from game.storage import save_document
from game.story import Story
from game.ui import Flow, Metrics, Page, Rect, Thing
from game.words import say

LEFT_OUT = "keep"
"""The key of what belongs to the program and not to the run: no picture shows it."""


def save(services: Services, story: Story, what: str, ending: str, content: str | bytes) -> str:
    """Write a file of a run among the player's documents, and say where it is, or why it is nowhere.

    `what` is the part of the run that the file shows; empty for all of it.
    """
    parts = ("upstream", story.scenario.id, f"{services.now():%Y-%m-%d}", what)
    try:
        path = save_document(services.desk, "-".join(filter(None, parts)), ending, content)
    except OSError as error:
        return say("debrief.not-saved", reason=error.strerror or str(error))
    return say("debrief.saved", path=path)


def still(
    m: Metrics,
    build: Callable[[Flow], None],
    *,
    top: Thing,
    ground: Callable[[Rect], Thing],
    width: float,
    pressed: bool,
) -> Page:
    """A card as a page of its own: whole, as high as it is, with nothing below it.

    `ground` gives the picture behind it. Where not `pressed`, what can only be pressed is left out.
    """
    pad, across = m.u(PADDING), sheet_width(m, width)
    above = top.rect.bottom + m.u(20)
    content = Flow(m, (m.width - across) // 2 + pad, above + m.u(24), across - 2 * pad)
    build(content)
    things = tuple(content.things) if pressed else _unpressed(content.things)
    low = max((inner.rect.bottom for thing in things for inner in thing.walk()), default=content.y)
    card = Rect((m.width - across) // 2, above, across, low + m.u(28) - above)
    whole = Rect(0, 0, m.width, card.bottom + m.u(28))
    children = (ground(whole), top, Thing("group", "", card, key="card", look="card", children=things))
    return Page(Thing("page", top.name, whole, children=children))


def _unpressed(things: list[Thing] | tuple[Thing, ...]) -> tuple[Thing, ...]:
    """The things without what is pressed, but for an answer that was given."""
    return tuple(
        replace(thing, children=_unpressed(thing.children))
        for thing in things
        if thing.key != LEFT_OUT and (thing.press is None or thing.chosen)
    )
