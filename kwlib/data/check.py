"""Everything that is wrong with the data of a municipality, at once: read, then schema, then domain rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from kwlib.data import generic, rules_geld, rules_indicatoren, rules_metingen, rules_projecten, rules_tijd
from kwlib.data.problems import FOUT, Problem, sort, stops
from kwlib.data.read import checksums, read
from kwlib.data.rule import Edition, Rule, View
from kwlib.data.schema import Schema
from kwlib.data.store import Store
from kwlib.data.versions import newest, visible

RULES: tuple[Rule, ...] = (
    *rules_projecten.RULES,
    *rules_indicatoren.RULES,
    *rules_metingen.RULES,
    *rules_geld.RULES,
    *rules_tijd.RULES,
)


@dataclass(frozen=True)
class Result:
    """The typed frames (all rows), all problems sorted, and the checksum per file."""

    schema: Schema
    frames: Mapping[str, pd.DataFrame]
    problems: tuple[Problem, ...]
    checksums: Mapping[str, str]

    @property
    def stops(self) -> bool:
        """Tell whether a fault forbids a report."""
        return stops(self.problems)


def _day(value: Any) -> dt.date | None:
    if isinstance(value, str) and value:
        return dt.date.fromisoformat(value)
    return value.date() if isinstance(value, dt.datetime) else value or None


def edition_of(params: Mapping[str, Any]) -> Edition:
    """Return what the rules need from the edition's params; every key may be absent.

    Keys: jaar, kennis_tot, and verslagperiode_start and verslagperiode_eind or verslagperiode {start, eind}.
    """
    period = params.get("verslagperiode") or {}
    jaar = params.get("jaar")
    return Edition(
        jaar=None if jaar is None else int(jaar),
        kennis_tot=_day(params.get("kennis_tot")),
        start=_day(params.get("verslagperiode_start") or period.get("start")),
        eind=_day(params.get("verslagperiode_eind") or period.get("eind")),
    )


def _closed(problems: list[Problem], schema: Schema) -> frozenset[str]:
    """Return the tables that were refused as a whole or lost columns: rules on them would only repeat that."""
    files = {p.file for p in problems if p.severity == FOUT and (p.row is None or p.code in ("V01", "B05", "B06"))}
    return frozenset(t.name for t in schema if t.file in files)


def _domain(frames: Mapping[str, pd.DataFrame], schema: Schema, edition: Edition, closed: frozenset[str]):
    """Yield what the domain rules find; rules that need a closed or unknown table keep silent."""
    if "bronnen" not in schema or "bronnen" in closed:
        return
    facts, _ = newest(frames, schema)
    # A refused table would hide every row that refers to it, and with that cause remarks that are not true.
    dated = edition.kennis_tot is not None and not closed
    seen = newest(visible(frames, schema, edition.kennis_tot), schema)[0] if dated else facts
    view = View(schema, frames, facts, seen, edition)
    for rule in (*RULES, *rules_tijd.versie_rules(schema)):
        if all(name in schema and name not in closed for name in rule.needs):
            yield from rule(view)


def _new(found: Iterator[Problem], earlier: list[Problem]) -> list[Problem]:
    """Return the problems on rows that had no fault before: one cause, one message."""
    broken = {(p.file, p.row) for p in earlier if p.severity == FOUT and p.row is not None}
    same = {(p.file, p.row, p.column, p.code) for p in earlier}
    return [p for p in found if (p.file, p.row) not in broken and (p.file, p.row, p.column, p.code) not in same]


def check(folder: str | Path, schema: Schema, edition_params: Mapping[str, Any] | None = None) -> Result:
    """Return the frames of a folder and every problem in them, sorted; never raises for what a file holds."""
    frames, problems = read(folder, schema)
    closed = _closed(problems, schema)
    problems += _new(generic.check(frames, schema, closed), problems)
    problems += _new(_domain(frames, schema, edition_of(edition_params or {}), closed), problems)
    return Result(schema, frames, tuple(sort(problems)), checksums(folder, schema))


def make_store(
    result: Result,
    *,
    gemeente: str,
    jaar: int,
    kennis_tot: dt.date,
    peildatum: dt.date | None = None,
    params: Mapping[str, Any] | None = None,
) -> Store:
    """Return the store of checked data as known on `kennis_tot`; raise ValueError when a fault forbids it."""
    if result.stops:
        raise ValueError("The data have faults: show result.problems instead.")
    store = Store(
        schema=result.schema,
        frames=result.frames,
        gemeente=gemeente,
        jaar=jaar,
        kennis_tot=kennis_tot,
        peildatum=peildatum or kennis_tot,
        params=params or {},
        problems=result.problems,
        checksums=result.checksums,
    )
    return store.known_at(kennis_tot)
