"""Owns the phone's page: a sheet as HTML and as JSON, and the three files it comes in. Never a sentence of its own.

No inline code, no outside address, no picture, no font; the three files together stay under 30 KiB.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from importlib import resources
from typing import Any, Final

from game.net.sheet import Block, Entry, Form, Own, Pick, Says, Send, Sheet, sheet_of
from game.net.views import RoundView
from game.words import say

FILES: Final[Mapping[str, tuple[str, str]]] = {
    "/page.js": ("page.js", "text/javascript"),
    "/page.css": ("page.css", "text/css"),
}
"""Where the page's other files are, and what they are."""

SENTENCES: Final = ("trying", "connected", "sending", "lost", "cookies")
"""What the script may have to say while the room cannot be asked."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where a sheet stands: its `rev`, the latest vote's number, the seconds still meant for it, and what to join."""

    rev: str
    sent: int = 0
    left: int | None = None
    join: str = ""


@cache
def file(name: str) -> bytes:
    """One of the page's files, as it is sent."""
    return (resources.files("game.net") / "page" / name).read_bytes()


def as_json(plain: bytes, where: Where) -> bytes:
    """A sheet, as `plain` or `plain_of` gives it, for the script."""
    left = "null" if where.left is None else where.left
    return f'{{"rev":"{where.rev}","sent":{where.sent},"left":{left},'.encode() + plain[1:]


@lru_cache(maxsize=512)
def plain_of(view: RoundView, own: Own) -> bytes:
    """The sheet of a phone that said this. The phones of a room say few different things, so it serves many."""
    return plain(sheet_of(view, own))


def plain(sheet: Sheet) -> bytes:
    """The sheet as JSON."""
    told: dict[str, Any] = {
        "said": sheet.said,
        "dim": sheet.dim,
        "over": sheet.over,
        "blocks": [_plain(block) for block in sheet.blocks],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def as_html(sheet: Sheet, where: Where) -> bytes:
    """The whole page with the sheet in it, complete without script."""
    filled = {
        "lang": "en",
        "title": say("phone.title"),
        "join": where.join,
        "dim": "dim" if sheet.dim else "",
        "said": sheet.said,
        "again": say("phone.again"),
        "no-script": say("phone.no-script"),
        **{name: say(f"phone.{name}") for name in SENTENCES},
    }
    page = file("index.html").decode()
    for name, text in filled.items():
        page = page.replace(f"{{{name}}}", escape(text))
    return page.replace("{now}", "".join(_html(block) for block in sheet.blocks)).encode()


def _plain(block: Block | Pick | Entry | Send) -> dict[str, Any]:
    match block:
        case Says(text, look):
            return {"is": "says", "text": text, "look": look}
        case Pick(name, value, letter, text, on):
            return {"is": "pick", "name": name, "value": value, "letter": letter, "text": text, "on": on}
        case Send(name, value, text):
            return {"is": "send", "name": name, "value": value, "text": text}
        case Entry(name, label, value, most, kind):
            return {"is": "entry", "name": name, "label": label, "value": value, "most": most, "kind": kind}
        case Form(to, fields, parts, send, fold):
            plain = [_plain(part) for part in parts]
            return {"is": "form", "to": to, "fields": dict(fields), "parts": plain, "send": send, "fold": fold}


def _html(block: Block) -> str:
    if isinstance(block, Says):
        tag = "h1" if block.look == "head" else "p"
        return f'<{tag} class="{escape(block.look)}">{escape(block.text)}</{tag}>'
    hidden = "".join(f'<input type="hidden" name="{escape(n)}" value="{escape(v)}">' for n, v in block.fields.items())
    parts = "".join(map(_part, block.parts))
    send = f'<button class="send">{escape(block.send)}</button>' if block.send else ""
    form = f'<form method="post" action="{escape(block.to)}">{hidden}{parts}{send}</form>'
    return f"<details><summary>{escape(block.fold)}</summary>{form}</details>" if block.fold else form


def _part(part: Pick | Entry | Send) -> str:
    if isinstance(part, Send):
        return (
            f'<button class="send" name="{escape(part.name)}" value="{escape(part.value)}">{escape(part.text)}</button>'
        )
    return _pick(part) if isinstance(part, Pick) else _entry(part)


def _pick(pick: Pick) -> str:
    return (
        f'<button class="pick" name="{escape(pick.name)}" value="{escape(pick.value)}" '
        f'aria-pressed="{"true" if pick.on else "false"}">'
        f'<b class="letter">{escape(pick.letter)}</b><span>{escape(pick.text)}</span>'
        f'<i class="tick" aria-hidden="true">{"✓" if pick.on else ""}</i></button>'
    )


def _entry(entry: Entry) -> str:
    id = f"f-{entry.name}"
    soft = ' class="soft"' if entry.kind == "text" else ""
    label = f'<label{soft} for="{escape(id)}">{escape(entry.label)}</label>'
    common = f'id="{escape(id)}" name="{escape(entry.name)}" required autocomplete="off"'
    if entry.kind == "text":
        return f'{label}<textarea {common} maxlength="{entry.most}" rows="3">{escape(entry.value)}</textarea>'
    if entry.kind == "code":
        common = f'{common} maxlength="{entry.most}" autocapitalize="characters"'
        return f'{label}<input {common} value="{escape(entry.value)}">'
    least = 0 if entry.value else 1
    return (
        f'{label}<input {common} type="number" inputmode="numeric" min="{least}" max="{entry.most}" '
        f'value="{escape(entry.value)}">'
    )
