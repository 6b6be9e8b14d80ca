"""Owns which address of this computer a phone in the room can reach. Never opens a socket.

The way out to the internet is not asked for: with a VPN it is the wrong one, and in the room there may be none.
Adapters are told apart by address and by name, and the trainer steps through the rest with one key.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Adapter:
    """One IPv4 address of this computer, under the name its system shows for the adapter."""

    name: str
    address: str


HOTSPOT: Final = "192.168.137.1"
"""The address that Windows gives its own hotspot."""

SIGNS: Final[Sequence[tuple[str, int]]] = (
    (r"loopback|^lo\d*$", -1000),
    (r"vpn|^tap|^tun|^utun|wireguard|^wg\d|tailscale|zerotier|^zt|^ppp|ipsec|anyconnect|fortinet|nordlynx", -60),
    (r"vethernet|hyper-v|wsl|virtualbox|^vbox|vmware|^vmnet|docker|^br-|^veth|^virbr|podman|^cni|^lxc|^lxd", -60),
    (r"bluetooth|^awdl|^llw|^anpi|npcap", -40),
    (r"wi-?fi|wlan|wireless|airport|^wl", 30),
    (r"^en\d|ethernet|^eth\d|^en[opsx]|^em\d|^bridge100$|^ap\d|local area connection", 20),
)
"""What a name says, each sign once: the patterns of 3.5 (2) in `room.md`, and how much they weigh."""

NETWORKS: Final[Sequence[tuple[str, int]]] = (
    ("127.0.0.0/8", -1000),
    ("169.254.0.0/16", -80),  # link-local: nobody gave it an address
    ("100.64.0.0/10", -50),  # carriers and Tailscale
    ("192.168.0.0/16", 15),  # RFC 1918, in the order in which rooms use them
    ("10.0.0.0/8", 12),
    ("172.16.0.0/12", 8),
)

LAST_RESORT: Final = -500
"""At or under this an adapter cannot be reached from another machine at all."""


def score(adapter: Adapter) -> int:
    """How likely phones reach this address; higher is likelier."""
    name = adapter.name.lower()
    said = sum(weight for pattern, weight in SIGNS if re.search(pattern, name))
    place = ipaddress.ip_address(adapter.address)
    said += sum(weight for network, weight in NETWORKS if place in ipaddress.ip_network(network))
    return said + (40 if adapter.address == HOTSPOT else 0)


def ranked(found: Iterable[Adapter]) -> tuple[Adapter, ...]:
    """The adapters that a phone may reach, the likeliest first; equal ones by name, so that the order is the same."""
    reachable = [adapter for adapter in found if score(adapter) > LAST_RESORT]
    return tuple(sorted(reachable, key=lambda adapter: (-score(adapter), adapter.name, adapter.address)))


def after(adapters: Sequence[Adapter], current: Adapter | None) -> Adapter | None:
    """The next adapter to try after this one, round and round; None where there is none at all."""
    if not adapters:
        return None
    if current not in adapters:
        return adapters[0]
    return adapters[(adapters.index(current) + 1) % len(adapters)]


def adapters() -> tuple[Adapter, ...]:
    """The adapters of this computer that are up, the likeliest first."""
    import psutil  # here, because it is needed only once phones are asked for

    up = {name for name, stats in psutil.net_if_stats().items() if stats.isup}
    return ranked(
        Adapter(name, address.address)
        for name, addresses in psutil.net_if_addrs().items()
        for address in addresses
        if name in up and address.family == socket.AF_INET
    )
