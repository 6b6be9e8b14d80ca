"""Owns the `pack` command: a scenario as one printable page for a trainer. Never plays, and fetches nothing.

The pack is made from the scenario each time, so it cannot fall behind the story. It is one HTML file for A4 paper,
with a page for the room and a page for the trainer at each decision, and the whole story in numbered entries.
"""

from __future__ import annotations

import math
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Final, NamedTuple, TextIO

from game.authoring import condition_in_words, fact_in_words
from game.story import (
    Choice,
    Course,
    Decision,
    Effect,
    Happened,
    Line,
    Passage,
    Proof,
    Scenario,
    Story,
    Text,
    prove,
)
from game.training import Booklet, Entry, Road, Roads, asked_words, booklet, excerpt, letter, quotation, roads
from game.words import say

WRITTEN: Final = 0
WRONG_USE: Final = 2

STATES: Final = 50_000
"""States looked at before a story counts as too large for paper; a few seconds on a slow laptop."""

WORDS_A_MINUTE: Final = 140
"""Read aloud, in a room."""

WELCOME: Final = 5
CLOSE: Final = 15
"""Minutes before the first decision, and for the ending with the debrief."""

STEPS: Final = (("alone", 1), ("show", 1), ("pairs", 2), ("defend", 0), ("again", 1), ("follow", 1), ("talk", 3))
"""The steps of a decision after the reading, with their minutes; `defend` takes one for each option."""

SHORT: Final = 2
"""Minutes of a decision with one show of cards, beside the reading."""

FEW_WORDS: Final = 24
"""Words told of a passage that only some roads lead through."""

_EMPHASIS: Final = re.compile(r"\*(?=\S)([^*\n]+?)(?<=\S)\*")
_BOX: Final = re.compile(r"<svg\b[^>]*?\bviewBox\s*=\s*[\"']\s*\S+?[\s,]+\S+?[\s,]+([\d.]+)[\s,]+([\d.]+)")


def pack(scenario: Scenario, course: Course, *, map_svg: str, spoken: bool, to: Path, out: TextIO) -> int:
    """Write the pack of `scenario` to the file `to`, and say so on `out`.

    `map_svg` is the story as an SVG picture; empty for a pack without one. `spoken` shows the quotations as they were
    said, strong words too. Returns 0, or 2 where `to` is no web page or cannot be written.
    """
    if to.suffix.lower() not in (".html", ".htm"):
        print(say("pack.not-html", name=to.name), file=out)
        return WRONG_USE
    made = _made(scenario, course, map_svg, spoken)
    try:
        to.write_text(_page(made), encoding="utf-8", newline="\n")
    except OSError as error:
        print(say("pack.not-written", path=to, reason=error.strerror or error), file=out)
        return WRONG_USE
    if made.paper is None:
        print(say("pack.too-large"), file=out)
    print(say("pack.written", path=to), file=out)
    return WRITTEN


@dataclass(frozen=True, slots=True)
class _Pack:
    """All that the parts of a pack are written from. `decisions` and `endings` are passages, in the file's order."""

    scenario: Scenario
    course: Course
    map_svg: str
    spoken: bool
    proof: Proof
    roads: Roads
    paper: Booklet | None
    decisions: tuple[Passage, ...]
    endings: tuple[Passage, ...]
    quotes: dict[str, list[str]]

    def number(self, passage: str) -> int:
        """The number of a decision, from 1."""
        return next(number for number, one in enumerate(self.decisions, start=1) if one.id == passage)

    def part(self, id: str) -> int:
        """The number of a part, from 1; 0 where this pack goes without it."""
        return next((number for number, part in enumerate(_parts(self), start=1) if part.id == id), 0)


def _made(scenario: Scenario, course: Course, map_svg: str, spoken: bool) -> _Pack:
    proof = prove(scenario, STATES)
    assert proof.reach is not None  # it was made just now
    passages = scenario.passages.values()
    decisions = tuple(passage for passage in passages if passage.decision)
    return _Pack(
        scenario,
        course,
        map_svg.strip(),
        spoken,
        proof,
        roads(proof.reach),
        booklet(proof.reach),
        decisions,
        tuple(passage for passage in passages if passage.ending),
        _cited(scenario, decisions),
    )


def _cited(scenario: Scenario, decisions: Sequence[Passage]) -> dict[str, list[str]]:
    """Every quotation's id with the places that cite it, in words."""
    cited: dict[str, list[str]] = {}
    for number, passage in enumerate(decisions, start=1):
        for place, choice in _lettered(passage):
            if choice.debrief.quote:
                words = say("pack.quote-at-decision", number=number, letter=place)
                cited.setdefault(choice.debrief.quote, []).append(words)
    for passage in scenario.passages.values():
        for id in passage.ending.quotes if passage.ending else ():
            assert passage.ending is not None
            cited.setdefault(id, []).append(say("pack.quote-at-ending", title=passage.ending.title))
    for id in scenario.debrief.quotes:
        cited.setdefault(id, []).append(say("pack.quote-at-debrief"))
    return cited


def _lettered(passage: Passage) -> list[tuple[str, Choice]]:
    """The options of a decision, each with its letter."""
    choices = passage.decision.choices if passage.decision else ()
    return [(letter(place), choice) for place, choice in enumerate(choices)]


# ---- the page ---------------------------------------------------------------


class _Part(NamedTuple):
    id: str
    title: str
    written: Callable[[_Pack], Iterable[str]]
    there: Callable[[_Pack], bool]


def _parts(made: _Pack) -> list[_Part]:
    return [part for part in PARTS if part.there(made)]


def _page(made: _Pack) -> str:
    """The whole pack. Its edition is taken from all the rest, so that any change of the story makes another."""
    parts = "".join(
        f'<section class="part" id="{part.id}">\n{"".join(part.written(made))}</section>\n' for part in _parts(made)
    )
    cover = "".join(_cover(made))
    edition = sha256((cover + parts).encode()).hexdigest()[:8]
    made_from = _p(say("pack.edition", scenario=made.scenario.id, edition=edition), "soft")
    title = escape(f"{made.scenario.title} · {say('pack.kind')}")
    return (
        f'<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<style>{_STYLE}{_running_heads(made)}</style>\n</head>\n<body>\n"
        f'<header class="cover">\n{cover}{made_from}</header>\n<nav class="page">\n{"".join(_contents(made))}</nav>\n'
        f"{parts}</body>\n</html>\n"
    )


def _running_heads(made: _Pack) -> str:
    """What stands at the head of each page of a part, for browsers that print it; the map lies down if it is wide."""
    rules = []
    for number, part in enumerate(_parts(made), start=1):
        head = _css(f"{made.scenario.title} · {number} {say(part.title)}")
        lies = "size: A4 landscape; margin: 14mm 10mm 12mm;" if part.id == "map" and _wide(made.map_svg) else ""
        rules.append(
            f"#{part.id} {{ page: {part.id}; }}\n@page {part.id} {{ {lies} @top-right {{ content: {head}; }} }}"
        )
    return "\n".join(rules) + "\n"


def _css(text: str) -> str:
    """Text as a CSS string in which no character can mean anything."""
    return '"' + "".join(sign if sign.isascii() and sign.isalnum() else f"\\{ord(sign):x} " for sign in text) + '"'


def _wide(svg: str) -> bool:
    box = _BOX.search(svg)
    return bool(box) and float(box[1]) > float(box[2]) if box else False


def _words(text: str) -> str:
    """An author's words, with `*emphasis*` set as such."""
    return _EMPHASIS.sub(r"<em>\1</em>", escape(text))


def _p(text: str, kind: str = "") -> str:
    name = f' class="{kind}"' if kind else ""
    return f"<p{name}>{_words(text)}</p>\n"


def _list(items: Iterable[str], kind: str = "ul") -> str:
    return f"<{kind}>\n" + "".join(f"<li>{_words(item)}</li>\n" for item in items) + f"</{kind}>\n"


def _rows(rows: Iterable[tuple[str, str]], kind: str = "rows") -> str:
    """Labels with their texts; those without text are left out."""
    told = "".join(f"<dt>{_words(label)}</dt><dd>{_words(text)}</dd>\n" for label, text in rows if text)
    return f'<dl class="{kind}">\n{told}</dl>\n' if told else ""


def _head(made: _Pack, id: str) -> str:
    part = next(part for part in PARTS if part.id == id)
    return f"{_p(say('pack.part', number=made.part(id)), 'tag')}<h2>{_words(say(part.title))}</h2>\n"


def _told(scenario: Scenario, lines: Iterable[Line], when: str = "") -> str:
    """Lines as they are read aloud: narration runs on, speech stands apart. `when` says first when they are told."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not line.speaker and not groups[-1][-1].speaker:
            groups[-1].append(line)
        else:
            groups.append([line])
    lead = f"<i>{_words(when)}</i> " if when else ""
    told = []
    for group in groups:
        told.append(f'<p class="told">{lead}{" ".join(_line(scenario, line) for line in group)}</p>\n')
        lead = ""
    return "".join(told)


def _line(scenario: Scenario, line: Line) -> str:
    who = f"<b>{escape(scenario.people[line.speaker].name)}:</b> " if line.speaker else ""
    return f'<span class="line">{who}{_words(line.text)}</span>'


def _text(scenario: Scenario, text: Text, when: str = "") -> Iterator[str]:
    """The lines of a passage as they are written; those that are told only sometimes say when."""
    lines: list[Line] = []
    for part in text:
        if isinstance(part, Line):
            lines.append(part)
            continue
        if lines or when:
            yield _told(scenario, lines, when) if lines else _p(when, "when")
        lines, when = [], ""
        yield from _sometimes(
            scenario, say("pack.if", condition=condition_in_words(part.condition, scenario)), part.then
        )
        if part.otherwise:
            yield from _sometimes(scenario, say("pack.else"), part.otherwise)
    if lines:
        yield _told(scenario, lines, when)


def _sometimes(scenario: Scenario, when: str, text: Text) -> Iterator[str]:
    yield f'<div class="sometimes">{"".join(_text(scenario, text, when))}</div>\n'


# ---- the cover --------------------------------------------------------------


def _cover(made: _Pack) -> Iterator[str]:
    scenario = made.scenario
    yield _p(say("pack.kind"), "tag")
    yield f"<h1>{_words(scenario.title)}</h1>\n"
    yield _p(scenario.summary, "summary") if scenario.summary else ""
    yield _p(scenario.you, "summary") if scenario.you else ""
    yield _rows(
        (
            (say("pack.what"), say("pack.what-says")),
            (say("pack.for-whom"), say("pack.for-whom-says")),
            (say("pack.minutes"), say("pack.minutes-says", room=_room_minutes(made), alone=scenario.minutes)),
            (say("pack.holds"), _holds(made)),
            (say("pack.need"), say("pack.need-says", part=made.part("paper"))),
            (say("pack.about-roles"), say("pack.roles")),
        )
    )
    yield f'<div class="never"><h2>{escape(say("pack.never"))}</h2>{_p(say("pack.never-says"))}</div>\n'
    if made.quotes:
        yield _p(say("pack.language-spoken" if made.spoken else "pack.language-clean"), "soft")


def _holds(made: _Pack) -> str:
    routes = made.proof.routes
    if not made.roads.whole:
        told = say("pack.roads-unknown")
    elif routes is None:
        told = say("pack.roads-open")
    else:
        told = _count(routes, "pack.roads")
    decisions, endings = _count(len(made.decisions), "pack.decisions"), _count(len(made.endings), "pack.endings")
    return say("pack.holds-says", decisions=decisions, endings=endings, roads=told)


def _count(number: int, key: str) -> str:
    return say(f"{key}-one") if number == 1 else say(key, count=f"{number:,}")


def _contents(made: _Pack) -> Iterator[str]:
    yield f"<h2>{escape(say('pack.contents'))}</h2>\n<ol>\n"
    for part in _parts(made):
        yield f'<li><a href="#{part.id}">{escape(say(part.title))}</a> {_words(say(f"{part.title}-holds"))}'
        if part.id == "decisions":
            yield "\n<ol>\n"
            for number, passage in enumerate(made.decisions, start=1):
                yield f'<li><a href="#decision-{number}">{_words(_asked(passage).ask)}</a></li>\n'
            yield "</ol>\n"
        yield "</li>\n"
    yield "</ol>\n"


# ---- running it in a room ---------------------------------------------------


def _running(made: _Pack) -> Iterator[str]:
    yield _head(made, "running")
    yield f"<h3>{escape(say('pack.before'))}</h3>\n"
    yield _list(say(f"pack.before-{what}") for what in ("read", "print", "cards", "say"))
    options = _options(made)
    yield f"<h3>{escape(say('pack.each'))}</h3>\n"
    yield _steps_table(_reading(made), options)
    yield f"<h3>{escape(say('pack.timetable'))}</h3>\n"
    each = _decision_minutes(made, options)
    yield _table(
        [
            (say("pack.welcome"), f"{WELCOME}"),
            (_all_decisions(made, each), _range(made.roads.fewest * each, _times(made.roads.most, each))),
            (say("pack.close", part=made.part("debrief")), f"{CLOSE}"),
            (say("pack.in-all"), _room_minutes(made)),
        ]
    )
    most = made.roads.most or made.roads.fewest
    if most > 2:
        minutes = WELCOME + 2 * each + (most - 2) * (_reading(made) + SHORT) + CLOSE
        yield _p(say("pack.short", minutes=_rounded(minutes)))
    yield _p(say("pack.other-road"))
    yield f"<h3>{escape(say('pack.care'))}</h3>\n"
    yield _list(say(f"pack.care-{what}") for what in ("roles", "defend", "home"))


def _steps_table(reading: int, options: int) -> str:
    heads = "".join(f"<th>{escape(say(f'pack.{head}'))}</th>" for head in ("step", "do", "time"))
    rows = [("read", reading), *((step, minutes or options) for step, minutes in STEPS)]
    told = "".join(
        f"<tr><th>{escape(say(f'pack.step-{step}'))}</th><td>{escape(say(f'pack.step-{step}-do'))}</td>"
        f"<td>{minutes}</td></tr>\n"
        for step, minutes in rows
    )
    last = f"<tr><th>{escape(say('pack.in-all'))}</th><td></td><td>{sum(minutes for _, minutes in rows)}</td></tr>\n"
    return f"<table>\n<tr>{heads}</tr>\n{told}{last}</table>\n"


def _table(rows: Iterable[tuple[str, str]]) -> str:
    told = "".join(f"<tr><td>{escape(what)}</td><td>{escape(minutes)}</td></tr>\n" for what, minutes in rows)
    return f"<table>\n{told}</table>\n"


def _all_decisions(made: _Pack, each: int) -> str:
    if (made.roads.fewest, made.roads.most) == (1, 1):
        return say("pack.all-decisions-one", minutes=each)
    return say("pack.all-decisions", count=_range(made.roads.fewest, made.roads.most), minutes=each)


def _room_minutes(made: _Pack) -> str:
    each = _decision_minutes(made, _options(made))

    def whole(decisions: int) -> int:
        return _rounded(WELCOME + decisions * each + CLOSE)

    most = made.roads.most
    return _range(whole(made.roads.fewest), None if most is None else whole(most))


def _range(least: int, most: int | None) -> str:
    if most is None:
        return say("pack.minutes-open", least=least)
    return f"{least}" if least == most else say("pack.minutes-range", least=least, most=most)


def _times(count: int | None, each: int) -> int | None:
    return None if count is None else count * each


def _rounded(minutes: int) -> int:
    """Up to the next five minutes."""
    return math.ceil(minutes / 5) * 5


def _reading(made: _Pack) -> int:
    return max(1, math.ceil(made.roads.words / WORDS_A_MINUTE))


def _options(made: _Pack) -> int:
    """Options of a decision, on average, rounded up."""
    counts = [len(_asked(passage).choices) for passage in made.decisions]
    return math.ceil(sum(counts) / len(counts)) if counts else 0


def _decision_minutes(made: _Pack, options: int) -> int:
    return _reading(made) + sum(minutes or options for _, minutes in STEPS)


# ---- people, map ------------------------------------------------------------


def _people(made: _Pack) -> Iterator[str]:
    scenario = made.scenario
    yield _head(made, "people")
    people = [scenario.people[id] for id in scenario.cast if id in scenario.people]
    rows = [(say("pack.you"), scenario.you), *((person.name, person.about or "–") for person in people)]
    yield _rows(rows, "people")
    if scenario.facts:
        yield f"<h3>{escape(say('pack.remembers'))}</h3>\n{_p(say('pack.remembers-says'))}"
        yield _list(f"{fact_in_words(fact, scenario)}." for fact in scenario.facts)
    if scenario.meters:
        yield f"<h3>{escape(say('pack.moves'))}</h3>\n{_list(meter.label for meter in scenario.meters.values())}"


def _map(made: _Pack) -> Iterator[str]:
    yield _head(made, "map")
    yield _p(say("pack.map-says", scenario=made.scenario.id), "soft")
    picture = b64encode(made.map_svg.encode()).decode("ascii")  # as a picture, its styles stay its own
    alt = escape(say("pack.map-alt"))
    kind = "wide" if _wide(made.map_svg) else "tall"
    yield f'<img class="{kind}" alt="{alt}" src="data:image/svg+xml;base64,{picture}">\n'


# ---- a decision -------------------------------------------------------------


def _asked(passage: Passage) -> Decision:
    assert passage.decision is not None  # only passages with a decision come here
    return passage.decision


def _decisions(made: _Pack) -> Iterator[str]:
    for number, passage in enumerate(made.decisions, start=1):
        yield f'<article class="page room" id="decision-{number}">\n{"".join(_for_the_room(made, passage))}</article>\n'
        yield f'<article class="page trainer">\n{"".join(_for_the_trainer(made, passage))}</article>\n'


def _tag(made: _Pack, passage: Passage, whom: str) -> str:
    part = say("pack.part", number=made.part("decisions"))
    return _p(f"{part} · {say('pack.decision', number=made.number(passage.id))} · {say(whom)}", "tag")


def _for_the_room(made: _Pack, passage: Passage) -> Iterator[str]:
    decision = _asked(passage)
    yield _tag(made, passage, "pack.for-the-room")
    yield f"<h3>{escape(say('pack.so-far'))}</h3>\n"
    yield from _so_far(made, passage)
    yield f'<h2 class="ask">{_words(decision.ask)}</h2>\n<div class="cards">\n'
    for place, choice in _lettered(passage):
        yield f'<div class="card"><p class="letter">{place}</p><p class="option">{_words(choice.text)}</p></div>\n'
    if len(decision.choices) % 2:
        yield f'<div class="card"><p class="letter">?</p>{_p(say("pack.missing"), "option")}</div>\n'
    yield "</div>\n"


def _so_far(made: _Pack, passage: Passage) -> Iterator[str]:
    """What is told on every road that leads here; of what only some roads tell, the first words."""
    here = [road for road in made.roads.all if road.through[-1] == passage.id]
    if not here and made.roads.whole:
        yield _p(say("pack.nothing-leads"), "soft")
    passages = made.scenario.passages
    always = [id for id in dict.fromkeys(here[0].through) if all(id in road.through for road in here)] if here else []
    apart: dict[tuple[str, ...], list[Road]] = {}
    for road in here:
        apart.setdefault(tuple(id for id in road.through if id not in always), []).append(road)
    for through, some in apart.items():
        words = _first_words(made.scenario, through)
        if words:
            yield f'<p class="before"><i>{escape(_after(made, some))}</i> {_words(words)}</p>\n'
    for id in always:
        if id != passage.id:
            yield from _in_short(made.scenario, passages[id])
    yield _when_and_where(made.scenario, passage)
    yield from _text(made.scenario, passage.text)


def _in_short(scenario: Scenario, passage: Passage) -> Iterator[str]:
    """What a passage always tells; what it tells only sometimes would be too much for the page."""
    lines = [line for line in passage.text if isinstance(line, Line)]
    yield _when_and_where(scenario, passage)
    yield _told(scenario, lines)
    yield _p(say("pack.some-more"), "soft") if len(lines) < len(passage.text) else ""


def _first_words(scenario: Scenario, through: Sequence[str]) -> str:
    lines = [line for id in through for line in scenario.passages[id].text if isinstance(line, Line)]
    kept = excerpt(lines, FEW_WORDS)
    words = " ".join(
        f"{scenario.people[line.speaker].name}: {line.text}" if line.speaker else line.text for line in kept
    )
    return f"{words} …" if len(kept) < len(lines) else words


def _after(made: _Pack, some: Sequence[Road]) -> str:
    """Which options these roads begin with."""
    if any(not road.decision for road in some):
        return say("pack.after-start")
    return say("pack.after", options=_options_of(made, [(road.decision, road.choice) for road in some]))


def _options_of(made: _Pack, taken: Sequence[tuple[str, str]]) -> str:
    """Options by letter and decision, those of one decision together."""
    letters: dict[int, dict[str, None]] = {}
    for decision, choice in taken:
        letters.setdefault(made.number(decision), {})[_letter_of(made.scenario.passages[decision], choice)] = None
    return ", ".join(
        say("pack.option-at", letters=f" {say('pack.or')} ".join(sorted(some)), number=number)
        for number, some in sorted(letters.items())
    )


def _letter_of(passage: Passage, choice: str) -> str:
    return next(place for place, one in _lettered(passage) if one.id == choice)


def _when_and_where(scenario: Scenario, passage: Passage) -> str:
    place = scenario.places.get(passage.place)
    told = " · ".join(filter(None, [passage.when, place.name if place else ""]))
    return _p(told, "scene") if told else ""


def _for_the_trainer(made: _Pack, passage: Passage) -> Iterator[str]:
    decision = _asked(passage)
    yield _tag(made, passage, "pack.for-you")
    yield f"<h2>{_words(decision.ask)}</h2>\n"
    contested = say("debrief.contested") if decision.contested else ""
    asked = asked_words(decision.calls_for) if decision.calls_for else ""
    yield _rows([(say("pack.asked"), " ".join(filter(None, [asked, contested])))])
    for place, choice in _lettered(passage):
        yield f'<section class="notes"><h3>{place} <span>{_words(choice.text)}</span></h3>\n'
        yield _rows(_notes(made, passage, choice))
        yield _quoted(made, choice.debrief.quote) if choice.debrief.quote else ""
        yield "</section>\n"
    yield f"<h3>{escape(say('pack.discuss'))}</h3>\n"
    yield _list([*decision.discuss, say("pack.missing")])


def _notes(made: _Pack, passage: Passage, choice: Choice) -> list[tuple[str, str]]:
    """What the trainer is told of an option, what is good in it before what it costs."""
    scenario = made.scenario
    offered = [
        say("pack.offered-if", condition=condition_in_words(choice.condition, scenario)) if choice.condition else "",
        say("pack.offered-once") if choice.once else "",
    ]
    scores = [say(f"pack.score-{score}") for score in (choice.scores.manager, choice.scores.leader)]
    roles = say("pack.scores-are", manager=scores[0], leader=scores[1])
    labels = [made.course.practice[tag].label for tag in choice.practice if tag in made.course.practice]
    practice = [say("pack.practice", labels=", ".join(labels))] if labels else []
    return [
        ("", " ".join(filter(None, offered))),
        (say("pack.why"), choice.why),
        (say("pack.opened"), choice.debrief.opened),
        (say("pack.closed"), choice.debrief.closed),
        (say("pack.scores"), " ".join([roles, *practice])),
        (say("pack.moved"), " ".join(_moved(scenario, choice.effects))),
        (say("pack.sets"), " ".join(_facts(scenario, choice.effects, "set"))),
        (say("pack.clears"), " ".join(_facts(scenario, choice.effects, "clear"))),
        (say("pack.next"), _next(made, passage, choice)),
    ]


def _moved(scenario: Scenario, effects: Sequence[Effect]) -> Iterator[str]:
    for effect in effects:
        moves = ", ".join(
            say("pack.up" if by > 0 else "pack.down", label=scenario.meters[meter].label)
            for meter, by in effect.change
            if by
        )
        if moves:
            yield f"{_condition(scenario, effect)}{moves}{f': {effect.because}' if effect.because else '.'}"


def _facts(scenario: Scenario, effects: Sequence[Effect], what: str) -> Iterator[str]:
    for effect in effects:
        for name in effect.set if what == "set" else effect.clear:
            yield f"{_condition(scenario, effect)}{fact_in_words(name, scenario)}."


def _condition(scenario: Scenario, effect: Effect) -> str:
    return f"{say('pack.if', condition=condition_in_words(effect.condition, scenario))} " if effect.condition else ""


def _next(made: _Pack, passage: Passage, choice: Choice) -> str:
    """Where an option leads, by every road that was met."""
    ends = {
        road.through[-1]: None for road in made.roads.all if (road.decision, road.choice) == (passage.id, choice.id)
    }
    if not ends:
        return say("pack.never-offered") if made.roads.whole else ""
    order = list(made.scenario.passages)
    places = [_place(made, made.scenario.passages[id]) for id in sorted(ends, key=order.index)]
    told = f" {say('pack.or')} ".join(places)
    return told if len(places) == 1 else say("pack.next-one-of", places=told)


def _place(made: _Pack, passage: Passage) -> str:
    if passage.decision:
        return say("pack.next-decision", number=made.number(passage.id), ask=passage.decision.ask)
    if passage.ending:
        return say("pack.next-ending", title=passage.ending.title)
    return say("pack.next-todo" if passage.todo else "pack.next-stuck")


def _quoted(made: _Pack, id: str) -> str:
    shown = quotation(made.course.source, id, spoken=made.spoken)
    if shown is None:
        return ""
    if shown.quoted:
        return f"<blockquote>“{_words(shown.words)}” <cite>{escape(shown.author)}</cite></blockquote>\n"
    return f"<blockquote>{escape(say('debrief.plainly'))}: {_words(shown.gloss)}</blockquote>\n"


# ---- endings, debrief, quotations -------------------------------------------


def _endings(made: _Pack) -> Iterator[str]:
    yield _head(made, "endings")
    for passage in made.endings:
        ending = passage.ending
        assert ending is not None  # endings only
        yield f'<section class="ending">\n<h3>{_words(ending.title)}</h3>\n'
        yield _p(_roads_to(made, passage.id), "soft")
        yield _when_and_where(made.scenario, passage)
        yield from _text(made.scenario, passage.text)
        yield _rows(_happened(ending.happened))
        yield from (_quoted(made, id) for id in ending.quotes)
        yield "</section>\n"


def _happened(happened: Happened) -> list[tuple[str, str]]:
    return [(say(f"debrief.{who}"), getattr(happened, who)) for who in ("person", "team", "organisation")]


def _roads_to(made: _Pack, id: str) -> str:
    facts = made.proof.endings.get(id)
    if facts is None:
        return say("pack.no-way") if made.proof.complete else ""
    if not facts.shortest:
        return say("pack.at-once")
    all = made.proof.routes
    share = say("pack.ends-here", count=f"{facts.routes:,}", all=f"{all:,}") if facts.routes and all else ""
    story, taken = Story.begin(made.scenario), []
    for choice in facts.shortest:
        taken.append(_options_of(made, [(story.passage.id, choice)]))
        story = story.choose(choice)
    return " ".join(filter(None, [share, say("pack.one-way", options=", ".join(taken))]))


def _debrief(made: _Pack) -> Iterator[str]:
    notes = made.scenario.debrief
    yield _head(made, "debrief")
    yield _p(say("pack.debrief-says"))
    yield '<div class="cards debrief">\n'
    felt = (say(f"debrief.{how}") for how in ("comfortable", "mixed", "uncomfortable"))
    yield _card(1, say("debrief.felt"), _p(say("debrief.felt-ask")), _list(felt))
    yield _card(2, say("debrief.happened"), _p(say("pack.card-happened", part=made.part("endings"))))
    questions = (say(f"pack.card-moments-{what}") for what in ("ask", "good", "cost", "other"))
    yield _card(3, say("pack.card-moments"), _list(questions))
    cards = [
        (say("debrief.says"), [*(_quoted(made, id) for id in notes.quotes), _his_view(made)] if notes.quotes else []),
        (say("debrief.over-to-you"), [_list(notes.questions)] if notes.questions else []),
        (say("debrief.one-thing"), [_p(notes.one_thing, "one"), _p(say("debrief.try-it"))] if notes.one_thing else []),
    ]
    for number, (title, told) in enumerate(((title, told) for title, told in cards if told), start=4):
        yield _card(number, title, *told)
    yield "</div>\n"


def _card(number: int, title: str, *told: str) -> str:
    return f'<div class="card"><h3>{number} {escape(title)}</h3>\n{"".join(told)}</div>\n'


def _his_view(made: _Pack) -> str:
    author = made.course.source.author
    return _p(say("debrief.his-view", author=author), "soft") if author else ""


def _quotes(made: _Pack) -> Iterator[str]:
    source = made.course.source
    yield _head(made, "quotes")
    kind = say("pack.quotes-kind", kind=source.kind) if source.kind else ""
    yield _p(" ".join(filter(None, [say("pack.quotes-from", title=source.title, author=source.author), kind])))
    yield "" if made.spoken else _p(say("pack.quotes-plain"), "soft")
    for id, places in made.quotes.items():
        shown = quotation(source, id, spoken=made.spoken)
        if shown:
            yield f'<section class="quote">\n{_quoted(made, id) if shown.quoted else ""}'
            yield _rows([(say("debrief.plainly"), shown.gloss), (say("debrief.research"), shown.research)])
            yield f"{_p(' · '.join(dict.fromkeys(places)), 'soft')}</section>\n"


# ---- the story in numbers ---------------------------------------------------


def _paper(made: _Pack) -> Iterator[str]:
    yield _head(made, "paper")
    if made.paper is None:
        yield _p(say("pack.paper-too-large"))
        return
    yield f"{_p(say('pack.paper-how'))}{_p(say('pack.paper-numbers'), 'soft')}"
    yield '<div class="entries">\n'
    for entry in made.paper.entries:
        yield f'<section class="entry" id="n{entry.number}">\n<h3>{entry.number}</h3>\n'
        yield from _entry(made, entry)
        yield "</section>\n"
    yield "</div>\n"


def _entry(made: _Pack, entry: Entry) -> Iterator[str]:
    for told in entry.told:
        yield _when_and_where(made.scenario, told.passage)
        yield _told(made.scenario, told.lines)
    passage = entry.passage
    if passage.ending:
        yield f'<p class="ask">{escape(say("pack.end"))} <span>{_words(passage.ending.title)}</span></p>\n'
        yield _p(say("pack.then-debrief", part=made.part("debrief")), "soft")
    elif passage.todo:
        yield _p(say("play.todo", todo=passage.todo), "ask")
    elif entry.stuck:
        yield _p(say("tell.stuck"), "ask")
    elif passage.decision:
        yield f'<p class="ask">{_words(passage.decision.ask)}</p>\n<ul class="turns">\n'
        for turn in entry.turns:
            to = escape(say("pack.turn", to=turn.to))
            yield f"<li><b>{turn.letter}</b> <span>{_words(turn.choice.text)}</span> "
            yield f'<a href="#n{turn.to}">{to}</a></li>\n'
        yield "</ul>\n"


def _always(made: _Pack) -> bool:
    return bool(made.scenario.passages)


PARTS: Final = (
    _Part("running", "pack.running", _running, _always),
    _Part("people", "pack.people", _people, _always),
    _Part("map", "pack.map", _map, lambda made: bool(made.map_svg)),
    _Part("decisions", "pack.decisions-part", _decisions, lambda made: bool(made.decisions)),
    _Part("endings", "pack.endings-part", _endings, lambda made: bool(made.endings)),
    _Part("debrief", "pack.debrief-part", _debrief, _always),
    _Part("quotes", "pack.quotes-part", _quotes, lambda made: bool(made.quotes)),
    _Part("paper", "pack.paper-part", _paper, _always),
)
"""The parts of a pack in the order of print, and when each is there."""

_STYLE: Final = """
@page { size: A4; margin: 17mm 16mm 16mm; font: 9pt Arial, sans-serif; @bottom-right { content: counter(page); } }
* { box-sizing: border-box; }
body { font: 11pt/1.4 "Atkinson Hyperlegible Next", "Segoe UI", "Helvetica Neue", Arial, sans-serif; color: #17252e; }
body { margin: 0; }
h1, h2, h3 { color: #0b3e44; line-height: 1.2; break-after: avoid; }
h1 { font-size: 34pt; margin: 0 0 4mm; }
h2 { font-size: 20pt; margin: 0 0 4mm; }
h3 { font-size: 13pt; margin: 3.5mm 0 1.2mm; }
p { margin: 0 0 2mm; orphans: 2; widows: 2; }
ul, ol { margin: 0 0 2mm; padding-left: 6mm; }
li { margin: 0 0 1mm; }
a { color: inherit; }
.part, .page { break-before: page; }
#decisions, .cover { break-before: auto; }
.tag { font-weight: 600; color: #43545e; margin: 0 0 2mm; }
.soft { color: #43545e; }
.summary { font-size: 14pt; }
dl { margin: 0 0 2mm; }
dt { font-weight: 600; color: #0b3e44; }
dt, dd { display: inline; margin: 0; }
dt::after { content: ": "; }
dt:empty::after { content: ""; }
dd::after { content: ""; display: block; }
.cover { padding-top: 22mm; }
.cover dl, .people { display: grid; grid-template-columns: 36mm 1fr; row-gap: 2mm; margin: 8mm 0; }
.people { margin-top: 0; }
.cover dt::after, .people dt::after { content: ""; }
.never { border: 0.6mm solid #0b3e44; padding: 4mm 5mm 2mm; margin: 6mm 0; }
.never h2 { font-size: 14pt; margin: 0 0 1.5mm; }
nav > ol > li { margin-bottom: 4mm; font-size: 12pt; }
nav > ol > li > a { display: block; font-size: 14pt; font-weight: 600; color: #0b3e44; }
nav ol ol { padding-left: 7mm; margin-top: 1mm; }
nav a { text-decoration: none; }
table { width: 100%; border-collapse: collapse; margin: 0 0 3mm; line-height: 1.3; }
tr { break-inside: avoid; }
th, td { text-align: left; vertical-align: top; padding: 0.6mm 2mm; border-bottom: 0.2mm solid #c9c1b4; }
td:last-child, th:last-child { text-align: right; white-space: nowrap; }
tr th:first-child { white-space: nowrap; }
img { display: block; width: 100%; object-fit: contain; }
#map h2 { margin-bottom: 2mm; }
img.tall { max-height: 225mm; }
img.wide { max-height: 152mm; }
.scene { font-weight: 600; color: #43545e; margin: 2mm 0 0.5mm; break-after: avoid; }
.told { margin: 0 0 1mm; }
.sometimes { border-left: 0.6mm solid #c9c1b4; padding-left: 2.5mm; margin: 0 0 1mm; }
.sometimes i, .before i { color: #43545e; }
.when { font-style: italic; margin: 0; }
.before { margin: 0 0 1mm; }
h2.ask { margin: 4mm 0 3mm; }
p.ask { font-weight: 600; color: #0b3e44; margin: 2mm 0 1mm; break-after: avoid; }
.cards { display: grid; grid-template-columns: 1fr 1fr; border: 0.3mm dashed #17252e; border-width: 0.3mm 0 0 0.3mm; }
.card { border: 0.3mm dashed #17252e; border-width: 0 0.3mm 0.3mm 0; padding: 3.5mm 5mm; break-inside: avoid; }
.room .card { display: flex; gap: 4mm; min-height: 36mm; }
.letter { font-size: 38pt; font-weight: 700; line-height: 1; color: #0b3e44; margin: 0; min-width: 11mm; }
.option { font-size: 16pt; line-height: 1.3; }
.debrief .card { min-height: 66mm; font-size: 12pt; }
.debrief h3 { margin-top: 0; font-size: 15pt; }
.one { font-size: 16pt; font-weight: 600; }
.notes { border-top: 0.3mm solid #0b3e44; padding-top: 1.5mm; margin-top: 2mm; line-height: 1.35; break-inside: avoid; }
.notes h3 { font-size: 12pt; margin: 0 0 1mm; }
.notes dl { margin: 0; }
blockquote { margin: 1mm 0; padding-left: 3mm; border-left: 0.8mm solid #6b3f69; color: #6b3f69; }
cite { font-style: normal; white-space: nowrap; }
.ending, .quote { break-inside: avoid; margin: 0 0 7mm; }
.quote { margin: 0 0 5mm; }
.quote p, .quote dl { margin: 0; }
.entries { columns: 2; column-gap: 9mm; column-rule: 0.2mm solid #c9c1b4; line-height: 1.32; }
.entry { margin: 0 0 5mm; }
.entry h3 { font-size: 16pt; margin: 0 0 1mm; border-bottom: 0.3mm solid #0b3e44; }
.turns { list-style: none; padding: 0; }
.turns li { break-inside: avoid; padding-left: 6mm; text-indent: -6mm; margin: 0 0 0.5mm; }
.turns b { display: inline-block; width: 5mm; text-indent: 0; }
.turns a { font-weight: 600; white-space: nowrap; text-decoration: none; }
@media print { .room { display: flex; flex-direction: column; min-height: 260mm; } .room > .cards { flex: 1 0 auto; } }
@media screen { body { max-width: 178mm; margin: 0 auto; padding: 1em; } }
@media screen { .part, .page { margin-top: 20mm; border-top: 1mm solid #d9d0c2; } }
@media screen { .part > .page:first-child { margin-top: 0; border-top: 0; } .part, .page { padding-top: 8mm; } }
"""
