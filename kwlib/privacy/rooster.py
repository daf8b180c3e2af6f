"""The lattice: every count of people that any output may print, with all margins, and how counts hang together."""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

MENSEN = frozenset({"unieke_personen", "deelnames", "gezinnen", "huishoudens", "kinderen"})
STAPPEN = ("aangemeld", "gestart", "bezig", "afgerond", "vervolg")
# The areas in which people can be recognised, and where all of them are together.
FIJN, SAMEN = ("krachtwijk", "buurt", "wijk"), "krachtwijken_samen"
# What we want is no count of people.
PLANNEN = ("streefwaarde", "tussendoel")
# What a total is called: all projects, all themas, all wijken.
ALLES, ONBEKEND = "*", "onbekend"
# How far a sheet that would lose too much is reduced: step by step to its total, then rounded, then nothing.
TOTAAL, AFGEROND, NIETS = 3, 4, 5


@dataclass(frozen=True)
class Klasse:
    """A class of sensitivity: what may be shown of it, and how much a reader must be left guessing."""

    naam: str
    drempel: int
    afronding: int = 1
    per_wijk: bool = True
    groep: float = 1.0
    nul: bool = True
    gevoelig: bool = False


# What is not people: it may always be shown.
DINGEN = Klasse("dingen", 0)


def klassen(params: Mapping[str, Mapping[str, Any]]) -> dict[str, Klasse]:
    """Return the classes of the params, by name, from the least to the most sensitive."""
    return {
        naam: Klasse(
            naam,
            int(r["drempel"]),
            int(r["afronding"]),
            r["gebied"] == "wijk",
            int(r["groep"]) / 100,
            r["nul"] == "tonen",
            gevoelig=naam not in ("openbaar", "gewoon"),
        )
        for naam, r in params.items()
    }


@dataclass(frozen=True)
class Rooster:
    """Counts and what a reader knows of them: one row of `cellen` per count, and its relations by position.

    Columns: cel (stable id), waarde, drempel, nul (a zero may be shown), fijn (its area is too fine for its class),
    geheel and groep (the row of its known group, -1 when none, and the share of it that is too large), mag (its class
    allows to print it), toon (is printed unless hidden), gewicht (cost of hiding), blok (what is shown or hidden
    together), blad (the table it stands in), tabel, jaar, stap, telbasis, thema_id, project_id, wijk_id, afronding,
    minstens, herkomst, afgerond (told as a multiple of its threshold), van and tot (what is known of it in another way;
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
    nodig = (klein | groep | c["fijn"].to_numpy(bool)) & ~c["afgerond"].to_numpy(bool)
    laag = np.where(groep & (x >= t), np.minimum(x - t, np.floor(geheel)), x - t)
    return np.where(nodig, np.maximum(laag, 0), np.nan), np.where(nodig, np.maximum(x, t), np.nan)


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
        rij = {
            "cel": cel,
            "waarde": round(waarde),
            "drempel": klasse.drempel,
            "nul": klasse.nul,
            "groep": klasse.groep,
            "afronding": klasse.afronding,
            "geheel": -1,
            "fijn": False,
            "toon": True,
            "tabel": "",
            "jaar": 0,
            "stap": "",
            "telbasis": "",
            "thema_id": "",
            "project_id": "",
            "wijk_id": "",
            "minstens": False,
            "herkomst": (),
            "afgerond": False,
            **eigen,
        }
        self.rijen.append({"blok": cel, "blad": "", **rij})
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
        eerder = eerder or {}
        for r in self.rijen:
            low, high = eerder.get(r["cel"], (0, -1))
            # A count that was corrected since is another count: the old one tells nothing certain about it.
            known = low <= r["waarde"] <= high
            r["van"], r["tot"] = (low, high) if known else (0, -1)
            r["mag"] = r["toon"]
            sterren = [r["project_id"], r["thema_id"], r["wijk_id"]].count(ALLES)
            # Small counts weigh as much as their threshold: what is hidden must not tell that it was small.
            r["gewicht"] = (1 + math.log1p(max(r["waarde"], r["drempel"]))) * 2**sterren
        return Rooster(pd.DataFrame(self.rijen), tuple(self.sommen), tuple(self.paren), tuple(self.onbekend))


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


def _marge(bouw: Bouw, delen: Iterable[int | None], cel: str, **eigen: Any) -> int | None:
    """Add the total of cells and return its position; None when none of them is known.

    An unknown part is not zero: the total of the others is then a lower bound ('minstens'), and a reader cannot
    subtract what is not in it.
    """
    delen = list(delen)
    bekend = [d for d in delen if d is not None]
    if not bekend:
        bouw.onbekend.append({"cel": cel, **eigen})
        return None
    rijen = [bouw.rijen[d] for d in bekend]
    klasse = Klasse("", max(r["drempel"] for r in rijen), max(r["afronding"] for r in rijen),
                    nul=all(r["nul"] for r in rijen))  # fmt: skip
    totaal = bouw.cel(
        cel,
        sum(r["waarde"] for r in rijen),
        klasse,
        # All wijken together may always be told; a total per wijk as soon as it holds a part that may.
        fijn=eigen["wijk_id"] != ALLES and all(r["fijn"] for r in rijen),
        toon=eigen["wijk_id"] == ALLES or any(r["toon"] for r in rijen),
        minstens=len(bekend) < len(delen) or any(r["minstens"] for r in rijen),
        herkomst=tuple(sorted({h for r in rijen for h in r["herkomst"]})),
        **eigen,
    )
    bouw.som(totaal, bekend)
    return totaal


def metingen(bouw: Bouw, store: Any, regels: Mapping[str, Klasse]) -> None:
    """Add the measurements of people: a count, or what a percentage rests on, related over the areas.

    One that equals a count of participants of its project in that year and area is the same number.
    """
    rol = dict(zip(store.wijken["wijk_id"], store.wijken["rol"], strict=True))
    project_van = dict(zip(store.doelen["doel_id"], store.doelen["project_id"], strict=True))
    soort = {
        r.indicator_id: (regels[r.gevoeligheid], r.telbasis, project_van.get(r.doel_id))
        for r in store.indicatoren.itertuples()
    }
    delen: dict[tuple, dict[str, int]] = defaultdict(dict)
    for r in store.metingen[~store.metingen["rol"].isin(PLANNEN)].itertuples():
        klasse, telbasis, project = soort[r.indicator_id]
        eigen = {"blok": r.meting_id, "blad": r.meting_id, "tabel": "metingen", "wijk_id": r.wijk_id}
        eigen |= bouw.gebied(klasse, rol.get(r.wijk_id)) | {"herkomst": r.herkomst}
        if pd.notna(r.teller) and pd.notna(r.noemer) and r.teller <= r.noemer:
            tellen = {"noemer": r.noemer, "teller": r.teller, "rest": r.noemer - r.teller}
            n = {k: bouw.cel(f"metingen/{r.meting_id}/{k}", v, klasse, **eigen) for k, v in tellen.items()}
            bouw.rijen[n["teller"]]["geheel"] = n["noemer"]
            bouw.som(n["noemer"], [n["teller"], n["rest"]])
        elif telbasis in MENSEN and pd.notna(r.waarde):
            n = {"waarde": bouw.cel(f"metingen/{r.meting_id}/waarde", r.waarde, klasse, **eigen)}
        else:
            continue
        for k, cel in n.items():
            sleutel = r.indicator_id, r.rol, str(r.periode_start), str(r.periode_eind), k
            delen[sleutel].setdefault(r.wijk_id, cel)
            wijk = ALLES if rol.get(r.wijk_id) == SAMEN else r.wijk_id
            # The same people, told in two places, are one number to a reader.
            for deelnemer in bouw.van_project.get((str(r.periode_eind)[:4], project, wijk), ()):
                if bouw.waarde(deelnemer) == bouw.waarde(cel):
                    bouw.som(cel, [deelnemer])
    for (indicator, *_), cellen in delen.items():
        verdeel(bouw, cellen, store.wijken, soort[indicator][0])


def hoofdthemas(project_thema: pd.DataFrame) -> dict[tuple[str, int], str]:
    """Return the one thema under which each project counts, per (project, year)."""
    frame = project_thema.assign(hoofd=project_thema["hoofd"].fillna(False).astype(bool))
    frame = frame.sort_values(["hoofd", "thema_id"], ascending=[False, True]).drop_duplicates(["project_id", "jaar"])
    alone = ~project_thema.duplicated(["project_id", "jaar"], keep=False)
    frame = frame[frame["hoofd"] | alone.reindex(frame.index)]
    return {(r.project_id, r.jaar): r.thema_id for r in frame.itertuples()}


def deelnemers(bouw: Bouw, store: Any, regels: Mapping[str, Klasse]) -> None:
    """Add the participants: per year, step and unit a table of project x wijk with every margin, steps linked.

    A project counts under its main thema.
    """
    rol = dict(zip(store.wijken["wijk_id"], store.wijken["rol"], strict=True))
    klasse_van = dict(zip(store.projecten["project_id"], store.projecten["gevoeligheid"].map(regels), strict=True))
    thema_van = hoofdthemas(store.project_thema)
    stappen: dict[tuple, dict[str, int]] = defaultdict(dict)
    for (jaar, stap, telbasis), blad in store.deelnemers.groupby(["jaar", "stap", "telbasis"]):
        naam = f"deelnemers/{jaar}/{stap}/{telbasis}"
        vast = {"tabel": "deelnemers", "blad": naam, "jaar": jaar, "stap": stap, "telbasis": telbasis}
        per: dict[tuple[str, str], dict[str, int | None]] = defaultdict(dict)
        for r in blad.itertuples():
            klasse = klasse_van[r.project_id] if telbasis in MENSEN else DINGEN
            thema = thema_van.get((r.project_id, jaar), ONBEKEND)
            sleutel = {"thema_id": thema, "project_id": r.project_id, "wijk_id": r.wijk_id, "herkomst": r.herkomst}
            cel = f"{naam}/{r.project_id}/{r.wijk_id}"
            sleutel |= bouw.gebied(klasse, rol.get(r.wijk_id))
            if pd.isna(r.aantal):
                bouw.onbekend.append({"cel": cel, "reden": r.reden_ontbreekt, **vast, **sleutel})
                per[thema, r.project_id][r.wijk_id] = None
                continue
            n = bouw.cel(cel, r.aantal, klasse, **vast, **sleutel)
            per[thema, r.project_id][r.wijk_id] = n
            stappen[jaar, telbasis, r.project_id, r.wijk_id][stap] = n
        _marges(bouw, per, vast, store.wijken)
    for cellen in stappen.values():
        keten = [cellen[s] for s in STAPPEN if s in cellen]
        for eerder, later in itertools.pairwise(keten):
            bouw.paar(later, eerder)


def _marges(bouw: Bouw, per: Mapping[tuple[str, str], Mapping[str, int | None]], vast: dict, wijken: pd.DataFrame):
    """Add the margins of one table: per project, per thema and in all; per wijk and together."""
    naam = vast["blad"]
    omvat = {(d, g) for g, delen in verdelingen(wijken) for d in delen}
    themas: dict[str, dict[str, list]] = defaultdict(lambda: defaultdict(list))
    for (thema, project), cellen in per.items():
        bekend = {w: n for w, n in cellen.items() if n is not None}
        if bekend:
            verdeel(bouw, bekend, wijken, Klasse("", max(bouw.rijen[n]["drempel"] for n in bekend.values())))
        # An area that lies in another one that was also counted would count twice.
        los = [n for w, n in cellen.items() if not any((w, g) in omvat for g in cellen)]
        sleutel = {"thema_id": thema, "project_id": project, "wijk_id": ALLES}
        themas[thema][ALLES].append(_marge(bouw, los, f"{naam}/{project}/{ALLES}", **vast, **sleutel))
        for wijk, n in cellen.items():
            themas[thema][wijk].append(n)
    totalen: dict[str, list] = defaultdict(list)
    for thema, kolommen in themas.items():
        for wijk, delen in kolommen.items():
            sleutel = {"thema_id": thema, "project_id": ALLES, "wijk_id": wijk}
            totalen[wijk].append(_marge(bouw, delen, f"{naam}/thema:{thema}/{wijk}", **vast, **sleutel))
        _over_wijken(bouw, {w: totalen[w][-1] for w in kolommen})
    einde = {}
    for wijk, delen in totalen.items():
        sleutel = {"thema_id": ALLES, "project_id": ALLES, "wijk_id": wijk}
        einde[wijk] = _marge(bouw, delen, f"{naam}/{ALLES}/{wijk}", **vast, **sleutel)
    _over_wijken(bouw, einde)


def _over_wijken(bouw: Bouw, totalen: Mapping[str, int | None]) -> None:
    """Say that totals per wijk add up to the total, when they do: it follows from the rest, and speeds the search."""
    delen = [n for w, n in totalen.items() if w != ALLES and n is not None]
    totaal = totalen[ALLES]
    if totaal is not None and bouw.waarde(totaal) == sum(map(bouw.waarde, delen)):
        bouw.som(totaal, delen)
