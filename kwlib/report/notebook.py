"""An executed notebook as a file: without clocks and machine names, written whole or not at all."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import nbformat
import orjson
from nbformat.v4 import new_output

from kwlib.report.place import put

JSON = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
PARAMETERS, INJECTED, ERROR_MARK = "parameters", "injected-parameters", "papermill-error-cell-tag"


def _tags(cell: Any) -> list[str]:
    return cell.metadata.get("tags", [])


def _joined(outputs: list[Any]) -> list[Any]:
    """Return outputs with each stream whole, where the first piece of any came; how it arrived in pieces is chance."""
    pieces = [o for o in outputs if o.output_type == "stream"]
    streams = []
    for name in ("stdout", "stderr"):
        if text := "".join(o.text for o in pieces if o.name == name):
            streams.append(new_output("stream", name=name, text=text))
    first = outputs.index(pieces[0]) if pieces else 0
    rest = [o for o in outputs[first:] if o.output_type != "stream"]
    return [*outputs[:first], *streams, *rest]


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
        if cell.cell_type == "code":
            cell.outputs = _joined(cell.outputs)
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
        new = given.get(s.target.id, ast.unparse(value))
        lines[s.lineno - 1] = line[: value.col_offset] + new + line[value.end_col_offset :]
    own.source = "\n".join(lines)
    nb.cells.remove(put_in)
    return nb


def write(nb: Any, path: Path) -> None:
    """Write the notebook; the file appears whole under its name or not at all."""
    nbformat.validate(nb)
    put(path, orjson.dumps(nb, option=JSON))  # nbformat itself takes half as long to write it as a kernel to start


def mark(path: Path) -> None:
    """Let an executed notebook say that its data are made up."""
    nb = nbformat.read(path, as_version=4)
    nb.metadata["fictief"] = True
    write(nb, path)


def cell_number(nb: Any, index: int | None) -> int | None:
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
