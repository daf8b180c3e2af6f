"""Provenance in the standard of the field: RO-Crate 1.1 with the Process Run profile (researchobject.org/ro-crate)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

NAAM = "ro-crate-metadata.json"
SOORTEN = {".html": "text/html", ".pdf": "application/pdf", ".csv": "text/csv", ".json": "application/json",
           ".ipynb": "application/x-ipynb+json"}  # fmt: skip
CODE_LICENTIE, DATA_LICENTIE = "https://spdx.org/licenses/EUPL-1.2", "https://spdx.org/licenses/CC0-1.0"
KWLIB = "pkg:generic/kwlib"
PROFIEL = "https://w3id.org/ro/wfrun/process/0.5"


def _id(*ids: str) -> Any:
    """Return references to entities: one as such, more as a list."""
    refs = [{"@id": i} for i in ids]
    return refs[0] if len(refs) == 1 else refs


def metadata(folder: Path, meta: Mapping[str, Any], facts: Mapping[str, Any], sources: Mapping[str, Any]) -> str:
    """Return the description of everything in a build's folder: inputs, software, the run, outputs and licences."""
    names = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p.name != NAAM)
    inputs = [n for n in names if n.startswith("data/") and n.endswith(".csv")]
    outputs = [n for n in names if n not in inputs]
    files = [
        {"@id": n, "@type": "File", "name": n, "description": "Fictieve gegevens" if meta["fictief"] else n,
         "encodingFormat": SOORTEN.get(Path(n).suffix, "text/plain"),
         "contentSize": str((folder / n).stat().st_size), "license": _id(DATA_LICENTIE)}
        for n in names
    ]  # fmt: skip
    bronnen = [
        {
            "@id": s["url"] or f"#{id}",
            "@type": "CreativeWork",
            "name": s["titel"],
            "publisher": s["houder"] or "onbekend",
        }
        | ({"datePublished": s["gepubliceerd_op"]} if s["gepubliceerd_op"] else {})
        for id, s in sorted(sources.items())
    ]
    bronnen = list({b["@id"]: b for b in bronnen}.values())
    title = f"{meta['onderwerp']}, {meta['organisatie']}"
    root = {
        "@id": "./",
        "@type": "Dataset",
        "conformsTo": _id(PROFIEL),
        "name": title,
        "description": f"{title}: wat op {meta['kennis_tot']} bekend was, met elk cijfer en waar het vandaan komt."
        + (" Fictieve gegevens." if meta["fictief"] else ""),
        "datePublished": str(meta["datum"]),
        "publisher": _id("#organisatie"),
        "author": _id("#organisatie"),
        "license": _id(DATA_LICENTIE),
        "hasPart": [{"@id": n} for n in names],
        "mentions": _id("#run"),
        "citation": [{"@id": b["@id"]} for b in bronnen],
    }
    run = {
        "@id": "#run",
        "@type": "CreateAction",
        "name": f"Het maken van de documenten met code {facts['code'][:16]}",
        "description": "Elk hoofdstuk is uitgevoerd; pagina, PDF en register zijn van één model getekend.",
        "instrument": _id(KWLIB),
        "agent": _id("#organisatie"),
        "endTime": str(meta["datum"]),
        "object": [{"@id": n} for n in inputs],
        "result": [{"@id": n} for n in outputs],
    }
    kwlib = {
        "@id": KWLIB,
        "@type": "SoftwareApplication",
        "name": "kwlib",
        "version": facts["code"][:16],
        "url": KWLIB,
        "license": _id(CODE_LICENTIE),
        "softwareRequirements": [f"{n} {v}" for n, v in facts["versies"].items()],
    }
    graph = [
        {"@id": NAAM, "@type": "CreativeWork", "about": _id("./"),
         "conformsTo": _id("https://w3id.org/ro/crate/1.1", PROFIEL)},
        root, run, kwlib,
        {"@id": "#organisatie", "@type": "Organization", "name": meta["organisatie"], "url": "#organisatie"},
        {"@id": PROFIEL, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"},
        {"@id": DATA_LICENTIE, "@type": "CreativeWork", "name": "CC0 1.0", "description": "Vrij te gebruiken."},
        {"@id": CODE_LICENTIE, "@type": "CreativeWork", "name": "EUPL 1.2", "description": "De licentie van de code."},
        *bronnen, *files,
    ]  # fmt: skip
    return json.dumps(
        {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}, ensure_ascii=False, indent=1
    )
