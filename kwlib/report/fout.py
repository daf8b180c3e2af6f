"""What can be wrong with a chapter or a document, and how to say it in one line."""

from __future__ import annotations

import errno
import re
from typing import Any

REDENEN = {
    errno.ENOSPC: "De schijf is vol.",
    errno.EDQUOT: "De schijfruimte die u mag gebruiken is op.",
    errno.EROFS: "In deze map mag niet geschreven worden.",
    errno.EACCES: "In deze map mag niet geschreven worden.",
    errno.EPERM: "In deze map mag niet geschreven worden.",
}
KLEUR = re.compile(r"\x1b\[[0-9;]*m")


class ModelFout(Exception):
    """Say in Dutch what is wrong with a chapter, and where: notebook and cell, when they are known."""

    def __init__(self, wat: str, notebook: str | None = None, cel: int | None = None) -> None:
        self.wat, self.notebook, self.cel = wat, notebook, cel
        waar = ", ".join(filter(None, [notebook, cel and f"cel {cel}"]))
        super().__init__(f"{waar}: {wat}" if waar else wat)

    def op(self, notebook: str | None, cel: int | None = None) -> ModelFout:
        """Return the same error with the place filled in where it was missing."""
        return ModelFout(self.wat, self.notebook or notebook, self.cel or cel)


def message(error: Any) -> str:
    """Return the last line of a cell's error, and the notes that came with it (the record at hand)."""
    lines = KLEUR.sub("", "\n".join(error.traceback)).splitlines()
    first = f"{error.ename}: {error.evalue.splitlines()[0]}" if error.evalue else error.ename
    start = max((n for n, line in enumerate(lines) if line.startswith(error.ename)), default=len(lines))
    size = max(1, len(error.evalue.splitlines()))
    notes = [line.strip() for line in lines[start + size :] if line.strip()]
    return " ".join([first, *(f"[{note}]" for note in notes[:3])])[:500]


def silent_failure(nb: Any) -> tuple[int, str] | None:
    """Return cell and message of an error or a skipped cell that papermill takes for success (such as sys.exit(0))."""
    for n, cell in enumerate(nb.cells):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        for output in cell.outputs:
            if output.output_type == "error":
                return n, f"{output.ename}: {output.evalue}".rstrip(": ")
        if cell.execution_count is None:
            return n, "De cel is niet uitgevoerd."
    return None
