"""How long a batch of 40 booklets takes (execution, page and PDF): this project, and the tools that people use today.

    python tests/bench/batch.py [--copies 5] [--rounds 3] [WAY ...]

The booklets are those of Voorbeeldstad with five copies of each of its four wijken, for two years. The ways: `cli` runs
the commands `papermill` and `jupyter nbconvert --to html` for each booklet, and makes no PDF at all; it is a loop, so
it does every fifth and its time is multiplied; `cli_pdf` also prints each page with chromium. `papermill` runs two
loops of papermill's function at once, without page and PDF. `ours` is `kw batch booklets`, `dask` the same on a local
cluster. `limit` is the code of the notebook as a function, in two warm processes. Every way is a process of its own, in
turn, rounds alternately forwards and backwards; ratios are taken within a round, then the median. Wall ratios depend on
how busy the machine is, CPU ratios hardly.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from kernels import as_function, cpu

ROOT = Path(__file__).parents[2]
[NOTEBOOK] = (ROOT / "notebooks" / "wijk").glob("*.ipynb")
CITY, YEARS = "voorbeeldstad", (2008, 2009)


def project(root: Path, copies: int) -> None:
    """Make a project of Voorbeeldstad alone, in which every krachtwijk is there more than once."""
    shutil.copytree(ROOT / "notebooks" / "wijk", root / "notebooks" / "wijk")
    shutil.copytree(ROOT / "data" / CITY, root / "data" / CITY)
    shutil.copy(ROOT / "data" / "datapackage.json", root / "data")
    (root / "params").mkdir()
    for path in (ROOT / "params" / "rapportage.yml", *(ROOT / "params").glob(f"{CITY}*.yml")):
        shutil.copy(path, root / "params")
    wijken, krachtwijken = _rows(root, "wijken")
    krachtwijken = [r for r in krachtwijken if r["rol"] == "krachtwijk"]
    _add(wijken, [_copy(r, n) | {"naam": f"{r['naam']} {chr(65 + n)}"} for n in range(1, copies) for r in krachtwijken])
    links, rows = _rows(root, "project_wijk")
    rows = [r | {"aandeel": r["aandeel"] and "0", "hoofd": "nee"} for r in rows]
    _add(links, [_copy(r, n) for n in range(1, copies) for r in rows])


def _rows(root: Path, table: str) -> tuple[Path, list[dict[str, str]]]:
    path = root / "data" / CITY / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return path, list(csv.DictReader(file))


def _copy(row: dict[str, str], n: int) -> dict[str, str]:
    return row | {"wijk_id": f"{row['wijk_id']}-{n}"}


def _add(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, list(rows[0]), lineterminator="\n").writerows(rows)


def booklets(root: Path) -> list[dict[str, Any]]:
    """Return the parameters of every booklet."""
    ids = [r["wijk_id"] for r in _rows(root, "wijken")[1] if r["rol"] == "krachtwijk"]
    return [{"gemeente": CITY, "jaar": year, "kennis_tot": "", "wijk": wijk} for year in YEARS for wijk in ids]


def cli(root: Path, copies: int, pdf: bool = False) -> float:
    for values in booklets(root)[::copies]:
        output = root / "build" / f"{values['jaar']}-{values['wijk']}.ipynb"
        output.parent.mkdir(exist_ok=True)
        words = [word for name, value in values.items() for word in ("-p", name, str(value))]
        _run("papermill", "--no-progress-bar", *words, NOTEBOOK, output)
        _run("nbconvert", "--to", "html", "--log-level", "ERROR", output)
        if pdf:
            page = output.with_suffix(".html")
            command = ["chromium", "--headless", "--no-sandbox", f"--print-to-pdf={page}.pdf", page.as_uri()]
            subprocess.run(command, check=True, capture_output=True)
    return copies


def cli_pdf(root: Path, copies: int) -> float:
    return cli(root, copies, pdf=True)


def _papermill(job: tuple[dict[str, Any], Path]) -> None:
    import papermill

    papermill.execute_notebook(NOTEBOOK, job[1], job[0], progress_bar=False)


def papermill(root: Path, copies: int) -> float:
    (root / "build").mkdir()
    jobs = [(values, root / "build" / f"{n}.ipynb") for n, values in enumerate(booklets(root))]
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(_papermill, jobs))
    return 1


def ours(root: Path, copies: int, *more: str) -> float:
    _run("kwlib", "batch", "booklets", "--years", "2008-2009", "--gemeenten", CITY, *more)
    return 1


def dask(root: Path, copies: int) -> float:
    return ours(root, copies, "--executor", "dask")


def _function(values: dict[str, Any]) -> None:
    as_function(NOTEBOOK, values)


def limit(root: Path, copies: int) -> float:
    jobs = booklets(root)
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(_function, jobs[:8]))
        begin = time.perf_counter()
        list(pool.map(_function, jobs))
        print(time.perf_counter() - begin)
    return 1


def _run(module: str, *words: str | Path) -> None:
    subprocess.run([sys.executable, "-m", module, *words], check=True, capture_output=True)


WAYS: dict[str, Callable[[Path, int], float]] = {f.__name__: f for f in (cli, cli_pdf, papermill, ours, dask, limit)}


def measure(way: str, copies: int) -> tuple[float, float]:
    """Return the wall and CPU seconds of a way as a process of its own; the limit leaves its start-up out."""
    with tempfile.TemporaryDirectory() as folder:
        project(Path(folder), copies)
        command = [sys.executable, __file__, "--copies", str(copies), "--in", folder, way]
        env = {**os.environ, "KW_ROOT": folder}
        begin, used = time.perf_counter(), cpu()
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=env)
        took, used = time.perf_counter() - begin, cpu() - used
        *own, times = map(float, done.stdout.split())
        return (own[0], used) if own else (took * times, used * times)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--copies", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--in", dest="folder", type=Path)
    parser.add_argument("ways", nargs="*", metavar="WAY", help=", ".join(WAYS))
    asked = parser.parse_args()
    if asked.folder:
        print(WAYS[asked.ways[0]](asked.folder, asked.copies))
        return
    ways = [w for w in WAYS if w in (asked.ways or WAYS) or w == "ours"]
    rounds = [
        {way: measure(way, asked.copies) for way in (ways if i % 2 else reversed(ways))} for i in range(asked.rounds)
    ]
    for way in ways:
        wall, used = (sorted(r[way][k] / r["ours"][k] for r in rounds) for k in (0, 1))
        print(f"{way:<9} wall {statistics.median(wall):5.2f} x ours ({wall[0]:.2f} to {wall[-1]:.2f}), "
              f"CPU {statistics.median(used):5.2f} x")  # fmt: skip


if __name__ == "__main__":
    main()
