"""What a reader can work out of what is published: by own equations, that know nothing of how counts were hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

ALLES, STAPPEN = "*", ("aangemeld", "gestart", "bezig", "afgerond", "vervolg")
DOELEN = ("streefwaarde", "tussendoel")
EPS = 1e-6
VEEL = 1e7  # more people than a count can hold: a table without an end has this one


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
        self.cellen, self.tafels = cellen, np.empty((0, len(cellen)))
        plaats = {c: n for n, c in enumerate(cellen)}
        self.vak = np.minimum([grens[c] for c in cellen], VEEL)
        cols = [(k, plaats[c], v) for k, (row, *_) in enumerate(lines) for c, v in row.items()]
        i, j, v = np.array(cols).reshape(-1, 3).T
        rest, gelijk = (np.array([line[k] for line in lines]) for k in (1, 2))
        stelsel = coo_array((v, (i.astype(int), j.astype(int))), (len(lines), len(cellen)))
        self.stelsel = LinearConstraint(stelsel.tocsc(), np.where(gelijk, rest, -np.inf), rest) if lines else ()

    def uiterste(self, kant: np.ndarray, vak: np.ndarray | None = None) -> np.ndarray | None:
        """Return the possible table that goes furthest in a direction, and keep it; None when none is found."""
        grens = self.vak if vak is None else vak
        r = milp(-kant, bounds=Bounds(*grens.T), constraints=self.stelsel)
        if r.status:
            return None
        self.tafels = np.vstack([self.tafels, r.x])
        return r.x

    def interval(self, cel: str, vak: np.ndarray | None = None) -> tuple[float, float]:
        """Return the lowest and highest value of a count that fit what the reader knows, VEEL when nothing limits it.

        A solver that finds none says nothing, so the count is taken to be known.
        """
        kant = np.array([float(c == cel) for c in self.cellen])
        laag, hoog = self.uiterste(-kant, vak), self.uiterste(kant, vak)
        return (0.0, 0.0) if laag is None or hoog is None else (laag @ kant, hoog @ kant)

    def te_nauw(
        self, eis: Mapping[str, tuple[float, float]], waar: np.ndarray, vak: np.ndarray | None = None
    ) -> Iterator[tuple[str, float]]:
        """Yield each count that must be able to have both values and cannot, with the width that is left.

        `waar` is the true table, which is always possible.
        """
        vak = self.vak if vak is None else vak
        verdacht = set()
        for zijde, teken in ((1, 1.0), (0, -1.0)):
            # One possible table often shows that many counts are free, the true one to begin with, and those that were
            # found for another reader; who no table shows is asked apart.
            doel = np.array([eis[c][zijde] if c in eis else np.nan for c in self.cellen])
            tafels = np.vstack([self.tafels, waar])
            past = ~((tafels < vak[:, 0] - EPS) | (tafels > vak[:, 1] + EPS)).any(axis=1)
            over = ~np.isnan(doel) & ~(teken * tafels[past] >= teken * doel - EPS).any(axis=0)
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


def gebieden(wijken: pd.DataFrame) -> dict[str, list[str]]:
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
    binnen = gebieden(wijken)
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
    binnen = gebieden(wijken)
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
