"""The council's questions and our promises: what was asked, what was promised, where it is honoured."""

from __future__ import annotations

import pandas as pd

from kwlib.show import Alinea, Blok, Kaart, Tekst, alinea, feit, kol, nl, rij, tabel, tekst, verwijzing, vul, zin
from kwlib.show.zinnen import met_woord, telzin, werkwoord
from kwlib.topics import kern

LOOPT = ("open", "deels")


@feit("raadsvraag_id", dagen_aantal="Dagen tussen de termijn en het antwoord.")
def vragen(d) -> pd.DataFrame:
    """Return one row per question of the council, with how many days the answer came after its term."""
    duur = (d.raadsvragen["beantwoord_op"] - d.raadsvragen["datum"]).dt.days
    return d.raadsvragen.assign(
        dagen_aantal=(duur - d.raadsvragen["termijn_dagen"]).astype("Int64"),
        wie=[", ".join(p.strip() for p in str(f).split("|")) for f in d.raadsvragen["fracties"]],
    )[["raadsvraag_id", "onderwerp", "wie", "nummer", "datum", "beantwoord_op", "dagen_aantal", "herkomst"]]


@feit("toezegging_id", dagen_aantal="Dagen tussen de termijn en de datum van de rapportage.")
def toezeggingen(d) -> pd.DataFrame:
    """Return one row per promise: text, deadline, status and the place in the report that honours it."""
    statussen = kern.labels(d, "toezeggingen", "status")
    return d.toezeggingen.assign(
        status_naam=d.toezeggingen["status"].map(statussen),
        dagen_aantal=(pd.Timestamp(d.peildatum) - d.toezeggingen["termijn"]).dt.days.astype("Int64"),
    )[["toezegging_id", "tekst", "termijn", "dagen_aantal", "status", "status_naam", "anker", "herkomst"]]


@feit("moment_id")
def betrokken(d) -> pd.DataFrame:
    """Return one row per moment at which the council was involved: what it got and what it decided."""
    frame = d.kalender[d.kalender["gremium"].isin(["raad", "commissie"]) & (d.kalender["status"] == "gehouden")]
    return frame.assign(
        dag=[
            nl.datum((w if pd.notna(w) else g).date())
            for w, g in zip(frame["werkelijk"], frame["gepland_van"], strict=True)
        ]
    ).sort_values(["gepland_van", "moment_id"])[["moment_id", "dag", "onderwerp", "gedeeld", "uitkomst", "herkomst"]]


@feit(
    telwijze="uniek",
    toezeggingen_aantal="De toezeggingen aan de raad.",
    nagekomen_aantal="Toezeggingen die zijn nagekomen.",
)
def telling(d) -> pd.DataFrame:
    """Return one row: promises made and kept."""
    frame = toezeggingen(d)
    delen = {"toezeggingen_aantal": frame, "nagekomen_aantal": frame[frame["status"] == "nagekomen"]}
    return kern.een_rij("toezeggingen", frame, **delen)


def zin_telling(d) -> Alinea:
    """Say how many promises were kept."""
    r = rij(telling(d))
    if not r.toezeggingen_aantal:
        return alinea(zin("er zijn geen toezeggingen bekend."))
    n = telzin(r.cijfer("nagekomen_aantal"), r.cijfer("toezeggingen_aantal"), "toezegging", "toezeggingen")
    return alinea(zin("{n} {is_} nagekomen.", n=n, is_=werkwoord(r.cijfer("nagekomen_aantal"), "is", "zijn")))


def kaart(d) -> Kaart:
    """Return the tile on promises for the overview."""
    r = rij(telling(d))
    return Kaart(
        getal=tekst(r.cijfer("nagekomen_aantal"), "cijfers"),
        label=nl.meervoud(r.nagekomen_aantal, "toezegging nagekomen", "toezeggingen nagekomen"),
        toelichting=zin("van de {n} aan de raad", n=r.cijfer("toezeggingen_aantal")),
    )


def _te_laat(r) -> Tekst | str:
    """Return how many days something is over its term; a dash when it is in time."""
    if r.dagen_aantal is None:
        return "onbekend"
    if r.dagen_aantal <= 0:
        return "–"
    return vul("{n} over de termijn", n=met_woord(r.cijfer("dagen_aantal"), "dag", "dagen"))


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
            kol("datum", "Datum"),
            kol("beantwoord_op", "Beantwoord op"),
            kol("dagen_aantal", "Te laat", _te_laat, getal=False),
        ],
        leeg="Er zijn geen vragen van de raad bekend.",
    )


def tabel_toezeggingen(d) -> Blok:
    """Return the table of promises with a link to the place that honours each."""

    def waar(r):
        return verwijzing(r.anker) if r.anker else "nog niet" if r.status in LOOPT else "–"

    def open_(r):
        return _te_laat(r) if r.status in LOOPT else "–"

    return tabel(
        "toezeggingen",
        "Onze toezeggingen aan de raad",
        toezeggingen(d),
        [
            kol("tekst", "Toezegging"),
            kol("termijn", "Termijn"),
            kol("status_naam", "Status"),
            kol("dagen_aantal", "Te laat", open_, getal=False),
            kol("anker", "Waar in dit rapport", waar),
        ],
        leeg="Er zijn geen toezeggingen bekend.",
    )


def tabel_betrokken(d) -> Blok:
    """Return how the council was involved."""
    return tabel(
        "raad-betrokken",
        "Hoe de raad was betrokken",
        betrokken(d),
        [kol("dag", "Wanneer"), kol("onderwerp", "Onderwerp"), kol("gedeeld", "Wat kreeg de raad"),
         kol("uitkomst", "Wat besloot de raad")],
        leeg="Er is niet vastgelegd hoe de raad was betrokken.",
    )  # fmt: skip
