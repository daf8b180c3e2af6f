"""Rules on free text: no vague quantities, no causes or praise without evidence, no loose numbers, plain language.

The words are in woorden.csv (a star stands for any ending). Quotes, such as the claims of a letter, are no free text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from kwlib.data.messages import rows_of
from kwlib.data.problems import shorten
from kwlib.data.rule import Finds, View, rule

ZIN = re.compile(r"(?<=[.!?])\s+")
GETAL = re.compile(r"(?<![\w.,/-])(\d{1,3}(?:\.\d{3})+|\d+)(,\d+)?(?![\w-])")
JAREN = range(1900, 2101)
LOS = "los getal"
# The column in which a row says itself how strong its evidence is.
NIVEAU = {"bewijzen": "niveau", "leerpunten": "bewijsniveau"}
# Columns in which the report says what came of something; a goal, a plan or a setback is no such claim.
BEWERING = {"terugblik", "ongezochte_opbrengst", "bijwerking", "omschrijving", "titel", "wat_gebeurde"}
GENOEG = 3
# Kinds of evidence in which people themselves were asked.
GEVRAAGD = {"enquete", "interview", "onderzoek_derden"}


def _lijsten() -> dict[str, tuple[re.Pattern, list[str]]]:
    """Return per list of woorden.csv one pattern, with a group per word, and the replacement of each group."""
    lists = defaultdict(list)
    for row in sorted(rows_of("woorden.csv"), key=lambda r: -len(r["woord"])):
        lists[row["lijst"]].append((re.escape(row["woord"]).replace(r"\*", r"\w*"), row["voorstel"]))
    return {
        name: (re.compile(rf"(?<!\w)(?:{'|'.join(f'({w})' for w, _ in rows)})(?!\w)", re.I), [v for _, v in rows])
        for name, rows in lists.items()
    }


LIJSTEN = _lijsten()


def _zinnen(view: View, table: str) -> Iterator[tuple]:
    """Yield row, column and sentence of all free text that the edition shows."""
    columns = view.schema[table].texts
    for r in view.shown(table) if columns else ():
        for kolom in columns:
            yield from ((r, kolom, zin) for zin in ZIN.split(getattr(r, kolom) or "") if zin)


def _woorden(view: View, table: str, lijst: str) -> Iterator[tuple]:
    """Yield row, column, sentence, match and replacement for every word of a list in free text."""
    pattern, voorstellen = LIJSTEN[lijst]
    for r, kolom, zin in _zinnen(view, table):
        yield from ((r, kolom, zin, m, voorstellen[m.lastindex - 1]) for m in pattern.finditer(zin))


def _over(view: View, r) -> tuple:
    """Return the goal and the project that a row is about, or None."""
    doelen = view.once("doel van", lambda v: {i.indicator_id: i.doel_id for i in v.shown("indicatoren")})
    projecten = view.once("project van", lambda v: {d.doel_id: d.project_id for d in v.shown("doelen")})
    doel = getattr(r, "doel_id", None) or doelen.get(getattr(r, "indicator_id", None))
    return doel, getattr(r, "project_id", None) or projecten.get(doel)


def _bewering(table: str, kolom: str) -> bool:
    return kolom in BEWERING or table == "bewijzen"


def _bewijzen(view: View) -> dict[tuple, list]:
    """Return the evidence per goal (doel, project) and per project (None, project)."""
    out = defaultdict(list)
    for b in view.shown("bewijzen"):
        doel, project = _over(view, b)
        out[doel, project].append(b)
        out[None, project].append(b)
    return out


def _bewijs(view: View, r) -> list:
    doel, project = _over(view, r)
    found = view.once("bewijzen", _bewijzen)
    return found.get((None, project) if project else (doel, None), []) if project or doel else []


def _getallen(view: View) -> dict[str | None, set[float]]:
    """Return per project (None: the whole programme) every number in its records, and how many records there are."""
    numbers, count = defaultdict(set), Counter()
    for table in view.open:
        columns = [f.name for f in table.fields if f.type == "number" or f.eenheid in ("aantal", "eur")]
        for r in view.shown(table.name):
            for project in {None, _over(view, r)[1]}:
                numbers[project] |= {getattr(r, c) for c in columns}
                count[project, table.name] += 1
    for (project, _), n in count.items():
        numbers[project].add(n)
    return numbers


@rule("V63", "*")
def vage_hoeveelheid(view: View, table: str) -> Finds:
    """A quantity is a number."""
    for r, kolom, _, m, _ in _woorden(view, table, "vaag"):
        yield r, {"kolom": kolom, "woord": m.group()}


@rule("V65", "*")
def oorzaak_zonder_bewijs(view: View, table: str) -> Finds:
    """That one thing caused another has evidence, or is said to be an expectation."""
    for r, kolom, zin, m, voorstel in _woorden(view, table, "oorzaak"):
        if _bewering(table, kolom) and voorstel not in zin.lower():
            own = getattr(r, NIVEAU[table]) if table in NIVEAU else None
            niveau = max([own or 0, *(b.niveau or 0 for b in _bewijs(view, r))])
            if niveau < GENOEG:
                deel = shorten(zin[m.start() :].rstrip(".!?"))
                yield r, {"kolom": kolom, "deel": deel, "niveau": niveau, "voorstel": voorstel}


@rule("V66", "*")
def waarderend_woord(view: View, table: str) -> Finds:
    """Praise comes from people who were asked."""
    for r, kolom, _, m, _ in _woorden(view, table, "waarderend"):
        if _bewering(table, kolom) and not GEVRAAGD & {b.soort for b in _bewijs(view, r)}:
            yield r, {"kolom": kolom, "woord": m.group()}


def _getallen_in(zin: str) -> Iterator[tuple[re.Match, float]]:
    """Yield the numbers of a sentence, in digits or words; a year is no number."""
    for m in GETAL.finditer(zin):
        waarde = float(m[1].replace(".", "") + (m[2] or "").replace(",", "."))
        if m.group() != str(int(waarde)) or waarde not in JAREN:
            yield m, waarde
    pattern, waarden = LIJSTEN["getalwoord"]
    yield from ((m, float(waarden[m.lastindex - 1])) for m in pattern.finditer(zin))


@rule("V68", "*")
def los_getal(view: View, table: str) -> Finds:
    """A number in free text is a number of a record about the same project, or the row says why it is not."""
    for r, kolom, zin in _zinnen(view, table):
        for m, waarde in _getallen_in(zin) if LOS not in (r.opmerking or "").lower() else ():
            if waarde not in view.once("getallen", _getallen)[_over(view, r)[1]]:
                yield r, {"kolom": kolom, "deel": " ".join(zin[m.start() :].split()[:2]).rstrip(".,!?;:")}


@rule("V70", "*")
def lange_zin(view: View, table: str) -> Finds:
    """A sentence is short."""
    grens = view.param("regels.zin_woorden")
    for r, kolom, zin in _zinnen(view, table):
        if len(zin.split()) > grens:
            yield r, {"kolom": kolom, "n": len(zin.split()), "begin": shorten(zin, 40), "grens": grens}


@rule("V70", "*")
def moeilijk_woord(view: View, table: str) -> Finds:
    """A word is one that everybody knows."""
    for r, kolom, _, m, voorstel in _woorden(view, table, "moeilijk"):
        yield r, {"kolom": kolom, "woord": m.group(), "voorstel": voorstel}, "woord"
