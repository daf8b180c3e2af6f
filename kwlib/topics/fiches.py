"""A card per project: short in a report while it is being prepared, long otherwise; exceptions come first."""

from __future__ import annotations

import pandas as pd

from kwlib.show import (
    Alinea,
    Blok,
    Deel,
    Kenmerken,
    Kop,
    Tekst,
    alinea,
    feit,
    groep,
    kol,
    nl,
    opsomming,
    rij,
    rijen,
    samen,
    tabel,
    tekst,
    zin,
)
from kwlib.show.zinnen import ontbreekzin, telzin, werkwoord
from kwlib.topics import financiering, kern

ASSEN = {
    "koers_tijd": "tijd",
    "koers_geld": "geld",
    "koers_resultaat": "resultaat",
    "koers_participatie": "participatie",
}
# From the worst to the best; what is not known says nothing, so it comes last.
KOERSEN = ("achter", "aandacht", "gewijzigd_met_akkoord", "op_schema", "onbekend")


def _koers(project: dict) -> str:
    """Return the course of a project as a whole: the worst of its axes that is known."""
    known = [project[as_] for as_ in ASSEN if pd.notna(project[as_])]
    return min(known, key=KOERSEN.index) if known else "onbekend"


@feit(
    "thema_id",
    telwijze="hoofd",
    projecten_aantal="Projecten met dit hoofdthema.",
    **{f"{k}_aantal": f"Projecten waarvan de minst goede koers '{k.replace('_', ' ')}' is." for k in KOERSEN},
)
def koers_per_thema(d) -> pd.DataFrame:
    """Return one row per thema: its projects by course, each by the worst of its axes that is known."""
    frame = kern.met(kern.projecten(d), "thema")
    frame = frame.assign(koers=[_koers(p) for p in frame.to_dict("records")])
    rows = []
    for thema in kern.themas(d).itertuples():
        part = frame[frame["hoofdthema"] == thema.thema_id]
        delen = {"projecten_aantal": part} | {f"{k}_aantal": part[part["koers"] == k] for k in KOERSEN}
        row = {
            "thema_id": thema.thema_id,
            "thema": thema.naam,
            "herkomst": kern.verenig(part["herkomst"], "project_thema"),
        }
        rows.append(row | kern.tel_kolommen(delen, "project_jaar"))
    return pd.DataFrame(rows)


@feit(
    telwijze="uniek",
    projecten_aantal="Het aantal projecten in het verslagjaar.",
    **{f"{k}_aantal": f"Projecten waarvan de minst goede koers '{k.replace('_', ' ')}' is." for k in KOERSEN},
    stilgelegd_aantal="Projecten die zijn stilgelegd.",
)
def koers(d) -> pd.DataFrame:
    """Return one row: all projects by course, and those that were put on hold."""
    frame = kern.projecten(d)
    frame = frame.assign(koers=[_koers(p) for p in frame.to_dict("records")])
    delen = {f"{k}_aantal": frame[frame["koers"] == k] for k in KOERSEN}
    stil = frame[frame["stilgelegd_op"].notna()]
    return kern.een_rij("project_jaar", frame, projecten_aantal=frame, stilgelegd_aantal=stil, **delen)


def zin_koers(d) -> Alinea:
    """Say first which projects are behind or on hold, by name."""
    r, frame = rij(koers(d)), kern.projecten(d)
    if r.onbekend_aantal == r.projecten_aantal:
        return alinea(zin("van geen enkel project is bekend of het op schema ligt."))
    achter = [p["naam"] for p in frame.to_dict("records") if _koers(p) == "achter"]
    deel = telzin(r.cijfer("achter_aantal"), r.cijfer("projecten_aantal"), "project", "projecten")
    loopt = werkwoord(r.cijfer("achter_aantal"), "loopt", "lopen")
    wie = zin("{deel} {loopt} op een of meer punten achter: {namen}.", deel=deel, loopt=loopt, namen=opsomming(achter))
    zinnen = [wie if achter else zin("geen project loopt achter.")]
    if r.stilgelegd_aantal:
        namen = opsomming(list(frame.loc[frame["stilgelegd_op"].notna(), "naam"]))
        zinnen.append(zin("stilgelegd: {n} ({namen}).", n=r.cijfer("stilgelegd_aantal"), namen=namen))
    return alinea(*zinnen)


def tabel_koers(d) -> Blok:
    """Return the table thema × course; a course that no project has is left out."""
    frame, namen = koers_per_thema(d), kern.labels(d, "project_jaar", "koers_tijd")
    if frame["onbekend_aantal"].sum() == frame["projecten_aantal"].sum():  # the sentence said so already
        return groep([])
    used = [k for k in KOERSEN if frame[f"{k}_aantal"].sum()]
    return tabel(
        "koers",
        "Hoe de projecten op koers liggen, per hoofdthema",
        frame,
        [
            kol("thema", "Thema"),
            *(kol(f"{k}_aantal", nl.hoofdletter(namen[k])) for k in used),
            kol("projecten_aantal", "Totaal"),
        ],
        totaal=koers(d),
        toelichting="Een project telt bij zijn minst goede koers op tijd, geld, resultaat of participatie.",
    )


@feit("project_id", "financiering_id", bedrag_eur="Het bedrag dat de bron voor dit project noemt.")
def bedragen(d) -> pd.DataFrame:
    """Return one row per amount that a source names for a project."""
    frame = financiering.alle(d)
    return frame.loc[
        frame["project_id"].notna(),
        ["project_id", "financiering_id", "post", "geldbron", "jaar", "jaar_tot", "bedrag_eur", "reden_ontbreekt",
         "herkomst"],
    ]  # fmt: skip


def _geld(d, project_id: str, naam: str) -> Tekst:
    stukken, bronnen = [], kern.labels(d, "financiering", "geldbron")
    for r in rijen(bedragen(d)):
        if r.project_id == project_id and r.jaar <= d.jaar and d.jaar <= (r.jaar_tot or r.jaar):
            stuk = zin("{bedrag} van {bron}", bedrag=r.cijfer("bedrag_eur"), bron=bronnen[r.geldbron])
            # What the card itself says need not be said again: its own name, its own year.
            nader = [r.post] if r.post != naam else []
            nader += [f"{r.jaar} tot en met {r.jaar_tot}"] if r.jaar_tot not in (None, r.jaar) else []
            stukken.append(samen(stuk, f" ({', '.join(nader)})" if nader else ""))
    return opsomming(stukken)


def _mijlpalen(d, project_id: str) -> Tekst:
    """Return the milestones of a project: what, and how it stands."""
    frame = d.mijlpalen[d.mijlpalen["project_id"] == project_id].sort_values(["gepland", "mijlpaal_id"])
    return tekst("; ".join(f"{m['omschrijving']} ({_mijlpaal(d, m)})" for m in frame.to_dict("records")))


def _mijlpaal(d, m: dict) -> str:
    """Return the month for which a step was planned and that in which it was reached, else how it stands."""
    gepland, gehaald = (nl.maand(m[k].date()) if pd.notna(m[k]) else "" for k in ("gepland", "gehaald"))
    if gehaald:
        voor = "gepland en " if gepland == gehaald else f"gepland {gepland}, " if gepland else ""
        return f"{voor}gehaald {gehaald}"
    # What is still to come is not late.
    komt = m["status"] == "open" and m["gepland"] > pd.Timestamp(d.peildatum)
    status = "" if komt else kern.labels(d, "mijlpalen", "status")[m["status"]]
    return ", ".join(filter(None, [gepland and f"gepland {gepland}", status]))


def _assen(d, project: dict) -> Tekst:
    """Return the course per axis, each with its own sign; nothing when no axis is known."""
    namen = kern.labels(d, "project_jaar", "koers_tijd")
    delen = [
        (Deel(f"{as_}: "), Deel(namen[project[kolom]], stijl=f"koers-{project[kolom]}"))
        for kolom, as_ in ASSEN.items()
        if pd.notna(project[kolom])
    ]
    return tuple(d for n, stuk in enumerate(delen) for d in (*((Deel("; "),) if n else ()), *stuk))


def _kort(d, project: dict) -> list[tuple[str, Tekst]]:
    wijken = kern.namen(d.wijken, "wijk_id")
    fase = kern.labels(d, "project_jaar", "fase")[project["fase"]]
    if project["fase"] == kern.ONBEKEND:
        fase = f"{fase}. {ontbreekzin(_of(project['reden_ontbreekt']))}"
    stil = project["stilgelegd_op"]
    return [
        ("Fase", tekst(fase)),
        ("Stilgelegd", tekst(f"{nl.datum(stil.date())}. {_of(project['stilgelegd_reden'])}" if pd.notna(stil) else "")),
        ("Wijken", opsomming([wijken[w] for w in project["wijk_ids"]])),
    ]


def _lang(d, project: dict) -> list[tuple[str, Tekst]]:
    themas, trede = kern.namen(d.themas, "thema_id"), _of(project["participatietrede"])
    treden = kern.labels(d, "project_jaar", "participatietrede")
    return [
        ("Koers", _assen(d, project)),
        ("Waarom anders dan gepland", tekst(_of(project["afwijking_reden"]))),
        ("Wat doen wij eraan", tekst(_of(project["maatregel"]))),
        (
            nl.meervoud(len(project["thema_ids"]), "Thema", "Thema’s"),
            tekst("; ".join(themas[t] for t in project["thema_ids"])),
        ),
        ("Voor wie", tekst(_of(project["doelgroep"]))),
        ("Opdrachtgever", tekst(_of(project["opdrachtgever"]))),
        ("Trekker", tekst(_of(project["trekker_rol"]))),
        ("Wie doen mee", tekst(_lijst(project["partners"]))),
        ("Hoe bewoners meedoen", tekst(treden[trede] if trede else "")),
        ("Stappen", _mijlpalen(d, project["project_id"])),
        ("Geld", _geld(d, project["project_id"], project["naam"])),
    ]


# What a reader need not be told is not known: there may be nothing to tell.
MAG_WEG = {"Stilgelegd", "Waarom anders dan gepland", "Wat doen wij eraan", "Stappen", "Koers", "Opdrachtgever"}


def fiche(d, project: dict, niveau: int = 3) -> list[Blok]:
    """Return the card of one project: short in a report while it is in opstart or an idea, long otherwise."""
    kort = project["fase"] in kern.NIET_GESTART and d.params.get("soort") != "plan"
    paren = _kort(d, project) + ([] if kort else _lang(d, project))
    known = [(label, waarde) for label, waarde in paren if waarde]
    if unknown := [label.lower() for label, waarde in paren if not waarde and label not in MAG_WEG]:
        known.append(("Niet bekend", tekst(", ".join(unknown))))
    blokken: list[Blok] = [Kop(niveau, tekst(project["naam"]), f"project-{project['project_id']}")]
    texts = [("", project["omschrijving"]), ("", project["terugblik"]), ("Hoe verder: ", project["vooruitblik"])]
    texts += [] if kort else [("Wat ging niet goed: ", project["wat_ging_niet_goed"])]
    blokken += [Alinea((*((Deel(kop, stijl="sterk"),) if kop else ()), Deel(_of(t)))) for kop, t in texts if _of(t)]
    blokken.append(Kenmerken(f"fiche-{project['project_id']}", tuple(known)))
    return blokken


def _of(waarde) -> str:
    return "" if waarde is None or pd.isna(waarde) else str(waarde)


def _lijst(waarde) -> str:
    return ", ".join(deel.strip() for deel in _of(waarde).split("|") if deel.strip())


def _eerst(project: dict) -> tuple[int, str]:
    """Return the order of cards: on hold, behind, attention, the rest; then by name."""
    return (0 if pd.notna(project["stilgelegd_op"]) else 1 + min(KOERSEN.index(_koers(project)), 2), project["naam"])


def plan_van_thema(d, thema_id: str) -> list[Blok]:
    """Return what will be done for a thema: the cards of the planned projects."""
    return [Kop(3, tekst("Wat gaan we doen?"), f"doen-{thema_id}"), *van_thema(d, thema_id)[1:]]


def van_thema(d, thema_id: str) -> list[Blok]:
    """Return what was done for a thema: the cards of the projects that have it as main thema, exceptions first."""
    frame = kern.projecten(d)
    cards = sorted(frame[frame["hoofdthema"] == thema_id].to_dict("records"), key=_eerst)
    kop = Kop(3, tekst("Wat hebben we daarvoor gedaan?"), f"gedaan-{thema_id}")
    if not cards:
        return [kop, Alinea(tekst("Bij dit thema is geen project bekend dat het als hoofdthema heeft."))]
    return [kop, *(blok for project in cards for blok in fiche(d, project, 4))]
