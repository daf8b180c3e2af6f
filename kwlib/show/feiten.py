"""Numbers that know where they come from: facts, and the single values taken out of them."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

EENHEDEN = {"_aantal": "aantal", "_eur": "euro", "_pct": "procent", "_jaar": "jaar", "_woorden": "woorden"}


def anker(id: str) -> str:
    """Return where a number is explained: short, and the same in every document and every year."""
    return "c" + hashlib.sha256(id.encode()).hexdigest()[:7]


@dataclass(frozen=True)
class Cijfer:
    """One value of one fact: what it is, what it counts and which records it was made from."""

    waarde: float | int | None
    id: str
    eenheid: str
    definitie: str
    herkomst: tuple[str, ...] = ()
    soort: str = "exact"
    waarde_tot: float | None = None
    telwijze: str | None = None
    decimalen: int | None = None
    reden: str | None = None

    @property
    def ontbreekt(self) -> bool:
        return self.waarde is None

    def register(self) -> dict[str, Any]:
        """Return the entry of this number in the register; its record ids are one text, as in cijfers.csv."""
        feit, rij, kolom = self.id.split("/", 1)[0], *self.id.split("/", 1)[1].rsplit("/", 1)
        return {
            "anker": anker(self.id),
            "feit": feit,
            "rij": rij,
            "kolom": kolom,
            "waarde": self.waarde,
            "waarde_tot": self.waarde_tot,
            "eenheid": self.eenheid,
            "waarde_soort": self.soort,
            "telwijze": self.telwijze,
            "definitie": self.definitie,
            "herkomst": " | ".join(self.herkomst),
            "reden": self.reden,
        }


def once(function: Callable[..., pd.DataFrame]) -> Callable[..., pd.DataFrame]:
    """Remember the frame that `function(d, ...)` made in `d.memo`, when the data has one; callers get a copy."""

    @functools.wraps(function)
    def remembered(d, *args: Any) -> pd.DataFrame:
        memo = getattr(d, "memo", {})
        key = (function.__module__, function.__name__, *args)
        if key not in memo:
            memo[key] = function(d, *args)
        return memo[key].copy(deep=False)

    return remembered


def feit(*sleutel: str, telwijze: str | None = None, **definities: str) -> Callable:
    """Turn a function `d -> frame` into a fact whose values can be traced.

    The frame has the key columns `sleutel` (unique together; none for a fact of one row), a column `herkomst` with
    the record ids behind each row (`<kolom>__herkomst` where a column has its own), and one number column for each
    of `definities`: column name → what it counts, in plain Dutch. The end of the name is its unit (`_aantal`,
    `_eur`, `_pct`); a column `waarde` stands beside a column `eenheid`.
    """

    def wrap(function: Callable[..., pd.DataFrame]) -> Callable[..., pd.DataFrame]:
        naam = f"{function.__module__.rsplit('.', 1)[-1]}.{function.__name__}"

        @once
        @functools.wraps(function)
        def fact(d, *args: Any) -> pd.DataFrame:
            frame = function(d, *args).reset_index(drop=True)
            if frame.empty:
                frame = frame.reindex(columns=list(dict.fromkeys([*frame.columns, *sleutel, *definities, "herkomst"])))
            missing = {*sleutel, "herkomst", *definities} - set(frame.columns)
            if missing:
                raise TypeError(f"{naam}: the frame lacks {sorted(missing)}")
            if sleutel and frame.duplicated(list(sleutel)).any():
                raise TypeError(f"{naam}: {sleutel} is not unique")
            if not sleutel and len(frame) != 1:
                raise TypeError(f"{naam}: a fact without a key has one row, not {len(frame)}")
            frame.attrs["feit"] = {"naam": naam, "sleutel": sleutel, "definities": definities, "telwijze": telwijze}
            return frame

        fact.feit = {"naam": naam, "sleutel": sleutel, "definities": definities, "telwijze": telwijze}
        return fact

    return wrap


@dataclass(frozen=True)
class Rij:
    """One row of a fact; columns are attributes, `cijfer` makes a traceable number of one."""

    waarden: dict[str, Any]
    feit: dict[str, Any]

    def __getattr__(self, kolom: str) -> Any:
        try:
            value = self.waarden[kolom]
        except KeyError:
            raise AttributeError(kolom) from None
        return value if isinstance(value, tuple | list) or not pd.isna(value) else None

    def cijfer(self, kolom: str) -> Cijfer:
        """Return the number in `kolom` with its unit, definition, records and sources."""
        sleutel = ",".join(str(self.waarden[k]) for k in self.feit["sleutel"]) or "alle"
        waarde, get = self.waarden[kolom], self.waarden.get
        missing = pd.isna(waarde)
        tot = get(f"{kolom}_tot")
        return Cijfer(
            waarde=None if missing else int(waarde) if float(waarde).is_integer() else float(waarde),
            waarde_tot=None if tot is None or pd.isna(tot) else float(tot),
            id=f"{self.feit['naam']}/{sleutel}/{kolom}",
            eenheid=self._unit(kolom),
            definitie=self.feit["definities"][kolom],
            herkomst=tuple(get(f"{kolom}__herkomst", get("herkomst"))),
            soort=_or(get(f"{kolom}_soort", get("waarde_soort")), "exact"),
            telwijze=self.feit["telwijze"],
            decimalen=_or(get("decimalen"), None) if not kolom.endswith(tuple(EENHEDEN)) else None,
            reden=_or(get(f"{kolom}_reden", get("reden_ontbreekt")), None) if missing else None,
        )

    def _unit(self, kolom: str) -> str:
        for ending, unit in EENHEDEN.items():
            if kolom.endswith(ending):
                return unit
        return str(self.waarden["eenheid"])


def _or(value: Any, default: Any) -> Any:
    return default if value is None or pd.isna(value) else value


def rijen(frame: pd.DataFrame) -> Iterator[Rij]:
    """Yield the rows of a fact, in order."""
    if "feit" not in frame.attrs:
        raise TypeError("This frame is not a fact: its rows cannot be traced.")
    for values in frame.to_dict("records"):
        yield Rij(values, frame.attrs["feit"])


def rij(frame: pd.DataFrame, **sleutel: Any) -> Rij:
    """Return the one row of a fact with these key values; raise KeyError when there is none or more than one."""
    found = [r for r in rijen(frame) if all(r.waarden[k] == v for k, v in sleutel.items())]
    if len(found) != 1:
        raise KeyError(f"{frame.attrs['feit']['naam']}: {len(found)} rows with {sleutel}")
    return found[0]


def cijfer(frame: pd.DataFrame, kolom: str, **sleutel: Any) -> Cijfer:
    """Return one number of a fact, by its key and column."""
    return rij(frame, **sleutel).cijfer(kolom)
