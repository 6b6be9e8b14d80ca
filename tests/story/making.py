"""Small stories in a few lines of Python. Every one may use the facts, meters and people named here."""

from __future__ import annotations

from collections.abc import Iterable

from game.story import (
    Choice,
    Condition,
    DebriefNotes,
    Decision,
    Effect,
    Ending,
    Fact,
    Goto,
    Happened,
    Line,
    Meter,
    Outcome,
    Passage,
    Person,
    Roles,
    Scenario,
    Text,
    Way,
    When,
    parse_condition,
)

FACTS = {name: Fact(name) for name in ("noted", "why", "asked", "plan")}
METERS = {
    "trust": Meter("trust", "The team’s trust"),
    "patience": Meter("patience", "The organisation’s patience", least=-2, most=8, start=3),
}
PEOPLE = {"joy": Person("joy", "Joy"), "marcus": Person("marcus", "Marcus")}

To = str | tuple[str, str]
"""Where a way leads; with a condition where it is a pair."""

Told = str | tuple[str, str] | When
"""A line: narration, or a speaker and what is said, or lines under a condition."""


def if_(text: str) -> Condition | None:
    """The condition; None for no text."""
    return parse_condition(text, FACTS, METERS) if text else None


def ways(*to: To) -> Goto:
    return tuple(Way(way) if isinstance(way, str) else Way(way[0], if_(way[1])) for way in to)


def do(
    *, set: Iterable[str] = (), clear: Iterable[str] = (), when: str = "", because: str = "", **change: int
) -> Effect:
    """An effect; meters are changed by name: `do(trust=+1)`."""
    return Effect(tuple(set), tuple(clear), tuple(change.items()), because, if_(when))


def lines(*told: Told) -> Text:
    return tuple(
        line if isinstance(line, When) else Line(line) if isinstance(line, str) else Line(line[1], line[0])
        for line in told
    )


def only_if(condition: str, *then: Told, otherwise: Iterable[Told] = ()) -> When:
    parsed = if_(condition)
    assert parsed is not None
    return When(parsed, lines(*then), lines(*otherwise))


def choice(
    id: str,
    *to: To,
    when: str = "",
    once: bool = False,
    effects: Iterable[Effect] = (),
    manager: int = 0,
    leader: int = 0,
    practice: tuple[str, ...] = (),
    why: str = "",
    debrief: Outcome = Outcome(),  # noqa: B008  # frozen
) -> Choice:
    text = f"I choose {id}."
    scores = Roles(manager, leader)
    return Choice(id, text, ways(*to), if_(when), once, scores, practice, why, tuple(effects), debrief)


def asks(
    id: str, *choices: Choice, told: Iterable[Told] = (), effects: Iterable[Effect] = (), calls_for: Roles | None = None
) -> Passage:
    """A passage that ends in a decision."""
    decision = Decision(f"What now, at {id}?", choices, calls_for)
    return Passage(id, lines(*told), effects=tuple(effects), decision=decision)


def leads(id: str, *to: To, told: Iterable[Told] = (), effects: Iterable[Effect] = (), when: str = "") -> Passage:
    """A passage that goes on by itself."""
    return Passage(id, lines(*told), when=when, effects=tuple(effects), goto=ways(*to))


def ends(
    id: str,
    *told: Told,
    effects: Iterable[Effect] = (),
    happened: Happened = Happened(),  # noqa: B008  # frozen
    quotes: tuple[str, ...] = (),
) -> Passage:
    """A passage that ends the run, under a title made of its id."""
    return Passage(
        id, lines(*told), effects=tuple(effects), ending=Ending(f"The end at {id}", "mixed", happened, quotes)
    )


def story_of(
    *passages: Passage,
    start: str = "",
    debrief: DebriefNotes = DebriefNotes(),  # noqa: B008  # frozen
    you: str = "",
    title: str = "A small story",
) -> Scenario:
    """A scenario of these passages; it starts at the first unless another is named."""
    return Scenario(
        id="small",
        title=title,
        start=start or passages[0].id,
        passages={passage.id: passage for passage in passages},
        you=you,
        people=PEOPLE,
        cast=tuple(PEOPLE),
        facts=FACTS,
        meters=METERS,
        debrief=debrief,
    )
