"""Rules on projects: who is responsible, shares and main wijk or thema, and whether phase and goals agree."""

from __future__ import annotations

from collections.abc import Iterator

from kwlib.data.problems import FOUT, WAARSCHUWING
from kwlib.data.rule import View, nl, rule

TOLERANTIE = 0.001
LOPEND = ("uitvoering", "afronding")


def _namen(view: View) -> dict[str, str]:
    return {p.project_id: p.naam or p.project_id for p in view.all("projecten")}


def _van_jaar(view: View) -> list:
    """Return the rows of project_jaar that the edition shows, of its year when it has one."""
    return [r for r in view.shown("project_jaar") if view.edition.jaar in (None, r.jaar)]


@rule(WAARSCHUWING, "V06", "projecten", "project_jaar")
def v06_verantwoordelijk(view: View) -> Iterator[tuple]:
    """Every project of the year names who commissions and who leads it."""
    active = {r.project_id for r in _van_jaar(view)}
    for p in view.shown("projecten"):
        missing = [w for w, v in (("opdrachtgever", p.opdrachtgever), ("trekker", p.trekker_rol)) if v is None]
        if missing and p.project_id in active:
            column = "opdrachtgever" if p.opdrachtgever is None else "trekker_rol"
            yield (
                p.rij,
                column,
                f"Project '{p.naam}': geen {' en geen '.join(missing)} ingevuld.",
                "Vul een rol in. Nu kan de raad niet zien wie verantwoordelijk is.",
            )


def _groepen(view: View, table: str) -> Iterator[tuple[str, list]]:
    """Yield, per project and year, its name with year and its rows."""
    namen = _namen(view)
    groups: dict[tuple, list] = {}
    for r in view.fact(table):
        if r.project_id is not None and r.jaar is not None:
            groups.setdefault((r.project_id, r.jaar), []).append(r)
    for (project, jaar), rows in groups.items():
        yield f"Project '{namen.get(project, project)}' {jaar}", rows


def _aandelen(view: View, table: str, woord: str) -> Iterator[tuple]:
    for naam, rows in _groepen(view, table):
        known = [r.aandeel for r in rows if r.aandeel is not None]
        if not known and all(r.reden_ontbreekt for r in rows):
            continue
        if len(known) < len(rows):
            empty = next(r for r in rows if r.aandeel is None)
            yield (
                empty.rij,
                "aandeel",
                f"{naam}: {len(known)} van de {len(rows)} aandelen over {woord} zijn ingevuld.",
                "Vul alle aandelen in (samen 1), of laat ze alle leeg met een reden.",
            )
        elif abs(sum(known) - 1) > TOLERANTIE:
            yield (
                rows[0].rij,
                "aandeel",
                f"{naam}: aandelen over {woord} zijn samen {nl(round(sum(known), 4))}.",
                "Ze moeten samen 1 zijn.",
            )


@rule(FOUT, "V10", "project_wijk", "projecten", "bronnen")
def v10_aandelen_wijk(view: View) -> Iterator[tuple]:
    """The shares of a project over wijken are together 1, or all unknown with a reason."""
    yield from _aandelen(view, "project_wijk", "wijken")


@rule(FOUT, "V10", "project_thema", "projecten", "bronnen")
def v10_aandelen_thema(view: View) -> Iterator[tuple]:
    """The shares of a project over themas are together 1, or all unknown with a reason."""
    yield from _aandelen(view, "project_thema", "thema's")


def _hoofd(view: View, table: str, woord: str, id_column: str) -> Iterator[tuple]:
    for naam, rows in _groepen(view, table):
        if all(r.hoofd is None for r in rows) and all(r.reden_ontbreekt for r in rows):
            continue
        main = [r for r in rows if r.hoofd]
        if len(main) == 1:
            continue
        if main:
            listed = ", ".join(sorted(str(getattr(r, id_column)) for r in main))
            yield main[1].rij, "hoofd", f"{naam} heeft {len(main)} {woord} ({listed}).", "Kies er één."
        else:
            yield (
                rows[0].rij,
                "hoofd",
                f"{naam} heeft geen {woord}.",
                "Zet bij één rij 'ja', of laat alle rijen leeg met een reden.",
            )


@rule(FOUT, "V11", "project_wijk", "projecten", "bronnen")
def v11_hoofdwijk(view: View) -> Iterator[tuple]:
    """A project has exactly one main wijk per year, or none is known and each row says why."""
    yield from _hoofd(view, "project_wijk", "hoofdwijken", "wijk_id")


@rule(FOUT, "V11", "project_thema", "projecten", "bronnen")
def v11_hoofdthema(view: View) -> Iterator[tuple]:
    """A project has exactly one main thema per year, or none is known and each row says why."""
    yield from _hoofd(view, "project_thema", "hoofdthema's", "thema_id")


@rule(WAARSCHUWING, "V20", "project_jaar", "projecten", "doelen")
def v20_uitvoering_zonder_doel(view: View) -> Iterator[tuple]:
    """A project that is running has at least one projectdoel."""
    namen = _namen(view)
    with_goal = {d.project_id for d in view.shown("doelen") if d.niveau == "projectdoel"}
    for r in _van_jaar(view):
        if r.fase in LOPEND and r.project_id not in with_goal:
            yield (
                r.rij,
                "project_id",
                f"Project '{namen.get(r.project_id, r.project_id)}' is in {r.fase} maar heeft geen projectdoel.",
                "Voeg een doel toe aan doelen.csv.",
            )


@rule(WAARSCHUWING, "V21", "doelen", "indicatoren")
def v21_doel_zonder_indicator(view: View) -> Iterator[tuple]:
    """Every goal of the programme or a project has an indicator."""
    measured = {i.doel_id for i in view.shown("indicatoren")}
    for r in view.shown("doelen"):
        if r.niveau in ("projectdoel", "programmadoel") and r.doel_id not in measured:
            yield (
                r.rij,
                "doel_id",
                (
                    f"Doel '{r.doel_id}' heeft geen indicator. Daardoor kan volgend jaar niet worden "
                    "vastgesteld of het is gehaald."
                ),
                "Voeg een indicator toe aan indicatoren.csv.",
            )


@rule(FOUT, "V28", "project_jaar", "projecten", "doelen", "indicatoren", "metingen")
def v28_opstart_met_resultaat(view: View) -> Iterator[tuple]:
    """A project that is being prepared has no outcome yet in that year."""
    namen = _namen(view)
    project = {d.doel_id: d.project_id for d in view.fact("doelen")}
    outcome = {i.indicator_id: project.get(i.doel_id) for i in view.fact("indicatoren") if i.soort == "outcome"}
    results = {
        (outcome[m.indicator_id], m.periode_eind.year)
        for m in view.fact("metingen")
        if m.indicator_id in outcome and m.rol == "realisatie" and m.waarde is not None and m.periode_eind is not None
    }
    for r in view.fact("project_jaar"):
        if r.fase == "opstart" and (r.project_id, r.jaar) in results:
            yield (
                r.rij,
                "fase",
                f"Project '{namen.get(r.project_id, r.project_id)}' staat op opstart maar heeft een resultaat.",
                "Pas de fase aan of verwijder de meting.",
            )


RULES = (
    v06_verantwoordelijk,
    v10_aandelen_wijk,
    v10_aandelen_thema,
    v11_hoofdwijk,
    v11_hoofdthema,
    v20_uitvoering_zonder_doel,
    v21_doel_zonder_indicator,
    v28_opstart_met_resultaat,
)
