"""The projects of a year: how far they are, per thema, and a card for each."""

from __future__ import annotations

import pandas as pd

from kwlib.show import (
    Alinea,
    Blok,
    Deel,
    Kaart,
    Kenmerken,
    Kop,
    Tekst,
    alinea,
    cijfer,
    feit,
    kol,
    nl,
    opsomming,
    rij,
    rijen,
    tabel,
    tekst,
    zin,
)
from kwlib.show.figuren import gestapeld
from kwlib.show.style import ACCENT, GRIJS, TWEEDE, ZACHT
from kwlib.show.zinnen import met_woord, ontbreekzin, telzin
from kwlib.topics import kern

GROEPEN = {
    "gestart_aantal": ("worden uitgevoerd of zijn klaar", kern.UITGEVOERD, ACCENT),
    "opstart_aantal": ("in opstart", ("opstart",), ZACHT),
    "idee_aantal": ("nog een idee", ("idee",), TWEEDE),
    "onbekend_aantal": ("fase niet bekend", (kern.ONBEKEND,), GRIJS),
}
TELLINGEN = {
    "projecten_aantal": "Het aantal projecten in het verslagjaar.",
    "gestart_aantal": "Projecten die worden uitgevoerd, worden afgerond of klaar zijn.",
    "opstart_aantal": "Projecten die worden voorbereid en nog niet zijn begonnen.",
    "idee_aantal": "Projecten die nog een idee zijn.",
    "onbekend_aantal": "Projecten waarvan de bronnen niet zeggen hoe ver zij zijn.",
}


def _tellingen(projecten: pd.DataFrame) -> dict:
    delen = {"projecten_aantal": projecten}
    delen |= {naam: projecten[projecten["fase"].isin(fasen)] for naam, (_, fasen, _) in GROEPEN.items()}
    return kern.tel_kolommen(delen, "project_jaar")


@feit(telwijze="uniek", **TELLINGEN)
def voortgang(d) -> pd.DataFrame:
    """Return one row: how many projects there are and how far they are."""
    projecten = kern.projecten(d)
    return pd.DataFrame([_tellingen(projecten) | {"herkomst": kern.verenig(projecten["herkomst"], "project_jaar")}])


@feit("thema_id", telwijze="hoofd", **TELLINGEN)
def per_thema(d) -> pd.DataFrame:
    """Return one row per thema, in report order: the projects with this main thema, and how far they are."""
    projecten, rows = kern.met(kern.projecten(d), "thema"), []
    for thema in kern.themas(d).itertuples():
        part = projecten[projecten["hoofdthema"] == thema.thema_id]
        herkomst = kern.verenig(part["herkomst"], "project_thema")
        rows.append({"thema_id": thema.thema_id, "thema": thema.naam, "herkomst": herkomst} | _tellingen(part))
    return pd.DataFrame(rows)


def _genoemd(d, fasen: tuple[str, ...]) -> Tekst:
    frame = kern.projecten(d)
    return opsomming(list(frame.loc[frame["fase"].isin(fasen), "naam"]))


def zin_voortgang(d) -> Tekst:
    """Say exactly how many projects run, and name every exception."""
    r = rij(voortgang(d))
    zinnen = [
        zin(
            "in deze rapportage staan {totaal}. Van {telling} weten wij dat zij worden uitgevoerd of klaar zijn.",
            totaal=met_woord(r.cijfer("projecten_aantal"), "project", "projecten"),
            telling=telzin(r.cijfer("gestart_aantal"), r.cijfer("projecten_aantal"), "project", "projecten"),
        )
    ]
    for kolom, begin in (("opstart_aantal", "Nog in opstart"), ("idee_aantal", "Nog een idee")):
        if r.waarden[kolom]:
            wie = met_woord(r.cijfer(kolom), "project", "projecten")
            zinnen.append(zin(f"{begin}: {{wie}} ({{namen}}).", wie=wie, namen=_genoemd(d, GROEPEN[kolom][1])))
    if r.onbekend_aantal:
        wie = met_woord(r.cijfer("onbekend_aantal"), "project", "projecten")
        zinnen.append(
            zin(
                "van {wie} zeggen de bronnen niet hoe ver het is: {namen}.",
                wie=wie,
                namen=_genoemd(d, (kern.ONBEKEND,)),
            )
        )
    return alinea(*zinnen).tekst


def voortgang_alinea(d) -> Alinea:
    """Return the sentence on progress as a paragraph."""
    return Alinea(zin_voortgang(d))


def kaart(d) -> Kaart:
    """Return the tile on progress for the overview."""
    r = rij(voortgang(d))
    return Kaart(
        getal=tekst(r.cijfer("gestart_aantal"), "cijfers"),
        label=nl.meervoud(
            r.gestart_aantal, "project wordt uitgevoerd of is klaar", "projecten worden uitgevoerd of zijn klaar"
        ),
        toelichting=zin("van de {n} projecten in deze rapportage", n=r.cijfer("projecten_aantal")),
    )


def tabel_per_thema(d, id: str = "projecten-per-thema") -> Blok:
    """Return the table thema × progress."""
    frame = per_thema(d)
    heads = [kol(naam, kop.capitalize()) for naam, (kop, _, _) in GROEPEN.items() if frame[naam].sum()]
    return tabel(
        id,
        "Projecten per hoofdthema, naar hoe ver ze zijn",
        frame,
        [kol("thema", "Thema"), *heads, kol("projecten_aantal", "Totaal")],
        totaal=voortgang(d),
    )


def figuur_per_thema(d) -> Blok:
    """Return stacked bars: per thema how far its projects are."""
    frame = per_thema(d)
    frame = frame[frame["projecten_aantal"] > 0]
    used = {naam: spec for naam, spec in GROEPEN.items() if frame[naam].sum()}
    return gestapeld(
        "voortgang-per-thema",
        "Hoe ver zijn de projecten, per hoofdthema",
        zin_voortgang(d),
        tabel_per_thema(d),
        rijen=[r.thema for r in rijen(frame)],
        reeksen=[(kop, list(frame[naam]), kleur) for naam, (kop, _, kleur) in used.items()],
    )


# -- cards ---------------------------------------------------------------------------------------------------------


@feit("project_id", "financiering_id", bedrag_eur="Het bedrag dat de bron voor dit project noemt.")
def bedragen(d) -> pd.DataFrame:
    """Return one row per amount that a source names for a project."""
    frame = d.financiering[d.financiering["project_id"].notna()]
    return frame.assign(bedrag_eur=frame["gewijzigd_begroot"].fillna(frame["begroot"]))[
        ["project_id", "financiering_id", "post", "jaar", "jaar_tot", "bedrag_eur", "reden_ontbreekt", "herkomst"]
    ]


def _geld(d, project_id: str) -> Tekst:
    found = [r for r in rijen(bedragen(d)) if r.project_id == project_id]
    stukken = []
    for r in found:
        jaren = str(r.jaar) if r.jaar_tot in (None, r.jaar) else f"{r.jaar} tot en met {r.jaar_tot}"
        stukken.append(zin("{bedrag} ({post}, {jaren})", bedrag=r.cijfer("bedrag_eur"), post=r.post, jaren=jaren))
    return opsomming(stukken)


def fiche(d, project: dict, niveau: int = 3) -> list[Blok]:
    """Return the card of one project: short while it is in opstart or an idea, long otherwise."""
    wijken, themas = kern.namen(d.wijken, "wijk_id"), kern.namen(d.themas, "thema_id")
    fase = kern.labels(d, "project_jaar", "fase")[project["fase"]]
    if project["fase"] == kern.ONBEKEND:
        fase = f"{fase}. {ontbreekzin(_of(project['reden_ontbreekt']))}"
    paren = [("Fase", tekst(fase)), ("Wijken", opsomming([wijken[w] for w in project["wijk_ids"]]))]
    if project["fase"] not in kern.NIET_GESTART:
        trede = _of(project["participatietrede"])
        treden = kern.labels(d, "project_jaar", "participatietrede")
        paren += [
            ("Thema's", opsomming([themas[t] for t in project["thema_ids"]])),
            ("Voor wie", tekst(_of(project["doelgroep"]))),
            ("Trekker", tekst(_of(project["trekker_rol"]))),
            ("Wie doen mee", tekst(_lijst(project["partners"]))),
            ("Hoe bewoners meedoen", tekst(treden[trede] if trede else "")),
            ("Geld", _geld(d, project["project_id"])),
        ]
    known = [(label, waarde) for label, waarde in paren if waarde]
    if unknown := [label.lower() for label, waarde in paren if not waarde]:
        known.append(("Niet bekend", tekst(", ".join(unknown))))
    blokken: list[Blok] = [Kop(niveau, tekst(project["naam"]), f"project-{project['project_id']}")]
    blokken += [Alinea(tekst(t)) for t in (_of(project["omschrijving"]), _of(project["terugblik"])) if t]
    if onder := _of(project["wat_ging_niet_goed"]):
        blokken.append(Alinea((Deel("Wat ging niet goed: ", stijl="sterk"), Deel(onder))))
    blokken.append(Kenmerken(f"fiche-{project['project_id']}", tuple(known)))
    return blokken


def _of(waarde) -> str:
    return "" if waarde is None or pd.isna(waarde) else str(waarde)


def _lijst(waarde) -> str:
    return ", ".join(deel.strip() for deel in _of(waarde).split("|") if deel.strip())


def fiches(d, thema_id: str, niveau: int = 4) -> list[Blok]:
    """Return the cards of the projects with this main thema, in order of name."""
    frame = kern.projecten(d)
    cards = frame[frame["hoofdthema"] == thema_id].to_dict("records")
    return [blok for project in cards for blok in fiche(d, project, niveau)]


# -- register ------------------------------------------------------------------------------------------------------


@feit("project_id")
def register(d) -> pd.DataFrame:
    """Return one row per project of the year with what is known of it in short."""
    frame, wijken = kern.projecten(d), kern.namen(d.wijken, "wijk_id")
    themas, fasen = kern.namen(d.themas, "thema_id"), kern.labels(d, "project_jaar", "fase")
    bronnen = kern.namen(d.bronnen.rename(columns={"titel": "naam"}), "bron_id")
    return pd.DataFrame(
        {
            "project_id": frame["project_id"],
            "naam": frame["naam"],
            "themas": [", ".join(themas[t] for t in ids) for ids in frame["thema_ids"]],
            "wijken": [", ".join(wijken[w] for w in ids) for ids in frame["wijk_ids"]],
            "fase": frame["fase"].map(fasen),
            "bron": frame["bron_id"].map(bronnen),
            "herkomst": frame["herkomst"],
        }
    )


def tabel_register(d) -> Blok:
    """Return the register of projects."""
    return tabel(
        "alle-projecten",
        "Alle projecten in deze rapportage",
        register(d),
        [
            kol("naam", "Project"),
            kol("themas", "Thema's"),
            kol("wijken", "Wijken"),
            kol("fase", "Fase"),
            kol("bron", "Bron van de fase"),
        ],
    )


def zin_aantal(d) -> Tekst:
    """Say how many projects there are."""
    n = cijfer(voortgang(d), "projecten_aantal")
    return zin("in deze rapportage staan {n}.", n=met_woord(n, "project", "projecten"))


def van_thema(d, thema_id: str) -> list[Blok]:
    """Return what was done for a thema: the cards of its projects."""
    cards = fiches(d, thema_id)
    kop = Kop(3, tekst("Wat hebben we daarvoor gedaan?"), f"gedaan-{thema_id}")
    return [kop, *(cards or [Alinea(tekst("Bij dit thema is geen project bekend dat het als hoofdthema heeft."))])]
