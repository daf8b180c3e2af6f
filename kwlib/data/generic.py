"""Rules that follow from the schema alone: keys, references, code lists, required and wanted cells, limits."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from kwlib.data.files import meant
from kwlib.data.problems import FOUT, WAARSCHUWING, Problem, shorten
from kwlib.data.schema import Field, Schema, Table
from kwlib.data.versions import keys, refers

REDEN = "reden_ontbreekt"
Frames = Mapping[str, pd.DataFrame]
MAX_OPTIONS = 12
# Looking for what was meant takes 0.1 s in a long list; after some, the cause is not a typing error.
MAX_SUGGESTIONS = 10


def shown(value: object) -> str:
    """Return a typed value as a person would type it in the file."""
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return shorten(str(value))


def _empty(frame: pd.DataFrame, table: Table, field: Field) -> Iterator[Problem]:
    """Yield R01 for an empty required cell, V17 for an empty wanted cell without a reason."""
    if not (field.required or field.gewenst) or not frame[field.name].hasnans:
        return
    gaps = frame[frame[field.name].isna()]
    if field.required:
        for row in gaps["rij"]:
            yield Problem(
                FOUT, "R01", table.file, int(row), field.name, f"{field.name} is leeg.", "Vul de cel in.", table.owner
            )
    elif field.gewenst and REDEN in frame.columns:
        for row in gaps.loc[gaps[REDEN].isna(), "rij"]:
            yield Problem(
                FOUT,
                "V17",
                table.file,
                int(row),
                field.name,
                f"Geen {field.name} en geen reden.",
                "Vul de cel in, of kies een reden in 'reden_ontbreekt', bijvoorbeeld 'nog_te_vroeg'.",
                table.owner,
            )


def _codes(frame: pd.DataFrame, table: Table, field: Field) -> Iterator[Problem]:
    """Yield V05 for a value outside the code list."""
    if not field.enum:
        return
    values = frame[field.name].map(shown, na_action="ignore") if field.type != "string" else frame[field.name]
    wrong = values.notna() & ~values.isin(field.enum)
    for row, value in zip(frame.loc[wrong, "rij"], values[wrong], strict=True):
        options = ", ".join(field.enum[:MAX_OPTIONS]) + (" …" if len(field.enum) > MAX_OPTIONS else "")
        yield Problem(
            FOUT,
            "V05",
            table.file,
            int(row),
            field.name,
            f"{field.name} '{shorten(value)}' is ongeldig.",
            f"Kies uit: {options}.{meant(value, field.enum)}",
            table.owner,
        )


def _limits(frame: pd.DataFrame, table: Table, field: Field) -> Iterator[Problem]:
    """Yield R02 for a number or date beyond its limit, R03 for a text that does not fit its pattern."""
    column = frame[field.name]
    tests: list[tuple[str, Callable, str]] = []
    if field.minimum is not None:
        low = field.minimum
        tests.append(("R02", lambda v: v < low, f"is kleiner dan {shown(low)}"))
    if field.maximum is not None:
        high = field.maximum
        tests.append(("R02", lambda v: v > high, f"is groter dan {shown(high)}"))
    if field.pattern and field.type == "string":
        form = re.compile(field.pattern)
        tests.append(("R03", lambda v: not form.fullmatch(v), "heeft niet de goede vorm"))
    for code, wrong, words in tests:
        for row, value in zip(frame["rij"], column, strict=True):
            plain = value.date() if isinstance(value, pd.Timestamp) else value
            if not pd.isna(value) and wrong(plain):
                yield Problem(
                    FOUT,
                    code,
                    table.file,
                    int(row),
                    field.name,
                    f"{field.name} '{shown(value)}' {words}.",
                    f"Verbeter de cel.{_help(field)}",
                    table.owner,
                )


def _help(field: Field) -> str:
    return f" Uitleg: {field.description}" if field.description else ""


def _unique(frame: pd.DataFrame, table: Table, columns: tuple[str, ...]) -> Iterator[Problem]:
    """Yield V03 for every row whose key already stands in an earlier row."""
    if not frame.duplicated(list(columns)).any():
        return
    known = frame.dropna(subset=list(columns))
    first: dict[tuple, int] = {}
    for row, *parts in zip(known["rij"], *(known[c] for c in columns), strict=True):
        if tuple(parts) in first:
            key = ", ".join(shown(p) for p in parts)
            yield Problem(
                FOUT,
                "V03",
                table.file,
                int(row),
                columns[0] if len(columns) == 1 else None,
                f"{'Id' if columns == table.key else columns[0]} '{key}' komt ook voor in rij {first[tuple(parts)]}.",
                f"Geef elke rij een eigen {' + '.join(columns)}, of haal de dubbele rij weg.",
                table.owner,
            )
        else:
            first[tuple(parts)] = int(row)


def _references(frames: Frames, table: Table, schema: Schema, closed: frozenset[str]) -> Iterator[Problem]:
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
            file = schema[key.table].file
            yield Problem(
                FOUT,
                "V04",
                table.file,
                int(row),
                key.fields[0],
                f"{key.fields[0]} '{', '.join(map(shown, value))}' bestaat niet in {file}.",
                f"Verbeter de verwijzing of voeg de rij toe aan {file}.{suggestions[value]}",
                table.owner,
            )


def _forgotten(frame: pd.DataFrame, table: Table, final: bool) -> Iterator[Problem]:
    """Yield R04 for the reason 'vergeten': fine in a draft, a fault in a report that is final."""
    if REDEN in frame.columns:
        for row in frame.loc[frame[REDEN] == "vergeten", "rij"]:
            yield Problem(
                FOUT if final else WAARSCHUWING,
                "R04",
                table.file,
                int(row),
                REDEN,
                "De reden 'vergeten' mag niet in een vastgestelde rapportage staan.",
                "Vul het gegeven alsnog in of kies de echte reden.",
                table.owner,
            )


def check(
    frames: Frames, schema: Schema, closed: frozenset[str] = frozenset(), final: bool = False
) -> Iterator[Problem]:
    """Yield every break of the schema; tables in `closed` have already been refused as a whole.

    `final`: the report is no longer a draft.
    """
    for table in schema:
        if table.name in closed:
            continue
        frame = frames[table.name]
        if len(frame) == 0:
            continue
        for field in table.fields:
            yield from _empty(frame, table, field)
            yield from _codes(frame, table, field)
            yield from _limits(frame, table, field)
            if field.unique and (field.name,) != table.key:
                yield from _unique(frame, table, (field.name,))
        if table.key:
            yield from _unique(frame, table, table.key)
        yield from _references(frames, table, schema, closed)
        yield from _forgotten(frame, table, final)
