"""Kernels of a run: the venv's own python, private sockets, the same environment everywhere, and gone when it ends."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec

SPEC = KernelSpec(
    argv=[sys.executable, "-m", "ipykernel_launcher", "--HistoryManager.enabled=False", "-f", "{connection_file}"],
    display_name="Python 3",
    language="python",
    name="python3",
)
# What may differ between users and machines and must not reach a result, or the user's own settings files.
DROPPED = ("PYTHON", "IPYTHON", "JUPYTER", "JPY_", "MPL", "LC_", "LANG", "COLUMNS", "LINES")
FIXED = {
    "LC_ALL": "C.UTF-8",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONNOUSERSITE": "1",
    "PYTHONUTF8": "1",
    "SOURCE_DATE_EPOCH": "0",
    "TZ": "UTC",
}


def environment(folder: Path, extra: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a kernel: the user's, less what could change a result, plus what is fixed."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(DROPPED)}
    private = {"IPYTHONDIR": str(folder / "ipython"), "MPLCONFIGDIR": str(cache())}
    return {**kept, **FIXED, **private, **extra}


def cache() -> Path:
    """Return a folder that keeps matplotlib's list of fonts, so that not every kernel makes it anew."""
    own = Path(sys.prefix) / "var" / "matplotlib"
    with suppress(OSError):
        own.mkdir(parents=True, exist_ok=True)
    return own if os.access(own, os.W_OK) else Path(tempfile.gettempdir()) / f"matplotlib-{os.getpid()}"


class Stopped(RuntimeError):
    """A kernel is asked for after the run was stopped."""


class Kernel:
    """One kernel of a run; `manager` is the class that papermill hands to nbclient."""

    def __init__(self, run: Kernels, folder: Path):
        self.run, self.folder, self.pid, self.late = run, folder, None, False
        kernel = self

        class Manager(AsyncKernelManager):
            @property
            def kernel_spec(self) -> KernelSpec:
                return SPEC

            async def _async_pre_start_kernel(self, **kw):
                if run.stopped:
                    raise Stopped
                if os.name != "nt":  # sockets in a private folder: no ports to race for, no other user on the line
                    self.connection_file, self.transport = str(folder / "k.json"), "ipc"
                    self.ip = str(folder / "k")
                kw |= {"cwd": str(folder), "env": environment(folder, run.extra)}
                return await super()._async_pre_start_kernel(**kw)

            async def _async_launch_kernel(self, kernel_cmd, **kw):
                with open(folder / "stderr.txt", "wb") as log:
                    await super()._async_launch_kernel(kernel_cmd, **kw, stdout=log, stderr=log)
                kernel.pid = self.provisioner.pid
                if run.stopped:
                    kernel.kill()

        self.manager = Manager

    def kill(self) -> None:
        """End the kernel and everything it started; harmless when it is gone already."""
        if self.pid is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL) if os.name != "nt" else os.kill(self.pid, signal.SIGTERM)

    def expire(self) -> None:
        """End the kernel because its time is up."""
        self.late = True
        self.kill()

    def last_words(self) -> str:
        """Return the last line that the kernel's process wrote to its error stream, or an empty text."""
        try:
            lines = (self.folder / "stderr.txt").read_text("utf-8", "replace").split("\n")
        except OSError:
            return ""
        return next((line.strip()[:200] for line in reversed(lines) if line.strip()), "")


class Kernels:
    """All kernels of a run, in one private folder that goes away with it."""

    def __init__(self, extra: Mapping[str, str] | None = None):
        self.extra, self.stopped = dict(extra or {}), False
        self.live: set[Kernel] = set()
        self.lock = threading.Lock()
        base = tempfile.gettempdir()
        # The path of a socket may have some hundred bytes at most.
        self.folder = Path(tempfile.mkdtemp(prefix="kw-", dir=base if len(os.fsencode(base)) < 60 else "/tmp"))
        self.count = 0

    @contextmanager
    def one(self) -> Iterator[Kernel]:
        """Give one kernel's place; afterwards nothing of it is left."""
        with self.lock:
            self.count += 1
            folder = self.folder / str(self.count)
        folder.mkdir()
        kernel = Kernel(self, folder)
        self.live.add(kernel)
        try:
            yield kernel
        finally:
            kernel.kill()
            self.live.discard(kernel)
            shutil.rmtree(folder, ignore_errors=True)

    def stop(self) -> None:
        """End every kernel now; none starts after this."""
        self.stopped = True
        for kernel in list(self.live):
            kernel.kill()

    def __enter__(self) -> Kernels:
        return self

    def __exit__(self, *_) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
