"""The amounts of money that sources name: which one counts, and for which year. Facts of several chapters share it."""

from __future__ import annotations

import pandas as pd

from kwlib.show import Tekst, alinea, nl, zin
from kwlib.topics import kern

# What was done with an amount, by what kind of amount it is.
WOORDEN = {"begroting": "begroot", "toezegging": "toegezegd"}


def alle(d) -> pd.DataFrame:
    """Return one row per financing record: `bedrag_eur` (budget after changes), `besteed_eur`, and readable names."""
    frame, bronnen = d.financiering, kern.labels(d, "financiering", "geldbron")
    soorten, wijken = kern.labels(d, "financiering", "soort"), kern.namen(d.wijken, "wijk_id")
    return frame.assign(
        bedrag_eur=frame["gewijzigd_begroot"].fillna(frame["begroot"]),
        besteed_eur=frame["besteed"],
        bron=frame["geldbron"].map(bronnen),
        soort_naam=frame["soort"].map(soorten),
        wijk=frame["wijk_id"].map(wijken),
        jaren=[_jaren(a, b) for a, b in zip(frame["jaar"], frame["jaar_tot"], strict=True)],
    )


def _jaren(van, tot) -> str:
    return str(van) if pd.isna(tot) or tot == van else f"{van}–{tot}"


def van_jaar(d, jaar: int | None = None) -> pd.DataFrame:
    """Return the rows that are about one year alone (the edition's): no ceilings, no longer periods."""
    frame = alle(d)
    single = frame["jaar_tot"].isna() | (frame["jaar_tot"] == frame["jaar"])
    return frame[(frame["jaar"] == (jaar or d.jaar)) & single & (frame["soort"] != "plafond")]


def van_jaren(d) -> pd.DataFrame:
    """Return the rows of projects that name an amount for several years together, the edition's among them."""
    frame = alle(d)
    around = (frame["jaar"] <= d.jaar) & (frame["jaar_tot"] >= d.jaar) & (frame["jaar_tot"] > frame["jaar"])
    return frame[around.fillna(False) & frame["project_id"].notna() & frame["bedrag_eur"].notna()
                 & (frame["soort"] != "plafond")]  # fmt: skip


def bekend(d) -> pd.DataFrame:
    """Return the rows that are about the edition's year alone and name an amount."""
    frame = van_jaar(d)
    return frame[frame["bedrag_eur"].notna()]


def woord(posten: pd.DataFrame) -> str:
    """Return what was done with these amounts: 'begroot' or 'toegezegd' when all are of that kind, else 'bekend'."""
    soorten = set(posten["soort"])
    return WOORDEN.get(soorten.pop(), "bekend") if len(soorten) == 1 else "bekend"


def kop(posten: pd.DataFrame) -> str:
    """Return the head of a column with these amounts."""
    return "Bedrag" if woord(posten) == "bekend" else nl.hoofdletter(woord(posten))


# What the amounts of projects add up to: column → what it is.
BEDRAGEN = {
    "begroot_eur": "Wat er aan het begin van het jaar was begroot.",
    "gewijzigd_eur": "Wat er na wijzigingen was begroot.",
    "besteed_eur": "Wat er in het jaar is uitgegeven.",
    "prognose_eur": "Wat er naar verwachting aan het eind van het jaar is uitgegeven.",
}


def van_projecten(d) -> pd.DataFrame:
    """Return the amounts of projects for the year, without ceilings; unchanged is changed to what it was."""
    f = van_jaar(d)
    f = f[f["project_id"].notna()]
    return f.assign(begroot_eur=f["begroot"], gewijzigd_eur=f["bedrag_eur"], prognose_eur=f["prognose"])


def som(part: pd.DataFrame) -> dict:
    """Return the sums of these amounts of projects; a sum with an unknown part is unknown."""
    out = {k: part[k].sum() if part[k].notna().all() and len(part) else pd.NA for k in BEDRAGEN}
    out["verschil_eur"] = out["besteed_eur"] - out["gewijzigd_eur"]
    out["afwijking_eur"] = abs(out["verschil_eur"]) if pd.notna(out["verschil_eur"]) else pd.NA
    out["besteed_pct"] = deel(out["besteed_eur"], out["gewijzigd_eur"])
    return out | {f"{k}_reden": "niet_in_bronnen" for k in out if pd.isna(out[k])}


def besteed(part: pd.DataFrame):
    """Return what was spent of these amounts, when that is known of each of them."""
    return part["besteed_eur"].sum() if len(part) and part["besteed_eur"].notna().all() else pd.NA


def deel(besteed_eur, bedrag_eur):
    """Return which share of an amount was spent, as a percentage; unknown when either is, or when there is nothing."""
    known = pd.notna(besteed_eur) and pd.notna(bedrag_eur) and bedrag_eur
    return 100 * besteed_eur / bedrag_eur if known else pd.NA


def jaar_om(d, posten: pd.DataFrame) -> bool:
    """Tell whether the newest source of what was spent of these amounts came out after the year."""
    bron = _nieuwste_bron(d, posten)
    return bron is not None and bron["gepubliceerd_op"].year > d.jaar


def zin_stand(d, posten: pd.DataFrame) -> Tekst | None:
    """Say how old the newest source of what was spent of these amounts is; None when that is not known."""
    bron = _nieuwste_bron(d, posten)
    if bron is None:
        return None
    nog = None if jaar_om(d, posten) else zin("het jaar was toen nog niet voorbij.")
    return alinea(zin("de nieuwste bron voor deze uitgaven is van {dag}.", dag=kern.gepubliceerd(bron)), nog).tekst


def _nieuwste_bron(d, posten: pd.DataFrame) -> pd.Series | None:
    spent = d.bronnen["bron_id"].isin(posten.loc[posten["besteed_eur"].notna(), "bron_id"])
    bronnen = d.bronnen[spent & d.bronnen["gepubliceerd_op"].notna()]
    return None if bronnen.empty else bronnen.loc[bronnen["gepubliceerd_op"].idxmax()]


def samen(naam: str, part: pd.DataFrame, herkomst: tuple[str, ...], heel: bool = True) -> dict:
    """Return what is budgeted at least, exactly when the whole is known, and what is spent when all of it is known."""
    heel = heel and part["bedrag_eur"].notna().all()
    return {
        f"{naam}_eur": part["bedrag_eur"].sum(min_count=1),
        f"{naam}_eur_soort": "exact" if heel else "minstens",
        f"{naam}_besteed_eur": besteed(part),
        **{f"{k}__herkomst": herkomst for k in (f"{naam}_eur", f"{naam}_besteed_eur")},
        **{f"{k}_reden": "niet_in_bronnen" for k in (f"{naam}_eur", f"{naam}_besteed_eur")},
    }
