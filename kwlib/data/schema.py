"""The schema: what `datapackage.json` says of every file and column, as plain frozen values."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

TYPES = ("string", "integer", "number", "date", "boolean")
WOORDEN = {"string": "tekst", "integer": "geheel getal", "number": "getal", "date": "datum", "boolean": "ja of nee"}


class SchemaError(ValueError):
    """`datapackage.json` cannot be used; the message is Dutch and names the place."""


@dataclass(frozen=True)
class Field:
    """One column: its name, type, and what a cell may hold."""

    name: str
    type: str = "string"
    title: str = ""
    description: str = ""
    required: bool = False
    gewenst: bool = False
    unique: bool = False
    enum: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    eenheid: str = ""
    vrije_tekst: bool = False
    minimum: float | dt.date | None = None
    maximum: float | dt.date | None = None
    pattern: str | None = None
    true_values: tuple[str, ...] = ("ja",)
    false_values: tuple[str, ...] = ("nee",)


@dataclass(frozen=True)
class ForeignKey:
    """Columns of a table that together name a row of another table."""

    fields: tuple[str, ...]
    table: str
    reference: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One file: its columns, its key, and the tables it refers to."""

    name: str
    file: str
    fields: tuple[Field, ...]
    title: str = ""
    description: str = ""
    grain: str = ""
    owner: str = ""
    optional: bool = False
    key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    version_key: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the column names in order."""
        return tuple(f.name for f in self.fields)

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the names of the columns with free text."""
        return tuple(f.name for f in self.fields if f.vrije_tekst)

    def field(self, name: str) -> Field:
        """Return the column of that name; KeyError when the table has none."""
        for found in self.fields:
            if found.name == name:
                return found
        raise KeyError(f"{self.name} has no column {name}")


@dataclass(frozen=True)
class Schema:
    """All tables, by name, in the order of the data package."""

    tables: Mapping[str, Table]
    title: str = ""

    def __iter__(self):
        return iter(self.tables.values())

    def __getitem__(self, name: str) -> Table:
        return self.tables[name]

    def __contains__(self, name: object) -> bool:
        return name in self.tables


def _names(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _limit(raw: Mapping[str, Any], table: str, value: Any) -> float | dt.date | None:
    """Return the smallest or largest value of a column in the column's own type."""
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value) if raw.get("type") == "date" else float(value)
    except (TypeError, ValueError):
        raise SchemaError(
            f"datapackage.json: de grens '{value}' van kolom '{raw['name']}' van {table} past niet bij het "
            "type van de kolom."
        ) from None


def _field(raw: Mapping[str, Any], table: str) -> Field:
    rules = raw.get("constraints", {})
    if raw.get("type", "string") not in TYPES:
        raise SchemaError(
            f"datapackage.json: kolom '{raw['name']}' van {table} heeft type '{raw['type']}'. "
            f"Kies uit: {', '.join(TYPES)}."
        )
    codes = raw.get("kw:codes", {})
    try:
        re.compile(rules.get("pattern", ""))
    except re.error:
        raise SchemaError(f"datapackage.json: het patroon van kolom '{raw['name']}' van {table} klopt niet.") from None
    return Field(
        name=raw["name"],
        type=raw.get("type", "string"),
        title=raw.get("title", ""),
        description=raw.get("description", ""),
        required=bool(rules.get("required", False)),
        gewenst=bool(raw.get("kw:gewenst", False)),
        unique=bool(rules.get("unique", False)),
        enum=tuple(str(v) for v in rules.get("enum", codes)),
        codes=MappingProxyType(dict(codes)),
        eenheid=raw.get("kw:eenheid", ""),
        vrije_tekst=bool(raw.get("kw:vrije_tekst", False)),
        minimum=_limit(raw, table, rules.get("minimum")),
        maximum=_limit(raw, table, rules.get("maximum")),
        pattern=rules.get("pattern"),
        true_values=_names(raw.get("trueValues", ("ja",))),
        false_values=_names(raw.get("falseValues", ("nee",))),
    )


def _table(resource: Mapping[str, Any]) -> Table:
    raw = resource["schema"]
    own = {**raw, **{k: v for k, v in resource.items() if k.startswith("kw:")}}
    name = resource["name"]
    keys = tuple(
        ForeignKey(_names(k["fields"]), k["reference"].get("resource") or name, _names(k["reference"]["fields"]))
        for k in raw.get("foreignKeys", ())
    )
    return Table(
        name=name,
        file=PurePosixPath(resource["path"]).name,
        fields=tuple(_field(f, name) for f in raw["fields"]),
        title=resource.get("title", ""),
        description=resource.get("description", ""),
        grain=own.get("kw:rij", ""),
        owner=own.get("kw:eigenaar", ""),
        optional=bool(own.get("kw:optioneel", False)),
        key=_names(raw.get("primaryKey")),
        foreign_keys=keys,
        version_key=_names(own.get("kw:versiesleutel")),
    )


def _verify(tables: Mapping[str, Table]) -> None:
    for table in tables.values():
        named = [(table, n) for n in (*table.key, *table.version_key)]
        for key in table.foreign_keys:
            if key.table not in tables:
                raise SchemaError(f"datapackage.json: {table.name} verwijst naar de onbekende tabel '{key.table}'.")
            named += [(table, n) for n in key.fields] + [(tables[key.table], n) for n in key.reference]
        for owner, name in named:
            if name not in owner.columns:
                raise SchemaError(
                    f"datapackage.json: {owner.name} heeft geen kolom '{name}', maar een sleutel noemt die wel."
                )


def parse_schema(package: Mapping[str, Any]) -> Schema:
    """Return the schema of a data package; raise SchemaError where it contradicts itself."""
    try:
        tables = {r["name"]: _table(r) for r in package["resources"]}
    except (KeyError, TypeError, AttributeError) as error:
        raise SchemaError(f"datapackage.json: onderdeel {error} ontbreekt of heeft een verkeerde vorm.") from None
    _verify(tables)
    return Schema(MappingProxyType(tables), package.get("title", ""))


def read_schema(path: str | Path) -> Schema:
    """Return the schema in `path` (datapackage.json); raise SchemaError when it cannot be read."""
    path = Path(path)
    try:
        package = json.loads(path.read_text("utf-8-sig"))
    except OSError:
        raise SchemaError(f"{path.name} is niet te lezen. Zet het bestand terug.") from None
    except UnicodeDecodeError:
        raise SchemaError(f"{path.name} is geen UTF-8. Sla het bestand op als UTF-8.") from None
    except json.JSONDecodeError as error:
        raise SchemaError(f"{path.name}, regel {error.lineno}: dit is geen geldige JSON.") from None
    if not isinstance(package, dict):
        raise SchemaError(f"{path.name}: dit is geen datapakket.")
    return parse_schema(package)
