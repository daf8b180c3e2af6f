"""How the report is made: counting, protection and the fixed words."""

from __future__ import annotations

import pandas as pd

from kwlib.show import Blok, Deel, Lijst, feit, kol, tabel, tekst
from kwlib.show.tabellen import TELWIJZEN
from kwlib.show.zinnen import REDENEN


def telwijzen(d) -> Blok:
    """Return the ways of counting, each with its name."""
    return Lijst(tuple((Deel(naam, stijl="sterk"), Deel(f": {uitleg}")) for naam, uitleg in TELWIJZEN.items()))


def redenen(d) -> Blok:
    """Return the fixed sentences for a missing number."""
    return Lijst(tuple(tekst(zin) for zin in REDENEN.values()))


@feit("klasse", drempel_aantal="Vanaf dit aantal mensen wordt een cijfer getoond.")
def klassen(d) -> pd.DataFrame:
    """Return one row per class of sensitivity: from which number of people a figure is shown."""
    namen = d.labels("indicatoren", "gevoeligheid")
    rows = [
        {
            "klasse": klasse,
            "naam": namen.get(klasse, klasse),
            "drempel_aantal": regel["drempel"],
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
        [kol("naam", "Soort gegevens"), kol("drempel_aantal", "Drempel (mensen of gezinnen)")],
        toelichting="Een kleiner aantal staat er als onbekend. De drempels gelden voor mensen en gezinnen, niet voor "
        "woningen of geld.",
    )
