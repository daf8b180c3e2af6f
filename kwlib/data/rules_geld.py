"""Rules on money: sources add up to the total, and remarks on spending."""

from __future__ import annotations

from collections import defaultdict

from kwlib.data.rule import Finds, View, rule

CENT = 0.005
VEEL, WEINIG, OPSTART_VEEL = 1.10, 0.80, 0.50


def _posten(rows: list) -> list:
    """Return the financing rows of one year that are no ceilings."""
    return [r for r in rows if r.soort != "plafond" and (r.jaar_tot is None or r.jaar_tot == r.jaar)]


def _budget(r) -> float | None:
    return r.begroot if r.gewijzigd_begroot is None else r.gewijzigd_begroot


def _per_project(view: View, keys: set[tuple]) -> list[list]:
    """Return the financing rows of each of these projects and years together, that are of one year and no ceilings."""
    posten: dict[tuple, list] = defaultdict(list)
    for r in _posten(view.shown("financiering")):
        if (r.project_id, r.jaar) in keys:
            posten[r.project_id, r.jaar].append(r)
    return list(posten.values())


def _samen(posten: list) -> tuple[float, float]:
    """Return what is known of budget and spending together."""
    return sum(_budget(r) or 0 for r in posten), sum(r.besteed or 0 for r in posten)


@rule("V34")
def bronnen_en_totaal(view: View) -> Finds:
    """The budgets of a project by source add up to its total, to the cent."""
    sums: dict[tuple, float] = defaultdict(float)
    for r in _posten(view.fact("financiering")):
        if r.project_id is not None and r.begroot is not None:
            sums[r.project_id, r.jaar] += r.begroot
    for r in view.fact("project_jaar"):
        som = sums.get((r.project_id, r.jaar))
        if r.begroot_totaal is not None and som is not None and abs(som - r.begroot_totaal) > CENT:
            yield r, {"som": som}


@rule("V35")
def over_en_onderbesteding(view: View) -> Finds:
    """Spending far above or below the budget needs an explanation."""
    for r in _posten(view.shown("financiering")):
        budget = _budget(r)
        if budget and r.besteed is not None and r.opmerking is None and not WEINIG <= r.besteed / budget <= VEEL:
            yield r, {"deel": 100 * r.besteed / budget}


@rule("V36")
def op_schema_boven_begroting(view: View) -> Finds:
    """A project that is on schedule with its money has not spent more than its budget."""
    op_schema = {(r.project_id, r.jaar) for r in view.shown("project_jaar") if r.koers_geld == "op_schema"}
    for posten in _per_project(view, op_schema):
        budget, besteed = _samen(posten)
        if budget and besteed > budget + CENT:
            yield posten[0], {"deel": 100 * besteed / budget}


@rule("V37")
def opstart_hoog(view: View) -> Finds:
    """A project that is being prepared has not yet spent half of its budget."""
    opstart = {(r.project_id, r.jaar) for r in view.shown("project_jaar") if r.fase == "opstart"}
    for posten in _per_project(view, opstart):
        budget, besteed = _samen(posten)
        if budget > 0 and besteed >= OPSTART_VEEL * budget:
            yield posten[0], {"deel": 100 * besteed / budget}


@rule("V38")
def prijspeil_en_btw(view: View) -> Finds:
    """Every amount says its price level and whether VAT is included; one remark per column."""
    rows = view.shown("financiering")
    for kolom in ("prijspeil", "btw_inbegrepen"):
        n = sum(getattr(r, kolom) is None for r in rows)
        if n:
            yield "financiering", {"kolom": kolom, "n": n, "totaal": len(rows)}


@rule("V39")
def kosten_per_eenheid(view: View) -> Finds:
    """A project whose spending is known has one kind of result, else its cost per unit cannot be shown."""
    besteed = {r.project_id for r in view.shown("financiering") if r.besteed is not None}
    measured = {m.indicator_id for m in view.shown("metingen") if m.rol == "realisatie" and m.waarde is not None}
    project = {d.doel_id: d.project_id for d in view.shown("doelen")}
    units: dict[str, dict] = defaultdict(dict)
    for i in view.shown("indicatoren"):
        if i.soort == "output" and i.indicator_id in measured and project.get(i.doel_id) in besteed - {None}:
            units[project[i.doel_id]].setdefault(i.eenheid, i)
    for project_id, per_unit in units.items():
        if len(per_unit) > 1:
            yield list(per_unit.values())[1], {"project": view.names("projecten")[project_id], "eenheden": [*per_unit]}
