"""Jupyter kernels that are forked from a loaded process where that can be, and started as usual where it cannot."""

from __future__ import annotations

import asyncio
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import LocalProvisioner

# What python and its libraries read when they start: kernels that differ in these do not come from one server.
AT_START = ("PYTHON", "LC_", "LANG", "TZ", "MPL", "OMP_", "OPENBLAS_", "LD_")
PRELOAD, PACKAGE = "kwlib.preload", Path(__file__).parents[1]


class Fork:
    """A forked process with the part of Popen's interface that Jupyter uses; it ends when this object goes."""

    stdin = stdout = stderr = None

    def __init__(self, line: socket.socket):
        self.line, self.returncode = line, None
        line.settimeout(60)  # the server may still be loading
        word, _, number = line.recv(16).partition(b" ")
        if word != b"pid":
            raise OSError("The fork server did not fork.")
        self.pid = int(number)
        line.setblocking(False)

    def poll(self) -> int | None:
        if self.returncode is None:
            with suppress(BlockingIOError):
                word, _, number = self.line.recv(16).partition(b" ")
                self.returncode = int(number) if word == b"end" else -signal.SIGKILL
                self.line.close()
        return self.returncode

    def wait(self) -> int:
        while self.poll() is None:
            select.select([self.line], [], [])
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """Let the server end it and all that it started; safe from any thread, and when it is gone already."""
        with suppress(OSError):
            self.line.shutdown(socket.SHUT_WR)


class Server:
    """The process that forks; when its owner closes it or ends, it goes as soon as its kernels have gone.

    When the owner ends without closing it, it also removes the folder `litter`.
    """

    def __init__(self, python: Sequence[str], env: Mapping[str, str], litter: str):
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with theirs:
            command = [*python, "-m", "kwlib.report.forkserver", PRELOAD, litter]
            self.process = subprocess.Popen(command, stdin=theirs, **quiet, env=env, cwd="/", start_new_session=True)

    def fork(self, request: Mapping[str, Any], streams: Sequence[int]) -> Fork:
        """Return a new process that does what is asked; raise OSError when the server is gone."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            socket.send_fds(self.control, [json.dumps(request).encode()], [theirs.fileno(), *streams])
        return Fork(ours)

    def close(self) -> None:
        """Let the server go, and see it off when it has no kernels left."""
        with suppress(OSError):
            self.control.send(b"!")
        self.control.close()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(1)


_lock = threading.Lock()
_server: tuple[Any, Server | None] = None, None  # what it serves, and the server; None when it does not start here


def server(cmd: Sequence[str], env: Mapping[str, str], litter: str = "") -> Server:
    """Return the server that fits a command, started if need be; raise OSError where that cannot be."""
    global _server
    if sys.platform != "linux" or env.get("KW_KERNELS") == "gewoon" or "-m" not in cmd:
        raise OSError("Kernels are not forked here.")
    python = cmd[: cmd.index("-m")]
    code = max(p.stat().st_mtime_ns for p in PACKAGE.rglob("*.py"))  # who edits kwlib wants to see it
    key = python, {k: v for k, v in env.items() if k.startswith(AT_START)}, code
    with _lock:
        if _server[0] != key:
            close()
            _server = key, Server(python, env, litter)
        found = _server[1]
    if found is None:
        raise OSError("The fork server does not start.")
    return found


def fork(cmd: Sequence[str], env: Mapping[str, str], cwd: str, streams: Sequence[int], litter: str = "") -> Fork:
    """Return the process that a command describes, from a server that fits; raise OSError where that cannot be."""
    global _server
    found = server(cmd, env, litter)
    try:
        return found.fork({"argv": cmd[cmd.index("-m") + 1 :], "env": dict(env), "cwd": cwd}, streams)
    except OSError:
        if _server[1] is found:
            _server = _server[0], None  # there is no use in trying again
        raise


def close() -> None:
    """Let the server of this process go, if there is one."""
    global _server
    (_, server), _server = _server, (None, None)
    if server:
        server.close()


class ForkProvisioner(LocalProvisioner):
    """Starts kernels for Jupyter; KW_KERNELS=gewoon in the environment of a kernel asks for an ordinary one."""

    async def launch_kernel(self, cmd: list[str], *, litter: str = "", **kw: Any) -> Any:
        """Start a kernel; `litter` is a folder to remove when this process ends without clearing it."""
        streams = [s if isinstance(s, int) else s.fileno() for s in (kw.get("stdout") or 1, kw.get("stderr") or 2)]
        try:
            self.process = fork(cmd, kw["env"], kw.get("cwd") or os.getcwd(), streams, litter)
        except OSError:
            return await super().launch_kernel(cmd, **kw)
        self.pid = self.pgid = self.process.pid
        return self.connection_info

    async def wait(self) -> int | None:
        """Wait for the end, and look more often than ten times a second."""
        while self.process and await self.poll() is None:
            await asyncio.sleep(0.005)
        return await super().wait()
