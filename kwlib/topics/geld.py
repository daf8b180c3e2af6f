"""Money: what each source promised, budgeted and spent."""

from __future__ import annotations

import pandas as pd

from kwlib.show import Alinea, Blok, Kaart, alinea, feit, kol, nl, opsomming, rij, rijen, samen, tabel, tekst, vul, zin
from kwlib.show.figuren import balken
from kwlib.show.zinnen import met_woord
from kwlib.topics import financiering, kern

UITLEG_DEEL = "‘Deel’ is het deel van het bedrag dat is uitgegeven."


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


@feit(
    "geldbron",
    telwijze="uniek",
    bedrag_eur="De som van de bedragen van deze geldbron voor het verslagjaar.",
    besteed_eur="Wat daarvan is uitgegeven, als dat van elk bedrag bekend is.",
    besteed_pct="Het deel van die bedragen dat is uitgegeven.",
)
def per_bron(d) -> pd.DataFrame:
    """Return one row per source of money: its budget for the report's year alone (no ceilings, no longer periods)."""
    frame = financiering.bekend(d)
    rows = [
        {"geldbron": code, "bron": naam, "herkomst": kern.verenig(part["herkomst"], "financiering")} | _sommen(part)
        for code, naam in d.labels("financiering", "geldbron").items()
        if len(part := frame[frame["geldbron"] == code])
    ]
    return pd.DataFrame(rows, columns=None if rows else ["geldbron", "bron", *_sommen(frame), "herkomst"])


def _sommen(part: pd.DataFrame) -> dict:
    """Return what these amounts add up to, and what was spent of them; unknown when a part is."""
    out = {"bedrag_eur": part["bedrag_eur"].sum() if len(part) else pd.NA, "besteed_eur": financiering.besteed(part)}
    out["besteed_pct"] = financiering.deel(out["besteed_eur"], out["bedrag_eur"])
    return out | {f"{k}_reden": "niet_in_bronnen" for k in out if pd.isna(out[k])}


@feit(
    bedrag_eur="De som van alle bedragen die voor het verslagjaar bekend zijn, zonder plafonds.",
    besteed_eur="Het bedrag dat in het verslagjaar is uitgegeven.",
    besteed_pct="Het deel van alle bedragen dat is uitgegeven.",
    posten_aantal="Het aantal bedragen dat voor het verslagjaar bekend is, zonder plafonds.",
    zonder_besteding_aantal="Bedragen voor het verslagjaar waarvan niet bekend is wat er is uitgegeven.",
)
def totaal(d) -> pd.DataFrame:
    """Return one row: the amounts known for the year, and for how many the spending is not known."""
    year = financiering.bekend(d)
    delen = {"posten_aantal": year, "zonder_besteding_aantal": year[year["besteed_eur"].isna()]}
    return pd.DataFrame(
        [
            kern.tel_kolommen(delen, "financiering")
            | _sommen(year)
            | {"herkomst": kern.verenig(year["herkomst"], "financiering")}
        ]
    )


def zin_totaal(d) -> Alinea:
    """Say what is known of the year's money, by source, and what is not."""
    r = rij(totaal(d))
    if r.bedrag_eur is None:
        zinnen = [zin("over het geld voor {jaar} noemen de bronnen geen bedrag.", jaar=str(d.jaar))]
    else:
        bronnen = list(rijen(per_bron(d)))
        woord = financiering.woord(financiering.bekend(d))
        wie = "door {bron}" if woord == "toegezegd" else "van {bron}"
        delen = [vul("{bedrag} " + wie, bedrag=b.cijfer("bedrag_eur"), bron=b.bron) for b in bronnen]
        som = zin("voor {jaar} is {bedrag} {woord}", jaar=str(d.jaar), bedrag=r.cijfer("bedrag_eur"), woord=woord)
        van = vul(f", {wie}.", bron=bronnen[0].bron) if len(delen) == 1 else vul(": {alle}.", alle=opsomming(delen))
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


def tabel_besteed_per_bron(d) -> Blok:
    """Return, per source of money, what was budgeted and spent; nothing when no spending is known."""
    frame, year = per_bron(d), financiering.bekend(d)
    return tabel(
        "geld-besteed-per-bron",
        zin("bedrag en uitgaven voor {jaar}, per geldbron", jaar=str(d.jaar)),
        frame[year["besteed_eur"].notna().any() & frame["bedrag_eur"].notna()],
        [kol("bron", "Geldbron"), kol("bedrag_eur", financiering.kop(year)), kol("besteed_eur", "Uitgegeven"),
         kol("besteed_pct", "Deel")],
        totaal=totaal(d),
        toelichting=alinea(tekst(UITLEG_DEEL), financiering.zin_stand(d, year)).tekst,
        leeg="",
    )  # fmt: skip


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
    besteed_eur="Wat is uitgegeven van de bedragen die niet bij een project horen, als dat van elk bedrag bekend is.",
    projecten_besteed_eur="Wat is uitgegeven van de bedragen van projecten, als dat van elk bedrag bekend is.",
)
def buiten_projecten(d) -> pd.DataFrame:
    """Return one row: the year's money that no project has to its name, beside that of projects; together all of it."""
    year = financiering.bekend(d)
    row = {"herkomst": kern.verenig(year["herkomst"], "financiering")}
    van_project = year["project_id"].notna()
    for naam, part in (("", year[~van_project]), ("projecten_", year[van_project])):
        sommen = _sommen(part) | {"bedrag_eur": part["bedrag_eur"].sum()}
        # Where there is nothing, all that was looked at says so.
        records = part["herkomst"] if len(part) else year["herkomst"]
        row |= {f"{naam}{k}": v for k, v in sommen.items() if not k.startswith("besteed_pct")}
        row |= {f"{naam}{k}__herkomst": kern.verenig(records, "financiering") for k in ("bedrag_eur", "besteed_eur")}
    return pd.DataFrame([row]).rename(columns=lambda k: k.replace("projecten_bedrag_eur", "projecten_eur"))


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
    uit = None
    if alles.besteed_eur is not None:
        uit = zin("uitgegeven is {heel}: {bij} door projecten en {los} daarbuiten.", heel=alles.cijfer("besteed_eur"),
                  bij=r.cijfer("projecten_besteed_eur"), los=r.cijfer("besteed_eur"))  # fmt: skip
    return alinea(zin(sjabloon, heel=heel, jaar=jaar, **delen), uit)


def tabel_buiten_projecten(d) -> Blok:
    """Return the amounts of the year that no project has to its name, with what the source remarks on them."""
    year, frame = financiering.bekend(d), posten(d)
    los = year[year["project_id"].isna()]
    samen_id = d.wijken.loc[d.wijken["rol"] == "krachtwijken_samen", "wijk_id"]
    gedeeld = "wijk" in d.params and los["wijk_id"].isin(samen_id).any()
    return tabel(
        "geld-buiten-projecten",
        zin("bedragen voor {jaar} die niet bij een project horen", jaar=str(d.jaar)),
        frame[frame["financiering_id"].isin(los["financiering_id"])],
        [
            kol("post", "Waarvoor"),
            kol("bron", "Geldbron"),
            kol("wijk", "Gebied"),
            kol("bedrag_eur", "Bedrag"),
            kol("besteed_eur", "Uitgegeven"),
            kol("opmerking", "Opmerking", lambda r: r.opmerking or "", getal=False),
        ],
        # The same amount may be in the booklets of several wijken: a total would be added up twice.
        totaal=None if "wijk" in d.params else buiten_projecten(d),
        toelichting="Een bedrag voor de krachtwijken samen is niet alleen voor deze wijk." if gedeeld else "",
        leeg="Andere bedragen noemen de bronnen voor dit jaar niet.",
    )
