"""What was known when: dates of sources, rows that a date hides, and which version of a fact counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

import pandas as pd

from kwlib.data.schema import Schema

Frames = Mapping[str, pd.DataFrame]
BRON, BRONNEN = "bron_id", "bronnen"


def published(bronnen: pd.DataFrame) -> dict[str, pd.Timestamp]:
    """Return the day each source became known: its publication, else the day it was consulted."""
    days = bronnen["gepubliceerd_op"].fillna(bronnen["geraadpleegd_op"])
    return {b: d for b, d in zip(bronnen[BRON], days, strict=True) if not pd.isna(b)}


def _known_sources(bronnen: pd.DataFrame, day: dt.date) -> set[str]:
    """Return the sources known on the day; a source without any date is never known."""
    limit = pd.Timestamp(day)
    return {b for b, d in published(bronnen).items() if not pd.isna(d) and d <= limit}


def keys(target: pd.DataFrame, reference: tuple) -> set[tuple]:
    """Return the complete keys of a table, as tuples."""
    return set(target[list(reference)].dropna().itertuples(index=False, name=None))


def refers(frame: pd.DataFrame, fields: tuple, target: pd.DataFrame, reference: tuple) -> pd.Series:
    """Tell per row whether its reference exists in `target`; an empty reference counts as existing."""
    if len(fields) == 1:
        return frame[fields[0]].isna() | frame[fields[0]].isin(target[reference[0]])
    gaps = frame[list(fields)].isna().any(axis=1)
    options = keys(target, reference)
    pairs = zip(*(frame[c] for c in fields), strict=True)
    return gaps | pd.Series([not gap and p in options for gap, p in zip(gaps, pairs, strict=True)], frame.index, bool)


def visible(frames: Frames, schema: Schema, day: dt.date) -> dict[str, pd.DataFrame]:
    """Return the rows known on the day, all versions.

    A row disappears when its source was published later, and when a row it refers to has disappeared.
    """
    sources = _known_sources(frames[BRONNEN], day)
    out = {n: f[f[BRON].isna() | f[BRON].isin(sources)] if BRON in f else f for n, f in frames.items()}
    return whole(out, schema)


def whole(frames: Frames, schema: Schema, shrunk: Collection[str] = ()) -> dict[str, pd.DataFrame]:
    """Return the frames without the rows that refer to a row that is not there, and those that refer to these.

    `shrunk` names the tables that lost rows, when all were whole before.
    """
    out = dict(frames)
    keys = [(t.name, k) for t in schema for k in t.foreign_keys]
    shrunk = set(shrunk or out)
    while shrunk:
        before, shrunk = shrunk, set()
        for name, key in keys:
            if key.table in before:
                keep = refers(out[name], key.fields, out[key.table], key.reference)
                if not keep.all():
                    out[name] = out[name][keep]
                    shrunk.add(name)
    return {name: frame.reset_index(drop=True) for name, frame in out.items()}


def _ranks(frame: pd.DataFrame, days: Mapping[str, pd.Timestamp]) -> list[tuple]:
    """Return the order of rows as versions: publication of the source, then its id, then the row."""
    never = pd.Timestamp.min.as_unit("s")
    known = [days.get(b, never) if not pd.isna(b) else never for b in frame[BRON]]
    return [
        (never if pd.isna(d) else d, "" if pd.isna(b) else b, r)
        for d, b, r in zip(known, frame[BRON], frame["rij"], strict=True)
    ]


def newest(frames: Frames, schema: Schema) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Return the frames with one version of each fact, and the rows that a later source replaced.

    The second frame has one row per replaced record: tabel, bron_id, rij, herkomst, vervangen_door (record id).
    """
    days = published(frames[BRONNEN])
    out, replaced = dict(frames), []
    for table in schema:
        frame = frames[table.name]
        if not table.version_key or frame.empty:
            continue
        double = frame.duplicated(list(table.version_key), keep=False)
        if not double.any():
            continue
        ranks = pd.Series(_ranks(frame, days), index=frame.index)
        last = ~double
        winner: dict[int, str] = {}
        for _, part in frame[double].groupby(list(table.version_key), dropna=False, sort=False):
            best = max(part.index, key=ranks.__getitem__)
            last[best] = True
            winner |= {i: frame.at[best, "herkomst"][0] for i in part.index if i != best}
        for index in sorted(winner):
            bron = frame.at[index, BRON]
            replaced.append((table.name, bron, frame.at[index, "rij"], frame.at[index, "herkomst"], winner[index]))
        out[table.name] = frame[last].reset_index(drop=True)
    columns = ["tabel", "bron_id", "rij", "herkomst", "vervangen_door"]
    return out, pd.DataFrame(replaced, columns=columns)
