"""Fingerprints of tables: what changed, down to the row."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import pandas as pd

from kwlib.data.store import Store

Afdruk = Mapping[str, list]  # record → its row in the file (None when it has none) and a checksum of what it says


def fingerprints(store: Store) -> dict[str, Afdruk]:
    """Return, per table of an edition and for what its check says, each record with its row and checksum, in order."""
    parts = {name: _of(frame) for name, frame in store.frames.items()}
    said = {str(n): [None, _sum(repr(p))] for n, p in enumerate(store.problems)}
    return {**parts, "superseded": _of(store.superseded), "problems": said}


def _of(frame: pd.DataFrame) -> Afdruk:
    rows = frame["rij"] if "rij" in frame else [None] * len(frame)
    records = frame["herkomst"] if "herkomst" in frame else [()] * len(frame)
    out: dict[str, list] = {}
    for n, (values, row, herkomst) in enumerate(
        zip(frame.itertuples(index=False, name=None), rows, records, strict=True)
    ):
        label = herkomst[0] if len(herkomst) == 1 and herkomst[0] not in out else f"{n}"
        out[label] = [None if row is None or pd.isna(row) else int(row), _sum(repr(values))]
    return out


def _sum(text: Any) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
