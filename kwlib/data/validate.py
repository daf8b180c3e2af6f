"""Everything that is wrong with the data of a municipality, at once: read, then schema, then domain rules."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from kwlib.data import (
    generic,
    persoonsgegevens,
    rules_geld,
    rules_indicatoren,
    rules_leren,
    rules_metingen,
    rules_plan,
    rules_projecten,
    rules_raad,
    rules_tekst,
    rules_tijd,
)
from kwlib.data.files import read
from kwlib.data.problems import FOUT, LET_OP, WAARSCHUWING, Problem, sort, stops
from kwlib.data.rule import Frames, Rule, View
from kwlib.data.schema import Schema
from kwlib.data.store import Store
from kwlib.data.versions import BRONNEN, newest, visible

MODULES = (
    persoonsgegevens,
    rules_projecten,
    rules_indicatoren,
    rules_metingen,
    rules_geld,
    rules_tijd,
    rules_plan,
    rules_leren,
    rules_raad,
    rules_tekst,
)
RULES = tuple(found for module in MODULES for found in vars(module).values() if isinstance(found, Rule))


@dataclass(frozen=True)
class Result:
    """The typed frames (all rows) and all problems, sorted."""

    schema: Schema
    frames: Mapping[str, pd.DataFrame]
    problems: tuple[Problem, ...]

    @property
    def stops(self) -> bool:
        """Tell whether a fault forbids a report."""
        return stops(self.problems)


def _closed(problems: list[Problem], schema: Schema) -> frozenset[str]:
    """Return the tables that were refused as a whole or lost columns: rules on them would only repeat that."""
    files = {p.file for p in problems if p.severity == FOUT and (p.row is None or p.code in ("V01", "B05", "B06"))}
    return frozenset(t.name for t in schema if t.file in files)


def _domain(frames: Frames, shown: Frames, schema: Schema, params: Mapping[str, Any], closed: frozenset[str]):
    """Yield what the domain rules find; rules that need a closed table keep silent."""
    if BRONNEN in schema and BRONNEN not in closed:
        view = View(schema, frames, newest(frames, schema)[0], newest(shown, schema)[0], params, closed)
        for rule in RULES:
            yield from rule(view)


def _shown(frames: Frames, schema: Schema, day: dt.date | None, closed: frozenset[str]) -> Frames:
    """Return the rows known on the day; all rows when no day is given.

    Also all rows when a table was refused: it would hide whatever refers to it, and so cause remarks that are not true.
    """
    if day is None or closed or BRONNEN not in schema:
        return frames
    return visible(frames, schema, day)


def _quiet(problems: list[Problem], frames: Frames, shown: Frames, schema: Schema) -> list[Problem]:
    """Return the problems with warnings on rows that the edition does not show made L: its annex may not name them."""
    hidden = {
        (table.file, row) for table in schema for row in set(frames[table.name]["rij"]) - set(shown[table.name]["rij"])
    }
    return [
        dataclasses.replace(p, severity=LET_OP) if p.severity == WAARSCHUWING and (p.file, p.row) in hidden else p
        for p in problems
    ]


def _new(found: Iterator[Problem], earlier: list[Problem]) -> list[Problem]:
    """Return the problems on rows that had no fault before: one cause, one message."""
    broken = {(p.file, p.row) for p in earlier if p.severity == FOUT and p.row is not None}
    same = {(p.file, p.row, p.column, p.code) for p in earlier}
    return [p for p in found if (p.file, p.row) not in broken and (p.file, p.row, p.column, p.code) not in same]


def check(folder: str | Path, schema: Schema, params: Mapping[str, Any] | None = None) -> Result:
    """Return the frames of a folder and every problem in them, sorted; never raises for what a file holds.

    A rule that needs a param which is not given keeps silent.
    """
    params = params or {}
    frames, problems = read(folder, schema)
    closed = _closed(problems, schema)
    final = params.get("status") == "vastgesteld"
    problems += _new(generic.check(frames, schema, closed, final), problems)
    shown = _shown(frames, schema, params.get("kennis_tot"), closed)
    problems += _new(_domain(frames, shown, schema, params, closed), problems)
    problems = _quiet(problems, frames, shown, schema)
    return Result(schema, frames, tuple(sort(problems)))


def make_store(result: Result, params: Mapping[str, Any]) -> Store:
    """Return the store of checked data as known on the params' kennis_tot; raise ValueError when a fault forbids it.

    Of the params it needs gemeente, jaar and kennis_tot; peildatum is kennis_tot when it is absent.
    """
    if result.stops:
        raise ValueError("The data have faults: show result.problems instead.")
    store = Store(
        schema=result.schema,
        frames=result.frames,
        gemeente=params["gemeente"],
        jaar=params["jaar"],
        kennis_tot=params["kennis_tot"],
        peildatum=params.get("peildatum", params["kennis_tot"]),
        params=params,
        problems=result.problems,
    )
    return store.known_at(params["kennis_tot"])
