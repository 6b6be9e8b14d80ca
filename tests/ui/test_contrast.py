"""Every pair of colours in use can be told apart (WCAG 2.2: 4.5 for text, 3 for outlines and signs)."""

from __future__ import annotations

import pytest

from game.ui import theme


def _channel(value: int) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _luminance(colour: str) -> float:
    red, green, blue = (_channel(int(colour[place : place + 2], 16)) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_agrees_with_known_ratios() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#11585e", "#11585e") == 1


@pytest.mark.parametrize(("letters", "ground"), theme.TEXT_PAIRS)
def test_text_can_be_read_on_its_ground(letters: str, ground: str) -> None:
    assert contrast(letters, ground) >= 4.5


@pytest.mark.parametrize(("outline", "ground"), theme.OUTLINE_PAIRS)
def test_an_outline_can_be_seen_on_its_ground(outline: str, ground: str) -> None:
    assert contrast(outline, ground) >= 3


@pytest.mark.parametrize("ground", theme.PEOPLE)
def test_the_first_letter_of_a_name_can_be_read_on_every_ground(ground: str) -> None:
    assert contrast(theme.CARD, ground) >= 7


@pytest.mark.parametrize("style", theme.STYLES)
def test_every_style_of_text_is_among_the_pairs(style: str) -> None:
    colour = theme.STYLES[style].colour
    assert colour in {letters for letters, _ in theme.TEXT_PAIRS}
