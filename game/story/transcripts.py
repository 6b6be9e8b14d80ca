"""Owns a run as plain text, for a terminal, a file, a log and the tests. Never plays, and adds no words of its own.

[kitchen] Tuesday, 8.31
Marcus is in the hall with his bag on.
Marcus: Is Joy coming?

What first?
  - office: See Joy now, and fix two o'clock to talk.
> office
…
= The eleven o'clock swim
"""

from __future__ import annotations

from game.story.scenario import Line, Scenario
from game.story.story import Story, Visit


def transcript(story: Story) -> str:
    """The whole run so far. A line `> id` is a choice taken; a line `= title` is the ending."""
    blocks: list[str] = []
    for step in story.steps:
        if step.taken:
            blocks[-1] += f"\n> {step.taken}"
        blocks += [told(step.scenario, visit) for visit in step.visits]
        blocks += closing(step)
    return "\n\n".join(blocks) + "\n"


def told(scenario: Scenario, visit: Visit) -> str:
    """One passage as it was told: its name and time, then its lines, each new time in brackets."""
    heading = " ".join(filter(None, [f"[{visit.passage.id}]", visit.passage.when]))
    lines = (text for line in visit.lines for text in (f"({line.when})" if line.when else "", spoken(scenario, line)))
    return "\n".join([heading, *filter(None, lines)])


def spoken(scenario: Scenario, line: Line) -> str:
    """One line of a passage, with the speaker's name before speech."""
    return f"{scenario.people[line.speaker].name}: {line.text}" if line.speaker else line.text


def closing(story: Story) -> list[str]:
    """What a step ends with: the question and its choices, the ending's title, or what is to be written."""
    passage = story.passage
    if passage.ending:
        return [f"= {passage.ending.title}"]
    if passage.todo:
        return [f"= {passage.todo}"]
    if passage.decision and not story.stuck:
        return ["\n".join([passage.decision.ask, *(f"  - {choice.id}: {choice.text}" for choice in story.choices)])]
    return []
