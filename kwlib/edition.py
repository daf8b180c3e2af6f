"""One edition of the report: its data, checked, as known on its date, and protected."""

from __future__ import annotations

from kwlib import config, privacy
from kwlib.config import Fout, InvoerFout
from kwlib.data import Result, Store, check, make_store, read_schema
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
    return protected(result, params, at)


def protected(result: Result, params: config.Params, at: config.Paths) -> Store:
    """Return the protected store of checked data, given what earlier editions told; raise InvoerFout (V57, V58)."""
    register = privacy.publicaties.path(at.registers, params.gemeente)
    eerder = privacy.publicaties.eerder(register, config.edition_name(params.jaar, params.soort))
    try:
        return privacy.protect(make_store(result, params.mapping()), eerder)
    except privacy.UnsafeError as error:
        raise InvoerFout(Fout(p.text()) for p in error.problems) from None


def open_plan(gemeente: str, jaar: int, kennis_tot: str = "") -> Store:
    """Return the protected data as the plan for a year sees them; raise InvoerFout."""
    return open_edition(gemeente, jaar, kennis_tot, config.PLAN)
