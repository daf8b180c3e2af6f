"""What a domain rule is: a function that reads some tables and yields problems."""

from __future__ import annotations

import datetime as dt
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pandas as pd

from kwlib.data.problems import Problem
from kwlib.data.schema import Schema

Frames = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Edition:
    """What the rules must know of the edition; None where it is not known (then rules about it keep silent)."""

    jaar: int | None = None
    kennis_tot: dt.date | None = None
    start: dt.date | None = None
    eind: dt.date | None = None


@dataclass(frozen=True)
class View:
    """The data as a rule sees it.

    `rows` holds every row as read (for rules about one row), `facts` one version of each fact whatever its date (for
    sums that must always hold), `seen` what the edition shows (for remarks about its completeness).
    """

    schema: Schema
    rows: Frames
    facts: Frames
    seen: Frames
    edition: Edition
    memo: dict = field(default_factory=dict, repr=False)

    def all(self, table: str) -> list[Any]:
        """Return every row of a table as read."""
        return self._records(self.rows[table])

    def fact(self, table: str) -> list[Any]:
        """Return the rows of a table, one version of each."""
        return self._records(self.facts[table])

    def shown(self, table: str) -> list[Any]:
        """Return the rows of a table that the edition shows."""
        return self._records(self.seen[table])

    def _records(self, frame: pd.DataFrame) -> list[Any]:
        key = id(frame)
        if key not in self.memo:
            self.memo[key] = records(frame)
        return self.memo[key]


@dataclass(frozen=True)
class Rule:
    """A rule: severity, code, the table it reports on, all tables it needs, and the function that finds problems."""

    severity: str
    code: str
    table: str
    needs: tuple[str, ...]
    find: Callable[[View], Iterator[tuple]]

    def __call__(self, view: View) -> Iterator[Problem]:
        table = view.schema[self.table]
        for row, column, message, remedy in self.find(view):
            number = None if row is None else int(row)
            yield Problem(self.severity, self.code, table.file, number, column, message, remedy, table.owner)


def rule(severity: str, code: str, table: str, *needs: str) -> Callable:
    """Turn a function `view -> (row, column, what is wrong, what to do)` into a rule on `table`."""

    def wrap(find: Callable[[View], Iterator[tuple]]) -> Rule:
        return Rule(severity, code, table, (table, *needs), find)

    return wrap


@lru_cache(maxsize=256)
def _row_type(columns: tuple[str, ...]) -> type:
    return namedtuple("Row", columns, rename=True)


def _plain(column: pd.Series) -> list:
    return [None if gap else value for value, gap in zip(column.tolist(), column.isna().tolist(), strict=True)]


def records(frame: pd.DataFrame) -> list[Any]:
    """Return the rows as named tuples with None for every missing value."""
    row = _row_type(tuple(frame.columns))
    return [row(*values) for values in zip(*(_plain(frame[c]) for c in frame.columns), strict=True)]


def nl(value: float, decimals: int | None = None) -> str:
    """Return a number in Dutch notation for use in a message."""
    text = f"{value:,.{decimals}f}" if decimals is not None else f"{value:,.10f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))
