"""What was measured of an indicator: which value counts, where and when, and what can be said of it in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pandas as pd

from kwlib.show import Tekst, nl, samen, tekst, vergelijken, zin
from kwlib.show.zinnen import ontbreekzin
from kwlib.topics import kern

ROLLEN = {"nul": ("nulmeting",), "stand": ("realisatie", "tussenstand"), "streef": ("streefwaarde",)}


def bekend(m) -> bool:
    """Tell whether a measurement (a named tuple) has a value, also when it is hidden to protect people."""
    return pd.notna(m.waarde) or m.reden_ontbreekt == "privacy"


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


def stand(d, i: dict, van: pd.Series) -> dict:
    """Return of one indicator and its goal (`van`): begin, last known value and target, each with its period, kind and
    record, where the goal holds.
    """
    metingen = waar(d.metingen[d.metingen["indicator_id"] == i["indicator_id"]], d, van)
    gevonden, wijken = {}, kern.namen(d.wijken, "wijk_id")
    row = {
        "indicator_id": i["indicator_id"],
        "naam": i["naam"],
        "eenheid": i["eenheid"],
        "decimalen": i["decimalen"],
        "richting": i["richting"],
        "doel_id": i["doel_id"],
        "doel": van["tekst"],
        "thema_id": van["thema_id"],
        "project_id": van["project_id"],
        "definitie": i["definitie"],
    }
    base = (i["herkomst"], van["herkomst"])
    records = [*base]
    for kolom, rollen in ROLLEN.items():
        m = laatste(
            metingen[metingen["periode_eind"] <= pd.Timestamp(d.peildatum)] if kolom == "stand" else metingen,
            rollen,
        )
        row |= {
            kolom: pd.NA if m is None else m["waarde"],
            f"{kolom}_tot": pd.NA if m is None else m["waarde_tot"],
            f"{kolom}_soort": pd.NA if m is None else m["waarde_soort"],
            f"{kolom}_periode": None if m is None or pd.isna(m["waarde"]) else periode(m, nl.periode),
            f"{kolom}_kort": None if m is None or pd.isna(m["waarde"]) else periode(m, nl.kort),
            f"{kolom}_reden": "niet_in_bronnen" if m is None else m["reden_ontbreekt"],
            f"{kolom}__herkomst": kern.verenig(base if m is None else (*base, m["herkomst"]), ""),
        }
        records += [] if m is None else [m["herkomst"]]
        gevonden[kolom] = m
    row["weg_pct"] = weg(row)
    row["gebied"] = nl.opsomming(dict.fromkeys(wijken[m["wijk_id"]] for m in gevonden.values() if m is not None))
    row["tijd_tot"] = tijd_tot(gevonden["streef"], d.peildatum)
    row["toeval"] = toeval(i, gevonden["nul"], gevonden["stand"])
    row["herkomst"] = kern.verenig(records, "indicatoren")
    return row


def zin_stand(r) -> Tekst:
    """Say for one indicator what is known: from begin to now, the target, and whether it is reached."""
    if r.stand is None:
        deel = zin("{naam}: er is geen cijfer over de stand.", naam=r.naam)
        deel = samen(deel, f" {ontbreekzin(r.stand_reden)}" if r.stand_reden else "")
        if r.streef is not None:
            deel = samen(deel, " ", zin("het doel is {streef}.", streef=doel(r)))
        return deel
    eenheid = "" if r.eenheid in ("procent", "euro", "rapportcijfer") else f" {r.eenheid}"
    wanneer = f" ({r.stand_periode})" if r.stand_periode else ""
    if r.nul is not None:
        delen = zin(
            "{naam}: van {nul} naar {stand}" + eenheid, naam=r.naam, nul=r.cijfer("nul"), stand=r.cijfer("stand")
        )
    else:
        delen = zin("{naam}: {stand}" + eenheid, naam=r.naam, stand=r.cijfer("stand"))
    delen = samen(delen, wanneer)
    toeval = f" {nl.hoofdletter(r.toeval)}." if r.toeval else ""
    if r.streef is None:
        return samen(delen, ". Er is geen doel in cijfers afgesproken.", toeval)
    delen = samen(delen, *zin("; het doel is {streef}. ", streef=doel(r)))
    if r.weg_pct is not None and 0 <= r.weg_pct < 100:
        delen = samen(delen, zin("dat is {weg} van de weg. ", weg=r.cijfer("weg_pct")))
    return samen(delen, _oordeel(r), toeval)


def doel(r, vorm: str = "") -> Tekst:
    """Return the target; where less is better it says so, for a bar beyond it looks like success."""
    lager = r.richting == "lager" and r.streef_soort in (None, "exact", "geschat")
    return samen(tekst(r.cijfer("streef"), vorm), " of lager" if lager else "")


def _oordeel(r) -> str:
    """Say whether the stand reaches the target; what is not reached has not failed before its term is over."""
    gehaald = bereikt(r)
    if gehaald is None:
        return ""
    if r.tijd_tot is None:
        return "Deze stand haalt het doel." if gehaald else "Deze stand haalt het doel niet; de termijn is voorbij."
    if gehaald:
        return f"Deze stand haalt het doel al; de termijn loopt tot en met {r.tijd_tot}."
    return f"Deze stand haalt het doel nog niet; er is tijd tot en met {r.tijd_tot}."
