"""An executed notebook as a file: without clocks and machine names, written whole or not at all."""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path
from typing import Any

import nbformat

PARAMETERS, INJECTED, ERROR_MARK = "parameters", "injected-parameters", "papermill-error-cell-tag"


def _tags(cell: Any) -> list[str]:
    return cell.metadata.get("tags", [])


def scrub(nb: Any) -> Any:
    """Return the notebook without what differs from run to run: times, paths, versions, random ids, error marks."""
    nb.cells = [c for c in nb.cells if ERROR_MARK not in _tags(c)]
    nb.metadata.pop("papermill", None)
    nb.metadata["language_info"] = {"name": "python"}
    nb.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    for cell in nb.cells:
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
        if not _tags(cell):
            cell.metadata.pop("tags", None)
        if INJECTED in _tags(cell):
            cell["id"] = INJECTED
    return nb


def settle(nb: Any) -> Any:
    """Return the notebook with the values of the run in its own cell of parameters, not in a second one below it."""
    put_in = next((c for c in nb.cells if INJECTED in _tags(c)), None)
    if put_in is None:
        return nb
    given = {s.targets[0].id: ast.get_source_segment(put_in.source, s.value) for s in ast.parse(put_in.source).body}
    own = next(c for c in nb.cells if PARAMETERS in _tags(c))
    lines = own.source.splitlines()
    for s in ast.parse(own.source).body:
        line, value = lines[s.lineno - 1], s.value
        lines[s.lineno - 1] = line[: value.col_offset] + given[s.target.id] + line[value.end_col_offset :]
    own.source = "\n".join(lines)
    nb.cells.remove(put_in)
    return nb


def write(nb: Any, path: Path) -> None:
    """Write the notebook; the file appears whole under its name or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.deel")
    try:
        part.write_text(nbformat.writes(nb) + "\n", encoding="utf-8", newline="\n")
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def mark(path: Path) -> None:
    """Let an executed notebook say that its data are made up."""
    nb = nbformat.read(path, as_version=4)
    nb.metadata["fictief"] = True
    write(nb, path)


def place(nb: Any, index: int | None) -> int | None:
    """Return the number of a cell as the author counts: from 1, without the cell that papermill put in."""
    if index is None:
        return None
    return max(1, sum(1 for c in nb.cells[: index + 1] if not {INJECTED, ERROR_MARK} & set(_tags(c))))


def heading_above(nb: Any, index: int) -> str:
    """Return the heading that a cell stands under, or an empty text."""
    for cell in reversed(nb.cells[: index + 1]):
        found = re.findall(r"^#+ +(.+?)\s*$", cell.source, re.M) if cell.cell_type == "markdown" else []
        if found:
            return found[-1]
    return ""
