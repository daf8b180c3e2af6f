"""How well the report is founded: for which goals there is a number, and why others have none."""

from __future__ import annotations

import pandas as pd

from kwlib.show import Alinea, Blok, Kaart, Lijst, alinea, feit, kol, nl, rij, rijen, tabel, tekst, zin
from kwlib.show.feiten import once
from kwlib.show.figuren import gestapeld
from kwlib.show.style import ACCENT, GRIJS, TREDEN, TWEEDE, ZACHT
from kwlib.show.zinnen import KLEIN, met_woord, ontbreekzin, procentzin, telzin
from kwlib.topics import kern

NIVEAUS = ("niets", "verteld", "geteld", "vergeleken", "getoetst")
UITLEG = (
    "er is niets over bekend",
    "er is een verhaal met bron en datum, geen cijfer",
    "er is een cijfer met eenheid, periode en bron",
    "er is ook een beginwaarde of een doelwaarde",
    "er is een begin, een stand en een doel, met een duidelijke definitie en goede kwaliteit",
)
GEEN_DOELEN = "er zijn geen doelen bekend van projecten die zijn begonnen."
KLEUREN = (GRIJS, TWEEDE, ZACHT, TREDEN[4], ACCENT)
NIVEAU_KOLOMMEN = {
    f"{naam}_aantal": f"Doelen op de trede '{naam}': {uitleg}." for naam, uitleg in zip(NIVEAUS, UITLEG, strict=True)
}


def _niveau(bewijzen: list, indicatoren: list, metingen: dict[str, list], jaar: int) -> tuple[int, tuple[str, ...]]:
    """Return the level 0-4 of a goal in a year by its best indicator, and the records looked at (domain model: o(d)).

    `metingen` holds the measurements by indicator. What was measured after the year does not count.
    """
    best, records = min(len(bewijzen), 1), [b.herkomst for b in bewijzen]
    for i in indicatoren:
        alle = metingen.get(i.indicator_id, [])
        known = [m for m in alle if pd.notna(m.waarde)]
        stand = [m for m in known if m.rol in ("realisatie", "tussenstand") and m.periode_eind.year <= jaar]
        records += [i.herkomst, *(m.herkomst for m in alle)]
        if not stand:
            continue
        begin, doel = (any(m.rol == rol for m in known) for rol in ("nulmeting", "streefwaarde"))
        good = any(m.kwaliteit in ("A", "B", "C") for m in stand if pd.notna(m.kwaliteit)) and pd.notna(i.definitie)
        best = max(best, 4 if begin and doel and good else 3 if begin or doel else 2)
    looked_for_more = [("bewijzen", "indicatoren", "metingen")] if best < len(NIVEAUS) - 1 else []
    return best, kern.verenig([*records, *looked_for_more], "doelen")


@once
def _tellende_doelen(d, jaar: int | None = None) -> pd.DataFrame:
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


def _niveaus(frame: pd.DataFrame) -> dict:
    delen = {f"{naam}_aantal": frame[frame["niveau_getal"] == n] for n, naam in enumerate(NIVEAUS)}
    return kern.tel_kolommen(delen | {"doelen_aantal": frame}, "doelen")


@feit(
    telwijze="uniek",
    doelen_aantal="De doelen van projecten die worden uitgevoerd of klaar zijn.",
    metcijfer_aantal="Doelen waarvoor er een cijfer is (trede geteld of hoger).",
    metcijfer_pct="Onderbouwingsgraad: het deel van de doelen waarvoor er een cijfer is.",
    zondercijfer_aantal="Doelen waarvoor er geen cijfer is.",
    **NIVEAU_KOLOMMEN,
)
def graad(d) -> pd.DataFrame:
    """Return one row: the degree of substantiation of the report."""
    frame = _tellende_doelen(d)
    zonder, met = frame[frame["niveau_getal"] < 2], frame[frame["niveau_getal"] >= 2]
    delen = kern.tel_kolommen({"metcijfer_aantal": met, "zondercijfer_aantal": zonder}, "doelen")
    return pd.DataFrame(
        [
            _niveaus(frame)
            | delen
            | {
                "metcijfer_pct": 100 * len(met) / len(frame) if len(frame) else pd.NA,
                "herkomst": kern.verenig(frame["herkomst"], "doelen"),
            }
        ]
    )


@feit(
    "thema_id",
    telwijze="hoofd",
    doelen_aantal="Doelen van projecten met dit hoofdthema die worden uitgevoerd of klaar zijn.",
    **NIVEAU_KOLOMMEN,
)
def per_thema(d) -> pd.DataFrame:
    """Return one row per thema: its goals by level of substantiation."""
    frame, rows = _tellende_doelen(d), []
    for thema in kern.themas(d).itertuples():
        part = frame[frame["hoofdthema"] == thema.thema_id]
        herkomst = kern.verenig(part["herkomst"], "doelen")
        rows.append({"thema_id": thema.thema_id, "thema": thema.naam, "herkomst": herkomst} | _niveaus(part))
    return pd.DataFrame(rows)


@feit(
    "jaar",
    telwijze="uniek",
    doelen_aantal="De doelen van projecten die in dat jaar worden uitgevoerd of klaar zijn.",
    metcijfer_aantal="Doelen waarvoor er een cijfer is (trede geteld of hoger).",
    metcijfer_pct="Onderbouwingsgraad: het deel van de doelen waarvoor er een cijfer is.",
    volledig_aantal="Doelen op de hoogste trede: getoetst.",
    geld_pct="Het deel van het uitgegeven geld dat naar projecten ging waarvan elk doel een cijfer heeft.",
)
def per_jaar(d) -> pd.DataFrame:
    """Return one row per year with projects, up to the edition's: the degree of substantiation, also by money spent."""
    rows = []
    for jaar in sorted(j for j in d.project_jaar["jaar"].dropna().unique() if j <= d.jaar):
        frame, geld = _tellende_doelen(d, jaar), d.financiering
        geld = geld[(geld["jaar"] == jaar) & geld["besteed"].notna() & geld["project_id"].isin(frame["project_id"])]
        zonder = set(frame.loc[frame["niveau_getal"] < 2, "project_id"])
        goed = geld[~geld["project_id"].isin(zonder)]
        met = frame[frame["niveau_getal"] >= 2]
        herkomst = kern.verenig([*frame["herkomst"], ("doelen", "project_jaar")], "doelen")
        rows.append(
            {
                "jaar": jaar,
                "doelen_aantal": len(frame),
                "metcijfer_aantal": len(met),
                "metcijfer_pct": 100 * len(met) / len(frame) if len(frame) else pd.NA,
                "volledig_aantal": int((frame["niveau_getal"] == 4).sum()),
                "geld_pct": 100 * goed["besteed"].sum() / geld["besteed"].sum() if geld["besteed"].sum() else pd.NA,
                "geld_pct_reden": "niet_in_bronnen",
                "geld_pct__herkomst": kern.verenig([herkomst, ("financiering",)], ""),
                "herkomst": herkomst,
            }
        )
    return pd.DataFrame(rows)


@feit(
    "wijk_id",
    telwijze="raakt",
    doelen_aantal="Doelen van projecten in deze wijk die worden uitgevoerd of klaar zijn.",
    metcijfer_aantal="Daarvan: doelen waarvoor er een cijfer is.",
)
def per_wijk(d) -> pd.DataFrame:
    """Return one row per krachtwijk: the goals of projects that touch it, and those with a number."""
    frame, rows = _tellende_doelen(d), []
    for wijk in kern.krachtwijken(d).itertuples():
        part = frame.loc[[wijk.wijk_id in ids for ids in frame["wijk_ids"]]]
        herkomst = kern.verenig([*part["herkomst"], wijk.herkomst, ("project_wijk",)], "doelen")
        telling = {"doelen_aantal": len(part), "metcijfer_aantal": int((part["niveau_getal"] >= 2).sum())}
        rows.append({"wijk_id": wijk.wijk_id, "wijk": wijk.naam, "herkomst": herkomst} | telling)
    return pd.DataFrame(rows)


@feit("doel_id")
def zonder_cijfer(d) -> pd.DataFrame:
    """Return one row per goal without a number: project, goal, what there is and why there is no number."""
    frame = _tellende_doelen(d)
    frame = frame[frame["niveau_getal"] < 2]
    return frame.assign(
        trede=[NIVEAUS[n] for n in frame["niveau_getal"]],
        reden=[ontbreekzin(_reden(d, doel)) for doel in frame["doel_id"]],
        wie=frame["eigenaar"],
    )[["doel_id", "project", "tekst", "trede", "reden", "wie", "herkomst"]]


def _reden(d, doel_id: str) -> str:
    indicatoren = d.indicatoren.loc[d.indicatoren["doel_id"] == doel_id, "indicator_id"]
    stand = d.metingen["rol"].isin(["realisatie", "tussenstand"]) & d.metingen["indicator_id"].isin(indicatoren)
    redenen = d.metingen.loc[stand, "reden_ontbreekt"].dropna()
    return redenen.mode().iat[0] if len(redenen) else "registratie_ontbreekt" if len(indicatoren) else "geen_indicator"


@feit("reden", telwijze="uniek", doelen_aantal="Doelen zonder cijfer met deze reden.")
def redenen(d) -> pd.DataFrame:
    """Return one row per reason why goals have no number, the most frequent first."""
    frame = zonder_cijfer(d)
    found = kern.tel(frame, "reden", sorted(frame["reden"].unique()), "doelen_aantal", "doelen")
    return found.sort_values(["doelen_aantal", "reden"], ascending=[False, True])


def zin_graad(d) -> Alinea:
    """Say for how many goals there is a number, and why not for the others."""
    r = rij(graad(d))
    if not r.doelen_aantal:
        return alinea(zin(GEEN_DOELEN))
    zinnen = [
        zin(
            "voor {telling} kunnen wij een cijfer geven.",
            telling=telzin(r.cijfer("metcijfer_aantal"), r.cijfer("doelen_aantal"), "doel", "doelen"),
        )
    ]
    if r.doelen_aantal >= KLEIN:
        zinnen.append(
            zin(
                "dat is {deel}.",
                deel=procentzin(r.cijfer("metcijfer_aantal"), r.cijfer("doelen_aantal"), r.cijfer("metcijfer_pct")),
            )
        )
    if r.zondercijfer_aantal:
        meest = next(iter(rijen(redenen(d))))
        zinnen.append(
            zin(
                "bij {n} ontbreekt een cijfer. De reden die het vaakst voorkomt: {reden}",
                n=met_woord(r.cijfer("zondercijfer_aantal"), "doel", "doelen"),
                reden=meest.reden[0].lower() + meest.reden[1:],
            )
        )
    return alinea(*zinnen)


def kaart(d) -> Kaart:
    """Return the tile on substantiation for the overview."""
    r = rij(graad(d))
    return Kaart(
        getal=tekst(r.cijfer("metcijfer_aantal"), "cijfers"),
        label=nl.meervoud(r.metcijfer_aantal, "doel met een cijfer", "doelen met een cijfer"),
        toelichting=zin("van de {n} doelen van projecten die zijn begonnen", n=r.cijfer("doelen_aantal")),
    )


def treden(d) -> Lijst:
    """Return what each level of substantiation means."""
    return Lijst(tuple(zin(f"{naam}: {uitleg}.") for naam, uitleg in zip(NIVEAUS, UITLEG, strict=True)))


def tabel_per_thema(d) -> Blok:
    """Return the table thema × level of substantiation."""
    frame = per_thema(d)
    heads = [kol(f"{naam}_aantal", naam.capitalize()) for naam in NIVEAUS if frame[f"{naam}_aantal"].sum()]
    return tabel(
        "onderbouwing-per-thema",
        "Hoe goed doelen zijn onderbouwd, per hoofdthema",
        frame,
        [kol("thema", "Thema"), *heads, kol("doelen_aantal", "Totaal")],
        totaal=graad(d),
    )


def figuur_per_thema(d) -> Blok:
    """Return stacked bars: per thema how well its goals are founded."""
    frame = per_thema(d)
    frame = frame[frame["doelen_aantal"] > 0]
    used = [(n, naam) for n, naam in enumerate(NIVEAUS) if frame[f"{naam}_aantal"].sum()]
    return gestapeld(
        "onderbouwing",
        "Onderbouwing van de doelen, per hoofdthema",
        zin_graad(d).tekst,
        tabel_per_thema(d),
        rijen=[r.thema for r in rijen(frame)],
        reeksen=[(naam, list(frame[f"{naam}_aantal"]), KLEUREN[n]) for n, naam in used],
    )


def tabel_per_jaar(d) -> Blok:
    """Return the degree of substantiation per year, also by money."""
    return tabel(
        "onderbouwing-per-jaar",
        "Hoe goed de doelen zijn onderbouwd, per jaar",
        per_jaar(d),
        [
            kol("jaar", "Jaar"),
            kol("doelen_aantal", "Doelen"),
            kol("metcijfer_aantal", "Met een cijfer"),
            kol("volledig_aantal", "Getoetst"),
            kol("metcijfer_pct", "Deel van de doelen"),
            kol("geld_pct", "Deel van het geld"),
        ],
        leeg="Er zijn geen jaren met projecten.",
    )


def tabel_per_wijk(d) -> Blok:
    """Return the goals with a number per wijk."""
    return tabel(
        "onderbouwing-per-wijk",
        "Doelen met een cijfer, per wijk",
        per_wijk(d),
        [kol("wijk", "Wijk"), kol("doelen_aantal", "Doelen"), kol("metcijfer_aantal", "Met een cijfer")],
        leeg="Er zijn geen krachtwijken bekend.",
    )


def tabel_redenen(d) -> Blok:
    """Return the table of reasons for missing numbers."""
    return tabel(
        "redenen",
        "Waarom een cijfer ontbreekt",
        redenen(d),
        [kol("reden", "Reden"), kol("doelen_aantal", "Doelen")],
        leeg="Er is geen doel zonder cijfer.",
    )


def tabel_zonder_cijfer(d) -> Blok:
    """Return the annex: every goal without a number."""
    return tabel(
        "zonder-cijfer",
        "Doelen zonder cijfer",
        zonder_cijfer(d),
        [
            kol("project", "Project"),
            kol("tekst", "Doel"),
            kol("trede", "Trede"),
            kol("reden", "Waarom geen cijfer"),
            kol("wie", "Wie kan dit aanvullen"),
        ],
        leeg="Er is geen doel zonder cijfer.",
    )
