"""Owns the debrief of a run: six cards worked out from (course, story). Never draws, scores or stores.

Order and tone follow the debriefing literature the course rests on: reactions first, then what happened, then the
moments that mattered, then the workshop's view as its own, then open questions, then one thing to try. What was
decent in a choice comes before what it cost. The profile comes last, and names the run, not the person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from game.story import (
    Choice,
    Course,
    Effect,
    Idea,
    Line,
    Mix,
    Quotation,
    Roles,
    Scenario,
    Source,
    State,
    Story,
    Visit,
    ending_mix,
)
from game.training.scoring import Corner, Point, Profile, Taken, decisions, points, profile
from game.words import say

Asked = Literal["manager", "leader", "both", "neither"]

CARDS: Final = 6

_FIT: Final = {"manager", "leader", "both"}
_ROLES_ARE_NOT_PEOPLE: Final = "PL-01a"
_CORNER_IDEAS: Final[dict[Corner, str]] = {
    "straight-road": "PL-61",
    "off-road": "PL-61",
    "omni-dexterous": "PL-03",
    "passing-through": "PL-28",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A quotation as it may be shown: the source's words, or only the gloss where clean language asks for it."""

    words: str
    author: str
    gloss: str
    research: str = ""

    @property
    def quoted(self) -> bool:
        """Whether the source's own words are shown."""
        return bool(self.words)


@dataclass(frozen=True, slots=True)
class OtherRoad:
    """What the role not taken would have led to: that choice, the passage it leads to, and its ending if it ends."""

    choice: Choice
    visit: Visit
    ending: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A decision that mattered, looked at closely. Texts that the author left out are empty."""

    number: int
    ask: str
    chosen: str
    decent: str
    asked: str
    fit: str
    contested: str
    opened: str
    closed: str
    followed: tuple[str, ...]
    quote: Shown | None
    other: OtherRoad | None


@dataclass(frozen=True, slots=True)
class Act:
    """One decision of the run: what was chosen, what kind of practice that was, and what else was on offer."""

    number: int
    ask: str
    chosen: str
    practice: tuple[str, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Debrief:
    """All that the six cards say. Screens, the terminal and files show the same value."""

    title: str
    ending: str
    happened: tuple[tuple[str, str], ...]
    moments: tuple[Moment, ...]
    says: tuple[Shown, ...]
    author: str
    questions: tuple[str, ...]
    one_thing: str
    acts: tuple[Act, ...]
    points: tuple[Point, ...]
    profile: Profile
    corners: tuple[tuple[str, str, str], ...]
    not_people: str


def debrief(course: Course, story: Story, *, spoken: bool) -> Debrief:
    """The debrief of a finished run. `spoken` shows the source's words as they were said, strong ones too."""
    notes, passage = story.scenario.debrief, story.passage
    shares = profile(story)
    cited = passage.ending.quotes + notes.quotes if passage.ending else notes.quotes
    return Debrief(
        title=story.scenario.title,
        ending=passage.ending.title if passage.ending else passage.todo,
        happened=_happened(story),
        moments=tuple(_moment(course, taken, spoken) for taken in moments_that_mattered(story)),
        says=_says(course.source, cited, spoken),
        author=course.source.author,
        questions=notes.questions,
        one_thing=notes.one_thing,
        acts=tuple(_act(course, taken) for taken in decisions(story)),
        points=points(story),
        profile=shares,
        corners=tuple(_corner(course.source, corner) for corner in shares.corners),
        not_people=_not_people(course.source),
    )


def moments_that_mattered(story: Story) -> tuple[Taken, ...]:
    """The decisions whose other roads would have changed the mix of endings most, in the order they came.

    How many is the author's (`debrief.moments`). Between decisions that weigh the same (or where there are too many
    states to tell), the one whose choices lie further apart in role comes first, then the earlier.
    """
    taken = decisions(story)
    heaviest = sorted(taken, key=lambda one: (-_weight(one), -_spread(one), one.number))
    return tuple(sorted(heaviest[: story.scenario.debrief.moments], key=lambda one: one.number))


def other_road(taken: Taken) -> OtherRoad | None:
    """The choice that was strongest in the role less taken, and the passage it would have led to, by replay.

    Ties go to the choice weaker in the role that was taken, then to the order of the file.
    """
    others = [choice for choice in taken.at.choices if choice.id != taken.choice.id]
    if not others:
        return None
    leading = taken.choice.scores.leader > taken.choice.scores.manager
    other = max(others, key=lambda choice: _turned(choice.scores, leading))
    after = taken.at.choose(other.id)
    ended = after.passage.ending
    return OtherRoad(other, after.visits[0], ended.title if ended else "")


def quotation(source: Source, id: str, *, spoken: bool) -> Shown | None:
    """A quotation with its gloss. In clean language a strong, mild or care-flagged one gives way to a clean part
    of itself, and where there is none to its gloss alone. None for an id that the source does not have."""
    quote = source.quotes.get(id)
    idea = source.ideas.get(quote.idea if quote else id)
    if idea is None:
        return None
    if quote and not spoken and not quote.clean:
        quote = _clean_part(idea, quote)
    return Shown(_cut(quote) if quote else "", source.author, idea.says, idea.research)


def _says(source: Source, ids: Sequence[str], spoken: bool) -> tuple[Shown, ...]:
    """One or two quotations, the ending's first, none twice."""
    shown = dict.fromkeys(filter(None, (quotation(source, id, spoken=spoken) for id in dict.fromkeys(ids))))
    return tuple(shown)[:2]


def _clean_part(idea: Idea, quote: Quotation) -> Quotation | None:
    whole = " ".join(quote.text.split())
    parts = [other for other in idea.quotes if other.clean and " ".join(other.text.split()) in whole]
    return max(parts, key=lambda part: len(part.text), default=None)


def _cut(quote: Quotation) -> str:
    """The words, with an ellipsis where a longer sentence was cut."""
    words = " ".join(quote.text.split())
    if not quote.part:
        return words
    before = "… " if words[:1].islower() else ""
    after = "" if words.endswith((".", "!", "?")) else " …"
    return f"{before}{words}{after}"


def _happened(story: Story) -> tuple[tuple[str, str], ...]:
    ending = story.passage.ending
    if ending is None:
        return ()
    told = ending.happened
    rows = [
        (say("debrief.person"), told.person),
        (say("debrief.team"), told.team),
        (say("debrief.organisation"), told.organisation),
    ]
    return tuple((label, text) for label, text in rows if text)


def _moment(course: Course, taken: Taken, spoken: bool) -> Moment:
    decision, choice = taken.at.passage.decision, taken.choice
    assert decision is not None  # a choice was taken here
    asked = decision.calls_for
    return Moment(
        number=taken.number,
        ask=decision.ask,
        chosen=choice.text,
        decent=choice.why,
        asked=asked_words(asked) if asked else "",
        fit=_fit(asked, choice.scores) if asked else "",
        contested=say("debrief.contested") if decision.contested else "",
        opened=choice.debrief.opened,
        closed=choice.debrief.closed,
        followed=_followed(taken),
        quote=quotation(course.source, choice.debrief.quote, spoken=spoken) if choice.debrief.quote else None,
        other=other_road(taken),
    )


def asked_words(asked: Roles) -> str:
    """What a moment asked for, in words; empty where it asked for nothing."""
    if asked.manager == asked.leader:
        return say("asked.both") if asked.manager else ""
    first, second = ("manager", asked.leader) if asked.manager > asked.leader else ("leader", asked.manager)
    return say(f"asked.{first}-first" if second else f"asked.{first}")


def _fit(asked: Roles, taken: Roles) -> str:
    """The sentence for what the moment asked and what was done. Fit is never a number."""
    wanted = _side(asked)
    return say(f"fit.{wanted}.{_side(taken)}") if wanted in _FIT else ""


def _side(roles: Roles) -> Asked:
    if roles.manager == roles.leader:
        return "both" if roles.manager else "neither"
    return "manager" if roles.manager > roles.leader else "leader"


def _followed(taken: Taken) -> tuple[str, ...]:
    """What moved at this choice and on the way to the next decision, each with its reason."""
    passages, machine, state = taken.at.scenario.passages, taken.at.machine, taken.at.state
    effects = taken.choice.effects
    for visit in taken.after.states:
        effects += passages[visit.passage].effects
    told = []
    for effect in effects:
        done, after = machine.applied((effect,), state)
        if done and effect.because and effect.change:
            told.append(_moved(taken.at.scenario, effect, state, after))
        state = after
    return tuple(told)


def _moved(scenario: Scenario, effect: Effect, before: State, after: State) -> str:
    """The reason, and the first meter it moved, so that one reason is told once. At its bound a meter stays put."""
    for id, _ in effect.change:
        place = list(scenario.meters).index(id)
        was, is_ = before.meters[place], after.meters[place]
        if was != is_:
            key = "moved.up" if is_ > was else "moved.down"
            return say(key, label=scenario.meters[id].label, because=effect.because)
    return effect.because


def _weight(taken: Taken) -> float:
    """How much the other roads would have changed the mix of endings: the largest total variation distance, 0 to 1."""
    mix = ending_mix(taken.after)
    others = [ending_mix(taken.at.choose(choice.id)) for choice in taken.at.choices if choice.id != taken.choice.id]
    if mix is None:
        return 0.0
    return max((_distance(mix, other) for other in others if other is not None), default=0.0)


def _distance(one: Mix, other: Mix) -> float:
    return sum(abs(one.get(end, 0) - other.get(end, 0)) for end in {*one, *other}) / 2


def _spread(taken: Taken) -> int:
    """How far the choices lie apart in role, 0 to 4."""
    return max(_apart(taken.choice.scores, choice.scores) for choice in taken.at.choices)


def _apart(one: Roles, other: Roles) -> int:
    return abs(one.manager - other.manager) + abs(one.leader - other.leader)


def _turned(scores: Roles, leading: bool) -> tuple[int, int]:
    """How far a choice turns to the role less taken: more of that, less of the other."""
    return (scores.manager, -scores.leader) if leading else (scores.leader, -scores.manager)


def _act(course: Course, taken: Taken) -> Act:
    decision = taken.at.passage.decision
    labels = tuple(course.practice[tag].label for tag in taken.choice.practice if tag in course.practice)
    others = tuple(choice.text for choice in taken.at.choices if choice.id != taken.choice.id)
    return Act(taken.number, decision.ask if decision else "", taken.choice.text, labels, others)


def _corner(source: Source, corner: Corner) -> tuple[str, str, str]:
    """A corner's name, its sentence, and the idea behind it in plain words."""
    idea = source.ideas.get(_CORNER_IDEAS[corner])
    return say(f"corner.{corner}"), say(f"corner.{corner}.says"), idea.says if idea else ""


def _not_people(source: Source) -> str:
    quote = source.quotes.get(_ROLES_ARE_NOT_PEOPLE)
    return quote.text if quote else ""


def excerpt(lines: Sequence[Line], most: int = 60) -> tuple[Line, ...]:
    """The first lines of a passage, up to `most` words and at least one: enough to see where a road leads."""
    kept: list[Line] = []
    words = 0
    for line in lines:
        words += len(line.text.split())
        if kept and words > most:
            break
        kept.append(line)
    return tuple(kept)
