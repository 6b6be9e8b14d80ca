"""Makes every sound of the program, from nothing but arithmetic. Run it by hand; the program never does.

    python assets/sounds/make.py [--wav] [--to FOLDER] [NAME ...]

writes OGG Vorbis beside itself, by `oggenc` (vorbis-tools) or `ffmpeg`; `--wav` writes WAV and needs neither.
The same script makes the same samples every time.

**Room tones** loop for ever, so each is a circle and not a line: hums and slow swells go round a whole number of times,
what rings on past the end rings on at the start, and every filter runs once round the circle before it is listened to.
So nothing need be cross-faded. The circle is cut open where it is quietest. Each is mono, 22.05 kHz, -37 to -33 dBFS.

    kitchen   a fridge: 100 Hz and its overtones, beating slowly, and a breath of air; a clock; two drops in the sink
    hallway   still air: low noise in a hard, narrow room; a longer, deeper clock
    office    a computer's fan: noise from 150 to 1200 Hz and its blades at 236 Hz; the hum of the mains; no clock
    lounge    a soft room; a radio two rooms away: one voice, vowels only, behind a wall; a dull clock on the shelf
    garden    leaves: noise that comes and goes around 700 Hz; three birds, each with a whistle of its own, far off
    pool      a hall that rings for two and a half seconds: splashes and bubbles far away, water lapping at the side
    car       an engine: overtones of 37 Hz; tyres: noise below 700 Hz; a wiper across and back every two seconds
    pub       nine voices at once, vowels only, dulled by people and carpet; a glass touched now and then
    station   wind in three bands, each with its own gusts; rails that sing faintly; something shunted a long way off
    train     rolling: low noise; every two seconds a joint under two axles, twice, heard through the floor
    sea       two waves: noise that rises, opens and draws back; the deep of the sea; two gulls, far out
    river     a stream: some hundred small bubbles a second, each rising as it closes, over the rush behind them

**Effects** start and end in silence.

    focus     a fingertip on wood, 40 ms: two dull partials and a grain of noise
    choose    two marimba bars, a fourth apart, 250 ms: each its note, and the fourth harmonic that a bar is cut for
    bell      a small singing bowl, 2 s: five partials, each doubled a hair's breadth away, so that it sways
"""

from __future__ import annotations

import argparse
import math
import random
import shutil
import subprocess
import sys
import tempfile
import wave
from array import array
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

RATE: Final = 22_050
TAU: Final = math.tau

Sound = list[float]
Maker = Callable[[random.Random], Sound]

EFFECT_PEAK: Final = -18.0
"""dBFS at the loudest sample of an effect."""

STANDS_OUT: Final = 15.0
"""The most decibels by which anything in a room tone rises above its mean: nothing there calls for attention."""


# ---- parts: all of them go round a circle ----------------------------------------------------------------------------


def quiet(seconds: float) -> Sound:
    """Silence."""
    return [0.0] * round(seconds * RATE)


def noise(rng: random.Random, seconds: float) -> Sound:
    """White noise."""
    draw = rng.random
    return [draw() + draw() + draw() - 1.5 for _ in range(round(seconds * RATE))]


def hum(seconds: float, hz: float, phase: float = 0.0) -> Sound:
    """A sine that goes round a whole number of times."""
    n = round(seconds * RATE)
    step = TAU * round(hz * seconds) / n
    return [math.sin(phase + step * i) for i in range(n)]


def swell(rng: random.Random, seconds: float, low: float, high: float, rounds: int = 3) -> Sound:
    """A slow curve between two values: a few sines, the slowest going round once."""
    n = round(seconds * RATE)
    parts = [(k, rng.uniform(0, TAU), 1 / k) for k in range(1, rounds + 1)]
    whole = sum(weight for *_, weight in parts)
    coarse = [sum(w * math.sin(p + TAU * k * i / 512) for k, p, w in parts) / whole for i in range(513)]
    curve = []
    for i in range(n):
        at = i * 512 / n
        j = int(at)
        value = coarse[j] + (coarse[j + 1] - coarse[j]) * (at - j)
        curve.append(low + (high - low) * (value + 1) / 2)
    return curve


def mix(*layers: tuple[float, Sound]) -> Sound:
    """Layers of one length, each so loud."""
    weights = [weight for weight, _ in layers]
    return [sum(w * x for w, x in zip(weights, xs, strict=True)) for xs in zip(*(xs for _, xs in layers), strict=True)]


def times(xs: Sound, curve: Sequence[float]) -> Sound:
    """One thing louder and softer as the other goes up and down."""
    return [x * y for x, y in zip(xs, curve, strict=True)]


def put(loop: Sound, sound: Sequence[float], at: float, gain: float = 1.0) -> None:
    """Add a short sound at a second; what reaches past the end goes on at the start."""
    n, start = len(loop), round(at * RATE)
    for i, x in enumerate(sound):
        loop[(start + i) % n] += gain * x


def biquad(xs: Sound, b0: float, b1: float, b2: float, a1: float, a2: float) -> Sound:
    """A filter of the second order, after one whole round, so that its end meets its start."""
    x1 = x2 = y1 = y2 = 0.0
    out: Sound = []
    for turn in range(2):
        out = []
        keep = out.append
        for x in xs:
            y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
            x2, x1, y2, y1 = x1, x, y1, y
            if turn:
                keep(y)
    return out


def low(xs: Sound, hz: float, q: float = 0.6) -> Sound:
    """What is below `hz`; the rest falls by 12 dB an octave."""
    w = TAU * hz / RATE
    a, c = math.sin(w) / (2 * q), math.cos(w)
    d = 1 + a
    return biquad(xs, (1 - c) / 2 / d, (1 - c) / d, (1 - c) / 2 / d, -2 * c / d, (1 - a) / d)


def high(xs: Sound, hz: float, q: float = 0.6) -> Sound:
    """What is above `hz`; the rest falls by 12 dB an octave."""
    w = TAU * hz / RATE
    a, c = math.sin(w) / (2 * q), math.cos(w)
    d = 1 + a
    return biquad(xs, (1 + c) / 2 / d, -(1 + c) / d, (1 + c) / 2 / d, -2 * c / d, (1 - a) / d)


def band(xs: Sound, hz: float, q: float = 1.0) -> Sound:
    """What is around `hz`: the higher `q`, the narrower."""
    w = TAU * hz / RATE
    a, c = math.sin(w) / (2 * q), math.cos(w)
    d = 1 + a
    return biquad(xs, a / d, 0.0, -a / d, -2 * c / d, (1 - a) / d)


def room(xs: Sound, seconds: float, dull: float, size: float = 1.0) -> Sound:
    """The sound of a room alone: four echoes that come back ever duller, smeared by two more (Schroeder)."""
    n = len(xs)
    out = [0.0] * n
    for delay in (0.0297, 0.0371, 0.0411, 0.0437):
        lag = round(delay * size * RATE)
        back = 10 ** (-3 * lag / RATE / seconds)
        line, kept, at = [0.0] * lag, 0.0, 0
        for turn in range(2):
            for i in range(n):
                y = line[at]
                kept += (1 - dull) * (y - kept)
                line[at] = xs[i] + back * kept
                at = at + 1 if at + 1 < lag else 0
                if turn:
                    out[i] += y / 4
    for delay in (0.0050, 0.0017):
        lag = round(delay * size * RATE)
        line, at = [0.0] * lag, 0
        smeared = [0.0] * n
        for _ in range(2):
            for i in range(n):
                y = line[at]
                x = out[i] + 0.6 * y
                line[at] = x
                at = at + 1 if at + 1 < lag else 0
                smeared[i] = y - 0.6 * x
        out = smeared
    return out


def rms(xs: Sequence[float]) -> float:
    """The root of the mean square."""
    return math.sqrt(sum(x * x for x in xs) / len(xs))


def set_to(xs: Sound, loud: float = 1.0) -> Sound:
    """The same, around zero, so loud on the whole."""
    mean = sum(xs) / len(xs)
    by = loud / (rms([x - mean for x in xs]) or 1.0)
    return [(x - mean) * by for x in xs]


def tone(xs: Sound, dbfs: float) -> Sound:
    """A room tone at its level, cut open: nothing below 40 Hz, and what stands out too much leant on softly."""
    xs = set_to(high(xs, 40), 1.0)
    ceiling = 10 ** (STANDS_OUT / 20)
    return cut(set_to([ceiling * math.tanh(x / ceiling) for x in xs], 10 ** (dbfs / 20)))


def cut(xs: Sound) -> Sound:
    """The circle cut open where it is quietest, as Vorbis errs by some part of what is there, and most at the ends."""
    n, reach = len(xs), RATE // 50
    so_far = [0.0]
    for x in xs[-reach:] + xs + xs[:reach]:
        so_far.append(so_far[-1] + x * x)
    at = min(range(n), key=lambda i: so_far[i + 2 * reach] - so_far[i] + reach * (xs[i] ** 2 + xs[i - 1] ** 2))
    return xs[at:] + xs[:at]


def effect(xs: Sound) -> Sound:
    """An effect at its level, its last tenth let go, its last sample silent."""
    n = len(xs)
    last = n // 10
    xs = [x * 0.5 * (1 - math.cos(math.pi * min(1.0, (n - 1 - i) / last))) for i, x in enumerate(xs)]
    by = 10 ** (EFFECT_PEAK / 20) / max(abs(x) for x in xs)
    return [x * by for x in xs]


# ---- things that are heard -------------------------------------------------------------------------------------------


def struck(seconds: float, partials: Sequence[tuple[float, float, float]], attack: float = 0.001) -> Sound:
    """Something struck once: partials of (hertz, how loud, seconds until a third is left)."""
    n = round(seconds * RATE)
    out = [0.0] * n
    for hz, loud, fade in partials:
        step, fall = TAU * hz / RATE, math.exp(-1 / (fade * RATE))
        now = loud
        for i in range(n):
            out[i] += now * math.sin(step * i)
            now *= fall
    rise = max(1, round(attack * RATE))
    end = round(0.1 * n)
    return [x * min(1.0, i / rise) * min(1.0, (n - 1 - i) / end) for i, x in enumerate(out)]


def puff(rng: random.Random, seconds: float, hz: float, q: float, sharp: float = 0.3) -> Sound:
    """A short breath of noise around `hz`, loudest at `sharp` of its length."""
    n = round(seconds * RATE)
    shape = [
        (
            math.sin(math.pi / 2 * (i / n) / sharp)
            if i < sharp * n
            else math.cos(math.pi / 2 * (i / n - sharp) / (1 - sharp))
        )
        ** 2
        for i in range(n)
    ]
    return times(set_to(band(noise(rng, seconds), hz, q)), shape)


def tick(rng: random.Random, hz: float, seconds: float) -> Sound:
    """One beat of a clock: a dull little case around a tiny click."""
    body = struck(seconds, [(hz, 0.7, seconds / 8), (hz * 2.31, 0.4, seconds / 12), (hz * 3.87, 0.15, seconds / 20)])
    return mix((1.0, body), (0.12, puff(rng, seconds, hz * 3, 1.0, 0.03)))


def clock(rng: random.Random, loop: Sound, hz: float, seconds: float, gain: float) -> None:
    """A beat every second, the second of each pair a shade lower."""
    for beat in range(len(loop) // RATE):
        put(loop, tick(rng, hz * (1.0 if beat % 2 else 0.93), seconds), beat + 0.4, gain * rng.uniform(0.9, 1.0))


def bubble(hz: float, seconds: float, rise: float) -> Sound:
    """Air closing under water: a sine that fades and climbs by `rise` of its pitch."""
    n = round(seconds * RATE)
    out, phase = [], 0.0
    for i in range(n):
        t = i / n
        phase += TAU * hz * (1 + rise * t) / RATE
        out.append(math.sin(phase) * math.exp(-5 * t) * min(1.0, t * 12) * (1 - t))
    return out


def whistle(seconds: float, pitches: Sequence[float], overtone: float = 0.1, shake: float = 0.0) -> Sound:
    """A bird's note through these pitches, in hertz, evenly spread; `shake` trills it."""
    n = round(seconds * RATE)
    out, phase = [], 0.0
    for i in range(n):
        t = i / n
        at = t * (len(pitches) - 1)
        j = min(int(at), len(pitches) - 2)
        ease = 0.5 - 0.5 * math.cos(math.pi * (at - j))
        hz = pitches[j] + (pitches[j + 1] - pitches[j]) * ease
        hz *= 1 + shake * math.sin(TAU * 27 * i / RATE)
        phase += TAU * hz / RATE
        out.append((math.sin(phase) + overtone * math.sin(2 * phase)) * math.sin(math.pi * t) ** 1.5)
    return out


VOWELS: Final = ((310, 870), (440, 1020), (640, 1190), (660, 1720), (530, 1840), (390, 1990), (490, 1350), (300, 2200))
"""The two formants that make a vowel, in hertz."""


def voice(rng: random.Random, seconds: float, hz: float, talks: float) -> Sound:
    """Somebody talking, `talks` of the time, in vowels that are no words: breath through two moving formants."""
    n = round(seconds * RATE)
    out = [0.0] * n
    start = rng.uniform(0, seconds)
    at = 0.0
    while at < seconds - 0.8:
        length = min(rng.uniform(0.8, 2.2), seconds - at)
        _phrase(rng, out, start + at, length, hz)
        at += length + length * (1 - talks) / talks * rng.uniform(0.5, 1.5)
    return out


def _phrase(rng: random.Random, loop: Sound, at: float, length: float, hz: float) -> None:
    """Syllables for so long, the pitch wandering and sinking at the end."""
    done, phase = 0.0, 0.0
    pitch = hz * rng.uniform(1.0, 1.15)
    first, second = rng.choice(VOWELS)
    while done < length:
        size = rng.uniform(0.13, 0.27)
        n = round(size * RATE)
        to_first, to_second = rng.choice(VOWELS)
        to_pitch = hz * rng.uniform(0.88, 1.15) * (1 - 0.12 * done / length)
        loud = rng.uniform(0.5, 1.0)
        syllable: Sound = []
        for i in range(n):
            t = i / n
            phase += TAU * (pitch + (to_pitch - pitch) * t) / RATE
            a, b = first + (to_first - first) * t, second + (to_second - second) * t
            if i % 64 == 0:
                weights = [_formant(k * hz, a, 110) + 0.35 * _formant(k * hz, b, 150) for k in range(1, 15)]
            breath = sum(w / k**0.5 * math.sin(k * phase) for k, w in enumerate(weights, 1) if w > 0.02)
            syllable.append(breath * loud * math.sin(math.pi * t) ** 0.7)
        put(loop, syllable, at + done)
        pitch, first, second = to_pitch, to_first, to_second
        done += size * rng.uniform(0.85, 1.05)


def _formant(hz: float, centre: float, width: float) -> float:
    """How much of a harmonic a formant lets through."""
    return 1 / (1 + ((hz - centre) / width) ** 2)


def gusts(rng: random.Random, seconds: float, bands: Sequence[tuple[float, float]], calm: float = 0.15) -> Sound:
    """Wind: noise in bands of (hertz, how loud), each coming and going in its own time."""
    return mix(
        *(
            (loud, times(set_to(band(noise(rng, seconds), hz, 0.7)), swell(rng, seconds, calm, 1.0, 4)))
            for hz, loud in bands
        )
    )


# ---- room tones ------------------------------------------------------------------------------------------------------


def kitchen(rng: random.Random) -> Sound:
    """A fridge, a clock, a drop."""
    long = 10.0
    beat = swell(rng, long, 0.7, 1.0, 2)
    parts = ((100, 1.0), (100.4, 0.4), (200, 0.5), (300, 0.28), (400, 0.12), (500, 0.06), (700, 0.03))
    fridge = set_to(times(mix(*((loud, hum(long, hz, rng.uniform(0, TAU))) for hz, loud in parts)), beat))
    air = set_to(mix((1.0, low(noise(rng, long), 500)), (0.05, band(noise(rng, long), 1500, 0.5))))
    near = quiet(long)
    clock(rng, near, 1150, 0.05, 0.55)
    for at, hz in ((3.13, 760), (7.72, 830)):
        put(near, bubble(hz, 0.09, 0.5), at, 1.3)
        put(near, bubble(hz * 1.4, 0.05, 0.3), at + 0.1, 0.4)
    return tone(mix((0.8, fridge), (0.55, air), (2.2, near), (1.0, room(near, 0.4, 0.45, 0.6))), -36)


def hallway(rng: random.Random) -> Sound:
    """Still air and a tall clock."""
    long = 8.0
    still = mix((1.0, low(noise(rng, long), 260)), (0.10, low(band(noise(rng, long), 900, 0.6), 1600)))
    air = set_to(mix((0.7, set_to(still)), (0.6, set_to(room(still, 0.9, 0.4)))))
    beats = quiet(long)
    clock(rng, beats, 620, 0.09, 1.0)
    return tone(mix((1.0, times(air, swell(rng, long, 0.8, 1.0))), (1.8, beats), (2.6, room(beats, 1.1, 0.4))), -37)


def office(rng: random.Random) -> Sound:
    """A computer under the desk."""
    long = 7.0
    fan = times(set_to(low(high(noise(rng, long), 150), 900)), swell(rng, long, 0.92, 1.0, 4))
    whir = set_to(low(high(noise(rng, long), 700), 2600))
    blades = times(
        mix((1.0, hum(long, 236)), (0.5, hum(long, 236.6)), (0.3, hum(long, 472))), swell(rng, long, 0.5, 1.0)
    )
    mains = mix((1.0, hum(long, 100)), (0.5, hum(long, 200)), (0.2, hum(long, 300)))
    return tone(mix((1.0, fan), (0.13, whir), (0.13, blades), (0.22, mains)), -37)


def lounge(rng: random.Random) -> Sound:
    """A radio two rooms away."""
    long = 10.0
    soft = set_to(low(noise(rng, long), 320))
    radio = set_to(low(band(voice(rng, long, 118, 0.72), 420, 0.8), 800))
    beats = quiet(long)
    clock(rng, beats, 780, 0.07, 0.5)
    wall = room(radio, 0.5, 0.6, 0.8)
    return tone(
        mix((0.8, soft), (0.5, radio), (0.5, set_to(wall)), (1.3, beats), (0.9, room(beats, 0.3, 0.7, 0.6))), -37
    )


def garden(rng: random.Random) -> Sound:
    """Birds, leaves."""
    long = 10.0
    leaves = low(gusts(rng, long, [(300, 0.9), (700, 0.7), (1700, 0.16)], 0.25), 2200)
    birds = quiet(long)
    for at, loud in ((0.9, 1.0), (5.6, 0.8)):  # a blackbird: slow and low, a little twist at the end
        put(birds, whistle(0.30, (2050, 2350, 1900)), at, loud)
        put(birds, whistle(0.24, (1700, 2250)), at + 0.36, loud * 0.9)
        put(birds, whistle(0.34, (2500, 2100, 2300), 0.1, 0.02), at + 0.66, loud * 0.8)
        put(birds, whistle(0.12, (3400, 2900)), at + 1.05, loud * 0.3)
    for i in range(5):  # a tit: two notes, over and over
        put(birds, whistle(0.11, (3900, 3750)), 3.1 + 0.31 * i, 0.36)
        put(birds, whistle(0.12, (3150, 3050)), 3.1 + 0.31 * i + 0.15, 0.42)
    for i in range(7):  # a sparrow, close by the wall
        chirp = whistle(0.07, (2900 + rng.uniform(-200, 200), 3500, 2700))
        put(birds, chirp, 7.9 + 0.22 * i + rng.uniform(0, 0.05), 0.34)
    far = room(birds, 1.0, 0.35, 1.4)
    return tone(mix((1.0, set_to(leaves)), (1.7, birds), (2.6, far)), -37)


def pool(rng: random.Random) -> Sound:
    """A big hall with water in it."""
    long = 10.0
    air = set_to(low(high(noise(rng, long), 120), 500))
    water = quiet(long)
    for _ in range(60):  # along the side, where it slaps and gurgles
        put(
            water,
            bubble(rng.uniform(260, 720), rng.uniform(0.05, 0.16), rng.uniform(0.1, 0.6)),
            rng.uniform(0, long),
            rng.uniform(0.1, 0.5),
        )
    for beat in range(9):
        put(
            water,
            puff(rng, rng.uniform(0.4, 0.8), rng.uniform(350, 600), 0.8, 0.35),
            beat * long / 9 + rng.uniform(0, 0.4),
            rng.uniform(0.15, 0.32),
        )
    splashes = quiet(long)
    for at, size in ((1.4, 0.8), (2.1, 0.5), (4.9, 1.0), (7.3, 0.6), (8.0, 0.7), (8.6, 0.4)):
        put(splashes, puff(rng, 0.5, 900, 0.5, 0.12), at, size)
        put(splashes, puff(rng, 0.9, 420, 0.6, 0.2), at + 0.05, size * 0.8)
        for _ in range(10):
            put(splashes, bubble(rng.uniform(300, 1100), 0.09, 0.4), at + rng.uniform(0.1, 0.8), size * 0.3)
    hall = low(room(mix((0.5, water), (1.0, splashes), (0.03, air)), 2.5, 0.3, 1.9), 2400)
    return tone(mix((0.55, air), (0.75, set_to(low(water, 3000))), (1.2, set_to(hall))), -36)


def car(rng: random.Random) -> Sound:
    """An engine, a wet road, wipers."""
    long = 8.0
    parts = ((37, 0.5), (74, 1.0), (111, 0.45), (148, 0.6), (222, 0.3), (296, 0.2), (370, 0.08))
    engine = set_to(
        mix(*((loud, times(hum(long, hz, rng.uniform(0, TAU)), swell(rng, long, 0.6, 1.0, 6))) for hz, loud in parts))
    )
    tyres = set_to(
        mix(
            (1.0, low(noise(rng, long), 300)),
            (0.20, band(noise(rng, long), 600, 0.7)),
            (0.02, band(noise(rng, long), 2000, 0.6)),
        )
    )
    wipers = quiet(long)
    for stroke in range(4):
        put(wipers, puff(rng, 0.75, 900, 0.8, 0.6), 2 * stroke + 0.3, 0.30)
        put(wipers, struck(0.12, [(95, 1.0, 0.03), (210, 0.4, 0.02)], 0.006), 2 * stroke + 1.03, 0.5)
        put(wipers, puff(rng, 0.75, 760, 0.8, 0.55), 2 * stroke + 1.15, 0.26)
        put(wipers, struck(0.12, [(85, 1.0, 0.03), (190, 0.4, 0.02)], 0.006), 2 * stroke + 1.9, 0.5)
    return tone(mix((0.7, engine), (0.8, times(tyres, swell(rng, long, 0.8, 1.0))), (2.0, low(wipers, 1500))), -33)


def pub(rng: random.Random) -> Sound:
    """Company."""
    long = 10.0
    people = [voice(rng, long, hz, 0.62) for hz in (96, 108, 117, 126, 139, 168, 186, 203, 221)]
    crowd = mix(*((rng.uniform(0.5, 1.0), set_to(one)) for one in people))
    warm = set_to(low(mix((1.0, crowd), (0.25, band(crowd, 700, 0.7))), 1000))
    murmur = mix((0.6, warm), (0.8, set_to(room(warm, 0.8, 0.55, 1.2))))
    glasses = quiet(long)
    for at, hz, loud in ((1.7, 2350, 0.5), (1.78, 2610, 0.3), (5.2, 1980, 0.35), (8.4, 2740, 0.4)):
        put(glasses, struck(0.4, [(hz, 0.6, 0.07), (hz * 1.51, 0.25, 0.04), (hz * 2.2, 0.12, 0.02)], 0.002), at, loud)
    bed = set_to(low(noise(rng, long), 400))
    return tone(mix((1.0, set_to(murmur)), (0.3, bed), (0.6, glasses), (1.4, room(glasses, 0.8, 0.4))), -35)


def station(rng: random.Random) -> Sound:
    """A platform with nobody on it."""
    long = 10.0
    wind = set_to(low(gusts(rng, long, [(160, 1.0), (380, 0.7), (900, 0.2)], 0.2), 1600))
    rails = mix(
        *(
            (loud, times(hum(long, hz, rng.uniform(0, TAU)), swell(rng, long, 0.0, 1.0, 5)))
            for hz, loud in ((611, 0.5), (917, 0.6), (1384, 0.4), (1873, 0.2))
        )
    )
    rumble = times(set_to(low(noise(rng, long), 120)), swell(rng, long, 0.0, 1.0, 1))
    yard = quiet(long)
    for at, loud in ((3.4, 1.0), (3.62, 0.7), (3.8, 0.4), (8.1, 0.6)):
        put(yard, struck(0.4, [(182, 1.0, 0.06), (467, 0.5, 0.04), (803, 0.2, 0.03)], 0.006), at, loud)
    far = set_to(room(low(yard, 900), 2.0, 0.5, 1.9))
    return tone(mix((1.0, wind), (0.11, rails), (0.5, rumble), (0.28, far)), -36)


def train(rng: random.Random) -> Sound:
    """Inside, by the window."""
    long = 8.0
    roll = set_to(
        mix(
            (1.0, low(noise(rng, long), 220)),
            (0.25, band(noise(rng, long), 420, 0.8)),
            (0.025, band(noise(rng, long), 1600, 0.6)),
        )
    )
    motor = mix((1.0, hum(long, 92)), (0.6, hum(long, 138)), (0.25, hum(long, 276)))
    joints = quiet(long)
    for rail in range(4):
        for after, loud in ((0.0, 0.9), (0.19, 1.0), (0.72, 0.6), (0.91, 0.7)):
            at = 2 * rail + 0.3 + after + rng.uniform(-0.008, 0.008)
            put(
                joints,
                struck(0.22, [(58, 1.0, 0.05), (121, 0.7, 0.04), (247, 0.45, 0.025), (470, 0.2, 0.015)], 0.008),
                at,
                loud,
            )
            put(joints, puff(rng, 0.12, 380, 0.8, 0.15), at, 0.28 * loud)
    sway = times(roll, swell(rng, long, 0.75, 1.0, 5))
    return tone(mix((1.0, sway), (0.12, motor), (2.6, low(joints, 900)), (1.0, room(joints, 0.35, 0.6, 0.7))), -33)


def sea(rng: random.Random) -> Sound:
    """Two waves, one a little larger."""
    long = 10.0
    n = round(long * RATE)
    deep = times(set_to(low(noise(rng, long), 180)), swell(rng, long, 0.6, 1.0, 2))
    body = set_to(low(high(noise(rng, long), 150), 700))
    wash = set_to(low(band(noise(rng, long), 1300, 0.6), 3500))
    hiss = set_to(low(high(noise(rng, long), 2200), 5000))
    waves = [(1.6, 1.0, 4.6), (6.4, 0.78, 5.0)]
    rise, run, draw = [0.10] * n, [0.05] * n, [0.02] * n
    for at, loud, size in waves:  # it swells, breaks, and draws back through the stones
        put(rise, _wave(size, 0.38), at - 0.38 * size, loud)
        put(run, _wave(size * 0.8, 0.3), at - 0.2 * size, loud)
        put(draw, _wave(size * 0.8, 0.35), at + 0.05 * size, loud)
    gulls = quiet(long)
    for at, loud, hz in ((3.2, 1.0, 1180), (3.75, 0.8, 1130), (4.2, 0.5, 1090), (8.9, 0.4, 1240), (9.3, 0.35, 1200)):
        put(gulls, whistle(0.38, (hz * 0.8, hz * 1.25, hz * 1.1, hz * 0.78), 0.55, 0.012), at, loud)
    far = room(low(gulls, 2600), 1.2, 0.4, 1.7)
    surf = mix((0.4, deep), (0.9, times(body, rise)), (0.45, times(wash, run)), (0.16, times(hiss, draw)))
    return tone(mix((1.0, set_to(surf)), (0.2, gulls), (0.8, far)), -35)


def _wave(seconds: float, crest: float) -> Sound:
    """How loud one wave is as it goes by, loudest at `crest` of its length."""
    n = round(seconds * RATE)
    return [
        (0.5 - 0.5 * math.cos(math.pi * i / n / crest))
        if i < crest * n
        else 0.5 + 0.5 * math.cos(math.pi * (i / n - crest) / (1 - crest))
        for i in range(n)
    ]


def river(rng: random.Random) -> Sound:
    """Water over stones."""
    long = 10.0
    bed = mix(
        (1.0, times(set_to(band(noise(rng, long), 420, 0.6)), swell(rng, long, 0.8, 1.0, 4))),
        (0.5, times(set_to(band(noise(rng, long), 1100, 0.7)), swell(rng, long, 0.6, 1.0, 5))),
        (0.08, set_to(low(band(noise(rng, long), 2800, 0.6), 4500))),
    )
    stones = quiet(long)
    for _ in range(1100):
        hz = 320 * 2 ** rng.uniform(0, 2.6)
        put(
            stones,
            bubble(hz, min(0.12, 34 / hz) * rng.uniform(0.6, 1.4), rng.uniform(0.0, 0.45)),
            rng.uniform(0, long),
            (320 / hz) ** 0.4 * rng.random() ** 2,
        )
    gurgle = times(set_to(stones), swell(rng, long, 0.6, 1.0, 6))
    return tone(mix((0.8, set_to(bed)), (0.75, gurgle), (0.35, set_to(room(gurgle, 0.5, 0.4, 1.3)))), -36)


# ---- effects ---------------------------------------------------------------------------------------------------------


def focus(rng: random.Random) -> Sound:
    """A fingertip on wood."""
    body = struck(0.04, [(640, 1.0, 0.006), (1490, 0.35, 0.004), (2870, 0.08, 0.002)], 0.0015)
    return effect(mix((1.0, body), (0.06, puff(rng, 0.04, 1800, 0.8, 0.08))))


def choose(rng: random.Random) -> Sound:
    """Two bars of a marimba."""
    out = quiet(0.25)
    for note, at, loud in ((392.0, 0.0, 0.75), (523.25, 0.085, 1.0)):
        left = 0.25 - at
        put(
            out,
            struck(left, [(note, 1.0, 0.075), (note * 3.98, 0.16, 0.02), (note * 9.3, 0.03, 0.008)], 0.003),
            at,
            loud,
        )
        put(out, puff(rng, 0.02, note * 2, 0.8, 0.1), at, 0.05 * loud)
    return effect(out)


def bell(rng: random.Random) -> Sound:
    """A small singing bowl."""
    partials: list[tuple[float, float, float]] = []
    for ratio, loud, fade in (
        (1.0, 1.0, 0.85),
        (2.71, 0.42, 0.55),
        (5.06, 0.14, 0.3),
        (7.9, 0.04, 0.14),
        (11.2, 0.015, 0.07),
    ):
        hz = 329.6 * ratio
        partials += [(hz, loud * 0.6, fade), (hz + rng.uniform(0.9, 1.9), loud * 0.4, fade)]
    return effect(struck(2.0, partials, 0.006))


def _named(*makers: Maker) -> dict[str, Maker]:
    return {maker.__name__: maker for maker in makers}


TONES: Final = _named(kitchen, hallway, office, lounge, garden, pool, car, pub, station, train, sea, river)
EFFECTS: Final = _named(focus, choose, bell)
SOUNDS: Final[Mapping[str, Maker]] = {**TONES, **EFFECTS}


# ---- files -----------------------------------------------------------------------------------------------------------


def samples(name: str) -> array[int]:
    """A sound as 16-bit samples: the same every time."""
    found = SOUNDS[name](random.Random(name))
    return array("h", (max(-32_768, min(32_767, round(x * 32_767))) for x in found))


def write_wav(path: Path, pcm: array[int]) -> None:
    """One WAV file."""
    if sys.byteorder == "big":
        pcm = array("h", pcm)
        pcm.byteswap()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(pcm.tobytes())


def to_ogg(wav: Path, ogg: Path) -> None:
    """The same as OGG Vorbis, by whatever this machine has for it; effects are short, and so can be finer."""
    quality = "6" if ogg.stem in EFFECTS else "2"
    if tool := shutil.which("oggenc"):
        command = [tool, "-Q", "-q", quality, "-s", "1", "-o", str(ogg), str(wav)]
    elif tool := shutil.which("ffmpeg"):
        exact = ["-fflags", "+bitexact", "-serial_offset", "1"]
        command = [tool, "-v", "error", "-y", "-i", str(wav), "-c:a", "libvorbis", "-q:a", quality, *exact, str(ogg)]
    else:
        raise SystemExit("make.py: needs oggenc (vorbis-tools) or ffmpeg; --wav needs neither")
    subprocess.run(command, check=True)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Make the sounds of the program.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these, of: {', '.join(SOUNDS)}")
    parser.add_argument("--wav", action="store_true", help="write WAV")
    parser.add_argument("--to", type=Path, default=Path(__file__).parent, metavar="FOLDER", help="where to")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(SOUNDS):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as folder:
        for name in asked.names or SOUNDS:
            wav = (asked.to if asked.wav else Path(folder)) / f"{name}.wav"
            write_wav(wav, samples(name))
            if not asked.wav:
                to_ogg(wav, asked.to / f"{name}.ogg")


if __name__ == "__main__":
    main()
