"""The audit: is every hidden count uncertain enough to a reader? It stops the build; the search has no part in it.

It reads the published frames only, through `lezer`. The true counts serve only to know which must stay uncertain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kwlib.data.messages import found, problem
from kwlib.data.problems import Problem
from kwlib.data.schema import Table
from kwlib.privacy.lezer import ALLES, DOELEN, EPS, STAPPEN, Lezer, gebieden, lees_deelnemers, lees_metingen

MENSEN = ("unieke_personen", "deelnames", "gezinnen", "huishoudens", "kinderen")
FIJN = ("krachtwijk", "buurt", "wijk")


@dataclass(frozen=True)
class Waarheid:
    """What is true of a count, and what must stay possible: (lowest, highest), or None when it may be known."""

    waarde: float
    drempel: float
    fijn: bool = False
    groep: float = np.inf
    nul: bool = True

    @property
    def eis(self) -> tuple[float, float] | None:
        """Return the two values that a reader must keep thinking possible."""
        x, t = self.waarde, self.drempel
        if 0 < x < t or (x == 0 and t > 0 and not self.nul):
            return 0.0, t
        if x > self.groep:
            return max(min(x - t, np.floor(self.groep)), 0.0), x
        return (max(x - t, 0.0), max(x, t)) if self.fijn else None


def _klassen(echt: Any) -> dict[str, tuple[float, bool, float, bool]]:
    """Return per class its threshold, whether it may be told per wijk, the share that is too large, and zeros shown."""
    return {
        k: (r["drempel"], r["gebied"] == "wijk", r["groep"] / 100, r["nul"] == "tonen")
        for k, r in echt.params["beveiliging"].items()
    }


def _waar_deelnemers(echt: Any, tel: pd.DataFrame) -> dict[str, Waarheid]:
    """Return the truth of every cell of the table, counted from the rows as read."""
    klassen, binnen = _klassen(echt), gebieden(echt.wijken)
    klasse = dict(zip(echt.projecten["project_id"], echt.projecten["gevoeligheid"], strict=True))
    rol = dict(zip(echt.wijken["wijk_id"], echt.wijken["rol"], strict=True))
    klein = {w for w, r in rol.items() if r in FIJN} if list(rol.values()).count("krachtwijk") > 1 else set()
    thema = {(r.jaar, r.project_id): r.thema_id for r in tel.itertuples() if r.project_id != ALLES}
    parts: dict[tuple, list] = defaultdict(list)
    rows = echt.deelnemers[echt.deelnemers["aantal"].notna()]
    # An area inside another one that was counted too is not counted twice in a total; also not when it is unknown.
    areas = echt.deelnemers.groupby(["project_id", "jaar", "stap", "telbasis"])["wijk_id"].agg(set).to_dict()
    for r in rows.itertuples():
        t, wijk, dubbel = thema[r.jaar, r.project_id], r.wijk_id, areas[r.project_id, r.jaar, r.stap, r.telbasis]
        drempel, per_wijk, _, nul = klassen[klasse[r.project_id]] if r.telbasis in MENSEN else (0, True, 1, True)
        los = not any(wijk in binnen.get(w, ()) for w in dubbel)
        for gebied in (wijk, ALLES) if los else (wijk,):
            fijn = not per_wijk and gebied in klein
            for sleutel in ((t, r.project_id), (t, ALLES), (ALLES, ALLES)):
                parts[r.jaar, r.stap, r.telbasis, *sleutel, gebied].append((float(r.aantal), drempel, fijn, nul))
    out = {}
    for r in tel.itertuples():
        if found := parts.get((r.jaar, r.stap, r.telbasis, r.thema_id, r.project_id, r.wijk_id)):
            x, drempel, fijn, nul = zip(*found, strict=True)
            out[r.cel] = Waarheid(sum(x), max(drempel), all(fijn), nul=all(nul))
    return out


def _waar_metingen(echt: Any) -> dict[str, Waarheid]:
    """Return the truth of the counts of people in or behind the measurements."""
    klassen, soort = _klassen(echt), echt.indicatoren.set_index("indicator_id")
    rol = dict(zip(echt.wijken["wijk_id"], echt.wijken["rol"], strict=True))
    meer = list(rol.values()).count("krachtwijk") > 1
    out = {}
    for r in echt.metingen[~echt.metingen["rol"].isin(DOELEN)].itertuples():
        drempel, per_wijk, groep, nul = klassen[soort.at[r.indicator_id, "gevoeligheid"]]
        fijn, naam = meer and not per_wijk and rol.get(r.wijk_id) in FIJN, f"metingen/{r.meting_id}"
        if pd.notna(r.teller) and pd.notna(r.noemer) and r.teller <= r.noemer:
            out[f"{naam}/teller"] = Waarheid(r.teller, drempel, fijn, groep * r.noemer, nul)
            out[f"{naam}/rest"] = Waarheid(r.noemer - r.teller, drempel, fijn, nul=nul)
            out[f"{naam}/noemer"] = Waarheid(r.noemer, drempel, fijn, nul=nul)
        elif pd.notna(r.waarde) and soort.at[r.indicator_id, "telbasis"] in MENSEN:
            out[f"{naam}/waarde"] = Waarheid(r.waarde, drempel, fijn, nul=nul)
    return out


def _consistent(lezer: Lezer, waar: Mapping[str, Waarheid]) -> None:
    """Drop relations that are not true of the data: a reader who believes them is misled, not informed."""

    def verschil(row):
        return sum(v * waar[c].waarde for c, v in row.items()) if row.keys() <= waar.keys() else 0.0

    lezer.gelijk = [r for r in lezer.gelijk if abs(verschil(r)) < EPS]
    lezer.hoogstens = [r for r in lezer.hoogstens if verschil(r) < EPS]


def _zelfde(echt: Any, tel: pd.DataFrame, waar: Mapping[str, Waarheid]) -> Iterator[tuple[str, str]]:
    """Yield which measurement and count of participants, of one project, year and area, are the same number."""
    project = echt.indicatoren.set_index("indicator_id")["doel_id"].map(echt.doelen.set_index("doel_id")["project_id"])
    samen = echt.wijken.loc[echt.wijken["rol"] == "krachtwijken_samen", "wijk_id"]
    gemeten = echt.metingen[["meting_id"]].assign(
        project_id=echt.metingen["indicator_id"].map(project),
        jaar=pd.to_numeric(echt.metingen["periode_eind"].astype(str).str[:4], errors="coerce"),
        wijk_id=echt.metingen["wijk_id"].mask(echt.metingen["wijk_id"].isin(samen), ALLES),
    )
    for r in gemeten.dropna().merge(tel[["project_id", "jaar", "wijk_id", "cel"]]).itertuples():
        for naam in (f"metingen/{r.meting_id}/{k}" for k in ("waarde", "teller", "rest", "noemer")):
            if r.cel in waar and naam in waar and waar[r.cel].waarde == waar[naam].waarde:
                yield naam, r.cel


def _binnen(tel: pd.DataFrame) -> dict[str, set[str]]:
    """Return per cell that is not exact the cells like that which hold only people of it: finer, or a later step."""
    out = {}
    for _, groep in tel[tel["van"].isna() | (tel["van"] < tel["tot"])].groupby(["jaar", "telbasis"]):
        keys = [(r.cel, STAPPEN.index(r.stap), r.thema_id, r.project_id, r.wijk_id) for r in groep.itertuples()]
        for cel, stap, *sleutel in keys:
            vast = [(n, v) for n, v in enumerate(sleutel, 2) if v != ALLES]
            out[cel] = {k[0] for k in keys if k[1] >= stap and all(k[n] == v for n, v in vast)}
    return out


def lezer_van(safe: Any, echt: Any, eerder: Mapping[str, tuple[int, int]]) -> tuple[Lezer, dict[str, Waarheid]]:
    """Return what a reader knows of a protected store and earlier editions, and the truth per count."""
    lezer = Lezer()
    lees_deelnemers(lezer, safe.telrooster, safe.wijken)
    lees_metingen(lezer, safe.metingen, echt.metingen, safe.wijken)
    waar = _waar_deelnemers(echt, safe.telrooster) | _waar_metingen(echt)
    for cel, (van, tot) in eerder.items():
        # A count that was corrected since is another count.
        if cel in waar and van <= waar[cel].waarde <= tot:
            lezer.weet(cel, van, tot)
    for naam, cel in _zelfde(echt, safe.telrooster, waar):
        lezer.som(naam, [cel])
    _consistent(lezer, waar)
    return lezer, waar


def nareken(safe: Any, echt: Any, eerder: Mapping[str, tuple[int, int]]) -> list[Problem]:
    """Return what is wrong with a protected store (V57 shown, V58 derivable), given the store it was made from."""
    lezer, waar = lezer_van(safe, echt, eerder)
    open_ = {c: w for c, w in waar.items() if w.eis and not (c in eerder and eerder[c][0] == eerder[c][1] == w.waarde)}
    nauw: dict[str, tuple[str, float]] = {}
    out = []
    for cel, w in open_.items():
        laag, hoog = lezer.grens[cel]
        if hoog - laag < w.drempel or (w.fijn and hoog < np.inf and cel not in eerder):
            out.append(_problem(echt, "V57", cel, drempel=w.drempel))
    binnen = _binnen(safe.telrooster)
    for naam, cel in _zelfde(echt, safe.telrooster, waar):
        binnen[naam] = binnen.get(naam, set()) | binnen.get(cel, set())
    for deel in lezer.delen():
        eis = {c: open_[c].eis for c in deel.cellen if c in open_}
        echte = np.array([waar[c].waarde if c in waar else np.nan for c in deel.cellen])
        nauw |= {c: ("", breed) for c, breed in deel.te_nauw(eis, echte)}
        for cel in sorted(c for c in eis if waar[c].waarde == 1 and c in binnen):
            weet = np.array([c in binnen[cel] for c in deel.cellen])
            vak = np.where(weet[:, None], echte[:, None], deel.vak)
            # A larger group in which nobody else turns out to be tells nothing of others.
            known = {(c, x) for c, x, w in zip(deel.cellen, echte, weet, strict=True) if w}
            ruim = {c: (waar[c].waarde, waar[c].waarde + 1) for c in eis
                    if not any(k in binnen.get(c, ()) and x == waar[c].waarde for k, x in known)}  # fmt: skip
            alleen = deel.te_nauw(ruim, echte, vak)
            nauw |= {c: ("alleen", b) for c, b in alleen if b < 1 - EPS and c not in nauw}
    return out + [_problem(echt, "V58", c, variant, breedte=round(b)) for c, (variant, b) in sorted(nauw.items())]


def _problem(echt: Any, code: str, cel: str, variant: str = "", **values: Any) -> Problem:
    tabel, _, naam = cel.partition("/")
    return problem(
        found(code, variant, cel=naam.replace("/", " × ").replace(ALLES, "alle"), **values), echt.schema[tabel]
    )


def onmogelijk(bladen: Iterable[str]) -> list[Problem]:
    """Return the problem that sheets cannot be protected, whatever is hidden: earlier editions told too much."""
    table = Table("deelnemers", "deelnemers.csv", ())
    alle = sorted(bladen)
    genoemd = alle if len(alle) <= 4 else [*alle[:3], f"nog {len(alle) - 3} reeksen"]
    return [problem(found("V58", "eerder", bladen=genoemd), table)]
