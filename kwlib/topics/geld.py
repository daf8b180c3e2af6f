"""Money: what each source promised, budgeted and spent."""

from __future__ import annotations

import pandas as pd

from kwlib.show import Alinea, Blok, Kaart, alinea, feit, kol, nl, opsomming, rij, rijen, samen, tabel, tekst, vul, zin
from kwlib.show.figuren import balken
from kwlib.show.zinnen import met_woord
from kwlib.topics import financiering, kern


@feit(
    "financiering_id",
    bedrag_eur="Het bedrag dat de bron noemt (na wijziging, als die er is).",
    besteed_eur="Het bedrag dat is uitgegeven.",
)
def posten(d) -> pd.DataFrame:
    """Return one row per amount, by source of money and year."""
    frame = financiering.alle(d).sort_values(["geldbron", "post", "jaar", "financiering_id"])
    return frame[
        ["financiering_id", "bron", "post", "wijk", "jaren", "soort_naam", "bedrag_eur", "besteed_eur",
         "opmerking", "reden_ontbreekt", "herkomst"]
    ]  # fmt: skip


@feit("geldbron", telwijze="uniek", bedrag_eur="De som van de bedragen van deze geldbron voor het verslagjaar.")
def per_bron(d) -> pd.DataFrame:
    """Return one row per source of money: its budget for the report's year alone (no ceilings, no longer periods)."""
    frame = financiering.bekend(d)
    rows = [
        {"geldbron": code, "bron": naam, "bedrag_eur": part["bedrag_eur"].sum(),
         "herkomst": kern.verenig(part["herkomst"], "financiering")}
        for code, naam in d.labels("financiering", "geldbron").items()
        if len(part := frame[frame["geldbron"] == code])
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["geldbron", "bron", "bedrag_eur", "herkomst"])


@feit(
    bedrag_eur="De som van alle bedragen die voor het verslagjaar bekend zijn, zonder plafonds.",
    besteed_eur="Het bedrag dat in het verslagjaar is uitgegeven.",
    posten_aantal="Het aantal bedragen dat voor het verslagjaar bekend is, zonder plafonds.",
    zonder_besteding_aantal="Bedragen voor het verslagjaar waarvan niet bekend is wat er is uitgegeven.",
)
def totaal(d) -> pd.DataFrame:
    """Return one row: the amounts known for the year, and for how many the spending is not known."""
    year = financiering.bekend(d)
    spent = year["besteed_eur"].dropna()
    delen = {"posten_aantal": year, "zonder_besteding_aantal": year[year["besteed_eur"].isna()]}
    return pd.DataFrame(
        [
            kern.tel_kolommen(delen, "financiering")
            | {
                "bedrag_eur": year["bedrag_eur"].sum() if len(year) else pd.NA,
                "bedrag_eur_reden": None if len(year) else "niet_in_bronnen",
                "besteed_eur": spent.sum() if len(spent) == len(year) and len(year) else pd.NA,
                "besteed_eur_reden": "niet_in_bronnen",
                "herkomst": kern.verenig(year["herkomst"], "financiering"),
            }
        ]
    )


def zin_totaal(d) -> Alinea:
    """Say what is known of the year's money, by source, and what is not."""
    r = rij(totaal(d))
    if r.bedrag_eur is None:
        zinnen = [zin("over het geld voor {jaar} noemen de bronnen geen bedrag.", jaar=str(d.jaar))]
    else:
        bronnen = list(rijen(per_bron(d)))
        delen = [vul("{bedrag} van {bron}", bedrag=b.cijfer("bedrag_eur"), bron=b.bron) for b in bronnen]
        woord = financiering.woord(financiering.bekend(d))
        som = zin("voor {jaar} is {bedrag} {woord}", jaar=str(d.jaar), bedrag=r.cijfer("bedrag_eur"), woord=woord)
        van = vul(", van {bron}.", bron=bronnen[0].bron) if len(delen) == 1 else vul(": {alle}.", alle=opsomming(delen))
        zinnen = [samen(*som, *van)]
    if r.zonder_besteding_aantal and d.params.get("soort") != "plan":  # nothing is spent in a year to come
        if r.zonder_besteding_aantal == r.posten_aantal:
            zinnen.append(tekst("Van geen enkel bedrag weten wij wat er is uitgegeven."))
        else:
            n = met_woord(r.cijfer("zonder_besteding_aantal"), "bedrag", "bedragen")
            zinnen.append(zin("van {n} weten wij niet wat er is uitgegeven.", n=n))
    return alinea(*zinnen)


def kaart(d) -> Kaart:
    """Return the tile on money for the overview."""
    r = rij(totaal(d))
    return Kaart(
        getal=tekst(r.cijfer("bedrag_eur"), "mln"),
        label=f"{financiering.woord(financiering.bekend(d))} voor {d.jaar}",
        toelichting=zin("uitgegeven: {besteed}", besteed=r.cijfer("besteed_eur")),
    )


def figuur_per_bron(d) -> Blok:
    """Return bars: money for the year by source."""
    frame = per_bron(d)
    rows = list(rijen(frame))
    data = tabel_per_bron(d)
    if len(rows) < 2:  # one bar says nothing that the sentence does not
        return data
    return balken(
        "geld-per-bron",
        zin("geld voor {jaar}, per geldbron", jaar=str(d.jaar)),
        zin_totaal(d).tekst,
        data,
        rijen=[r.bron for r in rows],
        waarden=[float(r.bedrag_eur) for r in rows],
        labels=[nl.euro(r.bedrag_eur) for r in rows],
    )


def tabel_per_bron(d) -> Blok:
    """Return the table of money for the year by source."""
    return tabel(
        "geld-per-bron-tabel",
        zin("geld voor {jaar}, per geldbron", jaar=str(d.jaar)),
        per_bron(d),
        [kol("bron", "Geldbron"), kol("bedrag_eur", "Bedrag")],
        totaal=totaal(d),
        toelichting="Plafonds en bedragen voor meer jaren samen tellen hier niet mee.",
        leeg="Er zijn geen bedragen voor dit jaar bekend.",
    )


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
    frame = per_wijk(d)
    if not (frame["wijk_id"] != "").any():
        return Alinea(tekst("Van geen enkel bedrag weten wij bij welke wijk het hoort."))
    return tabel(
        "geld-per-wijk",
        zin("geld voor {jaar}, per gebied", jaar=str(d.jaar)),
        frame,
        [kol("wijk", "Gebied"), kol("bedrag_eur", "Bedrag")],
        totaal=totaal(d),
        toelichting="Geld van een project is pas te verdelen als van elke wijk het aandeel bekend is.",
    )


def tabel_posten(d) -> Blok:
    """Return the table of all amounts in the sources."""
    return tabel(
        "geld-posten",
        "Alle bedragen in de bronnen",
        posten(d),
        [
            kol("post", "Waarvoor"),
            kol("bron", "Geldbron"),
            kol("wijk", "Gebied", breedte=22),
            kol("jaren", "Jaar"),
            kol("soort_naam", "Soort"),
            kol("bedrag_eur", "Bedrag"),
            kol("besteed_eur", "Besteed"),
        ],
        leeg="Er zijn geen bedragen bekend.",
    )


def tabel_opmerkingen(d) -> Blok:
    """Return what the sources remark on their amounts."""
    frame = posten(d)
    kolommen = [kol("post", "Waarvoor"), kol("wijk", "Gebied"), kol("jaren", "Jaar"), kol("opmerking", "Opmerking")]
    frame, leeg = frame[frame["opmerking"].notna()], "Bij de bedragen staan geen opmerkingen."
    return tabel("geld-opmerkingen", "Opmerkingen bij deze bedragen", frame, kolommen, leeg=leeg)


@feit(
    bedrag_eur="De som van de bedragen voor het verslagjaar die niet bij een project horen, zonder plafonds.",
    projecten_eur="De som van de bedragen voor het verslagjaar die bij een project horen, zonder plafonds.",
)
def buiten_projecten(d) -> pd.DataFrame:
    """Return one row: the year's money that no project has to its name, beside that of projects; together all of it."""
    year = financiering.bekend(d)
    row = {"herkomst": kern.verenig(year["herkomst"], "financiering")}
    for kolom, part in year.groupby(year["project_id"].notna().map({True: "projecten_eur", False: "bedrag_eur"})):
        row |= {kolom: part["bedrag_eur"].sum(), f"{kolom}__herkomst": kern.verenig(part["herkomst"], "financiering")}
    return pd.DataFrame([{"bedrag_eur": 0, "projecten_eur": 0} | row])


def zin_buiten_projecten(d) -> Alinea:
    """Say how much of the year's money is that of projects, so that the two totals can be told apart."""
    r, alles = rij(buiten_projecten(d)), rij(totaal(d))
    if not alles.posten_aantal:
        return alinea()
    jaar, heel = str(d.jaar), alles.cijfer("bedrag_eur")
    if not (r.bedrag_eur and r.projecten_eur):
        deel = "alles" if r.projecten_eur else "niets"
        return alinea(zin("van {heel} voor {jaar} hoort {deel} bij een project.", heel=heel, jaar=jaar, deel=deel))
    delen = {"bij": r.cijfer("projecten_eur"), "los": r.cijfer("bedrag_eur")}
    sjabloon = "van {heel} voor {jaar} hoort {bij} bij projecten en {los} niet bij een project."
    return alinea(zin(sjabloon, heel=heel, jaar=jaar, **delen))


def tabel_buiten_projecten(d) -> Blok:
    """Return the amounts of the year that no project has to its name, with what the source remarks on them."""
    year, frame = financiering.bekend(d), posten(d)
    los = year.loc[year["project_id"].isna(), "financiering_id"]
    return tabel(
        "geld-buiten-projecten",
        zin("bedragen voor {jaar} die niet bij een project horen", jaar=str(d.jaar)),
        frame[frame["financiering_id"].isin(los)],
        [
            kol("post", "Waarvoor"),
            kol("bron", "Geldbron"),
            kol("wijk", "Gebied", breedte=22),
            kol("bedrag_eur", "Bedrag"),
            kol("opmerking", "Opmerking", lambda r: r.opmerking or "", getal=False),
        ],
        totaal=buiten_projecten(d),
        leeg="Andere bedragen noemen de bronnen voor dit jaar niet.",
    )
