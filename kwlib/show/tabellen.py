"""Tables: a fact with chosen columns, its signs explained, every number traceable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kwlib.show import nl
from kwlib.show.blokken import Alinea, Blok, groep, parts
from kwlib.show.delen import Deel, Tekst, plat, tekst
from kwlib.show.feiten import Rij, rijen
from kwlib.show.zinnen import REDENEN

ONBEKEND = "onbekend"
TELWIJZEN = {
    "uniek": "Elk {ding} telt één keer.",
    "hoofd": "Elk {ding} telt één keer, bij zijn hoofdthema of hoofdwijk.",
    "raakt": "Een {ding} telt mee bij elk thema en elke wijk die het raakt. De rijen tellen niet op tot het totaal.",
    "aandeel": "Projecten en geld zijn verdeeld naar aandeel.",
}
# The width of a page and the space between columns, in letters; and the most lines that we make room for.
LETTERS, TUSSEN, HOOGST = 100, 2, 6
GETELD = {"projecten_aantal": "project", "doelen_aantal": "doel"}


@dataclass(frozen=True)
class Kolom:
    """A column of a table: which column of the fact, its head, and how a value is written."""

    naam: str
    kop: str
    vorm: str | Callable[[Rij], Any] = ""
    breedte: float | None = None
    getal: bool | None = None


def kol(naam: str, kop: str, vorm: str | Callable[[Rij], Any] = "", **kwargs: Any) -> Kolom:
    """Return a column; `vorm` is a number format ('mln') or a function of the row that returns text parts."""
    return Kolom(naam, kop, vorm, **kwargs)


@dataclass(frozen=True)
class Tabel(Blok):
    """A table with caption, heads, typed cells and notes; the first cell of a row is its head."""

    id: str
    bijschrift: Tekst
    koppen: tuple[dict[str, Any], ...]
    rijen: tuple[tuple[bool, tuple[Tekst, ...]], ...]
    noten: tuple[tuple[str, str], ...] = ()
    toelichting: Tekst = ()

    def model(self):
        return {
            "soort": "tabel",
            "id": self.id,
            "bijschrift": parts(self.bijschrift),
            "koppen": list(self.koppen),
            "rijen": [{"cellen": [parts(c) for c in cellen], "totaal": totaal} for totaal, cellen in self.rijen],
            "noten": [{"teken": teken, "t": uitleg} for teken, uitleg in self.noten],
            "toelichting": parts(self.toelichting) or None,
        }

    def delen(self):
        yield from self.bijschrift
        for _, cellen in self.rijen:
            for cel in cellen:
                yield from cel
        yield from self.toelichting


def tabel(
    id: str,
    bijschrift: Tekst | str,
    frame: pd.DataFrame,
    kolommen: Iterable[Kolom],
    *,
    totaal: pd.DataFrame | None = None,
    toelichting: Tekst | str = "",
    leeg: str = "Er is niets om te tonen.",
) -> Blok:
    """Return the table of a fact; `totaal` is a fact of one row with the same number columns.

    A fact without rows gives the sentence `leeg` instead of an empty table, and nothing when that is empty.
    """
    kolommen, signs = list(kolommen), {}
    regels = [(False, _regel(r, kolommen, signs)) for r in rijen(frame)]
    if not regels:
        return Alinea(tekst(leeg)) if leeg else groep([])
    if totaal is not None:
        regels += [(True, _regel(r, kolommen, signs, totaal=True)) for r in rijen(totaal)]
    uitleg = [tekst(toelichting)] if toelichting else []
    plekken = _breedtes(kolommen, [cellen for _, cellen in regels])
    uitleg += [tekst(zin) for zin in [_telwijze(frame)] if zin]
    return Tabel(
        id=id,
        bijschrift=tekst(bijschrift),
        koppen=tuple(_kop(k, frame, breedte) for k, breedte in zip(kolommen, plekken, strict=True)),
        rijen=tuple(regels),
        noten=tuple(sorted(signs.items())),
        toelichting=tuple(d for plaats, u in enumerate(uitleg) for d in ((Deel(" "),) if plaats else ()) + u),
    )


def _telwijze(frame: pd.DataFrame) -> str:
    """Return how the projects or goals in a fact are counted; nothing when it counts other things."""
    zin = TELWIJZEN.get(frame.attrs["feit"]["telwijze"], "")
    ding = next((GETELD[k] for k in frame.attrs["feit"]["definities"] if k in GETELD), None)
    return zin.format(ding=ding) if ding or "{ding}" not in zin else ""


def _kop(kolom: Kolom, frame: pd.DataFrame, breedte: float) -> dict[str, Any]:
    getal = kolom.naam in frame.attrs["feit"]["definities"] if kolom.getal is None else kolom.getal
    return {"t": kolom.kop, "soort": "getal" if getal else "tekst", "breedte": round(breedte, 2)}


def _breedtes(kolommen: list[Kolom], regels: list[tuple[Tekst, ...]]) -> list[float]:
    """Return how wide each column is, in letters: cells take as few lines as fit in the width of a page.

    The longest word of a column fits, or what hard spaces keep together; what is left goes to cells that go on to a
    next line. When the words do not fit, long texts get more, less than in proportion, and long words may break.
    """
    teksten = [[plat(cel) for cel in cellen] for cellen in zip(*regels, strict=True)]
    woorden = [
        max(len(w) for w in (*kolom.kop.split(), *(w for t in cel for w in t.split(" "))))
        for kolom, cel in zip(kolommen, teksten, strict=True)
    ]
    langste = [max(map(len, cel)) for cel in teksten]
    ruimtes = [[lang / hoog for lang in langste] for hoog in range(1, HOOGST + 1)]
    ruimtes.append([min(lang, 50) ** 0.8 for lang in langste])
    for ruimte in ruimtes:
        breedtes = [
            kolom.breedte or max(woord, ruim) + TUSSEN
            for kolom, woord, ruim in zip(kolommen, woorden, ruimte, strict=True)
        ]
        if (over := LETTERS - sum(breedtes)) >= 0:
            break
    tekort = [max(lang + TUSSEN - breedte, 0) for lang, breedte in zip(langste, breedtes, strict=True)]
    deel = max(over, 0) / (sum(tekort) or 1)
    return [breedte + deel * t for breedte, t in zip(breedtes, tekort, strict=True)]


def _regel(rij: Rij, kolommen: list[Kolom], signs: dict[str, str], totaal: bool = False) -> tuple[Tekst, ...]:
    if totaal:
        rest = (_cel(rij, k, signs) if k.naam in rij.feit["definities"] else () for k in kolommen[1:])
        return (tekst("Totaal"), *rest)
    return tuple(_cel(rij, kolom, signs) for kolom in kolommen)


def _cel(rij: Rij, kolom: Kolom, signs: dict[str, str]) -> Tekst:
    if callable(kolom.vorm):
        return tekst(kolom.vorm(rij))
    if kolom.naam in rij.feit["definities"]:
        getal = rij.cijfer(kolom.naam)
        if getal.ontbreekt:
            signs[ONBEKEND] = _waarom(signs.get(ONBEKEND), getal.reden)
            return (Deel(ONBEKEND, c=getal, stijl="nadruk"),)
        return tekst(getal, kolom.vorm or "cijfers")
    waarde = getattr(rij, kolom.naam)
    if waarde is None or waarde == "":
        return (Deel("onbekend", stijl="nadruk"),)
    if isinstance(waarde, dt.date):
        return tekst(nl.datum(waarde))
    return tekst(", ".join(waarde) if isinstance(waarde, tuple | list) else str(waarde))


def _waarom(eerder: str | None, reden: str | None) -> str:
    zin = REDENEN.get(reden or "", "")
    return eerder if eerder and (not zin or zin in eerder) else " ".join(filter(None, [eerder, zin]))
