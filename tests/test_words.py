"""The one table of words: what is asked for is there, and what is there is asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from game.words import WORDS, say

CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted((Path(__file__).resolve().parents[1] / "game").rglob("*.py"))
    if path.name != "words.py"
)
MADE = tuple(re.findall(r"""f["']([a-z]+\.[a-z.-]*)\{""", CODE)) + tuple(re.findall(r'f"\{[^}]+\}(-[a-z]+)"', CODE))
"""Keys that are put together: how they begin, or how they end."""


def test_every_key_that_the_code_names_is_in_the_table() -> None:
    named = set(re.findall(r'\bsay\(\s*"([a-z]+[a-z.-]*)"', CODE))
    assert len(named) > 100
    assert named - set(WORDS) == set()


def test_no_sentence_is_left_that_nobody_reads() -> None:
    idle = [key for key in WORDS if not _asked_for(key) and not key.startswith(MADE) and not key.endswith(MADE)]
    assert idle == []


def _asked_for(key: str) -> bool:
    """Whether the code names the key; the pack puts `pack.` before what it names."""
    return any(f"{mark}{name}{mark}" in CODE for mark in "\"'" for name in (key, key.removeprefix("pack.")))


def test_a_key_that_is_not_there_is_an_error_of_the_programmer() -> None:
    with pytest.raises(KeyError):
        say("no.such-key")
