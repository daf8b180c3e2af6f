"""The accessibility statement of an edition, as data and as a page: what is tested, how, and what is not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from kwlib.report import html
from kwlib.report.model import datum

NAAM = "toegankelijkheid"
TOETSEN = Path(__file__).with_suffix(".yml")


def statement(meta: Mapping[str, Any], files: Iterable[str]) -> dict[str, Any]:
    """Return the statement about the documents of an edition, dated like the edition: a build knows no clock."""
    known = {k: meta[k] for k in ("onderwerp", "organisatie", "datum", "fictief")}
    return known | {"bestanden": sorted(files)} | yaml.safe_load(TOETSEN.read_text(encoding="utf-8"))


def files(meta: Mapping[str, Any], documents: Iterable[str], letters: Path | None = None) -> dict[str, str]:
    """Return file name → text of the statement: JSON for machines and a page for people."""
    said = statement(meta, (f"{d}{suffix}" for d in documents for suffix in (".html", ".pdf")))
    words = meta | {"titel": f"Toegankelijkheid: {said['onderwerp']}", "status": ""}
    page = html.page(NAAM, words, letters, v=said, datum=datum(said["datum"]))
    return {f"{NAAM}.json": json.dumps(said, ensure_ascii=False, indent=1) + "\n", f"{NAAM}.html": page}
