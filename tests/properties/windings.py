"""Owns random stories that wind: loops, hubs, `once`, clamped meters, arrivals that change things, dead ends.

They are small in every way that does not matter, so that most of them can be explored by brute force; and they say
the same few things over and over, so that different roads often look alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

from game.story import (
    Choice,
    Condition,
    Decision,
    Effect,
    Ending,
    Fact,
    Goto,
    Line,
    Meter,
    Passage,
    Roles,
    Scenario,
    Text,
    Way,
    When,
    parse_condition,
)

FACTS = {name: Fact(name) for name in ("asked", "told")}
METERS = {"trust": Meter("trust", "", 0, 3, 1), "calm": Meter("calm", "", -1, 1, 0)}
CONDITIONS = (
    "asked",
    "told",
    "not asked",
    "trust >= 2",
    "trust == 0",
    "calm < 0",
    "calm != 1",
    "asked and not told",
    "told or trust > 2",
    "not (asked and trust < 2)",
    "trust > 3",
)
TEXTS = ("It rains.", "It stops.")

T = TypeVar("T")


@st.composite
def windings(draw: st.DrawFn) -> Scenario:
    """A valid story of up to ten passages that may wind.

    How many passages it has is drawn, and so can shrink; all else is thrown by dice of a drawn seed, as drawn
    numbers are small more often than not and would make most stories short and straight.
    """
    sizes = [draw(st.integers(least, most)) for least, most in ((1, 6), (0, 3), (1, 2))]
    return _Author(draw(st.randoms(use_true_random=True)), *sizes).scenario()


class _Author:
    """Writes one story. Every line and condition has a place of its own in a file that is not there."""

    def __init__(self, dice: Random, decisions: int, halls: int, endings: int) -> None:
        self.dice = dice
        self.sizes = decisions, halls, endings
        self.line = 0
        self.column = 0
        self.ids: list[str] = []
        self.later: list[str] = []

    def pick(self, options: Sequence[T]) -> T:
        return self.dice.choice(options)

    def one_in(self, number: int) -> bool:
        return self.dice.randrange(number) == 0

    def some(self, make: Callable[[], T], least: int, most: int) -> tuple[T, ...]:
        return tuple(make() for _ in range(self.dice.randint(least, most)))

    def at(self) -> tuple[int, int]:
        """The next place: on a new line of the file, now and then on the same."""
        if self.one_in(4):
            self.column += 7
        else:
            self.line, self.column = self.line + 1, 5
        return self.line, self.column

    def scenario(self) -> Scenario:
        decisions, halls, endings = (
            [f"{kind}{number}" for number in range(size)] for kind, size in zip("dhe", self.sizes, strict=True)
        )
        todos = ["t"] if self.one_in(6) else []
        between = [*decisions[1:], *halls]
        self.dice.shuffle(between)
        self.ids = ["d0", *between, *endings, *todos]
        makers = {"d": self.decision, "h": self.hall, "e": self.ending, "t": self.todo}
        passages = {}
        for place, id in enumerate(self.ids):
            self.later = self.ids[place + 1 :] or [id]
            passages[id] = makers[id[0]](id)
        start = self.pick(halls) if halls and self.one_in(6) else "d0"
        return Scenario("winding", "Winding", start, passages, facts=FACTS, meters=METERS)

    def decision(self, id: str) -> Passage:
        text, effects = self.text(), self.effects()
        choices = tuple(self.choice(name) for name in "abc"[: self.dice.choice((1, 2, 3, 3))])
        return Passage(id, text, effects=effects, decision=Decision(self.pick(("What now?", "And?")), choices))

    def hall(self, id: str) -> Passage:
        return Passage(id, self.text(), effects=self.effects(), goto=self.goto())

    def ending(self, id: str) -> Passage:
        return Passage(id, self.text(), effects=self.effects(), ending=Ending("The end"))

    def todo(self, id: str) -> Passage:
        return Passage(id, self.text(), effects=self.effects(), todo="More.")

    def text(self) -> Text:
        return self.some(self.told, 0, 2)

    def told(self) -> Line | When:
        if not self.one_in(3):
            return self.spoken()
        condition = self.condition()
        then: tuple[Line | When, ...] = self.some(self.spoken, 1, 1)
        if self.one_in(4):
            then += (When(self.condition(), self.some(self.spoken, 1, 1)),)
        return When(condition, then, self.some(self.spoken, 0, 1))

    def spoken(self) -> Line:
        return Line(self.pick(TEXTS), self.pick(("", "joy")), at=self.at())

    def condition(self) -> Condition:
        return parse_condition(self.pick(CONDITIONS), FACTS, METERS, self.at())

    def maybe(self, chances: int) -> Condition | None:
        return self.condition() if self.one_in(chances) else None

    def effects(self) -> tuple[Effect, ...]:
        return self.some(self.effect, 1, 2) if self.one_in(3) else ()

    def effect(self) -> Effect:
        condition = self.maybe(4)
        form = self.pick(("set", "clear", "change", "change"))
        if form == "change":
            return Effect(change=((self.pick(tuple(METERS)), self.pick((-2, -1, 1, 2))),), condition=condition)
        fact = (self.pick(tuple(FACTS)),)
        return Effect(set=fact, condition=condition) if form == "set" else Effect(clear=fact, condition=condition)

    def goto(self) -> Goto:
        ways = self.some(lambda: Way(self.to(), self.condition()), 0, 1)
        return (*ways, Way(self.to()))

    def to(self) -> str:
        """Mostly on to one of the next; now and then anywhere, back and round included."""
        return self.pick(self.ids if self.one_in(3) else self.later[:2])

    def choice(self, id: str) -> Choice:
        condition, once = self.maybe(8), self.one_in(5)
        effects = self.some(self.effect, 0, 2)
        scores = Roles(self.pick((0, 0, 1, 2)), self.pick((0, 0, 0, 1))) if self.one_in(2) else Roles()
        return Choice(id, self.pick(("Go.", "Stay.")), self.goto(), condition, once, scores, effects=effects)
