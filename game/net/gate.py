"""Owns what a request must be before anybody looks at it. Never reads a body that its head gives away.

Every refusal is a status with a constant body. Nothing a trainer does is here: steps change on the laptop only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final
from urllib.parse import parse_qsl

from aiohttp.web import BaseRequest

JSON: Final = "application/json"
FORM: Final = "application/x-www-form-urlencoded"

FIELDS: Final[Mapping[str, frozenset[str]]] = {
    "choice": frozenset({"round", "choice", "sent"}),
    "heads": frozenset({"round", "sent", *(f"h{index}" for index in range(9))}),
    "table": frozenset({"table", "people", "sent"}),
    "text": frozenset({"round", "text", "sent"}),
    "code": frozenset({"code"}),
}
"""What may come in together. A request is of the first kind that all its fields belong to."""

_COOKIE: Final = re.compile(r"(?:^|;\s*)upstream=([0-9a-f]{32})(?=;|$)")
_WHOLE: Final = re.compile(r"[0-9]{1,16}", re.ASCII)


HEAD_AT_MOST: Final = 16_384
"""The most bytes in all lines of a request's head together; a browser sends less than one thousand."""


class Refused(Exception):
    """The request is not answered, but for this status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def token_in(request: BaseRequest) -> str | None:
    """The token in the request's cookie, where one has the shape of ours."""
    found = _COOKIE.search(request.headers.get("Cookie", ""))
    return found[1] if found else None


def check_shape(request: BaseRequest) -> None:
    """Refuse what no browser sends to this page: another target than a path, a body with no use, a vast head."""
    heads = request.headers
    if sum(len(name) + len(value) for name, value in request.raw_headers) > HEAD_AT_MOST:
        raise Refused(431)
    if not request.raw_path.startswith("/") or "Upgrade" in heads:
        raise Refused(400)
    if request.method == "GET" and ("Transfer-Encoding" in heads or heads.get("Content-Length", "0") != "0"):
        raise Refused(400)


def check_host(request: BaseRequest, hosts: Collection[str]) -> None:
    """Refuse a request that names another host: another site's name may lead here (DNS rebinding)."""
    if request.headers.getall("Host", []) not in [[host] for host in hosts]:
        raise Refused(421)


def check_head(request: BaseRequest, most: Mapping[str, int]) -> str:
    """Refuse a POST by its head alone, before its body is read; return its type. `most` is in bytes for each type."""
    heads = request.headers
    if heads.getall("Origin", []) != [f"http://{heads.get('Host')}"]:
        raise Refused(403)
    kind = heads.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind not in (JSON, FORM) or "Content-Encoding" in heads:
        raise Refused(415)
    told = heads.getall("Content-Length", [])
    if "Transfer-Encoding" in heads or len(told) != 1 or not _WHOLE.fullmatch(told[0]):
        raise Refused(411)
    if int(told[0]) > most[kind]:
        raise Refused(413)
    return kind


def fields_of(kind: str, body: bytes) -> tuple[str, Mapping[str, Any]]:
    """What was sent, and of which kind of `FIELDS` it is. Raises Refused."""
    fields = READERS[kind](body)
    for name, known in FIELDS.items():
        if name in fields or (name == "heads" and "h0" in fields):
            if not known.issuperset(fields):
                raise Refused(400)
            return name, fields
    raise Refused(400)


def whole(value: object, low: int, high: int) -> int:
    """A whole number in these bounds, both included, sent as a number or as digits. Raises Refused."""
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise Refused(400)
    return value


def words(value: object) -> str:
    """A text. Raises Refused."""
    if not isinstance(value, str):
        raise Refused(400)
    return value


def _json(body: bytes) -> Mapping[str, Any]:
    try:
        fields = json.loads(body.decode(), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise Refused(400) from None
    if not isinstance(fields, dict):
        raise Refused(400)
    return fields


def _form(body: bytes) -> Mapping[str, Any]:
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, strict_parsing=True, errors="strict")
    except ValueError:
        raise Refused(400) from None
    return _once(pairs)


def _once(pairs: Sequence[tuple[str, Any]]) -> Mapping[str, Any]:
    """The fields, where each is there once: two readers of a double one could understand two things."""
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise Refused(400)
    return fields


READERS: Final[Mapping[str, Callable[[bytes], Mapping[str, Any]]]] = {JSON: _json, FORM: _form}
