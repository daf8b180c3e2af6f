"""What is said about a finding: `regels.csv` holds the severity, message and remedy per rule, table and variant."""

from __future__ import annotations

import csv
import dataclasses
import string
from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kwlib.data.problems import Problem
from kwlib.data.schema import Table

OVERAL = "*"


@dataclass(frozen=True)
class Regel:
    """One row of regels.csv; table `*` stands for every table that has no row of its own."""

    code: str
    variant: str
    tabel: str
    ernst: str
    kolom: str
    bericht: str
    doen: str


@dataclass(frozen=True)
class Found:
    """One finding: the rule, the variant of its message, the place, and the values in the message."""

    code: str
    variant: str = ""
    row: int | None = None
    column: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)

    def at(self, row: int | None, column: str | None) -> Found:
        """Return the finding in another place."""
        return dataclasses.replace(self, row=row, column=column)


def found(code: str, variant: str = "", row: int | None = None, column: str | None = None, **values: Any) -> Found:
    """Return a finding."""
    return Found(code, variant, None if row is None else int(row), column, values)


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file that belongs to the checks."""
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


REGELS = {(r["code"], r["tabel"], r["variant"]): Regel(**r) for r in rows_of("regels.csv")}
CODES = frozenset(code for code, _, _ in REGELS)


def nl(value: float, decimals: int | None = None) -> str:
    """Return a number in Dutch notation for use in a message."""
    text = f"{value:,.{decimals}f}" if decimals is not None else f"{value:,.10f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


class _Writer(string.Formatter):
    """Fill in a template: `{x:2}` is a number with decimals, `{x:eur}` an amount, `{x: en }` a list with that word."""

    def format_field(self, value: Any, spec: str) -> str:
        if isinstance(value, tuple | list):
            return (spec or ", ").join(self.format_field(v, "") for v in value)
        if spec == "eur":
            return f"€ {nl(value, 0 if value == int(value) else 2)}"
        if spec or isinstance(value, float):
            return nl(value, int(spec) if spec else None)
        return value.isoformat()[:10] if hasattr(value, "isoformat") else str(value)


def problem(what: Found, table: Table) -> Problem:
    """Return a finding as a problem of its table, in the words of regels.csv; KeyError when a value is missing."""
    regel = REGELS.get((what.code, table.name, what.variant)) or REGELS[what.code, OVERAL, what.variant]
    values = ChainMap(what.values, {"kolom": what.column})
    place, message, remedy = (_Writer().vformat(t, (), values) for t in (regel.kolom, regel.bericht, regel.doen))
    column = what.column or place or None
    return Problem(regel.ernst, what.code, table.file, what.row, column, message, remedy, table.owner)
