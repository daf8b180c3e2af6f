"""Thresholds: a count of people smaller than its class allows becomes unknown, with 'privacy' as the reason.

This is primary protection. No table of the report shows people by wijk × thema with margins yet, so there is no
total from which a hidden count could be derived; secondary protection comes with those tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

MENSEN = ("unieke_personen", "deelnames", "gezinnen", "huishoudens", "kinderen")
GETALLEN = ("waarde", "waarde_tot", "teller", "noemer")
PRIVACY = "privacy"


class UnsafeError(ValueError):
    """A protected store still holds a count that may not be shown (V57)."""


@dataclass(frozen=True)
class Klasse:
    """A class of sensitivity: the smallest count that may be shown, and whether it may be shown per wijk."""

    drempel: int
    per_wijk: bool


def regels(params: Mapping[str, Mapping]) -> dict[str, Klasse]:
    """Return the classes of the params, by name."""
    return {naam: Klasse(int(r["drempel"]), r["gebied"] == "wijk") for naam, r in params.items()}


def _small(waarde: pd.Series, drempel: pd.Series) -> pd.Series:
    return ((waarde > 0) & (waarde < drempel)).fillna(False).astype(bool)


def onveilig(metingen: pd.DataFrame, indicatoren: pd.DataFrame, wijken: pd.DataFrame, klassen: Mapping[str, Klasse]):
    """Return, per measurement, whether it may not be shown: people, and too few or too fine an area for its class.

    A percentage follows its teller and the rest of its noemer; a zero may be shown.
    """
    soort = metingen[["indicator_id"]].merge(indicatoren, on="indicator_id", how="left", validate="many_to_one")
    rollen = metingen["wijk_id"].map(dict(zip(wijken["wijk_id"], wijken["rol"], strict=True)))
    klasse = soort["gevoeligheid"].fillna("openbaar").map(klassen)
    drempel = pd.Series([k.drempel for k in klasse], index=metingen.index)
    fijn = pd.Series([not k.per_wijk for k in klasse], index=metingen.index)
    telt = soort["telbasis"].isin(MENSEN).set_axis(metingen.index) | metingen["teller"].notna()
    rest = metingen["noemer"] - metingen["teller"]
    klein = pd.Series(False, index=metingen.index)
    counts = [metingen["teller"], rest, metingen["waarde"].where(metingen["teller"].isna())]
    for count in counts:
        klein |= _small(count, drempel)
    te_fijn = fijn & rollen.isin(["krachtwijk", "buurt"]) & metingen["waarde"].notna()
    return (telt & (klein | te_fijn)).fillna(False).astype(bool)


def hide(metingen: pd.DataFrame, weg: pd.Series) -> pd.DataFrame:
    """Return the measurements with the numbers of the marked rows emptied and the reason set."""
    out = metingen.copy()
    for kolom in GETALLEN:
        out.loc[weg, kolom] = pd.NA
    out.loc[weg, "reden_ontbreekt"] = PRIVACY
    return out


def protect(store):
    """Return the store with every count that its class forbids made unknown; the result is audited."""
    klassen = regels(store.params["beveiliging"])
    weg = onveilig(store.metingen, store.indicatoren, store.wijken, klassen)
    safe = store.replace(metingen=hide(store.metingen, weg))
    audit(safe)
    return safe


def audit(store) -> None:
    """Raise UnsafeError when any count of people in the store is smaller than its class allows."""
    klassen = regels(store.params["beveiliging"])
    indicatoren = store.indicatoren.set_index("indicator_id")
    for m in store.metingen.itertuples():
        klasse = klassen[indicatoren.at[m.indicator_id, "gevoeligheid"]]
        people = indicatoren.at[m.indicator_id, "telbasis"] in MENSEN
        for getal in (m.teller, m.waarde if people else pd.NA):
            if pd.notna(getal) and 0 < getal < klasse.drempel:
                raise UnsafeError(f"metingen.csv, rij {m.rij}: {m.meting_id} is te klein om te tonen.")
