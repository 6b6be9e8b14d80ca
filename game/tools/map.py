"""Owns the `map` command: a story drawn as one picture (SVG), or as one page to walk about in (HTML).

Never opens a window and never lays out: it sets the map on a sheet of paper and writes it down. What it writes asks
for nothing from anywhere: it opens from a disk, offline, and reads without JavaScript.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import chain, groupby
from pathlib import Path
from typing import Final, TextIO

from game.authoring import (
    SIGNS,
    SMALLEST,
    STYLES,
    Box,
    Lettering,
    StoryMap,
    Told,
    TooLarge,
    box_shape,
    chance_in_words,
    fact_in_words,
    letters_of,
    map_of_story,
    passage_told,
    passage_where,
    roads_shape,
    sign_shape,
    unmarked,
)
from game.story import Course, Proof, Scenario
from game.words import say

Sheet = tuple[str, float, float]
"""A sheet of paper lying on its side: its name, width and height in points."""

MM: Final = 72 / 25.4
"""Points in a millimetre."""

SHEETS: Final[tuple[Sheet, ...]] = tuple(
    (name, wide * MM, high * MM) for name, wide, high in (("A3", 420, 297), ("A2", 594, 420), ("A1", 841, 594))
)
"""Sheets that are tried, smallest first, until the letters are as large as they should be."""

MARGIN: Final = 24.0
HEAD: Final = 30.0
FOOT: Final = 24.0

_FONTS: Final = {
    "regular": "font-family:'Atkinson Hyperlegible Next','Atkinson Hyperlegible','Segoe UI','Helvetica Neue',Arial,"
    "'Liberation Sans',sans-serif",
    "semibold": "font-weight:600",
    "title": "font-family:Lexend,'Atkinson Hyperlegible Next','Segoe UI','Helvetica Neue',Arial,'Liberation Sans',"
    "sans-serif;font-weight:600",
}

# Widths of the letters from the space to the tilde, in hundredths of their size: Atkinson Hyperlegible Next.
_WIDTHS: Final = tuple(
    chain(
        (28, 29, 30, 65, 59, 92, 73, 16, 30, 30, 48, 61, 21, 36, 21, 39),
        (65, 41, 55, 58, 61, 59, 60, 51, 62, 60, 21, 21, 55, 63, 55, 48),
        (78, 63, 61, 64, 67, 57, 55, 69, 69, 39, 51, 63, 54, 82, 69, 71),
        (59, 72, 61, 59, 56, 69, 59, 86, 62, 58, 61, 32, 39, 34, 55, 37),
        (24, 52, 57, 48, 56, 54, 31, 56, 55, 25, 24, 49, 26, 84, 55, 55),
        (57, 57, 35, 47, 33, 54, 46, 68, 48, 45, 46, 34, 24, 34, 56),
    )
)
_OTHERS: Final = {"“": 40, "”": 40, "‘": 24, "’": 24, "–": 50, "—": 82, "…": 67, "·": 24}
_FACTORS: Final = {"regular": 1.03, "semibold": 1.09, "title": 1.18}
"""How much wider than that a face may come out, the fonts that stand in for it included."""


def measure(words: str, style: str) -> float:
    """About how wide words are in a style of the map, in its units; a little more, so that other fonts fit too."""
    hundredths = sum(
        _WIDTHS[ord(letter) - 32] if " " <= letter <= "~" else _OTHERS.get(letter, 60 if letter < "\u2e80" else 105)
        for letter in words
    )
    return hundredths / 100 * STYLES[style].size * _FACTORS[STYLES[style].face]


def map_story(scenario: Scenario, proof: Proof, *, to: Path | None, course: Course, out: TextIO) -> int:
    """Draw the map of a scenario. A file ending in .html becomes a page to walk about in, any other the picture.

    With no file, the picture goes to `out`. A file that is there is written over: it was named. Returns 0, or 2 where
    the file cannot be written or the story is too large.
    """
    try:
        page = _page(scenario, proof)
    except TooLarge as large:
        print(large, file=out)
        return 2
    if to is None:
        out.write(_picture(page, course))
        return 0
    text = _html(page, course) if to.suffix.lower() in (".html", ".htm") else _picture(page, course)
    try:
        to.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        print(say("map.not-written", path=to, reason=error.strerror or error), file=out)
        return 2
    points = f"{SMALLEST * page.scale:.1f}"
    print(say("map.written", path=to), say("map.printed", sheet=page.sheet[0], points=points), file=out)
    return 0


# ---- the sheet --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Page:
    """A map and the sheet it is set on. `scale` is how many points a unit of the map becomes."""

    map: StoryMap
    proof: Proof
    sheet: Sheet
    scale: float

    @property
    def header(self) -> str:
        """What the story holds, in numbers."""
        scenario = self.map.scenario
        choices = sum(len(p.decision.choices) for p in scenario.passages.values() if p.decision)
        endings = sum(1 for p in scenario.passages.values() if p.ending)
        told = say("map.header", passages=len(scenario.passages), choices=choices, endings=endings)
        return f"{told}, {say('map.header-routes', routes=self.proof.routes)}" if self.proof.routes else told


def _page(scenario: Scenario, proof: Proof) -> _Page:
    """The map on the smallest sheet on which its letters are not too small; on a sheet of its own past the largest."""
    drawn = map_of_story(scenario, proof, measure, page=_room(SHEETS[0]))
    for sheet in SHEETS:
        across, down = _room(sheet)
        scale = min(across / drawn.width, down / drawn.height)
        if scale >= 1:
            return _Page(drawn, proof, sheet, min(scale, 1.6))
    name = say("map.sheet-own")
    wide = max(drawn.width + 2 * MARGIN, SHEETS[0][1])
    high = drawn.height + 2 * MARGIN + HEAD + FOOT
    return _Page(drawn, proof, (name, wide, high), 1.0)


def _room(sheet: Sheet) -> tuple[float, float]:
    """What a sheet has for the map, in points."""
    return sheet[1] - 2 * MARGIN, sheet[2] - 2 * MARGIN - HEAD - FOOT


# ---- the picture ------------------------------------------------------------


def _picture(page: _Page, course: Course) -> str:
    """The whole sheet as one SVG file."""
    _, wide, high = page.sheet
    size = f'width="{wide / MM:.0f}mm" height="{high / MM:.0f}mm"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_svg(page, course, size, live=False)}\n'


def _svg(page: _Page, course: Course, size: str, *, live: bool) -> str:
    """The sheet; `live` makes the passages things to focus and press."""
    _, wide, high = page.sheet
    title = unmarked(page.map.scenario.title)
    says = say("map.says", title=title, header=page.header)
    left = (wide - page.map.width * page.scale) / 2
    top = MARGIN + HEAD
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {wide:.1f} {high:.1f}" '
            f'role="{"group" if live else "img"}" aria-labelledby="map-title map-says">',
            f'<title id="map-title">{_xml(title)}</title>',
            f'<desc id="map-says">{_xml(says)} {_xml(say("map.says-read")) if live else ""}</desc>',
            f"<style>{_style()}</style>",
            f'<rect width="{wide:.1f}" height="{high:.1f}" fill="#fbf7f0"/>',
            *_head(page, course, wide),
            f'<g transform="translate({left:.1f} {top:.1f}) scale({page.scale:.4f})">',
            roads_shape(page.map.roads, routed=page.map.routed),
            *(_box(box, live) for box in _in_order(page.map)),
            "</g>",
            *_legend(page, high),
            "</svg>",
        ]
    )


def _in_order(drawn: StoryMap) -> Iterator[Box]:
    """The boxes from the top down and from the left: the order in which they are read out and stepped through."""
    yield from sorted(drawn.boxes, key=lambda box: (box.y, box.x))


def _style() -> str:
    """How each style's letters are set."""
    rules = [
        f"svg text{{{_FONTS['regular']}}}",
        f"svg .title{{{_FONTS['title']};font-size:19px}}",
        "svg .note{font-size:9.5px}",
    ]
    for name, style in STYLES.items():
        face = "" if style.face == "regular" else f";{_FONTS[style.face]}"
        rules.append(f"svg .{name}{{font-size:{style.size}px{face}}}")
    return "".join(rules)


def _head(page: _Page, course: Course, wide: float) -> Iterator[str]:
    y = MARGIN + 15
    yield f'<text class="title" x="{MARGIN}" y="{y}" fill="#0b3e44">{_xml(unmarked(page.map.scenario.title))}</text>'
    told = " · ".join(filter(None, [unmarked(course.title), page.header]))
    yield f'<text class="note" x="{wide - MARGIN:.1f}" y="{y}" text-anchor="end" fill="#43545e">{_xml(told)}</text>'


def _box(box: Box, live: bool) -> str:
    """One box with its words. As text, so that it can be found, copied and read out."""
    words = "".join(_letters(box, line) for line in box.lines)
    name = f"<title>{_xml(box.name)}</title>"
    place = f'class="box {box.kind}" data-passage="{_xml(box.passage)}"'
    if live and box.kind not in ("choice", "way"):
        place += f' tabindex="0" role="button" aria-label="{_xml(box.name)}"'
    return f"<g {place}>{name}{box_shape(box)}{words}</g>"


def _letters(box: Box, line: Lettering) -> str:
    style = STYLES[line.style]
    baseline = box.y + line.y + style.line / 2 + style.size * 0.35
    end = ' text-anchor="end"' if line.end else ""
    return (
        f'<text class="{line.style}" x="{box.x + line.x:.1f}" y="{baseline:.1f}"{end} '
        f'fill="{letters_of(box, line.style)}">{_xml(line.text)}</text>'
    )


_BARRED: Final = frozenset("\x7f\ufffe\uffff")
"""Letters that no XML may hold, beside the control characters."""


def _xml(text: str) -> str:
    """Text for a place in XML: escaped, and without the control characters that no XML may hold."""
    return escape("".join(letter for letter in text if (letter >= " " or letter in "\t\n") and letter not in _BARRED))


# ---- the legend -------------------------------------------------------------


def _legend(page: _Page, high: float) -> Iterator[str]:
    """What the shapes mean, in one row at the foot: only what is on this map."""
    x, y = MARGIN, high - MARGIN - 6
    for shape, wide, words in _entries(page.map):
        yield f'<g transform="translate({x:.1f} {y - 8:.1f})">{shape}</g>'
        yield f'<text class="note" x="{x + wide + 5:.1f}" y="{y:.1f}" fill="#43545e">{_xml(words)}</text>'
        x += wide + 5 + measure(words, "words") + 15


def _entries(drawn: StoryMap) -> Iterator[tuple[str, float, str]]:
    kinds = {box.kind for box in drawn.boxes}
    for kind in ("decision", "choice", "passage", "way", "ending"):
        if kind in kinds:
            yield box_shape(_swatch(kind)), 20.0, say(f"map.legend-{kind}")
    for sign in SIGNS:
        if sign.startswith("role") and any(box.sign == sign for box in drawn.boxes):
            yield sign_shape(sign, 0, 0), 11.0, say(f"map.{sign}")
    if any(not box.reached for box in drawn.boxes):
        yield box_shape(_swatch("passage", reached=False)), 20.0, say("map.legend-lost")
    if any(road.back for road in drawn.roads):
        line = '<path d="M0 5H20" stroke="#6b3f69" stroke-width="1.6" fill="none"/>'
        yield line, 20.0, say("map.legend-back")
    if any(box.chance is not None for box in drawn.boxes):
        yield "", 0.0, say("map.legend-chance")


def _swatch(kind: str, *, reached: bool = True) -> Box:
    return Box("", kind, "", "", "", 0, 0, 20, 10, (), reached=reached)  # type: ignore[arg-type]


# ---- the page to walk about in ----------------------------------------------

_CSS: Final = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; font: 17px/1.5 'Atkinson Hyperlegible Next', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif; }
body { color: #17252e; background: #fbf7f0; }
h1, h2, h3 { color: #0b3e44; line-height: 1.25; margin: 0 0 0.4em; }
h1 { font-size: 1.4em; }
main { max-width: 46em; margin: 0 auto; padding: 1em; }
#stage { position: relative; height: 100vh; height: 100dvh; display: flex; background: #fbf7f0; }
#view { flex: 1; min-width: 0; touch-action: none; cursor: grab; }
#view:active { cursor: grabbing; }
#view svg { width: 100%; height: 100%; display: block; user-select: none; -webkit-user-select: none; }
#view:focus-visible { outline: 4px solid #f2b544; outline-offset: -4px; }
.box { cursor: pointer; outline: none; }
.box:focus-visible > rect { stroke: #f2b544; stroke-width: 4; }
.box.open > rect { stroke: #0b3e44; stroke-width: 2.6; }
.box.open:focus-visible > rect { stroke: #f2b544; stroke-width: 4; }
.box:hover > rect { filter: brightness(0.97); }
#tools { position: absolute; left: 12px; bottom: 12px; display: flex; gap: 6px; }
button { font: inherit; font-weight: 600; color: #0b3e44; background: #fff; border: 1.5px solid #75848c; }
button { border-radius: 8px; min-height: 44px; padding: 0 14px; cursor: pointer; }
button:hover { background: #e4f0ef; }
button:focus-visible { outline: 4px solid #f2b544; outline-offset: 2px; }
#panel:focus-visible { outline: 4px solid #f2b544; outline-offset: -4px; }
#panel { width: min(30em, 92vw); overflow: auto; padding: 1.1em 1.3em; background: #fff; }
#panel { border-left: 1.5px solid #d9d0c2; }
#panel .close { float: right; margin: 0 0 0.5em 0.8em; }
[hidden] { display: none !important; }
article { margin: 0 0 2.2em; padding-top: 0.6em; border-top: 1.5px solid #d9d0c2; }
#panel article { border: 0; margin: 0; padding: 0; }
p { margin: 0 0 0.5em; }
.id, .chance, .way, .effect, .if { color: #43545e; }
.id { font-size: 0.85em; }
.who { font-weight: 600; color: #0b3e44; }
.if { font-weight: 600; }
.under { margin-left: 1.1em; padding-left: 0.8em; border-left: 3px solid #d9d0c2; }
.under2 { margin-left: 2.4em; padding-left: 0.8em; border-left: 3px solid #d9d0c2; }
.ask, .end { font-weight: 600; margin-top: 0.9em; }
div.choice { background: #e4f0ef; border-radius: 8px; padding: 0.7em 0.9em; margin: 0 0 0.7em; }
div.choice p { margin-bottom: 0.25em; }
p.choice { font-weight: 600; }
.role { color: #0b3e44; font-weight: 600; }
@media (max-width: 50em) {
  #stage { flex-direction: column; }
  #panel { width: 100%; max-height: 55%; border-left: 0; border-top: 1.5px solid #d9d0c2; }
}
@media (prefers-reduced-motion: no-preference) { .box > rect { transition: stroke-width 0.12s; } }
"""

_PRINT: Final = """
@page {{ size: {wide:.0f}mm {high:.0f}mm; margin: 14mm; }}
@page map {{ size: {wide:.0f}mm {high:.0f}mm; margin: 0; }}
@media print {{
  #stage {{ display: block; height: auto; page: map; break-after: page; }}
  #view svg {{ width: {wide:.0f}mm; height: {high_less:.1f}mm; }}
  #tools, #panel, .help, .no-print {{ display: none !important; }}
  main {{ max-width: none; columns: 3; column-gap: 12mm; padding: 0; font-size: 10pt; }}
  body {{ background: none; }}
  article h3, .ask, .if {{ break-after: avoid; }}
  div.choice, p {{ break-inside: avoid; }}
  * {{ -webkit-print-color-adjust: exact; print-color-adjust: exact; }}
}}
"""

_JS: Final = """
(() => {
  const view = document.getElementById('view'), svg = view.querySelector('svg');
  const panel = document.getElementById('panel'), whole = svg.viewBox.baseVal;
  const all = {x: whole.x, y: whole.y, w: whole.width, h: whole.height};
  let now = {...all}, drag = null, moved = false, from = null;
  document.getElementById('tools').hidden = false;
  const show = () => svg.setAttribute('viewBox', [now.x, now.y, now.w, now.h].join(' '));
  const unit = () => Math.max(now.w / svg.clientWidth, now.h / svg.clientHeight);
  const keep = () => {
    now.x = Math.min(all.w - now.w * 0.2, Math.max(-now.w * 0.8, now.x));
    now.y = Math.min(all.h - now.h * 0.2, Math.max(-now.h * 0.8, now.y));
  };
  const move = (x, y) => { now.x += x; now.y += y; keep(); show(); };
  const fit = () => { now = {...all}; show(); };
  const zoom = (by, x = 0.5, y = 0.5) => {
    const w = Math.min(all.w * 1.5, Math.max(all.w / 24, now.w * by)), k = w / now.w;
    now = {x: now.x + now.w * (1 - k) * x, y: now.y + now.h * (1 - k) * y, w, h: now.h * k};
    keep(); show();
  };
  const place = e => {
    const box = svg.getBoundingClientRect(), u = unit();
    const left = (box.width - now.w / u) / 2, top = (box.height - now.h / u) / 2;
    return [(e.clientX - box.left - left) * u / now.w, (e.clientY - box.top - top) * u / now.h];
  };
  const seen = box => {
    const r = box.getBoundingClientRect(), v = view.getBoundingClientRect(), u = unit();
    const x = r.left < v.left ? r.left - v.left - 24 : r.right > v.right ? r.right - v.right + 24 : 0;
    const y = r.top < v.top ? r.top - v.top - 24 : r.bottom > v.bottom ? r.bottom - v.bottom + 24 : 0;
    if (x || y) move(x * u, y * u);
  };
  const open = (box, focus) => {
    const told = document.getElementById('passage-' + box.dataset.passage);
    if (!told) return;
    svg.querySelectorAll('.box.open').forEach(b => b.classList.remove('open'));
    from = svg.querySelector('.box[tabindex][data-passage="' + CSS.escape(box.dataset.passage) + '"]') || box;
    from.classList.add('open');
    const copy = told.cloneNode(true);
    copy.removeAttribute('id');
    panel.hidden = false;
    panel.querySelector('.text').replaceChildren(copy);
    panel.scrollTop = 0;
    seen(from);
    if (focus) panel.focus();
  };
  const close = () => {
    panel.hidden = true;
    svg.querySelectorAll('.box.open').forEach(b => b.classList.remove('open'));
    if (from) from.focus();
  };
  view.addEventListener('pointerdown', e => {
    if (e.button) return;
    drag = [e.clientX, e.clientY]; moved = false;
  });
  window.addEventListener('pointermove', e => {
    if (!drag) return;
    const x = e.clientX - drag[0], y = e.clientY - drag[1];
    if (!moved && Math.hypot(x, y) < 5) return;
    moved = true; drag = [e.clientX, e.clientY];
    move(-x * unit(), -y * unit());
  });
  window.addEventListener('pointerup', () => { drag = null; });
  view.addEventListener('click', e => {
    const box = e.target.closest('.box');
    if (box && !moved) open(box, false);
  });
  view.addEventListener('wheel', e => {
    e.preventDefault();
    zoom(Math.exp(Math.max(-1, Math.min(1, e.deltaY / 300))), ...place(e));
  }, {passive: false});
  const step = () => unit() * 80;
  const keys = {
    ArrowLeft: () => move(-step(), 0), ArrowRight: () => move(step(), 0),
    ArrowUp: () => move(0, -step()), ArrowDown: () => move(0, step()),
    '+': () => zoom(0.8), '=': () => zoom(0.8), '-': () => zoom(1.25), '0': fit, Home: fit,
  };
  view.addEventListener('keydown', e => {
    const box = e.target.closest('.box');
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (box && (e.key === 'Enter' || e.key === ' ')) { open(box, true); e.preventDefault(); }
    else if (keys[e.key]) { keys[e.key](); e.preventDefault(); }
  });
  document.addEventListener('keydown', e => { if (e.key === 'Escape' && !panel.hidden) close(); });
  svg.addEventListener('focusin', e => { const box = e.target.closest('.box'); if (box) seen(box); });
  panel.querySelector('.close').addEventListener('click', close);
  document.getElementById('fit').addEventListener('click', fit);
  document.getElementById('nearer').addEventListener('click', () => zoom(0.8));
  document.getElementById('farther').addEventListener('click', () => zoom(1.25));
  window.addEventListener('beforeprint', fit);
})();
"""


def _html(page: _Page, course: Course) -> str:
    """The map as one page: the picture to move about in, a panel, and below every passage in words."""
    scenario = page.map.scenario
    title = escape(unmarked(scenario.title))
    wide, high = page.sheet[1] / MM, page.sheet[2] / MM
    printed = _PRINT.format(wide=wide, high=high, high_less=high - 0.5)
    buttons = "".join(
        f'<button type="button" id="{name}">{escape(say(f"map.{name}"))}</button>'
        for name in ("fit", "nearer", "farther")
    )
    return "\n".join(
        [
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            f"<title>{title}</title>",
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<style>{_CSS}{printed}</style>",
            "</head>\n<body>",
            '<div id="stage">',
            f'<div id="view" tabindex="0" role="group" aria-label="{escape(say("map.title"))}">',
            _svg(page, course, "", live=True),
            "</div>",
            f'<aside id="panel" tabindex="-1" aria-label="{escape(say("map.panel"))}" hidden>',
            f'<button type="button" class="close">{escape(say("map.close"))}</button><div class="text"></div></aside>',
            f'<div id="tools" hidden>{buttons}</div>',
            "</div>",
            "<main>",
            f"<h1>{title}</h1>",
            f"<p>{escape(unmarked(scenario.summary))}</p>" if scenario.summary else "",
            f"<p>{escape(page.header)}.</p>",
            f'<p class="help">{escape(say("map.help"))}</p>',
            f"<h2>{escape(say('map.passages'))}</h2>",
            *(_article(box, scenario, course) for box in page.map.passages()),
            *_glossary(scenario),
            "</main>",
            f"<script>{_JS}</script>",
            "</body>\n</html>\n",
        ]
    )


def _article(box: Box, scenario: Scenario, course: Course) -> str:
    """One passage in words: what the panel shows, and what is read where there is no JavaScript."""
    passage = scenario.passages[box.passage]
    chance = ""
    if box.chance is not None and box.reached:
        words = say("map.chance-run", share=chance_in_words(box.chance))
        chance = f'<p class="chance">{escape(words)}</p>'
    lost = "" if box.reached else f'<p class="chance"><b>{escape(say("map.lost"))}</b></p>'
    pieces = passage_told(passage, scenario, course)
    told = "".join(
        f'<div class="choice">{"".join(map(_piece, group))}</div>' if choice else "".join(map(_piece, group))
        for choice, group in groupby(pieces, key=lambda piece: piece.choice)
    )
    return (
        f'<article id="passage-{escape(box.passage)}"><h3>{escape(passage_where(passage, scenario))}</h3>'
        f'<p class="id">{escape(say("map.passage-id", id=box.passage))}</p>{told}{chance}{lost}</article>'
    )


def _piece(piece: Told) -> str:
    under = ("", " under")[piece.depth] if piece.depth < 2 else " under2"
    who = f'<span class="who">{escape(unmarked(piece.who))}:</span> ' if piece.who else ""
    return f'<p class="{piece.kind}{under}">{who}{escape(unmarked(piece.text))}</p>'


def _glossary(scenario: Scenario) -> Iterator[str]:
    if not scenario.facts:
        return
    yield f"<h2>{escape(say('map.remembers'))}</h2><ul>"
    for fact in scenario.facts:
        yield f"<li><b>{escape(fact)}</b>: {escape(fact_in_words(fact, scenario))}</li>"
    yield "</ul>"
