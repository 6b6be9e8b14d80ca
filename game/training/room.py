"""Owns a session in a room as a value: people decide alone, talk, decide again, see who moved, and live with it.

Every move gives a new `Room` and leaves the old one as it was. Back only shows what was shown before, and forward
from there comes to the identical present. Facts and meters move along the main road only, which is a real `Story`.
Never draws, times, saves or listens; never knows a person; never breaks a tie by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from game.story import Choice, Course, Scenario, Story
from game.training.debriefing import Shown
from game.training.room_notes import RoomNotes, notes_of
from game.training.room_page import RoomPage, debrief_quotes, page_of, quoted_at
from game.training.room_parts import (
    COLUMNS,
    VOTED,
    Asked,
    Column,
    Note,
    ScenePage,
    Spent,
    Spot,
    Step,
    Why,
    clean_words,
    scene_pages,
)
from game.training.room_votes import MOST_HEADS, Share, Votes, read_count

PROMPTS: Final = 3
"""Pages of the debrief after its quotations: what it felt like, what was noticed, what to keep and to change."""

_NEXT: Final[Mapping[Step, Step]] = {
    Step.WELCOME: Step.EXPERIENCE,
    Step.QUESTION: Step.SILENT,
    Step.SILENT: Step.SHOW,
    Step.SHOW: Step.DISCUSS,
    Step.DISCUSS: Step.SHOW_AGAIN,
    Step.SHOW_AGAIN: Step.REVEAL,
    Step.REVEAL: Step.ROLES,
    Step.ROLES: Step.BRANCH,
    Step.ENDING: Step.DEBRIEF,
    Step.OTHERS: Step.BARRIERS,
    Step.BARRIERS: Step.MONDAY,
    Step.MONDAY: Step.CLOSE,
}
"""Steps of one page, and what follows them."""

_CALLED: Final = frozenset({Step.SHOW, Step.DISCUSS, Step.SHOW_AGAIN})
_COUNTED_AGAIN: Final = frozenset({Step.SHOW_AGAIN, Step.REVEAL, Step.ROLES})
_OTHER_ROAD: Final = frozenset({Step.BRANCH, Step.SCENE, Step.WHAT_IF, Step.WOULD, Step.ENDING, Step.DEBRIEF})
_ASIDE: Final = frozenset({Step.WHAT_IF, Step.WOULD})
_CLOSING: Final = frozenset({Step.ENDING, Step.DEBRIEF, Step.OTHERS, Step.BARRIERS, Step.MONDAY, Step.CLOSE})


class NotNow(Exception):
    """Raised where a move does not belong to where the room stands. Ask `may_…` first."""


@dataclass(frozen=True, slots=True)
class Room:
    """A session in progress. `story` is the main road; `trail` are the pages shown so far, the last is the present.

    `at` is the page that is shown now. `decisions` are those met, the last one still open until its branch is left.
    """

    course: Course
    story: Story
    spoken: bool = False
    headcount: int | None = None
    trail: tuple[Spot, ...] = (Spot(Step.WELCOME),)
    at: int = 0
    decisions: tuple[Asked, ...] = ()
    lines: tuple[Note, ...] = ()
    times: tuple[Spent, ...] = ()

    @classmethod
    def open(cls, course: Course, scenario: Scenario, *, headcount: int | None = None, spoken: bool = False) -> Room:
        """The room before anything is shown. `spoken` shows quotations as they were spoken, strong words too."""
        return cls(course, Story.begin(scenario), spoken).headcount_is(headcount)

    # ---- where it stands

    @property
    def scenario(self) -> Scenario:
        return self.story.scenario

    @property
    def spot(self) -> Spot:
        """The page that is shown."""
        return self.trail[self.at]

    @property
    def present(self) -> Spot:
        """The furthest page; what votes and moves belong to, wherever the trainer looks."""
        return self.trail[-1]

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self.spot.step

    @property
    def at_front(self) -> bool:
        """Whether the present is shown."""
        return self.at == len(self.trail) - 1

    @property
    def over(self) -> bool:
        """Whether the last page is shown."""
        return self.step is Step.CLOSE

    @property
    def decision(self) -> Asked | None:
        """The decision that the shown page is about; on a scene, the one it follows. None before the first."""
        return self.decisions[self.spot.number - 1] if self.spot.number else None

    @property
    def latest(self) -> Asked | None:
        """The decision met last, open or taken; None before the first."""
        return self.decisions[-1] if self.decisions else None

    @property
    def open_round(self) -> int:
        """The round that phones may vote in now: 1, 2, at a what-if its own number, or 0 where voting is closed."""
        if self.present.step is Step.WHAT_IF:
            return self.decisions[-1].what_if_round(self.present.choice)
        if self.present.step in VOTED - {Step.DISCUSS}:
            return 1
        return 2 if self.present.step is Step.SHOW_AGAIN else 0

    @property
    def counting(self) -> int:
        """The round that a hand count belongs to: the first until its discussion ends, the second until the branch,
        and at a what-if its own.

        0 where nothing is counted, or while an earlier page is shown: a count would go to a page nobody sees.
        """
        step = self.present.step
        if not self.at_front:
            return 0
        if step in VOTED:
            return 1
        if step in _COUNTED_AGAIN and self.latest:
            return 2 if self.latest.again else 1
        return self.open_round if step is Step.WHAT_IF else 0

    @property
    def counted(self) -> tuple[str, ...]:
        """What a hand count can be for now, A first; empty where nothing is counted."""
        return self._counted().choices if self.counting else ()

    @property
    def may_decide(self) -> bool:
        """Whether `decide` may be called: at the branch, before it is left."""
        return self.at_front and self.step is Step.BRANCH

    @property
    def may_reveal(self) -> bool:
        """Whether `reveal_now` may be called."""
        return self.at_front and self.step in _CALLED

    @property
    def other_branches(self) -> tuple[str, ...]:
        """The choices that "what if" may look at, the most chosen first, those not yet looked at before the others."""
        asked = self.latest
        if asked is None or not self.at_front or self.step not in _OTHER_ROAD:
            return ()
        taken, _ = asked.settled(self.headcount)
        others = [id for id in asked.last.tally.ranked(self.headcount) if id != taken]
        return tuple(sorted(others, key=lambda id: id in asked.what_ifs)) if taken else ()

    @property
    def shown(self) -> RoomPage:
        """All that the projector may show of this step, and no more."""
        return page_of(self)

    @property
    def notes(self) -> RoomNotes:
        """What the presenter may see besides."""
        return notes_of(self)

    @property
    def quotations(self) -> tuple[Shown, ...]:
        """The quotations shown so far, in order, none twice."""
        found = (quotation for spot in self.trail for quotation in quoted_at(self, spot))
        return tuple(dict.fromkeys(found))

    def scene(self, spot: Spot) -> tuple[ScenePage, ...]:
        """The pages of the scene, or of the what-if, that a spot is one of."""
        if spot.step in _ASIDE:
            return scene_pages(self.decisions[spot.number - 1].story.choose(spot.choice))
        return scene_pages(self.story.steps[spot.number], self._opening(spot.number))

    # ---- on and back

    def next(self) -> Room:
        """One page on. At the last page, itself."""
        if not self.at_front:
            return replace(self, at=self.at + 1)
        step = self.step
        turn = _TURNS.get(step)
        if turn:
            return turn(self)
        return self if step is Step.CLOSE else self._go(_NEXT[step], self.spot.number)

    def back(self) -> Room:
        """The page before, only to look at. At the first page, itself."""
        return replace(self, at=max(0, self.at - 1))

    def to_front(self) -> Room:
        """The present, from wherever the trainer looks."""
        return replace(self, at=len(self.trail) - 1)

    def reveal_now(self) -> Room:
        """Straight to the reveal, with the rounds that were held: for a trainer short of time, by a deliberate press.

        Raises `NotNow` before the cards are called for.
        """
        if not self.may_reveal:
            raise NotNow("nothing to reveal here")
        return self._go(Step.REVEAL, self.spot.number)

    def finish(self) -> Room:
        """Leave the story where it is and close the session: the ending's page, then the debrief. For when time is up.

        Itself where the closing has begun. A branch that is settled counts as taken.
        """
        room = self.to_front()
        if room.present.step in _CLOSING or any(spot.step in _CLOSING for spot in room.trail):
            return room
        if room.step is Step.BRANCH and room._settled()[0]:
            room = room._taken()
        return room._go(Step.ENDING, len(room.story.path))

    # ---- votes

    def count(self, choice_id: str, heads: int, table: str = "") -> Room:
        """Set the hand count of the open round for a choice, of the room or of a table.

        Raises `NotNow` where nothing is counted, ValueError for a choice not on offer or a count that none can be.
        """
        return self._voted(self._counted().counted(choice_id, heads, clean_words(table, 20)))

    def add(self, choice_id: str, by: int = 1, table: str = "") -> Room:
        """Change the hand count by so many; it stays between 0 and the most. Raises as `count` does."""
        votes, table = self._counted(), clean_words(table, 20)
        heads = max(0, min(votes.hand_count(choice_id, table) + by, MOST_HEADS))
        return self._voted(votes.counted(choice_id, heads, table))

    def entered(self, typed: str, table: str = "") -> Room:
        """Set the hand counts that were typed: `12 A 9 B 3 C`, or `most A some B` for a hall. The others stay.

        Raises `Unclear` with the reason, `NotNow` where nothing is counted.
        """
        votes = self._counted()
        room = self
        for choice_id, amount in read_count(typed, votes.choices):
            room = room.count(choice_id, amount, table) if isinstance(amount, int) else room.guess(amount, choice_id)
        return room

    def guess(self, share: Share, choice_id: str) -> Room:
        """Say roughly how many in a hall are for a choice: most, half, some or few. Raises as `count` does."""
        return self._voted(self._counted().guessed(share, choice_id))

    def ballots(self, said: Mapping[str, str | Mapping[str, int]], tables: Mapping[str, str] | None = None) -> Room:
        """Replace what phones say in the open round: a choice, or a table's heads by choice, for each token.

        `tables` names the table of a token. Itself where voting is closed; what is not on offer is left out.
        """
        return self.voted(len(self.decisions), self.open_round, said, tables) if self.open_round else self

    def voted(
        self,
        number: int,
        round: int,
        said: Mapping[str, str | Mapping[str, int]],
        tables: Mapping[str, str] | None = None,
    ) -> Room:
        """Replace what phones said in a round of a decision, counted from 1, as `ballots` does.

        A vote that came while the round was open may be heard of after it was closed, or after a restart: it counts.
        Itself where there is no such round.
        """
        if not 0 < number <= len(self.decisions) or not 0 < round <= self.decisions[number - 1].rounds:
            return self
        asked = self.decisions[number - 1]
        named = {token: clean_words(table, 20) for token, table in (tables or {}).items()}
        asked = asked.with_votes(round, asked.votes(round).with_phones(said, named))
        return replace(self, decisions=(*self.decisions[: number - 1], asked, *self.decisions[number:]))

    # ---- the branch

    def decide(self, choice_id: str) -> Room:
        """The trainer's own choice of the branch, or the answer to a tie. It is told as such.

        Raises `NotNow` away from the branch, ValueError for a choice not on offer.
        """
        if not self.may_decide:
            raise NotNow("the branch is decided at its own step")
        asked = self.decisions[-1]
        if choice_id not in asked.first.choices:
            raise ValueError(f"'{choice_id}' is not on offer here")
        return self._with(replace(asked, own=choice_id))

    def what_if(self, choice_id: str = "") -> Room:
        """Look at another branch of the last decision; without a name, the most chosen that was not looked at yet.

        The main road stays as it is. Raises `NotNow` where there is none to look at, or it is not one of them.
        """
        others = self.other_branches
        choice_id = choice_id or (others[0] if others else "")
        if choice_id not in others:
            raise NotNow("no such branch to look at here")
        asked, number = self.decisions[-1], len(self.decisions)
        seen = tuple(dict.fromkeys([*asked.what_ifs, choice_id]))
        return self._with(replace(asked, what_ifs=seen))._go(Step.WHAT_IF, number, choice=choice_id)

    def back_to_the_road(self) -> Room:
        """The page that was left for a what-if. Itself where the present is none."""
        if self.present.step not in _ASIDE:
            return self
        left = next(spot for spot in reversed(self.trail) if spot.step not in _ASIDE)
        return self._push(left)

    # ---- what is noted

    def note(self, column: Column, words: str) -> Room:
        """Add a line that the room said. Nothing is added where no readable words are left. KeyError for no column."""
        if column not in COLUMNS:
            raise KeyError(column)
        line = clean_words(words)
        return replace(self, lines=(*self.lines, Note(column, line))) if line else self

    def same(self, index: int) -> Room:
        """One more has said the line at this place among all lines. Raises IndexError where there is none."""
        if not 0 <= index < len(self.lines):
            raise IndexError(index)
        line = replace(self.lines[index], said=self.lines[index].said + 1)
        return replace(self, lines=(*self.lines[:index], line, *self.lines[index + 1 :]))

    def unnote(self, index: int) -> Room:
        """Take a line away, by its place among all lines. Raises IndexError where there is none."""
        if not 0 <= index < len(self.lines):
            raise IndexError(index)
        return replace(self, lines=self.lines[:index] + self.lines[index + 1 :])

    def headcount_is(self, heads: int | None) -> Room:
        """The room with this many people in it; None where nobody counted. Raises ValueError below 0."""
        if heads is not None and heads < 0:
            raise ValueError("a headcount is 0 or more")
        return replace(self, headcount=heads)

    def spent(self, seconds: int) -> Room:
        """Add time to the step that is shown, in seconds. Raises ValueError below 0."""
        if seconds < 0:
            raise ValueError("time does not run back")
        key = (self.step, self.spot.number)
        times = {(spent.step, spent.number): spent.seconds for spent in self.times}
        times[key] = times.get(key, 0) + seconds
        return replace(self, times=tuple(Spent(step, number, sum_) for (step, number), sum_ in times.items()))

    def seconds(self, step: Step, number: int = 0) -> int:
        """The time given to a step of a decision (0 for the steps of the session), in seconds."""
        return sum(spent.seconds for spent in self.times if (spent.step, spent.number) == (step, number))

    # ---- turns

    def _push(self, spot: Spot) -> Room:
        return replace(self, trail=(*self.trail, spot), at=len(self.trail))

    def _go(self, step: Step, number: int = 0, page: int = 0, choice: str = "") -> Room:
        room = self
        if step is Step.SHOW_AGAIN:
            room = self._with(replace(self.decisions[-1], again=True))
        if step is Step.ROLES and not any(choice.scores.manager + choice.scores.leader for choice in self._offered()):
            step = Step.BRANCH  # a story that scores no roles has none to show
        return room._push(Spot(step, number, page, choice))

    def _offered(self) -> tuple[Choice, ...]:
        return self.decisions[-1].choices

    def _opening(self, taken: int) -> str:
        """What is said before the first lines: who the room is in this story."""
        return "" if taken else self.scenario.you

    def _begin_story(self) -> Room:
        return self._tell(0)

    def _tell(self, page: int) -> Room:
        """The scene's next page; after the last the question, or the ending."""
        taken = len(self.story.path)
        if page < len(scene_pages(self.story, self._opening(taken))):
            return self._go(Step.SCENE, taken, page)
        if not self.story.choices:
            return self._go(Step.ENDING, taken)
        votes = Votes(tuple(choice.id for choice in self.story.choices))
        asked = replace(self, decisions=(*self.decisions, Asked(self.story, votes, votes)))
        return asked._go(Step.QUESTION, taken + 1)

    def _told(self) -> Room:
        return self._tell(self.spot.page + 1)

    def _branched(self) -> Room:
        """Along the branch; where nothing is settled, first what the page said that Next would take."""
        if not self._settled()[0]:
            return self.decide(self.decisions[-1].proposal(self.headcount))
        return self._taken()._tell(0)

    def _taken(self) -> Room:
        chosen, why = self._settled()
        room = self._with(replace(self.decisions[-1], chosen=chosen, why=why))
        return replace(room, story=self.story.choose(chosen))

    def _looked(self) -> Room:
        """The what-if's next page; after the last how many would go there, if anybody said; then back to the road."""
        spot = self.spot
        if spot.page + 1 < len(self.scene(spot)):
            return self._push(replace(spot, page=spot.page + 1))
        if not self.decisions[-1].votes(self.open_round).tally.empty:
            return self._go(Step.WOULD, spot.number, choice=spot.choice)
        return self.back_to_the_road()

    def _debriefed(self) -> Room:
        page, pages = self.spot.page + 1, len(debrief_quotes(self)) + PROMPTS
        return self._go(Step.DEBRIEF, self.spot.number, page) if page < pages else self._go(Step.OTHERS)

    def _settled(self) -> tuple[str, Why]:
        return self.decisions[-1].settled(self.headcount)

    def _with(self, asked: Asked) -> Room:
        return replace(self, decisions=(*self.decisions[:-1], asked))

    def _counted(self) -> Votes:
        if not self.counting:
            raise NotNow("nothing is counted here")
        return self.decisions[-1].votes(self.counting)

    def _voted(self, votes: Votes) -> Room:
        return self._with(self.decisions[-1].with_votes(self.counting, votes))


_TURNS: Final[Mapping[Step, Callable[[Room], Room]]] = {
    Step.EXPERIENCE: Room._begin_story,
    Step.SCENE: Room._told,
    Step.BRANCH: Room._branched,
    Step.WHAT_IF: Room._looked,
    Step.WOULD: Room.back_to_the_road,
    Step.DEBRIEF: Room._debriefed,
}
"""Steps of several pages, or that lead somewhere by what was voted."""
