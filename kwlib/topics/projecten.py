"""The projects of a year: how far they are, per thema, and a card for each."""

from __future__ import annotations

import pandas as pd

from kwlib.show import (
    Alinea,
    Blok,
    Kaart,
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
from kwlib.show.zinnen import met_woord, telzin
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


@feit(
    telwijze="uniek",
    **TELLINGEN,
    stil_aantal="Projecten in uitvoering, in afronding of klaar, die zijn stilgelegd.",
    ouder_aantal="Projecten in uitvoering, in afronding of klaar, waarvan de stand van voor het verslagjaar is.",
)
def voortgang(d) -> pd.DataFrame:
    """Return one row: how many projects there are, how far they are, and how old that is for those that have begun."""
    projecten = kern.projecten(d)
    gestart = projecten[projecten["fase"].isin(kern.UITGEVOERD)]
    stil = gestart[gestart["stilgelegd_op"].notna()]
    delen = {"stil_aantal": stil, "ouder_aantal": gestart[gestart["peildatum"].dt.year < d.jaar]}
    herkomst = kern.verenig(projecten["herkomst"], "project_jaar")
    return pd.DataFrame([_tellingen(projecten) | kern.tel_kolommen(delen, "project_jaar") | {"herkomst": herkomst}])


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


def zin_voortgang(d) -> Alinea:
    """Say exactly how many projects run, and name every exception."""
    r = rij(voortgang(d))
    if not r.projecten_aantal:
        return alinea(zin("er zijn geen projecten bekend."))
    zinnen = [
        *([] if "wijk" in d.params else [_aantal(d)]),
        zin(
            "van {telling} weten wij dat zij worden uitgevoerd of klaar zijn.",
            telling=telzin(r.cijfer("gestart_aantal"), r.cijfer("projecten_aantal"), "project", "projecten"),
        ),
    ]
    if r.stil_aantal:
        ligt = nl.meervoud(r.stil_aantal, "ligt", "liggen")
        zinnen.append(zin("{n} daarvan {ligt} stil.", n=r.cijfer("stil_aantal"), ligt=ligt))
    if r.ouder_aantal:
        zinnen.append(zin("van {n} is die informatie ouder dan {jaar}.", n=r.cijfer("ouder_aantal"), jaar=str(d.jaar)))
    for kolom, begin in (("opstart_aantal", "Nog in opstart"), ("idee_aantal", "Nog niet meer dan een idee")):
        if r.waarden[kolom]:
            wie = met_woord(r.cijfer(kolom), "project", "projecten")
            zinnen.append(zin(f"{begin}: {{wie}} ({{namen}}).", wie=wie, namen=_genoemd(d, GROEPEN[kolom][1])))
    if r.onbekend_aantal:
        wie = met_woord(r.cijfer("onbekend_aantal"), "project", "projecten")
        zinnen.append(
            zin(
                "van {wie} zeggen de bronnen niet hoe ver {ze}: {namen}.",
                wie=wie,
                ze=nl.meervoud(r.onbekend_aantal, "het is", "zij zijn"),
                namen=_genoemd(d, (kern.ONBEKEND,)),
            )
        )
    return alinea(*zinnen)


def kaart(d) -> Kaart:
    """Return the tile on progress for the overview."""
    r = rij(voortgang(d))
    return Kaart(
        getal=tekst(r.cijfer("gestart_aantal"), "cijfers"),
        label=nl.meervoud(
            r.gestart_aantal, "project wordt uitgevoerd of is klaar", "projecten worden uitgevoerd of zijn klaar"
        ),
        toelichting=zin("van de {n} projecten in {hier}", hier=kern.hier(d), n=r.cijfer("projecten_aantal")),
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
        zin_voortgang(d).tekst,
        tabel_per_thema(d),
        rijen=[r.thema for r in rijen(frame)],
        reeksen=[(kop, list(frame[naam]), kleur) for naam, (kop, _, kleur) in used.items()],
    )


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
            "fase": frame["fase"]
            .map(fasen)
            .where(frame["stilgelegd_op"].isna(), frame["fase"].map(fasen) + ", ligt stil"),
            "stand_van": [None if pd.isna(dag) else nl.maand(dag.date()) for dag in frame["peildatum"]],
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
            kol("themas", "Thema’s"),
            kol("wijken", "Wijken"),
            kol("fase", "Fase"),
            kol("stand_van", "Stand van"),
            kol("bron", "Bron van de fase"),
        ],
    )


def tabel_kort(d) -> Blok:
    """Return the projects with their themas and how far they are."""
    kolommen = [kol("naam", "Project"), kol("themas", "Thema’s"), kol("fase", "Fase")]
    return tabel("projecten-kort", zin("projecten in {hier}", hier=kern.hier(d)), register(d), kolommen)


def _aantal(d) -> Tekst:
    """Say how many projects there are."""
    n = cijfer(voortgang(d), "projecten_aantal")
    return zin("in deze rapportage staan {n}.", n=met_woord(n, "project", "projecten"))
