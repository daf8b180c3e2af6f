"""Files to typed frames; every problem of shape, type or encoding is listed, nothing is raised."""

from __future__ import annotations

import difflib
import hashlib
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from kwlib.data import table as shape
from kwlib.data import text
from kwlib.data.problems import FOUT, LET_OP, WAARSCHUWING, Problem, shorten, sort
from kwlib.data.schema import Field, Schema, Table
from kwlib.data.values import Unreadable, decimal_sign, parse_cell

MAX_FILE = 20_000_000
# The python storage keeps results the same with and without pyarrow.
TEXT = pd.StringDtype("python")
DTYPES = {"string": TEXT, "integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "datetime64[s]"}


def meant(value: str, options) -> str:
    """Return ` Bedoelt u 'x'?` for the option that looks most like `value`, or an empty text."""
    lower = {o.lower(): o for o in sorted(options, reverse=True)}
    close = difflib.get_close_matches(value.lower()[:80], list(lower), n=1, cutoff=0.6)
    return f" Bedoelt u '{lower[close[0]]}'?" if close else ""


def read_bytes(path: Path) -> bytes | tuple[str, str, str]:
    """Return the bytes of a file, or why there are none: code, what is wrong, what to do."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            return "B02", "Dit is een map, geen bestand.", "Haal de map weg en zet het bestand terug."
        if not stat.S_ISREG(found.st_mode):
            return "B02", "Dit is geen gewoon bestand.", "Zet er een gewoon CSV-bestand neer."
        if found.st_size > MAX_FILE:
            return "B05", f"Het bestand is groter dan {MAX_FILE // 1_000_000} MB.", "Controleer of dit het goede is."
        return path.read_bytes()
    except FileNotFoundError:
        return "B01", "Het bestand ontbreekt.", "Zet het bestand in de map; een lege tabel heeft alleen kolomnamen."
    except PermissionError:
        return "B03", "Het bestand mag niet worden gelezen.", "Geef uzelf leesrechten op het bestand."
    except OSError:
        return "B03", "Het bestand is niet te lezen.", "Controleer de schijf en zet het bestand terug."


def _column(cells: list[str], field: Field, decimal: str | None) -> tuple[pd.Series, dict[str, Unreadable]]:
    """Return the typed column and the distinct cells that could not be read; each distinct cell is read once."""
    values, bad = {}, {}
    for cell in dict.fromkeys(cells):
        value = parse_cell(cell, field, decimal)
        if isinstance(value, Unreadable):
            bad[cell] = value
            value = None
        values[cell] = value
    typed = [values[c] for c in cells]
    if field.type == "date":
        return pd.Series(pd.to_datetime(pd.Series(typed, dtype="object")).astype(DTYPES["date"])), bad
    return pd.Series(pd.array([pd.NA if v is None else v for v in typed], dtype=DTYPES[field.type])), bad


def _herkomst(frame: pd.DataFrame, table: Table) -> list[tuple[str, ...]]:
    """Return one record id per row: `<table>/<key parts>`; the row number stands in for a table without a key."""
    stem = table.file.removesuffix(".csv")
    columns = []
    for name in table.key or ("rij",):
        column = frame[name]
        if str(column.dtype).startswith("datetime"):
            column = column.dt.strftime("%Y-%m-%d")
        columns.append(["" if pd.isna(v) else str(v) for v in column])
    return [(f"{stem}/{','.join(parts)}",) for parts in zip(*columns, strict=True)]


def _columns(rows: shape.Rows, table: Table) -> Iterator[tuple[str, str, str | None, str, str]]:
    """Yield severity, code, column, message, remedy for unknown (V02) and missing (V01) columns."""
    absent = [c for c in table.columns if c not in rows.header]
    for name in dict.fromkeys(rows.header):
        if name and name not in table.columns:
            yield (
                FOUT,
                "V02",
                shorten(name),
                f"Kolom '{shorten(name)}' is onbekend.",
                f"Haal de kolom weg of verbeter de naam.{meant(name, absent)}",
            )
    for name in absent:
        yield FOUT, "V01", name, f"Kolom '{name}' ontbreekt.", "Voeg de kolom toe; de cellen mogen leeg zijn."


def _notices(decoded: text.Decoded, rows: shape.Rows, decimal: str | None) -> Iterator[str]:
    if decoded.encoding == "cp1252":
        yield "Gelezen als Windows-tekst (cp1252)"
    if decoded.encoding == "utf-8-sig":
        yield "Gelezen als UTF-8 met een BOM"
    if rows.delimiter == ";":
        yield "Kolommen gescheiden door puntkomma's"
    if decimal == ",":
        yield "Decimaalteken is een komma"


def _damaged(rows: shape.Rows) -> Iterator[tuple[int, str | None, str, str]]:
    for row, cells in ((1, rows.header), *rows.rows):
        for name, cell in zip(rows.header, cells, strict=True):
            wrong = text.damage(cell)
            if wrong:
                yield row, shorten(name) if row > 1 else None, wrong, shorten(cell, 30)


def _typed(rows: shape.Rows, table: Table) -> tuple[pd.DataFrame, str | None, list[tuple]]:
    """Return the typed frame, the decimal sign that the numbers prove, and (row, column, Unreadable) per bad cell."""
    place = {name: n for n, name in reversed(list(enumerate(rows.header)))}
    cells = {
        f.name: [c[place[f.name]] for _, c in rows.rows] if f.name in place else [""] * len(rows.rows)
        for f in table.fields
    }
    decimal = decimal_sign(c for f in table.fields if f.type in ("number", "integer") for c in set(cells[f.name]))
    numbers = [row for row, _ in rows.rows]
    columns, wrong = {}, []
    for field in table.fields:
        columns[field.name], bad = _column(cells[field.name], field, decimal)
        if bad:
            wrong += [(r, field.name, bad[c]) for r, c in zip(numbers, cells[field.name], strict=True) if c in bad]
    return _finish(pd.DataFrame(columns), numbers, table), decimal, wrong


def read_table(raw: bytes, table: Table) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the typed frame of one file and everything wrong with it; all columns of the schema are there."""
    problems: list[Problem] = []

    def add(severity: str, code: str, row: int | None, column: str | None, message: str, remedy: str) -> None:
        problems.append(Problem(severity, code, table.file, row, column, message, remedy, table.owner))

    decoded = text.decode(raw)
    if decoded.fault:
        add(FOUT, "B06", None, None, *decoded.fault)
        return empty(table), problems
    rows = shape.parse(decoded.text, table.columns)
    for fault in rows.faults:
        add(FOUT, fault.code, fault.row, fault.column, fault.message, fault.remedy)
    if text.damage(decoded.text):
        for row, column, wrong, shown in _damaged(rows):
            add(FOUT, "V09", row, column, f"{wrong} in '{shown}'.", "Typ de tekst opnieuw en sla op als UTF-8.")
    if not rows.header:
        return empty(table), problems
    for severity, code, column, message, remedy in _columns(rows, table):
        add(severity, code, 1, column, message, remedy)
    frame, decimal, unreadable = _typed(rows, table)
    for row, column, bad in unreadable:
        add(FOUT, bad.code, row, column, bad.message, bad.remedy)
    for notice in _notices(decoded, rows, decimal):
        add(LET_OP, "B10", None, None, f"{notice}.", "Dat mag. De vaste vorm is UTF-8, komma en punt.")
    return frame, problems


def _finish(frame: pd.DataFrame, numbers: list[int], table: Table) -> pd.DataFrame:
    frame = frame.assign(rij=pd.array(numbers, dtype="int64"))
    return frame.assign(herkomst=pd.Series(_herkomst(frame, table), dtype="object"))


def empty(table: Table) -> pd.DataFrame:
    """Return the typed frame of a table without rows."""
    return _finish(pd.DataFrame({f.name: pd.Series(dtype=DTYPES[f.type]) for f in table.fields}), [], table)


def _strangers(folder: Path, schema: Schema) -> Iterator[Problem]:
    files = {t.file for t in schema}
    for path in sorted(folder.glob("*.csv")):
        if path.name not in files:
            absent = [f for f in files if not (folder / f).exists()]
            yield Problem(
                WAARSCHUWING,
                "B11",
                shorten(path.name),
                None,
                None,
                "Dit bestand wordt niet gelezen.",
                f"Haal het weg of verbeter de naam.{meant(path.name, absent)}",
            )


def read(folder: str | Path, schema: Schema) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """Return one typed frame per table of the schema and all problems of reading, sorted.

    Each frame has the columns of the schema plus `rij` (row in the file, header = 1) and `herkomst` (a tuple with
    the record id). A file that cannot be used gives an empty frame.
    """
    folder = Path(folder)
    if not folder.is_dir():
        wrong = Problem(FOUT, "B01", folder.name, None, None, "De map met gegevens ontbreekt.", "Controleer de naam.")
        return {t.name: empty(t) for t in schema}, [wrong]
    frames, problems = {}, list(_strangers(folder, schema))
    for table in schema:
        raw = read_bytes(folder / table.file)
        if isinstance(raw, bytes):
            frames[table.name], found = read_table(raw, table)
            problems += found
        else:
            frames[table.name] = empty(table)
            if raw[0] != "B01" or not table.optional:
                problems.append(Problem(FOUT, raw[0], table.file, None, None, raw[1], raw[2], table.owner))
    return frames, sort(problems)


def checksums(folder: str | Path, schema: Schema) -> Mapping[str, str]:
    """Return the sha256 of every file of the schema that can be read, by file name, sorted."""
    found = {t.file: read_bytes(Path(folder) / t.file) for t in schema}
    return {file: hashlib.sha256(raw).hexdigest() for file, raw in sorted(found.items()) if isinstance(raw, bytes)}
