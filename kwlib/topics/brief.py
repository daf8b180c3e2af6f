"""The covering letter's own sentences; its numbers are the report's."""

from __future__ import annotations

import pandas as pd

from kwlib.show import Blok, alinea, groep, nl, rijen, zin
from kwlib.topics import gemeten, kern

CIJFERS = 4  # a letter tells a few results; the report tells all
KENNISNEMEN = "wij vragen u kennis te nemen van deze rapportage."
GEVRAAGD = {
    "ter bespreking": "wij vragen u deze rapportage te bespreken.",
    "ter besluitvorming": "wij vragen u over deze rapportage te besluiten.",
}


def opening(d) -> Blok:
    """Return the first paragraph: what lies before the council, why, and over which period it looks back."""
    van, tot = d.params["verslagperiode_start"], d.params["verslagperiode_eind"]
    gevraagd = d.toezeggingen.loc[d.toezeggingen["anker"] == "bewonersparticipatie", "raadsvraag_id"]
    vragen = d.raadsvragen[d.raadsvragen["raadsvraag_id"].isin(gevraagd.dropna())]
    fracties = [p.strip() for f in vragen["fracties"].dropna() for p in f.split("|")]
    if fracties:
        eerste = zin(
            "voor u ligt de {onderwerp}. Wij hebben deze rapportage toegezegd in ons antwoord op vragen van "
            "{fracties} over bewonersparticipatie.",
            onderwerp=_onderwerp(d),
            fracties=nl.opsomming(fracties),
        )
    else:
        eerste = zin("voor u ligt de {onderwerp}.", onderwerp=_onderwerp(d))
    periode = zin(
        "de rapportage kijkt terug op {periode}. Zij laat zien wat op {dag} bekend was.",
        periode=nl.periode(van, tot),
        dag=nl.datum(d.kennis_tot),
    )
    namen = kern.krachtwijken(d)["naam"]
    wijken = [zin("zij gaat over {wijken}.", wijken=nl.opsomming(namen))] if len(namen) else []
    return alinea(eerste, periode, *wijken)


def _onderwerp(d) -> str:
    return f"voortgangsrapportage {d.params['programma']} {d.jaar}"


def mits(feit: pd.DataFrame, blok: Blok) -> Blok:
    """Return the paragraph when there is something that it tells of: a letter does not say that there is nothing."""
    return blok if len(feit) else groep([])


def resultaten(standen: pd.DataFrame) -> Blok:
    """Return a sentence for one result of a project per thema whose value is known, one with a begin first."""
    frame = standen[standen["stand"].notna() & standen["project_id"].notna()]
    frame = frame.assign(_begin=frame["nul"].isna()).sort_values("_begin", kind="stable").drop_duplicates("thema_id")
    zinnen = [gemeten.zin_stand(r) for r in rijen(frame.head(CIJFERS))]
    return alinea(zin("dit weten wij bijvoorbeeld."), *zinnen) if zinnen else groep([])


def gevraagd(d) -> Blok:
    """Return what the council is asked to do with the report."""
    return alinea(zin(GEVRAAGD.get(d.params.get("brief", {}).get("gevraagd"), KENNISNEMEN)))


def slot(d) -> Blok:
    """Return the last paragraph: the motto, and where to read on."""
    motto = d.params.get("motto")
    delen = [zin("het motto van deze rapportage is ‘{motto}’.", motto=motto)] if motto else []
    delen.append(zin("wat wij niet weten, staat er met de reden bij. Zo kunnen wij er samen van leren."))
    delen.append(zin("alle cijfers in deze brief staan ook in de rapportage, met hun bron."))
    return alinea(*delen)
