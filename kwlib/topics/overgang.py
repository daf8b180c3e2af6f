"""From this year to the next: what happens to every project, to every thema, and to the money."""

from __future__ import annotations

import pandas as pd

from kwlib.show import (
    Alinea,
    Blok,
    Kop,
    Tekst,
    alinea,
    cijfer,
    feit,
    groep,
    kol,
    nl,
    opsomming,
    rij,
    rijen,
    tabel,
    tekst,
    zin,
)
from kwlib.show.feiten import Cijfer
from kwlib.show.verbanden import Stroom, stromen
from kwlib.topics import financiering, kern

EINDEN = ("afgerond", "geborgd_regulier", "zelfstandig_verder", "gestopt")
POSTEN = {
    "oud": "Projecten in het oude jaar",
    "afgerond": "klaar",
    "geborgd_regulier": "wordt gewoon werk",
    "zelfstandig_verder": "gaat zelfstandig verder",
    "gestopt": "stopt",
    "bundelen": "minder door bundelen",
    "splitsen": "meer door splitsen",
    "nieuw": "nieuw",
}


def _stappen(d) -> pd.DataFrame:
    return d.overgangen[d.overgangen["jaar"] == kern.planjaar(d)]


def bekend(d) -> bool:
    """Tell whether the edition knows how the projects go on."""
    return len(_stappen(d)) > 0


@feit("post", telwijze="uniek", projecten_aantal="Projecten die erbij komen of afgaan, of er waren of zijn.")
def balans(d) -> pd.DataFrame:
    """Return one row per item of the balance from old to new year, signed; the last is what the items add up to.

    N(new) = N(old) − ended − (bundled − bundles) + (parts − split) + new (domain model 2.8).
    """
    stappen, jaar = _stappen(d), kern.planjaar(d)
    oud = kern.projecten(d, jaar - 1)
    per_soort = {s: stappen[stappen["soort"] == s] for s in stappen["soort"].dropna().unique()}

    def verlies(soort: str, bron: str, doel: str) -> int:
        part = per_soort.get(soort, stappen.iloc[:0])
        return part[bron].nunique() - part[doel].nunique()

    waarden = {"oud": len(oud)}
    waarden |= {s: -len(per_soort.get(s, ())) for s in EINDEN}
    waarden |= {
        "bundelen": -verlies("gebundeld", "van_project_id", "naar_project_id"),
        "splitsen": verlies("gesplitst", "naar_project_id", "van_project_id"),
        "nieuw": len(per_soort.get("nieuw", ())),
    }
    delen = {"oud": oud, "bundelen": per_soort.get("gebundeld"), "splitsen": per_soort.get("gesplitst")}
    rows = []
    for post, aantal in waarden.items():
        part = delen.get(post, per_soort.get(post))
        herkomst = kern.verenig([] if part is None else part["herkomst"], "overgangen")
        rows.append({"post": post, "naam": POSTEN[post], "projecten_aantal": aantal, "herkomst": herkomst})
    samen = {"post": "som", "naam": f"Projecten in {jaar}", "projecten_aantal": sum(waarden.values())}
    alles = kern.verenig([r["herkomst"] for r in rows] + list(stappen["herkomst"]), "overgangen")
    return pd.DataFrame([*rows, samen | {"herkomst": alles}])


@feit(
    telwijze="uniek",
    oud_aantal="Projecten in het oude jaar.",
    nieuw_aantal="Projecten in het nieuwe jaar.",
    oude_themas_aantal="Thema’s in het oude jaar.",
    nieuwe_themas_aantal="Thema’s in het nieuwe jaar.",
)
def telling(d) -> pd.DataFrame:
    """Return one row: projects and themas in the old and the new year, as counted in the data."""
    jaar = kern.planjaar(d)
    delen = {
        "oud_aantal": kern.projecten(d, jaar - 1),
        "nieuw_aantal": kern.projecten(d, jaar),
        "oude_themas_aantal": kern.themas(d, jaar - 1),
        "nieuwe_themas_aantal": kern.themas(d, jaar),
    }
    return kern.een_rij("project_jaar", _stappen(d), **delen)


@feit(
    "overgang_id",
    budget_mee_eur="Wat er voor het nieuwe jaar is begroot voor dit project, of voor wat ervan verdergaat.",
)
def stappen(d) -> pd.DataFrame:
    """Return one row per step from an old to a new project, in the order of the new projects."""
    namen, soorten = kern.namen(d.projecten, "project_id"), kern.labels(d, "overgangen", "soort")
    frame, posten = _stappen(d), financiering.van_jaar(d, kern.planjaar(d))
    # What a new project gets is what the sources budget for it.
    posten = posten[posten["project_id"].isin(frame.loc[frame["soort"] == "nieuw", "naar_project_id"])]
    nieuw = posten.groupby("project_id").agg({"bedrag_eur": lambda b: b.sum(min_count=1), "herkomst": list})
    frame = frame.assign(
        van=frame["van_project_id"].map(namen),
        naar=frame["naar_project_id"].map(namen),
        wat=frame["soort"].map(soorten),
        budget_mee_eur=frame["budget_mee"].fillna(frame["naar_project_id"].map(nieuw["bedrag_eur"])),
        herkomst=[kern.verenig([r.herkomst, *nieuw["herkomst"].get(r.naar_project_id, [])], "financiering")
                  for r in frame.itertuples()],
    )  # fmt: skip
    return frame.sort_values(["naar", "van", "overgang_id"], na_position="last")[
        ["overgang_id", "van", "wat", "soort", "naar", "reden", "besluit", "budget_mee_eur", "reden_ontbreekt",
         "herkomst"]
    ]  # fmt: skip


@feit("thema_overgang_id")
def themas(d) -> pd.DataFrame:
    """Return one row per link between an old and a new thema."""
    namen = kern.namen(d.themas, "thema_id")
    frame = d.thema_overgangen[d.thema_overgangen["jaar"] == kern.planjaar(d)]
    return frame.assign(van=frame["van_thema_id"].map(namen), naar=frame["naar_thema_id"].map(namen))[
        ["thema_overgang_id", "van", "naar", "reden", "herkomst"]
    ]


@feit(budget_mee_eur="Wat er voor het nieuwe jaar is begroot voor alle projecten die verdergaan.")
def geld_mee(d) -> pd.DataFrame:
    """Return one row: the budget of the projects that go on; at least that where it is not known of all of them."""
    frame = _stappen(d)
    verder = frame[~frame["soort"].isin([*EINDEN, "nieuw"])]["budget_mee"]
    row = {"budget_mee_eur": verder.sum(min_count=1), "herkomst": kern.verenig(frame["herkomst"], "overgangen")}
    return pd.DataFrame([row | {"budget_mee_eur_soort": "exact" if verder.notna().all() else "minstens"}])


def zin_telling(d) -> Alinea:
    """Say from how many to how many projects and themas the programme goes."""
    r, jaar = rij(telling(d)), kern.planjaar(d)
    if not bekend(d):
        vorm = "het besluit over het plan voor {jaar} is nog niet bekend. Hoe de {wat} verdergaan, staat dus niet vast."
        return alinea(zin(vorm, jaar=str(jaar), wat="projecten" if len(themas(d)) else "projecten en de thema’s"))
    return alinea(zin("wij gaan van {oud} naar {nieuw} projecten en van {themas} naar {nieuwe} thema’s.",
                      oud=r.cijfer("oud_aantal"), nieuw=r.cijfer("nieuw_aantal"),
                      themas=r.cijfer("oude_themas_aantal"), nieuwe=r.cijfer("nieuwe_themas_aantal")))  # fmt: skip


def _geld(d) -> Tekst | None:
    """Say what is budgeted for the projects that go on; None when that is not known."""
    mee, som = cijfer(geld_mee(d), "budget_mee_eur"), "voor {jaar} is {mee} begroot voor projecten die verdergaan."
    return None if mee.ontbreekt else zin(som, jaar=str(kern.planjaar(d)), mee=mee)


def _begroot(r) -> Cijfer | str:
    """Return the cell with what is budgeted; of a project that ends there is nothing to know."""
    return "–" if r.soort in EINDEN else r.cijfer("budget_mee_eur")


def _einden(d) -> Tekst | None:
    """Name every project that ends, by the way it ends; None when none does."""
    frame, delen = stappen(d), []
    for soort, woord in (("afgerond", "klaar"), ("geborgd_regulier", "gewoon werk geworden"),
                         ("zelfstandig_verder", "zelfstandig verder"), ("gestopt", "gestopt")):  # fmt: skip
        if namen := list(frame.loc[frame["soort"] == soort, "van"].dropna()):
            delen.append(zin(f"{woord}: {{namen}}.", namen=opsomming(namen)))
    return alinea(zin("niet alle projecten staan nog in het plan."), *delen).tekst if delen else None


def vooruitblik(d) -> Alinea:
    """Return the step to the next year as a paragraph."""
    return alinea(zin_telling(d).tekst, _geld(d), _einden(d))


def tabel_balans(d) -> Blok:
    """Return the balance from the old to the new number of projects; nothing when that is not known."""
    alles = balans(d)
    telt = (alles["projecten_aantal"] != 0) | alles["post"].isin(["oud", "som"])
    return tabel(
        "balans",
        zin("van {oud} naar {nieuw}", oud=str(kern.planjaar(d) - 1), nieuw=str(kern.planjaar(d))),
        alles[telt & bekend(d)],
        [kol("naam", "Wat"), kol("projecten_aantal", "Projecten")],
        leeg="",
    )


def tabel_stappen(d) -> Blok:
    """Return what happens to each project, with the reason and the money."""
    jaar = kern.planjaar(d)
    return tabel(
        "projecten-van-oud-naar-nieuw",
        zin("elk project van {oud} en wat ermee gebeurt", oud=str(jaar - 1)),
        stappen(d),
        [
            kol("van", f"Project in {jaar - 1}", lambda r: r.van or "–"),
            kol("wat", "Wat gebeurt er"),
            kol("naar", f"Project in {jaar}", lambda r: r.naar or "–"),
            kol("reden", "Waarom"),
            kol("budget_mee_eur", f"Begroot voor {jaar}", _begroot),
        ],
        leeg="De overgang naar het volgende jaar is nog niet vastgelegd.",
    )


def tabel_themas(d) -> Blok:
    """Return how the themas go on."""
    jaar = kern.planjaar(d)
    return tabel(
        "themas-oud-nieuw",
        zin("de thema’s van {oud} en {nieuw}", oud=str(jaar - 1), nieuw=str(jaar)),
        themas(d),
        [
            kol("van", f"Thema in {jaar - 1}"),
            kol("naar", f"Thema in {jaar}", lambda r: r.naar or "stopt"),
            kol("reden", "Waarom"),
        ],
        leeg="De thema’s van het volgende jaar zijn nog niet vastgelegd.",
    )


def themas_verder(d) -> Blok:
    """Return how the themas go on, under its own heading; nothing when nothing of the next year is known."""
    kop = Kop(2, tekst("Hoe gaan de thema’s verder?"), "themas-verder")
    return groep([kop, tabel_themas(d)] if bekend(d) or len(themas(d)) else [])


def figuur_stappen(d) -> Blok:
    """Return old projects at the left, new ones at the right, and a line for each step; nothing when not known."""
    if not bekend(d):
        return groep([])
    jaar, soorten = kern.planjaar(d), kern.labels(d, "overgangen", "soort")
    lijnen = [Stroom(r.van or nl.hoofdletter(soorten["nieuw"]), r.naar or soorten[r.soort], r.soort in EINDEN,
                     r.van is None) for r in rijen(stappen(d))]  # fmt: skip
    return stromen(
        "van-oud-naar-nieuw-figuur",
        zin("hoe de projecten van {oud} overgaan in die van {nieuw}", oud=str(jaar - 1), nieuw=str(jaar)),
        zin_telling(d).tekst,
        tabel_stappen(d),
        koppen=(str(jaar - 1), str(jaar)),
        lijnen=lijnen,
    )
