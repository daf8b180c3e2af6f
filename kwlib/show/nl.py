"""Dutch numbers, dates and enumerations; the only place that formats them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

NBSP = "\u00a0"
WOORDEN = ["nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien",
           "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien",
           "twintig"]  # fmt: skip


def afgerond(waarde: float | int, decimalen: int = 0) -> Decimal:
    """Return `waarde` rounded half away from zero, as people do."""
    return Decimal(str(waarde)).quantize(Decimal(1).scaleb(-decimalen), rounding=ROUND_HALF_UP)


def cijfers(waarde: float | int, decimalen: int = 0) -> str:
    """Return digits the Dutch way: 1.234,5 with a true minus sign."""
    pattern = "#,##0" + ("." + "0" * decimalen if decimalen else "")
    return format_decimal(afgerond(waarde, decimalen), format=pattern, locale="nl").replace("-", "−")


def getal(waarde: float | int, decimalen: int = 0) -> str:
    """Return a number for running text: whole numbers up to twenty in letters."""
    if float(waarde).is_integer() and 0 <= waarde <= 20:
        return WOORDEN[int(waarde)]
    return cijfers(waarde, decimalen)


def euro(bedrag: float | int) -> str:
    """Return whole euros: € 1.234."""
    return f"€{NBSP}{cijfers(bedrag)}"


def procent(waarde: float, decimalen: int = 0) -> str:
    """Return a percentage; more than nothing but less than half a unit is 'minder dan 1 %'."""
    if 0 < waarde < 0.5 and decimalen == 0:
        return f"minder dan 1{NBSP}%"
    return f"{cijfers(waarde, decimalen)}{NBSP}%"


def datum(dag: dt.date) -> str:
    """Return a date in words: 8 oktober 2009."""
    return format_date(dag, "d MMMM y", locale="nl").replace(" ", NBSP, 1)


def maand(dag: dt.date) -> str:
    """Return month and year: oktober 2009."""
    return format_date(dag, "MMMM y", locale="nl")


def periode(van: dt.date, tot: dt.date) -> str:
    """Return a range of days as short as it can be: 10 tot en met 20 november 2009."""
    if van == tot:
        return datum(van)
    if (van.day, van.month, tot.day, tot.month) == (1, 1, 31, 12):
        return str(van.year) if van.year == tot.year else f"{van.year} tot en met {tot.year}"
    if (van.year, van.month) == (tot.year, tot.month):
        whole = van.day == 1 and (tot + dt.timedelta(days=1)).month != tot.month
        return maand(tot) if whole else f"{van.day} tot en met {datum(tot)}"
    first = format_date(van, "d MMMM", locale="nl") if van.year == tot.year else datum(van)
    return f"{first} tot en met {datum(tot)}"


def kort(van: dt.date, tot: dt.date) -> str:
    """Return a day or a range of days for the cell of a table: okt 2008 t/m sep 2009, 31 dec 2011."""
    if van == tot:
        return format_date(tot, "d MMM y", locale="nl").replace(" ", NBSP)
    if (van.day, van.month, tot.day, tot.month) == (1, 1, 31, 12) and van.year == tot.year:
        return str(van.year)
    whole = van.day == 1 and (tot + dt.timedelta(days=1)).month != tot.month
    if whole and (van.year, van.month) == (tot.year, tot.month):
        return format_date(tot, "MMM y", locale="nl").replace(" ", NBSP)
    first, last = (
        format_date(dag, "MMM y" if whole else "d MMM y", locale="nl").replace(" ", NBSP) for dag in (van, tot)
    )
    return f"{first}{NBSP}t/m {last}"  # never broken at the stroke


def opsomming(delen: Iterable[str]) -> str:
    """Return 'a, b en c'."""
    delen = list(delen)
    return " en ".join([", ".join(delen[:-1]), delen[-1]]) if len(delen) > 1 else "".join(delen)


def hoofdletter(tekst: str) -> str:
    """Return `tekst` with a capital first letter; a capital e carries no accent: Eén."""
    return tekst[:1].replace("é", "e").upper() + tekst[1:]


def meervoud(aantal: float, enkel: str, meer: str) -> str:
    """Return the singular for exactly one, the plural otherwise."""
    return enkel if aantal == 1 else meer
