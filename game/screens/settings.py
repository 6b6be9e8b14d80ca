"""Owns the settings page. Every change is kept and takes effect at once."""

from __future__ import annotations

from functools import partial

from game.screens.frame import Make, answer, bar, make, sheet
from game.screens.services import Services
from game.screens.sure import SureScreen
from game.ui import TEXT_SIZES, Event, Flow, Meaning, Metrics, Move, Page, Pop, Push, Stay
from game.words import say


class SettingsScreen:
    """Text size, language, what is kept, full screen, movement, sound, delete everything."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.said: tuple[str, ...] = ()

    def page(self, metrics: Metrics) -> Page:
        m = metrics
        foot = [make(m, say("settings.back"), Pop, key="done", look="primary")]
        return sheet(m, self._build, foot, top=bar(m, say("settings.title")), focus="done", confirm=Pop)

    def handle(self, event: Event) -> Move:
        return Pop() if event in (Meaning.MENU, Meaning.STEP_BACK) else None

    def _change(self, **values: object) -> Move:
        self.services.change(**values)
        return Stay()

    def _speak(self) -> Move:
        return Push(SureScreen("settings.spoken", partial(self._change, spoken=True)))

    def _delete(self) -> Move:
        return Push(SureScreen("settings.delete", self._deleted))

    def _deleted(self) -> Move:
        self.services.records.delete_everything()
        self.services.apply(self.services.settings)
        self.said = (say("settings.deleted"),)
        return Stay()

    def _build(self, content: Flow) -> None:
        now, m = self.services.settings, content.m
        content.heading(say("settings.title"), "title")
        _row(
            content,
            "settings.text-size",
            [
                answer(m, f"{size} %", partial(self._change, text_size=size), f"size-{size}", now.text_size == size)
                for size in TEXT_SIZES
            ],
        )
        _row(
            content,
            "settings.language",
            [
                answer(m, say("settings.clean"), partial(self._change, spoken=False), "clean", not now.spoken),
                answer(m, say("settings.spoken"), self._speak, "spoken", now.spoken),
            ],
        )
        _row(
            content,
            "settings.keep",
            [
                answer(
                    m, say("settings.keep-yes"), partial(self._change, keep_runs=True), "keep", now.keep_runs is True
                ),
                answer(
                    m,
                    say("settings.keep-no"),
                    partial(self._change, keep_runs=False),
                    "no-keep",
                    now.keep_runs is False,
                ),
            ],
        )
        _row(
            content,
            "settings.full-screen",
            [
                answer(m, say("settings.on"), partial(self._change, full_screen=True), "full", now.full_screen),
                answer(m, say("settings.off"), partial(self._change, full_screen=False), "window", not now.full_screen),
            ],
        )
        _row(
            content,
            "settings.motion",
            [
                answer(
                    m, say("settings.moves"), partial(self._change, reduce_motion=False), "moves", not now.reduce_motion
                ),
                answer(m, say("settings.still"), partial(self._change, reduce_motion=True), "still", now.reduce_motion),
            ],
        )
        _row(
            content,
            "settings.sound",
            [
                answer(m, say("settings.on"), partial(self._change, sound=True), "sound", now.sound),
                answer(m, say("settings.off"), partial(self._change, sound=False), "no-sound", not now.sound),
            ],
        )
        self._kept(content)

    def _kept(self, content: Flow) -> None:
        records = self.services.records
        content.gap(16)
        content.text(say("settings.where"), "bold")
        content.text(str(records.where), "small-ink", key="where")
        unfinished, finished = len(records.all_unfinished()), len(records.attempts())
        size = records.size()
        kept = say("settings.kept-size", count=unfinished, finished=finished, size=max(1, size // 1024))
        content.text(kept if size else say("settings.nothing-kept"), "small", key="kept")
        self.said += self.services.news()
        for sentence in self.said:  # above the button that was pressed, where the eyes are
            content.gap(8)
            content.text(sentence, "small-ink", role="status")
        content.gap(8)
        content.button(say("settings.delete"), self._delete, key="delete")


def _row(content: Flow, key: str, answers: list[Make]) -> None:
    content.gap(14)
    content.text(say(key), "bold")
    content.gap(6)
    content.row(answers)
