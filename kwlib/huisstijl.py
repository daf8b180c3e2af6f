"""The house style: colours by what they are for, typeface, logo; a municipality may have its own that can be read."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kwlib import contract
from kwlib.contract import Fout, InvoerFout, Past
from kwlib.params_file import read_yaml

HIER = Path(__file__).parent
# What is written or drawn on what, and the contrast that it needs (WCAG 2.2: 1.4.3 for text, 1.4.11 for shapes).
PAREN = (
    ("inkt", "papier", 7.0), ("inkt", "vlak", 7.0), ("inkt", "let-op-vlak", 7.0), ("stil", "papier", 4.5),
    ("stil", "vlak", 4.5), ("link", "papier", 4.5), ("accent", "papier", 4.5), ("let-op", "papier", 4.5),
    ("let-op", "let-op-vlak", 4.5), ("achter", "papier", 3.0), ("papier", "accent", 4.5), ("papier", "tweede", 4.5),
    ("inkt", "zacht", 4.5), ("inkt", "grijs", 4.5), ("inkt", "trede-1", 4.5), ("inkt", "trede-2", 4.5),
)  # fmt: skip


def kleur(value: Any) -> str:
    """Return a colour written as # and six hexadecimal digits."""
    if not isinstance(value, str) or not re.fullmatch(r"#[0-9a-fA-F]{6}", value.strip()):
        raise Past("Schrijf een kleur als #1f5f8b.")
    return value.strip().lower()


@dataclass(frozen=True)
class Huisstijl:
    """Colours in light and in dark, the name of the typeface, the folder with its files, and the logo or None."""

    licht: Mapping[str, str]
    donker: Mapping[str, str]
    naam: str
    letters: Path
    logo: Path | None = None

    def as_meta(self) -> dict[str, Any]:
        """Return the style as a document carries it: colours, name of the typeface, and the logo as SVG text."""
        logo = self.logo.read_text("utf-8") if self.logo else ""
        return {"licht": dict(self.licht), "donker": dict(self.donker), "naam": self.naam, "logo": logo}


def _luminance(kleur: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2, definition)."""
    parts = [int(kleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(een: str, ander: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition)."""
    a, b = sorted((_luminance(een), _luminance(ander)), reverse=True)
    return (a + 0.05) / (b + 0.05)


def _unreadable(name: str, kleuren: Mapping[str, str], bestand: str) -> list[Fout]:
    return [
        Fout(f"'{voor}' op '{achter}' heeft een contrast van {found:.1f}; nodig is {nodig:.1f}.",
             "Maak een van beide lichter of donkerder.", bestand, f"{name}.{voor}")
        for voor, achter, nodig in PAREN
        if (found := contrast(kleuren[voor], kleuren[achter])) < nodig
    ]  # fmt: skip


@functools.cache
def huis() -> Huisstijl:
    """Return the style of the house itself."""
    return read(HIER.parent, None)


def read(root: Path, eigen: Path | None) -> Huisstijl:
    """Return the house style with what a municipality changes in its own file; raise InvoerFout."""
    raw, wrong = read_yaml(HIER / "huisstijl.yml", "kwlib/huisstijl.yml")
    values = {**raw, "licht": dict(raw["licht"]), "donker": dict(raw["donker"])}
    bestand = "kwlib/huisstijl.yml"
    if eigen is not None and eigen.is_file():
        bestand = f"params/{eigen.name}"
        colours = dict.fromkeys(raw["licht"], kleur)
        spec = {
            "naam": contract.tekst,
            "letters": contract.tekst,
            "logo": contract.tekst,
            "licht": colours,
            "donker": colours,
        }
        own, wrong = read_yaml(eigen, bestand)
        if own is not None:
            own, found = contract.read_section(own, spec, bestand)
            wrong += found
            values = {k: v | own.get(k, {}) if isinstance(v, dict) else own.get(k, v) for k, v in values.items()}
    wrong += _unreadable("licht", values["licht"], bestand) + _unreadable("donker", values["donker"], bestand)
    # What a municipality names lies in its own project, what the house names lies with kwlib.
    grond = {k: root if values[k] != raw[k] else HIER.parent for k in ("letters", "logo")}
    letters, logo = grond["letters"] / values["letters"], grond["logo"] / values["logo"] if values["logo"] else None
    stem = values["naam"].replace(" ", "")
    missing = [p for p in (letters / f"{stem}-{s}.ttf" for s in ("Regular", "Bold", "Italic")) if not p.is_file()]
    wrong += [Fout(f"{p.name} ontbreekt.", "Zet de letters in deze map.", bestand, "letters") for p in missing]
    if logo and logo.suffix != ".svg":
        wrong.append(Fout(f"{logo.name} is geen SVG.", "Sla het logo op als SVG.", bestand, "logo"))
    elif logo and not logo.is_file():
        wrong.append(Fout(f"{logo.name} is er niet.", "Zet het bestand neer of haal de regel weg.", bestand, "logo"))
    if wrong:
        raise InvoerFout(wrong)
    licht, donker = (MappingProxyType(values[k]) for k in ("licht", "donker"))
    return Huisstijl(licht, donker, values["naam"], letters, logo)
