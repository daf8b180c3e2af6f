"""How well the report is founded: for which goals there is a number, and why others have none."""

from __future__ import annotations

import pandas as pd

from kwlib.show import Alinea, Blok, Kaart, Lijst, alinea, feit, kol, nl, rij, rijen, tabel, tekst, zin
from kwlib.show.figuren import gestapeld
from kwlib.show.style import ACCENT, GRIJS, TREDEN, TWEEDE, ZACHT
from kwlib.show.zinnen import KLEIN, ontbreekzin, procentzin, telzin
from kwlib.topics import doeltrede, kern

VAN_BEGONNEN = ("doel van een project dat is begonnen", "doelen van projecten die zijn begonnen")
KLEUREN = (GRIJS, TWEEDE, ZACHT, TREDEN[4], ACCENT)


@feit(
    telwijze="uniek",
    doelen_aantal="De doelen van projecten die worden uitgevoerd of klaar zijn.",
    metcijfer_aantal="Doelen waarvoor er een cijfer is (trede geteld of hoger).",
    metcijfer_pct="Onderbouwingsgraad: het deel van de doelen waarvoor er een cijfer is.",
    zondercijfer_aantal="Doelen waarvoor er geen cijfer is.",
    **doeltrede.KOLOMMEN,
)
def graad(d) -> pd.DataFrame:
    """Return one row: the degree of substantiation of the report."""
    frame = doeltrede.tellende_doelen(d)
    zonder, met = frame[frame["niveau_getal"] < 2], frame[frame["niveau_getal"] >= 2]
    delen = kern.tel_kolommen({"metcijfer_aantal": met, "zondercijfer_aantal": zonder}, "doelen")
    deel = {"metcijfer_pct": 100 * len(met) / len(frame) if len(frame) else pd.NA}
    return pd.DataFrame([doeltrede.tel(frame) | delen | deel | {"herkomst": kern.verenig(frame["herkomst"], "doelen")}])


@feit(
    "thema_id",
    telwijze="hoofd",
    doelen_aantal="Doelen van projecten met dit hoofdthema die worden uitgevoerd of klaar zijn.",
    **doeltrede.KOLOMMEN,
)
def per_thema(d) -> pd.DataFrame:
    """Return one row per thema: its goals by level of substantiation."""
    frame, rows = doeltrede.tellende_doelen(d), []
    for thema in kern.themas(d).itertuples():
        part = frame[frame["hoofdthema"] == thema.thema_id]
        herkomst = kern.verenig(part["herkomst"], "doelen")
        rows.append({"thema_id": thema.thema_id, "thema": thema.naam, "herkomst": herkomst} | doeltrede.tel(part))
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
        frame, geld = doeltrede.tellende_doelen(d, jaar), d.financiering
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
    frame, rows = doeltrede.tellende_doelen(d), []
    for wijk in kern.krachtwijken(d).itertuples():
        part = frame.loc[[wijk.wijk_id in ids for ids in frame["wijk_ids"]]]
        herkomst = kern.verenig([*part["herkomst"], wijk.herkomst, ("project_wijk",)], "doelen")
        telling = {"doelen_aantal": len(part), "metcijfer_aantal": int((part["niveau_getal"] >= 2).sum())}
        rows.append({"wijk_id": wijk.wijk_id, "wijk": wijk.naam, "herkomst": herkomst} | telling)
    return pd.DataFrame(rows)


@feit("doel_id")
def zonder_cijfer(d) -> pd.DataFrame:
    """Return one row per goal without a number: project, goal, what there is and why there is no number."""
    frame = doeltrede.tellende_doelen(d)
    frame = frame[frame["niveau_getal"] < 2]
    return frame.assign(
        trede=[doeltrede.NIVEAUS[n] for n in frame["niveau_getal"]],
        reden=[ontbreekzin(doeltrede.reden(d, doel)) for doel in frame["doel_id"]],
        wie=frame["eigenaar"],
    )[["doel_id", "project", "tekst", "trede", "reden", "wie", "herkomst"]]


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
        return alinea(zin("er zijn geen doelen bekend van projecten die zijn begonnen."))
    zinnen = [
        zin(
            "voor {telling} is er een cijfer.",
            telling=telzin(r.cijfer("metcijfer_aantal"), r.cijfer("doelen_aantal"), *VAN_BEGONNEN),
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
                "bij {n} van deze doelen ontbreekt een cijfer. De reden die het vaakst voorkomt: {reden}",
                n=r.cijfer("zondercijfer_aantal"),
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
    return Lijst(tuple(zin(f"{naam}: {uitleg}.") for naam, uitleg in doeltrede.TREDEN.items()))


def tabel_per_thema(d) -> Blok:
    """Return the table thema × level of substantiation."""
    frame = per_thema(d)
    heads = [kol(f"{naam}_aantal", naam.capitalize()) for naam in doeltrede.NIVEAUS if frame[f"{naam}_aantal"].sum()]
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
    used = [(n, naam) for n, naam in enumerate(doeltrede.NIVEAUS) if frame[f"{naam}_aantal"].sum()]
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
