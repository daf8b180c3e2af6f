"""References between places in a document, and the sources named under tables and figures."""

from __future__ import annotations

from typing import Any

from kwlib.report import contract
from kwlib.report.fout import ModelFout
from kwlib.report.markdown import plat

BRONNENLIJST = "bronnenlijst"
MET_HOUDER = 3  # up to so many sources are named with their holder and year; more would be a paragraph of its own


def resolve(model: dict[str, Any]) -> None:
    """Fill in the words of every reference; raise ModelFout for one that leads nowhere."""
    namen = names(model)
    for h in model["hoofdstukken"]:
        for blok in h["blokken"]:
            for deel in (d for een in contract.alle([blok]) for delen in contract.teksten(een) for d in delen):
                if not deel.get("ref"):
                    continue
                if deel["ref"] not in namen:
                    waar = f" in {blok['soort']} ‘{blok['id']}’" if blok.get("id") else ""
                    wat = f"de verwijzing naar ‘{deel['ref']}’{waar} komt nergens uit (V52)."
                    raise ModelFout(wat, h["notebook"], blok["cel"])
                deel["t"] = deel["t"] or namen[deel["ref"]]


def names(model: dict[str, Any]) -> dict[str, str]:
    """Return what each place is called in a sentence: 'tabel 3', 'paragraaf 4.2', 'hoofdstuk 4', 'bijlage A'.

    A block without a number is called by the section that it stands in.
    """
    namen: dict[str, str] = {}
    for h in model["hoofdstukken"]:
        hier = namen[h["id"]] = f"{'bijlage' if h['bijlage'] else 'hoofdstuk'} {h['nr']}"
        for blok in contract.alle(h["blokken"]):
            if blok["soort"] in ("tabel", "figuur"):
                namen[blok["id"]] = f"{blok['soort']} {blok['nr']}"
                namen |= {rij["anker"]: "de bron" for rij in blok.get("rijen", []) if "anker" in rij}
                continue
            if blok["soort"] == "kop" and blok["nr"]:
                hier = f"paragraaf {blok['nr']}"
            namen[blok["id"]] = hier
    return namen


def cite(model: dict[str, Any]) -> None:
    """Write under each table and figure which sources its numbers come from, with a link into the list of sources."""
    ankers = _bron_ankers(model)
    for h in model["hoofdstukken"]:
        for blok in contract.alle(h["blokken"]):
            if blok["soort"] not in ("tabel", "figuur"):
                continue
            cijfers = [d["c"] for delen in contract.teksten(blok) for d in delen if d.get("c")]
            ids = {bron for c in cijfers for bron in model["cijfers"][c]["bronnen"]}
            if onbekend := sorted(ids - model["bronnen"].keys()):
                wat = f"{blok['soort']} ‘{blok['id']}’ noemt een bron die er niet is: {onbekend[0]}."
                raise ModelFout(wat, h["notebook"])
            stempel = [{"t": "Fictieve gegevens. "}] if blok["soort"] == "figuur" and model["meta"]["fictief"] else []
            blok["bronregel"] = stempel + _regel(model, sorted(ids), ankers)


def _regel(model: dict[str, Any], ids: list[str], ankers: dict[str, str]) -> list[dict[str, str]]:
    """Return 'Bron: titel (houder, jaar)' as inline parts, by their ids when there are many; empty without sources."""
    if not ids:
        return []
    delen: list[dict[str, str]] = [{"t": "Bron: " if len(ids) == 1 else "Bronnen: "}]
    for plaats, id in enumerate(sorted(ids, key=lambda id: (model["bronnen"][id]["titel"], id))):
        bron = model["bronnen"][id]
        wie = ", ".join(filter(None, [bron.get("houder", ""), str(bron.get("gepubliceerd_op", ""))[:4]]))
        veel = len(ids) > MET_HOUDER
        naast = f" ({wie})" if wie and not veel else ""
        delen.append({"t": id if veel else bron["titel"]} | ({"ref": ankers[id]} if id in ankers else {}))
        delen.append({"t": naast + ((", " if veel else "; ") if plaats < len(ids) - 1 else ".")})
    return delen


def _bron_ankers(model: dict[str, Any]) -> dict[str, str]:
    """Give each row of the list of sources an anchor, found by the title of the source."""
    op_titel = {bron["titel"]: id for id, bron in sorted(model["bronnen"].items(), reverse=True)}
    ankers = {}
    for h in model["hoofdstukken"]:
        for blok in h["blokken"]:
            if blok["soort"] != "tabel" or blok["id"] != BRONNENLIJST:
                continue
            for rij in blok["rijen"]:
                id = op_titel.get(plat(rij["cellen"][0]))
                if id:
                    rij["anker"] = ankers[id] = f"bron-{id}"
    return ankers
