"""What to hide: the cheapest set of counts that leaves every small group uncertain, also for one who is in it.

An exact model after Fischetti and Salazar. The master problem chooses what to hide (`milp`). A reader's linear problem
then tries to narrow each protected count; where it succeeds, its dual says which cells could have prevented that: a new
constraint for the master. The first choice that no reader can narrow is the cheapest safe one.
"""

# ruff: noqa: N803, N806 (matrices have capital names)
from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_array, csr_array, vstack
from scipy.sparse.csgraph import connected_components

from kwlib.privacy.rooster import Rooster, eisen

EPS = 1e-6


class Onmogelijk(ValueError):
    """Sheets (`bladen`) with a count that stays derivable even when everything that is not yet public is hidden."""

    def __init__(self, bladen: list[str]):
        self.bladen = bladen
        super().__init__(", ".join(bladen))


def _matrix(rows: list[dict[int, float]], n: int) -> csr_array:
    """Return a sparse matrix from column → number per row."""
    i = [k for k, row in enumerate(rows) for _ in row]
    j = [c for row in rows for c in row]
    return csr_array(coo_array(([v for row in rows for v in row.values()], (i, j)), (len(rows), n)), dtype=float)


def _parts(M: csr_array, extra: list[tuple[int, int]] = ()) -> np.ndarray:
    """Return per column the number of the part it hangs together with, through the rows and extra links."""
    m, n = M.shape
    e = M.tocoo()
    i, j = np.array(extra, int).reshape(-1, 2).T
    rows, cols = np.concatenate([e.row, m + i]), np.concatenate([m + e.col, m + j])
    return connected_components(coo_array((np.ones(len(rows)), (rows, cols)), (m + n, m + n)), directed=False)[1][m:]


class _Deel:
    """A part of the lattice that hangs together, in numbers: `S @ x = 0`, `P @ x <= 0`, and a choice per block."""

    def __init__(self, c: pd.DataFrame, S: csr_array, P: csr_array, weg: np.ndarray):
        self.x, n = c["waarde"].to_numpy(float), len(c)
        self.S, self.P = S, P
        self.ruimte = -(P @ self.x)
        self.onder = self.x - c["van"].to_numpy(float)
        self.boven = c["tot"].to_numpy(float) - self.x
        publiek = (self.onder == 0) & (self.boven == 0)
        laag, hoog = c["laag"].to_numpy(), c["hoog"].to_numpy()
        nodig = ~np.isnan(hoog) & ~publiek
        self.op = np.where(nodig, hoog - self.x, 0)
        self.neer = np.where(nodig, self.x - laag, 0)
        self.blok, namen = pd.factorize(c["blok"])
        self.gewicht = np.bincount(self.blok, c["gewicht"], len(namen)) + 1e-4
        self.vast = np.bincount(self.blok, weg | ~np.isnan(hoog), len(namen)) > 0
        self.open = np.array([p == 0 for p in np.bincount(self.blok, publiek, len(namen))])
        self.nodig, self.n = nodig, n
        self.insiders = {self._known(s).tobytes(): self._known(s) for s in np.flatnonzero((self.x == 1) & nodig)}

    def _known(self, s: int) -> np.ndarray:
        """Return per count whether the one person behind count `s` knows it: its parts, and what they add up to."""
        known = np.arange(self.n) == s
        whole, parts = (vstack([self.S, self.P]) * k > 0 for k in (-1, 1))
        sums = np.arange(whole.shape[0]) < self.S.shape[0]
        while True:
            down = (whole @ known) @ parts
            up = (sums & (parts @ known.astype(int) == parts.sum(axis=1))) @ whole
            if not ((down | up) & ~known).any():
                return known
            known = known | down | up

    def first(self) -> Iterator[tuple[dict[int, float], float]]:
        """Yield what every choice must satisfy per sum: block → weight, and what the hidden ones must reach."""
        for k in range(self.S.shape[0]):
            cols = self.S.indices[self.S.indptr[k] : self.S.indptr[k + 1]]
            data = self.S.data[self.S.indptr[k] : self.S.indptr[k + 1]]
            for c, teken in zip(cols, data, strict=True):
                others = cols[cols != c]
                if not self.vast[self.blok[c]] and self.open[self.blok[c]]:
                    if (self.blok == self.blok[c]).sum() == 1:
                        yield dict.fromkeys(self.blok[others], 1.0) | {self.blok[c]: -1.0}, 0.0
                    continue
                rest = data[cols != c]
                for need, sign in ((self.op[c], 1), (self.neer[c], -1)):
                    if need > 0:
                        rises = rest * teken * sign < 0
                        can = np.where(rises, self.boven[others], self.onder[others])
                        weights: dict[int, float] = {}
                        for b, w in zip(self.blok[others], np.minimum(can / need, 1), strict=True):
                            weights[b] = weights.get(b, 0) + w
                        yield weights, 1.0


class _Lezer:
    """A reader of one part: which other tables fit what is shown."""

    def __init__(self, deel: _Deel, cols: np.ndarray, paren: bool):
        self.deel, self.cols = deel, cols
        S, P = deel.S[:, cols], deel.P[:, cols] * paren
        P.eliminate_zeros()
        self.som, self.paar = np.flatnonzero(np.diff(S.indptr)), np.flatnonzero(np.diff(P.indptr))
        self.A, self.Q, self.q = S[self.som], P[self.paar], deel.ruimte[self.paar]
        self.rules = LinearConstraint(
            vstack([self.A, self.Q], format="csr"), np.append(np.zeros(len(self.som)), np.full(len(self.q), -np.inf)),
            np.append(np.zeros(len(self.som)), self.q))  # fmt: skip
        self.low, self.high = -deel.onder[self.cols], deel.boven[self.cols]

    def solve(self, push: np.ndarray, low: np.ndarray, high: np.ndarray):
        """Return the difference with the true table that is pushed furthest, with its duals; unbounded is None."""
        return linprog(-push, self.Q if len(self.paar) else None, self.q if len(self.paar) else None,
                       self.A if len(self.som) else None, np.zeros(len(self.som)) if len(self.som) else None,
                       np.column_stack([low, high]), method="highs")  # fmt: skip

    def weak(self, need: np.ndarray, kant: int, known: np.ndarray) -> Iterator[np.ndarray]:
        """Yield a cut for every count that cannot move by `need` (up for kant 1, down for -1) when some are known."""
        need = np.where(known, 0, need)[self.cols]
        vast = known[self.cols]
        low, high = np.where(vast, 0, self.low), np.where(vast, 0, self.high)
        todo = need > EPS
        while todo.any():
            lo, hi = low.copy(), high.copy()
            if kant > 0:
                hi[todo] = np.minimum(hi[todo], need[todo])
            else:
                lo[todo] = np.maximum(lo[todo], -need[todo])
            d = kant * milp(-kant * todo.astype(float), bounds=Bounds(lo, hi), constraints=self.rules).x
            reached = todo & (d >= need - EPS)
            if not reached.any():
                break
            todo &= ~reached
        for p in np.flatnonzero(todo):
            push = np.zeros(len(need))
            push[p] = kant
            r = self.solve(push, low, high)
            if r.status == 0 and -r.fun < need[p] - EPS:
                yield self._cut(p, kant, need[p], r, known)

    def _cut(self, p: int, kant: int, need: float, r, known: np.ndarray) -> np.ndarray:
        """Return weights per count of which the hidden ones must reach 1, from the dual of a failed move."""
        d = self.deel
        mu = -r.ineqlin.marginals if len(self.paar) else np.zeros(0)
        cost = np.zeros(d.n)
        cost[self.cols[p]] = kant
        if len(self.som):
            cost += d.S[self.som].T @ r.eqlin.marginals
        if len(self.paar):
            cost -= d.P[self.paar].T @ mu
        grens = need - mu @ self.q
        cost[np.abs(cost) < EPS] = 0
        with np.errstate(invalid="ignore"):
            w = np.where(cost > 0, cost * d.boven, np.where(cost < 0, -cost * d.onder, 0))
        w[known] = 0
        return np.minimum(w / grens, 1)


class _Meester:
    """The master problem: which blocks to hide, given what every safe choice was found to satisfy so far."""

    def __init__(self, deel: _Deel):
        self.deel, self.rows, self.grens, self.solved = deel, [], [], {}
        for weights, grens in deel.first():
            self.add(weights, grens)

    def add(self, weights: dict[int, float], grens: float) -> None:
        """Add a constraint; blocks that are surely hidden or public are filled in."""
        d = self.deel
        nog = grens - sum(w for b, w in weights.items() if d.vast[b] and d.open[b])
        vrij = {b: w for b, w in weights.items() if not d.vast[b] and d.open[b] and w}
        if nog > EPS:
            vrij = {b: min(w / nog, 1.0) for b, w in vrij.items()}
            nog = 1.0
        if nog > EPS or (any(w < 0 for w in vrij.values()) and sum(w for w in vrij.values() if w < 0) < nog - EPS):
            self.rows.append(vrij)
            self.grens.append(nog - EPS)

    def choose(self) -> np.ndarray | None:
        """Return per block whether it is hidden, at the lowest cost; None when nothing satisfies all.

        Blocks that share no constraint are solved apart, once.
        """
        d = self.deel
        z = d.vast & d.open
        if not all(self.rows):
            return None
        A, grens = _matrix(self.rows, len(z)), np.array(self.grens)
        part = _parts(A)
        per_row = part[A.indices[A.indptr[:-1]]] if self.rows else np.zeros(0)
        for k in np.unique(per_row):
            rows, used = np.flatnonzero(per_row == k), np.flatnonzero(part == k)
            key = rows.tobytes()
            if key not in self.solved:
                rules = LinearConstraint(A[rows][:, used], grens[rows], np.inf)
                r = milp(d.gewicht[used], integrality=np.ones(len(used)), bounds=Bounds(0, 1), constraints=rules)
                self.solved[key] = None if r.x is None else used[r.x > 0.5]
            if self.solved[key] is None:
                return None
            z[self.solved[key]] = True
        return z


class _Aanval:
    """The attack: every reader against every protected count, remembered per set of hidden counts that hang together.

    A reader may know only how counts add up, or (`paren`) also that a later step is never larger than an earlier one.
    """

    def __init__(self, deel: _Deel, paren: bool):
        self.deel, self.paren, self.seen = deel, paren, {}
        self.M = vstack([deel.S, deel.P], format="csr") if paren else deel.S

    def cuts(self, vrij: np.ndarray) -> list[np.ndarray]:
        """Return a cut for every count that can be narrowed too far."""
        cols = np.flatnonzero(vrij)
        part = _parts(self.M[:, cols])
        found = []
        for k in np.unique(part[self.deel.nodig[cols]]):
            these = cols[part == k]
            key = these.tobytes()
            if key not in self.seen:
                self.seen[key] = [*self._part(these)]
            found += self.seen[key]
        return found

    def _part(self, cols: np.ndarray) -> Iterator[np.ndarray]:
        d, lezer, nobody = self.deel, _Lezer(self.deel, cols, self.paren), np.zeros(self.deel.n, bool)
        yield from lezer.weak(d.op, 1, nobody)
        yield from lezer.weak(d.neer, -1, nobody)
        for known in d.insiders.values():
            if known[cols].any():
                # To one who is in a group nothing else may become exact.
                yield from lezer.weak(np.minimum(d.op, 1), 1, known)


def _add(deel: _Deel, paren: bool) -> np.ndarray | None:
    """Return per block whether it is hidden, at the lowest cost, for one kind of reader; None when nothing is safe."""
    meester, aanval = _Meester(deel), _Aanval(deel, paren)
    while (z := meester.choose()) is not None and (cuts := aanval.cuts(z[deel.blok])):
        for w in cuts:
            som = np.bincount(deel.blok, w, len(z))
            meester.add({b: min(v, 1.0) for b, v in enumerate(som) if v > EPS}, 1.0)
    return z


def _one(links: Iterable[tuple[int, int]], n: int) -> np.ndarray:
    """Return per number the class it is in, when linked numbers are one."""
    return _parts(_matrix([], n), list(links))


def _classes(rooster: Rooster) -> tuple[np.ndarray, pd.DataFrame, csr_array, csr_array]:
    """Return the class per cell, and the lattice per class: a total of one part is that part, so they are one count."""
    c, n = rooster.cellen, len(rooster.cellen)
    klasse = pd.factorize(_one([(t, d[0]) for t, d in rooster.sommen if len(d) == 1], n), sort=True)[0]
    blok = pd.factorize(c["blok"])[0]
    eerste = np.unique(blok, return_index=True)[1][blok]
    laag, hoog = eisen(c)
    frame = c[["waarde", "van", "toon"]].assign(
        laag=laag, hoog=hoog, tot=c["tot"].where(c["tot"] >= 0, np.inf), gewicht=c["gewicht"].where(c["toon"], 0.0)
    )
    per = frame.groupby(klasse).agg({"waarde": "first", "van": "max", "tot": "min", "toon": "any", "gewicht": "sum",
                                     "laag": "min", "hoog": "max"})  # fmt: skip
    per["blok"] = _one(zip(klasse, klasse[eerste], strict=True), len(per))
    sommen = {(klasse[t], tuple(sorted(klasse[list(d)]))) for t, d in rooster.sommen if len(d) > 1}
    S = _matrix([{t: -1.0} | dict.fromkeys(d, 1.0) for t, d in sorted(sommen)], len(per))
    paren = sorted({(klasse[a], klasse[b]) for a, b in rooster.paren if klasse[a] != klasse[b]})
    return klasse, per, S, _matrix([{a: 1.0, b: -1.0} for a, b in paren], len(per))


def kies(rooster: Rooster, memo: dict | None = None, linked: bool = True) -> np.ndarray:
    """Return per count whether it is hidden: the cheapest safe choice; raise Onmogelijk when there is none.

    First each table at its lowest cost, then (`linked`) the cheapest additions against one who compares tables: to
    solve both at once costs minutes, and saves at most a few cells. `memo` remembers the parts that were solved.
    """
    memo = {} if memo is None else memo
    klasse, c, S, P = _classes(rooster)
    stand = c[["toon", "van", "tot"]].to_numpy(float)
    weg, fout = ~c["toon"].to_numpy(), []
    for paren in (False, True) if linked else (False,):
        M = vstack([S, P], format="csr") if paren else S
        part = _parts(M, [(m, e) for m, e in enumerate(c["blok"]) if m != e])
        for k in np.unique(part[~np.isnan(c["hoog"])]):
            cols = np.flatnonzero(part == k)
            key = (cols.tobytes(), stand[cols].tobytes(), weg[cols].tobytes(), paren)
            if key not in memo:
                s, p = (m[:, cols] for m in (S, P))
                deel = _Deel(
                    c.iloc[cols], s[np.diff(s.indptr) > 0], p[np.diff(p.indptr) > 0 if paren else []], weg[cols]
                )
                z = _add(deel, paren)
                memo[key] = None if z is None else z[deel.blok]
            if memo[key] is None:
                fout += sorted(set(rooster.cellen["blad"][np.isin(klasse, cols)]))
            else:
                weg[cols] |= memo[key]
        if fout:
            raise Onmogelijk(fout)
    return weg[klasse] | ~rooster.cellen["toon"].to_numpy()
