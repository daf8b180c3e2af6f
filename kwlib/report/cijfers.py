"""The number register as a file: `cijfers.csv` of a build, and the agreed register of an edition in git."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

# Of an agreed edition git keeps what was said; where it came from is in the edition's own cijfers.csv.
AFGESPROKEN = ("cijfer_id", "waarde", "waarde_tot", "eenheid", "waarde_soort", "getoond")
KOLOMMEN = (*AFGESPROKEN, "telwijze", "reden", "definitie", "herkomst", "rijen", "bestanden", "bronnen", "notebook",
            "cel", "plaatsen")  # fmt: skip
Rij = dict[str, str]


def table(
    models: Mapping[str, Mapping[str, Any]], records: Mapping[str, Any], checksums: Mapping[str, str]
) -> list[Rij]:
    """Return one row per number of an edition, whatever its documents: value, meaning, records, files, cell, places.

    `models` is document → model. A file is named with the first twelve signs of its sha256.
    """
    rows: dict[str, dict[str, Any]] = {}
    for document, model in models.items():
        for id, c in model["cijfers"].items():
            found = [records[r] for r in c["herkomst"] if r in records]
            files = sorted({f["bestand"] for f in found})
            new = {k: c.get(k) for k in KOLOMMEN} | {
                "cijfer_id": id,
                "rijen": [f"{f['bestand']}:{f['rij']}" for f in found if f["rij"]],
                "bestanden": [f"{f}@{checksums.get(f, '')[:12]}" for f in files],
                "notebook": f"{document}/{c['notebook']}",
                "plaatsen": [],
                "getoond": [],
            }
            row = rows.setdefault(id, new)
            row["plaatsen"] += [f"{document}#{p}" for p in c["plaatsen"]]
            row["getoond"] += [t for t in c["getoond"] if t not in row["getoond"]]
    return [{k: _cell(rows[id][k]) for k in KOLOMMEN} for id in sorted(rows)]


def _cell(value: Any) -> str:
    if isinstance(value, list | tuple):
        return " | ".join(map(str, value))
    return "" if value is None else str(value)


def text(rows: Iterable[Rij], kolommen: tuple[str, ...] = KOLOMMEN) -> str:
    """Return rows as CSV text."""
    out = io.StringIO()
    writer = csv.DictWriter(out, kolommen, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def read(path: Path) -> dict[str, Rij]:
    """Return the rows of a register by number id; none when there is no file."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["cijfer_id"]: row for row in csv.DictReader(file)}


def seal(rows: Iterable[Rij]) -> str:
    """Return the short checksum of what a register says, for the colophon and the changelog."""
    return hashlib.sha256(text(rows, AFGESPROKEN).encode()).hexdigest()[:16]


def agreed(registers: Path, gemeente: str, editie: str) -> Path:
    """Return where the agreed register of an edition ('2009', '2010-plan') is kept."""
    return registers / f"{gemeente}-{editie}.csv"


def compare(old: Mapping[str, Rij], new: Mapping[str, Rij]) -> dict[str, list[str]]:
    """Return the ids of the numbers that are gelijk, anders, nieuw and weg, judged by what was agreed."""

    def same(id: str) -> bool:
        return all(old[id][k] == new[id][k] for k in AFGESPROKEN)

    both = sorted(old.keys() & new.keys())
    return {
        "gelijk": [id for id in both if same(id)],
        "anders": [id for id in both if not same(id)],
        "nieuw": sorted(new.keys() - old.keys()),
        "weg": sorted(old.keys() - new.keys()),
    }


def sentence(found: Mapping[str, list[str]]) -> str:
    """Say how many numbers are the same: '412 van 412 cijfers gelijk', and what is not."""
    total = len(found["gelijk"]) + len(found["anders"]) + len(found["weg"])
    out = f"{len(found['gelijk'])} van {total} cijfers gelijk"
    extra = [f"{len(found[k])} {k}" for k in ("anders", "weg", "nieuw") if found[k]]
    return f"{out} ({', '.join(extra)})" if extra else out
