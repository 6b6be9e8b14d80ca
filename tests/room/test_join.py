"""Phones are let in: what helps when none comes, the trainer's own router, a host name, how many people there are, the
code as large as the window, and the small one for who comes late.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pygame
import pytest
import zxingcpp

from game.net import Adapter, Opened, Phones
from game.screens.room_lobby import Lobby, Naming, Router
from game.screens.room_phones import PhoneLine
from game.training import Step
from game.ui import theme
from tests.room.leading import CLICKER, STILL, Leader, sockets
from tests.room.phones import Phone

ELSEWHERE = "127.0.0.2"
"""Where another machine would be, seen from this one."""

SIZES = ((1024, 600), (1024, 768), (1280, 720), (1920, 1080))
SMALL_PRINT = frozenset({"body", "bold", "small-ink", "small-bold"})
"""What the trainer reads at the one screen, and the room need not."""

STUCK = "No phone has come yet. Try these, one after the other."
STEPS = (
    "1. Is the phone on the same Wi-Fi as this laptop? Turn off its mobile data for a moment.",
    "3. Press A for the next address. A VPN or a virtual machine may have taken the first.",
    "4. A guest network often keeps phones apart. Ask for another one.",
    "5. Use a small router of your own, or a hotspot: U shows its code. "
    "A phone's hotspot takes 5 to 10 devices, that of a Windows laptop takes 8.",
    "6. Use the cards. Nothing is lost.",
)


def led(tmp: Path, *, two_windows: bool = False, people: int | None = 24, **given: object) -> Leader:
    """A trainer on this machine's own two addresses, where phones are switched on by J."""
    made = Leader(tmp, two_windows=two_windows, people=people, **given)  # type: ignore[arg-type]
    found = (Adapter("Wi-Fi", "127.0.0.1"), Adapter("Ethernet", "127.0.0.3"))
    made.lead.line = PhoneLine(find=lambda: found, make=lambda: Phones(port=0))
    return made


@pytest.fixture
def leader(tmp_path: Path) -> Iterator[Leader]:
    """With one screen, which all see."""
    made = led(tmp_path)
    yield made
    made.lead.line.close()
    made.close()


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Leader]:
    """With a window of the trainer's own."""
    made = led(tmp_path, two_windows=True)
    yield made
    made.lead.line.close()
    made.close()


def opened(leader: Leader) -> Opened:
    found = leader.lead.line.opened
    assert found is not None
    return found


def come(leader: Leader, count: int = 1, seat: tuple[int, int] | None = None) -> None:
    """Phones of other machines come in; with a `seat` each says its table, from that one on, and how many sit there."""
    where = opened(leader)

    async def walk() -> None:
        for number in range(count):
            phone = Phone(where.host, where.port, f"127.0.1.{number + 1}")
            assert (await phone.ask("GET", f"/{where.code}")).status == 200
            assert (await phone.join(where.code)).status == 200
            if seat:
                told = {"table": seat[0] + number, "people": seat[1]}
                assert (await phone.post("/v", told)).status == 200
            phone.hang_up()
            await asyncio.sleep(0)  # one turn of the loop, in which the line is closed

    asyncio.run(walk())


def opens(leader: Leader, host: str) -> None:
    """A phone of another machine opens the page under that name."""
    where = opened(leader)

    async def walk() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", where.port, local_addr=(ELSEWHERE, 0))
        writer.write(f"GET /{where.code} HTTP/1.1\r\nHost: {host}:{where.port}\r\n\r\n".encode())
        assert b" 200 " in await reader.readline()
        writer.close()
        await writer.wait_closed()

    asyncio.run(walk())


def scanned(surface: pygame.Surface) -> list[str]:
    """What a decoder reads from pixels."""
    w, h = surface.get_size()
    rows = pygame.image.tobytes(pygame.transform.grayscale(surface), "RGB")[::3]
    return [found.text for found in zxingcpp.read_barcodes(memoryview(rows).cast("B", (h, w)))]


def seen_code(leader: Leader) -> list[str]:
    leader.pilot.look()
    return scanned(leader.pilot.window.surface)


# ---- the ladder -------------------------------------------------------------


def test_after_thirty_seconds_without_a_phone_the_page_says_what_to_try(leader: Leader) -> None:
    leader.press("j").wait(29)
    assert STUCK not in leader.seen()
    leader.wait(1)
    assert STUCK in leader.seen()
    for step in STEPS:
        assert step in leader.seen()
    assert "2. Does a firewall on this laptop close port" in leader.seen()
    assert opened(leader).typed in leader.seen()
    assert seen_code(leader) == [opened(leader).typed]


def test_with_two_windows_only_the_trainer_sees_what_to_try(pair: Leader) -> None:
    pair.press("j")
    assert "Scan the code with your own phone first. When it has come through, a tick is shown here." in pair.beside()
    pair.wait(30)
    assert STUCK not in pair.seen()
    assert STUCK in pair.beside()
    for step in STEPS:
        assert step in pair.beside()
    assert f"Wi-Fi: {opened(pair).typed}" in pair.beside()


def test_it_goes_when_a_phone_has_come_and_a_tick_says_by_which_address(leader: Leader) -> None:
    leader.press("j").wait(30)
    come(leader)
    leader.until(lambda: "1 phone of 24 people." in leader.seen() and STUCK not in leader.seen())
    assert f"A phone has reached 127.0.0.1:{opened(leader).port}" in leader.seen()
    tick = leader.pilot.page.find("tick")
    assert tick is not None
    assert tick.name == "A tick"
    assert theme.TEAL_DK in {leader.pilot.pixel(x, tick.rect.centre[1]) for x in range(tick.rect.x, tick.rect.right)}
    leader.wait(600)
    assert STUCK not in leader.seen()


def test_a_phone_that_is_this_machine_itself_says_nothing_of_the_network(leader: Leader) -> None:
    leader.press("j")
    where = opened(leader)

    async def walk() -> None:
        phone = Phone(where.host, where.port)
        assert (await phone.join(where.code)).status == 200
        phone.hang_up()
        await asyncio.sleep(0)

    asyncio.run(walk())
    leader.until(lambda: "1 phone of 24 people." in leader.seen())
    leader.wait(30)
    assert STUCK in leader.seen()
    assert "A phone has reached" not in leader.seen()


def test_another_address_begins_the_wait_anew_and_the_tick_goes(leader: Leader) -> None:
    leader.press("j")
    come(leader)
    leader.until(lambda: "A phone has reached" in leader.seen())
    leader.wait(100).press("a")
    assert opened(leader).host == "127.0.0.3"
    assert seen_code(leader) == [opened(leader).typed]
    assert "A phone has reached" not in leader.seen()
    leader.wait(29)
    assert STUCK not in leader.seen()
    leader.wait(1)
    assert STUCK in leader.seen()


def test_where_there_is_no_network_a_looks_again(leader: Leader) -> None:
    found: list[Adapter] = []
    leader.lead.line = PhoneLine(find=lambda: tuple(found), make=lambda: Phones(port=0))
    leader.press("j").wait(60)
    assert "This computer is on no network that phones can reach. A looks again. Cards always work." in leader.seen()
    found.append(Adapter("Wi-Fi", "127.0.0.1"))
    leader.press("a")
    assert seen_code(leader) == [opened(leader).typed]
    leader.wait(29)
    assert STUCK not in leader.seen()


# ---- the router -------------------------------------------------------------


def with_router(leader: Leader, network: str = "Upstream Room", password: str = "kettle 12*a* teapot") -> Leader:
    return leader.press("u").write(network).press("return").write(password).press("return")


def test_the_routers_code_comes_first_and_then_the_pages_one_at_a_time(leader: Leader) -> None:
    leader.press("j")
    with_router(leader)
    assert seen_code(leader) == ["WIFI:T:WPA;S:Upstream Room;P:kettle 12*a* teapot;;"]
    for words in ("1 Join the Wi-Fi", "Network: Upstream Room", "Password: kettle 12*a* teapot"):
        assert words in leader.seen()
    assert "No internet? Stay connected." in leader.seen()
    leader.press("page down")
    assert seen_code(leader) == [opened(leader).typed]
    assert "2 Open the page" in leader.seen()
    assert "kettle" not in leader.seen()
    leader.press("u")
    assert "1 Join the Wi-Fi" in leader.seen()
    leader.press("u")
    assert "2 Open the page" in leader.seen()
    leader.press("page up")
    assert "1 Join the Wi-Fi" in leader.seen()
    leader.press("page down", "page down")
    assert "Late again" in leader.seen()
    assert seen_code(leader) == []
    leader.press("j")
    assert "1 Join the Wi-Fi" in leader.seen()


def test_the_password_is_seen_while_it_is_typed_sign_by_sign(leader: Leader) -> None:
    leader.press("j", "u")
    assert "What is the name of your router's Wi-Fi? Empty: no router. |" in leader.seen()
    leader.write("Up*str*eam").press("return")
    assert "What is its password? Empty: it has none. |" in leader.seen()
    leader.write("a.b  *c* d")
    assert "a.b  *c* d|" in leader.seen()
    leader.press("backspace")
    assert "a.b  *c* |" in leader.seen()


def test_with_two_windows_the_trainer_types_in_the_second(pair: Leader) -> None:
    pair.press("j", "u").write("Up*str*eam")
    assert "Up*str*eam|" in pair.beside()
    assert "Enter takes it. Esc closes. It is not kept on this computer." in pair.beside()
    assert "Up*str*eam" not in pair.seen()
    pair.press("escape")
    assert "Up*str*eam|" not in pair.beside()
    assert "Join with your phone" in pair.seen()


def test_an_open_network_has_no_password(leader: Leader) -> None:
    leader.press("j")
    with_router(leader, "Cafe", "")
    assert seen_code(leader) == ["WIFI:S:Cafe;;"]
    assert "It needs no password." in leader.seen()


def test_what_a_router_cannot_be_called_is_told_and_nothing_is_lost(leader: Leader) -> None:
    leader.press("j", "u").write("x" * 33).press("return")
    assert "A Wi-Fi name has at most 32 signs." in leader.seen()
    assert "x" * 33 in leader.lead.entry.line  # type: ignore[union-attr]
    leader.press("backspace", "page down").write("short").press("return")
    assert "A Wi-Fi password has 8 to 63 signs." in leader.seen()
    assert "short|" in leader.seen()
    leader.write("er one").press("return")
    assert seen_code(leader) == [f"WIFI:T:WPA;S:{'x' * 32};P:shorter one;;"]


def test_shift_u_types_it_again_and_an_empty_name_forgets_it(leader: Leader) -> None:
    leader.press("j")
    with_router(leader, "Room", "teapots 1")
    leader.press("shift u", "return", "backspace").write("2").press("return")
    assert seen_code(leader) == ["WIFI:T:WPA;S:Room;P:teapots 2;;"]
    leader.press("shift u", "backspace", "backspace", "backspace", "backspace", "return")
    assert "Join with your phone" in leader.seen()
    leader.press("j", "j")
    assert "Join with your phone" in leader.seen()


def test_nothing_of_the_router_is_written_to_the_disk(tmp_path: Path) -> None:
    leader = led(tmp_path)
    leader.press("j")
    with_router(leader, "Winterbourne", "hushhush42")
    leader.press("page down", "page down").next_step(Step.SHOW).count("12 A 9 B 3 C")
    leader.press("j", "shift u", "return").write("!")
    leader.lead.line.close()
    leader.press("escape", "ctrl q", "return")
    leader.close()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(b"Late again" in path.read_bytes() for path in files)
    for path in files:
        for secret in (b"Winterbourne", b"hushhush42"):
            assert secret not in path.read_bytes(), path
            assert secret.decode() not in str(path)
    assert "hushhush42" not in repr((Lobby(router=Router("x", "hushhush42")), Naming("password", "hushhush42")))


# ---- a host name ------------------------------------------------------------


def test_a_name_takes_the_place_of_the_address_at_once(leader: Leader) -> None:
    leader.press("j", "e").write("Laptop.local.").press("return")
    where = opened(leader)
    assert where.typed == f"http://laptop.local:{where.port}/{where.code}"
    assert seen_code(leader) == [where.typed]
    assert where.typed in leader.seen().replace(" :", ":")
    opens(leader, "laptop.local")
    leader.until(lambda: f"A phone has reached laptop.local:{where.port}" in leader.seen().replace(" :", ":"))
    leader.press("e", *["backspace"] * len("laptop.local"), "return")
    assert opened(leader).host == "127.0.0.1"
    assert seen_code(leader) == [opened(leader).typed]
    assert "A phone has reached" not in leader.seen()


@pytest.mark.parametrize("typed", ["http://me", "two words", "-x", "x-", "a..b", "härte", "me:80", f"{'x' * 64}.local"])
def test_what_is_no_name_is_told_and_stays(typed: str, leader: Leader) -> None:
    leader.press("j", "e").write(typed).press("return")
    assert "Use letters, numbers, dots and hyphens only, such as laptop.local." in leader.seen()
    assert leader.lead.entry == Naming("name", typed, leader.lead.entry.reason)  # type: ignore[union-attr]
    assert opened(leader).host == "127.0.0.1"
    leader.press("escape")
    assert seen_code(leader) == [opened(leader).typed]


def test_what_looks_like_an_address_must_be_one(leader: Leader) -> None:
    leader.press("j", "e").write("192.168.1.256").press("return")
    assert "An address is four numbers up to 255, such as 192.168.1.20." in leader.seen()
    leader.press("backspace", "page down")
    assert opened(leader).host == "192.168.1.25"


def test_the_next_address_takes_the_place_of_a_name(leader: Leader) -> None:
    leader.press("j", "e").write("laptop.local").press("return", "a")
    assert opened(leader).host == "127.0.0.3"
    leader.press("e")
    assert "such as laptop.local? Empty: its address. |" in leader.seen()


def test_a_name_is_there_again_when_a_session_goes_on_so_that_phones_find_it() -> None:
    def line() -> PhoneLine:
        return PhoneLine(find=lambda: (Adapter("Wi-Fi", "127.0.0.1"),), make=lambda: Phones(port=0))

    before, after = line(), line()
    before.open()
    before.named("laptop.local")
    after.switch(before.switched)
    assert after.opened is not None
    assert after.opened.host == "laptop.local"
    before.close()
    after.close()


# ---- how many people --------------------------------------------------------


def test_how_many_people_are_here_can_be_told_on_the_join_page_at_any_time(leader: Leader) -> None:
    leader.next_step(Step.SHOW).press("j", "h")
    assert "How many people are here?" in leader.seen()
    leader.write("47").press("return")
    assert "0 phones of 47 people." in leader.seen()
    assert leader.room.headcount == 47
    leader.press("page down", "h")
    assert "Counting, hidden:" in leader.seen()


def test_without_a_number_of_people_only_the_phones_are_told(tmp_path: Path) -> None:
    leader = led(tmp_path, people=None)
    leader.press("j")
    come(leader, 2)
    leader.until(lambda: "2 phones are in." in leader.seen())
    leader.press("h").write("1").press("return")
    assert "2 phones of 1 person." in leader.seen()
    leader.lead.line.close()
    leader.close()


def test_the_trainer_is_warned_of_more_phones_than_people(pair: Leader) -> None:
    warning = (
        "More phones than people: 3 phones, 2 people. Has somebody come in twice? "
        "H: count the people again. L: lock the room."
    )
    pair.press("j", "h").write("2").press("return")
    come(pair, 2)
    pair.until(lambda: "2 phones of 2 people." in pair.seen())
    assert "More phones than people" not in pair.beside()
    come(pair)
    pair.until(lambda: "3 phones of 2 people." in pair.seen())
    assert warning in pair.beside()
    assert "More phones" not in pair.seen()
    pair.press("page down")
    assert warning in pair.beside()
    pair.press("j", "t")
    assert "More phones than people" not in pair.beside()


def test_with_tables_heads_are_compared(pair: Leader) -> None:
    pair.press("j", "t", "j").next_step(Step.QUESTION)
    come(pair, 2, seat=(4, 6))
    pair.press("j")
    pair.until(lambda: "2 phones for 12 of 24 people. One phone for each table." in pair.seen())
    assert "The tables have" not in pair.beside()
    pair.press("h").write("11").press("return")
    warning = "The tables have 12 people, and 11 are in the room. Ask each table to count again."
    assert warning in pair.beside()
    assert warning not in pair.seen()


# ---- the large code ---------------------------------------------------------


def test_q_fills_the_window_with_the_code_and_q_or_next_goes_back(leader: Leader) -> None:
    leader.press("j", "q")
    code = leader.pilot.page.find("code")
    assert code is not None
    assert code.rect.h > 0.85 * 720
    assert opened(leader).typed in leader.seen()
    assert "No app" not in leader.seen()
    assert seen_code(leader) == [opened(leader).typed]
    leader.press("q")
    assert "No app" in leader.seen()
    leader.press("q", "page down")
    assert "No app" in leader.seen()
    leader.press("page down")
    assert "Late again" in leader.seen()


def test_q_shows_it_over_a_step_too_and_leaves_that_as_it_was(leader: Leader) -> None:
    leader.press("j", "j").next_step(Step.QUESTION)
    before, room = leader.picture(), leader.room
    for back in ("q", "page down", "right", "return"):
        leader.press("q")
        assert seen_code(leader) == [opened(leader).typed]
        leader.press("page up", back)
        assert leader.picture() == before
        assert leader.room == room


def test_over_the_routers_code_q_makes_that_one_large(leader: Leader) -> None:
    leader.press("j")
    with_router(leader, "Room", "teapots 1").press("q")
    assert seen_code(leader) == ["WIFI:T:WPA;S:Room;P:teapots 1;;"]
    leader.press("page down")
    assert "1 Join the Wi-Fi" in leader.seen()


def test_without_phones_no_code_is_shown_and_no_socket_opened(leader: Leader) -> None:
    with sockets() as made:
        for key in ("q", "c"):
            leader.press(key)
            assert "Phones are off. J lets them in." in leader.seen()
            assert seen_code(leader) == []
        leader.press("u", "shift u", "e")
        assert leader.lead.entry is None
        assert made == []


# ---- other keys -------------------------------------------------------------


def test_no_key_of_the_way_in_moves_the_session_below_it(leader: Leader) -> None:
    leader.press("j", "j").next_step(Step.SHOW).count("12 A 9 B 3 C").next_step(Step.BRANCH)
    room, picture = leader.room, leader.picture()
    leader.press("j")
    for key in ("1", "2", "o", "page up", "left", "c", "c", "q", "q", "a", "e", "escape", "u", "escape"):
        leader.press(key)
        assert leader.pilot.stage.running
        assert leader.room == room
    leader.press("page down")
    assert leader.picture() == picture


def test_the_full_stop_blanks_every_page_of_the_way_in_and_escape_ends_none(leader: Leader) -> None:
    leader.press("j")
    with_router(leader)
    for go in ((), ("page down",), ("q",)):
        leader.press(*go)
        before = leader.picture()
        leader.press(".")
        assert set(leader.picture()) == {0}
        leader.press("page down")
        assert leader.picture() == before
        leader.press("escape")
        assert "Fill the screen? Enter: yes. Any other key: no." in leader.seen()
        leader.press("escape")
        assert leader.picture() == before
    leader.press("j", "h", ".")
    assert set(leader.picture()) == {0}


def test_the_keys_of_the_page_are_told_on_it(leader: Leader, tmp_path: Path) -> None:
    keys = (
        "A: next address. E: type a name. U: your own router; Shift U: type it again. Q: a larger code. "
        "C: a small code on the pages. H: how many people. T: tables. L: lock. Next: go on."
    )
    assert f"Wi-Fi. {keys}" in leader.press("j").seen()
    pair = led(tmp_path / "pair", two_windows=True)
    pair.press("j")
    assert keys in pair.beside()
    assert keys not in pair.seen()
    pair.lead.line.close()
    pair.close()


# ---- the small code ---------------------------------------------------------


def test_c_shows_a_small_code_on_the_pages_until_the_room_is_locked(leader: Leader) -> None:
    leader.press("j", "c", "j")
    assert leader.lead.lobby.corner
    leader.next_step(Step.QUESTION)
    assert seen_code(leader) == [opened(leader).typed]
    leader.press("l")
    assert seen_code(leader) == []
    leader.press("l")
    assert seen_code(leader) == [opened(leader).typed]
    leader.press("c")
    assert "The small code is off." in leader.seen()
    assert seen_code(leader) == []
    leader.press("l", "c")
    assert "The room is locked. L opens it, and then the small code is shown." in leader.seen()


def test_settings_of_two_hundred_per_cent_change_nothing_of_the_code(tmp_path: Path) -> None:
    leader = led(tmp_path, settings=replace(STILL, text_size=200), size=(1024, 768))
    leader.press("j").wait(30)
    assert seen_code(leader) == [opened(leader).typed]
    assert STUCK in leader.seen()
    leader.lead.line.close()
    leader.close()


def test_no_row_of_keys_ends_the_session_or_the_phones_or_shows_two_codes(leader: Leader) -> None:
    leader.press("j")
    keys = [*CLICKER, *"jqcuealhw1", "shift u", "return", "backspace"]
    chance = random.Random(5)
    for _ in range(400):
        leader.press(chance.choice(keys))
        assert leader.pilot.stage.running
        assert leader.pilot.stage.screen is leader.screen
        assert sum(thing.key in ("code", "corner") for thing in leader.pilot.page.root.walk()) <= 1
    assert leader.lead.line.opened is not None
