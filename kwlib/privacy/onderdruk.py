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
from scipy.sparse import coo_array, csr_array, vstack
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
    """A reader before some hidden counts that hang together, and what the shown ones tell of them."""

    def __init__(self, model: _Model, cellen: np.ndarray):
        self.model, self.cellen = model, cellen
        buiten = model.x.copy()
        buiten[cellen] = 0
        M = model.M[:, cellen]
        rijen = np.unique(M.indices)
        m = model.S.shape[0]
        self.som, self.paar = rijen[rijen < m], rijen[rijen >= m] - m
        S, P = model.S[self.som], model.P[self.paar]
        self.A, self.b, self.Q, self.q = S[:, cellen], -(S @ buiten), P[:, cellen], -(P @ buiten)
        self.x, self.laag, self.hoog = (v[cellen] for v in (model.x, model.laag, model.hoog))
        self.rules = LinearConstraint(
            vstack([self.A, self.Q], format="csr"),
            np.concatenate([self.b, np.full(len(self.q), -np.inf)]),
            np.concatenate([self.b, self.q]),
        )
        self.top = 2 * max(self.x.max(), np.nanmax(self.hoog, initial=0)) + 50

    def table(self, low: np.ndarray, high: np.ndarray, push: np.ndarray) -> np.ndarray | None:
        """Return a possible table within bounds, pushed in a direction; None when there is none."""
        r = milp(-push, bounds=Bounds(low, high), constraints=self.rules)
        if r.x is None:
            return None
        t = np.round(r.x)
        if np.array_equal(self.A @ t, self.b) and (self.Q @ t <= self.q).all():
            return t
        STATS[1]+=1
        return milp(-push, integrality=np.ones(len(push)), bounds=Bounds(low, high), constraints=self.rules,options=dict(presolve=False)).x

    def narrowed(self, todo: np.ndarray, vast: np.ndarray, kant: int) -> list[int]:
        """Return the cells of `todo` that cannot reach their bound (kant 1: high, -1: low); `vast` is known."""
        low, high = np.where(vast, self.x, 0), np.where(vast, self.x, self.top)
        todo = todo.copy()
        while todo.any():
            lo, hi = low.copy(), high.copy()
            if kant > 0:
                hi[todo] = self.hoog[todo]
            else:
                lo[todo] = self.laag[todo]
            t = self.table(lo, hi, kant * todo.astype(float))
            assert t is not None
            reached = todo & (t is not None) & (t >= self.hoog - EPS if kant > 0 else t <= self.laag + EPS)
            if not reached.any():
                break
            todo &= ~reached
        out = []
        for p in np.flatnonzero(todo):
            lo, hi = low.copy(), high.copy()
            if kant > 0:
                lo[p] = self.hoog[p]
            else:
                hi[p] = self.laag[p]
            if lo[p] > hi[p] or self.table(lo, hi, np.zeros(len(lo))) is None:
                out.append(p)
        return out

    def cut(self, p, vast, kant):
        zonder = self._cut(p, vast, kant, False)
        return zonder if zonder is not None else self._cut(p, vast, kant, True)

    def _cut(self, p: int, vast: np.ndarray, kant: int, met) -> np.ndarray | None:
        """Return weights per cell of the lattice of which the hidden ones must sum to 1; None without a linear proof."""
        c = np.zeros(len(self.x))
        c[p] = -kant
        bounds = np.column_stack([np.where(vast, self.x, 0), np.where(vast, self.x, np.inf)])
        r = linprog(c, *((self.Q, self.q) if met else (None, None)), self.A, self.b, bounds, method="highs")
        if r.status != 0:
            return None
        m, x = self.model, self.model.x
        mu = r.ineqlin.marginals if met else np.zeros(len(self.q))
        lam = m.S[self.som].T @ r.eqlin.marginals + m.P[self.paar].T @ mu
        cost = -lam
        cost[self.cellen[p]] += -kant
        need = (self.hoog[p] - self.x[p] if kant > 0 else self.x[p] - self.laag[p]) - mu @ (
            m.P[self.paar] @ x
        )
        if need <= EPS:
            return None
        w = np.where(cost > EPS, np.minimum(cost * x / need, 1), np.where(cost < -EPS, 1.0, 0.0))
        w[self.cellen[vast]] = 0
        return w if w[self.cellen].sum() < 1 - EPS else None

def _parts(model: _Model, open_: np.ndarray) -> Iterator[np.ndarray]:
    """Yield the hidden counts that hang together, where something must be protected."""
    cellen = np.flatnonzero(open_)
    part = _samen(model.M[:, cellen])
    for k in np.unique(part[model.eis[cellen]]):
        yield cellen[part == k]


def _weak(model: _Model, cellen: np.ndarray) -> list[np.ndarray | None]:
    """Return a cut for every count that a reader can narrow too far: anyone, or the one person behind a count of 1."""
    lezer = _Lezer(model, cellen)
    eis = model.eis[cellen]
    found = []
    for s in (None, *cellen[lezer.x == 1]):
        vast, laag = np.zeros(len(cellen), bool), lezer.laag
        if s is not None:
            known, boven = model.insider(s)
            vast = np.isin(cellen, list(known))
            lezer.laag = np.where(np.isin(cellen, list(boven)), np.maximum(laag, 1), laag)
        for kant in (1, -1):
            found += [lezer.cut(p, vast, kant) for p in lezer.narrowed(eis & ~vast, vast, kant)]
        lezer.laag = laag
    return found


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


def choose(rooster: Rooster) -> np.ndarray:
    """Return per cell whether it is hidden: the cheapest safe choice; raise Onmogelijk when there is none."""
    model = _Model(rooster)
    meester = _Meester(model)
    for w in _start(model, np.arange(model.S.shape[0]), np.bincount(model.blok)):
        meester.add(w, 0.0 if min(w.values(), default=1) < 0 else 1.0)
    seen: dict[bytes, list] = {}
    while True:
        STATS[0]+=1
        z = meester.choose()
        open_ = z[model.blok] & ~model.bekend
        fout = False
        for part in _parts(model, open_):
            key = part.tobytes()
            if key not in seen:
                seen[key] = _weak(model, part)
                for w in seen[key]:
                    if w is None:
                        w = (~open_ & ~model.bekend).astype(float)
                    som = np.zeros(len(model.gewicht))
                    np.add.at(som, model.blok, w)
                    STATS[3]+=1
                    nz = np.flatnonzero(som > 1e-9)
                    meester.add(dict(zip(nz, np.minimum(som[nz], 1), strict=True)), 1.0)
            fout |= bool(seen[key])
        if not fout:
            return z[model.blok[model.klasse]] | ~rooster.cellen['toon'].to_numpy()
