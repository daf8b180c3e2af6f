"""The audit: what a reader could work out of what is published, by own means; nothing here knows how it was hidden.

It reads the published frames only, sets up its own equations, and asks per hidden count for the lowest and highest
value that fits (`linprog`). The true counts serve only to know which of them must stay uncertain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from kwlib.data.messages import found, problem
from kwlib.data.problems import Problem
from kwlib.data.schema import Table

ALLES, STAPPEN = "*", ("aangemeld", "gestart", "bezig", "afgerond", "vervolg")
MENSEN = ("unieke_personen", "deelnames", "gezinnen", "huishoudens", "kinderen")
DOELEN = ("streefwaarde", "tussendoel")
FIJN = ("krachtwijk", "buurt", "wijk")
EPS = 1e-6


@dataclass
class Lezer:
    """What a reader knows: per count (by name) the lowest and highest value told, and which counts relate how."""

    grens: dict[str, tuple[float, float]] = field(default_factory=dict)
    gelijk: list[dict[str, float]] = field(default_factory=list)
    hoogstens: list[dict[str, float]] = field(default_factory=list)

    def weet(self, cel: str, van: Any, tot: Any) -> None:
        """Say what is told of a count; nothing at all when it is hidden."""
        laag, hoog = self.grens.get(cel, (0, np.inf))
        self.grens[cel] = (laag, hoog) if pd.isna(van) else (max(laag, float(van)), min(hoog, float(tot)))

    def som(self, totaal: str, delen: Iterable[str]) -> None:
        """Say that parts add up to a total."""
        self.gelijk.append(dict.fromkeys(delen, 1.0) | {totaal: -1.0})

    def paar(self, delen: Iterable[str], geheel: str) -> None:
        """Say that parts together are never more than the whole."""
        self.hoogstens.append(dict.fromkeys(delen, 1.0) | {geheel: -1.0})

    def delen(self) -> list[Deel]:
        """Return the hidden counts in parts that hang together."""
        namen = {c: n for n, c in enumerate(self.grens)}
        rows = [(r, eq) for eq, group in ((True, self.gelijk), (False, self.hoogstens)) for r in group]
        open_ = [{c: v for c, v in r.items() if self.grens[c][0] < self.grens[c][1]} for r, _ in rows]
        links = [(namen[a], namen[b]) for r in open_ for a, b in zip(list(r), list(r)[1:], strict=False)]
        i, j = np.array(links, int).reshape(-1, 2).T
        part = connected_components(coo_array((np.ones(len(i)), (i, j)), (len(namen), len(namen))), directed=False)[1]
        groups, lines = defaultdict(list), defaultdict(list)
        for cel, (laag, hoog) in self.grens.items():
            if laag < hoog:
                groups[part[namen[cel]]].append(cel)
        for (row, eq), free in zip(rows, open_, strict=True):
            if free:
                rest = -sum(v * self.grens[c][0] for c, v in row.items() if c not in free)
                lines[part[namen[next(iter(free))]]].append((free, rest, eq))
        return [Deel(cellen, lines[k], self.grens) for k, cellen in groups.items()]


class Deel:
    """Hidden counts that hang together, and the linear problem of one who reads about them."""

    def __init__(self, cellen: list[str], lines: list, grens: Mapping[str, tuple[float, float]]):
        self.cellen = cellen
        plaats = {c: n for n, c in enumerate(cellen)}
        self.vak = np.array([grens[c] for c in cellen])
        self.stelsel = {}
        for eq, a, b in ((True, "A_eq", "b_eq"), (False, "A_ub", "b_ub")):
            these = [(row, rest) for row, rest, is_eq in lines if is_eq == eq]
            if these:
                cols = [(k, plaats[c], v) for k, (row, _) in enumerate(these) for c, v in row.items()]
                i, j, v = zip(*cols, strict=True)
                self.stelsel |= {a: coo_array((v, (i, j)), (len(these), len(cellen))), b: [rest for _, rest in these]}

    def uiterste(self, kant: np.ndarray, vak: np.ndarray | None = None) -> np.ndarray | None:
        """Return the possible table that goes furthest in a direction; None when there is no end."""
        r = linprog(-kant, **self.stelsel, bounds=self.vak if vak is None else vak, method="highs")
        return r.x if r.status == 0 else None

    def interval(self, cel: str, vak: np.ndarray | None = None) -> tuple[float, float]:
        """Return the lowest and highest value of a count that fit what the reader knows."""
        kant = np.array([float(c == cel) for c in self.cellen])
        laag, hoog = self.uiterste(-kant, vak), self.uiterste(kant, vak)
        return (0 if laag is None else laag @ kant), (np.inf if hoog is None else hoog @ kant)

    def te_nauw(
        self, eis: Mapping[str, tuple[float, float]], waar: np.ndarray, vak: np.ndarray | None = None
    ) -> Iterator[tuple[str, float]]:
        """Yield each count that must be able to have both values and cannot, with the width that is left.

        `waar` is the true table, which is always possible.
        """
        vak = self.vak if vak is None else vak
        verdacht = set()
        for zijde, teken in ((1, 1.0), (0, -1.0)):
            # One possible table often shows that many counts are free, the true one to begin with; who no table shows
            # is asked apart.
            doel = np.array([eis[c][zijde] if c in eis else np.nan for c in self.cellen])
            over = teken * waar < teken * doel - EPS
            while over.any():
                grens = vak.copy()
                grens[over, zijde] = (np.minimum if zijde else np.maximum)(vak[over, zijde], doel[over])
                x = self.uiterste(teken * over, grens) if (grens[:, 0] <= grens[:, 1]).all() else None
                vrij = over & (teken * x >= teken * doel - EPS) if x is not None else np.zeros(len(over), bool)
                if not vrij.any():
                    break
                over &= ~vrij
            verdacht |= {c for c, o in zip(self.cellen, over, strict=True) if o}
        for cel in sorted(verdacht):
            laag, hoog = self.interval(cel, vak)
            if laag > eis[cel][0] + EPS or hoog < eis[cel][1] - EPS:
                yield cel, hoog - laag


def _gebieden(wijken: pd.DataFrame) -> dict[str, list[str]]:
    """Return per area the areas in it that do not overlap: those in it, and the krachtwijken of all together."""
    binnen = defaultdict(list)
    for w in wijken.itertuples():
        if w.rol != "krachtwijken_samen" and pd.notna(w.deel_van):
            binnen[w.deel_van].append(w.wijk_id)
    samen = [w.wijk_id for w in wijken.itertuples() if w.rol == "krachtwijken_samen"]
    kracht = [w.wijk_id for w in wijken.itertuples() if w.rol == "krachtwijk"]
    return dict(binnen) | dict.fromkeys(samen, kracht)


def lees_deelnemers(lezer: Lezer, tel: pd.DataFrame, wijken: pd.DataFrame) -> None:
    """Add what the published table of participants tells: rows, columns, margins, and that later steps are smaller."""
    binnen = _gebieden(wijken)
    bekend = tel[tel["weg"] | tel["van"].notna()]
    stappen = defaultdict(dict)
    for r in bekend.itertuples():
        lezer.weet(r.cel, r.van, r.tot)
        stappen[r.jaar, r.telbasis, r.project_id, r.thema_id, r.wijk_id][r.stap] = r.cel
    for _, blad in bekend.groupby(["jaar", "stap", "telbasis"]):
        _lees_blad(lezer, {(r.thema_id, r.project_id, r.wijk_id): r.cel for r in blad.itertuples()}, binnen)
    for keten in stappen.values():
        namen = [keten[s] for s in STAPPEN if s in keten]
        for eerder, later in pairwise(namen):
            lezer.paar([later], eerder)


def _omvat(thema: str, project: str, wijk: str) -> Iterator[tuple[str, str, str]]:
    """Yield the totals that a cell is a direct part of."""
    if project != ALLES:
        yield thema, ALLES, wijk
        if wijk != ALLES:
            yield thema, project, ALLES
    elif thema != ALLES:
        yield ALLES, ALLES, wijk


def _lees_blad(lezer: Lezer, cel: Mapping[tuple, str], binnen: Mapping[str, list[str]]) -> None:
    """Add the sums of one sheet, given the name of the count per thema, project and wijk."""
    delen: dict[tuple, set] = defaultdict(set)
    for sleutel in cel:
        for totaal in _omvat(*sleutel):
            delen[totaal].add(sleutel)
    for totaal in sorted(delen.keys() & cel.keys()):
        # An area inside another one that was counted too is no separate part of the total.
        dubbel = {d for _, _, w in delen[totaal] if w != ALLES for d in binnen.get(w, ())}
        los = [d for d in delen[totaal] if totaal[2] != ALLES or d[2] == ALLES or d[2] not in dubbel]
        lezer.som(cel[totaal], [cel[d] for d in sorted(los)])
    for (thema, project, wijk), naam in cel.items():
        finer = [cel[thema, project, d] for d in binnen.get(wijk, ()) if (thema, project, d) in cel]
        if project != ALLES and finer:
            lezer.paar(finer, naam)


def lees_metingen(lezer: Lezer, metingen: pd.DataFrame, waar: pd.DataFrame, wijken: pd.DataFrame) -> None:
    """Add what the published measurements tell: a noemer is its teller and a rest, an area is more than its parts.

    `waar` only says which measurements have a teller and a noemer, which a reader could guess.
    """
    binnen = _gebieden(wijken)
    delen: dict[tuple, dict[str, str]] = defaultdict(dict)
    for r, echt in zip(metingen.itertuples(), waar.itertuples(), strict=True):
        if echt.rol in DOELEN:
            continue
        sleutel = (r.indicator_id, r.rol, str(r.periode_start), str(r.periode_eind))
        naam = f"metingen/{r.meting_id}"
        if pd.notna(echt.teller) and pd.notna(echt.noemer) and echt.teller <= echt.noemer:
            for k, v in (("teller", r.teller), ("noemer", r.noemer), ("rest", r.noemer - r.teller)):
                lezer.weet(f"{naam}/{k}", v, v)
                delen[(*sleutel, k)].setdefault(r.wijk_id, f"{naam}/{k}")
            lezer.som(f"{naam}/noemer", [f"{naam}/teller", f"{naam}/rest"])
        elif pd.notna(echt.waarde):
            lezer.weet(f"{naam}/waarde", r.waarde, r.waarde)
            delen[(*sleutel, "waarde")].setdefault(r.wijk_id, f"{naam}/waarde")
    for cellen in delen.values():
        for geheel, in_geheel in binnen.items():
            parts = [cellen[d] for d in in_geheel if d in cellen]
            if geheel in cellen and parts:
                lezer.paar(parts, cellen[geheel])


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
    klassen, binnen = _klassen(echt), _gebieden(echt.wijken)
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
        if hoog - laag < w.drempel - 1 or (w.fijn and hoog < np.inf and cel not in eerder):
            out.append(_problem(echt, "V57", cel, drempel=w.drempel))
    gezien = {cel for cel, w in open_.items() if lezer.grens[cel][1] < np.inf}
    klein = {c: w.eis for c, w in open_.items() if c not in gezien}
    binnen = _binnen(safe.telrooster)
    for naam, cel in _zelfde(echt, safe.telrooster, waar):
        binnen[naam] = binnen.get(naam, set()) | binnen.get(cel, set())
    for deel in lezer.delen():
        eis = {c: klein[c] for c in deel.cellen if c in klein}
        echte = np.array([waar[c].waarde if c in waar else np.nan for c in deel.cellen])
        nauw |= {c: ("", breed) for c, breed in deel.te_nauw(eis, echte)}
        for cel in sorted(gezien.intersection(deel.cellen)):
            laag, hoog = deel.interval(cel)
            if hoog - laag < open_[cel].drempel - 1 - EPS:
                nauw[cel] = ("", hoog - laag)
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
    return [problem(found("V58", "eerder", bladen=sorted(bladen)), table)]
