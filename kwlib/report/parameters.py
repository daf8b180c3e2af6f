"""The parameters of a chapter: one contract, checked against each notebook before anything starts."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import nbformat

from kwlib.contract import Fout, InvoerFout, meant

# papermill only warns about an unknown parameter and never looks at types; here both are errors.
CONTRACT: Mapping[str, type] = {"gemeente": str, "jaar": int, "kennis_tot": str}


def declared(source: str) -> dict[str, str]:
    """Return name and annotation of each line `name: type = value` of a parameters cell; raise ValueError otherwise."""
    found: dict[str, str] = {}
    for node in ast.parse(source).body:
        if not (isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value):
            raise ValueError(f"regel {node.lineno}")
        ast.literal_eval(node.value)
        found[node.target.id] = ast.unparse(node.annotation)
    return found


def check_notebook(name: str, notebook: Mapping[str, Any], contract: Mapping[str, type] = CONTRACT) -> list[Fout]:
    """Return how the parameters cell of a notebook differs from the contract."""
    cells = [c for c in notebook["cells"] if "parameters" in c.get("metadata", {}).get("tags", [])]
    if len(cells) != 1:
        return [Fout(f"Er zijn {len(cells)} cellen met het label 'parameters'.", "Maak er precies één.", name)]
    try:
        found = declared("".join(cells[0]["source"]))
    except (SyntaxError, ValueError):
        return [Fout("De cel met parameters is niet te lezen.", "Schrijf per regel: naam: type = waarde.", name)]
    wrong = [
        Fout("Deze parameter is onbekend.", meant(p, contract) or f"Kies uit {', '.join(contract)}.", name, p)
        for p in found
        if p not in contract
    ]
    for parameter, kind in contract.items():
        if parameter not in found:
            wrong.append(Fout("Deze parameter ontbreekt.", f"Voeg toe: {parameter}: {kind.__name__}.", name, parameter))
        elif found[parameter] != kind.__name__:
            wrong.append(Fout(f"Het type is {found[parameter]}.", f"Maak er {kind.__name__} van.", name, parameter))
    return wrong


def check_values(values: Mapping[str, Any]) -> list[Fout]:
    """Return what is unknown, missing or of another type in the values that a run would hand to its chapters."""
    wrong = [Fout("Deze parameter is onbekend.", meant(p, CONTRACT), "", p) for p in values if p not in CONTRACT]
    for parameter, kind in CONTRACT.items():
        if type(values.get(parameter)) is not kind:
            wrong.append(Fout(f"Deze parameter moet {kind.__name__} zijn.", sleutel=parameter))
    return wrong


def _read(path: Path) -> Any:
    """Return a notebook, or None when it cannot be read."""
    try:
        return nbformat.read(path, as_version=4)
    except (OSError, ValueError, LookupError, AttributeError, TypeError):
        return None


def check_all(notebooks: Iterable[tuple[Path, Mapping[str, Any]]], values: Mapping[str, Any]) -> None:
    """Raise InvoerFout with everything that is wrong with the values and the notebooks.

    A notebook is its path and the values that it has of its own; those it must declare too.
    """
    wrong: list[Fout] = []
    read = functools.cache(_read)
    for path, own in notebooks:
        name = f"{path.parent.name}/{path.name}"
        wrong += check_values({**values, **{p: v for p, v in own.items() if p in CONTRACT}})
        if read(path) is None:
            wrong.append(Fout("Dit notebook is niet te lezen.", "Zet een goede versie terug, met git of uit een kopie.",
                              name))  # fmt: skip
        else:
            wrong += check_notebook(name, read(path), {p: type(v) for p, v in own.items()} | CONTRACT)
    if wrong:
        raise InvoerFout(dict.fromkeys(wrong))
