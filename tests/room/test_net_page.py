"""The phone's page in a real browser: Debian's Chromium, 320 px wide, with large text, without script, and with axe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from game.net import Joined, Option, Voted, Wrote, counted
from game.net.pages import file
from tests.displays import PATIENCE
from tests.room.opened import FIRST, OPTIONS, SECOND, OpenRoom

PHONE = {"width": 320, "height": 568}
NASTY = (
    "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>",
    "\u202eright to left\u202c and z\u200be\u200dro, Z\u0335\u0321\u0322\u0323\u0324a\u0301\u0302\u0303lgo 👩‍👩‍👧 =1+1",
    "Averylongwordwithoutanyspace" * 10,
)


@pytest.fixture
def room() -> Iterator[OpenRoom]:
    with OpenRoom() as opened:
        yield opened


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    yield context
    context.close()


def _open(context: BrowserContext, room: OpenRoom) -> Page:
    """The page as the QR code opens it; anything that goes wrong in it fails the test."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    page.on("pageerror", lambda error: pytest.fail(f"the page failed: {error}"))
    page.on("request", lambda asked: _ours(asked.url, room))
    page.goto(room.opened.typed)
    return page


def _ours(url: str, room: OpenRoom) -> None:
    assert url.startswith(f"http://127.0.0.1:{room.opened.port}/"), url


BROKEN = """() => Array.from(document.querySelectorAll(".pick span")).flatMap(span => {
  const text = span.firstChild, line = parseFloat(getComputedStyle(span).lineHeight);
  return Array.from(text.data.matchAll(/\\S+/g)).filter(word => {
    const range = document.createRange();
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    return word[0].length < 12 && range.getBoundingClientRect().height > 1.5 * line;
  }).map(word => word[0]);
})"""
"""The words of choices that stand on two lines, but for such as are longer than a line."""


def _fits(page: Page) -> None:
    """Nothing is wider than the phone, no choice's word is broken, and whatever is tapped is at least 48 px high."""
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")
    for size in page.locator("button, input:not([type=hidden]), textarea, summary, .again").all():
        box = size.bounding_box()
        if box is not None and size.is_visible():
            assert box["height"] >= 48
    for broken in page.evaluate(BROKEN):
        raise AssertionError(f"a word is broken: {broken}")


def _axe(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def _every_step(room: OpenRoom) -> Iterator[str]:
    """Show every step, with long words where there are any."""
    question = "Marcus is late for the third time this month, and the rota is short. What do you do first?"
    yield "in"
    room.ask(question=question, seconds=60)
    yield "asked"
    room.ask(question=question, open=False)
    yield "closed"
    room.show("talk", question="Why might somebody choose differently?", options=OPTIONS, round=FIRST)
    yield "talk"
    room.ask(SECOND, question=question, before=FIRST)
    yield "asked again"
    room.show("reveal", question=NASTY[2], options=OPTIONS, round=SECOND, before=FIRST)
    yield "revealed"
    room.show("gather", question="What stands in your way?", open=True, round="barriers")
    yield "gather"
    room.ask("table:1", question=question, tables=True)
    yield "table"
    room.show("end")
    yield "end"


def _shown(page: Page, step: str) -> None:
    """Go on once the page shows the step: what is measured before that may be gone in the middle of it."""
    expect(page.get_by_role("heading")).to_contain_text(HEADINGS[step])
    expect(page.locator("#said")).to_contain_text(SAYS.get(step, ""))


SAYS = {"asked": "Choose alone.", "closed": "Voting is closed."}
"""What tells steps with the same heading apart."""

HEADINGS = {
    "in": "You are in. Nothing to do yet.",
    "asked": "Marcus is late",
    "closed": "Marcus is late",
    "talk": "Talk. You will vote again.",
    "asked again": "Marcus is late",
    "revealed": "Look up at the big screen.",
    "gather": "What stands in your way?",
    "table": "Which table is this phone for?",
    "end": "Thank you.",
}


def test_a_decision_is_followed_and_voted_on_by_touch(phone: BrowserContext, room: OpenRoom) -> None:
    page = _open(phone, room)
    expect(page.get_by_role("heading")).to_have_text("You are in. Nothing to do yet.")
    expect(page.locator("#link")).to_have_text("Connected.")
    room.ask()
    expect(page.get_by_role("heading")).to_have_text("What do you do first?")
    page.get_by_role("button", name="B Ask Marcus over tea what happened.").tap()
    expect(page.locator("#said")).to_have_text("Your vote: B. You can change it until the trainer closes.")
    expect(page.get_by_role("button", pressed=True)).to_have_text("BAsk Marcus over tea what happened.✓")
    page.get_by_role("button", name="C Look at the rota dates first.").tap()
    expect(page.locator("#said")).to_have_text("Your vote: C. You can change it until the trainer closes.")
    room.ask(open=False)
    expect(page.locator("#said")).to_have_text("Your vote: C. Voting is closed.")
    room.show("talk", question="Why?", options=OPTIONS, round=FIRST)
    expect(page.locator("#now")).to_contain_text("Your first choice: C. Look at the rota dates first.")
    room.ask(SECOND, before=FIRST)
    expect(page.get_by_role("button", pressed=True)).to_have_count(0)
    page.reload()
    expect(page.locator("#now")).to_contain_text("Your first choice: C")
    votes = [fact.heads for fact in room.drained() if isinstance(fact, Voted)]
    assert votes == [(0, 1, 0), (0, 0, 1)]


def test_it_is_all_done_with_a_keyboard_and_the_focus_stays(phone: BrowserContext, room: OpenRoom) -> None:
    page = _open(phone, room)
    room.ask()
    expect(page.get_by_role("button")).to_have_count(3)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("Your vote: B. You can change it until the trainer closes.")
    assert page.evaluate("document.activeElement.value") == "1"


def test_every_step_fits_320_pixels_with_text_at_200_percent_and_pleases_axe(
    phone: BrowserContext, room: OpenRoom
) -> None:
    page = _open(phone, room)
    for step in _every_step(room):
        _shown(page, step)
        _fits(page)
        _axe(page)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        _fits(page)
        _axe(page)
        page.evaluate("document.documentElement.style.fontSize = ''")


def test_every_step_at_200_percent_zoom(chromium: Browser, room: OpenRoom) -> None:
    """Zoom of 200 % on a window of 640 pixels: 320 CSS pixels, each drawn with two."""
    zoomed = chromium.new_context(viewport=PHONE, device_scale_factor=2)  # type: ignore[arg-type]
    page = _open(zoomed, room)
    for step in _every_step(room):
        _shown(page, step)
        _fits(page)
    zoomed.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_has_a_contrast_of_seven_to_one(phone: BrowserContext, room: OpenRoom, scheme: str) -> None:
    page = _open(phone, room)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    rule = "color-contrast-enhanced"
    for step in _every_step(room):
        _shown(page, step)
        if step == "asked":
            page.get_by_role("button").nth(1).tap()
            expect(page.get_by_role("button", pressed=True)).to_have_count(1)
        found = Axe().run(page, options={"runOnly": [rule], "rules": {rule: {"enabled": True}}})
        assert found.violations_count == 0, found.generate_report()
        _axe(page)


def _tops(page: Page) -> list[float]:
    """Where each button begins, from the top of the page."""
    tops: list[float] = page.evaluate(
        "Array.from(document.querySelectorAll('button')).map(b => b.getBoundingClientRect().top + scrollY)"
    )
    return tops


@pytest.mark.parametrize("size", ["100%", "200%"])
def test_nothing_moves_under_the_finger_when_a_choice_is_taken(
    phone: BrowserContext, room: OpenRoom, size: str
) -> None:
    page = _open(phone, room)
    line = "Drive Marcus to the pool yourself, and see Joy when you are back."
    room.ask(options=tuple(Option(letter, line[: len(line) - 3 * place]) for place, letter in enumerate("ABC")))
    expect(page.get_by_role("button")).to_have_count(3)
    page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
    before = _tops(page)
    for place, letter in enumerate("ABC"):
        page.get_by_role("button").nth(place).tap()
        expect(page.locator("#said")).to_contain_text(f"Your vote: {letter}.")
        assert _tops(page) == before


def test_who_is_locked_out_keeps_the_letters_and_comes_in_with_one_tap(phone: BrowserContext, room: OpenRoom) -> None:
    room.phones.lock(True)
    page = _open(phone, room)
    expect(page.locator("#said")).to_have_text("The trainer has locked the room. Ask to be let in, then tap Join.")
    expect(page.get_by_label("Four letters")).to_have_value(room.code)
    join = page.get_by_role("button", name="Join").bounding_box()
    said = page.locator("#said").bounding_box()
    assert join is not None
    assert said is not None
    assert 0 < said["y"] - join["y"] - join["height"] < 48, "the reason stands right below the button"
    room.phones.lock(False)
    page.get_by_role("button", name="Join").tap()
    expect(page.get_by_role("heading")).to_have_text("You are in. Nothing to do yet.")


def test_while_the_line_is_cut_it_is_seen_without_scrolling_and_what_was_tapped_is_marked(
    phone: BrowserContext, room: OpenRoom
) -> None:
    page = _open(phone, room)
    room.ask(question="Marcus is late for the third time this month, and the rota is short. What do you do first?")
    expect(page.get_by_role("button")).to_have_count(3)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    phone.set_offline(True)
    page.get_by_role("button").nth(0).tap()
    page.evaluate("scrollTo(0, 0)")
    told = page.locator("#link")
    expect(told).to_have_text("No connection. Trying again.")
    expect(told).to_be_in_viewport(ratio=1)
    going = page.get_by_role("button").nth(0)
    expect(going).to_have_css("border-top-style", "dashed")
    expect(page.get_by_role("button").nth(1)).to_have_css("border-top-style", "solid")
    _axe(page)
    phone.set_offline(False)
    expect(page.locator("#said")).to_contain_text("Your vote: A.")
    expect(going).to_have_css("border-top-style", "solid")
    expect(told).to_have_text("Connected.")
    expect(told).not_to_be_in_viewport()


def test_with_forced_colours_the_choice_is_told_by_its_tick_and_its_border(chromium: Browser, room: OpenRoom) -> None:
    forced = chromium.new_context(viewport=PHONE, forced_colors="active")  # type: ignore[arg-type]
    page = _open(forced, room)
    room.ask()
    page.get_by_role("button").nth(1).click()
    chosen = page.get_by_role("button", pressed=True)
    expect(chosen).to_have_text("BAsk Marcus over tea what happened.✓")
    expect(chosen).to_have_css("border-top-width", "5px")
    expect(page.get_by_role("button").nth(0)).to_have_css("border-top-width", "2px")
    _axe(page)
    forced.close()


def test_without_script_every_step_is_complete(chromium: Browser, room: OpenRoom) -> None:
    plain = chromium.new_context(viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    page = _open(plain, room)
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading")).to_have_text("You are in. Nothing to do yet.")
    room.ask()
    page.get_by_role("link", name="Look again").click()
    page.get_by_role("button", name="A Call Marcus into the office now.").click()
    expect(page.locator("#said")).to_have_text("Your vote: A. You can change it until the trainer closes.")
    room.show("gather", question="What stands in your way?", open=True, round="barriers")
    page.get_by_role("link", name="Look again").click()
    page.get_by_role("textbox").fill("Rotas – & “time”")
    page.get_by_role("button", name="Send to the trainer").click()
    expect(page.locator("#said")).to_have_text("Sent. The trainer reads it before anybody else does.")
    room.ask("table:1", tables=True)
    page.get_by_role("link", name="Look again").click()
    page.get_by_label("Number of your table").fill("3")
    page.get_by_label("How many people sit at it?").fill("7")
    page.get_by_role("button", name="This is our table").click()
    page.get_by_text("We do not agree: say how many for each").click()
    page.get_by_label("How many for A").fill("4")
    page.get_by_label("How many for C").fill("3")
    page.get_by_role("button", name="Send these numbers").click()
    expect(page.locator("#said")).to_have_text("Your vote: A 4, C 3. You can change it until the trainer closes.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    plain.close()
    assert Wrote(1, "barriers", "Rotas – & “time”") in room.drained()


def test_without_script_the_longest_line_comes_through_in_any_writing(chromium: Browser, room: OpenRoom) -> None:
    plain = chromium.new_context(viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    page = _open(plain, room)
    page.get_by_role("button", name="Join").click()
    room.show("gather", question="What stands in your way?", open=True, round="barriers")
    page.get_by_role("link", name="Look again").click()
    page.get_by_role("textbox").fill("ত" * 280)
    page.get_by_role("button", name="Send to the trainer").click()
    expect(page.locator("#said")).to_have_text("Sent. The trainer reads it before anybody else does.")
    plain.close()
    assert Wrote(1, "barriers", "ত" * 280) in room.drained()


def test_a_table_shares_out_its_heads_by_script_too(phone: BrowserContext, room: OpenRoom) -> None:
    page = _open(phone, room)
    room.ask(tables=True)
    page.get_by_label("Number of your table").fill("12")
    page.get_by_label("How many people sit at it?").fill("6")
    page.get_by_role("button", name="This is our table").tap()
    page.get_by_text("We do not agree: say how many for each").tap()
    page.get_by_label("How many for B").fill("5")
    page.get_by_role("button", name="Send these numbers").tap()
    expect(page.locator("#said")).to_have_text("Your vote: B. You can change it until the trainer closes.")
    assert [fact.heads for fact in room.drained() if isinstance(fact, Voted)] == [(0, 5, 0)]


@pytest.mark.parametrize("words", NASTY)
def test_nasty_words_do_nothing_on_any_page(phone: BrowserContext, room: OpenRoom, words: str) -> None:
    page = _open(phone, room)
    room.show("gather", question=words, open=True, round="barriers")
    expect(page.get_by_role("textbox")).to_be_visible()
    page.get_by_role("textbox").fill(words[:280])
    page.get_by_role("button", name="Send to the trainer").tap()
    expect(page.locator("#said")).to_contain_text("Sent.")
    page.reload()
    expect(page.get_by_role("heading")).to_have_text(re.sub(r"\s+", " ", words))
    assert page.title() == "Upstream: the room"
    assert page.locator("img").count() == 0
    _fits(page)


def test_what_is_being_typed_outlives_news_from_the_room(phone: BrowserContext, room: OpenRoom) -> None:
    page = _open(phone, room)
    gather = {"question": "What stands in your way?", "open": True, "round": "barriers"}
    room.show("gather", **gather)
    page.get_by_role("textbox").fill("Half a thou")
    room.show("gather", **{**gather, "question": "What stands in your way? Two minutes more."})
    expect(page.get_by_role("heading")).to_have_text("What stands in your way? Two minutes more.")
    expect(page.get_by_role("textbox")).to_have_value("Half a thou")


def test_a_phone_whose_line_is_cut_says_so_and_comes_back_by_itself(phone: BrowserContext, room: OpenRoom) -> None:
    page = _open(phone, room)
    expect(page.locator("#link")).to_have_text("Connected.")
    room.phones.close(over=False)
    expect(page.locator("#link")).to_have_text("No connection. Trying again.")
    assert room.phones.start("127.0.0.1") == room.opened
    room.ask()
    expect(page.get_by_role("heading")).to_have_text("What do you do first?")
    expect(page.locator("#link")).to_have_text("Connected.")


def test_a_choice_that_is_made_while_the_line_is_cut_arrives_in_the_end(phone: BrowserContext, room: OpenRoom) -> None:
    page = _open(phone, room)
    room.ask()
    expect(page.get_by_role("button")).to_have_count(3)
    phone.set_offline(True)
    page.get_by_role("button", name="A Call Marcus into the office now.").tap()
    page.get_by_role("button", name="C Look at the rota dates first.").tap()
    expect(page.locator("#link")).to_have_text("No connection. Trying again.")
    phone.set_offline(False)
    expect(page.locator("#said")).to_have_text("Your vote: C. You can change it until the trainer closes.")
    assert [fact.heads for fact in room.drained() if isinstance(fact, Voted)] == [(0, 0, 1)]


def test_two_tabs_of_one_phone_show_the_same(phone: BrowserContext, room: OpenRoom) -> None:
    tabs = [_open(phone, room) for _ in range(2)]
    room.ask()
    for chosen, (one, letter) in enumerate(zip([*tabs, tabs[0]], "ABC", strict=True)):
        one.get_by_role("button").nth(chosen).tap()
        for tab in tabs:
            expect(tab.locator("#said")).to_contain_text(f"Your vote: {letter}.")
            expect(tab.get_by_role("button", pressed=True)).to_contain_text(letter)
    assert room.drained().count(Joined("1")) == 1
    assert room.phones.standing.phones == 1


def test_the_end_is_told_and_the_page_asks_no_more(phone: BrowserContext, room: OpenRoom) -> None:
    page = _open(phone, room)
    expect(page.locator("#link")).to_have_text("Connected.")
    room.ask()  # it follows the room by now
    expect(page.get_by_role("heading")).to_have_text("What do you do first?")
    room.phones.close()
    expect(page.get_by_role("heading")).to_have_text("Thank you.")
    expect(page.locator("#link")).to_have_text("The trainer has closed the session.")


def test_after_a_break_a_phone_that_is_looked_at_is_back(phone: BrowserContext, room: OpenRoom) -> None:
    page = _open(phone, room)
    room.ask()
    expect(page.get_by_role("heading")).to_have_text("What do you do first?")
    room.phones.close()
    expect(page.get_by_text("You can close this page.")).to_be_visible()
    room.phones.start("127.0.0.1")
    other = phone.new_page()  # somebody looks at something else, and then at this page again
    other.bring_to_front()
    page.bring_to_front()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # Chromium without a screen hides no page
    expect(page.get_by_role("heading")).to_have_text("What do you do first?")
    expect(page.get_by_text("Connected.")).to_be_visible()


def test_a_phone_from_an_older_session_is_asked_to_join(phone: BrowserContext, room: OpenRoom) -> None:
    page = _open(phone, room)
    expect(page.locator("#link")).to_have_text("Connected.")
    room.phones.close(over=False)
    with OpenRoom(port=room.opened.port) as other:  # a program that knows nobody, at the same address
        other.show("talk")
        expect(page.get_by_role("heading")).to_have_text("Join the room")
        page.get_by_label("Four letters").fill(other.code.lower())
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading")).to_have_text("Talk. You will vote again.")


def test_where_there_are_no_event_streams_the_page_polls(phone: BrowserContext, room: OpenRoom) -> None:
    phone.add_init_script("delete window.EventSource")
    page = _open(phone, room)
    expect(page.locator("#link")).to_have_text("Connected.")
    room.ask()
    expect(page.get_by_role("heading")).to_have_text("What do you do first?")


class Parsed(HTMLParser):
    """Every tag of the page with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[str] = []
        self._in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in = tag

    def handle_data(self, data: str) -> None:
        if self._in in ("script", "style") and data.strip():
            self.inline.append(data)


def test_the_three_files_are_small_and_have_no_inline_code_and_no_outside_address() -> None:
    files = {name: file(name).decode() for name in ("index.html", "page.js", "page.css")}
    assert sum(len(text.encode()) for text in files.values()) <= 30 * 1024
    parsed = Parsed()
    parsed.feed(files["index.html"])
    assert parsed.inline == []
    for _tag, attributes in parsed.tags:
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        for name in ("src", "href", "action"):
            assert re.match(r"/[a-z.]*$", attributes.get(name) or "/")
    for text in files.values():
        assert not re.search(r"https?:|//[a-z]|innerHTML|insertAdjacentHTML|document\.write|eval\(|url\(|@import", text)
    assert not re.search(r"crypto\.|serviceWorker|clipboard|wakeLock", files["page.js"]), "these need https"


def test_words_go_to_the_column_of_the_button_and_leave_the_field_empty(phone: BrowserContext, room: OpenRoom) -> None:
    page = _open(phone, room)
    room.show("gather", question="What gets in your way?", open=True, round="barriers", columns=("barriers", "ideas"))
    page.get_by_label("At most 280 letters.").fill("Ask the night shift")
    page.get_by_role("button", name="Send: this is an idea").tap()
    expect(page.locator("#said")).to_have_text("Sent. The trainer reads it before anybody else does.")
    expect(page.get_by_label("At most 280 letters.")).to_have_value("")
    room.until(lambda: Wrote(1, "ideas", "Ask the night shift") in room.facts)
    _fits(page)
    _axe(page)


def test_what_is_new_on_the_page_is_read_out_and_a_change_of_mind_is_not(phone: BrowserContext, room: OpenRoom) -> None:
    page = _open(phone, room)
    expect(page.get_by_role("heading")).to_have_text(
        "You are in. Nothing to do yet."
    )  # what was read out so far is not listened to
    page.evaluate(
        """() => {
          window.told = [];
          var news = document.getElementById("news");
          new MutationObserver(function () {
            if (news.textContent) { window.told.push(news.textContent); }
          }).observe(news, { childList: true });
        }"""
    )
    room.ask()
    page.get_by_role("button", name="B Ask Marcus over tea what happened.").tap()
    expect(page.locator("#said")).to_have_text("Your vote: B. You can change it until the trainer closes.")
    room.show("reveal", question="Look who moved.", options=OPTIONS, round=SECOND, before=FIRST)
    expect(page.get_by_role("heading")).to_have_text("Look up at the big screen.")
    assert page.evaluate("window.told") == [
        "What do you do first?",
        "Look up at the big screen. Before: B. Ask Marcus over tea what happened. After: no vote",
    ]


def _say_table(page: Page, table: str, people: str) -> None:
    page.get_by_label("Number of your table").fill(table)
    page.get_by_label("How many people sit at it?").fill(people)
    page.get_by_role("button", name="This is our table").tap()


def test_a_phone_that_is_turned_away_from_its_table_says_what_to_do_and_is_let_in_once_it_is_freed(
    chromium: Browser, phone: BrowserContext, room: OpenRoom
) -> None:
    other = chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    joker, table = _open(other, room), _open(phone, room)
    room.ask(tables=True)
    _say_table(joker, "3", "20")
    joker.get_by_role("button", name="A Call Marcus into the office now.").tap()
    expect(joker.locator("#said")).to_have_text("Your vote: A. You can change it until the trainer closes.")
    _say_table(table, "3", "6")
    said = table.locator("#said")
    expect(said).to_have_text(
        "Table 3 has a phone already, and one is enough. Is the number right? "
        "If that phone is not at your table, tell the trainer."
    )
    expect(table.get_by_label("Number of your table")).to_have_value("3")
    _fits(table)
    _axe(table)
    room.phones.free(3)
    for page in (joker, table):
        expect(page.get_by_role("heading")).to_have_text("Which table is this phone for?")
        expect(page.locator("#said")).to_have_text(
            "The trainer has freed table 3. Say your table again. Then vote again."
        )
    _say_table(joker, "3", "20")
    expect(joker.locator("#said")).to_have_text(
        "Table 3 is kept for another phone. Is it your table? Then tell the trainer."
    )
    expect(table.get_by_label("Number of your table")).to_have_value("3")  # it is still there: one tap is enough
    table.get_by_role("button", name="This is our table").tap()
    expect(table.locator("#now")).to_contain_text("This phone speaks for table 3, 6 people.")
    table.get_by_role("button", name="B Ask Marcus over tea what happened.").tap()
    expect(said).to_have_text("Your vote: B. You can change it until the trainer closes.")
    ballots = counted({}, room.drained())[FIRST]
    assert [vote.heads for vote in ballots.values() if vote.heads] == [(0, 6, 0)]
    other.close()
