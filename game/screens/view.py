"""Owns the picture alone: the place and the people of a scene with no words over them. Never plays on from there."""

from __future__ import annotations

from dataclasses import replace

from game.pictures import Kit
from game.screens import staging
from game.screens.frame import Sign, bar
from game.screens.staging import Scene
from game.ui import Event, Meaning, Metrics, Move, Page, Pop, Rect, Thing
from game.words import say

BACK = (Meaning.MENU, Meaning.PICTURE, Meaning.STEP_BACK, Meaning.FORWARD)
"""What leads back to the story, beside the button and the keys that press it."""


class ViewScreen:
    """One moment of a story as it is seen: its place whole, and who is there. `title` is the story's."""

    def __init__(self, kit: Kit, title: str, scene: Scene) -> None:
        self.kit = kit
        self.title = title
        self.scene = scene

    def page(self, metrics: Metrics) -> Page:
        m, shot = metrics, self.scene.shot
        signs = [Sign(icon, words) for icon, words in (("place", shot.name), ("clock", shot.when)) if words]
        top = bar(m, self.title, signs, [("close", say("view.close"), Pop)])
        area = Rect(0, top.rect.bottom, m.width, m.height - top.rect.bottom)
        tall = min(staging.height(m), round(area.h * 0.92))
        side = staging.reach(m, tall) if self.scene.figures else 0
        ground = staging.ground(self.kit, shot, area, Rect(side, area.y, m.width - 2 * side, area.h))
        ground = replace(ground, children=tuple(replace(picture, look="picture") for picture in ground.children))
        people = staging.people(m, self.kit, self.scene.figures, top=m.height - tall, tall=tall, floor=m.height)
        root = Thing("page", self.title, m.window, children=(ground, *people, top))
        return Page(root, focus=say("view.close"), confirm=Pop, confirm_anywhere=True)

    def handle(self, event: Event) -> Move:
        return Pop() if event in BACK else None
