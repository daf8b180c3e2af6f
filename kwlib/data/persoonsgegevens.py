"""Rule on personal data: no name, telephone number, e-mail address, BSN or date of birth in any text.

The finder is careful rather than complete: it knows forms, not people. It never repeats what it found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kwlib.data.rule import Finds, View, rule

TUSSEN = r"(?:(?:van|de|der|den|het|ten|ter|te|'t)\s+)*"
TITELS = r"de heer|dhr|mevrouw|mevr|mw|meneer|juffrouw|drs|dr|mr|ir|ing|prof"
# Capitals and small letters, also with accents; and how a surname begins.
HOOFD, KLEIN = "[A-ZÀ-ÖØ-ÞĀ-Ž]", "[a-zß-öø-ÿā-ž]"
NAAM = rf"{TUSSEN}{HOOFD}(?:['’]{HOOFD})?{KLEIN}"
MAANDEN = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
SOORTEN = {
    "een e-mailadres": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "een telefoonnummer": re.compile(r"(?<![\w.,/+-])(?:(?:\+|00)31[\s-]?(?:\(0\))?|0)(?:[\s-]{0,3}\d){9}(?![\s-]?\d)"),
    "een geboortedatum": re.compile(
        rf"\b(?:geboren|geboortedatum|geb\.)[^\d.]{{0,20}}\d{{1,2}}(?:[-/.]\d{{1,2}}[-/.]|\s+(?:{MAANDEN})\s+)\d{{2,4}}",
        re.I,
    ),
    "een naam": re.compile(
        rf"\b(?i:{TITELS})\b\.?\s+(?:{HOOFD}\.\s?)*{NAAM}+|\b(?:{HOOFD}\.\s?){{1,4}}{NAAM}{{2,}}"
    ),
}  # fmt: skip
NEGEN = re.compile(r"(?<![\w.,/-])\d{9}(?![\w/-]|[.,]\d)")


def is_bsn(cijfers: str) -> bool:
    """Tell whether nine digits pass the test of a BSN (elfproef)."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return int(cijfers) > 0 and sum(w * int(c) for w, c in zip(weights, cijfers, strict=True)) % 11 == 0


def vind(tekst: str) -> Iterator[str]:
    """Yield each kind of personal data that a text seems to hold."""
    yield from (soort for soort, pattern in SOORTEN.items() if pattern.search(tekst))
    if any(is_bsn(m.group()) for m in NEGEN.finditer(tekst)):
        yield "een burgerservicenummer"


@rule("V59", "*")
def persoonsgegeven(view: View, table: str) -> Finds:
    """People are counted, never named: also in rows that this edition does not show."""
    for field in view.schema[table].fields:
        if field.type == "string" and not field.codes and not field.name.endswith("_id"):
            for r in view.all(table):
                for soort in vind(getattr(r, field.name) or ""):
                    yield r, {"kolom": field.name, "soort": soort}
