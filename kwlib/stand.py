"""Whether an edition is still what its inputs make it: by checksums alone, before any library is loaded."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

PACKAGE = Path(__file__).parent


def cache_folder(root: Path, edition: Path) -> Path:
    """Return where is kept what an edition (gemeente/year) need not make again."""
    return root / "build" / ".cache" / edition


def _asked(root: Path, gemeente: str, asked: Sequence[str]) -> Path:
    name = hashlib.sha256("|".join([gemeente, *asked]).encode()).hexdigest()[:16]
    return cache_folder(root, Path("gevraagd")) / f"{name}.json"


def inputs(root: Path, gemeente: str) -> Iterable[Path]:
    """Yield the files that decide what the documents of a municipality say."""
    yield from (root / "data").glob("datapackage.json")
    for folder, patterns in (
        (root / "data" / gemeente, ["*"]),
        (root / "params", ["rapportage.yml", f"{gemeente}*.yml"]),
        (root / "registers", [f"*{gemeente}*.csv"]),
        (root / "notebooks", ["*/*.ipynb", "*/*.yml"]),
        (root, ["requirements.lock"]),
        (PACKAGE, ["**/*.*"]),
    ):
        for pattern in patterns:
            yield from folder.glob(pattern)


def _state(root: Path, gemeente: str, edition: Path) -> dict[str, str]:
    files = {*inputs(root, gemeente), *(root / "build" / edition).rglob("*")}
    files = {p for p in files if "__pycache__" not in p.parts and p.is_file()}
    state = {os.path.relpath(p, root): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}
    return {"python": sys.version, "kwlib": str(PACKAGE), **dict(sorted(state.items()))}


def keep(root: Path, gemeente: str, asked: Sequence[str], edition: Path, said: str) -> None:
    """Remember what an edition was made from and what it consists of, and what was said of it."""
    path = _asked(root, gemeente, asked)
    path.parent.mkdir(parents=True, exist_ok=True)
    state = {"editie": edition.as_posix(), "gezegd": said, "stand": _state(root, gemeente, edition)}
    path.write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")


def unchanged(root: Path, gemeente: str, asked: Sequence[str]) -> str:
    """Return what was said of the edition when it was made, if nothing has changed since; else an empty text."""
    try:
        kept = json.loads(_asked(root, gemeente, asked).read_text("utf-8"))
        same = kept["stand"] == _state(root, gemeente, Path(kept["editie"]))
        return str(kept["gezegd"]) if same else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""
