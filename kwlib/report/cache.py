"""What need not run again: executed chapters, kept with everything that they were made from."""

from __future__ import annotations

import ast
import functools
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from kwlib.report.manifest import sha256
from kwlib.report.place import put
from kwlib.report.run import Job

KWLIB = Path(__file__).parents[1]
# What makes the file of an executed notebook, besides the modules that it imports.
MAKEN = ("kwlib.report.notebook", "kwlib.report.run", "kwlib.report.kernels")
TEKENEN = frozenset({"kwlib.report.review"})  # what makes the page of an executed notebook, besides the templates
Afdruk = Mapping[str, list]


@dataclass(frozen=True)
class Grond:
    """What the chapters of an edition are made from: `delen` name → checksum of what concerns all of them, `tabellen`
    table → record → row and checksum, `bestanden` table → the file that it is read from.
    """

    delen: Mapping[str, str]
    tabellen: Mapping[str, Afdruk]
    bestanden: Mapping[str, str]


@dataclass(frozen=True)
class Cache:
    """Kept chapters of one edition in a folder; a chapter is used again only when nothing that it rests on differs."""

    folder: Path
    grond: Grond
    opnieuw: bool = False

    def _place(self, job: Job) -> Path:
        return self.folder / job.output.parent.name / job.output.stem

    def gelezen(self, job: Job) -> Path:
        """Return where the chapter lists which tables it looks at."""
        path = self._place(job).with_suffix(".gelezen")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        return path

    def reason(self, job: Job) -> str:
        """Return, in Dutch, why a chapter must run; empty when what was kept of it is still right."""
        if self.opnieuw:
            return "gevraagd met FORCE=1"
        kept = self._kept(job)
        if isinstance(kept, str):
            return kept
        now = self.delen(job)
        named = [k for k in {**kept["delen"], **now} if kept["delen"].get(k) != now.get(k)]
        reasons = [f"{k} is {'veranderd' if k in now and k in kept['delen'] else 'nieuw of weg'}" for k in named]
        for name, old in kept["tabellen"].items():
            new = self.grond.tabellen.get(name, {})
            if list(old.items()) != list(new.items()):
                reasons.append(self._table(name, changed_rows(old, new)))
        return "; ".join(reasons)

    def _table(self, name: str, rows: list[int]) -> str:
        which = "" if not rows else f", rij {rows[0]}" if len(rows) == 1 else f", rijen {_some(rows)}"
        return f"{self.grond.bestanden.get(name, name)} is veranderd{which}"

    def delen(self, job: Job) -> dict[str, str]:
        """Return name → checksum of what a chapter rests on, besides the tables that it looks at."""
        own = {f"notebooks/{job.notebook.parent.name}/{job.notebook.name}": sha256(job.notebook)}
        code = {p.relative_to(KWLIB.parent).as_posix(): _sha(p) for p in sorted(closure(_imports(job.notebook)))}
        return {**self.grond.delen, **own, **code, "Python": sys.version}

    def _kept(self, job: Job) -> dict[str, Any] | str:
        place = self._place(job)
        try:
            kept = json.loads(place.with_suffix(".json").read_text("utf-8"))
            output = place.with_suffix(".ipynb").read_bytes()
            whole = kept.pop("controlegetal") == _total(kept, output)
        except FileNotFoundError:
            return "nog niet eerder gemaakt"
        except (OSError, ValueError, AttributeError, KeyError, TypeError):
            whole = False
        return kept if whole else "wat ervan was bewaard, is beschadigd"

    def take(self, job: Job) -> None:
        """Put the kept chapter where the job would have made it."""
        put(job.output, self._place(job).with_suffix(".ipynb").read_bytes())

    def keep(self, job: Job, delen: Mapping[str, str]) -> None:
        """Keep a chapter that was made, with what it rests on: `delen` as they were before it ran."""
        place, output = self._place(job), job.output.read_bytes()
        listed = place.with_suffix(".gelezen")
        tables = sorted(listed.read_text("utf-8").split()) if listed.exists() else []  # it may look at none
        kept = {"delen": delen, "tabellen": {name: dict(self.grond.tabellen[name]) for name in tables}}
        put(place.with_suffix(".ipynb"), output)
        text = json.dumps(kept | {"controlegetal": _total(kept, output)}, ensure_ascii=False)
        put(place.with_suffix(".json"), text.encode())
        listed.unlink(missing_ok=True)

    def page(self, notebook: Path, draw: Callable[[Path], str]) -> str:
        """Return the page of an executed notebook, drawn only when the notebook or what draws it is not the same."""
        path = self.folder / notebook.parent.name / f"{notebook.stem}.html"
        templates = (p for p in (KWLIB / "report" / "templates").rglob("*") if p.is_file())
        rests = [*self.grond.delen.values(), sys.version, *map(_sha, sorted({*closure(TEKENEN), *templates}))]
        total = _total({"van": rests}, notebook.read_bytes())
        try:
            kept = path.read_text("utf-8")
        except (OSError, ValueError):
            kept = ""
        seal, _, drawn = kept.partition("\n")
        if self.opnieuw or seal != _seal(total, drawn):
            drawn = draw(notebook)
            put(path, f"{_seal(total, drawn)}\n{drawn}".encode())
        return drawn


def _seal(total: str, drawn: str) -> str:
    return hashlib.sha256(f"{total}\n{drawn}".encode()).hexdigest()


def changed_rows(old: Afdruk, new: Afdruk) -> list[int]:
    """Return the rows of the file in which two states of a table differ; a record that went has its old row."""
    differ = {k for k in old.keys() | new.keys() if k not in old or k not in new or old[k][1] != new[k][1]}
    return sorted({row for k in differ if (row := (new.get(k) or old[k])[0]) is not None})


def _some(rows: list[int], most: int = 8) -> str:
    shown = [str(r) for r in rows[:most]]
    if len(rows) > most:
        return f"{', '.join(shown)} en {len(rows) - most} andere"
    return f"{', '.join(shown[:-1])} en {shown[-1]}"


def _total(kept: Mapping[str, Any], output: bytes) -> str:
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()
    return hashlib.sha256(text + hashlib.sha256(output).digest()).hexdigest()


@functools.cache
def _sha(path: Path) -> str:
    return sha256(path)


# -- which modules a notebook rests on -------------------------------------------------------------------------------


def _imports(notebook: Path) -> frozenset[str]:
    cells = nbformat.read(notebook, as_version=4).cells
    sources = "\n".join(re.sub(r"^[%!].*$", "", c.source, flags=re.M) for c in cells if c.cell_type == "code")
    return frozenset({*_named(sources), *MAKEN})


def _named(source: str) -> Iterator[str]:
    """Yield the modules of kwlib that a source imports, with those that may be a name in a module."""
    for node in ast.walk(ast.parse(source)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        yield from (name for name in names if name.split(".")[0] == "kwlib")


@functools.cache
def closure(names: frozenset[str]) -> frozenset[Path]:
    """Return the files of kwlib that modules rest on: their own, what these import, and the data that lie beside them.

    Found by reading, not by running: a module that is imported only in some case counts too.
    """
    found: set[Path] = set()
    seen: set[str] = set()
    todo = set(names)
    while todo:
        seen |= todo
        modules = [_module(name) for name in todo]
        found.update(*(files for files, _ in modules))
        todo = {name for _, rests in modules for name in rests} - seen
    return frozenset(found)


@functools.cache
def _module(name: str) -> tuple[list[Path], list[str]]:
    """Return the files of one module, and what it rests on: the package that it lies in and what it imports."""
    base = KWLIB.parent.joinpath(*name.split("."))
    if base.is_dir():
        files = [base / "__init__.py", *(p for kind in ("csv", "yml", "html", "css") for p in base.glob(f"*.{kind}"))]
    else:
        files = [base.with_suffix(".py")] if base.with_suffix(".py").is_file() else []
    package = name.rpartition(".")[0]
    imported = [n for p in files if p.suffix == ".py" for n in _named(p.read_text("utf-8"))]
    return files, [*filter(None, [package]), *imported]
