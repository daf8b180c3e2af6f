"""Over what the year's money is divided: wijken, and projects that go on, new ones and the rest."""

from __future__ import annotations

import pandas as pd

from kwlib.show import Alinea, Blok, alinea, feit, kol, opsomming, rij, rijen, tabel, tekst, verwijzing, vul, zin
from kwlib.topics import financiering, kern

# What a part of the money is for → how that is called in a table and in a sentence.
DELEN = {
    "verder": ("gaat verder", "voor projecten die verdergaan"),
    "nieuw": ("nieuw", "voor nieuwe projecten"),
    "project": ("niet bekend", "voor projecten"),
    "buiten": ("–", "niet voor een project"),
}


@feit(
    "wijk_id",
    telwijze="aandeel",
    bedrag_eur="Het geld voor het verslagjaar dat volgens de aandelen bij dit gebied hoort.",
)
def per_wijk(d) -> pd.DataFrame:
    """Return one row per area: the year's money, a project's divided by its shares; last what cannot be divided ('').

    A project is divided only when all its shares are known; money without a project belongs to its own area.
    """
    links = d.project_wijk[d.project_wijk["jaar"] == d.jaar]
    delen: dict[str, float] = {}
    records: dict[str, list] = {}
    for post in financiering.bekend(d).itertuples():
        here = links[links["project_id"] == post.project_id]
        shares = dict(zip(here["wijk_id"], here["aandeel"], strict=True))
        if pd.isna(post.project_id) and pd.notna(post.wijk_id):
            shares = {post.wijk_id: 1}
        elif not shares or here["aandeel"].isna().any():
            shares = {"": 1}
        for wijk, share in shares.items():
            delen[wijk] = delen.get(wijk, 0) + post.bedrag_eur * share
            # That a project has no known wijk is read from the whole table.
            gelezen = here["herkomst"] if len(here) else [("project_wijk",)]
            records.setdefault(wijk, []).extend([post.herkomst, *gelezen])
    namen = kern.namen(d.wijken.sort_values(["volgorde", "wijk_id"]), "wijk_id") | {"": "niet te verdelen"}
    rows = [
        {"wijk_id": wijk, "wijk": naam, "bedrag_eur": delen[wijk], "herkomst": kern.verenig(records[wijk], "")}
        for wijk, naam in namen.items()
        if wijk in delen
    ]
    return pd.DataFrame(rows, columns=["wijk_id", "wijk", "bedrag_eur", "herkomst"])


def tabel_per_wijk(d) -> Blok:
    """Return the year's money by area, or a sentence when no amount belongs to one."""
    frame, uitleg = per_wijk(d), "Geld van een project is pas te verdelen als van elke wijk het aandeel bekend is."
    if not (frame["wijk_id"] != "").any():
        return Alinea(tekst("Van geen enkel bedrag weten wij bij welke wijk het hoort."))
    if financiering.bekend(d)["project_id"].isna().all():  # then nothing is divided, and nobody need know how
        frame.attrs["feit"], uitleg = frame.attrs["feit"] | {"telwijze": None}, ""
    return tabel(
        "geld-per-wijk",
        zin("geld voor {jaar}, per gebied", jaar=str(d.jaar)),
        frame,
        [kol("wijk", "Gebied"), kol("bedrag_eur", "Bedrag")],
        totaal=delen(d),
        toelichting=uitleg,
    )


def zin_van_wijk(stad, wijk_id: str) -> Alinea:
    """Say, in the data of the whole city, how much of the year's money is that of one wijk."""
    per = {r.wijk_id: r for r in rijen(per_wijk(stad))}
    jaar, wijk = str(stad.jaar), kern.namen(stad.wijken, "wijk_id")[wijk_id]
    if wijk_id in per:
        bedrag = per[wijk_id].cijfer("bedrag_eur")
        zinnen = [zin("van het geld voor {jaar} hoort {bedrag} bij {wijk}.", jaar=jaar, bedrag=bedrag, wijk=wijk)]
    else:
        zinnen = [zin("van geen enkel bedrag voor {jaar} weten wij dat het bij {wijk} hoort.", jaar=jaar, wijk=wijk)]
    if financiering.bekend(stad)["project_id"].notna().any():
        zinnen.append(tekst("Van een project dat in meer wijken loopt, telt daarin alleen het aandeel van deze wijk."))
    if "" in per:
        bedrag = per[""].cijfer("bedrag_eur")
        zinnen.append(zin("van {bedrag} is niet bekend bij welke wijk het hoort. Dat telt niet mee.", bedrag=bedrag))
    return alinea(*zinnen)


@feit("project_id", bedrag_eur="De som van de bedragen van dit project voor dit jaar, zonder plafonds.")
def per_project(d) -> pd.DataFrame:
    """Return one row per project with an amount for the year, and last what no project has to its name ('')."""
    stappen, namen = d.overgangen[d.overgangen["jaar"] == d.jaar], kern.namen(d.projecten, "project_id") | {"": ""}
    posten, rows = financiering.bekend(d), []
    for id, part in posten.groupby(posten["project_id"].fillna("")):
        naar = stappen[stappen["naar_project_id"] == id]
        deel = (
            "buiten" if not id else "project" if naar.empty else "nieuw" if "nieuw" in set(naar["soort"]) else "verder"
        )
        # That no step leads to a project is read from the whole table.
        gelezen = () if not id else naar["herkomst"] if len(naar) else [("overgangen",)]
        herkomst = kern.verenig([*part["herkomst"], *gelezen], "")
        naam = namen[id] or "Niet bij een project"
        rows.append({"project_id": id, "naam": naam, "deel": deel, "wat": DELEN[deel][0], "herkomst": herkomst,
                     "bedrag_eur": part["bedrag_eur"].sum()})  # fmt: skip
    frame = pd.DataFrame(rows, columns=["project_id", "naam", "deel", "wat", "bedrag_eur", "herkomst"])
    return frame.sort_values(["project_id", "naam"], key=lambda c: c == "" if c.name == "project_id" else c)


@feit(
    bedrag_eur="De som van alle bedragen die voor dit jaar bekend zijn, zonder plafonds.",
    verder_eur="De bedragen van projecten die er ook in het jaar daarvoor waren, of daaruit zijn ontstaan.",
    nieuw_eur="De bedragen van nieuwe projecten.",
    project_eur="De bedragen van projecten waarvan niet is vastgelegd of zij nieuw zijn.",
    buiten_eur="De bedragen die niet bij een project horen.",
)
def delen(d) -> pd.DataFrame:
    """Return one row: the year's money, and what of it is for which kind of project or for none."""
    frame = per_project(d)
    alles = kern.verenig(frame["herkomst"], "financiering")
    row = {"bedrag_eur": frame["bedrag_eur"].sum(min_count=1), "bedrag_eur_reden": "niet_in_bronnen", "herkomst": alles}
    for deel in DELEN:
        part = frame[frame["deel"] == deel]
        row |= {f"{deel}_eur": part["bedrag_eur"].sum()}
    return pd.DataFrame([row])


def zin_delen(d) -> Alinea:
    """Say how much of the year's money is for projects that go on, for new ones and for no project."""
    r, jaar = rij(delen(d)), str(d.jaar)
    if r.bedrag_eur is None:
        return alinea()
    bekend = [deel for deel in DELEN if getattr(r, f"{deel}_eur")]
    waarvoor = {deel: DELEN[deel][1] for deel in bekend}
    if len(bekend) > 1 and {"verder", "nieuw"} & set(bekend):
        waarvoor["project"] = "voor andere projecten"
    stukken = [vul("{bedrag} {waarvoor}", bedrag=r.cijfer(f"{deel}_eur"), waarvoor=waarvoor[deel]) for deel in bekend]
    alles = tekst(f"alles {waarvoor[bekend[0]]}") if len(bekend) == 1 else opsomming(stukken)
    return alinea(zin("van {heel} voor {jaar} is {alles}.", heel=r.cijfer("bedrag_eur"), jaar=jaar, alles=alles))


def tabel_per_project(d) -> Blok:
    """Return what is budgeted per project and for none, or where else a budget per project is told."""
    frame, stappen = per_project(d), d.overgangen[d.overgangen["jaar"] == d.jaar]
    leeg = tekst("Een bedrag per project noemen de bronnen voor dit jaar niet.")
    if stappen["budget_mee"].notna().any():
        zie = verwijzing("projecten-van-oud-naar-nieuw")
        leeg = alinea(leeg, zin("wat er is begroot voor projecten die verdergaan, staat in {zie}.", zie=zie)).tekst
    wat = [kol("wat", "Nieuw of verder")] if frame["deel"].isin(["verder", "nieuw"]).any() else []
    return tabel(
        "geld-per-project-en-rest",
        zin("geld voor {jaar}, per project", jaar=str(d.jaar)),
        frame if (frame["project_id"] != "").any() else frame.iloc[:0],
        [kol("naam", "Project"), *wat, kol("bedrag_eur", financiering.kop(financiering.bekend(d)))],
        totaal=delen(d),
        leeg=leeg,
    )
