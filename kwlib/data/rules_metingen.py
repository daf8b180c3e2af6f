"""Rules on measurements: a value or a reason, percentages that can be checked, a period and a source."""

from __future__ import annotations

from itertools import pairwise

from kwlib.data.rule import Finds, View, rule

STAND = ("realisatie", "tussenstand")
GEMETEN = (*STAND, "nulmeting")
SPRONG = 10


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


def reeksen(view: View, rollen: tuple[str, ...]) -> list[list]:
    """Return the values of each indicator in each area that were measured in these roles, the oldest first."""
    out: dict[tuple, list] = {}
    for m in view.shown("metingen"):
        if m.rol in rollen and m.waarde is not None and m.periode_eind is not None:
            out.setdefault((m.indicator_id, m.wijk_id), []).append(m)
    return [sorted(rows, key=lambda m: m.periode_eind) for rows in out.values()]


@rule("V23")
def buiten_verslagperiode(view: View) -> Finds:
    """The latest stand of an indicator in an area lies in the report's period; older ones are history."""
    start, eind = view.param("verslagperiode_start"), view.param("verslagperiode_eind")
    for *_, m in reeksen(view, STAND):
        if not start <= m.periode_eind <= eind:
            yield m, {"start": start, "eind": eind}


@rule("V26")
def sprong(view: View) -> Finds:
    """A value that is ten times the one before, or a tenth of it, may be a typing error.

    The message names no values: it is shown with the report, and one of them may be too small to publish.
    """
    for rows in reeksen(view, GEMETEN):
        for eerder, m in pairwise(rows):
            low, high = sorted((eerder.waarde, m.waarde))
            if 0 < SPRONG * low <= high:
                yield m, {}


@rule("V54")
def oude_bron(view: View) -> Finds:
    """A source behind the latest stand of an indicator is not older than some years."""
    jaren, peildatum = view.param("regels.bron_jaren"), view.param("peildatum")
    used = {m.bron_id for *_, m in reeksen(view, STAND)}
    for b in view.shown("bronnen"):
        day = b.gepubliceerd_op
        if b.bron_id in used and day and (day.year + jaren, day.month, day.day) < peildatum.timetuple()[:3]:
            yield b, {"jaar": day.year}


@rule("I04")
def bereik(view: View) -> Finds:
    """A range has an upper end that is not below its lower end; nothing else has an upper end."""
    for m in view.all("metingen"):
        if m.waarde_soort == "bereik" and m.waarde is not None and (m.waarde_tot is None or m.waarde_tot < m.waarde):
            yield m, {}, "zonder"
        elif m.waarde_soort != "bereik" and m.waarde_tot is not None:
            yield m, {}
