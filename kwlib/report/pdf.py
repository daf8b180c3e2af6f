"""The PDF: the model drawn by Typst as PDF/A-3a and PDF/UA-1, with the data of every table and figure inside."""

from __future__ import annotations

import copy
import csv
import functools
import hashlib
import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from kwlib.huisstijl import huis
from kwlib.report import contract, inline, rowheaders
from kwlib.report.fout import ModelFout
from kwlib.report.manifest import NAAM
from kwlib.report.markdown import plat

TEMPLATES = Path(__file__).parent / "templates"
STANDAARDEN = ["a-3a", "ua-1"]


def render(
    model: dict[str, Any],
    extra: Mapping[str, str],
    facts: Mapping[str, Any],
    letters: Path | None = None,
) -> bytes:
    """Return the document as PDF bytes, the same for the same input; a warning of the compiler is an error.

    Besides its own model and tables it carries the files of `extra` (name → text) and a manifest with `facts`.
    """
    compiler = typst.Compiler(
        str(TEMPLATES / f"{model['meta']['sjabloon']}.typ"),
        root=str(TEMPLATES),
        font_paths=_fonts(letters or huis().letters),
        ignore_system_fonts=True,
        sys_inputs={"model": _json(_drawn(model)), "bijlagen": _json(attachments(model, extra, facts))},
    )
    moment = datetime.fromisoformat(model["meta"]["datum"]).replace(tzinfo=UTC)
    try:
        pdf, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=STANDAARDEN, timestamp=moment)
    except typst.TypstError as error:
        raise ModelFout(f"het PDF-bestand kon niet worden gemaakt: {error.diagnostic or error}") from error
    if warnings:
        raise ModelFout(f"het PDF-bestand is niet in orde: {warnings[0]}")
    return rowheaders.add(pdf)


def _drawn(model: dict[str, Any]) -> dict[str, Any]:
    """Return the model with its drawings in the colours and the typeface of its own house style."""
    stijl = model["meta"]["huisstijl"]
    if stijl["licht"] == huis().licht and stijl["naam"] == huis().naam:
        return model
    model = copy.deepcopy(model)
    for figuur in (b for h in model["hoofdstukken"] for b in contract.alle(h["blokken"]) if b["soort"] == "figuur"):
        figuur["svg"] = inline.herkleurd(figuur["svg"], stijl["licht"]).replace(huis().naam, stijl["naam"])
    return model


@functools.cache
def _fonts(letters: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(letters)])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def attachments(model: dict[str, Any], extra: Mapping[str, str], facts: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return what travels inside the PDF: model, a CSV per table and figure, other files, and a list of all."""
    out = [
        {
            "naam": f"{model['meta']['bestand']}.json",
            "inhoud": json.dumps(model, ensure_ascii=False, sort_keys=True, indent=1) + "\n",
            "soort": "application/json",
            "relatie": "source",
            "omschrijving": "Het hele document als gegevens",
        }
    ]
    for h in model["hoofdstukken"]:
        for blok in contract.alle(h["blokken"]):
            if blok["soort"] in ("tabel", "figuur"):
                naam = f"{blok['soort']}-{int(blok['nr']):02d}-{blok['id']}.csv"
                tekst = als_csv(blok if blok["soort"] == "tabel" else blok["tabel"])
                wat = f"Gegevens van {blok['soort']} {blok['nr']}: {plat(blok['bijschrift'])}"
                out.append({"naam": naam, "inhoud": tekst, "soort": "text/csv", "relatie": "data", "omschrijving": wat})
    for naam, tekst in sorted(extra.items()):
        soort = {".csv": "text/csv", ".json": "application/json"}[Path(naam).suffix]
        out.append(
            {"naam": naam, "inhoud": tekst, "soort": soort, "relatie": "source", "omschrijving": f"Bestand {naam}"}
        )
    listed = {a["naam"]: hashlib.sha256(a["inhoud"].encode()).hexdigest() for a in out}
    tekst = _json({**facts, "model": out[0]["naam"], "extra": sorted(extra), "bijlagen": listed})
    return [*out, {"naam": NAAM, "inhoud": tekst, "soort": "application/json", "relatie": "source",
                   "omschrijving": "Waarvan dit document is gemaakt, met de controlegetallen"}]  # fmt: skip


def als_csv(tabel: dict[str, Any]) -> str:
    """Return a table as CSV, as shown; a cell that a spreadsheet would run as a formula starts with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_veilig(kop["t"]) for kop in tabel["koppen"]])
    writer.writerows([_veilig(plat(cel)) for cel in rij["cellen"]] for rij in tabel["rijen"])
    return out.getvalue()


def _veilig(tekst: str) -> str:
    return f"'{tekst}" if tekst[:1] in ("=", "+", "@", "\t", "\r") or (tekst[:1] == "-" and len(tekst) > 1) else tekst
