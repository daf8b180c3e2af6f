"""Text to rows: delimiter, quotes, header and the shape of each row."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kwlib.data.messages import Found, found

DELIMITERS = (",", ";")
# The most a cell of a spreadsheet can hold.
MAX_CELL = 32_767


@dataclass(frozen=True)
class Rows:
    """A file as text: header names, cells per row (row number as a spreadsheet shows it), and the delimiter."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    delimiter: str
    faults: tuple[Found, ...] = ()


def delimiter(text: str, known: Collection[str]) -> str:
    """Return the delimiter whose header names are known best; a comma when both do equally well."""
    first = next((line for line in text.splitlines() if line.strip()), "")

    def score(sign: str) -> tuple[int, int]:
        names = [n.strip(' "') for n in first.split(sign)]
        return len(set(names) & set(known)), len(names)

    return max(DELIMITERS, key=score)


def _records(text: str, sign: str, faults: list[Found]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    row = 0
    while True:
        row += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            faults.append(
                found("B05", "cel", row, tekens=MAX_CELL)
                if "field larger" in str(error)
                else found("B06", "aanhaling", row)
            )
            return
        if any(len(cell) > MAX_CELL for cell in cells):
            faults.append(found("B05", "cel", row, tekens=MAX_CELL))
            cells = [cell[:MAX_CELL] for cell in cells]
        yield row, [cell.strip() for cell in cells]


def _header(cells: list[str], faults: list[Found]) -> tuple[str, ...]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    faults += [found("B08", "dubbel", 1, name, n=n) for name, n in sorted(Counter(cells).items()) if n > 1 and name]
    faults += [found("B08", "naamloos", 1, plaats=place) for place, name in enumerate(cells, 1) if not name]
    return tuple(cells)


def _shape(row: int, cells: list[str], width: int, faults: list[Found]) -> tuple[str, ...]:
    kind = "lang" if any(cells[width:]) else "kort" if len(cells) < width else None
    if kind:
        faults.append(found("B07", kind, row, n=len(cells), kop=width))
    return tuple(cells[:width] + [""] * (width - len(cells)))


def parse(text: str, known: Collection[str]) -> Rows:
    """Return the rows of a file whose columns should be `known`; never raises, faults are listed.

    Cells are stripped (exports pad with spaces); rows without any text are left out but keep their number.
    """
    sign = delimiter(text, known)
    faults: list[Found] = []
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
        faults.append(found("B04"))
    if header is not None and len(header) == 1 and "\t" in header[0]:
        faults.append(found("B06", "tabs", 1))
    return Rows(header or (), tuple(rows), sign, tuple(faults))
