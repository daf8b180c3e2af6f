"""The lattice: every count of people that any output may print, with all margins, and how counts hang together."""

from __future__ import annotations

import dataclasses
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

MENSEN = frozenset({"unieke_personen", "deelnames", "gezinnen", "huishoudens", "kinderen"})
# The areas in which people can be recognised, and where all of them are together.
FIJN, SAMEN = ("krachtwijk", "buurt", "wijk"), "krachtwijken_samen"
# What a total is called: all projects, all themas, all wijken.
ALLES = "*"
# How far a sheet that would lose too much is reduced: step by step to its total, then rounded, then nothing.
TOTAAL, AFGEROND, NIETS = 3, 4, 5


@dataclass(frozen=True)
class Klasse:
    """A class of sensitivity: what may be shown of it, and how much a reader must be left guessing."""

    drempel: int
    afronding: int = 1
    per_wijk: bool = True
    groep: float = 1.0
    nul: bool = True
    gevoelig: bool = False


def klassen(params: Mapping[str, Mapping[str, Any]]) -> dict[str, Klasse]:
    """Return the classes of the params, by name, from the least to the most sensitive."""
    return {
        naam: Klasse(int(r["drempel"]), int(r["afronding"]), r["gebied"] == "wijk", int(r["groep"]) / 100,
                     r["nul"] == "tonen", gevoelig=naam not in ("openbaar", "gewoon"))
        for naam, r in params.items()
    }  # fmt: skip


@dataclass(frozen=True)
class Rooster:
    """Counts and what a reader knows of them: one row of `cellen` per count, and its relations by position.

    Columns: cel (stable id), waarde, drempel, nul (a zero may be shown), fijn (its area is too fine for its class),
    geheel and groep (the row of its known group, -1 when none, and the share of it that is too large), mag (its class
    allows to print it), toon (is printed unless hidden), gewicht (cost of hiding), blok (what is shown or hidden
    together), blad (the table it stands in), tabel, jaar, stap, telbasis, thema_id, project_id, wijk_id, afronding,
    minstens, herkomst, afgerond (told as a multiple of this; 0: not), van and tot (what is known of it in another way;
    -1: no end). `sommen`: total = sum of parts. `paren`: the first is never more than the second.
    """

    cellen: pd.DataFrame
    sommen: tuple[tuple[int, tuple[int, ...]], ...] = ()
    paren: tuple[tuple[int, int], ...] = ()
    onbekend: tuple[Mapping[str, Any], ...] = ()

    def coarser(self, niveaus: Mapping[str, int]) -> Rooster:
        """Return the lattice with less to print per sheet: 1 wijken together, 2 per thema, 3 the total, 5 nothing."""
        c = self.cellen
        niveau = c["blad"].map(niveaus).fillna(0).replace(AFGEROND, 0)
        fijn = (c["wijk_id"] != ALLES) & (niveau >= 1) | (niveau >= NIETS)
        fijn |= (c["project_id"] != ALLES) & (niveau >= 2) | (c["thema_id"] != ALLES) & (niveau >= TOTAAL)
        return dataclasses.replace(self, cellen=c.assign(toon=c["toon"] & ~fijn))


def eisen(c: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return per cell the values, low and high, that a reader must keep thinking possible; NaN when it may be shown.

    Too small: from zero up to the threshold. Too fine an area or too large a part of a known group: that much lower.
    """
    x, t = c["waarde"].to_numpy(float), c["drempel"].to_numpy(float)
    geheel = np.where(c["geheel"] >= 0, x[c["geheel"]], np.inf) * c["groep"].to_numpy(float)
    klein = (x > 0) & (x < t) | (x == 0) & (t > 0) & ~c["nul"].to_numpy(bool)
    groep = x > geheel
    nodig = klein | groep | c["fijn"].to_numpy(bool)
    laag = np.where(groep & (x >= t), np.minimum(x - t, np.floor(geheel)), x - t)
    return np.where(nodig, np.maximum(laag, 0), np.nan), np.where(nodig, np.maximum(x, t), np.nan)


# What is true of a count unless said otherwise.
GEWOON = {"geheel": -1, "fijn": False, "toon": True, "jaar": 0, "minstens": False, "herkomst": (), "afgerond": 0}
GEWOON |= dict.fromkeys(("blad", "tabel", "stap", "telbasis", "thema_id", "project_id", "wijk_id"), "")


@dataclass
class Bouw:
    """A lattice being built: cells and relations are added, then it is closed."""

    krachtwijken: int = 0
    rijen: list[dict[str, Any]] = field(default_factory=list)
    sommen: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    paren: list[tuple[int, int]] = field(default_factory=list)
    onbekend: list[dict[str, Any]] = field(default_factory=list)
    van_project: dict[tuple, list[int]] = field(default_factory=lambda: defaultdict(list))

    def cel(self, cel: str, waarde: float, klasse: Klasse, **eigen: Any) -> int:
        """Add a count and return its position; what is not said of it has its plain value."""
        regels = {k: getattr(klasse, k) for k in ("drempel", "nul", "groep", "afronding")}
        rij = {"blok": cel, "cel": cel, "waarde": round(waarde), **regels, **GEWOON, **eigen}
        self.rijen.append(rij)
        if rij["tabel"] == "deelnemers":
            self.van_project[str(rij["jaar"]), rij["project_id"], rij["wijk_id"]].append(len(self.rijen) - 1)
        return len(self.rijen) - 1

    def gebied(self, klasse: Klasse, rol: str | None) -> dict[str, bool]:
        """Return whether a class may be told for an area with this role, and whether it is printed.

        With two krachtwijken one hidden count gives away the other: what is sensitive is shown for both together.
        """
        klein = rol in FIJN and self.krachtwijken > 1
        fijn = klein and not klasse.per_wijk
        return {"fijn": fijn, "toon": not (fijn or (klein and self.krachtwijken == 2 and klasse.gevoelig))}

    def som(self, totaal: int, delen: Sequence[int]) -> None:
        """Say that a reader knows the total to be the sum of the parts."""
        self.sommen.append((totaal, tuple(delen)))

    def paar(self, deel: int, geheel: int) -> None:
        """Say that a reader knows the first to be never more than the second; false pairs are no knowledge."""
        if self.rijen[deel]["waarde"] <= self.rijen[geheel]["waarde"]:
            self.paren.append((deel, geheel))

    def waarde(self, cel: int) -> int:
        """Return the count of a cell."""
        return self.rijen[cel]["waarde"]

    def close(self, eerder: Mapping[str, tuple[int, int]] | None = None) -> Rooster:
        """Return the lattice; `eerder` holds per cell the lowest and highest value that earlier editions left open."""
        eerder, aantal = eerder or {}, len(self.rijen)
        if not aantal:  # a new municipality has no counts, but every column with its type
            self.cel("", 0, Klasse(0))
        for r in self.rijen:
            low, high = eerder.get(r["cel"], (0, -1))
            # A count that was corrected since is another count: the old one tells nothing certain about it.
            known = low <= r["waarde"] <= high
            r["van"], r["tot"] = (low, high) if known else (0, -1)
            r["mag"] = r["toon"]
            sterren = [r["project_id"], r["thema_id"], r["wijk_id"]].count(ALLES)
            # Small counts weigh as much as their threshold: what is hidden must not tell that it was small.
            r["gewicht"] = (1 + math.log1p(max(r["waarde"], r["drempel"]))) * 2**sterren
        relaties = map(tuple, (self.sommen, self.paren, self.onbekend))
        return Rooster(pd.DataFrame(self.rijen).head(aantal), *relaties)


def verdelingen(wijken: pd.DataFrame) -> list[tuple[str, tuple[str, ...]]]:
    """Return which areas a reader may take together: an area and areas within it that do not overlap."""
    rol = dict(zip(wijken["wijk_id"], wijken["rol"], strict=True))
    binnen = defaultdict(list)
    for wijk, geheel in zip(wijken["wijk_id"], wijken["deel_van"], strict=True):
        if not pd.isna(geheel):
            binnen[geheel].append(wijk)
    out = [(w, tuple(k for k in rol if rol[k] == "krachtwijk")) for w in rol if rol[w] == SAMEN]
    for rollen in (("krachtwijk", "rest_van_stad"), (SAMEN, "rest_van_stad"), ("wijk",), ("buurt",)):
        out += [(geheel, tuple(d for d in delen if rol[d] in rollen)) for geheel, delen in binnen.items()]
    return [(geheel, delen) for geheel, delen in out if delen]


def verdeel(bouw: Bouw, cellen: Mapping[str, int], wijken: pd.DataFrame, klasse: Klasse) -> None:
    """Relate the counts of areas (one per area) as a reader can: what an area has besides its parts is a count."""
    for geheel, delen in verdelingen(wijken):
        bekend = [cellen[d] for d in delen if d in cellen]
        if geheel not in cellen or not bekend:
            continue
        totaal = cellen[geheel]
        rest = bouw.waarde(totaal) - sum(map(bouw.waarde, bekend))
        if rest > 0:
            naam = f"{bouw.rijen[totaal]['cel']} zonder {' '.join(delen)}"
            bekend.append(bouw.cel(naam, rest, klasse, toon=False))
        if rest >= 0:
            bouw.som(totaal, bekend)
