"""What was learned: for whom, how sure it is, what follows from it, and who else uses it."""

from __future__ import annotations

import pandas as pd

from kwlib.show import (
    Alinea,
    Blok,
    Kenmerken,
    Kop,
    alinea,
    feit,
    groep,
    kol,
    nl,
    rij,
    rijen,
    tabel,
    tekst,
    zin,
)
from kwlib.show.zinnen import met_woord, telzin, werkwoord
from kwlib.topics import kern

# By level of evidence, 0 to 4: what it is called, and what that means.
ZEKER = {
    "niet onderbouwd": "er is alleen een indruk",
    "goed beschreven": "wij weten wat er gebeurde",
    "goed te begrijpen": "wij kunnen uitleggen waarom het zo ging",
    "eerste aanwijzingen": "cijfers wijzen in die richting",
    "onderzocht": "met een vergelijking",
}


def _van_jaar(d) -> pd.DataFrame:
    """Return the lessons of the year that is looked back on; a plan learns from the year before it."""
    return d.leerpunten[d.leerpunten["jaar"] == kern.planjaar(d) - 1]


@feit("leerpunt_id", kosten_per_eenheid_eur="Wat het kostte per deelnemer of woning.")
def alle(d) -> pd.DataFrame:
    """Return one row per lesson, by kind: what works first, what is not known last."""
    soorten = kern.labels(d, "leerpunten", "soort")
    order = {code: n for n, code in enumerate(soorten)}
    projecten = kern.namen(d.projecten, "project_id")
    frame = _van_jaar(d)
    return frame.assign(
        soort_naam=frame["soort"].map(soorten),
        project=frame["project_id"].map(projecten),
        plan=frame["plan_project_id"].map(projecten),
        plan_loopt=frame["plan_project_id"].isin(kern.projecten(d)["project_id"]),
        kosten_per_eenheid_eur=frame["kosten_per_eenheid"],
        zeker=[list(ZEKER)[int(n)] if pd.notna(n) else None for n in frame["bewijsniveau"]],
        _o=frame["soort"].map(order),
    ).sort_values(["_o", "leerpunt_id"])


@feit(
    telwijze="uniek",
    leerpunten_aantal="De leerpunten van het jaar.",
    gevolg_aantal="Leerpunten die tot een besluit leiden.",
    overgenomen_aantal="Leerpunten die ook ergens anders worden gebruikt.",
    buiten_aantal="Leerpunten die een andere gemeente gebruikt.",
)
def telling(d) -> pd.DataFrame:
    """Return one row: lessons, those with a consequence, and those used elsewhere."""
    frame, overnames = _van_jaar(d), d.overnames
    buiten = overnames[overnames["buiten_gemeente"].fillna(False).astype(bool)]
    elders = frame[frame["leerpunt_id"].isin(overnames["leerpunt_id"])]
    delen = {
        "leerpunten_aantal": frame,
        "gevolg_aantal": frame[frame["gevolg"].notna()],
        "overgenomen_aantal": _met(elders, overnames),
        "buiten_aantal": _met(frame[frame["leerpunt_id"].isin(buiten["leerpunt_id"])], buiten),
    }
    return kern.een_rij("leerpunten", frame, **delen)


def _met(frame: pd.DataFrame, overnames: pd.DataFrame) -> pd.DataFrame:
    """Return the lessons with the records of their use elsewhere added; where there is none the table was looked at."""
    per = overnames.groupby("leerpunt_id")["herkomst"].agg(lambda h: kern.verenig(h, "overnames"))
    return frame.assign(
        herkomst=[kern.verenig([h, per[i]], "") for h, i in zip(frame["herkomst"], frame["leerpunt_id"], strict=True)]
    )


@feit("overname_id")
def overnames(d) -> pd.DataFrame:
    """Return one row per place that uses a lesson."""
    titels = dict(zip(d.leerpunten["leerpunt_id"], d.leerpunten["titel"], strict=True))
    frame = d.overnames[d.overnames["leerpunt_id"].isin(_van_jaar(d)["leerpunt_id"])]
    return frame.assign(
        titel=frame["leerpunt_id"].map(titels),
    )[["overname_id", "titel", "waar", "overgenomen_op", "reden_ontbreekt", "herkomst"]]


def zin_telling(d) -> Alinea:
    """Say how many lessons lead to a decision, and how many are used elsewhere."""
    r = rij(telling(d))
    if not r.leerpunten_aantal:
        return alinea(zin("over {jaar} staan er geen leerpunten in de bronnen.", jaar=str(kern.planjaar(d) - 1)))
    leerpunten = r.cijfer("leerpunten_aantal")
    zinnen = [
        zin("wij legden {n} vast.", n=met_woord(leerpunten, "leerpunt", "leerpunten")),
        zin(
            "{deel} {leidt} tot een besluit.",
            deel=telzin(r.cijfer("gevolg_aantal"), leerpunten, "leerpunt", "leerpunten"),
            leidt=werkwoord(r.cijfer("gevolg_aantal"), "leidt", "leiden"),
        ),
    ]
    if r.overgenomen_aantal:
        n = met_woord(r.cijfer("overgenomen_aantal"), "leerpunt", "leerpunten")
        wordt = werkwoord(r.cijfer("overgenomen_aantal"), "wordt", "worden")
        zinnen.append(zin("{n} {wordt} ook ergens anders gebruikt.", n=n, wordt=wordt))
    return alinea(*zinnen)


def _nieuw(d) -> str:
    """Say of a project of the next year that it is a proposal, for as long as no decision on that year is known."""
    jaar = kern.planjaar(d)
    return f"project in {jaar}" if (d.overgangen["jaar"] == jaar).any() else f"voorstel voor {jaar}"


def kaarten(d) -> Blok:
    """Return a card per lesson, grouped by what it says; nothing when there is none."""
    blokken: list[Blok] = []
    if len(alle(d)):
        blokken.append(Alinea(zin("bij elk leerpunt staat wat wij ermee doen, of waarom niet.")))
        trap = "; ".join(f"{naam} ({uitleg})" for naam, uitleg in ZEKER.items())
        blokken.append(Alinea(zin("bij ‘Hoe zeker’ staat, van het minst naar het meest zeker: {trap}.", trap=trap)))
    vorige = None
    for r in rijen(alle(d)):
        if r.soort != vorige:
            blokken.append(Kop(2, tekst(nl.hoofdletter(r.soort_naam)), f"leren-{r.soort}"))
            vorige = r.soort
        kosten = r.cijfer("kosten_per_eenheid_eur") if r.kosten_per_eenheid_eur is not None else None
        paren = [
            ("Situatie", r.situatie),
            ("Wat deden wij", r.wat_deden_wij),
            ("Bij wie", r.bij_wie),
            ("Wat gebeurde er", r.wat_gebeurde),
            ("Waarom", r.waarom),
            ("Hoe zeker", r.zeker),
            ("Nodig om dit ook elders te doen", r.voorwaarden),
            ("Kosten per deelnemer of woning", kosten),
            ("Wat gaan wij ermee doen", r.gevolg or f"Niets. {r.geen_gevolg_reden or 'De reden is niet ingevuld.'}"),
            ("Gebruikt in", r.plan if r.plan_loopt else None),
            ("Bedoeld voor", None if r.plan_loopt or not r.plan else f"{r.plan} ({_nieuw(d)})"),
            ("Wie weet er meer van", r.contactrol),
        ]
        blokken.append(Kop(3, tekst(r.titel), f"leerpunt-{r.leerpunt_id}"))
        blokken.append(Kenmerken(f"kaart-{r.leerpunt_id}", tuple((k, tekst(w)) for k, w in paren if w)))
    return groep(blokken)


def tabel_gebruikt(d) -> Blok:
    """Return which planned project uses which lesson."""
    frame = alle(d)
    return tabel(
        "leerpunten-in-plan",
        "Leerpunten die in het plan worden gebruikt",
        frame[frame["plan"].notna()],
        [
            kol("plan", "Project in het plan"),
            kol("titel", "Leerpunt"),
            kol("gevolg", "Besluit", lambda r: r.gevolg or "–"),
        ],
        leeg="Geen project in het plan noemt een leerpunt.",
    )


def tabel_overnames(d) -> Blok:
    """Return where lessons are used too."""
    return tabel(
        "overnames",
        "Waar leerpunten ook worden gebruikt",
        overnames(d),
        [kol("titel", "Leerpunt"), kol("waar", "Waar"), kol("overgenomen_op", "Sinds")],
        leeg="Van geen leerpunt is bekend dat een andere wijk of stad het gebruikt.",
    )


def elders(d) -> Blok:
    """Return where lessons are used too, under its own heading; nothing when there are no lessons."""
    kop = Kop(2, tekst("Wie gebruikt onze leerpunten ook?"), "leerpunten-elders")
    return groep([kop, tabel_overnames(d)] if len(alle(d)) else [])
