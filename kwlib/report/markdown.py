"""Markdown cells as blocks: headings, paragraphs, lists, emphasis and links, and nothing that would be lost."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import mistune

from kwlib.report.fout import ModelFout

# The plugins are there to recognise what is not allowed, so that it is refused and not printed as loose signs.
_parse = mistune.create_markdown(renderer="ast", plugins=["table", "footnotes", "strikethrough"])
_NAMEN = {
    "block_code": "een codeblok",
    "block_html": "HTML",
    "block_quote": "een citaat",
    "codespan": "code in de tekst",
    "footnote_ref": "een voetnoot",
    "footnotes": "een voetnoot",
    "image": "een plaatje",
    "inline_html": "HTML",
    "linebreak": "een harde regelovergang",
    "strikethrough": "doorgehaalde tekst",
    "table": "een tabel",
    "thematic_break": "een streep",
}


def slug(tekst: str) -> str:
    """Return a text as an id: small letters without accents, digits and single dashes."""
    plain = unicodedata.normalize("NFKD", tekst.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def plat(delen: list[dict[str, Any]]) -> str:
    """Return the text of inline parts."""
    return "".join(deel["t"] for deel in delen)


def blokken(bron: str) -> list[dict[str, Any]]:
    """Return the blocks of one markdown cell; raise ModelFout for anything but text, lists, emphasis and links.

    A heading has `niveau` 1 to 4 and an id made from its text.
    """
    out = []
    for token in _parse(bron):
        kind = token["type"]
        if kind == "blank_line":
            continue
        if kind == "heading":
            delen = _delen(token)
            out.append({"soort": "kop", "niveau": token["attrs"]["level"], "id": slug(plat(delen)), "delen": delen})
        elif kind == "paragraph":
            out.append({"soort": "alinea", "id": None, "delen": _delen(token)})
        elif kind == "list":
            punten = [_punt(item) for item in token["children"]]
            out.append({"soort": "lijst", "geordend": token["attrs"]["ordered"], "punten": punten})
        else:
            raise _refuse(kind)
    return out


def _refuse(kind: str) -> ModelFout:
    wat = _NAMEN.get(kind, f"‘{kind}’")
    return ModelFout(
        f"in deze tekst staat {wat}. Een tekstcel kent alleen koppen, alinea’s, lijsten, nadruk en verwijzingen. "
        "Haal het weg, of maak er een blok van in een codecel."
    )


def _punt(item: dict[str, Any]) -> list[dict[str, Any]]:
    inhoud = [child for child in item.get("children", []) if child["type"] != "blank_line"]
    if len(inhoud) != 1 or inhoud[0]["type"] not in ("block_text", "paragraph"):
        raise ModelFout("een punt van een lijst is één korte tekst, zonder tweede alinea en zonder lijst erin.")
    return _delen(inhoud[0])


def _delen(token: dict[str, Any]) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    for deel in _inline(token["children"], {}):
        if out and out[-1].keys() == deel.keys() == {"t"}:
            out[-1]["t"] += deel["t"]
        else:
            out.append(deel)
    return out


def _inline(children: list[dict[str, Any]], stijl: dict[str, str]) -> Iterator[dict[str, Any]]:
    for child in children:
        kind = child["type"]
        if kind == "text":
            yield {"t": child["raw"]} | stijl
        elif kind == "softbreak":
            yield {"t": " "} | stijl
        elif kind in ("emphasis", "strong"):
            yield from _inline(child["children"], stijl | {"stijl": {"emphasis": "nadruk", "strong": "sterk"}[kind]})
        elif kind == "link":
            url = child["attrs"]["url"]
            doel = {"ref": url[1:]} if url.startswith("#") else {"href": url}
            # An empty text is for the report to fill in: 'tabel 3'.
            yield from _inline(child["children"] or [{"type": "text", "raw": ""}], stijl | doel)
        else:
            raise _refuse(kind)
