"""Rules on measurements: a value or a reason, percentages that can be checked, a period and a source."""

from __future__ import annotations

from collections.abc import Iterator

from kwlib.data.problems import FOUT, WAARSCHUWING
from kwlib.data.rule import View, nl, rule

STAND = ("realisatie", "tussenstand")


def _procenten(view: View) -> list:
    """Return the measurements with a value whose indicator is a percentage."""
    ids = {i.indicator_id for i in view.all("indicatoren") if i.telbasis == "procent" or i.eenheid in ("procent", "%")}
    return [m for m in view.all("metingen") if m.indicator_id in ids and m.waarde is not None]


@rule(FOUT, "V15", "metingen", "indicatoren")
def v15_procent_zonder_noemer(view: View) -> Iterator[tuple]:
    """A measured percentage carries teller and noemer; a target or forecast need not."""
    for m in _procenten(view):
        if m.rol in (*STAND, "nulmeting") and (m.teller is None or m.noemer is None):
            yield (
                m.rij,
                "teller" if m.teller is None else "noemer",
                f"Meting '{m.meting_id}': {nl(m.waarde)} % zonder teller en noemer.",
                "Vul beide in, bijvoorbeeld 14 en 22.",
            )


@rule(FOUT, "V16", "metingen", "indicatoren")
def v16_procent_klopt_niet(view: View) -> Iterator[tuple]:
    """A percentage equals teller / noemer, as precisely as it is written."""
    for m in _procenten(view):
        if m.teller is None or m.noemer is None:
            continue
        if m.noemer <= 0 or not 0 <= m.teller <= m.noemer:
            yield (
                m.rij,
                "noemer",
                f"Meting '{m.meting_id}': {nl(m.teller)} van {nl(m.noemer)} kan geen deel zijn.",
                "Verbeter teller of noemer.",
            )
            continue
        share, written = 100 * m.teller / m.noemer, repr(float(m.waarde)).partition(".")[2].rstrip("0")
        if abs(share - m.waarde) > 0.5 * 10 ** -len(written) + 1e-9:
            yield (
                m.rij,
                "waarde",
                (
                    f"Meting '{m.meting_id}': {nl(m.teller)} van {nl(m.noemer)} is {nl(share, 1)} %, "
                    f"niet {nl(m.waarde)} %."
                ),
                "Verbeter waarde, teller of noemer.",
            )


def _zonder_waarde(view: View, table: str, naam) -> Iterator[tuple]:
    for m in view.all(table):
        if m.waarde is None and m.reden_ontbreekt is None:
            yield (
                m.rij,
                "waarde",
                f"{naam(m)}: geen waarde en geen reden.",
                "Vul de waarde in, of kies een reden in 'reden_ontbreekt', bijvoorbeeld 'nog_te_vroeg'.",
            )


@rule(FOUT, "V17", "metingen")
def v17_meting_zonder_reden(view: View) -> Iterator[tuple]:
    """A measurement has a value or a reason."""
    yield from _zonder_waarde(view, "metingen", lambda m: f"Meting '{m.meting_id}'")


@rule(FOUT, "V17", "contextwaarden")
def v17_contextwaarde_zonder_reden(view: View) -> Iterator[tuple]:
    """A value of a context series is there or has a reason."""
    yield from _zonder_waarde(view, "contextwaarden", lambda m: f"Reeks '{m.reeks_id}', gebied '{m.wijk_id}'")


@rule(FOUT, "V18", "metingen")
def v18_waarde_en_reden(view: View) -> Iterator[tuple]:
    """A measurement does not have both a value and a reason why it has none."""
    for m in view.all("metingen"):
        if m.waarde is not None and m.reden_ontbreekt is not None:
            yield (
                m.rij,
                "reden_ontbreekt",
                f"Meting '{m.meting_id}': reden '{m.reden_ontbreekt}' maar er staat {nl(m.waarde)}.",
                "Kies één van beide.",
            )


@rule(WAARSCHUWING, "V19", "metingen")
def v19_nul(view: View) -> Iterator[tuple]:
    """A measured zero may be a missing number."""
    for m in view.shown("metingen"):
        if m.waarde == 0 and m.rol in (*STAND, "nulmeting"):
            yield (
                m.rij,
                "waarde",
                f"Meting '{m.meting_id}': waarde 0. Is dit echt nul, of ontbreekt het cijfer?",
                "Is het cijfer niet bekend, laat dan de cel leeg en vul 'reden_ontbreekt' in.",
            )


@rule(WAARSCHUWING, "V23", "metingen")
def v23_buiten_verslagperiode(view: View) -> Iterator[tuple]:
    """The latest stand of an indicator in an area lies in the report's period; older ones are history."""
    start, eind = view.edition.start, view.edition.eind
    if start is None or eind is None:
        return
    latest: dict[tuple, object] = {}
    for m in view.shown("metingen"):
        if m.rol in STAND and m.waarde is not None and m.periode_eind is not None:
            key = (m.indicator_id, m.wijk_id)
            if key not in latest or m.periode_eind >= latest[key].periode_eind:
                latest[key] = m
    for m in latest.values():
        day = m.periode_eind.date()
        if not start <= day <= eind:
            yield (
                m.rij,
                "periode_eind",
                (
                    f"Meting '{m.meting_id}' ({day.isoformat()}) valt buiten de verslagperiode "
                    f"{start.isoformat()} t/m {eind.isoformat()}."
                ),
                ("Voeg een meting uit de periode toe, als die er is."),
            )


@rule(FOUT, "I04", "metingen")
def i04_bereik(view: View) -> Iterator[tuple]:
    """A range has an upper end that is not below its lower end; nothing else has an upper end."""
    for m in view.all("metingen"):
        if m.waarde_soort == "bereik" and m.waarde is not None and (m.waarde_tot is None or m.waarde_tot < m.waarde):
            yield (
                m.rij,
                "waarde_tot",
                f"Meting '{m.meting_id}' is een bereik zonder goede bovengrens.",
                "Vul in 'waarde_tot' het hoogste getal in.",
            )
        elif m.waarde_soort != "bereik" and m.waarde_tot is not None:
            yield (
                m.rij,
                "waarde_tot",
                f"Meting '{m.meting_id}' heeft een bovengrens maar is geen bereik.",
                "Zet 'waarde_soort' op bereik of maak 'waarde_tot' leeg.",
            )


@rule(FOUT, "I06", "metingen")
def i06_geen_getal_zonder_bron(view: View) -> Iterator[tuple]:
    """A number has a period and a source."""
    for m in view.all("metingen"):
        for column in ("periode_eind", "bron_id"):
            if m.waarde is not None and getattr(m, column) is None:
                yield (
                    m.rij,
                    column,
                    f"Meting '{m.meting_id}' heeft een waarde maar geen {column}.",
                    "Vul de cel in; zonder periode en bron mag een getal er niet in.",
                )


RULES = (
    v15_procent_zonder_noemer,
    v16_procent_klopt_niet,
    v17_meting_zonder_reden,
    v17_contextwaarde_zonder_reden,
    v18_waarde_en_reden,
    v19_nul,
    v23_buiten_verslagperiode,
    i04_bereik,
    i06_geen_getal_zonder_bron,
)
