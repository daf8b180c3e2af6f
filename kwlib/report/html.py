"""The page: one HTML file with everything in it, made from the model alone."""

from __future__ import annotations

import base64
import functools
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kwlib.report import inline
from kwlib.report.markdown import plat

TEMPLATES = Path(__file__).parent / "templates"
FONTS = Path(__file__).parents[1] / "fonts"
REM_PER_DEEL = 0.9
SNEDEN = (("Regular", 400, "normal"), ("Bold", 700, "normal"), ("Italic", 400, "italic"))


def render(model: dict[str, Any]) -> str:
    """Return the document as a self-contained page; the template is `meta.sjabloon`: rapport or brief."""
    sjabloon = model["meta"]["sjabloon"]
    out = environment().get_template(f"{sjabloon}.html.j2").render(model, stijl=stylesheet(sjabloon))
    return "\n".join(regel.rstrip() for regel in out.splitlines() if regel.strip()) + "\n"


def difference(found: Any, van: str, naar: str) -> str:
    """Return the comparison of two builds (a Vergelijking) as a page of its own."""
    where = {**found.oud.places, **found.nieuw.places}
    records = [(f"{where.get(r, r)} ({r})", wat) for r, wat in found.records.items()]
    meta = {
        "taal": "nl",
        "titel": f"Verschil tussen {van} en {naar}",
        "status": "",
        "organisatie": "Krachtwijken rapportage",
    }
    said = found.text().splitlines()[0]
    page = environment().get_template("verschil.html.j2")
    return page.render(meta=meta, stijl=stylesheet("rapport"), samenvatting=said, records=records,
                       overig=found.others(), cijfers=found.cijfers)  # fmt: skip


@functools.cache
def environment() -> Environment:
    """Return the templates, strict about names and escaping everything that is not made here."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    env.filters |= {"inline": inline.inline, "id": anker, "plat": plat, "tekening": inline.tekening, "breedte": breedte}
    return env


def anker(blok: dict[str, Any]) -> Markup:
    """Return the attribute that names a block, for one that something may lead to."""
    return Markup(' id="{}"').format(blok["id"]) if blok["id"] else Markup()


def breedte(tabel: dict[str, Any]) -> float:
    """Return the width in rem below which a table would squeeze its words; narrower screens scroll it."""
    return round(REM_PER_DEEL * sum(kop["breedte"] for kop in tabel["koppen"]), 1)


@functools.cache
def stylesheet(sjabloon: str) -> Markup:
    """Return the design tokens, the typeface and the rules of one kind of document as CSS."""
    delen = [(TEMPLATES / f"{naam}.css").read_text(encoding="utf-8") for naam in ("tokens", "blokken", sjabloon)]
    return Markup("\n".join([*(_snede(*snede) for snede in SNEDEN), *delen]))


def _snede(naam: str, gewicht: int, stijl: str) -> str:
    data = base64.b64encode((FONTS / f"KwSans-{naam}.woff2").read_bytes()).decode()
    return (
        f'@font-face{{font-family:"Kw Sans";font-weight:{gewicht};font-style:{stijl};font-display:swap;'
        f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
    )
