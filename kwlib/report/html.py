"""The page: one HTML file with everything in it, made from the model alone."""

from __future__ import annotations

import base64
import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kwlib.huisstijl import huis
from kwlib.report import inline
from kwlib.report.markdown import plat

TEMPLATES = Path(__file__).parent / "templates"
REM_PER_LETTER, REM_TUSSEN = 0.5, 1.1
LICHT_DONKER = ("licht", "donker")
SNEDEN = (("Regular", 400, "normal"), ("Bold", 700, "normal"), ("Italic", 400, "italic"))


def render(model: dict[str, Any], letters: Path | None = None) -> str:
    """Return the document as a self-contained page; the template is `meta.sjabloon`: rapport or brief.

    `letters` is the folder with the typeface of the model's house style, when that is not the house's own.
    """
    sjabloon = model["meta"]["sjabloon"]
    stijl = stylesheet(sjabloon, model["meta"]["huisstijl"], letters)
    out = environment().get_template(f"{sjabloon}.html.j2").render(model, stijl=stijl)
    return "\n".join(regel.rstrip() for regel in out.splitlines() if regel.strip()) + "\n"


def page(naam: str, meta: Mapping[str, Any], letters: Path | None = None, **values: Any) -> str:
    """Return a page that is no document, such as the list of booklets, in the look of a report."""
    stijl = stylesheet("rapport", meta["huisstijl"], letters)
    return environment().get_template(f"{naam}.html.j2").render(meta=meta, stijl=stijl, **values) + "\n"


def difference(found: Any, van: str, naar: str) -> str:
    """Return the comparison of two builds (a Vergelijking) as a page of its own."""
    where = {**found.oud.places, **found.nieuw.places}
    records = [(f"{where.get(r, r)} ({r})", wat) for r, wat in found.records.items()]
    fictief = any(build.manifest.get("fictief") for build in (found.oud, found.nieuw))
    meta = {"taal": "nl", "titel": f"Verschil tussen {van} en {naar}", "status": "", "organisatie": "Krachtwijken",
            "fictief": fictief, "huisstijl": huis().as_meta()}  # fmt: skip
    return page("verschil", meta, van=van, naar=naar, samenvatting=found.text().splitlines()[0], records=records,
                overig=found.others(), cijfers=found.cijfers)  # fmt: skip


def index(meta: Mapping[str, Any], regels: Sequence[tuple[str, str, bool, bool]], letters: Path | None = None) -> str:
    """Return the page that lists booklets: (name, file, whether it is there, whether it is from these inputs)."""
    titel = f"Boekjes per wijk, {meta['gemeente']} {meta['jaar']}"
    return page("boekjes", {**meta, "titel": titel}, letters, regels=regels)


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
    """Return the width in rem below which a table would break its longest words; narrower screens scroll it."""
    som = sum(kop["breedte"] for kop in tabel["koppen"])

    def nodig(plaats: int, kop: dict[str, Any]) -> float:
        cellen = (kop["t"], *(plat(rij["cellen"][plaats]) for rij in tabel["rijen"]))
        woord = max(len(w) for cel in cellen for w in cel.split(" "))
        return (woord * REM_PER_LETTER + REM_TUSSEN) * som / kop["breedte"]

    return round(max(nodig(*kolom) for kolom in enumerate(tabel["koppen"])), 1)


def stylesheet(sjabloon: str, huisstijl: Mapping[str, Any], letters: Path | None = None) -> Markup:
    """Return colours, typeface, sizes and the rules of one kind of document as CSS.

    `letters` is the folder with the typeface, when it is not the house's own.
    """
    naam, folder = huisstijl["naam"], letters or huis().letters
    licht, donker = (" ".join(f"--{k}: {v};" for k, v in sorted(huisstijl[soort].items())) for soort in LICHT_DONKER)
    family = f'--font: "{naam}", "Source Sans 3", "Reserve", "Reserve breed", sans-serif;'
    delen = [(TEMPLATES / f"{deel}.css").read_text(encoding="utf-8") for deel in ("tokens", "blokken", sjabloon)]
    kop = f":root {{ {family} {licht} }}\n@media screen and (prefers-color-scheme: dark) {{ :root {{ {donker} }} }}"
    return Markup("\n".join([*(_snede(folder, naam, *snede) for snede in SNEDEN), kop, *delen]))


@functools.cache
def _snede(folder: Path, naam: str, snede: str, gewicht: int, vorm: str) -> str:
    stem = folder / f"{naam.replace(' ', '')}-{snede}"
    path, soort = stem.with_suffix(".woff2"), "woff2"
    if not path.is_file():
        path, soort = stem.with_suffix(".ttf"), "truetype"
    data = base64.b64encode(path.read_bytes()).decode()
    return (
        f'@font-face{{font-family:"{naam}";font-weight:{gewicht};font-style:{vorm};font-display:swap;'
        f"src:url(data:font/{path.suffix[1:]};base64,{data}) format('{soort}')}}"
    )
