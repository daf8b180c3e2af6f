"""How long a batch of 40 booklets takes (execution, page and PDF): this project, and the tools that people use today.

    python tests/bench/batch.py [--cities 5] [--rounds 3] [WAY ...]

The booklets are those of copies of Voorbeeldstad: four wijken and two years each. The ways: `cli` runs the commands
`papermill` and `jupyter nbconvert --to html` for each booklet, and makes no PDF at all; it is a loop, so it does one
city and its time is multiplied. `papermill` runs two loops of papermill's function at once, without page and PDF.
`ours` is `kw batch booklets`, `dask` the same on a local cluster. `limit` is the code of the notebook as a function,
in two warm processes. Every way is a process of its own, in turn, rounds alternately forwards and backwards; ratios are
taken within a round, then the median. Other work on the machine thus weighs on all alike, and no time is promised.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from kernels import as_function

ROOT = Path(__file__).parents[2]
[NOTEBOOK] = (ROOT / "notebooks" / "wijk").glob("*.ipynb")
WIJKEN, YEARS, CITY = ("kompasbuurt", "lantaarnveld", "sluishoek", "tuinderskwartier"), (2008, 2009), "voorbeeldstad"


def project(root: Path, cities: int) -> list[str]:
    """Make a project with copies of Voorbeeldstad and return their names."""
    shutil.copytree(ROOT / "notebooks" / "wijk", root / "notebooks" / "wijk")
    names = [f"stad{n}" for n in range(cities)]
    for name in names:
        shutil.copytree(ROOT / "data" / CITY, root / "data" / name)
    shutil.copy(ROOT / "data" / "datapackage.json", root / "data")
    (root / "params").mkdir()
    shutil.copy(ROOT / "params" / "rapportage.yml", root / "params")
    for path in (ROOT / "params").glob(f"{CITY}*.yml"):
        for name in names:
            shutil.copy(path, root / "params" / path.name.replace(CITY, name))
    return names


def booklets(cities: Iterable[str]) -> list[dict[str, Any]]:
    """Return the parameters of every booklet."""
    return [
        {"gemeente": city, "jaar": year, "kennis_tot": "", "wijk": wijk}
        for city in cities for year in YEARS for wijk in WIJKEN
    ]  # fmt: skip


def cli(root: Path, cities: list[str]) -> float:
    for values in booklets(cities[:1]):
        output = root / "build" / f"{values['jaar']}-{values['wijk']}.ipynb"
        output.parent.mkdir(exist_ok=True)
        words = [word for name, value in values.items() for word in ("-p", name, str(value))]
        _run("papermill", "--no-progress-bar", *words, NOTEBOOK, output)
        _run("nbconvert", "--to", "html", "--log-level", "ERROR", output)
    return len(cities)


def _papermill(job: tuple[dict[str, Any], Path]) -> None:
    import papermill

    papermill.execute_notebook(NOTEBOOK, job[1], job[0], progress_bar=False)


def papermill(root: Path, cities: list[str]) -> float:
    (root / "build").mkdir()
    jobs = [(values, root / "build" / f"{n}.ipynb") for n, values in enumerate(booklets(cities))]
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(_papermill, jobs))
    return 1


def ours(root: Path, cities: list[str], *more: str) -> float:
    _run("kwlib", "batch", "booklets", "--years", "2008-2009", "--gemeenten", ",".join(cities), *more)
    return 1


def dask(root: Path, cities: list[str]) -> float:
    return ours(root, cities, "--executor", "dask")


def _function(values: dict[str, Any]) -> None:
    as_function(NOTEBOOK, values)


def limit(root: Path, cities: list[str]) -> float:
    jobs = booklets(cities)
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(_function, jobs[:8]))
        begin = time.perf_counter()
        list(pool.map(_function, jobs))
        print(time.perf_counter() - begin)
    return 1


def _run(module: str, *words: str | Path) -> None:
    subprocess.run([sys.executable, "-m", module, *words], check=True, capture_output=True)


WAYS: dict[str, Callable[[Path, list[str]], float]] = {f.__name__: f for f in (cli, papermill, ours, dask, limit)}


def measure(way: str, cities: int) -> float:
    """Return the seconds that a way takes as a process of its own; the limit leaves its start-up out."""
    with tempfile.TemporaryDirectory() as folder:
        project(Path(folder), cities)
        command = [sys.executable, __file__, "--cities", str(cities), "--in", folder, way]
        begin = time.perf_counter()
        done = subprocess.run(
            command, check=True, capture_output=True, text=True, env={**os.environ, "KW_ROOT": folder}
        )
        took = time.perf_counter() - begin
        *own, times = done.stdout.split()
        return float(own[0]) if own else took * float(times)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cities", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--in", dest="folder", type=Path)
    parser.add_argument("ways", nargs="*", metavar="WAY", help=", ".join(WAYS))
    asked = parser.parse_args()
    if asked.folder:
        print(WAYS[asked.ways[0]](asked.folder, [f"stad{n}" for n in range(asked.cities)]))
        return
    ways = [w for w in WAYS if w in (asked.ways or WAYS) or w == "ours"]
    rounds = [
        {way: measure(way, asked.cities) for way in (ways if i % 2 else reversed(ways))} for i in range(asked.rounds)
    ]
    for way in ways:
        ratios = sorted(r[way] / r["ours"] for r in rounds)
        print(f"{way:<9} {statistics.median(ratios):5.2f} x ours ({ratios[0]:.2f} to {ratios[-1]:.2f})")


if __name__ == "__main__":
    main()
