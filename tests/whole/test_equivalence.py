"""Page, PDF and model say the same words in the same order, cut at headings, captions, alternatives and cells."""

import copy
import re
from collections.abc import Iterator
from itertools import groupby

import pdftree
import pytest
from editions import model, on_paper, page

pytestmark = pytest.mark.slow
Unit = tuple[str, str]
NO_SIGN = re.compile(rf"[\s-]|{pdftree.SOFT_HYPHEN.pattern}")  # at a line end PDFium takes any for soft


def plat(delen) -> str:
    return "".join(d["t"] for d in delen or [])


def told(model: dict, paper: bool = False) -> Iterator[Unit]:
    """Yield what a model has to say on a page, or on paper."""
    letter, booklet = model["meta"]["sjabloon"] == "brief", paper and model["meta"]["kort"]
    for h in on_paper(model) if paper else model["hoofdstukken"]:
        if not letter:
            yield "kop", h["titel"] if booklet else f"{'Bijlage ' if h['bijlage'] else ''}{h['nr']} {h['titel']}"
        yield from _blocks(h["blokken"])
    if booklet:
        yield "tekst", "De pagina op internet zegt van elk cijfer waar het vandaan komt."
    elif not letter:
        yield "kop", "Colofon"
        for c in sorted(model["colofon"], key=lambda c: "paren" in c):
            yield "kop" if "paren" in c else "tekst", c["label"]
            yield "tekst", "".join(map("".join, c.get("paren", []))) + c.get("waarde", "")


def _blocks(blokken: list[dict]) -> Iterator[Unit]:
    for b in blokken:
        if b["soort"] == "kop":
            yield "kop", f"{b['nr']} {plat(b['delen'])}"
        elif b["soort"] in ("tabel", "figuur"):
            yield "bijschrift", f"{b['soort'].capitalize()} {b['nr']}. {plat(b['bijschrift'])}"
            yield from [("alt", plat(b["alt"]))] if b["soort"] == "figuur" else _cells(b)
            yield "tekst", plat(b.get("toelichting"))
            yield "tekst", "".join(f"{n['teken']}: {n['t']}" for n in b.get("noten", []) if n["t"])
            yield "tekst", plat(b["bronregel"])
        else:
            yield "tekst", b.get("titel", "") + plat(b.get("delen")) + "".join(map(plat, b.get("punten", [])))
            yield "tekst", "".join(label + plat(waarde) for label, waarde in b.get("paren", []))
            yield "tekst", "".join(plat(k["getal"]) + k["label"] + plat(k["toelichting"]) for k in b.get("kaarten", []))
            yield from _blocks(b.get("blokken", []))


def _cells(tabel: dict) -> Iterator[Unit]:
    yield from (("cel", kop["t"]) for kop in tabel["koppen"])
    yield from (("cel", plat(cel)) for rij in tabel["rijen"] for cel in rij["cellen"])


HTML = {"caption": "bijschrift", "figcaption": "bijschrift", "th": "cel", "td": "cel",
        "h2": "kop", "h3": "kop", "h4": "kop", "h5": "kop"}  # fmt: skip


def shown(element) -> Iterator[Unit]:
    """Yield what an element of a page says; the data of a figure are left to who opens them."""
    if element.tag in HTML:
        yield HTML[element.tag], element.text_content()
    elif element.tag == "svg":
        yield "alt", element.findtext("desc")
    elif element.get("class") != "gegevens":
        yield "tekst", element.text or ""
        for child in element:
            yield from shown(child)
            yield "tekst", child.tail or ""


PDF = {"Caption": "bijschrift", "TH": "cel", "TD": "cel", "Figure": "alt",
       "H1": "kop", "H2": "kop", "H3": "kop", "H4": "kop"}  # fmt: skip


def read(tag: pdftree.Tag) -> Iterator[Unit]:
    """Yield what an element of a PDF says to a screen reader."""
    for part in tag.parts:
        if isinstance(part, str):
            yield "tekst", part
        elif part.name in PDF:
            yield PDF[part.name], part.alt or part.text()
        elif part.name not in ("Lbl", "TOC"):
            yield from read(part)


def stream(units) -> list[Unit]:
    """Return units with running text joined, and without spaces and hyphens."""
    bare = [(kind, NO_SIGN.sub("", text)) for kind, text in units]
    runs = groupby(enumerate(u for u in bare if u[1]), key=lambda nu: nu[1][0] if nu[1][0] == "tekst" else nu[0])
    return [(us[0][0], "".join(t for _, t in us)) for us in ([u for _, u in run] for _, run in runs)]


def chapters_of_page(found) -> list[Unit]:
    """Return what the chapters of a page say; of a letter what stands between its greeting and its close."""
    parts = found.xpath("//section[contains(@class, 'hoofdstuk')] | //p[@class='aanhef']/following-sibling::*")
    return stream(u for part in parts if part.get("class") not in ("slot", "bijlagen") for u in shown(part))


def chapters_of_pdf(root: pdftree.Tag, letter: dict | None) -> list[Unit]:
    """Return what a PDF says from its first heading on; of a letter what stands between its greeting and its close."""
    start = next(n for n, part in enumerate(root.parts) if part.name == "H1")
    units = stream(read(pdftree.Tag("Document", parts=root.parts[start + bool(letter) :])))
    if letter:
        greeting, close = (NO_SIGN.sub("", letter[k]) for k in ("aanhef", "slot"))
        kind, first = units[0]
        units[0] = kind, first.partition(greeting)[2]
        kind, last = units[-1]
        units[-1] = kind, last.rpartition(close)[0]
    return [u for u in units if u[1]]


def differences(one: list[Unit], other: list[Unit]) -> list[tuple]:
    """Return the first places where two streams differ."""
    apart = [(a, b) for a, b in zip(one, other, strict=False) if a != b][:3]
    return apart + ([(len(one), len(other))] if len(one) != len(other) else [])


def test_the_page_says_what_the_model_says(paper, record_property):
    units = stream(told(model(paper)))
    assert differences(units, chapters_of_page(page(paper))) == []
    record_property("units", len(units))


def test_a_screen_reader_meets_in_the_pdf_what_the_model_says(paper):
    wanted = model(paper)
    letter = wanted["meta"].get("brief")
    found = chapters_of_pdf(pdftree.tree(paper.with_suffix(".pdf")), letter)
    assert differences(stream(told(wanted, paper=True)), found) == []


SPOILED = {
    "a heading": lambda m: m["hoofdstukken"][1].update(titel="Een andere titel"),
    "an alternative": lambda m: first(m, "figuur")["alt"].append({"t": " Meer is er niet te zien."}),
    "a cell": lambda m: first(m, "tabel")["rijen"][0]["cellen"][1].append({"t": "1"}),
    "a row": lambda m: first(m, "tabel")["rijen"].pop(),
    "a sentence": lambda m: m["hoofdstukken"][0]["blokken"].remove(first(m, "alinea")),
}


def first(model: dict, soort: str) -> dict:
    return next(b for h in model["hoofdstukken"] for b in h["blokken"] if b["soort"] == soort)


@pytest.mark.parametrize("change", SPOILED.values(), ids=SPOILED)
def test_it_is_noticed_when_the_page_or_the_pdf_lacks_something(groningen, change):
    said = copy.deepcopy(model(groningen / "rapportage"))
    change(said)
    units = stream(told(said))
    assert differences(units, chapters_of_page(page(groningen / "rapportage")))
    assert differences(units, chapters_of_pdf(pdftree.tree(groningen / "rapportage.pdf"), None))
