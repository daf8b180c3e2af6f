"""How clear the goals are: SMART in a part that the program works out and a part that people judge."""

from __future__ import annotations

import pandas as pd

from kwlib.show import Alinea, Blok, Tekst, alinea, feit, groep, kol, rij, rijen, samen, tabel, tekst, vul, zin
from kwlib.show.feiten import once
from kwlib.show.figuren import gestapeld
from kwlib.show.style import ACCENT, GRIJS, ZACHT
from kwlib.show.zinnen import telzin, werkwoord
from kwlib.topics import doeltrede, gemeten, kern

ACCEPTABEL = {"niemand": 0, "eigenaar": 1, "allen": 2}
REALISTISCH = {"niet_bekeken": 0, "bekeken": 1, "onderbouwd": 2}
LETTERS = {"s": "specifiek", "m": "meetbaar", "t": "tijdgebonden"}
UITLEG = (
    "Specifiek is: wij weten voor wie het doel is, waar het geldt en wat er verandert. "
    "Meetbaar is: een cijfer heeft een begin en een doel. "
    "Tijdgebonden is: er is een einddatum en een doel voor onderweg. "
    "Goed betekent dat dit allemaal bekend is, half dat er nog een ding ontbreekt. "
    "Zonder einddatum is een doel niet tijdgebonden."
)
PUNTEN = (("goed", 2, ACCENT), ("half", 1, ZACHT), ("niet", 0, GRIJS))


@once
def _doelen(d, jaar: int) -> pd.DataFrame:
    """Return one row per projectdoel of a year with its points per letter, and whether it can be tested at the end.

    S: group, area and change. M: an indicator with a beginning and a target. T: an end and a target on the way.
    A and R are judged by people; not judged is not zero (domain model 2.7).
    """
    projecten, doelen = kern.namen(d.projecten, "project_id"), doeltrede.van_jaar(d, jaar)
    doelen = doelen[(doelen["niveau"] == "projectdoel") & doelen["project_id"].notna()]
    oordeel = d.doelbeoordelingen[d.doelbeoordelingen["jaar"] == jaar].set_index("doel_id")
    per_doel, per_indicator = kern.per(d.indicatoren, "doel_id"), kern.per(d.metingen, "indicator_id")
    rows = []
    for doel in doelen.to_dict("records"):
        indicatoren = per_doel.get(doel["doel_id"], [])
        metingen = [m for i in indicatoren for m in per_indicator.get(i.indicator_id, [])]
        # Begin and target of two indicators do not test a goal: one of them must have both.
        per = [{m.rol for m in per_indicator.get(i.indicator_id, []) if gemeten.bekend(m)} for i in indicatoren]
        filled = sum(pd.notna(doel[k]) for k in ("doelgroep", "wijk_id", "verandering"))
        beide = any({"nulmeting", "streefwaarde"} <= rollen for rollen in per)
        een = any({"nulmeting", "streefwaarde"} & rollen for rollen in per)
        mens = oordeel.loc[doel["doel_id"]] if doel["doel_id"] in oordeel.index else None
        records = [
            doel["herkomst"],
            *(i.herkomst for i in indicatoren),
            *(m.herkomst for m in metingen),
        ]
        rows.append(
            {
                "doel_id": doel["doel_id"],
                "project": projecten[doel["project_id"]],
                "tekst": doel["tekst"],
                "s": 2 if filled == 3 else 1 if filled == 2 else 0,
                "m": 2 if beide else 1 if een else 0,
                "t": 0 if pd.isna(doel["eind"]) else 2 if any("tussendoel" in rollen for rollen in per) else 1,
                "a": None if mens is None else ACCEPTABEL.get(mens["acceptabel"]),
                "r": None if mens is None else REALISTISCH.get(mens["realistisch"]),
                "toetsbaar": beide and pd.notna(doel["eind"]) and any(pd.notna(i.bron_id) for i in indicatoren),
                "herkomst": kern.verenig([*records, ("indicatoren", "metingen")], ""),
                "mens_herkomst": ("doelbeoordelingen",) if mens is None else mens["herkomst"],
            }
        )
    columns = ["doel_id", "project", "tekst", *"smtar", "toetsbaar", "herkomst", "mens_herkomst"]
    return pd.DataFrame(rows, columns=columns)


@feit(
    "doel_id",
    machine_aantal="Punten die het programma uitrekent: specifiek, meetbaar en tijdgebonden, elk nul, een of twee.",
    mens_aantal="Punten die mensen geven: afgesproken en te halen, elk nul, een of twee.",
)
def scores(d) -> pd.DataFrame:
    """Return one row per goal of the year: its points by machine and by people, and whether it can be tested."""
    frame = _doelen(d, d.jaar)
    return frame.assign(
        machine_aantal=frame[["s", "m", "t"]].sum(axis=1),
        mens_aantal=[
            None if pd.isna(a) or pd.isna(r) else int(a + r) for a, r in zip(frame["a"], frame["r"], strict=True)
        ],
        mens_aantal__herkomst=kern.met(frame, "mens")["herkomst"],
    )


@feit(
    "jaar",
    telwijze="uniek",
    doelen_aantal="Doelen van projecten in dat jaar.",
    toetsbaar_aantal="Doelen waarvan aan het eind zeker is of zij zijn gehaald: begin, doel en einddatum staan vast.",
    toetsbaar_pct="Het deel van de doelen dat toetsbaar is.",
    beoordeeld_aantal="Doelen die door mensen zijn beoordeeld.",
    **{
        f"{letter}{p}_aantal": f"Doelen die {p} punten krijgen voor {naam}."
        for letter, naam in LETTERS.items()
        for p in (2, 1, 0)
    },
)
def per_jaar(d) -> pd.DataFrame:
    """Return one row for the edition's year and, in a plan, for the year before: goals by their points per letter."""
    rows = []
    for jaar in sorted({d.jaar, kern.planjaar(d) - 1}):
        frame = _doelen(d, jaar)
        beoordeeld = kern.met(frame[frame["a"].notna() | frame["r"].notna()], "mens")
        delen = {"doelen_aantal": frame, "toetsbaar_aantal": frame[frame["toetsbaar"].astype(bool)]}
        delen |= {f"{letter}{p}_aantal": frame[frame[letter] == p] for letter in LETTERS for p in (2, 1, 0)}
        telling = {naam: len(part) for naam, part in delen.items()} | kern.tel_kolommen(
            {"beoordeeld_aantal": beoordeeld}, "doelbeoordelingen"
        )
        deel = 100 * telling["toetsbaar_aantal"] / len(frame) if len(frame) else pd.NA
        herkomst = kern.verenig([*frame["herkomst"], ("doelen", "project_jaar")], "doelen")
        rows.append(telling | {"jaar": jaar, "toetsbaar_pct": deel, "herkomst": herkomst})
    return pd.DataFrame(rows)


def _deel(r, enkel: str = "doel van een project", meer: str = "doelen van projecten") -> Tekst:
    """Return how many of the goals of a year can be tested."""
    return telzin(r.cijfer("toetsbaar_aantal"), r.cijfer("doelen_aantal"), enkel, meer)


def zin_duidelijker(d) -> Alinea:
    """Say in one sentence how many goals of the year can be tested, in a plan beside the year before."""
    *eerder, nu = rijen(per_jaar(d))
    zinnen = [zin("{deel} {is_} toetsbaar", deel=_deel(nu), is_=werkwoord(nu.cijfer("toetsbaar_aantal"), "is", "zijn"))]
    for r in eerder:
        was = werkwoord(r.cijfer("toetsbaar_aantal"), "was", "waren")
        zinnen.append(vul("; in {jaar} {was} dat {deel}", jaar=str(r.jaar), was=was, deel=_deel(r, "doel", "doelen")))
    return Alinea(samen(*zinnen, "."))


def zin_toetsbaar(d) -> Alinea:
    """Say for how many goals it will be certain at the end whether they were reached, this year and the last."""
    zinnen = []
    for r in rijen(per_jaar(d)):
        is_ = werkwoord(r.cijfer("toetsbaar_aantal"), "is", "zijn")
        zinnen.append(zin("in {jaar} {is_} {deel} toetsbaar.", jaar=str(r.jaar), is_=is_, deel=_deel(r)))
    r = rij(per_jaar(d), jaar=d.jaar)
    if r.beoordeeld_aantal < r.doelen_aantal:
        deel = telzin(r.cijfer("beoordeeld_aantal"), r.cijfer("doelen_aantal"), "doel", "doelen")
        zinnen.append(
            zin("of een doel is afgesproken en te halen is, beoordelen mensen. Dat gebeurde bij {deel}.", deel=deel)
        )
        zinnen.append(zin("niet beoordeeld is iets anders dan onvoldoende."))
    return alinea(*zinnen)


def tabel_per_jaar(d) -> Blok:
    """Return the goals that can be tested, per year."""
    return tabel(
        "doelkwaliteit-per-jaar",
        "Hoe duidelijk de doelen zijn, per jaar",
        per_jaar(d),
        [
            kol("jaar", "Jaar"),
            kol("doelen_aantal", "Doelen"),
            kol("toetsbaar_aantal", "Toetsbaar"),
            *(kol(f"{letter}2_aantal", f"Goed {naam}") for letter, naam in LETTERS.items()),
            kol("beoordeeld_aantal", "Door mensen beoordeeld"),
        ],
    )


def figuur_per_jaar(d) -> Blok:
    """Return stacked bars: per letter and year how many goals get two, one and no points; and what that means."""
    frame = list(rijen(per_jaar(d)))
    if not sum(r.doelen_aantal for r in frame):
        return Alinea(zin("er zijn geen doelen van projecten bekend."))
    regels = [(letter, naam, r) for letter, naam in LETTERS.items() for r in frame]
    beeld = gestapeld(
        "doelkwaliteit",
        "Hoe duidelijk de doelen zijn: specifiek, meetbaar en tijdgebonden",
        zin_toetsbaar(d).tekst,
        tabel_per_jaar(d),
        rijen=[f"{naam}, {r.jaar}" for _, naam, r in regels],
        reeksen=[
            (naam, [r.waarden[f"{letter}{p}_aantal"] for letter, _, r in regels], kleur) for naam, p, kleur in PUNTEN
        ],
    )
    return groep([beeld, Alinea(tekst(UITLEG))])


@feit(machine_aantal="De meeste punten die het programma kan geven.", mens_aantal="De meeste punten van mensen.")
def hoogste(d) -> pd.DataFrame:
    """Return one row: the most points that a goal can get, by machine and by people."""
    mens = max(ACCEPTABEL.values()) + max(REALISTISCH.values())
    return pd.DataFrame([{"machine_aantal": 2 * len(LETTERS), "mens_aantal": mens, "herkomst": ("doelen",)}])


def tabel_scores(d) -> Blok:
    """Return the points of every goal."""
    meeste = rij(hoogste(d))
    return tabel(
        "doelscores",
        "De punten van elk doel",
        scores(d),
        [
            kol("project", "Project"),
            kol("tekst", "Doel"),
            kol("machine_aantal", "Uitgerekend (punten)"),
            kol("mens_aantal", "Beoordeeld (punten)",
                lambda r: "niet beoordeeld" if r.mens_aantal is None else tekst(r.cijfer("mens_aantal"), "cijfers")),
            kol("toetsbaar", "Toetsbaar", lambda r: "ja" if r.toetsbaar else "nee"),
        ],
        toelichting=zin("het programma geeft ten hoogste {a} punten, mensen ten hoogste {b}.",
                        a=meeste.cijfer("machine_aantal"), b=meeste.cijfer("mens_aantal")),
        leeg="Er zijn geen doelen van projecten bekend.",
    )  # fmt: skip
