"""Loose numbers: digits and number words in a document that no fact and no record supports (V68)."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kwlib.report import contract

LIJST = Path(__file__).with_name("losse_getallen.csv")


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what a number looks like, and what may look like one for a reason that the list gives."""
    with LIJST.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    words = "|".join(r["patroon"] for r in rows if r["soort"] == "woord")
    free = "|".join(f"(?:{r['patroon']})" for r in rows if r["soort"] == "uitzondering")
    return re.compile(rf"\d[\d.,:/–-]*|\b(?:{words})\b", re.IGNORECASE), re.compile(free, re.IGNORECASE)


def _texts(blok: Mapping[str, Any]) -> Iterator[str]:
    """Yield every run of text in a block, numbers that can be traced and references left out."""
    for delen in contract.teksten(blok):
        yield "".join("␣" if d.get("c") or d.get("ref") else d["t"] for d in delen)
    yield from (kop["t"] for kop in [*blok.get("koppen", []), *blok.get("tabel", {}).get("koppen", [])])
    yield from (kaart["label"] for kaart in blok.get("kaarten", []))
    yield from (label for label, _ in blok.get("paren", []))
    yield from (noot["t"] for noot in [*blok.get("noten", []), *blok.get("tabel", {}).get("noten", [])])
    yield blok.get("titel", "")


def find(model: Mapping[str, Any], known: str) -> list[str]:
    """Return where a document holds a loose number, with the words around it; `known` is all text of the data.

    A number in a text is no loose number when it stands there, with the word before or after it, in the data too.
    """
    number, free = _patterns()
    known = known.lower()
    found = []
    for h in (h for h in model["hoofdstukken"] if "klein" not in h):
        for blok in contract.alle(h["blokken"]):
            for text in _texts(blok):
                for hit in number.finditer(free.sub("␣", text)):
                    around = _around(free.sub("␣", text), hit)
                    if not any(part.lower() in known for part in around):
                        found.append(
                            f"{h['notebook']}, cel {blok.get('cel', '')}: ‘{around[-1]}’ hoort bij geen cijfer (V68)."
                        )
    return list(dict.fromkeys(found))


def _around(text: str, hit: re.Match[str]) -> tuple[str, str, str]:
    """Return the number with the word before it, with the word after it, and with both."""
    before = re.search(r"\S*\s*$", text[: hit.start()])[0]
    after = re.match(r"\w*\s*\S*", text[hit.end() :])[0]
    return (before + hit[0]).strip(), (hit[0] + after).strip(), (before + hit[0] + after).strip()
