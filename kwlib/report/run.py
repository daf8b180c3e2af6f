"""Run chapters through papermill: each in its own kernel, several at once, each with an honest status of its own."""

from __future__ import annotations

import logging
import os
import re
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from kwlib.report import parameters as contract
from kwlib.report.kernels import SPEC, Kernel, Kernels
from kwlib.report.notebook import heading_above, place, scrub, settle, write

OK, FOUT, TIME_OUT, DOOD, GESTOPT = "ok", "fout", "time-out", "kernel dood", "gestopt"
KLEUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Job:
    """One chapter: the notebook to run and where its executed copy goes."""

    notebook: Path
    output: Path

    @property
    def name(self) -> str:
        return f"{self.notebook.parent.name}/{self.notebook.stem}"


@dataclass(frozen=True)
class Limits:
    """Seconds that one cell and one notebook may take."""

    cel: float = 120
    hoofdstuk: float = 300


@dataclass(frozen=True)
class Outcome:
    """How one chapter ended; `cel` is its cell in the source notebook, counted from 1."""

    job: Job
    status: str
    cel: int | None = None
    kop: str = ""
    bericht: str = ""

    def text(self) -> str:
        """Return the outcome in Dutch, on one line."""
        where = f", cel {self.cel}" if self.cel else ""
        heading = f" (onder ‘{self.kop}’)" if self.kop else ""
        return f"{self.job.name}{where}{heading}: {self.status}. {self.bericht}".rstrip()


def message(error: Any) -> str:
    """Return the last line of a cell's error, and the notes that came with it (the record at hand)."""
    lines = KLEUR.sub("", "\n".join(error.traceback)).splitlines()
    first = f"{error.ename}: {error.evalue.splitlines()[0]}" if error.evalue else error.ename
    start = max((n for n, line in enumerate(lines) if line.startswith(error.ename)), default=len(lines))
    size = max(1, len(error.evalue.splitlines()))
    notes = [line.strip() for line in lines[start + size :] if line.strip()]
    return " ".join([first, *(f"[{note}]" for note in notes[:3])])[:500]


def _silent_failure(nb: Any) -> tuple[int, str] | None:
    """Return cell and message of an error or a skipped cell that papermill takes for success (such as sys.exit(0))."""
    for n, cell in enumerate(nb.cells):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        for output in cell.outputs:
            if output.output_type == "error":
                return n, f"{output.ename}: {output.evalue}".rstrip(": ")
        if cell.execution_count is None:
            return n, "De cel is niet uitgevoerd."
    return None


def _execute(job: Job, values: Mapping[str, Any], limits: Limits, kernel: Kernel, tick: Callable[[], None]):
    """Return status, cell index, message and the notebook as far as it came."""
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    seen: dict[str, Any] = {"nb": None, "cel": None}

    def on_start(notebook):
        seen["nb"] = notebook

    def on_cell(cell_index, **_):
        seen["cel"] = cell_index
        tick()

    clock = threading.Timer(limits.hoofdstuk, kernel.expire)
    clock.daemon = True
    clock.start()
    try:
        seen["nb"] = papermill.execute_notebook(
            nbformat.read(job.notebook, as_version=4), None, dict(values), kernel_name=SPEC.name,
            language=SPEC.language, progress_bar=False, start_timeout=60,
            execution_timeout=limits.cel, request_save_on_cell_execute=False, shutdown_kernel="immediate",
            kernel_manager_class=kernel.manager, record_timing=False, on_notebook_start=on_start, on_cell_start=on_cell,
        )  # fmt: skip
        failure = _silent_failure(seen["nb"])
        return (FOUT, *failure, seen["nb"]) if failure else (OK, None, "", seen["nb"])
    except papermill.PapermillExecutionError as error:
        return FOUT, error.cell_index, message(error), seen["nb"]
    except CellTimeoutError:
        return TIME_OUT, seen["cel"], f"De cel duurde langer dan {limits.cel:g} seconden.", seen["nb"]
    except Exception as error:
        if kernel.run.stopped:
            return GESTOPT, None, "", None
        if kernel.late:
            return TIME_OUT, seen["cel"], f"Het hoofdstuk duurde langer dan {limits.hoofdstuk:g} seconden.", seen["nb"]
        if isinstance(error, (DeadKernelError, RuntimeError)):
            return DOOD, seen["cel"], kernel.last_words() or "Het rekenproces is plotseling gestopt.", seen["nb"]
        return FOUT, seen["cel"], f"{type(error).__name__}: {error}", seen["nb"]
    finally:
        clock.cancel()


def execute(job: Job, values: Mapping[str, Any], limits: Limits, kernels: Kernels, tick: Callable[[], None]) -> Outcome:
    """Run one chapter; its output appears whole, and only when every cell has succeeded."""
    with kernels.one() as kernel:
        status, index, text, nb = _execute(job, values, limits, kernel, tick)
    if status == OK:
        write(settle(scrub(nb)), job.output)
        return Outcome(job, OK)
    if nb is not None and not kernels.stopped:
        write(scrub(nb), job.output.with_name(f"{job.output.stem}.mislukt.ipynb"))
    heading = heading_above(nb, index) if nb is not None and index is not None else ""
    return Outcome(job, status, place(nb, index) if nb is not None else None, heading, text)


def workers() -> int:
    """Return how many chapters run at once: two per core, since a client often waits for its kernel."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return 2 * cores


def _stop(executor: Executor, kernels: Kernels, futures: Iterable[Future]) -> None:
    executor.shutdown(wait=False, cancel_futures=True)
    end = time.monotonic() + 1.0
    while time.monotonic() < end and not all(f.done() for f in futures):
        kernels.stop()
        wait(futures, timeout=0.05)


def run(
    jobs: Iterable[Job],
    values: Mapping[str, Any],
    limits: Limits,
    *,
    started: Callable[[Job], Callable[[], None]] = lambda _: lambda: None,
    ended: Callable[[Outcome], None] = lambda _: None,
    extra: Mapping[str, str] | None = None,
    executor: Executor | None = None,
) -> list[Outcome]:
    """Run all chapters and return their outcomes in order; raise InvoerFout, before anything starts, when one is unfit.

    `started(job)` gives the function that is called at each cell, `ended(outcome)` is told how a chapter ended.
    Ctrl-C ends every kernel at once.
    """
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    jobs = list(jobs)
    contract.check_all(((j.notebook, nbformat.read(j.notebook, as_version=4)) for j in jobs), values)
    executor = executor or ThreadPoolExecutor(min(workers(), max(1, len(jobs))), thread_name_prefix="hoofdstuk")
    with Kernels(extra) as kernels:
        futures = {executor.submit(execute, j, values, limits, kernels, started(j)): j for j in jobs}
        waiting = set(futures)
        try:
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for outcome in sorted((f.result() for f in done), key=lambda o: o.job.name):
                    ended(outcome)
        except BaseException:
            _stop(executor, kernels, futures)
            raise
        executor.shutdown()
        return [f.result() for f in futures]
