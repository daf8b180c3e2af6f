"""Whether an edition is still what its inputs make it: by checksums alone, before any library is loaded."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

PACKAGE = Path(__file__).parent
# What a municipality's house style names besides colours: a file or a folder.
EIGEN = re.compile(r"""^(?:logo|letters):\s*["']?([^"'#\n]+?)["']?\s*(?:#.*)?$""", re.M)


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
            yield from (p for p in folder.glob(pattern) if "__pycache__" not in p.parts)
    own = root / "params" / f"{gemeente}-huisstijl.yml"
    for name in EIGEN.findall(own.read_text("utf-8", "replace") if own.is_file() else ""):
        yield from sorted((root / name).glob("*")) or [root / name]


def _sums(root: Path, files: Iterable[Path]) -> dict[str, str]:
    return {os.path.relpath(p, root): hashlib.sha256(p.read_bytes()).hexdigest() for p in files if p.is_file()}


def grond(root: Path, gemeente: str) -> dict[str, str]:
    """Return name → checksum of what the documents of a municipality are made from now."""
    return {"python": sys.version, "kwlib": str(PACKAGE), **_sums(root, inputs(root, gemeente))}


def keep(root: Path, van: Mapping[str, str], gemeente: str, asked: Sequence[str], edition: Path, said: str) -> None:
    """Remember what an edition was made from (`van`: before it was made), what it consists of, and what was said."""
    path = _asked(root, gemeente, asked)
    path.parent.mkdir(parents=True, exist_ok=True)
    heeft = _sums(root, (root / "build" / edition).rglob("*"))
    state = {"editie": edition.as_posix(), "gezegd": said, "van": van, "heeft": heeft}
    path.write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")


def unchanged(root: Path, gemeente: str, asked: Sequence[str]) -> str:
    """Return what was said of the edition when it was made, if nothing has changed since; else an empty text."""
    try:
        kept = json.loads(_asked(root, gemeente, asked).read_text("utf-8"))
        heeft = _sums(root, (root / "build" / kept["editie"]).rglob("*"))
        same = (kept["van"], kept["heeft"]) == (grond(root, gemeente), heeft)
        return str(kept["gezegd"]) if same else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""
