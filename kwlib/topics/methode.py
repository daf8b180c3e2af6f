"""How the report is made: counting, protection and the fixed words."""

from __future__ import annotations

import pandas as pd

from kwlib.show import Blok, Deel, Lijst, feit, kol, tabel, tekst
from kwlib.show.tabellen import TELWIJZEN
from kwlib.show.zinnen import REDENEN
from kwlib.topics import kern


def telwijzen(d) -> Blok:
    """Return the ways of counting, each with its name."""
    return Lijst(
        tuple(
            (Deel(naam, stijl="sterk"), Deel(f": {uitleg.format(ding='project')}"))
            for naam, uitleg in TELWIJZEN.items()
        )
    )


def redenen(d) -> Blok:
    """Return the fixed sentences for a missing number."""
    return Lijst(tuple(tekst(zin) for zin in REDENEN.values()))


GEBIEDEN = {"wijk": "per wijk", "programma": "alleen voor alle wijken samen"}


@feit(
    "klasse",
    drempel_aantal="Vanaf dit aantal mensen wordt een cijfer getoond.",
    afronding_aantal="Op een veelvoud hiervan wordt het aantal deelnemers afgerond.",
    groep_pct="Het grootste deel van een bekende groep dat nog wordt getoond.",
)
def klassen(d) -> pd.DataFrame:
    """Return one row per class of sensitivity: from which number of people a figure is shown."""
    namen = d.labels("indicatoren", "gevoeligheid")
    rows = [
        {
            "klasse": klasse,
            "naam": namen.get(klasse, klasse),
            "drempel_aantal": regel["drempel"],
            "afronding_aantal": regel["afronding"],
            "groep_pct": regel["groep"],
            "gebied": GEBIEDEN[regel["gebied"]],
            "herkomst": ("params",),
        }
        for klasse, regel in d.params["beveiliging"].items()
    ]
    return pd.DataFrame(rows)


def bescherming(d) -> Blok:
    """Return the table of thresholds."""
    return tabel(
        "drempels",
        "Vanaf hoeveel mensen wij een cijfer tonen",
        klassen(d),
        [
            kol("naam", "Soort gegevens"),
            kol("drempel_aantal", "Drempel (mensen of gezinnen)"),
            kol("afronding_aantal", "Afgerond op"),
            kol("groep_pct", "Hoogste deel van een groep"),
            kol("gebied", "Waar"),
        ],
        toelichting="Een kleiner aantal blijft verborgen. De drempels gelden voor mensen en gezinnen, niet voor "
        "woningen of geld. Afgerond zijn de tabellen met deelnemers. Een resultaat bij een doel staat er precies, als "
        "het boven de drempel ligt.",
    )


@feit("reden", cellen_aantal="Aantallen deelnemers die verborgen blijven: van alle jaren, met alle totalen.")
def verborgen(d) -> pd.DataFrame:
    """Return one row per reason why counts of participants are hidden."""
    weg = d.telrooster[d.telrooster["weg"]]
    return kern.tel(weg, "reden", sorted(weg["reden"].unique()), "cellen_aantal", "deelnemers")


def tabel_verborgen(d) -> Blok:
    """Return the table of what was hidden, not which of it was small."""
    return tabel(
        "verborgen",
        "Hoeveel aantallen deelnemers verborgen blijven, van alle jaren samen, en waarom",
        verborgen(d),
        [kol("reden", "Waarom"), kol("cellen_aantal", "Aantallen")],
        leeg="Er is geen aantal deelnemers verborgen.",
    )
