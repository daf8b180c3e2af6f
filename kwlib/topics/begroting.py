"""Money per project and thema: budget, changes, spending, forecast, and what one unit cost where that is honest."""

from __future__ import annotations

import pandas as pd

from kwlib.show import Blok, Kop, Tekst, alinea, feit, groep, kol, nl, rij, rijen, samen, tabel, tekst, vul, zin
from kwlib.show.zinnen import met_woord
from kwlib.topics import financiering, kern

BEDRAGEN = {
    "begroot_eur": "Wat er aan het begin van het jaar was begroot.",
    "gewijzigd_eur": "Wat er na wijzigingen was begroot.",
    "besteed_eur": "Wat er in het jaar is uitgegeven.",
    "prognose_eur": "Wat er naar verwachting aan het eind van het jaar is uitgegeven.",
}


def _posten(d) -> pd.DataFrame:
    """Return the amounts of projects for the year, without ceilings; unchanged is changed to what it was."""
    f = financiering.van_jaar(d)
    f = f[f["project_id"].notna()]
    return f.assign(begroot_eur=f["begroot"], gewijzigd_eur=f["bedrag_eur"], prognose_eur=f["prognose"])


def _som(part: pd.DataFrame) -> dict:
    """Return the sums of a project's amounts; a sum with an unknown part is unknown."""
    out = {k: part[k].sum() if part[k].notna().all() and len(part) else pd.NA for k in BEDRAGEN}
    out["verschil_eur"] = out["besteed_eur"] - out["gewijzigd_eur"]
    known = pd.notna(out["verschil_eur"]) and out["gewijzigd_eur"]
    out["besteed_pct"] = 100 * out["besteed_eur"] / out["gewijzigd_eur"] if known else pd.NA
    return out | {f"{k}_reden": "niet_in_bronnen" for k in out if pd.isna(out[k])}


@feit(
    "project_id",
    **BEDRAGEN,
    verschil_eur="Uitgegeven min begroot (na wijzigingen): min betekent dat er geld over is.",
    besteed_pct="Het deel van de begroting (na wijzigingen) dat is uitgegeven.",
)
def per_project(d) -> pd.DataFrame:
    """Return one row per project that has an amount for the year, the largest difference first."""
    posten, namen = _posten(d), kern.namen(d.projecten, "project_id")
    rows = [
        {"project_id": id, "naam": namen[id], "herkomst": kern.verenig(part["herkomst"], "financiering")} | _som(part)
        for id, part in posten.groupby("project_id")
    ]
    columns = ["project_id", "naam", *BEDRAGEN, "verschil_eur", "besteed_pct", "herkomst"]
    frame = pd.DataFrame(rows, columns=None if rows else columns)
    return frame.sort_values(
        ["verschil_eur", "naam"], key=lambda c: c.abs() * -1 if c.name == "verschil_eur" else c, na_position="last"
    )


@feit(
    **BEDRAGEN,
    verschil_eur="Uitgegeven min begroot (na wijzigingen), alle projecten samen.",
    besteed_pct="Het deel van de begroting (na wijzigingen) dat is uitgegeven.",
)
def totaal(d) -> pd.DataFrame:
    """Return one row: the amounts of all projects together; unknown where any of them is."""
    posten = _posten(d)
    return pd.DataFrame([_som(posten) | {"herkomst": kern.verenig(posten["herkomst"], "financiering")}])


@feit("financiering_id", begroot_eur=BEDRAGEN["begroot_eur"], gewijzigd_eur=BEDRAGEN["gewijzigd_eur"])
def wijzigingen(d) -> pd.DataFrame:
    """Return one row per amount that was changed in the year, with the reason."""
    frame, namen = _posten(d), kern.namen(d.projecten, "project_id")
    frame = frame[frame["gewijzigd_begroot"].notna()]
    return frame.assign(naam=frame["project_id"].map(namen)).sort_values(["naam", "financiering_id"])[
        ["financiering_id", "naam", "bron", "begroot_eur", "gewijzigd_eur", "gewijzigd_reden", "reden_ontbreekt",
         "herkomst"]
    ]  # fmt: skip


@feit(
    "project_id",
    per_eenheid_eur="Uitgegeven geld, gedeeld door het aantal van het enige resultaat dat het project telt.",
)
def kosten(d) -> pd.DataFrame:
    """Return one row per project whose cost per unit is honest to tell: one exact output, all money known."""
    uitgaven = per_project(d).set_index("project_id")
    doelen = kern.doelen(d)
    rows = []
    for id in uitgaven.index:
        eigen = doelen.loc[doelen["project_id"] == id, "doel_id"]
        outputs = d.indicatoren[d.indicatoren["doel_id"].isin(eigen) & (d.indicatoren["soort"] == "output")]
        m = d.metingen[d.metingen["indicator_id"].isin(outputs["indicator_id"]) & (d.metingen["rol"] == "realisatie")]
        m = m[(m["periode_eind"].dt.year == d.jaar) & m["waarde"].notna() & (m["waarde_soort"] == "exact")]
        besteed = uitgaven.at[id, "besteed_eur"]
        if len(outputs) == 1 and len(m) == 1 and m["waarde"].iat[0] > 0 and pd.notna(besteed):
            rows.append(
                {
                    "project_id": id,
                    "naam": uitgaven.at[id, "naam"],
                    "eenheid_naam": outputs["eenheid"].iat[0],
                    "per_eenheid_eur": besteed / m["waarde"].iat[0],
                    "herkomst": kern.verenig([uitgaven.at[id, "herkomst"], *m["herkomst"], *outputs["herkomst"]], ""),
                }
            )
    return pd.DataFrame(rows, columns=["project_id", "naam", "eenheid_naam", "per_eenheid_eur", "herkomst"])


def zin_totaal(d) -> Blok:
    """Say what was spent of what was budgeted, and which project makes the most difference."""
    r = rij(totaal(d))
    if not len(per_project(d)):
        return groep([])  # the table says so
    if r.besteed_eur is None:
        return alinea(zin("niet van elk project weten wij wat er is uitgegeven."))
    zinnen = [zin("de projecten gaven {b} uit van {a} ({p}).", b=r.cijfer("besteed_eur"), a=r.cijfer("gewijzigd_eur"),
                  p=r.cijfer("besteed_pct"))]  # fmt: skip
    eerste = next(iter(rijen(per_project(d))))
    if eerste.verschil_eur:
        zinnen.append(
            zin("het grootste verschil is bij {naam}: {v}.", naam=eerste.naam, v=eerste.cijfer("verschil_eur"))
        )
    if len(wijzigingen(d)):
        zinnen.append(zin("tijdens het jaar is een deel van de begroting gewijzigd."))
    return alinea(*zinnen)


def tabel_per_project(d) -> Blok:
    """Return budget, spending, difference and forecast per project."""
    return tabel(
        "geld-per-project",
        zin("begroot en uitgegeven per project in {jaar}", jaar=str(d.jaar)),
        per_project(d),
        [
            kol("naam", "Project"),
            kol("begroot_eur", "Begroot"),
            kol("gewijzigd_eur", "Na wijziging"),
            kol("besteed_eur", "Uitgegeven"),
            kol("verschil_eur", "Verschil"),
            kol("besteed_pct", "Deel"),
            kol("prognose_eur", "Verwacht"),
        ],
        totaal=totaal(d),
        leeg="Per project zijn er voor dit jaar geen bedragen bekend.",
    )


def tabel_wijzigingen(d) -> Blok:
    """Return the changes of budgets with their reasons."""
    return tabel(
        "begrotingswijzigingen",
        "Wijzigingen van de begroting",
        wijzigingen(d),
        [
            kol("naam", "Project"),
            kol("bron", "Geldbron"),
            kol("begroot_eur", "Was"),
            kol("gewijzigd_eur", "Werd"),
            kol("gewijzigd_reden", "Waarom"),
        ],
        leeg="Er zijn geen wijzigingen van de begroting bekend." if len(per_project(d)) else "",
    )


def tabel_kosten(d) -> Blok:
    """Return the cost per unit of projects with one kind of result."""
    return tabel(
        "kosten-per-eenheid",
        "Kosten per resultaat",
        kosten(d),
        [
            kol("naam", "Project"),
            kol("eenheid_naam", "Wat telt het project"),
            kol("per_eenheid_eur", "Kosten per resultaat"),
        ],
        toelichting="Alleen voor projecten met een enkel soort resultaat. Bij andere zegt dit te weinig.",
        leeg="Voor geen enkel project zijn de kosten per resultaat eerlijk te zeggen.",
    )


@feit(
    "thema_id",
    projecten_aantal="Projecten met dit hoofdthema.",
    zonder_bedrag_aantal="Projecten met dit hoofdthema waarvan geen bedrag voor het verslagjaar bekend is.",
    projecten_eur="De bedragen voor het verslagjaar van de projecten met dit hoofdthema, zonder plafonds.",
    projecten_besteed_eur="Wat van die bedragen is uitgegeven, als dat van elk bedrag bekend is.",
    eigen_eur="De bedragen voor het verslagjaar die bij het thema horen en niet bij een project, zonder plafonds.",
    eigen_besteed_eur="Wat daarvan is uitgegeven, als dat van elk bedrag bekend is.",
)
def per_thema(d) -> pd.DataFrame:
    """Return one row per thema with a project or an amount: an amount of a project counts with its hoofdthema only."""
    posten, projecten = financiering.van_jaar(d), kern.met(kern.projecten(d), "thema")
    los = posten[posten["project_id"].isna()]
    rows = []
    for thema in sorted({*projecten["hoofdthema"], *los["thema_id"].dropna()}):
        hier = projecten[projecten["hoofdthema"] == thema]
        geld = posten[posten["project_id"].isin(hier["project_id"])]
        zonder = hier[~hier["project_id"].isin(geld.loc[geld["bedrag_eur"].notna(), "project_id"])]
        eigen = los[los["thema_id"] == thema]
        # That a project has no known thema is read from the whole table.
        gelezen = [*hier["herkomst"], *geld["herkomst"], *([("project_thema",)] if thema == kern.ONBEKEND else [])]
        alles = kern.verenig([*gelezen, *eigen["herkomst"]], "financiering")
        # Where there is nothing, what makes the row is what says so.
        van_projecten = kern.verenig(gelezen, "") if len(hier) else alles
        van_eigen = kern.verenig(eigen["herkomst"], "") if len(eigen) else alles
        row = {"thema_id": thema, "herkomst": alles, "projecten_aantal": len(hier), "zonder_bedrag_aantal": len(zonder)}
        row |= {f"{k}__herkomst": van_projecten for k in ("projecten_aantal", "zonder_bedrag_aantal")}
        row |= _samen("projecten", geld, van_projecten, heel=zonder.empty) | _samen("eigen", eigen, van_eigen)
        rows.append(row)
    return pd.DataFrame(rows)


def _samen(naam: str, part: pd.DataFrame, herkomst: tuple[str, ...], heel: bool = True) -> dict:
    """Return what is budgeted at least, exactly when the whole is known, and what is spent when all of it is known."""
    heel = heel and part["bedrag_eur"].notna().all()
    besteed = part["besteed_eur"].sum() if len(part) and part["besteed_eur"].notna().all() else pd.NA
    return {
        f"{naam}_eur": part["bedrag_eur"].sum(min_count=1),
        f"{naam}_eur_soort": "exact" if heel else "minstens",
        f"{naam}_besteed_eur": besteed,
        **{f"{k}__herkomst": herkomst for k in (f"{naam}_eur", f"{naam}_besteed_eur")},
        **{f"{k}_reden": "niet_in_bronnen" for k in (f"{naam}_eur", f"{naam}_besteed_eur")},
    }


def van_thema(d, thema_id: str) -> list[Blok]:
    """Return what a thema cost: its projects together, and what belongs to the thema itself."""
    kop = Kop(3, tekst("Wat heeft het gekost?"), f"gekost-{thema_id}")
    r = next((r for r in rijen(per_thema(d)) if r.thema_id == thema_id), None)
    jaar, zinnen = str(d.jaar), []
    waar = "zonder hoofdthema" if thema_id == kern.ONBEKEND else "van dit thema"
    if r is not None and r.projecten_eur is not None:
        posten = _posten(d).merge(kern.projecten(d)[["project_id", "hoofdthema"]], on="project_id")
        woord = financiering.woord(posten[(posten["hoofdthema"] == thema_id) & posten["bedrag_eur"].notna()])
        wie = nl.meervoud(r.projecten_aantal, f"het project {waar} is", f"de projecten {waar} is samen")
        som = zin("voor {wie} {bedrag} {woord}", wie=wie, bedrag=r.cijfer("projecten_eur"), woord=woord)
        zinnen.append(samen(*som, *_uitgegeven(r, "projecten_besteed_eur")))
        if r.zonder_bedrag_aantal:
            n = met_woord(r.cijfer("zonder_bedrag_aantal"), "project", "projecten")
            zinnen.append(zin("van {n} kennen wij het bedrag niet.", n=n))
    elif r is not None and r.projecten_aantal:
        zinnen.append(zin("van geen project {waar} kennen wij het bedrag voor {jaar}.", waar=waar, jaar=jaar))
    if r is not None and r.eigen_eur is not None:
        begin = "daarnaast hoort {bedrag} bij het thema zelf" if zinnen else "bij het thema zelf hoort {bedrag}"
        zinnen.append(samen(*zin(begin, bedrag=r.cijfer("eigen_eur")), *_uitgegeven(r, "eigen_besteed_eur")))
    return [kop, alinea(*zinnen or [zin("de bronnen noemen voor {jaar} geen bedrag voor dit thema.", jaar=jaar)])]


def _uitgegeven(r, kolom: str) -> Tekst:
    if getattr(r, kolom) is None:
        return tekst("; wat daarvan is uitgegeven, weten wij niet.")
    return vul("; daarvan is {besteed} uitgegeven.", besteed=r.cijfer(kolom))
