"""What to hide: the cheapest set of counts that leaves every small group uncertain, also for one who is in it.

An exact model after Fischetti and Salazar. The master problem chooses what to hide (`milp`). Readers then try to narrow
each protected count (`aanval`); where one succeeds, its dual says which cells could have prevented that: a new
constraint for the master. The first choice that no reader can narrow is the cheapest safe one.
"""

# ruff: noqa: N806 (matrices have capital names)
from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array

from kwlib.privacy.aanval import EPS, Aanval, parts
from kwlib.privacy.rooster import Rooster, eisen

# With so few blocks, to try every choice is quicker than to call a solver.
FEW = 10
# Counts times rounds, beyond which the cheapest choice is not worth the wait: what was chosen stays, until all is safe.
WERK = 20_000


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


def _cheapest(cost: np.ndarray, rules: np.ndarray, grens: np.ndarray) -> np.ndarray | None:
    """Return which to choose at the lowest cost such that `rules @ chosen >= grens`; None when nothing does."""
    n = len(cost)
    if n <= FEW:
        every = np.arange(2**n)[::-1, None] >> np.arange(n) & 1
        able = every[(every @ rules.T >= grens).all(axis=1)]
        return able[(able @ cost).round(9).argmin()] > 0 if len(able) else None
    # When parts of blocks may be chosen too, the cheapest choice is often whole: that takes a tenth of the time.
    for whole in (0, 1):
        r = milp(cost, integrality=np.full(n, whole), bounds=Bounds(0, 1),
                 constraints=LinearConstraint(rules, grens, np.inf))  # fmt: skip
        if r.x is None or np.abs(r.x - r.x.round()).max() < 10 * EPS:
            break
    return None if r.x is None else r.x > 0.5


class _Meester:
    """The master problem: which blocks to hide, given what every safe choice was found to satisfy so far."""

    def __init__(self, aanval: Aanval, c: pd.DataFrame, weg: np.ndarray, memo: dict):
        self.aanval, self.memo, self.rows, self.grens, self.solved, self.fout = aanval, memo, [], [], {}, set()
        self.blok, namen = pd.factorize(c["blok"])
        self.gewicht = np.bincount(self.blok, c["gewicht"], len(namen)) + 1e-4
        self.open = np.bincount(self.blok, aanval.publiek, len(namen)) == 0
        self.vast = np.bincount(self.blok, weg | c["hoog"].notna(), len(namen)) > 0
        for blok, weights, grens in self._first():
            self.add(blok, weights, grens)

    def _first(self) -> Iterator[tuple[int, dict[int, float], float]]:
        """Yield what every choice must satisfy per count and sum: block, block → weight, what the hidden must reach."""
        a, S, alone = self.aanval, self.aanval.S, np.bincount(self.blok) == 1
        for k in range(S.shape[0]):
            row = slice(*S.indptr[k : k + 2])
            cols, data = S.indices[row], S.data[row]
            for c, teken in zip(cols, data, strict=True):
                others, blok = cols[cols != c], self.blok[c]
                if not self.vast[blok] and self.open[blok]:
                    if alone[blok]:
                        yield blok, dict.fromkeys(self.blok[others], 1.0) | {blok: -1.0}, 0.0
                    continue
                rest = data[cols != c]
                for need, sign in ((a.op[c], 1), (a.neer[c], -1)):
                    if need > 0:
                        can = np.where(rest * teken * sign < 0, a.boven[others], a.onder[others])
                        weights: dict[int, float] = {}
                        for b, w in zip(self.blok[others], np.minimum(can / need, 1), strict=True):
                            weights[b] = weights.get(b, 0) + w
                        yield blok, weights, 1.0

    def add(self, blok: int, weights: dict[int, float], grens: float) -> None:
        """Add a constraint; blocks that are surely hidden or public are filled in. `blok` fails if nothing is left."""
        nog = grens - sum(w for b, w in weights.items() if self.vast[b] and self.open[b])
        vrij = {b: w for b, w in weights.items() if not self.vast[b] and self.open[b] and w}
        if nog > EPS:
            vrij = {b: min(w / nog, 1.0) for b, w in vrij.items()}
            nog = 1.0
        if nog > EPS and not vrij:
            self.fout.add(blok)
        elif nog > EPS or sum(w for w in vrij.values() if w < 0) < nog - EPS:
            self.rows.append(vrij)
            self.grens.append(nog - EPS)

    def choose(self, houd: np.ndarray) -> np.ndarray:
        """Return per block whether it is hidden, at the lowest cost; `fout` says which cannot satisfy all.

        Blocks that share no constraint are solved apart, once. What is in `houd` is hidden already, at no cost.
        """
        z = self.vast & self.open | houd
        if not self.rows:
            return z
        A, grens = _matrix(self.rows, len(z)), np.array(self.grens)
        part = parts(A)
        per_row = part[A.indices[A.indptr[:-1]]]
        for k in np.unique(per_row):
            rows = np.flatnonzero(per_row == k)
            used = np.flatnonzero(part == k)
            key = rows.tobytes(), houd[used].tobytes()
            if key not in self.solved:
                vraag = np.where(houd[used], 0, self.gewicht[used]), A[rows][:, used].toarray(), grens[rows]
                inhoud = tuple(v.tobytes() for v in vraag)
                best = self.memo[inhoud] = self.memo[inhoud] if inhoud in self.memo else _cheapest(*vraag)
                self.solved[key] = used if best is None else used[best]
                self.fout |= {*used} if best is None else set()
            z[self.solved[key]] = True
        return z

    def solve(self) -> tuple[np.ndarray, np.ndarray]:
        """Return per count whether it is hidden, at the lowest cost; and whether it hangs on one that cannot be safe.

        What cannot be safe says nothing of the rest, which is then solved without it.
        """
        eerste = np.unique(self.blok, return_index=True)[1]
        part = parts(self.aanval.M, [*enumerate(eerste[self.blok])])
        werk, houd = 0, np.zeros(len(eerste), bool)
        while True:
            z = self.choose(houd)
            bad = np.isin(part, part[np.isin(self.blok, [*self.fout])])
            cuts = self.aanval.cuts(z[self.blok] & ~bad)
            if not cuts:
                return z[self.blok], bad
            for c, w in cuts:
                som = np.bincount(self.blok, w, len(z))
                self.add(self.blok[c], {b: min(som[b], 1.0) for b in np.flatnonzero(som > EPS)}, 1.0)
            werk += len(self.blok)
            houd = z if werk > WERK else houd


def _one(links: Iterable[tuple[int, int]], n: int) -> np.ndarray:
    """Return per number the class it is in, when linked numbers are one."""
    return parts(_matrix([], n), list(links))


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
    solve both at once costs minutes, and saves at most a few cells. `memo` remembers what was solved and attacked.
    """
    memo = {} if memo is None else memo
    klasse, c, S, P = _classes(rooster)
    weg = ~c["toon"].to_numpy()
    for paren in (P[:0], P) if linked else (P[:0],):
        key = paren.shape, c[["van", "tot", "laag", "hoog"]].to_numpy(float).tobytes()
        if key not in memo:
            memo[key] = Aanval(c, S, paren)
        z, bad = _Meester(memo[key], c, weg, memo).solve()
        if bad.any():
            raise Onmogelijk(sorted(set(rooster.cellen["blad"][bad[klasse]])))
        weg |= z
    return weg[klasse] | ~rooster.cellen["toon"].to_numpy()
