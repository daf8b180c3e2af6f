"""The process that kernels are forked from: it has the libraries loaded, so they start at once and share no state.

Run as a module with two arguments: the module to load first, and its owner's folder, which it removes when the owner
ends without a word. Standard input is a socket on which the owner asks for forks.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import runpy
import select
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

PR_SET_PDEATHSIG = 1


class Child(NamedTuple):
    """A fork and the line to whoever asked for it."""

    pid: int
    line: socket.socket

    def kill(self) -> None:
        for kill in (os.killpg, os.kill):  # in its first moment it has no group of its own yet
            with suppress(ProcessLookupError):
                kill(self.pid, signal.SIGKILL)

    def bury(self) -> None:
        """Tell how it ended; what it started goes too, while it still keeps its number."""
        self.kill()
        code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        with suppress(OSError):
            self.line.send(f"end {code}".encode())
        self.line.close()


def fork(children: dict[int, Child], line: socket.socket) -> bool:
    """Add a child to those we have, under a file that is ready when it ends; tell whether we are the child."""
    if pid := os.fork():
        children[os.pidfd_open(pid)] = Child(pid, line)
        return False
    for handle, child in children.items():
        os.close(handle)
        child.line.close()
    return True


def serve(
    control: socket.socket, folder: str, prepare: Callable[[Mapping[str, str]], None]
) -> tuple[dict[str, Any], socket.socket, list[int]] | None:
    """Fork at every request until the owner and all children are gone; in each child, return the request and its files.

    `prepare` sees the environment of a child before it is forked. The first file is the line to whoever asked: it tells
    'pid' and a number, later 'end' and an exit code, and a child whose line is closed at the other side is ended. The
    others are its output streams. The last request has no files.
    """
    children: dict[int, Child] = {}
    owned = True
    while owned or children:
        lines = [child.line for child in children.values()]
        ready = select.select([*children, *lines, *([control] if owned else [])], [], [])[0]
        for handle in [h for h in children if h in ready]:
            children.pop(handle).bury()
            os.close(handle)
        for child in children.values():
            if child.line in ready:
                child.kill()
        if control in ready:
            request, files, *_ = socket.recv_fds(control, 1 << 20, 3)
            owned = bool(files)
            if owned:
                prepare(json.loads(request)["env"])
                line = socket.socket(fileno=files[0])
                if fork(children, line):
                    control.close()
                    return json.loads(request), line, files[1:]
            for file in files[1:]:
                os.close(file)
    if not request:
        shutil.rmtree(folder, ignore_errors=True)
    return None


def become(request: Mapping[str, Any], line: socket.socket, streams: Sequence[int]) -> None:
    """Turn this process into what `python -m module arguments` would be in that folder and environment."""
    os.setsid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    for to, file in enumerate([os.open(os.devnull, os.O_RDONLY), *streams]):
        if file != to:
            os.dup2(file, to)
            os.close(file)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"] | {"JPY_PARENT_PID": str(os.getppid())})
    time.tzset()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()  # python's own generator is sown anew at every fork, this one is not
    if not sys.flags.safe_path:
        sys.path[0] = os.getcwd()
    sys.argv = request["argv"]
    line.send(f"pid {os.getpid()}".encode())
    line.close()
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    os.environ["JPY_PARENT_PID"] = str(os.getpid())  # ipykernel reads it when it is imported
    loaded = importlib.import_module(sys.argv[1])
    asked = serve(socket.socket(fileno=0), sys.argv[2], loaded.prepare)
    if asked is None:
        os._exit(0)
    become(*asked)
