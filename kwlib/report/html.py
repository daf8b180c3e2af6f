"""The page: one HTML file with everything in it, made from the model alone."""

from __future__ import annotations

import base64
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kwlib.huisstijl import huis
from kwlib.report import inline
from kwlib.report.markdown import plat

TEMPLATES = Path(__file__).parent / "templates"
REM_PER_DEEL = 0.9
SNEDEN = (("Regular", 400, "normal"), ("Bold", 700, "normal"), ("Italic", 400, "italic"))


def render(model: dict[str, Any], letters: Path | None = None) -> str:
    """Return the document as a self-contained page; the template is `meta.sjabloon`: rapport or brief.

    `letters` is the folder with the typeface of the model's house style, when that is not the house's own.
    """
    sjabloon = model["meta"]["sjabloon"]
    stijl = stylesheet(sjabloon, Stijl.of(model["meta"]["huisstijl"], letters))
    out = environment().get_template(f"{sjabloon}.html.j2").render(model, stijl=stijl)
    return "\n".join(regel.rstrip() for regel in out.splitlines() if regel.strip()) + "\n"


def difference(found: Any, van: str, naar: str) -> str:
    """Return the comparison of two builds (a Vergelijking) as a page of its own."""
    where = {**found.oud.places, **found.nieuw.places}
    records = [(f"{where.get(r, r)} ({r})", wat) for r, wat in found.records.items()]
    titel = f"Verschil tussen {van} en {naar}"
    meta = {"taal": "nl", "titel": titel, "status": "", "organisatie": "Krachtwijken"}
    meta["fictief"] = any(build.manifest.get("fictief") for build in (found.oud, found.nieuw))
    said = found.text().splitlines()[0]
    page = environment().get_template("verschil.html.j2")
    stijl = stylesheet("rapport", Stijl.of(huis().as_meta()))
    return page.render(meta=meta, stijl=stijl, samenvatting=said, records=records, overig=found.others(),
                       cijfers=found.cijfers)  # fmt: skip


def index(meta: Mapping[str, Any], regels: Sequence[tuple[str, str, bool, bool]], letters: Path | None = None) -> str:
    """Return the page that lists booklets: (name, file, whether it is there, whether it is from these inputs)."""
    stijl = stylesheet("rapport", Stijl.of(meta["huisstijl"], letters))
    titel = f"Boekjes per wijk, {meta['gemeente']} {meta['jaar']}"
    page = environment().get_template("boekjes.html.j2")
    return page.render(meta={**meta, "titel": titel}, stijl=stijl, regels=regels)


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
    env.filters |= {
        "inline": inline.inline,
        "id": anker,
        "logo": logo,
        "plat": plat,
        "tekening": inline.tekening,
        "breedte": breedte,
    }
    return env


def anker(blok: dict[str, Any]) -> Markup:
    """Return the attribute that names a block, for one that something may lead to."""
    return Markup(' id="{}"').format(blok["id"]) if blok["id"] else Markup()


def logo(svg: str, naam: str) -> Markup:
    """Return the logo of an organisation as a picture with its name; nothing when there is none."""
    data = base64.b64encode(svg.encode()).decode()
    uri = f"data:image/svg+xml;base64,{data}"
    return Markup('<img class="logo" src="{}" alt="Logo van {}">').format(uri, naam) if svg else Markup()


def breedte(tabel: dict[str, Any]) -> float:
    """Return the width in rem below which a table would squeeze its words; narrower screens scroll it."""
    return round(REM_PER_DEEL * sum(kop["breedte"] for kop in tabel["koppen"]), 1)


@dataclass(frozen=True)
class Stijl:
    """What a style sheet needs of a house style, as plain values that can be remembered."""

    licht: tuple[tuple[str, str], ...]
    donker: tuple[tuple[str, str], ...]
    naam: str
    letters: Path

    @classmethod
    def of(cls, meta: Mapping[str, Any], letters: Path | None = None) -> Stijl:
        """Return the style in a model's meta."""
        licht, donker = (tuple(sorted(meta[k].items())) for k in ("licht", "donker"))
        return cls(licht, donker, meta["naam"], letters or huis().letters)


@functools.cache
def stylesheet(sjabloon: str, stijl: Stijl) -> Markup:
    """Return colours, typeface, sizes and the rules of one kind of document as CSS."""
    licht, donker = (" ".join(f"--{k}: {v};" for k, v in kleuren) for kleuren in (stijl.licht, stijl.donker))
    family = f'--font: "{stijl.naam}", "Source Sans 3", "Reserve", "Reserve breed", sans-serif;'
    delen = [(TEMPLATES / f"{naam}.css").read_text(encoding="utf-8") for naam in ("tokens", "blokken", sjabloon)]
    kop = f":root {{ {family} {licht} }}\n@media screen and (prefers-color-scheme: dark) {{ :root {{ {donker} }} }}"
    return Markup("\n".join([*(_snede(stijl, *snede) for snede in SNEDEN), kop, *delen]))


def _snede(stijl: Stijl, snede: str, gewicht: int, vorm: str) -> str:
    stem = stijl.letters / f"{stijl.naam.replace(' ', '')}-{snede}"
    path, soort = stem.with_suffix(".woff2"), "woff2"
    if not path.is_file():
        path, soort = stem.with_suffix(".ttf"), "truetype"
    data = base64.b64encode(path.read_bytes()).decode()
    return (
        f'@font-face{{font-family:"{stijl.naam}";font-weight:{gewicht};font-style:{vorm};font-display:swap;'
        f"src:url(data:font/{path.suffix[1:]};base64,{data}) format('{soort}')}}"
    )
