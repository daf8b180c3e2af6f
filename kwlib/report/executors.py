"""Where notebooks run: threads of this process, or any other executor, such as the workers of a Dask cluster."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Collection, Iterator
from concurrent.futures import Executor, Future
from contextlib import ExitStack, contextmanager, suppress
from queue import Empty, SimpleQueue
from typing import Any

from kwlib.contract import Fout, InvoerFout, meant
from kwlib.report import kernels

KINDS = ("threads", "dask")
PATIENCE = 10  # seconds that a scheduler may take to answer, and to find a worker


def workers() -> int:
    """Return how many notebooks run at once: two per core, since a client often waits for its kernel."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return 2 * cores


@contextmanager
def executor(kind: str = "threads", scheduler: str = "") -> Iterator[Executor | None]:
    """Give the executor that is asked for and clear it away afterwards; None stands for the threads of `run` itself.

    `scheduler` is the address of a Dask cluster to join, of machines that see the same files; without one a cluster of
    this machine is started. Raise InvoerFout when it cannot be had.
    """
    if kind not in KINDS:
        hint = meant(kind, KINDS) or f"Kies uit {', '.join(KINDS)}."
        raise InvoerFout(Fout(f"De executor '{kind}' is onbekend.", hint))
    if scheduler and kind != "dask":
        raise InvoerFout(Fout("Een scheduler hoort bij dask.", "Vraag om --executor dask, of laat --scheduler weg."))
    with ExitStack() as stack:
        yield _dask(scheduler, stack).get_executor(pure=False) if kind == "dask" else None


def _dask(scheduler: str, stack: ExitStack) -> Any:
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        hint = "Zet het erbij met: .venv/bin/pip install distributed"
        raise InvoerFout(Fout("Dask staat niet in deze omgeving.", hint)) from None
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # `run` says in Dutch what is lost
    cluster: Any = scheduler
    if not scheduler:
        folder = tempfile.TemporaryDirectory(prefix="kw-dask-", ignore_cleanup_errors=True)
        own = {
            "local_directory": stack.enter_context(folder),
            "dashboard_address": None,
            "silence_logs": logging.CRITICAL,
        }
        cluster = stack.enter_context(LocalCluster(n_workers=1, threads_per_worker=workers(), **own))
    try:
        client = stack.enter_context(Client(cluster, timeout=PATIENCE))
    except (OSError, ValueError):
        hint = "Staat hij aan, en klopt het adres? Een adres ziet eruit als tcp://naam:8786."
        raise InvoerFout(Fout(f"De scheduler {scheduler} antwoordt niet.", hint)) from None
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        hint = f"Start er een met: dask worker {scheduler}"
        raise InvoerFout(Fout(f"De scheduler {scheduler} heeft geen workers.", hint)) from None
    return client


def _client(executor: Executor | None) -> Any:
    """Return the client of Dask behind an executor, when it has one that is not lost."""
    client = getattr(executor, "_client", None)
    return client if client and client.status == "running" else None


def completed(executor: Executor, futures: Collection[Future]) -> Iterator[Future]:
    """Yield futures as they end; raise TimeoutError when a cluster has no worker left."""
    done: SimpleQueue[Future] = SimpleQueue()
    for future in futures:
        future.add_done_callback(done.put)
    for _ in futures:
        while True:
            try:
                yield done.get(timeout=PATIENCE)
                break
            except Empty:
                if client := _client(executor):
                    client.wait_for_workers(1, timeout=PATIENCE)


def release(executor: Executor | None, batch: str) -> None:
    """End what runs of a batch in this process and on the workers of Dask, and what was kept ready for it."""
    kernels.stop(batch)
    if client := _client(executor):
        with suppress(Exception):
            client.run(kernels.stop, batch)


def halt(executor: Executor | None, batch: str) -> None:
    """End what runs of a batch wherever it is: the processes of a pool go, and their kernels with them."""
    release(executor, batch)
    for process in list((getattr(executor, "_processes", None) or {}).values()):
        process.kill()
