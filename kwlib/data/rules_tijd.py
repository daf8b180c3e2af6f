"""Rules on time and sources: an end is not before its start, and versions of a fact can be put in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from kwlib.data.problems import FOUT, WAARSCHUWING
from kwlib.data.rule import Rule, View, rule
from kwlib.data.versions import published

# Table, column with the start, column with the end.
PAREN = (
    ("themas", "jaar_van", "jaar_tot"),
    ("projecten", "startjaar", "verwacht_eind"),
    ("doelen", "begin", "eind"),
    ("metingen", "periode_start", "periode_eind"),
    ("contextwaarden", "periode_start", "periode_eind"),
    ("financiering", "jaar", "jaar_tot"),
    ("participatie", "datum", "teruggekoppeld_op"),
    ("raadsvragen", "datum", "beantwoord_op"),
    ("kalender", "gepland_van", "gepland_tot"),
)


def _shown(value) -> str:
    return str(value) if isinstance(value, int) else value.date().isoformat()


def _before(end, start) -> bool:
    if isinstance(start, int) and not isinstance(end, int):
        end = end.year
    return end < start


def _paar(table: str, van: str, tot: str) -> Rule:
    def find(view: View) -> Iterator[tuple]:
        for r in view.all(table):
            start, end = getattr(r, van), getattr(r, tot)
            if start is not None and end is not None and _before(end, start):
                yield (r.rij, tot, f"{tot} {_shown(end)} ligt voor {van} {_shown(start)}.", "Verbeter een van beide.")

    find.__doc__ = f"In {table}, {tot} is not before {van}."
    return rule(FOUT, "V12", table)(find)


@rule(FOUT, "V12", "bronnen")
def v12_geraadpleegd(view: View) -> Iterator[tuple]:
    """A source was not read before the day it was published; the last day of a month or year may still come."""
    for r in view.all("bronnen"):
        published_on, read_on = r.gepubliceerd_op, r.geraadpleegd_op
        exact = r.datum_nauwkeurigheid in ("dag", None)
        if exact and published_on is not None and read_on is not None and read_on < published_on:
            yield (
                r.rij,
                "geraadpleegd_op",
                f"geraadpleegd_op {_shown(read_on)} ligt voor gepubliceerd_op {_shown(published_on)}.",
                "Verbeter een van beide.",
            )


@rule(FOUT, "V12", "contextreeksen")
def v12_schaal(view: View) -> Iterator[tuple]:
    """The top of a scale is above its bottom."""
    for r in view.all("contextreeksen"):
        if r.schaal_min is not None and r.schaal_max is not None and r.schaal_max <= r.schaal_min:
            yield r.rij, "schaal_max", "schaal_max is niet groter dan schaal_min.", "Verbeter een van beide."


@rule(FOUT, "I11", "bronnen")
def i11_datum_gepubliceerd(view: View) -> Iterator[tuple]:
    """A source whose publication is known to the month or the year carries the last day of it."""
    for r in view.all("bronnen"):
        day = r.gepubliceerd_op
        if day is None:
            continue
        next_day = day + dt.timedelta(days=1)
        wrong = (r.datum_nauwkeurigheid == "maand" and next_day.day != 1) or (
            r.datum_nauwkeurigheid == "jaar" and (next_day.month, next_day.day) != (1, 1)
        )
        if wrong:
            yield (
                r.rij,
                "gepubliceerd_op",
                f"Bron '{r.bron_id}' is bekend op de {r.datum_nauwkeurigheid} maar heeft {day.date().isoformat()}.",
                f"Schrijf de laatste dag van {_article(r.datum_nauwkeurigheid)}, zodat niets te vroeg wordt getoond.",
            )


def _article(woord: str) -> str:
    return {"maand": "de maand", "jaar": "het jaar"}[woord]


def versie_rules(tables) -> tuple[Rule, ...]:
    """Return rule I09 for every table with a version key: two versions may not be of the same day."""
    return tuple(_versies(table.name, table.version_key) for table in tables if table.version_key)


def _versies(table: str, key: tuple[str, ...]) -> Rule:
    def find(view: View) -> Iterator[tuple]:
        days, first = published(view.rows["bronnen"]), {}
        for r in view.all(table):
            fact = (*(getattr(r, c) for c in key), days.get(r.bron_id))
            if fact in first:
                yield (
                    r.rij,
                    "bron_id",
                    f"Rij {first[fact]} en rij {r.rij} zijn hetzelfde gegeven uit bronnen van dezelfde dag.",
                    "Kies welke geldt en haal de andere weg, of zet de fout in errata.csv.",
                )
            first.setdefault(fact, r.rij)

    return rule(WAARSCHUWING, "I09", table, "bronnen")(find)


RULES = (*(_paar(*p) for p in PAREN), v12_geraadpleegd, v12_schaal, i11_datum_gepubliceerd)
