"""Rules on projects: who is responsible, shares and main wijk or thema, and whether phase and goals agree."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from kwlib.data.problems import FOUT, WAARSCHUWING
from kwlib.data.rule import View, nl, records, rule

TOLERANTIE = 0.001
LOPEND = ("uitvoering", "afronding")


def _namen(view: View) -> dict[str, str]:
    frame = view.rows["projecten"]
    return {i: n if not pd.isna(n) else i for i, n in zip(frame["project_id"], frame["naam"], strict=True)}


def _van_jaar(view: View) -> pd.DataFrame:
    frame, jaar = view.seen["project_jaar"], view.edition.jaar
    return frame if jaar is None else frame[frame["jaar"] == jaar]


@rule(WAARSCHUWING, "V06", "projecten", "project_jaar")
def v06_verantwoordelijk(view: View) -> Iterator[tuple]:
    """Every project of the year names who commissions and who leads it."""
    active = set(_van_jaar(view)["project_id"].dropna())
    for p in records(view.seen["projecten"]):
        missing = [w for w, v in (("opdrachtgever", p.opdrachtgever), ("trekker", p.trekker_rol)) if v is None]
        if missing and p.project_id in active:
            column = "opdrachtgever" if p.opdrachtgever is None else "trekker_rol"
            yield (p.rij, column, f"Project '{p.naam}': geen {' en geen '.join(missing)} ingevuld.",
                   "Vul een rol in. Nu kan de raad niet zien wie verantwoordelijk is.")  # fmt: skip


def _groepen(view: View, table: str) -> Iterator[tuple[str, list]]:
    """Yield, per project and year, its name with year and its rows."""
    namen = _namen(view)
    groups: dict[tuple, list] = {}
    for r in records(view.facts[table]):
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
            yield (empty.rij, "aandeel", f"{naam}: {len(known)} van de {len(rows)} aandelen over {woord} zijn ingevuld.",
                   "Vul alle aandelen in (samen 1), of laat ze alle leeg met een reden.")  # fmt: skip
        elif abs(sum(known) - 1) > TOLERANTIE:
            yield (rows[0].rij, "aandeel", f"{naam}: aandelen over {woord} zijn samen {nl(round(sum(known), 4))}.",
                   "Ze moeten samen 1 zijn.")  # fmt: skip


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
            yield (rows[0].rij, "hoofd", f"{naam} heeft geen {woord}.",
                   "Zet bij één rij 'ja', of laat alle rijen leeg met een reden.")  # fmt: skip


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
    doelen, namen = view.seen["doelen"], _namen(view)
    with_goal = set(doelen.loc[doelen["niveau"] == "projectdoel", "project_id"].dropna())
    for r in records(_van_jaar(view)):
        if r.fase in LOPEND and r.project_id not in with_goal:
            yield (r.rij, "project_id", (f"Project '{namen.get(r.project_id, r.project_id)}' is in {r.fase} maar heeft "
                   "geen projectdoel."), "Voeg een doel toe aan doelen.csv.")  # fmt: skip


@rule(WAARSCHUWING, "V21", "doelen", "indicatoren")
def v21_doel_zonder_indicator(view: View) -> Iterator[tuple]:
    """Every goal of the programme or a project has an indicator."""
    measured = set(view.seen["indicatoren"]["doel_id"].dropna())
    for r in records(view.seen["doelen"]):
        if r.niveau in ("projectdoel", "programmadoel") and r.doel_id not in measured:
            yield (r.rij, "doel_id", (f"Doel '{r.doel_id}' heeft geen indicator. Daardoor kan volgend jaar niet worden "
                   "vastgesteld of het is gehaald."), "Voeg een indicator toe aan indicatoren.csv.")  # fmt: skip


@rule(FOUT, "V28", "project_jaar", "projecten", "doelen", "indicatoren", "metingen")
def v28_opstart_met_resultaat(view: View) -> Iterator[tuple]:
    """A project that is being prepared has no outcome yet in that year."""
    namen = _namen(view)
    metingen = view.facts["metingen"].merge(view.facts["indicatoren"][["indicator_id", "soort", "doel_id"]],
                                            on="indicator_id")  # fmt: skip
    metingen = metingen.merge(view.facts["doelen"][["doel_id", "project_id"]], on="doel_id")
    found = metingen[(metingen["soort"] == "outcome") & (metingen["rol"] == "realisatie") & metingen["waarde"].notna()]
    results = set(zip(found["project_id"], found["periode_eind"].dt.year, strict=True))
    for r in records(view.facts["project_jaar"]):
        if r.fase == "opstart" and (r.project_id, r.jaar) in results:
            yield (r.rij, "fase", (f"Project '{namen.get(r.project_id, r.project_id)}' staat op opstart maar heeft een "
                   "resultaat."), "Pas de fase aan of verwijder de meting.")  # fmt: skip


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
