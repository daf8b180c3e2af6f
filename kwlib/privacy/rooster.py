"""The lattice: every count of people that any output may print, with all its margins, and how the counts hang together."""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

MENSEN = frozenset({"unieke_personen", "deelnames", "gezinnen", "huishoudens", "kinderen"})
STAPPEN = ("aangemeld", "gestart", "bezig", "afgerond", "vervolg")
# The areas in which people can be recognised, and where all of them are together.
FIJN, SAMEN = ("krachtwijk", "buurt", "wijk"), "krachtwijken_samen"
# What a total is called: all projects, all themas, all wijken.
ALLES, ONBEKEND = "*", "onbekend"


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
    geheel and groep (the row of its known group, -1 when none, and the share of it that is too large), toon (may be
    printed), gewicht (cost of hiding), blok (what is shown or hidden together), blad (the table it stands in), tabel,
    jaar, stap, telbasis, thema_id, project_id, wijk_id, afronding, minstens, herkomst, van and tot (what earlier
    editions told). `sommen`: total = sum of parts. `paren`: the first is never more than the second.
    """

    cellen: pd.DataFrame
    sommen: tuple[tuple[int, tuple[int, ...]], ...] = ()
    paren: tuple[tuple[int, int], ...] = ()
    onbekend: tuple[Mapping[str, Any], ...] = ()

    def coarser(self, niveaus: Mapping[str, int]) -> Rooster:
        """Return the lattice with less to print per sheet: 1 wijken together, 2 projects per thema, 3 the total."""
        c = self.cellen
        niveau = c["blad"].map(niveaus).fillna(0)
        fijn = (c["wijk_id"] != ALLES) & (niveau >= 1)
        fijn |= (c["project_id"] != ALLES) & (niveau >= 2) | (c["thema_id"] != ALLES) & (niveau >= 3)
        return dataclasses.replace(self, cellen=c.assign(toon=c["toon"] & ~fijn))


@dataclass
class Bouw:
    """A lattice being built: cells and relations are added, then it is closed."""

    gevraagd: frozenset[str] = frozenset()
    rijen: list[dict[str, Any]] = field(default_factory=list)
    sommen: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    paren: list[tuple[int, int]] = field(default_factory=list)
    onbekend: list[dict[str, Any]] = field(default_factory=list)

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
            **eigen,
        }
        self.rijen.append({"blok": cel, "blad": "", **rij})
        return len(self.rijen) - 1

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
            sterren = [r["project_id"], r["thema_id"], r["wijk_id"]].count(ALLES)
            asked = r["project_id"] in self.gevraagd
            # Small counts weigh as much as their threshold: what is hidden must not tell that it was small.
            r["gewicht"] = (1 + math.log1p(max(r["waarde"], r["drempel"]))) * 2**sterren * (3 if asked else 1)
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
    """Relate the counts of areas (one per area) as a reader can: what an area has more than its parts is a count too."""
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
        # A total may be shown per wijk as soon as it holds a part that may: then it says nothing of the other parts.
        fijn=all(r["fijn"] for r in rijen),
        toon=any(r["toon"] for r in rijen),
        minstens=len(bekend) < len(delen) or any(r["minstens"] for r in rijen),
        herkomst=tuple(sorted({h for r in rijen for h in r["herkomst"]})),
        **eigen,
    )
    bouw.som(totaal, bekend)
    return totaal


def hoofdthemas(project_thema: pd.DataFrame) -> dict[tuple[str, int], str]:
    """Return the one thema under which each project counts, per (project, year)."""
    frame = project_thema.assign(hoofd=project_thema["hoofd"].fillna(False).astype(bool))
    frame = frame.sort_values(["hoofd", "thema_id"], ascending=[False, True]).drop_duplicates(["project_id", "jaar"])
    alone = ~project_thema.duplicated(["project_id", "jaar"], keep=False)
    frame = frame[frame["hoofd"] | alone.reindex(frame.index)]
    return {(r.project_id, r.jaar): r.thema_id for r in frame.itertuples()}


def deelnemers(bouw: Bouw, store: Any, regels: Mapping[str, Klasse]) -> None:
    """Add the participants: per year, step and unit a table of project x wijk with every margin, steps linked.

    A project counts under its main thema. With two krachtwijken, sensitive projects are shown for both together only.
    """
    rol = dict(zip(store.wijken["wijk_id"], store.wijken["rol"], strict=True))
    krachtwijken = list(rol.values()).count("krachtwijk")
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
            klein_gebied = rol[r.wijk_id] in FIJN and krachtwijken > 1
            fijn = klein_gebied and not klasse.per_wijk
            toon = not (fijn or klein_gebied and krachtwijken == 2 and klasse.gevoelig)
            if pd.isna(r.aantal):
                bouw.onbekend.append({"cel": cel, "reden": r.reden_ontbreekt, **vast, **sleutel})
                per[thema, r.project_id][r.wijk_id] = None
                continue
            n = bouw.cel(cel, r.aantal, klasse, fijn=fijn, toon=toon, **vast, **sleutel)
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
