"""Who takes part: how many people signed up, began and finished, counted and never named."""

from __future__ import annotations

import pandas as pd

from kwlib.show import Alinea, Blok, Deel, Kop, Tekst, alinea, cijfer, feit, groep, kol, opsomming, tabel, tekst, zin
from kwlib.show.zinnen import met_woord, werkwoord
from kwlib.topics import kern

STAPPEN = {"aangemeld": "Aangemeld", "gestart": "Gestart", "bezig": "Bezig of verder", "afgerond": "Afgerond",
           "vervolg": "Vervolg"}  # fmt: skip
MENSEN = ("unieke_personen", "deelnames", "gezinnen", "huishoudens", "kinderen")
VERBORGEN = "verborgen"
ALLES = "*"
UITLEG = (
    "Verborgen: te klein om te tonen, of nodig om een ander aantal te beschermen. Aantallen uit gevoelige projecten "
    "zijn afgerond. Daardoor tellen rijen niet altijd precies op."
)
DEFINITIES = {
    f"{stap}_aantal": f"Deelnemers die zo ver kwamen of verder: {naam.lower()}." for stap, naam in STAPPEN.items()
}


def _breed(d, project: bool) -> pd.DataFrame:
    """Return one row per thema (or project) and unit of the year: the count per step, and why one is not told."""
    t = d.telrooster
    t = t[(t["jaar"] == d.jaar) & (t["wijk_id"] == ALLES) & ((t["project_id"] != ALLES) == project)]
    rows = []
    for (thema, id, telbasis), cellen in t.groupby(["thema_id", "project_id", "telbasis"], sort=True):
        rij = {
            "thema_id": thema,
            "project_id": id,
            "telbasis": telbasis,
            "herkomst": kern.verenig(cellen["herkomst"], "deelnemers"),
        }
        per_stap = {r.stap: r for r in cellen.itertuples()}
        for stap in STAPPEN:
            r = per_stap.get(stap)
            rij[f"{stap}_aantal"] = pd.NA if r is None else r.aantal
            rij[f"{stap}_aantal_reden"] = "privacy" if r is not None and r.weg else pd.NA
            rij[f"{stap}_aantal_soort"] = "minstens" if r is not None and r.minstens else pd.NA
            rij[f"{stap}_aantal__herkomst"] = rij["herkomst"] if r is None else r.herkomst
        rows.append(rij)
    kolommen = ["thema_id", "project_id", "telbasis", "herkomst"]
    kolommen += [f"{s}_aantal{k}" for s in STAPPEN for k in ("", "_reden", "_soort", "__herkomst")]
    frame = pd.DataFrame(rows, columns=kolommen)
    eenheden = kern.labels(d, "deelnemers", "telbasis")
    orde = {id: n for n, id in enumerate(kern.themas(d)["thema_id"])}
    frame = frame.assign(wat=frame["telbasis"].map(eenheden), _orde=frame["thema_id"].map(orde).fillna(len(orde)))
    return frame.sort_values(["_orde", "project_id", "telbasis"]).drop(columns="_orde")


@feit("thema_id", "telbasis", telwijze="hoofd", **DEFINITIES)
def per_thema(d) -> pd.DataFrame:
    """Return one row per thema and unit of counting: how many signed up, began, were busy, finished, went on."""
    namen = kern.namen(d.themas, "thema_id") | {ALLES: "Alle thema’s samen"}
    frame = _breed(d, project=False)
    return frame.assign(naam=frame["thema_id"].map(namen).fillna("Geen thema bekend"))


@feit("project_id", "telbasis", telwijze="uniek", **DEFINITIES)
def per_project(d) -> pd.DataFrame:
    """Return one row per project and unit of counting: the same steps."""
    frame = _breed(d, project=True)
    return frame.assign(naam=frame["project_id"].map(kern.namen(d.projecten, "project_id")))


@feit(
    bekend_aantal="Projecten waarvan wij deelnemers tellen.",
    verborgen_aantal="Aantallen van dit jaar die verborgen blijven om mensen te beschermen, met alle totalen.",
)
def dekking(d) -> pd.DataFrame:
    """Return one row: how many projects count participants this year, and how many counts stay hidden."""
    t = d.telrooster[d.telrooster["jaar"] == d.jaar]
    projecten = t[t["project_id"] != ALLES].drop_duplicates("project_id")
    return kern.een_rij("deelnemers", t, bekend_aantal=projecten, verborgen_aantal=t[t["weg"]])


def zin_dekking(d) -> Alinea:
    """Say of how many projects participants are counted, of which they are not, and that some counts stay hidden."""
    frame = dekking(d)
    if not cijfer(frame, "bekend_aantal").waarde:
        elders = "sommige doelen tellen wel mensen. Die cijfers staan bij de doelen van het thema."
        return alinea(zin("van geen enkel project zijn er voor dit jaar aantallen deelnemers."),
                      zin(elders) if _telt_mensen(d) else None)  # fmt: skip
    zinnen = [
        zin("van {n} tellen wij de deelnemers.", n=met_woord(cijfer(frame, "bekend_aantal"), "project", "projecten"))
    ]
    zinnen.append(_zonder(d))
    verborgen = cijfer(frame, "verborgen_aantal")
    if verborgen.waarde:
        zinnen += [
            zin("{n} van dit jaar {blijft} verborgen. Zo zijn kleine groepen niet te herkennen.",
                n=met_woord(verborgen, "aantal", "aantallen"), blijft=werkwoord(verborgen, "blijft", "blijven")),
            zin("daarbij telt elke combinatie van stap, thema, project en wijk mee, ook als die in geen tabel staat."),
        ]  # fmt: skip
    return alinea(*zinnen)


def _telt_mensen(d) -> bool:
    """Tell whether a goal of the year has a known measurement in people or families."""
    doelen = kern.doelen(d)["doel_id"]
    mensen = d.indicatoren[d.indicatoren["telbasis"].isin(MENSEN) & d.indicatoren["doel_id"].isin(doelen)]
    return bool((d.metingen["indicator_id"].isin(mensen["indicator_id"]) & d.metingen["waarde"].notna()).any())


def _zonder(d) -> Tekst:
    """Name the projects of the year of which no participants are counted."""
    geteld = set(d.telrooster.loc[d.telrooster["jaar"] == d.jaar, "project_id"])
    frame = kern.projecten(d)
    rest = list(frame.loc[~frame["project_id"].isin(geteld), "naam"])
    return (
        zin("geen aantallen zijn er van: {namen}.", namen=opsomming(rest)) if rest else zin("dat zijn alle projecten.")
    )


def _stap(stap: str):
    def vorm(r):
        getal = r.cijfer(f"{stap}_aantal")
        if getal.reden == "privacy":
            return Deel(VERBORGEN, c=getal, stijl="nadruk")
        return Deel("onbekend", c=getal, stijl="nadruk") if getal.ontbreekt else tekst(getal, "cijfers")

    return vorm


def _tabel(id: str, titel: str, frame: pd.DataFrame, kop: str, uitleg: str = UITLEG) -> Blok:
    stappen = [kol(f"{s}_aantal", naam, _stap(s)) for s, naam in STAPPEN.items()]
    return tabel(id, titel, frame, [kol("naam", kop), kol("wat", "Wij tellen"), *stappen], toelichting=uitleg,
                 leeg="")  # fmt: skip


def tabel_per_thema(d) -> Blok:
    """Return the table of steps per thema, the total last."""
    titel = "Deelnemers per thema, van aanmelding tot vervolg"
    uitleg = f"{UITLEG} De deelnemers van een project tellen bij zijn hoofdthema."
    return _tabel("deelnemers-per-thema", titel, per_thema(d), "Thema", uitleg)


def tabel_per_project(d) -> Blok:
    """Return the table of steps per project, all wijken together."""
    return _tabel(
        "deelnemers-per-project", "Deelnemers per project, van aanmelding tot vervolg", per_project(d), "Project"
    )


def stappen(d) -> Blok:
    """Return how far participants come, per thema and per project; nothing when nobody is counted."""
    if not cijfer(dekking(d), "bekend_aantal").waarde:
        return groep([])
    return groep([
        Kop(2, tekst("Hoe ver komen deelnemers, per thema?"), "deelnemers-stappen-thema"), tabel_per_thema(d),
        Kop(2, tekst("Hoe ver komen deelnemers, per project?"), "deelnemers-stappen-project"), tabel_per_project(d),
    ])  # fmt: skip
