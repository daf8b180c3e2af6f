"""Rules on indicators: one thing counted in one way, with a beginning, a target and a direction."""

from __future__ import annotations

from kwlib.data.rule import Finds, View, rule

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
DEFINITIE = ("definitie", "eenheid", "telbasis")


@rule("V13")
def telbasis_gemengd(view: View) -> Finds:
    """The unit of an indicator names what its telbasis counts, and only what can be added is added."""
    for r in view.all("indicatoren"):
        named = TELWOORDEN.get((r.eenheid or "").lower())
        if named and r.telbasis and named != r.telbasis and not {named, r.telbasis} <= set(MENSEN):
            yield r, {}, "eenheid"
        elif r.optelbaar and r.telbasis in NIET_OPTELBAAR:
            yield r, {}, "optelbaar"
        elif r.optelbaar is not None and r.aggregatie is not None and bool(r.optelbaar) != (r.aggregatie == "som"):
            yield r, {}, "aggregatie"


@rule("V14")
def eenheid_gemengd(view: View) -> Finds:
    """Indicators of one goal with the same name count the same thing in the same unit."""
    first: dict[tuple, object] = {}
    for r in view.all("indicatoren"):
        if r.naam is not None:
            eerder = first.setdefault((r.doel_id, r.naam.casefold()), r)
            if (eerder.eenheid, eerder.telbasis) != (r.eenheid, r.telbasis):
                yield r, {"eerder": eerder.rij, "andere": eerder.eenheid}


@rule("V22")
def geen_nul_of_streef(view: View) -> Finds:
    """Every indicator of a goal has a nulmeting and a streefwaarde."""
    known = {(m.indicator_id, m.rol) for m in view.shown("metingen") if m.waarde is not None}
    for r in view.shown("indicatoren"):
        leeg = [w for w in ("nulmeting", "streefwaarde") if (r.indicator_id, w) not in known]
        if leeg and r.soort != "context":
            yield r, {"leeg": leeg}


@rule("V25")
def richting(view: View) -> Finds:
    """Every indicator says whether higher or lower is better."""
    for r in view.shown("indicatoren"):
        if r.richting is None and r.soort != "context":
            yield r, {}


@rule("V45")
def trendbreuk(view: View) -> Finds:
    """An indicator that follows another one and counts in another way says so."""
    rows = {i.indicator_id: i for i in view.shown("indicatoren")}
    for i in rows.values():
        eerder = rows.get(i.continu_met)
        anders = [k for k in DEFINITIE if eerder and getattr(i, k) != getattr(eerder, k)]
        if anders and not i.trendbreuk:
            yield i, {"anders": anders, "eerder": eerder.naam}
