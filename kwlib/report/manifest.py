"""What an edition was made from and what it consists of: checksums instead of a clock."""

from __future__ import annotations

import csv
import hashlib
import importlib.metadata
import io
import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

NAAM = "manifest.json"
CODE = ("*.py", "*.csv", "*.j2", "*.css", "*.typ", "*.yml")


def sha256(path: Path) -> str:
    """Return the checksum of one file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def checksum(root: Path, files: Iterable[Path]) -> str:
    """Return one checksum over files, by their place below the root and their content with plain line ends."""
    whole = hashlib.sha256()
    for path in sorted(files, key=lambda p: p.relative_to(root).as_posix()):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        whole.update(f"{path.relative_to(root).as_posix()}\n{hashlib.sha256(content).hexdigest()}\n".encode())
    return whole.hexdigest()


def code_version(package: Path, notebooks: Path) -> str:
    """Return one checksum over everything that decides what a report says besides data and params."""
    code = {p for pattern in CODE for p in package.rglob(pattern)}
    chapters = {*notebooks.glob("*/[!_]*.ipynb"), *notebooks.glob("*/document.yml")}
    chapters = {p for p in chapters if not p.name.startswith(".")}
    parts = checksum(package, code) + checksum(notebooks, chapters)
    return hashlib.sha256(parts.encode()).hexdigest()


def libraries() -> dict[str, str]:
    """Return the versions of Python and of the libraries that the report needs, by name."""
    needed = importlib.metadata.requires("kwlib") or []
    names = [re.match(r"[\w.-]+", r).group() for r in needed if "extra ==" not in r]
    found = {n.lower(): importlib.metadata.version(n) for n in names}
    return {"python": f"{sys.version_info.major}.{sys.version_info.minor}", **dict(sorted(found.items()))}


def unlike(lock: Path) -> list[str]:
    """Return, in Dutch, every package that is not installed in the version of the lock."""
    section = lock.read_text("utf-8").partition("# == rapportage ==")[2].partition("# == ")[0]
    wrong = []
    for name, pinned, marker in re.findall(r"^([\w.-]+)==([^\s;\\]+)( *;)?", section, re.M):
        try:
            there = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            there = pinned if marker else "niets"
        if there != pinned:
            wrong.append(f"{name}: {there} in plaats van {pinned}")
    return wrong


def records_csv(records: Mapping[str, Mapping[str, Any]]) -> str:
    """Return every record with its file, row and source as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["record", "bestand", "rij", "bron"])
    writer.writerows([id, r["bestand"], r["rij"], r["bron"]] for id, r in sorted(records.items()) if r["rij"])
    return out.getvalue()


def manifest_json(folder: Path, facts: Mapping[str, Any]) -> str:
    """Return the manifest of a folder as JSON: what it was made from, and the checksum of every file in it."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != NAAM)
    listed = {p.relative_to(folder).as_posix(): sha256(p) for p in files}
    return json.dumps({**facts, "bestanden": listed}, ensure_ascii=False, indent=2, default=str) + "\n"
