"""The amounts of money that sources name: which one counts, and for which year. Facts of several chapters share it."""

from __future__ import annotations

import pandas as pd

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


def van_jaar(d) -> pd.DataFrame:
    """Return the rows that are about the edition's year alone: no ceilings, no longer periods."""
    frame = alle(d)
    single = frame["jaar_tot"].isna() | (frame["jaar_tot"] == frame["jaar"])
    return frame[(frame["jaar"] == d.jaar) & single & (frame["soort"] != "plafond")]


def bekend(d) -> pd.DataFrame:
    """Return the rows that are about the edition's year alone and name an amount."""
    frame = van_jaar(d)
    return frame[frame["bedrag_eur"].notna()]


def woord(posten: pd.DataFrame) -> str:
    """Return what was done with these amounts: 'begroot' or 'toegezegd' when all are of that kind, else 'bekend'."""
    soorten = set(posten["soort"])
    return WOORDEN.get(soorten.pop(), "bekend") if len(soorten) == 1 else "bekend"
