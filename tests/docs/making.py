"""Makes the parts of the guides that come from tables: a page for each mistake, and the tables of fields.

Run `python -m tests.docs.making` from the project's folder. What is printed for a mistake comes from the bad files
that the tests keep, so a page never shows a message that nobody gets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from game.app import main as upstream
from game.authoring import CODES, FieldTable, Rule, field_tables, load_file, render
from game.pictures import Kit

ROOT: Final = Path(__file__).parents[2]
GUIDE: Final = ROOT / "docs" / "authors.md"
PAGES: Final = ROOT / "docs" / "mistakes"
CORPUS: Final = ROOT / "tests" / "mistakes"

COMMAND: Final = "python -m tests.docs.making"
"""What brings the guides up to date."""

SORTS: Final[Mapping[str, tuple[str, str]]] = {
    "E1": ("It has to be mended", "This is an error: it has to be mended."),
    "E2": ("A player can get stuck", "This is an error. The story plays, but a player can get stuck in it."),
    "W3": ("It plays, and something is odd", "This is a warning: the story plays all the same."),
}
"""Each sort of mistake by the start of its code: a heading, and what it means for playing."""


# the pages of mistakes


def pages() -> dict[str, str]:
    """Every page about mistakes by the name of its file, the list of them included."""
    printed = _printed()
    return {
        "README.md": _index(),
        **{f"{code}.md": _page(rule, printed.get(code, "")) for code, rule in CODES.items()},
    }


def _index() -> str:
    parts = [
        "# Mistakes",
        "Each mistake that `check` tells has a code, such as E104. The code never changes its meaning. "
        "Here is a page for each: what it means, what is printed, and how to mend it.",
    ]
    for start, (heading, _) in SORTS.items():
        rows = [
            f"| [{rule.code}]({rule.code}.md) | {rule.rule} | {rule.title} |"
            for rule in CODES.values()
            if rule.code.startswith(start)
        ]
        parts += [f"## {heading}", "\n".join(["| code | name | what is wrong |", "| --- | --- | --- |", *rows])]
    parts += [
        "[The author's guide](../authors.md)",
        f"<!-- These pages are made from the table of codes and the bad files of the tests: {COMMAND} -->",
    ]
    return "\n\n".join(parts) + "\n"


def _page(rule: Rule, printed: str) -> str:
    in_words = rule.example.startswith("(")
    example = rule.example.strip("()") if in_words else f"```yaml\n{rule.example}\n```"
    parts = [
        f"# {rule.code} {rule.rule}",
        f"**{rule.title}** {rule.means}",
        SORTS[rule.code[:2]][1],
        "## For example",
        f"{example[:1].upper()}{example[1:]}." if in_words else example,
        *(["## What is printed", f"```text\n{printed}\n```"] if printed else []),
        "## How to mend it",
        rule.mend,
        "[All mistakes](README.md) · [The author's guide](../authors.md)",
    ]
    return "\n\n".join(parts) + "\n"


_PRINTED: Final = re.compile(r".+:\d+:\d+  (?P<code>[EW]\d{3}) ")


def _printed() -> dict[str, str]:
    """What is printed for each code. A mistake about the very example comes first, then one in a file of the name."""
    best: dict[str, tuple[tuple[bool, bool], str]] = {}
    for name, told in _told():
        found = _PRINTED.match(told)
        assert found is not None
        code = found["code"]
        example = rf"^ *\d+ \| {re.escape(CODES[code].example)}$"
        rank = (bool(re.search(example, told, re.MULTILINE)), name == CODES[code].rule)
        if code not in best or rank > best[code][0]:
            best[code] = (rank, told)
    return {code: told for code, (_, told) in best.items()}


def _told() -> Iterator[tuple[str, str]]:
    """Every mistake as `check` prints it, with the name of the bad file or of its folder.

    Three cannot be kept, and are made here: a file that is not there, one of 17 MB, and a story that is too large.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        yield from _checked(_copied(CORPUS / "course", _copied(CORPUS / "scenarios", folder / "scenarios")))
        yield from _checked(folder / "scenarios" / "one-choice.yaml", "--states", 1)
        yield from _checked(*_copied(CORPUS / "loose", folder / "loose").glob("*.yaml"))
        for one in sorted(path for path in (CORPUS / "courses").iterdir() if path.is_dir()):
            copy = _copied(one, folder / one.name)
            notes = copy / "notes.txt"
            source = ["--source", str(notes)] if notes.is_file() else []
            yield from ((one.name, told) for _, told in _checked(copy, *source))
        large, missing = folder / "late-again.yaml", folder / "late-agian.yaml"
        with large.open("wb") as file:
            file.truncate(17_000_000)
        made = [mistake for path in (large, missing) for mistake in load_file(path).mistakes]
        yield from (_without_path(render(mistake)) for mistake in made)


def _copied(folder: Path, to: Path) -> Path:
    """A copy of the bad files as their authors would have them: without the lines that say what must be told."""
    to.mkdir(exist_ok=True)
    for path in folder.iterdir():
        (to / path.name).write_bytes(re.sub(rb"(?m)^# reports .*\n", b"", path.read_bytes()))
    return to


def _checked(*arguments: object) -> Iterator[tuple[str, str]]:
    """Each mistake that `check` prints for these files or folders."""
    out = StringIO()
    with redirect_stdout(out):
        upstream(["check", *map(str, arguments)])
    for part in out.getvalue().split("\n\n"):
        if _PRINTED.match(part):
            yield _without_path(part.rstrip())


def _without_path(told: str) -> tuple[str, str]:
    """The name of the file, and the mistake as in an author's own folder, in a file called as theirs might be."""
    path, _, rest = told.partition(":")
    name = Path(path)
    shown = "late-again.yaml" if name.parent.name in ("scenarios", "loose") else name.name
    return name.stem, f"{shown}:{rest}"


# the tables of fields

FILES: Final[Mapping[str, str]] = {
    "scenario": "A scenario",
    "course": "A course: course.yaml",
    "source": "A source: workshop.yaml",
}
"""Each sort of file, with its heading."""

_MOODS: Final = re.compile(r"[;.] (?:the )?[Mm]oods?\b")
"""Where a drawing's title goes on to what only those who draw need."""

KIT: Final = Kit(ROOT / "assets" / "art")
"""The drawings that come with the program."""


def guide() -> str:
    """The author's guide with its tables of fields and of drawings as they are now."""
    made = GUIDE.read_text("utf-8")
    for name, table in (("fields", fields()), ("places", places()), ("people", people())):
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        before, _, rest = made.partition(begin)
        made = f"{before}{begin}\n\n{table}\n\n{end}{rest.partition(end)[2]}"
    return made


def places() -> str:
    """The drawings of places that come with the program, but for those that belong to one ending."""
    rows = [
        f"| `{name}` | {_MOODS.split(KIT.title(name))[0]} |" for name in KIT.places() if not name.startswith("end_")
    ]
    return "\n".join(["| picture | what it shows |", "| --- | --- |", *rows])


def people() -> str:
    """The drawings of people that come with the program, and the looks they have."""
    rows = [f"| `{n}` | {KIT.says(n)} | {', '.join(f'`{look}`' for look in KIT.looks(n))} |" for n in KIT.people()]
    return "\n".join(["| portrait | who it shows | looks |", "| --- | --- | --- |", *rows])


def fields() -> str:
    """The tables of every field, file by file; a thing that was told in one file is not told again."""
    parts: list[str] = []
    told: set[tuple[str, object]] = set()
    for file, heading in FILES.items():
        parts.append(f"### {heading}")
        for table in field_tables(file):
            if (table.noun, table.rows) not in told:
                told.add((table.noun, table.rows))
                parts += _table(table)
    return "\n\n".join(parts)


def _table(table: FieldTable) -> list[str]:
    rows = [
        f"| `{row.name}` | {row.takes} | {_left_out(row.required, row.default)} | {row.help} |" for row in table.rows
    ]
    head = ["| field | takes | if left out | what it is |", "| --- | --- | --- | --- |"]
    where = [f"**The fields of {_article(table.noun)}** (`{table.under}`)"] if table.under else []
    return [*where, "\n".join([*head, *rows])]


def _left_out(required: bool, default: str) -> str:
    return "must be there" if required else default or "–"


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def main() -> None:
    """Write every page, take away those of codes that are gone, and bring the tables of the guide up to date."""
    PAGES.mkdir(parents=True, exist_ok=True)
    made = pages()
    for path in PAGES.glob("*.md"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (PAGES / name).write_text(text, encoding="utf-8", newline="\n")
    GUIDE.write_text(guide(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
