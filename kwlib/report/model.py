"""The document model: every number, caption, anchor and reference decided once, for page and PDF alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from babel.dates import format_date

from kwlib.report import chapter, contract, references, register
from kwlib.report.fout import ModelFout
from kwlib.report.markdown import plat

META = {"kort": False}  # what not every document says of itself


def build(
    notebooks: Iterable[Path],
    meta: Mapping[str, Any],
    sources: Mapping[str, Mapping[str, Any]],
    colofon: Mapping[str, Any],
    *,
    records: Mapping[str, Mapping[str, Any]],
    vorig: Mapping[str, str] | None = None,
    elders: str = "",
) -> dict[str, Any]:
    """Return the model of one document from its executed notebooks, in their order.

    `sources` is bron_id → the fields of the source. `colofon` is label → text, or label → a mapping of texts.
    `records` is record id → file, row and source; `vorig` number id → what last year's edition showed. A document
    whose numbers are explained in another page names that page in `elders`; any other explains them in an annex.
    Raises ModelFout.
    """
    hoofdstukken = _nummer([chapter.lees(pad) for pad in notebooks])
    bronnen = {id: {k: _plain(v) for k, v in sources[id].items()} for id in sorted(sources)}
    model = {
        "meta": _meta(meta),
        "hoofdstukken": hoofdstukken,
        "cijfers": register.collect(hoofdstukken, records),
        "bronnen": bronnen,
        "bijlagen": [{"nr": h["nr"], "id": h["id"], "titel": h["titel"]} for h in hoofdstukken if h["bijlage"]],
        "colofon": _colofon(colofon),
    }
    references.resolve(model)
    references.cite(model)
    register.link(model, elders)
    if not elders:
        register.annex(model, records, vorig or {})
    return model


def _meta(meta: Mapping[str, Any]) -> dict[str, Any]:
    out = META | {k: _plain(v) for k, v in meta.items()}
    return out | {f"{sleutel}_tekst": datum(out[sleutel]) for sleutel in ("datum", "kennis_tot")}


def _plain(value: Any) -> Any:
    """Return a value as JSON knows it: dates as ISO text, None as empty text, mappings and lists likewise."""
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if value is None or value != value:
        return ""
    return value if isinstance(value, str | bool | int | float) else _iso(value)


def _iso(value: Any) -> str:
    return str(value.isoformat())[:10] if hasattr(value, "isoformat") else str(value)


def datum(iso: str) -> str:
    """Return '2009-10-08' as '8 oktober 2009'."""
    return format_date(dt.date.fromisoformat(iso), "d MMMM y", locale="nl")


def _nummer(hoofdstukken: list[chapter.Hoofdstuk]) -> list[dict[str, Any]]:
    """Number chapters 1, 2, …, appendices A, B, …, headings below them, and tables and figures through the document."""
    hoofdstukken = sorted(hoofdstukken, key=lambda h: h.bijlage)
    gezien: dict[str, str] = {h.id: h.notebook for h in reversed(hoofdstukken)}
    if len(gezien) < len(hoofdstukken):
        dubbel = next(h for h in hoofdstukken if gezien[h.id] != h.notebook)
        raise ModelFout(f"de titel ‘{dubbel.titel}’ staat ook boven {gezien[dubbel.id]}.", dubbel.notebook)
    tel = {"tabel": 0, "figuur": 0}
    out, letters = [], 0
    for plaats, h in enumerate(hoofdstukken, start=1):
        letters += h.bijlage
        nr = chr(ord("A") + letters - 1) if h.bijlage else str(plaats)
        blokken = []
        koppen = [0, 0, 0]
        for cel, blok in h.blokken:
            try:
                for een in contract.alle([blok]):
                    _nummer_blok(een, nr, koppen, tel)
                    _anker(een, h, len(blokken), gezien)
            except ModelFout as fout:
                raise fout.op(h.notebook, cel) from None
            blokken.append(blok | {"cel": cel})
        kop = {"nr": nr, "id": h.id, "titel": h.titel, "notebook": h.notebook, "bijlage": h.bijlage}
        out.append(kop | {"blokken": blokken})
    return out


def _nummer_blok(blok: dict[str, Any], nr: str, koppen: list[int], tel: dict[str, int]) -> None:
    soort = blok["soort"]
    if soort in tel:
        tel[soort] += 1
        blok["nr"] = str(tel[soort])
    if soort == "kop":
        diep = blok["niveau"] - 2
        if diep < 0 or (diep and not koppen[diep - 1]):
            raise ModelFout(f"kop ‘{plat(blok['delen'])}’ van niveau {blok['niveau']} slaat een niveau over.")
        koppen[diep] += 1
        koppen[diep + 1 :] = [0] * (2 - diep)
        blok["nr"] = ".".join([nr, *map(str, koppen[: diep + 1])]) if diep < 2 else ""


def _anker(blok: dict[str, Any], h: chapter.Hoofdstuk, plaats: int, gezien: dict[str, str]) -> None:
    """Give a block its id in the document; for a heading whose id is taken that of its chapter comes in front."""
    id = blok.get("id") or f"{h.id}-{plaats + 1}"
    if id in gezien and (blok["soort"] == "kop" or not blok.get("id")):
        stam = f"{h.id}-{id}"
        id = next(k for k in (stam, *(f"{stam}-{n}" for n in range(2, 1000))) if k not in gezien)
    if id in gezien:
        raise ModelFout(f"de id ‘{id}’ bestaat al, in {gezien[id]}. Een id komt één keer voor.")
    gezien[id] = h.notebook
    blok["id"] = id


def _colofon(colofon: Mapping[str, Any]) -> list[dict[str, Any]]:
    out = []
    for label, waarde in colofon.items():
        if isinstance(waarde, Mapping):
            out.append({"label": label, "paren": [[str(k), str(v)] for k, v in waarde.items()]})
        else:
            out.append({"label": label, "waarde": str(_plain(waarde))})
    return out
