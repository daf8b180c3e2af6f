"""Rules on measurements: a value or a reason, percentages that can be checked, a period and a source."""

from __future__ import annotations

from kwlib.data.rule import Finds, View, rule

STAND = ("realisatie", "tussenstand")
GEMETEN = (*STAND, "nulmeting")


def _procenten(view: View) -> list:
    """Return the measurements with a value whose indicator is a percentage."""
    ids = {i.indicator_id for i in view.all("indicatoren") if i.telbasis == "procent" or i.eenheid in ("procent", "%")}
    return [m for m in view.all("metingen") if m.indicator_id in ids and m.waarde is not None]


@rule("V15")
def procent_zonder_noemer(view: View) -> Finds:
    """A measured percentage carries teller and noemer; a target or forecast need not."""
    for m in _procenten(view):
        if m.rol in GEMETEN and (m.teller is None or m.noemer is None):
            yield m, {"kolom": "teller" if m.teller is None else "noemer"}


@rule("V16")
def procent_klopt_niet(view: View) -> Finds:
    """A percentage equals teller / noemer, as precisely as it is written."""
    for m in _procenten(view):
        if m.teller is None or m.noemer is None:
            continue
        if m.noemer <= 0 or not 0 <= m.teller <= m.noemer:
            yield m, {}, "geen_deel"
            continue
        share, written = 100 * m.teller / m.noemer, repr(float(m.waarde)).partition(".")[2].rstrip("0")
        if abs(share - m.waarde) > 0.5 * 10 ** -len(written) + 1e-9:
            yield m, {"deel": share}


@rule("V17")
def meting_zonder_reden(view: View) -> Finds:
    """A measurement has a value or a reason."""
    for m in view.all("metingen"):
        if m.waarde is None and m.reden_ontbreekt is None:
            yield m, {}


@rule("V18")
def waarde_en_reden(view: View) -> Finds:
    """A measurement does not have both a value and a reason why it has none."""
    for m in view.all("metingen"):
        if m.waarde is not None and m.reden_ontbreekt is not None:
            yield m, {}


@rule("V19")
def nul(view: View) -> Finds:
    """A measured zero may be a missing number."""
    for m in view.shown("metingen"):
        if m.waarde == 0 and m.rol in GEMETEN:
            yield m, {}


@rule("V23")
def buiten_verslagperiode(view: View) -> Finds:
    """The latest stand of an indicator in an area lies in the report's period; older ones are history."""
    start, eind = view.param("verslagperiode_start"), view.param("verslagperiode_eind")
    for m in laatste(view):
        if not start <= m.periode_eind <= eind:
            yield m, {"start": start, "eind": eind}


def laatste(view: View) -> list:
    """Return the latest measured stand of each indicator in each area."""
    latest: dict[tuple, object] = {}
    for m in sorted(view.shown("metingen"), key=lambda m: (m.periode_eind is not None, m.periode_eind)):
        if m.rol in STAND and m.waarde is not None and m.periode_eind is not None:
            latest[m.indicator_id, m.wijk_id] = m
    return list(latest.values())


@rule("I04")
def bereik(view: View) -> Finds:
    """A range has an upper end that is not below its lower end; nothing else has an upper end."""
    for m in view.all("metingen"):
        if m.waarde_soort == "bereik" and m.waarde is not None and (m.waarde_tot is None or m.waarde_tot < m.waarde):
            yield m, {}, "zonder"
        elif m.waarde_soort != "bereik" and m.waarde_tot is not None:
            yield m, {}
