"""How hard the texts of an edition are to read, for who writes them: a report, never a reason to stop.

The passive is found by a rule of thumb: in one part of a sentence a form of worden or zijn, and a word that looks like
a past participle. It misses some and finds some that are none; deelwoorden.csv says what it cannot know.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kwlib.report import contract, html
from kwlib.report.markdown import plat

NAAM = "leesbaarheid"
LANG = 20  # words in a sentence; more is hard to follow for many readers
LANG_WOORD = 20  # letters
HIER = Path(__file__).parent
ZIN = re.compile(r"(?<=[.!?])[’)]*\s+(?=[^a-z])")
DEEL = re.compile(r"[,;:()–]")
WOORD = re.compile(r"\w[\w'’.,%-]*\w|\w")
WORDEN = {"word", "wordt", "worden", "werd", "werden"}
ZIJN = {"ben", "bent", "is", "was", "waren", "zijn"}
VOOR = "aan|af|bij|deel|door|in|mee|na|neer|om|op|over|plaats|samen|stil|tegen|terug|toe|uit|vast|voor|weg"
DEELWOORD = re.compile(rf"(?:{VOOR})?ge\w{{2,}}(?:d|t|en)|(?:be|ver|ont|her|er)\w+(?:d|[tkfschpx]t)")


def _lijst(path: Path, lijst: str) -> dict[str, set[str]]:
    """Return per list of a file its words."""
    found: dict[str, set[str]] = defaultdict(set)
    for rij in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        found[rij[lijst]].add(rij["woord"])
    return found


DEELWOORDEN = _lijst(HIER / "deelwoorden.csv", "soort")
_MOEILIJK = sorted(_lijst(HIER.parent / "data" / "woorden.csv", "lijst")["moeilijk"])
MOEILIJK = re.compile(rf"\b(?:{'|'.join(_MOEILIJK)})\b".replace("*", r"\w*"), re.I)


@dataclass(frozen=True)
class Zin:
    """One sentence, how many words it has, whether it looks passive, and its difficult words."""

    tekst: str
    woorden: int
    lijdend: bool
    moeilijk: tuple[str, ...]

    @property
    def opvallend(self) -> list[str]:
        """Return in words what makes the sentence hard."""
        found = [f"{self.woorden} woorden"] if self.woorden > LANG else []
        found += ["lijdende vorm"] if self.lijdend else []
        return found + [f"moeilijk woord: {w}" for w in self.moeilijk]


def lees(tekst: str) -> Zin:
    """Return one sentence with what makes it hard."""
    woorden = WOORD.findall(tekst)
    moeilijk = [*MOEILIJK.findall(tekst), *(w for w in woorden if len(w) >= LANG_WOORD)]
    lijdend = any(_lijdend({w.lower() for w in WOORD.findall(deel)}) for deel in DEEL.split(tekst))
    return Zin(tekst, len(woorden), lijdend, tuple(dict.fromkeys(w.lower() for w in moeilijk)))


def _lijdend(woorden: set[str]) -> bool:
    deelwoorden = {w for w in woorden if DEELWOORD.fullmatch(w)} - DEELWOORDEN["geen_deelwoord"]
    deelwoorden |= woorden & DEELWOORDEN["deelwoord"]
    if woorden & WORDEN:
        return bool(deelwoorden)
    return bool(woorden & ZIJN and deelwoorden - DEELWOORDEN["met_zijn"])


def zinnen(blokken: list[dict[str, Any]]) -> Iterator[Zin]:
    """Yield the sentences of paragraphs, lists, boxes and notes; cells and captions are no sentences."""
    for b in contract.alle(blokken):
        lopend = [b["delen"]] if b["soort"] == "alinea" else b.get("punten") or []
        lopend = [*lopend, b.get("toelichting") or [], *(k["toelichting"] for k in b.get("kaarten", ()))]
        for delen in lopend:
            yield from (lees(z) for z in ZIN.split(plat(delen)) if z[-1:] in (".", "!", "?"))


def hoofdstuk(h: Mapping[str, Any]) -> dict[str, Any]:
    """Return how hard one chapter is, and its sentences that call for another look, the hardest first."""
    found = list(zinnen(h["blokken"]))
    opvallend = sorted({z for z in found if z.opvallend}, key=lambda z: (-len(z.opvallend), -z.woorden, z.tekst))
    return {
        "hoofdstuk": f"{h['nr']} {h['titel']}",
        "zinnen": len(found),
        "woorden_per_zin": round(sum(z.woorden for z in found) / len(found), 1) if found else None,
        "lange_zinnen": sum(z.woorden > LANG for z in found),
        "lijdende_zinnen": sum(z.lijdend for z in found),
        "moeilijke_woorden": sum(len(z.moeilijk) for z in found),
        "opvallend": [{"zin": z.tekst, "waarom": z.opvallend} for z in opvallend],
    }


def report(models: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return per document its chapters; the annex that explains each number holds no sentences."""
    return [
        {
            "document": m["meta"]["titel"],
            "bestand": m["meta"]["bestand"],
            "hoofdstukken": [hoofdstuk(h) for h in m["hoofdstukken"] if "klein" not in h],
        }
        for m in models
    ]


def files(models: Iterable[Mapping[str, Any]], letters: Path | None = None) -> dict[str, str]:
    """Return file name → text of the report: JSON for machines and a page for writers."""
    models = list(models)
    meta, found = models[0]["meta"], report(models)
    words = meta | {"titel": f"Leesbaarheid: {meta['onderwerp']}", "status": ""}
    page = html.page(NAAM, words, letters, documenten=found, lang=LANG, lang_woord=LANG_WOORD)
    said = {"fictief": meta["fictief"], "lang": LANG, "documenten": found}
    return {f"{NAAM}.json": json.dumps(said, ensure_ascii=False, indent=1) + "\n", f"{NAAM}.html": page}
