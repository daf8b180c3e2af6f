"""Rules on projects: who is responsible, shares and main wijk or thema, and whether phase and goals agree."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kwlib.data.rule import Finds, View, rule

TOLERANTIE = 0.001
LOPEND = ("uitvoering", "afronding")
KOERSEN = ("koers_tijd", "koers_geld", "koers_resultaat", "koers_participatie")
# What a long fiche must say; a closed project need not look ahead.
ONDERDELEN = {
    "uitvoering": ("terugblik", "vooruitblik", "wat_ging_niet_goed"),
    "afronding": ("terugblik", "vooruitblik", "wat_ging_niet_goed"),
    "afgesloten": ("terugblik", "wat_ging_niet_goed"),
}


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


@rule("V27")
def trechter(view: View) -> Finds:
    """A later step of a project never has more participants than an earlier one."""
    stappen = view.schema["deelnemers"].field("stap").enum
    groups: dict[tuple, list] = {}
    for r in view.fact("deelnemers"):
        if r.aantal is not None and r.stap in stappen:
            groups.setdefault((r.project_id, r.jaar, r.wijk_id, r.telbasis), []).append(r)
    for rows in groups.values():
        for eerder, r in pairwise(sorted(rows, key=lambda r: stappen.index(r.stap))):
            if r.aantal > eerder.aantal:
                yield r, {"eerder": eerder.aantal, "eerdere_stap": eerder.stap}


@rule("V29")
def opstart_te_lang(view: View) -> Finds:
    """The fiche of a project that is being prepared is short."""
    grens = view.param("regels.opstart_woorden")
    omschrijving = {p.project_id: p.omschrijving for p in view.shown("projecten")}
    for r in view.of_year("project_jaar"):
        texts = [omschrijving.get(r.project_id), *(getattr(r, k) for k in view.schema["project_jaar"].texts)]
        n = sum(len(t.split()) for t in texts if t)
        if r.fase == "opstart" and n > grens:
            yield r, {"n": n, "grens": grens}


@rule("V30")
def fiche_te_kort(view: View) -> Finds:
    """The fiche of a project that is or was running is complete, or the row says why not."""
    for r in view.looking_back("project_jaar"):
        leeg = [k for k in ONDERDELEN.get(r.fase, ()) if getattr(r, k) is None]
        if leeg and r.reden_ontbreekt is None:
            yield r, {"kolom": leeg[0], "leeg": [k.replace("_", " ") for k in leeg]}


@rule("V31")
def fase_terug(view: View) -> Finds:
    """A project does not go back to an earlier phase without a reason."""
    fasen = view.schema["project_jaar"].field("fase").enum
    rows = [r for r in view.shown("project_jaar") if r.fase in fasen and r.jaar is not None]
    for eerder, r in pairwise(sorted(rows, key=lambda r: (r.project_id or "", r.jaar))):
        back = eerder.project_id == r.project_id and fasen.index(r.fase) < fasen.index(eerder.fase)
        if back and r.jaar == view.param("jaar") and r.afwijking_reden is None:
            yield r, {"eerder": eerder.fase}


@rule("V32")
def achter_zonder_maatregel(view: View) -> Finds:
    """A project that is behind says why and what is done about it."""
    for r in view.of_year("project_jaar"):
        leeg = [k for k in ("afwijking_reden", "maatregel") if getattr(r, k) is None]
        for koers in KOERSEN:
            if getattr(r, koers) == "achter" and leeg:
                yield r, {"kolom": koers, "as": koers.removeprefix("koers_"), "leeg": leeg}


@rule("V33")
def alles_op_schema(view: View) -> Finds:
    """That every project is on schedule is worth a second look."""
    koersen = [{getattr(r, k) for k in KOERSEN} - {None} for r in view.of_year("project_jaar")]
    known = [k for k in koersen if k]
    if len(known) > 1 and all(k == {"op_schema"} for k in known):
        yield "project_jaar", {"n": len(known)}


@rule("V50")
def participatie_onbekend(view: View) -> Finds:
    """Every running project says how residents take part."""
    for r in view.of_year("project_jaar"):
        if r.fase in LOPEND and r.participatietrede is None:
            yield r, {}


@rule("V67")
def alleen_goed_nieuws(view: View) -> Finds:
    """Something went wrong somewhere, and the report says what."""
    rows = view.looking_back("project_jaar")
    if rows and all(r.wat_ging_niet_goed is None for r in rows):
        yield "project_jaar", {"n": len(rows)}
