"""One executed notebook as one chapter: its title and its blocks, each with the cell it came from."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from kwlib.report import contract, markdown
from kwlib.report.fout import ModelFout

MIME = "application/vnd.krachtwijken.blok+json"
EERSTE_BIJLAGE = 90


@dataclass
class Hoofdstuk:
    """A chapter before it is numbered; `blokken` are (cell number, block) pairs."""

    notebook: str
    titel: str
    id: str
    bijlage: bool
    blokken: list[tuple[int, dict[str, Any]]] = field(default_factory=list)


def lees(pad: Path) -> Hoofdstuk:
    """Return the chapter in an executed notebook; raise ModelFout that names the notebook and cell.

    Cells count from 1, code and text together, as a reader sees them from top to bottom.
    """
    naam = f"{pad.parent.name}/{pad.name}"
    try:
        notebook = nbformat.read(pad, as_version=4)
    except Exception as error:
        raise ModelFout("dit is geen leesbaar notitieboek.", naam) from error
    number = re.match(r"(\d+)", pad.name)
    out = Hoofdstuk(naam, "", "", bijlage=bool(number and int(number[1]) >= EERSTE_BIJLAGE))
    for cel, cell in enumerate(notebook.cells, start=1):
        try:
            for blok in _cel(cell):
                contract.keur(blok)
                _voeg_toe(out, cel, blok)
        except ModelFout as fout:
            raise fout.op(naam, cel) from None
    if not out.titel:
        raise ModelFout("er is geen titel. Zet in de eerste tekstcel één regel die begint met ‘# ’.", naam)
    return out


def _voeg_toe(hoofdstuk: Hoofdstuk, cel: int, blok: dict[str, Any]) -> None:
    if blok["soort"] == "kop" and blok["niveau"] == 1:
        if hoofdstuk.titel:
            raise ModelFout("een hoofdstuk heeft één titel. Maak van de tweede ‘# ’ een kop met ‘## ’.")
        hoofdstuk.titel, hoofdstuk.id = markdown.plat(blok["delen"]), blok["id"]
    elif not hoofdstuk.titel:
        raise ModelFout("een hoofdstuk begint met zijn titel: een tekstcel met ‘# ’.")
    else:
        hoofdstuk.blokken += [(cel, een) for een in _vlak(blok) if not _herhaling(hoofdstuk, een)]


def _herhaling(hoofdstuk: Hoofdstuk, blok: dict[str, Any]) -> bool:
    """Tell whether a paragraph only repeats the one before it: where much is missing, blocks give the same reason."""
    return blok["soort"] == "alinea" and any(b.get("delen") == blok["delen"] for _, b in hoofdstuk.blokken[-1:])


def _vlak(blok: dict[str, Any]) -> list[dict[str, Any]]:
    if blok["soort"] != "groep":
        return [copy.deepcopy(blok)]
    return [een for b in blok["blokken"] for een in _vlak(b)]


def _cel(cell: Any) -> list[dict[str, Any]]:
    if cell.cell_type == "markdown":
        return markdown.blokken(cell.source)
    if cell.cell_type != "code":
        raise ModelFout(f"een cel van de soort ‘{cell.cell_type}’ hoort niet in een hoofdstuk.")
    return [_uitvoer(output) for output in cell.outputs]


def _uitvoer(output: Any) -> dict[str, Any]:
    kind = output.output_type
    if kind == "error":
        raise ModelFout(f"deze cel gaf een fout ({output.ename}: {output.evalue}).")
    if kind == "stream":
        said = output.text.strip()[:80]
        raise ModelFout(f"deze cel drukt losse tekst af: ‘{said}’. Laat de cel op een blok eindigen.")
    if MIME not in output.get("data", {}):
        gezien = output.get("data", {}).get("text/plain", "")[:80]
        raise ModelFout(f"de uitkomst van deze cel is geen blok: ‘{gezien}’. Laat de cel op een blok eindigen.")
    return output.data[MIME]
