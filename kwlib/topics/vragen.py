"""The council's questions and our promises: what was asked, what was promised, where it is honoured."""

from __future__ import annotations

import pandas as pd

from kwlib.show import Alinea, Blok, Kaart, Tekst, feit, kol, nl, rij, tabel, tekst, verwijzing, zin
from kwlib.show.zinnen import telzin
from kwlib.topics import kern


@feit("raadsvraag_id")
def vragen(d) -> pd.DataFrame:
    """Return one row per question of the council."""
    return d.raadsvragen.assign(
        dag=[None if pd.isna(t) else nl.datum(t.date()) for t in d.raadsvragen["datum"]],
        beantwoord=[None if pd.isna(t) else nl.datum(t.date()) for t in d.raadsvragen["beantwoord_op"]],
        wie=[", ".join(p.strip() for p in str(f).split("|")) for f in d.raadsvragen["fracties"]],
    )[["raadsvraag_id", "onderwerp", "wie", "nummer", "dag", "beantwoord", "herkomst"]]


@feit("toezegging_id")
def toezeggingen(d) -> pd.DataFrame:
    """Return one row per promise: text, deadline, status and the place in the report that honours it."""
    statussen = kern.labels(d, "toezeggingen", "status")
    return d.toezeggingen.assign(
        status_naam=d.toezeggingen["status"].map(statussen),
        dag=[None if pd.isna(t) else nl.datum(t.date()) for t in d.toezeggingen["termijn"]],
    )[["toezegging_id", "tekst", "dag", "status", "status_naam", "anker", "herkomst"]]


@feit(
    telwijze="uniek",
    toezeggingen_aantal="De toezeggingen aan de raad.",
    nagekomen_aantal="Toezeggingen die zijn nagekomen.",
)
def telling(d) -> pd.DataFrame:
    """Return one row: promises made and kept."""
    frame = toezeggingen(d)
    delen = {"toezeggingen_aantal": frame, "nagekomen_aantal": frame[frame["status"] == "nagekomen"]}
    herkomst = kern.verenig(frame["herkomst"], "toezeggingen")
    return pd.DataFrame([kern.tel_kolommen(delen, "toezeggingen") | {"herkomst": herkomst}])


def zin_telling(d) -> Tekst:
    """Say how many promises were kept."""
    r = rij(telling(d))
    n = telzin(r.cijfer("nagekomen_aantal"), r.cijfer("toezeggingen_aantal"), "toezegging", "toezeggingen")
    werkwoord = "is" if r.nagekomen_aantal == 1 else "zijn"
    return zin(f"{{n}} {werkwoord} nagekomen.", n=n)


def telling_alinea(d) -> Alinea:
    """Return the sentence on promises as a paragraph."""
    return Alinea(zin_telling(d))


def kaart(d) -> Kaart:
    """Return the tile on promises for the overview."""
    r = rij(telling(d))
    return Kaart(
        getal=tekst(r.cijfer("nagekomen_aantal"), "cijfers"),
        label=nl.meervoud(r.nagekomen_aantal, "toezegging nagekomen", "toezeggingen nagekomen"),
        toelichting=zin("van de {n} aan de raad", n=r.cijfer("toezeggingen_aantal")),
    )


def tabel_vragen(d) -> Blok:
    """Return the table of questions."""
    return tabel(
        "raadsvragen",
        "Vragen van de raad",
        vragen(d),
        [
            kol("onderwerp", "Onderwerp"),
            kol("wie", "Wie vroeg het"),
            kol("nummer", "Nummer"),
            kol("dag", "Datum"),
            kol("beantwoord", "Beantwoord op"),
        ],
        leeg="Er zijn geen vragen van de raad bekend.",
    )


def tabel_toezeggingen(d) -> Blok:
    """Return the table of promises with a link to the place that honours each."""

    def waar(r):
        return verwijzing(r.anker) if r.anker else "nog niet"

    return tabel(
        "toezeggingen",
        "Onze toezeggingen aan de raad",
        toezeggingen(d),
        [
            kol("tekst", "Toezegging"),
            kol("dag", "Termijn"),
            kol("status_naam", "Status"),
            kol("anker", "Waar in dit rapport", waar),
        ],
        leeg="Er zijn geen toezeggingen bekend.",
    )
