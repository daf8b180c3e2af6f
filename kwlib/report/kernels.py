"""Kernels of a run: the venv's own python, private sockets, the same environment everywhere, and gone when it ends."""

from __future__ import annotations

import asyncio
import mmap
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty

from jupyter_client import AsyncKernelClient, AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec
from jupyter_core.utils import ensure_event_loop

from kwlib.report import extension, forks

OWN = ["--HistoryManager.enabled=False", f"--IPKernelApp.extra_extensions={extension.__name__}"]
SPEC = KernelSpec(
    argv=[sys.executable, "-m", "ipykernel_launcher", *OWN, "-f", "{connection_file}"],
    display_name="Python 3",
    language="python",
    name="python3",
    metadata={"kernel_provisioner": {"provisioner_name": "kw-fork"}},
)
# What may differ between users and machines and must not reach a result, or the user's own settings files.
DROPPED = ("PYTHON", "IPYTHON", "JUPYTER", "JPY_", "MPL", "LC_", "LANG", "COLUMNS", "LINES")
FIXED = {
    "LC_ALL": "C.UTF-8",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "PYDEVD_USE_FRAME_EVAL": "NO",
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


class Client(AsyncKernelClient):
    """Talks to a kernel without idle waits at the start."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers and what it shows comes through; raise RuntimeError when it does not."""
        end = time.monotonic() + (timeout or 60)
        while time.monotonic() < end and await self.is_alive():
            asked = self.kernel_info()
            with suppress(Empty):
                reply = await self.get_shell_msg(timeout=1)
                while (await self.get_iopub_msg(timeout=0.2))["parent_header"].get("msg_id") != asked:
                    pass
                self._handle_kernel_info_reply(reply)
                return
        raise RuntimeError("Kernel didn't respond.")


class Kernel:
    """One kernel of a run; `manager` is the class that papermill hands to nbclient."""

    def __init__(self, run: str, folder: Path, extra: Mapping[str, str], geheugen: int):
        self.run, self.folder, self.process, self.late, self.full = run, folder, None, False, False
        kernel, own = self, {**extra, extension.GEHEUGEN: str(geheugen)}

        class Manager(AsyncKernelManager):
            @property
            def kernel_spec(self) -> KernelSpec:
                return SPEC

            async def _async_pre_start_kernel(self, **kw):
                if kernel.stopped:
                    raise Stopped
                if os.name != "nt":  # sockets in a private folder: no ports to race for, no other user on the line
                    self.connection_file, self.transport = str(folder / "k.json"), "ipc"
                    self.ip = str(folder / "k")
                self.client_factory = Client
                kw |= {"cwd": str(folder), "env": environment(folder, own), "litter": str(folder.parent)}
                return await super()._async_pre_start_kernel(**kw)

            async def _async_launch_kernel(self, kernel_cmd, **kw):
                with open(folder / "stderr.txt", "wb") as log:
                    await super()._async_launch_kernel(kernel_cmd, **kw, stdout=log, stderr=log)
                kernel.process = self.provisioner.process
                if kernel.stopped or kernel.late:
                    kernel.kill()
                while self.transport == "ipc" and not os.path.exists(f"{self.ip}-{self.hb_port}"):
                    if await self.provisioner.poll() is not None:
                        break
                    await asyncio.sleep(0.003)  # who calls before the line is there waits for a tenth of a second

            async def shutdown_kernel(self, *args, **kw):
                kernel.full = memory(kernel.process.pid) > 0.95 * geheugen
                await super().shutdown_kernel(*args, **kw)

        self.manager = Manager

    @property
    def stopped(self) -> bool:
        """Tell whether its run was stopped."""
        return self.run in _stopped

    def kill(self) -> None:
        """End the kernel and everything it started; harmless when it is gone already."""
        if self.process is None:
            return
        if isinstance(self.process, forks.Fork) or os.name == "nt":
            self.process.kill()
        else:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def expire(self) -> None:
        """End the kernel because its time is up."""
        self.late = True
        self.kill()

    def last_words(self) -> str:
        """Return the last line that the kernel's process wrote to its error stream, or how it ended."""
        lines = []
        with suppress(OSError):
            lines = (self.folder / "stderr.txt").read_text("utf-8", "replace").split("\n")
        code = self.process and self.process.poll()
        end = f" ({signal.Signals(-code).name if code < 0 else f'afsluitcode {code}'})" if code else ""
        silent = f"Het rekenproces is plotseling gestopt{end}."
        return next((line.strip()[:200] for line in reversed(lines) if line.strip()), silent)


def memory(pid: int) -> int:
    """Return how many MB of its own a process has, as far as that can be known."""
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[5]) * mmap.PAGESIZE >> 20
    return 0


# Of this process: it may work for several runs at once, and for a run that other processes are busy with too.
_live: set[Kernel] = set()
_stopped: set[str] = set()
_lock = threading.Lock()
_name = uuid.uuid4().hex[:8]


def _folder() -> Path:
    """Return the private folder of this process, below which its kernels have theirs."""
    base = tempfile.gettempdir()
    # The path of a socket may have some hundred bytes at most.
    return Path(base if len(os.fsencode(base)) < 60 else "/tmp", f"kw-{os.getpid()}-{_name}")


@contextmanager
def start(run: str, extra: Mapping[str, str], geheugen: int) -> Iterator[Kernel]:
    """Give one kernel's place; afterwards nothing of it is left."""
    with _lock:
        _folder().mkdir(mode=0o700, exist_ok=True)
        kernel = Kernel(run, Path(tempfile.mkdtemp(dir=_folder())), extra, geheugen)
        _live.add(kernel)
    try:
        yield kernel
    finally:
        kernel.kill()
        loop = ensure_event_loop()
        if not loop.is_running():
            loop.close()  # nobody else does, and its files would stay open
        with _lock, suppress(OSError):
            _live.discard(kernel)
            shutil.rmtree(kernel.folder, ignore_errors=True)
            _folder().rmdir()


def warm(extra: Mapping[str, str]) -> None:
    """Let the process that kernels are forked from load already, while there is other work to do."""
    with suppress(OSError):
        forks.server(SPEC.argv, environment(_folder(), extra), str(_folder()))


def stop(run: str) -> None:
    """End every kernel of a run in this process; none starts after this."""
    _stopped.add(run)
    for kernel in list(_live):
        if kernel.run == run:
            kernel.kill()
    if not _live:
        forks.close()
