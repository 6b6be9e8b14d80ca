"""Owns a scenario as it is played on paper: numbered entries, and what is known of its roads. Never plays or renders.

An entry is what one choice leads to: the lines as they are told there, then the question and the options on offer,
each with the number to turn to. What the story remembers is in the number, so nobody has to keep notes: two
situations share a number only where nothing that could ever be told, asked, offered or ended tells them apart.
Every road from entry 1 is therefore, word for word, a road of the story.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from typing import Final

from game.story import Choice, Line, Machine, Passage, Reach, State

MOST: Final = 2_000
"""Entries that a booklet may have; more than anyone can turn to."""


@dataclass(frozen=True, slots=True)
class Told:
    """One passage with the lines it tells in an entry."""

    passage: Passage
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """An option on offer, and the number of the entry it leads to."""

    choice: Choice
    letter: str
    to: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One numbered entry: the passages that are told, and the options on offer at the last of them.

    `turns` is empty at an ending, and where the story is stuck or still to be written.
    """

    number: int
    told: tuple[Told, ...]
    turns: tuple[Turn, ...]
    stuck: bool

    @property
    def passage(self) -> Passage:
        """The passage where it stands."""
        return self.told[-1].passage


@dataclass(frozen=True, slots=True)
class Booklet:
    """The entries in the order of their numbers, from 1. The story begins at 1."""

    entries: tuple[Entry, ...]

    def entry(self, number: int) -> Entry:
        """The entry of that number. Raises IndexError where there is none."""
        if not 1 <= number <= len(self.entries):
            raise IndexError(f"no entry {number}")
        return self.entries[number - 1]


@dataclass(frozen=True, slots=True)
class Road:
    """A way from one decision to the next: the choice, and the passages it leads through, the last one included.

    `decision` (a passage's id) and `choice` are empty for the way from the start.
    """

    decision: str
    choice: str
    through: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Roads:
    """What is known of all roads of a story: each different one, and figures to plan a session with.

    `fewest` and `most` are decisions on a whole run; `most` is None where a loop makes it endless, or where not all
    was looked at (`whole` is False). `words` is how many are told between two decisions, on average.
    """

    all: tuple[Road, ...]
    fewest: int
    most: int | None
    words: int
    whole: bool


def letter(place: int) -> str:
    """The letter of the option at that place of its decision, from 0: A to Z, then numbers from 27."""
    return chr(ord("A") + place) if place < 26 else str(place + 1)


def booklet(reach: Reach) -> Booklet | None:
    """The scenario as numbered entries; None where it needs more than `MOST`, or where not every state was met.

    Entry 1 is the start. The other numbers are shuffled, always the same way for one edition of the scenario, and as
    far as there is room no entry stands next to one that it leads to.
    """
    if not reach.whole:
        return None
    steps, shown = _told(reach)
    kinds = _kinds(reach, shown)
    first: dict[int, int] = {}
    for number, kind in enumerate(kinds):
        first.setdefault(kind, number)
    ends = [0, *reach.to]
    keys = list(dict.fromkeys((told, kinds[end]) for told, end in zip(shown, ends, strict=True)))
    if len(keys) > MOST:
        return None
    places = {key: place for place, key in enumerate(keys)}
    leads = [[places[shown[edge + 1], kinds[reach.to[edge]]] for edge in reach.edges(first[kind])] for _, kind in keys]
    numbers = _shuffled(leads, reach.scenario.digest)
    entries = [
        _entry(reach, numbers[place], steps[told], first[kind], [numbers[to] for to in leads[place]])
        for place, (told, kind) in enumerate(keys)
    ]
    return Booklet(tuple(sorted(entries, key=lambda entry: entry.number)))


def roads(reach: Reach) -> Roads:
    """What is known of all roads, from every state that was met."""
    found: dict[Road, None] = {}
    words = steps = 0
    machine = Machine(reach.scenario)
    for decision, choice, visits in _steps(reach, machine):
        found[Road(decision, choice, tuple(visit.passage for visit in visits))] = None
        words += sum(len(line.text.split()) for visit in visits for line in machine.lines(visit))
        steps += 1
    over = (number for number, state in enumerate(reach.states) if _over(reach.scenario.passages[state.passage]))
    shortest = next(over, None)  # states come nearest first
    return Roads(
        all=tuple(found),
        fewest=0 if shortest is None else _depth(reach, shortest),
        most=_longest(reach) if reach.whole else None,
        words=round(words / steps),
        whole=reach.whole,
    )


def _depth(reach: Reach, number: int) -> int:
    """The fewest choices that lead to a state."""
    depth = 0
    while number:
        number = reach.came_from[number]
        depth += 1
    return depth


def _over(passage: Passage) -> bool:
    return bool(passage.ending or passage.todo)


def _steps(reach: Reach, machine: Machine) -> Iterator[tuple[str, str, tuple[State, ...]]]:
    """What is passed through from the start, then along each edge: the decision, the choice, the passages entered."""
    yield "", "", machine.begin().visits
    for number in range(len(reach.first) - 1):
        if number not in reach.stuck:
            state = reach.states[number]
            for choice, step in machine.steps(state):
                yield state.passage, choice, step.visits


def _told(reach: Reach) -> tuple[list[tuple[Told, ...]], list[int]]:
    """Every different telling, and which of them belongs to the start and then to each edge."""
    machine, passages = Machine(reach.scenario), reach.scenario.passages
    places: dict[object, int] = {}
    tellings: list[tuple[Told, ...]] = []
    shown = []
    for _, _, visits in _steps(reach, machine):
        lines = tuple((visit.passage, machine.lines(visit)) for visit in visits)
        place = places.setdefault(lines, len(tellings))
        if place == len(tellings):
            tellings.append(tuple(Told(passages[id], told) for id, told in lines))
        shown.append(place)
    return tellings, shown


def _kinds(reach: Reach, shown: list[int]) -> list[int]:
    """For each state the kind it belongs to: states of a kind look the same for ever.

    States are first set apart by what is asked and offered, then, again and again, by what their options tell and
    which kind they lead to, until nothing new comes apart (Moore's partition refinement). Stops early where there are
    more kinds than a booklet may have entries.
    """
    states = range(len(reach.states))
    edges = [reach.edges(number) for number in states]
    signs: list[object] = [
        (reach.states[number].passage, number in reach.stuck, *(reach.taken[edge] for edge in edges[number]))
        for number in states
    ]
    kinds, count = _numbered(signs)
    while count <= MOST:
        signs = [
            (kinds[number], *((shown[edge + 1], kinds[reach.to[edge]]) for edge in edges[number])) for number in states
        ]
        kinds, finer = _numbered(signs)
        if finer == count:
            break
        count = finer
    return kinds


def _numbered(signs: list[object]) -> tuple[list[int], int]:
    """A number for each sign, the same for the same ones, and how many there are."""
    numbers: dict[object, int] = {}
    return [numbers.setdefault(sign, len(numbers)) for sign in signs], len(numbers)


def _shuffled(leads: list[list[int]], digest: str) -> list[int]:
    """The number of each entry, from 1, by its place. The first place keeps number 1."""
    linked: list[set[int]] = [set() for _ in leads]
    for place, tos in enumerate(leads):
        for to in tos:
            linked[place].add(to)
            linked[to].add(place)
    order, late = [0], []
    for place in sorted(range(1, len(leads)), key=lambda place: sha256(f"{digest} {place}".encode()).digest()):
        gap = _gap(order, linked[place])
        if gap is None:
            late.append(place)  # there are more gaps once the others stand
        else:
            order.insert(gap, place)
    for place in late:
        order.insert(_gap(order, linked[place]) or len(order), place)
    numbers = [0] * len(order)
    for number, place in enumerate(order, start=1):
        numbers[place] = number
    return numbers


def _gap(order: list[int], linked: set[int]) -> int | None:
    """Where an entry may stand beside none that it is linked with: at the end, else as near the start as can be."""
    gaps = chain([len(order)], range(1, len(order)))
    return next((gap for gap in gaps if not linked & {*order[gap - 1 : gap + 1]}), None)


def _entry(reach: Reach, number: int, told: tuple[Told, ...], state: int, tos: list[int]) -> Entry:
    decision = told[-1].passage.decision
    choices = decision.choices if decision else ()
    taken = [reach.taken[edge] for edge in reach.edges(state)]
    turns = tuple(Turn(choices[place], letter(place), to) for place, to in zip(taken, tos, strict=True))
    return Entry(number, told, turns, state in reach.stuck)


def _longest(reach: Reach) -> int | None:
    """The most decisions on any road; None where a loop has no end."""
    waiting = [0] * len(reach.states)
    for to in reach.to:
        waiting[to] += 1
    depth = [0] * len(reach.states)
    ready = [] if waiting[0] else [0]
    done = 0
    while ready:
        number = ready.pop()
        done += 1
        for edge in reach.edges(number):
            to = reach.to[edge]
            depth[to] = max(depth[to], depth[number] + 1)
            waiting[to] -= 1
            if not waiting[to]:
                ready.append(to)
    return max(depth) if done == len(reach.states) else None
