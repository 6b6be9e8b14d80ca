"""Owns what wants a second thought while a session is led: what is asked, and how. Never acts on the answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from game.net import Gathered
from game.screens.room_words import likest
from game.training import Room, Step
from game.ui import Meaning
from game.words import say

What = Literal["full", "quit", "finish", "reveal", "words", "same", "away"]
"""What can be asked: to fill the screen, to leave, to leave the story, to show the count early, to look at words from
phones on the one screen, which line says the same as they do, which line goes."""

EXCERPT: Final = 80
"""Letters of a line that is asked about, at the most: the whole of it is on the wall already."""

TURNS: Final = {Meaning.SAME: "same", Meaning.NOTE_AWAY: "away"}
"""Keys that ask about the next line instead, where they asked about one."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question that waits for Enter; `turn` is how many lines were asked about before this one."""

    what: What
    turn: int = 0

    def turned(self) -> Asking:
        """About the next line."""
        return replace(self, turn=self.turn + 1)

    def away(self, room: Room) -> int:
        """The place of the line that may go: so many before the newest, and then round again."""
        return len(room.lines) - 1 - self.turn % len(room.lines)

    def same(self, room: Room, gathered: Gathered) -> int:
        """The place of the line that is proposed as saying the same as the oldest words from phones."""
        places = likest(room, gathered.waiting[0])
        return places[self.turn % len(places)]

    def words(self, room: Room, gathered: Gathered, *, full: bool) -> str:
        """The question, as it is shown."""
        if self.what == "full":
            return say("present.ask-window" if full else "present.ask-full")
        if self.what == "same":
            line = room.lines[self.same(room, gathered)].words
            return say("present.ask-same", words=gathered.waiting[0].words, line=line)
        if self.what == "away":
            return say("present.ask-away", line=_excerpt(room.lines[self.away(room)].words))
        if self.what == "quit" and room.present.step is Step.CLOSE:
            return say("present.ask-close")
        return say(f"present.ask-{self.what}")


def question_of(what: What, room: Room) -> Asking | None:
    """The question, where it means something now. After the story, leaving it means closing the session."""
    if what == "finish" and room.present.step is Step.CLOSE:
        what = "quit"
    useless = (what == "reveal" and not room.may_reveal) or (what == "finish" and room.finish() == room)
    return None if useless else Asking(what)


def _excerpt(words: str) -> str:
    return words if len(words) <= EXCERPT else f"{words[: EXCERPT - 1].rstrip()}…"
