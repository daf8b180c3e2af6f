"""What a block must look like before it is numbered and drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from kwlib.report.fout import ModelFout

Blok = dict[str, Any]
Delen = list[dict[str, Any]]

VELDEN = {
    "kop": {"niveau", "id", "delen"},
    "alinea": {"delen"},
    "lijst": {"geordend", "punten"},
    "kenmerken": {"id", "paren"},
    "kader": {"toon", "titel", "blokken"},
    "kerncijfers": {"id", "kaarten"},
    "tabel": {"id", "bijschrift", "koppen", "rijen"},
    "figuur": {"id", "bijschrift", "alt", "svg", "tabel"},
    "groep": {"blokken"},
}
_ADRES = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_SVG_GEVAAR = re.compile(r"<script|<foreignObject|\son\w+\s*=|href\s*=\s*[\"'](?!#)|url\((?!#)", re.IGNORECASE)


def keur(blok: Any) -> None:
    """Check one block and the blocks inside it; raise ModelFout that says what is missing or not allowed."""
    soort = blok.get("soort") if isinstance(blok, dict) else None
    if soort not in VELDEN:
        raise ModelFout(f"onbekende soort blok: {soort!r}.")
    missing = sorted(VELDEN[soort] - blok.keys())
    if missing:
        raise ModelFout(f"aan blok ‘{blok.get('id') or soort}’ ontbreekt: {', '.join(missing)}.")
    if "id" in VELDEN[soort] and not blok["id"]:
        raise ModelFout(f"een blok van de soort ‘{soort}’ heeft geen id.")
    if soort in _KEUR:
        _KEUR[soort](blok)
    for delen in teksten(blok):
        for deel in delen:
            if deel.get("href") and not _ADRES.match(deel["href"]):
                raise ModelFout(f"dit is geen webadres dat begint met https: ‘{deel['href'][:80]}’.")
    for binnen in blok.get("blokken", []):
        keur(binnen)


def _kop(blok: Blok) -> None:
    if blok["niveau"] not in (1, 2, 3, 4):
        raise ModelFout(f"kop ‘{blok['id']}’ heeft niveau {blok['niveau']}; koppen gaan van niveau 1 tot en met 4.")


def _kader(blok: Blok) -> None:
    if blok["toon"] not in ("let_op", "uitleg"):
        raise ModelFout(f"kader ‘{blok['titel']}’ heeft toon ‘{blok['toon']}’; kies let_op of uitleg.")


def _tabel(blok: Blok) -> None:
    _rooster(blok["id"], blok)


def _figuur(blok: Blok) -> None:
    if not any(deel["t"].strip() for deel in blok["alt"]):
        raise ModelFout(f"figuur ‘{blok['id']}’ heeft geen tekst die zegt wat erop staat.")
    if not blok["svg"].lstrip().startswith("<svg") or _SVG_GEVAAR.search(blok["svg"]):
        raise ModelFout(f"figuur ‘{blok['id']}’ is geen zuivere SVG zonder script en zonder verwijzingen.")
    _rooster(blok["id"], blok["tabel"])


def _rooster(id: str, tabel: Blok) -> None:
    breedte = len(tabel["koppen"])
    if not breedte or not all(kop["t"].strip() for kop in tabel["koppen"]):
        raise ModelFout(f"tabel ‘{id}’ heeft een kolom zonder kop.")
    if not tabel["rijen"] or not all(kop.get("breedte", 0) > 0 for kop in tabel["koppen"]):
        raise ModelFout(f"tabel ‘{id}’ heeft geen rijen, of een kolom zonder breedte.")
    for nummer, rij in enumerate(tabel["rijen"], start=1):
        if len(rij["cellen"]) != breedte:
            had = len(rij["cellen"])
            raise ModelFout(f"rij {nummer} van tabel ‘{id}’ heeft {had} cellen; er zijn {breedte} kolommen.")
        if not any(deel["t"].strip() or deel.get("ref") for deel in rij["cellen"][0]):
            raise ModelFout(f"rij {nummer} van tabel ‘{id}’ heeft geen naam in de eerste kolom.")


_KEUR: dict[str, Callable[[Blok], None]] = {"kop": _kop, "kader": _kader, "tabel": _tabel, "figuur": _figuur}


def teksten(blok: Blok) -> Iterator[Delen]:
    """Yield every run of inline parts in a block, without those of the blocks inside it."""
    yield blok.get("delen", [])
    yield from blok.get("punten", [])
    yield from (waarde for _, waarde in blok.get("paren", []))
    for kaart in blok.get("kaarten", []):
        yield kaart["getal"]
        yield kaart.get("toelichting") or []
    yield blok.get("bijschrift", [])
    yield blok.get("alt", [])
    yield blok.get("toelichting") or []
    for rij in [*blok.get("rijen", []), *blok.get("tabel", {}).get("rijen", [])]:
        yield from rij["cellen"]


def alle(blokken: list[Blok]) -> Iterator[Blok]:
    """Yield blocks and the blocks inside them, in reading order."""
    for blok in blokken:
        yield blok
        yield from alle(blok.get("blokken", []))
