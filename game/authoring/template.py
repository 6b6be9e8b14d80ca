"""Owns the text of a new scenario: short, whole, and with comments that teach. Never writes a file.

It fits any course: it has its own person, and takes the first meter that the course has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from string import Template
from typing import Final

from game.authoring.schema import SPELLING
from game.story import WORDS

RESERVED: Final = frozenset({*WORDS, "course", "workshop"})
"""Names that no new scenario may have: words of the story language, and the files that describe a course."""

_DEVICES: Final = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")
"""Names that old versions of Windows keep for devices, so that no file there can be called so."""

LONGEST: Final = 60
"""Letters of an id: it stands in lists, in transcripts and in file names."""

_FALLBACK: Final = "my-scenario"

_MOVED: Final = Template("""
            - {change: {$meter: $amount}, because: $because}""")

_TEMPLATE: Final = Template("""\
# A line that opens with '#' is a note for you: nobody who plays sees it. Change all you like.
# To play it while you write:  upstream play $id.yaml
# To see what to mend:         upstream check $id.yaml

format: 1
title: $title
summary: It rains, Mo wants his walk, and the notes are not done.
you: You are the shift leader at Elm House.   # who the player is
minutes: 5

cast:     # who is in it: a short id, and the name as it is shown
  mo: {name: Mo, about: Lives at Elm House}
  ana: {name: Ana, about: Support worker}

facts:    # what the story can remember, each in words
  asked_mo: You asked Mo what he wanted.
  you_wrote: You wrote the notes, so that Ana could go.

# The story, piece by piece. Each piece is a passage: a name that you choose, and what happens there.
# It begins with the first. Each passage has one way on: a decision, a goto or an ending.
passages:

  door:
    when: Tuesday, 3.55
    text:
      - It rains. Mo stands at the front door in his big coat.
      - mo: Four o'clock. Walk.                               # speech: an id, a colon, the words
      - ana, tired: The notes for tonight are not done yet.   # after the comma: how she looks
    decision:
      ask: What do you do?
      choices:
        - id: notes-first     # saves and votes know a choice by its id: keep it when you change the words
          text: Ask Ana to finish the notes, then go at half past four.
          scores: {manager: 2}                    # how much of each role it takes, 0 to 2
          why: Tonight's shift needs to know how the day was.   # why a decent person would do it
          debrief: {opened: The notes were done by the one who was there., closed: Mo's four o'clock went by.}
          goto: half-past     # the passage that follows
        - id: swap
          text: Write the notes yourself, so that the two can go now.
          scores: {manager: 1, leader: 1}
          why: Both things matter, and you have two hands.
          effects:            # what the choice changes: facts, and meters with a reason
            - {set: [you_wrote]}$swap
          debrief: {opened: Mo and Ana were out by four., closed: You told a day that you had not seen.}
          goto: out
        - id: ask-mo
          text: Ask Mo what he makes of the rain, and plan from there.
          scores: {leader: 2}
          why: It is his walk, and nobody has asked him.
          effects:
            - {set: [asked_mo]}$ask
          debrief: {opened: Mo said what the walk is for., closed: The notes waited.}
          goto: out

  out:
    when: Tuesday, 4.00
    text:
      - if: asked_mo          # the story remembers: only those who asked see these lines
        text:
          - mo, warm: Puddles. Big ones.
        else:                 # and the others see these
          - Mo walks ahead. He does not say where.
      - if: you_wrote
        text:
          - Behind them the light is on in the office. You are looking for a pen.
    goto:                     # the first way whose condition holds is taken; the last has none
      - {to: puddles, if: asked_mo}
      - {to: round-the-pond}

  half-past:
    when: Tuesday, 4.30
    text:
      - The notes are done. Mo has taken off his coat and sits in his room.
    ending:                   # the story stops here
      title: At half past four
      tone: mixed             # good, mixed-good, mixed, mixed-bad or bad: for you, it is never shown
      happened:               # no verdict, but what became of people
        person: Mo did not walk today.
        team: Ana wrote the notes in peace.

  puddles:
    when: Tuesday, 4.20
    text:
      - Mo walks through every puddle on the way to the pond, and through every one on the way back.
      - At nine tonight's shift rings Ana at home about the notes.
    ending:
      title: The puddles
      tone: mixed-good
      happened: {person: Mo had the walk he wanted., team: Ana took a call at home.}

  round-the-pond:
    when: Tuesday, 4.20
    text:
      - They go round the pond once, fast, under one umbrella.
      - Tonight's shift reads your notes, and asks what "settled" means.
    ending:
      title: Once round the pond
      tone: mixed
      happened: {person: Mo was out at four., team: Ana left on time., organisation: The notes are thin.}

debrief:                      # for the talk afterwards
  questions: [Who decides about the weather where you work?]
  one_thing: Ask whose walk it is.
""")


def new_scenario_text(id: str, meters: Iterable[str] = (), schema: str = "") -> str:
    """The text of a new scenario of that id, for a course with these meters. It has no mistakes.

    `schema` is where an editor finds the schema, as seen from the scenario's folder; empty for a file without it.
    """
    meter = next(iter(meters), "")
    text = _TEMPLATE.substitute(
        id=id,
        title=re.sub("[-_]+", " ", id).strip().capitalize(),
        swap=_moved(meter, "+1", "Ana saw you take the dull half."),
        ask=_moved(meter, "-1", "Ana heard that her notes would wait."),
    )
    return f"# yaml-language-server: $schema={schema}\n{text}" if schema else text


def _moved(meter: str, amount: str, because: str) -> str:
    return _MOVED.substitute(meter=meter, amount=amount, because=because) if meter else ""


def right_id(name: str) -> str:
    """The name if a new scenario can have it as its id, else the nearest that it can have."""
    plain = unicodedata.normalize("NFKD", re.sub("['’]", "", name)).encode("ascii", "ignore").decode().lower()
    last = re.split(r"[/\\]", plain.strip())[-1].removesuffix(".yaml").removesuffix(".yml")
    joined = re.sub("-{2,}", "-", re.sub(r"[^a-z0-9_]+", "-", last)).strip("-_")[:LONGEST].rstrip("-_")
    if not re.fullmatch(SPELLING, joined):
        return f"story-{joined}" if joined else _FALLBACK
    taken = joined in RESERVED or _DEVICES.fullmatch(joined)
    return f"{joined}-story" if taken else joined
