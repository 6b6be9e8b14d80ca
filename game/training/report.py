"""Owns a finished run as a document: plain text, and one HTML page that stands alone. Never writes a file.

The terminal prints the same text, so a run told, saved or read on screen says the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Final

from game.story import Line, Story, spoken, transcript
from game.training.debriefing import Debrief, Moment, Shown, excerpt
from game.training.drawn import bar_svg, road_svg, share_in_words, square_svg
from game.training.faces import face_of
from game.words import say

_EMPHASIS: Final = re.compile(r"\*(?=\S)([^*\n]+?)(?<=\S)\*")


def debrief_as_text(told: Debrief, story: Story) -> str:
    """The six cards, one after another, for a terminal or a text file. A card with nothing on it is left out."""
    return "\n".join(_cards(told, story)) + "\n"


def run_as_text(told: Debrief, story: Story) -> str:
    """The whole run and its debrief as plain text."""
    heading = f"{told.title}\n{'=' * len(told.title)}"
    you = f"\n{story.scenario.you}\n" if story.scenario.you else ""
    return f"{heading}\n{you}\n{transcript(story)}\n{debrief_as_text(told, story)}"


def _cards(told: Debrief, story: Story) -> Iterator[str]:
    if told.happened:
        yield from _heading(say("debrief.happened"))
        yield from (f"{label}: {text}" for label, text in told.happened)
    for place, moment in enumerate(told.moments):
        yield from _heading(moment_title(place))
        yield from _moment(moment, story)
    if told.says:
        yield from _heading(say("debrief.says"))
        for shown in told.says:
            yield from _quotation(shown)
        yield say("debrief.his-view", author=told.author)
    if told.questions:
        yield from _heading(say("debrief.over-to-you"))
        yield from (f"- {question}" for question in told.questions)
    if told.one_thing:
        yield from _heading(say("debrief.one-thing"))
        yield from (told.one_thing, say("debrief.try-it"))
    yield from _profile(told)


def _heading(words: str) -> tuple[str, ...]:
    return "", words, "-" * len(words)


def moment_title(place: int) -> str:
    """The title of the first, the second or a later moment."""
    return say(("debrief.first-moment", "debrief.second-moment")[place] if place < 2 else "debrief.next-moment")


def moment_rows(moment: Moment) -> tuple[tuple[str, str], ...]:
    """What is said of a moment: label and text, what was decent before what it cost; the empty ones left out."""
    asked = " ".join(filter(None, [moment.asked, moment.fit, moment.contested]))
    rows = (
        (say("debrief.you-did"), moment.chosen),
        (say("debrief.decent"), moment.decent),
        (say("debrief.asked"), asked),
        (say("debrief.opened"), moment.opened),
        (say("debrief.closed"), moment.closed),
        (say("debrief.followed"), " ".join(moment.followed)),
    )
    return tuple((label, text) for label, text in rows if text)


def _moment(moment: Moment, story: Story) -> Iterator[str]:
    yield f"{say('debrief.decision', number=moment.number)}. {moment.ask}"
    for label, text in moment_rows(moment):
        yield f"{label}: {text}"
    if moment.other:
        yield f"{say('debrief.other')}: {moment.other.choice.text}"
        yield say("debrief.other-led")
        yield from (f"    {spoken(story.scenario, line)}" for line in excerpt(moment.other.visit.lines))
        if moment.other.ending:
            yield say("debrief.other-ended", title=moment.other.ending)
    if moment.quote:
        yield from _quotation(moment.quote)


def _quotation(shown: Shown) -> Iterator[str]:
    if shown.quoted:
        yield f"“{shown.words}”"
        yield f"    {shown.author}"
    yield f"{say('debrief.plainly')}: {shown.gloss}"
    if shown.research:
        yield f"{say('debrief.research')}: {shown.research}"


def _profile(told: Debrief) -> Iterator[str]:
    yield from _heading(say("debrief.practice"))
    for act in told.acts:
        practice = f" ({', '.join(act.practice)})" if act.practice else ""
        yield f"{act.number}. {act.chosen}{practice}"
    yield from _heading(say("debrief.profile"))
    shares = told.profile
    for label, share in ((say("debrief.manager"), shares.manager), (say("debrief.leader"), shares.leader)):
        yield f"{label}: {share_in_words(share)}"
    for name, says, _ in told.corners:
        yield f"{name}. {says}"
    if len(told.corners) > 1:
        yield say("debrief.near-middle")
    if told.not_people:
        yield f"“{told.not_people}” {told.author}"


_STYLE: Final = """
body { font: 18px/1.5 system-ui, sans-serif; color: #17252e; background: #fbf7f0; }
body { max-width: 42em; margin: 2em auto; padding: 0 1em; }
h1, h2, h3 { color: #0b3e44; line-height: 1.25; }
h2 { margin-top: 2em; border-top: 2px solid #d9d0c2; padding-top: 1em; }
dt { font-weight: 600; color: #0b3e44; }
dd { margin: 0 0 0.8em; }
blockquote { margin: 1em 0; padding-left: 1em; border-left: 5px solid #6b3f69; color: #6b3f69; }
.who { font-weight: 600; color: #0b3e44; margin: 0.8em 0 0; }
.line { margin: 0.2em 0 0.6em; }
.chosen { background: #e4f0ef; padding: 0.6em 1em; border-radius: 0.5em; }
.soft { color: #43545e; }
svg { display: block; width: 100%; height: auto; }
figure { margin: 1em 0; break-inside: avoid; }
.ending { border-radius: 0.6em; overflow: hidden; }
.square { max-width: 22em; }
.bar { margin: 0.8em 0; }
.bar svg { max-width: 20em; }
.person { display: flex; gap: 1em; align-items: center; margin: 1em 0; break-inside: avoid; }
.person dl { margin: 0; }
.person dd { margin: 0; }
.face { flex: none; width: 5.5em; height: 5.5em; border-radius: 50%; overflow: hidden; background: #e4f0ef; }
@media print {
  body { background: #fff; margin: 0; max-width: none; font-size: 11pt; }
  h2, h3 { break-after: avoid; }
  .chosen, .face { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .ending { max-width: 60%; }
}
"""


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of a page, each an SVG element that fetches nothing: the ending's place, and heads by person's id.

    Empty where there is none.
    """

    ending: str = ""
    heads: Mapping[str, str] = field(default_factory=dict)


def run_as_html(told: Debrief, story: Story, pictures: Pictures | None = None) -> str:
    """The whole run and its debrief as one HTML page, with nothing to fetch and no script."""
    title = escape(told.title)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta name="viewport" content="width=device-width">\n<style>{_STYLE}</style>\n</head>\n<body>\n'
        f"<h1>{title}</h1>\n<p class=soft>{_words_html(story.scenario.you)}</p>\n"
        + "\n".join([*_run_html(story), *_debrief_html(told, story, pictures or Pictures())])
        + "\n</body>\n</html>\n"
    )


def _run_html(story: Story) -> Iterator[str]:
    yield f"<h2>{escape(say('run.title'))}</h2>"
    for step in story.steps:
        if step.before is not None:
            yield from _chosen_html(step)
        for visit in step.visits:
            if visit.passage.when:
                yield f"<h3>{_words_html(visit.passage.when)}</h3>"
            for line in visit.lines:
                if line.when:
                    yield f"<h3>{_words_html(line.when)}</h3>"
                yield _line_html(step, line)
    yield f"<h3>{_words_html(story.ending.title if story.ending else story.passage.todo)}</h3>"


def _chosen_html(step: Story) -> Iterator[str]:
    assert step.before is not None
    chosen = next(choice for choice in step.before.choices if choice.id == step.taken)
    decision = step.before.passage.decision
    yield f"<div class=chosen><p>{_words_html(decision.ask if decision else '')}</p>"
    yield f"<p><b>{escape(say('log.you-chose'))}:</b> {_words_html(chosen.text)}</p></div>"


def _line_html(story: Story, line: Line) -> str:
    who = f"<p class=who>{escape(story.scenario.people[line.speaker].name)}</p>" if line.speaker else ""
    return f"{who}<p class=line>{_words_html(line.text)}</p>"


def _debrief_html(told: Debrief, story: Story, pictures: Pictures) -> Iterator[str]:
    if pictures.ending:
        yield f"<figure class=ending>{pictures.ending}</figure>"
    if told.happened:
        yield f"<h2>{escape(say('debrief.happened'))}</h2>"
        yield from (_happened_html(story, row, pictures) for row in told.happened)
    if told.acts:
        yield f"<h2>{escape(say('road.title'))}</h2><p class=soft>{escape(say('road.legend'))}</p>"
        yield f"<figure class=road>{road_svg(told)}</figure>"
    for place, moment in enumerate(told.moments):
        yield f"<h2>{escape(moment_title(place))}</h2>"
        yield f"<p><b>{escape(say('debrief.decision', number=moment.number))}.</b> {_words_html(moment.ask)}</p>"
        yield _rows_html(moment_rows(moment))
        yield from _other_html(moment, story)
        if moment.quote:
            yield _quotation_html(moment.quote)
    if told.says:
        yield f"<h2>{escape(say('debrief.says'))}</h2>"
        yield from map(_quotation_html, told.says)
        yield f"<p class=soft>{escape(say('debrief.his-view', author=told.author))}</p>"
    if told.questions:
        questions = "".join(f"<li>{_words_html(question)}</li>" for question in told.questions)
        yield f"<h2>{escape(say('debrief.over-to-you'))}</h2><ul>{questions}</ul>"
    if told.one_thing:
        yield f"<h2>{escape(say('debrief.one-thing'))}</h2><p><b>{_words_html(told.one_thing)}</b></p>"
        yield f"<p>{escape(say('debrief.try-it'))}</p>"
    yield from _profile_html(told)


def _happened_html(story: Story, row: tuple[str, str], pictures: Pictures) -> str:
    """What happened to one, beside the face of whoever is named."""
    face = face_of(story, row[1])
    head = pictures.heads.get(face.person.id, "") if face else ""
    return f"<div class=person><div class=face>{head}</div>{_rows_html([row])}</div>" if head else _rows_html([row])


def _other_html(moment: Moment, story: Story) -> Iterator[str]:
    if moment.other is None:
        return
    yield f"<h3>{escape(say('debrief.other'))}</h3><p>{_words_html(moment.other.choice.text)}</p>"
    yield f"<p class=soft>{escape(say('debrief.other-led'))}</p>"
    yield from (_line_html(story, line) for line in excerpt(moment.other.visit.lines))
    if moment.other.ending:
        yield f"<p>{escape(say('debrief.other-ended', title=moment.other.ending))}</p>"


def _quotation_html(shown: Shown) -> str:
    quoted = f"<blockquote>“{_words_html(shown.words)}”<br>{escape(shown.author)}</blockquote>" if shown.quoted else ""
    rows = [(say("debrief.plainly"), shown.gloss), (say("debrief.research"), shown.research)]
    return quoted + _rows_html([row for row in rows if row[1]])


def _words_html(text: str) -> str:
    """An author's words, with `*emphasis*` set as such."""
    return _EMPHASIS.sub(r"<em>\1</em>", escape(text))


def _rows_html(rows: tuple[tuple[str, str], ...] | list[tuple[str, str]]) -> str:
    return "<dl>" + "".join(f"<dt>{escape(label)}</dt><dd>{_words_html(text)}</dd>" for label, text in rows) + "</dl>"


def _profile_html(told: Debrief) -> Iterator[str]:
    yield f"<h2>{escape(say('debrief.practice'))}</h2><ol>"
    for act in told.acts:
        yield f"<li>{_words_html(act.chosen)} <span class=soft>{escape(', '.join(act.practice))}</span></li>"
    yield f"</ol><h2>{escape(say('debrief.profile'))}</h2>"
    if told.points:
        yield f"<p class=soft>{escape(say('square.legend'))}</p><figure class=square>{square_svg(told)}</figure>"
    shares = told.profile
    for label, share in ((say("debrief.manager"), shares.manager), (say("debrief.leader"), shares.leader)):
        yield f"<div class=bar>{escape(label)}: {escape(share_in_words(share))}{bar_svg(share)}</div>"
    yield from (f"<p><b>{escape(name)}.</b> {escape(says)}</p>" for name, says, _ in told.corners)
    if len(told.corners) > 1:
        yield f"<p>{escape(say('debrief.near-middle'))}</p>"
    if told.not_people:
        yield f"<blockquote>“{_words_html(told.not_people)}”<br>{escape(told.author)}</blockquote>"
