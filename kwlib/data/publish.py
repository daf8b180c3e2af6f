"""The data of an edition as open data: what its readers may see, in the canonical form, with its own schema."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from kwlib.data.schema import Table
from kwlib.data.store import Store


def cell(value: Any) -> str:
    """Return a value as the canonical CSV has it: point, ISO date, ja or nee, empty when missing."""
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def table_csv(frame: pd.DataFrame, table: Table) -> str:
    """Return one table as CSV text: the columns of the schema, the rows in their order."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    columns = [[cell(v) for v in frame[name].tolist()] for name in table.columns]
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue()


def package(source: Path, texts: Mapping[str, str], store: Store) -> str:
    """Return the datapackage.json of these files: the schema as it is, with their own paths, sizes and checksums."""
    described = json.loads(source.read_text(encoding="utf-8"))
    for resource in described["resources"]:
        name = resource["path"].rpartition("/")[2]
        raw = texts[name].encode()
        resource |= {"path": name, "bytes": len(raw), "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}"}
    if store.params["fictief"]:
        described["title"] += " (fictieve gegevens)"
    described |= {"kw:gemeente": store.gemeente, "kw:jaar": store.jaar, "kw:kennis_tot": store.kennis_tot.isoformat()}
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def open_data(store: Store, source: Path) -> dict[str, str]:
    """Return file name → text of everything the edition may show, from the protected store, and its schema."""
    texts = {table.file: table_csv(store.frames[table.name], table) for table in store.schema}
    return {**texts, "datapackage.json": package(source, texts, store)}
