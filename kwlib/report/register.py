"""The number register of a document: every number shown, what it was made from, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kwlib.report import contract, references
from kwlib.report.fout import ModelFout

# What makes two showings the same number.
WEZEN = ("waarde", "waarde_tot", "eenheid", "waarde_soort")


def collect(hoofdstukken: list[dict[str, Any]], records: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return every number shown, by id: its entry, sources, notebook, cell, places and words; drop the blocks' copies.

    Raise ModelFout for a number without an entry, with two values, or made from a record that does not exist.
    """
    register: dict[str, dict[str, Any]] = {}
    for h in hoofdstukken:
        for blok in h["blokken"]:
            eigen = blok.pop("cijfers", None) or {}
            for een in contract.alle([blok]):
                een.pop("cijfers", None)
                try:
                    for deel in numbers(een):
                        entry = _enter(register, deel["c"], eigen.get(deel["c"]), h["notebook"], blok["cel"])
                        _add(entry["plaatsen"], een["id"])
                        _add(entry["getoond"], deel["t"])
                except ModelFout as fout:
                    raise fout.op(h["notebook"], blok["cel"]) from None
    for id, entry in register.items():
        unknown = sorted(set(entry["herkomst"]) - records.keys())
        if not entry["herkomst"] or unknown:
            wat = f"de herkomst ‘{unknown[0]}’ bestaat niet" if unknown else "de herkomst is leeg"
            raise ModelFout(f"van het getal ‘{id}’: {wat}.", entry["notebook"], entry["cel"])
        entry["bronnen"] = sorted({b for r in entry["herkomst"] if (b := records[r]["bron"])})
    return {id: register[id] for id in sorted(register)}


def numbers(blok: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the parts of a block, without the blocks inside it, that are numbers."""
    return (deel for delen in contract.teksten(blok) for deel in delen if deel.get("c"))


def _enter(register: dict, id: str, eigen: Mapping[str, Any] | None, notebook: str, cel: int) -> dict[str, Any]:
    if eigen is None:
        raise ModelFout(f"van het getal ‘{id}’ is niet vastgelegd waar het vandaan komt.")
    herkomst = eigen["herkomst"].split(" | ") if eigen["herkomst"] else []
    new = {**eigen, "herkomst": herkomst, "notebook": notebook, "cel": cel, "plaatsen": [], "getoond": []}
    entry = register.setdefault(id, new)
    if any(entry.get(k) != eigen.get(k) for k in WEZEN):
        raise ModelFout(f"het getal ‘{id}’ is hier {eigen.get('waarde')} en eerder {entry.get('waarde')}.")
    return entry


def _add(found: list[str], new: str) -> None:
    if new not in found:
        found.append(new)


def link(model: dict[str, Any], elders: str = "") -> None:
    """Let every number lead to its entry: in the annex of this document, or in the page `elders`."""
    for h in model["hoofdstukken"]:
        for deel in (d for blok in contract.alle(h["blokken"]) for d in numbers(blok)):
            deel["naar"] = f"{elders}#{model['cijfers'][deel['c']]['anker']}"


def annex(model: dict[str, Any], records: Mapping[str, Any], vorig: Mapping[str, str]) -> None:
    """Add the last appendix: per fact and column what it counts and its numbers, then each set of records once.

    `vorig` says what a number was in last year's edition, by id.
    """
    namen = references.names(model)
    # A short document has no list of sources elsewhere.
    bronnen = sorted({b for c in model["cijfers"].values() for b in c["bronnen"]} if model["meta"]["kort"] else ())
    namen |= {f"bron-{b}": "de bron" for b in bronnen}
    groepen: dict[tuple[str, ...], str] = {}
    reeksen: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for id, c in model["cijfers"].items():
        groepen.setdefault(tuple(c["herkomst"]), f"h{len(groepen) + 1}")
        reeksen.setdefault((c["feit"], c["kolom"]), []).append(c | {"vorig": vorig.get(id)})
    blokken = [_kop(2, "Wat betekent elk cijfer?", "betekenis-van-de-cijfers")]
    for (feit, kolom), cijfers in reeksen.items():
        eerste = cijfers[0]
        blokken += [
            _kop(3, eerste["definitie"], ""),
            {"soort": "alinea", "id": "", "delen": _uitleg(feit, kolom, eerste, model["meta"]["kort"])},
            _lijst("", {c["anker"]: _cijfer(c, groepen[tuple(c["herkomst"])], namen) for c in cijfers}),
        ]
    blokken.append(_kop(2, "Uit welke gegevens komt het?", "gegevens-achter-de-cijfers"))
    blokken.append(_lijst("groepen", {h: _groep(records, herkomst, namen) for herkomst, h in groepen.items()}))
    if bronnen:
        blokken.append(_kop(2, "Uit welke bronnen?", "bronnen-van-de-cijfers"))
        blokken.append(_lijst("bronnen", {f"bron-{b}": _bron(b, model["bronnen"][b]) for b in bronnen}))
    letter = chr(ord("A") + len(model["bijlagen"]))
    for nummer, kop in enumerate((b for b in blokken if b["soort"] == "kop" and b["niveau"] == 2), start=1):
        kop["nr"] = f"{letter}.{nummer}"
    blad = {"nr": letter, "id": "herkomst-van-de-cijfers", "titel": "Herkomst van de cijfers", "bijlage": True}
    model["hoofdstukken"].append(blad | {"notebook": "", "klein": True, "blokken": blokken})
    model["bijlagen"].append(blad)


def _kop(niveau: int, tekst: str, id: str) -> dict[str, Any]:
    return {"soort": "kop", "niveau": niveau, "id": id, "nr": "", "delen": [{"t": tekst}]}


def _lijst(id: str, punten: dict[str, list[dict[str, str]]]) -> dict[str, Any]:
    return {"soort": "lijst", "id": id, "geordend": False, "ankers": list(punten), "punten": list(punten.values())}


def _uitleg(feit: str, kolom: str, c: Mapping[str, Any], kort: bool) -> list[dict[str, str]]:
    geteld = f", geteld als ‘{c['telwijze']}’" if c["telwijze"] else ""
    naam = c["notebook"].rpartition("/")[2].removesuffix(".ipynb")
    pagina = f"notebooks/{c['notebook'].removesuffix('.ipynb')}.html#cel-{c['cel']}"
    waar = {"t": f"cel {c['cel']} van {naam}"} | ({} if kort else {"bestand": pagina})  # a short one stands alone
    return [{"t": f"{feit}, {kolom}{geteld}; "}, waar]


def _cijfer(c: Mapping[str, Any], groep: str, namen: Mapping[str, str]) -> list[dict[str, str]]:
    delen = [{"t": f"{c['rij']}: "}, {"t": min(c["getoond"], key=len), "stijl": "sterk"}]
    delen += [{"t": f" (vorig jaar: {c['vorig']})"}] if c["vorig"] else []
    delen += [{"t": " – "}, {"t": "gegevens", "ref": groep}]
    for plaats in c["plaatsen"]:
        delen += [{"t": ", "}, {"t": namen[plaats], "ref": plaats}]
    return delen


def _groep(records: Mapping[str, Any], herkomst: tuple[str, ...], namen: Mapping[str, str]) -> list[dict[str, str]]:
    """Return one set of records: per file its rows, then the sources, each with a link to its date and address."""
    per_file: dict[str, list[int]] = {}
    for found in (records[record] for record in herkomst):
        per_file.setdefault(found["bestand"], []).extend([found["rij"]] if found["rij"] else [])
    files = [f"{b} {_rows(r)}" for b, r in sorted(per_file.items())]
    bronnen = sorted({b for r in herkomst if (b := records[r]["bron"])})
    delen = [{"t": "; ".join(files) + (" – " if bronnen else "")}]
    for plaats, bron in enumerate(bronnen):
        anker = f"bron-{bron}"
        delen += [{"t": ", "}] if plaats else []
        delen.append({"t": bron} | ({"ref": anker} if anker in namen else {}))
    return delen


def _bron(id: str, bron: Mapping[str, Any]) -> list[dict[str, str]]:
    over = ", ".join(filter(None, map(str, (bron["titel"], bron.get("houder"), bron.get("gepubliceerd_op")))))
    return [{"t": f"{id}: "}, {"t": over} | ({"href": bron["url"]} if bron.get("url") else {})]


def _rows(rows: list[int]) -> str:
    """Return row numbers as people write them: rij 2-5, 8; without any it is the whole file."""
    runs: list[list[int]] = []
    for row in sorted(rows):
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return "rij " + ", ".join(f"{r[0]}-{r[-1]}" if r[1:] else str(r[0]) for r in runs) if runs else "(hele bestand)"
