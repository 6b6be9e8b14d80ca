"""Owns the page where a story ends: its picture, its title, and the way to thinking it over. Never says how good it
was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from game.screens import staging
from game.screens.frame import MARGIN, PADDING, Make, bar, make
from game.screens.play import PlayScreen
from game.screens.saving import save
from game.screens.services import Run, Services
from game.story import Story
from game.ui import Event, Flow, Meaning, Metrics, Move, Page, Push, Rect, Swap, Thing
from game.words import say

LEAST: Final = 0.3
"""The least part of the room below the bar that the picture has, where the card lies below it."""


class EndingScreen:
    """The end of a run. `saved` says where its picture went, once it was saved."""

    def __init__(self, services: Services, story: Story, run: Run | None) -> None:
        self.services = services
        self.story = story
        self.run = run
        self.saved = ""
        self._metrics: Metrics | None = None

    def page(self, metrics: Metrics) -> Page:
        m = self._metrics = metrics
        foot = [
            make(m, say("play.back"), self.back, key="back", icon="back"),
            make(m, say("ending.on"), self.on, key="on", look="primary", icon="next"),
        ]
        top = bar(m, self.story.scenario.title, (), [("picture", say("debrief.picture"), self.picture)])
        root = self._laid_out(m, top, foot)
        return Page(root, focus="on", confirm=self.on, soon=partial(self._soon, m))

    def handle(self, event: Event) -> Move:
        acts: dict[Event, Callable[[], Move]] = {
            Meaning.STEP_BACK: self.back,
            Meaning.FORWARD: self.on,
            Meaning.MENU: self.menu,
            Meaning.PICTURE: self.picture,
        }
        act = acts.get(event)
        return act() if act else None

    # ---- what may be done ---------------------------------------------------

    def back(self) -> Move:
        """Back to the story's last line."""
        return Swap(PlayScreen(self.services, self.story, self.run, shown=10_000))

    def on(self) -> Move:
        """To the debrief."""
        from game.screens.debrief import DebriefScreen

        return Swap(DebriefScreen(self.services, self.story, self.run))

    def menu(self) -> Move:
        from game.screens.menu import MenuScreen

        return Push(MenuScreen(self.services, self.story, self.run))

    def picture(self) -> Move:
        """Save the ending as a picture: what is seen here, without what is pressed."""
        if self._metrics is None:
            return None
        self.saved = ""
        m = self._metrics
        page = Page(self._laid_out(m, bar(m, self.story.scenario.title), ()))
        self.saved = save(self.services, self.story, "ending", ".png", self.services.photograph(page))
        return Swap(self)

    # ---- what is seen -------------------------------------------------------

    def _laid_out(self, m: Metrics, top: Thing, foot: Sequence[Make]) -> Thing:
        """The picture with the title on a low card below it: one band where there is room, else a card of two rows."""
        margin, pad = m.u(MARGIN if m.roomy else 12), m.u(PADDING if m.roomy else 18)
        wide = m.width - 2 * margin
        footing = Flow(m, 0, 0, wide - 2 * pad)
        footing.row(foot)
        pressed = max((thing.rect.right for thing in footing.things), default=0)
        band = m.roomy and self._width(m) + pressed + m.u(24) <= wide - 2 * pad
        content = Flow(m, margin + pad, 0, wide - 2 * pad - (pressed + m.u(24) if band else 0))
        self._build(content)
        head = m.u(16 if m.roomy else 14)
        below = m.u(12) if band or not foot else footing.y + m.u(32)
        room = m.height - top.rect.bottom - margin
        high = min(room if m.roomy else round(room * (1 - LEAST)), head + content.y + below)
        card = Rect(margin, m.height - margin - high, wide, high)
        port = Rect(card.x + m.u(4), card.y + head, content.x + content.width - card.x, high - head - below)
        told = Thing(
            "group",
            "",
            port,
            key="ending",
            scrolls=True,
            children=tuple(thing.moved(0, port.y) for thing in content.things),
        )
        right, row = card.right - pad - pressed, card.y + (high - footing.y) // 2
        x, y = (right, row) if band else (margin + pad, card.bottom - below + m.u(12))
        feet = (thing.moved(x, y) for thing in footing.things)
        edge = m.height if m.roomy else card.y - m.u(12)
        area = Rect(0, top.rect.bottom, m.width, edge - top.rect.bottom)
        title = Thing("group", "", card, key="card", look="card")
        return Thing("page", top.name, m.window, children=(self._ground(area, card), top, title, told, *feet))

    def _width(self, m: Metrics) -> int:
        """How wide the card's widest words are on one line."""
        ending = self.story.ending
        title = m.width_of(ending.title if ending else self.story.passage.todo, "display")
        return max(title, m.width_of(self.saved, "small-ink"))

    def _ground(self, area: Rect, card: Rect) -> Thing:
        """The ending's place as it is, with no veil over it, what matters in it seen above the card."""
        shot = staging.last_shot(self.story)
        free = Rect(area.x, area.y, area.w, min(area.bottom, card.y) - area.y)
        ground = staging.ground(self.services.pictures, shot, area, free)
        return replace(ground, children=tuple(replace(picture, look="picture") for picture in ground.children))

    def _build(self, content: Flow) -> None:
        if self.saved:
            content.text(self.saved, "small-ink", role="status", key="saved")
            content.gap(10)
        ending = self.story.ending
        content.text(say("ending.the-end"), "soft")
        content.gap(4)
        content.heading(ending.title if ending else self.story.passage.todo, "display")
        content.gap(6)

    def _soon(self, m: Metrics) -> Iterator[Page]:
        """The debrief's first two cards."""
        from game.screens.debrief import DebriefScreen

        yield from DebriefScreen(self.services, self.story, None).ahead(m)
