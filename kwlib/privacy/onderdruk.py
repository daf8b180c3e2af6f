"""What to hide: the cheapest set of counts that leaves every small group uncertain, also for one who is in it.

An exact model after Fischetti and Salazar. The master problem chooses what to hide (`milp`); a reader's linear problem
(`linprog`) then tries to narrow each protected count, and where it succeeds its dual says what could have prevented
that: a new constraint for the master. The first choice that no reader can narrow is the cheapest safe one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_array, csr_array, hstack, vstack
from scipy.sparse.csgraph import connected_components

from kwlib.privacy.rooster import Rooster

EPS = 1e-6


class Onmogelijk(ValueError):
    """Counts (ids in `cellen`) that stay derivable even when everything that is not yet public is hidden."""

    def __init__(self, cellen: list[str]):
        self.cellen = cellen
        super().__init__(", ".join(cellen))


def eisen(c: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return per cell the values, low and high, that a reader must keep thinking possible; NaN when it may be shown.

    Too small: from zero up to the threshold. Too fine an area or too large a part of a known group: that much lower.
    """
    x, t = c["waarde"].to_numpy(float), c["drempel"].to_numpy(float)
    geheel = np.where(c["geheel"] >= 0, x[c["geheel"]], np.inf) * c["groep"].to_numpy()
    klein = (x > 0) & (x < t) | (x == 0) & (t > 0) & ~c["nul"].to_numpy()
    groep = x > geheel
    nodig = klein | groep | c["fijn"].to_numpy()
    laag = np.where(groep & (x >= t), np.minimum(x - t, np.floor(geheel)), np.maximum(x - t, 0))
    return np.where(nodig, laag, np.nan), np.where(nodig, np.maximum(x, t), np.nan)


def _rows(rijen: list[tuple[list[int], list[float]]], n: int) -> csr_array:
    """Return a sparse matrix from (columns, numbers) per row."""
    i = np.repeat(np.arange(len(rijen)), [len(k) for k, _ in rijen])
    j = np.concatenate([k for k, _ in rijen] or [[]]).astype(int)
    return csr_array(coo_array((np.concatenate([g for _, g in rijen] or [[]]), (i, j)), (len(rijen), n)))


def _samen(M: csr_array) -> np.ndarray:
    """Return per column the number of the part it hangs together with through the rows."""
    m, n = M.shape
    entries = M.tocoo()
    links = coo_array((np.ones(entries.nnz), (entries.row, m + entries.col)), (m + n, m + n))
    return connected_components(links, directed=False)[1][m:]


def _unite(links: list[tuple[int, int]], n: int) -> np.ndarray:
    """Return per number the class it is in when linked numbers are one."""
    i, j = np.array(links, int).reshape(-1, 2).T
    return connected_components(coo_array((np.ones(len(i)), (i, j)), (n, n)), directed=False)[1]


class _Model:
    """The lattice in numbers: `S @ x = 0`, `P @ x <= 0`, and what must stay possible per count.

    A total of one part is that part: such cells are one count here (`klasse`). What is shown or hidden together is one
    choice (`blok`).
    """

    def __init__(self, rooster: Rooster):
        c = rooster.cellen
        self.klasse = _unite([(t, d[0]) for t, d in rooster.sommen if len(d) == 1], len(c))
        per = c.groupby(self.klasse)
        self.x = per["waarde"].first().to_numpy(float)
        laag, hoog = eisen(c)
        self.laag = pd.Series(laag).groupby(self.klasse).min().to_numpy()
        self.hoog = pd.Series(hoog).groupby(self.klasse).max().to_numpy()
        self.bekend = per.agg({"van": "max", "tot": "max"}).eval("van == tot").to_numpy()
        n = len(self.x)
        bloknamen = pd.factorize(c["blok"])[0]
        eerste = np.unique(bloknamen, return_index=True)[1][bloknamen]
        self.blok = _unite(list(zip(self.klasse, self.klasse[eerste], strict=True)), n)
        self.eis = ~np.isnan(self.hoog) & ~self.bekend
        van_cel = self.blok[self.klasse]
        toon = c["toon"].to_numpy()
        self.gewicht = np.bincount(van_cel, c["gewicht"].where(toon, 0)) + 1e-3 * np.arange(self.blok.max() + 1)
        self.weg = ~np.isin(self.blok, van_cel[toon]) | np.isin(self.blok, self.blok[~np.isnan(self.hoog)])
        k = self.klasse
        self.sommen = sorted({(k[t], tuple(sorted(k[list(d)]))) for t, d in rooster.sommen if len(d) > 1})
        paren = sorted({(k[a], k[b]) for a, b in rooster.paren if k[a] != k[b]})
        self.S = _rows([([t, *d], [-1.0] + [1.0] * len(d)) for t, d in self.sommen], n)
        self.P = _rows([(list(paar), [1.0, -1.0]) for paar in paren], n)
        self.M = abs(vstack([self.S, self.P], format="csc"))
        self.onder, self.boven = defaultdict(set), defaultdict(set)
        for t, d in (*self.sommen, *((b, (a,)) for a, b in paren)):
            for a in d:
                self.onder[t].add(a)
                self.boven[a].add(t)

    def insider(self, s: int) -> tuple[set[int], set[int]]:
        """Return what the one person behind a count of 1 knows for certain, and which counts hold that person."""
        known, size = {s}, 0
        while size < len(known):
            size = len(known)
            known = _reach(known, self.onder)
            known |= {t for t, delen in self.sommen if known.issuperset(delen)}
        return known, _reach({c for c in known if self.x[c] == 1}, self.boven)


def _reach(start: set[int], links: Mapping[int, set[int]]) -> set[int]:
    """Return what can be reached along the links, with the start."""
    found, todo = set(start), list(start)
    while todo:
        new = links[todo.pop()] - found
        found |= new
        todo += new
    return found


class _Lezer:
    """A reader of one part of the lattice: which other tables fit what is shown."""

    def __init__(self, model: _Model, cellen: np.ndarray):
        self.model, self.cellen = model, cellen
        self.x = model.x[cellen]
        rijen = np.unique(model.M[:, cellen].indices)
        m = model.S.shape[0]
        self.S, self.P = model.S[rijen[rijen < m]][:, cellen], model.P[rijen[rijen >= m] - m][:, cellen]
        self.ruimte = -(self.P @ self.x)
        half = vstack([self.S, self.P], format="csr")
        nul = np.zeros(self.S.shape[0])
        self.rules = LinearConstraint(
            hstack([half, -half], format="csr"),
            np.concatenate([nul, np.full(len(self.ruimte), -np.inf)]),
            np.concatenate([nul, self.ruimte]),
        )
        self.top = 2 * max(self.x.max(), np.nanmax(model.hoog[cellen])) + 50

    def move(self, p: int, by: float, vrij: np.ndarray, kosten: np.ndarray) -> np.ndarray | None:
        """Return the cheapest other table as a difference, with cell `p` changed by `by` and only free cells changed."""
        n = len(self.x)
        up, down = np.where(vrij, self.top, 0), np.where(vrij, self.x, 0)
        low = np.zeros(2 * n)
        low[p], low[n + p] = max(by, 0), max(-by, 0)
        up[p], down[p] = max(by, 0), max(-by, 0)
        bounds = Bounds(low, np.concatenate([up, down]))
        for heel in (0, 1):
            STATS[1] += 1
            r = milp(np.tile(kosten, 2), bounds=bounds, constraints=self.rules, integrality=np.full(2 * n, heel),
                     options={"presolve": not heel})  # fmt: skip
            if r.x is None:
                return None
            d = np.round(r.x[:n] - r.x[n:])
            if d[p] == by and not (self.S @ d).any() and (self.P @ d <= self.ruimte).all() and (self.x + d >= 0).all():
                return d
        return None

    def cut(self, p: int, by: float, vrij: np.ndarray) -> np.ndarray | None:
        """Return weights per cell of which the hidden ones must sum to 1 to let `p` change; None when not linear."""
        c = np.zeros(len(self.x))
        c[p] = -np.sign(by)
        bounds = np.column_stack([np.where(vrij, -self.x, 0), np.where(vrij, np.inf, 0)])
        r = linprog(c, self.P, self.ruimte, self.S, np.zeros(self.S.shape[0]), bounds, method="highs")
        if r.status != 0:
            return None
        cost = c - self.S.T @ r.eqlin.marginals - self.P.T @ r.ineqlin.marginals
        need = abs(by) + r.ineqlin.marginals @ self.ruimte
        if need <= EPS:
            return None
        w = np.where(cost > EPS, np.minimum(cost * self.x / need, 1), np.where(cost < -EPS, 1.0, 0.0))
        return w


def _mask(vrij: np.ndarray) -> int:
    return int.from_bytes(np.packbits(vrij).tobytes())


class _Toets:
    """All that must stay possible in one part of the lattice: per reader (anyone, or one behind a count of 1) and cell."""

    def __init__(self, model: _Model, cellen: np.ndarray):
        self.model, self.cellen, self.lezer = model, cellen, _Lezer(model, cellen)
        x, laag, hoog = (v[cellen] for v in (model.x, model.laag, model.hoog))
        eis = model.eis[cellen]
        self.vragen: list[tuple[int, float, np.ndarray]] = []
        none = np.zeros(len(cellen), bool)
        readers = [(none, none)]
        for s in cellen[(x == 1) & model.weg[model.blok[cellen]]]:
            readers.append(tuple(np.isin(cellen, list(k)) for k in model.insider(s)))
        for known, boven in readers:
            for p in np.flatnonzero(eis & ~known):
                low = max(laag[p], 1) if boven[p] else laag[p]
                self.vragen += [(p, by, known) for by in (hoog[p] - x[p], low - x[p]) if by]
        self.pool: dict[tuple[int, float], list[int]] = defaultdict(list)
        self.masks = [_mask(k) for *_, k in self.vragen]
        self.publiek = model.bekend[cellen]

    def repair(self, z: np.ndarray):
        """Return the blokken to hide so that every question is answered, starting from `z`, and a cut per addition."""
        m = self.model
        blok = m.blok[self.cellen]
        open_ = z[blok] & ~self.publiek
        cuts = []
        w = m.gewicht[blok]
        dicht = ~_mask(open_)
        for (p, by, known), kmask in zip(self.vragen, self.masks, strict=True):
            pool = self.pool[p, by]
            if any(not mv & (dicht | kmask) for mv in pool):
                continue
            d = self.lezer.move(p, by, open_ & ~known, np.full(len(w), 1e-3))
            if d is None:
                c = self.lezer.cut(p, by, z0[blok] & ~self.publiek & ~known) if False else self.lezer.cut(p, by, open_ & ~known)
                if c is None:
                    c = (~open_ & ~self.publiek).astype(float)
                c[known | self.publiek] = 0
                cuts.append(c)
                STATS[3] += 1
                d = self.lezer.move(p, by, ~self.publiek & ~known, np.where(open_, 1e-3, w / abs(by)))
                if d is None:
                    raise Onmogelijk([])
                extra = np.unique(blok[(d != 0) & ~open_])
                z = z.copy()
                z[extra] = True
                open_ = z[blok] & ~self.publiek
                dicht = ~_mask(open_)
            pool.append(_mask(d != 0))
        return z, cuts


def _start(model: _Model, rijen: np.ndarray, keer: np.ndarray) -> Iterator[dict[int, float]]:
    """Yield what every choice must satisfy, per sum: who guards a count can move as far as it must (blok → weight)."""
    insiders = {s: model.insider(s)[0] for s in np.flatnonzero((model.x == 1) & model.weg)}
    for rij in rijen:
        cellen = model.S.indices[model.S.indptr[rij] : model.S.indptr[rij + 1]]
        teken = dict(zip(cellen, model.S.data[model.S.indptr[rij] : model.S.indptr[rij + 1]], strict=True))
        for c in cellen:
            b = model.blok[c]
            if model.eis[c]:
                lezers = [set(), *(k for s, k in insiders.items() if s in teken and c not in k)]
                for known in lezers:
                  for need, kant in ((model.hoog[c] - model.x[c], 1), ((model.x[c] - model.laag[c]) if not known else 0, -1)):
                    if need > 0:
                        w = defaultdict(float)
                        for o in cellen:
                            if o != c and o not in known:
                                # Up with the count: the total may rise, or other parts fall, but never below zero.
                                rises = teken[o] * teken[c] * kant < 0
                                w[model.blok[o]] = min(1, w[model.blok[o]] + (1 if rises else min(1, model.x[o] / need)))
                        w.pop(b, None)
                        yield w
            elif keer[b] == 1 and not model.weg[c]:
                yield dict.fromkeys(set(model.blok[cellen]) - {b}, 1.0) | {b: -1.0}


STATS=[0,0,0,0]


class _Meester:
    """The master problem: which blokken to hide, given what every safe choice was found to satisfy so far."""

    def __init__(self, model: _Model):
        self.model = model
        n = len(model.gewicht)
        self.laag, self.hoog = np.zeros(n), np.ones(n)
        self.hoog[model.blok[model.bekend]] = 0
        self.laag[model.blok[model.weg]] = self.hoog[model.blok[model.weg]] = 1
        self.rijen: list[tuple[list[int], list[float]]] = []
        self.grens: list[float] = []
        self.solved: dict[tuple, np.ndarray] = {}

    def add(self, gewichten: Mapping[int, float], grens: float) -> None:
        vast = sum(g for b, g in gewichten.items() if self.laag[b] == 1)
        vrij = {b: g for b, g in gewichten.items() if self.laag[b] < self.hoog[b]}
        nog = grens - vast
        if nog > EPS:
            self.rijen.append((list(vrij), [min(1.0, g / nog) for g in vrij.values()]))
            self.grens.append(1 - EPS)
        elif grens==0:
            self.rijen.append((list(vrij), list(vrij.values())))
            self.grens.append(-vast)

    def choose(self) -> np.ndarray:
        """Return the cheapest choice (bool per blok); parts that share no constraint are solved apart."""
        n = len(self.laag)
        A, grens = _rows(self.rijen, n), np.array(self.grens)
        z = self.laag > 0
        part = _samen(A.tocsc())
        deel_rij = np.array([part[k[0]] if len(k) else -1 for k, _ in self.rijen])
        if (deel_rij == -1).any():
            raise Onmogelijk([])
        for k in np.unique(deel_rij):
            rijen, vrij = np.flatnonzero(deel_rij == k), np.flatnonzero(part == k)
            sleutel = tuple(rijen)
            if sleutel not in self.solved:
                STATS[1]+=1; STATS[2]=max(STATS[2],len(vrij))
                r = milp(
                    self.model.gewicht[vrij],
                    integrality=np.ones(len(vrij)),
                    bounds=Bounds(0, 1),
                    constraints=LinearConstraint(A[rijen][:, vrij], grens[rijen], np.inf),
                    options={"mip_rel_gap": 0},
                )
                if r.x is None:
                    raise Onmogelijk([])
                self.solved[sleutel] = vrij[r.x > 0.5]
            z[self.solved[sleutel]] = True
        return z


SPELING = 0.02


def choose(rooster: Rooster) -> np.ndarray:
    """Return per cell whether it is hidden: the cheapest safe choice; raise Onmogelijk when there is none."""
    model = _Model(rooster)
    meester = _Meester(model)
    for w in _start(model, np.arange(model.S.shape[0]), np.bincount(model.blok)):
        meester.add(w, 0.0 if min(w.values(), default=1) < 0 else 1.0)
    deel = _samen(model.M)
    toetsen = [_Toets(model, np.flatnonzero(deel == k)) for k in np.unique(deel[model.eis])]
    best, prijs = None, np.inf
    while True:
        STATS[0]+=1
        z = meester.choose()
        onder = model.gewicht[z].sum()
        nieuw = z
        for t in toetsen:
            nieuw, cuts = t.repair(nieuw)
            for w in cuts:
                som = np.bincount(model.blok[t.cellen], w, len(model.gewicht))
                nz = np.flatnonzero(som > 1e-9)
                meester.add(dict(zip(nz, np.minimum(som[nz], 1), strict=True)), 1.0)
        if model.gewicht[nieuw].sum() < prijs:
            best, prijs = nieuw, model.gewicht[nieuw].sum()
        if TRACE: print(round(onder,1), round(prijs,1), round(model.gewicht[nieuw].sum(),1), STATS)
        if prijs <= onder * (1 + SPELING):
            return best[model.blok[model.klasse]] | ~rooster.cellen['toon'].to_numpy()
TRACE=0
