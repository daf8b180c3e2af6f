"""Rules on residents, council and letter: feedback, terms, the order and days of meetings, the head of the letter."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

from dateutil.easter import easter

from kwlib.data.rule import Finds, View, rule

VOLGORDE = ("college", "commissie", "raad")
VASTE_DAGEN = {(1, 1): "nieuwjaarsdag", (5, 5): "Bevrijdingsdag",
               (12, 25): "eerste kerstdag", (12, 26): "tweede kerstdag"}  # fmt: skip
NA_PASEN = {-2: "Goede Vrijdag", 0: "eerste paasdag", 1: "tweede paasdag", 39: "Hemelvaartsdag",
            49: "eerste pinksterdag", 50: "tweede pinksterdag"}  # fmt: skip
WEEKEND = {5: "zaterdag", 6: "zondag"}


def rustdag(day: dt.date) -> str | None:
    """Return the name of a day on which councils do not meet, or None."""
    king = dt.date(day.year, 4, 27) if day.year >= 2014 else dt.date(day.year, 4, 30)
    if day == king - dt.timedelta(days=king.weekday() == 6):
        return "Koningsdag" if day.year >= 2014 else "Koninginnedag"
    feast = VASTE_DAGEN.get((day.month, day.day)) or NA_PASEN.get((day - easter(day.year)).days)
    return feast or WEEKEND.get(day.weekday())


def _dagen(r) -> tuple[dt.date, dt.date]:
    """Return the first and last day of a moment: the real one, else the planned ones."""
    return (r.werkelijk, r.werkelijk) if r.werkelijk else (r.gepland_van, r.gepland_tot)


def _kolom(r) -> str:
    return "werkelijk" if r.werkelijk else "gepland_van"


@rule("V51")
def geen_terugkoppeling(view: View) -> Finds:
    """Residents who were asked in the report's period heard what was done with it."""
    start, eind = view.param("verslagperiode_start"), view.param("verslagperiode_eind")
    for r in view.shown("participatie"):
        asked = r.trede not in (None, "informeren", "geen") and r.datum and start <= r.datum <= eind
        if asked and r.wat_gedaan_met_inbreng is None:
            yield r, {}
        elif asked and r.teruggekoppeld_op is None:
            yield r, {}, "terug"


@rule("V53")
def antwoordtermijn(view: View) -> Finds:
    """A question of the council is answered in time."""
    termijn, peildatum = view.param("regels.antwoord_dagen"), view.param("peildatum")
    for r in view.shown("raadsvragen"):
        dagen = ((r.beantwoord_op or peildatum) - r.datum).days if r.datum else 0
        values = {"dagen": dagen, "termijn": termijn if r.termijn_dagen is None else r.termijn_dagen}
        if dagen > values["termijn"]:
            yield r, values | {"naam": r.nummer or r.raadsvraag_id}, "beantwoord" if r.beantwoord_op else ""


@rule("V55")
def planning_onlogisch(view: View) -> Finds:
    """The college comes before the council, also when both meet more than once."""
    moments: dict[tuple, dict[str, list]] = {}
    for r in view.all("kalender"):
        if r.gremium in VOLGORDE and r.status != "vervallen" and None not in _dagen(r):
            moments.setdefault((r.onderwerp, r.jaar), {}).setdefault(r.gremium, []).append(r)
    for per_gremium in moments.values():
        for early, late in pairwise(per_gremium[g] for g in VOLGORDE if g in per_gremium):
            first, last = min(early, key=lambda r: _dagen(r)[0]), max(late, key=lambda r: _dagen(r)[1])
            eerste_dag, dag = _dagen(first)[0], _dagen(last)[1]
            if dag < eerste_dag:
                yield last, {"kolom": _kolom(last), "dag": dag, "eerst": first.gremium, "eerste_dag": eerste_dag}


@rule("V55")
def jaarplan_te_laat(view: View) -> Finds:
    """A plan is to be discussed before its year begins."""
    for r in view.all("kalender"):
        plan = re.search(r"jaarplan (\d{4})", (r.onderwerp or "").lower())
        late = plan and r.gepland_van and r.gepland_van.year >= int(plan[1])
        if late and r.gremium == "raad" and r.werkelijk is None and r.status != "vervallen":
            yield r, {"plan": plan[1]}, "te_laat"


@rule("V56")
def vrije_dag(view: View) -> Finds:
    """A meeting is not on a weekend or public holiday."""
    for r in view.shown("kalender"):
        day, last = _dagen(r)
        naam = rustdag(day) if day is not None and day == last else None
        if naam and r.gremium in (*VOLGORDE, "ambtelijk") and r.status != "vervallen":
            yield r, {"kolom": _kolom(r), "dag": day, "naam": naam}


@rule("V60")
def kenmerk_en_datum(view: View) -> Finds:
    """The reference of the letter has the form of the house and the year of the letter."""
    kenmerk, datum = view.param("brief.kenmerk"), view.param("datum")
    fits = re.fullmatch(view.param("regels.kenmerk"), kenmerk)
    jaar = fits and fits.groupdict().get("jaar")
    if not fits:
        yield "params", {"kenmerk": kenmerk}, "vorm"
    elif jaar and not str(datum.year).endswith(jaar):
        yield "params", {"kenmerk": kenmerk, "hoort_bij": f"{datum.year}"[: -len(jaar)] + jaar, "jaar": datum.year}


@rule("V64")
def oordeel_en_cijfers(view: View) -> Finds:
    """Who gives an opinion on the year also explains what is behind."""
    rows = view.looking_back("project_jaar")
    achter = [r for r in rows if "achter" in (r.koers_tijd, r.koers_geld, r.koers_resultaat, r.koers_participatie)]
    if view.params.get("oordeel") and achter:
        yield "params", {"oordeel": view.param("oordeel"), "achter": len(achter), "n": len(rows)}


@rule("V62")
def uw_brief_van(view: View) -> Finds:
    """A letter that answers questions of the council names their day, when it is known."""
    known = [r for r in view.shown("raadsvragen") if r.datum]
    if known and not view.param("brief").get("uw_brief_van"):
        yield "params", {"n": len(known), "datum": known[0].datum}
