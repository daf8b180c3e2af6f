"""Where a build comes to stand: made beside it, moved into place whole, one build of an edition at a time."""

from __future__ import annotations

import os
import shutil
import sys
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kwlib.report.documents import Document

try:
    import fcntl
except ImportError:  # Windows: no waiting there
    fcntl = None


def _aside(target: Path, what: str) -> Path:
    return target.parent / f".{what}-{target.name}"


def put(path: Path, data: bytes) -> None:
    """Write a file; it appears whole under its name or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex}")  # another worker may be at the same file
    try:
        part.write_bytes(data)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def failed(target: Path) -> Path:
    """Return where the leftovers of a failed run go."""
    return target.parent / f"{target.name}.mislukt"


def remove(path: Path) -> None:
    """Remove a folder if it is there."""
    if path.exists():
        shutil.rmtree(path)


@contextmanager
def turn(target: Path) -> Iterator[None]:
    """Wait until no other build of the same edition is busy, and say so; a turn ends with its process at the latest."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with open(_aside(target, "slot"), "a", encoding="utf-8") as handle:
        if fcntl:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print("Deze rapportage wordt al gemaakt. Even wachten tot dat klaar is ...", file=sys.stderr)
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def workplace(target: Path) -> Iterator[Path]:
    """Give an empty folder beside the target; it is gone afterwards, unless it was moved into place."""
    old, work = _aside(target, "oud"), _aside(target, "werk")
    if old.exists() and not target.exists():  # a machine that stopped between the two moves below
        os.replace(old, target)
    remove(old)
    remove(work)
    work.mkdir(parents=True)
    try:
        yield work
    finally:
        remove(work)


def publish(work: Path, target: Path) -> None:
    """Move the finished folder into place; the one that was there goes, and so do leftovers of failed runs."""
    old = _aside(target, "oud")
    if target.exists():
        os.replace(target, old)
    os.replace(work, target)
    remove(old)
    remove(failed(target))


def keep_failure(work: Path, target: Path, text: str) -> Path:
    """Move what a failed run left to its own folder, with its faults in words; the last good build stays."""
    aside = failed(target)
    remove(aside)
    (work / "fouten.txt").write_text(text + "\n", encoding="utf-8", newline="\n")
    os.replace(work, aside)
    return aside


def shown(path: Path) -> str:
    """Return a path as short as it can be from where the person stands."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def results(documents: Sequence[Document], target: Path) -> str:
    """Return where everything is that a reader may want to open."""
    words = {"rapport": "Rapportage", "brief": "Brief"}
    made = {f"{words[d.sjabloon]} ({kind}):": f"{d.bestand}{suffix}"
            for d in documents for kind, suffix in (("pagina", ".html"), ("PDF", ".pdf"))}  # fmt: skip
    made |= {"Leesbaarheid:": "leesbaarheid.html", "Notebooks:": "notebooks", "Alle cijfers:": "cijfers.csv",
             "Gegevens:": "data"}  # fmt: skip
    return "\n".join(f"{label:<22} {shown(target / name)}" for label, name in made.items())
