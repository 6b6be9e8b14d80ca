"""Owns plain measures of prose: words, sentences, syllables, reading grade. Never judges, and knows no stories.

The measures are meant for everyday British English. A sentence never runs over the end of its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+(?:[’'.:-][^\W_]+)*")
"""A word, a number or a time of day; `o’clock`, `two-week` and `8.31` are one word each."""

_END: Final = re.compile(r"[.!?…]+[”’\"')\]*]*\s+(?=[“‘\"'(\[*]*[A-Z0-9])")
"""Where one sentence ends and another begins; a small letter goes on with the sentence before it."""

_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(“‘\"'])(?:Mr|Mrs|Ms|Dr|St|Prof|Rev|vs|etc|[B-HJ-Z]|[ap]\.m|e\.g|i\.e)\.\s+$"
)
"""Ends in a full stop that does not end a sentence. `A` and `I` may end one, so they are not among them."""

_QUOTED: Final = re.compile(r"[!?…][”’\"']\s+$")
_SPEAKER: Final = re.compile(r"[A-Z]\w+ (?:says|said|asks|asked|calls|called|shouts|shouted|sings|sang)\b")
"""“Who?” Joy asks. A quotation that ends in its own mark, and then who said it, are one sentence."""

_PLAIN: Final = str.maketrans({"’": "'", "é": "ei", "è": "e", "ê": "e", "ï": "i", "ô": "o"})
_DIGITS: Final = frozenset("0123456789")
_VOWELS: Final = re.compile("[aeiouy]+")
_Y_SOUNDED: Final = re.compile("^y|(?<=[aeiou])y(?=[aeiou])")
_SIBILANT: Final = re.compile("(?:[sxzcg]|[cs]h)$")
_SYLLABIC: Final = re.compile("[^aeiouylwr]le$|[bct]re$|thm$|sm$")
"""Ends in a syllable without a vowel sound of its own: `table`, `centre`, `rhythm`, `autism`."""

_APART: Final = re.compile(
    "(?<![ct])i(?=a)|(?<=[ct])i(?=a(?![ln]))"  # media, associate; not special, patient
    "|(?<![stcxglnhv])i(?=o)|(?<=v)i(?=o(?!ur))"  # radio, serious; not station, million, behaviour
    "|i(?=et|u[ms]$)|(?<![tc])i(?=en[ct])"  # society, medium, client; not ancient
    "|(?<![qg])u(?=a[lrt]|e[ln]|et$|ou)"  # usual, fuel, continuous; not language, question
    "|e(?=o$)|(?<=cr)e(?=at)|(?<=^r)e(?=a[cl][ti])|(?<=p)o(?=e[mt])"  # video, create, react, poem
    "|(?<=[^aeiouy]i)e(?=r$|st$)"  # earlier, happiest
)
"""Between two vowels that stand side by side and are said apart."""

_SUFFIXES: Final = ("ing", "ly", "ful", "less", "ness", "ment", "ship", "hood")
"""Each is a syllable of its own, and leaves the word before it as it was."""

_FIRST_PARTS: Final = re.compile(
    "(any|base|care|every|face|fire|fore|home|house|life|like|line|name|nine|note|place|safe|side|some|there|time"
    "|where|white)(one|[^aeiouy].*[aeiouy].*)"
)
"""First parts of compounds, such as `timetable` and `anyone`; most end in a silent e."""

_EXCEPTIONS: Final = {
    word: count
    for count, group in (
        (1, "ache friend hour mic our pier priest quiche real tier"),
        (2, "argue business colleague cruel evening every hundred lion medicine naked people quiet really"),
        (2, "ruin science soldier theatre wednesday wicked"),
        (3, "area element idea museum wherever"),
        (4, "january february"),
    )
    for word in group.split()
}

_LONGEST: Final = 40
"""Letters of the longest word that is taken apart; no English word has more."""

_UNITS: Final = (2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2)
"""Syllables of the numbers zero to nineteen, as they are said."""

_TENS: Final = (0, 0, 2, 2, 2, 2, 2, 3, 2, 2)
"""Syllables of twenty, thirty and so on."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The counts of a text. `longest` is the words of its longest sentence."""

    words: int = 0
    sentences: int = 0
    syllables: int = 0
    longest: int = 0

    @property
    def mean_sentence(self) -> float:
        """Words in a sentence, on average; 0.0 for no text."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def grade(self) -> float:
        """The Flesch-Kincaid grade: roughly, the years at school it takes to read the text; 0.0 for no text.

        0.39 × (words / sentences) + 11.8 × (syllables / words) - 15.59. From Kincaid, Fishburne, Rogers and
        Chissom (1975), Derivation of new readability formulas for Navy enlisted personnel, Research Branch
        Report 8-75. A text of very short words and sentences comes out below nought.
        """
        if not self.words:
            return 0.0
        return 0.39 * self.mean_sentence + 11.8 * self.syllables / self.words - 15.59


def measure(lines: Iterable[str]) -> Reading:
    """The counts of a text that is told in these lines."""
    told = [words(sentence) for line in lines for sentence in sentences(line)]
    lengths = [len(sentence) for sentence in told]
    spoken = sum(syllables(word) for sentence in told for word in sentence)
    return Reading(sum(lengths), len(lengths), spoken, max(lengths, default=0))


def words(text: str) -> tuple[str, ...]:
    """The words of a text, in order. A number, a time of day and a word with a hyphen are one word each."""
    return tuple(_WORD.findall(text))


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, in order. One ends with its line, or with `.`, `!`, `?` or `…` before a capital
    letter or a number; not after an abbreviation, and not where a quotation is followed by who said it."""
    return tuple(sentence for line in text.splitlines() for sentence in _sentences(line) if words(sentence))


def _sentences(line: str) -> Iterable[str]:
    start = 0
    for end in _END.finditer(line):
        before = line[start : end.end()]
        told_by = _QUOTED.search(before) and _SPEAKER.match(line, end.end())
        if not told_by and not _ABBREVIATION.search(before):
            yield before.strip()
            start = end.end()
    yield line[start:].strip()


def syllables(word: str) -> int:
    """How many syllables a word has when it is said aloud, at least 1; numbers and times are read out."""
    parts = re.split("[-.:]", word.lower().translate(_PLAIN))
    return max(1, sum(_number(part) if part[0] in _DIGITS else _contracted(part) for part in parts if part))


def _number(part: str) -> int:
    """`31`, `9th`, `999`, `1996`: two digits are said as a number, more than two in pairs or one by one."""
    digits = re.sub("[^0-9].*", "", part)
    if len(digits) == 4:
        return _number(digits[:2]) + _number(digits[2:])
    if len(digits) > 2:
        return sum(_UNITS[int(digit)] for digit in digits)
    tens, unit = divmod(int(digits), 10)
    if tens < 2:
        return _UNITS[int(digits)] + (digits[0] == "0" and unit > 0)  # "8.05" is said "eight oh five"
    return _TENS[tens] + (_UNITS[unit] if unit else 0)


def _contracted(word: str) -> int:
    """A word with what an apostrophe joins to it: `didn't`, `it'll`, `Marcus's`, `o'clock`."""
    first, _, rest = word.partition("'")
    if not rest:
        return _sounds(first)
    if rest == "t":
        return _sounds(first[:-1]) + bool(re.search("(?:[dskpt]|ve)n$", first))
    if rest == "s":
        return _sounds(first) + bool(_SIBILANT.search(first.removesuffix("e")) and not first.endswith("gue"))
    if rest in ("ll", "ve", "d"):
        return _sounds(first) + bool(re.search("t$" if rest == "d" else "[^aeiouywr]$", first))
    return _sounds(first) + (0 if rest in ("m", "re") else _sounds(rest))


def _sounds(word: str) -> int:
    """The syllables of a word in small letters, worked out from its ending and its first part."""
    if word in _EXCEPTIONS:
        return _EXCEPTIONS[word]
    if len(word) > _LONGEST:
        return _plain(word)
    return _compound(word) or _derived(word) or _inflected(word) or _plain(word)


def _derived(word: str) -> int:
    """The syllables of a word with an ending that is a syllable; 0 where it has none."""
    stems = (word.removesuffix(suffix) for suffix in _SUFFIXES)
    return next((_sounds(stem) + 1 for stem in stems if stem != word and _VOWELS.search(stem)), 0)


def _inflected(word: str) -> int:
    """The syllables of a word in -s or -ed; 0 where it has no such ending."""
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and _VOWELS.search(word[:-1]):
        return _sounds(word[:-1]) + bool(_SIBILANT.search(word[:-2]) and re.search("(?<!ach)es$", word))
    if word.endswith("ed") and not word.endswith("eed") and _VOWELS.search(word[:-2]):
        stem = word[:-1] if _SYLLABIC.search(word[:-1]) else word[:-2]
        return _sounds(stem) + bool(re.search("[td]$", word[:-2]))
    return 0


def _compound(word: str) -> int:
    """The syllables of a word that opens with a word whose e is silent; 0 where it does not."""
    parts = _FIRST_PARTS.fullmatch(word)
    return _sounds(parts[1]) + _sounds(parts[2]) if parts else 0


def _plain(word: str) -> int:
    """The groups of vowels, with those that are said apart, and without an e that is not heard."""
    word = re.sub("([gq])ue$", r"\1", word) if len(word) > 4 else word
    word = _Y_SOUNDED.sub("j", word)
    count = len(_VOWELS.findall(word)) + len(_APART.findall(word))
    if _SYLLABIC.search(word):
        return count if word.endswith("e") else count + 1
    return count - 1 if count > 1 and re.search("[^aeiouy]e$", word) else count
