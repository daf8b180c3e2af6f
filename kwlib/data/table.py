"""Text to rows: delimiter, quotes, header and the shape of each row."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

DELIMITERS = (",", ";")
# The most a cell of a spreadsheet can hold.
MAX_CELL = 32_767


@dataclass(frozen=True)
class Fault:
    """Something wrong with the shape of a file: code, row (None = the file), column, what is wrong, what to do."""

    code: str
    row: int | None
    column: str | None
    message: str
    remedy: str


@dataclass(frozen=True)
class Rows:
    """A file as text: header names, cells per row (row number as a spreadsheet shows it), and the delimiter."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    delimiter: str
    faults: tuple[Fault, ...] = ()


def delimiter(text: str, known: Collection[str]) -> str:
    """Return the delimiter whose header names are known best; a comma when both do equally well."""
    first = next((line for line in text.splitlines() if line.strip()), "")

    def score(sign: str) -> tuple[int, int]:
        names = [n.strip(' "') for n in first.split(sign)]
        return len(set(names) & set(known)), len(names)

    return max(DELIMITERS, key=score)


def _records(text: str, sign: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    row = 0
    while True:
        row += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            faults.append(_broken(str(error), row))
            return
        if any(len(cell) > MAX_CELL for cell in cells):
            faults.append(_broken("field larger than field limit", row))
            cells = [cell[:MAX_CELL] for cell in cells]
        yield row, [cell.strip() for cell in cells]


def _broken(error: str, row: int) -> Fault:
    if "field larger" in error:
        return Fault(
            "B05",
            row,
            None,
            f"Een cel is te lang (meer dan {MAX_CELL} tekens).",
            "Kort de tekst in, of controleer of een aanhalingsteken te vroeg opent.",
        )
    return Fault(
        "B06",
        row,
        None,
        'De aanhalingstekens (") kloppen niet, dus het bestand is vanaf hier niet te lezen.',
        "Sluit elk aanhalingsteken en schrijf een aanhalingsteken in de tekst dubbel.",
    )


def _header(cells: list[str], faults: list[Fault]) -> tuple[str, ...]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    for name, n in sorted(Counter(cells).items()):
        if n > 1 and name:
            faults.append(Fault("B08", 1, name, f"Kolom '{name}' komt {n} keer voor.", "Laat er één staan."))
    for place, name in enumerate(cells, 1):
        if not name:
            faults.append(
                Fault(
                    "B08",
                    1,
                    None,
                    f"De {place}e kolom heeft geen naam.",
                    "Geef de kolom een naam of haal de kolom weg.",
                )
            )
    return tuple(cells)


def _shape(row: int, cells: list[str], width: int, faults: list[Fault]) -> tuple[str, ...]:
    extra = [c for c in cells[width:] if c]
    if extra:
        faults.append(
            Fault(
                "B07",
                row,
                None,
                f"De rij heeft {len(cells)} cellen, de kop heeft er {width}.",
                "Zet tekst met een scheidingsteken tussen aanhalingstekens.",
            )
        )
    elif len(cells) < width:
        faults.append(
            Fault(
                "B07",
                row,
                None,
                f"De rij heeft {len(cells)} cellen, de kop heeft er {width}.",
                "Vul de rij aan; een lege cel telt mee.",
            )
        )
    return tuple(cells[:width] + [""] * (width - len(cells)))


def parse(text: str, known: Collection[str]) -> Rows:
    """Return the rows of a file whose columns should be `known`; never raises, faults are listed.

    Cells are stripped (exports pad with spaces); rows without any text are left out but keep their number.
    """
    sign = delimiter(text, known)
    faults: list[Fault] = []
    header: tuple[str, ...] | None = None
    rows = []
    for row, cells in _records(text, sign, faults):
        if not any(cells):
            continue
        if header is None:
            header = _header(cells, faults)
        else:
            rows.append((row, _shape(row, cells, len(header), faults)))
    if header is None and not faults:
        faults.append(Fault("B04", None, None, "Het bestand is leeg.", "Zet er ten minste de kolomnamen in."))
    if header is not None and len(header) == 1 and "\t" in header[0]:
        faults.append(
            Fault(
                "B06",
                1,
                None,
                "De kolommen zijn gescheiden door tabs.",
                "Sla het bestand op als CSV, met een komma of puntkomma.",
            )
        )
    return Rows(header or (), tuple(rows), sign, tuple(faults))
