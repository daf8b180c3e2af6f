"""Controlled rounding: a table of multiples that still adds up, close to its true counts; the last way to show one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp


def afronden(waarden: np.ndarray, sommen: Sequence[tuple[int, tuple[int, ...]]], stap: int) -> np.ndarray | None:
    """Return per count a multiple of `stap`, at most one `stap` away, such that all sums hold and little moves.

    A multiple may move too: else nobody could be told apart from somebody. None when the sums leave no such table.
    """
    onder = np.floor(waarden / stap)
    op = waarden - onder * stap
    rows = np.zeros((len(sommen), len(waarden)))
    for k, (totaal, delen) in enumerate(sommen):
        rows[k, list(delen)] = 1
        rows[k, totaal] -= 1
    # Rounding down moves a count by `op`, up by the rest of the step; only a multiple can go a whole step down.
    rules = LinearConstraint(np.hstack([rows, -rows]), -rows @ onder, -rows @ onder) if len(sommen) else ()
    lager = (op == 0) & (onder > 0)
    r = milp(np.concatenate([stap - 2 * op, np.full(len(op), stap)]), integrality=np.ones(2 * len(op)),
             bounds=Bounds(0, np.concatenate([np.ones(len(op)), lager])), constraints=rules)  # fmt: skip
    return None if r.x is None else (onder + np.subtract(*np.split(r.x.round(), 2))) * stap
