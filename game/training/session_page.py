"""Owns the report of a session as one web page with charts, to read and to print, and several laid side by side.

A page stands alone: nothing to fetch and no script. Never decides what is in a report, never writes a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from game.pictures import framed
from game.training.drawn import INKS
from game.training.room_votes import SHARES
from game.training.session import DecisionTold, OptionTold, SessionReport
from game.training.session_text import (
    ROUNDS,
    after,
    before,
    change,
    day,
    decision_lines,
    facts,
    minutes,
    option_name,
    reading,
    road,
    round_names,
    table_name,
    totals,
    warnings,
)
from game.words import say

_STYLE: Final = """
body { font: 18px/1.5 system-ui, sans-serif; color: #17252e; background: #fbf7f0; }
body { max-width: 46em; margin: 2em auto; padding: 0 1em; }
h1, h2, h3 { color: #0b3e44; line-height: 1.25; }
h2 { margin-top: 2em; border-top: 2px solid #d9d0c2; padding-top: 1em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2em 1.2em; }
dt { font-weight: 600; color: #0b3e44; }
dd { margin: 0; }
table { border-collapse: collapse; width: 100%; margin: 1em 0; }
th, td { text-align: left; vertical-align: top; padding: 0.35em 0.8em 0.35em 0; border-bottom: 1px solid #d9d0c2; }
td.number, th.number { text-align: right; white-space: nowrap; }
thead th { vertical-align: bottom; }
tbody th { font-weight: 400; }
tr.taken td, tr.taken th, td.taken { font-weight: 600; }
table.met { table-layout: fixed; }
.met td, .met th { text-align: left; white-space: normal; overflow-wrap: break-word; }
.met th { width: 7.5em; }
.met th:first-child { width: 12em; }
.met svg { max-width: 7em; margin-bottom: 0.2em; }
.rooms td, .rooms thead th.number { text-align: left; }
.scroll { overflow-x: auto; }
li { overflow-wrap: anywhere; }
blockquote { margin: 1em 0; padding-left: 1em; border-left: 5px solid #6b3f69; color: #6b3f69; }
figure { margin: 1em 0; break-inside: avoid; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
.soft { color: #43545e; }
body.wide { max-width: 64em; }
dd { overflow-wrap: anywhere; }
@media screen and (max-width: 40em) {
  body { font-size: 16px; margin: 1em auto; }
  dl { display: block; }
  dd { margin-bottom: 0.4em; }
  th, td { padding-right: 0.5em; }
  td.number, th.number { white-space: normal; font-size: 14px; }
  figure text { font-size: 24px; }
}
@page { margin: 16mm 15mm; }
@media print {
  body { background: #fff; margin: 0; max-width: none; padding: 0; font-size: 10pt; line-height: 1.35; }
  h2, h3 { break-after: avoid; }
  h2 { font-size: 1.3em; margin: 0.8em 0 0.4em; padding-top: 0.5em; }
  ul, ol, table, figure { margin: 0.4em 0; }
  th, td { padding-top: 0.2em; padding-bottom: 0.2em; }
  figure { max-width: 8cm; }
  figure text { font-size: 21px; }
  h3 { margin: 0.8em 0 0.3em; }
  p, blockquote { margin: 0.5em 0; }
  tr, li, blockquote, section { break-inside: avoid; }
  svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""

_TABLE_END: Final = "</tbody></table>"
_WIDE: Final = 680
_BAR: Final = 480
_THICK: Final = 22
_ROW: Final = 64
_PALE: Final = "#9dbdbb"


def session_as_html(report: SessionReport) -> str:
    """The report as one HTML page. The same bytes for the same report."""
    return _page(say("session.title", title=report.title), "", _report(report))


def _page(title: str, kind: str, parts: Iterator[str]) -> str:
    name = escape(title)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{name}</title>\n'
        f'<meta name="viewport" content="width=device-width">\n<style>{_STYLE}</style>\n</head>\n<body{kind}>\n'
        f"<main>\n<h1>{name}</h1>\n" + "\n".join(parts) + "\n</main>\n</body>\n</html>\n"
    )


def _report(report: SessionReport) -> Iterator[str]:
    yield f"<p class=soft>{escape(say('session.what'))}</p>"
    for words in warnings(report):
        yield f"<p><b>{escape(words)}</b></p>"
    yield (
        "<dl>"
        + "".join(f"<dt>{escape(label)}</dt><dd>{escape(words)}</dd>" for label, words in facts(report))
        + "</dl>"
    )
    yield from _in_short(report)
    for decision in report.decisions:
        yield from _decision(decision)
    yield from _said(report)
    yield from _quotations(report)


def _in_short(report: SessionReport) -> Iterator[str]:
    """What the room did, how it ended, and how to read the numbers that come next."""
    if report.decisions:
        yield f"<h2>{escape(say('session.road'))}</h2>{_list(road(report), 'ol')}"
    if report.ending:
        yield f"<h2>{escape(say('session.ended', ending=report.ending))}</h2>{_list(report.followed)}"
    if report.decisions:
        yield f"<h2>{escape(say('session.read'))}</h2>{_list(reading(report))}"


def _said(report: SessionReport) -> Iterator[str]:
    if any(said for _, said in report.gathered):
        yield f"<h2>{escape(say('session.said'))}</h2><p class=soft>{escape(say('session.said-what'))}</p>"
    for column, said in report.gathered:
        if said:
            yield f"<h3>{escape(say(f'session.column.{column}'))}</h3>{_list(said)}"


def _quotations(report: SessionReport) -> Iterator[str]:
    if report.quotations:
        yield f"<h2>{escape(say('session.quotations'))}</h2>"
        if report.source:
            yield f"<p class=soft>{escape(say('session.source', source=report.source))}</p>"
    for quoted in report.quotations:
        words = f"“{quoted.words}”" if quoted.words else quoted.gloss
        yield f"<blockquote>{escape(words)}<br>{escape(quoted.author)}</blockquote>"


def _list(lines: Sequence[str], kind: str = "ul") -> str:
    return f"<{kind}>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + f"</{kind}>" if lines else ""


def _decision(decision: DecisionTold) -> Iterator[str]:
    yield f"<section><h2>{escape(say('session.decision', number=decision.number, ask=decision.ask))}</h2>"
    twice = len(decision.totals) == ROUNDS
    if any(_size(option, second) for option in decision.options for second in (False, True)):
        legend = say("session.legend" if twice else "session.legend-once")
        yield f"<figure>{votes_svg(decision)}<figcaption class=soft>{escape(legend)}</figcaption></figure>"
    yield _table_head(say("session.option"), round_names(decision))
    for option in decision.options:
        name = option_name(option)
        cells = [before(option), *([after(option), change(option)] if twice else [])]
        yield _table_row(name, cells, " class=taken" if option.taken else "")
    yield _table_row(say("session.voted"), [*totals(decision), *([""] if twice else [])]) + _TABLE_END
    yield _list(decision_lines(decision))
    if decision.tables:
        yield _table_head(say("session.by-table"), [option.letter for option in decision.options])
        yield from (_table_row(table_name(row.table), list(map(str, row.heads))) for row in decision.tables)
        yield _TABLE_END
    yield "</section>"


def _table_head(first: str, heads: Sequence[str], kind: str = "") -> str:
    cells = "".join(f"<th scope=col class=number>{escape(head)}</th>" for head in heads)
    return f"<table{kind}><thead><tr><th scope=col>{escape(first)}</th>{cells}</tr></thead><tbody>"


def _table_row(first: str, cells: Sequence[str], kind: str = "") -> str:
    rest = "".join(f"<td class=number>{_kept(text)}</td>" for text in cells)
    return f"<tr{kind}><th scope=row>{escape(first)}</th>{rest}</tr>"


# ---- the chart --------------------------------------------------------------


def votes_svg(decision: DecisionTold) -> str:
    """Both rounds as bars, one option below another: the first pale and above, the second dark and below.

    Each bar's number stands at its end, and the whole is told in words to whoever cannot see it.
    """
    most = max((_size(option, second) for option in decision.options for second in (False, True)), default=0) or 1
    shapes: list[str] = []
    for place, option in enumerate(decision.options):
        top = place * _ROW + 4
        shapes.append(
            _letters(24, top + _THICK + 7, option.letter, 'font-weight="600" font-size="22" text-anchor="middle"')
        )
        shapes.append(_bar(top, _size(option, False) / most, before(option), _PALE))
        if option.after is not None:
            shapes.append(_bar(top + _THICK + 2, _size(option, True) / most, after(option), INKS.strong))
    return framed("".join(shapes), f"0 0 {_WIDE} {len(decision.options) * _ROW}", _in_words(decision))


def _size(option: OptionTold, second: bool) -> int:
    """How long a bar is: heads, and a guess as if at a hundred."""
    guess, heads = (option.after_guess, option.after or 0) if second else (option.before_guess, option.before)
    return SHARES.get(guess, 0) + heads


def _bar(top: float, part: float, words: str, colour: str) -> str:
    wide = max(2.0, round(_BAR * part, 1))
    rect = f'<rect x="52" y="{top:g}" width="{wide:g}" height="{_THICK}" rx="3" fill="{colour}"/>'
    return rect + _letters(52 + wide + 10, top + 17, words, 'font-size="17"')


def _letters(x: float, y: float, words: str, kind: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" font-family="system-ui, sans-serif" fill="#17252e" {kind}>{escape(words)}</text>'


def _in_words(decision: DecisionTold) -> str:
    told = []
    for option in decision.options:
        if option.after is None:
            told.append(say("session.chart-once", letter=option.letter, before=before(option)))
        else:
            told.append(say("session.chart-twice", letter=option.letter, before=before(option), after=after(option)))
    return " ".join(told)


# ---- side by side -----------------------------------------------------------


def sessions_as_html(reports: Sequence[SessionReport]) -> str:
    """Several sessions of one course side by side: at each decision, how each room voted and what it then did.

    Rooms stand in the order given and are called by it. Sessions of other scenarios have their own part.
    """
    return _page(say("session.side-title"), " class=wide", _side(reports))


def _side(reports: Sequence[SessionReport]) -> Iterator[str]:
    yield f"<p class=soft>{escape(say('session.side-what'))}</p>"
    for scenario in dict.fromkeys(report.scenario for report in reports):
        rooms = [(number, report) for number, report in enumerate(reports, start=1) if report.scenario == scenario]
        yield f"<h2>{escape(rooms[0][1].title)}</h2>"
        if len({report.digest for _, report in rooms}) > 1:
            yield f"<p><b>{escape(say('session.side-editions'))}</b></p>"
        yield from _rooms(rooms)
        yield from _roads(rooms)
        yield from _met(rooms)


def _rooms(rooms: Sequence[tuple[int, SessionReport]]) -> Iterator[str]:
    """A row for each room: its day, its people, its minutes and its ending; its edition where they are not the same."""
    editions = len({report.digest for _, report in rooms}) > 1
    names = ["session.date", "session.headcount", "session.time", "session.ending"]
    heads = [*map(say, names), *([say("session.side-edition")] if editions else [])]
    yield _scroll(say("session.rooms")) + _table_head(say("session.room"), heads, " class=rooms")
    for number, report in rooms:
        people = "" if report.headcount is None else str(report.headcount)
        time = minutes(report.seconds) if report.seconds else ""
        ending = report.ending or say("session.no-ending")
        cells = [day(report.on), people, time, ending, *([report.digest] if editions else [])]
        yield _table_row(say("session.room-number", number=number), cells)
    yield f"{_TABLE_END}</div>"


def _roads(rooms: Sequence[tuple[int, SessionReport]]) -> Iterator[str]:
    """What each room did at each decision, in one look, and where they parted."""
    yield f"<h3>{escape(say('session.roads'))}</h3>"
    heads = [say("session.room-number", number=number) for number, _ in rooms]
    yield _scroll(say("session.roads")) + _table_head(say("session.side-decision"), heads, " class=met")
    for passage in _passages(rooms):
        met = [(number, _of(report, passage)) for number, report in rooms]
        ask = next(decision.ask for _, decision in met if decision)
        cells = "".join(_road_cell(decision) for _, decision in met)
        yield f"<tr><th scope=row>{escape(ask)}<br>{_parted(met)}</th>{cells}</tr>"
    yield f"{_TABLE_END}</div>"


def _road_cell(decision: DecisionTold | None) -> str:
    if decision is None:
        return f"<td class=soft>{escape(say('session.not-met'))}</td>"
    if decision.taken is None:
        return f"<td class=soft>{escape(say('session.not-decided'))}</td>"
    return f"<td>{escape(decision.taken.text)}</td>"


def _parted(met: Sequence[tuple[int, DecisionTold | None]]) -> str:
    """Whether the rooms that decided here went the same way; set strong where they did not."""
    came = [(number, decision.taken.id) for number, decision in met if decision and decision.taken]
    if not came:
        words = say("session.parted-nobody")
    elif len(came) == 1:
        words = say("session.parted-one", number=came[0][0])
    elif len({id for _, id in came}) > 1:
        return f"<b>{escape(say('session.parted'))}</b>"
    else:
        words = say("session.parted-not")
    return f"<span class=soft>{escape(words)}</span>"


def _passages(rooms: Sequence[tuple[int, SessionReport]]) -> tuple[str, ...]:
    """Each decision that any room met, in the order first met."""
    return tuple(dict.fromkeys(decision.passage for _, report in rooms for decision in report.decisions))


def _met(rooms: Sequence[tuple[int, SessionReport]]) -> Iterator[str]:
    """How each room voted at each decision; one met twice in a room is told by its first time."""
    for passage in _passages(rooms):
        met = [(number, _of(report, passage)) for number, report in rooms]
        first = next(decision for _, decision in met if decision)
        yield f"<section><h3>{escape(first.ask)}</h3><p>{_parted(met)}</p>"
        heads = [say("session.room-number", number=number) for number, _ in met]
        yield _scroll(first.ask) + _table_head(say("session.option"), heads, " class=met")
        options = _options(decision for _, decision in met)
        for row, (id, text) in enumerate(options):
            cells = "".join(_met_cell(decision, id, 0 if row else len(options)) for _, decision in met)
            yield f"<tr><th scope=row>{escape(text)}</th>{cells}</tr>"
        yield f"{_TABLE_END}</div></section>"


def _scroll(name: str) -> str:
    """What a wide table moves in; the keyboard reaches it, and it has a name to be read out."""
    return f'<div class=scroll role=group tabindex=0 aria-label="{escape(name)}">'


def _of(report: SessionReport, passage: str) -> DecisionTold | None:
    return next((decision for decision in report.decisions if decision.passage == passage), None)


def _options(decisions: Iterator[DecisionTold | None]) -> tuple[tuple[str, str], ...]:
    """Every option that was on offer in any room, with its words."""
    found: dict[str, str] = {}
    for decision in decisions:
        for option in decision.options if decision else ():
            found.setdefault(option.id, option.text)
    return tuple(found.items())


def _met_cell(decision: DecisionTold | None, id: str, rows: int) -> str:
    """How one room voted for an option; the one it went with is set strong, and who decided is said in words.

    A room that did not come here says so once, in a cell as high as all the `rows`, and nothing in the next ones.
    """
    if decision is None:
        return f"<td class=soft rowspan={rows}>{escape(say('session.not-met'))}</td>" if rows else ""
    option = next((option for option in decision.options if option.id == id), None)
    if option is None:
        return f"<td class=soft>{escape(say('session.not-offered'))}</td>"
    words = before(option) if option.after is None else say("session.then", before=before(option), after=after(option))
    if option.taken:
        words = say(f"session.taken-{decision.settled}" if decision.settled else "session.taken", words=words)
    return f"<td{' class=taken' if option.taken else ''}>{_small_bars(option)}{_kept(words)}</td>"


def _kept(words: str) -> str:
    """Words for a narrow cell, with each number and its per cent kept on one line."""
    return escape(words).replace(" (", "\u00a0(").replace(" %", "\u00a0%")


def _small_bars(option: OptionTold) -> str:
    """Both rounds of one option as two small bars, in per cent of that round. Its words stand below."""
    parts = [(option.before_guess, option.before_percent, _PALE)]
    if option.after is not None:
        parts.append((option.after_guess, option.after_percent or 0, INKS.strong))
    shapes = "".join(
        f'<rect x="0" y="{place * 9}" width="{max(1, SHARES.get(guess, percent))}" height="8" fill="{colour}"/>'
        for place, (guess, percent, colour) in enumerate(parts)
    )
    return framed(shapes, f"0 0 100 {len(parts) * 9}", "")
