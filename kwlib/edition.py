"""One edition of the report: its data, checked, as known on its date, and protected."""

from __future__ import annotations

from kwlib import config, privacy
from kwlib.config import Fout, InvoerFout, meant
from kwlib.data import Store, check, krachtwijken, make_store, of_wijk, read_schema
from kwlib.data.problems import FOUT


def open_edition(gemeente: str, jaar: int, kennis_tot: str = "", soort: str = config.RAPPORTAGE) -> Store:
    """Return the protected data of one municipality and year, as known on `kennis_tot` (empty: the edition's own day).

    This is the only door between the files and a chapter: what comes out may be shown. Raise InvoerFout, with all
    problems at once, when the request, the params or the data are wrong.
    """
    at = config.paths()
    params = config.load(gemeente, jaar, kennis_tot, at, soort)
    result = check(at.data / gemeente, read_schema(at.schema), params.mapping())
    if result.stops:
        raise InvoerFout(Fout(p.text()) for p in result.problems if p.severity == FOUT)
    return privacy.protect(make_store(result, params.mapping()))


def open_plan(gemeente: str, jaar: int, kennis_tot: str = "") -> Store:
    """Return the protected data as the plan for a year sees them; raise InvoerFout."""
    return open_edition(gemeente, jaar, kennis_tot, config.PLAN)


def open_wijk(gemeente: str, jaar: int, kennis_tot: str, wijk: str) -> tuple[Store, Store]:
    """Return the protected data of an edition, and those of one krachtwijk (its id) alone; raise InvoerFout."""
    whole = open_edition(gemeente, jaar, kennis_tot)
    known = krachtwijken(whole)
    if wijk not in known:
        there = f"{meant(wijk, known)} Beschikbaar: {', '.join(known) or 'geen'}.".strip()
        raise InvoerFout(Fout("Deze krachtwijk is onbekend.", there, sleutel="wijk", waarde=wijk))
    return whole, of_wijk(whole, wijk)
