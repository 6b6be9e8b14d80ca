"""What is heard: the files, sample by sample, and the mixer that plays them, under a driver without a speaker."""

from __future__ import annotations

import math
import os
import shutil
import subprocess
import sys
import threading
import wave
from array import array
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from operator import mul, sub
from pathlib import Path
from typing import Final

import pygame
import pytest

from game.ui.sound import BUFFER, EFFECTS, FADE, RATE, TONES, Sound

SOUNDS: Final = Path(__file__).parents[2] / "assets" / "sounds"

BRIGHT: Final[Mapping[str, tuple[int, int]]] = {
    "kitchen": (300, 600),
    "hallway": (300, 600),
    "office": (700, 1300),
    "lounge": (250, 550),
    "garden": (900, 1600),
    "pool": (700, 1400),
    "car": (400, 900),
    "pub": (300, 650),
    "station": (350, 800),
    "train": (450, 1000),
    "sea": (800, 1500),
    "river": (1100, 1900),
}
"""Every tone, and where the middle of what is heard lies, in hertz: rooms are dull, water and leaves are bright."""

LENGTHS: Final = {"focus": 0.04, "choose": 0.25, "bell": 2.0}


@pytest.fixture(scope="module")
def samples() -> Callable[[str], array[int]]:
    """The samples of a committed file, from 16-bit silence to full scale."""
    known: dict[str, array[int]] = {}
    pygame.mixer.init(RATE, -16, 1, BUFFER, allowedchanges=0)
    for path in SOUNDS.glob("*.ogg"):
        known[path.stem] = array("h", pygame.mixer.Sound(path).get_raw())
    pygame.mixer.quit()
    return known.__getitem__


def _dbfs(level: float) -> float:
    return 20 * math.log10(level / 32_768)


def _rms(pcm: array[int]) -> float:
    return math.sqrt(sum(map(mul, pcm, pcm)) / len(pcm))


def _middle(pcm: array[int]) -> float:
    """The frequency of the sine that climbs as steeply, for its size, as this does on the whole."""
    steps = array("h", map(sub, pcm[1:], pcm))
    return RATE / math.pi * math.asin(min(1.0, _rms(steps) / _rms(pcm) / 2))


# ---- the files -------------------------------------------------------------------------------------------------------


def test_the_folder_holds_every_sound_once_and_all_are_small() -> None:
    files = list(SOUNDS.glob("*.ogg"))
    assert {path.stem for path in files} == {*BRIGHT, *EFFECTS}
    assert sum(path.stat().st_size for path in files) < 600_000


@pytest.mark.parametrize("name", BRIGHT)
def test_a_tone_is_quiet_and_nothing_in_it_startles(name: str, samples: Callable[[str], array[int]]) -> None:
    pcm = samples(name)
    assert 6 <= len(pcm) / RATE <= 10
    assert -38 <= _dbfs(_rms(pcm)) <= -32
    assert _dbfs(max(map(abs, pcm))) < -18
    assert abs(sum(pcm) / len(pcm)) < 2
    whole = _rms(pcm)
    for start in range(0, len(pcm) - RATE // 4, RATE // 4):
        assert 0.3 < _rms(pcm[start : start + RATE // 4]) / whole < 2.4


@pytest.mark.parametrize("name", BRIGHT)
def test_a_tone_goes_round_without_a_click(name: str, samples: Callable[[str], array[int]]) -> None:
    pcm = samples(name)
    near = array("h", [*pcm[-RATE // 10 :], *pcm[: RATE // 10]])
    seam = RATE // 10
    steps = [abs(after - before) for before, after in pairwise(near)]
    bends = [abs(a - 2 * b + c) for a, b, c in zip(near, near[1:], near[2:], strict=False)]
    assert steps[seam - 1] <= max(steps[: seam - 1] + steps[seam:])
    assert max(bends[seam - 2 : seam]) <= max(bends[: seam - 2] + bends[seam:])
    before, after = _rms(near[:seam]), _rms(near[seam:])
    assert 0.6 < before / after < 1.6


@pytest.mark.parametrize(("name", "between"), BRIGHT.items())
def test_a_tone_is_as_dull_or_as_bright_as_its_place(
    name: str, between: tuple[int, int], samples: Callable[[str], array[int]]
) -> None:
    assert between[0] < _middle(samples(name)) < between[1]


@pytest.mark.parametrize(("name", "seconds"), LENGTHS.items())
def test_an_effect_is_short_and_soft_and_begins_and_ends_in_silence(
    name: str, seconds: float, samples: Callable[[str], array[int]]
) -> None:
    pcm = samples(name)
    assert len(pcm) == round(seconds * RATE)
    assert -20 < _dbfs(max(map(abs, pcm))) < -17
    assert max(map(abs, pcm[-RATE // 1000 :])) < 40
    assert abs(pcm[0]) < 100
    assert 350 < _middle(pcm) < 1300


def test_the_script_beside_the_files_makes_them(tmp_path: Path, samples: Callable[[str], array[int]]) -> None:
    made = subprocess.run(
        [sys.executable, str(SOUNDS / "make.py"), "--wav", "--to", str(tmp_path), *EFFECTS, "office"],
        capture_output=True,
        text=True,
    )
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "")
    for name in (*EFFECTS, "office"):
        with wave.open(str(tmp_path / f"{name}.wav")) as file:
            assert (file.getnchannels(), file.getframerate()) == (1, RATE)
            made_here = array("h", file.readframes(file.getnframes()))
        kept = samples(name)
        assert len(made_here) == len(kept)
        lost = array("h", map(sub, made_here, kept))
        assert _rms(lost) < 0.4 * _rms(kept), name  # what Vorbis leaves out of noise


# ---- playing them ----------------------------------------------------------------------------------------------------


@pytest.fixture
def sound() -> Iterator[Sound]:
    """The sound of the program, switched off."""
    pygame.display.init()
    sound = Sound(SOUNDS)
    yield sound
    sound.close()
    pygame.display.quit()


def _decoded() -> None:
    """Wait for the thread that decodes."""
    for thread in threading.enumerate():
        if thread.name == "tone":
            thread.join()


def _busy(first: int, last: int, samples: Callable[[str], array[int]]) -> list[str]:
    """The names of what is on these channels, in no order."""
    channels = map(pygame.mixer.Channel, range(first, last))
    raw = [playing.get_raw() for channel in channels if (playing := channel.get_sound()) is not None]
    return sorted(name for name in (*BRIGHT, *EFFECTS) for found in raw if found == samples(name).tobytes())


@pytest.fixture
def tones(samples: Callable[[str], array[int]]) -> Callable[[], list[str]]:
    """The tones that sound now, as soon as what was asked for is decoded."""

    def heard() -> list[str]:
        _decoded()
        return _busy(0, TONES, samples)

    return heard


def _faded(how_many: int = 1) -> None:
    """Wait until that many tones have faded out."""
    for number in range(TONES):
        pygame.mixer.Channel(number).set_endevent(pygame.USEREVENT)
    pygame.event.clear(pygame.USEREVENT)
    for _ in range(how_many):
        while pygame.event.wait(5 * FADE).type not in (pygame.USEREVENT, pygame.NOEVENT):
            pass


def test_off_means_that_the_mixer_sleeps(sound: Sound) -> None:
    sound.tone("kitchen")
    sound.play("choose")
    sound.switch(False)
    assert not sound.on
    assert pygame.mixer.get_init() is None
    assert not [thread for thread in threading.enumerate() if thread.name == "tone"]


def test_on_begins_with_the_tone_that_was_wanted_and_off_lets_the_device_go(
    sound: Sound, tones: Callable[[], list[str]]
) -> None:
    sound.tone("sea")
    sound.switch(True)
    assert sound.on
    assert pygame.mixer.get_init() == (RATE, -16, 1)
    assert tones() == ["sea"]
    sound.tone("garden")
    sound.switch(False)
    assert pygame.mixer.get_init() is None
    sound.switch(True)
    assert tones() == ["garden"]


def test_a_tone_gives_way_softly_and_then_is_gone(sound: Sound, tones: Callable[[], list[str]]) -> None:
    sound.switch(True)
    sound.tone("office")
    assert tones() == ["office"]
    _while("choose")
    sound.tone("hallway")
    _faded()
    assert tones() == ["hallway"]
    sound.tone("hallway")
    assert tones() == ["hallway"]


@pytest.mark.parametrize(("to", "heard"), [("hallway", ["hallway", "office"]), ("", ["office"])])
def test_a_tone_is_still_heard_while_it_gives_way(
    to: str, heard: list[str], sound: Sound, tones: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    sound.switch(True)
    sound.tone("office")
    assert tones() == ["office"]
    _while("choose")
    monkeypatch.setattr("game.ui.sound.FADE", 60 * FADE)  # so that it is not over before it is looked at
    sound.tone(to)
    assert tones() == heard


def _while(effect: str) -> None:
    """Wait as long as an effect takes to be over."""
    channel = pygame.mixer.Channel(2 * TONES - 1)
    channel.set_endevent(pygame.USEREVENT + 1)
    channel.play(pygame.mixer.Sound(SOUNDS / f"{effect}.ogg"))
    while pygame.event.wait(5 * FADE).type not in (pygame.USEREVENT + 1, pygame.NOEVENT):
        pass


@pytest.mark.parametrize("silence", ["", "the moon"])
def test_no_name_and_one_that_is_not_there_fade_to_silence(
    silence: str, sound: Sound, tones: Callable[[], list[str]]
) -> None:
    sound.switch(True)
    sound.tone("river")
    assert tones() == ["river"]
    _while("choose")
    sound.tone(silence)
    _faded()
    assert tones() == []


@pytest.mark.parametrize("name", ["../sounds/sea", "sea.ogg", *EFFECTS])
def test_what_is_no_tone_is_not_played_as_one(name: str, sound: Sound, tones: Callable[[], list[str]]) -> None:
    sound.switch(True)
    sound.tone(name)
    assert tones() == []


def test_a_player_who_runs_through_rooms_hears_the_last_one_alone(sound: Sound, tones: Callable[[], list[str]]) -> None:
    sound.switch(True)
    for name in ("car", "pub"):
        sound.tone(name)
        _decoded()
    for name in ("car", "pub", "station", "car", "train", "pool", "car"):
        sound.tone(name)
    assert "car" in tones()
    _while("bell")
    assert tones() == ["car"]
    channels = map(pygame.mixer.Channel, range(TONES))
    assert [channel.get_volume() for channel in channels if channel.get_busy()] == [1.0]


def test_effects_are_heard_over_each_other_and_over_the_tone(
    sound: Sound, tones: Callable[[], list[str]], samples: Callable[[str], array[int]]
) -> None:
    sound.switch(True)
    sound.tone("lounge")
    for name in ("bell", "choose", "moon", "kitchen", ""):
        sound.play(name)
    assert tones() == ["lounge"]
    assert _busy(TONES, 2 * TONES, samples) == ["bell", "choose"]
    for _ in range(100):
        sound.play("bell")
    assert tones() == ["lounge"]


def test_files_that_are_broken_or_not_there_are_silence(tmp_path: Path, tones: Callable[[], list[str]]) -> None:
    (tmp_path / "kitchen.ogg").write_bytes(b"OggS, but no more")
    (tmp_path / "choose.ogg").mkdir()
    shutil.copy(SOUNDS / "sea.ogg", tmp_path)
    for folder in (tmp_path, tmp_path / "nowhere"):
        sound = Sound(folder)
        sound.switch(True)
        sound.tone("kitchen")
        sound.play("choose")
        sound.play("bell")
        assert tones() == []
        sound.tone("sea")
        assert tones() == (["sea"] if folder == tmp_path else [])
        sound.close()


def test_a_mixer_that_somebody_took_away_is_silence(sound: Sound) -> None:
    sound.switch(True)
    sound.tone("sea")
    _decoded()
    pygame.mixer.quit()
    sound.tone("pub")
    sound.tone("sea")
    sound.play("bell")
    sound.close()
    sound.close()
    assert not sound.on


def test_off_again_at_once_while_a_tone_is_decoded_ends_well(sound: Sound) -> None:
    for name in [*BRIGHT][:5]:
        sound.tone(name)
        sound.switch(True)
        sound.switch(False)
    assert pygame.mixer.get_init() is None


# ---- machines that cannot play ---------------------------------------------------------------------------------------

TRY: Final = """
import os, sys
{first}
from pathlib import Path
from game.ui.sound import Sound
import pygame
sound = Sound(Path({folder!r}))
for _ in range(2):
    sound.switch(True)
    sound.tone("sea")
    sound.play("focus")
    sound.tone("pub")
    {then}
    sound.switch(False)
    sound.tone("")
sound.close()
sys.exit(7 if sound.on else {code})
"""


GONE: Final = """
import signal
import pygame
pygame.display.init()
def lose():
    assert pygame.mixer.get_init()
    os.kill(int(open({reader!r}).read()), signal.SIGKILL)
    while (event := pygame.event.wait(120_000)).type != pygame.AUDIODEVICEREMOVED:
        assert event.type != pygame.NOEVENT
"""
"""A way to lose the device, for `TRY`."""


def _try(first: str = "", then: str = "pass", code: str = "0", **environ: str) -> tuple[int, str, str]:
    """Turn sound on and off in a process of its own: its exit code, and whatever it or its libraries wrote."""
    kept = {name: value for name, value in os.environ.items() if name != "SDL_AUDIODRIVER"}
    tried = subprocess.run(
        [sys.executable, "-c", TRY.format(first=first, then=then, code=code, folder=str(SOUNDS))],
        env={**kept, **environ},
        cwd=SOUNDS.parents[1],
        capture_output=True,
        text=True,
    )
    return tried.returncode, tried.stdout, tried.stderr


ALSA: Final = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ALSA is Linux's")


def test_a_driver_that_is_not_there_is_silence_and_not_a_word() -> None:
    assert _try(SDL_AUDIODRIVER="nonsense", code="bool(pygame.mixer.get_init())") == (0, "", "")


def test_the_system_as_it_is_says_nothing_card_or_none() -> None:
    assert _try() == (0, "", "")


@ALSA
def test_alsa_without_a_card_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "asound.conf").write_text("pcm.!default { type hw card nowhere }\n", encoding="utf-8")
    without = {"SDL_AUDIODRIVER": "alsa", "ALSA_CONFIG_PATH": str(tmp_path / "asound.conf")}
    assert _try(**without, then="assert pygame.mixer.get_init() is None") == (0, "", "")


@ALSA
def test_a_device_that_goes_away_while_it_plays_says_nothing(tmp_path: Path) -> None:
    """The device is a pipe, and whoever reads it is killed."""
    os.mkfifo(tmp_path / "reader")  # so that its number is waited for
    reader = f"echo $$ > {tmp_path}/reader; exec cat > /dev/null"
    (tmp_path / "asound.conf").write_text(
        f'pcm.null {{ type null }}\npcm.!default {{ type file slave.pcm null format raw file "|{reader}" }}\n',
        encoding="utf-8",
    )
    said = _try(
        GONE.format(reader=str(tmp_path / "reader")),
        "lose()",
        SDL_AUDIODRIVER="alsa",
        ALSA_CONFIG_PATH=str(tmp_path / "asound.conf"),
    )
    assert said == (0, "", "")


def test_a_pygame_without_its_mixer_is_silence() -> None:
    assert _try('sys.modules["pygame.mixer"] = None') == (0, "", "")


def test_a_process_without_descriptor_2_has_none_afterwards() -> None:
    nowhere = "[fd for fd in (2,) if os.path.exists(f'/dev/fd/{fd}')]"
    assert _try("os.close(2)", code=f"len({nowhere})", SDL_AUDIODRIVER="nonsense") == (0, "", "")
    assert _try("os.close(2)", code=f"len({nowhere})", SDL_AUDIODRIVER="dummy") == (0, "", "")


def test_what_the_program_itself_says_is_still_heard() -> None:
    assert _try(then='print("well", file=sys.stderr)', SDL_AUDIODRIVER="nonsense") == (0, "", "well\nwell\n")
