"""Owns the projector's pages of the story: the place, who is there, what is said on a panel below, and an ending. Never
draws: pictures are put together by `staging`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from game.pictures import BUST
from game.screens import staging
from game.screens.room_slide import Leaf, Slide, voted_words
from game.screens.room_type import AMBER, TEAL_DK, Block, height, laid, packed, tall, words
from game.screens.staging import Told
from game.story import Story
from game.training import Step
from game.ui import Rect, Thing
from game.words import say

PANEL: Final = 0.6
"""The part of the window's height that the words of a scene take at the most."""


def scene(slide: Slide) -> list[Leaf]:
    """A part of the story: the place, who is there, and what is said on a panel below."""
    seen, shown = shot(slide), slide.shown
    what_if = shown.step is Step.WHAT_IF
    title = say("present.where", place=seen.name, when=seen.when) if seen.name and seen.when else seen.name or seen.when
    wide = slide.width - 2 * slide.m.u(28)
    most = round(slide.m.height * PANEL)
    blocks: list[Block] = []
    if what_if:
        blocks += [block for one in shown.options for block in words(slide.m, one.text, "room-bold", wide, most)]
    else:
        blocks += [block for text in shown.words for block in words(slide.m, text, "room-name", wide, most)]
    for line in shown.lines:
        blocks += _spoken(slide, line.speaker, line.text, wide, most)
    if what_if:
        blocks += [block for text in shown.words[1:] for block in words(slide.m, text, "room-name", wide, most)]
        if say("room.would") in shown.words:
            blocks[-1] = _joined(blocks[-1], words(slide.m, voted_words(slide), "room-soft", wide, most))
        title = say("present.what-if", letter=shown.options[0].letter) if shown.options else shown.title
    return _on_panel(slide, seen, _band(slide, title, amber=what_if), blocks, people=True)


def ending(slide: Slide) -> list[Leaf]:
    """The ending's picture with its name; then what became of everybody."""
    m = slide.m
    seen = shot(slide)
    wide = slide.width - 2 * m.u(28)
    most = round(m.height * PANEL)
    told = [block for text in slide.shown.words for block in words(m, text, "room-words", wide, most, gap=18)]
    named = words(m, slide.shown.title, "room-title", wide, most)
    return [
        *_on_panel(slide, seen, [], named, people=False),
        *_on_panel(slide, seen, _band(slide, slide.shown.title), told, people=False),
    ]


def shot(slide: Slide) -> staging.Shot:
    """The place that is seen, and its light."""
    found = slide.room.scenario.places.get(slide.shown.place)
    when = slide.shown.when
    if found is None:
        return staging.Shot(picture=slide.shown.place, when=when)
    return staging.Shot(found.name, found.picture or found.id, found.alt, when)


def _joined(block: Block, more: Sequence[Block]) -> Block:
    """A block with more below it that stays on its leaf."""
    things = (*block.things, *laid(more, 0, block.high))
    return Block(things, block.high + height(more), block.gap)


def _spoken(slide: Slide, speaker: str, text: str, wide: int, most: int) -> list[Block]:
    """A line; whoever says it is named above it, and stays with its beginning."""
    m = slide.m
    blocks = words(m, text, "room-words", wide, most - m.line_height("room-name"), gap=12)
    person = slide.room.scenario.people.get(speaker)
    if person is None or not blocks:
        return blocks
    name = m.text(person.name, "room-name", Rect(0, 0, wide, 0))
    first = blocks[0]
    return [Block((name, *first.at(0, name.rect.h)), name.rect.h + first.high, first.gap), *blocks[1:]]


def _band(slide: Slide, title: str, *, amber: bool = False) -> list[Thing]:
    """Where and when, at the top; a what-if is marked by its words and its colour."""
    if not title:
        return []
    m = slide.m
    told = m.text(title, "room-bold" if amber else "room-night", Rect(slide.x, 0, slide.width, 0), role="heading")
    rect = Rect(0, 0, m.width, told.rect.h + tall(m, 16))
    ground = Thing("group", "", rect, key="band", look="plain", detail=AMBER if amber else TEAL_DK)
    return [ground, told.moved(0, tall(m, 8))]


def _on_panel(
    slide: Slide, shot: staging.Shot, band: list[Thing], blocks: Sequence[Block], *, people: bool
) -> list[Leaf]:
    """Leaves of words on a panel at the bottom, over the place and (where asked for) its people."""
    m = slide.m
    pad = tall(m, 18)
    top = band[0].rect.bottom if band else 0
    most = round(m.height * PANEL) - 2 * pad
    leaves = []
    for leaf in packed(blocks, most) or [[]]:
        high = height(leaf) + 2 * pad
        side = m.u(16)  # as wide as the window: nobody who stands behind it is seen to be cut off
        panel = Rect(side, m.height - high - tall(m, 20), m.width - 2 * side, high)
        free = Rect(0, top, m.width, max(1, panel.y - top))
        things = [staging.ground(slide.kit, shot, m.window, free)]
        if people:
            things += _people(slide, top, panel.y)
        things += band
        if leaf:
            things.append(Thing("group", "", panel, key="panel", look="card"))
            things += laid(leaf, slide.x + m.u(28), panel.y + pad)
        leaves.append(tuple(things))
    return leaves


def _people(slide: Slide, top: int, floor: int) -> list[Thing]:
    """Who is in the scene, as far as their faces are seen above the panel."""
    m, figures = slide.m, staging.scene(*_so_far(slide)).figures
    if not figures:
        return []
    room = floor - top - tall(m, 6)
    chin = staging.chin(slide.kit, figures) or 0.5
    high = min(round(m.height * 0.86), round(m.width * 0.5), max(round(room / chin), 1))
    if high < m.height * 0.25:
        return []
    wide = round(high * BUST[0] / BUST[1])
    if wide * len(figures) > m.width * 1.1:
        return []
    drop = max(0, round(room - high * 0.94))
    return staging.people(m, slide.kit, figures, top=top + min(drop, room), tall=high, floor=floor)


def _so_far(slide: Slide) -> tuple[Story, list[Told], int]:
    """The story of the scene that is shown, and its lines up to this page."""
    room, spot = slide.room, slide.room.spot
    if spot.step is Step.WHAT_IF:
        story = room.decisions[spot.number - 1].story.choose(spot.choice)
    else:
        story = room.story.steps[spot.number]
    visits = {visit.passage.id: visit for visit in story.visits}
    told = [Told(line, visits[part.passage]) for part in room.scene(spot)[: spot.page + 1] for line in part.lines]
    return story, told, len(told)
