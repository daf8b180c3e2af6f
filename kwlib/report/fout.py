"""The one kind of error that a document can have before it is drawn."""

from __future__ import annotations


class ModelFout(Exception):
    """Say in Dutch what is wrong with a chapter, and where: notebook and cell, when they are known."""

    def __init__(self, wat: str, notebook: str | None = None, cel: int | None = None) -> None:
        self.wat, self.notebook, self.cel = wat, notebook, cel
        waar = ", ".join(filter(None, [notebook, cel and f"cel {cel}"]))
        super().__init__(f"{waar}: {wat}" if waar else wat)

    def op(self, notebook: str | None, cel: int | None = None) -> ModelFout:
        """Return the same error with the place filled in where it was missing."""
        return ModelFout(self.wat, self.notebook or notebook, self.cel or cel)
