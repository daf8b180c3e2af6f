"""What changed between two builds: which numbers, and why, down to the row of the data."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from kwlib.report import cijfers

Row = Mapping[str, str]


@dataclass(frozen=True)
class Build:
    """A build as its own files tell it: the register, the manifest and the published data."""

    cijfers: Mapping[str, cijfers.Rij]
    manifest: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[str, Row] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def targets(self, record: str) -> list[str]:
        """Return the records that a record refers to: its source, its project …"""
        row = self.rows.get(record, {})
        return [f"{table}/{row[column]}" for column, table in self.links.get(_table(record), ()) if row.get(column)]


def _table(record: str) -> str:
    return record.partition("/")[0]


def read(folder: Path) -> Build:
    """Return the build in a folder; raise OSError or ValueError when it is not one."""
    package = json.loads((folder / "data" / "datapackage.json").read_text("utf-8"))
    rows, links = {}, {}
    for resource in package["resources"]:
        table, schema = resource["path"].removesuffix(".csv"), resource["schema"]
        keys = [(k["fields"], k["reference"]) for k in schema.get("foreignKeys", ()) if isinstance(k["fields"], str)]
        links[table] = tuple((column, target["resource"] or table) for column, target in keys)
        for row in _csv(folder / "data" / resource["path"]):
            rows[f"{table}/{','.join(row[k] for k in schema['primaryKey'])}"] = row
    places = {r["record"]: f"{r['bestand']}, rij {r['rij']}" for r in _csv(folder / "records.csv")}
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    return Build(cijfers.read(folder / "cijfers.csv"), manifest, rows, places, links)


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True)
class Verschil:
    """One number that changed, appeared or disappeared, and the causes in words."""

    id: str
    soort: str
    oud: str
    nieuw: str
    definitie: str
    oorzaken: tuple[str, ...]

    def text(self) -> str:
        """Return the change on one line."""
        words = {
            "anders": f"van {self.oud} naar {self.nieuw}",
            "nieuw": f"nieuw: {self.nieuw}",
            "weg": f"was {self.oud}",
        }
        return f"{self.id}: {words[self.soort]}. Oorzaak: {'; '.join(self.oorzaken)}."


@dataclass(frozen=True)
class Vergelijking:
    """Two builds, side by side."""

    oud: Build
    nieuw: Build

    @cached_property
    def records(self) -> dict[str, str]:
        """Return every record that changed, by id, in words: what each column was and became."""
        out = {}
        for record in sorted(self.oud.rows.keys() | self.nieuw.rows.keys()):
            old, new = self.oud.rows.get(record), self.nieuw.rows.get(record)
            if old is None or new is None:
                out[record] = "toegevoegd" if old is None else "vervallen"
            elif cells := [k for k in new if old.get(k, "") != new[k]]:
                out[record] = ", ".join(f"{k} van ‘{old.get(k, '')}’ naar ‘{new[k]}’" for k in cells)
        return out

    def roots(self, record: str, via: frozenset[str] = frozenset()) -> set[str]:
        """Return why a record changed: itself, or what it refers to when that made it come or go.

        `via` are those that led here: records may refer to each other.
        """
        if self.records[record] not in ("toegevoegd", "vervallen"):
            return {record}
        build = self.oud if record in self.oud.rows else self.nieuw
        deeper = [t for t in build.targets(record) if t in self.records.keys() - via - {record}]
        return {root for t in deeper for root in self.roots(t, via | {record})} or {record}

    def _changed(self, herkomst: Iterable[str]) -> set[str]:
        """Return the changed records among these; the name of a table stands for all of its records."""
        wanted = set(herkomst)
        found = {r for r in self.records if r in wanted or _table(r) in wanted}
        return {root for r in found for root in self.roots(r)}

    def causes(self, id: str) -> tuple[str, ...]:
        """Return in words why a number is not the same: data rows, else settings, else code, else libraries."""
        rows = [b.cijfers[id] for b in (self.oud, self.nieuw) if id in b.cijfers]
        data = self._changed(r for row in rows for r in row["herkomst"].split(" | "))
        if data:
            where = {**self.oud.places, **self.nieuw.places}
            return tuple(f"{where.get(r, r)} ({r}): {self.records[r]}" for r in sorted(data))
        return self.others() or ("onbekend",)

    def others(self) -> tuple[str, ...]:
        """Return what besides the data differs: settings and year, else code, else libraries."""
        old, new = self.oud.manifest, self.nieuw.manifest
        if old.get("jaar") != new.get("jaar"):
            return (f"ander verslagjaar ({old.get('jaar')} → {new.get('jaar')})",)
        settings = [f"params/{n}" for n in _differs(old.get("instellingen", {}), new.get("instellingen", {}))]
        settings += [f"{k} {old.get(k)} → {new.get(k)}" for k in ("gemeente", "kennis_tot") if old.get(k) != new.get(k)]
        if settings:
            return tuple(f"instelling {s}" for s in settings)
        if old.get("code") != new.get("code"):
            return ("code",)
        a, b = old.get("versies", {}), new.get("versies", {})
        return tuple(f"bibliotheek {n} {a.get(n, '–')} → {b.get(n, '–')}" for n in _differs(a, b))

    @cached_property
    def cijfers(self) -> list[Verschil]:
        """Return every number that is not the same, sorted by id."""
        found = cijfers.compare(self.oud.cijfers, self.nieuw.cijfers)
        out = []
        for soort in ("anders", "nieuw", "weg"):
            for id in found[soort]:
                old, new = self.oud.cijfers.get(id, {}), self.nieuw.cijfers.get(id, {})
                out.append(Verschil(id, soort, _shown(old), _shown(new), (new or old)["definitie"], self.causes(id)))
        return sorted(out, key=lambda v: v.id)

    def text(self) -> str:
        """Return the whole comparison as text: a summary, then a line per number."""
        head = cijfers.sentence(cijfers.compare(self.oud.cijfers, self.nieuw.cijfers)) + "."
        return "\n".join([head, *(v.text() for v in self.cijfers)]) + "\n"


def blocks(folder: Path) -> dict[str, Any]:
    """Return the content of every table and figure of a build's documents, by document and id."""
    out = {}
    for path in sorted(folder.glob("*.json")):
        for h in json.loads(path.read_text("utf-8")).get("hoofdstukken", ()):
            for blok in h["blokken"]:
                if blok["soort"] in ("tabel", "figuur"):
                    out[f"{path.stem}#{blok['id']}"] = blok.get("tabel") or [blok["koppen"], blok["rijen"]]
    return out


def _shown(row: Mapping[str, str]) -> str:
    return row.get("getoond", "").partition(" | ")[0]


def _differs(a: Mapping[str, Any], b: Mapping[str, Any]) -> list[str]:
    return sorted(k for k in a.keys() | b.keys() if a.get(k) != b.get(k))
