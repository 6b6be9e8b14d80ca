"""Owns plain measures of prose: words, sentences, syllables, reading grade. Never judges, and knows nothing of stories.

The measures are meant for everyday British English. A sentence never runs over the end of its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+(?:[’'.:-][^\W_]+)*")
"""A word, a number or a time of day; `o’clock`, `two-week` and `8.31` are one word each."""

_END: Final = re.compile(r"[.!?…]+[”’\"')\]]*\s+(?=[“‘\"'(\[]?[A-Z0-9])")
"""Where one sentence ends and another begins; a small letter goes on with the sentence before it."""

_ABBREVIATION: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Rd|Prof|Rev|No|vs|etc|[A-Z]|[ap]\.m|e\.g|i\.e)\.\s*$")
"""Ends in a full stop that is not the end of a sentence."""

_SPOKEN: Final = re.compile(r"[!?…][”’\"']\s*$")
_SPEAKER: Final = re.compile(r"[A-Z]\w+ (?:said|says|asked|asks|called|calls|shouted|shouts|sang|sings)\b")
"""“Who?” Joy asks: a quotation that ends in its own mark, and then who said it, are one sentence."""

_VOWELS: Final = re.compile("[aeiouy]+")
_Y_BETWEEN: Final = re.compile("(?<=[aeiou])y(?=[aeiou])")
_SIBILANT: Final = re.compile("(?:[sxzcg]|[cs]h)$")
_SYLLABIC_END: Final = re.compile("[^aeiouylw]le$|[ct]re$|bre$|[sh]m$")
"""Ends in a syllable with no vowel sounded of its own: `table`, `centre`, `autism`."""

_SILENT_INSIDE: Final = re.compile("(?<=[aeiouy])([^aeiouy]{1,2})e(?=(?:ly|ful|fully|less|ness|ments?)$)")
"""The silent e of a word within a longer one: `likely`, `careful`, `statement`."""

_SILENT_FIRST: Final = re.compile(
    "^(base|care|face|fire|fore|home|house|life|line|name|place|safe|side|some|there|time|where|white)"
    "(?=[^aeiouy]+[aeiouy])"
)
"""The silent e of a compound's first part: `timetable`, `household`, `safeguard`."""

_APART: Final = re.compile(
    "(?<![ct])ia|(?<=[ct])ia(?![ln])"  # media, associate; not special, patient
    "|(?<![stcxglnh])io"  # radio, serious; not station, million
    "|iet|ie(?:r|st)$|(?<![tc])ien[ct]|i(?=u[ms]$)"  # society, earlier, client, medium
    "|(?<![qg])u(?=a[lrt]|e[ln]|et$|ou)"  # usual, fuel, continuous; not language, question
    "|e(?=o$)|(?<=cr)e(?=at)|(?<=^r)e(?=a[cl][ti])|(?<=p)o(?=e[mt])"  # video, create, react, poem
)
"""Two vowels side by side that are said apart."""

_EXCEPTIONS: Final = {
    word: count
    for count, words in (
        (1, "ache clothe cream creature friend hour mic our pier priest queue real tier"),
        (2, "business colleague creature cruel evening every hundred lion naked parent people prayer quiet really"),
        (2, "rely ruin science senior soldier someone theatre wednesday whitby wicked written"),
        (3, "anyone area average behaviour chocolate"),
    )
    for word in words.split()
}
