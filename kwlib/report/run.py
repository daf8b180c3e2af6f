"""Run notebooks through papermill: each in its own kernel, several at once, each with an honest status of its own."""

from __future__ import annotations

import logging
import re
import sys
import threading
import uuid
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from kwlib.report import executors, kernels, parameters
from kwlib.report.fout import REDENEN, ModelFout, message, silent_failure
from kwlib.report.kernels import SPEC, Kernel
from kwlib.report.notebook import cell_number, heading_above, scrub, settle, write

OK, FOUT, TIME_OUT, DOOD, GESTOPT = "ok", "fout", "time-out", "kernel dood", "gestopt"
# What Python says when memory is full, and what the messaging below it says when it is the first to find out.
VOL = re.compile("MemoryError|OUT OF MEMORY")


@dataclass(frozen=True)
class Job:
    """One notebook to run: where its executed copy goes, and the values that it does not share with the others.

    `then` makes what follows from the executed copy (its path), in the same place; it may raise ModelFout. With a file
    `gelezen` the notebook lists there which tables it looks at, and can open no file that was not declared.
    """

    notebook: Path
    output: Path
    values: Mapping[str, Any] = field(default_factory=dict, compare=False)
    then: Callable[[Path], None] | None = field(default=None, compare=False)
    gelezen: Path | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        own = f" ({', '.join(map(str, self.values.values()))})" if self.values else ""
        return f"{self.notebook.parent.name}/{self.notebook.stem}{own}"


@dataclass(frozen=True)
class Limits:
    """Seconds that one cell and one notebook may take, and MB of memory that a notebook may take."""

    cel: float = 120
    hoofdstuk: float = 300
    geheugen: int = 2048

    @property
    def vol(self) -> str:
        return f"Er is meer dan {self.geheugen} MB geheugen nodig (geheugen_mb)."


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


def _death(kernel: Kernel, limits: Limits) -> tuple[str, str]:
    """Return status and words for a kernel that is gone; one that ran out of memory is as one that says so itself."""
    words = kernel.last_words()
    return (FOUT, limits.vol) if VOL.search(words) else (DOOD, words)


def _execute(job: Job, values: Mapping[str, Any], limits: Limits, kernel: Kernel, tick: Callable[[], None]):
    """Return status, cell index, message and the notebook as far as it came."""
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.engines import papermill_engines
    from papermill.exceptions import PapermillExecutionError
    from papermill.execute import execute_notebook, raise_for_execution_errors

    for name in ("papermill", "asyncio"):  # what they say of a dead kernel is said below, in Dutch
        logging.getLogger(name).setLevel(logging.CRITICAL)
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
        # In these steps, and not in one, papermill does not write out what it made, which costs more than to make it.
        nb = execute_notebook(nbformat.read(job.notebook, as_version=4), None, values, kernel_name=SPEC.name,
                              language=SPEC.language, prepare_only=True)  # fmt: skip
        seen["nb"] = papermill_engines.execute_notebook_with_engine(
            None, nb, SPEC.name, progress_bar=False, log_output=False, start_timeout=60, execution_timeout=limits.cel,
            shutdown_kernel="immediate", kernel_manager_class=kernel.manager, record_timing=False,
            on_notebook_start=on_start, on_cell_start=on_cell,
        )  # fmt: skip
        raise_for_execution_errors(nb, None)
        failure = silent_failure(seen["nb"])
        return (FOUT, *failure, seen["nb"]) if failure else (OK, None, "", seen["nb"])
    except PapermillExecutionError as error:
        full = kernel.full or error.ename.endswith("MemoryError")
        return FOUT, error.cell_index, limits.vol if full else message(error), seen["nb"]
    except CellTimeoutError:
        return TIME_OUT, seen["cel"], f"De cel duurde langer dan {limits.cel:g} seconden.", seen["nb"]
    except Exception as error:
        if kernel.stopped:
            return GESTOPT, None, "", None
        if kernel.late:
            return TIME_OUT, seen["cel"], f"Het hoofdstuk duurde langer dan {limits.hoofdstuk:g} seconden.", seen["nb"]
        if isinstance(error, (DeadKernelError, RuntimeError)):
            status, words = _death(kernel, limits)
            return status, seen["cel"], words, seen["nb"]
        return FOUT, seen["cel"], f"{type(error).__name__}: {error}", seen["nb"]
    finally:
        clock.cancel()


def execute(
    job: Job,
    values: Mapping[str, Any],
    limits: Limits,
    extra: Mapping[str, str],
    batch: str,
    tick: Callable[[], None] = lambda: None,
) -> Outcome:
    """Run one notebook in a kernel of this machine; its output appears whole, and only when every cell has succeeded.

    `batch` names the run that it is part of, for `kernels.stop`. All arguments but `tick` can be sent elsewhere.
    """
    values = {**values, **job.values}
    edition = {"KW_EDITION": "|".join(str(values[name]) for name in parameters.CONTRACT)}
    edition |= {"KW_GELEZEN": str(job.gelezen)} if job.gelezen else {}
    try:
        with kernels.start(batch, {**extra, **edition}, limits.geheugen) as kernel:
            status, index, text, nb = _execute(job, values, limits, kernel, tick)
        if status == OK:
            write(settle(scrub(nb)), job.output)
            if job.then:
                job.then(job.output)
            return Outcome(job, OK)
        if nb is not None:
            write(scrub(nb), job.output.with_name(f"{job.output.stem}.mislukt.ipynb"))
    except ModelFout as error:
        status, index, text = FOUT, error.cel and error.cel - 1, error.wat
    except (OSError, parameters.InvoerFout) as error:
        why = REDENEN.get(getattr(error, "errno", 0), getattr(error, "strerror", "") or error)
        return Outcome(job, FOUT, bericht=f"Het resultaat is niet opgeslagen. {why}")
    heading = heading_above(nb, index) if nb is not None and index is not None else ""
    return Outcome(job, status, cell_number(nb, index) if nb is not None else None, heading, text)


class _Batch:
    """The jobs of one run: how they ended, and where the rest is; `name` marks its kernels, on whatever machine."""

    def __init__(self, jobs: list[Job], alike: tuple, started: Callable, ended: Callable):
        self.jobs, self.alike, self.started, self.ended = jobs, alike, started, ended
        self.name = uuid.uuid4().hex
        self.outcomes: dict[Job, Outcome] = {}
        self.futures: dict[Future, Job] = {}

    @property
    def left(self) -> list[Job]:
        return [job for job in self.jobs if job not in self.outcomes]

    def tell(self, outcome: Outcome) -> None:
        self.outcomes[outcome.job] = outcome
        self.ended(outcome)

    def attempt(self, executor: Executor, lossy: bool = False) -> None:
        """Run what is left; what an executor loses stays left."""
        ticks = isinstance(executor, ThreadPoolExecutor)
        self.futures = {}
        for job in self.left:
            tick = [self.started(job)] if ticks else []
            self.futures[executor.submit(execute, job, *self.alike, self.name, *tick)] = job
        for future in executors.completed(executor, self.futures):
            if not (lossy and _lost(future)):
                self.tell(future.result())

    def stop(self, executor: Executor | None) -> None:
        """End all that runs, and tell of every job how it ended."""
        for future in self.futures:
            future.cancel()
        executors.halt(executor, self.name)
        wait(self.futures, timeout=1)
        for future, job in self.futures.items():
            if job not in self.outcomes:
                done = future.done() and not _lost(future)
                self.tell(future.result() if done else Outcome(job, GESTOPT))


def _lost(future: Future) -> bool:
    return future.cancelled() or future.exception() is not None


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
    """Run all notebooks and return their outcomes in order; raise InvoerFout, before it starts, when one is unfit.

    `started(job)` gives the function that is called at each cell, where threads run them; `ended(outcome)` is told how
    each notebook ended. What an executor loses, because its processes or its scheduler are gone, is run by threads of
    this process. Ctrl-C ends every kernel at once; what was not done by then ends as GESTOPT.
    """
    jobs = list(jobs)
    parameters.check_all([(job.notebook, job.values) for job in jobs], values)
    batch = _Batch(jobs, (values, limits, dict(extra or {})), started, ended)
    try:
        if executor is not None:
            with suppress(Exception):
                batch.attempt(executor, lossy=True)
            if lost := len(batch.left):
                print(f"De rekenprocessen zijn weg. Deze computer maakt de {lost} overige notebooks.", file=sys.stderr)
        if batch.left:
            size = min(executors.workers(), len(batch.left))
            batch.attempt(ThreadPoolExecutor(size, thread_name_prefix="notebook"))
    except BaseException:
        batch.stop(executor)
        raise
    finally:
        executors.release(executor, batch.name)
    return [batch.outcomes[job] for job in jobs]
