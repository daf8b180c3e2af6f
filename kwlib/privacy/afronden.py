"""Controlled rounding: a table of multiples that still adds up, close to its true counts; the last way to show one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp


def afronden(waarden: np.ndarray, sommen: Sequence[tuple[int, tuple[int, ...]]], stap: int) -> np.ndarray | None:
    """Return per count the multiple of `stap` just below or above it, such that all sums hold and little moves.

    A multiple itself stays as it is. None when the sums leave no such table.
    """
    onder = np.floor(waarden / stap)
    op = waarden - onder * stap
    rows = np.zeros((len(sommen), len(waarden)))
    for k, (totaal, delen) in enumerate(sommen):
        rows[k, list(delen)] = 1
        rows[k, totaal] -= 1
    # Rounding down moves a count by `op`, up by the rest of the step.
    rules = LinearConstraint(rows, -rows @ onder, -rows @ onder) if len(sommen) else ()
    r = milp(stap - 2 * op, integrality=np.ones(len(op)), bounds=Bounds(0, (op > 0).astype(float)), constraints=rules)
    return None if r.x is None else (onder + np.round(r.x)) * stap
