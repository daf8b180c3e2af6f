"""Rules on money: sources add up to the total, no negative amounts, and remarks on spending."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kwlib.data.problems import FOUT, WAARSCHUWING
from kwlib.data.rule import View, nl, rule

CENT = 0.005
VEEL, WEINIG, OPSTART_VEEL = 1.10, 0.80, 0.50
BEDRAGEN = ("begroot", "gewijzigd_begroot", "besteed")


def euro(value: float) -> str:
    """Return an amount for use in a message."""
    return f"€ {nl(value, 0 if value == int(value) else 2)}"


def _posten(rows: list) -> list:
    """Return the financing rows of one year that are no ceilings."""
    return [r for r in rows if r.soort != "plafond" and (r.jaar_tot is None or r.jaar_tot == r.jaar)]


@rule(FOUT, "V34", "project_jaar", "financiering", "projecten", "bronnen")
def v34_bronnen_en_totaal(view: View) -> Iterator[tuple]:
    """The budgets of a project by source add up to its total, to the cent."""
    sums: dict[tuple, float] = defaultdict(float)
    for r in _posten(view.fact("financiering")):
        if r.project_id is not None and r.begroot is not None:
            sums[(r.project_id, r.jaar)] += r.begroot
    namen = {p.project_id: p.naam for p in view.all("projecten")}
    for r in view.fact("project_jaar"):
        key = (r.project_id, r.jaar)
        if r.begroot_totaal is not None and key in sums and abs(sums[key] - r.begroot_totaal) > CENT:
            yield (
                r.rij,
                "begroot_totaal",
                (
                    f"Project '{namen.get(r.project_id, r.project_id)}' {r.jaar}: bronnen tellen "
                    f"op tot {euro(sums[key])}, totaal is {euro(r.begroot_totaal)}."
                ),
                "Verbeter het totaal of de bedragen in financiering.csv.",
            )


@rule(WAARSCHUWING, "V35", "financiering")
def v35_over_en_onderbesteding(view: View) -> Iterator[tuple]:
    """Spending far above or below the budget needs an explanation."""
    for r in _posten(view.shown("financiering")):
        budget = r.begroot if r.gewijzigd_begroot is None else r.gewijzigd_begroot
        if not budget or budget < 0 or r.besteed is None:
            continue
        share = r.besteed / budget
        if not WEINIG <= share <= VEEL and r.opmerking is None:
            yield (
                r.rij,
                "besteed",
                f"'{r.post or r.financiering_id}': besteed {nl(100 * share, 0)} % van begroot.",
                "Licht dit toe in 'opmerking'.",
            )


@rule(FOUT, "V36", "financiering")
def v36_negatief(view: View) -> Iterator[tuple]:
    """An amount is not negative."""
    for r in view.all("financiering"):
        for column in BEDRAGEN:
            value = getattr(r, column)
            if value is not None and value < 0:
                yield (
                    r.rij,
                    column,
                    f"{column} is negatief ({euro(value)}).",
                    "Gebruik 'gewijzigd_begroot' voor het nieuwe bedrag na een verlaging.",
                )


@rule(FOUT, "V36", "project_jaar")
def v36_negatief_totaal(view: View) -> Iterator[tuple]:
    """The total budget of a project is not negative."""
    for r in view.all("project_jaar"):
        if r.begroot_totaal is not None and r.begroot_totaal < 0:
            yield (
                r.rij,
                "begroot_totaal",
                f"begroot_totaal is negatief ({euro(r.begroot_totaal)}).",
                "Verbeter het bedrag.",
            )


@rule(WAARSCHUWING, "V37", "financiering", "project_jaar", "projecten")
def v37_opstart_hoog(view: View) -> Iterator[tuple]:
    """A project that is being prepared has not yet spent half of its budget."""
    opstart = {(r.project_id, r.jaar) for r in view.shown("project_jaar") if r.fase == "opstart"}
    namen = {p.project_id: p.naam for p in view.shown("projecten")}
    budget, spent, first = defaultdict(float), defaultdict(float), {}
    for r in _posten(view.shown("financiering")):
        key = (r.project_id, r.jaar)
        if key in opstart:
            first.setdefault(key, r.rij)
            budget[key] += (r.begroot if r.gewijzigd_begroot is None else r.gewijzigd_begroot) or 0
            spent[key] += r.besteed or 0
    for key, row in first.items():
        if budget[key] > 0 and spent[key] >= OPSTART_VEEL * budget[key]:
            yield (
                row,
                "besteed",
                (
                    f"Project '{namen.get(key[0], key[0])}' is in opstart maar heeft "
                    f"{nl(100 * spent[key] / budget[key], 0)} % besteed."
                ),
                "Controleer de fase en het bedrag.",
            )


@rule(WAARSCHUWING, "V38", "financiering")
def v38_prijspeil_en_btw(view: View) -> Iterator[tuple]:
    """Every amount says its price level and whether VAT is included; one remark per column."""
    rows = view.shown("financiering")
    for column in ("prijspeil", "btw_inbegrepen"):
        n = sum(getattr(r, column) is None for r in rows)
        if n:
            yield (
                None,
                column,
                f"{column} ontbreekt bij {n} van de {len(rows)} bedragen.",
                "Vul de kolom in waar het bekend is.",
            )


RULES = (
    v34_bronnen_en_totaal,
    v35_over_en_onderbesteding,
    v36_negatief,
    v36_negatief_totaal,
    v37_opstart_hoog,
    v38_prijspeil_en_btw,
)
