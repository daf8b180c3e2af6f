"""What a browser shows of a page: each function returns the faults that one gate finds, none when all is well."""

import re
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

LETTERS = re.compile(r"@font-face\{[^}]*base64[^}]*\}")
AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
A4 = 643  # CSS pixels between the margins of a page of A4
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""


def axe(page: Page, *rules: str) -> dict[str, Any]:
    """Return the violations that axe-core finds, and how many rules passed on how many nodes."""
    if page.evaluate("typeof window.axe") == "undefined":
        page.evaluate(AXE)
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": TAGS}
    return page.evaluate(
        """only => axe.run(document, {runOnly: only, resultTypes: ['violations']}).then(r => ({
             violations: r.violations.map(v => `${v.id}: ${v.nodes[0].html.slice(0, 120)}`),
             rules: r.passes.length, nodes: document.querySelectorAll('*').length}))""",
        only,
    )


CUT = """() => [...document.querySelectorAll('body *')].filter(e => {
  if (e.closest('svg, .vh') || !e.getClientRects().length) return false;
  const s = getComputedStyle(e);
  const hides = v => v === 'hidden' || v === 'clip';
  return (hides(s.overflowX) && e.scrollWidth > e.clientWidth + 1) ||
         (hides(s.overflowY) && e.scrollHeight > e.clientHeight + 1);
}).map(e => 'text is cut off: ' + e.outerHTML.slice(0, 100))"""
COVER = """() => [...document.querySelectorAll('body *')].filter(e => {
  const p = getComputedStyle(e).position, r = e.getBoundingClientRect();
  return (p === 'fixed' || p === 'sticky') && r.height > innerHeight / 2 && r.width > innerWidth / 2;
}).map(e => 'covers the text: ' + e.outerHTML.slice(0, 100))"""

UNSEEN = """() => [...document.querySelectorAll('.rooster, .tekening')].filter(e => innerWidth <= 1024 &&
  e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).backgroundImage === 'none'
).map(e => 'scrolls without a sign: ' + e.outerHTML.slice(0, 100))"""


def fits(page: Page, width: int, height: int) -> list[str]:
    """Return what does not fit on a screen of this size: sideways scrolling, text cut off or covered, hidden ends."""
    page.set_viewport_size({"width": width, "height": height})
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [*([f"the page is {wide} wide on {width}"] if wide > width else []), *page.evaluate(CUT),
            *page.evaluate(COVER), *page.evaluate(UNSEEN)]  # fmt: skip


def spaced(page: Page) -> list[str]:
    """Return what does not fit when a reader widens all spacing as WCAG 1.4.12 says."""
    style = page.add_style_tag(content=SPACING)
    found = [f for width in (1280, 320) for f in fits(page, width, 900)]
    style.evaluate("e => e.remove()")
    return found


# The colour of text in drawings against what lies below the drawing; text inside a bar has the colour of the paper.
FAINT = """() => {
  const rgb = c => c.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => { const f = v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
    return .2126 * f(r) + .7152 * f(g) + .0722 * f(b); };
  const paper = e => { for (; e; e = e.parentElement) {
    const c = rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c.slice(0, 3); }
    return [255, 255, 255]; };
  return [...document.querySelectorAll('svg text')].map(t => {
    const ink = rgb(getComputedStyle(t).fill).slice(0, 3), below = paper(t.closest('svg'));
    const [a, b] = [light(ink), light(below)].sort((x, y) => y - x);
    return {words: t.textContent, ratio: (a + .05) / (b + .05), ink: ink.join(), inside: ink.join() === below.join()};
  }).filter(t => t.words.trim() && t.ratio < 4.5 && !t.inside)
    .map(t => `${t.words} has contrast ${t.ratio.toFixed(1)} (${t.ink})`);
}"""


def faint(page: Page, **media: str) -> list[str]:
    """Return the words in drawings that cannot be read under these media features."""
    page.emulate_media(**{"color_scheme": "light", "forced_colors": "none", "media": "screen", **media})
    return page.evaluate(FAINT)


WATCH = """most => {
  for (const d of document.querySelectorAll('details')) d.open = true;
  window.wanted = [...document.querySelectorAll('a[href], summary, [tabindex="0"], button, input')]
    .filter(e => e.checkVisibility()).slice(0, most);
  window.seen = []; window.faults = [];
  document.addEventListener('focusin', ({target}) => {
    const s = getComputedStyle(target);
    if (s.outlineStyle === 'none' || parseFloat(s.outlineWidth) < 2)
      faults.push('no visible focus: ' + target.outerHTML.slice(0, 80));
    seen.push(target);
  });
  return wanted.length;
}"""
WALKED = """() => {
  const at = wanted.findIndex((e, n) => e !== seen[n]);
  return [...faults.slice(0, 5), ...(at < 0 && seen.length === wanted.length ? [] : [`${seen.length} stops for ` +
    `${wanted.length}; first other one: ${at < 0 ? seen[wanted.length]?.outerHTML.slice(0, 80) :
      wanted[at].outerHTML.slice(0, 80) + ' / ' + seen[at]?.outerHTML.slice(0, 80)}`])];
}"""


IN_SIGHT = """() => {
  const e = document.activeElement, r = e.getBoundingClientRect();
  const middle = (Math.max(r.top, 0) + Math.min(r.bottom, innerHeight)) / 2;
  const at = document.elementFromPoint(Math.max(r.left, 0) + 2, middle);
  return at && (e.contains(at) || at.contains(e)) ? [] : ['out of sight: ' + e.outerHTML.slice(0, 80)];
}"""


def walk(page: Page, most: int = 2000) -> tuple[int, list[str]]:
    """Return how many stops a reader with only a keyboard makes, and what is skipped, met twice, or unseen.

    Of a long page the first `most` stops are made. Whether a stop is in sight is looked at for one in twenty.
    """
    stops = page.evaluate(WATCH, most)
    keys = page.context.new_cdp_session(page)
    hidden = []
    for stop in range(stops):
        if stop % 20 == 2:
            hidden += page.evaluate(IN_SIGHT)
        keys.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "Tab", "code": "Tab",
                                             "windowsVirtualKeyCode": 9})  # fmt: skip
    return stops, [*hidden, *page.evaluate(WALKED)]


FOLLOW = """async () => {
  const faults = [], rest = () => new Promise(r => setTimeout(r));
  const follow = async a => {
    a.click(); await rest();
    const id = decodeURIComponent(a.hash.slice(1)), at = document.querySelector(':target');
    const r = at?.getBoundingClientRect();
    if (at?.id !== id || location.hash !== a.hash) faults.push('leads nowhere: ' + a.outerHTML);
    else if (!r.height || r.bottom < 0 || r.top > innerHeight) faults.push('leads out of sight: ' + a.outerHTML);
    return at;
  };
  for (const d of document.querySelectorAll('details')) d.open = true;
  const known = new Set(), numbers = [...document.querySelectorAll('a.c')];
  for (const a of numbers) {
    const entry = await follow(a);
    if (!entry || known.has(entry)) continue;
    known.add(entry);
    const links = [...entry.querySelectorAll('a')];
    const records = links.length && !known.has(links[0].hash) ? await follow(links[0]) : null;
    known.add(links[0]?.hash);
    if (records && !/\\.csv|params/.test(records.textContent)) faults.push('no records: ' + records.id);
    const back = links.slice(1).some(l => document.getElementById(decodeURIComponent(l.hash.slice(1)))?.contains(a));
    if (!back) faults.push('no way back: ' + a.outerHTML);
  }
  return [numbers.length, faults.slice(0, 5)];
}"""


def follow(page: Page) -> tuple[int, list[str]]:
    """Return how many numbers were clicked, and those whose entry, records or way back a reader does not find."""
    return tuple(page.evaluate(FOLLOW))


def shifted(page: Page) -> float:
    """Return how much of the page moved after it was first drawn."""
    return page.evaluate(
        """() => new Promise(done => { let sum = 0;
             new PerformanceObserver(l => l.getEntries().forEach(e => sum += e.value))
               .observe({type: 'layout-shift', buffered: true});
             setTimeout(() => done(sum), 200); })"""
    )


PAPER = """() => [
  ...[...document.querySelectorAll('nav, .naar')].filter(e => e.getClientRects().length)
     .map(e => 'is printed: ' + e.outerHTML.slice(0, 80)),
  ...[...document.querySelectorAll('details.gegevens table')].filter(e => !e.checkVisibility() || !e.offsetHeight)
     .map(e => 'is not printed: ' + e.outerHTML.slice(0, 80))]"""


def printed(page: Page) -> list[str]:
    """Return what is wrong on paper: what is wider than it, navigation that is printed, data that are not."""
    page.emulate_media(media="print")
    found = [*fits(page, A4, 900), *page.evaluate(PAPER)]
    page.emulate_media(media="screen")
    return found
