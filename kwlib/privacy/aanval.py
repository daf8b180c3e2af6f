"""The attack that a choice must stand: readers who narrow each protected count, and what could have stopped them."""

# ruff: noqa: N803, N806 (matrices have capital names)
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array, vstack
from scipy.sparse.csgraph import connected_components

EPS = 1e-6
SAMEN = 20_000  # a linear problem over more counts than this costs more than two
BEWAARD = 10_000_000  # numbers in the tables that show counts to be free: the oldest go


def parts(M: csr_array, extra: list[tuple[int, int]] = ()) -> np.ndarray:
    """Return per column the number of the part it hangs together with, through the rows and extra links."""
    m, n = M.shape
    e = M.tocoo()
    i, j = np.array(extra, int).reshape(-1, 2).T
    rows, cols = np.concatenate([e.row, m + i]), np.concatenate([m + e.col, m + j])
    return connected_components(coo_array((np.ones(len(rows)), (rows, cols)), (m + n, m + n)), directed=False)[1][m:]


def _beside(matrices: list[coo_array]) -> coo_array:
    """Return matrices along a diagonal; scipy's own `block_diag` costs more than the solver."""
    *starts, shape = np.cumsum([[0, 0], *(a.shape for a in matrices)], axis=0)
    row = np.concatenate([a.row + m for a, (m, _) in zip(matrices, starts, strict=True)])
    col = np.concatenate([a.col + n for a, (_, n) in zip(matrices, starts, strict=True)])
    return coo_array((np.concatenate([a.data for a in matrices]), (row, col)), tuple(shape))


@dataclass(frozen=True)
class _Lezer:
    """A reader of hidden counts that hang together: their sums and pairs, who must move how far, and what is known."""

    cols: np.ndarray
    sommen: coo_array
    paren: coo_array
    som: np.ndarray
    paar: np.ndarray
    need: np.ndarray
    kant: int
    known: np.ndarray


class Aanval:
    """The lattice in numbers (`S @ x = 0`, `P @ x <= 0`), and every reader against every protected count.

    What was found is remembered per set of hidden counts that hang together. One linear problem holds all readers side
    by side: a solver costs more to call than to use.
    """

    def __init__(self, c: pd.DataFrame, S: csr_array, P: csr_array):
        self.x, self.S, self.P, self.M = c["waarde"].to_numpy(float), S, P, vstack([S, P], format="csr")
        self.ruimte = -(P @ self.x)
        self.onder = self.x - c["van"].to_numpy(float)
        self.boven = c["tot"].to_numpy(float) - self.x
        self.publiek = (self.onder == 0) & (self.boven == 0)
        self.nodig = c["hoog"].notna().to_numpy() & ~self.publiek
        self.op = np.where(self.nodig, c["hoog"] - self.x, 0)
        self.neer = np.where(self.nodig, self.x - c["laag"], 0)
        alone = map(self._known, np.flatnonzero((self.x == 1) & self.nodig))
        self.insiders = list({known.tobytes(): known for known in alone}.values())
        self.seen: dict[bytes, list[tuple[int, np.ndarray]]] = {}
        self.tables = np.zeros((0, len(self.x)))

    def _known(self, s: int) -> np.ndarray:
        """Return per count whether the one person behind count `s` knows it: its parts, and what they add up to."""
        known = np.arange(len(self.x)) == s
        whole, delen = (self.M * k > 0 for k in (-1, 1))
        sums = np.arange(whole.shape[0]) < self.S.shape[0]
        while True:
            down = (whole @ known) @ delen
            up = (sums & (delen @ known.astype(int) == delen.sum(axis=1))) @ whole
            if not ((down | up) & ~known).any():
                return known
            known = known | down | up

    def cuts(self, vrij: np.ndarray) -> list[tuple[int, np.ndarray]]:
        """Return count and cut (see `_cut`) for every count that can be narrowed too far when these are hidden."""
        cols = np.flatnonzero(vrij)
        part = parts(self.M[:, cols])
        groups = [cols[part == k] for k in np.unique(part[self.nodig[cols]])]
        new = [g for g in groups if g.tobytes() not in self.seen]
        self.seen |= {g.tobytes(): [] for g in new}
        for lezer, p, w in self._weak([lezer for g in new for lezer in self._readers(g)]):
            self.seen[lezer.cols.tobytes()].append((lezer.cols[p], w))
        return [cut for g in groups for cut in self.seen[g.tobytes()]]

    def _readers(self, cols: np.ndarray) -> Iterator[_Lezer]:
        M = self.M[:, cols]
        rows, n = np.flatnonzero(np.diff(M.indptr)), self.S.shape[0]
        som, paar = rows[rows < n], rows[rows >= n]
        stelsel, nobody = (cols, M[som].tocoo(), M[paar].tocoo(), som, paar - n), np.zeros(len(cols), bool)
        yield _Lezer(*stelsel, self.op[cols], 1, nobody)
        yield _Lezer(*stelsel, self.neer[cols], -1, nobody)
        for known in (k[cols] for k in self.insiders if k[cols].any()):
            # To one who is in a group nothing else may become exact.
            yield _Lezer(*stelsel, np.where(known, 0, np.minimum(self.op[cols], 1)), 1, known)

    def _weak(self, lezers: list[_Lezer]) -> Iterator[tuple[_Lezer, int, np.ndarray]]:
        """Yield reader, position and cut for every count that cannot move as far as it needs."""
        # One other table often shows that many counts are free; who no table shows is asked apart.
        asked = self._narrow([(lezer, lezer.need > EPS) for lezer in lezers])
        for _ in range(2):
            self._solve(asked)
            asked = self._narrow(asked)
        each = [(lezer, np.arange(len(over)) == p) for lezer, over in asked for p in np.flatnonzero(over)]
        for (lezer, only), (d, eq, ub) in zip(each, self._solve(each), strict=True):
            p = int(np.flatnonzero(only)[0])
            if lezer.kant * d[p] < lezer.need[p] - EPS:
                yield lezer, p, self._cut(lezer, p, eq, ub)

    def _narrow(self, asked: list[tuple[_Lezer, np.ndarray]]) -> list[tuple[_Lezer, np.ndarray]]:
        """Return per reader the counts that no table so far shows to be free; without the readers who have none."""
        moved, left = np.packbits(self.tables != 0, axis=1), []
        for lezer, over in asked:
            may = np.isin(np.arange(len(self.x)), lezer.cols[~lezer.known])
            tables = self.tables[~(moved & ~np.packbits(may)).any(axis=1)][:, lezer.cols]
            over = over & ~(lezer.kant * tables >= lezer.need - EPS).any(axis=0)
            left += [(lezer, over)] if over.any() else []
        return left

    def _solve(self, asked: list[tuple[_Lezer, np.ndarray]]) -> list[tuple[np.ndarray, ...]]:
        """Return per reader, who pushes some counts as far as needed, how the table differs, and the duals."""
        if not asked:
            return []
        size, n = sum(len(lezer.cols) for lezer, _ in asked), len(self.x)
        if len(asked) > 1 and (size > SAMEN or len(asked) * n > BEWAARD):
            return [*self._solve(asked[: len(asked) // 2]), *self._solve(asked[len(asked) // 2 :])]
        boxes = []
        for lezer, over in asked:
            low, high = (
                np.where(lezer.known, 0, -self.onder[lezer.cols]),
                np.where(lezer.known, 0, self.boven[lezer.cols]),
            )
            far = np.where(over, lezer.need, np.inf)
            low, high = (low, np.minimum(high, far)) if lezer.kant > 0 else (np.maximum(low, -far), high)
            boxes.append(np.column_stack([low, high]))
        push = np.concatenate([-lezer.kant * over.astype(float) for lezer, over in asked])
        eq, ub = (_beside([getattr(lezer, k) for lezer, _ in asked]) for k in ("sommen", "paren"))
        q = np.concatenate([self.ruimte[lezer.paar] for lezer, _ in asked])
        r = linprog(push, ub, q, eq, np.zeros(eq.shape[0]), np.concatenate(boxes), method="highs")
        ends = np.cumsum([[len(x.cols), len(x.som), len(x.paar)] for x, _ in asked], axis=0)[:-1].T
        found = [*zip(*map(np.split, (r.x, r.eqlin.marginals, r.ineqlin.marginals), ends), strict=True)]
        new = [np.bincount(lezer.cols, d, n) for (lezer, _), (d, *_) in zip(asked, found, strict=True)]
        self.tables = np.vstack([self.tables, *new])[-(BEWAARD // n or 1) :]
        return found

    def _cut(self, lezer: _Lezer, p: int, eq: np.ndarray, ub: np.ndarray) -> np.ndarray:
        """Return weights per count of which the hidden ones must reach 1, from the dual of a failed move."""
        cost = self.S[lezer.som].T @ eq + self.P[lezer.paar].T @ ub
        cost[lezer.cols[p]] += lezer.kant
        cost[np.abs(cost) < EPS] = 0
        with np.errstate(invalid="ignore"):
            w = np.where(cost > 0, cost * self.boven, np.where(cost < 0, -cost * self.onder, 0))
        w[lezer.cols[lezer.known]] = 0
        return np.minimum(w / (lezer.need[p] + ub @ self.ruimte[lezer.paar]), 1)
