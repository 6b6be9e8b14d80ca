"""What the design of each scenario fixed: scores, effects, shares and endings. The words may change, these may not."""

from __future__ import annotations

from typing import NamedTuple


class Sketched(NamedTuple):
    """One decision: what the moment calls for (manager, leader), and each choice's roles, moves and facts.

    Moves are trust, patience, quality of life. A fact may carry the condition under which it is set.
    """

    calls_for: tuple[int, int]
    choices: dict[str, tuple[tuple[int, int], tuple[int, int, int], str]]


ROUTES = {"late-again": 81, "who-decides": 115, "the-visit": 81}

SHARES = {
    "late-again": {
        "the-eleven-oclock-swim": 27,
        "on-time-and-gone": 20,
        "kind-but-foggy": 7,
        "a-fair-line": 46,
    },
    "who-decides": {
        "thursdays-set": 13,
        "nice-rota-no-takers": 37,
        "you-decided-and-said-so": 8,
        "everyone-and-no-one": 33,
        "a-good-plan-for-someone-else": 9,
    },
    "the-visit": {
        "a-postcard-from-york": 26,
        "ninety-four-per-cent": 15,
        "late-entries": 11,
        "the-file-that-was-too-neat": 22,
        "the-plan-that-went-to-whitby": 26,
    },
}
"""How often play at random meets each ending, in rounded per cent."""

TONES = {
    "the-eleven-oclock-swim": "mixed-good",
    "on-time-and-gone": "mixed-bad",
    "kind-but-foggy": "mixed-bad",
    "a-fair-line": "mixed",
    "thursdays-set": "good",
    "nice-rota-no-takers": "mixed-bad",
    "you-decided-and-said-so": "mixed-good",
    "everyone-and-no-one": "mixed-bad",
    "a-good-plan-for-someone-else": "mixed",
    "a-postcard-from-york": "mixed-bad",
    "ninety-four-per-cent": "mixed-bad",
    "late-entries": "mixed",
    "the-file-that-was-too-neat": "bad",
    "the-plan-that-went-to-whitby": "mixed-good",
}

ENDS = {
    "pure-leader": {
        "late-again": "kind-but-foggy",
        "who-decides": "everyone-and-no-one",
        "the-visit": "the-plan-that-went-to-whitby",
    },
    "leaning-leader": {
        "late-again": "the-eleven-oclock-swim",
        "who-decides": "thursdays-set",
        "the-visit": "the-plan-that-went-to-whitby",
    },
    "both-hands": {
        "late-again": "the-eleven-oclock-swim",
        "who-decides": "thursdays-set",
        "the-visit": "the-plan-that-went-to-whitby",
    },
    "leaning-manager": {
        "late-again": "on-time-and-gone",
        "who-decides": "nice-rota-no-takers",
        "the-visit": "late-entries",
    },
    "pure-manager": {
        "late-again": "on-time-and-gone",
        "who-decides": "nice-rota-no-takers",
        "the-visit": "the-file-that-was-too-neat",
    },
}
"""Where each style of play ends."""

SKETCHES: dict[str, dict[str, Sketched]] = {
    "late-again": {
        "arrives": Sketched(
            (1, 1),
            {
                "office": ((2, 0), (0, 1, -1), "noted"),
                "drive": ((0, 1), (0, -1, 1), "swim"),
                "ask-marcus": ((1, 1), (1, 0, 0), "asked_marcus"),
            },
        ),
        "two-oclock": Sketched(
            (1, 2),
            {
                "mum": ((0, 2), (1, -1, 0), "why if not noted"),
                "dates": ((1, 1), (0, 0, 0), "facts"),
                "hear-marcus": ((2, 0), (-1, 1, 0), "line"),
            },
        ),
        "what-now": Sketched(
            (1, 2),
            {
                "plan": ((2, 0), (0, 1, 0), "plan"),
                "joys-idea": ((0, 2), (1, -1, 0), "tried"),
                "two-ideas": ((1, 2), (0, 0, 1), "shared, asked_marcus"),
            },
        ),
        "friday": Sketched(
            (1, 1),
            {
                "invite": ((0, 2), (0, 0, 0), "angela_in"),
                "warn": ((2, 0), (-1, 1, 0), "warned"),
                "hold-back": ((1, 2), (1, -1, 0), "held"),
            },
        ),
    },
    "who-decides": {
        "friday": Sketched(
            (1, 2),
            {
                "draft": ((2, 0), (-1, 1, 0), "consulted"),
                "two-days": ((0, 1), (0, -2, 1), "delay"),
                "forty-minutes": ((1, 2), (1, -1, 0), "met"),
            },
        ),
        "table": Sketched(
            (0, 2),
            {
                "staff-team": ((1, 0), (1, 0, -1), "staff_only"),
                "everyone": ((0, 2), (0, -1, 2), "dev_in, all_in"),
                "dev-part": ((1, 1), (0, 0, 1), "dev_in"),
            },
        ),
        "sunday": Sketched(
            (1, 1),
            {
                "ask-lorraine": ((1, 1), (0, 1, 0), "lorraine"),
                "change-and-send": ((2, 0), (1, 1, -1), "final"),
                "ring-round": ((0, 2), (1, 0, 1), "dev_in"),
            },
        ),
        "talk": Sketched(
            (1, 1),
            {
                "go-round": ((1, 1), (1, 0, 0), "heard"),
                "take-a-vote": ((1, 0), (-1, 1, 0), "vote"),
                "rules-up": ((2, 1), (0, 0, 1), "limits"),
            },
        ),
        "close": Sketched(
            (1, 2),
            {
                "say-it-back": ((2, 2), (1, 0, 0), "agreed"),
                "best-two": ((2, 0), (-1, 1, 0), "final"),
                "leave-open": ((0, 1), (2, -1, -1), "open"),
            },
        ),
        "no-name": Sketched(
            (2, 1),
            {
                "keep-on": ((0, 2), (2, -2, 0), "late"),
                "decide": ((2, 1), (-1, 1, 1), "owned"),
                "take-it": ((1, 1), (1, 0, 0), "cover"),
            },
        ),
    },
    "the-visit": {
        "two-hours": Sketched(
            (2, 1),
            {
                "the-notes": ((1, 1), (1, 1, -1), "notes"),
                "the-plan": ((2, 1), (0, 0, 1), "rescue"),
                "the-trip": ((0, 2), (0, -1, 2), "trip_ready"),
            },
        ),
        "white-pages": Sketched(
            (2, 1),
            {
                "say-why": ((1, 2), (1, -1, 0), "honest_page"),
                "mark-late": ((2, 1), (1, 0, -1), "late_marked"),
                "from-memory": ((2, 0), (-1, 1, 0), "backfilled"),
            },
        ),
        "her-thursday": Sketched(
            (1, 2),
            {
                "friday": ((2, 0), (-1, 1, -1), "moved"),
                "ask-eileen": ((1, 2), (1, -1, 1), "trip, told"),
                "ask-lorraine": ((1, 1), (0, 0, 1), "trip, standin"),
            },
        ),
        "seventy-eight": Sketched(
            (1, 1),
            {
                "the-gaps": ((2, 1), (1, -1, 0), "showed_gaps"),
                "ask-marcus": ((0, 2), (0, 0, 1), "marcus"),
                "line-by-line": ((2, 0), (0, 1, 0), "pointed"),
            },
        ),
    },
}
