"""Owns the live preview: a story being written, played while its file is open in an editor. Never keeps a run.

Saving the file tells the story anew from the same choices, as far as they fit, and says what changed. While the
file has mistakes the last good story stays, with the mistakes over it. The author's view shows what players never see.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from game.authoring import Entry, load_file
from game.screens.frame import MARGIN, bar, make, sheet
from game.screens.mistakes import MistakesScreen
from game.screens.play import PlayScreen
from game.screens.services import Services
from game.story import Machine, Passage, Scenario, State, Story
from game.ui import Event, Flow, Home, Meaning, Metrics, Move, Page, Push, Rect, Screen, Stay, Swap, Thing
from game.words import say

if TYPE_CHECKING:
    from game.authoring import Diagnostic
    from game.story import Arrival, Proof

    Proven = tuple[Proof | None, tuple[Diagnostic, ...]]
    """A proof and all the file's mistakes, those that only the proof can find included."""

TOLD: Final = 3
"""Mistakes told over the story; a page of its own has them all."""

STATES: Final = 50_000
"""States the proof in the background looks at."""


@runtime_checkable
class Telling(Screen, Protocol):
    """A page of one story: play, ending or debrief."""

    services: Services
    story: Story


Inner = Telling | MistakesScreen
"""The page inside the preview: the mistakes where there has been no good story yet."""

Stamp = tuple[int, int, int]
"""What changes when a file is saved, also by an editor that writes a new file and renames it."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did: the ids of passages that are new, gone, or told otherwise, and whether the run was cut short."""

    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    cut: bool = False

    @property
    def words(self) -> str:
        """The save in one line."""
        rows = (("preview.new", self.new), ("preview.gone", self.gone), ("preview.changed", self.changed))
        told = [say(key, names=", ".join(names[:6]) + (" …" if len(names) > 6 else "")) for key, names in rows if names]
        cut = [say("preview.cut")] if self.cut else []
        return " ".join([*(told or [say("preview.same")]), *cut])


class PreviewScreen:
    """A story under its author's hands. `look` is called ten times a second and notices a saved file."""

    def __init__(self, services: Services, entry: Entry, choices: tuple[str, ...] = (), at: str = "") -> None:
        self.services = services
        self.entry = entry
        self.scenario = entry.scenario
        self.inner = self._opened(choices, at)
        self.saved = ""
        self.open = False
        self.proof: Proof | None = None
        self.proving: threading.Thread | None = None
        self._to_prove = False
        self._done: list[Proven] = []
        self._stamp = stamp(entry.path)
        self._prove()

    @property
    def story(self) -> Story | None:
        """The story as it stands; None where there has been no good one yet."""
        return None if isinstance(self.inner, MistakesScreen) else self.inner.story

    # ---- the file -----------------------------------------------------------

    def look(self) -> bool:
        """Whether there is something new to show: the file was saved, or the proof is done."""
        if self._to_prove:
            self._to_prove = False
            self.proving = threading.Thread(target=_proving, args=(self.entry, self._done), daemon=True)
            self.proving.start()
        now = stamp(self.entry.path)
        if now is not None and now != self._stamp:
            self._stamp = now
            self.reload()
            return True
        return self._proved()

    def reload(self) -> None:
        """Read the file again, and go on from the same choices as far as they fit."""
        self.entry = load_file(self.entry.path, self.services.library)
        if self.entry.scenario is None:
            if self.scenario is None:
                self.inner = MistakesScreen(self.entry.path.name, self.entry.mistakes)
            return
        old, self.scenario = self.scenario, self.entry.scenario
        if old is None or self.story is None:
            self.inner = self._opened((), "")
        else:
            self._go_on(self.story.path, old)
        self._prove()

    def _opened(self, choices: tuple[str, ...], at: str) -> Inner:
        """The story after these choices, at the first line of `at`; the mistakes where there is no story."""
        if self.scenario is None:
            return MistakesScreen(self.entry.path.name, self.entry.mistakes)
        story = Story.replay(self.scenario, choices)
        return PlayScreen(self.services, story, None, shown=first_line(story, at))

    def _go_on(self, path: tuple[str, ...], old: Scenario) -> None:
        """Stand in the new edition where one stood in the old, as far as the choices fit."""
        assert self.scenario is not None
        story, left = Story.replay_as_far(self.scenario, path)
        self.saved = what_changed(old, self.scenario, bool(left)).words
        page = type(self.inner)
        if page in (PlayScreen, MistakesScreen) or left or not story.ending:
            shown = self.inner.shown if isinstance(self.inner, PlayScreen) and not left else 1
            self.inner = PlayScreen(self.services, story, None, shown=shown)
        else:
            self.inner = page(self.services, story, None)  # type: ignore[call-arg,arg-type]

    def _prove(self) -> None:
        """Have the story proved in the background: begun at the next look, so that the page is shown first."""
        self.proof, self._done = None, []
        self._to_prove = self.scenario is not None

    def _proved(self) -> bool:
        if self.proof is None and self._done:
            self.proof, mistakes = self._done[0]
            if self.entry.scenario is not None:  # else the file was broken since: the proof is of the story that stays
                self.entry = replace(self.entry, mistakes=mistakes)
            return True
        return False

    # ---- the page -----------------------------------------------------------

    def page(self, metrics: Metrics) -> Page:
        """The story's own page below the author's strip."""
        if self.open and self.story and not metrics.roomy:
            return self._view_alone(metrics, self.story)
        strip = self._strip(metrics)
        lower = replace(metrics, height=max(1, metrics.height - strip.rect.h), taken=strip.rect.h)
        inner = self.inner.page(lower)
        root = self._through(inner.root.moved(0, strip.rect.h))
        over = [self._view(lower, strip.rect.bottom, self.story)] if self.open and self.story else []
        page = Thing("page", inner.root.name, metrics.window, children=(*root.children, *over, strip))
        confirm = inner.confirm
        return replace(inner, root=page, confirm=None if confirm is None else lambda: self._answer(confirm()))

    def handle(self, event: Event) -> Move:
        if event is Meaning.OVERLAY:
            return self.toggle()
        if event is Meaning.MAP:
            return self.map()
        return self._answer(self.inner.handle(event))

    def toggle(self) -> Move:
        """Show or hide the author's view."""
        self.open = not self.open
        return Stay()

    def map(self) -> Move:
        """The story as a picture."""
        if self.proof is None or self.scenario is None or self.story is None:
            return None
        from game.screens.map import MapScreen

        return Push(MapScreen(self.scenario, self.proof, self.story.path, self.services.course))

    def mistakes(self) -> Move:
        """Every mistake of the file."""
        return Push(MistakesScreen(self.entry.path.name, self.entry.mistakes))

    def _answer(self, answer: object) -> Move:
        """What the story's page answered: another page in its place stays inside the preview."""
        match answer:
            case Swap(screen) | Home(screen) if isinstance(screen, Telling | MistakesScreen):
                self.inner = screen
                return Stay()
            case Home() | Push() | Stay():
                return answer
        return answer if isinstance(answer, Move) and answer is not None else None

    def _through(self, thing: Thing) -> Thing:
        """The thing with its presses led through the preview."""
        press = thing.press
        return replace(
            thing,
            press=None if press is None else _led(self._answer, press),
            children=tuple(self._through(child) for child in thing.children),
        )

    def _strip(self, m: Metrics) -> Thing:
        """File and place, what the last save changed, the proof in a sentence; mistakes where there are some."""
        flow = Flow(m, m.u(MARGIN), m.u(8), m.width - 2 * m.u(MARGIN))
        errors = [mistake for mistake in self.entry.mistakes if mistake.severity == "error"]
        passage = self.story.passage.id if self.story else "–"
        where = say("preview.at", file=self.entry.path.name, passage=passage)
        flow.text(where, "small-bold", role="heading", key="preview-where")
        broken = self.entry.scenario is None and self.story is not None
        status = say("preview.broken", count=len(errors)) if broken else self.saved
        if status:
            flow.text(status, "small-ink", role="status", key="preview-saved")
        for mistake in errors[:TOLD] if broken else ():
            flow.text(
                say("mistakes.where", line=mistake.place.line, column=mistake.place.column, code=mistake.code),
                "small-bold",
            )
            flow.text(mistake.message, "small-ink", role="status")
        if self.proof:
            flow.text(proof_words(self.proof), "small-ink", role="status", key="preview-proof")
        flow.gap(4)
        count = len(self.entry.mistakes)
        row = [
            make(m, say("preview.view"), self.toggle, key="preview-view", chosen=self.open),
            make(m, say("preview.map"), self.map, key="preview-map", disabled=self.proof is None),
        ]
        if count:
            row.append(
                make(m, say("preview.mistakes", count=count), self.mistakes, key="preview-mistakes", icon="mend")
            )
        flow.row(row)
        rect = Rect(0, 0, m.width, min(flow.y + m.u(8), m.height // 2))
        return Thing("group", say("preview.title"), rect, key="preview", look="note-flat", children=tuple(flow.things))

    def _view(self, m: Metrics, top: int, story: Story) -> Thing:
        """Ids, facts, meters, scores, and which conditions hold: what players never see."""
        wide = min(m.u(420) if m.roomy else m.width - m.u(24), m.width)
        flow = Flow(m, m.u(24), top + m.u(70), wide - m.u(24))
        for label, text in author_rows(story):
            if flow.y > m.height + top - m.u(120):
                break  # the rest is on the map
            flow.text(f"{label}: {text}", "small-ink")
            flow.gap(2)
        rect = Rect(m.u(12), top + m.u(60), wide, flow.y - top - m.u(50))
        return Thing("group", say("preview.view"), rect, key="author", look="panel", children=tuple(flow.things))

    def _view_alone(self, m: Metrics, story: Story) -> Page:
        """The author's view as a page of its own, where there is no room for it beside the story."""

        def build(content: Flow) -> None:
            for label, text in author_rows(story):
                content.text(label, "small-bold")
                content.text(text)

        foot = [make(m, say("settings.back"), self.toggle, key="done", look="primary")]
        return sheet(m, build, foot, top=bar(m, say("preview.view")), focus="done", confirm=self.toggle)


def _led(answer: Callable[[object], Move], press: Callable[[], object]) -> Callable[[], Move]:
    """What pressing answers, led through the preview; nothing answered is a page to show again."""
    return lambda: answer(press()) or Stay()


def _proving(entry: Entry, done: list[Proven]) -> None:
    from game.authoring import prove_entry  # here, as the first frame does not need it

    done.append(prove_entry(entry, STATES))


class WhichScreen:
    """A passage that players come to in different states: which of them to look at."""

    def __init__(
        self, passage: str, ways: tuple[Arrival, ...], scenario: Scenario, show: Callable[[Arrival], Move]
    ) -> None:
        self.passage = passage
        self.ways = ways
        self.machine = Machine(scenario)
        self.show = show

    def page(self, metrics: Metrics) -> Page:
        m = metrics
        foot = [make(m, say("play.home"), Home, key="home")]
        return sheet(m, self._build, foot, top=bar(m, say("preview.title")), focus="way-0", width=1040)

    def handle(self, event: Event) -> Move:
        return Home() if event is Meaning.MENU else None

    def _build(self, content: Flow) -> None:
        content.heading(say("preview.which", passage=self.passage), "title")
        content.text(say("preview.which-says", count=len(self.ways)), "soft")
        names = tuple(self.machine.scenario.meters)
        for number, way in enumerate(self.ways):
            content.gap(12)
            facts = ", ".join(self.machine.facts(way.state)) or "–"
            meters = ", ".join(f"{name} {value}" for name, value in zip(names, way.state.meters, strict=True))
            words = say("preview.state", choices=", ".join(way.choices) or "–")
            content.button(words, partial(self.show, way), key=f"way-{number}")
            content.text(f"{say('preview.facts')}: {facts}. {say('preview.meters')}: {meters}", "small")


def first_line(story: Story, passage: str) -> int:
    """The number of the first line of a passage among the lines told since the last choice; 1 where it has none."""
    number = 1
    for visit in story.visits:
        if visit.passage.id == passage:
            return number
        number += len(visit.lines)
    return 1


def stamp(path: Path) -> Stamp | None:
    """The file's stamp; None while an editor is between deleting and renaming."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def what_changed(old: Scenario, new: Scenario, cut: bool) -> Saved:
    """The passages that a save added, took away, or tells otherwise."""
    return Saved(
        tuple(id for id in new.passages if id not in old.passages),
        tuple(id for id in old.passages if id not in new.passages),
        tuple(id for id, passage in new.passages.items() if id in old.passages and old.passages[id] != passage),
        cut,
    )


def proof_words(proof: Proof) -> str:
    """The proof in a sentence: what can go wrong for a player, or that nothing can."""
    for claim in ("way-on", "ending-in-reach", "ending-reached", "passage-reached"):
        found = next((one for one in proof.claims if one.claim == claim and one.verdict == "disproved"), None)
        if found:
            return say(f"preview.{claim}", about=found.about)
    if not proof.complete:
        return say("preview.bound", states=proof.states)
    return say("preview.proved", states=proof.states)


def author_rows(story: Story) -> list[tuple[str, str]]:
    """What the author's view says of a story, each row a label and a text."""
    from game.training import decisions  # here, as the first frame does not need it

    passage, state = story.passage, story.state
    scores = [taken.choice.scores for taken in decisions(story)]
    rows = [
        (say("preview.passage"), passage.id),
        (say("preview.path"), ", ".join(story.path) or "–"),
        (say("preview.facts"), ", ".join(story.facts) or "–"),
        (say("preview.meters"), ", ".join(f"{name} {value}" for name, value in story.meters.items())),
        (
            say("preview.scores"),
            f"manager {sum(score.manager for score in scores)}, leader {sum(score.leader for score in scores)}",
        ),
    ]
    for visit in story.visits:
        rows += _held(story.machine, visit.passage, visit.state if visit.passage.goto else state)
    return rows


def _held(machine: Machine, passage: Passage, state: State) -> list[tuple[str, str]]:
    """Each condition of a passage, and whether it holds now."""
    from game.story import conditions_in

    return [
        (f"if {condition.text}", say("preview.holds" if machine.holds(condition, state) else "preview.holds-not"))
        for condition in conditions_in(passage)
    ]
