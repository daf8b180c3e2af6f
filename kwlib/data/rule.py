"""What a domain rule is: a function that reads some tables and yields what it finds, with the values of its message."""

from __future__ import annotations

from collections import ChainMap, namedtuple
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pandas as pd

from kwlib.data.messages import CODES, OVERAL, Found, problem
from kwlib.data.problems import Problem, shorten
from kwlib.data.schema import Schema, Table

Frames = Mapping[str, pd.DataFrame]
# A rule yields a row (or the name of a table, for the file as a whole), values, and where needed a variant.
Finds = Iterator[tuple]
NAMES = ("naam", "titel")
PLAN = "plan"


class Silent(Exception):
    """A rule asked for what is not there, so it has nothing to say."""


@dataclass(frozen=True)
class View:
    """The data as a rule sees it.

    `rows` holds every row as read (for rules about one row), `facts` one version of each fact whatever its date (for
    sums that must always hold), `seen` what the edition shows (for remarks about its completeness). A rule that asks
    for a table in `closed` or a param that is not set keeps silent.
    """

    schema: Schema
    rows: Frames
    facts: Frames
    seen: Frames
    params: Mapping[str, Any]
    closed: frozenset[str] = frozenset()
    memo: dict = field(default_factory=dict, repr=False)

    @property
    def open(self) -> list[Table]:
        """Return the tables that were read."""
        return [t for t in self.schema if t.name not in self.closed]

    def all(self, table: str) -> list[Any]:
        """Return every row of a table as read."""
        return self._records(self.rows, table)

    def fact(self, table: str) -> list[Any]:
        """Return the rows of a table, one version of each."""
        return self._records(self.facts, table)

    def shown(self, table: str) -> list[Any]:
        """Return the rows of a table that the edition shows."""
        return self._records(self.seen, table)

    def of_year(self, table: str) -> list[Any]:
        """Return the rows of a table that the edition shows of its own year."""
        jaar = self.param("jaar")
        return [r for r in self.shown(table) if r.jaar == jaar]

    def looking_back(self, table: str) -> list[Any]:
        """Return the rows of the edition's own year; a plan does not look back, so rules about that keep silent."""
        if self.params.get("soort") == PLAN:
            raise Silent(PLAN)
        return self.of_year(table)

    def param(self, name: str) -> Any:
        """Return what is set for the edition; `brief.kenmerk` is a key in a section."""
        value: Any = self.params
        for key in name.split("."):
            value = value.get(key) if isinstance(value, Mapping) else None
        if value in (None, ""):
            raise Silent(name)
        return value

    def once(self, key: str, make: Callable[[View], Any]) -> Any:
        """Return what `make` says of this view, computed once."""
        if key not in self.memo:
            self.memo[key] = make(self)
        return self.memo[key]

    def names(self, table: str) -> dict[Any, str]:
        """Return id → name of the rows of a table."""
        column = next((c for c in NAMES if c in self.schema[table].columns), self.schema[table].key[0])
        key = self.schema[table].key[0]
        return self.once(f"names {table}", lambda v: {getattr(r, key): getattr(r, column) for r in v.all(table)})

    def problem(self, code: str, row: Any, values: Mapping[str, Any], variant: str = "") -> Problem:
        """Return what a rule yielded as a problem."""
        if isinstance(row, str):
            return problem(Found(code, variant, values=values), self._table(row))
        cells = ChainMap(values, _Cells(self, row))
        return problem(Found(code, variant, int(row.rij), values=cells), self._table(row.table))

    def _table(self, name: str) -> Table:
        if name == "params":
            kind = f"-{PLAN}" if self.params.get("soort") == PLAN else ""
            return Table(name, f"params/{self.param('gemeente')}-{self.param('jaar')}{kind}.yml", ())
        return self.schema[name]

    def _records(self, frames: Frames, table: str) -> list[Any]:
        if table in self.closed:
            raise Silent(table)
        rows = self.once(f"rows {table}", lambda v: {r.rij: r for r in records(v.rows[table], table)})
        return self.once(f"rows {table} {id(frames)}", lambda _: [rows[n] for n in frames[table]["rij"].tolist()])


class _Cells:
    """The cells of a row by name; for `project` the name of the row that `project_id` refers to."""

    def __init__(self, view: View, row: Any):
        self.view, self.row = view, row

    def __getitem__(self, name: str) -> Any:
        if name in self.row._fields:
            value = getattr(self.row, name)
            return shorten(value) if isinstance(value, str) else "leeg" if value is None else value
        column = (f"{name}_id",)
        for key in self.view.schema[self.row.table].foreign_keys:
            if key.fields == column:
                value = getattr(self.row, column[0])
                return shorten(str(self.view.names(key.table).get(value) or value))
        raise KeyError(name)


@dataclass(frozen=True)
class Rule:
    """A rule: its code, the function that finds, and the tables it looks at one by one (none: it chooses itself)."""

    code: str
    find: Callable[..., Finds]
    tables: tuple[str, ...] = ()

    def __call__(self, view: View) -> Iterator[Problem]:
        tables = [t.name for t in view.open] if self.tables == (OVERAL,) else self.tables
        for table in [(t,) for t in tables] or [()]:
            try:
                yield from [view.problem(self.code, *what) for what in self.find(view, *table)]
            except Silent:
                continue


def rule(code: str, *tables: str) -> Callable[[Callable[..., Finds]], Rule]:
    """Turn a function `view -> (row, values, variant)` into a rule; with tables it is called as `(view, table)`."""
    if code not in CODES:
        raise LookupError(f"regels.csv has no row for {code}")
    return lambda find: Rule(code, find, tables)


@lru_cache(maxsize=256)
def _row_type(table: str, columns: tuple[str, ...]) -> type:
    return type("Row", (namedtuple("Row", columns, rename=True),), {"table": table, "__slots__": ()})


def _plain(column: pd.Series) -> list:
    gaps = column.isna().tolist()
    values = column.dt.date if column.dtype.kind == "M" else column
    return [None if gap else value for value, gap in zip(values.tolist(), gaps, strict=True)]


def records(frame: pd.DataFrame, table: str) -> list[Any]:
    """Return the rows as named tuples that know their table, with None for every missing value."""
    row = _row_type(table, tuple(frame.columns))
    return [row(*values) for values in zip(*(_plain(frame[c]) for c in frame.columns), strict=True)]
