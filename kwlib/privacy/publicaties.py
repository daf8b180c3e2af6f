"""The publicatieregister: per agreed edition every count of people that was published, so that it counts as known."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

KOLOMMEN = ("editie", "cel", "van", "tot")


def path(registers: Path, gemeente: str) -> Path:
    """Return where the register of a municipality is."""
    return registers / f"publicaties-{gemeente}.csv"


def _orde(editie: str) -> tuple[str, bool]:
    """Return the order of publication: the plan of a year comes before the report on it."""
    jaar, _, soort = editie.partition("-")
    return jaar, not soort


def read(file: Path) -> list[tuple[str, str, int, int]]:
    """Return edition, cell, lowest and highest value told per published count; nothing without a file."""
    if not file.is_file():
        return []
    with open(file, encoding="utf-8", newline="") as text:
        return [(r["editie"], r["cel"], int(r["van"]), int(r["tot"])) for r in csv.DictReader(text)]


def eerder(file: Path, editie: str) -> dict[str, tuple[int, int]]:
    """Return per cell what the editions before this one left possible: the highest low and the lowest high."""
    out: dict[str, tuple[int, int]] = {}
    for naam, cel, van, tot in read(file):
        if _orde(naam) < _orde(editie):
            low, high = out.get(cel, (van, tot))
            out[cel] = (max(low, van), min(high, tot))
    return out


def gepubliceerd(store, editie: str) -> list[tuple[str, str, int, int]]:
    """Return the rows of a protected store: every count of its telrooster and measurements that may be shown."""
    rows = [(editie, r.cel, int(r.van), int(r.tot)) for r in store.telrooster.itertuples() if pd.notna(r.van)]
    for r in store.metingen.itertuples():
        for kolom in ("teller", "noemer") if pd.notna(r.teller) else ("waarde",):
            getal = getattr(r, kolom)
            if pd.notna(getal) and float(getal).is_integer():
                rows.append((editie, f"metingen/{r.meting_id}/{kolom}", int(getal), int(getal)))
    return rows


def write(file: Path, rows: Iterable[tuple[str, str, int, int]]) -> None:
    """Put the rows of one edition in the register, in place of what that edition had; sorted."""
    rows = list(rows)
    kept = [r for r in read(file) if r[0] not in {editie for editie, *_ in rows}]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(KOLOMMEN)
    writer.writerows(sorted({*kept, *rows}))
    file.parent.mkdir(exist_ok=True)
    file.write_text(out.getvalue(), encoding="utf-8", newline="\n")
