"""Rules on time and sources: an end is not before its start, and versions of a fact can be put in order."""

from __future__ import annotations

import datetime as dt

from kwlib.data.rule import Finds, View, rule
from kwlib.data.versions import published

# Per table the column with the start and the column with the end.
PAREN = {
    "themas": ("jaar_van", "jaar_tot"),
    "projecten": ("startjaar", "verwacht_eind"),
    "doelen": ("begin", "eind"),
    "metingen": ("periode_start", "periode_eind"),
    "contextwaarden": ("periode_start", "periode_eind"),
    "financiering": ("jaar", "jaar_tot"),
    "participatie": ("datum", "teruggekoppeld_op"),
    "raadsvragen": ("datum", "beantwoord_op"),
    "kalender": ("gepland_van", "gepland_tot"),
}


def _before(end, start) -> bool:
    return (end if type(end) is type(start) else end.year) < start


@rule("V12", *PAREN)
def eind_voor_start(view: View, table: str) -> Finds:
    """An end is not before its start."""
    van, tot = PAREN[table]
    for r in view.all(table):
        start, end = getattr(r, van), getattr(r, tot)
        if start is not None and end is not None and _before(end, start):
            yield r, {"kolom": tot, "van": van, "eind": end, "start": start}


@rule("V12")
def geraadpleegd(view: View) -> Finds:
    """A source was not read before the day it was published; the last day of a month or year may still come."""
    for r in view.all("bronnen"):
        published_on, read_on = r.gepubliceerd_op, r.geraadpleegd_op
        exact = r.datum_nauwkeurigheid in ("dag", None)
        if exact and published_on is not None and read_on is not None and read_on < published_on:
            yield r, {"kolom": "geraadpleegd_op", "van": "gepubliceerd_op", "eind": read_on, "start": published_on}


@rule("V12")
def schaal(view: View) -> Finds:
    """The top of a scale is above its bottom."""
    for r in view.all("contextreeksen"):
        if r.schaal_min is not None and r.schaal_max is not None and r.schaal_max <= r.schaal_min:
            yield r, {}


@rule("I11")
def datum_gepubliceerd(view: View) -> Finds:
    """A source whose publication is known to the month or the year carries the last day of it."""
    for r in view.all("bronnen"):
        if r.gepubliceerd_op is not None and r.datum_nauwkeurigheid in ("maand", "jaar"):
            next_day = r.gepubliceerd_op + dt.timedelta(days=1)
            if next_day.day != 1 or (r.datum_nauwkeurigheid == "jaar" and next_day.month != 1):
                yield r, {}, r.datum_nauwkeurigheid


@rule("I09", "*")
def versies(view: View, table: str) -> Finds:
    """Two versions of a fact are not of the same day."""
    days, first = published(view.rows["bronnen"]), {}
    key = view.schema[table].version_key
    for r in view.all(table) if key else ():
        fact = (*(getattr(r, c) for c in key), days.get(r.bron_id))
        if fact in first:
            yield r, {"eerder": first[fact]}
        first.setdefault(fact, r.rij)


@rule("V72")
def fictief(view: View) -> Finds:
    """An edition is marked as made up when its sources are, and only then; one remark, at the first that differs."""
    marked, rows = view.param("fictief"), view.all("bronnen")
    wrong = [b for b in rows if (b.soort == "fictief") != marked]
    if wrong:
        yield wrong[0], {"n": len(wrong), "totaal": len(rows)}, "echt" if marked else ""
