"""Owns laying boxes and roads out in layers, from a start downwards. Never knows what a box is about, or draws one.

After Sugiyama, Tagawa and Toda (1981): roads that lead back are set aside, each box goes one layer below the lowest
that leads to it (longest path), long roads run through points of their own in the layers between, each layer is
put in the order with the fewest crossings that the barycentres find, and places are then those that bend the roads
least (isotonic regression, layer by layer). Roads to one box share their points, as rivers join.

Everything is decided by the order of what is handed in: the same boxes and roads always give the same layout.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

Point = tuple[float, float]

Curve = tuple[Point, ...]
"""A start, then three points for each piece of a smooth curve (cubic Bézier)."""

BESIDE: Final = 14.0
"""Space between two boxes of one layer."""

LANE: Final = 12.0
"""The width that a long road takes up between the boxes it passes, space included."""

STUB: Final = 9.0
"""Space between a box and the family that hangs straight under it."""

BELOW: Final = 17.0
"""Space between two other layers, where the roads go straight; more where they bend."""

PORT: Final = 10.0
"""Space between two roads that come into one box."""

EDGE: Final = 12.0
"""Space between a box's corner and the first road that comes in there."""

TURN: Final = 15.0
"""How far below or above a box a road that leads back turns round."""

CORNER: Final = 8.0
"""How round its corners are."""

MOST_LANES: Final = 150_000
"""Points for long roads; past it the longest roads are drawn in one stroke, behind the boxes."""

EFFORT: Final = 400_000
"""Boxes and lanes looked at while ordering: small maps are swept often, large ones at least twice."""


AS_WRITTEN: Final = 2_000
"""Boxes and lanes up to which families are put back in the order they were handed in."""


@dataclass(frozen=True, slots=True)
class Item:
    """A box to be placed. `family` is the box it hangs under side by side with its brothers and sisters, if any."""

    key: str
    width: float
    height: float
    family: str = ""


Link = tuple[str, str]
"""A road from one box to another, by their keys."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a box went: its upper left corner, its size, its layer from 0."""

    x: float
    y: float
    width: float
    height: float
    layer: int


@dataclass(frozen=True, slots=True)
class Layout:
    """All boxes and roads placed, within width and height. `back` holds the roads that lead up again."""

    spots: Mapping[str, Spot]
    curves: Mapping[Link, Curve]
    back: frozenset[Link]
    width: float
    height: float


def lay_out(items: Sequence[Item], links: Sequence[Link], start: str) -> Layout:
    """Place the boxes, with `start` at the top. Each pair of boxes is linked at most once in each direction.

    Units are those of the items' sizes. Raises `KeyError` for a link or a start that names no item.
    """
    plan = _Plan(items, links, start)
    _Ordering(plan).run()
    centres = _Placing(plan).run()
    return _Drawing(plan, centres).run()


# ---- what is above what -----------------------------------------------------


@dataclass(slots=True)
class _Plan:
    """The boxes and, after them, the lanes of long roads, as numbers, each in a layer."""

    items: Sequence[Item]
    links: Sequence[Link]
    start: str
    number: dict[str, int] = field(default_factory=dict)
    width: list[float] = field(default_factory=list)
    layer: list[int] = field(default_factory=list)
    family: list[int] = field(default_factory=list)
    members: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    above: list[list[int]] = field(default_factory=list)
    below: list[list[int]] = field(default_factory=list)
    rows: list[list[int]] = field(default_factory=list)
    back: set[tuple[int, int]] = field(default_factory=set)
    lanes: dict[tuple[bool, int, int], int] = field(default_factory=dict)
    beside: dict[int, int] = field(default_factory=dict)
    joined: set[tuple[int, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.number = {item.key: place for place, item in enumerate(self.items)}
        self.width = [item.width for item in self.items]
        self.family = [self.number[item.family] if item.family else -1 for item in self.items]
        for place, parent in enumerate(self.family):
            if parent >= 0:
                self.members[parent].append(place)
        self.above = [[] for _ in self.items]
        self.below = [[] for _ in self.items]
        pairs = [(self.number[one], self.number[other]) for one, other in self.links]
        order = self._set_aside(pairs)
        self._layers([pair for pair in pairs if pair not in self.back])
        self._run(pairs)
        self._rows(order)

    def boxes(self) -> int:
        """How many of the numbers are boxes; the others are lanes."""
        return len(self.items)

    def _set_aside(self, pairs: Iterable[tuple[int, int]]) -> list[int]:
        """Find the roads that lead back, and give the boxes in the order in which a walk first comes by them."""
        ways: list[list[int]] = [[] for _ in self.items]
        for one, other in pairs:
            ways[one].append(other)
        state = bytearray(len(self.items))  # 0 new, 1 on the way, 2 done
        order: list[int] = []
        for root in (self.number[self.start], *range(len(self.items))):
            if state[root]:
                continue
            work = [(root, iter(ways[root]))]
            state[root] = 1
            order.append(root)
            while work:
                here, on = work[-1]
                after = next(on, None)
                if after is None:
                    state[here] = 2
                    work.pop()
                elif state[after] == 1:
                    self.back.add((here, after))
                elif not state[after]:
                    state[after] = 1
                    order.append(after)
                    work.append((after, iter(ways[after])))
        return order

    def _layers(self, pairs: Sequence[tuple[int, int]]) -> None:
        """Each box one layer below the lowest that leads to it."""
        ways: list[list[int]] = [[] for _ in self.items]
        waiting = [0] * len(self.items)
        for one, other in pairs:
            ways[one].append(other)
            waiting[other] += 1
        self.layer = [0] * len(self.items)
        ready = deque(place for place, count in enumerate(waiting) if not count)
        while ready:
            here = ready.popleft()
            for after in ways[here]:
                self.layer[after] = max(self.layer[after], self.layer[here] + 1)
                waiting[after] -= 1
                if not waiting[after]:
                    ready.append(after)

    def _run(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Give each road its points in the layers between; the shortest first, while there are points to give."""
        span = {pair: abs(self.layer[pair[1]] - self.layer[pair[0]]) for pair in pairs}
        for pair in sorted(span, key=lambda pair: span[pair]):
            back = pair in self.back
            if len(self.lanes) + span[pair] > MOST_LANES and (back or span[pair] > 1):
                continue
            self._join(self.path(pair), pair, back)

    def path(self, pair: tuple[int, int]) -> list[int]:
        """The box a road begins at, the lanes it runs through (made where they are new), the box where it ends."""
        one, other = pair
        if pair in self.back:
            layers = range(self.layer[one], self.layer[other] - 1, -1)
        else:
            layers = range(self.layer[one] + 1, self.layer[other])
        return [one, *(self._lane(pair in self.back, other, layer) for layer in layers), other]

    def runs(self, pair: tuple[int, int]) -> bool:
        """Whether a road was given its points."""
        return pair in self.joined

    def _join(self, path: list[int], pair: tuple[int, int], back: bool) -> None:
        self.joined.add(pair)
        if back:
            lanes = path[1:-1]
            self.beside[lanes[-1]] = path[-1]
            path = lanes[::-1]
        for upper, lower in pairwise(path):
            if lower not in self.below[upper]:
                self.below[upper].append(lower)
                self.above[lower].append(upper)

    def _lane(self, back: bool, to: int, layer: int) -> int:
        key = (back, to, layer)
        if key not in self.lanes:
            self.lanes[key] = len(self.width)
            self.width.append(0.0)
            self.layer.append(layer)
            self.family.append(-1)
            self.above.append([])
            self.below.append([])
        return self.lanes[key]

    def _rows(self, order: list[int]) -> None:
        """The layers as rows, in the order in which a walk comes by; lanes stand where what leads to them stands."""
        self.rows = [[] for _ in range(max(self.layer, default=0) + 1)]
        rank: dict[int, float] = {place: float(turn) for turn, place in enumerate(order)}
        for lane in sorted(range(self.boxes(), len(self.width)), key=lambda lane: self.layer[lane]):
            owner = self.beside.get(lane)
            near = [rank[one] for one in self.above[lane] if one in rank]
            rank[lane] = rank[owner] + 0.5 if owner is not None else max(near, default=0.0) + 0.25
        for place in sorted(rank, key=lambda place: rank[place]):
            self.rows[self.layer[place]].append(place)


# ---- what is beside what ----------------------------------------------------


class _Ordering:
    """Puts each row in order: sweeps down and up by barycentres, and keeps the order with the fewest crossings."""

    def __init__(self, plan: _Plan) -> None:
        self.plan = plan
        self.at = [0.0] * len(plan.width)

    def run(self) -> None:
        rows = self.plan.rows
        for row in rows:
            self._settle(row)
        best, fewest = [list(row) for row in rows], -1
        for sweep in range(max(2, min(24, EFFORT // max(1, len(self.plan.width))))):
            down = sweep % 2 == 0
            for row in rows if down else reversed(rows):
                self._sort(row, self.plan.above if down else self.plan.below)
            crossings = self._crossings()
            if fewest < 0 or crossings < fewest:
                best, fewest = [list(row) for row in rows], crossings
            if not fewest:
                break
        self.plan.rows[:] = best
        if len(self.plan.width) <= AS_WRITTEN:
            self._as_written()

    def _as_written(self) -> None:
        """Put each family back in the order it was handed in, where that makes no more crossings."""
        for row in self.plan.rows:
            for family in dict.fromkeys(self.plan.family[number] for number in row):
                places = [place for place, number in enumerate(row) if self.plan.family[number] == family]
                members = [row[place] for place in places]
                if family < 0 or members == sorted(members):
                    continue
                before = self._crossings()
                for place, number in zip(places, sorted(members), strict=True):
                    row[place] = number
                if self._crossings() > before:
                    for place, number in zip(places, members, strict=True):
                        row[place] = number

    def _settle(self, row: list[int]) -> None:
        """Note where each of a row now stands, 0 to 1, so that rows of different lengths compare."""
        for place, number in enumerate(row):
            self.at[number] = (place + 0.5) / len(row)

    def _sort(self, row: list[int], near: Sequence[Sequence[int]]) -> None:
        """Put one row in order by the middle of what it is joined to; families stay together, turns beside theirs."""
        plan, at = self.plan, self.at
        wish = {
            number: sum(at[other] for other in near[number]) / len(near[number]) if near[number] else at[number]
            for number in row
        }
        blocks: dict[tuple[str, int], list[int]] = defaultdict(list)
        turns: dict[tuple[str, int], list[int]] = defaultdict(list)
        for number in row:
            owner = plan.beside.get(number)
            if owner is not None:
                turns[self._block(owner)].append(number)
            else:
                blocks[self._block(number)].append(number)
        middle = {name: sum(wish[number] for number in block) / len(block) for name, block in blocks.items()}
        row[:] = [
            number
            for name in sorted(blocks, key=lambda name: middle[name])
            for number in (*sorted(blocks[name], key=lambda number: wish[number]), *turns[name])
        ]
        self._settle(row)

    def _block(self, number: int) -> tuple[str, int]:
        family = self.plan.family[number]
        return ("family", family) if family >= 0 else ("alone", number)

    def _crossings(self) -> int:
        """How many pairs of roads cross between neighbouring rows."""
        place = [0] * len(self.plan.width)
        for row in self.plan.rows:
            for turn, number in enumerate(row):
                place[number] = turn
        return sum(
            _inversions([spot for upper in row for spot in sorted(place[lower] for lower in self.plan.below[upper])])
            for row in self.plan.rows
        )


def _inversions(places: Sequence[int]) -> int:
    """How many pairs stand the wrong way round (a Fenwick tree)."""
    size = max(places, default=0) + 1
    tree = [0] * (size + 1)
    count = 0
    for seen, place in enumerate(places):
        node, before = place + 1, 0
        while node:
            before += tree[node]
            node &= node - 1
        count += seen - before
        node = place + 1
        while node <= size:
            tree[node] += 1
            node += node & -node
    return count


# ---- how far across ---------------------------------------------------------


class _Placing:
    """Gives each box and lane its middle: as near to what it is joined to as its neighbours let it."""

    def __init__(self, plan: _Plan) -> None:
        self.plan = plan
        self.x = [0.0] * len(plan.width)

    def run(self) -> list[float]:
        """The middles, the leftmost edge at 0."""
        plan = self.plan
        for row in plan.rows:
            self._place(row, [0.0] * len(row), [1.0] * len(row))
        for _ in range(max(2, min(12, EFFORT // max(1, 2 * len(plan.width))))):
            for row in reversed(plan.rows):
                self._place(row, [self._over(number) for number in row], [self._weight(number) for number in row])
            for row in plan.rows:
                self._place(row, [self._under(number) for number in row], [self._weight(number) for number in row])
        left = min((self.x[number] - plan.width[number] / 2 for row in plan.rows for number in row), default=0.0)
        return [x - left for x in self.x]

    def _weight(self, number: int) -> float:
        """How much it minds: lanes should run straight, and a family hang straight under its own."""
        if number >= self.plan.boxes():
            return 4.0
        return 8.0 if self.plan.family[number] >= 0 else 1.0

    def _over(self, number: int) -> float:
        """Where a box would stand over what it leads to."""
        members = self.plan.members.get(number)
        if members:
            lefts = [self.x[member] - self.plan.width[member] / 2 for member in members]
            rights = [self.x[member] + self.plan.width[member] / 2 for member in members]
            return (min(lefts) + max(rights)) / 2
        return self._mean(self.plan.below[number], number)

    def _under(self, number: int) -> float:
        """Where a box would stand under what leads to it."""
        parent = self.plan.family[number]
        if parent < 0:
            return self._mean(self.plan.above[number], number)
        row = sorted(self.plan.members[parent], key=lambda member: self.x[member])
        widths = [self.plan.width[member] for member in row]
        left = self.x[parent] - (sum(widths) + BESIDE * (len(row) - 1)) / 2
        turn = row.index(number)
        return left + sum(widths[:turn]) + BESIDE * turn + widths[turn] / 2

    def _mean(self, near: Sequence[int], number: int) -> float:
        return sum(self.x[other] for other in near) / len(near) if near else self.x[number]

    def _place(self, row: Sequence[int], wishes: Sequence[float], weights: Sequence[float]) -> None:
        apart = [self._apart(one, other) for one, other in pairwise(row)]
        for number, x in zip(row, spread(wishes, weights, apart), strict=True):
            self.x[number] = x

    def _apart(self, one: int, other: int) -> float:
        """How far apart two neighbours' middles must be."""
        boxes = self.plan.boxes()
        space = BESIDE if one < boxes and other < boxes else LANE
        return (self.plan.width[one] + self.plan.width[other]) / 2 + space


def spread(wishes: Sequence[float], weights: Sequence[float], apart: Sequence[float]) -> list[float]:
    """Places in this order, each at least `apart` from the one before, as near to the wishes as can be.

    Least squares, by pooling neighbours that would violate the order (isotonic regression).
    """
    offset = 0.0
    pools: list[list[float]] = []  # weight, weighted sum, how many
    offsets: list[float] = []
    for place, wish in enumerate(wishes):
        if place:
            offset += apart[place - 1]
        offsets.append(offset)
        pools.append([weights[place], weights[place] * (wish - offset), 1])
        while len(pools) > 1 and pools[-2][1] * pools[-1][0] > pools[-1][1] * pools[-2][0]:
            weight, total, count = pools.pop()
            pools[-1][0] += weight
            pools[-1][1] += total
            pools[-1][2] += count
    level = [total / weight for weight, total, count in pools for _ in range(int(count))]
    return [base + offset for base, offset in zip(level, offsets, strict=True)]


# ---- how far down, and the roads --------------------------------------------


class _Drawing:
    """Gives each layer its height and each road its curve."""

    def __init__(self, plan: _Plan, centres: list[float]) -> None:
        self.plan = plan
        self.x = centres
        self.pairs = [(plan.number[one], plan.number[other]) for one, other in plan.links]
        self.paths = {pair: plan.path(pair) if plan.runs(pair) else list(pair) for pair in self.pairs}
        self.ports = self._ports()
        self.heights = [
            max((plan.items[number].height for number in row if number < plan.boxes()), default=0.0)
            for row in plan.rows
        ]
        self.tops = self._tops()

    def run(self) -> Layout:
        plan = self.plan
        spots = {
            item.key: Spot(
                self.x[number] - item.width / 2,
                self.tops[plan.layer[number]],
                item.width,
                item.height,
                plan.layer[number],
            )
            for number, item in enumerate(plan.items)
        }
        curves = {link: self._curve(pair) for link, pair in zip(plan.links, self.pairs, strict=True)}
        back = frozenset(link for link, pair in zip(plan.links, self.pairs, strict=True) if pair in plan.back)
        points = [point for curve in curves.values() for point in curve]
        shift = -min([0.0, *(x for x, _ in points)])
        if shift:
            spots = {key: Spot(s.x + shift, s.y, s.width, s.height, s.layer) for key, s in spots.items()}
            curves = {link: tuple((x + shift, y) for x, y in curve) for link, curve in curves.items()}
        width = max([*(spot.x + spot.width for spot in spots.values()), *(x + shift for x, _ in points)], default=0.0)
        height = max([*(spot.y + spot.height for spot in spots.values()), *(y for _, y in points)], default=0.0)
        return Layout(spots, curves, back, width, height)

    def _out(self, pair: tuple[int, int]) -> float:
        """Where a road leaves its box: straight over its own family, as far as the box goes; else at the middle."""
        one, other = pair
        if self.plan.family[other] != one:
            return self.x[one]
        half = self.plan.width[one] / 2 - EDGE
        return min(self.x[one] + half, max(self.x[one] - half, self.x[other]))

    def _ports(self) -> dict[tuple[int, int], float]:
        """Where each road comes into its box: under where it comes from as far as the box goes; lanes come as one."""
        coming: dict[int, dict[int, float]] = defaultdict(dict)
        for pair, path in self.paths.items():
            before = path[-2]
            coming[pair[1]][before] = self._out(pair) if before == pair[0] else self.x[before]
        ports: dict[tuple[int, int], float] = {}
        for number, sources in coming.items():
            ports |= {(before, number): x for before, x in self._into(number, sources).items()}
        return ports

    def _into(self, number: int, sources: Mapping[int, float]) -> dict[int, float]:
        middle, half = self.x[number], self.plan.width[number] / 2 - EDGE
        row = sorted(sources, key=lambda before: (sources[before], before))
        if len(row) == 1:
            wish = sources[row[0]]
            return {row[0]: wish if abs(wish - middle) <= half else middle}
        apart = min(PORT, 2 * half / (len(row) - 1))
        wishes = [min(middle + half, max(middle - half, sources[before])) for before in row]
        found = spread(wishes, [1.0] * len(row), [apart] * (len(row) - 1))
        last = len(row) - 1
        inside = [max(x, middle - half + apart * turn) for turn, x in enumerate(found)]
        inside = [min(x, middle + half - apart * (last - turn)) for turn, x in enumerate(inside)]
        return dict(zip(row, inside, strict=True))

    def _tops(self) -> list[float]:
        """The top of each layer: more room where roads bend far, little where a family hangs straight under its own."""
        plan = self.plan
        room = [0.0] * (len(plan.rows) + 1)  # above each layer, and below the last
        for pair, path in self.paths.items():
            for one, other in pairwise(path):
                layer = plan.layer[other]
                if pair in plan.back:
                    for turn in (plan.layer[pair[0]] + 1, plan.layer[pair[1]]):
                        room[turn] = max(room[turn], BELOW + 8)
                elif plan.runs(pair):
                    bend = abs(self._point(pair, other, one) - (self._out(pair) if one == pair[0] else self.x[one]))
                    plain = bend < 1 and (plan.family[other] == one or other >= plan.boxes())
                    needs = STUB if plain else min(38.0, BELOW + bend * 0.045)
                    room[layer] = max(room[layer], needs)
                else:
                    room[layer] = max(room[layer], BELOW)
        tops, y = [], room[0]
        for layer, height in enumerate(self.heights):
            y += room[layer] if layer else 0.0
            tops.append(y)
            y += height
        return tops

    def _point(self, pair: tuple[int, int], number: int, before: int) -> float:
        """Where a road stands across at one of its points: at its port in the end, in the lane on the way."""
        return self.ports[before, number] if number == pair[1] else self.x[number]

    def _curve(self, pair: tuple[int, int]) -> Curve:
        plan, path = self.plan, self.paths[pair]
        one = pair[0]
        pen = _Pen(self._out(pair), self.tops[plan.layer[one]] + plan.items[one].height)
        if pair in plan.back:
            self._back(pen, pair, path)
            return tuple(pen.points)
        for before, number in pairwise(path):
            layer = plan.layer[number]
            if plan.runs(pair):
                pen.straight(self._bottom(layer - 1))
            pen.bend(self._point(pair, number, before), self.tops[layer])
        return tuple(pen.points)

    def _back(self, pen: _Pen, pair: tuple[int, int], path: Sequence[int]) -> None:
        """Round below the box, up beside what lies between, and over into the box it leads back to."""
        plan = self.plan
        lanes = path[1:-1]
        top, port = self.tops[plan.layer[pair[1]]], self.ports[path[-2], pair[1]]
        bottom = self._bottom(plan.layer[pair[0]])
        pen.straight(bottom)
        pen.turn(self.x[lanes[0]] if lanes else port, bottom, TURN)
        for lane in lanes:
            pen.bend(self.x[lane], self._bottom(plan.layer[lane]))
            pen.straight(self.tops[plan.layer[lane]])
        if not lanes:
            pen.straight(top)
        pen.turn(port, top, -TURN)

    def _bottom(self, layer: int) -> float:
        return self.tops[layer] + self.heights[layer]


class _Pen:
    """Draws one curve, piece by piece."""

    def __init__(self, x: float, y: float) -> None:
        self.points: list[Point] = [(x, y)]

    def straight(self, y: float) -> None:
        """Straight down or up to a height."""
        x, before = self.points[-1]
        if abs(y - before) > 0.01:
            self.points += [(x, before + (y - before) / 3), (x, before + 2 * (y - before) / 3), (x, y)]

    def bend(self, x: float, y: float) -> None:
        """To a point, leaving and coming in upright."""
        from_x, from_y = self.points[-1]
        if abs(x - from_x) < 0.01:
            self.straight(y)
            return
        middle = (from_y + y) / 2
        self.points += [(from_x, middle), (x, middle), (x, y)]

    def turn(self, x: float, y: float, out: float) -> None:
        """Out by so much (downwards, or up if less than 0), across with round corners, and back to the same height."""
        from_x = self.points[-1][0]
        if abs(x - from_x) < 2 * CORNER:
            self.points += [(from_x, y + out * 1.3), (x, y + out * 1.3), (x, y)]
            return
        side, edge = math.copysign(CORNER, x - from_x), y + out
        inner = edge - math.copysign(CORNER, out)
        self.straight(inner)
        near = (edge - inner) * 0.55
        self.points += [(from_x, inner + near), (from_x + side * 0.45, edge), (from_x + side, edge)]
        here, there = from_x + side, x - side
        self.points += [(here + (there - here) / 3, edge), (here + 2 * (there - here) / 3, edge), (there, edge)]
        self.points += [(x - side * 0.45, edge), (x, inner + near), (x, inner)]
        self.straight(y)
