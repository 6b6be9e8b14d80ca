"""A second engine, written straight from the rules of the format, with dicts and no cleverness. Slow and plain."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.story import Condition, Effect, Goto, Passage, Scenario, Text


@dataclass
class Naive:
    """A run: where it is, what is true, each meter, the `once` choices taken, and what was told and entered."""

    scenario: Scenario
    facts: dict[str, bool] = field(default_factory=dict)
    meters: dict[str, int] = field(default_factory=dict)
    once: dict[tuple[str, str], bool] = field(default_factory=dict)
    passage: str = ""
    entered: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    stuck: bool = False

    def begin(self) -> None:
        self.facts = dict.fromkeys(self.scenario.facts, False)
        self.meters = {id: meter.start for id, meter in self.scenario.meters.items()}
        self.enter(self.scenario.start)

    def choose(self, id: str) -> None:
        (choice,) = [choice for choice in self.here().decision.choices if choice.id == id]
        if choice.once:
            self.once[self.passage, id] = True
        self.apply(choice.effects)
        self.enter(self.way(choice.goto))

    def enter(self, passage: str) -> None:
        """Enter a passage and go on by `goto` as far as it leads."""
        self.entered, self.told, been = [], [], []
        while True:
            self.passage = passage
            self.apply(self.here().effects)
            now = (passage, dict(self.facts), dict(self.meters))
            if now in been:
                self.passage = self.entered[-1]  # what comes round again is not told again
                self.stuck = True
                return
            been.append(now)
            self.entered.append(passage)
            self.told += self.lines(self.here().text)
            if not self.here().goto:
                self.stuck = self.here().decision is not None and not self.offered()
                return
            passage = self.way(self.here().goto)

    def here(self) -> Passage:
        return self.scenario.passages[self.passage]

    def offered(self) -> list[str]:
        if self.here().decision is None:
            return []
        return [
            choice.id
            for choice in self.here().decision.choices
            if self.holds(choice.condition) and not self.once.get((self.passage, choice.id))
        ]

    def apply(self, effects: tuple[Effect, ...]) -> None:
        for effect in effects:
            if self.holds(effect.condition):
                for fact in effect.set:
                    self.facts[fact] = True
                for fact in effect.clear:
                    self.facts[fact] = False
                for name, by in effect.change:
                    meter = self.scenario.meters[name]
                    self.meters[name] = max(meter.least, min(meter.most, self.meters[name] + by))

    def way(self, goto: Goto) -> str:
        return next(way.to for way in goto if self.holds(way.condition))

    def lines(self, text: Text) -> list[str]:
        told: list[str] = []
        for part in text:
            if hasattr(part, "condition"):
                told += self.lines(part.then if self.holds(part.condition) else part.otherwise)
            else:
                told.append(part.text)
        return told

    def holds(self, condition: Condition | None) -> bool:
        """Python reads the little language just as it is meant; here only, where the text is our own."""
        return condition is None or bool(eval(condition.text, {}, {**self.facts, **self.meters}))
