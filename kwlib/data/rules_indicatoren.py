"""Rules on indicators: one thing counted in one way, with a beginning, a target and a direction."""

from __future__ import annotations

from collections.abc import Iterator

from kwlib.data.problems import FOUT, WAARSCHUWING
from kwlib.data.rule import View, rule

NIET_OPTELBAAR = ("rapportcijfer", "procent")
# Words in a unit that name what is counted; a unit that names another thing than telbasis mixes two counts.
TELWOORDEN = {
    "personen": "unieke_personen",
    "jongeren": "unieke_personen",
    "deelnames": "deelnames",
    "deelnemingen": "deelnames",
    "gezinnen": "gezinnen",
    "huishoudens": "huishoudens",
    "kinderen": "kinderen",
    "woningen": "woningen",
    "bijeenkomsten": "bijeenkomsten",
    "euro": "euro",
    "procent": "procent",
    "%": "procent",
}
# Kinds of persons: a unit in these words may be counted as persons or as participations.
MENSEN = ("unieke_personen", "deelnames", "kinderen")


@rule(FOUT, "V13", "indicatoren")
def v13_telbasis_gemengd(view: View) -> Iterator[tuple]:
    """The unit of an indicator names what its telbasis counts, and only what can be added is added."""
    for r in view.all("indicatoren"):
        named = TELWOORDEN.get((r.eenheid or "").lower())
        mixed = named and r.telbasis and named != r.telbasis and not (named in MENSEN and r.telbasis in MENSEN)
        if mixed:
            yield (
                r.rij,
                "telbasis",
                f"Indicator '{r.naam}': eenheid {r.eenheid} en telbasis {r.telbasis} kunnen niet worden opgeteld.",
                "Kies één manier van tellen of maak twee indicatoren.",
            )
        elif r.optelbaar and r.telbasis in NIET_OPTELBAAR:
            yield (
                r.rij,
                "optelbaar",
                f"Indicator '{r.naam}': een {r.telbasis} kan niet worden opgeteld.",
                "Zet 'optelbaar' op nee.",
            )
        elif r.optelbaar is not None and r.aggregatie is not None and bool(r.optelbaar) != (r.aggregatie == "som"):
            yield (
                r.rij,
                "aggregatie",
                f"Indicator '{r.naam}': 'optelbaar' en aggregatie '{r.aggregatie}' spreken elkaar tegen.",
                "Optelbaar hoort bij 'som', niet optelbaar bij de andere.",
            )


@rule(FOUT, "V14", "indicatoren")
def v14_eenheid_gemengd(view: View) -> Iterator[tuple]:
    """Indicators of one goal with the same name count the same thing in the same unit."""
    first: dict[tuple, tuple] = {}
    for r in view.all("indicatoren"):
        if r.naam is None:
            continue
        key = (r.doel_id, r.naam.casefold())
        row, unit = first.setdefault(key, (r.rij, (r.eenheid, r.telbasis)))
        if unit != (r.eenheid, r.telbasis):
            yield (
                r.rij,
                "eenheid",
                f"Indicator '{r.naam}': rij {row} telt {unit[0]} en rij {r.rij} telt {r.eenheid}.",
                "Geef twee soorten tellingen elk een eigen naam.",
            )


@rule(WAARSCHUWING, "V22", "indicatoren", "metingen")
def v22_geen_nul_of_streef(view: View) -> Iterator[tuple]:
    """Every indicator of a goal has a nulmeting and a streefwaarde."""
    known = {(m.indicator_id, m.rol) for m in view.shown("metingen") if m.waarde is not None}
    for r in view.shown("indicatoren"):
        missing = [w for w in ("nulmeting", "streefwaarde") if (r.indicator_id, w) not in known]
        if missing and r.soort != "context":
            yield (
                r.rij,
                "indicator_id",
                f"Indicator '{r.naam}' heeft geen {' en geen '.join(missing)}.",
                "Vul de waarde in metingen.csv in zodra die bekend is.",
            )


@rule(WAARSCHUWING, "V25", "indicatoren")
def v25_richting(view: View) -> Iterator[tuple]:
    """Every indicator says whether higher or lower is better."""
    for r in view.shown("indicatoren"):
        if r.richting is None and r.soort != "context":
            yield (
                r.rij,
                "richting",
                f"Indicator '{r.naam}': is hoger beter of lager beter?",
                "Kies hoger, lager of behoud.",
            )


RULES = (
    v13_telbasis_gemengd,
    v14_eenheid_gemengd,
    v22_geen_nul_of_streef,
    v25_richting,
)
