"""What the phones need beside the server: the right address, a QR code that reads back, clean words, limits."""

from __future__ import annotations

import asyncio
import os
import string
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, aclosing
from pathlib import Path
from typing import Any, TypeVar

import pygame
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from game.net import Adapter, Code, Gathered, Wrote, adapters, after, code_of, ladder, ranked, wifi_code
from game.net.cleaning import LONGEST, MARKS, cleaned, length
from game.net.files import raise_limit, room_for
from game.net.limits import Addresses, Bucket, Rules
from tests.room.phones import Phone

CHECKOUT = Path(__file__).parents[2]

HOMES: dict[str, tuple[Sequence[tuple[str, str]], str]] = {
    "Windows with a VPN": (
        [
            ("Ethernet 2", "10.8.0.6"),
            ("NordLynx", "10.5.0.2"),
            ("Wi-Fi", "192.168.1.23"),
            ("Loopback Pseudo-Interface 1", "127.0.0.1"),
        ],
        "192.168.1.23",
    ),
    "Windows with Hyper-V and WSL": (
        [("vEthernet (Default Switch)", "172.28.64.1"), ("vEthernet (WSL)", "172.20.0.1"), ("Ethernet", "10.1.4.77")],
        "10.1.4.77",
    ),
    "Windows with VirtualBox and VMware": (
        [
            ("VirtualBox Host-Only Network", "192.168.56.1"),
            ("VMware Network Adapter VMnet8", "192.168.80.1"),
            ("WLAN", "10.0.0.8"),
        ],
        "10.0.0.8",
    ),
    "Windows as a hotspot": (
        [("Wi-Fi", "192.168.1.23"), ("Local Area Connection* 12", "192.168.137.1")],
        "192.168.137.1",
    ),
    "Windows with Bluetooth and no lease": (
        [("Bluetooth Network Connection", "169.254.9.9"), ("Ethernet", "169.254.3.3"), ("Wi-Fi 2", "172.16.5.5")],
        "172.16.5.5",
    ),
    "macOS with a VPN": (
        [("lo0", "127.0.0.1"), ("utun4", "10.9.0.2"), ("en0", "192.168.0.5"), ("awdl0", "169.254.1.1")],
        "192.168.0.5",
    ),
    "macOS sharing its network": ([("en0", "169.254.20.1"), ("bridge100", "192.168.2.1")], "192.168.2.1"),
    "Linux with Docker": (
        [
            ("lo", "127.0.0.1"),
            ("docker0", "172.17.0.1"),
            ("br-2f1c", "172.18.0.1"),
            ("veth9a", "172.19.0.1"),
            ("wlp3s0", "192.168.1.7"),
        ],
        "192.168.1.7",
    ),
    "Linux with Tailscale": ([("tailscale0", "100.101.2.3"), ("enp0s31f6", "10.20.1.2")], "10.20.1.2"),
    "Linux with WireGuard": ([("wg0", "10.66.0.2"), ("wlan0", "172.20.10.4")], "172.20.10.4"),
    "Linux with a virtual machine": ([("virbr0", "192.168.122.1"), ("eth0", "192.0.2.2")], "192.0.2.2"),
}


@pytest.mark.parametrize("home", HOMES)
def test_the_address_that_phones_reach_comes_first(home: str) -> None:
    found, wanted = HOMES[home]
    for order in (found, found[::-1]):
        first, *_ = ranked(Adapter(*one) for one in order)
        assert first.address == wanted


def test_where_there_is_no_network_no_address_is_offered() -> None:
    assert ranked([Adapter("lo", "127.0.0.1")]) == ()
    assert after((), None) is None


def test_one_key_goes_through_all_addresses_and_round_again() -> None:
    found = ranked(Adapter(*one) for one in HOMES["Linux with Docker"][0])
    seen, current = [], None
    for _ in range(len(found) + 1):
        current = after(found, current)
        assert current is not None
        seen.append(current)
    assert seen == [*found, found[0]]


def test_this_computers_adapters_are_listed_and_none_is_the_loopback() -> None:
    for adapter in adapters():
        assert not adapter.address.startswith("127.")


def _pixels(code: Code, module: int) -> pygame.Surface:
    """The code as a screen shows it."""
    surface = pygame.Surface((code.size * module, code.size * module))
    surface.fill("white")
    for y, row in enumerate(code.rows):
        for x, dark in enumerate(row):
            if dark:
                surface.fill("black", (x * module, y * module, module, module))
    return surface


def _read(surface: pygame.Surface) -> str:
    grey = bytearray(pygame.image.tobytes(surface, "RGB")[::3])
    [found] = zxingcpp.read_barcodes(memoryview(grey).cast("B", (surface.get_height(), surface.get_width())))
    return found.text


@pytest.mark.parametrize("module", [4, 12])
def test_the_code_is_read_back_by_another_decoder(module: int) -> None:
    typed = "http://192.168.137.1:8765/ACDE"
    assert _read(_pixels(code_of(typed), module)) == typed


def test_the_code_is_read_from_ten_times_its_width() -> None:
    """A phone's picture 1,280 pixels wide, of which the code, seen from ten times its width, takes a tenth."""
    typed = "http://192.168.137.1:8765/ACDE"
    code = _pixels(code_of(typed), 12)
    picture = pygame.Surface((1280, 960))
    picture.fill("grey60")
    picture.blit(pygame.transform.smoothscale(code, (128, 128)), (500, 400))
    assert _read(picture) == typed


def test_the_code_of_a_router_joins_it() -> None:
    assert _read(_pixels(wifi_code("Room; 1", 'tea"time'), 8)) == 'WIFI:T:WPA;S:Room\\; 1;P:tea\\"time;;'
    assert _read(_pixels(wifi_code("Open", ""), 8)) == "WIFI:S:Open;;"


@given(st.text())
def test_cleaned_words_are_one_line_without_anything_hidden(text: str) -> None:
    clean = cleaned(text)
    assert cleaned(clean) == clean
    assert clean == " ".join(clean.split())
    assert not any(unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Cn"} for sign in clean)
    run = 0
    for sign in clean:
        run = run + 1 if unicodedata.category(sign).startswith("M") else 0
        assert run <= MARKS
    assert length(clean) <= len(clean)


@given(st.text(string.ascii_letters + string.punctuation + string.digits + "éü–’€", max_size=LONGEST))
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert cleaned(text) == text


@pytest.mark.parametrize(
    ("sent", "kept", "signs"),
    [
        ("\u202eno\u202c", "no", 2),
        ("a\u200bb\ufeffc\u00add", "abcd", 4),
        ("Z\u0335\u0321\u0322\u0323\u0324o", "\u1e92\u0335\u0321o", 2),
        ("\u0301\u0301first", "first", 5),
        ("e\u0301", "é", 1),
        ("line\none\r\n\ttwo", "line one two", 12),
        ("\u3164\u2800", "", 0),
        ("👍🏽", "👍🏽", 1),
        ("🇬🇧", "🇬🇧", 1),
        ("=SUM(A1)", "=SUM(A1)", 8),
    ],
)
def test_each_trick_with_letters(sent: str, kept: str, signs: int) -> None:
    assert cleaned(sent) == kept
    assert length(kept) == signs


@given(st.lists(st.floats(0, 5), min_size=1, max_size=60))
def test_a_bucket_lets_through_its_burst_and_its_rate_and_no_more(steps: list[float]) -> None:
    bucket, now, passed = Bucket(5.0, 10.0, 0.0), 0.0, 0
    for step in steps:
        now += step
        passed += bucket.takes(now)
    assert passed <= 10 + 5 * now + 1e-6


def test_an_address_is_forgotten_once_it_has_been_idle() -> None:
    addresses = Addresses(Rules())
    addresses.seen("10.0.0.1", "phone")
    addresses.seen("10.0.0.1", "phone two")
    assert [addresses.takes("10.0.0.9", 1.0) for _ in range(70)].count(False) == 10
    addresses.forget_idle(2.0)
    assert [addresses.takes("10.0.0.9", 2.0) for _ in range(70)].count(False) == 40, "not so soon"
    addresses.forget_idle(100.0)
    assert [addresses.takes("10.0.0.9", 100.0) for _ in range(70)].count(False) == 10


def _room(**phones: int) -> Addresses:
    """So many phones from each address."""
    addresses = Addresses(Rules())
    for address, count in phones.items():
        for number in range(count):
            addresses.seen(address, f"{address}-{number}")
    return addresses


def _come(addresses: Addresses, address: str, seconds: int) -> int:
    """How many of ten a second are let in over so many seconds."""
    came = 0
    for tenth in range(10 * seconds):
        if addresses.takes_phone(address, tenth / 10):
            came += 1
            addresses.seen(address, f"{address}+{came}")
    return came


def test_where_each_phone_has_an_address_a_stuffer_gets_three() -> None:
    addresses = _room(**{f"phone-{number}": 1 for number in range(20)})
    assert _come(addresses, "stuffer", 600) == 3


def test_people_behind_a_second_router_come_in_bit_by_bit_and_can_then_all_ask() -> None:
    addresses = _room(first=60)
    assert _come(addresses, "second", 60) == 3 + 30
    assert [addresses.takes("second", 60.0) for _ in range(400)].count(True) == 240


def test_who_comes_first_with_many_phones_shuts_nobody_behind_a_router_out() -> None:
    addresses = Addresses(Rules())
    assert _come(addresses, "early", 5) == 50
    assert _come(addresses, "room", 100) >= 3 + 48


def test_words_are_approved_one_by_one_or_deleted() -> None:
    lines = [Wrote(1, "barriers", "Rotas"), Wrote(2, "barriers", "The rota"), Wrote(3, "barriers", "Bob is a pain")]
    gathered = Gathered().received(lines).received(lines)
    assert gathered.waiting == tuple(lines)
    gathered = gathered.approve(1).delete(2).delete(3)
    assert (gathered.waiting, gathered.approved) == ((), (lines[0],))
    assert gathered.delete(1).approved == ()
    with pytest.raises(KeyError):
        gathered.approve(3)
    assert not hasattr(Gathered, "approve_all")


T = TypeVar("T")
SERVING = CHECKOUT / "tests" / "room" / "serving.py"


LIMIT = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")


def _under_a_limit(limit: str, journal: Path, walk: Callable[[int, str], Coroutine[Any, Any, T]]) -> T:
    """What comes of a walk to a program that was started under a limit of 256 open files."""
    run = ["sh", "-c", f'ulimit {limit} 256 && exec "$@"', "sh", sys.executable, str(SERVING), str(journal)]
    env = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    with subprocess.Popen(run, stdout=subprocess.PIPE, text=True, env=env) as program:
        assert program.stdout is not None
        port, code = program.stdout.readline().split()
        try:
            return asyncio.run(walk(int(port), code))
        finally:
            program.kill()


async def _three_hundred(port: int, code: str) -> tuple[int, set[str]]:
    """300 phones come; each that is let in follows the room and votes. How many, and what the others are told."""
    let_in, told = [], set()
    async with AsyncExitStack() as streams:
        for _ in range(300):
            phone = Phone("127.0.0.1", port)
            reply = await phone.join(code)
            if reply.status == 200:
                let_in.append(phone)
                await anext(await streams.enter_async_context(aclosing(phone.events())))
            else:
                told.add(reply.state["said"])
            phone.hang_up()
        for phone in let_in:
            assert (await phone.choose("r:1", 1)).state["said"].startswith("Your vote: B.")
            phone.hang_up()
    return len(let_in), told


@LIMIT
def test_a_limit_of_256_files_is_raised_and_300_phones_are_served(tmp_path: Path) -> None:
    assert _under_a_limit("-S -n", tmp_path / "journal", _three_hundred) == (300, set())


@LIMIT
def test_where_it_cannot_be_raised_96_phones_are_served_and_the_others_are_told(tmp_path: Path) -> None:
    full = "The room is full. Please show a card, or share a phone."
    assert _under_a_limit("-n", tmp_path / "journal", _three_hundred) == (96, {full})


@LIMIT
def test_lines_on_which_nobody_speaks_keep_no_phone_out(tmp_path: Path) -> None:
    async def walk(port: int, code: str) -> list[str]:
        early = Phone("127.0.0.1", port)
        await early.join(code)
        early.hang_up()
        idle = [await early.connect() for _ in range(400)]
        late = Phone("127.0.0.1", port)
        said = []
        for phone in (early, late):
            assert (await phone.join(code)).status == 200
            said.append((await phone.choose("r:1", 2)).state["said"])
            phone.hang_up()
        for _, writer in idle:
            writer.close()
        return said

    said = _under_a_limit("-n", tmp_path / "journal", walk)
    assert said == ["Your vote: C. You can change it until the trainer closes."] * 2


@LIMIT
def test_what_cannot_be_raised_is_lived_with() -> None:
    import resource

    assert room_for(256) == (96, 192)
    assert room_for(None)[0] >= 2000
    limit = raise_limit()
    assert limit is not None
    assert limit <= resource.getrlimit(resource.RLIMIT_NOFILE)[1]


@pytest.mark.parametrize(
    ("platform", "firewall"), [("win32", "Windows Security"), ("darwin", "System Settings"), ("linux", "a firewall")]
)
def test_when_no_phone_arrives_there_is_a_ladder_that_ends_with_cards(platform: str, firewall: str) -> None:
    steps = ladder(platform, 8765)
    assert steps[0] == "Is the phone on the same Wi-Fi as this laptop? Turn off its mobile data for a moment."
    assert firewall in steps[1]
    assert steps[-1] == "Use the cards. Nothing is lost."
