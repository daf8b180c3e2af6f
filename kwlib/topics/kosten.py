"""What one result cost, for the projects where that is honest to tell."""

from __future__ import annotations

import pandas as pd

from kwlib.show import Blok, feit, kol, tabel
from kwlib.topics import financiering, kern


@feit(
    "project_id",
    per_eenheid_eur="Uitgegeven geld, gedeeld door het aantal van het enige resultaat dat het project telt.",
)
def per_eenheid(d) -> pd.DataFrame:
    """Return one row per project whose cost per unit is honest to tell: one exact output, all money known."""
    doelen, namen = kern.doelen(d), kern.namen(d.projecten, "project_id")
    rows = []
    for id, posten in financiering.van_projecten(d).groupby("project_id"):
        eigen = doelen.loc[doelen["project_id"] == id, "doel_id"]
        outputs = d.indicatoren[d.indicatoren["doel_id"].isin(eigen) & (d.indicatoren["soort"] == "output")]
        m = d.metingen[d.metingen["indicator_id"].isin(outputs["indicator_id"]) & (d.metingen["rol"] == "realisatie")]
        m = m[(m["periode_eind"].dt.year == d.jaar) & m["waarde"].notna() & (m["waarde_soort"] == "exact")]
        besteed = financiering.besteed(posten)
        if len(outputs) == 1 and len(m) == 1 and m["waarde"].iat[0] > 0 and pd.notna(besteed):
            rows.append(
                {
                    "project_id": id,
                    "naam": namen[id],
                    "eenheid_naam": outputs["eenheid"].iat[0],
                    "per_eenheid_eur": besteed / m["waarde"].iat[0],
                    "herkomst": kern.verenig([*posten["herkomst"], *m["herkomst"], *outputs["herkomst"]], ""),
                }
            )
    frame = pd.DataFrame(rows, columns=["project_id", "naam", "eenheid_naam", "per_eenheid_eur", "herkomst"])
    return frame.sort_values("naam")


def tabel_per_eenheid(d) -> Blok:
    """Return the cost per unit of projects with one kind of result, or a sentence on why there is none."""
    uitgaven = financiering.van_projecten(d)["besteed_eur"].notna().any()
    return tabel(
        "kosten-per-eenheid",
        "Kosten per resultaat",
        per_eenheid(d),
        [
            kol("naam", "Project"),
            kol("eenheid_naam", "Wat telt het project"),
            kol("per_eenheid_eur", "Kosten per resultaat"),
        ],
        toelichting="Alleen voor projecten met een enkel soort resultaat. Bij andere zegt dit te weinig.",
        leeg="Voor geen enkel project zijn de kosten per resultaat eerlijk te zeggen."
        if uitgaven
        else "Van geen enkel project weten wij wat er voor dit jaar is uitgegeven. De kosten per resultaat kennen wij "
        "daarom niet.",
    )
