"""Make every table of Voorbeeldstad, a municipality that does not exist.

`python data/voorbeeldstad/maak.py [folder]` writes the CSV files, here or in another folder. What people wrote is in
`inhoud/` (texts, goals, budgets, figures of projects), with the column names of the schema. This file adds what
follows from it (ids, sources, shares, amounts per source of money) and figures drawn by lot (people per wijk,
spending, series). The lot is fixed by SEED and the name of the table: the same content gives the same bytes.

A function here makes the table that it is named after; `extra` columns that the schema does not know are left out.
"""

from __future__ import annotations

import csv
import json
import math
import random
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path

HIER = Path(__file__).parent
SEED = "voorbeeldstad"
GELEZEN = "2026-11-01"
# What was told of a year is in its report, what was planned in its plan; of 2010 there is only a plan.
VERSLAG = {2008: "rapportage-2008", 2009: "rapportage-2009", 2010: "jaarplan-2010"}
PLAN = {2008: "wijkprogramma-2008", 2009: "programma-2009", 2010: "jaarplan-2010"}
PEILDATUM = {2008: "2008-09-30", 2009: "2009-09-30", 2010: "2010-01-01"}
PERIODE = {2007: ("2007-01-01", "2007-12-31"), 2008: ("2007-10-01", "2008-09-30"), 2009: ("2008-10-01", "2009-09-30")}
WIJKEN = {"k": "kompasbuurt", "l": "lantaarnveld", "s": "sluishoek", "t": "tuinderskwartier"}
SAMEN = "krachtwijken"
DELEN = WIJKEN | {"r": "rest-van-stad"}
STAD = "voorbeeldstad"
KOERS = {"o": "op_schema", "a": "aandacht", "x": "achter", "g": "gewijzigd_met_akkoord", "?": "onbekend"}
STAPPEN = ("aangemeld", "gestart", "bezig", "afgerond", "vervolg")
MENSEN = ("unieke_personen", "deelnames", "gezinnen", "huishoudens", "kinderen")
SOM = ("woningen", "objecten", "bijeenkomsten", "deelnames", "euro")
# In 2008 the corporations counted three homes twice; their figures of 2009 give the right number.
VERBETERD = ("i-opgeknapt", 168)
ARGUMENTEN = (
    "De verbetering per jaar is niet groter dan in de jaren ervoor.",
    "Een project dat hierop lijkt, haalde dit resultaat al eerder.",
    "Er zijn genoeg mensen en er is genoeg geld om dit te halen.",
    "De partner die het moet doen, heeft het doel zelf genoemd.",
    "Bewoners en partner vinden dit doel streng maar haalbaar.",
)
BREUKEN = {
    ("onveilig", 2008): ((*DELEN.values(), STAD), "De vraag is veranderd: nu gaat zij over thuis en op straat."),
    ("inwoners", 2007): (("tuinderskwartier", "rest-van-stad"), "De grens is veranderd: een deel van de straten hoort "
                         "nu bij het Tuinderskwartier."),
}  # fmt: skip


@cache
def inhoud(naam: str) -> tuple[dict[str, str], ...]:
    """Return the hand-written rows of a table."""
    with open(HIER / "inhoud" / f"{naam}.csv", encoding="utf-8", newline="") as bestand:
        return tuple(csv.DictReader(bestand, delimiter=";"))


def lot(tabel: str) -> random.Random:
    """Return the lot of one table: a change in one table does not move the figures of another."""
    return random.Random(f"{SEED} {tabel}")


def delen(tekst: str) -> dict[str, int]:
    """Return 'k 60 s 40' as name → percentage."""
    woorden = tekst.split()
    return {WIJKEN.get(a, a): int(b) for a, b in zip(woorden[::2], woorden[1::2], strict=True)}


def verdeel(totaal: int, gewichten: dict[str, float]) -> dict[str, int]:
    """Return whole parts that add up to the total, by largest remainder."""
    exact = {k: totaal * g / sum(gewichten.values()) for k, g in gewichten.items()}
    out = {k: math.floor(v) for k, v in exact.items()}
    for k in sorted(exact, key=lambda k: (out[k] - exact[k], k))[: totaal - sum(out.values())]:
        out[k] += 1
    return out


def rond(waarde: float, decimalen: int | str) -> str:
    return f"{waarde:.{int(decimalen)}f}"


PROJECTEN = {p["project_id"]: p for p in inhoud("projecten")}
PROJECT_JAAR = {(p["project_id"], int(p["jaar"])): p for p in inhoud("project_jaar")}
DOELEN = {d["doel_id"]: d for d in inhoud("doelen")}


def wijkdelen(project: str, jaar: int = 2009) -> dict[str, int]:
    """Return the shares of a project over the wijken, in percent; the same every year."""
    return delen(PROJECTEN[project]["wijken"])


def themadelen(project: str, jaar: int) -> dict[str, int]:
    """Return the shares of a project over the themas of the year, in percent."""
    return delen(PROJECTEN[project]["themas2010" if jaar == 2010 else "themas"])


def gebied(project: str) -> str:
    """Return the one wijk of a project, or the krachtwijken together."""
    wijken = list(wijkdelen(project))
    return wijken[0] if len(wijken) == 1 else SAMEN


# -- the municipality, its projects and their coherence --------------------------------------------------------------


def bronnen():
    for b in inhoud("bronnen"):
        yield b | {
            "soort": "fictief", "geraadpleegd_op": GELEZEN,
            "vindplaats": "bestaat niet: verzonnen voor dit voorbeeld", "licentie": "CC0 1.0",
            "reden_ontbreekt": "niet_in_bronnen", "opmerking": f"Fictieve gegevens. {b['opmerking']}".strip(),
        }  # fmt: skip


def wijken():
    for w in inhoud("wijken"):
        yield w | {"bron_id": PLAN[2008], "reden_ontbreekt": "niet_in_bronnen"}


def themas():
    for t in inhoud("themas"):
        yield t | {"bron_id": PLAN[int(t["jaar_van"])]}


def thema_overgangen():
    for t in inhoud("thema_overgangen"):
        naam = f"{t['van_thema_id']}-{t['naar_thema_id']}"
        yield t | {"thema_overgang_id": naam, "jaar": 2010, "bron_id": PLAN[2010]}


def projecten():
    for p in PROJECTEN.values():
        jaar = int(p["startjaar"])
        yield p | {"bron_id": "startnotitie-2010" if jaar == 2010 else PLAN[jaar],
                   "reden_ontbreekt": "" if p["trekker_rol"] else "registratie_ontbreekt"}  # fmt: skip


def project_jaar():
    assen = ("koers_tijd", "koers_geld", "koers_resultaat", "koers_participatie")
    for (_, jaar), p in PROJECT_JAAR.items():
        koers = {as_: KOERS[letter] for as_, letter in zip(assen, p["koers"], strict=False)}
        extra = dict(deel.strip().split("=", 1) for deel in p["extra"].split("|") if deel)
        yield p | koers | extra | {"peildatum": PEILDATUM[jaar], "begroot_totaal": int(p["begroot"]) * 1000,
                                   "bron_id": VERSLAG[jaar]}  # fmt: skip


def _aandelen(kolom, verdeling):
    for project, jaar in PROJECT_JAAR:
        stukken = verdeling(project, jaar)
        hoofd = max(stukken, key=stukken.get)  # the first of equals
        for naam, deel in stukken.items():
            yield {"project_id": project, "jaar": jaar, kolom: naam, "aandeel": f"{deel / 100:g}",
                   "hoofd": "ja" if naam == hoofd else "nee", "bron_id": VERSLAG[jaar]}  # fmt: skip


def project_wijk():
    return _aandelen("wijk_id", wijkdelen)


def project_thema():
    return _aandelen("thema_id", themadelen)


def _standen(rij, sleutel, **kolommen):
    """Yield one version of a row per year that told its stand; `kolommen` come from a column of that year."""
    for jaar in VERSLAG:
        if stand := rij.get(f"stand{jaar}"):
            per_jaar = {naar: rij[f"{van}{jaar}"] for naar, van in kolommen.items()}
            yield rij | per_jaar | {sleutel: f"{rij[sleutel]}-{jaar}", "status": stand, "bron_id": VERSLAG[jaar]}


def mijlpalen():
    for nr, m in enumerate(inhoud("mijlpalen"), 1):
        yield from _standen(m | {"mijlpaal_id": f"m{nr:02}-{m['project_id']}"}, "mijlpaal_id", gehaald="gehaald")


def kalender():
    for k in inhoud("kalender"):
        for rij in _standen(k, "moment_id", werkelijk="werkelijk"):
            yield rij if rij["status"] == "gehouden" else rij | {"uitkomst": ""}


def toezeggingen():
    for t in inhoud("toezeggingen"):
        yield from _standen(t, "toezegging_id")


def raadsvragen():
    return inhoud("raadsvragen")


def relaties():
    dag = {b["bewijs_id"]: b["datum"] for b in inhoud("bewijzen")}
    for r in inhoud("relaties"):
        for jaar in map(int, r["jaren"].split()):
            bekend = r["bewijs_id"] and dag[r["bewijs_id"]] <= f"{jaar}-12-31"
            yield r | {"relatie_id": f"r{jaar}-{r['project_a']}-{r['soort'].replace('_', '-')}-{r['project_b']}",
                       "jaar": jaar, "gemeten_aantal": r[f"gemeten{jaar}"], "bron_id": VERSLAG[jaar],
                       "bewijs_id": r["bewijs_id"] if bekend else ""}  # fmt: skip


def overgangen():
    """Yield how each project goes on: to 2009 as it was unless written, to 2010 as written."""
    rijen = list(inhoud("overgangen"))
    genoemd = {o["van_project_id"] for o in rijen if o["jaar"] == "2009"}
    rijen += [{"jaar": "2009", "van_project_id": project, "naar_project_id": project, "soort": "doorgaan",
               "reden": "Het project gaat door zoals gepland."}
              for project, jaar in PROJECT_JAAR if jaar == 2008 and project not in genoemd]  # fmt: skip
    besluit = {"2009": "De raad stelde het vervolg van het wijkprogramma vast.",
               "2010": "Het college stelde het jaarplan vast."}  # fmt: skip
    for o in sorted(rijen, key=lambda o: o["jaar"]):
        van, naar = o["van_project_id"], o["naar_project_id"]
        mee = int(PROJECT_JAAR[naar, 2009]["begroot"]) * 1000 if o["jaar"] == "2009" and van and naar else ""
        yield {"budget_mee": mee} | {k: v for k, v in o.items() if v} | {
            "overgang_id": f"{o['jaar']}-{van or 'nieuw'}-{naar or o['soort'].replace('_', '-')}",
            "besluit": besluit[o["jaar"]], "bron_id": PLAN[int(o["jaar"])],
        }  # fmt: skip


def leerpunten():
    for p in inhoud("leerpunten"):
        yield p | {"bron_id": "leerkring-2009" if p["jaar"] == "2009" else VERSLAG[2008]}


def overnames():
    for nr, o in enumerate(inhoud("overnames"), 1):
        yield o | {"overname_id": f"o{nr}-{o['leerpunt_id'][2:]}", "bron_id": "leerkring-2009",
                   "reden_ontbreekt": "" if o["overgenomen_op"] else "registratie_ontbreekt"}  # fmt: skip


def participatie():
    for p in inhoud("participatie"):
        yield p | {"moment_id": f"b-{p['datum']}-{p['wijk_id']}", "telbasis": "unieke_personen",
                   "bron_id": "verslagen-2008" if p["datum"] < "2008-10" else "verslagen-2009"}  # fmt: skip


@cache
def bewonersinitiatieven():
    r, out = lot("bewonersinitiatieven"), []
    for jaar in (2008, 2009):
        for wijk in WIJKEN.values():
            aangevraagd = 12 + int(18 * r.random()) + 6 * (jaar - 2008)
            toegekend = round(aangevraagd * (0.6 + 0.25 * r.random()))
            uitgevoerd = round(toegekend * (0.7 + 0.3 * r.random()))
            onbekend = (wijk, jaar) == ("tuinderskwartier", 2008)
            out.append({"wijk_id": wijk, "jaar": jaar, "aangevraagd_aantal": aangevraagd,
                        "toegekend_aantal": toegekend, "uitgevoerd_aantal": "" if onbekend else uitgevoerd,
                        "toegekend_bedrag": 50 * round(toegekend * (900 + 700 * r.random()) / 50),
                        "reden_ontbreekt": "registratie_ontbreekt" if onbekend else "",
                        "bron_id": f"projectadministratie-{jaar}"})  # fmt: skip
    return out


def claims():
    eisen = {"getal": "g", "nulmeting": "n", "streefwaarde": "s", "bron_genoemd": "b"}
    for c in inhoud("claims"):
        yield c | {eis: "ja" if letter in c["eisen"] else "nee" for eis, letter in eisen.items()} | {
            "document": f"aanbiedingsbrief {c['jaar']}", "volgorde": c["claim_id"].partition("-")[2],
            "bron_id": f"brief-{c['jaar']}"}  # fmt: skip


def bewijzen():
    return inhoud("bewijzen")


def errata():
    indicator, goed = VERBETERD
    fout = next(i["r2008"] for i in inhoud("indicatoren") if i["indicator_id"] == indicator)
    yield {"erratum_id": "e-opgeknapt", "bron_die_afwijkt": "corporatiecijfers-2008",
           "plaats": "tabel met opgeknapte woningen, totaal", "staat_er": fout, "moet_zijn": goed,
           "gevolg": "De stand van het vorige jaar is verbeterd. Sommige woningen waren dubbel geteld.",
           "bron_id": "corporatiecijfers-2009"}  # fmt: skip


# -- people and money ------------------------------------------------------------------------------------------------


def deelnemers():
    """Draw who goes on to the next step from those who came so far: every wijk is a funnel, the totals stay."""
    r = lot("deelnemers")
    for d in inhoud("deelnemers"):
        wijken = [WIJKEN[letter] for letter in d["wijken"].split()]
        deel = wijkdelen(d["project_id"])
        aantal = verdeel(int(d["aangemeld"]), {w: deel[w] * (0.7 + 0.6 * r.random()) for w in wijken})
        for stap in STAPPEN:
            groep = [w for w in wijken for _ in range(aantal[w])]
            aantal = dict.fromkeys(wijken, 0)
            for _ in range(int(d[stap])):
                aantal[groep.pop(int(len(groep) * r.random()))] += 1
            for wijk in wijken:
                onbekend = (d["project_id"], d["jaar"], wijk, stap) == ("taalmaatjes", "2008", "sluishoek", "vervolg")
                yield d | {"wijk_id": wijk, "stap": stap, "aantal": "" if onbekend else aantal[wijk],
                           "reden_ontbreekt": "partner_levert_niet" if onbekend else "",
                           "bron_id": f"deelnemers-{d['jaar']}"}  # fmt: skip


def _besteding(r: random.Random, fase: str, jaar: int, budget: int, regel: dict) -> dict:
    """Return what was spent, what is expected, and why it differs; in whole fifties of euros."""
    uitleg = regel.get("opmerking", "")
    if jaar == 2010:
        return {"reden_ontbreekt": "nog_te_vroeg"}
    if regel.get("besteed"):
        deel = float(regel["besteed"])
    elif fase == "opstart":
        deel, uitleg = 0.15 + 0.27 * r.random(), "Het project is nog in opstart."
    else:
        deel = 0.84 + 0.15 * r.random()
    besteed = 50 * round(budget * deel / 50)
    rest = (budget - besteed) * (0.5 + 0.4 * r.random()) if 0.8 <= deel < 1 else 0
    return {"besteed": besteed, "prognose": 50 * round((besteed + rest) / 50), "opmerking": uitleg}


def financiering():
    r = lot("financiering")
    regels = {(g["project_id"], int(g["jaar"]), g["geldbron"]): g for g in inhoud("geld")}
    for (project, jaar), p in PROJECT_JAAR.items():
        for geldbron, deel in delen(PROJECTEN[project]["geldbronnen"]).items():
            regel = regels.get((project, jaar, geldbron), {})
            begroot = int(p["begroot"]) * 10 * deel
            yield regel | {
                "financiering_id": f"{project}-{geldbron}-{jaar}", "post": PROJECTEN[project]["naam"],
                "project_id": project, "wijk_id": gebied(project), "jaar": jaar, "geldbron": geldbron,
                "soort": "begroting", "additioneel": "nee" if geldbron == "gemeente" else "ja", "begroot": begroot,
                "prijspeil": jaar, "btw_inbegrepen": "ja" if PROJECTEN[project]["aard"] == "fysiek" else "nee",
                "bron_id": "jaarplan-2010" if jaar == 2010 else f"begroting-{jaar}",
            } | _besteding(r, p["fase"], jaar, int(regel.get("gewijzigd_begroot") or begroot), regel)  # fmt: skip
    for p in inhoud("programmageld"):
        yield p | {"btw_inbegrepen": "nee"}
    toegekend = defaultdict(int)
    for b in bewonersinitiatieven():
        toegekend[b["jaar"]] += b["toegekend_bedrag"]
    for jaar, bedrag in toegekend.items():
        yield {"financiering_id": f"initiatieven-{jaar}", "post": "Plannen van bewoners", "wijk_id": SAMEN,
               "jaar": jaar, "geldbron": "rijk", "soort": "begroting", "additioneel": "ja", "prijspeil": jaar,
               "begroot": 5000 * math.ceil(bedrag / 5000), "besteed": bedrag, "btw_inbegrepen": "ja",
               "opmerking": "De uitgaven zijn het geld dat aan plannen is toegekend.",
               "bron_id": f"begroting-{jaar}"}  # fmt: skip


# -- series ----------------------------------------------------------------------------------------------------------


def contextreeksen():
    for c in inhoud("contextreeksen"):
        yield c | {"bron_id": f"{c['bron']}-2008"}


def _schok(reeks: str, letter: str, jaar: int) -> float:
    """Return what happened to a series: streets moved in 2007, another question from 2008, the crisis of 2009."""
    grens = {"t": 340, "r": -340}.get(letter, 0)
    return {"inwoners": grens * (jaar >= 2007), "onveilig": 4 * (jaar >= 2008),
            "werkloos": (0.6 if letter == "r" else 1.3) * (jaar == 2009)}.get(reeks, 0)  # fmt: skip


@cache
def reekswaarden() -> dict[tuple[str, str, int], tuple[float, int]]:
    """Return series, area, year → value and number of people asked (0 for a register), 2004-2009.

    The value of the city is the mean of its parts, weighed by inhabitants; of inhabitants it is the sum.
    """
    r, out = lot("contextwaarden"), {}
    soorten = {c["reeks_id"]: c["soort"] for c in inhoud("contextreeksen")}
    ruis = {"cijfer": 0.05, "deel": 1.2, "register": 0.3, "aantal": 15}
    for n in sorted(inhoud("contextniveaus"), key=lambda n: n["reeks_id"] != "inwoners"):  # the weights come first
        reeks, soort = n["reeks_id"], soorten[n["reeks_id"]]
        for jaar in range(2004, 2010):
            for letter, wijk in DELEN.items():
                stap = float(n["per_jaar_stad" if letter == "r" else "per_jaar"])
                waarde = float(n[letter]) + stap * (jaar - 2004) + r.gauss(0, ruis[soort]) + _schok(reeks, letter, jaar)
                gevraagd = {"k": 420, "l": 380, "s": 350, "t": 290, "r": 1150}[letter] + int(40 * r.random())
                if soort == "deel":
                    waarde = 100 * round(waarde * gevraagd / 100) / gevraagd
                out[reeks, wijk, jaar] = (waarde, gevraagd if soort in ("cijfer", "deel") else 0)
            parts = [(*out[reeks, wijk, jaar], out["inwoners", wijk, jaar][0]) for wijk in DELEN.values()]
            som = sum(v * weegt for v, _, weegt in parts) / sum(weegt for *_, weegt in parts)
            out[reeks, STAD, jaar] = (sum(round(v) for v, *_ in parts) if soort == "aantal" else som,
                                      sum(k for _, k, _ in parts))  # fmt: skip
    return out


def _grens(soort: str, waarde: float, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a mean mark (spread 1.6) or of a share in percent (Wilson)."""
    z = 1.96
    if soort == "cijfer":
        return waarde - z * 1.6 / math.sqrt(n), waarde + z * 1.6 / math.sqrt(n)
    p, rand = waarde / 100, z * z / (2 * n)
    helft = z * math.sqrt(p * (1 - p) / n + rand / (2 * n))
    return 100 * (p + rand - helft) / (1 + 2 * rand), 100 * (p + rand + helft) / (1 + 2 * rand)


def contextwaarden():
    reeksen = {c["reeks_id"]: c for c in inhoud("contextreeksen")}
    for (reeks, wijk, jaar), (waarde, n) in reekswaarden().items():
        c, (waar, reden) = reeksen[reeks], BREUKEN.get((reeks, jaar), ((), ""))
        rij = {
            "reeks_id": reeks, "wijk_id": wijk, "periode_start": f"{jaar}-04-01" if n else "",
            "periode_eind": f"{jaar}-05-31" if n else f"{jaar}-01-01", "bron_id": f"{c['bron']}-{max(jaar, 2008)}",
            "trendbreuk": "ja" if wijk in waar else "nee", "breuk_reden": reden if wijk in waar else "",
        }  # fmt: skip
        if (reeks, wijk, jaar) == ("contact", "tuinderskwartier", 2005):
            yield rij | {"reden_ontbreekt": "kosten_te_hoog"}
            continue
        grens = [rond(g, int(c["decimalen"]) + 1) for g in _grens(c["soort"], waarde, n)] if n else ["", ""]
        yield rij | {"waarde": rond(waarde, c["decimalen"]), "waarde_soort": "exact", "n": n or "",
                     "ondergrens": grens[0], "bovengrens": grens[1]}  # fmt: skip
    for wijk, cijfer in zip(WIJKEN.values(), ("6.4", "6.6", "5.9", "6.3"), strict=True):
        yield {"reeks_id": "buurtcijfer", "wijk_id": wijk, "periode_start": "2009-10-01", "periode_eind": "2009-10-31",
               "waarde": cijfer, "waarde_soort": "exact", "trendbreuk": "nee",
               "bron_id": "wijkenquete-najaar"}  # fmt: skip


# -- goals and what is measured --------------------------------------------------------------------------------------


def begin(doel: str) -> int:
    """Return the year in which a goal begins; its plan is its source."""
    return int(DOELEN[doel]["begin"][:4])


def doelen():
    for d in DOELEN.values():
        jaar = begin(d["doel_id"])
        hoog = "programmadoel" if d["ouder_doel_id"] else "maatschappelijk_effect"
        yield d | {"niveau": "projectdoel" if d["project_id"] else hoog, "bron_id": PLAN[jaar],
                   "thema_id": d["thema_id"] or next(iter(themadelen(d["project_id"], jaar)))}  # fmt: skip


def doelbeoordelingen():
    """Yield how goals were judged at the start of the year; in 2009 few were looked at well, in 2010 most."""
    r = lot("doelbeoordelingen")
    wie = {2009: ("leerkring van projectleiders", "2009-02-12"), 2010: ("programmaleider en bewoners", "2009-11-05")}
    # Chance of: no judgement; agreed with nobody, with nobody or the owner; not looked at, not or only looked at.
    kansen = {2009: (0.3, 0.3, 0.9, 0.55, 0.9), 2010: (0.1, 0, 0.25, 0, 0.35)}
    for jaar, (geen, niemand, eigenaar, niet, bekeken) in kansen.items():
        for d in DOELEN.values():
            loten = [r.random() for _ in range(4)]
            geldig = d["begin"][:4] <= str(jaar) <= (d["eind"] or "9999")[:4]
            if not geldig or not d["ouder_doel_id"] or loten[0] < geen:
                continue
            realistisch = "niet_bekeken" if loten[2] < niet else "bekeken" if loten[2] < bekeken else "onderbouwd"
            yield {"doel_id": d["doel_id"], "jaar": jaar, "realistisch": realistisch,
                   "acceptabel": "niemand" if loten[1] < niemand else "eigenaar" if loten[1] < eigenaar else "allen",
                   "argument": ARGUMENTEN[int(5 * loten[3])] if realistisch == "onderbouwd" else "",
                   "beoordeeld_door": wie[jaar][0], "beoordeeld_op": wie[jaar][1],
                   "bron_id": VERSLAG[jaar]}  # fmt: skip


def indicatoren():
    for i in inhoud("indicatoren"):
        project = DOELEN[i["doel_id"]]["project_id"]
        klasse = PROJECTEN[project]["gevoeligheid"] if project else "openbaar"
        mensen = i["telbasis"] in MENSEN or i["bron"] == "deelnemers"
        wijze = "som" if i["telbasis"] in SOM else "laatste_stand" if mensen else "gewogen_gemiddelde"
        reden = "geen_indicator" if not i["richting"] else "" if i["meetfrequentie"] else "registratie_ontbreekt"
        yield i | {"optelbaar": "ja" if wijze == "som" else "nee", "aggregatie": wijze, "reden_ontbreekt": reden,
                   "gevoeligheid": "openbaar" if not mensen else "gewoon" if klasse == "openbaar" else klasse,
                   "bron_id": PLAN[begin(i["doel_id"])]}  # fmt: skip


def waarde(spec: str, i: dict, jaar: int) -> dict:
    """Return the cells of a measurement for a hand-written figure.

    `14/22` is a share with teller and noemer, `>20` more than, `>=50` at least, `~30` about, `180-210` a range,
    `?reden` missing, `trechter:a/b` steps of the funnel of the project, `reeks:x@j` a series (of year j).
    """
    if spec.startswith("?"):
        return {"reden_ontbreekt": spec[1:]}
    soort, _, rest = spec.partition(":")
    if soort == "trechter":
        project = DOELEN[i["doel_id"]]["project_id"]
        rij = next(d for d in inhoud("deelnemers") if (d["project_id"], d["jaar"]) == (project, str(jaar)))
        spec = "/".join(rij[stap] for stap in rest.split("/"))
    if soort == "reeks":
        reeks, _, ander = rest.partition("@")
        parts = [reekswaarden()[reeks, wijk, int(ander or jaar)] for wijk in WIJKEN.values()]
        som, n = sum(v * k for v, k in parts), sum(k for _, k in parts)
        spec = f"{round(som / 100)}/{n}" if i["telbasis"] == "procent" else rond(som / n, i["decimalen"])
    if "/" in spec:
        teller, noemer = map(int, spec.split("/"))
        return {"waarde": rond(100 * teller / noemer, i["decimalen"]), "teller": teller, "noemer": noemer,
                "waarde_soort": "exact"}  # fmt: skip
    if "-" in spec:
        van, tot = spec.split("-")
        return {"waarde": van, "waarde_tot": tot, "waarde_soort": "bereik"}
    teken = spec.rstrip("0123456789.")
    return {"waarde": spec.removeprefix(teken),
            "waarde_soort": {"": "exact", ">": "ondergrens", ">=": "minstens", "~": "geschat"}[teken]}  # fmt: skip


def _gemeten(i: dict, spec: str, jaar: int) -> dict:
    """Return when a figure was measured and what it is: in the spring by the survey, else over the period."""
    van, tot = PERIODE[jaar]
    if i["bron"] == "wijkenquete":
        ander = spec.partition("@")[2] or jaar
        van, tot = f"{ander}-04-01", f"{ander}-05-31"
    elif i["cumulatief"] == "ja" and jaar > 2007:
        van = "2008-01-01"
    return {"periode_start": van, "periode_eind": tot, "kwaliteit": "" if spec[0] == "?" else i["kwaliteit"],
            **waarde(spec, i, jaar)}  # fmt: skip


def _standen_van(i: dict, rij: dict, stand: str):
    """Yield what was measured in 2008 and 2009, also per wijk when asked, with the correction of 2008."""
    for jaar, versie, bron, spec in (
        (2008, "", "2008", i["r2008"]),
        (2008, "-verbeterd", "2009", str(VERBETERD[1]) if i["indicator_id"] == VERBETERD[0] else ""),
        (2009, "", "2009", i["r2009"]),
    ):
        if not spec:
            continue
        m = rij | {"rol": stand, "bron_id": f"{i['bron']}-{bron}", **_gemeten(i, spec, jaar)}
        m["meting_id"] = f"{i['indicator_id']}-{stand}-{m['periode_eind'][:4]}{versie}"
        yield m
        if i["per_wijk"]:
            for wijk, n in verdeel(int(m["waarde"]), wijkdelen(DOELEN[i["doel_id"]]["project_id"])).items():
                yield m | {"meting_id": f"{m['meting_id']}-{wijk}", "wijk_id": wijk, "waarde": n}


def metingen():
    alle = {i["indicator_id"]: i for i in inhoud("indicatoren")}
    for naam, i in alle.items():
        doel, jaar = DOELEN[i["doel_id"]], begin(i["doel_id"])
        eind = doel["eind"] or "2009-12-31"
        tussen = "2008-12-31" if jaar < 2010 else "2010-06-30" if eind < "2011" else "2010-12-31"
        rij = {"indicator_id": naam, "wijk_id": doel["wijk_id"] or gebied(doel["project_id"]), "bron_id": PLAN[jaar]}
        if spec := i["nul"]:
            model, spec = (alle[i["continu_met"]], alle[i["continu_met"]]["r2009"]) if spec == "=" else (i, spec)
            oud = "wijkenquete-2008" if i["bron"] == "wijkenquete" else "nulmeting-2008"
            yield rij | {"meting_id": f"{naam}-nulmeting", "rol": "nulmeting",
                         "bron_id": PLAN[2010] if jaar == 2010 else oud,
                         **_gemeten(model, spec, 2009 if jaar == 2010 else 2007)}  # fmt: skip
        for rol, spec, dag in (("streefwaarde", i["streef"], eind), ("tussendoel", i["tussen"], tussen)):
            if spec:
                yield rij | {"meting_id": f"{naam}-{rol}", "rol": rol, "periode_eind": dag, **waarde(spec, i, jaar)}
        yield from _standen_van(i, rij, "tussenstand" if i["cumulatief"] == "ja" else "realisatie")
        if i["prognose"]:
            yield rij | {"meting_id": f"{naam}-prognose", "rol": "prognose", "periode_eind": "2009-12-31",
                         "bron_id": VERSLAG[2009], **waarde(i["prognose"], i, jaar)}  # fmt: skip
    yield {"meting_id": "i-inbraak-heel-2009", "indicator_id": "i-inbraak", "wijk_id": SAMEN, "rol": "realisatie",
           "periode_start": "2009-01-01", "periode_eind": "2009-12-31", "waarde": 338, "waarde_soort": "exact",
           "kwaliteit": "A", "bron_id": "politiecijfers-heel-2009"}  # fmt: skip


# -- writing ---------------------------------------------------------------------------------------------------------


def main(naar: Path = HIER) -> None:
    """Write every table of the schema, with the columns of the schema."""
    schema = json.loads((HIER.parent / "datapackage.json").read_text(encoding="utf-8"))
    for bron in schema["resources"]:
        kolommen = [veld["name"] for veld in bron["schema"]["fields"]]
        with open(naar / f"{bron['name']}.csv", "w", encoding="utf-8", newline="") as bestand:
            schrijver = csv.DictWriter(bestand, kolommen, extrasaction="ignore", lineterminator="\n")
            schrijver.writeheader()
            schrijver.writerows(globals()[bron["name"]]())


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
