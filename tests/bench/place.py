"""Where the bench works: a copy of the project in a folder that goes away, and made-up cities of any size in it."""

from __future__ import annotations

import csv
import os
import shutil
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
CITY, YEARS = "voorbeeldstad", (2008, 2009)
# The columns that name what is copied with a project; a source, a thema or a wijk stays what it is.
NAMES = ("project_id", "project_a", "project_b", "van_project_id", "naar_project_id", "plan_project_id",
         "doel_id", "ouder_doel_id", "indicator_id", "continu_met", "bewijs_id", "leerpunt_id")  # fmt: skip
OWN = ("mijlpaal_id", "meting_id", "relatie_id", "overname_id", "overgang_id", "financiering_id", "moment_id",
       "claim_id")  # fmt: skip


class Place:
    """A folder with its own copy of kwlib, and a python that imports that one; projects are made beside it."""

    def __init__(self, folder: Path):
        self.folder, self.kwlib, own = folder, folder / "code" / "kwlib", folder / "venv"
        shutil.copytree(ROOT / "kwlib", self.kwlib, ignore=shutil.ignore_patterns("__pycache__"))
        venv.create(own, symlinks=True)
        self.python = own / "bin" / "python"
        libraries = next(p for p in sys.path if p.endswith("site-packages"))
        (site,) = own.glob("lib/python*/site-packages")
        (site / "bench.pth").write_text(f"{self.kwlib.parent}\n{libraries}\n")
        (own / "share").symlink_to(Path(sys.prefix) / "share")
        for name in ("etc", "var"):
            (own / name).mkdir(exist_ok=True)

    def project(self, name: str) -> Path:
        """Return a project with the notebooks, params and data of this one."""
        root = self.folder / name
        for part in ("data", "notebooks", "params", "registers"):
            shutil.copytree(ROOT / part, root / part)
        shutil.copy(ROOT / "requirements.lock", root)
        return root

    def environment(self, root: Path) -> dict[str, str]:
        """Return the environment of a process that works on a project."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("KW_", "PYTHON", "VIRTUAL_ENV"))}
        return {**kept, "KW_ROOT": str(root), "PYTHONUTF8": "1", "OMP_NUM_THREADS": "1"}


@contextmanager
def place() -> Iterator[Place]:
    """Give a place to work in; nothing of it is left afterwards."""
    with TemporaryDirectory(prefix="kw-bench-") as folder:
        yield Place(Path(folder).resolve())


def rows(root: Path, table: str) -> tuple[Path, list[dict[str, str]]]:
    """Return the file of a table of the made-up city, and its rows."""
    path = root / "data" / CITY / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return path, list(csv.DictReader(file))


def _add(path: Path, new: list[dict[str, str]]) -> None:
    if new:
        with path.open("a", encoding="utf-8", newline="") as file:
            csv.DictWriter(file, list(new[0]), lineterminator="\n").writerows(new)


def krachtwijken(root: Path) -> list[str]:
    """Return the ids of the krachtwijken of the made-up city."""
    return [r["wijk_id"] for r in rows(root, "wijken")[1] if r["rol"] == "krachtwijk"]


def more_wijken(root: Path, times: int) -> None:
    """Let the made-up city have so many times its krachtwijken, all with the same projects."""
    path, wijken = rows(root, "wijken")
    copies = [
        r | {"wijk_id": f"{r['wijk_id']}-{n}", "naam": f"{r['naam']} {chr(64 + n)}"}
        for n in range(1, times) for r in wijken if r["rol"] == "krachtwijk"
    ]  # fmt: skip
    path_links, links = rows(root, "project_wijk")
    links = [r | {"aandeel": r["aandeel"] and "0", "hoofd": "nee"} for r in links]
    _add(path, copies)
    _add(path_links, [r | {"wijk_id": f"{r['wijk_id']}-{n}"} for n in range(1, times) for r in links])


def more_rows(root: Path, times: int) -> int:
    """Let the made-up city have so many times its projects and all that hangs from these; return its rows."""
    total = 0
    for path in sorted((root / "data" / CITY).glob("*.csv")):
        path, old = rows(root, path.stem)
        copied = [r for r in old if any(r.get(name) for name in NAMES)]
        new = [_copy(r, n, path.stem) for n in range(1, times) for r in copied]
        _add(path, new)
        total += len(old) + len(new)
    return total


def _copy(row: dict[str, str], n: int, table: str) -> dict[str, str]:
    names = {k: f"{v}-{n}" for k, v in row.items() if v and k in (*NAMES, *OWN)}
    return row | names | ({"naam": f"{row['naam']} {n}"} if table == "projecten" else {})
