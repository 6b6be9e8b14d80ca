"""A room with no way out: the phones work in a network namespace that has no default route and no other machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]

ALONE = """\
from game.net import adapters
from tests.room.opened import FIRST, OpenRoom
from tests.room.phones import Phone
import socket
try:
    socket.create_connection(("192.0.2.1", 80), timeout=1)
except OSError as error:
    print("no way out")
found = adapters()
print([(adapter.name, adapter.address) for adapter in found])

async def walk(room):
    phone = Phone(found[0].address, room.opened.port)
    assert (await phone.join(room.code)).status == 200
    room.ask()
    print((await phone.choose(FIRST, 1)).state["said"])
    phone.hang_up()

class Here(OpenRoom):
    def __enter__(self):
        self.opened = self.phones.start(found[0].address)
        return self

with Here() as room:
    room.run(walk(room))
"""


def test_phones_work_where_there_is_no_default_route() -> None:
    if shutil.which("ip") is None or shutil.which("unshare") is None or os.geteuid() != 0:
        pytest.skip("a network namespace needs root and iproute2")
    made = (
        "ip link set lo up && ip link add wlan0 type veth peer name air && ip link set air up && "
        'ip addr add 192.168.44.2/24 dev wlan0 && ip link set wlan0 up && exec "$@"'
    )
    run = ["unshare", "--net", "sh", "-c", made, "sh", sys.executable, "-c", ALONE]
    done = subprocess.run(run, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(CHECKOUT)})
    if done.returncode and ("Operation not" in done.stderr or "RTNETLINK" in done.stderr):
        pytest.skip(f"no network namespace can be made here: {done.stderr}")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "no way out",
        "[('wlan0', '192.168.44.2')]",
        "Your vote: B. You can change it until the trainer closes.",
    ]
