"""The documents of an edition: one folder of chapters each, described by its document.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kwlib import contract
from kwlib.contract import Fout, InvoerFout
from kwlib.params_file import read_yaml

SLEUTELS = {
    "titel": contract.tekst,
    "soort": contract.keuze("rapportage", "plan", "wijk"),
    "sjabloon": contract.keuze("rapport", "brief"),
    "bestand": contract.tekst,
    "volgorde": contract.geheel,
}


@dataclass(frozen=True)
class Document:
    """One document: its folder, title, template, file name and chapters in order."""

    folder: Path
    titel: str
    soort: str
    sjabloon: str
    bestand: str
    volgorde: int
    chapters: tuple[Path, ...]

    @property
    def name(self) -> str:
        return self.folder.name


def chapters(folder: Path) -> tuple[Path, ...]:
    """Return the chapters of a document in order; a name that starts with `_` is not one."""
    return tuple(sorted(p for p in folder.glob("*.ipynb") if not p.name.startswith(("_", "."))))


def read_document(folder: Path, words: Mapping[str, Any]) -> Document:
    """Return the document of one folder, its title filled in from `words`; raise InvoerFout."""
    bestand = f"notebooks/{folder.name}/document.yml"
    raw, wrong = read_yaml(folder / "document.yml", bestand)
    values: dict[str, Any] = {}
    if raw is not None:
        values, wrong = contract.read_section(raw, SLEUTELS, bestand)
        missing = [] if wrong else contract.missing(values, SLEUTELS)
        wrong += [Fout("Deze sleutel heeft geen waarde.", "Vul hem in.", bestand, k) for k in missing]
    try:
        values["titel"] = values.get("titel", "").format(**words)
    except (KeyError, ValueError, IndexError, AttributeError):
        remedy = "Gebruik alleen woorden uit params, zoals {programma} en {jaar}."
        wrong.append(Fout("De titel is niet in te vullen.", remedy, bestand, "titel"))
    if values.get("bestand") and not contract.SLUG.fullmatch(values["bestand"]):
        wrong.append(Fout("Dit is geen bestandsnaam.", "Gebruik kleine letters en streepjes.", bestand, "bestand"))
    if wrong:
        raise InvoerFout(wrong)
    return Document(folder=folder, chapters=chapters(folder), **values)


def documents(notebooks: Path, words: Mapping[str, Any]) -> list[Document]:
    """Return the documents of an edition (`words["soort"]`) in their order; raise InvoerFout with all that is wrong."""
    found, wrong = [], []
    for description in sorted(notebooks.glob("*/document.yml")):
        try:
            found.append(read_document(description.parent, words))
        except InvoerFout as error:
            wrong += error.fouten
    found = [d for d in found if d.soort == words.get("soort", d.soort)]
    if not (found or wrong):
        wrong.append(Fout("Er is geen enkel document.", "Zet een map met een document.yml in notebooks."))
    if wrong:
        raise InvoerFout(wrong)
    return sorted(found, key=lambda d: (d.volgorde, d.name))
