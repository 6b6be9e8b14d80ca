"""Owns the report of a session as Markdown and as CSV. Never decides what is in it, never writes a file.

What people said is escaped for each: nothing in it can become markup, a link, or a formula of a spreadsheet.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Final

from game.training.room_told import guess_in_words
from game.training.room_votes import FEWEST, SHARES
from game.training.session import UNSAID, UNTOLD, DecisionTold, OptionTold, SessionReport
from game.words import say

_MARKS: Final = re.compile(r"[\\`*_\[\]<|~&$@]|:(?=//)|(?<=www)\.", re.IGNORECASE)
"""Signs that mean something in the middle of a line of Markdown, those of links and addresses included."""

_FIRST: Final = re.compile(r"^(?:[#>+=-]|\d+(?=[.)]))")
"""How a line begins that Markdown would take for a heading, a quotation or a list."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""How a cell may not begin: a spreadsheet would take it for a formula."""

COLUMNS: Final = ("part", "decision", "option", "first round", "second round", "words")

ROUNDS: Final = 2


def minutes(seconds: int) -> str:
    """Seconds as minutes in words, rounded to the nearest; "less than a minute" where that is none."""
    whole = (seconds + 30) // 60
    if not whole:
        return say("session.no-minute")
    return say("session.minute") if whole == 1 else say("session.minutes", count=whole)


def facts(report: SessionReport) -> tuple[tuple[str, str], ...]:
    """What stands at the head of a report: label and words, what is not known left out."""
    rows = (
        (say("session.date"), day(report.on)),
        (say("session.about"), report.about),
        (say("session.cast"), "; ".join(report.cast)),
        (say("session.headcount"), "" if report.headcount is None else str(report.headcount)),
        (say("session.time"), minutes(report.seconds) if report.seconds else ""),
        (say("session.scenario"), say("session.edition", scenario=report.scenario, digest=report.digest)),
    )
    return tuple((label, words) for label, words in rows if words)


def warnings(report: SessionReport) -> tuple[str, ...]:
    """What a reader must know before all else: that the people were made up, or that the session was cut short."""
    left = report.finished and bool(report.decisions) and not report.ending
    told = (("made-up", report.made_up), ("unfinished", not report.finished), ("left", left))
    return tuple(say(f"session.{what}") for what, fits in told if fits)


def day(on: str) -> str:
    """A date YYYY-MM-DD as it is read, such as "25 November 2026"."""
    year, month, number = on.split("-")
    return say("session.day", day=int(number), month=say(f"session.month-{int(month)}"), year=year)


def road(report: SessionReport) -> tuple[str, ...]:
    """What the room did at each decision, in the words of the story."""
    return tuple(
        next(
            (
                say("session.road-step", ask=decision.ask, letter=option.letter, text=option.text)
                for option in decision.options
                if option.taken
            ),
            say("session.road-open", ask=decision.ask),
        )
        for decision in report.decisions
    )


def reading(report: SessionReport) -> tuple[str, ...]:
    """How to read the numbers of this report, for somebody who was not there; nothing where there are none."""
    options = [option for decision in report.decisions for option in decision.options]
    guesses = set().union(*map(_guesses, report.decisions))
    told = (
        ("twice", any(len(decision.totals) == ROUNDS for decision in report.decisions)),
        ("letters", True),
        ("passing", True),
        ("moves", any(decision.moves for decision in report.decisions)),
        ("guess", not guesses.isdisjoint(SHARES)),
        ("edition", True),
    )
    return tuple(say(f"session.read-{what}") for what, fits in told if fits) if options else ()


def option_name(option: OptionTold) -> str:
    """An option's letter and words, and whether it was played."""
    return say("session.played" if option.taken else "session.letter", letter=option.letter, text=option.text)


def round_names(decision: DecisionTold) -> tuple[str, ...]:
    """What stands over the numbers of a decision: both rounds and the change, or the one round."""
    if len(decision.totals) < ROUNDS:
        return (say("session.once"),)
    return say("session.first"), say("session.second"), say("session.change")


def before(option: OptionTold) -> str:
    """One option in the first round: heads and per cent, or the guess."""
    return _cell(option.before, option.before_percent, option.before_guess)


def after(option: OptionTold) -> str:
    """One option in the second round; empty where there was none."""
    return "" if option.after is None else _cell(option.after, option.after_percent or 0, option.after_guess)


def change(option: OptionTold) -> str:
    """What an option gained or lost, in words; empty where it cannot be said."""
    by = option.change
    if by is None:
        return ""
    return say("session.same") if not by else say("session.up" if by > 0 else "session.down", heads=abs(by))


def _cell(heads: int, percent: int, guess: str) -> str:
    if guess == UNTOLD:
        return say("session.untold")
    if guess == UNSAID:
        return say("session.counted", heads=heads) if heads else say("session.unsaid")
    return guess_in_words(guess, heads) if guess else say("session.heads", heads=heads, percent=percent)


def totals(decision: DecisionTold) -> tuple[str, ...]:
    """How many voted in each round that was held; where it was guessed and nobody was counted, that."""
    rounds = [[option.before_guess for option in decision.options], [option.after_guess for option in decision.options]]
    return tuple(
        say("session.not-counted") if any(guesses) and not heads else str(heads)
        for heads, guesses in zip(decision.totals, rounds, strict=False)
    )


def decision_lines(decision: DecisionTold) -> tuple[str, ...]:
    """What is said below the numbers of a decision: who moved, the branch and why, what-ifs, the talk."""
    moved = say("session.few", fewest=FEWEST) if UNTOLD in _guesses(decision) else " ".join(decision.moves)
    lines = [moved] if moved else []
    if decision.why and len(decision.totals) < ROUNDS:
        lines.append(say("session.one-late" if decision.late else "session.one-vote"))
    lines.append(decision.why or say("session.open"))
    if decision.what_ifs:
        lines.append(say("session.what-ifs", letters=", ".join(decision.what_ifs)))
    lines += [say("session.would", letter=letter, words=words) for letter, words in decision.would]
    if decision.talked:
        lines.append(say("session.talked", minutes=minutes(decision.talked)))
    return tuple(lines)


def _guesses(decision: DecisionTold) -> set[str]:
    return {guess for option in decision.options for guess in (option.before_guess, option.after_guess)}


def table_name(table: str) -> str:
    """What a table is called in a report; all the others together have no number."""
    return say("session.table", table=table) if table else say("session.others")


# ---- Markdown ---------------------------------------------------------------


def session_as_markdown(report: SessionReport) -> str:
    """The report as Markdown with plain tables. The same bytes for the same report."""
    lines = [f"# {_md(say('session.title', title=report.title))}", "", _md(say("session.what")), ""]
    for words in warnings(report):
        lines += [f"**{_md(words)}**", ""]
    lines += [f"- {_md(label)}: {_md(words)}" for label, words in facts(report)]
    lines += _in_short_md(report)
    for decision in report.decisions:
        lines += ["", *_decision_md(decision)]
    lines += _said_md(report)
    if report.quotations:
        lines += ["", f"## {_md(say('session.quotations'))}"]
        if report.source:
            lines += ["", _md(say("session.source", source=report.source))]
        for quoted in report.quotations:
            lines += ["", f"> {_md(_quote(quoted.words, quoted.gloss))}  ", f"> {_md(quoted.author)}"]
    return "\n".join(lines) + "\n"


def _in_short_md(report: SessionReport) -> Iterator[str]:
    """What the room did, how it ended, and how to read the numbers that come next."""
    if report.decisions:
        yield from ("", f"## {_md(say('session.road'))}", "")
        yield from (f"{number}. {_md(words)}" for number, words in enumerate(road(report), start=1))
    if report.ending:
        yield from ("", f"## {_md(say('session.ended', ending=report.ending))}", "")
        yield from (f"- {_md(words)}" for words in report.followed)
    if report.decisions:
        yield from ("", f"## {_md(say('session.read'))}", "", *(f"- {_md(words)}" for words in reading(report)))


def _said_md(report: SessionReport) -> Iterator[str]:
    if any(said for _, said in report.gathered):
        yield from ("", f"## {_md(say('session.said'))}", "", _md(say("session.said-what")))
    for column, said in report.gathered:
        if said:
            yield from ("", f"### {_md(say(f'session.column.{column}'))}", "", *(f"- {_md(line)}" for line in said))


def _quote(words: str, gloss: str) -> str:
    return f"“{words}”" if words else gloss


def _decision_md(decision: DecisionTold) -> Iterator[str]:
    yield f"## {_md(say('session.decision', number=decision.number, ask=decision.ask))}"
    yield ""
    twice = len(decision.totals) == ROUNDS
    heads = [say("session.option"), *round_names(decision)]
    yield _row_md(heads)
    yield "|" + " --- |" * len(heads)
    for option in decision.options:
        yield _row_md([option_name(option), before(option), *([after(option), change(option)] if twice else [])])
    yield _row_md([say("session.voted"), *totals(decision), *([""] if twice else [])])
    yield ""
    yield from (f"- {_md(line)}" for line in decision_lines(decision))
    if decision.tables:
        letters = [option.letter for option in decision.options]
        yield ""
        yield _row_md([say("session.by-table"), *letters])
        yield "|" + " --- |" * (len(letters) + 1)
        yield from (_row_md([table_name(row.table), *map(str, row.heads)]) for row in decision.tables)


def _row_md(cells: Sequence[str]) -> str:
    return "| " + " | ".join(map(_md, cells)) + " |"


def _md(words: str) -> str:
    """Words that mean only themselves in Markdown, on one line."""
    line = _MARKS.sub(lambda mark: f"\\{mark[0]}", " ".join(words.split()))
    return _FIRST.sub(lambda first: f"{first[0]}\\" if first[0].isdigit() else f"\\{first[0]}", line)


# ---- CSV --------------------------------------------------------------------


def session_as_csv(report: SessionReport) -> str:
    """The report as one table for a spreadsheet: a row for each fact, option, move and line, never for a person.

    It begins with a byte order mark, without which Excel reads curly quotes and accents as nonsense.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in _rows(report):
        writer.writerow([cell(text) for text in row])
    return "\ufeff" + out.getvalue()


def cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    words = " ".join(text.split())
    return f"'{words}" if words.startswith(_FORMULA) else words


def _rows(report: SessionReport) -> Iterator[tuple[str, str, str, str, str, str]]:
    yield "title", "", "", "", "", report.title
    yield "rehearsal", "", "", "", "", "yes" if report.made_up else "no"
    yield "about", "", "", "", "", report.about
    yield from (("cast", "", "", "", "", line) for line in report.cast)
    yield "date", "", "", "", "", report.on
    yield "scenario", "", "", "", "", report.scenario
    yield "digest", "", "", "", "", report.digest
    yield "headcount", "", "", "", "", "" if report.headcount is None else str(report.headcount)
    yield "seconds", "", "", "", "", str(report.seconds)
    yield "finished", "", "", "", "", "yes" if report.finished else "no"
    for decision in report.decisions:
        yield from _decision_rows(decision)
    yield "ending", "", "", "", "", report.ending
    yield from (("followed", "", "", "", "", line) for line in report.followed)
    for column, said in report.gathered:
        yield from ((column, "", "", "", "", line) for line in said)
    for quoted in report.quotations:
        yield "quotation", "", "", "", "", f"{_quote(quoted.words, quoted.gloss)} {quoted.author}".strip()


def _number(heads: int, guess: str) -> str:
    told = {UNTOLD: say("session.untold"), UNSAID: str(heads or ""), "": str(heads)}
    return told.get(guess, guess)


def _by_round(decision: DecisionTold, held: list[str]) -> tuple[str, str]:
    """What belongs to the first round and to the second, of what the rounds that were held come to."""
    first, second = ["", *held] if decision.late else [*held, ""][:ROUNDS]
    return first, second


def _decision_rows(decision: DecisionTold) -> Iterator[tuple[str, str, str, str, str, str]]:
    number = str(decision.number)
    yield "question", number, "", "", "", decision.ask
    for option in decision.options:
        again = [] if option.after is None else [_number(option.after, option.after_guess)]
        first, second = _by_round(decision, [_number(option.before, option.before_guess), *again])
        yield "option", number, option.letter, first, second, option.text
    first, second = _by_round(decision, list(map(str, decision.totals)))
    yield "voted", number, "", first, second, ""
    yield from (("moved", number, "", "", "", line) for line in decision.moves)
    for row in decision.tables:
        for option, heads in zip(decision.options, row.heads, strict=True):
            yield "table", number, option.letter, "", str(heads), table_name(row.table)
    yield "branch", number, decision.branch, "", "", decision.why
    yield from (("what if", number, letter, "", "", "") for letter in decision.what_ifs)
    yield from (("would go there", number, letter, "", "", words) for letter, words in decision.would)
    yield "talk, seconds", number, "", "", "", str(decision.talked)
