"""Owns the projector's pages of a session: what `room.shown` says, in type that the back row reads. Never counts,
never moves, and draws nothing that the page does not hold.

A step fills one leaf or several, made by the module for what it shows; the screen turns them. A band at the foot covers
no words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from game.pictures import Kit
from game.screens import room_gathered, room_question, room_reveal, room_scene, room_settled
from game.screens.room_clock import LAST
from game.screens.room_gathered import gathers
from game.screens.room_slide import Leaf, Now, Slide
from game.screens.room_type import band
from game.training import Room, Step
from game.ui import Metrics, Thing
from game.words import say


@dataclass(frozen=True, slots=True)
class Projected:
    """A page of the projector: its tree, which leaf of how many it is, and the sound of its place (None: as it was)."""

    root: Thing
    leaf: int
    leaves: int
    tone: str | None = ""


def projected(m: Metrics, kit: Kit, room: Room, leaf: int, now: Now) -> Projected:
    """The projector's page in this window. A `leaf` below 0, or beyond the last, is the last."""
    shown = room.shown.with_phones() if now.phones else room.shown
    slide = Slide(m, kit, room, shown, now)
    leaves = _leaves(replace(slide, now=replace(now, foot="")))  # a band that comes and goes turns no leaf
    place = len(leaves) - 1 if leaf < 0 else min(leaf, len(leaves) - 1)
    foot = _foot(slide)
    children = [*_above(slide, leaves, place, foot), *foot]
    tone = kit.tone(room_scene.shot(slide).picture) if shown.place else ""
    return Projected(Thing("page", shown.title, m.window, children=tuple(children)), place, len(leaves), tone)


def _leaves(slide: Slide) -> list[Leaf]:
    shown = slide.shown
    by_table = slide.now.tables and shown.reveal is not None and bool(shown.reveal.tables)
    return room_reveal.by_table(slide) if by_table else _LEAVES[shown.step](slide)


def _above(slide: Slide, leaves: list[Leaf], place: int, foot: Sequence[Thing]) -> Leaf:
    """A leaf that no band covers: as it is where its words end above it, else laid out anew in the room that is left.

    That may take more leaves. Then it is the one as far from the last, as the newest is there.
    """
    if not foot or not any(_ends(thing) > foot[0].rect.y for one in leaves[place] for thing in one.walk()):
        return leaves[place]
    low = foot[0].rect.y
    shorter = replace(slide.m, height=low, taken=slide.m.taken + slide.m.height - low)
    anew = _leaves(replace(slide, m=shorter))
    return anew[max(0, len(anew) - len(leaves) + place)]


def _ends(thing: Thing) -> int:
    """Where the words of a thing end; above everything where it has none."""
    return thing.rect.bottom if thing.text is not None else 0


def blank(m: Metrics, colour: str) -> Thing:
    """A page of one colour."""
    ground = Thing("decoration", "", m.window, look="plain", detail=colour)
    return Thing("page", say("present.blank"), m.window, children=(ground,))


def _foot(slide: Slide) -> list[Thing]:
    """A band at the foot: what the trainer does on the one screen there is, or that time is up or nearly so."""
    return band(slide.m, slide.now.foot or _time_told(slide))


def _time_told(slide: Slide) -> str:
    """What is said of the time at its end: nothing in a silence, and nothing once lines are gathered."""
    left = slide.now.left
    if left is None or left.seconds > LAST or slide.shown.step is Step.SILENT or gathers(slide):
        return ""
    return say("present.time-up" if left.over else "present.finish")


_LEAVES: Final[Mapping[Step, Callable[[Slide], list[Leaf]]]] = {
    Step.WELCOME: room_gathered.told,
    Step.EXPERIENCE: room_gathered.told,
    Step.SCENE: room_scene.scene,
    Step.QUESTION: room_question.question,
    Step.SILENT: room_question.silent,
    Step.SHOW: room_question.show,
    Step.DISCUSS: room_question.discuss,
    Step.SHOW_AGAIN: room_question.show,
    Step.REVEAL: room_reveal.reveal,
    Step.ROLES: room_settled.roles,
    Step.BRANCH: room_settled.branch,
    Step.WHAT_IF: room_scene.scene,
    Step.WOULD: room_settled.branch,
    Step.ENDING: room_scene.ending,
    Step.DEBRIEF: room_gathered.told,
    Step.OTHERS: room_gathered.told,
    Step.BARRIERS: room_gathered.told,
    Step.MONDAY: room_gathered.told,
    Step.CLOSE: room_gathered.told,
}
"""How each step is shown."""
