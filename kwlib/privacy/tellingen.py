"""Which counts of people there are: participants with all their margins, measurements, and how they hang together."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from kwlib.privacy.rooster import ALLES, MENSEN, SAMEN, Bouw, Klasse, verdeel, verdelingen

STAPPEN = ("aangemeld", "gestart", "bezig", "afgerond", "vervolg")
ONBEKEND = "onbekend"
# What we want is no count of people.
PLANNEN = ("streefwaarde", "tussendoel")
# What is not people: it may always be shown.
DINGEN = Klasse(0)


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
    klasse = Klasse(max(r["drempel"] for r in rijen), max(r["afronding"] for r in rijen),
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
                bouw.onbekend.append({"cel": cel, **vast, **sleutel})
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
            verdeel(bouw, bekend, wijken, Klasse(max(bouw.rijen[n]["drempel"] for n in bekend.values())))
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
