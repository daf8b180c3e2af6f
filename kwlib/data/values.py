"""Text to values: numbers, dates, yes/no and text; what could be read in two ways is refused."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

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
LEEG = "Laat de cel leeg en vul 'reden_ontbreekt' in."


@dataclass(frozen=True)
class Unreadable:
    """A cell that could not be read: code, what is wrong, what to do."""

    code: str
    message: str
    remedy: str


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
    found = {sign for cell in cells if (sign := _evidence(cell))}
    return BEIDE if len(found) > 1 else next(iter(found), None)


def parse_number(cell: str, decimal: str | None) -> float | Unreadable:
    """Return the number in `cell`, given the decimal sign of its file; `1.234` without such a sign is refused."""
    shown = shorten(cell)
    if cell.lower() in MISSING_SIGNS:
        return Unreadable("V08", f"'{shown}' is geen getal.", LEEG)
    if cell in SENTINELS:
        return Unreadable("V08", f"'{shown}' is een code voor 'onbekend', geen getal.", LEEG)
    proves = _evidence(cell)
    if proves and decimal in (None, proves):
        return _to_float(cell, proves)
    if proves:
        return Unreadable(
            "V08",
            f"'{shown}' heeft een ander decimaalteken dan andere getallen in dit bestand.",
            "Gebruik in het hele bestand een punt als decimaalteken.",
        )
    if AMBIGUOUS.fullmatch(cell):
        if decimal in (".", ","):
            return _to_float(cell, decimal)
        plain = re.sub("[.,]", "", cell)
        with_decimals = re.sub("[.,]", ",", cell)
        return Unreadable(
            "V08",
            f"'{shown}' kan {plain} of {with_decimals} zijn.",
            f"Schrijf {plain} zonder punt of komma, of {re.sub('[.,]', '.', cell)}0.",
        )
    if NUMBER.fullmatch(cell):
        return _to_float(cell, ".")
    return Unreadable(
        "V08",
        f"'{shown}' is geen getal.",
        "Schrijf alleen het getal, zonder eenheid, procentteken of punten voor duizendtallen.",
    )


def _to_float(cell: str, decimal: str) -> float:
    return float(cell.replace("−", "-").replace(OTHER[decimal], "").replace(decimal, "."))


def parse_integer(cell: str, decimal: str | None) -> int | Unreadable:
    """Return the whole number in `cell`; a number with a fraction is refused."""
    value = parse_number(cell, decimal)
    if isinstance(value, Unreadable):
        return value
    if value != int(value):
        return Unreadable("V08", f"'{shorten(cell)}' is geen geheel getal.", "Schrijf een getal zonder decimalen.")
    return int(value)


def parse_date(cell: str) -> dt.date | Unreadable:
    """Return the date in `cell`; only year-month-day counts, other shapes get a suggestion."""
    shown = shorten(cell)
    if found := ISO.fullmatch(cell):
        year, month, day = map(int, found.groups())
        try:
            value = dt.date(year, month, day)
        except ValueError:
            return Unreadable("V07", f"De datum '{shown}' bestaat niet.", "Controleer de maand en de dag.")
        if year not in YEARS:
            return Unreadable("V07", f"Het jaar van '{shown}' kan niet kloppen.", "Controleer het jaartal.")
        return value
    if found := DAY_FIRST.fullmatch(cell):
        day, month, year = map(int, found.groups())
        try:
            value = dt.date(year, month, day)
        except ValueError:
            value = None
        if value and year in YEARS:
            return Unreadable(
                "V07", f"Datum '{shown}' is niet eenduidig.", f"Schrijf {value.isoformat()} (jaar-maand-dag)."
            )
    return Unreadable(
        "V07", f"Datum '{shown}' is niet eenduidig of geen datum.", "Schrijf jaar-maand-dag, bijvoorbeeld 2009-12-11."
    )


def parse_boolean(cell: str, field: Field) -> bool | Unreadable:
    """Return yes or no, in the words of the schema."""
    if cell in field.true_values or cell in field.false_values:
        return cell in field.true_values
    options = ", ".join((*field.true_values, *field.false_values))
    return Unreadable("V05", f"{field.name} '{shorten(cell)}' is ongeldig.", f"Kies uit: {options}.")


def parse_text(cell: str) -> str | Unreadable:
    """Return the text; a cell that a spreadsheet would run as a formula is refused."""
    if FORMULA.match(cell):
        return Unreadable(
            "B09",
            f"De tekst '{shorten(cell)}' begint als een formule.",
            "Begin met een letter of cijfer, zodat een rekenblad de tekst niet uitvoert.",
        )
    return cell


def parse_cell(cell: str, field: Field, decimal: str | None):
    """Return the typed value of a stripped cell, None when it is empty, or Unreadable."""
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
    formula = isinstance(text, Unreadable) and cell.lower() not in MISSING_SIGNS
    return text if formula and isinstance(value, Unreadable) else value
