"""The pages about mistakes are as the program would write them now."""

from __future__ import annotations

import pytest

from game.authoring import CODES

from .making import COMMAND, PAGES, pages

MADE = pages()


@pytest.mark.parametrize("name", MADE)
def test_a_page_about_a_mistake_is_up_to_date(name: str) -> None:
    path = PAGES / name

    assert path.is_file(), f"There is no {path.name} yet. Run: {COMMAND}"
    assert path.read_text("utf-8") == MADE[name], f"{path.name} is behind the program. Run: {COMMAND}"


def test_there_is_no_page_about_a_mistake_that_is_gone() -> None:
    assert {path.name for path in PAGES.glob("*.md")} == set(MADE), f"Run: {COMMAND}"


def test_every_mistake_has_a_page_and_a_row_in_the_list() -> None:
    for code, rule in CODES.items():
        assert f"[{code}]({code}.md) | {rule.rule} | {rule.title}" in MADE["README.md"]
        assert MADE[f"{code}.md"].startswith(f"# {code} {rule.rule}\n\n**{rule.title}** {rule.means}\n")


@pytest.mark.parametrize("code", CODES)
def test_a_page_shows_what_is_really_printed(code: str) -> None:
    page = MADE[f"{code}.md"]

    assert "## What is printed\n\n```text\n" in page, f"no bad file brings about {code}"
    assert f"  {code} {CODES[code].rule}\n" in page


def test_no_page_shows_where_this_project_lies() -> None:
    for name, text in MADE.items():
        assert "tests/" not in text.replace(COMMAND, ""), name
        assert "/tmp" not in text, name
        assert "# reports" not in text, name
