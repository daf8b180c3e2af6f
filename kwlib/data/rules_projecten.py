"""Rules on projects: who is responsible, shares and main wijk or thema, and whether phase and goals agree."""

from __future__ import annotations

from collections.abc import Iterator

from kwlib.data.rule import Finds, View, rule

TOLERANTIE = 0.001
LOPEND = ("uitvoering", "afronding")


@rule("V06")
def verantwoordelijk(view: View) -> Finds:
    """Every project of the year names who commissions and who leads it."""
    active = {r.project_id for r in view.of_year("project_jaar")}
    for p in view.shown("projecten"):
        leeg = [k for k in ("opdrachtgever", "trekker_rol") if getattr(p, k) is None]
        if leeg and p.project_id in active:
            yield p, {"kolom": leeg[0], "leeg": [k.removesuffix("_rol") for k in leeg]}


def _groepen(view: View, table: str) -> Iterator[list]:
    """Yield, per project and year, its rows."""
    groups: dict[tuple, list] = {}
    for r in view.fact(table):
        if r.project_id is not None and r.jaar is not None:
            groups.setdefault((r.project_id, r.jaar), []).append(r)
    yield from groups.values()


@rule("V10", "project_wijk", "project_thema")
def aandelen(view: View, table: str) -> Finds:
    """The shares of a project over wijken or themas are together 1, or all unknown with a reason."""
    for rows in _groepen(view, table):
        known = [r.aandeel for r in rows if r.aandeel is not None]
        if not known and all(r.reden_ontbreekt for r in rows):
            continue
        if len(known) < len(rows):
            yield next(r for r in rows if r.aandeel is None), {"n": len(known), "totaal": len(rows)}, "deels"
        elif abs(sum(known) - 1) > TOLERANTIE:
            yield rows[0], {"som": round(sum(known), 4)}


@rule("V11", "project_wijk", "project_thema")
def hoofd(view: View, table: str) -> Finds:
    """A project has exactly one main wijk and thema per year, or none is known and each row says why."""
    for rows in _groepen(view, table):
        main = [r for r in rows if r.hoofd]
        if len(main) > 1:
            column = f"{table.removeprefix('project_')}_id"
            yield main[1], {"n": len(main), "namen": sorted(str(getattr(r, column)) for r in main)}
        elif not main and not all(r.hoofd is None and r.reden_ontbreekt for r in rows):
            yield rows[0], {}, "geen"


@rule("V20")
def uitvoering_zonder_doel(view: View) -> Finds:
    """A project that is running has at least one projectdoel."""
    with_goal = {d.project_id for d in view.shown("doelen") if d.niveau == "projectdoel"}
    for r in view.of_year("project_jaar"):
        if r.fase in LOPEND and r.project_id not in with_goal:
            yield r, {}


@rule("V21")
def doel_zonder_indicator(view: View) -> Finds:
    """Every goal of the programme or a project has an indicator."""
    measured = {i.doel_id for i in view.shown("indicatoren")}
    for r in view.shown("doelen"):
        if r.niveau in ("projectdoel", "programmadoel") and r.doel_id not in measured:
            yield r, {}


@rule("V28")
def opstart_met_resultaat(view: View) -> Finds:
    """A project that is being prepared has no outcome yet in that year."""
    project = {d.doel_id: d.project_id for d in view.fact("doelen")}
    outcome = {i.indicator_id: project.get(i.doel_id) for i in view.fact("indicatoren") if i.soort == "outcome"}
    results = {
        (outcome[m.indicator_id], m.periode_eind.year)
        for m in view.fact("metingen")
        if m.indicator_id in outcome and m.rol == "realisatie" and m.waarde is not None and m.periode_eind is not None
    }
    for r in view.fact("project_jaar"):
        if r.fase == "opstart" and (r.project_id, r.jaar) in results:
            yield r, {}
