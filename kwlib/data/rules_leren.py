"""Rules on coherence and learning: projects know each other, and lessons have evidence and consequences."""

from __future__ import annotations

from kwlib.data.rule import Finds, View, rule

# Links that say that one project helps another; these need something that was counted or seen.
BEWERING = ("levert_deelnemers", "versterkt_resultaat")


@rule("V46")
def geisoleerd(view: View) -> Finds:
    """Every project of the year has a link with another one, once links are recorded."""
    linked = {p for r in view.of_year("relaties") for p in (r.project_a, r.project_b)}
    for r in view.of_year("project_jaar"):
        if linked and r.project_id not in linked and r.fase != "afgesloten":
            yield r, {}


@rule("V47")
def geen_leerpunten(view: View) -> Finds:
    """Every thema with projects in the year has a lesson."""
    lessons, rows = view.looking_back("leerpunten"), view.of_year("project_thema")
    if rows and not lessons:
        yield "leerpunten", {"jaar": view.param("jaar")}, "geen"
        return
    projects = {r.project_id for r in lessons}
    learnt = {r.thema_id for r in lessons} | {r.thema_id for r in rows if r.project_id in projects}
    for t in view.shown("themas"):
        if t.thema_id in {r.thema_id for r in rows} - learnt:
            yield t, {"jaar": view.param("jaar")}


@rule("V48")
def leerpunt_zonder_gevolg(view: View) -> Finds:
    """A lesson leads to a decision, or says why not."""
    for r in view.shown("leerpunten"):
        if r.gevolg is None and r.geen_gevolg_reden is None:
            yield r, {}


@rule("V49")
def relatie_zonder_bewijs(view: View) -> Finds:
    """That one project helps another was counted or has evidence."""
    namen, woorden = view.names("projecten"), view.schema["relaties"].field("soort").codes
    for r in view.shown("relaties"):
        if r.soort in BEWERING and r.bewijs_id is None and r.gemeten_aantal is None:
            yield r, {"a": namen.get(r.project_a), "b": namen.get(r.project_b), "doet": woorden[r.soort]}
