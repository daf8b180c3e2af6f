"""What was measured of an indicator: which value counts, where and when, and what chance can explain of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pandas as pd

from kwlib.show import nl, vergelijken

ROLLEN = {"nul": ("nulmeting",), "stand": ("realisatie", "tussenstand"), "streef": ("streefwaarde",)}


def waar(metingen: pd.DataFrame, d, doel: pd.Series) -> pd.DataFrame:
    """Return the measurements where the goal holds; without any there, those of all krachtwijken together, else all."""
    samen = d.wijken.loc[d.wijken["rol"] == "krachtwijken_samen", "wijk_id"]
    for plaats in ([doel["wijk_id"]], samen):
        if (here := metingen["wijk_id"].isin(plaats)).any():
            return metingen[here]
    return metingen


def laatste(metingen: pd.DataFrame, rollen: tuple[str, ...]) -> pd.Series | None:
    """Return the last measurement with a value in these roles, else the last without, else None."""
    part = metingen[metingen["rol"].isin(rollen)].sort_values(["periode_eind", "meting_id"])
    known = part[part["waarde"].notna()]
    found = known if len(known) else part
    return found.iloc[-1] if len(found) else None


def periode(m: pd.Series, schrijf: Callable[[dt.date, dt.date], str]) -> str | None:
    """Return the period of a measurement in words; None when it is not known."""
    if pd.isna(m["periode_eind"]):
        return None
    eind: dt.date = m["periode_eind"].date()
    return schrijf(eind if pd.isna(m["periode_start"]) else m["periode_start"].date(), eind)


def tijd_tot(streef: pd.Series | None, peildatum: dt.date) -> str | None:
    """Return the last day of the term of a target in words; None when there is no target or its term is over."""
    if streef is None or pd.isna(streef["waarde"]) or streef["periode_eind"] <= pd.Timestamp(peildatum):
        return None
    return nl.datum(streef["periode_eind"].date())


def toeval(indicator: dict, eerst: pd.Series | None, later: pd.Series | None) -> str | None:
    """Say whether chance alone can explain a development in one area; None when that cannot be tested.

    It can for parts of a group of known size, and for counts of what happened in two periods of one length: not for
    what the projects made themselves.
    """
    if eerst is None or later is None or {eerst["waarde_soort"], later["waarde_soort"]} != {"exact"}:
        return None
    if eerst["wijk_id"] != later["wijk_id"]:
        return None
    delen = [m[kolom] for m in (eerst, later) for kolom in ("teller", "noemer")]
    if all(pd.notna(n) and n for n in delen[1::2]):
        return vergelijken.verschilzin(*delen)
    duur = [(m["periode_eind"] - m["periode_start"]).days for m in (eerst, later)]
    gebeurd = indicator["soort"] in ("outcome", "context") and indicator["aggregatie"] == "som"
    even_lang = abs(duur[0] - duur[1]) <= 3
    return vergelijken.telverschilzin(eerst["waarde"], later["waarde"]) if gebeurd and even_lang else None


def weg(row: dict):
    """Return which part of the way from begin to target is covered, in percent; NA unless all three are exact."""
    known = all(pd.notna(row[k]) for k in ROLLEN) and row["streef"] != row["nul"]
    exact = all(pd.isna(row[f"{k}_soort"]) or row[f"{k}_soort"] == "exact" for k in ROLLEN)
    return 100 * (row["stand"] - row["nul"]) / (row["streef"] - row["nul"]) if known and exact else pd.NA


def bereikt(r) -> bool | None:
    """Tell whether the last value reaches the target; None when that cannot be said of all that the value may be."""
    if r.richting not in ("hoger", "lager") or r.stand is None or r.streef is None or r.streef_soort == "bereik":
        return None
    return vergelijken.bereikt(*vergelijken.grenzen(r.stand, r.stand_tot, r.stand_soort), r.streef, r.richting)
