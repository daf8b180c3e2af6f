"""Text to values: numbers, dates, yes/no and text; what could be read in two ways is refused."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from kwlib.data.messages import Found, found
from kwlib.data.problems import shorten
from kwlib.data.schema import Field

BEIDE = "beide"
OTHER = {".": ",", ",": "."}
NUMBER = re.compile(r"[-−]?[0-9]{1,15}(?:[.,][0-9]{1,15})?")
THOUSANDS = re.compile(r"[-−]?[1-9][0-9]{0,2}([.,])[0-9]{3}(?:\1[0-9]{3}){1,3}")
BOTH_SIGNS = re.compile(r"[-−]?[1-9][0-9]{0,2}([.,])[0-9]{3}(?:\1[0-9]{3}){0,3}(?!\1)[.,][0-9]{1,15}")
# One sign followed by exactly three digits, not after a leading zero: thousands or decimals.
AMBIGUOUS = re.compile(r"[-−]?[1-9][0-9]{0,2}[.,][0-9]{3}")
ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
DAY_FIRST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")
YEARS = range(1900, 2101)
# A cell that starts like this is run as a formula when someone opens the published CSV in a spreadsheet.
FORMULA = re.compile(r"[=@+＝＠＋\t\r]|-[^\s\d]|-[\d.,]+[-+*/]")
MISSING_SIGNS = {".", "x", "X", "-", "--", "---", "?", "n.b.", "nb", "nvt", "n.v.t.", "onbekend", "nan", "null", "n/a"}
# Codes for "unknown" in the map files of Statistics Netherlands.
SENTINELS = {"-99999997", "-99999998", "-99999999", "-99999997.0", "-99999998.0", "-99999999.0"}


def _evidence(cell: str) -> str | None:
    """Return the decimal sign that this one number proves, or None."""
    signs = [c for c in cell if c in ".,"]
    if not signs or AMBIGUOUS.fullmatch(cell):
        return None
    if THOUSANDS.fullmatch(cell) or BOTH_SIGNS.fullmatch(cell):
        return OTHER[signs[0]]
    return signs[0] if NUMBER.fullmatch(cell) else None


def decimal_sign(cells: Iterable[str]) -> str | None:
    """Return the decimal sign that the numbers of one file prove: `.`, `,`, `beide` (they contradict) or None."""
    signs = {sign for cell in cells if (sign := _evidence(cell))}
    return BEIDE if len(signs) > 1 else next(iter(signs), None)


def parse_number(cell: str, decimal: str | None) -> float | Found:
    """Return the number in `cell`, given the decimal sign of its file; `1.234` without such a sign is refused."""
    shown = shorten(cell)
    if cell.lower() in MISSING_SIGNS:
        return found("V08", "leeg", cel=shown)
    if cell in SENTINELS:
        return found("V08", "code", cel=shown)
    proves = _evidence(cell)
    if proves and decimal in (None, proves):
        return _to_float(cell, proves)
    if proves:
        return found("V08", "teken", cel=shown)
    if AMBIGUOUS.fullmatch(cell):
        if decimal in (".", ","):
            return _to_float(cell, decimal)
        whole, broken, safe = (re.sub("[.,]", sign, cell) for sign in ("", ",", "."))
        return found("V08", "tweeslachtig", cel=shown, heel=whole, gebroken=broken, veilig=f"{safe}0")
    if NUMBER.fullmatch(cell):
        return _to_float(cell, ".")
    return found("V08", cel=shown)


def _to_float(cell: str, decimal: str) -> float:
    return float(cell.replace("−", "-").replace(OTHER[decimal], "").replace(decimal, "."))


def parse_integer(cell: str, decimal: str | None) -> int | Found:
    """Return the whole number in `cell`; a number with a fraction is refused."""
    value = parse_number(cell, decimal)
    if isinstance(value, Found):
        return value
    if value != int(value):
        return found("V08", "geheel", cel=shorten(cell))
    return int(value)


def parse_date(cell: str) -> dt.date | Found:
    """Return the date in `cell`; only year-month-day counts, other shapes get a suggestion."""
    shown = shorten(cell)
    if parts := ISO.fullmatch(cell):
        year, month, day = map(int, parts.groups())
        try:
            value = dt.date(year, month, day)
        except ValueError:
            return found("V07", "bestaat_niet", cel=shown)
        if year not in YEARS:
            return found("V07", "jaar", cel=shown)
        return value
    if parts := DAY_FIRST.fullmatch(cell):
        day, month, year = map(int, parts.groups())
        try:
            value = dt.date(year, month, day)
        except ValueError:
            value = None
        if value and year in YEARS:
            return found("V07", "dag_eerst", cel=shown, bedoeld=value)
    return found("V07", cel=shown)


def parse_boolean(cell: str, field: Field) -> bool | Found:
    """Return yes or no, in the words of the schema."""
    if cell in field.true_values or cell in field.false_values:
        return cell in field.true_values
    return found("V05", cel=shorten(cell), codes=(*field.true_values, *field.false_values), bedoeld="")


def parse_text(cell: str) -> str | Found:
    """Return the text; a cell that a spreadsheet would run as a formula is refused."""
    if FORMULA.match(cell):
        return found("B09", cel=shorten(cell))
    return cell


def parse_cell(cell: str, field: Field, decimal: str | None):
    """Return the typed value of a stripped cell, None when it is empty, or what is wrong with it."""
    if not cell:
        return None
    text = parse_text(cell)
    if field.type == "string":
        return text
    if field.type == "number":
        value = parse_number(cell, decimal)
    elif field.type == "integer":
        value = parse_integer(cell, decimal)
    elif field.type == "date":
        value = parse_date(cell)
    else:
        value = parse_boolean(cell, field)
    formula = isinstance(text, Found) and cell.lower() not in MISSING_SIGNS
    return text if formula and isinstance(value, Found) else value
