"""Owns the phones in the room: the page, the ballot box, the address. Sockets live here; stories do not.

Nothing is opened until `Phones.start`. Views go in, facts come out, and no count is ever part of a view.
"""

from game.net.addressing import Adapter, adapters, after, ranked
from game.net.codes import QUIET, Code, code_of, wifi_code
from game.net.gathered import Gathered
from game.net.journal import Journal, Kept, read
from game.net.limits import Rules
from game.net.phones import PORT, CannotListen, Phones
from game.net.reaching import PATIENCE, ladder
from game.net.views import (
    AtTable,
    Ballots,
    Fact,
    Joined,
    Opened,
    Option,
    Reached,
    RoundView,
    Seated,
    Shown,
    Standing,
    Trouble,
    Voted,
    Wrote,
    counted,
)

__all__ = [
    "PATIENCE",
    "PORT",
    "QUIET",
    "Adapter",
    "AtTable",
    "Ballots",
    "CannotListen",
    "Code",
    "Fact",
    "Gathered",
    "Joined",
    "Journal",
    "Kept",
    "Opened",
    "Option",
    "Phones",
    "Reached",
    "RoundView",
    "Rules",
    "Seated",
    "Shown",
    "Standing",
    "Trouble",
    "Voted",
    "Wrote",
    "adapters",
    "after",
    "code_of",
    "counted",
    "ladder",
    "ranked",
    "read",
    "wifi_code",
]
