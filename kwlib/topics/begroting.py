"""Money per project and thema: budget, changes, spending and forecast."""

from __future__ import annotations

import pandas as pd

from kwlib.show import (
    Blok,
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
    verwijzing,
    vul,
    zin,
)
from kwlib.show.zinnen import met_woord
from kwlib.topics import financiering, kern


@feit(
    "project_id",
    **financiering.BEDRAGEN,
    verschil_eur="Uitgegeven min begroot (na wijzigingen): min betekent dat er geld over is.",
    afwijking_eur="Het verschil tussen uitgegeven en begroot (na wijzigingen), zonder min of plus.",
    besteed_pct="Het deel van de begroting (na wijzigingen) dat is uitgegeven.",
)
def per_project(d) -> pd.DataFrame:
    """Return one row per project that has an amount for the year, the largest difference first."""
    posten, namen = financiering.van_projecten(d), kern.namen(d.projecten, "project_id")
    rows = [
        {"project_id": id, "naam": namen[id], "herkomst": kern.verenig(part["herkomst"], "financiering")}
        | financiering.som(part)
        for id, part in posten.groupby("project_id")
    ]
    columns = ["project_id", "naam", *financiering.BEDRAGEN, "verschil_eur", "afwijking_eur", "besteed_pct", "herkomst"]
    frame = pd.DataFrame(rows, columns=None if rows else columns)
    return frame.sort_values(
        ["verschil_eur", "naam"], key=lambda c: c.abs() * -1 if c.name == "verschil_eur" else c, na_position="last"
    )


@feit(
    **financiering.BEDRAGEN,
    verschil_eur="Uitgegeven min begroot (na wijzigingen), alle projecten samen.",
    besteed_pct="Het deel van de begroting (na wijzigingen) dat is uitgegeven.",
)
def totaal(d) -> pd.DataFrame:
    """Return one row: the amounts of all projects together; unknown where any of them is."""
    posten = financiering.van_projecten(d)
    return pd.DataFrame([financiering.som(posten) | {"herkomst": kern.verenig(posten["herkomst"], "financiering")}])


@feit(
    "financiering_id",
    begroot_eur=financiering.BEDRAGEN["begroot_eur"],
    gewijzigd_eur=financiering.BEDRAGEN["gewijzigd_eur"],
)
def wijzigingen(d) -> pd.DataFrame:
    """Return one row per amount that was changed in the year, with the reason."""
    frame, namen = financiering.van_projecten(d), kern.namen(d.projecten, "project_id")
    frame = frame[frame["gewijzigd_begroot"].notna()]
    return frame.assign(naam=frame["project_id"].map(namen)).sort_values(["naam", "financiering_id"])[
        ["financiering_id", "naam", "bron", "begroot_eur", "gewijzigd_eur", "gewijzigd_reden", "reden_ontbreekt",
         "herkomst"]
    ]  # fmt: skip


def zin_totaal(d) -> Blok:
    """Say what was spent of what was budgeted, until when, what is expected, and which projects differ most."""
    r, posten = rij(totaal(d)), financiering.van_projecten(d)
    if not len(per_project(d)):
        return groep([])  # the table says so
    if r.besteed_eur is None:
        zinnen = [zin("niet van elk project weten wij wat er is uitgegeven.")]
    else:
        zinnen = [zin("de projecten gaven {b} uit van {a} ({p}).", b=r.cijfer("besteed_eur"),
                      a=r.cijfer("gewijzigd_eur"), p=r.cijfer("besteed_pct"))]  # fmt: skip
    zinnen.append(financiering.zin_stand(d, posten))
    if r.prognose_eur is not None and not financiering.jaar_om(d, posten):
        zinnen.append(
            zin("voor het hele jaar verwachten wij {c} aan uitgaven van deze projecten.", c=r.cijfer("prognose_eur"))
        )
    zinnen += _verschillen(d)
    if len(wijzigingen(d)):
        zinnen.append(zin("tijdens het jaar is een deel van de begroting gewijzigd."))
    return alinea(*zinnen)


def _verschillen(d) -> list[Tekst]:
    """Name the largest difference, and every other project that spent more than its budget."""
    eerste, *rest = rijen(per_project(d))
    if not eerste.verschil_eur:  # the largest comes first: no project differs, or of none it is known
        return []
    zinnen = [zin("het grootste verschil is bij {naam}: {v} dan begroot.", naam=eerste.naam, v=_afwijking(eerste))]
    if te_veel := [r for r in rest if (r.verschil_eur or 0) > 0]:
        ook = " ook" if eerste.verschil_eur > 0 else ""
        wie = nl.meervoud(len(te_veel), f"dit project gaf{ook}", f"deze projecten gaven{ook}")
        alle = opsomming([vul("{naam} ({v})", naam=r.naam, v=_afwijking(r)) for r in te_veel])
        zinnen.append(zin("{wie} meer uit dan begroot: {alle}.", wie=wie, alle=alle))
    return zinnen


def _afwijking(r) -> Tekst:
    return vul("{v} {richting}", v=r.cijfer("afwijking_eur"), richting="meer" if r.verschil_eur > 0 else "minder")


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
        # A project is in the booklet of each of its wijken, with all its money: a total would be added up twice.
        totaal=None if "wijk" in d.params else totaal(d),
        toelichting=_uitleg(d),
        leeg=_geen_bedragen(d),
    )


def _uitleg(d) -> Tekst:
    """Explain the columns and the order of the table; in a booklet also whose money it is."""
    wijk = "Een project dat ook in een andere wijk loopt, staat hier met al zijn geld." if "wijk" in d.params else ""
    return alinea(
        tekst(wijk),
        tekst("‘Verschil’ is uitgegeven min begroot, na wijziging. ‘Deel’ is het deel dat is uitgegeven."),
        tekst("‘Verwacht’ is wat er naar verwachting aan het eind van het jaar is uitgegeven."),
        tekst("Het project met het grootste verschil staat bovenaan."),
    ).tekst


def _geen_bedragen(d) -> Tekst:
    """Say that no amount is known per project, and where those for several years together are."""
    niets = "per project zijn er voor dit jaar geen bedragen bekend"
    if not len(financiering.van_jaren(d)):
        return zin(niets + ".")
    plaats = "wijk" in d.params or d.params.get("soort") == "plan"  # these have no list of all amounts
    return zin(
        niets + ", wel voor meer jaren samen{zie}.",
        zie="" if plaats else vul(" (zie {zie})", zie=verwijzing("geldregister")),
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
        row |= financiering.samen("projecten", geld, van_projecten, heel=zonder.empty) | financiering.samen(
            "eigen", eigen, van_eigen
        )
        rows.append(row)
    return pd.DataFrame(rows)


def van_thema(d, thema_id: str) -> list[Blok]:
    """Return what a thema cost: its projects together, and what belongs to the thema itself."""
    kop = Kop(3, tekst("Wat heeft het gekost?"), f"gekost-{thema_id}")
    r = next((r for r in rijen(per_thema(d)) if r.thema_id == thema_id), None)
    jaar, zinnen = str(d.jaar), []
    waar = "zonder hoofdthema" if thema_id == kern.ONBEKEND else "van dit thema"
    if r is not None and r.projecten_eur is not None:
        posten = financiering.van_projecten(d).merge(kern.projecten(d)[["project_id", "hoofdthema"]], on="project_id")
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
