"""The ways to make a report or booklets, each a process of its own: python tests/bench/ways.py WAY [ARGUMENTS].

KW_ROOT names the project. The last line says, as JSON, how often the work must be done for the whole (`times`), and
what it took when the start of the process does not count (`wall`, `cpu`).
"""

from __future__ import annotations

import ast
import dataclasses
import functools
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
from place import CITY, YEARS, krachtwijken

ROOT = Path(os.environ.get("KW_ROOT", "."))
BUILD = ROOT / "build" / "bench"
REPORT = {"gemeente": "groningen", "jaar": 2009, "kennis_tot": ""}
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), "")


def booklet() -> Path:
    """Return the notebook of the booklet."""
    (found,) = (ROOT / "notebooks" / "wijk").glob("*.ipynb")
    return found


def jobs(what: str) -> list[tuple[Path, dict[str, Any], Path]]:
    """Return notebook, parameters and output of everything to make: the chapters of a report, or all booklets."""
    if what == "booklets":
        wanted = [(year, wijk) for wijk in krachtwijken(ROOT) for year in YEARS]
        value = {"gemeente": CITY, "kennis_tot": ""}
        return [(booklet(), value | {"jaar": y, "wijk": w}, BUILD / f"{y}-{w}.ipynb") for y, w in wanted]
    found = [p for kind in ("rapportage", "brief") for p in sorted((ROOT / "notebooks" / kind).glob("*.ipynb"))]
    return [(p, REPORT, BUILD / p.name) for p in found]


def some(what: str, part: int, of: int) -> list:
    """Return one of so many parts of the work; all rounds together do everything."""
    BUILD.mkdir(parents=True, exist_ok=True)
    return jobs(what)[part % of :: of]


def run(module: str, *words: str | Path) -> None:
    subprocess.run([sys.executable, "-m", module, *map(str, words)], check=True, capture_output=True)


def cli(what: str, part: str, of: str) -> dict[str, float]:
    """Make notebook, page and PDF as people do today: three commands each, one after the other."""
    found = some(what, int(part), int(of))
    for notebook, values, output in found:
        words = [word for name, value in values.items() for word in ("-p", name, value)]
        run("papermill", "--no-progress-bar", *words, notebook, output)
        run("nbconvert", "--to", "html", "--log-level", "ERROR", output)
        page = output.with_suffix(".html")
        if CHROMIUM:
            command = [CHROMIUM, "--headless", "--no-sandbox", f"--print-to-pdf={page}.pdf", page.as_uri()]
            subprocess.run(command, check=True, capture_output=True)
    return {"times": len(jobs(what)) / len(found)}


def _papermill(job: tuple) -> None:
    import papermill

    papermill.execute_notebook(job[0], job[2], job[1], progress_bar=False)


def papermill(what: str, part: str, of: str) -> dict[str, float]:
    """Run the notebooks with papermill in two processes; no page, no PDF."""
    found = some(what, int(part), int(of))
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(_papermill, found))
    return {"times": len(jobs(what)) / len(found)}


def _once() -> None:
    """Let this process read an edition once, and give each notebook a store that remembers nothing of another."""
    import kwlib.preload  # noqa: F401  what is loaded at a kernel's start
    from kwlib import edition

    read = functools.cache(edition._read)
    edition._read = lambda *asked: dataclasses.replace(read(*asked), memo={})


def as_function(job: tuple[Path, Mapping[str, Any], Path]) -> float:
    """Run the code of a notebook in this process, show what each cell ends in; return the seconds of the processor."""
    begin = time.process_time()
    space: dict[str, object] = {}
    for cell in nbformat.read(job[0], as_version=4).cells:
        body = ast.parse(cell.source).body if cell.cell_type == "code" else []
        last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), "cel", "exec"), space)
        if last:
            value = eval(compile(ast.Expression(last.value), "cel", "eval"), space)
            repr(value._repr_mimebundle_() if hasattr(value, "_repr_mimebundle_") else value)
        if "parameters" in cell.metadata.get("tags", []):
            space |= job[1]
    return time.process_time() - begin


def limit(what: str) -> dict[str, float]:
    """Run the code of the notebooks as functions, in two processes that have everything loaded and read."""
    todo = jobs(what)
    with ProcessPoolExecutor(2, initializer=_once) as pool:
        list(pool.map(as_function, todo[:8]))
        begin = time.monotonic()
        cpu = sum(pool.map(as_function, todo))
        return {"wall": time.monotonic() - begin, "cpu": cpu}


def _batch(boekjes: list, then: bool) -> tuple[list[float], list[float]]:
    """Run booklets in one batch, with page and PDF or not; return when each ended, and the MB of this process then."""
    from kwlib import batch
    from kwlib.report.run import OK, Job, Limits
    from kwlib.report.run import run as execute

    todo = [Job(booklet(), b.path(".ipynb"), b.values, functools.partial(batch.make, b) if then else None)
            for b in boekjes]  # fmt: skip
    ends, sizes = [], []

    def ended(outcome: Any) -> None:
        if outcome.status != OK:
            raise SystemExit(outcome.text())
        ends.append(time.monotonic())
        sizes.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)

    with batch.shared(batch._packed.values()) as more:
        execute(todo, {}, Limits(), ended=ended, extra={"KW_ROOT": str(ROOT)} | more)
    return ends, sizes


def _asked() -> list:
    from kwlib import batch, config

    return [dataclasses.replace(b, folder=BUILD / str(b.jaar))
            for b in batch.asked(config.paths(), [CITY], map(str, YEARS))]  # fmt: skip


def execution() -> dict[str, float]:
    """Run the booklets' notebooks as this project does, without page and PDF; without the start, see `_each`."""
    ends, _ = _batch(_asked(), then=False)
    return {"wall": _each(ends) * len(ends)}


def _each(ends: list[float]) -> float:
    """Return the time per booklet once all runs: from the end of the first few, which started together, to the last."""
    from kwlib.report import executors

    first = min(executors.workers(), len(ends) - 1)
    return (ends[-1] - ends[first - 1]) / (len(ends) - first)


def many(count: str) -> dict[str, float]:
    """Make so many booklets with page and PDF in one batch: all there are, again and again, in folders of their own.

    `each` is the time per booklet (see `_each`), `growth` the MB that this process grew after the first tenth.
    """
    made = _asked()
    turns = ((made[n % len(made)], str(n // len(made))) for n in range(int(count)))
    copies = [dataclasses.replace(b, folder=b.folder / turn) for b, turn in turns]
    ends, sizes = _batch(copies, then=True)
    return {"each": _each(ends), "growth": sizes[-1] - sizes[len(sizes) // 10]}


def rows(protection: str) -> dict[str, float]:
    """Read and check the city, protect it if asked, and run a booklet as a function; seconds of the processor each."""
    from kwlib import config, edition
    from kwlib.data import check, make_store, read_schema

    at = config.paths()
    params = config.load(CITY, YEARS[-1], "", at)
    laps = [time.process_time()]
    result = check(at.data / CITY, read_schema(at.schema), params.mapping())
    laps.append(time.process_time())
    store = edition.protected(result, params, at) if int(protection) else make_store(result, params.mapping())
    laps.append(time.process_time())
    edition._read = lambda *_: store
    as_function(next(j for j in jobs("booklets") if j[1]["jaar"] == YEARS[-1]))
    laps.append(time.process_time())
    names = ("check", "protect", "booklet")
    return {name: after - before for name, before, after in zip(names, laps, laps[1:], strict=False)}


WAYS = {f.__name__: f for f in (cli, papermill, limit, execution, many, rows)}

if __name__ == "__main__":
    print(f"\n{json.dumps(WAYS[sys.argv[1]](*sys.argv[2:]))}")
