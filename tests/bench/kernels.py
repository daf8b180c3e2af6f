"""How long a batch of notebooks takes, as a multiple of the limit: the same code as functions in warm processes.

    python tests/bench/kernels.py [--n 40] [--rounds 3] [--notebook PATH] [WAY ...]

Every way runs as a process of its own, in turn, rounds alternately forwards and backwards; ratios are taken within a
round, then the median. Other work on the machine thus weighs on all ways alike, and no absolute time is promised.
"""

from __future__ import annotations

import argparse
import ast
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import nbformat

ROOT = Path(__file__).parents[2]
CHAPTER = ROOT / "notebooks" / "rapportage" / "30_terugblik_per_thema.ipynb"
VALUES = {"gemeente": "groningen", "jaar": 2009, "kennis_tot": ""}


def as_function(notebook: Path, values: Mapping[str, Any] = VALUES) -> float:
    """Run the code of a notebook in this process, show the value of each cell as a kernel would; return CPU time."""
    begin = time.process_time()
    space: dict[str, object] = {}
    for cell in nbformat.read(notebook, as_version=4).cells:
        body = ast.parse(cell.source).body if cell.cell_type == "code" else []
        last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), "cel", "exec"), space)
        if last:
            value = eval(compile(ast.Expression(last.value), "cel", "eval"), space)
            repr(value._repr_mimebundle_() if hasattr(value, "_repr_mimebundle_") else value)
        if "parameters" in cell.metadata.get("tags", []):
            space |= values
    return time.process_time() - begin


def limit(notebook: Path, n: int, _folder: Path) -> tuple[float, float]:
    """Return the wall and CPU seconds that n runs take in two processes that have everything loaded."""
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(as_function, [notebook] * 8))
        begin = time.perf_counter()
        cpu = sum(pool.map(as_function, [notebook] * n))
        return time.perf_counter() - begin, cpu


def cli(notebook: Path, n: int, folder: Path) -> None:
    """Run papermill's command n times."""
    values = [word for name, value in VALUES.items() for word in ("-p", name, str(value))]
    for i in range(n):
        papermill = [sys.executable, "-m", "papermill", "--no-progress-bar", *values]
        subprocess.run([*papermill, notebook, folder / f"{i}.ipynb"], check=True, capture_output=True)


def _papermill(notebook: Path, output: Path) -> None:
    import papermill

    papermill.execute_notebook(notebook, output, VALUES, progress_bar=False)


def pool(notebook: Path, n: int, folder: Path) -> None:
    """Run papermill as a function in a pool of two processes."""
    with ProcessPoolExecutor(2) as executor:
        list(executor.map(_papermill, [notebook] * n, [folder / f"{i}.ipynb" for i in range(n)]))


def runner(notebook: Path, n: int, folder: Path) -> None:
    """Run the batch as this project does."""
    from kwlib.report.run import OK, Job, Limits, run

    jobs = [Job(notebook, folder / f"{i}.ipynb") for i in range(n)]
    if any(o.status != OK for o in run(jobs, VALUES, Limits(), extra={"KW_ROOT": str(ROOT)})):
        raise SystemExit("Een notebook is mislukt.")


def ordinary(notebook: Path, n: int, folder: Path) -> None:
    """Run the batch as this project does where kernels cannot be forked."""
    os.environ["KW_KERNELS"] = "gewoon"
    runner(notebook, n, folder)


WAYS: dict[str, Callable[[Path, int, Path], tuple[float, float] | None]] = {
    f.__name__: f for f in (cli, pool, ordinary, runner, limit)
}


def cpu() -> float:
    """Return the CPU seconds of all processes that ended below this one."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(way: str, notebook: Path, n: int) -> tuple[float, float]:
    """Return the wall and CPU seconds of a way as a process of its own; the limit leaves its start-up out."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, "--n", str(n), "--notebook", str(notebook), "--in", folder, way]
        env = {**os.environ, "KW_ROOT": str(ROOT)}
        begin, used = time.perf_counter(), cpu()
        said = subprocess.run(command, check=True, capture_output=True, text=True, env=env).stdout
        whole = time.perf_counter() - begin, cpu() - used
        return ast.literal_eval(said) or whole


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--notebook", type=Path, default=CHAPTER)
    parser.add_argument("--in", dest="folder", type=Path)
    parser.add_argument("ways", nargs="*", metavar="WAY", help=", ".join(WAYS))
    asked = parser.parse_args()
    if asked.folder:
        print(WAYS[asked.ways[0]](asked.notebook, asked.n, asked.folder))
        return
    ways = [w for w in WAYS if w in (asked.ways or WAYS) or w == "limit"]
    rounds = [
        {way: measure(way, asked.notebook, asked.n) for way in (ways if i % 2 else reversed(ways))}
        for i in range(asked.rounds)
    ]
    for way in ways:
        wall, used = (sorted(r[way][k] / r["limit"][k] for r in rounds) for k in (0, 1))
        print(f"{way:<9} wall {statistics.median(wall):5.2f} x the limit ({wall[0]:.2f} to {wall[-1]:.2f}), "
              f"CPU {statistics.median(used):5.2f} x")  # fmt: skip


if __name__ == "__main__":
    main()
