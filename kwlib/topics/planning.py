"""The calendar: who decides what, and when."""

from __future__ import annotations

import pandas as pd

from kwlib.show import Alinea, Blok, alinea, feit, kol, nl, rijen, tabel, tekst, zin
from kwlib.topics import kern

GEWEEST = ("gehouden", "vervallen")
# Parts of a month, by their first and last day.
LAATSTE = 0
DELEN = {(1, 10): "begin", (10, 20): "half", (20, LAATSTE): "eind"}


@feit("moment_id")
def momenten(d) -> pd.DataFrame:
    """Return one row per moment in the calendar, oldest first."""
    gremia, statussen = kern.labels(d, "kalender", "gremium"), kern.labels(d, "kalender", "status")
    frame = d.kalender.sort_values(["gepland_van", "gepland_tot", "moment_id"])
    return frame.assign(
        wie=frame["gremium"].map(gremia),
        status_naam=frame["status"].map(statussen),
        wanneer=[_wanneer(r) for r in frame.itertuples()],
        komt=(frame["gepland_tot"] > pd.Timestamp(d.peildatum)) & ~frame["status"].isin(GEWEEST),
    )[["moment_id", "onderwerp", "gremium", "wie", "wanneer", "status_naam", "komt", "herkomst"]]


def _wanneer(r) -> str | None:
    if pd.notna(r.werkelijk):
        return nl.datum(r.werkelijk.date())
    if pd.isna(r.gepland_van):
        return None
    tot = r.gepland_van if pd.isna(r.gepland_tot) else r.gepland_tot
    return _deel_van_maand(r.gepland_van, tot) or nl.periode(r.gepland_van.date(), tot.date())


def _deel_van_maand(van, tot) -> str | None:
    """Return 'half november 2009' for the days as which a source that says so is entered."""
    zelfde = (van.year, van.month) == (tot.year, tot.month)
    deel = DELEN.get((van.day, LAATSTE if tot.is_month_end else tot.day)) if zelfde else None
    return deel and f"{deel} {nl.maand(tot.date())}"


def zin_komend(d) -> Alinea:
    """Say what is still to be discussed after the report's date, and by whom."""
    komend = [r for r in rijen(momenten(d)) if r.komt]
    if not komend:
        return alinea(tekst("Er zijn geen komende besluiten bekend."))
    zinnen = [
        zin(
            "op de agenda van {wie}: {wat} ({wanneer}).",
            wie=r.wie,
            wat=r.onderwerp,
            wanneer=r.wanneer or "datum onbekend",
        )
        for r in komend
    ]
    return alinea(*zinnen)


def tabel_kalender(d) -> Blok:
    """Return the calendar."""
    return tabel(
        "kalender",
        "Kalender",
        momenten(d),
        [kol("onderwerp", "Onderwerp"), kol("wie", "Wie"), kol("wanneer", "Wanneer"), kol("status_naam", "Status")],
        leeg="De kalender is leeg.",
    )
