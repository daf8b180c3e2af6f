"""Which goals a year has, and how well each is founded: the highest step reached by what is known of it."""

from __future__ import annotations

import pandas as pd

from kwlib.show.feiten import once
from kwlib.topics import gemeten, kern

TREDEN = {
    "niets": "er is niets over bekend",
    "verteld": "er is een verhaal met bron en datum, geen cijfer",
    "geteld": "er is een cijfer met eenheid, periode en bron",
    "vergeleken": "er is ook een beginwaarde of een doelwaarde",
    "getoetst": "er is een begin, een stand en een doel, met een duidelijke definitie en goede kwaliteit",
}
NIVEAUS = tuple(TREDEN)
KOLOMMEN = {f"{naam}_aantal": f"Doelen op de trede '{naam}': {uitleg}." for naam, uitleg in TREDEN.items()}


def _niveau(bewijzen: list, indicatoren: list, metingen: dict[str, list], jaar: int) -> tuple[int, tuple[str, ...]]:
    """Return the level 0-4 of a goal in a year by its best indicator, and the records looked at (domain model: o(d)).

    `metingen` holds the measurements by indicator. What was measured after the year does not count.
    """
    best, records = min(len(bewijzen), 1), [b.herkomst for b in bewijzen]
    for i in indicatoren:
        alle = metingen.get(i.indicator_id, [])
        known = [m for m in alle if gemeten.bekend(m)]
        stand = [m for m in known if m.rol in gemeten.ROLLEN["stand"] and m.periode_eind.year <= jaar]
        records += [i.herkomst, *(m.herkomst for m in alle)]
        if not stand:
            continue
        begin, doel = (any(m.rol == rol for m in known) for rol in ("nulmeting", "streefwaarde"))
        good = any(m.kwaliteit in ("A", "B", "C") for m in stand if pd.notna(m.kwaliteit)) and pd.notna(i.definitie)
        best = max(best, 4 if begin and doel and good else 3 if begin or doel else 2)
    looked_for_more = [("bewijzen", "indicatoren", "metingen")] if best < len(NIVEAUS) - 1 else []
    return best, kern.verenig([*records, *looked_for_more], "doelen")


@once
def van_jaar(d, jaar: int | None = None) -> pd.DataFrame:
    """Return one row per goal that holds in a year, the widest first; that of a project only when that is of the year.

    A goal with a thema of other years has the main thema of its project, for its card stands there.
    """
    doelen, projecten = kern.doelen(d, jaar), kern.projecten(d, jaar).set_index("project_id")
    doelen = doelen[doelen["project_id"].isna() | doelen["project_id"].isin(projecten.index)]
    hoofd, themas = doelen["project_id"].map(projecten["hoofdthema"]), kern.themas(d, jaar)["thema_id"]
    anders = ~doelen["thema_id"].isin(themas) & hoofd.isin(themas)
    bij = {True: kern.met(projecten, "thema")["herkomst"], False: projecten["herkomst"]}
    orde = {niveau: n for n, niveau in enumerate(kern.labels(d, "doelen", "niveau"))}
    doelen = doelen.assign(
        thema_id=doelen["thema_id"].mask(anders, hoofd),
        herkomst=[
            h if pd.isna(p) else kern.verenig([h, bij[a][p]], "")
            for h, p, a in zip(doelen["herkomst"], doelen["project_id"], anders, strict=True)
        ],
    )
    return doelen.sort_values("niveau", key=lambda niveau: niveau.map(orde), kind="stable")


@once
def tellende_doelen(d, jaar: int | None = None) -> pd.DataFrame:
    """Return one row per projectdoel that holds in a year, of a project that has started: thema, wijk and level."""
    projecten = kern.projecten(d, jaar)
    started = projecten[projecten["fase"].isin(kern.UITGEVOERD)].set_index("project_id")
    doelen = kern.doelen(d, jaar)
    doelen = doelen[(doelen["niveau"] == "projectdoel") & doelen["project_id"].isin(started.index)]
    bewijzen, indicatoren = kern.per(d.bewijzen, "doel_id"), kern.per(d.indicatoren, "doel_id")
    metingen = kern.per(d.metingen, "indicator_id")
    levels = [
        _niveau(bewijzen.get(id, []), indicatoren.get(id, []), metingen, jaar or d.jaar) for id in doelen["doel_id"]
    ]
    projects = kern.met(started.reset_index(), "thema").set_index("project_id")["herkomst"]
    return doelen.assign(
        wijk_ids=doelen["project_id"].map(started["wijk_ids"]),
        niveau_getal=[level for level, _ in levels],
        hoofdthema=doelen["project_id"].map(started["hoofdthema"]),
        project=doelen["project_id"].map(started["naam"]),
        herkomst=[
            kern.verenig([h, records, projects[p]], "doelen")
            for h, (_, records), p in zip(doelen["herkomst"], levels, doelen["project_id"], strict=True)
        ],
    )


def tel(frame: pd.DataFrame) -> dict:
    """Return, for one row of a fact, how many of these goals there are, in all and on each step."""
    delen = {f"{naam}_aantal": frame[frame["niveau_getal"] == n] for n, naam in enumerate(NIVEAUS)}
    return kern.tel_kolommen(delen | {"doelen_aantal": frame}, "doelen")


def reden(d, doel_id: str) -> str:
    """Return why a goal has no number: what its measurements say most, else what is not there."""
    indicatoren = d.indicatoren.loc[d.indicatoren["doel_id"] == doel_id, "indicator_id"]
    stand = d.metingen["rol"].isin(gemeten.ROLLEN["stand"]) & d.metingen["indicator_id"].isin(indicatoren)
    redenen = d.metingen.loc[stand, "reden_ontbreekt"].dropna()
    return redenen.mode().iat[0] if len(redenen) else "registratie_ontbreekt" if len(indicatoren) else "geen_indicator"
