"""Owns the players a story is tried on: naive ones who do not read it, styles of play, and the expert.

Never plays at random, and never for a learner: this is for authors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from game.authoring.craft_figures import Figure, Spot, Subject, judged, lower, not_judged
from game.authoring.craft_options import length
from game.story import Choice, Decision, Roles, Scenario, State, Story, Tone
from game.training import Share, decisions, profile
from game.words import say

TONES: Final[tuple[Tone, ...]] = ("bad", "mixed-bad", "mixed", "mixed-good", "good")
"""How endings compare, the worst first."""

NEAR: Final = 0.10
"""A player whose fit is within this of the expert's does as well."""

LONGEST: Final = 2_000
"""Decisions after which a player gives up."""

POLITE: Final = frozenset(
    {
        "agree", "agreed", "ask", "asked", "asking", "asks", "hear", "hears", "help", "helps", "helping",
        "invite", "invites", "kind", "kindly", "listen", "listening", "listens", "offer", "offers", "please",
        "share", "shares", "sharing", "sorry", "support", "supports", "talk", "talking", "talks", "thank",
        "thanks", "together", "understand", "welcome",
    }
)  # fmt: skip
"""Words that sound like somebody who leads well."""

Pick = Callable[[Decision, tuple[Choice, ...]], Choice]
"""Takes one of the choices on offer."""

Taste = Callable[[Choice], tuple[float, ...]]
"""What somebody looks for: the choice with the most of it is taken; among equals the first of the file."""


def likes(taste: Taste) -> Pick:
    """A player who takes what there is most of."""
    return lambda _, choices: max(choices, key=taste)


def polite(choice: Choice) -> int:
    """How many polite words an option has."""
    return sum(word in POLITE for word in lower(choice.text))


NAIVE: Final[Mapping[str, Pick]] = {
    "longest": likes(lambda choice: (length(choice),)),
    "shortest": likes(lambda choice: (-length(choice),)),
    "first": lambda _, choices: choices[0],
    "last": lambda _, choices: choices[-1],
    "polite": likes(lambda choice: (polite(choice),)),
}
"""Players who look at the options and never at the story."""

STYLES: Final[Mapping[str, Pick]] = {
    "pure-leader": likes(lambda choice: (choice.scores.leader, -choice.scores.manager)),
    "leaning-leader": likes(lambda choice: (choice.scores.leader, choice.scores.manager)),
    "both-hands": likes(lambda choice: _hands(choice.scores)),
    "leaning-manager": likes(lambda choice: (choice.scores.manager, choice.scores.leader)),
    "pure-manager": likes(lambda choice: (choice.scores.manager, -choice.scores.leader)),
}
"""Players who always look for the same role; `both-hands` for what is strongest in its weaker one."""


def expert(decision: Decision, choices: tuple[Choice, ...]) -> Choice:
    """The player who sees what each moment calls for, and takes the choice that fits it best.

    A choice fits by what it gives of what is called for, role by role: a moment that calls for manager 1 and leader 2
    is met by 1 and 1 in two of three. Among equals the choice that gives least beyond it is taken, then the first of
    the file. Where a decision does not say what it calls for, the expert uses both hands.
    """
    asked = decision.calls_for
    if asked is None:
        return STYLES["both-hands"](decision, choices)
    return max(choices, key=lambda choice: (met(asked, choice.scores), -met_not(choice.scores, asked)))


def met(asked: Roles, given: Roles) -> int:
    """How much of what a moment asks is given."""
    return min(asked.manager, given.manager) + min(asked.leader, given.leader)


def met_not(given: Roles, asked: Roles) -> int:
    """How much is given that the moment does not ask."""
    return max(0, given.manager - asked.manager) + max(0, given.leader - asked.leader)


def _hands(scores: Roles) -> tuple[float, ...]:
    return min(scores.manager, scores.leader), scores.manager + scores.leader


@dataclass(frozen=True, slots=True)
class Play:
    """One player's run through one scenario.

    `ending` is the id of the passage where it ended, empty where it went round for ever, got stuck or gave up; `tone`
    is None where it did not come to an ending. `fit` is how much was given of what the moments called for, of the most
    that the options gave; it is for this comparison alone, and no learner is told it. `line` is the ending's line.
    `as_well` says that a naive player did as well as the expert.
    """

    scenario: str
    player: str
    path: tuple[str, ...]
    ending: str
    title: str
    tone: Tone | None
    manager: Share
    leader: Share
    fit: Share
    line: int = 0
    as_well: bool = False

    @property
    def name(self) -> str:
        """Who plays, in words."""
        return say(f"craft.player.{self.player}")

    @property
    def ended(self) -> str:
        """The ending's title and tone, or that there was none."""
        return f"“{self.title}” ({self.tone})" if self.tone else say("craft.player.nowhere")

    def spot(self, detail: str = "") -> Spot:
        """The place of its ending."""
        return Spot(self.scenario, self.ending, self.line, self.title, detail or self.tone or self.ended)


def play(scenario: Scenario, player: str, pick: Pick) -> Play:
    """Play a scenario to its end. A state that is met again would be met for ever, so the run stops there."""
    story, seen = Story.begin(scenario), set[State]()
    while not story.over and story.choices and story.state not in seen and len(seen) < LONGEST:
        seen.add(story.state)
        decision = story.passage.decision
        assert decision is not None  # it offers choices
        story = story.choose(pick(decision, story.choices).id)
    shares, ending = profile(story), story.ending
    return Play(
        scenario.id,
        player,
        story.path,
        story.passage.id if story.over else "",
        ending.title if ending else "",
        ending.tone if ending else None,
        shares.manager,
        shares.leader,
        _fit(story),
        story.passage.at[0],
    )


def _fit(story: Story) -> Share:
    taken = on_offer = 0
    for one in decisions(story):
        decision = one.at.passage.decision
        if decision and decision.calls_for:
            taken += met(decision.calls_for, one.choice.scores)
            on_offer += max(met(decision.calls_for, choice.scores) for choice in one.at.choices)
    return Share(taken, on_offer)


def plays_of(scenario: Scenario) -> tuple[Play, ...]:
    """The expert's run, then each naive player's."""
    best = play(scenario, "expert", expert)
    runs = (play(scenario, name, pick) for name, pick in NAIVE.items())
    return best, *(replace(one, as_well=as_well(one, best)) for one in runs)


def as_well(one: Play, best: Play) -> bool:
    """Whether a player's fit is within `NEAR` of the expert's and the ending is no worse.

    Never where no decision says what its moment calls for, or the expert comes to no ending.
    """
    if not best.fit.on_offer or best.tone is None or one.tone is None:
        return False
    return one.fit.part >= best.fit.part - NEAR - 1e-9 and TONES.index(one.tone) >= TONES.index(best.tone)


def naive_players(subject: Subject, plays: tuple[Play, ...]) -> Figure:
    """N: players who do not read the story and yet do as well as the expert."""
    if not any(one.fit.on_offer for one in plays):
        return not_judged("N", say("craft.no-decision" if not subject.asked else "craft.no-calls"))
    well = [one for one in plays if one.as_well]
    naive = sum(one.player in NAIVE for one in plays)
    spots = (one.spot(f"{one.name}: {one.tone}") for one in well)
    value = say("craft.N.value", count=len(well), of=naive)
    return judged("N", not well, value, {"as well": len(well), "plays": naive}, spots)
