"""The trainer's own window holds what it says, at every page of a session and in windows of every size."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from game.screens.room_clock import Left
from game.screens.room_entry import Counting, Noting
from game.screens.room_presenter import Button, Desk, Entry, presented
from game.screens.room_slide import Now
from game.training import COLUMNS, Step
from game.ui import Metrics, Thing
from tests.pilot import words_of
from tests.room.rooms import to_step
from tests.room.test_screens_layout import fonts as fonts  # a fixture
from tests.room.test_screens_layout import kit, rooms, type_

SIZES = ((922, 652), (1024, 600), (1024, 768), (1280, 720), (1920, 1080))
BUTTONS = tuple(
    Button(str(number), words, lambda: None)
    for number, words in enumerate(
        ("Back (Page Up)", "Next (Page Down)", "Blank (.)", "Count (H)", "30 s more (T)", "Note (N)", "What if (O)")
    )
)


def desk(*, entry: Entry = None, masked: bool = False, asked: str = "") -> Desk:
    left = Left("groups", 75, 120)
    told = ("The report: /home/somebody/Documents/upstream-room-late-again-2026-11-25.html",)
    counters = tuple(lambda _by: None for _ in range(3))
    return Desk(left, entry, asked, told, masked, True, (1280, 720), 0, 1, BUTTONS, counters)


def own(root: Thing) -> list[Thing]:
    """What the page itself says: not what the small pictures of the projector do."""
    return [thing for child in root.children if not child.clips for thing in child.walk() if thing.text is not None]


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("size", SIZES)
def test_everything_is_inside_the_window_and_nothing_lies_upon_another(size: tuple[int, int], scale: float) -> None:
    m = Metrics(*size, scale, type_())
    for room in rooms("late-again"):
        noting = Noting(COLUMNS, "ideas", "Ask Dev what he thinks of the rota on Thursdays")
        for entry in (None, Counting("12 A 9 B", reason="‘9’ stands alone."), noting):
            found = own(presented(m, kit(), room, desk(entry=entry)))
            for thing in found:
                assert thing.rect.within(m.window), (room.spot, thing.name, thing.rect)
            for place, one in enumerate(found):
                for other in found[place + 1 :]:
                    shared = one.rect.meet(other.rect)
                    assert not (shared.w and shared.h), (room.spot, one.name, other.name)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("size", SIZES)
def test_the_small_pictures_lie_on_nothing(size: tuple[int, int], scale: float) -> None:
    """Neither the one below the other, nor the lower one upon the buttons."""
    m = Metrics(*size, scale, type_())
    for room in rooms("late-again"):
        root = presented(m, kit(), room, desk())
        pictures = [child.rect for child in root.children if child.clips]
        for place, one in enumerate(pictures):
            assert one.within(m.window)
            others = [thing.rect for thing in own(root)] + pictures[place + 1 :]
            for other in others:
                shared = one.meet(other)
                assert not (shared.w and shared.h), (room.spot, one, other)


def test_with_phones_it_says_what_applies_to_phones_and_to_cards() -> None:
    m = Metrics(1280, 720, 1.0, type_())
    for step, told in (
        (Step.SILENT, "Phones can vote now."),
        (Step.SHOW, "Wait for the phones. Are there cards too?"),
        (Step.SHOW_AGAIN, "Wait for the phones once more. Are there cards too?"),
    ):
        room = next(room for room in rooms("late-again") if room.step is step)
        said = " ".join(map(words_of, own(presented(m, kit(), room, replace(desk(), now=Now(phones=True))))))
        assert told in said
        assert told not in " ".join(map(words_of, own(presented(m, kit(), room, desk()))))


def test_a_question_that_waits_comes_first() -> None:
    m = Metrics(922, 652, 1.5, type_())
    room = next(room for room in rooms("late-again") if room.step is Step.DISCUSS)
    told = " ".join(map(words_of, own(presented(m, kit(), room, desk(asked="Leave this session?")))))
    assert "Leave this session?" in told


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("size", SIZES)
def test_while_cards_are_counted_what_is_typed_and_the_counts_are_seen(size: tuple[int, int], scale: float) -> None:
    m = Metrics(*size, scale, type_())
    counted = [room for room in rooms("late-again") if room.counting and room.notes.counts is not None]
    assert len(counted) > 20
    for room in counted:
        said = own(presented(m, kit(), room, desk(entry=Counting("7 A 8 B", reason="‘8’ stands alone."))))
        told = [thing.name for thing in said]
        assert "7 A 8 B|" in told
        assert "‘8’ stands alone." in told
        tally = room.notes.counts
        assert tally is not None
        numbers = [str(heads) for heads, guess in zip(tally.heads, tally.guesses, strict=True) if not guess]
        badges = [thing.rect.y for thing in said if thing.look == "badge"]
        assert len(badges) == len(tally.heads)
        assert Counter(numbers) <= Counter(thing.name for thing in said if thing.rect.y >= badges[0])


def test_masked_it_shows_no_count_no_hint_and_no_next_page() -> None:
    m = Metrics(1280, 720, 1.0, type_())
    first = next(room for room in rooms("late-again") if room.step is Step.SHOW).entered("12 A 9 B 3 C")
    talk = to_step(first, Step.DISCUSS)
    for room in (first, talk, to_step(talk, Step.SHOW_AGAIN).entered("4 A 16 B 2 C")):
        root = presented(m, kit(), room, desk(masked=True, entry=Counting("77 C")))
        told = " ".join(words_of(thing) for thing in root.walk() if thing.text)
        for hidden in ("12", "77", "16", "Hint", "Next:", "split"):
            assert hidden not in told.replace("type 12 A 9 B 3 C", "")
