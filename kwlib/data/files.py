"""Files to typed frames; every problem of shape, type or encoding is listed, nothing is raised."""

from __future__ import annotations

import difflib
import stat
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from kwlib.data import table as shape
from kwlib.data import text
from kwlib.data.messages import Found, found, problem
from kwlib.data.problems import Problem, shorten, sort
from kwlib.data.schema import Field, Schema, Table
from kwlib.data.values import decimal_sign, parse_cell

MAX_FILE = 20_000_000
# The python storage keeps results the same with and without pyarrow.
TEXT = pd.StringDtype("python")
DTYPES = {"string": TEXT, "integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "datetime64[s]"}


def meant(value: str, options) -> str:
    """Return ` Bedoelt u 'x'?` for the option that looks most like `value`, or an empty text."""
    lower = {o.lower(): o for o in sorted(options, reverse=True)}
    close = difflib.get_close_matches(value.lower()[:80], list(lower), n=1, cutoff=0.6)
    return f" Bedoelt u '{lower[close[0]]}'?" if close else ""


def read_bytes(path: Path) -> bytes | Found:
    """Return the bytes of a file, or why there are none."""
    try:
        there = path.stat()
        if not stat.S_ISREG(there.st_mode):
            return found("B02", "map" if stat.S_ISDIR(there.st_mode) else "")
        if there.st_size > MAX_FILE:
            return found("B05", mb=MAX_FILE // 1_000_000)
        return path.read_bytes()
    except FileNotFoundError:
        return found("B01")
    except PermissionError:
        return found("B03", "rechten")
    except OSError:
        return found("B03")


def _column(cells: list[str], field: Field, decimal: str | None) -> tuple[pd.Series, dict[str, Found]]:
    """Return the typed column and the distinct cells that could not be read; each distinct cell is read once."""
    values, bad = {}, {}
    for cell in dict.fromkeys(cells):
        value = parse_cell(cell, field, decimal)
        if isinstance(value, Found):
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


def _columns(rows: shape.Rows, table: Table) -> Iterator[Found]:
    """Yield unknown (V02) and missing (V01) columns."""
    absent = [c for c in table.columns if c not in rows.header]
    for name in dict.fromkeys(rows.header):
        if name and name not in table.columns:
            yield found("V02", "", 1, shorten(name), bedoeld=meant(name, absent))
    yield from (found("V01", "", 1, name) for name in absent)


def _notices(decoded: text.Decoded, rows: shape.Rows, decimal: str | None) -> Iterator[Found]:
    if decoded.encoding != "utf-8":
        yield found("B10", decoded.encoding)
    if rows.delimiter == ";":
        yield found("B10", "puntkomma")
    if decimal == ",":
        yield found("B10", "komma")


def _damaged(rows: shape.Rows) -> Iterator[Found]:
    for row, cells in ((1, rows.header), *rows.rows):
        for name, cell in zip(rows.header, cells, strict=True):
            wrong = text.damage(cell)
            if wrong:
                yield found("V09", wrong, row, shorten(name) if row > 1 else None, cel=shorten(cell, 30))


def _typed(rows: shape.Rows, table: Table) -> tuple[pd.DataFrame, str | None, list[Found]]:
    """Return the typed frame, the decimal sign that the numbers prove, and what is wrong per bad cell."""
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
            wrong += [bad[c].at(r, field.name) for r, c in zip(numbers, cells[field.name], strict=True) if c in bad]
    return _finish(pd.DataFrame(columns), numbers, table), decimal, wrong


def read_table(raw: bytes, table: Table) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the typed frame of one file and everything wrong with it; all columns of the schema are there."""
    decoded = text.decode(raw)
    if decoded.fault:
        return empty(table), [problem(decoded.fault, table)]
    rows = shape.parse(decoded.text, table.columns)
    wrong = list(rows.faults)
    if text.damage(decoded.text):
        wrong += _damaged(rows)
    if not rows.header:
        return empty(table), [problem(w, table) for w in wrong]
    wrong += _columns(rows, table)
    frame, decimal, unreadable = _typed(rows, table)
    wrong += [*unreadable, *_notices(decoded, rows, decimal)]
    return frame, [problem(w, table) for w in wrong]


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
            yield problem(found("B11", bedoeld=meant(path.name, absent)), Table("", shorten(path.name), ()))


def read(folder: str | Path, schema: Schema) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """Return one typed frame per table of the schema and all problems of reading, sorted.

    Each frame has the columns of the schema plus `rij` (row in the file, header = 1) and `herkomst` (a tuple with
    the record id). A file that cannot be used gives an empty frame.
    """
    folder = Path(folder)
    if not folder.is_dir():
        return {t.name: empty(t) for t in schema}, [problem(found("B01", "map"), Table("", folder.name, ()))]
    frames, problems = {}, list(_strangers(folder, schema))
    for table in schema:
        raw = read_bytes(folder / table.file)
        if isinstance(raw, bytes):
            frames[table.name], wrong = read_table(raw, table)
            problems += wrong
        else:
            frames[table.name] = empty(table)
            if raw.code != "B01" or not table.optional:
                problems.append(problem(raw, table))
    return frames, sort(problems)
