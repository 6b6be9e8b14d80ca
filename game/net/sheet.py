"""Owns what one phone shows at a moment, as a value of plain blocks. Never HTML, and never what another phone said.

The page without script and the page with it are drawn from the same sheet, so they cannot say different things.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from game.net.box import Guest
from game.net.cleaning import LONGEST
from game.net.views import Option, RoundView
from game.words import say

TABLES: Final = 99
"""The highest number of a table."""

PEOPLE: Final = 20
"""The most people at a table; 5 to 8 are usual."""


SPOKEN: Final = 2
"""Votes after which a phone is not new: it has been shown what is kept of it, even if it came at an open vote."""


@dataclass(frozen=True, slots=True)
class Says:
    """A paragraph. `look` is "head", "soft", "mine" or ""."""

    text: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Pick:
    """A big button that answers at once: its letter, its words, and whether it is what this phone said."""

    name: str
    value: str
    letter: str
    text: str
    on: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A field to fill in: a number up to `most`, or words of at most so many signs."""

    name: str
    label: str
    value: str
    most: int
    kind: str = "number"


@dataclass(frozen=True, slots=True)
class Send:
    """A button that sends what its form holds, to one of several places: its words, and what it adds."""

    name: str
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Form:
    """What is sent together: hidden `fields`, the parts people touch, and the button's words (none for picks).

    With a `fold`, it is put away under these words until somebody opens it.
    """

    to: str
    fields: Mapping[str, str]
    parts: Sequence[Pick | Entry | Send]
    send: str = ""
    fold: str = ""


Block = Says | Form


@dataclass(frozen=True, slots=True)
class Sheet:
    """All a phone shows: `said` is read out when it changes; `dim` asks people to look away from the phone."""

    blocks: tuple[Block, ...]
    said: str = ""
    dim: bool = False
    over: bool = False


@dataclass(frozen=True, slots=True)
class Own:
    """All that a phone's sheet may depend on beside the view: what it said itself, and never what another did.

    `mine` and `first` are its votes in the view's round and in the one before; `texts` is how many it sent. `new` says
    that it has hardly said anything yet. `claims`, `freed` and `barred` are what a `Guest` has.
    """

    mine: tuple[int, ...] | None = None
    first: tuple[int, ...] | None = None
    table: int | None = None
    people: int = 0
    texts: int = 0
    new: bool = True
    claims: int | None = None
    freed: int | None = None
    barred: int | None = None


def own_of(view: RoundView, guest: Guest) -> Own:
    """What this phone said itself, as far as it matters for this view."""
    first = guest.votes.get(view.before) if view.before else None
    texts = sum(len(guest.texts.get(column, ())) for column in view.columns or (view.round,))
    new = len(guest.votes) < SPOKEN and not guest.texts
    mine = guest.votes.get(view.round)
    return Own(mine, first, guest.table, guest.people, texts, new, guest.claims, guest.freed, guest.barred)


def sheet_of(view: RoundView, own: Own) -> Sheet:
    """What a phone that said this shows for this view."""
    if view.tables and own.table is None and view.step != "end":
        return table_sheet(_turned_away(view, own))
    return STEPS[view.step](view, own)


def join_sheet(code: str, trouble: str = "") -> Sheet:
    """The page of somebody who is not in yet. `trouble` is a sentence on why the last try failed, right below it."""
    field = Entry("code", say("phone.code"), code, 4, "code")
    blocks: list[Block] = [Says(say("phone.join-title"), "head"), Says(say("phone.join"))]
    blocks.append(Form("/j", {}, (field,), say("phone.join-go")))
    if not trouble:
        blocks.append(Says(say("phone.private"), "soft"))
    return Sheet(tuple(blocks), trouble)


def table_sheet(trouble: str = "") -> Sheet:
    """The page of a phone that is to speak for a table, and has not said for which."""
    number = Entry("table", say("phone.table"), "", TABLES)
    people = Entry("people", say("phone.people"), "", PEOPLE)
    form = Form("/v", {}, (number, people), say("phone.table-go"))
    return Sheet((Says(say("phone.table-title"), "head"), form), trouble)


def _turned_away(view: RoundView, own: Own) -> str:
    """Why a phone that has said its table is asked for it again; "" for one that has not."""
    if own.claims is not None:
        return say("phone.table-kept" if own.claims == own.barred else "phone.table-taken", table=own.claims)
    if own.freed is None:
        return ""
    freed = say("phone.table-freed", table=own.freed)
    return f"{freed} {say('phone.table-vote')}" if view.open and view.step == "vote" else freed


def told(option: Option | None) -> str:
    """A choice with its letter, or that there is none."""
    return say("phone.choice", letter=option.letter, words=option.words) if option else say("phone.no-vote")


def _wait(view: RoundView, own: Own) -> Sheet:
    """Nothing to answer: what the room is doing, in a sentence or two; and, as long as it is new, what is kept."""
    head = Says(view.question or say("phone.in"), "head")
    words = map(Says, view.words or (say("phone.look-up"),))
    private = (Says(say("phone.private"), "soft"),) if own.new or not view.words else ()
    return Sheet((head, *words, *_table_line(own), *private))


def _vote(view: RoundView, own: Own) -> Sheet:
    mine = own.mine
    blocks: list[Block] = [Says(view.question, "head"), *map(Says, view.words)]
    if own.first:
        blocks.append(Says(say("phone.first", choice=_letters(view, own.first)), "soft"))
    if view.open:
        blocks += _ballot(view, mine)
        return Sheet((*blocks, *_table_line(own)), _vote_said(view, mine))
    blocks += [Says(told(option)) for option in view.options]
    said = say("phone.closed-mine", choice=_letters(view, mine)) if mine else say("phone.closed")
    return Sheet((*blocks, *_table_line(own)), said)


def _ballot(view: RoundView, mine: tuple[int, ...] | None) -> list[Block]:
    whole = mine is not None and sum(1 for heads in mine if heads) == 1
    picks = tuple(
        Pick("choice", str(index), option.letter, option.words, whole and mine is not None and mine[index] > 0)
        for index, option in enumerate(view.options)
    )
    blocks: list[Block] = [Form("/v", {"round": view.round}, picks)]
    if view.tables:
        heads = tuple(
            Entry(f"h{index}", say("phone.heads-for", letter=option.letter), str(mine[index] if mine else 0), PEOPLE)
            for index, option in enumerate(view.options)
        )
        blocks.append(Form("/v", {"round": view.round}, heads, say("phone.send-heads"), say("phone.share")))
    return blocks


def _vote_said(view: RoundView, mine: tuple[int, ...] | None) -> str:
    if mine is None:
        return say("phone.choose-table") if view.tables else say("phone.choose")
    return say("phone.mine", choice=_letters(view, mine))


def _talk(view: RoundView, own: Own) -> Sheet:
    blocks: list[Block] = [Says(say("phone.talk"), "head"), Says(view.question)]
    mine = say("phone.first", choice=_choices(view, own.mine)) if own.mine else say("phone.not-yet")
    return Sheet((*blocks, Says(mine, "mine"), *_table_line(own)), dim=True)


def _reveal(view: RoundView, own: Own) -> Sheet:
    blocks: list[Block] = [Says(say("phone.look-up"), "head"), Says(view.question), *map(Says, view.words)]
    if view.before:
        blocks.append(Says(say("phone.before", choice=_choices(view, own.first)), "mine"))
        blocks.append(Says(say("phone.after", choice=_choices(view, own.mine)), "mine"))
    elif view.round:
        blocks.append(Says(say("phone.chose", choice=_choices(view, own.mine)), "mine"))
    return Sheet((*blocks, Says(say("phone.only-you"), "soft")))


def _gather(view: RoundView, own: Own) -> Sheet:
    blocks: list[Block] = [Says(view.question, "head"), *map(Says, view.words)]
    if view.open:
        blocks.append(_field(view))
    sent = own.texts
    said = say("phone.sent-one") if sent == 1 else say("phone.sent", count=sent) if sent else ""
    return Sheet(tuple(blocks), said if view.open else say("phone.gather-closed"))


def _field(view: RoundView) -> Form:
    """One field for words; with a button for each column that they can go to."""
    field = Entry("text", say("phone.gather-hint", most=LONGEST), "", LONGEST, "text")
    if not view.columns:
        return Form("/v", {"round": view.round}, (field,), say("phone.gather-go"))
    return Form("/v", {}, (field, *(Send("round", column, say(f"phone.send-{column}")) for column in view.columns)))


def _end(view: RoundView, _own: Own) -> Sheet:
    return Sheet((Says(view.question or say("phone.thanks"), "head"), Says(say("phone.end"))), over=True)


STEPS: Final[Mapping[str, Callable[[RoundView, Own], Sheet]]] = {
    "wait": _wait,
    "vote": _vote,
    "talk": _talk,
    "reveal": _reveal,
    "gather": _gather,
    "end": _end,
}


def _table_line(own: Own) -> tuple[Block, ...]:
    if own.table is None:
        return ()
    return (Says(say("phone.as-table", table=own.table, people=own.people), "soft"),)


def _letters(view: RoundView, heads: tuple[int, ...]) -> str:
    """What a phone said, in letters: "B", or "A 4, C 3" for a table that is of two minds."""
    said = [(option.letter, count) for option, count in zip(view.options, heads, strict=False) if count]
    if len(said) == 1:
        return said[0][0]
    return ", ".join(f"{letter} {count}" for letter, count in said)


def _choices(view: RoundView, heads: tuple[int, ...] | None) -> str:
    """What a phone said, in words where it is one choice."""
    chosen = [option for option, count in zip(view.options, heads or (), strict=False) if count]
    if not heads or not chosen:
        return say("phone.no-vote")
    return told(chosen[0]) if len(chosen) == 1 else _letters(view, heads)
