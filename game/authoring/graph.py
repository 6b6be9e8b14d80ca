"""Owns the map of a story: its passages, choices and ways as boxes and roads, with their words, each in its place.

Pure: the width of words is measured by a function that is handed in. Never draws, and never plays: how likely a
passage is and what cannot be reached come from the proof.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal

from game.authoring.chances import visit_chances
from game.authoring.layers import BESIDE, Curve, Item, Layout, lay_out
from game.authoring.plainly import condition_in_words, passage_title, role_sign, unmarked
from game.story import Choice, Goto, Passage, Proof, Scenario, State, Story
from game.words import say

Kind = Literal["passage", "decision", "ending", "todo", "choice", "way"]

Measure = Callable[[str, str], float]
"""Words and a style of the map in, their width on one line out, in the map's units."""


@dataclass(frozen=True, slots=True)
class MapStyle:
    """How words are set on the map, in its units (points on an A3 page): size, height of a line, and the face."""

    size: float
    line: float
    face: Literal["regular", "semibold", "title"] = "regular"


STYLES: Final[Mapping[str, MapStyle]] = {
    "name": MapStyle(9.0, 11.5),
    "ask": MapStyle(10.5, 13.5, "semibold"),
    "words": MapStyle(9.5, 12.0),
    "sign": MapStyle(9.0, 11.5, "semibold"),
    "ending": MapStyle(10.5, 13.5, "title"),
}
"""The styles of words on the map; the smallest is the smallest text of a printed map."""

SMALLEST: Final = min(style.size for style in STYLES.values())

COLUMN: Final = 176.0
"""The width of a box, in units; a box with several ways on is as wide as all of them."""

COLUMNS: Final = (132.0, 150.0, 164.0, 176.0, 200.0, 226.0, 256.0, 290.0)
"""Widths that are tried where a map is to fill a page."""

WHOLE: Final = 400
"""Letters of a title that a box is given to set; it cuts what it has no room for."""

PAD: Final = 8.0
"""Space between a box's edge and its words, at the sides."""

RISE: Final = 5.0
"""The same above and below."""

SIGNED: Final[Mapping[Kind, float]] = {"choice": 13.0, "ending": 16.0}
"""Room for the sign before the words of a role or a tone."""

CERTAIN: Final = 1 - 1e-9
"""A chance from which every run comes by: a sum of parts may miss 1 by a hair. Such passages bear no number."""

MOST_PASSAGES: Final = 10_000
"""Passages past which no map is made: nobody could read it."""

SEVERAL_WIDTHS: Final = 80
"""Passages up to which several widths are tried."""


class TooLarge(Exception):
    """Raised where a story has more passages than a map can hold."""

    def __init__(self, passages: int) -> None:
        self.passages = passages
        super().__init__(say("map.too-large", passages=passages, most=MOST_PASSAGES))


@dataclass(frozen=True, slots=True)
class Lettering:
    """One line of words in a box: `x` and `y` of its upper corner from the box's own, in units; `end` aligns right."""

    text: str
    style: str
    x: float
    y: float
    end: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the map. `sign` is what is drawn before its role or tone, at `sign_at` from the box's corner.

    `passage` is the passage it belongs to, `choice` the choice; `name` is all it says, for those who cannot see it.
    """

    key: str
    kind: Kind
    passage: str
    choice: str
    name: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[Lettering, ...]
    sign: str = ""
    sign_at: tuple[float, float] = (0.0, 0.0)
    reached: bool = True
    chance: float | None = None
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Road:
    """A road from one box to another, by their keys. `back` leads up again; `stub` joins a box to its own family."""

    start: str
    end: str
    curve: Curve
    back: bool = False
    stub: bool = False
    taken: bool = False


@dataclass(frozen=True, slots=True)
class StoryMap:
    """A story laid out. `routed` says that a run lies over it: what it took is `taken`."""

    scenario: Scenario
    boxes: tuple[Box, ...]
    roads: tuple[Road, ...]
    width: float
    height: float
    routed: bool = False

    def box(self, key: str) -> Box | None:
        """The box of that key."""
        return next((box for box in self.boxes if box.key == key), None)

    def passages(self) -> tuple[Box, ...]:
        """The boxes of passages, in reading order: downwards, and from the left."""
        found = [box for box in self.boxes if not box.choice and box.kind != "way"]
        return tuple(sorted(found, key=lambda box: (box.y, box.x)))


def passage_key(passage: str) -> str:
    """The key of a passage's box."""
    return f"passage:{passage}"


def choice_key(passage: str, choice: str) -> str:
    """The key of a choice's box."""
    return f"choice:{passage}.{choice}"


def way_key(start: str, place: int) -> str:
    """The key of the box on a way of a box that has several, by its place in the file's order, from 0."""
    return f"way:{start}:{place}"


def map_of_story(
    scenario: Scenario,
    proof: Proof,
    measure: Measure,
    *,
    route: Sequence[str] | None = None,
    page: tuple[float, float] | None = None,
) -> StoryMap:
    """The map of a scenario; with a `route` (the choices of a run), that run lies over it.

    Where a `page` (width and height, in any unit) is given, boxes are as wide as lets the map fill it best.
    Raises `TooLarge` past `MOST_PASSAGES`, and `ChoiceNotOffered` where the route does not play.
    """
    if len(scenario.passages) > MOST_PASSAGES:
        raise TooLarge(len(scenario.passages))
    taken = _taken(scenario, route) if route is not None else None
    facts = _Facts(scenario, visit_chances(scenario, proof), _lost(proof), taken)
    widths = COLUMNS if page and len(scenario.passages) <= SEVERAL_WIDTHS else (COLUMN,)
    maps = (_Drafting(facts, measure, column).map() for column in widths)
    if page is None:
        return next(maps)
    across, down = page
    return max(maps, key=lambda drawn: min(across / drawn.width, down / drawn.height))


# ---- what is known of the story ---------------------------------------------


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the map tells beside the story itself: chances, what cannot be reached, what a run took."""

    scenario: Scenario
    chances: Mapping[str, float]
    lost: frozenset[str]
    taken: frozenset[tuple[str, str]] | None

    def reached(self, about: str) -> bool:
        return about not in self.lost


def _lost(proof: Proof) -> frozenset[str]:
    """Passages (by id) and choices (as passage.choice) that no player can come to."""
    about = ("passage-reached", "choice-offered")
    return frozenset(claim.about for claim in proof.claims if claim.claim in about and claim.verdict == "disproved")


def _taken(scenario: Scenario, route: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Every road that a run took, as pairs of boxes, and each box it was at, as a pair of itself."""
    pairs: set[tuple[str, str]] = set()
    for step in Story.replay(scenario, route).steps:
        boxes = list(_walked(step))
        pairs |= {(box, box) for box in boxes} | set(pairwise(boxes))
    return frozenset(pairs)


def _walked(step: Story) -> Iterator[str]:
    """The boxes of one step, in order: the decision and the choice that led here, then each passage and way."""
    if step.before is not None:
        before = step.before
        yield passage_key(before.passage.id)
        chosen = next(choice for choice in before.choices if choice.id == step.taken)
        key = choice_key(before.passage.id, chosen.id)
        yield key
        _, state = step.machine.applied(chosen.effects, before.state)
        yield from _way_taken(key, chosen.goto, step, state)
    for state in step.states:
        key = passage_key(state.passage)
        yield key
        yield from _way_taken(key, step.scenario.passages[state.passage].goto, step, state)


def _way_taken(key: str, goto: Goto, step: Story, state: State) -> Iterator[str]:
    """The box on the way taken from there, where there are several: the first whose condition holds."""
    if len(goto) > 1:
        holds = step.machine.holds
        yield way_key(key, next(n for n, way in enumerate(goto) if not way.condition or holds(way.condition, state)))


# ---- boxes and their words --------------------------------------------------


@dataclass(slots=True)
class _Draft:
    """A box before it has a place: what it says, what hangs under it, and where its roads lead."""

    key: str
    kind: Kind
    passage: str
    choice: str = ""
    family: str = ""
    below: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    title: str = ""
    name: str = ""
    sign: str = ""
    sign_words: str = ""
    reached: bool = True
    chance: float | None = None


class _Drafting:
    """One map: drafts the boxes, gives them their widths, sets their words, lays all out."""

    def __init__(self, facts: _Facts, measure: Measure, column: float) -> None:
        self.facts = facts
        self.measure = measure
        self.column = column
        self.drafts: dict[str, _Draft] = {}

    def map(self) -> StoryMap:
        scenario = self.facts.scenario
        for passage in scenario.passages.values():
            self._passage(passage)
        widths = self._widths()
        set_ = {key: _Setting(draft, widths[key], self.measure, self._marks(key)) for key, draft in self.drafts.items()}
        items = [Item(key, widths[key], one.height, self.drafts[key].family) for key, one in set_.items()]
        links = [(key, to) for key, draft in self.drafts.items() for to in dict.fromkeys([*draft.below, *draft.leads])]
        layout = lay_out(items, links, passage_key(scenario.start))
        return StoryMap(
            scenario,
            tuple(self._box(one, layout) for one in set_.values()),
            tuple(self._road(link, layout) for link in links),
            layout.width,
            layout.height,
            self.facts.taken is not None,
        )

    # -- drafts --

    def _passage(self, passage: Passage) -> None:
        kind: Kind = (
            "decision" if passage.decision else "ending" if passage.ending else "todo" if passage.todo else "passage"
        )
        draft = self._draft(_Draft(passage_key(passage.id), kind, passage.id))
        draft.title = passage_title(passage, WHOLE)
        draft.chance = self.facts.chances.get(passage.id)
        draft.reached = self.facts.reached(passage.id)
        if passage.ending:
            draft.sign, draft.sign_words = f"tone-{passage.ending.tone}", say(f"map.tone-{passage.ending.tone}")
        else:
            draft.name = " · ".join(filter(None, [passage.id, unmarked(passage.when)]))
        for choice in passage.decision.choices if passage.decision else ():
            self._choice(choice, draft)
        self._leads(draft, passage.goto)

    def _choice(self, choice: Choice, parent: _Draft) -> None:
        key = choice_key(parent.passage, choice.id)
        draft = self._draft(_Draft(key, "choice", parent.passage, choice.id, parent.key))
        parent.below.append(key)
        sign = role_sign(choice.scores)
        draft.title = unmarked(choice.text)
        draft.sign, draft.sign_words = f"role-{sign}", say(f"map.role-{sign}")
        draft.reached = self.facts.reached(f"{parent.passage}.{choice.id}")
        if choice.condition:
            words = condition_in_words(choice.condition, self.facts.scenario, short=True)
            draft.name = say("map.offered-if", words=words)
        if choice.once:
            draft.name = " ".join(filter(None, [draft.name, say("map.once")]))
        self._leads(draft, choice.goto)

    def _leads(self, parent: _Draft, goto: Goto) -> None:
        """One way leads straight on; each of several has a box with its condition."""
        if len(goto) == 1:
            parent.leads.append(passage_key(goto[0].to))
            return
        for place, way in enumerate(goto):
            draft = self._draft(_Draft(way_key(parent.key, place), "way", parent.passage, parent.choice, parent.key))
            parent.below.append(draft.key)
            draft.leads.append(passage_key(way.to))
            if way.condition:
                words = condition_in_words(way.condition, self.facts.scenario, short=True)
                draft.title = say("map.turn", number=place + 1, words=words)
            else:
                draft.title = say("map.otherwise")

    def _draft(self, draft: _Draft) -> _Draft:
        self.drafts[draft.key] = draft
        return draft

    # -- places --

    def _widths(self) -> dict[str, float]:
        """Each box as wide as a column; one with a family as wide as all of the family."""
        widths: dict[str, float] = {}
        for key in reversed(self.drafts):  # families come after what they hang under
            below = [widths[child] for child in self.drafts[key].below]
            widths[key] = max(self.column, sum(below) + BESIDE * (len(below) - 1))
        return widths

    def _marks(self, key: str) -> tuple[str, ...]:
        """Words at a box's right end: how likely it is, or that the run took it."""
        draft, taken = self.drafts[key], self.facts.taken
        marks = []
        if draft.kind == "choice" and taken is not None and (key, key) in taken:
            marks.append(say("map.chosen"))
        if draft.chance is not None and draft.reached and (draft.chance < CERTAIN or draft.kind == "ending"):
            marks.append(chance_in_words(draft.chance))
        return tuple(marks)

    def _box(self, one: _Setting, layout: Layout) -> Box:
        draft, spot = one.draft, layout.spots[one.draft.key]
        taken = self.facts.taken
        return Box(
            key=draft.key,
            kind=draft.kind,
            passage=draft.passage,
            choice=draft.choice,
            name=one.told(),
            x=spot.x,
            y=spot.y,
            width=spot.width,
            height=spot.height,
            lines=tuple(one.lines),
            sign=draft.sign,
            sign_at=one.sign_at,
            reached=draft.reached,
            chance=draft.chance,
            taken=taken is not None and (draft.key, draft.key) in taken,
        )

    def _road(self, link: tuple[str, str], layout: Layout) -> Road:
        taken = self.facts.taken
        stub = self.drafts[link[1]].family == link[0]
        return Road(*link, layout.curves[link], link in layout.back, stub, taken is not None and link in taken)


def chance_in_words(chance: float) -> str:
    """A chance as a share of 100: "33 %", "under 1 %"."""
    percent = round(chance * 100)
    if 0 < chance < 0.005:
        return say("map.chance-little")
    return say("map.chance", percent=min(percent, 99) if chance < CERTAIN else 100)


class _Setting:
    """The words of one box, broken into lines, and how high they make it."""

    def __init__(self, draft: _Draft, width: float, measure: Measure, marks: Sequence[str]) -> None:
        self.draft = draft
        self.width = width
        self.measure = measure
        self.marks = marks
        self.lines: list[Lettering] = []
        self.sign_at = (0.0, 0.0)
        self.y = RISE
        _SETTERS[draft.kind](self)
        if not draft.reached:
            self._line(say("map.lost"), "sign")
        self.height = self.y + RISE

    def told(self) -> str:
        """All that the box says, uncut, for those who cannot see it."""
        draft = self.draft
        lost = "" if draft.reached else say("map.lost")
        return ". ".join(filter(None, [draft.title.rstrip("."), draft.name, draft.sign_words, *self.marks, lost]))

    def decision(self) -> None:
        """A band: the question, and at its right end who and when; one under the other where there is no room."""
        title, name = self.draft.title, " · ".join([self.draft.name, *self.marks])
        room = self.width - 2 * PAD
        if self.measure(title, "ask") + 2 * PAD + self.measure(name, "name") <= room:
            self._end(name, "name", self.y + 1.5)
            self._line(title, "ask")
        else:
            self._named()
            self._lines(title, "ask", room, 2)

    def passage(self) -> None:
        self._named()
        self._lines(self.draft.title, "words", self.width - 2 * PAD, 1)

    def todo(self) -> None:
        self._named()
        self._line(say("map.unwritten"), "sign")
        self._lines(self.draft.title, "words", self.width - 2 * PAD, 2)

    def ending(self) -> None:
        """The title, then what was gained and lost, and how likely it is."""
        self._lines(self.draft.title, "ending", self.width - 2 * PAD - 4, 2, inset=2)
        self._signed(inset=2)

    def choice(self) -> None:
        self._signed()
        self._lines(self.draft.title, "words", self.width - 2 * PAD, 3)
        if self.draft.name:
            self._lines(self.draft.name, "name", self.width - 2 * PAD, 3)

    def way(self) -> None:
        self.y -= 1
        self._lines(self.draft.title, "name", self.width - 2 * PAD, 4)
        self.y -= 1

    def _named(self) -> None:
        """A passage's name at the left, how likely it is at the right."""
        marks = " · ".join(self.marks)
        self._end(marks, "name", self.y)
        room = self.width - 2 * PAD - (self.measure(marks, "name") + PAD if marks else 0.0)
        self._lines(self.draft.name, "name", room, 1)

    def _signed(self, inset: float = 0.0) -> None:
        """A sign and its words at the left, marks at the right; below them where there is no room."""
        marks, left = " · ".join(self.marks), PAD + inset + SIGNED[self.draft.kind]
        words = self.measure(self.draft.sign_words, "sign") + self.measure(marks, "sign")
        self.sign_at = (PAD + inset, self.y + 0.5)
        if marks and left + words + PAD / 2 + PAD + inset > self.width:
            self._line(self.draft.sign_words, "sign", left)
            self._line(marks, "sign", left)
            return
        self._end(marks, "sign", self.y, inset)
        self._line(self.draft.sign_words, "sign", left)

    def _end(self, text: str, style: str, y: float, inset: float = 0.0) -> None:
        if text:
            self.lines.append(Lettering(text, style, self.width - PAD - inset, y, end=True))

    def _line(self, text: str, style: str, x: float = PAD) -> None:
        self.lines.append(Lettering(text, style, x, self.y))
        self.y += STYLES[style].line

    def _lines(self, text: str, style: str, width: float, most: int, inset: float = 0.0) -> None:
        for line in broken(text, style, width, most, self.measure):
            self._line(line, style, PAD + inset)


_SETTERS: Final[Mapping[Kind, Callable[[_Setting], None]]] = {
    "passage": _Setting.passage,
    "decision": _Setting.decision,
    "ending": _Setting.ending,
    "todo": _Setting.todo,
    "choice": _Setting.choice,
    "way": _Setting.way,
}
"""How the words of each kind of box are set."""


def broken(text: str, style: str, width: float, most: int, measure: Measure) -> tuple[str, ...]:
    """Text in at most `most` lines of a width; what does not fit is cut, with an ellipsis."""
    lines: list[str] = []
    words = text.split()
    while words:
        line = words.pop(0)
        while words and measure(f"{line} {words[0]}", style) <= width:
            line = f"{line} {words.pop(0)}"
        lines.append(line)
        if len(lines) == most:
            break
    if lines and (words or measure(lines[-1], style) > width):
        lines[-1] = _cut(" ".join([lines[-1], *words[:1]]), style, width, measure)
    return tuple(_cut(line, style, width, measure) if measure(line, style) > width else line for line in lines)


def _cut(line: str, style: str, width: float, measure: Measure) -> str:
    """As much of a line as fits with an ellipsis; whole words where that leaves enough."""
    least, most = 0, len(line)
    while least < most:
        middle = (least + most + 1) // 2
        if measure(line[:middle].rstrip(" ,.;:") + "…", style) <= width:
            least = middle
        else:
            most = middle - 1
    kept = line[:least]
    if least < len(line) and not line[least].isspace() and " " in kept[len(kept) // 2 :]:
        kept = kept.rsplit(" ", 1)[0]
    return kept.rstrip(" ,.;:") + "…"
