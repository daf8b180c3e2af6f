"""Rules that follow from the schema alone: keys, references, code lists, required and wanted cells, limits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from kwlib.data.files import meant
from kwlib.data.messages import Found, found, problem
from kwlib.data.problems import Problem, shorten
from kwlib.data.publish import cell
from kwlib.data.schema import Field, Schema, Table
from kwlib.data.versions import keys, refers

REDEN = "reden_ontbreekt"
Frames = Mapping[str, pd.DataFrame]
MAX_OPTIONS = 12
# Looking for what was meant takes 0.1 s in a long list; after some, the cause is not a typing error.
MAX_SUGGESTIONS = 10


def shown(value: object) -> str:
    """Return a typed value as a person would type it in the file."""
    return shorten(cell(value))


def _empty(frame: pd.DataFrame, field: Field) -> Iterator[Found]:
    """Yield R01 for an empty required cell, V17 for an empty wanted cell without a reason."""
    if not (field.required or field.gewenst) or not frame[field.name].hasnans:
        return
    gaps = frame[field.name].isna()
    if field.required:
        yield from (found("R01", "", row, field.name) for row in frame.loc[gaps, "rij"])
    elif REDEN in frame:
        yield from (found("V17", "", row, field.name) for row in frame.loc[gaps & frame[REDEN].isna(), "rij"])


def _codes(frame: pd.DataFrame, field: Field) -> Iterator[Found]:
    """Yield V05 for a value outside the code list."""
    if not field.enum:
        return
    values = frame[field.name].map(shown, na_action="ignore") if field.type != "string" else frame[field.name]
    wrong = values.notna() & ~values.isin(field.enum)
    codes = (*field.enum[:MAX_OPTIONS], *(["…"] if len(field.enum) > MAX_OPTIONS else []))
    for row, value in zip(frame.loc[wrong, "rij"], values[wrong], strict=True):
        yield found("V05", "", row, field.name, cel=shorten(value), codes=codes, bedoeld=meant(value, field.enum))


def _limits(frame: pd.DataFrame, field: Field) -> Iterator[Found]:
    """Yield R02 for a number or date beyond its limit, R03 for a text that does not fit its pattern."""
    low, high, form = field.minimum, field.maximum, field.type == "string" and field.pattern
    if low is None and high is None and not form:
        return
    for row, value in zip(frame["rij"], frame[field.name], strict=True):
        if pd.isna(value):
            continue
        plain = value.date() if isinstance(value, pd.Timestamp) else value
        values = {"cel": shown(value), "uitleg": f" Uitleg: {field.description}" if field.description else ""}
        if low is not None and plain < low:
            yield found("R02", "kleiner", row, field.name, grens=shown(low), **values)
        if high is not None and plain > high:
            yield found("R02", "groter", row, field.name, grens=shown(high), **values)
        if form and not re.fullmatch(form, plain):
            yield found("R03", "", row, field.name, **values)


def _unique(frame: pd.DataFrame, table: Table, columns: tuple[str, ...]) -> Iterator[Found]:
    """Yield V03 for every row whose key already stands in an earlier row."""
    if not frame.duplicated(list(columns)).any():
        return
    known = frame.dropna(subset=list(columns))
    first: dict[tuple, int] = {}
    for row, *parts in zip(known["rij"], *(known[c] for c in columns), strict=True):
        if tuple(parts) in first:
            naam = "Id" if columns == table.key else columns[0]
            values = {"naam": naam, "sleutel": tuple(map(shown, parts)), "kolommen": columns}
            place = columns[0] if len(columns) == 1 else None
            yield found("V03", "", row, place, eerder=first[tuple(parts)], **values)
        else:
            first[tuple(parts)] = int(row)


def _references(frames: Frames, table: Table, schema: Schema, closed: frozenset[str]) -> Iterator[Found]:
    """Yield V04 for a reference to a row that does not exist; `closed` tables could not be read and are skipped."""
    for key in table.foreign_keys:
        if key.table in closed:
            continue
        target = frames[key.table]
        if refers(frames[table.name], key.fields, target, key.reference).all():
            continue
        options = keys(target, key.reference)
        known = frames[table.name].dropna(subset=list(key.fields))
        suggestions: dict[tuple, str] = {}
        for row, *parts in zip(known["rij"], *(known[c] for c in key.fields), strict=True):
            value = tuple(parts)
            if value in options:
                continue
            if value not in suggestions:
                look = len(value) == 1 and len(suggestions) < MAX_SUGGESTIONS
                suggestions[value] = meant(value[0], {o[0] for o in options}) if look else ""
            values = {"cel": tuple(map(shown, value)), "bestand": schema[key.table].file}
            yield found("V04", "", row, key.fields[0], bedoeld=suggestions[value], **values)


def _forgotten(frame: pd.DataFrame, final: bool) -> Iterator[Found]:
    """Yield R04 for the reason 'vergeten': fine in a draft, a fault in a report that is final."""
    if REDEN in frame:
        for row in frame.loc[frame[REDEN] == "vergeten", "rij"]:
            yield found("R04", "vastgesteld" if final else "", row, REDEN)


def _table(frames: Frames, table: Table, schema: Schema, closed: frozenset[str], final: bool) -> Iterator[Found]:
    frame = frames[table.name]
    for field in table.fields:
        yield from _empty(frame, field)
        yield from _codes(frame, field)
        yield from _limits(frame, field)
        if field.unique and (field.name,) != table.key:
            yield from _unique(frame, table, (field.name,))
    if table.key:
        yield from _unique(frame, table, table.key)
    yield from _references(frames, table, schema, closed)
    yield from _forgotten(frame, final)


def check(
    frames: Frames, schema: Schema, closed: frozenset[str] = frozenset(), final: bool = False
) -> Iterator[Problem]:
    """Yield every break of the schema; tables in `closed` have already been refused as a whole.

    `final`: the report is no longer a draft.
    """
    for table in schema:
        if table.name not in closed and len(frames[table.name]):
            yield from (problem(what, table) for what in _table(frames, table, schema, closed, final))
