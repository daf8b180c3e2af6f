"""What may be set in the params files: per key its type, and a kind Dutch message for everything that does not fit."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# The names of municipalities, documents and files.
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Fout:
    """One thing that is wrong with what was asked for or set: where, which key, and what to do."""

    bericht: str
    remedie: str = ""
    bestand: str = ""
    sleutel: str = ""

    def __str__(self) -> str:
        place = ", ".join(p for p in (self.bestand, self.sleutel and f"sleutel {self.sleutel}") if p)
        return " ".join(p for p in (place and f"{place}:", self.bericht, self.remedie) if p)


class InvoerFout(Exception):
    """All that is wrong with the input of a run, at once; `str` gives one line per mistake."""

    def __init__(self, fouten: Fout | Iterable[Fout]):
        self.fouten = (fouten,) if isinstance(fouten, Fout) else tuple(fouten)
        super().__init__("\n".join(map(str, self.fouten)))


def meant(word: str, options: Iterable[str]) -> str:
    """Return `Bedoelt u 'x'?` for the option that looks most like `word`, or an empty text."""
    close = difflib.get_close_matches(word.lower()[:80], sorted(options), n=1, cutoff=0.6)
    return f"Bedoelt u '{close[0]}'?" if close else ""


class Past(ValueError):
    """A value that does not fit its type; the message says what would."""


Reader = Callable[[Any], Any]


def tekst(value: Any) -> str:
    """Return the text as it was typed: leading zeros, NO and 1e5 stay what they are."""
    if not isinstance(value, str):
        raise Past("Schrijf hier een tekst.")
    return value.strip()


def regels(value: Any) -> tuple[str, ...]:
    """Return a list of lines."""
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise Past("Schrijf hier een lijst, met een streepje voor elke regel.")
    return tuple(v.strip() for v in value)


def geheel(value: Any) -> int:
    """Return a whole number, zero or more, written without leading zeros."""
    if not isinstance(value, str) or not re.fullmatch(r"0|[1-9][0-9]{0,8}", value.strip(), re.ASCII):
        raise Past("Schrijf hier een heel getal, zonder punt of nul ervoor.")
    return int(value)


def jaartal(value: Any) -> int:
    """Return a year of four digits."""
    if not isinstance(value, str) or not re.fullmatch(r"(19|20)[0-9]{2}", value.strip(), re.ASCII):
        raise Past("Schrijf een jaar met vier cijfers, bijvoorbeeld 2009.")
    return int(value)


def datum(value: Any) -> dt.date:
    """Return a day that exists, written as jjjj-mm-dd."""
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip(), re.ASCII):
            raise ValueError
        return dt.date.fromisoformat(value.strip())
    except (AttributeError, ValueError):
        raise Past("Schrijf een bestaande dag als jjjj-mm-dd, bijvoorbeeld 2009-10-08.") from None


def ja_nee(value: Any) -> bool:
    """Return True for ja and False for nee."""
    return keuze("ja", "nee")(value) == "ja"


def patroon(value: Any) -> str:
    """Return a pattern that a text must fit."""
    try:
        re.compile(tekst(value))
    except re.error:
        raise Past("Schrijf een geldig patroon (reguliere expressie).") from None
    return value.strip()


def keuze(*options: str) -> Reader:
    """Return a reader that accepts only these words."""

    def read(value: Any) -> str:
        if value not in options:
            hint = meant(value, options) if isinstance(value, str) else ""
            raise Past(f"Kies uit {', '.join(options)}. {hint}".strip())
        return value

    return read


KLASSE = {
    "drempel": geheel,
    "afronding": geheel,
    "gebied": keuze("wijk", "programma"),
    "groep": geheel,
    "nul": keuze("tonen", "verbergen"),
}
BRIEF = {
    "afdeling": tekst,
    "bezoekadres": regels,
    "postadres": regels,
    "email": tekst,
    "website": tekst,
    "telefoon": tekst,
    "kenmerk": tekst,
    "uw_brief_van": tekst,
    "behandeld_door": tekst,
    "geadresseerde": regels,
    "gevraagd": keuze("ter kennisname", "ter bespreking", "ter besluitvorming", "niet vermeld"),
    "aanhef": tekst,
    "slot": tekst,
    "namens": tekst,
    "ondertekenaars": regels,
}
REGELS = {
    "opstart_woorden": geheel,
    "zin_woorden": geheel,
    "bron_jaren": geheel,
    "antwoord_dagen": geheel,
    "kenmerk": patroon,
}
# The contract: every key of params/*.yml. A mapping is a section. A key may stand in any of the three files.
SLEUTELS: Mapping[str, Any] = {
    "programma": tekst,
    "organisatie": tekst,
    "gemeentenaam": tekst,
    "taal": keuze("nl"),
    "status": keuze("concept", "vastgesteld"),
    "fictief": ja_nee,
    "motto": tekst,
    "oordeel": tekst,
    "verslagjaar": jaartal,
    "verslagperiode_start": datum,
    "verslagperiode_eind": datum,
    "peildatum": datum,
    "kennis_tot": datum,
    "datum": datum,
    "tijdslimiet_cel": geheel,
    "tijdslimiet_hoofdstuk": geheel,
    "geheugen_mb": geheel,
    "regels": REGELS,
    "brief": BRIEF,
    "beveiliging": dict.fromkeys(("openbaar", "gewoon", "gevoelig", "zeer_gevoelig"), KLASSE),
}
MAG_LEEG = frozenset({"motto", "oordeel", "brief.uw_brief_van", "regels.kenmerk"})


def unread(value: Any) -> str:
    """Return a value for use in a message, on one line and not too long."""
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else text[:39] + "…"


def read_section(raw: Any, spec: Mapping[str, Any], bestand: str, path: str = "") -> tuple[dict[str, Any], list[Fout]]:
    """Return the typed values of one section of one file and all that is wrong with it."""
    if not isinstance(raw, dict):
        return {}, [Fout("Hier hoort een rij sleutels met een dubbele punt.", "Zie CONTRIBUTING.md.", bestand, path)]
    values: dict[str, Any] = {}
    wrong: list[Fout] = []
    for key, value in raw.items():
        name = f"{path}.{key}" if path else str(key)
        if key not in spec:
            known = meant(str(key), spec) or f"Kies uit {', '.join(spec)}."
            wrong.append(Fout("Deze sleutel is onbekend.", known, bestand, name))
        elif isinstance(spec[key], Mapping):
            values[key], found = read_section(value, spec[key], bestand, name)
            wrong += found
        else:
            try:
                values[key] = spec[key](value)
            except Past as error:
                wrong.append(Fout(f"'{unread(value)}' past hier niet.", str(error), bestand, name))
    return values, wrong


def missing(values: Mapping[str, Any], spec: Mapping[str, Any] = SLEUTELS, path: str = "") -> list[str]:
    """Return the keys of the contract that have no value, or an empty one where that is not allowed."""
    found = []
    for key, reader in spec.items():
        name = f"{path}.{key}" if path else key
        if isinstance(reader, Mapping):
            found += missing(values.get(key, {}), reader, name)
        elif name not in MAG_LEEG and values.get(key) in (None, "", ()):
            found.append(name)
    return found
