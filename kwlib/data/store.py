"""The store: the data of one municipality as one edition may see it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import pandas as pd

from kwlib.data.problems import Problem
from kwlib.data.schema import Schema
from kwlib.data.versions import BRON, newest, visible


@dataclass(frozen=True, eq=False, repr=False)
class Store:
    """All tables of an edition; `store.projecten` is the frame of `projecten.csv`.

    `frames` holds what may be shown, `everything` all rows that were read (for another date), `superseded` the
    visible rows that a later source replaced. `memo` lets facts be computed once per store.
    """

    schema: Schema
    frames: Mapping[str, pd.DataFrame]
    gemeente: str
    jaar: int
    kennis_tot: dt.date
    peildatum: dt.date
    params: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    superseded: pd.DataFrame = field(default_factory=pd.DataFrame)
    everything: Mapping[str, pd.DataFrame] | None = None
    memo: dict = field(default_factory=dict, repr=False)

    def __repr__(self) -> str:
        tables = ", ".join(f"{name} ({len(frame)})" for name, frame in self.frames.items())
        return f"<{self.gemeente} {self.jaar}, bekend op {self.kennis_tot}: {tables}>"

    def __getattr__(self, name: str) -> pd.DataFrame:
        frames = self.__dict__.get("frames", {})
        if name in frames:
            return frames[name]
        raise AttributeError(f"The store has no table or attribute '{name}'.")

    def known_at(self, day: dt.date) -> Store:
        """Return the store as known on the day: later sources gone with all that refers to them, one version each."""
        everything = self.everything if self.everything is not None else self.frames
        frames, superseded = newest(visible(everything, self.schema, day), self.schema)
        return dataclasses.replace(
            self,
            frames=MappingProxyType(frames),
            superseded=superseded,
            everything=everything,
            kennis_tot=day,
            memo={},
        )

    def replace(self, **frames: pd.DataFrame) -> Store:
        """Return the store with other frames for the named tables; the rows as read are no longer reachable."""
        unknown = set(frames) - set(self.frames)
        if unknown:
            raise KeyError(f"The store has no table {sorted(unknown)}.")
        merged = MappingProxyType({**self.frames, **frames})
        return dataclasses.replace(self, frames=merged, everything=None, memo={})

    def labels(self, table: str, column: str) -> dict[str, str]:
        """Return the codes of a column with their Dutch labels, in the order of the schema."""
        return dict(self.schema[table].field(column).codes)

    def records(self) -> dict[str, dict[str, Any]]:
        """Return what a number may name, by id: file, row and source of a record; a table or `params` as a whole."""
        out: dict[str, dict[str, Any]] = {"params": {"bestand": "params", "rij": None, "bron": ""}}
        for table in self.schema:
            out[table.file.removesuffix(".csv")] = {"bestand": table.file, "rij": None, "bron": ""}
            frame, old = self.frames[table.name], self.superseded
            for part in (frame, old[old["tabel"] == table.name]) if len(old) else (frame,):
                for (record,), rij, bron in zip(part["herkomst"], part["rij"], part[BRON], strict=True):
                    bron = "" if pd.isna(bron) else bron
                    out[record] = {"bestand": table.file, "rij": int(rij), "bron": bron}
        return out
